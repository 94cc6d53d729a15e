package roadmap

import (
	"cmp"
	"math/big"
	"math/bits"
	"slices"
	"sort"
)

// A knapsack is a sum of many terms, of each of which one entry is taken: a multiple-choice knapsack problem.
// Terms are added one by one to a Pareto list (Nemhauser and Ullmann, 1969). The linear relaxation of the terms
// still to come, which goes along the convex hulls of their entries from the steepest piece on (Sinha and
// Zoltners, 1979), bounds what can become of an entry, and entries go that cannot beat the best known end.
type knapsack struct {
	items []*layer
	tails []tail // behind each item, what is still to come; the first is everything
}

// A tail is the linear relaxation of a number of items.
type tail struct {
	cost, value int64   // of all at their cheapest
	pieces      []piece // the steepest first
	costs       []int64 // of the first so many pieces
	values      []int64
}

// A piece goes from one corner of the hull of an item to the next.
type piece struct {
	item, entry int // where it ends
	cost, value int64
}

// steeper compares value for cost exactly.
func steeper(x, y piece) int {
	a, b := wide(x.value, y.cost), wide(y.value, x.cost)
	switch {
	case a.hi != b.hi:
		return cmp.Compare(b.hi, a.hi)
	case a.lo != b.lo:
		return cmp.Compare(b.lo, a.lo)
	}
	return x.item - y.item
}

type pair128 struct{ hi, lo uint64 }

func wide(x, y int64) (w pair128) {
	w.hi, w.lo = bits.Mul64(uint64(x), uint64(y))
	return w
}

// hull is the upper convex hull of a layer.
func hull(item int, l *layer) (pieces []piece) {
	for i := 1; i < len(l.entries); i++ {
		last := 0
		if len(pieces) > 0 {
			last = pieces[len(pieces)-1].entry
		}
		next := piece{item, i, l.entries[i].cost - l.entries[last].cost, l.entries[i].value - l.entries[last].value}
		for len(pieces) > 0 && steeper(pieces[len(pieces)-1], next) >= 0 {
			pieces = pieces[:len(pieces)-1]
			if last = 0; len(pieces) > 0 {
				last = pieces[len(pieces)-1].entry
			}
			next = piece{item, i, l.entries[i].cost - l.entries[last].cost, l.entries[i].value - l.entries[last].value}
		}
		pieces = append(pieces, next)
	}
	return pieces
}

// pack makes a knapsack of terms over one denominator. Those whose choice is least clear come first, so that the
// rest is soon decided: the piece that the relaxation breaks off at says what value is worth.
func pack(layers []*layer, broken func(t *tail) int) *knapsack {
	all := make([]int, len(layers))
	for i := range all {
		all[i] = i
	}
	full := tailOf(layers, all)
	price := piece{cost: 1, value: 1}
	if at := broken(&full); at >= 0 && at < len(full.pieces) {
		price = full.pieces[at]
	}
	slope := float64(price.value) / float64(price.cost)
	doubt := make([]float64, len(layers)) // what the second best choice costs at that price
	for i, l := range layers {
		best, second := 0.0, 0.0
		for j, e := range l.entries {
			worth := float64(e.value) - float64(slope*float64(e.cost))
			switch {
			case j == 0 || worth > best:
				best, second = worth, best
				if j == 0 {
					second = worth - 1e300
				}
			case worth > second:
				second = worth
			}
		}
		doubt[i] = best - second
	}
	sort.SliceStable(all, func(x, y int) bool { return doubt[all[x]] < doubt[all[y]] })
	k := &knapsack{}
	for _, i := range all {
		k.items = append(k.items, layers[i])
	}
	k.tails = make([]tail, len(layers)+1)
	k.tails[len(layers)] = tailOf(k.items, nil)
	for i := len(layers) - 1; i >= 0; i-- {
		k.tails[i] = k.tails[i+1].with(i, k.items[i])
	}
	return k
}

func tailOf(layers []*layer, of []int) (t tail) {
	t.count()
	for _, i := range of {
		t.cost += layers[i].entries[0].cost
		t.value += layers[i].entries[0].value
		t.pieces = append(t.pieces, hull(i, layers[i])...)
	}
	slices.SortStableFunc(t.pieces, steeper)
	t.count()
	return t
}

// with is a tail with one more item.
func (t *tail) with(item int, l *layer) tail {
	more := tail{cost: t.cost + l.entries[0].cost, value: t.value + l.entries[0].value}
	pieces := hull(item, l)
	more.pieces = make([]piece, 0, len(t.pieces)+len(pieces))
	for rest := t.pieces; len(rest) > 0 || len(pieces) > 0; {
		if len(pieces) == 0 || len(rest) > 0 && steeper(rest[0], pieces[0]) < 0 {
			more.pieces, rest = append(more.pieces, rest[0]), rest[1:]
		} else {
			more.pieces, pieces = append(more.pieces, pieces[0]), pieces[1:]
		}
	}
	more.count()
	return more
}

