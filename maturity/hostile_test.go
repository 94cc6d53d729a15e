package maturity_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Models that are valid, or nearly, and made to cost much. Each is read, scored and explained, or refused
// with a clear error, in little time; the limit is that of the whole test run.
func TestHostileModels(t *testing.T) {
	list := func(n int, item func(i int) string) string {
		items := make([]string, n)
		for i := range items {
			items[i] = item(i)
		}
		return strings.Join(items, ",")
	}
	question := `{"id":"q","answer":{"type":"yesno"}}`
	chain := `{"id":"m","version":"1.0.0","children":[` + question + `],"views":[{"id":"v0","children":[{"ref":"q"},{"ref":"q"}]},` +
		list(2000, func(i int) string {
			return fmt.Sprintf(`{"id":"v%d","children":[{"ref":"v%d"},{"ref":"v%d","weight":0.7}]}`, i+1, i, i)
		}) + `]}`
	conditions := `{"id":"m","version":"1.0.0","children":[` + question + `,` + list(3000, func(i int) string {
		before := "q"
		if i > 0 {
			before = fmt.Sprintf("q%d", i-1)
		}
		return fmt.Sprintf(`{"id":"q%d","when":{"question":"%s","is":true},"answer":{"type":"yesno"}}`, i, before)
	}) + `]}`
	denominators := `{"id":"m","version":"1.0.0","aggregate":"sum","children":[` + list(4000, func(i int) string {
		return fmt.Sprintf(`{"id":"g%d","children":[{"id":"q%d","weight":%d.%09d,"answer":{"type":"yesno"}},{"id":"p%d","weight":%d,"answer":{"type":"yesno"}}]}`,
			i, i, i+1, 7*i+1, i, 13*i+7)
	}) + `]}`
	powers := `{"id":"m","version":"1.0.0","aggregate":"geometric","children":[` + list(60, func(i int) string {
		return fmt.Sprintf(`{"id":"g%d","weight":%d,"children":[%s]}`, i, 1+i%3, list(20, func(j int) string {
			return fmt.Sprintf(`{"id":"q%d-%d","weight":%d.%09d,"answer":{"type":"number","linear":{"from":0,"to":%d,"points":[0.3,1]}}}`, i, j, i+1, j*7919+1, i*j+17)
		}))
	}) + `]}`

	for _, src := range []string{chain, conditions} {
		s := compile(t, []byte(src))
		_ = s.Model().Lint(nil)
		r, err := s.Score(&maturity.Assessment{Model: maturity.ModelRef{ID: "m"}, Answers: map[string]any{"q": true}})
		require.NoError(t, err)
		assert.Equal(t, 1.0, r.Root().Value)
		_, err = s.Explain(&maturity.Assessment{Model: maturity.ModelRef{ID: "m"}, Answers: map[string]any{"q": true}}, "m")
		require.NoError(t, err)
	}
	for _, src := range []string{denominators, powers} {
		_, err := maturity.Parse([]byte(src), nil)
		require.ErrorIs(t, err, maturity.TooMany)
	}
	_, err := maturity.Parse([]byte(conditions), &maturity.Options{MaxNodes: 100})
	require.ErrorIs(t, err, maturity.TooMany)
}

// Chains of references as long as a model allows must not go as deep: under js/wasm the stack has a megabyte.
func TestHostileChains(t *testing.T) {
	const length = 4000
	var chain []string
	for i := range length {
		chain = append(chain, fmt.Sprintf(`{"id":"v%d","children":[{"ref":"v%d"}]}`, i+1, i))
	}
	s := compile(t, []byte(`{"id":"m","version":"1.0.0","children":[{"id":"q","answer":{"type":"yesno"}}],"views":[`+
		`{"id":"v0","children":[{"ref":"q"},{"ref":"q"}]},`+strings.Join(chain, ",")+
		fmt.Sprintf(`,{"id":"top","aggregate":"geometric","round":{"digits":2},"missing":"error","children":[{"ref":"v%d"}]}]}`, length)))
	_, err := s.Score(&maturity.Assessment{Model: maturity.ModelRef{ID: "m"}})
	require.ErrorIs(t, err, maturity.AnswerRequired)
	a := &maturity.Assessment{Model: maturity.ModelRef{ID: "m"}, Answers: map[string]any{"q": true}}
	e, err := s.Explain(a, "top")
	require.NoError(t, err)
	assert.Len(t, e.Answers, 1)
	session, err := s.Session(a)
	require.NoError(t, err)
	require.NoError(t, session.Set("q", false))
	assert.Len(t, session.Changed(), length+4)

	_, err = maturity.Parse([]byte(`{"id":"m","version":"1.0.0","children":[{"id":"q","answer":{"type":"yesno"}}],"views":[`+
		fmt.Sprintf(`{"id":"v0","children":[{"ref":"v%d"}]},`, length)+strings.Join(chain, ",")+`]}`), nil)
	require.ErrorIs(t, err, maturity.Cycle)
}

// Documents that are wrong everywhere: the reader stops at the limit of issues, says where each is, and takes
// no more memory than a few steps for each key.
func TestHostileDocuments(t *testing.T) {
	const keys = 50_000
	s := compile(t, []byte(`{"id":"m","version":"1.0.0","children":[{"id":"q","answer":{"type":"yesno"}}]}`))
	for name, item := range map[string]func(i int) string{
		"unknown questions": func(i int) string { return fmt.Sprintf(`"u%d":true`, i) },
		"no answers":        func(i int) string { return fmt.Sprintf(`"u%d":null`, i) },
		"one key":           func(int) string { return `"u":true` },
		"bad bytes":         func(i int) string { return fmt.Sprintf(`"u%d":"`+"\xFF"+`"`, i) },
	} {
		var b strings.Builder
		b.WriteString(`{"model":{"id":"m"},"answers":{"q":true`)
		for i := range keys {
			b.WriteString(",\n" + item(i))
		}
		b.WriteString("}}")
		var err error
		assert.Less(t, testing.AllocsPerRun(1, func() { _, err = s.ParseAssessment([]byte(b.String())) }), 5.0*keys, name)
		var invalid *maturity.InvalidError
		require.ErrorAs(t, err, &invalid, name)
		require.Len(t, invalid.Issues, 1001, name)
		assert.Equal(t, maturity.TooMany, invalid.Issues[0].Code, name)
		lines := strings.Split(b.String(), "\n")
		for _, issue := range invalid.Issues[1:] {
			assert.Contains(t, lines[issue.Line-1], `"`+strings.TrimPrefix(issue.Path, "/answers/")+`"`, name)
		}
	}
}
