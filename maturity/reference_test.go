package maturity_test

// A reference implementation of the scoring specification: slow, exact and written to be read.
// It knows nothing of the engine. Documents are taken to be valid; section numbers are those of
// the specification. Where the specification leaves a choice, the comment says "Choice".

import (
	"encoding/json"
	"errors"
	"math/big"
	"slices"
	"strings"
)

// A refNode is the outcome of one node.
type refNode struct {
	Status           string   // scored, missing, notApplicable, hidden or unscored
	Value            *big.Rat // nil where there is none
	Min, Max         *big.Rat // the range; nil where nothing below can ever count
	Ratio            *big.Rat // nil without a value, and where Degree is above 1
	Degree           int64    // Value, Min and Max stand under a root of this degree; 1 but for geometric groups
	Level            string   // "" where there is none
	LevelByThreshold string

	Answered, NA, Missing, Asked int // questions at and below the node
}

// A refPlace is one node of the document, references included, and where it stands.
type refPlace struct {
	doc      refObj
	up       *refPlace // nil for the root and for views
	children []*refPlace
}

// A refKid is a child as its parent sees it.
type refKid struct {
	*refNode
	place  *refPlace
	weight *big.Rat
	stage  int64
}

type refObj = map[string]any

type refScorer struct {
	model       refObj
	answers, na refObj
	places      map[string]*refPlace
	order       []string
	nodes       map[string]*refNode
	busy        map[string]bool // nodes being computed, to notice a cycle
	failures    []string
}

// refScore gives every node's outcome. It fails for a missing question whose policy is "error",
// for "not applicable" where it is forbidden, and for a number out of range.
func refScore(model, assessment []byte) (order []string, nodes map[string]*refNode, err error) {
	s := newRefScorer(model, assessment)
	for _, id := range s.order {
		s.checkAnswer(id)
	}
	if len(s.failures) == 0 {
		for _, id := range s.order {
			s.node(id)
		}
	}
	if len(s.failures) > 0 {
		return nil, nil, errors.New(strings.Join(s.failures, "\n"))
	}
	return s.order, s.nodes, nil
}

func newRefScorer(model, assessment []byte) *refScorer {
	a := refDecode(assessment)
	s := &refScorer{
		model:   refDecode(model),
		answers: refObject(a["answers"]),
		na:      refObject(a["notApplicable"]),
		places:  map[string]*refPlace{},
		nodes:   map[string]*refNode{},
		busy:    map[string]bool{},
	}
	s.place(s.model, nil)
	for _, v := range refList(s.model["views"]) {
		s.place(refObject(v), nil)
	}
	return s
}

// refFloat is the float64 nearest to a node's value, ratio, min or max, whichever is named (§4).
func refFloat(n *refNode, what string) (f float64, ok bool) {
	x := map[string]*big.Rat{"value": n.Value, "ratio": n.Ratio, "min": n.Min, "max": n.Max}[what]
	switch {
	case what == "ratio" && n.Degree > 1 && n.Value != nil:
		x = refRatio(refRootNear(n.Value, n.Degree), refRootNear(n.Min, n.Degree), refRootNear(n.Max, n.Degree))
	case x == nil:
		return 0, false
	case what != "ratio":
		x = refRootNear(x, n.Degree)
	}
	f, _ = x.Float64()
	return f, true
}

func (s *refScorer) place(doc refObj, up *refPlace) *refPlace {
	p := &refPlace{doc: doc, up: up}
	if doc["ref"] == nil {
		s.order = append(s.order, p.id())
		s.places[p.id()] = p
	}
	for _, c := range refList(doc["children"]) {
		p.children = append(p.children, s.place(refObject(c), p))
	}
	return p
}

func (p *refPlace) id() string               { return p.doc["id"].(string) }
func (p *refPlace) answer() refObj           { return refObject(p.doc["answer"]) }
func (p *refPlace) isRef() bool              { return p.doc["ref"] != nil }
func (p *refPlace) isText() bool             { return p.answer()["type"] == "text" }
func (p *refPlace) field(name string) string { v, _ := p.doc[name].(string); return v }

