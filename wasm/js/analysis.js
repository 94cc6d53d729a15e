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
    this.#options = structuredClone(options); // it goes to the worker
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
    return this.#ask('migrate', assessment, earlierModel && { model: objectOf(earlierModel) }, call);
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
      const drop = () => this.#drop(call, signal.reason);
      const settled = (settle) => (value) => {
        signal?.removeEventListener('abort', drop);
        settle(value);
      };
      const call = { message: { verb, first: text(first), second: text(second) }, onprogress, reject: settled(reject), resolve: settled(resolve) };
      signal?.addEventListener('abort', drop);
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
    let heard = false; // the worker is one that runs
    const hear = (message) => {
      heard = true;
      if (this.#worker === worker) this.#hear(message);
    };
    const failed = (error) => {
      if (this.#worker !== worker) return;
      if (heard) return hear({ issues: [{ code: 'stopped', path: '', message: `The worker stopped: ${error?.message}.` }] });
      this.#worker = inPage((message) => this.#hear(message)); // a policy, or a bundler, lets none run
      this.#next();
    };
    let worker;
    try {
      worker = make(workerClass());
    } catch {
      return inPage((message) => this.#hear(message));
    }
    if (worker.on) worker.on('message', hear).on('error', failed);
    else {
      worker.addEventListener('message', ({ data }) => hear(data));
      worker.addEventListener('error', failed);
    }
    return worker;
  }

  #hear({ progress, issues, value }) {
    if (progress !== undefined) return this.#calls[0].onprogress?.(progress);
    if (issues?.some((issue) => issue.code === 'stopped')) this.#stop(); // the next call starts another
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

// make is written as bundlers look for it.
const make = (Worker) => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });

let policy;

// workerClass makes workers as the host wants them: under Trusted Types, with a policy called modenhet.
function workerClass() {
  const node = globalThis.process?.getBuiltinModule?.('node:worker_threads');
  if (node && typeof Worker === 'undefined') return node.Worker;
  policy ??= globalThis.trustedTypes?.createPolicy('modenhet', { createScriptURL: (url) => url });
  return function TrustingWorker(url, options) {
    return new Worker(policy?.createScriptURL(url.href) ?? url, options);
  };
}

// inPage answers in the page, where there can be no worker.
function inPage(post) {
  let ended = false;
  const answer = import('./analyse.js').then(({ answering }) => answering((message) => ended || post(message)));
  return {
    postMessage: (message) => answer.then((run) => run(message)).catch((error) => ended || post({ issues: [{ code: 'stopped', path: '', message: `The analysis could not be loaded: ${error.message}.` }] })),
    terminate: () => (ended = true),
  };
}

const objectOf = (value) => (typeof value === 'string' ? JSON.parse(value) : value);
