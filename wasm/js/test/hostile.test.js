// Whatever is handed in, a call returns or throws a MaturityError, and the engine goes on.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browser, chance, example, folder, fresh, script, serve, visit } from './kit.js';

const modenhet = await fresh();
const { MaturityError, load, loadModel } = modenhet;
const engine = await load();
const model = await loadModel('digital-modenhet-kommune');
const scorer = engine.compile(model);
const want = scorer.scoreJSON(example);
const questions = [];
const collect = (node) => (node.answer && questions.push(node.id), node.children?.forEach(collect));
collect(model);

const say = (value) => {
  try {
    return typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : Object.prototype.toString.call(value);
  } catch {
    return 'a hostile object';
  }
};

// meets runs a call, which may return or throw a MaturityError that is none of the engine's own faults.
function meets(name, args, call) {
  try {
    return call();
  } catch (error) {
    let right = false;
    try {
      right = error instanceof MaturityError && error.issues.length > 0 && error.issues.every((issue) => issue.code !== 'bug' && issue.code !== 'stopped');
    } catch {
      // the value that was thrown is itself hostile
    }
    if (right) return undefined;
    assert.fail(`${name}(${args.map(say).join(', ')}): ${(() => { try { return error?.stack ?? String(error); } catch { return 'a hostile object was thrown'; } })()}`);
  }
}

// values makes hostile values; each is new, so that none is spoilt by another call.
function values({ below, pick, next }) {
  const thrower = (what) => () => { throw what; };
  const cyclic = () => { const o = { model: { id: scorer.id } }; o.answers = o; return o; };
  const detached = (make) => { const buffer = new ArrayBuffer(8); const value = make(buffer); structuredClone(buffer, { transfer: [buffer] }); return value; };
  const outside = () => { const buffer = new ArrayBuffer(16, { maxByteLength: 32 }); const view = new Uint8Array(buffer, 8, 8); buffer.resize(4); return view; };
  const traps = ['get', 'has', 'ownKeys', 'getPrototypeOf', 'getOwnPropertyDescriptor'];
  const proxy = (what, ...names) => new Proxy({}, Object.fromEntries(names.map((name) => [name, thrower(what)])));
  const sparse = () => { const list = []; list[50] = 1; return list; };
  const nested = (n) => { let o = {}; for (let i = 0; i < n; i++) o = i % 2 ? [o] : { children: o }; return o; };
  const noise = () => { const view = new Uint8Array(below(60)); view.forEach((_, i) => (view[i] = below(256))); return view; };
  const simple = [
    undefined, null, true, false, 0, -0, 1, -1, 0.5, NaN, Infinity, -Infinity, 2 ** 31, 2 ** 53, 1e308, 5e-324, 0n, 10n ** 40n, Symbol('x'), Symbol.iterator,
    '', ' ', 'x', '{}', '[]', 'null', '"x"', '\0', '\ud800', 'a\udc00b', '\u{1f600}', '__proto__', 'constructor', 'toString', '{"id":', '{"__proto__":{}}', '\ufeff{}', 'é'.repeat(1000), '"\\ud800"',
  ];
  const makers = [
    () => pick(questions), () => scorer.id, () => example, () => JSON.stringify(example), () => model,
    () => () => 1, () => class {}, () => new Date(NaN), () => new Date(), () => /x/, () => new Map([[1, 2]]), () => new Set(), () => new Error('x'), () => Promise.resolve(), () => new WeakMap(),
    () => new String('x'), () => new Number(1), () => Object(1n), () => Object(Symbol('x')), () => [], () => [[]], () => sparse(), () => Array(1000), () => Object.create(null),
    () => cyclic(), () => nested(below(400)), () => nested(100_000), () => JSON.parse('{"__proto__":{"model":1},"answers":{"__proto__":1,"constructor":2}}'),
    () => ({ get model() { throw new Error('got'); } }), () => ({ get model() { throw null; } }), () => ({ get id() { throw undefined; } }), () => ({ get answers() { throw Symbol('x'); } }),
    () => ({ get a() { throw proxy(new Error('again'), ...traps); } }), () => ({ get a() { throw { get message() { throw 1; } }; } }), () => ({ get a() { throw { toString: null, valueOf: null }; } }),
    () => proxy(new Error('trap'), pick(traps)), () => proxy(null, pick(traps)), () => proxy(proxy(1, ...traps), ...traps), () => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; },
    () => new Proxy(class {}, { get: thrower(1), apply: thrower(2) }), () => new Proxy(new Uint8Array(4), {}), () => new Proxy(new ArrayBuffer(4), {}), () => Object.create(ArrayBuffer.prototype), () => Object.create(Uint8Array.prototype),
    () => Object.assign(Object.create(ArrayBuffer.prototype), { length: 1e12 }), () => ({ [Symbol.toPrimitive]: thrower(new Error('primitive')) }), () => ({ toString: thrower(1), valueOf: thrower(2) }), () => ({ [Symbol.toStringTag]: 'WebAssembly.Module' }),
    () => ({ toJSON: thrower(new Error('toJSON')) }), () => ({ toJSON: thrower(null) }), () => ({ toJSON: () => undefined }), () => ({ toJSON: () => Symbol('x') }), () => ({ toJSON: () => 5 }), () => ({ toJSON: () => 1n }), () => ({ toJSON: () => '{"model":1}' }),
    () => ({ toJSON: () => (scorer.scoreJSON(example), example) }), () => ({ model: { id: scorer.id }, answers: { toJSON: () => { engine.compile('{}'); } } }),
    () => detached((buffer) => buffer), () => detached((buffer) => new Uint8Array(buffer)), () => detached((buffer) => new DataView(buffer)), () => detached((buffer) => new Float64Array(buffer)), () => outside(),
    () => new ArrayBuffer(4, { maxByteLength: 64 }), () => new Uint8Array(new ArrayBuffer(4, { maxByteLength: 64 })), () => new SharedArrayBuffer(8), () => new Uint8Array(new SharedArrayBuffer(8)), () => new Uint8Array(new SharedArrayBuffer(8, { maxByteLength: 16 })),
    () => new BigInt64Array(2), () => new Float32Array([NaN]), () => new Uint16Array([1, 2, 3]), () => noise(), () => noise().buffer, () => new DataView(noise().buffer), () => Buffer.from('{"model":{"id":"x"}}'),
    () => ({ model: { id: scorer.id }, answers: { [pick(questions)]: pick(simple), [String(next())]: { toJSON: () => pick(simple) } } }), () => ({ maxBytes: pick(simple) }), () => ({ get maxBytes() { return below(2) ? 5 : Symbol('x'); } }),
    () => ({ wasmURL: pick(simple) }), () => ({ wasm: pick(simple) }), () => globalThis, () => modenhet, () => engine, () => scorer, () => WebAssembly,
  ];
  const huge = [() => 'x'.repeat(10 << 20), () => '"'.repeat(5 << 20), () => `{"id":"${'x'.repeat(7 << 20)}"}`, () => '\u20ac'.repeat(4 << 20), () => '['.repeat(8 << 20), () => new Uint8Array(9 << 20), () => ({ answers: { x: 'y'.repeat(10 << 20) } })];
  return () => (below(400) === 0 ? pick(huge)() : below(3) ? pick(makers)() : pick(simple));
}

