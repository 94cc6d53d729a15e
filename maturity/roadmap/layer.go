package roadmap

import (
	"cmp"
	"math"
	"math/big"
	"slices"
)

// A layer is a Pareto list: what each cost can buy at a place of the model. Its costs and values both rise
// strictly. Values are whole numbers over a denominator that is kept beside the layer; where a value does not
// come out even it is rounded up, so that a layer never promises too little.
type layer struct {
	entries  []entry
	kind     layerKind
	question int      // a leaf
	a, b     *layer   // a pair; a alone where values were mapped
	parts    []*layer // a union
}

// An entry is a cost and what it buys. Left and right say what it was made of: the candidate of a leaf, the
// entries of a pair, the entry of what was mapped, or the entry and the part of a union.
type entry struct {
	cost, value int64
	left, right int32
}

type layerKind uint8

const (
	nothing layerKind = iota // one entry that costs nothing and is nothing
	leaf
	pair
	mapped
	union
)

const (
	maxValue   = 1 << 60 // of an entry
	maxPairs   = 1 << 22 // of entries, and
	maxEntries = 1 << 14 // of a layer; a longer one is made coarser, which is only ever too good
)

func empty() *layer { return &layer{entries: []entry{{}}} }

// pareto keeps the entries that no other beats, in the order of cost.
func pareto(entries []entry) []entry {
	slices.SortFunc(entries, func(x, y entry) int {
		switch {
		case x.cost != y.cost:
			return cmp.Compare(x.cost, y.cost)
		case x.value != y.value:
			return cmp.Compare(y.value, x.value)
		case x.right != y.right:
			return cmp.Compare(x.right, y.right)
		}
		return cmp.Compare(x.left, y.left)
	})
	kept := entries[:0]
	for _, e := range entries {
		if len(kept) == 0 || e.value > kept[len(kept)-1].value {
			kept = append(kept, e)
		}
	}
	return kept
}

// coarse makes a layer shorter: of each run of entries it keeps the lowest cost and the highest value.
func (l *layer) coarse(length int) *layer {
	if len(l.entries) <= length {
		return l
	}
	short := &layer{kind: mapped, a: l}
	for i := range length {
		first, next := i*len(l.entries)/length, (i+1)*len(l.entries)/length
		short.entries = append(short.entries, entry{l.entries[first].cost, l.entries[next-1].value, int32(next - 1), 0})
	}
	return short
}

// join makes a pair of two layers: all their entries together, op making one value of two. Op rises in both.
// With nothing that can be, there is nothing.
func join(a, b *layer, op func(x, y int64) int64) *layer {
	if a == nil || b == nil {
		return nil
	}
	if len(a.entries) > maxPairs/len(b.entries) {
		a, b = a.coarse(1<<12), b.coarse(1<<10)
	}
	l := &layer{kind: pair, a: a, b: b}
	last := func(l *layer) *entry { return &l.entries[len(l.entries)-1] }
	low := a.entries[0].cost + b.entries[0].cost
	width, pairs := last(a).cost+last(b).cost-low+1, len(a.entries)*len(b.entries)
	if width > int64(2*pairs+64) {
		l.entries = make([]entry, 0, pairs)
		for i, x := range a.entries {
			for j, y := range b.entries {
				l.entries = append(l.entries, entry{x.cost + y.cost, op(x.value, y.value), int32(i), int32(j)})
			}
		}
		l.entries = pareto(l.entries)
		return l.coarse(maxEntries)
	}
	best := make([]entry, width)
	for i := range best {
		best[i].value = math.MinInt64
	}
	for i, x := range a.entries {
		for j, y := range b.entries {
			at := &best[x.cost+y.cost-low]
			if value := op(x.value, y.value); value > at.value {
				*at = entry{x.cost + y.cost, value, int32(i), int32(j)}
			}
		}
	}
	kept := best[:0]
	for _, e := range best {
		if e.value != math.MinInt64 && (len(kept) == 0 || e.value > kept[len(kept)-1].value) {
			kept = append(kept, e)
		}
	}
	l.entries = append([]entry(nil), kept...)
	return l.coarse(maxEntries)
}

func plus(x, y int64) int64   { return x + y }
func first(x, _ int64) int64  { return x }
func second(_, y int64) int64 { return y }

