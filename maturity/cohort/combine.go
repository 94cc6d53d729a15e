package cohort

import (
	"cmp"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/modenhet/modenhet/maturity"
)

// How says how several answers, or scores, become one.
type How string

const (
	Median How = "median" // the middle; of answers the lower of the middle two, of scores their mean
	Mean   How = "mean"   // of points, and then the nearest answer; half-way the lower
	Mode   How = "mode"   // the most frequent; of equally frequent ones the lowest
	Lowest How = "lowest" // the most cautious
)

// CombineOptions adjust how answers or scores are combined. A nil *CombineOptions means the default.
type CombineOptions struct {
	// By is how. By default it is what the model says in the tag "combine" of a node or the nearest group
	// above it, and else Median.
	By How `json:"by,omitempty"`
}

// Combine makes one assessment of those of several respondents of one subject, answer by answer; score it for
// the result. Who left a question out is not heard there. Answers are ordered by their points, equal points by
// the order of the options, no before yes, or the number:
//
//   - Median, Mode and Lowest give an answer that somebody gave.
//   - Mean takes the mean of the points, and gives the option nearest to it, the lower of two; what all say
//     stays. For a scale and a number it takes the mean of the numbers themselves, rounded to whole numbers
//     where these are asked for, half-way to the lower, else to 9 digits.
//   - Each option of a checklist is decided by itself: it is in where more than half chose it, or, with
//     Lowest, all.
//   - A question is not applicable where more respondents say so than answer it.
//   - Texts are no answers that can be combined; they become lines of the comment, as comments do.
//
// Evidence is put together. The date is the latest. The error is a *maturity.InvalidError with every issue of
// every assessment, under paths such as /3/answers/q1; bad-value also where subjects differ, and duplicate-id
// where respondents do not.
func Combine(s *maturity.Scorer, assessments []*maturity.Assessment, opts *CombineOptions) (*maturity.Assessment, error) {
	a, err := readAnswers(s, assessments, true)
	if err != nil {
		return nil, err
	}
	c, err := newCombiner(a, opts)
	if err != nil {
		return nil, err
	}
	out := c.combine()
	out.Subject = assessments[0].Subject
	return out, nil
}

// A combiner makes one assessment of many.
type combiner struct {
	*answers
	how     map[string]How // by node
	weights []int64
	least   int // answers that a question needs
}

func newCombiner(a *answers, opts *CombineOptions) (*combiner, error) {
	c := &combiner{answers: a, weights: make([]int64, len(a.all))}
	for i := range c.weights {
		c.weights[i] = 1
	}
	var err error
	c.how, err = howOf(a.model, opts)
	return c, err
}

// howOf says how to combine at each node.
func howOf(m *maturity.Model, opts *CombineOptions) (map[string]How, error) {
	how, by := map[string]How{}, How("")
	if opts != nil {
		by = opts.By
	}
	known := []How{Median, Mean, Mode, Lowest}
	if by != "" && !slices.Contains(known, by) {
		return nil, invalid(maturity.BadValue, "/by", "combine by median, mean, mode or lowest, not "+strconv.Quote(string(by)))
	}
	var issues issueList
	var walk func(*maturity.Node, How)
	walk = func(n *maturity.Node, inherited How) {
		if tag := How(n.Tags["combine"]); tag != "" && by == "" {
			if inherited = tag; !slices.Contains(known, tag) {
				issues = append(issues, &maturity.Issue{Code: maturity.BadValue, Path: "",
					Message: "the tag combine of " + n.ID + " is median, mean, mode or lowest, not " + strconv.Quote(string(tag))})
			}
		}
		how[n.ID] = inherited
		for _, child := range n.Children {
			if child.Ref == "" {
				walk(child, inherited)
			}
		}
	}
	for _, tree := range append([]*maturity.Node{&m.Node}, m.Views...) {
		walk(tree, cmp.Or(by, Median))
	}
	return how, issues.error()
}

