// What the analyses of Modenhet take and give: plans, how far to trust a score, comparisons, groups.
//
// Generated from the Go types by go test ./schema -run DocumentTypes -update-types.

import type { Answer, Assessment, Blocker, Decimal, Exact, Kind, ModelRef, Subject } from './documents.js';

/** Options say what to reach, what it may cost, and what may change. */
export interface PlanOptions {
  /**
   * `target` is what must hold when the plan is done: every goal of it. Cheapest and Gaps need one; Best and
   * Pareto keep to it where there is one.
   */
  target?: Goal[];
  /** `budget` is the most that a plan may cost, 0 or more; default: no limit. Best needs one. */
  budget?: Decimal;
  /** `node` is the node whose value Best and Pareto raise, and whose gain steps report; default: the root. */
  node?: string;
  /** `efforts` is the cost of raising a question by one option, by its id, in place of the model's effort. */
  efforts?: { [name: string]: Decimal };
  /**
   * `costs` is, by question and option, the cost of the step up to that option from the one before it (of a
   * checklist: of choosing it), in place of the effort. An option is its value; of a yesno true or false; of
   * a scale and a number the number. Those of a number are also the answers that a plan may give.
   */
  costs?: { [name: string]: { [name: string]: Decimal } };
  /** `answers` are decided already: a plan gives these questions these answers, and pays for them. */
  answers?: { [name: string]: Answer };
  /** `keep` names questions that must not change, and groups none of whose questions may. */
  keep?: string[];
  /** `requires` are prerequisites between questions. */
  requires?: Prerequisite[];
  /**
   * `lower` also allows answers that give fewer points than today's, which can help only where a model falls
   * as answers rise. They cost as much a step as raising.
   */
  lower?: boolean;
  /**
   * `maxSearch` is how many parts of the search are looked at, at most, before the best plan found is returned
   * without a proof; default 1,000. It is a count and no time, so that the same input gives the same plan.
   */
  maxSearch?: number;
}

/** A Goal is one thing that must hold: a level, a value or a ratio of a node, at least. */
export interface Goal {
  /** Default: the root. */
  node?: string;
  level?: string;
  value?: Decimal;
  /** (value − min) / (max − min), from 0 to 1. */
  ratio?: Decimal;
}

/** A Prerequisite binds a question that a plan changes: it may go above an option only when another question has reached one. */
export interface Prerequisite {
  question: string;
  /** Default: it may not change at all; of a checklist none can be given. */
  above?: string;
  /** The other question, which has. */
  requires: string;
  /** This option or a later one; of a checklist this one among others. */
  atLeast: string;
}

/** A Gap is how far a node is from a goal. */
export interface Gap {
  goal: Goal;
  now: PlanOutcome;
  /** What the value, or where the goal is on the ratio the ratio, lacks; nil where only requirements do. */
  distance?: Exact;
  /** Of the plan that closes the gap at the least cost. */
  status: PlanStatus;
  /** Of that plan. */
  cost?: Decimal;
  /** What it adds to the value of the options' node. */
  gain?: Exact;
  /** Where the gap cannot be closed: what is in the way. */
  blockers?: Blocker[];
}

/** A Plan is a set of answer changes, in an order in which each already helps where that is possible. */
export interface Plan {
  status: PlanStatus;
  /** Whose value and level follow. */
  node: string;
  /** Today. */
  before: PlanOutcome;
  /** When the plan is done. */
  after: PlanOutcome;
  /** Of all steps. */
  cost: Decimal;
  steps: PlanStep[];
  /**
   * Where the plan is no proven optimum, no plan costs less than `costBound`, or within the budget gives more
   * than `valueBound`. Where the budget alone is in the way of the target, `costBound` is what the target costs.
   */
  costBound?: Decimal;
  valueBound?: Exact;
  /** `blockers` are what is in the way of a target that was not reached, with all answers at their best. */
  blockers?: Blocker[];
  /** Parts of the search looked at, as MaxSearch counts them. */
  searched: number;
}

/** A Status says what is known about a plan. */
export type PlanStatus = 'optimal' | 'feasible' | 'unreachable' | 'unknown';

/** An Outcome is what a node comes to. */
export interface PlanOutcome {
  value?: Exact;
  level?: string;
}