func (t *tail) count() {
	t.costs, t.values = make([]int64, 1, len(t.pieces)+1), make([]int64, 1, len(t.pieces)+1)
	for i, p := range t.pieces {
		t.costs, t.values = append(t.costs, t.costs[i]+p.cost), append(t.values, t.values[i]+p.value)
	}
}

// toValue is how many pieces bring a tail to a value, and more than there are if none do.
func (t *tail) toValue(value int64) int {
	return sort.Search(len(t.values), func(i int) bool { return t.value+t.values[i] >= value })
}

// toCost is how many pieces a cost pays for, and -1 if it does not pay for the cheapest.
func (t *tail) toCost(cost int64) int {
	return sort.Search(len(t.costs), func(i int) bool { return t.cost+t.costs[i] > cost }) - 1
}

// part is x·a/b rounded up or down, for x of a piece.
func partOf(x, a, b int64, up bool) int64 {
	hi, lo := bits.Mul64(uint64(x), uint64(a))
	q, rest := bits.Div64(hi, lo, uint64(b))
	if up && rest > 0 {
		q++
	}
	return int64(q)
}

// An end is an entry, completed with the first pieces of a tail.
type end struct {
	l     *layer
	entry int32
	next  int // the item behind it
	taken int
}

// solve adds the items one by one. Look bounds an entry with its tail: what it promises at best, what it gives
// with so many pieces of the tail, and -1 pieces if it cannot become anything. Lower promises are better.
func (k *knapsack) solve(look func(e *entry, t *tail) (promise, gives int64, taken int)) *layer {
	sum := empty()
	var best end
	found, score := false, int64(0)
	for i := 0; ; i++ {
		kept := &layer{kind: mapped, a: sum}
		for j := range sum.entries {
			e := &sum.entries[j]
			promise, gives, taken := look(e, &k.tails[i])
			if taken < 0 {
				continue
			}
			if !found || gives < score {
				found, score, best = true, gives, end{sum, int32(j), i, taken}
			}
			if promise < score {
				kept.entries = append(kept.entries, entry{e.cost, e.value, int32(j), 0})
			}
		}
		if len(kept.entries) == 0 || i == len(k.items) {
			break
		}
		kept.entries = slices.DeleteFunc(kept.entries, func(e entry) bool { // those kept before the best end was known
			promise, _, _ := look(&e, &k.tails[i])
			return promise >= score
		})
		if len(kept.entries) == 0 {
			break
		}
		sum = join(kept, k.items[i], plus)
	}
	if !found {
		return nil
	}
	return k.complete(best)
}

// complete takes the first pieces of the tail.
func (k *knapsack) complete(e end) *layer {
	at := make([]int, len(k.items))
	for _, p := range k.tails[e.next].pieces[:e.taken] {
		at[p.item] = p.entry
	}
	l := e.l.only(int(e.entry))
	for i := e.next; i < len(k.items); i++ {
		l = join(l, k.items[i].only(at[i]), plus)
	}
	return l
}

func (l *layer) only(i int) *layer {
	e := l.entries[i]
	return &layer{kind: mapped, a: l, entries: []entry{{e.cost, e.value, int32(i), 0}}}
}

// cheapestTo is the cheapest way to bring a sum to a value; nil if there is none.
func (o *outcome) cheapestTo(least *big.Rat, strict bool) *layer {
	layers, base := o.level()
	need := units(new(big.Rat).Sub(least, base), o.den, strict)
	k := pack(layers, func(t *tail) int { return t.toValue(need) - 1 })
	return k.solve(func(e *entry, t *tail) (promise, gives int64, taken int) {
		taken = t.toValue(need - e.value)
		switch {
		case taken == len(t.values):
			return 0, 0, -1
		case taken == 0:
			return e.cost + t.cost, e.cost + t.cost, 0
		}
		p := t.pieces[taken-1]
		rest := need - e.value - t.value - t.values[taken-1]
		before := e.cost + t.cost + t.costs[taken-1]
		return before + partOf(rest, p.cost, p.value, true), before + p.cost, taken
	})
}

// highestFor is the highest value of a sum that a cost pays for; nil if it pays for nothing.
func (o *outcome) highestFor(cost int64) (l *layer, value *big.Rat) {
	layers, base := o.level()
	k := pack(layers, func(t *tail) int { return t.toCost(cost) })
	l = k.solve(func(e *entry, t *tail) (promise, gives int64, taken int) {
		taken = t.toCost(cost - e.cost)
		if taken < 0 {
			return 0, 0, -1
		}
		gives = e.value + t.value + t.values[taken]
		if promise = gives; taken < len(t.pieces) {
			p := t.pieces[taken]
			promise += partOf(cost-e.cost-t.cost-t.costs[taken], p.value, p.cost, false)
		}
		return -promise, -gives, taken
	})
	if l == nil {
		return nil, nil
	}
	return l, new(big.Rat).Add(base, big.NewRat(l.entries[0].value, o.den))
}
