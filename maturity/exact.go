package maturity

import (
	"math"
	"math/big"
	"math/bits"
)

// A rat is an exact rational number. Small ones are a pair of int64, so that the usual score costs a few
// machine instructions and no memory; where a sum does not fit, it goes on in big integers, and comes
// back when it fits again. Nothing is ever rounded. The zero rat is no number.
type rat struct {
	n, d int64 // d > 0, both at most maxSmall in absolute value, not necessarily in lowest terms
	big  *bigRat
}

type bigRat struct{ n, d big.Int } // d > 0

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
	b := new(bigRat)
	b.n.SetInt64(x.n)
	b.d.SetInt64(x.d)
	return b
}

// lower brings a big rat to lowest terms, and back to a small one if it fits.
func (b *bigRat) lower() rat {
	var g, a big.Int
	g.GCD(nil, nil, a.Abs(&b.n), &b.d)
	if g.BitLen() > 1 {
		b.n.Quo(&b.n, &g)
		b.d.Quo(&b.d, &g)
	}
	if b.n.IsInt64() && b.d.IsInt64() && fits(b.n.Int64()) && fits(b.d.Int64()) {
		return rat{n: b.n.Int64(), d: b.d.Int64()}
	}
	return rat{big: b}
}

// addMul returns x + w·y.
func (x rat) addMul(w int64, y rat) rat {
	if sum, ok := x.addSmall(w, y); ok {
		return sum
	}
	a, b, sum := x.lift(), y.lift(), new(bigRat)
	var t big.Int
	t.Mul(t.SetInt64(w), &b.n)
	t.Mul(&t, &a.d)
	sum.n.Mul(&a.n, &b.d)
	sum.n.Add(&sum.n, &t)
	sum.d.Mul(&a.d, &b.d)
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
	a, b, p := x.lift(), y.lift(), new(bigRat)
	p.n.Mul(&a.n, &b.n)
	p.d.Mul(&a.d, &b.d)
	return p.lower()
}

