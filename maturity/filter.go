package maturity

import "math"

// This file is a quick view of a Variation: the same outcome in floating point, with a bound on its error.
// Where the bound leaves doubt about a level, the exact pipeline decides. The bounds are the usual ones of
// rounding error analysis (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., chapters 3 and
// 4), made somewhat wider than they must be, so that their own rounding does not matter.

// A filter holds what the answers make of the model: groups in order, each a mean, a sum, a lowest or a
// highest of what does not depend on weights and of groups before it, mapped onto a scale and rounded.
type filter struct {
	steps   []filterStep
	kids    []filterKid
	weights []float64     // those of the Variation, then those that stay
	at      []int32       // by node: its place in value, or -1
	varies  []bool        // by node: it is worked out by steps
	value   []float64     // by place
	within  []float64     // by place: how far the exact value may be from it
	size    []float64     // by place: at least the absolute value
	marks   [][]float64   // by node and level: the threshold on the value; NaN where it depends on weights
	levels  []filterLevel // by node
	turn    int           // of run
	doubt   bool          // a number may be rounded up or down
}

const rounds Aggregate = "round"

type filterStep struct {
	op          Aggregate // Mean, Sum, Min or Max; rounds; "" for a + b·x
	a, b        float64   // a is the base of a sum, or the unit of rounds
	mode        RoundingMode
	at          int32
	first, last int32 // of its kids
	inner       int32 // the first of those that steps work out
}

// A filterLevel is the level that a node had reached at a turn, and whether that is sure.
type filterLevel struct {
	turn  int
	level int16
	sure  bool
}

type filterKid struct{ weight, at int32 }

const (
	ulp   = 1.0 / (1 << 52)
	wider = 1 + 16*ulp
	tiny  = 1e-300 // more than whatever underflow takes away
	huge  = 1e200  // sums of larger numbers might overflow
)

// floatError is how far a number may be from the float64 nearest to it.
func floatError(x float64) float64 { return float64(math.Abs(x)*(ulp/2)) + tiny }

// newFilter makes the filter for the answers as they are, from the workspace, which is up to date. It is
// nil where the outcome depends on weights by something that a filter does not know.
func newFilter(v *Variation) *filter {
	s := &v.w.s
	for i := range s.steps {
		if when := s.steps[i].when; when != nil && when.has((*condition).readsNode) {
			return nil
		}
	}
	f := &filter{at: make([]int32, len(s.nodes)), varies: make([]bool, len(s.nodes)), marks: make([][]float64, len(s.nodes)),
		levels: make([]filterLevel, len(s.nodes))}
	f.weights = make([]float64, len(v.units))
	weightOf := make([]int32, len(s.kids)) // and 1
	for i, kid := range v.kids {
		weightOf[kid] = int32(i) + 1
	}
	unknown := make([]bool, len(s.nodes))
	for i := range s.steps {
		node := s.steps[i].node
		if node < 0 || !v.needed[node] {
			continue
		}
		f.at[node] = -1
		f.marks[node] = make([]float64, len(s.nodes[node].levels))
		c := &v.w.cells[node]
		valueless := c.status != scored && s.nodes[node].adjust == nil // whatever the weights
		if !valueless && !f.constant(v, node, unknown) {
			if unknown[node] = !f.group(v, node, unknown, weightOf); unknown[node] {
				continue
			}
			f.varies[node] = true
		} else if c.status == scored {
			f.at[node] = f.fixed(valueFloat(c.value, c.root))
		}
		for j := range f.marks[node] {
			f.mark(v, node, int32(j))
		}
	}
	if unknown[v.node] || v.tests(unknown) {
		return nil
	}
	f.run(v.units)
	return f
}

// readsNode tells whether a condition, without its parts, reads a node that it names.
func (c *condition) readsNode() bool { return c.op == measures && c.node >= 0 }

// has tells whether a test holds of a condition or one of its parts.
func (c *condition) has(test func(c *condition) bool) bool {
	found := test(c)
	for i := range c.parts {
		found = found || c.parts[i].has(test)
	}
	return found
}

// tests tells whether a level that is needed reads one of some nodes.
func (v *Variation) tests(nodes []bool) bool {
	reads := func(c *condition) bool { return c.readsNode() && nodes[c.node] }
	for i := range v.w.s.nodes {
		for j := range v.w.s.nodes[i].levels {
			if require := v.w.s.nodes[i].levels[j].require; v.needed[i] && require != nil && require.has(reads) {
				return true
			}
		}
	}
	return false
}

// items are the children that count. What they read is exact now.
func (f *filter) items(v *Variation, node int32) []item {
	c := v.w.cells[node]
	items, _, none := v.w.collect(&v.w.s.nodes[node], &c)
	if none {
		return nil
	}
	return items
}

