package maturity

// A Blocker is one threshold or requirement that holds the next level back: what it reads, what that is
// now, and what it would have to be.
type Blocker struct {
	Level    string   `json:"level"`              // the level that is held back
	Node     string   `json:"node,omitempty"`     // the node that is read, the group itself for a threshold; or
	Question string   `json:"question,omitempty"` // the question whose answer is read
	Reads    string   `json:"reads"`              // value, ratio, completeness, level or answer
	Test     string   `json:"test"`               // atLeast, moreThan, atMost, lessThan, equals; is, includes or answered
	Not      bool     `json:"not,omitempty"`      // the test must fail
	Want     []string `json:"want"`               // a decimal, the id of a level, or answers of which one will do
	Has      float64  `json:"has"`                // what is read, where HasValue is set
	HasValue bool     `json:"-"`
	HasLevel string   `json:"hasLevel,omitempty"` // the level reached, where Reads is level

	// Blockers with one AnyOf above 0 are alternatives, of which one is enough. Those that also have one
	// Alternative belong together: that alternative takes them all.
	AnyOf       int `json:"anyOf,omitempty"`
	Alternative int `json:"alternative,omitempty"`
}

// blockers appends what holds a level of node i back.
func (w *workspace) blockers(list []Blocker, i int32, l *level) []Blocker {
	if !w.overThreshold(i, l) {
		b := Blocker{Level: l.id, Node: w.s.nodes[i].ID, Reads: "value", Test: "atLeast", Want: l.want,
			Has: valueFloat(w.cells[i].value, w.cells[i].root), HasValue: true}
		if l.above {
			b.Test = "moreThan"
		}
		if l.ofRatio {
			b.Reads, b.Has = "ratio", w.span(i).ratio(w.cells[i].value).float()
		}
		list = append(list, b)
	}
	if l.require != nil && !w.gateHolds(l, i) {
		groups := 0
		list = w.failing(list, l.require, i, Blocker{Level: l.id}, &groups)
	}
	return list
}

// failing appends the tests of a condition that fail; of one that must not hold, those that hold. Blank
// says where in the requirement the condition stands.
func (w *workspace) failing(list []Blocker, c *condition, i int32, blank Blocker, groups *int) []Blocker {
	complete := w.cells[i].completeness()
	if w.holds(c, asIs, nil, &complete).must != blank.Not {
		return list
	}
	b := blank
	switch c.op {
	case notOf:
		b.Not = !b.Not
		return w.failing(list, &c.parts[0], i, b, groups)
	case allOf, anyOf:
		choice := (c.op == anyOf) != b.Not && b.AnyOf == 0 && len(c.parts) > 1 // one of the parts is enough
		if choice {
			*groups++
			b.AnyOf = *groups
		}
		for j := range c.parts {
			if choice {
				b.Alternative = j + 1
			}
			list = w.failing(list, &c.parts[j], i, b, groups)
		}
		return list
	}
	if c.op != measures {
		w.answerBlocker(&b, c)
		return append(list, b)
	}
	node := c.node
	if node < 0 { // its own completeness
		node = i
	}
	cell := &w.cells[node]
	b.Node, b.Reads = w.s.nodes[node].ID, measureNames[c.of]
	switch c.of {
	case ofLevel:
		b.Test, b.Want, b.HasLevel = "atLeast", c.want, w.s.nodes[node].levelID(cell.level)
		return append(list, b)
	case ofCompleteness:
		b.Has, b.HasValue = cell.completeness().min.float(), true
	case ofRatio:
		if b.HasValue = cell.status == scored; b.HasValue {
			b.Has = w.span(node).ratio(cell.value).float()
		}
	default:
		if b.HasValue = cell.status == scored; b.HasValue {
			b.Has = valueFloat(cell.value, cell.root)
		}
	}
	for _, t := range c.tests {
		o := w.outcomeNow(node)
		low, root := o.low, o.root
		switch c.of {
		case ofCompleteness:
			low, root = cell.completeness().min, 1
		case ofRatio:
			low, root = o.ratioLow, 1
		}
		if !b.HasValue || t.holds(low, low, root).must == b.Not {
			b.Test, b.Want = t.op, t.want
			list = append(list, b)
		}
	}
	return list
}

func (w *workspace) answerBlocker(b *Blocker, c *condition) {
	q := &w.s.questions[c.question]
	b.Question, b.Reads = w.s.nodes[q.node].ID, "answer"
	b.Want = c.want
	switch c.op {
	case isAnswered:
		b.Test = "answered"
	case includes:
		b.Test = "includes"
	default:
		b.Test = "is"
	}
}

// blockers is a list of blockers that is left out where it is empty.
func (w *writer) blockers(list []Blocker) {
	if len(list) == 0 {
		return
	}
	w.key("blockers")
	w.put("[")
	for i := range list {
		w.comma()
		list[i].write(w)
	}
	w.put("]")
}

func (b *Blocker) write(w *writer) {
	w.put("{")
	w.string("level", b.Level)
	w.word("node", b.Node)
	w.word("question", b.Question)
	w.string("reads", b.Reads)
	w.string("test", b.Test)
	w.flag("not", b.Not)
	w.key("want")
	w.words(b.Want)
	if b.HasValue {
		w.float("has", b.Has)
	}
	w.word("hasLevel", b.HasLevel)
	w.count("anyOf", b.AnyOf)
	w.count("alternative", b.Alternative)
	w.put("}")
}

// MarshalJSON returns the blocker as JSON; has is left out where nothing is read.
func (b Blocker) MarshalJSON() ([]byte, error) {
	var w writer
	b.write(&w)
	return w.out, nil
}
