package maturity_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestMedian compares medians of few and of many children, which are found in two ways, with those of a sorted list.
func TestMedian(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{1, 2, 3, 31, 32, 33, 34, 100} {
		var children []string
		for i := range n {
			children = append(children, fmt.Sprintf(`{"id": "q%d", "answer": {"type": "scale", "min": 0, "max": 20}}`, i))
		}
		s, err := maturity.CompileJSON([]byte(`{"id": "m", "version": "1.0.0", "aggregate": "median", "children": [`+strings.Join(children, ",")+`]}`), nil)
		require.NoError(t, err)
		for range 20 {
			a := &maturity.Assessment{Model: s.Ref(), Answers: map[string]any{}}
			var values []int
			for i := range n {
				values = append(values, r.IntN(21))
				a.Answers[fmt.Sprint("q", i)] = values[i]
			}
			result, err := s.Score(a)
			require.NoError(t, err)
			slices.Sort(values)
			assert.Equal(t, float64(values[(n-1)/2]+values[n/2])/2, result.Root().Value)
		}
	}
}
