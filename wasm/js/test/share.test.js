// Whatever a share link holds, the page opens an assessment of it or says what is wrong, and never fails. Links are true
// ones, changed by chance from a seed: their characters, the bytes that are packed, and the document in these.
// SOAK=full tries fifty times as many.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { chance, example, folder, testdata } from './kit.js';

const at = (name) => import(pathToFileURL(join(folder, name)));
const { MaturityError, load, loadModel } = await at('index.js');
const { Analysis } = await at('analysis.js');
const { openLink } = await at('check/files.js');
const { linkOf, textIn } = await at('check/share.js');
const { Answers } = await at('check/answers.js');
const { newRecord } = await at('check/store.js');
const { carry } = await at('check/versions.js');

const engine = await load();
const rounds = process.env.SOAK === 'full' ? 50_000 : 1_000;
const address = 'https://example.no/check?x=1';

const analyses = new Map(); // by model
after(() => analyses.forEach((analysis) => analysis.close()));

// page is as much of the page as opening a link needs, with what it came to. What is offered is accepted.
function page(scorer, model) {
  if (!analyses.has(model)) analyses.set(model, new Analysis(model));
  const came = { refused: [], opened: [], home: 0 };
  const app = {
    engine, scorer, view: { model }, analysis: analyses.get(model), came,
    w: { words: { badLink: 'bad link', otherModel: 'other model', openedLink: 'opened' } },
    refuse: (error, text) => came.refused.push({ error, text }),
    add: (assessment) => {
      const answers = new Answers(app, newRecord(scorer.id, assessment), () => {});
      came.document = answers.document();
      answers.close();
    },
    earlierModel: async () => undefined,
    offer: (assessment, { text, bad }) => {
      came.offered = carry(app, assessment, text).then((carried) => {
        app.add(carried.assessment);
        app.tell();
      }, (error) => app.refuse(error, bad));
    },
    go: (screen) => assert.equal(screen, 'result'),
    tell: (text) => came.opened.push(text),
  };
  return app;
}

// open opens an address, and gives the assessment, or the error that was said.
async function open(scorer, model, hash) {
  const app = page(scorer, model);
  globalThis.location = { hash, pathname: '/check', search: '?x=1' };
  globalThis.history = { state: null, replaceState: (state, title, url) => assert.equal(url, '/check?x=1') };
  const was = await openLink(app, () => app.came.home++);
  await app.came.offered;
  const { refused, opened, home, document } = app.came;
  assert.equal(was, hash.startsWith('#modenhet='));
  assert.equal(home, was ? 1 : 0);
  assert.equal(refused.length + opened.length, was ? 1 : 0);
  for (const { error, text } of refused) {
    assert.ok(error instanceof Error && error.message && ['bad link', 'other model'].includes(text));
    if (error instanceof MaturityError) assert.ok(error.issues.every(({ code, message }) => code && message && code !== 'bug'), error.message);
  }
  return document;
}

const packed = (bytes) => `#modenhet=${deflateRawSync(bytes).toString('base64url')}`;

// changed is a link made of an assessment, and changed somewhere on the way.
async function changed(assessment, { below, pick }) {
  const hash = new URL(await linkOf(assessment, address)).hash;
  const where = below(4);
  if (where === 0) {
    const list = [...hash];
    const odd = ['', 'A', '-', '_', '=', '%', '+', '/', '#', ' ', '\n', '\0', 'å', '\ud800', '%41', 'modenhet='];
    for (let i = below(4); i >= 0; i--) list.splice(10 + below(list.length - 9), below(3) ? below(3) : below(list.length), pick(odd));
    return list.join('');
  }
  let text = JSON.stringify(assessment);
  const values = ['"a"', '"b"', '["b"]', '5', '2.5', '"2026-01-01"', 'false', '{"name":"N"}', '{"t":"a"}', 'null', '1', '-1', '0.1', '0.1234567891', '999999999.999999999', '999999999999999999999', '1e400', '1e-9', '-0', '"x"', '"\\ud800"', '"\\u0000"', '""', '[]', '{}', 'true', '["a","a"]', '{"__proto__":1}',
    '[[[[]]]]', '{"name":5}', '{"name":"\\u202e"}', '"3000-13-41"', '{"id":"constructor"}', '{"__proto__":"why"}', '[{"title":"x","url":"javascript:1"}]'];
  if (where > 1) {
    const places = [...text.matchAll(/"(?:[^"\\]|\\.)*"(?=[,}\]])|\btrue\b|\bfalse\b|-?\d[\d.]*/g)];
    for (let i = below(5) ? 0 : below(3); i >= 0; i--) {
      const place = pick(places);
      if (text.slice(place.index, place.index + place[0].length) === place[0]) text = text.slice(0, place.index) + pick(values) + text.slice(place.index + place[0].length);
    }
  }
  if (where > 2 && below(2)) {
    const members = ['"subject"', '"answers"', '"notApplicable"', '"comments"', '"evidence"', '"date"', '"respondent"', '"model"', '"$schema"', '"__proto__"', '"constructor"', '"x"'];
    text = text.replace('{', `{${pick(members)}:${pick(values)},`);
  }
  const bytes = [...Buffer.from(text)];
  if (where === 1) for (let i = below(3); i >= 0; i--) bytes.splice(below(bytes.length), below(3), ...Array.from({ length: below(3) }, () => below(256)));
  if (below(5)) return packed(Buffer.from(bytes));
  const link = Buffer.from(packed(Buffer.from(bytes)).slice(10), 'base64url');
  if (link.length) link[below(link.length)] = below(256);
  return `#modenhet=${link.subarray(0, below(2) ? link.length : below(link.length + 1)).toString('base64url')}`;
}

