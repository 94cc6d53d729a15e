// The first page: what it is, how long it takes, that nothing leaves the browser; and what is saved here.

import { button, h, quiet, unique } from './dom.js';
import { downloadText, openFile, openModel } from './files.js';
import { prose } from './questions.js';
import { copyOf } from './store.js';
import { ofAnother } from './versions.js';

export function startScreen(app) {
  const { view, w, store } = app;
  const { words } = w;
  const heading = h('h1', { tabindex: '-1', class: 'ds-heading', 'data-size': 'xl' }, view.full(view.root));
  const { records: all, broken } = store.list();
  const fixed = app.hasAttribute('model') || typeof app.model === 'object'; // the page has chosen
  const records = all.filter((record) => !fixed || record.model === view.root || ofAnother(app, record.assessment));
  const field = unique('subject');
  const subject = h('input', { class: 'ds-input', id: field, 'aria-describedby': `${field}-hint`, autocomplete: 'organization', onkeydown: (event) => event.key === 'Enter' && app.begin(subject.value) });
  const models = [...app.models()];
  const choose = unique('model');
  const element = h('main', { id: 'content', part: 'main', class: 'start' },
    heading,
    prose(w, view.model.description),
    h('p', {}, words.time(view.questions.length)),
    h('p', { class: 'ds-alert', 'data-color': 'info' }, h('strong', {}, words.private), ' ', words.privateMore),
    h('div', { class: 'ds-field' }, h('label', { class: 'ds-label', for: field }, words.subject), h('p', { class: 'small', id: `${field}-hint` }, words.subjectHint), subject),
    h('div', { class: 'row-of-buttons' }, button(words.start, (event) => {
      event.target.disabled = true; // the engine may still be coming
      app.begin(subject.value);
    }), quiet(words.open, () => openFile(app))),
    records.length > 0 && h('section', {}, h('h2', { class: 'ds-heading', 'data-size': 'sm' }, words.list), h('ul', { class: 'saved' }, records.map((record) => savedItem(app, record))), h('p', { class: 'small' }, words.keep)),
    broken.length > 0 && h('div', { class: 'ds-alert', 'data-color': 'warning' }, h('p', {}, words.badSaved), broken.map((key) => quiet(words.download, () => downloadText(`${key.split('/').at(-1)}.txt`, store.text(key))))),
    h('details', { class: 'fold' }, h('summary', {}, words.model),
      !fixed && models.length > 1 && h('div', { class: 'ds-field' }, h('label', { class: 'ds-label', for: choose }, words.model), h('select', { class: 'ds-input', id: choose, onchange: (event) => app.useModel(event.target.value) }, models.map(([id, title]) => h('option', { value: id, selected: id === view.root }, title)))),
      h('p', { class: 'small' }, `${view.root} ${view.model.version}`, view.model.license && ` · ${view.model.license}`),
      !fixed && quiet(words.ownModel, () => openModel(app))));
  return { element, heading, title: words.about, update() {} };
}

function savedItem(app, record) {
  const { w } = app;
  const { words } = w;
  const named = (text) => ({ 'aria-label': `${text}: ${app.nameOf(record)}` });
  const item = h('li', { 'data-record': record.id });
  const show = () => item.replaceChildren(h('div', {}, h('strong', {}, app.nameOf(record)), h('p', { class: 'small' }, words.changed(w.date(record.updated)), record.model !== app.view.root && ` · ${app.models().get(record.model) ?? record.model}`, ofAnother(app, record.assessment) && ` · ${words.version(record.assessment.model.version ?? '?')}`)),
    h('div', { class: 'row-of-buttons' },
      button(words.continue, () => app.resume(record.id), { 'data-size': 'sm', ...named(words.continue) }),
      quiet(words.rename, edit, named(words.rename)),
      quiet(words.duplicate, () => duplicate(app, record), named(words.duplicate)),
      quiet(words.remove, () => discard(app, record), named(words.remove))));
  function edit() {
    const input = h('input', { class: 'ds-input', value: app.nameOf(record, ''), 'aria-label': words.subject, onkeydown: (event) => {
      if (event.key === 'Enter') {
        event.preventDefault(); // or it presses the button that has focus next
        keep();
      }
      if (event.key === 'Escape') back();
    } });
    const keep = () => {
      rename(app, record, input.value.trim());
      back();
    };
    const back = () => {
      show();
      item.querySelector('button').focus();
    };
    item.replaceChildren(input, h('div', { class: 'row-of-buttons' }, button(words.save, keep, { 'data-size': 'sm' }), quiet(words.cancel, back)));
    input.focus();
  }
  show();
  return item;
}

function rename(app, record, name) {
  const { name: _, ...subject } = record.assessment.subject ?? {};
  record.assessment.subject = name ? { ...subject, name } : subject;
  app.store.put(record);
  if (record.id === app.answers?.record.id) app.answers.record = record;
}

function duplicate(app, record) {
  const copy = copyOf(record);
  app.store.put(copy);
  app.redraw();
  focusOn(app, copy);
}

// discard deletes a self-check, and offers to bring it back.
function discard(app, record) {
  const { words } = app.w;
  if (record.id === app.answers?.record.id) app.close(); // or it would be saved again
  app.store.delete(record.id);
  app.redraw();
  app.tell(words.removed(app.nameOf(record)), 'info', button(words.undo, () => {
    app.store.put(record);
    app.note.replaceChildren();
    app.redraw();
    focusOn(app, record);
  }, { 'data-size': 'sm' })).querySelector('button').focus();
}

const focusOn = (app, { id }) => app.shown.element.querySelector(`[data-record="${CSS.escape(id)}"] button`)?.focus();
