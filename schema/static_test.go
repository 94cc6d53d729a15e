package schema_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/internal/random"
	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/modenhet/modenhet/schema"
	santhosh "github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// onlyEngineOfModels is what the schema of models cannot see: codes, and where they may stand. Where the
// place is nil, the code is never seen by the schema. docs/schemas.md lists the same.
var onlyEngineOfModels = map[maturity.Code]*regexp.Regexp{
	maturity.DuplicateID:      nil,
	maturity.UnknownNode:      nil,
	maturity.UnknownOption:    nil,
	maturity.UnknownOptionSet: nil,
	maturity.UnknownLadder:    nil,
	maturity.UnknownLevel:     nil,
	maturity.LadderOrder:      nil,
	maturity.StepOrder:        nil,
	maturity.Cycle:            nil,
	maturity.ReadsAhead:       nil,
	maturity.BadGeometric:     nil,
	maturity.TooMany:          nil,
	maturity.MissingField:     regexp.MustCompile(`/(levels|ladders/[^/]*|children)/\d+$`), // a threshold above the first level; a stage
	maturity.OutOfRange:       regexp.MustCompile(`(/scale|/linear|/answer)$`),             // ends in the wrong order, or equal
	maturity.WrongType:        regexp.MustCompile(`/(is|in/\d+)$`),                         // another type than the question's
	maturity.BadCondition:     regexp.MustCompile(`/(is|in/\d+|includes)$`),                // a test that does not fit the question
	maturity.UnknownField:     regexp.MustCompile(`/points$`),                              // points at a reference to something else than a choice
	maturity.BadValue:         regexp.MustCompile(`/use$`),                                 // an exclusive option in the set of a choice
}

func TestModelEquivalence(t *testing.T) {
	o := newOracle(t, schema.Model())
	v := newVerdict(onlyEngineOfModel)
	for seed := range rounds(25) {
		for _, trial := range modelTrials(seed, 15) {
			_, engine := maturity.Parse(trial.document, nil)
			fits := o.fits(t, trial.document)
			if !v.agree(t, trial.name, trial.document, fits, engine) {
				return
			}
		}
	}
	t.Log(v.refused, "refused;", v.seen, "fit:", v.unseen)
}

func onlyEngineOfModel(issue *maturity.Issue, document []byte) bool {
	place, listed := onlyEngineOfModels[issue.Code]
	if issue.Code == maturity.MissingField && !strings.Contains(issue.Message, `"from"`) && !strings.Contains(issue.Message, `"stage"`) {
		return false
	}
	return listed && (place == nil || place.MatchString(issue.Path)) || hasOneOf(document, tooExact) // and what follows from it
}

// modelTrials are a random model as it is, and after mutations.
func modelTrials(seed uint64, n int) (all []trial) {
	r := rand.New(rand.NewPCG(seed, 6))
	model := random.Model(r)
	for i := range n {
		tree, name := decodeTree(model), "as it is"
		if i > 0 {
			name = mutateModel(r, tree)
		}
		all = append(all, trial{fmt.Sprintf("model %d, %s", seed, name), encodeTree(tree)})
	}
	return all
}

// TestAssessmentEquivalence: the schema of assessments knows no model, like ParseAssessment.
func TestAssessmentEquivalence(t *testing.T) {
	o := newOracle(t, schema.Assessment())
	v := newVerdict(tooExactly)
	for seed := range rounds(20) {
		r := rand.New(rand.NewPCG(seed, 7))
		model := random.Model(r)
		s, err := maturity.CompileJSON(model, nil)
		require.NoError(t, err)
		for _, trial := range trials(r, model, s.Questions()) {
			_, engine := maturity.ParseAssessment(trial.document, nil)
			if !v.agree(t, trial.name, trial.document, o.fits(t, trial.document), engine) {
				return
			}
		}
	}
	assert.Positive(t, v.refused)
}

