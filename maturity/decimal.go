package maturity

import "strconv"

// A Decimal is an exact decimal number as it was written: "0.1" is one tenth, not the float64 near it.
// It has at most 9 digits after the point and an absolute value below 10^9; Validate says where one has
// not. The empty Decimal means that none was given. In JSON it is a number or a string; one that was
// read from a JSON string keeps its quotes, so that a document is written back as it was read.
type Decimal string

const (
	decimalDigits = 9             // digits after the point
	decimalUnit   = 1_000_000_000 // 10^decimalDigits: a Decimal is a whole number of 1/decimalUnit
)

// String returns the number as written, without quotes.
func (d Decimal) String() string {
	if n := len(d); n >= 2 && d[0] == '"' && d[n-1] == '"' {
		return string(d[1 : n-1])
	}
	return string(d)
}

// Float64 returns the float64 nearest to d, and 0 for an empty or malformed one.
func (d Decimal) Float64() float64 {
	units, ok := d.units()
	if !ok {
		return 0
	}
	return fromUnits(units).float()
}

// units returns d in billionths, and whether d is a decimal within the limits.
func (d Decimal) units() (int64, bool) { return parseDecimal(d.String()) }

// parseDecimal reads a number in JSON's grammar as a whole number of billionths.
func parseDecimal(s string) (units int64, ok bool) {
	negative := hasPrefix(s, "-")
	if negative {
		s = s[1:]
	}
	i := digitsEnd(s, 0)
	if i == 0 || i > 1 && s[0] == '0' {
		return 0, false
	}
	whole, fraction := s[:i], ""
	if i < len(s) && s[i] == '.' {
		end := digitsEnd(s, i+1)
		if end == i+1 {
			return 0, false
		}
		fraction, i = s[i+1:end], end
	}
	exponent := 0
	if i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		if i++; i < len(s) && s[i] == '+' {
			i++
		}
		from := i
		if i < len(s) && s[i] == '-' && s[i-1] != '+' {
			i++
		}
		end := digitsEnd(s, i)
		if end == i || end > i+4 {
			return 0, false
		}
		if exponent = number(s[i:end]); i > from {
			exponent = -exponent
		}
		i = end
	}
	shift := decimalDigits - len(fraction) + exponent
	if i != len(s) || shift < 0 {
		return 0, false
	}
	for _, digits := range [2]string{whole, fraction} {
		for _, c := range []byte(digits) {
			if units >= decimalUnit*(decimalUnit/10) {
				return 0, false
			}
			units = units*10 + int64(c-'0')
		}
	}
	for ; shift > 0 && units != 0; shift-- {
		if units >= decimalUnit*(decimalUnit/10) {
			return 0, false
		}
		units *= 10
	}
	if negative {
		units = -units
	}
	return units, true
}

func digitsEnd(s string, i int) int {
	for i < len(s) && '0' <= s[i] && s[i] <= '9' {
		i++
	}
	return i
}

// number is the value of a few digits.
func number(digits string) int {
	n := 0
	for _, c := range []byte(digits) {
		n = 10*n + int(c-'0')
	}
	return n
}

// formatUnits writes a number of billionths in the shortest way.
func formatUnits(units int64) string {
	sign := ""
	if units < 0 {
		sign, units = "-", -units
	}
	s := sign + strconv.FormatInt(units/decimalUnit, 10)
	if fraction := units % decimalUnit; fraction != 0 {
		s += "." + strconv.FormatInt(decimalUnit+fraction, 10)[1:]
		for s[len(s)-1] == '0' {
			s = s[:len(s)-1]
		}
	}
	return s
}
