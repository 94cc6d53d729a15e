package report

import (
	"strconv"
	"strings"
)

// An author writes a Markdown report.
type author struct {
	strings.Builder
	*content
}

// escaped keeps a text from becoming markup.
func escaped(s string) string {
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune("\\`*_[]<>|~&#$", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

func (d *author) line(parts ...string) { d.WriteString(strings.Join(parts, "") + "\n") }

func (d *author) heading(f phrase) { d.line("\n## ", d.say(f), "\n") }

func (d *author) cells(cells ...string) { d.line("| ", strings.Join(cells, " | "), " |") }

func (d *author) list(indent string, items []string) {
	for _, item := range items {
		d.line(indent, "- ", escaped(item))
	}
}

func (c *content) markdown() string {
	d := &author{content: c}
	d.line("# ", escaped(c.name), "\n")
	if c.subject != "" {
		d.line(escaped(c.subject), "\n")
	}
	d.cells("", "")
	d.cells("---", "---")
	for _, fact := range c.facts {
		d.cells(fact[0], escaped(fact[1]))
	}
	d.ladder()
	d.scores()
	if c.lead != "" {
		d.heading(holdsBack)
		d.line(escaped(c.lead), "\n")
	}
	for _, need := range c.needs {
		d.list("", []string{need.text})
		d.list("  ", need.any)
	}
	d.nextSteps()
	if len(c.open) > 0 {
		d.heading(notAnswered)
		d.list("", c.open)
	}
	if len(c.warnings) > 0 {
		d.heading(notes)
		d.list("", c.warnings)
	}
	d.line("\n", escaped(c.source))
	return d.String()
}

func (d *author) ladder() {
	var names, rules, marks []string
	for _, r := range d.rungs {
		names, rules, marks = append(names, escaped(r.name)), append(rules, ":-:"), append(marks, strings.TrimSpace(r.mark+" "+r.said))
	}
	if len(names) > 0 {
		d.line()
		d.cells(names...)
		d.cells(rules...)
		d.cells(marks...)
	}
}

func (d *author) scores() {
	if len(d.rows) == 0 {
		return
	}
	d.heading(byArea)
	d.cells(d.say(area), d.say(score), d.say(levelWord), d.say(canEnd), d.say(answered))
	d.cells("---", "---:", "---:", "---", "---")
	for _, r := range d.rows {
		title := escaped(r.title)
		if r.depth == 0 {
			title = "**" + title + "**"
		}
		d.cells(title, r.value, r.level, r.ends, d.say(numberOf, r.Completeness.Answered, r.Completeness.Asked))
	}
}

func (d *author) nextSteps() {
	if d.opts.Steps < 0 {
		return
	}
	d.heading(nextSteps)
	if len(d.steps) == 0 {
		d.line(d.say(noSteps))
		return
	}
	d.line(d.say(mostGain), "\n")
	d.cells("", d.say(question), d.say(now), d.say(next), d.say(advice), d.say(gain), d.say(effort))
	d.cells("---:", "---", "---", "---", "---", "---:", "---:")
	for i, s := range d.steps {
		question, gain := escaped(s.question), s.gain
		if s.group != "" {
			question = "**" + escaped(s.group) + "**: " + question
		}
		if s.level != "" {
			gain += ", " + escaped(s.level)
		}
		d.cells(strconv.Itoa(i+1), question, escaped(s.from), escaped(s.to), escaped(s.advice), gain, s.effort)
	}
}
