package schema_test

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/modenhet/modenhet/internal/needs"
	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/modenhet/modenhet/schema"
	santhosh "github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// These tests ask tools from npm; package.json in test says which.

// node runs a script of test, and returns what it prints. The test is skipped where a tool is missing.
func node(t *testing.T, script string, args ...string) string {
	t.Helper()
	needs.Modules(t, "schema/test")
	command := exec.Command(needs.Program(t, "node"), append([]string{script}, args...)...)
	command.Dir = "test"
	output, err := command.CombinedOutput()
	require.NoError(t, err, "%s", output)
	return string(output)
}

// TestAjv: ajv in strict mode compiles every schema, and says of documents what the other validators say.
func TestAjv(t *testing.T) {
	type document struct {
		Text string `json:"text"`
		Fits bool   `json:"fits"`
	}
	type entry struct {
		Name      string          `json:"name"`
		Schema    json.RawMessage `json:"schema"`
		Formats   bool            `json:"formats"`
		Documents []document      `json:"documents"`
	}
	var lines []byte
	add := func(name string, data []byte, formats bool, documents ...[]byte) {
		e := entry{name, data, formats, nil}
		o := &oracle{santhosh: compileDraft(t, data, santhosh.Draft2020)}
		for _, d := range documents {
			if !hasOneOf(d, closeNumbers) {
				e.Documents = append(e.Documents, document{string(d), o.fits(t, d) == nil})
			}
		}
		line, err := json.Marshal(e)
		require.NoError(t, err)
		lines = append(append(lines, line...), '\n')
	}
	profiles := func(name string, m *maturity.Model, documents ...[]byte) {
		for _, profile := range []schema.Profile{schema.Form, schema.Strict, schema.LLM, schema.OpenAPI} {
			add(name+" "+string(profile), schemaFor(t, m, &schema.Options{Profile: profile, RefuseHidden: profile == schema.OpenAPI}), profile != schema.Strict, documents...)
		}
	}
	var everyModel, everyAssessment, results [][]byte
	for _, id := range models.IDs() {
		m, err := models.Load(id)
		require.NoError(t, err)
		data, err := models.JSON(id)
		require.NoError(t, err)
		everyModel = append(everyModel, data)
		var examples [][]byte
		for _, name := range models.Assessments(id) {
			a, err := models.Assessment(id, name)
			require.NoError(t, err)
			examples = append(examples, a)
		}
		profiles(id, m, examples...)
	}
	eachModel(t, 6, func(r *rand.Rand, name string, model []byte, s *maturity.Scorer) {
		everyModel = append(everyModel, model)
		for range 10 {
			tree := decodeTree(model)
			mutateModel(r, tree)
			everyModel = append(everyModel, encodeTree(tree))
		}
		var assessments [][]byte
		for _, trial := range trials(r, model, s.Questions()) {
			assessments = append(assessments, trial.document)
			if a, err := s.ParseAssessment(trial.document); err == nil {
				if result, err := s.Score(a); err == nil {
					results = append(results, result.AppendJSON(nil))
				}
			}
		}
		everyAssessment = append(everyAssessment, assessments...)
		profiles(name, s.Model(), assessments...)
	})
	add("model", schema.Model(), false, everyModel...)
	add("assessment", schema.Assessment(), false, everyAssessment...)
	add("result", schema.Result(), false, results...)
	add("issues", schema.Issues(), false, []byte(`{"issues":[]}`), []byte(`{"issues":[{"code":"empty","path":"no pointer","message":"Fill it."}]}`))

	file := filepath.Join(t.TempDir(), "cases.ndjson")
	require.NoError(t, os.WriteFile(file, lines, 0o666))
	assert.Regexp(t, `^\d{2,} schemas, \d{4,} documents\n$`, node(t, "ajv.mjs", file))
}

// TestTypes: json-schema-to-typescript makes types of the schemas that compile, and that documents have.
func TestTypes(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, data []byte) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), data, 0o666))
	}
	write("model.json", schema.Model())
	write("assessment.json", schema.Assessment())
	write("result.json", schema.Result())
	write("issues.json", schema.Issues())
	m := parseModel(t, small)
	write("small.json", schemaFor(t, m, &schema.Options{Profile: schema.Strict, Language: "en"}))
	node(t, "types.mjs", dir)
	result, err := maturity.MustCompile(m, nil).Score(&maturity.Assessment{Model: maturity.ModelRef{ID: "small"}})
	require.NoError(t, err)
	write("uses.ts", []byte(`import type { Model } from './model.d.ts';
import type { Assessment } from './assessment.d.ts';
import type { Result } from './result.d.ts';
import type { Issues } from './issues.d.ts';
import type { Small } from './small.d.ts';
export const model: Model = `+small+`;
export const result: Result = `+string(result.AppendJSON(nil))+`;
export const issues: Issues = {issues: [{code: 'wrong-type', path: '/answers/a', message: 'No.'}]};
export const assessment: Assessment = {model: {id: 'small'}, answers: {a: 'yes', c: ['x']}};
export const answers: Small = {model: {id: 'small'}, answers: {a: 'yes', b: ['no'], c: ['x'], d: true, e: 3}};
// @ts-expect-error: there is no such option
export const wrong: Small = {model: {id: 'small'}, answers: {a: 'perhaps'}};
// @ts-expect-error: there is no such question
export const other: Small = {model: {id: 'small'}, answers: {z: true}};
// @ts-expect-error: a node is one of three
export const none: Model = {id: 'm', version: '1.0.0', children: [{id: 'q'}]};
`))
	node(t, filepath.Join("node_modules", "typescript", "bin", "tsc"), "--strict", "--noEmit", "--allowImportingTsExtensions",
		"--target", "esnext", "--module", "esnext", "--moduleResolution", "bundler", filepath.Join(dir, "uses.ts"))
}
