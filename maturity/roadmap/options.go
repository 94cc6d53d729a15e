package roadmap

import "github.com/modenhet/modenhet/maturity"

// Options say what to reach, what it may cost, and what may change. A nil *Options, and every zero field,
// means the default.
type Options struct {
	// Target is what must hold when the plan is done: every goal of it. Cheapest and Gaps need one; Best and
	// Pareto keep to it where there is one.
	Target []Goal `json:"target,omitempty"`

	// Budget is the most that a plan may cost, 0 or more; default: no limit. Best needs one.
	Budget maturity.Decimal `json:"budget,omitempty"`

	// Node is the node whose value Best and Pareto raise, and whose gain steps report; default: the root.
	Node string `json:"node,omitempty"`

	// Efforts is the cost of raising a question by one option, by its id, in place of the model's effort.
	Efforts map[string]maturity.Decimal `json:"efforts,omitempty"`

	// Costs is, by question and option, the cost of the step up to that option from the one before it (of a
	// checklist: of choosing it), in place of the effort. An option is its value; of a yesno true or false; of
	// a scale and a number the number. Those of a number are also the answers that a plan may give.
	Costs map[string]map[string]maturity.Decimal `json:"costs,omitempty"`

	// Answers are decided already: a plan gives these questions these answers, and pays for them.
	Answers map[string]any `json:"answers,omitempty"`

	// Keep names questions that must not change, and groups none of whose questions may.
	Keep []string `json:"keep,omitempty"`

	// Requires are prerequisites between questions.
	Requires []Prerequisite `json:"requires,omitempty"`

	// Lower also allows answers that give fewer points than today's, which can help only where a model falls
	// as answers rise. They cost as much a step as raising.
	Lower bool `json:"lower,omitempty"`

	// MaxSearch is how many parts of the search are looked at, at most, before the best plan found is returned
	// without a proof; default 1,000. It is a count and no time, so that the same input gives the same plan.
	MaxSearch int `json:"maxSearch,omitempty"`
}

// A Goal is one thing that must hold: a level, a value or a ratio of a node, at least. Exactly one is given.
type Goal struct {
	Node  string           `json:"node,omitempty"` // default: the root
	Level string           `json:"level,omitempty"`
	Value maturity.Decimal `json:"value,omitempty"`
	Ratio maturity.Decimal `json:"ratio,omitempty"` // (value − min) / (max − min), from 0 to 1
}

// A Prerequisite binds a question that a plan changes: it may go above an option only when another question
// has reached one. Options are written as in Options.Costs.
type Prerequisite struct {
	Question string `json:"question"`
	Above    string `json:"above,omitempty"` // default: it may not change at all; of a checklist none can be given
	Requires string `json:"requires"`        // the other question, which has
	AtLeast  string `json:"atLeast"`         // this option or a later one; of a checklist this one among others
}
