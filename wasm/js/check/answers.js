// One self-check that is open: what is given, and what the engine makes of it. The screens read from here.

import { MaturityError } from '../index.js';

/** What the engine takes as an address of evidence. */
export const validURL = (text) => /^(https?:\/\/|mailto:)[^\s<>"\\]+$/i.test(text);

export class Answers {
  #session;
  #given; // the session's assessment, until the next change
  #changed;
  #results = new Map(); // of analyses, by what was asked, until the next change

  /** Opens a record; it throws where the model cannot take it. changed is told of every change, and whether scores moved. */
  constructor({ engine, scorer, view }, record, changed) {
    const { comments, evidence, ...rest } = record.assessment;
    Object.assign(this, { engine, scorer, view, record });
    this.#session = scorer.session({ ...rest, model: rest.model ?? { id: scorer.id } });
    this.#changed = changed;
    this.#score();
  }

  close() {
    this.#session.free();
  }

  // --- giving

  /** Answers a question; it returns the issue where the engine refuses. */
  set(id, value) {
    try {
      this.#session.set(id, value);
    } catch (error) {
      if (error instanceof MaturityError) return error.issues[0];
      throw error;
    }
    return this.#moved();
  }

  clear(id) {
    this.#session.clear(id);
    this.#moved();
  }

  setNotApplicable(id, reason) {
    this.#session.notApplicable(id, reason);
    this.#moved();
  }

  setComment(id, text) {
    this.#note('comments', id, text.trim() ? text : undefined);
  }

  setEvidence(id, list) {
    this.#note('evidence', id, list.length ? list : undefined);
  }

  /** What is wanted of the plan (roadmap.js). */
  setWish(wish) {
    this.record.wish = wish;
    this.#changed(false);
  }

  setTarget(id, level) {
    if (level) this.record.targets[id] = level;
    else delete this.record.targets[id];
    this.#changed(false);
  }

  #note(kind, id, note) {
    const { [id]: _, ...others } = this.record.assessment[kind] ?? {};
    this.record.assessment[kind] = note === undefined ? others : { ...others, [id]: note };
    this.#changed(false);
  }

  #moved() {
    this.#given = undefined;
    this.#results = new Map();
    this.#score();
    this.#changed(true);
  }

  // --- reading

  get given() {
    return (this.#given ??= this.#session.assessment());
  }

  to(id) {
    return this.given.answers?.[id];
  }

  notApplicable(id) {
    return this.given.notApplicable?.[id];
  }

  comment(id) {
    return this.record.assessment.comments?.[id];
  }

  evidence(id) {
    return this.record.assessment.evidence?.[id] ?? [];
  }

  validEvidence(id) {
    return this.evidence(id).filter((e) => validURL(e.url ?? ''));
  }

  outcome(id) {
    return this.outcomes.get(id);
  }

  /** How many of these questions are answered or not applicable, and asked. */
  progress(questions) {
    let answered = 0;
    let asked = 0;
    for (const { id } of questions) {
      if (this.outcome(id)?.status === 'hidden') continue;
      asked++;
      if (this.to(id) !== undefined || this.notApplicable(id) !== undefined) answered++;
    }
    return { answered, asked };
  }

  /** The value that a node's target level begins with. */
  targetValue(id) {
    const level = this.view.ladder(id).find((l) => l.id === this.record.targets[id]);
    if (!level) return undefined;
    const from = level.from ?? level.above;
    const result = this.outcome(id);
    if (from === undefined) return result?.min;
    return level.of === 'ratio' ? result.min + Number(from) * (result.max - result.min) : Number(from);
  }

  /** The assessment as a document of the specification. */
  document() {
    const { subject, respondent, date, comments, evidence } = this.record.assessment;
    const { answers, notApplicable } = this.given;
    const { id, version, digest } = this.scorer;
    const links = Object.keys(evidence ?? {}).map((question) => [question, this.validEvidence(question)]).filter(([, list]) => list.length);
    const some = (object) => (object && Object.keys(object).length ? object : undefined);
    return JSON.parse(JSON.stringify({ model: { id, version, digest }, subject, respondent, date, answers, notApplicable, comments: some(comments), evidence: some(Object.fromEntries(links)) }));
  }

  /** An analysis of these answers, which is asked for once. */
  once(key, analyse) {
    const results = this.#results;
    if (!results.has(key)) {
      const result = analyse(this.document());
      result.then((value) => (result.value = value), () => results.delete(key));
      results.set(key, result);
    }
    return results.get(key);
  }

  /** What is saved: the document, and links that are not complete yet. */
  saved() {
    const { evidence } = this.record.assessment;
    return { ...this.document(), ...(evidence && { evidence }) };
  }

  // --- scoring

  // #score takes the result, or which answers are missing that the model requires.
  #score() {
    this.result = undefined;
    this.required = [];
    try {
      this.result = this.#session.result();
      this.outcomes = new Map(this.result.nodes.map((node) => [node.id, node]));
    } catch (error) {
      if (!(error instanceof MaturityError) || error.issues.some((issue) => issue.code !== 'answer-required')) throw error;
      this.required = error.issues.map((issue) => issue.path.split('/')[2]).filter(Boolean);
      this.#withoutScores();
    }
  }

  // #withoutScores finds which questions are asked while answers are missing that the model requires. A model that
  // requires none knows; its scores are not the model's, and stay out of sight.
  #withoutScores() {
    const lenient = JSON.stringify(this.view.model, (key, value) => (key === 'missing' && value === 'error' ? undefined : value));
    const scorer = this.engine.compile(lenient);
    const { nodes } = scorer.score({ ...this.given, model: { id: scorer.id } });
    scorer.free();
    this.outcomes = new Map(nodes.map(({ id, kind, status, min, max, completeness }) => [id, { id, kind, min, max, completeness, status: status === 'scored' ? 'missing' : status }]));
  }
}
