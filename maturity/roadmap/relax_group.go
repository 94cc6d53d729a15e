package roadmap

import (
	"math/big"

	"github.com/modenhet/modenhet/maturity"
)

// A part is what may become of a child where it stands: it counts, it leaves the aggregate, or it takes the
// group's value away. A nil layer says that it cannot.
type part struct {
	counts *layer
	den    int64
	leaves *layer
	kills  *layer
	kid    *kid
	o      *outcome // where counts is nil, and it has terms, they count
}

// may tells whether the child may count with a value of its own or by policy.
func (p *part) may() bool {
	return p.counts != nil || !p.kid.never && (p.o.terms != nil || p.o.scored != nil)
}

// force makes a layer of the terms.
func (p *part) force() {
	if p.counts == nil && p.may() {
		p.counts, p.den = p.o.force().scored, p.o.den
	}
}

// part works out a child.
func (r *relaxation) part(k *kid, ratio, down bool) part {
	o := r.node(k.node, down)
	q := r.p.nodes[k.node].question
	if k.own {
		o = r.question(q, k.Points, down)
		if home := r.node(k.node, down); home.why.hidden {
			hidden := o.any()
			o = &outcome{scored: o.scored, den: o.den, none: hidden, why: whys{o.why.missing, o.why.na, true}}
			if home.scored == nil {
				o.scored, o.why = nil, whys{hidden: true}
			}
		}
	}
	if k.when != nil {
		must, may := r.truth(k.when, k.node)
		o.force()
		if hidden := o.any(); !must {
			o = &outcome{scored: o.scored, den: o.den, none: hidden, why: whys{o.why.missing, o.why.na, true}}
		}
		if !may {
			o = &outcome{den: 1, none: o.none, why: whys{hidden: true}}
		}
	}
	p := part{kid: k, o: o}
	if k.never {
		p.leaves = o.any()
		return p
	}
	why, none := o.why, o.none
	if p.counts, p.den = o.scored, o.den; o.terms != nil && ratio {
		o.force()
	}
	if ratio && o.scored != nil {
		p.counts, p.den = r.ratio(k, o, r.kidSpan(k), down)
	}
	if none == nil {
		return p
	}
	settle := func(policy maturity.Policy) {
		switch policy {
		case maturity.Lowest, maturity.Highest:
			x := r.policyValue(k, policy == maturity.Highest, ratio)
			if x == nil {
				r.blind = true
				return
			}
			den := denominator(x, x.Denom(), big.NewInt(p.den))
			if p.counts != nil {
				den = denominator(new(big.Rat).Add(new(big.Rat).Abs(x), big.NewRat(max(p.counts.last().value, -p.counts.entries[0].value), p.den)), x.Denom(), big.NewInt(p.den))
			}
			p.counts = either(p.counts.affine(p.den, one, zero, den), none.cheapest(units(signed(x, down), den, false)))
			p.den = den
		case maturity.None, maturity.Fail:
			p.kills = none
		default:
			p.leaves = none
		}
	}
	if why.hidden {
		p.leaves = none
	}
	if why.missing {
		settle(k.missing)
	}
	if why.na {
		settle(k.na)
	}
	return p
}

// ratio turns the values of a child into ratios.
func (r *relaxation) ratio(k *kid, o *outcome, full *span, down bool) (*layer, int64) {
	switch {
	case full == nil && r.p.nodes[k.node].strays:
		r.blind = true
		return o.scored.cheapest(0), 1
	case full == nil && down:
		return o.scored.cheapest(0), 1
	case full == nil:
		return o.scored.cheapest(1), 1
	case full.point():
		return o.scored.cheapest(signed(one, down).Num().Int64()), 1
	}
	width := new(big.Rat).Sub(full.max, full.min)
	times := new(big.Rat).Inv(width)
	shift := signed(new(big.Rat).Neg(new(big.Rat).Mul(full.min, times)), down)
	limit := big.NewRat(max(o.scored.last().value, -o.scored.entries[0].value), o.den)
	limit.Add(limit.Mul(limit, times), new(big.Rat).Abs(shift))
	den := denominator(limit, new(big.Rat).Quo(times, big.NewRat(o.den, 1)).Denom(), shift.Denom())
	return o.scored.affine(o.den, times, shift, den), den
}

// policyValue is what a child without a value counts as, and nil if that is not known.
func (r *relaxation) policyValue(k *kid, highest, ratio bool) *big.Rat {
	s := r.kidSpan(k)
	if r.p.nodes[k.node].question < 0 {
		s = r.everySpan(k.node)
	}
	if s == nil {
		return nil
	}
	switch {
	case ratio && (s.point() || highest):
		return one
	case ratio:
		return zero
	case highest:
		return s.max
	}
	return s.min
}

