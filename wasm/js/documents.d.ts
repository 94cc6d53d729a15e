// The documents of Modenhet: model, assessment, result, and the reasons of a score. What every field means in
// full is in docs/reference.md of the repository.

/** A decimal: `0.1` is one tenth exactly. At most 9 digits after the point, below 10⁹. */
export type Decimal = number | string;

/** One string in the model's language, or one for each language: `{ nb: 'Ledelse', en: 'Leadership' }`. */
export type Text = string | { [language: string]: string };

/** What is asked, and how answers become scores and levels: a group, the root, with a header. */
export interface Model extends Group {
  $schema?: string;
  /** Semantic version. */
  version: string;
  /** BCP 47 tag of the texts without a tag. */
  language?: string;
  license?: string;
  source?: string;
  authors?: string[];
  /** Why the model should not be used any more, and what to use instead. */
  deprecated?: Text;
  /** From ids, or `question/option`, of earlier versions to today's. */
  replaces?: { [id: string]: string };
  /** Lists of options that questions share by `use`. */
  optionSets?: { [name: string]: Option[] };
  /** Lists of levels that groups share by name. */
  ladders?: { [name: string]: Level[] };
  /** Roots of further trees over the same questions. */
  views?: Group[];
}

export type Node = Group | Question | Reference;

interface Common {
  title?: Text;
  description?: Text;
  /** Default 1. A child of weight 0 never counts. */
  weight?: Decimal;
  /** From 1, under a staged parent. */
  stage?: number;
  /** Where it is false, the node is hidden. */
  when?: Condition;
  missing?: Policy | 'error';
  notApplicable?: Policy | 'forbid';
  tags?: { [name: string]: string };
  /** What to do next. */
  advice?: Text | Text[];
  /** Cost of raising this question by one option; default 1. */
  effort?: Decimal;
}

/** What a child without a value counts as; default `exclude`. */
export type Policy = 'exclude' | 'lowest' | 'highest' | 'none';

export interface Group extends Common {
  /** Unique in the model. */
  id: string;
  children: Node[];
  /** What is read from the children; default `value`. */
  read?: 'value' | 'ratio';
  /** Default `mean`. */
  aggregate?: Aggregate;
  base?: Decimal;
  met?: Condition;
  need?: Decimal;
  emptyStage?: 'pass' | 'fail';
  adjust?: Adjustment[];
  scale?: { min: Decimal; max: Decimal };
  round?: { digits: number; mode?: RoundingMode };
  /** Digits after the point where a value is shown. */
  display?: { digits: number };
  /** A ladder in place, or the name of one of the model's. */
  levels?: Level[] | string;
}

export type Aggregate = 'mean' | 'sum' | 'min' | 'max' | 'median' | 'product' | 'geometric' | 'share' | 'staged';
export type RoundingMode = 'half-up' | 'half-away' | 'half-even' | 'floor' | 'ceiling' | 'truncate';

/** One of the actions, done where `when` holds. */
export interface Adjustment {
  when?: Condition;
  /** `null` takes the value away. */
  set?: Decimal | null;
  add?: Decimal;
  multiply?: Decimal;
  atMost?: Decimal;
  atLeast?: Decimal;
}

/** Reached when its threshold and its requirement hold, and every lower level is reached. */
export interface Level {
  id: string;
  title?: Text;
  description?: Text;
  /** The value is this or more. */
  from?: Decimal;
  /** The value is more than this. */
  above?: Decimal;
  /** What the threshold is on; default `value`. */
  of?: 'value' | 'ratio';
  require?: Condition;
}

export interface Question extends Common {
  id: string;
  answer: AnswerRule;
}

/** What is answered, and how it becomes points. */
export type AnswerRule =
  | { type: 'choice'; options?: Option[]; use?: string }
  | { type: 'checklist'; options?: Option[]; use?: string; cap?: Decimal }
  | { type: 'yesno'; points?: { yes?: Decimal; no?: Decimal } }
  | { type: 'scale'; min: Decimal; max: Decimal; reverse?: boolean }
  | { type: 'number'; min?: Decimal; max?: Decimal; integer?: boolean; unit?: Text; steps: { from: Decimal; points: Decimal }[] }
  | { type: 'number'; min?: Decimal; max?: Decimal; integer?: boolean; unit?: Text; linear: { from: Decimal; to: Decimal; points: [Decimal, Decimal] } }
  | { type: 'text'; maxLength?: number };

export interface Option {
  value: string;
  title?: Text;
  description?: Text;
  points?: Decimal;
  /** In a checklist: it stands alone. */
  exclusive?: boolean;
}

/** Another node's outcome, read in a second place. */
export interface Reference extends Common {
  ref: string;
  /** For a choice: its points here, by option value. */
  points?: { [value: string]: Decimal };
}

export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { question: string; is: Answer }
  | { question: string; in: Answer[] }
  | { question: string; includes: string }
  | { question: string; answered: boolean }
  | { node?: string; value?: Comparison; ratio?: Comparison; completeness?: Comparison; level?: { atLeast: string } };

/** All that is given must hold. */
export interface Comparison {
  atLeast?: Decimal;
  moreThan?: Decimal;
  atMost?: Decimal;
  lessThan?: Decimal;
  equals?: Decimal;
}

/** By the type of the question: a choice and a text are a string, a checklist a list, a yesno a boolean. */
export type Answer = string | readonly string[] | boolean | number;

