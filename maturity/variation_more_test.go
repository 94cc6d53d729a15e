package maturity_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A variation refuses what a score refuses, and a model whose denominators nine-digit weights would make too long.
func TestVariationRefuses(t *testing.T) {
	s := compile(t, []byte(`{"id":"m","version":"1.0.0","children":[{"id":"q","missing":"error","answer":{"type":"scale","min":0,"max":2}},{"id":"p","answer":{"type":"yesno"}}]}`))
	_, err := s.Variation(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"p": true}}, "m")
	assert.Equal(t, []string{"answer-required /answers/q"}, issuesIn(t, err))
	_, err = s.Variation(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"q": 1}}, "q")
	assert.ErrorIs(t, err, maturity.UnknownNode)
	v, err := s.Variation(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"q": 2, "p": false}}, "m")
	require.NoError(t, err)
	for _, bad := range []any{3, "x", 0.5, nil} {
		assert.Error(t, v.Set("q", bad))
		value, ok := v.Value()
		assert.True(t, ok && value == 1, value)
	}
	require.NoError(t, v.Set("q", 1))
	value, ok := v.Value()
	assert.True(t, ok && value == 0.5, value)

	wide := func(groups int) *maturity.Scorer {
		list := make([]string, groups)
		for i := range list {
			list[i] = fmt.Sprintf(`{"id":"g%d","children":[{"id":"p%d","answer":{"type":"yesno"}},{"id":"r%d","answer":{"type":"yesno"}}]}`, i, i, i)
		}
		return compile(t, []byte(`{"id":"m","version":"1.0.0","children":[`+strings.Join(list, ",")+`]}`))
	}
	s = wide(3000)
	a := &maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"p1": true, "r1": false}}
	_, err = s.Variation(a, "m")
	assert.Equal(t, []string{"too-large "}, issuesIn(t, err))
	v, err = s.Variation(a, "g1")
	require.NoError(t, err, "this group alone is small")
	require.True(t, v.SetWeight(0, 3_000_000_000))
	value, ok = v.Value()
	assert.True(t, ok && value == 0.75, value)
	_, err = wide(100).Variation(&maturity.Assessment{Model: maturity.ModelRef{ID: "m"}}, "m")
	assert.NoError(t, err)
}

