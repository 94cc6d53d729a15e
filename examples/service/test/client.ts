// A client of the service, whose types openapi-typescript makes of the document that the service gives.

import assert from 'node:assert/strict';
import createClient from 'openapi-fetch';
import type { components, paths } from './openapi.ts';

const client = createClient<paths>({ baseUrl: process.env.SERVICE! });

const { data: list } = await client.GET('/v1/models');
const [first] = list!.models;
assert.equal(first!.id, 'digital-modenhet-kommune');
const path = { id: first!.id };

const { data: model } = await client.GET('/v1/models/{id}', { params: { path } });
assert.equal(model!.version, first!.version);
const question: components['schemas']['ModelNode'] = model!.children[0]!;
assert.ok('children' in question && question.children.length > 0);

const { data: schema } = await client.GET('/v1/models/{id}/schema', { params: { path, query: { profile: 'strict', answers: true } } });
assert.ok(JSON.stringify(schema).includes('anchoring-owner'));

const assessment = {
  model: path,
  date: '2026-11-23',
  answers: { 'anchoring-owner': 'reviewed', 'context-partnership': false },
} satisfies components['schemas']['Assessment'];
const { data: result } = await client.POST('/v1/models/{id}/score', { params: { path }, body: assessment });
const root = result!.nodes[0]!;
assert.equal(root.kind, 'group');
assert.equal(root.value, 5);
assert.ok(root.range!.low < root.range!.high && root.completeness.missing > 0);
assert.equal(result!.date, '2026-11-23');

const { error, response } = await client.POST('/v1/models/{id}/score', {
  params: { path },
  body: { model: path, answers: { 'anchoring-owner': 'nobody', wrong: 1 } },
});
assert.equal(response.status, 422);
assert.equal(response.headers.get('content-type'), 'application/problem+json');
assert.deepEqual(error!.issues!.map(({ code, path }) => `${path} ${code}`), ['/answers/anchoring-owner unknown-option', '/answers/wrong unknown-question']);

const missing = await client.GET('/v1/models/{id}', { params: { path: { id: 'none' } } });
assert.equal(missing.error!.status, 404);

export function wrong(): void {
  // @ts-expect-error: no such path
  client.GET('/v1/model');
  // @ts-expect-error: no id
  client.GET('/v1/models/{id}');
  // @ts-expect-error: no such profile
  client.GET('/v1/models/{id}/schema', { params: { path, query: { profile: 'x' } } });
  // @ts-expect-error: no model
  client.POST('/v1/models/{id}/score', { params: { path }, body: { answers: {} } });
  // @ts-expect-error: no answer is null
  client.POST('/v1/models/{id}/score', { params: { path }, body: { model: path, answers: { a: null } } });
}
