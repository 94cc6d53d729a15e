package bench

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/crillab/gophersat/solver"
	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/roadmap"
)

// TestPlansOfASolver compares the costs of plans with those that a pseudo-boolean solver finds, for means with a
// level that requires parts to be met, and prerequisites across them.
func TestPlansOfASolver(t *testing.T) {
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 40))
		c := newCoupled(r, 10+r.IntN(6))
		s := maturity.MustCompile(c.model(), nil)
		plan, err := roadmap.Cheapest(s, c.assessment(), &roadmap.Options{Target: []roadmap.Goal{{Level: "high"}}, Requires: c.requires, MaxSearch: 100_000})
		if err != nil {
			t.Fatal(err)
		}
		cost := c.solve()
		if cost < 0 != (plan.Status == roadmap.Unreachable) || cost >= 0 && (plan.Status != roadmap.Optimal || plan.Cost.String() != strconv.Itoa(cost)) {
			t.Errorf("seed %d: the solver says %d, the plan is %s and costs %s", seed, cost, plan.Status, plan.Cost)
		}
	}
}

// A coupled survey has questions from 0 to 3, in four parts, each question with a weight and an effort.
type coupled struct {
	weights, efforts, now []int
	need                  int // the sum of weights times answers
	gate                  int // what the questions of the first part must have together
	requires              []roadmap.Prerequisite
	pairs                 [][2]int // a question goes above 1 only when another is at 2
}

const top = 3

func newCoupled(r *rand.Rand, n int) *coupled {
	c := &coupled{}
	total := 0
	for range n {
		c.weights, c.efforts, c.now = append(c.weights, 1+r.IntN(9)), append(c.efforts, 1+r.IntN(12)), append(c.now, r.IntN(2))
		total += top * c.weights[len(c.weights)-1]
	}
	c.need, c.gate = total*(60+r.IntN(30))/100, 0
	for i := 0; i < n; i += 4 {
		c.gate += 2
	}
	for range n / 3 {
		a, b := r.IntN(n), r.IntN(n)
		if a != b {
			c.pairs = append(c.pairs, [2]int{a, b})
			c.requires = append(c.requires, roadmap.Prerequisite{Question: id(a), Above: "1", Requires: id(b), AtLeast: "2"})
		}
	}
	return c
}

func id(i int) string { return fmt.Sprintf("q%d", i) }

func (c *coupled) model() *maturity.Model {
	m := &maturity.Model{Version: "1.0.0", Node: maturity.Node{ID: "coupled", Aggregate: maturity.Sum}}
	for part := range 4 {
		group := &maturity.Node{ID: fmt.Sprintf("g%d", part), Aggregate: maturity.Sum}
		for i := part; i < len(c.weights); i += 4 {
			group.Children = append(group.Children, &maturity.Node{ID: id(i), Weight: maturity.Decimal(strconv.Itoa(c.weights[i])),
				Effort: maturity.Decimal(strconv.Itoa(c.efforts[i])), Answer: &maturity.Answer{Type: maturity.ScaleType, Min: "0", Max: "3"}})
		}
		m.Children = append(m.Children, group)
	}
	gate := &maturity.Node{ID: "gate", Aggregate: maturity.Sum}
	for i := 0; i < len(c.weights); i += 4 {
		gate.Children = append(gate.Children, &maturity.Node{Ref: id(i)})
	}
	m.Views = []*maturity.Node{gate}
	m.Levels.Levels = []*maturity.Level{{ID: "low"}, {ID: "high", From: maturity.Decimal(strconv.Itoa(c.need)),
		Require: &maturity.Condition{Node: "gate", Value: &maturity.Comparison{AtLeast: maturity.Decimal(strconv.Itoa(c.gate))}}}}
	return m
}

func (c *coupled) assessment() *maturity.Assessment {
	a := &maturity.Assessment{Model: maturity.ModelRef{ID: "coupled"}, Answers: map[string]any{}}
	for i, x := range c.now {
		a.Answers[id(i)] = x
	}
	return a
}

// solve has variable top·i + k say that question i is at k or more; it returns -1 where nothing will do.
func (c *coupled) solve() int {
	at := func(i, k int) int { return top*i + k }
	var constraints []solver.PBConstr
	var sum, gate, sumWeights []int
	var steps []solver.Lit
	var costs []int
	for i := range c.weights {
		for k := 1; k <= top; k++ {
			sum, sumWeights = append(sum, at(i, k)), append(sumWeights, c.weights[i])
			if i%4 == 0 {
				gate = append(gate, at(i, k))
			}
			if k > 1 {
				constraints = append(constraints, solver.PropClause(-at(i, k), at(i, k-1)))
			}
			if k <= c.now[i] {
				constraints = append(constraints, solver.PropClause(at(i, k)))
			} else {
				steps, costs = append(steps, solver.IntToLit(int32(at(i, k)))), append(costs, c.efforts[i])
			}
		}
	}
	for _, p := range c.pairs {
		constraints = append(constraints, solver.PropClause(-at(p[0], 2), at(p[1], 2)))
	}
	ones := make([]int, len(gate))
	for i := range ones {
		ones[i] = 1
	}
	constraints = append(constraints, solver.GtEq(sum, sumWeights, c.need), solver.GtEq(gate, ones, c.gate))
	problem := solver.ParsePBConstrs(constraints)
	problem.SetCostFunc(steps, costs)
	return solver.New(problem).Minimize()
}
