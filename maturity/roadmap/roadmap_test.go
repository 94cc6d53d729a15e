package roadmap_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/modenhet/modenhet/maturity/roadmap"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// compile makes a scorer of the children of a model "m", and an assessment of answers.
func compile(t *testing.T, children, answers string) (*maturity.Scorer, *maturity.Assessment) {
	t.Helper()
	s, err := maturity.CompileJSON([]byte(`{"id": "m", "version": "1.0.0",
		"levels": [{"id": "low"}, {"id": "mid", "from": 1}, {"id": "high", "from": 2}], "children": [`+children+`]}`), nil)
	require.NoError(t, err)
	a, err := s.ParseAssessment([]byte(`{"model": {"id": "m"}, "answers": {` + answers + `}}`))
	require.NoError(t, err)
	return s, a
}

const (
	choice = `{"id": "q", "effort": 2, "answer": {"type": "choice", "options": [{"value": "a"}, {"value": "b", "points": 1}, {"value": "c", "points": 2}]}}`
	list   = `{"id": "q", "effort": 2, "answer": {"type": "checklist", "options": [{"value": "a", "points": 1}, {"value": "b", "points": 1}, {"value": "none", "exclusive": true}]}}`
	steps  = `{"id": "q", "effort": 2, "answer": {"type": "number", "max": 100, "steps": [{"from": 0, "points": 0}, {"from": 25, "points": 1}, {"from": 60, "points": 2}]}}`
	line   = `{"id": "q", "effort": 2, "answer": {"type": "number", "min": 0, "max": 100, "linear": {"from": 0, "to": 100, "points": [0, 4]}}}`
	falls  = `{"id": "q", "effort": 2, "answer": {"type": "number", "min": 0, "max": 100, "linear": {"from": 100, "to": 0, "points": [0, 4]}}}`
	yesno  = `{"id": "q", "effort": 2, "answer": {"type": "yesno", "points": {"yes": 2}}}`
	scale  = `{"id": "q", "effort": 2, "answer": {"type": "scale", "min": 0, "max": 5}}`
)

func TestCosts(t *testing.T) {
	check := func(child, answers, level, to, cost string, opts *roadmap.Options) {
		t.Helper()
		s, a := compile(t, child, answers)
		if opts == nil {
			opts = &roadmap.Options{}
		}
		opts.Target = []roadmap.Goal{{Level: level}}
		plan, err := roadmap.Cheapest(s, a, opts)
		require.NoError(t, err)
		require.Equal(t, roadmap.Optimal, plan.Status)
		require.Len(t, plan.Steps, 1)
		assert.Equal(t, to, fmt.Sprint(plan.Steps[0].To))
		assert.Equal(t, cost, plan.Cost.String())
	}
	check(choice, `"q": "a"`, "high", "c", "4", nil)
	check(choice, `"q": "b"`, "high", "c", "2", nil)
	check(choice, ``, "mid", "b", "2", nil) // an unanswered question stands at its lowest
	check(choice, `"q": "a"`, "high", "c", "1.5", &roadmap.Options{Efforts: map[string]maturity.Decimal{"q": "0.75"}})
	check(choice, `"q": "a"`, "high", "c", "7", &roadmap.Options{Costs: map[string]map[string]maturity.Decimal{"q": {"c": "5"}}})
	check(list, `"q": []`, "high", "[a b]", "4", nil)
	check(list, `"q": ["none"]`, "mid", "[a]", "2", nil) // what stands alone gives way
	check(list, `"q": ["a"]`, "high", "[a b]", "3", &roadmap.Options{Costs: map[string]map[string]maturity.Decimal{"q": {"b": "3"}}})
	check(steps, `"q": 10`, "high", "60", "4", nil)
	check(steps, `"q": 59.5`, "high", "60", "2", nil)
	check(line, `"q": 37`, "high", "50", "4", nil) // two tenths: 40 and 50
	check(falls, `"q": 63`, "high", "50", "4", nil)
	check(line, `"q": 37`, "high", "55", "6", &roadmap.Options{Costs: map[string]map[string]maturity.Decimal{"q": {"55": "6"}}})
	check(yesno, `"q": false`, "high", "true", "2", nil)
	check(scale, `"q": 0`, "high", "2", "4", nil)
	check(choice, `"q": "a"`, "mid", "c", "4", &roadmap.Options{Answers: map[string]any{"q": "c"}}) // decided
}

