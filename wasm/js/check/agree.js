// Several who answered for the same subject: what to talk about, how far they agree, and one answer of all.

import { distinct, statistic } from './compare.js';
import { button, h, later, quiet, unique } from './dom.js';
import { downloadText } from './files.js';
import { shown, table } from './result.js';

const first = 10; // questions to talk about, before the others are unfolded

/** What respondents say together: those of the files, and the open self-check where own is true. */
export function respondents(app, read, own) {
  const { view, w } = app;
  const { words } = w;
  const document = app.answers.document();
  const list = [...(own ? [{ file: words.here, assessment: document }] : []), ...read];
  const names = distinct(list.map(({ file, assessment }) => assessment.respondent ?? file.replace(/\.json$/i, '')));
  const { subject } = list[0].assessment;
  const all = list.map(({ assessment }, i) => ({ ...assessment, model: { id: view.root }, subject, respondent: names[i] }));
  return h('div', {}, h('p', {}, words.respondentsAre(names)),
    later(words, app.analysis.agree(all), (agreement) => h('div', {}, talk(app, agreement), groups(app, agreement))),
    combined(app, all));
}

// talk lists the questions to talk about, the widest disagreement first.
function talk(app, { questions, talk: order }) {
  const { view, w } = app;
  const { words } = w;
  const at = new Map(questions.map((question) => [question.id, question]));
  const rows = order.map((id) => {
    const { low, high, different, notApplicable, disagreement } = at.get(id);
    const say = (value) => view.answer(view.node(id), value);
    const not = notApplicable > 0 ? [words.someNot(notApplicable)] : [];
    const given = low === undefined ? words.differentAnswers(different) : say(low) === say(high) ? say(low) : words.fromTo(say(low), say(high));
    const share = statistic(words, disagreement, (value) => `${w.number(100 * value, 0)} %`);
    return [view.title(id), [h('strong', {}, share), `: ${[given, ...not].join('; ')}`]];
  });
  const list = (some, name) => table([words.question, words.disagreement], some, [], undefined, name);
  return h('section', {}, h('h2', { class: 'ds-heading', 'data-size': 'xs' }, words.talkAbout),
    rows.length === 0 ? h('p', {}, words.allAgree) : [h('p', { class: 'small' }, words.talkHint), list(rows.slice(0, first), words.talkAbout)],
    rows.length > first && h('details', { class: 'fold' }, h('summary', {}, words.restOf(rows.length - first)), list(rows.slice(first), words.restOf(rows.length - first))));
}

// groups says how far they agree on each topic, or why that cannot be said.
function groups(app, { groups: list }) {
  const { view, w } = app;
  const { words } = w;
  const at = new Map(list.map((one) => [one.id, one]));
  const show = (one) => statistic(words, one, (value) => w.number(value, 2));
  return h('section', {}, h('h2', { class: 'ds-heading', 'data-size': 'xs' }, words.agreement), h('p', { class: 'small' }, words.agreementHint),
    table([words.nameWord, words.rwg, words.alpha], shown(view).map(({ id }) => [view.title(id), show(at.get(id).rwg), show(at.get(id).alphaInterval)]), [1, 2], undefined, words.agreement));
}

// combined makes one assessment of all, by a rule that can be chosen.
function combined(app, all) {
  const { view, w } = app;
  const { words } = w;
  const field = unique('rule');
  const out = h('div', {});
  const told = [...view.nodes.values()].some(({ node }) => node.tags?.combine); // the model says how
  const select = h('select', { class: 'ds-input', id: field, onchange: () => draw() }, told && h('option', { value: '' }, words.ruleOfModel), Object.entries(words.rules).map(([rule, text]) => h('option', { value: rule }, text)));
  const draw = () => out.replaceChildren(later(words, app.analysis.combine(all, select.value ? { by: select.value } : {}), (assessment) => {
    const { nodes } = app.scorer.score(assessment);
    const at = new Map(nodes.map((node) => [node.id, node]));
    const level = (id) => {
      const found = view.level(id, at.get(id).level);
      return found ? `${found.number} ${found.title}` : '–';
    };
    return h('div', {}, table([words.nameWord, words.score, words.levelWord], shown(view).map(({ id }) => [view.title(id), view.value(id, at.get(id).value), level(id)]), [1], undefined, words.combined),
      h('div', { class: 'row-of-buttons no-print' }, button(words.openCombined, () => {
        app.add(assessment);
        app.go('result');
      }, { 'data-variant': 'secondary' }), quiet(words.asJSON, () => downloadText(`${app.nameOf({ assessment }, view.root)}.json`, `${JSON.stringify(assessment, null, 2)}\n`))));
  }));
  draw();
  return h('section', {}, h('h2', { class: 'ds-heading', 'data-size': 'xs' }, words.combined), h('div', { class: 'ds-field' }, h('label', { class: 'ds-label', for: field }, words.rule), select), out);
}
