package maturity

// This file scores documents as they are: most are in order, and then their answers need no map on the way.

// ScoreJSON reads an assessment from JSON and scores it into a result that is used again. The error is that
// of ParseAssessment or of ScoreInto.
func (s *Scorer) ScoreJSON(r *Result, data []byte) error {
	w, a := r.bind(s), new(Assessment)
	c := &codec{doc: &w.doc, later: true}
	if !c.readDocument(data, &s.opts, a) || len(c.doc.issues) > 0 || s.doubtful(a) || !w.loadDocument(c, a) {
		a, err := s.ParseAssessment(data) // everything that is wrong at once, each with its place
		if err != nil {
			return err
		}
		return s.ScoreInto(r, a)
	}
	if cap(w.doc.tokens) > keptTokens {
		w.doc = document{}
	}
	return s.scored(r, a)
}

const keptTokens = 1 << 16 // of a document, for the next one

// loadDocument takes over answers that were left in the document. It is false where something is wrong.
func (w *workspace) loadDocument(c *codec, a *Assessment) bool {
	for i := range w.answers {
		w.answers[i] = answer{option: -1}
	}
	d, next := c.doc, int32(0)
	for at := int32(c.answers + 1); c.answers > 0 && at < d.tokens[c.answers].next; at = d.tokens[at+1].next {
		id, i := d.text(int(at)), next
		if int(i) == len(w.s.asked) || w.s.asked[i] != id { // else they stand in the order of the model, as most do
			var ok bool
			if i, ok = w.s.question(id); !ok {
				return false
			}
		}
		next = i + 1
		if values := w.s.hot[i].values; values != nil && d.tokens[at+1].kind == stringKind {
			o := indexOf(values, d.text(int(at+1)))
			if o < 0 {
				return false
			}
			w.answers[i] = answer{state: answered, option: int32(o)}
		} else if w.resolve(i, givenBy(c.readAny(int(at+1)))) != nil || len(d.issues) > 0 {
			return false
		}
	}
	return w.loadNotApplicable(a)
}
