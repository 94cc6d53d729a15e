package maturity_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestBatchEqualsScore(t *testing.T) { hold(t, 300, batchEqualsScore) }

// A batch gives the values and levels of scoring each assessment by name, to the last bit.
func batchEqualsScore(t *testing.T, r *rand.Rand, name string, model []byte, s *maturity.Scorer, _ []byte) {
	b, err := s.Batch()
	if err != nil {
		return // a checklist or a number
	}
	for range 2 { // of different lengths, by one batch
		n := r.IntN(20)
		columns := make([][]uint8, len(s.Questions()))
		for q := range columns {
			columns[q] = make([]uint8, n)
		}
		var assessments []*maturity.Assessment
		for i := range n {
			options, a := drawRow(r, s, r.IntN(3) > 0)
			for q, o := range options {
				columns[q][i] = uint8(o)
			}
			assessments = append(assessments, a)
		}
		require.NoError(t, b.Score(columns))
		errs := b.Errors()
		for i, a := range assessments {
			want, err := s.Score(a)
			if err != nil {
				require.NotEmpty(t, errs, name)
				require.Equal(t, &maturity.RowError{Row: i, Err: err}, errs[0], name)
				errs = errs[1:]
				continue
			}
			for node, w := range want.Nodes {
				if w.Kind != maturity.GroupNode {
					continue
				}
				value, has := b.Value(node, i)
				require.Equal(t, w.Status == maturity.Scored, has, "%s: %s of %d\n%s", name, w.ID, i, model)
				require.Equal(t, w.Value, value, "%s: %s of %d\n%s", name, w.ID, i, model)
				level := ""
				if at := b.Level(node, i); at >= 0 {
					level = levelsOf(s.Model(), w.ID)[at].ID
				}
				require.Equal(t, w.Level, level, "%s: %s of %d\n%s", name, w.ID, i, model)
			}
		}
		require.Empty(t, errs, name)
	}
}

// Points that do not rise evenly, that fall, and that need wider sums, up to the last assessment of a column.
func TestBatchOfUnevenPoints(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 8))
		model := genChoices(r)
		batchEqualsScore(t, r, fmt.Sprint("seed ", seed), model, compile(t, model), nil)
	}
}

func TestBatchRefuses(t *testing.T) {
	_, err := compile(t, []byte(`{"id":"m","version":"1.0.0","children":[{"id":"q","answer":{"type":"checklist","options":[{"value":"a"}]}}]}`)).Batch()
	require.EqualError(t, err, `maturity: the question "q" is a checklist, which a row cannot hold`)
	_, err = compile(t, []byte(`{"id":"m","version":"1.0.0","children":[{"id":"q","answer":{"type":"scale","min":0,"max":254}}]}`)).Batch()
	require.EqualError(t, err, `maturity: the question "q" has more than 254 options, which a byte cannot hold`)

	s := compile(t, []byte(`{"id":"m","version":"1.0.0","missing":"error","children":[{"id":"q","answer":{"type":"yesno"}},{"id":"r","answer":{"type":"yesno"}}]}`))
	b, err := s.Batch()
	require.NoError(t, err)
	require.ErrorIs(t, b.Score([][]uint8{{0}}), maturity.ErrRow)
	require.ErrorIs(t, b.Score([][]uint8{{0}, {}}), maturity.ErrRow)
	_, has := b.Value(0, 0)
	assert.False(t, has)
	require.NoError(t, b.Score([][]uint8{{0, 1, 2, 1, 255}, {1, 1, 1, 254, 1}}))
	require.Len(t, b.Errors(), 2)
	assert.Equal(t, 2, b.Errors()[0].Row)
	assert.ErrorIs(t, b.Errors()[0], maturity.ErrRow)
	assert.EqualError(t, b.Errors()[0], "row 2: maturity: not a row of this model")
	assert.ErrorIs(t, b.Errors()[1], maturity.AnswerRequired)
	for i, want := range []float64{0.5, 1, -1, 1, -1} {
		value, has := b.Value(0, i)
		assert.Equal(t, want >= 0, has)
		assert.Equal(t, max(want, 0), value)
	}
	assert.Equal(t, -1, b.Level(0, 0))
	assert.Equal(t, -1, b.Level(1, 0), "a question")
	assert.Equal(t, -1, b.Level(9, 0))
}
