package maturity_test

// Questions of the reference implementation: §2.

import (
	"fmt"
	"maps"
	"math/big"
)

// question is the outcome of a question, with points by option value that a reference may override.
func (s *refScorer) question(p *refPlace, override refObj) *refNode {
	n := &refNode{Degree: 1, Status: s.answerStatus(p)}
	s.count(p, n)
	if p.isText() {
		return n
	}
	answer := s.withOptions(p.answer(), override)
	n.Min, n.Max = refPointRange(answer)
	if n.Status == "scored" {
		n.Value = refPoints(answer, s.answers[p.id()])
		n.Ratio = refRatio(n.Value, n.Min, n.Max)
	}
	return n
}

// answerStatus: hidden goes before not applicable (§5). A text question that is answered is
// unscored; one that is not is missing, not applicable or hidden like any other.
func (s *refScorer) answerStatus(p *refPlace) string {
	switch {
	case s.hidden(p):
		return "hidden"
	case s.na[p.id()] != nil:
		return "notApplicable"
	case s.answers[p.id()] == nil:
		return "missing"
	case p.isText():
		return "unscored"
	}
	return "scored"
}

// withOptions is the answer with its option set filled in and points overridden.
func (s *refScorer) withOptions(answer, override refObj) refObj {
	options := refList(answer["options"])
	if use, ok := answer["use"].(string); ok {
		options = refList(refObject(s.model["optionSets"])[use])
	}
	answer = maps.Clone(answer)
	answer["options"] = nil
	var all []any
	for _, o := range options {
		option := maps.Clone(refObject(o))
		if pts, ok := override[option["value"].(string)]; ok {
			option["points"] = pts
		}
		all = append(all, option)
	}
	answer["options"] = all
	return answer
}

func refPoints(answer refObj, given any) *big.Rat {
	switch answer["type"] {
	case "choice":
		return refOptionPoints(answer, given)
	case "checklist":
		sum := new(big.Rat)
		for _, v := range refList(given) {
			sum = refAdd(sum, refOptionPoints(answer, v))
		}
		return refCut(answer, sum)
	case "yesno":
		return refYesNo(answer, given.(bool))
	case "scale":
		if answer["reverse"] == true {
			return refSub(refAdd(refDec(answer["min"]), refDec(answer["max"])), refDec(given))
		}
		return refDec(given)
	case "number":
		if answer["steps"] != nil {
			return refStep(answer, refDec(given))
		}
		return refLinear(answer, refDec(given))
	}
	panic(fmt.Sprint("answer of unknown type ", answer["type"]))
}

// refPointRange is the range of a question: what its options can give. An empty checklist is an
// answer too. Choice: a number's steps or line are taken as written, whatever its min and max.
func refPointRange(answer refObj) (low, high *big.Rat) {
	var can []*big.Rat
	switch answer["type"] {
	case "choice":
		for _, o := range refList(answer["options"]) {
			can = append(can, refDecOr(refObject(o)["points"], 0))
		}
	case "checklist":
		worst, best := new(big.Rat), new(big.Rat)
		for _, o := range refList(answer["options"]) {
			pts := refDecOr(refObject(o)["points"], 0)
			switch {
			case refObject(o)["exclusive"] == true:
				can = append(can, refCut(answer, pts))
			case pts.Sign() < 0:
				worst = refAdd(worst, pts)
			default:
				best = refAdd(best, pts)
			}
		}
		can = append(can, refCut(answer, worst), refCut(answer, best))
	case "yesno":
		can = append(can, refYesNo(answer, true), refYesNo(answer, false))
	case "scale":
		can = append(can, refDec(answer["min"]), refDec(answer["max"]))
	case "number":
		for _, step := range refList(answer["steps"]) {
			can = append(can, refDec(refObject(step)["points"]))
		}
		for _, end := range refList(refObject(answer["linear"])["points"]) {
			can = append(can, refDec(end))
		}
	}
	return refLeast(can...), refMost(can...)
}

func refOptionPoints(answer refObj, value any) *big.Rat {
	for _, o := range refList(answer["options"]) {
		if refObject(o)["value"] == value {
			return refDecOr(refObject(o)["points"], 0)
		}
	}
	panic(fmt.Sprint("unknown option ", value))
}

func refCut(answer refObj, sum *big.Rat) *big.Rat {
	if answer["cap"] == nil {
		return sum
	}
	return refLeast(sum, refDec(answer["cap"]))
}

func refYesNo(answer refObj, yes bool) *big.Rat {
	if yes {
		return refDecOr(refObject(answer["points"])["yes"], 1)
	}
	return refDecOr(refObject(answer["points"])["no"], 0)
}

// refStep: the last step at or below the number; below the first, the first's points.
func refStep(answer refObj, x *big.Rat) *big.Rat {
	steps := refList(answer["steps"])
	found := steps[0]
	for _, step := range steps {
		if refDec(refObject(step)["from"]).Cmp(x) <= 0 {
			found = step
		}
	}
	return refDec(refObject(found)["points"])
}

// refLinear: a straight line between two points, flat outside; from > to runs downwards.
func refLinear(answer refObj, x *big.Rat) *big.Rat {
	line := refObject(answer["linear"])
	from, to := refDec(line["from"]), refDec(line["to"])
	ends := refList(line["points"])
	way := refQuo(refSub(x, from), refSub(to, from))
	way = refMost(big.NewRat(0, 1), refLeast(big.NewRat(1, 1), way))
	return refAdd(refDec(ends[0]), refMul(way, refSub(refDec(ends[1]), refDec(ends[0]))))
}
