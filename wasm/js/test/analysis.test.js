// Analyses: the same bytes as on this machine, in Node and in Chromium, in a worker and without one; given up, and wrong.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { benchModel, drawRows, optionOf, random } from '../measure/bench.mjs';
import { browser, example, folder, fresh, script, serve, visit } from './kit.js';

const { Analysis } = await import(pathToFileURL(join(folder, 'analysis.js')));
const { load, loadModel } = await fresh();
const model = await loadModel('digital-modenhet-kommune');
const calls = JSON.parse(readFileSync(process.env.ANALYSES, 'utf8')); // what native Go answered

// ask makes a call of the list, by the method of its verb.
const ask = `async (analysis, { verb, first, second }) => {
  switch (verb) {
    case 'compare': return analysis.compare(first, second.later);
    case 'migrate': return analysis.migrate(first, second?.model);
    default: return analysis[verb](first, second);
  }
}`;
const asked = eval(ask);
const wanted = ({ verb, want }) => (verb === 'sensitivity' ? { ...want.result, sentence: want.sentence } : want);

test('every verb answers as it does natively', async () => {
  const analysis = new Analysis(model);
  const verbs = new Set();
  for (const call of calls) {
    assert.deepEqual(await asked(analysis, call), wanted(call), call.verb);
    verbs.add(call.verb);
  }
  const methods = Object.getOwnPropertyNames(Analysis.prototype).filter((name) => !['constructor', 'close'].includes(name));
  assert.deepEqual([...verbs].sort(), methods.sort());
  const text = readFileSync(join(folder, 'analysis.d.ts'), 'utf8');
  for (const name of methods) assert.match(text, new RegExp(`^  ${name}\\(`, 'm'));
  analysis.close();
});

test('what is wrong is said as issues, and the next call is answered', async () => {
  const analysis = new Analysis(model);
  const codes = (promise) => promise.then(() => assert.fail('it was answered'), (error) => error.issues?.map((issue) => issue.code) ?? error.name);
  assert.deepEqual(await codes(analysis.cheapest(example, { target: [{ level: 'nowhere' }] })), ['unknown-level']);
  assert.deepEqual(await codes(analysis.leverage({ model: { id: 'other' } })), ['other-model']);
  assert.ok((await analysis.leverage(example)).length > 10);
  analysis.close();
  assert.deepEqual(await codes(analysis.leverage(example)), ['freed']);
  const bad = new Analysis({ ...model, version: 'x' });
  assert.ok((await codes(bad.leverage(example))).includes('bad-version'));
  bad.close();
});

test('a call is given up, in the queue and while it runs; the others are answered', async () => {
  const analysis = new Analysis(model);
  const [first, second] = [new AbortController(), new AbortController()];
  let slices = 0;
  const long = analysis.sensitivity(example, { draws: 1_000_000 }, { signal: first.signal, onprogress: (share) => {
    assert.ok(share > 0 && share <= 1);
    if (++slices === 2) first.abort();
  } });
  const waiting = analysis.pareto(example, {}, { signal: second.signal });
  const kept = analysis.leverage(example);
  second.abort(new Error('no need'));
  await assert.rejects(waiting, /no need/);
  await assert.rejects(long, { name: 'AbortError' });
  assert.equal(slices, 2);
  assert.ok((await kept).length > 10);
  await assert.rejects(analysis.leverage(example, {}, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  const closed = analysis.leverage(example);
  analysis.close();
  await assert.rejects(closed, { name: 'AbortError' });
});

const chrome = await browser();
after(() => chrome.close());

for (const [name, types, workers] of [['in a worker', 'modenhet', 1], ['in the page, where no policy lets a worker run', "'none'", 0]]) {
  test(`in Chromium, ${name}`, async () => {
    const policy = `default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; require-trusted-types-for 'script'; trusted-types ${types}`;
    const some = calls.filter(({ verb }) => ['cheapest', 'sensitivity', 'compare', 'group'].includes(verb));
    const server = await serve({ '/modenhet/': folder, '/': '<!doctype html><script type="module" src="/main.js"></script>', '/calls.json': JSON.stringify(some), '/main.js': script(`
      let workers = 0;
      const { Worker } = globalThis;
      globalThis.Worker = class extends Worker { constructor(...args) { super(...args); workers++; } };
      const { Analysis } = await import('/modenhet/analysis.js');
      const { loadModel } = await import('/modenhet/index.js');
      const analysis = new Analysis(await loadModel('digital-modenhet-kommune'));
      const answers = [];
      for (const call of await (await fetch('/calls.json')).json()) answers.push(await (${ask})(analysis, call));
      say({ answers, workers });`) }, () => ({ 'Content-Security-Policy': policy }));
    try {
      const { report } = await visit(chrome, server, '/');
      assert.equal(report.error, undefined);
      assert.deepEqual(report.answers, some.map(wanted));
      assert.equal(report.workers, workers);
    } finally {
      server.close();
    }
  });
}

// The files of 1,000 subjects with 100 answers each, and what the page does with files that are dropped on it: each is read
// and checked, and the group summarised. A busy machine may try again, and has the more time the more there is to do.
const bench = benchModel();
const texts = drawRows(random(), 1000, bench.questions.length).map((row, i) => JSON.stringify({ model: { id: 'bench' }, subject: { id: String(i) }, answers: Object.fromEntries(row.map((points, at) => [bench.questions[at].id, optionOf(points)])) }));
const allowed = 1000 * Math.max(1, loadavg()[0] / cpus().length); // ms
const drop = `async ({ load, Analysis }, model, texts, allowed) => {
  const scorer = (await load()).compile(model);
  const analysis = new Analysis(model);
  const times = [];
  let figures;
  while (times.length < 10 && !(times.at(-1) < allowed)) {
    const files = texts.map((text, i) => new File([text], i + '.json'));
    const start = performance.now();
    const read = await Promise.all(files.map((file) => file.text()));
    const all = read.filter((text) => scorer.check(text).length === 0).map((text) => JSON.parse(text));
    ({ figures } = await analysis.group(all, { unsuppressed: true, own: all[0], levels: 1 }));
    times.push(performance.now() - start);
  }
  analysis.close();
  return { times, count: figures.count, median: figures.nodes[0].median.value };
}`;

function quick(where, { times, count, median }) {
  console.log(`1,000 files of 100 answers, ${where}: ${times.map((ms) => ms.toFixed(0)).join(', ')} ms of ${allowed.toFixed(0)}`);
  assert.equal(count, 1000);
  assert.ok(median > 0);
  assert.ok(times.at(-1) < allowed, `${times}`);
}

test('1,000 files of 100 answers are read and summarised within a second, in Node', async () => quick('Node', await eval(drop)({ load, Analysis }, bench.model, texts, allowed)));

test('the same in Chromium', async () => {
  const server = await serve({ '/modenhet/': folder, '/': '<!doctype html><script type="module" src="/main.js"></script>', '/files.json': JSON.stringify({ model: bench.model, texts }), '/main.js': script(`
    const { Analysis } = await import('/modenhet/analysis.js');
    const { load } = await import('/modenhet/index.js');
    const { model, texts } = await (await fetch('/files.json')).json();
    say(await (${drop})({ load, Analysis }, model, texts, ${allowed}));`) });
  try {
    const { report } = await visit(chrome, server, '/');
    assert.equal(report.error, undefined);
    quick('Chromium', report);
  } finally {
    server.close();
  }
});
