package maturity

import "strconv"

// An Explanation says how one node came to its outcome: the pipeline of the specification's section 3,
// kept as a trace. The parts add up exactly: Start and the contributions of the Inputs are Aggregated, and
// Base and the contributions of the Answers are Value.
type Explanation struct {
	Node   string `json:"node"`
	Kind   Kind   `json:"kind"`
	Title  Text   `json:"title,omitempty"`
	Status Status `json:"status"`

	// From children to value. A question has none of these; Value is its points.
	Aggregate   Aggregate     `json:"aggregate,omitempty"`
	Read        Reading       `json:"read,omitempty"`
	Inputs      []Input       `json:"inputs,omitempty"`     // the children, in document order
	Start       *Exact        `json:"start,omitempty"`      // the aggregate with every child that counts at its lowest
	Aggregated  *Exact        `json:"aggregated,omitempty"` // what the aggregate gave
	Adjustments []Adjusted    `json:"adjustments,omitempty"`
	Scaled      *Scaled       `json:"scaled,omitempty"`
	Rounded     *RoundedValue `json:"rounded,omitempty"`

	Value            *Exact       `json:"value,omitempty"`
	Min              *Exact       `json:"min,omitempty"`
	Max              *Exact       `json:"max,omitempty"`
	Ratio            *Exact       `json:"ratio,omitempty"`
	Level            string       `json:"level,omitempty"`
	LevelByThreshold string       `json:"levelByThreshold,omitempty"`
	Levels           []LevelTrace `json:"levels,omitempty"`
	Blockers         []Blocker    `json:"blockers,omitempty"`
	Range            *Range       `json:"range,omitempty"`

	// Base is the value that the node would have with every given answer at its worst. Raising the answers
	// one after the other, in document order, to what they are gives the contributions.
	Base    *Exact       `json:"base,omitempty"`
	Answers []AnswerPart `json:"answers,omitempty"`

	s *Scorer
}

// Exact is an exact number: as a decimal or a fraction such as "7/3", and as the nearest float64. The root
// of an unrounded geometric mean, and what is worked out from it, is no fraction; its text begins with ≈.
type Exact struct {
	Exact string  `json:"exact"`
	Value float64 `json:"value"`
}

// An Input is a child of a group, and what became of it.
type Input struct {
	Node         string `json:"node"`
	Title        Text   `json:"title,omitempty"`
	Reference    bool   `json:"reference,omitempty"`
	Weight       string `json:"weight"`
	Stage        int    `json:"stage,omitempty"`
	Status       Status `json:"status"`
	Counts       bool   `json:"counts"`
	Reason       Reason `json:"reason"`
	Policy       Policy `json:"policy,omitempty"` // what a policy did, where the child has no value
	Value        *Exact `json:"value,omitempty"`  // its value, or what the policy put in its place
	Read         *Exact `json:"read,omitempty"`   // what the group read: the value or the ratio
	Met          *bool  `json:"met,omitempty"`    // share, staged
	Share        *Exact `json:"share,omitempty"`  // its weight / Σ weights
	Contribution *Exact `json:"contribution,omitempty"`
}

// A Reason says why a child counts, or does not.
type Reason string

// The reasons.
const (
	ByValue  Reason = "value"  // it counts with its value
	ByPolicy Reason = "policy" // a policy decided
	IsHidden Reason = "hidden" // hidden children leave
	Never    Reason = "never"  // a text, weight 0, or nothing below that counts
)

// Adjusted is one adjustment, applied or not.
type Adjusted struct {
	Action  string `json:"action"` // set, add, multiply, atMost or atLeast
	Amount  string `json:"amount"` // a decimal, or null
	Applied bool   `json:"applied"`
	Before  *Exact `json:"before,omitempty"`
	After   *Exact `json:"after,omitempty"`
}

// Scaled is a ratio mapped onto a scale.
type Scaled struct {
	Ratio *Exact  `json:"ratio"`
	Min   Decimal `json:"min"`
	Max   Decimal `json:"max"`
	After *Exact  `json:"after"`
}

