package robustness_test

// Slow references: every changed assessment scored from scratch, every draw by a model with the drawn numbers
// written into it.

import (
	"fmt"
	"math/bits"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/robustness"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLeverageEqualsScoring(t *testing.T) {
	outcomes := 0
	for i, p := range robustness.Pairs(t) {
		levers, err := robustness.Leverage(p.Scorer, p.Assessment, nil)
		require.NoError(t, err)
		for _, l := range levers {
			assert.Equal(t, p.Assessment.Answers[l.Question], l.Answer)
			for _, o := range l.Outcomes {
				b := *p.Assessment
				b.Answers, b.NotApplicable = map[string]any{}, map[string]string{}
				for id, answer := range p.Assessment.Answers {
					b.Answers[id] = answer
				}
				for id, reason := range p.Assessment.NotApplicable {
					if id != l.Question {
						b.NotApplicable[id] = reason
					}
				}
				b.Answers[l.Question] = o.Answer
				r, err := p.Scorer.Score(&b)
				require.NoError(t, err)
				require.Equal(t, r.Root().Level, o.Level, "model %d, %s = %v", i, l.Question, o.Answer)
				if r.Root().Status != maturity.Scored {
					require.Nil(t, o.Value)
				} else {
					require.Equal(t, r.Root().Value, *o.Value, "model %d, %s = %v", i, l.Question, o.Answer)
				}
				assert.Contains(t, l.Levels, o.Level)
				outcomes++
			}
		}
	}
	assert.Greater(t, outcomes, 1000)
}

// numberAt is a random number as random.go promises it, written down again.
func numberAt(seed uint64, stream, place int) uint64 {
	mix := func(z uint64) uint64 {
		z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9
		z = (z ^ (z >> 27)) * 0x94D049BB133111EB
		return z ^ (z >> 31)
	}
	const golden = 0x9E3779B97F4A7C15
	return mix(mix(mix(seed+golden)+uint64(stream)*golden)+uint64(place+1)*golden) >> 11
}

func between(low, high int64, bits53 uint64) int64 {
	upper, _ := bits.Mul64(bits53<<11, uint64(high-low)+1)
	return low + int64(upper)
}

func billionths(d string) int64 {
	whole, fraction, _ := strings.Cut(d, ".")
	n, _ := strconv.ParseInt(whole+(fraction + "000000000")[:9], 10, 64)
	return n
}

func decimal(units int64) maturity.Decimal {
	sign := ""
	if units < 0 {
		sign, units = "-", -units
	}
	return maturity.Decimal(fmt.Sprintf("%s%d.%09d", sign, units/1e9, units%1e9))
}

// rewritten is the model with other weights and thresholds, by JSON Pointer.
func rewritten(t *testing.T, model []byte, values map[string]maturity.Decimal) *maturity.Scorer {
	t.Helper()
	m, err := maturity.Parse(model, nil)
	require.NoError(t, err)
	levels := func(list []*maturity.Level, path string) {
		for i, l := range list {
			if d, ok := values[path+strconv.Itoa(i)+"/from"]; ok {
				l.From = d
			}
			if d, ok := values[path+strconv.Itoa(i)+"/above"]; ok {
				l.Above = d
			}
		}
	}
	for path, n := range m.Nodes() {
		if d, ok := values[path+"/weight"]; ok {
			n.Weight = d
		}
		levels(n.Levels.Levels, path+"/levels/")
	}
	for name, list := range m.Ladders {
		levels(list, "/ladders/"+name+"/")
	}
	s, err := maturity.Compile(m, nil)
	require.NoError(t, err)
	return s
}

