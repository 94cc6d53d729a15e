package maturity

import (
	"math/bits"
	"strconv"
)

// A natural is a whole number, 0 or more, of any size: digits to the base 2^32, the lowest first, without
// leading zeros. It never changes. math/big would do as well, and costs a WebAssembly program 26 KB; digits
// of 32 bits are what WebAssembly can multiply.
type natural []uint32

var one = natural{1}

func naturalOf(n uint64) natural { return natural{uint32(n), uint32(n >> 32)}.trim() }

func (a natural) trim() natural {
	for len(a) > 0 && a[len(a)-1] == 0 {
		a = a[:len(a)-1]
	}
	return a
}

// low returns the lowest 64 bits.
func (a natural) low() uint64 {
	n := uint64(0)
	for i := min(len(a), 2) - 1; i >= 0; i-- {
		n = n<<32 | uint64(a[i])
	}
	return n
}

func (a natural) bitLen() int {
	if len(a) == 0 {
		return 0
	}
	return 32*len(a) - bits.LeadingZeros32(a[len(a)-1])
}

func (a natural) cmp(b natural) int {
	if len(a) != len(b) {
		if len(a) < len(b) {
			return -1
		}
		return 1
	}
	for i := len(a) - 1; i >= 0; i-- {
		if a[i] != b[i] {
			if a[i] < b[i] {
				return -1
			}
			return 1
		}
	}
	return 0
}

func (a natural) add(b natural) natural {
	if len(a) < len(b) {
		a, b = b, a
	}
	sum, carry := make(natural, len(a)+1), uint64(0)
	for i, digit := range a {
		carry += uint64(digit)
		if i < len(b) {
			carry += uint64(b[i])
		}
		sum[i] = uint32(carry)
		carry >>= 32
	}
	sum[len(a)] = uint32(carry)
	return sum.trim()
}

// sub returns a − b; b is at most a.
func (a natural) sub(b natural) natural {
	rest, carry := make(natural, len(a)), int64(0)
	for i, digit := range a {
		carry += int64(digit)
		if i < len(b) {
			carry -= int64(b[i])
		}
		rest[i] = uint32(carry)
		carry >>= 32
	}
	return rest.trim()
}

func (a natural) mul(b natural) natural {
	product := make(natural, len(a)+len(b))
	for i, x := range a {
		row, carry := product[i:i+len(b)+1], uint64(0)
		for j, y := range b {
			carry += uint64(x)*uint64(y) + uint64(row[j])
			row[j] = uint32(carry)
			carry >>= 32
		}
		row[len(b)] = uint32(carry)
	}
	return product.trim()
}

// shift returns a·2^n, without the part after the point.
func (a natural) shift(n int) natural {
	digits, within := n>>5, n&31
	shifted := make(natural, max(len(a)+digits+1, 0))
	for i := range shifted {
		if at := i - digits; at >= 0 && at < len(a) {
			shifted[i] = a[at] << within
		}
		if at := i - digits - 1; at >= 0 {
			shifted[i] |= uint32(uint64(a[at]) << within >> 32)
		}
	}
	return shifted.trim()
}

// quoRem returns the whole part of a / b, and what is left over; b is not 0. It divides as on paper (Knuth,
// The Art of Computer Programming, 4.3.1, algorithm D).
func (a natural) quoRem(b natural) (quo, rem natural) {
	if a.cmp(b) < 0 {
		return nil, a
	}
	// The highest digit of the divisor must have its highest bit set, and another must follow it.
	scale := bits.LeadingZeros32(b[len(b)-1])
	if len(b) == 1 {
		scale += 32
	}
	b = b.shift(scale)
	rest := make(natural, len(a)+scale/32+1)
	copy(rest, a.shift(scale))
	n := len(b)
	first, second := uint64(b[n-1]), uint64(b[n-2])
	quo = make(natural, len(rest)-n)
	for at := len(quo) - 1; at >= 0; at-- {
		part := rest[at : at+n+1]
		top := uint64(part[n])<<32 | uint64(part[n-1])
		digit := min(top/first, 1<<32-1)
		for left := top - digit*first; left < 1<<32 && digit*second > left<<32|uint64(part[n-2]); left += first {
			digit--
		}
		if part.subMul(b, digit) < 0 { // the digit was one too high
			digit--
			carry := uint64(0)
			for i := range b {
				carry += uint64(part[i]) + uint64(b[i])
				part[i] = uint32(carry)
				carry >>= 32
			}
			part[n] += uint32(carry)
		}
		quo[at] = uint32(digit)
	}
	return quo.trim(), rest.trim().shift(-scale)
}

