package roadmap

import (
	"math/big"
	"math/bits"
	"slices"

	"github.com/modenhet/modenhet/maturity"
)

// linear makes the terms of a mean or a sum of which it is known what counts; nil of anything else.
func linear(parts []part, op maturity.Aggregate, base *big.Rat, down bool) *outcome {
	if op != maturity.Mean && op != maturity.Sum {
		return nil
	}
	total := new(big.Rat)
	for i := range parts {
		p := &parts[i]
		if p.o.terms == nil {
			p.force()
		}
		counts := p.may()
		if p.kills != nil || counts == (p.leaves != nil) {
			return nil
		}
		if counts {
			total.Add(total, p.kid.weight)
		}
	}
	if total.Sign() == 0 {
		return nil
	}
	o := &outcome{den: 1, base: new(big.Rat)}
	if op == maturity.Sum {
		total, o.base = one, signed(base, down)
	}
	for i := range parts {
		p := &parts[i]
		times := new(big.Rat).Quo(p.kid.weight, total)
		switch {
		case p.leaves != nil:
			o.terms = append(o.terms, term{p.leaves.cheapest(0), 1, one})
		case p.counts != nil:
			o.terms = append(o.terms, term{p.counts, p.den, times})
		default:
			for _, t := range p.o.terms {
				o.terms = append(o.terms, term{t.l, t.den, new(big.Rat).Mul(t.times, times)})
			}
			o.base = new(big.Rat).Add(o.base, new(big.Rat).Mul(times, p.o.base))
		}
	}
	return o
}

// common brings what counts to one denominator, and in a mean and a sum multiplies it with its weight.
func common(parts []part, op maturity.Aggregate) int64 {
	limit, product := new(big.Rat), one
	var dens []*big.Int
	for i := range parts {
		p := &parts[i]
		if p.force(); p.counts == nil {
			continue
		}
		most := big.NewRat(max(p.counts.last().value, -p.counts.entries[0].value), p.den)
		weight := p.weight(op)
		limit.Add(limit, new(big.Rat).Mul(most, weight))
		product = new(big.Rat).Mul(product, new(big.Rat).Add(most, one))
		dens = append(dens, new(big.Rat).Quo(weight, big.NewRat(p.den, 1)).Denom())
	}
	if op == maturity.Product {
		limit, dens = limit.Add(limit, product), append(dens, big.NewInt(1<<20))
	}
	den := denominator(limit, dens...)
	for i := range parts {
		p := &parts[i]
		p.counts = p.counts.affine(p.den, p.weight(op), zero, den)
		p.den = den
	}
	return den
}

func (p *part) weight(op maturity.Aggregate) *big.Rat {
	if op == maturity.Mean || op == maturity.Sum {
		return p.kid.weight
	}
	return one
}

// product multiplies two values, neither of them below 0; downwards it is only known that they are not.
func product(den int64, down bool) func(x, y int64) int64 {
	if down {
		return func(_, _ int64) int64 { return 0 }
	}
	return func(x, y int64) int64 {
		hi, lo := bits.Mul64(uint64(max(x, 0)), uint64(max(y, 0)))
		if hi >= uint64(den) {
			return maxValue
		}
		q, rest := bits.Div64(hi, lo, uint64(den))
		if rest > 0 {
			q++
		}
		return int64(min(q, maxValue))
	}
}

// meet turns what counts into 1 where the child is met, and into 0 where it is not.
func (r *relaxation) meet(n *node, p *part, down bool) {
	if p.force(); p.counts == nil {
		p.den = 1
		return
	}
	met := n.Met
	if met == nil {
		met = &maturity.Condition{Ratio: &maturity.Comparison{AtLeast: "1"}}
	}
	floors, certain := r.thresholds(p.kid, met, nil, true)
	byPolicy := p.o.why.missing || p.o.why.na
	den := p.den
	p.den = 1
	if down && (!certain || byPolicy) {
		p.counts = p.counts.cheapest(0)
		return
	}
	p.counts = p.counts.through(func(x int64) int64 {
		for _, f := range floors {
			if !down && x < units(f.value, den, f.strict) || down && -x < units(f.value, den, f.strict) {
				return 0
			}
		}
		return signed(one, down).Num().Int64()
	})
}

