package schema_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/modenhet/modenhet/internal/random"
	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/schema"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// onlyEngine is what a schema of assessments cannot say; docs/schemas.md lists the same.
var onlyEngine = []maturity.Code{maturity.BadDecimal, maturity.BadUTF8, maturity.DuplicateKey,
	maturity.TooLarge, maturity.TooDeep, maturity.TooMany, maturity.TooLong}

// rounds is a number of random models: more with SOAK=full.
func rounds(n int) uint64 {
	if os.Getenv("SOAK") == "full" {
		n *= 50
	}
	return uint64(n)
}

// A trial is a document to hold schema and engine against, with what was done to it.
type trial struct {
	name     string
	document []byte
}

// trials are a random assessment as it is, and after mutations of many kinds.
func trials(r *rand.Rand, model []byte, questions []string) []trial {
	assessment := random.Assessment(r, model)
	all := []trial{{"valid", assessment}, {"complete", random.Completion(r, model, assessment)}}
	for range 30 {
		tree := decodeTree(assessment).(map[string]any)
		name := mutateAssessment(r, tree, questions)
		all = append(all, trial{name, encodeTree(tree)})
	}
	return all
}

// mutateAssessment makes the mistakes that people make with assessments, and those of mutate.
func mutateAssessment(r *rand.Rand, tree map[string]any, questions []string) string {
	member := func(name string) map[string]any {
		m, ok := tree[name].(map[string]any)
		if !ok {
			m = map[string]any{}
			tree[name] = m
		}
		return m
	}
	q := questions[r.IntN(len(questions))]
	answers := member("answers")
	switch r.IntN(14) {
	case 0:
		tree["date"] = dates[r.IntN(len(dates))]
	case 1:
		member("evidence")[q] = []any{map[string]any{"title": "", "url": urls[r.IntN(len(urls))]}}
	case 2:
		member("notApplicable")[q] = "why"
	case 3:
		member("notApplicable")[q] = "why"
		delete(answers, q)
	case 4:
		member("comments")[questions[r.IntN(len(questions))]+[]string{"", "", "x"}[r.IntN(3)]] = "a comment"
	case 5:
		field := []string{"id", "version", "digest"}[r.IntN(3)]
		member("model")[field] = []any{"", "other", "1.0.0", "g1"}[r.IntN(4)]
	case 6:
		answers[q] = []any{"o0", "o1", "o2", "o3", "o9", "", "as the auditor wrote"}[r.IntN(7)]
	case 7:
		list := []any{}
		for range r.IntN(4) {
			list = append(list, []any{"o0", "o1", "o2", "o3", "o4", "o9"}[r.IntN(6)])
		}
		answers[q] = list
	case 8, 9:
		answers[q] = numbers[r.IntN(len(numbers))]
	case 10:
		answers[[]string{"g1", "", "q0", tree["model"].(map[string]any)["id"].(string)}[r.IntN(4)]] = true
	case 11:
		tree[[]string{"$schema", "respondent", "subject", "other"}[r.IntN(4)]] = []any{"", "x", nil, map[string]any{"attributes": map[string]any{"": "x"}}}[r.IntN(4)]
	case 12:
		answers[q] = longText
	default:
		return mutate(r, tree)
	}
	return "a typical mistake about " + q
}

var longText = fmt.Sprintf("%0101d", 0) // longer than random texts may be

// eachModel calls f with random models.
func eachModel(t *testing.T, n int, f func(r *rand.Rand, name string, model []byte, s *maturity.Scorer)) {
	for seed := range rounds(n) {
		r := rand.New(rand.NewPCG(seed, 5))
		model := random.Model(r)
		s, err := maturity.CompileJSON(model, nil)
		require.NoError(t, err)
		f(r, fmt.Sprintf("model %d", seed), model, s)
		if t.Failed() {
			t.Logf("%s", model)
			return
		}
	}
}

func schemaFor(t testing.TB, m *maturity.Model, opts *schema.Options) []byte {
	t.Helper()
	data, err := schema.For(m, opts)
	require.NoError(t, err)
	return data
}

// TestStrict: what fits the strict schema is what the engine accepts, byte for byte.
func TestStrict(t *testing.T) {
	v := newVerdict(onlyEngine...)
	eachModel(t, 150, func(r *rand.Rand, name string, model []byte, s *maturity.Scorer) {
		o := newOracle(t, schemaFor(t, s.Model(), &schema.Options{Profile: schema.Strict}))
		for _, trial := range trials(r, model, s.Questions()) {
			_, engine := s.ParseAssessment(trial.document)
			if !v.agree(t, name+", "+trial.name, trial.document, o.fits(t, trial.document), engine) {
				return
			}
		}
	})
	t.Log(v.refused, "refused;", v.seen, "only by the engine:", v.unseen)
	for _, code := range []maturity.Code{maturity.UnknownField, maturity.MissingField, maturity.WrongType, maturity.OutOfRange,
		maturity.Empty, maturity.UnknownOption, maturity.UnknownQuestion, maturity.NotAnInteger, maturity.RepeatedOption,
		maturity.ExclusiveOption, maturity.AnsweredNotApplicable, maturity.NotApplicableForbidden, maturity.OtherModel,
		maturity.OtherVersion, maturity.OtherDigest, maturity.BadDate, maturity.BadURL, maturity.BadDecimal, maturity.TooLong} {
		assert.Positive(t, v.seen[code], "no document has the issue %s", code)
	}
	assert.Zero(t, v.unseen[maturity.TooLong], "maxLength says it")
	_ = slices.Contains[[]string]
}
