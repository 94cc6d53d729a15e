package maturity

// A Scorer scores assessments of one model. Get one from Compile. It never changes, and is safe for
// concurrent use.
//
// It is a flat program: the nodes in document order, the children of all groups in one list, and the
// steps in an order in which each comes after what it needs.
type Scorer struct {
	model     *Model
	ref       ModelRef
	opts      Options
	nodes     []node
	kids      []kid
	questions []question
	asked     []string // ids of the questions
	hot       []hotQuestion
	rows      *rowProgram
	steps     []stepOf
	program   []int32          // the steps of workspace.run: all but those of questions that are never hidden
	light     []lightKid       // beside kids, for plain groups
	index     map[string]int32 // id to node
	slots     int              // of visibility
	options   int              // of all checklists
	maxKids   int
}

// A node is a group or a question, compiled.
type node struct {
	*place
	question int32 // -1 for a group
	slot     int32 // of its visibility; -1 where it is never hidden
	first    int32 // of its children in Scorer.kids
	last     int32 // behind its last child
	rule     aggregateRule
	ratio    bool // it reads ratios
	plain    bool // a mean of values under the policy exclude, and nothing else: see plainMean
	scored   bool // it can have a value
	counts   bool // it can count at a parent
	uniform  bool // its range is the same whichever children count
	strays   bool // an adjustment, here or below, can take its value out of its range
	shared   bool // it has references below, so that it may have a question twice
	adjust   []adjustment
	rescale  *span
	levels   []level
	digits   int8 // for display; -1 for none

	bits       int   // of the denominator of its value, at most: see size
	raw        span  // the range before scale and round, with every child counting
	full       span  // the range, with every child counting
	rawRoot    int64 // of a geometric mean: the ends of raw are roots
	fullRoot   int64
	fullFloats floatSpan
}

type floatSpan struct{ min, max float64 }

// A span is a range of values.
type span struct{ min, max rat }

func (s span) equal(t span) bool { return s.min.equal(t.min) && s.max.equal(t.max) }

// A kid is a child of a group, where it stands: a node of its own or one by reference.
type kid struct {
	*place
	node    int32
	slot    int32 // of a reference's own visibility; -1 where it has none
	weight  int64 // in units of the group's weightUnit
	stage   int
	missing Policy
	na      Policy
	never   bool       // it never counts
	points  []rat      // a reference's own points by option
	full    span       // the range of its value, with every child counting
	met     *condition // share, staged
}

// A hotQuestion is what workspace.run needs of a question, close together.
type hotQuestion struct {
	points []rat
	values []string // of a choice
	node   int32
	steady bool // it is scored, and never hidden
}

// A lightKid is what a plain group needs of a kid.
type lightKid struct{ node, weight int32 }

type adjustment struct {
	_      [0]func()  // never compared
	when   *condition // nil: always
	action string
	amount rat // no number: no value
}

type level struct {
	id        string
	threshold rat  // no number: none
	small     bool // threshold is below 2^31 above its line; below it, it always is
	want      []string
	above     bool
	ofRatio   bool
	require   *condition
}

// A stepOf works out whether a place is hidden, or the outcome of a node.
type stepOf struct {
	place   *place
	node    int32 // -1: visibility
	slot    int32
	parent  int32 // slot of the place around it, or -1
	when    *condition
	readers []int32 // steps to take again when this one comes out differently
}

// Compile checks a model and makes a Scorer of it. The error is an *InvalidError with every issue. The
// model must not be changed while the Scorer is in use.
func Compile(m *Model, opts *Options) (*Scorer, error) {
	v := newValidator(opts)
	v.model(m)
	if err := v.err(); err != nil {
		return nil, err
	}
	return v.finished(), nil
}

// finished is the Scorer of a model without issues.
func (v *validator) finished() *Scorer {
	v.scorer.opts = v.opts
	v.scorer.rows = new(rowProgram)
	v.scorer.ref = ModelRef{v.m.ID, v.m.Version, v.m.Digest()}
	return v.scorer
}

// MustCompile is Compile for models known to be valid; it panics where Compile fails.
func MustCompile(m *Model, opts *Options) *Scorer {
	s, err := Compile(m, opts)
	if err != nil {
		panic(err)
	}
	return s
}

// Model returns the model that was compiled; it must not be changed.
func (s *Scorer) Model() *Model { return s.model }

// Ref returns the model's id, version and digest.
func (s *Scorer) Ref() ModelRef { return s.ref }

// A builder makes a Scorer of a model without issues.
type builder struct {
	Scorer
	v      *validator
	stamps []int32 // by node: who saw it last, for size
	tooBig bool
}

