package maturity

import (
	"math"
	"strconv"
	"unicode/utf8"
)

// This file is the strict JSON reader (RFC 8259 and I-JSON, RFC 7493): it checks a whole document and
// lays it out as a flat list of tokens. Unlike encoding/json it refuses duplicate keys and bad UTF-8, and
// knows where everything stands.

// maxKey bounds a key in bytes, as it is written. Keys are in the paths of all that is below them.
const maxKey = 4096

type kind uint8

const (
	objectKind kind = iota
	arrayKind
	stringKind
	numberKind
	boolKind
	nullKind
)

var kindNames = [...]string{"an object", "a list", "a string", "a number", "true or false", "null"}

// A token is one value of a document. The keys of an object are string tokens before their values.
type token struct {
	_          [0]func() // never compared: so there is no code for it
	kind       kind
	escaped    bool  // a string with a backslash in it
	start, end int32 // its text in the source
	next       int32 // index of the first token after it and all it holds
}

// A document is a JSON text laid out as tokens; token 0 is the whole.
type document struct {
	src    string
	tokens []token
	*report
	maxDepth int
	table    []int32 // scratch of duplicateKeys
}

// readDocument reads src; the report says what was wrong. It is false if src is no JSON at all.
func readDocument(d *document, src string, r *report, opts *Options) bool {
	limits := opts.filled()
	d.src, d.report, d.maxDepth, d.tokens = src, r, limits.MaxDepth, d.tokens[:0]
	if max := limits.MaxBytes; len(src) > max {
		r.add(TooLarge, "", "", "The document has "+strconv.Itoa(len(src))+" bytes; at most "+strconv.Itoa(max)+" are read.")
		return false
	}
	if len(src) >= 3 && src[:3] == "\xEF\xBB\xBF" {
		return d.fail(0, BadSyntax, "The document begins with a byte order mark: remove it.")
	}
	i, ok := d.value(d.space(0), 0)
	if !ok {
		return false
	}
	if i = d.space(i); i != len(src) {
		return d.fail(i, BadSyntax, "Something follows the end of the document: remove it.")
	}
	return true
}

func (d *document) fail(offset int, code Code, message string) bool {
	d.add(code, "", "", message).offset = offset + 1
	return false
}

func (d *document) space(i int) int {
	for i < len(d.src) && (d.src[i] == ' ' || d.src[i] == '\n' || d.src[i] == '\t' || d.src[i] == '\r') {
		i++
	}
	return i
}

// value reads the value at offset i and returns the offset behind it.
func (d *document) value(i, depth int) (int, bool) {
	if i >= len(d.src) {
		return i, d.fail(i, BadSyntax, "The document ends too early: a value is missing.")
	}
	switch c := d.src[i]; {
	case c == '{' || c == '[':
		if depth >= d.maxDepth {
			return i, d.fail(i, TooDeep, "The document nests more than "+strconv.Itoa(d.maxDepth)+" deep.")
		}
		return d.container(i, depth, c == '{')
	case c == '"':
		return d.string(i)
	case c == '-' || '0' <= c && c <= '9':
		return d.number(i)
	}
	for _, word := range [...]struct {
		text string
		kind kind
	}{{"true", boolKind}, {"false", boolKind}, {"null", nullKind}} {
		if end := i + len(word.text); end <= len(d.src) && d.src[i:end] == word.text {
			return d.token(word.kind, i, end)
		}
	}
	return i, d.fail(i, BadSyntax, "A JSON value is expected here: an object, a list, a string, a number, true, false or null.")
}

func (d *document) token(k kind, start, end int) (int, bool) {
	d.tokens = append(d.tokens, token{kind: k, start: int32(start), end: int32(end), next: int32(len(d.tokens) + 1)})
	return end, true
}

func (d *document) container(i, depth int, object bool) (int, bool) {
	at, k, closing := len(d.tokens), arrayKind, byte(']')
	if object {
		k, closing = objectKind, '}'
	}
	d.token(k, i, i)
	keys := 0
	for i = d.space(i + 1); ; i = d.space(i + 1) {
		if i < len(d.src) && d.src[i] == closing && d.tokens[at].next == int32(len(d.tokens)) {
			break // empty
		}
		ok := true
		if object {
			if i >= len(d.src) || d.src[i] != '"' {
				return i, d.fail(i, BadSyntax, "A key in double quotes is expected here.")
			}
			key := i
			if i, ok = d.string(i); !ok {
				return i, false
			}
			if i-key-2 > maxKey {
				return i, d.fail(key, TooLong, "A key has more than "+strconv.Itoa(maxKey)+" bytes.")
			}
			if i = d.space(i); i >= len(d.src) || d.src[i] != ':' {
				return i, d.fail(i, BadSyntax, "A colon is expected after the key.")
			}
			i = d.space(i + 1)
			keys++
		}
		if i, ok = d.value(i, depth+1); !ok {
			return i, false
		}
		i = d.space(i)
		if i < len(d.src) && d.src[i] == closing {
			break
		}
		if i >= len(d.src) || d.src[i] != ',' {
			return i, d.fail(i, BadSyntax, "A comma or "+string(closing)+" is expected here.")
		}
	}
	d.tokens[at].end, d.tokens[at].next = int32(i+1), int32(len(d.tokens))
	if keys > 1 {
		d.duplicateKeys(at, keys)
	}
	return i + 1, true
}

// string reads a string. Bad UTF-8 inside it is reported, and the reading goes on.
func (d *document) string(start int) (int, bool) {
	escaped := false
	for i := start + 1; i < len(d.src); {
		switch c := d.src[i]; {
		case c == '"':
			d.token(stringKind, start, i+1)
			d.tokens[len(d.tokens)-1].escaped = escaped
			return i + 1, true
		case c < ' ':
			return i, d.fail(i, BadSyntax, "A string holds a control character: write it as an escape such as \\n.")
		case c == '\\':
			escaped = true
			n, code, message := escape(d.src[i:])
			if code != "" {
				d.fail(i, code, message)
				if code == BadSyntax {
					return i, false
				}
			}
			i += n
		case c < utf8.RuneSelf:
			i++
		default:
			r, n := utf8.DecodeRuneInString(d.src[i:])
			if r == utf8.RuneError && n == 1 {
				d.fail(i, BadUTF8, "A byte is not UTF-8: save the document as UTF-8.")
			}
			i += n
		}
	}
	return len(d.src), d.fail(start, BadSyntax, "A string is not closed: a double quote is missing.")
}

// escape measures the escape sequence at the start of s, a surrogate pair as one.
func escape(s string) (n int, code Code, message string) {
	if len(s) < 2 {
		return len(s), BadSyntax, "An escape is not complete."
	}
	switch s[1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2, "", ""
	case 'u':
		r, ok := hex4(s[2:])
		switch {
		case !ok:
			return 2, BadSyntax, "Four hexadecimal digits must follow \\u."
		case r < 0xD800 || r > 0xDFFF:
			return 6, "", ""
		}
		if r < 0xDC00 && len(s) >= 12 && s[6:8] == `\u` {
			if low, ok := hex4(s[8:]); ok && low >= 0xDC00 && low <= 0xDFFF {
				return 12, "", ""
			}
		}
		return 6, BadUTF8, "A surrogate stands alone: write the whole character."
	}
	return 2, BadSyntax, "A backslash must be followed by one of \" \\ / b f n r t u."
}

func hex4(s string) (rune, bool) {
	if len(s) < 4 {
		return 0, false
	}
	n := rune(0)
	for _, c := range []byte(s[:4]) {
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return 0, false
		}
		n = n<<4 | rune(c)
	}
	return n, true
}

func (d *document) number(start int) (int, bool) {
	i := start
	if d.src[i] == '-' {
		i++
	}
	end := digitsEnd(d.src, i)
	ok := end > i && (d.src[i] != '0' || end == i+1)
	if i = end; i < len(d.src) && d.src[i] == '.' {
		end = digitsEnd(d.src, i+1)
		ok, i = ok && end > i+1, end
	}
	if i < len(d.src) && d.src[i]|0x20 == 'e' {
		i++
		if i < len(d.src) && (d.src[i] == '+' || d.src[i] == '-') {
			i++
		}
		end = digitsEnd(d.src, i)
		ok, i = ok && end > i, end
	}
	if !ok {
		return i, d.fail(start, BadSyntax, "This is not a number as JSON writes it.")
	}
	return d.token(numberKind, start, i)
}

// duplicateKeys reports the keys of an object that come more than once. Large objects are sorted, so that
// no choice of keys makes it slow.
func (d *document) duplicateKeys(object, keys int) {
	if keys > 128 {
		d.sortedDuplicates(object, keys)
		return
	}
	size := 8
	for size < 2*keys {
		size *= 2
	}
	if len(d.table) < size {
		d.table = make([]int32, size)
	}
	table := d.table[:size]
	clear(table)
	for k := int32(object + 1); k < d.tokens[object].next; k = d.tokens[k+1].next {
		key := d.text(int(k))
		hash := uint32(2166136261)
		for _, c := range []byte(key) {
			hash = (hash ^ uint32(c)) * 16777619
		}
		for slot := int(hash) & (size - 1); ; slot = (slot + 1) & (size - 1) {
			if table[slot] == 0 {
				table[slot] = k
				break
			}
			if d.text(int(table[slot])) == key {
				d.duplicate(k)
				break
			}
		}
	}
}

func (d *document) sortedDuplicates(object, keys int) {
	list, texts := make([]int32, 0, keys), make([]string, 0, keys)
	for k := int32(object + 1); k < d.tokens[object].next; k = d.tokens[k+1].next {
		list, texts = append(list, k), append(texts, d.text(int(k)))
	}
	order := sorted(keys, func(i, j int) bool { return texts[i] < texts[j] })
	for i := 1; i < keys && !d.full(); i++ {
		if texts[order[i-1]] == texts[order[i]] {
			d.duplicate(list[order[i]])
		}
	}
}

func (d *document) duplicate(key int32) {
	d.fail(int(d.tokens[key].start), DuplicateKey, "The key "+quote(d.text(int(key)))+" comes twice in this object: keep one.")
}

// text returns the characters of a string token, or the source of any other.
func (d *document) text(i int) string {
	t := &d.tokens[i]
	if t.kind != stringKind {
		return d.src[t.start:t.end]
	}
	s := d.src[t.start+1 : t.end-1]
	if !t.escaped {
		return s
	}
	b := make([]byte, 0, len(s))
	for len(s) > 0 {
		if s[0] != '\\' {
			b, s = append(b, s[0]), s[1:]
			continue
		}
		n, code, _ := escape(s)
		switch c := s[1]; {
		case code != "":
			b = utf8.AppendRune(b, utf8.RuneError)
		case c == 'u':
			r, _ := hex4(s[2:])
			if n == 12 {
				low, _ := hex4(s[8:])
				r = 0x10000 + (r-0xD800)<<10 + (low - 0xDC00)
			}
			b = utf8.AppendRune(b, r)
		default:
			for j, from := range []byte(`bfnrt`) {
				if c == from {
					c = "\b\f\n\r\t"[j]
					break
				}
			}
			b = append(b, c)
		}
		s = s[n:]
	}
	return string(b)
}

// locate gives every issue its place and puts them in document order: one that has an offset gets the path
// of the value around it, as long as there is room for paths; one that has a path gets the place of what the path names.
func (d *document) locate(issues []*Issue) {
	sortIssues(issues)
	reached := map[int32]child{}
	children := map[int32]map[string]int32{}
	for _, issue := range issues {
		switch {
		case len(d.tokens) == 0:
		case issue.offset == 0:
			issue.offset = int(d.tokens[d.find(issue.Path, children)].start) + 1
		case d.room > 0 && (issue.Code == DuplicateKey || issue.Code == BadUTF8):
			issue.Path = d.pathTo(int32(issue.offset-1), reached)
			d.room -= len(issue.Path)
		}
	}
	sortIssues(issues)
	line, start, at := 1, 0, 0
	for _, issue := range issues {
		for ; at < issue.offset-1; at++ {
			if d.src[at] == '\n' {
				line, start = line+1, at+1
			}
		}
		issue.Line, issue.Column = line, at-start+1
	}
}

// A child is a value of an object or list, or its key, and how many come before it.
type child struct{ token, n int32 }

// pathTo returns the pointer to the innermost value, or value of the key, at an offset. It goes on where it
// has reached in each object and list, for many offsets that rise.
func (d *document) pathTo(offset int32, reached map[int32]child) string {
	path, at := "", int32(0)
	for {
		t, c := d.tokens[at], child{at + 1, 0}
		if before, ok := reached[at]; ok {
			c = before
		}
		key := int32(0)
		if t.kind == objectKind {
			key = 1
		}
		for t.kind <= arrayKind && c.token < t.next && d.tokens[c.token+key].end <= offset {
			c = child{d.tokens[c.token+key].next, c.n + 1}
		}
		if t.kind > arrayKind || c.token >= t.next || d.tokens[c.token].start > offset {
			return path
		}
		reached[at] = c
		if at = c.token + key; key == 1 {
			path = pointer(path, d.text(int(c.token)))
		} else {
			path = pointerIndex(path, int(c.n))
		}
	}
}

// find returns the token that a JSON Pointer names, or the innermost one on the way to it. It remembers the
// children of the objects and lists that it passes.
func (d *document) find(path string, children map[int32]map[string]int32) int32 {
	at := int32(0)
	for path != "" {
		end := 1
		for end < len(path) && path[end] != '/' {
			end++
		}
		known, ok := children[at]
		if !ok {
			known = d.children(at)
			children[at] = known
		}
		child, ok := known[path[:end]]
		if !ok {
			return at
		}
		at, path = child, path[end:]
	}
	return at
}

// children lists the values in an object or list by their step in a JSON Pointer; of two with one key the
// first.
func (d *document) children(at int32) map[string]int32 {
	t := d.tokens[at]
	known := map[string]int32{}
	for i, n := at+1, 0; i < t.next && t.kind <= arrayKind; n++ {
		value, step := i, ""
		if t.kind == objectKind {
			value, step = i+1, pointer("", d.text(int(i)))
		} else {
			step = pointerIndex("", n)
		}
		if _, twice := known[step]; !twice {
			known[step] = value
		}
		i = d.tokens[value].next
	}
	return known
}

const hexDigits = "0123456789abcdef"

// appendString appends s as a JSON string, escaped as RFC 8785 says.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		b = append(append(b, s[from:i]...), '\\')
		from = i + 1
		switch c {
		case '"', '\\':
			b = append(b, c)
		case '\b':
			b = append(b, 'b')
		case '\f':
			b = append(b, 'f')
		case '\n':
			b = append(b, 'n')
		case '\r':
			b = append(b, 'r')
		case '\t':
			b = append(b, 't')
		default:
			b = append(b, 'u', '0', '0', '0'+c>>4, hexDigits[c&15])
		}
	}
	return append(append(b, s[from:]...), '"')
}

// appendNumber appends a finite number as RFC 8785 says: the shortest digits that read back as f, in the
// notation of ECMAScript.
func appendNumber(b []byte, f float64) []byte {
	if i := int64(f); float64(i) == f && -1e15 < f && f < 1e15 {
		return appendWhole(b, i)
	}
	abs := f
	if abs < 0 {
		abs = -abs
	}
	if abs >= 0.01 && abs < 1e9 { // numbers with two digits after the point, which are common and quick
		if i := int64(math.Round(abs * 100)); float64(i)/100 == abs {
			if f < 0 {
				b = append(b, '-')
			}
			b = append(appendWhole(b, i/100), '.', byte('0'+i/10%10))
			if i%10 != 0 {
				b = append(b, byte('0'+i%10))
			}
			return b
		}
	}
	if abs >= 1e-6 && abs < 1e21 {
		return strconv.AppendFloat(b, f, 'f', -1, 64)
	}
	b = strconv.AppendFloat(b, f, 'e', -1, 64)
	if n := len(b); b[n-2] == '0' && (b[n-3] == '-' || b[n-3] == '+') { // e-07 is e-7
		b[n-2] = b[n-1]
		b = b[:n-1]
	}
	return b
}
