package maturity

import (
	"errors"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestReportSize reads documents with a long key above as many mistakes as there is room for. Every mistake has a path with
// that key in it; neither the report nor the work may grow with their product.
func TestReportSize(t *testing.T) {
	const size, issues = 256 << 10, 100
	key := strings.Repeat("~", maxKey)
	fill := func(begin, unit, end string) string {
		n := (size - len(begin) - len(end)) / (len(unit) + 1)
		return begin + strings.TrimSuffix(strings.Repeat(unit+",", n), ",") + end
	}
	check := func(read func([]byte, *Options) error, document string, code Code) {
		t.Helper()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := read([]byte(document), &Options{MaxIssues: issues})
		runtime.ReadMemStats(&after)
		assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(100<<20))
		assert.ErrorIs(t, err, code)
		assert.ErrorIs(t, err, TooMany)
		var invalid *InvalidError
		require.True(t, errors.As(err, &invalid))
		text := 0
		for _, issue := range invalid.Issues {
			text += len(issue.Path) + len(issue.Message)
			assert.Positive(t, issue.Line)
		}
		assert.Less(t, text, issues*(256+120)+2*maxKey+100)
	}
	assessment := func(data []byte, opts *Options) error { _, err := ParseAssessment(data, opts); return err }
	model := func(data []byte, opts *Options) error { _, err := CompileJSON(data, opts); return err }
	evidence := `{"model":{"id":"m"},"evidence":{"` + key + `":[`
	check(assessment, fill(evidence, `1`, `]}}`), WrongType)
	check(assessment, fill(evidence, `{"a":1}`, `]}}`), UnknownField)
	check(assessment, fill(evidence, `{"url":"x"}`, `]}}`), BadURL)
	check(assessment, fill(evidence, `{"title":"t","title":"t"}`, `]}}`), DuplicateKey)
	check(assessment, fill(evidence, "\"\xFF\"", `]}}`), BadUTF8)
	check(model, fill(`{"id":"m","optionSets":{"`+key+`":[`, `1`, `]}}`), WrongType)
	check(model, fill(`{"id":"m","ladders":{"`+key+`":[`, `{"id":"a"}`, `]}}`), MissingField)

	invalid := assessment([]byte(evidence+`1]}}`), nil)
	assert.ErrorContains(t, invalid, "/evidence/"+strings.Repeat("~0", maxKey)+"/0", "one path is whole, however long")
}
