package schema_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/internal/random"
	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/modenhet/modenhet/schema"
	santhosh "github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// formsModel has everything that a form or a type can meet: questions of all types beside and below groups, conditions
// on answers, on hidden answers and on scores, and a view.
const formsModel = `{
  "id": "recovery", "version": "1.2.0", "title": {"en": "Recovery", "nb": "Gjenoppretting"}, "language": "en",
  "optionSets": {"how often": [
    {"value": "never", "title": {"en": "Never", "nb": "Aldri"}},
    {"value": "it's */ yearly", "title": {"en": "Each year", "nb": "Hvert år"}, "points": 1}]},
  "ladders": {"two": [{"id": "open"}, {"id": "safe", "from": 0.5}]},
  "children": [
    {"id": "backed-up", "title": {"en": "Are there copies?", "nb": "Finnes det kopier?"}, "answer": {"type": "yesno"}},
    {"id": "size", "title": "How large?", "answer": {"type": "scale", "min": 1, "max": 3}},
    {"id": "copies", "title": "Copies", "description": "What is copied.", "levels": "two", "children": [
      {"id": "where", "when": {"question": "backed-up", "is": true}, "title": "Where?", "children": [
        {"id": "place", "notApplicable": "forbid", "answer": {"type": "choice", "options": [{"value": "near"}, {"value": "far", "points": 1}]}},
        {"id": "kinds", "answer": {"type": "checklist", "options": [{"value": "full", "points": 1}, {"value": "delta", "points": 1}, {"value": "none", "exclusive": true}]}}
      ]},
      {"id": "why", "when": {"any": [{"question": "place", "is": "near"}, {"question": "kinds", "answered": false}]}, "answer": {"type": "text", "maxLength": 200}}
    ]},
    {"id": "tests", "title": "Tests", "children": [
      {"ref": "place"},
      {"id": "tested", "when": {"node": "copies", "level": {"atLeast": "safe"}}, "answer": {"type": "choice", "use": "how often"}},
      {"id": "failed", "when": {"not": {"question": "tested", "is": "never"}}, "title": "How many failed?",
       "answer": {"type": "number", "min": 0, "max": 100, "unit": "%", "linear": {"from": 100, "to": 0, "points": [0, 1]}}}
    ]}
  ],
  "views": [
    {"id": "only-references", "children": [{"ref": "place"}]},
    {"id": "people", "title": "People", "notApplicable": "forbid", "children": [{"ref": "tests"}, {"id": "trained", "answer": {"type": "choice", "use": "how often"}}]}
  ]
}`

func parse(t *testing.T, text string) *maturity.Model {
	m, err := maturity.Parse([]byte(text), nil)
	require.NoError(t, err)
	return m
}

func TestJSONForms(t *testing.T) {
	ui, err := schema.JSONForms(parse(t, formsModel), &schema.Options{Answers: true})
	require.NoError(t, err)
	copied := `{"properties": {"backed-up": {"const": true}}, "required": ["backed-up"]}`
	assert.JSONEq(t, `{"type": "Categorization", "elements": [
	  {"type": "Category", "label": "Recovery", "elements": [
	    {"type": "Control", "label": "Are there copies?", "scope": "#/properties/backed-up", "options": {"format": "radio"}},
	    {"type": "Control", "label": "How large?", "scope": "#/properties/size", "options": {"format": "radio"}}]},
	  {"type": "Category", "label": "Copies", "elements": [
	    {"type": "Label", "text": "What is copied."},
	    {"type": "Group", "label": "Where?", "elements": [
	      {"type": "Control", "scope": "#/properties/place", "options": {"format": "radio"}},
	      {"type": "Control", "scope": "#/properties/kinds"}],
	     "rule": {"effect": "SHOW", "condition": {"scope": "#", "schema": `+copied+`}}},
	    {"type": "Control", "scope": "#/properties/why", "options": {"multi": true},
	     "rule": {"effect": "SHOW", "condition": {"scope": "#", "schema": {"anyOf": [
	       {"allOf": [`+copied+`, {"properties": {"place": {"const": "near"}}, "required": ["place"]}]},
	       {"anyOf": [{"not": `+copied+`}, {"not": {"properties": {"kinds": true}, "required": ["kinds"]}}]}]}}}}]},
	  {"type": "Category", "label": "Tests", "elements": [
	    {"type": "Control", "scope": "#/properties/tested", "options": {"format": "radio"}},
	    {"type": "Control", "label": "How many failed? (%)", "scope": "#/properties/failed"}]},
	  {"type": "Category", "label": "People", "elements": [
	    {"type": "Control", "scope": "#/properties/trained", "options": {"format": "radio"}}]}]}`, string(ui))
}

