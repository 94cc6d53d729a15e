// The questions: a practice a screen, or all on one page. Answers, reasons, comments and links go to the app at once;
// what they change (scores, progress, questions that appear) is put right in place, so that focus stays where it is.

import { validURL } from './answers.js';
import { bar, badge } from './charts.js';
import { button, h, quiet, unique } from './dom.js';

export function questionsScreen(app, pageId) {
  const { view, w } = app;
  const words = w.words;
  const all = pageId === 'all';
  const current = all ? undefined : (view.pages.find((page) => page.id === pageId) ?? view.pages[0]);
  const shown = all ? view.pages : [current];
  const cards = shown.flatMap((page) => page.questions.map((question) => questionCard(app, question)));
  const nav = contents(app, current);
  const panel = scorePanel(app);
  const phone = phoneBar(app);

  const heading = h('h1', { tabindex: '-1', class: 'ds-heading', 'data-size': 'lg' }, all ? view.full(view.root) : view.full(current.id));
  let at = 0;
  const body = shown.map((page) => h('section', { 'aria-labelledby': all ? `page-${page.id}` : null },
    all ? h('h2', { id: `page-${page.id}`, class: 'ds-heading part', 'data-size': 'md' }, view.title(page.id)) : null,
    prose(w, page.group.description),
    page.questions.map(() => cards[at++].element)));
  const i = all ? -1 : current.number;
  const move = (page, text, props) => button(text, () => app.go('questions', page.id), props);
  const element = h('div', { class: 'layout' },
    nav.element,
    h('main', { id: 'content', part: 'main' },
      h('p', { class: 'above' }, all ? words.all : `${view.title(current.section.group.id)} · ${words.part(current.section.pages.indexOf(current) + 1, current.section.pages.length)}`),
      heading, body,
      h('div', { class: 'row-of-buttons' },
        i > 0 && move(view.pages[i - 1], words.previous, { 'data-variant': 'secondary' }),
        i >= 0 && i < view.pages.length - 1 ? move(view.pages[i + 1], words.next) : button(words.toResult, () => app.go('result')))),
    panel.element, phone.element);

  return {
    element, heading, title: all ? words.all : view.title(current.id),
    update() {
      cards.forEach((card) => card.update());
      for (const one of [nav, panel, phone]) one.update();
    },
  };
}

// contents lists sections and pages with their state, and how far one has come.
function contents(app, current) {
  const { view, w } = app;
  const words = w.words;
  const count = h('strong', {});
  const left = h('span', {});
  const fill = h('i', {});
  const meter = h('div', { class: 'meter', 'aria-hidden': 'true' }, fill);
  const entries = [];
  const list = view.sections.map((section) => {
    const mark = h('span', { class: 'mark' });
    const links = section.pages.map((page) => {
      const icon = h('span', { class: 'icon', 'aria-hidden': 'true' });
      const said = h('span', { class: 'ds-sr-only' });
      const link = h('button', { type: 'button', class: 'entry', 'aria-current': page === current ? 'page' : null, onclick: () => app.go('questions', page.id) }, icon, h('span', {}, view.title(page.id)), said);
      entries.push({ page, icon, said });
      return h('li', {}, link);
    });
    entries.push({ section, mark });
    const open = section.pages.includes(current) || !current || view.pages.length <= 12;
    return h('details', { open }, h('summary', {}, h('span', {}, view.title(section.group.id)), mark), h('ul', {}, links));
  });
  const inside = h('div', { class: 'inside' }, list,
    quiet(current ? words.all : words.one, () => app.go('questions', current ? 'all' : view.pages[0].id)));
  const narrow = h('details', { class: 'menu' }, h('summary', {}, words.contents));
  const element = h('nav', { class: 'contents', part: 'contents', 'aria-label': words.contents }, h('p', { class: 'progress' }, count, left), meter, narrow, inside);
  // On a narrow screen the contents are folded away behind their name.
  const wide = matchMedia('(min-width: 62rem)');
  const fit = () => (wide.matches ? element.append(inside) : narrow.append(inside));
  wide.addEventListener('change', fit, { signal: app.signal });
  fit();

  const update = () => {
    const { answered, asked } = app.answers.progress(view.questions);
    count.textContent = words.progress(answered, asked);
    left.textContent = words.left(asked - answered);
    fill.style.setProperty('width', `${asked ? (100 * answered) / asked : 100}%`);
    for (const entry of entries) {
      const questions = entry.page ? entry.page.questions : entry.section.pages.flatMap((page) => page.questions);
      const done = app.answers.progress(questions);
      const state = done.asked === done.answered ? 'all' : done.answered ? 'some' : 'none';
      if (entry.page) {
        entry.icon.textContent = { all: '✓', some: '◐', none: '○' }[state];
        entry.icon.dataset.state = state;
        entry.said.textContent = `, ${words.state[state]}`;
      } else entry.mark.textContent = state === 'all' ? '✓' : done.asked ? `${done.answered}/${done.asked}` : '';
    }
  };
  update();
  return { element, update };
}

