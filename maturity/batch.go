package maturity

import (
	"errors"
	"math"
	"math/bits"
	"slices"
	"strconv"
)

// A Batch scores many assessments at a time, whose answers lie in columns: for each question, in the order of
// Scorer.Questions, a byte an assessment. It gives the values and levels of groups, the same as Score does; for
// those of questions, ranges, blockers and reasons, score an Assessment. Get one from Scorer.Batch. It is used
// by one goroutine at a time, and takes no memory while batches grow no longer, but where it meets an outcome for the
// first time, and where the pipeline does: for exact values too large for 62 bits.
//
// Where every group is a mean of values, and every answer given, eight assessments are scored in one word
// (wide.go). Else assessments are scored in lanes (lanes.go); what fits neither goes through the pipeline of a Row.
type Batch struct {
	row    *Row
	wide   *wide  // nil where the model has no linear program
	lanes  *lanes // nil where lanes cannot hold the model
	spared int    // blocks for which the wide program is not asked
	n      int
	gaps   []uint64  // by eight assessments: the high bits of those that the wide program cannot score
	state  []uint8   // by assessment: byWide, byLanes, byRow, or refused
	values []float64 // by assessment and node, of those by row: NaN for none
	levels []int16   // beside values
	errs   []*RowError
	option []int16
	groups []int32 // nodes
	place  []int32 // by node: its place among groups; -1 for a question
}

const (
	byWide = iota
	byLanes
	byRow
	refused
)

// A RowError says why one assessment of a batch has no outcome: ErrRow, or an *InvalidError with the questions
// missing under the policy error.
type RowError struct {
	Row int // from 0
	Err error
}

// Error returns the number of the assessment and what is wrong with it.
func (e *RowError) Error() string { return "row " + strconv.Itoa(e.Row) + ": " + e.Err.Error() }

// Unwrap returns what is wrong.
func (e *RowError) Unwrap() error { return e.Err }

const maxByteOption = 253 // 254 and 255 are NoApply and NoAnswer as bytes

// Batch returns a Batch of the model. The error says that the model has a checklist or a number, whose answers
// are no numbers of options, or a question with more than 254 options.
func (s *Scorer) Batch() (*Batch, error) {
	r, err := s.Row()
	if err != nil {
		return nil, err
	}
	b := &Batch{row: r, option: make([]int16, len(s.questions)), place: make([]int32, len(s.nodes))}
	for i := range s.questions {
		if len(s.questions[i].points) > maxByteOption+1 {
			return nil, errors.New("maturity: the question " + quote(s.asked[i]) + " has more than 254 options, which a byte cannot hold")
		}
	}
	for i := range s.nodes {
		b.place[i] = -1
		if s.nodes[i].question < 0 {
			b.place[i] = int32(len(b.groups))
			b.groups = append(b.groups, int32(i))
		}
	}
	if r.linear != nil {
		b.wide = r.linear.widen()
	}
	b.lanes = newLanes(r.w)
	return b, nil
}

// Score scores the assessments of columns of one length. A byte is the number of an option as in Row.Score; 255
// stands for NoAnswer and 254 for NoApply, which are -1 and -2 as bytes. The error is ErrRow, where there are not
// as many columns as questions or they differ in length; what is wrong with one assessment is in Errors.
func (b *Batch) Score(columns [][]uint8) error {
	b.n, b.errs = 0, b.errs[:0]
	if len(columns) != len(b.option) {
		return ErrRow
	}
	n := 0
	for i, c := range columns {
		if i == 0 {
			n = len(c)
		}
		if len(c) != n {
			return ErrRow
		}
	}
	b.n = n
	words := (n + 7) / 8
	if cap(b.state) < n {
		b.state, b.gaps = make([]uint8, n), make([]uint64, words)
		if b.wide != nil {
			b.wide.grow(words)
		}
		if b.lanes != nil {
			b.lanes.grow(n)
		}
	}
	b.state, b.gaps = b.state[:n], b.gaps[:words]
	clear(b.state)
	clear(b.gaps)
	for first := 0; first < n; first += laneBlock {
		b.scoreBlock(columns, first, min(laneBlock, n-first))
	}
	return nil
}