// subMul takes b·digit away from a, which is one digit longer, in place. It is negative if that was too much.
func (a natural) subMul(b natural, digit uint64) int64 {
	borrow, carry := int64(0), uint64(0)
	for i, x := range b {
		carry += uint64(x) * digit
		borrow += int64(a[i]) - int64(uint32(carry))
		a[i] = uint32(borrow)
		carry >>= 32
		borrow >>= 32
	}
	borrow += int64(a[len(b)]) - int64(carry)
	a[len(b)] = uint32(borrow)
	return borrow
}

// gcd returns the greatest common divisor; one of a and b may be 0. It is Euclid's algorithm where as many
// steps as the highest 62 bits decide are taken at once (Lehmer; Knuth, 4.5.2, algorithm L).
func (a natural) gcd(b natural) natural {
	if a.cmp(b) < 0 {
		a, b = b, a
	}
	for len(b) > 2 {
		x, y := a.top(len(a), a), b.top(len(a), a)
		p, q, r, s := int64(1), int64(0), int64(0), int64(1) // x is p·a + q·b, y is r·a + s·b
		for y+r != 0 && y+s != 0 {
			times := (x + p) / (y + r)
			if times != (x+q)/(y+s) || times >= 1<<30 {
				break
			}
			r2, s2 := p-times*r, q-times*s
			if abs(s2) >= 1<<30 { // none of the four is larger
				break
			}
			p, q, r, s = r, s, r2, s2
			x, y = y, x-times*y
		}
		if q == 0 {
			_, rem := a.quoRem(b)
			a, b = b, rem
		} else {
			a, b = a.combine(p, b, q), a.combine(r, b, s)
		}
	}
	if len(b) == 0 {
		return a
	}
	_, rem := a.quoRem(b)
	x, y := rem.low(), b.low()
	for x != 0 {
		x, y = y%x, x
	}
	return naturalOf(y)
}

// top returns 62 bits of a number seen as n digits long: those where the highest 62 bits of high are.
func (a natural) top(n int, high natural) int64 {
	part := make(natural, 3)
	copy(part, a[min(n-3, len(a)):])
	scale := bits.LeadingZeros32(high[n-1])
	return int64((uint64(part[2])<<32|uint64(part[1]))<<scale>>2 | uint64(part[0])<<scale>>34)
}

// combine returns p·a + q·b for p and q of different signs, where that is not negative.
func (a natural) combine(p int64, b natural, q int64) natural {
	sum, carry := make(natural, len(a)), int64(0)
	for i, digit := range a {
		carry += p * int64(digit)
		if i < len(b) {
			carry += q * int64(b[i])
		}
		sum[i] = uint32(carry)
		carry >>= 32
	}
	return sum.trim()
}

// power returns a^n.
func (a natural) power(n int64) natural {
	result := one
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			result = result.mul(a)
		}
		if n > 1 {
			a = a.mul(a)
		}
	}
	return result
}

// root returns the whole part of a^(1/n), by Newton's method from above.
func (a natural) root(n int64) natural {
	if len(a) == 0 || n == 1 {
		return a
	}
	x := one.shift(int(int64(a.bitLen())/n + 1))
	for {
		next, _ := a.quoRem(x.power(n - 1))
		next = next.add(x.mul(naturalOf(uint64(n - 1))))
		if next, _ = next.quoRem(naturalOf(uint64(n))); next.cmp(x) >= 0 {
			return x
		}
		x = next
	}
}

func (a natural) String() string {
	const part = 1_000_000_000_000_000_000
	text := ""
	for a.bitLen() > 60 {
		var rem natural
		a, rem = a.quoRem(naturalOf(part))
		text = strconv.FormatUint(part+rem.low(), 10)[1:] + text
	}
	return strconv.FormatUint(a.low(), 10) + text
}