// scorePanel shows the level so far, with the range it can end in, and each dimension.
function scorePanel(app) {
  const { view, w } = app;
  const element = h('aside', { class: 'panel ds-card', part: 'panel', 'data-color': 'neutral', 'aria-label': w.words.soFar });
  const update = () => {
    const root = app.answers.outcome(view.root);
    element.replaceChildren(
      h('p', { class: 'small' }, w.words.soFar),
      h('div', { class: 'level' }, badge(root && view.level(root.id, root.level)), h('p', {}, h('strong', {}, levelText(app, root)), h('br'), h('span', { class: 'small' }, endText(app, root)))),
      h('ul', { class: 'scores' }, view.dimensions.map((dimension) => {
        const result = app.answers.outcome(dimension.id);
        return h('li', {}, h('span', { class: 'name' }, view.title(dimension.id)), result && bar(view, result), h('span', { class: 'value' }, view.value(dimension.id, result?.value)));
      })),
      quiet(w.words.toResult, () => app.go('result'), { 'data-color': 'accent' }));
  };
  update();
  return { element, update };
}

// phoneBar is the panel in one line, at the bottom of a narrow screen.
function phoneBar(app) {
  const element = h('aside', { class: 'phone-bar', 'aria-label': app.w.words.soFar });
  const update = () => {
    const root = app.answers.outcome(app.view.root);
    element.replaceChildren(badge(root && app.view.level(root.id, root.level), 'sm'),
      h('span', {}, h('strong', {}, levelText(app, root)), ' ', h('span', { class: 'small' }, endText(app, root))),
      quiet(app.w.words.result, () => app.go('result')));
  };
  update();
  return { element, update };
}

/** A text of a model; what is very long is folded. */
export function prose(w, text) {
  const all = w.text(text);
  const lead = (part) => h('p', { class: 'lead', lang: w.tag(text) }, part);
  if (all.length < 1500) return all && lead(all);
  const at = all.lastIndexOf(' ', 800);
  return [lead(`${all.slice(0, at > 0 ? at : 800)} …`), h('details', { class: 'fold' }, h('summary', {}, w.words.more), lead(all))];
}

export function levelText(app, result) {
  const { view, w } = app;
  if (app.answers.required.length) return w.words.stillRequired(app.answers.required.length);
  const level = result && view.level(result.id, result.level);
  if (level) return level.title;
  return result?.status === 'scored' ? view.value(result.id, result.value) : view.ladder(view.root).length ? w.words.noLevel : w.words.noScore;
}

export function endText(app, result) {
  const { view, w } = app;
  const range = result?.range;
  if (!range) return '';
  const [low, high] = [range.levelLow, range.levelHigh].map((id) => view.level(result.id, id)?.number);
  if (low !== undefined && high !== undefined) return range.low === range.high ? '' : w.words.mayEnd(low, high);
  return range.low === range.high ? '' : w.words.mayEndScore(view.value(result.id, range.low), view.value(result.id, range.high));
}

