package robustness

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/modenhet/modenhet/maturity"
)

// A candidate is an answer that a question could have, and for a number what it is.
type candidate struct {
	answer any
	x      float64
}

// candidates are the answers that are considered, in order, and the place of the present one, or -1: of a
// choice the options, of a yesno no and yes, of a scale its numbers; of a checklist what is chosen with one
// option more or less, which has no order; of a number where its steps begin, or its line begins, ends, and
// is at a quarter, half and three quarters, and its least and greatest answer.
func candidates(m *maturity.Model, q *maturity.Answer, from any) (list []candidate, at int) {
	switch q.Type {
	case maturity.Choice:
		for _, o := range options(m, q) {
			list = append(list, candidate{answer: o.Value})
		}
	case maturity.Checklist:
		return toggled(options(m, q), from), -1
	case maturity.YesNo:
		list = []candidate{{answer: false}, {answer: true}}
	case maturity.ScaleType:
		for x := q.Min.Float64(); x <= q.Max.Float64(); x++ {
			list = append(list, candidate{decimal(x), x})
		}
	case maturity.Number:
		list = numbers(q, from)
	}
	at = slices.IndexFunc(list, func(c candidate) bool {
		if x, ok := number(from); ok {
			return x == c.x
		}
		return c.answer == from
	})
	return list, at
}

func options(m *maturity.Model, q *maturity.Answer) []*maturity.Option {
	if q.Use != "" {
		return m.OptionSets[q.Use]
	}
	return q.Options
}

// toggled are the answers to a checklist with one option taken in or out; one that stands alone takes the
// place of all others, and they its place. Where there is no answer, nothing chosen is one.
func toggled(options []*maturity.Option, from any) (list []candidate) {
	var chosen []string
	switch v := from.(type) {
	case []string:
		chosen = v
	case []any:
		for _, value := range v {
			chosen = append(chosen, fmt.Sprint(value))
		}
	case nil:
		list = append(list, candidate{answer: []string{}})
	}
	for _, o := range options {
		answer := []string{}
		for _, other := range options {
			has := slices.Contains(chosen, other.Value)
			if other == o {
				has = !has
			} else if o.Exclusive || other.Exclusive {
				has = false
			}
			if has {
				answer = append(answer, other.Value)
			}
		}
		list = append(list, candidate{answer: answer})
	}
	return list
}

func numbers(q *maturity.Answer, from any) (list []candidate) {
	low, high := math.Inf(-1), math.Inf(1)
	add := func(x float64, exact maturity.Decimal) {
		switch {
		case q.Integer && x != math.Ceil(x):
			x, exact = math.Ceil(x), ""
		}
		if x = min(max(x, low), high); exact == "" || exact.Float64() != x {
			exact = decimal(x)
		}
		list = append(list, candidate{exact, x})
	}
	if q.Min != "" {
		if low = q.Min.Float64(); q.Integer {
			low = math.Ceil(low)
		}
		add(low, q.Min)
	}
	if q.Max != "" {
		if high = q.Max.Float64(); q.Integer {
			high = math.Floor(high)
		}
		if low > high { // there is no answer
			return nil
		}
		add(high, q.Max)
	}
	for _, s := range q.Steps {
		add(s.From.Float64(), s.From)
	}
	if l := q.Linear; l != nil {
		a, b := l.From.Float64(), l.To.Float64()
		add(a, l.From)
		for part := 0.25; part < 1; part += 0.25 {
			add(round(a+float64((b-a)*part)), "")
		}
		add(b, l.To)
	}
	if x, ok := number(from); ok {
		list = append([]candidate{{from, x}}, list...)
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return cmp.Compare(a.x, b.x) })
	return slices.CompactFunc(list, func(a, b candidate) bool { return a.x == b.x })
}

// number is an answer as a number.
func number(answer any) (float64, bool) {
	switch answer.(type) {
	case nil, string, bool, []string, []any:
		return 0, false
	}
	if d, ok := answer.(maturity.Decimal); ok {
		return d.Float64(), true
	}
	x, err := strconv.ParseFloat(fmt.Sprint(answer), 64)
	return x, err == nil
}

func decimal(x float64) maturity.Decimal {
	return maturity.Decimal(strconv.FormatFloat(x, 'f', -1, 64))
}

// A question is one whose answer may be a step off.
type question struct {
	id    string
	given any
	steps []any
	now   int // the step taken, or -1
}

// answered are the questions that have an answer with a neighbour, and are not hidden.
func answered(s *maturity.Scorer, a *maturity.Assessment, r *maturity.Result) (list []question) {
	for _, n := range s.Model().Nodes() {
		given, ok := a.Answers[n.ID]
		if n.Answer == nil || !ok {
			continue
		}
		if node, _ := r.Node(n.ID); node.Status != maturity.Scored {
			continue
		}
		q := question{id: n.ID, given: given, now: -1}
		all, at := candidates(s.Model(), n.Answer, given)
		for i := range all {
			if at < 0 || i == at-1 || i == at+1 {
				q.steps = append(q.steps, all[i].answer)
			}
		}
		if len(q.steps) > 0 {
			list = append(list, q)
		}
	}
	return list
}

// answer takes a step, or none for -1.
func (q *question) answer(v *maturity.Variation, to int) {
	if to == q.now {
		return
	}
	answer := q.given
	if to >= 0 {
		answer = q.steps[to]
	}
	if v.Set(q.id, answer) == nil {
		q.now = to
	}
}
