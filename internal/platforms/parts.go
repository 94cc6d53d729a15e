package main

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/cohort"
	"github.com/modenhet/modenhet/maturity/report"
	"github.com/modenhet/modenhet/maturity/roadmap"
	"github.com/modenhet/modenhet/maturity/robustness"
	"github.com/modenhet/modenhet/maturity/testdata"
	"github.com/modenhet/modenhet/maturity/versions"
	"github.com/modenhet/modenhet/schema"
)

var parts = []part{
	{"documents", documents}, {"issues", issues}, {"results", results}, {"explanations", explanations}, {"sessions", sessions},
	{"rows", rows}, {"reports", reports}, {"roadmap", plans}, {"robustness", doubts}, {"cohort", groups}, {"sketches", sketches},
	{"versions", years}, {"schema", schemas},
}

// documents: digests, lint, and every document as it is written again.
func documents(c *corpus, out *output) {
	for _, s := range c.all() {
		m := s.scorer.Model()
		out.add(s.scorer.Ref(), nil)
		out.add(m.Lint(nil), nil)
		out.add(m, nil)
		for _, a := range s.assessments {
			out.add(a, nil)
		}
	}
}

// issues: what is found wrong with documents that have a flaw.
func issues(_ *corpus, out *output) {
	read := func(name string) []byte { return must(testdata.Files.ReadFile("invalid/" + name)) }
	s := must(maturity.CompileJSON(read("valid-model.json"), nil))
	for _, flawed := range decode[[]struct{ File, Kind string }](read("index.json")) {
		var err error
		if flawed.Kind == "model" {
			_, err = maturity.Parse(read(flawed.File), nil)
		} else {
			_, err = s.ParseAssessment(read(flawed.File))
		}
		out.add(flawed.File, err)
	}
}

func results(c *corpus, out *output) {
	for _, s := range c.all() {
		for _, document := range s.documents {
			a, err := s.scorer.ParseAssessment(document)
			if err != nil {
				out.add(nil, err)
				continue
			}
			out.add(s.scorer.Score(a))
		}
	}
}

// explanations of every node, for the first assessment of each model: of the library's models in three languages.
func explanations(c *corpus, out *output) {
	for i, s := range c.some() {
		languages := []string{"en"}
		if i < len(c.own) {
			languages = []string{"nb", "nn", "en"}
		}
		for at, n := range s.scorer.Model().Nodes() {
			if n.ID == "" || len(s.assessments) == 0 || i >= len(c.own) && len(at)%5 > 0 {
				continue
			}
			e, err := s.scorer.Explain(s.assessments[0], n.ID)
			out.add(e, err)
			for _, language := range languages {
				if err == nil {
					out.text([]byte(e.Text(language)))
				}
			}
		}
	}
}

// sessions go from each assessment to the next of the same model, one answer after the other.
func sessions(c *corpus, out *output) {
	for _, s := range c.some() {
		session := must(s.scorer.Session(nil))
		for i, a := range s.assessments {
			if i == 8 {
				break
			}
			for _, question := range s.scorer.Questions() {
				value, answered := a.Answers[question]
				reason, apart := a.NotApplicable[question]
				var err error
				switch {
				case answered:
					err = session.Set(question, value)
				case apart:
					err = session.NotApplicable(question, reason)
				default:
					err = session.Clear(question)
				}
				out.add(session.Changed(), err)
			}
			out.add(session.Result())
		}
	}
}