// either is what one of several layers can buy; nil ones are none, and of none there is nil.
func either(parts ...*layer) *layer {
	parts = slices.DeleteFunc(parts, func(l *layer) bool { return l == nil })
	if len(parts) < 2 {
		return append(parts, nil)[0]
	}
	u := &layer{kind: union, parts: parts}
	for i, part := range parts {
		for j, e := range part.entries {
			u.entries = append(u.entries, entry{e.cost, e.value, int32(j), int32(i)})
		}
	}
	u.entries = pareto(u.entries)
	return u
}

// through maps the values of a layer; f never falls.
func (l *layer) through(f func(x int64) int64) *layer {
	if l == nil {
		return nil
	}
	m := &layer{kind: mapped, a: l}
	for i, e := range l.entries {
		value := f(e.value)
		if len(m.entries) == 0 || value > m.entries[len(m.entries)-1].value {
			m.entries = append(m.entries, entry{e.cost, value, int32(i), 0})
		}
	}
	return m
}

// cheapest is the entry of the least cost alone, with a value.
func (l *layer) cheapest(value int64) *layer {
	if l == nil {
		return nil
	}
	return &layer{kind: mapped, a: l, entries: []entry{{l.entries[0].cost, value, 0, 0}}}
}

// from keeps the entries whose value is at least x; nil if there are none.
func (l *layer) from(x int64) *layer {
	if l == nil {
		return nil
	}
	i, _ := slices.BinarySearchFunc(l.entries, x, func(e entry, x int64) int { return cmp.Compare(e.value, x) })
	if i == len(l.entries) {
		return nil
	}
	kept := &layer{kind: mapped, a: l}
	for ; i < len(l.entries); i++ {
		e := l.entries[i]
		kept.entries = append(kept.entries, entry{e.cost, e.value, int32(i), 0})
	}
	return kept
}

func (l *layer) last() *entry { return &l.entries[len(l.entries)-1] }

// affine is x·times + plus of a layer's values, which then have another denominator. Times is above 0.
func (l *layer) affine(den int64, times, plus *big.Rat, newDen int64) *layer {
	if l == nil {
		return nil
	}
	k := new(big.Rat).Mul(times, big.NewRat(newDen, den))
	shift := new(big.Rat).Mul(plus, new(big.Rat).SetInt64(newDen))
	if k.Cmp(one) == 0 && shift.Sign() == 0 {
		return l
	}
	if k.IsInt() && shift.IsInt() && k.Num().IsInt64() && shift.Num().IsInt64() {
		factor, offset := k.Num().Int64(), shift.Num().Int64()
		limit := (math.MaxInt64/2)/max(factor, 1) - 1
		if l.last().value <= limit && l.entries[0].value >= -limit && offset < maxValue && offset > -maxValue {
			return l.through(func(x int64) int64 { return x*factor + offset })
		}
	}
	y := new(big.Rat)
	return l.through(func(x int64) int64 {
		y.Mul(k, y.SetInt64(x))
		c := ceil(y.Add(y, shift))
		if !c.IsInt64() {
			return maxValue * int64(c.Sign())
		}
		return c.Int64()
	})
}

// denominator is the least common multiple of denominators, if values up to a limit fit over it; else a power
// of two, over which they are rounded up.
func denominator(limit *big.Rat, of ...*big.Int) int64 {
	d := big.NewInt(1)
	for _, x := range of {
		if d = lcm(d, x); d.BitLen() > 60 {
			break
		}
	}
	bound := new(big.Rat).Add(new(big.Rat).Abs(limit), one)
	if d.BitLen() <= 60 && new(big.Rat).Mul(bound, new(big.Rat).SetInt(d)).Cmp(new(big.Rat).SetInt64(maxValue)) < 0 {
		return d.Int64()
	}
	p := int64(1 << 58)
	for p > 1 && new(big.Rat).Mul(bound, new(big.Rat).SetInt64(p)).Cmp(new(big.Rat).SetInt64(maxValue)) >= 0 {
		p /= 2
	}
	return p
}

// trace writes down the candidates that an entry was made of. Where a question has several places in the
// model, and they disagree, the first stays and the question is noted.
func (l *layer) trace(i int32, choice []int32, torn *[]int) {
	for {
		e := &l.entries[i]
		switch l.kind {
		case nothing:
			return
		case leaf:
			if choice[l.question] >= 0 && choice[l.question] != e.left {
				*torn = append(*torn, l.question)
			} else {
				choice[l.question] = e.left
			}
			return
		case pair:
			l.b.trace(e.right, choice, torn)
			l, i = l.a, e.left
		case mapped:
			l, i = l.a, e.left
		case union:
			l, i = l.parts[e.right], e.left
		}
	}
}
