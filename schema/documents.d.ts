// The documents of Modenhet: model, assessment, result, and the reasons of a score. What every field means in
// full is in docs/reference.md of the repository.
//
// Generated from the Go types by go test ./schema -run DocumentTypes -update-types.

/** A decimal: `0.1` is one tenth exactly. At most 9 digits after the point, below 10⁹. */
export type Decimal = number | string;

/** One string in the model's language, or one for each language: `{ nb: 'Ledelse', en: 'Leadership' }`. */
export type Text = string | { [language: string]: string };

/** A Model says what is asked, and how answers become scores and levels. */
export interface Model extends Group {
  /** Address of a JSON Schema, for editors; not part of the digest. */
  $schema?: string;
  /** Semantic version. */
  version: string;
  /** BCP 47 tag of the texts without a tag. */
  language?: string;
  license?: string;
  source?: string;
  authors?: string[];
  /** Why, and what to use instead. */
  deprecated?: Text;
  /** From ids (or "question/answer") of earlier versions to today's. */
  replaces?: { [name: string]: string };
  /** Shared by choices and checklists. */
  optionSets?: { [name: string]: Option[] };
  /** Shared by groups. */
  ladders?: { [name: string]: Level[] };
  /** Roots of further trees over the same questions. */
  views?: Group[];
}

/** A group has children, a question has an answer, and a reference has the id of another node. */
export type Node = Group | Question | Reference;

/** Its children give it a value and a level. */
export interface Group {
  /** Unique in the model. */
  id: string;
  title?: Text;
  description?: Text;
  tags?: { [name: string]: string };
  /** Default 1, not negative; 0 never counts. */
  weight?: Decimal;
  /** From 1, under a staged parent. */
  stage?: number;
  /** Where it is false, the node is hidden. */
  when?: Condition;
  /** Default: the parent's; the root's default is exclude. */
  missing?: Exclude<Policy, 'forbid'>;
  /** Default: the parent's; the root's default is exclude. */
  notApplicable?: Exclude<Policy, 'error'>;
  /** What to do next. */
  advice?: Text | Text[];
  /** Cost of raising this question by one option; default 1. */
  effort?: Decimal;
  /** In document order. */
  children: Node[];
  /** What the group reads from its children; default value. */
  read?: Reading;
  /** Default mean. */
  aggregate?: Aggregate;
  /** Sum: what it starts from; default 0. */
  base?: Decimal;
  /** Share, staged: when a child is met; default ratio at least 1. */
  met?: Condition;
  /** Staged: share of a stage's weight that must be met; default 1. */
  need?: Decimal;
  /** Staged: a stage with no counting child; default pass. */
  emptyStage?: StageRule;
  /** In order, after the aggregate. */
  adjust?: Adjustment[];
  /** Maps the ratio onto a new range. */
  scale?: Scale;
  /** Default: nothing is rounded. */
  round?: Rounding;
  /** How a value is shown. Default: as the group around it. */
  display?: Display;
  /** A ladder in place, or the name of one of the model's. */
  levels?: Level[] | string;
}

/** What is asked. */
export interface Question {
  /** Unique in the model. */
  id: string;
  title?: Text;
  description?: Text;
  tags?: { [name: string]: string };
  /** Default 1, not negative; 0 never counts. */
  weight?: Decimal;
  /** From 1, under a staged parent. */
  stage?: number;
  /** Where it is false, the node is hidden. */
  when?: Condition;
  /** Default: the parent's; the root's default is exclude. */
  missing?: Exclude<Policy, 'forbid'>;
  /** Default: the parent's; the root's default is exclude. */
  notApplicable?: Exclude<Policy, 'error'>;
  /** What to do next. */
  advice?: Text | Text[];
  /** Cost of raising this question by one option; default 1. */
  effort?: Decimal;
  /** How a value is shown. Default: as the group around it. */
  display?: Display;
  answer: AnswerRule;
}

