package roadmap

import (
	"math/big"
	"strings"

	"github.com/modenhet/modenhet/maturity"
)

// A judge asks the engine what comes of a choice of answers. A choice is, by question, the number of a
// candidate.
type judge struct {
	p       *problem
	session *maturity.Session
	now     []int32 // -1: as in the assessment
}

func (p *problem) judge() *judge {
	j := &judge{p: p}
	j.session, _ = p.s.Session(p.a) // newProblem has checked it
	j.now = make([]int32, len(p.questions))
	for i := range j.now {
		j.now[i] = -1
	}
	return j
}

// set changes one answer.
func (j *judge) set(question int, candidate int32) {
	if j.now[question] == candidate {
		return
	}
	q := &j.p.questions[question]
	c := &q.candidates[candidate]
	switch {
	case j.now[question] < 0 && c.same: // as it is
	case c.state == answered:
		j.session.Set(q.id, c.answer) // candidates are valid answers
	case c.state == missing:
		j.session.Clear(q.id)
	}
	j.now[question] = candidate
}

// apply makes all answers those of a choice.
func (j *judge) apply(choice []int32) {
	for i, c := range choice {
		j.set(i, c)
	}
}

// value is the exact value of a node, and nil if it has none. That of an unrounded geometric mean is the
// shortest decimal that stands for its nearest float64.
func (j *judge) value(node int) *big.Rat {
	exact, ok := j.session.ExactAt(node)
	if !ok {
		return nil
	}
	return rational(&exact)
}

func rational(exact *maturity.Exact) *big.Rat {
	x, _ := new(big.Rat).SetString(strings.TrimPrefix(exact.Exact, "≈"))
	return x
}

// exactOf is a number as the engine writes it.
func exactOf(x *big.Rat) *maturity.Exact {
	f, _ := x.Float64()
	if text := decimal(x).String(); number(maturity.Decimal(text), zero).Cmp(x) == 0 {
		return &maturity.Exact{Exact: text, Value: f}
	}
	return &maturity.Exact{Exact: x.RatString(), Value: f}
}

// reached tells whether a goal is reached now.
func (j *judge) reached(g *goal) bool {
	if g.level >= 0 {
		return j.session.LevelAt(g.node) >= g.level
	}
	if g.ratio == nil { // a goal with neither wants any value
		x := j.value(g.node)
		return x != nil && (g.value == nil || x.Cmp(g.value) > 0 || !g.strict && x.Cmp(g.value) == 0)
	}
	x, ok := j.session.ExactRatioAt(g.node)
	return ok && rational(&x).Cmp(g.ratio) >= 0
}

// holds tells whether the answers as they are now can be scored, and reach every goal.
func (j *judge) holds(goals []goal) bool {
	if j.p.fails {
		if _, err := j.session.Result(); err != nil {
			return false
		}
	}
	for i := range goals {
		if !j.reached(&goals[i]) {
			return false
		}
	}
	return true
}

// allowed tells whether a choice keeps to the prerequisites, and returns the first that it does not keep to.
func (p *problem) allowed(choice []int32) (broken int, ok bool) {
	for i := range p.before {
		b := &p.before[i]
		if b.binds(p.candidate(choice, b.question)) && !b.met(p.candidate(choice, b.requires)) {
			return i, false
		}
	}
	return 0, true
}

func (p *problem) candidate(choice []int32, question int) *candidate {
	return &p.questions[question].candidates[choice[question]]
}

// binds tells whether an answer needs the prerequisite.
func (b *prerequisite) binds(c *candidate) bool {
	return !c.same && c.state == answered && c.rank > b.above
}

func (b *prerequisite) met(c *candidate) bool {
	if b.option != "" {
		for _, value := range list(c.answer) {
			if value == b.option {
				return true
			}
		}
		return false
	}
	return c.state == answered && c.rank >= b.atLeast
}

// outcome is what a node comes to now.
func (j *judge) outcome(node int) Outcome {
	var o Outcome
	if exact, ok := j.session.ExactAt(node); ok {
		o.Value = &exact
	}
	if level := j.session.LevelAt(node); level >= 0 {
		o.Level = j.p.nodes[node].levels[level].ID
	}
	return o
}

// blockers say what holds a goal back now.
func (j *judge) blockers(g *goal) []maturity.Blocker {
	n := &j.p.nodes[g.node]
	if g.level >= 0 {
		r, err := j.session.Result()
		if err != nil {
			return nil
		}
		return append([]maturity.Blocker(nil), r.Nodes[g.node].Blockers...)
	}
	b := maturity.Blocker{Node: n.ID, Reads: "value", Test: "atLeast"}
	want := g.value
	if g.ratio != nil {
		b.Reads, want = "ratio", g.ratio
	}
	b.Want = []string{decimal(want).String()}
	if x, ok := j.session.ValueAt(g.node); ok && g.ratio == nil {
		b.Has, b.HasValue = x, true
	}
	return []maturity.Blocker{b}
}

// words write a goal for a reason.
func (p *problem) words(g *goal, kind ReasonKind) Reason {
	r := Reason{Kind: kind, Node: p.nodes[g.node].ID}
	switch {
	case g.level >= 0:
		r.Level = p.nodes[g.node].levels[g.level].ID
	case g.value != nil:
		r.Value = exactOf(g.value).Exact
	case g.ratio != nil:
		r.Ratio = exactOf(g.ratio).Exact
	}
	return r
}
