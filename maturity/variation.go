package maturity

import (
	"math"
	"slices"
)

// A Variation scores one group for one assessment, as if the model had other weights and thresholds: for
// weights that a user may move, and for asking how far an outcome depends on them. Levels are exact, as
// everywhere. Get one from Scorer.Variation; the Scorer does not change. It is used by one goroutine at a
// time.
type Variation struct {
	w          *workspace // its nodes and kids are its own
	node       int32
	needed     []bool // by node: the outcome may depend on it
	weights    []Weight
	units      []int64 // beside weights: what they are now, in billionths
	kids       []int32 // beside weights, into Scorer.kids
	varied     []bool  // by node: a group with such weights
	thresholds []Threshold
	rungs      [][]rung // beside thresholds
	loose      []bool   // by node: the range before scale and round depends on weights
	ranges     []int32  // groups whose ranges depend on weights, in order
	filter     *filter  // nil where there is none for these answers, or not yet
	tried      bool     // filter has been looked for
	reads      int      // since the answers changed
	exact      bool     // the workspace is up to date
	near       bool     // the filter is up to date
}

// A Weight is one that a Variation can change.
type Weight struct {
	Path  string  `json:"path"`   // JSON Pointer of the child's weight in the model
	Group string  `json:"group"`  // id of the group
	Child string  `json:"child"`  // id of the child, or of the node that it refers to
	Value Decimal `json:"weight"` // as in the model
}

// A Threshold is one that a Variation can change. One of a shared ladder is the same for all its groups.
type Threshold struct {
	Path  string  `json:"path"`  // JSON Pointer of from or above in the model
	Group string  `json:"group"` // id of the first group that has the ladder
	Level string  `json:"level"`
	Of    Reading `json:"of"`        // value or ratio
	Value Decimal `json:"threshold"` // as in the model
}

// A rung is a level of a group.
type rung struct{ node, level int32 }

const maxUnits = decimalUnit * decimalUnit // decimals are below 10^9 in absolute value

// Variation scores a group of the model for an assessment. The error is that of Score; UnknownNode; or
// TooLarge, for a model whose scores need too many digits once its weights have nine.
func (s *Scorer) Variation(a *Assessment, group string) (*Variation, error) {
	at, ok := s.index[group]
	if !ok || s.nodes[at].question >= 0 {
		return nil, &InvalidError{[]*Issue{{Code: UnknownNode, Message: "The model has no group " + quote(group) + "."}}}
	}
	if err := s.Check(a); err != nil {
		return nil, err
	}
	w := newWorkspace(s)
	w.brief = true
	w.load(a)
	if w.run(); w.failed {
		return nil, w.required()
	}
	w.s.nodes = append([]node(nil), s.nodes...)
	w.s.kids = append([]kid(nil), s.kids...)
	for i := range w.s.nodes {
		n := &w.s.nodes[i]
		n.levels = append([]level(nil), n.levels...)
	}
	v := &Variation{w: w, node: at}
	v.need()
	v.findWeights()
	v.findThresholds()
	v.findRanges()
	if err := v.size(); err != nil {
		return nil, err
	}
	return v, nil
}

// need marks the nodes that the outcome may depend on: a step is needed that a needed step reads.
func (v *Variation) need() {
	s := &v.w.s
	v.needed = make([]bool, len(s.nodes))
	steps := make([]bool, len(s.steps))
	for i, step := range slices.Backward(s.steps) {
		steps[i] = step.node == v.node
		for _, reader := range step.readers {
			steps[i] = steps[i] || steps[reader]
		}
		if step.node >= 0 {
			v.needed[step.node] = steps[i]
		}
	}
}

