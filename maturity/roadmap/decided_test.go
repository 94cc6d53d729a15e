package roadmap

import (
	"encoding/json"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestDecided plans with answers of every type decided: a plan gives them, whatever else would be as cheap.
func TestDecided(t *testing.T) {
	s, err := maturity.CompileJSON([]byte(`{"id": "m", "version": "1.0.0", "aggregate": "sum", "children": [
		{"id": "note", "answer": {"type": "text"}},
		{"id": "list", "answer": {"type": "checklist", "options": [{"value": "a", "points": 1}, {"value": "b"}, {"value": "d"}, {"value": "c"}]}},
		{"id": "none", "answer": {"type": "checklist", "options": [{"value": "x", "points": 1}]}},
		{"id": "grade", "answer": {"type": "scale", "min": 1, "max": 5}}]}`), nil)
	require.NoError(t, err)
	a := &maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"list": []string{"b", "c"}, "grade": json.Number("2")}}
	opts := &Options{Answers: map[string]any{"note": "as agreed", "list": []any{"a"}, "none": []any{}}, Target: []Goal{{Node: "grade", Value: "4"}}}
	plan, err := Cheapest(s, a, opts)
	require.NoError(t, err)
	assert.Equal(t, Optimal, plan.Status)
	done := plan.Apply(a)
	assert.Equal(t, "as agreed", done.Answers["note"])
	assert.Equal(t, []string{"a"}, done.Answers["list"])
	assert.Equal(t, []string{}, done.Answers["none"])
	r, err := s.Score(done)
	require.NoError(t, err)
	grade, _ := r.Node("grade")
	assert.Equal(t, 4.0, grade.Value)
}

// TestValueBeyondTheCheapest has a node without a value until another question is raised: that is no proof that it can have
// none.
func TestValueBeyondTheCheapest(t *testing.T) {
	s, err := maturity.CompileJSON([]byte(`{"id": "m", "version": "1.0.0", "children": [
		{"id": "g", "children": [{"id": "q", "answer": {"type": "scale", "min": 1, "max": 3}}]},
		{"id": "r", "answer": {"type": "scale", "min": 1, "max": 3}}]}`), nil)
	require.NoError(t, err)
	a := &maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"r": 1}}
	opts := Options{Node: "g", Requires: []Prerequisite{{Question: "q", Requires: "r", AtLeast: "2"}}}
	f, err := Pareto(s, a, &opts)
	require.NoError(t, err)
	assert.Equal(t, Optimal, f.Status)
	require.NotEmpty(t, f.Points)
	assert.Equal(t, maturity.Decimal("1"), f.Points[0].Cost)
	opts.Budget = "0"
	plan, err := Best(s, a, &opts)
	require.NoError(t, err)
	assert.Equal(t, Unreachable, plan.Status)
	assert.Equal(t, maturity.Decimal("1"), plan.CostBound)
}
