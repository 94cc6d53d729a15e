//go:build !js

package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A call is one of an analysis, with what this machine answers. js/test/analysis.test.js makes the same calls.
type call struct {
	Verb   string          `json:"verb"`
	First  json.RawMessage `json:"first"`
	Second json.RawMessage `json:"second,omitempty"`
	Want   json.RawMessage `json:"want"`
	code   verb
}

// analyses are calls of every verb about the municipalities of the flagship model.
func analyses(t *testing.T) []call {
	document := func(name string) string {
		data, err := models.Assessment(models.Default, name)
		require.NoError(t, err)
		return string(data)
	}
	m, err := models.JSON(models.Default)
	require.NoError(t, err)
	names := models.Assessments(models.Default)
	require.Greater(t, len(names), 10)
	all, respondents := "", ","+document("steinvoll-fagmiljoet")+","+document("steinvoll-ledelsen")
	for _, name := range names {
		a, err := maturity.ParseAssessment([]byte(document(name)), nil)
		require.NoError(t, err)
		a.Subject = &maturity.Subject{ID: name} // two years of one subject are two here
		data, err := a.MarshalJSON()
		require.NoError(t, err)
		all += "," + string(data)
	}
	one, other := document("bjorkevang-2024"), document("bjorkevang-2026")
	calls := []call{
		{code: gaps, Verb: "gaps", First: raw(one), Second: raw(`{"target":[{"level":"managed"},{"node":"governance","value":4}]}`)},
		{code: cheapest, Verb: "cheapest", First: raw(one), Second: raw(`{"target":[{"level":"managed"}],"keep":["learning"]}`)},
		{code: best, Verb: "best", First: raw(one), Second: raw(`{"budget":"7.5"}`)},
		{code: pareto, Verb: "pareto", First: raw(one), Second: raw(`{"budget":20}`)},
		{code: leverage, Verb: "leverage", First: raw(one), Second: raw(`{"group":"governance"}`)},
		{code: sensitivity, Verb: "sensitivity", First: raw(one), Second: raw(`{"seed":7,"draws":500,"indices":20,"language":"nb"}`)},
		{code: compare, Verb: "compare", First: raw(one), Second: raw(`{"later":` + other + `}`)},
		{code: diff, Verb: "diff", First: m},
		{code: migrate, Verb: "migrate", First: raw(one), Second: raw(`{"model":` + string(m) + `}`)},
		{code: migrate, Verb: "migrate", First: raw(strings.Replace(one, `"version":"`, `"version":"0.`, 1))},
		{code: group, Verb: "group", First: raw("[" + all[1:] + "]"), Second: raw(`{"unsuppressed":true,"level":"managed","levels":1,"own":` + one + `}`)},
		{code: group, Verb: "group", First: raw("[" + all[1:] + "]"), Second: raw(`{}`)},
		{code: agree, Verb: "agree", First: raw("[" + respondents[1:] + "]")},
		{code: combine, Verb: "combine", First: raw("[" + respondents[1:] + "]"), Second: raw(`{"by":"lowest"}`)},
	}
	b, handle, _, _ := started(t)
	for i, c := range calls {
		code, out := ask(t, b, c.code, handle, string(c.First), string(c.Second))
		require.Equal(t, int32(0), code, "%s: %s", c.Verb, out)
		for c.code == sensitivity { // it is made in slices
			_, out = ask(t, b, study, handle, `{"scores":100}`)
			var p progress
			require.NoError(t, json.Unmarshal([]byte(out), &p))
			if p.Done == p.Total {
				break
			}
			assert.Nil(t, p.Result)
		}
		calls[i].Want = raw(out)
	}
	return calls
}

func raw(text string) json.RawMessage { return json.RawMessage(text) }

// TestAnalyses asks every verb for what its package gives; the numbers are held in the packages' own tests.
func TestAnalyses(t *testing.T) {
	for _, c := range analyses(t) {
		var list []any
		object := map[string]any{}
		if json.Unmarshal(c.Want, &list) != nil {
			require.NoError(t, json.Unmarshal(c.Want, &object), c.Verb)
		}
		assert.NotEmpty(t, len(list)+len(object), c.Verb)
	}
}

func TestAnalysesRefuse(t *testing.T) {
	b, handle, _, example := started(t)
	for _, c := range []struct {
		verb          verb
		first, second string
		code          maturity.Code
		path          string
	}{
		{cheapest, "{", "", maturity.BadSyntax, ""},
		{cheapest, example, "{", maturity.BadSyntax, ""},
		{cheapest, example, `{"aim":1}`, maturity.UnknownField, ""},
		{cheapest, example, `{"maxSearch":"many"}`, maturity.WrongType, "/maxSearch"},
		{cheapest, example, `{"target":[{"level":"nowhere"}]}`, maturity.UnknownLevel, "/target/0/level"},
		{sensitivity, example, `{"draws":-1}`, maturity.OutOfRange, "/draws"},
		{compare, example, `{}`, maturity.BadSyntax, ""},
		{migrate, example, `{"model":{"id":"x"}}`, maturity.MissingField, ""},
		{diff, `{}`, "", maturity.MissingField, ""},
		{group, `{}`, "", maturity.WrongType, "/"},
		{agree, `[{"model":{"id":"digital-modenhet-kommune"}},{"answers":1}]`, "", maturity.WrongType, "/1/answers"},
	} {
		code, out := ask(t, b, c.verb, handle, c.first, c.second)
		require.Equal(t, int32(issues), code, "%d %s %s", c.verb, c.second, out)
		var e struct{ Issues []*maturity.Issue }
		require.NoError(t, json.Unmarshal([]byte(out), &e))
		found := false
		for _, issue := range e.Issues {
			found = found || issue.Code == c.code && issue.Path == c.path
		}
		assert.True(t, found, "%d %s: %s", c.verb, c.second, out)
	}
	code, out := ask(t, b, study, handle, `{"scores":1}`)
	assert.Equal(t, int32(bug), code, out)
	code, out = ask(t, b, combine+1, handle)
	assert.Equal(t, int32(bug), code, out)
}

// writeAnalyses writes the calls for js/test/analysis.test.js.
func writeAnalyses(t *testing.T, path string) {
	data, err := json.Marshal(analyses(t))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, data, 0o666))
}
