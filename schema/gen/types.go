package main

import (
	"encoding/json"
	"reflect"
	"slices"

	"github.com/invopop/jsonschema"
	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/schema/internal/pattern"
)

// mapped gives the types whose JSON reflection cannot know.
func mapped(t reflect.Type) *jsonschema.Schema {
	switch t {
	case reflect.TypeFor[maturity.Decimal]():
		return ref("Decimal")
	case reflect.TypeFor[maturity.Text]():
		return ref("Text")
	case reflect.TypeFor[maturity.Ladder]():
		return anyOf(ref("Ladder"), nonEmpty())
	case reflect.TypeFor[maturity.Reading]():
		return oneOf(maturity.ReadValue, maturity.ReadRatio)
	case reflect.TypeFor[maturity.Aggregate]():
		return oneOf(maturity.Mean, maturity.Sum, maturity.Min, maturity.Max, maturity.Median, maturity.Product, maturity.Geometric, maturity.Share, maturity.Staged)
	case reflect.TypeFor[maturity.StageRule]():
		return oneOf(maturity.PassStage, maturity.FailStage)
	case reflect.TypeFor[maturity.RoundingMode]():
		return oneOf(maturity.HalfUp, maturity.HalfAway, maturity.HalfEven, maturity.Floor, maturity.Ceiling, maturity.Truncate)
	case reflect.TypeFor[maturity.Kind]():
		return oneOf(maturity.GroupNode, maturity.QuestionNode)
	case reflect.TypeFor[maturity.Status]():
		return oneOf(maturity.Scored, maturity.Missing, maturity.StatusNotApplicable, maturity.Hidden, maturity.Unscored)
	case reflect.TypeFor[maturity.AnswerType](), reflect.TypeFor[maturity.Policy](), reflect.TypeFor[maturity.Code]():
		return nonEmpty() // said where they stand
	}
	return nil
}

// textDef and the like are definitions of those types.
func textDef() *jsonschema.Schema {
	return described(anyOf(str(), &jsonschema.Schema{Type: "object", PropertyNames: match(pattern.Language), AdditionalProperties: str(), MinProperties: count(1)}),
		"One string in the model's language, or an object from BCP 47 language tag to string.",
		"Leadership", map[string]any{"nb": "Ledelse", "en": "Leadership"})
}

func decimalDef(strings, description string, bounds jsonschema.Schema, examples ...any) *jsonschema.Schema {
	bounds.Type = "number"
	return described(anyOf(&bounds, &jsonschema.Schema{Type: "string", Pattern: strings}), description, examples...)
}

// limits are those of every decimal.
var limits = jsonschema.Schema{ExclusiveMinimum: "-1000000000", ExclusiveMaximum: "1000000000"}

func ref(name string) *jsonschema.Schema { return &jsonschema.Schema{Ref: "#/$defs/" + name} }
func str() *jsonschema.Schema            { return &jsonschema.Schema{Type: "string"} }
func nonEmpty() *jsonschema.Schema       { return &jsonschema.Schema{Type: "string", MinLength: count(1)} }
func match(p string) *jsonschema.Schema {
	return &jsonschema.Schema{Type: "string", Pattern: p}
}
func anyOf(of ...*jsonschema.Schema) *jsonschema.Schema { return &jsonschema.Schema{AnyOf: of} }
func constant(v any) *jsonschema.Schema                 { return &jsonschema.Schema{Const: v} }
func count(n uint64) *uint64                            { return &n }

func integer(low, high json.Number) *jsonschema.Schema {
	return &jsonschema.Schema{Type: "integer", Minimum: low, Maximum: high}
}

func oneOf[S ~string](of ...S) *jsonschema.Schema {
	s := str()
	for _, word := range of {
		s.Enum = append(s.Enum, word)
	}
	return s
}

func described(s *jsonschema.Schema, description string, examples ...any) *jsonschema.Schema {
	s.Description, s.Examples = description, examples
	return s
}

// listOf is an array of at least some items.
func listOf(items *jsonschema.Schema, least uint64) *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "array", Items: items}
	if least > 0 {
		s.MinItems = &least
	}
	return s
}

// need is a test for members: they are there.
func need(names ...string) *jsonschema.Schema {
	s := &jsonschema.Schema{Properties: jsonschema.NewProperties(), Required: names}
	for _, name := range names {
		s.Properties.Set(name, &jsonschema.Schema{}) // ajv in strict mode wants what is required to be named
	}
	return s
}

// needValue is need of one member with one of some values.
func needValue(name string, values ...any) *jsonschema.Schema {
	s := need(name)
	value := constant(values[0])
	if len(values) > 1 {
		value = &jsonschema.Schema{Enum: values}
	}
	s.Properties.Set(name, value)
	return s
}

// set replaces the schema of a property, and keeps its description.
func set(s *jsonschema.Schema, name string, value *jsonschema.Schema, examples ...any) {
	if old, ok := s.Properties.Get(name); ok {
		if value.Description == "" {
			value.Description = old.Description
		}
	} else {
		panic("there is no property " + name)
	}
	value.Examples = examples
	s.Properties.Set(name, value)
}

// pick is a closed object with some of the properties of another.
func pick(from *jsonschema.Schema, description string, required []string, names ...string) *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "object", Description: description, Properties: jsonschema.NewProperties(),
		AdditionalProperties: jsonschema.FalseSchema, Required: required}
	for _, name := range names {
		p, ok := from.Properties.Get(name)
		if !ok {
			panic("there is no property " + name)
		}
		s.Properties.Set(name, p)
	}
	return s
}

// noneForgotten panics if a property of a type is in none of the objects that were made of it.
func noneForgotten(from *jsonschema.Schema, objects ...*jsonschema.Schema) {
	for p := from.Properties.Oldest(); p != nil; p = p.Next() {
		if !slices.ContainsFunc(objects, func(o *jsonschema.Schema) bool { _, there := o.Properties.Get(p.Key); return there }) {
			panic("schema/gen: say where the property " + p.Key + " belongs")
		}
	}
}
