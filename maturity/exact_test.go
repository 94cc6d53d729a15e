package maturity

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// asRat is x as math/big has it: the obvious arithmetic to hold the fast one against.
func asRat(x rat) *big.Rat {
	b := x.lift()
	n := asInt(b.n)
	if b.negative {
		n.Neg(n)
	}
	return new(big.Rat).SetFrac(n, asInt(b.d))
}

// randomRat is small, at the edge of int64, or big.
func randomRat(r *rand.Rand) rat {
	switch r.IntN(4) {
	case 0:
		return rat{n: r.Int64N(41) - 20, d: 1 + r.Int64N(12)}
	case 1:
		return fromUnits(r.Int64N(2e18) - 1e18)
	case 2:
		return rat{n: maxSmall - r.Int64N(3), d: 1 + r.Int64N(maxSmall)}
	default:
		x := rat{n: r.Int64N(maxSmall), d: 1 + r.Int64N(maxSmall)}
		return x.mul(rat{n: -1 - r.Int64N(maxSmall-1), d: 1 + r.Int64N(maxSmall)})
	}
}

func TestArithmeticIsExact(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		x, y := randomRat(r), randomRat(r)
		a, b := asRat(x), asRat(y)
		w := r.Int64N(1000)
		equal := func(want *big.Rat, got rat, what string) {
			require.Zero(t, want.Cmp(asRat(got)), "%s of %s and %s: %s, want %s", what, x, y, got, want)
		}
		equal(new(big.Rat).Add(a, b), x.add(y), "add")
		equal(new(big.Rat).Sub(a, b), x.sub(y), "sub")
		equal(new(big.Rat).Mul(a, b), x.mul(y), "mul")
		equal(new(big.Rat).Add(a, new(big.Rat).Mul(b, new(big.Rat).SetInt64(w))), x.addMul(w, y), "addMul")
		equal(new(big.Rat).Quo(a, new(big.Rat).SetInt64(w+1)), x.over(w+1), "over")
		if y.sign() != 0 {
			equal(new(big.Rat).Quo(a, b), x.quo(y), "quo")
		}
		require.Equal(t, a.Cmp(b), x.cmp(y), "cmp of %s and %s", x, y)
		require.Equal(t, a.Sign(), x.sign())
		want, _ := a.Float64()
		require.Equal(t, want, x.float(), "float of %s", x)
	}
}

func TestFloatIsNearest(t *testing.T) {
	tiny := rat{n: 1, d: 1}
	for i := range 400 { // down through the numbers below normal, to zero
		want, _ := asRat(tiny).Float64()
		require.Equal(t, want, tiny.float(), "step %d", i)
		tiny = tiny.mul(rat{n: 1_000_000_007, d: 8_589_934_591})
	}
	halfway := rat{n: 1<<53 + 1, d: 1}
	assert.Equal(t, float64(1<<53), halfway.float(), "ties go to even")
	huge := whole(maxSmall)
	for range 20 {
		huge = huge.mul(huge.lowest())
		if huge.lift().n.bitLen() > 2000 {
			break
		}
	}
	assert.Equal(t, math.MaxFloat64, huge.float(), "no result holds an infinity")
	assert.Equal(t, -math.MaxFloat64, whole(0).sub(huge).float())
}