func TestWhatMayChange(t *testing.T) {
	check := func(want roadmap.Status, children, answers string, opts roadmap.Options) {
		t.Helper()
		s, a := compile(t, children, answers)
		opts.Target = []roadmap.Goal{{Level: "high"}}
		plan, err := roadmap.Cheapest(s, a, &opts)
		require.NoError(t, err)
		assert.Equal(t, want, plan.Status)
	}
	check(roadmap.Optimal, scale, `"q": 1`, roadmap.Options{})
	check(roadmap.Unreachable, scale, `"q": 1`, roadmap.Options{Keep: []string{"q"}})
	check(roadmap.Unreachable, scale, `"q": 1`, roadmap.Options{Keep: []string{"m"}})
	check(roadmap.Unreachable, scale, `"q": 1`, roadmap.Options{Budget: "1.99"})
	check(roadmap.Optimal, scale, `"q": 1`, roadmap.Options{Budget: "2"})
	check(roadmap.Unreachable, scale, `"q": 1`, roadmap.Options{Answers: map[string]any{"q": 1}})

	falling := `{"id": "g", "scale": {"min": 5, "max": 0}, "children": [` + scale + `]}`
	check(roadmap.Unreachable, falling, `"q": 4`, roadmap.Options{}) // a plan raises answers
	check(roadmap.Optimal, falling, `"q": 4`, roadmap.Options{Lower: true})

	fact := `{"id": "is", "weight": 0, "answer": {"type": "yesno"}}, {"id": "g", "when": {"question": "is", "is": true}, "children": [` + scale + `]}`
	check(roadmap.Unreachable, fact, `"is": false, "q": 5`, roadmap.Options{}) // what only says what is asked is no practice
	check(roadmap.Optimal, fact, `"is": false, "q": 5`, roadmap.Options{Efforts: map[string]maturity.Decimal{"is": "1"}})
}

func TestPrerequisites(t *testing.T) {
	s, a := compile(t, `{"id": "p", "effort": 3, "answer": {"type": "scale", "min": 0, "max": 5}}, {"id": "q", "answer": {"type": "scale", "min": 0, "max": 5}}`, `"p": 0, "q": 0`)
	opts := &roadmap.Options{Target: []roadmap.Goal{{Level: "high"}}}
	plan, err := roadmap.Cheapest(s, a, opts)
	require.NoError(t, err)
	assert.Equal(t, "4", plan.Cost.String())
	opts.Requires = []roadmap.Prerequisite{{Question: "q", Above: "1", Requires: "p", AtLeast: "1"}}
	plan, err = roadmap.Cheapest(s, a, opts)
	require.NoError(t, err)
	assert.Equal(t, "6", plan.Cost.String())
	require.Len(t, plan.Steps, 2)
	assert.Equal(t, roadmap.Step{Question: "p", From: maturity.Decimal("0"), To: maturity.Decimal("1"), Cost: "3", Gain: &maturity.Exact{Exact: "0.5", Value: .5},
		Value: &maturity.Exact{Exact: "0.5", Value: .5}, Reason: roadmap.Reason{Kind: roadmap.ForPrerequisite, Question: "q"}}, plan.Steps[0])
	assert.Equal(t, []roadmap.Reached{{Node: "m", Level: "high"}}, plan.Steps[1].Levels)
}