// target is the node that a reference reads, or the node itself.
func (s *refScorer) target(p *refPlace) *refPlace {
	if p.isRef() {
		return s.places[p.field("ref")]
	}
	return p
}

// weight: 1 unless the place itself says otherwise; a reference does not take its target's (§2).
func (p *refPlace) weight() *big.Rat { return refDecOr(p.doc["weight"], 1) }

// policy is the place's own, or that of its nearest ancestor, the model's root last, for views too (§5).
func (s *refScorer) policy(p *refPlace, kind string) string {
	for ; p != nil; p = p.up {
		if p.field(kind) != "" {
			return p.field(kind)
		}
	}
	if v, ok := s.model[kind].(string); ok {
		return v
	}
	return "exclude"
}

// neverCounts: a text question, a child of weight 0, and a group that has nothing but such children
// (§3.3). It is a fact of the model, whatever the answers are.
func (s *refScorer) neverCounts(p *refPlace) bool {
	return p.weight().Sign() == 0 || s.unscored(s.target(p))
}

func (s *refScorer) unscored(p *refPlace) bool {
	if p.answer() != nil {
		return p.isText()
	}
	return !slices.ContainsFunc(p.children, func(c *refPlace) bool { return !s.neverCounts(c) })
}

// hidden: the node's own `when`, or that of an ancestor, is false (§2). A group that hides takes
// everything in it along; a reference does not hide what it reads.
func (s *refScorer) hidden(p *refPlace) bool {
	for ; p != nil; p = p.up {
		if when := refObject(p.doc["when"]); when != nil && !s.holds(when, nil) {
			return true
		}
	}
	return false
}

// checkAnswer: "not applicable" where the question's own place forbids it (§5), or a number out of
// range (§6). Choice: the place of a reference forbids nothing.
func (s *refScorer) checkAnswer(id string) {
	p := s.places[id]
	if s.na[id] != nil && s.policy(p, "notApplicable") == "forbid" {
		s.failures = append(s.failures, id+" is not applicable, which is forbidden")
	}
	if x, ok := s.answers[id].(json.Number); ok {
		low, high := p.answer()["min"], p.answer()["max"]
		if low != nil && refDec(x).Cmp(refDec(low)) < 0 || high != nil && refDec(x).Cmp(refDec(high)) > 0 {
			s.failures = append(s.failures, id+" is out of range")
		}
	}
}

// node computes a node once. What it reads, it computes first; so the order of the document does not matter.
func (s *refScorer) node(id string) *refNode {
	if n := s.nodes[id]; n != nil {
		return n
	}
	if s.busy[id] {
		panic("node " + id + " depends on itself")
	}
	s.busy[id] = true
	p := s.places[id]
	if p.answer() != nil {
		s.nodes[id] = s.question(p, nil)
	} else {
		s.nodes[id] = s.group(p)
	}
	return s.nodes[id]
}

// Groups: children, policies, aggregate, adjust, scale, round, level (§3)

func (s *refScorer) group(p *refPlace) *refNode {
	n := &refNode{Degree: 1}
	s.count(p, n)
	kids := s.kids(p)
	if s.hidden(p) {
		n.Status = "hidden"
		s.setRange(p, n, kids)
		s.scale(p, n)
		s.round(p, n)
		refSimplify(n)
		return n
	}
	counting, blocked := s.policies(kids)
	if blocked || len(counting) == 0 {
		s.setRange(p, n, kids) // without a value: the range with every child counting, hidden ones too (§5)
	} else {
		s.setRange(p, n, counting)
		n.Value = s.aggregate(p, counting)
	}
	s.adjust(p, n)
	s.scale(p, n)
	s.round(p, n)
	refSimplify(n)
	n.Status = s.groupStatus(p, n, kids)
	n.setRatio()
	s.level(p, n)
	return n
}

// kids are the children that can ever count, each with its outcome.
func (s *refScorer) kids(p *refPlace) []refKid {
	var kids []refKid
	for _, c := range p.children {
		if s.neverCounts(c) {
			continue
		}
		kid := refKid{refNode: s.outcome(c), place: c, weight: c.weight()}
		if c.doc["stage"] != nil {
			kid.stage = refDec(c.doc["stage"]).Num().Int64()
		}
		kids = append(kids, kid)
	}
	return kids
}

