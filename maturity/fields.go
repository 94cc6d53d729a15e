package maturity

import "strconv"

// This file turns structs into JSON and back. Each type of a document has one method, fields, that names
// its fields in order; it serves both directions, so that what is read is what is written. What a field may
// hold, and how, is in the type of the pointer that is handed over.

// A record is a struct that is an object in JSON.
type record interface{ fields(f *fields) }

// fields is one JSON object, being read (doc is set) or written.
type fields struct {
	*codec
	object int // reading: the object's token
	used   int // reading: where this object's marks start in codec.marks
}

type codec struct {
	writer
	doc   *document
	path  []step
	marks []bool // entries of the open objects that were read
	bad   map[string]bool

	later   bool // the answers are left where they are in the document,
	answers int  // in the value of this token; 0 for none
}

// A step is one key or index of a path.
type step struct {
	key   string
	index int // -1 for a key
}

// These types tell fields apart that are read in different ways.
type (
	freeString  string  // it may be empty
	setDecimal  Decimal // it may be null
	requiredInt int     // it must be there, and may be 0
	limitInt    int     // it may be 0, and not negative
	advice      Node    // the node's advice: a text or a list of texts
)

// A flag is a bool; bit remembers in explicit that it was written as false.
type flag struct {
	p        *bool
	explicit *explicitFalse
	bit      explicitFalse
}

func (c *codec) pointer() string {
	path := ""
	for _, s := range c.path {
		if s.index < 0 {
			path = pointer(path, s.key)
		} else {
			path = pointerIndex(path, s.index)
		}
	}
	return path
}

func (c *codec) enter(key string, index int) { c.path = append(c.path, step{key, index}) }
func (c *codec) leave()                      { c.path = c.path[:len(c.path)-1] }

func (c *codec) issue(token int, code Code, message string) {
	if c.doc.full() {
		return
	}
	path := c.pointer()
	c.doc.add(code, path, "", message).offset = int(c.doc.tokens[token].start) + 1
	if c.bad == nil {
		c.bad = map[string]bool{}
	}
	c.bad[path] = true
}

// is reports a value of another kind than wanted.
func (c *codec) is(token int, want kind) bool {
	got := c.doc.tokens[token].kind
	if got != want {
		c.wrong(token, kindNames[want])
	}
	return got == want
}

func (c *codec) wrong(token int, want string) {
	c.issue(token, WrongType, "This must be "+want+", not "+kindNames[c.doc.tokens[token].kind]+".")
}

// keys lists the tokens of an object's keys.
func (c *codec) keys(object int) []int {
	var keys []int
	if c.is(object, objectKind) {
		keys = make([]int, 0, (int(c.doc.tokens[object].next)-object)/2)
		for i := int32(object + 1); i < c.doc.tokens[object].next; i = c.doc.tokens[i+1].next {
			keys = append(keys, int(i))
		}
	}
	return keys
}

// readRecord reads the object at a token, and reports the fields that the record does not have.
func (c *codec) readRecord(at int, r record) {
	if !c.is(at, objectKind) {
		return
	}
	f := fields{codec: c, object: at, used: len(c.marks)}
	end := c.doc.tokens[at].next
	for i := int32(at + 1); i < end; i = c.doc.tokens[i+1].next {
		c.marks = append(c.marks, false)
	}
	r.fields(&f)
	for i, n := int32(at+1), f.used; i < end && !c.doc.full(); i, n = c.doc.tokens[i+1].next, n+1 {
		if key := c.doc.text(int(i)); !c.marks[n] && f.find(key, true) < 0 { // one that was read twice is a duplicate, as reported
			c.enter(key, -1)
			c.issue(int(i), UnknownField, "There is no field "+quote(key)+" here: remove it, or mend its name.")
			c.leave()
		}
	}
	c.marks = c.marks[:f.used]
}

// find looks for the value of a field that was read, or was not.
func (f *fields) find(name string, read bool) int {
	tokens := f.doc.tokens
	for i, n := int32(f.object+1), f.used; i < tokens[f.object].next; i, n = tokens[i+1].next, n+1 {
		if f.marks[n] == read && f.doc.text(int(i)) == name {
			f.marks[n] = true
			return int(i + 1)
		}
	}
	return -1
}

