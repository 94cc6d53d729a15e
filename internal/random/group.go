package random

// How the groups of random models score, and the fields that every node has.

import (
	"slices"
	"strconv"
)

// pipeline chooses how a group scores. Its children have chosen before it.
func (g *generator) pipeline(n *node) {
	n.aggregate = g.word("", "mean", "sum", "min", "max", "median", "share", "share", "staged", "staged", "product", "geometric")
	if n.aggregate != "" {
		n.doc["aggregate"] = n.aggregate
	}
	if n.aggregate == "sum" && g.chance(0.5) {
		n.doc["base"] = g.points()
	}
	multiplies := n.aggregate == "product" || n.aggregate == "geometric"
	if multiplies && !g.rising || n.aggregate != "share" && n.aggregate != "staged" && g.chance(0.3) {
		n.doc["read"] = "ratio"
	}
	if multiplies {
		keepAdjustOut(n)
	}
	if n.aggregate != "geometric" && g.chance(0.3) {
		g.scale(n)
	}
	if g.chance(0.4) || n.aggregate == "geometric" && (n.up != nil || g.isRead(n) || g.chance(0.3)) {
		n.doc["round"] = g.rounding()
	}
	n.unrounded = n.aggregate == "geometric" && n.doc["round"] == nil
	if g.chance(0.6) {
		g.levels(n)
	}
	if g.chance(0.1) {
		n.doc["display"] = map[string]any{"digits": g.r.IntN(4)}
	}
}

func (g *generator) isRead(n *node) bool {
	return slices.ContainsFunc(g.refs, func(ref *node) bool { return ref.target == n })
}

// keepAdjustOut: what is multiplied must not be below 0, and adjust could take it there.
func keepAdjustOut(n *node) {
	n = n.real()
	n.noAdjust = true
	for _, c := range n.children {
		keepAdjustOut(c)
	}
}

func (g *generator) scale(n *node) {
	low, high := g.pick(0, 0, 0, 1), g.pick(5, 10, 100)
	if !g.rising && g.chance(0.2) {
		low = -5
	}
	if g.chance(0.25) {
		low, high = high, low
	}
	n.doc["scale"] = map[string]any{"min": g.decimal(low, 0), "max": g.decimal(high*10, 1)}
}

func (g *generator) rounding() map[string]any {
	mode := g.word("half-up", "half-away", "half-even", "floor", "ceiling", "truncate")
	return map[string]any{"digits": g.pick(0, 0, 1, 1, 2, 3), "mode": mode}
}

// levels gives a group a ladder of its own, or a named one.
func (g *generator) levels(n *node) {
	if g.users == nil {
		g.users = map[string][]*node{}
	}
	if n.aggregate != "geometric" && g.chance(0.3) {
		id := g.word("common", "shared")
		if g.ladders[id] == nil {
			g.ladders[id] = g.ladder(false)
		}
		g.users[id] = append(g.users[id], n)
		n.doc["levels"], n.levels = id, levelIDs(g.ladders[id])
		return
	}
	ladder := g.ladder(n.aggregate == "geometric")
	n.doc["levels"], n.levels = ladder, levelIDs(ladder)
}

// ladder has rising thresholds, on the value or on the ratio; some of its levels have none, and get
// a requirement later.
func (g *generator) ladder(onValue bool) []any {
	onValue = onValue || g.chance(0.3)
	count := 2 + g.r.IntN(4)
	var ladder []any
	for i := range count {
		id := "L" + strconv.Itoa(i+1)
		level := map[string]any{"id": id, "title": id}
		ladder = append(ladder, level)
		if i == 0 && g.chance(0.8) || g.chance(0.1) {
			continue
		}
		threshold := g.word("from", "from", "above")
		if onValue {
			level[threshold] = g.decimal(i*g.pick(4, 5, 10)+i*i, 1)
			continue
		}
		level["of"] = "ratio"
		level[threshold] = g.decimal(i*1000/count+g.r.IntN(1000/count+1), 3)
	}
	if onValue {
		sortThresholds(ladder)
	}
	return ladder
}

// sortThresholds lets values rise that were drawn out of order.
func sortThresholds(ladder []any) {
	last := decimalOf(-1)
	for _, l := range ladder {
		level := l.(map[string]any)
		for _, threshold := range []string{"from", "above"} {
			if level[threshold] == nil {
				continue
			}
			if decimalOf(level[threshold]).Cmp(last) <= 0 {
				delete(level, threshold)
				continue
			}
			last = decimalOf(level[threshold])
		}
	}
}

func levelIDs(ladder []any) (ids []string) {
	for _, l := range ladder {
		ids = append(ids, l.(map[string]any)["id"].(string))
	}
	return ids
}

func (g *generator) common(n *node) {
	n.doc["id"], n.doc["title"] = n.id, n.id
	g.policies(n)
	for _, c := range n.children {
		if c.isRef {
			g.reference(c)
		}
		g.weight(n, c)
	}
}

func (g *generator) policies(n *node) {
	if g.chance(0.2) {
		n.doc["missing"] = g.word("exclude", "lowest", "highest", "none")
		if g.chance(0.015) {
			n.doc["missing"] = "error"
		}
	}
	if g.chance(0.2) {
		n.doc["notApplicable"] = g.word("exclude", "lowest", "lowest", "highest", "highest", "none", "none", "forbid")
	}
}

func (g *generator) reference(n *node) {
	n.doc["ref"] = n.target.id
	if g.chance(0.3) {
		n.doc["title"] = "reference"
	}
	g.policies(n)
	if n.target.answer == nil || n.target.answer["type"] != "choice" || g.chance(0.5) {
		return
	}
	points := map[string]any{}
	for _, o := range n.target.options {
		if g.chance(0.6) {
			points[o.(map[string]any)["value"].(string)] = g.points()
		}
	}
	if len(points) > 0 {
		n.doc["points"] = points
	}
}

func (g *generator) weight(up, n *node) {
	switch {
	case g.chance(0.07):
		n.doc["weight"] = 0
	case up.aggregate == "geometric" && g.chance(0.5):
		n.doc["weight"] = g.decimal(1+g.r.IntN(3), 0)
	case up.aggregate != "geometric" && g.chance(0.5):
		n.doc["weight"] = g.decimal(1+g.r.IntN(300), g.pick(0, 1, 2, 2))
	}
}

func (g *generator) stages(n *node) {
	if n.aggregate == "staged" {
		for _, c := range n.children {
			c.doc["stage"] = 1 + g.r.IntN(4)
		}
		if g.chance(0.4) {
			n.doc["need"] = g.decimal(g.pick(25, 50, 60, 75, 90, 100), 2)
		}
		if g.chance(0.5) {
			n.doc["emptyStage"] = g.word("pass", "fail", "fail")
		}
	}
}
