package roadmap

import "github.com/modenhet/modenhet/maturity"

// A Status says what is known about a plan. The words are those of solvers, but for unreachable.
type Status string

// The statuses.
const (
	Optimal     Status = "optimal"     // proven: no plan is better
	Feasible    Status = "feasible"    // it does what it says; MaxSearch ended the search before a proof
	Unreachable Status = "unreachable" // proven: no plan reaches the target, within the budget if there is one
	Unknown     Status = "unknown"     // MaxSearch ended the search before a plan was found
)

// A Plan is a set of answer changes, in an order in which each already helps where that is possible.
type Plan struct {
	Status Status           `json:"status"`
	Node   string           `json:"node"`   // whose value and level follow
	Before Outcome          `json:"before"` // today
	After  Outcome          `json:"after"`  // when the plan is done
	Cost   maturity.Decimal `json:"cost"`   // of all steps
	Steps  []Step           `json:"steps"`

	// Where the plan is no proven optimum, no plan costs less than CostBound, or within the budget gives more
	// than ValueBound. Where the budget alone is in the way of the target, CostBound is what the target costs.
	CostBound  maturity.Decimal `json:"costBound,omitempty"`
	ValueBound *maturity.Exact  `json:"valueBound,omitempty"`

	// Blockers are what is in the way of a target that was not reached, with all answers at their best.
	Blockers []maturity.Blocker `json:"blockers,omitempty"`

	Searched int `json:"searched"` // parts of the search looked at, as MaxSearch counts them
}

// An Outcome is what a node comes to. Value is nil where it has none.
type Outcome struct {
	Value *maturity.Exact `json:"value,omitempty"`
	Level string          `json:"level,omitempty"`
}

// A Step is one answer to change.
type Step struct {
	Question string           `json:"question"`
	From     any              `json:"from,omitempty"` // today's answer; nil where there is none
	To       any              `json:"to"`
	Cost     maturity.Decimal `json:"cost"`
	Gain     *maturity.Exact  `json:"gain,omitempty"` // what the value of the plan's node rises by, at this place in the order; nil where it has none
	Value    *maturity.Exact  `json:"value,omitempty"`
	Reason   Reason           `json:"reason"`
	Levels   []Reached        `json:"levels,omitempty"` // levels reached by this step, in document order
}

// A Reason says what a step is for. A step that is for several things has the first of them here.
type Reason struct {
	Kind     ReasonKind `json:"kind"`
	Node     string     `json:"node,omitempty"`     // goal, requirement: the node that must reach
	Level    string     `json:"level,omitempty"`    // this level,
	Value    string     `json:"value,omitempty"`    // this value or
	Ratio    string     `json:"ratio,omitempty"`    // this ratio
	Question string     `json:"question,omitempty"` // prerequisite: the question that needs it
}

// A ReasonKind is a kind of reason.
type ReasonKind string

// The reasons.
const (
	ForGoal         ReasonKind = "goal"         // a goal of the target needs it
	ForRequirement  ReasonKind = "requirement"  // a requirement of a level needs it
	ForPrerequisite ReasonKind = "prerequisite" // another step needs it
	ForDecision     ReasonKind = "decision"     // Options.Answers says so
	ForValue        ReasonKind = "value"        // it raises the value
)

// Reached is a level that a node reaches.
type Reached struct {
	Node  string `json:"node"`
	Level string `json:"level"`
}

// A Frontier holds, from the cheapest on, what no plan beats in both cost and value.
type Frontier struct {
	Status   Status  `json:"status"` // optimal: every point is proven, and none is missing
	Node     string  `json:"node"`
	Points   []Point `json:"points"`
	Searched int     `json:"searched"`
}

// A Point is what a cost can buy at best. Best gives the plan, with the cost as its budget.
type Point struct {
	Cost  maturity.Decimal `json:"cost"`
	Value *maturity.Exact  `json:"value"`
	Level string           `json:"level,omitempty"`
}

// A Gap is how far a node is from a goal.
type Gap struct {
	Goal     Goal               `json:"goal"`
	Now      Outcome            `json:"now"`
	Distance *maturity.Exact    `json:"distance,omitempty"` // what the value, or where the goal is on the ratio the ratio, lacks; nil where only requirements do
	Status   Status             `json:"status"`             // of the plan that closes the gap at the least cost
	Cost     maturity.Decimal   `json:"cost,omitempty"`     // of that plan
	Gain     *maturity.Exact    `json:"gain,omitempty"`     // what it adds to the value of the options' node
	Blockers []maturity.Blocker `json:"blockers,omitempty"` // where the gap cannot be closed: what is in the way
}

// Apply returns an assessment with the plan's answers in place; a stays as it is.
func (p *Plan) Apply(a *maturity.Assessment) *maturity.Assessment {
	applied := *a
	applied.Answers = make(map[string]any, len(a.Answers)+len(p.Steps))
	for id, answer := range a.Answers {
		applied.Answers[id] = answer
	}
	for _, s := range p.Steps {
		applied.Answers[s.Question] = s.To
	}
	return &applied
}
