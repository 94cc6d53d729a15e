package maturity

import (
	"math"
	"math/bits"
)

// A rat is an exact rational number. Small ones are a pair of int64, so that the usual score costs a few
// machine instructions and no memory; where a sum does not fit, it goes on in big integers, and comes
// back when it fits again. Nothing is ever rounded. The zero rat is no number.
type rat struct {
	n, d int64 // d > 0, both at most maxSmall in absolute value, not necessarily in lowest terms
	big  *bigRat
}

type bigRat struct {
	negative bool
	n, d     natural // d > 0
}

const (
	maxSmall = 1 << 62
	maxFloat = 1 << 53 // whole numbers up to here are exact in float64
)

func whole(n int64) rat { return rat{n: n, d: 1} }

// fromUnits makes a rat of billionths, in lowest terms.
func fromUnits(units int64) rat { return reduced(units, decimalUnit) }

func reduced(n, d int64) rat {
	g := gcd(n, d)
	return rat{n: n / g, d: d / g}
}

// gcd is the greatest common divisor of |a| and b > 0.
func gcd(a, b int64) int64 {
	if a < 0 {
		a = -a
	}
	for a != 0 {
		a, b = b%a, a
	}
	return b
}

func lcm(a, b int64) (int64, bool) { return mul(a/gcd(a, b), b) }

// mul multiplies, and tells whether the product is small.
func mul(a, b int64) (int64, bool) {
	if fits32(a) && fits32(b) {
		return a * b, true
	}
	hi, lo := bits.Mul64(abs(a), abs(b))
	return a * b, hi == 0 && lo <= maxSmall
}

func abs(a int64) uint64 {
	if a < 0 {
		return -uint64(a)
	}
	return uint64(a)
}

func fits(n int64) bool { return -maxSmall <= n && n <= maxSmall }

func fits32(n int64) bool { return n == int64(int32(n)) }

func (x rat) lift() *bigRat {
	if x.big != nil {
		return x.big
	}
	return &bigRat{x.n < 0, naturalOf(abs(x.n)), naturalOf(uint64(x.d))}
}

// lower brings a big rat to lowest terms, and back to a small one if it fits.
func (b *bigRat) lower() rat {
	n, d := b.n, b.d
	if g := n.gcd(d); g.bitLen() > 1 {
		n, _ = n.quoRem(g)
		d, _ = d.quoRem(g)
	}
	if max(n.bitLen(), d.bitLen()) > 62 {
		return rat{big: &bigRat{b.negative, n, d}}
	}
	x := rat{n: int64(n.low()), d: int64(d.low())}
	if b.negative {
		x.n = -x.n
	}
	return x
}

// plus adds two numbers with one denominator, not in lowest terms.
func (b *bigRat) plus(n natural, negative bool) {
	switch {
	case b.negative == negative:
		b.n = b.n.add(n)
	case b.n.cmp(n) >= 0:
		b.n = b.n.sub(n)
	default:
		b.n, b.negative = n.sub(b.n), negative
	}
}

// addMul returns x + w·y.
func (x rat) addMul(w int64, y rat) rat {
	if sum, ok := x.addSmall(w, y); ok {
		return sum
	}
	a, b := x.lift(), y.lift()
	sum := bigRat{a.negative, a.n.mul(b.d), a.d.mul(b.d)}
	sum.plus(b.n.mul(a.d).mul(naturalOf(abs(w))), b.negative != (w < 0))
	return sum.lower()
}

// addSmall is addMul where everything is small, and false elsewhere.
func (x rat) addSmall(w int64, y rat) (rat, bool) {
	if x.big != nil || y.big != nil {
		return x, false
	}
	p, ok := mul(w, y.n)
	if !ok {
		return x, false
	}
	if x.d == y.d {
		n := x.n + p
		return rat{n: n, d: x.d}, fits(n)
	}
	g := gcd(x.d, y.d)
	a, ok1 := mul(x.n, y.d/g)
	b, ok2 := mul(p, x.d/g)
	d, ok3 := mul(x.d, y.d/g)
	n := a + b
	return rat{n: n, d: d}, ok1 && ok2 && ok3 && fits(n)
}

// lowest brings a number to lowest terms.
func (x rat) lowest() rat {
	if x.big != nil {
		return x.big.lower()
	}
	return reduced(x.n, x.d)
}

func (x rat) add(y rat) rat { return x.addMul(1, y) }
func (x rat) sub(y rat) rat { return x.addMul(-1, y) }

