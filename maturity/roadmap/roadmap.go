package roadmap

import (
	"math/big"

	"github.com/modenhet/modenhet/maturity"
)

// Cheapest returns the plan of the least cost that reaches the target of the options, within their budget if
// there is one. A nil assessment is one without answers. The error is that of Scorer.Check, or an
// *maturity.InvalidError with every issue of the options.
func Cheapest(s *maturity.Scorer, a *maturity.Assessment, opts *Options) (*Plan, error) {
	p, err := newProblem(s, a, opts)
	if err != nil {
		return nil, err
	}
	if len(p.goals) == 0 {
		return nil, need("target", "Say what to reach: at least one goal with a level, a value or a ratio.")
	}
	return p.cheapest(), nil
}

func need(field, message string) error {
	return &maturity.InvalidError{Issues: []*maturity.Issue{{Code: maturity.MissingField, Path: "/" + field, Message: message}}}
}

// Best returns, of the plans that the budget of the options pays for and that keep to their target, the one
// that gives their node the highest value; of several that with the least cost. The error is as that of
// Cheapest.
func Best(s *maturity.Scorer, a *maturity.Assessment, opts *Options) (*Plan, error) {
	p, err := newProblem(s, a, opts)
	if err != nil {
		return nil, err
	}
	if p.budget == nil {
		return nil, need("budget", "Say how much the plan may cost.")
	}
	return p.bestPlan(), nil
}

// limit is the budget in units; nil: none.
func (p *problem) limit() *int64 {
	if p.budget == nil {
		return nil
	}
	units := new(big.Rat).Quo(p.budget, p.unit)
	limit := int64(1) << 55 // more than everything costs
	if whole := new(big.Int).Quo(units.Num(), units.Denom()); whole.IsInt64() {
		limit = min(limit, whole.Int64())
	}
	return &limit
}

func (p *problem) search(goals []goal, limit *int64, value bool, allowed int) *search {
	return &search{p: p, j: p.judge(), goals: goals, limit: limit, value: value, allowed: allowed}
}

func (p *problem) cheapest() *Plan {
	s := p.search(p.goals, p.limit(), false, p.opts.MaxSearch)
	proven := s.run()
	plan := p.plan(s, proven)
	if plan.Status == Feasible || plan.Status == Unknown && s.limit == nil {
		plan.CostBound = p.cost(s.bound.Num().Int64())
	}
	return plan
}

func (p *problem) bestPlan() *Plan {
	s := p.search(p.goals, p.limit(), true, p.opts.MaxSearch)
	proven := s.run()
	if s.best == nil {
		return p.plan(s, proven)
	}
	value := new(big.Rat).Neg(s.score)
	bound := new(big.Rat).Neg(s.bound)
	cheaper := p.search(append(p.goals[:len(p.goals):len(p.goals)], goal{node: p.node, level: -1, value: value}), p.limit(), false, p.opts.MaxSearch)
	cheaper.best, cheaper.score = s.best, big.NewRat(p.costOf(s.best), 1)
	cheaper.looked = s.looked
	provenToo := cheaper.run()
	plan := p.plan(cheaper, proven && provenToo)
	if !proven && bound.Cmp(big.NewRat(maxValue, 1)) < 0 {
		plan.ValueBound = exactOf(bound)
	} else if proven && !provenToo {
		plan.CostBound = p.cost(cheaper.bound.Num().Int64())
	}
	return plan
}

// plan makes a plan of what a search found.
func (p *problem) plan(s *search, proven bool) *Plan {
	plan := &Plan{Status: Optimal, Node: p.nodes[p.node].ID, Searched: s.looked, Steps: []Step{}}
	j := p.judge()
	plan.Before = j.outcome(p.node)
	switch {
	case s.best == nil && proven:
		plan.Status = Unreachable
	case s.best == nil:
		plan.Status = Unknown
	case !proven:
		plan.Status = Feasible
	}
	if s.best == nil {
		if plan.Blockers = p.inTheWay(s, j); s.limit != nil {
			goals := s.goals
			if s.value {
				goals = append(goals[:len(goals):len(goals)], goal{node: p.node, level: -1}) // with any value
			}
			free := p.search(goals, nil, false, s.allowed)
			if free.run(); free.best != nil { // only the budget is in the way
				plan.Blockers, plan.CostBound = nil, p.cost(free.bound.Num().Int64())
			}
		}
		plan.After, plan.Cost = plan.Before, "0"
		return plan
	}
	plan.Cost = p.cost(p.costOf(s.best))
	p.steps(plan, s.best, j)
	plan.After = j.outcome(p.node)
	return plan
}

// inTheWay says what holds the target back with all answers at their best.
func (p *problem) inTheWay(s *search, j *judge) (blockers []maturity.Blocker) {
	j.apply(p.highest(p.domains()))
	for i := range s.goals {
		if !j.reached(&s.goals[i]) {
			blockers = append(blockers, j.blockers(&s.goals[i])...)
		}
	}
	return blockers
}