// outcome is what a child comes to; a reference, too, can be hidden or stand in a hidden group.
func (s *refScorer) outcome(p *refPlace) *refNode {
	t := s.target(p)
	n := s.node(t.id())
	if points := refObject(p.doc["points"]); points != nil {
		n = s.question(t, points)
	}
	if p.isRef() && s.hidden(p) {
		n = &refNode{Status: "hidden", Min: n.Min, Max: n.Max, Degree: n.Degree}
	}
	if n.Degree > 1 {
		panic("a root that is not rounded cannot be read: " + t.id())
	}
	return n
}

// policies gives the children that count, those without a value as their policy says; blocked means
// that a child's policy is that the parent has no value (§5).
func (s *refScorer) policies(kids []refKid) (counting []refKid, blocked bool) {
	for _, k := range kids {
		if k.Value != nil {
			counting = append(counting, k)
			continue
		}
		if k.Status == "hidden" {
			continue
		}
		switch s.policy(k.place, k.Status) { // the status is the name of the policy: missing or notApplicable
		case "lowest":
			k.refNode = refCounted(k.refNode, k.Min)
			counting = append(counting, k)
		case "highest":
			k.refNode = refCounted(k.refNode, k.Max)
			counting = append(counting, k)
		case "none":
			blocked = true
		case "error":
			blocked = true
			s.failures = append(s.failures, s.target(k.place).id()+" is missing")
		case "exclude", "forbid": // Choice: a group that is not applicable was not said to be so, and leaves
		}
	}
	return counting, blocked
}

// refCounted is a child counted by policy: it has a value and a ratio, and no level (§3).
func refCounted(n *refNode, value *big.Rat) *refNode {
	return &refNode{Status: n.Status, Value: value, Min: n.Min, Max: n.Max, Degree: 1, Ratio: refRatio(value, n.Min, n.Max),
		Answered: n.Answered, NA: n.NA, Missing: n.Missing, Asked: n.Asked}
}

// groupStatus (§5, §7): children that never count have no say. A group that adjust gave a value is scored.
func (s *refScorer) groupStatus(p *refPlace, n *refNode, kids []refKid) string {
	hidden, na := 0, 0
	for _, k := range kids {
		switch k.Status {
		case "hidden":
			hidden++
		case "notApplicable":
			na++
		}
	}
	switch {
	case n.Value != nil:
		return "scored"
	case s.unscored(p):
		return "unscored"
	case hidden == len(kids):
		return "hidden"
	case hidden+na == len(kids):
		return "notApplicable"
	}
	return "missing"
}

// setRange: what the aggregate gives with each of these children at its min, and at its max (§3.3).
func (s *refScorer) setRange(p *refPlace, n *refNode, kids []refKid) {
	if len(kids) == 0 {
		return
	}
	switch p.field("aggregate") {
	case "share":
		n.Min, n.Max = big.NewRat(0, 1), big.NewRat(1, 1)
	case "staged":
		n.Min, n.Max = big.NewRat(0, 1), big.NewRat(refTopStage(kids), 1)
	case "geometric":
		n.Degree = refWeight(kids).Num().Int64()
		fallthrough
	default:
		n.Min = s.aggregate(p, refAtEnds(kids, false))
		n.Max = s.aggregate(p, refAtEnds(kids, true))
	}
}

// refAtEnds puts every child at one end of its range. One whose range is a single point has ratio 1
// at both.
func refAtEnds(kids []refKid, high bool) []refKid {
	kids = slices.Clone(kids)
	for i, k := range kids {
		end := k.Min
		if high {
			end = k.Max
		}
		kids[i].refNode = &refNode{Value: end, Ratio: refRatio(end, k.Min, k.Max)}
	}
	return kids
}

