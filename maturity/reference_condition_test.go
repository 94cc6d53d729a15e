package maturity_test

// Conditions of the reference implementation: §3.

import (
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
)

// A refSubject is what a condition without a node or a question tests: the value so far, or a child.
type refSubject struct {
	*refNode
	ladder []any
}

func (s *refScorer) holds(c refObj, subject *refSubject) bool {
	holds := func(x any) bool { return s.holds(refObject(x), subject) }
	fails := func(x any) bool { return !holds(x) }
	switch {
	case c["all"] != nil:
		return !slices.ContainsFunc(refList(c["all"]), fails)
	case c["any"] != nil:
		return slices.ContainsFunc(refList(c["any"]), holds)
	case c["not"] != nil:
		return fails(c["not"])
	case c["question"] != nil:
		return s.answerHolds(c)
	case c["node"] != nil:
		p := s.places[c["node"].(string)]
		if s.busy[p.id()] && s.nodes[p.id()] == nil && c["completeness"] != nil { // its own
			n := &refNode{}
			s.count(p, n)
			return refCompares(c["completeness"], n.completeness(), 1)
		}
		return refSubjectHolds(c, &refSubject{s.node(p.id()), s.ladder(p)})
	}
	return refSubjectHolds(c, subject)
}

func refSubjectHolds(c refObj, n *refSubject) bool {
	if n.Degree > 1 && c["ratio"] != nil {
		panic("the ratio of a root that is not rounded cannot be compared")
	}
	return refCompares(c["value"], n.Value, n.Degree) && refCompares(c["ratio"], n.Ratio, 1) &&
		refCompares(c["completeness"], n.completeness(), 1) && refLevelAtLeast(c["level"], n)
}

// refCompares: all comparisons must hold, and none does without a value.
func refCompares(comparisons any, x *big.Rat, degree int64) bool {
	for name, d := range refObject(comparisons) {
		if x == nil {
			return false
		}
		c := refCompare(x, degree, refDec(d))
		if !map[string]bool{"atLeast": c >= 0, "moreThan": c > 0, "atMost": c <= 0, "lessThan": c < 0, "equals": c == 0}[name] {
			return false
		}
	}
	return true
}

// refLevelAtLeast: false for a node without a level, and for a ladder that has no such level.
func refLevelAtLeast(level any, n *refSubject) bool {
	if level == nil {
		return true
	}
	rank := func(id any) int {
		return slices.IndexFunc(n.ladder, func(l any) bool { return refObject(l)["id"] == id })
	}
	want := rank(refObject(level)["atLeast"])
	return want >= 0 && rank(n.Level) >= want
}

// answerHolds: a hidden question and one that is not applicable count as not answered.
func (s *refScorer) answerHolds(c refObj) bool {
	p := s.places[c["question"].(string)]
	given := s.answers[p.id()]
	if s.na[p.id()] != nil || s.hidden(p) {
		given = nil
	}
	among := func(list any) bool {
		return slices.ContainsFunc(refList(list), func(v any) bool { return refSame(given, v) })
	}
	switch {
	case c["answered"] != nil:
		return (given != nil) == c["answered"].(bool)
	case given == nil:
		return false
	case c["is"] != nil:
		return refSame(given, c["is"])
	case c["in"] != nil:
		return among(c["in"])
	case c["includes"] != nil:
		return slices.Contains(refList(given), c["includes"])
	}
	panic(fmt.Sprint("unknown condition ", c))
}

func refSame(given, want any) bool {
	if n, ok := given.(json.Number); ok {
		return refDec(n).Cmp(refDec(want)) == 0
	}
	return given == want
}