// TestSensitivityEqualsScoring draws the same weights by the rules that random.go and Options promise, writes
// them into the model and scores it: every count and every quantile must be the same.
func TestSensitivityEqualsScoring(t *testing.T) {
	const draws, seed = 40, 7
	moved := 0
	for i, p := range robustness.Pairs(t) {
		result, err := robustness.Sensitivity(p.Scorer, p.Assessment, &robustness.Options{Draws: draws, Seed: seed, Weights: 0.5, Indices: -1})
		require.NoError(t, err)
		v, err := p.Scorer.Variation(p.Assessment, p.Scorer.Model().ID)
		require.NoError(t, err)
		weights := v.Weights()
		counts, unscored, values := map[string]int{}, 0, []float64{}
		for draw := range draws {
			drawn := map[string]maturity.Decimal{}
			for j, w := range weights {
				x := billionths(w.Value.String())
				drawn[w.Path] = decimal(between(x-x/2, x+x/2, numberAt(seed, 0, draw*len(weights)+j)))
			}
			r, err := rewritten(t, p.Model, drawn).Score(p.Assessment)
			require.NoError(t, err)
			if root := r.Root(); root.Status == maturity.Scored {
				counts[root.Level]++
				values = append(values, root.Value)
			} else {
				unscored++
			}
		}
		require.Equal(t, unscored, result.Unscored, "model %d", i)
		for _, l := range result.Levels {
			require.Equal(t, counts[l.Level], l.Draws, "model %d, level %q", i, l.Level)
			require.Equal(t, float64(l.Draws)/draws, l.Share)
			if l.Draws > 0 && l.Draws < draws {
				moved++
			}
		}
		sort.Float64s(values)
		if len(values) == draws {
			for _, q := range []struct{ got, want float64 }{{result.Spread.Min, values[0]}, {result.Spread.P05, values[1]},
				{result.Spread.P25, values[9]}, {result.Spread.Median, values[19]}, {result.Spread.P75, values[29]},
				{result.Spread.P95, values[37]}, {result.Spread.Max, values[39]}} {
				require.InDelta(t, q.want, q.got, 1e-9, "model %d", i)
			}
		}
	}
	assert.Greater(t, moved, 20, "hardly a level moves")
}

// TestThresholdsEqualScoring is the same with thresholds that move and weights that stay.
func TestThresholdsEqualScoring(t *testing.T) {
	const draws, seed = 30, 8
	moved := 0
	for i, p := range robustness.Pairs(t) {
		result, err := robustness.Sensitivity(p.Scorer, p.Assessment, &robustness.Options{Draws: draws, Seed: seed, Weights: -1, Thresholds: 0.4})
		require.NoError(t, err)
		assert.Zero(t, result.Varied.Weights)
		assert.Empty(t, result.Weights)
		base, err := p.Scorer.Score(p.Assessment)
		require.NoError(t, err)
		v, err := p.Scorer.Variation(p.Assessment, p.Scorer.Model().ID)
		require.NoError(t, err)
		thresholds := v.Thresholds()
		require.Equal(t, len(thresholds), result.Varied.Thresholds)
		ladder := func(x maturity.Threshold) string {
			parts := strings.Split(x.Path, "/")
			return strings.Join(parts[:len(parts)-2], "/") + string(x.Of)
		}
		counts := map[string]int{}
		for draw := range draws {
			drawn := map[string]maturity.Decimal{}
			for j, x := range thresholds {
				at, far := billionths(x.Value.String()), int64(0)
				nearest := func(to int64) {
					if d := max(at-to, to-at); d > 0 && (far == 0 || d < far) {
						far = d
					}
				}
				if n, _ := base.Node(x.Group); x.Of == maturity.ReadRatio {
					nearest(0)
					nearest(1e9)
				} else {
					low, _ := strconv.ParseInt(fmt.Sprintf("%.0f", n.Min*1e9), 10, 64)
					high, _ := strconv.ParseInt(fmt.Sprintf("%.0f", n.Max*1e9), 10, 64)
					nearest(low)
					nearest(high)
				}
				for _, other := range thresholds {
					if ladder(other) == ladder(x) {
						nearest(billionths(other.Value.String()))
					}
				}
				far = int64(float64(far) * 0.4)
				drawn[x.Path] = decimal(between(at-far, at+far, numberAt(seed, 3, draw*len(thresholds)+j)))
			}
			r, err := rewritten(t, p.Model, drawn).Score(p.Assessment)
			require.NoError(t, err)
			counts[r.Root().Level]++
		}
		for _, l := range result.Levels {
			require.Equal(t, counts[l.Level], l.Draws, "model %d, level %q", i, l.Level)
			if l.Draws > 0 && l.Draws < draws {
				moved++
			}
		}
	}
	assert.Greater(t, moved, 10, "hardly a level moves")
}
