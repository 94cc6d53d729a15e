// <maturity-check>: a self-check in any page. It needs two lines: this module, and the element.
//
// The element holds the app: what is answered, saved and shown. Screens (check/*.js) draw it, and call it back.

import { Analysis } from './analysis.js';
import { load, loadModel, models } from './index.js';
import { titles } from './runtime.js';
import { Answers } from './check/answers.js';
import { button, h, keepsake, quiet } from './check/dom.js';
import { openLink, rescue } from './check/files.js';
import { questionsScreen } from './check/questions.js';
import { reportOf } from './check/report.js';
import { resultScreen } from './check/result.js';
import { planOf } from './check/roadmap.js';
import { startScreen } from './check/start.js';
import { Store, copyOf, newRecord } from './check/store.js';
import { sheets } from './check/style.js';
import { carry, ofAnother, versionsScreen } from './check/versions.js';
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
    addEventListener('hashchange', () => this.scorer && openLink(this, () => {}), { signal });
    addEventListener('beforeprint', () => this.#report(), { signal });
    this.store.channel?.addEventListener('message', ({ data }) => this.#elsewhere(data), { signal });
    this.#open();
  }

  disconnectedCallback() {
    this.save();
    this.close();
    this.#endAnalysis();
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

  #analysis;

  /** What takes longer than a click, in a worker. */
  get analysis() {
    return (this.#analysis ??= new Analysis(this.view.model, { anyVersion: true }));
  }

  #endAnalysis() {
    this.#analysis?.close();
    this.#analysis = undefined;
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
    return this.answers?.document();
  }

  set assessment(assessment) {
    this.#pending = assessment;
    if (this.scorer) this.#take();
  }

  get target() {
    return { ...(this.answers?.record.targets ?? this.#targets) };
  }

  set target(targets) {
    this.#targets = { ...targets };
    if (!this.answers) return;
    this.answers.record.targets = { ...targets };
    this.#changed(false);
    this.redraw();
  }

  /** Earlier models: ids, addresses or documents. */
  get earlier() {
    return this.#earlier ?? this.getAttribute('earlier')?.split(/\s+/).filter(Boolean) ?? [];
  }

  set earlier(models) {
    this.#earlier = models;
  }

  #earlier;

  // --- opening

  // #open shows the first page as soon as the model is there. The engine may come later: what needs it awaits ready.
  async #open() {
    const turn = (this.#turn = {});
    this.save();
    this.close();
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
      else if (!(await openLink(this, () => this.#restore())) && !early) this.#restore();
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
    this.close();
    this.#endAnalysis();
    this.scorer = scorer;
    this.#language(language, scorer.model);
  }

  #language(language, model = this.view.model) {
    this.w = new Writer(language, model.language ?? 'en');
    this.view = new View(model, this.w);
  }

  #speak(language) {
    this.#language(language);
    this.redraw();
  }

  // #take opens the assessment that an embedder has set.
  #take() {
    const assessment = this.#pending;
    this.#pending = undefined;
    if (ofAnother(this, assessment)) return this.offer(assessment, { bad: this.w.words.badFile, home: true });
    this.add(assessment);
    return this.go('questions', this.view.pages[0]?.id);
  }

  /** Opens an assessment as a new self-check, and saves it. */
  add(assessment, targets = this.#targets) {
    this.save();
    this.#load(newRecord(this.view.root, assessment, targets));
    this.save(true);
  }

  /**
   * Shows what of an assessment of another version fits this one. One that cannot be read is refused as bad. home draws the
   * first page meanwhile.
   */
  async offer(assessment, { record, text, bad = this.w.words.badSaved, home } = {}) {
    if (home) this.#draw();
    const { scorer } = this;
    try {
      const carried = await carry(this, assessment, text);
      if (scorer !== this.scorer) return;
      this.offered = { assessment, record, carried };
      this.go('versions');
    } catch (error) {
      if (error.name === 'AbortError') return;
      if (record) this.#unreadable(error, record);
      else this.refuse(error, bad);
    }
  }

  /** Goes on with what was offered, as a new self-check. */
  accept(targets) {
    this.add(this.offered.carried.assessment, this.offered.record ? targets : undefined);
    this.offered = undefined;
    this.#goOn();
  }

  #earlierModels = new Map(); // by what names them

  async #read(wanted) {
    const scorer = this.engine.compile(wanted[0] === '{' ? wanted : await this.#modelOf(wanted));
    const { id, version, digest, model } = scorer;
    scorer.free();
    return { id, version, digest, model };
  }

  /** The earlier model that an assessment was made with, where the page has it. */
  async earlierModel({ id = this.scorer.id, version, digest } = {}) {
    for (const wanted of [...this.earlier, ...this.store.earlier(id)]) {
      if (!this.#earlierModels.has(wanted)) this.#earlierModels.set(wanted, this.#read(wanted).catch(() => undefined));
      const found = await this.#earlierModels.get(wanted);
      if (found?.id === id && (digest ? found.digest === digest : found.version === version)) return found.model;
    }
    return undefined;
  }

  #restore() {
    const place = this.#place();
    this.#screen = { screen: 'start' };
    const record = place?.record && this.store.get(place.record);
    let failure;
    try {
      if (record && ofAnother(this, record.assessment)) return this.offer(record.assessment, { record, home: true });
      if (record?.model === this.view.root) {
        this.#load(record);
        this.#screen = place;
      }
    } catch (error) {
      failure = error;
    }
    this.#draw();
    if (failure) this.#unreadable(failure, record);
    return undefined;
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
    this.#screen.record = this.answers?.record.id;
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
    let place = this.#place() ?? { screen: 'start' };
    if (place.screen === 'versions' && !this.offered) place = { screen: 'start' };
    if (!this.scorer || (place.screen === this.#screen.screen && place.at === this.#screen.at && place.record === this.#screen.record)) return;
    this.save();
    if (!['start', 'versions'].includes(place.screen) && place.record !== this.answers?.record.id) {
      const record = this.store.get(place.record);
      if (record?.model !== this.view.root || ofAnother(this, record.assessment)) return;
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
    const make = { questions: this.answers && questionsScreen, result: this.answers && resultScreen, versions: this.offered && versionsScreen }[this.#screen.screen] || startScreen;
    const open = make === versionsScreen ? this.offered : make !== startScreen && this.answers.record;
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
      h('div', {}, open && [h('button', { type: 'button', class: 'link home', onclick: () => this.go('start') }, this.view.cut(title), h('span', { class: 'ds-sr-only' }, `: ${words.toStart}`)), h('span', { class: 'small' }, this.view.cut(this.nameOf(open, '')))]),
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

  /** Says that something cannot be taken, and why. */
  refuse(error, text, ...more) {
    this.tell(text, 'danger', ...more, h('details', { class: 'fold' }, h('summary', {}, this.w.words.details), h('pre', { lang: 'en' }, error.message)));
  }

  // #unreadable says so of a saved self-check that the model cannot take, and hands it out as it is.
  #unreadable(error, record) {
    this.refuse(error, this.w.words.badSaved, quiet(this.w.words.download, () => rescue(record)));
  }

  #failed(error) {
    const words = languages[languageOf(this.lang, ...navigator.languages)];
    this.#frame(h('div', { class: 'ds-alert', 'data-color': 'danger', role: 'alert' }, h('p', {}, words.failed), h('details', { class: 'fold' }, h('summary', {}, words.details), h('pre', { lang: 'en' }, error.message)), button(words.retry, () => this.#open(), { 'data-variant': 'secondary' })));
  }

  // --- one self-check

  #load(record) {
    const next = new Answers(this, record, (moved) => this.#changed(moved));
    this.close();
    this.answers = next;
    this.#state = 'saved';
    this.#asked = next.progress(this.view.questions).asked;
  }

  /** Closes the self-check that is open, without saving it. */
  close() {
    clearTimeout(this.#timer);
    this.answers?.close();
    this.answers = undefined;
    this.#unsaved = false;
  }

  async begin(name) {
    await this.ready;
    const { id, version, digest } = this.scorer;
    this.add({ model: { id, version, digest }, ...(name.trim() && { subject: { name: name.trim() } }) });
    this.go('questions', this.view.pages[0]?.id);
  }

  async resume(id) {
    await this.ready;
    const record = this.store.get(id);
    if (!record) return this.redraw();
    if (!ofAnother(this, record.assessment) && record.model !== this.view.root && !(await this.useModel(record.model))) return undefined;
    if (ofAnother(this, record.assessment)) return this.offer(record.assessment, { record });
    try {
      this.#load(record);
    } catch (error) {
      return this.#unreadable(error, record);
    }
    return this.#goOn();
  }

  // #goOn goes where there are questions left.
  #goOn() {
    const open = this.view.pages.find((page) => {
      const { answered, asked } = this.answers.progress(page.questions);
      return answered < asked;
    });
    return open ? this.go('questions', open.id) : this.go('result');
  }

  nameOf(record, none = this.w.words.unnamed) {
    return record.assessment.subject?.name || record.assessment.subject?.id || none;
  }

  setTarget(id, level) {
    this.answers.setTarget(id, level);
    this.redraw();
  }

  // #changed takes over what changed: scores at once, saving and saying after a pause.
  #changed(moved) {
    const { answers } = this;
    if (moved) this.shown.update();
    this.#unsaved = true;
    if (this.#state !== 'conflict') this.#said('saving');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.save();
      this.#announce();
    }, pause);
    this.#dispatch('change', answers.document());
    if (moved) this.#dispatch('result', answers.result);
  }

  #dispatch(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  #unsaved = false;

  // --- the model

  /** The models that there are, by id: those of the package, those opened from files, and this one. */
  models() {
    const known = new Map(models.map((id) => [id, this.w.text(titles[id])]));
    for (const model of [...this.store.models(), this.view.model]) known.set(model.id, this.w.text(model.title) || model.id);
    return known;
  }

  /** Goes on with another model: its id, or the text of its document. */
  async useModel(model, document = false) {
    await this.ready;
    try {
      this.#use(document ? model : await this.#modelOf(model), this.w.language);
      if (document && !models.includes(this.view.root)) this.store.putModel(this.view.model);
      this.go('start');
      return true;
    } catch (error) {
      this.refuse(error, this.w.words.badModel);
      return false;
    }
  }

  // --- saving

  #state = 'saved';

  save(always = this.#unsaved) {
    clearTimeout(this.#timer);
    if (!this.answers || !always) return;
    const { record } = this.answers;
    record.assessment = this.answers.saved();
    const outcome = this.store.put(record);
    if (outcome === 'conflict') return this.#elsewhere({ id: record.id, revision: Infinity });
    this.#unsaved = outcome !== 'saved';
    this.#said(outcome === 'saved' ? 'saved' : 'unsaved');
  }

  #said(state) {
    this.#state = state;
    if (!this.stateText) return;
    this.stateText.textContent = this.answers && this.#screen.screen !== 'versions' ? (state === 'saved' ? `✓ ${this.w.words.saved}` : this.w.words[state]) : '';
    this.stateText.dataset.state = state;
  }

  // #elsewhere asks what to do when another tab has saved the same self-check: take that one, or keep this one besides.
  #elsewhere({ id, revision }) {
    const record = this.answers?.record;
    if (id !== record?.id || revision <= record.revision) return;
    const { words } = this.w;
    clearTimeout(this.#timer);
    this.#said('conflict');
    const take = (text, load, props) => button(text, () => {
      load();
      this.note.replaceChildren();
      this.#remember('replaceState');
      this.#draw({ focus: true });
    }, { 'data-size': 'sm', ...props });
    this.tell(words.otherTab, 'warning', take(words.reload, () => this.#load(this.store.get(id))), take(words.keepMine, () => {
      this.#load(copyOf({ ...record, assessment: this.answers.saved() }));
      this.save(true);
    }, { 'data-variant': 'secondary' }));
  }

  #asked = 0;

  // #announce says the level, and how many questions there are now where answers made some appear or go away.
  #announce() {
    const { words } = this.w;
    const { asked } = this.answers.progress(this.view.questions);
    const said = asked === this.#asked ? [] : [words.nowAsked(asked)];
    this.#asked = asked;
    const root = this.answers.outcome(this.view.root);
    if (root?.status === 'scored') {
      const level = this.view.level(root.id, root.level);
      const value = this.view.value(root.id, root.value);
      said.push(level ? words.announce(level.number, level.title, value) : value);
    }
    this.status.textContent = said.join(' ');
  }

  // --- printing

  async print() {
    if (this.answers.result) await planOf(this).catch(() => {});
    this.#report();
    print();
  }

  // #report is what is printed, however the printing is begun.
  #report() {
    if (!this.answers || this.#screen.screen === 'versions') return;
    this.#root.querySelector('.report')?.remove();
    const report = reportOf(this);
    const compared = this.#root.querySelector('.compared');
    if (compared) report.append(h('section', { class: 'page' }, compared.cloneNode(true)));
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
