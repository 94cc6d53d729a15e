package maturity

import "math"

// This file scores groups of lanes whose outcomes are too many for a table: means of means, above all. A value is
// num / (den·weight): num and weight differ from one assessment to the next, den is common to a block. All are
// below 2^53, so that their quotient as float64 is the nearest to the value.

// A laneSum is what a group of numbers is made of.
type laneSum struct {
	changes int   // how often den, or the weights that there have been, changed
	ready   bool  // everything is worked out for the children as they are
	den     int64 // of values
	start   int64 // what the sum of children begins from
	weighed bool  // a mean: divided by the weight of what counts
	times   int64 // of the sum, for scale: num is times·sum + plus·weight
	plus    int64
	bound   int64   // of num, either side of 0
	total   int64   // weight of children, at most
	most    int64   // of weight
	crossed bool    // weights are multiplied with those of children, because they have no common denominator
	met     []bool  // by weight: it has been there; nil if crossed
	list    []int64 // of those that have
	marks   []laneMark
	gated   bool     // levels require something
	gates   []uint64 // by atoms: the levels whose requirement holds; 0: not known
}

// A laneMark is a threshold n / times: a value is over it where num·times − n·den·weight is at least over, which is 1
// if it must be above, and else 0.
type laneMark struct{ times, n, over int64 }

// A laneTerm is what a child contributes.
type laneTerm struct {
	units  int64
	weight uint64 // with counts of children above it
}

const ( // in a weight: one child
	oneNone    = 1 << 24 // that takes the value away
	oneFailed  = 1 << 32 // that is missing under the policy error
	oneShown   = 1 << 40 // that is not hidden
	oneNot     = 1 << 48 // that is not applicable
	weightMask = oneNone - 1
	noneMask   = oneShown - oneNone
)

// A laneFactor is what a child that is a number contributes: units times the factor of its weight, and offset.
type laneFactor struct {
	factors []int64
	offset  int64
	share   uint64      // its weight
	without [3]laneTerm // without a value, by status as in weights
}

// sum works a block out as numbers, and is false where that cannot be.
func (l *lanes) sum(step *laneStep) bool {
	n, ln := step.n, &l.nodes[step.node]
	if step.gates == nil && !l.canSum(step) {
		return false
	}
	for i := range step.kids {
		if kn := &l.nodes[step.kids[i].node]; kn.cells != nil && kn.dens[l.block] < 0 {
			return false
		}
	}
	if l.findItems(step) || !step.ready {
		if !l.prepareSum(step) {
			return false
		}
		step.ready = true
	}
	if ln.nums == nil {
		ln.room(len(ln.codes))
	}
	ln.dens[l.block] = step.den
	nums, weights, out := ln.nums[l.first:l.first+l.n], l.weights[:l.n], ln.weights[l.first:l.first+l.n]
	clear(weights)
	start := step.start
	if n.rule.op == Min {
		start = math.MaxInt64
	} else if n.rule.op == Max {
		start = math.MinInt64
	}
	for i := range nums {
		nums[i], out[i] = start, 1
	}
	for _, numbers := range [...]bool{false, true} { // crossing needs the codes to be done
		for j := range step.kids {
			if k := &step.kids[j]; l.isNumber(k.node) == numbers {
				l.addTerms(step, k, nums, weights, out)
			}
		}
	}
	for i, w := range weights {
		if w&weightMask == 0 || w&noneMask != 0 {
			nums[i], out[i] = 0, l.without(step, i, w)
			continue
		}
		by := int64(1)
		if step.weighed {
			by = int64(w & weightMask)
		}
		if step.crossed {
			by *= out[i]
		} else if !step.met[by] {
			step.met[by] = true
			step.list = append(step.list, by)
			step.changes++
		}
		nums[i] = nums[i]*step.times + step.plus*by
		out[i] = by
	}
	if n.slot >= 0 {
		for i, h := range l.hidden[n.slot][:len(nums)] {
			if h != 0 {
				nums[i], out[i] = 0, -2
			}
		}
	}
	if step.gated || ln.leveled {
		l.findLevels(step)
	}
	return true
}

func (l *lanes) isNumber(node int32) bool {
	ln := &l.nodes[node]
	return ln.cells != nil && ln.dens[l.block] > 0
}

