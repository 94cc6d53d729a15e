package cohort

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/cohort/agreement"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// kinds has a question of every type; hidden is asked of those who say yes.
const kinds = `{"id": "kinds", "version": "1.0.0", "children": [
  {"id": "choice", "answer": {"type": "choice", "options": [{"value": "none"}, {"value": "all", "points": 3}, {"value": "some", "points": 1}, {"value": "bits", "points": 1}]}},
  {"id": "yes", "answer": {"type": "yesno"}},
  {"id": "no", "answer": {"type": "yesno", "points": {"yes": 0, "no": 2}}},
  {"id": "scale", "answer": {"type": "scale", "min": 1, "max": 5}},
  {"id": "reverse", "answer": {"type": "scale", "min": 1, "max": 5, "reverse": true}},
  {"id": "number", "answer": {"type": "number", "linear": {"from": 10, "to": 0, "points": [0, 1]}}},
  {"id": "whole", "answer": {"type": "number", "integer": true, "steps": [{"from": 0, "points": 0}, {"from": 25, "points": 1}]}},
  {"id": "list", "answer": {"type": "checklist", "options": [{"value": "x", "points": 1}, {"value": "y", "points": 1}, {"value": "z", "points": 1}, {"value": "nothing", "exclusive": true}]}},
  {"id": "text", "answer": {"type": "text"}},
  {"id": "hidden", "when": {"question": "yes", "is": true}, "answer": {"type": "yesno"}}]}`

// respondents are assessments with these answers, each a JSON object.
func respondents(t *testing.T, model string, answers ...string) (list []*maturity.Assessment) {
	for i, a := range answers {
		x := &maturity.Assessment{Model: maturity.ModelRef{ID: model}, Respondent: "r" + strconv.Itoa(i+1), Subject: &maturity.Subject{ID: "4204"}}
		parsed, err := maturity.ParseAssessment([]byte(`{"model": {"id": "`+model+`"}, "answers": `+a+`}`), nil)
		require.NoError(t, err)
		x.Answers = parsed.Answers
		list = append(list, x)
	}
	return list
}

func TestCombine(t *testing.T) {
	s := scorer(t, kinds)
	check := func(question, want string, how How, answers ...string) {
		t.Helper()
		for i, a := range answers {
			answers[i] = `{}`
			if a != "" {
				answers[i] = `{"` + question + `": ` + a + `}`
			}
		}
		a, err := Combine(s, respondents(t, "kinds", answers...), &CombineOptions{By: how})
		require.NoError(t, err)
		require.NoError(t, s.Check(a))
		got, err := json.Marshal(a.Answers[question])
		require.NoError(t, err)
		assert.Equal(t, want, string(got), "%s of %v", how, answers)
	}
	// Median, Mode and Lowest go by points, then by the list: none 0, some 1, bits 1, all 3.
	check("choice", `"bits"`, Median, `"all"`, `"none"`, `"bits"`)
	check("choice", `"some"`, Median, `"all"`, `"none"`, `"bits"`, `"some"`) // the lower of the middle two
	check("choice", `"all"`, Mode, `"all"`, `"none"`, `"all"`)
	check("choice", `"none"`, Mode, `"all"`, `"none"`, `"all"`, `"none"`, `"bits"`)
	check("choice", `"some"`, Lowest, `"all"`, `"bits"`, `"some"`)
	check("choice", `"all"`, Lowest, `"all"`, "", "") // who says nothing is not heard
	check("choice", "null", Lowest, "", "")
	check("choice", `"some"`, Mean, `"all"`, `"none"`, `"none"`) // 1
	check("choice", `"some"`, Mean, `"all"`, `"bits"`)           // 2: half-way, so the lower
	check("choice", `"all"`, Mean, `"all"`, `"all"`, `"bits"`)   // 7/3
	check("choice", `"bits"`, Mean, `"bits"`, `"bits"`)          // not some, which has its points
	check("yes", "false", Median, "true", "false")
	check("yes", "true", Mean, "true", "false", "true")
	check("no", "true", Lowest, "true", "false", "false") // yes is worth less here
	check("no", "true", Mean, "true", "false")
	check("no", "false", Mode, "true", "false", "false")
	check("scale", "2", Median, "1", "2", "3", "5")
	check("scale", "2", Mean, "1", "2", "4", "3") // 2.5: to the lower
	check("reverse", "3", Mean, "1", "2", "4", "3")
	check("reverse", "3", Median, "1", "2", "4", "3")
	check("reverse", "4", Lowest, "1", "2", "4", "3")
	check("number", "9.5", Lowest, "9.5", "0", "3")
	check("number", "10", Lowest, "11", "10", "12") // equal points
	check("number", "4.166666667", Mean, "9.5", "0", "3")
	check("number", "0.5", Mean, "0", "1")
	check("whole", "30", Median, "30", "40", "1") // by points, then by number
	check("whole", "2", Mean, "2", "3")
	check("whole", "-1", Mean, "-1", "0") // half-way: down
	check("list", `["x"]`, Median, `["x", "y"]`, `["x", "z"]`, `["nothing"]`)
	check("list", `[]`, Median, `["x"]`, `["y"]`)
	check("list", `["nothing"]`, Mode, `["nothing"]`, `["y"]`, `["nothing"]`)
	check("list", `["y"]`, Lowest, `["x", "y"]`, `["y", "z"]`)
	check("list", `[]`, Lowest, `["x", "y"]`, `["nothing"]`)
	check("list", `["x","y"]`, Mean, `["y", "x"]`)
	check("text", "null", Median, `"one"`, `"two"`)
	check("hidden", "true", Median, "true", "true") // counts, whatever hides it from the respondents
}

