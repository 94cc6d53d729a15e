package roadmap

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/modenhet/modenhet/internal/random"
	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// rounds is how often a random test runs; SOAK=full makes it fifty times as often.
func rounds(n int) int {
	if os.Getenv("SOAK") == "full" {
		return 50 * n
	}
	return n
}

// TestBruteForce compares plans for random models, with every operator, gate and policy, with the best of all
// choices, each scored by itself.
func TestBruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 1))
	statuses := map[Status]int{}
	reached := 0
	total := rounds(120)
	for round := range total {
		model := random.Model(r)
		data := random.Assessment(r, model)
		if r.IntN(2) == 0 {
			data = random.Completion(r, model, data)
		}
		s, err := maturity.CompileJSON(model, nil)
		require.NoError(t, err)
		a, err := s.ParseAssessment(data)
		require.NoError(t, err)
		opts := randomOptions(r, s, a)
		p, err := newProblem(s, a, opts)
		require.NoError(t, err, "%d", round)
		name := func() string { return fmt.Sprintf("round %d: %s\n%s\n%+v", round, model, data, opts) }
		if p.choices() <= 600 && p.equalsBruteForce(t, a, name, statuses) {
			reached++
		}
	}
	t.Log(statuses, reached)
	assert.Greater(t, reached, total/3)
}

func (p *problem) choices() int {
	product := 1
	for _, q := range p.questions {
		product = min(product*len(q.candidates), 1<<20)
	}
	return product
}

// equalsBruteForce holds plans against the best of all choices, and says whether one reaches the target.
func (p *problem) equalsBruteForce(t *testing.T, a *maturity.Assessment, name func() string, statuses map[Status]int) bool {
	b := p.bruteForce(t)
	plan := p.cheapest()
	statuses[plan.Status]++
	if plan.Status == Feasible || plan.Status == Unknown {
		return false
	}
	require.Equal(t, b.cheapest != nil, plan.Status == Optimal, name())
	if b.cheapest != nil {
		require.Equal(t, decimal(b.cheapest).String(), plan.Cost.String(), name())
		applied := plan.Apply(a)
		for i := range p.goals {
			require.True(t, p.scored(t, applied).reaches(&p.goals[i]), name())
		}
	}
	best := p.bestPlan()
	statuses["best "+best.Status]++
	if best.Status == Optimal {
		require.Zero(t, b.value.Cmp(rational(best.After.Value)), name())
		require.Equal(t, decimal(b.valueCost).String(), best.Cost.String(), name())
		f := &Frontier{Status: Optimal}
		if !p.atOnce(f) {
			p.pointByPoint(f)
		}
		if f.Status == Optimal {
			require.Equal(t, b.frontier(), f.line(), name())
		}
		statuses["frontier "+f.Status]++
	} else if best.Status == Unreachable {
		require.Nil(t, b.value, name())
	}
	return b.cheapest != nil
}

// randomOptions lets a few questions change, at random costs, towards a random level or value.
func randomOptions(r *rand.Rand, s *maturity.Scorer, a *maturity.Assessment) *Options {
	opts := &Options{Efforts: map[string]maturity.Decimal{}, Lower: r.IntN(4) == 0, MaxSearch: 5000}
	questions := s.Questions()
	r.Shuffle(len(questions), func(i, j int) { questions[i], questions[j] = questions[j], questions[i] })
	free := min(len(questions), 1+r.IntN(5))
	opts.Keep = questions[free:]
	slices.Sort(opts.Keep)
	for _, id := range questions[:free] {
		if r.IntN(3) > 0 {
			opts.Efforts[id] = []maturity.Decimal{"0", "0.5", "1", "1.25", "2", "3", "7"}[r.IntN(7)]
		}
	}
	result, err := s.Score(a)
	for range 1 + r.IntN(2)*r.IntN(2) {
		for range 20 {
			i := r.IntN(10) * r.IntN(2)
			var n *maturity.Node
			for _, node := range s.Model().Nodes() {
				if node.Ref == "" {
					if n = node; i == 0 {
						break
					}
					i--
				}
			}
			if n.Answer != nil {
				continue
			}
			levels := n.Levels.Levels
			if n.Levels.Use != "" {
				levels = s.Model().Ladders[n.Levels.Use]
			}
			at, _ := s.Index(n.ID)
			switch {
			case len(levels) > 0 && r.IntN(3) > 0:
				opts.Target = append(opts.Target, Goal{Node: n.ID, Level: levels[r.IntN(len(levels))].ID})
			case r.IntN(2) == 0 && err == nil && result.Nodes[at].HasRange:
				low, high := result.Nodes[at].Min, result.Nodes[at].Max
				x := new(big.Rat).SetFloat64(low + (high-low)*float64(1+r.IntN(7))/8)
				opts.Target = append(opts.Target, Goal{Node: n.ID, Value: decimal(x)})
			default:
				opts.Target = append(opts.Target, Goal{Node: n.ID, Ratio: []maturity.Decimal{"0.5", "0.75", "0.9", "1"}[r.IntN(4)]})
			}
			break
		}
	}
	if len(opts.Target) == 0 {
		opts.Target = []Goal{{Ratio: "0.75"}}
	}
	if opts.Budget = "1000"; r.IntN(2) == 0 {
		opts.Budget = []maturity.Decimal{"0", "1.5", "3", "5", "9"}[r.IntN(5)]
	}
	if r.IntN(3) == 0 && free > 1 {
		for range 1 + r.IntN(2) {
			b := Prerequisite{Question: questions[r.IntN(free)], Requires: questions[r.IntN(free)]}
			b.AtLeast = randomOption(r, s, b.Requires)
			if b.AtLeast != "" && b.Question != b.Requires {
				opts.Requires = append(opts.Requires, b)
			}
		}
	}
	return opts
}

