package maturity

import "strconv"

// This file turns structs into JSON and back. Each type of a document has one method, fields, that names
// its fields in order; it serves both directions, so that what is read is what is written.

// fields is one JSON object, being read (doc is set) or written.
type fields struct {
	*codec
	object int  // reading: the object's token
	used   int  // reading: where this object's marks start in codec.marks
	empty  bool // writing: no field yet
}

type codec struct {
	doc   *document
	path  []step
	marks []bool // entries of the open objects that were read
	bad   map[string]bool
	out   []byte
}

// A step is one key or index of a path.
type step struct {
	key   string
	index int // -1 for a key
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

func (c *codec) issue(token int, code Code, message string) {
	path := c.pointer()
	c.doc.add(code, path, message).offset = int(c.doc.tokens[token].start) + 1
	if c.bad == nil {
		c.bad = map[string]bool{}
	}
	c.bad[path] = true
}

// is reports a value of another kind than wanted.
func (c *codec) is(token int, want kind) bool {
	got := c.doc.tokens[token].kind
	if got != want {
		c.issue(token, WrongType, "This must be "+kindNames[want]+", not "+kindNames[got]+".")
	}
	return got == want
}

// readObject reads the object at a token with visit, and reports the fields that visit did not ask for.
func (c *codec) readObject(at int, visit func(*fields)) {
	if !c.is(at, objectKind) {
		return
	}
	f := fields{codec: c, object: at, used: len(c.marks)}
	for i := int32(at + 1); i < c.doc.tokens[at].next; i = c.doc.tokens[i+1].next {
		c.marks = append(c.marks, false)
	}
	visit(&f)
	for i, n := int32(at+1), f.used; i < c.doc.tokens[at].next && !c.doc.full(); i, n = c.doc.tokens[i+1].next, n+1 {
		if key := c.doc.text(int(i)); !c.marks[n] && !c.marked(&f, key) {
			c.path = append(c.path, step{key, -1})
			c.issue(int(i), UnknownField, "There is no field "+quote(key)+" here: remove it, or mend its name.")
			c.path = c.path[:len(c.path)-1]
		}
	}
	c.marks = c.marks[:f.used]
}

// marked tells whether a key was read; a second one like it is a duplicate, which the document has reported.
func (c *codec) marked(f *fields, key string) bool {
	for i, n := int32(f.object+1), f.used; i < c.doc.tokens[f.object].next; i, n = c.doc.tokens[i+1].next, n+1 {
		if c.marks[n] && c.doc.text(int(i)) == key {
			return true
		}
	}
	return false
}

// field finds a field and hands its token to read; or writes the key and lets write append the value.
func (f *fields) field(name string, present bool, read func(token int), write func()) {
	if f.doc == nil {
		if present {
			if !f.empty {
				f.out = append(f.out, ',')
			}
			f.empty = false
			f.out = append(append(append(f.out, '"'), name...), '"', ':')
			write()
		}
		return
	}
	if at := f.find(name); at >= 0 {
		f.path = append(f.path, step{name, -1})
		read(at)
		f.path = f.path[:len(f.path)-1]
	}
}

// find looks a field up, and marks it as known.
func (f *fields) find(name string) int {
	tokens := f.doc.tokens
	first := int32(f.object + 1)
	for i, n := first, f.used; i < tokens[f.object].next; i, n = tokens[i+1].next, n+1 {
		if !f.marks[n] && f.doc.text(int(i)) == name {
			f.marks[n] = true
			return int(i + 1)
		}
	}
	return -1
}

func (f *fields) writeObject(visit func(*fields)) {
	f.out = append(f.out, '{')
	visit(&fields{codec: f.codec, empty: true})
	f.out = append(f.out, '}')
}

func (f *fields) string(name string, p *string) { stringField(f, name, p) }

// free is a string that may be empty.
func (f *fields) free(name string, p *string) {
	f.field(name, *p != "", func(at int) { *p = f.readString(at) }, func() { f.out = appendString(f.out, *p) })
}

func stringField[S ~string](f *fields, name string, p *S) {
	f.field(name, *p != "", func(at int) {
		if f.is(at, stringKind) {
			*p = S(f.doc.text(at))
			if *p == "" {
				f.issue(at, Empty, "This string is empty: fill it in, or leave the field out.")
			}
		}
	}, func() { f.out = appendString(f.out, string(*p)) })
}

func (f *fields) decimal(name string, p *Decimal) {
	f.field(name, *p != "", func(at int) { *p = f.readDecimal(at) }, func() { f.out = append(f.out, *p...) })
}

func (c *codec) readDecimal(at int) Decimal {
	t := c.doc.tokens[at]
	d := Decimal(c.doc.src[t.start:t.end])
	switch _, ok := d.units(); {
	case t.kind != numberKind && t.kind != stringKind:
		c.issue(at, WrongType, "This must be a number (or a string that holds one), not "+kindNames[t.kind]+".")
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

func (f *fields) setDecimal(name string, p *Decimal) {
	f.field(name, *p != "", func(at int) {
		if f.doc.tokens[at].kind == nullKind {
			*p = NoValue
		} else {
			*p = f.readDecimal(at)
		}
	}, func() { f.out = append(f.out, *p...) })
}

// integer reads a whole number; required ones are always written.
func (f *fields) integer(name string, p *int, required bool) {
	found := false
	f.field(name, required || *p != 0, func(at int) {
		found = true
		if f.is(at, numberKind) {
			n, ok := parseDecimal(f.doc.text(at))
			if !ok || n%decimalUnit != 0 {
				f.issue(at, NotAnInteger, "This must be a whole number.")
				return
			}
			if *p = int(n / decimalUnit); *p == 0 && !required {
				f.issue(at, OutOfRange, "This must be 1 or more.")
			}
		}
	}, func() { f.out = strconv.AppendInt(f.out, int64(*p), 10) })
	if f.doc != nil && required && !found {
		f.issue(f.object, MissingField, "The field "+quote(name)+" is missing: add it.")
	}
}

// limit reads a whole number that is not negative; 0 means the default.
func (f *fields) limit(name string, p *int) {
	f.field(name, *p != 0, func(at int) {
		if f.is(at, numberKind) {
			n, ok := parseDecimal(f.doc.text(at))
			switch *p = int(n / decimalUnit); {
			case !ok || n%decimalUnit != 0:
				f.issue(at, NotAnInteger, "This must be a whole number.")
			case n < 0:
				f.issue(at, OutOfRange, "This must not be negative.")
			}
		}
	}, func() { f.out = strconv.AppendInt(f.out, int64(*p), 10) })
}

// boolean reads a bool; bit remembers in explicit that it was written as false.
func (f *fields) boolean(name string, p *bool, explicit *explicitFalse, bit explicitFalse) {
	f.field(name, *p || *explicit&bit != 0, func(at int) {
		if f.is(at, boolKind) {
			if *p = f.doc.text(at) == "true"; !*p {
				*explicit |= bit
			}
		}
	}, func() { f.out = strconv.AppendBool(f.out, *p) })
}

func (f *fields) boolPointer(name string, p **bool) {
	f.field(name, *p != nil, func(at int) {
		if f.is(at, boolKind) {
			b := f.doc.text(at) == "true"
			*p = &b
		}
	}, func() { f.out = strconv.AppendBool(f.out, **p) })
}

func (f *fields) text(name string, p *Text) {
	f.field(name, *p != nil, func(at int) { *p = f.readText(at) }, func() { f.writeText(*p) })
}

func (c *codec) readText(at int) Text {
	if c.doc.tokens[at].kind == stringKind {
		return T(c.doc.text(at))
	}
	if k := c.doc.tokens[at].kind; k != objectKind {
		c.issue(at, WrongType, "This must be a text: a string, or an object from language to string, not "+kindNames[k]+".")
		return nil
	}
	t := Text{}
	c.entries(at, func(tag string, value int) {
		if tag == "" {
			c.issue(value, BadLanguage, "A language tag is empty: write a BCP 47 tag such as \"nb\" or \"en\".")
		} else if c.is(value, stringKind) {
			t[tag] = c.doc.text(value)
		}
	})
	return t
}

func (f *fields) writeText(t Text) {
	if s, ok := t[""]; ok && len(t) == 1 {
		f.out = appendString(f.out, s)
		return
	}
	f.writeObject(func(o *fields) {
		for _, tag := range sortedKeys(t) {
			s := t[tag]
			o.key(tag, func() { o.out = appendString(o.out, s) })
		}
	})
}

// entries visits an object with free keys.
func (c *codec) entries(at int, visit func(key string, value int)) {
	if !c.is(at, objectKind) {
		return
	}
	for i := int32(at + 1); i < c.doc.tokens[at].next; i = c.doc.tokens[i+1].next {
		key := c.doc.text(int(i))
		c.path = append(c.path, step{key, -1})
		visit(key, int(i+1))
		c.path = c.path[:len(c.path)-1]
	}
}

// items visits a list.
func (c *codec) items(at int, visit func(item int)) {
	if !c.is(at, arrayKind) {
		return
	}
	for i, n := int32(at+1), 0; i < c.doc.tokens[at].next; i, n = c.doc.tokens[i].next, n+1 {
		c.path = append(c.path, step{"", n})
		visit(int(i))
		c.path = c.path[:len(c.path)-1]
	}
}

// key writes a free key.
func (f *fields) key(key string, write func()) {
	if !f.empty {
		f.out = append(f.out, ',')
	}
	f.empty = false
	f.out = append(appendString(f.out, key), ':')
	write()
}

func (f *fields) writeList(n int, write func(i int)) {
	f.out = append(f.out, '[')
	for i := range n {
		if i > 0 {
			f.out = append(f.out, ',')
		}
		write(i)
	}
	f.out = append(f.out, ']')
}

// any is an answer: a string, a bool, a number or, in an assessment, a list of strings.
func (f *fields) any(name string, p *any) {
	f.field(name, *p != nil, func(at int) { *p = f.readAny(at) }, func() { f.out = appendAnswer(f.out, *p) })
}

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
		c.items(at, func(item int) {
			if c.is(item, stringKind) {
				values = append(values, c.doc.text(item))
			}
		})
		return values
	default:
		c.issue(at, WrongType, "This must be an answer, not "+kindNames[t.kind]+".")
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

// object is a field that holds one struct.
func object[T any](f *fields, name string, p **T, visit func(*T, *fields)) {
	f.field(name, *p != nil, func(at int) {
		*p = new(T)
		f.readObject(at, func(o *fields) { visit(*p, o) })
	}, func() { f.writeObject(func(o *fields) { visit(*p, o) }) })
}

// listOf is a field that holds a list.
func listOf[T any](f *fields, name string, p *[]T, read func(at int) T, write func(*T)) {
	f.field(name, *p != nil, func(at int) { *p = readList(f.codec, at, read) },
		func() { f.writeList(len(*p), func(i int) { write(&(*p)[i]) }) })
}

func readList[T any](c *codec, at int, read func(at int) T) []T {
	items := []T{}
	c.items(at, func(item int) { items = append(items, read(item)) })
	return items
}

// dictOf is a field that holds an object with free keys.
func dictOf[T any](f *fields, name string, p *map[string]T, read func(at int) T, write func(T)) {
	f.field(name, *p != nil, func(at int) {
		*p = map[string]T{}
		f.entries(at, func(key string, value int) { (*p)[key] = read(value) })
	}, func() {
		f.writeObject(func(o *fields) {
			for _, key := range sortedKeys(*p) {
				o.key(key, func() { write((*p)[key]) })
			}
		})
	})
}

// objects is a list of structs by pointer.
func objects[T any](f *fields, name string, p *[]*T, visit func(*T, *fields)) {
	listOf(f, name, p, func(at int) *T { return readOne(f.codec, at, visit) },
		func(v **T) { f.writeObject(func(o *fields) { visit(*v, o) }) })
}

// structs is a list of structs by value.
func structs[T any](f *fields, name string, p *[]T, visit func(*T, *fields)) {
	listOf(f, name, p, func(at int) T { return *readOne(f.codec, at, visit) },
		func(v *T) { f.writeObject(func(o *fields) { visit(v, o) }) })
}

func readOne[T any](c *codec, at int, visit func(*T, *fields)) *T {
	v := new(T)
	c.readObject(at, func(o *fields) { visit(v, o) })
	return v
}

// lists is an object of lists of structs.
func lists[T any](f *fields, name string, p *map[string][]*T, visit func(*T, *fields)) {
	dictOf(f, name, p,
		func(at int) []*T {
			return readList(f.codec, at, func(at int) *T { return readOne(f.codec, at, visit) })
		},
		func(v []*T) {
			f.writeList(len(v), func(i int) { f.writeObject(func(o *fields) { visit(v[i], o) }) })
		})
}

func (f *fields) strings(name string, p *map[string]string) {
	dictOf(f, name, p, f.readString, func(s string) { f.out = appendString(f.out, s) })
}

func (c *codec) readString(at int) string {
	if !c.is(at, stringKind) {
		return ""
	}
	return c.doc.text(at)
}