// questionCard is one question: its answer, and below it what else there is to say.
function questionCard(app, question) {
  const { view, w } = app;
  const words = w.words;
  const id = unique('q');
  const number = view.questions.indexOf(question) + 1;
  const description = w.text(question.description);
  const error = h('p', { class: 'ds-validation-message', id: `${id}-error`, 'data-color': 'danger', role: 'alert', hidden: true });
  const fail = (text) => {
    error.textContent = text ?? '';
    error.hidden = !text;
  };
  const input = inputOf(app, question, id, fail);
  const legend = h('legend', { class: 'ds-label' }, h('span', { class: 'number', 'aria-hidden': 'true' }, String(number)), h('span', { lang: w.tag(question.title) }, view.full(question.id)));
  const forbidden = app.view.forbids(question.id);

  let before; // the answer that «not applicable» took away
  const not = quiet(words.notApplicable, () => {
    if (app.answers.notApplicable(question.id) === undefined) {
      before = app.answers.to(question.id);
      fail();
      app.answers.setNotApplicable(question.id, '');
    } else if (before === undefined) app.answers.clear(question.id);
    else app.answers.set(question.id, before);
  }, { 'aria-pressed': 'false' });
  const reason = area(words.reason, (text) => app.answers.setNotApplicable(question.id, text), 2);
  const comment = area(words.commentLabel, (text) => app.answers.setComment(question.id, text), 3);
  const say = quiet(words.comment, () => {
    comment.element.hidden = false;
    comment.input.focus();
  });
  const links = evidence(app, question);
  const clear = quiet(words.clear, () => {
    fail();
    app.answers.clear(question.id);
    input.focus();
  });
  const element = h('fieldset', { class: 'question', id: `question-${question.id}`, 'aria-describedby': description ? `${id}-more` : null },
    legend, description && h('p', { class: 'small', id: `${id}-more`, lang: w.tag(question.description) }, description),
    input.element, error, reason.element,
    h('div', { class: 'tools' }, !forbidden && not, say, links.add, clear),
    comment.element, links.element);

  const update = () => {
    const outcome = app.answers.outcome(question.id);
    element.hidden = outcome?.status === 'hidden';
    const na = app.answers.notApplicable(question.id);
    const text = app.answers.comment(question.id) ?? '';
    not.setAttribute('aria-pressed', String(na !== undefined));
    not.textContent = na === undefined ? words.notApplicable : words.applies;
    reason.element.hidden = na === undefined;
    reason.set(na ?? '');
    if (text) comment.element.hidden = false;
    comment.set(text);
    say.hidden = !comment.element.hidden;
    clear.hidden = app.answers.to(question.id) === undefined;
    input.element.hidden = na !== undefined;
    input.update();
  };
  comment.element.hidden = true;
  update();
  return { element, update };

  function area(label, changed, rows) {
    const field = unique('field');
    const input = h('textarea', { class: 'ds-input', id: field, rows, maxlength: 20_000, oninput: () => changed(input.value) });
    return {
      element: h('div', { class: 'ds-field' }, h('label', { class: 'ds-label', for: field }, label), input),
      input,
      set(text) {
        if (input.value !== text && input.getRootNode().activeElement !== input) input.value = text;
      },
    };
  }
}

// evidence lists links to what an answer rests on.
function evidence(app, question) {
  const { w } = app;
  const words = w.words;
  const element = h('ul', { class: 'evidence' });
  const draw = (focus) => {
    const list = app.answers.evidence(question.id);
    element.hidden = list.length === 0;
    element.replaceChildren(...list.map((item, i) => {
      const field = unique('link');
      const bad = h('p', { class: 'ds-validation-message', 'data-color': 'danger', id: `${field}-bad`, hidden: true }, words.evidenceBad);
      const change = (key, value) => app.answers.setEvidence(question.id, app.answers.evidence(question.id).map((e, j) => (j === i ? { ...e, [key]: value } : e)));
      const title = h('input', { class: 'ds-input', id: `${field}-title`, value: item.title ?? '', oninput: (e) => change('title', e.target.value) });
      const url = h('input', { class: 'ds-input', id: `${field}-url`, type: 'url', value: item.url ?? '', 'aria-describedby': `${field}-hint ${field}-bad`, oninput: (e) => {
        change('url', e.target.value);
        const wrong = e.target.value !== '' && !validURL(e.target.value);
        bad.hidden = !wrong;
        url.setAttribute('aria-invalid', String(wrong));
      } });
      return h('li', {},
        h('div', { class: 'ds-field' }, h('label', { class: 'ds-label', for: `${field}-title` }, words.evidenceTitle), title),
        h('div', { class: 'ds-field' }, h('label', { class: 'ds-label', for: `${field}-url` }, words.evidenceURL), h('p', { class: 'small', id: `${field}-hint` }, words.evidenceHint), url, bad),
        quiet(words.removeLink, () => {
          app.answers.setEvidence(question.id, app.answers.evidence(question.id).filter((_, j) => j !== i));
          draw();
          add.focus();
        }));
    }));
    if (focus) element.querySelector('li:last-child input').focus();
  };
  const add = quiet(words.evidence, () => {
    app.answers.setEvidence(question.id, [...app.answers.evidence(question.id), {}]);
    draw(true);
  });
  draw();
  return { element, add };
}

