package random

// Mutations of documents, valid and invalid.

import (
	"bytes"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
)

// Decode gives the tree of a document; numbers are json.Numbers, so that they are written back as they stood.
func Decode(data []byte) (tree any) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(&tree); err != nil {
		panic(err)
	}
	return tree
}

// Encode writes a tree.
func Encode(tree any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(tree); err != nil {
		panic(err)
	}
	return bytes.TrimSpace(b.Bytes())
}

// A Spot is a value in a tree, and the way to change or drop it.
type Spot struct {
	Path  string
	Value any
	Set   func(any)
	Drop  func()
	Key   string         // in an object
	Of    map[string]any // the object
}

// Spots lists every value of a tree but the root, in a fixed order.
func Spots(tree any) (all []Spot) {
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
				all = append(all, Spot{path + "/" + key, v[key], set, func() { delete(v, key) }, key, v})
				visit(path+"/"+key, v[key], set)
			}
		case []any:
			for i, item := range v {
				set := func(to any) { v[i] = to }
				drop := func() { replace(slices.Delete(slices.Clone(v), i, i+1)) }
				all = append(all, Spot{path + "/#", item, set, drop, "", nil})
				visit(path+"/#", item, set)
			}
		}
	}
	visit("", tree, func(any) {}) // a root stays as long as it is
	return all
}

// Values to put where others stand, or where none should.
var (
	Numbers = []json.Number{"0", "-0", "1", "-1", "2", "3", "5", "1.0", "1e0", "10E-1", "0.5", "1.5", "100", "101", "-20", "1e2", "120.5",
		"999999999", "1000000000", "-1000000000", "999999999.999999999", "1e9", "1e300", "0.123456789", "0.1234567891", "1.0000000000", "1e-10", "0.000000000"}
	wrongs = []any{nil, "", "x", true, false, []any{}, map[string]any{}, []any{"x"}, []any{nil}, "1", "0.5", "-1", "1e0", "nb"}
	Dates  = []string{"2026-11-23", "2024-02-29", "2000-02-29", "1900-02-29", "2026-02-29", "2026-13-45", "2026-04-31", "2026-4-1", "2026-11-23T00:00", "0000-01-01", "२०२६-11-23", " 2026-11-23", "2026-11-23\n"}
	URLs   = []string{"http://a", "https://a/b?c#d", "HTTPS://Å/ø", "mailto:x", "MailTo:", "ftp://a", "http:a", "http://", "http:// a", "javascript:x", "https://a\\b", "https://a<b", "https://a\u00a0b", "https://a\n"}
)

// Mutate changes one thing of a tree, and says what.
func Mutate(r *rand.Rand, tree any) string {
	all := Spots(tree)
	if len(all) == 0 {
		return "nothing"
	}
	s := all[r.IntN(len(all))]
	switch r.IntN(8) {
	case 0:
		s.Drop()
		return "dropped " + s.Path
	case 1:
		if s.Of == nil {
			break
		}
		s.Of[s.Key+"x"] = s.Value
		return "added beside " + s.Path
	case 2:
		if s.Of == nil || s.Key == "" {
			break
		}
		delete(s.Of, s.Key)
		s.Of[swapCase(s.Key)] = s.Value
		return "changed the case of " + s.Path
	case 3:
		s.Set(Clone(wrongs[r.IntN(len(wrongs))])) // or later mutations would change the list itself
		return "another type at " + s.Path
	case 4:
		s.Set(Numbers[r.IntN(len(Numbers))])
		return "a number at " + s.Path
	case 5:
		other := all[r.IntN(len(all))]
		s.Set(Clone(other.Value))
		return "the value of " + other.Path + " at " + s.Path
	case 6:
		list, ok := s.Value.([]any)
		if !ok || len(list) == 0 {
			break
		}
		s.Set(append(slices.Clone(list), list[r.IntN(len(list))]))
		return "an item twice at " + s.Path
	case 7:
		object, ok := s.Value.(map[string]any)
		other := all[r.IntN(len(all))]
		if !ok || other.Key == "" {
			break
		}
		object[other.Key] = Clone(other.Value)
		return "the member " + other.Path + " in " + s.Path
	}
	return Mutate(r, tree)
}

// MutateModel puts a value of the model language somewhere, or does what Mutate does.
func MutateModel(r *rand.Rand, tree any) string {
	all := Spots(tree)
	s := all[r.IntN(len(all))]
	words := []any{"mean", "sum", "share", "staged", "geometric", "value", "ratio", "forbid", "error", "half-up", "floor", "pass",
		"", "", "choice", "checklist", "yesno", "scale", "number", "text", "1.0.0", "1.0.0-a.1+b", "1.0", "en-GB", "e", "a b", ".a", strings.Repeat("a", 65)}
	members := map[string]any{
		"scale": map[string]any{"min": 0, "max": 5}, "round": map[string]any{"digits": 1}, "display": map[string]any{"digits": 10},
		"need": json.Number("0.5"), "base": "1", "emptyStage": "pass", "read": "ratio", "stage": 1, "weight": json.Number("-1"),
		"met": map[string]any{"level": map[string]any{"atLeast": "L1"}}, "when": map[string]any{"value": map[string]any{"atLeast": 1}},
		"adjust": []any{map[string]any{"set": nil}}, "points": map[string]any{"o0": 1}, "answer": map[string]any{"type": "yesno"},
		"ref": "q1", "children": []any{}, "levels": "common", "advice": "do it", "effort": 2, "deprecated": "yes", "exclusive": true,
		"views": []any{}, "of": "ratio", "from": 1, "above": "2", "require": map[string]any{"question": "q1", "answered": true, "is": 1},
		"title": map[string]any{"nb": "a", "": "b"}, "tags": map[string]any{"a": "b"}, "id": "new", "integer": true, "min": 0, "max": "3", "unit": "%",
		"use": "set1", "options": []any{map[string]any{"value": "a"}}, "steps": []any{map[string]any{"from": 0, "points": 1}},
	}
	switch r.IntN(5) {
	case 0:
		s.Set(words[r.IntN(len(words))])
		return "a word at " + s.Path
	case 1:
		if s.Of == nil {
			return MutateModel(r, tree)
		}
		names := slices.Sorted(maps.Keys(members))
		name := names[r.IntN(len(names))]
		s.Of[name] = Clone(members[name])
		return name + " beside " + s.Path
	case 2:
		if _, is := s.Value.(json.Number); !is {
			return MutateModel(r, tree)
		}
		s.Set(json.Number([]string{"0", "-1000000000", "1e9", "-0.000000001", "1.000000001"}[r.IntN(5)]))
		return "a number on the brink at " + s.Path
	}
	return Mutate(r, tree)
}

// Clone keeps a tree a tree: nothing in it twice.
func Clone(v any) any {
	switch v := v.(type) {
	case map[string]any:
		c := map[string]any{}
		for key, value := range v {
			c[key] = Clone(value)
		}
		return c
	case []any:
		c := make([]any, len(v))
		for i, value := range v {
			c[i] = Clone(value)
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
