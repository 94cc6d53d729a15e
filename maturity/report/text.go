package report

import (
	"cmp"
	"strconv"
	"strings"
)

// The looks of a terminal, as the numbers of its escape sequences.
const bold, faint, blue, amber = "1", "2", "38;5;32", "38;5;136"

// A page collects the lines of a text report.
type page struct {
	strings.Builder
	*content
	columns int
}

func (p *page) look(how, s string) string {
	if !p.opts.Color || s == "" || how == "" {
		return s
	}
	return "\x1b[" + how + "m" + s + "\x1b[0m"
}

func (p *page) line(parts ...string) {
	p.WriteString(strings.TrimRight(strings.Join(parts, ""), " "))
	p.WriteByte('\n')
}

// heading begins a section.
func (p *page) heading(f phrase) {
	p.line()
	p.line(p.look(bold, p.say(f)))
}

// hang writes a text after a label, its further lines below the first.
func (p *page) hang(label, how, s string) {
	indent := width(label)
	for _, line := range wrap(s, p.columns-indent) {
		p.line(p.look(faint, label), p.look(how, line))
		label = strings.Repeat(" ", indent)
	}
}

func (c *content) text() string {
	p := &page{content: c, columns: c.opts.Width}
	p.hang("", bold, c.name)
	p.hang("", "", c.subject)
	p.line()
	label := 0
	for _, fact := range c.facts {
		label = max(label, width(fact[0]))
	}
	how := bold
	for _, fact := range c.facts {
		p.hang(pad(fact[0], label+2), how, fact[1])
		how = ""
	}
	p.ladder()
	p.bars()
	if c.lead != "" {
		p.heading(holdsBack)
		p.hang("", "", c.lead)
	}
	for _, need := range c.needs {
		p.hang("• ", "", need.text)
		for _, text := range need.any {
			p.hang("  – ", "", text)
		}
	}
	p.nextSteps()
	p.list(notAnswered, c.open, 10)
	p.list(notes, c.warnings, 20)
	p.line()
	p.line(p.look(faint, cut(c.source, p.columns)))
	return p.String()
}

// ladder draws the levels in a line, the ones reached filled, with a mark below.
func (p *page) ladder() {
	last := len(p.rungs) - 1
	if last < 1 {
		return
	}
	column := min((p.columns-width(p.rungs[last].name))/last, p.columns/(last+1), 20) // the last name needs no room behind it
	if column < 6 {
		return
	}
	var line, names, marks string
	for i, r := range p.rungs {
		line += p.look(map[string]string{reached: blue, enough: amber, ahead: faint}[r.mark], r.mark)
		name := r.name
		if i < last {
			name = pad(cut(name, column-1), column)
			if p.rungs[i+1].mark == reached {
				line += p.look(blue, strings.Repeat("━", column-1))
			} else {
				line += p.look(faint, strings.Repeat("─", column-1))
			}
		}
		if r.said == p.say(youAreHere) {
			name = p.look(bold, name)
		}
		names += name
		if r.said != "" && width(marks) <= i*column {
			marks = pad(marks, i*column) + "▲ " + r.said + " "
		}
	}
	p.line()
	p.line(line)
	p.line(names)
	if marks != "" {
		p.line(cut(marks, p.columns))
	}
}

