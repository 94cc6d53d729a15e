package maturity

import (
	"math/bits"
	"slices"
)

// This file finds codes by tables. The index of a table is a sum over the children, of what each contributes
// with the code that it has. Where there are few combinations of codes, every combination has an index of its
// own. Else the sums that the aggregate needs have one, digit by digit: that of w·x and that of w, say.

const (
	unknown  = 0xFFFF  // in a table
	maxTable = 1 << 17 // entries
	special  = 1 << 24 // contributed where a table cannot tell the outcome: then nothing is kept
	maxAtoms = 12
	maxRanks = 32
)

// A laneTable finds codes.
type laneTable struct {
	table  []uint16
	seen   int    // codes and denominators of children, when it was laid out
	mixed  bool   // a met test reads more than its child
	zero   uint32 // the index is below this where nothing counts
	ranks  int    // for min, max and median: how many ranks values have, and 1; 0 where the index is but a sum
	stages int32
	top    uint32  // the last stage
	lowest float64 // for geometric means: what ranks count from
}

func (t *laneTable) newTable(size int) {
	t.table = make([]uint16, size)
	for i := range t.table {
		t.table[i] = unknown
	}
}

// lookUp finds the codes of a group in a block.
func (l *lanes) lookUp(step *laneStep) {
	ln, index := &l.nodes[step.node], l.index[:l.n]
	clear(index)
	l.addTruths(step, index)
	l.addKids(step, index)
	if step.ranks > 0 {
		l.addRanks(step, index)
	}
	codes := ln.codes[l.first : l.first+l.n]
	for i, x := range index {
		if x >= step.zero && int(x) < len(step.table) {
			if c := step.table[x]; c != unknown {
				codes[i] = c
				continue
			}
		}
		codes[i] = l.outcome(step, i, x)
	}
	if step.n.slot >= 0 {
		for i, h := range l.hidden[step.n.slot][:len(codes)] {
			codes[i] &= uint16(h) - 1
		}
	}
}

// outcome works an outcome out by the pipeline, and keeps it in the table.
func (l *lanes) outcome(step *laneStep, i int, x uint32) uint16 {
	if !l.pipeline(step, i) {
		return 0
	}
	code, ok := l.code(step.node)
	if !ok {
		l.odd[i] = 1
		return 0
	}
	if x >= step.zero && int(x) < len(step.table) {
		step.table[x] = code
	}
	return code
}

// pipeline works a group out in the workspace, if the assessment is none for a row, and the group not hidden.
func (l *lanes) pipeline(step *laneStep, i int) bool {
	if l.odd[i] != 0 || step.n.slot >= 0 && l.hidden[step.n.slot][i] != 0 {
		return false
	}
	l.load(step, i)
	if step.n.slot >= 0 {
		l.w.hidden[step.n.slot] = false
	}
	l.w.failed = false
	if l.w.group(step.node); l.w.failed {
		l.odd[i] = 1
	}
	return !l.w.failed
}

// addTruths adds the bits of atoms that hold.
func (l *lanes) addTruths(step *laneStep, index []uint32) {
	var four lanesOf4[uint32]
	for j := range step.atoms {
		a := &step.atoms[j]
		switch {
		case a.lanes != nil:
			for i, holds := range a.lanes[:len(index)] {
				index[i] += uint32(holds) * a.bit
			}
		case a.adds.idle:
		case a.codes == nil:
			addCodes(index, l.nodes[a.node].codes[l.first:l.first+l.n], a.adds.words)
		case four.take(l.nodes[a.node].column, a.adds.bytes):
			four.add(index)
		}
	}
	four.rest(index)
}

// addKids adds what children contribute.
func (l *lanes) addKids(step *laneStep, index []uint32) {
	var four lanesOf4[uint32]
	for j := range step.kids {
		addTable(l, &step.kids[j], &step.kids[j].adds, &four, index)
	}
	four.rest(index)
}

// addTable adds what a child contributes by a table; columns of questions wait until there are four.
func addTable[T laneWord](l *lanes, k *laneKid, t *laneTableOf[T], four *lanesOf4[T], index []T) {
	switch {
	case t.idle:
	case k.codes == nil:
		addCodes(index, l.codesAt(k), t.words)
	case four.take(l.columnAt(k), t.bytes):
		four.add(index)
	}
}

// lanesOf4 are columns that are added in one go.
type lanesOf4[T laneWord] struct {
	columns [4][]uint8
	tables  [4]*[256]T
	n       int
}

