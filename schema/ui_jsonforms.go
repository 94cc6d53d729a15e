package schema

import (
	"slices"

	"github.com/modenhet/modenhet/maturity"
)

// JSONForms returns the UI schema of a model for JSON Forms, beside the schema that For returns for the profile Form
// and the same options: a Categorization with a Category for each dimension, groups as on paper, and a Control for each
// question, which a rule shows by its condition. Of the options it heeds Language and Answers.
//
// A condition on scores cannot be said in JSON Schema: what depends on one alone is always shown, and the engine warns
// of an answer that does not count.
//
// A choice, a yesno and a scale ask for radio buttons by the option format, a text for several lines by multi. The
// description of a dimension or group is its first element, a Label.
//
// The error is that of For.
func JSONForms(m *maturity.Model, opts *Options) ([]byte, error) {
	m, o, err := checked(m, opts)
	if err != nil {
		return nil, err
	}
	f := &jsonForms{writer{newSurvey(m, o.Language), o, ""}}
	categories := list{}
	for _, page := range pages(m) {
		categories = append(categories, f.element("Category", page.Node, page.children))
	}
	return appendJSON(nil, object{{"type", "Categorization"}, {"elements", categories}}), nil
}

type jsonForms struct{ writer }

// element is a category or a group.
func (f *jsonForms) element(kind string, n *maturity.Node, children []*maturity.Node) object {
	o := object{{"type", kind}, {"label", f.text(n.Title)}}
	elements := list{}
	if text := f.text(n.Description); text != "" {
		elements = append(elements, object{{"type", "Label"}, {"text", text}})
	}
	for _, child := range children {
		if child.Answer == nil {
			elements = append(elements, f.element("Group", child, asked(child)))
		} else {
			elements = append(elements, f.control(child))
		}
	}
	o.add("elements", elements)
	return f.rule(o, n)
}

func (f *jsonForms) control(n *maturity.Node) object {
	scope := "#/properties/"
	if !f.Answers {
		scope += "answers/properties/"
	}
	o := object{{"type", "Control"}}
	o.addText("label", f.title(f.byID[n.ID])) // JSON Forms does not see a title beside a $ref
	o.add("scope", scope+n.ID)                // an id has nothing to escape
	switch n.Answer.Type {
	case maturity.Choice, maturity.YesNo, maturity.ScaleType:
		o.add("options", object{{"format", "radio"}})
	case maturity.FreeText:
		o.add("options", object{{"multi", true}})
	}
	return f.rule(o, n)
}

// rule shows an element where the condition of its node may hold. The scope is the root, because a scope without data
// is shown whatever the schema says.
func (f *jsonForms) rule(element object, n *maturity.Node) object {
	schema := f.shownBy(n)
	if schema == true {
		return element
	}
	if !f.Answers {
		whole := object{{"properties", object{{"answers", schema}}}}
		if !acceptsNone(schema) { // a form begins without answers
			whole.add("required", []string{"answers"})
		}
		schema = whole
	}
	element.add("rule", object{{"effect", "SHOW"}, {"condition", object{{"scope", "#"}, {"schema", schema}}}})
	return element
}

// acceptsNone tells whether a schema of answers, as where makes it, accepts an object without any.
func acceptsNone(schema any) bool {
	o, ok := schema.(object)
	if !ok {
		return schema == true
	}
	parts, _ := o[0].value.(list)
	switch o[0].key {
	case "not":
		return !acceptsNone(o[0].value)
	case "allOf":
		return !slices.ContainsFunc(parts, func(part any) bool { return !acceptsNone(part) })
	case "anyOf":
		return slices.ContainsFunc(parts, acceptsNone)
	}
	return false // an answer is required
}
