package maturity

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// readJSON returns what is wrong with a text as JSON, by code and line:column.
func readJSON(src string, opts *Options) []*Issue {
	d, r := new(document), opts.report()
	readDocument(d, src, r, opts)
	d.locate(r.issues)
	return r.issues
}

func TestReader(t *testing.T) {
	check := func(src string, code Code, path string, line, column int) {
		issues := readJSON(src, nil)
		if assert.Len(t, issues, 1, src) {
			got := issues[0]
			assert.Equal(t, Issue{Code: code, Path: path, Line: line, Column: column}, Issue{Code: got.Code, Path: got.Path, Line: got.Line, Column: got.Column}, src)
		}
	}
	check(``, BadSyntax, "", 1, 1)
	check("\xEF\xBB\xBF{}", BadSyntax, "", 1, 1)
	check(`{`, BadSyntax, "", 1, 2)
	check(`{"a":1,}`, BadSyntax, "", 1, 8)
	check(`[1,]`, BadSyntax, "", 1, 4)
	check(`[1 2]`, BadSyntax, "", 1, 4)
	check(`{"a" 1}`, BadSyntax, "", 1, 6)
	check("{}\n{}", BadSyntax, "", 2, 1)
	check(`nul`, BadSyntax, "", 1, 1)
	check(`01`, BadSyntax, "", 1, 1)
	check(`1.`, BadSyntax, "", 1, 1)
	check(`-`, BadSyntax, "", 1, 1)
	check("\"a\nb\"", BadSyntax, "", 1, 3)
	check(`"\x"`, BadSyntax, "", 1, 2)
	check(`"\u12G4"`, BadSyntax, "", 1, 2)
	check(`"abc`, BadSyntax, "", 1, 1)
	check("{\"a\":\n \"\xFF\"}", BadUTF8, "/a", 2, 3)
	check(`{"a":["x","\ud800"]}`, BadUTF8, "/a/1", 1, 12)
	check(`{"a":1,"b/c":{"d":1,"d":2}}`, DuplicateKey, "/b~1c/d", 1, 21)
	check(`{"a":1,"\u0061":2}`, DuplicateKey, "/a", 1, 8)
	check(`{"a":{"`+strings.Repeat("k", 4097)+`":1}}`, TooLong, "", 1, 7)
	check(strings.Repeat("[", 201)+strings.Repeat("]", 201), TooDeep, "", 1, 201)
	assert.Empty(t, readJSON(strings.Repeat("[", 200)+strings.Repeat("]", 200), nil))
	assert.Equal(t, TooLarge, readJSON("[1]", &Options{MaxBytes: 2})[0].Code)
	assert.Empty(t, readJSON("[1]", &Options{MaxBytes: 3}))
	assert.Empty(t, readJSON("true", nil))
	assert.Contains(t, readJSON("\xEF\xBB\xBF", nil)[0].Message, "byte order mark")

	many := "{"
	for i := range 400 {
		many += `"k` + strings.Repeat("x", i%200) + `":1,`
	}
	assert.Len(t, readJSON(many+`"z":1}`, nil), 200, "large objects are searched for duplicates too")
}

func TestStrings(t *testing.T) {
	for _, s := range []string{`"\"\\\/\b\f\n\r\t"`, `"\u00e5\u20AC\ud83d\ude00"`, `"å€😀"`, `"\u0000\u000f\u0010\u001f"`, `""`} {
		var want string
		require.NoError(t, json.Unmarshal([]byte(s), &want))
		d := new(document)
		require.True(t, readDocument(d, s, (*Options)(nil).report(), nil))
		assert.Equal(t, want, d.text(0), s)
		var back string
		require.NoError(t, json.Unmarshal(appendString(nil, want), &back))
		assert.Equal(t, want, back)
	}
}

// FuzzReader holds the reader against encoding/json: it accepts what that accepts, less duplicate keys and
// bad UTF-8, and reads the same values.
func FuzzReader(f *testing.F) {
	seeds, _ := filepath.Glob("testdata/invalid/*.json")
	for _, name := range seeds {
		if data, err := os.ReadFile(name); err == nil && len(data) < 4000 {
			f.Add(string(data))
		}
	}
	for _, s := range []string{`{"a":[1,2.5e3,-0,"\ud83d\ude00",null,true,{}]}`, `[[],{},"\u00e5"]`, `1e400`, ` "x" `} {
		f.Add(s)
	}
	f.Add("\"\xff") // found by fuzzing: bad UTF-8 in a string that is never closed
	f.Fuzz(func(t *testing.T, src string) {
		d, r := new(document), (*Options)(nil).report()
		ok := readDocument(d, src, r, nil)
		d.locate(r.issues)
		for _, issue := range r.issues {
			require.True(t, issue.Line >= 1 && issue.Column >= 1)
		}
		if ok && len(r.issues) == 0 {
			var want any
			decoder := json.NewDecoder(strings.NewReader(src))
			decoder.UseNumber()
			require.NoError(t, decoder.Decode(&want), src)
			require.Equal(t, want, d.plain(0))
			again := canonical([]byte(src))
			require.True(t, json.Valid(again), string(again))
			require.Equal(t, string(again), string(canonical(again)), "canonical JSON is canonical")
			return
		}
		if utf8.ValidString(src) && json.Valid([]byte(src)) {
			for _, issue := range r.issues {
				require.Contains(t, []Code{DuplicateKey, BadUTF8, TooDeep, TooLong}, issue.Code, src)
			}
		}
	})
}