// RoundedValue is a value rounded.
type RoundedValue struct {
	Digits int          `json:"digits"`
	Mode   RoundingMode `json:"mode"`
	Before *Exact       `json:"before"`
	After  *Exact       `json:"after"`
}

// A LevelTrace is one level of the node's ladder.
type LevelTrace struct {
	ID        string  `json:"id"`
	Title     Text    `json:"title,omitempty"`
	Of        Reading `json:"of"`
	Threshold string  `json:"threshold,omitempty"` // a decimal
	Above     bool    `json:"above,omitempty"`     // it must be more than the threshold
	Over      bool    `json:"over"`                // the threshold holds
	Required  bool    `json:"required"`            // the requirement holds
	Reached   bool    `json:"reached"`
}

// An AnswerPart is one question's part in a node's value.
type AnswerPart struct {
	Question     string `json:"question"`
	Title        Text   `json:"title,omitempty"`
	Status       Status `json:"status"`
	Answer       any    `json:"answer,omitempty"`
	Contribution *Exact `json:"contribution,omitempty"` // what raising the answer from its worst added
	Best         any    `json:"best,omitempty"`         // the answer with the most points
	IfBest       *Exact `json:"ifBest,omitempty"`       // the node's value if this answer alone were the best
	Gain         *Exact `json:"gain,omitempty"`         // IfBest − Value
	LevelIfBest  string `json:"levelIfBest,omitempty"`
}

// Explain scores an assessment and says how one node came to its outcome. The error is an *InvalidError: as
// that of Score, or UnknownNode.
func (s *Scorer) Explain(a *Assessment, id string) (*Explanation, error) {
	r, err := s.Score(a)
	if err != nil {
		return nil, err
	}
	i, ok := s.index[id]
	if !ok {
		return nil, &InvalidError{[]*Issue{{Code: UnknownNode, Message: "The model has no node " + quote(id) + "."}}}
	}
	w, n, out := r.w, &s.nodes[i], &r.Nodes[i]
	e := &Explanation{Node: n.ID, Kind: out.Kind, Title: n.Title, Status: out.Status, s: s, Level: out.Level,
		LevelByThreshold: out.LevelByThreshold, Blockers: out.Blockers, Range: out.Range}
	c := &w.cells[i]
	if n.scored {
		ends := w.span(i)
		e.Min, e.Max = exactRoot(ends.min, c.root), exactRoot(ends.max, c.root)
		if c.status == scored {
			e.Value = exactRoot(c.value, c.root)
			e.Ratio = exact(ends.ratio(c.value))
			if c.root > 1 {
				e.Ratio = exactRoot(rootRatio(c.value, ends.min, ends.max, c.root), 0)
			}
		}
	}
	if n.question < 0 && n.scored && c.status != hidden {
		w.trace(i, e)
	}
	e.answers(a, i)
	return e, nil
}

func exact(x rat) *Exact { return &Exact{x.String(), x.float()} }

// exactRoot is exact for x^(1/root); root 0 says that x is only near the number meant.
func exactRoot(x rat, root int64) *Exact {
	if root == 1 {
		return exact(x)
	}
	f := x.float()
	if root > 1 {
		f = rootFloat(x, root)
	}
	return &Exact{"≈" + strconv.FormatFloat(f, 'g', -1, 64), f}
}

