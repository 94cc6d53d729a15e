package cohort

import (
	"math"
	"math/big"
	"math/bits"
	"slices"

	"github.com/modenhet/modenhet/maturity"
)

// bands joins neighbouring cells, from the first, until each band has least subjects; what is left over joins
// the last. It returns where each band ends, exclusively. Nobody can tell from a band whether its first cells are
// empty. Where nothing is suppressed, each cell is a band.
func bands(cells []int64, least int64) (ends []int) {
	in := int64(0)
	for i, n := range cells {
		if in += n; in >= least {
			ends, in = append(ends, i+1), 0
		}
	}
	if len(ends) > 0 {
		ends[len(ends)-1] = len(cells)
	}
	return ends
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

// A cover is what must not be shown of a sketch.
type cover struct {
	least  int64
	hidden []bool     // by node: nothing but the count
	steps  []*big.Rat // by node: what figures are rounded to; 0 where not
}

// cover hides the nodes that have a value from 1 to least−1 subjects. It also hides those with few combinations
// of answers, unless each value that occurs is that of least subjects: the mean of so few different values would
// give their counts away. Of what is left, figures are rounded to about a hundredth of the range.
func (k *Sketch) cover(s *maturity.Scorer, least int64) *cover {
	c := &cover{least, make([]bool, len(k.nodes)), make([]*big.Rat, len(k.nodes))}
	if least == 0 {
		for i := range c.steps {
			c.steps[i] = new(big.Rat)
		}
		return c
	}
	counts, narrow, ranges := make([]int64, len(k.nodes)), narrowNodes(s), fullRanges(s, len(k.nodes))
	for i := range k.nodes {
		n := &k.nodes[i]
		counts[i], c.steps[i] = n.count, new(big.Rat)
		c.hidden[i] = 0 < n.count && n.count < least
		if narrow[i] {
			for _, b := range n.values.bins {
				c.hidden[i] = c.hidden[i] || b.n < least
			}
		}
		if bins := n.values.bins; ranges[i] <= 0 && len(bins) > 0 {
			ranges[i] = bins[len(bins)-1].value - bins[0].value
		}
		if ranges[i] > 0 && !math.IsInf(ranges[i], 0) {
			step := new(big.Rat).SetFloat64(ranges[i])
			c.steps[i] = oneTwoFive(step.Mul(step, big.NewRat(1, 100)))
		}
	}
	hideMore(equationsOf(s), narrow, c.hidden, counts)
	return c
}

// manyAnswers is how many combinations of answers there must be below a group whose figures do not give these
// away. The tests try groups of subjects with up to 16.
const manyAnswers = 20

// narrowNodes are the nodes with few combinations of answers: questions, and groups of one or two small ones.
func narrowNodes(s *maturity.Scorer) []bool {
	m := s.Model()
	byID := map[string]*maturity.Node{}
	for _, n := range m.Nodes() {
		if n.Ref == "" {
			byID[n.ID] = n
		}
	}
	narrow := make([]bool, len(byID))
	for _, n := range byID {
		i, _ := s.Index(n.ID)
		questions, combinations := 0, 1
		below(byID, n, map[string]bool{}, func(q *maturity.Node) {
			if q.Answer.Type != maturity.FreeText {
				questions, combinations = questions+1, min(combinations*answersTo(m, q.Answer), manyAnswers)
			}
		})
		narrow[i] = questions < 2 || combinations < manyAnswers
	}
	return narrow
}

// answersTo counts the answers to a question, up to manyAnswers.
func answersTo(m *maturity.Model, q *maturity.Answer) int {
	options := len(q.Options) + len(m.OptionSets[q.Use])
	switch {
	case q.Type == maturity.YesNo:
		return 2
	case q.Type == maturity.ScaleType:
		return int(min(q.Max.Float64()-q.Min.Float64()+1, manyAnswers))
	case q.Type == maturity.Choice:
		return min(options, manyAnswers)
	case q.Type == maturity.Checklist:
		return min(1<<min(options, 10), manyAnswers)
	case q.Steps != nil:
		return min(len(q.Steps), manyAnswers)
	}
	return manyAnswers
}

// fullRanges is how far the values of each node can lie apart, as nothing answered says; 0 where that says
// nothing, as of a model that demands answers.
func fullRanges(s *maturity.Scorer, nodes int) []float64 {
	ranges := make([]float64, nodes)
	session, err := s.Session(nil)
	if err != nil {
		return ranges
	}
	if r, err := session.Result(); err == nil {
		for i := range r.Nodes {
			ranges[i] = r.Nodes[i].Max - r.Nodes[i].Min
		}
	}
	return ranges
}

// hideMore hides as many more nodes as keep the hidden ones from being worked out. Of a group and its children,
// those with few combinations of answers are hidden all or none. A group and its children are taken as parts of
// an equation, the group's sum being that of its children by their weights. Where one part alone is hidden, it could
// be worked out, so another is hidden too: the child with the fewest values, or the group. Nodes that are referred
// to stand in many equations, so what these give together is worked out as well.
func hideMore(equations []equation, narrow, hidden []bool, counts []int64) {
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
		hide := func(i int) {
			if i >= 0 && !hidden[i] {
				hidden[i], changed = true, true
			}
		}
		for _, e := range equations {
			isHidden := func(t term) bool { return hidden[t.node] }
			if slices.ContainsFunc(e, func(t term) bool { return narrow[t.node] && hidden[t.node] }) {
				for _, t := range e {
					if narrow[t.node] && counts[t.node] > 0 {
						hide(t.node)
					}
				}
			}
			if first := slices.IndexFunc(e, isHidden); first >= 0 && !slices.ContainsFunc(e[first+1:], isHidden) {
				hide(next(e))
			}
		}
		if changed {
			continue
		}
		known := determined(equations, hidden)
		for _, e := range slices.Backward(equations) { // views first
			if !changed && slices.ContainsFunc(known, e.has) {
				hide(next(e))
			}
		}
	}
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
		some := func(x uint64) bool { return x != 0 }
		if only := slices.IndexFunc(row, some); !slices.ContainsFunc(row[only+1:], some) {
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
