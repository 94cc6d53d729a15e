package agreement

import "math/big"

// An ICC holds the intraclass correlations of Shrout and Fleiss: the share of the variation of ratings that is
// between the units. The first number says where the raters come from, the second how many ratings are read
// together. All six need every rating; units with a missing one are left out.
//
// Source: P. E. Shrout and J. L. Fleiss, Intraclass correlations: uses in assessing rater reliability (1979).
type ICC struct {
	Single1 Statistic `json:"single1"` // ICC(1,1): each unit rated by other raters, one of them read
	Single2 Statistic `json:"single2"` // ICC(2,1): the same raters, drawn from many; agreement on the number itself
	Single3 Statistic `json:"single3"` // ICC(3,1): these raters alone; agreement but for how strict each is
	Mean1   Statistic `json:"mean1"`   // ICC(1,k): as ICC(1,1), of the mean of all k raters
	Mean2   Statistic `json:"mean2"`   // ICC(2,k)
	Mean3   Statistic `json:"mean3"`   // ICC(3,k), which is Cronbach's alpha with raters for items

	// Mean squares of the analysis of variance.
	Between  Statistic `json:"between"`  // between units
	Within   Statistic `json:"within"`   // within units
	Raters   Statistic `json:"raters"`   // between raters
	Residual Statistic `json:"residual"` // what is left
}

// NewICC works out the intraclass correlations. One is not defined where its denominator is not above 0.
func NewICC(r Ratings) ICC {
	t, ok := newTable(r)
	if !ok {
		return undefinedICC(Malformed, 0)
	}
	t.complete()
	n, k := int64(len(t.rows)), int64(t.raters)
	switch {
	case k < 2:
		return undefinedICC(TooFewRaters, int(n))
	case n < 2:
		return undefinedICC(TooFewUnits, int(n))
	}
	a := t.variance()
	units := int(n)
	b, w, j, e := a.between, a.within, a.raters, a.residual
	less := func(x, y *big.Rat) *big.Rat { return new(big.Rat).Sub(x, y) }
	// plus is x + times·y
	plus := func(x *big.Rat, times *big.Rat, y *big.Rat) *big.Rat {
		z := new(big.Rat).Mul(times, y)
		return z.Add(x, z)
	}
	others, perUnit := big.NewRat(k-1, 1), big.NewRat(1, n)
	drift := less(j, e)
	return ICC{
		Single1:  quotient(less(b, w), plus(b, others, w), units),
		Single2:  quotient(less(b, e), plus(plus(b, others, e), big.NewRat(k, n), drift), units),
		Single3:  quotient(less(b, e), plus(b, others, e), units),
		Mean1:    quotient(less(b, w), b, units),
		Mean2:    quotient(less(b, e), plus(b, perUnit, drift), units),
		Mean3:    quotient(less(b, e), b, units),
		Between:  defined(t.squares(b), units),
		Within:   defined(t.squares(w), units),
		Raters:   defined(t.squares(j), units),
		Residual: defined(t.squares(e), units),
	}
}

func undefinedICC(why Status, units int) ICC {
	s := undefined(why, units)
	return ICC{s, s, s, s, s, s, s, s, s, s}
}

type variance struct{ between, within, raters, residual *big.Rat }

// variance is the two-way analysis of variance of a complete table, in squares of its units.
func (t *table) variance() variance {
	n, k := int64(len(t.rows)), int64(t.raters)
	rows, columns := make([]*big.Int, n), make([]*big.Int, k)
	var all []*big.Int
	for j := range columns {
		columns[j] = new(big.Int)
	}
	for i, row := range t.rows {
		rows[i], _ = moments(row)
		all = append(all, row...)
		for j, x := range row {
			columns[j].Add(columns[j], x)
		}
	}
	// Each spread is n·k times a sum of squares: of all ratings, of the sums of units, of those of raters.
	total, between, raters := spread(all), spread(rows), spread(columns)
	within := new(big.Int).Sub(total, between)
	residual := new(big.Int).Sub(within, raters)
	return variance{ratio(between, n*k*(n-1)), ratio(within, n*k*n*(k-1)), ratio(raters, n*k*(k-1)),
		ratio(residual, n*k*(n-1)*(k-1))}
}

