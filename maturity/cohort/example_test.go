package cohort_test

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/cohort"
)

// model has two practices. Its questions are answered from 1 to 5.
const model = `{"id": "team", "version": "1.0.0", "children": [
  {"id": "goals", "levels": "steps", "children": [
    {"id": "known", "answer": {"type": "scale", "min": 1, "max": 5}},
    {"id": "measured", "answer": {"type": "scale", "min": 1, "max": 5}}]},
  {"id": "skills", "levels": "steps", "children": [
    {"id": "mapped", "answer": {"type": "scale", "min": 1, "max": 5}},
    {"id": "trained", "answer": {"type": "scale", "min": 1, "max": 5}}]}],
  "ladders": {"steps": [{"id": "open"}, {"id": "begun", "from": 2}, {"id": "done", "from": 4}]}}`

// answers reads assessments of the model, one a line: a name, and the answers to the four questions.
func answers(respondents bool, lines string) (list []*maturity.Assessment) {
	for _, line := range strings.Split(strings.TrimSpace(lines), "\n") {
		a := &maturity.Assessment{Model: maturity.ModelRef{ID: "team"}, Answers: map[string]any{}}
		var name string
		var x [4]int
		fmt.Sscan(line, &name, &x[0], &x[1], &x[2], &x[3])
		for i, question := range []string{"known", "measured", "mapped", "trained"} {
			a.Answers[question] = x[i]
		}
		if a.Subject = (&maturity.Subject{ID: name}); respondents {
			a.Subject, a.Respondent = &maturity.Subject{ID: "4204"}, name
		}
		list = append(list, a)
	}
	return list
}

func ExampleAgree() {
	s, _ := maturity.CompileJSON([]byte(model), nil)
	team := answers(true, `
		leader    5 4 3 4
		developer 2 3 3 4
		teacher   1 4 3 5`)

	a, err := cohort.Agree(s, team)
	if err != nil {
		fmt.Println(err) // every issue, with its place
		return
	}
	fmt.Println("talk about", a.Talk)
	for _, q := range a.Questions {
		fmt.Printf("%-8s from %v to %v, disagreement %.2f, r_WG %.2f\n", q.ID, q.Low, q.High, q.Disagreement.Value, q.RWG.Value)
	}
	for _, g := range a.Groups[1:] {
		fmt.Printf("%-8s alpha %.2f, ICC(2,1) %.2f, W %.2f\n", g.ID, g.AlphaInterval.Value, g.ICC.Single2.Value, g.KendallW.Value)
	}

	one, _ := cohort.Combine(s, team, &cohort.CombineOptions{By: cohort.Median})
	fmt.Println("known, together:", one.Answers["known"])
	// Output:
	// talk about [known measured trained]
	// known    from 1 to 5, disagreement 0.85, r_WG -1.17
	// measured from 3 to 4, disagreement 0.24, r_WG 0.83
	// mapped   from 3 to 3, disagreement 0.00, r_WG 1.00
	// trained  from 4 to 5, disagreement 0.24, r_WG 0.83
	// goals    alpha -0.08, ICC(2,1) -0.08, W 0.11
	// skills   alpha 0.75, ICC(2,1) 0.83, W 1.00
	// known, together: 2
}

func ExampleGroup() {
	s, _ := maturity.CompileJSON([]byte(model), nil)
	partners := answers(false, `
		Arendal   4 5 2 1
		Birkenes  2 2 4 4
		Evje      1 2 4 5
		Grimstad  3 3 3 3
		Lillesand 2 1 5 4
		Risør     4 4 1 2`)

	// Among themselves the partners see everything.
	g, err := cohort.NewGroup(s, partners, &cohort.Options{Unsuppressed: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, n := range g.Figures().Nodes[1:2] {
		fmt.Printf("%s: mean %.2f, median %.2f, quartiles %.2f and %.2f\n", n.ID, n.Mean.Value, n.Median.Value, n.LowerQuartile.Value, n.UpperQuartile.Value)
	}
	gaps, _ := g.Gaps("begun")
	for _, gap := range gaps {
		fmt.Printf("%s: %v of %v below begun: %v\n", gap.ID, gap.Below.Value, gap.Count.Value, gap.Members)
	}
	for _, p := range g.Pairs(2) {
		fmt.Printf("%s: %s could teach %s\n", p.ID, p.Strong, p.Weak)
	}

	// What they publish rests on five of them at least.
	g, _ = cohort.NewGroup(s, partners, nil)
	goals := g.Figures().Nodes[1]
	fmt.Printf("published: mean %v, median %v, levels %v\n", goals.Mean.Value, goals.Median.Status, goals.Levels)
	// Output:
	// goals: mean 2.75, median 2.50, quartiles 1.62 and 3.75
	// goals: 2 of 6 below begun: [Evje Lillesand]
	// skills: 2 of 6 below begun: [Arendal Risør]
	// goals: Arendal could teach Evje
	// goals: Risør could teach Lillesand
	// skills: Evje could teach Arendal
	// skills: Lillesand could teach Risør
	// published: mean 2.75, median suppressed, levels [{ done 6}]
}

func ExampleSketch() {
	s, _ := maturity.CompileJSON([]byte(model), nil)
	sketch := func(lines string) *cohort.Sketch {
		k := cohort.NewSketch(s)
		for _, a := range answers(false, lines) {
			r, _ := s.Score(a)
			k.AddResult(r)
		}
		return k
	}
	// Each county makes a sketch and sends it as JSON, without answers or names.
	sent, _ := json.Marshal(sketch("A 4 5 2 1\n B 2 2 4 4\n C 1 2 4 5"))
	all := sketch("D 3 3 3 3\n E 2 1 5 4\n F 4 4 1 2")

	var received cohort.Sketch
	if err := json.Unmarshal(sent, &received); err != nil {
		fmt.Println(err)
		return
	}
	if err := all.Merge(&received); err != nil {
		fmt.Println(err) // of another model, or another text of it
		return
	}
	f, _ := all.Figures(s, nil)
	fmt.Println(f.Count, "assessments, goals on average", f.Nodes[1].Mean.Value)

	mine, _ := s.Score(answers(false, "B 2 2 4 4")[0])
	p, _ := all.Percentiles(s, mine, &cohort.Options{Unsuppressed: true})
	fmt.Printf("%s: ahead of %.0f %%\n", p[1].ID, p[1].Percentile.Value)
	// Output:
	// 6 assessments, goals on average 2.75
	// goals: ahead of 42 %
}
