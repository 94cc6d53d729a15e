package versions

import "github.com/modenhet/modenhet/maturity"

// A field is one field of a node, with its default in its place, so that notation makes no difference.
type field struct {
	name string
	kind Kind
	of   func(t *tree, p *place) any
}

func text(name string, of func(n *maturity.Node) any) field {
	return field{name, Reworded, func(_ *tree, p *place) any { return of(p.Node) }}
}

func rule(name string, of func(n *maturity.Node) any) field {
	return field{name, Rescored, func(_ *tree, p *place) any { return of(p.Node) }}
}

// header are the fields of the model that are none of a node. What is shared is compared where it is used.
var header = []field{
	{"language", Reworded, func(t *tree, _ *place) any { return t.m.Language }},
	{"license", Reworded, func(t *tree, _ *place) any { return t.m.License }},
	{"source", Reworded, func(t *tree, _ *place) any { return t.m.Source }},
	{"authors", Reworded, func(t *tree, _ *place) any { return t.m.Authors }},
	{"deprecated", Reworded, func(t *tree, _ *place) any { return texts(t.m.Deprecated) }},
}

var nodeFields = []field{
	text("title", func(n *maturity.Node) any { return texts(n.Title) }),
	text("description", func(n *maturity.Node) any { return texts(n.Description) }),
	text("advice", func(n *maturity.Node) any { return n.Advice }),
	text("tags", func(n *maturity.Node) any { return n.Tags }),
	text("effort", func(n *maturity.Node) any { return number(n.Effort, "1") }),
	text("display", func(n *maturity.Node) any { return n.Display }),
	{"weight", Reweighted, func(_ *tree, p *place) any { return number(p.Weight, "1") }},
	rule("stage", func(n *maturity.Node) any { return n.Stage }),
	rule("when", func(n *maturity.Node) any { return n.When }),
	rule("missing", func(n *maturity.Node) any { return n.Missing }),
	rule("notApplicable", func(n *maturity.Node) any { return n.NotApplicable }),
	rule("read", func(n *maturity.Node) any { return or(n.Read, maturity.ReadValue) }),
	rule("aggregate", func(n *maturity.Node) any { return or(n.Aggregate, maturity.Mean) }),
	rule("base", func(n *maturity.Node) any { return number(n.Base, "0") }),
	rule("met", func(n *maturity.Node) any { return n.Met }),
	rule("need", func(n *maturity.Node) any { return number(n.Need, "1") }),
	rule("emptyStage", func(n *maturity.Node) any { return or(n.EmptyStage, maturity.PassStage) }),
	rule("adjust", func(n *maturity.Node) any { return n.Adjust }),
	rule("scale", func(n *maturity.Node) any { return n.Scale }),
	rule("round", func(n *maturity.Node) any { return n.Round }),
}

var answerFields = []field{
	rule("type", func(n *maturity.Node) any { return n.Answer.Type }),
	rule("cap", func(n *maturity.Node) any { return number(n.Answer.Cap, "") }),
	rule("points", func(n *maturity.Node) any {
		if n.Answer.Points == nil {
			return nil
		}
		return map[string]string{"yes": number(n.Answer.Points.Yes, "1"), "no": number(n.Answer.Points.No, "0")}
	}),
	rule("min", func(n *maturity.Node) any { return number(n.Answer.Min, "") }),
	rule("max", func(n *maturity.Node) any { return number(n.Answer.Max, "") }),
	rule("reverse", func(n *maturity.Node) any { return n.Answer.Reverse }),
	rule("integer", func(n *maturity.Node) any { return n.Answer.Integer }),
	rule("steps", func(n *maturity.Node) any { return n.Answer.Steps }),
	rule("linear", func(n *maturity.Node) any { return n.Answer.Linear }),
	text("unit", func(n *maturity.Node) any { return texts(n.Answer.Unit) }),
	text("maxLength", func(n *maturity.Node) any { return n.Answer.MaxLength }),
}

// texts is a text, or nothing.
func texts(t maturity.Text) any {
	if len(t) == 0 {
		return nil
	}
	return t
}
