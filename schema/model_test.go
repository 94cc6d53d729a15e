package schema_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/schema"
	santhosh "github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// small has a question of every type, an option set that two of them share, and a hidden question.
const small = `{"id": "small", "version": "1.2.0", "title": {"nb": "Liten", "en": "Small"}, "language": "nb", "notApplicable": "forbid",
 "optionSets": {"five/steps": [{"value": "no", "title": {"nb": "Nei", "en": "No"}}, {"value": "yes", "title": {"nb": "Ja", "en": "Yes"}, "points": 1}]},
 "children": [
  {"id": "a", "title": {"nb": "A-spørsmål", "en": "Question A"}, "answer": {"type": "choice", "use": "five/steps"}},
  {"id": "b", "answer": {"type": "checklist", "use": "five/steps"}},
  {"id": "c", "answer": {"type": "checklist", "options": [{"value": "x"}, {"value": "y"}, {"value": "none", "exclusive": true}]}},
  {"id": "d", "when": {"question": "a", "is": "yes"}, "notApplicable": "exclude", "answer": {"type": "yesno"}},
  {"id": "e", "answer": {"type": "scale", "min": 1, "max": 5}},
  {"id": "f", "title": "F", "answer": {"type": "number", "min": "0.5", "unit": "kg", "steps": [{"from": 0, "points": 0}, {"from": 2, "points": 1}]}},
  {"id": "g", "answer": {"type": "text", "maxLength": 10}}]}`

func parseModel(t testing.TB, document string) *maturity.Model {
	t.Helper()
	m, err := maturity.Parse([]byte(document), nil)
	require.NoError(t, err)
	return m
}

// at reads a value of a JSON document by its keys.
func at(t testing.TB, document []byte, keys ...any) any {
	t.Helper()
	var v any
	require.NoError(t, json.Unmarshal(document, &v))
	for _, key := range keys {
		switch key := key.(type) {
		case string:
			v = v.(map[string]any)[key]
		case int:
			v = v.([]any)[key]
		}
	}
	return v
}

func TestForm(t *testing.T) {
	m := parseModel(t, small)
	s := schemaFor(t, m, &schema.Options{Language: "en"})
	assert.Equal(t, "https://modenhet.github.io/schema/v1/models/small/1.2.0/"+m.Digest()+"/assessment.json?profile=form&language=en", at(t, s, "$id"))
	assert.Equal(t, "Small", at(t, s, "title"))
	assert.Equal(t, "Question A", at(t, s, "properties", "answers", "properties", "a", "title"))
	assert.Equal(t, "#/$defs/options-five~1steps", at(t, s, "properties", "answers", "properties", "a", "$ref"))
	assert.Equal(t, "#/$defs/options-five~1steps", at(t, s, "properties", "answers", "properties", "b", "items", "$ref"))
	assert.Equal(t, map[string]any{"const": "yes", "title": "Yes"}, at(t, s, "$defs", "options-five/steps", "oneOf", 1))
	assert.Equal(t, "F (kg)", at(t, s, "properties", "answers", "properties", "f", "title"))
	assert.Equal(t, []any{map[string]any{
		"if":   map[string]any{"properties": map[string]any{"a": map[string]any{"const": "yes"}}, "required": []any{"a"}},
		"else": map[string]any{"properties": map[string]any{"d": false}},
	}}, at(t, s, "properties", "answers", "allOf"))
	assert.Equal(t, map[string]any{"d": map[string]any{"type": "string"}}, at(t, s, "properties", "notApplicable", "properties"))

	nb := schemaFor(t, m, nil)
	assert.Equal(t, "A-spørsmål", at(t, nb, "properties", "answers", "properties", "a", "title"), "the model's language")
}

func TestAnswersAlone(t *testing.T) {
	m := parseModel(t, small)
	s, err := maturity.Compile(m, nil)
	require.NoError(t, err)
	for _, profile := range []schema.Profile{schema.Form, schema.Strict, schema.OpenAPI} {
		o := newOracle(t, schemaFor(t, m, &schema.Options{Profile: profile, Answers: true}))
		for answers, want := range map[string]bool{
			`{}`:                         true,
			`{"a": "yes", "d": true}`:    true,
			`{"b": ["yes", "no"]}`:       true,
			`{"b": ["yes", "yes"]}`:      false,
			`{"c": ["x", "none"]}`:       false,
			`{"c": ["none"]}`:            true,
			`{"e": 1e0, "f": 0.50}`:      true,
			`{"e": 6}`:                   false,
			`{"f": 0.4}`:                 false,
			`{"g": "ååååååååå\u0000"}`:   true,
			`{"g": "ååååååååååå"}`:       false,
			`{"A": "yes"}`:               false,
			`{"d": true, "model": "no"}`: false,
		} {
			assert.Equal(t, want, o.fits(t, []byte(answers)) == nil, "%s: %s", profile, answers)
			_, err := s.ParseAssessment([]byte(`{"model": {"id": "small"}, "answers": ` + answers + `}`))
			assert.Equal(t, want, err == nil, "engine: %s", answers)
		}
		hidden := o.fits(t, []byte(`{"a": "no", "d": true}`))
		assert.Equal(t, profile == schema.Form, hidden != nil)
	}
}