// plain is a document as encoding/json has it.
func (d *document) plain(at int) any {
	t := d.tokens[at]
	switch t.kind {
	case objectKind:
		m := map[string]any{}
		for i := int32(at + 1); i < t.next; i = d.tokens[i+1].next {
			m[d.text(int(i))] = d.plain(int(i + 1))
		}
		return m
	case arrayKind:
		list := []any{}
		for i := int32(at + 1); i < t.next; i = d.tokens[i].next {
			list = append(list, d.plain(int(i)))
		}
		return list
	case stringKind:
		return d.text(at)
	case numberKind:
		return json.Number(d.text(at))
	case boolKind:
		return d.text(at) == "true"
	}
	return nil
}

func TestCanonicalJSON(t *testing.T) {
	check := func(src, want string) { assert.Equal(t, want, string(canonical([]byte(src))), src) }
	check(`{ "b" : 1.0, "a" : [ true , null ] }`, `{"a":[true,null],"b":1}`)
	check(`"\u20ac\u000f\nA'\u0042\u0022\u005c\\\"\/"`, `"€\u000f\nA'B\"\\\\\"/"`)
	check(`[1e21,1e-7,1E30,4.50,2e-3,0.000001,1e20,-0,123456789012345680000]`,
		`[1e+21,1e-7,1e+30,4.5,0.002,0.000001,100000000000000000000,0,123456789012345680000]`)
	// Keys go by UTF-16 code units: a character beyond the basic plane comes before U+FB33.
	check(`{"\ufb33":1,"\ud83d\ude00":2,"\u20ac":3,"1":4,"\r":5}`, "{\"\\r\":5,\"1\":4,\"€\":3,\"😀\":2,\"\ufb33\":1}")
}

func TestNumbersAsJavaScriptWritesThem(t *testing.T) {
	check := func(f float64, want string) { assert.Equal(t, want, string(appendNumber(nil, f))) }
	check(0, "0")
	check(math.Copysign(0, -1), "0")
	check(5e-324, "5e-324")
	check(1.7976931348623157e308, "1.7976931348623157e+308")
	check(9007199254740992, "9007199254740992")
	check(1e15, "1000000000000000")
	check(333333333.3333333, "333333333.3333333")
	check(1e-6, "0.000001")
	check(1.5e-9, "1.5e-9")
	check(-2.5, "-2.5")
	r := rand.New(rand.NewPCG(8, 9))
	for range 200_000 {
		f := float64(r.IntN(2_000_000)-1_000_000) / float64([]int{1, 3, 7, 10, 100, 1000, 1 << 20}[r.IntN(7)])
		want, err := json.Marshal(f) // the same notation, but for e-07
		require.NoError(t, err)
		require.Equal(t, string(want), string(appendNumber(nil, f)))
	}
}

func TestNumbersAreReadAsTheNearest(t *testing.T) {
	check := func(text string) {
		want, _ := strconv.ParseFloat(text, 64)
		require.Equal(t, clampFloat(want), floatOf(text), text)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		check(strconv.FormatFloat(r.NormFloat64(), 'e', r.IntN(30), 64))
		check(fmt.Sprintf("%d.%de%d", r.IntN(10), r.Int64(), r.IntN(700)-350))
		check(fmt.Sprintf("-%d.%dE+%d", r.IntN(10), r.Int64(), r.IntN(350)))
	}
	zeros := strings.Repeat("0", 5000)
	for _, text := range []string{"1e99999999999999", "1e-99999999999999", "0e99999999", "1e-0000000000000002", "-0.0", "1e+00001",
		strings.Repeat("1", 5000), "0." + zeros + "1e5001", "0." + zeros + "1", "9007199254740993" + zeros + "1",
		"9007199254740993." + zeros + "1", "9007199254740993." + zeros, strings.Repeat("7", 3000) + "e-2900"} {
		check(text)
	}
}

func TestSmallSHA256(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for length := range 300 {
		data := make([]byte, length)
		for i := range data {
			data[i] = byte(r.Uint32())
		}
		require.Equal(t, sha256.Sum256(data), smallSHA256(data))
	}
}

func TestHostileDocumentsAreReadInBoundedTime(t *testing.T) {
	deep := strings.Repeat(`{"children":[`, 50_000)
	wide := `{"id":"m","version":"1.0.0","children":[` + strings.Repeat(`{},`, 200_000) + `{}]}`
	keys := "{" + strings.Repeat(`"a":1,`, 200_000) + `"b":1}`
	for _, src := range []string{deep, wide, keys, strings.Repeat("[", 1<<20), `"` + strings.Repeat(`\u0041`, 1<<20) + `"`} {
		_, err := Parse([]byte(src), nil)
		require.Error(t, err)
		invalid := err.(*InvalidError)
		require.LessOrEqual(t, len(invalid.Issues), 1001)
	}
	_, err := Parse(bytes.Repeat([]byte(" "), 9<<20), nil)
	require.ErrorIs(t, err, TooLarge)
	require.NotErrorIs(t, err, io.EOF)
}
