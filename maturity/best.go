package maturity

// This file finds the best and the worst answer to a question, and puts resolved answers into a session.

func (w *workspace) chosenOf(q *question) []bool {
	if q.kind != Checklist {
		return nil
	}
	return w.chosen[q.first : int(q.first)+len(q.values)]
}

// put sets a resolved answer.
func (s *Session) put(i int32, r resolved) {
	before := s.w.answers[i].state
	s.w.answers[i], s.w.values[i], s.w.texts[i] = r.answer, r.value, r.text
	copy(s.w.chosenOf(&s.w.s.questions[i]), r.chosen)
	s.update(i, before)
}

// A resolved is an answer with what the workspace holds beside it.
type resolved struct {
	answer
	value  rat
	text   string
	chosen []bool
}

func (w *workspace) resolved(i int32) resolved {
	return resolved{w.answers[i], w.values[i], w.texts[i], append([]bool(nil), w.chosenOf(&w.s.questions[i])...)}
}

// extreme returns the answer with the most points, or with the least; the first of equals.
func (q *question) extreme(best bool) resolved {
	better := func(x, y rat) bool {
		if best {
			return x.cmp(y) > 0
		}
		return x.cmp(y) < 0
	}
	r := resolved{answer: answer{state: answered, option: -1}}
	switch q.kind {
	case Checklist:
		r.value, r.chosen = whole(0), make([]bool, len(q.values))
		for o, p := range q.points {
			if !q.only[o] && better(p, whole(0)) {
				r.chosen[o], r.value = true, r.value.add(p)
			}
		}
		r.value = q.cut(r.value)
		for o, p := range q.points {
			if q.only[o] && better(q.cut(p), r.value) {
				clear(r.chosen)
				r.chosen[o], r.value = true, q.cut(p)
			}
		}
	case Number:
		first := true
		for _, units := range q.candidates() {
			a, x := q.answerAt(units)
			if a.option >= 0 {
				x = q.points[a.option]
			}
			if first || better(x, r.value) {
				r.answer, r.value, first = a, x, false
			}
		}
	default:
		r.option = 0
		for o := range q.points {
			if better(q.points[o], q.points[r.option]) {
				r.option = int32(o)
			}
		}
		r.value = q.points[r.option]
		r.units = q.min + int64(r.option)*decimalUnit // of a scale
	}
	return r
}

// candidates are numbers among which the best and the worst answer to a number are: where its points turn,
// or the whole numbers on both sides.
func (q *question) candidates() []int64 {
	turns := append([]int64(nil), q.steps...)
	if q.line != nil {
		turns = append(turns, q.line.from, q.line.to)
	}
	if q.minSet {
		turns = append(turns, q.min)
	}
	if q.maxSet {
		turns = append(turns, q.max)
	}
	var list []int64
	add := func(units int64) {
		if !(q.minSet && units < q.min || q.maxSet && units > q.max) {
			list = append(list, units)
		}
	}
	for _, units := range turns {
		if part := (units%decimalUnit + decimalUnit) % decimalUnit; q.integer && part != 0 {
			add(units - part)
			units += decimalUnit - part
		}
		add(units)
	}
	return list
}

// answerOf is a resolved answer as an assessment holds it.
func (q *question) answerOf(r resolved) any {
	switch q.kind {
	case Choice:
		return q.values[r.option]
	case YesNo:
		return r.option == 1
	case Checklist:
		list := []string{}
		for o, chosen := range r.chosen {
			if chosen {
				list = append(list, q.values[o])
			}
		}
		return list
	default:
		return Decimal(formatUnits(r.units))
	}
}
