package random

// Random assessments and completions.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand/v2"
	"strconv"
)

// Assessment answers some questions of a model, hidden ones too, and says of some that they are not
// applicable where nothing forbids it.
func Assessment(r *rand.Rand, model []byte) []byte {
	m := newSurvey(model)
	answers, na := map[string]any{}, map[string]any{}
	thorough := []float64{0, 0.3, 0.7, 0.9, 1}[r.IntN(5)]
	spared := []float64{0, 0, 0.1, 0.5}[r.IntN(4)]
	for _, q := range m.questions {
		switch {
		case r.Float64() >= thorough:
			if r.Float64() < spared && !m.forbidden[q.id] {
				na[q.id] = "it does not concern us"
			}
		case r.Float64() < spared && !m.forbidden[q.id]:
			na[q.id] = "it does not concern us"
		default:
			answers[q.id] = answerTo(r, q.answer, m.options(q.answer))
		}
	}
	a := map[string]any{
		"model":   map[string]any{"id": m.model["id"], "version": m.model["version"]},
		"subject": map[string]any{"id": "s" + strconv.Itoa(r.IntN(100))},
		"date":    "2026-11-23",
		"answers": answers,
	}
	if len(na) > 0 {
		a["notApplicable"] = na
	}
	return encode(a)
}

// Completion answers every question that has neither an answer nor a "not applicable", also hidden ones and
// text, and keeps the rest.
func Completion(r *rand.Rand, model, assessment []byte) []byte {
	m := newSurvey(model)
	a := decode(assessment)
	answers, na := objectOf(a["answers"]), objectOf(a["notApplicable"])
	for _, q := range m.questions {
		if answers[q.id] == nil && na[q.id] == nil {
			answers[q.id] = answerTo(r, q.answer, m.options(q.answer))
		}
	}
	return encode(a)
}

// A survey is what an assessment must know of its model.
type survey struct {
	model     map[string]any
	questions []question
	forbidden map[string]bool // not applicable is forbidden, at home or where a reference stands
}

type question struct {
	id     string
	answer map[string]any
}

func newSurvey(model []byte) *survey {
	m := &survey{model: decode(model), forbidden: map[string]bool{}}
	var walk func(doc map[string]any, policy any)
	walk = func(doc map[string]any, policy any) {
		if doc["notApplicable"] != nil {
			policy = doc["notApplicable"]
		}
		id, isRef := doc["ref"].(string)
		if !isRef {
			id = doc["id"].(string)
		}
		if policy == "forbid" {
			m.forbidden[id] = true
		}
		if doc["answer"] != nil {
			m.questions = append(m.questions, question{id, objectOf(doc["answer"])})
		}
		for _, child := range listOf(doc["children"]) {
			walk(objectOf(child), policy)
		}
	}
	walk(m.model, nil)
	for _, view := range listOf(m.model["views"]) {
		walk(objectOf(view), m.model["notApplicable"])
	}
	return m
}

func (m *survey) options(answer map[string]any) []any {
	if use, ok := answer["use"].(string); ok {
		return listOf(objectOf(m.model["optionSets"])[use])
	}
	return listOf(answer["options"])
}

// answerTo is a valid answer to a question.
func answerTo(r *rand.Rand, answer map[string]any, options []any) any {
	value := func(i int) any { return objectOf(options[i])["value"] }
	whole := func(field string, otherwise int64) int64 { // rounded inwards
		if answer[field] == nil {
			return otherwise
		}
		x := decimalOf(answer[field])
		n := new(big.Int).Div(x.Num(), x.Denom()).Int64()
		if field == "min" && !x.IsInt() {
			n++
		}
		return n
	}
	switch answer["type"] {
	case "choice":
		return value(r.IntN(len(options)))
	case "checklist":
		last := len(options) - 1
		if objectOf(options[last])["exclusive"] == true {
			if r.Float64() < 0.2 {
				return []any{value(last)}
			}
			last--
		}
		chosen := []any{}
		for i := range last + 1 {
			if r.Float64() < 0.5 && objectOf(options[i])["exclusive"] != true {
				chosen = append(chosen, value(i))
			}
		}
		return chosen
	case "yesno":
		return r.IntN(2) == 0
	case "scale":
		low, high := whole("min", 0), whole("max", 0)
		return low + r.Int64N(high-low+1)
	case "number":
		low := whole("min", min(-20, whole("max", 0)))
		high := whole("max", max(120, low))
		if low > high {
			return answer["min"] // no whole number lies between
		}
		n := low + r.Int64N(high-low+1)
		if answer["integer"] == true || n == high || high <= 0 || r.IntN(2) == 0 {
			return n
		}
		return json.Number(fmt.Sprintf("%d.%0*d", max(n, 0), 1+r.IntN(3), 1+r.IntN(9)))
	case "text":
		const said = "as the auditor wrote"
		return said[:min(whole("maxLength", 100), int64(len(said)))]
	}
	panic(fmt.Sprint("answer of unknown type ", answer["type"]))
}

// encode writes a document; keys are in alphabetical order.
func encode(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return data
}

func decode(data []byte) (o map[string]any) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(&o); err != nil {
		panic(err)
	}
	return o
}

func objectOf(v any) map[string]any { o, _ := v.(map[string]any); return o }
func listOf(v any) []any            { l, _ := v.([]any); return l }

// decimalOf reads a decimal, which is written as a JSON number or a string.
func decimalOf(v any) *big.Rat {
	r, ok := new(big.Rat).SetString(fmt.Sprint(v))
	if !ok {
		panic(fmt.Sprint("not a decimal: ", v))
	}
	return r
}
