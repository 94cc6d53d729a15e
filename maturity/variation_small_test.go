package maturity_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestVariationOfSmallModels varies models that have something each which the quick view must know, under every assessment of
// theirs: the outcome is that of a model with these weights and thresholds. Of some levels only the exact pipeline is sure;
// how many is known, too.
func TestVariationOfSmallModels(t *testing.T) {
	yes := func(id string) string { return `{"id":"` + id + `","answer":{"type":"yesno"}}` }
	two := func(id string) string { return `{"id":"` + id + `","answer":{"type":"yesno","points":{"yes":2}}}` }
	group := func(id, fields, children string) string {
		return `{"id":"` + id + `",` + fields + `"children":[` + children + `]}`
	}
	const levels, ratios = `"levels":[{"id":"a"},{"id":"b","from":0.55},{"id":"c","from":1.1}],`, `"levels":[{"id":"a"},{"id":"b","from":0.35,"of":"ratio"},{"id":"c","above":0.6,"of":"ratio"}],`
	even := yes("q1") + `,` + yes("q2") // questions of one range
	odd := yes("q1") + `,` + two("q2")
	gate := func(require, children string) string {
		return `"levels":[{"id":"a"},{"id":"b","require":` + require + `},{"id":"c","from":0.8}],"children":[` + children + `]`
	}
	for name, m := range map[string]struct {
		slow  int
		model string
	}{
		"means of means":                                   {0, levels + `"children":[` + group("g", "", even) + `,` + two("q3") + `]`},
		"sums of sums":                                     {224, `"aggregate":"sum","base":-0.3,` + ratios + `"children":[` + group("g", `"aggregate":"sum","base":1.7,`, even) + `,` + two("q3") + `]`},
		"sums of sums, by value":                           {0, `"aggregate":"sum","base":-0.3,` + levels + `"children":[` + group("g", `"aggregate":"sum","base":1.7,`, even) + `,` + two("q3") + `]`},
		"the lowest of means":                              {0, `"aggregate":"min",` + levels + `"children":[` + group("g", "", odd) + `,` + group("h", "", `{"ref":"q2"},`+yes("q3")) + `]`},
		"the highest of means":                             {0, `"aggregate":"max",` + levels + `"children":[` + group("g", "", odd) + `,` + group("h", "", `{"ref":"q2"},`+yes("q3")) + `]`},
		"the middle of means":                              {48, `"aggregate":"median",` + levels + `"children":[` + group("g", "", odd) + `,` + yes("q3") + `]`},
		"means of medians":                                 {0, levels + `"children":[` + group("g", `"aggregate":"median",`, odd) + `,` + yes("q3") + `]`},
		"a product of means":                               {48, `"aggregate":"product",` + levels + `"children":[` + group("g", "", odd) + `,` + two("q3") + `]`},
		"means of geometric means":                         {0, levels + `"children":[` + group("g", `"aggregate":"geometric","round":{"digits":1},`, odd) + `,` + yes("q3") + `]`},
		"ratios of means of one range":                     {0, `"read":"ratio",` + ratios + `"children":[` + group("g", levels, even) + `,` + two("q3") + `]`},
		"ratios of means of different ranges":              {224, `"read":"ratio",` + ratios + `"children":[` + group("g", levels, odd) + `,` + two("q3") + `]`},
		"ratios of one point":                              {0, `"read":"ratio",` + levels + `"children":[` + group("g", ratios, `{"id":"q1","answer":{"type":"yesno","points":{"yes":1,"no":1}}},{"ref":"q1"}`) + `,` + two("q3") + `]`},
		"a level by the ratio of a point":                  {0, ratios + `"children":[{"id":"q1","answer":{"type":"yesno","points":{"yes":1,"no":1}}},{"ref":"q1"}]`},
		"ratio levels of different ranges":                 {48, ratios + `"children":[` + odd + `]`},
		"a scale over one range":                           {0, ratios + `"scale":{"min":3,"max":1},"children":[` + group("g", `"scale":{"min":0,"max":2},`, even) + `,` + two("q3") + `]`},
		"a scale over different ranges":                    {192, levels + `"children":[` + group("g", `"scale":{"min":2,"max":0},`, odd) + `,` + yes("q3") + `]`},
		"a scale over a sum":                               {224, levels + `"scale":{"min":0,"max":2},"children":[` + group("g", `"aggregate":"sum",`, odd) + `,` + yes("q3") + `]`},
		"a scale over rounded ranges":                      {224, levels + `"scale":{"min":0,"max":2},"children":[` + group("g", `"round":{"digits":0},`, odd) + `,` + group("h", `"round":{"digits":1,"mode":"floor"},`, yes("q3")+`,{"ref":"q1"}`) + `]`},
		"a share that is equal":                            {32, levels + `"aggregate":"share","met":{"value":{"atLeast":1}},"children":[` + group("g", `"aggregate":"share","met":{"ratio":{"atLeast":0.5}},`, even) + `,` + two("q3") + `]`},
		"met by what does not vary":                        {0, levels + `"scale":{"min":0,"max":2},"aggregate":"share","met":{"value":{"atLeast":1}},"children":[` + group("g", `"aggregate":"max",`, odd) + `,` + two("q3") + `]`},
		"met by what varies":                               {192, levels + `"aggregate":"share","met":{"value":{"atLeast":0.9}},"children":[` + group("g", "", odd) + `,` + two("q3") + `]`},
		"met by a level":                                   {224, levels + `"aggregate":"share","met":{"any":[{"level":{"atLeast":"b"}},{"not":{"value":{"lessThan":1}}}]},"children":[` + group("g", `"aggregate":"max",`+levels, odd) + `,` + group("h", levels, yes("q3")) + `]`},
		"met by another node":                              {192, `"children":[` + group("s", levels+`"aggregate":"share","met":{"any":[{"value":{"atLeast":2}},{"node":"g","value":{"atLeast":0.9}}]},`, `{"ref":"q2"},`+yes("q3")) + `,` + group("g", "", odd) + `]`},
		"met by a ratio of different ranges":               {192, levels + `"aggregate":"share","met":{"ratio":{"atLeast":0.6}},"children":[` + group("g", "", odd) + `,` + two("q3") + `]`},
		"stages":                                           {72, levels + `"aggregate":"staged","need":0.5,"met":{"value":{"atLeast":1}},"children":[{"id":"q1","stage":1,"answer":{"type":"yesno"}},{"id":"q2","stage":1,"answer":{"type":"yesno"}},{"id":"q3","stage":2,"answer":{"type":"yesno"}}]`},
		"policies":                                         {0, levels + `"missing":"highest","notApplicable":"lowest","children":[` + group("g", "", odd) + `,` + two("q3") + `]`},
		"policies with different ranges":                   {64, levels + `"children":[` + `{"id":"g","missing":"highest","notApplicable":"lowest","children":[{"id":"q1","missing":"exclude","notApplicable":"exclude","answer":{"type":"yesno"}},{"id":"q2","missing":"exclude","notApplicable":"exclude","answer":{"type":"yesno","points":{"yes":2}}}]},` + two("q3") + `]`},
		"policies with ratios":                             {256, `"read":"ratio",` + levels + `"children":[{"id":"g","missing":"highest","notApplicable":"lowest","aggregate":"sum","children":[{"id":"q1","missing":"exclude","notApplicable":"exclude","answer":{"type":"yesno"}},{"id":"q2","missing":"exclude","notApplicable":"exclude","answer":{"type":"yesno","points":{"yes":2}}}]},` + two("q3") + `]`},
		"policies that take a value away":                  {0, levels + `"missing":"none","children":[` + group("g", `"missing":"exclude",`, odd) + `,` + two("q3") + `]`},
		"an adjustment of what does not vary":              {7, levels + `"children":[` + group("g", `"aggregate":"max","adjust":[{"when":{"question":"q3","is":true},"add":0.3}],`, even) + `,` + yes("q3") + `]`},
		"an adjustment of what is equal":                   {8, levels + `"adjust":[{"when":{"value":{"atLeast":0.5}},"add":0.3}],"children":[` + even + `]`},
		"an adjustment by another node":                    {216, levels + `"children":[` + group("g", "", odd) + `,` + group("h", `"aggregate":"max","adjust":[{"when":{"not":{"node":"g","value":{"atLeast":0.9}}},"set":0.3}],`, yes("q3")) + `]`},
		"an adjustment by a ratio":                         {192, levels + `"children":[` + group("g", `"adjust":[{"when":{"ratio":{"atLeast":0.6}},"add":0.3}],`, odd) + `,` + yes("q3") + `]`},
		"a value that is set for nothing":                  {240, levels + `"children":[` + group("g", `"aggregate":"sum","adjust":[{"when":{"completeness":{"lessThan":1}},"set":0.3}],`, odd) + `,` + yes("q3") + `]`},
		"a value that is taken away":                       {0, levels + `"children":[` + group("g", `"missing":"lowest","aggregate":"min","adjust":[{"when":{"question":"q3","is":true},"set":null}],`, odd) + `,` + yes("q3") + `]`},
		"hidden by an answer":                              {0, levels + `"children":[` + yes("q1") + `,` + group("g", `"when":{"question":"q1","is":true},`, two("q2")+`,`+yes("q3")) + `]`},
		"hidden by a value":                                {256, levels + `"children":[` + group("g", "", odd) + `,{"id":"q3","when":{"any":[{"node":"g","value":{"atLeast":0.9}}]},"answer":{"type":"yesno"}}]`},
		"points of its own":                                {0, levels + `"children":[{"id":"c","weight":0,"answer":{"type":"choice","options":[{"value":"yes","points":1},{"value":"no"}]}},` + two("q1") + `,` + group("g", "", `{"ref":"c","points":{"yes":3,"no":0.5},"missing":"lowest"},{"ref":"q1"}`) + `]`},
		"rounded half up":                                  {1, levels + `"children":[` + group("g", `"round":{"digits":1},`, odd) + `,` + yes("q3") + `]`},
		"rounded half away":                                {1, levels + `"children":[` + group("g", `"round":{"digits":1,"mode":"half-away"},`, odd) + `,` + yes("q3") + `]`},
		"rounded half even":                                {1, levels + `"children":[` + group("g", `"round":{"digits":1,"mode":"half-even"},`, odd) + `,` + yes("q3") + `]`},
		"rounded down":                                     {1, levels + `"children":[` + group("g", `"round":{"digits":1,"mode":"floor"},`, odd) + `,` + yes("q3") + `]`},
		"rounded up":                                       {0, levels + `"children":[` + group("g", `"round":{"digits":1,"mode":"ceiling"},`, odd) + `,` + yes("q3") + `]`},
		"cut off below 0":                                  {4, `"levels":[{"id":"a"},{"id":"b","above":-0.35},{"id":"c","above":-0.15}],"children":[` + group("g", `"round":{"digits":1,"mode":"truncate"},`, `{"id":"q1","answer":{"type":"yesno","points":{"yes":-1}}},{"id":"q2","answer":{"type":"yesno","points":{"no":-0.5,"yes":0.3}}}`) + `,` + yes("q3") + `]`},
		"ratios of what is rounded":                        {224, `"read":"ratio",` + ratios + `"children":[` + group("g", `"round":{"digits":0},`, odd) + `,` + yes("q3") + `]`},
		"a gate on a level":                                {0, gate(`{"node":"g","level":{"atLeast":"b"}}`, group("g", levels, odd)+`,`+yes("q3"))},
		"a gate on a value":                                {0, gate(`{"node":"g","value":{"atLeast":0.4,"lessThan":1.3}}`, group("g", "", odd)+`,`+yes("q3"))},
		"a gate on a value and its other side":             {0, gate(`{"all":[{"node":"g","value":{"moreThan":0.4}},{"not":{"node":"g","value":{"atMost":0.7}}}]}`, group("g", "", odd)+`,`+yes("q3"))},
		"a gate on what equals":                            {0, gate(`{"any":[{"node":"g","value":{"equals":0.5}},{"node":"g","value":{"equals":1.2}},{"question":"q3","is":true}]}`, group("g", "", odd)+`,`+yes("q3"))},
		"a gate on a ratio":                                {0, gate(`{"node":"g","ratio":{"atLeast":0.4}}`, group("g", "", even)+`,`+yes("q3"))},
		"a gate on a ratio of different ranges":            {144, gate(`{"any":[{"question":"q3","is":true},{"not":{"node":"g","ratio":{"atLeast":0.4}}}]}`, group("g", "", odd)+`,`+yes("q3"))},
		"a gate on a ratio of what is equal":               {192, gate(`{"node":"g","ratio":{"atLeast":0.7}}`, group("g", "", `{"id":"q1","answer":{"type":"yesno","points":{"yes":2}}},{"id":"q2","answer":{"type":"yesno","points":{"yes":2,"no":-1}}}`)+`,`+yes("q3"))},
		"two gates, one in doubt":                          {48, gate(`{"all":[{"question":"q3","is":true},{"node":"g","ratio":{"atLeast":0.4}}]}`, group("g", "", odd)+`,`+yes("q3"))},
		"a gate on the ratio of what is equal by policies": {240, gate(`{"node":"g","ratio":{"atLeast":0.4}}`, group("g", `"aggregate":"mean",`, `{"id":"q1","missing":"highest","answer":{"type":"yesno"}},{"id":"q2","missing":"lowest","answer":{"type":"yesno","points":{"yes":2,"no":1}}}`)+`,`+yes("q3"))},
		"a gate on a value of what is equal":               {0, gate(`{"node":"g","value":{"atLeast":2}}`, group("g", "", `{"id":"q1","answer":{"type":"yesno","points":{"yes":2}}},{"id":"q2","answer":{"type":"yesno","points":{"yes":2,"no":-1}}}`)+`,`+yes("q3"))},
		"gates on levels of means":                         {0, gate(`{"all":[{"node":"g","level":{"atLeast":"b"}},{"node":"h","value":{"moreThan":0.5}},{"not":{"node":"g","level":{"atLeast":"c"}}}]}`, group("g", `"levels":[{"id":"a"},{"id":"b","from":0.5},{"id":"c","above":1}],`, odd)+`,`+group("h", "", yes("q3")+`,{"ref":"q1"}`))},
		"a gate on what is set":                            {0, gate(`{"node":"g","level":{"atLeast":"b"}}`, group("g", levels+`"aggregate":"max","adjust":[{"set":1}],`, even)+`,`+yes("q3"))},
		"a gate on the root":                               {0, gate(`{"question":"q3","answered":true}`, odd+`,`+yes("q3")) + `,"views":[` + group("v", `"levels":[{"id":"a"},{"id":"b","require":{"not":{"node":"m","level":{"atLeast":"c"}}}},{"id":"c","require":{"node":"m","value":{"lessThan":0.55}}}],`, `{"ref":"q3"},{"ref":"q1"}`) + `]`},
		"a gate on a root that is not known":               {256, `"adjust":[{"add":0.1}],"children":[` + odd + `,` + yes("q3") + `],"views":[` + group("v", `"levels":[{"id":"a"},{"id":"b","require":{"node":"m","value":{"atLeast":0.7}}}],`, `{"ref":"q3"},{"ref":"q1"}`) + `]`},
		"hidden by the root":                               {256, `"children":[` + odd + `],"views":[` + group("v", levels, `{"id":"q3","when":{"node":"m","value":{"atLeast":0.9}},"answer":{"type":"yesno"}},{"ref":"q1"}`) + `]`},
		"a root that is set for nothing":                   {0, levels + `"aggregate":"max","adjust":[{"set":0.6}],"children":[` + even + `]`},
		"a child of weight 0":                              {0, ratios + `"aggregate":"min","children":[{"id":"g","weight":0,"children":[` + odd + `]},{"ref":"q1"},` + yes("q3") + `]`},
		"a share of nothing":                               {192, ratios + `"children":[` + group("s", `"aggregate":"share","met":{"value":{"atLeast":1}},`, group("g", "", odd)) + `,` + yes("q3") + `]`},
		"sums of large and small numbers":                  {0, levels + `"aggregate":"sum","base":-123456.7,"children":[{"id":"q1","answer":{"type":"yesno","points":{"yes":654321.1,"no":333333.3}}},` + group("g", `"aggregate":"sum",`, `{"id":"q2","answer":{"type":"yesno","points":{"yes":98765.4,"no":-98765.3}}},{"id":"q3","answer":{"type":"yesno","points":{"yes":0.3}}}`) + `]`},
		"means of large numbers":                           {0, levels + `"children":[` + group("g", `"scale":{"min":-777777.7,"max":333333.3},`, even) + `,` + group("h", `"round":{"digits":2},`, `{"id":"q3","answer":{"type":"yesno","points":{"yes":98765.4,"no":-98765.3}}},{"id":"q4","answer":{"type":"yesno","points":{"yes":45678.9,"no":98765.1}}}`) + `]`},
		"a gate on completeness":                           {0, gate(`{"all":[{"node":"g","completeness":{"atLeast":1}},{"node":"m","completeness":{"atLeast":0.5}}]}`, group("g", "", odd)+`,`+yes("q3"))},
		"a gate on what is not known":                      {256, gate(`{"any":[{"node":"g","value":{"atLeast":0.7}},{"question":"q3","is":true}]}`, group("h", "", two("q3")+`,{"ref":"g"}`)+`,`+group("g", `"adjust":[{"add":0.1}],`, odd))},
		"a gate on answers":                                {0, gate(`{"all":[{"question":"q3","answered":true},{"any":[{"question":"q1","is":true},{"question":"q2","is":true}]}]}`, odd+`,`+yes("q3"))},
	} {
		t.Run(name, func(t *testing.T) {
			document := []byte(`{"id":"m","version":"1.0.0",` + m.model + `}`)
			s := compile(t, document)
			node, id := 0, "m"
			if at, ok := s.Index("v"); ok {
				node, id = at, "v"
			}
			v, err := s.Variation(&maturity.Assessment{Model: maturity.ModelRef{ID: "m"}}, id)
			require.NoError(t, err)
			weights, thresholds := v.Weights(), v.Thresholds()
			const draws = 6
			var units, marks [draws][]int64
			var others [draws]*maturity.Scorer
			for draw := range units {
				values := map[string]string{}
				for i, w := range weights {
					unit := []int64{1_000_000_000, 2_000_000_000 - int64(i)*500_000_000, int64(1+i*i) * 1_000_000_000, 300_000_000 + int64(i)*123_456_789,
						900_000_007 - int64(i)*111_111_111, 1 + int64(i)*77_777_777_777}[draw]
					unit = max(unit, 1)
					units[draw], values[w.Path] = append(units[draw], unit), decimal(unit)
				}
				for i, th := range thresholds {
					unit := billionths(t, th.Value) + int64(draw%2*i)*10_000_000
					marks[draw], values[th.Path] = append(marks[draw], unit), decimal(unit)
				}
				others[draw], err = recompiled(t, document, values)
				require.NoError(t, err)
			}
			slow := 0
			for _, a := range everyAssessment(s) {
				v, err := s.Variation(a, id)
				require.NoError(t, err)
				for draw, other := range others {
					for i := range weights {
						require.True(t, v.SetWeight(i, units[draw][i]))
					}
					for i := range thresholds {
						require.True(t, v.SetThreshold(i, marks[draw][i]))
					}
					r, err := other.Score(a)
					require.NoError(t, err)
					want := r.Nodes[node]
					level := v.Level()
					exact := v.Exact()
					if draw > 1 && exact { // the quick view is made at the second look
						slow++
					}
					near, within, ok := v.Near()
					require.Equal(t, exact, v.Exact(), "what is quick for a level is so for a value")
					value, has := v.Value()
					at := fmt.Sprint(a.Answers, a.NotApplicable, units[draw], marks[draw])
					require.Equal(t, want.Status == maturity.Scored, has, at)
					require.Equal(t, []any{rank(want.Level), want.Value}, []any{level, value}, at)
					require.True(t, ok == has && math.Abs(near-value) <= within+math.Abs(value)/(1<<53), "%v ± %v, not %v: %s", near, within, value, at)
				}
			}
			assert.Equal(t, m.slow, slow, "levels that the quick view leaves open: %s", name)
		})
	}
}
