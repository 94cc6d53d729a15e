// Modenhet in JavaScript: the Go engine as WebAssembly, behind a thin typed mirror. index.js says what of it is public.
//
// Documents cross into the engine as text, once. What happens often, an answer that changes and scores that
// are read, crosses as numbers: a function call in, and arrays over the engine's memory out.

import { goRuntime, models as modelURLs, version } from './runtime.js';

export { version };

/** What is wrong with a document, or with a call: every issue at once. */
export class MaturityError extends Error {
  constructor(issues, options) {
    super(issues.map((i) => (i.path ? `${i.path}: ` : '') + `${i.message} (${i.code})`).join('\n'), options);
    this.issues = issues;
  }
}
MaturityError.prototype.name = 'MaturityError';

const fault = (code, message, cause) => new MaturityError([{ code, path: '', message }], cause === undefined ? undefined : { cause });

// The verbs of the engine's function call; wasm/bridge.go has the same list.
const [COMPILE, MODEL, LINT, CHECK, SCORE, EXPLAIN, SESSION, SET, CLEAR, NOT_APPLICABLE, RESULT, ASSESSMENT] = Array(12).keys();

// Those of analysis.wasm come after them; wasm/analysis.go has the same list.
const ANALYSES = ['gaps', 'cheapest', 'best', 'pareto', 'leverage', 'sensitivity', 'study', 'compare', 'diff', 'migrate', 'group', 'agree', 'combine'];

const ISSUES = -1; // the answer is {"issues":[…]}
const MAX_BYTES = 8 << 20; // of a document: the engine's default

let current; // the promise of the one engine

/** Loads the engine, once. */
export function load(options) {
  if (!current) {
    const attempt = start(options ?? {}, () => {
      if (current === attempt) current = undefined;
    });
    current = attempt;
    attempt.catch(() => {
      if (current === attempt) current = undefined;
    });
  }
  return current;
}

// another is an engine besides the one that load gives, for analyse.js.
export const another = (options) => start(options, () => {});

/** The ids of the models that come with the package. */
export const models = Object.freeze(Object.keys(modelURLs));

/** Loads one of the models that come with the package. */
export async function loadModel(id) {
  if (!models.includes(id)) throw fault('load-failed', `There is no such model, only ${models.join(', ')}.`);
  try {
    const url = modelURLs[id]();
    const file = nodeFiles(url);
    return JSON.parse(file ? await file.readFile(url, 'utf8') : await (await fetched(url)).text());
  } catch (error) {
    throw failed('The model', error);
  }
}

const failed = (what, error) => (error instanceof MaturityError ? error : fault('load-failed', `${what} could not be loaded: ${messageOf(error)}`, error));

async function start(options, forget) {
  const core = new Core(forget);
  try {
    await core.start(await moduleOf(options));
  } catch (error) {
    throw failed('The engine', error);
  }
  return new Engine(core);
}

