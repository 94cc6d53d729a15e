// <maturity-check>: a self-check in any page. It needs two lines: this module, and the element.
//
// The element holds the app: what is answered, saved and shown. Screens (check/*.js) draw it, and call it back.

import { button, h, keepsake, pick, quiet } from './check/dom.js';
import { MaturityError, load, loadModel, models } from './index.js';
import { questionsScreen, validURL } from './check/questions.js';
import { csvOf, markdownOf, reportOf } from './check/report.js';
import { resultScreen } from './check/result.js';
import { linkOf, textIn } from './check/share.js';
import { startScreen } from './check/start.js';
import { Store, newRecord } from './check/store.js';
import { sheets } from './check/style.js';
import { View } from './check/view.js';
import { Writer, languageOf, languages } from './check/words.js';

const pause = 1000; // ms without a change, after which it is saved and said

export class MaturityCheck extends HTMLElement {
  static observedAttributes = ['model', 'lang'];

  #root = this.attachShadow({ mode: 'open' });
  #abort;
  #given; // a model as a document
  #targets = {}; // of new self-checks
  #pending; // an assessment that was set before the model was there
  #session;
  #timer;
  #turn; // the latest opening; an earlier one gives way to it
  #titleBefore;
  note = h('div', { class: 'notes', part: 'notes', role: 'status' });
  status = h('p', { class: 'ds-sr-only', role: 'status' });

