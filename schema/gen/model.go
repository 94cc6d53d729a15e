package main

import (
	"slices"

	"github.com/invopop/jsonschema"
	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/schema/internal/pattern"
)

var (
	common   = []string{"title", "description", "tags", "weight", "stage", "when", "missing", "notApplicable"}
	grouping = []string{"read", "aggregate", "base", "met", "need", "emptyStage", "adjust", "scale", "round", "levels"}
)

// splitNodes makes three closed objects of Node, and puts the group into the root.
func splitNodes(s *jsonschema.Schema) {
	node := s.Definitions["Node"]
	delete(s.Definitions, "Node")
	restrictNode(node)
	own := append([]string{"id"}, common...)
	own = append(own, "advice", "effort", "display")
	s.Definitions["Group"] = pick(node, "A group has children, and makes one score of theirs.",
		[]string{"id", "children"}, slices.Concat(own, grouping, []string{"children"})...)
	s.Definitions["Question"] = pick(node, "A question has an answer.",
		[]string{"id", "answer"}, append(slices.Clone(own), "answer")...)
	s.Definitions["Reference"] = pick(node, "A reference reads the outcome of another node in a second place.",
		[]string{"ref"}, append([]string{"ref", "points"}, common...)...)
	noneForgotten(node, s.Definitions["Group"], s.Definitions["Question"], s.Definitions["Reference"])
	s.Definitions["Node"] = described(anyOf(ref("Group"), ref("Question"), ref("Reference")), "A group, a question or a reference.")

	header := []string{"version", "language", "license", "source", "authors", "deprecated", "replaces", "optionSets", "ladders"}
	for _, name := range slices.Concat(own, grouping, []string{"children"}) {
		p, _ := node.Properties.Get(name)
		s.Properties.Set(name, p)
	}
	root := pick(s, s.Description, []string{"id", "version", "children"},
		slices.Concat([]string{"$schema", "id"}, header, own[1:], grouping, []string{"children", "views"})...)
	others := pick(s, "", nil, "ref", "answer", "points") // of Node, which the model embeds
	noneForgotten(s, root, others)
	s.Properties, s.Required = root.Properties, root.Required
	for _, group := range []*jsonschema.Schema{s, s.Definitions["Group"]} {
		group.AllOf = aggregateRules()
	}
}

// aggregateRules keep fields to the aggregates that they belong to.
func aggregateRules() (rules []*jsonschema.Schema) {
	for _, field := range []struct {
		name string
		of   []any
	}{
		{"base", []any{maturity.Sum}},
		{"met", []any{maturity.Share, maturity.Staged}},
		{"need", []any{maturity.Staged}},
		{"emptyStage", []any{maturity.Staged}},
	} {
		rules = append(rules, &jsonschema.Schema{If: need(field.name), Then: needValue("aggregate", field.of...)})
	}
	never := jsonschema.NewProperties()
	never.Set("adjust", jsonschema.FalseSchema)
	never.Set("scale", jsonschema.FalseSchema)
	return append(rules, &jsonschema.Schema{If: needValue("aggregate", maturity.Geometric), Then: &jsonschema.Schema{Properties: never}})
}

func restrictNode(node *jsonschema.Schema) {
	set(node, "id", match(pattern.ID), "leadership")
	set(node, "ref", match(pattern.ID), "leadership")
	set(node, "weight", ref("Amount"), 2)
	set(node, "effort", ref("Amount"), 2)
	set(node, "stage", integer("1", "1000000"))
	set(node, "missing", oneOf(maturity.Exclude, maturity.Lowest, maturity.Highest, maturity.None, maturity.Fail))
	set(node, "notApplicable", oneOf(maturity.Exclude, maturity.Lowest, maturity.Highest, maturity.None, maturity.Forbid))
	set(node, "advice", anyOf(ref("Text"), listOf(ref("Text"), 0)))
	set(node, "children", listOf(ref("Node"), 1))
	set(node, "need", ref("Part"), 0.75)
	set(node, "met", ref("ChildCondition"), map[string]any{"ratio": map[string]any{"atLeast": 0.5}})
}

