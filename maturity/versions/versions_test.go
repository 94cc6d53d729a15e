package versions_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/versions"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const model = `{"id":"m","version":"1.0.0","title":"Model","ladders":{"l":[{"id":"low"},{"id":"high","from":2}]},
"optionSets":{"grades":[{"value":"no","points":0},{"value":"some","points":1},{"value":"all","points":3}]},
"levels":"l","children":[
 {"id":"a","title":"A","children":[
  {"id":"q1","title":"First","weight":2,"answer":{"type":"choice","use":"grades"}},
  {"id":"q2","title":"Second","weight":1,"answer":{"type":"choice","use":"grades"}}]},
 {"id":"b","title":"B","aggregate":"min","children":[
  {"id":"q3","answer":{"type":"yesno"}},
  {"id":"q4","answer":{"type":"scale","min":1,"max":5}},
  {"id":"q5","answer":{"type":"checklist","options":[{"value":"x","points":1},{"value":"y","points":2},{"value":"z","points":2}]}},
  {"id":"note","answer":{"type":"text"}}]}]}`

// edited is the model with parts of its text replaced, as version 2.
func edited(pairs ...string) string {
	text := strings.Replace(model, "1.0.0", "2.0.0", 1)
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(text, pairs[i]) {
			panic(pairs[i])
		}
		text = strings.Replace(text, pairs[i], pairs[i+1], 1)
	}
	return text
}

func replaces(entries string) []string {
	return []string{`"title":"Model"`, `"title":"Model","replaces":{` + entries + `}`}
}

func TestDiff(t *testing.T) {
	for _, c := range []struct {
		what     string
		edits    []string
		effect   versions.Effect
		changes  string // kind node/part field, in order
		affected string // nodes whose values can differ
	}{
		{"nothing", nil, versions.NoEffect, "", ""},
		{"other notation", []string{`"weight":2`, `"weight":2.0`, `"levels":"l"`, `"levels":[{"id":"low"},{"id":"high","from":2}]`}, versions.NoEffect, "", ""},
		{"a title", []string{`"First"`, `"The first"`}, versions.TextsOnly, "reworded q1 title", ""},
		{"an option's title", []string{`"value":"some"`, `"value":"some","title":"Some"`}, versions.TextsOnly,
			"reworded q1/some title, reworded q2/some title", ""},
		{"a weight", []string{`"weight":2`, `"weight":3`}, versions.ValuesToo, "reweighted q1 weight", "m a"},
		{"all weights alike", []string{`"weight":2`, `"weight":1`, `"weight":1,"answer":{"type":"choice","use":"grades"}}]}`,
			`"weight":0.5,"answer":{"type":"choice","use":"grades"}}]}`}, versions.NoEffect, "reweighted q1 weight, reweighted q2 weight", ""},
		{"points", []string{`"value":"all","points":3`, `"value":"all","points":4`}, versions.ValuesToo,
			"rescored q1/all points, rescored q2/all points", "m a q1 q2"},
		{"an option", []string{`{"value":"all"`, `{"value":"most","points":2},{"value":"all"`}, versions.ValuesToo, "added q1/most , added q2/most ", "m a q1 q2"},
		{"a threshold", []string{`"from":2`, `"from":2.5`}, versions.ValuesToo, "rescored m/high from", "m"},
		{"a level", []string{`{"id":"high"`, `{"id":"middle","from":1},{"id":"high"`}, versions.ValuesToo, "added m/middle ", "m"},
		{"an aggregate", []string{`"aggregate":"min"`, `"aggregate":"max"`}, versions.ValuesToo, "rescored b aggregate", "m b"},
		{"a policy", []string{`"levels":"l"`, `"levels":"l","missing":"lowest"`}, versions.ValuesToo, "rescored m missing", "m a b"},
		{"a scored question", []string{`{"id":"q3"`, `{"id":"q0","answer":{"type":"yesno"}},{"id":"q3"`}, versions.ValuesToo, "added q0 ", "m b"},
		{"a text question", []string{`{"id":"q3"`, `{"id":"q0","answer":{"type":"text"}},{"id":"q3"`}, versions.TextsOnly, "added q0 ", ""},
		{"one question less", []string{`{"id":"q3","answer":{"type":"yesno"}},`, ""}, versions.ValuesToo, "removed q3 ", "m b"},
		{"another order", []string{`{"id":"q3","answer":{"type":"yesno"}},`, "", `{"id":"note"`, `{"id":"q3","answer":{"type":"yesno"}},{"id":"note"`},
			versions.TextsOnly, "moved b children", ""},
		{"another group", []string{`{"id":"q3","answer":{"type":"yesno"}},`, "", `{"id":"q1"`, `{"id":"q3","answer":{"type":"yesno"}},{"id":"q1"`},
			versions.ValuesToo, "moved q3 ", "m a b"},
		{"a new id", append(replaces(`"q1":"first"`), `"id":"q1"`, `"id":"first"`), versions.TextsOnly, "renamed first id", ""},
		{"a new id, not said", []string{`"id":"q1"`, `"id":"first"`}, versions.ValuesToo, "added first , removed q1 ", "m a"},
		{"a new value", append(replaces(`"q1/no":"q1/none","q2/no":"q2/none"`), `"value":"no"`, `"value":"none"`), versions.TextsOnly,
			"renamed q1/none value, renamed q2/none value", ""},
		{"a yes that becomes a no", append(replaces(`"q3":"p3","q3/true":"p3/false"`), `"id":"q3"`, `"id":"p3"`), versions.ValuesToo,
			"renamed p3 id, renamed p3 value", "m b p3"},
		{"other numbers", append(replaces(`"q4":"p4","q4/4.0":"p4/2"`), `"id":"q4"`, `"id":"p4"`), versions.ValuesToo, "renamed p4 id, renamed p4 value", "m b p4"},
		{"a condition", []string{`"id":"b"`, `"id":"b","when":{"question":"q1","is":"all"}`}, versions.ValuesToo, "rescored b when", "m b q3 q4 q5 note"},
		{"a reference", []string{`{"id":"q3"`, `{"ref":"q1","weight":2},{"id":"q3"`}, versions.ValuesToo, "added b→q1 ", "m b"},
		{"a view", []string{`"levels":"l","children"`, `"levels":"l","views":[{"id":"v","children":[{"ref":"q1"}]}],"children"`}, versions.NoEffect, "added v ", ""},
		{"a licence", []string{`"title":"Model"`, `"title":"Model","license":"CC0"`}, versions.TextsOnly, "reworded  license", ""},
	} {
		d, err := versions.Diff(parse(t, model), parse(t, edited(c.edits...)))
		require.NoError(t, err, c.what)
		var changes, affected []string
		for _, x := range d.Changes {
			at := x.Node
			switch {
			case x.Option != "" || x.Level != "":
				at += "/" + x.Option + x.Level
			case x.Ref != "":
				at += "→" + x.Ref
			}
			changes = append(changes, fmt.Sprintf("%s %s %s", x.Kind, at, x.Field))
		}
		for _, a := range d.Affected {
			if a.Effect == versions.ValuesToo {
				affected = append(affected, a.Node)
			}
		}
		assert.Equal(t, c.changes, strings.Join(changes, ", "), c.what)
		assert.Equal(t, c.affected, strings.Join(affected, " "), c.what)
		assert.Equal(t, c.effect, d.Effect, c.what)
	}
}

// A policy of the model is that of its views, too, where each group has one of its own.
func TestDiffOfAPolicyForViews(t *testing.T) {
	sheltered := edited(`"id":"a"`, `"id":"a","missing":"exclude"`, `"id":"b"`, `"id":"b","missing":"exclude"`,
		`"levels":"l","children"`, `"missing":"exclude","levels":"l","views":[{"id":"v","children":[{"ref":"q1"}]}],"children"`)
	d, err := versions.Diff(parse(t, sheltered), parse(t, strings.Replace(sheltered, `"missing":"exclude","levels"`, `"missing":"lowest","levels"`, 1)))
	require.NoError(t, err)
	assert.Equal(t, versions.ValuesToo, d.Effect)
	assert.Equal(t, []versions.Change{{Kind: versions.Rescored, Node: "m", Field: "missing", Before: maturity.Exclude, After: maturity.Lowest, Effect: versions.ValuesToo}}, d.Changes)
	assert.Equal(t, []versions.Affected{{Node: "v", Effect: versions.ValuesToo}}, d.Affected)
}

func TestDiffNamesWhatIsWrongWithBoth(t *testing.T) {
	_, err := versions.Diff(&maturity.Model{}, &maturity.Model{Version: "1.0.0", Node: maturity.Node{ID: "?"}})
	var invalid *maturity.InvalidError
	require.ErrorAs(t, err, &invalid)
	var paths []string
	for _, issue := range invalid.Issues {
		paths = append(paths, issue.Path)
	}
	assert.Contains(t, paths, "/from")
	assert.Contains(t, paths, "/to/id")
}

const answers = `{"model":{"id":"m","version":"1.0.0"},"subject":{"id":"4204"},"respondent":"r","date":"2025-11-24",
"answers":{"q1":"some","q3":true,"q4":4,"q5":["x","y"],"note":"text"},"notApplicable":{"q2":"why"},
"comments":{"q1":"one","q2":"two"},"evidence":{"q1":[{"title":"e1"}],"q3":[{"title":"e3"}]}}`

func TestMigrate(t *testing.T) {
	for _, c := range []struct {
		what    string
		edits   []string
		answers string // the migrated answers
		dropped string // part question value reason
		open    string
	}{
		{"nothing", nil, `{"note":"text","q1":"some","q3":true,"q4":4,"q5":["x","y"]}`, "", ""},
		{"a new id", append(replaces(`"q1":"first"`), `"id":"q1"`, `"id":"first"`),
			`{"first":"some","note":"text","q3":true,"q4":4,"q5":["x","y"]}`, "", ""},
		{"a new id, not said", []string{`"id":"q1"`, `"id":"first"`}, `{"note":"text","q3":true,"q4":4,"q5":["x","y"]}`,
			"answer q1 some gone, comment q1 one gone, evidence q1 [{e1 }] gone", "first"},
		{"an option less", []string{`,{"value":"some","points":1}`, ""}, `{"note":"text","q3":true,"q4":4,"q5":["x","y"]}`, "answer q1 some unknown-option", "q1"},
		{"options of a new value", append(replaces(`"q1/some":"q1/few","q5/y":"q5/why"`), `"value":"some"`, `"value":"few"`, `"value":"y"`, `"value":"why"`),
			`{"note":"text","q1":"few","q3":true,"q4":4,"q5":["x","why"]}`, "", ""},
		{"a list's option less", []string{`{"value":"x","points":1},`, ""}, `{"note":"text","q1":"some","q3":true,"q4":4,"q5":["y"]}`, "answer q5 x unknown-option", ""},
		{"a shorter scale", []string{`"max":5`, `"max":3`}, `{"note":"text","q1":"some","q3":true,"q5":["x","y"]}`, "answer q4 4 out-of-range", "q4"},
		{"a shorter scale, as said", append(replaces(`"q4/4":"q4/high"`), `"type":"scale","min":1,"max":5`, `"type":"choice","options":[{"value":"low"},{"value":"high"}]`),
			`{"note":"text","q1":"some","q3":true,"q4":"high","q5":["x","y"]}`, "", ""},
		{"another kind of answer", []string{`"type":"yesno"`, `"type":"scale","min":0,"max":1`}, `{"note":"text","q1":"some","q4":4,"q5":["x","y"]}`, "answer q3 true wrong-type", "q3"},
		{"forbidden", []string{`"levels":"l"`, `"levels":"l","notApplicable":"forbid"`}, `{"note":"text","q1":"some","q3":true,"q4":4,"q5":["x","y"]}`,
			"notApplicable q2 why not-applicable-forbidden", "q2"},
		{"two that become one", append(replaces(`"q2":"q1"`), `,
  {"id":"q2","title":"Second","weight":1,"answer":{"type":"choice","use":"grades"}}`, ""),
			`{"note":"text","q1":"some","q3":true,"q4":4,"q5":["x","y"]}`, "notApplicable q2 why conflict", ""},
		{"a yes that becomes an option", append(replaces(`"q3":"q5/z"`), `{"id":"q3","answer":{"type":"yesno"}},`, ""),
			`{"note":"text","q1":"some","q4":4,"q5":["x","y","z"]}`, "", ""},
		{"a list that becomes a choice", []string{`"type":"checklist"`, `"type":"choice"`}, `{"note":"text","q1":"some","q3":true,"q4":4,"q5":"x"}`, "answer q5 y conflict", ""},
		{"a list that becomes questions", append(replaces(`"q5/x":"qx","q5/y":"qy"`), `{"id":"q5","answer":{"type":"checklist","options":[{"value":"x","points":1},{"value":"y","points":2},{"value":"z","points":2}]}}`,
			`{"id":"qx","answer":{"type":"yesno"}},{"id":"qy","answer":{"type":"yesno"}}`), `{"note":"text","q1":"some","q3":true,"q4":4,"qx":true,"qy":true}`, "", ""},
		{"an option and a number that become yes or no", append(replaces(`"q1/some":"p1/false","q4/4":"p4/true"`), `{"id":"q1","title":"First","weight":2,"answer":{"type":"choice","use":"grades"}}`,
			`{"id":"p1","answer":{"type":"yesno"}},{"id":"p4","answer":{"type":"yesno"}}`, `{"id":"q4","answer":{"type":"scale","min":1,"max":5}},`, ""),
			`{"note":"text","p1":false,"p4":true,"q3":true,"q5":["x","y"]}`, "", ""},
		{"a yes that becomes a no", append(replaces(`"q3":"p3","q3/true":"p3/false","q3/false":"p3/true"`), `"id":"q3"`, `"id":"p3"`),
			`{"note":"text","q1":"some","p3":false,"q4":4,"q5":["x","y"]}`, "", ""},
		{"an option and a yes that become numbers", append(replaces(`"q1/some":"p1/2.5","q3/true":"p3/10"`), `{"id":"q1","title":"First","weight":2,"answer":{"type":"choice","use":"grades"}}`,
			`{"id":"p1","answer":{"type":"number","min":0,"max":9,"linear":{"from":0,"to":9,"points":[0,1]}}}`, `{"id":"q3","answer":{"type":"yesno"}}`, `{"id":"p3","answer":{"type":"scale","min":1,"max":10}}`),
			`{"note":"text","p1":2.5,"p3":10,"q4":4,"q5":["x","y"]}`, "", ""},
		{"a longer scale", append(replaces(`"q4/4":"q4/8"`), `"max":5`, `"max":10`), `{"note":"text","q1":"some","q3":true,"q4":8,"q5":["x","y"]}`, "", ""},
		{"other numbers, however written", append(replaces(`"q4":"p4","q4/4.0":"p4/2"`), `"id":"q4"`, `"id":"p4"`), `{"note":"text","q1":"some","q3":true,"p4":2,"q5":["x","y"]}`, "", ""},
		{"a choice that becomes a yes or no, unsaid", []string{`"answer":{"type":"choice","use":"grades"}`, `"answer":{"type":"yesno"}`},
			`{"note":"text","q3":true,"q4":4,"q5":["x","y"]}`, "answer q1 some wrong-type", "q1"},
	} {
		from, to := compile(t, parse(t, model)), compile(t, parse(t, edited(c.edits...)))
		a, err := from.ParseAssessment([]byte(answers))
		require.NoError(t, err)
		m, err := versions.Migrate(a, from, to)
		require.NoError(t, err, c.what)
		got, _ := json.Marshal(m.Assessment.Answers)
		assert.JSONEq(t, c.answers, string(got), c.what)
		var dropped []string
		for _, d := range m.Dropped {
			dropped = append(dropped, fmt.Sprintf("%s %s %v %s", d.Part, d.Question, d.Value, d.Reason))
		}
		assert.Equal(t, c.dropped, strings.Join(dropped, ", "), c.what)
		assert.Equal(t, c.open, strings.Join(m.Open, " "), c.what)
		without, err := versions.Migrate(a, nil, to)
		require.NoError(t, err, c.what)
		if got, _ := json.Marshal(without.Assessment.Answers); c.what == "a longer scale" {
			assert.Contains(t, string(got), `"q4":4`, "for all that is known, 4 is today's")
		} else {
			assert.Equal(t, m, without, c.what)
		}
		assert.Equal(t, to.Ref(), m.Assessment.Model)
		assert.Equal(t, "4204", m.Assessment.Subject.ID)
		assert.Equal(t, "2025-11-24", m.Assessment.Date)
	}
}

func TestMigrateKeepsNotesTogether(t *testing.T) {
	from := compile(t, parse(t, model))
	to := compile(t, parse(t, edited(append(replaces(`"q2":"q1","q3":"yes"`), `,
  {"id":"q2","title":"Second","weight":1,"answer":{"type":"choice","use":"grades"}}`, "", `"id":"q3"`, `"id":"yes"`)...)))
	a, err := from.ParseAssessment([]byte(answers))
	require.NoError(t, err)
	m, err := versions.Migrate(a, from, to)
	require.NoError(t, err)
	assert.Equal(t, "one\n\ntwo", m.Assessment.Comments["q1"])
	assert.Equal(t, []maturity.Evidence{{Title: "e3"}}, m.Assessment.Evidence["yes"])
	assert.Equal(t, []versions.Renaming{{versions.CommentPart, "q2", "q1", nil, nil}, {versions.AnswerPart, "q3", "yes", nil, nil},
		{versions.EvidencePart, "q3", "yes", nil, nil}}, m.Renamed)
}

func TestMigrateNeedsVersionsOfOneModel(t *testing.T) {
	from := compile(t, parse(t, model))
	a, err := from.ParseAssessment([]byte(answers))
	require.NoError(t, err)
	other := strings.Replace(model, `"id":"m"`, `"id":"n"`, 1)
	_, err = versions.Migrate(a, from, compile(t, parse(t, other)))
	require.ErrorIs(t, err, maturity.OtherModel)
	_, err = versions.Compare(a, a, from, compile(t, parse(t, other)))
	require.ErrorIs(t, err, maturity.OtherModel)
	named := strings.Replace(other, `"title":"Model"`, `"title":"Model","replaces":{"m":"n"}`, 1)
	m, err := versions.Migrate(a, from, compile(t, parse(t, named)))
	require.NoError(t, err)
	assert.Equal(t, "n", m.Assessment.Model.ID)

	m, err = versions.Migrate(a, nil, compile(t, parse(t, named)))
	require.NoError(t, err)
	assert.Equal(t, "n", m.Assessment.Model.ID)
	_, err = versions.Migrate(a, nil, compile(t, parse(t, other)))
	require.ErrorIs(t, err, maturity.OtherModel)

	a.Answers["nobody"] = true
	_, err = versions.Migrate(a, from, from)
	require.ErrorIs(t, err, maturity.UnknownQuestion)
}

func TestMigrateOfUnknownVersions(t *testing.T) {
	to := compile(t, parse(t, edited(replaces(`"old/true":"q4/5","older/3":"q1/all","oldest":"q5"`)...)))
	a := &maturity.Assessment{Model: maturity.ModelRef{ID: "m", Version: "0.1"}, Answers: map[string]any{"old": true, "older": 3.0, "oldest": []any{"x", "w"},
		"none": "gone", "q3": map[string]int{}, "a": true}, Comments: map[string]string{"note": "kept", "?": "lost"}}
	m, err := versions.Migrate(a, nil, to)
	require.NoError(t, err)
	assert.Equal(t, map[string]any{"q4": maturity.Decimal("5"), "q1": "all", "q5": []string{"x"}}, m.Assessment.Answers)
	assert.Equal(t, map[string]string{"note": "kept"}, m.Assessment.Comments)
	var dropped []string
	for _, d := range m.Dropped {
		dropped = append(dropped, fmt.Sprintf("%s %s %v %s", d.Part, d.Question, d.Value, d.Reason))
	}
	assert.Equal(t, []string{"answer q3 map[] wrong-type", "comment ? lost gone", "answer a true gone", "answer none gone gone", "answer oldest w unknown-option"}, dropped)
	a.Date = "never"
	_, err = versions.Migrate(a, nil, to)
	require.ErrorIs(t, err, maturity.BadDate)
}

// What Replaces leads to is a node of the later model, or an answer that a question of it takes.
func TestReplacesNamesWhatThereIs(t *testing.T) {
	for today, valid := range map[string]bool{
		"q1": true, "b": true, "q1/some": true, "q5/x": true, "q3/true": true, "q3/false": true, "q4/1": true, "q4/5.0": true,
		"nobody": false, "nobody/true": false, "q1/": false, "q1/none": false, "q3/yes": false, "q3/": false, "q4/6": false, "q4/1.5": false,
		"q4/x": false, "b/true": false, "note/words": false, "": false,
	} {
		_, err := maturity.Parse([]byte(edited(replaces(fmt.Sprintf("%q:%q", "old/x", today))...)), nil)
		if valid {
			assert.NoError(t, err, today)
			continue
		}
		var invalid *maturity.InvalidError
		require.ErrorAs(t, err, &invalid, today)
		require.Len(t, invalid.Issues, 1)
		assert.Equal(t, maturity.UnknownNode, invalid.Issues[0].Code)
		assert.Equal(t, "/replaces/old~1x", invalid.Issues[0].Path)
	}
}