// A Reliability is Cronbach's alpha: how far items measure one thing. It rises with their number too.
type Reliability struct {
	Alpha     Statistic   `json:"alpha"`
	IfDropped []Statistic `json:"ifDropped"` // alpha without each item; not defined with fewer than two left
}

// Cronbach works out Cronbach's alpha: a row is one respondent, and the columns are the items. Respondents who
// left an item out are left out.
//
// Source: L. J. Cronbach, Coefficient alpha and the internal structure of tests (1951).
func Cronbach(r Ratings) Reliability {
	t, ok := newTable(r)
	if !ok {
		return reliability(nil, 0, Malformed, 0)
	}
	t.complete()
	n, k := len(t.rows), t.raters
	if n < 2 {
		return reliability(nil, k, TooFewUnits, n)
	}
	covariances := make([][]*big.Int, k) // times n(n−1), which falls out
	x, sums := new(big.Int), make([]*big.Int, k)
	for i := range k {
		covariances[i], sums[i] = make([]*big.Int, k), new(big.Int)
		for _, row := range t.rows {
			sums[i].Add(sums[i], row[i])
		}
		for j := range i + 1 {
			both := new(big.Int)
			for _, row := range t.rows {
				both.Add(both, x.Mul(row[i], row[j]))
			}
			both.Mul(both, big.NewInt(int64(n)))
			both.Sub(both, x.Mul(sums[i], sums[j]))
			covariances[i][j], covariances[j][i] = both, both
		}
	}
	return reliability(covariances, k, Defined, n)
}

// CronbachCovariance works out Cronbach's alpha from the covariances of the items, a square symmetric matrix.
func CronbachCovariance(matrix [][]float64) Reliability {
	t, ok := newTable(matrix)
	if !ok || len(matrix) != t.raters {
		return reliability(nil, 0, Malformed, 0)
	}
	for _, row := range t.rows {
		if len(present(row)) < t.raters {
			return reliability(nil, 0, Malformed, 0)
		}
	}
	return reliability(t.rows, t.raters, Defined, 0)
}

// reliability works out alpha from covariances in any unit, where the status is Defined.
func reliability(covariances [][]*big.Int, items int, why Status, units int) Reliability {
	out := Reliability{IfDropped: make([]Statistic, items)}
	own, all := new(big.Int), new(big.Int) // sums of variances, and of all covariances
	sums := make([]*big.Int, items)        // of all covariances of an item
	for i, row := range covariances {
		sums[i] = new(big.Int)
		for _, c := range row {
			sums[i].Add(sums[i], c)
		}
		own.Add(own, row[i])
		all.Add(all, sums[i])
	}
	alpha := func(own, all *big.Int, items int) Statistic {
		switch {
		case why == Malformed, items > 1 && why != Defined:
			return undefined(why, units)
		case items < 2:
			return undefined(TooFewRaters, units)
		}
		shared := new(big.Int).Sub(all, own)
		shared.Mul(shared, big.NewInt(int64(items)))
		return quotient(ratio(shared, int64(items-1)), new(big.Rat).SetInt(all), units)
	}
	out.Alpha = alpha(own, all, items)
	for i := range out.IfDropped {
		lessOwn, lessAll := new(big.Int), new(big.Int)
		if why == Defined {
			lessOwn.Sub(own, covariances[i][i])
			lessAll.Add(lessAll.Sub(all, sums[i]).Sub(lessAll, sums[i]), covariances[i][i])
		}
		out.IfDropped[i] = alpha(lessOwn, lessAll, items-1)
	}
	return out
}