// take takes a column, and tells whether there are four.
func (f *lanesOf4[T]) take(column []uint8, table *[256]T) bool {
	f.columns[f.n], f.tables[f.n] = column, table
	f.n = (f.n + 1) % 4
	return f.n == 0
}

func (f *lanesOf4[T]) add(index []T) {
	n := len(index)
	a, b, c, d := f.columns[0][:n], f.columns[1][:n], f.columns[2][:n], f.columns[3][:n]
	ta, tb, tc, td := f.tables[0], f.tables[1], f.tables[2], f.tables[3]
	for i := range index {
		index[i] += ta[a[i]] + tb[b[i]] + tc[c[i]] + td[d[i]]
	}
}

// rest adds those that are not yet added.
func (f *lanesOf4[T]) rest(index []T) {
	for j := range f.n {
		table := f.tables[j]
		for i, c := range f.columns[j][:len(index)] {
			index[i] += table[c]
		}
	}
}

func addCodes[T laneWord](index []T, codes []uint16, words []T) {
	index = index[:len(codes)]
	for i, c := range codes {
		index[i] += words[c]
	}
}

// columnAt is the column of a question as a group reads it.
func (l *lanes) columnAt(k *laneKid) []uint8 {
	column := l.nodes[k.node].column
	if k.slot < 0 {
		return column
	}
	return hide(k.shown, column, l.hidden[k.slot])
}

// codesAt are the codes of a group as another reads it.
func (l *lanes) codesAt(k *laneKid) []uint16 {
	codes := l.nodes[k.node].codes[l.first : l.first+l.n]
	if k.slot < 0 {
		return codes
	}
	seen := k.hides[:len(codes)]
	for i, h := range l.hidden[k.slot][:len(seen)] {
		seen[i] = codes[i] & (uint16(h) - 1) // 0 is hidden
	}
	return seen
}

// rank prepares what finds a rank, and returns how many ranks there are; or 0 for too many, or none.
func (t *laneStep) rank() int {
	switch t.n.rule.op {
	case Staged:
		return t.rankStages()
	case Geometric:
		return t.rankLogs()
	}
	return t.rankValues()
}

// rankValues orders what children count as, best first where the highest is sought.
func (t *laneStep) rankValues() int {
	order := rat.cmp
	if t.n.rule.op == Max {
		order = func(x, y rat) int { return y.cmp(x) }
	}
	var values []rat
	for i := range t.kids {
		for j := range t.kids[i].items {
			if it := &t.kids[i].items[j]; it.counts {
				at, found := slices.BinarySearchFunc(values, it.x, order)
				if !found {
					values = slices.Insert(values, at, it.x)
				}
				if len(values) > maxRanks {
					return 0
				}
			}
		}
	}
	for i := range t.kids {
		k := &t.kids[i]
		bits, counts := make([]uint32, len(k.items)), make([][]uint64, (len(values)+7)/8)
		for word := range counts {
			counts[word] = make([]uint64, len(k.items))
		}
		for j := range k.items {
			if it := &k.items[j]; it.counts {
				rank, _ := slices.BinarySearchFunc(values, it.x, order)
				bits[j] = 1 << rank
				counts[rank/8][j] = 1 << (rank % 8 * 8)
			}
		}
		k.ranks.set(k.codes, bits)
		for word := range counts {
			if word == len(k.count) {
				k.count = append(k.count, laneTable64{})
			}
			k.count[word].set(k.codes, counts[word])
		}
	}
	return len(values)
}

// addRanks makes an index of a sum and the rank of the value; one beyond the table where nothing counts.
func (l *lanes) addRanks(step *laneStep, index []uint32) {
	ranks := uint32(step.ranks)
	switch step.n.rule.op {
	case Median:
		l.medians(step)
		ranks *= ranks
	case Staged:
		l.stages(step)
	case Geometric:
		l.logMeans(step)
	default:
		l.extremes(step)
	}
	size := uint32(len(step.table))
	for i, rank := range l.rest[:len(index)] {
		if sum := index[i]; sum < size && rank < ranks {
			index[i] = rank + ranks*sum
		} else {
			index[i] = size
		}
	}
}

