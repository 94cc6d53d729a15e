// The package in pages as they are served, in Chromium.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { build } from 'vite';
import { browser, example, folder, fresh, script, serve, visit } from './kit.js';

const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; require-trusted-types-for 'script'; trusted-types 'none'";
const want = await fresh().then(async ({ load, loadModel }) => (await load()).compile(await loadModel('digital-modenhet-kommune')).scoreJSON(example));

const chrome = await browser();
after(() => chrome.close());

const page = (src) => `<!doctype html><script type="module" src="${src}"></script>`;
const scores = `await (async ({ load, loadModel }) => {
  const scorer = (await load()).compile(await loadModel('digital-modenhet-kommune'));
  return scorer.scoreJSON(${JSON.stringify(example)});
})`;

// inPage runs the body of a script in a page, and wants no complaint: nothing on the console, no request elsewhere, no
// violation of the policy (Chromium writes these on the console).
async function inPage(routes, headers, policies = policy) {
  const server = await serve({ '/modenhet/': folder, '/': page('/main.js'), ...routes }, (at) => ({ ...(policies && { 'Content-Security-Policy': policies }), ...headers?.(at) }));
  try {
    const { report, complaints } = await visit(chrome, server, '/');
    assert.equal(report.error, undefined);
    assert.deepEqual(complaints, []);
    return report;
  } finally {
    server.close();
  }
}

const octets = (at) => (at.endsWith('.wasm') ? { 'Content-Type': 'application/octet-stream' } : {});

for (const [name, headers] of [['as application/wasm', undefined], ['with another type', octets], ['with parameters', (at) => (at.endsWith('.wasm') ? { 'Content-Type': 'application/wasm; x=y' } : {})]]) {
  test(`under a strict policy, the module ${name}`, async () => {
    const report = await inPage({
      '/main.js': script(`
        const violations = [];
        addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective + ' ' + event.blockedURI));
        const before = new Set(Reflect.ownKeys(globalThis).map(String));
        let streamed = false;
        const { compileStreaming } = WebAssembly;
        WebAssembly.compileStreaming = (...args) => ((streamed = true), compileStreaming.apply(WebAssembly, args));
        const score = ${scores}(await import('/modenhet/index.js'));
        const added = Reflect.ownKeys(globalThis).map(String).filter((key) => !before.has(key));
        say({ score, violations, added, streamed });`),
    }, headers);
    assert.deepEqual(report, { score: want, violations: [], added: [], streamed: !headers });
  });
}

test('the policy is in force', async () => {
  const server = await serve({ '/': page('/main.js'), '/main.js': script(`let threw; try { eval('1'); } catch (error) { threw = error.name; } say({ threw });`) }, () => ({ 'Content-Security-Policy': policy }));
  try {
    const { report, complaints } = await visit(chrome, server, '/');
    assert.ok(report.threw);
    assert.ok(complaints.length > 0);
  } finally {
    server.close();
  }
});

test('in a module worker', async () => {
  const worker = { '/worker.js': script(`say({ score: ${scores}(await import('/modenhet/index.js')), page: typeof document });`) };
  const made = `trustedTypes.createPolicy('workers', { createScriptURL: (url) => url }).createScriptURL('/worker.js')`;
  for (const [policies, url] of [[policy.replace("'none'", 'workers'), made], ['', `'/worker.js'`]]) {
    const report = await inPage({ ...worker, '/main.js': script(`globalThis.worker = new Worker(${url}, { type: 'module' });`) }, undefined, policies);
    assert.deepEqual(report, { score: want, page: 'undefined' });
  }
});

test('bundled by Vite', async (t) => {
  const root = mkdtempSync(join(dirname(dirname(folder)), 'app-')); // so that modenhet is found as one that is installed
  t.after(() => rmSync(root, { recursive: true }));
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>app</title><p id="out"></p><script type="module" src="/app.js"></script>');
  writeFileSync(join(root, 'app.js'), `import { load, loadModel } from 'modenhet';
import { Analysis } from 'modenhet/analysis.js';
const engine = await load();
const scorer = engine.compile(await loadModel('digital-modenhet-kommune'));
const session = scorer.session(${JSON.stringify(example)});
document.querySelector('#out').textContent = scorer.id;
const plan = await new Analysis(scorer.model).cheapest(${JSON.stringify(example)}, { target: [{ level: 'managed' }] });
await fetch('/report', { method: 'POST', body: JSON.stringify({ status: plan.status, score: session.resultJSON(), page: document.body.textContent }) });
`);
  await build({ root, configFile: false, logLevel: 'warn', cacheDir: join(root, 'cache') });
  const server = await serve({ '/': join(root, 'dist') }, () => ({ 'Content-Security-Policy': policy.replace("'none'", 'modenhet') }));
  t.after(() => server.close());
  const { report, complaints } = await visit(chrome, server, '/index.html');
  assert.deepEqual(complaints, []);
  assert.deepEqual(report, { status: 'optimal', score: want, page: 'digital-modenhet-kommune' });
});
