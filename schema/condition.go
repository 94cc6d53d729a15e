package schema

import (
	"fmt"

	"github.com/modenhet/modenhet/maturity"
)

// JSON Schema can test answers, but no values, ratios and levels of nodes. So a condition becomes two
// schemas of the answers: one where it may hold, which is true of a test of a node, and one where it must,
// which is false of it. Without such tests the two are the same. "Not" exchanges them.

// exact tells whether answers alone decide a condition.
func (s *survey) exact(c *maturity.Condition) bool {
	switch {
	case c.Question != "":
		return s.byID[c.Question].exact // an answer counts only where its question is shown
	case c.Not != nil:
		return s.exact(c.Not)
	}
	for _, part := range append(c.All[:len(c.All):len(c.All)], c.Any...) {
		if !s.exact(part) {
			return false
		}
	}
	return c.All != nil || c.Any != nil
}

// where is the schema of the answers under which a condition may hold, or must: a bool or an object.
func (s *survey) where(c *maturity.Condition, may bool) any {
	switch {
	case c.All != nil:
		return s.combine("allOf", true, c.All, may)
	case c.Any != nil:
		return s.combine("anyOf", false, c.Any, may)
	case c.Not != nil:
		return not(s.where(c.Not, !may))
	case c.Question == "":
		return may
	case c.Answered != nil && !*c.Answered:
		return not(s.answered(c, !may))
	}
	return s.answered(c, may)
}

// combine joins conditions; neutral is what changes nothing in it.
func (s *survey) combine(keyword string, neutral bool, conditions []*maturity.Condition, may bool) any {
	var parts list
	for _, c := range conditions {
		switch part := s.where(c, may); part {
		case neutral:
		case !neutral:
			return !neutral
		default:
			parts = append(parts, part)
		}
	}
	switch len(parts) {
	case 0:
		return neutral
	case 1:
		return parts[0]
	}
	return object{{keyword, parts}}
}

func not(schema any) any {
	if known, ok := schema.(bool); ok {
		return !known
	}
	return object{{"not", schema}}
}

// answered tests the answer to a question. One whose question may be hidden by what JSON Schema cannot see
// does not surely count.
func (s *survey) answered(c *maturity.Condition, may bool) any {
	if !may && !s.byID[c.Question].exact {
		return false
	}
	var test any = true
	switch {
	case c.Includes != "":
		test = object{{"type", "array"}, {"contains", object{{"const", c.Includes}}}}
	case c.In != nil:
		var values list
		for _, v := range c.In {
			values = append(values, answerValue(v))
		}
		test = object{{"enum", values}}
	case c.Is != nil:
		test = object{{"const", answerValue(c.Is)}}
	}
	return object{{"properties", object{{c.Question, test}}}, {"required", []string{c.Question}}}
}

// answerValue is an answer of a condition as JSON.
func answerValue(v any) any {
	switch v.(type) {
	case string, bool:
		return v
	}
	return raw(fmt.Sprint(v)) // all that a number may be is written as JSON writes it
}

// hidden lists rules that refuse answers to hidden questions.
func (s *survey) hidden() list {
	var rules list
	for _, r := range s.rules {
		shown := s.where(r.when, true)
		if shown == true || len(r.questions) == 0 {
			continue
		}
		var refused object
		for _, q := range r.questions {
			refused.add(q.ID, false)
		}
		rules = append(rules, object{{"if", shown}, {"else", object{{"properties", refused}}}})
	}
	return rules
}
