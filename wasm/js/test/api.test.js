// Every member of index.d.ts.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { browser, bytes, cases, chance, example, folder, fresh, script, serve, visit, withMemory } from './kit.js';

const modenhet = await fresh();
const { MaturityError, load, loadModel, models, version } = modenhet;
const engine = await load();
const model = await loadModel('digital-modenhet-kommune');
const scorer = engine.compile(model);
const empty = { model: { id: scorer.id } };
const utf8 = new TextEncoder();

// fails calls, and returns the issues that were thrown; codes is what they must be.
function fails(codes, call, kind = MaturityError) {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof kind, String(error?.stack ?? error));
    assert.deepEqual([...new Set(error.issues.map((issue) => issue.code))], [codes].flat(), error.message);
    return error.issues;
  }
  assert.fail(`nothing was thrown, where ${codes} should be`);
}

async function rejects(code, promise, kind = MaturityError) {
  const error = await promise.then(() => assert.fail(`nothing was thrown, where ${code} should be`), (error) => error);
  fails(code, () => { throw error; }, kind);
  return error;
}

test('the classes have the members that index.d.ts has, and no more', async () => {
  const text = readFileSync(join(folder, 'index.d.ts'), 'utf8');
  const session = scorer.session();
  for (const [name, object] of Object.entries({ Engine: engine, Scorer: scorer, Session: session })) {
    const [, body] = text.match(new RegExp(`export interface ${name}\\b[^{]*{\\n([^]*?)\\n}`));
    const want = [...body.matchAll(/^  (?:readonly )?(\w+)\??[:(]/gm)].map((match) => match[1]);
    const got = [...Object.getOwnPropertyNames(Object.getPrototypeOf(object)), ...Object.keys(object)].filter((key) => key !== 'constructor');
    assert.ok(want.length > 1);
    assert.deepEqual(got.sort(), want.sort(), name);
  }
  const exported = [...text.matchAll(/^export (?:const|function|class) (\w+)/gm)].map((match) => match[1]);
  assert.deepEqual(Object.keys(await import(pathToFileURL(join(folder, 'index.js')))).sort(), exported.sort());
  session.free();
});

test('load gives one engine, whatever the options', async () => {
  const m = await fresh();
  const [a, b, c] = await Promise.all([m.load(), m.load({ wasmURL: 'file:///nowhere' }), m.load()]);
  assert.ok(a === b && b === c && a === (await m.load(null)));
  assert.ok(a !== engine);
  assert.equal(a.version, m.version);
  assert.equal(version, JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version);
});

test('load tries anew after it failed', async () => {
  const m = await fresh();
  const bad = m.load({ wasmURL: 'file:///nowhere/modenhet.wasm' });
  assert.equal(bad, m.load());
  await rejects('load-failed', bad, m.MaturityError);
  assert.ok((await m.load()).compile(model));
});

test('load takes the module in every form', async () => {
  const wasm = bytes();
  const forms = {
    Module: await WebAssembly.compile(wasm),
    ArrayBuffer: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length),
    Uint8Array: new Uint8Array(wasm),
    DataView: new DataView(wasm.buffer, wasm.byteOffset, wasm.length),
  };
  for (const [name, form] of Object.entries(forms)) {
    const m = await fresh();
    assert.equal((await m.load({ wasm: form })).compile(model).digest, scorer.digest, name);
  }
  const server = await serve({ '/': folder });
  try {
    for (const wasmURL of [`${server.url}/modenhet.wasm`, new URL(`${server.url}/modenhet.wasm`)]) {
      const m = await fresh();
      assert.equal((await m.load({ wasmURL })).compile(model).digest, scorer.digest);
    }
    const m = await fresh();
    const error = await rejects('load-failed', m.load({ wasmURL: `${server.url}/none.wasm` }), m.MaturityError);
    assert.match(error.message, /404/);
  } finally {
    server.close();
  }
});

