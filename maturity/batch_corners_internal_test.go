package maturity

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Small models of a few parts each, drawn from those that a batch treats apart, give what a row gives: in tables of any
// size, by numbers and by the pipeline; whatever is met first.
func TestBatchOfPartsEqualsRow(t *testing.T) {
	count := uint64(4000)
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
		assert.Greater(t, ways[way], 20, way)
	}
}

// So do models made to reach what is seldom drawn: groups of numbers whose weights have no common denominator, that are
// read as ratios, by conditions, and where they are hidden; numbers at the bounds; outcomes that sums do not tell apart.
func TestBatchOfCornersEqualsRow(t *testing.T) {
	at := 0
	questions := func(id string, weights []string, points ...string) string {
		var list []string
		for i, w := range weights {
			var options []string
			for j, p := range points {
				options = append(options, fmt.Sprintf(`{"value":"%d","points":%s}`, j, p))
			}
			list = append(list, fmt.Sprintf(`{"id":"%s%d","weight":%s,"stage":%d,"answer":{"type":"choice","options":[%s]}}`, id, i, w, 1+i, strings.Join(options, ",")))
		}
		return `"children":[` + strings.Join(list, ",") + `]`
	}
	primes, few, low := []string{"997", "991", "983", "977"}, []string{"1", "2"}, []string{"-1", "0", "-2"}
	ladder := `"levels":[{"id":"a"},{"id":"b","from":1.5},{"id":"c","above":2}],`
	group := func(id, fields, children string) string {
		return `{"id":"` + id + `","stage":2,` + fields + children + `}`
	}
	reads := func(condition string) string {
		return `"levels":[{"id":"a"},{"id":"b","require":{"node":"g",` + condition + `}}],`
	}
	gap := `"missing":"highest","notApplicable":"none",`
	two := func(fields string, weights, points []string) string {
		return fields + `"children":[` + group("g", ladder, questions("g", weights, points...)) + "," + group("h", gap+ladder, questions("h", weights, points...)) + `]`
	}
	ways := map[string]int{}
	check := func(model string) {
		s, err := CompileJSON([]byte(`{"id":"m","version":"1.0.0",`+model+`}`), nil)
		require.NoError(t, err, model)
		for _, most := range []int{maxTable, 100, 1} {
			b, err := s.Batch()
			require.NoError(t, err)
			if b.lanes != nil {
				b.lanes.most = most
			}
			at++
			batchEqualsRow(t, rand.New(rand.NewPCG(uint64(at), 10)), model, s, b, ways)
		}
	}
	spread := []string{"1", "3", "7"}
	for _, points := range [][]string{spread, low, {"999999.123456789", "1", "7"}, {"0", "0.000000001", "999999"}, {"1234567.5", "999999999", "-999999999"}} {
		for _, weights := range [][]string{few, primes, {"104729", "99991", "99989"}, {"0.000000001", "999999999", "1"}} {
			for _, fields := range []string{"", `"read":"ratio",`, `"aggregate":"min",`, `"aggregate":"max","scale":{"min":1,"max":3},`, `"aggregate":"sum","base":1.5,`, `"aggregate":"share","met":{"value":{"atLeast":2}},`,
				`"read":"ratio","scale":{"min":-999999999,"max":999999999.999999999},`, `"scale":{"min":0.000000001,"max":0.000000003},`, `"scale":{"min":0.5,"max":2.5},`, `"scale":{"min":0.1,"max":-5.9},`, gap} {
				check(two(fields+ladder, weights, points))
				if fields != gap && len(weights) == 2 { // and above them, what has no value
					check(`"children":[` + group("n", `"missing":"highest","notApplicable":"lowest",`+fields, two("", weights, points)) + `]`)
				}
			}
		}
	}
	for _, weights := range [][]string{few, primes, {"104729", "99991", "99989"}} { // thresholds of many digits, and sums that are large beside them
		for _, points := range [][]string{{"99999.123456", "0", "-99999.654321"}, {"999999.25", "-999999.75", "0.000000001"}, {"5", "0", "-5"}} {
			check(`"levels":[{"id":"a","from":-0.000000001},{"id":"b","from":0.000000001},{"id":"c","above":0.000000002}],` + questions("q", weights, points...))
			check(`"levels":[{"id":"a","from":0.000000001,"of":"ratio"},{"id":"b","above":0.333333333,"of":"ratio"},{"id":"c","from":0.999999999,"of":"ratio"}],` + questions("q", weights, points...))
		}
	}
	for _, op := range []string{"mean", "sum", "share", "staged", "max", "median"} { // groups that must not be missing, or take the value away, whose questions may be missing
		below := func(id string) string {
			return `"children":[{"id":"` + id + `1","missing":"exclude","answer":{"type":"yesno"}},{"id":"` + id + `2","missing":"exclude","answer":{"type":"yesno"}}]`
		}
		check(`"aggregate":"` + op + `",` + ladder + `"children":[` + group("g", `"missing":"error",`, below("g")) + "," + group("h", `"missing":"none",`, below("h")) + `,{"id":"q3","stage":1,"missing":"exclude","answer":{"type":"yesno"}}]`)
	}
	// a group whose range moves, hidden, and one that a reference hides
	check(`"read":"ratio",` + ladder + `"children":[{"id":"q","weight":0,"answer":{"type":"yesno"}},` + group("g", `"when":{"question":"q","is":true},`, `"children":[{"id":"g1","answer":{"type":"yesno"}},{"id":"g2","answer":{"type":"yesno","points":{"yes":3,"no":2}}}]`) + "," + group("h", "", questions("h", few, spread...)) + `]`)
	check(ladder + `"children":[` + group("g", "", `"children":[{"id":"g1","answer":{"type":"yesno"}},{"id":"g2","answer":{"type":"yesno","points":{"yes":3,"no":2}}}]`) + `,{"id":"q","answer":{"type":"yesno"}}],
		"views":[{"id":"v","read":"ratio",` + ladder + `"children":[{"ref":"g","when":{"question":"q","is":true}},{"ref":"q"}]}]`)
	// hidden groups whose ranges move, below what has no value and so takes the highest there may be
	moving := `"children":[{"id":"g1","missing":"exclude","notApplicable":"exclude","answer":{"type":"yesno"}},{"id":"g2","missing":"exclude","notApplicable":"exclude","answer":{"type":"yesno","points":{"yes":3,"no":2}}}]`
	out, most := `"missing":"exclude","notApplicable":"exclude"`, `"missing":"highest","notApplicable":"highest",`
	for range 5 {
		check(`"children":[{"id":"q","answer":{"type":"yesno"}},{"id":"x",` + out + `,"answer":{"type":"yesno"}},` + group("g", "", moving) + `],"views":[
			{"id":"v","children":[{"ref":"g",` + out + `,"when":{"question":"q","is":true}},{"ref":"x",` + out + `}]},{"id":"w","children":[{"ref":"v",` + most + `"weight":2},{"ref":"q"}]}]`)
		check(`"children":[{"id":"q","answer":{"type":"yesno"}},` + group("g", "", moving) + `,{"id":"h",` + most + `"children":[{"id":"x",` + out + `,"answer":{"type":"yesno"}},{"id":"k","when":{"question":"q","is":true},"children":[{"ref":"g",` + out + `}]}]}]`)
	}
	for _, condition := range []string{`{"question":"s","is":4}`, `{"question":"s","in":[3,5]}`, `{"not":{"question":"s","in":[2,3]}}`} { // of answers in numbers
		scale := `{"id":"s","stage":1,"answer":{"type":"scale","min":2,"max":6}}`
		check(ladder + `"children":[` + scale + "," + group("g", `"when":`+condition+`,`, questions("g", few, spread...)) + `]`)
		check(ladder + `"adjust":[{"when":` + condition + `,"add":1}],"children":[` + scale + "," + group("g", `"levels":[{"id":"a"},{"id":"b","require":`+condition+`}],`, questions("g", few, spread...)) + `]`)
		check(ladder + `"aggregate":"staged","met":` + condition + `,"children":[` + scale + "," + group("g", "", questions("g", primes, spread...)) + `]`)
	}
	for _, condition := range []string{`"value":{"atLeast":2.5}`, `"value":{"equals":3}`, `"value":{"atLeast":0}`, `"value":{"lessThan":9}`, `"value":{"moreThan":3}`, `"value":{"atMost":3}`, `"ratio":{"equals":0}`, `"ratio":{"moreThan":0.5}`, `"ratio":{"equals":1}`,
		`"level":{"atLeast":"c"}`, `"level":{"atLeast":"a"}`, `"value":{"atLeast":999999999.999999999}`, `"value":{"moreThan":1,"lessThan":7}`} {
		for _, points := range [][]string{spread, {"5"}, {"3", "3"}} {
			check(two(reads(condition), few, points))
			check(two(`"aggregate":"staged","need":0.6,"met":{"node":"g",`+condition+`},`, few, points))
		}
	}
	for _, op := range []string{"mean", "sum", "min", "max", "median", "share", "staged"} {
		for _, fields := range []string{"", `"read":"ratio",`, gap, `"missing":"error",`} {
			// in views: hidden by the first place that may be
			view := `,"views":[` + group("v", `"aggregate":"`+op+`",`+fields+ladder, `"children":[{"ref":"g","stage":1,"when":{"question":"q","is":true},"weight":2},{"ref":"h","stage":1,"weight":3},{"ref":"g1","stage":2,"when":{"question":"q","is":true}}]`) + `]`
			root := fields + `"children":[{"id":"q","answer":{"type":"yesno"}},` + group("g", ladder, questions("g", primes, spread...)) + "," + group("h", ladder, questions("h", few, low...)) + `]`
			check(root + view)
			check(root + `,"views":[{"id":"v","aggregate":"` + op + `",` + fields + ladder + `"children":[{"ref":"g1","stage":2,"when":{"question":"q","is":true}},{"ref":"h","stage":1}]}]`)
			// and a group hidden itself, that another reads
			check(fields + `"children":[{"id":"q","answer":{"type":"yesno"}},` + group("g", `"when":{"question":"q","is":true},"aggregate":"`+op+`",`+fields+ladder, questions("g", few, spread...)) + "," +
				group("h", `"when":{"node":"g","value":{"atLeast":1}},"scale":{"min":1,"max":3},`, questions("h", few, low...)) + `]`)
			// what has no value, and why
			for _, adjust := range []string{`"adjust":[{"when":{"value":{"lessThan":2}},"set":null}],`, ""} {
				check(`"notApplicable":"highest","children":[` + group("g", `"missing":"none","notApplicable":"lowest","aggregate":"`+op+`",`+adjust, questions("g", few, spread...)) + `]`)
				check(`"notApplicable":"highest","children":[` + group("g", `"missing":"exclude","notApplicable":"lowest","aggregate":"`+op+`",`+adjust, questions("g", few, low...)) + `]`)
				check(`"notApplicable":"highest","children":[` + group("g", `"missing":"exclude","notApplicable":"exclude","aggregate":"`+op+`",`+adjust, questions("g", few, low...)) + `]`)
			}
			check(fields + `"aggregate":"` + op + `","levels":[{"id":"a","require":{"node":"h","value":{"atLeast":0}}}],"children":[{"id":"h","weight":0,"children":[{"id":"q","answer":{"type":"yesno"}}]},{"id":"a","weight":999999999,"stage":1,"answer":{"type":"scale","min":1,"max":16}},{"id":"b","weight":0.000000001,"stage":2,"answer":{"type":"scale","min":17,"max":32}}]`)
		}
	}
	check(two(`"levels":[{"id":"a","require":{"node":"g","value":{"atLeast":3}}},{"id":"b","require":{"node":"h","value":{"lessThan":3}}}],`, few, spread))
	check(`"aggregate":"staged","need":0.05,"children":[{"id":"a","weight":999999999,"stage":1,"answer":{"type":"scale","min":1,"max":16}},{"id":"b","weight":0.000000001,"stage":2,"answer":{"type":"scale","min":17,"max":32}}]`)
	for _, need := range []string{"0.3", "0.5", "0.9"} { // weights that fit in half a word, and their sum does not
		check(`"aggregate":"staged","need":` + need + `,"met":{"value":{"atLeast":7}},"levels":[{"id":"a"},{"id":"b","from":1}],` + regexp.MustCompile(`"stage":.`).ReplaceAllString(questions("q", []string{"999999999", "999999998", "999999997", "999999996", "999999995"}, spread...), `"stage":1`))
	}
	for _, n := range []int{127, maxLanes} { // medians of more than half of what a byte can count
		list := make([]string, n)
		for i := range list {
			list[i] = fmt.Sprintf(`{"id":"q%d","answer":{"type":"yesno"}}`, i)
		}
		check(`"aggregate":"median","children":[` + strings.Join(list, ",") + `]`)
	}
	for range 10 { // logarithms of what comes to 1
		check(`"aggregate":"geometric","round":{"digits":0,"mode":"floor"},` + questions("g", []string{"1", "1", "1"}, "0.1", "2", "5", "0.7", "10", "0.2", "0.5"))
	}
	for _, way := range []string{"codes", "numbers", "crossed", "pipeline"} {
		assert.Greater(t, ways[way], 100, way)
	}
}

