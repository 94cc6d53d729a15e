package maturity

import (
	"slices"
	"strconv"
)

// Codes of Lint. What they speak of is allowed, and seldom meant.
const (
	DeprecatedModel    Code = "deprecated-model"    // the model says that it is deprecated
	MissingTitle       Code = "missing-title"       // some nodes, options and levels have a title, and others none
	MissingTranslation Code = "missing-translation" // a text lacks a language that other texts have
	UnusedOptionSet    Code = "unused-option-set"   // no question uses it
	UnusedLadder       Code = "unused-ladder"       // no group uses it
	UnusedField        Code = "unused-field"        // a field that changes nothing where it stands
	SingleOption       Code = "single-option"       // there is nothing to choose between
	SamePoints         Code = "same-points"         // all answers to a scored question give the same points
	UnorderedPoints    Code = "unordered-points"    // the points of a choice, or of steps, rise and fall
	UnequalRanges      Code = "unequal-ranges"      // children that are compared by value differ in range
	NeverMet           Code = "never-met"           // a child of share or staged that no answers meet
	NeverHolds         Code = "never-holds"         // a condition, or a part of one, that no answers fulfil
	AlwaysHolds        Code = "always-holds"        // a condition, or a part of one, that all answers fulfil
	UnreachableLevel   Code = "unreachable-level"   // a level that no answers reach
	EmptyLevel         Code = "empty-level"         // a level that leaves nobody at the one below it
	LevelGap           Code = "level-gap"           // a first level that a value can miss, and then has none
)

// Lint gives advice on a valid model: what is likely a slip, and what to do about it. Nothing of it stops
// Compile. The issues come in document order, without lines; of an invalid model there are none, but nil. What
// can never happen is worked out from bounds around all that can be answered, left out or not applicable, so
// that Lint misses a slip rather than invents one.
func (m *Model) Lint(opts *Options) []*Issue {
	v := newValidator(opts)
	if v.model(m); len(v.issues) > 0 {
		return nil
	}
	l := newLinter(v)
	l.model()
	l.report, l.languages = v.opts.report(), sortedKeys(l.tags)
	l.model()
	return l.issues
}

// A linter walks a valid model twice: once to gather its titles and languages, and once to speak.
type linter struct {
	*report
	v         *validator
	s         *Scorer
	w         *workspace             // loose: see bounds
	kids      []*kid                 // by place
	repriced  []bool                 // nodes of questions that references give points of their own
	sets      map[string][]*question // who uses an option set
	ladders   map[*Level][]remark    // what is true of a ladder wherever it is used, by its first level
	tags      map[string]bool        // of all texts
	languages []string               // the tags, once all are known
	titled    bool                   // something has a title
	untitled  []string               // the nodes, options and levels without
}

func newLinter(v *validator) *linter {
	l := &linter{report: v.opts.report(), v: v, s: v.scorer, w: newWorkspace(v.scorer), kids: make([]*kid, len(v.places)),
		repriced: make([]bool, len(v.scorer.nodes)), sets: map[string][]*question{}, ladders: map[*Level][]remark{}, tags: map[string]bool{}}
	l.w.loose = true
	l.w.run()
	for i, k := range l.s.kids {
		l.kids[k.place.index] = &l.s.kids[i]
		l.repriced[k.node] = l.repriced[k.node] || k.points != nil
	}
	for _, n := range l.s.nodes {
		if n.Answer != nil {
			l.sets[n.Answer.Use] = append(l.sets[n.Answer.Use], &l.s.questions[n.question])
		}
		if len(n.levels) > 0 {
			first, remarks := n.place.levels[0], l.ladderRemarks(&n)
			if common, used := l.ladders[first]; used {
				remarks = both(common, remarks)
			}
			l.ladders[first] = remarks
		}
	}
	return l
}

func (l *linter) model() {
	if l.titled && len(l.untitled) > 0 {
		l.add(MissingTitle, "", "", "Titles are missing on nodes, options or levels ("+strconv.Itoa(len(l.untitled))+"; the first at "+strconv.Quote(l.untitled[0])+"): add them, so that nobody need read ids.")
	}
	if l.v.m.Deprecated != nil {
		l.add(DeprecatedModel, "/deprecated", "", "This model is deprecated: use what it names in its place.")
		l.text(l.v.m.Deprecated, "/deprecated", "")
	}
	for _, name := range sortedKeys(l.v.m.OptionSets) {
		if path := pointer("/optionSets", name); l.sets[name] != nil {
			l.options(l.v.m.OptionSets[name], path, l.sets[name]...)
		} else {
			l.add(UnusedOptionSet, path, "", "No question uses this option set: use it, or remove it.")
		}
	}
	for _, name := range sortedKeys(l.v.m.Ladders) {
		path, levels := pointer("/ladders", name), l.v.m.Ladders[name]
		if _, used := l.ladders[levels[0]]; used {
			l.ladder(levels, path)
		} else {
			l.add(UnusedLadder, path, "", "No group uses this ladder: use it, or remove it.")
		}
	}
	for _, p := range l.v.places {
		l.node(p)
	}
}

