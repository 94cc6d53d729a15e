package robustness

import (
	"slices"

	"github.com/modenhet/modenhet/maturity"
)

// LeverageOptions adjust Leverage. A nil *LeverageOptions means the default.
type LeverageOptions struct {
	Group string `json:"group,omitempty"` // id of the group whose outcome is studied; default the whole model
}

// A Lever is what the answer to one question can do to the outcome, everything else as it is.
type Lever struct {
	Question string    `json:"question"`
	Answer   any       `json:"answer"` // the present one; nil if there is none
	Outcomes []Outcome `json:"outcomes"`
	Low      float64   `json:"low"`    // the lowest value, the present one included; 0 where there is none
	High     float64   `json:"high"`   // the highest
	Spread   float64   `json:"spread"` // High − Low, rounded to 9 digits after the point
	Levels   []string  `json:"levels"` // all levels that come out, the present one included, lowest first; "" for none
}

// An Outcome is that with another answer.
type Outcome struct {
	Answer any      `json:"answer"`
	Value  *float64 `json:"value"` // the float64 nearest to the exact value; nil if there is none
	Level  string   `json:"level"` // "" for none
}

// Leverage says for each question what the value and level would be with each other answer, as the engine
// scores it. Considered are all options of a choice, yes and no, and all numbers of a scale; of a checklist
// what is chosen with one option more or less; of a number where its steps begin (or its line begins, ends,
// and is at a quarter, half and three quarters), and its least and greatest answer. Left out are texts, which
// are not scored, and questions that other answers hide.
//
// An answer may make a question appear that must be answered: what the missing policy error then concerns
// has no value. The error is that of Scorer.Score, or UnknownNode.
func Leverage(s *maturity.Scorer, a *maturity.Assessment, opts *LeverageOptions) ([]Lever, error) {
	m := s.Model()
	group := m.ID
	if opts != nil && opts.Group != "" {
		group = opts.Group
	}
	at, ok := s.Index(group)
	if !ok {
		return nil, &maturity.InvalidError{Issues: []*maturity.Issue{{Code: maturity.UnknownNode, Path: "/group",
			Message: "The model has no group \"" + group + "\"."}}}
	}
	session, err := s.Session(a)
	if err != nil {
		return nil, err
	}
	r, err := session.Result()
	if err != nil {
		return nil, err
	}
	a = session.Assessment()
	ladder := ladderOf(m, group)
	outcome := func(answer any) (o Outcome, level int) {
		o.Answer, level = answer, session.LevelAt(at)
		if value, ok := session.ValueAt(at); ok {
			o.Value = &value
		}
		if level >= 0 {
			o.Level = ladder[level].ID
		}
		return o, level
	}
	hidden := map[string]bool{}
	for i := range r.Nodes {
		hidden[r.Nodes[i].ID] = r.Nodes[i].Status == maturity.Hidden
	}
	levers := []Lever{}
	for _, n := range m.Nodes() {
		if n.Answer == nil || n.Answer.Type == maturity.FreeText || hidden[n.ID] {
			continue
		}
		given := a.Answers[n.ID]
		l := Lever{Question: n.ID, Answer: given, Outcomes: []Outcome{}}
		now, level := outcome(given)
		values, levels := []Outcome{now}, []int{level}
		all, present := candidates(m, n.Answer, given)
		for i, c := range all {
			if i == present || session.Set(n.ID, c.answer) != nil {
				continue
			}
			o, level := outcome(c.answer)
			l.Outcomes, values, levels = append(l.Outcomes, o), append(values, o), append(levels, level)
		}
		reason, notApplicable := a.NotApplicable[n.ID]
		switch {
		case notApplicable:
			err = session.NotApplicable(n.ID, reason)
		case given == nil:
			err = session.Clear(n.ID)
		default:
			err = session.Set(n.ID, given)
		}
		if err != nil {
			return nil, err
		}
		l.Low, l.High = bounds(values)
		l.Spread, l.Levels = round(l.High-l.Low), namesOf(levels, ladder)
		levers = append(levers, l)
	}
	return levers, nil
}

func bounds(outcomes []Outcome) (low, high float64) {
	var values []float64
	for _, o := range outcomes {
		if o.Value != nil {
			values = append(values, *o.Value)
		}
	}
	if values == nil {
		return 0, 0
	}
	return slices.Min(values), slices.Max(values)
}

func namesOf(levels []int, ladder []*maturity.Level) (names []string) {
	slices.Sort(levels)
	for _, level := range slices.Compact(levels) {
		if level < 0 {
			names = append(names, "")
		} else {
			names = append(names, ladder[level].ID)
		}
	}
	return names
}

func ladderOf(m *maturity.Model, group string) []*maturity.Level {
	for _, n := range m.Nodes() {
		if n.ID != group {
			continue
		}
		if n.Levels.Use != "" {
			return m.Ladders[n.Levels.Use]
		}
		return n.Levels.Levels
	}
	return nil
}