/** Another node's outcome, read in a second place. */
export interface Reference {
  title?: Text;
  description?: Text;
  tags?: { [name: string]: string };
  /** Default 1, not negative; 0 never counts. */
  weight?: Decimal;
  /** From 1, under a staged parent. */
  stage?: number;
  /** Where it is false, the node is hidden. */
  when?: Condition;
  /** Default: the parent's; the root's default is exclude. */
  missing?: Exclude<Policy, 'forbid'>;
  /** Default: the parent's; the root's default is exclude. */
  notApplicable?: Exclude<Policy, 'error'>;
  /** Id of the node whose outcome is read here. */
  ref: string;
  /** For a choice: option value to points, in this place. */
  points?: { [name: string]: Decimal };
}

/** A Policy says what a child without a value counts as at its parent. */
export type Policy = 'exclude' | 'lowest' | 'highest' | 'none' | 'error' | 'forbid';

/** A Reading is what a group reads from its children. */
export type Reading = 'value' | 'ratio';

/** An Aggregate makes one value of many. */
export type Aggregate = 'mean' | 'sum' | 'min' | 'max' | 'median' | 'product' | 'geometric' | 'share' | 'staged';

/** A StageRule says what a stage without a counting child does. */
export type StageRule = 'pass' | 'fail';

/** An Adjustment changes the value of a group. */
export interface Adjustment {
  /** Default: always. */
  when?: Condition;
  /** `null` takes the value away. */
  set?: Decimal | null;
  add?: Decimal;
  multiply?: Decimal;
  atMost?: Decimal;
  atLeast?: Decimal;
}

/** A Scale maps the ratio of a group onto a new range; `min` above `max` runs downwards. */
export interface Scale {
  min: Decimal;
  max: Decimal;
}

/** A Rounding rounds a value, and the ends of its range, to `digits` after the point, from 0 to 9. */
export interface Rounding {
  digits: number;
  /** Default half-up. */
  mode?: RoundingMode;
}

/** A RoundingMode says where a number between two goes. */
export type RoundingMode = 'half-up' | 'half-away' | 'half-even' | 'floor' | 'ceiling' | 'truncate';

/** A Display says how a value is shown: with `digits` after the point, from 0 to 9, rounded half-up. */
export interface Display {
  digits: number;
}

/** A Level is reached when its threshold and its requirement hold, and every lower level is reached. */
export interface Level {
  id: string;
  title?: Text;
  description?: Text;
  /** The value is this or more. */
  from?: Decimal;
  /** The value is more than this. */
  above?: Decimal;
  /** What the threshold is on: value (default) or ratio. */
  of?: Reading;
  require?: Condition;
}

/** What is answered to a question, and how it becomes points. */
export type AnswerRule =
  | {
      type: 'choice';
      options?: Option[];
      /** The name of one of the model's option sets, in place of `options`. */
      use?: string;
    }
  | {
      type: 'checklist';
      options?: Option[];
      /** The name of one of the model's option sets, in place of `options`. */
      use?: string;
      /** The sum of points is cut to this. */
      cap?: Decimal;
    }
  | {
      type: 'yesno';
      /** Default 1 and 0. */
      points?: YesNoPoints;
    }
  | {
      type: 'scale';
      min: Decimal;
      max: Decimal;
      /** Points are min + max − the number. */
      reverse?: boolean;
    }
  | {
      type: 'number';
      min?: Decimal;
      max?: Decimal;
      /** Whole numbers only. */
      integer?: boolean;
      /** Shown beside the number. */
      unit?: Text;
      steps: Step[];
    }
  | {
      type: 'number';
      min?: Decimal;
      max?: Decimal;
      /** Whole numbers only. */
      integer?: boolean;
      /** Shown beside the number. */
      unit?: Text;
      linear: LinearPoints;
    }
  | {
      type: 'text';
      /** In characters. */
      maxLength?: number;
    };

/** An Option is one of the answers to choose from. */
export interface Option {
  value: string;
  title?: Text;
  description?: Text;
  /** Default 0. */
  points?: Decimal;
  /** In a checklist: it stands alone. */
  exclusive?: boolean;
}

/** YesNoPoints are the points of a yesno question. */
export interface YesNoPoints {
  /** Default 1. */
  yes?: Decimal;
  /** Default 0. */
  no?: Decimal;
}

/** A Step gives points to a number that is `from` or more; the last such step decides. */
export interface Step {
  from: Decimal;
  points: Decimal;
}

