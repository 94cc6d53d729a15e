package schema

import "github.com/modenhet/modenhet/maturity"

// RJSF returns the UI schema of a model for react-jsonschema-form, beside the schema that For returns for the profile
// Form and the same options; that one hides questions by itself. Questions are in document order; a choice, a yesno and
// a scale are radio buttons, a checklist is check boxes, a text has several lines. Of the options it heeds Language and
// Answers.
//
// The form library has no pages. The option pages, where the questions are, lists them for a template that makes some:
//
//	"ui:options": {"pages": [{"title": "Leadership", "description": "…", "questions": ["owner", "goals"]}]}
//
// The error is that of For.
func RJSF(m *maturity.Model, opts *Options) ([]byte, error) {
	m, o, err := checked(m, opts)
	if err != nil {
		return nil, err
	}
	s := newSurvey(m, o.Language)
	cut, order, widgets := list{}, []string{}, object{}
	for _, page := range pages(m) {
		about := object{}
		about.add("title", s.text(page.Title))
		about.addText("description", s.text(page.Description))
		var ids []string
		for _, q := range below(page.children) {
			ids = append(ids, q.ID)
			if ui := s.rjsf(q.Answer.Type); ui != nil {
				widgets.add(q.ID, ui)
			}
		}
		about.add("questions", ids)
		cut, order = append(cut, about), append(order, ids...)
	}
	ui := append(object{{"ui:order", order}, {"ui:options", object{{"pages", cut}}}}, widgets...)
	if !o.Answers {
		ui = object{{"ui:order", []string{"answers", "*"}}, {"answers", ui}}
	}
	return appendJSON(nil, ui), nil
}

// rjsf is the UI schema of a question.
func (s *survey) rjsf(t maturity.AnswerType) object {
	switch t {
	case maturity.Choice, maturity.ScaleType:
		return object{{"ui:widget", "radio"}}
	case maturity.YesNo:
		yes, no := maturity.Text{"nb": "Ja", "en": "Yes"}, maturity.Text{"nb": "Nei", "en": "No"}
		return object{{"ui:widget", "radio"}, {"ui:enumNames", []string{yes.In(s.language, "en"), no.In(s.language, "en")}}}
	case maturity.Checklist:
		return object{{"ui:widget", "checkboxes"}}
	case maturity.FreeText:
		return object{{"ui:widget", "textarea"}}
	}
	return nil // an input, as the type says
}

// below returns the questions at or below nodes, in document order.
func below(nodes []*maturity.Node) []*maturity.Node {
	var questions []*maturity.Node
	for _, n := range nodes {
		if n.Answer != nil {
			questions = append(questions, n)
		}
		questions = append(questions, below(n.Children)...)
	}
	return questions
}
