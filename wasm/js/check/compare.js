// Comparisons, on the device alone: with another self-check of one's own, and with files of others.

import { h, unique } from './dom.js';
import { outcomesOf, readFiles } from './files.js';
import { table } from './result.js';

export function compareTab(app) {
  const { w } = app;
  const { words } = w;
  const out = h('div', {}, h('p', { class: 'small' }, words.compareNothing));
  const field = unique('compare');
  const others = app.store.list().records.filter((record) => record.model === app.view.root && record.id !== app.answers.record.id);
  const select = h('select', { class: 'ds-input', id: field, onchange: () => {
    const record = others.find((one) => one.id === select.value);
    out.replaceChildren(...(record ? [pair(app, record.assessment)] : []));
  } }, h('option', { value: '' }, '–'), others.map((record) => h('option', { value: record.id }, `${app.nameOf(record)}, ${w.date(record.updated)}`)));
  const files = h('input', { type: 'file', id: `${field}-files`, class: 'ds-input', accept: 'application/json,.json', multiple: true, 'aria-describedby': `${field}-hint`, onchange: () => open(files.files) });
  async function open(list) {
    const { read, failed } = await readFiles(app, list);
    out.replaceChildren(...failed.map((text) => h('p', { class: 'ds-alert', 'data-color': 'warning' }, text)), ...(read.length ? [group(app, read)] : []));
    app.status.textContent = [...failed, ...(read.length ? [`${words.group}: ${read.length + 1}`] : [])].join(' ');
  }
  const drop = { ondragover: (event) => event.preventDefault(), ondrop: (event) => {
    event.preventDefault();
    open(event.dataTransfer.files);
  } };
  return h('div', { class: 'drop', ...drop }, h('div', { class: 'two' },
    h('section', {}, h('h2', { class: 'ds-heading', 'data-size': 'xs' }, words.compareEarlier), h('div', { class: 'ds-field' }, h('label', { class: 'ds-label', for: field }, words.compareChoose), select)),
    h('section', {}, h('h2', { class: 'ds-heading', 'data-size': 'xs' }, words.group), h('div', { class: 'ds-field' }, h('label', { class: 'ds-label', for: `${field}-files` }, words.compareFile), h('p', { class: 'small', id: `${field}-hint` }, `${words.compareHint} ${words.dropHint}`), files))), out);
}

// shown are the root, the dimensions and the practices.
const shown = (view) => [view.model, ...view.dimensions.filter((d) => d !== view.model).flatMap((d) => [d, ...view.practices(d).filter((p) => p !== d)])];

function pair(app, before) {
  const { view, w } = app;
  const { words } = w;
  const earlier = outcomesOf(app.scorer, before);
  if (!earlier) return h('p', {}, words.badFile);
  const rows = shown(view).map(({ id }) => {
    const [a, b] = [earlier.get(id), app.answers.outcome(id)];
    const both = a?.status === 'scored' && b?.status === 'scored';
    return [view.title(id), view.value(id, a?.value), view.value(id, b?.value), both ? w.signed(b.value - a.value, view.digits(id)) : '–'];
  });
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const changed = view.questions.filter((q) => !same(before.answers?.[q.id], app.answers.to(q.id)));
  const say = (question, value) => view.answer(question, value) ?? words.unanswered;
  return h('div', {}, table([words.nameWord, words.before, words.after, words.change], rows, [1, 2, 3], words.compareEarlier),
    changed.length > 0 && table([words.question, words.before, words.after], changed.map((q) => [view.title(q.id), say(q, before.answers?.[q.id]), say(q, app.answers.to(q.id))]), [], words.changedAnswers));
}

// group compares with what others answered: the middle half, one's own place, where all are weak, and who leads.
function group(app, read) {
  const { view, w } = app;
  const { words } = w;
  const own = { name: words.own, outcomes: app.answers.outcomes };
  const all = [own, ...read];
  const scored = (id) => all.map((one) => ({ name: one.name, result: one.outcomes.get(id) })).filter((one) => one.result?.status === 'scored').sort((a, b) => b.result.value - a.result.value);
  const rows = shown(view).map(({ id }) => {
    const list = scored(id);
    const values = list.map((one) => one.result.value).reverse();
    const mine = own.outcomes.get(id);
    const place = mine?.status === 'scored' ? 1 + list.filter((one) => one.result.value > mine.value).length : undefined;
    return { id, list, middle: quantile(values, 0.5), cells: [view.title(id), view.value(id, mine?.value), view.value(id, quantile(values, 0.5)), values.length ? `${view.value(id, quantile(values, 0.25))}–${view.value(id, quantile(values, 0.75))}` : '–', place ? words.placeOf(place, list.length) : '–'] };
  });
  const practices = rows.filter(({ id, list }) => view.pages.some((page) => page.id === id) && list.length > 1);
  const weak = practices.sort((a, b) => ratio(a) - ratio(b)).slice(0, 5);
  function ratio(row) {
    const { min, max } = row.list[0].result;
    return (row.middle - min) / (max - min || 1);
  }
  return h('div', {}, table([words.nameWord, words.own, words.median, words.quartiles, words.place], rows.map((row) => row.cells), [1, 2, 3, 4], words.groupOf(all.length)),
    weak.length > 0 && h('section', {}, h('h2', { class: 'ds-heading', 'data-size': 'xs' }, words.weakTogether), h('ol', {}, weak.map(({ id, list, middle }) => h('li', {}, `${view.title(id)}: ${view.value(id, middle)}. `, words.leads(list[0].name, view.value(id, list[0].result.value)), '.')))));
}

// quantile is the value at a share of the way through sorted values, between neighbours in proportion (type 7).
export function quantile(values, share) {
  if (!values.length) return undefined;
  const at = share * (values.length - 1);
  const low = Math.floor(at);
  return values[low] + (at - low) * ((values[low + 1] ?? values[low]) - values[low]);
}