/** A Step is one answer to change. */
export interface PlanStep {
  question: string;
  /** Today's answer; nil where there is none. */
  from?: Answer;
  to: Answer;
  cost: Decimal;
  /** What the value of the plan's node rises by, at this place in the order; nil where it has none. */
  gain?: Exact;
  value?: Exact;
  reason: PlanReason;
  /** Levels reached by this step, in document order. */
  levels?: Reached[];
}

/** A Reason says what a step is for. */
export interface PlanReason {
  kind: PlanReasonKind;
  /** Goal, requirement: the node that must reach. */
  node?: string;
  /** This level,. */
  level?: string;
  /** This value or. */
  value?: string;
  /** This ratio. */
  ratio?: string;
  /** Prerequisite: the question that needs it. */
  question?: string;
}

/** A ReasonKind is a kind of reason. */
export type PlanReasonKind = 'goal' | 'requirement' | 'prerequisite' | 'decision' | 'value';

/** Reached is a level that a node reaches. */
export interface Reached {
  node: string;
  level: string;
}

/** A Frontier holds, from the cheapest on, what no plan beats in both cost and value. */
export interface Frontier {
  /** Optimal: every point is proven, and none is missing. */
  status: PlanStatus;
  node: string;
  points: Point[];
  searched: number;
}

/** A Point is what a cost can buy at best. */
export interface Point {
  cost: Decimal;
  value: Exact | null;
  level?: string;
}

/** LeverageOptions adjust Leverage. */
export interface LeverageOptions {
  /** Id of the group whose outcome is studied; default the whole model. */
  group?: string;
}

/** A Lever is what the answer to one question can do to the outcome, everything else as it is. */
export interface Lever {
  question: string;
  /** The present one; nil if there is none. */
  answer: Answer | null;
  outcomes: LeverOutcome[];
  /** The lowest value, the present one included; 0 where there is none. */
  low: number;
  /** The highest. */
  high: number;
  /** `high` − `low`, rounded to 9 digits after the point. */
  spread: number;
  /** All levels that come out, the present one included, lowest first; "" for none. */
  levels: string[];
}

/** An Outcome is that with another answer. */
export interface LeverOutcome {
  answer: Answer | null;
  /** The float64 nearest to the exact value; nil if there is none. */
  value: number | null;
  /** "" for none. */
  level: string;
}

/** Options adjust Sensitivity. */
export interface SensitivityOptions {
  /** Id of the group whose outcome is studied; default the whole model. */
  group?: string;
  /** Of the random numbers, below 2^53. */
  seed?: number;
  /** From 1 to 1,000,000; default 10,000. */
  draws?: number;
  /**
   * `weights` is how far each weight moves: it is multiplied by a factor uniform in [1 − `weights`,
   * 1 + `weights`], independently of the others, in steps of a billionth. Below 1; default 0.25, as in the
   * vignette on sensitivity of COINr, a package for composite indicators. Below 0 the weights stay.
   */
  weights?: number;
  /**
   * `thresholds` is how far each threshold of a ladder moves, uniformly up or down: as a share of the
   * distance to the nearest other threshold of its ladder, or end of the range. At most 0.5; default 0:
   * they stay.
   */
  thresholds?: number;
  /**
   * `answers` is the probability that an answer was one step off, up or down alike. Default 0. A step is to
   * a neighbour among the answers that Leverage considers.
   */
  answers?: number;
  /**
   * `indices` is the number of base draws for the Sobol indices, which take `indices` · (weights + 2) scores.
   * At most 100,000; default 1,000. Below 0 there are none.
   */
  indices?: number;
}

/** A Result is what Sensitivity found. */
export interface Sensitivity {
  /** With the defaults filled in. */
  options: SensitivityOptions;
  /** Those made; fewer than asked for while a Study goes on. */
  draws: number;
  /** The value as scored; nil if there is none. */
  value: number | null;
  /** The level as scored; "" for none. */
  level: string;
  /** How much there was to vary. */
  varied: Varied;
  /** Lowest first, "" for no level; none where there is no ladder. */
  levels: Share[];
  /** Draws without a value. */
  unscored: number;
  /** Of the values; nil where no draw has one. */
  spread: Spread | null;
  /**
   * `weights` are those that the value may depend on, the largest total index first. There are none if
   * they were not asked for, no weight moves, or a draw has no value.
   */
  weights: WeightIndex[];
}