func build(v *validator) *Scorer {
	b := &builder{Scorer: Scorer{model: v.m, index: map[string]int32{}}, v: v}
	for _, p := range v.places {
		if p.When != nil || slotOf(p.parent) >= 0 {
			p.slot = int32(b.slots)
			b.slots++
		}
		if p.Ref == "" {
			p.node = int32(len(b.nodes))
			b.index[p.ID] = int32(len(b.nodes))
			b.nodes = append(b.nodes, node{place: p, question: -1, slot: p.slot, digits: -1})
		}
	}
	for i := range b.nodes {
		if n := &b.nodes[i]; n.Answer != nil {
			n.question = int32(len(b.questions))
			b.questions = append(b.questions, b.compileQuestion(int32(i)))
			b.asked = append(b.asked, n.ID)
		} else {
			b.children(n)
		}
		b.display(&b.nodes[i])
	}
	b.stamps = make([]int32, len(b.nodes))
	b.light = make([]lightKid, len(b.kids))
	for _, vertex := range v.order {
		if vertex.outcome && vertex.place.Ref == "" {
			b.finish(vertex.place.node)
		}
	}
	for i := range b.questions {
		q := &b.questions[i]
		n := &b.nodes[q.node]
		h := hotQuestion{points: q.points, node: q.node, steady: n.scored && n.slot < 0}
		if q.kind == Choice {
			h.values = q.values
		}
		b.hot = append(b.hot, h)
	}
	b.order()
	s := b.Scorer // without what was needed to build it
	return &s
}

// display takes a node's digits, or those of the nearest node around it.
func (b *builder) display(n *node) {
	for p := n.place; p != nil; p = p.parent {
		if p.Display != nil {
			n.digits = int8(p.Display.Digits)
			return
		}
	}
}

// children lays out the children of a group.
func (b *builder) children(n *node) {
	n.first = int32(len(b.kids))
	n.rule = aggregateRule{op: n.Aggregate, base: decimalRat(n.Base, 0), need: decimalRat(n.Need, decimalUnit),
		failEmpty: n.EmptyStage == FailStage}
	if n.rule.op == "" {
		n.rule.op = Mean
	}
	n.ratio = n.Read == ReadRatio
	unit := int64(0)
	for _, p := range n.kids {
		if units := weightUnits(p); units != 0 {
			unit = gcd(unit, units)
		}
	}
	n.rule.weightUnit = fromUnits(max(unit, 1))
	for _, p := range n.kids {
		k := kid{place: p, slot: -1, stage: p.Stage, missing: b.policy(p, false),
			na: b.policy(p, true), weight: weightUnits(p) / max(unit, 1)}
		target := p
		if p.target != nil {
			target = p.target
			if p.When != nil {
				k.slot = p.slot
			}
		}
		k.node = target.node
		b.kids = append(b.kids, k)
	}
	n.last = int32(len(b.kids))
	b.maxKids = max(b.maxKids, len(n.kids))
	if n.rule.op == Staged { // in order of stages, so that one pass is enough
		kids := b.kids[n.first:n.last]
		ordered := make([]kid, 0, len(kids))
		for _, j := range sorted(len(kids), func(i, j int) bool { return kids[i].stage < kids[j].stage }) {
			ordered = append(ordered, kids[j])
		}
		copy(kids, ordered)
	}
}

func weightUnits(p *place) int64 {
	if units, ok := p.Weight.units(); ok {
		return units
	}
	return decimalUnit
}

// policy is the child's own, or that of its nearest ancestor where it stands, the model's root last.
func (b *builder) policy(p *place, notApplicable bool) Policy {
	for ; p != nil; p = p.parent {
		if own := p.policy(notApplicable); own != "" {
			return own
		}
	}
	if own := b.model.policy(notApplicable); own != "" {
		return own
	}
	return Exclude
}

// policy is the one for missing children, or the one for those that do not apply.
func (n *Node) policy(notApplicable bool) Policy {
	if notApplicable {
		return n.NotApplicable
	}
	return n.Missing
}

func decimalRat(d Decimal, standard int64) rat {
	if units, ok := d.units(); ok {
		return fromUnits(units)
	}
	return fromUnits(standard)
}

