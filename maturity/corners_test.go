package maturity_test

import (
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// cornerModel has a question of each type, a root that is no decimal, and what is shown with few digits.
const cornerModel = `{"id":"m","version":"1.0.0","language":"en","display":{"digits":1},"children":[
	{"id":"g","title":"A\u0007 title\u0085 of\n two lines","children":[
		{"id":"y","answer":{"type":"yesno"}},
		{"id":"n","weight":2,"answer":{"type":"number","linear":{"from":0,"to":3,"points":[0,1]}}}]},
	{"id":"l","title":"A list with a name that is far too long to be shown in one line of an explanation","answer":{"type":"checklist","options":[{"value":"a","points":1},{"value":"b","points":1}]}},
	{"id":"t","title":{"en":"Another one, which is just as long as it may"},"answer":{"type":"text"}},
	{"id":"x","when":{"question":"t","in":["on","yes"]},"answer":{"type":"scale","min":0,"max":2}}],
	"views":[{"id":"root","display":{"digits":3},"aggregate":"geometric","children":[{"ref":"y"},{"ref":"x"}]}]}`

// Numbers of JSON are kept as they are written; null is no number.
func TestDecimalAsJSON(t *testing.T) {
	for text, want := range map[string]maturity.Decimal{`0.10`: "0.10", `"0.10"`: `"0.10"`, `null`: ""} {
		var d maturity.Decimal
		require.NoError(t, json.Unmarshal([]byte(text), &d))
		assert.Equal(t, want, d)
		back, err := json.Marshal(d)
		require.NoError(t, err)
		assert.Equal(t, text, string(back))
	}
	for _, l := range []maturity.Ladder{{Use: "five"}, {Levels: []*maturity.Level{{ID: "a"}, {ID: "b", From: "1"}}}} {
		text, err := json.Marshal(l)
		require.NoError(t, err)
		if l.Use != "" {
			assert.Equal(t, `"five"`, string(text))
		} else {
			assert.Equal(t, `[{"id":"a"},{"id":"b","from":1}]`, string(text))
		}
	}
	// A model that a Go program has written with a bad number has a digest, and is refused.
	m := &maturity.Model{Version: "1.0.0", Node: maturity.Node{ID: "m", Weight: "x", Children: []*maturity.Node{nil, {ID: "q", Answer: &maturity.Answer{Type: maturity.YesNo}}}}}
	assert.NotEqual(t, m.Digest(), (&maturity.Model{}).Digest())
	text, err := m.MarshalJSON()
	require.NoError(t, err)
	assert.Equal(t, `{"id":"m","version":"1.0.0","weight":x,"children":[null,{"id":"q","answer":{"type":"yesno"}}]}`, string(text))
	assert.Equal(t, []string{"bad-decimal /weight", "bad-node /children/0"}, issuesIn(t, m.Validate(nil)))
	var visited []string
	for _, n := range m.Nodes() {
		visited = append(visited, n.ID)
	}
	assert.Equal(t, []string{"m", "q"}, visited, "what is nil is no node")
	for range m.Nodes() {
		break
	}
}

// Answers of Go programs: every kind of number and list is kept, explained and written.
func TestAnswersAsGoValues(t *testing.T) {
	s := compile(t, []byte(cornerModel))
	for _, n := range []any{1.5, json.Number("1.5"), maturity.Decimal("1.5")} {
		a := &maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"y": true, "n": n, "l": []any{"a", "b"}, "t": "on", "x": int64(2)}}
		r, err := s.Score(a)
		require.NoError(t, err)
		g, ok := r.Node("g")
		require.True(t, ok)
		assert.Equal(t, 2.0/3, g.Value)
		text, err := json.Marshal(a)
		require.NoError(t, err)
		assert.Contains(t, string(text), `"answers":{"l":["a","b"],"n":1.5,"t":"on","x":2,"y":true}`)
		e, err := s.Explain(a, "m")
		require.NoError(t, err)
		assert.Contains(t, string(e.AppendJSON(nil)), `"answer":1.5`)
		whole, err := json.Marshal(r)
		require.NoError(t, err)
		assert.Equal(t, string(r.AppendJSON(nil)), string(whole))
	}
	for _, n := range []any{math.NaN(), math.Inf(1), struct{}{}, nil, uint(1)} {
		_, err := s.Score(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"n": n}})
		assert.Error(t, err, "%v", n)
	}
	_, err := s.Score(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"l": []any{1}}})
	assert.Equal(t, []string{"wrong-type /answers/l"}, issuesIn(t, err))
	_, err = s.Score(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"l": []string{"z"}}})
	assert.Equal(t, []string{"unknown-option /answers/l/0"}, issuesIn(t, err))
	_, err = s.ParseAssessment([]byte(`{"model":{"id":"m"},"answers":{"l":["a",1,"b",null]}}`))
	assert.Equal(t, []string{"wrong-type /answers/l/1", "wrong-type /answers/l/3"}, issuesIn(t, err))
}

