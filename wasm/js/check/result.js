// The result: an overview, next steps, the explanation of every number, comparisons, and all answers.

import { badge, dots, finding, heatmap, ladder, legend, radar } from './charts.js';
import { compareTab } from './compare.js';
import { button, h, quiet, unique } from './dom.js';
import { doubt } from './doubt.js';
import { explanationTab } from './explain.js';
import { copyLink, download } from './files.js';
import { levelText } from './questions.js';
import { planOf, roadmapTab } from './roadmap.js';

export function resultScreen(app, tab = 'overview') {
  const { words } = app.w;
  const tabs = { overview: words.overview, roadmap: words.roadmap, explanation: words.explanation, compare: words.compare, answers: words.answers };
  if (!(tab in tabs)) tab = 'overview';
  const heading = h('h1', { tabindex: '-1', class: 'ds-heading', 'data-size': 'lg' }, words.result);
  const panel = unique('panel');
  const list = h('div', { role: 'tablist', 'aria-label': words.result }, Object.entries(tabs).map(([name, text]) =>
    h('button', { type: 'button', role: 'tab', id: `${panel}-${name}`, 'aria-controls': panel, 'aria-selected': String(name === tab), tabindex: name === tab ? 0 : -1, onclick: () => app.go('result', name, { keep: true }), onkeydown: along }, text)));
  // Arrow keys go along the tabs, as people who use them expect.
  function along(event) {
    const all = [...list.children];
    const to = { ArrowRight: 1, ArrowLeft: -1, Home: -all.indexOf(this), End: all.length - 1 - all.indexOf(this) }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    all[(all.indexOf(this) + to + all.length) % all.length].click();
  }
  const make = { overview, roadmap: roadmapTab, explanation: explanationTab, compare: compareTab, answers }[tab];
  const element = h('main', { id: 'content', part: 'main', class: 'result' },
    h('div', { class: 'top' }, heading, h('div', { class: 'row-of-buttons' }, quiet(words.toQuestions, () => app.go('questions')), downloads(app), button(words.print, () => app.print()))),
    h('div', { class: 'ds-tabs' }, list, h('div', { role: 'tabpanel', id: panel, 'aria-labelledby': `${panel}-${tab}`, tabindex: '0' }, app.answers.result ? make(app) : required(app))));
  if (app.answers.result) planOf(app).catch(() => {}); // so that a report has it whenever it is printed
  return { element, heading, title: `${words.result}: ${tabs[tab]}`, update() {} };
}

// downloads folds the files that can be saved into one menu.
function downloads(app) {
  const { words } = app.w;
  const menu = h('details', { class: 'download' }, h('summary', { class: 'ds-button', 'data-variant': 'secondary' }, words.download),
    h('div', { class: 'ds-card' }, quiet(words.asJSON, () => download(app, 'json')), app.answers.result && quiet(words.asCSV, () => download(app, 'csv')), app.answers.result && quiet(words.asMarkdown, () => download(app, 'markdown')), quiet(words.link, () => copyLink(app))));
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return;
    menu.open = false;
    menu.firstChild.focus();
  });
  return menu;
}

// required lists what must be answered first, under the policy error.
function required(app) {
  return h('div', { class: 'ds-alert', 'data-color': 'warning' }, h('p', {}, app.w.words.required),
    h('ul', {}, app.answers.required.map((id) => h('li', {}, quiet(app.view.title(id), () => app.toQuestion(id))))));
}

export function overview(app) {
  const { view, w } = app;
  const rows = profile(app);
  const targets = rows.some((row) => row.target !== undefined);
  return h('div', {},
    summary(app), ladder(app.view, app.answers.outcome(app.view.root)), app.answers.outcome(app.view.root).status === 'scored' && doubt(app),
    h('div', { class: 'two' },
      h('section', {}, h('h2', { class: 'ds-heading', 'data-size': 'sm' }, w.words.dimensions), dots(view, rows, w.words), legend(w.words, targets), targetForm(app), asTable(app, rows.map((row) => row.result))),
      rows.length > 2 && h('section', {}, h('h2', { class: 'ds-heading', 'data-size': 'sm' }, w.words.profile), radar(view, rows, w.words))),
    targets && againstTargets(app, rows),
    practices(app),
    warnings(app));
}