func (l *linter) node(p *place) {
	n := &l.s.nodes[l.s.index[p.ID]] // the root for a reference, which has none of its own
	if !l.meets(l.kids[p.index]) {
		l.add(NeverMet, p.path, "", "No answers meet this child: give it the points, or the level, that the group around it tests, or mend its met.")
	}
	if op := n.rule.op; p.Children != nil && !n.ratio && !n.uniform && (op == Mean || op == Min || op == Max || op == Median) {
		l.add(UnequalRanges, p.path, "", "The children have different ranges, so that a point is not worth the same in each: read ratio, or give them equal ranges.")
	}
	if p.Ref == "" || p.Title != nil {
		l.title(p.Title, p.path)
	}
	l.text(p.Description, p.path, "description")
	l.fields(p)
	l.condition(p.When, p.path, "when", "the node is never shown")
	for i, advice := range p.Advice {
		at := pointer(p.path, "advice")
		if !p.adviceAlone {
			at = pointerIndex(at, i)
		}
		l.text(advice, at, "")
	}
	switch {
	case p.Answer != nil:
		l.question(p.Answer, pointer(p.path, "answer"), &l.s.questions[n.question])
	case p.Ref == "":
		l.group(n)
	case !monotone(l.kids[p.index].points):
		l.add(UnorderedPoints, p.path, "points", "These points rise and fall along the options of the question: put them in order, or mend them.")
	}
}

func (l *linter) title(t Text, path string) {
	l.text(t, path, "title")
	if l.titled = l.titled || t != nil; t == nil {
		l.untitled = append(l.untitled, path)
	}
}

// text reports the languages that a text lacks; one in a wider language will do, as en for en-GB.
func (l *linter) text(t Text, path, key string) {
	if t == nil || len(l.issues) > l.limit {
		return
	}
	path = within(path, key)
	languages := t.Languages()
	if languages[0] == "" {
		languages[0] = l.v.m.Language
	}
	for _, tag := range languages {
		l.tags[tag] = true
	}
	var lacks []string
	for _, tag := range l.languages {
		if tag != "" && !speaks(languages, tag) {
			lacks = append(lacks, tag)
		}
	}
	if lacks != nil {
		l.add(MissingTranslation, path, "", "This text is not in "+list(lacks)+", and other texts of the model are: translate it.")
	}
}

// speaks tells whether one of some languages is a tag or wider than it.
func speaks(languages []string, tag string) bool {
	for _, own := range languages {
		if hasPrefix(tag+"-", own+"-") {
			return true
		}
	}
	return false
}

// fields reports fields that change nothing where they stand.
func (l *linter) fields(p *place) {
	gets := func(q *place) bool {
		return l.counts(q) && p.NotApplicable != Forbid || q.Answer != nil && p.NotApplicable == Forbid
	}
	for _, f := range []struct {
		name   string
		unused bool
		why    string
	}{
		{"weight", weightUnits(p) != 0 && weightUnits(p) != decimalUnit && !(l.counts(p) && l.weighs(p.parent)), "no aggregate uses it"},
		{"stage", p.Stage != 0 && (p.parent == nil || p.parent.Aggregate != Staged), "the parent is not staged"},
		{"missing", p.Missing != "" && !l.acts(p, false, l.counts), "nothing that counts gets its policy from here"},
		{"notApplicable", p.NotApplicable != "" && !l.acts(p, true, gets), "nothing that it is for gets its policy from here"},
		{"effort", p.Effort != "" && (p.Answer == nil || p.Answer.Type == FreeText), "only a scored question can be raised"},
		{"read", p.Read != "" && (p.Aggregate == Share || p.Aggregate == Staged), "met alone says what is read"},
	} {
		if f.unused {
			l.add(UnusedField, p.path, f.name, "The field "+quote(f.name)+" changes nothing here, because "+f.why+": remove it.")
		}
	}
}