/** Varied counts what was varied. */
export interface Varied {
  weights: number;
  thresholds: number;
  answers: number;
}

/** A Share is how often a level came out. */
export interface Share {
  level: string;
  draws: number;
  /** Of all draws. */
  share: number;
}

/** A Spread is how values spread over the draws: P25 is the least value that 25 % of the values do not exceed. */
export interface Spread {
  min: number;
  p05: number;
  p25: number;
  median: number;
  p75: number;
  p95: number;
  max: number;
}

/** A WeightIndex says how much one weight matters. */
export interface WeightIndex {
  /** JSON Pointer of the child's weight in the model. */
  path: string;
  /** Id of the group. */
  group: string;
  /** Id of the child, or of the node that it refers to. */
  child: string;
  /** As in the model. */
  weight: Decimal;
  /** The share that fixing the factor would take away, on average. */
  first: number;
  /** The share that would be left if all other factors were fixed. */
  total: number;
  /** Standard errors of the two estimates. */
  firstError: number;
  totalError: number;
}

/** A Comparison is what became of a subject from one assessment to a later one. */
export interface AssessmentComparison {
  from: ModelRef;
  to: ModelRef;
  earlierDate?: string;
  laterDate?: string;
  /** `migration` is the earlier assessment as one of the later version; nil where both have the same model. */
  migration?: Migration;
  /** Of the later version, in document order. */
  nodes: NodeChange[];
  /** Nodes of the earlier version without a counterpart. */
  gone: GoneNode[];
  /** All that differ, in document order of the later version. */
  answers: AnswerChange[];
}

/** A NodeChange is what became of one node. */
export interface NodeChange {
  node: string;
  /** Its id in the earlier version, where it was another. */
  was?: string;
  kind: Kind;
  basis: Basis;
  /** The earlier answers, scored by the earlier version. */
  earlier?: NodeOutcome;
  /** The same, scored by the later; left out where that is the same. */
  restated?: NodeOutcome;
  later: NodeOutcome | null;
  /**
   * `change` is the later value less the restated one: what the answers did. `byModel` is the restated value less
   * the earlier one: what the new version did; it is left out where the two have different ranges of values.
   */
  change?: Exact;
  byModel?: Exact;
  /** `parts` say how much of `change` each changed answer explains; those that explain nothing are left out. */
  split?: Split;
  parts?: ChangePart[];
}

/** A Basis says whether two results of a node can be compared. */
export type Basis = 'same' | 'restated' | 'partial' | 'new';

/** A Split says how parts were found. */
export type Split = 'unique' | 'averaged';

/** An Outcome is the outcome of a node. */
export interface NodeOutcome {
  /** None where it has no value. */
  value?: Exact;
  level?: string;
}

/** A ChangePart is how much of a node's change one answer explains. */
export interface ChangePart {
  question: string;
  change: Exact | null;
}

/** A GoneNode is a node of the earlier version that the later has not. */
export interface GoneNode {
  node: string;
  kind: Kind;
  earlier: NodeOutcome | null;
}

/** An AnswerChange is an answer that differs. */
export interface AnswerChange {
  question: string;
  before?: Answer;
  beforeState: AnswerState;
  after?: Answer;
  afterState: AnswerState;
  /** The earlier version did not ask. */
  new?: boolean;
  /** It was answered in the earlier version, and could not be carried over. */
  dropped?: boolean;
}

/** A State says what was said to a question. */
export type AnswerState = 'answered' | 'notApplicable' | 'missing';

/** A Migration is an assessment of an earlier version of a model as one of a later version. */
export interface Migration {
  assessment: Assessment | null;
  /**
   * `renamed` and `dropped` come in the document order of the earlier version. All that is in neither list was
   * carried over as it was.
   */
  renamed: Renaming[];
  dropped: Drop[];
  /**
   * `open` are the scored questions of the later version that have no answer by this and are not said to be
   * not applicable, in document order.
   */
  open: string[];
}

/** A Renaming is a part that was carried over under another name. */
export interface Renaming {
  part: Part;
  /** Of the earlier version. */
  question: string;
  /** Of the later. */
  to: string;
  /** The answer, where it has another value today. */
  was?: Answer;
  value?: unknown;
}

