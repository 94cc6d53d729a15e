package cohort

import (
	"cmp"
	"math"
	"slices"
	"sort"
)

// MaxBins is how many different values a Sketch keeps of a node. With more, values go into bins.
const MaxBins = 1024

// A histogram counts values. It is exact while there are at most MaxBins different ones. Then values are
// rounded down to multiples of a width, the smallest power of two for which MaxBins are enough. That makes the
// histogram a function of the values alone, whatever their order and however they were merged: a bin of one
// width lies inside one bin of twice that, so the smallest width that does for a part is never above that for
// the whole.
//
// Its sums are exact always. While the values are, the sums follow from them and are not kept.
type histogram struct {
	width float64 // 0 while exact
	bins  []bin   // rising
	last  int     // where the last value went
	kept  *sums   // nil while exact
}

// sums are those of values, and of their squares.
type sums struct{ values, squares sum }

func (s *sums) add(x float64, n int64) {
	s.values.add(x, n)
	s.squares.addSquare(x, n)
}

// sums returns the sums; they must not be changed.
func (h *histogram) sums() *sums {
	if h.kept != nil {
		return h.kept
	}
	s := new(sums)
	for _, b := range h.bins {
		s.add(b.value, b.n)
	}
	return s
}

type bin struct {
	value float64 // a value, or the lower end of [value, value+width)
	n     int64
}

// floor is the largest multiple of a width, a power of two, that is not above x. It is exact: nothing but
// low bits of x are cut.
func floor(x, width float64) float64 {
	switch {
	case width == 0:
		return x
	case x >= 0 && x < width:
		return 0
	case x < 0 && x >= -width:
		return -width
	}
	m, e := math.Frexp(x)
	_, w := math.Frexp(width)
	if e-w+1 > 53 {
		return x // a multiple already
	}
	return math.Ldexp(math.Floor(math.Ldexp(m, e-w+1)), w-1)
}

func (h *histogram) add(x float64) {
	if h.kept != nil {
		h.kept.add(x, 1)
		x = floor(x, h.width)
	}
	if h.last < len(h.bins) && h.bins[h.last].value == x {
		h.bins[h.last].n++
		return
	}
	i := sort.Search(len(h.bins), func(i int) bool { return h.bins[i].value >= x })
	if h.last = i; i < len(h.bins) && h.bins[i].value == x {
		h.bins[i].n++
		return
	}
	h.bins = slices.Insert(h.bins, i, bin{x, 1})
	h.fit()
}

// fit takes the smallest width for which there is room.
func (h *histogram) fit() {
	if len(h.bins) <= MaxBins {
		return
	}
	const lowest, highest = -1074, 1023
	e := lowest + sort.Search(highest-lowest, func(i int) bool {
		return h.distinct(math.Ldexp(1, lowest+i)) <= MaxBins
	})
	h.coarsen(math.Ldexp(1, e))
}

// distinct counts the bins that would be left with another width.
func (h *histogram) distinct(width float64) int {
	count, before := 0, math.NaN()
	for _, b := range h.bins {
		if x := floor(b.value, width); x != before {
			count, before = count+1, x
		}
	}
	return count
}

func (h *histogram) coarsen(width float64) {
	if width <= h.width {
		return
	}
	h.kept = h.sums()
	h.width, h.last = width, 0
	kept := h.bins[:0]
	for _, b := range h.bins {
		b.value = floor(b.value, width)
		if last := len(kept) - 1; last >= 0 && kept[last].value == b.value {
			kept[last].n += b.n
		} else {
			kept = append(kept, b)
		}
	}
	h.bins = kept
}

func (h *histogram) merge(o *histogram) {
	if len(o.bins) == 0 {
		return
	}
	if h.coarsen(o.width); h.kept != nil {
		other := o.sums()
		h.kept.values.merge(&other.values)
		h.kept.squares.merge(&other.squares)
	}
	merged := make([]bin, 0, len(h.bins)+len(o.bins))
	rest := h.bins
	for _, b := range o.bins {
		b.value = floor(b.value, h.width)
		i, _ := slices.BinarySearchFunc(rest, b.value, func(b bin, x float64) int { return cmp.Compare(b.value, x) })
		merged, rest = append(merged, rest[:i]...), rest[i:]
		if len(rest) > 0 && rest[0].value == b.value {
			b.n, rest = b.n+rest[0].n, rest[1:]
		}
		if last := len(merged) - 1; last >= 0 && merged[last].value == b.value {
			merged[last].n += b.n
		} else {
			merged = append(merged, b)
		}
	}
	h.bins, h.last = append(merged, rest...), 0
	h.fit()
}

// at is the value of rank i, from 0; of a bin, its middle.
func (h *histogram) at(i int64) float64 {
	for _, b := range h.bins {
		if i -= b.n; i < 0 {
			return b.value + float64(h.width/2) // not fused
		}
	}
	return 0
}
