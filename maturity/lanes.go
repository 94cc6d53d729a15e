package maturity

import (
	"math"
	"slices"
)

// This file scores columns of any model, a block of assessments at a time, step by step. Of a node that comes to
// few different outcomes, each outcome has a number, its code: a block of codes is found by adding up, for each
// assessment, what the codes of all that the node reads contribute to the index of a table (code.go). What is in
// the table was worked out by the pipeline of a workspace, when it was first met. Where a table would be too
// large, as for means of means, values are whole numbers over a common denominator (ratio.go). A model or an
// assessment that fits neither goes through the pipeline of a Row.

const (
	laneBlock  = 4096 // assessments that are worked out at a time: what is known of them stays in the nearest cache
	hiddenByte = 253  // in a column as a group reads it: the question is hidden
	maxLanes   = 200  // children of a group
	maxCodes   = 1 << 14
)

// Lanes work out blocks of assessments.
type lanes struct {
	w       *workspace
	nodes   []laneNode
	steps   []laneStep
	checks  []laneCheck // by question
	hidden  [][]uint8   // by slot, of the block: 1 where the place is hidden
	odd     []uint8     // of the block: 1 for an assessment that only a row can score
	index   []uint32
	rest    []uint32
	weights []uint64
	counts  []uint64 // of medians and stages
	logs    []float64
	first   int // of the block in the batch
	n       int // of assessments in the block
	block   int
	most    int  // entries of a table
	dead    bool // the model cannot be scored in lanes, as it turned out
	loose   bool // a group is loose
}

// A laneNode holds what a node comes to in each assessment: a question its column, a group its code, or the
// value num / (denominator·weight).
type laneNode struct {
	column  []uint8 // question: of the block
	shown   []uint8 // question that may be hidden: memory for its column
	codes   []uint16
	cells   []laneCell // by code
	known   map[laneKey]uint16
	nums    []int64
	weights []int64   // 0: missing, -1: not applicable, -2: hidden
	levels  []int16   // where levels were worked out, and there is a value
	dens    []int64   // by block: the denominator; 0 for a block of codes, -1 for one of floats
	floats  []float64 // NaN for none
	loose   bool      // it is worked out by the pipeline, in each assessment, and kept as a float
	step    *laneStep // of a group
	counted bool      // its completeness is read
	ranged  bool      // its range is read
	moves   bool      // its range may be another than that with every child counting
	leveled bool      // its level is read
}

// A laneCell is an outcome.
type laneCell struct {
	cell
	span  span
	float float64
}

// A laneKey tells outcomes apart.
type laneKey struct {
	n, d, root                       int64
	level                            int16
	status                           status
	full                             bool
	answered, notApplicable, missing int32
	minN, minD, maxN, maxD           int64
}

// A laneStep works out a group, or whether a place is hidden.
type laneStep struct {
	*stepOf
	n     *node
	kids  []laneKid
	atoms []laneAtom
	reads []int32 // nodes
	slots []int32
	laneTable
	laneSum
	sums bool // values are numbers
}

// A laneKid is a child as its group reads it.
type laneKid struct {
	at    int32 // in Scorer.kids
	node  int32
	slot  int32      // of a reference's own visibility
	codes []int      // of a question; those of a group count from 0
	items []laneItem // beside codes
	adds  laneTable32
	ranks laneTable32   // for min and max: a bit
	count []laneTable64 // for medians: by word of counts; for stages: weights, and those met above them
	logs  laneTableOf[float64]
	terms []laneTerm
	shown []uint8 // of a reference that may be hidden: memory for what is seen
	hides []uint16
	stage int32 // counting from 0 in the order of stages
	room  int   // codes that a table has room for
	laneFactor
}

// A laneTableOf has what a child contributes, by code: of a question in bytes, of a group in words.
type laneTableOf[T laneWord] struct {
	bytes *[256]T
	words []T
	idle  bool // it is 0 for every code
}

type laneWord interface{ uint32 | uint64 | float64 }

type (
	laneTable32 = laneTableOf[uint32]
	laneTable64 = laneTableOf[uint64]
)

// set takes over what each code contributes.
func (t *laneTableOf[T]) set(codes []int, words []T) {
	t.words, t.idle = words, true
	if codes != nil && t.bytes == nil {
		t.bytes = new([256]T)
	}
	for at, word := range words {
		if t.idle = t.idle && word == 0; codes != nil {
			t.bytes[codes[at]] = word
		}
	}
}

