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

let ids = 0;

/** An id that no other element of the page has. */
export const unique = (name) => `${name}-${++ids}`;
