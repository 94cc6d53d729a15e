// Answers that were given to another version of the model: what of them fits this one, what does not, and what was
// changed. Nothing is opened, or left out, before that was seen.

import { validURL } from './answers.js';
import { button, h, later, quiet } from './dom.js';
import { downloadText } from './files.js';
import { shown, table } from './result.js';
import { View } from './view.js';

/** Whether an assessment is of another version of the app's model. Before the engine is there, the version alone tells. */
export function ofAnother({ scorer, view }, { model }) {
  const now = scorer ?? view.model;
  const { id = now.id, version = now.version, digest = now.digest } = model ?? {};
  if (id !== now.id) return view.model.replaces?.[id] === now.id;
  return version !== now.version || (now.digest !== undefined && digest !== now.digest);
}

/**
 * An assessment, or its text, as one of this version: {assessment, renamed, dropped, open}, and the earlier model where the page
 * has it. What is saved may have links that are not complete yet; they stay behind.
 */
export async function carry(app, assessment, text) {
  const earlier = await app.earlierModel(assessment.model);
  const evidence = {};
  const unfinished = [];
  for (const [question, list] of Object.entries((text === undefined && assessment.evidence) || {})) {
    const whole = list.filter(({ url }) => validURL(url ?? ''));
    if (whole.length) evidence[question] = whole;
    if (whole.length < list.length) unfinished.push({ part: 'evidence', question, value: list.filter((one) => !whole.includes(one)), reason: 'unfinished' });
  }
  const migration = await app.analysis.migrate(text ?? { ...assessment, evidence }, earlier);
  return { ...migration, dropped: [...migration.dropped, ...unfinished], earlier };
}

/** Targets by today's ids, and those that lead nowhere. */
function carryTargets({ view }, targets = {}) {
  const kept = {};
  const dropped = [];
  for (const [id, level] of Object.entries(targets)) {
    const today = view.model.replaces?.[id] ?? id;
    if (view.level(today, level)) kept[today] = level;
    else dropped.push({ part: 'target', question: id, value: level, reason: 'gone' });
  }
  return { kept, dropped };
}

const from = ({ model }) => model?.version ?? '?';

export function versionsScreen(app) {
  const { w, view, offered: { assessment, record, carried } } = app;
  const { words } = w;
  const targets = carryTargets(app, record?.targets);
  const dropped = [...theirs(carried), ...targets.dropped];
  const heading = h('h1', { tabindex: '-1', class: 'ds-heading', 'data-size': 'lg' }, words.anotherVersion);
  const { version } = app.scorer;
  const count = Object.keys(carried.assessment.answers ?? {}).length;
  const element = h('main', { id: 'content', part: 'main', class: 'start' }, heading,
    h('p', {}, words.versionsFromTo(from(assessment), version), ' ', carried.earlier ? words.earlierKnown : words.earlierUnknown),
    h('ul', { class: 'counts' }, [words.carriedOver(count), words.droppedCount(dropped.length), carried.open.length > 0 && words.openCount(carried.open.length)].filter(Boolean).map((text) => h('li', {}, text))),
    droppedTable(app, carried, dropped), renamedTable(app, carried),
    carried.earlier && [later(words, app.analysis.diff(carried.earlier), (difference) => reworded(app, carried, difference)),
      later(words, app.analysis.compare({ ...assessment, evidence: undefined }, carried.assessment, carried.earlier), ({ nodes }) => bothScores(app, carried, nodes))],
    h('p', { class: 'small' }, record ? words.originalKept : words.originalFile),
    h('div', { class: 'row-of-buttons' }, button(words.accept(version), () => app.accept(targets.kept)),
      button(words.original, () => downloadText(`${app.nameOf({ assessment }, view.root)}-${from(assessment)}.json`, `${JSON.stringify(assessment, null, 2)}\n`), { 'data-variant': 'secondary' }), quiet(words.notNow, () => app.go('start'))));
  return { element, heading, title: words.anotherVersion, update() {} };
}

// theirs are the parts that somebody gave: the address of a schema is none.
const theirs = ({ dropped }) => dropped.filter(({ part }) => part !== '$schema');