// aggregate: §3.3. For geometric it is what stands under the root, whose degree is the sum of the weights.
func (s *refScorer) aggregate(p *refPlace, kids []refKid) *big.Rat {
	var xs []*big.Rat
	sum, product, power := new(big.Rat), big.NewRat(1, 1), big.NewRat(1, 1)
	for _, k := range kids {
		x := k.Value
		if p.field("read") == "ratio" {
			x = k.Ratio
		}
		xs = append(xs, x)
		sum = refAdd(sum, refMul(k.weight, x))
		product = refMul(product, x)
		if p.field("aggregate") == "geometric" {
			power = refMul(power, refPow(x, k.weight.Num().Int64()))
		}
	}
	switch p.field("aggregate") {
	case "", "mean":
		return refQuo(sum, refWeight(kids))
	case "sum":
		return refAdd(refDecOr(p.doc["base"], 0), sum)
	case "min":
		return refLeast(xs...)
	case "max":
		return refMost(xs...)
	case "median":
		slices.SortFunc(xs, (*big.Rat).Cmp)
		return refQuo(refAdd(xs[(len(xs)-1)/2], xs[len(xs)/2]), big.NewRat(2, 1))
	case "product":
		return product
	case "geometric":
		if slices.ContainsFunc(xs, func(x *big.Rat) bool { return x.Sign() < 0 }) {
			panic("a geometric mean of a negative number: " + p.id())
		}
		return power
	case "share":
		return refQuo(s.metWeight(p, kids), refWeight(kids))
	case "staged":
		return big.NewRat(s.stageReached(p, kids), 1)
	}
	panic("unknown aggregate " + p.field("aggregate"))
}

// stageReached: each stage in turn, until one is not reached.
func (s *refScorer) stageReached(p *refPlace, kids []refKid) int64 {
	need := refDecOr(p.doc["need"], 1)
	for stage := int64(1); stage <= refTopStage(kids); stage++ {
		here := slices.DeleteFunc(slices.Clone(kids), func(k refKid) bool { return k.stage != stage })
		passes := s.metWeight(p, here).Cmp(refMul(need, refWeight(here))) >= 0
		if len(here) == 0 {
			passes = p.field("emptyStage") != "fail"
		}
		if !passes {
			return stage - 1
		}
	}
	return refTopStage(kids)
}

func (s *refScorer) metWeight(p *refPlace, kids []refKid) *big.Rat {
	return refWeight(slices.DeleteFunc(slices.Clone(kids), func(k refKid) bool { return !s.met(p, k) }))
}

// met tests the child itself, its value and its ratio, whatever the group reads.
func (s *refScorer) met(p *refPlace, k refKid) bool {
	met := refObject(p.doc["met"])
	if met == nil {
		return k.Ratio.Cmp(big.NewRat(1, 1)) >= 0
	}
	return s.holds(met, &refSubject{k.refNode, s.ladder(s.target(k.place))})
}

func refTopStage(kids []refKid) (top int64) {
	for _, k := range kids {
		top = max(top, k.stage)
	}
	return top
}

func refWeight(kids []refKid) *big.Rat {
	sum := new(big.Rat)
	for _, k := range kids {
		sum = refAdd(sum, k.weight)
	}
	return sum
}

// adjust: §3.4. A group without a value is only set. The range stays.
func (s *refScorer) adjust(p *refPlace, n *refNode) {
	for _, a := range refList(p.doc["adjust"]) {
		a := refObject(a)
		n.setRatio()
		if when := refObject(a["when"]); when != nil && !s.holds(when, &refSubject{n, nil}) {
			continue
		}
		if set, ok := a["set"]; ok {
			n.Value = nil
			if set != nil {
				n.Value = refDec(set)
			}
		}
		if n.Value == nil {
			continue
		}
		switch {
		case a["add"] != nil:
			n.Value = refAdd(n.Value, refDec(a["add"]))
		case a["multiply"] != nil:
			n.Value = refMul(n.Value, refDec(a["multiply"]))
		case a["atMost"] != nil:
			n.Value = refLeast(n.Value, refDec(a["atMost"]))
		case a["atLeast"] != nil:
			n.Value = refMost(n.Value, refDec(a["atLeast"]))
		}
	}
}

