package models_test

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func load(t *testing.T, id string) *maturity.Scorer {
	m, err := models.Load(id)
	require.NoError(t, err)
	s, err := maturity.Compile(m, nil)
	require.NoError(t, err)
	return s
}

func example(t *testing.T, s *maturity.Scorer, name string) *maturity.Assessment {
	data, err := models.Assessment(s.Ref().ID, name)
	require.NoError(t, err)
	a, err := s.ParseAssessment(data)
	require.NoError(t, err, name)
	return a
}

func TestEveryModelScoresItsExamples(t *testing.T) {
	require.Contains(t, models.IDs(), models.Default)
	for _, id := range models.IDs() {
		s := load(t, id)
		assert.Equal(t, id, s.Ref().ID)
		assert.Empty(t, s.Model().Lint(nil))
		require.NotEmpty(t, models.Assessments(id))
		for _, name := range models.Assessments(id) {
			r, err := s.Score(example(t, s, name))
			require.NoError(t, err, name)
			assert.Equal(t, maturity.Scored, r.Root().Status)
			assert.Empty(t, r.Warnings)
		}
	}
}

// The expected numbers were worked out apart from the engine, as fractions.
func TestFlagshipExamples(t *testing.T) {
	s := load(t, models.Default)
	check := func(name, level, byThreshold string, value, low, high float64) {
		r, err := s.Score(example(t, s, name))
		require.NoError(t, err)
		root := r.Root()
		assert.Equal(t, []string{level, byThreshold}, []string{root.Level, root.LevelByThreshold}, name)
		assert.Equal(t, value, root.Value, name)
		assert.InDelta(t, low, root.Range.Low, 5e-4, name)
		assert.InDelta(t, high, root.Range.High, 5e-4, name)
	}
	check("example", "emerging", "established", 75451.0/25740, 2.670, 3.254) // held back by anchoring
	check("complete", "managed", "managed", 669049.0/171600, 669049.0/171600, 669049.0/171600)
}

// Each claim that the model is built on is measured by a question that is asked of every municipality.
func TestEveryClaimIsMeasured(t *testing.T) {
	measured := map[string][]string{}
	dimensions, practices, questions := 0, 0, 0
	for path, n := range load(t, models.Default).Model().Nodes() {
		switch {
		case n.Answer != nil:
			questions++
			if n.When == nil {
				for _, claim := range strings.Fields(n.Tags["seed"]) {
					measured[claim] = append(measured[claim], n.ID)
				}
			}
		case strings.Count(path, "/") == 2 && n.Weight != "0":
			dimensions++
		case strings.Count(path, "/") == 4:
			practices++
		}
	}
	for claim := 1; claim <= 37; claim++ {
		id := fmt.Sprintf("C%d", claim)
		assert.NotEmpty(t, measured[id], "no question measures %s", id)
		delete(measured, id)
	}
	assert.Empty(t, measured, "tags that are no claims")
	assert.Equal(t, 4, dimensions)
	assert.Equal(t, 20, practices)
	assert.InDelta(t, 43, questions, 5)
}

// Every text is there in bokmål and English.
func TestFlagshipIsTranslated(t *testing.T) {
	m := load(t, models.Default).Model()
	check := func(path string, texts ...maturity.Text) {
		for _, text := range texts {
			if text != nil {
				assert.Equal(t, []string{"en", "nb"}, text.Languages(), path)
				assert.NotEqual(t, text["en"], "", path)
				assert.NotEqual(t, text["nb"], "", path)
			}
		}
	}
	levels := func(path string, list []*maturity.Level) {
		for _, l := range list {
			check(path+" "+l.ID, l.Title, l.Description)
			assert.NotNil(t, l.Title, path)
		}
	}
	for name, ladder := range m.Ladders {
		levels(name, ladder)
	}
	for path, n := range m.Nodes() {
		assert.NotNil(t, n.Title, path)
		check(path, append(n.Advice, n.Title, n.Description)...)
		levels(path, n.Levels.Levels)
		if n.Answer != nil {
			for _, o := range n.Answer.Options {
				assert.NotNil(t, o.Title, path)
				check(path+" "+o.Value, o.Title, o.Description)
			}
			assert.NotEmpty(t, n.Advice, "%s: what to do next", path)
			assert.NotEmpty(t, n.Effort, "%s: what it costs", path)
		}
	}
}

// Each gate holds its level back by itself, whatever the points say.
func TestFlagshipGates(t *testing.T) {
	s := load(t, models.Default)
	session, err := s.Session(example(t, s, "complete"))
	require.NoError(t, err)
	set := func(best bool, prefix string) {
		for _, n := range s.Model().Nodes() {
			if n.Answer == nil || !strings.HasPrefix(n.ID, prefix) || n.ID == "context-partnership" {
				continue
			}
			e, err := s.Explain(session.Assessment(), n.ID)
			require.NoError(t, err)
			require.NotEmpty(t, e.Answers, n.ID)
			value := e.Answers[0].Best
			if !best {
				switch n.Answer.Type {
				case maturity.Checklist:
					value = []string{}
				case maturity.Choice:
					value = n.Answer.Options[0].Value
				case maturity.YesNo:
					value = false
				default:
					value = n.Answer.Min
				}
			}
			require.NoError(t, session.Set(n.ID, value), n.ID)
		}
	}
	level := func() (string, string) {
		r, err := session.Result()
		require.NoError(t, err)
		return r.Root().Level, r.Root().LevelByThreshold
	}
	check := func(prefix, held string) {
		set(true, "")
		reached, _ := level()
		require.Equal(t, "transforming", reached, "with every answer at its best")
		set(false, prefix)
		reached, byPoints := level()
		assert.Equal(t, held, reached, "with %s at its worst", prefix)
		assert.NotEqual(t, held, byPoints, "%s: the points alone would not hold it back", prefix)
	}
	check("anchoring-", "emerging")
	check("benefits-", "established")
	set(true, "")
	for _, practice := range []string{"willingness-", "user-focus-", "collaboration-"} {
		set(false, practice)
	}
	reached, byPoints := level()
	assert.Equal(t, "managed", reached, "with one dimension below managed")
	assert.Equal(t, "transforming", byPoints)
}

func TestUnknownNames(t *testing.T) {
	_, err := models.Load("no-such-model")
	assert.ErrorIs(t, err, fs.ErrNotExist)
	_, err = models.Assessment(models.Default, "no-such-example")
	assert.ErrorIs(t, err, fs.ErrNotExist)
}
