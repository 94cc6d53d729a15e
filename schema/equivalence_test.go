package schema_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/internal/random"
	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/schema"
	santhosh "github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

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
	case 8:
		answers[q] = numbers[r.IntN(len(numbers))]
	case 9:
		answers[q] = json.Number([]string{"1e9", "-1e9", "-1000000000", "999999999", "-999999999"}[r.IntN(5)])
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

// TestEquivalence: what fits a schema is what the engine accepts, byte for byte, in every profile that promises it.
func TestEquivalence(t *testing.T) {
	strict := newVerdict(tooExactly)
	form := newVerdict(func(issue *maturity.Issue, document []byte) bool {
		return issue.Code == maturity.AnsweredNotApplicable || tooExactly(issue, document)
	})
	others := newVerdict(tooExactly)
	hidden, unsure := 0, 0
	eachModel(t, 40, func(r *rand.Rand, name string, model []byte, s *maturity.Scorer) {
		m := s.Model()
		tolerant, err := maturity.CompileJSON(model, &maturity.Options{AnyVersion: true})
		require.NoError(t, err)
		of := func(opts schema.Options) *oracle {
			return &oracle{santhosh: compileDraft(t, schemaFor(t, m, &opts), santhosh.Draft2020)}
		}
		strictly := newOracle(t, schemaFor(t, m, &schema.Options{Profile: schema.Strict}))
		alike := map[string]*oracle{
			"openapi":   of(schema.Options{Profile: schema.OpenAPI}),
			"openapi30": {santhosh: compileDraft(t, schemaFor(t, m, &schema.Options{Profile: schema.OpenAPI30}), santhosh.Draft4)},
		}
		anyVersion := of(schema.Options{Profile: schema.Strict, AnyVersion: true})
		refusing := map[string]*oracle{
			"form":         of(schema.Options{}),
			"refuseHidden": of(schema.Options{Profile: schema.Strict, RefuseHidden: true}),
		}
		exact := exactlyShown(m)
		for _, trial := range trials(r, model, s.Questions()) {
			a, engine := s.ParseAssessment(trial.document)
			name := name + ", " + trial.name
			strict.agree(t, name+", strict", trial.document, strictly.fits(t, trial.document), engine)
			for profile, o := range alike {
				others.agree(t, name+", "+profile, trial.document, o.fits(t, trial.document), engine)
			}
			_, anyway := tolerant.ParseAssessment(trial.document)
			others.agree(t, name+", any version", trial.document, anyVersion.fits(t, trial.document), anyway)
			if engine == nil {
				ids, ok := hiddenAnswers(s, a)
				if !ok {
					continue // a missing answer under the policy error
				}
				if slices.ContainsFunc(ids, func(id string) bool { return exact[id] }) {
					hidden++
					engine = &maturity.InvalidError{Issues: []*maturity.Issue{{Code: maturity.AnswerHidden}}}
				} else if len(ids) > 0 {
					unsure++ // the schema may refuse it, and need not
					continue
				}
			}
			for profile, o := range refusing {
				form.agree(t, name+", "+profile, trial.document, o.fits(t, trial.document), engine)
			}
			if t.Failed() {
				return
			}
		}
	})
	t.Log(strict.refused, "refused;", strict.seen, "only by the engine:", strict.unseen)
	t.Log(hidden, "with answers to hidden questions,", unsure, "that may be refused")
	for _, code := range []maturity.Code{maturity.UnknownField, maturity.MissingField, maturity.WrongType, maturity.OutOfRange,
		maturity.Empty, maturity.UnknownOption, maturity.UnknownQuestion, maturity.NotAnInteger, maturity.RepeatedOption,
		maturity.ExclusiveOption, maturity.AnsweredNotApplicable, maturity.NotApplicableForbidden, maturity.OtherModel,
		maturity.OtherVersion, maturity.OtherDigest, maturity.BadDate, maturity.BadURL, maturity.BadDecimal, maturity.TooLong} {
		assert.Positive(t, strict.seen[code], "no document has the issue %s", code)
	}
	assert.Positive(t, hidden)
	assert.Positive(t, unsure)
}

// hiddenAnswers lists the questions that are answered and hidden. It is false where scoring fails.
func hiddenAnswers(s *maturity.Scorer, a *maturity.Assessment) (ids []string, ok bool) {
	result, err := s.Score(a)
	if err != nil {
		return nil, false
	}
	for _, w := range result.Warnings {
		if w.Code == maturity.AnswerHidden {
			ids = append(ids, strings.TrimPrefix(w.Path, "/answers/"))
		}
	}
	return ids, true
}

// exactlyShown tells of each question whether answers alone decide that it is shown: no condition above it,
// nor above a question that such a condition reads, tests a node.
func exactlyShown(m *maturity.Model) map[string]bool {
	exact := map[string]bool{}
	var decided func(c *maturity.Condition) bool
	decided = func(c *maturity.Condition) bool {
		ok := c.Node == "" && (c.Question == "" || exact[c.Question]) && (c.Not == nil || decided(c.Not))
		for _, part := range slices.Concat(c.All, c.Any) {
			ok = ok && decided(part)
		}
		return ok
	}
	var walk func(n *maturity.Node, so bool)
	walk = func(n *maturity.Node, so bool) {
		so = so && (n.When == nil || decided(n.When))
		if n.Answer != nil {
			exact[n.ID] = so
		}
		for _, child := range n.Children {
			walk(child, so)
		}
	}
	walk(&m.Node, true)
	for _, view := range m.Views {
		walk(view, true)
	}
	return exact
}
