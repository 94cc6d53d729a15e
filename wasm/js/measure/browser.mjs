// The package in headless Chromium: from the start of the navigation to the first score, and engine.mjs once more.

import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotli } from './size.mjs';
import { median } from './bench.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const modules = join(here, '..', 'test', 'node_modules');
const { chromium } = createRequire(join(modules, '..', 'package.json'))('playwright-core');
const types = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.json': 'application/json', '.wasm': 'application/wasm' };
const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

// A page that measures the running engine; the peers come as they are published.
const enginePage = `<!doctype html><meta charset="utf-8"><title>Measured</title><link rel="icon" href="data:,">
<script src="/modules/json-logic-js/logic.js"></script>
<script type="module">
import * as engine from '/package/index.js';
import { Model } from '/modules/survey-core/fesm/survey-core.mjs';
import { measureEngine } from '/measure/engine.mjs';
globalThis.measure = (quick) => measureEngine({ ...engine, Survey: Model, jsonLogic, quick });
</script>`;

/** Serves the package as a good server does: with types, compressed beforehand, and kept by the browser. */
export async function serve(dir) {
  const roots = { package: dir, measure: here, modules };
  const ready = new Map();
  const answer = (path) => {
    if (path === '/engine.html') return { type: 'text/html', data: brotli(Buffer.from(enginePage), 5) };
    const [, root, ...rest] = path.split('/');
    const file = join(roots[root] ?? '', ...rest);
    if (!roots[root] || !existsSync(file)) return undefined;
    return { type: types[extname(file)] ?? 'text/plain', data: brotli(readFileSync(file), root === 'package' ? 11 : 5) };
  };
  const get = (path) => ready.get(path) ?? ready.set(path, answer(path)).get(path);
  const server = createServer((request, response) => {
    const found = get(request.url.split('?')[0]);
    if (!found) return response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': found.type, 'Content-Encoding': 'br', 'Content-Length': found.data.length, 'Cache-Control': 'max-age=3600' });
    response.end(found.data);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  get('/package/modenhet.wasm'); // compressing takes seconds
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** Measures the load in fresh contexts, each with a second navigation that finds the files in the cache. */
export async function measureLoad(dir, contexts) {
  const server = await serve(dir);
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args });
  const runs = { cold: [], warm: [] };
  try {
    for (let i = -2; i < contexts; i++) { // two warm the server and the browser's own process up
      const context = await browser.newContext();
      const page = await context.newPage();
      page.on('pageerror', (error) => console.error(error));
      for (const kind of ['cold', 'warm']) {
        await page.goto(`${server.origin}/measure/page.html`);
        const handle = await page.waitForFunction(() => globalThis.done);
        if (i >= 0) runs[kind].push(await handle.jsonValue());
        await page.waitForTimeout(kind === 'cold' ? 1000 : 0); // the cache is written in the background
      }
      await context.close();
    }
  } finally {
    await browser.close();
    server.close();
  }
  return Object.fromEntries(Object.entries(runs).map(([kind, all]) => {
    const part = (from, to) => median(all.map((marks) => marks[to] - (marks[from] ?? 0)));
    return [kind, {
      total: part('', 'score'), best: Math.min(...all.map((marks) => marks.score)),
      parts: {
        'page and scripts': part('', 'script'), 'fetch and compile the engine': part('script', 'compileStreaming'), 'instantiate': part('compileStreaming', 'instantiate'),
        'start': part('instantiate', 'engine'), 'wait for the model': part('engine', 'model'), 'compile the model': part('model', 'scorer'), 'score': part('scorer', 'score'),
      },
    }];
  }));
}

/** Runs engine.mjs in a page. */
export async function measureInBrowser(dir, quick) {
  const server = await serve(dir);
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args });
  try {
    const page = await browser.newPage();
    await page.goto(`${server.origin}/engine.html`);
    await page.waitForFunction(() => globalThis.measure);
    return await page.evaluate((quick) => globalThis.measure(quick), quick);
  } finally {
    await browser.close();
    server.close();
  }
}
