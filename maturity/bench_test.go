package maturity_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
)

// The benchmarks compare the engine with code for one model written by hand, and with itself. Every ratio
// comes of one run in which both sides take turns over the same rows.

// A handModel is the model of 4×5×5 questions as a developer would write it by hand: the ids and weights
// in tables, the sums in loops, the levels in a switch.
type handModel struct {
	dimensions [4]struct {
		weight    float64
		practices [5]struct {
			weight    float64
			questions [5]handQuestion
		}
	}
}

type handQuestion struct {
	id     string
	weight float64
}

type handResult struct {
	root       handGroup
	dimensions [4]struct {
		handGroup
		practices [5]struct {
			handGroup
			questions [5]handValue
		}
	}
}

type handValue struct {
	value float64
	ok    bool
}

type handGroup struct {
	handValue
	level int
}

func newHandModel(m *maturity.Model) *handModel {
	hand := new(handModel)
	for i, d := range m.Children {
		hand.dimensions[i].weight = d.Weight.Float64()
		for j, p := range d.Children {
			hand.dimensions[i].practices[j].weight = p.Weight.Float64()
			for k, q := range p.Children {
				hand.dimensions[i].practices[j].questions[k] = handQuestion{q.ID, q.Weight.Float64()}
			}
		}
	}
	return hand
}

func handPoints(answer any) (points handValue) {
	s, ok := answer.(string)
	if !ok {
		return handValue{}
	}
	switch s {
	case "none":
		return handValue{0, true}
	case "started":
		return handValue{1, true}
	case "partly":
		return handValue{2, true}
	case "managed":
		return handValue{3, true}
	case "optimised":
		return handValue{4, true}
	}
	return handValue{}
}

// handMean divides, and finds the level; without weights there is no value.
func handMean(sum, weights float64) handGroup {
	if weights == 0 {
		return handGroup{}
	}
	value := sum / weights
	level := 0
	switch {
	case value >= 3.2:
		level = 4
	case value >= 2.4:
		level = 3
	case value >= 1.6:
		level = 2
	case value >= 0.8:
		level = 1
	}
	return handGroup{handValue{value, true}, level}
}

func (m *handModel) score(r *handResult, a *maturity.Assessment) {
	rootSum, rootWeights := 0.0, 0.0
	for i := range m.dimensions {
		dimension, rd := &m.dimensions[i], &r.dimensions[i]
		dimensionSum, dimensionWeights := 0.0, 0.0
		for j := range dimension.practices {
			practice, rp := &dimension.practices[j], &rd.practices[j]
			sum, weights := 0.0, 0.0
			for k := range practice.questions {
				q := &practice.questions[k]
				v := handPoints(a.Answers[q.id])
				if rp.questions[k] = v; v.ok {
					sum += q.weight * v.value
					weights += q.weight
				}
			}
			if rp.handGroup = handMean(sum, weights); rp.ok {
				dimensionSum += practice.weight * rp.value
				dimensionWeights += practice.weight
			}
		}
		if rd.handGroup = handMean(dimensionSum, dimensionWeights); rd.ok {
			rootSum += dimension.weight * rd.value
			rootWeights += dimension.weight
		}
	}
	r.root = handMean(rootSum, rootWeights)
}

// sameAs compares every value, and every level but those whose value is a threshold, where the sums of
// floats may miss it.
func (r *handResult) sameAs(tb testing.TB, m *maturity.Model, result *maturity.Result) {
	tb.Helper()
	at := 0
	same := func(v handValue) *maturity.NodeResult {
		n := &result.Nodes[at]
		at++
		if v.ok != (n.Status == maturity.Scored) || math.Abs(v.value-n.Value) > 1e-9 {
			tb.Fatalf("%s: %v by hand, %v by the engine", n.ID, v, n.Value)
		}
		return n
	}
	group := func(g handGroup) {
		n := same(g.handValue)
		level := ""
		if g.ok {
			level = m.Ladders["five"][g.level].ID
		}
		if math.Abs(math.Remainder(g.value, 0.8)) > 1e-9 && level != n.Level {
			tb.Fatalf("%s: level %q by hand, %q by the engine", n.ID, level, n.Level)
		}
	}
	group(r.root)
	for i := range r.dimensions {
		group(r.dimensions[i].handGroup)
		for j := range r.dimensions[i].practices {
			group(r.dimensions[i].practices[j].handGroup)
			for _, v := range r.dimensions[i].practices[j].questions {
				same(v)
			}
		}
	}
}

