package maturity_test

// Random assessments and completions.

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strconv"
)

// genAssessment answers some questions of a model, hidden ones too, and says of some that they are
// not applicable where nothing forbids it.
func genAssessment(r *rand.Rand, model []byte) []byte {
	m := newGenSurvey(model)
	answers, na := map[string]any{}, map[string]any{}
	thorough := []float64{0, 0.3, 0.7, 0.9, 1}[r.IntN(5)]
	spared := []float64{0, 0, 0.1, 0.5}[r.IntN(4)]
	for _, q := range m.questions {
		switch {
		case r.Float64() >= thorough:
			if r.Float64() < spared && !m.forbidden[q.id()] {
				na[q.id()] = "it does not concern us"
			}
		case r.Float64() < spared && !m.forbidden[q.id()]:
			na[q.id()] = "it does not concern us"
		default:
			answers[q.id()] = genAnswer(r, q.answer(), m.options(q))
		}
	}
	a := map[string]any{
		"model":   map[string]any{"id": m.scorer.model["id"], "version": m.scorer.model["version"]},
		"subject": map[string]any{"id": "s" + strconv.Itoa(r.IntN(100))},
		"date":    "2026-11-23",
		"answers": answers,
	}
	if len(na) > 0 {
		a["notApplicable"] = na
	}
	return genJSON(a)
}

// genCompletion answers every question that has neither an answer nor a "not applicable", also
// hidden ones and text, and keeps the rest.
func genCompletion(r *rand.Rand, model, assessment []byte) []byte {
	m := newGenSurvey(model)
	a := refDecode(assessment)
	answers, na := refObject(a["answers"]), refObject(a["notApplicable"])
	for _, q := range m.questions {
		if answers[q.id()] == nil && na[q.id()] == nil {
			answers[q.id()] = genAnswer(r, q.answer(), m.options(q))
		}
	}
	return genJSON(a)
}

// A genSurvey is what an assessment must know of its model.
type genSurvey struct {
	scorer    *refScorer
	questions []*refPlace
	forbidden map[string]bool // not applicable is forbidden, at home or where a reference stands
}

func newGenSurvey(model []byte) *genSurvey {
	m := &genSurvey{scorer: newRefScorer(model, []byte("{}")), forbidden: map[string]bool{}}
	var walk func(p *refPlace)
	walk = func(p *refPlace) {
		if m.scorer.policy(p, "notApplicable") == "forbid" {
			m.forbidden[m.scorer.target(p).id()] = true
		}
		if p.answer() != nil {
			m.questions = append(m.questions, p)
		}
		for _, c := range p.children {
			walk(c)
		}
	}
	for _, id := range m.scorer.order {
		if p := m.scorer.places[id]; p.up == nil {
			walk(p)
		}
	}
	return m
}

func (m *genSurvey) options(q *refPlace) []any {
	return refList(m.scorer.withOptions(q.answer(), nil)["options"])
}

// genAnswer is a valid answer to a question.
func genAnswer(r *rand.Rand, answer map[string]any, options []any) any {
	value := func(i int) any { return refObject(options[i])["value"] }
	whole := func(field string, otherwise int) int {
		if answer[field] == nil {
			return otherwise
		}
		return int(refDec(answer[field]).Num().Int64())
	}
	switch answer["type"] {
	case "choice":
		return value(r.IntN(len(options)))
	case "checklist":
		last := len(options) - 1
		if refObject(options[last])["exclusive"] == true {
			if r.Float64() < 0.2 {
				return []any{value(last)}
			}
			last--
		}
		chosen := []any{}
		for i := range last + 1 {
			if r.Float64() < 0.5 {
				chosen = append(chosen, value(i))
			}
		}
		return chosen
	case "yesno":
		return r.IntN(2) == 0
	case "scale":
		low, high := whole("min", 0), whole("max", 0)
		return low + r.IntN(high-low+1)
	case "number":
		low, high := whole("min", -20), whole("max", 120)
		n := low + r.IntN(high-low+1)
		if answer["integer"] == true || n == high || r.IntN(2) == 0 {
			return n
		}
		return json.Number(fmt.Sprintf("%d.%0*d", max(n, 0), 1+r.IntN(3), 1+r.IntN(9)))
	case "text":
		return "as the auditor wrote"
	}
	panic(fmt.Sprint("answer of unknown type ", answer["type"]))
}

func genJSON(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return data
}
