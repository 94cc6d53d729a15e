// Comparisons, on the device alone: with another self-check of one's own, and with files of others, who answered for
// other subjects or for the same.

import { respondents } from './agree.js';
import { h, later, unique } from './dom.js';
import { readFiles } from './files.js';
import { practicesOf, shown, table } from './result.js';
import { carriedNote, carry, ofAnother } from './versions.js';

export function compareTab(app) {
  const { w } = app;
  const { words } = w;
  const out = h('div', { class: 'compared' }, h('p', { class: 'small' }, words.compareNothing));
  const field = unique('compare');
  const others = app.store.list().records.filter((record) => record.id !== app.answers.record.id && (record.model === app.view.root || ofAnother(app, record.assessment)));
  let turn = 0; // the latest choice is shown
  const select = h('select', { class: 'ds-input', id: field, onchange: () => {
    turn++;
    const record = others.find((one) => one.id === select.value);
    out.replaceChildren(...(record ? [pair(app, record.assessment)] : []));
  } }, h('option', { value: '' }, '–'), others.map((record) => h('option', { value: record.id }, `${app.nameOf(record)}, ${w.date(record.updated)}${ofAnother(app, record.assessment) ? `, ${words.version(record.assessment.model.version ?? '?')}` : ''}`)));
  const files = h('input', { type: 'file', id: `${field}-files`, class: 'ds-input', accept: 'application/json,.json', multiple: true, 'aria-describedby': `${field}-hint`, onchange: () => open(files.files) });
  async function open(list) {
    const mine = ++turn;
    const { read, failed } = await readFiles(app, list);
    if (mine !== turn) return;
    out.replaceChildren(...failed.map((text) => h('p', { class: 'ds-alert', 'data-color': 'warning' }, text)),
      ...read.filter(({ carried }) => carried).map(({ file, of, carried }) => carriedNote(app, of, carried, file)), ...(read.length ? [among(app, read)] : []));
    app.status.textContent = [...failed, ...(read.length ? [words.filesRead(read.length)] : [])].join(' ');
  }
  const drop = { ondragover: (event) => event.preventDefault(), ondrop: (event) => {
    event.preventDefault();
    open(event.dataTransfer.files);
  } };
  return h('div', { class: 'drop', ...drop }, h('div', { class: 'two' },
    h('section', {}, h('h2', { class: 'ds-heading', 'data-size': 'xs' }, words.compareEarlier), h('div', { class: 'ds-field' }, h('label', { class: 'ds-label', for: field }, words.compareChoose), select)),
    h('section', {}, h('h2', { class: 'ds-heading', 'data-size': 'xs' }, words.withOthers), h('div', { class: 'ds-field' }, h('label', { class: 'ds-label', for: `${field}-files` }, words.compareFile), h('p', { class: 'small', id: `${field}-hint` }, `${words.compareHint} ${words.dropHint}`), files))), out);
}

// pair compares with an earlier assessment: what moved, and how much of it each answer explains. One of another version
// is scored by both versions where the page has both, and by this one else.
function pair(app, before) {
  const { words } = app.w;
  const now = app.answers.document();
  if (!ofAnother(app, before)) return later(words, app.analysis.compare({ ...before, model: { id: app.view.root }, evidence: undefined }, now), (comparison) => changes(app, comparison));
  const both = async () => {
    const carried = await carry(app, before);
    return { carried, comparison: await app.analysis.compare(carried.earlier ? { ...before, evidence: undefined } : carried.assessment, now, carried.earlier) };
  };
  return later(words, both(), ({ carried, comparison }) => h('div', {}, carriedNote(app, before, carried), changes(app, comparison, carried.earlier?.version)));
}

// changes are two tables: the nodes, by the earlier version too where it is known, and the answers.
function changes(app, { nodes, answers: changed }, earlierVersion) {
  const { view, w } = app;
  const { words } = w;
  const find = (id) => nodes.find((one) => one.node === id);
  const rows = shown(view).map(({ id }) => {
    const { change, earlier, restated = earlier, later: now, basis } = find(id);
    const score = (outcome) => view.value(id, outcome?.value?.value);
    return [view.title(id), ...(earlierVersion ? [earlier ? score(earlier) : words.newNode] : []), score(restated) + (basis === 'partial' ? ` ${words.partial}` : ''), score(now), change ? w.signed(change.value, view.digits(id)) : '–'];
  });
  const { parts = [] } = find(view.root);
  const share = new Map(parts.map((part) => [part.question, part.change.value]));
  const say = (id, answer, state) => (state === 'notApplicable' ? words.notApplicable : (view.answer(view.node(id), answer) ?? words.unanswered));
  const list = changed.map(({ question, before: was, beforeState, after, afterState }) => ({ by: share.get(question), cells: [view.title(question), say(question, was, beforeState), say(question, after, afterState), share.has(question) ? w.signed(share.get(question), 2) : '–'] }));
  list.sort((a, b) => Math.abs(b.by ?? 0) - Math.abs(a.by ?? 0));
  return h('div', {}, table([words.nameWord, ...(earlierVersion ? [words.byVersion(earlierVersion), words.byVersion(app.scorer.version)] : [words.before]), words.after, words.change], rows, [1, 2, 3, 4], words.compareEarlier),
    list.length > 0 && table([words.question, words.before, words.after, words.explains], list.map((one) => one.cells), [3], words.changedAnswers));
}