// A laneItem is what a child with a code counts as.
type laneItem struct {
	item
	counts, none, failed bool
	shown, na            bool
}

// A laneAtom is a comparison in a condition, which reads another node or an answer.
type laneAtom struct {
	c     *condition
	node  int32
	slot  int32 // where it is the visibility of a place
	bit   uint32
	codes []int       // of a question
	adds  laneTable32 // the bit, by code, where it holds
	lanes []uint8     // whether it holds, where that is not found by codes
}

// A laneCheck finds bytes that are no answers, eight at a time.
type laneCheck struct {
	shift, limit uint64
	valid        *[256]bool // instead, for many options
}

// newLanes lays a model out for lanes, or returns nil where they cannot hold it.
func newLanes(w *workspace) *lanes {
	s := &w.s
	l := &lanes{w: w, most: maxTable, nodes: make([]laneNode, len(s.nodes)), hidden: make([][]uint8, s.slots), odd: make([]uint8, laneBlock),
		index: make([]uint32, laneBlock), rest: make([]uint32, laneBlock), weights: make([]uint64, laneBlock), counts: make([]uint64, laneBlock), logs: make([]float64, laneBlock)}
	for i := range l.hidden {
		l.hidden[i] = make([]uint8, laneBlock)
	}
	l.needs()
	for i := range s.questions {
		q := &s.questions[i]
		if len(q.points) > hiddenByte {
			return nil
		}
		if s.nodes[q.node].slot >= 0 {
			l.nodes[q.node].shown = make([]uint8, laneBlock)
		}
		l.checks = append(l.checks, newCheck(q))
	}
	for i := range s.steps {
		step := laneStep{stepOf: &s.steps[i]}
		switch {
		case step.node < 0:
			l.addAtoms(&step, step.when)
			if step.parent >= 0 {
				step.atoms = append(step.atoms, laneAtom{slot: step.parent, bit: 1 << len(step.atoms)})
				step.slots = append(step.slots, step.parent)
			}
		case s.nodes[step.node].question < 0:
			if !l.addGroup(&step) {
				return nil
			}
		default:
			continue
		}
		l.steps = append(l.steps, step)
	}
	for i := range l.steps {
		if step := &l.steps[i]; step.n != nil {
			l.nodes[step.node].step = step
		}
	}
	return l
}

// addGroup fills the step of a group, and is false for one that lanes cannot hold.
func (l *lanes) addGroup(step *laneStep) bool {
	s := &l.w.s
	n, ln := &s.nodes[step.node], &l.nodes[step.node]
	step.n = n
	moves := ln.ranged && ln.moves
	if n.last-n.first > maxLanes || ln.counted && n.shared || moves && n.slot >= 0 {
		return false
	}
	ln.known = map[laneKey]uint16{}
	ln.cells = append(ln.cells, laneCell{cell: cell{root: 1, full: true, level: -1, status: hidden}})
	ln.known[ln.cells[0].key()] = 0
	for j := n.first; j < n.last; j++ {
		k := &s.kids[j]
		if k.never && !ln.counted {
			continue
		}
		kid := laneKid{at: j, node: k.node, slot: k.slot}
		kn := &l.nodes[k.node]
		if k.slot >= 0 && kn.ranged && kn.moves {
			return false
		}
		if q := s.nodes[k.node].question; q >= 0 {
			kid.codes = l.codesOf(q, k.slot >= 0)
			if k.slot >= 0 {
				kid.shown = make([]uint8, laneBlock)
			}
		} else if k.slot >= 0 {
			kid.hides = make([]uint16, laneBlock)
		}
		if len(step.kids) > 0 && s.kids[step.kids[len(step.kids)-1].at].stage != k.stage {
			step.stages++
		}
		kid.stage = step.stages
		step.kids = append(step.kids, kid)
		step.reads = append(step.reads, k.node)
		if k.slot >= 0 {
			step.slots = append(step.slots, k.slot)
		}
		if k.met != nil && l.addAtoms(step, k.met) {
			step.mixed = true
		}
	}
	step.stages++
	for i := range n.adjust {
		l.addAtoms(step, n.adjust[i].when)
	}
	for i := range n.levels {
		l.addAtoms(step, n.levels[i].require)
	}
	return true
}

