// The model, the answers and the clock of the measurements: those of maturity/bench_internal_test.go, once more.
// Runs in Node and in a browser.

const OPTIONS = ['none', 'started', 'partly', 'managed', 'optimised']; // an option's index is its points

/** A seeded xorshift: whole numbers below n, the same ones in every run. */
export function random(seed = 0x9e3779b9) {
  let x = seed;
  return (n) => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) % n;
  };
}

/** The model of 4 × 5 × 5 questions: as the engine reads it, and as nested groups of { id, weight, children }. */
export function benchModel() {
  let at = 0;
  const weight = () => (at++, 1 + (((at * at) % 7) % 3));
  const group = (id, weight, children) => ({ id, weight, children });
  const tree = group('bench', 1, range(4).map((d) =>
    group(`dimension-${d}`, weight(), range(5).map((p) =>
      group(`practice-${d}-${p}`, weight(), range(5).map((q) => ({ id: `question-${d}-${p}-${q}`, weight: weight() })))))));
  const node = ({ id, weight, children }) => children
    ? { id, weight, levels: 'five', children: children.map(node) }
    : { id, weight, answer: { type: 'choice', use: 'grades' } };
  const { weight: _, ...root } = node(tree);
  const model = {
    version: '1.0.0', language: 'en', ...root,
    optionSets: { grades: OPTIONS.map((value, points) => ({ value, points })) },
    ladders: { five: ['first', 'second', 'third', 'fourth', 'fifth'].map((id, i) => ({ id, from: i ? [0.8, 1.6, 2.4, 3.2][i - 1] : undefined })) },
  };
  const groups = [];
  const questions = [];
  const visit = (n) => {
    (n.children ? groups : questions).push(n);
    n.children?.forEach(visit);
  };
  visit(tree);
  return { model, groups, questions };
}

const range = (n) => Array.from({ length: n }, (_, i) => i + 1);

/** Draws the answers of many assessments, as points; each has a mean of its own, so that groups spread over all levels. */
export function drawRows(next, rows, questions) {
  return range(rows).map(() => {
    const mean = next(41) / 10;
    return range(questions).map(() => Math.min(4, Math.max(0, Math.round(mean + (next(100) + next(100) - 99) / 40))));
  });
}

/** The option that has these points. */
export const optionOf = (points) => OPTIONS[points];

/**
 * Times sides in turns, so that a busy machine slows all of them alike: { name: [pass, steps] }. Gives the median
 * of a step in microseconds, and the median of the ratios to the first side.
 */
export function compare(sides, rounds) {
  const names = Object.keys(sides);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = -2; round < rounds; round++) { // the first two warm up
    for (const k of names.keys()) {
      const name = names[(k + round + 2) % names.length];
      const [pass, steps] = sides[name];
      const start = performance.now();
      pass();
      if (round >= 0) times[name].push((1000 * (performance.now() - start)) / steps);
    }
  }
  return Object.fromEntries(names.map((name) => [name, {
    us: median(times[name]), min: Math.min(...times[name]), ratio: median(times[name].map((t, i) => t / times[names[0]][i])),
  }]));
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[sorted.length >> 1] + sorted[(sorted.length - 1) >> 1]) / 2;
}