// group works out a group: children, aggregate, adjust, scale, round.
func (r *relaxation) group(i int, down bool) *outcome {
	n := &r.p.nodes[i]
	inner := down
	if n.Scale != nil && number(n.Scale.Min, zero).Cmp(number(n.Scale.Max, zero)) > 0 {
		inner = !down
	}
	ratio := n.Read == maturity.ReadRatio && n.Aggregate != maturity.Share && n.Aggregate != maturity.Staged
	parts := make([]part, len(n.kids))
	for j := range n.kids {
		parts[j] = r.part(&n.kids[j], ratio, inner)
	}
	var o *outcome
	switch n.Aggregate {
	case maturity.Staged:
		o = r.staged(n, parts, inner)
	case maturity.Share:
		for j := range parts {
			r.meet(n, &parts[j], inner)
		}
		o = r.fold(parts, maturity.Mean, zero, inner)
	default:
		o = r.fold(parts, n.Aggregate, number(n.Base, zero), inner)
	}
	if n.Adjust != nil {
		o = r.adjust(i, o.force(), inner)
	}
	if n.Scale != nil && o.force().scored != nil {
		o = r.rescale(i, o, down)
	}
	if n.Round != nil && o.force().scored != nil {
		o = r.round(n, o, down)
	}
	return o
}

// A fold is what some of the parts come to, for one count of them.
type fold struct {
	weight *big.Rat
	l      *layer
}

// times is what a fold's values are multiplied with in the end.
func (f *fold) times(op maturity.Aggregate) *big.Rat {
	if op == maturity.Mean {
		return new(big.Rat).Inv(f.weight)
	}
	return one
}

// fold aggregates parts. A state is what was counted: of a mean the sum of weights, of anything else whether
// there was anything at all.
func (r *relaxation) fold(parts []part, op maturity.Aggregate, base *big.Rat, down bool) *outcome {
	if op == "" {
		op = maturity.Mean
	}
	if o := linear(parts, op, base, down); o != nil {
		return o
	}
	den := common(parts, op)
	combine := plus
	switch {
	case op == maturity.Mean || op == maturity.Sum:
	case op == maturity.Product:
		combine = product(den, down)
	case op == maturity.Min && !down || op == maturity.Max && down:
		combine = func(x, y int64) int64 { return min(x, y) }
	default: // of a median and a geometric mean too much
		combine = func(x, y int64) int64 { return max(x, y) }
	}
	folds := []fold{{zero, empty()}}
	var dead *layer
	for _, p := range parts {
		all := either(p.counts.cheapest(0), p.leaves.cheapest(0), p.kills.cheapest(0))
		dead = join(dead, all, plus)
		var next []fold
		add := func(weight *big.Rat, l *layer) {
			for i := range next {
				if next[i].weight.Cmp(weight) == 0 {
					next[i].l = either(next[i].l, l)
					return
				}
			}
			next = append(next, fold{weight, l})
		}
		for _, f := range folds {
			if p.kills != nil {
				dead = either(dead, join(f.l.cheapest(0), p.kills.cheapest(0), plus))
			}
			if p.leaves != nil {
				add(f.weight, join(f.l, p.leaves.cheapest(0), first))
			}
			if p.counts == nil {
				continue
			}
			switch weight := p.kid.weight; {
			case op == maturity.Mean:
				add(new(big.Rat).Add(f.weight, weight), join(f.l, p.counts, plus))
			case f.weight.Sign() == 0:
				add(one, join(f.l, p.counts, second))
			default:
				add(one, join(f.l, p.counts, combine))
			}
		}
		folds = next
	}
	o := &outcome{den: den, none: dead}
	if dead != nil {
		o.why.missing, o.why.na = true, true
	}
	var dens []*big.Int
	limit := new(big.Rat).Abs(base)
	for _, f := range folds {
		if f.weight.Sign() == 0 {
			o.none = either(o.none, f.l.cheapest(0))
			o.why = whys{true, true, true}
			continue
		}
		times := f.times(op)
		most := new(big.Rat).Mul(times, big.NewRat(max(f.l.last().value, -f.l.entries[0].value), den))
		if most.Cmp(limit) > 0 {
			limit = most
		}
		dens = append(dens, new(big.Rat).Quo(times, big.NewRat(den, 1)).Denom())
	}
	if op != maturity.Sum {
		base = zero
	}
	limit = new(big.Rat).Add(limit, new(big.Rat).Abs(base))
	o.den = denominator(limit, append(dens, base.Denom())...)
	for _, f := range folds {
		if f.weight.Sign() != 0 {
			o.scored = either(o.scored, f.l.affine(den, f.times(op), signed(base, down), o.den))
		}
	}
	return o
}