// Shown values are rounded half up to the digits of the nearest node that has some; roots are, too.
func TestDisplay(t *testing.T) {
	s := compile(t, []byte(cornerModel))
	r, err := s.Score(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"y": true, "n": 0.15, "t": "yes", "x": 2}})
	require.NoError(t, err)
	for id, want := range map[string]float64{"m": 1.2, "g": 0.4, "n": 0.1, "root": 1.414} {
		n, ok := r.Node(id)
		require.True(t, ok)
		assert.True(t, n.HasDisplay)
		assert.Equal(t, want, n.Display, id)
	}
	root, _ := r.Node("root")
	assert.Equal(t, math.Sqrt2, root.Value)
	s = compile(t, []byte(strings.Replace(cornerModel, `"display":{"digits":3}`, `"display":{"digits":0}`, 1)))
	whole, err := s.Score(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"y": true, "t": "yes", "x": 2}})
	require.NoError(t, err)
	root, _ = whole.Node("root")
	assert.True(t, root.HasDisplay && root.Display == 1, root.Display)
	s = compile(t, []byte(`{"id":"m","version":"1.0.0","children":[{"id":"q","display":{"digits":0},"answer":{"type":"yesno"}},{"id":"p","answer":{"type":"yesno"}}]}`))
	whole, err = s.Score(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"q": true, "p": true}})
	require.NoError(t, err)
	assert.True(t, whole.Nodes[1].HasDisplay && whole.Nodes[1].Display == 1 && !whole.Nodes[2].HasDisplay)
	_, ok := r.Node("nothing")
	assert.False(t, ok)
	nodes, second := len(r.Nodes), r.Nodes[1].ID
	r.Nodes = r.Nodes[:1] // by a program that wants no more
	_, ok = r.Node(second)
	assert.False(t, ok)
	r.Nodes = r.Nodes[:nodes]
	r.Nodes[0], r.Nodes[1] = r.Nodes[1], r.Nodes[0] // or another order
	moved, ok := r.Node(second)
	assert.True(t, ok && moved.ID == second)
	r.Nodes[0], r.Nodes[1] = r.Nodes[1], r.Nodes[0]
	copied := maturity.Result{Nodes: slices.Clone(r.Nodes)} // as a program that read one from JSON holds it
	n, ok := copied.Node("g")
	assert.True(t, ok && n == &copied.Nodes[1])
	_, ok = copied.Node("nothing")
	assert.False(t, ok)
	assert.Equal(t, 1.0, maturity.Completeness{}.Ratio())
	assert.Equal(t, 0.75, maturity.Completeness{Answered: 2, NotApplicable: 1, Missing: 1, Asked: 4}.Ratio())
}

// A condition on a text is met by one of its texts, as it is written.
func TestTextCondition(t *testing.T) {
	s := compile(t, []byte(cornerModel))
	for text, shown := range map[string]bool{"on": true, "yes": true, "On": false, "": false, "no": false} {
		r, err := s.Score(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"t": text}})
		require.NoError(t, err)
		x, _ := r.Node("x")
		assert.Equal(t, shown, x.Status == maturity.Missing, text)
	}
}