/** A Drop is a part that could not be carried over, with all that it held. */
export interface Drop {
  part: Part;
  /** Of the earlier version. */
  question?: string;
  /** The question that it would have gone to. */
  to?: string;
  value: unknown;
  reason: DropReason;
  message: string;
}

/** A Part is a part of an assessment. */
export type Part = 'answer' | 'notApplicable' | 'comment' | 'evidence' | '$schema';

/** A Reason says why a part was dropped: one of those here, or the code of the issue that the later version has with it, such as unknown-option or out-of-range. */
export type DropReason = 'gone' | 'conflict' | 'address';

/** A Difference is all that changed from one version of a model to another. */
export interface Difference {
  from: ModelRef;
  to: ModelRef;
  /** The greatest of the changes. */
  effect: Effect;
  /**
   * `changes` come in the document order of the later version; what was removed comes last, in that of the
   * earlier. Another notation of the same model is no change.
   */
  changes: Change[];
  /**
   * `affected` are the nodes of both versions of which something can differ, in the document order of the
   * later. Of a node that is not listed, every assessment that was carried over has the same outcome.
   */
  affected: Affected[];
}

/** A Change is one change of a model, of one of its nodes, or of an option, a level or a reference there. */
export interface Change {
  kind: ChangeKind;
  /** Today's id; of what was removed, the earlier; none for the model's header. */
  node?: string;
  /** The earlier id, where it was another. */
  was?: string;
  /** The value of an option. */
  option?: string;
  /** The id of a level. */
  level?: string;
  /** What a reference in the node leads to. */
  ref?: string;
  /** Its name in a document. */
  field?: string;
  before?: unknown;
  /** Of a node that was removed because it became one with another, that one's id. */
  after?: unknown;
  effect: Effect;
}

/** A Kind is a kind of change. */
export type ChangeKind = 'added' | 'removed' | 'renamed' | 'moved' | 'reworded' | 'reweighted' | 'rescored';

/** An Affected is a node of which something can differ. */
export interface Affected {
  node: string;
  /** Its earlier id, where it was another. */
  was?: string;
  effect: Effect;
}

/** An Effect says what a change can do to the results of an assessment that was carried over. */
export type Effect = 'none' | 'texts' | 'values';

/** Options adjust the figures of groups. */
export interface GroupOptions {
  /** `minimum` is the smallest number of subjects that a figure may rest on; default 5, at least 2. */
  minimum?: number;
  /**
   * `unsuppressed` shows every figure, those of single subjects too. It is for somebody who has the
   * assessments anyway, such as one who drops the files of partners on a page of their own.
   */
  unsuppressed?: boolean;
  /**
   * `weight` is the name of a subject attribute with a decimal of 0 or more, such as inhabitants, by which
   * subjects count in weighted means. Default: all count the same.
   */
  weight?: string;
}

/** A figure, or why there is none: `value` is there where `status` is `defined`. */
export type Statistic = { value?: number; status: FigureStatus; units?: number };

/** Why there is no figure. */
export type FigureStatus = 'defined' | 'suppressed' | 'no-values' | (string & {});

/** Figures describe a group, node by node. */
export interface Figures {
  model: ModelRef;
  /** Assessments. */
  count: number;
  /** That a figure rests on; 0 where nothing is suppressed. */
  minimum: number;
  /** Document order, as in a result. */
  nodes: NodeFigures[];
}

/** NodeFigures describe the values and levels of one node. */
export interface NodeFigures {
  id: string;
  /** Defined, Suppressed, or NoValues. */
  status: FigureStatus;
  /** Assessments with a value. */
  count: Statistic;
  mean: Statistic;
  /** Standard deviation. */
  deviation: Statistic;
  min: Statistic;
  lowerQuartile: Statistic;
  median: Statistic;
  upperQuartile: Statistic;
  max: Statistic;
  /** The five before this are at most so far off; 0 where exact. */
  blur: number;
  /** All these are rounded to multiples of this; 0 where they are not. */
  step: number;
  levels?: LevelCount[];
}

/** A LevelCount says how many assessments are at the levels from one to another, or, where nothing is suppressed, at one level. */
export interface LevelCount {
  /** Id of the lowest level counted. */
  from: string;
  /** Id of the highest. */
  to: string;
  count: number;
}

