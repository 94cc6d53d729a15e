package cohort

import (
	"math"
	"math/big"
	"math/bits"
	"slices"

	"github.com/modenhet/modenhet/maturity"
)

// smallCells says which counts of a table whose total is known must not be shown: those from 1 to least−1, and
// as many more, the smallest first, as keep the rest from being worked out by subtraction. So there are none or
// at least two, and together they are least or more. A count of 0 is shown.
func smallCells(cells []int64, least int64) []bool {
	hidden := make([]bool, len(cells))
	together, count := int64(0), 0
	hide := func(i int) {
		hidden[i] = true
		together, count = together+cells[i], count+1
	}
	for i, n := range cells {
		if 0 < n && n < least {
			hide(i)
		}
	}
	for count == 1 || count > 0 && together < least {
		next := -1
		for i, n := range cells {
			if !hidden[i] && n > 0 && (next < 0 || n < cells[next]) {
				next = i
			}
		}
		if next < 0 {
			break
		}
		hide(next)
	}
	return hidden
}

// step is what means are rounded to, so that least subjects could each have had the next value that occurs
// without a mean showing it: 1, 2 or 5 of a power of ten. Of a node with few different values, the mean would
// else give their counts away. Share is that of one subject in the mean. The step is 0 where nothing is
// suppressed, or nothing varies.
func (n *nodeSketch) step(share *big.Rat, least int64) *big.Rat {
	closest := math.Inf(1)
	for i := 1; i < len(n.values.bins); i++ {
		closest = min(closest, n.values.bins[i].value-n.values.bins[i-1].value)
	}
	if least == 0 || math.IsInf(closest, 0) || closest == 0 {
		return new(big.Rat)
	}
	gap := new(big.Rat).SetFloat64(closest)
	return oneTwoFive(gap.Mul(gap, share.Mul(share, whole(least))))
}

// oneTwoFive is the smallest of 1, 2 and 5 times a power of ten that is not below a gap above 0.
func oneTwoFive(gap *big.Rat) *big.Rat {
	step, tenth := big.NewRat(1, 1), big.NewRat(1, 10)
	for step.Cmp(gap) < 0 {
		step.Quo(step, tenth)
	}
	for next := new(big.Rat); next.Mul(step, tenth).Cmp(gap) >= 0; {
		step.Set(next)
	}
	for _, part := range []int64{5, 2} {
		if finer := new(big.Rat).Mul(step, big.NewRat(1, part)); finer.Cmp(gap) >= 0 {
			return finer
		}
	}
	return step
}

// hiddenNodes says of which nodes nothing must be shown: of those with a value from 1 to least−1 subjects, and
// of as many more as keep their sums from being worked out. A group and its children are taken as parts of an
// equation, the group's sum being that of its children by their weights. Where one part alone is hidden, it
// could be worked out, so another is hidden too: the child with the fewest values, or the group. Nodes that are
// referred to stand in many equations, so what these give together is worked out as well.
func hiddenNodes(s *maturity.Scorer, counts []int64, all, least int64) []bool {
	hidden := make([]bool, len(counts))
	for i, n := range counts {
		hidden[i] = all < least && n > 0 || 0 < n && n < least
	}
	equations := equationsOf(s)
	next := func(e equation) int {
		best := -1
		for _, t := range e[1:] {
			if i := t.node; !hidden[i] && counts[i] > 0 && (best < 0 || counts[i] < counts[best]) {
				best = i
			}
		}
		if group := e[0].node; best < 0 && !hidden[group] && counts[group] > 0 {
			best = group
		}
		return best
	}
	for changed := true; changed; {
		changed = false
		for _, e := range equations {
			parts := 0
			for _, t := range e {
				if hidden[t.node] {
					parts++
				}
			}
			if parts == 1 {
				if i := next(e); i >= 0 {
					hidden[i], changed = true, true
				}
			}
		}
		if changed {
			continue
		}
		for _, known := range determined(equations, hidden) {
			for _, e := range equations {
				if i := next(e); i >= 0 && e.has(known) {
					hidden[i], changed = true, true
				}
			}
		}
	}
	return hidden
}

// An equation says that the sum of its terms is 0; the group is the first.
type equation []term

type term struct {
	node  int
	times uint64 // modulo prime
}

func (e equation) has(node int) bool {
	return slices.ContainsFunc(e, func(t term) bool { return t.node == node })
}

const prime = 1<<61 - 1

func product(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return bits.Rem64(hi, lo, prime)
}

// equationsOf lists the groups of a model with their children. Weights count in billionths; a child that is not
// read as its plain value gets a weight of its own that no other has.
func equationsOf(s *maturity.Scorer) (equations []equation) {
	m := s.Model()
	odd := uint64(1)
	for _, n := range m.Nodes() {
		if n.Children == nil {
			continue
		}
		group, _ := s.Index(n.ID)
		e := equation{{node: group}}
		for _, child := range n.Children {
			id, plain := child.ID, n.Read != maturity.ReadRatio && child.Points == nil
			if child.Ref != "" {
				id = child.Ref
			}
			node, _ := s.Index(id)
			times := uint64(1_000_000_000)
			if weight, ok := new(big.Rat).SetString(child.Weight.String()); ok {
				weight.Mul(weight, whole(1_000_000_000))
				times = new(big.Int).Quo(weight.Num(), weight.Denom()).Uint64()
			}
			if !plain {
				odd = product(odd, 0x9e3779b97f4a7c15%prime)
				times = odd
			}
			if times %= prime; times != 0 && !e.has(node) {
				e = append(e, term{node, times})
				e[0].times = (e[0].times + prime - times) % prime
			}
		}
		if n.Aggregate == maturity.Sum {
			e[0].times = prime - 1_000_000_000
		}
		equations = append(equations, e)
	}
	return equations
}

// determined are the hidden nodes that the equations give away when the others are known.
func determined(equations []equation, hidden []bool) (known []int) {
	var rows [][]uint64
	for _, e := range equations {
		row, any := make([]uint64, len(hidden)), false
		for _, t := range e {
			if hidden[t.node] {
				row[t.node], any = t.times, true
			}
		}
		if any {
			rows = append(rows, row)
		}
	}
	at := 0
	for column := range hidden { // Gauss and Jordan
		pivot := at
		for pivot < len(rows) && rows[pivot][column] == 0 {
			pivot++
		}
		if pivot == len(rows) {
			continue
		}
		rows[at], rows[pivot] = rows[pivot], rows[at]
		one := inverse(rows[at][column])
		for j := range rows[at] {
			rows[at][j] = product(rows[at][j], one)
		}
		for i, row := range rows {
			if times := row[column]; i != at && times != 0 {
				for j := range row {
					row[j] = (row[j] + prime - product(times, rows[at][j])) % prime
				}
			}
		}
		at++
	}
	for _, row := range rows[:at] {
		if only := slices.IndexFunc(row, func(x uint64) bool { return x != 0 }); !slices.ContainsFunc(row[only+1:], func(x uint64) bool { return x != 0 }) {
			known = append(known, only)
		}
	}
	return known
}

// inverse is x^(prime−2).
func inverse(x uint64) uint64 {
	out := uint64(1)
	for e := uint64(prime - 2); e > 0; e >>= 1 {
		if e&1 == 1 {
			out = product(out, x)
		}
		x = product(x, x)
	}
	return out
}