// inputOf makes the controls of an answer: {element, update, focus}.
function inputOf(app, question, id, fail) {
  const { view, w } = app;
  const words = w.words;
  const { answer } = question;
  // What cannot be taken is no answer: the one before does not linger behind the message.
  const give = (value) => {
    const issue = value === undefined ? undefined : app.answers.set(question.id, value);
    if (value === undefined || issue) app.answers.clear(question.id);
    fail(complaint(app, answer, issue));
    return !issue;
  };
  switch (answer.type) {
    case 'choice':
      return cards('radio', view.options(question).map((o) => ({ value: o.value, title: w.text(o.title), more: w.text(o.description) })));
    case 'checklist':
      return cards('checkbox', view.options(question).map((o) => ({ value: o.value, title: w.text(o.title), more: w.text(o.description) })));
    case 'yesno':
      return cards('radio', [{ value: true, title: words.yes }, { value: false, title: words.no }], 'beside');
    case 'scale': {
      const [min, max] = [Number(answer.min), Number(answer.max)];
      if (max - min <= 10) return cards('radio', Array.from({ length: max - min + 1 }, (_, i) => ({ value: min + i, title: w.decimal(min + i) })), 'beside');
      return numberInput(words.rangeHint(w.decimal(min), w.decimal(max)));
    }
    case 'number':
      return numberInput('');
  }
  return textInput();

  function cards(type, options, layout) {
    const inputs = options.map((option, i) => h('input', { class: 'ds-input', type, name: id, id: `${id}-${i}`, 'aria-describedby': option.more && option.title ? `${id}-${i}-more` : null, onchange: changed }));
    function changed() {
      if (type === 'radio') return give(options[inputs.indexOf(this)].value);
      const exclusive = view.options(question).map((o) => o.exclusive === true);
      const at = inputs.indexOf(this);
      if (this.checked) inputs.forEach((input, i) => (input.checked = input.checked && (i === at || (!exclusive[at] && !exclusive[i]))));
      const list = options.filter((_, i) => inputs[i].checked).map((o) => o.value);
      give(list.length ? list : undefined);
    }
    const element = h('div', { class: `cards ${layout ?? ''}` },
      type === 'checkbox' && h('p', { class: 'small' }, words.several),
      options.map((option, i) => h('label', { class: 'card', for: `${id}-${i}` }, inputs[i],
        h('span', {}, h('span', { class: 'title' }, option.title || option.more || String(option.value)), option.title && option.more && h('span', { class: 'more', id: `${id}-${i}-more` }, option.more)))));
    return {
      element,
      update() {
        const given = app.answers.to(question.id);
        options.forEach((option, i) => (inputs[i].checked = Array.isArray(given) ? given.includes(option.value) : given === option.value));
      },
      focus: () => inputs[0].focus(),
    };
  }

  function numberInput(hint) {
    const input = h('input', { class: 'ds-input number', id: `${id}-n`, inputmode: 'decimal', autocomplete: 'off', 'aria-label': view.title(question.id), 'aria-describedby': `${id}-error`, oninput: () => {
      const text = input.value.trim().replace(/[\s ]/g, '').replace(',', '.').replace('−', '-');
      const wrong = text !== '' && !/^[-+]?(\d+\.?\d*|\.\d+)$/.test(text);
      const taken = give(text === '' || wrong ? undefined : Number(text));
      if (wrong) fail(words.numberBad);
      input.setAttribute('aria-invalid', String(wrong || !taken));
    } });
    const unit = w.text(answer.unit) || hint;
    return {
      element: h('div', { class: 'number-field' }, input, unit && h('span', {}, unit)),
      update() {
        if (input.getRootNode().activeElement === input || input.getAttribute('aria-invalid') === 'true') return;
        const given = app.answers.to(question.id);
        input.value = given === undefined ? '' : w.decimal(given);
      },
      focus: () => input.focus(),
    };
  }

  function textInput() {
    const input = h('textarea', { class: 'ds-input', rows: 3, maxlength: answer.maxLength, 'aria-label': view.title(question.id), 'aria-describedby': `${id}-error`, oninput: () => give(input.value === '' ? undefined : input.value) });
    return {
      element: h('div', { class: 'ds-field' }, input),
      update() {
        if (input.getRootNode().activeElement !== input) input.value = app.answers.to(question.id) ?? '';
      },
      focus: () => input.focus(),
    };
  }
}

// complaint says in the page's language what the engine says of an answer.
function complaint({ w }, answer, issue) {
  if (!issue) return undefined;
  const { words } = w;
  const bound = (x) => (x === undefined ? undefined : w.decimal(x));
  return { 'not-an-integer': words.wholeBad, 'out-of-range': words.rangeBad(bound(answer.min), bound(answer.max)), 'bad-decimal': words.decimalBad, 'too-long': words.textBad }[issue.code] ?? issue.message;
}
