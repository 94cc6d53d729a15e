package main

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// ask calls a verb as JavaScript does: the arguments written into the room, the answer read from out.
func ask(t *testing.T, b *bridge, v verb, handle int32, arguments ...string) (int32, string) {
	t.Helper()
	lengths := [2]int32{}
	text := ""
	for i, argument := range arguments {
		lengths[i] = int32(len(argument))
		text += argument
	}
	room := b.room(int32(len(text)))
	require.NotNil(t, room)
	copy(room, text)
	code := b.call(v, handle, lengths[0], lengths[1])
	return code, string(b.out)
}

// started is a bridge with the flagship model, and its example.
func started(t *testing.T) (b *bridge, handle int32, s *maturity.Scorer, example string) {
	document, err := models.JSON(models.Default)
	require.NoError(t, err)
	answers, err := models.Assessment(models.Default, "example")
	require.NoError(t, err)
	m, err := models.Load(models.Default)
	require.NoError(t, err)
	s = maturity.MustCompile(m, nil)
	b = new(bridge)
	handle, ref := ask(t, b, compile, 0, string(document), "{}")
	require.GreaterOrEqual(t, handle, int32(0), ref)
	assert.JSONEq(t, `{"id":"`+m.ID+`","version":"`+m.Version+`","digest":"`+m.Digest()+`"}`, ref)
	return b, handle, s, string(answers)
}

func TestVerbsOfAScorer(t *testing.T) {
	b, handle, s, example := started(t)
	a, err := s.ParseAssessment([]byte(example))
	require.NoError(t, err)
	r, err := s.Score(a)
	require.NoError(t, err)
	e, err := s.Explain(a, "anchoring")
	require.NoError(t, err)
	document, err := s.Model().MarshalJSON()
	require.NoError(t, err)

	check := func(v verb, want string, arguments ...string) {
		code, got := ask(t, b, v, handle, arguments...)
		assert.Equal(t, int32(0), code, got)
		assert.Equal(t, want, got)
	}
	check(model, string(document))
	check(lint, string(maturity.AppendIssues(nil, s.Model().Lint(nil))))
	check(checkVerb, "", example)
	check(score, string(r.AppendJSON(nil)), example)
	check(score, string(r.AppendJSON(nil)), example) // into the memory of the first
	check(explain, string(e.AppendJSON(nil)), example, "anchoring")
}

func TestVerbsOfASession(t *testing.T) {
	b, handle, s, example := started(t)
	a, err := s.ParseAssessment([]byte(example))
	require.NoError(t, err)
	same, err := s.Session(a)
	require.NoError(t, err)
	live, text := ask(t, b, session, handle, example)
	require.Positive(t, live, text)

	check := func(code int32, err error) {
		t.Helper()
		require.NoError(t, err)
		require.Len(t, same.Moved(), int(code), string(b.out))
		r, err := same.Result()
		require.NoError(t, err)
		status, got := ask(t, b, result, live)
		assert.Equal(t, int32(0), status)
		assert.Equal(t, string(r.AppendJSON(nil)), got)
		for i, node := range same.Moved() {
			assert.Equal(t, int32(node), b.objects[live].moved[i])
		}
		for i := range r.Nodes {
			value := b.objects[live].values[i]
			assert.Equal(t, r.Nodes[i].Status != maturity.Scored, math.IsNaN(value), r.Nodes[i].ID)
			if !math.IsNaN(value) {
				assert.Equal(t, r.Nodes[i].Value, value, r.Nodes[i].ID)
			}
			assert.Equal(t, int32(same.LevelAt(i)), b.objects[live].levels[i])
		}
	}
	answer := func(question, value string) string {
		return `{"model":{"id":"` + s.Ref().ID + `"},"answers":{"` + question + `":` + value + `}}`
	}
	var choice string
	for i, id := range s.Questions() {
		node := find(s, id)
		if node.Answer.Type != maturity.Choice {
			continue
		}
		choice = id
		check(b.setOption(live, int32(i), 1), same.SetOption(i, 1))
	}
	code, text := ask(t, b, set, live, choice, answer(choice, `"`+optionOf(s, choice)+`"`))
	require.GreaterOrEqual(t, code, int32(0), text)
	check(code, same.Set(choice, optionOf(s, choice)))
	code, _ = ask(t, b, clearAnswer, live, choice)
	check(code, same.Clear(choice))

	_, got := ask(t, b, assessment, live)
	want, err := same.Assessment().MarshalJSON()
	require.NoError(t, err)
	assert.JSONEq(t, string(want), got)
}

func find(s *maturity.Scorer, id string) *maturity.Node {
	for _, n := range s.Model().Nodes() {
		if n.ID == id {
			return n
		}
	}
	return nil
}

