package maturity_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// standard is v as encoding/json writes it by its tags.
func standard(t *testing.T, v any) string {
	t.Helper()
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	require.NoError(t, encoder.Encode(v))
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}

func explanationIsItsTags(t *testing.T, _ *rand.Rand, name string, model []byte, s *maturity.Scorer, assessment []byte) {
	type plain maturity.Explanation // without the method
	a, err := s.ParseAssessment(assessment)
	require.NoError(t, err)
	for _, n := range s.Model().Nodes() {
		if n.ID == "" {
			continue
		}
		e, err := s.Explain(a, n.ID)
		if err != nil {
			return // a question is missing under the policy error
		}
		require.Equal(t, standard(t, (*plain)(e)), string(e.AppendJSON(nil)), "%s\n%s", name, model)
		text, err := json.Marshal(e)
		require.NoError(t, err)
		require.True(t, json.Valid(text))
	}
}

func TestExplanationAsJSON(t *testing.T) {
	hold(t, 60, explanationIsItsTags)
	corner := compile(t, []byte(cornerModel))
	explanationIsItsTags(t, nil, "corners", []byte(cornerModel), corner, []byte(`{"model":{"id":"m"},"answers":{"y":true}}`))
	id := models.IDs()[0]
	m, err := models.Load(id)
	require.NoError(t, err)
	s := maturity.MustCompile(m, nil)
	names := models.Assessments(id)
	if testing.Short() {
		names = names[:1]
	}
	for _, name := range names {
		a, err := models.Assessment(id, name)
		require.NoError(t, err)
		explanationIsItsTags(t, nil, id, nil, s, a)
	}
}

func TestIssuesAsJSON(t *testing.T) {
	type plain maturity.InvalidError
	for _, src := range []string{`{"id":"a b","version":"1","children":[{"\u0001<&>":1}]}`, `{`, `[]`} {
		_, err := maturity.Parse([]byte(src), nil)
		var invalid *maturity.InvalidError
		require.ErrorAs(t, err, &invalid)
		assert.Equal(t, "x"+standard(t, (*plain)(invalid)), string(invalid.AppendJSON([]byte("x"))))
		assert.Equal(t, standard(t, invalid.Issues), string(maturity.AppendIssues(nil, invalid.Issues)))
		text, err := json.Marshal(invalid)
		require.NoError(t, err)
		assert.JSONEq(t, string(invalid.AppendJSON(nil)), string(text))
	}
	assert.Equal(t, "[]", string(maturity.AppendIssues(nil, nil)))
}

func TestParseOptions(t *testing.T) {
	all := maturity.Options{AnyVersion: true, MaxBytes: 1, MaxDepth: 2, MaxNodes: 3, MaxOptions: 4, MaxText: 5, MaxIssues: 6}
	for _, want := range []maturity.Options{all, {}, {MaxIssues: 7}} {
		got, err := maturity.ParseOptions([]byte(standard(t, want)))
		require.NoError(t, err)
		assert.Equal(t, want, *got)
	}
	got, err := maturity.ParseOptions([]byte(`{"anyVersion":false,"maxBytes":0}`))
	require.NoError(t, err)
	assert.Equal(t, maturity.Options{}, *got)

	_, err = maturity.ParseOptions([]byte("{\"maxBytes\":-1,\n\"maxDepth\":1.5,\"maxNodes\":\"3\",\"anyVersion\":1,\"more\":2}"))
	var invalid *maturity.InvalidError
	require.ErrorAs(t, err, &invalid)
	var found []string
	for _, issue := range invalid.Issues {
		found = append(found, issue.Path+" "+string(issue.Code))
	}
	assert.Equal(t, []string{"/maxBytes out-of-range", "/maxDepth not-an-integer", "/maxNodes wrong-type", "/anyVersion wrong-type", "/more unknown-field"}, found)
	assert.Equal(t, 2, invalid.Issues[4].Line)
	for _, src := range []string{``, `null`, `[]`, `{"maxBytes":1,"maxBytes":1}`} {
		_, err := maturity.ParseOptions([]byte(src))
		assert.Error(t, err, src)
	}
}

