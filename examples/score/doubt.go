package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/robustness"
)

// doubtWords are what this file says in English, bokmål and nynorsk.
var doubtWords = map[string][3]string{
	"level":   {"Level", "Nivå", "Nivå"},
	"none":    {"no level", "ikke noe nivå", "ikkje noko nivå"},
	"score":   {"Score: %s as it is; from %s to %s over all draws, half of them from %s to %s.", "Poeng: %s slik det er; fra %s til %s i alle trekningene, halvparten fra %s til %s.", "Poeng: %s slik det er; frå %s til %s i alle trekningane, halvparten frå %s til %s."},
	"weights": {"Weights that matter: share of the score's variance, alone and with others", "Vekter som betyr noe: andel av poengenes varians, alene og sammen med andre", "Vekter som betyr noko: del av variansen i poenga, åleine og saman med andre"},
	"in":      {"%s in %s (weight %s)", "%s i %s (vekt %s)", "%s i %s (vekt %s)"},
	"levers":  {"What another answer would change, everything else as it is: the lowest and the highest score, and the levels", "Hva et annet svar ville endre når alt annet er som nå: laveste og høyeste poeng, og nivåene", "Kva eit anna svar ville endre når alt anna er som no: lågaste og høgaste poeng, og nivåa"},
}

// A doubter prints how far a score can be trusted.
type doubter struct {
	*command
	m      *maturity.Model
	levels map[string]string
	titles map[string]string
}

func (c *command) doubter(m *maturity.Model) *doubter {
	d := &doubter{command: c, m: m, levels: map[string]string{"": doubtWords["none"][c.words()]}, titles: map[string]string{}}
	for _, n := range m.Nodes() {
		if n.Ref == "" {
			d.titles[n.ID] = cmp.Or(n.Title.In(c.lang, m.Language), n.ID)
		}
	}
	ladder := m.Levels.Levels
	if m.Levels.Use != "" {
		ladder = m.Ladders[m.Levels.Use]
	}
	for _, l := range ladder {
		d.levels[l.ID] = cmp.Or(l.Title.In(c.lang, m.Language), l.ID)
	}
	return d
}

// words is the number of the language in doubtWords.
func (c *command) words() int { return max(slices.Index([]string{"en", "nb", "nn"}, c.lang), 0) }

func (d *doubter) say(word string, args ...any) {
	fmt.Fprintf(d.out, doubtWords[word][d.words()]+"\n", args...)
}

// number is a number with the mark that the language has for decimals.
func (c *command) number(x float64) string { return c.decimal(strconv.FormatFloat(x, 'f', 2, 64)) }

func (c *command) decimal(text string) string {
	if c.words() > 0 {
		return strings.Replace(text, ".", ",", 1)
	}
	return text
}

// doubt prints what was asked for, as text or as JSON.
func (c *command) doubt(s *maturity.Scorer, a *maturity.Assessment) error {
	if !slices.Contains([]string{"", "text", "json"}, c.format) {
		return fmt.Errorf("--sensitivity and --leverage give text or json, not %s", c.format)
	}
	d := c.doubter(s.Model())
	if c.leverage {
		levers, err := robustness.Leverage(s, a, nil)
		if err != nil {
			return c.tell(c.assessment, err)
		}
		if c.format == "json" {
			return json.NewEncoder(c.out).Encode(levers)
		}
		d.levers(levers)
		return nil
	}
	r, err := robustness.Sensitivity(s, a, nil)
	switch {
	case err != nil:
		return c.tell(c.assessment, err)
	case c.format == "json":
		return json.NewEncoder(c.out).Encode(r)
	}
	d.sensitivity(r)
	return nil
}

func (d *doubter) sensitivity(r *robustness.Result) {
	fmt.Fprintf(d.out, "%s\n\n", r.Sentence(d.m, d.lang))
	for _, l := range r.Levels {
		fmt.Fprintf(d.out, "%8d  %s\n", l.Draws, d.levels[l.Level])
	}
	if r.Spread != nil && r.Value != nil {
		fmt.Fprintln(d.out)
		d.say("score", d.number(*r.Value), d.number(r.Spread.Min), d.number(r.Spread.Max), d.number(r.Spread.P25), d.number(r.Spread.P75))
	}
	for i, w := range r.Weights[:min(10, len(r.Weights))] {
		if w.Total < 0.01 {
			break
		}
		if i == 0 {
			fmt.Fprintln(d.out)
			d.say("weights")
		}
		fmt.Fprintf(d.out, "%8s %5s  ", d.number(max(w.First, 0)), d.number(w.Total))
		d.say("in", d.titles[w.Child], d.titles[w.Group], w.Value)
	}
}

// levers are those that change anything, the most powerful first.
func (d *doubter) levers(levers []robustness.Lever) {
	d.say("levers")
	slices.SortStableFunc(levers, func(a, b robustness.Lever) int { return cmp.Compare(b.Spread, a.Spread) })
	for _, l := range levers {
		var names []string
		for _, level := range l.Levels {
			names = append(names, d.levels[level])
		}
		if l.Spread > 0 || len(names) > 1 {
			fmt.Fprintf(d.out, "%8s %5s  %s: %s\n", d.number(l.Low), d.number(l.High), d.titles[l.Question], strings.Join(names, ", "))
		}
	}
}