// splitAnswers makes one closed object for each type of answer.
func splitAnswers(s *jsonschema.Schema) {
	answer, defs := s.Definitions["Answer"], s.Definitions
	set(answer, "options", listOf(ref("Option"), 1))
	set(answer, "use", nonEmpty())
	set(answer, "steps", listOf(ref("Step"), 1))
	set(answer, "maxLength", integer("1", "999999999"), 500)
	var types, objects []*jsonschema.Schema
	add := func(name string, kind maturity.AnswerType, description string, required []string, names ...string) *jsonschema.Schema {
		def := pick(answer, description, append([]string{"type"}, required...), append([]string{"type"}, names...)...)
		def.Properties.Set("type", &jsonschema.Schema{Type: "string", Const: kind})
		defs[name] = def
		types, objects = append(types, ref(name)), append(objects, def)
		return def
	}
	choice := add("Choice", maturity.Choice, "The answer is the value of one option.", nil, "options", "use")
	choice.OneOf = []*jsonschema.Schema{need("options"), need("use")}
	exclusive := need("options")
	contained := needValue("exclusive", true)
	contained.Type = "object"
	exclusive.Properties.Set("options", &jsonschema.Schema{Type: "array", Contains: contained})
	choice.Not = exclusive
	checklist := add("Checklist", maturity.Checklist, "The answer is a list of option values.", nil, "options", "use", "cap")
	checklist.OneOf = []*jsonschema.Schema{need("options"), need("use")}
	add("YesNo", maturity.YesNo, "The answer is true or false.", nil, "points")
	scale := add("WholeScale", maturity.ScaleType, "The answer is a whole number from min to max.", []string{"min", "max"}, "min", "max", "reverse")
	scale.Properties.Set("min", ref("Whole"))
	scale.Properties.Set("max", ref("Whole"))
	number := add("Number", maturity.Number, "The answer is a number, which becomes points by steps or along a line.", nil,
		"min", "max", "integer", "unit", "steps", "linear")
	number.OneOf = []*jsonschema.Schema{need("steps"), need("linear")}
	add("FreeText", maturity.FreeText, "The answer is a string. It is never scored.", nil, "maxLength")
	noneForgotten(answer, objects...)
	defs["Answer"] = described(anyOf(types...), answer.Description)

	points := defs["LinearPoints"]
	two := listOf(ref("Decimal"), 2)
	two.MaxItems = count(2)
	set(points, "points", two, []any{0, 1})
	set(defs["Option"], "value", nonEmpty(), "yes")
}

// splitConditions makes a closed object for each form of condition, in three variants: what a test of
// neither a question nor a node is about depends on where the condition stands.
func splitConditions(s *jsonschema.Schema) {
	condition, defs := s.Definitions["Condition"], s.Definitions
	any := anyOf(nonEmptyDecimal(), str(), &jsonschema.Schema{Type: "boolean"})
	set(condition, "question", match(pattern.ID))
	set(condition, "node", match(pattern.ID))
	set(condition, "is", any)
	set(condition, "in", listOf(any, 1))
	set(condition, "includes", nonEmpty())
	set(defs["LevelTest"], "atLeast", match(pattern.ID))
	defs["Comparison"].MinProperties = count(1)

	outcome := []string{"value", "ratio", "completeness", "level"}
	defs["AnswerTest"] = anyOf(
		pick(condition, "The answer is this.", []string{"question", "is"}, "question", "is"),
		pick(condition, "The answer is one of these.", []string{"question", "in"}, "question", "in"),
		pick(condition, "This option of a checklist is chosen.", []string{"question", "includes"}, "question", "includes"),
		pick(condition, "There is, or is not, an answer.", []string{"question", "answered"}, "question", "answered"))
	defs["AnswerTest"].Description = "A test of the answer to a question."
	defs["NodeTest"] = pick(condition, "A test of the outcome of a node; all that is given must hold.", []string{"node"}, append([]string{"node"}, outcome...)...)
	defs["NodeTest"].MinProperties = count(2)

	variant := func(name, description string, own *jsonschema.Schema) {
		of := func(field string, part *jsonschema.Schema) *jsonschema.Schema {
			form := pick(condition, "", []string{field}, field)
			form.Properties.Set(field, part)
			return form
		}
		all, either, not := of("all", listOf(ref(name), 1)), of("any", listOf(ref(name), 1)), of("not", ref(name))
		all.Description, either.Description, not.Description = "Every one holds.", "At least one holds.", "It does not hold."
		def := anyOf(all, either, not, ref("AnswerTest"), ref("NodeTest"))
		if own != nil {
			own.MinProperties = count(1)
			def.AnyOf = append(def.AnyOf, own)
		}
		defs[name] = described(def, description)
	}
	variant("Condition", "All, any or not; a test of the answer to a question; or a test of the outcome of a node.", nil)
	variant("ValueCondition", "A condition, or a test of the value so far.",
		pick(condition, "A test of the group's value so far.", nil, outcome[:3]...))
	variant("ChildCondition", "A condition, or a test of the child.",
		pick(condition, "A test of the child.", nil, outcome...))
}

