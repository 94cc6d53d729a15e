package versions

import (
	"encoding/json"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/modenhet/modenhet/maturity"
)

// Shapes tell whether two nodes come out alike whatever is answered: all that a node's outcome depends on is
// written down in one notation (ids as today, defaults in their places, weights as shares), and equal texts
// get equal numbers. Nodes with one number have the same outcome; those with two may have.
type shapes struct {
	numbers map[string]int
}

func (s *shapes) number(parts ...string) int {
	var b strings.Builder
	for _, part := range parts {
		b.WriteString(strconv.Quote(part))
	}
	n, ok := s.numbers[b.String()]
	if !ok {
		n = len(s.numbers) + 1
		s.numbers[b.String()] = n
	}
	return n
}

// A shaper finds the shapes of one version.
type shaper struct {
	*shapes
	t    *tree
	name func(id, option string) string // today's name of a question, or of its option
	from *pairs                         // of the earlier version: what became of its answers
	done map[*place]int
}

func (s *shaper) text(parts ...string) string { return strconv.Itoa(s.number(parts...)) }

func (s *shaper) list(parts []string, ordered bool) string {
	if !ordered {
		parts = slices.Clone(parts)
		slices.Sort(parts)
	}
	return s.text(parts...)
}

// node is the shape of a node with an id.
func (s *shaper) node(p *place) int {
	if n, ok := s.done[p]; ok {
		return n
	}
	var whens []string // of the node and all around it
	for up := p; up != nil; up = up.parent {
		if up.When != nil {
			whens = append(whens, s.condition(up.When, nil))
		}
	}
	slices.Sort(whens)
	hidden := s.text(slices.Compact(whens)...)
	n := 0
	if p.Answer != nil {
		n = s.number("question", s.name(p.ID, ""), hidden, s.policy(p, true, maturity.Forbid), s.answer(p))
	} else {
		n = s.number("group", hidden, s.group(p))
	}
	s.done[p] = n
	return n
}

func (s *shaper) answer(p *place) string {
	a := p.Answer
	var options, steps []string
	switch a.Type {
	case maturity.FreeText:
		return "text"
	case maturity.YesNo:
		points := maturity.YesNoPoints{}
		if a.Points != nil {
			points = *a.Points
		}
		options = []string{s.name(p.ID, "true"), number(points.Yes, "1"), s.name(p.ID, "false"), number(points.No, "0")}
	case maturity.Choice, maturity.Checklist:
		for _, o := range s.t.options(a) {
			options = append(options, s.text(s.name(p.ID, o.Value), number(o.Points, "0"), strconv.FormatBool(o.Exclusive)))
		}
		slices.Sort(options)
	case maturity.Number, maturity.ScaleType:
		if s.from != nil {
			for _, r := range s.from.recoded(p) {
				options = append(options, r.was, r.id, r.today)
			}
		}
		for _, step := range a.Steps {
			steps = append(steps, number(step.From, ""), number(step.Points, ""))
		}
		if l := a.Linear; l != nil {
			steps = []string{"line", number(l.From, ""), number(l.To, ""), number(l.Points[0], ""), number(l.Points[1], "")}
		}
	}
	return s.text(string(a.Type), s.text(options...), number(a.Cap, ""), number(a.Min, ""), number(a.Max, ""),
		strconv.FormatBool(a.Reverse), strconv.FormatBool(a.Integer), s.text(steps...))
}

func (s *shaper) group(p *place) string {
	op := or(p.Aggregate, maturity.Mean)
	parts := []string{string(op), string(or(p.Read, maturity.ReadValue))}
	if op == maturity.Sum {
		parts = append(parts, number(p.Base, "0"))
	}
	if op == maturity.Share || op == maturity.Staged {
		met := p.Met
		if met == nil {
			met = &maturity.Condition{Ratio: &maturity.Comparison{AtLeast: "1"}}
		}
		parts = append(parts, s.condition(met, p))
	}
	if op == maturity.Staged {
		parts = append(parts, number(p.Need, "1"), string(or(p.EmptyStage, maturity.PassStage)))
	}
	parts = append(parts, s.children(p, op))
	for _, a := range p.Adjust {
		parts = append(parts, s.text("adjust", s.condition(a.When, p), number(a.Set, ""), number(a.Add, ""), number(a.Multiply, ""),
			number(a.AtMost, ""), number(a.AtLeast, "")))
	}
	if p.Scale != nil {
		parts = append(parts, s.text("scale", number(p.Scale.Min, ""), number(p.Scale.Max, "")))
	}
	if p.Round != nil {
		parts = append(parts, s.text("round", strconv.Itoa(p.Round.Digits), string(or(p.Round.Mode, maturity.HalfUp))))
	}
	for _, l := range s.t.levels(p.Node) {
		parts = append(parts, s.text("level", l.ID, number(l.From, ""), number(l.Above, ""), string(or(l.Of, maturity.ReadValue)),
			s.condition(l.Require, p)))
	}
	return s.text(parts...)
}