/** The dimensions with their outcome and their target's value. */
export function profile(app) {
  return app.view.dimensions.map((dimension) => ({ result: app.answers.outcome(dimension.id), target: app.answers.targetValue(dimension.id) })).filter((row) => row.result);
}

/** Level, score and range, and beside them what holds the next level back. */
export function summary(app) {
  const { view, w } = app;
  const root = app.answers.outcome(view.root);
  const level = view.level(root.id, root.level);
  return h('div', { class: 'two summary' },
    h('section', { 'aria-label': w.words.overall },
      h('p', { class: 'small' }, w.words.overall),
      h('div', { class: 'level' }, badge(level, 'lg'), h('div', {}, h('p', { class: 'ds-heading big', 'data-size': 'md' }, level ? h('span', { class: 'ds-sr-only' }, `${w.words.level(level.number)}, `) : null, levelText(app, root)), h('p', {}, scoreText(app, root)))),
      level?.description && h('p', { class: 'lead' }, level.description)),
    blockers(app, root));
}

export function scoreText(app, result) {
  const { view, w } = app;
  const { range, completeness } = result;
  const parts = [];
  if (result.status === 'scored') parts.push(w.words.points(view.value(result.id, result.value), view.value(result.id, result.max)));
  else parts.push(w.words.noScore + '.');
  if (range && range.low < range.high) parts.push(w.words.range(view.value(result.id, range.low), view.value(result.id, range.high), completeness.missing));
  return parts.join(' ');
}

function blockers(app, root) {
  const { view, w } = app;
  if (!root.blockers?.length) return undefined;
  const next = view.level(root.id, root.blockers[0].level);
  const enough = view.level(root.id, root.levelByThreshold);
  const held = enough && enough.number >= next.number;
  const list = [];
  const groups = new Map();
  for (const blocker of root.blockers) {
    const item = h('li', {}, blockerText(app, blocker), ' ', h('button', { type: 'button', class: 'link', onclick: () => app.toNode(blocker.node ?? blocker.question) }, w.words.see, h('span', { class: 'ds-sr-only' }, `: ${view.title(blocker.node ?? blocker.question)}`)));
    if (!blocker.anyOf) {
      list.push(item);
      continue;
    }
    if (!groups.has(blocker.anyOf)) {
      const inner = h('ul', {});
      groups.set(blocker.anyOf, inner);
      list.push(h('li', {}, w.words.anyOf, inner));
    }
    groups.get(blocker.anyOf).append(item);
  }
  return h('section', { class: 'ds-card holds', 'data-color': held ? 'warning' : 'neutral', 'data-variant': 'tinted' },
    h('h2', { class: 'ds-heading', 'data-size': 'xs' }, w.words.holds),
    h('p', {}, held ? w.words.enough(enough.number, enough.title) : w.words.holdsFor(next.number, next.title)),
    h('ul', {}, list));
}

