package roadmap

import (
	"math/big"
	"slices"

	"github.com/modenhet/modenhet/maturity"
)

// A problem is a model and an assessment, laid out for planning.
type problem struct {
	s         *maturity.Scorer
	m         *maturity.Model
	a         *maturity.Assessment
	opts      Options
	nodes     []node
	questions []question
	before    []prerequisite
	goals     []goal
	node      int                  // whose value is raised
	budget    *big.Rat             // nil: no limit
	unit      *big.Rat             // all costs are whole multiples of it
	fails     bool                 // some missing answers are errors
	ways      map[levelOf][][]want // to reach a level, once worked out
	order     []int                // of nodes: parents before children
	readers   []int                // questions in the order in which they are split
}

// A node is a group or a question of the model; its number is that of Scorer.Index.
type node struct {
	*maturity.Node
	question int // -1 for a group
	kids     []kid
	levels   []*maturity.Level
	when     []*maturity.Condition // its own, and those of the groups around it
	strays   bool                  // an adjustment can take its value out of its range
	counts   bool                  // it can count at a parent
	hides    bool                  // something below it, or it itself, has a when
}

// A kid is a child where it stands.
type kid struct {
	*maturity.Node
	node        int
	weight      *big.Rat
	missing, na maturity.Policy
	never       bool // it never counts
	own         bool // it is a choice with points of the reference's own
	when        *maturity.Condition
}

// A goal is a Goal, resolved.
type goal struct {
	node   int
	level  int      // -1: a value or a ratio
	value  *big.Rat // one of these two
	ratio  *big.Rat
	strict bool // more than the value
}

// A prerequisite is a Prerequisite by number.
type prerequisite struct {
	question, above   int // a rank
	requires, atLeast int
	option            string // of a checklist
}

// lay lays out the nodes of a model.
func (p *problem) lay() {
	parents := map[*maturity.Node]*maturity.Node{}
	var places []*maturity.Node
	var walk func(n, up *maturity.Node)
	walk = func(n, up *maturity.Node) {
		places, parents[n] = append(places, n), up
		for _, c := range n.Children {
			walk(c, n)
		}
	}
	walk(&p.m.Node, nil)
	for _, v := range p.m.Views {
		walk(v, nil)
	}
	for _, n := range places {
		p.fails = p.fails || n.Missing == maturity.Fail
		if n.Ref != "" {
			continue
		}
		laid := node{Node: n, question: -1, levels: n.Levels.Levels}
		if n.Levels.Use != "" {
			laid.levels = p.m.Ladders[n.Levels.Use]
		}
		if n.Answer != nil {
			laid.question = len(p.questions)
			p.questions = append(p.questions, question{id: n.ID, node: len(p.nodes), kind: n.Answer.Type})
		}
		for up := n; up != nil; up = parents[up] {
			if up.When != nil {
				laid.when = append(laid.when, up.When)
			}
		}
		p.nodes = append(p.nodes, laid)
	}
	policy := func(n *maturity.Node, of func(*maturity.Node) maturity.Policy) maturity.Policy {
		for ; n != nil; n = parents[n] {
			if own := of(n); own != "" {
				return own
			}
		}
		if own := of(&p.m.Node); own != "" {
			return own
		}
		return maturity.Exclude
	}
	for i := range p.nodes {
		n := &p.nodes[i]
		for _, c := range n.Children {
			id := c.ID
			if c.Ref != "" {
				id = c.Ref
			}
			target, _ := p.s.Index(id)
			k := kid{Node: c, node: target, weight: number(c.Weight, one), own: c.Points != nil && p.nodes[target].question >= 0}
			k.missing = policy(c, func(n *maturity.Node) maturity.Policy { return n.Missing })
			k.na = policy(c, func(n *maturity.Node) maturity.Policy { return n.NotApplicable })
			if c.Ref != "" {
				k.when = c.When
			}
			n.kids = append(n.kids, k)
		}
	}
	done := make([]bool, len(p.nodes))
	for i := range p.nodes {
		p.settleNode(i, done)
	}
}