// extremes finds the first rank, by a bit for each that there is.
func (l *lanes) extremes(step *laneStep) {
	rest := l.rest[:l.n]
	clear(rest)
	var two [2][]uint8
	var tables [2]*[256]uint32
	found := 0
	for j := range step.kids {
		k := &step.kids[j]
		switch {
		case k.ranks.idle:
		case k.codes == nil:
			for i, c := range l.codesAt(k) {
				rest[i] |= k.ranks.words[c]
			}
		default:
			two[found], tables[found] = l.columnAt(k), k.ranks.bytes
			if found = 1 - found; found == 0 {
				a, b, ta, tb := two[0][:len(rest)], two[1][:len(rest)], tables[0], tables[1]
				for i := range rest {
					rest[i] |= ta[a[i]] | tb[b[i]]
				}
			}
		}
	}
	if found == 1 {
		for i, c := range two[0] {
			rest[i] |= tables[0][c]
		}
	}
	for i, x := range rest {
		rest[i] = uint32(bits.TrailingZeros32(x)) // 32 if nothing counts
	}
}

// medians finds the ranks of the two in the middle, or that of the one twice. It counts the ranks, eight in a
// word: of maxLanes children no count reaches the next byte (nor would one of 255).
func (l *lanes) medians(step *laneStep) {
	words := (step.ranks + 7) / 8
	if len(l.counts) < words*laneBlock {
		l.counts = make([]uint64, words*laneBlock)
	}
	for word := range words {
		counts := l.counts[word*laneBlock:][:l.n]
		clear(counts)
		var four lanesOf4[uint64]
		for j := range step.kids {
			addTable(l, &step.kids[j], &step.kids[j].count[word], &four, counts)
		}
		four.rest(counts)
	}
	for i := range l.rest[:l.n] {
		total, low, high, before := uint64(0), uint64(0), uint64(0), uint64(0)
		for word := range words {
			total += l.counts[word*laneBlock+i] * ones >> 56
		}
		first, second := max(total, 1)-1, total // twice the places in the middle, in order
		for word := range words {
			sums := (l.counts[word*laneBlock+i] + before) * ones // of each rank and those below it
			low += ((first/2*ones | highs) - sums) & highs >> 7 * ones >> 56
			high += ((second/2*ones | highs) - sums) & highs >> 7 * ones >> 56
			before = sums >> 56
		}
		if l.rest[i] = uint32(low)*uint32(step.ranks) + uint32(high); total == 0 {
			l.rest[i] = ^uint32(0)
		}
	}
}

// findAtoms finds out, for each code of what the atoms of a step read, or for each assessment of the block,
// whether they hold.
func (l *lanes) findAtoms(step *laneStep) bool {
	for i := range step.atoms {
		a := &step.atoms[i]
		if a.c == nil { // the visibility of a place
			a.lanes = l.hidden[a.slot]
			continue
		}
		ln := &l.nodes[a.node]
		if ln.cells != nil && ln.dens[l.block] != 0 {
			if ln.dens[l.block] < 0 {
				return false
			}
			if a.lanes == nil {
				a.lanes = make([]uint8, laneBlock)
			}
			if !l.compare(a) {
				return false
			}
			continue
		}
		count := max(len(ln.cells), len(a.codes))
		if len(a.adds.words) == count {
			continue
		}
		words := a.adds.words
		for at := len(words); at < count; at++ {
			code := at
			if a.codes != nil {
				code = a.codes[at]
			}
			l.put(a.node, code)
			words = append(words, a.bit*uint32(truth8(l.w.holds(a.c, asIs, nil, nil).must)))
		}
		a.adds.set(a.codes, words)
	}
	return true
}

// findItems finds what the children of a group count as, with each code that they have had, and is false where
// nothing is new.
func (l *lanes) findItems(step *laneStep) bool {
	seen := 1
	for i := range step.kids {
		kn := &l.nodes[step.kids[i].node]
		if seen += len(kn.cells); kn.step != nil {
			seen += kn.step.changes
		}
	}
	if seen == step.seen {
		return false
	}
	step.seen = seen
	for i := range step.kids {
		k := &step.kids[i]
		count := len(k.codes)
		if k.codes == nil {
			count = len(l.nodes[k.node].cells)
		}
		for at := len(k.items); at < count; at++ {
			code := at
			if k.codes != nil {
				code = k.codes[at]
			}
			if k.slot >= 0 {
				l.w.hidden[k.slot] = k.codes != nil && code == hiddenByte || k.codes == nil && code == 0
			}
			l.put(k.node, code)
			k.items = append(k.items, l.item(step.n, k.at))
		}
	}
	return true
}

