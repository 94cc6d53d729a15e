package roadmap_test

import (
	"fmt"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/modenhet/modenhet/maturity/roadmap"
)

// flagship is the embedded model with its example.
func flagship() (*maturity.Scorer, *maturity.Assessment) {
	m, err := models.Load(models.Default)
	if err != nil {
		panic(err)
	}
	data, err := models.Assessment(m.ID, "example")
	if err != nil {
		panic(err)
	}
	s := maturity.MustCompile(m, nil)
	a, err := s.ParseAssessment(data)
	if err != nil {
		panic(err)
	}
	return s, a
}

func ExampleCheapest() {
	s, err := maturity.CompileJSON([]byte(`{"id": "security", "version": "1.0.0",
		"levels": [{"id": "basic"}, {"id": "managed", "from": 2, "require": {"node": "backup", "value": {"atLeast": 2}}}],
		"children": [
			{"id": "backup", "effort": 3, "answer": {"type": "scale", "min": 0, "max": 4}},
			{"id": "access", "effort": 2, "answer": {"type": "scale", "min": 0, "max": 4}},
			{"id": "training", "effort": 1, "answer": {"type": "scale", "min": 0, "max": 3}}]}`), nil)
	if err != nil {
		panic(err)
	}
	today := &maturity.Assessment{Model: s.Ref(), Answers: map[string]any{"backup": 1, "access": 1, "training": 1}}
	plan, err := roadmap.Cheapest(s, today, &roadmap.Options{Target: []roadmap.Goal{{Level: "managed"}}})
	if err != nil {
		panic(err)
	}
	fmt.Println(plan.Status, "at a cost of", plan.Cost)
	for _, step := range plan.Steps {
		fmt.Println(step.Question, step.From, "->", step.To, "for", step.Cost, "because of the", step.Reason.Kind, step.Levels)
	}
	// Output:
	// optimal at a cost of 5
	// training 1 -> 3 for 2 because of the goal []
	// backup 1 -> 2 for 3 because of the requirement [{security managed}]
}

func ExampleBest() {
	s, a := flagship()
	plan, err := roadmap.Best(s, a, &roadmap.Options{Budget: "5"})
	if err != nil {
		panic(err)
	}
	fmt.Printf("%s: from %.2f to %.2f for %s\n", plan.Status, plan.Before.Value.Value, plan.After.Value.Value, plan.Cost)
	// Output:
	// optimal: from 2.93 to 3.14 for 5
}

func ExamplePareto() {
	s, a := flagship()
	f, err := roadmap.Pareto(s, a, &roadmap.Options{Budget: "3"})
	if err != nil {
		panic(err)
	}
	for _, p := range f.Points {
		fmt.Printf("%4s %.3f %s\n", p.Cost, p.Value.Value, p.Level)
	}
	// Output:
	//    0 2.931 emerging
	//    1 2.983 emerging
	//    2 3.023 emerging
	//    3 3.063 emerging
}

func ExampleGaps() {
	s, a := flagship()
	gaps, err := roadmap.Gaps(s, a, &roadmap.Options{Target: []roadmap.Goal{{Level: "established"}}})
	if err != nil {
		panic(err)
	}
	for _, gap := range gaps {
		distance := "a requirement"
		if gap.Distance != nil {
			distance = fmt.Sprintf("%.2f", gap.Distance.Value)
		}
		fmt.Printf("%s lacks %s: %s gives %.3f\n", gap.Goal.Node, distance, gap.Cost, gap.Gain.Value)
	}
	// Output:
	// anchoring lacks 1.20: 3 gives 0.115
	// governance lacks 0.04: 1 gives 0.051
	// portfolio lacks 0.27: 1 gives 0.051
	// digital-modenhet-kommune lacks a requirement: 1 gives 0.038
	// learning lacks 0.10: 1 gives 0.025
	// processes lacks 0.20: 3 gives 0.023
}
