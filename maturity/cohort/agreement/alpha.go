package agreement

import (
	"math/big"
	"slices"
	"sort"
)

// A Metric says how far two ratings are apart.
type Metric string

const (
	Nominal  Metric = "nominal"  // equal or not
	Ordinal  Metric = "ordinal"  // by how many ratings lie between
	Interval Metric = "interval" // by their difference
	Ratio    Metric = "ratio"    // by their difference, relative to their sum; ratings of 0 or more
)

// Alpha is Krippendorff's alpha: 1 − observed / expected disagreement. 1 is agreement, 0 is what chance gives,
// and below 0 is more disagreement than that. Ratings may be missing; a unit with fewer than two says nothing
// and is left out. With one unit alone the observed and the expected disagreement are one number, so alpha is
// not defined there. Any other metric reads as Nominal.
//
// Source: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section E.
func Alpha(r Ratings, m Metric) Statistic {
	t, ok := newTable(r)
	if !ok {
		return undefined(Malformed, 0)
	}
	if t.raters < 2 {
		return undefined(TooFewRaters, 0)
	}
	var units [][]*big.Int
	var all []*big.Int
	for _, row := range t.rows {
		if xs := present(row); len(xs) > 1 {
			units, all = append(units, xs), append(all, xs...)
		}
	}
	if len(units) < 2 {
		return undefined(TooFewUnits, len(units))
	}
	apart := nominalPairs
	switch m {
	case Ordinal:
		ranks := midRanks(all)
		for i, from := 0, 0; i < len(units); i++ {
			to := from + len(units[i])
			units[i], from = ranks[from:to], to
		}
		all, apart = ranks, spread
	case Interval:
		apart = spread
	case Ratio:
		if slices.ContainsFunc(all, func(x *big.Int) bool { return x.Sign() < 0 }) {
			return undefined(Negative, len(units))
		}
		apart = ratioPairs
	}
	// The sums over pairs, of all ratings and inside units; each unit of m ratings counts 1/(m−1).
	expected, observed := new(big.Rat).SetInt(apart(all)), new(big.Rat)
	if expected.Sign() == 0 {
		return undefined(NoVariation, len(units))
	}
	for _, xs := range units {
		observed.Add(observed, ratio(apart(xs), int64(len(xs)-1)))
	}
	observed.Mul(observed, ratio(big.NewInt(int64(len(all)-1)), 1))
	observed.Quo(observed, expected)
	return defined(observed.Sub(big.NewRat(1, 1), observed), len(units))
}

// nominalPairs counts the pairs of different numbers.
func nominalPairs(xs []*big.Int) *big.Int {
	n := int64(len(xs))
	pairs := n * n
	for _, g := range groups(xs) {
		pairs -= int64(g.n) * int64(g.n)
	}
	return big.NewInt(pairs / 2)
}

// ratioPairs is the sum of ((x−y)/(x+y))² over all pairs, each cut to a whole number of 2^-128.
func ratioPairs(xs []*big.Int) *big.Int {
	total, a, b := new(big.Int), new(big.Int), new(big.Int)
	gs := groups(xs)
	for i, x := range gs {
		for _, y := range gs[i+1:] { // x+y is above 0: they differ, and none is below 0
			a.Sub(x.value, y.value)
			b.Add(x.value, y.value)
			a.Lsh(a.Mul(a, a), 128)
			a.Quo(a, b.Mul(b, b))
			total.Add(total, a.Mul(a, b.SetInt64(int64(x.n)*int64(y.n))))
		}
	}
	return total
}

type group struct {
	value *big.Int
	n     int
}

// groups are the different numbers and how often each comes, in rising order.
func groups(xs []*big.Int) []group {
	sorted := slices.Clone(xs)
	slices.SortFunc(sorted, (*big.Int).Cmp)
	var gs []group
	for _, x := range sorted {
		if last := len(gs) - 1; last >= 0 && gs[last].value.Cmp(x) == 0 {
			gs[last].n++
		} else {
			gs = append(gs, group{x, 1})
		}
	}
	return gs
}

// midRanks are twice the ranks from 1, equals sharing the middle of theirs.
func midRanks(xs []*big.Int) []*big.Int {
	gs := groups(xs)
	twice := make([]*big.Int, len(gs))
	before := int64(0)
	for i, g := range gs {
		twice[i] = big.NewInt(2*before + int64(g.n) + 1)
		before += int64(g.n)
	}
	ranks := make([]*big.Int, len(xs))
	for i, x := range xs {
		ranks[i] = twice[sort.Search(len(gs), func(j int) bool { return gs[j].value.Cmp(x) >= 0 })]
	}
	return ranks
}