// without is why a group has no value, as in laneNode.weights.
func (l *lanes) without(step *laneStep, i int, w uint64) int64 {
	shown, not := w/oneShown%256, w/oneNot%256
	switch {
	case w/oneFailed%256 > 0:
		if step.n.slot < 0 || l.hidden[step.n.slot][i] == 0 {
			l.odd[i] = 1
		}
		return 0
	case shown == 0:
		return -2
	case not == shown:
		return -1
	}
	return 0
}

// canSum tells whether a group is one of numbers.
func (l *lanes) canSum(step *laneStep) bool {
	n, ln := step.n, &l.nodes[step.node]
	switch n.rule.op {
	case Mean, Share:
		step.weighed = true
	case Sum, Min, Max:
	default:
		return false
	}
	if n.adjust != nil || n.Round != nil || ln.counted || ln.ranged && ln.moves || step.mixed || len(n.levels) > 60 {
		return false
	}
	total := int64(1)
	if step.weighed {
		for i := range step.kids {
			if total += l.w.s.kids[step.kids[i].at].weight; total > 1<<20 {
				return false
			}
		}
	}
	for i := range n.levels {
		step.gated = step.gated || n.levels[i].require != nil
	}
	step.most, step.total, step.met = total, total, make([]bool, total+1)
	step.gates = make([]uint64, 1<<len(step.atoms))
	return true
}

// termOf is what an item adds to the sum of a group, not yet over the common denominator, and its weight.
func (t *laneStep) termOf(it *laneItem) (rat, uint64) {
	w := uint64(0)
	for _, is := range [...]struct {
		so  bool
		one uint64
	}{{it.none, oneNone}, {it.failed, oneFailed}, {it.shown, oneShown}, {it.na, oneNot}} {
		if is.so {
			w += is.one
		}
	}
	if !it.counts {
		return rat{d: 1}, w
	}
	x := it.x
	switch t.n.rule.op {
	case Share:
		if x = whole(0); it.met {
			x = whole(it.weight)
		}
	case Mean:
		x = x.mul(whole(it.weight))
	case Sum:
		x = x.mul(whole(it.weight)).mul(t.n.rule.weightUnit)
	}
	if t.weighed {
		return x, w + uint64(it.weight)
	}
	return x, w + 1
}

// prepareSum works the common denominator out, and what children contribute over it. Where weights of children have
// none, they are crossed.
func (l *lanes) prepareSum(step *laneStep) bool {
	if !step.crossed && l.prepareOver(step) {
		return true
	}
	if op := step.n.rule.op; op != Mean && op != Sum {
		return false
	}
	if !step.crossed {
		step.crossed, step.met, step.list = true, nil, nil
		step.changes++
	}
	return l.prepareOver(step)
}

