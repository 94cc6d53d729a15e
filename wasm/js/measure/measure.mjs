// Measures the package, and prints its figures as Markdown.
//
//   node wasm/js/measure/measure.mjs [--package DIR] [--parts] [--quick] [--only size,load,engine]
//
// It needs Go, Chromium, and `npm ci` in wasm/js/test. Times are those of a machine; ratios say more.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { measureEngine } from './engine.mjs';
import { measureInBrowser, measureLoad } from './browser.mjs';
import { measureNative } from './native.mjs';
import { packageSizes, partSizes } from './size.mjs';

const { values: { quick, parts, only, ...options } } = parseArgs({ options: {
  package: { type: 'string' }, parts: { type: 'boolean' }, quick: { type: 'boolean' }, only: { type: 'string', default: 'size,load,engine' },
} });
const root = fileURLToPath(new URL('../../..', import.meta.url));
const temp = mkdtempSync(join(tmpdir(), 'modenhet-measure-'));
const wanted = (subject) => only.split(',').includes(subject) && (console.error(`measuring: ${subject}`), true);

try {
  let dir = options.package && resolve(options.package);
  if (!dir) {
    execFileSync('go', ['run', './wasm/build', '--out', temp, '--pack=false'], { cwd: root });
    dir = join(temp, 'package');
  }
  const rows = [];
  const row = (what, target, measured, ratio = '') => rows.push([what, target, measured, ratio]);
  const more = [];
  if (wanted('size')) size(row, dir);
  if (wanted('load')) await load(row, more, dir);
  if (wanted('engine')) await engine(row, dir);
  table(['what', 'target', 'measured', 'ratio'], rows);
  more.forEach((print) => print());
  if (parts) {
    let before = 0;
    table(['each program has what the one before has, and', 'kB, brotli', 'more'],
      partSizes(root, dir).map(([name, kB]) => [name, kB.toFixed(0), `+${(kB - before).toFixed(0)}`, (before = kB)].slice(0, 3)));
  }
  console.log(`\n${cpus().length} processors (${cpus()[0].model.trim()}), Node ${process.version}, ${execFileSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' }).trim()}.`);
} finally {
  rmSync(temp, { recursive: true });
}

function size(row, dir) {
  const sizes = packageSizes(dir);
  const total = Object.values(sizes).reduce((sum, kB) => sum + kB);
  row('transfer, brotli', '≤ 700 kB', `${total.toFixed(0)} kB: ${Object.entries(sizes).map(([name, kB]) => `${name} ${kB.toFixed(1)}`).join(', ')}`, of(total, 700));
}

async function load(row, more, dir) {
  const runs = await measureLoad(dir, quick ? 5 : 20);
  for (const [kind, name] of [['cold', 'nothing cached'], ['warm', 'files cached']]) {
    const { total, best, parts } = runs[kind];
    row(`navigation to first score, Chromium, ${name}`, '≤ 150 ms', `${total.toFixed(0)} ms (best ${best.toFixed(0)})`, of(total, 150));
    more.push(() => table([`of it, ${name}`, 'median'], Object.entries(parts).map(([part, ms]) => [part, `${ms.toFixed(1)} ms`])));
  }
}

async function engine(row, dir) {
  const require = createRequire(new URL('../test/package.json', import.meta.url));
  const own = await import(pathToFileURL(join(dir, 'index.js')));
  const node = await measureEngine({ ...own, Survey: require('survey-core').Model, jsonLogic: require('json-logic-js'), quick });
  const chromium = await measureInBrowser(dir, quick);
  for (const [where, got] of [['Node', node], ['Chromium', chromium]]) {
    row(`\`session.set\`, and 25 values read, ${where}`, '≤ 3 µs', us(got['session.set']), of(got['session.set'].us, 3));
    for (const [peer, target] of [['survey-core', '≥ 1000 ×'], ['json-logic-js', ''], ['JavaScript', '']]) {
      const name = peer === 'JavaScript' ? 'a hand-written loop' : peer;
      row(`the same means by ${name}, ${where}`, target, us(got[peer]), `${number(got[peer].ratio)} × as long as \`session.set\``);
    }
  }
  const native = measureNative(root, quick ? 1 : 5);
  row('`scoreJSON`, Node, to the same in native Go', '≤ 4', us({ us: native }), number(node.scoreJSON.us / native));
  for (const [where, got] of [['Node', node], ['Chromium', chromium]]) {
    const bytes = `${(got.bytes.in / 1000).toFixed(1)} kB in, ${(got.bytes.out / 1000).toFixed(0)} kB out`;
    row(`\`scoreJSON\`, 100 answers, ${bytes}, ${where}`, '≤ 150 µs', us(got.scoreJSON), of(got.scoreJSON.us, 150));
    row(`\`score\` with objects, ${where}`, '', us(got.score), `${number(got.score.ratio)} × \`scoreJSON\``);
    row(`\`compile\` of the flagship model, warm, ${where}`, '', `${(got.compile.us / 1000).toFixed(1)} ms`);
  }
}

function of(measured, target) {
  return `${number(measured / target)} of the target`;
}

function us({ us }) {
  return us >= 1000 ? `${number(us / 1000)} ms` : `${number(us)} µs`;
}

function number(value) {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(2);
}

function table(head, rows) {
  console.log(`\n${[head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')}`);
}
