package maturity

// A workspace holds the answers of one assessment and everything that is worked out from them. It is used
// by one goroutine at a time, and again for the next assessment.
type workspace struct {
	s       Scorer // a copy: what it holds is one step nearer
	of      *Scorer
	answers []answer
	values  []rat    // beside answers: the points of checklists and lines
	texts   []string // beside answers: of text questions
	chosen  []bool   // options of checklists
	hidden  []bool   // by slot
	cells   []cell
	spans   []span // ranges of nodes whose cell is not full
	items   []item
	stamps  []int32 // of counting: nodes visited
	stamp   int32
	queue   []int32 // of below
	failed  bool    // a policy error met a missing child
	missing int     // scored or text questions without an answer, hidden ones included
	maybe   []truth // by slot: whether it is hidden, whatever is answered
	ranges  []interval
	parts   []part
	live    bool // ranges are worked out even if nothing is missing
	brief   bool // no ranges are worked out
	loose   bool // every question is open, and may also stay without an answer: see bounds

	doc document // of ScoreJSON, used again
}

// A cell is the outcome of a node.
type cell struct {
	value  rat
	root   int64 // above 1: value, and the range, are roots
	level  int16 // -1: none
	bare   int16 // the level by thresholds alone
	status status
	full   bool // the range is that with every child counting; else it is in workspace.spans
	failed bool // a child is missing under the policy error

	answered, notApplicable, missing int32 // scored questions below
}

type status uint8

const (
	missing status = iota
	scored
	statusNotApplicable
	hidden
	unscored
)

func newWorkspace(s *Scorer) *workspace {
	return &workspace{
		s:       *s,
		of:      s,
		answers: make([]answer, len(s.questions)),
		values:  make([]rat, len(s.questions)),
		texts:   make([]string, len(s.questions)),
		chosen:  make([]bool, s.options),
		hidden:  make([]bool, s.slots),
		cells:   make([]cell, len(s.nodes)),
		spans:   make([]span, len(s.nodes)),
		items:   make([]item, 0, s.maxKids),
		stamps:  make([]int32, len(s.nodes)),
		maybe:   make([]truth, s.slots),
		ranges:  make([]interval, len(s.nodes)),
	}
}

// run works everything out: first the steady questions, in one go, then all else in order.
func (w *workspace) run() {
	w.failed = false
	w.missing = 0
	for i := range w.answers {
		a, h := &w.answers[i], &w.s.hot[i]
		if a.state == unanswered {
			w.missing++
		}
		if !h.steady {
			continue
		}
		c := &w.cells[h.node]
		*c = cell{root: 1, full: true, level: -1, bare: -1}
		switch {
		case a.state == answered && a.option >= 0:
			c.status, c.value, c.answered = scored, h.points[a.option], 1
		case a.state == answered:
			c.status, c.value, c.answered = scored, w.values[i], 1
		case a.state == notApplicable:
			c.status, c.notApplicable = statusNotApplicable, 1
		default:
			c.missing = 1
		}
	}
	if w.ranged() {
		for i := range w.s.hot {
			if h := &w.s.hot[i]; h.steady {
				w.rangeOf(h.node)
			}
		}
	}
	for _, i := range w.s.program {
		w.step(&w.s.steps[i])
	}
}

// ranged tells whether ranges are worked out.
func (w *workspace) ranged() bool { return w.live || w.missing > 0 && !w.brief }

// step works out one step: as the answers are and, while some are missing, what may still become of it.
func (w *workspace) step(s *stepOf) {
	if s.node < 0 {
		w.hidden[s.slot] = s.parent >= 0 && w.hidden[s.parent] ||
			s.when != nil && !w.holds(s.when, asIs, nil, nil).must
		if w.ranged() {
			w.mayHide(s)
		}
		return
	}
	if w.s.nodes[s.node].question >= 0 {
		w.question(s.node)
	} else {
		w.group(s.node)
	}
	if w.ranged() {
		w.rangeOf(s.node)
	}
}

func (w *workspace) isHidden(n *node) bool { return n.slot >= 0 && w.hidden[n.slot] }

func (w *workspace) question(i int32) {
	n := &w.s.nodes[i]
	a := &w.answers[n.question]
	c := &w.cells[i]
	*c = cell{root: 1, full: true, level: -1, bare: -1}
	switch {
	case w.isHidden(n):
		c.status = hidden
		return
	case a.state == notApplicable:
		c.status, c.notApplicable = statusNotApplicable, 1
	case a.state == unanswered:
		c.missing = 1
	case !n.scored:
		c.status = unscored
	default:
		c.status, c.value, c.answered = scored, w.points(n.question), 1
	}
	if !n.scored {
		c.notApplicable, c.missing = 0, 0
	}
}

// span returns the range of a node's value as it is now.
func (w *workspace) span(i int32) span {
	if c := &w.cells[i]; !c.full {
		return w.spans[i]
	}
	return w.s.nodes[i].full
}

// ratio is (x − min) / (max − min), and 1 where the range is a single point.
func (s span) ratio(x rat) rat {
	if s.min.equal(s.max) {
		return whole(1)
	}
	if s.min.sign() == 0 {
		return x.quo(s.max)
	}
	return x.sub(s.min).quo(s.max.sub(s.min))
}

