package robustness

import (
	"math"
	"slices"
	"strings"

	"github.com/modenhet/modenhet/maturity"
)

// A Study is Sensitivity in slices, for programs that show progress or let people cancel: Step until
// Progress says that all is done. The slices do not change the result. It is used by one goroutine at a time.
type Study struct {
	opts       Options
	v          *maturity.Variation
	ladder     []*maturity.Level
	base       *maturity.NodeResult
	weights    []interval
	thresholds []interval
	questions  []question
	streams    [ofSteps + 1]stream
	sobol      *sobol
	last       []float64 // what sobol asked for last
	gap        bool      // it met no value

	draw, done, total int
	levels            []int // draws by level, from none
	unscored          int
	values            []float64
}

// NewStudy prepares a study. The error is that of Sensitivity.
func NewStudy(s *maturity.Scorer, a *maturity.Assessment, opts *Options) (*Study, error) {
	o, err := opts.filled(s.Model())
	if err != nil {
		return nil, err
	}
	v, err := s.Variation(a, o.Group)
	if err != nil {
		return nil, err
	}
	r, err := s.Score(a)
	if err != nil {
		return nil, err
	}
	y := &Study{opts: o, v: v, ladder: ladderOf(s.Model(), o.Group), total: o.Draws}
	y.base, _ = r.Node(o.Group)
	y.levels = make([]int, len(y.ladder)+1)
	for i := range y.streams {
		y.streams[i] = newStream(o.Seed, i)
	}
	if o.Weights > 0 {
		for _, w := range v.Weights() {
			x := units(w.Value)
			y.weights = append(y.weights, around(x, min(int64(float64(x)*o.Weights), x-1, maxUnits-x)))
		}
	}
	if o.Thresholds > 0 {
		y.thresholds = thresholds(v.Thresholds(), r, o.Thresholds)
	}
	if o.Answers > 0 {
		y.questions = answered(s, a, r)
	}
	if o.Indices > 0 && len(y.weights) > 0 {
		y.sobol = newSobol(y.valueAt, len(y.weights), o.Indices, o.Seed)
		y.total += y.sobol.calls()
		y.last = make([]float64, len(y.weights))
	}
	return y, nil
}

const maxUnits = 1e18 - 1 // billionths of a decimal

// units are the billionths of a decimal.
func units(d maturity.Decimal) int64 {
	whole, fraction, _ := strings.Cut(d.String(), ".")
	negative := strings.HasPrefix(whole, "-")
	n := int64(0)
	for _, c := range strings.TrimPrefix(whole, "-") + (fraction + "000000000")[:9] {
		n = n*10 + int64(c-'0')
	}
	if negative {
		return -n
	}
	return n
}

// thresholds are how far each threshold can move.
func thresholds(list []maturity.Threshold, r *maturity.Result, share float64) []interval {
	ladder := func(t maturity.Threshold) string { // without the number of the level, and the field
		path := t.Path[:strings.LastIndexByte(t.Path, '/')]
		return path[:strings.LastIndexByte(path, '/')]
	}
	var out []interval
	for _, t := range list {
		x, ends := units(t.Value), []int64{0, 1e9}
		if n, ok := r.Node(t.Group); ok && t.Of != maturity.ReadRatio {
			ends = []int64{int64(math.Round(n.Min * 1e9)), int64(math.Round(n.Max * 1e9))}
		}
		for _, other := range list {
			if ladder(other) == ladder(t) && other.Of == t.Of {
				ends = append(ends, units(other.Value))
			}
		}
		far := int64(0)
		for _, end := range ends {
			if d := max(end-x, x-end); d > 0 && (far == 0 || d < far) {
				far = d
			}
		}
		far = min(int64(float64(far)*share), maxUnits-max(x, -x))
		out = append(out, around(x, far))
	}
	return out
}

// Progress returns the number of scores done, and of all.
func (y *Study) Progress() (done, total int) { return y.done, y.total }