// among shows files as those of a group of subjects, or of respondents of one: at first what their subjects say.
function among(app, read) {
  const { words } = app.w;
  const field = unique('among');
  const subject = ({ subject }) => (subject?.id ?? subject?.name)?.trim().toLowerCase();
  const subjects = new Set(read.map(({ assessment }) => subject(assessment)));
  const [first] = subjects;
  const one = subjects.size === 1 && first !== undefined && (read.length > 1 || first === subject(app.answers.document()));
  const own = !one || first === subject(app.answers.document()); // answers for the same subject
  const out = h('div', {});
  const draw = () => out.replaceChildren(select.value === 'one' ? respondents(app, read, own) : group(app, read));
  const select = h('select', { class: 'ds-input', id: field, onchange: draw }, h('option', { value: 'many' }, words.manySubjects), h('option', { value: 'one', selected: one }, words.oneSubject));
  draw();
  return h('div', {}, h('div', { class: 'ds-field no-print' }, h('label', { class: 'ds-label', for: field }, words.filesAre), select), out);
}

/** Each name of a list, with a number where it comes twice. */
export function distinct(list) {
  const names = new Set();
  return list.map((name) => {
    let own = name;
    for (let n = 2; names.has(own); n++) own = `${name} (${n})`;
    names.add(own);
    return own;
  });
}

/** A statistic, or why there is none. */
export const statistic = (words, { status, value }, show) => (status === 'defined' ? show(value) : (words.statistic[status] ?? '–'));

// group compares with what others answered: the middle half, one's own place, where all are weak, and who can teach whom.
// What may be shown to others leaves out what rests on few.
function group(app, read) {
  const { answers, view, w } = app;
  const { words } = w;
  const names = distinct([words.own, ...read.map(({ file, assessment }) => assessment.subject?.name ?? file)]);
  const all = [answers.document(), ...read.map(({ assessment }) => assessment)].map((assessment, i) => ({ ...assessment, model: { id: view.root }, subject: { name: names[i] } }));
  const out = h('div', {});
  const draw = () => out.replaceChildren(later(words, app.analysis.group(all, { unsuppressed: !few.checked, own: all[0], levels: 1 }), figures));
  const field = unique('few');
  const few = h('input', { type: 'checkbox', class: 'ds-input', id: field, 'aria-describedby': `${field}-hint`, onchange: draw });
  draw();
  return h('div', {}, h('div', { class: 'ds-field no-print' }, few, h('label', { class: 'ds-label', for: field }, words.hideFew), h('p', { class: 'small', id: `${field}-hint` }, words.hideFewHint)), out);

  function figures({ figures, pairs, percentiles }) {
    const at = new Map(figures.nodes.map((figure, i) => [figure.id, { ...figure, percentile: percentiles[i].percentile }]));
    const number = (id, one) => statistic(words, one, (value) => view.value(id, value));
    const rows = shown(view).map(({ id }) => {
      const { lowerQuartile, median, percentile, upperQuartile } = at.get(id);
      return [view.title(id), view.value(id, answers.outcome(id)?.value), number(id, median), lowerQuartile.status === 'defined' ? `${number(id, lowerQuartile)}–${number(id, upperQuartile)}` : number(id, lowerQuartile), statistic(words, percentile, (value) => w.number(value, 0))];
    });
    const ratio = (id) => {
      const { max, min } = answers.outcome(id);
      return (at.get(id).median.value - min) / (max - min || 1);
    };
    const weak = practicesOf(app).map(({ id }) => id).filter((id) => at.get(id).median.value !== undefined).sort((a, b) => ratio(a) - ratio(b)).slice(0, 5);
    const teach = (id) => pairs.filter((one) => one.id === id).slice(0, 5).map(({ strong, strongValue, weak: pupil, weakValue }) => h('li', {}, words.teaches(strong, view.value(id, strongValue), pupil, view.value(id, weakValue))));
    return h('div', {}, table([words.nameWord, words.own, words.median, words.quartiles, words.percentile], rows, [1, 2, 3, 4], words.groupOf(all.length)), h('p', { class: 'small' }, words.percentileHint),
      weak.length > 0 && h('section', {}, h('h2', { class: 'ds-heading', 'data-size': 'xs' }, words.weakTogether), h('ol', {}, weak.map((id) => h('li', {}, `${view.title(id)}: ${number(id, at.get(id).median)}`, h('ul', {}, teach(id)))))));
  }
}