func (l *linter) counts(p *place) bool { return l.kids[p.index] != nil && !l.kids[p.index].never }

// weighs tells whether a parent weighs its children. A stage that needs all of them does not.
func (l *linter) weighs(parent *place) bool {
	rule := &l.s.nodes[l.s.index[parent.ID]].rule
	switch rule.op {
	case Min, Max, Median, Product:
		return false
	case Staged:
		return !rule.need.equal(whole(1))
	}
	return true
}

// acts tells whether the policy of a place reaches one that gets it: itself, or one below that has none of
// its own. That of the root reaches the views too.
func (l *linter) acts(p *place, notApplicable bool, gets func(*place) bool) bool {
	heirs := p.kids
	if p.path == "" {
		heirs = l.v.places
	}
	for _, q := range heirs {
		if (q.parent == p || q.parent == nil && q != p) && q.policy(notApplicable) == "" && l.acts(q, notApplicable, gets) {
			return true
		}
	}
	return gets(p)
}

func (l *linter) question(a *Answer, path string, q *question) {
	if a.Options != nil {
		l.options(a.Options, pointer(path, "options"), q)
	} else if a.Use == "" { // a set is looked at by itself
		l.points(path, q)
	}
	if _, plain := a.Unit[""]; !plain { // a plain string is a sign such as %, the same in every language
		l.text(a.Unit, path, "unit")
	}
}

func (l *linter) options(options []*Option, path string, users ...*question) {
	if len(options) == 1 {
		l.add(SingleOption, path, "", "There is only one option: add another, or ask with yesno.")
	} else {
		l.points(path, users...)
	}
	for i, o := range options {
		l.title(o.Title, pointerIndex(path, i))
		l.text(o.Description, pointerIndex(path, i), "description")
	}
}

// points looks at the points of questions that share them, and reports one slip.
func (l *linter) points(path string, users ...*question) {
	for _, q := range users {
		switch {
		case q.kind != FreeText && q.full.min.equal(q.full.max) && !l.steers(q):
			l.add(SamePoints, path, "", "All answers give the same points (without points, 0): give them different points, or the question weight 0.")
		case q.kind != Checklist && !monotone(q.points):
			l.add(UnorderedPoints, path, "", "The points rise and fall from one answer to the next: put them in order, or mend them.")
		default:
			continue
		}
		return
	}
}

// steers tells whether a question is asked for more than its points: it does not count, conditions read it,
// or references give it points of their own.
func (l *linter) steers(q *question) bool {
	for p := l.s.nodes[q.node].place; p != nil; p = p.parent {
		if weightUnits(p) == 0 {
			return true
		}
	}
	return len(q.readers) > 0 || l.repriced[q.node]
}

func monotone(points []rat) bool {
	rises, falls := false, false
	for i := 1; i < len(points); i++ {
		order := points[i-1].cmp(points[i])
		rises, falls = rises || order < 0, falls || order > 0
	}
	return !rises || !falls
}

func (l *linter) group(n *node) {
	l.condition(n.Met, n.path, "met", "no child is met")
	for i, a := range n.Adjust {
		l.condition(a.When, pointerIndex(pointer(n.path, "adjust"), i), "when", "the adjustment never acts")
	}
	if n.Levels.Use == "" {
		l.ladder(n.place.levels, pointer(n.path, "levels"))
	}
	for _, r := range l.ladderRemarks(n) {
		if len(both(l.ladders[n.place.levels[0]], []remark{r})) == 0 { // else the ladder itself has it
			l.add(r.code, n.path, "levels", r.message)
		}
	}
}

// meets tells whether a child may pass its parent's met, if that may hold at all.
func (l *linter) meets(k *kid) bool {
	if k == nil || k.met == nil || k.never {
		return true
	}
	o := l.w.interval(k.node).outcome
	if k.points != nil {
		l.w.ownOutcome(k, &o)
	} else { // a policy counts it at an end of its range, which it need not reach by itself
		o.low, o.high, o.ratioLow, o.ratioHigh = lesser(o.low, k.full.min), greater(o.high, k.full.max), lesser(o.ratioLow, whole(0)), greater(o.ratioHigh, whole(1))
	}
	return !o.may || l.holds(k.met, &o).may || !l.holds(k.met, nil).may
}

