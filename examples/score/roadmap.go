package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/roadmap"
)

// planWords are the words of a plan in each language.
var planWords = map[string]map[string]string{
	"en": {"title": "Plan: %d steps, cost %s", "value": "value", "cost": "cost", "gain": "gain", "reaches": "reaches", "none": "no answer",
		"optimal": "No plan is better: this is proven.", "feasible": "It may not be the best plan: the search was ended by its limit.",
		"unreachable": "The target cannot be reached. In the way:", "unknown": "No plan was found before the search was ended by its limit.", "dear": "The target costs %s, which is more than the budget.",
		"goal": "the target", "requirement": "required", "prerequisite": "another step needs it", "true": "yes", "false": "no"},
	"nb": {"title": "Plan: %d steg, kostnad %s", "value": "verdi", "cost": "kostnad", "gain": "gevinst", "reaches": "når", "none": "ikke besvart",
		"optimal": "Ingen plan er bedre: det er bevist.", "feasible": "Planen er kanskje ikke den beste: søket stanset ved grensen sin.",
		"unreachable": "Målet kan ikke nås. I veien står:", "unknown": "Ingen plan ble funnet før søket stanset ved grensen sin.", "dear": "Målet koster %s, som er mer enn budsjettet.",
		"goal": "målet", "requirement": "krav", "prerequisite": "et annet steg trenger det", "true": "ja", "false": "nei"},
	"nn": {"title": "Plan: %d steg, kostnad %s", "value": "verdi", "cost": "kostnad", "gain": "gevinst", "reaches": "når", "none": "ikkje svart på",
		"optimal": "Ingen plan er betre: det er prova.", "feasible": "Planen er kanskje ikkje den beste: søket stansa ved grensa si.",
		"unreachable": "Målet kan ikkje nåast. I vegen står:", "unknown": "Ingen plan vart funnen før søket stansa ved grensa si.", "dear": "Målet kostar %s, som er meir enn budsjettet.",
		"goal": "målet", "requirement": "krav", "prerequisite": "eit anna steg treng det", "true": "ja", "false": "nei"},
}

// planned prints the plan that reaches the target, or the best for the budget.
func (c *command) planned(s *maturity.Scorer, a *maturity.Assessment) error {
	opts := &roadmap.Options{Budget: maturity.Decimal(c.budget)}
	for _, part := range strings.FieldsFunc(c.target, func(r rune) bool { return r == ',' }) {
		node, level, ok := strings.Cut(part, "=")
		if !ok {
			node, level = "", part
		}
		opts.Target = append(opts.Target, roadmap.Goal{Node: node, Level: level})
	}
	find := roadmap.Cheapest
	if c.target == "" {
		find = roadmap.Best
	}
	plan, err := find(s, a, opts)
	switch {
	case err != nil:
		return fmt.Errorf("the plan that was asked for: %w", err)
	case c.format == "json":
		return json.NewEncoder(c.out).Encode(plan)
	case c.format != "" && c.format != "text":
		return fmt.Errorf("a plan is text or json, not %s", c.format)
	}
	c.printPlan(s.Model(), plan)
	return nil
}

func (c *command) printPlan(m *maturity.Model, plan *roadmap.Plan) {
	w := planWords[c.lang]
	nodes := map[string]*maturity.Node{}
	for _, n := range m.Nodes() {
		if n.Ref == "" {
			nodes[n.ID] = n
		}
	}
	title := func(id string) string {
		if t := nodes[id].Title.In(c.lang, m.Language); t != "" {
			return t
		}
		return id
	}
	level := func(node, id string) string {
		n := nodes[node]
		for _, l := range append(n.Levels.Levels[:len(n.Levels.Levels):len(n.Levels.Levels)], m.Ladders[n.Levels.Use]...) {
			if t := l.Title.In(c.lang, m.Language); l.ID == id && t != "" {
				return t
			}
		}
		return id
	}
	outcome := func(o roadmap.Outcome) string {
		if o.Value == nil {
			return "–"
		}
		return strings.TrimSpace(fmt.Sprintf("%s %s", c.number(o.Value.Value), level(plan.Node, o.Level)))
	}
	if plan.Status == roadmap.Optimal || plan.Status == roadmap.Feasible {
		fmt.Fprintf(c.out, w["title"]+"\n%s: %s → %s\n", len(plan.Steps), c.decimal(string(plan.Cost)), title(plan.Node), outcome(plan.Before), outcome(plan.After))
	}
	if plan.Status == roadmap.Unreachable && plan.CostBound != "" {
		fmt.Fprintf(c.out, w["dear"]+"\n", c.decimal(string(plan.CostBound)))
		return
	}
	fmt.Fprintln(c.out, w[string(plan.Status)])
	for _, b := range plan.Blockers {
		id := b.Node + b.Question
		fmt.Fprintf(c.out, "- %s: %s %s %s\n", title(id), b.Reads, b.Test, strings.Join(b.Want, ", "))
	}
	for i, step := range plan.Steps {
		fmt.Fprintf(c.out, "\n%d. %s\n   %s → %s\n   %s %s", i+1, title(step.Question), c.answer(m, nodes[step.Question], step.From),
			c.answer(m, nodes[step.Question], step.To), w["cost"], c.decimal(string(step.Cost)))
		if step.Gain != nil {
			fmt.Fprintf(c.out, ", %s %s", w["gain"], c.number(step.Gain.Value))
		}
		if r := step.Reason; r.Kind == roadmap.ForRequirement {
			fmt.Fprintf(c.out, "; %s: %s %s", w["requirement"], title(r.Node), level(r.Node, r.Level))
		} else if w[string(r.Kind)] != "" && r.Kind != roadmap.ForValue {
			fmt.Fprintf(c.out, "; %s", w[string(r.Kind)])
		}
		fmt.Fprintln(c.out)
		for _, l := range step.Levels {
			fmt.Fprintf(c.out, "   %s: %s, %s\n", w["reaches"], title(l.Node), level(l.Node, l.Level))
		}
	}
}

// answer writes an answer with the titles of its options.
func (c *command) answer(m *maturity.Model, n *maturity.Node, answer any) string {
	title := func(value string) string {
		for _, o := range append(n.Answer.Options[:len(n.Answer.Options):len(n.Answer.Options)], m.OptionSets[n.Answer.Use]...) {
			if t := o.Title.In(c.lang, m.Language); o.Value == value && t != "" {
				return t
			}
		}
		return value
	}
	switch v := answer.(type) {
	case nil:
		return planWords[c.lang]["none"]
	case string:
		return title(v)
	case bool:
		return planWords[c.lang][fmt.Sprint(v)]
	case []string:
		titles := make([]string, len(v))
		for i := range v {
			titles[i] = title(v[i])
		}
		return strings.Join(titles, "; ")
	}
	return fmt.Sprint(answer)
}