func TestCombineRest(t *testing.T) {
	s := scorer(t, kinds)
	list := respondents(t, "kinds", `{"text": "one", "yes": true}`, `{"text": "two"}`, `{}`)
	list[0].Date, list[1].Date = "2026-02-01", "2026-03-01"
	list[0].NotApplicable = map[string]string{"list": "no list", "scale": "none"}
	list[1].NotApplicable = map[string]string{"list": "no list", "yes": "not here"}
	list[2].NotApplicable = map[string]string{"list": "what list?"}
	list[2].Comments = map[string]string{"text": "three", "yes": "why?"}
	link := maturity.Evidence{Title: "Log", URL: "https://example.org"}
	list[0].Evidence = map[string][]maturity.Evidence{"yes": {link}}
	list[2].Evidence = map[string][]maturity.Evidence{"yes": {link, {Title: "Plan"}}}
	a, err := Combine(s, list, nil)
	require.NoError(t, err)
	assert.Equal(t, &maturity.Assessment{
		Model: s.Ref(), Subject: list[0].Subject, Date: "2026-03-01", Answers: map[string]any{"yes": true},
		NotApplicable: map[string]string{"list": "no list; what list?", "scale": "none"},
		Comments:      map[string]string{"text": "r1: one\nr2: two\nr3: three", "yes": "r3: why?"},
		Evidence:      map[string][]maturity.Evidence{"yes": {link, {Title: "Plan"}}},
	}, a)
	_, err = s.Score(a)
	require.NoError(t, err)

	list[1].Subject = &maturity.Subject{ID: "4205"}
	list[2].Respondent = "r1"
	list = append(list, nil, respondents(t, "kinds", `{"yes": 1, "what": 2}`)[0])
	_, err = Combine(s, list, nil)
	require.Error(t, err)
	var paths []string
	for _, issue := range err.(*maturity.InvalidError).Issues {
		paths = append(paths, issue.Path+" "+string(issue.Code))
	}
	assert.Equal(t, []string{"/1/subject/id bad-value", "/2/respondent duplicate-id", "/3 empty", "/4/answers/what unknown-question", "/4/answers/yes wrong-type"}, paths)
	_, err = Combine(s, nil, nil)
	assert.ErrorIs(t, err, maturity.Empty)
	_, err = Combine(s, list[:1], &CombineOptions{By: "best"})
	assert.ErrorIs(t, err, maturity.BadValue)
}