// findWeights lists the weights that matter: those of groups that read them as decimals, where there is
// another child, or a sum. A geometric mean takes whole numbers only; what it or a product reads must not
// fall below 0, so that weights are fixed which could take it there.
func (v *Variation) findWeights() {
	s := &v.w.s
	v.varied = make([]bool, len(s.nodes))
	multiplied := make([]bool, len(s.nodes)) // a product or a geometric mean reads it, or what reads it
	fixed := make([]bool, len(s.nodes))
	for _, step := range slices.Backward(s.steps) {
		if step.node < 0 {
			continue
		}
		n := &s.nodes[step.node]
		factors := multiplied[step.node] || n.rule.op == Product || n.rule.op == Geometric
		fix := fixed[step.node] || multiplied[step.node] && (n.strays || n.rule.base.sign() < 0 || v.readsNegative(n))
		fixed[step.node] = fix
		for _, k := range s.kids[n.first:n.last] {
			multiplied[k.node] = multiplied[k.node] || factors
			fixed[k.node] = fixed[k.node] || fix
		}
	}
	for i := range s.nodes {
		n := &s.nodes[i]
		op, counting := n.rule.op, 0
		for j := n.first; j < n.last; j++ {
			if !s.kids[j].never {
				counting++
			}
		}
		if !v.needed[i] || fixed[i] || counting < 2 && op != Sum ||
			op != Mean && op != Sum && op != Share && op != Staged {
			continue
		}
		v.varied[i] = true
		n.plain, n.rule.weightUnit = false, rat{n: 1, d: decimalUnit}
		for j := n.first; j < n.last; j++ {
			k := &s.kids[j]
			if k.weight = weightUnits(k.place); k.never {
				continue
			}
			v.weights = append(v.weights, Weight{pointer(k.path, "weight"), n.ID, s.nodes[k.node].ID, Decimal(formatUnits(k.weight))})
			v.kids, v.units = append(v.kids, j), append(v.units, k.weight)
		}
	}
}

// readsNegative tells whether a group reads something from a child that can be below 0.
func (v *Variation) readsNegative(n *node) bool {
	for j := n.first; j < n.last; j++ {
		if k := &v.w.s.kids[j]; !k.never && !n.ratio && n.rule.op != Share && n.rule.op != Staged && k.full.min.sign() < 0 {
			return true
		}
	}
	return false
}

func (v *Variation) findThresholds() {
	s := &v.w.s
	var seen []*Level
	for i := range s.nodes {
		n := &s.nodes[i]
		if !v.needed[i] {
			continue
		}
		for j, l := range n.place.levels {
			units, ok := (l.From + l.Above).units()
			if !ok {
				continue
			}
			at := 0
			for at < len(seen) && seen[at] != l {
				at++
			}
			if at == len(seen) {
				path, field, of := pointer(n.path, "levels"), "from", ReadValue
				if n.Levels.Use != "" {
					path = pointer("/ladders", n.Levels.Use)
				}
				if l.Above != "" {
					field = "above"
				}
				if l.Of == ReadRatio {
					of = ReadRatio
				}
				seen = append(seen, l)
				v.thresholds = append(v.thresholds, Threshold{pointer(pointerIndex(path, j), field), n.ID, l.ID, of, Decimal(formatUnits(units))})
				v.rungs = append(v.rungs, nil)
			}
			v.rungs[at] = append(v.rungs[at], rung{int32(i), int32(j)})
		}
	}
}

// findRanges finds the groups whose ranges depend on the weights.
func (v *Variation) findRanges() {
	s := &v.w.s
	v.loose = make([]bool, len(s.nodes))
	outer := make([]bool, len(s.nodes)) // the range after scale depends on weights, too
	for i := range s.steps {
		node := s.steps[i].node
		if node < 0 || !v.needed[node] {
			continue
		}
		n := &s.nodes[node]
		loose, changes := v.varied[node] && (n.rule.op == Sum || n.rule.op == Mean && !n.uniform), false
		for j := n.first; j < n.last; j++ {
			k := &s.kids[j]
			changes = changes || !k.never && outer[k.node]
		}
		if changes && n.rule.op != Share && n.rule.op != Staged { // ratios too: a rounded range can become a point
			loose = true
		}
		v.loose[node] = loose
		outer[node] = loose && n.rescale == nil
		if loose || changes {
			v.ranges = append(v.ranges, node)
		}
	}
}

// size refuses what could take too long, as Compile does.
func (v *Variation) size() error {
	b := builder{Scorer: v.w.s, stamps: make([]int32, len(v.w.s.nodes))}
	b.kids = append([]kid(nil), b.kids...)
	b.nodes = append([]node(nil), b.nodes...)
	for _, j := range v.kids {
		b.kids[j].weight = maxUnits
	}
	for i := range b.steps {
		if node := b.steps[i].node; node >= 0 {
			n := &b.nodes[node]
			if n.bits = b.size(n); n.bits > maxBits && v.needed[node] {
				return &InvalidError{[]*Issue{{Code: TooLarge, Path: n.path,
					Message: "With weights of nine digits the value of " + quote(n.ID) + " would have too many: make the model smaller."}}}
			}
		}
	}
	return nil
}