// item is what a child in the workspace counts as: the group is looked at as if it had no other.
func (l *lanes) item(n *node, at int32) (it laneItem) {
	alone, c := *n, cell{}
	alone.first, alone.last = at, at+1
	items, _, none := l.w.collect(&alone, &c)
	it.shown, it.na = c.status != hidden, c.status == statusNotApplicable
	if it.none, it.failed = none, c.failed; len(items) == 1 {
		it.counts, it.item = true, items[0]
	}
	return it
}

// layOut lays the table of a group out, and is false where it would be too large.
func (l *lanes) layOut(step *laneStep) bool {
	for i := range step.kids {
		if kn := &l.nodes[step.kids[i].node]; kn.cells != nil && kn.dens[l.block] != 0 {
			return false
		}
	}
	if !l.findItems(step) && step.table != nil {
		return true
	}
	spare := true
	size := step.productSize(spare)
	if size > l.most {
		spare = false
		size = step.productSize(spare)
	}
	if op := step.n.rule.op; (op == Median || op == Staged) && size <= l.most/4 { // ranks take longer
		step.productLayout(spare)
		return true
	}
	if l.sumLayout(step, min(size-1, l.most)) {
		return true
	}
	if size > l.most {
		return false
	}
	step.productLayout(spare)
	return true
}

// productSize is the number of combinations of codes and atoms, as far as maxTable.
func (t *laneStep) productSize(spare bool) int {
	size := 1 << len(t.atoms)
	for i := range t.kids {
		if size *= t.kids[i].radix(spare); size > maxTable {
			break
		}
	}
	return size
}

// radix is the number of codes of a child, with some to spare.
func (k *laneKid) radix(spare bool) int {
	if spare && k.codes == nil {
		if len(k.items) > k.room {
			k.room = len(k.items) + len(k.items)/4 + 1
		}
		return k.room
	}
	return len(k.items)
}

// productLayout gives every combination of codes an index.
func (t *laneStep) productLayout(spare bool) {
	stride := uint32(1) << len(t.atoms)
	layout := make([][]uint32, len(t.kids))
	for i := range t.kids {
		k := &t.kids[i]
		for at := range k.items {
			layout[i] = append(layout[i], uint32(at)*stride)
		}
		stride *= uint32(k.radix(spare))
	}
	t.take(layout, stride, 0, 0)
}

// take takes a layout over, and forgets what was in the table if it is another than before.
func (t *laneStep) take(layout [][]uint32, size, zero uint32, ranks int) {
	same := int(size) == len(t.table) && zero == t.zero && ranks == t.ranks
	for i := range t.kids {
		k := &t.kids[i]
		before := k.adds.words
		same = same && slices.Equal(before, layout[i][:len(before)])
		k.adds.set(k.codes, layout[i])
	}
	if same {
		return
	}
	t.newTable(int(size))
	t.zero, t.ranks = zero, ranks
}

// A digit is a sum over the children, as a part of an index.
type digit struct {
	den   int64
	units [][]int64 // by child and code
}

// sumsOf are what an aggregate needs of an item that counts, if not its rank; the last is above 0.
func (t *laneStep) sumsOf(k *laneKid, it *laneItem, moving bool) []rat {
	w, none := whole(it.weight), rat{d: 1}
	switch t.n.rule.op {
	case Mean, Sum:
		list := []rat{it.x.mul(w)}
		if moving {
			list = append(list, it.read.min.mul(w), it.read.max.mul(w))
		}
		if t.n.rule.op == Sum {
			w = whole(1)
		}
		return append(list, w)
	case Share:
		if it.met {
			return []rat{w, w}
		}
		return []rat{none, w}
	}
	return nil // the rank is enough
}