// TestCombineTags lets the model say how to combine.
func TestCombineTags(t *testing.T) {
	s := scorer(t, `{"id": "tags", "version": "1.0.0", "tags": {"combine": "lowest"}, "children": [
		{"id": "a", "answer": {"type": "scale", "min": 1, "max": 5}},
		{"id": "b", "tags": {"combine": "mean"}, "answer": {"type": "scale", "min": 1, "max": 5}}]}`)
	list := respondents(t, "tags", `{"a": 1, "b": 2}`, `{"a": 5, "b": 4}`, `{"a": 5, "b": 5}`)
	a, err := Combine(s, list, nil)
	require.NoError(t, err)
	assert.Equal(t, map[string]any{"a": maturity.Decimal("1"), "b": maturity.Decimal("4")}, a.Answers)
	scores, err := CombineScores(s, list, nil)
	require.NoError(t, err)
	assert.Equal(t, []NodeScore{ // 1.5, 4.5 and 5 of the whole
		{"tags", Statistic{Value: 1.5, Status: Defined, Units: 3}}, {"a", Statistic{Value: 1, Status: Defined, Units: 3}},
		{"b", Statistic{Value: 11.0 / 3, Status: Defined, Units: 3}}}, scores)
	scores, err = CombineScores(s, list[1:], &CombineOptions{By: Median})
	require.NoError(t, err)
	assert.Equal(t, Statistic{Value: 4.75, Status: Defined, Units: 2}, scores[0].Value)
	scores, err = CombineScores(s, list, &CombineOptions{By: Mode})
	require.NoError(t, err)
	assert.Equal(t, 5.0, scores[1].Value.Value)
	assert.Equal(t, 1.5, scores[0].Value.Value, "all come once: the lowest")
	scores, err = CombineScores(s, respondents(t, "tags", `{}`), nil)
	require.NoError(t, err)
	assert.Equal(t, NoValues, scores[0].Value.Status)

	wrong := scorer(t, `{"id": "tags", "version": "1.0.0", "tags": {"combine": "highest"}, "children": [{"id": "a", "answer": {"type": "yesno"}}]}`)
	_, err = Combine(wrong, respondents(t, "tags", `{}`), nil)
	assert.ErrorIs(t, err, maturity.BadValue)
	_, err = Combine(wrong, respondents(t, "tags", `{}`), &CombineOptions{By: Median})
	assert.NoError(t, err)
}

func TestAgree(t *testing.T) {
	s := scorer(t, kinds)
	list := respondents(t, "kinds",
		`{"choice": "none", "yes": true, "scale": 3, "number": 5, "list": ["x"], "no": true, "reverse": 2}`,
		`{"choice": "all", "yes": true, "scale": 4, "number": 5, "list": ["y"], "reverse": 2}`,
		`{"choice": "all", "yes": true, "scale": 3, "number": 20, "list": ["y"], "hidden": true}`)
	list[2].NotApplicable = map[string]string{"no": ""}
	a, err := Agree(s, list)
	require.NoError(t, err)
	assert.Equal(t, []string{"r1", "r2", "r3"}, a.Respondents)
	// choice splits two to one over all of its range; so does number over half of its; scale over a quarter. Lists of
	// equal points come after, and then what does not apply to all.
	assert.Equal(t, []string{"choice", "number", "scale", "list", "no"}, a.Talk)
	byID := map[string]QuestionAgreement{}
	for _, q := range a.Questions {
		byID[q.ID] = q
	}
	assert.Len(t, byID, 9, "a text is not scored")
	assert.InDelta(t, 2*0.4714045207910317, byID["choice"].Disagreement.Value, 1e-15)
	assert.InDelta(t, 0.4714045207910317, byID["number"].Disagreement.Value, 1e-15)
	assert.Equal(t, "none", byID["choice"].Low)
	assert.Equal(t, "all", byID["choice"].High)
	assert.Equal(t, 2, byID["list"].Different)
	assert.Nil(t, byID["list"].Low)
	assert.Equal(t, Statistic{Value: 0, Status: Defined, Units: 3}, byID["yes"].Disagreement)
	assert.Equal(t, Statistic{Value: 1, Status: Defined, Units: 1}, byID["yes"].RWG)
	assert.Equal(t, agreement.TooFewRaters, byID["hidden"].Disagreement.Status)
	no := byID["no"]
	assert.Equal(t, []int{1, 1, 1}, []int{no.Answered, no.NotApplicable, no.Missing})
	// s² of 3, 4, 3 is 1/3, and σ² of 1 to 5 is 2.
	assert.Equal(t, Statistic{Value: 5.0 / 6, Status: Defined, Units: 1}, byID["scale"].RWG)
	require.Len(t, a.Groups, 1)
	assert.Equal(t, 9, a.Groups[0].Questions)
	assert.Nil(t, a.Groups[0].Cohen)
}

