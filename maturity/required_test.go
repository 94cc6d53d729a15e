package maturity_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Under the policy error a score names every question whose answer is needed, in document order, and no other.
func TestRequired(t *testing.T) {
	s := compile(t, []byte(`{"id":"m","version":"1.0.0","children":[
		{"id":"first","answer":{"type":"yesno"}},
		{"id":"g1","missing":"error","children":[{"id":"a","answer":{"type":"yesno"}},{"id":"b","weight":0,"answer":{"type":"yesno"}},
			{"id":"c","when":{"question":"a","is":true},"answer":{"type":"yesno"}},{"id":"t","answer":{"type":"text"}}]},
		{"id":"g2","children":[{"id":"d","missing":"error","answer":{"type":"yesno"}},{"id":"e","answer":{"type":"yesno"}}]},
		{"id":"g3","when":{"question":"e","is":true},"children":[{"id":"f","missing":"error","answer":{"type":"yesno"}}]},
		{"id":"g4","missing":"error","children":[{"id":"h","missing":"exclude","answer":{"type":"yesno"}},{"id":"i","missing":"lowest","weight":0,"answer":{"type":"yesno"}},
			{"id":"k","children":[{"id":"j","missing":"exclude","answer":{"type":"yesno"}}]}]},
		{"id":"g5","children":[{"ref":"e","missing":"error","when":{"question":"first","is":true}},{"ref":"first"}]}]}`))
	check := func(answers string, want ...string) {
		t.Helper()
		a := &maturity.Assessment{Model: s.Ref(), Answers: map[string]any{}, NotApplicable: map[string]string{}}
		for _, id := range strings.Fields(answers) {
			switch {
			case id[0] == '-':
				a.Answers[id[1:]] = false
			case id[0] == '?':
				a.NotApplicable[id[1:]] = "r"
			default:
				a.Answers[id] = true
			}
		}
		var paths []string
		for _, id := range want {
			paths = append(paths, "answer-required /answers/"+id)
		}
		if paths == nil {
			paths = []string{}
		}
		_, err := s.Score(a)
		assert.Equal(t, paths, issuesIn(t, err), answers)
		session, err := s.Session(a)
		require.NoError(t, err)
		_, err = session.Result()
		assert.Equal(t, paths, issuesIn(t, err), answers)
	}
	check("", "a", "d", "h", "j")
	check("a", "c", "d", "h", "j")
	check("-a", "d", "h", "j")
	check("?a", "d", "h", "j")
	check("-a d", "h", "j")
	check("-a d h", "j")
	check("-a d j")
	check("-a d j -e")
	check("-a d j e", "f")
	check("-a d j e f")
	check("-a d j first", "e")
	check("-a d j -first")
	check("-a d j first ?e")
	check("-a ?d j first e f")
	check("-a d j first e ?f")

	// The first place that may be hidden is a reference.
	s = compile(t, []byte(`{"id":"m","version":"1.0.0","children":[{"id":"first","answer":{"type":"yesno"}},{"id":"d","missing":"error","answer":{"type":"yesno"}},{"id":"e","answer":{"type":"yesno"}}],
		"views":[{"id":"v","children":[{"ref":"e","missing":"error","when":{"question":"first","is":true}},{"ref":"first"}]}]}`))
	check("", "d")
	check("first", "d", "e")

	// A group that has lost its value, although every answer is there.
	s = compile(t, []byte(`{"id":"m","version":"1.0.0","children":[{"id":"g","missing":"error","adjust":[{"set":null}],"children":[{"id":"q","answer":{"type":"yesno"}}]}]}`))
	_, err := s.Score(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"q": true}})
	assert.Equal(t, []string{"answer-required /answers"}, issuesIn(t, err))
}

// What is doubled in an object is found wherever it stands, in small objects and in large ones.
func TestDuplicateKeys(t *testing.T) {
	for _, n := range []int{1, 2, 3, 7, 8, 9, 127, 128, 129, 300} {
		for _, again := range []int{0, n / 2, n - 1} {
			var keys, want []string
			for i := range n {
				keys = append(keys, fmt.Sprintf(`"k%d":"x"`, i*7919%1000))
			}
			keys = append(keys, keys[again])
			if n > 2 {
				keys = append(keys, keys[1], keys[again])
			}
			for i := n; i < len(keys); i++ {
				want = append(want, "duplicate-key /comments/"+keys[i][1:strings.IndexByte(keys[i], ':')-1])
			}
			_, err := maturity.ParseAssessment([]byte(`{"model":{"id":"m"},"answers":{},"comments":{`+strings.Join(keys, ",")+`}}`), nil)
			assert.Equal(t, want, issuesIn(t, err), "%d, %d", n, again)
		}
	}
}