// group works out a group from its children: policies, aggregate, adjust, scale, round, level.
func (w *workspace) group(i int32) {
	n := &w.s.nodes[i]
	c := &w.cells[i]
	*c = cell{root: 1, full: true, level: -1, bare: -1}
	if w.isHidden(n) {
		c.status = hidden
		w.everyChild(i, c)
		return
	}
	if n.plain && w.plainMean(n, c) {
		if n.levels != nil {
			w.level(i)
		}
		return
	}
	w.count(i)
	if !n.counts && n.adjust == nil {
		c.status = unscored
		return
	}
	items, full, none := w.collect(n, c)
	raw, root, has := n.raw, n.rawRoot, len(items) > 0 && !none
	if has {
		c.value, c.root = n.rule.value(items)
		if c.full = full; !full {
			raw, root = n.rule.span(items)
		}
	} else {
		raw, root = w.everyChild(i, c)
	}
	if n.adjust != nil {
		c.value, has = w.adjust(n, c.value, has, raw, c)
	}
	if has {
		c.status = scored
		w.finish(n, c, raw)
	}
	if !c.full {
		w.spans[i] = n.finishSpan(raw, root)
	}
	if has && n.levels != nil {
		w.level(i)
	}
}

// everyChild is the range of a group without a value: that with every child counting, each with its own
// range.
func (w *workspace) everyChild(i int32, c *cell) (raw span, root int64) {
	n := &w.s.nodes[i]
	items := w.items[:0]
	for j := n.first; j < n.last; j++ {
		k := &w.s.kids[j]
		if k.never {
			continue
		}
		s := w.kidSpan(k)
		c.full = c.full && (k.points != nil || w.cells[k.node].full)
		if n.ratio {
			s = ratioSpan(s)
		}
		items = append(items, item{weight: k.weight, stage: k.stage, read: s})
	}
	if raw, root = n.raw, n.rawRoot; !c.full {
		raw, root = n.rule.span(items)
		w.spans[i] = n.finishSpan(raw, root)
	}
	c.root = 1
	if n.Round == nil {
		c.root = root
	}
	return raw, root
}

// kidSpan is the range of what a group reads from a child.
func (w *workspace) kidSpan(k *kid) span {
	if k.points != nil {
		return k.full
	}
	return w.span(k.node)
}

// plainMean is the whole pipeline of a plain group: a mean of values with the policy exclude. It is false
// where something is out of the usual, and has then done nothing.
func (w *workspace) plainMean(n *node, c *cell) bool {
	sum, total, all := rat{d: 1}, int64(0), true
	var answered, na, missing int32
	for _, k := range w.s.light[n.first:n.last] {
		kc := &w.cells[k.node]
		answered += kc.answered
		na += kc.notApplicable
		missing += kc.missing
		if kc.status != scored {
			all = false
			continue
		}
		x := &kc.value
		if !kc.full || x.big != nil {
			return false
		}
		if total == 0 {
			sum.d = x.d
		}
		if total += int64(k.weight); x.d == sum.d && fits32(x.n) {
			if sum.n += int64(k.weight) * x.n; !fits(sum.n) { // both were below 2^62
				return false
			}
			continue
		}
		var ok bool
		if sum, ok = sum.addSmall(int64(k.weight), *x); !ok {
			return false
		}
	}
	if total == 0 || !all && !n.uniform {
		return false
	}
	c.answered, c.notApplicable, c.missing = answered, na, missing
	c.status, c.value = scored, sum.over(total)
	return true
}

// finish takes a value through scale and round.
func (w *workspace) finish(n *node, c *cell, raw span) {
	if n.rescale != nil {
		c.value = n.rescale.at(raw.ratio(c.value))
	}
	if n.Round != nil {
		c.value, c.root = n.round(c.value, c.root), 1
	}
}

// at maps a ratio onto the span.
func (s *span) at(ratio rat) rat { return s.min.add(ratio.mul(s.max.sub(s.min))) }

// collect gathers the children that count. Full says that the group's range is the one with every child
// counting; none, that a policy takes the group's value away. It sets the status that the group has if it
// gets no value.
func (w *workspace) collect(n *node, c *cell) (items []item, full, none bool) {
	items, full = w.items[:0], true
	shown, na, all := 0, 0, true
	for j := n.first; j < n.last; j++ {
		k := &w.s.kids[j]
		if k.never {
			continue
		}
		kc := &w.cells[k.node]
		if kc.status == hidden || k.slot >= 0 && w.hidden[k.slot] {
			all = false
			continue
		}
		shown++
		s, value := w.kidSpan(k), kc.value
		switch {
		case kc.status == scored && k.points != nil:
			value = k.points[w.answers[w.s.nodes[k.node].question].option]
		case kc.status == scored:
			full = full && kc.full
		default:
			policy := k.missing
			if kc.status == statusNotApplicable {
				na++
				policy = k.na
			}
			switch policy {
			case Lowest:
				value = s.min
			case Highest:
				value = s.max
			case None:
				none = true
			case Fail:
				c.failed, w.failed, none = true, true, true
			}
			if policy != Lowest && policy != Highest {
				all = false
				continue
			}
			full = full && (kc.full || k.points != nil)
		}
		it := item{x: value, weight: k.weight, stage: k.stage, read: s, kid: j}
		if k.met != nil {
			it.met = w.met(k, kc, value, s)
		} else if n.ratio {
			it.x, it.read = s.ratio(value), ratioSpan(s)
		}
		items = append(items, it)
	}
	switch {
	case !n.counts:
		c.status = unscored
	case shown == 0:
		c.status = hidden
	case na == shown:
		c.status = statusNotApplicable
	default:
		c.status = missing
	}
	w.items = items
	return items, full && (all || n.uniform), none
}

