package models_test

import (
	"flag"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the figure and the generated tables of docs/flagship.md anew")

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
	require.Equal(t, []string{models.Default, "service-launch", "team-check"}, models.IDs())
	for _, id := range models.IDs() {
		s := load(t, id)
		assert.Equal(t, id, s.Ref().ID)
		assert.Empty(t, s.Model().Lint(nil))
		assert.Equal(t, "CC-BY-4.0", s.Model().License)
		require.NotEmpty(t, models.Assessments(id))
		for _, name := range models.Assessments(id) {
			r, err := s.Score(example(t, s, name))
			require.NoError(t, err, name)
			assert.Equal(t, maturity.Scored, r.Root().Status)
			assert.Empty(t, r.Warnings)
		}
	}
}

// The small models, each with what it is there to show.
func TestSmallModels(t *testing.T) {
	check := func(model, name string, value float64, level, byThreshold string) {
		s := load(t, model)
		r, err := s.Score(example(t, s, name))
		require.NoError(t, err)
		root := r.Root()
		assert.Equal(t, value, root.Value, name)
		assert.Equal(t, []string{level, byThreshold}, []string{root.Level, root.LevelByThreshold}, name)
	}
	check("team-check", "example", 64, "steady", "steady")
	check("team-check", "quiet", 50, "moving", "moving")           // by points 69, if the team spoke openly
	check("service-launch", "example", 2, "usable", "usable")      // a stage of which enough is done, without the archive
	check("service-launch", "no-statement", 0, "closed", "closed") // what the law demands is not outweighed

	s := load(t, "service-launch")
	session, err := s.Session(example(t, s, "example"))
	require.NoError(t, err)
	stage := func(question string, answer any) float64 {
		require.NoError(t, session.Set(question, answer))
		value, _ := session.Value("service-launch")
		return value
	}
	assert.Equal(t, 3.0, stage("owner", true), "two of three are not three quarters")
	assert.Equal(t, 4.0, stage("review", true))
	assert.Equal(t, 0.0, stage("privacy-basis", "draft"), "the law holds back all stages")
	assert.Equal(t, 4.0, stage("personal-data", false), "but not where there are no personal data")
	require.NoError(t, session.Clear("personal-data"))
	value, _ := session.Value("service-launch")
	assert.Equal(t, 0.0, value, "not to answer is no way round the law")
}

// Every text of a model is there in all of its languages, short enough to be read, in short sentences.
func TestTexts(t *testing.T) {
	for id, languages := range map[string][]string{
		models.Default: {"en", "nb", "nn"}, "team-check": {"en", "nb"}, "service-launch": {"en", "nb"},
	} {
		count := 0
		texts(load(t, id).Model(), func(kind, place string, text maturity.Text) {
			limit := map[string]int{"model": 560, "group title": 40, "group description": 130, "question title": 115, "question description": 215,
				"option title": 75, "option description": 130, "level title": 20, "level description": 220, "advice": 190, "unit": 10}[kind]
			require.NotZero(t, limit, kind)
			if _, sign := text[""]; sign && kind == "unit" {
				return
			}
			assert.Equal(t, languages, text.Languages(), "%s %s", id, place)
			for language, written := range text {
				count++
				at := place + " " + language + " " + written
				assert.LessOrEqual(t, len([]rune(written)), limit, "%s: %s", kind, at)
				assert.Equal(t, strings.TrimSpace(written), written, at)
				assert.NotContains(t, written, "!", at)
				assert.NotContains(t, written, "  ", at)
				for _, sentence := range strings.FieldsFunc(written, func(r rune) bool { return r == '.' || r == '?' || r == ':' }) {
					assert.LessOrEqual(t, len(strings.Fields(sentence)), 28, at)
				}
				if kind == "question title" {
					assert.Equal(t, 1, strings.Count(written, "?"), "one question at a time: %s", at)
					assert.True(t, strings.HasSuffix(written, "?"), at)
				}
			}
		})
		assert.Greater(t, count, 90, id)
	}
}

// texts calls f with every text of a model, its kind and where it stands.
func texts(m *maturity.Model, f func(kind, place string, text maturity.Text)) {
	levels := func(list []*maturity.Level, place string) {
		for _, l := range list {
			f("level title", place+" "+l.ID, l.Title)
			f("level description", place+" "+l.ID, l.Description)
		}
	}
	for name, ladder := range m.Ladders {
		levels(ladder, name)
	}
	for _, n := range m.Nodes() {
		kind := "group"
		switch {
		case n.Ref != "":
			continue
		case n.Answer != nil:
			kind = "question"
		}
		f(kind+" title", n.ID, n.Title)
		switch {
		case n.ID == m.ID:
			f("model", n.ID, n.Description)
		case n.Description != nil:
			f(kind+" description", n.ID, n.Description)
		}
		for _, advice := range n.Advice {
			f("advice", n.ID, advice)
		}
		levels(n.Levels.Levels, n.ID)
		if n.Answer == nil {
			continue
		}
		if n.Answer.Unit != nil {
			f("unit", n.ID, n.Answer.Unit)
		}
		for _, o := range n.Answer.Options {
			f("option title", n.ID+"/"+o.Value, o.Title)
			if o.Description != nil {
				f("option description", n.ID+"/"+o.Value, o.Description)
			}
		}
	}
}

func TestUnknownNames(t *testing.T) {
	_, err := models.Load("no-such-model")
	assert.ErrorIs(t, err, fs.ErrNotExist)
	_, err = models.Assessment(models.Default, "no-such-example")
	assert.ErrorIs(t, err, fs.ErrNotExist)
}

// read reads a file of the repository, seen from this folder.
func read(t *testing.T, path string) string {
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(data)
}

// generated holds a file, or the part of it between two marks, to what the code makes of it.
func generated(t *testing.T, path, mark, want string) {
	got := want
	if mark != "" {
		text := read(t, path)
		begin, end := "<!-- "+mark+" -->\n", "<!-- end of "+mark+" -->"
		before, rest, ok := strings.Cut(text, begin)
		_, after, closed := strings.Cut(rest, end)
		require.True(t, ok && closed, "%s has no part %s", path, mark)
		got = before + begin + want + end + after
	}
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o666))
	}
	assert.Equal(t, got, read(t, path), "%s: run the test with -update and look at the diff", path)
}
