package maturity

// bounds works out, for every node, between which values it lies whatever is answered, left out or not
// applicable: the outermost interval. A node without one can get any value.
func (s *Scorer) bounds() []interval {
	w := newWorkspace(s)
	w.loose = true
	w.run()
	return w.ranges
}

// compiled checks what only the compiled program shows.
func (v *validator) compiled() {
	s := v.scorer
	var bounds []interval
	for i := range s.nodes {
		n := &s.nodes[i]
		if n.rule.op != Geometric && n.rule.op != Product {
			continue
		}
		if bounds == nil && n.rule.op == Geometric {
			bounds = s.bounds()
		}
		for j := n.first; j < n.last; j++ {
			k := &s.kids[j]
			target := &s.nodes[k.node]
			switch {
			case k.never:
			case target.irrational():
				v.add(BadGeometric, k.path, "An unrounded geometric group cannot be a child: give "+quote(target.ID)+" a round.")
			case n.ratio && target.Adjust == nil:
			case !n.ratio && k.full.min.sign() < 0, n.rule.op == Geometric && !n.ratio && k.points == nil && !bounds[k.node].nonnegative(),
				n.rule.op == Geometric && n.ratio && !bounds[k.node].nonnegativeRatio():
				v.add(BadGeometric, k.path, "The children of a "+string(n.rule.op)+" group must never be below 0, and "+quote(target.ID)+" can be.")
			}
		}
	}
	for i := range s.nodes {
		n := &s.nodes[i]
		for j := n.first; j < n.last && n.rule.op != Geometric && n.rule.op != Product; j++ {
			if target := &s.nodes[s.kids[j].node]; target.irrational() {
				v.add(BadGeometric, s.kids[j].path, "An unrounded geometric group cannot be a child: give "+quote(target.ID)+" a round.")
			}
		}
	}
}

func (r *interval) nonnegative() bool { return !r.may || !r.vague && r.low.sign() >= 0 }

func (r *interval) nonnegativeRatio() bool { return !r.may || !r.vague && r.ratioLow.sign() >= 0 }
