package roadmap

import (
	"cmp"
	"math/big"
	"slices"

	"github.com/modenhet/modenhet/maturity"
)

// A relaxation says, of a part of the search, what every cost can buy at best at every node of the model. Its
// promises are kept exactly where a node rises with its children, every child has its own questions, and what
// counts does not depend on the plan. Elsewhere they are too good: a question that stands in two places may be
// answered differently in each, each place paying its share; an open condition may fall either way at no cost;
// an aggregate that is not followed is taken to give the highest of its children.
type relaxation struct {
	p        *problem
	domains  [][]int32 // by question: the candidates that are left
	floors   map[int][]floor
	shares   []int64 // by question: in how many places it stands
	scale    int64   // of costs, so that they can be shared
	up       []*outcome
	down     []*outcome
	spans    []*span             // nil: not worked out; without ends: open
	everys   []*span             // the same with every child counting
	steadies []int8              // 0: not worked out, 1 or -1
	levels   map[levelOf][2]bool // whether a level must, and may, be reached
	blind    bool                // something was met that has no bound
	dead     bool                // a floor cannot be reached
}

// A floor is what a node must reach; where neither is given, it must have a value.
type floor struct {
	value  *big.Rat
	ratio  *big.Rat
	strict bool // more than that
}

// An outcome is what may become of a node. Values of a downward outcome are negative: it says how low the node
// can get for a cost.
type outcome struct {
	scored *layer // with a value; nil: never
	den    int64  // of its values
	none   *layer // without one; nil: never
	why    whys   // why there is none
	terms  []term // in place of scored, the terms of a sum: what is above may take them one by one
	base   *big.Rat
}

// whys are the reasons for which a node may have no value.
type whys struct{ missing, na, hidden bool }

// A term is times·x of a sum.
type term struct {
	l     *layer
	den   int64
	times *big.Rat
}

func (p *problem) relaxation(domains [][]int32, d *demand) *relaxation {
	n := len(p.nodes)
	return &relaxation{p: p, domains: domains, floors: d.floors, shares: d.shares, scale: d.scale,
		up: make([]*outcome, n), down: make([]*outcome, n), spans: make([]*span, n),
		everys: make([]*span, n), steadies: make([]int8, n), levels: map[levelOf][2]bool{}}
}

// force makes one layer of the terms of a sum.
func (o *outcome) force() *outcome {
	if o.terms == nil {
		return o
	}
	layers, base := o.level()
	sum := empty()
	for _, l := range layers {
		sum = join(sum, l, plus)
	}
	o.scored = sum.affine(o.den, one, base, o.den)
	o.terms = nil
	return o
}

// level brings the terms to one denominator, the shortest first.
func (o *outcome) level() (layers []*layer, base *big.Rat) {
	limit := new(big.Rat).Abs(o.base)
	dens := []*big.Int{o.base.Denom()}
	for _, t := range o.terms {
		most := big.NewRat(max(t.l.last().value, -t.l.entries[0].value, 0), t.den)
		limit.Add(limit, most.Mul(most, t.times))
		dens = append(dens, new(big.Rat).Quo(t.times, big.NewRat(t.den, 1)).Denom())
	}
	o.den = denominator(limit, dens...)
	for _, t := range o.terms {
		layers = append(layers, t.l.affine(t.den, t.times, zero, o.den))
	}
	slices.SortStableFunc(layers, func(x, y *layer) int { return cmp.Compare(len(x.entries), len(y.entries)) })
	return layers, o.base
}

// any is the cheapest outcome, whatever it is.
func (o *outcome) any() *layer {
	o.force()
	return either(o.scored.cheapest(0), o.none.cheapest(0))
}

// signed is x upwards and −x downwards.
func signed(x *big.Rat, down bool) *big.Rat {
	if down {
		return new(big.Rat).Neg(x)
	}
	return x
}

// node works out a node, upwards or downwards.
func (r *relaxation) node(i int, down bool) *outcome {
	memo := r.up
	if down {
		memo = r.down
	}
	if memo[i] == nil {
		memo[i] = r.outcome(i, down)
	}
	return memo[i]
}

func (r *relaxation) outcome(i int, down bool) *outcome {
	o := r.free(i, down)
	if floors := r.floors[i]; floors != nil && !down {
		o.force()
		o = &outcome{scored: o.scored, den: o.den, why: o.why}
		for _, f := range floors {
			o.scored = r.above(i, o, f)
		}
		if o.scored == nil {
			r.dead = true
			return &outcome{den: 1, none: empty(), why: whys{true, true, true}}
		}
	}
	return o
}