  connectedCallback() {
    this.#abort = new AbortController();
    this.store = new Store();
    this.#titleBefore = document.title;
    this.#root.adoptedStyleSheets = sheets();
    const { signal } = this.#abort;
    addEventListener('popstate', () => this.#back(), { signal });
    addEventListener('pagehide', () => this.save(), { signal });
    document.addEventListener('visibilitychange', () => document.hidden && this.save(), { signal });
    addEventListener('hashchange', () => this.scorer && this.#link(), { signal });
    addEventListener('beforeprint', () => this.#report(), { signal });
    this.store.channel?.addEventListener('message', ({ data }) => this.#elsewhere(data), { signal });
    this.#open();
  }

  disconnectedCallback() {
    this.save();
    this.#close();
    this.#turn = undefined;
    this.#abort.abort();
    this.store.channel?.close();
    if (!this.hasAttribute('keep-title')) document.title = this.#titleBefore;
  }

  attributeChangedCallback(name, before, now) {
    if (before === now || !this.#turn) return;
    if (name === 'model') this.#open();
    else if (this.view) this.#speak(languageOf(now, ...navigator.languages));
  }

  get signal() {
    return this.#abort.signal;
  }

  // --- what an embedder uses; check.d.ts documents it

  get model() {
    return this.#given ?? this.getAttribute('model') ?? models[0];
  }

  set model(model) {
    this.#given = typeof model === 'object' && model !== null ? model : undefined;
    if (!this.#given) this.setAttribute('model', model);
    else if (this.#turn) this.#open();
  }

  get assessment() {
    return this.record ? this.document() : undefined;
  }

  set assessment(assessment) {
    this.#pending = assessment;
    if (this.scorer) this.#take();
  }

  get target() {
    return { ...(this.record?.targets ?? this.#targets) };
  }

  set target(targets) {
    this.#targets = { ...targets };
    if (!this.record) return;
    this.record.targets = { ...targets };
    this.#touch();
    this.#draw({ keep: true });
  }

  // --- opening

  // #open shows the first page as soon as the model is there. The engine may come later: what needs it awaits ready.
  async #open() {
    const turn = (this.#turn = {});
    this.save();
    this.#close();
    this.scorer = undefined;
    const loading = load();
    let opened;
    this.ready = new Promise((resolve) => (opened = resolve));
    loading.catch(() => {}); // shown below
    try {
      const place = this.#place();
      const wanted = place?.model ?? this.model;
      const early = models.includes(wanted) && !place?.record && !this.#pending && !location.hash;
      if (!early) this.#frame(h('p', { class: 'loading' }, languages[languageOf(this.lang, ...navigator.languages)].loading));
      const model = await this.#modelOf(wanted).catch((error) => (place?.model ? this.#modelOf(this.model) : Promise.reject(error)));
      if (turn !== this.#turn) return;
      if (early) {
        this.#language(languageOf(this.lang || remembered(), ...navigator.languages), model);
        this.#screen = { screen: 'start' };
        this.#draw();
      }
      this.engine = await loading;
      if (turn !== this.#turn) return;
      this.#use(model, this.w?.language);
      opened();
      if (this.#pending) this.#take();
      else if (!(await this.#link()) && !early) this.#restore();
      this.dispatchEvent(new CustomEvent('ready'));
    } catch (error) {
      if (turn === this.#turn) this.#failed(error);
    }
  }

  async #modelOf(wanted) {
    if (typeof wanted === 'object') return wanted;
    if (models.includes(wanted)) return loadModel(wanted);
    const saved = this.store.models().find((model) => model.id === wanted);
    if (saved) return saved;
    const response = await fetch(new URL(wanted, document.baseURI));
    if (!response.ok) throw new Error(`${wanted}: ${response.status}`);
    return response.text();
  }

  #use(document, language = languageOf(this.lang || remembered(), ...navigator.languages)) {
    const scorer = this.engine.compile(document, { anyVersion: true });
    this.save();
    this.#close();
    this.scorer = scorer;
    this.#language(language, scorer.model);
  }

  #language(language, model = this.view.model) {
    this.w = new Writer(language, model.language ?? 'en');
    this.view = new View(model, this.w);
  }

  #speak(language) {
    this.#language(language);
    this.#draw({ keep: true });
  }

  // #take opens the assessment that an embedder has set.
  #take() {
    const assessment = this.#pending;
    this.#pending = undefined;
    this.#load(newRecord(this.view.model, assessment, this.#targets));
    this.save();
    this.go('questions', this.view.pages[0]?.id);
  }

  #restore() {
    const place = this.#place();
    this.#screen = { screen: 'start' };
    const record = place?.record && this.store.get(place.record);
    let failure;
    try {
      if (record?.model === this.view.root) {
        this.#load(record);
        this.#screen = place;
      }
    } catch (error) {
      failure = error;
    }
    this.#draw();
    if (failure) this.#unreadable(failure, record);
  }

  // --- where one is: each screen is an entry of the history, so that Back works. Elements on one page keep theirs apart

  #screen = { screen: 'start' };

  get #key() {
    return this.id || String([...document.querySelectorAll('maturity-check')].indexOf(this));
  }

  #place() {
    return history.state?.modenhet?.[this.#key];
  }

  #remember(write) {
    this.#screen.record = this.record?.id;
    this.#screen.model = this.view.root;
    history[write]({ ...history.state, modenhet: { ...history.state?.modenhet, [this.#key]: this.#screen } }, '');
  }

  go(screen, at, { keep } = {}) {
    if (screen === 'start') this.save();
    this.#screen = { screen, at };
    this.#remember('pushState');
    if (!this.note.querySelector('[data-undo]')) this.note.replaceChildren();
    this.#draw({ keep, focus: !keep });
    if (!keep && this.getBoundingClientRect().top < 0) this.scrollIntoView();
  }

  #back() {
    const place = this.#place() ?? { screen: 'start' };
    if (!this.scorer || (place.screen === this.#screen.screen && place.at === this.#screen.at && place.record === this.#screen.record)) return;
    this.save();
    if (place.screen !== 'start' && place.record !== this.record?.id) {
      const record = this.store.get(place.record);
      if (record?.model !== this.view.root) return;
      try {
        this.#load(record);
      } catch (error) {
        return this.#unreadable(error, record);
      }
    }
    this.#screen = place;
    this.#draw({ focus: true });
  }

  toQuestion(id) {
    const { page } = this.view.nodes.get(id);
    this.go('questions', page.id);
    const card = this.#root.getElementById(`question-${id}`);
    card?.scrollIntoView({ block: 'start' });
    card?.querySelector('input, textarea')?.focus();
  }

  /** To the questions below a node. */
  toNode(id) {
    if (this.view.node(id)?.answer) return this.toQuestion(id);
    const page = this.view.pages.find((page) => page.id === id) ?? this.view.pages.find((page) => this.view.practices({ id }).includes(page.group));
    return page ? this.go('questions', page.id) : this.go('result', 'explanation');
  }

  // --- drawing

  #frame(...content) {
    const language = this.w?.language ?? languageOf(this.lang, ...navigator.languages);
    const themed = getComputedStyle(this).getPropertyValue('--ds-color-neutral-text-default') !== '';
    const wrapper = h('div', { class: themed ? 'check' : 'check ds-plain', lang: language, 'data-color': 'accent', 'data-size': 'md', 'data-color-scheme': themed ? null : (this.getAttribute('color-scheme') ?? 'auto') }, content);
    this.#root.replaceChildren(wrapper);
    return wrapper;
  }

  #draw({ keep, focus } = {}) {
    const { words } = this.w;
    const restore = keep && keepsake(this.#root);
    const make = { questions: questionsScreen, result: resultScreen }[this.record && this.#screen.screen] ?? startScreen;
    const started = make !== startScreen;
    this.#result();
    this.shown = make(this, this.#screen.at);
    this.stateText = h('span', { class: 'small state' });
    const title = this.w.text(this.view.model.title) || this.view.root;
    const skip = h('a', { class: 'ds-skip-link', href: '#content', onclick: (event) => {
      event.preventDefault();
      this.shown.heading.focus();
    } }, words.skip);
    const choose = (event) => {
      remember(event.target.value);
      this.#speak(event.target.value);
    };
    this.#frame(h('header', { part: 'header' }, skip,
      h('div', {}, started && [h('button', { type: 'button', class: 'link home', onclick: () => this.go('start') }, this.view.cut(title), h('span', { class: 'ds-sr-only' }, `: ${words.toStart}`)), h('span', { class: 'small' }, this.view.cut(this.nameOf(this.record, '')))]),
      h('div', {}, this.stateText, h('label', {}, h('span', { class: 'ds-sr-only' }, words.language), h('select', { class: 'ds-input language', onchange: choose }, Object.entries(languages).map(([tag, { name }]) => h('option', { value: tag, lang: tag, selected: tag === this.w.language }, name)))))),
    this.note, this.shown.element, this.status);
    this.#said(this.#state);
    if (!this.hasAttribute('keep-title')) document.title = `${this.shown.title} – ${this.view.cut(title)}`;
    if (restore) restore();
    else if (focus) this.shown.heading.focus({ preventScroll: true });
  }

  /** Draws the screen anew where it stands. */
  redraw() {
    this.#draw({ keep: true });
  }

  /** Shows a message that stays until it is closed, with what can be done about it. */
  tell(text, color = 'info', ...actions) {
    const message = h('div', { class: 'ds-alert', 'data-color': color, 'data-undo': actions.some((action) => action.localName === 'button') }, h('p', {}, text), actions, quiet(this.w.words.close, () => {
      message.remove();
      this.shown.heading.focus();
    }));
    this.note.replaceChildren(message);
    return message;
  }

  #failed(error) {
    const words = languages[languageOf(this.lang, ...navigator.languages)];
    this.#frame(h('div', { class: 'ds-alert', 'data-color': 'danger', role: 'alert' }, h('p', {}, words.failed), h('details', { class: 'fold' }, h('summary', {}, words.details), h('pre', { lang: 'en' }, error.message)), button(words.retry, () => this.#open(), { 'data-variant': 'secondary' })));
  }

  // --- one assessment

  #load(record) {
    const { comments, evidence, ...rest } = record.assessment;
    const next = this.scorer.session({ ...rest, model: rest.model ?? { id: this.scorer.id } });
    this.#close();
    this.#session = next;
    this.record = record;
    this.#state = 'saved';
    this.#result();
    this.#asked = this.progress(this.view.questions).asked;
    if (this.result?.warnings.some((issue) => issue.code === 'other-version' || issue.code === 'other-digest')) queueMicrotask(() => this.tell(this.w.words.otherVersion, 'warning'));
  }

  #close() {
    clearTimeout(this.#timer);
    this.#session?.free();
    this.#session = this.record = this.#answers = undefined;
    this.#unsaved = false;
  }

  async begin(name) {
    await this.ready;
    const record = newRecord(this.view.model, { model: { id: this.scorer.id, version: this.scorer.version, digest: this.scorer.digest }, ...(name.trim() && { subject: { name: name.trim() } }) }, this.#targets);
    this.#load(record);
    this.save(true);
    this.go('questions', this.view.pages[0]?.id);
  }

  async resume(id) {
    await this.ready;
    const record = this.store.get(id);
    if (!record) return this.redraw();
    if (record.model !== this.view.root && !(await this.useModel(record.model))) return undefined;
    try {
      this.#load(record);
    } catch (error) {
      return this.#unreadable(error, record);
    }
    const open = this.view.pages.find((page) => {
      const { answered, asked } = this.progress(page.questions);
      return answered < asked;
    });
    return open ? this.go('questions', open.id) : this.go('result');
  }

  // #unreadable says so of a saved self-check that the model cannot take, and hands it out as it is.
  #unreadable(error, record) {
    this.#refused(error, this.w.words.badSaved, quiet(this.w.words.download, () => this.downloadText(`${record.id}.json`, JSON.stringify(record.assessment, null, 2))));
  }

  duplicate(record) {
    const name = this.nameOf(record, '');
    const copy = newRecord(this.view.model, structuredClone(record.assessment), record.targets);
    copy.model = record.model;
    if (name) copy.assessment.subject = { ...copy.assessment.subject, name: `${name} (2)` };
    this.store.put(copy);
    this.#draw();
    this.#focusOn(copy);
  }

  rename(record, name) {
    record.assessment.subject = { ...record.assessment.subject, name: name.trim() };
    if (!name.trim()) delete record.assessment.subject.name;
    this.store.put(record);
    if (record.id === this.record?.id) this.record = record;
  }

  discard(record) { // remove is the element's own
    const { words } = this.w;
    if (record.id === this.record?.id) this.#close(); // or it would be saved again
    this.store.delete(record.id);
    this.#draw();
    this.tell(words.removed(this.nameOf(record)), 'info', button(words.undo, () => {
      this.store.put(record);
      this.note.replaceChildren();
      this.#draw();
      this.#focusOn(record);
    }, { 'data-size': 'sm' })).querySelector('button').focus();
  }

  #focusOn({ id }) {
    this.#root.querySelector(`[data-record="${CSS.escape(id)}"] button`)?.focus();
  }

  nameOf(record, none = this.w.words.unnamed) {
    return record.assessment.subject?.name || record.assessment.subject?.id || none;
  }

  // --- answers

  /** Answers a question; it returns the issue where the engine refuses. */
  setAnswer(id, value) {
    try {
      this.#session.set(id, value);
    } catch (error) {
      if (error instanceof MaturityError) return error.issues[0];
      throw error;
    }
    return this.#changed();
  }

  clear(id) {
    this.#session.clear(id);
    this.#changed();
  }

  setNotApplicable(id, reason) {
    this.#session.notApplicable(id, reason);
    this.#changed();
  }

  setComment(id, text) {
    const { comments = {} } = this.record.assessment;
    if (text.trim()) comments[id] = text;
    else delete comments[id];
    this.record.assessment.comments = comments;
    this.#touch();
  }

  setEvidence(id, list) {
    const { evidence = {} } = this.record.assessment;
    if (list.length) evidence[id] = list;
    else delete evidence[id];
    this.record.assessment.evidence = evidence;
    this.#touch();
  }

  setTarget(id, level) {
    if (level) this.record.targets[id] = level;
    else delete this.record.targets[id];
    this.#touch();
    this.redraw();
  }

  // #changed takes over what an answer moved: scores at once, saving and saying after a pause.
  #changed() {
    this.#answers = undefined;
    this.#result();
    this.shown.update();
    this.#touch();
    this.dispatchEvent(new CustomEvent('result', { detail: this.result, bubbles: true, composed: true }));
  }

  #unsaved = false;

  #touch() {
    this.#unsaved = true;
    if (this.#state !== 'conflict') this.#said('saving');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.save();
      this.#announce();
    }, pause);
    this.dispatchEvent(new CustomEvent('change', { detail: this.document(), bubbles: true, composed: true }));
  }

  // --- reading; the screens draw from here

  #answers; // the session's assessment, until the next change

  #result() {
    this.result = undefined;
    this.required = [];
    this.outcomes = new Map();
    if (!this.#session) return;
    try {
      this.result = this.#session.result();
      this.outcomes = new Map(this.result.nodes.map((node) => [node.id, node]));
    } catch (error) {
      if (!(error instanceof MaturityError) || error.issues.some((issue) => issue.code !== 'answer-required')) throw error;
      this.required = error.issues.map((issue) => issue.path.split('/')[2]).filter(Boolean);
      this.#withoutScores();
    }
  }

  // #withoutScores finds which questions are asked while answers are missing that the model requires. A model that
  // requires none knows; its scores are not the model's, and stay out of sight.
  #withoutScores() {
    const lenient = JSON.stringify(this.view.model, (key, value) => (key === 'missing' && value === 'error' ? undefined : value));
    const scorer = this.engine.compile(lenient);
    const { nodes } = scorer.score({ ...this.given, model: { id: scorer.id } });
    scorer.free();
    this.outcomes = new Map(nodes.map(({ id, kind, status, min, max, completeness }) => [id, { id, kind, min, max, completeness, status: status === 'scored' ? 'missing' : status }]));
  }

  outcome(id) {
    return this.outcomes.get(id);
  }

  get given() {
    return (this.#answers ??= this.#session.assessment());
  }

  answerTo(id) {
    return this.given.answers?.[id];
  }

  notApplicable(id) {
    return this.given.notApplicable?.[id];
  }

  comment(id) {
    return this.record.assessment.comments?.[id];
  }

  evidence(id) {
    return this.record.assessment.evidence?.[id] ?? [];
  }

  validEvidence(id) {
    return this.evidence(id).filter((e) => validURL(e.url ?? ''));
  }

  /** The assessment as a document of the specification. */
  document() {
    const { subject, respondent, date, comments, evidence } = this.record.assessment;
    const given = this.given;
    const links = Object.fromEntries(Object.keys(evidence ?? {}).map((id) => [id, this.validEvidence(id)]).filter(([, list]) => list.length));
    return JSON.parse(JSON.stringify({
      model: { id: this.scorer.id, version: this.scorer.version, digest: this.scorer.digest },
      subject, respondent, date, answers: given.answers, notApplicable: given.notApplicable,
      comments: comments && Object.keys(comments).length ? comments : undefined, evidence: Object.keys(links).length ? links : undefined,
    }));
  }

  /** How many of these questions are answered or not applicable, and asked. */
  progress(questions) {
    let answered = 0;
    let asked = 0;
    for (const { id } of questions) {
      if (this.outcome(id)?.status === 'hidden') continue;
      asked++;
      if (this.answerTo(id) !== undefined || this.notApplicable(id) !== undefined) answered++;
    }
    return { answered, asked };
  }

  forbids(id) {
    for (let at = id; at !== undefined; at = this.view.nodes.get(at).parent) {
      const policy = this.view.node(at).notApplicable;
      if (policy) return policy === 'forbid';
    }
    return this.view.model.notApplicable === 'forbid';
  }

  /** The value that a node's target level begins with. */
  targetValue(id) {
    const level = this.view.ladder(id).find((l) => l.id === this.record.targets[id]);
    if (!level) return undefined;
    const from = level.from ?? level.above;
    const result = this.outcome(id);
    if (from === undefined) return result?.min;
    return level.of === 'ratio' ? result.min + Number(from) * (result.max - result.min) : Number(from);
  }

  /** Outcomes of another assessment, or undefined where it does not fit the model. */
  scoreOf(assessment) {
    try {
      return new Map(this.scorer.score({ ...assessment, model: { id: this.scorer.id } }).nodes.map((node) => [node.id, node]));
    } catch (error) {
      if (error instanceof MaturityError) return undefined;
      throw error;
    }
  }

  // --- saving

  #state = 'saved';

  save(always = this.#unsaved) {
    clearTimeout(this.#timer);
    if (!this.record || !always) return;
    const { evidence } = this.record.assessment;
    this.record.assessment = { ...this.document(), ...(evidence && { evidence }) };
    const outcome = this.store.put(this.record);
    if (outcome === 'conflict') return this.#elsewhere({ id: this.record.id, revision: Infinity });
    this.#unsaved = outcome !== 'saved';
    this.#said(outcome === 'saved' ? 'saved' : 'unsaved');
  }

  #said(state) {
    this.#state = state;
    if (!this.stateText) return;
    this.stateText.textContent = this.record ? (state === 'saved' ? `✓ ${this.w.words.saved}` : this.w.words[state]) : '';
    this.stateText.dataset.state = state;
  }

  // #elsewhere asks what to do when another tab has saved the same self-check: take that one, or keep this one besides.
  #elsewhere({ id, revision }) {
    if (!this.record || id !== this.record.id || revision <= this.record.revision) return;
    const { words } = this.w;
    clearTimeout(this.#timer);
    this.#said('conflict');
    const done = () => {
      this.note.replaceChildren();
      this.#remember('replaceState');
      this.#draw({ focus: true });
    };
    this.tell(words.otherTab, 'warning', button(words.reload, () => {
      this.#load(this.store.get(id));
      done();
    }, { 'data-size': 'sm' }), button(words.keepMine, () => {
      const { assessment, targets } = this.record;
      const name = this.nameOf(this.record, '');
      this.record = newRecord(this.view.model, { ...assessment, ...(name && { subject: { ...assessment.subject, name: `${name} (2)` } }) }, targets);
      this.save(true);
      done();
    }, { 'data-size': 'sm', 'data-variant': 'secondary' }));
  }

  #asked = 0;

  // #announce says the level, and how many questions there are now where answers made some appear or go away.
  #announce() {
    const { words } = this.w;
    const { asked } = this.progress(this.view.questions);
    const said = asked === this.#asked ? [] : [words.nowAsked(asked)];
    this.#asked = asked;
    const root = this.outcome(this.view.root);
    if (root?.status === 'scored') {
      const level = this.view.level(root.id, root.level);
      const value = this.view.value(root.id, root.value);
      said.push(level ? words.announce(level.number, level.title, value) : value);
    }
    this.status.textContent = said.join(' ');
  }

  // --- files and links

  models() {
    const known = new Map(models.map((id) => [id, id]));
    for (const model of this.store.models()) known.set(model.id, this.w.text(model.title) || model.id);
    known.set(this.view.root, this.w.text(this.view.model.title) || this.view.root);
    return known;
  }

  async useModel(id) {
    await this.ready;
    try {
      this.#use(await this.#modelOf(id), this.w.language);
      this.go('start');
      return true;
    } catch (error) {
      this.#refused(error, this.w.words.badModel);
      return false;
    }
  }

  async openModel() {
    const [file] = await pick();
    await this.ready;
    if (!file) return;
    try {
      const text = await file.text();
      this.#use(text, this.w.language);
      if (!models.includes(this.view.root)) this.store.putModel(JSON.parse(text));
      this.go('start');
    } catch (error) {
      this.#refused(error, this.w.words.badModel);
    }
  }

  async openFile() {
    const [file] = await pick();
    await this.ready;
    if (file) this.#receive(await file.text(), this.w.words.opened, this.w.words.badFile);
  }

  // #receive opens an assessment's text as a new self-check; what cannot be read changes nothing.
  #receive(text, opened, bad) {
    const { words } = this.w;
    const issues = this.scorer.check(text).filter((issue) => issue.code !== 'answer-required');
    if (issues.length) return this.#refused(new MaturityError(issues), issues.some((issue) => issue.code === 'other-model') ? words.otherModel : bad);
    this.save();
    this.#load(newRecord(this.view.model, JSON.parse(text), this.#targets));
    this.save(true);
    this.go('result');
    this.tell(opened);
    return undefined;
  }

  #refused(error, text, ...more) {
    this.tell(text, 'danger', ...more, h('details', { class: 'fold' }, h('summary', {}, this.w.words.details), h('pre', { lang: 'en' }, error.message)));
  }

  // #link opens the answers in the address, once.
  async #link() {
    let text;
    try {
      text = await textIn(location.hash);
    } catch (error) {
      history.replaceState(history.state, '', location.pathname + location.search);
      if (!this.record) this.#restore();
      this.#refused(error, this.w.words.badLink);
      return true;
    }
    if (text === undefined) return false;
    history.replaceState(history.state, '', location.pathname + location.search);
    if (!this.record) this.#restore(); // what is refused leaves one where one was
    this.#receive(text, this.w.words.openedLink, this.w.words.badLink);
    return true;
  }

  async readFiles(files) {
    const read = [];
    const failed = [];
    for (const file of files) {
      const text = await file.text();
      const outcomes = this.scorer.check(text).length ? undefined : this.scoreOf(JSON.parse(text));
      if (outcomes) read.push({ name: JSON.parse(text).subject?.name ?? file.name, outcomes });
      else failed.push(`${file.name}: ${this.w.words.badFile}`);
    }
    return { read, failed };
  }

  download(kind) {
    const name = `${this.nameOf(this.record, this.view.root).replace(/[^\p{L}\p{N}]+/gu, '-')}-${new Date().toISOString().slice(0, 10)}`;
    if (kind === 'json') this.downloadText(`${name}.json`, `${JSON.stringify(this.document(), null, 2)}\n`);
    else if (kind === 'csv') this.downloadText(`${name}.csv`, csvOf(this));
    else this.downloadText(`${name}.md`, markdownOf(this));
  }

  downloadText(name, text) {
    const url = URL.createObjectURL(new Blob([text]));
    h('a', { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }

  async copyLink() {
    const { words } = this.w;
    const link = await linkOf(this.document(), location.href);
    try {
      await navigator.clipboard.writeText(link);
      this.tell(words.linkCopied);
    } catch {
      const input = h('input', { class: 'ds-input', readonly: true, value: link, 'aria-label': words.linkHint });
      this.tell(words.linkHint, 'info', input);
      input.select();
    }
  }

  print() {
    this.#report();
    print();
  }

  // #report is what is printed, however the printing is begun.
  #report() {
    if (!this.record) return;
    this.#root.querySelector('.report')?.remove();
    const report = reportOf(this);
    this.#root.querySelector('.check').append(report);
    addEventListener('afterprint', () => report.remove(), { once: true });
  }
}

function remembered() {
  try {
    return localStorage.getItem('modenhet/language');
  } catch {
    return null;
  }
}

function remember(language) {
  try {
    localStorage.setItem('modenhet/language', language);
  } catch {
    // Then it is asked again.
  }
}

customElements.define('maturity-check', MaturityCheck);
