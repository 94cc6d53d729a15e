// Package report turns the outcome of an assessment into documents for people: Text for a terminal, Markdown
// for a page, CSV for a spreadsheet. Each says the level and the score, what the missing answers may still
// change, what holds the next level back, and which steps give most for their effort (see Next).
//
// The report's own words are in English, bokmål and nynorsk; the model's texts in any language it has. The
// same documents give the same bytes. Titles may come from anybody: control characters and terminal escapes
// are removed, long ones are cut in a terminal, and cells cannot become formulas or markup.
package report

import (
	"cmp"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/modenhet/modenhet/maturity"
)

// Options adjust a report. A nil *Options, and every zero field, means the default.
type Options struct {
	Language string `json:"language,omitempty"` // BCP 47 tag; default the model's. Own words: nb, nn, otherwise en
	Color    bool   `json:"color,omitempty"`    // Text: colours and bold, as a terminal understands them
	Width    int    `json:"width,omitempty"`    // Text: columns, from 60 to 100; default 80
	Steps    int    `json:"steps,omitempty"`    // next steps shown; default 5, below 0 none
}

// Text writes the report as a person likes to read it in a terminal. The result is what s made of a.
func Text(w io.Writer, s *maturity.Scorer, a *maturity.Assessment, r *maturity.Result, opts *Options) error {
	return write(w, (*content).text, s, a, r, opts)
}

// Markdown writes the same report as Markdown, with tables as GitHub has them.
func Markdown(w io.Writer, s *maturity.Scorer, a *maturity.Assessment, r *maturity.Result, opts *Options) error {
	return write(w, (*content).markdown, s, a, r, opts)
}

var errOther = errors.New("a report needs an assessment, and the result that the scorer made of it")

func write(w io.Writer, form func(*content) string, s *maturity.Scorer, a *maturity.Assessment, r *maturity.Result, opts *Options) error {
	if a == nil || r == nil || r.Model != s.Ref() {
		return errOther
	}
	c := &content{m: s.Model(), a: a, r: r, root: r.Root(), places: index(s.Model())}
	if opts != nil {
		c.opts = *opts
	}
	c.opts.Width = max(60, min(cmp.Or(c.opts.Width, 80), 100))
	c.speaker = speak(c.opts.Language, c.m.Language)
	steps, err := Next(s, a, cmp.Or(c.opts.Steps, 5))
	if err != nil {
		return err
	}
	for _, step := range steps {
		c.steps = append(c.steps, c.advise(step))
	}
	c.source = c.m.ID + " " + c.m.Version + " · " + s.Ref().Digest[:len("sha256:")+12]
	c.summary()
	c.levels()
	c.below(&c.m.Node, 0)
	for _, view := range c.m.Views {
		c.row(view, 0)
		c.below(view, 1)
	}
	c.blockers()
	c.remarks()
	_, err = io.WriteString(w, form(c))
	return err
}

// A place is where a node stands in its model.
type place struct {
	*maturity.Node
	parent *place
	digits int // for display; -1 for none
}

// index finds the nodes of a model by id.
func index(m *maturity.Model) map[string]*place {
	places := map[string]*place{}
	var walk func(*maturity.Node, *place, int)
	walk = func(n *maturity.Node, parent *place, digits int) {
		if n.Display != nil {
			digits = n.Display.Digits
		}
		p := &place{n, parent, digits}
		if n.Ref == "" {
			places[n.ID] = p
		}
		for _, child := range n.Children {
			walk(child, p, digits)
		}
	}
	for _, tree := range append([]*maturity.Node{&m.Node}, m.Views...) {
		walk(tree, nil, -1)
	}
	return places
}

func ladder(m *maturity.Model, n *maturity.Node) []*maturity.Level {
	if n.Levels.Use != "" {
		return m.Ladders[n.Levels.Use]
	}
	return n.Levels.Levels
}

