// A use of everything in index.d.ts and analysis.d.ts, and of some of what it must refuse; types.test.js has it checked.

import { load, loadModel, MaturityError, models, version } from 'modenhet';
import type { Answer, Assessment, Document, Engine, Explanation, Issue, LoadOptions, Model, NodeResult, Options, Question, Result, Scorer, Session } from 'modenhet';
import { Analysis } from 'modenhet/analysis.js';
import type { Agreement, Analysed, AssessmentComparison, Call, Difference, Frontier, Gap, GroupQuestions, GroupReport, Lever, Migration, Plan, PlanOptions, Sensitivity } from 'modenhet/analysis.js';

export const wasm: LoadOptions = { wasm: new WebAssembly.Module(new Uint8Array()), integrity: 'sha384-x' };
export const places: LoadOptions[] = [{ wasmURL: '/modenhet.wasm' }, { wasmURL: new URL('https://example.org') }, { wasm: new ArrayBuffer(1) }, { wasm: new Uint8Array(1) }, {}];
export const ids: readonly string[] = models;
export const text: string = version;

export const options: Required<Options> = { anyVersion: true, maxBytes: 1, maxDepth: 1, maxNodes: 1, maxOptions: 1, maxText: 1, maxIssues: 1 };

export const model = {
  id: 'backup',
  version: '1.0.0',
  title: { nb: 'Kopi', en: 'Backup' },
  aggregate: 'mean',
  levels: [{ id: 'open' }, { id: 'safe', from: '0.9', require: { question: 'tested', is: true } }],
  children: [
    { id: 'tested', weight: 2, answer: { type: 'yesno' } },
    { id: 'share', when: { question: 'tested', answered: true }, answer: { type: 'number', linear: { from: 0, to: 100, points: [0, 1] } } },
    { id: 'group', children: [{ ref: 'tested' }], adjust: [{ when: { value: { lessThan: 1 } }, set: null }] },
  ],
} satisfies Model;

export const assessment: Assessment = { model: { id: 'backup' }, date: '2026-11-23', answers: { tested: true, share: 70, list: ['a'], text: 'x' } };
export const documents: Document<Assessment>[] = [assessment, '{}', new Uint8Array(), new DataView(new ArrayBuffer(1)), new ArrayBuffer(1)];

export async function all(): Promise<void> {
  const engine: Engine = await load();
  await load(wasm);
  const loaded: Model = await loadModel('digital-modenhet-kommune');
  using scorer: Scorer = engine.compile(loaded, options);
  using session: Session = scorer.session(assessment);
  for (const document of documents) scorer.score(document);

  const strings: string[] = [engine.version, scorer.id, scorer.version, scorer.digest, scorer.scoreJSON(assessment), session.resultJSON(), ...session.changed, ...session.nodes];
  const again: Model = scorer.model;
  const result: Result = scorer.score(assessment);
  const live: Result = session.result();
  const issues: Issue[] = [...scorer.check(assessment), ...scorer.lint(), ...result.warnings, ...live.warnings];
  const explained: Explanation = scorer.explain(assessment, 'backup');
  const now: Assessment = session.assessment();
  const answers: Answer[] = ['a', ['a', 'b'], true, 5];
  for (const answer of answers) session.set('tested', answer);
  session.clear('tested');
  session.notApplicable('tested');
  session.notApplicable('tested', 'No restore is possible.');
  const values: Float64Array = session.values;
  const levels: Int32Array = session.levels;
  const value: number | undefined = session.value('backup');
  const level: string | undefined = session.level('backup');
  const node: NodeResult | undefined = result.nodes[0];
  const question: Question = { id: 'q', answer: { type: 'text' } };
  const low: number | undefined = node?.range?.low;
  scorer.free();
  session.free();
  try {
    engine.compile('');
  } catch (error) {
    if (error instanceof MaturityError) issues.push(...error.issues);
  }
  console.log(strings, again, explained.inputs, now.answers, values.length, levels.length, value, level, question, low, issues[0]?.line, ids);
}

export async function analyses(analysis: Analysis, answers: Assessment): Promise<[Gap[], Plan[], Frontier, Lever[], Sensitivity, AssessmentComparison, Difference, Migration, GroupReport, Agreement, Assessment]> {
  const call: Call = { signal: AbortSignal.timeout(1000), onprogress: (share: number) => void share };
  const wanted: PlanOptions = { target: [{ node: 'group', level: 'safe' }, { value: '0.5' }], keep: ['share'], budget: 4, costs: { tested: { true: 2 } }, requires: [{ question: 'share', requires: 'tested', atLeast: 'true' }] };
  const asked: GroupQuestions = { own: answers, level: 'safe', levels: 1 };
  const text: Analysed = '{}';
  const plan = await analysis.cheapest(answers, wanted, call);
  const cost: number | string = plan.cost;
  const steps: (number | undefined)[] = plan.steps.map((step) => step.gain?.value);
  void [cost, steps, new Analysis(model, { anyVersion: true })];
  const found = [await analysis.gaps(text, wanted), [plan, await analysis.best(answers, { budget: '3' })], await analysis.pareto(answers), await analysis.leverage(answers), await analysis.sensitivity(answers, { seed: 1, language: 'nn' }), await analysis.compare(text, answers, model), await analysis.diff(model), await analysis.migrate(answers, model), await analysis.group([answers], { unsuppressed: true, ...asked }), await analysis.agree([answers]), await analysis.combine([answers], { by: 'lowest' })] as const;
  analysis.close();
  const { figures, pairs, gaps, percentiles } = found[8];
  void [figures.nodes[0]?.median.value, pairs, gaps, percentiles];
  return [...found] as never;
}

export function wrong(engine: Engine, scorer: Scorer, session: Session): void {
  // @ts-expect-error: load is asynchronous
  load().compile(model);
  // @ts-expect-error
  load({ url: 'x' });
  // @ts-expect-error
  loadModel(5);
  // @ts-expect-error
  models.push('x');
  // @ts-expect-error: no children
  engine.compile({ id: 'm', version: '1.0.0' });
  // @ts-expect-error
  engine.compile(model, { maxByte: 5 });
  // @ts-expect-error
  engine.compile(5);
  // @ts-expect-error
  scorer.score({ answers: {} });
  // @ts-expect-error
  scorer.score({ model: { id: 'm' }, answers: { q: null } });
  // @ts-expect-error
  scorer.explain(assessment);
  // @ts-expect-error
  scorer.id = 'x';
  // @ts-expect-error
  session.set('q', undefined);
  // @ts-expect-error
  session.set('q', { option: 'a' });
  // @ts-expect-error
  session.clear();
  // @ts-expect-error
  session.nodes.push('x');
  // @ts-expect-error: it may have none
  session.value('m').toFixed();
  // @ts-expect-error
  session.values = new Float64Array();
  // @ts-expect-error: the package makes these
  new MaturityError('x');
  // @ts-expect-error
  const mean = { id: 'm', version: '1.0.0', aggregate: 'average', children: [] } satisfies Model;
  // @ts-expect-error
  const rule = { id: 'q', answer: { type: 'slider' } } satisfies Question;
  console.log(mean, rule);
}