// finish compiles what needs the ranges of what is below a node: its own ranges, and its conditions.
func (b *builder) finish(i int32) {
	n := &b.nodes[i]
	if n.question >= 0 {
		q := &b.questions[n.question]
		n.scored = n.Answer.Type != FreeText
		n.counts = n.scored
		n.full, n.raw, n.rawRoot, n.fullRoot = q.full, q.full, 1, 1
		if n.scored {
			q.min64, q.max64 = q.full.min.float(), q.full.max.float()
		}
		if q.kind != Checklist {
			for _, x := range q.points {
				q.floats = append(q.floats, n.floats(x, n.full))
			}
		}
		n.bits = b.size(n)
		return
	}
	kids := b.kids[n.first:n.last]
	n.strays = n.Adjust != nil
	for j := range kids {
		k := &kids[j]
		target := &b.nodes[k.node]
		n.strays = n.strays || target.strays && n.rule.op != Share && n.rule.op != Staged
		n.shared = n.shared || target.shared || k.Ref != ""
		k.never = k.weight == 0 || !target.counts
		k.full = target.full
		if k.Points != nil {
			k.points, k.full = b.ownPoints(k)
		}
		k.met = b.compileMet(n, k)
	}
	if b.tooBig {
		return
	}
	n.compileRange(kids)
	n.bits = b.size(n)
	b.tooBig = n.bits > maxBits // compiled says so
	n.plain = b.isPlain(n, kids)
	for j := range n.Adjust {
		a := &n.Adjust[j]
		c := adjustment{when: b.compileCondition(a.When, i, nil)}
		for _, action := range []struct {
			name string
			d    Decimal
		}{{"set", a.Set}, {"add", a.Add}, {"multiply", a.Multiply}, {"atMost", a.AtMost}, {"atLeast", a.AtLeast}} {
			if action.d != "" {
				c.action = action.name
				if units, ok := action.d.units(); ok {
					c.amount = fromUnits(units)
				}
			}
		}
		n.adjust = append(n.adjust, c)
	}
	for _, l := range n.place.levels {
		c := level{id: l.ID, ofRatio: l.Of == ReadRatio, above: l.Above != "", require: b.compileCondition(l.Require, i, nil)}
		if units, ok := (l.From + l.Above).units(); ok {
			c.from(units)
			c.want = []string{formatUnits(units)}
		}
		n.levels = append(n.levels, c)
	}
}

// isPlain tells whether plainMean can score a group. Weights and values below 2^31 keep its sum small.
func (b *builder) isPlain(n *node, kids []kid) bool {
	plain := n.rule.op == Mean && !n.ratio && n.Adjust == nil && n.Scale == nil && n.Round == nil && n.counts && !n.shared
	total := int64(0)
	for j := range kids {
		k := &kids[j]
		if total += k.weight; total >= 1<<31 || k.weight >= 1<<31 {
			return false
		}
		plain = plain && !k.never && k.missing == Exclude && k.na == Exclude
		b.light[int(n.first)+j] = lightKid{k.node, int32(k.weight)}
	}
	return plain
}

// ownPoints returns the points of a reference with points of its own, by option.
func (b *builder) ownPoints(k *kid) ([]rat, span) {
	q := &b.questions[b.nodes[k.node].question]
	points := make([]rat, len(q.values))
	for i, value := range q.values {
		points[i] = q.points[i]
		if d, ok := k.Points[value]; ok {
			points[i] = decimalRat(d, 0)
		}
	}
	return points, spanOf(points)
}

func spanOf(values []rat) span {
	s := span{values[0], values[0]}
	for _, v := range values {
		s = span{lesser(s.min, v), greater(s.max, v)}
	}
	return s
}

// compileRange works out the range of a group with every child counting.
func (n *node) compileRange(kids []kid) {
	var items []item
	single := span{}
	switch n.rule.op {
	case Sum, Product, Geometric, Staged:
	default:
		n.uniform = true
	}
	for j := range kids {
		k := &kids[j]
		if k.never {
			continue
		}
		read := k.full
		if n.ratio {
			read = ratioSpan(k.full)
		}
		if len(items) == 0 {
			single = read
		}
		n.uniform = n.uniform && read.equal(single)
		items = append(items, item{read: read, weight: k.weight, stage: k.stage})
	}
	n.counts = len(items) > 0
	n.scored = n.counts
	for i := range n.Adjust {
		n.scored = n.scored || n.Adjust[i].Set != "" && n.Adjust[i].Set != NoValue
	}
	if n.rawRoot = 1; !n.counts { // no range, unless a scale gives one: a value that is set has ratio 1
		n.raw = span{whole(0), whole(0)}
	} else {
		n.uniform = n.uniform || n.rule.op == Share
		n.raw, n.rawRoot = n.rule.span(items)
	}
	if n.Scale != nil {
		n.rescale = &span{decimalRat(n.Scale.Min, 0), decimalRat(n.Scale.Max, 0)}
	}
	n.full = n.finishSpan(n.raw, n.rawRoot)
	if n.fullRoot = n.rawRoot; n.Round != nil {
		n.fullRoot = 1
	}
	n.fullFloats = floatSpan{valueFloat(n.full.min, n.fullRoot), valueFloat(n.full.max, n.fullRoot)}
}

// ratioSpan is the range of a ratio: from 0 to 1, and 1 alone where the range is a single point.
func ratioSpan(of span) span {
	if of.min.equal(of.max) {
		return span{whole(1), whole(1)}
	}
	return span{whole(0), whole(1)}
}

// finishSpan takes a range through scale and round.
func (n *node) finishSpan(s span, root int64) span {
	if n.rescale != nil {
		s = span{lesser(n.rescale.min, n.rescale.max), greater(n.rescale.min, n.rescale.max)}
	}
	if n.Round != nil {
		s = span{n.round(s.min, root), n.round(s.max, root)}
	}
	return s
}

// round rounds a value, which is a root if root is above 1.
func (n *node) round(x rat, root int64) rat {
	if root > 1 {
		return roundRoot(x, root, n.Round.Digits, n.Round.Mode)
	}
	return x.round(n.Round.Digits, n.Round.Mode)
}