// BenchmarkScore compares ScoreInto with the hand-written code, from the same assessments.
func BenchmarkScore(b *testing.B) {
	m := maturity.BenchModel(4, 5, 5)
	s := maturity.MustCompile(m, nil)
	hand, byHand, result := newHandModel(m), new(handResult), new(maturity.Result)
	for _, missing := range []bool{false, true} {
		name := "complete"
		if missing {
			name = "missing=10%"
		}
		b.Run(name, func(b *testing.B) {
			pool := maturity.BenchPool(b, s, maturity.BenchRows(s, 4096, missing))
			score := func() {
				for _, a := range pool {
					if err := s.ScoreInto(result, a); err != nil {
						b.Fatal(err)
					}
				}
			}
			for _, a := range pool {
				if err := s.ScoreInto(result, a); err != nil {
					b.Fatal(err)
				}
				hand.score(byHand, a)
				byHand.sameAs(b, m, result)
			}
			allocs := testing.AllocsPerRun(1, score) / float64(len(pool))
			if allocs != 0 {
				b.Logf("%v allocations for one ScoreInto", allocs)
			}
			maturity.BenchCompare(b, len(pool),
				maturity.BenchSide{Name: "engine", Pass: score},
				maturity.BenchSide{Name: "hand", Pass: func() {
					for _, a := range pool {
						hand.score(byHand, a)
					}
				}})
			b.ReportMetric(allocs, "engine-allocs/row")
		})
	}
}

// BenchmarkSession compares changing one of 300 answers with scoring all of them again.
func BenchmarkSession(b *testing.B) {
	s := maturity.MustCompile(maturity.BenchModel(5, 6, 10), nil)
	for _, missing := range []bool{false, true} {
		name := "complete"
		if missing {
			name = "missing=10%"
		}
		b.Run(name, func(b *testing.B) {
			rows := maturity.BenchRows(s, 4096, missing)
			pool := maturity.BenchPool(b, s, rows)
			session, err := s.Session(pool[0])
			if err != nil {
				b.Fatal(err)
			}
			// Changes are drawn beforehand; a missing question stays missing.
			type change struct {
				question string
				value    any
			}
			random := rand.New(rand.NewPCG(3, 4))
			var ids []string
			for _, n := range mustScore(b, s, pool[0]).Nodes {
				if n.Kind == maturity.QuestionNode && n.Status == maturity.Scored {
					ids = append(ids, n.ID)
				}
			}
			changes := make([]change, 1<<16)
			for i := range changes {
				changes[i] = change{ids[random.IntN(len(ids))], maturity.BenchOptions[random.IntN(len(maturity.BenchOptions))]}
			}
			at := 0
			set := func() {
				c := &changes[at%len(changes)]
				at++
				if err := session.Set(c.question, c.value); err != nil {
					b.Fatal(err)
				}
			}
			for range 2000 {
				set()
				if at%100 == 0 {
					sameResult(b, session, mustScore(b, s, session.Assessment()))
				}
			}
			result, sum := new(maturity.Result), 0.0
			maturity.BenchCompare(b, len(pool),
				maturity.BenchSide{Name: "score", Pass: func() {
					for _, a := range pool {
						if err := s.ScoreInto(result, a); err != nil {
							b.Fatal(err)
						}
					}
				}},
				maturity.BenchSide{Name: "set", Pass: func() {
					for range pool {
						set()
						value, _ := session.Value("bench")
						sum += value
					}
				}},
				maturity.BenchSide{Name: "set+result", Pass: func() {
					for range pool {
						set()
						if _, err := session.Result(); err != nil {
							b.Fatal(err)
						}
					}
				}})
			b.ReportMetric(testing.AllocsPerRun(1000, set), "set-allocs")
		})
	}
}

func mustScore(tb testing.TB, s *maturity.Scorer, a *maturity.Assessment) *maturity.Result {
	tb.Helper()
	r, err := s.Score(a)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

func sameResult(tb testing.TB, session *maturity.Session, want *maturity.Result) {
	tb.Helper()
	got, err := session.Result()
	if err != nil {
		tb.Fatal(err)
	}
	if g, w := string(got.AppendJSON(nil)), string(want.AppendJSON(nil)); g != w {
		tb.Fatalf("the session says %s, scoring says %s", g, w)
	}
}

// BenchmarkCompile compiles the generated models and the flagship model.
func BenchmarkCompile(b *testing.B) {
	flagship, err := models.Load(models.Default)
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		model *maturity.Model
	}{{"questions=100", maturity.BenchModel(4, 5, 5)}, {"questions=300", maturity.BenchModel(5, 6, 10)}, {"flagship", flagship}} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := maturity.Compile(c.model, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
