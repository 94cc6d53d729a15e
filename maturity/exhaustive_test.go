package maturity_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestEveryAssessment takes models that the random ones do not reach, and tries every assessment of them: each
// is scored as by the reference, explained so that the parts add up, and promises ranges that hold every completion.
// Few of these ranges are wider than what the completions give: how many is known.
func TestEveryAssessment(t *testing.T) {
	wider := map[string]int{
		"a mean of what may lack a value":                  10,
		"a policy with a range that is not known":          39,
		"a policy with an adjusted child":                  68,
		"a product of what may be hidden":                  15,
		"a range that is not known, adjusted":              65,
		"a ratio that strays and may be hidden":            21,
		"a reference that is hidden by itself":             18,
		"a reference that is hidden, to what is hidden":    20,
		"a scale over what strays":                         12,
		"a scale over what strays and may be hidden":       24,
		"a share of nothing that is sure":                  32,
		"a share of what may be hidden":                    52,
		"a sum of what may be hidden":                      7,
		"adjustments that read themselves":                 58,
		"all children hidden":                              10,
		"all children hidden, under a policy":              16,
		"all children hidden, under two policies":          16,
		"an empty stage before one that may be hidden":     10,
		"gates on completeness":                            28,
		"gates on completeness, with what may be hidden":   35,
		"gates on what is blurred":                         11,
		"gates on the ratio of what is blurred":            17,
		"gates on the value of what is blurred":            16,
		"hidden below what is hidden":                      29,
		"met by a level that a policy does not give":       4,
		"met by an answer elsewhere":                       69,
		"policies that take a value away":                  93,
		"ratios of what is set":                            7,
		"ratios of what is set, of one range":              9,
		"ratios of what is taken away":                     23,
		"staged, with stages that may be empty":            16,
		"the first question decides":                       15,
		"the lowest and the highest of what may be hidden": 37,
		"the range of what has no value":                   101,
		"the range of what has no value, nested":           44,
		"what is set for what may be hidden":               21,
		"what is set where all is hidden":                  23,
		"what is taken away, by value":                     23,
		"what is taken away, far from 0":                   39,
		"what is taken away, of what may be hidden":        28,
		"what may lack a value, with what may be hidden":   26,
	}
	yes := func(id string) string { return `{"id":"` + id + `","answer":{"type":"yesno"}}` }
	two := func(id string) string { return `{"id":"` + id + `","answer":{"type":"yesno","points":{"yes":2}}}` }
	levels := `"levels":[{"id":"a"},{"id":"b","from":0.5},{"id":"c","from":1}]`
	ratios := `"levels":[{"id":"a"},{"id":"b","from":0.5,"of":"ratio"},{"id":"c","above":0.5}]`
	for name, model := range map[string]string{
		"a reference that is hidden by itself": `"children":[` + yes("q1") + `,` + yes("q2") + `,` + yes("q3") + `],"views":[{"id":"v",` + levels + `,"children":[
			{"ref":"q2","when":{"question":"q1","is":true}},{"ref":"q3","weight":2}]},
			{"id":"w","missing":"lowest","children":[{"ref":"v","when":{"node":"q3","value":{"atLeast":1}},"missing":"lowest","notApplicable":"highest"},{"ref":"q1"}]}]`,
		"a reference that is hidden, to what is hidden": `"children":[` + yes("q1") + `,` + yes("q2") + `,{"id":"q3","when":{"question":"q1","is":true},"answer":{"type":"yesno","points":{"yes":3}}}],
			"views":[{"id":"v","missing":"error","children":[{"ref":"q3","when":{"question":"q2","is":true},"missing":"none"},{"ref":"q1","missing":"lowest"}]}]`,
		"all children hidden": `"children":[` + yes("q1") + `,{"id":"g","when":{"not":{"question":"q1","is":true}},` + levels + `,"children":[` + yes("q2") + `]},
			{"id":"h","children":[{"id":"q3","when":{"question":"q1","answered":true},"answer":{"type":"yesno"}}]}]`,
		"points of its own under a policy": `"children":[{"id":"c","answer":{"type":"choice","options":[{"value":"yes","points":1},{"value":"no"}]}},` + yes("q1") + `],
			"views":[{"id":"v","read":"ratio",` + levels + `,"children":[{"ref":"c","points":{"yes":3,"no":1},"missing":"highest"},{"ref":"q1","missing":"lowest"}]},
			{"id":"w","aggregate":"sum","base":-1,"children":[{"ref":"c","points":{"yes":-3,"no":1},"notApplicable":"lowest"},{"ref":"q1","weight":2,"missing":"none"}]}]`,
		"a policy with an adjusted child": `"children":[{"id":"g","adjust":[{"when":{"question":"q1","is":true},"add":1},{"when":{"value":{"moreThan":1}},"set":null}],"children":[` + yes("q1") + `,` + yes("q2") + `]},` + yes("q3") + `],
			"views":[{"id":"v","children":[{"ref":"g","missing":"lowest"},{"ref":"q3"}]},{"id":"w","read":"ratio","aggregate":"max","children":[{"ref":"g","missing":"highest"},{"ref":"q3"}]}]`,
		"levels by gates": `"levels":[{"id":"a"},{"id":"b","from":0.25,"require":{"node":"g","level":{"atLeast":"b"}}},{"id":"c","above":0.5,"of":"ratio","require":{"any":[{"question":"q3","is":true},
			{"all":[{"node":"g","ratio":{"atLeast":0.5}},{"node":"g","completeness":{"atLeast":0.6}}]},{"not":{"node":"q2","value":{"lessThan":1}}}]}}],
			"children":[{"id":"g",` + levels + `,"children":[` + yes("q1") + `,` + yes("q2") + `]},` + yes("q3") + `]`,
		"staged, with stages that may be empty": `"aggregate":"staged","need":0.5,"emptyStage":"fail","met":{"value":{"equals":1}},"children":[{"id":"q1","stage":1,"answer":{"type":"yesno"}},
			{"id":"q2","stage":2,"when":{"question":"q1","is":true},"answer":{"type":"yesno"}},{"id":"q3","stage":3,"weight":2,"missing":"lowest","answer":{"type":"yesno"}},{"id":"q4","stage":3,"answer":{"type":"yesno"}}]`,
		"a share of what may be hidden": `"aggregate":"share","met":{"any":[{"ratio":{"moreThan":0.5}},{"completeness":{"lessThan":1}}]},` + levels + `,"children":[` + yes("q1") + `,
			{"id":"q2","when":{"question":"q1","is":true},"missing":"lowest","answer":{"type":"yesno"}},{"id":"g","children":[` + yes("q3") + `,` + yes("q4") + `]}]`,
		"met by a level that a gate decides": `"children":[{"id":"s","aggregate":"share","met":{"level":{"atLeast":"b"}},` + levels + `,"children":[
			{"id":"g","levels":[{"id":"a"},{"id":"b","from":0.5,"require":{"question":"q3","is":true}}],"children":[` + yes("q1") + `]},
			{"id":"h","levels":[{"id":"b","above":0}],"children":[` + yes("q2") + `]}]},` + yes("q3") + `]`,
		"met by an answer elsewhere": `"children":[{"id":"s","aggregate":"staged","met":{"all":[{"value":{"atLeast":1}},{"question":"q3","answered":true}]},` + levels + `,"children":[
			{"id":"q1","stage":1,"answer":{"type":"yesno"}},{"id":"q2","stage":2,"answer":{"type":"yesno"}}]},{"id":"q3","answer":{"type":"text"}},
			{"id":"w","adjust":[{"when":{"question":"q3","is":"yes"},"multiply":2},{"when":{"completeness":{"lessThan":1}},"add":-1}],"children":[{"ref":"s"}]}]`,
		"the first question decides": `"children":[` + yes("q1") + `,{"id":"g","levels":[{"id":"a"},{"id":"b","require":{"node":"q1","completeness":{"atLeast":1}}},{"id":"c","require":{"node":"q1","value":{"atLeast":1}}}],
			"children":[` + yes("q2") + `,` + yes("q3") + `]}]`,
		"a mean of what may lack a value":              levels + `,"children":[{"id":"g","children":[` + yes("q1") + `,` + two("q2") + `]},{"id":"h","when":{"question":"q1","is":true},"children":[` + yes("q3") + `]}]`,
		"a mean of rounded means, of different ranges": levels + `,"children":[{"id":"g","round":{"digits":0},"children":[` + yes("q1") + `,` + two("q2") + `]},{"id":"h","weight":2,"round":{"digits":0,"mode":"floor"},"children":[` + two("q3") + `,` + two("q4") + `]}]`,
		"ratios of what is set":                        `"read":"ratio",` + levels + `,"children":[{"id":"g","adjust":[{"when":{"question":"q3","is":true},"set":1}],` + ratios + `,"children":[` + yes("q1") + `,` + two("q2") + `]},` + yes("q3") + `]`,
		"ratios of what is set, of one range":          `"read":"ratio",` + levels + `,"children":[{"id":"g","adjust":[{"when":{"question":"q3","is":true},"set":0.5}],` + ratios + `,"children":[` + yes("q1") + `,` + yes("q2") + `]},` + two("q3") + `]`,
		"ratios of what is taken away": `"read":"ratio","missing":"highest",` + levels + `,"children":[{"id":"g","missing":"lowest","notApplicable":"highest","adjust":[{"when":{"question":"q3","is":true},"set":null}],` + ratios + `,"children":[
			{"id":"q1","missing":"exclude","answer":{"type":"yesno"}},{"id":"q2","missing":"exclude","answer":{"type":"yesno","points":{"yes":2}}}]},{"id":"q3","missing":"exclude","answer":{"type":"yesno"}}]`,
		"a sum of what may be hidden": `"aggregate":"sum","base":-1,` + levels + `,"children":[` + yes("q1") + `,{"id":"q2","when":{"question":"q1","is":true},"answer":{"type":"yesno","points":{"yes":2,"no":1}}},{"id":"q3","when":{"not":{"question":"q1","is":true}},"answer":{"type":"yesno","points":{"yes":-1,"no":-2}}}],
			"views":[{"id":"v","read":"ratio",` + ratios + `,"children":[{"ref":"m"},{"ref":"q1"}]}]`,
		"the lowest and the highest of what may be hidden": `"aggregate":"min",` + levels + `,"children":[` + two("q1") + `,{"id":"g","aggregate":"max",` + ratios + `,"children":[{"id":"q2","when":{"question":"q1","is":true},"answer":{"type":"yesno"}},
			{"id":"q3","answer":{"type":"yesno","points":{"yes":3,"no":1}}}]}],"views":[{"id":"v","aggregate":"median",` + levels + `,"children":[{"ref":"q1"},{"ref":"q2"},{"ref":"q3"}]},
			{"id":"w","aggregate":"geometric",` + levels + `,"children":[{"ref":"q1"},{"ref":"q2","weight":2},{"ref":"q3"}]}]`,
		"a product of what may be hidden": `"aggregate":"product",` + levels + `,"children":[{"id":"q1","answer":{"type":"yesno","points":{"yes":0.5,"no":2}}},{"id":"q2","when":{"question":"q1","is":true},"answer":{"type":"yesno","points":{"yes":3,"no":2}}},
			{"id":"q3","when":{"question":"q1","is":false},"answer":{"type":"yesno","points":{"yes":0.25,"no":0.5}}}]`,
		"a product of negative sums": `"aggregate":"sum","children":[{"id":"g","aggregate":"product","adjust":[{"add":-1}],` + levels + `,"children":[` + two("q1") + `,` + two("q2") + `]},` + yes("q3") + `],
			"views":[{"id":"v","children":[{"ref":"g","missing":"lowest","notApplicable":"none"},{"ref":"q3","notApplicable":"lowest"}]}]`,
		"policies that take a value away": levels + `,"children":[{"id":"g","children":[{"id":"q1","missing":"none","answer":{"type":"yesno"}},{"id":"q2","notApplicable":"none","answer":{"type":"yesno"}},
			{"id":"q3","when":{"question":"q1","is":true},"missing":"none","notApplicable":"none","answer":{"type":"yesno","points":{"yes":2}}}]},` + yes("q4") + `]`,
		"a policy with a range that is not known": `"missing":"lowest",` + levels + `,"children":[` + yes("q3") + `,{"id":"g","missing":"highest","children":[{"id":"h","missing":"highest","notApplicable":"lowest",` + ratios + `,"children":[
			{"id":"q1","missing":"exclude","when":{"question":"q3","is":true},"answer":{"type":"yesno"}},{"id":"q2","missing":"exclude","answer":{"type":"yesno","points":{"yes":2}}}]}]},{"id":"s","aggregate":"share","met":{"value":{"atLeast":1}},"children":[{"ref":"g"},{"ref":"h"}]}]`,
		"falling scales":           `"scale":{"min":1,"max":0},"round":{"digits":1},` + ratios + `,"children":[{"id":"g","scale":{"min":3,"max":1},"round":{"digits":0,"mode":"half-even"},` + ratios + `,"children":[` + yes("q1") + `,` + two("q2") + `]},` + yes("q3") + `]`,
		"a scale over what strays": `"read":"ratio",` + levels + `,"children":[{"id":"g","scale":{"min":0,"max":2},"adjust":[{"when":{"question":"q3","is":true},"add":-0.5},{"atLeast":0}],` + ratios + `,"children":[` + yes("q1") + `,` + two("q2") + `]},` + yes("q3") + `]`,
		"adjustments that read themselves": `"adjust":[{"when":{"ratio":{"lessThan":0.5}},"add":0.25},{"when":{"completeness":{"lessThan":1}},"atMost":0.75},{"when":{"value":{"moreThan":0.5,"lessThan":0.75}},"set":null},{"when":{"all":[{"question":"q1","is":true},{"value":{"equals":1}}]},"multiply":-1}],` +
			levels + `,"children":[` + yes("q1") + `,{"id":"g","adjust":[{"when":{"question":"q1","answered":false},"set":1},{"when":{"value":{"atMost":0}},"atLeast":0.5}],"children":[` + yes("q2") + `,` + yes("q3") + `]}]`,
		"gates on what is blurred": `"levels":[{"id":"a"},{"id":"b","from":0.25,"require":{"node":"g","ratio":{"atLeast":0.5}}},{"id":"c","from":0.5,"require":{"all":[{"node":"g","value":{"atLeast":1}},{"node":"h","level":{"atLeast":"b"}}]}}],"children":[
			{"id":"g","adjust":[{"add":0.5}],"children":[` + yes("q1") + `,` + two("q2") + `]},{"id":"h",` + levels + `,"when":{"question":"q1","is":true},"children":[` + yes("q3") + `]}]`,
		"gates on the value of what is blurred": `"levels":[{"id":"a"},{"id":"b","require":{"node":"g","value":{"atLeast":1}}},{"id":"c","require":{"node":"g","value":{"moreThan":1.5}}}],"children":[` + yes("q3") + `,
			{"id":"g","adjust":[{"add":0.5}],"children":[{"id":"q1","when":{"question":"q3","is":true},"answer":{"type":"yesno"}},` + two("q2") + `]}]`,
		"gates on the ratio of what is blurred": `"levels":[{"id":"a"},{"id":"b","require":{"node":"g","ratio":{"moreThan":0.5}}},{"id":"c","require":{"node":"g","ratio":{"atLeast":1}}}],"children":[` + yes("q3") + `,
			{"id":"g","adjust":[{"add":0.5}],"children":[{"id":"q1","when":{"question":"q3","is":true},"answer":{"type":"yesno"}},` + two("q2") + `]}]`,
		"what is taken away, far from 0": `"levels":[{"id":"a"},{"id":"b","from":3},{"id":"c","from":4}],"children":[` + yes("q3") + `,{"id":"g","adjust":[{"when":{"question":"q3","is":true},"set":null}],"children":[
			{"id":"q1","answer":{"type":"yesno","points":{"yes":4,"no":3}}},{"id":"q2","answer":{"type":"yesno","points":{"yes":6,"no":5}}}]},
			{"id":"h","adjust":[{"when":{"question":"q3","is":false},"set":null},{"when":{"question":"q1","is":true},"set":-5}],"children":[{"ref":"q1"},{"ref":"q2"}]}]`,
		"hidden below what is hidden": levels + `,"children":[` + yes("q1") + `,{"id":"g","when":{"question":"q1","is":true},` + levels + `,"children":[` + yes("q2") + `,{"id":"h","when":{"question":"q2","is":true},"children":[` + two("q3") + `]}]}],
			"views":[{"id":"v","missing":"none",` + levels + `,"children":[{"ref":"h","when":{"question":"q3","is":true}},{"ref":"q1","missing":"exclude"}]}]`,
		"low ratios of means": `"levels":[{"id":"a"},{"id":"b","from":0.55,"of":"ratio"},{"id":"c","from":0.9,"of":"ratio"}],"children":[{"id":"g","children":[` + yes("q1") + `,` + two("q2") + `]},` + two("q3") + `]`,
		"what is set where all is hidden": `"read":"ratio",` + levels + `,"children":[` + yes("q3") + `,{"id":"g","adjust":[{"when":{"question":"q3","is":false},"set":1}],` + ratios + `,"children":[
			{"id":"q1","when":{"question":"q3","is":true},"answer":{"type":"yesno"}},` + two("q2") + `]}]`,
		"what is taken away, of what may be hidden": levels + `,"children":[` + yes("q3") + `,{"id":"g","missing":"highest","adjust":[{"when":{"question":"q3","is":true},"set":null}],"children":[
			{"id":"q1","missing":"exclude","when":{"question":"q3","is":false},"answer":{"type":"yesno"}},{"id":"q2","missing":"exclude","answer":{"type":"yesno","points":{"yes":2}}}]}]`,
		"a group hidden as soon as another has a value": levels + `,"children":[` + yes("q1") + `,{"id":"i","missing":"highest","children":[{"id":"q2","missing":"exclude","when":{"not":{"node":"q1","value":{"atLeast":0}}},"answer":{"type":"yesno","points":{"yes":2,"no":1}}}]},` + yes("q3") + `]`,
		"ratios of means":                       ratios + `,"children":[{"id":"g","children":[` + yes("q1") + `,` + two("q2") + `]},` + two("q3") + `]`,
		"hidden as soon as another has a value": levels + `,"children":[` + yes("q1") + `,{"id":"q2","when":{"not":{"node":"q1","value":{"atLeast":0}}},"answer":{"type":"yesno","points":{"yes":2}}},` + yes("q3") + `]`,
		"a mean of large numbers":               levels + `,"children":[{"id":"q1","weight":999999999,"answer":{"type":"yesno","points":{"yes":999999999.999999999}}},{"id":"q2","answer":{"type":"yesno","points":{"yes":999999999.7,"no":-999999999.999999999}}},` + yes("q3") + `]`,
		"what is set for what may be hidden": `"read":"ratio",` + levels + `,"children":[` + yes("q3") + `,{"id":"g","adjust":[{"when":{"question":"q3","is":true},"set":1}],` + ratios + `,"children":[
			{"id":"q1","when":{"question":"q3","is":true},"answer":{"type":"yesno"}},` + two("q2") + `]}]`,
		"what is taken away, by value": ratios + `,"children":[{"id":"g","missing":"highest","adjust":[{"when":{"question":"q3","is":true},"set":null}],` + ratios + `,"children":[{"id":"q1","missing":"exclude","answer":{"type":"yesno"}},
			{"id":"q2","missing":"exclude","answer":{"type":"yesno","points":{"yes":2}}}]},` + yes("q3") + `]`,
		"all children hidden, under a policy":        levels + `,"children":[` + yes("q1") + `,{"id":"h","missing":"highest","children":[{"id":"q2","missing":"exclude","when":{"question":"q1","is":true},"answer":{"type":"yesno","points":{"yes":3,"no":2}}}]},` + yes("q3") + `]`,
		"all children hidden, under two policies":    levels + `,"children":[` + yes("q1") + `,{"id":"h","missing":"highest","notApplicable":"highest","children":[{"id":"q2","missing":"exclude","notApplicable":"exclude","when":{"question":"q1","is":true},"answer":{"type":"yesno","points":{"yes":3,"no":2}}}]},` + yes("q3") + `]`,
		"a scale over what strays and may be hidden": `"read":"ratio",` + levels + `,"children":[` + yes("q3") + `,{"id":"g","scale":{"min":0,"max":2},"adjust":[{"add":0.5}],` + ratios + `,"children":[{"id":"q1","when":{"question":"q3","is":true},"answer":{"type":"yesno"}},` + two("q2") + `]}]`,
		"a ratio that strays and may be hidden":      `"read":"ratio",` + levels + `,"children":[` + yes("q3") + `,{"id":"g","adjust":[{"add":0.5}],` + ratios + `,"children":[{"id":"q1","when":{"question":"q3","is":true},"answer":{"type":"yesno"}},` + two("q2") + `]}]`,
		"what may lack a value, with what may be hidden": levels + `,"children":[` + yes("q3") + `,{"id":"g","missing":"lowest","children":[{"id":"h","missing":"exclude","adjust":[{"when":{"question":"q3","is":true},"set":null}],"children":[
			{"id":"q1","missing":"exclude","answer":{"type":"yesno"}}]},{"id":"q2","missing":"exclude","when":{"question":"q3","is":false},"answer":{"type":"yesno","points":{"yes":2}}}]}]`,
		"the range of what has no value": ratios + `,"children":[{"id":"c","weight":0,"answer":{"type":"choice","options":[{"value":"yes","points":1},{"value":"no"}]}},{"id":"g","missing":"highest","adjust":[{"when":{"question":"q3","is":true},"set":null}],"children":[
			{"id":"h","missing":"exclude","children":[` + yes("q1") + `,` + two("q2") + `]},{"ref":"c","points":{"yes":3,"no":1},"missing":"exclude"}]},` + yes("q3") + `]`,
		"the range of what has no value, nested": levels + `,"children":[` + yes("q3") + `,{"id":"g","missing":"highest","adjust":[{"when":{"question":"q3","is":true},"set":null}],"children":[{"ref":"q3","weight":0},{"id":"h","missing":"exclude",
			"adjust":[{"when":{"question":"q3","is":false},"set":null}],"children":[` + strings.Replace(yes("q1"), `"answer"`, `"missing":"exclude","answer"`, 1) + `,` + strings.Replace(two("q2"), `"answer"`, `"missing":"exclude","answer"`, 1) + `]}]}]`,
		"a range that is not known, adjusted": `"adjust":[{"when":{"question":"q3","is":true},"set":1},{"when":{"value":{"atLeast":1}},"add":1}],` + levels + `,"children":[` + yes("q3") + `,{"id":"e","missing":"lowest","children":[{"id":"f","missing":"highest","children":[{"id":"g","missing":"highest",
			"children":[{"id":"q1","missing":"exclude","when":{"question":"q3","is":true},"answer":{"type":"yesno"}},{"id":"q2","missing":"exclude","answer":{"type":"yesno","points":{"yes":2}}}]}]}]}],
			"views":[{"id":"s","aggregate":"share","met":{"value":{"atLeast":1}},` + levels + `,"children":[{"ref":"e"},{"ref":"q3"}]},{"id":"t","aggregate":"staged","met":{"ratio":{"atLeast":1}},` + levels + `,"children":[{"ref":"e","stage":1},{"ref":"q3","stage":2}]},
			{"id":"u","aggregate":"min",` + levels + `,"children":[{"ref":"e"},{"ref":"q3"}]},{"id":"v","scale":{"min":0,"max":1},` + levels + `,"children":[{"ref":"e","missing":"none"},{"ref":"q3"}]}]`,
		"met by a level that a policy does not give": `"aggregate":"share","met":{"level":{"atLeast":"a"}},` + levels + `,"children":[{"id":"g","missing":"highest","notApplicable":"highest","adjust":[{"when":{"question":"q2","is":true},"set":null}],` + levels + `,"children":[` + yes("q1") + `]},
			{"id":"h","levels":[{"id":"a","from":1}],"children":[` + yes("q2") + `]}]`,
		"met by being below a level": `"aggregate":"share","met":{"not":{"level":{"atLeast":"a"}}},` + levels + `,"children":[{"id":"g","missing":"lowest","notApplicable":"highest",` + levels + `,"children":[{"id":"q1","missing":"exclude","notApplicable":"exclude","answer":{"type":"yesno"}}]},
			{"id":"h","levels":[{"id":"a","from":1}],"children":[` + yes("q2") + `]}]`,
		"always taken away": levels + `,"children":[{"id":"g","children":[{"id":"h","missing":"none","notApplicable":"none","adjust":[{"set":null}],"children":[` + yes("q1") + `]},` + yes("q2") + `]},{"id":"i","missing":"exclude","notApplicable":"none","adjust":[{"set":null}],"children":[{"ref":"q1"}]},` + yes("q3") + `]`,
		"a share of nothing that is sure": levels + `,"children":[` + yes("q1") + `,{"id":"s","aggregate":"share","met":{"value":{"atLeast":1}},"children":[{"id":"q2","when":{"question":"q1","is":true},"answer":{"type":"yesno"}},{"id":"q3","when":{"question":"q1","is":false},"answer":{"type":"yesno"}}]},
			{"id":"t","aggregate":"staged","met":{"value":{"atLeast":1}},` + levels + `,"children":[{"ref":"q2","stage":1},{"ref":"q3","stage":3}]}]`,
		"an empty stage before one that may be hidden": `"children":[` + yes("q1") + `,{"id":"g","aggregate":"staged","met":{"value":{"equals":1}},"children":[
			{"id":"q2","stage":1,"answer":{"type":"yesno"}},{"id":"q3","stage":3,"when":{"question":"q1","is":true},"answer":{"type":"yesno"}}]}]`,
		"a policy with a range of its own": ratios + `,"children":[` + yes("q3") + `,{"id":"g","missing":"highest","notApplicable":"highest","children":[
			{"id":"h","children":[{"id":"q1","missing":"exclude","notApplicable":"exclude","answer":{"type":"yesno"}},{"id":"q2","missing":"exclude","notApplicable":"exclude","answer":{"type":"yesno","points":{"yes":3,"no":2}}}]},
			{"id":"q4","missing":"none","notApplicable":"none","answer":{"type":"yesno"}}]}]`,
		"met by a level that not all have": `"aggregate":"share","met":{"level":{"atLeast":"b"}},"children":[{"id":"g","levels":[{"id":"a"},{"id":"b","from":1}],"children":[` + yes("q1") + `]},{"id":"h","levels":[{"id":"a"},{"id":"c","from":1}],"children":[` + yes("q2") + `]}]`,
		"a view that reads the root":       `"children":[` + yes("q1") + `,` + yes("q2") + `],"views":[{"id":"v","levels":[{"id":"a"},{"id":"b","require":{"node":"m","value":{"atLeast":0.5}}}],"children":[{"ref":"q1"}]}]`,
		"gates on completeness":            `"levels":[{"id":"a"},{"id":"b","require":{"node":"m","completeness":{"atLeast":0.3}}},{"id":"c","require":{"node":"g","completeness":{"moreThan":0.5}}}],"children":[` + yes("q1") + `,{"id":"g","children":[` + yes("q2") + `,` + yes("q3") + `]}]`,
		"gates on completeness, with what may be hidden": `"levels":[{"id":"a"},{"id":"b","require":{"node":"m","completeness":{"atLeast":0.3}}},{"id":"c","require":{"node":"g","completeness":{"moreThan":0.5}}}],"children":[` + yes("q1") + `,{"id":"g","children":[` + yes("q2") + `,
			{"id":"q3","when":{"question":"q1","is":true},"answer":{"type":"yesno"}}]}]`,
		"met by the first node": `"children":[` + yes("q1") + `,{"id":"s","aggregate":"share","met":{"node":"q1","value":{"atLeast":1}},` + levels + `,"children":[` + two("q2") + `,` + yes("q3") + `]},
			{"id":"t","levels":[{"id":"a"},{"id":"b","require":{"node":"s","value":{"atMost":1},"ratio":{"atLeast":1}}}],"children":[{"ref":"q3"}]}]`,
		"adjusted by a child, and by what is elsewhere": levels + `,"children":[` + yes("q1") + `,{"id":"g","adjust":[{"when":{"node":"q2","value":{"atLeast":1}},"add":1},{"when":{"node":"q1","value":{"atLeast":1}},"add":1}],"children":[` + yes("q2") + `]}]`,
		"a root without a value": `"aggregate":"geometric","missing":"none",` + levels + `,"children":[{"id":"g","round":{"digits":2},"children":[{"id":"q1","missing":"exclude","answer":{"type":"yesno"}},{"id":"q2","missing":"exclude","answer":{"type":"yesno","points":{"yes":2}}}]},` + two("q3") + `],
			"views":[{"id":"v","aggregate":"geometric","round":{"digits":1},"children":[{"ref":"g","weight":2},{"ref":"q3","missing":"none"}]}]`,
	} {
		t.Run(name, func(t *testing.T) {
			document := []byte(`{"id":"m","version":"1.0.0",` + model + `}`)
			s := compile(t, document)
			all := everyAssessment(s)
			finals := map[int]*maturity.Result{}
			for code, a := range all {
				text, err := json.Marshal(a)
				require.NoError(t, err)
				at := fmt.Sprintf("%s: %s", name, text)
				equalsReference(t, nil, at, document, s, text)
				explanationAddsUp(t, nil, at, document, s, text)
				if r, err := s.Score(a); err == nil && complete(a, s) {
					finals[code] = r
				}
			}
			require.NotEmpty(t, finals)
			wide := 0
			for code, a := range all {
				partial, err := s.Score(a)
				if err != nil || complete(a, s) {
					continue
				}
				given := hull(finals, code)
				for i, n := range partial.Nodes {
					h := given[i]
					if n.Range == nil {
						wide += min(1, h.count) // nothing is promised
						continue
					}
					p := reach{n.Range.Low, n.Range.High, rank(n.Range.LevelLow), rank(n.Range.LevelHigh), h.count}
					ok := h.count == 0 || p.low <= h.low && h.high <= p.high && p.levelLow <= h.levelLow && h.levelHigh <= p.levelHigh
					require.True(t, ok, "%s: %v not %v promises %+v; the completions give %+v", n.ID, a.Answers, a.NotApplicable, p, h)
					if p != h {
						wide++
					}
				}
			}
			assert.Equal(t, wider[name], wide, "ranges that are wider than they must be: %s", name)
			r := rand.New(rand.NewPCG(1, 1))
			for i := range 8 {
				text, err := json.Marshal(all[r.IntN(len(all))])
				require.NoError(t, err)
				numbersEqualNames(t, r, name, document, s, text)
				sessionEqualsScore(t, r, name, document, s, text)
				if i%4 == 0 {
					variationEqualsRecompiled(t, r, name, document, s, text)
				}
			}
		})
	}
}

