package schema

import "github.com/modenhet/modenhet/maturity"

// A page is what a form shows at a time: a dimension, which is a group right below the root. Questions that stand
// beside dimensions make pages of their own, with the title of the group they stand in; so do views with questions of
// their own.
type page struct {
	*maturity.Node
	children []*maturity.Node // those with questions; references are asked elsewhere
}

// pages cuts a model up, in document order. A page without questions is left out.
func pages(m *maturity.Model) []page {
	var all []page
	loose := false
	for _, child := range asked(&m.Node) {
		switch {
		case child.Answer == nil:
			all, loose = append(all, page{child, asked(child)}), false
		case loose:
			last := &all[len(all)-1]
			last.children = append(last.children, child)
		default:
			all, loose = append(all, page{&maturity.Node{Title: m.Title}, []*maturity.Node{child}}), true
		}
	}
	for _, view := range m.Views {
		if children := asked(view); children != nil {
			all = append(all, page{view, children})
		}
	}
	return all
}

// asked returns the children of a group that are questions, or have some below.
func asked(n *maturity.Node) []*maturity.Node {
	var children []*maturity.Node
	for _, child := range n.Children {
		if child.Answer != nil || asked(child) != nil {
			children = append(children, child)
		}
	}
	return children
}

// shown is the schema of the answers under which a node is shown by its own condition, as far as answers tell. It
// is true where nothing has to hold.
func (s *survey) shownBy(n *maturity.Node) any {
	if n.When == nil {
		return true
	}
	budget := maxRule
	return s.where(s.counting(n.When, &budget), true)
}

// maxRule bounds the tests in one rule: where conditions read questions that have conditions, which read questions
// that have conditions, a rule could double with each.
const maxRule = 100

// counting says of every answer that a condition tests that it counts: that its question is shown. A form may still hold
// answers to questions that were hidden since.
func (s *survey) counting(c *maturity.Condition, budget *int) *maturity.Condition {
	all := func(conditions []*maturity.Condition) []*maturity.Condition {
		var counting []*maturity.Condition
		for _, part := range conditions {
			counting = append(counting, s.counting(part, budget))
		}
		return counting
	}
	switch {
	case c.All != nil:
		return &maturity.Condition{All: all(c.All)}
	case c.Any != nil:
		return &maturity.Condition{Any: all(c.Any)}
	case c.Not != nil:
		return &maturity.Condition{Not: s.counting(c.Not, budget)}
	case c.Question == "" || s.byID[c.Question].whens == nil:
		return c
	}
	shown := []*maturity.Condition{{}} // beyond the bound nothing is known, as with a test of a score
	if *budget > 0 {
		*budget--
		shown = all(s.byID[c.Question].whens)
	}
	if c.Answered != nil && !*c.Answered {
		return &maturity.Condition{Any: []*maturity.Condition{{Not: &maturity.Condition{All: shown}}, c}}
	}
	return &maturity.Condition{All: append(shown, c)}
}
