// Journeys through the page in Chromium. Run them by: go test ./examples/forms

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

const { ORIGIN, CHROMIUM, MODULES, SCREENSHOT } = process.env;
const require = createRequire(join(MODULES, '..', 'package.json'));
const { chromium } = require('playwright-core');

let browser;
before(async () => {
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
});
after(() => browser?.close());

// visit opens the page, and fails for any error and any request elsewhere.
async function visit(path, options, journey) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 1000 }, ...options });
  const faults = [];
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== ORIGIN && protocol !== 'data:') faults.push(`request to ${request.url()}`);
  });
  const page = await context.newPage();
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(error.stack));
  page.setDefaultTimeout(15_000);
  try {
    await page.goto(ORIGIN + path);
    await page.locator('fieldset').first().waitFor();
    await journey(page);
    assert.deepEqual(faults, []);
  } finally {
    await context.close();
  }
}

const turn = (page, name) => page.getByRole('navigation').getByRole('button', { name }).click();
const question = (page, name) => page.getByRole('group', { name });
const result = (page) => page.getByRole('complementary');

// says waits until the result says something: JSON Forms hands changes on a moment later.
async function says(page, pattern) {
  let text;
  for (const end = Date.now() + 15_000; Date.now() < end; await page.waitForTimeout(20)) {
    text = await result(page).innerText();
    if (pattern.test(text)) return;
  }
  assert.match(text, pattern);
}

test('pages, questions that appear, and a score that follows', () => visit('/', {}, async (page) => {
  assert.deepEqual(await page.getByRole('navigation').getByRole('button').allTextContents(), ['Om kommunen', 'Styring og ledelse', 'Mennesker og kultur', 'Kapasitet og evner', 'Innovasjon og teknologi']);
  await says(page, /Ingen svar ennå\s+0 av 43 spørsmål er besvart/);

  await turn(page, 'Styring og ledelse');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Styring og ledelse'); // the heading, so that it is read
  const conditional = question(page, 'Hvordan deltar toppledelsen');
  assert.equal(await conditional.count(), 0);
  await page.getByRole('button', { name: 'Tilbake' }).click();
  await question(page, 'interkommunalt samarbeid').getByRole('radio', { name: 'Ja' }).check();
  await page.getByRole('button', { name: 'Neste' }).click();
  await conditional.waitFor();
  await says(page, /1 av 46/);

  const owner = question(page, 'Hvem har ansvaret');
  await owner.getByRole('radio', { name: 'Alle sektorlederne' }).check();
  await says(page, /Nivå så langt:\s+Etablert\s+2 av 46[^]*Styring og ledelse\s+4,0\s+Mennesker og kultur\s+–/);
  await page.keyboard.press('ArrowDown');
  await says(page, /Styring og ledelse\s+5,0/);
  await owner.getByRole('button', { name: 'Fjern svaret' }).click();
  await says(page, /Ingen svar ennå\s+1 av 46/);
}));

test('an answer given while the result is drawn is not lost', () => visit('/', {}, async (page) => {
  await turn(page, 'Styring og ledelse');
  const owner = question(page, 'Hvem har ansvaret');
  await owner.getByRole('radio', { name: 'Alle sektorlederne' }).evaluate((radio) => {
    const next = radio.closest('label').nextElementSibling;
    const observer = new MutationObserver(() => {
      observer.disconnect();
      next.click();
    });
    observer.observe(document.querySelector('aside'), { subtree: true, childList: true, characterData: true });
    radio.click();
  });
  await says(page, /Styring og ledelse\s+5,0/);
}));

test('errors stand where they belong', () => visit('/?lang=nn', {}, async (page) => {
  await turn(page, 'Styring og leiing');
  const decisions = page.getByRole('group').filter({ has: page.getByRole('checkbox') }).first();
  const boxes = decisions.getByRole('checkbox');
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  const error = 'Det eine svaret kan ikkje stå saman med andre: vel det, eller dei andre.';
  await decisions.getByText(error).waitFor();
  const described = await decisions.getAttribute('aria-describedby');
  const spoken = await page.evaluate((ids) => ids.split(' ').map((id) => document.getElementById(id).textContent), described);
  assert.equal(spoken.at(-1), error);
  assert.equal(await boxes.nth(0).getAttribute('aria-invalid'), 'true');
  await page.getByRole('navigation').getByRole('button', { name: /^Styring og leiing ?, 1 feil$/ }).waitFor();
  await result(page).getByText('Eitt svar må rettast og tel ikkje.').waitFor();
  if (SCREENSHOT) {
    await page.getByRole('group').first().getByRole('radio').nth(3).check();
    await decisions.scrollIntoViewIfNeeded();
    await page.screenshot({ path: SCREENSHOT });
  }
  await boxes.nth(0).uncheck();
  await page.locator('.error').waitFor({ state: 'detached' });
}));

test('numbers, in English', () => visit('/?lang=en', {}, async (page) => {
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
  await turn(page, 'Capacity and capabilities');
  const number = page.getByRole('spinbutton').first();
  await number.fill('101');
  const error = page.locator('.error');
  await error.waitFor();
  await page.getByText('The answer must be at least 0 and at most 100.').waitFor();
  assert.equal(await number.getAttribute('aria-describedby').then((ids) => ids.split(' ').at(-1)), await error.getAttribute('id'));
  await number.fill('62.5');
  await page.getByText('The answer must be a whole number.').waitFor();
  await number.fill('62');
  await error.waitFor({ state: 'detached' });
  await turn(page, 'Governance and leadership');
  await turn(page, 'Capacity and capabilities');
  assert.equal(await number.inputValue(), '62');
  await number.fill('');
  await says(page, /No answers yet/);
}));

for (const [pages, options] of [[5, { colorScheme: 'light' }], [2, { colorScheme: 'dark' }], [2, { viewport: { width: 320, height: 640 } }]]) {
  test(`accessible: ${JSON.stringify(options)}`, () => visit('/', { ...options, bypassCSP: true }, async (page) => {
    await page.addScriptTag({ path: require.resolve('axe-core/axe.min.js') });
    await question(page, 'interkommunalt samarbeid').getByRole('radio', { name: 'Ja' }).check();
    for (const name of await page.getByRole('navigation').getByRole('button').allTextContents().then((names) => names.slice(0, pages))) {
      await turn(page, name);
      for (const box of (await page.getByRole('checkbox').all()).slice(0, 2)) await box.check(); // an error
      const violations = await page.evaluate(async () => (await axe.run()).violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]));
      assert.deepEqual(violations, [], name);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), name);
    }
  }));
}