func (x rat) mul(y rat) rat {
	if x.big == nil && y.big == nil {
		n, ok1 := mul(x.n, y.n)
		d, ok2 := mul(x.d, y.d)
		if ok1 && ok2 {
			return rat{n: n, d: d}
		}
	}
	return x.lift().times(y.lift()).lower()
}

// times multiplies, not in lowest terms.
func (b *bigRat) times(c *bigRat) *bigRat {
	return &bigRat{b.negative != c.negative, b.n.mul(c.n), b.d.mul(c.d)}
}

// quo returns x / y; y is not 0.
func (x rat) quo(y rat) rat {
	if y.big == nil {
		if y.n < 0 {
			return x.mul(rat{n: -y.d, d: -y.n})
		}
		return x.mul(rat{n: y.d, d: y.n})
	}
	return x.mul(rat{big: &bigRat{y.big.negative, y.big.d, y.big.n}})
}

// over returns x / n for n > 0, in lowest terms where they would grow.
func (x rat) over(n int64) rat {
	if x.big == nil {
		if d, ok := mul(x.d, n); ok {
			if d > 1<<20 {
				return reduced(x.n, d)
			}
			return rat{n: x.n, d: d}
		}
	}
	return x.mul(rat{n: 1, d: n})
}

func (x rat) sign() int {
	switch {
	case x.big != nil && x.big.negative || x.n < 0:
		return -1
	case x.big != nil || x.n > 0: // a big one is never 0
		return 1
	}
	return 0
}

func (x rat) cmp(y rat) int {
	if x.big == nil && y.big == nil {
		a, b, ok1, ok2 := x.n, y.n, true, true
		if x.d != y.d {
			a, ok1 = mul(x.n, y.d)
			b, ok2 = mul(y.n, x.d)
		}
		if ok1 && ok2 {
			switch {
			case a < b:
				return -1
			case a > b:
				return 1
			}
			return 0
		}
	}
	a, b, sign := x.lift(), y.lift(), x.sign()
	switch other := y.sign(); {
	case sign < other:
		return -1
	case sign > other:
		return 1
	}
	return sign * a.n.mul(b.d).cmp(b.n.mul(a.d))
}

func (x rat) equal(y rat) bool { return x.cmp(y) == 0 }

func lesser(x, y rat) rat {
	if y.cmp(x) < 0 {
		return y
	}
	return x
}

func greater(x, y rat) rat {
	if y.cmp(x) > 0 {
		return y
	}
	return x
}

// float returns the float64 nearest to x, ties to even. A value beyond float64 becomes the largest one, so
// that no result holds an infinity.
func (x rat) float() float64 {
	if x.big == nil && -maxFloat <= x.n && x.n <= maxFloat && x.d <= maxFloat {
		return float64(x.n) / float64(x.d) // both exact, so the quotient is correctly rounded
	}
	b := x.lift()
	shift := 66 - (b.n.bitLen() - b.d.bitLen()) // the quotient has 66 or 67 bits
	q, r := b.n.shift(max(shift, 0)).quoRem(b.d.shift(max(-shift, 0)))
	f := q.float(len(r) > 0, -shift)
	if b.negative {
		f = -f
	}
	return f
}

// float returns the float64 nearest to (a + ε)·2^exp, where 0 < ε < 1 if inexact and 0 if not. Inexact ones
// have at least 55 bits.
func (a natural) float(inexact bool, exp int) float64 {
	length := a.bitLen()
	if length == 0 {
		return 0
	}
	keep := 53 // bits of the result; fewer below the normal numbers
	if lowest := length + exp - keep; lowest < -1074 {
		keep += lowest + 1074
	}
	if keep < 0 {
		return 0
	}
	drop := length - keep
	if drop <= 0 {
		return clampFloat(math.Ldexp(float64(a.low()), exp))
	}
	high := a.shift(-drop)
	n := high.low()
	switch c := a.sub(high.shift(drop)).cmp(one.shift(drop - 1)); {
	case c > 0, c == 0 && (inexact || n&1 == 1):
		n++
	}
	return clampFloat(math.Ldexp(float64(n), exp+drop))
}

func clampFloat(f float64) float64 { return min(max(f, -math.MaxFloat64), math.MaxFloat64) }

var powersOfTen = [...]int64{1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000}