// scale maps the ratio onto a new range; a ratio outside [0, 1] stays outside. A falling scale turns
// the value around, and its range is the true one: min below max (§3.5).
func (s *refScorer) scale(p *refPlace, n *refNode) {
	scale := refObject(p.doc["scale"])
	if scale == nil {
		return
	}
	from, to := refDec(scale["min"]), refDec(scale["max"])
	if n.Value != nil {
		n.Value = refAdd(from, refMul(refRatio(n.Value, n.Min, n.Max), refSub(to, from)))
	}
	n.Min, n.Max = refLeast(from, to), refMost(from, to)
}

// round rounds the value and both ends of the range (§3.6).
func (s *refScorer) round(p *refPlace, n *refNode) {
	r := refObject(p.doc["round"])
	if r == nil {
		return
	}
	for _, x := range []**big.Rat{&n.Value, &n.Min, &n.Max} {
		if *x != nil {
			*x = refRound(*x, n.Degree, refDecOr(r["digits"], 0).Num().Int64(), r["mode"])
		}
	}
	n.Degree = 1
}

// setRatio: not cut to [0, 1], which an adjusted value may leave.
func (n *refNode) setRatio() {
	n.Ratio = nil
	if n.Value != nil && n.Degree == 1 {
		n.Ratio = refRatio(n.Value, n.Min, n.Max)
	}
}

// refRatio: 1 where the range is a single point (§3.1), and where there is no range at all.
func refRatio(value, low, high *big.Rat) *big.Rat {
	if low == nil || low.Cmp(high) == 0 {
		return big.NewRat(1, 1)
	}
	return refQuo(refSub(value, low), refSub(high, low))
}

// level: §3.7 and §7. A level is reached when it and every lower one holds; a level without a
// threshold has nothing to fail in levelByThreshold.
func (s *refScorer) level(p *refPlace, n *refNode) {
	if n.Value == nil {
		return
	}
	climbing, byThreshold := true, true
	for _, l := range s.ladder(p) {
		level := refObject(l)
		require := refObject(level["require"])
		byThreshold = byThreshold && refThreshold(level, n)
		climbing = climbing && byThreshold && (require == nil || s.holds(require, &refSubject{n, nil}))
		if byThreshold {
			n.LevelByThreshold = level["id"].(string)
		}
		if climbing {
			n.Level = level["id"].(string)
		}
	}
}

func refThreshold(level refObj, n *refNode) bool {
	x, degree := n.Value, n.Degree
	if level["of"] == "ratio" {
		x, degree = n.Ratio, 1
	}
	switch {
	case level["from"] != nil:
		return refCompare(x, degree, refDec(level["from"])) >= 0
	case level["above"] != nil:
		return refCompare(x, degree, refDec(level["above"])) > 0
	}
	return true
}

func (s *refScorer) ladder(p *refPlace) []any {
	if name := p.field("levels"); name != "" {
		return refList(refObject(s.model["ladders"])[name])
	}
	return refList(p.doc["levels"])
}

// count: every question below once, references included, text not, weight 0 included (§5). What is
// hidden is not asked; a reference in a hidden group asks nothing there.
func (s *refScorer) count(p *refPlace, n *refNode) {
	for q := range s.questionsBelow(p, map[*refPlace]bool{}) {
		switch s.answerStatus(q) {
		case "scored":
			n.Answered++
		case "notApplicable":
			n.NA++
		case "missing":
			n.Missing++
		}
	}
	n.Asked = n.Answered + n.NA + n.Missing
}

func (s *refScorer) questionsBelow(p *refPlace, found map[*refPlace]bool) map[*refPlace]bool {
	if s.hidden(p) {
		return found
	}
	p = s.target(p)
	if p.answer() != nil && !p.isText() {
		found[p] = true
	}
	for _, c := range p.children {
		s.questionsBelow(c, found)
	}
	return found
}

func (n *refNode) completeness() *big.Rat {
	if n.Asked == 0 {
		return big.NewRat(1, 1)
	}
	return big.NewRat(int64(n.Answered+n.NA), int64(n.Asked))
}
