// Package bench compares the engine with expression languages and with a JSON tokenizer. It is a module of
// its own, so that the library does not depend on what it is compared with.
package bench

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/modenhet/modenhet/maturity"
)

// The model: a root of 4 dimensions, each of 5 practices, each of 5 questions; every group is a mean with
// whole weights from 1 to 3 and a ladder of five levels.
const (
	dimensions = 4
	practices  = 20 // of all dimensions
	questions  = 100
	five       = 5 // practices of a dimension, questions of a practice
)

var options = [...]string{"none", "started", "partly", "managed", "optimised"} // with 0 to 4 points

var thresholds = [...]float64{0.8, 1.6, 2.4, 3.2} // of the levels above the first

// weights of the dimensions, practices and questions, in document order.
type weights struct {
	dimensions [dimensions]int
	practices  [practices]int
	questions  [questions]int
}

func newModel() (*maturity.Model, *weights) {
	w, at := new(weights), 0
	draw := func(weight *int) maturity.Decimal {
		at++
		*weight = 1 + at*at%7%3
		return maturity.Decimal(fmt.Sprint(*weight))
	}
	five := maturity.Ladder{Use: "five"}
	m := &maturity.Model{Version: "1.0.0", Language: "en", Node: maturity.Node{ID: "bench", Levels: five},
		OptionSets: map[string][]*maturity.Option{}, Ladders: map[string][]*maturity.Level{"five": {{ID: "level-0"}}}}
	for i, value := range options {
		m.OptionSets["grades"] = append(m.OptionSets["grades"], &maturity.Option{Value: value, Points: maturity.Decimal(fmt.Sprint(i))})
	}
	for i, from := range thresholds {
		m.Ladders["five"] = append(m.Ladders["five"], &maturity.Level{ID: fmt.Sprintf("level-%d", i+1), From: maturity.Decimal(fmt.Sprint(from))})
	}
	for d := range dimensions {
		dimension := &maturity.Node{ID: fmt.Sprintf("dimension-%d", d+1), Weight: draw(&w.dimensions[d]), Levels: five}
		for p := d * 5; p < d*5+5; p++ {
			practice := &maturity.Node{ID: fmt.Sprintf("practice-%d", p+1), Weight: draw(&w.practices[p]), Levels: five}
			for q := p * 5; q < p*5+5; q++ {
				practice.Children = append(practice.Children, &maturity.Node{ID: fmt.Sprintf("question-%d", q+1),
					Weight: draw(&w.questions[q]), Answer: &maturity.Answer{Type: maturity.Choice, Use: "grades"}})
			}
			dimension.Children = append(dimension.Children, practice)
		}
		m.Children = append(m.Children, dimension)
	}
	return m, w
}

// A row is one complete assessment: the points of its answers, and its JSON.
type row struct {
	points     []float64
	options    []int16 // the answers as a maturity.Row takes them
	list       any     // the points as CEL takes them
	assessment *maturity.Assessment
	json       []byte
}

// newRows draws rows, always the same ones. Each subject has a mean of its own, so that the groups spread
// over all levels. The assessments are read from JSON, so that no string is shared with the model.
func newRows(tb testing.TB, s *maturity.Scorer, n int) []row {
	random := rand.New(rand.NewPCG(1, 2))
	rows := make([]row, n)
	for i := range rows {
		var b strings.Builder
		fmt.Fprintf(&b, `{"model":{"id":%q,"version":%q},"subject":{"id":"4204"},"date":"2026-11-23","answers":{`, s.Ref().ID, s.Ref().Version)
		mean := random.Float64() * 4
		for q := range questions {
			option := int(min(max(math.Round(mean+random.NormFloat64()*1.2), 0), 4))
			rows[i].points = append(rows[i].points, float64(option))
			rows[i].options = append(rows[i].options, int16(option))
			if q > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, `"question-%d":%q`, q+1, options[option])
		}
		b.WriteString("}}")
		a, err := s.ParseAssessment([]byte(b.String()))
		if err != nil {
			tb.Fatal(err)
		}
		rows[i].list = rows[i].points
		rows[i].assessment, rows[i].json = a, []byte(b.String())
	}
	return rows
}

// A side is one side of a comparison: what it does with row i.
type side struct {
	name string
	do   func(i int)
}

// compare times the sides in turns, so that a busy machine slows all of them alike, and reports the median
// time of a row and, of each side to the first, the median ratio. One iteration of the benchmark is one
// pass of every side over all rows.
func compare(b *testing.B, rows int, sides ...side) {
	times := make([][]float64, len(sides))
	pass := func(do func(int)) {
		for i := range rows {
			do(i)
		}
	}
	for _, s := range sides {
		pass(s.do) // once before the clock runs
	}
	turn := 0
	for b.Loop() {
		for k := range sides {
			k = (k + turn) % len(sides)
			start := time.Now()
			pass(sides[k].do)
			times[k] = append(times[k], float64(time.Since(start))/float64(rows))
		}
		turn++
	}
	b.ReportMetric(0, "ns/op")
	for k, s := range sides {
		b.ReportMetric(median(times[k]), s.name+"-ns/row")
		if k > 0 {
			ratios := make([]float64, len(times[k]))
			for i := range ratios {
				ratios[i] = times[k][i] / times[0][i]
			}
			b.ReportMetric(median(ratios), s.name+"/"+sides[0].name)
		}
	}
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return (sorted[len(sorted)/2] + sorted[(len(sorted)-1)/2]) / 2
}

func must[T any](tb testing.TB) func(T, error) T {
	return func(v T, err error) T {
		tb.Helper()
		if err != nil {
			tb.Fatal(err)
		}
		return v
	}
}

func ok(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}
