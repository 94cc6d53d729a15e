// The roadmap: the cheapest steps to a target, in an order in which each already helps, and effort against score. The
// plans are the engine's own, exact (analysis.js); they come a moment later.

import { h, later, quiet, s, unique } from './dom.js';
import { blockerText, table } from './result.js';

export function roadmapTab(app) {
  const { view, w } = app;
  const { words } = w;
  const wish = wishOf(app);
  const [aim, budget] = [unique('aim'), unique('budget')];
  const out = h('div', {});
  const change = (more) => { // what asks stays as it is, and keeps focus
    app.answers.setWish({ ...wishOf(app), ...more });
    draw();
  };
  function draw() {
    const { keep } = wishOf(app);
    const back = (id) => quiet(words.takeBack, () => change({ keep: keep.filter((one) => one !== id) }), { 'aria-label': `${words.takeBack}: ${view.title(id)}` });
    out.replaceChildren(later(words, planOf(app), (plan) => planText(app, plan, (id) => change({ keep: [...keep, id] }))),
      ...(keep.length ? [h('section', {}, h('h2', { class: 'ds-heading', 'data-size': 'xs' }, words.kept), h('ul', { class: 'plain' }, keep.map((id) => h('li', {}, view.title(id), ' ', back(id)))))] : []),
      h('section', {}, h('h2', { class: 'ds-heading', 'data-size': 'sm' }, words.effortAgainst), later(words, frontierOf(app), (frontier) => chart(app, frontier))));
  }
  draw();
  const wrong = h('p', { class: 'ds-validation-message', 'data-color': 'danger', id: `${budget}-wrong`, role: 'alert', hidden: true }, words.numberBad);
  const afford = h('input', { class: 'ds-input number', id: budget, inputmode: 'decimal', autocomplete: 'off', value: w.decimal(wish.budget), 'aria-describedby': `${budget}-hint ${budget}-wrong`, onchange: () => {
    const text = afford.value.trim().replace(',', '.');
    wrong.hidden = text === '' || decimal.test(text);
    afford.setAttribute('aria-invalid', String(!wrong.hidden));
    if (wrong.hidden) change({ budget: text });
  } });
  return h('div', {},
    h('div', { class: 'wish' },
      h('div', { class: 'ds-field' }, h('label', { class: 'ds-label', for: aim }, words.aim), h('select', { class: 'ds-input', id: aim, onchange: (event) => change({ aim: event.target.value }) },
        aims(app).map(({ id, title }) => h('option', { value: id, selected: id === wish.aim }, title)))),
      h('div', { class: 'ds-field' }, h('label', { class: 'ds-label', for: budget }, words.budget), h('p', { class: 'small', id: `${budget}-hint` }, words.budgetHint), afford, wrong)),
    out);
}

const decimal = /^\d{1,9}(\.\d{1,9})?$/;

// aims are what a plan can be for: the targets that were set, the levels above the present one, or as much as possible.
function aims(app) {
  const { view, w, answers } = app;
  const ladder = view.ladder(view.root);
  const now = ladder.findIndex((level) => level.id === answers.outcome(view.root).level);
  return [
    ...(Object.keys(answers.record.targets).length ? [{ id: 'targets', title: w.words.aimTargets }] : []),
    ...ladder.slice(now + 1).map((level, i) => ({ id: `level/${level.id}`, title: w.words.aimLevel(now + i + 2, w.text(level.title) || level.id) })),
    { id: 'most', title: w.words.aimMost },
  ];
}

// wishOf is what somebody wants of a plan, as far as it is still possible.
function wishOf(app) {
  const { aim, budget, keep } = app.answers.record.wish ?? {};
  const all = aims(app);
  return { aim: (all.find(({ id }) => id === aim) ?? all[0]).id, budget: decimal.test(budget) ? budget : '', keep: Array.isArray(keep) ? keep.filter((id) => app.view.nodes.has(id)) : [] };
}

/** The plan that is wanted, from the same answers only once. */
export function planOf(app) {
  const { aim, budget, keep } = wishOf(app);
  const { targets } = app.answers.record;
  const target = aim === 'targets' ? Object.entries(targets).map(([node, level]) => ({ node, level })) : aim === 'most' ? [] : [{ node: app.view.root, level: aim.slice(6) }];
  const limit = budget || undefined;
  return app.answers.once(`plan ${JSON.stringify([target, limit, keep])}`, (document) => app.analysis[aim === 'most' ? 'best' : 'cheapest'](document, { target, keep, budget: limit ?? (aim === 'most' ? '1000000' : undefined) }));
}

const frontierOf = (app) => {
  const { keep } = wishOf(app);
  return app.answers.once(`frontier ${keep}`, (document) => app.analysis.pareto(document, { keep }));
};

/** The plan as a sentence and a table; leaveOut is called with a question whose step is not wanted. */
export function planText(app, plan, leaveOut) {
  const { view, w } = app;
  const { words } = w;
  const { aim, budget } = wishOf(app);
  const { after, before, blockers = [], cost, costBound, node, status, steps } = plan;
  const level = view.level(node, after?.level);
  const ends = level ? words.levelNamed(level.number, level.title) : view.value(node, after?.value?.value);
  const effort = w.decimal(cost);
  if (status === 'unreachable' || status === 'unknown') return h('div', {}, h('p', {}, status === 'unknown' ? words.planUnknown : costBound ? words.planOver(w.decimal(costBound)) : words.planNone), blockers.length > 0 && h('ul', {}, blockers.map((blocker) => h('li', {}, blockerText(app, blocker)))));
  if (!steps.length) return h('p', {}, aim !== 'most' ? words.planReached : status !== 'optimal' ? words.planUnknown : budget ? words.planSmall : words.planNothing);
  const proof = status === 'optimal' ? (aim === 'most' ? words.planBest : words.planCheapest) : costBound ? words.planBound(w.decimal(costBound)) : words.planFound;
  return h('div', {},
    h('p', { class: 'lead' }, words.planIs(steps.length, effort, view.value(node, before.value?.value), view.value(node, after.value?.value), ends), ' ', proof),
    stepsTable(app, plan, leaveOut));
}