// trace goes through a group's pipeline again and writes it down.
func (w *workspace) trace(i int32, e *Explanation) {
	n := &w.s.nodes[i]
	c := w.cells[i]
	e.Aggregate, e.Read = n.rule.op, ReadValue
	if n.ratio {
		e.Read = ReadRatio
	}
	items, full, none := w.collect(n, &c)
	items = append([]item(nil), items...)
	w.inputs(n, e, items)
	raw, has := n.raw, len(items) > 0 && !none
	if !has {
		probe := c
		raw, _ = w.everyChild(i, &probe)
	}
	value, root := rat{}, int64(1)
	if has {
		value, root = n.rule.value(items)
		e.Aggregated = exactRoot(value, root)
		w.contributions(n, e, items)
		if !full {
			raw, _ = n.rule.span(items)
		}
	}
	for j := range n.adjust {
		step := Adjusted{Action: n.adjust[j].action, Amount: "null"}
		if n.adjust[j].amount.d != 0 {
			step.Amount = n.adjust[j].amount.String()
		}
		if has {
			step.Before = exact(value)
		}
		value, has, step.Applied = w.adjustBy(&n.adjust[j], value, has, raw, &c)
		if has {
			step.After = exact(value)
		}
		e.Adjustments = append(e.Adjustments, step)
	}
	if !has {
		return
	}
	if n.rescale != nil {
		ratio := raw.ratio(value)
		value = n.rescale.at(ratio)
		e.Scaled = &Scaled{exact(ratio), Decimal(n.Scale.Min.String()), Decimal(n.Scale.Max.String()), exact(value)}
	}
	if n.Round != nil {
		before := exactRoot(value, root)
		value = n.round(value, root)
		mode := n.Round.Mode
		if mode == "" {
			mode = HalfUp
		}
		e.Rounded = &RoundedValue{n.Round.Digits, mode, before, exact(value)}
	}
	w.levels(i, e)
}

// inputs lists the children in document order.
func (w *workspace) inputs(n *node, e *Explanation, items []item) {
	total := rat{d: 1}
	counted := make([]*item, n.last-n.first)
	for j := range items {
		total = total.add(whole(items[j].weight))
		counted[items[j].kid-n.first] = &items[j]
	}
	for _, j := range w.s.inOrder(n) {
		k := &w.s.kids[j]
		target, kc := &w.s.nodes[k.node], &w.cells[k.node]
		in := Input{Node: target.ID, Title: k.Title, Reference: k.Ref != "", Stage: k.stage, Status: statuses[kc.status],
			Weight: formatUnits(weightUnits(k.place)), Reason: ByValue}
		if in.Title == nil {
			in.Title = target.Title
		}
		switch {
		case k.never:
			in.Reason = Never
		case kc.status == hidden || k.slot >= 0 && w.hidden[k.slot]:
			in.Reason = IsHidden
		case kc.status != scored:
			in.Reason, in.Policy = ByPolicy, k.missing
			if kc.status == statusNotApplicable {
				in.Policy = k.na
			}
		}
		if it := counted[j-n.first]; it != nil {
			value := kc.value
			switch {
			case in.Policy == Lowest:
				value = w.kidSpan(k).min
			case in.Policy == Highest:
				value = w.kidSpan(k).max
			case k.points != nil:
				value = k.points[w.answers[target.question].option]
			}
			in.Counts, in.Value, in.Read = true, exact(value), exact(it.x)
			if k.met != nil {
				met := it.met
				in.Met, in.Read = &met, nil
			}
			in.Share = exact(whole(it.weight).quo(total))
		}
		e.Inputs = append(e.Inputs, in)
	}
}

// inOrder lists the kids of a group in document order; those of a staged group lie in order of stages.
func (s *Scorer) inOrder(n *node) []int32 {
	kids := s.kids[n.first:n.last]
	list := make([]int32, 0, len(kids))
	for _, j := range sorted(len(kids), func(i, j int) bool { return kids[i].index < kids[j].index }) {
		list = append(list, n.first+int32(j))
	}
	return list
}

// contributions starts with every item at its lowest and brings one after the other to what it is.
func (w *workspace) contributions(n *node, e *Explanation, items []item) {
	if n.rule.op == Geometric { // its parts are factors, not summands
		return
	}
	at := make([]int, n.last-n.first) // by kid: its item, and 1; 0 for none
	moving := append([]item(nil), items...)
	for j := range moving {
		at[items[j].kid-n.first] = j + 1
		moving[j].x, moving[j].met = items[j].read.min, false
	}
	last, _ := n.rule.value(moving)
	e.Start = exact(last)
	linear := n.rule.op == Sum || n.rule.op == Mean // each part stands for itself
	if !linear && len(items) > 1000 {
		return
	}
	total := bigTotal(items)
	for input, kid := range w.s.inOrder(n) {
		j := at[kid-n.first] - 1
		if j < 0 {
			continue
		}
		if linear {
			part := items[j].x.sub(items[j].read.min).mul(whole(items[j].weight))
			if n.rule.op == Sum {
				part = part.mul(n.rule.weightUnit)
			} else {
				part = part.quo(total)
			}
			e.Inputs[input].Contribution = exact(part)
			continue
		}
		moving[j] = items[j]
		now, _ := n.rule.value(moving)
		e.Inputs[input].Contribution = exact(now.sub(last))
		last = now
	}
}

