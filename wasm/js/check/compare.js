// Comparisons, on the device alone: with another self-check of one's own, and with files of others.

import { h, later, unique } from './dom.js';
import { readFiles } from './files.js';
import { practicesOf, table } from './result.js';

export function compareTab(app) {
  const { w } = app;
  const { words } = w;
  const out = h('div', {}, h('p', { class: 'small' }, words.compareNothing));
  const field = unique('compare');
  const others = app.store.list().records.filter((record) => record.model === app.view.root && record.id !== app.answers.record.id);
  let turn = 0; // the latest choice is shown
  const select = h('select', { class: 'ds-input', id: field, onchange: () => {
    turn++;
    const record = others.find((one) => one.id === select.value);
    out.replaceChildren(...(record ? [pair(app, record.assessment)] : []));
  } }, h('option', { value: '' }, '–'), others.map((record) => h('option', { value: record.id }, `${app.nameOf(record)}, ${w.date(record.updated)}`)));
  const files = h('input', { type: 'file', id: `${field}-files`, class: 'ds-input', accept: 'application/json,.json', multiple: true, 'aria-describedby': `${field}-hint`, onchange: () => open(files.files) });
  async function open(list) {
    const mine = ++turn;
    const { read, failed } = await readFiles(app, list);
    if (mine !== turn) return;
    out.replaceChildren(...failed.map((text) => h('p', { class: 'ds-alert', 'data-color': 'warning' }, text)), ...(read.length ? [group(app, read)] : []));
    app.status.textContent = [...failed, ...(read.length ? [`${words.group}: ${read.length + 1}`] : [])].join(' ');
  }
  const drop = { ondragover: (event) => event.preventDefault(), ondrop: (event) => {
    event.preventDefault();
    open(event.dataTransfer.files);
  } };
  return h('div', { class: 'drop', ...drop }, h('div', { class: 'two' },
    h('section', {}, h('h2', { class: 'ds-heading', 'data-size': 'xs' }, words.compareEarlier), h('div', { class: 'ds-field' }, h('label', { class: 'ds-label', for: field }, words.compareChoose), select)),
    h('section', {}, h('h2', { class: 'ds-heading', 'data-size': 'xs' }, words.group), h('div', { class: 'ds-field' }, h('label', { class: 'ds-label', for: `${field}-files` }, words.compareFile), h('p', { class: 'small', id: `${field}-hint` }, `${words.compareHint} ${words.dropHint}`), files))), out);
}

// pair compares with an earlier assessment: what moved, and how much of it each answer explains.
function pair(app, before) {
  const { answers, view, w } = app;
  const { words } = w;
  return later(words, app.analysis.compare({ ...before, model: { id: view.root } }, answers.document()), ({ nodes, answers: changed }) => {
    const find = (id) => nodes.find((one) => one.node === id);
    const value = (outcome) => outcome?.value?.value;
    const rows = shown(view).map(({ id }) => {
      const { change, earlier, later: now } = find(id);
      return [view.title(id), view.value(id, value(earlier)), view.value(id, value(now)), change ? w.signed(change.value, view.digits(id)) : '–'];
    });
    const { parts = [] } = find(view.root);
    const share = new Map(parts.map((part) => [part.question, part.change.value]));
    const say = (id, answer, state) => (state === 'notApplicable' ? words.notApplicable : (view.answer(view.node(id), answer) ?? words.unanswered));
    const list = changed.map(({ question, before: was, beforeState, after, afterState }) => ({ by: share.get(question), cells: [view.title(question), say(question, was, beforeState), say(question, after, afterState), share.has(question) ? w.signed(share.get(question), 2) : '–'] }));
    list.sort((a, b) => Math.abs(b.by ?? 0) - Math.abs(a.by ?? 0));
    return h('div', {}, table([words.nameWord, words.before, words.after, words.change], rows, [1, 2, 3], words.compareEarlier),
      list.length > 0 && table([words.question, words.before, words.after, words.explains], list.map((one) => one.cells), [3], words.changedAnswers));
  });
}

// group compares with what others answered: the middle half, one's own place, where all are weak, and who can teach whom.
function group(app, read) {
  const { answers, view, w } = app;
  const { words } = w;
  const names = new Set();
  const named = (assessment, name) => { // each under a name of its own
    let own = name;
    for (let n = 2; names.has(own); n++) own = `${name} (${n})`;
    names.add(own);
    return { ...assessment, model: { id: view.root }, subject: { name: own } };
  };
  const own = named(answers.document(), words.own);
  const all = [own, ...read.map(({ assessment, name }) => named(assessment, name))];
  return later(words, app.analysis.group(all, { unsuppressed: true, own, levels: 1 }), ({ figures, pairs, percentiles }) => {
    const number = (id, statistic) => view.value(id, statistic.value);
    const at = new Map(figures.nodes.map((figure, i) => [figure.id, { ...figure, percentile: percentiles[i].percentile.value }]));
    const rows = shown(view).map(({ id }) => {
      const { lowerQuartile, median, percentile, upperQuartile } = at.get(id);
      return [view.title(id), view.value(id, answers.outcome(id)?.value), number(id, median), median.value === undefined ? '–' : `${number(id, lowerQuartile)}–${number(id, upperQuartile)}`, percentile === undefined ? '–' : w.number(percentile, 0)];
    });
    const ratio = (id) => {
      const { max, min } = answers.outcome(id);
      return (at.get(id).median.value - min) / (max - min || 1);
    };
    const weak = practicesOf(app).map(({ id }) => id).filter((id) => at.get(id).median.value !== undefined).sort((a, b) => ratio(a) - ratio(b)).slice(0, 5);
    const teach = (id) => pairs.filter((one) => one.id === id).map(({ strong, strongValue, weak: pupil, weakValue }) => h('li', {}, words.teaches(strong, view.value(id, strongValue), pupil, view.value(id, weakValue))));
    return h('div', {}, table([words.nameWord, words.own, words.median, words.quartiles, words.percentile], rows, [1, 2, 3, 4], words.groupOf(all.length)), h('p', { class: 'small' }, words.percentileHint),
      weak.length > 0 && h('section', {}, h('h2', { class: 'ds-heading', 'data-size': 'xs' }, words.weakTogether), h('ol', {}, weak.map((id) => h('li', {}, `${view.title(id)}: ${number(id, at.get(id).median)}`, h('ul', {}, teach(id)))))));
  });
}
