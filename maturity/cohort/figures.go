package cohort

import (
	"math"
	"math/big"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/cohort/agreement"
)

// A Statistic is a value, meaningful where its Status is Defined, or the reason why there is none.
type Statistic = agreement.Statistic

// A Status says whether there is a figure and, if not, why.
type Status = agreement.Status

// The statuses of figures, beside those of package agreement.
const (
	Defined    = agreement.Defined
	Suppressed = Status("suppressed") // it would rest on too few subjects, or help to work such a figure out
	NoValues   = Status("no-values")  // no assessment has a value here
	TooFew     = agreement.TooFewUnits
)

// Options adjust the figures of groups. A nil *Options, and every zero field, means the default.
type Options struct {
	// Minimum is the smallest number of subjects that a figure may rest on; default 5, at least 2.
	Minimum int `json:"minimum,omitempty"`

	// Unsuppressed shows every figure, those of single subjects too. It is for somebody who has the
	// assessments anyway, such as one who drops the files of partners on a page of their own.
	Unsuppressed bool `json:"unsuppressed,omitempty"`

	// Weight is the name of a subject attribute with a decimal of 0 or more, such as inhabitants, by which
	// subjects count in weighted means. Default: all count the same.
	Weight string `json:"weight,omitempty"`
}

// minimum is what a figure must rest on; 0 where all are shown.
func (o *Options) minimum() int64 {
	switch {
	case o == nil || o.Minimum == 0 && !o.Unsuppressed:
		return 5
	case o.Unsuppressed:
		return 0
	}
	return int64(max(2, o.Minimum))
}

// Figures describe a group, node by node.
type Figures struct {
	Model   maturity.ModelRef `json:"model"`
	Count   int               `json:"count"`   // assessments
	Minimum int               `json:"minimum"` // that a figure rests on; 0 where nothing is suppressed
	Nodes   []NodeFigures     `json:"nodes"`   // document order, as in a result
}

// NodeFigures describe the values and levels of one node.
//
// Deviation is that of a sample, over n−1. Quantiles are of type 7: the one for p lies (n−1)·p steps above the
// lowest value, between two values on the straight line.
type NodeFigures struct {
	ID            string       `json:"id"`
	Status        Status       `json:"status"`        // Defined, Suppressed, or NoValues
	Count         Statistic    `json:"count"`         // assessments with a value
	Mean          Statistic    `json:"mean"`          //
	Deviation     Statistic    `json:"deviation"`     // standard deviation
	Min           Statistic    `json:"min"`           //
	LowerQuartile Statistic    `json:"lowerQuartile"` //
	Median        Statistic    `json:"median"`        //
	UpperQuartile Statistic    `json:"upperQuartile"` //
	Max           Statistic    `json:"max"`           //
	Blur          float64      `json:"blur"`          // the five before this are at most so far off; 0 where exact
	Step          float64      `json:"step"`          // all these are rounded to multiples of this; 0 where they are not
	Levels        []LevelCount `json:"levels,omitempty"`
}

// A LevelCount says how many assessments are at the levels from one to another, or, where nothing is suppressed,
// at one level. No level, of an assessment that has a value and has not reached the first, comes before all
// others, and its id is empty.
type LevelCount struct {
	From  string `json:"from"` // id of the lowest level counted
	To    string `json:"to"`   // id of the highest
	Count int    `json:"count"`
}

// Figures describes what the sketch has seen. What is suppressed, and what that promises, is in
// docs/cohort.md. The error is an *maturity.InvalidError, where the sketch is not of the scorer's model.
func (k *Sketch) Figures(s *maturity.Scorer, opts *Options) (*Figures, error) {
	whole := NewSketch(s)
	if err := whole.Merge(k); err != nil {
		return nil, err
	}
	least := opts.minimum()
	c := whole.cover(s, least)
	f := &Figures{Model: whole.model, Count: int(whole.count), Minimum: int(least)}
	f.Nodes = make([]NodeFigures, len(whole.nodes))
	for i := range whole.nodes {
		f.Nodes[i] = whole.nodes[i].figures(c, i)
	}
	return f, nil
}

