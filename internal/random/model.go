// Package random makes documents for tests that keep every rule of the specification: models, assessments of
// them, and completions. The same random source gives the same bytes. It shares no code with the engine.
package random

import (
	"math/rand/v2"
	"slices"
	"strconv"
)

// Model gives a valid model that scores every assessment of Assessment, but for a rare missing question whose
// policy is "error".
func Model(r *rand.Rand) []byte { return model(r, false) }

// ModelOfOptions is Model without checklists and numbers.
func ModelOfOptions(r *rand.Rand) []byte { return model(r, true) }

func model(r *rand.Rand, options bool) []byte {
	g := &generator{r: r, onlyOptions: options, ladders: map[string][]any{}, sets: map[string][]any{}, edges: map[vertex][]vertex{}}
	g.rising = g.chance(0.4)
	g.optionSets()
	root := g.group(nil, 0)
	g.open = g.question(root) // something to ask, and to refer to
	root.children = append(root.children, g.open)
	roots := []*node{root}
	for range g.pick(0, 0, 0, 1, 1, 2) {
		roots = append(roots, g.view())
	}
	g.order(roots)
	g.references()
	for _, n := range g.nodes {
		g.dependencies(n)
	}
	for _, n := range slices.Backward(g.groups()) { // children before their parents
		g.pipeline(n)
	}
	for _, n := range g.nodes {
		g.common(n)
	}
	for _, n := range g.groups() {
		g.stages(n)
	}
	g.conditions()
	return g.marshal(root, roots[1:])
}

type generator struct {
	r           *rand.Rand
	rising      bool // no negative points and scales anywhere
	onlyOptions bool // no checklists and numbers
	next        int
	open        *node   // a question that nothing hides
	nodes       []*node // in document order, without references
	refs        []*node
	sets        map[string][]any
	setIDs      []string
	ladders     map[string][]any
	users       map[string][]*node
	edges       map[vertex][]vertex
}

// A node is a node of the model to be: a group has children, a question an answer, a reference a target.
type node struct {
	id        string
	doc       map[string]any
	up        *node
	children  []*node
	answer    map[string]any
	options   []any
	target    *node
	isRef     bool
	inView    bool
	position  int
	noAdjust  bool // a product or a geometric mean reads it
	aggregate string
	levels    []string
	unrounded bool // a geometric root without rounding
}

// A vertex is what can depend on something: whether a node is visible, or what it comes to.
type vertex struct {
	node    *node
	outcome bool
}

func (n *node) isGroup() bool { return n.answer == nil && !n.isRef }
func (n *node) isText() bool  { return n.answer != nil && n.answer["type"] == "text" }

// real is the node that a reference reads, or the node itself.
func (n *node) real() *node {
	if n.isRef {
		return n.target
	}
	return n
}

func (n *node) below(a *node) bool {
	for ; n != nil; n = n.up {
		if n == a {
			return true
		}
	}
	return false
}

func (g *generator) chance(p float64) bool    { return g.r.Float64() < p }
func (g *generator) pick(of ...int) int       { return of[g.r.IntN(len(of))] }
func (g *generator) word(of ...string) string { return of[g.r.IntN(len(of))] }

func (g *generator) name(prefix string) string {
	g.next++
	return prefix + strconv.Itoa(g.next)
}

func (g *generator) group(up *node, depth int) *node {
	n := &node{id: g.name("g"), up: up, doc: map[string]any{}}
	for range g.pick(1, 2, 2, 3, 3, 4, 5) {
		switch {
		case depth < 3 && g.next < 30 && g.chance(0.35):
			n.children = append(n.children, g.group(n, depth+1))
		case g.chance(0.12):
			n.children = append(n.children, &node{up: n, doc: map[string]any{}, isRef: true})
		default:
			n.children = append(n.children, g.question(n))
		}
	}
	return n
}

// view is a tree of references and groups of references.
func (g *generator) view() *node {
	n := &node{id: g.name("v"), doc: map[string]any{}, inView: true}
	for range 1 + g.r.IntN(4) {
		at := n
		if g.chance(0.25) {
			at = &node{id: g.name("g"), up: n, doc: map[string]any{}, inView: true}
			n.children = append(n.children, at)
		}
		for range 1 + g.r.IntN(2) {
			at.children = append(at.children, &node{up: at, doc: map[string]any{}, isRef: true, inView: true})
		}
	}
	return n
}

func (g *generator) order(roots []*node) {
	g.nodes, g.refs = nil, nil
	var walk func(n *node)
	walk = func(n *node) {
		n.position = len(g.nodes)
		if n.isRef {
			g.refs = append(g.refs, n)
			return
		}
		g.nodes = append(g.nodes, n)
		for _, c := range n.children {
			walk(c)
		}
	}
	for _, n := range roots {
		walk(n)
	}
}

func (g *generator) groups() []*node {
	return slices.DeleteFunc(slices.Clone(g.nodes), func(n *node) bool { return !n.isGroup() })
}

// references gives each reference a target that is no ancestor and does not read it back. One that
// finds none becomes a question, or in a view goes.
func (g *generator) references() {
	for _, ref := range g.refs {
		for range 20 {
			t := g.nodes[g.r.IntN(len(g.nodes))]
			twice := slices.ContainsFunc(ref.up.children, func(c *node) bool { return c == t || c.target == t })
			if twice || t.isText() && g.chance(0.9) || t.isGroup() && g.chance(0.4) || reads(t, ref.up) {
				continue
			}
			ref.target = t
			break
		}
		if ref.target == nil {
			g.dropReference(ref)
		}
	}
	g.refs = slices.DeleteFunc(g.refs, func(n *node) bool { return n.target == nil })
	g.order(g.roots())
}

func (g *generator) roots() []*node {
	return slices.DeleteFunc(slices.Clone(g.nodes), func(n *node) bool { return n.up != nil })
}

func (g *generator) dropReference(ref *node) {
	i := slices.Index(ref.up.children, ref)
	switch {
	case !ref.inView:
		q := g.question(ref.up)
		ref.up.children[i] = q
		g.nodes = append(g.nodes, q)
	case len(ref.up.children) > 1:
		ref.up.children = slices.Delete(ref.up.children, i, i+1)
	default: // a group needs a child
		ref.target = g.open
	}
}

// reads says whether a node's children and references lead to another.
func reads(from, to *node) bool {
	if from == nil {
		return false
	}
	from = from.real()
	return from == to || from != nil && slices.ContainsFunc(from.children, func(c *node) bool { return reads(c, to) })
}

func (g *generator) marshal(root *node, views []*node) []byte {
	var assemble func(n *node) any
	assemble = func(n *node) any {
		var children []any
		for _, c := range n.children {
			children = append(children, assemble(c))
		}
		if children != nil {
			n.doc["children"] = children
		}
		return n.doc
	}
	model := assemble(root).(map[string]any)
	model["version"], model["language"] = "1.0.0", "en"
	if len(g.sets) > 0 {
		model["optionSets"] = g.sets
	}
	if len(g.ladders) > 0 {
		model["ladders"] = g.ladders
	}
	for i, v := range views {
		if i == 0 {
			model["views"] = []any{}
		}
		model["views"] = append(model["views"].([]any), assemble(v))
	}
	return encode(model)
}
