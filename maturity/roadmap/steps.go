package roadmap

import (
	"math/big"
	"slices"

	"github.com/modenhet/modenhet/maturity"
)

// steps puts the changes of a choice in order, and says of each what it gives. Afterwards the judge has all of
// them in place.
//
// What gives most for its cost alone goes first. A step that does not help when its turn comes waits until the
// others have gone, in as many rounds as help; what never helps by itself keeps its place at the end. A step
// that a prerequisite needs goes before those that need it.
func (p *problem) steps(plan *Plan, choice []int32, j *judge) {
	type change struct {
		question int
		per      *big.Rat // gain for the cost, taken alone
	}
	today := make([]int32, len(choice))
	var changes []change
	start := j.value(p.node)
	for i, c := range choice {
		q := &p.questions[i]
		today[i] = -1
		for k := range q.candidates {
			if q.candidates[k].same {
				today[i] = int32(k)
			}
		}
		if q.candidates[c].same {
			continue
		}
		j.set(i, c)
		gain := difference(j.value(p.node), start)
		p.undo(j, i)
		if units := q.candidates[c].units; units > 0 {
			gain.Quo(gain, big.NewRat(units, 1))
		}
		changes = append(changes, change{i, gain})
	}
	slices.SortStableFunc(changes, func(x, y change) int { return y.per.Cmp(x.per) })
	var waiting []int
	for _, c := range changes {
		waiting = append(waiting, c.question)
	}
	done := make([]bool, len(choice))
	ready := func(i int) bool {
		for b := range p.before {
			b := &p.before[b]
			if b.question == i && b.binds(p.candidate(choice, i)) && !done[b.requires] && !p.candidate(choice, b.requires).same {
				return false
			}
		}
		return true
	}
	take := func(i int, force bool) bool {
		before := j.value(p.node)
		levels := make([]int, len(p.nodes))
		for n := range p.nodes {
			levels[n] = j.session.LevelAt(n)
		}
		j.set(i, choice[i])
		after := j.value(p.node)
		step := Step{Question: p.questions[i].id, From: p.questions[i].today.answer, To: p.candidate(choice, i).answer,
			Cost: p.cost(p.candidate(choice, i).units), Reason: Reason{Kind: ForValue}}
		for _, n := range j.session.Moved() {
			if level := j.session.LevelAt(n); level > levels[n] {
				step.Levels = append(step.Levels, Reached{p.nodes[n].ID, p.nodes[n].levels[level].ID})
			}
		}
		gain := difference(after, before)
		if !force && gain.Sign() <= 0 && step.Levels == nil {
			p.undo(j, i)
			return false
		}
		if after != nil {
			step.Gain, step.Value = exactOf(gain), exactOf(after)
		}
		plan.Steps = append(plan.Steps, step)
		done[i] = true
		return true
	}
	for len(waiting) > 0 {
		before := len(waiting)
		waiting = slices.DeleteFunc(waiting, func(i int) bool { return ready(i) && take(i, false) })
		if len(waiting) == before { // nothing helps by itself
			at := max(slices.IndexFunc(waiting, ready), 0)
			take(waiting[at], true)
			waiting = slices.Delete(waiting, at, at+1)
		}
	}
	p.reasons(plan, choice, j)
}

// undo takes a change back.
func (p *problem) undo(j *judge, i int) {
	q := &p.questions[i]
	switch q.today.state {
	case answered:
		j.session.Set(q.id, q.today.answer)
	case missing:
		j.session.Clear(q.id)
	}
	j.now[i] = -1
}

// difference is x − y, where no value is as nothing.
func difference(x, y *big.Rat) *big.Rat {
	d := new(big.Rat)
	if x != nil {
		d.Add(d, x)
	}
	if y != nil {
		d.Sub(d, y)
	}
	return d
}

// reasons says what each step is for: what would fail without it, goals first.
func (p *problem) reasons(plan *Plan, choice []int32, j *judge) {
	var wants []goal
	for _, g := range p.goals {
		if g.level >= 0 {
			wants = append(wants, p.gates(g.node, g.level)...)
		}
	}
	for at := range plan.Steps {
		step := &plan.Steps[at]
		node, _ := p.s.Index(step.Question)
		i := p.nodes[node].question
		if _, decided := p.opts.Answers[step.Question]; decided {
			step.Reason = Reason{Kind: ForDecision}
			continue
		}
		for _, b := range p.before {
			if b.requires == i && b.binds(p.candidate(choice, b.question)) && !b.met(&p.questions[i].today) {
				step.Reason = Reason{Kind: ForPrerequisite, Question: p.questions[b.question].id}
			}
		}
		if len(p.goals) == 0 {
			continue
		}
		p.undo(j, i)
		for g := range slices.Backward(wants) { // the most that is asked for
			if !j.reached(&wants[g]) {
				step.Reason = p.words(&wants[g], ForRequirement)
				break
			}
		}
		if step.Reason.Kind == ForValue {
			for g := range p.goals {
				if !j.reached(&p.goals[g]) {
					step.Reason = p.words(&p.goals[g], ForGoal)
					break
				}
			}
		}
		j.set(i, choice[i])
	}
}

// gates are the levels and values of other nodes that a level and those below it require, as far as all of
// them are required.
func (p *problem) gates(node, level int) (gates []goal) {
	var visit func(c *maturity.Condition)
	visit = func(c *maturity.Condition) {
		if c == nil {
			return
		}
		for _, part := range c.All {
			visit(part)
		}
		i, ok := p.s.Index(c.Node)
		if !ok || i == node {
			return
		}
		if c.Level != nil {
			gates = append(gates, goal{node: i, level: p.level(i, c.Level.AtLeast)})
		}
		if c.Value != nil && c.Value.AtLeast != "" {
			gates = append(gates, goal{node: i, level: -1, value: number(c.Value.AtLeast, zero)})
		}
	}
	for _, l := range p.nodes[node].levels[:level+1] {
		visit(l.Require)
	}
	return gates
}
