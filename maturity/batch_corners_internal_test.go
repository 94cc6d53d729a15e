package maturity

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Small models of a few parts each, drawn from those that a batch treats apart, give what a row gives: in tables of any
// size, by numbers and by the pipeline; whatever is met first.
func TestBatchOfPartsEqualsRow(t *testing.T) {
	count := uint64(20_000)
	if testing.Short() {
		count = 400
	}
	ways, models := map[string]int{}, 0
	for seed := range count {
		r := rand.New(rand.NewPCG(seed, 9))
		document := modelOfParts(r)
		s, err := CompileJSON(document, nil)
		if err != nil {
			continue // what does not go together
		}
		models++
		b, err := s.Batch()
		require.NoError(t, err)
		if b.lanes != nil {
			b.lanes.most = []int{maxTable, maxTable, 100, 20, 1, 1}[r.IntN(6)]
		}
		batchEqualsRow(t, r, fmt.Sprintf("seed %d\n%s", seed, document), s, b, ways)
	}
	assert.Greater(t, models, int(count/2))
	for _, way := range []string{"codes", "numbers", "crossed", "pipeline", "row", "wide"} {
		assert.Greater(t, ways[way], 100, way)
	}
}

// modelOfParts draws a root of a group of a group and of questions, and a view of them.
func modelOfParts(r *rand.Rand) []byte {
	of := func(parts ...string) string { return parts[r.IntN(len(parts))] }
	plain := r.IntN(8) == 0
	often := func(part string) string {
		if plain || r.IntN(2) > 0 {
			return ""
		}
		return part
	}
	seldom := func(parts ...string) string {
		if plain || r.IntN(6) > 0 {
			return ""
		}
		return of(parts...)
	}
	op := of("mean", "mean", "mean", "sum", "min", "max", "median", "share", "staged", "product", "geometric")
	risen := op == "product" || op == "geometric" // nothing may be below 0
	ops := func() string {
		if plain || r.IntN(3) > 0 {
			return op
		}
		return of("mean", "mean", "sum", "min", "max", "median", "share", "staged")
	}
	weights := [][]string{{"1"}, {"1", "2", "3"}, {"5", "7"}, {"997", "991", "983", "977", "971", "967"}, {"0", "0.5", "1"}, {"1", "2", "3"}, {"5", "7"}, {"9e8", "8e8", "123456789.123456789"}}[r.IntN(8)]
	points := [][]string{{"0", "1", "2"}, {"1", "2", "2.25"}, {"1", "100", "5000"}, {"-1", "0.5", "3"}, {"0", "1", "2"}, {"1", "2", "2.25"}, {"-1", "0.5", "3"}, {"999999999.999999999", "7.7", "0.125"}}[r.IntN(8)]
	if risen {
		weights, points = [][]string{{"1"}, {"1", "2", "3"}, {"5", "7"}}[r.IntN(3)], [][]string{{"0", "1", "2"}, {"1", "2", "2.25"}, {"1", "100", "5000"}}[r.IntN(3)]
	}
	low := "-1"
	if risen {
		low = "0"
	}
	condition := func(nodes ...string) string {
		node := of(nodes...)
		about := fmt.Sprintf(`"node":%q,`, node)
		other := about + `"level":{"atLeast":"b"}`
		if node[0] == 'q' {
			other = fmt.Sprintf(`"question":%q,"answered":%s`, node, of("true", "false"))
		}
		return "{" + of(other, other,
			about+`"value":{"`+of("atLeast", "moreThan", "atMost", "lessThan", "equals")+`":`+of(points...)+`}`,
			about+`"ratio":{"`+of("atLeast", "moreThan", "atMost", "lessThan", "equals")+`":`+of("0", "0.5", "1")+`}`,
			about+`"completeness":{"atLeast":0.5}`,
			`"not":{`+about+`"value":{"atLeast":1}}`) + "}"
	}
	policies := func() string {
		return seldom(`,"missing":"lowest"`, `,"missing":"highest"`, `,"missing":"none"`, `,"missing":"error"`) +
			seldom(`,"notApplicable":"lowest"`, `,"notApplicable":"highest"`, `,"notApplicable":"none"`, `,"notApplicable":"forbid"`)
	}
	common := func() string {
		return policies() + `,"weight":` + of(weights...) + `,"stage":` + of("1", "1", "2", "3")
	}
	group := func(read ...string) string {
		op := ops()
		s := `,"aggregate":"` + op + `"`
		ladder := `,"levels":[{"id":"a"},{"id":"b","` + of("from", "above") + `":` + of(points...) + `}]`
		if op == "geometric" {
			return s + of(`,"round":{"digits":1}`, `,"round":{"digits":0,"mode":"floor"}`) + ladder
		}
		if op == "staged" {
			s += of("", `,"need":0.75`, `,"need":0.5`) + of("", `,"emptyStage":"fail"`)
		}
		if op == "sum" {
			s += of("", `,"base":2.5`)
		}
		if op == "staged" || op == "share" {
			s += `,"met":` + of(`{"ratio":{"atLeast":0.5}}`, `{"value":{"moreThan":1}}`, condition(read...))
		}
		s += seldom(`,"read":"ratio"`)
		s += seldom(`,"round":{"digits":1}`, `,"round":{"digits":0,"mode":"floor"}`)
		s += seldom(`,"scale":{"min":1,"max":11}`, `,"scale":{"min":10,"max":0}`)
		s += seldom(`,"adjust":[{"when":{"value":{"lessThan":1}},"multiply":0.5},{"atMost":2}]`, `,"adjust":[{"when":`+condition(read...)+`,"set":null}]`,
			`,"adjust":[{"when":`+condition(read...)+`,"set":0.5},{"add":`+low+`}]`)
		if plain {
			return s + ladder
		}
		s += of(ladder,
			`,"levels":[{"id":"a","of":"ratio","from":0.25},{"id":"b","of":"ratio","`+of("from", "above")+`":`+of("0.5", "1")+`}]`,
			`,"levels":[{"id":"a"},{"id":"b","require":`+condition(read...)+`}]`)
		return s
	}
	when := func(nodes ...string) string { return seldom(`,"when":` + condition(nodes...)) }
	choice := func(id string) string {
		var options []string
		for i, p := range points {
			options = append(options, fmt.Sprintf(`{"value":"%d","points":%s}`, i, p))
		}
		return `{"id":"` + id + `"` + when("q1") + common() + `,"answer":{"type":"choice","options":[` + strings.Join(options, ",") + `]}}`
	}
	q1 := `{"id":"q1"` + common() + `,"answer":{"type":"choice","options":[{"value":"0","points":` + points[0] + `},{"value":"1","points":` + points[2] + `}]}}`
	q2 := `{"id":"q2"` + when("q1") + common() + `,"answer":{"type":"yesno"}}`
	q3 := `{"id":"q3"` + common() + `,"answer":{"type":"scale","min":` + of("0", low, "1") + `,"max":` + of("2", "2", "150") + `}}`
	ref := func(id string, nodes ...string) string {
		points := ""
		if id == "q4" {
			points = seldom(`,"points":{"0":3,"2":` + low + `}`)
		}
		return `{"ref":"` + id + `"` + when(nodes...) + common() + points + `}`
	}
	inner := `{"id":"inner"` + when("q1", "q3") + common() + group("q1", "q2", "q3", "q4") + `,"children":[` + choice("q4") + "," + choice("q5") + often(","+ref("q3", "q1", "q3", "q4")) + `]}`
	other := `{"id":"other"` + when("q1", "inner") + common() + group("q1", "inner") + `,"children":[` + choice("q6") + "," + choice("q7") + of("", ","+choice("q8")) + `]}`
	outer := `{"id":"outer"` + when("q1") + common() + group("q1", "q2", "inner") + `,"children":[` + inner + of("", ","+other, ","+other) + `]}`
	view := often(`,"views":[{"id":"view"` + when("root", "outer") + group("q1", "inner", "root") + `,"children":[` + ref("outer", "q1", "root") + "," + ref("q4", "q1", "root") + often(","+ref("inner", "outer", "root")) + `]}]`)
	return []byte(`{"id":"root","version":"1.0.0"` + policies() + group("q1", "outer", "inner", "q2") + `,"children":[` + q1 + "," + q2 + "," + q3 + "," + outer + `]` + view + `}`)
}
