package maturity

// This file lays out the steps of a compiled model, and notes which steps to take again when one changes.

// order lays out the steps, and who reads what.
func (b *builder) order() {
	count := 2 * len(b.v.places)
	stepOfVertex := make([]int32, count) // and 1; 0 for none
	seen := make([]int32, count)         // by which step, and 1
	for _, v := range b.v.order {
		p := v.place
		s := stepOf{place: p, node: -1, slot: -1, parent: -1}
		switch {
		case !v.outcome && p.slot >= 0:
			s.slot, s.parent, s.when = p.slot, slotOf(p.parent), b.compileCondition(p.When, -1, nil)
		case v.outcome && p.Ref == "":
			s.node = p.node
		default:
			continue
		}
		if s.node < 0 || b.nodes[s.node].question < 0 || !b.hot[b.nodes[s.node].question].steady {
			b.program = append(b.program, int32(len(b.steps)))
		}
		b.steps = append(b.steps, s)
		stepOfVertex[v.number()] = int32(len(b.steps))
	}
	// A step reads the steps it needs; where a needed vertex has no step (a reference, or a place that is
	// never hidden), it reads what that vertex needs.
	for _, v := range b.v.order {
		at := stepOfVertex[v.number()] - 1
		if at < 0 {
			continue
		}
		for stepless := []vertex{v}; len(stepless) > 0; {
			from := stepless[len(stepless)-1]
			stepless = stepless[:len(stepless)-1]
			for _, e := range b.v.edges(from) {
				to := e.to.number()
				if seen[to] == at+1 {
					continue
				}
				seen[to] = at + 1
				if need := stepOfVertex[to] - 1; need >= 0 {
					b.steps[need].readers = append(b.steps[need].readers, at)
				} else {
					stepless = append(stepless, e.to)
				}
			}
			b.answersRead(from, at)
		}
	}
	for i := range b.questions {
		q := &b.questions[i]
		q.step = stepOfVertex[vertex{b.nodes[q.node].place, true}.number()] - 1
	}
}

// answersRead notes the questions whose answers the conditions of a vertex read.
func (b *builder) answersRead(from vertex, at int32) {
	note := func(c *Condition) {
		visitCondition(c, func(c *Condition) {
			if c.Question != "" {
				q := &b.questions[b.nodes[b.index[c.Question]].question]
				if n := len(q.readers); n == 0 || q.readers[n-1] != at { // they come in order
					q.readers = append(q.readers, at)
				}
			}
		})
	}
	p := from.place
	if !from.outcome {
		note(p.When)
		return
	}
	note(p.Met)
	for i := range p.Adjust {
		note(p.Adjust[i].When)
	}
	for _, l := range p.levels {
		note(l.Require)
	}
}

func visitCondition(c *Condition, visit func(*Condition)) {
	if c == nil {
		return
	}
	visit(c)
	c.parts(func(part *Condition, _ string, _ int) { visitCondition(part, visit) })
}