// fixedKid tells whether what a group reads from a child is the same whatever the weights. Known is false
// where that cannot be told, or where it is a range that depends on them.
func (f *filter) fixedKid(v *Variation, n *node, it *item, unknown []bool) (fixed, known bool) {
	k := &v.w.s.kids[it.kid]
	ranged := n.ratio || k.met != nil || v.w.cells[k.node].status != scored
	switch {
	case unknown[k.node] || ranged && v.outer(k.node):
		return false, false
	case f.varies[k.node]:
		return false, k.met == nil
	}
	return true, k.met == nil || !k.met.has(func(c *condition) bool { return c.readsNode() || c.op == measures && c.of == ofLevel })
}

// outer tells whether the range of a node depends on weights.
func (v *Variation) outer(node int32) bool { return v.loose[node] && v.w.s.nodes[node].rescale == nil }

// constant tells whether the value of a group is the same whatever the weights: as that of a mean of equal
// numbers. So equal answers meet equal thresholds without a second look.
func (f *filter) constant(v *Variation, node int32, unknown []bool) bool {
	n := &v.w.s.nodes[node]
	for i := range n.adjust {
		if when := n.adjust[i].when; when != nil && when.has((*condition).readsNode) || v.loose[node] {
			return false
		}
	}
	if n.rescale != nil && v.loose[node] {
		return false
	}
	items := f.items(v, node)
	for i := range items {
		it := &items[i]
		if fixed, known := f.fixedKid(v, n, it, unknown); !fixed || !known {
			return false
		}
		if v.varied[node] && (n.rule.op == Mean && !it.x.equal(items[0].x) || it.met != items[0].met) {
			return false
		}
	}
	return n.rule.op != Sum || !v.varied[node] || len(items) == 0
}

// group makes the steps of a group, and is false where a filter cannot say what becomes of it.
func (f *filter) group(v *Variation, node int32, unknown []bool, weightOf []int32) bool {
	n := &v.w.s.nodes[node]
	op := n.rule.op
	if n.adjust != nil || n.rescale != nil && v.loose[node] {
		return false
	}
	step := filterStep{op: op}
	switch op {
	case Sum:
		step.a = n.rule.base.float()
	case Share:
		step.op = Mean
	case Mean, Min, Max:
	default:
		return false
	}
	items := append([]item(nil), f.items(v, node)...)
	var outer, inner []filterKid // steps of lines come between
	for i := range items {
		it := &items[i]
		k := &v.w.s.kids[it.kid]
		fixed, known := f.fixedKid(v, n, it, unknown)
		if !known {
			return false
		}
		weight := weightOf[it.kid] - 1
		if weight < 0 {
			weight = int32(len(f.weights))
			f.weights = append(f.weights, float64(weightUnits(k.place)))
		}
		switch {
		case fixed:
			x := it.x
			if k.met != nil {
				if x = whole(0); it.met {
					x = whole(1)
				}
			}
			outer = append(outer, filterKid{weight, f.fixed(x.float())})
		case n.ratio:
			inner = append(inner, filterKid{weight, f.line(f.at[k.node], v.w.span(k.node), span{whole(0), whole(1)})})
		default:
			inner = append(inner, filterKid{weight, f.at[k.node]})
		}
	}
	step.first = int32(len(f.kids))
	step.inner = step.first + int32(len(outer))
	f.kids = append(append(f.kids, outer...), inner...)
	step.last = int32(len(f.kids))
	step.at = f.place(0, 0)
	f.steps = append(f.steps, step)
	if f.at[node] = step.at; n.rescale != nil {
		c := &v.w.cells[node]
		raw := n.raw
		if !c.full {
			raw, _ = n.rule.span(items)
		}
		f.at[node] = f.line(step.at, raw, *n.rescale)
	}
	if n.Round != nil {
		f.at[node] = f.unary(f.at[node], filterStep{op: rounds, a: float64(powersOfTen[n.Round.Digits]), mode: n.Round.Mode})
	}
	for _, x := range f.value {
		if math.Abs(x) > huge {
			return false
		}
	}
	return true
}

// place adds a place.
func (f *filter) place(x, within float64) int32 {
	f.value, f.within, f.size = append(f.value, x), append(f.within, within), append(f.size, math.Abs(x))
	return int32(len(f.value)) - 1
}

func (f *filter) fixed(x float64) int32 { return f.place(x, floatError(x)) }

// line maps what is at a place from one span onto another.
func (f *filter) line(at int32, from, to span) int32 {
	if from.min.equal(from.max) {
		return f.fixed(to.max.float())
	}
	b := to.max.sub(to.min).quo(from.max.sub(from.min))
	a := to.min.sub(b.mul(from.min))
	return f.unary(at, filterStep{a: a.float(), b: b.float()})
}

// unary adds a step with one kid.
func (f *filter) unary(kid int32, step filterStep) int32 {
	step.first = int32(len(f.kids))
	step.inner, step.last, step.at = step.first, step.first+1, f.place(0, 0)
	f.kids, f.steps = append(f.kids, filterKid{0, kid}), append(f.steps, step)
	return step.at
}
