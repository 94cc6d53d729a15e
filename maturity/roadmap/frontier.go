package roadmap

import (
	"math/big"
	"slices"

	"github.com/modenhet/modenhet/maturity"
)

// Pareto returns the frontier of cost against the value of the options' node, up to the budget if there is one,
// of plans that keep to the target if there is one. The error is as that of Cheapest.
func Pareto(s *maturity.Scorer, a *maturity.Assessment, opts *Options) (*Frontier, error) {
	p, err := newProblem(s, a, opts)
	if err != nil {
		return nil, err
	}
	f := &Frontier{Status: Optimal, Node: p.nodes[p.node].ID, Points: []Point{}}
	if !p.atOnce(f) {
		p.pointByPoint(f)
	}
	return f, nil
}

// atOnce takes the frontier from one list of the relaxation. It is false where the engine does not agree with
// each point of it.
func (p *problem) atOnce(f *Frontier) bool {
	demands := p.demands(p.goals, true)
	if len(demands) != 1 || len(demands[0].tops) > 1 || len(demands[0].answers) > 0 || len(p.before) > 0 {
		return false
	}
	s := p.search(p.goals, p.limit(), true, p.opts.MaxSearch)
	r := &region{domains: p.domains(), demand: demands[0]}
	relaxed := p.relaxation(r.domains, r.demand)
	o := relaxed.node(p.node, false).force()
	f.Searched = 1
	if relaxed.blind || relaxed.dead || o.scored == nil {
		return false
	}
	for i, e := range o.scored.entries {
		r.choice, r.torn = make([]int32, len(r.domains)), nil
		for q := range r.choice {
			r.choice[q] = -1
		}
		o.scored.trace(int32(i), r.choice, &r.torn)
		s.rest(r, false)
		units := p.costOf(r.choice)
		if s.limit != nil && units > *s.limit {
			break
		}
		bound := big.NewRat(-e.value, o.den)
		score := s.try(r.choice)
		switch {
		case score == nil:
			f.Points = f.Points[:0]
			return false
		case units*r.demand.scale == e.cost && score.Cmp(bound) == 0:
		case units*r.demand.scale == e.cost && near(score, bound) || len(o.scored.entries) == maxEntries:
			f.Status = Feasible
		default:
			f.Points = f.Points[:0]
			return false
		}
		f.add(p, s.j, units)
	}
	f.settle()
	return true
}

// settle drops points that others beat, as there may be where the list was made coarser, or a search was ended.
func (f *Frontier) settle() {
	slices.SortStableFunc(f.Points, func(x, y Point) int {
		if c := number(x.Cost, zero).Cmp(number(y.Cost, zero)); c != 0 {
			return c
		}
		return rational(y.Value).Cmp(rational(x.Value))
	})
	kept := f.Points[:0]
	for _, point := range f.Points {
		if len(kept) == 0 || rational(point.Value).Cmp(rational(kept[len(kept)-1].Value)) > 0 {
			kept = append(kept, point)
		}
	}
	f.Points = kept
}

// add adds what the judge's answers come to.
func (f *Frontier) add(p *problem, j *judge, units int64) {
	o := j.outcome(p.node)
	f.Points = append(f.Points, Point{p.cost(units), o.Value, o.Level})
}

// pointByPoint searches from each point for the cheapest plan with a higher value, and then for the highest
// value at its cost.
func (p *problem) pointByPoint(f *Frontier) {
	run := func(goals []goal, limit *int64, value bool) *search {
		s := p.search(goals, limit, value, p.opts.MaxSearch-f.Searched)
		if s.allowed < 1 || !s.run() {
			f.Status = Feasible
		}
		f.Searched += s.looked
		return s
	}
	goals := append(p.goals[:len(p.goals):len(p.goals)], goal{node: p.node, level: -1}) // with any value
	for {
		cheapest := run(goals, p.limit(), false)
		if cheapest.best == nil {
			break
		}
		limit := p.costOf(cheapest.best)
		highest := run(p.goals, &limit, true)
		if highest.best == nil { // the search was ended
			break
		}
		highest.j.apply(highest.best)
		f.add(p, highest.j, limit)
		goals = append(p.goals[:len(p.goals):len(p.goals)], goal{node: p.node, level: -1, value: highest.score.Neg(highest.score), strict: true})
	}
	f.settle()
	if len(f.Points) == 0 && f.Status == Optimal {
		f.Status = Unreachable
	}
}