func TestJSONFormsOfAssessment(t *testing.T) {
	ui, err := schema.JSONForms(parse(t, `{"id": "m", "version": "1.0.0", "children": [
	  {"id": "a", "answer": {"type": "yesno"}},
	  {"id": "g", "when": {"question": "a", "is": true}, "children": [{"id": "b", "answer": {"type": "number", "steps": [{"from": 0, "points": 0}]}}]}]}`), nil)
	require.NoError(t, err)
	assert.JSONEq(t, `{"type": "Categorization", "elements": [
	  {"type": "Category", "label": "", "elements": [{"type": "Control", "scope": "#/properties/answers/properties/a", "options": {"format": "radio"}}]},
	  {"type": "Category", "label": "", "elements": [{"type": "Control", "scope": "#/properties/answers/properties/b"}],
	   "rule": {"effect": "SHOW", "condition": {"scope": "#", "schema": {"properties": {"answers":
	     {"properties": {"a": {"const": true}}, "required": ["a"]}}, "required": ["answers"]}}}}]}`, string(ui))
}

func TestRJSF(t *testing.T) {
	m := parse(t, formsModel)
	ui, err := schema.RJSF(m, &schema.Options{Answers: true, Language: "nb"})
	require.NoError(t, err)
	answers := `{
	  "ui:order": ["backed-up", "size", "place", "kinds", "why", "tested", "failed", "trained"],
	  "ui:options": {"pages": [
	    {"title": "Gjenoppretting", "questions": ["backed-up", "size"]},
	    {"title": "Copies", "description": "What is copied.", "questions": ["place", "kinds", "why"]},
	    {"title": "Tests", "questions": ["tested", "failed"]},
	    {"title": "People", "questions": ["trained"]}]},
	  "backed-up": {"ui:widget": "radio", "ui:enumNames": ["Ja", "Nei"]},
	  "size": {"ui:widget": "radio"}, "place": {"ui:widget": "radio"}, "kinds": {"ui:widget": "checkboxes"},
	  "why": {"ui:widget": "textarea"}, "tested": {"ui:widget": "radio"}, "trained": {"ui:widget": "radio"}}`
	assert.JSONEq(t, answers, string(ui))
	ui, err = schema.RJSF(m, &schema.Options{Language: "nb"})
	require.NoError(t, err)
	assert.JSONEq(t, `{"ui:order": ["answers", "*"], "answers": `+answers+`}`, string(ui))
}

// TestPagesAskAll finds each question of the embedded models once in each UI schema, in document order.
func TestPagesAskAll(t *testing.T) {
	for _, id := range models.IDs() {
		m, err := models.Load(id)
		require.NoError(t, err)
		var want, scopes []string
		for _, node := range m.Nodes() {
			if node.Answer != nil {
				want = append(want, node.ID)
			}
		}
		data, err := schema.RJSF(m, &schema.Options{Answers: true})
		require.NoError(t, err)
		var rjsf struct {
			Order []string `json:"ui:order"`
		}
		require.NoError(t, json.Unmarshal(data, &rjsf))
		assert.Equal(t, want, rjsf.Order)

		data, err = schema.JSONForms(m, &schema.Options{Answers: true})
		require.NoError(t, err)
		type element struct {
			Type, Scope string
			Elements    []element
		}
		var root element
		require.NoError(t, json.Unmarshal(data, &root))
		var walk func(e element)
		walk = func(e element) {
			if e.Type == "Control" {
				scopes = append(scopes, e.Scope[len("#/properties/"):])
			}
			for _, below := range e.Elements {
				walk(below)
			}
		}
		walk(root)
		assert.Equal(t, want, scopes)
		assert.False(t, slices.ContainsFunc(root.Elements, func(e element) bool { return e.Type != "Category" }))
	}
}

