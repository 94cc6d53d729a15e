package roadmap

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/modenhet/modenhet/maturity"
)

const maxSearch = 1000 // the default

// newProblem checks what is asked, and lays it out. The error is that of Scorer.Check, or an *InvalidError
// with every issue of the options.
func newProblem(s *maturity.Scorer, a *maturity.Assessment, opts *Options) (*problem, error) {
	if a == nil {
		a = &maturity.Assessment{Model: s.Ref()}
	}
	if err := s.Check(a); err != nil {
		return nil, err
	}
	p := &problem{s: s, m: s.Model(), a: a, ways: map[levelOf][][]want{}}
	if opts != nil {
		p.opts = *opts
	}
	if p.opts.MaxSearch == 0 {
		p.opts.MaxSearch = maxSearch
	}
	p.lay()
	if err := p.check(); err != nil {
		return nil, err
	}
	p.find()
	p.measure()
	p.rank()
	return p, p.resolve()
}

// A checker collects what is wrong with options.
type checker struct {
	p      *problem
	issues []*maturity.Issue
}

func (c *checker) add(code maturity.Code, message string, path ...string) {
	pointer := ""
	for _, key := range path {
		pointer += "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(key)
	}
	c.issues = append(c.issues, &maturity.Issue{Code: code, Path: pointer, Message: message})
}

func (c *checker) err() error {
	if len(c.issues) == 0 {
		return nil
	}
	return &maturity.InvalidError{Issues: c.issues}
}

