package schema

import (
	"strconv"
	"unicode/utf8"
)

// An object is a JSON object whose members stand in the order in which they were added. Values are objects,
// lists, strings, bools, ints, nil, and whatever else appendJSON names.
type object []member

type member struct {
	key   string
	value any
}

// A list is a JSON array.
type list []any

// A raw is JSON as it stands: a number of a model, written as there.
type raw string

func (o *object) add(key string, value any) { *o = append(*o, member{key, value}) }

// addText adds a text unless it is empty.
func (o *object) addText(key, text string) {
	if text != "" {
		o.add(key, text)
	}
}

// get returns the value of a member, or nil.
func (o object) get(key string) any {
	for _, m := range o {
		if m.key == key {
			return m.value
		}
	}
	return nil
}

// join adds a list, or appends it to the one that is there.
func (o *object) join(key string, items list) {
	for i, m := range *o {
		if there, ok := m.value.(list); ok && m.key == key {
			(*o)[i].value = append(there, items...)
			return
		}
	}
	o.add(key, items)
}

func appendJSON(b []byte, v any) []byte {
	switch v := v.(type) {
	case object:
		b = append(b, '{')
		for i, m := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(appendString(b, m.key), ':')
			b = appendJSON(b, m.value)
		}
		return append(b, '}')
	case list:
		return appendList(b, v)
	case []string:
		return appendList(b, v)
	case []object:
		return appendList(b, v)
	case string:
		return appendString(b, v)
	case raw:
		return append(b, v...)
	case int:
		return strconv.AppendInt(b, int64(v), 10)
	case bool:
		return strconv.AppendBool(b, v)
	}
	return append(b, "null"...)
}

func appendList[T any](b []byte, items []T) []byte {
	b = append(b, '[')
	for i, item := range items {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendJSON(b, item)
	}
	return append(b, ']')
}

// appendString escapes no more than JSON asks for: encoding/json would also escape <, > and &.
func appendString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, '\\', 'n')
		case r < ' ':
			b = append(b, '\\', 'u', '0', '0', hex[r>>4], hex[r&15])
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}