// A session changes nothing where it refuses, and gives exact numbers.
func TestSessionRefuses(t *testing.T) {
	s := compile(t, []byte(cornerModel))
	session, err := s.Session(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"y": true, "n": 1}})
	require.NoError(t, err)
	before := session.Assessment()
	for _, id := range []string{"z", "g"} {
		assert.Equal(t, []string{"unknown-question /answers/" + id}, issuesIn(t, session.Set(id, true)))
		assert.ErrorIs(t, session.Clear(id), maturity.UnknownQuestion)
		assert.ErrorIs(t, session.NotApplicable(id, "r"), maturity.UnknownQuestion)
	}
	assert.Equal(t, []string{"wrong-type /answers/y"}, issuesIn(t, session.Set("y", "yes")))
	assert.Equal(t, before, session.Assessment())
	at := func(id string) int {
		i, ok := s.Index(id)
		require.True(t, ok)
		return i
	}
	exact, ok := session.ExactAt(at("g"))
	assert.Equal(t, maturity.Exact{Exact: "5/9", Value: 5.0 / 9}, exact)
	assert.True(t, ok)
	exact, ok = session.ExactRatioAt(at("g"))
	assert.Equal(t, "5/9", exact.Exact)
	assert.True(t, ok)
	value, ok := session.Value("g")
	assert.True(t, ok && value == 5.0/9)
	_, ok = session.Value("nothing")
	assert.False(t, ok)
	for _, node := range []int{-1, len(s.Model().Children) + 100, at("x")} {
		_, ok = session.ExactAt(node)
		assert.False(t, ok)
		_, ok = session.ExactRatioAt(node)
		assert.False(t, ok)
	}
	require.NoError(t, session.Set("t", "on"))
	require.NoError(t, session.Set("x", 1))
	exact, ok = session.ExactAt(at("root"))
	assert.True(t, ok && exact.Value == 1, exact)
	require.NoError(t, session.Set("x", 2))
	exact, ok = session.ExactRatioAt(at("root"))
	assert.True(t, ok)
	assert.InDelta(t, 1, exact.Value, 0)
	_, err = s.Session(&maturity.Assessment{})
	assert.ErrorIs(t, err, maturity.MissingField)
	row, err := compile(t, []byte(`{"id":"m","version":"1.0.0","children":[{"id":"q","answer":{"type":"yesno"}}]}`)).Row()
	require.NoError(t, err)
	for _, bad := range [][]int16{{}, {0, 0}, {2}, {-3}} {
		assert.ErrorIs(t, row.Score(bad), maturity.ErrRow)
	}
	assert.NoError(t, row.Score([]int16{1}))
}

// ScoreAll hands on each error, goes on after it, and stops when asked to.
func TestScoreAllErrors(t *testing.T) {
	s := compile(t, []byte(cornerModel))
	good, bad := &maturity.Assessment{Model: s.Ref()}, &maturity.Assessment{}
	var got []bool
	for r, err := range s.ScoreAll(slices.Values([]*maturity.Assessment{bad, good, bad})) {
		assert.Equal(t, err == nil, r != nil)
		got = append(got, err == nil)
	}
	assert.Equal(t, []bool{false, true, false}, got)
	for _, stop := range []int{1, 2} {
		n := 0
		for range s.ScoreAll(slices.Values([]*maturity.Assessment{bad, good, bad})) {
			if n++; n == stop {
				break
			}
		}
		assert.Equal(t, stop, n)
	}
}

// An explanation reads in three languages, with names on one line, and says what is wrong.
func TestExplainCorners(t *testing.T) {
	s := compile(t, []byte(cornerModel))
	a := &maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"y": true, "n": 0.5}}
	_, err := s.Explain(a, "nothing")
	assert.Equal(t, []string{"unknown-node "}, issuesIn(t, err))
	_, err = s.Explain(&maturity.Assessment{}, "m")
	assert.ErrorIs(t, err, maturity.MissingField)
	e, err := s.Explain(a, "m")
	require.NoError(t, err)
	texts := map[string]string{}
	for _, language := range []string{"nb", "no", "nb-NO", "nn", "en", "de", ""} {
		texts[language] = e.Text(language)
		assert.Contains(t, texts[language], "A title of two lines", language)
		assert.Contains(t, texts[language], "\n  A list with a name that is far too long to …  ", language)
		assert.Contains(t, texts[language], "\n  Another one, which is just as long as it may  ", language)
	}
	assert.Contains(t, texts["nn"], "Vekta gjennomsnitt")
	assert.Contains(t, texts["nb"], "Vektet gjennomsnitt")
	assert.Contains(t, texts["nb"], "4/9 (0,4444)")
	assert.Contains(t, texts["en"], "4/9 (0.4444)")
	assert.Equal(t, texts["nb"], texts["no"])
	assert.Equal(t, texts["nb"], texts["nb-NO"])
	assert.Equal(t, texts["en"], texts["de"])
	assert.Equal(t, texts["en"], texts[""])
	s = compile(t, []byte(`{"id":"m","version":"1.0.0","children":[{"id":"q","answer":{"type":"yesno"}}],"levels":[{"id":"a","title":"Low"},{"id":"b","title":"High","from":1}]}`))
	e, err = s.Explain(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"q": false}}, "m")
	require.NoError(t, err)
	assert.Contains(t, e.Text("en"), "  q: adds +0; at its best: 1, level 2 High\n")
	assert.Contains(t, e.Text("en"), "\n  1 Low: reached\n  2 High: not reached (≥ 1)\n")
	e, err = s.Explain(&maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"q": true}}, "m")
	require.NoError(t, err)
	assert.Contains(t, e.Text("en"), "  q: adds +1\n")
}

