package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/modenhet/modenhet/maturity"
)

// A Step is one answer raised to the next better one, and what that does to the whole.
type Step struct {
	Question  string  `json:"question"`
	From      any     `json:"from,omitempty"`  // the present answer; nil where there is none
	To        any     `json:"to"`              // an answer as in Assessment.Answers
	Gain      float64 `json:"gain"`            // of the value of the model's root, above 0
	GainLevel bool    `json:"gainLevel"`       // the root's level rises too,
	Level     string  `json:"level,omitempty"` // to this one
	Effort    float64 `json:"effort"`          // the question's effort
}

// Next returns the n best next steps: each question that counts and can do better, raised one step while
// everything else stays, the most gain for its effort first, equals in document order. Steps that do not
// raise the value of the root are left out, and those that bring up a question that must be answered; where
// the root has no value there are none.
//
// One step is the option with the next higher points (the next in the list, where all have the same), the
// better of yes and no, the checklist's best missing option that does not stand alone, the next number of a
// scale, the beginning of the next better step of a number, or a quarter of its line. A question without an
// answer starts from its worst one. Each step is taken by the engine, in a Session on a copy of the assessment.
func Next(s *maturity.Scorer, a *maturity.Assessment, n int) ([]Step, error) {
	session, err := s.Session(a)
	if err != nil {
		return nil, err
	}
	r, err := session.Result()
	if err != nil {
		return nil, err
	}
	m, root, before := s.Model(), *r.Root(), r.Root().Value
	places, counts := index(m), map[string]bool{}
	counting(&m.Node, places, counts)
	var steps []Step
	for i := range r.Nodes {
		id, status := r.Nodes[i].ID, r.Nodes[i].Status
		if root.Status != maturity.Scored || !counts[id] || status != maturity.Scored && status != maturity.Missing {
			continue
		}
		q, from := places[id].Node, a.Answers[id]
		if to, ok := better(m, q.Answer, from); ok {
			steps = append(steps, Step{Question: id, From: from, To: to, Effort: cmp.Or(q.Effort, "1").Float64()})
		}
	}
	try := func(step *Step, then func()) {
		if session.Set(step.Question, step.To) == nil {
			then()
		}
		if step.From == nil {
			session.Clear(step.Question)
		} else {
			session.Set(step.Question, step.From)
		}
	}
	for i := range steps {
		try(&steps[i], func() {
			if after, ok := session.Value(root.ID); ok {
				steps[i].Gain = round(after-before, 9)
			}
		})
	}
	steps = slices.DeleteFunc(steps, func(s Step) bool { return s.Gain <= 0 })
	slices.SortStableFunc(steps, func(x, y Step) int { // without effort, the quotient is +Inf
		return cmp.Compare(round(y.Gain/y.Effort, 9), round(x.Gain/x.Effort, 9))
	})
	best := steps[:0]
	for _, step := range steps {
		if len(best) >= n {
			break
		}
		try(&step, func() {
			r, err := session.Result()
			if err != nil {
				return // a question that must be answered has come with it
			}
			if levelIndex(m, r.Root().Level) > levelIndex(m, root.Level) {
				step.GainLevel, step.Level = true, r.Root().Level
			}
			best = append(best, step)
		})
	}
	return best, nil
}

func levelIndex(m *maturity.Model, id string) int {
	return slices.IndexFunc(ladder(m, &m.Node), func(l *maturity.Level) bool { return l.ID == id })
}

// counting collects the questions below a group that can count at it: without a weight of 0 on the way.
func counting(group *maturity.Node, places map[string]*place, found map[string]bool) {
	for _, child := range group.Children {
		if child.Weight != "" && child.Weight.Float64() == 0 {
			continue
		}
		if child.Ref != "" {
			child = places[child.Ref].Node
		}
		if _, seen := found[child.ID]; !seen {
			found[child.ID] = child.Answer != nil
			counting(child, places, found)
		}
	}
}

