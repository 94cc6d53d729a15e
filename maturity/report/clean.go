package report

import (
	"math"
	"regexp"
	"strings"
	"unicode"
)

// escapes are the control sequences of a terminal: those that change it, those that carry a string, others.
var escapes = regexp.MustCompile(`(?:\x1b\[|\x{9b})[0-?]*[ -/]*[@-~]` +
	`|(?:\x1b[\]PX^_]|[\x{90}\x{98}\x{9d}-\x{9f}])[^\x07\x1b\x{9c}]*(?:\x07|\x1b\\|\x{9c})|\x1b[ -/]*[0-~]?`)

const maxMarks = 8 // characters without a width after one that has it

// clean makes a text safe to show on one line: control sequences and control characters leave, as do marks
// that turn the direction of what follows, and all white space becomes single spaces.
func clean(s string) string {
	marks := 0
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r) && !keeps(r):
			return -1
		case runeWidth(r) > 0:
			marks = 0
		default:
			if marks++; marks > maxMarks {
				return -1
			}
		}
		return r
	}, escapes.ReplaceAllString(s, ""))
	return strings.Join(strings.Fields(s), " ")
}

// keeps tells whether a format character is part of words or emoji: joiners, gentle direction marks, tags.
func keeps(r rune) bool { return r >= 0x200C && r <= 0x200F || r >= 0xE0020 && r <= 0xE007F }

// runeWidth is the number of columns that a terminal gives a character.
func runeWidth(r rune) int {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case r < 0x1100:
		return 1
	case r <= 0x115F, r >= 0x2E80 && r <= 0x303E, r >= 0x3041 && r <= 0xA4CF, r >= 0xA960 && r <= 0xA97F,
		r >= 0xAC00 && r <= 0xD7A3, r >= 0xF900 && r <= 0xFAFF, r >= 0xFE30 && r <= 0xFE6F, r >= 0xFF01 && r <= 0xFF60,
		r >= 0xFFE0 && r <= 0xFFE6, r >= 0x1F18E && r <= 0x1F1AD, r >= 0x1F200 && r <= 0x1FAFF, r >= 0x20000 && r <= 0x3FFFD:
		return 2
	}
	return 1
}

func width(s string) int {
	n := 0
	for _, r := range s {
		n += runeWidth(r)
	}
	return n
}

// cut shortens a text to n columns.
func cut(s string, n int) string {
	if width(s) <= n {
		return s
	}
	used := 0
	for i, r := range s {
		if used += runeWidth(r); used > n-1 {
			return strings.TrimRight(s[:i], " ") + "…"
		}
	}
	return s
}

// pad cuts or fills a text to exactly n columns.
func pad(s string, n int) string {
	s = cut(s, n)
	return s + strings.Repeat(" ", max(0, n-width(s)))
}

// wrap breaks a text into lines of n columns, six at most.
func wrap(s string, n int) []string {
	const most = 6
	var lines []string
	line := ""
	for rest := strings.Fields(s); len(rest) > 0; {
		word := rest[0]
		if longer := strings.TrimLeft(line+" "+word, " "); width(longer) <= n || line == "" {
			line, rest = cut(longer, n), rest[1:]
			continue
		}
		if len(lines) == most-1 {
			return append(lines, cut(line+" "+strings.Join(rest, " "), n))
		}
		lines, line = append(lines, line), ""
	}
	if line == "" {
		return nil
	}
	return append(lines, line)
}

// round rounds half-up to some digits after the point.
func round(x float64, digits int) float64 {
	unit := math.Pow10(digits)
	if scaled := float64(x * unit); math.Abs(scaled) < 1<<52 {
		x = math.Floor(scaled+0.5) / unit // the conversion keeps arm64 from fusing the two
	}
	return x
}
