package maturity

import "strconv"

// A condition is a Condition, compiled.
type condition struct {
	op       conditionOp
	parts    []condition
	question int32
	options  []bool   // choice, yesno: which answers match, by option
	numbers  []int64  // scale, number
	texts    []string // text
	option   int32    // includes
	given    bool     // answered: whether it must be
	node     int32    // -1: the value so far, or the child tested
	of       measure
	tests    []comparison
	level    int16
	want     []string // what a blocker says of it
}

// parts visits the conditions that a condition is made of, each with where it stands: its key, and its place
// in a list, or -1.
func (c *Condition) parts(visit func(part *Condition, key string, i int)) {
	for i, part := range c.All {
		visit(part, "all", i)
	}
	for i, part := range c.Any {
		visit(part, "any", i)
	}
	visit(c.Not, "not", -1)
}

type conditionOp uint8

const (
	allOf conditionOp = iota
	anyOf
	notOf
	isAnswered
	matches
	includes
	measures
)

// A measure is what a condition reads of a node.
type measure uint8

const (
	ofValue measure = iota
	ofRatio
	ofCompleteness
	ofLevel
)

var measureNames = [...]string{"value", "ratio", "completeness", "level"}

// A comparison is one comparison with a decimal.
type comparison struct {
	op   string // as in Comparison's JSON
	with rat
	want []string // with, as a blocker says it
}

func (c *Comparison) compile() []comparison {
	var tests []comparison
	for _, t := range []struct {
		op string
		d  Decimal
	}{{"atLeast", c.AtLeast}, {"moreThan", c.MoreThan}, {"atMost", c.AtMost}, {"lessThan", c.LessThan}, {"equals", c.Equals}} {
		if t.d != "" {
			with := decimalRat(t.d, 0)
			tests = append(tests, comparison{t.op, with, []string{with.String()}})
		}
	}
	return tests
}

// compileCondition compiles a condition of node i, which matters for its own completeness. Levels is the
// ladder of the child that met tests.
func (b *builder) compileCondition(c *Condition, i int32, levels []*Level) *condition {
	if c == nil {
		return nil
	}
	compiled := b.condition(c, i, levels)
	return &compiled
}

func (b *builder) condition(c *Condition, i int32, levels []*Level) condition {
	group := func(op conditionOp, parts ...*Condition) condition {
		g := condition{op: op}
		for _, part := range parts {
			g.parts = append(g.parts, b.condition(part, i, levels))
		}
		return g
	}
	switch {
	case c.All != nil:
		return group(allOf, c.All...)
	case c.Any != nil:
		return group(anyOf, c.Any...)
	case c.Not != nil:
		return group(notOf, c.Not)
	case c.Question != "":
		return b.answerCondition(c)
	}
	node := int32(-1)
	if c.Node != "" && b.index[c.Node] != i { // its own completeness is that of the value so far
		node = b.index[c.Node]
		levels = b.nodes[node].place.levels
	}
	return measureCondition(node, c.Value, c.Ratio, c.Completeness, c.Level, levels)
}

// measureCondition tests everything that is given of a node.
func measureCondition(node int32, value, ratio, completeness *Comparison, lt *LevelTest, levels []*Level) condition {
	all := condition{op: allOf}
	for of, c := range [...]*Comparison{value, ratio, completeness} {
		if c != nil {
			all.parts = append(all.parts, condition{op: measures, node: node, of: measure(of), tests: c.compile()})
		}
	}
	if lt != nil {
		index := levelIndex(levels, lt.AtLeast)
		if index < 0 {
			index = 1 << 14 // a ladder without that level never reaches it
		}
		all.parts = append(all.parts, condition{op: measures, node: node, of: ofLevel, level: int16(index), want: []string{lt.AtLeast}})
	}
	if len(all.parts) == 1 {
		return all.parts[0]
	}
	return all
}

// compileMet is the test of a share or staged group on one of its children.
func (b *builder) compileMet(n *node, k *kid) *condition {
	if n.rule.op != Share && n.rule.op != Staged {
		return nil
	}
	met := n.Met
	if met == nil {
		met = &Condition{Ratio: &Comparison{AtLeast: "1"}}
	}
	return b.compileCondition(met, -1, b.nodes[k.node].place.levels) // -1: what names this group is not about the child
}

func (b *builder) answerCondition(c *Condition) condition {
	n := &b.nodes[b.index[c.Question]]
	q := &b.questions[n.question]
	compiled := condition{op: matches, question: n.question}
	values := c.In
	switch {
	case c.Answered != nil:
		compiled.op, compiled.given, compiled.want = isAnswered, *c.Answered, []string{strconv.FormatBool(*c.Answered)}
	case c.Includes != "":
		compiled.op, compiled.option, compiled.want = includes, q.option(c.Includes), []string{c.Includes}
	case c.Is != nil:
		values = []any{c.Is}
	}
	if q.kind == Choice || q.kind == YesNo {
		compiled.options = make([]bool, len(q.points))
	}
	for _, value := range values {
		compiled.want = append(compiled.want, wordOf(value))
		switch q.kind {
		case Choice:
			compiled.options[q.option(value.(string))] = true
		case YesNo:
			if value.(bool) {
				compiled.options[1] = true
			} else {
				compiled.options[0] = true
			}
		case FreeText:
			compiled.texts = append(compiled.texts, value.(string))
		case ScaleType, Number:
			d, _ := decimalOf(value)
			units, _ := d.units()
			compiled.numbers = append(compiled.numbers, units)
		}
	}
	return compiled
}

