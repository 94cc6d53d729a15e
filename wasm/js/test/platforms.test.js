// The program internal/platforms in Chromium: the bytes of everything that the library does are those of other platforms.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { browser, script, serve, visit } from './kit.js';

const { GOROOT, PLATFORMS } = process.env; // package_test.go sets them
const want = readFileSync(new URL('../../../internal/platforms/testdata/sums.txt', import.meta.url), 'utf8');

test('the same bytes', async (t) => {
  const server = await serve({
    '/platforms.wasm': readFileSync(PLATFORMS),
    '/wasm_exec.js': readFileSync(join(GOROOT, 'lib', 'wasm', 'wasm_exec.js')),
    '/': '<!doctype html><script src="/wasm_exec.js"></script><script type="module" src="/main.js"></script>',
    '/main.js': script(`
      const decoder = new TextDecoder();
      let printed = '';
      fs.writeSync = (_, bytes) => ((printed += decoder.decode(bytes)), bytes.length);
      const go = new Go();
      const { instance } = await WebAssembly.instantiateStreaming(fetch('/platforms.wasm'), go.importObject);
      await go.run(instance);
      say({ printed });`),
  });
  const chrome = await browser();
  t.after(() => Promise.all([chrome.close(), server.close()]));
  const { report, complaints } = await visit(chrome, server, '/', { wait: 400_000 }); // it is everything, on a busy machine
  assert.equal(report.error, undefined);
  assert.equal(report.printed, want);
  assert.deepEqual(complaints, []);
});
