package schema_test

import (
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/schema"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// An unseen is a document that fits its schema, and that the engine refuses.
type unseen struct {
	document string
	limits   maturity.Options
}

const (
	assessmentHead = `{"model": {"id": "small"}, `
	modelHead      = `{"id": "m", "version": "1.0.0", `
	question       = `{"id": "q", "answer": {"type": "choice", "options": [{"value": "no"}, {"value": "yes", "points": 1}]}}`
)

// unseenInAssessments are of the model small, in the profile strict.
var unseenInAssessments = map[maturity.Code]unseen{
	maturity.BadDecimal:   {document: assessmentHead + `"answers": {"f": 1.0000000000}}`},
	maturity.BadUTF8:      {document: assessmentHead + `"respondent": "` + "\xff" + `"}`},
	maturity.DuplicateKey: {document: assessmentHead + `"answers": {"a": "no", "a": "yes"}}`},
	maturity.TooLarge:     {assessmentHead + `"answers": {}}`, maturity.Options{MaxBytes: 10}},
	maturity.TooDeep:      {assessmentHead + `"answers": {}}`, maturity.Options{MaxDepth: 1}},
	maturity.TooMany:      {assessmentHead + `"answers": {"f": 1.0000000000, "e": 1.0000000000}}`, maturity.Options{MaxIssues: 1}},
	maturity.TooLong:      {assessmentHead + `"answers": {"h": "a string of thirty characters"}}`, maturity.Options{MaxText: 20}},
}

var unseenInModels = map[maturity.Code]unseen{
	maturity.BadDecimal:       {document: modelHead + `"children": [` + question + `], "weight": 1.0000000000}`},
	maturity.BadUTF8:          {document: modelHead + `"title": "` + "\xff" + `", "children": [` + question + `]}`},
	maturity.DuplicateKey:     {document: modelHead + `"title": "a", "title": "b", "children": [` + question + `]}`},
	maturity.TooLarge:         {modelHead + `"children": [` + question + `]}`, maturity.Options{MaxBytes: 10}},
	maturity.TooDeep:          {modelHead + `"children": [` + question + `]}`, maturity.Options{MaxDepth: 2}},
	maturity.TooMany:          {modelHead + `"children": [` + question + `]}`, maturity.Options{MaxOptions: 1}},
	maturity.TooLong:          {modelHead + `"title": "abc", "children": [` + question + `]}`, maturity.Options{MaxText: 2}},
	maturity.DuplicateID:      {document: modelHead + `"children": [` + question + `, ` + question + `]}`},
	maturity.UnknownNode:      {document: modelHead + `"children": [` + question + `, {"ref": "z"}]}`},
	maturity.UnknownOption:    {document: modelHead + `"children": [` + question + `, {"ref": "q", "points": {"z": 1}}]}`},
	maturity.UnknownOptionSet: {document: modelHead + `"children": [{"id": "q", "answer": {"type": "choice", "use": "z"}}]}`},
	maturity.UnknownLadder:    {document: modelHead + `"levels": "z", "children": [` + question + `]}`},
	maturity.UnknownLevel: {document: modelHead + `"levels": [{"id": "a"}], "adjust": [{"when": {"node": "g", "level": {"atLeast": "z"}}, "add": 1}],
		"children": [{"id": "g", "children": [` + question + `]}]}`},
	maturity.LadderOrder:  {document: modelHead + `"levels": [{"id": "a", "from": 2}, {"id": "b", "from": 1}], "children": [` + question + `]}`},
	maturity.StepOrder:    {document: modelHead + `"children": [{"id": "q", "answer": {"type": "number", "steps": [{"from": 1, "points": 0}, {"from": 0, "points": 1}]}}]}`},
	maturity.Cycle:        {document: modelHead + `"children": [` + question + `], "views": [{"id": "v", "children": [{"ref": "w"}]}, {"id": "w", "children": [{"ref": "v"}]}]}`},
	maturity.ReadsAhead:   {document: modelHead + `"children": [{"id": "p", "when": {"question": "q", "is": "yes"}, "answer": {"type": "yesno"}}, ` + question + `]}`},
	maturity.BadGeometric: {document: modelHead + `"aggregate": "geometric", "children": [{"id": "q", "weight": 0.5, "answer": {"type": "yesno"}}]}`},
	maturity.MissingField: {document: modelHead + `"levels": [{"id": "a"}, {"id": "b"}], "children": [` + question + `]}`},
	maturity.OutOfRange:   {document: modelHead + `"scale": {"min": 1, "max": 1}, "children": [` + question + `]}`},
	maturity.WrongType:    {document: modelHead + `"children": [` + question + `, {"id": "p", "when": {"question": "q", "is": true}, "answer": {"type": "yesno"}}]}`},
	maturity.BadCondition: {document: modelHead + `"children": [` + question + `, {"id": "p", "when": {"question": "q", "includes": "yes"}, "answer": {"type": "yesno"}}]}`},
	maturity.UnknownField: {document: modelHead + `"children": [{"id": "p", "answer": {"type": "yesno"}}, {"ref": "p", "points": {}}]}`},
	maturity.BadValue: {document: modelHead + `"optionSets": {"s": [{"value": "a", "exclusive": true}]},
		"children": [{"id": "q", "answer": {"type": "choice", "use": "s"}}]}`},
}

// TestOnlyEngine: each code in the lists of docs/schemas.md is one that the schema misses, and there are no others.
func TestOnlyEngine(t *testing.T) {
	withLong := strings.TrimSuffix(small, "]}") + `, {"id": "h", "answer": {"type": "text"}}]}`
	m := parseModel(t, withLong)
	strict := newOracle(t, schemaFor(t, m, &schema.Options{Profile: schema.Strict}))
	for code, u := range unseenInAssessments {
		s, err := maturity.CompileJSON([]byte(withLong), nil)
		require.NoError(t, err)
		assert.NoError(t, strict.fits(t, []byte(u.document)), "%s", code)
		assert.NoError(t, newOracle(t, schema.Assessment()).fits(t, []byte(u.document)), "%s", code)
		if u.limits != (maturity.Options{}) {
			s, err = maturity.Compile(m, &u.limits)
			require.NoError(t, err, code)
		}
		_, err = s.ParseAssessment([]byte(u.document))
		assert.ErrorIs(t, err, code)
	}
	model := newOracle(t, schema.Model())
	for code, u := range unseenInModels {
		assert.NoError(t, model.fits(t, []byte(u.document)), "%s", code)
		_, err := maturity.Parse([]byte(u.document), &u.limits)
		assert.ErrorIs(t, err, code)
	}
	for code := range onlyEngineOfModels {
		assert.Contains(t, unseenInModels, code)
	}

	// Two codes are about more than what fits the strict schema.
	both := []byte(assessmentHead + `"answers": {"a": "yes", "d": true}, "notApplicable": {"d": "why"}}`)
	s := maturity.MustCompile(m, nil)
	_, err := s.ParseAssessment(both)
	assert.ErrorIs(t, err, maturity.AnsweredNotApplicable)
	assert.Error(t, strict.fits(t, both))
	assert.NoError(t, newOracle(t, schemaFor(t, m, nil)).fits(t, both))
	demanding := parseModel(t, strings.Replace(small, `{"id": "e", `, `{"id": "e", "missing": "error", `, 1))
	empty := []byte(assessmentHead + `"answers": {}}`)
	assert.NoError(t, newOracle(t, schemaFor(t, demanding, nil)).fits(t, empty))
	assert.ErrorIs(t, maturity.MustCompile(demanding, nil).ScoreJSON(new(maturity.Result), empty), maturity.AnswerRequired)

	page := string(readFile(t, "../docs/schemas.md"))
	_, inAssessments, _ := strings.Cut(page, "\n### In assessments\n")
	inAssessments, inModels, _ := strings.Cut(inAssessments, "\n### In models\n")
	inModels, _, _ = strings.Cut(inModels, "\n## ")
	assert.ElementsMatch(t, append(slices.Collect(maps.Keys(unseenInAssessments)), maturity.AnsweredNotApplicable, maturity.AnswerRequired), codesIn(inAssessments))
	assert.ElementsMatch(t, slices.Collect(maps.Keys(unseenInModels)), codesIn(inModels))
}

// codesIn lists the codes of the first column of a table.
func codesIn(section string) (codes []maturity.Code) {
	for _, row := range regexp.MustCompile("(?m)^\\| (`[a-z0-9-]+`(, `[a-z0-9-]+`)*) \\|").FindAllStringSubmatch(section, -1) {
		for _, code := range strings.Split(row[1], ", ") {
			codes = append(codes, maturity.Code(strings.Trim(code, "`")))
		}
	}
	return codes
}

// TestNothingSaid: fields that would say nothing are refused where they do not belong, by the schema and by the engine.
func TestNothingSaid(t *testing.T) {
	o := newOracle(t, schema.Model())
	for document, code := range map[string]maturity.Code{
		modelHead + `"levels": "", "children": [` + question + `]}`:                             maturity.Empty,
		modelHead + `"children": [{"id": "q", "answer": {"type": "yesno", "integer": false}}]}`: maturity.UnknownField,
		modelHead + `"children": [{"id": "q", "answer": {"type": "yesno", "reverse": false}}]}`: maturity.UnknownField,
	} {
		assert.Error(t, o.fits(t, []byte(document)), document)
		_, err := maturity.Parse([]byte(document), nil)
		assert.ErrorIs(t, err, code, document)
		assert.Len(t, err.(*maturity.InvalidError).Issues, 1, document)
	}
}

// TestDocs: what docs/schemas.md shows of a program works, its model fits the schema, and it names all profiles. The rest of the
// page is run by the tests of docs.
func TestDocs(t *testing.T) {
	page := string(readFile(t, "../docs/schemas.md"))
	assert.NoError(t, writeSchema(io.Discard))
	block := regexp.MustCompile("(?ms)^```json\n(.*?)^```$").FindStringSubmatch(page)
	require.NotNil(t, block)
	assert.NoError(t, newOracle(t, schema.Model()).fits(t, []byte(block[1])))
	for _, profile := range schema.Profiles() {
		assert.Contains(t, page, "| `"+string(profile)+"` |")
	}
}
