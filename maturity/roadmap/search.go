package roadmap

import (
	"container/heap"
	"math"
	"math/big"
	"slices"
)

// The search is branch and bound. A region is a part of all choices: what is left of the questions' candidates,
// and one way to fulfil the target's requirements. The relaxation bounds a region and proposes a choice. Where
// the engine says that the choice does what the bound promises, nothing in the region is better, and it is
// closed. Else it is split on a question, and the better looking region goes first. When no open region can
// beat the best choice found, that choice is proven.

// A demand is one way to fulfil the target: floors of nodes, and answers.
type demand struct {
	floors  map[int][]floor
	answers map[int][]int32 // by question: the candidates that will do
	shares  []int64         // by question: in how many places it stands
	scale   int64           // of costs, so that they can be shared
	tops    []int           // nodes with floors, of which none lies below another
}

type region struct {
	domains [][]int32
	demand  *demand
	bound   *big.Rat // no choice in it has a lower score
	choice  []int32  // what the relaxation proposes
	torn    []int    // questions that it answered twice
	order   int
}

// A search looks for the choice of the lowest score: the cost in units, or, where value is set, less the value
// of the problem's node.
type search struct {
	p       *problem
	j       *judge
	goals   []goal
	limit   *int64 // of the cost, in units; nil: none
	value   bool
	open    regions
	best    []int32 // nil: none found
	score   *big.Rat
	bound   *big.Rat // nothing scores lower; nil: there is nothing
	rounded *big.Rat // the lowest bound of a region that was closed because the difference is a rounding; nil: none
	looked  int
	allowed int
}

// near tells whether a bound is so near a score that the difference comes of values too fine for whole numbers
// of 60 bits, and not of the model.
func near(score, bound *big.Rat) bool {
	gap := new(big.Rat).Sub(score, bound)
	return gap.Mul(gap, new(big.Rat).SetInt64(1<<40)).Cmp(new(big.Rat).Add(new(big.Rat).Abs(score), one)) < 0
}

type regions []*region

func (r regions) Len() int { return len(r) }
func (r regions) Less(i, j int) bool {
	if c := r[i].bound.Cmp(r[j].bound); c != 0 {
		return c < 0
	}
	return r[i].order < r[j].order
}
func (r regions) Swap(i, j int) { r[i], r[j] = r[j], r[i] }
func (r *regions) Push(x any)   { *r = append(*r, x.(*region)) }
func (r *regions) Pop() any {
	last := (*r)[len(*r)-1]
	*r = (*r)[:len(*r)-1]
	return last
}

// run searches, and tells whether it is done: best is proven, or that there is nothing.
func (s *search) run() bool {
	domains := s.p.domains()
	for _, d := range s.p.demands(s.goals, s.value) {
		s.look(&region{domains: domains, demand: d})
	}
	if len(s.open) > 0 && s.best == nil {
		s.guess(domains)
	}
	for len(s.open) > 0 {
		r := heap.Pop(&s.open).(*region)
		if s.best != nil && r.bound.Cmp(s.score) >= 0 {
			break
		}
		if s.looked >= s.allowed {
			s.bound = r.bound
			return false
		}
		s.split(r)
	}
	s.bound = s.score
	if s.rounded != nil && s.rounded.Cmp(s.score) < 0 {
		s.bound = s.rounded
		return false
	}
	return true
}

// domains are all candidates of all questions.
func (p *problem) domains() [][]int32 {
	domains := make([][]int32, len(p.questions))
	for i := range domains {
		for k := range p.questions[i].candidates {
			domains[i] = append(domains[i], int32(k))
		}
	}
	return domains
}

// look bounds a region, and keeps it open if something in it may be better than what was found.
func (s *search) look(r *region) {
	s.looked++
	r.order = s.looked
	for q, allowed := range r.demand.answers {
		if !s.narrow(r, q, func(k int32) bool { return slices.Contains(allowed, k) }) {
			return
		}
	}
	if !s.propagate(r) || !s.relax(r) {
		return
	}
	if s.best != nil && r.bound.Cmp(s.score) >= 0 {
		return
	}
	if score := s.try(r.choice); score != nil && score.Cmp(r.bound) <= 0 {
		return
	} else if score != nil && s.value && near(score, r.bound) { // splitting makes no finer numbers
		if s.rounded == nil || r.bound.Cmp(s.rounded) < 0 {
			s.rounded = r.bound
		}
		return
	}
	heap.Push(&s.open, r)
}

