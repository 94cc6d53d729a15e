package maturity

// This file checks what refers to what: references, conditions, stages, and that nothing depends on
// itself.

// links checks what a place refers to.
func (v *validator) links(p *place) {
	v.reads(p.When, p.path, "when", p)
	if p.Ref != "" {
		v.target(p)
	}
	if p.Aggregate == Staged {
		for _, kid := range p.kids {
			if kid.Stage == 0 && !kid.neverCounts(v.ids) {
				v.missing(kid.path, "stage", "the parent is staged, so say which stage, from 1, this belongs to.")
			}
		}
	}
	v.reads(p.Met, p.path, "met", nil)
	v.metLevels(p, p.Met, pointer(p.path, "met"))
	for i := range p.Adjust {
		v.reads(p.Adjust[i].When, pointerIndex(pointer(p.path, "adjust"), i), "when", nil)
	}
	if p.Levels.Use == "" {
		v.requirements(p.levels, pointer(p.path, "levels"), p)
	}
	if p.Aggregate == Geometric {
		v.geometric(p)
	}
}

func (v *validator) requirements(levels []*Level, path string, p *place) {
	for i, l := range levels {
		if l != nil && l.Require != nil {
			v.reads(l.Require, pointerIndex(path, i), "require", nil)
		}
	}
}

func (v *validator) target(p *place) {
	at := pointer(p.path, "ref")
	p.target = v.ids[p.Ref]
	switch {
	case p.target == nil:
		v.add(UnknownNode, at, "", "The model has no node "+quote(p.Ref)+": mend the reference.")
	case p.Points != nil && (p.target.Answer == nil || p.target.Answer.Type != Choice):
		v.add(UnknownField, p.path, "points", "Only a reference to a choice can have points of its own.")
	default:
		for _, value := range sortedKeys(p.Points) {
			if !v.hasOption(p.target, value) {
				v.add(UnknownOption, pointer(pointer(p.path, "points"), value), "", "The question "+quote(p.Ref)+" has no option "+quote(value)+".")
			}
		}
	}
}

// neverCounts tells whether a child is a text question or has weight 0.
func (p *place) neverCounts(ids map[string]*place) bool {
	if units, ok := p.Weight.units(); ok && units == 0 {
		return true
	}
	if target := ids[p.Ref]; p.Ref != "" && target != nil {
		p = target
	}
	return p.Answer != nil && p.Answer.Type == FreeText
}

func (v *validator) hasOption(p *place, value string) bool {
	if p.Answer == nil {
		return false
	}
	for _, o := range v.optionsOf(p.Answer) {
		if o != nil && o.Value == value {
			return true
		}
	}
	return false
}

// takes tells whether a question can be answered so, as replaces writes it: an option, true or false, or a number.
func (v *validator) takes(p *place, text string) bool {
	a := p.Answer
	switch {
	case a == nil:
		return false
	case a.Type == YesNo:
		return text == "true" || text == "false"
	case a.Type == ScaleType || a.Type == Number:
		q := question{kind: a.Type, integer: a.Integer}
		q.min, q.minSet = a.Min.units()
		q.max, q.maxSet = a.Max.units()
		_, f := q.number(text)
		return f == nil
	}
	return v.hasOption(p, text)
}

func (v *validator) optionsOf(a *Answer) []*Option {
	if a.Use != "" {
		return v.m.OptionSets[a.Use]
	}
	return a.Options
}

// metLevels checks that the levels which met asks of the children are levels of some child.
func (v *validator) metLevels(p *place, c *Condition, path string) {
	if c == nil {
		return
	}
	c.parts(func(part *Condition, key string, i int) { v.metLevels(p, part, itemPath(path, key, i)) })
	if c.Level == nil || c.Node != "" {
		return
	}
	for _, kid := range p.kids {
		if target := v.ids[kid.Ref]; kid.Ref != "" && target != nil {
			kid = target
		}
		if levelIndex(kid.levels, c.Level.AtLeast) >= 0 {
			return
		}
	}
	v.add(UnknownLevel, pointer(path, "level"), "atLeast", "No child has a level "+quote(c.Level.AtLeast)+" in its ladder: mend the id.")
}

func levelIndex(levels []*Level, id string) int {
	for i, l := range levels {
		if l != nil && l.ID == id {
			return i
		}
	}
	return -1
}

