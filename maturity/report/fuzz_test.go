package report_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/modenhet/modenhet/internal/random"
	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/report"
	"github.com/stretchr/testify/require"
)

// FuzzReport: whatever the texts of a model and an assessment are, a report is UTF-8 without control characters, its
// lines keep to the width, a table has one row a node, no cell of it begins a formula, no text becomes markup, and each
// next step gains what it says.
func FuzzReport(f *testing.F) {
	r := rand.New(rand.NewPCG(7, 4))
	for _, text := range []string{"\x1b[31mred", "=1+1", "|a|", "<script>", "](javascript:x)", "`x`", "# h", "1. x", "\u202egnirts", "a\r\nb", "\u009b2J",
		"\x1b]0;t\x07", "👩‍👩‍👧‍👦", "日本語 日本語", "a\u0301\u0301\u0301", "\ufeff", "\x00", "&lt;", "\\", "***", "http://a.no", "@SUM", "-", " "} {
		drawn := make([]byte, 200)
		for i := range drawn {
			drawn[i] = byte(r.Uint32())
		}
		f.Add(r.Uint64(), drawn, text)
	}
	f.Fuzz(func(t *testing.T, seed uint64, drawn []byte, text string) {
		r := random.Draw(seed, drawn, 10)
		model := random.Model(r)
		answers := random.Assessment(r, model)
		text = strings.ToValidUTF8(text, "\ufffd")
		if utf8.RuneCountInString(text) > 3000 || text == "" {
			return
		}
		tree := random.Decode(model).(map[string]any)
		for _, spot := range random.Spots(tree) { // every text that may be any
			if name, is := spot.Value.(string); is && (spot.Key == "title" || spot.Key == "unit") && r.IntN(2) == 0 {
				spot.Set(text + name)
			}
		}
		a := random.Decode(answers).(map[string]any)
		a["subject"] = map[string]any{"id": "s", "name": text}
		a["comments"] = map[string]any{}
		for id := range a["answers"].(map[string]any) {
			a["comments"].(map[string]any)[id] = text
		}
		s, err := maturity.CompileJSON(random.Encode(tree), nil)
		require.NoError(t, err)
		assessment, err := s.ParseAssessment(random.Encode(a))
		require.NoError(t, err)
		result, err := s.Score(assessment)
		if err != nil {
			require.ErrorIs(t, err, maturity.AnswerRequired)
			return
		}
		opts := &report.Options{Language: []string{"", "nb", "nn", "en"}[r.IntN(4)], Width: 60 + r.IntN(41), Steps: r.IntN(4)}
		var plain, md, table bytes.Buffer
		require.NoError(t, report.Text(&plain, s, assessment, result, opts))
		require.NoError(t, report.Markdown(&md, s, assessment, result, opts))
		require.NoError(t, report.CSV(&table, s, result, opts))
		for _, b := range []*bytes.Buffer{&plain, &md, &table} {
			require.True(t, utf8.Valid(b.Bytes()))
			at := strings.IndexFunc(strings.ReplaceAll(b.String(), "\r\n", "\n"), func(r rune) bool { return unicode.IsControl(r) && r != '\n' || r >= 0x202a && r <= 0x202e })
			require.Negative(t, at, "a control character in %q", b)
		}
		for _, line := range strings.Split(plain.String(), "\n") {
			require.LessOrEqual(t, report.Width(line), opts.Width, "%q", line)
		}
		rows, err := csv.NewReader(&table).ReadAll()
		require.NoError(t, err)
		require.Len(t, rows, 1+len(result.Nodes))
		for i, row := range rows[1:] {
			require.Equal(t, result.Nodes[i].ID, row[0])
			require.NotContains(t, []string{"=", "+", "-", "@"}, row[2][:min(len(row[2]), 1)], "%q", row[2])
		}
		for _, line := range strings.Split(md.String(), "\n") {
			bare := strings.NewReplacer(`\\`, "", `\<`, "", `\*`, "", "\\`", "", `\[`, "", `\]`, "", `\|`, "", `\_`, "").Replace(line)
			require.NotContains(t, bare, "<", "%q", line)
			require.NotContains(t, bare, "](", "%q", line)
		}
		steps, err := report.Next(s, assessment, 5)
		require.NoError(t, err)
		for _, step := range steps {
			better := *assessment
			better.Answers = map[string]any{}
			for id, value := range assessment.Answers {
				better.Answers[id] = value
			}
			better.Answers[step.Question] = step.To
			data, _ := json.Marshal(step)
			after, err := s.Score(&better)
			require.NoError(t, err, "%s", data)
			require.Greater(t, after.Root().Value, result.Root().Value, "%s\n%s\n%s", data, model, answers)
			require.InDelta(t, after.Root().Value-result.Root().Value, step.Gain, 1e-9*(1+step.Gain), "%s", data)
		}
	})
}
