package maturity_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A variation refuses what a score refuses, and a model whose denominators nine-digit weights would make too long.
func TestVariationRefuses(t *testing.T) {
	s := compile(t, []byte(`{"id":"m","version":"1.0.0","children":[{"id":"q","missing":"error","answer":{"type":"scale","min":0,"max":2}},{"id":"p","answer":{"type":"yesno"}}]}`))
	_, err := s.Variation(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"p": true}}, "m")
	assert.Equal(t, []string{"answer-required /answers/q"}, issuesIn(t, err))
	_, err = s.Variation(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"q": 1}}, "q")
	assert.ErrorIs(t, err, maturity.UnknownNode)
	v, err := s.Variation(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"q": 2, "p": false}}, "m")
	require.NoError(t, err)
	for _, bad := range []any{3, "x", 0.5, nil} {
		assert.Error(t, v.Set("q", bad))
		value, ok := v.Value()
		assert.True(t, ok && value == 1, value)
	}
	require.NoError(t, v.Set("q", 1))
	value, ok := v.Value()
	assert.True(t, ok && value == 0.5, value)

	wide := func(groups int) *maturity.Scorer {
		list := make([]string, groups)
		for i := range list {
			list[i] = fmt.Sprintf(`{"id":"g%d","children":[{"id":"p%d","answer":{"type":"yesno"}},{"id":"r%d","answer":{"type":"yesno"}}]}`, i, i, i)
		}
		return compile(t, []byte(`{"id":"m","version":"1.0.0","children":[`+strings.Join(list, ",")+`]}`))
	}
	s = wide(3000)
	a := &maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"p1": true, "r1": false}}
	_, err = s.Variation(a, "m")
	assert.Equal(t, []string{"too-large "}, issuesIn(t, err))
	v, err = s.Variation(a, "g1")
	require.NoError(t, err, "this group alone is small")
	require.True(t, v.SetWeight(0, 3_000_000_000))
	value, ok = v.Value()
	assert.True(t, ok && value == 0.75, value)
	_, err = wide(100).Variation(&maturity.Assessment{Model: maturity.ModelRef{ID: "m"}}, "m")
	assert.NoError(t, err)
}