func randomOption(r *rand.Rand, s *maturity.Scorer, id string) string {
	for _, n := range s.Model().Nodes() {
		if n.ID != id || n.Answer == nil {
			continue
		}
		options := n.Answer.Options
		if n.Answer.Use != "" {
			options = s.Model().OptionSets[n.Answer.Use]
		}
		switch {
		case len(options) > 0:
			return options[r.IntN(len(options))].Value
		case n.Answer.Type == maturity.YesNo:
			return "true"
		case n.Answer.Type == maturity.ScaleType:
			return n.Answer.Max.String()
		}
	}
	return ""
}

// A brute is the best of all choices.
type brute struct {
	cheapest         *big.Rat
	value, valueCost *big.Rat
	all              [][2]*big.Rat // cost and value of everything that reaches the goals
}

// frontier are the points that no other beats, one a line.
func (b *brute) frontier() (lines []string) {
	slices.SortFunc(b.all, func(x, y [2]*big.Rat) int {
		if c := x[0].Cmp(y[0]); c != 0 {
			return c
		}
		return y[1].Cmp(x[1])
	})
	var last *big.Rat
	for _, point := range b.all {
		if last == nil || point[1].Cmp(last) > 0 {
			lines, last = append(lines, decimal(point[0]).String()+" "+point[1].RatString()), point[1]
		}
	}
	return lines
}

func (f *Frontier) line() (lines []string) {
	for _, point := range f.Points {
		lines = append(lines, point.Cost.String()+" "+rational(point.Value).RatString())
	}
	return lines
}

func (p *problem) bruteForce(t *testing.T) (b brute) {
	choice := make([]int32, len(p.questions))
	for {
		p.weigh(t, choice, &b)
		i := 0
		for ; i < len(choice); i++ {
			if choice[i]++; int(choice[i]) < len(p.questions[i].candidates) {
				break
			}
			choice[i] = 0
		}
		if i == len(choice) {
			return b
		}
	}
}

func (p *problem) weigh(t *testing.T, choice []int32, b *brute) {
	cost := new(big.Rat)
	applied := &maturity.Assessment{Model: p.a.Model, Answers: map[string]any{}, NotApplicable: p.a.NotApplicable}
	for i, k := range choice {
		c := &p.questions[i].candidates[k]
		if cost.Add(cost, c.cost); c.state == answered {
			applied.Answers[p.questions[i].id] = c.answer
		}
	}
	if p.budget != nil && cost.Cmp(p.budget) > 0 {
		return
	}
	if _, ok := p.allowed(choice); !ok {
		return
	}
	scored := p.scored(t, applied)
	if scored == nil {
		return
	}
	for i := range p.goals {
		if !scored.reaches(&p.goals[i]) {
			return
		}
	}
	if b.cheapest == nil || cost.Cmp(b.cheapest) < 0 {
		b.cheapest = cost
	}
	if x := scored.value(p.node); x != nil {
		b.all = append(b.all, [2]*big.Rat{cost, x})
		c := -1
		if b.value != nil {
			c = b.value.Cmp(x)
		}
		if c < 0 || c == 0 && cost.Cmp(b.valueCost) < 0 {
			b.value, b.valueCost = x, cost
		}
	}
}

// A scoring is what the engine says of an assessment, from nothing.
type scoring struct {
	p       *problem
	session *maturity.Session
	result  *maturity.Result
}

func (p *problem) scored(t *testing.T, a *maturity.Assessment) *scoring {
	if _, err := p.s.Score(a); err != nil {
		return nil
	}
	session, err := p.s.Session(a)
	require.NoError(t, err)
	result, err := session.Result()
	require.NoError(t, err)
	return &scoring{p, session, result}
}

func (s *scoring) value(node int) *big.Rat {
	x, ok := s.session.ExactAt(node)
	if !ok {
		return nil
	}
	return rational(&x)
}

func (s *scoring) reaches(g *goal) bool {
	n := &s.result.Nodes[g.node]
	switch {
	case g.level >= 0:
		return s.p.level(g.node, n.Level) >= g.level
	case g.value != nil:
		x := s.value(g.node)
		return x != nil && x.Cmp(g.value) >= 0
	}
	x, ok := s.session.ExactRatioAt(g.node)
	return ok && rational(&x).Cmp(g.ratio) >= 0
}