// settleNode works out what is known of a node whatever is answered.
func (p *problem) settleNode(i int, done []bool) {
	n := &p.nodes[i]
	if done[i] {
		return
	}
	done[i] = true
	n.hides = len(n.when) > 0
	if n.question >= 0 {
		n.counts = n.Answer.Type != maturity.FreeText
		return
	}
	n.strays = n.Adjust != nil
	for j := range n.kids {
		k := &n.kids[j]
		p.settleNode(k.node, done)
		below := &p.nodes[k.node]
		k.never = k.weight.Sign() == 0 || !below.counts
		n.counts = n.counts || !k.never
		n.strays = n.strays || below.strays && n.Aggregate != maturity.Share && n.Aggregate != maturity.Staged
		n.hides = n.hides || below.hides || k.when != nil
	}
}

// find makes the candidates of every question.
func (p *problem) find() {
	keep := make([]bool, len(p.nodes))
	var hold func(i int)
	hold = func(i int) {
		if keep[i] {
			return
		}
		keep[i] = true
		for _, k := range p.nodes[i].kids {
			hold(k.node)
		}
	}
	for _, id := range p.opts.Keep {
		i, _ := p.s.Index(id)
		hold(i)
	}
	reads := p.reads()
	for i := range p.questions {
		q := &p.questions[i]
		a := p.nodes[q.node].Answer
		now, has := p.a.Answers[q.id]
		if !has {
			now = nil
		}
		decided, isDecided := p.opts.Answers[q.id]
		own := prices{number(p.nodes[q.node].Effort, one), p.opts.Costs[q.id]}
		if effort, ok := p.opts.Efforts[q.id]; ok {
			own.effort = number(effort, one)
		}
		_, priced := p.opts.Efforts[q.id]
		asked := reads[i].numbers
		if x, ok := numeric(decided); ok && q.kind == maturity.Number {
			asked = append(asked, x)
		}
		q.read = reads[i].options
		q.options = a.Options
		if a.Use != "" {
			q.options = p.m.OptionSets[a.Use]
		}
		q.decided = list(decided)
		q.read = append(q.read, q.decided...)
		q.answers(a, now, own, asked, p.opts.Lower || isDecided)
		_, na := p.a.NotApplicable[q.id]
		switch {
		case na:
			q.candidates = []candidate{{state: notApplicable, rank: -1, cost: zero, same: true}}
			q.today = q.candidates[0]
		case isDecided && q.kind == maturity.FreeText:
			q.candidates = []candidate{{answer: decided, points: zero, cost: zero, same: equal(now, decided)}}
		case isDecided:
			q.candidates = slices.DeleteFunc(q.candidates, func(c candidate) bool { return c.state != answered || !equal(c.answer, decided) })
		case keep[q.node] || q.kind == maturity.FreeText || p.isFact(i, reads[i]) && !priced && own.own == nil:
			q.candidates = []candidate{q.today}
		}
	}
}

// answers makes all candidates of a question.
func (q *question) answers(a *maturity.Answer, now any, prices prices, asked []*big.Rat, lower bool) {
	var answers []any
	var points []*big.Rat
	switch a.Type {
	case maturity.Choice:
		for _, o := range q.options {
			answers, points = append(answers, o.Value), append(points, number(o.Points, zero))
		}
	case maturity.YesNo:
		of := maturity.YesNoPoints{}
		if a.Points != nil {
			of = *a.Points
		}
		answers, points = []any{false, true}, []*big.Rat{number(of.No, zero), number(of.Yes, one)}
	case maturity.ScaleType:
		low, high := number(a.Min, zero), number(a.Max, zero)
		for x := low; x.Cmp(high) <= 0; x = new(big.Rat).Add(x, one) {
			answers, points = append(answers, decimal(x)), append(points, x)
			if a.Reverse {
				points[len(points)-1] = new(big.Rat).Sub(new(big.Rat).Add(low, high), x)
			}
		}
	case maturity.Checklist:
		q.checklist(a, now, prices, lower)
	case maturity.Number:
		q.numbers(a, now, prices, asked)
	case maturity.FreeText:
		q.candidates, q.full = nil, span{zero, zero}
		if now != nil {
			q.candidates = []candidate{{answer: now, points: zero, cost: zero, same: true}}
		}
	}
	if answers != nil {
		q.ladder(answers, points, now, prices)
	}
	q.settle(now, lower)
}

