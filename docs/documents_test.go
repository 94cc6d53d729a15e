//go:build unix

package docs

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/modenhet/modenhet/maturity/robustness"
	"github.com/modenhet/modenhet/schema"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// document reads a whole document. A model must compile, and the linter have no advice; an assessment must score by the
// model above it; a result must be that of the assessment above it. Other documents have a name in the info string.
func (p *page) document(kind, text string) string {
	var fields map[string]json.RawMessage
	if kind == "" {
		require.NoError(p, json.Unmarshal([]byte(text), &fields), text)
	}
	switch {
	case kind == "" && fields["children"] != nil:
		m, err := maturity.Parse([]byte(text), nil)
		require.NoError(p, err, text)
		assert.Empty(p, m.Lint(nil), text)
		p.model, err = maturity.Compile(m, nil)
		require.NoError(p, err, text)
	case kind == "" && fields["nodes"] != nil:
		require.NotNil(p, p.result, "a result without an assessment above it: %s", text)
		return p.same(text, p.result)
	case kind == "" && fields["model"] != nil:
		p.assess(text)
	case kind == "rules": // of an assessment's schema
		data, err := schema.For(p.model.Model(), &schema.Options{Answers: true})
		require.NoError(p, err)
		var rules struct {
			AllOf []any `json:"allOf"`
		}
		require.NoError(p, json.Unmarshal(data, &rules))
		return p.same(text, rules)
	case kind == "options":
		o := new(robustness.Options)
		strict := json.NewDecoder(strings.NewReader(text))
		strict.DisallowUnknownFields()
		require.NoError(p, strict.Decode(o))
		p.state["options"] = o
	case kind == "sensitivity":
		r, err := robustness.Sensitivity(p.model, p.state["assessment"].(*maturity.Assessment), p.state["options"].(*robustness.Options))
		require.NoError(p, err)
		assert.Contains(p, read(p.T, p.path), "> "+r.Sentence(p.model.Model(), "en")+"\n")
		return p.same(text, r)
	case kind == "leverage":
		r, err := robustness.Leverage(p.model, p.state["assessment"].(*maturity.Assessment), nil)
		require.NoError(p, err)
		return p.same(text, r)
	case kind == "wrong": // an assessment of an embedded model, which is refused
		_, err := p.embedded("team-check").ParseAssessment([]byte(text))
		assert.Error(p, err, text)
	case slices.Contains(models.IDs(), kind): // an assessment of an embedded model
		p.model = p.embedded(kind)
		p.assess(text)
	case kind == "settings": // of another program
		assert.True(p, json.Valid([]byte(text)), text)
	default:
		assert.Fail(p, "neither model, assessment nor result: give it a name", "```json %s\n%s", kind, text)
	}
	return text
}

func (p *page) embedded(id string) *maturity.Scorer {
	m, err := models.Load(id)
	require.NoError(p, err)
	return maturity.MustCompile(m, nil)
}

func (p *page) assess(text string) {
	require.NotNil(p, p.model, "an assessment without a model above it: %s", text)
	a, err := p.model.ParseAssessment([]byte(text))
	require.NoError(p, err, text)
	p.result, err = p.model.Score(a)
	require.NoError(p, err, text)
	assert.Empty(p, p.result.Warnings, text)
	p.state["assessment"] = a
}

// tables looks at the tables of a text, section by section.
func (p *page) tables(text string) {
	for _, section := range strings.SplitAfter(text, "\n\n") {
		p.cases(section)
		p.numbers(section)
	}
}

// cases scores the answers of a table by the model above it.
func (p *page) cases(text string) {
	if !strings.Contains(text, "| answers | value | level |\n") {
		return
	}
	rows := regexp.MustCompile("(?m)^\\| `(\\{.*\\})` \\| *(\\S*) *\\| *(\\S*) *\\|$").FindAllStringSubmatch(text, -1)
	assert.NotEmpty(p, rows, text)
	var group []*maturity.Assessment
	for _, row := range rows {
		a, err := p.model.ParseAssessment([]byte(`{"model": {"id": "` + p.model.Ref().ID + `"}, "answers": ` + row[1] + `}`))
		require.NoError(p, err, row[0])
		r, err := p.model.Score(a)
		require.NoError(p, err, row[0])
		assert.Equal(p, row[2], strconv.FormatFloat(r.Root().Value, 'g', -1, 64), row[0])
		assert.Equal(p, row[3], r.Root().Level, row[0])
		group = append(group, a)
	}
	p.state["group"] = group
}

