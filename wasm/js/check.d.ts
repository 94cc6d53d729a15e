import type { Assessment, Model, Result } from './documents.js';

/**
 * `<maturity-check>`: a self-check in any page.
 *
 * Attributes: `model` (the id of a model of the package, or the address of one of your own; default: the first of the
 * package, and a choice of others), `lang` (`nb`, `nn` or `en`; default: what the person chose before, then the browser's
 * languages), `earlier` (ids or addresses of earlier versions of the model, apart by blanks), `color-scheme` (`auto`, `light` or `dark`), `keep-title` (leave the page's title alone), `id` (keeps apart
 * the places of several elements in the history; their order on the page does it else).
 *
 * Colours, sizes and fonts are Designsystemet's tokens: a page that has a theme (`--ds-color-…` on its root) gives it to
 * the element; so it does with `--ds-font-family`. `min-height` is inherited. Parts for `::part()`: `header`, `notes`,
 * `main`, and beside the questions `contents`, `panel` and, on a narrow screen, `bar`.
 *
 * It works under `script-src 'self' 'wasm-unsafe-eval'; require-trusted-types-for 'script'; trusted-types modenhet`. Without that
 * policy, plans and comparisons are worked out in the page in place of a worker.
 */
export class MaturityCheck extends HTMLElement {
  /** The model: an id or an address, as the attribute, or the document itself. */
  get model(): string | Model;
  set model(model: string | Model);
  /** The assessment as it is now; `undefined` before one is begun. Set one to open it as a new self-check. */
  get assessment(): Assessment | undefined;
  set assessment(assessment: Assessment);
  /**
   * Earlier versions of the model: ids, addresses or documents; default: those of the attribute `earlier`. An assessment of
   * another version, whether saved, from a file or a link, or set, is shown with what fits this version and what does not before
   * it is opened. With the version that it was made with, the page also says what was reworded, and gives both scores.
   */
  get earlier(): (string | Model)[];
  set earlier(models: (string | Model)[]);
  /** The target profile: ids of levels by id of node. One set before a self-check is begun is that of new ones. */
  get target(): { [node: string]: string };
  set target(target: { [node: string]: string });

  addEventListener<K extends keyof MaturityCheckEvents>(type: K, listener: (this: MaturityCheck, event: MaturityCheckEvents[K]) => unknown, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

export interface MaturityCheckEvents extends Omit<HTMLElementEventMap, 'change'> {
  /** The engine is there. The first page may have been shown before. */
  ready: CustomEvent<null>;
  /** An answer, a comment or a target changed: the assessment. */
  change: CustomEvent<Assessment>;
  /** The scores moved: the result, or `null` while answers are missing that the model requires. */
  result: CustomEvent<Result | null>;
}

declare global {
  interface HTMLElementTagNameMap {
    'maturity-check': MaturityCheck;
  }
}
