// What the running engine takes, beside what else could do the job. Runs in Node and in a browser, which bring the
// package and the peers.

import { benchModel, compare, drawRows, median, optionOf, random } from './bench.mjs';

/** Measures a changed answer, and a whole assessment. */
export async function measureEngine({ load, loadModel, Survey, jsonLogic, quick }) {
  const engine = await load();
  const flagship = JSON.stringify(await loadModel('digital-modenhet-kommune'));
  const bench = benchModel();
  const scorer = engine.compile(bench.model);
  const rounds = quick ? 5 : 21;
  return { ...change(scorer, bench, { Survey, jsonLogic, rounds }), ...whole(engine, scorer, bench, flagship, rounds) };
}

// change: one answer changes, and the values of all 25 groups are read. Every side has answered everything before.
function change(scorer, { model, groups, questions }, { Survey, jsonLogic, rounds }) {
  const next = random();
  const [first] = drawRows(next, 1, questions.length);
  const changes = Array.from({ length: 1 << 15 }, () => [next(questions.length), next(5)]);
  const sides = {
    'session.set': sessionSide(scorer, groups, questions, first),
    JavaScript: handSide(groups, questions, first),
    'json-logic-js': logicSide(jsonLogic, groups, questions, first),
    'survey-core': surveySide(Survey, groups, questions, first),
  };
  const values = Object.fromEntries(Object.keys(sides).map((name) => [name, new Float64Array(groups.length)]));
  for (const [question, points] of changes.slice(0, 100)) {
    for (const name in sides) sides[name](question, points, values[name]);
    for (const name in sides) {
      values[name].forEach((value, i) => {
        if (!(Math.abs(value - values.JavaScript[i]) <= 1e-9)) throw Error(`${groups[i].id}: ${value} by ${name}, ${values.JavaScript[i]} by hand`);
      });
    }
  }
  const at = {};
  const pass = (name, steps) => [() => {
    for (let i = 0; i < steps; i++) {
      at[name] = ((at[name] ?? 0) + 1) % changes.length;
      const [question, points] = changes[at[name]];
      sides[name](question, points, values[name]);
    }
  }, steps];
  return compare({
    'session.set': pass('session.set', 4096), JavaScript: pass('JavaScript', 4096),
    'json-logic-js': pass('json-logic-js', 128), 'survey-core': pass('survey-core', 8),
  }, rounds);
}

function sessionSide(scorer, groups, questions, first) {
  const answers = Object.fromEntries(questions.map(({ id }, i) => [id, optionOf(first[i])]));
  const session = scorer.session({ model: { id: scorer.id }, answers });
  const at = groups.map(({ id }) => session.nodes.indexOf(id));
  return (question, points, out) => {
    session.set(questions[question].id, optionOf(points));
    const { values } = session;
    for (let i = 0; i < at.length; i++) out[i] = values[at[i]];
  };
}

// handSide is what one would write for this one model: all means in one go, from arrays of numbers.
function handSide(groups, questions, first) {
  const answers = Float64Array.from(first);
  const weights = Float64Array.from(questions, (q) => q.weight);
  const groupWeights = Float64Array.from(groups, (g) => g.weight);
  return (question, points, out) => {
    answers[question] = points;
    let q = 0;
    let g = 1;
    let rootSum = 0;
    let rootWeights = 0;
    for (let d = 0; d < 4; d++) {
      const dimension = g++;
      let dimensionSum = 0;
      let dimensionWeights = 0;
      for (let p = 0; p < 5; p++, g++) {
        let sum = 0;
        let total = 0;
        for (let k = 0; k < 5; k++, q++) {
          sum += weights[q] * answers[q];
          total += weights[q];
        }
        out[g] = sum / total;
        dimensionSum += groupWeights[g] * out[g];
        dimensionWeights += groupWeights[g];
      }
      out[dimension] = dimensionSum / dimensionWeights;
      rootSum += groupWeights[dimension] * out[dimension];
      rootWeights += groupWeights[dimension];
    }
    out[0] = rootSum / rootWeights;
  };
}

const weightOf = ({ children }) => children.reduce((sum, child) => sum + child.weight, 0);

// logicSide has a rule for each group, which reads the values of the groups below it: each is worked out once.
function logicSide(jsonLogic, groups, questions, first) {
  const data = Object.fromEntries(questions.map(({ id }, i) => [id, first[i]]));
  const rules = groups.map((group) => ({
    '/': [{ '+': group.children.map(({ id, weight }) => ({ '*': [{ var: id }, weight] })) }, weightOf(group)],
  }));
  return (question, points, out) => {
    data[questions[question].id] = points;
    for (let i = rules.length - 1; i >= 0; i--) out[i] = data[groups[i].id] = jsonLogic.apply(rules[i], data); // children first
  };
}

// surveySide has a calculated value for each group, as SurveyJS documents them.
function surveySide(Survey, groups, questions, first) {
  const name = (id) => id.replaceAll('-', '_'); // a hyphen is a minus in its expressions
  const survey = new Survey({
    elements: questions.map(({ id }) => ({ type: 'radiogroup', name: name(id), choices: [0, 1, 2, 3, 4] })),
    calculatedValues: [...groups].reverse().map((group) => ({
      name: name(group.id),
      expression: `(${group.children.map(({ id, weight }) => `{${name(id)}} * ${weight}`).join(' + ')}) / ${weightOf(group)}`,
    })),
  });
  survey.data = Object.fromEntries(questions.map(({ id }, i) => [name(id), first[i]]));
  const names = groups.map(({ id }) => name(id));
  const ids = questions.map(({ id }) => name(id));
  return (question, points, out) => {
    survey.setValue(ids[question], points);
    for (let i = 0; i < names.length; i++) out[i] = survey.getVariable(names[i]);
  };
}

// whole: an assessment of 100 answers comes in, and its result goes out; and what compiling a model takes.
function whole(engine, scorer, { questions }, flagship, rounds) {
  const assessments = drawRows(random(7), 1024, questions.length).map((row) => ({
    model: { id: 'bench', version: '1.0.0' }, subject: { id: '4204' }, date: '2026-11-23',
    answers: Object.fromEntries(questions.map(({ id }, i) => [id, optionOf(row[i])])),
  }));
  const texts = assessments.map((assessment) => JSON.stringify(assessment));
  let length = 0;
  return {
    ...compare({
      scoreJSON: [() => texts.forEach((text) => (length += scorer.scoreJSON(text).length)), texts.length],
      score: [() => assessments.forEach((assessment) => (length += scorer.score(assessment).nodes.length)), assessments.length],
    }, rounds),
    ...compare({
      compile: [() => {
        for (let i = 0; i < 4; i++) engine.compile(flagship).free();
      }, 4],
    }, rounds),
    bytes: { in: median(texts.map((text) => text.length)), out: median(texts.slice(0, 99).map((text) => scorer.scoreJSON(text).length)) },
  };
}
