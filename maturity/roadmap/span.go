package roadmap

import "math/big"

// A span is a range of values; the zero span is none.
type span struct{ min, max *big.Rat }

func spanOf(values []*big.Rat) (s span) {
	for _, x := range values {
		s = s.with(x)
	}
	return s
}

// with widens a span to a value.
func (s span) with(x *big.Rat) span {
	if s.min == nil {
		return span{x, x}
	}
	if x.Cmp(s.min) < 0 {
		s.min = x
	}
	if x.Cmp(s.max) > 0 {
		s.max = x
	}
	return s
}

func (s span) equal(t span) bool { return s.min.Cmp(t.min) == 0 && s.max.Cmp(t.max) == 0 }
func (s span) point() bool       { return s.min.Cmp(s.max) == 0 }

// ratios is the range of a ratio: from 0 to 1, and 1 alone where the range is a single point.
func (s span) ratios() *span {
	if s.point() {
		return &span{one, one}
	}
	return &span{zero, one}
}