// wordOf is an answer in a condition as a blocker says it.
func wordOf(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	}
	d, _ := decimalOf(value)
	units, _ := d.units()
	return formatUnits(units)
}

// A truth is what is known of a condition: whether it must hold, and whether it may. When every answer it
// depends on is known, the two are equal.
type truth struct{ must, may bool }

func (t truth) not() truth { return truth{!t.may, !t.must} }

// An outcome is what is known of a node: its value lies from low to high. Once everything it depends on
// is answered, low and high are the value.
type outcome struct {
	low, high           rat
	ratioLow, ratioHigh rat
	root                int64 // above 1: low and high are roots
	may, must           bool  // it may, and must, have a value
	vague               bool  // nothing is known of low and high
	blurred             bool  // nothing is known of the ratio
	levelLow, levelHigh int16 // -1: none
}

// A view is the evaluation that a condition belongs to.
type view bool

const (
	asIs    view = false // of the answers as they are
	asMayBe view = true  // of all that they may still become
)

// holds works a condition out. Own is the value so far, or the child that met tests.
func (w *workspace) holds(c *condition, v view, own *outcome, complete *span) truth {
	switch c.op {
	case allOf:
		t := truth{true, true}
		for i := range c.parts {
			p := w.holds(&c.parts[i], v, own, complete)
			t = truth{t.must && p.must, t.may && p.may}
		}
		return t
	case anyOf:
		t := truth{}
		for i := range c.parts {
			p := w.holds(&c.parts[i], v, own, complete)
			t = truth{t.must || p.must, t.may || p.may}
		}
		return t
	case notOf:
		return w.holds(&c.parts[0], v, own, complete).not()
	case measures:
		return w.measured(c, v, own, complete)
	}
	t := w.answerHolds(c, v)
	if c.op == isAnswered && !c.given {
		return t.not()
	}
	return t
}

// answerHolds tests the answer to a question; one that is hidden counts as not given.
func (w *workspace) answerHolds(c *condition, v view) truth {
	q := &w.s.questions[c.question]
	a := &w.answers[c.question]
	slot := w.s.nodes[q.node].slot
	is := slot >= 0 && w.hidden[slot]
	hidden := truth{is, is}
	if v == asMayBe {
		hidden = w.hiddenTruth(slot)
		if w.loose || a.state == unanswered {
			return truth{false, !hidden.must}
		}
	}
	ok := a.state == answered
	if ok {
		switch c.op {
		case matches:
			ok = c.matches(a, w.texts[c.question])
		case includes:
			ok = w.chosen[q.first+c.option]
		}
	}
	return truth{ok && !hidden.may, ok && !hidden.must}
}

func (c *condition) matches(a *answer, given string) bool {
	if c.options != nil {
		return c.options[a.option]
	}
	for _, units := range c.numbers {
		if a.units == units {
			return true
		}
	}
	for _, text := range c.texts {
		if given == text {
			return true
		}
	}
	return false
}

// measured tests the outcome of a node; one without a value passes no test of value, ratio or level.
func (w *workspace) measured(c *condition, v view, own *outcome, complete *span) truth {
	if c.of == ofCompleteness {
		s := complete
		if c.node >= 0 {
			of := w.cells[c.node].completeness()
			if v == asMayBe {
				of = w.completenessRange(c.node)
			}
			s = &of
		}
		return compareAll(c.tests, s.min, s.max, 1)
	}
	o := own
	if c.node >= 0 && v == asMayBe {
		o = &w.interval(c.node).outcome
	} else if c.node >= 0 {
		of := w.outcomeNow(c.node)
		o = &of
	}
	t := truth{false, true}
	switch {
	case c.of == ofLevel:
		t = truth{o.levelLow >= c.level, o.levelHigh >= c.level}
	case !o.may || o.vague || o.blurred && c.of == ofRatio:
	case c.of == ofRatio:
		t = compareAll(c.tests, o.ratioLow, o.ratioHigh, 1)
	default:
		t = compareAll(c.tests, o.low, o.high, o.root)
	}
	return truth{t.must && o.must, t.may && o.may}
}

func compareAll(tests []comparison, low, high rat, root int64) truth {
	t := truth{true, true}
	for i := range tests {
		p := tests[i].holds(low, high, root)
		t = truth{t.must && p.must, t.may && p.may}
	}
	return t
}

// holds compares a number that lies from low to high.
func (c *comparison) holds(low, high rat, root int64) truth {
	l := cmpValue(low, root, c.with)
	h := l
	if low != high {
		h = cmpValue(high, root, c.with)
	}
	switch c.op {
	case "atLeast":
		return truth{l >= 0, h >= 0}
	case "moreThan":
		return truth{l > 0, h > 0}
	case "atMost":
		return truth{h <= 0, l <= 0}
	case "lessThan":
		return truth{h < 0, l < 0}
	default: // equals
		return truth{l == 0 && h == 0, l <= 0 && h >= 0}
	}
}

func cmpValue(x rat, root int64, t rat) int {
	if root > 1 {
		return cmpRoot(x, root, t)
	}
	return x.cmp(t)
}