// narrow keeps the candidates of a question that pass; it is false where none is left.
func (s *search) narrow(r *region, q int, pass func(k int32) bool) bool {
	kept := make([]int32, 0, len(r.domains[q]))
	for _, k := range r.domains[q] {
		if pass(k) {
			kept = append(kept, k)
		}
	}
	if len(kept) < len(r.domains[q]) {
		r.domains = slices.Clone(r.domains)
		r.domains[q] = kept
	}
	return len(kept) > 0
}

// propagate narrows what prerequisites decide.
func (s *search) propagate(r *region) bool {
	for changed := true; changed; {
		changed = false
		for i := range s.p.before {
			b := &s.p.before[i]
			is := func(q int, of func(c *candidate) bool) func(k int32) bool {
				return func(k int32) bool { return of(&s.p.questions[q].candidates[k]) }
			}
			binds, met := is(b.question, b.binds), is(b.requires, b.met)
			before := len(r.domains[b.question]) + len(r.domains[b.requires])
			if !slices.ContainsFunc(r.domains[b.question], func(k int32) bool { return !binds(k) }) && !s.narrow(r, b.requires, met) {
				return false
			}
			if !slices.ContainsFunc(r.domains[b.requires], met) && !s.narrow(r, b.question, func(k int32) bool { return !binds(k) }) {
				return false
			}
			changed = changed || before != len(r.domains[b.question])+len(r.domains[b.requires])
		}
	}
	return true
}

// try has the engine judge a choice, and keeps it if it is the best. It returns its score, and nil where the
// choice will not do.
func (s *search) try(choice []int32) *big.Rat {
	cost := s.p.costOf(choice)
	if s.limit != nil && cost > *s.limit {
		return nil
	}
	if _, ok := s.p.allowed(choice); !ok {
		return nil
	}
	s.j.apply(choice)
	if !s.j.holds(s.goals) {
		return nil
	}
	score := big.NewRat(cost, 1)
	if s.value {
		x := s.j.value(s.p.node)
		if x == nil {
			return nil
		}
		score = x.Neg(x)
	}
	if s.best == nil || score.Cmp(s.score) < 0 {
		s.best, s.score = slices.Clone(choice), score
	}
	return score
}

// split divides a region on a question.
func (s *search) split(r *region) {
	q, left := s.where(r)
	if q < 0 {
		return // one choice is left, and it has been tried
	}
	for _, keep := range []bool{true, false} {
		part := *r
		if s.narrow(&part, q, func(k int32) bool { return left(k) == keep }) {
			s.look(&part)
		}
	}
}

// where says on which question to split a region, and which candidates go to one side: first on a prerequisite
// that the proposal does not keep to, then on a question that it answered twice, then on what conditions read,
// and last on any question.
func (s *search) where(r *region) (q int, left func(k int32) bool) {
	several := func(q int) bool { return len(r.domains[q]) > 1 }
	alone := func(q int) func(k int32) bool { return func(k int32) bool { return k == r.choice[q] } }
	if i, ok := s.p.allowed(r.choice); !ok {
		b := &s.p.before[i]
		binds := func(k int32) bool { return b.binds(&s.p.questions[b.question].candidates[k]) }
		if mixed := slices.IndexFunc(r.domains[b.question], func(k int32) bool { return binds(k) != binds(r.domains[b.question][0]) }); mixed >= 0 {
			return b.question, binds
		}
	}
	for _, q := range r.torn {
		if several(q) {
			return q, alone(q)
		}
	}
	for _, q := range s.p.readers {
		if several(q) {
			return q, alone(q)
		}
	}
	for q := range s.p.questions {
		if several(q) {
			return q, alone(q)
		}
	}
	return -1, nil
}

