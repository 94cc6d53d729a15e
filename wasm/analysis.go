//go:build !js || analysis

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/cohort"
	"github.com/modenhet/modenhet/maturity/roadmap"
	"github.com/modenhet/modenhet/maturity/robustness"
	"github.com/modenhet/modenhet/maturity/versions"
)

// The verbs of analysis.wasm, beside those of the engine: what takes longer than a click, and what few pages need.
// They run in a worker (js/analysis.js), with encoding/json, which is too large for the module that a page waits for.
const (
	gaps        verb = iota + firstAnalysis // assessment, roadmap.Options: []roadmap.Gap
	cheapest                                // assessment, roadmap.Options: roadmap.Plan
	best                                    // assessment, roadmap.Options: roadmap.Plan
	pareto                                  // assessment, roadmap.Options: roadmap.Frontier
	leverage                                // assessment, robustness.LeverageOptions: []robustness.Lever
	sensitivity                             // assessment, studyOptions: nothing yet; study goes on with it
	study                                   // studySlice: progress
	compare                                 // earlier assessment, compareOptions: versions.Comparison
	diff                                    // earlier model: versions.Difference
	migrate                                 // assessment, migrateOptions: versions.Migration
	group                                   // assessments, groupOptions: groupReport
	agree                                   // assessments: cohort.Agreement
	combine                                 // assessments, cohort.CombineOptions: an assessment
)

type studyOptions struct {
	robustness.Options
	Language string `json:"language"`
}

type studySlice struct {
	Scores int `json:"scores"` // how many to make
}

// progress is what a slice of a study came to; Result is there when all is done.
type progress struct {
	Done     int                `json:"done"`
	Total    int                `json:"total"`
	Result   *robustness.Result `json:"result,omitempty"`
	Sentence string             `json:"sentence,omitempty"`
}

type compareOptions struct {
	Later json.RawMessage `json:"later"`
	Model json.RawMessage `json:"model"` // of the earlier assessment; default: the scorer's
}

type migrateOptions struct {
	Model json.RawMessage `json:"model"` // default: the earlier version is not at hand
}

type groupOptions struct {
	cohort.Options
	Level  string          `json:"level"`  // that the gaps are counted to; default: none are
	Levels int             `json:"levels"` // at least between the strong and the weak of a pair
	Own    json.RawMessage `json:"own"`    // an assessment, for its percentiles
}

type groupReport struct {
	Figures     *cohort.Figures     `json:"figures"`
	Pairs       []cohort.Pair       `json:"pairs"`
	Gaps        []cohort.Gap        `json:"gaps,omitempty"`
	Percentiles []cohort.Percentile `json:"percentiles,omitempty"`
}

// A running study belongs to its scorer.
type running struct {
	study    *robustness.Study
	language string
}

// analyse does a verb of this file.
func (b *bridge) analyse(v verb, o *object, x, y []byte) int32 {
	answer, err := o.analysis(v, x, y)
	if err != nil {
		return b.fail(err)
	}
	data, err := json.Marshal(answer)
	if err != nil {
		panic(err) // what the packages return can be written
	}
	b.out = append(b.out, data...)
	return 0
}

func (o *object) analysis(v verb, x, y []byte) (any, error) {
	s := o.scorer
	switch v {
	case gaps:
		return with(s, x, y, roadmap.Gaps)
	case cheapest:
		return with(s, x, y, roadmap.Cheapest)
	case best:
		return with(s, x, y, roadmap.Best)
	case pareto:
		return with(s, x, y, roadmap.Pareto)
	case leverage:
		return with(s, x, y, robustness.Leverage)
	case sensitivity:
		return with(s, x, y, o.begin)
	case study:
		slice, err := options[studySlice](x)
		if err != nil {
			return nil, err
		}
		return o.goOn(slice.Scores)
	case compare:
		return o.compare(x, y)
	case diff:
		from, err := maturity.Parse(x, o.opts)
		if err != nil {
			return nil, err
		}
		return versions.Diff(from, s.Model())
	case migrate:
		opts, err := options[migrateOptions](y)
		if err != nil {
			return nil, err
		}
		var from *maturity.Scorer
		a, err := maturity.ParseAssessment(x, o.opts)
		if given(opts.Model) {
			from, a, err = o.earlier(opts.Model, x)
		}
		if err != nil {
			return nil, err
		}
		return versions.Migrate(a, from, s)
	case group:
		return o.group(x, y)
	case agree, combine:
		return o.respondents(v, x, y)
	}
	panic("no such verb")
}

// with reads an assessment and options, and does what they are for.
func with[O, R any](s *maturity.Scorer, x, y []byte, do func(*maturity.Scorer, *maturity.Assessment, *O) (R, error)) (any, error) {
	a, err := s.ParseAssessment(x)
	if err != nil {
		return nil, err
	}
	opts, err := options[O](y)
	if err != nil {
		return nil, err
	}
	return do(s, a, opts)
}