// condition reports a condition that comes out the same whatever is answered, or else such parts of it.
// Then says what follows from never.
func (l *linter) condition(c *Condition, path, key, then string) {
	if c == nil {
		return
	}
	path = within(path, key)
	switch t := l.truth(c); {
	case !t.may:
		l.add(NeverHolds, path, "", "This condition never holds, so that "+then+": mend it, or remove what it is for.")
		return
	case t.must:
		l.add(AlwaysHolds, path, "", "This condition holds whatever is answered: mend it, or remove it.")
		return
	}
	then = "this part of the whole is idle"
	c.parts(func(part *Condition, key string, i int) { l.condition(part, itemPath(path, key, i), "", then) })
	l.number(c, c.Is, pointer(path, "is"))
	for i, value := range c.In {
		l.number(c, value, pointerIndex(pointer(path, "in"), i))
	}
}

// truth works out what is known of a condition whatever is answered.
func (l *linter) truth(c *Condition) truth {
	b := builder{Scorer: *l.s, v: l.v}
	return l.holds(b.compileCondition(c, -1, nil), nil)
}

func (l *linter) holds(c *condition, own *outcome) truth {
	if own == nil { // nothing is known of the value so far, or of the child that met tests
		own = &outcome{root: 1, may: true, vague: true, blurred: true, levelHigh: 1 << 14}
	}
	return l.w.holds(c, asMayBe, own, &span{whole(0), whole(1)})
}

// number reports a number that no answer to the question can be.
func (l *linter) number(c *Condition, value any, path string) {
	d, ok := decimalOf(value)
	if ok && l.noAnswer(c.Question, d) {
		l.add(NeverHolds, path, "", "No answer to "+quote(c.Question)+" is "+d.String()+": mend the number.")
	}
}

// A remark is something to say of a level of a ladder where a group uses it.
type remark struct {
	level   int
	code    Code
	message string
}

// both returns those remarks of the first list that the second has too.
func both(first, second []remark) (common []remark) {
	for _, r := range first {
		if slices.Contains(second, r) {
			common = append(common, r)
		}
	}
	return common
}

func (l *linter) ladder(levels []*Level, path string) {
	for i, level := range levels {
		at := pointerIndex(path, i)
		for _, r := range l.ladders[levels[0]] {
			if r.level == i {
				l.add(r.code, at, "", r.message)
			}
		}
		l.title(level.Title, at)
		l.text(level.Description, at, "description")
		l.condition(level.Require, at, "require", "nothing reaches the level")
	}
}

// ladderRemarks finds what there is to say of the ladder of a group, given the bounds of its value.
func (l *linter) ladderRemarks(n *node) (remarks []remark) {
	r := l.w.interval(l.s.index[n.ID])
	if n.scored && !r.may {
		return nil // if it is never there to have a value, that is said elsewhere
	}
	say := func(i int, code Code, message string) {
		remarks = append(remarks, remark{i, code, "The level " + quote(n.levels[i].id) + message})
	}
	if r.levelLow < 0 && r.levelHigh >= 0 && n.misses(&n.levels[0], r) {
		say(0, LevelGap, " is the first, and a value that misses it has no level: put one without a condition below it.")
	}
	top := int(r.levelHigh)
	for i := 1; i <= top; i++ {
		level, below := &n.levels[i], &n.levels[i-1]
		implied := below.threshold.d != 0 && below.threshold.equal(level.threshold) && below.ofRatio == level.ofRatio && (below.above || !level.above)
		if level.require == nil && (int(r.levelLow) >= i || implied) {
			say(i, EmptyLevel, " is reached by all that reach the one below it: raise its threshold, or remove one of the two.")
		}
	}
	if top++; top < len(n.levels) && (n.levels[top].require == nil || l.truth(n.place.levels[top].Require).may) {
		say(top, UnreachableLevel, " is never reached: lower its threshold, or remove it and those above it.")
	}
	return remarks
}

// misses tells whether values miss the first level, which they need not reach. Unless there are adjustments,
// only values with every child counting are looked at: that a sum of few answers is low is no slip.
func (n *node) misses(first *level, r *interval) bool {
	lowest, root := n.full.min, n.fullRoot
	if first.ofRatio {
		lowest, root = ratioSpan(n.full).min, 1
	}
	order := cmpValue(lowest, root, first.threshold)
	return first.require != nil || !r.vague && !(r.blurred && first.ofRatio) && (n.adjust != nil || order < 0 || order == 0 && first.above)
}

// noAnswer tells whether a number can be no answer to a question.
func (l *linter) noAnswer(question string, d Decimal) bool {
	_, f := l.s.questions[l.s.nodes[l.s.index[question]].question].number(d.String())
	return f != nil
}
