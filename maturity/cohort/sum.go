package cohort

import (
	"math"
	"math/big"
	"math/bits"
	"strconv"
	"strings"
)

// A sum adds float64s, or their squares, exactly: as a whole number of 2^-2148, the square of the smallest
// float64, in signed limbs of 32 bits that keep their carries for a while. So it does not matter in which
// order, or in how many parts, numbers are added. An addition takes no memory.
type sum struct {
	limbs [sumLimbs]int64
	adds  int64 // since the carries were taken
}

const (
	sumLimbs = (2148+2048+64)/32 + 2
	sumUnit  = -2148     // binary exponent of the lowest bit
	sumLazy  = 1 << 29   // additions of less than 2^33 each that a limb can take
	lowHalf  = 1<<32 - 1 // of a word
)

// parts splits a finite number: x is ±m·2^e.
func parts(x float64) (m uint64, e int, negative bool) {
	b := math.Float64bits(x)
	m, e = b&(1<<52-1), int(b>>52&0x7ff)
	if e == 0 {
		return m, -1074, x < 0
	}
	return m | 1<<52, e - 1075, x < 0
}

// add adds n·x, for n from 0.
func (s *sum) add(x float64, n int64) {
	m, e, negative := parts(x)
	hi, lo := bits.Mul64(m, uint64(n))
	s.addBits(hi, lo, e, negative)
}

// addSquare adds n·x².
func (s *sum) addSquare(x float64, n int64) {
	m, e, _ := parts(x)
	high, low := bits.Mul64(m, m)
	hi, lo := bits.Mul64(low, uint64(n))
	s.addBits(hi, lo, 2*e, false)
	if high != 0 {
		hi, lo = bits.Mul64(high, uint64(n))
		s.addBits(hi, lo, 2*e+64, false)
	}
}

// addBits adds ±(hi·2^64 + lo)·2^e.
func (s *sum) addBits(hi, lo uint64, e int, negative bool) {
	if s.adds++; s.adds >= sumLazy {
		s.carry()
	}
	at, shift := (e-sumUnit)/32, uint(e-sumUnit)%32
	for _, half := range [4]uint64{lo & lowHalf, lo >> 32, hi & lowHalf, hi >> 32} {
		if half != 0 {
			half <<= shift
			low, high := int64(half&lowHalf), int64(half>>32)
			if negative {
				low, high = -low, -high
			}
			s.limbs[at] += low
			s.limbs[at+1] += high
		}
		at++
	}
}

// carry leaves 0 to 2^32-1 in every limb but the highest.
func (s *sum) carry() {
	for i := range sumLimbs - 1 {
		s.limbs[i+1] += s.limbs[i] >> 32
		s.limbs[i] &= lowHalf
	}
	s.adds = 1
}

func (s *sum) merge(o *sum) {
	if s.adds+o.adds >= sumLazy {
		s.carry()
		c := *o
		c.carry()
		o = &c
	}
	for i, limb := range o.limbs {
		s.limbs[i] += limb
	}
	s.adds += o.adds
}

// odd returns the sum as m·2^e with an odd m, or 0 and 0.
func (s *sum) odd() (*big.Int, int) {
	m, limb := new(big.Int), new(big.Int)
	for i := sumLimbs - 1; i >= 0; i-- {
		m.Add(m.Lsh(m, 32), limb.SetInt64(s.limbs[i]))
	}
	if m.Sign() == 0 {
		return m, 0
	}
	zeros := m.TrailingZeroBits()
	return m.Rsh(m, zeros), int(zeros) + sumUnit
}

func (s *sum) rat() *big.Rat {
	m, e := s.odd()
	r := new(big.Rat).SetInt(m)
	if e < 0 {
		return r.SetFrac(m, new(big.Int).Lsh(big.NewInt(1), uint(-e)))
	}
	return r.SetInt(m.Lsh(m, uint(e)))
}

// text writes the sum exactly: a whole number, p and a power of two, so that 13p-2 is 3.25.
func (s *sum) text() string {
	m, e := s.odd()
	return m.String() + "p" + strconv.Itoa(e)
}

// parse reads what text wrote, and nothing else.
func (s *sum) parse(text string) bool {
	whole, power, _ := strings.Cut(text, "p")
	e, err := strconv.Atoi(power)
	m, ok := new(big.Int), len(whole) < 1400 // digits that a sum can have
	if ok {
		_, ok = m.SetString(whole, 10)
	}
	if !ok || err != nil || e < sumUnit || e-sumUnit+m.BitLen() > 32*(sumLimbs-1) {
		return false
	}
	*s = sum{}
	negative := m.Sign() < 0
	m.Lsh(m.Abs(m), uint(e-sumUnit))
	limb, mask := new(big.Int), big.NewInt(lowHalf)
	for i := 0; m.Sign() != 0; i++ {
		s.limbs[i] = limb.And(m, mask).Int64()
		if negative {
			s.limbs[i] = -s.limbs[i]
		}
		m.Rsh(m, 32)
	}
	s.adds = 1
	return s.text() == text
}
