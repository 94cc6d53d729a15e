// Work that goes on for long leaves the memory of the engine as it was. SOAK=full compiles 10,000 times, for minutes.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { example, fresh, withMemory } from './kit.js';

const modenhet = await fresh();
const { engine, memory } = await withMemory(modenhet);
const model = JSON.stringify(await modenhet.loadModel('digital-modenhet-kommune'));
const full = process.env.SOAK === 'full';

// soak runs rounds, and compares the memory after a tenth with that after all.
function soak(t, rounds, round) {
  let first;
  for (let i = 0; i < rounds; i++) {
    if (i === rounds / 10) first = memory.buffer.byteLength;
    round(i);
  }
  const last = memory.buffer.byteLength;
  t.diagnostic(`${rounds} rounds: ${first} bytes after a tenth, ${last} at last`);
  assert.ok(last <= first * 1.25, `${first} bytes after a tenth, ${last} at last`);
}

test('compile, score, free', (t) => {
  soak(t, full ? 10_000 : 500, () => {
    const scorer = engine.compile(model);
    scorer.scoreJSON(example);
    const session = scorer.session(example);
    session.set('anchoring-owner', 'reviewed');
    session.free();
    scorer.free();
  });
});

test('answers that change', (t) => {
  const scorer = engine.compile(model);
  const session = scorer.session(example);
  const options = scorer.model.optionSets;
  const questions = [];
  const visit = (node) => {
    const { type, options: own, use } = node.answer ?? {};
    if (type === 'choice') questions.push([node.id, (own ?? options[use]).map((option) => option.value)]);
    node.children?.forEach(visit);
  };
  visit(scorer.model);
  assert.ok(questions.length > 5);
  soak(t, 1_000_000, (i) => {
    const [question, values] = questions[i % questions.length];
    session.set(question, values[(i * 7 + (i >> 5)) % values.length]);
    if (i % 1000 === 0) session.value(question), session.changed;
  });
  assert.equal(session.resultJSON(), scorer.scoreJSON(session.assessment()));
});
