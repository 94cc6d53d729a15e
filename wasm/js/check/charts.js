// Pictures of scores. Each has a name that says its finding, and stands beside a table of the same numbers. Missing
// answers are drawn as the range they leave, never as zero.

import { h, s } from './dom.js';
import { shade } from './view.js';

const part = (value, min, max) => (max > min ? Math.min(1, Math.max(0, (value - min) / (max - min))) : 1);
const percent = (x) => `${(100 * x).toFixed(2)}%`;

/** A level as a badge: its number on its colour. */
export function badge(level, size = 'md') {
  return h('span', { class: `badge ${size}`, 'data-shade': level?.shade, 'aria-hidden': 'true' }, level ? String(level.number) : '–');
}

/** The ladder with a mark at the level, and a bracket over those it can end at. */
export function ladder(view, result) {
  const steps = view.ladder(result.id);
  if (!steps.length) return undefined;
  const at = steps.findIndex((l) => l.id === result.level);
  const low = steps.findIndex((l) => l.id === result.range?.levelLow);
  const high = steps.findIndex((l) => l.id === result.range?.levelHigh);
  return h('ol', { class: 'ladder', style: { '--steps': String(steps.length) } }, steps.map((step, i) => {
    const level = view.level(result.id, step.id);
    const open = low >= 0 && high > low && i >= low && i <= high;
    return h('li', { 'aria-current': i === at ? 'step' : null, class: open ? `open${i === low ? ' first' : ''}${i === high ? ' last' : ''}` : null },
      h('span', { class: 'bar', 'data-shade': level.shade }), h('span', { class: 'name' }, String(level.number), h('span', { class: 'title' }, ` ${level.title}`)));
  }));
}

/** A row of dots: where each node is, where it can end, and where it should be. */
export function dots(view, rows, words) {
  const min = Math.min(...rows.map((row) => row.result.min ?? 0));
  const max = Math.max(...rows.map((row) => row.result.max ?? 1));
  const ticks = scaleTicks(min, max);
  return h('div', { class: 'dots', role: 'img', 'aria-label': finding(view, rows.map((row) => row.result), words) },
    rows.map(({ result, target }) => {
      const { value, range, status } = result;
      return h('div', { class: 'row' },
        h('span', { class: 'label' }, view.title(result.id)),
        h('span', { class: 'track' },
          ticks.map((tick) => h('i', { class: 'tick', style: { left: percent(part(tick, min, max)) } })),
          range && range.low < range.high && h('i', { class: 'range', style: { left: percent(part(range.low, min, max)), right: percent(1 - part(range.high, min, max)) } }),
          target !== undefined && h('i', { class: 'target', style: { left: percent(part(target, min, max)) } }),
          status === 'scored' && h('i', { class: 'dot', style: { left: percent(part(value, min, max)) } })),
        h('span', { class: 'value' }, view.value(result.id, value)));
    }),
    h('div', { class: 'row axis' }, h('span', { class: 'label' }), h('span', { class: 'track' }, ticks.map((tick) => h('span', { class: 'number', style: { left: percent(part(tick, min, max)) } }, view.w.decimal(tick)))), h('span', { class: 'value' })));
}

function scaleTicks(min, max) {
  const step = [0.05, 0.1, 0.2, 0.25, 0.5, 1, 2, 5, 10, 20, 25, 50, 100, 1000, 1e6, 1e9].find((n) => (max - min) / n <= 6) ?? max - min;
  const ticks = [];
  for (let i = Math.ceil(min / step); i * step <= max + 1e-9; i++) ticks.push(Number((i * step).toFixed(6)));
  return ticks;
}

export function legend(words, hasTarget) {
  return h('p', { class: 'legend', 'aria-hidden': 'true' },
    h('span', {}, h('i', { class: 'key dot' }), words.now), h('span', {}, h('i', { class: 'key range' }), words.possible),
    hasTarget && h('span', {}, h('i', { class: 'key target' }), words.target));
}

/** What a picture of scores says first: which is weakest, and which strongest. */
export function finding(view, results, words) {
  const scored = results.filter((r) => r.status === 'scored').sort((a, b) => a.ratio - b.ratio);
  if (!scored.length) return words.noScore;
  const say = (sentence, r) => sentence(view.title(r.id), view.value(r.id, r.value));
  const last = scored.at(-1);
  return say(words.weakest, scored[0]) + (last.ratio > scored[0].ratio ? ` ${say(words.strongest, last)}` : '');
}

