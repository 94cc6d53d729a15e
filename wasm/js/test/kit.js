// What the tests of the package share: the package itself, a browser, a small server, chance from a seed.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const { MODENHET, CHROMIUM } = process.env;
if (!MODENHET || !CHROMIUM) throw new Error('Run these tests by: go test ./wasm');

/** The folder of the unpacked package. */
export const folder = MODENHET;
const repository = fileURLToPath(new URL('../../../', import.meta.url));
export const testdata = join(repository, 'maturity', 'testdata');
export const example = JSON.parse(readFileSync(join(repository, 'maturity/models/digital-modenhet-kommune/assessments/example.json'), 'utf8'));

let count = 0;

/** The package as a module of its own, which shares no engine with any other. */
export const fresh = (from = folder) => import(`${pathToFileURL(join(from, 'core.js'))}?${++count}`);

/** The bytes of the engine. */
export const bytes = () => readFileSync(join(folder, 'modenhet.wasm'));

/** The models of the random and the tied cases, each with its cases. */
export function cases(name) {
  const lines = readFileSync(join(testdata, 'conformance', `${name}.ndjson`), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line));
}

/** Chance that is the same in each run: mulberry32. below(n) is a whole number, pick an item. */
export function chance(seed) {
  const next = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n) => Math.floor(next() * n);
  return { next, below, pick: (list) => list[below(list.length)] };
}

const types = { '.js': 'text/javascript', '.json': 'application/json', '.html': 'text/html; charset=utf-8', '.wasm': 'application/wasm', '.css': 'text/css' };

/**
 * A server of this machine. Routes are folders or texts by path; headers is called with a path, and may name more
 * headers, or other ones. What a page posts to /report is its report.
 */
export async function serve(routes, headers = () => ({})) {
  const waiting = [];
  const reports = [];
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://local');
    const answer = (status, body = '') => {
      response.writeHead(status, { 'Content-Type': types[extname(pathname)] ?? 'text/html; charset=utf-8', 'Cache-Control': 'no-store', ...headers(pathname) });
      response.end(body);
    };
    if (pathname === '/report') {
      let body = '';
      for await (const part of request) body += part;
      const next = waiting.shift();
      if (next) next(JSON.parse(body));
      else reports.push(JSON.parse(body));
      return answer(204);
    }
    if (pathname === '/favicon.ico') return answer(204);
    if (Object.hasOwn(routes, pathname)) return answer(200, routes[pathname]);
    const under = Object.keys(routes).find((route) => route.endsWith('/') && pathname.startsWith(route));
    if (under === undefined) return answer(404);
    try {
      answer(200, await readFile(join(routes[under], decodeURIComponent(pathname.slice(under.length)) || 'index.html')));
    } catch {
      answer(404);
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    report: () => (reports.length ? Promise.resolve(reports.shift()) : new Promise((next) => waiting.push(next))),
    close: () => server.close(() => {}) && server.closeAllConnections(),
  };
}

/** Headless Chromium, which asks nothing of the network. */
export const browser = () =>
  chromium.launch({
    executablePath: CHROMIUM,
    args: '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'.split(' '),
  });

const head = `addEventListener('error', (event) => say({ error: event.message }));
addEventListener('unhandledrejection', (event) => say({ error: String(event.reason) }));
const say = (report) => fetch('/report', { method: 'POST', body: JSON.stringify(report) });
`;

/** The script of a page or a worker: its body may await, and calls say() with its report. */
export const script = (body) => `${head}try {\n${body}\n} catch (error) { say({ error: String(error.stack ?? error) }); }`;

/** Loads the engine of a fresh copy of the package, and keeps its memory, which the package shows nobody. */
export async function withMemory(modenhet) {
  const { instantiate } = WebAssembly;
  let memory;
  WebAssembly.instantiate = async (...args) => {
    const instance = await instantiate(...args);
    memory = instance.exports.mem;
    return instance;
  };
  const engine = await modenhet.load().finally(() => (WebAssembly.instantiate = instantiate));
  return { engine, memory };
}

/** Opens a page and waits for its report. Whatever went wrong besides, on the console or on the network, is in complaints. */
export async function visit(chrome, server, path, { allowed = () => false, wait = 120_000 } = {}) {
  const page = await chrome.newPage();
  const complaints = [];
  page.on('console', (message) => complaints.push(`console ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('crash', () => complaints.push('the page crashed'));
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== server.url && !allowed(request.url())) complaints.push(`request: ${request.url()}`);
  });
  let timer;
  try {
    const report = server.report();
    await page.goto(server.url + path);
    const late = new Promise((_, fail) => (timer = setTimeout(() => fail(new Error(`no report: ${complaints.join('; ')}`)), wait)));
    return { report: await Promise.race([report, late]), complaints };
  } finally {
    clearTimeout(timer);
    await page.close();
  }
}
