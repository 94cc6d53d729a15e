//go:build !js

package main

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/modenhet/modenhet/internal/random"
	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/stretchr/testify/require"
)

// FuzzBridge: any verbs in any order, with documents that are right, nearly right or any bytes, are answered with JSON or
// with issues, and never with a bug; and what is asked of a scorer and of a session is what the engine says.
func FuzzBridge(f *testing.F) {
	model, err := models.JSON(models.Default)
	require.NoError(f, err)
	example, err := models.Assessment(models.Default, "example")
	require.NoError(f, err)
	r := rand.New(rand.NewPCG(7, 6))
	for i, raw := range []string{"", "{}", string(model), string(example), "[" + string(example) + "]", `{"target":[{"level":"managed"}]}`, `{"budget":"7.5"}`,
		`{"group":"governance"}`, `{"seed":7,"draws":500,"indices":20}`, `{"scores":100}`, `{"by":"lowest"}`, `{"model":null,"later":{}}`, `{"unsuppressed":true,"levels":-1,"own":{}}`} {
		drawn := make([]byte, 64<<(i%4))
		for i := range drawn {
			drawn[i] = byte(r.Uint32())
		}
		f.Add(r.Uint64(), drawn, []byte(raw))
	}
	f.Fuzz(func(t *testing.T, seed uint64, drawn, raw []byte) {
		w := &player{t: t, r: random.Draw(seed, drawn, 12), b: new(bridge), raw: raw, alive: map[int32]*maturity.Scorer{}}
		for range 3 + w.r.IntN(12) {
			w.play()
		}
	})
}

// A player asks a bridge as JavaScript could. Of the handles alive, sessions are nil.
type player struct {
	t     *testing.T
	r     *rand.Rand
	b     *bridge
	raw   []byte
	model []byte // the last that was drawn
	alive map[int32]*maturity.Scorer
	order []int32
}

func (w *player) play() {
	if len(w.order) == 0 || w.r.IntN(8) == 0 {
		w.model = random.Model(w.r)
		w.compile(w.model, []byte([]string{"", "{}", `{"anyVersion":true}`, `{"maxNodes":20}`, `{"maxBytes":3000}`}[w.r.IntN(5)]))
		return
	}
	handle := w.order[w.r.IntN(len(w.order))]
	if w.r.IntN(20) == 0 {
		w.free(handle)
		return
	}
	s := w.alive[handle]
	if s == nil {
		w.inSession(handle)
		return
	}
	w.ofScorer(handle, s)
}

func (w *player) compile(model, options []byte) {
	if w.r.IntN(6) == 0 {
		model = w.document(model)
	}
	code, out := ask(w.t, w.b, compile, 0, string(model), string(options))
	if code < 0 {
		w.issues(code, out, compile)
		return
	}
	s := w.b.objects[code].scorer
	require.True(w.t, json.Valid([]byte(out)))
	w.alive[code] = s
	w.order = append(w.order, code)
}

func (w *player) free(handle int32) {
	w.b.release(handle)
	delete(w.alive, handle)
	for i, h := range w.order {
		if h == handle {
			w.order = append(w.order[:i], w.order[i+1:]...)
			break
		}
	}
}

// document is one that is right, changed in a few places, or any bytes.
func (w *player) document(right []byte) []byte {
	switch w.r.IntN(6) {
	case 0:
		return w.raw
	case 1, 2:
		if !json.Valid(right) { // it was changed before
			return right
		}
		tree := random.Decode(right)
		for range 1 + w.r.IntN(2) {
			random.Mutate(w.r, tree)
		}
		return random.Encode(tree)
	}
	return right
}

func (w *player) assessment(s *maturity.Scorer) []byte {
	model, err := s.Model().MarshalJSON()
	require.NoError(w.t, err)
	if len(model) > 60_000 {
		return w.raw
	}
	return random.Assessment(w.r, model)
}