// Places and words of a document are shown so that they harm no terminal, and cut where they are long.
func TestMessages(t *testing.T) {
	check := func(document string, want ...string) {
		t.Helper()
		_, err := maturity.Parse([]byte(document), nil)
		require.Error(t, err, document)
		assert.Equal(t, strings.Join(want, "\n"), err.Error(), document)
	}
	fields := `{"id":"m","version":"1.0.0","children":[{"id":"q","answer":{"type":"yesno"}}]`
	check(fields+`,"a/b~c":1}`, `1:79 /a~1b~0c: There is no field "a/b~c" here: remove it, or mend its name. (unknown-field)`)
	check(fields+`,"a b":1}`, `1:79 /a b: There is no field "a b" here: remove it, or mend its name. (unknown-field)`)
	check(fields+`,"a\u00a0b":1}`, "1:79 /a\u00a0b: There is no field \"a\\u00a0b\" here: remove it, or mend its name. (unknown-field)")
	check(fields+`,"a\u007f":1}`, "1:79 \"/a\\x7f\": There is no field \"a\\x7f\" here: remove it, or mend its name. (unknown-field)")
	check(fields+`,"a\u001b[":1}`, "1:79 \"/a\\x1b[\": There is no field \"a\\x1b[\" here: remove it, or mend its name. (unknown-field)")
	long := strings.Repeat("a", 55)
	check(fields+`,"language":"`+long+`aaaaaa"}`, `1:90 /language: "`+long+`aa..." is not a BCP 47 language tag: write it like nb or en-GB. (bad-language)`)
	check(fields+`,"language":"`+long+`aaaaa"}`, `1:90 /language: "`+long+`aaaaa" is not a BCP 47 language tag: write it like nb or en-GB. (bad-language)`)
	check(fields+`,"language":"`+long+`a€€"}`, `1:90 /language: "`+long+`a..." is not a BCP 47 language tag: write it like nb or en-GB. (bad-language)`)
	assert.Equal(t, "A. (empty)", (&maturity.Issue{Code: maturity.Empty, Message: "A."}).Error())
	assert.Equal(t, "/a: A. (empty)", (&maturity.Issue{Code: maturity.Empty, Path: "/a", Message: "A."}).Error())
	assert.Equal(t, "2:3: A. (empty)", (&maturity.Issue{Code: maturity.Empty, Line: 2, Column: 3, Message: "A."}).Error())
	assert.True(t, errors.Is(&maturity.Issue{Code: maturity.Empty}, maturity.Empty))
}

// One issue is told however long its path is.
func TestLongPath(t *testing.T) {
	_, err := maturity.Parse([]byte(`{"id":"m","version":"1.0.0","children":[{"id":"q","answer":{"type":"yesno"}}],"`+strings.Repeat("a", 300)+`":1}`), &maturity.Options{MaxIssues: 1})
	assert.ErrorIs(t, err, maturity.UnknownField)
}