// field reads a field into what p points to, or writes it.
func (f *fields) field(name string, p any) {
	if f.doc == nil {
		before := len(f.out)
		if f.key(name); !f.write(p) {
			f.out = f.out[:before]
		}
		return
	}
	at := f.find(name, false)
	if at >= 0 {
		f.enter(name, -1)
		f.read(at, p)
		f.leave()
	} else if _, required := p.(*requiredInt); required {
		f.issue(f.object, MissingField, "The field "+quote(name)+" is missing: add it.")
	}
}

// read reads the value at a token into what p points to.
func (c *codec) read(at int, p any) {
	switch p := p.(type) {
	case *string:
		if c.is(at, stringKind) {
			if *p = c.doc.text(at); *p == "" {
				c.issue(at, Empty, "This string is empty: fill it in, or leave the field out.")
			}
		}
	case *freeString:
		if c.is(at, stringKind) {
			*p = freeString(c.doc.text(at))
		}
	case *Decimal:
		*p = c.readDecimal(at)
	case *setDecimal:
		if c.doc.tokens[at].kind == nullKind {
			*p = setDecimal(NoValue)
		} else {
			*p = setDecimal(c.readDecimal(at))
		}
	case *int:
		if c.readInt(at, p) && *p == 0 {
			c.issue(at, OutOfRange, "This must be 1 or more.")
		}
	case *requiredInt:
		c.readInt(at, (*int)(p))
	case *limitInt:
		if c.readInt(at, (*int)(p)) && *p < 0 {
			c.issue(at, OutOfRange, "This must not be negative.")
		}
	case flag:
		if c.is(at, boolKind) {
			if *p.p = c.doc.text(at) == "true"; !*p.p {
				*p.explicit |= p.bit
			}
		}
	case **bool:
		if c.is(at, boolKind) {
			b := c.doc.text(at) == "true"
			*p = &b
		}
	case *any:
		*p = c.readAny(at)
	case *Text:
		*p = c.readText(at)
	case *advice:
		if p.adviceAlone = c.doc.tokens[at].kind != arrayKind; p.adviceAlone {
			p.Advice = []Text{c.readText(at)}
		} else {
			c.read(at, &p.Advice)
		}
	case *Ladder:
		if c.doc.tokens[at].kind == stringKind {
			c.read(at, &p.Use)
		} else {
			c.read(at, &p.Levels)
		}
	case *map[string]string:
		*p = map[string]string{}
		for _, key := range c.keys(at) {
			var s freeString
			name := c.entry(key, &s)
			(*p)[name] = string(s)
		}
	case *map[string]Decimal:
		readMap(c, at, p)
	case *map[string]any:
		if c.later && c.is(at, objectKind) {
			c.answers = at
			return
		}
		readMap(c, at, p)
	case *map[string][]*Option:
		readMap(c, at, p)
	case *map[string][]*Level:
		readMap(c, at, p)
	case *map[string][]Evidence:
		readMap(c, at, p)
	default:
		if r, is := recordAt(p, true); is {
			c.readRecord(at, r)
			return
		}
		n := 0
		if c.is(at, arrayKind) {
			for i := int32(at + 1); i < c.doc.tokens[at].next; i = c.doc.tokens[i].next {
				n++
			}
		}
		i := 0
		items(p, n, func(item any) {
			if i == 0 {
				at++
			} else {
				at = int(c.doc.tokens[at].next)
			}
			c.enter("", i)
			c.read(at, item)
			c.leave()
			i++
		})
	}
}

func readMap[V any](c *codec, at int, p *map[string]V) {
	*p = map[string]V{}
	for _, key := range c.keys(at) {
		var v V
		name := c.entry(key, &v)
		(*p)[name] = v
	}
}

func writeMap[V any](c *codec, m map[string]V) bool {
	c.put("{")
	for _, key := range sortedKeys(m) {
		c.freeKey(key)
		v := m[key]
		c.write(&v)
	}
	c.put("}")
	return m != nil
}

// entry reads the value of a key into what p points to, and returns the key.
func (c *codec) entry(key int, p any) string {
	name := c.doc.text(key)
	c.enter(name, -1)
	c.read(key+1, p)
	c.leave()
	return name
}

