// How far to trust the level: how often it comes out when the model's weights are others. It is worked out when somebody
// asks for it.

import { h, later } from './dom.js';
import { table } from './result.js';

export function doubt(app) {
  const { view, w } = app;
  const { words } = w;
  const details = h('details', { class: 'fold doubt', ontoggle: () => {
    if (!details.open || details.childElementCount > 1) return;
    const waiting = h('span', {});
    const study = app.answers.once(`doubt ${w.language}`, (document) => app.analysis.sensitivity(document, { language: w.language }, { onprogress: (share) => (waiting.textContent = ` ${w.number(100 * share, 0)} %`) }));
    details.append(h('p', { class: 'small' }, words.doubtHint), later(words, study, draw, waiting));
  } }, h('summary', {}, words.doubt));
  return details;

  function draw({ sentence, levels, weights }) {
    const percent = (share) => `${w.number(100 * share, share > 0 && share < 0.01 ? 1 : 0)} %`;
    const name = ({ child }) => view.title(child);
    return h('div', {}, h('p', {}, sentence),
      levels.length > 1 && table([words.levelWord, words.howOften], levels.map(({ level, share }) => [view.level(view.root, level)?.title ?? words.noLevel, percent(share)]), [1]),
      weights.length > 0 && h('p', {}, words.weightsMatter(weights.slice(0, 3).map(name))));
  }
}