test('load refuses what is no engine of this version', async () => {
  const m = await fresh();
  const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  for (const wasm of [new Uint8Array(header), new Uint8Array(), new Uint8Array(header.slice(0, 7)), await WebAssembly.compile(new Uint8Array(header)), bytes().subarray(0, 100_000), 5, 'modenhet.wasm', null, {}]) {
    await rejects('load-failed', m.load({ wasm }), m.MaturityError);
  }
  const dir = mkdtempSync(join(tmpdir(), 'modenhet-'));
  try {
    cpSync(folder, dir, { recursive: true });
    const runtime = join(dir, 'runtime.js');
    writeFileSync(runtime, readFileSync(runtime, 'utf8').replace(/version = '.*'/, "version = '0.0.9'"));
    const other = await fresh(dir);
    const error = await rejects('version-mismatch', other.load(), other.MaturityError);
    assert.ok(error.message.includes('0.0.9') && error.message.includes(version), error.message);
  } finally {
    rmSync(dir, { recursive: true });
  }
});

test('integrity, in Chromium', async (t) => {
  const digest = Buffer.from(await crypto.subtle.digest('SHA-384', bytes())).toString('base64');
  const server = await serve({
    '/modenhet/': folder,
    '/': '<!doctype html><script type="module" src="/main.js"></script>',
    '/main.js': script(`
      const { load, MaturityError } = await import('/modenhet/index.js');
      const wrong = await load({ integrity: 'sha384-${'A'.repeat(64)}' }).catch((error) => error);
      const engine = await load({ integrity: 'sha384-${digest}' });
      say({ wrong: wrong instanceof MaturityError && wrong.issues[0].code, version: engine.version });`),
  });
  const chrome = await browser();
  t.after(() => Promise.all([chrome.close(), server.close()]));
  assert.deepEqual((await visit(chrome, server, '/')).report, { wrong: 'load-failed', version });
});

test('models and loadModel', async () => {
  assert.ok(Object.isFrozen(models) && models.includes('digital-modenhet-kommune'));
  for (const id of models) assert.equal(engine.compile(await loadModel(id)).id, id);
  assert.notEqual(await loadModel(models[0]), await loadModel(models[0]));
  for (const id of ['none', '__proto__', 'constructor', '', undefined, null, 5, Symbol('x'), 5n]) await rejects('load-failed', loadModel(id));
});

test('documents in every form', () => {
  const text = JSON.stringify(model);
  const encoded = utf8.encode(text);
  const within = new Uint8Array(encoded.length + 7);
  within.set(encoded, 3);
  const shared = new Uint8Array(new SharedArrayBuffer(encoded.length));
  shared.set(encoded);
  const long = text + ' '.repeat(2 ** 18); // longer text crosses in another way
  for (const form of [model, text, long, encoded, encoded.buffer, Buffer.from(text), new DataView(within.buffer, 3, encoded.length), within.subarray(3, 3 + encoded.length), shared]) {
    assert.equal(engine.compile(form).digest, scorer.digest);
  }
  const want = scorer.scoreJSON(example);
  const answers = JSON.stringify(example, null, 2);
  for (const form of [example, answers, utf8.encode(answers), utf8.encode(answers).buffer, { toJSON: () => example }]) {
    assert.equal(scorer.scoreJSON(form), want);
    assert.equal(JSON.stringify(scorer.score(form)), JSON.stringify(JSON.parse(want)));
    assert.deepEqual(scorer.check(form), []);
    assert.equal(scorer.explain(form, scorer.id).node, scorer.id);
    assert.equal(scorer.session(form).resultJSON(), want);
  }
});

