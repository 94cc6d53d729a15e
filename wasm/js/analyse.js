// What answers an Analysis: analysis.wasm with one model. It runs in a worker (worker.js), or in the page where there
// can be none.

import { analyse, another } from './core.js';

const slices = 20; // in which a study is made, each with a word on its progress

/** A function that takes the calls, and posts what comes of them. */
export function answering(post) {
  let scorer;
  return async ({ model, options, verb, first, second }) => {
    try {
      scorer ??= (await another({ wasmURL: new URL('./analysis.wasm', import.meta.url) })).compile(model, options);
      let text = analyse(scorer, verb, first, second);
      if (verb === 'sensitivity') {
        let study = JSON.parse(text);
        const slice = JSON.stringify({ scores: Math.ceil(study.total / slices) });
        while (!study.result) {
          study = JSON.parse((text = analyse(scorer, 'study', slice)));
          post({ progress: study.done / study.total });
          await new Promise((resolve) => setTimeout(resolve)); // what else there is to do
        }
      }
      post({ value: JSON.parse(text) });
    } catch (error) {
      post({ issues: error.issues ?? [{ code: 'bug', path: '', message: String(error?.stack ?? error) }] });
    }
  };
}