// bars draws a bar for each dimension and practice.
func (p *page) bars() {
	if len(p.rows) == 0 {
		return
	}
	first := p.rows[0]
	title, value, level, heading, open, same := width(p.say(byArea)), width(p.say(score))+2, 0, "", false, true
	for _, r := range p.rows {
		title = max(title, width(r.title)+2*r.depth)
		if r.level != "" {
			heading = p.say(levelWord)
			level = max(level, width(heading)+2, width(r.level)+2)
		}
		open = open || r.ends != ""
		same = same && r.Min == first.Min && r.Max == first.Max
		if r.Status == "scored" {
			value = max(value, width(r.value)+2)
		}
	}
	value, level = min(value, 26), min(level, 14) // of 60 columns at least
	title = min(title+2, p.columns*45/100, p.columns-value-level-8)
	bar := p.columns - title - value - level
	axis := ""
	if low, high := p.number(first.Min, -1), p.number(first.Max, -1); same && width(low+high) < bar-2 {
		axis = low + left(high, bar-width(low))
	}
	p.line()
	p.line(p.look(bold, pad(p.say(byArea), title)), p.look(faint, pad(axis, bar)+left(p.say(score), value)+left(heading, level)))
	for i, r := range p.rows {
		how := ""
		if r.depth == 0 {
			how = bold
			if i > 0 && i+1 < len(p.rows) && p.rows[i+1].depth > 0 {
				p.line()
			}
		}
		name := pad(strings.Repeat("  ", r.depth)+cut(r.title, title-2*r.depth-2), title)
		drawn, shown := p.bar(&r, bar)
		p.line(p.look(how, name), drawn, p.look(how, left(cut(shown, value-2), value)), left(cut(r.level, level-2), level))
	}
	if open {
		p.line(strings.Repeat(" ", title), p.look(faint, p.say(depends)))
	}
}

func left(s string, n int) string { return strings.Repeat(" ", max(0, n-width(s))) + s }

// bar draws a value as blocks: solid up to the lowest that the node may end at, lighter to the highest.
func (p *page) bar(r *row, n int) (drawn, value string) {
	if value = r.value; r.Status != "scored" {
		if value = "–"; r.ends == "" {
			return p.look(faint, pad(r.value, n)), value
		}
	}
	eighths := int(r.low*float64(n*8) + 0.5)
	solid, light := strings.Repeat("█", eighths/8)+strings.TrimSpace(string([]rune(" ▏▎▍▌▋▊▉")[eighths%8])), ""
	if r.ends != "" {
		full := min((eighths+4)/8, n-1)
		solid, light = strings.Repeat("█", full), strings.Repeat("▒", max(1, int(r.high*float64(n)+0.5)-full))
	}
	return p.look(blue, solid) + p.look(blue, light) + p.look(faint, strings.Repeat("·", n-width(solid+light))), value
}

func (p *page) nextSteps() {
	if p.opts.Steps < 0 {
		return
	}
	lead := mostGain
	if len(p.steps) == 0 {
		lead = noSteps
	}
	p.heading(nextSteps)
	p.hang("", faint, p.say(lead))
	label := max(width(p.say(now)), width(p.say(next)), width(p.say(advice))) + 2
	for i, s := range p.steps {
		facts := strings.ToLower(p.say(gain)) + " " + s.gain + "   " + strings.ToLower(p.say(effort)) + " " + s.effort
		room := p.columns - 4 - width(facts) - 2
		if n := min(32, room-3-8); s.level != "" && n > 0 { // beside a title of eight columns
			facts = cut(s.level, n) + "   " + facts
			room = p.columns - 4 - width(facts) - 2
		}
		p.line()
		p.line(p.look(bold, pad(strconv.Itoa(i+1), 4)+pad(cmp.Or(s.group, s.question), room)), "  ", p.look(blue, facts))
		if s.group != "" || width(s.question) > room {
			p.hang("    ", "", s.question)
		}
		p.hang("    "+pad(p.say(now), label), "", s.from)
		p.hang("    "+pad(p.say(next), label), bold, s.to)
		if s.advice != "" {
			p.hang("    "+pad(p.say(advice), label), "", s.advice)
		}
	}
}

// list writes a section of sentences or titles, most of them.
func (p *page) list(heading phrase, items []string, most int) {
	if len(items) > 0 {
		p.heading(heading)
	}
	for _, item := range items[:min(most, len(items))] {
		p.hang("• ", "", item)
	}
	if len(items) > most {
		p.hang("  ", faint, p.say(andMore, len(items)-most))
	}
}