// moduleOf compiles while the bytes arrive, where the server names their type; else when all are there.
async function moduleOf({ wasm, wasmURL, integrity }) {
  if (wasm !== undefined) {
    if (Object.prototype.toString.call(wasm) === '[object WebAssembly.Module]') return wasm;
    return WebAssembly.compile(ArrayBuffer.isView(wasm) ? bytesOf(wasm) : wasm); // not every engine takes a DataView
  }
  const url = wasmURL === undefined ? new URL('./modenhet.wasm', import.meta.url) : new URL(wasmURL, globalThis.location?.href ?? import.meta.url);
  const file = nodeFiles(url);
  if (file) return WebAssembly.compile(await file.readFile(url));
  const response = await fetched(url, integrity);
  const streams = WebAssembly.compileStreaming && response.headers.get('Content-Type')?.toLowerCase() === 'application/wasm';
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

// nodeFiles reads files where there is no fetch for them. No import of it stands in the code, so that bundlers
// for browsers have nothing to resolve.
function nodeFiles(url) {
  return url.protocol === 'file:' ? globalThis.process?.getBuiltinModule?.('node:fs/promises') : undefined;
}

async function fetched(url, integrity) {
  const response = await fetch(url, integrity ? { integrity } : undefined);
  if (!response.ok) throw fault('load-failed', `${url} could not be loaded: the server says ${response.status} ${response.statusText}`.trim() + '.');
  return response;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

// Core is the running module: arguments in, answers out. Every other class keeps it to itself.
class Core {
  #exports;
  #forget;
  #go;
  #output = ''; // what Go's runtime printed: the reason, if it stops
  #stopped;
  #forgotten = new FinalizationRegistry((number) => this.release(number));

  constructor(forget) {
    this.#forget = forget;
  }

  async start(module) {
    let told;
    // Go gets this object in place of the global one. It holds what its runtime needs, and nothing that reaches
    // the page or the network.
    const fs = {
      constants: { O_WRONLY: -1, O_RDWR: -1, O_CREAT: -1, O_TRUNC: -1, O_APPEND: -1, O_EXCL: -1, O_DIRECTORY: -1 },
      writeSync: (fd, bytes) => {
        this.#output = (this.#output + decoder.decode(bytes)).slice(0, 4000);
        return bytes.length;
      },
    };
    const { crypto, performance } = globalThis;
    const Go = goRuntime({
      Object, Array, Uint8Array, TextEncoder, TextDecoder, crypto, performance, fs, process: {}, path: {},
      modenhet: { ready: (text) => (told = text) },
    });
    this.#go = new Go();
    this.#go.exit = () => {};
    const instance = await WebAssembly.instantiate(module, this.#go.importObject);
    await Promise.race([this.#go.run(instance), undefined]); // it runs until it waits for calls
    if (told !== version) {
      const what = told === undefined ? 'is not the engine of this package' : `is version ${told}`;
      throw fault('version-mismatch', `The loader is version ${version}, and the WebAssembly module ${what}: serve both from one package.`);
    }
    this.#exports = instance.exports;
  }

  // call does one verb with up to two arguments, and returns a handle or a count.
  call(verb, handle, first = '', second = '') {
    const parts = [first, second].map(prepared);
    const most = parts.reduce((sum, part) => sum + (typeof part === 'string' ? 3 * part.length : part.length), 0);
    const at = most < 2 ** 30 ? this.run((e) => e.room(most)) : 0;
    if (!at) throw fault('too-large', 'This is larger than the engine can take.');
    const memory = new Uint8Array(this.#exports.mem.buffer, at >>> 0, most);
    const lengths = [];
    let from = 0;
    for (const part of parts) {
      const into = memory.subarray(from);
      if (typeof part === 'string') lengths.push(encoder.encodeInto(part, into).written);
      else lengths.push((into.set(part), part.length));
      from += lengths.at(-1);
    }
    return this.run((e) => e.call(verb, handle, ...lengths));
  }

  // run calls an exported function, and throws what it says is wrong.
  run(call) {
    if (this.#stopped) throw this.#stopped;
    let code;
    try {
      code = call(this.#exports);
    } catch (error) {
      throw this.#stop(error);
    }
    if (this.#go.exited) throw this.#stop();
    if (code >= 0 || code < -2) return code; // an address may have its highest bit set
    const text = this.text();
    if (code === ISSUES) throw new MaturityError(JSON.parse(text).issues);
    throw fault('bug', `This is a bug in Modenhet ${version}, please report it: ${text}`);
  }

  #stop(cause) {
    const why = this.#output.trim().split('\n')[0] || cause?.message || 'it exited';
    this.#stopped = fault('stopped', `The engine stopped (${why}): call load() for a new one, and compile again.`, cause);
    this.#forget();
    return this.#stopped;
  }

  // text is the answer of the last call.
  text() {
    const { mem, answer, answerLength } = this.#exports;
    return decoder.decode(new Uint8Array(mem.buffer, answer() >>> 0, answerLength()));
  }

  // keep frees a handle when it is forgotten without free().
  keep(handle, number) {
    this.#forgotten.register(handle, number, handle);
  }

  free(handle, number) {
    this.#forgotten.unregister(handle);
    this.release(number);
  }

  release(number) {
    if (!this.#stopped) this.#exports.release(number);
  }

  get exports() {
    return this.#exports;
  }
}

// prepared is text as it is while it is short, and bytes else, whose number is known.
function prepared(part) {
  if (typeof part !== 'string') return part;
  if (/\p{Surrogate}/u.test(part)) throw fault('bad-utf8', 'A surrogate stands alone in this text: write the whole character.');
  return part.length < 2 ** 18 ? part : encoder.encode(part);
}

// documentOf makes JSON text or bytes of a document in any form; plain tells that it was an object.
function documentOf(value, what, limit) {
  let document, plain;
  try {
    const bytes = ArrayBuffer.isView(value) || value instanceof ArrayBuffer;
    plain = typeof value !== 'string' && !bytes;
    document = plain ? JSON.stringify(value) : bytes ? bytesOf(value) : value;
  } catch (error) {
    throw fault('bad-syntax', `This ${what.replace(/^an? /, '')} cannot be read: ${messageOf(error)}`, error); // a getter may throw, a buffer be detached
  }
  if (document === undefined) throw fault('wrong-type', `This must be ${what} as an object, as JSON text or as its bytes, not ${typeof value}.`);
  if (document.length > limit) throw fault('too-large', `The document has more than ${limit} bytes: make it smaller, or raise the limit.`);
  return { document, plain };
}

function bytesOf(value) {
  return ArrayBuffer.isView(value) ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : new Uint8Array(value);
}

// messageOf is the message of anything that was thrown.
function messageOf(error) {
  try {
    return String(error?.message ?? error);
  } catch {
    return 'something was thrown that is no error';
  }
}

// placed runs a call about a document; of one that was an object, issues have no line and column.
function placed(plain, call) {
  try {
    return call();
  } catch (error) {
    if (plain && error instanceof MaturityError) {
      throw new MaturityError(error.issues.map(({ line, column, ...issue }) => issue), { cause: error.cause });
    }
    throw error;
  }
}

// Handle names a scorer or a session of the engine's. It is freed once: by free(), or when it is forgotten.
class Handle {
  #number;

  constructor(core, number) {
    this.core = core;
    this.#number = number;
    core.keep(this, number);
  }

  get number() {
    if (this.#number === undefined) throw fault('freed', 'This was freed: do not use it again.');
    return this.#number;
  }

  call(verb, first, second) {
    return this.core.call(verb, this.number, first, second);
  }

  text(verb, first, second) {
    this.call(verb, first, second);
    return this.core.text();
  }

  free() {
    if (this.#number !== undefined) this.core.free(this, this.#number);
    this.#number = undefined;
  }
}

class Engine {
  #core;

  constructor(core) {
    this.#core = core;
  }

  get version() {
    return version;
  }

  compile(model, options) {
    const settings = documentOf(options ?? {}, 'options', MAX_BYTES).document;
    const limit = limitOf(settings);
    const { document, plain } = documentOf(model, 'a model', limit);
    const number = placed(plain, () => this.#core.call(COMPILE, -1, document, settings));
    const ref = JSON.parse(this.#core.text());
    return new Scorer(new Handle(this.#core, number), ref, limit);
  }
}

// analyse does a verb of analysis.wasm with JSON texts, for analyse.js.
export let analyse;

class Scorer {
  #handle;
  #limit;
  #layout;

  static {
    analyse = (scorer, name, first, second) => scorer.#handle.text(ASSESSMENT + 1 + ANALYSES.indexOf(name), first, second);
  }

  constructor(handle, ref, limit) {
    this.#handle = handle;
    this.#limit = limit;
    Object.assign(this, ref); // id, version, digest
  }

  get model() {
    return JSON.parse(this.#handle.text(MODEL));
  }

  lint() {
    return JSON.parse(this.#handle.text(LINT));
  }

  check(assessment) {
    try {
      this.#ask(CHECK, assessment);
      return [];
    } catch (error) {
      if (error instanceof MaturityError && !own.has(error.issues[0].code)) return error.issues;
      throw error;
    }
  }

  score(assessment) {
    return JSON.parse(this.scoreJSON(assessment));
  }

  scoreJSON(assessment) {
    return this.#ask(SCORE, assessment);
  }

  explain(assessment, node) {
    return JSON.parse(this.#ask(EXPLAIN, assessment, id(node, 'node')));
  }

  session(assessment) {
    const { document, plain } = assessment === undefined ? { document: '' } : this.#document(assessment);
    const number = placed(plain, () => this.#handle.call(SESSION, document));
    this.#layout ??= layoutOf(this.model);
    return new Session(new Handle(this.#handle.core, number), this.id, this.#layout);
  }

  free() {
    this.#handle.free();
  }

  #document(assessment) {
    return documentOf(assessment, 'an assessment', this.#limit);
  }

  #ask(verb, assessment, node) {
    const { document, plain } = this.#document(assessment);
    return placed(plain, () => this.#handle.text(verb, document, node));
  }
}

// limitOf is maxBytes of options, where it is a number; the engine says what is wrong with any other.
function limitOf(settings) {
  let options;
  try {
    options = JSON.parse(settings);
  } catch {
    // the engine says so too
  }
  return Number.isInteger(options?.maxBytes) && options.maxBytes > 0 ? options.maxBytes : MAX_BYTES;
}

// own are the codes of what is no issue of a document.
const own = new Set(['bug', 'stopped', 'freed']);

function id(value, what) {
  if (typeof value !== 'string') throw fault('wrong-type', `A ${what} is named by its id, a string.`);
  return value;
}

// layoutOf numbers the nodes and the questions of a model as the engine does: in document order, views last.
function layoutOf(model) {
  const nodes = [];
  const levels = [];
  const questions = new Map();
  const visit = (node) => {
    if (Object.hasOwn(node, 'ref')) return;
    nodes.push(node.id);
    levels.push((typeof node.levels === 'string' ? model.ladders[node.levels] : node.levels ?? []).map((level) => level.id));
    if (node.answer) questions.set(node.id, { number: questions.size, ...answerOf(node.answer, model) });
    node.children?.forEach(visit);
  };
  visit(model);
  model.views?.forEach(visit);
  return { nodes, levels, questions, index: new Map(nodes.map((node, i) => [node, i])) };
}

function answerOf({ type, options, use, min, max }, model) {
  switch (type) {
    case 'choice':
      return { type, options: new Map((options ?? model.optionSets[use]).map((option, i) => [option.value, i])) };
    case 'scale':
      return { type, min: Number(min), max: Number(max) };
  }
  return { type };
}

class Session {
  #handle;
  #model;
  #layout;
  #number; // of the handle
  #buffer; // the engine's memory, which is another object after it has grown
  #values;
  #levels;
  #moved;
  #count; // how many nodes the last change moved

  constructor(handle, model, layout) {
    this.#handle = handle;
    this.#model = model;
    this.#layout = layout;
    this.#number = handle.number;
    this.#count = layout.nodes.length;
  }

  set(question, answer) {
    const q = this.#layout.questions.get(question);
    if (q) {
      const option = optionOf(q, answer);
      if (option !== undefined) {
        this.#count = this.#run((e) => e.setOption(this.#number, q.number, option));
        return;
      }
      if (q.type === 'number' && Number.isFinite(answer)) {
        this.#count = this.#run((e) => e.setNumber(this.#number, q.number, answer));
        return;
      }
    }
    // Everything else crosses as a document, which the engine reads as any other, and so explains what is wrong.
    const { document } = documentOf({ model: { id: this.#model }, answers: { [id(question, 'question')]: answer ?? null } }, 'an answer', MAX_BYTES);
    this.#count = placed(true, () => this.#handle.call(SET, question, document));
  }

  clear(question) {
    this.#count = this.#handle.call(CLEAR, id(question, 'question'));
  }

  notApplicable(question, reason = '') {
    if (typeof reason !== 'string') throw fault('wrong-type', 'A reason is a string.');
    this.#count = this.#handle.call(NOT_APPLICABLE, id(question, 'question'), reason);
  }

  get values() {
    return this.#views().#values;
  }

  get levels() {
    return this.#views().#levels;
  }

  value(node) {
    const value = this.values[this.#layout.index.get(node)];
    return Number.isNaN(value) ? undefined : value;
  }

  level(node) {
    const i = this.#layout.index.get(node);
    return this.#layout.levels[i]?.[this.levels[i]];
  }

  get nodes() {
    return this.#layout.nodes;
  }

  get changed() {
    const { nodes } = this.#layout;
    return Array.from(this.#views().#moved.subarray(0, this.#count), (i) => nodes[i]);
  }

  result() {
    return JSON.parse(this.resultJSON());
  }

  resultJSON() {
    return this.#handle.text(RESULT);
  }

  assessment() {
    return JSON.parse(this.#handle.text(ASSESSMENT));
  }

  free() {
    this.#handle.free();
    this.#number = undefined;
  }

  #run(call) {
    if (this.#number === undefined) this.#handle.number; // throws
    return this.#handle.core.run(call);
  }

  // #views makes the arrays anew where the memory has grown since.
  #views() {
    const { core, number } = this.#handle;
    const { mem, view } = core.exports;
    if (this.#buffer !== mem.buffer) {
      const length = this.#layout.nodes.length;
      this.#buffer = mem.buffer;
      this.#values = new Float64Array(mem.buffer, view(number, 0) >>> 0, length);
      this.#levels = new Int32Array(mem.buffer, view(number, 1) >>> 0, length);
      this.#moved = new Int32Array(mem.buffer, view(number, 2) >>> 0, length);
    }
    return this;
  }
}

// optionOf is the number of the option that an answer names, if it names one.
function optionOf(q, answer) {
  switch (q.type) {
    case 'choice':
      return q.options.get(answer);
    case 'yesno':
      return answer === true ? 1 : answer === false ? 0 : undefined;
    case 'scale':
      return Number.isInteger(answer) && answer >= q.min && answer <= q.max ? answer - q.min : undefined;
  }
  return undefined;
}

if (Symbol.dispose) {
  for (const { prototype } of [Scorer, Session]) prototype[Symbol.dispose] = prototype.free;
}