func optionOf(s *maturity.Scorer, question string) string {
	answer := find(s, question).Answer
	if answer.Use != "" {
		return s.Model().OptionSets[answer.Use][0].Value
	}
	return answer.Options[0].Value
}

// TestNumbers answers what is no option: a number crosses as one, and its limits hold.
func TestNumbers(t *testing.T) {
	b := new(bridge)
	handle, text := ask(t, b, compile, 0, `{"id":"m","version":"1.0.0","children":[
		{"id":"n","answer":{"type":"number","min":0,"max":100,"linear":{"from":0,"to":100,"points":[0,1]}}}]}`, "{}")
	require.GreaterOrEqual(t, handle, int32(0), text)
	live, _ := ask(t, b, session, handle)
	require.GreaterOrEqual(t, live, int32(0))
	assert.Equal(t, int32(2), b.setNumber(live, 0, 12.5))
	assert.Equal(t, []float64{0.125, 0.125}, b.objects[live].values)
	assert.Equal(t, int32(issues), b.setNumber(live, 0, 101))
	assert.Contains(t, string(b.out), `"code":"out-of-range"`)
	assert.Equal(t, int32(issues), b.setNumber(live, 0, math.NaN()))
	assert.Equal(t, []float64{0.125, 0.125}, b.objects[live].values, "what is wrong changes nothing")
}

func TestIssuesCrossWhole(t *testing.T) {
	b, handle, _, _ := started(t)
	check := func(v verb, at int32, code maturity.Code, arguments ...string) {
		t.Helper()
		got, text := ask(t, b, v, at, arguments...)
		assert.Equal(t, int32(issues), got, text)
		var invalid struct{ Issues []*maturity.Issue }
		require.NoError(t, json.Unmarshal([]byte(text), &invalid))
		require.NotEmpty(t, invalid.Issues)
		assert.Equal(t, code, invalid.Issues[0].Code)
	}
	live, _ := ask(t, b, session, handle)
	check(compile, 0, maturity.MissingField, `{}`, "{}")
	check(compile, 0, maturity.UnknownField, `{}`, `{"max":1}`)
	check(score, handle, maturity.BadSyntax, `{`)
	check(score, handle, maturity.OtherModel, `{"model":{"id":"other"}}`)
	check(checkVerb, handle, maturity.MissingField, `{}`)
	check(explain, handle, maturity.UnknownNode, `{"model":{"id":"`+models.Default+`"}}`, "none")
	check(session, handle, maturity.BadSyntax, `[`)
	check(set, live, maturity.UnknownQuestion, "none", `{"model":{"id":"`+models.Default+`"},"answers":{"none":1}}`)
	check(clearAnswer, live, maturity.UnknownQuestion, "none")
	check(notApplicable, live, maturity.UnknownQuestion, "none", "why")
}

// TestBugs makes the bridge fail from within: the answer names the bug and its place, and everything else goes on.
func TestBugs(t *testing.T) {
	b, handle, _, example := started(t)
	live, _ := ask(t, b, session, handle, example)
	_, before := ask(t, b, score, handle, example)

	code := b.guard(handle, func() int32 { var none []int; return int32(none[len(b.objects)]) })
	assert.Equal(t, int32(bug), code)
	assert.Contains(t, string(b.out), "index out of range [2] with length 0 in ")
	assert.Contains(t, string(b.out), "(bridge_test.go:")
	_, after := ask(t, b, score, handle, example)
	assert.Equal(t, before, after)

	assert.Equal(t, int32(bug), b.setOption(live, -5, 0), "no such question crosses from JavaScript")
	assert.Equal(t, int32(bug), b.setOption(live, 0, 0), "a session is not used after a bug")
	assert.Equal(t, int32(bug), b.setNumber(live, 0, 0))
	code, text := ask(t, b, result, live)
	assert.Equal(t, int32(bug), code)
	assert.Contains(t, text, "start another")
	assert.Equal(t, int32(bug), b.call(score, 99, 0, 0))
}

func TestHandlesAreUsedAgain(t *testing.T) {
	b, handle, _, example := started(t)
	first, _ := ask(t, b, session, handle, example)
	b.release(first)
	assert.Nil(t, b.objects[first].session)
	second, _ := ask(t, b, session, handle, example)
	assert.Equal(t, first, second)
	assert.Len(t, b.objects, 2)
}

func TestRoom(t *testing.T) {
	b := new(bridge)
	assert.NotNil(t, b.room(0))
	assert.Nil(t, b.room(-1))
	assert.Nil(t, b.room(maxIn+1))
	assert.Len(t, b.room(5*keep), 5*keep)
	assert.Less(t, len(b.room(1)), keep, "a large document's memory is not kept")
}
