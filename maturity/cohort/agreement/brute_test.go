package agreement_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/modenhet/modenhet/maturity/cohort/agreement"
	"github.com/stretchr/testify/assert"
)

// random makes ratings from few values, some missing.
func random(r *rand.Rand, units, raters, missing int) agreement.Ratings {
	values := []float64{0, 0.1, 0.5, 1, 2.25, 3}
	values = values[:2+r.IntN(len(values)-1)]
	t := make(agreement.Ratings, units)
	for i := range t {
		for range raters {
			x := values[r.IntN(len(values))]
			if missing > 0 && r.IntN(missing) == 0 {
				x = gone
			}
			t[i] = append(t[i], x)
		}
	}
	return t
}

// pairwiseAlpha is alpha as its definition says it: mean squared distances of pairs, each of a unit of m ratings
// weighing 1/(m−1), against those of all pairs; nothing of it is shared with the package.
func pairwiseAlpha(t agreement.Ratings, m agreement.Metric) (alpha float64, ok bool) {
	var units [][]float64
	var all []float64
	for _, row := range t {
		xs := slices.DeleteFunc(slices.Clone(row), math.IsNaN)
		if len(xs) > 1 {
			units, all = append(units, xs), append(all, xs...)
		}
	}
	distance := func(a, b float64) float64 {
		switch m {
		case agreement.Interval:
			return (a - b) * (a - b)
		case agreement.Ratio:
			if a+b == 0 {
				return 0
			}
			return (a - b) * (a - b) / ((a + b) * (a + b))
		case agreement.Ordinal:
			if a > b {
				a, b = b, a
			}
			between := 0.0
			for _, x := range all {
				if a <= x && x <= b {
					if between++; x == a || x == b {
						between -= 0.5
					}
				}
			}
			if a == b {
				return 0
			}
			return between * between
		}
		if a == b {
			return 0
		}
		return 1
	}
	observed, expected := 0.0, 0.0
	for _, xs := range units {
		for i := range xs {
			for j := range xs {
				if i != j {
					observed += distance(xs[i], xs[j]) / float64(len(xs)-1)
				}
			}
		}
	}
	for i := range all {
		for j := range all {
			if i != j {
				expected += distance(all[i], all[j]) / float64(len(all)-1)
			}
		}
	}
	return 1 - observed/expected, len(units) > 1 && expected > 0
}

func TestAlphaPairwise(t *testing.T) {
	defined := 0
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 1))
		ratings := random(r, 1+r.IntN(8), 2+r.IntN(5), 1+r.IntN(6))
		for _, m := range []agreement.Metric{agreement.Nominal, agreement.Ordinal, agreement.Interval, agreement.Ratio} {
			want, ok := pairwiseAlpha(ratings, m)
			got := agreement.Alpha(ratings, m)
			if assert.Equal(t, ok, got.Status == agreement.Defined, "%v %s: %v", ratings, m, got) && ok {
				defined++
				assert.InDelta(t, want, got.Value, 1e-12, "%v %s", ratings, m)
			}
		}
	}
	assert.Greater(t, defined, 500)
}

// TestLaws checks what must hold between statistics, and under changes that mean nothing.
func TestLaws(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 2))
		ratings := random(r, 2+r.IntN(8), 2+r.IntN(4), 0)
		icc := agreement.NewICC(ratings)
		assert.Equal(t, icc.Mean3, agreement.Cronbach(ratings).Alpha, "ICC(3,k) is Cronbach's alpha")

		// Other orders of units and raters, to the byte.
		other := agreement.Ratings(slices.Clone(ratings))
		r.Shuffle(len(other), func(i, j int) { other[i], other[j] = other[j], other[i] })
		columns := r.Perm(len(ratings[0]))
		for i, row := range other {
			other[i] = nil
			for _, j := range columns {
				other[i] = append(other[i], row[j])
			}
		}
		a, _ := ratings.Counts()
		b, _ := other.Counts()
		assert.Equal(t, agreement.Alpha(ratings, agreement.Ratio), agreement.Alpha(other, agreement.Ratio))
		assert.Equal(t, icc, agreement.NewICC(other))
		assert.Equal(t, agreement.KendallW(ratings), agreement.KendallW(other))
		assert.Equal(t, agreement.FleissKappa(a), agreement.FleissKappa(b))
		assert.Equal(t, agreement.Alpha(ratings, agreement.Nominal), agreement.Alpha(other, agreement.Nominal))

		// Another unit of measurement. Tenths are no binary fractions, and still nothing is lost.
		for _, row := range other {
			for j := range row {
				row[j] *= 8
			}
		}
		scaled := agreement.NewICC(other)
		assert.Equal(t, icc.Single1, scaled.Single1)
		assert.Equal(t, icc.Mean2, scaled.Mean2)
		assert.Equal(t, agreement.Alpha(ratings, agreement.Ratio), agreement.Alpha(other, agreement.Ratio))
		assert.Equal(t, agreement.KendallW(ratings), agreement.KendallW(other))
	}
}

