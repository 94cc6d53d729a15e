/// <reference lib="esnext.disposable" />

import type { Answer, Assessment, Explanation, Issue, Model, Result } from './documents.js';

export type * from './documents.js';

/** The version of the package, and of the engine in it. */
export const version: string;

/**
 * Loads the engine. It is loaded once: later and concurrent calls give the same engine, whatever their options.
 * After a failed load, and after the engine stopped, the next call tries anew.
 *
 * Rejects with a `MaturityError` of code `load-failed` or `version-mismatch`.
 */
export function load(options?: LoadOptions): Promise<Engine>;

export interface LoadOptions {
  /** Where the WebAssembly module lies; default `modenhet.wasm` beside this package. */
  wasmURL?: string | URL;
  /** The module itself, compiled or as its bytes, in place of an address. */
  wasm?: WebAssembly.Module | BufferSource;
  /** Subresource integrity of the module, as `go run ./wasm/build` prints it, where the module is fetched. It must then arrive whole before it is compiled. */
  integrity?: string;
}

/** The ids of the models that come with the package. */
export const models: readonly string[];

/** Loads one of the models that come with the package: a file, which is read only now. */
export function loadModel(id: string): Promise<Model>;

/** A document: as an object, as JSON text, or as the bytes of that text in UTF-8. */
export type Document<T> = T | string | ArrayBufferView | ArrayBuffer;

/**
 * What is wrong with a document or a call: every issue at once.
 *
 * Besides the codes of the engine there are these, each alone: `load-failed`, `version-mismatch` (of `load`),
 * `freed` (a scorer or session was used after `free`), `bug` (Modenhet is at fault, and the message says where;
 * the engine goes on) and `stopped` (it does not: `load` gives a new one).
 */
export class MaturityError extends Error {
  private constructor();
  readonly issues: readonly Issue[];
}

/** The engine. Get one from `load`. */
export interface Engine {
  readonly version: string;
  /** Checks a model and makes a scorer of it. Throws a `MaturityError` with everything that is wrong with the model. */
  compile(model: Document<Model>, options?: Document<Options>): Scorer;
}

/** How documents are read. The limits keep a hostile document from using much memory or time. */
export interface Options {
  /** Accept an assessment made with another version, or another digest, of the model; each becomes a warning. */
  anyVersion?: boolean;
  /** Bytes of a document; default 8,388,608. */
  maxBytes?: number;
  /** Nesting of a document; default 200. */
  maxDepth?: number;
  /** Nodes of a model, references and conditions included; default 20,000. */
  maxNodes?: number;
  /** Options of a question, steps, or levels of a ladder; default 1,000. */
  maxOptions?: number;
  /** Characters of one text; default 20,000. */
  maxText?: number;
  /** Issues reported about one document; default 1,000. */
  maxIssues?: number;
}

/** Scores assessments of one model. Get one from `Engine.compile`. */
export interface Scorer extends Disposable {
  /** Id of the model. */
  readonly id: string;
  /** Version of the model. */
  readonly version: string;
  /** `sha256:` and the SHA-256 of the model's canonical JSON (RFC 8785), without `$schema`. */
  readonly digest: string;
  /** The model's document, as the engine has it; each time a new object. */
  readonly model: Model;

  /** Scores an assessment. Throws a `MaturityError` with everything that is wrong with it. */
  score(assessment: Document<Assessment>): Result;
  /** The same result as JSON text: the very bytes that the engine gives on every platform. */
  scoreJSON(assessment: Document<Assessment>): string;
  /** Lists everything that is wrong with an assessment: nothing where it can be scored, up to answers that the policy `error` asks for. */
  check(assessment: Document<Assessment>): Issue[];
  /** Says how one node came to its outcome. */
  explain(assessment: Document<Assessment>, node: string): Explanation;
  /** Advice on the model: what is worth saying, and stops nothing. */
  lint(): Issue[];
  /** Scores one assessment live, from where it stands, or from nothing. */
  session(assessment?: Document<Assessment>): Session;
  /** Gives the scorer's memory back; sessions of it live on. Also done when the scorer is garbage. */
  free(): void;
}

/**
 * One assessment, scored live: change an answer, and only what depends on it is worked out again. Get one from
 * `Scorer.session`.
 */
export interface Session extends Disposable {
  /** Answers a question; one that was not applicable no longer is. Throws a `MaturityError`, and then changes nothing. */
  set(question: string, answer: Answer): void;
  /** Takes an answer, or that the question is not applicable, away. */
  clear(question: string): void;
  /** Says that a question does not apply, and why. Throws where the model forbids it. */
  notApplicable(question: string, reason?: string): void;

  /** Ids of the nodes that the last change moved, in document order: their value, level, status, range or completeness may differ. At first, every node. */
  readonly changed: string[];
  /** Ids of all nodes, in the order of `values` and `levels`, which is that of `Result.nodes`. */
  readonly nodes: readonly string[];
  /**
   * The value of every node; `NaN` where it has none. A view of the engine's memory: read it anew after each call
   * (the property always gives a valid view), and write nothing into it.
   */
  readonly values: Float64Array;
  /** The number of every node's level, from 0; −1 where it has none. A view like `values`. */
  readonly levels: Int32Array;
  /** The value of a node; `undefined` where it has none or there is no such node. */
  value(node: string): number | undefined;
  /** The id of a node's level; `undefined` where it has none. */
  level(node: string): string | undefined;

  /** Everything as it is now: the same as `Scorer.score` of the session's assessment. */
  result(): Result;
  /** The same as JSON text. */
  resultJSON(): string;
  /** The assessment as it is now. */
  assessment(): Assessment;
  /** Gives the session's memory back. Also done when the session is garbage. */
  free(): void;
}
