package maturity_test

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// issuesIn are the issues of an error, as code and path.
func issuesIn(t *testing.T, err error) []string {
	t.Helper()
	found := []string{}
	var invalid *maturity.InvalidError
	if err != nil {
		require.ErrorAs(t, err, &invalid)
		for _, issue := range invalid.Issues {
			assert.NotEmpty(t, issue.Message)
			found = append(found, string(issue.Code)+" "+issue.Path)
		}
	}
	return found
}

// What a model may be, and what not: each rule at both sides of its bound. The issues are all that are found,
// as code and path; none means that the model is valid.
func TestModelRules(t *testing.T) {
	const q, r = `{"id":"q","answer":{"type":"yesno"}}`, `{"id":"r","answer":{"type":"yesno"}}`
	id64, id65 := strings.Repeat("a", 64), strings.Repeat("a", 65)
	options := maturity.Options{MaxOptions: 5, MaxText: 4, MaxNodes: 12}
	model := func(fields string) string { return `{"id":"m","version":"1.0.0",` + fields + `}` }
	group := func(fields string) string { return model(`"children":[` + q + `],` + fields) }
	question := func(fields string) string { return model(`"children":[{"id":"n",` + fields + `}]`) }
	answer := func(fields string) string { return question(`"answer":{` + fields + `}`) }
	ladder := func(levels string) string { return group(`"levels":[` + levels + `]`) }
	when := func(condition string) string {
		return model(`"optionSets":{"s":[{"value":"a"},{"value":"b"}]},"children":[` + q +
			`,{"id":"c","answer":{"type":"choice","use":"s"}},{"id":"l","answer":{"type":"checklist","use":"s"}},{"id":"t","answer":{"type":"text"}}` +
			`,{"id":"s","answer":{"type":"scale","min":0,"max":2}},{"id":"x","when":` + condition + `,"answer":{"type":"yesno"}}]`)
	}
	check := func(document string, want ...string) {
		t.Helper()
		_, err := maturity.Parse([]byte(document), &options)
		assert.Equal(t, append([]string{}, want...), issuesIn(t, err), document)
	}

	// The model.
	check(group(`"language":"nb-NO"`))
	check(group(`"language":"n"`), "bad-language /language")
	check(group(`"language":"2b"`), "bad-language /language")
	check(group(`"language":"nb-1901-x"`))
	for _, tag := range []string{"n~", "n{", "n@", "nå", "n1", "nb-å", "nb-a:", "nb-a/", "nbnb"} {
		check(group(`"language":"`+tag+`"`), "bad-language /language")
	}
	check(group(`"language":"NBZ-az09AZ12"`))
	check(group(`"language":"nb-"`), "bad-language /language")
	check(group(`"language":"nb_NO"`), "bad-language /language")
	check(group(`"language":"nb-123456789"`), "bad-language /language")
	check(group(`"deprecated":"old!"`))
	check(group(`"deprecated":"older"`), "too-long /deprecated")
	check(group(`"title":{"nb":"tittel","x":"t"}`), "too-long /title/nb", "bad-language /title/x")
	check(group(`"title":{}`), "empty /title")
	check(group(`"title":{"":"t"}`), "bad-language /title/")
	check(group(`"description":"older"`), "too-long /description")
	for version, ok := range map[string]bool{"1.0.0": true, "0.10.2": true, "1.0": false, "1.0.0.0": false, "1.0.01": false, "1..0": false, "v1.0.0": false,
		"1.0.0-beta.1": true, "1.0.0-0": true, "1.0.0-01": false, "1.0.0-0a": true, "1.0.0-": false, "1.0.0-a..b": false, "1.0.0-a_b": false,
		"1.0.0+01": true, "1.0.0+a-b.c": true, "1.0.0+": false, "1.0.0+a+b": false, "1.0.0-x+y": true, "1.0.0-x+": false} {
		document := strings.Replace(group(`"title":"t"`), "1.0.0", version, 1)
		if ok {
			check(document)
		} else {
			check(document, "bad-version /version")
		}
	}
	check(`{"children":[`+q+`]}`, "missing-field ", "missing-field ")
	check(group(`"replaces":{"old":"q","older":"m"}`))
	check(model(`"children":[{"id":"y","answer":{"type":"yesno"}},{"id":"s","answer":{"type":"scale","min":1,"max":3}},{"id":"n","answer":{"type":"number","linear":{"from":0,"to":1,"points":[0,1]}}}],
		"replaces":{"a":"y/true","b":"y/false","c":"s/2","d":"n/1.5","e":"y/yes","f":"s/4"}`), "unknown-node /replaces/e", "unknown-node /replaces/f")
	check(group(`"replaces":{"old":"p","older":"q/yes","oldest":"m/a"}`), "unknown-node /replaces/old", "unknown-node /replaces/older", "unknown-node /replaces/oldest")
	check(model(`"children":[{"id":"c","answer":{"type":"choice","options":[{"value":"a"}]}}],"replaces":{"p":"c/a","n":"c/b"}`), "unknown-node /replaces/n")
	check(group(`"views":[{"id":"v","children":[{"ref":"q"}]}]`))
	check(group(`"views":[null,{"ref":"q"},{"id":"w","answer":{"type":"yesno"}}]`), "wrong-type /views/0", "bad-node /views/1", "bad-node /views/2")

	// Nodes.
	check(model(`"children":[null]`), "wrong-type /children/0")
	check(model(`"children":[]`), "empty /children")
	check(`{"id":"m","version":"1.0.0","answer":{"type":"yesno"}}`, "bad-node ")
	check(`{"id":"m","version":"1.0.0"}`, "bad-node ")
	check(model(`"children":[{"id":"a"}]`), "bad-node /children/0")
	check(model(`"children":[{"id":"a","ref":"m","answer":{"type":"yesno"}}]`), "bad-node /children/0", "unknown-field /children/0/id")
	check(model(`"children":[` + strings.Replace(q, `"q"`, `"`+id64+`"`, 1) + `]`))
	check(model(`"children":[`+strings.Replace(q, `"q"`, `"`+id65+`"`, 1)+`]`), "bad-id /children/0/id")
	check(model(`"children":[` + strings.Replace(q, `"q"`, `"0a._-Z"`, 1) + `]`))
	for _, id := range []string{"-a", ".a", "_a", "a b", "a/b", "å", "a:", "a@", "a[", "a`", "a{"} {
		check(model(`"children":[`+strings.Replace(q, `"q"`, `"`+id+`"`, 1)+`]`), "bad-id /children/0/id")
	}
	check(model(`"children":[{"answer":{"type":"yesno"}}]`), "missing-field /children/0")
	check(model(`"children":[`+q+`,`+q+`]`), "duplicate-id /children/1/id")
	check(question(`"stage":1000000,"answer":{"type":"yesno"}`))
	check(question(`"stage":1000001,"answer":{"type":"yesno"}`), "out-of-range /children/0/stage")
	check(question(`"stage":0,"answer":{"type":"yesno"}`), "out-of-range /children/0/stage")
	check(question(`"stage":-1,"answer":{"type":"yesno"}`), "out-of-range /children/0/stage")
	check(question(`"weight":0,"effort":0,"answer":{"type":"yesno"}`))
	check(question(`"weight":-0.1,"effort":-1,"answer":{"type":"yesno"}`), "out-of-range /children/0/weight", "out-of-range /children/0/effort")
	check(question(`"weight":"NaN","answer":{"type":"yesno"}`), "bad-decimal /children/0/weight")
	check(question(`"display":{"digits":9},"answer":{"type":"yesno"}`))
	check(question(`"display":{"digits":10},"answer":{"type":"yesno"}`), "out-of-range /children/0/display/digits")
	check(question(`"display":{"digits":-1},"answer":{"type":"yesno"}`), "out-of-range /children/0/display/digits")
	check(question(`"missing":"forbid","notApplicable":"error","answer":{"type":"yesno"}`), "bad-value /children/0/missing", "bad-value /children/0/notApplicable")
	check(question(`"missing":"error","notApplicable":"forbid","answer":{"type":"yesno"}`))
	check(question(`"points":{"a":1},"answer":{"type":"yesno"}`), "unknown-field /children/0/points")
	check(question(`"title":"title","description":"title","advice":["a","title"],"answer":{"type":"yesno"}`),
		"too-long /children/0/title", "too-long /children/0/description", "too-long /children/0/advice/1")
	check(question(`"advice":"title","answer":{"type":"yesno"}`), "too-long /children/0/advice")
	check(question(`"adjust":[{"add":1}],"aggregate":"sum","base":1,"emptyStage":"pass","levels":[{"id":"a"}],"met":{"value":{"atLeast":1}},"need":1,"read":"value","round":{"digits":1},"scale":{"min":0,"max":1},"answer":{"type":"yesno"}`),
		"unknown-field /children/0/adjust", "unknown-field /children/0/aggregate", "unknown-field /children/0/base", "unknown-field /children/0/emptyStage",
		"unknown-field /children/0/levels", "unknown-field /children/0/met", "unknown-field /children/0/need", "unknown-field /children/0/read",
		"unknown-field /children/0/round", "unknown-field /children/0/scale")

	check(question(`"id":"","answer":{"type":"yesno"}`), "duplicate-key /children/0/id")
	check(model(`"children":[{"id":"","answer":{"type":"yesno"}}]`), "empty /children/0/id")
	check(question(`"weight":true,"answer":{"type":"yesno"}`), "wrong-type /children/0/weight")
	check(question(`"stage":1e20,"answer":{"type":"yesno"}`), "bad-decimal /children/0/stage")
	check(question(`"stage":1.5,"answer":{"type":"yesno"}`), "not-an-integer /children/0/stage")
	check(question(`"stage":"1","answer":{"type":"yesno"}`), "wrong-type /children/0/stage")

	// References.
	check(group(`"views":[{"id":"v","children":[{"ref":"q","weight":2,"when":{"question":"q","is":true}}]}]`))
	check(group(`"views":[{"id":"v","children":[{"ref":"p"}]}]`), "unknown-node /views/0/children/0/ref")
	check(group(`"views":[{"id":"v","children":[{"ref":"q","advice":"a","display":{"digits":1},"effort":1,"id":"i"}]}]`),
		"unknown-field /views/0/children/0/advice", "unknown-field /views/0/children/0/display", "unknown-field /views/0/children/0/effort", "unknown-field /views/0/children/0/id")
	check(group(`"views":[{"id":"v","children":[{"ref":"q","points":{"yes":1}}]}]`), "unknown-field /views/0/children/0/points")
	check(group(`"views":[{"id":"v","children":[{"ref":"m","points":{"yes":1}}]}]`), "unknown-field /views/0/children/0/points")
	choice := `"children":[{"id":"c","answer":{"type":"choice","options":[{"value":"a"}]}}],"views":[{"id":"v","children":[{"ref":"c","points":`
	check(model(choice + `{"a":1}}]}]`))
	check(model(choice+`{"b":1,"a":"x"}}]}]`), "unknown-option /views/0/children/0/points/b", "bad-decimal /views/0/children/0/points/a")
	check(model(`"children":[{"id":"g","children":[{"ref":"m"}]},`+q+`]`), "cycle /children/0/children/0/ref")

	// Groups.
	check(group(`"base":1`), "unknown-field /base")
	check(group(`"aggregate":"sum","base":-1`))
	check(group(`"aggregate":"sum","base":"x"`), "bad-decimal /base")
	check(group(`"aggregate":"average","read":"points"`), "bad-value /aggregate", "bad-value /read")
	check(group(`"need":1,"emptyStage":"pass"`), "unknown-field /need", "unknown-field /emptyStage")
	staged := func(fields string) string {
		return model(`"aggregate":"staged","met":{"value":{"atLeast":1}},` + fields + `,"children":[{"id":"q","stage":1,"answer":{"type":"yesno"}}]`)
	}
	check(staged(`"need":1,"emptyStage":"pass"`))
	check(staged(`"need":0.1,"emptyStage":"fail"`))
	check(staged(`"need":0,"emptyStage":"skip"`), "out-of-range /need", "bad-value /emptyStage")
	check(staged(`"need":1.000000001`), "out-of-range /need")
	check(group(`"met":{"value":{"atLeast":1}}`), "unknown-field /met")
	check(group(`"aggregate":"share","met":{"value":{"atLeast":1}}`))
	staged1 := func(children string) string {
		return model(`"aggregate":"staged","met":{"value":{"atLeast":1}},"children":[` + children + `]`)
	}
	check(staged1(q), "missing-field /children/0")
	check(staged1(`{"id":"q","weight":0,"answer":{"type":"yesno"}},{"id":"t","answer":{"type":"text"}},{"ref":"t"},{"id":"p","stage":2,"answer":{"type":"yesno"}}`))
	check(staged1(`{"id":"q","weight":1,"answer":{"type":"yesno"}},{"ref":"q"}`), "missing-field /children/0", "missing-field /children/1")
	check(group(`"adjust":[{"set":null},{"set":0},{"add":-1},{"multiply":2},{"atMost":1},{"atLeast":0}]`))
	check(group(`"adjust":[{},{"add":1,"atMost":1},{"add":"x"}]`), "bad-value /adjust/0", "bad-value /adjust/1", "bad-decimal /adjust/2/add")
	check(group(`"scale":{"min":1,"max":0}`))
	check(group(`"scale":{"min":1,"max":1}`), "out-of-range /scale")
	check(group(`"scale":{"min":0}`), "missing-field /scale")
	check(group(`"scale":{"max":0}`), "missing-field /scale")
	check(group(`"round":{"digits":0,"mode":"half-even"}`))
	check(group(`"round":{}`), "missing-field /round")
	check(group(`"round":{"digits":10,"mode":"up"}`), "out-of-range /round/digits", "bad-value /round/mode")

	// Ladders.
	check(group(`"levels":[]`), "empty /levels")
	check(group(`"levels":"five"`), "unknown-ladder /levels")
	check(group(`"ladders":{"five":[{"id":"a"}]},"levels":"five"`))
	check(group(`"ladders":{"five":[{"id":"a"},{"id":"a","from":1}]}`), "duplicate-id /ladders/five/1/id")
	check(group(`"ladders":{"five":[{"id":"a"},{"id":"b","require":{"question":"x","is":true}}]}`), "unknown-node /ladders/five/1/require/question")
	check(ladder(`{"id":"a"},{"id":"b","from":1},{"id":"c","from":2},{"id":"d","from":2},{"id":"e","above":2}`))
	check(ladder(`{"id":"a"},{"id":"b","from":1},{"id":"c","from":2},{"id":"d","from":3},{"id":"e","from":4},{"id":"f","from":5}`), "too-many /levels")
	check(ladder(`null`), "wrong-type /levels/0")
	check(ladder(`{"title":"t"}`), "missing-field /levels/0")
	check(ladder(`{"id":"a b","title":"title","description":"title"}`), "bad-id /levels/0/id", "too-long /levels/0/title", "too-long /levels/0/description")
	check(ladder(`{"id":"a"},{"id":"b"}`), "missing-field /levels/1")
	check(ladder(`{"id":"a"},{"id":"b","require":{"question":"q","is":true}}`))
	check(ladder(`{"id":"a"},{"id":"b","from":1,"above":2}`), "bad-value /levels/1")
	check(ladder(`{"id":"a","from":2},{"id":"b","from":1}`), "ladder-order /levels/1")
	check(ladder(`{"id":"a","above":2},{"id":"b","from":2}`), "ladder-order /levels/1")
	check(ladder(`{"id":"a","above":2},{"id":"b","above":2}`))
	check(ladder(`{"id":"a","from":2},{"id":"b","from":1,"of":"ratio"},{"id":"c","from":3},{"id":"d","from":0.5,"of":"ratio"}`), "ladder-order /levels/3")
	check(ladder(`{"id":"a","of":"ratio"}`), "unknown-field /levels/0/of")
	check(ladder(`{"id":"a","of":"share","from":1}`), "bad-value /levels/0/of")
	check(ladder(`{"id":"a","from":"x"}`), "bad-decimal /levels/0/from")
	check(ladder(`{"id":"a","above":"x"}`), "bad-decimal /levels/0/above")

	// Answers.
	check(answer(`"type":"rating"`), "bad-value /children/0/answer/type")
	check(answer(`"unit":"u"`), "missing-field /children/0/answer")
	check(answer(`"type":"yesno","cap":1,"integer":true,"linear":{"from":0,"to":1,"points":[0,1]},"max":1,"maxLength":1,"min":0,"options":[{"value":"a"}],"reverse":true,"steps":[{"from":0,"points":1}],"unit":"u","use":"s","points":{"yes":1}`),
		"unknown-field /children/0/answer/cap", "unknown-field /children/0/answer/integer", "unknown-field /children/0/answer/linear", "unknown-field /children/0/answer/max",
		"unknown-field /children/0/answer/maxLength", "unknown-field /children/0/answer/min", "unknown-field /children/0/answer/options", "unknown-field /children/0/answer/reverse",
		"unknown-field /children/0/answer/steps", "unknown-field /children/0/answer/unit", "unknown-field /children/0/answer/use")
	check(answer(`"type":"text","points":{"yes":1}`), "unknown-field /children/0/answer/points")
	check(answer(`"type":"yesno","points":{"yes":"x","no":"y"}`), "bad-decimal /children/0/answer/points/yes", "bad-decimal /children/0/answer/points/no")
	check(model(`"aggregate":"share","met":{"level":{"atLeast":"b"}},"children":[{"ref":"x"},{"id":"g","levels":[{"id":"b"}],"children":[{"id":"q","answer":{"type":"yesno"}}]}]`), "unknown-node /children/0/ref")
	check(answer(`"type":"choice","options":[{"value":"1"},{"value":"2"},{"value":"3"},{"value":"4"},{"value":"1"}]`), "duplicate-id /children/0/answer/options/4/value")
	check(answer(`"type":"choice","options":[{"value":"1"},{"value":"2"},{"value":"3"},{"value":"4"},{"value":"5"},{"value":"6"}]`), "too-many /children/0/answer/options")
	check(answer(`"type":"choice","options":[null,{"value":"a","exclusive":true}]`), "wrong-type /children/0/answer/options/0", "unknown-field /children/0/answer/options/1/exclusive")
	check(model(`"aggregate":"staged","met":{"value":{"atLeast":1}},"children":[{"ref":"x"},{"id":"q","stage":1,"answer":{"type":"yesno"}}]`), "missing-field /children/0", "unknown-node /children/0/ref")
	check(answer(`"type":"yesno","integer":false,"reverse":false`), "unknown-field /children/0/answer/integer", "unknown-field /children/0/answer/reverse")
	check(answer(`"type":"scale","min":0,"max":4,"reverse":true`))
	check(answer(`"type":"scale","min":0,"max":5`), "too-many /children/0/answer")
	check(answer(`"type":"scale","min":-3,"max":1`))
	check(answer(`"type":"scale","min":-3,"max":2`), "too-many /children/0/answer")
	check(answer(`"type":"scale","min":1,"max":1`), "out-of-range /children/0/answer")
	check(answer(`"type":"scale","min":0.5,"max":2`), "not-an-integer /children/0/answer/min")
	check(answer(`"type":"scale","min":0,"max":2.5`), "not-an-integer /children/0/answer/max")
	check(answer(`"type":"scale"`), "missing-field /children/0/answer", "missing-field /children/0/answer")
	check(answer(`"type":"scale","max":9`), "missing-field /children/0/answer")
	check(answer(`"type":"scale","max":-1`), "missing-field /children/0/answer")
	check(answer(`"type":"scale","min":1`), "missing-field /children/0/answer")
	check(answer(`"type":"scale","min":-9`), "missing-field /children/0/answer")
	check(answer(`"type":"text","maxLength":1`))
	check(answer(`"type":"text","maxLength":0`), "out-of-range /children/0/answer/maxLength")
	check(answer(`"type":"text","maxLength":-1`), "out-of-range /children/0/answer/maxLength")
	check(answer(`"type":"choice"`), "missing-field /children/0/answer")
	check(answer(`"type":"choice","options":[]`), "empty /children/0/answer/options")
	check(answer(`"type":"choice","use":"s"`), "unknown-option-set /children/0/answer/use")
	check(answer(`"type":"choice","options":[{"value":"1"},{"value":"2"},{"value":"3"},{"value":"4"},{"value":"5"}]`))
	check(answer(`"type":"choice","options":[{"value":"1"},{"value":"2"},{"value":"3"},{"value":"4"},{"value":"5"},{"value":"6"}]`), "too-many /children/0/answer/options")
	check(answer(`"type":"choice","options":[null]`), "wrong-type /children/0/answer/options/0")
	check(answer(`"type":"choice","options":[{"points":1}]`), "missing-field /children/0/answer/options/0")
	check(answer(`"type":"choice","options":[{"value":"a"},{"value":"a","points":"x","title":"title","description":"title"}]`), "duplicate-id /children/0/answer/options/1/value",
		"bad-decimal /children/0/answer/options/1/points", "too-long /children/0/answer/options/1/title", "too-long /children/0/answer/options/1/description")
	check(answer(`"type":"choice","options":[{"value":"a","exclusive":true}]`), "unknown-field /children/0/answer/options/0/exclusive")
	check(answer(`"type":"checklist","cap":2,"options":[{"value":"a","exclusive":true}]`))
	check(answer(`"type":"checklist","cap":"x","options":[{"value":"a"}]`), "bad-decimal /children/0/answer/cap")
	set := func(answer string) string {
		return model(`"optionSets":{"s":[{"value":"a","exclusive":true}]},"children":[{"id":"n","answer":{` + answer + `}}]`)
	}
	check(set(`"type":"checklist","use":"s"`))
	check(set(`"type":"choice","use":"s"`), "bad-value /children/0/answer/use")
	check(set(`"type":"checklist","use":"s","options":[{"value":"a"}]`), "bad-value /children/0/answer")
	check(group(`"optionSets":{"s":[]}`), "empty /optionSets/s")
	check(answer(`"type":"number","min":1,"max":1,"integer":true,"unit":"kr","linear":{"from":1,"to":0,"points":[0,1]}`))
	check(answer(`"type":"number","min":1,"max":0,"unit":"title","linear":{"from":0,"to":1,"points":[0,1]}`), "out-of-range /children/0/answer", "too-long /children/0/answer/unit")
	check(answer(`"type":"number"`), "missing-field /children/0/answer")
	check(answer(`"type":"number","steps":[]`), "empty /children/0/answer/steps")
	check(answer(`"type":"number","steps":[{"from":0,"points":0},{"from":0.000000001,"points":1}]`))
	check(answer(`"type":"number","steps":[{"from":0,"points":0},{"from":0,"points":1},{"points":1},{"from":-1}]`),
		"step-order /children/0/answer/steps/1", "missing-field /children/0/answer/steps/2", "missing-field /children/0/answer/steps/3")
	check(answer(`"type":"number","steps":[{"from":1,"points":0},{"from":2,"points":0},{"from":3,"points":0},{"from":4,"points":0},{"from":5,"points":0},{"from":6,"points":0}]`), "too-many /children/0/answer/steps")
	check(answer(`"type":"number","steps":[{"from":0,"points":0}],"linear":{"from":0,"to":1,"points":[0,1]}`), "bad-value /children/0/answer")
	check(answer(`"type":"number","min":1,"linear":{"from":0,"to":1,"points":[0,1]}`))
	check(answer(`"type":"number","max":-1,"linear":{"from":0,"to":1,"points":[0,1]}`))
	check(answer(`"type":"number","linear":{"from":0,"points":[0,1]}`), "missing-field /children/0/answer/linear")
	check(answer(`"type":"number","linear":{"to":0,"points":[0,1]}`), "missing-field /children/0/answer/linear")
	check(answer(`"type":"number","linear":{"from":1,"to":1,"points":[0,1]}`), "out-of-range /children/0/answer/linear")
	check(answer(`"type":"number","linear":{"from":0,"to":1,"points":[0]}`), "bad-value /children/0/answer/linear/points")
	check(answer(`"type":"number","linear":{"points":[0,"x",1]}`), "missing-field /children/0/answer/linear", "missing-field /children/0/answer/linear",
		"bad-value /children/0/answer/linear/points", "bad-decimal /children/0/answer/linear/points/1")

	// Conditions.
	check(when(`{"question":"q","is":true}`))
	check(when(`{"question":"q","is":1}`), "wrong-type /children/5/when/is")
	check(when(`{"question":"c","is":"a"}`))
	check(when(`{"question":"c","is":"z"}`), "unknown-option /children/5/when/is")
	check(when(`{"question":"c","in":["a",1]}`), "wrong-type /children/5/when/in/1")
	check(when(`{"question":"c","in":[]}`), "empty /children/5/when/in")
	check(when(`{"question":"c","includes":"a"}`), "bad-condition /children/5/when/includes")
	check(when(`{"question":"l","includes":"a"}`))
	check(when(`{"question":"l","includes":"z"}`), "unknown-option /children/5/when/includes")
	check(when(`{"question":"l","is":"a"}`), "bad-condition /children/5/when/is")
	check(when(`{"question":"t","is":"anything"}`))
	check(when(`{"question":"t","is":true}`), "wrong-type /children/5/when/is")
	check(when(`{"question":"s","is":1}`))
	check(when(`{"question":"s","is":true}`), "wrong-type /children/5/when/is")
	check(when(`{"question":"s","is":1e20}`), "bad-decimal /children/5/when/is")
	check(when(`{"question":"q"}`), "bad-condition /children/5/when")
	check(when(`{"question":"q","is":true,"answered":true}`), "bad-condition /children/5/when")
	check(when(`{"question":"q","is":true,"value":{"atLeast":1}}`), "bad-condition /children/5/when")
	check(when(`{"is":true}`), "bad-condition /children/5/when")
	check(when(`{"node":"q","is":true}`), "bad-condition /children/5/when")
	check(when(`{"node":"q"}`), "bad-condition /children/5/when")
	check(when(`{"node":"q","value":{"atLeast":1},"ratio":{"atMost":1},"completeness":{"equals":1}}`))
	check(when(`{"node":"q","value":{}}`), "empty /children/5/when/value")
	check(when(`{"node":"q","value":{"atLeast":"a","moreThan":"b","atMost":"c","lessThan":"d","equals":"e"}}`), "bad-decimal /children/5/when/value/atLeast",
		"bad-decimal /children/5/when/value/moreThan", "bad-decimal /children/5/when/value/atMost", "bad-decimal /children/5/when/value/lessThan", "bad-decimal /children/5/when/value/equals")
	check(when(`{"node":"q","ratio":{},"completeness":{}}`), "empty /children/5/when/ratio", "empty /children/5/when/completeness")
	check(when(`{"node":"q","level":{"atLeast":"a"}}`), "unknown-level /children/5/when/level/atLeast")
	check(when(`{"node":"z","value":{"atLeast":1}}`), "unknown-node /children/5/when/node")
	check(when(`{"question":"z","is":true}`), "unknown-node /children/5/when/question")
	check(when(`{"question":"m","is":true}`), "unknown-node /children/5/when/question")
	check(when(`{"node":"m","value":{"atLeast":1}}`), "reads-ahead /children/5/when/node")
	check(when(`{"question":"x","is":true}`), "reads-ahead /children/5/when/question")
	check(model(`"children":[{"id":"a","when":{"question":"q","is":true},"answer":{"type":"yesno"}},`+q+`]`), "reads-ahead /children/0/when/question")
	check(when(`{"value":{"atLeast":1}}`), "bad-condition /children/5/when")
	check(when(`{}`), "bad-condition /children/5/when")
	check(when(`{"all":[]}`), "empty /children/5/when/all")
	check(when(`{"any":[]}`), "empty /children/5/when/any")
	check(when(`{"all":[null]}`), "wrong-type /children/5/when/all/0")
	check(when(`{"all":[{"question":"q","is":true}],"question":"q","is":true}`), "bad-condition /children/5/when")
	check(when(`{"not":{"question":"q","is":true},"value":{"atLeast":1}}`), "bad-condition /children/5/when")
	check(when(`{"any":[{"question":"q","is":true},{"not":{"question":"z","is":true}}]}`), "unknown-node /children/5/when/any/1/not/question")
	check(group(`"adjust":[{"when":{"value":{"atLeast":1}},"add":1},{"when":{"all":[{"ratio":{"atLeast":1}}]},"add":1}]`))
	check(group(`"adjust":[{"when":{"level":{"atLeast":"a"}},"add":1}]`), "bad-condition /adjust/0/when")
	check(group(`"adjust":[{"when":{"question":"z","is":true},"add":1}]`), "unknown-node /adjust/0/when/question")
	check(group(`"levels":[{"id":"a","require":{"value":{"atLeast":1}}}]`), "bad-condition /levels/0/require")
	check(group(`"levels":[{"id":"a","require":{"node":"m","completeness":{"atLeast":1}}}]`))
	share := func(met, levels string) string {
		return model(`"aggregate":"share","met":` + met + `,"children":[{"id":"g","levels":[` + levels + `],"children":[` + q + `]}]`)
	}
	check(share(`{"level":{"atLeast":"b"}}`, `{"id":"a"},{"id":"b","from":1}`))
	check(share(`{"not":{"level":{"atLeast":"c"}}}`, `{"id":"a"},{"id":"b","from":1}`), "unknown-level /met/not/level/atLeast")
	check(model(`"aggregate":"share","met":{"level":{"atLeast":"a"}},"children":[{"id":"h","weight":0,"children":[{"id":"g","levels":[{"id":"a"}],"children":[` + q + `]}]},{"ref":"g"}]`))
	check(model(`"children":[{"id":"g","levels":[{"id":"a"},{"id":"b","from":1}],"children":[` + q + `]},{"id":"x","when":{"node":"g","level":{"atLeast":"b"}},"answer":{"type":"yesno"}}]`))

	// What only follows from a field that cannot be read is not said as well.
	check(when(`{"question":5,"is":true}`), "wrong-type /children/5/when/question")
	check(when(`{"question":"q","is":{}}`), "wrong-type /children/5/when/is")
	check(when(`{"node":"q","value":{"atLeast":true}}`), "wrong-type /children/5/when/value/atLeast")
	check(model(`"children":[{"id":"a","answer":5}]`), "wrong-type /children/0/answer")
	check(model(`"children":5`), "wrong-type /children")
	check(model(`"children":[{"id":"a","answer":{"type":5}}]`), "wrong-type /children/0/answer/type")
	check(`5`, "wrong-type ")

	// Geometric and product groups.
	geometric := func(fields string, children string) string {
		return model(`"aggregate":"geometric",` + fields + `"children":[` + children + `]`)
	}
	weighted := func(a, b string) string {
		return `{"id":"a","weight":` + a + `,"answer":{"type":"yesno"}},{"id":"b","weight":` + b + `,"answer":{"type":"yesno"}}`
	}
	check(geometric("", q+","+r))
	check(geometric(`"adjust":[{"add":1}],`, q), "bad-geometric ")
	check(geometric(`"scale":{"min":0,"max":1},`, q), "bad-geometric ")
	check(geometric("", weighted("199", "1")))
	check(geometric("", weighted("200", "1")), "bad-geometric ")
	check(geometric("", weighted("398", "2")))
	check(geometric("", weighted("1.5", "1")), "bad-geometric /children/0/weight")
	check(geometric(`"levels":[{"id":"a"},{"id":"b","from":0.5,"of":"ratio"}],`, q), "bad-geometric /levels/1")
	check(geometric(`"levels":[{"id":"a","from":0.2,"of":"ratio"},{"id":"b","from":0.5,"of":"ratio"}],`, q), "bad-geometric /levels/0", "bad-geometric /levels/1")
	check(geometric(`"ladders":{"l":[{"id":"a","from":0.2,"of":"ratio"},{"id":"b","from":0.5,"of":"ratio"}]},"levels":"l",`, q), "bad-geometric /levels")
	check(geometric(`"levels":[{"id":"a"},{"id":"b","from":0.5,"of":"value"}],`, q))
	nested := func(round, outer string) string {
		return model(`"aggregate":"` + outer + `","children":[{"id":"g","aggregate":"geometric",` + round + `"children":[` + q + `,` + r + `]}]`)
	}
	check(nested(`"round":{"digits":2},`, "mean"))
	check(nested("", "mean"), "bad-geometric /children/0")
	check(nested(`"weight":"x",`, "mean"), "bad-geometric /children/0", "bad-decimal /children/0/weight")
	check(group(`"views":[{"id":"v","aggregate":"geometric","children":[{"ref":"q"}]},{"id":"w","children":[{"ref":"v"}]}]`), "bad-geometric /views/1/children/0")
	check(model(`"aggregate":"geometric","children":[` + q + `],"views":[{"id":"w","children":[{"id":"x","when":{"node":"m","value":{"atLeast":1}},"answer":{"type":"yesno"}}]}]`))
	check(model(`"aggregate":"geometric","children":[`+q+`],"views":[{"id":"w","children":[{"id":"x","when":{"node":"m","ratio":{"atLeast":1}},"answer":{"type":"yesno"}}]}]`),
		"bad-geometric /views/0/children/0/when/ratio")
	signed := func(aggregate, low string) string {
		return model(`"aggregate":"` + aggregate + `","children":[{"id":"n","answer":{"type":"yesno","points":{"yes":1,"no":` + low + `}}}]`)
	}
	for _, aggregate := range []string{"geometric", "product"} {
		check(signed(aggregate, "0"))
		check(signed(aggregate, "-1"), "bad-geometric /children/0")
		check(strings.Replace(signed(aggregate, "-1"), `"children"`, `"read":"ratio","children"`, 1))
	}
	below := func(outer, fields string) string { // a group with a child from -1 to 1
		return model(`"aggregate":"geometric",` + outer + `"children":[{"id":"g",` + fields + `,"children":[{"id":"n","answer":{"type":"yesno","points":{"yes":1,"no":-1}}}]}]`)
	}
	above := func(outer, fields string) string {
		return strings.Replace(below(outer, fields), `"no":-1`, `"no":0`, 1)
	}
	for fields, negative := range map[string]bool{`"adjust":[{"multiply":0}]`: false, `"adjust":[{"add":0}]`: false, `"adjust":[{"add":0.5}]`: false, `"adjust":[{"atMost":0}]`: false,
		`"adjust":[{"add":-0.5}]`: true, `"adjust":[{"atMost":-0.5}]`: true, `"adjust":[{"multiply":-1}]`: true, `"adjust":[{"set":-1}]`: true, `"adjust":[{"set":null}]`: false,
		`"adjust":[{"add":-0.5},{"atLeast":0}]`: false, `"adjust":[{"atLeast":-0.5}]`: false, `"aggregate":"sum","base":-1`: true, `"aggregate":"sum","base":1`: false,
		`"scale":{"min":0,"max":1}`: false, `"scale":{"min":-1,"max":1}`: true, `"scale":{"min":1,"max":0}`: false, `"scale":{"min":0,"max":-1}`: true} {
		if negative {
			check(above("", fields), "bad-geometric /children/0")
		} else {
			check(above("", fields))
		}
	}
	check(below("", `"scale":{"min":0,"max":1}`))
	check(below("", `"aggregate":"sum","base":1`))
	check(below("", `"aggregate":"sum","base":0.9`), "bad-geometric /children/0")
	check(below("", `"adjust":[{"atLeast":0}]`))
	check(below(`"read":"ratio",`, `"base":0,"aggregate":"sum"`))
	check(above(`"read":"ratio",`, `"adjust":[{"add":0.5}]`))
	check(above(`"read":"ratio",`, `"adjust":[{"add":-0.5}]`), "bad-geometric /children/0")
	check(above(`"read":"ratio",`, `"adjust":[{"add":-0.5},{"atLeast":0}]`))
	check(model(`"aggregate":"geometric","children":[{"id":"g","adjust":[{"set":null}],"children":[{"id":"n","answer":{"type":"yesno","points":{"no":-1}}}]}]`))
	check(model(`"aggregate":"geometric","children":[{"id":"c","weight":0,"answer":{"type":"choice","options":[{"value":"a","points":1},{"value":"b"}]}},{"ref":"c","points":{"a":2,"b":0}}]`))
	check(model(`"aggregate":"geometric","children":[{"id":"c","weight":0,"answer":{"type":"choice","options":[{"value":"a","points":1},{"value":"b"}]}},{"ref":"c","points":{"a":2,"b":-1}}]`), "bad-geometric /children/1")
	check(model(`"aggregate":"geometric","read":"ratio","children":[{"id":"c","weight":0,"answer":{"type":"choice","options":[{"value":"a","points":1},{"value":"b"}]}},{"ref":"c","points":{"a":2,"b":-1}}]`))
	unsure := func(outer, fields string) string { // a range that depends on which of them count
		return model(`"aggregate":"geometric",` + outer + `"children":[{"id":"g",` + fields + `,"missing":"lowest","children":[{"id":"f","missing":"lowest","children":[{"id":"e","missing":"exclude","children":[` +
			q + `,{"id":"n","answer":{"type":"yesno","points":{"yes":2}}}]}]},{"id":"z","weight":0,"answer":{"type":"yesno","points":{"no":-1}}}]}]`)
	}
	check(unsure("", `"adjust":[{"add":0}]`))
	for _, fields := range []string{`"adjust":[{"set":null}]`, `"adjust":[{"atLeast":-0.5}]`, `"scale":{"min":0,"max":1}`, `"aggregate":"sum","base":0`, `"aggregate":"sum","base":1`} {
		check(unsure("", fields))
	}
	check(unsure("", `"adjust":[{"add":-1}]`), "bad-geometric /children/0")
	check(unsure(`"read":"ratio",`, `"adjust":[{"add":1}]`), "bad-geometric /children/0")
	check(model(`"aggregate":"geometric","read":"ratio","children":[{"id":"g","adjust":[{"add":1}],"children":[`+q+`,{"id":"n","answer":{"type":"yesno","points":{"yes":2}}}]}]`), "bad-geometric /children/0")
	check(model(`"aggregate":"geometric","children":[{"id":"g","weight":0,"children":[{"id":"n","answer":{"type":"yesno","points":{"no":-1}}}]},` + q + `]`))

	// Limits.
	check(model(`"children":[` + many(11) + `]`))
	check(model(`"children":[`+many(12)+`]`), "too-many /children/11")
	check(model(`"children":[`+many(9)+`,{"id":"z","when":{"all":[{"question":"q0","is":true}]},"answer":{"type":"yesno"}}]`), "too-many /children/9/when/all/0")
}