// everyAssessment gives every assessment of a model of yes and no: each question is answered yes or no, missing, or not
// applicable, as its place in base 4 says.
func everyAssessment(s *maturity.Scorer) []*maturity.Assessment {
	kinds := map[string]maturity.AnswerType{}
	for _, n := range s.Model().Nodes() {
		if n.Answer != nil {
			kinds[n.ID] = n.Answer.Type
		}
	}
	list := make([]*maturity.Assessment, 1<<(2*len(s.Questions())))
	for code := range list {
		a := &maturity.Assessment{Model: maturity.ModelRef{ID: s.Model().ID}, Answers: map[string]any{}, NotApplicable: map[string]string{}}
		rest := code
		for _, q := range s.Questions() {
			switch rest % 4 {
			case 0, 1:
				a.Answers[q] = rest%4 == 0
				if kind := kinds[q]; kind == maturity.Choice || kind == maturity.FreeText {
					a.Answers[q] = []string{"yes", "no"}[rest%4]
				}
			case 3:
				a.NotApplicable[q] = "r"
			}
			rest /= 4
		}
		list[code] = a
	}
	return list
}

func complete(a *maturity.Assessment, s *maturity.Scorer) bool {
	return len(a.Answers)+len(a.NotApplicable) == len(s.Questions())
}

