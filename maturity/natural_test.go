package maturity

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

func asInt(a natural) *big.Int {
	n := new(big.Int)
	for i := len(a) - 1; i >= 0; i-- {
		n.Lsh(n, 32).Add(n, big.NewInt(int64(a[i])))
	}
	return n
}

// randomNatural has up to digits digits, many of them 0 or all ones, where carries go wrong.
func randomNatural(r *rand.Rand, digits int) natural {
	a := make(natural, r.IntN(digits+1))
	for i := range a {
		switch r.IntN(4) {
		case 0:
			a[i] = 0
		case 1:
			a[i] = 1<<32 - 1
		default:
			a[i] = r.Uint32() >> r.IntN(32)
		}
	}
	return a.trim()
}

func TestNaturals(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	equal := func(want *big.Int, got natural, what string, a, b natural) {
		if asInt(got).Cmp(want) != 0 || len(got) > 0 && got[len(got)-1] == 0 {
			t.Fatalf("%s of %v and %v: got %v, want %v", what, a, b, got, want)
		}
	}
	for i := range 60_000 {
		digits := 6
		if i%100 == 0 {
			digits = 120
		}
		a, b := randomNatural(r, digits), randomNatural(r, digits)
		x, y := asInt(a), asInt(b)
		require.Equal(t, x.Cmp(y), a.cmp(b))
		require.Equal(t, x.BitLen(), a.bitLen())
		require.Equal(t, x.String(), a.String())
		equal(new(big.Int).Add(x, y), a.add(b), "sum", a, b)
		equal(new(big.Int).Mul(x, y), a.mul(b), "product", a, b)
		if x.Cmp(y) >= 0 {
			equal(new(big.Int).Sub(x, y), a.sub(b), "difference", a, b)
		}
		if len(b) > 0 {
			quo, rem := a.quoRem(b)
			wantQuo, wantRem := new(big.Int).QuoRem(x, y, new(big.Int))
			equal(wantQuo, quo, "quotient", a, b)
			equal(wantRem, rem, "remainder", a, b)
		}
		c := randomNatural(r, 3)
		a, b = a.mul(c), b.mul(c)
		equal(new(big.Int).GCD(nil, nil, asInt(a), asInt(b)), a.gcd(b), "gcd", a, b)
		n := r.IntN(200) - 100
		if n >= 0 {
			equal(new(big.Int).Lsh(x, uint(n)), asNatural(x).shift(n), "shift", a, b)
		} else {
			equal(new(big.Int).Rsh(x, uint(-n)), asNatural(x).shift(n), "shift", a, b)
		}
		if i%10 == 0 {
			w := int64(1 + r.IntN(9))
			equal(new(big.Int).Exp(y, big.NewInt(w), nil), asNatural(y).power(w), "power", b, c)
			root := asInt(asNatural(x).root(w))
			require.LessOrEqual(t, new(big.Int).Exp(root, big.NewInt(w), nil).Cmp(x), 0)
			require.Positive(t, new(big.Int).Exp(root.Add(root, big.NewInt(1)), big.NewInt(w), nil).Cmp(x))
		}
	}
}

func asNatural(n *big.Int) natural {
	var a natural
	mask := big.NewInt(1<<32 - 1)
	for m := new(big.Int).Set(n); m.Sign() > 0; m.Rsh(m, 32) {
		a = append(a, uint32(new(big.Int).And(m, mask).Uint64()))
	}
	return a
}
