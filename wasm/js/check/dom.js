// Elements are built, never parsed: no text of a model can become markup, and the page needs no Trusted Types policy.

const svgNames = 'http://www.w3.org/2000/svg';

/** An HTML element. Props beginning with "on" are listeners, style is an object; null and false are left out. */
export const h = (tag, props, ...children) => fill(document.createElement(tag), props, children);

/** An SVG element. */
export const s = (tag, props, ...children) => fill(document.createElementNS(svgNames, tag), props, children);

function fill(element, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'style') for (const [property, text] of Object.entries(value)) element.style.setProperty(property, text);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

/** A button that looks like Designsystemet's. */
export const button = (text, onclick, props) => h('button', { type: 'button', class: 'ds-button', onclick, ...props }, text);

/** A button that reads like a link. */
export const quiet = (text, onclick, props) => button(text, onclick, { 'data-variant': 'tertiary', 'data-size': 'sm', ...props });

/** What takes a while: a word on that, then what draw makes of it, or what went wrong. */
export function later(words, promise, draw, progress) {
  const out = h('div', { 'aria-busy': 'true' }, h('p', { class: 'small', role: 'status' }, words.working, progress));
  promise.then((value) => out.replaceChildren(draw(value)), (error) => {
    if (error.name !== 'AbortError') out.replaceChildren(h('div', { class: 'ds-alert', 'data-color': 'warning' }, h('p', {}, words.notWorked), h('pre', { lang: 'en' }, error.message)));
  }).finally(() => out.removeAttribute('aria-busy'));
  return out;
}

let ids = 0;

/** An id that no other element of the page has. */
export const unique = (name) => `${name}-${++ids}`;

/** pick asks for files. */
export function pick(multiple = false) {
  return new Promise((resolve) => {
    const input = h('input', { type: 'file', accept: 'application/json,.json', multiple, onchange: () => resolve([...input.files]), oncancel: () => resolve([]) });
    input.click();
  });
}

/** What drawing a screen anew should leave as it is: focus, what is unfolded, what is typed. Call it to put it back. */
export function keepsake(root) {
  const all = (selector) => [...root.querySelectorAll(selector)];
  const controls = () => all('a[href], h1, button, input, select, textarea, summary');
  const fields = () => all('input:not([type="radio"], [type="checkbox"]), textarea');
  const at = controls().indexOf(root.activeElement);
  const open = all('details').map((details) => details.open);
  const typed = fields().map((field) => field.value);
  return () => {
    all('details').forEach((details, i) => (details.open = open[i] ?? details.open));
    if (fields().length === typed.length) fields().forEach((field, i) => (field.value = typed[i]));
    controls()[at]?.focus({ preventScroll: true });
  };
}
