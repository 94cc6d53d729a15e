package roadmap

import (
	"cmp"
	"math/big"
	"slices"

	"github.com/modenhet/modenhet/maturity"
)

// Gaps returns how far nodes are from the target, those first that give most to the value of the options' node
// when they are closed, each by itself at the least cost. Of a goal that is a level without a node, there is a
// gap for every group that has such a level. What is reached is no gap. The error is as that of Cheapest.
func Gaps(s *maturity.Scorer, a *maturity.Assessment, opts *Options) ([]Gap, error) {
	p, err := newProblem(s, a, opts)
	if err != nil {
		return nil, err
	}
	if len(p.goals) == 0 {
		return nil, need("target", "Say what to reach: at least one goal with a level, a value or a ratio.")
	}
	gaps := []Gap{}
	for i, g := range p.goals {
		if p.opts.Target[i].Node != "" || g.level < 0 {
			gaps = p.gap(gaps, g, p.opts.Target[i])
			continue
		}
		for n := range p.nodes {
			if level := p.level(n, p.opts.Target[i].Level); level >= 0 {
				gaps = p.gap(gaps, goal{node: n, level: level}, p.opts.Target[i])
			}
		}
	}
	slices.SortStableFunc(gaps, func(x, y Gap) int {
		if x.Gain == nil || y.Gain == nil {
			return cmp.Compare(boolean(x.Gain == nil), boolean(y.Gain == nil))
		}
		return rational(y.Gain).Cmp(rational(x.Gain))
	})
	return gaps, nil
}

func boolean(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// gap appends the gap of one goal, if it is not reached.
func (p *problem) gap(gaps []Gap, g goal, asked Goal) []Gap {
	s := p.search([]goal{g}, p.limit(), false, p.opts.MaxSearch)
	before := s.j.value(p.node)
	if s.j.reached(&g) {
		return gaps
	}
	asked.Node = p.nodes[g.node].ID
	gap := Gap{Goal: asked, Now: s.j.outcome(g.node), Distance: p.distance(s.j, &g), Status: Optimal}
	proven := s.run()
	switch {
	case s.best == nil && proven:
		gap.Status = Unreachable
		gap.Blockers = p.inTheWay(s, s.j)
	case s.best == nil:
		gap.Status = Unknown
	default:
		if !proven {
			gap.Status = Feasible
		}
		gap.Cost = p.cost(p.costOf(s.best))
		s.j.apply(s.best)
		gap.Gain = exactOf(difference(s.j.value(p.node), before))
	}
	return append(gaps, gap)
}

// distance is what a node lacks: of a level, the most that any threshold up to it asks for.
func (p *problem) distance(j *judge, g *goal) *maturity.Exact {
	lacks := func(least *big.Rat, ratio bool) *big.Rat {
		x, ok := j.session.ExactAt(g.node)
		if ratio {
			x, ok = j.session.ExactRatioAt(g.node)
		}
		if !ok {
			return nil
		}
		return new(big.Rat).Sub(least, rational(&x))
	}
	var distance *big.Rat
	switch {
	case g.value != nil:
		distance = lacks(g.value, false)
	case g.ratio != nil:
		distance = lacks(g.ratio, true)
	default:
		for _, l := range p.nodes[g.node].levels[:g.level+1] {
			if l.From+l.Above == "" {
				continue
			}
			if d := lacks(number(l.From+l.Above, zero), l.Of == maturity.ReadRatio); d != nil && (d.Sign() > 0 || d.Sign() == 0 && l.Above != "") {
				distance = d // thresholds rise
			}
		}
	}
	if distance == nil {
		return nil
	}
	return exactOf(distance)
}
