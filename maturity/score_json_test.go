package maturity_test

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestScoreJSON scores the documents of every scheme straight from their bytes, and by way of an Assessment:
// the results are the same, and so is what is wrong, whatever the order of the answers.
func TestScoreJSON(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 7))
	r := new(maturity.Result)
	same := func(s *maturity.Scorer, data []byte) {
		t.Helper()
		a, want := s.ParseAssessment(data)
		var result *maturity.Result
		if want == nil {
			result, want = s.Score(a)
		}
		got := s.ScoreJSON(r, data)
		if want != nil {
			require.EqualError(t, got, want.Error(), "%s", data)
			return
		}
		require.NoError(t, got, "%s", data)
		require.Equal(t, string(result.AppendJSON(nil)), string(r.AppendJSON(nil)), "%s", data)
	}
	most := 20
	if testing.Short() {
		most = 2
	}
	for _, scheme := range schemes(t) {
		s := compile(t, scheme.Model)
		for _, c := range scheme.Cases[:min(len(scheme.Cases), most)] {
			same(s, c.Assessment)
			document := decode[map[string]any](t, c.Assessment)
			answers, ok := document["answers"].(map[string]any)
			if !ok {
				continue
			}
			var keys []string
			for key := range answers {
				keys = append(keys, key)
			}
			slices.Sort(keys)
			random.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
			for _, value := range []any{nil, "none", 12, 1.5, true, []any{}, []any{"a", 1}, map[string]any{}} {
				text := []byte(`{`)
				for i, key := range keys {
					v := answers[key]
					if i == 0 {
						v = value
					}
					pair, err := json.Marshal(map[string]any{key: v})
					require.NoError(t, err)
					text = append(append(text, pair[1:len(pair)-1]...), ',')
				}
				text = append(text[:max(1, len(text)-1)], '}')
				document["answers"] = json.RawMessage(text)
				data, err := json.Marshal(document)
				require.NoError(t, err)
				same(s, data)
			}
		}
	}
	s := compile(t, []byte(`{"id":"m","version":"1.0.0","children":[{"id":"s","answer":{"type":"scale","min":1,"max":2}},{"id":"c","answer":{"type":"choice","options":[{"value":"1"},{"value":"2","points":7}]}},{"id":"d","answer":{"type":"choice","options":[{"value":"1"},{"value":"2"}]}}]}`))
	same(s, []byte(`{"model":{"id":"m"},"answers":{"s":1,"c":"2"}}`)) // a number before a choice that looks like it
	same(s, []byte(`{"model":{"id":"m"},"answers":{"s":1,"c":1}}`))
	same(s, []byte(`{"model":{"id":"m"},"answers":{"c":"2","d":1}}`))
	s = compile(t, []byte(`{"id":"m","version":"1.0.0","children":[{"id":"g","children":[{"id":"q","answer":{"type":"yesno"}}]}]}`))
	for _, id := range []string{"q", "g", "x"} { // besides the answers
		same(s, []byte(`{"model":{"id":"m"},"answers":{},"comments":{"`+id+`":"text"}}`))
		same(s, []byte(`{"model":{"id":"m"},"answers":{},"evidence":{"`+id+`":[{"title":"text"}]}}`))
	}
	s = compile(t, readFile(t, "testdata/invalid/valid-model.json"))
	for _, c := range decode[[]struct{ File, Kind string }](t, readFile(t, "testdata/invalid/index.json")) {
		if c.Kind != "model" {
			same(s, readFile(t, "testdata/invalid/"+c.File))
		}
	}
	for _, data := range []string{``, `[]`, `{"answers":{}}`, `{"answers":[]}`, `{"answers":{"a":1,"a":1}}`} {
		same(s, []byte(data))
	}
}

// TestCompileJSON compiles from bytes what Parse and Compile make of them.
func TestCompileJSON(t *testing.T) {
	for _, scheme := range schemes(t) {
		s, err := maturity.CompileJSON(scheme.Model, nil)
		require.NoError(t, err)
		assert.Equal(t, compile(t, scheme.Model).Ref(), s.Ref())
	}
	_, err := maturity.CompileJSON([]byte(`{"id":"m"}`), nil)
	_, want := maturity.Parse([]byte(`{"id":"m"}`), nil)
	require.EqualError(t, err, want.Error())
}
