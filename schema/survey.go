package schema

import (
	"slices"

	"github.com/modenhet/modenhet/maturity"
)

// A survey is what the schemas of a model have to know of it.
type survey struct {
	*maturity.Model
	language  string // of titles and descriptions
	questions []*question
	byID      map[string]*question
	sets      []string // option sets that questions use, in the order of their first use
	rules     []rule   // in document order
}

// A question is a question where it stands.
type question struct {
	*maturity.Node
	options []*maturity.Option // choice, checklist
	heritage
}

// A heritage is what a question has from the nodes around it and from itself.
type heritage struct {
	forbid bool                  // it cannot be not applicable
	exact  bool                  // answers alone decide whether it is shown
	whens  []*maturity.Condition // it is shown where all of these hold
}

// A rule says that some questions are shown only where a condition holds: that of a question, or of a group
// around them. So each condition is written once, however many questions are below.
type rule struct {
	when      *maturity.Condition
	questions []*question
}

// newSurvey reads a valid model.
func newSurvey(m *maturity.Model, language string) *survey {
	s := &survey{Model: m, language: language, byID: map[string]*question{}}
	if language == "" {
		s.language = m.Language
	}
	s.walk(&m.Node, heritage{exact: true})
	for _, view := range m.Views {
		s.walk(view, heritage{exact: true, forbid: m.NotApplicable == maturity.Forbid})
	}
	return s
}

// walk visits the questions at and below a node.
func (s *survey) walk(n *maturity.Node, h heritage) {
	if n.NotApplicable != "" {
		h.forbid = n.NotApplicable == maturity.Forbid
	}
	first, own := len(s.questions), len(s.rules)
	if n.When != nil {
		h.exact = h.exact && s.exact(n.When)
		h.whens = append(h.whens[:len(h.whens):len(h.whens)], n.When)
		s.rules = append(s.rules, rule{when: n.When})
	}
	for _, child := range n.Children {
		s.walk(child, h)
	}
	if n.Answer != nil {
		s.question(n, h)
	}
	if n.When != nil {
		s.rules[own].questions = s.questions[first:len(s.questions):len(s.questions)]
	}
}

func (s *survey) question(n *maturity.Node, h heritage) {
	q := &question{n, n.Answer.Options, h}
	if use := n.Answer.Use; use != "" {
		if q.options = s.OptionSets[use]; !slices.Contains(s.sets, use) {
			s.sets = append(s.sets, use)
		}
	}
	s.questions, s.byID[n.ID] = append(s.questions, q), q
}

// text is a text in the language of the survey.
func (s *survey) text(t maturity.Text) string { return t.In(s.language, s.Language) }
