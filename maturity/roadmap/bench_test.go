package roadmap_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/modenhet/modenhet/maturity/roadmap"
	"github.com/stretchr/testify/require"
)

// surveyOf makes a model of dimensions, practices and choices of five options, with weights and efforts of two
// decimals, and an assessment somewhere in its lower half.
func surveyOf(dimensions, practices, questions int, efforts func(r *rand.Rand) string) (*maturity.Model, *maturity.Assessment) {
	r := rand.New(rand.NewPCG(1, 2))
	levels := func(ladder ...string) (l maturity.Ladder) {
		for i, from := range ladder {
			l.Levels = append(l.Levels, &maturity.Level{ID: "L" + strconv.Itoa(i+1), From: maturity.Decimal(from)})
		}
		return l
	}
	weight := func() maturity.Decimal { return maturity.Decimal(fmt.Sprintf("%d.%d", 1+r.IntN(3), r.IntN(10))) }
	m := &maturity.Model{Version: "1.0.0", Node: maturity.Node{ID: "survey", Levels: levels("0", "1.5", "2.5", "3.2", "3.7")},
		OptionSets: map[string][]*maturity.Option{}}
	for i := range 5 {
		m.OptionSets["steps"] = append(m.OptionSets["steps"], &maturity.Option{Value: "o" + strconv.Itoa(i), Points: maturity.Decimal(strconv.Itoa(i))})
	}
	a := &maturity.Assessment{Model: maturity.ModelRef{ID: "survey"}, Answers: map[string]any{}}
	for d := range dimensions {
		dimension := &maturity.Node{ID: fmt.Sprintf("d%d", d), Weight: weight(), Levels: levels("0", "1.5", "2.5", "3.2", "3.7")}
		for p := range practices {
			practice := &maturity.Node{ID: fmt.Sprintf("d%d.p%d", d, p), Weight: weight()}
			for q := range questions {
				id := fmt.Sprintf("d%d.p%d.q%d", d, p, q)
				practice.Children = append(practice.Children, &maturity.Node{ID: id, Weight: weight(), Effort: maturity.Decimal(efforts(r)),
					Answer: &maturity.Answer{Type: maturity.Choice, Use: "steps"}})
				a.Answers[id] = "o" + strconv.Itoa(r.IntN(4))
			}
			dimension.Children = append(dimension.Children, practice)
		}
		m.Children = append(m.Children, dimension)
	}
	return m, a
}

func whole(r *rand.Rand) string { return strconv.Itoa(1 + r.IntN(8)) }

func odd(r *rand.Rand) string { return fmt.Sprintf("%d.%02d", 1+r.IntN(9), r.IntN(100)) }

func BenchmarkCheapest(b *testing.B) {
	m, err := models.Load(models.Default)
	require.NoError(b, err)
	flagship := maturity.MustCompile(m, nil)
	data, err := models.Assessment(m.ID, "example")
	require.NoError(b, err)
	example, err := flagship.ParseAssessment(data)
	require.NoError(b, err)
	b.Run("flagship", func(b *testing.B) {
		for b.Loop() {
			plan, err := roadmap.Cheapest(flagship, example, &roadmap.Options{Target: []roadmap.Goal{{Level: "managed"}}})
			require.NoError(b, err)
			require.Equal(b, roadmap.Optimal, plan.Status)
		}
	})
	for name, efforts := range map[string]func(r *rand.Rand) string{"whole": whole, "odd": odd} {
		m, a := surveyOf(6, 10, 5, efforts)
		s := maturity.MustCompile(m, nil)
		b.Run("300 "+name, func(b *testing.B) {
			for b.Loop() {
				plan, err := roadmap.Cheapest(s, a, &roadmap.Options{Target: []roadmap.Goal{{Level: "L4"}}})
				require.NoError(b, err)
				require.Equal(b, roadmap.Optimal, plan.Status)
			}
		})
		b.Run("300 budget "+name, func(b *testing.B) {
			for b.Loop() {
				_, err := roadmap.Best(s, a, &roadmap.Options{Budget: "100"})
				require.NoError(b, err)
			}
		})
		b.Run("300 frontier "+name, func(b *testing.B) {
			for b.Loop() {
				f, err := roadmap.Pareto(s, a, nil)
				require.NoError(b, err)
				require.Greater(b, len(f.Points), 100)
			}
		})
	}
}
