package maturity_test

import (
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestExplainWithoutValueAtWorst explains a geometric mean that loses its value when its only answer is at its worst: then
// another question appears, which nobody has answered.
func TestExplainWithoutValueAtWorst(t *testing.T) {
	s, err := maturity.CompileJSON([]byte(`{"id": "m", "version": "1.0.0", "aggregate": "geometric", "children": [
		{"id": "first", "weight": 2, "answer": {"type": "yesno", "points": {"yes": 3, "no": 1}}},
		{"id": "second", "when": {"question": "first", "is": false}, "missing": "none", "answer": {"type": "yesno"}}]}`), nil)
	require.NoError(t, err)
	a := &maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"first": true}}
	r, err := s.Score(a)
	require.NoError(t, err)
	assert.Equal(t, 3.0, r.Root().Value)
	e, err := s.Explain(a, "m")
	require.NoError(t, err)
	assert.Equal(t, 3.0, e.Value.Value)
	assert.Zero(t, e.Base.Value) // what is added up begins at nothing
}

// Each child of a mean has its part however many there are; where parts depend on their order, only a thousand are told apart.
func TestExplainManyChildren(t *testing.T) {
	for aggregate, parts := range map[string]bool{"mean": true, "sum": true, "max": false} {
		s := compile(t, []byte(`{"id":"m","version":"1.0.0","aggregate":"`+aggregate+`","children":[`+many(1001)+`]}`))
		a := &maturity.Assessment{Model: s.Ref(), Answers: map[string]any{}}
		for _, q := range s.Questions() {
			a.Answers[q] = true
		}
		e, err := s.Explain(a, "m")
		require.NoError(t, err)
		assert.Equal(t, parts, e.Inputs[1000].Contribution != nil, aggregate)
	}
}

// A whole explanation, as it is read.
func TestExplainText(t *testing.T) {
	s := compile(t, []byte(`{"id":"m","version":"1.0.0","aggregate":"share","met":{"value":{"atLeast":1}},"levels":[{"id":"a","title":"Low"},{"id":"b","title":"High","from":1,"require":{"question":"q","is":true}}],
		"children":[{"id":"p","answer":{"type":"yesno"}},{"id":"q","answer":{"type":"yesno"}},{"id":"r","title":"\u009fÅ\u007fS","answer":{"type":"yesno"}}]}`))
	e, err := s.Explain(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"p": true, "q": false}}, "m")
	require.NoError(t, err)
	assert.Equal(t, `m (m)
  0.5 (from 0 to 1)
  level 1 Low
  may end from 0.33 to 0.67
Share that is met:
  p    weight 1: 1, met  adds +0.5
  q    weight 1: 0, not met  adds +0
  Å S  weight 1: not answered, leaves
Start, all at their lowest: 0
Aggregated: 0.5
Levels:
  1 Low: reached
  2 High: not reached (≥ 1), its requirement fails
Answers:
  With every answer at its worst: 0
  p: adds +0.5
  q: adds +0; at its best: 1, level 2 High
  Å S: not answered; at its best: 2/3 (0.6667)
`, e.Text("en"))
	e, err = s.Explain(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"p": true, "q": false, "r": true}}, "m")
	require.NoError(t, err)
	assert.NotContains(t, e.Text("en"), "may end")
	e, err = s.Explain(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"p": true}}, "m")
	require.NoError(t, err)
	assert.Contains(t, e.Text("en"), "\n  may end from 0.33 to 1.00, level 1 Low – 2 High\n")
}

// A fraction of many digits is shown as what it is near, and ratios are told as such.
func TestExplainLongFractions(t *testing.T) {
	s := compile(t, []byte(`{"id":"m","version":"1.0.0","children":[{"id":"g","weight":999999937,"children":[{"id":"p","weight":999999929,"answer":{"type":"yesno"}},{"id":"q","weight":7.000000001,"answer":{"type":"yesno"}}]},{"id":"r","weight":3,"answer":{"type":"yesno"}}]}`))
	e, err := s.Explain(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"p": true, "q": false, "r": false}}, "m")
	require.NoError(t, err)
	assert.Greater(t, len(e.Value.Exact), 24)
	assert.Contains(t, e.Text("en"), "  ≈ 1.0000 (from 0 to 1)\n")
	assert.NotContains(t, e.Text("en"), "reads ratios")
	s = compile(t, []byte(`{"id":"m","version":"1.0.0","children":[{"id":"p","weight":10.000000019,"answer":{"type":"yesno"}},{"id":"q","weight":90.000000001,"answer":{"type":"yesno"}}]}`))
	e, err = s.Explain(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"p": true, "q": false}}, "m")
	require.NoError(t, err)
	assert.Contains(t, e.Text("en"), "  10000000019/100000000020 (0.1000) (from 0 to 1)\n") // as long as one may be
	s = compile(t, []byte(`{"id":"m","version":"1.0.0","read":"ratio","children":[{"id":"p","answer":{"type":"yesno"}}]}`))
	e, err = s.Explain(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"p": true}}, "m")
	require.NoError(t, err)
	assert.Contains(t, e.Text("en"), "\nWeighted mean, reads ratios:\n")
}

