package maturity

// AppendJSON appends the explanation as JSON: its fields, under the names of their tags.
func (e *Explanation) AppendJSON(b []byte) []byte {
	w := writer{out: append(b, '{')}
	w.string("node", e.Node)
	w.string("kind", string(e.Kind))
	w.title(e.Title)
	w.string("status", string(e.Status))
	w.word("aggregate", string(e.Aggregate))
	w.word("read", string(e.Read))
	w.list("inputs", len(e.Inputs), func(i int) { e.Inputs[i].write(&w) })
	w.exact("start", e.Start)
	w.exact("aggregated", e.Aggregated)
	w.list("adjustments", len(e.Adjustments), func(i int) {
		a := &e.Adjustments[i]
		w.string("action", a.Action)
		w.string("amount", a.Amount)
		w.bool("applied", a.Applied)
		w.exact("before", a.Before)
		w.exact("after", a.After)
	})
	if s := e.Scaled; s != nil {
		w.key("scaled")
		w.put("{")
		w.exact("ratio", s.Ratio)
		w.key("min")
		w.put(string(s.Min))
		w.key("max")
		w.put(string(s.Max))
		w.exact("after", s.After)
		w.put("}")
	}
	if r := e.Rounded; r != nil {
		w.key("rounded")
		w.put("{")
		w.int("digits", r.Digits)
		w.string("mode", string(r.Mode))
		w.exact("before", r.Before)
		w.exact("after", r.After)
		w.put("}")
	}
	w.exact("value", e.Value)
	w.exact("min", e.Min)
	w.exact("max", e.Max)
	w.exact("ratio", e.Ratio)
	w.word("level", e.Level)
	w.word("levelByThreshold", e.LevelByThreshold)
	w.list("levels", len(e.Levels), func(i int) {
		l := &e.Levels[i]
		w.string("id", l.ID)
		w.title(l.Title)
		w.string("of", string(l.Of))
		w.word("threshold", l.Threshold)
		w.flag("above", l.Above)
		w.bool("over", l.Over)
		w.bool("required", l.Required)
		w.bool("reached", l.Reached)
	})
	w.blockers(e.Blockers)
	w.span(e.Range)
	w.exact("base", e.Base)
	w.list("answers", len(e.Answers), func(i int) {
		a := &e.Answers[i]
		w.string("question", a.Question)
		w.title(a.Title)
		w.string("status", string(a.Status))
		w.answer("answer", a.Answer)
		w.exact("contribution", a.Contribution)
		w.answer("best", a.Best)
		w.exact("ifBest", a.IfBest)
		w.exact("gain", a.Gain)
		w.word("levelIfBest", a.LevelIfBest)
	})
	w.put("}")
	return w.out
}

// MarshalJSON returns the explanation as JSON.
func (e *Explanation) MarshalJSON() ([]byte, error) { return e.AppendJSON(nil), nil }

func (in *Input) write(w *writer) {
	w.string("node", in.Node)
	w.title(in.Title)
	w.flag("reference", in.Reference)
	w.string("weight", in.Weight)
	w.count("stage", in.Stage)
	w.string("status", string(in.Status))
	w.bool("counts", in.Counts)
	w.string("reason", string(in.Reason))
	w.word("policy", string(in.Policy))
	w.exact("value", in.Value)
	w.exact("read", in.Read)
	if in.Met != nil {
		w.bool("met", *in.Met)
	}
	w.exact("share", in.Share)
	w.exact("contribution", in.Contribution)
}

// list is a list of objects that is left out where it is empty.
func (w *writer) list(name string, n int, write func(i int)) {
	if n == 0 {
		return
	}
	w.key(name)
	w.put("[")
	for i := range n {
		w.comma()
		w.put("{")
		write(i)
		w.put("}")
	}
	w.put("]")
}

// exact is a number that is left out where there is none.
func (w *writer) exact(name string, x *Exact) {
	if x != nil {
		w.key(name)
		w.put("{")
		w.string("exact", x.Exact)
		w.float("value", x.Value)
		w.put("}")
	}
}

// answer is an answer that is left out where there is none.
func (w *writer) answer(name string, v any) {
	if v == nil {
		return
	}
	w.key(name)
	if f, ok := v.(float64); ok {
		w.out = appendNumber(w.out, f)
	} else {
		w.out = appendAnswer(w.out, v)
	}
}