/** What one respondent answered about one subject at one time. */
export interface Assessment {
  $schema?: string;
  model: { id: string; version?: string; digest?: string };
  subject?: Subject;
  respondent?: string;
  /** `2026-11-23` */
  date?: string;
  answers?: { [question: string]: Answer };
  /** Question to the reason. */
  notApplicable?: { [question: string]: string };
  comments?: { [question: string]: string };
  evidence?: { [question: string]: Evidence[] };
}

export interface Subject {
  id?: string;
  name?: string;
  attributes?: { [name: string]: string };
}

export interface Evidence {
  title?: string;
  /** http, https or mailto. */
  url?: string;
}

/** Every score, level, range and reason. */
export interface Result {
  model: { id: string; version: string; digest: string };
  subject?: Subject;
  date?: string;
  /** In document order: the root first, views last, references not repeated. */
  nodes: NodeResult[];
  /** Doubts that do not stop scoring. */
  warnings: Issue[];
}

export type Status = 'scored' | 'missing' | 'notApplicable' | 'hidden' | 'unscored';

export interface NodeResult {
  id: string;
  kind: 'group' | 'question';
  /** The float64 nearest to the exact value; only where the status is `scored`. */
  value?: number;
  /** The range of the value, with the children that count. */
  min?: number;
  max?: number;
  /** (value − min) / (max − min), from 0 to 1. */
  ratio?: number;
  /** The value rounded for showing, where the model has `display`. */
  display?: number;
  /** Id of the highest level reached. */
  level?: string;
  /** The same by thresholds alone. */
  levelByThreshold?: string;
  /** What holds the next level back. */
  blockers?: Blocker[];
  status: Status;
  /** What the node can still get when the missing questions are answered and the given answers stay. */
  range?: Range;
  /** Scored questions below, each counted once. */
  completeness: { answered: number; notApplicable: number; missing: number; asked: number };
}

export interface Range {
  low: number;
  high: number;
  levelLow?: string;
  levelHigh?: string;
}

/** One threshold or requirement that holds the next level back. */
export interface Blocker {
  /** The level that is held back. */
  level: string;
  /** The node that is read, or */
  node?: string;
  /** the question whose answer is read. */
  question?: string;
  reads: 'value' | 'ratio' | 'completeness' | 'level' | 'answer';
  test: 'atLeast' | 'moreThan' | 'atMost' | 'lessThan' | 'equals' | 'is' | 'includes' | 'answered';
  /** The test must fail. */
  not?: true;
  /** A decimal, the id of a level, or answers of which one will do. */
  want: string[];
  has?: number;
  hasLevel?: string;
  /** Blockers with one number here are alternatives, of which one is enough. */
  anyOf?: number;
  /** Those that also have one number here belong together. */
  alternative?: number;
}

/** One thing that is wrong with a document, or worth saying about it. */
export interface Issue {
  /** Stable: codes are never reused. */
  code: string;
  /** JSON Pointer into the document; `''` is the whole document. */
  path: string;
  /** From 1, where the document was text; the column counts bytes. */
  line?: number;
  column?: number;
  /** A sentence that says what to do. */
  message: string;
}

/** An exact number: a decimal, or a fraction such as `7/3`; where it begins with ≈, it is only near. */
export interface Exact {
  exact: string;
  value: number;
}

/**
 * How one node came to its outcome. `start` and the contributions of the inputs add up to `aggregated`, and
 * `base` and the contributions of the answers to `value`, exactly.
 */
export interface Explanation {
  node: string;
  kind: 'group' | 'question';
  title?: Text;
  status: Status;
  aggregate?: Aggregate;
  read?: 'value' | 'ratio';
  /** The children, in document order. */
  inputs?: Input[];
  /** The aggregate with every child that counts at its lowest. */
  start?: Exact;
  aggregated?: Exact;
  adjustments?: { action: string; amount: string; applied: boolean; before?: Exact; after?: Exact }[];
  scaled?: { ratio: Exact; min: Decimal; max: Decimal; after: Exact };
  rounded?: { digits: number; mode: RoundingMode; before: Exact; after: Exact };
  value?: Exact;
  min?: Exact;
  max?: Exact;
  ratio?: Exact;
  level?: string;
  levelByThreshold?: string;
  levels?: {
    id: string;
    title?: Text;
    of: 'value' | 'ratio';
    threshold?: string;
    /** It must be more than the threshold. */
    above?: true;
    /** The threshold holds. */
    over: boolean;
    /** The requirement holds. */
    required: boolean;
    reached: boolean;
  }[];
  blockers?: Blocker[];
  range?: Range;
  /** The value that the node would have with every given answer at its worst. */
  base?: Exact;
  answers?: AnswerPart[];
}

/** A child of a group, and what became of it. */
export interface Input {
  node: string;
  title?: Text;
  reference?: true;
  weight: string;
  stage?: number;
  status: Status;
  counts: boolean;
  /** Why it counts, or does not. */
  reason: 'value' | 'policy' | 'hidden' | 'never';
  policy?: Policy | 'error' | 'forbid';
  value?: Exact;
  read?: Exact;
  met?: boolean;
  /** Its weight / Σ weights. */
  share?: Exact;
  contribution?: Exact;
}

/** One question's part in a node's value. */
export interface AnswerPart {
  question: string;
  title?: Text;
  status: Status;
  answer?: Answer;
  /** What raising the answer from its worst added. */
  contribution?: Exact;
  /** The answer with the most points. */
  best?: Answer;
  /** The node's value if this answer alone were the best. */
  ifBest?: Exact;
  gain?: Exact;
  levelIfBest?: string;
}