test('an issue has a place in text, and none in an object', () => {
  const wrong = { ...empty, answers: { 'anchoring-owner': 'nobody', nothing: 1 } };
  const text = JSON.stringify(wrong, null, 2);
  const places = fails(['unknown-option', 'unknown-question'], () => scorer.score(text));
  assert.equal(places.length, 2);
  assert.deepEqual(places.map((issue) => issue.line), [6, 7]);
  for (const form of [text, utf8.encode(text), utf8.encode(text).buffer]) assert.deepEqual(scorer.check(form), places);
  const plain = places.map(({ line, column, ...issue }) => issue);
  assert.ok(plain.every((issue) => issue.path && issue.message));
  assert.deepEqual(scorer.check(wrong), plain);
  const codes = [...new Set(plain.map((issue) => issue.code))];
  for (const call of [() => scorer.score(wrong), () => scorer.scoreJSON(wrong), () => scorer.explain(wrong, scorer.id), () => scorer.session(wrong)]) {
    assert.deepEqual(fails(codes, call), plain);
  }
  try {
    scorer.score(text);
  } catch (error) {
    assert.ok(error instanceof Error && error.name === 'MaturityError');
    assert.equal(error.message.split('\n').length, 2);
    assert.match(error.message, /^\/answers\/anchoring-owner: /);
  }
  assert.ok(engineIssues('{"id": "m",\n  "version": 5}').some((issue) => issue.line === 2));
  assert.ok(engineIssues({ id: 'm', version: 5 }).every((issue) => !('line' in issue) && !('column' in issue)));
});

function engineIssues(document, options) {
  try {
    engine.compile(document, options);
  } catch (error) {
    assert.ok(error instanceof MaturityError);
    return error.issues;
  }
  return [];
}

test('options', () => {
  const codes = (options, document = model) => [...new Set(engineIssues(document, options).map((issue) => issue.code))];
  for (const options of [undefined, null, {}, { anyVersion: false }, { maxBytes: 1e8, maxDepth: 150, maxNodes: 1e5, maxOptions: 50, maxText: 1e5, maxIssues: 1 }]) {
    assert.deepEqual(codes(options), [], JSON.stringify(options));
  }
  for (const [limit, code] of Object.entries({ maxBytes: 'too-large', maxDepth: 'too-deep', maxNodes: 'too-many', maxOptions: 'too-many', maxText: 'too-long' })) {
    assert.ok(codes({ [limit]: 1 }).includes(code), `${limit}: ${codes({ [limit]: 1 })}`);
  }
  // A limit that is too large may be taken or refused, but is a whole number.
  assert.ok(!codes({ maxBytes: 2 ** 31 }).includes('not-an-integer'));
  const three = { id: 'm', version: 'x', children: [], weight: 'y' };
  assert.ok(engineIssues(three).length > 1 && engineIssues(three, { maxIssues: 1 }).length < engineIssues(three).length);
  for (const options of [{ maxByte: 5 }, { maxBytes: '5' }, { maxBytes: -1 }, { maxNodes: 1.5 }, { anyVersion: 1 }, { anyVersion: 'true' }, { maxText: null }, 5, 'x', true, []]) {
    assert.notDeepEqual(codes(options), [], JSON.stringify(options));
  }
  // What was valid with the options of compile is not refused for its size later.
  const large = engine.compile(model, { maxBytes: 9 << 20 });
  assert.equal(large.score(JSON.stringify(example) + ' '.repeat(8 << 20)).model.id, scorer.id);
  fails('too-large', () => scorer.score(JSON.stringify(example) + ' '.repeat(8 << 20)));

  const old = { model: { id: scorer.id, version: '0.0.1' } };
  assert.equal(scorer.check(old).length, 1);
  assert.equal(engine.compile(model, { anyVersion: true }).score(old).warnings.length >= 1, true);
});

test('a scorer tells its model, and advises on it', () => {
  assert.deepEqual([scorer.id, scorer.version], [model.id, model.version]);
  assert.match(scorer.digest, /^sha256:[0-9a-f]{64}$/);
  assert.deepEqual(scorer.score(empty).model, { id: scorer.id, version: scorer.version, digest: scorer.digest });
  assert.equal(engine.compile(scorer.model).digest, scorer.digest);
  assert.notEqual(scorer.model, scorer.model);
  assert.ok(Array.isArray(scorer.lint()));
  const advised = engine.compile({ id: 'm', version: '1.0.0', levels: [{ id: 'low' }, { id: 'high', from: 2 }], children: [{ id: 'q', answer: { type: 'yesno' } }] }).lint();
  assert.ok(advised.length > 0 && advised.every((issue) => issue.code && issue.message && typeof issue.path === 'string'));
  const explained = scorer.explain(example, 'anchoring');
  assert.deepEqual([explained.node, explained.kind], ['anchoring', 'group']);
  assert.ok(explained.inputs.length > 0 && explained.answers.length > 0);
  fails('unknown-node', () => scorer.explain(example, 'nothing'));
  for (const node of [undefined, null, 5, {}, Symbol('x')]) fails('wrong-type', () => scorer.explain(example, node));
});

