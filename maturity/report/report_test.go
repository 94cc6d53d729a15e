package report_test

import (
	"bytes"
	"encoding/csv"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/modenhet/modenhet/maturity/report"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares with a file, or writes it; in files, lines end alike.
func golden(t *testing.T, path, got string) {
	t.Helper()
	got = strings.ReplaceAll(got, "\r\n", "\n")
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o777))
		require.NoError(t, os.WriteFile(path, []byte(got), 0o666))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(want), got, "%s: look at the difference, then run the test with -update", path)
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	return data
}

// score scores an assessment of a model, both as JSON.
func score(t *testing.T, model, assessment []byte) (*maturity.Scorer, *maturity.Assessment, *maturity.Result) {
	t.Helper()
	m, err := maturity.Parse(model, nil)
	require.NoError(t, err)
	s, err := maturity.Compile(m, &maturity.Options{AnyVersion: true})
	require.NoError(t, err)
	a, err := s.ParseAssessment(assessment)
	require.NoError(t, err)
	r, err := s.Score(a)
	require.NoError(t, err)
	return s, a, r
}

func example(t *testing.T, name string) (*maturity.Scorer, *maturity.Assessment, *maturity.Result) {
	t.Helper()
	model, err := models.JSON(models.Default)
	require.NoError(t, err)
	assessment, err := models.Assessment(models.Default, name)
	require.NoError(t, err)
	return score(t, model, assessment)
}

func text(t *testing.T, s *maturity.Scorer, a *maturity.Assessment, r *maturity.Result, opts *report.Options) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, report.Text(&b, s, a, r, opts))
	return b.String()
}

func markdown(t *testing.T, s *maturity.Scorer, a *maturity.Assessment, r *maturity.Result, opts *report.Options) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, report.Markdown(&b, s, a, r, opts))
	return b.String()
}

func TestFlagship(t *testing.T) {
	s, a, r := example(t, "example")
	golden(t, "testdata/example-nn.txt", text(t, s, a, r, &report.Options{Language: "nn-NO"}))
	golden(t, "testdata/example-wide.txt", text(t, s, a, r, &report.Options{Language: "en", Width: 200, Color: true, Steps: 2}))
	golden(t, "testdata/example-nb.md", markdown(t, s, a, r, nil))
	s, a, r = example(t, "complete")
	golden(t, "testdata/complete-nb.txt", text(t, s, a, r, &report.Options{Language: "nb"}))
}

// The small model has every kind of answer and of blocker, a view, and levels with numbers of their own.
func TestEverySentence(t *testing.T) {
	s, a, r := score(t, read(t, "small.json"), read(t, "small-answers.json"))
	for _, language := range []string{"en", "nb", "nn"} {
		opts := &report.Options{Language: language, Steps: 20}
		golden(t, "testdata/small-"+language+".txt", text(t, s, a, r, opts))
		golden(t, "testdata/small-"+language+".md", markdown(t, s, a, r, opts))
	}
}

func TestNothingAnswered(t *testing.T) {
	s, a, r := score(t, read(t, "small.json"), []byte(`{"model": {"id": "small"}}`))
	got := text(t, s, a, r, &report.Options{Language: "en"})
	assert.Contains(t, got, "Score     Not answered\n")
	assert.Contains(t, got, "No single answer raises the overall score on its own.")
}

func TestSameBytes(t *testing.T) {
	s, a, r := example(t, "example")
	first := text(t, s, a, r, nil)
	for range 5 {
		assert.Equal(t, first, text(t, s, a, r, nil))
	}
}

func TestAnotherScorersResult(t *testing.T) {
	s, a, _ := example(t, "example")
	assert.Error(t, report.Text(new(bytes.Buffer), s, a, nil, nil))
	assert.Error(t, report.Markdown(new(bytes.Buffer), s, nil, new(maturity.Result), nil))
	assert.Error(t, report.CSV(new(bytes.Buffer), s, nil, nil))
	_, b, other := score(t, read(t, "small.json"), read(t, "small-answers.json"))
	assert.Error(t, report.Text(new(bytes.Buffer), s, b, other, nil))
	assert.Error(t, report.CSV(new(bytes.Buffer), s, other, nil))
}

