// Files and links: models, assessments and results come in and go out, and nothing is sent anywhere.

import { MaturityError } from '../index.js';
import { h, pick } from './dom.js';
import { csvOf, markdownOf } from './report.js';
import { linkOf, textIn } from './share.js';
import { carry, ofAnother } from './versions.js';

/** Opens a model file of one's own. */
export async function openModel(app) {
  const [file] = await pick();
  await app.ready;
  if (file) app.useModel(await file.text(), true);
}

/** Opens an assessment's file as a new self-check. */
export async function openFile(app) {
  const [file] = await pick();
  await app.ready;
  if (file) receive(app, await file.text(), app.w.words.opened, app.w.words.badFile);
}

// checked reads an assessment's text. It is checked again as JavaScript holds it, whose numbers are rounder: 999999999.999999999 is no answer then.
function checked(app, text) {
  const check = (assessment) => app.scorer.check(assessment).filter((issue) => issue.code !== 'answer-required');
  const issues = check(text);
  if (issues.length) return { issues };
  const assessment = JSON.parse(text);
  return { assessment, issues: check(assessment) };
}

// receive opens an assessment's text as a new self-check, or offers it where it is of another version; what cannot be read
// changes nothing.
function receive(app, text, opened, bad) {
  const given = parsed(text);
  if (given && ofAnother(app, given)) return app.offer(given, { text, bad });
  const { assessment, issues } = checked(app, text);
  if (issues.length) return app.refuse(new MaturityError(issues), issues.some((issue) => issue.code === 'other-model') ? app.w.words.otherModel : bad);
  app.add(assessment);
  app.go('result');
  return app.tell(opened);
}

/** Opens the answers in the address, once. home shows what there is without them. It is false where there are none. */
export async function openLink(app, home) {
  let text;
  let failure;
  try {
    text = await textIn(location.hash);
  } catch (error) {
    failure = error;
  }
  if (text === undefined && !failure) return false;
  history.replaceState(history.state, '', location.pathname + location.search);
  home(); // what is refused leaves one where one was
  if (failure) app.refuse(failure, app.w.words.badLink);
  else receive(app, text, app.w.words.openedLink, app.w.words.badLink);
  return true;
}

// parsed is a text as an object, or undefined.
function parsed(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What others have answered: {file, assessment} of each file that can be read, with how it was carried over where it is of
 * another version, and what is wrong with the others.
 */
export async function readFiles(app, files) {
  const read = [];
  const failed = [];
  const texts = await Promise.all([...files].map((file) => file.text().catch(() => ''))); // a folder has none
  for (const [i, text] of texts.entries()) {
    const given = parsed(text);
    const file = files[i].name;
    try {
      if (given && ofAnother(app, given)) {
        const carried = await carry(app, given, text);
        read.push({ file, assessment: carried.assessment, of: given, carried });
      } else {
        const { assessment, issues } = checked(app, text);
        if (issues.length) failed.push(`${file}: ${app.w.words.badFile}`);
        else read.push({ file, assessment });
      }
    } catch {
      failed.push(`${file}: ${app.w.words.badFile}`);
    }
  }
  return { read, failed };
}

/** Downloads the open self-check: json, csv or markdown. */
export function download(app, kind) {
  const name = `${app.nameOf(app.answers.record, app.view.root).replace(/[^\p{L}\p{N}]+/gu, '-')}-${new Date().toISOString().slice(0, 10)}`;
  if (kind === 'json') downloadText(`${name}.json`, `${JSON.stringify(app.answers.document(), null, 2)}\n`);
  else if (kind === 'csv') downloadText(`${name}.csv`, csvOf(app));
  else downloadText(`${name}.md`, markdownOf(app));
}

export function downloadText(name, text) {
  const url = URL.createObjectURL(new Blob([text]));
  h('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Copies the link that carries the answers, or shows it where the browser does not let it. */
export async function copyLink(app) {
  const { words } = app.w;
  const link = await linkOf(app.answers.document(), location.href);
  try {
    await navigator.clipboard.writeText(link);
    app.tell(words.linkCopied);
  } catch {
    const input = h('input', { class: 'ds-input', readonly: true, value: link, 'aria-label': words.linkHint });
    app.tell(words.linkHint, 'info', input);
    input.select();
  }
}

/** Hands out a saved self-check as it is. */
export const rescue = ({ id, assessment }) => downloadText(`${id}.json`, JSON.stringify(assessment, null, 2));