// write appends what p points to, and tells whether it is there: a field that is not is left out.
func (c *codec) write(p any) bool {
	switch p := p.(type) {
	case nil:
		c.put("null")
	case *string:
		c.out = appendString(c.out, *p)
		return *p != ""
	case *freeString:
		return c.write((*string)(p))
	case *Decimal:
		c.put(string(*p))
		return *p != ""
	case *setDecimal:
		return c.write((*Decimal)(p))
	case *int:
		c.out = strconv.AppendInt(c.out, int64(*p), 10)
		return *p != 0
	case *requiredInt:
		c.write((*int)(p))
	case flag:
		c.out = strconv.AppendBool(c.out, *p.p)
		return *p.p || *p.explicit&p.bit != 0
	case **bool:
		if *p == nil {
			return false
		}
		c.out = strconv.AppendBool(c.out, **p)
	case *any:
		c.out = appendAnswer(c.out, *p)
		return *p != nil
	case *Text:
		c.text(*p)
		return *p != nil
	case *advice:
		if !p.adviceAlone || len(p.Advice) != 1 {
			return c.write(&p.Advice)
		}
		c.text(p.Advice[0])
	case *Ladder:
		if p.Use == "" {
			return c.write(&p.Levels)
		}
		c.write(&p.Use)
	case *map[string]string:
		return writeMap(c, *p)
	case *map[string]Decimal:
		return writeMap(c, *p)
	case *map[string]any:
		return writeMap(c, *p)
	case *map[string][]*Option:
		return writeMap(c, *p)
	case *map[string][]*Level:
		return writeMap(c, *p)
	case *map[string][]Evidence:
		return writeMap(c, *p)
	default:
		if r, is := recordAt(p, false); is {
			if r == nil {
				return false
			}
			c.put("{")
			r.fields(&fields{codec: c})
			c.put("}")
			ref, is := p.(*ModelRef)
			return !is || *ref != ModelRef{}
		}
		c.put("[")
		there := items(p, -1, func(item any) {
			c.comma()
			c.write(item)
		})
		c.put("]")
		return there
	}
	return true
}

// recordAt returns the record that p is, or points to; where it points to none, one is made or nil returned.
// It is false if p has to do with no record.
func recordAt(p any, create bool) (r record, is bool) {
	switch p := p.(type) {
	case record:
		return p, true
	case **Condition:
		return pointed(p, create), true
	case **Comparison:
		return pointed(p, create), true
	case **LevelTest:
		return pointed(p, create), true
	case **Scale:
		return pointed(p, create), true
	case **Rounding:
		return pointed(p, create), true
	case **Display:
		return pointed(p, create), true
	case **Answer:
		return pointed(p, create), true
	case **YesNoPoints:
		return pointed(p, create), true
	case **LinearPoints:
		return pointed(p, create), true
	case **Subject:
		return pointed(p, create), true
	}
	return nil, false
}

// pointed returns the record that p points to, which is made where it is to be; or nil.
func pointed[T any, R interface {
	*T
	record
}](p **T, create bool) record {
	if create {
		*p = new(T)
	}
	if *p == nil {
		return nil
	}
	return R(*p)
}

// items visits pointers to the items of the list that p points to, after it has been made anew with n items
// if n is not negative. It is false if there is no list.
func items(p any, n int, visit func(item any)) bool {
	switch p := p.(type) {
	case *[]*Node:
		return pointers(p, n, visit)
	case *[]*Condition:
		return pointers(p, n, visit)
	case *[]*Option:
		return pointers(p, n, visit)
	case *[]*Level:
		return pointers(p, n, visit)
	case *[]Adjustment:
		return values(p, n, visit)
	case *[]Step:
		return values(p, n, visit)
	case *[]Evidence:
		return values(p, n, visit)
	case *[]Text:
		return values(p, n, visit)
	case *[]Decimal:
		return values(p, n, visit)
	case *[]any:
		return values(p, n, visit)
	case *[]string:
		return values(p, n, func(item any) { visit((*freeString)(item.(*string))) })
	}
	return false
}

func pointers[T any](p *[]*T, n int, visit func(item any)) bool {
	if n >= 0 {
		*p = make([]*T, n)
		for i := range *p {
			(*p)[i] = new(T)
		}
	}
	for _, item := range *p {
		if item == nil { // of a program: the check says that it is empty
			visit(nil)
			continue
		}
		visit(item)
	}
	return *p != nil
}

