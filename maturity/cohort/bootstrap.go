package cohort

import (
	"math"
	"math/big"
	"math/bits"
	"math/rand/v2"
	"slices"

	"github.com/modenhet/modenhet/maturity"
)

// BootstrapOptions adjust Intervals. A nil *BootstrapOptions, and every zero field, means the default.
type BootstrapOptions struct {
	Seed      uint64  `json:"seed,omitempty"`      // the same seed gives the same intervals; default 0, a seed like any other
	Resamples int     `json:"resamples,omitempty"` // default 2,000; from 100 to 100,000
	Level     float64 `json:"level,omitempty"`     // of confidence; default 0.95, above 0 and below 1
}

// Intervals say how far figures of a group would vary between groups of such subjects.
type Intervals struct {
	Seed      uint64          `json:"seed"`
	Resamples int             `json:"resamples"`
	Level     float64         `json:"level"`
	Nodes     []NodeIntervals `json:"nodes"` // document order, as in a result
}

// NodeIntervals are those of one node.
type NodeIntervals struct {
	ID     string   `json:"id"`
	Mean   Interval `json:"mean"` // by the members' weights, as in Group.Means
	Median Interval `json:"median"`
}

// mostDraws bounds the memory: 4 bytes each.
const mostDraws = 50_000_000

// An Interval goes from Low to High. Both have the same status.
type Interval struct {
	Low  Statistic `json:"low"`
	High Statistic `json:"high"`
}

// Intervals draws so many groups as large as this one from its members, with replacement, and gives for each
// node the ends between which the mean and the median lie in the given part of these groups: the percentile
// method. The members of a draw are the same at every node. With fewer than two values nothing varies, and
// there is no interval. Suppressed, it needs four times the minimum of values, as the deviation does, and is
// rounded outwards to the step of Figures. An interval speaks of other subjects like these: where a group has all
// its members, such as all municipalities of a partnership, there is nothing to infer.
//
// The draws come from PCG (math/rand/v2) with the seed; sums are taken in the order of the draws. The error is
// an *maturity.InvalidError about the options.
//
// Source: B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
func (g *Group) Intervals(opts *BootstrapOptions) (*Intervals, error) {
	o := BootstrapOptions{}
	if opts != nil {
		o = *opts
	}
	if o.Resamples == 0 {
		o.Resamples = 2000
	}
	if o.Level == 0 {
		o.Level = 0.95
	}
	if o.Resamples < 100 || o.Resamples > 100_000 {
		return nil, invalid(maturity.OutOfRange, "/resamples", "take from 100 to 100,000 resamples")
	}
	if !(0 < o.Level && o.Level < 1) {
		return nil, invalid(maturity.OutOfRange, "/level", "the level of confidence is above 0 and below 1, such as 0.95")
	}
	n := len(g.labels)
	if n > 0 && o.Resamples > mostDraws/n {
		return nil, invalid(maturity.OutOfRange, "/resamples", "take fewer resamples of so many members: at most 50 million draws")
	}
	draws := make([]int32, o.Resamples*n)
	random := rand.NewPCG(o.Seed, 0)
	for i := range draws {
		hi, _ := bits.Mul64(random.Uint64(), uint64(n))
		draws[i] = int32(hi)
	}
	out := &Intervals{Seed: o.Seed, Resamples: o.Resamples, Level: o.Level, Nodes: make([]NodeIntervals, len(g.values))}
	means := g.Means()
	least := g.opts.minimum()
	for i := range g.values {
		k := &g.sketch.nodes[i]
		node := NodeIntervals{ID: k.id}
		both := func(why Status) { node.Mean, node.Median = noInterval(why), noInterval(why) }
		switch {
		case k.count == 0:
			both(NoValues)
		case g.cover.hidden[i] || k.count < 4*least:
			both(Suppressed)
		case k.count < 2:
			both(TooFew)
		default:
			node.Mean = noInterval(means[i].Value.Status)
			if means[i].Value.Status == Defined {
				node.Mean = interval(g.drawMeans(i, draws), o.Level, g.cover.steps[i])
			}
			node.Median = interval(g.drawMedians(i, draws), o.Level, g.cover.steps[i])
		}
		out.Nodes[i] = node
	}
	return out, nil
}

// drawMeans is the weighted mean of each draw in which somebody has a value and a weight.
func (g *Group) drawMeans(node int, draws []int32) (means []float64) {
	n := len(g.labels)
	weights, products := make([]float64, n), make([]float64, n)
	for j, x := range g.values[node] {
		if !math.IsNaN(x) {
			weights[j] = float64(g.weights[j])
			products[j] = weights[j] * x
		}
	}
	for ; len(draws) > 0; draws = draws[n:] {
		total, weight := 0.0, 0.0
		for _, j := range draws[:n] {
			total += products[j]
			weight += weights[j]
		}
		if weight > 0 {
			means = append(means, total/weight)
		}
	}
	return means
}

// drawMedians is the median of each draw in which somebody has a value.
func (g *Group) drawMedians(node int, draws []int32) (medians []float64) {
	n := len(g.labels)
	var sorted []float64
	for _, x := range g.values[node] {
		if !math.IsNaN(x) {
			sorted = append(sorted, x)
		}
	}
	slices.Sort(sorted)
	sorted = slices.Compact(sorted)
	place := make([]int32, n) // of a member's value in sorted; -1 for none
	for j, x := range g.values[node] {
		at, ok := slices.BinarySearch(sorted, x)
		if place[j] = int32(at); !ok {
			place[j] = -1
		}
	}
	counts := make([]int, len(sorted))
	for ; len(draws) > 0; draws = draws[n:] {
		clear(counts)
		all := 0
		for _, j := range draws[:n] {
			if at := place[j]; at >= 0 {
				counts[at]++
				all++
			}
		}
		if all == 0 {
			continue
		}
		low, high, seen := -1, -1, 0
		for at, count := range counts {
			seen += count
			if low < 0 && seen > (all-1)/2 {
				low = at
			}
			if seen > all/2 {
				high = at
				break
			}
		}
		medians = append(medians, float64(sorted[low]/2)+float64(sorted[high]/2))
	}
	return medians
}

func noInterval(why Status) Interval { return Interval{Statistic{Status: why}, Statistic{Status: why}} }

// interval cuts the same part off both ends of what was drawn, and not more than that.
func interval(drawn []float64, level float64, step *big.Rat) Interval {
	if len(drawn) == 0 {
		return noInterval(TooFew)
	}
	slices.Sort(drawn)
	cut := int(math.Floor((1 - level) / 2 * float64(len(drawn))))
	low, high := new(big.Rat).SetFloat64(drawn[cut]), new(big.Rat).SetFloat64(drawn[len(drawn)-1-cut])
	if step.Sign() > 0 {
		low.Quo(low, step)
		low.Mul(low.SetInt(new(big.Int).Div(low.Num(), low.Denom())), step)
		high.Quo(high.Neg(high), step)
		high.Mul(high.SetInt(new(big.Int).Div(high.Num(), high.Denom())), step)
		high.Neg(high)
	}
	return Interval{defined(low), defined(high)}
}