// guess looks for any choice that will do, from the one with all answers at their best, and makes it cheaper
// question by question.
func (s *search) guess(domains [][]int32) {
	choice := s.p.highest(domains)
	if s.value && s.limit != nil || s.try(choice) == nil {
		return
	}
	for i, domain := range domains {
		for _, k := range domain {
			if s.p.questions[i].candidates[k].units >= s.p.questions[i].candidates[choice[i]].units {
				break
			}
			was := choice[i]
			choice[i] = k
			before := s.score
			if score := s.try(choice); score != nil && score.Cmp(before) <= 0 {
				break
			}
			choice[i] = was
		}
	}
}

// highest is the choice of the most points for each question.
func (p *problem) highest(domains [][]int32) []int32 {
	choice := make([]int32, len(domains))
	for i, domain := range domains {
		choice[i] = domain[0]
		for _, k := range domain {
			c, best := &p.questions[i].candidates[k], &p.questions[i].candidates[choice[i]]
			if c.points != nil && (best.points == nil || c.points.Cmp(best.points) > 0) {
				choice[i] = k
			}
		}
	}
	return choice
}

// relax bounds a region and proposes a choice. It is false where nothing in the region will do.
func (s *search) relax(r *region) bool {
	relaxed := s.p.relaxation(r.domains, r.demand)
	r.choice, r.torn = make([]int32, len(r.domains)), nil
	for i := range r.choice {
		r.choice[i] = -1
	}
	ok := s.follow(r, relaxed)
	if relaxed.blind {
		for i := range r.choice {
			r.choice[i] = -1
		}
		s.rest(r, true)
		if s.value {
			r.bound = new(big.Rat).SetInt64(-maxValue)
		} else {
			r.bound = big.NewRat(s.p.costOf(r.choice), 1)
		}
		return s.limit == nil || s.p.costOf(r.choice) <= *s.limit
	}
	return ok
}

// follow bounds a region by what the relaxation promises.
func (s *search) follow(r *region, relaxed *relaxation) bool {
	spent, scale := int64(0), r.demand.scale // on what is not the node to raise
	tops := r.demand.tops
	if s.value {
		tops = tops[1:]
	}
	for _, i := range tops {
		l := relaxed.cheapest(i)
		if l == nil || relaxed.dead || relaxed.blind {
			return false
		}
		spent += l.entries[0].cost
		l.trace(0, r.choice, &r.torn)
	}
	if !s.value {
		r.bound = big.NewRat((spent+s.rest(r, false)*scale+scale-1)/scale, 1)
		return s.limit == nil || r.bound.Cmp(big.NewRat(*s.limit, 1)) <= 0
	}
	budget := int64(math.MaxInt64 / 2)
	if s.limit != nil {
		budget = *s.limit*scale - spent - s.unplaced(r)*scale
	}
	l, value := relaxed.highest(r.demand.tops[0], budget)
	if l == nil || relaxed.dead || relaxed.blind {
		return false
	}
	r.bound = value.Neg(value)
	l.trace(0, r.choice, &r.torn)
	s.rest(r, false)
	return true
}

// rest gives the questions that the relaxation left out their cheapest answers, and returns what those cost
// that stand nowhere in it.
func (s *search) rest(r *region, all bool) (cost int64) {
	for i, domain := range r.domains {
		if r.choice[i] >= 0 && !all {
			continue
		}
		r.choice[i] = s.p.cheapestOf(i, domain)
		if r.demand.shares[i] == 0 {
			cost += s.p.questions[i].candidates[r.choice[i]].units
		}
	}
	return cost
}

// unplaced is what the questions cost, at least, that stand nowhere in the relaxation.
func (s *search) unplaced(r *region) (cost int64) {
	for i, domain := range r.domains {
		if r.demand.shares[i] == 0 {
			cost += s.p.questions[i].candidates[s.p.cheapestOf(i, domain)].units
		}
	}
	return cost
}

func (p *problem) cheapestOf(question int, domain []int32) int32 {
	best := domain[0]
	for _, k := range domain {
		if p.questions[question].candidates[k].units < p.questions[question].candidates[best].units {
			best = k
		}
	}
	return best
}