// thresholds says from which values on a condition on a child holds, and whether that is all that it asks.
func (r *relaxation) thresholds(k *kid, c *maturity.Condition, list []floor, certain bool) ([]floor, bool) {
	span := r.kidSpan(k)
	add := func(d maturity.Decimal, strict, ratio bool) {
		switch x := number(d, zero); {
		case d == "":
		case !ratio:
			list = append(list, floor{value: x, strict: strict})
		case span == nil:
			certain = false
		case span.point(): // the ratio is 1
			if one.Cmp(x) < 0 || strict && one.Cmp(x) == 0 {
				list = append(list, floor{value: span.max, strict: true})
			}
		default:
			x = new(big.Rat).Add(span.min, new(big.Rat).Mul(x, new(big.Rat).Sub(span.max, span.min)))
			list = append(list, floor{value: x, strict: strict})
		}
	}
	compare := func(c *maturity.Comparison, ratio bool) {
		if c != nil {
			add(c.AtLeast, false, ratio)
			add(c.MoreThan, true, ratio)
			certain = certain && c.AtMost == "" && c.LessThan == "" && c.Equals == ""
			add(c.Equals, false, ratio)
		}
	}
	compare(c.Value, false)
	compare(c.Ratio, true)
	if c.Level != nil {
		for _, l := range r.p.nodes[k.node].levels[:r.p.level(k.node, c.Level.AtLeast)+1] {
			add(l.From, false, l.Of == maturity.ReadRatio)
			add(l.Above, true, l.Of == maturity.ReadRatio)
			if l.Require != nil {
				must, _ := r.truth(l.Require, k.node)
				certain = certain && must
			}
		}
	}
	for _, part := range c.All {
		list, certain = r.thresholds(k, part, list, certain)
	}
	return list, certain && c.Any == nil && c.Not == nil && c.Completeness == nil && c.Node == "" && c.Question == ""
}

// staged goes from stage to stage. On the way a value is twice the stage reached, and one more while nothing
// has failed.
func (r *relaxation) staged(n *node, parts []part, down bool) *outcome {
	for i := range parts {
		r.meet(n, &parts[i], down)
	}
	order := make([]int, len(parts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return parts[a].kid.Stage - parts[b].kid.Stage })
	need := number(n.Need, one)
	sum, none, dead := empty().through(func(int64) int64 { return 1 }), empty(), (*layer)(nil)
	done := 0
	for i := 0; i < len(order); {
		stage := parts[order[i]].kid.Stage
		var group []part
		for ; i < len(order) && parts[order[i]].kid.Stage == stage; i++ {
			group = append(group, parts[order[i]])
		}
		if !slices.ContainsFunc(group, func(p part) bool { return !p.kid.never }) { // only its cost counts
			for _, p := range group {
				sum = join(sum, p.leaves.cheapest(0), first)
				none = join(none, p.leaves.cheapest(0), first)
				dead = join(dead, p.leaves.cheapest(0), first)
			}
			continue
		}
		killed := (*layer)(nil)
		for j := range group {
			killed = either(killed, group[j].kills)
		}
		f := r.fold(group, maturity.Mean, zero, false).force()
		passes := f.scored.through(func(x int64) int64 {
			if x >= units(need, f.den, false) {
				return 1
			}
			return 0
		})
		var left *layer
		if f.none != nil {
			left = f.none.cheapest(1)
			if n.EmptyStage == maturity.FailStage {
				left = f.none.cheapest(0)
			}
		}
		before, gap := sum, stage > done+1
		all := either(passes, left)
		sum = join(sum, all, func(x, pass int64) int64 {
			switch {
			case x&1 == 0:
				return x
			case gap && n.EmptyStage == maturity.FailStage:
				return x - 1
			case pass == 1:
				return int64(2*stage + 1)
			}
			return int64(2 * (stage - 1))
		})
		dead = join(dead, all.cheapest(0), first)
		if killed != nil {
			dead = either(dead, join(before.cheapest(0), f.none.cheapest(0), first))
		}
		none = join(none, f.none.cheapest(0), first)
		done = stage
	}
	o := &outcome{den: 1, scored: sum.through(func(x int64) int64 { return x / 2 }), none: either(none, dead)}
	if o.none != nil {
		o.why = whys{true, true, true}
	}
	if down {
		o.scored = o.scored.cheapest(0)
	}
	return o
}

