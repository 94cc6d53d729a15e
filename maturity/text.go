package maturity

import (
	"slices"
	"strings"
)

// A Text is one string in one or many languages: BCP 47 language tag to string. The empty tag holds a
// string without a tag, which is in the model's language. In JSON a Text is a string or an object.
type Text map[string]string

// T is a Text of one string in the model's language.
func T(s string) Text { return Text{"": s} }

// In returns the text in the language asked for. Where it is missing, it tries the parents of the tag
// (nn-NO, then nn), for Norwegian its siblings (nb, nn, no), the model's language, and then any language.
// It returns "" for an empty Text only.
func (t Text) In(language, modelLanguage string) string {
	find := func(tag string) (string, bool) {
		if s, ok := t[tag]; ok {
			return s, true
		}
		if tag == modelLanguage {
			s, ok := t[""]
			return s, ok
		}
		return "", false
	}
	walk := func(tag string) (string, bool) {
		for tag != "" {
			if s, ok := find(tag); ok {
				return s, true
			}
			tag = tag[:max(0, strings.LastIndexByte(tag, '-'))]
		}
		return "", false
	}
	if s, ok := walk(language); ok {
		return s
	}
	switch primary, _, _ := strings.Cut(language, "-"); primary {
	case "nb", "nn", "no":
		for _, tag := range []string{"nb", "nn", "no"} {
			if s, ok := find(tag); ok {
				return s
			}
		}
	}
	if s, ok := walk(modelLanguage); ok {
		return s
	}
	if s, ok := t[""]; ok {
		return s
	}
	for _, tag := range t.Languages() {
		return t[tag]
	}
	return ""
}

// Languages returns the tags of the text in alphabetical order; the empty tag is the model's language.
func (t Text) Languages() []string { return sortedKeys(t) }

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// validLanguage tells whether tag is a well-formed BCP 47 language tag of the common kind: a language of
// two or three letters, then subtags of one to eight letters and digits.
func validLanguage(tag string) bool {
	for i, part := range strings.Split(tag, "-") {
		if len(part) < 1 || len(part) > 8 || i == 0 && (len(part) < 2 || len(part) > 3) {
			return false
		}
		for _, c := range []byte(part) {
			letter := 'a' <= c|0x20 && c|0x20 <= 'z'
			if !letter && (i == 0 || c < '0' || c > '9') {
				return false
			}
		}
	}
	return true
}
