package roadmap

import (
	"math/big"
	"slices"

	"github.com/modenhet/modenhet/maturity"
)

// This file says in which range a node's value lies, which ratios are made of, as far as that does not depend
// on the plan.

// span is the range of a node's value, and nil where it is open.
func (r *relaxation) span(i int) *span { return once(&r.spans[i], func() *span { return r.spanOf(i) }) }

// once works a span out the first time.
func once(memo **span, work func() *span) *span {
	if *memo == nil {
		if *memo = work(); *memo == nil {
			*memo = &span{}
		}
	}
	if (*memo).min == nil {
		return nil
	}
	return *memo
}

func (r *relaxation) spanOf(i int) *span {
	n := &r.p.nodes[i]
	if n.question >= 0 {
		return &r.p.questions[n.question].full
	}
	return n.finish(r.rawSpan(i))
}

// kidSpan is the range of a child where it stands.
func (r *relaxation) kidSpan(k *kid) *span {
	if !k.own {
		return r.span(k.node)
	}
	var points []*big.Rat
	for _, o := range r.p.questions[r.p.nodes[k.node].question].options {
		x := number(o.Points, zero)
		if d, ok := k.Points[o.Value]; ok {
			x = number(d, zero)
		}
		points = append(points, x)
	}
	s := spanOf(points)
	return &s
}

// finish takes a range through scale and round.
func (n *node) finish(s *span) *span {
	if s == nil {
		return nil
	}
	if n.Scale != nil {
		s = &span{}
		*s = s.with(number(n.Scale.Min, zero)).with(number(n.Scale.Max, zero))
	}
	if n.Round != nil {
		unit := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n.Round.Digits)), nil))
		at := func(x *big.Rat) *big.Rat {
			y := new(big.Rat).SetInt(rounded(new(big.Rat).Mul(x, unit), n.Round.Mode))
			return y.Quo(y, unit)
		}
		s = &span{at(s.min), at(s.max)}
	}
	return s
}

// rawSpan is the range before scale and round, with the children that count; nil where it is open.
func (r *relaxation) rawSpan(i int) *span {
	n := &r.p.nodes[i]
	var spans []*span
	var weights []*big.Rat
	open, stage := false, 0
	ratio := n.Read == maturity.ReadRatio
	uniform := true
	for j := range n.kids {
		k := &n.kids[j]
		if k.never {
			continue
		}
		p := r.part(k, false, false)
		counts := p.may()
		if p.kills != nil {
			return nil
		}
		if counts && p.leaves != nil {
			open = true
		}
		s := r.kidSpan(k)
		if p.o.why.missing || p.o.why.na {
			if r.p.nodes[k.node].question < 0 { // a group's range may be another where it counts by policy
				s = r.everySpan(k.node)
			}
		}
		if s != nil && ratio {
			s = s.ratios()
		}
		if s == nil && n.Aggregate != maturity.Share && n.Aggregate != maturity.Staged {
			return nil
		}
		uniform = uniform && (len(spans) == 0 || s != nil && spans[0] != nil && s.equal(*spans[0]))
		if counts {
			spans, weights, stage = append(spans, s), append(weights, k.weight), max(stage, k.Stage)
		}
	}
	if len(spans) == 0 {
		return nil
	}
	switch n.Aggregate {
	case maturity.Share:
		return &span{zero, one}
	case maturity.Staged:
		if open {
			return nil
		}
		return &span{zero, big.NewRat(int64(stage), 1)}
	case maturity.Sum, maturity.Product:
		if open {
			return nil
		}
	case maturity.Geometric:
		if !uniform {
			return nil
		}
	default:
		if open && !uniform {
			return nil
		}
	}
	if n.Aggregate != maturity.Sum && n.Aggregate != maturity.Product && uniform {
		return spans[0]
	}
	return &span{n.aggregated(spans, weights, false), n.aggregated(spans, weights, true)}
}

// aggregated is what an aggregate gives with every child at one end of its range.
func (n *node) aggregated(spans []*span, weights []*big.Rat, high bool) *big.Rat {
	values := make([]*big.Rat, len(spans))
	for i, s := range spans {
		if values[i] = s.min; high {
			values[i] = s.max
		}
	}
	sum, total := new(big.Rat), new(big.Rat)
	for i, x := range values {
		sum.Add(sum, new(big.Rat).Mul(weights[i], x))
		total.Add(total, weights[i])
	}
	switch n.Aggregate {
	case maturity.Sum:
		return sum.Add(sum, number(n.Base, zero))
	case maturity.Product:
		product := one
		for _, x := range values {
			product = new(big.Rat).Mul(product, x)
		}
		return product
	case maturity.Min, maturity.Max, maturity.Median:
		slices.SortFunc(values, (*big.Rat).Cmp)
		switch middle := len(values) / 2; {
		case n.Aggregate == maturity.Min:
			return values[0]
		case n.Aggregate == maturity.Max:
			return values[len(values)-1]
		case len(values)%2 == 1:
			return values[middle]
		default:
			x := new(big.Rat).Add(values[middle-1], values[middle])
			return x.Quo(x, big.NewRat(2, 1))
		}
	}
	return sum.Quo(sum, total)
}

// everySpan is the range that a group has without a value: with every child counting. It is nil where that is
// not the same whatever counts below.
func (r *relaxation) everySpan(i int) *span {
	return once(&r.everys[i], func() *span { return r.everySpanOf(i) })
}

func (r *relaxation) everySpanOf(i int) *span {
	n := &r.p.nodes[i]
	if n.question >= 0 {
		return &r.p.questions[n.question].full
	}
	if n.hides {
		return nil
	}
	var spans []*span
	var weights []*big.Rat
	stage := 0
	for j := range n.kids {
		k := &n.kids[j]
		if k.never {
			continue
		}
		s := r.everySpan(k.node)
		if k.own {
			s = r.kidSpan(k)
		}
		if s == nil || !k.own && r.p.nodes[k.node].question < 0 && !r.steady(k.node) {
			return nil
		}
		if n.Read == maturity.ReadRatio {
			s = s.ratios()
		}
		spans, weights, stage = append(spans, s), append(weights, k.weight), max(stage, k.Stage)
	}
	switch {
	case len(spans) == 0 || n.Aggregate == maturity.Geometric:
		return nil
	case n.Aggregate == maturity.Share:
		return n.finish(&span{zero, one})
	case n.Aggregate == maturity.Staged:
		return n.finish(&span{zero, big.NewRat(int64(stage), 1)})
	}
	return n.finish(&span{n.aggregated(spans, weights, false), n.aggregated(spans, weights, true)})
}

// steady tells whether a group has the same range whatever counts below it.
func (r *relaxation) steady(i int) bool {
	if r.steadies[i] == 0 {
		if r.steadies[i] = -1; r.steadyOf(i) {
			r.steadies[i] = 1
		}
	}
	return r.steadies[i] > 0
}

func (r *relaxation) steadyOf(i int) bool {
	s := r.span(i)
	return s != nil && s.equal(*r.everySpan(i)) && !slices.ContainsFunc(r.p.nodes[i].kids, func(k kid) bool {
		return !k.never && r.p.nodes[k.node].question < 0 && (r.everySpan(k.node) == nil || !r.steady(k.node))
	})
}
