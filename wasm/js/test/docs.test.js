// What the pages of the repository show in JavaScript and HTML: the blocks of a page run as one program in Node, those that show
// an error give it, and those of HTML are a page in Chromium.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { browser, folder, serve } from './kit.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const beside = join(folder, '..', '..'); // programs here find the package by its name

function* pages(dir) {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    if (['node_modules', '.git', 'dist'].includes(entry.name)) continue;
    if (entry.isDirectory()) yield* pages(join(dir, entry.name));
    else if (entry.name.endsWith('.md')) yield join(dir, entry.name);
  }
}

const blocks = [...pages(root)].flatMap((path) =>
  [...readFileSync(path, 'utf8').matchAll(/^```(js|js error|html)\n(.*?)^```$/gms)].map(({ index, 1: kind, 2: text, input }) => ({
    page: relative(root, path), kind, text, code: input.slice(0, index).match(/^### `([a-z0-9-]+)`$/gm)?.at(-1).slice(5, -1),
  })));
const of = (kind) => {
  const byPage = new Map();
  for (const block of blocks) if (block.kind === kind) byPage.set(block.page, [...(byPage.get(block.page) ?? []), block]);
  return byPage;
};

let count = 0;
async function run(program) {
  const path = join(beside, `page-${++count}.mjs`);
  writeFileSync(path, program);
  const { stdout } = await promisify(execFile)(process.execPath, [path], { timeout: 120_000 }); // a program that does not end is a fault of the page
  return stdout;
}

// What the blocks take from the program around them.
const around = `globalThis.saved = undefined;
globalThis.modelText = '{"id": "m"}';
globalThis.localStorage = { setItem() {} };
`;

for (const [page, list] of of('js')) {
  test(`${page} runs`, async () => {
    assert.ok(await run(around + list.map((block) => block.text).join('\n')), 'nothing is shown');
  });
}

for (const [page, list] of of('js error')) {
  test(`${page} gives its errors`, async () => {
    const program = list.map(({ text, code }) => `try {\n${text}\nconsole.log('none', '${code}');\n} catch (error) { console.log(error.issues.map((issue) => issue.code).join(), '${code}'); }`);
    const lines = (await run(`import { load, loadModel } from 'modenhet';\nconst engine = await load();\n${program.join('\n')}`)).trim().split('\n');
    assert.deepEqual(lines, list.map(({ code }) => `${code} ${code}`));
  });
}

let chrome;
after(() => chrome?.close());
for (const [page, list] of of('html')) {
  test(`${page} is a page`, async () => {
    chrome ??= await browser();
    for (const { text } of list) {
      const server = await serve({ '/modenhet/': folder, '/page.html': `<!doctype html><html lang="nb"><meta charset="utf-8"><title>T</title>\n${text}` });
      const tab = await chrome.newPage();
      const faults = [];
      tab.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
      tab.on('pageerror', (error) => faults.push(error.message));
      try {
        await tab.goto(`${server.url}/page.html`);
        await tab.locator('maturity-check h1').first().waitFor().catch((error) => faults.push(error.message));
        assert.deepEqual(faults, []);
      } finally {
        await tab.close();
        server.close();
      }
    }
  });
}

test('there are blocks of each kind', () => {
  for (const kind of ['js', 'js error', 'html']) assert.ok(of(kind).size > 0, kind);
});
