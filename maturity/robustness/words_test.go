package robustness

import (
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSentence(t *testing.T) {
	s, a := flagship(t)
	m := s.Model()
	r, err := Sensitivity(s, a, &Options{Indices: -1})
	require.NoError(t, err)
	require.NotEmpty(t, r.Level)
	r.Level = "managed"
	check := func(draws int, language, want string) {
		t.Helper()
		r.Levels = []Share{{"initial", 0, 0}, {"managed", draws, 0}}
		assert.Equal(t, want, r.Sentence(m, language))
	}
	check(9_149, "en", "Level “Managed” in 91% of 10,000 re-weightings (each weight up to 25% higher or lower).")
	check(9_150, "nb", "Nivået «Styrt» i 92\u00A0% av 10\u00A0000 omvektinger (hver vekt inntil 25\u00A0% høyere eller lavere).")
	check(9_150, "nn-NO", "Nivået «Styrt» i 92\u00A0% av 10\u00A0000 omvektingar (kvar vekt inntil 25\u00A0% høgare eller lågare).")
	check(9_999, "en", "Level “Managed” in more than 99% of 10,000 re-weightings (each weight up to 25% higher or lower).")
	check(9_949, "en", "Level “Managed” in 99% of 10,000 re-weightings (each weight up to 25% higher or lower).")
	check(10_000, "en", "Level “Managed” in all 10,000 re-weightings (each weight up to 25% higher or lower).")
	check(10_000, "no", "Nivået «Styrt» i alle 10\u00A0000 omvektinger (hver vekt inntil 25\u00A0% høyere eller lavere).")
	check(49, "en", "Level “Managed” in less than 1% of 10,000 re-weightings (each weight up to 25% higher or lower).")
	check(0, "nn", "Nivået «Styrt» i ingen av 10\u00A0000 omvektingar (kvar vekt inntil 25\u00A0% høgare eller lågare).")
	r.Draws, r.Options.Weights, r.Options.Thresholds, r.Options.Answers = 1_234_567, 0.1, 0.125, 0.02
	r.Varied.Thresholds, r.Varied.Answers = 1, 1
	check(617_284, "en", "Level “Managed” in 50% of 1,234,567 trials (each weight up to 10% higher or lower; each threshold up to 12.5% of the way to the next; each answer one step off with probability 2%).")
	r.Draws, r.Varied = 1000, Varied{Weights: 3}
	r.Level, r.Levels = "", []Share{{"", 400, 0.4}}
	assert.Equal(t, "No level in 40% of 1,000 re-weightings (each weight up to 10% higher or lower).", r.Sentence(m, "en"))
	r.Levels, r.Spread = nil, &Spread{P05: 1.666, P95: 2.331}
	assert.Equal(t, "Poeng fra 1,66 til 2,34 i minst 90\u00A0% av 1\u00A0000 omvektinger (hver vekt inntil 10\u00A0% høyere eller lavere).", r.Sentence(m, "nb"))
	r.Spread = nil
	assert.Equal(t, "Det er ingen poengsum å prøve.", r.Sentence(m, "nb"))
	r.Varied = Varied{}
	assert.Equal(t, "There is nothing to vary: no other weights can change this score.", r.Sentence(m, "en"))
}

func TestCandidates(t *testing.T) {
	check := func(q *maturity.Answer, from any, at int, want ...any) {
		t.Helper()
		list, present := candidates(&maturity.Model{}, q, from)
		var got []any
		for _, c := range list {
			got = append(got, c.answer)
		}
		assert.Equal(t, want, got)
		assert.Equal(t, at, present)
	}
	d := func(s string) maturity.Decimal { return maturity.Decimal(s) }
	check(&maturity.Answer{Type: maturity.YesNo}, true, 1, false, true)
	check(&maturity.Answer{Type: maturity.ScaleType, Min: "1", Max: "3"}, 2, 1, d("1"), d("2"), d("3"))
	check(&maturity.Answer{Type: maturity.Choice, Options: []*maturity.Option{{Value: "a"}, {Value: "b"}}}, nil, -1, "a", "b")
	list := []*maturity.Option{{Value: "a"}, {Value: "b"}, {Value: "none", Exclusive: true}}
	check(&maturity.Answer{Type: maturity.Checklist, Options: list}, []string{"a"}, -1, []string{}, []string{"a", "b"}, []string{"none"})
	check(&maturity.Answer{Type: maturity.Checklist, Options: list}, []any{"none"}, -1, []string{"a"}, []string{"b"}, []string{})
	check(&maturity.Answer{Type: maturity.Checklist, Options: list}, nil, -1, []string{}, []string{"a"}, []string{"b"}, []string{"none"})
	steps := []maturity.Step{{From: "0"}, {From: "2.5"}, {From: "70"}}
	check(&maturity.Answer{Type: maturity.Number, Steps: steps}, 12.5, 2, d("0"), d("2.5"), 12.5, d("70"))
	check(&maturity.Answer{Type: maturity.Number, Integer: true, Min: "0.5", Max: "60", Steps: steps}, nil, -1, d("1"), d("3"), d("60"))
	line := &maturity.LinearPoints{From: "100", To: "0"}
	check(&maturity.Answer{Type: maturity.Number, Linear: line, Max: "80"}, d("50"), 2, d("0"), d("25"), d("50"), d("75"), d("80"))
	check(&maturity.Answer{Type: maturity.Number, Integer: true, Min: "0.2", Max: "0.8", Steps: steps}, nil, -1)
}