// rows: answers as numbers, by row and in columns, and under other weights.
func rows(c *corpus, out *output) {
	for _, s := range c.some() {
		if len(s.assessments) == 0 {
			continue
		}
		if v, err := s.scorer.Variation(s.assessments[0], s.scorer.Model().ID); err == nil {
			for i, w := range v.Weights() {
				v.SetWeight(i, int64(w.Value.Float64()*1e9)/3+int64(i))
				value, ok := v.Value()
				out.add([]any{w, v.Level(), value, ok}, nil)
			}
			for i, t := range v.Thresholds() {
				v.SetThreshold(i, int64(t.Value.Float64()*1e9)+1)
				out.add([]any{t, v.Level()}, nil)
			}
		}
		batch, err := s.scorer.Batch()
		if err != nil {
			continue
		}
		const n = 100
		columns := make([][]uint8, len(s.scorer.Questions()))
		for i := range columns {
			columns[i] = make([]uint8, n)
			for j := range columns[i] {
				if columns[i][j] = uint8((i*7 + j*j*3 + i*j) % 3); (i+j)%11 == 0 {
					columns[i][j] = 255 // no answer
				}
			}
		}
		if err := batch.Score(columns); err != nil {
			out.add(nil, err)
			continue
		}
		for _, err := range batch.Errors() {
			out.add(err.Row, err.Err)
		}
		row := must(s.scorer.Row())
		options := make([]int16, len(columns))
		for j := range n {
			value, ok := batch.Value(0, j)
			for i := range columns {
				if options[i] = int16(columns[i][j]); options[i] == 255 {
					options[i] = maturity.NoAnswer
				}
			}
			same := math.NaN()
			err := row.Score(options)
			if err == nil {
				same, _ = row.Value(0)
			}
			out.add([]any{value, ok, batch.Level(0, j), math.Float64bits(value) == math.Float64bits(same)}, err)
		}
	}
}

func reports(c *corpus, out *output) {
	for _, s := range c.own {
		for _, a := range s.assessments {
			r := must(s.scorer.Score(a))
			for _, language := range []string{"nb", "nn", "en"} {
				var b bytes.Buffer
				for _, err := range []error{
					report.Text(&b, s.scorer, a, r, &report.Options{Language: language, Color: true}),
					report.Markdown(&b, s.scorer, a, r, &report.Options{Language: language}),
					report.CSV(&b, s.scorer, r, &report.Options{Language: language}),
				} {
					out.add(nil, err)
				}
				out.text(b.Bytes())
			}
		}
	}
}

// plans: gaps, the cheapest plan to each level, the best for a budget, the frontier.
func plans(c *corpus, out *output) {
	for _, s := range c.own {
		for i, a := range s.assessments {
			if i == 2 {
				break
			}
			r := must(s.scorer.Score(a))
			for _, level := range levels(s) {
				target := []roadmap.Goal{{Level: level}}
				plan, err := roadmap.Cheapest(s.scorer, a, &roadmap.Options{Target: target, MaxSearch: 50})
				out.add(plan, err)
				if err == nil {
					out.add(plan.Apply(a), nil)
				}
				out.add(roadmap.Gaps(s.scorer, a, &roadmap.Options{Target: target, MaxSearch: 20}))
			}
			out.add(roadmap.Best(s.scorer, a, &roadmap.Options{Budget: "7.5", Node: r.Nodes[1].ID, MaxSearch: 50}))
			out.add(roadmap.Pareto(s.scorer, a, &roadmap.Options{Budget: "6", MaxSearch: 50}))
		}
	}
}

func levels(s *scheme) (ids []string) {
	m := s.scorer.Model()
	ladder := m.Levels.Levels
	if m.Levels.Use != "" {
		ladder = m.Ladders[m.Levels.Use]
	}
	for _, level := range ladder {
		ids = append(ids, level.ID)
	}
	return ids
}

// doubts: what other weights, thresholds and answers would give, with random numbers from a seed.
func doubts(c *corpus, out *output) {
	study := func(s *scheme, a *maturity.Assessment, draws, indices int) {
		r, err := robustness.Sensitivity(s.scorer, a, &robustness.Options{Seed: 9, Draws: draws, Indices: indices, Thresholds: 0.2, Answers: 0.1})
		out.add(r, err)
		if err == nil {
			out.text([]byte(r.Sentence(s.scorer.Model(), "nn")))
		}
	}
	for _, s := range c.own {
		study(s, s.assessments[0], 500, 20)
		out.add(robustness.Leverage(s.scorer, s.assessments[0], nil))
	}
	for _, s := range c.some() {
		if len(s.assessments) > 0 && (strings.HasPrefix(s.name, "random") || strings.HasPrefix(s.name, "ties")) {
			study(s, s.assessments[0], 20, 4)
		}
	}
}