// A geometric mean that is exactly half a unit is rounded as such, also where floats come out below.
func TestBatchOfGeometricHalves(t *testing.T) {
	points := [2][]string{{"0.01", "0.08", "0.1", "0.2", "0.25", "0.05", "0.4"}, {"25", "3.125", "2.5", "1.25", "1", "5", "0.625"}}
	var questions []string
	for q, list := range points {
		var options []string
		for i, p := range list {
			options = append(options, fmt.Sprintf(`{"value":"%d","points":%s}`, i, p))
		}
		questions = append(questions, fmt.Sprintf(`{"id":"q%d","answer":{"type":"choice","options":[%s]}}`, q, strings.Join(options, ",")))
	}
	for _, mode := range []string{"half-up", "half-even", "half-away", "floor", "ceiling"} {
		s, err := CompileJSON([]byte(`{"id":"m","version":"1.0.0","aggregate":"geometric","round":{"digits":0,"mode":"`+mode+`"},"children":[`+strings.Join(questions, ",")+`]}`), nil)
		require.NoError(t, err)
		b, err := s.Batch()
		require.NoError(t, err)
		columns := make([][]uint8, 2)
		for i := range 49 {
			columns[0], columns[1] = append(columns[0], uint8(i/7)), append(columns[1], uint8(i%7))
		}
		columnsEqualRow(t, mode, s, b, columns, map[string]int{})
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
	points := [][]string{{"0", "1", "2"}, {"1", "2", "2.25"}, {"1", "100", "5000"}, {"-1", "0.5", "3"}, {"0", "1", "2"}, {"1", "2", "2.25"}, {"0", "-1", "-2"}, {"0.001", "1234567.891", "77.7"}, {"999999999.999999999", "7.7", "0.125"}}[r.IntN(9)]
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
		ladder := `,"levels":[{"id":"a"},{"id":"b","` + of("from", "above") + `":` + of(append(points, points[1], "999999999.999999999", "0.000000001")...) + `}]`
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
		s += seldom(`,"scale":{"min":1,"max":11}`, `,"scale":{"min":10,"max":0}`, `,"scale":{"min":0.000000001,"max":999999999.999999999}`)
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
