package versions_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/versions"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// said makes an assessment of "question=value" pairs; numbers and truths are written as in JSON.
func said(t *testing.T, s *maturity.Scorer, pairs string) *maturity.Assessment {
	t.Helper()
	var list []string
	for _, pair := range strings.Fields(pairs) {
		id, value, _ := strings.Cut(pair, "=")
		list = append(list, fmt.Sprintf("%q:%s", id, value))
	}
	a, err := s.ParseAssessment([]byte(fmt.Sprintf(`{"model":{"id":%q},"answers":{%s}}`, s.Ref().ID, strings.Join(list, ","))))
	require.NoError(t, err)
	return a
}

func number(x *maturity.Exact) string {
	if x == nil {
		return "-"
	}
	return x.Exact
}

// line writes a node as: basis earlier restated later; change by model; parts.
func line(n versions.NodeChange) string {
	value := func(o *versions.Outcome) string {
		if o == nil {
			return "·"
		}
		return number(o.Value) + o.Level
	}
	text := fmt.Sprintf("%s %s %s %s; %s %s; %s", n.Basis, value(n.Earlier), value(n.Restated), value(n.Later), number(n.Change), number(n.ByModel), n.Split)
	for _, part := range n.Parts {
		text += " " + part.Question + "=" + part.Change.Exact
	}
	return text
}

func nodes(c *versions.Comparison) map[string]string {
	lines := map[string]string{}
	for _, n := range c.Nodes {
		lines[n.Node] = line(n)
	}
	return lines
}

func TestCompareYears(t *testing.T) {
	s := compile(t, parse(t, model))
	c, err := versions.Compare(said(t, s, `q1="some" q2="no" q3=true q4=2`), said(t, s, `q1="all" q2="some" q3=true q4=3 q5=["y"]`), s, s)
	require.NoError(t, err)
	got := nodes(c)
	assert.Equal(t, "same 2/3 · 7/3; 5/3 -; unique q1=4/3 q2=1/3", got["a"])
	assert.Equal(t, "same 1 · 1; 0 -; averaged", got["b"], "the lowest is still q3")
	assert.Equal(t, "same 5/6low · 5/3low; 5/6 -; averaged q1=2/3 q2=1/6", got["m"])
	assert.Equal(t, "same - · 2; - -; ", got["q5"], "without a value before there is no change")
	assert.Nil(t, c.Migration)
	assert.Empty(t, c.Gone)
	assert.Equal(t, versions.AnswerChange{Question: "q5", BeforeState: versions.Missing, After: []any{"y"}, AfterState: versions.Answered}, withoutStrings(c.Answers[3]))
}

// withoutStrings makes a checklist's answer a []any, however it was read.
func withoutStrings(a versions.AnswerChange) versions.AnswerChange {
	if list, ok := a.After.([]string); ok {
		a.After = []any{list[0]}
	}
	return a
}

// Answers that act alike explain alike, however many there are.
func TestPartsAreFair(t *testing.T) {
	for _, n := range []int{2, 3, 5, 12, 32} {
		var questions, before, after []string
		for i := range n {
			questions = append(questions, fmt.Sprintf(`{"id":"q%d","answer":{"type":"scale","min":0,"max":5}}`, i))
			before = append(before, fmt.Sprintf("q%d=1", i))
			after = append(after, fmt.Sprintf("q%d=3", i))
		}
		s := compile(t, parse(t, fmt.Sprintf(`{"id":"m","version":"1.0.0","aggregate":"min","children":[%s]}`, strings.Join(questions, ","))))
		c, err := versions.Compare(said(t, s, strings.Join(before, " ")), said(t, s, strings.Join(after, " ")), s, s)
		require.NoError(t, err)
		require.Len(t, c.Nodes[0].Parts, n)
		for _, part := range c.Nodes[0].Parts {
			assert.Equal(t, 2.0/float64(n), part.Change.Value, "%d of %d", len(c.Nodes[0].Parts), n)
		}
	}
}

func TestCompareAcrossVersions(t *testing.T) {
	from := compile(t, parse(t, model))
	to := compile(t, parse(t, edited(append(replaces(`"q2":"second","q3":"third"`), `"id":"q2"`, `"id":"second"`, `"id":"q3"`, `"id":"third"`,
		`"weight":2`, `"weight":1`, `{"id":"q5","answer":{"type":"checklist","options":[{"value":"x","points":1},{"value":"y","points":2},{"value":"z","points":2}]}},`, "",
		`{"id":"q4"`, `{"id":"q6","answer":{"type":"scale","min":0,"max":2}},{"id":"q4"`)...)))
	c, err := versions.Compare(said(t, from, `q1="all" q2="no" q3=true q4=2 q5=["x"]`), said(t, to, `q1="all" second="some" third=true q4=2 q6=0`), from, to)
	require.NoError(t, err)
	got := nodes(c)
	// The model took 1/2 from a, by giving both questions one weight; the answer to q2 gave 1/2.
	assert.Equal(t, "restated 2 1.5 2; 0.5 -0.5; unique second=0.5", got["a"])
	assert.Equal(t, "same 0 · 1; 1 -; unique second=1", got["second"])
	assert.Equal(t, "partial 1 1 0; -1 0; unique q6=-1", got["b"], "q6 is new, and q5 is gone")
	assert.Equal(t, "new · - 0; - -; ", got["q6"])
	assert.Equal(t, []versions.GoneNode{{"q5", maturity.QuestionNode, &versions.Outcome{Value: &maturity.Exact{Exact: "1", Value: 1}}}}, c.Gone)
	require.Len(t, c.Answers, 2)
	assert.True(t, c.Answers[1].New)
	assert.Equal(t, "q5", c.Migration.Dropped[0].Question)
}

func TestCompareNamesWhatIsWrongWithBoth(t *testing.T) {
	s := compile(t, parse(t, model))
	a, b := said(t, s, ""), said(t, s, "")
	a.Answers, b.Answers = map[string]any{"x": 1}, map[string]any{"y": 1}
	_, err := versions.Compare(a, b, s, s)
	var invalid *maturity.InvalidError
	require.ErrorAs(t, err, &invalid)
	require.Len(t, invalid.Issues, 2)
	assert.Equal(t, "/earlier/answers/x", invalid.Issues[0].Path)
	assert.Equal(t, "/later/answers/y", invalid.Issues[1].Path)
}

// A thousand changed answers below one group that no two orders leave alike.
func BenchmarkCompare(b *testing.B) {
	for _, n := range []int{100, 1000} {
		m := &maturity.Model{Version: "1.0.0", Node: maturity.Node{ID: "m", Aggregate: maturity.Median}}
		for i := range n {
			if i%10 == 0 {
				m.Children = append(m.Children, &maturity.Node{ID: fmt.Sprint("g", i)})
			}
			g := m.Children[i/10]
			g.Children = append(g.Children, &maturity.Node{ID: fmt.Sprint("q", i), Answer: &maturity.Answer{Type: maturity.ScaleType, Min: "0", Max: "5"}})
		}
		s := maturity.MustCompile(m, nil)
		x := &maturity.Assessment{Model: s.Ref(), Answers: map[string]any{}}
		y := &maturity.Assessment{Model: s.Ref(), Answers: map[string]any{}}
		for i := range n {
			x.Answers[fmt.Sprint("q", i)] = i % 6
			y.Answers[fmt.Sprint("q", i)] = (i*i + 1) % 6
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				if _, err := versions.Compare(x, y, s, s); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