/** LinearPoints rise (or fall) evenly from `points`[0] at `from` to `points`[1] at `to`, and stay there beyond both ends. */
export interface LinearPoints {
  from: Decimal;
  to: Decimal;
  points: [Decimal, Decimal];
}

/** What must hold. A test of a node without `node` is about the group, or the child, where it stands. */
export type Condition =
  | {
      all: Condition[];
    }
  | {
      any: Condition[];
    }
  | {
      not: Condition;
    }
  | {
      /** Id of a question. */
      question: string;
      /** An answer. */
      is: Answer;
    }
  | {
      /** Id of a question. */
      question: string;
      /** Answers, one of which is given. */
      in: Answer[];
    }
  | {
      /** Id of a question. */
      question: string;
      /** An option of a checklist. */
      includes: string;
    }
  | {
      /** Id of a question. */
      question: string;
      answered: boolean;
    }
  | {
      /** Id of a node. */
      node?: string;
      value?: Comparison;
      ratio?: Comparison;
      completeness?: Comparison;
      level?: LevelTest;
    };

/** A Comparison holds when all that is given holds. */
export interface Comparison {
  atLeast?: Decimal;
  moreThan?: Decimal;
  atMost?: Decimal;
  lessThan?: Decimal;
  equals?: Decimal;
}

/** A LevelTest holds when a node has reached a level of its ladder. */
export interface LevelTest {
  /** Id of a level. */
  atLeast: string;
}

/** By the type of the question: a choice and a text are a string, a checklist a list, a yesno a boolean. */
export type Answer = string | readonly string[] | boolean | number;

/** An Assessment is what one respondent answered about one subject at one time. */
export interface Assessment {
  /** Address of a JSON Schema, for editors. */
  $schema?: string;
  model: ModelRef;
  subject?: Subject;
  respondent?: string;
  /** YYYY-MM-DD. */
  date?: string;
  /** Question id to answer. */
  answers?: { [name: string]: Answer };
  /** Question id to the reason. */
  notApplicable?: { [name: string]: string };
  /** Question id to a comment. */
  comments?: { [name: string]: string };
  /** Question id to documents. */
  evidence?: { [name: string]: Evidence[] };
}

/** A ModelRef names a model. */
export interface ModelRef {
  id: string;
  version?: string;
  /** "sha256:" and 64 hexadecimal digits. */
  digest?: string;
}

/** A Subject is who or what is assessed. */
export interface Subject {
  id?: string;
  name?: string;
  attributes?: { [name: string]: string };
}

/** Evidence is a document that an answer rests on. */
export interface Evidence {
  title?: string;
  /** http, https or mailto. */
  url?: string;
}

/** A Result holds every score, level, range and reason that comes of one assessment. */
export interface Result {
  model: Required<ModelRef>;
  subject?: Subject;
  date?: string;
  /** Document order, the root first, views last. */
  nodes: NodeResult[];
  /** Doubts that do not stop scoring. */
  warnings: Issue[];
}

/** A Kind says what a node is. */
export type Kind = 'group' | 'question';

/** A Status says whether a node has a value and, if not, why. */
export type Status = 'missing' | 'scored' | 'notApplicable' | 'hidden' | 'unscored';

/** A NodeResult is the outcome of one node. */
export interface NodeResult {
  id: string;
  kind: Kind;
  /** The float64 nearest to the exact value; only where the status is `scored`. */
  value?: number;
  /** Range of the value, with the children that count. */
  min?: number;
  max?: number;
  /** (value − min) / (max − min), from 0 to 1; 1 where min = max. */
  ratio?: number;
  /** The value rounded half-up, where the model has display. */
  display?: number;
  /** Id of the highest level reached. */
  level?: string;
  /** The same by thresholds alone. */
  levelByThreshold?: string;
  /** What holds the next level back. */
  blockers?: Blocker[];
  status: Status;
  /** What it can still become. */
  range?: Range;
  completeness: Completeness;
}

/** Completeness counts the scored questions below a node, each once; hidden ones are not asked. */
export interface Completeness {
  answered: number;
  notApplicable: number;
  missing: number;
  asked: number;
}