// sumLayout makes an index of the sums that the aggregate needs, if it takes at most so many entries.
func (l *lanes) sumLayout(step *laneStep, limit int) bool {
	n, ln := step.n, &l.nodes[step.node]
	moving := ln.ranged && ln.moves
	stride, ranks := int64(1), 0
	switch op := n.rule.op; {
	case op == Product:
		return false
	case op == Mean || op == Sum || op == Share:
	default:
		if ranks = step.rank(); ranks == 0 || moving && op != Staged {
			return false
		}
		if stride = int64(ranks); op == Median {
			stride *= int64(ranks)
		}
	}
	if step.mixed || ln.counted || l.vagueStatus(step) {
		return false
	}
	digits := make([]digit, 1) // the first counts children that take the value away
	for i := range step.kids {
		k := &step.kids[i]
		for j := range k.items {
			if k.items[j].counts && len(digits) == 1 {
				digits = make([]digit, 1+len(step.sumsOf(k, &k.items[j], moving)))
			}
		}
	}
	for d := range digits {
		digits[d].den = 1
		for i := range step.kids {
			digits[d].units = append(digits[d].units, make([]int64, len(step.kids[i].items)))
		}
	}
	for i := range step.kids {
		k := &step.kids[i]
		for j := range k.items {
			it := &k.items[j]
			if it.none {
				digits[0].units[i][j] = 1
			}
			if !it.counts {
				continue
			}
			for d, x := range step.sumsOf(k, it, moving) {
				if !digits[d+1].set(i, j, x) {
					return false
				}
			}
		}
	}
	if len(digits) > 1 {
		step.indicate(digits)
	}
	scale, zero := stride, uint32(0)
	stride <<= len(step.atoms)
	layout := make([][]uint32, len(step.kids))
	for i := range layout {
		layout[i] = make([]uint32, len(step.kids[i].items))
	}
	for d := range digits {
		radix, empty := digits[d].compact()
		if d == len(digits)-1 && empty && ranks == 0 {
			zero = uint32(stride)
		}
		if radix > int64(limit) || stride*radix > int64(limit) {
			return false
		}
		for i := range layout {
			for j, units := range digits[d].units[i] {
				layout[i][j] += uint32(units * (stride / scale))
			}
		}
		stride *= radix
	}
	for i := range layout {
		for j := range layout[i] {
			if it := &step.kids[i].items[j]; it.failed || it.none && moving {
				layout[i][j] = special
			}
		}
	}
	step.take(layout, uint32(stride), zero, ranks)
	return true
}

// indicate makes the last digit one that is above 0 for whatever counts, which saves the one that only counts.
func (t *laneStep) indicate(digits []digit) {
	last := len(digits) - 1
	for d := range digits[:last] {
		tells := true
		for i := range t.kids {
			for j := range t.kids[i].items {
				tells = tells && (digits[d].units[i][j] > 0 || !t.kids[i].items[j].counts)
			}
		}
		if tells && d > 0 && t.n.rule.op == Sum {
			digits[d], digits[last] = digits[last], digits[d]
			for i := range digits[d].units {
				clear(digits[d].units[i])
			}
			return
		}
	}
}

// vagueStatus tells whether the status of a group without a value takes more than sums to tell, although
// something counts.
func (l *lanes) vagueStatus(step *laneStep) bool {
	taken := false
	for i := range step.n.adjust {
		a := &step.n.adjust[i]
		taken = taken || a.action == "set" && a.amount.d == 0
	}
	counts := false // not applicable, and counts
	for i := range step.kids {
		k := &l.w.s.kids[step.kids[i].at]
		counts = counts || k.na == Lowest || k.na == Highest
		taken = taken || k.na == None || k.missing == None
	}
	return counts && taken
}

// set sets what a child with a code contributes, over the common denominator.
func (d *digit) set(kid, code int, x rat) bool {
	if x = x.lowest(); x.big != nil {
		return false
	}
	if d.den%x.d != 0 {
		den, ok := lcm(d.den, x.d)
		if !ok {
			return false
		}
		for i := range d.units {
			for j := range d.units[i] {
				if d.units[i][j], ok = mul(d.units[i][j], den/d.den); !ok {
					return false
				}
			}
		}
		d.den = den
	}
	units, ok := mul(x.n, d.den/x.d)
	d.units[kid][code] = units
	return ok
}

// compact makes units count from 0, in steps as large as they can be. It returns how many values their sum can
// have, and whether the first is that of nothing counting.
func (d *digit) compact() (radix int64, empty bool) {
	step, total := int64(0), 0.0
	empty = true
	for i := range d.units {
		least, most := slices.Min(d.units[i]), slices.Max(d.units[i])
		empty = empty && least == 0
		for j := range d.units[i] {
			d.units[i][j] -= least
			step = gcd(step, d.units[i][j])
		}
		total += float64(most) - float64(least)
	}
	if total >= maxFloat { // units may have overflowed
		return maxFloat, empty
	}
	step = max(step, 1)
	for i := range d.units {
		for j := range d.units[i] {
			d.units[i][j] /= step
		}
	}
	return int64(total)/step + 1, empty
}
