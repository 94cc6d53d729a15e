package maturity

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSmallParts(t *testing.T) {
	for words, want := range map[int]string{0: "", 1: "w0", 2: "w0 or w1", 3: "w0, w1 or w2",
		12: "w0, w1, w2, w3, w4, w5, w6, w7, w8, w9, w10 or w11", 13: "w0, w1, w2, w3, w4, w5, w6, w7, w8, w9, w10 or 2 more"} {
		var list1 []string
		for i := range words {
			list1 = append(list1, fmt.Sprint("w", i))
		}
		assert.Equal(t, want, list(list1))
	}
	assert.Equal(t, `{"":3,"a":2,"ab":1,"b":0}`, string(canonical([]byte(`{"b":0,"ab":1,"a":2,"":3}`))))
	for _, keys := range []string{"\U00010000 \ue000 \uffff", "\uffff \ue000 \U00010000"} { // a surrogate pair comes first
		list := strings.Fields(keys)
		assert.Equal(t, "{\"\U00010000\":0,\"\ue000\":0,\"\uffff\":0}", string(canonical([]byte(`{"`+strings.Join(list, `":0,"`)+`":0}`))))
	}
	assert.Equal(t, `"a b"`, quote("a b"))
	assert.Equal(t, `"..."`, quote(strings.Repeat("\x80", 61))) // a Go program may hold what is no text
	for text, want := range map[string]int64{"1e0001": 10 * decimalUnit, "10e-001": decimalUnit, "0.1e1": decimalUnit, "1.5e0": decimalUnit * 3 / 2, "1e-9": 1, "999999999.999999999": decimalUnit*decimalUnit - 1} {
		units, ok := parseDecimal(text)
		assert.True(t, ok && units == want, text)
	}
	for _, text := range []string{"1e00001", "1e-00001", "1e+-1", "1000000000", "100e7", "1e-10", "1000000000000000000e-9"} {
		_, ok := parseDecimal(text)
		assert.False(t, ok, text)
	}
}

// A natural becomes the nearest float64 whatever its length, with ties to even, down to the smallest and up to
// the largest.
func TestNaturalAsFloat(t *testing.T) {
	check := func(a natural, inexact bool, exp int, want float64) {
		t.Helper()
		assert.Equal(t, want, a.float(inexact, exp))
	}
	check(nil, false, 5, 0)
	for n, want := range map[int64]float64{1<<60 + 1<<7: 1 << 60, 1<<60 + 1<<7 + 1: 1<<60 + 1<<8, 1<<60 + 3<<7: 1<<60 + 1<<9, -(1<<60 + 1<<7): -(1 << 60)} {
		assert.Equal(t, want, whole(n).float(), n)
	}
	check(one, false, 0, 1)
	check(naturalOf(3), false, -1, 1.5)
	check(one, false, -1074, math.SmallestNonzeroFloat64)
	check(one, false, -1075, 0)
	check(naturalOf(3), false, -1075, 2*math.SmallestNonzeroFloat64)
	check(one.shift(60), false, -1134, math.SmallestNonzeroFloat64)
	check(one.shift(60), false, -1135, 0)
	check(one.shift(60), true, -1135, math.SmallestNonzeroFloat64)
	check(one.shift(60), true, -1136, 0)
	check(one.shift(60), false, 964, math.MaxFloat64)
	check(one.shift(60).sub(one.shift(6)), false, 964, math.MaxFloat64)
	check(one.shift(60).add(one.shift(7)), false, 0, 1<<60) // halfway: to even
	check(one.shift(60).add(one.shift(7)), true, 0, 1<<60+1<<8)
	check(one.shift(60).add(one.shift(8).add(one.shift(7))), false, 0, 1<<60+1<<9)
	check(one.shift(60).add(one.shift(7).sub(one)), true, 0, 1<<60)
}