func (l *lanes) prepareOver(step *laneStep) bool {
	n := step.n
	den, ok := int64(1), true
	cover := func(x rat) {
		if x = x.lowest(); x.big != nil || !ok {
			ok = false
			return
		}
		den, ok = lcm(den, x.d)
	}
	if n.rule.op == Sum {
		cover(n.rule.base)
	}
	step.most = step.total
	for i := range step.kids {
		k := &step.kids[i]
		kn := &l.nodes[k.node]
		for j := range k.items {
			if !l.isNumber(k.node) {
				x, _ := step.termOf(&k.items[j])
				cover(x)
			}
		}
		if l.isNumber(k.node) {
			if n.rule.op == Share || kn.step.crossed && !step.crossed {
				return false
			}
			times, offset := l.line(step, k)
			cover(offset)
			cover(times.mul(rat{n: 1, d: kn.dens[l.block]}))
			if step.crossed {
				if step.most, ok = mul(step.most, kn.step.most); !ok {
					return false
				}
			} else {
				for _, w := range kn.step.list {
					if !ok {
						return false
					}
					cover(times.mul(rat{n: 1, d: kn.dens[l.block]}).mul(rat{n: 1, d: w}))
				}
			}
			for status := range k.without {
				x, _ := step.termOf(l.itemWithout(step, k, status))
				cover(x)
			}
		}
	}
	if !ok {
		return false
	}
	// over is a number over the denominator, and its size: of one that overflows, the size is right.
	over := func(x rat) (int64, float64) {
		return x.n * (den / x.d), math.Abs(float64(x.n)) * float64(den/x.d)
	}
	bound := 0.0
	grow := func(most float64) {
		if n.rule.op == Min || n.rule.op == Max {
			bound = max(bound, most)
		} else {
			bound += most
		}
	}
	step.start = 0
	if n.rule.op == Sum {
		var size float64
		step.start, size = over(n.rule.base.lowest())
		grow(size)
	}
	for i := range step.kids {
		k := &step.kids[i]
		kn := &l.nodes[k.node]
		most := 0.0
		term := func(it *laneItem) laneTerm {
			x, w := step.termOf(it)
			units, size := over(x.lowest())
			most = max(most, size)
			return laneTerm{units, w}
		}
		if k.terms = k.terms[:0]; k.codes != nil {
			k.terms = append(k.terms, make([]laneTerm, 256)...)
		}
		for j := range k.items {
			switch {
			case l.isNumber(k.node):
			case k.codes != nil:
				k.terms[k.codes[j]] = term(&k.items[j])
			default:
				k.terms = append(k.terms, term(&k.items[j]))
			}
		}
		if l.isNumber(k.node) {
			times, offset := l.line(step, k)
			var offsetSize float64
			k.offset, offsetSize = over(offset.lowest())
			factor := func(w int64) int64 {
				f, size := over(times.mul(rat{n: 1, d: kn.dens[l.block]}).mul(rat{n: 1, d: w}).lowest())
				most = max(most, size*float64(kn.step.bound)+offsetSize)
				return f
			}
			if step.crossed {
				k.factors = append(k.factors[:0], factor(1))
			} else if k.factors == nil {
				k.factors = make([]int64, len(kn.step.met))
			}
			if !step.crossed {
				for _, w := range kn.step.list {
					k.factors[w] = factor(w)
				}
			}
			if k.share = 1 + oneShown; step.weighed {
				k.share = uint64(l.w.s.kids[k.at].weight) + oneShown
			}
			for status := range k.without {
				k.without[status] = term(l.itemWithout(step, k, status))
			}
		}
		grow(most)
	}
	if step.crossed {
		bound *= float64(step.most / step.total)
	}
	return step.scale(den, bound) && step.setMarks()
}

// scale sets the denominator of values, and what a scale makes of them.
func (t *laneStep) scale(den int64, bound float64) bool {
	a, b := whole(0), whole(1)
	if r := t.n.rescale; r != nil {
		raw := t.n.raw
		if a, b = r.max, whole(0); !raw.min.equal(raw.max) {
			b = r.max.sub(r.min).quo(raw.max.sub(raw.min))
			a = r.min.sub(b.mul(raw.min)).mul(whole(den))
		} else {
			a = a.mul(whole(den))
		}
	}
	a, b = a.lowest(), b.lowest()
	if a.big != nil || b.big != nil {
		return false
	}
	q, ok := lcm(a.d, b.d)
	if !ok {
		return false
	}
	bound = math.Abs(float64(b.n))*float64(q/b.d)*bound + math.Abs(float64(a.n))*float64(q/a.d)*float64(t.most)
	if bound >= maxFloat || float64(den)*float64(q)*float64(t.most) >= maxFloat {
		return false
	}
	full := den * q
	if t.den != full {
		t.changes++
	}
	t.den, t.times, t.plus, t.bound = full, b.n*(q/b.d), a.n*(q/a.d), int64(bound)
	return true
}

// line is what a child that is a number is multiplied with, and what is added, where it has a value.
func (l *lanes) line(step *laneStep, k *laneKid) (times, offset rat) {
	n, kid := step.n, &l.w.s.kids[k.at]
	times, offset = whole(1), whole(0)
	if n.ratio {
		s := l.w.s.nodes[k.node].full
		if s.min.equal(s.max) {
			times, offset = whole(0), whole(1)
		} else {
			times = whole(1).quo(s.max.sub(s.min))
			offset = whole(0).sub(s.min.mul(times))
		}
	}
	switch n.rule.op {
	case Mean:
		times, offset = times.mul(whole(kid.weight)), offset.mul(whole(kid.weight))
	case Sum:
		unit := n.rule.weightUnit.mul(whole(kid.weight))
		times, offset = times.mul(unit), offset.mul(unit)
	}
	return times.lowest(), offset
}

var laneStatuses = [...]status{missing, statusNotApplicable, hidden}

// itemWithout is what a child that is a number counts as where it has no value.
func (l *lanes) itemWithout(step *laneStep, k *laneKid, status int) *laneItem {
	l.w.cells[k.node] = cell{root: 1, full: true, status: laneStatuses[status]}
	if k.slot >= 0 {
		l.w.hidden[k.slot] = false
	}
	it := l.item(step.n, k.at)
	return &it
}

