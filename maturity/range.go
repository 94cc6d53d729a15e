package maturity

// This file works out how far a node's outcome can still move: what it may become when the missing
// questions are answered and the given answers stay. It is interval arithmetic over the same pipeline. For
// rising aggregates without conditions it is exact; elsewhere it is never too narrow.

// An interval is what may still become of a node.
type interval struct {
	outcome
	span  span // the range that the value will have
	fixed bool // the range is known
	every span // the range that it has without a value: with every child counting
	known bool // that range is known

	hidden truth // it is hidden itself, or everything below it is

	settled bool // whatever is answered, the node stays as it is
	counted bool // whatever is answered, its completeness stays as it is
	whole   bool // the range is known, and is the one with every child counting
	rated   bool // the ratios are worked out
	taken   bool // an adjustment may take its value away
	filled  bool // of a settled one: everything else is set
}

// A part is a child that may count.
type part struct {
	_         [0]func() // never compared
	low, high rat
	weight    int64
	stage     int
	met       truth
	read      span
	any       bool // it may count at all
	sure      bool // it counts whatever is answered
	standard  bool // its range is the one with every child counting
}

// rangeOf works out the interval of a node. That of a settled one is only filled in when it is read.
func (w *workspace) rangeOf(i int32) {
	n := &w.s.nodes[i]
	r := &w.ranges[i]
	counted := w.counts(n)
	if counted && w.settles(n) {
		r.counted, r.settled, r.filled = true, true, false
		return
	}
	if n.plain && w.plainRange(n, r) {
		r.counted = counted
		w.levelRange(i, n, r)
		return
	}
	*r = interval{outcome: outcome{root: 1, levelLow: -1, levelHigh: -1}, span: n.full, fixed: true, every: n.full, known: true, counted: counted}
	h := w.hiddenTruth(n.slot)
	if r.hidden = h; h.must || !n.scored {
		return
	}
	if n.question >= 0 {
		w.questionRange(n, r)
	} else {
		w.groupRange(i, n, r)
	}
	r.must = r.must && !h.may
	r.whole = r.fixed && r.span.equal(n.full)
	w.levelRange(i, n, r)
}

// plainRange is the interval of a plain group. It is false where something is out of the usual.
func (w *workspace) plainRange(n *node, r *interval) bool {
	if w.loose {
		return false
	}
	low, high, total, all := rat{d: 1}, rat{d: 1}, int64(0), true
	for _, k := range w.s.light[n.first:n.last] {
		kr := &w.ranges[k.node]
		a, b := &kr.low, &kr.high
		if kr.settled {
			kc := &w.cells[k.node]
			if kc.status == scored && !kc.full {
				return false
			}
			if kc.status != scored {
				all = false
				continue
			}
			a, b = &kc.value, &kc.value
		} else if !kr.must || kr.vague || !kr.whole {
			return false
		}
		if total == 0 {
			low.d, high.d = max(a.d, 1), max(b.d, 1)
		}
		var ok1, ok2 bool
		low, ok1 = low.addSmall(int64(k.weight), *a)
		high, ok2 = high.addSmall(int64(k.weight), *b)
		if total += int64(k.weight); !ok1 || !ok2 {
			return false
		}
	}
	if total == 0 || !all && !n.uniform {
		return false
	}
	*r = interval{outcome: outcome{root: 1, levelLow: -1, levelHigh: -1, may: true, must: true}, span: n.full, fixed: true,
		every: n.full, known: true, whole: true}
	r.low, r.high = low.over(total), high.over(total)
	return true
}

// interval returns the interval of a node; a settled one is its outcome as it is.
func (w *workspace) interval(i int32) *interval {
	r := &w.ranges[i]
	if r.settled && !r.filled {
		is := w.cells[i].status == hidden
		*r = interval{outcome: w.outcomeNow(i), span: w.span(i), fixed: true, known: true, hidden: truth{is, is},
			settled: true, counted: true, filled: true, rated: true}
		r.every = r.span
	}
	if !r.rated {
		r.ratios()
		r.rated = true
	}
	return r
}

// ratios fills the ratios of an interval.
func (r *interval) ratios() {
	switch {
	case !r.may || r.vague || r.blurred || r.root > 1:
	case r.fixed:
		r.ratioLow, r.ratioHigh = r.span.ratio(r.low), r.span.ratio(r.high)
	default:
		r.ratioLow, r.ratioHigh = whole(0), whole(1)
	}
}

func (w *workspace) questionRange(n *node, r *interval) {
	a := &w.answers[n.question]
	switch {
	case w.loose || a.state == unanswered:
		r.may, r.must, r.low, r.high = true, !w.loose, n.full.min, n.full.max
	case a.state == answered:
		r.may, r.must, r.low, r.high = true, true, w.points(n.question), w.points(n.question)
	}
}