function stillScores() {
  assert.equal(scorer.scoreJSON(example), want);
  const fresh = engine.compile(model);
  const session = fresh.session(example);
  assert.equal(session.resultJSON(), want);
  session.free();
  fresh.free();
}

// spoil makes every object inherit something strange while a call runs.
function spoil(dice, value, call) {
  const name = dice.pick(['toJSON', 'model', 'answers', 'message', 'issues', 'code', 'path', 'line', 'maxBytes', 'wasm', 'length', 'value', 'cause', 'x']);
  Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
  try {
    return call();
  } finally {
    delete Object.prototype[name];
  }
}

test('every method with every kind of value', () => {
  const dice = chance(2);
  const value = values(dice);
  let session = scorer.session(example);
  const targets = {
    'engine.compile': (...args) => engine.compile(...args)?.free(),
    'scorer.score': (...args) => scorer.score(...args),
    'scorer.scoreJSON': (...args) => scorer.scoreJSON(...args),
    'scorer.check': (...args) => scorer.check(...args),
    'scorer.explain': (...args) => scorer.explain(...args),
    'scorer.session': (...args) => scorer.session(...args).free(),
    'session.set': (...args) => session.set(...args),
    'session.clear': (...args) => session.clear(...args),
    'session.notApplicable': (...args) => session.notApplicable(...args),
    'session.value': (...args) => session.value(...args),
    'session.level': (...args) => session.level(...args),
    'session.result': (...args) => session.result(...args),
    'session.assessment': (...args) => session.assessment(...args),
  };
  const good = { 'scorer.explain': [() => example, () => 'anchoring'], 'session.set': [() => dice.pick(questions), () => true], 'session.notApplicable': [() => dice.pick(questions), () => 'why'], 'engine.compile': [() => small, () => ({})] };
  const names = Object.keys(targets);
  const small = { id: 'm', version: '1.0.0', children: [{ id: 'q', answer: { type: 'yesno' } }] };
  for (let i = 0; i < 6000; i++) {
    const name = dice.pick(names);
    const args = Array.from({ length: dice.below(4) }, (_, k) => (dice.below(2) && good[name]?.[k]?.()) || value());
    if (dice.below(20)) meets(name, args, () => targets[name](...args));
    else meets(`${name}, spoilt`, args, () => spoil(dice, value(), () => targets[name](...args)));
    if (i % 500 === 0) {
      stillScores();
      meets('scorer.lint', args, () => scorer.lint(...args));
      session.free();
      session = scorer.session(example);
    }
  }
  stillScores();
});

