package agreement

import (
	"math"
	"math/big"
	"slices"
)

// Counts says how many raters put each unit into each category, for FleissKappa; categories are the different
// ratings in rising order.
func (r Ratings) Counts() (counts [][]int, categories []float64) {
	for _, row := range r {
		for _, x := range row {
			if !math.IsNaN(x) {
				categories = append(categories, x+0)
			}
		}
	}
	slices.Sort(categories)
	categories = slices.Compact(categories)
	for _, row := range r {
		count := make([]int, len(categories))
		for _, x := range row {
			if i, ok := slices.BinarySearch(categories, x); ok {
				count[i]++
			}
		}
		counts = append(counts, count)
	}
	return counts, categories
}

// FleissKappa is Fleiss' kappa: agreement above chance of raters who put units into categories without an
// order. A row is a unit and holds how many raters chose each category; see Ratings.Counts. Only units with as
// many ratings as the one with most are used, for the statistic needs equally many; where ratings are missing,
// Alpha uses them all.
//
// Source: J. L. Fleiss, Measuring nominal scale agreement among many raters (1971).
func FleissKappa(counts [][]int) Statistic {
	raters := 0
	sizes := make([]int, len(counts))
	for i, row := range counts {
		for _, n := range row {
			if n < 0 || n > mostCounted || len(row) != len(counts[0]) {
				return undefined(Malformed, 0)
			}
			sizes[i] += n
		}
		raters = max(raters, sizes[i])
	}
	if raters < 2 {
		return undefined(TooFewRaters, 0)
	}
	units, agreeing := int64(0), new(big.Int) // ordered pairs of raters that agree
	totals := make([]int64, len(counts[0]))
	for i, row := range counts {
		if sizes[i] != raters {
			continue
		}
		units++
		for j, n := range row {
			totals[j] += int64(n)
			agreeing.Add(agreeing, big.NewInt(int64(n)*int64(n-1)))
		}
	}
	if units < 2 { // of one alone kappa is −1/(raters−1), whatever was said
		return undefined(TooFewUnits, int(units))
	}
	all, squares := units*int64(raters), new(big.Int)
	for _, n := range totals {
		square := big.NewInt(n)
		squares.Add(squares, square.Mul(square, square))
	}
	observed := ratio(agreeing, all)
	observed.Quo(observed, ratio(big.NewInt(int64(raters-1)), 1))
	chance := ratio(squares, all)
	chance.Quo(chance, ratio(big.NewInt(all), 1))
	return kappa(observed, chance, int(units))
}

// mostCounted keeps sums of counts from overflowing.
const mostCounted = 1 << 30

// kappa is (observed − chance) / (1 − chance).
func kappa(observed, chance *big.Rat, units int) Statistic {
	one := big.NewRat(1, 1)
	return quotient(new(big.Rat).Sub(observed, chance), one.Sub(one, chance), units)
}

// A Weighting says how much of an agreement there is between two of k categories that are d apart.
type Weighting string

const (
	Unweighted Weighting = "unweighted" // none, unless they are one category
	Linear     Weighting = "linear"     // 1 − d/(k−1)
	Quadratic  Weighting = "quadratic"  // 1 − d²/(k−1)²
)

// A Kappa is Cohen's kappa with its large-sample standard error.
type Kappa struct {
	Kappa         Statistic `json:"kappa"`
	StandardError Statistic `json:"standardError"` // 1.96 of it either way is a 95 per cent interval, in large samples
}

// CrossTable counts what two raters said of the same units, the first in rows and the second in columns;
// categories are the different ratings of both in rising order. Units that one of them left out are not
// counted.
func CrossTable(first, second []float64) (counts [][]int, categories []float64) {
	var pairs Ratings
	for i := range min(len(first), len(second)) {
		if !math.IsNaN(first[i]) && !math.IsNaN(second[i]) {
			pairs = append(pairs, []float64{first[i], second[i]})
		}
	}
	_, categories = pairs.Counts()
	counts = make([][]int, len(categories))
	for i := range counts {
		counts[i] = make([]int, len(categories))
	}
	for _, pair := range pairs {
		i, _ := slices.BinarySearch(categories, pair[0])
		j, _ := slices.BinarySearch(categories, pair[1])
		counts[i][j]++
	}
	return counts, categories
}