// geometric checks what keeps a geometric mean decidable (specification, section 4).
func (v *validator) geometric(p *place) {
	if p.Adjust != nil || p.Scale != nil {
		v.add(BadGeometric, p.path, "", "A geometric group takes no adjust and no scale: put them on a group around it.")
	}
	if p.parent != nil && p.Round == nil {
		v.add(BadGeometric, p.path, "", "A geometric group below the root needs a round, so that its value is a decimal.")
	}
	sum, unit := int64(0), int64(0)
	for _, kid := range p.kids {
		units := weightUnits(kid)
		if units%decimalUnit != 0 {
			v.add(BadGeometric, kid.path, "weight", "Under a geometric group a weight is a whole number.")
		}
		if sum += units / decimalUnit; units > 0 {
			unit = gcd(unit, units)
		}
	}
	if unit%decimalUnit == 0 && sum > maxGeometricWeight*(unit/decimalUnit) {
		v.add(BadGeometric, p.path, "", "The weights of a geometric group, less their common factor, add up to at most 200: use smaller whole numbers.")
	}
	for i, l := range p.levels {
		const why = "The ladder of a geometric group tests the value, not the ratio."
		if l == nil || l.Of != ReadRatio {
			continue
		}
		if p.Levels.Use != "" {
			v.add(BadGeometric, p.path, "levels", why)
			break
		}
		v.add(BadGeometric, pointerIndex(pointer(p.path, "levels"), i), "", why)
	}
}

// maxGeometricWeight keeps the powers that decide a geometric mean within bounds.
const maxGeometricWeight = 200

// irrational tells whether the value of a place may be an unrounded root.
func (p *place) irrational() bool { return p.Aggregate == Geometric && p.Round == nil }

// reads checks what a condition refers to. If ahead is a place, the condition is its when, and may only
// read what comes before it.
func (v *validator) reads(c *Condition, path, key string, ahead *place) {
	if c == nil {
		return
	}
	path = within(path, key)
	c.parts(func(part *Condition, key string, i int) { v.reads(part, itemPath(path, key, i), "", ahead) })
	if c.Question != "" {
		at := pointer(path, "question")
		p := v.ids[c.Question]
		if p == nil || p.Answer == nil {
			v.add(UnknownNode, at, "", "The model has no question "+quote(c.Question)+": mend the id.")
			return
		}
		v.before(p, at, ahead)
		v.answerTests(c, p, path)
	}
	if c.Node != "" {
		at := pointer(path, "node")
		p := v.ids[c.Node]
		if p == nil {
			v.add(UnknownNode, at, "", "The model has no node "+quote(c.Node)+": mend the id.")
			return
		}
		v.before(p, at, ahead)
		if c.Level != nil && levelIndex(p.levels, c.Level.AtLeast) < 0 {
			v.add(UnknownLevel, pointer(path, "level"), "atLeast", "The node "+quote(c.Node)+" has no level "+quote(c.Level.AtLeast)+": mend the id.")
		}
		if c.Ratio != nil && p.irrational() {
			v.add(BadGeometric, path, "ratio", "The ratio of an unrounded geometric group cannot be tested: test its value, or round it.")
		}
	}
}

func (v *validator) before(p *place, at string, ahead *place) {
	if ahead == nil {
		return
	}
	for up := ahead; up != nil; up = up.parent {
		if up == p {
			v.add(ReadsAhead, at, "", "A when cannot read its own node or one around it: read something before it.")
			return
		}
	}
	if p.index > ahead.index {
		v.add(ReadsAhead, at, "", "A when reads only what comes before it in the document, and "+quote(p.ID)+" comes after: move one of them.")
	}
}

// answerTests checks that the answers in a condition are answers to its question.
func (v *validator) answerTests(c *Condition, p *place, path string) {
	if c.Includes != "" {
		at := pointer(path, "includes")
		if p.Answer.Type != Checklist {
			v.add(BadCondition, at, "", "Only a checklist can be tested with includes: use is or in.")
		} else if !v.hasOption(p, c.Includes) {
			v.add(UnknownOption, at, "", "The question "+quote(p.ID)+" has no option "+quote(c.Includes)+".")
		}
	}
	if c.Is != nil {
		v.answerTest(c.Is, p, pointer(path, "is"))
	}
	for i, value := range c.In {
		v.answerTest(value, p, pointerIndex(pointer(path, "in"), i))
	}
}

func (v *validator) answerTest(value any, p *place, path string) {
	wrong := func(want string) {
		v.add(WrongType, path, "", "The question "+quote(p.ID)+" is answered with "+want+": mend the condition.")
	}
	switch p.Answer.Type {
	case Checklist:
		v.add(BadCondition, path, "", "A checklist is tested with includes.")
	case Choice:
		if s, ok := value.(string); !ok {
			wrong("the value of an option")
		} else if !v.hasOption(p, s) {
			v.add(UnknownOption, path, "", "The question "+quote(p.ID)+" has no option "+quote(s)+".")
		}
	case FreeText:
		if _, ok := value.(string); !ok {
			wrong("a string")
		}
	case YesNo:
		if _, ok := value.(bool); !ok {
			wrong("true or false")
		}
	default:
		if d, ok := decimalOf(value); !ok {
			wrong("a number")
		} else if _, ok := d.units(); !ok {
			v.add(BadDecimal, path, "", badDecimal(d))
		}
	}
}