/** A Range is what a node can still get when the missing questions are answered and the given answers stay. */
export interface Range {
  low: number;
  high: number;
  levelLow?: string;
  levelHigh?: string;
}

/** A Blocker is one threshold or requirement that holds the next level back: what it reads, what that is now, and what it would have to be. */
export interface Blocker {
  /** The level that is held back. */
  level: string;
  /** The node that is read; for a threshold it is the group itself. */
  node?: string;
  /** The question whose answer is read, where no node is. */
  question?: string;
  reads: 'value' | 'ratio' | 'completeness' | 'level' | 'answer';
  test: 'atLeast' | 'moreThan' | 'atMost' | 'lessThan' | 'equals' | 'is' | 'includes' | 'answered';
  /** The test must fail. */
  not?: boolean;
  /** A decimal, the id of a level, or answers of which one will do. */
  want: string[];
  /** What is read now. */
  has?: number;
  /** The level reached, where `reads` is level. */
  hasLevel?: string;
  /** Blockers with one number here are alternatives, of which one is enough. */
  anyOf?: number;
  /** Those that also have one number here belong together. */
  alternative?: number;
}

/** An Issue is one thing that is wrong with a document, or worth saying about it. */
export interface Issue {
  /** Stable: codes are never reused. */
  code: string;
  /** JSON Pointer into the document; "" is the whole document. */
  path: string;
  /** From 1, where the document was text. */
  line?: number;
  /** From 1, in bytes. */
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
  kind: Kind;
  title?: Text;
  status: Status;
  aggregate?: Aggregate;
  read?: Reading;
  /** The children, in document order. */
  inputs?: Input[];
  /** The aggregate with every child that counts at its lowest. */
  start?: Exact;
  /** What the aggregate gave. */
  aggregated?: Exact;
  adjustments?: Adjusted[];
  scaled?: Scaled;
  rounded?: RoundedValue;
  value?: Exact;
  min?: Exact;
  max?: Exact;
  ratio?: Exact;
  level?: string;
  levelByThreshold?: string;
  levels?: LevelTrace[];
  blockers?: Blocker[];
  range?: Range;
  /** The value that the node would have with every given answer at its worst. */
  base?: Exact;
  answers?: AnswerPart[];
}

/** An Input is a child of a group, and what became of it. */
export interface Input {
  node: string;
  title?: Text;
  reference?: boolean;
  weight: string;
  stage?: number;
  status: Status;
  counts: boolean;
  reason: Reason;
  /** What a policy did, where the child has no value. */
  policy?: Policy;
  /** Its value, or what the policy put in its place. */
  value?: Exact;
  /** What the group read: the value or the ratio. */
  read?: Exact;
  /** In a share or staged group. */
  met?: boolean;
  /** Its weight / Σ weights. */
  share?: Exact;
  contribution?: Exact;
}

/** A Reason says why a child counts, or does not. */
export type Reason = 'value' | 'policy' | 'hidden' | 'never';

/** Adjusted is one adjustment, applied or not. */
export interface Adjusted {
  action: 'set' | 'add' | 'multiply' | 'atMost' | 'atLeast';
  /** A decimal, or the word null. */
  amount: string;
  applied: boolean;
  before?: Exact;
  after?: Exact;
}

/** Scaled is a ratio mapped onto a scale. */
export interface Scaled {
  ratio: Exact;
  min: Decimal;
  max: Decimal;
  after: Exact;
}

/** RoundedValue is a value rounded. */
export interface RoundedValue {
  digits: number;
  mode: RoundingMode;
  before: Exact;
  after: Exact;
}

/** A LevelTrace is one level of the node's ladder. */
export interface LevelTrace {
  id: string;
  title?: Text;
  of: Reading;
  /** A decimal. */
  threshold?: string;
  /** It must be more than the threshold. */
  above?: boolean;
  /** The threshold holds. */
  over: boolean;
  /** The requirement holds. */
  required: boolean;
  reached: boolean;
}

/** An AnswerPart is one question's part in a node's value. */
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
  /** What that adds to the value. */
  gain?: Exact;
  levelIfBest?: string;
}