// codesOf are the bytes that a question's column may hold.
func (l *lanes) codesOf(q int32, mayHide bool) (codes []int) {
	s := &l.w.s
	for o := range s.questions[q].points {
		codes = append(codes, o)
	}
	if mayHide || s.nodes[s.questions[q].node].slot >= 0 {
		codes = append(codes, hiddenByte)
	}
	if !s.questions[q].forbid {
		codes = append(codes, 256+NoApply)
	}
	return append(codes, 256+NoAnswer)
}

// addAtoms notes what a condition reads besides its own node, and tells whether that is anything.
func (l *lanes) addAtoms(step *laneStep, c *condition) bool {
	if c == nil {
		return false
	}
	found := false
	for i := range c.parts {
		found = l.addAtoms(step, &c.parts[i]) || found
	}
	if c.parts != nil || c.op == measures && c.node < 0 {
		return found
	}
	node := c.node
	if c.op != measures {
		node = l.w.s.questions[c.question].node
	}
	a := laneAtom{c: c, node: node, slot: -1, bit: 1 << len(step.atoms)}
	if q := l.w.s.nodes[node].question; q >= 0 {
		a.codes = l.codesOf(q, false)
	}
	step.atoms = append(step.atoms, a)
	step.reads = append(step.reads, node)
	return true
}

// needs finds out whose completeness, ranges and levels are read, and whose ranges may move.
func (l *lanes) needs() {
	s := &l.w.s
	var visit func(c *condition, own int32)
	visit = func(c *condition, own int32) {
		if c == nil {
			return
		}
		for i := range c.parts {
			visit(&c.parts[i], own)
		}
		node := c.node
		if node < 0 {
			node = own
		}
		if c.op == measures {
			ln := &l.nodes[node]
			ln.counted = ln.counted || c.of == ofCompleteness
			ln.ranged = ln.ranged || c.of == ofRatio
			ln.leveled = ln.leveled || c.of == ofLevel
		}
	}
	for i := range s.steps {
		node := s.steps[i].node
		visit(s.steps[i].when, node)
		if node < 0 || s.nodes[node].question >= 0 {
			continue
		}
		n := &s.nodes[node]
		moves := !n.uniform
		for j := n.first; j < n.last; j++ {
			k := &s.kids[j]
			moves = moves || !k.never && l.nodes[k.node].moves
			visit(k.met, k.node)
		}
		for j := range n.adjust {
			visit(n.adjust[j].when, node)
		}
		for j := range n.levels {
			visit(n.levels[j].require, node)
			l.nodes[node].ranged = l.nodes[node].ranged || n.levels[j].ofRatio
		}
		l.nodes[node].ranged = l.nodes[node].ranged || n.rescale != nil
		l.nodes[node].moves = moves && n.rule.op != Share
	}
	for i := range slices.Backward(s.steps) {
		node := s.steps[i].node
		if node < 0 || s.nodes[node].question >= 0 {
			continue
		}
		n := &s.nodes[node]
		for j := n.first; j < n.last; j++ {
			k := &s.kids[j]
			kn := &l.nodes[k.node]
			kn.counted = kn.counted || l.nodes[node].counted
			kn.ranged = kn.ranged || n.ratio || l.nodes[node].ranged || k.met != nil ||
				k.missing == Lowest || k.missing == Highest || k.na == Lowest || k.na == Highest
		}
	}
}

func (c *laneCell) key() laneKey {
	return laneKey{c.value.n, c.value.d, c.root, c.level, c.status, c.full, c.answered, c.notApplicable, c.missing,
		c.span.min.n, c.span.min.d, c.span.max.n, c.span.max.d}
}

// grow makes room for n assessments.
func (l *lanes) grow(n int) {
	for i := range l.nodes {
		if ln := &l.nodes[i]; ln.cells != nil {
			ln.codes, ln.dens = make([]uint16, n), make([]int64, (n+laneBlock-1)/laneBlock)
			if ln.nums != nil {
				ln.room(n)
			}
			if ln.floats != nil {
				ln.floats, ln.levels = make([]float64, n), make([]int16, n)
			}
		}
	}
}

// room makes room for n numbers.
func (ln *laneNode) room(n int) {
	ln.nums, ln.weights, ln.levels = make([]int64, n), make([]int64, n), make([]int16, n)
}

