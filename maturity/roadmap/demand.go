package roadmap

import (
	"slices"

	"github.com/modenhet/modenhet/maturity"
)

// maxDemands is how many ways to fulfil a requirement are told apart. Where there are more, the requirement is
// left to the engine.
const maxDemands = 64

// share is how the cost of a question that stands in several places is divided among them: over a number that
// most counts divide.
const share = 60

// A want is something that must hold: a floor of a node, or some of the candidates of a question.
type want struct {
	node     int
	floor    floor
	question int // -1: a floor
	allowed  []int32
}

// demands are the ways to fulfil goals, for the value of the problem's node or for the cost alone.
func (p *problem) demands(goals []goal, value bool) (demands []*demand) {
	ways := [][]want{nil}
	for i := range goals {
		ways = cross(ways, p.goalWays(&goals[i]))
	}
	for _, way := range ways {
		d := &demand{floors: map[int][]floor{}, answers: map[int][]int32{}}
		var nodes []int
		for _, w := range way {
			if w.question < 0 {
				d.floors[w.node] = append(d.floors[w.node], w.floor)
				nodes = append(nodes, w.node)
				continue
			}
			allowed, twice := d.answers[w.question]
			if twice {
				allowed = slices.DeleteFunc(slices.Clone(allowed), func(k int32) bool { return !slices.Contains(w.allowed, k) })
			} else {
				allowed = w.allowed
			}
			d.answers[w.question] = allowed
		}
		p.tops(d, nodes, value)
		demands = append(demands, d)
	}
	return demands
}

// tops finds the trees that a demand needs, and counts the places of each question in them.
func (p *problem) tops(d *demand, nodes []int, value bool) {
	slices.Sort(nodes)
	nodes = slices.Compact(nodes)
	below := make([]bool, len(p.nodes))
	var mark func(i int)
	mark = func(i int) {
		for _, k := range p.nodes[i].kids {
			if !below[k.node] {
				below[k.node] = true
				mark(k.node)
			}
		}
	}
	if value {
		d.tops = append(d.tops, p.node)
		mark(p.node)
	}
	for _, i := range nodes {
		mark(i)
	}
	for _, i := range nodes {
		if !below[i] && (!value || i != p.node) {
			d.tops = append(d.tops, i)
		}
	}
	places := make([]int64, len(p.nodes))
	for _, i := range d.tops {
		places[i]++
	}
	for _, i := range p.order { // parents before children
		for _, k := range p.nodes[i].kids {
			places[k.node] = min(places[k.node]+places[i], 1<<20)
		}
	}
	d.shares, d.scale = make([]int64, len(p.questions)), 1
	for i := range p.questions {
		d.shares[i] = places[p.questions[i].node]
		if d.shares[i] > 1 {
			d.scale = share
		}
	}
}

// cross takes one way of each of two lists, in all combinations.
func cross(a, b [][]want) (ways [][]want) {
	if len(a)*len(b) > maxDemands {
		return a
	}
	for _, x := range a {
		for _, y := range b {
			ways = append(ways, append(x[:len(x):len(x)], y...))
		}
	}
	return ways
}

func (p *problem) goalWays(g *goal) [][]want {
	if g.level >= 0 {
		return p.levelWays(g.node, g.level)
	}
	return [][]want{{{node: g.node, floor: floor{g.value, g.ratio, g.strict}, question: -1}}}
}

// A levelOf is a level of a node.
type levelOf struct{ node, level int }

// levelWays are the ways to reach a level.
func (p *problem) levelWays(node, level int) [][]want {
	if ways, ok := p.ways[levelOf{node, level}]; ok {
		return ways
	}
	ways := [][]want{{{node: node, question: -1}}}
	for _, l := range p.nodes[node].levels[:level+1] {
		f := floor{value: number(l.From+l.Above, nil), strict: l.Above != ""}
		if l.Of == maturity.ReadRatio {
			f.value, f.ratio = nil, f.value
		}
		if l.From+l.Above != "" {
			ways = cross(ways, [][]want{{{node: node, floor: f, question: -1}}})
		}
		if l.Require != nil {
			ways = cross(ways, p.conditionWays(l.Require, node))
		}
	}
	p.ways[levelOf{node, level}] = ways
	return ways
}