// TestAgainstFormulas holds the rest against the textbook formulas in floating point.
func TestAgainstFormulas(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 3))
		n, m := 2+r.IntN(8), 2+r.IntN(4)
		ratings := random(r, n, m, 0)

		// Kendall's W from mid-ranks and the correction T = Σ(t³−t).
		sums, ties := make([]float64, n), 0.0
		for j := range m {
			for i := range n {
				below, equal := 0.0, 0.0
				for k := range n {
					if ratings[k][j] < ratings[i][j] {
						below++
					} else if ratings[k][j] == ratings[i][j] {
						equal++
					}
				}
				sums[i] += below + (equal+1)/2
				ties += equal*equal - 1 // Σ(t³−t) over groups of t equals
			}
		}
		s, mean := 0.0, float64(m*(n+1))/2
		for _, x := range sums {
			s += (x - mean) * (x - mean)
		}
		nn, mm := float64(n), float64(m)
		w := agreement.KendallW(ratings)
		if d := mm*mm*(nn*nn*nn-nn) - mm*ties; assert.Equal(t, d > 0, w.Status == agreement.Defined) && d > 0 {
			assert.InDelta(t, 12*s/d, w.Value, 1e-12)
		}

		// r_WG of items with five answers from 0 to 4.
		items := make(agreement.Ratings, n)
		q := 0.0
		for i := range items {
			mean, squares := 0.0, 0.0
			for range m {
				x := float64(r.IntN(5))
				items[i] = append(items[i], x)
				mean += x / mm
			}
			for _, x := range items[i] {
				squares += (x - mean) * (x - mean)
			}
			q += squares / (mm - 1) / 2 / nn // (5²−1)/12 is 2
		}
		rwg := agreement.RWG(items, agreement.Scale{Values: []float64{0, 1, 2, 3, 4}})
		if q > 1+1e-9 {
			assert.Equal(t, agreement.BeyondChance, rwg.Status)
		} else if q < 1-1e-9 {
			is(t, nn*(1-q)/(nn*(1-q)+q), rwg, 1e-12)
		}

		// Fleiss' kappa of two raters is Scott's pi; here from shares of pairs that agree.
		counts, _ := ratings.Counts()
		agree, chance := 0.0, 0.0
		total := make([]float64, len(counts[0]))
		for _, row := range counts {
			for j, c := range row {
				agree += float64(c*(c-1)) / (mm * (mm - 1)) / nn
				total[j] += float64(c) / (mm * nn)
			}
		}
		for _, p := range total {
			chance += p * p
		}
		fleiss := agreement.FleissKappa(counts)
		if assert.Equal(t, len(total) > 1, fleiss.Status == agreement.Defined) && len(total) > 1 {
			assert.InDelta(t, (agree-chance)/(1-chance), fleiss.Value, 1e-12)
		}
	}
}