func (w *workspace) levels(i int32, e *Explanation) {
	n := &w.s.nodes[i]
	for j := range n.levels {
		l := &n.levels[j]
		t := LevelTrace{ID: l.id, Title: n.place.levels[j].Title, Of: ReadValue, Above: l.above, Over: w.overThreshold(i, l),
			Required: l.require == nil || w.gateHolds(l, i), Reached: j <= int(w.cells[i].level)}
		if l.ofRatio {
			t.Of = ReadRatio
		}
		if l.threshold.d != 0 {
			t.Threshold = l.threshold.String()
		}
		e.Levels = append(e.Levels, t)
	}
}

// answers works out every question's part in the value of node i.
func (e *Explanation) answers(a *Assessment, i int32) {
	session, err := e.s.Session(a)
	if err != nil || e.Value == nil {
		return
	}
	w := session.w
	below := make([]bool, len(w.s.questions))
	seen := make([]bool, len(w.s.nodes))
	w.below(&kid{node: i}, func(k *kid) bool {
		if q := w.s.nodes[k.node].question; q >= 0 {
			below[q] = true
		}
		fresh := !seen[k.node]
		seen[k.node] = true
		return fresh
	})
	value := func() (rat, bool) {
		c := &w.cells[i]
		if c.status != scored {
			return rat{d: 1}, false
		}
		return valueRat(c.value, c.root), true
	}
	as := func(x rat) *Exact {
		if w.s.nodes[i].irrational() {
			return exactRoot(x, 0)
		}
		return exact(x)
	}
	now, _ := value()
	var parts []AnswerPart
	var given []resolved
	for j := range w.s.questions {
		q := &w.s.questions[j]
		n := &w.s.nodes[q.node]
		part := AnswerPart{Question: n.ID, Title: n.Title, Status: statuses[w.cells[q.node].status], Answer: a.Answers[n.ID]}
		original := w.resolved(int32(j))
		if n.scored && !w.isHidden(n) && original.state != notApplicable {
			best := q.extreme(true)
			part.Best = q.answerOf(best)
			session.put(int32(j), best)
			if x, ok := value(); ok {
				part.IfBest, part.Gain = as(x), as(x.sub(now))
				part.LevelIfBest = w.s.nodes[i].levelID(w.cells[i].level)
			}
			session.put(int32(j), original)
		}
		parts, given = append(parts, part), append(given, original)
	}
	for j := range parts {
		if q := &w.s.questions[j]; given[j].state == answered && w.s.nodes[q.node].scored {
			session.put(int32(j), q.extreme(false))
		}
	}
	last, ok := value()
	if ok {
		e.Base = as(last)
	}
	for j := range parts {
		if q := &w.s.questions[j]; given[j].state == answered && w.s.nodes[q.node].scored {
			session.put(int32(j), given[j])
			if x, has := value(); has {
				if !ok { // the first value there is
					last, ok, e.Base = rat{d: 1}, true, exact(rat{d: 1})
				}
				parts[j].Contribution = as(x.sub(last))
				last = x
			}
		}
		moves := parts[j].Contribution != nil && parts[j].Contribution.Value != 0 || parts[j].Gain != nil && parts[j].Gain.Value != 0
		if below[j] || moves {
			e.Answers = append(e.Answers, parts[j])
		}
	}
}

// valueRat is a value as a fraction; of a root, the float64 nearest to it.
func valueRat(x rat, root int64) rat {
	if root <= 1 {
		return x
	}
	return ratOf(rootFloat(x, root))
}