const kinds = {
  id: 'kinds', version: '1.0.0',
  levels: [{ id: 'low' }, { id: 'high', from: 0.5 }],
  children: [
    { id: 'choice', notApplicable: 'exclude', answer: { type: 'choice', options: [{ value: 'a', points: 0 }, { value: 'b', points: 0.3 }, { value: 'c', points: 1 }] } },
    { id: 'checklist', answer: { type: 'checklist', options: [{ value: 'a', points: 0.5 }, { value: 'b', points: 0.5 }, { value: 'none', exclusive: true, points: 0 }] } },
    { id: 'yesno', notApplicable: 'forbid', answer: { type: 'yesno' } },
    { id: 'scale', answer: { type: 'scale', min: -2, max: 5 } },
    { id: 'reverse', answer: { type: 'scale', min: 1, max: 5, reverse: true } },
    { id: 'whole', answer: { type: 'number', integer: true, min: 0, max: 10, linear: { from: 0, to: 10, points: [0, 1] } } },
    { id: 'number', answer: { type: 'number', min: -10, max: 10, steps: [{ from: -10, points: 0 }, { from: 0, points: 0.5 }, { from: 0.1, points: 1 }] } },
    { id: 'text', answer: { type: 'text', maxLength: 5 } },
  ],
};

test('a session takes every type of answer', () => {
  const s = engine.compile(kinds);
  const session = s.session();
  assert.deepEqual(session.nodes, ['kinds', ...kinds.children.map((child) => child.id)]);
  assert.deepEqual(session.changed, session.nodes);
  for (const [question, answer, value] of [
    ['choice', 'b', 0.3], ['checklist', ['a'], 0.5], ['checklist', ['a', 'b'], 1], ['checklist', ['none'], 0], ['checklist', [], 0],
    ['yesno', true, 1], ['yesno', false, 0], ['scale', -2, -2], ['scale', 5, 5], ['reverse', 1, 5], ['reverse', 5, 1],
    ['whole', 7, 0.7], ['number', -0, 0.5], ['number', 0.1, 1], ['number', 0.099999999, 0.5], ['number', -9.5, 0], ['text', 'words', undefined],
  ]) {
    session.set(question, answer);
    assert.equal(session.value(question), value, `${question} ${answer}`);
    assert.deepEqual(session.assessment().answers[question], answer);
    agrees(s, session);
  }
  const before = session.resultJSON();
  for (const [question, answer] of [
    ['choice', 'd'], ['choice', 0], ['choice', true], ['choice', ''], ['checklist', ['a', 'none']], ['checklist', ['d']], ['checklist', 'a'], ['yesno', 'yes'], ['yesno', 1], ['scale', 6],
    ['scale', -3], ['scale', 0.5], ['scale', '1'], ['reverse', NaN], ['whole', 0.5], ['whole', 11], ['whole', Infinity], ['number', 10.5], ['number', 0.09999999999999999], ['number', NaN], ['number', '1'], ['number', 1n],
    ['text', 'longer'], ['text', 5], ['text', '\ud800'], ['choice', undefined], ['choice', null], ['choice', {}], ['nothing', 1], ['kinds', 1], ['', 1], ['__proto__', 1],
  ]) {
    assert.throws(() => session.set(question, answer), (error) => error instanceof MaturityError && error.issues.length > 0 && !('line' in error.issues[0]), `${question} ${String(answer)}`);
    assert.equal(session.resultJSON(), before);
  }
  session.notApplicable('choice', 'No reason');
  assert.deepEqual(session.assessment().notApplicable, { choice: 'No reason' });
  assert.equal(session.value('choice'), undefined);
  assert.ok(session.changed.includes('choice') && Number.isNaN(session.values[1]));
  session.notApplicable('scale');
  agrees(s, session);
  session.set('choice', 'c');
  assert.equal(session.assessment().notApplicable.choice, undefined);
  assert.throws(() => session.notApplicable('yesno', 'x'), MaturityError);
  session.clear('choice');
  session.clear('scale');
  session.clear('scale');
  assert.equal(session.changed.length, 0);
  assert.equal(session.level('choice'), undefined);
  assert.equal(session.value('nothing'), undefined);
  assert.equal(session.level('nothing'), undefined);
  for (const call of [() => session.clear('nothing'), () => session.notApplicable('nothing'), () => session.clear(5), () => session.notApplicable(5), () => session.set(5, 5), () => session.notApplicable('choice', 5)]) assert.throws(call, MaturityError);
  agrees(s, session);
});

