package robustness

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/require"
)

// hundred is a model of 4 × 5 × 5 questions, each group a weighted mean, with something in the root: a field
// that takes the filter away, for instance.
func hundred(tb testing.TB, root string) (*maturity.Scorer, *maturity.Assessment) {
	tb.Helper()
	answers, q := map[string]any{}, 0
	group := func(id string, children []string) string {
		return fmt.Sprintf(`{"id": "%s", "weight": 1.%d, "children": [%s]}`, id, len(id), strings.Join(children, ", "))
	}
	var dimensions []string
	for d := range 4 {
		var practices []string
		for p := range 5 {
			var questions []string
			for range 5 {
				id := "q" + strconv.Itoa(q)
				questions = append(questions, fmt.Sprintf(`{"id": "%s", "weight": 0.%d, "answer": {"type": "scale", "min": 0, "max": 4}}`, id, 10+q%7))
				answers[id] = (q * q) % 5
				q++
			}
			practices = append(practices, group(fmt.Sprintf("p%d-%d", d, p), questions))
		}
		dimensions = append(dimensions, group("d"+strconv.Itoa(d), practices))
	}
	m, err := maturity.Parse([]byte(`{"id": "m", "version": "1.0.0", `+root+`"levels": [{"id": "a"}, {"id": "b", "from": 0.8},
		{"id": "c", "from": 1.6}, {"id": "d", "from": 2.4}, {"id": "e", "from": 3.2}], "children": [`+strings.Join(dimensions, ", ")+`]}`), nil)
	require.NoError(tb, err)
	s := maturity.MustCompile(m, nil)
	return s, &maturity.Assessment{Model: s.Ref(), Answers: answers}
}

// BenchmarkSensitivity is 100,000 draws of means; 1,000 where each must be scored exactly; and the flagship model.
func BenchmarkSensitivity(b *testing.B) {
	run := func(name string, s *maturity.Scorer, a *maturity.Assessment, o Options) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				_, err := Sensitivity(s, a, &o)
				require.NoError(b, err)
			}
			y, err := NewStudy(s, a, &o)
			require.NoError(b, err)
			_, total := y.Progress()
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(total), "ns/score")
		})
	}
	draws := Options{Draws: 100_000, Indices: -1}
	s, a := hundred(b, "")
	run("means", s, a, draws)
	run("means+indices", s, a, Options{})
	s, a = hundred(b, `"aggregate": "median", `)
	run("engine", s, a, Options{Draws: 1000, Indices: -1})
	s, a = hundred(b, "")
	run("answers", s, a, Options{Draws: 1000, Indices: -1, Answers: 0.05})
	s, a = flagship(b)
	run("flagship", s, a, draws)
	run("flagship+indices", s, a, Options{})
}

func BenchmarkLeverage(b *testing.B) {
	s, a := hundred(b, "")
	b.Run("means", func(b *testing.B) {
		for b.Loop() {
			_, err := Leverage(s, a, nil)
			require.NoError(b, err)
		}
	})
	s, a = flagship(b)
	b.Run("flagship", func(b *testing.B) {
		for b.Loop() {
			_, err := Leverage(s, a, nil)
			require.NoError(b, err)
		}
	})
}