// Alternatives of a requirement have one number, those within an alternative too, and what one takes stands together.
func TestBlockersOfAlternatives(t *testing.T) {
	yes := func(id string) string { return `{"id":"` + id + `","answer":{"type":"yesno"}}` }
	is := func(id string) string { return `{"question":"` + id + `","is":true}` }
	s := compile(t, []byte(`{"id":"m","version":"1.0.0","children":[`+yes("a")+`,`+yes("b")+`,`+yes("c")+`,`+yes("d")+`,`+yes("e")+`],"levels":[{"id":"low"},{"id":"high","require":{"all":[
		{"any":[`+is("a")+`,{"all":[`+is("b")+`,{"any":[`+is("c")+`,`+is("d")+`]}]}]},{"any":[`+is("e")+`]},{"not":{"all":[{"question":"b","is":false},{"question":"c","is":false}]}}]}}]}`))
	check := func(answers map[string]any, want ...string) {
		t.Helper()
		r, err := s.Score(&maturity.Assessment{Model: s.Ref(), Answers: answers})
		require.NoError(t, err)
		got := []string{}
		for _, b := range r.Root().Blockers {
			got = append(got, fmt.Sprintf("%s %s %v not %v any %d alternative %d", b.Question, b.Test, b.Want, b.Not, b.AnyOf, b.Alternative))
		}
		assert.Equal(t, append([]string{}, want...), got)
	}
	check(map[string]any{"a": true, "e": true, "b": true})
	check(map[string]any{"a": true, "e": true, "b": false, "c": false},
		"b is [false] not true any 1 alternative 1", "c is [false] not true any 1 alternative 2")
	check(map[string]any{"a": false, "b": true, "c": false, "d": false, "e": false},
		"a is [true] not false any 1 alternative 1", "c is [true] not false any 1 alternative 2", "d is [true] not false any 1 alternative 2", "e is [true] not false any 0 alternative 0")
	check(map[string]any{"a": false, "b": false, "c": true, "d": false, "e": true},
		"a is [true] not false any 1 alternative 1", "b is [true] not false any 1 alternative 2")
}

// A level may require that its own group is complete, and says what it is short of.
func TestBlockerOfOwnCompleteness(t *testing.T) {
	s := compile(t, []byte(`{"id":"m","version":"1.0.0","levels":[{"id":"low"},{"id":"high","require":{"all":[{"node":"m","completeness":{"atLeast":0.75}}]}}],
		"children":[{"id":"p","answer":{"type":"yesno"}},{"id":"q","answer":{"type":"yesno"}}]}`))
	r, err := s.Score(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"p": true}})
	require.NoError(t, err)
	assert.Equal(t, []maturity.Blocker{{Level: "high", Node: "m", Reads: "completeness", Test: "atLeast", Want: []string{"0.75"}, Has: 0.5, HasValue: true}}, r.Root().Blockers)
	r, err = s.Score(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"p": true, "q": false}})
	require.NoError(t, err)
	assert.Equal(t, "high", r.Root().Level)
	assert.Empty(t, r.Root().Blockers)
}

// A blocker that reads a ratio tells it, where there is one.
func TestBlockersOfRatios(t *testing.T) {
	s := compile(t, []byte(`{"id":"m","version":"1.0.0","levels":[{"id":"low"},{"id":"high","require":{"node":"g","ratio":{"moreThan":0.5}}}],"children":[
		{"id":"g","children":[{"id":"p","answer":{"type":"yesno","points":{"yes":4}}},{"id":"q","answer":{"type":"yesno","points":{"yes":4}}}]},{"id":"r","answer":{"type":"yesno"}}]}`))
	for want, answers := range map[float64]map[string]any{0.5: {"p": true, "q": false, "r": true}, 0: {"r": true}} {
		r, err := s.Score(&maturity.Assessment{Model: s.Ref(), Answers: answers})
		require.NoError(t, err)
		assert.Equal(t, []maturity.Blocker{{Level: "high", Node: "g", Reads: "ratio", Test: "moreThan", Want: []string{"0.5"}, Has: want, HasValue: want > 0}}, r.Root().Blockers)
	}
}

// A view may ask something of the root, which is named as what lacks it.
func TestBlockersOfViews(t *testing.T) {
	s := compile(t, []byte(`{"id":"m","version":"1.0.0","children":[{"id":"q","answer":{"type":"yesno"}}],
		"views":[{"id":"v","levels":[{"id":"low"},{"id":"high","require":{"node":"m","value":{"atLeast":1}}}],"children":[{"ref":"q"}]}]}`))
	r, err := s.Score(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"q": false}})
	require.NoError(t, err)
	v, _ := r.Node("v")
	assert.Equal(t, []maturity.Blocker{{Level: "high", Node: "m", Reads: "value", Test: "atLeast", Want: []string{"1"}, HasValue: true}}, v.Blockers)
}