// children are those that count, or are counted as answered; their order does not matter.
func (s *shaper) children(p *place, op maturity.Aggregate) string {
	var kids []*place
	total := new(big.Rat)
	for _, kid := range p.kids {
		if a := s.target(kid).Answer; a == nil || a.Type != maturity.FreeText {
			kids = append(kids, kid)
			total.Add(total, rational(number(kid.Weight, "1")))
		}
	}
	var list []string
	for _, kid := range kids {
		target := s.target(kid)
		weight := rational(number(kid.Weight, "1"))
		switch {
		case weight.Sign() == 0 || op == maturity.Sum:
		case op == maturity.Min || op == maturity.Max || op == maturity.Median || op == maturity.Product:
			weight.SetInt64(1)
		default:
			weight.Quo(weight, total)
		}
		when, points := "", []string(nil)
		if kid.Ref != "" {
			when = s.condition(kid.When, nil)
			for value, d := range kid.Points {
				points = append(points, s.text(s.name(target.ID, value), number(d, "")))
			}
		}
		stage := ""
		if op == maturity.Staged {
			stage = strconv.Itoa(kid.Stage)
		}
		list = append(list, s.text(strconv.Itoa(s.node(target)), weight.RatString(), stage, when, s.list(points, false),
			s.policy(kid, false, ""), s.policy(kid, true, "")))
	}
	return s.list(list, false)
}

func (s *shaper) target(p *place) *place {
	for p.Ref != "" {
		p = s.t.ids[p.Ref]
	}
	return p
}

// policy is a place's own policy, or that of the nearest place around it, the model's root last; if only one
// matters, any other counts as none.
func (s *shaper) policy(p *place, notApplicable bool, only maturity.Policy) string {
	policy := maturity.Exclude
	for up := p; ; up = up.parent {
		if up == nil {
			up = s.t.places[0]
		}
		own := up.Missing
		if notApplicable {
			own = up.NotApplicable
		}
		if own != "" {
			policy = own
		}
		if own != "" || up == s.t.places[0] {
			break
		}
	}
	if only != "" && policy != only {
		return ""
	}
	return string(policy)
}

// condition is the shape of a condition; one that reads its own group names it as such.
func (s *shaper) condition(c *maturity.Condition, self *place) string {
	if c == nil {
		return ""
	}
	var all, any []string
	for _, part := range c.All {
		all = append(all, s.condition(part, self))
	}
	for _, part := range c.Any {
		any = append(any, s.condition(part, self))
	}
	reads, tests := "", []string(nil)
	if c.Question != "" {
		reads = strconv.Itoa(s.node(s.t.ids[c.Question]))
		for _, value := range append(slices.Clone(c.In), c.Is) {
			if value != nil {
				tests = append(tests, s.name(c.Question, answerText(value)))
			}
		}
		if c.Includes != "" {
			tests = append(tests, "includes "+s.name(c.Question, c.Includes))
		}
		if c.Answered != nil {
			tests = append(tests, "answered "+strconv.FormatBool(*c.Answered))
		}
	}
	switch p := s.t.ids[c.Node]; {
	case c.Node == "":
	case p == self:
		reads = "self"
	default:
		reads = strconv.Itoa(s.node(p))
	}
	if c.Level != nil {
		tests = append(tests, "level "+c.Level.AtLeast)
	}
	return s.text(s.list(all, false), s.list(any, false), s.condition(c.Not, self), reads, s.list(tests, false),
		s.comparison(c.Value), s.comparison(c.Ratio), s.comparison(c.Completeness))
}

func (s *shaper) comparison(c *maturity.Comparison) string {
	if c == nil {
		return ""
	}
	return s.text(number(c.AtLeast, ""), number(c.MoreThan, ""), number(c.AtMost, ""), number(c.LessThan, ""), number(c.Equals, ""))
}

func or[T ~string](value, standard T) T {
	if value == "" {
		return standard
	}
	return value
}

// number is a decimal in one notation, or a default where it is left out.
func number(d maturity.Decimal, standard string) string {
	if d == "" {
		return standard
	}
	if x, ok := new(big.Rat).SetString(d.String()); ok {
		return x.RatString()
	}
	return d.String() // null
}

// rational reads what number wrote.
func rational(text string) *big.Rat {
	x, _ := new(big.Rat).SetString(text)
	return x
}

// answerText is an answer in one notation: what stands behind the stroke in Replaces.
func answerText(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case maturity.Decimal:
		return decimalText(v)
	case []string:
		return "[" + strings.Join(slices.Sorted(slices.Values(v)), "\x00") + "]"
	case []any:
		list := make([]string, len(v))
		for i := range v {
			list[i], _ = v[i].(string)
		}
		return answerText(list)
	}
	text, _ := json.Marshal(value) // numbers as Go programs hold them
	return decimalText(maturity.Decimal(text))
}

// decimalText writes a decimal in the shortest way.
func decimalText(d maturity.Decimal) string {
	x, ok := new(big.Rat).SetString(d.String())
	if !ok {
		return d.String()
	}
	return exact(x, false).Exact
}
