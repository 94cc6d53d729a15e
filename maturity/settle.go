package maturity

// This file tells what no missing answer can change any more: of such a node no interval is worked out.

// counts tells whether every question below a node is answered, not applicable or hidden for good.
func (w *workspace) counts(n *node) bool {
	if w.loose || !w.staysHidden(n.slot) {
		return false
	}
	if n.question >= 0 {
		return !n.scored || w.answers[n.question].state != unanswered || w.isHidden(n)
	}
	for j := n.first; j < n.last; j++ {
		k := &w.s.kids[j]
		if !w.ranges[k.node].counted || !w.staysHidden(k.slot) {
			return false
		}
	}
	return true
}

// staysHidden tells whether a place stays hidden, or stays shown, whatever is answered.
func (w *workspace) staysHidden(slot int32) bool {
	return slot < 0 || w.maybe[slot] == truth{w.hidden[slot], w.hidden[slot]}
}

// settles tells whether no answer that is missing matters to a node.
func (w *workspace) settles(n *node) bool {
	if n.question >= 0 {
		return w.answers[n.question].state != unanswered || w.isHidden(n)
	}
	for j := n.first; j < n.last; j++ {
		if k := &w.s.kids[j]; !k.never && !w.ranges[k.node].settled || k.met != nil && !w.knows(k.met) {
			return false
		}
	}
	for j := range n.adjust {
		if c := n.adjust[j].when; c != nil && !w.knows(c) {
			return false
		}
	}
	for j := range n.levels {
		if c := n.levels[j].require; c != nil && !w.knows(c) {
			return false
		}
	}
	return true
}

// knows tells whether no answer that is missing matters to a condition.
func (w *workspace) knows(c *condition) bool {
	for i := range c.parts {
		if !w.knows(&c.parts[i]) {
			return false
		}
	}
	switch {
	case len(c.parts) > 0:
		return true
	case c.op != measures:
		slot := w.s.nodes[w.s.questions[c.question].node].slot
		return w.staysHidden(slot) && (w.answers[c.question].state != unanswered || slot >= 0 && w.hidden[slot])
	}
	if c.of == ofCompleteness && c.node >= 0 {
		return w.ranges[c.node].counted
	}
	return c.node < 0 || w.ranges[c.node].settled
}

// differs tells whether two intervals of a node may differ; settled ones differ where its cells do.
func (r *interval) differs(s *interval) bool {
	a, b := *r, *s
	a.rated, a.ratioLow, a.ratioHigh = b.rated, b.ratioLow, b.ratioHigh // they follow from the rest
	return a.settled != b.settled || !a.settled && a != b
}