// adjust applies the adjustments of a group. Where a condition is open, it is what is best.
func (r *relaxation) adjust(i int, o *outcome, down bool) *outcome {
	n := &r.p.nodes[i]
	for j := range n.Adjust {
		a := &n.Adjust[j]
		must, may := true, true
		if a.When != nil {
			must, may = r.truth(a.When, -1)
		}
		if !may {
			continue
		}
		before := o
		switch o = (&outcome{scored: o.scored, den: o.den, none: o.none, why: o.why}); {
		case a.Set == maturity.NoValue:
			o.none, o.scored = o.any(), nil
			o.why = whys{true, true, true}
		case a.Set != "":
			x := number(a.Set, zero)
			den := denominator(x, x.Denom())
			o = &outcome{scored: before.any().cheapest(units(signed(x, down), den, false)), den: den}
		case o.scored == nil:
		case a.Multiply != "":
			x := number(a.Multiply, zero)
			if x.Sign() <= 0 {
				r.blind = r.blind || x.Sign() < 0
				o.scored = o.scored.cheapest(0)
				break
			}
			o.multiply(x, zero)
		case a.Add != "":
			o.multiply(one, signed(number(a.Add, zero), down))
		default:
			x, least := number(a.AtMost, zero), a.AtLeast != ""
			if least {
				x = number(a.AtLeast, zero)
			}
			o.clip(signed(x, down), least != down)
		}
		if !must {
			o = before.or(o)
		}
	}
	return o
}

// multiply makes every value x·times + plus.
func (o *outcome) multiply(times, plus *big.Rat) {
	limit := big.NewRat(max(o.scored.last().value, -o.scored.entries[0].value), o.den)
	limit.Add(limit.Mul(limit, times), new(big.Rat).Abs(plus))
	den := denominator(limit, new(big.Rat).Quo(times, big.NewRat(o.den, 1)).Denom(), plus.Denom())
	o.scored, o.den = o.scored.affine(o.den, times, plus, den), den
}

// clip keeps values on one side of a bound: at least it, or at most it.
func (o *outcome) clip(x *big.Rat, least bool) {
	limit := big.NewRat(max(o.scored.last().value, -o.scored.entries[0].value), o.den)
	den := denominator(limit.Add(limit, new(big.Rat).Abs(x)), big.NewInt(o.den), x.Denom())
	o.scored, o.den = o.scored.affine(o.den, one, zero, den), den
	bound := units(x, o.den, false)
	o.scored = o.scored.through(func(value int64) int64 {
		if least {
			return max(value, bound)
		}
		return min(value, bound)
	})
}