// speaker says questions and answers of the earlier version, by its model where there is one.
function speaker(app, { earlier }) {
  const { view, w } = app;
  const past = earlier ? new View(earlier, w) : view;
  return {
    title: (id) => (past.node(id) ? past.title(id) : view.title(id)),
    say(part, id, value) {
      if (part === 'evidence') return value.map(({ title, url }) => [title, url].filter(Boolean).join(' ')).join('; ');
      if (part === 'target') return past.level(id, value)?.title ?? value;
      const of = past.node(id)?.answer ? past : view;
      const question = part === 'answer' && of.node(id);
      const type = question && question.answer?.type;
      if (type === 'checklist') return of.answer(question, [value].flat());
      if (type && typeof value === { choice: 'string', text: 'string', yesno: 'boolean', scale: 'number', number: 'number' }[type]) return of.answer(question, value);
      return typeof value === 'boolean' ? (value ? w.words.yes : w.words.no) : typeof value === 'string' ? value : JSON.stringify(value);
    },
  };
}

const sentence = (text) => (/[.!?]$/.test(text) ? text : `${text}.`);

/** What could not come along: the question, what it held, and why. */
export function droppedTable(app, carried, list = theirs(carried)) {
  const { words } = app.w;
  const { title, say } = speaker(app, carried);
  return list.length > 0 && table([words.question, words.what], list.map(({ part, question, value, reason, message }) =>
    [title(question), [sentence(`${words.parts[part]}: ${say(part, question, value)}`), ' ', words.dropReason[reason] ? sentence(words.dropReason[reason]) : h('span', { lang: 'en' }, message)]]), [], words.dropped);
}

function renamedTable(app, carried) {
  const { view, w: { words } } = app;
  const { title, say } = speaker(app, carried);
  const moved = carried.renamed.map(({ part, question, to, was, value }) => {
    if (was !== undefined) return [`${title(question)} ${say('answer', question, was)}`, `${view.title(to)} ${view.answer(view.node(to), value)}`];
    return [title(question), part === 'answer' ? view.title(to) : `${view.title(to)} (${words.parts[part].toLowerCase()})`];
  });
  return moved.length > 0 && table([words.before, words.after], moved, [], words.renamed);
}

// reworded lists the questions with an answer that ask something else by now, or score it otherwise.
function reworded(app, { assessment, earlier }, { changes }) {
  const { view, w: { words } } = app;
  const past = new View(earlier, app.w);
  const changed = new Map(changes.filter(({ node, kind }) => assessment.answers?.[node] !== undefined && (kind === 'reworded' || kind === 'rescored')).map(({ node, was }) => [node, was ?? node]));
  return h('div', {}, changed.size > 0 && table([words.question, words.before], [...changed].map(([id, was]) => [view.title(id), past.full(was) === view.full(id) ? words.sameTitle : past.title(was)]), [], words.reworded));
}

/** The scores of the same answers by both versions. */
function bothScores(app, { earlier, assessment }, nodes) {
  const { view, w: { words } } = app;
  const past = new View(earlier, app.w);
  const at = new Map(nodes.map((node) => [node.node, node]));
  const score = (of, id, outcome) => {
    const level = outcome && of.level(id, outcome.level);
    return `${of.value(id, outcome?.value?.value)}${level ? ` (${words.level(level.number)})` : ''}`;
  };
  const rows = shown(view).map(({ id }) => {
    const { was = id, earlier: before, later: now, basis } = at.get(id);
    return [view.title(id), before ? score(past, was, before) : words.newNode, score(view, id, now) + (basis === 'partial' ? ` ${words.partial}` : '')];
  });
  return table([words.nameWord, words.byVersion(earlier.version), words.byVersion(assessment.model.version)], rows, [1, 2], words.bothScores);
}

/** A line on answers that were carried over for a comparison, with what was left out. */
export function carriedNote(app, { model }, carried, file) {
  const { words } = app.w;
  const dropped = theirs(carried);
  return h('div', { class: 'ds-alert', 'data-color': dropped.length ? 'warning' : 'info' }, h('p', {}, file && `${file}: `, words.comparedAcross(model?.version ?? '?', app.scorer.version), ' ', words.droppedCount(dropped.length)),
    dropped.length > 0 && h('details', { class: 'fold' }, h('summary', {}, words.dropped), droppedTable(app, carried)));
}
