// A View is a model as people meet it: sections, pages with questions, ladders, titles in one language.

/** The colours of levels run from 1 to 5, however many levels a ladder has. */
export const shades = 5;

export class View {
  constructor(model, writer) {
    this.model = model;
    this.w = writer;
    this.nodes = new Map();
    this.sections = [];
    this.pages = [];
    this.walk(model, undefined, undefined);
    model.views?.forEach((view) => this.index(view, undefined));
    this.questions = this.pages.flatMap((page) => page.questions);
  }

  // walk makes a page of every group that holds questions, in document order; sections are the root's children.
  walk(group, section, parent) {
    this.nodes.set(group.id, { node: group, parent, group: true });
    const questions = group.children.filter((child) => child.answer);
    if (questions.length) {
      const at = section ?? this.section(group);
      const page = { id: group.id, group, section: at, questions, number: this.pages.length };
      this.pages.push(page);
      at.pages.push(page);
      for (const question of questions) this.nodes.set(question.id, { node: question, parent: group.id, page });
    }
    for (const child of group.children) {
      if (child.children) this.walk(child, section ?? this.section(parent === undefined ? child : group), group.id);
    }
  }

  index(group, parent) {
    this.nodes.set(group.id, { node: group, parent, group: true, view: true });
    for (const child of group.children) {
      if (child.children) this.index(child, group.id);
      else if (child.answer) {
        const page = this.pages.find((page) => page.id === group.id) ?? this.viewPage(group);
        page.questions.push(child);
        this.nodes.set(child.id, { node: child, parent: group.id, page });
      }
    }
  }

  // viewPage is for questions that stand in a view alone.
  viewPage(group) {
    const section = this.section(group);
    const page = { id: group.id, group, section, questions: [], number: this.pages.length };
    this.pages.push(page);
    section.pages.push(page);
    return page;
  }

  section(group) {
    let section = this.sections.find((section) => section.group === group);
    if (!section) this.sections.push((section = { group, pages: [] }));
    return section;
  }

  get root() {
    return this.model.id;
  }

  node(id) {
    return this.nodes.get(id)?.node;
  }

  /** A node's title for lists and pictures: cut where it is very long. */
  title(id) {
    return this.cut(this.full(id));
  }

  full(id) {
    return this.w.text(this.node(id)?.title) || id;
  }

  cut(text, most = 240) {
    return text.length > most ? `${text.slice(0, most).replace(/[\uD800-\uDBFF]?\S{0,30}$/, '')} …` : text;
  }

  /** The groups that a profile shows: those of the root's children that can have a score. */
  get dimensions() {
    const groups = this.model.children.filter((child) => child.children && Number(child.weight ?? 1) !== 0);
    return groups.length ? groups : [this.model];
  }

  /** The groups below a dimension that hold questions; the dimension itself where it does. */
  practices(dimension) {
    return this.pages.filter((page) => {
      for (let id = page.id; id !== undefined; id = this.nodes.get(id).parent) if (id === dimension.id) return true;
      return false;
    }).map((page) => page.group);
  }

  /** Whether «not applicable» is no answer to a question. */
  forbids(id) {
    for (let at = id; at !== undefined; at = this.nodes.get(at).parent) {
      const policy = this.node(at).notApplicable;
      if (policy) return policy === 'forbid';
    }
    return this.model.notApplicable === 'forbid';
  }

  ladder(id) {
    const levels = this.node(id)?.levels;
    return (typeof levels === 'string' ? this.model.ladders[levels] : levels) ?? [];
  }

  /** A level's number from 1, title, and shade; undefined where there is none. */
  level(id, level) {
    const ladder = this.ladder(id);
    const i = ladder.findIndex((l) => l.id === level);
    if (i < 0) return undefined;
    return { number: i + 1, title: this.w.text(ladder[i].title) || level, description: this.w.text(ladder[i].description), shade: shadeOf(i, ladder.length) };
  }

  options(question) {
    const { options, use } = question.answer;
    return options ?? this.model.optionSets[use];
  }

  option(question, value) {
    return this.options(question).find((option) => option.value === value);
  }

  /** An answer as a sentence. */
  answer(question, value) {
    if (value === undefined) return undefined;
    const { w } = this;
    switch (question.answer.type) {
      case 'choice': {
        const option = this.option(question, value);
        return w.text(option?.title) || w.text(option?.description) || value;
      }
      case 'checklist':
        return value.map((v) => w.text(this.option(question, v)?.title) || v).join('; ');
      case 'yesno':
        return value ? w.words.yes : w.words.no;
      case 'text':
        return value;
    }
    const unit = w.text(question.answer.unit);
    return w.decimal(value) + (unit ? ` ${unit}` : '');
  }

  /** Digits after the point in which values of a node are shown. */
  digits(id) {
    for (let at = id; at !== undefined; at = this.nodes.get(at)?.parent) {
      const display = this.node(at)?.display;
      if (display) return display.digits;
    }
    return this.model.display?.digits ?? 1;
  }

  value(id, value) {
    return value === undefined ? '–' : this.w.number(value, this.digits(id));
  }
}

export const shadeOf = (i, length) => (length < 2 ? 3 : 1 + Math.round((i * (shades - 1)) / (length - 1)));

/** The shade of a node's value: that of its level, else by its place in its range. */
export function shade(view, result) {
  if (!result || result.status !== 'scored') return undefined;
  return view.level(result.id, result.level)?.shade ?? Math.min(shades, 1 + Math.floor(result.ratio * shades));
}
