import type { Options } from './index.js';
import type { Agreement, AssessmentComparison, CombineOptions, Difference, Figures, Frontier, Gap, GroupGap, GroupOptions, Lever, LeverageOptions, Migration, Pair, Percentile, Plan, PlanOptions, Sensitivity, SensitivityOptions } from './analyses.js';
import type { Assessment, Model } from './documents.js';

export type * from './analyses.js';

/**
 * What takes longer than a click, for one model: plans, how far to trust a score, comparisons, groups. It runs in a
 * worker, with a module of its own (`analysis.wasm`) that is fetched when the first call is made. Calls are answered one
 * after the other, each with a promise, which rejects with a `MaturityError` or, for one that was aborted, with the
 * signal's reason.
 *
 * A content security policy needs `worker-src 'self'` (`default-src 'self'` says so too); under Trusted Types it allows a
 * policy named `modenhet`. Where there can be no worker the same runs in the page, which stands still meanwhile.
 */
export class Analysis {
  /** The model, and how assessments are read. The worker says what is wrong with the model when the first call is made. */
  constructor(model: Model | string, options?: Options);

  /** How far every goal of `options.target` is, what closing the gap costs, and what it gives; the largest gain first. */
  gaps(assessment: Analysed, options: PlanOptions, call?: Call): Promise<Gap[]>;
  /** The plan of the least cost that reaches `options.target`. */
  cheapest(assessment: Analysed, options: PlanOptions, call?: Call): Promise<Plan>;
  /** The plan of the highest value that `options.budget` pays for. */
  best(assessment: Analysed, options: PlanOptions, call?: Call): Promise<Plan>;
  /** What each cost can buy at best. */
  pareto(assessment: Analysed, options?: PlanOptions, call?: Call): Promise<Frontier>;
  /** What each other answer to each question would make of the outcome. */
  leverage(assessment: Analysed, options?: LeverageOptions, call?: Call): Promise<Lever[]>;
  /** How often each level comes out under other weights, with a sentence in a language (`nb`, `nn`, `en`). */
  sensitivity(assessment: Analysed, options?: SensitivityOptions & { language?: string }, call?: Call): Promise<Sensitivity & { sentence: string }>;
  /** What became of every node from an earlier assessment to a later one, and how much of it each answer explains. `model` is that of the earlier, where it was another version. */
  compare(earlier: Analysed, later: Analysed, model?: Model | string, call?: Call): Promise<AssessmentComparison>;
  /** What changed from an earlier version of the model to this one, and which results can change by it. */
  diff(earlierModel: Model | string, call?: Call): Promise<Difference>;
  /**
   * An assessment of an earlier version of the model as one of this version, and what could not come along. Without the
   * earlier model, its answers say what kinds of questions it had.
   */
  migrate(assessment: Analysed, earlierModel?: Model | string, call?: Call): Promise<Migration>;
  /** Figures of many subjects, one assessment of each. Of small groups they are suppressed, unless `unsuppressed` says otherwise. */
  group(assessments: readonly Assessment[], options?: GroupOptions & GroupQuestions, call?: Call): Promise<GroupReport>;
  /** How far the respondents of one subject agree, and which questions they should talk about. */
  agree(assessments: readonly Assessment[], call?: Call): Promise<Agreement>;
  /** One assessment of those of several respondents of one subject. */
  combine(assessments: readonly Assessment[], options?: CombineOptions, call?: Call): Promise<Assessment>;
  /** Ends the worker. Calls that are not answered reject with an `AbortError`. */
  close(): void;
}

/** An assessment: as an object or as JSON text. */
export type Analysed = Assessment | string;

/** One call: how to give it up, and how to hear how far it is, from 0 to 1 (of `sensitivity` alone). */
export interface Call {
  signal?: AbortSignal;
  onprogress?: (share: number) => void;
}

/** What more to ask of a group. */
export interface GroupQuestions {
  /** An assessment whose place in the group is asked for: `percentiles`. */
  own?: Analysed;
  /** A level that members want to reach: `gaps`. */
  level?: string;
  /** How many levels lie between the two of a pair, at least. */
  levels?: number;
}

export interface GroupReport {
  figures: Figures;
  pairs: Pair[];
  gaps?: GroupGap[];
  percentiles?: Percentile[];
}
