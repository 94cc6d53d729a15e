package schema_test

import (
	"math/rand/v2"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/schema"
	santhosh "github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
)

// TestSabotage breaks the schemas on purpose, one keyword at a time, and asks that TestEquivalence would see
// it: an oracle that agrees with everything proves nothing.
func TestSabotage(t *testing.T) {
	type corpus struct {
		schema []byte
		trials []trial
		engine []error
	}
	var all []corpus
	eachModel(t, 60, func(r *rand.Rand, _ string, model []byte, s *maturity.Scorer) {
		c := corpus{schema: schemaFor(t, s.Model(), &schema.Options{Profile: schema.Strict, RefuseHidden: true}), trials: trials(r, model, s.Questions())}
		for _, trial := range c.trials {
			a, err := s.ParseAssessment(trial.document)
			if err == nil {
				if ids, ok := hiddenAnswers(s, a); ok && len(ids) > 0 {
					err = &maturity.InvalidError{Issues: []*maturity.Issue{{Code: maturity.AnswerHidden}}}
				}
			}
			c.engine = append(c.engine, err)
		}
		all = append(all, c)
	})
	noticed := func(sabotage func(object map[string]any) bool) bool {
		v := newVerdict(func(issue *maturity.Issue, document []byte) bool {
			return issue.Code == maturity.AnswerHidden || tooExactly(issue, document)
		})
		for _, c := range all {
			tree := decodeTree(c.schema)
			if !everyObject(tree, sabotage) {
				continue
			}
			o := &oracle{santhosh: compileDraft(t, encodeTree(tree), santhosh.Draft2020)}
			for i, trial := range c.trials {
				if v.disagreement(t, trial.document, o.fits(t, trial.document), c.engine[i]) != "" {
					return true
				}
			}
		}
		return false
	}
	assert.False(t, noticed(func(map[string]any) bool { return true }), "nothing was broken")

	for _, keyword := range []string{"type", "additionalProperties", "required", "enum", "const", "minimum", "maximum",
		"exclusiveMinimum", "exclusiveMaximum", "maxLength", "minLength", "pattern", "items", "uniqueItems", "not"} {
		assert.True(t, noticed(func(o map[string]any) bool {
			_, there := o[keyword]
			delete(o, keyword)
			return there
		}), "nobody misses %s", keyword)
	}
	for keyword, more := range map[string]string{"enum": "o9", "required": "date"} {
		assert.True(t, noticed(func(o map[string]any) bool {
			list, there := o[keyword].([]any)
			if there {
				o[keyword] = append(list, more)
			}
			return there
		}), "nobody notices one more in %s", keyword)
	}
	assert.True(t, noticed(func(o map[string]any) bool { // an option gone
		list, there := o["enum"].([]any)
		if there {
			o["enum"] = list[1:]
		}
		return there && len(list) > 1
	}))
	assert.True(t, noticed(func(o map[string]any) bool { // a rule about hidden questions turned round
		condition, there := o["if"]
		if there {
			o["if"] = map[string]any{"not": condition}
		}
		return there
	}))
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