// TestAgreeGroups holds the figures of a group against those of package agreement over ratings made by hand.
func TestAgreeGroups(t *testing.T) {
	s := scorer(t, `{"id": "g", "version": "1.0.0", "children": [{"id": "p", "children": [
		{"id": "a", "answer": {"type": "scale", "min": 1, "max": 5}}, {"id": "b", "answer": {"type": "yesno"}},
		{"id": "c", "answer": {"type": "choice", "options": [{"value": "x"}, {"value": "y", "points": 0.1}, {"value": "z", "points": 0.3}]}}]},
		{"id": "d", "answer": {"type": "yesno"}}, {"ref": "a"}]}`)
	list := respondents(t, "g", `{"a": 2, "b": true, "c": "y", "d": true}`, `{"a": 3, "b": false, "c": "y"}`)
	a, err := Agree(s, list)
	require.NoError(t, err)
	// The parts of the ranges are 1/4 and 1/2, 1 and 0, 1/3 and 1/3: in twelfths.
	twelfths := agreement.Ratings{{3, 6}, {12, 0}, {4, 4}}
	require.Len(t, a.Groups, 2)
	p := a.Groups[1]
	assert.Equal(t, 3, p.Questions)
	assert.Equal(t, agreement.Alpha(twelfths, agreement.Nominal), p.AlphaNominal)
	assert.Equal(t, agreement.Alpha(twelfths, agreement.Ordinal), p.AlphaOrdinal)
	assert.Equal(t, agreement.Alpha(twelfths, agreement.Interval), p.AlphaInterval)
	assert.Equal(t, agreement.Alpha(twelfths, agreement.Ratio), p.AlphaRatio)
	assert.Equal(t, agreement.NewICC(twelfths).Single2, p.ICC.Single2)
	assert.Equal(t, agreement.KendallW(twelfths), p.KendallW)
	assert.Equal(t, agreement.RWG(twelfths, agreement.Scale{Values: []float64{0, 3, 6, 9, 12}}, agreement.Scale{Values: []float64{0, 12}},
		agreement.Scale{Values: []float64{0, 4, 12}}), p.RWG)
	table, _ := agreement.CrossTable([]float64{3, 12, 4}, []float64{6, 0, 4})
	assert.Equal(t, agreement.CohenKappa(table, agreement.Linear), *p.CohenLinear)
	assert.Equal(t, agreement.Cronbach(agreement.Ratings{{2, 1, 0.1}, {3, 0, 0.1}}).Alpha, p.Cronbach.Alpha)
	assert.Equal(t, 4, a.Groups[0].Questions, "a once, though it is referred to")
	assert.Equal(t, 3, a.Groups[0].AlphaInterval.Units, "d has one answer")
}

// TestAgreeOrder: the order of the assessments changes names alone.
func TestAgreeOrder(t *testing.T) {
	s := scorer(t, hundred())
	docs := parsed(t, documents(s, 6, rand.New(rand.NewPCG(9, 9))))
	for i, a := range docs {
		a.Subject, a.Respondent = nil, "r"+strconv.Itoa(i)
	}
	a, err := Agree(s, docs)
	require.NoError(t, err)
	combined, err := Combine(s, docs, nil)
	require.NoError(t, err)
	slices.Reverse(docs)
	b, err := Agree(s, docs)
	require.NoError(t, err)
	other, err := Combine(s, docs, nil)
	require.NoError(t, err)
	slices.Reverse(b.Respondents)
	assert.Equal(t, a, b)
	assert.Equal(t, combined, other)
}
