package maturity

import (
	"iter"
)

// Score scores an assessment. The error is an *InvalidError: with what Check finds, or with the questions
// that are missing under the policy error.
func (s *Scorer) Score(a *Assessment) (*Result, error) {
	r := new(Result)
	if err := s.ScoreInto(r, a); err != nil {
		return nil, err
	}
	return r, nil
}

// ScoreInto is Score into a result that is used again, with all that it holds: after the first time it
// takes no memory. After an error the result holds nothing of use.
func (s *Scorer) ScoreInto(r *Result, a *Assessment) error {
	w := r.bind(s)
	if s.doubtful(a) || !w.load(a) {
		return s.Check(a)
	}
	return s.scored(r, a)
}

// scored scores what was loaded.
func (s *Scorer) scored(r *Result, a *Assessment) error {
	w := r.w
	w.run()
	if w.failed {
		return w.required()
	}
	r.Subject, r.Date = a.Subject, a.Date
	r.fill()
	r.Warnings = w.warnings(r.Warnings[:0], a)
	return nil
}

// ScoreAll scores assessments one after the other, each into the same result, which is therefore only
// valid until the next. It stops when the receiver does.
func (s *Scorer) ScoreAll(assessments iter.Seq[*Assessment]) iter.Seq2[*Result, error] {
	return func(yield func(*Result, error) bool) {
		r := new(Result)
		for a := range assessments {
			err := s.ScoreInto(r, a)
			if err != nil && !yield(nil, err) || err == nil && !yield(r, nil) {
				return
			}
		}
	}
}

// Check says whether an assessment fits the model. The error is nil or an *InvalidError with every issue.
func (s *Scorer) Check(a *Assessment) error {
	r := s.opts.report()
	a.check(r)
	s.check(a, r)
	return r.err()
}

// ParseAssessment reads an assessment from JSON and checks it against the model, so that everything that
// is wrong with it is found at once, each with its line and column. The error is an *InvalidError.
func (s *Scorer) ParseAssessment(data []byte) (*Assessment, error) {
	a := new(Assessment)
	c, ok := read(data, &s.opts, a)
	if ok {
		r := s.opts.report()
		a.check(r)
		s.check(a, r)
		c.merge(r.issues)
	}
	if err := c.err(); err != nil {
		return nil, err
	}
	return a, nil
}

// doubtful tells whether something besides the answers is wrong; Check then says what.
func (s *Scorer) doubtful(a *Assessment) bool {
	ref := a.Model
	if ref.ID != s.ref.ID || a.Date != "" && !validDate(a.Date) || !s.opts.AnyVersion &&
		(ref.Version != "" && ref.Version != s.ref.Version || ref.Digest != "" && ref.Digest != s.ref.Digest) {
		return true
	}
	for id := range a.Comments {
		if i, ok := s.index[id]; !ok || s.nodes[i].question < 0 {
			return true
		}
	}
	for id, list := range a.Evidence {
		if i, ok := s.index[id]; !ok || s.nodes[i].question < 0 {
			return true
		}
		for _, e := range list {
			if e.URL != "" && !validURL(e.URL) {
				return true
			}
		}
	}
	return false
}

// check finds everything that is wrong with an assessment of this model.
func (s *Scorer) check(a *Assessment, r *report) {
	if a.Model.ID != "" && a.Model.ID != s.ref.ID {
		r.add(OtherModel, "/model/id", "", "This is an assessment of "+quote(a.Model.ID)+", and the model is "+quote(s.ref.ID)+": choose the other model.")
	} else if !s.opts.AnyVersion {
		if v := a.Model.Version; v != "" && v != s.ref.Version {
			r.add(OtherVersion, "/model/version", "", "This is an assessment of version "+quote(v)+", and the model has version "+quote(s.ref.Version)+": migrate it, or allow any version.")
		}
		if d := a.Model.Digest; d != "" && d != s.ref.Digest {
			r.add(OtherDigest, "/model/digest", "", "The model has changed since this assessment was made: check the answers, or allow any version.")
		}
	}
	w := &workspace{s: *s, answers: make([]answer, len(s.questions)), values: make([]rat, len(s.questions)),
		texts: make([]string, len(s.questions)), chosen: make([]bool, s.options)}
	for _, id := range sortedKeys(a.Answers) {
		i, ok := s.questionIndex(r, "/answers", id)
		if !ok {
			continue
		}
		if f := w.resolve(i, givenBy(a.Answers[id])); f != nil {
			f.report(r, id)
		}
	}
	for _, id := range sortedKeys(a.NotApplicable) {
		i, ok := s.questionIndex(r, "/notApplicable", id)
		if !ok {
			continue
		}
		if s.questions[i].forbid {
			r.add(NotApplicableForbidden, "/notApplicable", id, "This question cannot be not applicable: answer it, or leave it out.")
		}
		if _, both := a.Answers[id]; both {
			r.add(AnsweredNotApplicable, "/notApplicable", id, "This question is answered and not applicable at once: keep one.")
		}
	}
	for _, id := range sortedKeys(a.Comments) {
		s.questionIndex(r, "/comments", id)
	}
	for _, id := range sortedKeys(a.Evidence) {
		s.questionIndex(r, "/evidence", id)
	}
}

// questionIndex finds the question that a key of the object at a path names, or reports that there is none.
// It finds none where there are too many issues already.
func (s *Scorer) questionIndex(r *report, path, id string) (int32, bool) {
	if r.full() {
		return 0, false
	}
	i, ok := s.question(id)
	if !ok {
		r.add(UnknownQuestion, pointer(path, id), "", "The model has no question "+quote(id)+": remove it, or mend its id.")
	}
	return i, ok
}