/** Three axes or more as a radar; fewer say nothing as one. */
export function radar(view, rows, words) {
  const n = rows.length;
  if (n < 3 || n > 12) return undefined; // more have no room for their names
  const [width, height, radius] = [600, 370, 120];
  const point = (i, r) => {
    const angle = (2 * Math.PI * i) / n - Math.PI / 2;
    return [width / 2 + r * radius * Math.cos(angle), height / 2 + r * radius * Math.sin(angle)];
  };
  const line = (ratios) => ratios.map((r, i) => point(i, r).map((x) => x.toFixed(1)).join(',')).join(' ');
  const ratio = (row, value) => part(value, row.result.min ?? 0, row.result.max ?? 1);
  const scored = rows.every((row) => row.result.status === 'scored');
  const targets = rows.every((row) => row.target !== undefined);
  return s('svg', { class: 'radar', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': finding(view, rows.map((row) => row.result), words) },
    [0.25, 0.5, 0.75, 1].map((r) => s('polygon', { class: 'grid', points: line(rows.map(() => r)) })),
    rows.map((_, i) => s('line', { class: 'grid', x1: width / 2, y1: height / 2, x2: point(i, 1)[0], y2: point(i, 1)[1] })),
    scored && s('polygon', { class: 'area', points: line(rows.map((row) => ratio(row, row.result.value))) }),
    targets && s('polygon', { class: 'aim', points: line(rows.map((row) => ratio(row, row.target))) }),
    rows.map((row, i) => {
      const { target } = row;
      const { range, status, value } = row.result;
      const open = range && range.low < range.high;
      return [
        open && s('line', { class: 'open', x1: point(i, ratio(row, range.low))[0], y1: point(i, ratio(row, range.low))[1], x2: point(i, ratio(row, range.high))[0], y2: point(i, ratio(row, range.high))[1] }),
        !targets && target !== undefined && s('circle', { class: 'aims', cx: point(i, ratio(row, target))[0], cy: point(i, ratio(row, target))[1], r: 8 }),
        status === 'scored' && s('circle', { class: 'mark', cx: point(i, ratio(row, value))[0], cy: point(i, ratio(row, value))[1], r: 5 }),
      ];
    }),
    rows.map((row, i) => axisLabel(view, row, point(i, 1), width, height)));
}

function axisLabel(view, row, [x, y], width, height) {
  const side = Math.abs(x - width / 2) < 8 ? 'middle' : x < width / 2 ? 'end' : 'start';
  const room = side === 'middle' ? 34 : 16;
  const lines = wrap(view.title(row.result.id), room, 3);
  const dx = side === 'start' ? 10 : side === 'end' ? -10 : 0;
  const up = y < height / 2 - 8 ? -(lines.length * 17) - 4 : y > height / 2 + 8 ? 18 : -(lines.length * 17) / 2 + 4;
  return s('text', { 'text-anchor': side, x: (x + dx).toFixed(1), y: (y + up).toFixed(1) },
    lines.map((text, i) => s('tspan', { x: (x + dx).toFixed(1), dy: i ? 17 : 0 }, text)),
    s('tspan', side === 'middle' ? { class: 'strong', dx: 6 } : { class: 'strong', x: (x + dx).toFixed(1), dy: 17 }, view.value(row.result.id, row.result.value)));
}

// wrap breaks a title into lines, between words; what does not fit ends in an ellipsis (its table has all of it).
function wrap(text, room, most) {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1);
    if (!line || line.length + word.length < room) lines[lines.length - 1] = line ? `${line} ${word}` : word;
    else lines.push(word);
  }
  const kept = lines.slice(0, most);
  if (lines.length > most) kept[most - 1] += ' …';
  return kept.map((line) => (line.length > room + 12 ? `${line.slice(0, room + 10)}…` : line));
}

/** Practices by dimension: a table whose cells take the colour of their level. */
export function heatmap(view, results, words, open) {
  const rows = view.dimensions.map((dimension) => ({ dimension, cells: view.practices(dimension).filter((group) => group !== dimension) })).filter((row) => row.cells.length);
  if (!rows.length) return undefined;
  return h('ul', { class: 'heatmap' }, rows.map(({ dimension, cells }) => h('li', {},
    h('p', { class: 'title' }, h('strong', {}, view.title(dimension.id)), ' ', view.value(dimension.id, results.get(dimension.id)?.value)),
    h('ul', {}, cells.map((group) => {
      const result = results.get(group.id);
      return h('li', {}, h('button', { type: 'button', class: 'cell', 'data-shade': shade(view, result), 'data-status': result?.status, onclick: () => open(group.id) },
        h('span', { class: 'name' }, view.title(group.id)),
        h('span', { class: 'number' }, view.value(group.id, result?.value), result?.status !== 'scored' && h('span', { class: 'ds-sr-only' }, ` (${words.status[result?.status] ?? words.missing})`))));
    })))));
}

/** A thin bar for a value in its range, with the range it can end in. */
export function bar(view, result) {
  const { min, max, value, range, status } = result;
  return h('span', { class: 'thin', 'aria-hidden': 'true' },
    range && range.low < range.high && h('i', { class: 'range', style: { left: percent(part(range.low, min, max)), right: percent(1 - part(range.high, min, max)) } }),
    status === 'scored' && h('i', { class: 'filled', 'data-shade': shade(view, result), style: { width: percent(part(value, min, max)) } }));
}