// TestRulesFollowTheEngine: a question is shown where the engine does not hide it; and where answers alone decide, a
// hidden question is not shown, even while answers to questions that have been hidden since are kept.
func TestRulesFollowTheEngine(t *testing.T) {
	shown, hidden, unsure, empty := 0, 0, 0, 0
	eachModel(t, 60, func(r *rand.Rand, name string, model []byte, s *maturity.Scorer) {
		ui, err := schema.JSONForms(s.Model(), nil)
		require.NoError(t, err)
		rules, exact := questionRules(t, ui), exactlyShown(s.Model())
		for i := range 11 {
			document := random.Assessment(r, model)
			if i == 10 { // as a form begins
				document = []byte(`{"model": {"id": "` + s.Model().ID + `"}}`)
				empty++
			}
			var result maturity.Result
			if s.ScoreJSON(&result, document) != nil {
				continue // the policy error wants more
			}
			data, err := santhosh.UnmarshalJSON(bytes.NewReader(document))
			require.NoError(t, err)
			for id, conditions := range rules {
				node, _ := result.Node(id)
				show := !slices.ContainsFunc(conditions, func(c *santhosh.Schema) bool { return c.Validate(data) != nil })
				switch {
				case node.Status != maturity.Hidden:
					shown++
					assert.True(t, show, "%s, %s, %s", name, id, document)
				case exact[id]:
					hidden++
					assert.False(t, show, "%s, %s, %s", name, id, document)
				case show:
					unsure++
				}
			}
		}
	})
	t.Log(shown, "shown,", hidden, "hidden,", unsure, "shown for want of scores")
	assert.Positive(t, min(shown, hidden, unsure, empty))
}

// questionRules compiles the conditions of each question that has some: its own, and those around it.
func questionRules(t *testing.T, ui []byte) map[string][]*santhosh.Schema {
	type element struct {
		Scope    string
		Elements []element
		Rule     *struct {
			Condition struct{ Schema json.RawMessage }
		}
	}
	rules := map[string][]*santhosh.Schema{}
	var walk func(e element, around []*santhosh.Schema)
	walk = func(e element, around []*santhosh.Schema) {
		if e.Rule != nil {
			around = append(slices.Clip(around), compileDraft(t, e.Rule.Condition.Schema, santhosh.Draft2020))
		}
		if e.Scope != "" && around != nil {
			rules[strings.TrimPrefix(e.Scope, "#/properties/answers/properties/")] = around
		}
		for _, below := range e.Elements {
			walk(below, around)
		}
	}
	var root element
	require.NoError(t, json.Unmarshal(ui, &root))
	walk(root, nil)
	return rules
}

// TestRulesOfAnEmptyForm: what is shown while something is not answered is shown before anything is.
func TestRulesOfAnEmptyForm(t *testing.T) {
	m := parse(t, `{"id": "m", "version": "1.0.0", "children": [
	  {"id": "a", "answer": {"type": "yesno"}},
	  {"id": "b", "when": {"question": "a", "answered": false}, "answer": {"type": "yesno"}},
	  {"id": "c", "when": {"any": [{"not": {"question": "a", "is": true}}, {"question": "a", "is": true}]}, "answer": {"type": "yesno"}},
	  {"id": "d", "when": {"all": [{"not": {"question": "a", "is": true}}, {"question": "b", "is": true}]}, "answer": {"type": "yesno"}}]}`)
	ui, err := schema.JSONForms(m, nil)
	require.NoError(t, err)
	rules := questionRules(t, ui)
	for document, want := range map[string][]bool{`{}`: {true, true, false}, `{"answers": {}}`: {true, true, false}, `{"answers": {"a": true}}`: {false, true, false},
		`{"answers": {"b": true}}`: {true, true, true}} {
		data, err := santhosh.UnmarshalJSON(strings.NewReader(document))
		require.NoError(t, err)
		for i, id := range []string{"b", "c", "d"} {
			assert.Equal(t, want[i], rules[id][0].Validate(data) == nil, "%s in %s", id, document)
		}
	}
}