// round rounds x to digits after the point.
func (x rat) round(digits int, mode RoundingMode) rat {
	unit := powersOfTen[digits]
	if x.big == nil {
		if n, ok := mul(x.n, unit); ok && x.d <= maxSmall/2 {
			q, r := n/x.d, n%x.d
			if r < 0 {
				q, r = q-1, r+x.d
			}
			half := 0
			switch {
			case r == 0:
				return rat{n: q, d: unit}
			case 2*r > x.d:
				half = 1
			case 2*r < x.d:
				half = -1
			}
			if roundsUp(mode, half, q&1 == 1, q < 0) {
				q++
			}
			return rat{n: q, d: unit}
		}
	}
	b := x.lift()
	q, r := b.n.mul(naturalOf(uint64(unit))).quoRem(b.d)
	if len(r) > 0 {
		half, odd := r.shift(1).cmp(b.d), q.low()&1 == 1
		if b.negative { // seen from the whole number below it
			half, odd = -half, !odd
		}
		if roundsUp(mode, half, odd, b.negative) != b.negative {
			q = q.add(one)
		}
	}
	return (&bigRat{b.negative, q, naturalOf(uint64(unit))}).lower()
}

// roundsUp tells whether a number strictly between q and q+1 goes up. Half compares its fraction with one
// half; odd and negative are about q.
func roundsUp(mode RoundingMode, half int, odd, negative bool) bool {
	switch mode {
	case Floor:
		return false
	case Ceiling:
		return true
	case Truncate:
		return negative
	case HalfEven:
		return half > 0 || half == 0 && odd
	case HalfAway:
		return half > 0 || half == 0 && !negative
	default: // half-up
		return half >= 0
	}
}

// String returns x as a whole number, a fraction such as 7/3, or a decimal where it has one of at most 9
// digits.
func (x rat) String() string {
	x = x.lift().lower()
	if x.big == nil && decimalUnit%x.d == 0 {
		if units, ok := mul(x.n, decimalUnit/x.d); ok {
			return formatUnits(units)
		}
	}
	b, sign := x.lift(), ""
	if b.negative {
		sign = "-"
	}
	return sign + b.n.String() + "/" + b.d.String()
}

// A root is the exact number p^(1/w), which is what a geometric mean is: p ≥ 0 is a product and w the sum
// of its weights. It is compared and rounded by integer powers; only its float is a fraction.

// ratOf is the fraction that a float64 is.
func ratOf(f float64) rat {
	mantissa, exp := math.Frexp(f)
	n := naturalOf(uint64(math.Abs(mantissa) * (1 << 53)))
	return (&bigRat{f < 0, n.shift(max(exp-53, 0)), one.shift(max(53-exp, 0))}).lower()
}

// power returns x^w for x ≥ 0.
func (x rat) power(w int64) rat {
	b := x.lift()
	return (&bigRat{n: b.n.power(w), d: b.d.power(w)}).lower()
}

// cmpRoot compares p^(1/w) with t.
func cmpRoot(p rat, w int64, t rat) int {
	if t.sign() < 0 {
		return 1
	}
	return p.cmp(t.power(w))
}

// rootFloor returns the whole part of (p·scale^w)^(1/w), and whether that is the exact root.
func rootFloor(p rat, w int64, scale natural) (root natural, exact bool) {
	b := p.lift()
	q, r := b.n.mul(scale.power(w)).quoRem(b.d)
	root = q.root(w)
	return root, len(r) == 0 && root.power(w).cmp(q) == 0
}

// roundRoot rounds p^(1/w).
func roundRoot(p rat, w int64, digits int, mode RoundingMode) rat {
	unit := naturalOf(uint64(powersOfTen[digits]))
	q, exact := rootFloor(p, w, unit)
	if !exact {
		// Compare the root with q + 1/2: both times 2, to the power w.
		twice := unit.shift(1)
		half := -1
		if doubled, _ := rootFloor(p, w, twice); doubled.low()&1 == 1 {
			half = cmpRoot(p, w, (&bigRat{n: q.shift(1).add(one), d: twice}).lower())
		}
		if roundsUp(mode, half, q.low()&1 == 1, false) {
			q = q.add(one)
		}
	}
	return (&bigRat{n: q, d: unit}).lower()
}

// rootFloat returns the float64 nearest to p^(1/w).
func rootFloat(p rat, w int64) float64 {
	b := p.lift()
	shift := max(70-(int64(b.n.bitLen())-int64(b.d.bitLen()))/w, 0)
	q, exact := rootFloor(p, w, one.shift(int(shift)))
	return q.float(!exact, int(-shift))
}

// rootRatio returns (v − low) / (high − low) of three roots with one w, to far more digits than a float64
// has; and 1 where low and high are equal.
func rootRatio(v, low, high rat, w int64) rat {
	at := func(p rat) rat {
		q, _ := rootFloor(p, w, one.shift(256))
		return (&bigRat{n: q, d: one}).lower()
	}
	return span{at(low), at(high)}.ratio(at(v))
}