func (w *workspace) hiddenTruth(slot int32) truth {
	if slot < 0 {
		return truth{}
	}
	return w.maybe[slot]
}

// mayHide works out whether a place must, and may, be hidden.
func (w *workspace) mayHide(s *stepOf) {
	h := truth{}
	if s.when != nil {
		h = w.holds(s.when, asMayBe, nil, nil).not()
	}
	if s.parent >= 0 {
		up := w.maybe[s.parent]
		h = truth{h.must || up.must, h.may || up.may}
	}
	w.maybe[s.slot] = h
}

func (w *workspace) groupRange(i int32, n *node, r *interval) {
	none, gone := w.gather(n, r)
	sure, any := false, len(w.parts) > 0
	for j := range w.parts {
		sure = sure || w.parts[j].sure
	}
	r.may, r.must = any && !none.must, sure && !none.may
	if any {
		r.aggregate(n, w)
	}
	if !r.must && n.adjust != nil { // a value that is set where there was none lies in the range with every child counting
		every, known := w.everyRange(n)
		if !any {
			r.span, r.fixed = every, known
		} else {
			r.fixed = r.fixed && known && r.span.equal(every)
		}
	}
	r.blurred = n.strays && !r.fixed
	if n.adjust != nil {
		w.adjustRange(i, n, r)
	}
	if !r.must {
		r.every, r.known = w.everyRange(n)
		r.every = n.finishSpan(r.every, n.rawRoot)
		if r.taken && any { // a value that was taken away leaves the range of the children that counted
			r.known = r.known && r.fixed && r.every.equal(n.finishSpan(r.span, r.root))
		}
		r.hidden = truth{r.hidden.must || gone.must && !r.may, r.hidden.may || gone.may}
	}
	if !r.may {
		r.span, r.fixed = r.every, r.known
		return
	}
	if n.rescale != nil {
		r.vague = r.vague || r.blurred
		r.blurred = false
		if !r.vague {
			r.ratios()
			a, b := n.rescale.at(r.ratioLow), n.rescale.at(r.ratioHigh)
			r.low, r.high = lesser(a, b), greater(a, b)
		}
		r.fixed = true
	}
	if n.Round != nil && !r.vague {
		r.low, r.high = n.round(r.low, r.root), n.round(r.high, r.root)
	}
	r.span = n.finishSpan(r.span, r.root)
	if n.Round != nil {
		r.root = 1
	}
}

// gather collects the children that may count, and tells whether a policy takes the value away, and whether
// all children are hidden. It sets the range that the aggregate will have, as far as it is known.
func (w *workspace) gather(n *node, r *interval) (none, gone truth) {
	w.parts = w.parts[:0]
	gone = truth{n.counts, n.counts}
	whole := true // the range is the one with every child counting
	for j := n.first; j < n.last; j++ {
		k := &w.s.kids[j]
		if k.never {
			continue
		}
		h := w.kidHidden(k)
		gone = truth{gone.must && h.must, gone.may && h.may}
		p := part{weight: k.weight, stage: k.stage, sure: true, met: truth{true, false}}
		if !h.must {
			w.include(n, k, r, &p, &none, !h.may)
		}
		p.sure = p.sure && !h.may
		if !p.any {
			whole = whole && n.uniform
			continue
		}
		whole = whole && (p.sure || n.uniform) && p.standard
		r.fixed = r.fixed && (p.sure || n.uniform && p.standard)
		w.parts = append(w.parts, p)
	}
	r.span = n.raw
	if !whole && r.fixed && len(w.parts) > 0 {
		w.items = w.items[:0]
		for _, p := range w.parts {
			w.items = append(w.items, item{weight: p.weight, stage: p.stage, read: p.read})
		}
		r.span, _ = n.rule.span(w.items)
	}
	return none, gone
}

// everyRange is the range that a group has without a value, before scale and round, and whether it is known:
// with every child counting, each with the range that it will have.
func (w *workspace) everyRange(n *node) (s span, known bool) {
	w.items = w.items[:0]
	standard := true
	for j := n.first; j < n.last; j++ {
		k := &w.s.kids[j]
		if k.never {
			continue
		}
		kr := w.interval(k.node)
		read, ok := kr.span, kr.fixed
		switch {
		case k.points != nil:
			read, ok = k.full, true
		case !kr.may:
			read, ok = kr.every, kr.known
		case !kr.must:
			ok = ok && kr.known && read.equal(kr.every)
		}
		if !ok {
			return n.raw, false
		}
		standard = standard && read.equal(k.full)
		if n.ratio {
			read = ratioSpan(read)
		}
		w.items = append(w.items, item{weight: k.weight, stage: k.stage, read: read})
	}
	if standard {
		return n.raw, true
	}
	s, _ = n.rule.span(w.items)
	return s, true
}