// Strings that are cut off, or hold half a character.
func TestBrokenStrings(t *testing.T) {
	for text, code := range map[string]maturity.Code{`{"a`: maturity.BadSyntax, `{"a\`: maturity.BadSyntax, `{"a\u`: maturity.BadSyntax, `{"a\u12`: maturity.BadSyntax,
		`{"a\u123`: maturity.BadSyntax, `{"a\u123g"`: maturity.BadSyntax, `{"\x"`: maturity.BadSyntax, `{a`: maturity.BadSyntax, `{"a":1`: maturity.BadSyntax, `{"a":[1`: maturity.BadSyntax, `{"id":"\ud800"}`: maturity.BadUTF8, "{\"id\":\"\xff\"}": maturity.BadUTF8, "{\"id\":\"\x80\"}": maturity.BadUTF8} {
		_, err := maturity.Parse([]byte(text), nil)
		assert.ErrorIs(t, err, code, text)
	}
}

// Every character can be written as an escape, and no half of a pair stands alone.
func TestEscapes(t *testing.T) {
	for escape, want := range map[string]string{`\u0041\u00e5`: "Aå", `\u0939`: "ह", "\ufffd": "\ufffd", `\ud7ff`: "\ud7ff", `\ue000`: "\ue000", `\uffff`: "\uffff", `\ud800\udc00`: "\U00010000",
		`\udbff\udfff`: "\U0010ffff", `\ud83d\ude00!`: "😀!", `\uD83D\uDE00`: "😀", `\b\f\n\r\t\"\\\/`: "\b\f\n\r\t\"\\/",
		`\udc00`: "", `\udc00\udc00`: "", `\udfff`: "", `\ud800`: "", `\ud800A`: "", `\ud800\u0041`: "", `\ud800\udbff`: "", `\ud800\ue000`: "", `\udbff\n`: ""} {
		m, err := maturity.Parse([]byte(`{"id":"m","version":"1.0.0","title":"`+escape+`","children":[{"id":"q","answer":{"type":"yesno"}}]}`), nil)
		if want == "" {
			assert.Contains(t, issuesIn(t, err), "bad-utf8 /title", escape)
		} else if assert.NoError(t, err, escape) {
			assert.Equal(t, want, m.Title[""], escape)
		}
	}
}

// A threshold of many digits is compared with a fraction of few.
func TestLongThreshold(t *testing.T) {
	s := compile(t, []byte(`{"id":"m","version":"1.0.0","children":[`+many(11)+`],"levels":[{"id":"a"},{"id":"b","from":999999999.999999999}]}`))
	answers := map[string]any{"q0": true}
	for i := 1; i < 11; i++ {
		answers["q"+strconv.Itoa(i)] = false
	}
	a := &maturity.Assessment{Model: s.Ref(), Answers: answers}
	r, err := s.Score(a)
	require.NoError(t, err)
	assert.Equal(t, "a", r.Root().Level)
	v, err := s.Variation(a, "m")
	require.NoError(t, err)
	require.True(t, v.SetThreshold(0, 1) && v.Level() == 1)
	require.True(t, v.SetThreshold(0, 1e18-1) && v.SetThreshold(0, 1e18-3))
	assert.Equal(t, 0, v.Level())
}

// Sums that no longer fit into 64 bits go on exactly.
func TestLargeSums(t *testing.T) {
	check := func(model string, answers map[string]any) {
		t.Helper()
		s := compile(t, []byte(model))
		document, err := json.Marshal(&maturity.Assessment{Model: s.Ref(), Answers: answers})
		require.NoError(t, err)
		equalsReference(t, nil, model, []byte(model), s, document)
	}
	question := func(id, weight, points string) string {
		return `{"id":"` + id + `","weight":` + weight + `,"answer":{"type":"yesno","points":{"yes":` + points + `,"no":0.1}}}`
	}
	for _, aggregate := range []string{"mean", "sum", "median", "share", "product"} {
		for _, weights := range [][2]string{{"999999999", "999999998"}, {"999999999.999999999", "999999999.999999998"}, {"0.000000001", "999999999"}, {"1", "1"}} {
			for _, points := range [][2]string{{"999999999", "999999997"}, {"999999999.999999999", "0.000000001"}, {"999999999.999999999", "999999999.999999997"}} {
				met := ""
				if aggregate == "share" {
					met = `"met":{"value":{"atLeast":1}},`
				}
				levels := `"levels":[{"id":"a"},{"id":"b","from":1},{"id":"c","from":499999999.5},{"id":"d","from":999999997},{"id":"e","above":999999998},{"id":"f","from":999999999}],`
				model := `{"id":"m","version":"1.0.0","aggregate":"` + aggregate + `",` + met + levels + `"children":[` + question("a", weights[0], points[0]) + `,` +
					question("b", weights[1], points[1]) + `,` + question("c", weights[0], points[1]) + `]}`
				for _, c := range []bool{true, false} {
					check(model, map[string]any{"a": true, "b": true, "c": c})
				}
				check(model, map[string]any{"b": true})
			}
		}
	}
}
