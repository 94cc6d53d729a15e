package schema_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
)

// A tree is a decoded document; numbers are json.Numbers, so that they are written back as they stood.
func decodeTree(data []byte) (tree any) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(&tree); err != nil {
		panic(err)
	}
	return tree
}

func encodeTree(tree any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(tree); err != nil {
		panic(err)
	}
	return bytes.TrimSpace(b.Bytes())
}

// A spot is a value in a tree, and the way to change or drop it.
type spot struct {
	path  string
	value any
	set   func(any)
	drop  func()
	key   string         // in an object
	of    map[string]any // the object
}

// spots lists every value of a tree but the root, in a fixed order.
func spots(tree any) (all []spot) {
	var visit func(path string, v any, replace func(any))
	visit = func(path string, v any, replace func(any)) {
		switch v := v.(type) {
		case map[string]any:
			keys := make([]string, 0, len(v))
			for key := range v {
				keys = append(keys, key)
			}
			sort.Strings(keys)
			for _, key := range keys {
				set := func(to any) { v[key] = to }
				all = append(all, spot{path + "/" + key, v[key], set, func() { delete(v, key) }, key, v})
				visit(path+"/"+key, v[key], set)
			}
		case []any:
			for i, item := range v {
				set := func(to any) { v[i] = to }
				drop := func() { replace(slices.Delete(slices.Clone(v), i, i+1)) }
				all = append(all, spot{path + "/#", item, set, drop, "", nil})
				visit(path+"/#", item, set)
			}
		}
	}
	visit("", tree, nil)
	return all
}

// numbers to put where a number stands, or where none should. Those of closeNumbers are no float64, and those
// that are tooExact have more than 9 digits after the point.
var (
	numbers = []json.Number{"0", "-0", "1", "-1", "2", "3", "5", "1.0", "1e0", "10E-1", "0.5", "1.5", "100", "101", "-20", "1e2", "120.5",
		"999999999", "1000000000", "-1000000000", "999999999.999999999", "1e9", "1e300", "0.123456789", "0.1234567891", "1.0000000000", "1e-10", "0.000000000"}
	tooExact     = []string{"0.1234567891", "1.0000000000", "1e-10"}
	closeNumbers = []string{"999999999.999999999"}
	wrongs       = []any{nil, "", "x", true, false, []any{}, map[string]any{}, []any{"x"}, []any{nil}, "1", "0.5", "-1", "1e0", "nb"}
	dates        = []string{"2026-11-23", "2024-02-29", "2000-02-29", "1900-02-29", "2026-02-29", "2026-13-45", "2026-04-31", "2026-4-1", "2026-11-23T00:00", "0000-01-01", "२०२६-11-23", " 2026-11-23", "2026-11-23\n"}
	urls         = []string{"http://a", "https://a/b?c#d", "HTTPS://Å/ø", "mailto:x", "MailTo:", "ftp://a", "http:a", "http://", "http:// a", "javascript:x", "https://a\\b", "https://a<b", "https://a\u00a0b", "https://a\n"}
)

// mutate changes one thing of a tree, and says what.
func mutate(r *rand.Rand, tree any) string {
	all := spots(tree)
	if len(all) == 0 {
		return "nothing"
	}
	s := all[r.IntN(len(all))]
	switch r.IntN(8) {
	case 0:
		s.drop()
		return "dropped " + s.path
	case 1:
		if s.of == nil {
			break
		}
		s.of[s.key+"x"] = s.value
		return "added beside " + s.path
	case 2:
		if s.of == nil || s.key == "" {
			break
		}
		delete(s.of, s.key)
		s.of[swapCase(s.key)] = s.value
		return "changed the case of " + s.path
	case 3:
		s.set(wrongs[r.IntN(len(wrongs))])
		return "another type at " + s.path
	case 4:
		s.set(numbers[r.IntN(len(numbers))])
		return "a number at " + s.path
	case 5:
		other := all[r.IntN(len(all))]
		s.set(clone(other.value))
		return "the value of " + other.path + " at " + s.path
	case 6:
		list, ok := s.value.([]any)
		if !ok || len(list) == 0 {
			break
		}
		s.set(append(slices.Clone(list), list[r.IntN(len(list))]))
		return "an item twice at " + s.path
	case 7:
		object, ok := s.value.(map[string]any)
		other := all[r.IntN(len(all))]
		if !ok || other.key == "" {
			break
		}
		object[other.key] = clone(other.value)
		return "the member " + other.path + " in " + s.path
	}
	return mutate(r, tree)
}

// clone keeps a tree a tree: nothing in it twice.
func clone(v any) any {
	switch v := v.(type) {
	case map[string]any:
		c := map[string]any{}
		for key, value := range v {
			c[key] = clone(value)
		}
		return c
	case []any:
		c := make([]any, len(v))
		for i, value := range v {
			c[i] = clone(value)
		}
		return c
	}
	return v
}

func swapCase(s string) string {
	if upper := strings.ToUpper(s); upper != s {
		return upper
	}
	return strings.ToLower(s) + "X"
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
