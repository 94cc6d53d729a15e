import type { Assessment, Result } from './documents.js';

/**
 * `<maturity-check>`: a self-check in any page.
 *
 * Attributes: `model` (the id of a model of the package, or the address of one of your own; default: the first of the
 * package), `lang` (`nb`, `nn` or `en`; default: what the person chose before, then the browser's languages), `color-scheme`
 * (`auto`, `light` or `dark`), `keep-title` (leave the page's title alone).
 *
 * Colours, sizes and fonts are Designsystemet's tokens: a page that has a theme (`--ds-color-…` on its root) gives it to
 * the element.
 */
export class MaturityCheck extends HTMLElement {
  /** The assessment as it is now; `undefined` before one is begun. Set one to open it as a new self-check. */
  get assessment(): Assessment | undefined;
  set assessment(assessment: Assessment);
  /** The target profile: ids of levels by id of node. */
  get target(): { [node: string]: string };
  set target(target: { [node: string]: string });
}

declare global {
  interface HTMLElementTagNameMap {
    'maturity-check': MaturityCheck;
  }
  interface HTMLElementEventMap {
    /** An answer, a comment or a target changed. Comes from `<maturity-check>` (also from other elements, as `Event`). */
    change: Event;
    /** The scores moved: the result's document, or `null` while required answers are missing. */
    result: CustomEvent<Result | null>;
  }
}