// agrees holds a session against a fresh score of its assessment, and returns the nodes of that.
function agrees(s, session) {
  const text = s.scoreJSON(session.assessment());
  assert.equal(session.resultJSON(), text);
  const { nodes } = JSON.parse(text);
  const { values, levels } = session;
  assert.deepEqual(session.nodes, nodes.map((node) => node.id));
  assert.deepEqual([values.length, levels.length], [nodes.length, nodes.length]);
  nodes.forEach((node, i) => {
    assert.ok(Object.is(values[i], node.value ?? NaN), `${node.id}: ${values[i]}, not ${node.value}`);
    assert.equal(session.value(node.id), node.value);
    assert.equal(session.level(node.id), node.level);
    assert.equal(levels[i] === -1, node.level === undefined);
  });
  return nodes;
}

// anAnswer is a random answer to a question, most often a valid one.
function anAnswer({ type, options, use, min, max }, m, { below, pick, next }) {
  const values = (options ?? m.optionSets?.[use] ?? []).map((option) => option.value);
  const low = Number(min ?? -5), high = Number(max ?? 105);
  switch (below(20) ? type : '') {
    case 'choice': return pick(values);
    case 'checklist': return below(4) ? values.filter(() => below(2)) : [pick(values)];
    case 'yesno': return below(2) === 1;
    case 'scale': return low + below(high - low + 1);
    case 'number': return below(2) ? Math.round(low + next() * (high - low)) : low + next() * (high - low);
    case 'text': return 'x'.repeat(below(10));
  }
  return pick([true, 3, 'x', ['x'], null, -1e9]);
}

test('a session is equal to a fresh score after every change', async () => {
  const dice = chance(1);
  const moving = ['value', 'level', 'status', 'range', 'completeness'];
  const shapes = [{ model, changes: 300 }, { model: kinds, changes: 300 }, ...[...cases('random'), ...cases('ties').slice(0, 10)].map((c) => ({ model: c.model, changes: 40, start: c.cases.find((one) => !one.error)?.assessment }))];
  const counts = { changes: 0, refused: 0, nodes: 0, said: 0, moved: 0 };
  for (const { model: m, changes, start } of shapes) {
    const s = engine.compile(m);
    const questions = [];
    const visit = (node) => {
      if (node.answer) questions.push(node);
      node.children?.forEach(visit);
    };
    visit(m);
    m.views?.forEach(visit);
    let session;
    try {
      session = s.session(dice.below(2) ? start : undefined);
    } catch {
      session = s.session(); // missing answers may be an error of the case
    }
    let before = JSON.parse(session.resultJSON()).nodes;
    for (let i = 0; i < changes; i++) {
      const { id, answer } = dice.pick(questions);
      try {
        const what = dice.below(10);
        if (what > 1) session.set(id, anAnswer(answer, m, dice));
        else if (what) session.clear(id);
        else session.notApplicable(id, dice.pick(['', 'why']));
      } catch (error) {
        assert.ok(error instanceof MaturityError && error.issues.every((issue) => issue.code !== 'bug'), String(error));
        counts.refused++;
        continue;
      }
      let after;
      try {
        after = agrees(s, session);
      } catch (error) {
        if (!(error instanceof MaturityError) || error.issues.some((issue) => issue.code !== 'missing')) throw error;
        continue; // the policy error: there is no score to hold it against
      }
      const moved = after.filter((node, k) => moving.some((field) => JSON.stringify(node[field]) !== JSON.stringify(before[k][field]))).map((node) => node.id);
      const said = new Set(session.changed); // and may say more: what is not shown, such as the range of what is hidden
      assert.deepEqual(moved.filter((node) => !said.has(node)), [], `${m.id}, change ${i} of ${id}`);
      assert.deepEqual(session.changed, session.nodes.filter((node) => said.has(node)));
      counts.nodes += after.length, counts.said += said.size, counts.moved += moved.length, counts.changes++;
      before = after;
    }
    session.free();
    s.free();
  }
  assert.ok(counts.changes > 1500 && counts.refused > 100 && counts.said < counts.moved * 1.1 && counts.moved < counts.nodes / 2, JSON.stringify(counts));
});