// content is what a report says, whatever it looks like.
type content struct {
	speaker
	opts   Options
	m      *maturity.Model
	a      *maturity.Assessment
	r      *maturity.Result
	root   *maturity.NodeResult
	places map[string]*place

	name, subject string
	facts         [][2]string // label and what there is to say
	rungs         []rung      // the root's levels
	rows          []row
	lead          string // a sentence before the needs
	needs         []need
	steps         []advised
	open          []string // titles of questions without an answer
	warnings      []string
	source        string // id, version and digest of the model
}

// A rung is a level of a ladder.
type rung struct{ name, mark, said string }

// The marks of a rung: reached, reached by thresholds alone, not reached.
const reached, enough, ahead = "●", "◐", "○"

// A row is the outcome of a node; low and high are parts of its range.
type row struct {
	*maturity.NodeResult
	depth                     int // 0 for a dimension, 1 for a practice
	title, value, level, ends string
	low, high                 float64
}

// titleOf is the title of a node by its id.
func (c *content) titleOf(id string) string {
	if p := c.places[id]; p != nil {
		return c.title(p.Title, id)
	}
	return clean(id)
}

// numbered tells a level by its number and its name: 3 and "3 Established". A title with a number of its own
// keeps that.
func (c *content) numbered(node, level string) (number, name string) {
	levels := ladder(c.m, c.places[node].Node)
	i := slices.IndexFunc(levels, func(l *maturity.Level) bool { return l.ID == level })
	if i < 0 {
		return "", ""
	}
	name = c.title(levels[i].Title, level)
	if from := strings.IndexAny(name, "0123456789"); from >= 0 {
		return name[from : len(name)-len(strings.TrimLeft(name[from:], "0123456789"))], name
	}
	number = c.number(float64(i+1), 0)
	return number, number + " " + name
}

// atLevel names a level inside a sentence.
func (c *content) atLevel(node, level string) string {
	number, name := c.numbered(node, level)
	switch {
	case name == "":
		return c.say(noLevel)
	case strings.HasPrefix(name+" ", number+" "):
		return c.say(atLevel, name)
	}
	return name // it has the word itself
}

// summary says what a busy reader needs.
func (c *content) summary() {
	c.name, c.subject = c.titleOf(c.m.ID), c.date(c.r.Date)
	if s := c.r.Subject; s != nil {
		c.subject = strings.Trim(cmp.Or(clean(s.Name), clean(s.ID))+" · "+c.subject, " ·")
	}
	fact := func(label phrase, text string) { c.facts = append(c.facts, [2]string{c.say(label), text}) }
	if _, name := c.numbered(c.root.ID, c.root.Level); name != "" {
		fact(overall, name)
	}
	text := c.value(c.root)
	if c.root.Status == maturity.Scored {
		text = c.say(onScale, text, c.number(c.root.Min, -1), c.number(c.root.Max, -1))
	}
	if number, _ := c.numbered(c.root.ID, c.root.LevelByThreshold); c.root.LevelByThreshold != c.root.Level {
		text = c.say(enoughFor, text, number)
	}
	fact(score, text)
	if ends := c.span(c.root); ends != "" {
		text := c.say(mayEnd, ends)
		low, _ := c.numbered(c.root.ID, c.root.Range.LevelLow)
		if high, _ := c.numbered(c.root.ID, c.root.Range.LevelHigh); high != "" {
			text = c.say(mayEndLevel, join(low, high), ends)
		}
		fact(soFar, text)
	}
	done := c.root.Completeness
	text = c.say(numberOf, done.Answered, done.Asked)
	if done.NotApplicable > 0 {
		text += ", " + c.say(doNotApply, done.NotApplicable)
	}
	if done.Missing > 0 {
		text += ", " + c.say(areMissing, done.Missing)
	}
	fact(answered, text)
}

// join writes a range.
func join(low, high string) string {
	if low == high || low == "" {
		return high
	}
	return low + "–" + high
}