// Weights returns the weights that can be changed: those that the outcome of the group may depend on. They
// are the weights above 0 in means, sums, shares and stages, as far as they have something to be weighed
// against. Those of a geometric mean stay as they are, being whole numbers; so do those below it or a
// product that could take what it reads below 0.
func (v *Variation) Weights() []Weight { return append([]Weight(nil), v.weights...) }

// Thresholds returns the thresholds that can be changed: those of all ladders that the outcome of the group
// may depend on.
func (v *Variation) Thresholds() []Threshold { return append([]Threshold(nil), v.thresholds...) }

// SetWeight changes a weight, given in billionths: above 0, below 10^18. It is false where that is not so,
// or there is no such weight; nothing has then changed.
func (v *Variation) SetWeight(i int, billionths int64) bool {
	if uint(i) >= uint(len(v.units)) || billionths <= 0 || billionths >= maxUnits {
		return false
	}
	v.units[i] = billionths
	v.exact, v.near = false, false
	return true
}

// SetThreshold changes a threshold, given in billionths: below 10^18 in absolute value. It is false where
// that is not so, or there is no such threshold; nothing has then changed. The levels of a ladder may come
// out of order: a level is reached when all below it are.
func (v *Variation) SetThreshold(i int, billionths int64) bool {
	if uint(i) >= uint(len(v.rungs)) || billionths <= -maxUnits || billionths >= maxUnits {
		return false
	}
	for _, r := range v.rungs[i] {
		l := &v.w.s.nodes[r.node].levels[r.level]
		l.from(billionths)
		if v.filter != nil {
			v.filter.mark(v, r.node, r.level)
		}
	}
	v.exact, v.near = false, false
	return true
}

// Set answers a question, with a value as in Assessment.Answers. The error is an *InvalidError with the
// issue; nothing has then changed. Where a question then is missing under the policy error, the groups
// that need it have no value.
func (v *Variation) Set(question string, value any) error {
	w := v.w
	r := w.s.opts.report()
	i, ok := w.s.questionIndex(r, "/answers", question)
	if ok {
		if f := w.resolve(i, givenBy(value)); f != nil {
			f.report(r, question)
		}
	}
	if err := r.err(); err != nil {
		return err
	}
	v.exact, v.near, v.filter, v.tried, v.reads = false, false, nil, false, 0
	return nil
}

// Level returns the number of the level, from 0, that the group has reached, and -1 for none.
func (v *Variation) Level() int {
	if v.glance() {
		if level, sure := v.filter.level(v, v.node); sure {
			return int(level)
		}
	}
	v.run()
	return int(v.w.cells[v.node].level)
}

// Value returns the float64 nearest to the value of the group, and false if it has none.
func (v *Variation) Value() (float64, bool) {
	v.run()
	c := &v.w.cells[v.node]
	if c.status != scored {
		return 0, false
	}
	return valueFloat(c.value, c.root), true
}

// Near is Value, but quick: the exact value is no further away than within. It is the same on every
// platform.
func (v *Variation) Near() (value, within float64, ok bool) {
	if v.glance() {
		at := v.filter.at[v.node]
		if at < 0 {
			return 0, 0, false
		}
		if value = v.filter.value[at]; math.Abs(value) < huge {
			return value, v.filter.within[at], true
		}
	}
	value, ok = v.Value()
	return value, floatError(value), ok
}

// glance brings the filter up to date, and tells whether there is one. It is made when the answers have
// been read twice, because making one takes as long as scoring.
func (v *Variation) glance() bool {
	if v.exact {
		return false
	}
	if v.reads++; v.reads > 1 && !v.tried {
		v.run()
		v.filter, v.tried = newFilter(v), true
		return false
	}
	if v.filter != nil && !v.near {
		v.filter.run(v.units)
		v.near = true
	}
	return v.filter != nil && !v.filter.doubt
}

// run brings the workspace up to date.
func (v *Variation) run() {
	if v.exact {
		return
	}
	s := &v.w.s
	for i, units := range v.units {
		s.kids[v.kids[i]].weight = units
	}
	for _, node := range v.ranges {
		n := &s.nodes[node]
		kids := s.kids[n.first:n.last]
		for j := range kids {
			if k := &kids[j]; k.points == nil {
				k.full = s.nodes[k.node].full
			}
		}
		if v.loose[node] {
			n.compileRange(kids)
		}
	}
	v.w.run()
	v.exact = true
}