// A session by number does what the same session by name does.
func numbersEqualNames(t *testing.T, r *rand.Rand, name string, model []byte, s *maturity.Scorer, assessment []byte) {
	a, err := s.ParseAssessment(assessment)
	require.NoError(t, err)
	byName, err := s.Session(a)
	require.NoError(t, err)
	byNumber, err := s.Session(a)
	require.NoError(t, err)
	answers := map[string]*maturity.Answer{}
	for _, n := range s.Model().Nodes() {
		if n.Answer != nil {
			answers[n.ID] = n.Answer
		}
	}
	for range 60 {
		question := r.IntN(len(s.Questions()))
		id := s.Questions()[question]
		option, err := r.IntN(8)-3, error(nil) // -3 is no option
		known := true
		switch q := answers[id]; {
		case option == maturity.NoAnswer:
			err = byName.Clear(id)
		case option == maturity.NoApply:
			err = byName.NotApplicable(id, "")
		case option < 0:
			known = false
		case q.Type == maturity.YesNo && option < 2:
			err = byName.Set(id, option == 1)
		case q.Type == maturity.ScaleType:
			low, high := int(q.Min.Float64()), int(q.Max.Float64())
			if known = low+option <= high; known {
				err = byName.Set(id, maturity.Decimal(standard(t, low+option)))
			}
		case q.Type == maturity.Choice:
			list := q.Options
			if q.Use != "" {
				list = s.Model().OptionSets[q.Use]
			}
			if known = option < len(list); known {
				err = byName.Set(id, list[option].Value)
			}
		default:
			known = false
		}
		got := byNumber.SetOption(question, option)
		if !known {
			require.ErrorIs(t, got, maturity.ErrRow)
			continue
		}
		require.Equal(t, err, got)
		if err != nil {
			continue
		}
		require.Equal(t, byName.Assessment(), byNumber.Assessment())
		require.Equal(t, byName.Changed(), byNumber.Changed())
		var moved []string
		result, err := byName.Result()
		for _, i := range byNumber.Moved() {
			if err == nil {
				moved = append(moved, result.Nodes[i].ID)
			}
		}
		if err != nil {
			continue
		}
		require.ElementsMatch(t, byName.Changed(), moved)
		again, err := byNumber.Result()
		require.NoError(t, err)
		require.Equal(t, string(result.AppendJSON(nil)), string(again.AppendJSON(nil)), "%s\n%s", name, model)
		for i, n := range result.Nodes {
			value, has := byName.Value(n.ID)
			gotValue, gotHas := byNumber.ValueAt(i)
			require.True(t, value == gotValue && has == gotHas)
			level := byNumber.LevelAt(i)
			require.Equal(t, n.Level != "", level >= 0)
			if level >= 0 {
				require.Equal(t, n.Level, levelsOf(s.Model(), n.ID)[level].ID)
			}
		}
	}
}

func TestSessionByNumber(t *testing.T) {
	hold(t, 150, numbersEqualNames)
	s := maturity.MustCompile(maturity.BenchModel(2, 2, 2), nil)
	session, err := s.Session(nil)
	require.NoError(t, err)
	for _, at := range []int{-1, 8, 1 << 30} {
		require.ErrorIs(t, session.SetOption(at, 0), maturity.ErrRow)
	}
	for _, at := range []int{-1, 15, 100} {
		for _, has := range []func(int) (maturity.Exact, bool){session.ExactAt, session.ExactRatioAt} {
			_, ok := has(at)
			assert.False(t, ok)
		}
		_, has := session.ValueAt(at)
		assert.False(t, has)
		assert.Equal(t, -1, session.LevelAt(at))
	}
	assert.Len(t, session.Moved(), 15)
	turn := 0
	step := func() {
		for question := range 8 {
			if session.SetOption(question, turn%7-2) != nil {
				t.Fatal("refused")
			}
			session.Moved()
		}
		turn++
	}
	for range 14 {
		step()
	}
	assert.Zero(t, testing.AllocsPerRun(100, step))
}

// What comes out as it was has not moved.
func TestMoved(t *testing.T) {
	s := compile(t, []byte(`{"id":"m","version":"1.0.0","children":[{"id":"g","aggregate":"min","children":[{"id":"p","answer":{"type":"yesno"}},{"id":"q","answer":{"type":"yesno"}},{"id":"r","answer":{"type":"yesno"}}]}]}`))
	for _, answers := range []map[string]any{{"p": false, "q": false}, {"p": false, "q": false, "r": true}} {
		session, err := s.Session(&maturity.Assessment{Model: s.Ref(), Answers: answers})
		require.NoError(t, err)
		require.NoError(t, session.SetOption(1, 1))
		assert.Equal(t, []int{3}, session.Moved(), answers)
		require.NoError(t, session.SetOption(0, 1))
		assert.Equal(t, []int{0, 1, 2}, session.Moved(), answers)
	}
}

// What is written as false is read, written and digested as it is.
func TestExplicitFalse(t *testing.T) {
	model := []byte(`{"id":"m","version":"1.0.0","children":[{"id":"s","answer":{"type":"scale","min":0,"max":2,"reverse":false}},
		{"id":"n","answer":{"type":"number","integer":false,"linear":{"from":0,"to":1,"points":[0,1]}}},
		{"id":"l","answer":{"type":"checklist","options":[{"value":"a","exclusive":false},{"value":"b"}]}}]}`)
	roundTrips(t, nil, "false", model, compile(t, model), []byte(`{"model":{"id":"m","version":"1.0.0"},"answers":{}}`))
}

// Advice is written as it was read, a text or a list, until there are more.
func TestAdviceOfOne(t *testing.T) {
	for _, advice := range []string{`"a"`, `["a"]`} {
		model := []byte(`{"id":"m","version":"1.0.0","advice":` + advice + `,"children":[{"id":"q","answer":{"type":"yesno"}}]}`)
		m, err := maturity.Parse(model, nil)
		require.NoError(t, err)
		text, err := json.Marshal(m)
		require.NoError(t, err)
		assert.Equal(t, string(model), string(text))
		m.Advice = append(m.Advice, maturity.Text{"": "b"})
		text, err = json.Marshal(m)
		require.NoError(t, err)
		assert.Contains(t, string(text), `"advice":["a","b"]`)
	}
}
