// Package agreement measures how far raters agree: Krippendorff's alpha, Fleiss' and Cohen's kappa, the
// intraclass correlations, Kendall's W, r_WG and Cronbach's alpha.
//
// Ratings are a table. Every statistic is worked out in whole numbers and fractions and becomes a float64 once,
// at the end, the nearest one: the order of units and raters changes nothing, two ratings that are equal as
// decimals are equal, and the same ratings give the same bytes on every platform. Where a statistic is not
// defined its Status says why; there is no value that stands for that.
//
//	Alpha        any number of raters, any kind of ratings, some missing
//	FleissKappa  categories; every unit rated equally often
//	CohenKappa   categories, two raters; weighted where categories have an order
//	NewICC       numbers; how much of their variation is between the units
//	KendallW     rankings of the same units
//	RWG          numbers; agreement about one thing or some, against answering at random
//	Cronbach     numbers; whether items measure one thing
package agreement

import (
	"encoding/json"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// Ratings are one row for each unit, which is what is rated, and one column for each rater. NaN is a missing
// rating. A rating is the decimal that its float64 is written as: 0.1 is one tenth.
type Ratings [][]float64

// A Status says whether a statistic has a value and, if not, why.
type Status string

const (
	Defined      Status = "defined"
	TooFewUnits  Status = "too-few-units"  // left over when those are out that cannot be used
	TooFewRaters Status = "too-few-raters" // or items: two are needed
	NoVariation  Status = "no-variation"   // all the same, so that there is nothing to measure agreement against
	BeyondChance Status = "beyond-chance"  // r_WG of many items, with more disagreement than at random
	Negative     Status = "negative"       // the ratio metric needs ratings of 0 or more
	Malformed    Status = "malformed"      // no table, an infinite rating, a negative count, or too large numbers
)

// A Statistic is a value, meaningful where Status is Defined, and what it rests on.
type Statistic struct {
	Value  float64 // left out of the JSON where it is not defined
	Status Status
	Units  int // units used
}

// MarshalJSON returns the statistic without a value that is not defined.
func (s Statistic) MarshalJSON() ([]byte, error) {
	out := struct {
		Value  *float64 `json:"value,omitempty"`
		Status Status   `json:"status"`
		Units  int      `json:"units,omitempty"`
	}{nil, s.Status, s.Units}
	if s.Status == Defined {
		out.Value = &s.Value
	}
	return json.Marshal(out)
}

func undefined(why Status, units int) Statistic { return Statistic{Status: why, Units: units} }

// quotient is a/b as the nearest float64; b must be above 0.
func quotient(a, b *big.Rat, units int) Statistic {
	if b.Sign() <= 0 {
		return undefined(NoVariation, units)
	}
	return defined(new(big.Rat).Quo(a, b), units)
}

func defined(x *big.Rat, units int) Statistic {
	value, _ := x.Float64()
	if math.IsInf(value, 0) {
		return undefined(Malformed, units)
	}
	return Statistic{value + 0, Defined, units} // never −0
}

// A table holds ratings as whole numbers of 10^exponent; nil is a missing one.
type table struct {
	rows     [][]*big.Int
	raters   int
	exponent int
}

// newTable is false where ratings are malformed.
func newTable(r Ratings) (*table, bool) {
	t := &table{rows: make([][]*big.Int, len(r))}
	exponents := make([][]int, len(r))
	lowest := math.MaxInt
	for i, row := range r {
		if t.raters = len(r[0]); len(row) != t.raters {
			return nil, false
		}
		t.rows[i], exponents[i] = make([]*big.Int, len(row)), make([]int, len(row))
		for j, x := range row {
			if math.IsNaN(x) {
				continue
			}
			if math.IsInf(x, 0) {
				return nil, false
			}
			digits, e := decimal(x)
			t.rows[i][j], exponents[i][j] = big.NewInt(digits), e
			lowest = min(lowest, e)
		}
	}
	ten := big.NewInt(10)
	for i, row := range t.rows {
		for j, x := range row {
			if x == nil || exponents[i][j] == lowest {
				continue
			}
			power := big.NewInt(int64(exponents[i][j] - lowest))
			x.Mul(x, power.Exp(ten, power, nil))
		}
	}
	if lowest != math.MaxInt {
		t.exponent = lowest
	}
	return t, true
}

// decimal is x as digits·10^e, in the fewest digits that read back as x.
func decimal(x float64) (digits int64, e int) {
	if x == math.Trunc(x) && math.Abs(x) < 1<<53 {
		return int64(x), 0
	}
	mantissa, power, _ := strings.Cut(strconv.FormatFloat(x, 'e', -1, 64), "e")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	e, _ = strconv.Atoi(power)
	digits, _ = strconv.ParseInt(whole+fraction, 10, 64)
	return digits, e - len(fraction)
}

// squares is a number of squares of the table's units, as it is in squares of ratings.
func (t *table) squares(x *big.Rat) *big.Rat {
	power := big.NewInt(2 * int64(max(t.exponent, -t.exponent)))
	ten := new(big.Rat).SetInt(power.Exp(big.NewInt(10), power, nil))
	if t.exponent < 0 {
		return ten.Quo(x, ten)
	}
	return ten.Mul(x, ten)
}

// complete keeps the units that every rater rated.
func (t *table) complete() {
	kept := t.rows[:0]
	for _, row := range t.rows {
		if len(present(row)) == t.raters {
			kept = append(kept, row)
		}
	}
	t.rows = kept
}

func present(row []*big.Int) []*big.Int {
	kept := make([]*big.Int, 0, len(row))
	for _, x := range row {
		if x != nil {
			kept = append(kept, x)
		}
	}
	return kept
}

// moments are the sum of numbers and of their squares.
func moments(xs []*big.Int) (total, squares *big.Int) {
	total, squares = new(big.Int), new(big.Int)
	square := new(big.Int)
	for _, x := range xs {
		total.Add(total, x)
		squares.Add(squares, square.Mul(x, x))
	}
	return total, squares
}

// spread is n·Σx² − (Σx)², which is the sum of (x−y)² over all pairs, and n² times the variance.
func spread(xs []*big.Int) *big.Int {
	total, squares := moments(xs)
	squares.Mul(squares, big.NewInt(int64(len(xs))))
	return squares.Sub(squares, total.Mul(total, total))
}

func ratio(a *big.Int, b int64) *big.Rat { return new(big.Rat).SetFrac(a, big.NewInt(b)) }