// check finds what is wrong with an assessment whatever its model is.
func (a *Assessment) check(r *report) {
	if a.Model.ID == "" {
		r.add(MissingField, "/model", "", "The field \"id\" is missing: say which model this is an assessment of.").field = "id"
	}
	if a.Date != "" && !validDate(a.Date) {
		r.add(BadDate, "/date", "", quote(a.Date)+" is not a date: write it like 2026-11-23.")
	}
	for _, id := range sortedKeys(a.Evidence) {
		for i, e := range a.Evidence[id] {
			if e.URL != "" && !validURL(e.URL) && !r.full() {
				path := pointer(pointerIndex(pointer("/evidence", id), i), "url")
				r.add(BadURL, path, "", "An evidence address begins with http://, https:// or mailto:, and has no spaces.")
			}
		}
	}
}

// validDate tells whether s is a day of the calendar as YYYY-MM-DD.
func validDate(s string) bool {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' || digitsEnd(s, 0) != 4 || digitsEnd(s, 5) != 7 || digitsEnd(s, 8) != 10 {
		return false
	}
	year, month, day := number(s[:4]), number(s[5:7]), number(s[8:])
	days := [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
	if month < 1 || month > 12 || day < 1 {
		return false
	}
	leap := month == 2 && year%4 == 0 && (year%100 != 0 || year%400 == 0)
	return day <= days[month-1] || leap && day == 29
}

func validURL(s string) bool {
	scheme, rest, ok := cut(s, ':')
	lower := []byte(scheme)
	for i := range lower {
		lower[i] |= 0x20
	}
	switch string(lower) {
	case "http", "https":
		if ok = hasPrefix(rest, "//"); ok {
			rest = rest[2:]
		}
	case "mailto":
	default:
		return false
	}
	for _, c := range rest {
		ok = ok && c > ' ' && c != 0x7F && c != '<' && c != '>' && c != '"' && c != '\\'
	}
	return ok && rest != ""
}

// load takes the answers over. It is false where something is wrong; Check then says what.
func (w *workspace) load(a *Assessment) bool {
	found := 0
	for i, id := range w.s.asked {
		w.answers[i] = answer{option: -1}
		if v, ok := a.Answers[id]; ok {
			found++
			if text, isText := v.(string); isText && w.s.hot[i].values != nil {
				o := indexOf(w.s.hot[i].values, text)
				if o < 0 {
					return false
				}
				w.answers[i] = answer{state: answered, option: int32(o)}
			} else if w.resolve(int32(i), givenBy(v)) != nil {
				return false
			}
		}
	}
	return found == len(a.Answers) && w.loadNotApplicable(a)
}

// loadNotApplicable takes over, after the answers, what is not applicable.
func (w *workspace) loadNotApplicable(a *Assessment) bool {
	for id := range a.NotApplicable {
		i, ok := w.s.question(id)
		if !ok || w.answers[i].state == answered || w.s.questions[i].forbid {
			return false
		}
		w.answers[i].state = notApplicable
	}
	return true
}

// question finds a question by its id.
func (s *Scorer) question(id string) (int32, bool) {
	if i, ok := s.index[id]; ok && s.nodes[i].question >= 0 {
		return s.nodes[i].question, true
	}
	return 0, false
}

// required is the error of missing answers under the policy error: every such question, in document order.
func (w *workspace) required() error {
	r := w.s.opts.report()
	named := make([]bool, len(w.s.nodes))
	lacks := func(k *kid) bool { // a child that would count
		return !k.never && w.cells[k.node].status == missing && (k.slot < 0 || !w.hidden[k.slot])
	}
	for i := range w.s.nodes {
		n := &w.s.nodes[i]
		if n.question >= 0 || w.cells[i].status == hidden {
			continue
		}
		for j := n.first; j < n.last; j++ {
			if k := &w.s.kids[j]; k.missing == Fail && lacks(k) {
				w.below(k, func(k *kid) bool {
					fresh := !named[k.node] && lacks(k)
					named[k.node] = named[k.node] || fresh
					return fresh
				})
			}
		}
	}
	for i, missing := range named {
		if n := &w.s.nodes[i]; missing && n.question >= 0 {
			r.add(AnswerRequired, "/answers", n.ID, "The question "+quote(n.ID)+" must be answered.")
		}
	}
	if len(r.issues) == 0 { // a group has no value although nothing below it is missing
		r.add(AnswerRequired, "/answers", "", "A group that must have a value has none.")
	}
	return r.err()
}

// warnings lists the doubts about a scored assessment.
func (w *workspace) warnings(list []*Issue, a *Assessment) []*Issue {
	if v := a.Model.Version; v != "" && v != w.s.ref.Version {
		list = append(list, &Issue{Code: OtherVersion, Path: "/model/version", Message: "The assessment was made with version " + quote(v) + " of the model, and is scored with " + quote(w.s.ref.Version) + "."})
	}
	if d := a.Model.Digest; d != "" && d != w.s.ref.Digest {
		list = append(list, &Issue{Code: OtherDigest, Path: "/model/digest", Message: "The model has changed since the assessment was made."})
	}
	for i := range w.answers {
		n := &w.s.nodes[w.s.questions[i].node]
		if w.answers[i].state == answered && w.isHidden(n) {
			list = append(list, &Issue{Code: AnswerHidden, Path: pointer("/answers", n.ID), Message: "The question " + quote(n.ID) + " is hidden by other answers: its answer is kept, and does not count."})
		}
	}
	return list
}