// free is the outcome of a node whatever it must reach.
func (r *relaxation) free(i int, down bool) *outcome {
	n := &r.p.nodes[i]
	var o *outcome
	if n.question >= 0 {
		o = r.question(n.question, nil, down)
	} else {
		o = r.group(i, down)
	}
	if len(n.when) > 0 {
		o.force()
		must, may := true, true
		for _, when := range n.when {
			a, b := r.truth(when, i)
			must, may = must && a, may && b
		}
		if !must {
			o.none = o.any()
			o.why.hidden = true
		}
		if !may {
			o.scored, o.why = nil, whys{hidden: true}
		}
	}
	return o
}

// above keeps what is above a floor, as far as that can be told.
func (r *relaxation) above(i int, o *outcome, f floor) *layer {
	least := f.value
	if least == nil {
		if f.ratio == nil {
			return o.scored
		}
		s := r.span(i)
		if s == nil || s.point() || o.scored == nil {
			return o.scored
		}
		least = new(big.Rat).Add(s.min, new(big.Rat).Mul(f.ratio, new(big.Rat).Sub(s.max, s.min)))
	}
	return o.scored.from(units(least, o.den, f.strict))
}

// units is the least value over a denominator that is x or more, or, if strict, more than x.
func units(x *big.Rat, den int64, strict bool) int64 {
	scaled := new(big.Rat).Mul(x, new(big.Rat).SetInt64(den))
	c := ceil(scaled)
	if strict && scaled.IsInt() {
		c.Add(c, big.NewInt(1))
	}
	if !c.IsInt64() {
		return maxValue * int64(c.Sign())
	}
	return c.Int64()
}

// cheapest is the cheapest outcome of a node that reaches its floors. A long sum is no list for that.
func (r *relaxation) cheapest(i int) *layer {
	o := r.free(i, false)
	if o.terms == nil {
		return r.node(i, false).any()
	}
	var least *big.Rat
	strict := false
	for _, f := range r.floors[i] {
		switch {
		case f.ratio != nil:
			return r.node(i, false).any()
		case f.value == nil:
		case least == nil || f.value.Cmp(least) > 0:
			least, strict = f.value, f.strict
		case f.value.Cmp(least) == 0:
			strict = strict || f.strict
		}
	}
	if least == nil {
		return r.node(i, false).any()
	}
	return o.cheapestTo(least, strict)
}

// highest is the highest outcome of a node that reaches its floors and that a cost, in shares, pays for.
func (r *relaxation) highest(i int, cost int64) (*layer, *big.Rat) {
	if o := r.free(i, false); o.terms != nil {
		l, value := o.highestFor(cost)
		for _, f := range r.floors[i] {
			if l != nil && (f.ratio != nil || f.value != nil && l.entries[0].value < units(new(big.Rat).Sub(f.value, o.base), o.den, f.strict)) {
				l = nil
				if f.ratio != nil {
					return r.highestListed(i, cost)
				}
			}
		}
		return l, value
	}
	return r.highestListed(i, cost)
}

func (r *relaxation) highestListed(i int, cost int64) (*layer, *big.Rat) {
	o := r.node(i, false).force()
	if o.scored == nil {
		return nil, nil
	}
	at := len(o.scored.entries) - 1
	for at >= 0 && o.scored.entries[at].cost > cost {
		at--
	}
	if at < 0 {
		return nil, nil
	}
	return o.scored.only(at), big.NewRat(o.scored.entries[at].value, o.den)
}

// question works out a question, with the points of a reference's own if there are any.
func (r *relaxation) question(i int, own map[string]maturity.Decimal, down bool) *outcome {
	q := &r.p.questions[i]
	points := func(c *candidate) *big.Rat {
		if d, ok := own[text(c.answer)]; ok {
			return number(d, zero)
		}
		return c.points
	}
	o := &outcome{den: 1}
	var dens []*big.Int
	limit := new(big.Rat)
	for _, k := range r.domains[i] {
		if c := &q.candidates[k]; c.state == answered {
			x := points(c)
			dens = append(dens, x.Denom())
			if abs := new(big.Rat).Abs(x); abs.Cmp(limit) > 0 {
				limit = abs
			}
		}
	}
	o.den = denominator(limit, dens...)
	scored, none := &layer{kind: leaf, question: i}, &layer{kind: leaf, question: i}
	for _, k := range r.domains[i] {
		c := &q.candidates[k]
		cost := c.units * r.scale / max(r.shares[i], 1)
		switch c.state {
		case answered:
			if q.kind != maturity.FreeText {
				scored.entries = append(scored.entries, entry{cost, units(signed(points(c), down), o.den, false), k, 0})
				continue
			}
		case missing:
			o.why.missing = true
		default:
			o.why.na = true
		}
		none.entries = append(none.entries, entry{cost, 0, k, 0})
	}
	if len(scored.entries) > 0 {
		scored.entries = pareto(scored.entries)
		o.scored = scored
	}
	if len(none.entries) > 0 {
		none.entries = pareto(none.entries)
		o.none = none
	}
	return o
}
