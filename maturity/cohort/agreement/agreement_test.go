package agreement_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"github.com/modenhet/modenhet/maturity/cohort/agreement"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var gone = math.NaN()

// table turns JSON rows into ratings, null into a missing one.
func table(rows [][]*float64) (r agreement.Ratings) {
	for _, row := range rows {
		xs := make([]float64, len(row))
		for j, x := range row {
			if xs[j] = gone; x != nil {
				xs[j] = *x
			}
		}
		r = append(r, xs)
	}
	return r
}

func transpose(r agreement.Ratings) (t agreement.Ratings) {
	for j := range r[0] {
		row := make([]float64, len(r))
		for i := range r {
			row[i] = r[i][j]
		}
		t = append(t, row)
	}
	return t
}

// is checks a value to the digits that its source prints.
func is(t *testing.T, want float64, s agreement.Statistic, delta float64) {
	t.Helper()
	if assert.Equal(t, agreement.Defined, s.Status) {
		assert.InDelta(t, want, s.Value, delta)
	}
}

func TestReferences(t *testing.T) {
	data, err := os.ReadFile("testdata/reference.json")
	require.NoError(t, err)
	var ref struct {
		Alpha struct {
			RatersByUnits                     [][]*float64
			Nominal, Ordinal, Interval, Ratio float64
		}
		Fleiss struct {
			Counts [][]int
			Kappa  float64
		}
		Cohen struct {
			Table                     [][]int
			Unweighted, Linear, Error float64
			Interval                  [2]float64
		}
		ICC struct {
			Ratings agreement.Ratings
			Values  map[string]float64
			F1, F23 float64
		}
		Cronbach struct {
			Covariances     [][]float64
			CovarianceAlpha float64
			IfDropped       []float64
			Rows            agreement.Ratings
			RowsAlpha       float64
		}
	}
	require.NoError(t, json.Unmarshal(data, &ref))

	r := transpose(table(ref.Alpha.RatersByUnits))
	is(t, ref.Alpha.Nominal, agreement.Alpha(r, agreement.Nominal), 5e-10)
	is(t, ref.Alpha.Ordinal, agreement.Alpha(r, agreement.Ordinal), 5e-10)
	is(t, ref.Alpha.Interval, agreement.Alpha(r, agreement.Interval), 5e-10)
	is(t, ref.Alpha.Ratio, agreement.Alpha(r, agreement.Ratio), 5e-10)

	is(t, ref.Fleiss.Kappa, agreement.FleissKappa(ref.Fleiss.Counts), 5e-10)

	cohen := agreement.CohenKappa(ref.Cohen.Table, agreement.Unweighted)
	is(t, ref.Cohen.Unweighted, cohen.Kappa, 5e-5)
	is(t, ref.Cohen.Error, cohen.StandardError, 5e-5)
	is(t, ref.Cohen.Interval[0], agreement.Statistic{Value: cohen.Kappa.Value - 1.959964*cohen.StandardError.Value, Status: agreement.Defined}, 5e-5)
	is(t, ref.Cohen.Interval[1], agreement.Statistic{Value: cohen.Kappa.Value + 1.959964*cohen.StandardError.Value, Status: agreement.Defined}, 5e-5)
	is(t, ref.Cohen.Linear, agreement.CohenKappa(ref.Cohen.Table, agreement.Linear).Kappa, 5e-5)

	icc, v := agreement.NewICC(ref.ICC.Ratings), ref.ICC.Values
	require.Len(t, v, 10)
	is(t, v["1,1"], icc.Single1, 5e-10)
	is(t, v["2,1"], icc.Single2, 5e-10)
	is(t, v["3,1"], icc.Single3, 5e-10)
	is(t, v["1,k"], icc.Mean1, 5e-10)
	is(t, v["2,k"], icc.Mean2, 5e-10)
	is(t, v["3,k"], icc.Mean3, 5e-10)
	is(t, v["MSB"], icc.Between, 5e-10)
	is(t, v["MSW"], icc.Within, 5e-10)
	is(t, v["MSJ"], icc.Raters, 5e-10)
	is(t, v["MSE"], icc.Residual, 5e-10)
	assert.InDelta(t, ref.ICC.F1, icc.Between.Value/icc.Within.Value, 5e-7)
	assert.InDelta(t, ref.ICC.F23, icc.Between.Value/icc.Residual.Value, 5e-7)

	c := agreement.CronbachCovariance(ref.Cronbach.Covariances)
	is(t, ref.Cronbach.CovarianceAlpha, c.Alpha, 5e-5)
	require.Len(t, c.IfDropped, len(ref.Cronbach.IfDropped))
	for i, want := range ref.Cronbach.IfDropped {
		is(t, want, c.IfDropped[i], 5e-5)
	}
	is(t, ref.Cronbach.RowsAlpha, agreement.Cronbach(ref.Cronbach.Rows).Alpha, 5e-10)
}