// nonEmptyDecimal is a number as an answer: not a string.
func nonEmptyDecimal() *jsonschema.Schema {
	s := limits
	s.Type = "number"
	return &s
}

func restrictModel(s *jsonschema.Schema) {
	set(s, "$schema", nonEmpty())
	set(s, "version", match(pattern.Version), "1.0.0")
	set(s, "language", match(pattern.Language), "nb", "en")
	options, ladders := listOf(ref("Option"), 1), ref("Ladder")
	set(s, "optionSets", &jsonschema.Schema{Type: "object", AdditionalProperties: options})
	set(s, "ladders", &jsonschema.Schema{Type: "object", AdditionalProperties: ladders})
	set(s, "views", listOf(ref("Group"), 0))

	defs := s.Definitions
	defs["Ladder"] = described(listOf(ref("Level"), 1), "Levels, lowest first.")
	level := defs["Level"]
	set(level, "id", match(pattern.ID), "managed")
	level.Not = need("from", "above")
	level.If, level.Then = need("of"), anyOf(need("from"), need("above"))
	for _, name := range []string{"Rounding", "Display"} {
		set(defs[name], "digits", integer("0", "9"), 1)
	}
	adjustment := defs["Adjustment"]
	set(adjustment, "when", ref("ValueCondition"))
	set(adjustment, "set", anyOf(ref("Decimal"), &jsonschema.Schema{Type: "null"}))
	for _, action := range []string{"set", "add", "multiply", "atMost", "atLeast"} {
		adjustment.OneOf = append(adjustment.OneOf, need(action))
	}

	defs["Text"] = textDef()
	defs["Decimal"] = decimalDef(pattern.Decimal, "An exact decimal, as a number or a string: at most 9 digits after the point, and below 10^9.", limits, 0.5, "0.5")
	defs["Amount"] = decimalDef(pattern.NotNegative, "A decimal that is not negative.", jsonschema.Schema{Minimum: "0", ExclusiveMaximum: "1000000000"}, 2)
	defs["Part"] = decimalDef(pattern.Part, "A decimal above 0 and at most 1.", jsonschema.Schema{ExclusiveMinimum: "0", Maximum: "1"}, 0.75)
	defs["Whole"] = anyOf(&jsonschema.Schema{Type: "integer", ExclusiveMinimum: "-1000000000", ExclusiveMaximum: "1000000000"}, match(pattern.Whole))
	defs["Whole"].Description = "A whole number, as a number or a string."

	s.Examples = []any{example}
}

// example is a model that an editor may begin with.
var example = map[string]any{
	"id": "backup", "version": "1.0.0", "title": "Backup", "language": "en",
	"children": []any{map[string]any{"id": "tested", "title": "Was a restore tested this year?", "answer": map[string]any{"type": "yesno"}}},
}