// A reach is what completions make of a node: its lowest and highest value and level, and how many give it a value.
type reach struct {
	low, high           float64
	levelLow, levelHigh int
	count               int
}

func rank(level string) int { return map[string]int{"": -1, "a": 0, "b": 1, "c": 2}[level] }

// hull is what the completions of an assessment, by its code, make of each node.
func hull(finals map[int]*maturity.Result, code int) []reach {
	var of []reach
	for full, final := range finals {
		if of == nil {
			of = make([]reach, len(final.Nodes))
		}
		for i := range final.Nodes {
			n := &final.Nodes[i]
			if n.Status != maturity.Scored || !completes(full, code) {
				continue
			}
			h, level := of[i], rank(n.Level)
			if h.count == 0 {
				h = reach{n.Value, n.Value, level, level, 0}
			}
			of[i] = reach{min(h.low, n.Value), max(h.high, n.Value), min(h.levelLow, level), max(h.levelHigh, level), h.count + 1}
		}
	}
	return of
}

// completes tells whether an assessment, by its code in base 4, only answers what another leaves open.
func completes(full, code int) bool {
	for ; code > 0 || full > 0; code, full = code/4, full/4 {
		if code%4 != 2 && full%4 != code%4 || full%4 == 3 && code%4 == 2 {
			return false
		}
	}
	return true
}