// many are n questions.
func many(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = `{"id":"q` + strconv.Itoa(i) + `","answer":{"type":"yesno"}}`
	}
	return strings.Join(list, ",")
}

// The same rules hold for models that Go programs write, where a pointer may also be nil and a text not UTF-8.
func TestRulesOfGoModels(t *testing.T) {
	yes := &maturity.Answer{Type: maturity.YesNo}
	check := func(m *maturity.Model, want ...string) {
		t.Helper()
		m.ID, m.Version = "m", "1.0.0"
		assert.Equal(t, want, issuesIn(t, m.Validate(nil)))
		_, err := maturity.Compile(m, nil)
		assert.Equal(t, want, issuesIn(t, err))
		assert.Panics(t, func() { maturity.MustCompile(m, nil) })
	}
	group := func(n *maturity.Node) *maturity.Model {
		return &maturity.Model{Node: maturity.Node{Children: []*maturity.Node{n}}}
	}
	question := func(a *maturity.Answer) *maturity.Model { return group(&maturity.Node{ID: "q", Answer: a}) }
	check(group(nil), "bad-node /children/0")
	check(&maturity.Model{Node: maturity.Node{Children: []*maturity.Node{{ID: "q", Answer: yes}}}, Views: []*maturity.Node{nil}}, "bad-node /views/0")
	check(group(&maturity.Node{ID: "q", Answer: yes, Title: maturity.Text{"nb": "\xff"}}), "bad-utf8 /children/0/title/nb")
	check(group(&maturity.Node{ID: "q", Answer: yes, Stage: -1}), "out-of-range /children/0/stage")
	check(group(&maturity.Node{ID: "q", Answer: yes, Advice: []maturity.Text{{}}}), "empty /children/0/advice/0")
	check(question(&maturity.Answer{Type: maturity.Choice, Options: []*maturity.Option{nil, {Value: "a", Exclusive: true}}}), "bad-value /children/0/answer/options/0", "unknown-field /children/0/answer/options/1/exclusive")
	check(question(&maturity.Answer{Type: maturity.Choice, Options: []*maturity.Option{{}}}), "missing-field /children/0/answer/options/0")
	check(question(&maturity.Answer{Type: maturity.FreeText, MaxLength: -1}), "out-of-range /children/0/answer/maxLength")
	check(question(&maturity.Answer{Type: maturity.Number, Linear: &maturity.LinearPoints{From: "0", To: "1", Points: []maturity.Decimal{"0"}}}), "bad-value /children/0/answer/linear/points")
	check(group(&maturity.Node{ID: "q", Answer: yes, Weight: "1e20", Effort: "x"}), "bad-decimal /children/0/weight", "bad-decimal /children/0/effort")
	check(&maturity.Model{Node: maturity.Node{Children: []*maturity.Node{{ID: "q", Answer: yes}}, Adjust: []maturity.Adjustment{{Set: "x"}, {Add: maturity.NoValue}, {Set: maturity.NoValue}}}},
		"bad-decimal /adjust/0/set", "bad-decimal /adjust/1/add")
	low := group(&maturity.Node{ID: "q", Answer: yes})
	low.Levels.Levels = []*maturity.Level{{ID: "a"}, {ID: "b", From: "x"}}
	check(low, "bad-decimal /levels/1/from")
	both := group(&maturity.Node{ID: "q", Answer: yes})
	both.Ladders = map[string][]*maturity.Level{"l": {nil, {ID: "a"}}}
	both.Levels = maturity.Ladder{Use: "l", Levels: []*maturity.Level{{ID: "a"}}}
	check(both, "bad-value /ladders/l/0", "missing-field /ladders/l/1", "bad-value /levels")
	when := func(c *maturity.Condition) *maturity.Model {
		m := group(&maturity.Node{ID: "q", Answer: yes})
		m.Children = append(m.Children, &maturity.Node{ID: "x", Answer: yes, When: c})
		return m
	}
	check(when(&maturity.Condition{All: []*maturity.Condition{nil}}), "bad-condition /children/1/when/all/0")
	check(when(&maturity.Condition{Question: "q", Is: 1}), "wrong-type /children/1/when/is")
}