// or is the better of two outcomes.
func (a *outcome) or(b *outcome) *outcome {
	o := &outcome{den: a.den, none: either(a.none, b.none), why: whys{a.why.missing || b.why.missing, a.why.na || b.why.na, a.why.hidden || b.why.hidden}}
	switch {
	case a.scored == nil:
		o.scored, o.den = b.scored, b.den
	case b.scored == nil:
		o.scored = a.scored
	default:
		limit := big.NewRat(max(a.scored.last().value, -a.scored.entries[0].value), a.den)
		limit.Add(limit, big.NewRat(max(b.scored.last().value, -b.scored.entries[0].value), b.den))
		o.den = denominator(limit, big.NewInt(a.den), big.NewInt(b.den))
		o.scored = either(a.scored.affine(a.den, one, zero, o.den), b.scored.affine(b.den, one, zero, o.den))
	}
	return o
}

// rescale maps the ratio of a group onto its scale.
func (r *relaxation) rescale(i int, o *outcome, down bool) *outcome {
	n := &r.p.nodes[i]
	min, max := number(n.Scale.Min, zero), number(n.Scale.Max, zero)
	top := greater(min, max)
	if down {
		top = signed(lesser(min, max), true)
	}
	s := r.rawSpan(i)
	switch {
	case s == nil && n.strays:
		r.blind = true
		fallthrough
	case s == nil:
		den := denominator(top, top.Denom())
		return &outcome{scored: o.scored.cheapest(units(top, den, false)), den: den, none: o.none, why: o.why}
	case s.point():
		x := signed(max, down)
		den := denominator(x, x.Denom())
		return &outcome{scored: o.scored.cheapest(units(x, den, false)), den: den, none: o.none, why: o.why}
	}
	// The value is min + (x − s.min)·k; k is below 0 where the scale falls, and then x was worked out the other
	// way round.
	k := new(big.Rat).Quo(new(big.Rat).Sub(max, min), new(big.Rat).Sub(s.max, s.min))
	shift := new(big.Rat).Sub(min, new(big.Rat).Mul(s.min, k))
	scaled := &outcome{scored: o.scored, den: o.den, none: o.none, why: o.why}
	if k.Sign() == 0 {
		den := denominator(shift, shift.Denom())
		scaled.scored, scaled.den = o.scored.cheapest(units(signed(shift, down), den, false)), den
		return scaled
	}
	scaled.multiply(new(big.Rat).Abs(k), signed(shift, down))
	return scaled
}

func lesser(x, y *big.Rat) *big.Rat {
	if x.Cmp(y) < 0 {
		return x
	}
	return y
}

func greater(x, y *big.Rat) *big.Rat {
	if x.Cmp(y) > 0 {
		return x
	}
	return y
}

// round rounds the values of a group.
func (r *relaxation) round(n *node, o *outcome, down bool) *outcome {
	unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n.Round.Digits)), nil)
	most := big.NewRat(max(o.scored.last().value, -o.scored.entries[0].value), o.den)
	den := denominator(most.Add(most, one), unit)
	scored := o.scored.through(func(x int64) int64 {
		v := signed(big.NewRat(x, o.den), down)
		return units(signed(new(big.Rat).SetFrac(rounded(v.Mul(v, new(big.Rat).SetInt(unit)), n.Round.Mode), unit), down), den, false)
	})
	return &outcome{scored: scored, den: den, none: o.none, why: o.why}
}

// rounded is a whole number near x.
func rounded(x *big.Rat, mode maturity.RoundingMode) *big.Int {
	down := new(big.Int).Div(x.Num(), x.Denom()) // toward −∞
	rest := new(big.Rat).Sub(x, new(big.Rat).SetInt(down))
	if rest.Sign() == 0 {
		return down
	}
	half := rest.Cmp(big.NewRat(1, 2))
	up := false
	switch mode {
	case maturity.Floor:
	case maturity.Ceiling:
		up = true
	case maturity.Truncate:
		up = x.Sign() < 0
	case maturity.HalfAway:
		up = half > 0 || half == 0 && x.Sign() > 0
	case maturity.HalfEven:
		up = half > 0 || half == 0 && down.Bit(0) == 1
	default:
		up = half >= 0
	}
	if up {
		down.Add(down, big.NewInt(1))
	}
	return down
}
