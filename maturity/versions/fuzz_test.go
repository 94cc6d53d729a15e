package versions_test

import (
	"errors"
	"testing"

	"github.com/modenhet/modenhet/internal/random"
	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/versions"
	"github.com/stretchr/testify/require"
)

// FuzzVersions: what Diff does not list as affected keeps its outcome, Migrate loses nothing and gives what fits,
// comparisons add up, and a model differs from itself in nothing.
func FuzzVersions(f *testing.F) {
	for seed, drawn := range random.Seeds(3) {
		f.Add(seed, drawn)
	}
	f.Fuzz(func(t *testing.T, seed uint64, drawn []byte) {
		r := random.Draw(seed, drawn, 9)
		m, err := maturity.Parse(random.Model(r), nil)
		require.NoError(t, err)
		from := compile(t, m)
		to := compile(t, mutate(t, r, m))
		if r.IntN(4) == 0 { // a model of the same id that has nothing to do with it
			other, err := maturity.Parse(random.Model(r), nil)
			require.NoError(t, err)
			if other.ID == m.ID {
				to = compile(t, other)
			}
		}
		same, err := versions.Diff(m, m)
		require.NoError(t, err)
		require.Empty(t, same.Changes)
		require.Empty(t, same.Affected)
		missesNothing(t, r, from, to)
		losesNothing(t, r, from, to)
		addsUp(t, r, from, to)
		a, err := versions.Migrate(assessment(r, from), from, from)
		require.NoError(t, err)
		require.Empty(t, a.Dropped)
		require.Empty(t, a.Renamed)
		if _, err := from.Score(a.Assessment); err == nil {
			c, err := versions.Compare(a.Assessment, a.Assessment, from, from)
			require.NoError(t, err)
			for _, n := range c.Nodes {
				require.Empty(t, n.Parts)
			}
		} else {
			require.True(t, errors.Is(err, maturity.AnswerRequired), "%v", err)
		}
	})
}