// TestRuleBeyondItsBound: where a rule would be too long to follow all, it shows what the engine shows.
func TestRuleBeyondItsBound(t *testing.T) {
	no := &maturity.Condition{Question: "b", Is: false}
	m := &maturity.Model{Version: "1.0.0", Node: maturity.Node{ID: "m", Children: []*maturity.Node{
		{ID: "a", Answer: &maturity.Answer{Type: maturity.YesNo}},
		{ID: "b", When: &maturity.Condition{Question: "a", Is: true}, Answer: &maturity.Answer{Type: maturity.YesNo}},
		{ID: "c", When: &maturity.Condition{}, Answer: &maturity.Answer{Type: maturity.YesNo}}}}}
	for range 150 {
		m.Children[2].When.All = append(m.Children[2].When.All, &maturity.Condition{Not: no})
	}
	m.Children[2].When.All = append(m.Children[2].When.All, &maturity.Condition{Question: "b", Answered: new(bool)})
	ui, err := schema.JSONForms(m, nil)
	require.NoError(t, err)
	data, err := santhosh.UnmarshalJSON(strings.NewReader(`{"answers": {"a": false, "b": false}}`)) // b is hidden, and its answer does not count
	require.NoError(t, err)
	var result maturity.Result
	require.NoError(t, maturity.MustCompile(m, nil).ScoreJSON(&result, []byte(`{"model": {"id": "m"}, "answers": {"a": false, "b": false}}`)))
	c, _ := result.Node("c")
	require.NotEqual(t, maturity.Hidden, c.Status)
	assert.NoError(t, questionRules(t, ui)["c"][0].Validate(data))
}

// TestRuleStaysSmall has conditions that double with each question unless they are bounded.
func TestRuleStaysSmall(t *testing.T) {
	m := &maturity.Model{Version: "1.0.0", Node: maturity.Node{ID: "m"}}
	for i := range 40 {
		q := &maturity.Node{ID: "q" + string(rune('a'+i/26)) + string(rune('a'+i%26)), Answer: &maturity.Answer{Type: maturity.YesNo}}
		if i > 0 {
			before := m.Children[i-1].ID
			q.When = &maturity.Condition{Any: []*maturity.Condition{{Question: before, Is: true}, {Question: before, Is: false}}}
		}
		m.Children = append(m.Children, q)
	}
	ui, err := schema.JSONForms(m, nil)
	require.NoError(t, err)
	assert.Less(t, len(ui), 1<<20)
}

func TestBadInput(t *testing.T) {
	for _, give := range []func(*maturity.Model, *schema.Options) ([]byte, error){schema.JSONForms, schema.RJSF, schema.AnswerTypes} {
		_, err := give(&maturity.Model{}, nil)
		assert.ErrorIs(t, err, maturity.MissingField)
		_, err = give(nil, nil)
		assert.ErrorIs(t, err, maturity.MissingField)
		_, err = give(parse(t, formsModel), &schema.Options{Profile: "x"})
		assert.ErrorIs(t, err, maturity.BadValue)
	}
	types, err := schema.AnswerTypes(parse(t, formsModel), &schema.Options{AnyVersion: true})
	require.NoError(t, err)
	assert.Contains(t, string(types), "model: { id: 'recovery'; version?: string; digest?: string };")
}
