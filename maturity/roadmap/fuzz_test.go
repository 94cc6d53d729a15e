package roadmap

import (
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"testing"

	"github.com/modenhet/modenhet/internal/random"
	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/require"
)

// FuzzPlan: a plan, applied and scored from nothing, reaches what it promises, at the cost of its steps and with what is
// to be kept; what is proven is the best of all choices, where these are few.
func FuzzPlan(f *testing.F) {
	for seed, drawn := range random.Seeds(2) {
		f.Add(seed, drawn)
	}
	f.Fuzz(func(t *testing.T, seed uint64, drawn []byte) {
		r := random.Draw(seed, drawn, 7)
		model := random.Model(r)
		data := random.Assessment(r, model)
		s, err := maturity.CompileJSON(model, nil)
		require.NoError(t, err, "%s", model)
		a, err := s.ParseAssessment(data)
		require.NoError(t, err)
		opts := randomOptions(r, s, a)
		opts.MaxSearch = 100
		name := func() string {
			text, _ := json.Marshal(opts)
			return string(model) + "\n" + string(data) + "\n" + string(text)
		}
		p, err := newProblem(s, a, opts)
		require.NoError(t, err, name())
		if p.choices() <= 64 {
			p.equalsBruteForce(t, a, name, map[Status]int{})
		}
		cheapest, err := Cheapest(s, a, opts)
		require.NoError(t, err, name())
		p.keepsPromise(t, cheapest, a, opts, name)
		best, err := Best(s, a, opts)
		require.NoError(t, err, name())
		p.keepsPromise(t, best, a, opts, name)
		if best.Status == Optimal && cheapest.Status == Optimal && cheapest.After.Value != nil {
			require.GreaterOrEqual(t, rational(best.After.Value).Cmp(rational(cheapest.After.Value)), 0, name())
		}
		switch r.IntN(4) { // they take longest
		case 0:
			gaps, err := Gaps(s, a, opts)
			require.NoError(t, err, name())
			for _, gap := range gaps {
				require.NotEmpty(t, gap.Status, name())
			}
			return
		case 1:
		default:
			return
		}
		frontier, err := Pareto(s, a, opts)
		require.NoError(t, err, name())
		for i, point := range frontier.Points {
			if i > 0 {
				last := frontier.Points[i-1]
				require.True(t, amount(point.Cost).Cmp(amount(last.Cost)) > 0 && rational(point.Value).Cmp(rational(last.Value)) > 0, name())
			}
		}
		if n := len(frontier.Points); n > 0 && frontier.Status == Optimal {
			point := frontier.Points[r.IntN(n)]
			within := *opts
			within.Budget = point.Cost
			plan, err := Best(s, a, &within)
			require.NoError(t, err, name())
			if plan.Status == Optimal {
				require.Equal(t, []any{point.Cost, point.Value, point.Level}, []any{plan.Cost, plan.After.Value, plan.After.Level}, name())
			}
		}
	})
}

func amount(d maturity.Decimal) *big.Rat {
	x, _ := new(big.Rat).SetString(d.String())
	return x
}

// passed is the effort for each option that a step passes on the list of a choice, a yesno or a scale; nil of others, and
// where there is no answer today.
func passed(m *maturity.Model, step Step, opts *Options) *big.Rat {
	for _, n := range m.Nodes() {
		if n.ID != step.Question || n.Answer == nil || step.From == nil {
			continue
		}
		options := n.Answer.Options
		if n.Answer.Use != "" {
			options = m.OptionSets[n.Answer.Use]
		}
		place := func(value any) *big.Rat {
			switch n.Answer.Type {
			case maturity.Choice:
				return big.NewRat(int64(slices.IndexFunc(options, func(o *maturity.Option) bool { return o.Value == value })), 1)
			case maturity.YesNo:
				if value == true {
					return big.NewRat(1, 1)
				}
				return new(big.Rat)
			}
			return amount(maturity.Decimal(fmt.Sprint(value)))
		}
		effort := big.NewRat(1, 1)
		if n.Effort != "" {
			effort = amount(n.Effort)
		}
		if x, ok := opts.Efforts[n.ID]; ok {
			effort = amount(x)
		}
		if n.Answer.Type == maturity.Choice || n.Answer.Type == maturity.YesNo || n.Answer.Type == maturity.ScaleType {
			steps := new(big.Rat).Sub(place(step.To), place(step.From))
			return steps.Mul(steps.Abs(steps), effort)
		}
	}
	return nil
}

// keepsPromise scores what a plan makes of the assessment from nothing.
func (p *problem) keepsPromise(t *testing.T, plan *Plan, a *maturity.Assessment, opts *Options, name func() string) {
	if plan.Status != Optimal && plan.Status != Feasible {
		require.Empty(t, plan.Steps, name())
		return
	}
	cost, changed := new(big.Rat), []string{}
	for _, step := range plan.Steps {
		cost.Add(cost, amount(step.Cost))
		changed = append(changed, step.Question)
		require.NotContains(t, opts.Keep, step.Question, name())
		if want := passed(p.s.Model(), step, opts); want != nil {
			require.Zero(t, want.Cmp(amount(step.Cost)), "%+v costs %s\n%s", step, want.RatString(), name())
		}
	}
	require.Zero(t, cost.Cmp(amount(plan.Cost)), "the steps cost %s, the plan %s\n%s", cost.RatString(), plan.Cost, name())
	require.True(t, opts.Budget == "" || cost.Cmp(amount(opts.Budget)) <= 0, name())
	applied := plan.Apply(a)
	require.NoError(t, p.s.Check(applied), name())
	for _, id := range p.s.Questions() {
		if !slices.Contains(changed, id) {
			require.Equal(t, a.Answers[id], applied.Answers[id], name())
		}
	}
	got := p.scored(t, applied)
	require.NotNil(t, got, name())
	for i := range p.goals {
		require.True(t, got.reaches(&p.goals[i]), "%+v\n%s", plan, name())
	}
	n := &got.result.Nodes[p.node]
	require.Equal(t, n.Level, plan.After.Level, name())
	require.Equal(t, n.Status == maturity.Scored, plan.After.Value != nil, name())
	if plan.After.Value != nil {
		require.Equal(t, n.Value, plan.After.Value.Value, name())
	}
}
