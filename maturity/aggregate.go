package maturity

// This file holds the aggregates (specification, section 3): arithmetic only.

// An item is a child that counts.
type item struct {
	_      [0]func() // never compared
	x      rat       // what is read from it
	weight int64     // in units of the group's weightUnit, above 0
	stage  int
	met    bool // share, staged
	read   span // the range of x
	kid    int32
}

// An aggregateRule makes one value of many.
type aggregateRule struct {
	_          [0]func() // never compared
	op         Aggregate
	base       rat
	need       rat
	failEmpty  bool
	weightUnit rat
}

// value aggregates at least one item. The value is exact; that of a geometric mean is given as value^root,
// any other has root 1.
func (r *aggregateRule) value(items []item) (value rat, root int64) {
	switch r.op {
	case Sum:
		return r.base.add(weightedSum(items).mul(r.weightUnit)), 1
	case Min:
		value = items[0].x
		for i := 1; i < len(items); i++ {
			value = lesser(value, items[i].x)
		}
		return value, 1
	case Max:
		value = items[0].x
		for i := 1; i < len(items); i++ {
			value = greater(value, items[i].x)
		}
		return value, 1
	case Median:
		return median(items), 1
	case Product:
		return product(items, false).lowest(), 1
	case Geometric:
		for i := range items {
			root += items[i].weight
		}
		return product(items, true).lowest(), root
	case Share:
		return metShare(items), 1
	case Staged:
		return r.stage(items), 1
	default: // mean
		return overTotal(weightedSum(items), items), 1
	}
}

// span is what the aggregate gives with every item at its lowest, and at its highest.
func (r *aggregateRule) span(items []item) (s span, root int64) {
	switch r.op {
	case Share:
		return span{whole(0), whole(1)}, 1
	case Staged:
		top := 0
		for i := range items {
			top = max(top, items[i].stage)
		}
		return span{whole(0), whole(int64(top))}, 1
	}
	for i := range items {
		items[i].x = items[i].read.min
	}
	s.min, _ = r.value(items)
	for i := range items {
		items[i].x = items[i].read.max
	}
	s.max, root = r.value(items)
	return s, root
}

// weightedSum is Σ w·x, in units of the weights.
func weightedSum(items []item) rat {
	sum := rat{d: items[0].x.d}
	if items[0].x.big != nil {
		return bigSum(items).lower()
	}
	for i := range items {
		next, ok := sum.addSmall(items[i].weight, items[i].x)
		if !ok {
			return bigSum(items).lower()
		}
		sum = next
	}
	return sum
}

// bigSum is Σ w·x by halves, and not in lowest terms: greatest common divisors on the way would cost far
// more than they save.
func bigSum(items []item) *bigRat {
	if len(items) == 1 {
		x := items[0].x.lift()
		return &bigRat{x.negative, x.n.mul(naturalOf(abs(items[0].weight))), x.d}
	}
	a, b := bigSum(items[:len(items)/2]), bigSum(items[len(items)/2:])
	if a.d.cmp(b.d) != 0 {
		a.n, b.n, a.d = a.n.mul(b.d), b.n.mul(a.d), a.d.mul(b.d)
	}
	a.plus(b.n, b.negative)
	return a
}

// product is Π x^w by halves.
func product(items []item, weighted bool) rat {
	if len(items) == 1 {
		if weighted {
			return items[0].x.power(items[0].weight)
		}
		return items[0].x
	}
	x, y := product(items[:len(items)/2], weighted), product(items[len(items)/2:], weighted)
	if x.big == nil && y.big == nil {
		return x.mul(y)
	}
	return rat{big: x.lift().times(y.lift())} // value brings it to lowest terms
}

// overTotal divides a sum by Σ w.
func overTotal(sum rat, items []item) rat {
	total := int64(0)
	for i := range items {
		if total += items[i].weight; total > maxSmall/2 {
			return sum.quo(bigTotal(items))
		}
	}
	return sum.over(total)
}

func bigTotal(items []item) rat {
	total := whole(0)
	for i := range items {
		total = total.add(whole(items[i].weight))
	}
	return total
}

// median takes no memory for a group as most are.
func median(items []item) rat {
	var few [32]int
	order := few[:0]
	if len(items) > len(few) {
		order = sorted(len(items), func(i, j int) bool { return items[i].x.cmp(items[j].x) < 0 })
	} else {
		for i := range items { // insertion sort
			at := i
			for order = append(order, i); at > 0 && items[i].x.cmp(items[order[at-1]].x) < 0; at-- {
				order[at] = order[at-1]
			}
			order[at] = i
		}
	}
	middle := len(order) / 2
	x := items[order[middle]].x
	if len(order)%2 == 1 {
		return x
	}
	return items[order[middle-1]].x.add(x).over(2)
}

// metShare is Σ w of the items met / Σ w.
func metShare(items []item) rat {
	met := whole(0)
	for i := range items {
		if items[i].met {
			met = met.add(whole(items[i].weight))
		}
	}
	return overTotal(met, items)
}

// stage is the highest stage reached. The items are in order of their stages.
func (r *aggregateRule) stage(items []item) rat {
	reached := 0
	for i := 0; i < len(items); {
		stage := items[i].stage
		end := i
		for end < len(items) && items[end].stage == stage {
			end++
		}
		if stage > reached+1 {
			if r.failEmpty {
				break
			}
			reached = stage - 1
		}
		if metShare(items[i:end]).cmp(r.need) < 0 {
			break
		}
		reached, i = stage, end
	}
	return whole(int64(reached))
}
