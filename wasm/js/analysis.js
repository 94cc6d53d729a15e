// What takes longer than a click: plans, how far to trust a score, comparisons, groups. It runs in a worker, with a
// module of its own that is fetched when it is first needed (analysis.d.ts documents it).

import { MaturityError } from './index.js';

/** An Analysis of one model: each call answers with a promise, one after the other. */
export class Analysis {
  #model;
  #options;
  #worker;
  #calls = []; // the first is running
  #closed = false;

  /** The model as for engine.compile, and its options. */
  constructor(model, options) {
    this.#model = typeof model === 'string' ? model : JSON.stringify(model);
    this.#options = options;
  }

  gaps(assessment, options, call) {
    return this.#ask('gaps', assessment, options, call);
  }

  cheapest(assessment, options, call) {
    return this.#ask('cheapest', assessment, options, call);
  }

  best(assessment, options, call) {
    return this.#ask('best', assessment, options, call);
  }

  pareto(assessment, options, call) {
    return this.#ask('pareto', assessment, options, call);
  }

  leverage(assessment, options, call) {
    return this.#ask('leverage', assessment, options, call);
  }

  async sensitivity(assessment, options, call) {
    const { result, sentence } = await this.#ask('sensitivity', assessment, options, call);
    return { ...result, sentence };
  }

  compare(earlier, later, model, call) {
    return this.#ask('compare', earlier, { later: objectOf(later), model: objectOf(model) }, call);
  }

  diff(earlierModel, call) {
    return this.#ask('diff', earlierModel, undefined, call);
  }

  migrate(assessment, earlierModel, call) {
    return this.#ask('migrate', assessment, { model: objectOf(earlierModel) }, call);
  }

  group(assessments, { own, ...options } = {}, call) {
    return this.#ask('group', assessments, own === undefined ? options : { ...options, own: objectOf(own) }, call);
  }

  agree(assessments, call) {
    return this.#ask('agree', assessments, undefined, call);
  }

  combine(assessments, options, call) {
    return this.#ask('combine', assessments, options, call);
  }

  /** Ends the worker; what is not answered is rejected. */
  close() {
    this.#closed = true;
    this.#stop();
    for (const call of this.#calls.splice(0)) call.reject(new DOMException('The analysis was closed.', 'AbortError'));
  }

  #ask(verb, first, second, { signal, onprogress } = {}) {
    return new Promise((resolve, reject) => {
      if (this.#closed) throw new MaturityError([{ code: 'freed', path: '', message: 'This was closed: make another.' }]);
      signal?.throwIfAborted();
      const text = (value) => (value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value));
      const call = { message: { verb, first: text(first), second: text(second) }, onprogress, reject, resolve };
      signal?.addEventListener('abort', () => this.#drop(call, signal.reason), { once: true });
      this.#calls.push(call);
      if (this.#calls.length === 1) this.#next();
    });
  }

  // #drop forgets a call. Nothing in the module can be interrupted, so a running one ends with its worker.
  #drop(call, reason) {
    const at = this.#calls.indexOf(call);
    if (at < 0) return;
    this.#calls.splice(at, 1);
    call.reject(reason);
    if (at > 0) return;
    this.#stop();
    this.#next();
  }

  #next() {
    if (!this.#calls.length) return this.#worker?.unref?.(); // Node may end meanwhile
    this.#worker ??= this.#start();
    this.#worker.ref?.();
    return this.#worker.postMessage({ model: this.#model, options: this.#options, ...this.#calls[0].message });
  }

  #start() {
    const node = globalThis.process?.getBuiltinModule?.('node:worker_threads');
    const worker = node && typeof Worker === 'undefined' ? new node.Worker(new URL('./worker.js', import.meta.url)) : new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
    const heard = (message) => {
      if (this.#worker === worker) this.#hear(message);
    };
    const failed = (error) => heard({ issues: [{ code: 'stopped', path: '', message: `The worker stopped: ${error?.message || 'it could not be loaded'}.` }], stopped: true });
    if (worker.on) worker.on('message', heard).on('error', failed);
    else {
      worker.addEventListener('message', ({ data }) => heard(data));
      worker.addEventListener('error', failed);
    }
    return worker;
  }

  #hear({ progress, issues, value, stopped }) {
    if (progress !== undefined) return this.#calls[0].onprogress?.(progress);
    if (stopped || issues?.some((issue) => issue.code === 'stopped')) this.#stop(); // the next call starts another
    const call = this.#calls.shift();
    if (issues) call.reject(new MaturityError(issues));
    else call.resolve(value);
    return this.#next();
  }

  #stop() {
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}

const objectOf = (value) => (typeof value === 'string' ? JSON.parse(value) : value);
