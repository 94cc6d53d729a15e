package maturity

import (
	"math/big"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDecimals(t *testing.T) {
	check := func(s string, want int64) {
		units, ok := parseDecimal(s)
		assert.True(t, ok, s)
		assert.Equal(t, want, units, s)
	}
	check("0", 0)
	check("-0", 0)
	check("1", decimalUnit)
	check("1.0", decimalUnit)
	check("1e0", decimalUnit)
	check("1E+0", decimalUnit)
	check("0.1", decimalUnit/10)
	check("-0.000000001", -1)
	check("1e-9", 1)
	check("0.5e-8", 5)
	check("999999999.999999999", 999_999_999_999_999_999)
	check("1.5e8", 150_000_000*decimalUnit)
	check("0e4", 0)
	check("1e-0001", decimalUnit/10)
	check("1e0001", 10*decimalUnit)
	for _, s := range []string{"", "-", "+1", "01", ".5", "5.", "1e", "1e+", "1e++1", "1e+-1", "1e--1", "NaN", "Inf", "0x1", "1_0", " 1", "1 ",
		"1,5", "0.1234567891", "0.1000000000", "1e-10", "10e-10", "1000000000", "-1000000000", "1e9", "1e99999999999", "0e99999999999"} {
		_, ok := parseDecimal(s)
		assert.False(t, ok, s)
	}
	assert.Equal(t, 0.1, Decimal("0.1").Float64())
	assert.Empty(t, Decimal(`""`).String())
	assert.Equal(t, "0.1", Decimal(`"0.1"`).String(), "quotes of a JSON string are kept, and not shown")
	assert.Zero(t, Decimal("x").Float64())
}

// FuzzDecimal holds parseDecimal against math/big.
func FuzzDecimal(f *testing.F) {
	for _, s := range []string{"0", "-1.5", "0.1", "1e-9", "999999999.999999999", "1000000000", "00", "1E5", "-0.0e0"} {
		f.Add(s)
	}
	grammar := regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)
	f.Fuzz(func(t *testing.T, s string) {
		units, ok := parseDecimal(s)
		if !grammar.MatchString(s) {
			require.False(t, ok, s)
			return
		}
		if !ok {
			return
		}
		want, isRat := new(big.Rat).SetString(s)
		require.True(t, isRat)
		require.Zero(t, want.Cmp(big.NewRat(units, decimalUnit)), s)
		back, again := parseDecimal(formatUnits(units))
		require.True(t, again && back == units, s)
		require.False(t, strings.HasSuffix(formatUnits(units), "."))
	})
}