func (c *combiner) combine() *maturity.Assessment {
	out := &maturity.Assessment{Model: c.s.Ref(), Answers: map[string]any{}, NotApplicable: map[string]string{},
		Comments: map[string]string{}, Evidence: map[string][]maturity.Evidence{}}
	for _, a := range c.all {
		out.Date = max(out.Date, a.Date)
	}
	for i, q := range c.questions {
		var comments, reasons []string
		answered, notApplicable, heaviest, given, not := int64(0), int64(0), int64(0), 0, 0
		for who, a := range c.all {
			if text, ok := a.Answers[q.ID].(string); ok && q.Answer.Type == maturity.FreeText {
				comments = append(comments, c.labels[who]+": "+text)
			}
			if text := a.Comments[q.ID]; text != "" {
				comments = append(comments, c.labels[who]+": "+text)
			}
			for _, e := range a.Evidence[q.ID] {
				if !slices.Contains(out.Evidence[q.ID], e) {
					out.Evidence[q.ID] = append(out.Evidence[q.ID], e)
				}
			}
			if _, ok := a.Answers[q.ID]; ok {
				answered, heaviest, given = answered+c.weights[who], max(heaviest, c.weights[who]), given+1
			}
			if reason, ok := a.NotApplicable[q.ID]; ok {
				notApplicable, heaviest, not = notApplicable+c.weights[who], max(heaviest, c.weights[who]), not+1
				if reason != "" && !slices.Contains(reasons, reason) {
					reasons = append(reasons, reason)
				}
			}
		}
		if len(comments) > 0 {
			out.Comments[q.ID] = strings.Join(comments, "\n")
		}
		switch {
		case given+not == 0 || max(given, not) < c.least:
		case c.least > 0 && heaviest > answered+notApplicable-heaviest: // one member alone would decide
		case given == 0 || notApplicable > answered:
			if not < c.least {
				break
			}
			out.NotApplicable[q.ID] = strings.Join(reasons, "; ")
		case given < c.least:
		case q.Answer.Type == maturity.Checklist:
			out.Answers[q.ID] = c.checklist(q, answered)
		case q.Answer.Type != maturity.FreeText:
			out.Answers[q.ID] = c.one(q, c.given(i, c.weights), answered)
		}
	}
	return out
}

// checklist decides every option by itself.
func (c *combiner) checklist(q *maturity.Node, answered int64) []string {
	list := []string{}
	for _, o := range c.options(q.Answer) {
		votes := int64(0)
		for who, a := range c.all {
			if slices.Contains(chosen(a.Answers[q.ID]), o.Value) {
				votes += c.weights[who]
			}
		}
		if votes > 0 && (c.how[q.ID] == Lowest && votes == answered || c.how[q.ID] != Lowest && votes > answered-votes) {
			list = append(list, o.Value)
		}
	}
	return list
}

// one combines the answers to a question; there is one at least, and they are in order.
func (c *combiner) one(q *maturity.Node, list []given, answered int64) any {
	switch c.how[q.ID] {
	case Lowest:
		return list[0].value
	case Mode:
		best, most, votes := 0, int64(-1), int64(0)
		for i, g := range list {
			if i > 0 && g.compare(list[i-1]) != 0 {
				votes = 0
			}
			if votes += g.weight; votes > most {
				best, most = i, votes
			}
		}
		return list[best].value
	case Mean:
		return c.mean(q.Answer, list, answered)
	}
	votes := int64(0)
	for _, g := range list {
		if votes += g.weight; votes >= answered-votes {
			return g.value
		}
	}
	return list[len(list)-1].value
}

// mean is the answer nearest to the mean.
func (c *combiner) mean(q *maturity.Answer, list []given, answered int64) any {
	numbers := q.Type == maturity.ScaleType || q.Type == maturity.Number
	mean := new(big.Rat)
	for _, g := range list {
		x := g.place
		if !numbers {
			x = number(g.points)
		}
		mean.Add(mean, new(big.Rat).Mul(x, whole(g.weight)))
	}
	if answered == 0 || list[0].compare(list[len(list)-1]) == 0 { // nobody has a weight, or all say the same
		return list[0].value
	}
	mean.Quo(mean, whole(answered))
	if numbers {
		digits := 9
		if q.Type == maturity.ScaleType || q.Integer {
			digits = 0
		}
		return maturity.Decimal(halfDown(mean, digits, q.Reverse))
	}
	nearest := func(points []*big.Rat) int { // in the order of answers
		best := -1
		var gap, d *big.Rat
		for i, p := range points {
			d = new(big.Rat).Sub(p, mean)
			d.Abs(d)
			if best < 0 || d.Cmp(gap) < 0 || d.Cmp(gap) == 0 && p.Cmp(points[best]) < 0 {
				best, gap = i, d
			}
		}
		return best
	}
	if q.Type == maturity.YesNo {
		points := cmp.Or(q.Points, &maturity.YesNoPoints{})
		return nearest([]*big.Rat{exact(points.No.String()), exact(cmp.Or(points.Yes, "1").String())}) == 1
	}
	options := c.options(q)
	points := make([]*big.Rat, len(options))
	for i, o := range options {
		points[i] = exact(o.Points.String())
	}
	return options[nearest(points)].Value
}

// halfDown rounds to so many digits; half-way goes down, or up where down is the better answer.
func halfDown(x *big.Rat, digits int, up bool) string {
	unit := new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(digits)), nil))
	x = new(big.Rat).Quo(x, unit)
	half := big.NewRat(1, 2)
	n := new(big.Int)
	if up {
		x.Add(x, half)
		n.Div(x.Num(), x.Denom())
	} else { // −⌊½ − x⌋
		x.Sub(half, x)
		n.Neg(n.Div(x.Num(), x.Denom()))
	}
	text := x.Mul(x.SetInt(n), unit).FloatString(digits)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}