// CohenKappa is Cohen's kappa of a square table of counts: agreement of two raters above chance. Weighted,
// categories have an order and are taken as equally far apart; with one category no weighting has a meaning.
//
// Sources: J. Cohen, A coefficient of agreement for nominal scales (1960), and Weighted kappa (1968);
// the error of J. L. Fleiss, J. Cohen and B. S. Everitt, Large sample standard errors of kappa and weighted
// kappa (1969).
func CohenKappa(counts [][]int, w Weighting) Kappa {
	k := len(counts)
	n := int64(0)
	rows, columns := make([]int64, k), make([]int64, k)
	for i, row := range counts {
		if len(row) != k {
			return bothUndefined(Malformed)
		}
		for j, count := range row {
			if count < 0 || count > mostCounted {
				return bothUndefined(Malformed)
			}
			n += int64(count)
			rows[i] += int64(count)
			columns[j] += int64(count)
		}
	}
	if n == 0 {
		return bothUndefined(TooFewUnits)
	}
	weight := func(i, j int) *big.Rat {
		d, far := int64(max(i-j, j-i)), int64(max(k-1, 1))
		switch w {
		case Linear:
			return big.NewRat(far-d, far)
		case Quadratic:
			return big.NewRat(far*far-d*d, far*far)
		}
		return big.NewRat(1-min(d, 1), 1)
	}
	// All sums are of counts; they become shares of n, or of n², at the end.
	observed, chance := new(big.Rat), new(big.Rat)
	byRow, byColumn := make([]*big.Rat, k), make([]*big.Rat, k) // mean weight of a category, against the other rater
	for i := range k {
		byRow[i], byColumn[i] = new(big.Rat), new(big.Rat)
		for j := range k {
			x := new(big.Rat)
			observed.Add(observed, x.Mul(weight(i, j), big.NewRat(int64(counts[i][j]), n)))
			byRow[i].Add(byRow[i], x.Mul(weight(i, j), big.NewRat(columns[j], n)))
			byColumn[i].Add(byColumn[i], x.Mul(weight(j, i), big.NewRat(rows[j], n)))
		}
		x := new(big.Rat)
		chance.Add(chance, x.Mul(byRow[i], big.NewRat(rows[i], n)))
	}
	out := Kappa{Kappa: kappa(observed, chance, int(n))}
	if out.StandardError = undefined(out.Kappa.Status, int(n)); out.Kappa.Status != Defined {
		return out
	}
	one := big.NewRat(1, 1)
	rest := new(big.Rat).Sub(one, chance) // 1 − chance
	value := new(big.Rat).Sub(observed, chance)
	value.Quo(value, rest)
	short := new(big.Rat).Sub(one, value) // 1 − kappa
	variance, x := new(big.Rat), new(big.Rat)
	for i, row := range counts {
		for j, count := range row {
			if count == 0 {
				continue
			}
			x.Add(byRow[i], byColumn[j])
			x.Sub(weight(i, j), x.Mul(x, short))
			variance.Add(variance, x.Mul(x.Mul(x, x), big.NewRat(int64(count), n)))
		}
	}
	x.Sub(value, x.Mul(chance, short))
	variance.Sub(variance, x.Mul(x, x))
	variance.Quo(variance, x.Mul(x.Mul(rest, rest), big.NewRat(n, 1)))
	out.StandardError = root(defined(variance, int(n)))
	return out
}

func bothUndefined(why Status) Kappa { return Kappa{undefined(why, 0), undefined(why, 0)} }

// root takes the square root of what is not negative but for the rounding of a 0.
func root(s Statistic) Statistic {
	s.Value = math.Sqrt(max(s.Value, 0))
	return s
}