// TestLLM: structured output takes few keywords; what a language model then gives, less what is null, is an
// assessment.
func TestLLM(t *testing.T) {
	allowed := []string{"$schema", "$id", "$defs", "$ref", "title", "description", "type", "properties", "additionalProperties", "required", "enum", "items", "anyOf"}
	var keywords func(v any)
	keywords = func(v any) {
		for key, value := range v.(map[string]any) {
			assert.Contains(t, allowed, key)
			switch key {
			case "properties", "$defs":
				for _, sub := range value.(map[string]any) {
					keywords(sub)
				}
			case "items":
				keywords(value)
			case "anyOf":
				for _, sub := range value.([]any) {
					keywords(sub)
				}
			}
		}
		if object := v.(map[string]any); object["type"] == "object" {
			assert.Equal(t, false, object["additionalProperties"])
			assert.Len(t, object["required"], len(object["properties"].(map[string]any)))
		}
	}
	eachModel(t, 20, func(r *rand.Rand, name string, model []byte, s *maturity.Scorer) {
		data := schemaFor(t, s.Model(), &schema.Options{Profile: schema.LLM})
		keywords(at(t, data))
		keywords(at(t, schemaFor(t, s.Model(), &schema.Options{Profile: schema.LLM, AnyVersion: true})))
		o := newOracle(t, data)
		for _, trial := range trials(r, model, s.Questions())[:2] {
			var a struct {
				Model         maturity.ModelRef `json:"model"`
				Answers       map[string]any    `json:"answers"`
				NotApplicable map[string]any    `json:"notApplicable,omitempty"`
			}
			require.NoError(t, json.Unmarshal(trial.document, &a))
			a.Model = s.Ref()
			given := a.Answers
			a.Answers, a.NotApplicable = map[string]any{}, map[string]any{}
			for _, q := range s.Questions() {
				a.Answers[q] = given[q] // null where there is none
			}
			if spared, ok := at(t, data, "properties", "notApplicable").(map[string]any); ok {
				for q := range spared["properties"].(map[string]any) {
					a.NotApplicable[q] = nil
				}
			}
			reply, err := json.Marshal(a)
			require.NoError(t, err)
			assert.NoError(t, o.fits(t, reply), name)
		}
	})
}

// TestLLMSays: what keywords cannot say stands in the descriptions.
func TestLLMSays(t *testing.T) {
	s := schemaFor(t, parseModel(t, small), &schema.Options{Profile: schema.LLM, Language: "en", Answers: true})
	assert.Equal(t, `Only asked where {"question":"a","is":"yes"}: d.`, at(t, s, "description"))
	assert.Equal(t, "Question A\nnull if the answer is not known.", at(t, s, "properties", "a", "description"))
	assert.Equal(t, "no: No\nyes: Yes", at(t, s, "$defs", "options-five/steps", "description"))
	assert.Equal(t, "The option none stands alone.\nnull if the answer is not known.", at(t, s, "properties", "c", "description"))
	assert.Equal(t, "F (kg)\nAt least 0.5.\nnull if the answer is not known.", at(t, s, "properties", "f", "description"))
	assert.Equal(t, "At most 10 characters.\nnull if the answer is not known.", at(t, s, "properties", "g", "description"))
}

