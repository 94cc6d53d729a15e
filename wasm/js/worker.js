// The worker behind analysis.js: analysis.wasm with one model, which answers one call after the other.

import { load } from './index.js';

const slices = 20; // in which a study is made, each with a word on its progress

const port = globalThis.process?.getBuiltinModule?.('node:worker_threads').parentPort ?? globalThis;
let scorer;

async function answer({ model, options, verb, first, second }) {
  try {
    scorer ??= (await load({ wasmURL: new URL('./analysis.wasm', import.meta.url) })).compile(model, options);
    let text = scorer.analyse(verb, first, second);
    if (verb === 'sensitivity') {
      let study = JSON.parse(text);
      const slice = JSON.stringify({ scores: Math.ceil(study.total / slices) });
      while (!study.result) {
        study = JSON.parse((text = scorer.analyse('study', slice)));
        port.postMessage({ progress: study.done / study.total });
      }
    }
    port.postMessage({ value: JSON.parse(text) });
  } catch (error) {
    port.postMessage({ issues: error.issues ?? [{ code: 'bug', path: '', message: String(error?.stack ?? error) }] });
  }
}

if (port === globalThis) addEventListener('message', ({ data }) => answer(data));
else port.on('message', answer);
