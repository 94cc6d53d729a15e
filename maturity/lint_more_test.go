package maturity_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// Advice about first levels by ratio, and about children with points of their own.
func TestLintOfRatiosAndPoints(t *testing.T) {
	const scale = `{"id":"s","answer":{"type":"scale","min":1,"max":5}}`
	first := func(threshold string) string {
		return `"children":[` + scale + `],"levels":[{"id":"a",` + threshold + `},{"id":"b","from":3}]`
	}
	share := func(met string) string {
		return `"children":[{"id":"c","answer":{"type":"choice","options":[{"value":"yes","points":1},{"value":"no"}]}}],
			"views":[{"id":"v","aggregate":"share","met":{"value":{` + met + `}},"children":[{"ref":"c","points":{"yes":3,"no":2}}]}]`
	}
	for model, want := range map[string][]string{
		first(`"from":0,"of":"ratio"`):    {},
		first(`"from":0.1,"of":"ratio"`):  {"level-gap /levels/0"},
		first(`"above":0,"of":"ratio"`):   {"level-gap /levels/0"},
		first(`"above":0.9,"of":"value"`): {},
		first(`"above":1`):                {"level-gap /levels/0"},
		first(`"from":1`):                 {},
		share(`"atLeast":3`):              {},
		share(`"moreThan":3`):             {"never-met /views/0/children/0"},
		share(`"lessThan":2`):             {"never-met /views/0/children/0"},
		share(`"atMost":2`):               {},
	} {
		assert.Equal(t, want, adviceOn(t, model), model)
	}
}
