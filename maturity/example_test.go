package maturity_test

import (
	"errors"
	"fmt"
	"slices"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
)

// A model is data: read one, compile it once, and score as many assessments as you like.
func Example() {
	model, err := models.Load(models.Default)
	if err != nil {
		panic(err)
	}
	scorer, err := maturity.Compile(model, nil)
	if err != nil {
		panic(err)
	}
	document, _ := models.Assessment(models.Default, "example")
	assessment, err := scorer.ParseAssessment(document)
	if err != nil {
		panic(err)
	}
	result, err := scorer.Score(assessment)
	if err != nil {
		panic(err)
	}
	root := result.Root()
	fmt.Printf("%.1f of %g: %s, by points alone %s\n", root.Value, root.Max, root.Level, root.LevelByThreshold)
	fmt.Printf("with the missing answers: %.1f to %.1f\n", root.Range.Low, root.Range.High)
	for _, b := range root.Blockers {
		fmt.Printf("%s needs %s at %s, and it is at %s\n", b.Level, b.Node, b.Want[0], b.HasLevel)
	}
	// Output:
	// 2.9 of 5: emerging, by points alone established
	// with the missing answers: 2.7 to 3.3
	// established needs anchoring at emerging, and it is at initial
}

// A model can be written as a Go value, and is checked as one that was read.
func ExampleCompile() {
	scorer, err := maturity.Compile(&maturity.Model{
		Version: "1.0.0",
		Node: maturity.Node{
			ID:    "backup",
			Title: maturity.T("Backup"),
			Children: []*maturity.Node{
				{ID: "tested", Title: maturity.T("Was a restore tested this year?"), Weight: "2",
					Answer: &maturity.Answer{Type: maturity.YesNo}},
				{ID: "share", Title: maturity.T("How many per cent of the systems have a backup?"),
					Answer: &maturity.Answer{Type: maturity.Number, Min: "0", Max: "100",
						Linear: &maturity.LinearPoints{From: "0", To: "100", Points: []maturity.Decimal{"0", "1"}}}},
			},
			Levels: maturity.Ladder{Levels: []*maturity.Level{{ID: "open"}, {ID: "safe", From: "0.9"}}},
		},
	}, nil)
	if err != nil {
		panic(err)
	}
	result, err := scorer.Score(&maturity.Assessment{
		Model:   maturity.ModelRef{ID: "backup"},
		Answers: map[string]any{"tested": true, "share": 70},
	})
	if err != nil {
		panic(err)
	}
	fmt.Println(result.Root().Value, result.Root().Level)
	// Output: 0.9 safe
}

// Every issue of a document is found at once, each with its place.
func ExampleParse() {
	_, err := maturity.Parse([]byte(`{
  "id": "m", "version": "one", "language": "en",
  "children": [
    {"id": "q1", "titel": "Q1", "answer": {"type": "scale", "min": 1, "max": 5}},
    {"id": "q1", "weight": -1, "answer": {"type": "yesno"}}
  ]
}`), nil)
	fmt.Println(err)
	fmt.Println(errors.Is(err, maturity.DuplicateID))
	// Output:
	// 2:25 /version: "one" is not a semantic version: write it like 1.0.0 or 1.0.0-beta.1. (bad-version)
	// 4:18 /children/0/titel: There is no field "titel" here: remove it, or mend its name. (unknown-field)
	// 5:12 /children/1/id: The id "q1" is taken: give this node another. (duplicate-id)
	// 5:28 /children/1/weight: This must not be negative. (out-of-range)
	// true
}

// A Session scores live: each change works out only what depends on it.
func ExampleScorer_Session() {
	model, _ := models.Load(models.Default)
	session, err := maturity.MustCompile(model, nil).Session(nil)
	if err != nil {
		panic(err)
	}
	if err := session.Set("anchoring-owner", "named"); err != nil {
		fmt.Println(err)
	}
	value, _ := session.Value("anchoring")
	fmt.Println(value, session.Changed())
	// Output:
	// 2 [digital-modenhet-kommune governance anchoring anchoring-owner]
}

// Results come into one value that is used again, so that many assessments cost no memory.
func ExampleScorer_ScoreAll() {
	model, _ := models.Load(models.Default)
	scorer := maturity.MustCompile(model, nil)
	var assessments []*maturity.Assessment
	for _, name := range []string{"bjorkevang-2024", "bjorkevang-2026"} {
		document, _ := models.Assessment(models.Default, name)
		a, err := scorer.ParseAssessment(document)
		if err != nil {
			panic(err)
		}
		assessments = append(assessments, a)
	}
	for result, err := range scorer.ScoreAll(slices.Values(assessments)) {
		if err != nil {
			panic(err)
		}
		fmt.Println(result.Date, result.Subject.Name, result.Root().Level)
	}
	// Output:
	// 2024-10-28 Bjørkevang kommune emerging
	// 2026-10-26 Bjørkevang kommune managed
}

// An explanation says how a node came to its value; its parts add up exactly.
func ExampleScorer_Explain() {
	model, _ := models.Load(models.Default)
	scorer := maturity.MustCompile(model, nil)
	document, _ := models.Assessment(models.Default, "example")
	assessment, _ := scorer.ParseAssessment(document)
	explanation, err := scorer.Explain(assessment, "people")
	if err != nil {
		panic(err)
	}
	fmt.Print("starts from ", explanation.Start.Exact)
	for _, in := range explanation.Inputs {
		fmt.Printf(", %s adds %s", in.Node, in.Contribution.Exact)
	}
	fmt.Println(":", explanation.Aggregated.Exact)
	// Output:
	// starts from 1, willingness adds 0.4, user-focus adds 0.5, collaboration adds 31/75, trust adds 0.48, learning adds 0.3: 232/75
}

// Lint says what is allowed and seldom meant.
func ExampleModel_Lint() {
	model, err := maturity.Parse([]byte(`{"id": "m", "version": "1.0.0", "title": "M", "language": "en",
	 "levels": [{"id": "low", "title": "Low"}, {"id": "high", "title": "High", "from": 1.5}],
	 "children": [{"id": "q", "title": "Is it so?", "answer": {"type": "yesno"}}]}`), nil)
	if err != nil {
		panic(err)
	}
	for _, issue := range model.Lint(nil) {
		fmt.Println(issue.Path, issue.Code)
	}
	// Output: /levels/1 unreachable-level
}
