// Uses of the types of the model in ui_test.go, right and wrong; typescript_test.go has them checked.

import type { Answers, Assessment, LevelId, NodeId, QuestionId } from './recovery.ts';
import type * as documents from './documents.ts';

export const answers: Answers = {
  'backed-up': true,
  size: 3,
  place: 'near',
  kinds: ['full', 'delta'],
  why: 'No time.',
  tested: 'it\'s */ yearly',
  failed: 12.5,
  trained: 'never',
};
export const lists: Answers['kinds'][] = [[], ['none'], ['full'], undefined];
export const assessment: Assessment = {
  model: { id: 'recovery', version: '1.2.0' },
  date: '2026-11-23',
  answers,
  notApplicable: { tested: 'No drill yet.' },
  comments: { place: 'Soon elsewhere.' },
  evidence: { trained: [{ title: 'Log', url: 'https://example.org/log' }] },
};
export const general: documents.Assessment['answers'] = { ...answers };
export const ids: (QuestionId | NodeId | LevelId)[] = ['backed-up', 'recovery', 'only-references', 'people', 'open', 'safe'];

export const wrong: Answers[] = [
  // @ts-expect-error: no such question
  { 'backed-down': true },
  // @ts-expect-error: no such option
  { place: 'elsewhere' },
  // @ts-expect-error
  { place: ['near'] },
  // @ts-expect-error
  { kinds: 'full' },
  // @ts-expect-error
  { kinds: ['ful'] },
  // @ts-expect-error: it stands alone
  { kinds: ['none', 'full'] },
  // @ts-expect-error
  { size: 4 },
  // @ts-expect-error
  { size: '3' },
  // @ts-expect-error
  { 'backed-up': 'true' },
  // @ts-expect-error: left out, or an answer
  { failed: null },
];
export const wrongAssessments: Assessment[] = [
  // @ts-expect-error: no model
  { answers },
  // @ts-expect-error: another model
  { model: { id: 'recover' } },
  // @ts-expect-error: another version
  { model: { id: 'recovery', version: '1.0.0' } },
  // @ts-expect-error: the model forbids it
  { model: { id: 'recovery' }, notApplicable: { place: 'why' } },
  // @ts-expect-error: the view forbids it
  { model: { id: 'recovery' }, notApplicable: { trained: 'why' } },
  // @ts-expect-error: a group has no comment
  { model: { id: 'recovery' }, comments: { copies: 'x' } },
];
// @ts-expect-error: a reference has no id
export const node: documents.Reference = { ref: 'q', id: 'r' };
// @ts-expect-error: of a group, not of a question
export const question: documents.Question = { id: 'q', aggregate: 'mean', answer: { type: 'yesno' } };
// @ts-expect-error: a number has steps or is linear
export const rule: documents.AnswerRule = { type: 'number' };
// @ts-expect-error: a test of a question has one more member
export const condition: documents.Condition = { question: 'q' };
// @ts-expect-error
export const result: documents.Result['model'] = { id: 'm' };