// run works out a block of n assessments, from the first on. It marks those that a row must score as odd, and is
// false where that is all of them.
func (l *lanes) run(columns [][]uint8, first, n int) bool {
	l.first, l.n, l.block = first, n, first/laneBlock
	clear(l.odd)
	for i := range columns {
		c := columns[i][first : first+n]
		l.checks[i].run(c, l.odd)
		l.nodes[l.w.s.questions[i].node].column = c
	}
	for i := range l.steps {
		step := &l.steps[i]
		if step.n != nil {
			l.group(step)
		} else if l.dead = !l.visibility(step); l.dead {
			break
		}
	}
	if l.loose && !l.dead {
		for i := range n {
			if l.odd[i] == 0 {
				l.runLoose(i)
			}
		}
	}
	for i := range columns {
		l.nodes[l.w.s.questions[i].node].column = nil // it is the caller's
	}
	return !l.dead
}

// visibility works out whether a place is hidden.
func (l *lanes) visibility(step *laneStep) bool {
	if len(step.atoms) > maxAtoms || !l.findAtoms(step) {
		return false
	}
	if step.table == nil {
		step.newTable(1 << len(step.atoms))
	}
	index, out := l.index[:l.n], l.hidden[step.slot][:l.n]
	clear(index)
	l.addTruths(step, index)
	for i, x := range index {
		code := step.table[x]
		if code == unknown {
			if l.odd[i] != 0 {
				continue
			}
			l.load(step, i)
			l.w.step(step.stepOf)
			code = uint16(truth8(l.w.hidden[step.slot]))
			step.table[x] = code
		}
		out[i] = uint8(code)
	}
	if step.place.Ref == "" && l.nodes[step.place.node].shown != nil {
		ln := &l.nodes[step.place.node]
		ln.column = hide(ln.shown, ln.column, out)
	}
	return true
}

// hide is a column with what is hidden, in memory of its own. What is hidden is as good as random: so no branches.
func hide(memory, column, hidden []uint8) []uint8 {
	memory, hidden = memory[:len(column)], hidden[:len(column)]
	for i, c := range column {
		memory[i] = c&(hidden[i]-1) | hiddenByte&-hidden[i]
	}
	return memory
}

func truth8(is bool) uint8 {
	if is {
		return 1
	}
	return 0
}

// group works out a group, by codes or by numbers; or leaves it to the end of the block.
func (l *lanes) group(step *laneStep) {
	ln := &l.nodes[step.node]
	ln.loose = ln.loose || len(step.atoms) > maxAtoms || !l.findAtoms(step)
	if !ln.loose && !step.sums {
		if l.layOut(step) {
			ln.dens[l.block] = 0
			l.lookUp(step)
			return
		}
		step.sums = true
	}
	if summed := !ln.loose && l.sum(step); !summed {
		ln.loose = !l.retry(step)
		ln.dens[l.block], l.loose = -1, true
		if ln.floats == nil {
			ln.floats, ln.levels = make([]float64, len(ln.codes)), make([]int16, len(ln.codes))
		}
	}
}

// retry lets children that have codes be numbers from the next block on, whose weights can be crossed, and tells
// whether that changes anything.
func (l *lanes) retry(step *laneStep) bool {
	changed := false
	for i := range step.kids {
		if kid := l.nodes[step.kids[i].node].step; step.sums && kid != nil && !kid.sums && kid.n.rule.op == Mean && l.canSum(kid) {
			kid.sums, changed = true, true
		}
	}
	return changed
}

// runLoose works out the groups that were left, in one assessment.
func (l *lanes) runLoose(i int) {
	l.w.failed = false
	for j := range l.steps {
		step := &l.steps[j]
		if step.n == nil || l.nodes[step.node].dens[l.block] >= 0 {
			continue
		}
		l.load(step, i)
		if step.n.slot >= 0 {
			l.w.hidden[step.n.slot] = l.hidden[step.n.slot][i] != 0
		}
		l.w.group(step.node)
		ln, c := &l.nodes[step.node], &l.w.cells[step.node]
		ln.levels[l.first+i], ln.floats[l.first+i] = c.level, math.NaN()
		if c.status == scored {
			ln.floats[l.first+i] = valueFloat(c.value, c.root)
		}
	}
	l.odd[i] = truth8(l.w.failed)
}

// load puts all that a step reads of an assessment of the block into the workspace.
func (l *lanes) load(step *laneStep, i int) {
	for _, node := range step.reads {
		ln := &l.nodes[node]
		switch {
		case ln.cells == nil:
			l.put(node, int(ln.column[i]))
		case ln.dens[l.block] > 0:
			l.putNumber(node, i)
		case ln.dens[l.block] == 0:
			l.put(node, int(ln.codes[l.first+i]))
		}
	}
	for _, slot := range step.slots {
		l.w.hidden[slot] = l.hidden[slot][i] != 0
	}
}