// better returns the next better answer to a question, if there is one.
func better(m *maturity.Model, q *maturity.Answer, from any) (any, bool) {
	var answers []any
	var points []float64
	at := -1 // of the present answer
	add := func(answer any, p float64, given bool) {
		if given {
			at = len(answers)
		}
		answers, points = append(answers, answer), append(points, p)
	}
	switch {
	case q.Type == maturity.Checklist:
		return betterList(options(m, q), values(from))
	case q.Linear != nil:
		return furtherOnLine(q, from)
	case q.Type == maturity.YesNo:
		p := cmp.Or(q.Points, &maturity.YesNoPoints{})
		add(false, p.No.Float64(), from == false)
		add(true, cmp.Or(p.Yes, "1").Float64(), from == true)
	case q.Type == maturity.ScaleType:
		for x := q.Min.Float64(); x <= q.Max.Float64(); x++ {
			p := x
			if q.Reverse {
				p = -x
			}
			add(decimal(x), p, from != nil && float(from, 0) == x)
		}
	}
	for _, o := range options(m, q) {
		add(o.Value, o.Points.Float64(), o.Value == from)
	}
	for i, s := range q.Steps {
		add(within(q, s.From.Float64(), true), s.Points.Float64(), from != nil && (i == 0 || float(from, 0) >= s.From.Float64()))
	}
	if i := nextHigher(points, at); i >= 0 {
		return answers[i], true
	}
	return nil, false
}

// nextHigher returns the index of the lowest points above those at an index, or above the lowest for -1. Of
// equals it is the nearest. It is -1 where there is none.
func nextHigher(points []float64, at int) int {
	if len(points) == 0 {
		return -1
	}
	if slices.Min(points) == slices.Max(points) { // references may give points of their own: the order must do
		for i := range points {
			points[i] = float64(i)
		}
	}
	now, best := slices.Min(points), -1
	if at >= 0 {
		now = points[at]
	}
	distance := func(i int) int { return max(i-at, at-i) }
	for i, p := range points {
		if p > now && (best < 0 || p < points[best] || p == points[best] && distance(i) < distance(best)) {
			best = i
		}
	}
	return best
}

func betterList(list []*maturity.Option, from []string) (any, bool) {
	var best *maturity.Option
	to := []string{}
	for _, o := range list {
		switch {
		case o.Exclusive:
		case slices.Contains(from, o.Value):
			to = append(to, o.Value)
		case o.Points.Float64() > 0 && (best == nil || o.Points.Float64() > best.Points.Float64()):
			best = o
		}
	}
	if best == nil {
		return nil, false
	}
	return append(to, best.Value), true
}

func furtherOnLine(q *maturity.Answer, from any) (any, bool) {
	worst, best := q.Linear.From.Float64(), q.Linear.To.Float64()
	if q.Linear.Points[0].Float64() > q.Linear.Points[1].Float64() {
		worst, best = best, worst
	}
	low, high, step, digits := min(worst, best), max(worst, best), (best-worst)/4, 0
	for x := math.Abs(step); x < 10 && digits < 9; x *= 10 { // two digits of a step are enough
		digits++
	}
	at := max(low, min(high, float(from, worst)))
	return within(q, max(low, min(high, round(at+step, digits))), best > worst), at != best
}

// within is a number as an answer: a whole one where it must be, and not outside the limits.
func within(q *maturity.Answer, x float64, up bool) maturity.Decimal {
	switch {
	case q.Integer && up:
		x = math.Ceil(x)
	case q.Integer:
		x = math.Floor(x)
	}
	if q.Min != "" {
		x = max(x, q.Min.Float64())
	}
	if q.Max != "" {
		x = min(x, q.Max.Float64())
	}
	return decimal(x)
}

func decimal(x float64) maturity.Decimal {
	return maturity.Decimal(strconv.FormatFloat(round(x, 9), 'f', -1, 64))
}

// float is an answer as a number, or another number where there is none.
func float(answer any, standard float64) float64 {
	if x, err := strconv.ParseFloat(fmt.Sprint(answer), 64); err == nil {
		return x
	}
	return standard
}

// values are the options of a checklist's answer.
func values(answer any) []string {
	list, _ := answer.([]string)
	loose, _ := answer.([]any)
	for _, value := range loose {
		list = append(list, fmt.Sprint(value))
	}
	return list
}

func options(m *maturity.Model, q *maturity.Answer) []*maturity.Option {
	if q.Use != "" {
		return m.OptionSets[q.Use]
	}
	return q.Options
}
