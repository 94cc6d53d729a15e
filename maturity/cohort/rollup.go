package cohort

import (
	"math"
	"math/big"
	"slices"

	"github.com/modenhet/modenhet/maturity"
)

// A NodeScore is one score of a node made of many.
type NodeScore struct {
	ID    string    `json:"id"`
	Value Statistic `json:"value"` // Units says how many assessments have a value
}

// CombineScores makes one score of those of several respondents of one subject, node by node, without going
// through the answers: a median may lie between two, a mean anywhere. There are no levels, since what a level
// requires is asked of answers. Errors are those of Combine.
func CombineScores(s *maturity.Scorer, assessments []*maturity.Assessment, opts *CombineOptions) ([]NodeScore, error) {
	if _, err := readAnswers(s, assessments, true); err != nil {
		return nil, err
	}
	how, err := howOf(s.Model(), opts)
	if err != nil {
		return nil, err
	}
	k := NewSketch(s)
	var r maturity.Result
	var issues issueList
	for i, a := range assessments {
		if err := s.ScoreInto(&r, a); err != nil {
			issues.add(i, err) // what is missing under the policy error
		} else if err := k.AddResult(&r); err != nil {
			issues.add(i, err)
		}
	}
	if err := issues.error(); err != nil {
		return nil, err
	}
	scores := make([]NodeScore, len(k.nodes))
	for i := range k.nodes {
		scores[i] = NodeScore{k.nodes[i].id, k.nodes[i].combined(how[k.nodes[i].id])}
		scores[i].Value.Units = int(k.nodes[i].count)
	}
	return scores, nil
}

func (n *nodeSketch) combined(how How) Statistic {
	if n.count == 0 {
		return Statistic{Status: NoValues}
	}
	switch how {
	case Mean:
		return defined(new(big.Rat).Quo(n.values.sums().values.rat(), whole(n.count)))
	case Lowest:
		return defined(n.values.quantile(new(big.Rat), n.count))
	case Mode:
		most := n.values.bins[0]
		for _, b := range n.values.bins {
			if b.n > most.n {
				most = b
			}
		}
		return Statistic{Value: most.value, Status: Defined}
	}
	return defined(n.values.quantile(big.NewRat(1, 2), n.count))
}

// Means rolls the group up by its scores: for each node the mean of the members' values, by their weights.
// They are suppressed and rounded as in Figures; suppressed are also a mean in which one member has more than half the
// weight, and one of fewer members with a weight than the minimum.
func (g *Group) Means() []NodeScore {
	out := make([]NodeScore, len(g.values))
	for i := range out {
		n := &g.sketch.nodes[i]
		out[i].ID = n.id
		var total sum
		weights := int64(0)
		for j, x := range g.values[i] {
			if !math.IsNaN(x) {
				total.add(x, g.weights[j])
				weights += g.weights[j]
			}
		}
		step, shown := g.meanStep(i)
		switch {
		case n.count == 0 || weights == 0:
			out[i].Value = Statistic{Status: NoValues}
		case !shown:
			out[i].Value = Statistic{Status: Suppressed}
		default:
			out[i].Value = rounded(new(big.Rat).Quo(total.rat(), whole(weights)), step)
		}
	}
	return out
}

// meanStep is what a node's weighted mean is rounded to, and whether it is shown.
func (g *Group) meanStep(node int) (step *big.Rat, shown bool) {
	least := g.opts.minimum()
	weights, heaviest, heard := int64(0), int64(0), 0
	for j, x := range g.values[node] {
		if w := g.weights[j]; !math.IsNaN(x) && w > 0 {
			weights, heaviest, heard = weights+w, max(heaviest, w), heard+1
		}
	}
	return g.cover.steps[node], weights > 0 && !g.cover.hidden[node] && (least == 0 || heard >= int(least) && heaviest <= weights-heaviest)
}

// Pool rolls the group up by its answers: all answers to a question become one, as Combine makes it of
// respondents, by the members' weights, and the assessment that comes of it is scored. Its subject is empty;
// comments, reasons and evidence are left out. Suppressed, questions with fewer answers than twice the minimum
// are left out too, and those in which one member has more than half the weight; Lowest, which shows what one member answered, is an error. So is a group that was
// parsed, which has no answers. The errors are *maturity.InvalidError.
func (g *Group) Pool(opts *CombineOptions) (*maturity.Assessment, *maturity.Result, error) {
	if g.assessments == nil {
		return nil, nil, invalid(maturity.MissingField, "", "this group has no answers: make it with NewGroup")
	}
	a, err := readAnswers(g.s, g.assessments, false)
	if err != nil {
		return nil, nil, err
	}
	c, err := newCombiner(a, opts)
	if err != nil {
		return nil, nil, err
	}
	c.weights, c.least = slices.Clone(g.weights), 2*int(g.opts.minimum())
	if c.least > 0 {
		for _, q := range c.questions {
			if c.how[q.ID] == Lowest {
				return nil, nil, invalid(maturity.BadValue, "/by", "the lowest answer is one member's: combine by median, mean or mode")
			}
		}
	}
	pooled := c.combine()
	pooled.Date, pooled.Comments, pooled.Evidence = "", nil, nil
	for id := range pooled.NotApplicable {
		pooled.NotApplicable[id] = ""
	}
	r, err := g.s.Score(pooled)
	return pooled, r, err
}
