package maturity

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
			end := len(tag) - 1
			for end > 0 && tag[end] != '-' {
				end--
			}
			tag = tag[:end]
		}
		return "", false
	}
	if s, ok := walk(language); ok {
		return s
	}
	switch primary, _, _ := cut(language, '-'); primary {
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

// validLanguage tells whether tag is a well-formed BCP 47 language tag of the common kind: a language of
// two or three letters, then subtags of one to eight letters and digits.
func validLanguage(tag string) bool {
	for i, more := 0, true; more; i++ {
		var part string
		part, tag, more = cut(tag, '-')
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

// cut splits s at the first c. The functions of this package on strings are its own where package strings
// would bring Unicode tables along.
func cut(s string, c byte) (before, after string, found bool) {
	for i := range len(s) {
		if s[i] == c {
			return s[:i], s[i+1:], true
		}
	}
	return s, "", false
}

// indexOf is the place of a word in a list, or -1.
func indexOf(words []string, word string) int {
	for i, w := range words {
		if w == word {
			return i
		}
	}
	return -1
}

func join(words []string, between string) string {
	var b []byte
	for i, word := range words {
		if i > 0 {
			b = append(b, between...)
		}
		b = append(b, word...)
	}
	return string(b)
}

func hasPrefix(s, prefix string) bool { return len(s) >= len(prefix) && s[:len(prefix)] == prefix }

// unprintable tells whether r is a control character.
func unprintable(r rune) bool { return r < ' ' || r >= 0x7F && r < 0xA0 }