func (w *player) ofScorer(handle int32, s *maturity.Scorer) {
	nodes := []string{s.Ref().ID, "none", ""}
	for _, n := range s.Model().Nodes() {
		nodes = append(nodes, n.ID)
	}
	node := nodes[w.r.IntN(len(nodes))]
	a, b := w.assessment(s), w.assessment(s)
	v := verb(w.r.IntN(int(combine) + 1))
	first, second := a, []byte(node)
	options := func(texts ...string) { second = w.document([]byte(texts[w.r.IntN(len(texts))])) }
	switch v {
	case compile, set, clearAnswer, notApplicable, result, assessment:
		v = session
	case gaps, cheapest, best, pareto:
		options(`{"maxSearch":20,"target":[{"node":"`+node+`","value":1}],"budget":3}`, `{"maxSearch":20,"target":[{"level":"L2"}]}`,
			`{"maxSearch":20,"budget":"2.5","target":[{"ratio":0.5}],"lower":true}`, `{"maxSearch":20,"budget":10}`)
	case leverage:
		options(`{}`, `{"group":"`+node+`"}`)
	case sensitivity:
		options(`{"draws":50,"indices":2}`, `{"draws":50,"group":"`+node+`","language":"nn"}`)
	case study:
		if w.b.objects[handle].running.study == nil {
			return // core.js asks for none
		}
		first, second = []byte(`{"scores":`+fmt.Sprint(w.r.IntN(60))+`}`), nil
	case compare:
		second = []byte(`{"later":` + string(b) + `}`)
		if w.r.IntN(2) == 0 && json.Valid(w.model) {
			second = []byte(`{"later":` + string(b) + `,"model":` + string(w.model) + `}`)
		}
	case diff:
		first = w.document(w.model)
	case migrate:
		second = []byte(`{"model":` + string(w.model) + `}`)
	case group, agree, combine:
		first = []byte("[" + string(w.document(a)) + "," + string(w.document(b)) + "]")
		options(`{}`, `{"unsuppressed":true,"level":"L2","levels":1,"own":`+string(a)+`}`, `{"by":"mean"}`, `{"by":"lowest"}`, `{"minimum":2,"weight":"size"}`)
	}
	if v != study && v != diff {
		first = w.document(first)
	}
	code, out := ask(w.t, w.b, v, handle, string(first), string(second))
	if code < 0 {
		w.issues(code, out, v)
		return
	}
	switch v {
	case session:
		w.alive[code] = nil
		w.order = append(w.order, code)
		w.agrees(code, s)
	case checkVerb:
		require.Empty(w.t, out)
	case score:
		parsed, err := s.ParseAssessment(first)
		require.NoError(w.t, err)
		want, err := s.Score(parsed)
		require.NoError(w.t, err)
		require.Equal(w.t, string(want.AppendJSON(nil)), out)
	default:
		require.True(w.t, json.Valid([]byte(out)), "%d: %s", v, out)
	}
}

func (w *player) inSession(handle int32) {
	o := w.b.objects[handle]
	question := o.questions[w.r.IntN(len(o.questions))]
	code, out := int32(0), ""
	switch v := []verb{set, clearAnswer, notApplicable, result, assessment, -1, -2, set}[w.r.IntN(8)]; v {
	case -1:
		code = w.b.setOption(handle, int32(w.r.IntN(len(o.questions))), int32(w.r.IntN(8)-3))
		if out = string(w.b.out); code == bug {
			require.Contains(w.t, out, maturity.ErrRow.Error(), "core.js sends no option that is none")
			w.free(handle)
			return
		}
	case -2:
		number := []float64{0, 1, 2.5, -3, 1e300, math.NaN(), math.Inf(1), 0.1, 5e-324}[w.r.IntN(9)]
		code, out = w.b.setNumber(handle, int32(w.r.IntN(len(o.questions))), number), string(w.b.out)
	case set:
		code, out = ask(w.t, w.b, set, handle, question, string(w.document(w.assessment(o.scorer))))
	case notApplicable:
		code, out = ask(w.t, w.b, v, handle, question, string(w.raw))
	default:
		code, out = ask(w.t, w.b, v, handle, question)
		if code >= 0 && (v == result || v == assessment) {
			require.True(w.t, json.Valid([]byte(out)), out)
		}
	}
	if code < 0 {
		w.issues(code, out, -1)
	}
	w.agrees(handle, o.scorer)
}

// agrees holds what JavaScript reads of a session against scoring its assessment.
func (w *player) agrees(handle int32, s *maturity.Scorer) {
	o := w.b.objects[handle]
	want, err := s.Score(o.session.Assessment())
	if err != nil {
		require.ErrorIs(w.t, err, maturity.AnswerRequired)
		return
	}
	for i, n := range want.Nodes {
		if n.Status == maturity.Scored {
			require.Equal(w.t, n.Value, o.values[i], n.ID)
		} else {
			require.True(w.t, math.IsNaN(o.values[i]), n.ID)
		}
		require.Equal(w.t, n.Level == "", o.levels[i] < 0, n.ID)
	}
}

// issues is what a call answers that fails: the reasons, and no bug.
func (w *player) issues(code int32, out string, v verb) {
	require.Equal(w.t, int32(issues), code, "verb %d: %s", v, out)
	var answer struct {
		Issues []struct{ Code, Message string }
	}
	require.NoError(w.t, json.Unmarshal([]byte(out), &answer), out)
	require.NotEmpty(w.t, answer.Issues)
	for _, issue := range answer.Issues {
		require.NotEmpty(w.t, issue.Code, out)
		require.NotEmpty(w.t, issue.Message, out)
	}
}
