// Package robustness says how far a score can be trusted: what would another answer have changed, and what
// other weights?
//
//	Leverage     for each question, the outcome with each other answer, everything else as it is
//	Sensitivity  many scores under random weights (and, by choice, thresholds and answers): how often each
//	             level comes out, how the value spreads, and which weights matter
//
// This is the uncertainty and sensitivity analysis of composite indicators: OECD and JRC, Handbook on
// Constructing Composite Indicators (2008), step 7; Saisana, Saltelli and Tarantola, Uncertainty and
// sensitivity analysis techniques as tools for the quality assessment of composite indicators, Journal of
// the Royal Statistical Society A 168 (2005). What the figures mean, and what not, is in docs/robustness.md.
//
// Every level is decided by the engine, exactly. The random numbers are those of SplitMix64 from a seed: the
// same documents, options and seed give the same bytes on every platform.
package robustness

import (
	"strconv"

	"github.com/modenhet/modenhet/maturity"
)

// Options adjust Sensitivity. A nil *Options, and every zero field, means the default.
type Options struct {
	Group string `json:"group,omitempty"` // id of the group whose outcome is studied; default the whole model
	Seed  uint64 `json:"seed,omitempty"`  // of the random numbers, below 2^53
	Draws int    `json:"draws,omitempty"` // from 1 to 1,000,000; default 10,000

	// Weights is how far each weight moves: it is multiplied by a factor uniform in [1 − Weights,
	// 1 + Weights], independently of the others, in steps of a billionth. Below 1; default 0.25, as in the
	// vignette on sensitivity of COINr, a package for composite indicators. Below 0 the weights stay.
	Weights float64 `json:"weights,omitempty"`

	// Thresholds is how far each threshold of a ladder moves, uniformly up or down: as a share of the
	// distance to the nearest other threshold of its ladder, or end of the range. At most 0.5; default 0:
	// they stay.
	Thresholds float64 `json:"thresholds,omitempty"`

	// Answers is the probability that an answer was one step off, up or down alike. Default 0. A step is to
	// a neighbour among the answers that Leverage considers.
	Answers float64 `json:"answers,omitempty"`

	// Indices is the number of base draws for the Sobol indices, which take Indices · (weights + 2) scores.
	// At most 100,000; default 1,000. Below 0 there are none.
	Indices int `json:"indices,omitempty"`
}

func (o *Options) filled(m *maturity.Model) (Options, error) {
	f := Options{}
	if o != nil {
		f = *o
	}
	if f.Group == "" {
		f.Group = m.ID
	}
	if f.Draws == 0 {
		f.Draws = 10_000
	}
	if f.Weights == 0 {
		f.Weights = 0.25
	}
	if f.Indices == 0 {
		f.Indices = 1_000
	}
	var issues []*maturity.Issue
	check := func(ok bool, field, message string) {
		if !ok {
			issues = append(issues, &maturity.Issue{Code: maturity.OutOfRange, Path: "/" + field, Message: message})
		}
	}
	check(f.Seed < 1<<53, "seed", "A seed is a whole number below 2^53.")
	check(1 <= f.Draws && f.Draws <= 1_000_000, "draws", "Give 1 to 1,000,000 draws, not "+strconv.Itoa(f.Draws)+".")
	check(f.Weights < 1, "weights", "Weights move by a share below 1, for example 0.25.")
	check(0 <= f.Thresholds && f.Thresholds <= 0.5, "thresholds", "Thresholds move by a share from 0 to 0.5.")
	check(0 <= f.Answers && f.Answers <= 1, "answers", "The probability of a wrong answer is from 0 to 1.")
	check(f.Indices <= 100_000, "indices", "Give at most 100,000 base draws.")
	if issues != nil {
		return f, &maturity.InvalidError{Issues: issues}
	}
	return f, nil
}

// A Result is what Sensitivity found. It is plain data.
type Result struct {
	Options  Options  `json:"options"`  // with the defaults filled in
	Draws    int      `json:"draws"`    // those made; fewer than asked for while a Study goes on
	Value    *float64 `json:"value"`    // the value as scored; nil if there is none
	Level    string   `json:"level"`    // the level as scored; "" for none
	Varied   Varied   `json:"varied"`   // how much there was to vary
	Levels   []Share  `json:"levels"`   // lowest first, "" for no level; none where there is no ladder
	Unscored int      `json:"unscored"` // draws without a value
	Spread   *Spread  `json:"spread"`   // of the values; nil where no draw has one

	// Weights are those that the value may depend on, the largest total index first. There are none if
	// they were not asked for, no weight moves, or a draw has no value.
	Weights []WeightIndex `json:"weights"`
}

// Varied counts what was varied.
type Varied struct {
	Weights    int `json:"weights"`
	Thresholds int `json:"thresholds"`
	Answers    int `json:"answers"`
}

// A Share is how often a level came out.
type Share struct {
	Level string  `json:"level"`
	Draws int     `json:"draws"`
	Share float64 `json:"share"` // of all draws
}

// A Spread is how values spread over the draws: P25 is the least value that 25 % of the values do not exceed.
// Each is rounded to 9 digits after the point.
type Spread struct {
	Min    float64 `json:"min"`
	P05    float64 `json:"p05"`
	P25    float64 `json:"p25"`
	Median float64 `json:"median"`
	P75    float64 `json:"p75"`
	P95    float64 `json:"p95"`
	Max    float64 `json:"max"`
}

// A WeightIndex says how much one weight matters.
type WeightIndex struct {
	maturity.Weight
	Index
}

// Sensitivity scores an assessment under many random weights, and says what becomes of it. The error is that
// of Scorer.Score, UnknownNode for a group that there is not, or OutOfRange for an option.
func Sensitivity(s *maturity.Scorer, a *maturity.Assessment, opts *Options) (*Result, error) {
	study, err := NewStudy(s, a, opts)
	if err != nil {
		return nil, err
	}
	_, total := study.Progress()
	study.Step(total)
	return study.Result(), nil
}
