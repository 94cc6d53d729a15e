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
}

// A question is a question where it stands.
type question struct {
	*maturity.Node
	options []*maturity.Option    // choice, checklist
	forbid  bool                  // it cannot be not applicable
	whens   []*maturity.Condition // it is shown where all of these hold: its own, and those of the groups around it
	exact   bool                  // answers alone decide whether it is shown
}

// newSurvey reads a valid model.
func newSurvey(m *maturity.Model, language string) *survey {
	s := &survey{Model: m, language: language, byID: map[string]*question{}}
	if language == "" {
		s.language = m.Language
	}
	s.walk(&m.Node, &question{exact: true})
	for _, view := range m.Views {
		s.walk(view, &question{exact: true, forbid: m.NotApplicable == maturity.Forbid})
	}
	return s
}

// walk visits the questions at and below a node; up says what they inherit.
func (s *survey) walk(n *maturity.Node, up *question) {
	q := &question{n, nil, up.forbid, up.whens, up.exact}
	if n.NotApplicable != "" {
		q.forbid = n.NotApplicable == maturity.Forbid
	}
	if n.When != nil {
		q.whens = append(q.whens[:len(q.whens):len(q.whens)], n.When)
		q.exact = q.exact && s.exact(n.When)
	}
	for _, child := range n.Children {
		s.walk(child, q)
	}
	if n.Answer == nil {
		return
	}
	s.questions, s.byID[n.ID] = append(s.questions, q), q
	q.options = n.Answer.Options
	if use := n.Answer.Use; use != "" {
		if q.options = s.OptionSets[use]; !slices.Contains(s.sets, use) {
			s.sets = append(s.sets, use)
		}
	}
}

// text is a text in the language of the survey.
func (s *survey) text(t maturity.Text) string { return t.In(s.language, s.Language) }