func TestRounding(t *testing.T) {
	modes := []RoundingMode{HalfUp, HalfAway, HalfEven, Floor, Ceiling, Truncate}
	check := func(units int64, digits int, want ...string) {
		for i, mode := range modes {
			x := fromUnits(units)
			assert.Equal(t, want[i], x.round(digits, mode).String(), "%s of %s", mode, x)
			lifted := rat{big: x.lift()}
			assert.Equal(t, want[i], lifted.round(digits, mode).String(), "%s of %s, in big integers", mode, x)
		}
	}
	//                               up     away   even   floor  ceil   trunc
	check(2_500_000_000, 0, "3", "3", "2", "2", "3", "2")
	check(-2_500_000_000, 0, "-2", "-3", "-2", "-3", "-2", "-2")
	check(3_500_000_000, 0, "4", "4", "4", "3", "4", "3")
	check(-3_500_000_000, 0, "-3", "-4", "-4", "-4", "-3", "-3")
	check(250_000_000, 1, "0.3", "0.3", "0.2", "0.2", "0.3", "0.2")
	check(240_000_000, 1, "0.2", "0.2", "0.2", "0.2", "0.3", "0.2")
	check(260_000_000, 1, "0.3", "0.3", "0.3", "0.2", "0.3", "0.2")
	check(-260_000_000, 1, "-0.3", "-0.3", "-0.3", "-0.3", "-0.2", "-0.2")
	check(7_000_000_000, 0, "7", "7", "7", "7", "7", "7")
}

func TestRoots(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 2_000 {
		x := rat{n: r.Int64N(10_000), d: 1 + r.Int64N(10_000)}
		w := 2 + r.Int64N(12)
		power := x.power(w)
		require.Equal(t, x.float(), rootFloat(power, w), "the root of a power is the number itself")
		require.Zero(t, cmpRoot(power, w, x))
		require.Equal(t, -1, cmpRoot(power, w, x.add(rat{n: 1, d: decimalUnit})))
		require.Equal(t, 1, cmpRoot(power, w, x.sub(rat{n: 1, d: decimalUnit})))
		for _, mode := range []RoundingMode{HalfUp, HalfAway, HalfEven, Floor, Ceiling, Truncate} {
			digits := r.IntN(4)
			require.True(t, x.round(digits, mode).equal(roundRoot(power, w, digits, mode)), "%s of %s to %d digits", mode, x, digits)
		}
		// Between its neighbours in float64, the root of any number is nearest to the one that is returned.
		p := x.add(rat{n: 1, d: 7})
		f := rootFloat(p, w)
		low, high := ratOf(math.Nextafter(f, 0)).add(ratOf(f)).over(2), ratOf(math.Nextafter(f, 2*f)).add(ratOf(f)).over(2)
		require.True(t, cmpRoot(p, w, low) >= 0 && cmpRoot(p, w, high) <= 0, "root %d of %s", w, p)
	}
	assert.Equal(t, 0.0, rootFloat(whole(0), 3))
	assert.Equal(t, 1.4142135623730951, rootFloat(whole(2), 2))
	// 2.5² = 6.25: a tie, which a float64 root would also see, and 2.5 with a whisker below, which it would not.
	assert.Equal(t, "3", roundRoot(fromUnits(6_250_000_000), 2, 0, HalfUp).String())
	assert.Equal(t, "2", roundRoot(fromUnits(6_249_999_999).mul(rat{n: maxSmall - 1, d: maxSmall}), 2, 0, HalfUp).String())
}

func TestRatText(t *testing.T) {
	assert.Equal(t, "7/3", rat{n: 14, d: 6}.String())
	assert.Equal(t, "2.5", rat{n: 10, d: 4}.String())
	assert.Equal(t, "-0.000000001", rat{n: -1, d: decimalUnit}.String())
	assert.Equal(t, "0", rat{n: 0, d: 77}.String())
	assert.Equal(t, 0.1, ratOf(0.1).float())
	assert.Equal(t, -3.0, ratOf(-3).float())
}

// What is beyond 2^62 is held in more than a word.
func TestExactBounds(t *testing.T) {
	assert.True(t, fits(maxSmall) && fits(-maxSmall))
	assert.False(t, fits(maxSmall+1) || fits(-maxSmall-1))
	for _, x := range []int64{maxSmall, -maxSmall} {
		sum := rat{n: x, d: 1}.add(rat{n: x, d: 1}).add(rat{n: x, d: 1})
		assert.Equal(t, new(big.Int).Mul(big.NewInt(3), big.NewInt(x)).String()+"/1", sum.String())
	}
}
