package schema_test

import (
	"math/rand/v2"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/schema"
	santhosh "github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
)

// A body of evidence is documents, and what the engine says of them.
type evidence struct {
	schema    []byte
	documents [][]byte
	engine    []error
}

func (e *evidence) add(document []byte, engine error) {
	e.documents, e.engine = append(e.documents, document), append(e.engine, engine)
}

// noticed breaks the schemas on purpose, and tells whether documents show it: an oracle that agrees with everything
// proves nothing.
func noticed(t *testing.T, all []*evidence, onlyEngine func(*maturity.Issue, []byte) bool, sabotage func(object map[string]any) bool) bool {
	v := newVerdict(onlyEngine)
	for _, e := range all {
		tree := decodeTree(e.schema)
		if !everyObject(tree, sabotage) {
			continue
		}
		o := &oracle{santhosh: compileDraft(t, encodeTree(tree), santhosh.Draft2020)}
		for i, document := range e.documents {
			if v.disagreement(t, document, o.fits(t, document), e.engine[i]) != "" {
				return true
			}
		}
	}
	return false
}

// without is a sabotage that takes a keyword away.
func without(keyword string) func(map[string]any) bool {
	return func(o map[string]any) bool {
		_, there := o[keyword]
		delete(o, keyword)
		return there
	}
}

func TestSabotage(t *testing.T) {
	var all []*evidence
	eachModel(t, 60, func(r *rand.Rand, _ string, model []byte, s *maturity.Scorer) {
		e := &evidence{schema: schemaFor(t, s.Model(), &schema.Options{Profile: schema.Strict, RefuseHidden: true})}
		for _, trial := range trials(r, model, s.Questions()) {
			a, err := s.ParseAssessment(trial.document)
			if err == nil {
				if ids, ok := hiddenAnswers(s, a); ok && len(ids) > 0 {
					err = &maturity.InvalidError{Issues: []*maturity.Issue{{Code: maturity.AnswerHidden}}}
				}
			}
			e.add(trial.document, err)
		}
		all = append(all, e)
	})
	notices := func(sabotage func(map[string]any) bool) bool {
		return noticed(t, all, func(issue *maturity.Issue, document []byte) bool {
			return issue.Code == maturity.AnswerHidden || tooExactly(issue, document)
		}, sabotage)
	}
	assert.False(t, notices(func(map[string]any) bool { return true }), "nothing was broken")
	for _, keyword := range []string{"type", "additionalProperties", "required", "enum", "const", "minimum", "maximum",
		"exclusiveMinimum", "exclusiveMaximum", "maxLength", "minLength", "pattern", "items", "uniqueItems", "not"} {
		assert.True(t, notices(without(keyword)), "nobody misses %s", keyword)
	}
	for keyword, more := range map[string]string{"enum": "o9", "required": "date"} {
		assert.True(t, notices(func(o map[string]any) bool {
			list, there := o[keyword].([]any)
			if there {
				o[keyword] = append(list, more)
			}
			return there
		}), "nobody notices one more in %s", keyword)
	}
	assert.True(t, notices(func(o map[string]any) bool { // an option gone
		list, there := o["enum"].([]any)
		if there {
			o["enum"] = list[1:]
		}
		return there && len(list) > 1
	}))
	assert.True(t, notices(func(o map[string]any) bool { // a rule about hidden questions turned round
		condition, there := o["if"]
		if there {
			o["if"] = map[string]any{"not": condition}
		}
		return there
	}))
}

func TestSabotageModel(t *testing.T) {
	e := &evidence{schema: schema.Model()}
	for seed := range uint64(50) {
		for i, trial := range modelTrials(seed, 15) {
			if _, err := maturity.Parse(trial.document, nil); err != nil || i == 0 { // what is valid shows little
				e.add(trial.document, err)
			}
		}
	}
	for _, keyword := range []string{"type", "additionalProperties", "required", "enum", "const", "minimum", "maximum", "exclusiveMinimum",
		"pattern", "minLength", "minItems", "minProperties", "propertyNames", "items", "oneOf", "anyOf", "not", "then"} {
		assert.True(t, noticed(t, []*evidence{e}, onlyEngineOfModel, without(keyword)), "nobody misses %s", keyword)
	}
}

// everyObject calls f with every object of a schema, and tells whether it was true of one.
func everyObject(v any, f func(map[string]any) bool) bool {
	found := false
	switch v := v.(type) {
	case map[string]any:
		for _, value := range v {
			found = everyObject(value, f) || found
		}
		found = f(v) || found
	case []any:
		for _, item := range v {
			found = everyObject(item, f) || found
		}
	}
	return found
}
