package maturity

import "strconv"

// A Result holds every score, level, range and reason that comes of one assessment. It is plain data; as
// JSON it is section 7 of the specification.
type Result struct {
	Model    ModelRef     `json:"model"`
	Subject  *Subject     `json:"subject,omitempty"`
	Date     string       `json:"date,omitempty"`
	Nodes    []NodeResult `json:"nodes"`    // document order, the root first, views last
	Warnings []*Issue     `json:"warnings"` // doubts that do not stop scoring

	w        *workspace // memory to use again
	ranges   []Range
	blockers []Blocker
}

// A NodeResult is the outcome of one node. Value and Ratio are meaningful where Status is scored, Display
// where HasDisplay is set, Min and Max where HasRange is.
type NodeResult struct {
	ID               string       `json:"id"`
	Kind             Kind         `json:"kind"`
	Value            float64      `json:"value"` // the float64 nearest to the exact value
	Min              float64      `json:"min"`   // range of the value, with the children that count
	Max              float64      `json:"max"`
	Ratio            float64      `json:"ratio"`   // (value − min) / (max − min); 1 where min = max
	Display          float64      `json:"display"` // the value rounded half-up, where the model has display
	HasDisplay       bool         `json:"-"`
	HasRange         bool         `json:"-"`
	Level            string       `json:"level,omitempty"`            // id of the highest level reached
	LevelByThreshold string       `json:"levelByThreshold,omitempty"` // the same by thresholds alone
	Blockers         []Blocker    `json:"blockers,omitempty"`         // what holds the next level back
	Status           Status       `json:"status"`
	Range            *Range       `json:"range,omitempty"` // nil where the node cannot get a value
	Completeness     Completeness `json:"completeness"`
}

// A Kind says what a node is.
type Kind string

// The kinds of nodes.
const (
	GroupNode    Kind = "group"
	QuestionNode Kind = "question"
)

// A Status says whether a node has a value and, if not, why.
type Status string

// The statuses.
const (
	Missing             Status = "missing"       // nobody answered
	Scored              Status = "scored"        // it has a value
	StatusNotApplicable Status = "notApplicable" // the respondent said so
	Hidden              Status = "hidden"        // its when is false
	Unscored            Status = "unscored"      // it can never have a value
)

var statuses = [...]Status{missing: Missing, scored: Scored, statusNotApplicable: StatusNotApplicable, hidden: Hidden, unscored: Unscored}

// A Range is what a node can still get when the missing questions are answered and the given answers stay.
type Range struct {
	Low       float64 `json:"low"`
	High      float64 `json:"high"`
	LevelLow  string  `json:"levelLow,omitempty"`
	LevelHigh string  `json:"levelHigh,omitempty"`
}

// Completeness counts the scored questions below a node, each once; hidden ones are not asked.
type Completeness struct {
	Answered      int `json:"answered"`
	NotApplicable int `json:"notApplicable"`
	Missing       int `json:"missing"`
	Asked         int `json:"asked"`
}

// Ratio is (answered + not applicable) / asked, and 1 where nothing is asked.
func (c Completeness) Ratio() float64 {
	if c.Asked == 0 {
		return 1
	}
	return float64(c.Answered+c.NotApplicable) / float64(c.Asked)
}

// Node returns the outcome of a node.
func (r *Result) Node(id string) (*NodeResult, bool) {
	if r.w != nil {
		if i, ok := r.w.s.index[id]; ok && int(i) < len(r.Nodes) && r.Nodes[i].ID == id {
			return &r.Nodes[i], true
		}
	}
	for i := range r.Nodes {
		if r.Nodes[i].ID == id {
			return &r.Nodes[i], true
		}
	}
	return nil, false
}

// Root returns the outcome of the whole model.
func (r *Result) Root() *NodeResult { return &r.Nodes[0] }

// bind makes a result ready for a scorer, keeping its memory where it can.
func (r *Result) bind(s *Scorer) *workspace {
	if r.w == nil || r.w.of != s {
		r.w = newWorkspace(s)
		r.Model = s.ref
		r.Nodes = make([]NodeResult, len(s.nodes))
		r.ranges = make([]Range, len(s.nodes))
		for i := range s.nodes {
			n := &s.nodes[i]
			r.Nodes[i] = NodeResult{ID: n.ID, Kind: GroupNode}
			if n.question >= 0 {
				r.Nodes[i].Kind = QuestionNode
			}
		}
	}
	return r.w
}

