package robustness

import "math"

// An Index says how much of the variance of an outcome comes from one factor.
type Index struct {
	First      float64 `json:"first"`      // the share that fixing the factor would take away, on average
	Total      float64 `json:"total"`      // the share that would be left if all other factors were fixed
	FirstError float64 `json:"firstError"` // standard errors of the two estimates
	TotalError float64 `json:"totalError"`
}

// Sobol estimates the first-order and total Sobol indices of a function of independent factors, each
// uniform in [0, 1), from n·(factors + 2) calls. The function must be finite and must not keep x. Where it is
// constant, all indices are 0.
//
// With two independent samples A and B of n rows, and A with column i from B, the estimators are
//
//	first  Σ f(B)·(f(A with i of B) − f(A)) / n / V   (Saltelli and others, Computer Physics Communications 181, 2010)
//	total  Σ (f(A) − f(A with i of B))² / 2n / V      (Jansen, Computer Physics Communications 117, 1999)
//
// where f is taken from its mean, and V is the variance over A and B.
func Sobol(f func(x []float64) float64, factors, n int, seed uint64) []Index {
	s := newSobol(f, factors, n, seed)
	for s.step() > 0 {
	}
	return s.indices()
}

// A sobol makes the calls row by row: first A and B, then A with each column of B.
type sobol struct {
	f      func(x []float64) float64
	n, row int
	a, b   stream
	x, y   []float64 // a row of A, and of B
	fa, fb []float64
	mean   float64
	sums   []sums
}

// sums are of the terms of the two estimators, and of their squares.
type sums struct{ first, first2, total, total2 float64 }

func newSobol(f func(x []float64) float64, factors, n int, seed uint64) *sobol {
	factors, n = max(factors, 0), max(n, 0)
	return &sobol{f: f, n: n, a: newStream(seed, ofSobolA), b: newStream(seed, ofSobolB), x: make([]float64, factors),
		y: make([]float64, factors), fa: make([]float64, n), fb: make([]float64, n), sums: make([]sums, factors)}
}

// calls is the number of calls in all.
func (s *sobol) calls() int { return s.n * (len(s.x) + 2) }

// step takes a row, and returns the number of calls; 0 at the end.
func (s *sobol) step() int {
	k, j := len(s.x), s.row
	if j >= 2*s.n {
		return 0
	}
	s.row++
	second := j >= s.n
	if second {
		j -= s.n
	}
	for i := range s.x {
		s.x[i], s.y[i] = s.a.unit(j*k+i), s.b.unit(j*k+i)
	}
	if !second {
		s.fa[j], s.fb[j] = s.f(s.x), s.f(s.y)
		return 2
	}
	if j == 0 {
		s.mean = meanOf(s.fa, s.fb)
	}
	for i := range s.x {
		kept := s.x[i]
		s.x[i] = s.y[i]
		d := s.f(s.x) - s.fa[j]
		s.x[i] = kept
		t := &s.sums[i]
		first, total := float64((s.fb[j]-s.mean)*d), float64(d*d) // rounded, not fused with the sums
		t.first += first
		t.first2 += float64(first * first)
		t.total += total
		t.total2 += float64(total * total)
	}
	return max(k, 1)
}

// meanOf is taken from the first number, so that it is exact where all are equal.
func meanOf(lists ...[]float64) float64 {
	sum, n := 0.0, 0
	for _, list := range lists {
		for _, x := range list {
			sum += x - lists[0][0]
		}
		n += len(list)
	}
	return lists[0][0] + sum/float64(n)
}

func (s *sobol) indices() []Index {
	out := make([]Index, len(s.x))
	variance, scale, n := 0.0, 0.0, float64(s.n)
	for _, list := range [...][]float64{s.fa, s.fb} {
		for _, x := range list {
			variance += float64((x - s.mean) * (x - s.mean))
			scale = max(scale, math.Abs(x))
		}
	}
	variance /= 2*n - 1
	if s.n == 0 || variance <= float64(scale*1e-12)*float64(scale*1e-12) { // nothing but rounding
		return out
	}
	estimate := func(sum, squares float64) (mean, standardError float64) {
		mean = sum / n
		return mean, math.Sqrt(max(squares/n-float64(mean*mean), 0) / n)
	}
	for i := range out {
		t := &s.sums[i]
		first, firstError := estimate(t.first, t.first2)
		total, totalError := estimate(t.total, t.total2)
		out[i] = Index{first / variance, total / (2 * variance), firstError / variance, totalError / (2 * variance)}
	}
	return out
}
