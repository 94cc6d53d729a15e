package maturity

import (
	"math/bits"
	"slices"
)

// A Session scores one assessment live: change an answer, and only what depends on it is worked out again.
// Get one from Scorer.Session. It is used by one goroutine at a time.
type Session struct {
	w          *workspace
	result     Result
	assessment Assessment
	dirty      []uint64 // by step
	moved      []int
	options    [][]any // by question: its options as answers, once SetOption has been called
	stale      bool    // the result's warnings and blockers
}

// Session starts from an assessment, or from nothing if a is nil. It keeps a copy, and never changes a.
// The error is what Check finds; missing answers under the policy error are no error here.
func (s *Scorer) Session(a *Assessment) (*Session, error) {
	if a == nil {
		a = &Assessment{Model: s.ref}
	}
	if err := s.Check(a); err != nil {
		return nil, err
	}
	session := &Session{assessment: *a, dirty: make([]uint64, (len(s.steps)+63)/64)}
	session.assessment.Answers = cloneMap(a.Answers)
	session.assessment.NotApplicable = cloneMap(a.NotApplicable)
	session.w = session.result.bind(s)
	session.w.load(a)
	session.w.live = true
	session.w.run()
	session.result.Subject, session.result.Date = a.Subject, a.Date
	for i := range s.nodes {
		session.moved = append(session.moved, i)
	}
	session.stale = true
	return session, nil
}

func cloneMap[V any](m map[string]V) map[string]V {
	clone := make(map[string]V, len(m))
	for k, v := range m {
		clone[k] = v
	}
	return clone
}

// Set answers a question, with a value as in Assessment.Answers. The error is an *InvalidError with the
// issue; nothing has then changed.
func (s *Session) Set(question string, value any) error {
	i, err := s.find(question)
	if err != nil {
		return err
	}
	before := s.w.answers[i].state
	if f := s.w.resolve(i, givenBy(value)); f != nil {
		r := s.w.s.opts.report()
		f.report(r, question)
		return r.err()
	}
	delete(s.assessment.NotApplicable, question)
	s.assessment.Answers[question] = value
	s.update(i, before)
	return nil
}

// Clear takes the answer to a question, or that it is not applicable, away.
func (s *Session) Clear(question string) error {
	i, err := s.find(question)
	if err != nil {
		return err
	}
	before := s.w.answers[i].state
	s.w.answers[i] = answer{option: -1}
	delete(s.assessment.Answers, question)
	delete(s.assessment.NotApplicable, question)
	s.update(i, before)
	return nil
}

// NotApplicable says that a question does not apply, and why.
func (s *Session) NotApplicable(question, reason string) error {
	i, err := s.find(question)
	if err != nil {
		return err
	}
	if s.w.s.questions[i].forbid {
		return &InvalidError{[]*Issue{{Code: NotApplicableForbidden, Path: pointer("/notApplicable", question),
			Message: "This question cannot be not applicable: answer it, or leave it out."}}}
	}
	before := s.w.answers[i].state
	s.w.answers[i] = answer{option: -1, state: notApplicable}
	delete(s.assessment.Answers, question)
	s.assessment.NotApplicable[question] = reason
	s.update(i, before)
	return nil
}

// SetOption answers a question by number, as in a Row: the question in the order of Scorer.Questions, and
// the number of an option, NoAnswer for Clear, or NoApply for NotApplicable without a reason. It does what
// they do, and takes no memory once the question has been answered so. The error is theirs, or ErrRow where
// there is no such question, or no such option: of a checklist, a number and a text there are none.
func (s *Session) SetOption(question, option int) error {
	w := s.w
	if uint(question) >= uint(len(w.answers)) {
		return ErrRow
	}
	q, id := &w.s.questions[question], w.s.asked[question]
	switch {
	case option == NoAnswer:
		return s.Clear(id)
	case option == NoApply:
		return s.NotApplicable(id, "")
	case uint(option) >= uint(len(q.points)) || q.kind != Choice && q.kind != YesNo && q.kind != ScaleType:
		return ErrRow
	}
	if s.options == nil {
		s.options = make([][]any, len(w.answers))
	}
	r := resolved{answer: answer{state: answered, option: int32(option)}}
	if q.kind == ScaleType {
		r.units = q.min + int64(option)*decimalUnit
	}
	prepared := s.options[question]
	if prepared == nil {
		prepared = make([]any, len(q.points))
		s.options[question] = prepared
	}
	if prepared[option] == nil {
		prepared[option] = q.answerOf(r)
	}
	delete(s.assessment.NotApplicable, id)
	s.assessment.Answers[id] = prepared[option]
	before := w.answers[question].state
	w.answers[question] = r.answer
	s.update(int32(question), before)
	return nil
}