const hostile = `{"id": "h", "version": "1.0.0", "title": "=cmd|' /C calc'!A0\u001b[31m red\u001b]0;title\u0007\nsecond\tline \u202e<script>*bold*</script>",
 "levels": [{"id": "a", "title": "TITLE"}, {"id": "b", "title": "| pipe", "from": 0.5}],
 "children": [{"id": "g", "title": "مرحبا بالعالم 👩‍👩‍👧‍👦 日本語日本語日本語日本語日本語日本語", "children": [
  {"id": "q", "title": "@SUM(A1) TITLE", "advice": "-1\r\n+2", "answer": {"type": "yesno"}},
  {"id": "q2", "title": "a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301", "answer": {"type": "yesno"}}]}]}`

func TestHostileTexts(t *testing.T) {
	model := strings.ReplaceAll(hostile, "TITLE", strings.Repeat("long ", 500)+strings.Repeat("x", 3000))
	s, a, r := score(t, []byte(model), []byte(`{"model": {"id": "h"}, "subject": {"name": "\u001b[2J`+strings.Repeat("W", 5000)+`"}, "answers": {"q": false}}`))
	got := text(t, s, a, r, &report.Options{Width: 72})
	for _, line := range strings.Split(got, "\n") {
		assert.LessOrEqual(t, report.Width(line), 72, line)
	}
	assert.NotContains(t, got, "\x1b")
	assert.NotContains(t, got, "\u202e")
	assert.Contains(t, got, "=cmd|' /C calc'!A0 red second line <script>")
	assert.Contains(t, got, "مرحبا بالعالم")
	golden(t, "testdata/hostile.txt", got)
	md := markdown(t, s, a, r, nil)
	assert.NotContains(t, md, "\x1b")
	assert.Contains(t, md, `\<script\>\*bold\*\</script\>`)
	assert.Contains(t, md, `2 \| pipe`)
}

func TestCSV(t *testing.T) {
	s, _, r := score(t, []byte(strings.ReplaceAll(hostile, "TITLE", "“long”, \\\"quoted\\\"")), []byte(`{"model": {"id": "h"}, "answers": {"q": false}}`))
	var b bytes.Buffer
	require.NoError(t, report.CSV(&b, s, r, nil))
	assert.Equal(t, strings.Count(b.String(), "\n"), strings.Count(b.String(), "\r\n"))
	rows, err := csv.NewReader(&b).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 1+len(r.Nodes))
	assert.Equal(t, []string{"h", "group", "'=cmd|' /C calc'!A0 red second line <script>*bold*</script>", "0", "0", "1", "0", "", "a", "a", "scored", "0", "0.5", "a", "b", "1", "0", "1", "2"}, rows[1])
	assert.Equal(t, "'@SUM(A1) “long”, \"quoted\"", rows[3][2])
	assert.Equal(t, []string{"", "0", "1", "", "", "", "", "missing", "0", "1"}, rows[4][3:13])

	s, _, r = score(t, read(t, "small.json"), read(t, "small-answers.json"))
	b.Reset()
	require.NoError(t, report.CSV(&b, s, r, &report.Options{Language: "en"}))
	golden(t, "testdata/small.csv", b.String())
}

