package cohort

import (
	"cmp"
	"math"
	"math/big"
	"slices"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/cohort/agreement"
)

// An Agreement says how far the respondents of one subject agree.
type Agreement struct {
	Model       maturity.ModelRef   `json:"model"`
	Subject     *maturity.Subject   `json:"subject,omitempty"`
	Respondents []string            `json:"respondents"` // in the order of the assessments
	Questions   []QuestionAgreement `json:"questions"`   // that are scored, in document order
	Groups      []GroupAgreement    `json:"groups"`      // in document order, the whole model first

	// Talk lists the questions to talk about, the widest disagreement first; equals in document order. After
	// those whose points differ come those with other answers of equal points, and then those that some answer
	// and others say do not apply.
	Talk []string `json:"talk"`
}

// QuestionAgreement says how far the answers to one question agree.
type QuestionAgreement struct {
	ID            string `json:"id"`
	Answered      int    `json:"answered"`
	NotApplicable int    `json:"notApplicable"`
	Missing       int    `json:"missing"`
	Different     int    `json:"different"`      // different answers
	Low           any    `json:"low,omitempty"`  // the lowest answer; none of a checklist
	High          any    `json:"high,omitempty"` // the highest

	// Disagreement is the standard deviation of the points (over n), as a part of the largest that there can
	// be: 0 where all have the same points, 1 where half are at either end of the range.
	Disagreement Statistic `json:"disagreement"`

	RWG Statistic `json:"rwg"` // see agreement.RWG
}

// GroupAgreement says how far the answers below a group agree. The units are its questions and the raters are
// the respondents. A rating is where an answer is in the range of its question's points, from 0 to 1, so that
// questions of different ranges weigh the same. Cronbach turns this round: do the questions, as items, measure
// one thing in the respondents? It takes points, or ratings where the group reads ratios.
type GroupAgreement struct {
	ID            string                `json:"id"`
	Questions     int                   `json:"questions"` // scored ones below it
	AlphaNominal  Statistic             `json:"alphaNominal"`
	AlphaOrdinal  Statistic             `json:"alphaOrdinal"`
	AlphaInterval Statistic             `json:"alphaInterval"`
	AlphaRatio    Statistic             `json:"alphaRatio"`
	RWG           Statistic             `json:"rwg"`
	ICC           agreement.ICC         `json:"icc"`
	Fleiss        Statistic             `json:"fleiss"`
	Cohen         *agreement.Kappa      `json:"cohen,omitempty"`       // of two respondents
	CohenLinear   *agreement.Kappa      `json:"cohenLinear,omitempty"` // the same with linear weights
	KendallW      Statistic             `json:"kendallW"`
	Cronbach      agreement.Reliability `json:"cronbach"`
}

// Agree says how far respondents of one subject agree. Every answer counts, those to questions that are hidden
// from the respondent too. Errors are those of Combine.
func Agree(s *maturity.Scorer, assessments []*maturity.Assessment) (*Agreement, error) {
	a, err := readAnswers(s, assessments, true)
	if err != nil {
		return nil, err
	}
	out := &Agreement{Model: s.Ref(), Subject: assessments[0].Subject, Respondents: a.labels,
		Questions: []QuestionAgreement{}, Groups: []GroupAgreement{}, Talk: []string{}}
	byID := map[string]*rated{}
	weights := make([]int64, len(a.all))
	type talk struct {
		id      string
		variety *big.Rat // of the points
		kind    int      // of disagreement: 0 points, 1 answers, 2 whether it applies, 3 none
	}
	var talks []talk
	for i, q := range a.questions {
		if q.Answer.Type == maturity.FreeText {
			continue
		}
		r := a.rate(i)
		byID[q.ID] = r
		agreed := QuestionAgreement{ID: q.ID}
		list := a.given(i, weights)
		for _, assessment := range a.all {
			if _, ok := assessment.NotApplicable[q.ID]; ok {
				agreed.NotApplicable++
			}
		}
		agreed.Answered, agreed.Missing = len(list), len(a.all)-len(list)-agreed.NotApplicable
		agreed.Different = a.different(q, list)
		if len(list) > 0 && q.Answer.Type != maturity.Checklist {
			agreed.Low, agreed.High = list[0].value, list[len(list)-1].value
		}
		var variety *big.Rat
		agreed.Disagreement, variety = r.disagreement()
		agreed.RWG = agreement.RWG(agreement.Ratings{r.floats(r.scale)}, r.nulls(r.scale))
		out.Questions = append(out.Questions, agreed)
		t := talk{q.ID, variety, 3}
		switch {
		case variety.Sign() > 0:
			t.kind = 0
		case agreed.Different > 1:
			t.kind = 1
		case agreed.Answered > 0 && agreed.NotApplicable > 0:
			t.kind = 2
		}
		if t.kind < 3 {
			talks = append(talks, t)
		}
	}
	slices.SortStableFunc(talks, func(x, y talk) int { return cmp.Or(cmp.Compare(x.kind, y.kind), y.variety.Cmp(x.variety)) })
	for _, t := range talks {
		out.Talk = append(out.Talk, t.id)
	}
	for _, n := range a.model.Nodes() {
		if n.Children != nil {
			out.Groups = append(out.Groups, a.group(n, byID))
		}
	}
	return out, nil
}

