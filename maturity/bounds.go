package maturity

// bounds works out, for every node, between which values it lies whatever is answered, left out or not
// applicable: the outermost interval. A node without one can get any value.
func (s *Scorer) bounds() []interval {
	w := newWorkspace(s)
	w.loose = true
	w.run()
	for i := range w.ranges {
		w.ranges[i].ratios()
	}
	return w.ranges
}

// compiled checks what only the compiled program shows: that what a geometric or product group multiplies
// is never below 0, and that no unrounded root is read as a child.
func (v *validator) compiled() {
	s := v.scorer
	for i := range s.nodes {
		if n := &s.nodes[i]; n.bits > maxBits {
			v.add(TooMany, n.path, "", "The weights and points below this node differ too much to be added up exactly: use fewer different ones, or round on the way.")
			return
		}
	}
	signs := signs{s: s}
	for i := range s.nodes {
		n := &s.nodes[i]
		for j := n.first; j < n.last; j++ {
			k := &s.kids[j]
			target := &s.nodes[k.node]
			if !k.never && target.irrational() {
				v.add(BadGeometric, k.path, "", "An unrounded geometric group cannot be a child: give "+quote(target.ID)+" a round.")
			}
			if n.rule.op == Geometric && signs.positive == nil {
				signs.settle()
			}
			if n.rule.op == Geometric && !k.never && !signs.kid(n, k) ||
				n.rule.op == Product && !k.never && !n.ratio && k.full.min.sign() < 0 {
				v.add(BadGeometric, k.path, "", "The children of a "+string(n.rule.op)+" group must never be below 0, and "+quote(target.ID)+" can be.")
			}
		}
	}
}

// signs finds out which nodes are never below 0.
type signs struct {
	s        *Scorer
	positive []int8 // what was found: 0 nothing yet, 1 yes, -1 no
	bounds   []interval
}

// settle looks at every node, each after those below it: so no look goes deep.
func (g *signs) settle() {
	g.positive = make([]int8, len(g.s.nodes))
	for i := range g.s.steps {
		if node := g.s.steps[i].node; node >= 0 {
			g.nonnegative(node)
		}
	}
}

// kid tells whether what a group reads from a child is never below 0.
func (g *signs) kid(n *node, k *kid) bool {
	switch {
	case k.points != nil:
		return n.ratio || k.full.min.sign() >= 0
	case n.ratio:
		return !g.s.nodes[k.node].strays || g.bound(k.node).nonnegativeRatio()
	}
	return g.nonnegative(k.node) || g.bound(k.node).nonnegative()
}

func (g *signs) bound(i int32) *interval {
	if g.bounds == nil {
		g.bounds = g.s.bounds()
	}
	return &g.bounds[i]
}

// nonnegative tells whether a value is never below 0, as far as its parts show.
func (g *signs) nonnegative(i int32) bool {
	if g.positive[i] == 0 {
		g.positive[i] = -1
		if g.parts(&g.s.nodes[i]) {
			g.positive[i] = 1
		}
	}
	return g.positive[i] > 0
}

func (g *signs) parts(n *node) bool {
	if n.question >= 0 || n.rescale != nil {
		return n.full.min.sign() >= 0 && !n.strays
	}
	ok := n.rule.op != Sum || n.rule.base.sign() >= 0
	for j := n.first; j < n.last; j++ {
		k := &g.s.kids[j]
		ok = ok && (k.never || k.met != nil || g.kid(n, k))
	}
	for j := range n.adjust {
		a := &n.adjust[j]
		ok = ok && (a.action == "atLeast" || a.amount.sign() >= 0)
	}
	return ok
}

func (r *interval) nonnegative() bool { return !r.may || !r.vague && r.low.sign() >= 0 }

func (r *interval) nonnegativeRatio() bool {
	return !r.may || !r.vague && !r.blurred && r.ratioLow.sign() >= 0
}
