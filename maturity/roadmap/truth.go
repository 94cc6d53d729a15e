package roadmap

import (
	"math/big"

	"github.com/modenhet/modenhet/maturity"
)

// truth says whether a condition holds whatever the plan does, and whether it may hold. Self is the node that a
// condition without one is about; below 0 that is open.
func (r *relaxation) truth(c *maturity.Condition, self int) (must, may bool) {
	switch {
	case c.All != nil:
		must, may = true, true
		for _, part := range c.All {
			a, b := r.truth(part, self)
			must, may = must && a, may && b
		}
		return must, may
	case c.Any != nil:
		for _, part := range c.Any {
			a, b := r.truth(part, self)
			must, may = must || a, may || b
		}
		return must, may
	case c.Not != nil:
		a, b := r.truth(c.Not, self)
		return !b, !a
	case c.Question != "":
		return r.answerTruth(c)
	}
	if c.Node != "" {
		self, _ = r.p.s.Index(c.Node)
	}
	if self < 0 || c.Completeness != nil {
		return false, true
	}
	low, high, sure, may := r.bounds(self)
	if !may {
		return false, false
	}
	must = sure
	if c.Value != nil {
		a, b := within(c.Value, low, high)
		must, may = must && a, may && b
	}
	if c.Ratio != nil {
		s := r.span(self)
		switch {
		case s == nil:
			must = false
		case s.point():
			a, b := within(c.Ratio, one, one)
			must, may = must && a, may && b
		default:
			width := new(big.Rat).Sub(s.max, s.min)
			at := func(x *big.Rat) *big.Rat {
				y := new(big.Rat).Sub(x, s.min)
				return y.Quo(y, width)
			}
			a, b := within(c.Ratio, at(low), at(high))
			must, may = must && a, may && b
		}
	}
	if c.Level != nil {
		a, b := r.levelTruth(self, r.p.level(self, c.Level.AtLeast))
		must, may = must && a, may && b
	}
	return must, may
}

// levelTruth says whether a level is reached whatever the plan does, and whether it may be.
func (r *relaxation) levelTruth(node, level int) (must, may bool) {
	at := levelOf{node, level}
	if known, ok := r.levels[at]; ok {
		return known[0], known[1]
	}
	must, may = true, true
	and := func(c *maturity.Condition) {
		a, b := r.truth(c, node)
		must, may = must && a, may && b
	}
	for _, l := range r.p.nodes[node].levels[:level+1] {
		limits := &maturity.Comparison{AtLeast: l.From, MoreThan: l.Above}
		switch {
		case l.From+l.Above == "":
		case l.Of == maturity.ReadRatio:
			and(&maturity.Condition{Ratio: limits})
		default:
			and(&maturity.Condition{Value: limits})
		}
		if l.Require != nil {
			and(l.Require)
		}
	}
	r.levels[at] = [2]bool{must, may}
	return must, may
}

// bounds are how low and how high a node can get, and whether it must and may have a value at all.
func (r *relaxation) bounds(i int) (low, high *big.Rat, must, may bool) {
	up := r.node(i, false).force()
	down := r.node(i, true).force()
	if up.scored == nil || down.scored == nil {
		return zero, zero, false, false
	}
	high = big.NewRat(up.scored.last().value, up.den)
	low = big.NewRat(-down.scored.last().value, down.den)
	return low, high, up.none == nil, true
}

// within says whether a comparison holds everywhere, and somewhere, between two values.
func within(c *maturity.Comparison, low, high *big.Rat) (must, may bool) {
	must, may = true, true
	test := func(d maturity.Decimal, holds func(x, limit *big.Rat) bool, rising bool) {
		if d == "" {
			return
		}
		limit := number(d, zero)
		worst, best := low, high
		if !rising {
			worst, best = high, low
		}
		must, may = must && holds(worst, limit), may && holds(best, limit)
	}
	test(c.AtLeast, func(x, limit *big.Rat) bool { return x.Cmp(limit) >= 0 }, true)
	test(c.MoreThan, func(x, limit *big.Rat) bool { return x.Cmp(limit) > 0 }, true)
	test(c.AtMost, func(x, limit *big.Rat) bool { return x.Cmp(limit) <= 0 }, false)
	test(c.LessThan, func(x, limit *big.Rat) bool { return x.Cmp(limit) < 0 }, false)
	test(c.Equals, func(x, limit *big.Rat) bool { return x.Cmp(limit) >= 0 }, true)
	test(c.Equals, func(x, limit *big.Rat) bool { return x.Cmp(limit) <= 0 }, false)
	return must, may
}

// answerTruth is truth of a condition on an answer. One that may be hidden may count as not given.
func (r *relaxation) answerTruth(c *maturity.Condition) (must, may bool) {
	i, _ := r.p.s.Index(c.Question)
	q := r.p.nodes[i].question
	must = true
	for _, k := range r.domains[q] {
		holds := r.p.answerHolds(c, &r.p.questions[q].candidates[k])
		must, may = must && holds, may || holds
	}
	if n := &r.p.nodes[i]; len(n.when) > 0 {
		negative := c.Answered != nil && !*c.Answered // holds where nothing counts as given
		shown, shows := true, true
		for _, when := range n.when {
			a, b := r.truth(when, i)
			shown, shows = shown && a, shows && b
		}
		if !shown {
			must, may = must && negative, may || negative
		}
		if !shows {
			must, may = negative, negative
		}
	}
	return must, may
}

// answerHolds tells whether a condition on an answer holds of a candidate, if the question is not hidden.
func (p *problem) answerHolds(c *maturity.Condition, a *candidate) bool {
	switch {
	case c.Answered != nil:
		return *c.Answered == (a.state == answered)
	case a.state != answered:
		return false
	case c.Includes != "":
		for _, value := range list(a.answer) {
			if value == c.Includes {
				return true
			}
		}
		return false
	}
	for _, want := range append(c.In[:len(c.In):len(c.In)], c.Is) {
		if want != nil && text(want) == text(a.answer) {
			return true
		}
	}
	return false
}
