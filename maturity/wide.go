package maturity

// This file is the linear program of a row for columns of answers. A group of a few questions adds up in the
// bytes of a word, eight assessments at a time, or in halves of two bytes, or quarters of four where the groups
// above fit; else these add up in int64. Sums are the same whole numbers as those of a row, less an offset that keeps them from falling below 0:
// while a word adds up, a lane may borrow from the next, and in the end all lanes are in range and right.

const (
	ones  = 0x0101010101010101 // 1 in each of eight lanes
	highs = 0x8080808080808080
	evens = 0x00FF00FF00FF00FF // every second lane
	pairs = 0x0001000100010001 // 1 in each of four lanes
	fours = 0x000000FF000000FF // every fourth lane
	twos  = 0x0000000100000001 // 1 in each of two lanes
)

// A wide program scores columns. It holds the sums of one batch.
type wide struct {
	sums   []wideSum // by group, in document order
	order  []int32   // groups, each after those below it
	points [][]int64 // by question and option, times the denominator
}

// A wideSum is a group.
type wideSum struct {
	linearPart
	float  float64  // the denominator
	width  int      // of a lane in bytes: 1, 2 or 4, or 8 where sums are whole
	offset int64    // what is taken from every sum
	size   int64    // of lanes: the most that one can be
	start  uint64   // of lanes: what they begin from
	lanes  []uint64 // sums of eight in one word, or of four in each of two: those at even places, and at odd; or of two in each of four
	whole  []int64
	terms  []wideTerm
	kids   []wideKid
}

// A wideTerm adds the points of a question to lanes: times its option or, where points do not rise evenly, a step
// for every option from which on they differ. What falls wraps.
type wideTerm struct {
	question int32
	limit    uint64 // in each lane: what brings all beyond the last option to 128 and more
	times    uint64
	steps    []wideStep
	column   []uint8 // of the block
}

type wideStep struct{ from, times uint64 } // from in each lane

// A wideKid adds times the sum of a group, or the points of a question.
type wideKid struct {
	group    int32 // -1: a question
	question int32
	times    int64
}

// widen makes the wide program of a linear one.
func (l *linear) widen() *wide {
	w := &wide{points: l.points}
	group, question := make([]int32, len(l.parts)), make([]int32, len(l.parts)) // by node
	for q, node := range l.nodes {
		group[node], question[node] = -1, int32(q)
	}
	for node := range l.parts {
		if p := &l.parts[node]; p.last > p.first {
			group[node] = int32(len(w.sums))
			w.sums = append(w.sums, wideSum{linearPart: *p, float: float64(p.denominator)})
		}
	}
	for _, node := range l.groups {
		s := &w.sums[group[node]]
		w.order = append(w.order, group[node])
		for _, k := range l.kids[s.first:s.last] {
			s.kids = append(s.kids, wideKid{group[k.node], question[k.node], k.times})
		}
		if s.narrow(l.points); s.width == 8 {
			s.quarter(w.sums)
		}
	}
	return w
}

// narrow finds the terms of a group of questions whose sums fit into lanes.
func (s *wideSum) narrow(points [][]int64) {
	var terms []wideTerm
	low, high, zeros := int64(0), int64(0), int64(0)
	s.width = 8
	for _, k := range s.kids {
		if k.group != -1 || len(points[k.question]) > 128 {
			return
		}
		table := points[k.question]
		least, most, even := table[0], table[0], true
		for o, p := range table {
			least, most = min(least, p), max(most, p)
			even = even && p-table[0] == int64(o)*(table[min(1, len(table)-1)]-table[0])
		}
		low, high, zeros = low+k.times*least, high+k.times*most, zeros+k.times*table[0]
		t := wideTerm{question: k.question, limit: uint64(128-len(table)) * ones}
		for o := 1; o < len(table); o++ {
			switch step := uint64(k.times * (table[o] - table[o-1])); {
			case even:
				t.times = step
			case step != 0:
				t.steps = append(t.steps, wideStep{uint64(o) * ones, step})
			}
		}
		terms = append(terms, t)
	}
	switch {
	case high-low < 1<<8:
		s.width, s.start = 1, uint64(zeros-low)*ones
	case high-low < 1<<16:
		s.width, s.start = 2, uint64(zeros-low)*pairs
	default:
		return
	}
	s.terms, s.kids, s.offset, s.size = terms, nil, low, high-low
}

