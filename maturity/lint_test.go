package maturity_test

import (
	"errors"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// adviceOn parses a model, given as its fields after id and version, and returns what Lint says of it, as code
// and path.
func adviceOn(t *testing.T, fields string) []string {
	t.Helper()
	m, err := maturity.Parse([]byte(`{"id": "m", "version": "1.0.0", `+fields+`}`), nil)
	require.NoError(t, err)
	said := []string{}
	for _, issue := range m.Lint(nil) {
		assert.NotEmpty(t, issue.Message)
		said = append(said, string(issue.Code)+" "+issue.Path)
	}
	return said
}

func TestLint(t *testing.T) {
	const ( // 0 or 1; from 0 to 4; no points
		q1    = `{"id": "q1", "answer": {"type": "yesno"}}`
		q2    = `{"id": "q2", "answer": {"type": "yesno"}}`
		scale = `{"id": "s", "answer": {"type": "scale", "min": 0, "max": 4}}`
		text  = `{"id": "t", "answer": {"type": "text"}}`
	)
	for _, c := range []struct {
		name, model string
		want        string // code and path of the only issue; "" for none
	}{
		// Levels.
		{"threshold above the range", `"children": [` + q1 + `], "levels": [{"id": "a"}, {"id": "b", "from": 2}, {"id": "c", "from": 3}]`, "unreachable-level /levels/1"},
		{"threshold at the end", `"children": [` + q1 + `], "levels": [{"id": "a"}, {"id": "b", "from": 1}]`, ""},
		{"nothing is above the end", `"children": [` + q1 + `], "levels": [{"id": "a"}, {"id": "b", "above": 1}]`, "unreachable-level /levels/1"},
		{"ratio above 1", `"children": [` + scale + `], "levels": [{"id": "a"}, {"id": "b", "from": 1.1, "of": "ratio"}]`, "unreachable-level /levels/1"},
		{"cut by an adjustment", `"children": [` + scale + `], "adjust": [{"atMost": 2}], "levels": [{"id": "a"}, {"id": "b", "from": 3}]`, "unreachable-level /levels/1"},
		{"a group of text alone", `"children": [` + q1 + `, {"id": "g", "children": [` + text + `], "levels": [{"id": "a"}]}]`, "unreachable-level /children/1/levels/0"},
		{"geometric", `"aggregate": "geometric", "children": [` + q1 + `, ` + q2 + `], "levels": [{"id": "a"}, {"id": "b", "from": 1}, {"id": "c", "above": 1}]`, "unreachable-level /levels/2"},
		{"shared, too high for both", `"ladders": {"l": [{"id": "a"}, {"id": "b", "from": 2}]}, "levels": "l", "children": [{"id": "g", "levels": "l", "children": [` + q1 + `]}]`, "unreachable-level /ladders/l/1"},
		{"shared, too high for one", `"ladders": {"l": [{"id": "a"}, {"id": "b", "from": 2}]}, "levels": "l", "aggregate": "sum", "children": [` + scale + `, {"id": "g", "levels": "l", "children": [` + q1 + `]}]`, "unreachable-level /children/1/levels"},
		{"everybody is above the first", `"children": [{"id": "q", "answer": {"type": "scale", "min": 1, "max": 5}}], "levels": [{"id": "a"}, {"id": "b", "from": 1}, {"id": "c", "from": 2}]`, "empty-level /levels/1"},
		{"the same threshold", `"children": [` + scale + `], "levels": [{"id": "a"}, {"id": "b", "from": 2}, {"id": "c", "from": 2}]`, "empty-level /levels/2"},
		{"the same threshold and a gate", `"children": [` + scale + `], "levels": [{"id": "a"}, {"id": "b", "from": 2}, {"id": "c", "from": 2, "require": {"question": "s", "is": 4}}]`, ""},
		{"from, then above", `"children": [` + scale + `], "levels": [{"id": "a"}, {"id": "b", "from": 2}, {"id": "c", "above": 2}]`, ""},
		{"below the first threshold", `"children": [` + scale + `], "levels": [{"id": "a", "from": 1}]`, "level-gap /levels/0"},
		{"at the first threshold", `"children": [` + scale + `], "levels": [{"id": "a", "from": 0}]`, ""},
		{"lowered by an adjustment", `"children": [` + scale + `], "adjust": [{"add": -1}], "levels": [{"id": "a", "from": 0}]`, "level-gap /levels/0"},
		{"a ratio that is not known", `"children": [{"id": "p", "answer": {"type": "yesno", "points": {"yes": 2}}}, ` + q1 + `], "adjust": [{"add": -1}], "levels": [{"id": "a", "of": "ratio", "from": 0.25}]`, "unequal-ranges "},
		{"a gate at the first level", `"children": [` + q1 + `], "levels": [{"id": "a", "require": {"question": "q1", "is": true}}]`, "level-gap /levels/0"},
		{"a sum of few answers", `"aggregate": "sum", "children": [{"id": "q", "answer": {"type": "scale", "min": 1, "max": 2}}], "levels": [{"id": "a", "from": 1}]`, ""},

		// Conditions.
		{"gate on a value out of reach", `"children": [` + q1 + `], "levels": [{"id": "a"}, {"id": "b", "require": {"node": "q1", "value": {"atLeast": 2}}}]`, "never-holds /levels/1/require"},
		{"gate on a completeness", `"children": [` + q1 + `], "levels": [{"id": "a"}, {"id": "b", "require": {"node": "m", "completeness": {"atLeast": 0}}}]`, "always-holds /levels/1/require"},
		{"gate in a shared ladder", `"ladders": {"l": [{"id": "a"}, {"id": "b", "require": {"node": "q1", "value": {"lessThan": 0}}}]}, "levels": "l", "children": [` + q1 + `]`, "never-holds /ladders/l/1/require"},
		{"value of a text", `"children": [` + text + `, {"id": "q1", "when": {"node": "t", "value": {"atLeast": 0}}, "answer": {"type": "yesno"}}]`, "never-holds /children/1/when"},
		{"when always", `"children": [` + q1 + `, {"id": "q2", "when": {"not": {"node": "q1", "ratio": {"moreThan": 1}}}, "answer": {"type": "yesno"}}]`, "always-holds /children/1/when"},
		{"part of a when", `"children": [` + q1 + `, {"id": "q2", "when": {"any": [{"question": "q1", "is": true}, {"node": "q1", "value": {"equals": 3}}]}, "answer": {"type": "yesno"}}]`, "never-holds /children/1/when/any/1"},
		{"number out of range", `"read": "ratio", "children": [` + scale + `, {"id": "q2", "when": {"question": "s", "in": [4, 5]}, "answer": {"type": "yesno"}}]`, "never-holds /children/1/when/in/1"},
		{"adjustment", `"children": [` + q1 + `, ` + q2 + `], "adjust": [{"when": {"node": "q1", "ratio": {"lessThan": 0}}, "set": 0}]`, "never-holds /adjust/0/when"},
		{"the value so far", `"children": [` + q1 + `], "adjust": [{"when": {"value": {"atLeast": 7}}, "set": 0}]`, ""},
		{"met", `"aggregate": "share", "met": {"node": "q1", "value": {"lessThan": 0}}, "children": [{"id": "g", "aggregate": "share", "children": [` + q2 + `]}], "views": [{"id": "v", "children": [` + q1 + `]}]`, "never-holds /met"},

		// Children of share and staged.
		{"met on a level that one has not", `"aggregate": "share", "met": {"level": {"atLeast": "b"}}, "children": [` + q1 + `, {"id": "g", "children": [` + q2 + `], "levels": [{"id": "a"}, {"id": "b", "from": 1}]}]`, "never-met /children/0"},
		{"met on a value out of reach", `"aggregate": "staged", "met": {"value": {"atLeast": 3}}, "children": [{"ref": "s", "stage": 1}, {"id": "q", "stage": 2, "answer": {"type": "scale", "min": 0, "max": 2}}], "views": [{"id": "v", "children": [` + scale + `]}]`, "never-met /children/1"},

		// Fields that change nothing.
		{"weight under min", `"aggregate": "min", "children": [` + q1 + `, {"ref": "q1", "weight": 2}]`, "unused-field /children/1/weight"},
		{"weight 0 under min", `"aggregate": "min", "children": [` + q1 + `, {"ref": "q1", "weight": 0}]`, ""},
		{"weight of a text", `"children": [` + q1 + `, {"id": "t", "weight": 2, "answer": {"type": "text"}}]`, "unused-field /children/1/weight"},
		{"weight where a stage needs all", `"aggregate": "staged", "children": [{"id": "q", "stage": 1, "weight": 3, "answer": {"type": "yesno"}}]`, "unused-field /children/0/weight"},
		{"weight where a stage needs some", `"aggregate": "staged", "need": 0.5, "children": [{"id": "q", "stage": 1, "weight": 3, "answer": {"type": "yesno"}}]`, ""},
		{"weight of the root", `"weight": 2, "children": [` + q1 + `]`, "unused-field /weight"},
		{"stage under a mean", `"children": [{"id": "q", "stage": 1, "answer": {"type": "yesno"}}]`, "unused-field /children/0/stage"},
		{"effort of a group", `"children": [{"id": "g", "effort": 2, "children": [` + q1 + `]}]`, "unused-field /children/0/effort"},
		{"read of a share", `"aggregate": "share", "read": "ratio", "children": [` + q1 + `]`, "unused-field /read"},
		{"a text that must not be missing", `"children": [` + q1 + `, {"id": "t", "missing": "error", "answer": {"type": "text"}}]`, "unused-field /children/1/missing"},
		{"a policy that all override", `"missing": "error", "children": [{"id": "q", "missing": "lowest", "answer": {"type": "yesno"}}]`, "unused-field /missing"},
		{"a policy of the root", `"missing": "lowest", "children": [` + q1 + `]`, ""},
		{"a policy that a group overrides for all below", `"missing": "error", "children": [{"id": "g", "missing": "lowest", "children": [` + q1 + `]}]`, "unused-field /missing"},
		{"a policy for a view", `"missing": "error", "children": [{"id": "q", "missing": "lowest", "answer": {"type": "yesno"}}], "views": [{"id": "v", "children": [{"ref": "q"}]}]`, ""},
		{"forbid on a reference", `"children": [` + q1 + `, {"ref": "q1", "notApplicable": "forbid"}]`, "unused-field /children/1/notApplicable"},
		{"forbid on a text", `"children": [` + q1 + `, {"id": "t", "notApplicable": "forbid", "answer": {"type": "text"}}]`, ""},
		{"an option set", `"optionSets": {"o": [{"value": "a"}]}, "children": [` + q1 + `]`, "unused-option-set /optionSets/o"},
		{"a ladder", `"ladders": {"l": [{"id": "a"}]}, "children": [` + q1 + `]`, "unused-ladder /ladders/l"},

		// Points.
		{"one option", `"children": [{"id": "q", "answer": {"type": "choice", "options": [{"value": "a", "points": 1}]}}]`, "single-option /children/0/answer/options"},
		{"no points", `"children": [{"id": "q", "answer": {"type": "choice", "options": [{"value": "a"}, {"value": "b"}]}}]`, "same-points /children/0/answer/options"},
		{"no points, not counted", `"children": [` + q1 + `, {"id": "q", "weight": 0, "answer": {"type": "choice", "options": [{"value": "a"}, {"value": "b"}]}}]`, ""},
		{"no points, but read", `"children": [{"id": "q", "answer": {"type": "choice", "options": [{"value": "a"}, {"value": "b"}]}}], "adjust": [{"when": {"question": "q", "is": "b"}, "set": 1}]`, ""},
		{"points by reference", `"children": [{"id": "q", "answer": {"type": "choice", "options": [{"value": "a"}, {"value": "b"}]}}], "views": [{"id": "v", "children": [{"ref": "q", "points": {"b": 1}}]}]`, ""},
		{"same points in a set, not for the first who use it", `"optionSets": {"o": [{"value": "a"}, {"value": "b"}]}, "children": [{"id": "q", "weight": 0, "answer": {"type": "choice", "use": "o"}}, {"id": "r", "answer": {"type": "choice", "use": "o"}}]`, "same-points /optionSets/o"},
		{"same points in a set", `"optionSets": {"o": [{"value": "a", "points": 1}, {"value": "b", "points": 1}]}, "children": [{"id": "q", "answer": {"type": "choice", "use": "o"}}, {"id": "r", "answer": {"type": "choice", "use": "o"}}]`, "same-points /optionSets/o"},
		{"same points of a yesno", `"children": [{"id": "q", "answer": {"type": "yesno", "points": {"yes": 0}}}]`, "same-points /children/0/answer"},
		{"points up and down", `"children": [{"id": "q", "answer": {"type": "choice", "options": [{"value": "a", "points": 0}, {"value": "b", "points": 2}, {"value": "c", "points": 1}]}}]`, "unordered-points /children/0/answer/options"},
		{"points down", `"children": [{"id": "q", "answer": {"type": "choice", "options": [{"value": "a", "points": 2}, {"value": "b", "points": 2}, {"value": "c", "points": 1}]}}]`, ""},
		{"a checklist is not in order", `"children": [{"id": "q", "answer": {"type": "checklist", "options": [{"value": "a", "points": 0}, {"value": "b", "points": 2}, {"value": "c", "points": 1}]}}]`, ""},
		{"steps up and down", `"children": [{"id": "q", "answer": {"type": "number", "steps": [{"from": 0, "points": 0}, {"from": 1, "points": 2}, {"from": 2, "points": 1}]}}]`, "unordered-points /children/0/answer"},
		{"points of a reference", `"children": [{"id": "q", "answer": {"type": "choice", "options": [{"value": "a"}, {"value": "b", "points": 1}, {"value": "c", "points": 1}]}}], "views": [{"id": "v", "children": [{"ref": "q", "points": {"b": 2}}]}]`, "unordered-points /views/0/children/0/points"},
		{"different ranges", `"children": [` + q1 + `, ` + scale + `]`, "unequal-ranges "},
		{"different ranges, by ratio", `"read": "ratio", "children": [` + q1 + `, ` + scale + `]`, ""},
		{"different ranges in a sum", `"aggregate": "sum", "children": [` + q1 + `, ` + scale + `]`, ""},

		// Texts.
		{"titles on some", `"title": "M", "children": [` + q1 + `, {"id": "q", "title": "Q", "answer": {"type": "yesno"}}]`, "missing-title "},
		{"a text in one of two languages", `"title": {"nb": "Modell", "en": "Model"}, "children": [{"id": "q", "title": {"nb": "Alle"}, "answer": {"type": "yesno"}}]`, "missing-translation /children/0/title"},
		{"a plain string among languages", `"language": "nb", "title": {"nb": "Modell", "en": "Model"}, "children": [{"id": "q", "title": {"nb": "A", "en": "B"}, "advice": ["C"], "answer": {"type": "yesno"}}]`, "missing-translation /children/0/advice/0"},
		{"a plain string in the model's language", `"language": "nb", "title": {"nb": "Modell"}, "children": [{"id": "q", "title": "A", "answer": {"type": "yesno"}}]`, ""},
		{"a wider language", `"title": {"en": "Model"}, "description": {"en-GB": "Colour"}, "children": [{"id": "q", "title": {"en": "Q"}, "answer": {"type": "yesno"}}]`, "missing-translation /description"},
		{"a unit is a sign", `"title": {"nb": "Modell", "en": "Model"}, "children": [{"id": "q", "title": {"nb": "A", "en": "B"}, "answer": {"type": "number", "unit": "%", "linear": {"from": 0, "to": 100, "points": [0, 1]}}}]`, ""},
		{"deprecated", `"deprecated": "Use m2.", "children": [` + q1 + `]`, "deprecated-model /deprecated"},
	} {
		want := []string{c.want}
		if c.want == "" {
			want = []string{}
		}
		assert.Equal(t, want, adviceOn(t, c.model), c.name)
	}
}

func TestLintIsInDocumentOrder(t *testing.T) {
	assert.Equal(t, []string{
		"unused-option-set /optionSets/o",
		"unused-ladder /ladders/l",
		"unequal-ranges ",
		"unused-field /stage",
		"unreachable-level /levels/1",
		"unused-field /children/0/effort",
		"same-points /children/1/answer",
		"unused-field /views/0/weight",
	}, adviceOn(t, `"optionSets": {"o": [{"value": "a"}]}, "ladders": {"l": [{"id": "a"}]}, "stage": 1, "levels": [{"id": "a"}, {"id": "b", "from": 9}],
		"children": [{"id": "g", "effort": 1, "children": [{"id": "s", "answer": {"type": "scale", "min": 0, "max": 4}}]}, {"id": "q", "answer": {"type": "yesno", "points": {"yes": 0}}}],
		"views": [{"id": "v", "weight": 3, "children": [{"ref": "s"}]}]`))
}

func TestLintSaysNothingOfAnInvalidModel(t *testing.T) {
	m := &maturity.Model{Deprecated: maturity.T("Use another.")}
	require.Error(t, m.Validate(nil))
	assert.Nil(t, m.Lint(nil))
}

func TestLintStopsAtTheLimit(t *testing.T) {
	m, err := maturity.Parse([]byte(`{"id": "m", "version": "1.0.0", "stage": 1, "weight": 2, "effort": 3, "children": [{"id": "q", "answer": {"type": "yesno"}}]}`), nil)
	require.NoError(t, err)
	issues := m.Lint(&maturity.Options{MaxIssues: 2})
	require.Len(t, issues, 3)
	assert.True(t, errors.Is(issues[0], maturity.UnusedField))
	assert.True(t, errors.Is(issues[2], maturity.TooMany))
}

func TestModelsGiveNoAdvice(t *testing.T) {
	require.NotEmpty(t, models.IDs())
	for _, id := range models.IDs() {
		m, err := models.Load(id)
		require.NoError(t, err)
		assert.Empty(t, m.Lint(nil), id)
	}
}