// conditionWays are the ways to fulfil a condition, as far as it asks for something to rise. Self is the node that a
// condition without one is about.
func (p *problem) conditionWays(c *maturity.Condition, self int) [][]want {
	switch {
	case c.All != nil:
		ways := [][]want{nil}
		for _, part := range c.All {
			ways = cross(ways, p.conditionWays(part, self))
		}
		return ways
	case c.Any != nil:
		var ways [][]want
		for _, part := range c.Any {
			ways = append(ways, p.conditionWays(part, self)...)
		}
		if len(ways) > maxDemands {
			return [][]want{nil}
		}
		return ways
	case c.Not != nil:
		return [][]want{nil}
	case c.Question != "":
		i, _ := p.s.Index(c.Question)
		q := p.nodes[i].question
		if c.Answered != nil && !*c.Answered && len(p.nodes[i].when) > 0 {
			return [][]want{nil}
		}
		var allowed []int32
		for k := range p.questions[q].candidates {
			if p.answerHolds(c, &p.questions[q].candidates[k]) {
				allowed = append(allowed, int32(k))
			}
		}
		if allowed == nil {
			return nil
		}
		return [][]want{{{question: q, allowed: allowed}}}
	case c.Completeness != nil:
		return [][]want{nil}
	}
	if c.Node != "" {
		self, _ = p.s.Index(c.Node)
	}
	if c.Level != nil {
		return p.levelWays(self, p.level(self, c.Level.AtLeast))
	}
	way := []want{{node: self, question: -1}}
	add := func(c *maturity.Comparison, ratio bool) {
		if c == nil {
			return
		}
		for i, least := range []maturity.Decimal{c.AtLeast, c.Equals, c.MoreThan} {
			if least == "" {
				continue
			}
			f := floor{value: number(least, nil), strict: i == 2}
			if ratio {
				f.value, f.ratio = nil, f.value
			}
			way = append(way, want{node: self, floor: f, question: -1})
		}
	}
	add(c.Value, false)
	add(c.Ratio, true)
	return [][]want{way}
}

// rank finds the order in which parents come before their children, and the questions that are best split
// first: those that conditions read, those that may be left unanswered, and those below nodes that conditions
// read.
func (p *problem) rank() {
	seen := make([]bool, len(p.nodes))
	var walk func(i int)
	walk = func(i int) {
		if seen[i] {
			return
		}
		seen[i] = true
		for _, k := range p.nodes[i].kids {
			walk(k.node)
		}
		p.order = append(p.order, i)
	}
	for i := range p.nodes {
		walk(i)
	}
	slices.Reverse(p.order)

	direct, below := make([]bool, len(p.questions)), make([]bool, len(p.questions))
	var reach func(i int, far []bool)
	reach = func(i int, far []bool) {
		if q := p.nodes[i].question; q >= 0 {
			direct[q] = true
		}
		for _, k := range p.nodes[i].kids {
			if q := p.nodes[k.node].question; q >= 0 {
				below[q] = true
			}
			if !far[k.node] {
				far[k.node] = true
				reach(k.node, far)
			}
		}
	}
	far := make([]bool, len(p.nodes))
	var visit func(c *maturity.Condition)
	visit = func(c *maturity.Condition) {
		if c == nil {
			return
		}
		for _, part := range append(c.All[:len(c.All):len(c.All)], c.Any...) {
			visit(part)
		}
		visit(c.Not)
		for _, id := range []string{c.Question, c.Node} {
			if i, ok := p.s.Index(id); ok {
				reach(i, far)
			}
		}
	}
	for _, n := range p.m.Nodes() {
		visit(n.When)
		visit(n.Met)
		for _, a := range n.Adjust {
			visit(a.When)
		}
	}
	for i := range p.nodes {
		for _, l := range p.nodes[i].levels {
			visit(l.Require)
		}
	}
	some := func(pass func(q int) bool) {
		for q := range p.questions {
			if pass(q) {
				p.readers = append(p.readers, q)
			}
		}
	}
	some(func(q int) bool { return direct[q] })
	some(func(q int) bool { return !direct[q] && p.questions[q].today.state == missing })
	some(func(q int) bool { return !direct[q] && p.questions[q].today.state != missing && below[q] })
}