// TestParts: a thousand options go into one schema, more into several.
func TestParts(t *testing.T) {
	m := parseModel(t, `{"id": "m", "version": "1.0.0", "children": [{"id": "q", "answer": {"type": "yesno"}}]}`)
	for i := range 30 {
		q := &maturity.Node{ID: fmt.Sprint("q", i), Answer: &maturity.Answer{Type: maturity.Choice}}
		for j := range 100 {
			q.Answer.Options = append(q.Answer.Options, &maturity.Option{Value: fmt.Sprint("o", j)})
		}
		m.Children = append(m.Children, q)
	}
	opts := &schema.Options{Profile: schema.LLM, Answers: true}
	parts, err := schema.Parts(m, opts)
	require.NoError(t, err)
	require.Len(t, parts, 3)
	var ids []string
	asked := 0
	for _, part := range parts {
		newOracle(t, part)
		ids = append(ids, at(t, part, "$id").(string))
		asked += len(at(t, part, "properties").(map[string]any))
		assert.LessOrEqual(t, strings.Count(string(part), `"o`), 2000) // values, and what they are in descriptions
	}
	assert.Equal(t, 31, asked)
	assert.Len(t, slices.Compact(ids), 3)
	_, err = schema.For(m, opts)
	assert.ErrorIs(t, err, maturity.TooMany)
	_, err = schema.For(m, nil)
	assert.NoError(t, err, "no other profile is divided")
}

func TestOptions(t *testing.T) {
	m := parseModel(t, small)
	for path, opts := range map[string]*schema.Options{
		"/profile":      {Profile: "rjsf"},
		"/refuseHidden": {Profile: schema.OpenAPI30, RefuseHidden: true},
	} {
		_, err := schema.For(m, opts)
		require.ErrorIs(t, err, maturity.BadValue)
		assert.Equal(t, path, issuesOf(t, err)[0].Path)
	}
	_, err := schema.For(&maturity.Model{}, nil)
	assert.ErrorIs(t, err, maturity.MissingField, "a model that is not valid")
	_, err = schema.For(nil, nil)
	assert.Error(t, err)
}

// TestSameBytes: the same model gives the same bytes, and each choice of options a name of its own.
func TestSameBytes(t *testing.T) {
	names := map[any]string{}
	for _, profile := range schema.Profiles() {
		for _, opts := range []schema.Options{{}, {Language: "en"}, {Answers: true}, {AnyVersion: true}, {RefuseHidden: true}} {
			if opts.Profile = profile; opts.RefuseHidden && (profile == schema.LLM || profile == schema.OpenAPI30 || profile == schema.Form) {
				continue
			}
			first := schemaFor(t, parseModel(t, small), &opts)
			assert.Equal(t, string(first), string(schemaFor(t, parseModel(t, small), &opts)))
			if id := at(t, first, "$id"); id != nil {
				assert.Empty(t, names[id], "%v", id)
				names[id] = string(first)
			}
			if profile == schema.OpenAPI30 {
				compileDraft(t, first, santhosh.Draft4)
			} else {
				newOracle(t, first)
			}
		}
	}
	assert.Len(t, names, 13)
}

// TestShared: the bytes that the package keeps are not handed out.
func TestShared(t *testing.T) {
	for _, get := range []func() []byte{schema.Model, schema.Assessment, schema.Result, schema.Issues} {
		get()[0] = 'x'
		assert.Equal(t, byte('{'), get()[0])
		newOracle(t, get())
	}
}

// TestStaysSmall: a model that was made to be a nuisance does not make a huge schema.
func TestStaysSmall(t *testing.T) {
	m := parseModel(t, `{"id": "m", "version": "1.0.0", "children": [{"id": "a", "answer": {"type": "yesno"}}, {"id": "g", "children": [{"id": "b", "answer": {"type": "yesno"}}]}]}`)
	group := m.Children[1]
	group.When = &maturity.Condition{}
	for range 2000 {
		group.When.Any = append(group.When.Any, &maturity.Condition{Question: "a", Is: true})
	}
	m.OptionSets = map[string][]*maturity.Option{}
	for i := range 1000 {
		m.OptionSets["s"] = append(m.OptionSets["s"], &maturity.Option{Value: fmt.Sprint(i), Title: maturity.T(strings.Repeat("å", 1000))})
		if i%20 != 0 {
			continue
		}
		group.Children = append(group.Children, &maturity.Node{ID: fmt.Sprint("q", i), When: &maturity.Condition{Question: "a", Answered: new(bool)},
			Answer: &maturity.Answer{Type: maturity.Choice, Use: "s"}})
	}
	for _, profile := range []schema.Profile{schema.Form, schema.Strict} {
		assert.Less(t, len(schemaFor(t, m, &schema.Options{Profile: profile, RefuseHidden: true})), 5_000_000)
	}
	for _, profile := range []schema.Profile{schema.LLM, schema.OpenAPI, schema.OpenAPI30} {
		_, err := schema.Parts(m, &schema.Options{Profile: profile})
		assert.ErrorIs(t, err, maturity.TooLarge)
	}
}
