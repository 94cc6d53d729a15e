// The printed report: a cover, one page that a busy leader reads, the practices, next steps, answers, and how the
// numbers were computed. It is made when it is printed, and lies outside the screen.

import { dots, heatmap, ladder, legend, radar } from './charts.js';
import { h } from './dom.js';
import { againstTargets, answerEntry, blockerText, practicesOf, profile, scoresTable, summary } from './result.js';
import { planOf, planText } from './roadmap.js';

export function reportOf(app) {
  const { view, w, answers: { result } } = app;
  const { words } = w;
  const { model } = view;
  const date = w.date(Date.now());
  const cover = h('section', { class: 'cover' }, h('p', { class: 'small' }, words.report), h('h1', {}, view.title(view.root)), h('p', { class: 'lead' }, app.nameOf(app.answers.record)), h('p', {}, words.made(date)));
  if (!result) return h('div', { class: 'report' }, cover, answersOf());
  const rows = profile(app);
  const plan = planOf(app).value; // there may be none yet
  const heading = (text) => h('h2', {}, text);
  return h('div', { class: 'report' }, cover,
    h('section', { class: 'page' }, heading(words.overview), summary(app), ladder(view, result.nodes[0]),
      h('h3', {}, words.dimensions), dots(view, rows, words), legend(words, rows.some((row) => row.target !== undefined)), radar(view, rows, words)),
    h('section', { class: 'page' }, heading(words.practices), heatmap(view, app.answers.outcomes, words, () => {}), scoresTable(app, practicesOf(app))),
    h('section', { class: 'page' }, rows.some((row) => row.target !== undefined) && againstTargets(app, rows), plan && [heading(words.steps), planText(app, plan)]),
    answersOf(),
    h('section', {}, heading(words.how), h('p', {}, words.howText(w.text(model.title), model.version, app.scorer.digest)), model.license && h('p', {}, model.license)));

  function answersOf() {
    return h('section', { class: 'page' }, h('h2', {}, words.answers), view.pages.map((page) => h('div', { class: 'part' }, h('h3', {}, view.title(page.id)), h('dl', { class: 'answers' }, page.questions.filter((q) => app.answers.outcome(q.id)?.status !== 'hidden').map((q) => answerEntry(app, q))))));
  }
}

/** The report as Markdown. */
export function markdownOf(app) {
  const { view, w, answers: { result } } = app;
  const { words } = w;
  const root = result.nodes[0];
  const level = view.level(root.id, root.level);
  const row = (cells) => `| ${cells.map(plain).join(' | ')} |`;
  const lines = [`# ${plain(w.text(view.model.title))}`, '', `${plain(app.nameOf(app.answers.record))}, ${w.date(Date.now())}`, '',
    `**${words.overall}:** ${level ? `${level.number} ${plain(level.title)}` : '–'}, ${view.value(root.id, root.value)}`, ''];
  if (root.blockers?.length) lines.push(`## ${words.holds}`, '', ...root.blockers.map((b) => `- ${plain(blockerText(app, b))}`), '');
  lines.push(`## ${words.practices}`, '', row([words.nameWord, words.score, words.levelWord]), '|---|---:|---|');
  for (const node of result.nodes) {
    if (node.kind !== 'group' || node.status === 'unscored') continue;
    const at = view.level(node.id, node.level);
    lines.push(row([view.title(node.id), view.value(node.id, node.value), at ? `${at.number} ${at.title}` : '–']));
  }
  lines.push('', `## ${words.answers}`, '');
  for (const question of view.questions) {
    if (app.answers.outcome(question.id)?.status === 'hidden') continue;
    const reason = app.answers.notApplicable(question.id);
    lines.push(`- ${plain(view.title(question.id))}  `, `  ${plain(reason === undefined ? (view.answer(question, app.answers.to(question.id)) ?? words.unanswered) : `${words.notApplicable} ${reason}`)}`);
    if (app.answers.comment(question.id)) lines.push(`  > ${plain(app.answers.comment(question.id))}`);
  }
  return `${lines.join('\n')}\n`;
}

// plain keeps a text from being read as markup: on one line, marks escaped.
const plain = (text) => String(text).replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>()#|!~]/g, '\\$&');

/**
 * The result as CSV, with ids, for a spreadsheet. Where the decimal mark is a comma, spreadsheets expect semicolons between
 * cells.
 */
export function csvOf(app) {
  const semicolons = app.w.decimal('0.5') === '0,5';
  const rows = [['id', 'kind', 'title', 'status', 'value', 'level', 'low', 'high', 'answer', 'comment']];
  for (const node of app.answers.result.nodes) {
    const question = app.view.node(node.id);
    const answer = node.kind === 'question' ? app.view.answer(question, app.answers.to(node.id)) : undefined;
    rows.push([node.id, node.kind, app.view.title(node.id), node.status, node.value, node.level, node.range?.low, node.range?.high, answer, app.answers.comment(node.id)]);
  }
  const show = (value) => (typeof value === 'number' ? String(value).replace('.', semicolons ? ',' : '.') : cell(value ?? ''));
  return `\uFEFF${rows.map((row) => row.map(show).join(semicolons ? ';' : ',')).join('\r\n')}\r\n`;
}

// cell quotes what needs it, and keeps a spreadsheet from taking a text for a formula.
function cell(value) {
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[";,\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
