package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/modenhet/modenhet/maturity"
)

// A need is what a level requires, or alternatives of which one is enough.
type need struct {
	text string
	any  []string
}

// blockers says in words what holds the next level back.
func (c *content) blockers() {
	list := c.root.Blockers
	switch {
	case len(list) > 0:
		c.lead = c.say(requires, c.atLevel(c.m.ID, list[0].Level))
	case len(c.rungs) > 0 && c.rungs[len(c.rungs)-1].mark == reached:
		c.lead = c.say(atTop)
	}
	for i := range list {
		text := c.sentence(&list[i])
		switch {
		case list[i].AnyOf == 0:
			c.needs = append(c.needs, need{text: text})
		case i == 0 || list[i-1].AnyOf != list[i].AnyOf:
			c.needs = append(c.needs, need{text: c.say(oneIsEnough), any: []string{text}})
		case list[i-1].Alternative == list[i].Alternative:
			last := &c.needs[len(c.needs)-1]
			last.any[len(last.any)-1] += " " + text
		default:
			last := &c.needs[len(c.needs)-1]
			last.any = append(last.any, text)
		}
	}
}

// sentence says what a blocker wants, and what there is.
func (c *content) sentence(b *maturity.Blocker) string {
	not := 0
	if b.Not {
		not = 1
	}
	if b.Reads == "answer" {
		return c.answerSentence(b, not)
	}
	if b.Reads == "level" {
		return c.say([]phrase{mustReach, mustStay}[not], c.titleOf(b.Node), c.atLevel(b.Node, b.Want[0]), c.atLevel(b.Node, b.HasLevel))
	}
	what, show, digits := c.say(scoreFor, c.titleOf(b.Node)), c.number, c.places[b.Node].digits
	number := maturity.Decimal(b.Want[0]).Float64()
	want := c.decimal(b.Want[0])
	switch {
	case b.Reads == "ratio":
		what, show, digits = c.say(ratioFor, c.titleOf(b.Node)), c.percent, 0
		want = show(number, -1)
	case b.Reads == "completeness":
		what, show, digits = c.say(answersFor, c.titleOf(b.Node)), c.percent, 0
		want = show(number, -1)
	case b.Node == c.m.ID:
		what = c.say(wholeScore)
	}
	must := c.say(comparisons[b.Test][not], want)
	if !b.HasValue {
		return c.say(mustBeNone, what, must)
	}
	for digits < 9 && b.Has != number && show(b.Has, digits) == show(number, digits) { // 2.58 is no 2.6 where 2.6 is wanted
		if digits++; digits == 0 {
			digits = 3 // the shortest way shows two
		}
	}
	return c.say(mustBe, what, must, show(b.Has, digits))
}

func (c *content) answerSentence(b *maturity.Blocker, not int) string {
	title := c.titleOf(b.Question)
	switch b.Test {
	case "answered":
		if b.Want[0] == "false" {
			not = 1 - not
		}
		return c.say([]phrase{mustBeGiven, mustBeOpen}[not], title)
	case "includes":
		return c.say([]phrase{mustHave, mustLack}[not], title, c.say(quoted, c.answer(b.Question, b.Want[0])))
	}
	values := slices.Clone(b.Want)
	for i, value := range values {
		values[i] = c.say(quoted, c.answer(b.Question, value))
	}
	last := len(values) - 1
	list := values[last]
	if last > 0 {
		list = strings.Join(values[:last], ", ") + c.say(or) + list
	}
	return c.say([]phrase{mustAnswer, mustDiffer}[not], title, list)
}

// answer is one value of an answer in words.
func (c *content) answer(question, value string) string {
	q := c.places[question].Answer
	for _, o := range options(c.m, q) {
		if o.Value == value {
			return c.title(o.Title, clean(value))
		}
	}
	switch q.Type {
	case maturity.YesNo:
		if value == "true" {
			return c.say(yes)
		}
		return c.say(no)
	case maturity.ScaleType, maturity.Number:
		number := strconv.FormatFloat(float(value, 0), 'f', -1, 64)
		return c.withUnit(c.decimal(number), clean(q.Unit.In(c.language, c.model)))
	}
	return clean(value)
}

// An advised is a next step in words.
type advised struct{ group, question, from, to, advice, gain, effort, level string }

func (c *content) advise(s Step) advised {
	p := c.places[s.Question]
	out := advised{question: c.titleOf(s.Question), from: c.say(notAnswered), effort: c.number(s.Effort, -1)}
	if p.parent != nil && p.parent.parent != nil {
		out.group = c.titleOf(p.parent.ID)
	}
	if len(p.Advice) > 0 {
		out.advice = clean(p.Advice[0].In(c.language, c.model))
	}
	for digits := max(2, c.places[c.m.ID].digits+1); digits < 10 && strings.Trim(out.gain, "+0.,") == ""; digits++ {
		out.gain = "+" + c.number(s.Gain, digits)
	}
	if s.GainLevel {
		out.level = c.say(givesLevel, c.atLevel(c.m.ID, s.Level))
	}
	from, to := values(s.From), values(s.To)
	if to == nil {
		if out.to = c.answer(s.Question, fmt.Sprint(s.To)); s.From != nil {
			out.from = c.answer(s.Question, fmt.Sprint(s.From))
		}
		return out
	}
	if s.From != nil {
		out.from = c.say(chosen, len(from), len(options(c.m, p.Answer)))
	}
	form, added := also, to[len(to)-1]
	switch {
	case len(from) == 0:
		form = quoted
	case len(to) == 1: // one that stands alone leaves
		form = instead
	}
	out.to = c.say(form, c.answer(s.Question, added))
	return out
}
