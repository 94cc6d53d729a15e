import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { facts } from './facts.js';
import { browser, folder, fresh, script, serve, testdata, visit } from './kit.js';

const schemes = readdirSync(join(testdata, 'conformance'), { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => e.name).sort();
const expected = JSON.parse(readFileSync(process.env.ISSUES, 'utf8')); // package_test.go writes them

function holds(t, report) {
  assert.equal(report.error, undefined);
  assert.deepEqual(report.failures.slice(0, 10), []);
  assert.equal(report.sha256, readFileSync(join(testdata, 'conformance', 'results.sha256'), 'utf8').trim());
  assert.ok(report.cases > 1000 && report.facts > 5000 && report.invalid > 40, JSON.stringify(report));
  t.diagnostic(JSON.stringify(report));
}

test('in Node', async (t) => {
  holds(t, await facts(await fresh(), { read: (path) => readFile(join(testdata, path)), schemes, expected }));
});

test('in Chromium', async (t) => {
  const server = await serve({
    '/modenhet/': folder,
    '/testdata/': testdata,
    '/facts.js': readFileSync(new URL('./facts.js', import.meta.url)),
    '/': '<!doctype html><script type="module" src="/main.js"></script>',
    '/main.js': script(`
      const { facts } = await import('/facts.js');
      const read = async (path) => (await fetch('/testdata/' + path)).arrayBuffer();
      say(await facts(await import('/modenhet/index.js'), { read, schemes: ${JSON.stringify(schemes)}, expected: ${JSON.stringify(expected)} }));`),
  });
  const chrome = await browser();
  t.after(() => Promise.all([chrome.close(), server.close()]));
  const { report, complaints } = await visit(chrome, server, '/');
  holds(t, report);
  assert.deepEqual(complaints, []);
});