test('load and loadModel with every kind of value', async () => {
  const dice = chance(3);
  const value = values(dice);
  for (let i = 0; i < 400; i++) {
    const m = await fresh();
    const args = [dice.below(2) ? value() : { [dice.pick(['wasm', 'wasmURL', 'integrity'])]: value() }];
    const call = dice.below(3) ? m.loadModel : m.load;
    try {
      await call(...args);
    } catch (error) {
      assert.ok(error instanceof m.MaturityError, `${call.name}(${args.map(say)}): ${error?.stack}`);
    }
  }
  stillScores();
});

test('another this', () => {
  const session = scorer.session();
  for (const object of [engine, scorer, session]) {
    const prototype = Object.getPrototypeOf(object);
    for (const [name, { value, get }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      if (name === 'constructor' || name === 'version') continue;
      for (const self of [undefined, null, {}, Object.create(object), prototype, 5, object === scorer ? session : scorer]) {
        assert.throws(() => (value ?? get).call(self, example, example), (error) => error instanceof TypeError || error instanceof MaturityError, name);
      }
    }
  }
  session.free();
  stillScores();
});

test('mutated documents and noise', () => {
  const dice = chance(4);
  const documents = [model, example].map((document) => new TextEncoder().encode(JSON.stringify(document)));
  const tokens = ['"', '{', '}', '[', ']', ',', ':', 'null', 'true', '1e999', '-0', '0.1', '\\u0000', '\\ud800', '\ud800', '__proto__', '999999999', '"id":"x",'].map((token) => new TextEncoder().encode(token));
  const reads = { compile: (b) => engine.compile(b).free(), score: (b) => scorer.score(b), check: (b) => scorer.check(b), explain: (b) => scorer.explain(b, scorer.id), session: (b) => scorer.session(b).free() };
  const refused = {};
  for (let i = 0; i < 4000; i++) {
    const [first, second] = dice.below(8) ? documents : documents.map((d) => d.map(() => dice.below(256)).subarray(0, dice.below(300)));
    let document = dice.below(3) ? second : first;
    for (let n = dice.below(4); n >= 0; n--) {
      const at = dice.below(document.length), to = at + dice.below(dice.below(2) ? 5 : 500);
      const part = dice.below(3) ? dice.pick(tokens) : document.subarray(dice.below(document.length)).subarray(0, dice.below(40));
      document = dice.below(4) ? Buffer.concat([document.subarray(0, at), part, document.subarray(dice.below(2) ? at : to)]) : document.map((byte, k) => (k === at ? dice.below(256) : byte));
    }
    const name = document.length > 3000 && dice.below(2) ? 'compile' : dice.pick(Object.keys(reads));
    if (meets(name, [document], () => (reads[name](document), true)) === undefined) refused[name] = (refused[name] ?? 0) + 1;
    if (i % 500 === 0) stillScores();
  }
  stillScores();
  assert.ok(Object.values(refused).every((n) => n > 50), JSON.stringify(refused));
});

// Models that are valid and made to be deep, see also maturity/hostile_test.go. The engine must take or refuse them.
// It is text, since it runs in Chromium too.
const deep = `
  const yesno = { type: 'yesno' };
  const list = (n, item) => Array.from({ length: n }, (_, i) => item(i));
  const whole = (rest) => ({ id: 'm', version: '1.0.0', ...rest });
  const groups = (n) => (n ? { id: 'g' + n, children: [groups(n - 1)] } : { id: 'q', answer: yesno });
  const nots = (n) => (n ? { not: nots(n - 1) } : { question: 'q', is: true });
  const alls = (n) => (n ? { all: [alls(n - 1), { question: 'q', answered: true }] } : { question: 'q', is: true });
  const q = { id: 'q', answer: yesno };
  const models = {
    'groups to the limit of depth': whole({ children: [groups(96)] }),
    'nots to the limit of depth': whole({ children: [q, { id: 'p', when: nots(190), answer: yesno }] }),
    'alls to the limit of depth': whole({ children: [q, { id: 'p', when: alls(96), answer: yesno }] }),
    'views, each of which reads the one before': whole({ children: [q], views: list(6000, (i) => ({ id: 'v' + i, children: [{ ref: i ? 'v' + (i - 1) : 'q' }, { ref: i ? 'v' + (i - 1) : 'q', weight: 0.7 }] })) }),
    'views, each of which reads the next': whole({ children: [q], views: list(6000, (i) => ({ id: 'v' + i, children: [{ ref: i < 5999 ? 'v' + (i + 1) : 'q' }] })) }),
    'views in a circle': whole({ children: [q], views: list(6000, (i) => ({ id: 'v' + i, children: [{ ref: 'v' + ((i + 1) % 6000) }] })) }),
    'questions, each of which hangs on the one before': whole({ children: [q, ...list(4000, (i) => ({ id: 'q' + i, when: { question: i ? 'q' + (i - 1) : 'q', is: true }, answer: yesno }))] }),
    'questions, each of which hangs on the next': whole({ children: [...list(4000, (i) => ({ id: 'q' + i, when: { question: i < 3999 ? 'q' + (i + 1) : 'q', is: true }, answer: yesno })), q] }),
    'groups, each of which hangs on the level of the one before': whole({ ladders: { l: [{ id: 'low' }, { id: 'high', from: 1 }] }, children: [q,
      ...list(2000, (i) => ({ id: 'g' + i, levels: 'l', when: i ? { node: 'g' + (i - 1), level: { atLeast: 'high' } } : { question: 'q', is: true }, children: [{ id: 'q' + i, answer: yesno }] }))] }),
    'groups, each with a requirement on the one before': whole({ children: [q,
      ...list(2000, (i) => ({ id: 'g' + i, levels: [{ id: 'low' }, { id: 'high', require: i ? { node: 'g' + (i - 1), level: { atLeast: 'high' } } : { question: 'q', is: true } }], children: [{ id: 'q' + i, answer: yesno }] }))] }),
  };
  // tries gives what became of a model: done, its issues, or what is wrong.
  function tries(engine, MaturityError, model) {
    const assessment = { model: { id: 'm' }, answers: { q: true } };
    let step = 'compile';
    try {
      const scorer = engine.compile(model);
      step = 'lint', scorer.lint();
      step = 'score', scorer.score(assessment);
      step = 'explain', scorer.explain(assessment, 'm');
      step = 'session';
      const session = scorer.session();
      step = 'set', session.set('q', true);
      step = 'set again', session.set('q', false);
      step = 'result', session.result();
      session.free();
      scorer.free();
      return 'done';
    } catch (error) {
      const { code, message } = error instanceof MaturityError ? error.issues[0] : { code: 'thrown', message: String(error) };
      return step + ': ' + code + (code === 'bug' || code === 'stopped' || code === 'thrown' ? ' ' + message : '');
    }
  }
  async function all(load, MaturityError) {
    const found = {};
    for (const [name, model] of Object.entries(models)) found[name] = tries(await load(), MaturityError, model);
    return found;
  }`;

function holds(found) {
  assert.ok(Object.keys(found).length > 5, JSON.stringify(found));
  const wrong = Object.entries(found).filter(([, what]) => !/^(done|compile: (cycle|reads-ahead|too-many|too-deep))$/.test(what));
  assert.deepEqual(wrong, []);
}

test('deep models in Node', async (t) => {
  const m = await fresh();
  const found = await new Function(`${deep}; return all;`)()(m.load, m.MaturityError);
  t.diagnostic(JSON.stringify(found));
  holds(found);
});

test('deep models in Chromium', { concurrency: true }, async (t) => {
  const chrome = await browser();
  t.after(() => chrome.close());
  const pages = { 'on the main thread': '<script type="module" src="/main.js"></script>', 'in a worker': '<script type="module">new Worker("/main.js", { type: "module" });</script>' };
  await Promise.all(Object.entries(pages).map(([where, page]) => t.test(where, async (t) => {
    const server = await serve({ '/modenhet/': folder, '/': `<!doctype html>${page}`, '/main.js': deep + script(`const { load, MaturityError } = await import('/modenhet/index.js'); say(await all(load, MaturityError));`) });
    t.after(() => server.close());
    const { report } = await visit(chrome, server, '/');
    assert.equal(report.error, undefined);
    t.diagnostic(JSON.stringify(report));
    holds(report);
  })));
});