func (s *Session) find(question string) (int32, error) {
	if i, ok := s.w.s.question(question); ok {
		return i, nil
	}
	r := s.w.s.opts.report()
	s.w.s.questionIndex(r, "/answers", question)
	return 0, r.err()
}

// update works out what depends on a question again.
func (s *Session) update(i int32, before answerState) {
	w := s.w
	s.moved = s.moved[:0]
	s.stale = true
	if before == unanswered {
		w.missing--
	}
	if w.answers[i].state == unanswered {
		w.missing++
	}
	q := &w.s.questions[i]
	s.mark(q.step)
	for _, step := range q.readers {
		s.mark(step)
	}
	for _, step := range w.s.steps[q.step].readers { // another option with the same points may have others at a reference
		s.mark(step)
	}
	for block := range s.dirty {
		for s.dirty[block] != 0 {
			bit := bits.TrailingZeros64(s.dirty[block])
			s.dirty[block] &^= 1 << bit
			s.take(&w.s.steps[block*64+bit])
		}
	}
	slices.Sort(s.moved)
}

func (s *Session) mark(step int32) { s.dirty[step/64] |= 1 << (step % 64) }

// take works one step out again, and marks what reads it if it came out differently.
func (s *Session) take(step *stepOf) {
	w := s.w
	changed := false
	if step.node < 0 {
		was, might := w.hidden[step.slot], w.maybe[step.slot]
		w.step(step)
		changed = was != w.hidden[step.slot] || might != w.maybe[step.slot]
	} else {
		cell, span, interval := w.cells[step.node], w.spans[step.node], w.ranges[step.node]
		w.step(step)
		if changed = cell != w.cells[step.node] || span != w.spans[step.node] || interval.differs(&w.ranges[step.node]); changed {
			s.moved = append(s.moved, int(step.node))
		}
	}
	if changed {
		for _, reader := range step.readers {
			s.mark(reader)
		}
	}
}

// Changed returns the ids of the nodes that the last change moved, in document order: their value, level,
// status, range or completeness may differ. After Session it is every node.
func (s *Session) Changed() []string {
	ids := make([]string, len(s.moved))
	for i, node := range s.moved {
		ids[i] = s.w.s.nodes[node].ID
	}
	return ids
}

// Moved is Changed by number: the nodes as Scorer.Index counts them, ascending. It is valid until the next
// change.
func (s *Session) Moved() []int { return s.moved }

// ValueAt is Value by number, as Scorer.Index counts the nodes.
func (s *Session) ValueAt(node int) (float64, bool) {
	if uint(node) >= uint(len(s.w.cells)) || s.w.cells[node].status != scored {
		return 0, false
	}
	c := &s.w.cells[node]
	return valueFloat(c.value, c.root), true
}

// ExactAt is ValueAt as an exact number, and nil where there is none: for differences that must add up.
func (s *Session) ExactAt(node int) *Exact {
	if uint(node) >= uint(len(s.w.cells)) || s.w.cells[node].status != scored {
		return nil
	}
	c := &s.w.cells[node]
	return exactRoot(c.value, c.root)
}

// LevelAt returns the number of the level, from 0, that a node has reached now, and -1 for none.
func (s *Session) LevelAt(node int) int {
	if uint(node) >= uint(len(s.w.cells)) {
		return -1
	}
	return int(s.w.cells[node].level)
}

// Value returns the value of a node now, and false if it has none or there is no such node.
func (s *Session) Value(node string) (float64, bool) {
	i, ok := s.w.s.index[node]
	if !ok {
		return 0, false
	}
	return s.ValueAt(int(i))
}

// Result returns everything as it is now: the same as Score of the session's assessment. It is valid until
// the next change. The error names the questions that are missing under the policy error.
func (s *Session) Result() (*Result, error) {
	if s.stale {
		s.w.failed = false
		for i := range s.w.s.nodes {
			if s.w.s.nodes[i].question < 0 && s.w.cells[i].failed {
				s.w.failed = true
			}
		}
		s.result.fill()
		s.result.Warnings = s.w.warnings(s.result.Warnings[:0], &s.assessment)
		s.stale = false
	}
	if s.w.failed {
		return nil, s.w.required()
	}
	return &s.result, nil
}

// Assessment returns the assessment as it is now. It is a copy, and stays as it is.
func (s *Session) Assessment() *Assessment {
	a := s.assessment
	a.Answers, a.NotApplicable = cloneMap(a.Answers), cloneMap(a.NotApplicable)
	return &a
}
