package robustness

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/require"
)

// A Pair is a random model and an assessment of it.
type Pair struct {
	Model      []byte
	Scorer     *maturity.Scorer
	Assessment *maturity.Assessment
}

// Pairs are those of testdata.
func Pairs(t testing.TB) (list []Pair) {
	t.Helper()
	f, err := os.Open("testdata/models.ndjson")
	require.NoError(t, err)
	defer f.Close()
	for in := bufio.NewScanner(f); in.Scan(); {
		var line struct{ Model, Assessment json.RawMessage }
		require.NoError(t, json.Unmarshal(in.Bytes(), &line))
		m, err := maturity.Parse(line.Model, nil)
		require.NoError(t, err)
		s := maturity.MustCompile(m, nil)
		a, err := s.ParseAssessment(line.Assessment)
		require.NoError(t, err)
		list = append(list, Pair{line.Model, s, a})
	}
	require.Len(t, list, 60)
	return list
}
