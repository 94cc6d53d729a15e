package maturity_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/require"
)

// TestRangesAreTight: where no answer hides another or decides by a condition, the range of a value is no wider
// than what the completions of an assessment give, and so are the levels. All completions are tried.
func TestRangesAreTight(t *testing.T) {
	models := 250
	if testing.Short() {
		models = 120
	}
	ranges := 0
	for seed := range models {
		r := rand.New(rand.NewPCG(uint64(seed), 77))
		var questions []string
		var group func(name string, depth int) string
		group = func(name string, depth int) string {
			aggregate := []string{"mean", "mean", "mean", "sum", "min", "max", "median", "share", "staged", "product", "geometric"}[r.IntN(11)]
			var children []string
			for i := range 1 + r.IntN(3) {
				stage, weight, from := "", 1+r.IntN(3), r.IntN(3)-1
				if aggregate == "staged" {
					stage = fmt.Sprintf(`"stage":%d,`, 1+r.IntN(3))
				}
				if aggregate == "product" || aggregate == "geometric" {
					from = r.IntN(2)
				}
				kid := fmt.Sprintf(`"weight":%d,%s`, weight, stage)
				if depth < 2 && r.IntN(3) == 0 && aggregate != "product" && aggregate != "geometric" {
					children = append(children, strings.Replace(group(fmt.Sprint(name, i), depth+1), "{", "{"+kid, 1))
					continue
				}
				id := fmt.Sprint("q", len(questions))
				questions = append(questions, id)
				children = append(children, fmt.Sprintf(`{%s"id":"%s","answer":{"type":"yesno","points":{"yes":%d.5,"no":%d}}}`, kid, id, from+r.IntN(2), from))
			}
			rest := ""
			if aggregate == "share" || aggregate == "staged" {
				rest += fmt.Sprintf(`"met":{"value":{"%s":%d.5}},`, []string{"atLeast", "moreThan", "atMost", "lessThan"}[r.IntN(4)], r.IntN(2))
			}
			if aggregate == "geometric" && depth > 0 || r.IntN(4) == 0 {
				rest += fmt.Sprintf(`"round":{"digits":%d,"mode":"%s"},`, r.IntN(2), []string{"half-up", "floor", "ceiling", "half-even", "truncate", "half-away"}[r.IntN(6)])
			}
			if aggregate != "geometric" && r.IntN(5) == 0 {
				rest += fmt.Sprintf(`"scale":{"min":%d,"max":%d},`, r.IntN(2), 2+r.IntN(2))
			}
			if aggregate != "geometric" && r.IntN(6) == 0 {
				rest += []string{`"adjust":[{"add":-0.5}],`, `"adjust":[{"atMost":0.5}],`, `"adjust":[{"multiply":-2},{"atLeast":-1}],`}[r.IntN(3)]
			}
			of := ""
			if aggregate != "geometric" && r.IntN(3) == 0 {
				of = `,"of":"ratio"`
			}
			return fmt.Sprintf(`{"id":"%s","aggregate":"%s",%s"levels":[{"id":"a"},{"id":"b","from":0.5%s},{"id":"c","above":1%s}],"children":[%s]}`,
				name, aggregate, rest, of, of, strings.Join(children, ","))
		}
		model := strings.Replace(group("g", 0), "{", `{"version":"1.0.0",`, 1)
		m, err := maturity.Parse([]byte(model), nil)
		if err != nil {
			require.ErrorIs(t, err, maturity.BadGeometric, model)
			continue
		}
		if len(questions) > 8 {
			continue
		}
		s := maturity.MustCompile(m, nil)
		given := map[string]any{}
		var open []string
		for _, q := range questions {
			if r.IntN(3) == 0 {
				given[q] = r.IntN(2) == 0
			} else {
				open = append(open, q)
			}
		}
		partial, err := s.Score(&maturity.Assessment{Model: s.Ref(), Answers: given})
		require.NoError(t, err)
		rank := map[string]int{"": -1, "a": 0, "b": 1, "c": 2}
		type seen struct {
			low, high           float64
			levelLow, levelHigh int
		}
		found := map[string]seen{}
		for set := range 1 << len(open) {
			for i, q := range open {
				given[q] = set>>i&1 == 1
			}
			full, err := s.Score(&maturity.Assessment{Model: s.Ref(), Answers: given})
			require.NoError(t, err)
			for _, n := range full.Nodes {
				f, ok := found[n.ID]
				if !ok {
					f = seen{math.Inf(1), math.Inf(-1), 9, -9}
				}
				found[n.ID] = seen{min(f.low, n.Value), max(f.high, n.Value), min(f.levelLow, rank[n.Level]), max(f.levelHigh, rank[n.Level])}
			}
		}
		for _, n := range partial.Nodes {
			if n.Range == nil {
				continue
			}
			ranges++
			f := found[n.ID]
			got := seen{n.Range.Low, n.Range.High, rank[n.Range.LevelLow], rank[n.Range.LevelHigh]}
			require.Equal(t, f, got, "seed %s: %s of %s\nopen: %v", strconv.Itoa(seed), n.ID, model, open)
		}
	}
	require.Greater(t, ranges, models)
}
