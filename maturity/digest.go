package maturity

import (
	"math"
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
	unlimited := &Options{MaxBytes: math.MaxInt32, MaxDepth: math.MaxInt32}
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
		return appendNumber(b, floatOf(d.text(at)))
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

// floatOf returns the float64 nearest to a number of a JSON document.
func floatOf(text string) float64 {
	if units, ok := parseDecimal(text); ok {
		return fromUnits(units).float()
	}
	n, ten := natural(nil), natural{10}
	exponent, point, sticky := 0, 0, false
	i := 0
	for ; i < len(text) && text[i]|0x20 != 'e'; i++ {
		switch c := text[i]; {
		case c == '-':
		case c == '.':
			point = 1
		case n.bitLen() < 2700: // 800 digits: those after them matter only by not being 0
			n = n.mul(ten).add(naturalOf(uint64(c - '0')))
			exponent -= point
		default:
			sticky = sticky || c != '0'
			exponent += 1 - point
		}
	}
	if sticky {
		n, exponent = n.mul(ten).add(one), exponent-1
	}
	if i < len(text) {
		digits := text[i+1:]
		negative := digits[0] == '-'
		for digits != "" && (digits[0] <= '0') { // signs come before the digits
			digits = digits[1:]
		}
		shift := number(digits[:min(len(digits), 8)])
		if negative {
			shift = -shift
		}
		exponent += shift
	}
	// Beyond these it is 0, or the largest float64.
	exponent = min(max(exponent, -2000), 2000)
	x := bigRat{text[0] == '-', n.mul(ten.power(int64(max(exponent, 0)))), ten.power(int64(max(-exponent, 0)))}
	return x.lower().float()
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
