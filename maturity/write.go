package maturity

import "strconv"

// A writer writes JSON. It puts the commas in by itself: one belongs before all that does not follow a
// bracket or a colon.
type writer struct{ out []byte }

func (w *writer) comma() {
	if n := len(w.out); n > 0 && w.out[n-1] != '{' && w.out[n-1] != '[' && w.out[n-1] != ':' {
		w.out = append(w.out, ',')
	}
}

// put appends a bracket or what is JSON already.
func (w *writer) put(text string) { w.out = append(w.out, text...) }

// key begins a field. The key needs no escapes.
func (w *writer) key(name string) {
	w.comma()
	w.out = append(append(append(w.out, '"'), name...), '"', ':')
}

func (w *writer) string(name, value string) {
	w.key(name)
	w.out = appendString(w.out, value)
}

// word is a string that is left out where it is empty.
func (w *writer) word(name, value string) {
	if value != "" {
		w.string(name, value)
	}
}

// words is a list of strings.
func (w *writer) words(list []string) {
	w.put("[")
	for _, s := range list {
		w.comma()
		w.out = appendString(w.out, s)
	}
	w.put("]")
}

func (w *writer) float(name string, f float64) {
	w.key(name)
	w.out = appendNumber(w.out, f)
}

func (w *writer) int(name string, n int) {
	w.key(name)
	w.out = strconv.AppendInt(w.out, int64(n), 10)
}

// count is a whole number that is left out where it is 0.
func (w *writer) count(name string, n int) {
	if n != 0 {
		w.int(name, n)
	}
}

func (w *writer) bool(name string, yes bool) {
	w.key(name)
	w.out = strconv.AppendBool(w.out, yes)
}

// flag is a bool that is left out where it is false.
func (w *writer) flag(name string, yes bool) {
	if yes {
		w.bool(name, true)
	}
}

// freeKey begins a field whose key comes from a document.
func (w *writer) freeKey(key string) {
	w.comma()
	w.out = append(appendString(w.out, key), ':')
}

// text is a string, or an object from language to string.
func (w *writer) text(t Text) {
	if s, ok := t[""]; ok && len(t) == 1 {
		w.out = appendString(w.out, s)
		return
	}
	w.put("{")
	for _, tag := range t.Languages() {
		w.freeKey(tag)
		w.out = appendString(w.out, t[tag])
	}
	w.put("}")
}

// title is a text that is left out where there is none.
func (w *writer) title(t Text) {
	if len(t) > 0 {
		w.key("title")
		w.text(t)
	}
}

// span is a range that is left out where there is none.
func (w *writer) span(r *Range) {
	if r == nil {
		return
	}
	w.key("range")
	w.put("{")
	w.float("low", r.Low)
	w.float("high", r.High)
	w.word("levelLow", r.LevelLow)
	w.word("levelHigh", r.LevelHigh)
	w.put("}")
}

func (i *Issue) write(w *writer) {
	w.put("{")
	w.string("code", string(i.Code))
	w.string("path", i.Path)
	w.count("line", i.Line)
	w.count("column", i.Column)
	w.string("message", i.Message)
	w.put("}")
}

func (w *writer) issues(issues []*Issue) {
	w.put("[")
	for _, i := range issues {
		w.comma()
		i.write(w)
	}
	w.put("]")
}

// AppendIssues appends a list of issues, such as Lint gives, as JSON.
func AppendIssues(b []byte, issues []*Issue) []byte {
	w := writer{out: b}
	w.issues(issues)
	return w.out
}

// AppendJSON appends {"issues":[...]}.
func (e *InvalidError) AppendJSON(b []byte) []byte {
	b = append(b, `{"issues":`...)
	return append(AppendIssues(b, e.Issues), '}')
}

// MarshalJSON returns the issues as JSON.
func (e *InvalidError) MarshalJSON() ([]byte, error) { return e.AppendJSON(nil), nil }
