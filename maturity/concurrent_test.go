package maturity_test

import (
	"sync"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// One Scorer serves many goroutines; the race detector watches.
func TestScorerIsSafeForConcurrentUse(t *testing.T) {
	m, err := models.Load(models.Default)
	require.NoError(t, err)
	s := maturity.MustCompile(m, nil)
	document, err := models.Assessment(models.Default, "example")
	require.NoError(t, err)
	a, err := s.ParseAssessment(document)
	require.NoError(t, err)
	first, err := s.Score(a)
	require.NoError(t, err)
	want := string(first.AppendJSON(nil))
	var wait sync.WaitGroup
	for range 8 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			var r maturity.Result
			for range 50 {
				if assert.NoError(t, s.ScoreJSON(&r, document)) {
					assert.Equal(t, want, string(r.AppendJSON(nil)))
				}
				_, err := s.Explain(a, "governance")
				assert.NoError(t, err)
			}
		}()
	}
	wait.Wait()
}

// A result that is used again holds nothing of the assessment before.
func TestResultIsUsedAgain(t *testing.T) {
	m, err := models.Load(models.Default)
	require.NoError(t, err)
	s := maturity.MustCompile(m, nil)
	var r maturity.Result
	for _, name := range []string{"complete", "example", "complete"} {
		document, err := models.Assessment(models.Default, name)
		require.NoError(t, err)
		a, err := s.ParseAssessment(document)
		require.NoError(t, err)
		require.NoError(t, s.ScoreInto(&r, a))
		fresh, err := s.Score(a)
		require.NoError(t, err)
		assert.Equal(t, string(fresh.AppendJSON(nil)), string(r.AppendJSON(nil)), name)
	}
	bad := &maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"no-such": 1}}
	require.ErrorIs(t, s.ScoreInto(&r, bad), maturity.UnknownQuestion)
	require.ErrorIs(t, s.ScoreInto(&r, &maturity.Assessment{}), maturity.MissingField)
}

// What Go programs may hold in Assessment.Answers.
func TestAnswersOfGoPrograms(t *testing.T) {
	s := compile(t, []byte(`{"id":"m","version":"1.0.0","children":[
		{"id":"n","answer":{"type":"number","min":0,"max":10,"linear":{"from":0,"to":10,"points":[0,1]}}},
		{"id":"l","answer":{"type":"checklist","options":[{"value":"a","points":1},{"value":"b","points":1}]}}]}`))
	check := func(n, l any, want float64) {
		r, err := s.Score(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"n": n, "l": l}})
		require.NoError(t, err, "%v %v", n, l)
		assert.Equal(t, want, r.Root().Value, "%v %v", n, l)
	}
	check(5, []string{"a"}, 0.75)
	check(int64(5), []any{"a", "b"}, 1.25)
	check(2.5, []string{}, 0.125)
	check(maturity.Decimal("0.1"), []string{"b"}, 0.505)
	for _, bad := range []any{nil, 1e300, 10.5, "5", true, struct{}{}, []int{1}, maturity.Decimal("")} {
		_, err := s.Score(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"n": bad}})
		assert.Error(t, err, "%v", bad)
		_, err = s.Score(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"l": bad}})
		assert.Error(t, err, "%v", bad)
	}
	_, err := s.Score(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"l": []any{"a", 1}}})
	assert.ErrorIs(t, err, maturity.WrongType)
}
