package schema_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/internal/random"
	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/schema"
	santhosh "github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// component compiles one of the components, as a validator of its dialect reads it: 3.0 is nearest to draft 4.
func component(t *testing.T, profile schema.Profile, name string) *santhosh.Schema {
	data, err := schema.Components(profile)
	require.NoError(t, err)
	draft := santhosh.Draft2020
	if profile == schema.OpenAPI30 {
		draft = santhosh.Draft4
		data = []byte(strings.ReplaceAll(string(data), `"type":"string","nullable":true,`, "")) // which draft 4 does not know
	}
	return compileDraft(t, fmt.Appendf(nil, `{"allOf": [{"$ref": "#/components/schemas/%s"}], "components": %s}`, name, data), draft)
}

// TestComponents: on random documents, good and bad ones, the components of 3.1 say what the schemas of the documents
// say, and those of 3.0 accept all that these accept, and refuse most of the rest.
func TestComponents(t *testing.T) {
	for _, c := range []struct {
		name     string
		static   []byte
		document func(r *rand.Rand) []byte
	}{
		{"Model", schema.Model(), random.Model},
		{"Assessment", schema.Assessment(), func(r *rand.Rand) []byte { return random.Assessment(r, random.Model(r)) }},
		{"Result", schema.Result(), result(t)},
	} {
		static := compileDraft(t, c.static, santhosh.Draft2020)
		newer, older := component(t, schema.OpenAPI, c.name), component(t, schema.OpenAPI30, c.name)
		accepted, refused, refused30 := 0, 0, 0
		for seed := range rounds(12) {
			r := rand.New(rand.NewPCG(seed, 11))
			document := c.document(r)
			for i := range 15 {
				tree := decodeTree(document)
				name := "as it is"
				if i > 0 && c.name == "Model" {
					name = mutateModel(r, tree)
				} else if i > 0 {
					name = mutate(r, tree)
				}
				value, err := santhosh.UnmarshalJSON(strings.NewReader(string(encodeTree(tree))))
				require.NoError(t, err)
				want := static.Validate(value)
				require.Equal(t, want == nil, newer.Validate(value) == nil, "%s: %s", c.name, name)
				err = older.Validate(value)
				switch {
				case want == nil:
					accepted++
					require.NoError(t, err, "%s: %s", c.name, name)
				case err != nil:
					refused30++
					refused++
				default:
					refused++
				}
			}
		}
		assert.Positive(t, accepted)
		assert.Greater(t, refused30, refused*9/10, c.name)
		t.Logf("%s: %d accepted, %d refused, by 3.0 %d", c.name, accepted, refused, refused30)
	}
}

// result gives results of random assessments.
func result(t *testing.T) func(r *rand.Rand) []byte {
	return func(r *rand.Rand) []byte {
		for {
			model := random.Model(r)
			s, err := maturity.CompileJSON(model, nil)
			require.NoError(t, err)
			var result maturity.Result
			if s.ScoreJSON(&result, random.Assessment(r, model)) == nil { // the policy error may want more
				return result.AppendJSON(nil)
			}
		}
	}
}

func TestOpenAPIDocument(t *testing.T) {
	const document = `{"openapi": "3.1.0", "info": {"title": "T", "summary": "S"}, "paths": {"/": {"$ref": "#/components/schemas/Own"}},
	  "components": {"schemas": {"Own": {"const": 1.50, "items": {"$ref": "#/components/schemas/Issue", "description": "D"}}}}}`
	data, err := schema.OpenAPIDocument([]byte(document), schema.OpenAPI)
	require.NoError(t, err)
	issue := at(t, data, "components", "schemas", "Issue")
	assert.Equal(t, "object", issue.(map[string]any)["type"])
	assert.Len(t, at(t, data, "components", "schemas"), 2, "what nothing refers to is left out")
	data, err = schema.OpenAPIDocument([]byte(document), schema.OpenAPI30)
	require.NoError(t, err)
	issue = at(t, data, "components", "schemas", "Issue")
	want, err := json.Marshal(issue)
	require.NoError(t, err)
	assert.JSONEq(t, `{"openapi": "3.0.3", "info": {"title": "T"}, "paths": {"/": {"$ref": "#/components/schemas/Own"}}, "components": {"schemas": {
	  "Own": {"enum": [1.5], "items": {"allOf": [{"$ref": "#/components/schemas/Issue"}], "description": "D"}},
	  "Issue": `+string(want)+`}}}`, string(data))

	for given, want := range map[string]string{
		`{"type": ["string", "null"], "minLength": 1}`:                            `{"type": "string", "nullable": true, "minLength": 1}`,
		`{"type": ["string", "integer"]}`:                                         `{}`,
		`{"type": "integer", "minimum": 1, "exclusiveMinimum": 0}`:                `{"type": "integer", "minimum": 1}`,
		`{"exclusiveMaximum": 5}`:                                                 `{"maximum": 5, "exclusiveMaximum": true}`,
		`{"$ref": "#/components/schemas/Issue", "allOf": [{"minProperties": 1}]}`: `{"allOf": [{"$ref": "#/components/schemas/Issue"}, {"minProperties": 1}]}`,
		`{"allOf": [{"minProperties": 1}], "$ref": "#/components/schemas/Issue"}`: `{"allOf": [{"minProperties": 1}, {"$ref": "#/components/schemas/Issue"}]}`,
		`{"properties": true, "anyOf": {}, "type": [[]]}`:                         `{"properties": {}}`,
	} {
		data, err := schema.OpenAPIDocument([]byte(`{"components": {"schemas": {"Own": `+given+`}}}`), schema.OpenAPI30)
		require.NoError(t, err, given)
		var document struct {
			Components struct {
				Schemas struct{ Own json.RawMessage }
			}
		}
		require.NoError(t, json.Unmarshal(data, &document))
		own := string(document.Components.Schemas.Own) // as it was written: a key may not come twice
		assert.JSONEq(t, want, own, given)
		assert.NotRegexp(t, `"allOf".*"allOf"|"minimum".*"minimum"`, own, given)
	}

	for document, says := range map[string]string{
		`{`:     "EOF",
		`{} {}`: "something follows",
		`[]`:    "not an object",
		`{"components": {"schemas": {"Result": {}}}}`: `"Result" has the name`,
	} {
		_, err := schema.OpenAPIDocument([]byte(document), schema.OpenAPI)
		assert.ErrorContains(t, err, says)
	}
	for _, profile := range []schema.Profile{"", schema.Form} {
		_, err = schema.OpenAPIDocument([]byte(`{}`), profile)
		assert.ErrorIs(t, err, maturity.BadValue)
		_, err = schema.Components(profile)
		assert.ErrorIs(t, err, maturity.BadValue)
	}
}
