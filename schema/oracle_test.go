package schema_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	google "github.com/google/jsonschema-go/jsonschema"
	"github.com/modenhet/modenhet/maturity"
	santhosh "github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// An oracle says of documents whether they fit a schema: by two validators, which must agree.
type oracle struct {
	santhosh *santhosh.Schema
	google   *google.Resolved
}

// newOracle compiles a schema in both validators. The first also holds it against the meta-schema.
func newOracle(t testing.TB, schema []byte) *oracle {
	t.Helper()
	second := new(google.Schema)
	require.NoError(t, json.Unmarshal(schema, second))
	resolved, err := second.Resolve(nil)
	require.NoError(t, err)
	return &oracle{compileDraft(t, schema, santhosh.Draft2020), resolved}
}

func compileDraft(t testing.TB, schema []byte, draft *santhosh.Draft) *santhosh.Schema {
	t.Helper()
	doc, err := santhosh.UnmarshalJSON(bytes.NewReader(schema))
	require.NoError(t, err)
	c := santhosh.NewCompiler()
	c.DefaultDraft(draft)
	c.UseLoader(santhosh.SchemeURLLoader{}) // nothing is fetched
	require.NoError(t, c.AddResource("urn:test", doc))
	s, err := c.Compile("urn:test")
	require.NoError(t, err)
	return s
}

// fits validates the bytes of a document. The second validator reads numbers as float64, so where numbers
// lie closer to a bound than that, only the first is asked.
func (o *oracle) fits(t testing.TB, document []byte) error {
	t.Helper()
	doc, err := santhosh.UnmarshalJSON(bytes.NewReader(document))
	if err != nil {
		return err
	}
	first := o.santhosh.Validate(doc)
	if o.google != nil {
		var plain any
		require.NoError(t, json.Unmarshal(document, &plain))
		if second := o.google.Validate(plain); (first == nil) != (second == nil) && !hasOneOf(document, closeNumbers) {
			t.Errorf("the validators disagree on %s:\n%v\n%v", document, first, second)
		}
	}
	return first
}

// issuesOf lists the issues of an error of the engine.
func issuesOf(t testing.TB, err error) []*maturity.Issue {
	t.Helper()
	if err == nil {
		return nil
	}
	var invalid *maturity.InvalidError
	require.True(t, errors.As(err, &invalid), "%v", err)
	return invalid.Issues
}

// A verdict compares the schema and the engine on documents: what the engine accepts must fit; what it
// refuses must not, unless only the engine can see all its issues.
type verdict struct {
	onlyEngine func(issue *maturity.Issue, document []byte) bool
	seen       map[maturity.Code]int // documents with an issue, by code
	unseen     map[maturity.Code]int // of these, those that fit the schema
	refused    int                   // documents that do not
}

func newVerdict(onlyEngine func(issue *maturity.Issue, document []byte) bool) *verdict {
	return &verdict{onlyEngine, map[maturity.Code]int{}, map[maturity.Code]int{}, 0}
}

// disagreement is empty where schema and engine agree.
func (v *verdict) disagreement(t testing.TB, document []byte, fits, engine error) string {
	t.Helper()
	if fits != nil {
		v.refused++
	}
	if engine == nil && fits != nil {
		return "the engine accepts it, and the schema refuses it: " + fits.Error()
	}
	codes := map[maturity.Code]bool{}
	for _, issue := range issuesOf(t, engine) {
		if fits == nil && !v.onlyEngine(issue, document) {
			return "the schema accepts it, and the engine refuses it: " + issue.Error()
		}
		codes[issue.Code] = true
	}
	for code := range codes {
		v.seen[code]++
		if fits == nil {
			v.unseen[code]++
		}
	}
	return ""
}

func (v *verdict) agree(t testing.TB, name string, document []byte, fits, engine error) bool {
	t.Helper()
	message := v.disagreement(t, document, fits, engine)
	return assert.Empty(t, message, "%s: %s", name, document)
}

// tooExactly tells of an issue that is about more than 9 digits after the point.
func tooExactly(issue *maturity.Issue, document []byte) bool {
	return issue.Code == maturity.BadDecimal && hasOneOf(document, tooExact)
}

func hasOneOf(document []byte, words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return bytes.Contains(document, []byte(word)) })
}

func readFile(t testing.TB, path ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(path...))
	require.NoError(t, err)
	return data
}