func TestUndefined(t *testing.T) {
	type rows = agreement.Ratings
	same, alone := rows{{2, 2}, {2, 2}}, rows{{1, 2}}
	check := func(want agreement.Status, got agreement.Statistic) {
		t.Helper()
		assert.Equal(t, want, got.Status)
		assert.Zero(t, got.Value)
	}
	alpha := func(r rows) agreement.Statistic { return agreement.Alpha(r, agreement.Interval) }
	check(agreement.NoVariation, alpha(same))
	check(agreement.TooFewUnits, alpha(alone)) // the formula gives 0, whatever the ratings
	check(agreement.TooFewUnits, alpha(rows{{1, 2}, {3, gone}}))
	check(agreement.TooFewRaters, alpha(rows{{1}, {2}}))
	check(agreement.TooFewRaters, alpha(nil))
	check(agreement.Malformed, alpha(rows{{1, 2}, {3}}))
	check(agreement.Malformed, alpha(rows{{1, math.Inf(1)}, {3, 4}}))
	check(agreement.Negative, agreement.Alpha(rows{{-1, 2}, {1, 1}}, agreement.Ratio))

	fleiss := func(r rows) agreement.Statistic { counts, _ := r.Counts(); return agreement.FleissKappa(counts) }
	check(agreement.NoVariation, fleiss(same))
	check(agreement.TooFewUnits, fleiss(alone))
	check(agreement.TooFewRaters, fleiss(rows{{1, gone}, {gone, 2}}))
	check(agreement.TooFewRaters, agreement.FleissKappa(nil))
	check(agreement.Malformed, agreement.FleissKappa([][]int{{1, 2}, {3}}))
	check(agreement.Malformed, agreement.FleissKappa([][]int{{4, -2}}))
	check(agreement.Malformed, agreement.FleissKappa([][]int{{math.MaxInt, math.MaxInt}}))

	cohen := func(a, b []float64) agreement.Statistic {
		table, _ := agreement.CrossTable(a, b)
		k := agreement.CohenKappa(table, agreement.Quadratic)
		assert.Equal(t, k.Kappa.Status, k.StandardError.Status)
		return k.Kappa
	}
	check(agreement.TooFewUnits, cohen(nil, nil))
	check(agreement.TooFewUnits, cohen([]float64{1, gone}, []float64{gone, 2}))
	check(agreement.NoVariation, cohen([]float64{1, 1}, []float64{1, 1}))
	check(agreement.Malformed, agreement.CohenKappa([][]int{{1, 2}}, agreement.Linear).Kappa)
	check(agreement.Malformed, agreement.CohenKappa([][]int{{-1}}, agreement.Linear).Kappa)
	check(agreement.Malformed, agreement.CohenKappa([][]int{{math.MaxInt}}, agreement.Linear).Kappa)

	check(agreement.NoVariation, agreement.NewICC(same).Single1)
	check(agreement.NoVariation, agreement.NewICC(rows{{1, 2}, {2, 1}}).Mean1) // units with equal means
	check(agreement.TooFewUnits, agreement.NewICC(rows{{1, 2}, {3, gone}}).Single3)
	check(agreement.TooFewRaters, agreement.NewICC(rows{{1}, {2}}).Single3)
	check(agreement.Malformed, agreement.NewICC(rows{{1, 2}, {2}}).Residual)
	check(agreement.Malformed, agreement.NewICC(rows{{1e300, 0}, {2, 1e-300}}).Residual)

	check(agreement.NoVariation, agreement.KendallW(same))
	check(agreement.TooFewUnits, agreement.KendallW(alone))
	check(agreement.TooFewRaters, agreement.KendallW(rows{{1}, {2}}))
	check(agreement.Malformed, agreement.KendallW(rows{{1}, {}}))

	five := agreement.Scale{Values: []float64{1, 2, 3, 4, 5}}
	check(agreement.TooFewRaters, agreement.RWG(rows{{1, gone}}, five))
	check(agreement.NoVariation, agreement.RWG(rows{{1, 1}}, agreement.Scale{Values: []float64{1}}))
	check(agreement.BeyondChance, agreement.RWG(rows{{1, 5}, {1, 5}}, five))
	check(agreement.Malformed, agreement.RWG(rows{{1, 5}, {1, 5}}, five, five, five))
	check(agreement.Malformed, agreement.RWG(rows{{1, math.Inf(-1)}}, five))
	is(t, 1, agreement.RWG(rows{{3, 3}, {gone, 2}, {5, 5}}, five), 0)
	is(t, -3, agreement.RWG(rows{{1, 5}}, five), 0) // s² is 8, σ² is 2
	is(t, 1-0.5/(16.0/12), agreement.RWG(rows{{1, 2}}, agreement.Scale{Min: 1, Max: 5}), 1e-15)

	// Thirds of tenths: in floating point the totals of these respondents would differ.
	check(agreement.NoVariation, agreement.Cronbach(rows{{0.1, 0.2}, {0.3, 0}, {0.2, 0.1}}).Alpha)
	one := agreement.Cronbach(rows{{1}, {2}})
	check(agreement.TooFewRaters, one.Alpha)
	check(agreement.TooFewUnits, agreement.Cronbach(alone).Alpha)
	check(agreement.TooFewRaters, agreement.Cronbach(nil).Alpha)
	check(agreement.Malformed, agreement.Cronbach(rows{{1}, {}}).Alpha)
	check(agreement.Malformed, agreement.CronbachCovariance([][]float64{{1, 2}}).Alpha)
	check(agreement.Malformed, agreement.CronbachCovariance([][]float64{{gone}}).Alpha)
	check(agreement.TooFewRaters, agreement.Cronbach(rows{{1, 2}, {2, 4}}).IfDropped[1])
}
