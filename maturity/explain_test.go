package maturity_test

import (
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestExplainWithoutValueAtWorst explains a geometric mean that loses its value when its only answer is at its worst: then
// another question appears, which nobody has answered.
func TestExplainWithoutValueAtWorst(t *testing.T) {
	s, err := maturity.CompileJSON([]byte(`{"id": "m", "version": "1.0.0", "aggregate": "geometric", "children": [
		{"id": "first", "weight": 2, "answer": {"type": "yesno", "points": {"yes": 3, "no": 1}}},
		{"id": "second", "when": {"question": "first", "is": false}, "missing": "none", "answer": {"type": "yesno"}}]}`), nil)
	require.NoError(t, err)
	a := &maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"first": true}}
	r, err := s.Score(a)
	require.NoError(t, err)
	assert.Equal(t, 3.0, r.Root().Value)
	e, err := s.Explain(a, "m")
	require.NoError(t, err)
	assert.Equal(t, 3.0, e.Value.Value)
	assert.Zero(t, e.Base.Value) // what is added up begins at nothing
}

// Each child of a mean has its part however many there are; where parts depend on their order, only a thousand are told apart.
func TestExplainManyChildren(t *testing.T) {
	for aggregate, parts := range map[string]bool{"mean": true, "sum": true, "max": false} {
		s := compile(t, []byte(`{"id":"m","version":"1.0.0","aggregate":"`+aggregate+`","children":[`+many(1001)+`]}`))
		a := &maturity.Assessment{Model: s.Ref(), Answers: map[string]any{}}
		for _, q := range s.Questions() {
			a.Answers[q] = true
		}
		e, err := s.Explain(a, "m")
		require.NoError(t, err)
		assert.Equal(t, parts, e.Inputs[1000].Contribution != nil, aggregate)
	}
}