func (w *workspace) kidHidden(k *kid) truth {
	h := w.interval(k.node).hidden
	if k.slot < 0 {
		return h
	}
	own := w.hiddenTruth(k.slot)
	return truth{h.must || own.must, h.may || own.may}
}

// include adds to a part everything that a child which is not hidden may count as.
func (w *workspace) include(n *node, k *kid, r *interval, p *part, none *truth, shown bool) {
	kr := w.interval(k.node)
	o, s := kr.outcome, kr.span
	p.standard = true
	add := func(o outcome, s span) {
		low, high := o.low, o.high
		if n.ratio {
			low, high, s = o.ratioLow, o.ratioHigh, ratioSpan(s)
		}
		if k.met != nil {
			complete := w.completenessRange(k.node)
			met := w.holds(k.met, asMayBe, &o, &complete)
			p.met = truth{p.met.must && met.must, p.met.may || met.may}
		}
		if !p.any {
			p.low, p.high, p.read = low, high, s
		} else if !r.vague {
			p.low, p.high = lesser(p.low, low), greater(p.high, high)
		}
		p.any = true
	}
	if o.may {
		r.vague = r.vague || o.vague || o.blurred && n.ratio
		if k.points != nil {
			s = k.full
			w.ownOutcome(k, &o)
		} else {
			r.fixed = r.fixed && kr.fixed
			p.standard = kr.fixed && s.equal(k.full)
		}
		counts := o
		counts.must = true
		add(counts, s)
	}
	if o.must {
		return
	}
	known, na := kr.settled, w.cells[k.node].status == statusNotApplicable // why it has no value
	if q := w.s.nodes[k.node].question; q >= 0 {
		known, na = !w.loose, w.answers[q].state == notApplicable
	}
	for i, policy := range [...]Policy{k.na, k.missing} {
		if !known && i == 1 && policy == k.na || known && (i == 0) != na {
			continue
		}
		switch policy {
		case Lowest, Highest:
			s, ok := kr.every, kr.known
			if k.points != nil {
				s, ok = k.full, true
			}
			r.vague, r.fixed = r.vague || !ok, r.fixed && ok
			p.standard = p.standard && ok && s.equal(k.full)
			x := s.min
			if policy == Highest {
				x = s.max
			}
			if ok {
				add(outcome{low: x, high: x, ratioLow: s.ratio(x), ratioHigh: s.ratio(x), root: 1, may: true, must: true, levelLow: -1, levelHigh: -1}, s)
			} else { // it counts as something that is not known
				p.met = truth{false, true}
			}
			p.any = true
		case None, Fail:
			none.may = true
			none.must = none.must || shown && !o.may && (known || k.na == k.missing)
			p.sure = false
		default:
			p.sure = false
		}
	}
}

// ownOutcome is the outcome of a choice read with points of a reference's own.
func (w *workspace) ownOutcome(k *kid, o *outcome) {
	o.low, o.high = k.full.min, k.full.max
	if a := &w.answers[w.s.nodes[k.node].question]; a.state == answered && !w.loose {
		o.low = k.points[a.option]
		o.high = o.low
	}
	o.ratioLow, o.ratioHigh = k.full.ratio(o.low), k.full.ratio(o.high)
}

// aggregate works out the interval of a group's aggregate. With every child sure it is what the aggregate
// gives with all at their lowest, and at their highest; else it is wide enough for every choice of them.
func (r *interval) aggregate(n *node, w *workspace) {
	all := true
	for i := range w.parts {
		all = all && w.parts[i].sure
	}
	if r.vague && n.rule.op != Share && n.rule.op != Staged {
		return
	}
	switch {
	case n.rule.op == Product:
		r.low, r.high = w.productRange()
	case all || n.rule.op == Share && r.must || n.rule.op == Staged && r.must:
		r.vague = false
		r.low, _ = n.rule.value(w.partItems(false))
		r.high, r.root = n.rule.value(w.partItems(true))
		if n.rule.op == Staged && !all { // a later stage may also stay away, and with it the empty ones before it
			w.partItems(false)
			sure, _ := n.rule.value(w.sureItems())
			r.low = lesser(r.low, sure)
		}
	case n.rule.op == Share || n.rule.op == Staged:
		r.vague = false
		r.low, r.high = n.raw.min, n.raw.max
	case n.rule.op == Sum:
		for i := range w.parts {
			if p := &w.parts[i]; !p.sure { // it may stay away
				p.low, p.high = lesser(p.low, rat{d: 1}), greater(p.high, rat{d: 1})
			}
		}
		r.low, _ = n.rule.value(w.partItems(false))
		r.high, _ = n.rule.value(w.partItems(true))
	default: // a mean of some kind lies between the lowest and the highest
		r.low, r.high = w.parts[0].low, w.parts[0].high
		for _, p := range w.parts {
			r.low, r.high = lesser(r.low, p.low), greater(r.high, p.high)
		}
	}
}