func (n *nodeSketch) figures(c *cover, i int) NodeFigures {
	f := NodeFigures{ID: n.id, Status: Defined, Blur: n.values.width / 2}
	f.Count = counted(n.count, n.count == 0 || n.count >= c.least)
	switch {
	case c.hidden[i]:
		f.Status = Suppressed
	case n.count == 0:
		f.Status = NoValues
	}
	if !c.hidden[i] {
		f.Levels = n.levelCounts(c.least)
	}
	if f.Status != Defined {
		out := Statistic{Status: f.Status}
		f.Mean, f.Deviation, f.Min, f.LowerQuartile, f.Median, f.UpperQuartile, f.Max = out, out, out, out, out, out, out
		f.Blur = 0
		return f
	}
	step := c.steps[i]
	f.Step, _ = step.Float64()
	quantile := func(p *big.Rat, shown bool) Statistic {
		if !shown {
			return Statistic{Status: Suppressed}
		}
		return rounded(n.values.quantile(p, n.count), step)
	}
	f.Mean = rounded(new(big.Rat).Quo(n.values.sums().values.rat(), whole(n.count)), step)
	if f.Deviation = (Statistic{Status: Suppressed}); n.count >= 4*c.least {
		f.Deviation = n.deviation(step)
	}
	f.Median = quantile(big.NewRat(1, 2), n.count >= 2*c.least)
	f.LowerQuartile = quantile(big.NewRat(1, 4), n.count >= 4*c.least)
	f.UpperQuartile = quantile(big.NewRat(3, 4), n.count >= 4*c.least)
	f.Min, f.Max = quantile(new(big.Rat), c.least == 0), quantile(big.NewRat(1, 1), c.least == 0)
	return f
}

// levelCounts counts the levels, lowest first; nothing of a node without levels, or with too few values.
func (n *nodeSketch) levelCounts(least int64) (counts []LevelCount) {
	if len(n.levels) == 0 {
		return nil
	}
	cells := append([]int64{n.count}, n.levels...)
	for _, count := range n.levels {
		cells[0] -= count
	}
	from := 0
	for _, to := range bands(cells, least) {
		band := LevelCount{From: n.levelID(from - 1), To: n.levelID(to - 2)}
		for _, count := range cells[from:to] {
			band.Count += int(count)
		}
		counts, from = append(counts, band), to
	}
	return counts
}

func counted(n int64, shown bool) Statistic {
	if !shown {
		return Statistic{Status: Suppressed}
	}
	return Statistic{Value: float64(n), Status: Defined}
}

func (n *nodeSketch) deviation(step *big.Rat) Statistic {
	if n.count < 2 {
		return Statistic{Status: agreement.TooFewUnits}
	}
	total := n.values.sums().values.rat()
	variance := total.Mul(total, total)
	variance.Quo(variance, whole(n.count))
	variance.Sub(n.values.sums().squares.rat(), variance)
	variance.Quo(variance, whole(n.count-1))
	x, _ := variance.Float64()
	x = math.Sqrt(max(x, 0)) // below 0 only of a sketch that somebody made up
	if math.IsInf(x, 0) {
		return Statistic{Status: agreement.Malformed}
	}
	return rounded(new(big.Rat).SetFloat64(x), step)
}

// quantile is of type 7.
func (h *histogram) quantile(p *big.Rat, n int64) *big.Rat {
	place := new(big.Rat).Mul(p, whole(n-1))
	below := new(big.Int).Quo(place.Num(), place.Denom())
	low := h.at(below.Int64())
	high := low
	if below.Int64() < n-1 {
		high = h.at(below.Int64() + 1)
	}
	place.Sub(place, new(big.Rat).SetInt(below))
	x, gap := new(big.Rat).SetFloat64(low), new(big.Rat).SetFloat64(high)
	return x.Add(x, gap.Mul(gap.Sub(gap, x), place))
}

func whole(n int64) *big.Rat { return new(big.Rat).SetInt64(n) }

func defined(x *big.Rat) Statistic {
	value, _ := x.Float64()
	if math.IsInf(value, 0) {
		return Statistic{Status: agreement.Malformed}
	}
	return Statistic{Value: value + 0, Status: Defined}
}

// rounded goes to the nearest multiple of a step, half-way up; by a step of 0 it stays.
func rounded(x, step *big.Rat) Statistic {
	if step.Sign() == 0 {
		return defined(x)
	}
	x.Quo(x, step)
	x.Add(x, big.NewRat(1, 2))
	x.SetInt(new(big.Int).Div(x.Num(), x.Denom()))
	return defined(x.Mul(x, step))
}