const kinds = {
  id: 'kinds', version: '1.0.0', language: 'en', title: 'Kinds', children: [
    { id: 'c', title: 'c', answer: { type: 'choice', options: [{ value: 'a', title: 'a' }, { value: 'b', title: 'b' }] } },
    { id: 'l', title: 'l', answer: { type: 'checklist', options: [{ value: 'a', title: 'a' }, { value: 'b', title: 'b' }] } },
    { id: 'y', title: 'y', missing: 'error', answer: { type: 'yesno' } },
    { id: 's', title: 's', answer: { type: 'scale', min: 1, max: 5 } },
    { id: 'n', title: 'n', answer: { type: 'number', linear: { from: 0, to: 9, points: [0, 1] } } },
    { id: 't', title: 't', answer: { type: 'text' } },
  ],
};
const sets = [
  { model: await loadModel('digital-modenhet-kommune'), assessments: [example] },
  {
    model: kinds, assessments: [{ model: { id: 'kinds' }, subject: { name: 'S' }, answers: { c: 'a', l: ['b'], y: true, s: 3, n: 4.5, t: 'x' } },
      { model: { id: 'kinds' }, answers: { n: 1 }, notApplicable: { c: 'why' } }],
  },
];

for (const { model, assessments } of sets) {
  test(`any link to ${model.id} gives an assessment or an error`, async () => {
    const scorer = engine.compile(model, { anyVersion: true });
    const random = chance(9);
    const count = { opened: 0, refused: 0 };
    for (let i = 0; i < rounds; i++) {
      const hash = i < assessments.length ? new URL(await linkOf(assessments[i], address)).hash : await changed(random.pick(assessments), random);
      let document;
      try {
        document = await open(scorer, model, hash);
      } catch (error) {
        assert.fail(`${hash}\n${await textIn(hash).catch(() => '')}\n${error.stack}`);
      }
      if (!document) {
        assert.ok(i >= assessments.length, 'a true link opens');
        count.refused++;
        continue;
      }
      count.opened++;
      assert.deepEqual(scorer.check(document).filter(({ code }) => code !== 'answer-required'), []);
      const again = await open(scorer, model, new URL(await linkOf(document, address)).hash);
      for (const part of ['subject', 'answers', 'notApplicable']) assert.deepEqual(again[part], document[part], hash);
    }
    console.log(`${count.opened} opened, ${count.refused} refused`);
    assert.ok(count.opened > rounds / 50 && count.refused > rounds / 4, JSON.stringify(count));
  });
}

test('links that are none, and links that unpack to too much', async () => {
  const scorer = engine.compile(kinds);
  for (const hash of ['', '#', '#x', '#modenhet', '#Modenhet=AA']) assert.equal(await open(scorer, kinds, hash), undefined);
  for (const hash of ['#modenhet=', '#modenhet=A', '#modenhet=%', '#modenhet=AAAA', packed(Buffer.alloc(0)), packed(Buffer.alloc(2 << 20)), packed(Buffer.from(' '.repeat(1 << 19))), packed(Buffer.from([0xff])),
    packed(Buffer.from('null')), packed(Buffer.from(`{"model":{"id":"kinds"},"answers":${'['.repeat(1 << 18)}`)), packed(readFileSync(join(testdata, 'invalid/valid-assessment.json')))]) {
    const app = page(scorer, kinds);
    globalThis.location = { hash, pathname: '/', search: '' };
    globalThis.history = { state: null, replaceState() {} };
    assert.ok(await openLink(app, () => {}));
    assert.equal(app.came.refused.length, 1, hash.slice(0, 60));
    assert.equal(app.came.opened.length, 0);
  }
});