func TestNextSteps(t *testing.T) {
	check := func(answer, from, to string) {
		t.Helper()
		model := `{"id": "m", "version": "1.0.0", "optionSets": {"set": [{"value": "x"}, {"value": "y", "points": 2}]}, "children": [{"id": "q", "effort": 4, "answer": ` + answer + `}]}`
		if from != "" {
			from = `, "answers": {"q": ` + from + `}`
		}
		s, a, _ := score(t, []byte(model), []byte(`{"model": {"id": "m"}`+from+`}`))
		steps, err := report.Next(s, a, 5)
		require.NoError(t, err)
		if to == "" {
			assert.Empty(t, steps, "%s from %s", answer, from)
			return
		}
		require.Len(t, steps, 1, "%s from %s", answer, from)
		next := &maturity.Assessment{Model: maturity.ModelRef{ID: "m"}, Answers: map[string]any{"q": steps[0].To}}
		data, err := next.MarshalJSON()
		require.NoError(t, err)
		assert.JSONEq(t, `{"model": {"id": "m"}, "answers": {"q": `+to+`}}`, string(data), "%s from %s", answer, from)
		assert.Positive(t, steps[0].Gain)
		assert.Equal(t, 4.0, steps[0].Effort)
	}
	choice := `{"type": "choice", "options": [{"value": "a", "points": 1}, {"value": "b", "points": 0}, {"value": "c", "points": 3}, {"value": "d", "points": 2}, {"value": "e", "points": 2}]}`
	check(choice, `"b"`, `"a"`)
	check(choice, `"a"`, `"d"`)
	check(choice, `"e"`, `"c"`)
	check(choice, `"c"`, ``)
	check(`{"type": "choice", "use": "set"}`, `"x"`, `"y"`)
	list := `{"type": "checklist", "cap": 4, "options": [{"value": "a", "points": 1}, {"value": "b", "points": 3}, {"value": "c", "points": -1}, {"value": "none", "exclusive": true}]}`
	check(list, `[]`, `["b"]`)
	check(list, `["none"]`, `["b"]`)
	check(list, `["b", "c"]`, `["b", "c", "a"]`)
	check(list, `["a", "b"]`, ``)
	check(`{"type": "yesno"}`, `false`, `true`)
	check(`{"type": "yesno"}`, `true`, ``)
	check(`{"type": "yesno", "points": {"yes": 0, "no": 2}}`, `true`, `false`)
	check(`{"type": "scale", "min": 1, "max": 5}`, `4`, `5`)
	check(`{"type": "scale", "min": 1, "max": 5}`, `5`, ``)
	check(`{"type": "scale", "min": 1, "max": 5, "reverse": true}`, `4`, `3`)
	steps := `{"type": "number", "integer": true, "min": 0, "steps": [{"from": -5, "points": 4}, {"from": 10.5, "points": 2}, {"from": 20, "points": 3}]}`
	check(steps, `15`, `20`)
	check(steps, `25`, `0`)
	check(steps, `3`, ``)
	line := `{"type": "number", "integer": true, "max": 70, "linear": {"from": 0, "to": 90, "points": [0, 1]}}`
	check(line, `10`, `33`)
	check(line, `60`, `70`)
	check(line, `70`, ``)
	check(`{"type": "number", "linear": {"from": 10, "to": 2, "points": [0, 1]}}`, `3.5`, `2`)
	check(`{"type": "number", "linear": {"from": 10, "to": 2, "points": [1, 0]}}`, `-1`, `4`)
	check(`{"type": "text"}`, `"anything"`, ``)
	check(choice, ``, ``) // without a value of the whole there is no gain
}

func TestNextOrder(t *testing.T) {
	model := `{"id": "m", "version": "1.0.0", "aggregate": "sum", "levels": [{"id": "low"}, {"id": "high", "from": 6}],
	 "children": [{"id": "a", "answer": {"type": "yesno"}}, {"id": "b", "effort": 2, "answer": {"type": "yesno", "points": {"yes": 6}}},
	  {"id": "c", "answer": {"type": "yesno"}}, {"id": "free", "effort": 0, "weight": 0.1, "answer": {"type": "yesno"}},
	  {"id": "unweighed", "weight": 0, "answer": {"type": "yesno"}}, {"id": "na", "answer": {"type": "yesno"}}, {"id": "missing", "answer": {"type": "yesno"}},
	  {"id": "hidden", "when": {"question": "a", "is": true}, "answer": {"type": "yesno"}}, {"ref": "unweighed", "weight": 0.5}]}`
	answers := `{"model": {"id": "m"}, "notApplicable": {"na": "no"}, "answers": {"a": false, "b": false, "c": false, "free": false, "unweighed": false, "hidden": false}}`
	s, a, _ := score(t, []byte(model), []byte(answers))
	steps, err := report.Next(s, a, 9)
	require.NoError(t, err)
	var ids []string
	for _, step := range steps {
		ids = append(ids, step.Question)
		assert.Equal(t, step.Question == "b", step.GainLevel)
	}
	assert.Equal(t, []string{"free", "b", "a", "c", "missing", "unweighed"}, ids)
	steps, err = report.Next(s, a, 2)
	require.NoError(t, err)
	assert.Len(t, steps, 2)
	_, err = report.Next(s, &maturity.Assessment{Model: maturity.ModelRef{ID: "other"}}, 2)
	assert.ErrorIs(t, err, maturity.OtherModel)
}
