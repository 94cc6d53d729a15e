package random

// Questions and decimals of random models.

import (
	"encoding/json"
	"strconv"
	"strings"
)

func (g *generator) question(up *node) *node {
	n := &node{id: g.name("q"), up: up, doc: map[string]any{}}
	kinds := []string{"choice", "choice", "choice", "checklist", "yesno", "scale", "number", "number", "text"}
	if g.onlyOptions {
		kinds = []string{"choice", "choice", "choice", "yesno", "scale", "text"}
	}
	switch g.word(kinds...) {
	case "choice":
		n.answer = map[string]any{"type": "choice"}
		g.giveOptions(n, false)
	case "checklist":
		n.answer = map[string]any{"type": "checklist"}
		g.giveOptions(n, true)
		if g.chance(0.4) {
			n.answer["cap"] = g.between(1, 5)
		}
	case "yesno":
		n.answer = map[string]any{"type": "yesno"}
		if g.chance(0.6) {
			n.answer["points"] = map[string]any{"yes": g.points(), "no": g.points()}
		}
	case "scale":
		low := g.pick(0, 1, 1, 2)
		if !g.rising {
			low = g.pick(-3, 0, 1)
		}
		n.answer = map[string]any{"type": "scale", "min": low, "max": low + 1 + g.r.IntN(9)}
		if g.chance(0.3) {
			n.answer["reverse"] = true
		}
	case "number":
		n.answer = g.number()
	case "text":
		n.answer = map[string]any{"type": "text", "maxLength": 100}
	}
	n.doc["answer"] = n.answer
	return n
}

func (g *generator) number() map[string]any {
	a := map[string]any{"type": "number"}
	if g.chance(0.3) {
		a["integer"] = true
	}
	if g.chance(0.5) {
		a["min"] = g.decimal(g.pick(0, 0, 5, -10), 0)
	}
	if g.chance(0.5) {
		a["max"] = g.decimal(g.pick(100, 100, 60, 150), 0)
	}
	if g.chance(0.3) {
		a["unit"] = "%"
	}
	if g.chance(0.5) {
		from, to := g.pick(0, 0, 10, -20), g.pick(100, 100, 50, 200)
		if g.chance(0.3) {
			from, to = to, from
		}
		a["linear"] = map[string]any{"from": g.decimal(from, 0), "to": g.decimal(to, 0), "points": []any{g.points(), g.points()}}
		return a
	}
	var steps []any
	from := g.pick(0, 0, 10, -5)
	for range 1 + g.r.IntN(4) {
		steps = append(steps, map[string]any{"from": g.decimal(from, 0), "points": g.points()})
		from += 1 + g.r.IntN(40)
	}
	a["steps"] = steps
	return a
}

func (g *generator) optionSets() {
	for range g.r.IntN(3) {
		id := g.name("set")
		g.setIDs = append(g.setIDs, id)
		g.sets[id] = g.options(false)
	}
}

func (g *generator) giveOptions(n *node, checklist bool) {
	if len(g.setIDs) > 0 && g.chance(0.4) {
		id := g.word(g.setIDs...)
		n.answer["use"], n.options = id, g.sets[id]
		return
	}
	n.options = g.options(checklist)
	n.answer["options"] = n.options
}

func (g *generator) options(exclusive bool) []any {
	var options []any
	for i := range 2 + g.r.IntN(4) {
		value := "o" + strconv.Itoa(i)
		options = append(options, map[string]any{"value": value, "title": value, "points": g.points()})
	}
	if exclusive && g.chance(0.5) {
		options[len(options)-1].(map[string]any)["exclusive"] = true
	}
	return options
}

// decimal is a whole number over a power of ten, written as a JSON number or a string.
func (g *generator) decimal(n, digits int) any {
	s := strconv.Itoa(max(n, -n))
	if digits > 0 {
		s = strings.Repeat("0", max(0, digits+1-len(s))) + s
		s = s[:len(s)-digits] + "." + s[len(s)-digits:]
	}
	if n < 0 {
		s = "-" + s
	}
	if g.chance(0.5) {
		return s
	}
	return json.Number(s)
}

// between is a decimal of one of many shapes between two whole numbers.
func (g *generator) between(low, high int) any {
	digits := g.pick(0, 0, 1, 1, 2, 3, 9)
	unit := 1
	for range digits {
		unit *= 10
	}
	return g.decimal(low*unit+g.r.IntN((high-low)*unit+1), digits)
}

func (g *generator) points() any {
	if !g.rising && g.chance(0.3) {
		return g.between(-5, 5)
	}
	return g.between(0, g.pick(1, 3, 5))
}