// equal tells whether two answers to a question are the same.
func equal(x, y any) bool {
	a, b := list(x), list(y)
	if a == nil && b == nil {
		return text(x) == text(y)
	}
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(a, b)
}

// A reading is what conditions read of a question's answer.
type reading struct {
	options []string
	numbers []*big.Rat
	gates   bool // something else than a when reads it
}

// reads finds out what conditions and prerequisites read of each question.
func (p *problem) reads() []reading {
	reads := make([]reading, len(p.questions))
	var visit func(c *maturity.Condition, gate bool)
	visit = func(c *maturity.Condition, gate bool) {
		if c == nil {
			return
		}
		for _, part := range c.All {
			visit(part, gate)
		}
		for _, part := range c.Any {
			visit(part, gate)
		}
		visit(c.Not, gate)
		id := c.Question
		if id == "" {
			id = c.Node
		}
		i, ok := p.s.Index(id)
		if !ok || p.nodes[i].question < 0 {
			return
		}
		r := &reads[p.nodes[i].question]
		r.gates = r.gates || gate
		if c.Includes != "" {
			r.options = append(r.options, c.Includes)
		}
		for _, v := range append(c.In[:len(c.In):len(c.In)], c.Is) {
			if x, ok := numeric(v); ok {
				r.numbers = append(r.numbers, x)
			}
		}
	}
	for _, n := range p.m.Nodes() {
		visit(n.When, false)
		visit(n.Met, true)
		for _, a := range n.Adjust {
			visit(a.When, true)
		}
		for _, l := range n.Levels.Levels {
			visit(l.Require, true)
		}
	}
	for _, ladder := range p.m.Ladders { // marks alone: their order does not matter
		for _, l := range ladder {
			visit(l.Require, true)
		}
	}
	for _, b := range p.opts.Requires {
		for id, option := range map[string]string{b.Question: b.Above, b.Requires: b.AtLeast} { // their order does not matter
			i, _ := p.s.Index(id)
			r := &reads[p.nodes[i].question]
			if x, ok := new(big.Rat).SetString(option); ok && p.nodes[i].Answer.Type == maturity.Number {
				r.numbers = append(r.numbers, x)
			}
			r.options = append(r.options, option)
		}
	}
	return reads
}

// isFact tells whether a question is about the subject and not about its maturity: it counts nowhere, and
// only decides what is asked. A plan leaves it alone.
func (p *problem) isFact(question int, r reading) bool {
	if r.gates {
		return false
	}
	for i := range p.nodes {
		for _, k := range p.nodes[i].kids {
			if k.node == p.questions[question].node && !k.never {
				return false
			}
		}
	}
	return true
}

// measure brings all costs to one unit, so that they are whole numbers.
func (p *problem) measure() {
	numerator, denominator := new(big.Int), big.NewInt(1)
	for _, q := range p.questions {
		for _, c := range q.candidates {
			denominator = lcm(denominator, c.cost.Denom())
		}
	}
	for _, q := range p.questions {
		for _, c := range q.candidates {
			whole := new(big.Int).Mul(c.cost.Num(), new(big.Int).Quo(denominator, c.cost.Denom()))
			numerator.GCD(nil, nil, numerator, whole)
		}
	}
	if numerator.Sign() == 0 {
		numerator.SetInt64(1)
	}
	p.unit = new(big.Rat).SetFrac(numerator, denominator)
	for i := range p.questions {
		for j := range p.questions[i].candidates {
			c := &p.questions[i].candidates[j]
			c.units = new(big.Rat).Quo(c.cost, p.unit).Num().Int64()
		}
	}
}

func lcm(a, b *big.Int) *big.Int {
	return new(big.Int).Mul(a, new(big.Int).Quo(b, new(big.Int).GCD(nil, nil, a, b)))
}

// cost is a number of units as a decimal.
func (p *problem) cost(units int64) maturity.Decimal {
	return decimal(new(big.Rat).Mul(p.unit, big.NewRat(units, 1)))
}

// costOf is the cost of a choice in units.
func (p *problem) costOf(choice []int32) (units int64) {
	for i, c := range choice {
		units += p.questions[i].candidates[c].units
	}
	return units
}