// A variation lists the weights and thresholds that may matter, and no other. Below a product or a geometric mean are only those
// that cannot take a factor below 0.
func TestVariationLists(t *testing.T) {
	check := func(model, group, weights, thresholds string) {
		t.Helper()
		s := compile(t, []byte(`{"id":"m","version":"1.0.0",`+model+`}`))
		v, err := s.Variation(&maturity.Assessment{Model: s.Ref()}, group)
		require.NoError(t, err)
		var found []string
		for _, w := range v.Weights() {
			found = append(found, w.Group+"/"+w.Child)
		}
		assert.Equal(t, weights, strings.Join(found, " "), model)
		found = nil
		for _, th := range v.Thresholds() {
			found = append(found, fmt.Sprint(th.Path, " ", th.Group, " ", th.Of, " ", th.Value))
		}
		assert.Equal(t, thresholds, strings.Join(found, ", "), model)
	}
	group := func(id, fields, children string) string {
		return `{"id":"` + id + `",` + fields + `"children":[` + children + `]}`
	}
	question := func(id, low string) string {
		return `{"id":"` + id + `","answer":{"type":"yesno","points":{"yes":2,"no":` + low + `}}}`
	}
	pq := question("p", "0") + "," + question("q", "0")
	check(`"children":[`+pq+`]`, "m", "m/p m/q", "")
	check(`"aggregate":"sum","children":[`+question("p", "0")+`]`, "m", "m/p", "")
	check(`"aggregate":"share","met":{"value":{"atLeast":1}},"children":[`+pq+`]`, "m", "m/p m/q", "")
	check(`"aggregate":"staged","met":{"value":{"atLeast":1}},"children":[{"id":"a","weight":0,"answer":{"type":"yesno"}},{"id":"p","stage":1,"answer":{"type":"yesno"}},{"id":"q","stage":1,"answer":{"type":"yesno"}}]`,
		"m", "m/p m/q", "")
	for _, aggregate := range []string{"min", "max", "median", "product", "geometric"} {
		check(`"aggregate":"`+aggregate+`","children":[`+pq+`]`, "m", "", "")
	}
	check(`"children":[{"id":"a","weight":0,"answer":{"type":"yesno"}},`+question("p", "0")+`]`, "m", "", "") // nothing to be weighed against
	check(`"children":[{"id":"a","weight":0,"answer":{"type":"yesno"}},`+pq+`]`, "m", "m/p m/q", "")
	both := `"children":[` + group("g", `"levels":[{"id":"a"},{"id":"b","from":1},{"id":"c","above":0.5,"of":"ratio"}],`, pq) + `,` +
		group("h", `"levels":"l",`, `{"ref":"p"},{"ref":"q"}`) + `],"ladders":{"l":[{"id":"a","from":1.5}]},"views":[` +
		group("v", `"levels":"l",`, `{"ref":"h"},{"ref":"p"}`) + `,` + group("w", "", `{"ref":"q"},{"ref":"p"}`) + `]`
	g := "/children/0/levels/1/from g value 1, /children/0/levels/2/above g ratio 0.5"
	check(both, "m", "m/g m/h g/p g/q h/p h/q", g+", /ladders/l/0/from h value 1.5")
	check(both, "g", "g/p g/q", g)
	check(both, "v", "h/p h/q v/h v/p", "/ladders/l/0/from h value 1.5")
	check(both, "w", "w/q w/p", "")

	for _, aggregate := range []string{"product", "geometric"} {
		below := func(fields, children, weights string) { // "" of none
			t.Helper()
			check(`"aggregate":"`+aggregate+`","children":[`+group("g", "", group("h", fields, children)+`,`+question("r", "0"))+`]`, "m", strings.TrimSpace("g/h g/r "+weights), "")
		}
		below("", pq, "h/p h/q")
		below(`"aggregate":"sum","base":1,`, pq, "h/p h/q")
		if aggregate == "product" { // what could be below 0 if a child stayed away is none for a geometric mean
			below(`"aggregate":"sum","base":-1,`, question("p", "1")+`,`+question("q", "1"), "")
			below("", `{"id":"p","answer":{"type":"yesno","points":{"no":-1}}},{"id":"q","weight":2,"answer":{"type":"yesno","points":{"no":1}}}`, "")
		}
		below(`"read":"ratio",`, question("p", "-1")+`,`+question("q", "1"), "h/p h/q")
		below(`"aggregate":"share","met":{"value":{"atLeast":0}},`, question("p", "-1")+`,`+question("q", "1"), "h/p h/q")
		below(`"aggregate":"staged","met":{"value":{"atLeast":0}},`, `{"id":"p","stage":1,"answer":{"type":"yesno","points":{"no":-1}}},{"id":"q","stage":1,"answer":{"type":"yesno"}}`, "h/p h/q")
		below("", `{"id":"a","weight":0,"answer":{"type":"yesno","points":{"no":-1}}},`+pq, "h/p h/q")
		below(`"scale":{"min":0,"max":1},"aggregate":"sum","base":-1,`, group("i", "", pq), "") // and all below it
		check(`"aggregate":"`+aggregate+`","children":[`+group("g", `"adjust":[{"atLeast":0}],`, pq)+`,`+question("r", "0")+`]`, "m", "", "")
		check(`"aggregate":"`+aggregate+`","children":[`+pq+`],"views":[`+group("v", `"adjust":[{"atLeast":0}],`, group("g", "", `{"ref":"p"},{"ref":"q"}`)+`,{"ref":"p"}`)+`]`, "v", "v/g v/p g/p g/q", "")
	}
}

// Products of products that are read twice each are looked through once.
func TestVariationOfSharedProducts(t *testing.T) {
	views := []string{`{"id":"v0","aggregate":"product","children":[{"ref":"q"},{"ref":"q"}]}`}
	for i := 1; i < 60; i++ {
		views = append(views, fmt.Sprintf(`{"id":"v%d","aggregate":"min","children":[{"ref":"v%d"},{"ref":"v%d"}]}`, i, i-1, i-1))
	}
	views = append(views, `{"id":"top","aggregate":"product","children":[{"ref":"v59"}]}`)
	s := compile(t, []byte(`{"id":"m","version":"1.0.0","children":[{"id":"q","answer":{"type":"yesno"}}],"views":[`+strings.Join(views, ",")+`]}`))
	v, err := s.Variation(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"q": true}}, "top")
	require.NoError(t, err)
	value, ok := v.Value()
	assert.True(t, ok && value == 1, value)
}
