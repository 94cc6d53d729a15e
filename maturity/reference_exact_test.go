package maturity_test

// Exact arithmetic of the reference implementation: §4. And reading JSON without losing a digit.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
)

// refRound rounds the root of the given degree of x. The root lies between two neighbours; which
// half it lies in is decided by powers.
func refRound(x *big.Rat, degree, digits int64, mode any) *big.Rat {
	unit := refPow(big.NewRat(10, 1), digits)
	scaled := refMul(x, refPow(unit, degree))
	below := refFloorRoot(scaled, degree)
	above := refAdd(below, big.NewRat(1, 1))
	if refCompare(scaled, degree, below) == 0 {
		return refQuo(below, unit)
	}
	half := refCompare(scaled, degree, refAdd(below, big.NewRat(1, 2)))
	var up bool
	switch mode {
	case nil, "half-up":
		up = half >= 0
	case "half-away":
		up = half > 0 || half == 0 && x.Sign() > 0
	case "half-even":
		up = half > 0 || half == 0 && below.Num().Bit(0) == 1
	case "floor":
		up = false
	case "ceiling":
		up = true
	case "truncate":
		up = x.Sign() < 0
	default:
		panic(fmt.Sprint("unknown rounding mode ", mode))
	}
	if up {
		return refQuo(above, unit)
	}
	return refQuo(below, unit)
}

// refCompare compares the root of the given degree of x with t.
func refCompare(x *big.Rat, degree int64, t *big.Rat) int {
	if degree > 1 && t.Sign() < 0 {
		return 1
	}
	return x.Cmp(refPow(t, degree))
}

// refSimplify takes the root where value and range are all exact powers.
func refSimplify(n *refNode) {
	if n.Degree == 1 {
		return
	}
	numbers := []**big.Rat{&n.Value, &n.Min, &n.Max}
	for _, x := range numbers {
		if *x != nil && refExactRoot(*x, n.Degree) == nil {
			return
		}
	}
	for _, x := range numbers {
		if *x != nil {
			*x = refExactRoot(*x, n.Degree)
		}
	}
	n.Degree = 1
}

// refExactRoot is nil where the root is not rational.
func refExactRoot(x *big.Rat, degree int64) *big.Rat {
	num := refFloorRoot(new(big.Rat).SetInt(x.Num()), degree)
	den := refFloorRoot(new(big.Rat).SetInt(x.Denom()), degree)
	if root := refQuo(num, den); refPow(root, degree).Cmp(x) == 0 {
		return root
	}
	return nil
}

// refRootNear is the root to a thousand binary places: exact, or so near that no float64 lies between.
func refRootNear(x *big.Rat, degree int64) *big.Rat {
	if x == nil || degree == 1 {
		return x
	}
	if root := refExactRoot(x, degree); root != nil {
		return root
	}
	unit := refPow(big.NewRat(2, 1), 1000)
	below := refFloorRoot(refMul(x, refPow(unit, degree)), degree)
	return refQuo(refAdd(below, big.NewRat(1, 2)), unit)
}

// refFloorRoot is the greatest whole number whose power is not above x. Newton's steps from above
// fall until they are there.
func refFloorRoot(x *big.Rat, degree int64) *big.Rat {
	n := new(big.Int).Div(x.Num(), x.Denom()) // rounds down, also below 0
	if degree == 1 || n.Sign() == 0 {
		return new(big.Rat).SetInt(n)
	}
	d := big.NewInt(degree)
	root := new(big.Int).Lsh(big.NewInt(1), uint(n.BitLen())/uint(degree)+1)
	for {
		next := new(big.Int).Exp(root, big.NewInt(degree-1), nil)
		next.Div(n, next)
		next.Add(next, new(big.Int).Mul(root, big.NewInt(degree-1)))
		next.Div(next, d)
		if next.Cmp(root) >= 0 {
			return new(big.Rat).SetInt(root)
		}
		root = next
	}
}

func refPow(x *big.Rat, n int64) *big.Rat {
	e := big.NewInt(n)
	return new(big.Rat).SetFrac(new(big.Int).Exp(x.Num(), e, nil), new(big.Int).Exp(x.Denom(), e, nil))
}

func refAdd(a, b *big.Rat) *big.Rat { return new(big.Rat).Add(a, b) }
func refSub(a, b *big.Rat) *big.Rat { return new(big.Rat).Sub(a, b) }
func refMul(a, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }
func refQuo(a, b *big.Rat) *big.Rat { return new(big.Rat).Quo(a, b) }

func refLeast(xs ...*big.Rat) *big.Rat { return slices.MinFunc(xs, (*big.Rat).Cmp) }
func refMost(xs ...*big.Rat) *big.Rat  { return slices.MaxFunc(xs, (*big.Rat).Cmp) }

func refDecode(data []byte) (o refObj) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(&o); err != nil {
		panic(err)
	}
	return o
}

func refObject(v any) refObj { o, _ := v.(refObj); return o }
func refList(v any) []any    { l, _ := v.([]any); return l }

// refDec reads a decimal, which is written as a JSON number or a string (§1).
func refDec(v any) *big.Rat {
	r, ok := new(big.Rat).SetString(fmt.Sprint(v))
	if !ok {
		panic(fmt.Sprint("not a decimal: ", v))
	}
	return r
}

func refDecOr(v any, otherwise int64) *big.Rat {
	if v == nil {
		return big.NewRat(otherwise, 1)
	}
	return refDec(v)
}
