// Writes designsystemet.js from the npm package: the parts of Designsystemet that the self-check uses, as a string for
// a constructable style sheet. Run it with: node wasm/js/check/make-design.mjs (npm ci in wasm/js/test comes first).
//
// In a shadow root nothing is :root. Its rules go to .ds-plain, which the element wears where the page brings no
// theme of its own; a page's theme is inherited. Icons from data: addresses, which a strict policy blocks, are left out.

import { readFileSync, writeFileSync } from 'node:fs';

const from = new URL('../test/node_modules/@digdir/designsystemet-css/', import.meta.url);
const read = (name) => readFileSync(new URL(name, from), 'utf8').trim();
const parts = ['base', 'alert', 'button', 'card', 'field', 'heading', 'input', 'label', 'link', 'skip-link', 'table', 'tabs', 'tag', 'validation-message'];
const layered = (name) => `@layer ds.${name === 'base' ? 'base' : 'components'}{${read(`dist/src/${name}.css`)}}`;
const css = ['@layer check,ds.theme,ds.base,ds.components;', read('dist/theme/designsystemet.css'), ...parts.map(layered)].join('\n').replace(/:root\b/g, '.ds-plain').replace(/(?<=[,}])body(?=[,{])/g, '.check').replace(/url\("data:[^"]*"\)/g, 'linear-gradient(#0000,#0000)');
const { version, license } = JSON.parse(read('package.json'));
const text = `// Made by make-design.mjs of @digdir/designsystemet-css ${version} (${license}).\n\nexport default ${JSON.stringify(css)};\n`;
if (process.argv.includes('--check')) {
  if (readFileSync(new URL('designsystemet.js', import.meta.url), 'utf8') !== text) {
    console.error('wasm/js/check/designsystemet.js is not current: run node wasm/js/check/make-design.mjs');
    process.exit(1);
  }
} else {
  writeFileSync(new URL('designsystemet.js', import.meta.url), text);
}