test('views are right after the memory has grown', async () => {
  const m = await fresh();
  const own = await m.load();
  const session = own.compile(kinds).session();
  session.set('scale', 3);
  const old = session.values;
  assert.equal(session.values, old);
  for (let size = 1; old.length > 0; size *= 2) {
    assert.ok(size < 64, 'the memory does not grow');
    own.compile({ id: 'm', version: '1.0.0', children: Array.from({ length: 300 * size }, (_, i) => ({ id: `q${i}`, title: 'x'.repeat(2000), answer: { type: 'yesno' } })) }, { maxBytes: 1e8, maxNodes: 1e6 });
  }
  assert.equal(session.values[4], 3);
  assert.equal(session.value('scale'), 3);
  assert.equal(session.levels[0], 1);
  session.set('yesno', true);
  assert.deepEqual(session.changed, ['kinds', 'yesno']);
  assert.equal(session.value('yesno'), 1);
});

test('free, and use after it', () => {
  const s = engine.compile(kinds);
  const session = s.session();
  s.free();
  s.free();
  session.set('yesno', true); // lives on
  assert.equal(session.value('yesno'), 1);
  for (const call of [() => s.score({}), () => s.scoreJSON({}), () => s.check({}), () => s.explain({}, 'x'), () => s.lint(), () => s.session(), () => s.model]) fails('freed', call);
  assert.equal(s.id, 'kinds');
  const again = engine.compile(kinds); // may get the same handle
  session.free();
  session.free();
  s.free();
  for (const call of [
    () => session.set('yesno', true), () => session.set('number', 1), () => session.set('text', 'x'), () => session.clear('yesno'), () => session.notApplicable('yesno'), () => session.values, () => session.levels,
    () => session.value('yesno'), () => session.level('yesno'), () => session.changed, () => session.result(), () => session.resultJSON(), () => session.assessment(),
  ]) fails('freed', call);
  assert.equal(again.score({ model: { id: 'kinds' }, answers: { yesno: true } }).nodes[3].value, 1);
});

test('using', () => {
  if (!Symbol.dispose) return;
  const s = engine.compile(kinds);
  const session = s.session();
  session[Symbol.dispose]();
  s[Symbol.dispose]();
  s[Symbol.dispose]();
  fails('freed', () => session.result());
  fails('freed', () => s.lint());
});

test('what is garbage is freed', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const m = await fresh();
  const { engine: own, memory } = await withMemory(m);
  const drop = async (rounds) => {
    for (let i = 0; i < rounds; i++) {
      own.compile(kinds).session().set('yesno', true);
      if (i % 100 === 0) {
        collect();
        await new Promise((done) => setTimeout(done));
      }
    }
    return memory.buffer.byteLength;
  };
  const first = await drop(300);
  const last = await drop(1200);
  assert.ok(last <= first * 1.25, `${first} bytes after 300, ${last} after 1,500`);
});