// A vertex is what evaluation works out: whether a place is hidden, or the outcome of a node.
type vertex struct {
	place   *place
	outcome bool
}

// number counts the vertices of a model from 0.
func (v vertex) number() int {
	if v.outcome {
		return 2*v.place.index + 1
	}
	return 2 * v.place.index
}

// An edge says that a vertex needs another, and where the model says so.
type edge struct {
	to   vertex
	path string
}

// keyPath and itemPath are pointer and pointerIndex, which cost nothing while nobody asks for paths.
func (v *validator) keyPath(path, key string) string {
	if !v.paths {
		return ""
	}
	return pointer(path, key)
}

func (v *validator) itemPath(path string, i int) string {
	if !v.paths {
		return ""
	}
	return pointerIndex(path, i)
}

// edges lists what a vertex needs.
func (v *validator) edges(from vertex) []edge {
	var edges []edge
	p := from.place
	if !from.outcome {
		if p.parent != nil {
			edges = append(edges, edge{vertex{p.parent, false}, p.path})
		}
		return v.conditionEdges(edges, p.When, v.keyPath(p.path, "when"), p)
	}
	edges = append(edges, edge{vertex{p, false}, p.path})
	if p.target != nil {
		edges = append(edges, edge{vertex{p.target, true}, v.keyPath(p.path, "ref")})
	}
	for _, kid := range p.kids {
		edges = append(edges, edge{vertex{kid, true}, kid.path})
	}
	edges = v.conditionEdges(edges, p.Met, v.keyPath(p.path, "met"), p)
	for i := range p.Adjust {
		edges = v.conditionEdges(edges, p.Adjust[i].When, v.keyPath(v.itemPath(v.keyPath(p.path, "adjust"), i), "when"), p)
	}
	at := v.keyPath(p.path, "levels")
	if p.Levels.Use != "" {
		at = v.keyPath("/ladders", p.Levels.Use)
	}
	for i, l := range p.levels {
		edges = v.conditionEdges(edges, l.Require, v.keyPath(v.itemPath(at, i), "require"), p)
	}
	return edges
}

func (v *validator) conditionEdges(edges []edge, c *Condition, path string, reader *place) []edge {
	if c == nil {
		return edges
	}
	c.parts(func(part *Condition, key string, i int) {
		at := ""
		if v.paths {
			at = itemPath(path, key, i)
		}
		edges = v.conditionEdges(edges, part, at, reader)
	})
	if c.Question != "" {
		edges = append(edges, edge{vertex{v.ids[c.Question], false}, v.keyPath(path, "question")})
	}
	if c.Node != "" {
		p := v.ids[c.Node]
		ownCompleteness := p == reader && c.Value == nil && c.Ratio == nil && c.Level == nil
		if !ownCompleteness { // the completeness of the node itself does not depend on its value
			edges = append(edges, edge{vertex{p, true}, v.keyPath(path, "node")})
		}
	}
	return edges
}

// cycles visits everything in an order in which each vertex comes after what it needs, and reports where
// there is no such order.
func (v *validator) cycles() {
	const open, done = 1, 2
	state := make([]uint8, 2*len(v.places))
	var trail []vertex   // the open ones: no recursion, because chains may be as long as the model
	var pending [][]edge // what each of them still has to look at
	enter := func(from vertex) {
		state[from.number()] = open
		trail, pending = append(trail, from), append(pending, v.edges(from))
	}
	for _, p := range v.places {
		if from := (vertex{p, true}); state[from.number()] == 0 {
			enter(from)
		}
		for len(trail) > 0 {
			top := len(trail) - 1
			if len(pending[top]) == 0 {
				state[trail[top].number()] = done
				v.order = append(v.order, trail[top])
				trail, pending = trail[:top], pending[:top]
				continue
			}
			to := pending[top][0].to
			pending[top] = pending[top][1:]
			switch state[to.number()] {
			case 0:
				enter(to)
			case open:
				v.cycle(trail, to)
			}
		}
	}
}

// cycle reports that the last vertex of a trail needs one before it.
func (v *validator) cycle(trail []vertex, closing vertex) {
	from, path := 0, ""
	v.paths = true
	for _, e := range v.edges(trail[len(trail)-1]) {
		if e.to == closing {
			path = e.path
		}
	}
	v.paths = false
	for i, t := range trail {
		if t == closing {
			from = i
		}
	}
	var names []string
	for _, t := range append(trail[from:len(trail):len(trail)], closing) {
		name := t.place.ID
		if name == "" {
			name = t.place.Ref
		}
		if len(names) == 0 || names[len(names)-1] != name {
			names = append(names, name)
		}
	}
	if len(names) == 1 {
		names = append(names, names[0])
	}
	if len(names) > 20 {
		names = append(append(names[:10:10], "…"), names[len(names)-9:]...)
	}
	v.add(Cycle, path, "", "This depends on itself: "+join(names, " → ")+". Remove one of these links.")
}
