// <maturity-check>: a self-check in any page. It needs two lines: this module, and the element.
//
// The element holds the app: what is answered, saved and shown. Screens (check/*.js) draw it, and call it back.

import { button, h, quiet } from './check/dom.js';
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
  #session;
  #timer;
  #pending; // an assessment that was set before the model was there
  #titleBefore;

  connectedCallback() {
    this.#abort = new AbortController();
    this.store ??= new Store();
    this.#titleBefore = document.title;
    this.#root.adoptedStyleSheets = sheets();
    const { signal } = this.#abort;
    addEventListener('popstate', (event) => this.#back(event), { signal });
    addEventListener('pagehide', () => this.save(), { signal });
    addEventListener('hashchange', () => this.#link(), { signal });
    this.store.channel?.addEventListener('message', ({ data }) => this.#elsewhere(data), { signal });
    this.#open();
  }

  disconnectedCallback() {
    this.save();
    this.#abort.abort();
    this.#session?.free();
    this.#session = undefined;
  }

  attributeChangedCallback(name, before, now) {
    if (!this.isConnected || before === now || !this.#abort) return;
    if (name === 'model') this.#open();
    else if (this.view) this.#speak(languageOf(now, ...navigator.languages));
  }

  get signal() {
    return this.#abort.signal;
  }

  // --- what an embedder uses; index.d.ts documents it

  get assessment() {
    return this.record ? this.document() : undefined;
  }

  set assessment(assessment) {
    if (this.scorer) this.#load(newRecord(this.view.model, assessment));
    else this.#pending = assessment;
  }

  get target() {
    return { ...this.record?.targets };
  }

  set target(targets) {
    Object.assign(this.record.targets, targets);
    this.#changed();
    this.#draw();
  }

  // --- opening

  async #open() {
    this.#frame(h('p', { class: 'loading' }, languages[languageOf(this.lang, ...navigator.languages)].loading));
    const wanted = this.getAttribute('model') ?? models[0];
    try {
      this.engine = await load();
      this.#use(await this.#modelOf(wanted));
      if (!(await this.#link())) this.#restore();
    } catch (error) {
      this.#failed(error);
    }
  }

  async #modelOf(wanted) {
    const saved = this.store.models().find((model) => model.id === wanted);
    if (models.includes(wanted)) return loadModel(wanted);
    if (saved) return saved;
    const response = await fetch(new URL(wanted, document.baseURI));
    if (!response.ok) throw new Error(`${wanted}: ${response.status}`);
    return response.text();
  }

  #use(document) {
    const scorer = this.engine.compile(document, { anyVersion: true });
    this.#session?.free();
    this.#session = undefined;
    this.scorer = scorer;
    this.#language(languageOf(this.lang || remembered(), ...navigator.languages));
    this.record = undefined;
    if (this.#pending) this.#load(newRecord(this.view.model, this.#pending));
    this.#pending = undefined;
  }

  #language(language) {
    const model = this.scorer.model;
    this.w = new Writer(language, model.language ?? 'en');
    this.view = new View(model, this.w);
  }

  #speak(language) {
    remember(language);
    this.#language(language);
    this.#draw();
  }

  #restore() {
    const state = history.state?.modenhet;
    const record = state?.record && this.store.get(state.record);
    if (record?.model === this.view.root) this.#load(record);
    this.#screen = this.record && state ? state : { screen: 'start' };
    this.#draw();
  }

  // --- where one is: each screen is an entry of the history, so that Back works

  #screen = { screen: 'start' };

  go(screen, at, options = {}) {
    this.#screen = { screen, at, record: this.record?.id };
    history.pushState({ ...history.state, modenhet: this.#screen }, '');
    this.#draw(options);
    if (!options.keep) scrollTo({ top: 0 });
  }

  #back({ state }) {
    const screen = state?.modenhet ?? { screen: 'start' };
    if (screen.screen !== 'start' && screen.record !== this.record?.id) {
      const record = this.store.get(screen.record);
      if (!record) return;
      this.#load(record);
    }
    this.#screen = screen;
    this.#draw({ focus: 'heading' });
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

  #draw(options = {}) {
    const { words } = this.w;
    const make = { start: startScreen, questions: questionsScreen, result: resultScreen }[this.record ? this.#screen.screen : 'start'] ?? startScreen;
    this.#result();
    this.shown = make(this, this.#screen.at);
    this.status = h('p', { class: 'ds-sr-only', role: 'status' });
    this.note = h('div', { class: 'notes', role: 'status' });
    this.stateText = h('span', { class: 'small state' });
    const skip = h('a', { class: 'ds-skip-link', href: '#content', onclick: (event) => {
      event.preventDefault();
      this.shown.heading.focus();
    } }, words.skip);
    const started = make !== startScreen;
    this.#frame(h('header', {}, skip,
      h('div', {}, started ? h('button', { type: 'button', class: 'link home', onclick: () => this.go('start') }, this.w.text(this.view.model.title), h('span', { class: 'ds-sr-only' }, `: ${words.toStart}`)) : null, started && h('span', { class: 'small' }, this.nameOf(this.record, ''))),
      h('div', {}, this.stateText, h('label', {}, h('span', { class: 'ds-sr-only' }, words.language), h('select', { class: 'ds-input language', onchange: (event) => this.#speak(event.target.value) }, Object.entries(languages).map(([tag, { name }]) => h('option', { value: tag, lang: tag, selected: tag === this.w.language }, name)))))),
    this.note, this.shown.element, this.status);
    this.#said(this.#state);
    if (!this.hasAttribute('keep-title')) document.title = `${this.shown.title} – ${this.w.text(this.view.model.title) || this.#titleBefore}`;
    const focus = options.focus && options.focus !== 'heading' ? this.#root.querySelector('[role=tab][aria-selected=true]') : options.focus === 'heading' || started ? this.shown.heading : undefined;
    focus?.focus({ preventScroll: true });
  }

  /** Shows a message that stays until it is closed, with what can be done about it. */
  tell(text, color = 'info', ...actions) {
    const close = quiet(this.w.words.close, () => message.remove());
    const message = h('div', { class: 'ds-alert', 'data-color': color }, h('p', {}, text), actions, close);
    this.note.replaceChildren(message);
  }

  #failed(error) {
    const words = languages[languageOf(this.lang, ...navigator.languages)];
    this.#frame(h('div', { class: 'ds-alert', 'data-color': 'danger', role: 'alert' }, h('p', {}, words.failed), h('details', { class: 'fold' }, h('summary', {}, words.details), h('pre', { lang: 'en' }, error.message)), button(words.retry, () => this.#open(), { 'data-variant': 'secondary' })));
  }

  // --- one assessment

  #load(record) {
    const { comments, evidence, ...rest } = record.assessment;
    const next = this.scorer.session({ ...rest, model: rest.model ?? { id: this.scorer.id } });
    this.#session?.free();
    this.#session = next;
    this.record = record;
    this.#answers = undefined;
    this.#state = 'saved';
    this.#result();
    if (this.result?.warnings.some((issue) => issue.code === 'other-version' || issue.code === 'other-digest')) queueMicrotask(() => this.tell(this.w.words.otherVersion, 'warning'));
  }

  begin(name) {
    const record = newRecord(this.view.model, { model: { id: this.scorer.id, version: this.scorer.version, digest: this.scorer.digest }, ...(name.trim() && { subject: { name: name.trim() } }) });
    this.#load(record);
    this.save();
    this.go('questions', this.view.pages[0].id);
  }

  resume(id) {
    try {
      this.#load(this.store.get(id));
    } catch (error) {
      return this.#refused(error, this.w.words.badSaved);
    }
    const open = this.view.pages.find((page) => {
      const { answered, asked } = this.progress(page.questions);
      return answered < asked;
    });
    return open ? this.go('questions', open.id) : this.go('result');
  }

  duplicate(record) {
    const name = this.nameOf(record, '');
    const copy = newRecord(this.view.model, structuredClone(record.assessment));
    copy.targets = { ...record.targets };
    if (name) copy.assessment.subject = { ...copy.assessment.subject, name: `${name} (2)` };
    this.store.put(copy);
    this.#draw();
  }

  rename(record, name) {
    record.assessment.subject = { ...record.assessment.subject, name: name.trim() };
    if (!name.trim()) delete record.assessment.subject.name;
    this.store.put(record);
  }

  remove(record) {
    const { words } = this.w;
    this.store.delete(record.id);
    this.#draw();
    this.tell(words.removed(this.nameOf(record)), 'info', button(words.undo, () => {
      this.store.put(record);
      this.#draw();
    }, { 'data-size': 'sm' }));
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
    if (text) comments[id] = text;
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
    this.#draw({ keep: true });
  }

  // #changed takes over what an answer moved: scores at once, saving and saying after a pause.
  #changed() {
    this.#answers = undefined;
    this.#result();
    this.shown.update();
    this.#touch();
    this.dispatchEvent(new CustomEvent('result', { detail: this.result, bubbles: true, composed: true }));
  }

  #touch() {
    this.#said('saving');
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
    }
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

  save() {
    clearTimeout(this.#timer);
    if (!this.record) return;
    const { evidence } = this.record.assessment;
    this.record.assessment = { ...this.document(), ...(evidence && { evidence }) };
    const outcome = this.store.put(this.record);
    if (outcome === 'conflict') return this.#elsewhere({ id: this.record.id, revision: Infinity });
    this.#said(outcome === 'saved' ? 'saved' : 'unsaved');
  }

  #said(state) {
    this.#state = state;
    if (!this.stateText) return;
    this.stateText.textContent = this.record ? (state === 'saved' ? `✓ ${this.w.words.saved}` : this.w.words[state]) : '';
    this.stateText.dataset.state = state;
  }

  // #elsewhere asks what to do when another tab has saved the same assessment.
  #elsewhere({ id, revision }) {
    if (!this.record || id !== this.record.id || revision <= this.record.revision) return;
    const { words } = this.w;
    clearTimeout(this.#timer);
    this.tell(words.otherTab, 'warning', button(words.reload, () => {
      this.#load(this.store.get(id));
      this.#draw();
    }, { 'data-size': 'sm' }));
  }

  #announce() {
    const root = this.outcome(this.view.root);
    if (root?.status !== 'scored') return;
    const level = this.view.level(root.id, root.level);
    const value = this.view.value(root.id, root.value);
    this.status.textContent = level ? this.w.words.announce(level.number, level.title, value) : value;
  }

  // --- files and links

  models() {
    const known = new Map(models.map((id) => [id, id]));
    for (const model of this.store.models()) known.set(model.id, this.w.text(model.title) || model.id);
    known.set(this.view.root, this.w.text(this.view.model.title) || this.view.root);
    return known;
  }

  async useModel(id) {
    try {
      this.#use(await this.#modelOf(id));
      this.#screen = { screen: 'start' };
      this.#draw({ focus: 'heading' });
    } catch (error) {
      this.#refused(error, this.w.words.badModel);
    }
  }

  async openModel() {
    const [file] = await pick();
    if (!file) return;
    try {
      const text = await file.text();
      this.engine.compile(text).free();
      const model = JSON.parse(text);
      if (!models.includes(model.id)) this.store.putModel(model);
      this.#use(model);
      this.#screen = { screen: 'start' };
      this.#draw({ focus: 'heading' });
    } catch (error) {
      this.#refused(error, this.w.words.badModel);
    }
  }

  async openFile() {
    const [file] = await pick();
    if (file) this.#take(await file.text(), this.w.words.opened, this.w.words.badFile);
  }

  // #take opens an assessment's text as a new one; what cannot be read changes nothing.
  #take(text, opened, bad) {
    const { words } = this.w;
    const issues = this.scorer.check(text);
    if (issues.length) {
      this.#refused(new MaturityError(issues), issues.some((issue) => issue.code === 'other-model') ? words.otherModel : bad);
      return false;
    }
    this.#load(newRecord(this.view.model, JSON.parse(text)));
    this.save();
    this.go('result');
    this.tell(opened);
    return true;
  }

  #refused(error, text) {
    this.tell(text, 'danger', h('details', { class: 'fold' }, h('summary', {}, this.w.words.details), h('pre', { lang: 'en' }, error.message)));
  }

  // #link opens the answers in the address, once.
  async #link() {
    let text;
    try {
      text = await textIn(location.hash);
    } catch (error) {
      history.replaceState(history.state, '', location.pathname + location.search);
      this.#restore();
      this.#refused(error, this.w.words.badLink);
      return true;
    }
    if (text === undefined) return false;
    history.replaceState(history.state, '', location.pathname + location.search);
    if (!this.shown) this.#draw();
    return this.#take(text, this.w.words.openedLink, this.w.words.badLink) || true;
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
    const report = reportOf(this);
    this.#root.querySelector('.check').append(report);
    addEventListener('afterprint', () => report.remove(), { once: true });
    print();
  }
}

// pick asks for files.
function pick() {
  return new Promise((resolve) => {
    const input = h('input', { type: 'file', accept: 'application/json,.json', onchange: () => resolve([...input.files]), oncancel: () => resolve([]) });
    input.click();
  });
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