// addTerms adds what a child contributes.
func (l *lanes) addTerms(step *laneStep, k *laneKid, nums []int64, weights []uint64, out []int64) {
	op := step.n.rule.op
	switch {
	case l.isNumber(k.node) && step.crossed:
		l.crossNumbers(k, nums, weights, out)
	case l.isNumber(k.node):
		l.addNumbers(step, k, nums, weights)
	case op == Min || op == Max:
		for i := range nums {
			t := &k.terms[l.seenCode(k, i)]
			weights[i] += t.weight
			if t.weight&weightMask != 0 && (op == Min) == (t.units < nums[i]) {
				nums[i] = t.units
			}
		}
	case k.codes == nil:
		terms := k.terms
		for i, c := range l.codesAt(k) {
			t := &terms[c]
			nums[i] += t.units
			weights[i] += t.weight
		}
	default:
		terms := (*[256]laneTerm)(k.terms)
		for i, c := range l.columnAt(k) {
			nums[i] += terms[c].units
			weights[i] += terms[c].weight
		}
	}
}

// seenCode is the code of a child as its group reads it.
func (l *lanes) seenCode(k *laneKid, i int) int {
	kn := &l.nodes[k.node]
	away := k.slot >= 0 && l.hidden[k.slot][i] != 0
	switch {
	case k.codes == nil && away:
		return 0
	case k.codes == nil:
		return int(kn.codes[l.first+i])
	case away:
		return hiddenByte
	}
	return int(kn.column[i])
}

// addNumbers adds what a child that is a number contributes.
func (l *lanes) addNumbers(step *laneStep, k *laneKid, nums []int64, weights []uint64) {
	kn := &l.nodes[k.node]
	from, by := kn.nums[l.first:][:len(nums)], kn.weights[l.first:][:len(nums)]
	var away []uint8
	if k.slot >= 0 {
		away = l.hidden[k.slot]
	}
	op := step.n.rule.op
	for i, w := range by {
		t := laneTerm{weight: k.share}
		switch {
		case away != nil && away[i] != 0:
			continue
		case w > 0:
			t.units = from[i]*k.factors[w] + k.offset
		default:
			t = k.without[-w]
		}
		weights[i] += t.weight
		switch {
		case op != Min && op != Max:
			nums[i] += t.units
		case t.weight&weightMask != 0 && (op == Min) == (t.units < nums[i]):
			nums[i] = t.units
		}
	}
}

// crossNumbers adds what a child that is a number contributes, over the product of the weights.
func (l *lanes) crossNumbers(k *laneKid, nums []int64, weights []uint64, out []int64) {
	kn := &l.nodes[k.node]
	from, by := kn.nums[l.first:][:len(nums)], kn.weights[l.first:][:len(nums)]
	factor := k.factors[0]
	for i, w := range by {
		switch {
		case k.slot >= 0 && l.hidden[k.slot][i] != 0:
		case w > 0:
			nums[i] = nums[i]*w + (from[i]*factor+k.offset*w)*out[i]
			out[i] *= w
			weights[i] += k.share
		default:
			t := k.without[-w]
			nums[i] += t.units * out[i]
			weights[i] += t.weight
		}
	}
}

// mark is the threshold that a value must be at least, or above.
func (t *laneSum) mark(threshold rat, above bool) (laneMark, bool) {
	threshold = threshold.lowest()
	m := laneMark{threshold.d, threshold.n, int64(truth8(above))}
	return m, threshold.big == nil && float64(m.times)*float64(t.bound) < maxSmall/2 &&
		math.Abs(float64(m.n))*float64(t.den)*float64(t.most) < maxSmall/2
}

// atRatio is the value at a ratio of the range. Where the range is a single point, the ratio is 1: then it is
// below every value if 1 is over the ratio, and else above.
func (n *node) atRatio(ratio rat, above bool) rat {
	if !n.full.min.equal(n.full.max) {
		return n.full.min.add(ratio.mul(n.full.max.sub(n.full.min)))
	}
	if c := ratio.cmp(whole(1)); c < 0 || c == 0 && !above {
		return n.full.min.sub(whole(1))
	}
	return n.full.max.add(whole(1))
}