// rated are the ratings of one question, from 0 to 1, exactly where its points are decimals; nil is none.
type rated struct {
	ratings []*big.Rat
	points  []float64  // NaN is none
	values  []*big.Rat // the ratings of all answers that there are; nil where these are too many to list
	scale   int64      // a number by which the ratings are whole; 0 where there is none that is small
}

// largest is the largest number by which ratings are made whole: float64s hold the products.
const largest = 1 << 40

func (a *answers) rate(i int) *rated {
	q, n := a.questions[i], len(a.all)
	r := &rated{ratings: make([]*big.Rat, n), points: make([]float64, n), scale: 1}
	node := &a.points[0].Nodes[1+i]
	low, width := number(node.Min), number(node.Max)
	width.Sub(width, low)
	rate := func(x *big.Rat) *big.Rat {
		if width.Sign() == 0 {
			return new(big.Rat)
		}
		x = new(big.Rat).Sub(x, low)
		x.Quo(x, width)
		if r.scale > 0 {
			d := new(big.Int).GCD(nil, nil, x.Denom(), big.NewInt(r.scale))
			if d.Mul(d.Quo(x.Denom(), d), big.NewInt(r.scale)); d.IsInt64() && d.Int64() <= largest {
				r.scale = d.Int64()
			} else {
				r.scale = 0
			}
		}
		return x
	}
	for who := range n {
		if r.points[who] = math.NaN(); a.points[who].Nodes[1+i].Status == maturity.Scored {
			r.points[who] = a.points[who].Nodes[1+i].Value
			r.ratings[who] = rate(number(r.points[who]))
		}
	}
	if width.Sign() > 0 {
		for _, p := range a.answerPoints(q.Answer) {
			r.values = append(r.values, rate(p))
		}
	}
	return r
}

// answerPoints are the points of all answers, where these can be listed: not of a checklist, and not of a line.
func (a *answers) answerPoints(q *maturity.Answer) (points []*big.Rat) {
	switch q.Type {
	case maturity.Choice:
		for _, o := range a.options(q) {
			points = append(points, exact(o.Points.String()))
		}
	case maturity.YesNo:
		p := cmp.Or(q.Points, &maturity.YesNoPoints{})
		points = []*big.Rat{exact(p.No.String()), exact(cmp.Or(p.Yes, "1").String())}
	case maturity.ScaleType:
		for x, last := exact(q.Min.String()), exact(q.Max.String()); x.Cmp(last) <= 0; x = new(big.Rat).Add(x, whole(1)) {
			points = append(points, x)
		}
	case maturity.Number:
		for _, step := range q.Steps {
			points = append(points, exact(step.Points.String()))
		}
	}
	return points
}

// floats are the ratings, made whole by a scale, or as they are where that is 0.
func (r *rated) floats(scale int64) []float64 {
	out := make([]float64, len(r.ratings))
	for i, x := range r.ratings {
		if out[i] = math.NaN(); x != nil {
			out[i] = scaled(x, scale)
		}
	}
	return out
}

func scaled(x *big.Rat, scale int64) float64 {
	if scale > 0 {
		x = new(big.Rat).Mul(x, whole(scale))
	}
	f, _ := x.Float64()
	return f
}

// nulls is the scale of answers at random.
func (r *rated) nulls(scale int64) agreement.Scale {
	out := agreement.Scale{Max: float64(max(scale, 1))}
	for _, x := range r.values {
		out.Values = append(out.Values, scaled(x, scale))
	}
	return out
}

