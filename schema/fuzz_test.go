package schema_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/modenhet/modenhet/internal/random"
	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/schema"
	santhosh "github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
)

// FuzzSchema: the schema of models, and the schema made for a model in each profile, take what the engine takes and
// refuse what it refuses, but for what docs/schemas.md lists; everything else that is made for a model is made too.
func FuzzSchema(f *testing.F) {
	for seed, drawn := range random.Seeds(7) {
		f.Add(seed, drawn)
	}
	var models *oracle
	f.Fuzz(func(t *testing.T, seed uint64, drawn []byte) {
		r := random.Draw(seed, drawn, 13)
		if models == nil {
			models = newOracle(t, schema.Model())
		}
		model := random.Model(r)
		for range r.IntN(3) {
			tree := decodeTree(model)
			mutateModel(r, tree)
			model = encodeTree(tree)
		}
		s, err := maturity.CompileJSON(model, nil)
		require.Empty(t, newVerdict(onlyEngineOfModel).disagreement(t, model, models.fits(t, model), err), "%s", model)
		if err != nil {
			return
		}
		m := s.Model()
		for _, make := range []func(*maturity.Model, *schema.Options) ([]byte, error){schema.JSONForms, schema.RJSF, schema.AnswerTypes} {
			data, err := make(m, nil)
			require.NoError(t, err, "%s", model)
			require.NotEmpty(t, data)
		}
		parts, err := schema.Parts(m, nil)
		require.NoError(t, err)
		for _, part := range parts {
			require.True(t, json.Valid(part))
		}
		opts := &schema.Options{Profile: schema.Profiles()[r.IntN(len(schema.Profiles()))], AnyVersion: r.IntN(4) == 0}
		draft := santhosh.Draft2020
		if opts.Profile == schema.OpenAPI30 {
			draft = santhosh.Draft4
		}
		o := &oracle{santhosh: compileDraft(t, schemaFor(t, m, opts), draft)}
		if opts.Profile == schema.LLM {
			return // it asks for more than the engine does
		}
		engine, err := maturity.CompileJSON(model, &maturity.Options{AnyVersion: opts.AnyVersion})
		require.NoError(t, err)
		exact := exactlyShown(m)
		document := random.Assessment(r, model)
		for range 6 {
			tree := decodeTree(document).(map[string]any)
			name := "as it is"
			if r.IntN(4) > 0 {
				name = mutateAssessment(r, tree, s.Questions())
			}
			document := encodeTree(tree)
			a, refused := engine.ParseAssessment(document)
			if opts.Profile == schema.Form && refused == nil {
				ids, ok := hiddenAnswers(engine, a)
				if !ok || len(ids) > 0 && !slices.ContainsFunc(ids, func(id string) bool { return exact[id] }) {
					continue // the schema may refuse it, and need not
				}
				if len(ids) > 0 {
					refused = &maturity.InvalidError{Issues: []*maturity.Issue{{Code: maturity.AnswerHidden}}}
				}
			}
			v := newVerdict(func(issue *maturity.Issue, document []byte) bool {
				return opts.Profile == schema.Form && issue.Code == maturity.AnsweredNotApplicable || tooExactly(issue, document)
			})
			require.Empty(t, v.disagreement(t, document, o.fits(t, document), refused), "%s, %s: %s\n%s", opts.Profile, name, document, model)
		}
	})
}
