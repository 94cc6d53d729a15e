package cohort

import (
	"cmp"
	"math"
	"math/big"
	"slices"
	"strconv"

	"github.com/modenhet/modenhet/maturity"
)

// A Percentile says where one value stands among those of a group.
type Percentile struct {
	ID         string    `json:"id"`
	Percentile Statistic `json:"percentile"` // from 0 to 100
}

// Percentiles says for each node where the value of a result stands among those of the sketch: the share in per
// cent that is below it, and half of the share that equals it, itself included if it is in the sketch. So the
// middle of a group is at 50. Where the sketch has bins, the values of one bin are equal. Suppressed, it needs
// twice the minimum of values, and is rounded so that as many as the minimum could be on either side. The error
// is an *maturity.InvalidError, where the sketch and the result are not both of the scorer's model.
func (k *Sketch) Percentiles(s *maturity.Scorer, r *maturity.Result, opts *Options) ([]Percentile, error) {
	all := NewSketch(s)
	if err := all.Merge(k); err != nil {
		return nil, err
	}
	if err := NewSketch(s).AddResult(r); err != nil {
		return nil, err
	}
	least := opts.minimum()
	hidden := all.cover(s, least).hidden
	out := make([]Percentile, len(all.nodes))
	for i := range out {
		n := &all.nodes[i]
		out[i] = Percentile{n.id, n.percentile(&r.Nodes[i], least)}
		if hidden[i] {
			out[i].Percentile = Statistic{Status: Suppressed}
		}
	}
	return out, nil
}

func (n *nodeSketch) percentile(r *maturity.NodeResult, least int64) Statistic {
	switch {
	case r.Status != maturity.Scored || n.count == 0:
		return Statistic{Status: NoValues}
	case n.count < 2*least:
		return Statistic{Status: Suppressed}
	}
	x, twice := floor(r.Value, n.values.width), int64(0) // twice those below, and once those equal
	for _, b := range n.values.bins {
		switch {
		case b.value < x:
			twice += 2 * b.n
		case b.value == x:
			twice += b.n
		}
	}
	step := new(big.Rat)
	if least > 0 {
		step = oneTwoFive(big.NewRat(100*least, n.count))
	}
	return rounded(big.NewRat(100*twice, 2*n.count), step)
}

// A Gap is a node at which members are below a level that they want to reach.
type Gap struct {
	ID      string    `json:"id"`
	Level   string    `json:"level"`             // the level wanted
	Count   Statistic `json:"count"`             // members with a value
	Below   Statistic `json:"below"`             // how many of them are below the level
	Members []string  `json:"members,omitempty"` // who, where nothing is suppressed
}

// Gaps lists the practices at which members are below a level, the most widely shared first, equals in document
// order. A practice is a group of questions alone, here one whose ladder has the level. Suppressed, the count of
// those below is shown where a band of the level counts in Figures begins with the level. The error is an
// *maturity.InvalidError, with UnknownLevel where no practice has the level.
func (g *Group) Gaps(level string) ([]Gap, error) {
	least := g.opts.minimum()
	gaps := []Gap{}
	var shares []*big.Rat
	found := false
	for _, i := range practices(g.s) {
		n := &g.sketch.nodes[i]
		want := n.level(level)
		if want < 0 {
			continue
		}
		found = true
		gap, below := Gap{ID: n.id, Level: level}, int64(0)
		for j, x := range g.values[i] {
			if !math.IsNaN(x) && int(g.levels[i][j]) < want {
				below++
				if least == 0 {
					gap.Members = append(gap.Members, g.labels[j])
				}
			}
		}
		begins := func(band LevelCount) bool { return band.From == level }
		shown := !g.cover.hidden[i] && slices.ContainsFunc(n.levelCounts(least), begins)
		gap.Count, gap.Below = counted(n.count, !g.cover.hidden[i]), counted(below, shown)
		share := new(big.Rat)
		if !shown {
			share.SetInt64(-1) // last in the list, where its place says nothing
		} else if below == 0 {
			continue
		} else {
			share.SetFrac64(below, n.count)
		}
		at, _ := slices.BinarySearchFunc(shares, share, func(a, b *big.Rat) int { return cmp.Or(b.Cmp(a), -1) })
		gaps, shares = slices.Insert(gaps, at, gap), slices.Insert(shares, at, share)
	}
	if !found {
		return nil, invalid(maturity.UnknownLevel, "", "no practice has a level "+strconv.Quote(level)+" in its ladder")
	}
	return gaps, nil
}

// A Pair is a member who is strong at a practice, and one who is weak there and could learn.
type Pair struct {
	ID          string  `json:"id"` // of the practice
	Strong      string  `json:"strong"`
	Weak        string  `json:"weak"`
	StrongValue float64 `json:"strongValue"`
	WeakValue   float64 `json:"weakValue"`
	StrongLevel string  `json:"strongLevel,omitempty"`
	WeakLevel   string  `json:"weakLevel,omitempty"`
	Levels      int     `json:"levels"` // how many levels lie between; 0 where the practice has none
}

// Pairs says who could teach whom. At each practice the strongest member is paired with the weakest, the next
// with the next, equals in the order of their labels, as long as at least so many levels lie between them
// (below 1 reads as 1); where a practice has no levels, as long as their values differ. Each member is in one
// pair of a practice at most. The pairs are in document order, and of one practice the widest first. They name
// members, so there are none unless the group is Unsuppressed.
func (g *Group) Pairs(levels int) []Pair {
	if g.opts.minimum() > 0 {
		return []Pair{}
	}
	levels = max(levels, 1)
	pairs := []Pair{}
	for _, i := range practices(g.s) {
		n, order := &g.sketch.nodes[i], []int(nil)
		for j, x := range g.values[i] {
			if !math.IsNaN(x) {
				order = append(order, j)
			}
		}
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(g.values[i][b], g.values[i][a]) })
		// The weak are taken from the end; of equals, the first label first.
		weak := slices.Clone(order)
		slices.SortStableFunc(weak, func(a, b int) int {
			return cmp.Or(cmp.Compare(g.values[i][a], g.values[i][b]), cmp.Compare(a, b))
		})
		for at := range len(order) / 2 {
			s, w := order[at], weak[at]
			between := int(g.levels[i][s]) - int(g.levels[i][w])
			if g.values[i][s] <= g.values[i][w] || len(n.levels) > 0 && between < levels {
				break
			}
			pairs = append(pairs, Pair{n.id, g.labels[s], g.labels[w], g.values[i][s], g.values[i][w],
				n.levelID(int(g.levels[i][s])), n.levelID(int(g.levels[i][w])), between})
		}
	}
	return pairs
}

func (n *nodeSketch) levelID(i int) string {
	if i < 0 {
		return ""
	}
	return n.levelIDs[i]
}

// practices are the groups whose children are all questions, by number.
func practices(s *maturity.Scorer) (found []int) {
	m := s.Model()
	questions := map[string]bool{}
	for _, n := range m.Nodes() {
		questions[n.ID] = n.Answer != nil
	}
	isGroup := func(n *maturity.Node) bool { return !questions[cmp.Or(n.Ref, n.ID)] }
	for _, n := range m.Nodes() {
		if n.Children != nil && !slices.ContainsFunc(n.Children, isGroup) {
			i, _ := s.Index(n.ID)
			found = append(found, i)
		}
	}
	return found
}