// met tests a child of a share or staged group. One that counts by policy has no level.
func (w *workspace) met(k *kid, kc *cell, value rat, s span) bool {
	ratio := s.ratio(value)
	o := outcome{low: value, high: value, ratioLow: ratio, ratioHigh: ratio, root: 1, may: true, must: true, levelLow: -1, levelHigh: -1}
	if kc.status == scored {
		o.levelLow, o.levelHigh = kc.level, kc.level
	}
	complete := kc.completeness()
	return w.holds(k.met, asIs, &o, &complete).must
}

// adjust applies a group's adjustments in order.
func (w *workspace) adjust(n *node, value rat, has bool, raw span, c *cell) (rat, bool) {
	for i := range n.adjust {
		value, has, _ = w.adjustBy(&n.adjust[i], value, has, raw, c)
	}
	return value, has
}

// adjustBy applies one adjustment, and tells whether it applied. On a group without a value only set acts.
func (w *workspace) adjustBy(a *adjustment, value rat, has bool, raw span, c *cell) (rat, bool, bool) {
	if !has && a.action != "set" {
		return value, has, false
	}
	if a.when != nil {
		own := outcome{low: value, high: value, root: 1, may: has, must: has, levelLow: -1, levelHigh: -1}
		if has {
			own.ratioLow = raw.ratio(value)
			own.ratioHigh = own.ratioLow
		}
		complete := c.completeness()
		if !w.holds(a.when, asIs, &own, &complete).must {
			return value, has, false
		}
	}
	if a.action == "set" {
		return a.amount, a.amount.d != 0, true
	}
	return a.apply(value), true, true
}

func (a *adjustment) apply(x rat) rat {
	switch a.action {
	case "add":
		return x.add(a.amount)
	case "multiply":
		return x.mul(a.amount)
	case "atMost":
		return lesser(x, a.amount)
	default: // atLeast
		return greater(x, a.amount)
	}
}

// completeness is (answered + not applicable) / asked, as a span of one point; 1 where nothing is asked.
func (c *cell) completeness() span {
	ratio := whole(1)
	if asked := c.answered + c.notApplicable + c.missing; asked > 0 {
		ratio = rat{n: int64(c.answered + c.notApplicable), d: int64(asked)}
	}
	return span{ratio, ratio}
}

// count counts the scored questions below a group, each once.
func (w *workspace) count(i int32) {
	n := &w.s.nodes[i]
	c := &w.cells[i]
	if n.shared {
		w.stamp++
		w.below(&kid{node: i, slot: -1}, func(k *kid) bool {
			if w.stamps[k.node] == w.stamp || k.slot >= 0 && w.hidden[k.slot] || w.isHidden(&w.s.nodes[k.node]) {
				return false
			}
			w.stamps[k.node] = w.stamp
			if w.s.nodes[k.node].question >= 0 {
				kc := &w.cells[k.node]
				c.answered += kc.answered
				c.notApplicable += kc.notApplicable
				c.missing += kc.missing
			}
			return true
		})
		return
	}
	for j := n.first; j < n.last; j++ {
		kc := &w.cells[w.s.kids[j].node]
		c.answered += kc.answered
		c.notApplicable += kc.notApplicable
		c.missing += kc.missing
	}
}

// below visits a kid and all kids below it, as far as enter says so. It is no recursion, because references
// make chains as long as the model.
func (w *workspace) below(k *kid, enter func(k *kid) bool) {
	if !enter(k) {
		return
	}
	for w.queue = append(w.queue[:0], k.node); len(w.queue) > 0; {
		n := &w.s.nodes[w.queue[len(w.queue)-1]]
		w.queue = w.queue[:len(w.queue)-1]
		for j := n.first; j < n.last; j++ {
			if k := &w.s.kids[j]; enter(k) {
				w.queue = append(w.queue, k.node)
			}
		}
	}
}

// outcomeNow is the outcome of a node as it is.
func (w *workspace) outcomeNow(i int32) outcome {
	c := &w.cells[i]
	o := outcome{root: c.root, levelLow: c.level, levelHigh: c.level}
	if c.status == scored {
		o.may, o.must, o.low, o.high = true, true, c.value, c.value
		if c.root == 1 {
			o.ratioLow = w.span(i).ratio(c.value)
			o.ratioHigh = o.ratioLow
		}
	}
	return o
}
