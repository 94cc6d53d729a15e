package cohort

import (
	"encoding/json"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// BenchmarkGroup parses, scores and summarises 1,000 assessments of 100 questions.
func BenchmarkGroup(b *testing.B) {
	s := scorer(b, hundred())
	docs := documents(s, 1000, rand.New(rand.NewPCG(1, 1)))
	for b.Loop() {
		g, err := ParseGroup(s, docs, nil)
		require.NoError(b, err)
		_, err = json.Marshal(g.Figures())
		require.NoError(b, err)
	}
}

func BenchmarkSketchAdd(b *testing.B) {
	s := scorer(b, hundred())
	g, err := ParseGroup(s, documents(s, 1000, rand.New(rand.NewPCG(1, 1))), nil)
	require.NoError(b, err)
	outcomes := make([]outcome, 1000)
	for i := range outcomes {
		for j := range g.values {
			outcomes[i].values = append(outcomes[i].values, g.values[j][i])
			outcomes[i].levels = append(outcomes[i].levels, int(g.levels[j][i]))
		}
	}
	k := NewSketch(s)
	for i := 0; b.Loop(); i++ {
		k.Add(outcomes[i%1000])
	}
}

func BenchmarkSketchMerge(b *testing.B) {
	s := scorer(b, hundred())
	g, err := ParseGroup(s, documents(s, 1000, rand.New(rand.NewPCG(1, 1))), nil)
	require.NoError(b, err)
	part := g.Sketch()
	b.ReportMetric(float64(len(text(b, part))), "JSON-bytes")
	k := NewSketch(s)
	for b.Loop() {
		require.NoError(b, k.Merge(part))
	}
}

func BenchmarkIntervals(b *testing.B) {
	s := scorer(b, hundred())
	g, err := ParseGroup(s, documents(s, 357, rand.New(rand.NewPCG(1, 1))), nil)
	require.NoError(b, err)
	for b.Loop() {
		_, err := g.Intervals(nil)
		require.NoError(b, err)
	}
}

func BenchmarkAgree(b *testing.B) {
	s := scorer(b, hundred())
	list := parsed(b, documents(s, 20, rand.New(rand.NewPCG(1, 1))))
	for _, a := range list {
		a.Subject = nil
	}
	for b.Loop() {
		_, err := Agree(s, list)
		require.NoError(b, err)
	}
}