// quarter gives a group of groups lanes of four bytes, if its sums fit.
func (s *wideSum) quarter(sums []wideSum) {
	fits, most := true, int64(0)
	for _, k := range s.kids {
		if k.group == -1 {
			fits = false
			continue
		}
		kid := &sums[k.group]
		fits = fits && kid.width <= 2
		s.offset, most = s.offset+k.times*kid.offset, most+k.times*kid.size
	}
	if fits && most < 1<<32 {
		s.width, s.size = 4, most
	}
}

// grow makes room for words of eight sums of every group.
func (w *wide) grow(words int) {
	for g := range w.sums {
		if s := &w.sums[g]; s.width == 8 {
			s.whole = make([]int64, 8*words)
		} else {
			s.lanes = make([]uint64, s.width*words)
		}
	}
}

// score adds up a block of n assessments, from the first on, and marks in gaps those that have something else than
// an option of each question. The first is a multiple of eight.
func (w *wide) score(columns [][]uint8, first, n int, gaps []uint64) {
	from, to := first/8, (first+n+7)/8
	gaps = gaps[from:to]
	for _, g := range w.order {
		s := &w.sums[g]
		for i := range s.terms {
			s.terms[i].column = columns[s.terms[i].question][first : first+n]
		}
		switch s.width {
		case 1:
			s.bytes(s.lanes[from:to], n/8, gaps)
		case 2:
			s.halves(s.lanes[2*from:2*to], gaps)
		case 4:
			w.quarters(s, from, to)
		default:
			w.add(s, columns, first, n, gaps)
		}
		for i := range s.terms {
			s.terms[i].column = nil // it is the caller's
		}
	}
}

// word are the first eight bytes of a column.
func word(c []uint8) uint64 {
	_ = c[7]
	return uint64(c[0]) | uint64(c[1])<<8 | uint64(c[2])<<16 | uint64(c[3])<<24 |
		uint64(c[4])<<32 | uint64(c[5])<<40 | uint64(c[6])<<48 | uint64(c[7])<<56
}

// eight are the answers of the assessments from 8·j on; beyond the last they are 0.
func eight(column []uint8, j int) (x uint64) {
	if c := column[8*j:]; len(c) >= 8 {
		return word(c)
	}
	for i, o := range column[8*j:] {
		x |= uint64(o) << (8 * i)
	}
	return x
}

// bytes adds up assessments, eight in a word. So many words are full.
func (s *wideSum) bytes(lanes []uint64, full int, gaps []uint64) {
	for j := range lanes {
		lanes[j] = s.start
	}
	terms := s.terms
	for len(terms) > 0 {
		even := 0
		for even < min(len(terms), 5) && terms[even].steps == nil {
			even++
		}
		switch even {
		case 5:
			five(lanes[:full], gaps, (*[5]wideTerm)(terms))
		case 0:
			terms[0].add(lanes[:full], 0, gaps)
			even = 1
		default:
			even = 1
			single(lanes[:full], gaps, &terms[0])
		}
		for i := range even {
			terms[i].add(lanes, full, gaps)
		}
		terms = terms[even:]
	}
}

// single adds a question.
func single(lanes, gaps []uint64, t *wideTerm) {
	column, times, limit := t.column, t.times, t.limit
	for j := range lanes {
		x := word(column[8*j : 8*j+8])
		if (x|(x+limit))&highs != 0 { // a lane beyond the last option would spill into the next
			x = t.given(j, gaps)
		}
		lanes[j] += x * times
	}
}

// five adds five questions.
func five(lanes, gaps []uint64, t *[5]wideTerm) {
	a, b, c, d, e := t[0].column, t[1].column, t[2].column, t[3].column, t[4].column
	for j := range lanes {
		o := 8 * j
		x, y, z, v, w := word(a[o:o+8]), word(b[o:o+8]), word(c[o:o+8]), word(d[o:o+8]), word(e[o:o+8])
		if (x|(x+t[0].limit)|y|(y+t[1].limit)|z|(z+t[2].limit)|v|(v+t[3].limit)|w|(w+t[4].limit))&highs != 0 {
			x, y, z, v, w = t[0].given(j, gaps), t[1].given(j, gaps), t[2].given(j, gaps), t[3].given(j, gaps), t[4].given(j, gaps)
		}
		lanes[j] += x*t[0].times + y*t[1].times + z*t[2].times + v*t[3].times + w*t[4].times
	}
}

// add adds a question, from a word on.
func (t *wideTerm) add(lanes []uint64, from int, gaps []uint64) {
	for j := from; j < len(lanes); j++ {
		x := t.given(j, gaps)
		lanes[j] += x * t.times
		for _, step := range t.steps {
			lanes[j] += ((x | highs) - step.from) >> 7 & ones * step.times
		}
	}
}