// same returns the text if it says the same as v, however it is laid out, else v with what has no objects in it on one line.
func (p *page) same(text string, v any) string {
	data, err := json.MarshalIndent(v, "", "  ")
	require.NoError(p, err)
	var got, want any
	require.NoError(p, json.Unmarshal([]byte(text), &got), text)
	require.NoError(p, json.Unmarshal(data, &want))
	if assert.ObjectsAreEqual(want, got) {
		return text
	}
	return regexp.MustCompile(`[\[{]\n[^\[\]{}]*\n *[\]}]`).ReplaceAllStringFunc(string(data), func(s string) string {
		return regexp.MustCompile(`\n *`).ReplaceAllString(s, " ")
	}) + "\n"
}

// fragment reads parts of a model, each in its place in a model: answers one a line, or fields of a group. A … stands for
// what was left out, and comments are passed over.
func (p *page) fragment(kind, text string) {
	text = regexp.MustCompile(`(?m)\s+//.*$|, …`).ReplaceAllString(text, "")
	parts := []string{text}
	skeleton := `{"id": "m", "version": "1.0.0", ` + "%" + `, "children": [
		{"id": "security", "levels": [{"id": "L2"}, {"id": "L3", "from": 1}], "children": [{"id": "s", "answer": {"type": "scale", "min": 0, "max": 5}}]},
		{"id": "mitigation", "children": [{"id": "n", "answer": {"type": "scale", "min": 0, "max": 5}}]},
		{"id": "plan", "answer": {"type": "yesno"}}]}`
	switch kind {
	case "answers":
		parts = strings.Split(strings.TrimSpace(text), "\n")
		skeleton = `{"id": "m", "version": "1.0.0", "optionSets": {"five-steps": [{"value": "no"}, {"value": "yes", "points": 1}]},
			"children": [{"id": "q", "answer": %}]}`
	case "group":
	case "case": // of the conformance data
		assert.True(p, json.Valid([]byte(strings.ReplaceAll(text, "{…}", "{}"))), text)
		return
	case "assessment":
		m := `{"id": "recovery", "version": "1.0.0", "children": [
			{"id": "place", "answer": {"type": "choice", "options": [{"value": "here"}, {"value": "elsewhere", "points": 1}]}},
			{"id": "systems", "answer": {"type": "checklist", "options": [{"value": "a", "points": 1}, {"value": "b", "points": 1}]}},
			{"id": "tested", "answer": {"type": "yesno"}}, {"id": "audit", "answer": {"type": "yesno"}},
			{"id": "share", "answer": {"type": "number", "linear": {"from": 0, "to": 100, "points": [0, 1]}}}]}`
		s, err := maturity.CompileJSON([]byte(m), nil)
		require.NoError(p, err)
		_, err = s.ParseAssessment([]byte(strings.ReplaceAll(text, "sha256:…", s.Ref().Digest)))
		assert.NoError(p, err, text)
		return
	default:
		assert.Fail(p, "a fragment of a kind that no test knows", "```jsonc %s", kind)
	}
	for _, part := range parts {
		_, err := maturity.Parse([]byte(strings.Replace(skeleton, "%", strings.TrimSpace(part), 1)), nil)
		assert.NoError(p, err, part)
	}
}

// types looks up lines of TypeScript in what AnswerTypes gives for the flagship. A … stands for any text.
func (p *page) types(text string) {
	m, err := models.Load(models.Default)
	require.NoError(p, err)
	types, err := schema.AnswerTypes(m, &schema.Options{Language: "en"})
	require.NoError(p, err)
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		pattern := "(?m)^" + strings.ReplaceAll(regexp.QuoteMeta(line), "…", ".*") + "$"
		assert.Regexp(p, pattern, string(bytes.TrimSpace(types)))
	}
}

// headers are those that the server of the self-check sends.
func (p *page) headers(text string) {
	source := read(p.T, "examples/selfcheck/main.go")
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		name, value, _ := strings.Cut(line, ": ")
		assert.Contains(p, source, `h.Set("`+name+`", "`+value)
	}
}