// fill takes the outcome of every node from the workspace.
func (r *Result) fill() {
	r.blockers = r.blockers[:0]
	for i := range r.Nodes {
		r.fillNode(int32(i))
	}
}

func (r *Result) fillNode(i int32) {
	w, out := r.w, &r.Nodes[i]
	n, c := &w.s.nodes[i], &w.cells[i]
	out.Status = statuses[c.status]
	asked := c.answered + c.notApplicable + c.missing
	out.Completeness = Completeness{int(c.answered), int(c.notApplicable), int(c.missing), int(asked)}
	out.Value, out.Min, out.Max, out.Ratio, out.Display, out.HasDisplay, out.HasRange = 0, 0, 0, 0, 0, false, false
	out.Level, out.LevelByThreshold, out.Blockers, out.Range = "", "", nil, nil
	if !n.scored {
		return
	}
	if n.question >= 0 {
		r.fillQuestion(n, c, out)
	} else {
		w.fillGroup(i, n, c, out)
	}
	out.Range = r.rangeOf(i)
	out.HasRange = c.status != unscored && (n.counts || n.rescale != nil)
	if n.levels == nil || c.status != scored {
		return
	}
	out.Level, out.LevelByThreshold = n.levelID(c.level), n.levelID(c.bare)
	if next := int(c.level) + 1; next < len(n.levels) {
		from := len(r.blockers)
		r.blockers = w.blockers(r.blockers, i, &n.levels[next])
		out.Blockers = r.blockers[from:len(r.blockers):len(r.blockers)]
	}
}

func (n *node) levelID(level int16) string {
	if level < 0 {
		return ""
	}
	return n.levels[level].id
}

// fillQuestion copies what was worked out when the model was compiled, for all answers but a line and a
// checklist.
func (r *Result) fillQuestion(n *node, c *cell, out *NodeResult) {
	q := &r.w.s.questions[n.question]
	out.Min, out.Max = q.min64, q.max64
	if c.status != scored {
		return
	}
	f := outcomeFloats{}
	if a := &r.w.answers[n.question]; a.option >= 0 {
		f = q.floats[a.option]
	} else {
		f = n.floats(c.value, n.full)
	}
	out.Value, out.Ratio, out.Display, out.HasDisplay = f.value, f.ratio, f.display, n.digits >= 0
}

func (n *node) floats(x rat, s span) outcomeFloats {
	f := outcomeFloats{value: x.float(), ratio: s.ratio(x).float()}
	if n.digits >= 0 {
		f.display = x.round(int(n.digits), HalfUp).float()
	}
	return f
}

func (w *workspace) fillGroup(i int32, n *node, c *cell, out *NodeResult) {
	s := w.span(i)
	if c.full {
		out.Min, out.Max = n.fullFloats.min, n.fullFloats.max
	} else {
		out.Min, out.Max = valueFloat(s.min, c.root), valueFloat(s.max, c.root)
	}
	if c.status != scored {
		return
	}
	if out.HasDisplay = n.digits >= 0; c.root > 1 {
		out.Value, out.Ratio = rootFloat(c.value, c.root), rootRatio(c.value, s.min, s.max, c.root).float()
		if out.HasDisplay {
			out.Display = roundRoot(c.value, c.root, int(n.digits), HalfUp).float()
		}
		return
	}
	f := n.floats(c.value, s)
	out.Value, out.Ratio, out.Display = f.value, f.ratio, f.display
}

func valueFloat(x rat, root int64) float64 {
	if root > 1 {
		return rootFloat(x, root)
	}
	return x.float()
}

// rangeOf returns what node i can still get, or nil.
func (r *Result) rangeOf(i int32) *Range {
	w, out := r.w, &r.ranges[i]
	n, c := &w.s.nodes[i], &w.cells[i]
	if w.missing == 0 || w.ranges[i].settled {
		if c.status != scored {
			return nil
		}
		value := r.Nodes[i].Value
		*out = Range{value, value, n.levelID(c.level), n.levelID(c.level)}
		return out
	}
	o := &w.ranges[i]
	if !o.may || o.vague {
		return nil
	}
	*out = Range{valueFloat(o.low, o.root), 0, n.levelID(o.levelLow), n.levelID(o.levelHigh)}
	if out.High = out.Low; o.low != o.high {
		out.High = valueFloat(o.high, o.root)
	}
	return out
}