/** A Pair is a member who is strong at a practice, and one who is weak there and could learn. */
export interface Pair {
  /** Of the practice. */
  id: string;
  strong: string;
  weak: string;
  strongValue: number;
  weakValue: number;
  strongLevel?: string;
  weakLevel?: string;
  /** How many levels lie between; 0 where the practice has none. */
  levels: number;
}

/** A Gap is a node at which members are below a level that they want to reach. */
export interface GroupGap {
  id: string;
  /** The level wanted. */
  level: string;
  /** Members with a value. */
  count: Statistic;
  /** How many of them are below the level. */
  below: Statistic;
  /** Who, where nothing is suppressed. */
  members?: string[];
}

/** A Percentile says where one value stands among those of a group. */
export interface Percentile {
  id: string;
  /** From 0 to 100. */
  percentile: Statistic;
}

/** CombineOptions adjust how answers or scores are combined. */
export interface CombineOptions {
  /**
   * `by` is how. `by` default it is what the model says in the tag "combine" of a node or the nearest group
   * above it, and else Median.
   */
  by?: How;
}

/** How says how several answers, or scores, become one. */
export type How = 'median' | 'mean' | 'mode' | 'lowest';

/** An Agreement says how far the respondents of one subject agree. */
export interface Agreement {
  model: ModelRef;
  subject?: Subject;
  /** In the order of the assessments. */
  respondents: string[];
  /** That are scored, in document order. */
  questions: QuestionAgreement[];
  /** In document order, the whole model first. */
  groups: GroupAgreement[];
  /**
   * `talk` lists the questions to talk about, the widest disagreement first; equals in document order. After
   * those whose points differ come those with other answers of equal points, and then those that some answer
   * and others say do not apply.
   */
  talk: string[];
}

/** QuestionAgreement says how far the answers to one question agree. */
export interface QuestionAgreement {
  id: string;
  answered: number;
  notApplicable: number;
  missing: number;
  /** Different answers. */
  different: number;
  /** The lowest answer; none of a checklist. */
  low?: Answer;
  /** The highest. */
  high?: Answer;
  /**
   * `disagreement` is the standard deviation of the points (over n), as a part of the largest that there can
   * be: 0 where all have the same points, 1 where half are at either end of the range.
   */
  disagreement: Statistic;
  /** See agreement.`rwg`. */
  rwg: Statistic;
}

/** GroupAgreement says how far the answers below a group agree. */
export interface GroupAgreement {
  id: string;
  /** Scored ones below it. */
  questions: number;
  alphaNominal: Statistic;
  alphaOrdinal: Statistic;
  alphaInterval: Statistic;
  alphaRatio: Statistic;
  rwg: Statistic;
  icc: ICC;
  fleiss: Statistic;
  /** Of two respondents. */
  cohen?: Kappa;
  /** The same with linear weights. */
  cohenLinear?: Kappa;
  kendallW: Statistic;
  cronbach: Reliability;
}

/** An ICC holds the intraclass correlations of Shrout and Fleiss: the share of the variation of ratings that is between the units. */
export interface ICC {
  /** ICC(1,1): each unit rated by other raters, one of them read. */
  single1: Statistic;
  /** ICC(2,1): the same raters, drawn from many; agreement on the number itself. */
  single2: Statistic;
  /** ICC(3,1): these raters alone; agreement but for how strict each is. */
  single3: Statistic;
  /** ICC(1,k): as ICC(1,1), of the mean of all k raters. */
  mean1: Statistic;
  /** ICC(2,k). */
  mean2: Statistic;
  /** ICC(3,k), which is Cronbach's alpha with raters for items. */
  mean3: Statistic;
  /** Between units. */
  between: Statistic;
  /** Within units. */
  within: Statistic;
  /** Between raters. */
  raters: Statistic;
  /** What is left. */
  residual: Statistic;
}

/** A Kappa is Cohen's kappa with its large-sample standard error. */
export interface Kappa {
  kappa: Statistic;
  /** 1.96 of it either way is a 95 per cent interval, in large samples. */
  standardError: Statistic;
}

/** A Reliability is Cronbach's alpha: how far items measure one thing. */
export interface Reliability {
  alpha: Statistic;
  /** Alpha without each item; not defined with fewer than two left. */
  ifDropped: Statistic[];
}
