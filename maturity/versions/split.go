package versions

import (
	"math/big"
	"slices"
	"strconv"

	"github.com/modenhet/modenhet/maturity"
)

// This file splits the change of a node among the answers that changed.

const (
	maxRotations = 32      // of the order in which answers are changed
	maxChanges   = 1 << 22 // of one answer, in all
)

// questions are the numbers of all questions of the later version that a node's outcome can depend on.
func (k *comparer) questions(p *place) []int {
	if list, ok := k.needs[p]; ok {
		return list
	}
	seen := make([]bool, len(k.asked))
	take := func(list []int) {
		for _, q := range list {
			seen[q] = true
		}
	}
	var read func(c *maturity.Condition)
	read = func(c *maturity.Condition) {
		if c == nil {
			return
		}
		for _, part := range slices.Concat(c.All, c.Any) {
			read(part)
		}
		read(c.Not)
		if c.Question != "" {
			take(k.questions(k.pairs.to.ids[c.Question]))
		}
		if c.Node != "" && c.Node != p.ID {
			take(k.questions(k.pairs.to.ids[c.Node]))
		}
	}
	for up := p; up != nil; up = up.parent {
		read(up.When)
	}
	if p.Answer != nil {
		seen[k.numbers[p.ID]] = true
	}
	read(p.Met)
	for _, a := range p.Adjust {
		read(a.When)
	}
	for _, l := range k.pairs.to.levels(p.Node) {
		read(l.Require)
	}
	for _, kid := range p.kids {
		read(kid.When)
		take(k.questions(k.new.target(kid)))
	}
	list := []int{}
	for q, is := range seen {
		if is {
			list = append(list, q)
		}
	}
	k.needs[p] = list
	return list
}

// linear tells whether a node is made of means and sums of the same questions in both years: then its value is
// a sum of one part for each answer.
func (k *comparer) linear(p *place) bool {
	is, known := k.linears[p]
	if !known {
		is = k.isLinear(p)
		k.linears[p] = is
	}
	return is
}

func (k *comparer) isLinear(p *place) bool {
	for up := p; up != nil; up = up.parent {
		if up.When != nil {
			return false
		}
	}
	if p.Answer != nil {
		return k.steady[k.numbers[p.ID]]
	}
	op := or(p.Aggregate, maturity.Mean)
	if op != maturity.Mean && op != maturity.Sum || p.Adjust != nil || p.Round != nil {
		return false
	}
	for _, kid := range p.kids {
		if kid.When != nil || !k.linear(k.new.target(kid)) {
			return false
		}
	}
	return true
}

// split works out the parts of every node that has a change.
func (k *comparer) split(s *maturity.Scorer, restated *maturity.Assessment) {
	copied := *restated
	copied.Model = s.Ref()
	session, err := s.Session(&copied)
	if err != nil {
		return // it was checked
	}
	w := &walker{comparer: k, session: session, left: maxChanges}
	for number := range k.Nodes {
		c := &k.Nodes[number]
		p := k.pairs.to.ids[c.Node]
		if c.Change == nil {
			continue
		}
		var changed []int
		for _, q := range k.questions(p) {
			if k.changed[q] {
				changed = append(changed, q)
			}
		}
		if len(changed) > 0 {
			w.node(c, number, changed, k.linear(p))
		}
	}
}

// A walker changes answers one after the other, from the restated assessment to the later and back.
type walker struct {
	*comparer
	session *maturity.Session
	left    int // changes
}

func (w *walker) node(c *NodeChange, number int, changed []int, linear bool) {
	rotations, walks := min(len(changed), maxRotations), 2
	c.Split = Averaged
	if linear || len(changed) == 1 {
		rotations, c.Split = 1, Unique
	}
	rotations = min(rotations, max(1, w.left/(walks*len(changed))))
	if w.left -= rotations * walks * len(changed); w.left < 0 {
		c.Split = ""
		return
	}
	near := isNear(c.Change)
	parts := make([]*big.Rat, len(changed))
	for i := range parts {
		parts[i] = new(big.Rat)
	}
	for r := range rotations {
		first := r * len(changed) / rotations
		w.walk(number, changed, first, 1, parts)
		w.walk(number, changed, first, 0, parts)
	}
	share := big.NewRat(1, int64(rotations*walks))
	for i, part := range parts {
		if part.Sign() != 0 {
			c.Parts = append(c.Parts, ChangePart{w.asked[changed[i]].ID, exact(part.Mul(part, share), near)})
		}
	}
}

// walk brings all changed answers to those of one year, beginning with the first, and adds what each does to
// the node. Where a value is missing on the way, the answer that brings it back has done all since.
func (w *walker) walk(number int, changed []int, first, year int, parts []*big.Rat) {
	value := exactAt(w.session, number)
	last := new(big.Rat)
	if value != nil {
		last = rationalOf(value)
	}
	for i := range changed {
		at := (first + i) % len(changed)
		w.set(changed[at], year)
		if _, moved := slices.BinarySearch(w.session.Moved(), number); !moved {
			continue
		}
		if value = exactAt(w.session, number); value == nil {
			continue
		}
		now := rationalOf(value)
		step := new(big.Rat).Sub(now, last)
		if year == 0 {
			step.Neg(step)
		}
		parts[at].Add(parts[at], step)
		last = now
	}
}

// exactAt is a node's value now, and nil where it has none.
func exactAt(session *maturity.Session, node int) *maturity.Exact {
	if value, ok := session.ExactAt(node); ok {
		return &value
	}
	return nil
}

// set answers a question as in a year. Both assessments were checked, so that it cannot fail.
func (w *walker) set(question, year int) {
	id, g := w.asked[question].ID, w.states[year][question]
	switch g.state {
	case Answered:
		_ = w.session.Set(id, g.value)
	case NotApplicable:
		reason, _ := g.value.(string)
		_ = w.session.NotApplicable(id, reason)
	default:
		_ = w.session.Clear(id)
	}
}

func floatText(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }
