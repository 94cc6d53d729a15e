package maturity

import "strconv"

// A Code names a kind of issue. Codes are a public contract: a code may be retired, but is never reused.
// A Code is an error itself, so that errors.Is(err, maturity.DuplicateID) works.
type Code string

// Error returns the code.
func (c Code) Error() string { return string(c) }

// Codes about any document.
const (
	BadSyntax    Code = "bad-syntax"    // not JSON, or something follows the document
	BadUTF8      Code = "bad-utf8"      // bytes that are not UTF-8, or a lone surrogate
	DuplicateKey Code = "duplicate-key" // the same key twice in one object
	TooLarge     Code = "too-large"     // the document has too many bytes
	TooDeep      Code = "too-deep"      // the document nests too deep
	TooMany      Code = "too-many"      // too many nodes, options, levels or issues
	TooLong      Code = "too-long"      // a string has too many characters
	UnknownField Code = "unknown-field" // a field that the specification does not have, or not there
	MissingField Code = "missing-field" // a field that must be there
	WrongType    Code = "wrong-type"    // for example a number where a string belongs
	BadValue     Code = "bad-value"     // none of the values that the field may have
	BadDecimal   Code = "bad-decimal"   // no decimal, more than 9 digits after the point, or 10^9 and more
	OutOfRange   Code = "out-of-range"  // outside the range that is allowed
	Empty        Code = "empty"         // a list, an object or a string with nothing in it
)

// Codes about a model.
const (
	BadID            Code = "bad-id"         // not of the form [A-Za-z0-9][A-Za-z0-9._-]{0,63}
	BadVersion       Code = "bad-version"    // not a semantic version
	BadLanguage      Code = "bad-language"   // not a BCP 47 language tag
	DuplicateID      Code = "duplicate-id"   // two nodes, levels or options with one id
	BadNode          Code = "bad-node"       // neither, or more than one, of group, question and reference
	UnknownNode      Code = "unknown-node"   // a reference or condition names no node or question
	UnknownOption    Code = "unknown-option" // an option value that the question does not have
	UnknownOptionSet Code = "unknown-option-set"
	UnknownLadder    Code = "unknown-ladder"
	UnknownLevel     Code = "unknown-level"
	LadderOrder      Code = "ladder-order"  // the thresholds of a ladder fall
	StepOrder        Code = "step-order"    // the steps of a number do not rise
	Cycle            Code = "cycle"         // nodes that depend on each other
	ReadsAhead       Code = "reads-ahead"   // a when that reads what comes after it
	BadCondition     Code = "bad-condition" // a condition that says nothing, or two things at once
	BadGeometric     Code = "bad-geometric" // what a geometric or product group may not have
)

// Codes about an assessment.
const (
	UnknownQuestion        Code = "unknown-question"
	NotAnInteger           Code = "not-an-integer"
	RepeatedOption         Code = "repeated-option"
	ExclusiveOption        Code = "exclusive-option" // an option that stands alone, chosen with another
	AnsweredNotApplicable  Code = "answered-not-applicable"
	NotApplicableForbidden Code = "not-applicable-forbidden"
	OtherModel             Code = "other-model"
	OtherVersion           Code = "other-version"
	OtherDigest            Code = "other-digest"
	BadDate                Code = "bad-date"
	BadURL                 Code = "bad-url"
	AnswerRequired         Code = "answer-required" // missing, under the policy error
	AnswerHidden           Code = "answer-hidden"   // a warning: the answer is kept and does not count
)

// An Issue is one thing that is wrong with a document, or worth saying about it.
type Issue struct {
	Code    Code   `json:"code"`
	Path    string `json:"path"`             // JSON Pointer into the document; "" is the whole document
	Line    int    `json:"line,omitempty"`   // from 1; 0 when the document was not read from text
	Column  int    `json:"column,omitempty"` // from 1, in bytes
	Message string `json:"message"`          // a sentence that says what to do

	offset int    // 1 + place in the text; 0 when not known
	field  string // the field of a MissingField
}

// Error returns the place, the sentence and the code.
func (i *Issue) Error() string {
	place := i.Path
	for _, r := range i.Path {
		if unprintable(r) {
			place = strconv.Quote(i.Path) // a key with control characters must not reach a terminal
			break
		}
	}
	if i.Line > 0 {
		if place != "" {
			place = " " + place
		}
		place = strconv.Itoa(i.Line) + ":" + strconv.Itoa(i.Column) + place
	}
	if place != "" {
		place += ": "
	}
	return place + i.Message + " (" + string(i.Code) + ")"
}

// Unwrap returns the code, so that errors.Is finds it.
func (i *Issue) Unwrap() error { return i.Code }

// An InvalidError holds everything that is wrong with a document, in document order.
type InvalidError struct {
	Issues []*Issue `json:"issues"`
}

// Error returns all issues, one a line.
func (e *InvalidError) Error() string {
	lines := make([]string, len(e.Issues))
	for i, issue := range e.Issues {
		lines[i] = issue.Error()
	}
	return join(lines, "\n")
}

// Unwrap returns the issues.
func (e *InvalidError) Unwrap() []error {
	errs := make([]error, len(e.Issues))
	for i, issue := range e.Issues {
		errs[i] = issue
	}
	return errs
}

// A report collects issues. It stops at limit, or where their paths are long, so that a hostile document cannot make it
// grow without end.
type report struct {
	issues []*Issue
	limit  int
	room   int   // bytes for paths that are left
	beyond Issue // stands for all that come after the last
}

// full tells whether the limit was passed, so that looking for more is in vain.
func (r *report) full() bool { return len(r.issues) > r.limit }

// add reports an issue at a path, or at a key of the object there.
func (r *report) add(code Code, path, key, message string) *Issue {
	if r.full() {
		return &r.beyond
	}
	path = within(path, key)
	if n := len(r.issues); n == r.limit || n > 0 && len(path) > r.room {
		r.limit = n
		r.issues = append(r.issues, &Issue{Code: TooMany,
			Message: "There are more than " + strconv.Itoa(n) + " issues: mend these and read the document again."})
		return &r.beyond
	}
	r.room -= len(path)
	issue := &Issue{Code: code, Path: path, Message: message}
	r.issues = append(r.issues, issue)
	return issue
}

// err returns nil or an InvalidError with the issues in document order.
func (r *report) err() error {
	if len(r.issues) == 0 {
		return nil
	}
	sortIssues(r.issues)
	return &InvalidError{r.issues}
}

func sortIssues(issues []*Issue) {
	ordered := make([]*Issue, 0, len(issues))
	for _, i := range sorted(len(issues), func(i, j int) bool { return issues[i].offset < issues[j].offset }) {
		ordered = append(ordered, issues[i])
	}
	copy(issues, ordered)
}

// pointer appends a key to a JSON Pointer (RFC 6901).
func pointer(path, key string) string {
	_, _, tilde := cut(key, '~')
	_, _, slash := cut(key, '/')
	if !tilde && !slash {
		return path + "/" + key
	}
	b := append([]byte(path), '/')
	for _, c := range []byte(key) {
		switch c {
		case '~':
			b = append(b, "~0"...)
		case '/':
			b = append(b, "~1"...)
		default:
			b = append(b, c)
		}
	}
	return string(b)
}

// within is a path or, if key is not empty, that of a key of the object there.
func within(path, key string) string {
	if key == "" {
		return path
	}
	return pointer(path, key)
}

// itemPath is the path of item i of a list under a key, or of the key itself where i is negative.
func itemPath(path, key string, i int) string {
	if path = pointer(path, key); i >= 0 {
		path = pointerIndex(path, i)
	}
	return path
}

func pointerIndex(path string, i int) string { return path + "/" + strconv.Itoa(i) }

// quote shows a word of a document in a message, shortened where it is long.
func quote(s string) string {
	if len(s) > 60 {
		cut := 57
		for cut > 0 && s[cut]&0xC0 == 0x80 {
			cut--
		}
		s = s[:cut] + "..."
	}
	return strconv.Quote(s)
}

// list joins words for a message: a, b or c.
func list(words []string) string {
	if len(words) > 12 {
		words = append(words[:11:11], strconv.Itoa(len(words)-11)+" more")
	}
	last := len(words) - 1
	if last < 1 {
		return join(words, "")
	}
	return join(words[:last], ", ") + " or " + words[last]
}
