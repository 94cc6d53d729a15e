package cohort

import (
	"cmp"
	"math"
	"math/big"
	"slices"
	"strconv"

	"github.com/modenhet/modenhet/maturity"
)

// A Group holds the scores of many subjects by one model. Get one from NewGroup or ParseGroup; it never
// changes, and is safe for concurrent use. Its members are called by the id of their subject, or its name, or
// # and their number; they stand in the order of these labels, so that the order of files changes nothing.
type Group struct {
	s           *maturity.Scorer
	opts        Options
	order       []int // of members: the number of the assessment
	labels      []string
	weights     []int64 // in proportion; 1 where all count the same
	values      [][]float64
	levels      [][]int16 // by node, then by member; -1 for none
	sketch      *Sketch
	cover       *cover
	assessments []*maturity.Assessment // by member; nil where the group was parsed
}

// NewGroup scores assessments, one of each subject. The error is a *maturity.InvalidError with every issue of
// every assessment, under paths such as /3/answers/q1; further ones are duplicate-id for two of one subject, and
// missing-field, bad-decimal or out-of-range for a weight.
func NewGroup(s *maturity.Scorer, assessments []*maturity.Assessment, opts *Options) (*Group, error) {
	g, err := newGroup(s, len(assessments), opts, func(r *maturity.Result, i int) error {
		if assessments[i] == nil {
			return errNone
		}
		return s.ScoreInto(r, assessments[i])
	})
	if err != nil {
		return nil, err
	}
	for _, i := range g.order {
		g.assessments = append(g.assessments, assessments[i])
	}
	return g, nil
}

// ParseGroup is NewGroup of JSON documents. It is the quicker of the two; answers are not kept, so Pool
// is not possible.
func ParseGroup(s *maturity.Scorer, documents [][]byte, opts *Options) (*Group, error) {
	return newGroup(s, len(documents), opts, func(r *maturity.Result, i int) error {
		return s.ScoreJSON(r, documents[i])
	})
}

func newGroup(s *maturity.Scorer, n int, opts *Options, score func(*maturity.Result, int) error) (*Group, error) {
	g := &Group{s: s, sketch: NewSketch(s), labels: make([]string, n)}
	if opts != nil {
		g.opts = *opts
	}
	var issues issueList
	var r maturity.Result
	values, levels := make([][]float64, n), make([][]int16, n) // by assessment
	weights := make([]*big.Rat, n)
	nodes := g.sketch.nodes
	for i := range n {
		if err := score(&r, i); err != nil {
			issues.add(i, err)
			continue
		}
		if err := g.sketch.AddResult(&r); err != nil {
			issues.add(i, err)
			continue
		}
		values[i], levels[i] = make([]float64, len(nodes)), make([]int16, len(nodes))
		for j := range nodes {
			values[i][j], levels[i][j] = math.NaN(), -1
			if node := &r.Nodes[j]; node.Status == maturity.Scored {
				values[i][j], levels[i][j] = node.Value+0, int16(nodes[j].level(node.Level))
			}
		}
		g.labels[i] = labelOf(r.Subject, i)
		var err error
		if weights[i], err = weightOf(r.Subject, g.opts.Weight); err != nil {
			issues.add(i, err)
		}
	}
	first := map[string]int{}
	for i, label := range g.labels {
		if j, twice := first[label]; twice && label != "" {
			issues.add(i, invalid(maturity.DuplicateID, "/subject", "the subject "+strconv.Quote(label)+" is also that of assessment "+
				strconv.Itoa(j)+": keep one, or combine them first"))
		} else {
			first[label] = i
		}
	}
	if err := issues.error(); err != nil {
		return nil, err
	}
	if g.weights = proportions(weights); g.weights == nil {
		return nil, invalid(maturity.OutOfRange, "", "the weights "+strconv.Quote(g.opts.Weight)+" have too many digits, or are all 0")
	}
	g.sort(values, levels)
	g.cover = g.sketch.cover(s, g.opts.minimum())
	return g, nil
}

// sort puts the members in order, and their scores by node.
func (g *Group) sort(values [][]float64, levels [][]int16) {
	order := make([]int, len(g.labels))
	for i := range order {
		order[i] = i
	}
	g.order = order
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(g.labels[i], g.labels[j]) })
	labels, weights := make([]string, len(order)), make([]int64, len(order))
	for to, from := range order {
		labels[to], weights[to] = g.labels[from], g.weights[from]
	}
	g.labels, g.weights = labels, weights
	for j := range g.sketch.nodes {
		v, l := make([]float64, len(order)), make([]int16, len(order))
		for to, from := range order {
			v[to], l[to] = values[from][j], levels[from][j]
		}
		g.values, g.levels = append(g.values, v), append(g.levels, l)
	}
}

// Sketch returns a copy of the group's sketch.
func (g *Group) Sketch() *Sketch { return g.sketch.Clone() }

// Figures describes the group. Every member counts the same, whatever its weight.
func (g *Group) Figures() *Figures {
	f, _ := g.sketch.Figures(g.s, &g.opts) // of this scorer
	return f
}

// weightOf reads an attribute of a subject as a decimal.
func weightOf(s *maturity.Subject, attribute string) (*big.Rat, error) {
	if attribute == "" {
		return whole(1), nil
	}
	path := "/subject/attributes/" + pointer.Replace(attribute)
	text, ok := "", false
	if s != nil {
		text, ok = s.Attributes[attribute]
	}
	if !ok {
		return nil, invalid(maturity.MissingField, path, "the weight of this subject is missing: give the attribute a number")
	}
	digits, point := 0, 0
	for _, c := range text {
		switch {
		case '0' <= c && c <= '9':
			digits++
		case c == '.':
			point++
		default:
			point = 2
		}
	}
	w := new(big.Rat)
	if _, ok = w.SetString(text); !ok || digits > 18 || point > 1 {
		return nil, invalid(maturity.BadDecimal, path, "a weight is a plain number of 0 or more, such as 116986 or 0.5, not "+strconv.Quote(text))
	}
	return w, nil
}

// proportions are whole numbers in the proportion of weights, or nil where there are none such.
func proportions(weights []*big.Rat) []int64 {
	common, total := big.NewInt(1), new(big.Int)
	for _, w := range weights {
		gcd := new(big.Int).GCD(nil, nil, common, w.Denom())
		common.Mul(common, gcd.Quo(w.Denom(), gcd))
	}
	out := make([]int64, len(weights))
	for i, w := range weights {
		n := new(big.Int).Mul(w.Num(), new(big.Int).Quo(common, w.Denom()))
		if !n.IsInt64() {
			return nil
		}
		out[i] = n.Int64()
		total.Add(total, n)
	}
	if len(weights) > 0 && (total.Sign() == 0 || !total.IsInt64()) {
		return nil
	}
	return out
}
