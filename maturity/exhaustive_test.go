package maturity_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/require"
)

// TestEveryAssessment takes models that the random ones do not reach, and tries every assessment of them: each
// is scored as by the reference, explained so that the parts add up, and promises ranges that hold every completion.
func TestEveryAssessment(t *testing.T) {
	yes := func(id string) string { return `{"id":"` + id + `","answer":{"type":"yesno"}}` }
	levels := `"levels":[{"id":"a"},{"id":"b","from":0.5},{"id":"c","from":1}]`
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
			{"id":"w","aggregate":"sum","base":-1,"children":[{"ref":"c","points":{"yes":-3,"no":1}},{"ref":"q1","weight":2,"missing":"none"}]}]`,
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
	} {
		t.Run(name, func(t *testing.T) {
			document := []byte(`{"id":"m","version":"1.0.0",` + model + `}`)
			s := compile(t, document)
			questions := s.Questions()
			kinds := map[string]maturity.AnswerType{}
			for _, n := range s.Model().Nodes() {
				if n.Answer != nil {
					kinds[n.ID] = n.Answer.Type
				}
			}
			all := 1
			for range questions {
				all *= 4 // yes, no, missing, not applicable
			}
			assessment := func(code int) (*maturity.Assessment, bool) {
				a := &maturity.Assessment{Model: s.Ref(), Answers: map[string]any{}, NotApplicable: map[string]string{}}
				complete := true
				for _, q := range questions {
					switch code % 4 {
					case 0, 1:
						a.Answers[q] = code%4 == 0
						if kind := kinds[q]; kind == maturity.Choice || kind == maturity.FreeText {
							a.Answers[q] = []string{"yes", "no"}[code%4]
						}
					case 2:
						complete = false
					default:
						a.NotApplicable[q] = "r"
					}
					code /= 4
				}
				return a, complete
			}
			finals := map[int]*maturity.Result{}
			for code := range all {
				a, complete := assessment(code)
				text, err := json.Marshal(a)
				require.NoError(t, err)
				at := fmt.Sprintf("%s: %s", name, text)
				equalsReference(t, nil, at, document, s, text)
				explanationAddsUp(t, nil, at, document, s, text)
				if r, err := s.Score(a); err == nil && complete {
					finals[code] = r
				}
			}
			require.NotEmpty(t, finals)
			for code := range all {
				a, _ := assessment(code)
				partial, err := s.Score(a)
				if err != nil {
					continue
				}
				for full, final := range finals {
					if !completes(full, code) {
						continue
					}
					for i, n := range final.Nodes {
						promised := partial.Nodes[i].Range
						if n.Status != maturity.Scored || promised == nil {
							continue
						}
						rank := func(level string) int { return map[string]int{"": -1, "a": 0, "b": 1, "c": 2}[level] }
						ok := promised.Low <= n.Value && n.Value <= promised.High && rank(promised.LevelLow) <= rank(n.Level) && rank(n.Level) <= rank(promised.LevelHigh)
						require.True(t, ok, "%s: %+v of %v promises %+v; %v gives %v %s", n.ID, promised, a.Answers, promised, full, n.Value, n.Level)
					}
				}
			}
			r := rand.New(rand.NewPCG(1, 1))
			for range 20 {
				a, _ := assessment(r.IntN(all))
				text, err := json.Marshal(a)
				require.NoError(t, err)
				numbersEqualNames(t, r, name, document, s, text)
			}
		})
	}
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