// What an assessment may be, and what not, with all issues as code and path. Scoring finds the same as checking.
func TestAssessmentRules(t *testing.T) {
	s := compile(t, []byte(`{"id":"m","version":"1.0.0","children":[
		{"id":"c","answer":{"type":"choice","options":[{"value":"a"},{"value":"b"}]}},
		{"id":"y","notApplicable":"forbid","answer":{"type":"yesno"}},
		{"id":"t","answer":{"type":"text","maxLength":3}},
		{"id":"l","answer":{"type":"checklist","options":[{"value":"a"},{"value":"b"},{"value":"n","exclusive":true}]}},
		{"id":"s","answer":{"type":"scale","min":1,"max":5}},
		{"id":"n","answer":{"type":"number","min":0,"max":10,"linear":{"from":0,"to":10,"points":[0,1]}}},
		{"id":"i","answer":{"type":"number","integer":true,"steps":[{"from":0,"points":0},{"from":5,"points":1}]}}]}`))
	check := func(fields string, want ...string) {
		t.Helper()
		document := `{"model":{"id":"m"},` + fields + `}`
		want = append([]string{}, want...)
		a, err := s.ParseAssessment([]byte(document))
		assert.Equal(t, want, issuesIn(t, err), document)
		if a == nil {
			var loose maturity.Assessment
			if err := json.Unmarshal([]byte(document), &loose); err != nil {
				return // no document at all, or bad whatever the model is
			}
			a = &loose
		}
		assert.ElementsMatch(t, want, issuesIn(t, s.Check(a)), document)
		_, err = s.Score(a)
		assert.ElementsMatch(t, want, issuesIn(t, err), document)
		_, err = s.Session(a)
		assert.ElementsMatch(t, want, issuesIn(t, err), document)
	}
	check(`"answers":{}`)
	check(`"answers":{"c":"b","y":false,"t":"æøå","l":["a","b"],"s":5,"n":2.5,"i":7}`)
	check(`"answers":{"z":true,"m":1}`, "unknown-question /answers/z", "unknown-question /answers/m")
	check(`"answers":{"c":"z"}`, "unknown-option /answers/c")
	check(`"answers":{"c":1}`, "wrong-type /answers/c")
	check(`"answers":{"y":"yes"}`, "wrong-type /answers/y")
	check(`"answers":{"t":"four"}`, "too-long /answers/t")
	check(`"answers":{"t":3}`, "wrong-type /answers/t")
	check(`"answers":{"l":["n"]}`)
	check(`"answers":{"l":[]}`)
	check(`"answers":{"l":["a","n"]}`, "exclusive-option /answers/l")
	check(`"answers":{"l":["a","a"]}`, "repeated-option /answers/l/1")
	check(`"answers":{"l":["a","z"]}`, "unknown-option /answers/l/1")
	check(`"answers":{"l":"a"}`, "wrong-type /answers/l")
	check(`"answers":{"s":1}`)
	check(`"answers":{"s":0}`, "out-of-range /answers/s")
	check(`"answers":{"s":6}`, "out-of-range /answers/s")
	check(`"answers":{"s":1.5}`, "not-an-integer /answers/s")
	check(`"answers":{"n":10}`)
	check(`"answers":{"n":0}`)
	check(`"answers":{"n":10.000000001}`, "out-of-range /answers/n")
	check(`"answers":{"n":-0.000000001}`, "out-of-range /answers/n")
	check(`"answers":{"n":1e20}`, "bad-decimal /answers/n")
	check(`"answers":{"i":-3}`)
	check(`"answers":{"i":2.5}`, "not-an-integer /answers/i")
	check(`"answers":{},"notApplicable":{"a":"r","c":"r","y":"r","z":"r"}`, "unknown-question /notApplicable/a", "not-applicable-forbidden /notApplicable/y", "unknown-question /notApplicable/z")
	check(`"answers":{"c":"a"},"notApplicable":{"c":"r"}`, "answered-not-applicable /notApplicable/c")
	check(`"answers":{},"comments":{"c":"x"},"evidence":{"c":[{"title":"t"}]}`)
	check(`"answers":{},"comments":{"z":"x","m":"x"}`, "unknown-question /comments/z", "unknown-question /comments/m")
	check(`"answers":{},"evidence":{"m":[{"title":"t"}]}`, "unknown-question /evidence/m")
	for url, ok := range map[string]bool{"https://a.no/b?c#d": true, "http://a": true, "HTTPS://A.NO": true, "mailto:a@b.no": true, "http:/a": false, "http://": false,
		"https:a": false, "mailto:": false, "ftp://a": false, "javascript:alert(1)": false, "http": false, "https://a b": false, "https://a<b": false,
		"https://a>b": false, `https://a\\b`: false, `https://a\"b`: false, `https://a\u007fb`: false, "https://a!b": true, `https://a\u0020`: false} {
		want := []string{"bad-url /evidence/c/0/url"}
		if ok {
			want = nil
		}
		check(`"answers":{},"evidence":{"c":[{"url":"`+url+`"}]}`, want...)
	}
	for date, ok := range map[string]bool{"2026-11-24": true, "2024-02-29": true, "2000-02-29": true, "2026-02-28": true, "2026-12-31": true, "2026-04-30": true, "2026-01-01": true,
		"2026-02-29": false, "1900-02-29": false, "2026-13-01": false, "2026-00-01": false, "2026-01-00": false, "2026-04-31": false, "2024-02-30": false, "2024-03-32": false,
		"2026-1-01": false, "2026/11-24": false, "2026-11/24": false, "2026-11-2": false, "2026-11-240": false, "202a-11-24": false, "2026-1a-24": false, "2026-11-2a": false, "2026-01-29": true} {
		want := []string{"bad-date /date"}
		if ok {
			want = nil
		}
		check(`"answers":{},"date":"`+date+`"`, want...)
	}

	// The model that it is of.
	check1 := func(ref string, s *maturity.Scorer, warned []string, want ...string) {
		t.Helper()
		a, err := maturity.ParseAssessment([]byte(`{"model":`+ref+`,"answers":{"c":"a"}}`), nil)
		if err != nil {
			assert.Equal(t, want, issuesIn(t, err), ref)
			return
		}
		r, err := s.Score(a)
		assert.Equal(t, append([]string{}, want...), issuesIn(t, err), ref)
		if err == nil {
			assert.Equal(t, warned, issuesIn(t, &maturity.InvalidError{Issues: r.Warnings}), ref)
		}
	}
	digest, none := s.Ref().Digest, []string{}
	check1(`{"id":"m"}`, s, none)
	check1(`{"id":"m","version":"1.0.0","digest":"`+digest+`"}`, s, none)
	check1(`{"id":"m","version":"1.0.1"}`, s, none, "other-version /model/version")
	check1(`{"id":"m","digest":"x"}`, s, none, "other-digest /model/digest")
	check1(`{"id":"m2"}`, s, none, "other-model /model/id")
	check1(`{"version":"1.0.0"}`, s, none, "missing-field /model")
	lax, err := maturity.Compile(s.Model(), &maturity.Options{AnyVersion: true})
	require.NoError(t, err)
	check1(`{"id":"m","version":"1.0.0","digest":"`+digest+`"}`, lax, none)
	check1(`{"id":"m","version":"1.0.1","digest":"x"}`, lax, []string{"other-version /model/version", "other-digest /model/digest"})
	check1(`{"id":"m2"}`, lax, none, "other-model /model/id")

	// Without a model.
	_, err = maturity.ParseAssessment([]byte(`{"date":"2026-02-30","answers":{},"evidence":{"c":[{"url":"x"}]}}`), nil)
	assert.Equal(t, []string{"missing-field /model", "bad-date /date", "bad-url /evidence/c/0/url"}, issuesIn(t, err))
	var a maturity.Assessment
	require.Error(t, json.Unmarshal([]byte(`{"model":{"id":"m"},"date":"x","answers":{}}`), &a))
	assert.Empty(t, a.Model.ID)
	require.NoError(t, json.Unmarshal([]byte(`{"model":{"id":"m"},"answers":{"c":"a"}}`), &a))
	assert.Equal(t, map[string]any{"c": "a"}, a.Answers)
	var m maturity.Model
	require.Error(t, json.Unmarshal([]byte(`{"id":"m"}`), &m))
	assert.Empty(t, m.ID)
	require.NoError(t, json.Unmarshal([]byte(`{"id":"m","version":"1.0.0","children":[{"id":"q","answer":{"type":"yesno"}}]}`), &m))
	assert.Equal(t, "q", m.Children[0].ID)
	assert.True(t, errors.Is(s.Check(&maturity.Assessment{}), maturity.MissingField))
}