// setMarks sets the thresholds of levels.
func (t *laneStep) setMarks() bool {
	t.marks = t.marks[:0]
	for i := range t.n.levels {
		v := &t.n.levels[i]
		m := laneMark{}
		if v.threshold.d != 0 || v.threshold.big != nil {
			threshold, ok := v.threshold, true
			if v.ofRatio {
				threshold = t.n.atRatio(threshold, v.above)
			}
			if m, ok = t.mark(threshold, v.above); !ok {
				return false
			}
		}
		t.marks = append(t.marks, m)
	}
	return true
}

// level is the number of the level that num / den reaches, of those that gates let through.
func (t *laneSum) level(num, den int64, gates uint64) int16 {
	level, pass := int16(-1), int64(1)
	for i := range t.marks {
		m := &t.marks[i]
		pass &= ^((num*m.times - m.n*den - m.over) >> 63) & int64(gates>>i)
		level += int16(pass)
	}
	return level
}

// findLevels finds the levels of a block.
func (l *lanes) findLevels(step *laneStep) {
	ln, truths := &l.nodes[step.node], l.index[:l.n]
	clear(truths)
	l.addTruths(step, truths)
	for i, x := range truths {
		w, gates := ln.weights[l.first+i], ^uint64(0)
		if w <= 0 {
			continue
		}
		if step.gated {
			if gates = step.gates[x]; gates == 0 {
				gates = l.gatesOf(step, i)
				step.gates[x] = gates
			}
		}
		ln.levels[l.first+i] = step.level(ln.nums[l.first+i], step.den*w, gates)
	}
}

// gatesOf finds the levels whose requirement holds. The highest bit is always set.
func (l *lanes) gatesOf(step *laneStep, i int) uint64 {
	if l.odd[i] != 0 {
		return 0
	}
	l.load(step, i)
	gates := uint64(1) << 63
	for j := range step.n.levels {
		if r := step.n.levels[j].require; r == nil || l.w.gateHolds(&step.n.levels[j], step.node) {
			gates |= 1 << j
		}
	}
	return gates
}

// levelOf is the level that a group of numbers has reached in an assessment of the batch.
func (ln *laneNode) levelOf(at int) int {
	switch w := ln.weights[at]; {
	case w <= 0:
		return -1
	case ln.step.gated || ln.leveled:
		return int(ln.levels[at])
	default:
		return int(ln.step.level(ln.nums[at], ln.dens[at/laneBlock]*w, ^uint64(0)))
	}
}

// putNumber puts a group of numbers into the workspace.
func (l *lanes) putNumber(node int32, i int) {
	ln := &l.nodes[node]
	c := cell{root: 1, full: true}
	switch w := ln.weights[l.first+i]; {
	case w <= 0:
		c.status = laneStatuses[-w]
	default:
		c.status, c.value = scored, rat{n: ln.nums[l.first+i], d: ln.dens[l.block] * w}
		c.level = int16(ln.levelOf(l.first + i))
	}
	l.w.cells[node] = c
}

// compare works out, of a block, whether an atom about a number holds.
func (l *lanes) compare(a *laneAtom) bool {
	n, ln := &l.w.s.nodes[a.node], &l.nodes[a.node]
	nums, weights, out := ln.nums[l.first:][:l.n], ln.weights[l.first:][:l.n], a.lanes[:l.n]
	switch a.c.of {
	case ofCompleteness:
		return false
	case ofLevel:
		for i, level := range ln.levels[l.first:][:l.n] {
			out[i] = truth8(weights[i] > 0 && level >= a.c.level)
		}
		return true
	}
	for i, w := range weights {
		out[i] = truth8(w > 0)
	}
	for i := range a.c.tests {
		test := &a.c.tests[i]
		above := test.op == "moreThan" || test.op == "atMost"
		marks := [2]laneMark{}
		for j := range marks {
			with, ok := test.with, true
			if a.c.of == ofRatio {
				with = n.atRatio(with, above || j > 0)
			}
			if marks[j], ok = ln.step.mark(with, above || j > 0); !ok {
				return false
			}
		}
		for i := range out {
			over := func(m *laneMark) bool { return nums[i]*m.times-m.n*ln.dens[l.block]*weights[i] >= m.over }
			switch test.op {
			case "atLeast", "moreThan":
				out[i] &= truth8(over(&marks[0]))
			case "atMost", "lessThan":
				out[i] &= truth8(!over(&marks[0]))
			default:
				out[i] &= truth8(over(&marks[0]) && !over(&marks[1]))
			}
		}
	}
	return true
}
