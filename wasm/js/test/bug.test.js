// Bugs of the engine's own. PANICS is a module with one more function, which goes wrong as it is told; it is called
// in place of call, so the loader meets it where it would meet a bug.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { example, fresh } from './kit.js';

const wasm = readFileSync(process.env.PANICS);

// broken is a package whose engine goes wrong in the given way while wrong.how is set.
async function broken() {
  const modenhet = await fresh();
  const wrong = {};
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (...args) => {
    const instance = await instantiate(...args);
    const { call, fail } = instance.exports;
    const exports = { ...instance.exports, call: (verb, handle, ...lengths) => ('how' in wrong ? fail(wrong.how, handle) : call(verb, handle, ...lengths)) };
    return Object.create(instance, { exports: { value: exports } });
  };
  const engine = await modenhet.load({ wasm }).finally(() => (WebAssembly.instantiate = instantiate));
  const scorer = engine.compile(await modenhet.loadModel('digital-modenhet-kommune'));
  const during = (how, call) => {
    wrong.how = how;
    try {
      return thrown(modenhet, call);
    } finally {
      delete wrong.how;
    }
  };
  return { modenhet, engine, scorer, during };
}

function thrown({ MaturityError }, call) {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof MaturityError, String(error?.stack ?? error));
    return error.issues[0];
  }
  assert.fail('nothing was thrown');
}

test('a panic names itself and its place, and the engine goes on', async () => {
  const { modenhet, scorer, during } = await broken();
  const session = scorer.session(example);
  const before = scorer.scoreJSON(example);
  for (const [how, what] of [[0, /assignment to entry in nil map in .*fail.* \(panic_js\.go:\d+\)$/], [1, /index out of range.* in .*fail.* \(panic_js\.go:\d+\)$/]]) {
    for (const call of [() => scorer.score(example), () => scorer.explain(example, scorer.id), () => scorer.lint(), () => scorer.check(example), () => scorer.session()]) {
      const issue = during(how, call);
      assert.equal(issue.code, 'bug');
      assert.match(issue.message, what);
      assert.equal(scorer.scoreJSON(example), before);
    }
  }
  // A session that a bug left half changed says so, and another one is not touched.
  const other = scorer.session(example);
  assert.equal(during(0, () => session.clear('anchoring-owner')).code, 'bug');
  for (const call of [() => session.set('anchoring-owner', 'reviewed'), () => session.clear('anchoring-owner'), () => session.result(), () => session.assessment()]) {
    assert.match(thrown(modenhet, call).message, /session/);
  }
  assert.equal(other.resultJSON(), before);
  session.free();
  assert.equal(scorer.session(example).resultJSON(), before);
});

for (const [how, name, why] of [
  [2, 'an exit', /exited|exit/],
  [3, 'a fatal error of Go', /unlock of unlocked mutex/],
  [4, 'an endless recursion', /call stack|stack/i],
]) {
  test(`${name} stops the engine, and load gives another`, async () => {
    const { modenhet, engine, scorer, during } = await broken();
    const session = scorer.session(example);
    const before = scorer.scoreJSON(example);
    const issue = during(how, () => scorer.score(example));
    assert.equal(issue.code, 'stopped', issue.message);
    assert.match(issue.message, why);
    assert.ok(issue.message.length < 1000, issue.message);
    for (const call of [
      () => engine.compile({}), () => scorer.score(example), () => scorer.check(example), () => scorer.explain(example, scorer.id), () => scorer.lint(), () => scorer.model,
      () => scorer.session(), () => session.set('anchoring-owner', 'reviewed'), () => session.set('anchoring-owner', 5), () => session.clear('anchoring-owner'),
      () => session.notApplicable('anchoring-owner'), () => session.result(), () => session.assessment(),
    ]) {
      assert.equal(thrown(modenhet, call).code, 'stopped');
    }
    session.free();
    scorer.free();
    const next = await modenhet.load();
    assert.notEqual(next, engine);
    assert.equal(next.compile(await modenhet.loadModel('digital-modenhet-kommune')).scoreJSON(example), before);
  });
}