// options reads options strictly.
func options[O any](data []byte) (*O, error) {
	opts := new(O)
	if len(data) == 0 {
		return opts, nil
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	err := d.Decode(opts)
	if err == nil && d.More() {
		err = errors.New("something follows them")
	}
	if err == nil {
		return opts, nil
	}
	issue := &maturity.Issue{Code: maturity.BadSyntax, Message: "The options cannot be read: " + err.Error() + "."}
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		issue.Code, issue.Path = maturity.WrongType, "/"+strings.ReplaceAll(wrong.Field, ".", "/")
	} else if strings.Contains(err.Error(), "unknown field") {
		issue.Code = maturity.UnknownField
	}
	return nil, &maturity.InvalidError{Issues: []*maturity.Issue{issue}}
}

func (o *object) begin(s *maturity.Scorer, a *maturity.Assessment, opts *studyOptions) (any, error) {
	y, err := robustness.NewStudy(s, a, &opts.Options)
	if err != nil {
		return nil, err
	}
	o.running = running{y, opts.Language}
	return o.goOn(0)
}

func (o *object) goOn(scores int) (any, error) {
	y := o.running.study
	if y == nil {
		panic("no study was begun")
	}
	y.Step(scores)
	done, total := y.Progress()
	p := &progress{Done: done, Total: total}
	if done == total {
		p.Result = y.Result()
		p.Sentence = p.Result.Sentence(o.scorer.Model(), o.running.language)
		o.running = running{}
	}
	return p, nil
}

func (o *object) compare(x, y []byte) (any, error) {
	opts, err := options[compareOptions](y)
	if err != nil {
		return nil, err
	}
	from, earlier, err := o.earlier(opts.Model, x)
	if err != nil {
		return nil, err
	}
	later, err := o.scorer.ParseAssessment(opts.Later)
	if err != nil {
		return nil, err
	}
	return versions.Compare(earlier, later, from, o.scorer)
}

// earlier reads an assessment of an earlier version of the model, or of the scorer's own where none is given.
func (o *object) earlier(model, assessment []byte) (*maturity.Scorer, *maturity.Assessment, error) {
	from := o.scorer
	if given(model) {
		var err error
		if from, err = maturity.CompileJSON(model, o.opts); err != nil {
			return nil, nil, err
		}
	}
	a, err := from.ParseAssessment(assessment)
	return from, a, err
}

func given(document json.RawMessage) bool { return len(document) > 0 && string(document) != "null" }

func (o *object) group(x, y []byte) (any, error) {
	documents, err := list(x)
	if err != nil {
		return nil, err
	}
	opts, err := options[groupOptions](y)
	if err != nil {
		return nil, err
	}
	g, err := cohort.ParseGroup(o.scorer, documents, &opts.Options)
	if err != nil {
		return nil, err
	}
	r := &groupReport{Figures: g.Figures(), Pairs: g.Pairs(opts.Levels)}
	if opts.Level != "" {
		if r.Gaps, err = g.Gaps(opts.Level); err != nil {
			return nil, err
		}
	}
	if len(opts.Own) > 0 {
		if err := o.scorer.ScoreJSON(o.result, opts.Own); err != nil {
			return nil, err
		}
		if r.Percentiles, err = g.Sketch().Percentiles(o.scorer, o.result, &opts.Options); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (o *object) respondents(v verb, x, y []byte) (any, error) {
	documents, err := list(x)
	if err != nil {
		return nil, err
	}
	assessments := make([]*maturity.Assessment, len(documents))
	var issues []*maturity.Issue
	for i, document := range documents {
		a, err := maturity.ParseAssessment(document, o.opts)
		if err != nil {
			issues = append(issues, below("/"+strconv.Itoa(i), err)...)
		}
		assessments[i] = a
	}
	if issues != nil {
		return nil, &maturity.InvalidError{Issues: issues}
	}
	if v == agree {
		return cohort.Agree(o.scorer, assessments)
	}
	opts, err := options[cohort.CombineOptions](y)
	if err != nil {
		return nil, err
	}
	return cohort.Combine(o.scorer, assessments, opts)
}

// below is the issues of an error of a document that stands somewhere in another.
func below(path string, err error) []*maturity.Issue {
	var invalid *maturity.InvalidError
	if !errors.As(err, &invalid) {
		panic(err)
	}
	issues := make([]*maturity.Issue, len(invalid.Issues))
	for i, issue := range invalid.Issues {
		issues[i] = &maturity.Issue{Code: issue.Code, Path: path + issue.Path, Message: issue.Message}
	}
	return issues
}

// list cuts a list of documents; each is read strictly afterwards.
func list(data []byte) ([][]byte, error) {
	raw, err := options[[]json.RawMessage](data)
	if err != nil {
		return nil, err
	}
	documents := make([][]byte, len(*raw))
	for i, document := range *raw {
		documents[i] = document
	}
	return documents, nil
}