// few is how many assessments of a block are worth no lanes.
const few = 8

// scoreBlock scores a block: by the wide program, and by lanes what that cannot score. Where there were gaps, there
// will be: for a while, the wide program is not even asked.
func (b *Batch) scoreBlock(columns [][]uint8, first, n int) {
	wide, gaps := b.wide != nil && (b.spared == 0 || b.lanes == nil || b.lanes.dead), n
	if wide {
		b.wide.score(columns, first, n, b.gaps)
		gaps = 0
		for _, x := range b.gaps[first/8 : (first+n+7)/8] {
			gaps += bits.OnesCount64(x & highs)
		}
		if gaps == 0 {
			return
		}
		if gaps > few {
			b.spared = 32
		}
	} else {
		b.spared = max(b.spared-1, 0)
	}
	lanes := gaps > few && b.lanes != nil && !b.lanes.dead && b.lanes.run(columns, first, n)
	for i := first; i < first+n; i++ {
		switch {
		case wide && b.gaps[i/8]>>(i%8*8)&0x80 == 0:
		case lanes && b.lanes.odd[i-first] == 0:
			b.state[i] = byLanes
		default:
			b.scoreRow(columns, i)
		}
	}
}

// scoreRow takes one assessment through the pipeline.
func (b *Batch) scoreRow(columns [][]uint8, i int) {
	for q, c := range columns {
		if b.option[q] = int16(c[i]); c[i] > maxByteOption {
			b.option[q] = int16(int8(c[i]))
		}
	}
	if err := b.row.run(b.option); err != nil {
		b.state[i] = refused
		b.errs = append(b.errs, &RowError{i, err})
		return
	}
	b.state[i] = byRow
	need := b.n * len(b.groups)
	b.values, b.levels = slices.Grow(b.values[:0], need)[:need], slices.Grow(b.levels[:0], need)[:need]
	at := i * len(b.groups)
	values, levels := b.values[at:at+len(b.groups)], b.levels[at:at+len(b.groups)]
	for g, node := range b.groups {
		c := &b.row.w.cells[node]
		values[g], levels[g] = math.NaN(), c.level
		if c.status == scored {
			values[g] = valueFloat(c.value, c.root)
		}
	}
}

// Errors returns why assessments of the last batch have no outcome, in their order. It is valid until the next.
func (b *Batch) Errors() []*RowError { return b.errs }

// Value returns the value of the group with an index, as Scorer.Index counts, in one assessment of the last
// batch, counted from 0; and false if it has none or there is no such group or assessment.
func (b *Batch) Value(node, assessment int) (float64, bool) {
	g := b.group(node, assessment)
	if g < 0 {
		return 0, false
	}
	if b.state[assessment] == byWide {
		s := &b.wide.sums[g]
		return float64(s.at(assessment)) / s.float, true
	}
	if b.state[assessment] == byLanes {
		return b.lanes.value(node, assessment)
	}
	value := b.values[assessment*len(b.groups)+g]
	if math.IsNaN(value) {
		return 0, false
	}
	return value, true
}

// Level returns the number of the level, from 0, that the group with an index has reached in one assessment of
// the last batch, and -1 for none.
func (b *Batch) Level(node, assessment int) int {
	g := b.group(node, assessment)
	if g < 0 {
		return -1
	}
	if b.state[assessment] == byWide {
		s := &b.wide.sums[g]
		return s.level(s.at(assessment))
	}
	if b.state[assessment] == byLanes {
		return b.lanes.level(node, assessment)
	}
	return int(b.levels[assessment*len(b.groups)+g])
}

// group is the place of a group that has an outcome, and -1 where there is none.
func (b *Batch) group(node, assessment int) int {
	if uint(node) >= uint(len(b.place)) || uint(assessment) >= uint(b.n) || b.state[assessment] == refused {
		return -1
	}
	return int(b.place[node])
}
