package random

// Conditions of random models, which read only what they may.

import (
	"fmt"
	"slices"
)

// dependencies: a node is hidden with its parent, and comes to what its children come to.
func (g *generator) dependencies(n *node) {
	if n.up != nil {
		g.edge(vertex{n, false}, vertex{n.up, false})
	}
	g.edge(vertex{n, true}, vertex{n, false})
	for _, c := range n.children {
		g.edge(vertex{n, true}, vertex{c.real(), true})
	}
}

func (g *generator) edge(from, to vertex) { g.edges[from] = append(g.edges[from], to) }

func (g *generator) depends(from, on vertex, seen map[vertex]bool) bool {
	if from == on {
		return true
	}
	if seen[from] {
		return false
	}
	seen[from] = true
	return slices.ContainsFunc(g.edges[from], func(v vertex) bool { return g.depends(v, on, seen) })
}

func (g *generator) conditions() {
	for _, n := range g.nodes {
		if n != g.nodes[0] && g.chance(0.15) && n != g.open {
			if c := g.condition(reader{g, []vertex{{n, false}}, n}, 0); c != nil {
				n.doc["when"] = c
			}
		}
	}
	for _, id := range []string{"common", "shared"} {
		var users []vertex
		for _, n := range g.users[id] {
			users = append(users, vertex{n, true})
		}
		g.requirements(g.ladders[id], reader{g, users, nil})
	}
	for _, n := range g.groups() {
		reader := reader{g, []vertex{{n, true}}, nil}
		if ladder, ok := n.doc["levels"].([]any); ok {
			g.requirements(ladder, reader)
		}
		if (n.aggregate == "share" || n.aggregate == "staged") && g.chance(0.8) {
			n.doc["met"] = g.met(n)
		}
		if n.aggregate != "geometric" && !n.noAdjust && g.chance(0.3) {
			g.adjust(n, reader)
		}
	}
}

// requirements goes to levels that have no threshold, and to some that have.
func (g *generator) requirements(ladder []any, reader reader) {
	for i, l := range ladder {
		level := l.(map[string]any)
		bare := i > 0 && level["from"] == nil && level["above"] == nil
		if !bare && !g.chance(0.15) {
			continue
		}
		if c := g.condition(reader, 0); c != nil {
			level["require"] = c
		} else if bare {
			level["require"] = g.surely()
		}
	}
}

// surely is a condition that anything may have: what it reads depends on nothing.
func (g *generator) surely() map[string]any {
	return map[string]any{"question": g.open.id, "answered": true}
}

func (g *generator) adjust(n *node, reader reader) {
	var steps []any
	for range 1 + g.r.IntN(3) {
		step := map[string]any{}
		switch g.word("set", "set", "add", "multiply", "atMost", "atLeast") {
		case "set":
			step["set"] = g.between(-1, 6)
			if g.chance(0.25) {
				step["set"] = nil
			}
		case "add":
			step["add"] = g.between(-2, 2)
		case "multiply":
			step["multiply"] = g.between(-1, 2)
		case "atMost":
			step["atMost"] = g.between(0, 4)
		case "atLeast":
			step["atLeast"] = g.between(0, 4)
		}
		if _, set := step["set"]; set || g.chance(0.7) {
			when := g.soFar()
			if g.chance(0.6) {
				when = g.condition(reader, 0)
				if when != nil && g.chance(0.3) {
					when = map[string]any{g.word("all", "any"): []any{when, g.soFar()}}
				}
			}
			if when == nil {
				continue
			}
			step["when"] = when
		}
		steps = append(steps, step)
	}
	if len(steps) > 0 {
		n.doc["adjust"] = steps
	}
}

// soFar tests the value so far.
func (g *generator) soFar() map[string]any {
	what := g.word("value", "ratio", "ratio", "completeness")
	return map[string]any{what: g.comparison(what)}
}

func (g *generator) comparison(what string) map[string]any {
	number := func() any {
		if what == "value" {
			return g.between(0, 5)
		}
		return g.decimal(g.r.IntN(21)*5, 2)
	}
	c := map[string]any{g.word("atLeast", "moreThan", "atMost", "lessThan", "equals"): number()}
	if c["equals"] == nil && g.chance(0.15) {
		c[g.word("atLeast", "lessThan")] = number()
	}
	return c
}

// met tests a child's value, ratio or level; level only where every child has the level.
func (g *generator) met(n *node) map[string]any {
	if level := g.commonLevel(n); level != "" && g.chance(0.6) {
		return map[string]any{"level": map[string]any{"atLeast": level}}
	}
	what := g.word("value", "ratio", "ratio")
	return map[string]any{what: g.comparison(what)}
}

func (g *generator) commonLevel(n *node) string {
	fewest := []string(nil)
	for i, c := range n.children {
		if i == 0 || len(c.real().levels) < len(fewest) {
			fewest = c.real().levels
		}
	}
	if len(fewest) == 0 {
		return ""
	}
	return g.word(fewest...)
}

// A reader is who reads: the condition must not read what depends on one of these. With before
// set it is a `when`, which reads only what comes before the node and is no ancestor.
type reader struct {
	g      *generator
	of     []vertex
	before *node
}

// may says whether a node may be read, and takes it as read.
func (r reader) may(n *node, outcome bool) bool {
	if r.before != nil && (n.position >= r.before.position || r.before.below(n) || n.up == nil) {
		return false
	}
	at := vertex{n, outcome}
	for _, v := range r.of {
		if r.g.depends(at, v, map[vertex]bool{}) {
			return false
		}
	}
	for _, v := range r.of {
		r.g.edge(v, at)
	}
	return true
}

// condition is nil where nothing can be read.
func (g *generator) condition(reader reader, depth int) map[string]any {
	if depth < 2 && g.chance(0.3) {
		parts := []any{}
		for range 1 + g.r.IntN(2) {
			if c := g.condition(reader, depth+1); c != nil {
				parts = append(parts, c)
			}
		}
		switch {
		case len(parts) == 0:
			return nil
		case g.chance(0.4):
			return map[string]any{"not": parts[0]}
		}
		return map[string]any{g.word("all", "any"): parts}
	}
	for range 8 {
		n := g.nodes[g.r.IntN(len(g.nodes))]
		asks := n.answer != nil && g.chance(0.7)
		if n.isText() && !asks || !reader.may(n, !asks) {
			continue
		}
		if asks {
			return g.aboutAnswer(n)
		}
		return g.aboutNode(n)
	}
	return nil
}

func (g *generator) aboutNode(n *node) map[string]any {
	c := map[string]any{"node": n.id}
	if len(n.levels) > 0 && g.chance(0.4) {
		c["level"] = map[string]any{"atLeast": g.word(n.levels...)}
		return c
	}
	what := g.word("value", "value", "ratio", "completeness")
	if n.unrounded {
		what = "value" // its ratio is not rational
	}
	c[what] = g.comparison(what)
	return c
}

func (g *generator) aboutAnswer(n *node) map[string]any {
	c := map[string]any{"question": n.id}
	if n.isText() || g.chance(0.3) {
		c["answered"] = g.chance(0.6)
		return c
	}
	if n.answer["type"] == "checklist" {
		c["includes"] = n.options[g.r.IntN(len(n.options))].(map[string]any)["value"]
		return c
	}
	one := func() any { return answerTo(g.r, n.answer, n.options) }
	if g.chance(0.5) {
		c["is"] = one()
		return c
	}
	values := []any{one()}
	if other := one(); fmt.Sprint(other) != fmt.Sprint(values[0]) {
		values = append(values, other)
	}
	c["in"] = values
	return c
}