// A document of very many tokens is not kept for the next one, and scores the same.
func TestLargeDocumentIsNotKept(t *testing.T) {
	s, err := CompileJSON([]byte(`{"id":"m","version":"1.0.0","children":[{"id":"q","answer":{"type":"yesno"}}]}`), nil)
	require.NoError(t, err)
	var r Result
	for _, n := range []int{1, keptTokens, 1} {
		document := `{"model":{"id":"m"},"answers":{"q":true},"evidence":{"q":[` + strings.TrimSuffix(strings.Repeat(`{"title":"t"},`, n), ",") + `]}}`
		require.NoError(t, s.ScoreJSON(&r, []byte(document)))
		assert.Equal(t, 1.0, r.Root().Value)
		assert.LessOrEqual(t, cap(r.w.doc.tokens), keptTokens)
		assert.Equal(t, n == keptTokens, r.w.doc.tokens == nil, n)
	}
}

// Direct tells whether the linear program has scored the last row.
func (r *Row) Direct() bool { return r.direct }

// Exact tells whether the exact pipeline has run since the last change.
func (v *Variation) Exact() bool { return v.exact }

// The size of a group, by which models are refused, is enough for the denominator of any value: here those grow as large
// as they can.
func TestSizeIsEnough(t *testing.T) {
	group := func(id, fields string, prime int64) string { // a mean over the prime
		children := []string{`{"id":"` + id + `-line","weight":1,"answer":{"type":"number","linear":{"from":-0.998877665,"to":0.998877662,"points":[0.000000001,9]}}}`, `{"id":"` + id + `-text","answer":{"type":"text"}}`}
		for i := range 2 {
			children = append(children, fmt.Sprintf(`{"id":"%s%d","weight":%d,"answer":{"type":"yesno","points":{"yes":%d.00000000%d,"no":0.000000001}}}`, id, i, []int64{2, prime - 2}[i], 5+i, 3-2*i))
		}
		return `{"id":"` + id + `",` + fields + `"children":[` + strings.Join(children, ",") + `]}`
	}
	const large, larger = 999999929, 999999937
	for _, fields := range []string{``, `"read":"ratio",`, `"aggregate":"sum","base":0.000000001,`, `"aggregate":"sum","base":0.000000001,"scale":{"min":0.000000001,"max":9.000000007},`, `"aggregate":"min",`, `"aggregate":"max",`, `"aggregate":"median",`,
		`"aggregate":"product",`, `"aggregate":"product","read":"ratio",`, `"aggregate":"geometric",`, `"adjust":[{"multiply":0.000000007},{"multiply":0.000000003}],`, `"scale":{"min":0.000000001,"max":9.000000007},`,
		`"aggregate":"median","scale":{"min":0.000000001,"max":9.000000007},"adjust":[{"multiply":0.000000007}],`, `"aggregate":"share","met":{"value":{"atLeast":3}},`, `"round":{"digits":9},`} {
		for _, inner := range []string{``, `"round":{"digits":9},`, `"scale":{"min":0.000000001,"max":9.000000007},`, `"weight":3,`, `"weight":0.000000007,`} {
			children := `"children":[` + group("g", inner, large) + "," + group("h", inner, larger) + `]`
			models := []string{fields + children, `"children":[{"id":"top",` + fields + children + `}]`}
			if strings.Contains(fields, "geometric") { // it takes whole weights, and below another group it must be rounded
				if models = models[:1]; inner == `"weight":0.000000007,` {
					continue
				}
			}
			for _, model := range models {
				s, err := CompileJSON([]byte(`{"id":"m","version":"1.0.0",`+model+`}`), nil)
				require.NoError(t, err, model)
				sizesAreEnough(t, model, s)
			}
		}
	}
}

func sizesAreEnough(t *testing.T, model string, s *Scorer) {
	w := newWorkspace(s)
	for answers := range 16 {
		a := &Assessment{Model: s.Ref(), Answers: map[string]any{"h-line": 0.5}}
		for at, id := range []string{"g0", "g1", "h0", "h1"} {
			a.Answers[id] = answers>>at&1 > 0
		}
		if answers%3 > 0 {
			a.Answers["g-line"] = 0.123456789
		}
		require.True(t, w.load(a))
		w.run()
		for i := range s.nodes {
			if w.cells[i].status == scored {
				x := w.cells[i].value.lowest()
				require.LessOrEqual(t, x.lift().d.bitLen(), s.nodes[i].bits, "%s: %s", s.nodes[i].ID, model)
			}
		}
	}
}