// levels lists the levels of the whole, and marks where it is.
func (c *content) levels() {
	here, could := levelIndex(c.m, c.root.Level), levelIndex(c.m, c.root.LevelByThreshold)
	for i, l := range ladder(c.m, &c.m.Node) {
		rung := rung{mark: ahead}
		_, rung.name = c.numbered(c.m.ID, l.ID)
		if i <= could {
			rung.mark = enough
		}
		if i == could {
			rung.said = c.say(enoughHere)
		}
		if i <= here {
			rung.mark = reached
		}
		if i == here {
			rung.said = c.say(youAreHere)
		}
		c.rungs = append(c.rungs, rung)
	}
}

// value is a node's value as it is shown, or why it has none.
func (c *content) value(n *maturity.NodeResult) string {
	switch {
	case n.Status == maturity.StatusNotApplicable:
		return c.say(notRelevant)
	case n.Status != maturity.Scored:
		return c.say(notAnswered)
	case n.HasDisplay:
		return c.number(n.Display, c.places[n.ID].digits)
	}
	return c.number(n.Value, -1)
}

// span is a node's range as it is shown; nothing where no answer can move it.
func (c *content) span(n *maturity.NodeResult) string {
	if n.Range == nil || n.Range.Low == n.Range.High {
		return ""
	}
	digits := c.places[n.ID].digits
	return join(c.number(n.Range.Low, digits), c.number(n.Range.High, digits))
}

// below lists the groups below a node, two deep; below a root without groups, the questions.
func (c *content) below(n *maturity.Node, depth int) {
	isGroup := func(child *maturity.Node) bool { return c.target(child).Answer == nil }
	all := depth == 0 && !slices.ContainsFunc(n.Children, isGroup)
	for _, child := range n.Children {
		if (all || isGroup(child)) && c.row(child, depth) && depth == 0 {
			c.below(c.target(child), 1)
		}
	}
}

// target is a node, or the one that it refers to.
func (c *content) target(n *maturity.Node) *maturity.Node {
	if n.Ref != "" {
		return c.places[n.Ref].Node
	}
	return n
}

// row adds a node's outcome; it is false where there is nothing to show.
func (c *content) row(n *maturity.Node, depth int) bool {
	target := c.target(n)
	r, ok := c.r.Node(target.ID)
	if !ok || r.Status == maturity.Unscored || r.Status == maturity.Hidden {
		return false
	}
	part := func(x float64) float64 {
		if r.Max == r.Min {
			return 1
		}
		return max(0, min(1, (x-r.Min)/(r.Max-r.Min)))
	}
	out := row{NodeResult: r, depth: depth, title: c.title(n.Title, c.titleOf(target.ID)), value: c.value(r), ends: c.span(r),
		low: part(r.Value), high: part(r.Value)}
	out.level, _ = c.numbered(r.ID, r.Level)
	if out.ends != "" {
		out.low, out.high = part(r.Range.Low), part(r.Range.High)
	}
	c.rows = append(c.rows, out)
	return true
}

// remarks collects the questions that are missing, and the warnings in words.
func (c *content) remarks() {
	for i := range c.r.Nodes {
		if n := &c.r.Nodes[i]; n.Kind == maturity.QuestionNode && n.Completeness.Missing > 0 {
			c.open = append(c.open, c.titleOf(n.ID))
		}
	}
	for _, issue := range c.r.Warnings {
		text := clean(issue.Message)
		switch issue.Code {
		case maturity.AnswerHidden:
			text = c.say(answerHidden, c.titleOf(strings.TrimPrefix(issue.Path, "/answers/")))
		case maturity.OtherVersion:
			text = c.say(otherVersion, clean(c.a.Model.Version), c.m.Version)
		case maturity.OtherDigest:
			text = c.say(otherDigest)
		}
		c.warnings = append(c.warnings, text)
	}
}
