package maturity

import (
	"strconv"
	"unicode/utf8"
)

// A question is a question, compiled: how an answer becomes points.
type question struct {
	node    int32
	kind    AnswerType
	forbid  bool // not applicable is an error
	step    int32
	readers []int32 // steps whose conditions read the answer
	full    span    // of the points; empty for a text

	values  []string        // option values
	points  []rat           // by option; yesno: no, yes; scale: from its min; number: by step
	floats  []outcomeFloats // by option
	min64   float64         // the range
	max64   float64
	only    []bool // by option: it stands alone
	cap     rat
	capped  bool
	first   int32 // checklist: of its options in workspace.chosen
	min     int64 // scale, number: in billionths
	max     int64
	minSet  bool
	maxSet  bool
	integer bool
	steps   []int64
	line    *line
	length  int
}

// outcomeFloats are a point's float64 and ratio, worked out beforehand.
type outcomeFloats struct{ value, ratio, display float64 }

// A line gives points to a number by linear interpolation, clamped at both ends.
type line struct {
	from, to int64 // billionths
	a, b     rat
}

func (l *line) at(units int64) rat {
	low, high := l.from, l.to
	if low > high {
		low, high = high, low
	}
	units = min(max(units, low), high)
	part, length := rat{n: units - l.from, d: 1}, rat{n: l.to - l.from, d: 1}
	return l.a.add(part.quo(length).mul(l.b.sub(l.a))).lowest()
}

func (b *builder) compileQuestion(i int32) question {
	n := &b.nodes[i]
	a := n.Answer
	q := question{node: i, kind: a.Type, length: a.MaxLength, integer: a.Integer}
	q.forbid = b.policy(n.place, true) == Forbid
	q.min, q.minSet = a.Min.units()
	q.max, q.maxSet = a.Max.units()
	switch a.Type {
	case Choice, Checklist:
		for _, o := range b.v.optionsOf(a) {
			q.values = append(q.values, o.Value)
			q.points = append(q.points, decimalRat(o.Points, 0))
			q.only = append(q.only, o.Exclusive)
		}
		if a.Type == Checklist {
			q.first = int32(b.options)
			b.options += len(q.values)
			q.cap, q.capped = decimalRat(a.Cap, 0), a.Cap != ""
			q.full = q.checklistSpan()
		}
	case YesNo:
		points := YesNoPoints{}
		if a.Points != nil {
			points = *a.Points
		}
		q.points = []rat{decimalRat(points.No, 0), decimalRat(points.Yes, decimalUnit)}
	case ScaleType:
		for units := q.min; units <= q.max; units += decimalUnit {
			p := units
			if a.Reverse {
				p = q.min + q.max - units
			}
			q.points = append(q.points, fromUnits(p))
		}
	case Number:
		for _, s := range a.Steps {
			from, _ := s.From.units()
			q.steps = append(q.steps, from)
			q.points = append(q.points, decimalRat(s.Points, 0))
		}
		if l := a.Linear; l != nil {
			from, _ := l.From.units()
			to, _ := l.To.units()
			q.line = &line{from, to, decimalRat(l.Points[0], 0), decimalRat(l.Points[1], 0)}
			q.full = spanOf([]rat{q.line.a, q.line.b})
		} else {
			q.full = spanOf(q.points)
		}
	}
	commonDenominator(q.points)
	if q.kind == Choice || q.kind == YesNo || q.kind == ScaleType {
		q.full = spanOf(q.points)
	}
	return q
}

// commonDenominator writes points over one denominator, so that sums of them need no greatest common
// divisors.
func commonDenominator(points []rat) {
	d := int64(1)
	for _, p := range points {
		d, _ = lcm(d, p.d)
	}
	for i, p := range points {
		if n, ok := mul(p.n, d/p.d); ok {
			points[i] = rat{n: n, d: d}
		}
	}
}

// checklistSpan is the range of the sums that a checklist can give: any options that do not stand alone,
// or one that does; cut to the cap.
func (q *question) checklistSpan() span {
	s := span{whole(0), whole(0)}
	for i, p := range q.points {
		if !q.only[i] {
			if p.sign() < 0 {
				s.min = s.min.add(p)
			} else {
				s.max = s.max.add(p)
			}
		}
	}
	for i, p := range q.points {
		if q.only[i] {
			s = span{lesser(s.min, p), greater(s.max, p)}
		}
	}
	return span{q.cut(s.min), q.cut(s.max)}
}

func (q *question) cut(x rat) rat {
	if q.capped {
		return lesser(x, q.cap)
	}
	return x
}

// An answer is what was answered to a question, resolved. What does not fit in is beside it, in the
// workspace: texts, the options of a checklist, and values that are no option's points.
type answer struct {
	state  answerState
	option int32 // index into the question's points; -1 for a checklist, a line and a text
	units  int64 // scale, number
}

type answerState uint8

const (
	unanswered answerState = iota
	answered
	notApplicable
)

// given is an answer as it was given.
type given struct {
	kind  kind // stringKind, boolKind, numberKind, arrayKind; anything else is no answer
	text  string
	yes   bool
	list  []string
	other bool // a list that holds something else than strings
}