// groups: figures, the bootstrap, shared gaps and pairs of the municipalities; respondents of one of them.
func groups(c *corpus, out *output) {
	s := c.flagship()
	for _, opts := range []*cohort.Options{nil, {Unsuppressed: true}, {Minimum: 3, Weight: "population"}, {Unsuppressed: true, Weight: "population"}} {
		g, err := cohort.NewGroup(s.scorer, s.subjects(), opts)
		if err != nil {
			out.add(nil, err)
			continue
		}
		out.add(g.Figures(), nil)
		out.add(g.Means(), nil)
		out.add(g.Pairs(1), nil)
		out.add(g.Intervals(&cohort.BootstrapOptions{Seed: 3, Resamples: 200}))
		for _, level := range levels(s) {
			out.add(g.Gaps(level))
		}
		pooled, result, err := g.Pool(nil)
		out.add(pooled, err)
		out.add(result, nil)
	}
	var team []*maturity.Assessment
	for _, a := range s.subjects() {
		one := *a
		one.Subject, one.Respondent = nil, a.Subject.ID
		team = append(team, &one)
	}
	out.add(cohort.Agree(s.scorer, team))
	for _, how := range []cohort.How{cohort.Median, cohort.Mean, cohort.Mode, cohort.Lowest} {
		out.add(cohort.Combine(s.scorer, team, &cohort.CombineOptions{By: how}))
		out.add(cohort.CombineScores(s.scorer, team, &cohort.CombineOptions{By: how}))
	}
}

// sketches of every model's results: each half written, read, and merged.
func sketches(c *corpus, out *output) {
	for _, s := range c.some() {
		halves := [2]*cohort.Sketch{cohort.NewSketch(s.scorer), cohort.NewSketch(s.scorer)}
		var last *maturity.Result
		for i, a := range s.assessments[:min(len(s.assessments), 20)] {
			if r, err := s.scorer.Score(a); err == nil {
				out.add(nil, halves[i%2].AddResult(r))
				last = r
			}
		}
		sent := must(json.Marshal(halves[0]))
		out.text(sent)
		out.add(nil, halves[1].Merge(decode[*cohort.Sketch](sent)))
		out.add(halves[1], nil)
		out.add(halves[1].Figures(s.scorer, &cohort.Options{Unsuppressed: true}))
		if last != nil {
			out.add(halves[1].Percentiles(s.scorer, last, nil))
		}
	}
}

// years: a model beside its next version, assessments carried over, and each compared with the one before it.
func years(c *corpus, out *output) {
	s := c.flagship()
	document, replaces := s.document, map[string]string{}
	for i, id := range s.scorer.Questions() {
		if i%7 == 0 {
			document = bytes.ReplaceAll(document, []byte(`"`+id+`"`), []byte(`"`+id+`-new"`))
			replaces[id] = id + "-new"
		}
	}
	next := decode[*maturity.Model](document)
	next.Version, next.Replaces = "9.0.0", replaces
	for _, n := range next.Nodes() {
		if len(n.ID)%5 == 0 {
			n.Weight = "1.5"
		}
	}
	to := must(maturity.Compile(next, nil))
	out.add(versions.Diff(s.scorer.Model(), next))
	for _, a := range s.assessments {
		moved, err := versions.Migrate(a, s.scorer, to)
		out.add(moved, err)
		if err == nil {
			out.add(versions.Compare(a, moved.Assessment, s.scorer, to))
		}
	}
	for i, s := range c.some() {
		if i >= len(c.own) && i%3 != 0 {
			continue
		}
		for i := 1; i < min(len(s.assessments), 3); i++ {
			out.add(versions.Compare(s.assessments[i-1], s.assessments[i], s.scorer, s.scorer))
		}
	}
}

// schemas of all documents, and of the assessments of models in every profile and language.
func schemas(c *corpus, out *output) {
	for _, document := range [][]byte{schema.Model(), schema.Assessment(), schema.Result(), schema.Issues(), schema.DocumentTypes()} {
		out.text(document)
	}
	text := func(document []byte, err error) {
		out.add(nil, err)
		out.text(document)
	}
	text(schema.Components(schema.OpenAPI))
	text(schema.Components(schema.OpenAPI30))
	for i, s := range c.some() {
		m := s.scorer.Model()
		if i >= len(c.own) {
			if i%5 == 0 {
				text(schema.For(m, &schema.Options{Profile: schema.Strict}))
			}
			continue
		}
		for _, language := range []string{"nb", "en"} {
			for _, profile := range schema.Profiles() {
				text(schema.For(m, &schema.Options{Profile: profile, Language: language}))
			}
			text(schema.JSONForms(m, &schema.Options{Language: language}))
			text(schema.RJSF(m, &schema.Options{Language: language}))
			text(schema.AnswerTypes(m, &schema.Options{Language: language}))
		}
	}
}