// Step makes about n more scores.
func (y *Study) Step(n int) {
	for end := min(y.done+n, y.total); y.done < end; {
		if y.draw < y.opts.Draws {
			y.next()
			y.done++
			continue
		}
		if y.sobol.row == 0 {
			y.reset()
		}
		y.done += y.sobol.step()
	}
}

// next makes a draw.
func (y *Study) next() {
	i := y.draw
	y.draw++
	k := len(y.weights)
	for j := range y.weights {
		y.v.SetWeight(j, y.weights[j].pick(y.streams[ofWeights].at(i*k+j)>>11))
	}
	k = len(y.thresholds)
	for j := range y.thresholds {
		y.v.SetThreshold(j, y.thresholds[j].pick(y.streams[ofThresholds].at(i*k+j)>>11))
	}
	k = len(y.questions)
	for j := range y.questions {
		q := &y.questions[j]
		to := -1
		if y.streams[ofErrors].unit(i*k+j) < y.opts.Answers {
			to = int(interval{0, uint64(len(q.steps))}.pick(y.streams[ofSteps].at(i*k+j) >> 11))
		}
		q.answer(y.v, to)
	}
	value, _, ok := y.v.Near()
	if !ok {
		y.unscored++
		return
	}
	y.values = append(y.values, value)
	y.levels[y.v.Level()+1]++
}

// reset takes thresholds and answers back to what they are, for the indices.
func (y *Study) reset() {
	for j, t := range y.thresholds {
		y.v.SetThreshold(j, t.low+int64(t.width/2))
	}
	for j := range y.questions {
		y.questions[j].answer(y.v, -1)
	}
	for j := range y.last {
		y.last[j] = -1
	}
}

// valueAt is the value under weights given as places, from 0 to 1, in their intervals.
func (y *Study) valueAt(x []float64) float64 {
	for j, at := range x {
		if at != y.last[j] {
			y.last[j] = at
			y.v.SetWeight(j, y.weights[j].pick(uint64(at*(1<<53))))
		}
	}
	value, _, ok := y.v.Near()
	y.gap = y.gap || !ok
	return value
}

// Result returns what was found so far; with all steps done, it is that of Sensitivity.
func (y *Study) Result() *Result {
	r := &Result{Options: y.opts, Draws: y.draw, Level: y.base.Level, Unscored: y.unscored, Levels: []Share{}, Weights: []WeightIndex{}}
	r.Varied = Varied{len(y.weights), len(y.thresholds), len(y.questions)}
	if y.base.Status == maturity.Scored {
		r.Value = &y.base.Value
	}
	for i, draws := range y.levels {
		id := ""
		if i > 0 {
			id = y.ladder[i-1].ID
		}
		if len(y.ladder) > 0 && (i > 0 || draws > 0) {
			r.Levels = append(r.Levels, Share{id, draws, float64(draws) / float64(max(y.draw, 1))})
		}
	}
	if len(y.values) > 0 {
		sorted := slices.Clone(y.values)
		slices.Sort(sorted)
		at := func(percent int) float64 { // nearest rank
			return round(sorted[max((len(sorted)*percent+99)/100-1, 0)])
		}
		r.Spread = &Spread{at(0), at(5), at(25), at(50), at(75), at(95), at(100)}
	}
	if y.sobol != nil && y.done == y.total && !y.gap {
		indices := y.sobol.indices()
		for j, w := range y.v.Weights() {
			r.Weights = append(r.Weights, WeightIndex{w, indices[j]})
		}
		slices.SortStableFunc(r.Weights, func(a, b WeightIndex) int {
			switch {
			case a.Total > b.Total:
				return -1
			case a.Total < b.Total:
				return 1
			}
			return 0
		})
	}
	return r
}

// round rounds to 9 digits after the point.
func round(x float64) float64 {
	if math.Abs(x) > 1e6 {
		return x
	}
	return math.Round(x*1e9) / 1e9
}