// givenBy turns an answer as a Go program holds it into a given.
func givenBy(v any) given {
	switch v := v.(type) {
	case string:
		return given{kind: stringKind, text: v}
	case bool:
		return given{kind: boolKind, yes: v}
	case []string:
		return given{kind: arrayKind, list: v}
	case []any:
		values, ok := stringsOf(v)
		return given{kind: arrayKind, list: values, other: !ok}
	}
	if d, ok := decimalOf(v); ok {
		return given{kind: numberKind, text: d.String()}
	}
	return given{kind: nullKind}
}

// A fault is what is wrong with an answer.
type fault struct {
	code    Code
	item    int // of a checklist; -1 for the whole answer
	message string
}

// report reports the fault of the answer to a question.
func (f *fault) report(r *report, id string) {
	path := pointer("/answers", id)
	if f.item >= 0 {
		path = pointerIndex(path, f.item)
	}
	r.add(f.code, path, "", f.message)
}

// resolve finds what a given answer means for question i, and stores it; or says what is wrong with it.
func (w *workspace) resolve(i int32, g given) *fault {
	q := &w.s.questions[i]
	a := answer{state: answered, option: -1}
	wrong := func(want string) *fault {
		return &fault{WrongType, -1, "The answer must be " + want + ", not " + kindNames[g.kind] + "."}
	}
	switch q.kind {
	case Choice:
		if g.kind != stringKind {
			return wrong("the value of an option, as a string")
		}
		if a.option = q.option(g.text); a.option < 0 {
			return q.unknownOption(g.text, -1)
		}
	case Checklist:
		if g.kind != arrayKind {
			return wrong("a list of option values")
		}
		if f := w.check(i, g); f != nil {
			return f
		}
	case YesNo:
		if g.kind != boolKind {
			return wrong("true or false")
		}
		if g.yes {
			a.option = 1
		} else {
			a.option = 0
		}
	case ScaleType, Number:
		if g.kind != numberKind {
			return wrong("a number")
		}
		units, f := q.number(g.text)
		if f != nil {
			return f
		}
		a, w.values[i] = q.answerAt(units)
	case FreeText:
		if g.kind != stringKind {
			return wrong("a string")
		}
		limit := q.length
		if limit == 0 {
			limit = w.s.opts.MaxText
		}
		if n := utf8.RuneCountInString(g.text); n > limit {
			return &fault{TooLong, -1, "The answer has " + strconv.Itoa(n) + " characters; at most " + strconv.Itoa(limit) + " are allowed."}
		}
		w.texts[i] = g.text
	}
	w.answers[i] = a
	return nil
}

// points returns the points of an answered question.
func (w *workspace) points(i int32) rat {
	if o := w.answers[i].option; o >= 0 {
		return w.s.questions[i].points[o]
	}
	return w.values[i]
}

func (q *question) option(value string) int32 { return int32(indexOf(q.values, value)) }

func (q *question) unknownOption(value string, item int) *fault {
	return &fault{UnknownOption, item, "There is no option " + quote(value) + ": answer with " + list(q.values) + "."}
}

// check resolves a checklist: no option twice, and one that stands alone alone.
func (w *workspace) check(i int32, g given) *fault {
	q := &w.s.questions[i]
	if g.other {
		return &fault{WrongType, -1, "The answer must be a list of option values, as strings."}
	}
	for at, value := range g.list {
		o := q.option(value)
		switch {
		case o < 0:
			return q.unknownOption(value, at)
		case q.only[o] && len(g.list) > 1:
			return &fault{ExclusiveOption, -1, "The option " + quote(value) + " stands alone: choose it, or the others."}
		case indexOf(g.list[:at], value) >= 0:
			return &fault{RepeatedOption, at, "The option " + quote(value) + " comes twice: keep one."}
		}
	}
	chosen := w.chosen[q.first : int(q.first)+len(q.values)]
	clear(chosen)
	sum := whole(0)
	for _, value := range g.list {
		o := q.option(value)
		chosen[o] = true
		sum = sum.add(q.points[o])
	}
	w.values[i] = q.cut(sum)
	return nil
}

// number reads the answer to a scale or a number, in billionths.
func (q *question) number(text string) (int64, *fault) {
	units, ok := parseDecimal(text)
	switch {
	case !ok:
		return 0, &fault{BadDecimal, -1, badDecimal(Decimal(text))}
	case (q.kind == ScaleType || q.integer) && units%decimalUnit != 0:
		return 0, &fault{NotAnInteger, -1, "The answer must be a whole number."}
	case q.minSet && units < q.min || q.maxSet && units > q.max:
		return 0, &fault{OutOfRange, -1, "The answer must be " + q.rangeText() + "."}
	}
	return units, nil
}

// answerAt is the answer of a scale or a number; value is that of a line, which has no options.
func (q *question) answerAt(units int64) (a answer, value rat) {
	a = answer{state: answered, units: units}
	switch {
	case q.kind == ScaleType:
		a.option = int32((units - q.min) / decimalUnit)
	case q.line != nil:
		a.option = -1
		return a, q.line.at(units)
	default:
		for i, from := range q.steps {
			if units >= from {
				a.option = int32(i)
			}
		}
	}
	return a, value
}

func (q *question) rangeText() string {
	var parts []string
	if q.minSet {
		parts = append(parts, "at least "+formatUnits(q.min))
	}
	if q.maxSet {
		parts = append(parts, "at most "+formatUnits(q.max))
	}
	return join(parts, " and ")
}
