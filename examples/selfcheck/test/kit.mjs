// What the tests of the page share: a browser, a visit that nothing may go wrong in, and an element filled with answers.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before } from 'node:test';

export const { ORIGIN, CHROMIUM, PDFTOTEXT, MODULES } = process.env;
if (!ORIGIN) throw new Error('Run these tests by: go test ./examples/selfcheck');
export const require = createRequire(join(MODULES, '..', 'package.json'));
const { chromium } = require('playwright-core');

let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
});
after(() => browser?.close());

// visit opens the page in a browser of its own, and fails for any error, any request elsewhere, and any cookie.
export async function visit({ from = ORIGIN, ...options }, journey) {
  const context = await browser.newContext({ locale: 'nb-NO', viewport: { width: 1280, height: 900 }, ...options });
  const faults = [];
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== ORIGIN && protocol !== 'blob:') faults.push(`request to ${request.url()}`);
  });
  context.on('page', (page) => {
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(error.stack));
  });
  const page = await context.newPage();
  try {
    await page.goto(from);
    if (from === ORIGIN) await page.locator('maturity-check h1').waitFor();
    await journey(page, context, faults);
    assert.deepEqual(await context.cookies(), []);
    assert.deepEqual(faults, []);
  } finally {
    await context.close();
  }
}

export const element = (page, run, argument) => page.locator('maturity-check').evaluate(run, argument);

// begin starts a self-check; fill answers some of it, as a person's choices would.
export const begin = (page) => element(page, (check) => check.begin('Fjordvik kommune'));
export const fill = (page, share = 1) => element(page, (check, most) => {
  const { view } = check;
  view.questions.slice(0, Math.ceil(view.questions.length * most)).forEach((question, i) => {
    const { type, min = 0 } = question.answer;
    const options = type === 'choice' || type === 'checklist' ? view.options(question).map((option) => option.value) : [];
    const answer = { choice: options[(i * 7) % options.length], checklist: [options[0]], yesno: true, scale: Number(min), number: Number(min) + 2, text: 'x' }[type];
    const issue = check.answers.set(question.id, answer);
    if (issue) throw new Error(JSON.stringify(issue));
  });
  check.save();
}, share);

// violations is what axe finds. It comes through the DevTools protocol, so that the page's policy stays as it is.
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
export async function violations(page) {
  if (!(await page.evaluate(() => Boolean(globalThis.axe)))) await page.evaluate(axe);
  return page.evaluate(async () => (await globalThis.axe.run(document, { resultTypes: ['violations'] })).violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).slice(0, 3).join(' ')}`));
}

// fits: nothing has to be scrolled sideways.
export async function fits(page, name) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${name} is ${wide} px too wide`);
}

/** Shows a screen, by what it is called in the element, with all that is worked out for it. */
export async function show(page, [screen, at]) {
  await element(page, (check, to) => check.go(...to), [screen, at]);
  await settled(page);
}

/** Nothing is being worked out any more. */
export const settled = (page) => page.waitForFunction(() => [...document.querySelectorAll('maturity-check')].every((check) => !check.shadowRoot.querySelector('[aria-busy]')));