// given are the answers of eight assessments; those that are no options are marked in gaps, and 0.
func (t *wideTerm) given(j int, gaps []uint64) uint64 {
	x := eight(t.column, j)
	if over := (x | (x + t.limit)) & highs; over != 0 {
		gaps[j] |= over
		x &^= over >> 7 * 0xFF
	}
	return x
}

// halves adds up assessments, four in a word.
func (s *wideSum) halves(lanes, gaps []uint64) {
	for j := range gaps {
		even, odd := s.start, s.start
		for i := range s.terms {
			t := &s.terms[i]
			x := t.given(j, gaps)
			even += (x & evens) * t.times
			odd += (x >> 8 & evens) * t.times
			for _, step := range t.steps {
				over := ((x | highs) - step.from) >> 7 & ones
				even += (over & evens) * step.times
				odd += (over >> 8 & evens) * step.times
			}
		}
		lanes[2*j], lanes[2*j+1] = even, odd
	}
}

// quarters adds up groups, two assessments in a word.
func (w *wide) quarters(s *wideSum, from, to int) {
	lanes := s.lanes[4*from : 4*to]
	clear(lanes)
	for _, k := range s.kids {
		kid, times := &w.sums[k.group], uint64(k.times)
		if kid.width == 1 {
			for j, x := range kid.lanes[from:to] {
				to := lanes[4*j : 4*j+4]
				to[0] += (x & fours) * times
				to[1] += (x >> 8 & fours) * times
				to[2] += (x >> 16 & fours) * times
				to[3] += (x >> 24 & fours) * times
			}
			continue
		}
		for j, x := range kid.lanes[2*from : 2*to] { // those at 0, 2, 4, 6, then those at 1, 3, 5, 7
			to := lanes[j/2*4+j%2:]
			to[0] += (x & (twos * 0xFFFF)) * times
			to[2] += (x >> 16 & (twos * 0xFFFF)) * times
		}
	}
}

// add adds up assessments in whole numbers.
func (w *wide) add(s *wideSum, columns [][]uint8, first, n int, gaps []uint64) {
	from, to := first/8, first/8+len(gaps)
	whole := s.whole[8*from : 8*to]
	clear(whole)
	for _, k := range s.kids {
		if k.group == -1 {
			points := w.points[k.question]
			for i, o := range columns[k.question][first : first+n] {
				if int(o) < len(points) {
					whole[i] += k.times * points[o]
				} else {
					gaps[i/8] |= 0x80 << (i % 8 * 8)
				}
			}
			continue
		}
		kid, times := &w.sums[k.group], k.times
		switch kid.width {
		case 1:
			for j, x := range kid.lanes[from:to] {
				to := whole[8*j : 8*j+8]
				to[0] += times * int64(x&0xFF)
				to[1] += times * int64(x>>8&0xFF)
				to[2] += times * int64(x>>16&0xFF)
				to[3] += times * int64(x>>24&0xFF)
				to[4] += times * int64(x>>32&0xFF)
				to[5] += times * int64(x>>40&0xFF)
				to[6] += times * int64(x>>48&0xFF)
				to[7] += times * int64(x>>56)
			}
		case 2:
			for j, x := range kid.lanes[2*from : 2*to] {
				to := whole[j/2*8+j%2:]
				to[0] += times * int64(x&0xFFFF)
				to[2] += times * int64(x>>16&0xFFFF)
				to[4] += times * int64(x>>32&0xFFFF)
				to[6] += times * int64(x>>48)
			}
		case 4:
			for j, x := range kid.lanes[4*from : 4*to] {
				to := whole[j/4*8+j%4:]
				to[0] += times * int64(x&0xFFFFFFFF)
				to[4] += times * int64(x>>32)
			}
		default:
			for i, x := range kid.whole[8*from : 8*to] {
				whole[i] += times * x
			}
		}
	}
}

// at is the sum of a group in one assessment.
func (s *wideSum) at(i int) int64 {
	switch s.width {
	case 8:
		return s.offset + s.whole[i]
	case 4:
		return s.offset + int64(s.lanes[i/8*4+i%4]>>(i%8/4*32)&0xFFFFFFFF)
	case 2:
		return s.offset + int64(s.lanes[i/8*2+i%2]>>(i%8/2*16)&0xFFFF)
	default:
		return s.offset + int64(s.lanes[i/8]>>(i%8*8)&0xFF)
	}
}