// TestInvalid holds the documents that the conformance data calls invalid against the schemas: of each, one
// sees what the other does, but for the flaws that are listed here with the code of the engine.
func TestInvalid(t *testing.T) {
	const dir = "../maturity/testdata/invalid"
	onlyEngine := map[string]maturity.Code{
		"node id equals model id": maturity.DuplicateID,
		"unknown option set":      maturity.UnknownOptionSet, "linear of no length": maturity.OutOfRange,
		"unknown reference": maturity.UnknownNode, "two views in a cycle": maturity.Cycle,
		"staged child without stage": maturity.MissingField, "repeated level id": maturity.DuplicateID,
		"unknown ladder": maturity.UnknownLadder, "condition on unknown question": maturity.UnknownNode,
		"when reads itself": maturity.ReadsAhead, "level requires itself": maturity.Cycle,
		"scale without length": maturity.OutOfRange, "geometric with negative points": maturity.BadGeometric,
		"duplicate answer": maturity.DuplicateKey,
	}
	var index []struct{ File, Kind, Flaw string }
	require.NoError(t, json.Unmarshal(readFile(t, dir, "index.json"), &index))
	require.Greater(t, len(index), 50)
	s, err := maturity.CompileJSON(readFile(t, dir, "valid-model.json"), nil)
	require.NoError(t, err)
	oracles := map[string]*oracle{"model": newOracle(t, schema.Model()),
		"assessment": newOracle(t, schemaFor(t, s.Model(), &schema.Options{Profile: schema.Strict}))}
	require.NoError(t, oracles["assessment"].fits(t, readFile(t, dir, "valid-assessment.json")))
	issues := newOracle(t, schema.Issues())
	found := 0
	for _, c := range index {
		document := readFile(t, dir, c.File)
		_, engine := maturity.Parse(document, nil)
		if c.Kind == "assessment" {
			_, engine = s.ParseAssessment(document)
		}
		require.Error(t, engine, c.File)
		fits := oracles[c.Kind].fits(t, document)
		if code, listed := onlyEngine[c.Flaw]; listed {
			found++
			assert.NoError(t, fits, "%s: %s", c.File, c.Flaw)
			assert.ErrorIs(t, engine, code, c.File)
		} else {
			assert.Error(t, fits, "%s: %s", c.File, c.Flaw)
		}
		text, err := json.Marshal(engine)
		require.NoError(t, err)
		assert.NoError(t, issues.fits(t, text))
	}
	assert.Len(t, onlyEngine, found, "a flaw is not in the data")
}

// TestDocumentsFit: every embedded model and example, every model and assessment of the conformance data, and
// what comes out of them, fits the schemas.
func TestDocumentsFit(t *testing.T) {
	of := func(data []byte) *oracle { return &oracle{santhosh: compileDraft(t, data, santhosh.Draft2020)} }
	model, assessment, result := of(schema.Model()), of(schema.Assessment()), of(schema.Result())
	checked := 0
	check := func(name string, document []byte, assessments ...[]byte) {
		require.NoError(t, model.fits(t, document), name)
		s, err := maturity.CompileJSON(document, nil)
		require.NoError(t, err, name)
		profiles := map[schema.Profile]*oracle{}
		for _, p := range []schema.Profile{schema.Form, schema.Strict} {
			data := schemaFor(t, s.Model(), &schema.Options{Profile: p, Language: "en"})
			if profiles[p] = of(data); !strings.Contains(name, "random") {
				profiles[p] = newOracle(t, data)
			}
		}
		for i, a := range assessments {
			if i%16 != 0 && os.Getenv("SOAK") != "full" {
				continue
			}
			parsed, err := s.ParseAssessment(a)
			if err != nil {
				continue
			}
			checked++
			require.NoError(t, assessment.fits(t, a), name)
			require.NoError(t, profiles[schema.Strict].fits(t, a), name)
			r, err := s.Score(parsed)
			if err != nil {
				continue
			}
			if len(r.Warnings) == 0 {
				require.NoError(t, profiles[schema.Form].fits(t, a), name)
			}
			require.NoError(t, result.fits(t, r.AppendJSON(nil)), name)
		}
	}
	for _, id := range models.IDs() {
		document, err := models.JSON(id)
		require.NoError(t, err)
		var assessments [][]byte
		for _, name := range models.Assessments(id) {
			a, err := models.Assessment(id, name)
			require.NoError(t, err)
			assessments = append(assessments, a)
		}
		check(id, document, assessments...)
	}
	paths, err := filepath.Glob("../maturity/testdata/conformance/*/model.json")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		var assessments [][]byte
		for _, line := range bytes.Split(bytes.TrimSpace(readFile(t, filepath.Dir(path), "cases.ndjson")), []byte("\n")) {
			var c struct{ Assessment json.RawMessage }
			require.NoError(t, json.Unmarshal(line, &c))
			assessments = append(assessments, c.Assessment)
		}
		check(path, readFile(t, path), assessments...)
	}
	for _, name := range []string{"random", "ties"} {
		for _, line := range bytes.Split(bytes.TrimSpace(readFile(t, "../maturity/testdata/conformance", name+".ndjson")), []byte("\n")) {
			var scheme struct {
				Model json.RawMessage
				Cases []struct{ Assessment json.RawMessage }
			}
			require.NoError(t, json.Unmarshal(line, &scheme))
			var assessments [][]byte
			for _, c := range scheme.Cases {
				assessments = append(assessments, c.Assessment)
			}
			check(name, scheme.Model, assessments...)
		}
	}
	assert.Greater(t, checked, 150)
}
