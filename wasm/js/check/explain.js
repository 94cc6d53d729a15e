// The explanation of a number: the engine's own trace of it, as tables.

import { h, unique } from './dom.js';
import { table } from './result.js';

export function explanationTab(app) {
  const { view, w } = app;
  const { words } = w;
  const field = unique('explain');
  const out = h('div', {});
  const groups = [...view.nodes].filter(([, entry]) => entry.group).map(([id]) => id);
  const depth = (id) => {
    let n = 0;
    for (let at = view.nodes.get(id).parent; at !== undefined; at = view.nodes.get(at).parent) n++;
    return n;
  };
  const show = (id) => out.replaceChildren(explanation(app, app.scorer.explain(app.answers.document(), id), (to) => {
    select.value = view.nodes.get(to).group ? to : '';
    show(to);
  }));
  const select = h('select', { class: 'ds-input', id: field, onchange: () => show(select.value) }, groups.map((id) => h('option', { value: id }, '  '.repeat(depth(id)) + view.title(id))));
  show(groups[0]);
  return h('div', {}, h('div', { class: 'ds-field' }, h('label', { class: 'ds-label', for: field }, words.explain), select), out);
}

function explanation(app, e, open) {
  const { view, w } = app;
  const { words } = w;
  const number = (x) => {
    if (!x) return '–';
    const text = w.decimal(x.exact);
    if (!/[/≈]/.test(text) && text.length < 9) return text;
    return w.number(x.value, 4) + (x.exact.length < 16 && !x.exact.startsWith('≈') ? ` (${text})` : '');
  };
  const signed = (x) => (x && x.value > 0 ? '+' : '') + number(x);
  const level = e.level && view.level(e.node, e.level);
  const lines = [];
  if (e.start) lines.push([words.startValue, number(e.start)]);
  if (e.aggregated) lines.push([`${words.aggregated}: ${words.aggregate[e.aggregate]}`, number(e.aggregated)]);
  for (const a of e.adjustments ?? []) if (a.applied) lines.push([`${words.adjusted} (${a.action} ${w.decimal(a.amount)})`, number(a.after)]);
  if (e.scaled) lines.push([`${words.scaled}: ${words.ratio} ${number(e.scaled.ratio)}, ${w.decimal(e.scaled.min)}–${w.decimal(e.scaled.max)}`, number(e.scaled.after)]);
  if (e.rounded) lines.push([words.rounded, number(e.rounded.after)]);
  lines.push([words.value, h('strong', {}, number(e.value))]);

  return h('div', {},
    h('h2', { class: 'ds-heading', 'data-size': 'sm' }, view.title(e.node)),
    h('p', {}, h('strong', {}, number(e.value)), level ? ` · ${words.level(level.number)}, ${level.title}` : '', e.value ? '' : ` · ${words.status[e.status]}`),
    e.inputs && [h('h3', { class: 'ds-heading', 'data-size': '2xs' }, words.inputs), table([words.nameWord, words.weight, words.score, words.contribution], e.inputs.map((input) => [
      view.nodes.has(input.node) ? h('button', { type: 'button', class: 'link', onclick: () => open(input.node) }, w.text(input.title) || input.node) : w.text(input.title) || input.node,
      w.decimal(input.weight), input.counts ? number(input.read ?? input.value) + (input.met === undefined ? '' : input.met ? ' ✓' : ' –') : words.status[input.reason === 'never' ? 'unscored' : input.status], input.contribution ? signed(input.contribution) : '–',
    ]), [1, 2, 3])],
    table([words.step, words.value], lines, [1]),
    e.levels && table([words.levelWord, words.threshold, words.stateWord], e.levels.map((l, i) => [`${i + 1} ${w.text(l.title) || l.id}`, l.threshold ? `${l.above ? '>' : '≥'} ${w.decimal(l.threshold)}` : '–', (l.reached ? words.reached : words.notReached) + (l.required ? '' : `, ${words.gateFails}`)]), [1]),
    e.answers?.length > 0 && h('details', { class: 'fold' }, h('summary', {}, words.answerParts), table([words.question, words.answer, words.contribution, words.ifBest], [
      ...(e.base ? [[words.base, '', number(e.base), '']] : []),
      ...e.answers.map((part) => [w.text(part.title) || part.question, part.answer === undefined ? words.status[part.status] : view.answer(view.node(part.question), part.answer), part.contribution ? signed(part.contribution) : '–', part.ifBest ? number(part.ifBest) : '–'])], [2, 3])));
}