func values[T any](p *[]T, n int, visit func(item any)) bool {
	if n >= 0 {
		*p = make([]T, n)
	}
	for i := range *p {
		visit(&(*p)[i])
	}
	return *p != nil
}

func (c *codec) readDecimal(at int) Decimal {
	t := c.doc.tokens[at]
	d := Decimal(c.doc.src[t.start:t.end])
	switch _, ok := d.units(); {
	case t.kind != numberKind && t.kind != stringKind:
		c.wrong(at, "a number (or a string that holds one)")
	case !ok:
		c.issue(at, BadDecimal, badDecimal(d))
	default:
		return d
	}
	return ""
}

func badDecimal(d Decimal) string {
	return quote(d.String()) + " is not a decimal with at most 9 digits after the point and an absolute value below 1,000,000,000."
}

// readInt reads a whole number, and is false if there is none.
func (c *codec) readInt(at int, p *int) bool {
	if !c.is(at, numberKind) {
		return false
	}
	n, ok := parseDecimal(c.doc.text(at))
	switch {
	case !ok:
		c.issue(at, BadDecimal, badDecimal(Decimal(c.doc.text(at))))
		return false
	case n%decimalUnit != 0:
		c.issue(at, NotAnInteger, "This must be a whole number.")
		return false
	}
	*p = int(n / decimalUnit)
	return true
}

func (c *codec) readText(at int) Text {
	switch c.doc.tokens[at].kind {
	case stringKind:
		return T(c.doc.text(at))
	case objectKind:
	default:
		c.wrong(at, "a text: a string, or an object from language to string")
		return nil
	}
	t := Text{}
	for _, key := range c.keys(at) {
		tag := c.doc.text(key)
		c.enter(tag, -1)
		if tag == "" {
			c.issue(key+1, BadLanguage, "A language tag is empty: write a BCP 47 tag such as \"nb\" or \"en\".")
		} else if c.is(key+1, stringKind) {
			t[tag] = c.doc.text(key + 1)
		}
		c.leave()
	}
	return t
}

// readAny reads an answer: a string, a bool, a number or, in an assessment, a list of strings.
func (c *codec) readAny(at int) any {
	switch t := c.doc.tokens[at]; t.kind {
	case stringKind:
		return c.doc.text(at)
	case boolKind:
		return c.doc.text(at) == "true"
	case numberKind:
		return Decimal(c.doc.text(at))
	case arrayKind:
		values := []string{}
		for i, n := int32(at+1), 0; i < t.next; i, n = c.doc.tokens[i].next, n+1 {
			c.enter("", n)
			if c.is(int(i), stringKind) {
				values = append(values, c.doc.text(int(i)))
			}
			c.leave()
		}
		return values
	default:
		c.wrong(at, "an answer")
		return nil
	}
}

func appendAnswer(b []byte, v any) []byte {
	switch v := v.(type) {
	case string:
		return appendString(b, v)
	case bool:
		return strconv.AppendBool(b, v)
	case []string:
		b = append(b, '[')
		for i, s := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendString(b, s)
		}
		return append(b, ']')
	case []any:
		values, _ := stringsOf(v)
		return appendAnswer(b, values)
	}
	if d, ok := decimalOf(v); ok {
		return append(b, d.String()...)
	}
	return append(b, "null"...)
}

// decimalOf turns a number as Go programs hold it into a Decimal.
func decimalOf(v any) (Decimal, bool) {
	switch v := v.(type) {
	case Decimal:
		return v, v != ""
	case int:
		return Decimal(strconv.Itoa(v)), true
	case int64:
		return Decimal(strconv.FormatInt(v, 10)), true
	case float64:
		return Decimal(strconv.FormatFloat(v, 'f', -1, 64)), true // NaN and Inf are no decimals: the check says so
	case interface{ String() string }: // json.Number
		return Decimal(v.String()), true
	}
	return "", false
}

func stringsOf(v []any) ([]string, bool) {
	values, ok := make([]string, len(v)), true
	for i, item := range v {
		s, isString := item.(string)
		values[i], ok = s, ok && isString
	}
	return values, ok
}
