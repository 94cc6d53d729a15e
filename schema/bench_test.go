package schema_test

import (
	"fmt"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/schema"
	santhosh "github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
)

// large is a model of 300 questions in 30 groups, with texts in two languages, three shared option sets, and
// conditions.
func large() *maturity.Model {
	text := func(s string) maturity.Text {
		return maturity.Text{"nb": s + " på norsk, i en setning av vanlig lengde?", "en": s + " in English, in a sentence of the usual length?"}
	}
	m := &maturity.Model{Version: "1.0.0", Language: "nb", OptionSets: map[string][]*maturity.Option{}}
	m.ID, m.Title = "large", text("Stor")
	for i := range 3 {
		var set []*maturity.Option
		for j := range 5 {
			set = append(set, &maturity.Option{Value: fmt.Sprint("o", j), Title: text(fmt.Sprint("Valg ", j)), Points: maturity.Decimal(fmt.Sprint(j))})
		}
		m.OptionSets[fmt.Sprint("set", i)] = set
	}
	for i := range 30 {
		g := &maturity.Node{ID: fmt.Sprint("g", i), Title: text(fmt.Sprint("Gruppe ", i))}
		for j := range 10 {
			q := &maturity.Node{ID: fmt.Sprint("q", i, "-", j), Title: text(fmt.Sprint("Spørsmål ", j)), Description: text("Veiledning")}
			q.Answer = &maturity.Answer{Type: maturity.Choice, Use: fmt.Sprint("set", j%3)}
			if j == 9 {
				q.When = &maturity.Condition{Question: fmt.Sprint("q", i, "-", 0), In: []any{"o3", "o4"}}
			}
			g.Children = append(g.Children, q)
		}
		m.Children = append(m.Children, g)
	}
	return m
}

func BenchmarkFor(b *testing.B) {
	m := large()
	for _, profile := range schema.Profiles() {
		if profile == schema.LLM {
			continue // it takes several parts
		}
		b.Run(string(profile), func(b *testing.B) {
			size := 0
			for b.Loop() {
				data, err := schema.For(m, &schema.Options{Profile: profile, Language: "en"})
				require.NoError(b, err)
				size = len(data)
			}
			b.ReportMetric(float64(size)/1000, "kB")
		})
	}
}

// BenchmarkCheck compares the engine's check with a validator, on the same bytes.
func BenchmarkCheck(b *testing.B) {
	m := large()
	s := maturity.MustCompile(m, nil)
	a := &maturity.Assessment{Model: s.Ref(), Answers: map[string]any{}}
	for i, id := range s.Questions() {
		a.Answers[id] = fmt.Sprint("o", i%5)
	}
	document, err := a.MarshalJSON()
	require.NoError(b, err)
	b.Run("engine", func(b *testing.B) {
		for b.Loop() {
			_, err := s.ParseAssessment(document)
			require.NoError(b, err)
		}
	})
	for _, profile := range []schema.Profile{schema.Strict, schema.Form} {
		o := &oracle{santhosh: compileDraft(b, schemaFor(b, m, &schema.Options{Profile: profile, RefuseHidden: true}), santhosh.Draft2020)}
		b.Run(string(profile), func(b *testing.B) {
			for b.Loop() {
				_ = o.fits(b, document)
			}
		})
	}
}
