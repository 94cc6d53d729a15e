// What react-jsonschema-form makes of the same schema, with the UI schema for it: rendered as text, without a browser.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import rjsf from '@rjsf/core';
import { customizeValidator } from '@rjsf/validator-ajv8';
import Ajv2020 from 'ajv/dist/2020.js';

const Form = rjsf.default ?? rjsf;
const { schema, uiSchema, answers } = JSON.parse(readFileSync(process.env.RJSF, 'utf8'));
const validator = customizeValidator({ AjvClass: Ajv2020.default ?? Ajv2020 }); // its own class reads draft 7
const render = (formData) => renderToStaticMarkup(createElement(Form, { schema, uiSchema, formData, validator }));
const questions = (html) => [...html.matchAll(/ id="root_([^"]+?)(?:__title)?"/g)].map(([, id]) => id).filter((id) => id in schema.properties);
const once = (ids) => ids.filter((id, i) => ids.indexOf(id) === i);
const conditional = ['anchoring-partnership', 'competence-hub', 'processes-partnership'];

test('every question in the order of the model, hidden ones when they are asked', () => {
  const order = uiSchema['ui:order'];
  assert.deepEqual(order, uiSchema['ui:options'].pages.flatMap((page) => page.questions));
  assert.deepEqual([...order].sort(), Object.keys(schema.properties).sort());
  assert.deepEqual(once(questions(render({ 'context-partnership': true }))), order);
  for (const formData of [{}, { 'context-partnership': false }]) {
    assert.deepEqual(once(questions(render(formData))), order.filter((id) => !conditional.includes(id)));
  }
});

test('labels and widgets', () => {
  const html = render(answers);
  const { title, oneOf } = schema.properties['anchoring-owner'];
  for (const text of [title, ...oneOf.map((option) => option.title), 'Yes', 'No']) {
    assert.ok(html.includes(`>${text}<`), text);
  }
  assert.ok(html.includes('type="radio"') && html.includes('type="checkbox"') && html.includes('type="number"'));
  assert.ok(!html.includes('<select'));
  assert.match(html, /id="root_anchoring-owner-\d"[^>]* checked=""/);
});

test('what it finds wrong', () => {
  assert.deepEqual(validator.validateFormData(answers, schema).errors, []);
  const wrong = (more) => validator.validateFormData({ ...answers, ...more }, schema).errors.map(({ property }) => property);
  assert.ok(wrong({ 'anchoring-owner': 'nobody' }).includes('.anchoring-owner'));
  assert.ok(wrong({ 'anchoring-decisions': ['none', 'funds'] }).includes('.anchoring-decisions'));
  assert.ok(wrong({ 'delivery-adopted': 101 }).includes('.delivery-adopted'));
});
