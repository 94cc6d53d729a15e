package maturity

import (
	"strconv"
	"unicode/utf8"
)

// Digest returns "sha256:" and the hexadecimal SHA-256 of the model's canonical JSON (RFC 8785), $schema
// left out. It names the model's content: the order of keys, white space and the notation of numbers do
// not matter.
func (m *Model) Digest() string {
	bare := *m
	bare.Schema = ""
	sum := sha256Sum(canonical(write(&bare)))
	text := []byte("sha256:")
	for _, c := range sum {
		text = append(text, hexDigits[c>>4], hexDigits[c&15])
	}
	return string(text)
}

// canonical writes a JSON document in the form of RFC 8785.
func canonical(data []byte) []byte {
	var d document
	unlimited := &Options{MaxBytes: 1 << 30, MaxDepth: 1<<31 - 1}
	if !readDocument(&d, string(data), unlimited.report(), unlimited) {
		return data // it is not JSON: an invalid Decimal, which Validate reports
	}
	return d.canonical(make([]byte, 0, len(data)), 0)
}

func (d *document) canonical(b []byte, at int) []byte {
	t := d.tokens[at]
	switch t.kind {
	case stringKind:
		return appendString(b, d.text(at))
	case numberKind:
		f, _ := strconv.ParseFloat(d.text(at), 64)
		return appendNumber(b, clampFloat(f))
	case arrayKind:
		b = append(b, '[')
		for i := int32(at + 1); i < t.next; i = d.tokens[i].next {
			if i > int32(at+1) {
				b = append(b, ',')
			}
			b = d.canonical(b, int(i))
		}
		return append(b, ']')
	case objectKind:
		var keys []string
		var values []int
		for i := int32(at + 1); i < t.next; i = d.tokens[i+1].next {
			keys, values = append(keys, d.text(int(i))), append(values, int(i+1))
		}
		b = append(b, '{')
		for n, i := range sorted(len(keys), func(i, j int) bool { return compareUTF16(keys[i], keys[j]) < 0 }) {
			if n > 0 {
				b = append(b, ',')
			}
			b = d.canonical(append(appendString(b, keys[i]), ':'), values[i])
		}
		return append(b, '}')
	default:
		return append(b, d.text(at)...)
	}
}

// compareUTF16 compares by UTF-16 code units, as RFC 8785 sorts keys. That differs from the order of bytes
// only where one character needs a surrogate pair and the other lies above the surrogates.
func compareUTF16(x, y string) int {
	for x != "" && y != "" {
		a, n := utf8.DecodeRuneInString(x)
		b, m := utf8.DecodeRuneInString(y)
		if a != b {
			if aPair, bPair := a > 0xFFFF, b > 0xFFFF; aPair != bPair {
				if aPair {
					a = 0xD800
				} else {
					b = 0xD800
				}
			}
			return int(a - b)
		}
		x, y = x[n:], y[m:]
	}
	return len(x) - len(y)
}