// check checks the options, in their order.
func (p *problem) check() error {
	c := &checker{p: p}
	for i := range p.opts.Target {
		c.goal(&p.opts.Target[i], "target", strconv.Itoa(i))
	}
	if c.decimal(p.opts.Budget, "budget") && p.opts.Budget != "" {
		p.budget = number(p.opts.Budget, zero)
	}
	if p.opts.Node != "" {
		p.node = c.node(p.opts.Node, "node")
	}
	for _, id := range sorted(p.opts.Efforts) {
		c.question(id, "efforts", id)
		c.decimal(p.opts.Efforts[id], "efforts", id)
	}
	for _, id := range sorted(p.opts.Costs) {
		i := c.question(id, "costs", id)
		for _, option := range sorted(p.opts.Costs[id]) {
			if i >= 0 {
				c.option(i, option, "costs", id, option)
			}
			c.decimal(p.opts.Costs[id][option], "costs", id, option)
		}
	}
	c.answers()
	for i, id := range p.opts.Keep {
		c.node(id, "keep", strconv.Itoa(i))
	}
	for i, b := range p.opts.Requires {
		c.prerequisite(b, strconv.Itoa(i))
	}
	if p.opts.MaxSearch < 1 {
		c.add(maturity.OutOfRange, "The limit of the search is at least 1; leave it out for the default.", "maxSearch")
	}
	return c.err()
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// decimal checks a decimal from 0 to a billion.
func (c *checker) decimal(d maturity.Decimal, path ...string) bool {
	text := d.String()
	digits := strings.Trim(text, "0123456789")
	_, fraction, _ := strings.Cut(text, ".")
	x, ok := new(big.Rat).SetString(text)
	switch {
	case d == "":
		return true
	case !ok || digits != "" && digits != "." && digits != "-" || len(fraction) > 9 || strings.HasPrefix(text, ".") || strings.HasSuffix(text, "."):
		c.add(maturity.BadDecimal, strconv.Quote(text)+" is no decimal with at most 9 digits after the point.", path...)
	case x.Sign() < 0 || x.Cmp(billion) >= 0:
		c.add(maturity.OutOfRange, "A cost or a target is 0 or more, and below 1,000,000,000.", path...)
	default:
		return true
	}
	return false
}

func (c *checker) node(id string, path ...string) int {
	if i, ok := c.p.s.Index(id); ok {
		return i
	}
	c.add(maturity.UnknownNode, "The model has no node "+strconv.Quote(id)+".", path...)
	return -1
}

func (c *checker) question(id string, path ...string) int {
	if i, ok := c.p.s.Index(id); ok && c.p.nodes[i].question >= 0 {
		return i
	}
	c.add(maturity.UnknownQuestion, "The model has no question "+strconv.Quote(id)+".", path...)
	return -1
}

// goal checks a goal.
func (c *checker) goal(g *Goal, path ...string) {
	at := func(key string) []string { return append(path[:len(path):len(path)], key) }
	i := 0
	if g.Node != "" {
		i = c.node(g.Node, at("node")...)
	}
	given := 0
	for _, field := range []string{g.Level, string(g.Value), string(g.Ratio)} {
		if field != "" {
			given++
		}
	}
	if given != 1 {
		c.add(maturity.BadCondition, "A goal is exactly one of level, value and ratio.", path...)
	}
	if g.Level != "" && i >= 0 && c.p.level(i, g.Level) < 0 {
		c.add(maturity.UnknownLevel, "The node has no level "+strconv.Quote(g.Level)+" on its ladder.", at("level")...)
	}
	if text, negative := strings.CutPrefix(g.Value.String(), "-"); negative { // values may be below 0
		c.decimal(maturity.Decimal(text), at("value")...)
	} else {
		c.decimal(g.Value, at("value")...)
	}
	c.decimal(g.Ratio, at("ratio")...)
}

// level is the number of a level of a node, or -1.
func (p *problem) level(node int, id string) int {
	return slices.IndexFunc(p.nodes[node].levels, func(l *maturity.Level) bool { return l.ID == id })
}

// option checks the name of an option.
func (c *checker) option(node int, option string, path ...string) {
	a, ok := c.p.nodes[node].Answer, false
	switch a.Type {
	case maturity.Choice, maturity.Checklist:
		options := a.Options
		if a.Use != "" {
			options = c.p.m.OptionSets[a.Use]
		}
		ok = slices.ContainsFunc(options, func(o *maturity.Option) bool { return o.Value == option })
	case maturity.YesNo:
		ok = option == "true" || option == "false"
	case maturity.ScaleType, maturity.Number:
		x, is := new(big.Rat).SetString(option)
		ok = is && decimal(x).String() == option && !strings.Contains(option, "/") &&
			(a.Type == maturity.Number && !a.Integer || x.IsInt()) &&
			(a.Min == "" || x.Cmp(number(a.Min, zero)) >= 0) && (a.Max == "" || x.Cmp(number(a.Max, zero)) <= 0)
	}
	if !ok {
		c.add(maturity.UnknownOption, "The question has no option "+strconv.Quote(option)+
			": write the value of an option, true or false, or a number in range in its shortest form.", path...)
	}
}

// answers checks the decided answers as the engine does.
func (c *checker) answers() {
	if len(c.p.opts.Answers) == 0 {
		return
	}
	decided := &maturity.Assessment{Model: c.p.a.Model, Answers: c.p.opts.Answers}
	if err, ok := c.p.s.Check(decided).(*maturity.InvalidError); ok {
		c.issues = append(c.issues, err.Issues...)
	}
	for _, id := range sorted(c.p.opts.Answers) {
		if _, na := c.p.a.NotApplicable[id]; na {
			c.add(maturity.AnsweredNotApplicable, "The question is not applicable in the assessment: take that away, or leave out the answer.", "answers", id)
		}
	}
}

func (c *checker) prerequisite(b Prerequisite, index string) {
	q := c.question(b.Question, "requires", index, "question")
	r := c.question(b.Requires, "requires", index, "requires")
	switch {
	case q < 0 || b.Above == "":
	case c.p.nodes[q].Answer.Type == maturity.Checklist:
		c.add(maturity.BadValue, "Of a checklist, every change has the prerequisite: leave above out.", "requires", index, "above")
	default:
		c.option(q, b.Above, "requires", index, "above")
	}
	if r >= 0 {
		c.option(r, b.AtLeast, "requires", index, "atLeast")
	}
}

// resolve turns goals and prerequisites into numbers, once there are candidates.
func (p *problem) resolve() error {
	c := &checker{p: p}
	total := new(big.Rat)
	for _, q := range p.questions {
		highest := zero
		for _, candidate := range q.candidates {
			if candidate.cost.Cmp(highest) > 0 {
				highest = candidate.cost
			}
		}
		total.Add(total, highest)
	}
	if total.Quo(total, p.unit).Cmp(new(big.Rat).SetInt64(1<<50)) > 0 {
		c.add(maturity.OutOfRange, "The costs differ too much to be added up: use fewer digits.", "efforts")
	}
	for _, g := range p.opts.Target {
		resolved := goal{level: -1}
		if g.Node != "" {
			resolved.node, _ = p.s.Index(g.Node)
		}
		switch {
		case g.Level != "":
			resolved.level = p.level(resolved.node, g.Level)
		case g.Value != "":
			resolved.value = number(g.Value, zero)
		default:
			resolved.ratio = number(g.Ratio, zero)
		}
		p.goals = append(p.goals, resolved)
	}
	for _, b := range p.opts.Requires {
		q, _ := p.s.Index(b.Question)
		r, _ := p.s.Index(b.Requires)
		at := prerequisite{question: p.nodes[q].question, above: -2, requires: p.nodes[r].question}
		if b.Above != "" {
			at.above = p.questions[at.question].ranks[b.Above]
		}
		if p.nodes[r].Answer.Type == maturity.Checklist {
			at.option = b.AtLeast
		} else {
			at.atLeast = p.questions[at.requires].ranks[b.AtLeast]
		}
		p.before = append(p.before, at)
	}
	return c.err()
}
