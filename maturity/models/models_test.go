package models_test

import (
	"io/fs"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestEveryModelScoresItsExamples(t *testing.T) {
	require.Contains(t, models.IDs(), models.Default)
	for _, id := range models.IDs() {
		m, err := models.Load(id)
		require.NoError(t, err)
		assert.Equal(t, id, m.ID)
		s, err := maturity.Compile(m, nil)
		require.NoError(t, err)
		require.NotEmpty(t, models.Assessments(id))
		for _, name := range models.Assessments(id) {
			data, err := models.Assessment(id, name)
			require.NoError(t, err)
			a, err := s.ParseAssessment(data)
			require.NoError(t, err, name)
			r, err := s.Score(a)
			require.NoError(t, err, name)
			t.Log(name, r.Root().Value, r.Root().Level, r.Root().LevelByThreshold, *r.Root().Range, r.Root().Blockers)
			t.Log(string(r.AppendJSON(nil))[:900])
		}
	}
}

func TestUnknownNames(t *testing.T) {
	_, err := models.Load("no-such-model")
	assert.ErrorIs(t, err, fs.ErrNotExist)
	_, err = models.Assessment(models.Default, "no-such-example")
	assert.ErrorIs(t, err, fs.ErrNotExist)
}