// quo returns x / y; y is not 0.
func (x rat) quo(y rat) rat {
	if y.big == nil {
		if y.n < 0 {
			return x.mul(rat{n: -y.d, d: -y.n})
		}
		return x.mul(rat{n: y.d, d: y.n})
	}
	inverse := new(bigRat)
	inverse.n.Set(&y.big.d)
	inverse.d.Set(&y.big.n)
	if inverse.d.Sign() < 0 {
		inverse.n.Neg(&inverse.n)
		inverse.d.Neg(&inverse.d)
	}
	return x.mul(rat{big: inverse})
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
	if x.big != nil {
		return x.big.n.Sign()
	}
	switch {
	case x.n > 0:
		return 1
	case x.n < 0:
		return -1
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
	a, b := x.lift(), y.lift()
	var left, right big.Int
	return left.Mul(&a.n, &b.d).Cmp(right.Mul(&b.n, &a.d))
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
	var n, q, r big.Int
	n.Abs(&b.n)
	shift := 66 - (n.BitLen() - b.d.BitLen()) // the quotient has 66 or 67 bits
	d := &b.d
	if shift >= 0 {
		n.Lsh(&n, uint(shift))
	} else {
		d = new(big.Int).Lsh(d, uint(-shift))
	}
	q.QuoRem(&n, d, &r)
	f := floatOf(&q, r.Sign() != 0, -shift)
	if b.n.Sign() < 0 {
		f = -f
	}
	return f
}

// floatOf returns the float64 nearest to (q + ε)·2^exp, where 0 < ε < 1 if inexact and 0 if not. Inexact q
// have at least 55 bits.
func floatOf(q *big.Int, inexact bool, exp int) float64 {
	length := q.BitLen()
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
		return clampFloat(math.Ldexp(float64(q.Uint64()), exp))
	}
	var high, rest, half big.Int
	high.Rsh(q, uint(drop))
	rest.Sub(q, half.Lsh(&high, uint(drop)))
	half.Lsh(half.SetInt64(1), uint(drop-1))
	n := high.Uint64()
	switch c := rest.Cmp(&half); {
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
	var n, q, r big.Int
	n.Mul(&b.n, big.NewInt(unit))
	q.DivMod(&n, &b.d, &r) // Euclidean: r is never negative
	if r.Sign() != 0 {
		r.Lsh(&r, 1)
		if roundsUp(mode, r.Cmp(&b.d), q.Bit(0) == 1, q.Sign() < 0) {
			q.Add(&q, big.NewInt(1))
		}
	}
	result := new(bigRat)
	result.n.Set(&q)
	result.d.SetInt64(unit)
	return result.lower()
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
	b := new(bigRat)
	lifted := x.lift()
	b.n.Set(&lifted.n)
	b.d.Set(&lifted.d)
	x = b.lower()
	if x.big == nil && decimalUnit%x.d == 0 {
		if units, ok := mul(x.n, decimalUnit/x.d); ok {
			return formatUnits(units)
		}
	}
	b = x.lift()
	return b.n.String() + "/" + b.d.String()
}

// A root is the exact number p^(1/w), which is what a geometric mean is: p ≥ 0 is a product and w the sum
// of its weights. It is compared and rounded by integer powers; only its float is a fraction.

// ratOf is the fraction that a float64 is.
func ratOf(f float64) rat {
	mantissa, exp := math.Frexp(f)
	b := new(bigRat)
	b.n.SetInt64(int64(mantissa * (1 << 53)))
	b.d.SetInt64(1)
	if exp -= 53; exp >= 0 {
		b.n.Lsh(&b.n, uint(exp))
	} else {
		b.d.Lsh(&b.d, uint(-exp))
	}
	return b.lower()
}

// power returns x^w.
func (x rat) power(w int64) rat {
	b, p := x.lift(), new(bigRat)
	e := big.NewInt(w)
	p.n.Exp(&b.n, e, nil)
	p.d.Exp(&b.d, e, nil)
	return p.lower()
}

// cmpRoot compares p^(1/w) with t.
func cmpRoot(p rat, w int64, t rat) int {
	if t.sign() < 0 {
		return 1
	}
	return p.cmp(t.power(w))
}

// rootFloor returns the whole part of (p·scale^w)^(1/w), and whether that is the exact root.
func rootFloor(p rat, w int64, scale *big.Int) (root *big.Int, exact bool) {
	b := p.lift()
	var n, q, r big.Int
	n.Mul(&b.n, n.Exp(scale, big.NewInt(w), nil))
	q.QuoRem(&n, &b.d, &r)
	root = integerRoot(&q, w)
	var back big.Int
	return root, r.Sign() == 0 && back.Exp(root, big.NewInt(w), nil).Cmp(&q) == 0
}

// integerRoot returns the whole part of q^(1/w), by Newton's method from above.
func integerRoot(q *big.Int, w int64) *big.Int {
	if q.Sign() == 0 || w == 1 {
		return new(big.Int).Set(q)
	}
	x := new(big.Int).Lsh(big.NewInt(1), uint(int64(q.BitLen())/w+1))
	var power, next big.Int
	for {
		power.Exp(x, big.NewInt(w-1), nil)
		next.Quo(q, &power)
		next.Add(&next, power.Mul(x, big.NewInt(w-1)))
		next.Quo(&next, big.NewInt(w))
		if next.Cmp(x) >= 0 {
			return x
		}
		x.Set(&next)
	}
}

// roundRoot rounds p^(1/w).
func roundRoot(p rat, w int64, digits int, mode RoundingMode) rat {
	unit := big.NewInt(powersOfTen[digits])
	q, exact := rootFloor(p, w, unit)
	if !exact {
		// Compare the root with q + 1/2: both times 2, to the power w.
		var twice big.Int
		twice.Lsh(unit, 1)
		doubled, _ := rootFloor(p, w, &twice)
		half := -1
		if doubled.Bit(0) == 1 {
			var mark big.Int
			mark.Lsh(q, 1).Add(&mark, big.NewInt(1))
			result := new(bigRat)
			result.n.Set(&mark)
			result.d.Set(&twice)
			half = cmpRoot(p, w, result.lower())
		}
		if roundsUp(mode, half, q.Bit(0) == 1, false) {
			q.Add(q, big.NewInt(1))
		}
	}
	result := new(bigRat)
	result.n.Set(q)
	result.d.Set(unit)
	return result.lower()
}

// rootFloat returns the float64 nearest to p^(1/w).
func rootFloat(p rat, w int64) float64 {
	b := p.lift()
	if b.n.Sign() == 0 {
		return 0
	}
	shift := 70 - (int64(b.n.BitLen())-int64(b.d.BitLen()))/w
	shift = max(shift, 0)
	q, exact := rootFloor(p, w, new(big.Int).Lsh(big.NewInt(1), uint(shift)))
	return floatOf(q, !exact, int(-shift))
}

// rootRatio returns (v − low) / (high − low) of three roots with one w, to far more digits than a float64
// has; and 1 where low and high are equal.
func rootRatio(v, low, high rat, w int64) rat {
	if low.cmp(high) == 0 {
		return whole(1)
	}
	scale := new(big.Int).Lsh(big.NewInt(1), 256)
	at := func(p rat) *big.Int {
		q, _ := rootFloor(p, w, scale)
		return q
	}
	a, b, c := at(v), at(low), at(high)
	ratio := new(bigRat)
	ratio.n.Sub(a, b)
	ratio.d.Sub(c, b)
	return ratio.lower()
}