/** One blocker as a sentence. */
export function blockerText(app, blocker) {
  const { view, w } = app;
  const { words } = w;
  const id = blocker.node ?? blocker.question;
  const name = `«${view.title(id)}»`;
  let text;
  switch (blocker.reads) {
    case 'answer': {
      const question = view.node(id);
      const want = blocker.want.map((value) => view.answer(question, typed(question, value, blocker.test))).join(words.or);
      if (blocker.test === 'answered') return blocker.not ? words.needNot(words.needAnswered(name)) : words.needAnswered(name);
      return (blocker.not ? words.needOtherAnswer : words.needAnswer)(name, want);
    }
    case 'level':
      text = words.needLevel(name, levelName(view, id, blocker.want[0]), blocker.hasLevel && levelName(view, id, blocker.hasLevel));
      break;
    case 'completeness':
      text = words.needComplete(name, percent(w, blocker.want[0]), percent(w, blocker.has));
      break;
    default: {
      const show = (x) => (blocker.reads === 'ratio' ? percent(w, x) : w.decimal(trim(x)));
      const has = blocker.has === undefined ? undefined : blocker.reads === 'ratio' ? percent(w, blocker.has) : exactEnough(app, id, blocker.has, blocker.want[0]);
      text = words.needValue(name, words.test[blocker.test], show(blocker.want[0]), has);
    }
  }
  return blocker.not ? words.needNot(text) : text;
}

// typed is a wanted answer in its own type: blockers hold texts.
function typed(question, value, test) {
  switch (question.answer.type) {
    case 'yesno':
      return value === 'true';
    case 'checklist':
      return test === 'includes' ? [value] : value.split(',');
  }
  return value;
}

const trim = (x) => String(Number(x));

// exactEnough shows a value with as many digits as tell it from what is wanted: 2.96 is not 3.0.
function exactEnough(app, id, has, want) {
  for (let digits = app.view.digits(id); digits < 6; digits++) {
    const text = app.w.number(has, digits);
    if (text !== app.w.number(Number(want), digits)) return text;
  }
  return app.w.decimal(has);
}

const percent = (w, x) => `${w.number(100 * Number(x), 0)} %`;
const levelName = (view, id, level) => {
  const found = view.level(id, level);
  return found ? `${found.number} ${found.title}` : level;
};

// targetForm sets a target level, or value, for each dimension.
function targetForm(app) {
  const { view, w } = app;
  return h('details', { class: 'fold targets' }, h('summary', {}, w.words.targets), h('div', {}, [view.model, ...view.dimensions.filter((d) => d !== view.model)].map((node) => {
    const field = unique('target');
    const levels = view.ladder(node.id);
    if (!levels.length) return undefined;
    const chosen = app.answers.record.targets[node.id] ?? '';
    return h('div', { class: 'ds-field' }, h('label', { class: 'ds-label', for: field }, view.title(node.id)),
      h('select', { class: 'ds-input', id: field, onchange: (event) => app.setTarget(node.id, event.target.value) },
        h('option', { value: '' }, w.words.noTarget), levels.map((level, i) => h('option', { value: level.id, selected: level.id === chosen }, `${i + 1} ${w.text(level.title) || level.id}`))));
  })));
}

export function againstTargets(app, rows) {
  const { view, w } = app;
  const gap = (row) => row.target - row.result.value;
  const sorted = rows.filter((row) => row.target !== undefined && row.result.status === 'scored').sort((a, b) => gap(b) - gap(a));
  const list = (title, some) => some.length > 0 && h('div', {}, h('h3', { class: 'ds-heading', 'data-size': '2xs' }, title), h('ul', {}, some.map((row) => h('li', {}, w.words.against(view.title(row.result.id), view.value(row.result.id, row.result.value), view.value(row.result.id, row.target))))));
  return h('section', {}, h('h2', { class: 'ds-heading', 'data-size': 'sm' }, w.words.againstTarget), h('div', { class: 'two' }, list(w.words.gaps, sorted.filter((row) => gap(row) > 0)), list(w.words.strengths, sorted.filter((row) => gap(row) <= 0))));
}

const asTable = (app, results) => h('details', { class: 'fold' }, h('summary', {}, app.w.words.asTable), scoresTable(app, results));

/** The numbers of the pictures. */
export function scoresTable(app, results) {
  const { view, w } = app;
  return table([w.words.nameWord, w.words.score, w.words.levelWord, w.words.rangeWord], results.map((result) => {
    const { range } = result;
    return [view.title(result.id), view.value(result.id, result.value), levelName(view, result.id, result.level) ?? '–', range && range.low < range.high ? `${view.value(result.id, range.low)}–${view.value(result.id, range.high)}` : '–'];
  }), [1, 3]);
}