func TestFlagship(t *testing.T) {
	m, err := models.Load(models.Default)
	require.NoError(t, err)
	s := maturity.MustCompile(m, nil)
	data, err := models.Assessment(m.ID, "example")
	require.NoError(t, err)
	a, err := s.ParseAssessment(data)
	require.NoError(t, err)
	for _, level := range []string{"established", "managed", "transforming"} {
		plan, err := roadmap.Cheapest(s, a, &roadmap.Options{Target: []roadmap.Goal{{Level: level}}})
		require.NoError(t, err)
		assert.Equal(t, roadmap.Optimal, plan.Status)
		r, err := s.Score(plan.Apply(a))
		require.NoError(t, err)
		assert.Equal(t, level, r.Root().Level)
		assert.Equal(t, plan.After.Value.Value, r.Root().Value)
		for _, step := range plan.Steps {
			assert.Positive(t, step.Gain.Value, "each step helps")
		}
	}
	f, err := roadmap.Pareto(s, a, nil)
	require.NoError(t, err)
	assert.Equal(t, roadmap.Optimal, f.Status)
	for i := 7; i < len(f.Points); i += 40 {
		best, err := roadmap.Best(s, a, &roadmap.Options{Budget: f.Points[i].Cost})
		require.NoError(t, err)
		assert.Equal(t, f.Points[i], roadmap.Point{Cost: best.Cost, Value: best.After.Value, Level: best.After.Level})
		assert.Greater(t, f.Points[i].Value.Value, f.Points[i-1].Value.Value)
	}
	gaps, err := roadmap.Gaps(s, a, &roadmap.Options{Target: []roadmap.Goal{{Level: "managed"}}})
	require.NoError(t, err)
	require.NotEmpty(t, gaps)
	assert.Equal(t, m.ID, gaps[0].Goal.Node)
	for i, gap := range gaps {
		assert.Equal(t, roadmap.Optimal, gap.Status)
		assert.True(t, i == 0 || gap.Gain.Value <= gaps[i-1].Gain.Value)
	}
}

func TestOptionsAreChecked(t *testing.T) {
	s, a := compile(t, scale+`, {"id": "c", "answer": {"type": "checklist", "options": [{"value": "x"}, {"value": "y"}]}}`, `"q": 1`)
	_, err := roadmap.Cheapest(s, a, &roadmap.Options{
		Target:    []roadmap.Goal{{Node: "x", Level: "high"}, {Level: "best"}, {}, {Value: "1e3"}, {Level: "low", Ratio: "1"}},
		Budget:    "-1",
		Node:      "y",
		Efforts:   map[string]maturity.Decimal{"m": "1"},
		Costs:     map[string]map[string]maturity.Decimal{"q": {"9": "x"}},
		Answers:   map[string]any{"q": true},
		Keep:      []string{"z"},
		Requires:  []roadmap.Prerequisite{{Question: "c", Above: "x", Requires: "q", AtLeast: "7"}},
		MaxSearch: -1,
	})
	var invalid *maturity.InvalidError
	require.True(t, errors.As(err, &invalid))
	var got []string
	for _, issue := range invalid.Issues {
		got = append(got, issue.Path+" "+string(issue.Code))
	}
	assert.Equal(t, []string{"/target/0/node unknown-node", "/target/1/level unknown-level", "/target/2 bad-condition", "/target/3/value bad-decimal",
		"/target/4 bad-condition", "/budget out-of-range", "/node unknown-node", "/efforts/m unknown-question", "/costs/q/9 unknown-option",
		"/costs/q/9 bad-decimal", "/answers/q wrong-type", "/keep/0 unknown-node", "/requires/0/above bad-value",
		"/requires/0/atLeast unknown-option", "/maxSearch out-of-range"}, got)

	_, err = roadmap.Cheapest(s, a, nil)
	require.ErrorIs(t, err, maturity.MissingField)
	_, err = roadmap.Best(s, a, nil)
	require.ErrorIs(t, err, maturity.MissingField)
	_, err = roadmap.Gaps(s, &maturity.Assessment{Model: maturity.ModelRef{ID: "other"}}, nil)
	require.ErrorIs(t, err, maturity.OtherModel)
}

func TestLimit(t *testing.T) {
	s, a := compile(t, `{"id": "p", "effort": 3, "answer": {"type": "scale", "min": 0, "max": 5}}, {"id": "q", "answer": {"type": "scale", "min": 0, "max": 5}}`, `"p": 0, "q": 0`)
	plan, err := roadmap.Cheapest(s, a, &roadmap.Options{Target: []roadmap.Goal{{Level: "high"}}, MaxSearch: 1,
		Requires: []roadmap.Prerequisite{{Question: "q", Above: "1", Requires: "p", AtLeast: "1"}}})
	require.NoError(t, err)
	assert.Equal(t, roadmap.Feasible, plan.Status)
	assert.Equal(t, maturity.Decimal("4"), plan.CostBound)
}