// partItems makes items of the parts, each at its lowest or at its highest. A part that may stay away is
// taken to be there unmet at the lowest, and to be met or away at the highest.
func (w *workspace) partItems(highest bool) []item {
	w.items = w.items[:0]
	for _, p := range w.parts {
		it := item{x: p.low, weight: p.weight, stage: p.stage, met: p.met.must && p.sure}
		if highest {
			it.x, it.met = p.high, p.met.may || !p.sure
		}
		w.items = append(w.items, it)
	}
	return w.items
}

// sureItems keeps those items of partItems that count whatever is answered.
func (w *workspace) sureItems() []item {
	kept := w.items[:0]
	for i := range w.parts {
		if w.parts[i].sure {
			kept = append(kept, w.items[i])
		}
	}
	return kept
}

// productRange multiplies intervals, which also holds for negative factors.
func (w *workspace) productRange() (low, high rat) {
	low, high = whole(1), whole(1)
	for _, p := range w.parts {
		a, b := p.low, p.high
		if !p.sure {
			a, b = lesser(a, whole(1)), greater(b, whole(1))
		}
		products := []rat{low.mul(a), low.mul(b), high.mul(a), high.mul(b)}
		s := spanOf(products)
		low, high = s.min, s.max
	}
	return low, high
}

// adjustRange applies adjustments to an interval. Where a condition is open, both outcomes stay possible.
func (w *workspace) adjustRange(i int32, n *node, r *interval) {
	complete := w.completenessRange(i)
	for j := range n.adjust {
		a := &n.adjust[j]
		when := truth{true, true}
		if a.when != nil {
			r.ratios()
			own := r.outcome
			when = w.holds(a.when, asMayBe, &own, &complete)
		}
		if !when.may {
			continue
		}
		before := *r
		switch {
		case a.action == "set" && a.amount.d == 0:
			r.may, r.must, r.taken = false, false, true
		case a.action == "set":
			r.low, r.high, r.may, r.must, r.vague, r.root = a.amount, a.amount, true, true, false, 1
		case r.may && !r.vague:
			x, y := a.apply(r.low), a.apply(r.high)
			r.low, r.high = lesser(x, y), greater(x, y)
		}
		if !when.must {
			r.join(&before)
		}
	}
}

// join widens an outcome to what another may be.
func (r *interval) join(o *interval) {
	switch {
	case r.may && o.may:
		if !r.vague && !o.vague {
			r.low, r.high = lesser(r.low, o.low), greater(r.high, o.high)
		}
		r.vague = r.vague || o.vague
	case o.may:
		r.low, r.high, r.vague = o.low, o.high, o.vague
	}
	r.may, r.must = r.may || o.may, r.must && o.must
}

// completenessRange is the completeness of a node now, and up to 1 when the rest is answered. Where
// questions may appear or disappear, nothing is known.
func (w *workspace) completenessRange(i int32) span {
	c := w.cells[i].completeness()
	if w.ranges[i].counted {
		return c
	}
	if w.loose || len(w.maybe) > 0 {
		return span{rat{d: 1}, whole(1)}
	}
	return span{c.min, whole(1)}
}

// levelRange finds the levels that a node must, and may, reach if it has a value.
func (w *workspace) levelRange(i int32, n *node, r *interval) {
	if !r.may {
		return
	}
	complete := w.completenessRange(i)
	reached := truth{true, true}
	for j := range n.levels {
		l := &n.levels[j]
		t := truth{true, true}
		if l.threshold.d != 0 {
			low, high, root := r.low, r.high, r.root
			if l.ofRatio {
				r.ratios()
				low, high, root = r.ratioLow, r.ratioHigh, 1
			}
			c := comparison{op: "atLeast", with: l.threshold}
			if l.above {
				c.op = "moreThan"
			}
			if t = (truth{false, true}); !r.vague && !(r.blurred && l.ofRatio) {
				t = c.holds(low, high, root)
			}
		}
		if l.require != nil {
			required := w.holds(l.require, asMayBe, nil, &complete)
			t = truth{t.must && required.must, t.may && required.may}
		}
		reached = truth{reached.must && t.must, reached.may && t.may}
		if reached.must {
			r.levelLow = int16(j)
		}
		if reached.may {
			r.levelHigh = int16(j)
		}
	}
}