/** A table with a header row; columns of numbers stand to the right. It has a caption, or the name of the heading above it. */
export function table(head, rows, numbers = [], caption, name = caption ?? head.join(', ')) {
  const right = (i) => (numbers.includes(i) ? 'number' : null);
  return h('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': name }, h('table', { class: 'ds-table', 'data-size': 'sm', 'data-color': 'neutral' },
    caption && h('caption', {}, caption),
    h('thead', {}, h('tr', {}, head.map((text, i) => h('th', { scope: 'col', class: right(i) }, text)))),
    h('tbody', {}, rows.map((row) => h('tr', {}, row.map((cell, i) => (i === 0 ? h('th', { scope: 'row' }, cell) : h('td', { class: right(i) }, cell))))))));
}

/** The root, the dimensions and the practices. */
export const shown = (view) => [view.model, ...view.dimensions.filter((d) => d !== view.model).flatMap((d) => [d, ...view.practices(d).filter((p) => p !== d)])];

/** The outcomes of the practices that can have a score. */
export const practicesOf = (app) => app.view.pages.map((page) => app.answers.outcome(page.id)).filter((result) => result && result.status !== 'unscored');

function practices(app) {
  const { view, w } = app;
  const map = heatmap(view, app.answers.outcomes, w.words, (id) => app.go('questions', id));
  const results = practicesOf(app);
  return map && h('section', {}, h('h2', { class: 'ds-heading', 'data-size': 'sm' }, w.words.practices), h('p', { class: 'small' }, w.words.practicesHint, ' ', finding(view, results.filter((r) => r.value !== undefined), w.words)), map, asTable(app, results));
}

function warnings(app) {
  const texts = app.answers.result.warnings;
  return texts.length > 0 && h('section', {}, h('h2', { class: 'ds-heading', 'data-size': 'sm' }, app.w.words.warnings), h('ul', {}, texts.map((issue) => (issue.code === 'answer-hidden' ? h('li', {}, app.w.words.hiddenAnswer(app.view.title(issue.path.split('/')[2]))) : h('li', { lang: 'en' }, issue.message)))));
}

export function answers(app) {
  const { view, w } = app;
  return h('div', {}, view.pages.map((page) => h('section', {}, h('h2', { class: 'ds-heading', 'data-size': 'xs' }, `${view.title(page.section.group.id)}${page.section.group === page.group ? '' : ` · ${view.title(page.id)}`}`),
    h('dl', { class: 'answers' }, page.questions.filter((question) => app.answers.outcome(question.id)?.status !== 'hidden').map((question) => answerEntry(app, question, true))))));
}

/** One question with its answer, comment and links. */
export function answerEntry(app, question, editable) {
  const { view, w } = app;
  const reason = app.answers.notApplicable(question.id);
  const comment = app.answers.comment(question.id);
  const given = reason === undefined ? view.answer(question, app.answers.to(question.id)) : `${w.words.notApplicable}${reason ? `: ${reason}` : ''}`;
  return [h('dt', {}, view.title(question.id)), h('dd', {}, h('p', { class: given === undefined ? 'none' : null }, given ?? w.words.unanswered, editable && [' ', h('button', { type: 'button', class: 'link no-print', onclick: () => app.toQuestion(question.id) }, w.words.edit, h('span', { class: 'ds-sr-only' }, `: ${view.title(question.id)}`))]),
    comment && h('p', { class: 'comment' }, comment),
    app.answers.validEvidence(question.id).map((e) => h('p', {}, h('a', { class: 'ds-link', href: e.url, rel: 'noreferrer noopener', target: '_blank' }, e.title || e.url), e.title && h('span', { class: 'print-only' }, ` ${e.url}`))))];
}