// put puts a node into the workspace as its code says.
func (l *lanes) put(node int32, code int) {
	w, n := l.w, &l.w.s.nodes[node]
	if n.question < 0 {
		c := &l.nodes[node].cells[code]
		w.cells[node], w.spans[node] = c.cell, c.span
		return
	}
	q := &w.s.questions[n.question]
	a := answer{}
	switch {
	case code < len(q.points):
		a = answer{option: int32(code), state: answered, units: q.min + int64(code)*decimalUnit}
	case code == 256+NoApply:
		a.state = notApplicable
	}
	w.answers[n.question] = a
	if n.slot >= 0 {
		w.hidden[n.slot] = code == hiddenByte
	}
	w.question(node)
}

// code is the code of what the workspace holds of a group, and false where there are too many of them.
func (l *lanes) code(node int32) (uint16, bool) {
	n, ln := &l.w.s.nodes[node], &l.nodes[node]
	c := laneCell{cell: l.w.cells[node]}
	if !ln.counted {
		c.answered, c.notApplicable, c.missing = 0, 0, 0
	}
	if !ln.ranged {
		c.full = true
	} else if !c.full {
		if c.span = l.w.spans[node]; c.span.equal(n.full) {
			c.full, c.span = true, span{}
		} else {
			c.span = span{c.span.min.lowest(), c.span.max.lowest()}
		}
	}
	if c.status == scored {
		c.value = c.value.lowest()
		c.float = valueFloat(c.value, c.root)
	} else {
		c.value, c.root = rat{}, 1
	}
	if c.value.big != nil || c.span.min.big != nil || c.span.max.big != nil {
		return 0, false
	}
	key := c.key()
	code, ok := ln.known[key]
	if !ok && len(ln.cells) < maxCodes {
		code, ok = uint16(len(ln.cells)), true
		ln.known[key] = code
		ln.cells = append(ln.cells, c)
	}
	return code, ok
}

// value is the value of a group in an assessment of the batch, and false if it has none.
func (l *lanes) value(node, at int) (float64, bool) {
	ln := &l.nodes[node]
	switch den := ln.dens[at/laneBlock]; {
	case den < 0:
		f := ln.floats[at]
		if f != f {
			return 0, false
		}
		return f, true
	case den == 0:
		c := &ln.cells[ln.codes[at]]
		return c.float, c.status == scored
	}
	if w := ln.weights[at]; w > 0 {
		return float64(ln.nums[at]) / float64(ln.dens[at/laneBlock]*w), true
	}
	return 0, false
}

// level is the number of the level that a group has reached in an assessment of the batch, and -1 for none.
func (l *lanes) level(node, at int) int {
	ln := &l.nodes[node]
	switch den := ln.dens[at/laneBlock]; {
	case den < 0:
		return int(ln.levels[at])
	case den == 0:
		return int(ln.cells[ln.codes[at]].level)
	}
	return ln.levelOf(at)
}

// newCheck is the check of a question's column.
func newCheck(q *question) laneCheck {
	n := len(q.points)
	extra := 2 // NoAnswer, NoApply: 255 and 254 come to 1 and 0 when 2 is added
	if q.forbid {
		extra = 1
	}
	if n+extra <= 128 {
		return laneCheck{shift: uint64(extra) * ones, limit: uint64(128-n-extra) * ones}
	}
	c := laneCheck{valid: new([256]bool)}
	for o := range 256 {
		c.valid[o] = o < n || o >= 256-extra
	}
	return c
}

// run marks what is no answer as odd.
func (k *laneCheck) run(column, odd []uint8) {
	c := column
	if k.valid == nil {
		all := uint64(0)
		for ; len(c) >= 8; c = c[8:] {
			all |= k.over(word(c))
		}
		if all != 0 {
			c = column
		}
	}
	odd = odd[len(column)-len(c):]
	for i, x := range c {
		if k.valid != nil && !k.valid[x] || k.valid == nil && k.over(uint64(x))&0x80 != 0 {
			odd[i] = 1
		}
	}
}

// over has the high bits of bytes that are no answers.
func (k *laneCheck) over(x uint64) uint64 {
	x = ((x &^ highs) + k.shift) ^ (x & highs)
	return (x | ((x &^ highs) + k.limit)) & highs
}
