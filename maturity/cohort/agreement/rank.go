package agreement

import "math/big"

// KendallW is Kendall's coefficient of concordance, corrected for ties: 1 where all raters rank the units
// alike, 0 where their ranks cancel out. Ratings are ranked for each rater, equals sharing the middle of their
// ranks. Units with a missing rating are left out.
//
// Source: M. G. Kendall, Rank Correlation Methods (1948), chapter 6.
func KendallW(r Ratings) Statistic {
	t, ok := newTable(r)
	if !ok {
		return undefined(Malformed, 0)
	}
	t.complete()
	n, m := int64(len(t.rows)), int64(t.raters)
	switch {
	case m < 2:
		return undefined(TooFewRaters, int(n))
	case n < 2:
		return undefined(TooFewUnits, int(n))
	}
	sums := make([]*big.Int, n)
	for i := range sums {
		sums[i] = new(big.Int)
	}
	each := new(big.Int) // the spread of each rater's own ranks
	for j := range m {
		column := make([]*big.Int, n)
		for i, row := range t.rows {
			column[i] = row[j]
		}
		ranks := midRanks(column)
		each.Add(each, spread(ranks))
		for i, x := range ranks {
			sums[i].Add(sums[i], x)
		}
	}
	// The spread of the sums is m times that of each if all rank alike: this is 12·S/(m²(n³−n) − m·ΣT).
	return quotient(ratio(spread(sums), m), new(big.Rat).SetInt(each), int(n))
}

// A Scale is what raters can answer: one of the Values, or, without these, any number from Min to Max.
type Scale struct {
	Values []float64 `json:"values,omitempty"`
	Min    float64   `json:"min"`
	Max    float64   `json:"max"`
}

// RWG is the within-group agreement of one item, or of J items as one: rows are the items, columns the raters,
// and each item has its scale (one for all, if there is one alone). The mean over items of s²/σ², q, compares
// the variance of the ratings (over n−1) with that of answers at random, every one as likely: (A²−1)/12 for A
// steps of 1. r_WG is 1 − q for one item, and J(1−q) / (J(1−q) + q) for J. It is 1 for agreement, 0 for answers
// at random, and below 0 for a group split in two; many sources set that to 0, and this does not. With J items and q above 1 it is
// BeyondChance. An item with fewer than two ratings is left out.
//
// Source: L. R. James, R. G. Demaree and G. Wolf, Estimating within-group interrater reliability with and
// without response bias (1984).
func RWG(items Ratings, scales ...Scale) Statistic {
	if len(scales) != 1 && len(scales) != len(items) {
		return undefined(Malformed, 0)
	}
	mean, used := new(big.Rat), int64(0)
	for i, row := range items {
		scale := scales[min(i, len(scales)-1)]
		random := scale.Values
		if len(random) == 0 {
			random = []float64{scale.Min, scale.Max}
		}
		t, ok := newTable(Ratings{append(append([]float64(nil), row...), random...)})
		if !ok {
			return undefined(Malformed, 0)
		}
		ratings, ends := present(t.rows[0][:len(row)]), present(t.rows[0][len(row):])
		if len(ratings) < 2 {
			continue
		}
		a, n := int64(len(ends)), int64(len(ratings))
		chance := ratio(spread(ends), a*a)
		if len(scale.Values) == 0 {
			chance = ratio(spread(ends), 12) // (max − min)²/12
		}
		if chance.Sign() <= 0 {
			return undefined(NoVariation, int(used))
		}
		variance := ratio(spread(ratings), n*(n-1))
		mean.Add(mean, variance.Quo(variance, chance))
		used++
	}
	if used == 0 {
		return undefined(TooFewRaters, 0)
	}
	mean.Quo(mean, big.NewRat(used, 1))
	one := big.NewRat(1, 1)
	if used == 1 {
		return defined(one.Sub(one, mean), 1)
	}
	if mean.Cmp(one) > 0 {
		return undefined(BeyondChance, int(used))
	}
	one.Mul(one.Sub(one, mean), big.NewRat(used, 1))
	return quotient(one, new(big.Rat).Add(one, mean), int(used))
}