// disagreement is the standard deviation of the ratings times 2, and the variance of which it is the root.
func (r *rated) disagreement() (Statistic, *big.Rat) {
	total, squares, n := new(big.Rat), new(big.Rat), int64(0)
	for _, x := range r.ratings {
		if x != nil {
			n++
			total.Add(total, x)
			squares.Add(squares, new(big.Rat).Mul(x, x))
		}
	}
	if n < 2 {
		return Statistic{Status: agreement.TooFewRaters, Units: int(n)}, new(big.Rat)
	}
	variance := squares.Sub(squares.Quo(squares, whole(n)), total.Mul(total.Quo(total, whole(n)), total))
	s := defined(new(big.Rat).Mul(variance, whole(4)))
	s.Value, s.Units = math.Sqrt(s.Value), int(n)
	return s, variance
}

// different counts the different answers.
func (a *answers) different(q *maturity.Node, list []given) int {
	if q.Answer.Type != maturity.Checklist {
		return len(slices.CompactFunc(slices.Clone(list), func(x, y given) bool { return x.compare(y) == 0 }))
	}
	var seen [][]string
	for _, g := range list {
		options := slices.Sorted(slices.Values(chosen(g.value)))
		if !slices.ContainsFunc(seen, func(s []string) bool { return slices.Equal(s, options) }) {
			seen = append(seen, options)
		}
	}
	return len(seen)
}

// group measures agreement over all scored questions below a group.
func (a *answers) group(n *maturity.Node, byID map[string]*rated) GroupAgreement {
	out := GroupAgreement{ID: n.ID}
	var questions []string
	below(a.nodes, n, map[string]bool{}, func(q *maturity.Node) {
		if byID[q.ID] != nil {
			questions = append(questions, q.ID)
		}
	})
	out.Questions = len(questions)
	scale := big.NewInt(1) // common to all
	for _, id := range questions {
		own := big.NewInt(byID[id].scale)
		if gcd := new(big.Int).GCD(nil, nil, scale, own); own.Sign() > 0 && scale.Sign() > 0 {
			scale.Mul(scale, own.Quo(own, gcd))
		}
		if own.Sign() == 0 || scale.Cmp(big.NewInt(largest)) > 0 {
			scale.SetInt64(0)
		}
	}
	var ratings, points agreement.Ratings // by question
	var nulls []agreement.Scale
	for _, id := range questions {
		r := byID[id]
		row := r.floats(scale.Int64())
		ratings, nulls = append(ratings, row), append(nulls, r.nulls(scale.Int64()))
		if n.Read != maturity.ReadRatio {
			row = r.points
		}
		points = append(points, row)
	}
	out.AlphaNominal = agreement.Alpha(ratings, agreement.Nominal)
	out.AlphaOrdinal = agreement.Alpha(ratings, agreement.Ordinal)
	out.AlphaInterval = agreement.Alpha(ratings, agreement.Interval)
	out.AlphaRatio = agreement.Alpha(ratings, agreement.Ratio)
	out.RWG = agreement.RWG(ratings, nulls...)
	out.ICC = agreement.NewICC(ratings)
	counts, _ := ratings.Counts()
	out.Fleiss = agreement.FleissKappa(counts)
	out.KendallW = agreement.KendallW(ratings)
	if len(a.all) == 2 {
		var first, second []float64
		for _, row := range ratings {
			first, second = append(first, row[0]), append(second, row[1])
		}
		table, _ := agreement.CrossTable(first, second)
		plain, linear := agreement.CohenKappa(table, agreement.Unweighted), agreement.CohenKappa(table, agreement.Linear)
		out.Cohen, out.CohenLinear = &plain, &linear
	}
	items := make(agreement.Ratings, len(a.all)) // by respondent
	for who := range items {
		for _, row := range points {
			items[who] = append(items[who], row[who])
		}
	}
	out.Cronbach = agreement.Cronbach(items)
	return out
}

// below visits the questions below a node, each once, through references too.
func below(byID map[string]*maturity.Node, n *maturity.Node, seen map[string]bool, visit func(*maturity.Node)) {
	for _, child := range n.Children {
		if child.Ref != "" {
			child = byID[child.Ref]
		}
		if !seen[child.ID] {
			if seen[child.ID] = true; child.Answer != nil {
				visit(child)
			}
			below(byID, child, seen, visit)
		}
	}
}