// AppendJSON appends the result as JSON, as section 7 of the specification says.
func (r *Result) AppendJSON(b []byte) []byte {
	w := writer{append(b, `{"model":{`...)}
	w.string("id", r.Model.ID)
	w.word("version", r.Model.Version)
	w.word("digest", r.Model.Digest)
	w.put("}")
	if r.Subject != nil {
		w.key("subject")
		w.out = append(w.out, write(r.Subject)...)
	}
	w.word("date", r.Date)
	w.key("nodes")
	w.put("[")
	for i := range r.Nodes {
		w.comma()
		w.out = r.Nodes[i].appendJSON(w.out)
	}
	w.put("]")
	w.key("warnings")
	w.issues(r.Warnings)
	w.put("}")
	return w.out
}

// MarshalJSON returns the result as JSON.
func (r *Result) MarshalJSON() ([]byte, error) { return r.AppendJSON(nil), nil }

func appendField(b []byte, name, value string) []byte {
	if value == "" {
		return b
	}
	return appendString(append(b, name...), value)
}

func appendFloat(b []byte, name string, f float64) []byte {
	return appendNumber(append(b, name...), f)
}

func appendInt(b []byte, name string, n int) []byte {
	return appendWhole(append(b, name...), int64(n))
}

// appendWhole is quick about small numbers, which most of a result are.
func appendWhole(b []byte, n int64) []byte {
	switch {
	case uint64(n) < 10:
		return append(b, byte('0'+n))
	case uint64(n) < 100:
		return append(b, byte('0'+n/10), byte('0'+n%10))
	}
	return strconv.AppendInt(b, n, 10)
}

// appendJSON is written for speed: of a result, nearly all is nodes.
func (n *NodeResult) appendJSON(b []byte) []byte {
	b = append(append(append(b, `{"id":"`...), n.ID...), `","kind":"`...) // ids need no escapes
	b = append(append(b, n.Kind...), '"')
	from, to := 0, 0 // of the value's text, which often comes again
	if n.Status == Scored {
		b = append(b, `,"value":`...)
		from = len(b)
		b = appendNumber(b, n.Value)
		to = len(b)
	}
	again := func(b []byte, name string, f float64) []byte {
		if to > 0 && f == n.Value {
			return append(append(b, name...), b[from:to]...)
		}
		return appendFloat(b, name, f)
	}
	if n.HasRange {
		b = appendFloat(b, `,"min":`, n.Min)
		b = appendFloat(b, `,"max":`, n.Max)
	}
	if n.Status == Scored {
		b = appendFloat(b, `,"ratio":`, n.Ratio)
		if n.HasDisplay {
			b = appendFloat(b, `,"display":`, n.Display)
		}
	}
	b = appendField(b, `,"level":`, n.Level)
	b = appendField(b, `,"levelByThreshold":`, n.LevelByThreshold)
	if n.Blockers != nil {
		w := writer{b}
		w.blockers(n.Blockers)
		b = w.out
	}
	b = append(append(append(b, `,"status":"`...), n.Status...), '"')
	if n.Range != nil {
		b = again(b, `,"range":{"low":`, n.Range.Low)
		b = again(b, `,"high":`, n.Range.High)
		b = appendField(b, `,"levelLow":`, n.Range.LevelLow)
		b = append(appendField(b, `,"levelHigh":`, n.Range.LevelHigh), '}')
	}
	if c := &n.Completeness; c.Answered == 1 && c.Asked == 1 && c.NotApplicable == 0 { // as of most questions
		return append(b, `,"completeness":{"answered":1,"notApplicable":0,"missing":0,"asked":1}}`...)
	}
	b = appendInt(b, `,"completeness":{"answered":`, n.Completeness.Answered)
	b = appendInt(b, `,"notApplicable":`, n.Completeness.NotApplicable)
	b = appendInt(b, `,"missing":`, n.Completeness.Missing)
	return append(appendInt(b, `,"asked":`, n.Completeness.Asked), '}', '}')
}