// A child that a reference hides by itself is told as hidden, although it has a value elsewhere.
func TestExplainHiddenReference(t *testing.T) {
	s := compile(t, []byte(`{"id":"m","version":"1.0.0","children":[{"id":"p","answer":{"type":"yesno"}},{"id":"q","title":"Q","answer":{"type":"yesno"}}],
		"views":[{"id":"v","children":[{"ref":"q","when":{"question":"p","is":true}},{"ref":"p","title":"Here"}]}]}`))
	e, err := s.Explain(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"p": false, "q": true}}, "v")
	require.NoError(t, err)
	assert.Equal(t, []maturity.Reason{maturity.IsHidden, maturity.ByValue}, []maturity.Reason{e.Inputs[0].Reason, e.Inputs[1].Reason})
	assert.True(t, e.Inputs[0].Reference && e.Inputs[1].Reference)
	assert.Equal(t, []maturity.Text{{"": "Q"}, {"": "Here"}}, []maturity.Text{e.Inputs[0].Title, e.Inputs[1].Title})
}

// What has no score has no pipeline to be told.
func TestExplainUnscored(t *testing.T) {
	s := compile(t, []byte(`{"id":"m","version":"1.0.0","children":[{"id":"p","answer":{"type":"yesno"}},{"id":"g","children":[{"id":"q","answer":{"type":"text"}}]},{"id":"h","adjust":[{"add":1}],"children":[{"ref":"q"}]}]}`))
	for _, id := range []string{"p", "g", "q", "h"} {
		e, err := s.Explain(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"p": true, "q": "text"}}, id)
		require.NoError(t, err)
		assert.True(t, e.Aggregate == "" && e.Read == "" && e.Inputs == nil, id)
	}
}

// How a value is rounded is told, also where the model leaves it at what is usual.
func TestExplainRounding(t *testing.T) {
	for mode, want := range map[string]maturity.RoundingMode{"": maturity.HalfUp, `,"mode":"floor"`: maturity.Floor} {
		s := compile(t, []byte(`{"id":"m","version":"1.0.0","round":{"digits":0`+mode+`},"children":[{"id":"q","answer":{"type":"yesno"}}]}`))
		e, err := s.Explain(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"q": true}}, "m")
		require.NoError(t, err)
		assert.Equal(t, want, e.Rounded.Mode)
	}
}

// Answers below a node are told, and those elsewhere where they matter.
func TestExplainAnswersElsewhere(t *testing.T) {
	s := compile(t, []byte(`{"id":"m","version":"1.0.0","children":[{"id":"g","adjust":[{"when":{"question":"a","is":true},"add":1}],"children":[{"id":"z","weight":0,"answer":{"type":"yesno"}},{"id":"p","answer":{"type":"yesno"}}]},
		{"id":"h","children":[{"id":"a","answer":{"type":"yesno"}},{"id":"b","answer":{"type":"yesno"}},{"id":"c","answer":{"type":"yesno"}}]}]}`))
	e, err := s.Explain(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"p": true, "b": true}}, "g")
	require.NoError(t, err)
	assert.False(t, e.Inputs[0].Reference)
	var told []string
	for _, answer := range e.Answers {
		told = append(told, answer.Question)
	}
	assert.Equal(t, []string{"z", "p", "a"}, told)
}

// The ratio of a root is only near the number meant, and that of a fraction is the number.
func TestExplainRatio(t *testing.T) {
	for op, want := range map[string]string{"mean": "4/7", "geometric": "≈0.6324555320336759"} { // √(8/20)
		s := compile(t, []byte(`{"id":"m","version":"1.0.0","aggregate":"`+op+`","children":[{"id":"q","answer":{"type":"yesno","points":{"yes":4,"no":0}}},{"id":"r","answer":{"type":"yesno","points":{"yes":5,"no":2}}}]}`))
		e, err := s.Explain(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"q": true, "r": false}}, "m")
		require.NoError(t, err)
		assert.Equal(t, want, e.Ratio.Exact)
	}
}

// A level that a requirement keeps from is told beside the one reached.
func TestExplainGatedLevel(t *testing.T) {
	s := compile(t, []byte(`{"id":"m","version":"1.0.0","levels":[{"id":"a","title":"Low"},{"id":"b","title":"High","from":0.5,"require":{"question":"q","is":true}}],"children":[{"id":"p","answer":{"type":"yesno"}},{"id":"q","answer":{"type":"yesno"}}]}`))
	e, err := s.Explain(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"p": true, "q": false}}, "m")
	require.NoError(t, err)
	assert.Contains(t, e.Text("en"), "  level 1 Low; by thresholds alone: 2 High\n")
}