function stepsTable(app, { node, steps }, leaveOut) {
  const { view, w } = app;
  const { words } = w;
  return table([words.rank, words.step, words.effort, words.gain], steps.map(({ cost, from, gain, levels = [], question: id, reason, to }, i) => {
    const question = view.node(id);
    const { page } = view.nodes.get(id);
    const reached = levels.filter((one) => one.node === node || one.node === view.root).map((one) => view.level(one.node, one.level));
    return [String(i + 1), h('div', { class: 'step' },
      h('strong', {}, adviceOf(app, question, page) ?? view.title(id)),
      h('p', { class: 'small' }, `${view.title(page.id)}: ${view.answer(question, from) ?? words.unanswered} → ${view.answer(question, to)} `, reached.map((level) => h('span', { class: 'ds-tag', 'data-color': 'success' }, words.reaches(level.number)))),
      reason.kind === 'requirement' && reason.level && h('p', { class: 'small' }, words.becauseOf(view.title(reason.node), view.level(reason.node, reason.level)?.title ?? reason.level)),
      leaveOut && quiet(words.leaveOut, () => leaveOut(id), { class: 'ds-button no-print', 'aria-label': `${words.leaveOut}: ${view.title(id)}` })),
    w.decimal(cost), gain ? w.signed(gain.value, 2) : '–'];
  }), [2, 3]);
}

// adviceOf is the question's own, or the practice's: its first entry is for the lowest level, and so on.
function adviceOf(app, question, page) {
  const { view, w } = app;
  const list = (advice) => [advice ?? []].flat().map((text) => w.text(text));
  const own = list(question.advice);
  if (own.length) return own[0];
  const practice = list(page.group.advice);
  const at = view.ladder(page.group.id).findIndex((level) => level.id === app.answers.outcome(page.group.id)?.level);
  return practice[Math.min(Math.max(at, 0), practice.length - 1)];
}

// chart draws what each effort can buy at best: a line that rises in steps, with the levels where they are reached.
function chart(app, { node, points, status }) {
  const { view, w } = app;
  const { words } = w;
  const [width, height, left, bottom, top, right] = [640, 300, 48, 44, 14, 60];
  const last = points.at(-1);
  const all = points.map((point) => ({ ...point, x: Number(point.cost), y: point.value?.value })).filter((point) => point.y !== undefined);
  if (all.length < 2) return h('p', {}, status === 'optimal' ? words.planNothing : words.planUnknown);
  const [low, high, most] = [all[0].y, all.at(-1).y, Number(last.cost)];
  const x = (cost) => left + ((width - left - right) * cost) / most;
  const y = (value) => height - bottom - ((height - bottom - top) * (value - low)) / (high - low || 1);
  const line = all.map((point, i) => `${i ? `H${x(point.x).toFixed(1)}V` : `M${x(point.x).toFixed(1)},`}${y(point.y).toFixed(1)}`).join('');
  let highest = view.level(node, all[0].level)?.number ?? 0;
  const reached = all.filter((point) => { // where each level comes for the first time: more points may fail a requirement again
    const { number = 0 } = view.level(node, point.level) ?? {};
    return number > highest && (highest = number);
  });
  const marks = reached.map((point) => ({ ...point, level: view.level(node, point.level) }));
  const name = marks.map((point) => words.buys(w.decimal(point.cost), point.level.number, point.level.title)).join(' ') || words.buysValue(w.decimal(last.cost), view.value(node, high));
  return h('div', {},
    h('p', {}, name, status !== 'optimal' && ` ${words.planFound}`),
    s('svg', { class: 'frontier', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': `${words.effortAgainst}. ${name}` },
      s('path', { class: 'axis', d: `M${left},${top}V${height - bottom}H${width - right}` }),
      s('path', { class: 'line', d: line }),
      marks.map((point) => [s('circle', { class: 'mark', cx: x(point.x).toFixed(1), cy: y(point.y).toFixed(1), r: 5 }), s('text', { x: (x(point.x) + 8).toFixed(1), y: y(point.y).toFixed(1), dy: '1.1em' }, words.level(point.level.number))]),
      s('text', { x: left, y: height - 10 }, '0'), s('text', { x: width - right, y: height - 10, 'text-anchor': 'end' }, `${words.effort}: ${w.decimal(last.cost)}`),
      s('text', { x: left - 6, y: y(low), 'text-anchor': 'end' }, view.value(node, low)), s('text', { x: left - 6, y: y(high) + 10, 'text-anchor': 'end' }, view.value(node, high))),
    h('details', { class: 'fold' }, h('summary', {}, words.asTable), table([words.effort, words.score, words.levelWord],
      all.filter((point, i) => i === 0 || i === all.length - 1 || reached.includes(point) || i % Math.ceil(all.length / 12) === 0).map((point) => [w.decimal(point.cost), view.value(node, point.y), view.level(node, point.level)?.title ?? '–']), [0, 1])));
}
