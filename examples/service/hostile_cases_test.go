//go:build unix

package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const get, end = "GET /v1/models HTTP/1.1\r\nHost: x\r\n", "Connection: close\r\n\r\n"

var bomb = sync.OnceValue(func() string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(make([]byte, 20<<20))
	z.Close()
	return b.String()
})

// requests are what is wrong about HTTP, or odd.
func requests() []try {
	bare := func(s string) string { return strings.ReplaceAll(get+end, get, s) }
	chunked := "Transfer-Encoding: chunked"
	zip := bomb()
	many := func(field string, n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, field+"\r\n", i)
		}
		return get + b.String() + end
	}
	return []try{
		{"binary garbage", "400 text, closed", says(0, strings.Repeat("\x00\xff\x80garbage\r\n", 100)+"\r\n\r\n")},
		{"the begin of TLS", "400 text, closed", says(0, "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n")},
		{"the preface of HTTP/2", "400, closed", says(0, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")},
		{"HTTP/0.9", "400 text, closed", says(0, "GET /v1/models\r\n\r\n")},
		{"HTTP/1.0", "200, closed", says(0, "GET /v1/models HTTP/1.0\r\n\r\n")},
		{"HTTP/3.7", "505 text, closed", says(0, "GET /v1/models HTTP/3.7\r\nHost: x\r\n\r\n")},
		{"a request line without a path", "400 text, closed", says(0, "GET  HTTP/1.1\r\nHost: x\r\n\r\n")},
		{"a method with a space before it", "400 text, closed", says(0, " GET / HTTP/1.1\r\nHost: x\r\n\r\n")},
		{"a NUL in the path", "400 text, closed", says(0, "GET /\x00 HTTP/1.1\r\nHost: x\r\n\r\n")},
		{"a bad escape in the path", "400 text, closed", says(0, "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n")},
		{"no Host", "400 text, closed", says(0, "GET / HTTP/1.1\r\n\r\n")},
		{"two of Host", "400 text, closed", says(0, "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n")},
		{"a Host with a path in it", "400 text, closed", says(0, "GET / HTTP/1.1\r\nHost: x/y z\r\n\r\n")},
		{"a space before a colon", "400 text, closed", says(0, "GET / HTTP/1.1\r\nHost : x\r\n\r\n")},
		{"a field without a colon", "400 text, closed", says(0, get+"nonsense\r\n\r\n")},
		{"a NUL in a field", "400 text, closed", says(0, get+"A: b\x00c\r\n\r\n")},
		{"a field in two lines", "200, closed", says(0, get+"A: b\r\n  c\r\n"+end)},
		{"lines that end with LF", "200, closed", says(0, strings.ReplaceAll(get+end, "\r", ""))},
		{"a path of 5,000 characters", "404, closed", says(0, bare("GET /"+strings.Repeat("a", 5000)+" HTTP/1.1\r\nHost: x\r\n"))},
		{"a path of 1,000,000 characters", "431 text, closed", says(0, bare("GET /"+strings.Repeat("a", 1_000_000)+" HTTP/1.1\r\nHost: x\r\n"))},
		{"500 fields", "200, closed", says(0, many("a%d: b", 500))},
		{"100,000 fields", "431 text, closed", says(0, many("a%d: b", 100_000))},
		{"one field of 1,000,000 bytes", "431 text, closed", says(0, get+"A: "+strings.Repeat("a", 1_000_000)+"\r\n"+end)},

		{"path traversal", "307 /etc/passwd, closed", says(0, bare("GET /v1/models/../../../../etc/passwd HTTP/1.1\r\nHost: x\r\n"))},
		{"path traversal, escaped", "404, closed", says(0, bare("GET /v1/models/..%2f..%2f..%2fetc%2fpasswd/schema HTTP/1.1\r\nHost: x\r\n"))},
		{"path traversal, backslashes", "404, closed", says(0, bare(`GET /v1/models/..\..\..\etc\passwd/schema`+" HTTP/1.1\r\nHost: x\r\n"))},
		{"a path that is another host", "307 /evil.example/%252e%252e/, closed", says(0, bare("GET //evil.example/%2e%2e/ HTTP/1.1\r\nHost: x\r\n"))},
		{"a proxy's request", "404, closed", says(0, bare("GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n"))},
		{"CONNECT", "404, closed", says(0, bare("CONNECT evil.example:25 HTTP/1.1\r\nHost: evil.example:25\r\n"))},
		{"an unknown path", "404, closed", says(0, bare("GET /v2 HTTP/1.1\r\nHost: x\r\n"))},
		{"an unknown model", "404, closed", says(0, bare("POST /v1/models/other/score HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 0\r\n"))},
		{"DELETE", "405, closed", says(0, bare("DELETE /v1/models HTTP/1.1\r\nHost: x\r\n"))},
		{"TRACE with a cookie", "405, closed", says(0, bare("TRACE /v1/models HTTP/1.1\r\nHost: x\r\nCookie: secret\r\n"))},
		{"OPTIONS", "405, closed", says(0, bare("OPTIONS /v1/models HTTP/1.1\r\nHost: x\r\n"))},
		{"OPTIONS *", "200, closed", says(0, bare("OPTIONS * HTTP/1.1\r\nHost: x\r\n"))},
		{"a method of our own", "405, closed", says(0, bare("BREW /v1/models HTTP/1.1\r\nHost: x\r\n"))},
		{"HEAD", "200, closed", says(0, bare("HEAD /v1/models HTTP/1.1\r\nHost: x\r\n"))},
		{"HEAD of what takes POST", "405, closed", says(0, bare("HEAD "+scorePath+" HTTP/1.1\r\nHost: x\r\n"))},
		{"a range", "206, closed", says(0, get+"Range: bytes=0-9\r\n"+end)},
		{"a range that is not there", "416, closed", says(0, get+"Range: bytes=99999999-\r\n"+end)},
		{"1,000 ranges", "200, closed", says(0, get+"Range: bytes=0-"+strings.Repeat(",0-", 1000)+"\r\n"+end)},
		{"Upgrade to h2c", "200, closed", says(0, get+"Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n"+end)},

		{"no content type", "415, closed", says(0, strings.Replace(head(length(2), "Connection: close"), "Content-Type: application/json\r\n", "", 1)+"{}")},
		{"another content type", "415, closed", says(0, strings.Replace(head(length(2), "Connection: close"), "/json", "/xml", 1)+"{}")},
		{"a gzip bomb, 20 MB in 20 KB", "415, closed", says(0, head("Content-Encoding: gzip", length(len(zip)), "Connection: close")+zip)},
		{"a body of 1 MB", "413, closed", says(0, head(length(1<<20))+strings.Repeat(" ", 1<<20))},
		{"a body of 1 MB in chunks", "413, closed", says(0, head(chunked)+chunks(strings.Repeat(" ", 1<<20)))},
		{"a body that says that it has 10¹⁸ bytes", "413, closed", says(0, head("Content-Length: 1000000000000000000")+small)},
		{"Content-Length too long", "408, closed", says(0, head(length(len(small)+1))+small)},
		{"Content-Length too short", "422 bad-syntax, closed when idle", says(0, head(length(len(small)-1))+small)},
		{"Content-Length negative", "400 text, closed", says(0, head("Content-Length: -1")+small)},
		{"Content-Length +43", "400 text, closed", says(0, head("Content-Length: +43")+small)},
		{"Content-Length of 30 digits", "400 text, closed", says(0, head("Content-Length: "+strings.Repeat("9", 30))+small)},
		{"Content-Length twice, the same", "200, closed", says(0, head(length(len(small)), length(len(small)), "Connection: close")+small)},
		{"Content-Length twice, different", "400 text, closed", says(0, head(length(len(small)), length(5))+small)},
		{"Content-Length as a list", "400 text, closed", says(0, head("Content-Length: 43, 43")+small)},
		{"Content-Length and chunks, and a request hidden behind", "200, closed", says(0, head(chunked, length(5))+chunks(small)+get+"\r\n")},
		{"Transfer-Encoding twice", "501 text, closed", says(0, head(chunked, chunked)+chunks(small))},
		{"Transfer-Encoding: gzip, chunked", "501 text, closed", says(0, head("Transfer-Encoding: gzip, chunked")+chunks(small))},
		{"Transfer-Encoding: chunked, identity", "501 text, closed", says(0, head("Transfer-Encoding: chunked, identity")+chunks(small))},
		{"Transfer-Encoding: xchunked", "501 text, closed", says(0, head("Transfer-Encoding: xchunked", length(len(small)))+small)},
		{"a space before the colon of Transfer-Encoding", "400 text, closed", says(0, head("Transfer-Encoding : chunked", length(len(small)))+chunks(small))},
		{"a vertical tab before chunked", "400 text, closed", says(0, head("Transfer-Encoding: \vchunked", length(len(small)))+chunks(small))},
		{"chunks in HTTP/1.0, which has none", "422 bad-syntax, closed", says(0, strings.Replace(head(chunked), "1.1", "1.0", 1)+chunks(small))},
		{"a chunk that says that it has 2⁶⁴ bytes", "400, closed", says(0, head(chunked)+"10000000000000000\r\n"+small)},
		{"a chunk with a bad size", "400, closed", says(0, head(chunked)+"-5\r\n"+small)},
		{"a chunk longer than its size", "400, closed", says(0, head(chunked)+"5\r\n"+small+"\r\n0\r\n\r\n")},
		{"a chunk with an extension of 1 MB", "400, closed", says(0, head(chunked)+"5;"+strings.Repeat("x", 1<<20)+"\r\n")},
		{"10,000 chunks of a byte with extensions", "400, closed", says(0, head(chunked)+strings.Repeat("1;abcdefghijklmnopq\r\n \r\n", 10_000)+"0\r\n\r\n")},
		{"100,000 trailers", "400, closed", says(0, head(chunked)+"2\r\n{}\r\n0\r\n"+strings.Repeat("a: b\r\n", 100_000)+"\r\n")},
		{"GET with a request hidden in its body", "200, closed when idle", says(0, get+length(len(get)+2)+"\r\n\r\n"+get+"\r\n")},
		{"Expect: 100-continue, and never a body", "100, 408, closed", says(0, head(length(len(small)), "Expect: 100-continue"))},
		{"Expect: 100-continue, of a body that is too large", "413, closed", says(0, head(length(1<<30), "Expect: 100-continue"))},
		{"Expect: 200-ok", "417, closed", says(0, head(length(len(small)), "Expect: 200-ok"))},

		{"a query of 5,000 fields", "400, closed", says(0, bare("GET /v1/models/"+models.Default+"/schema?"+strings.Repeat("a&", 3000)+"%zz HTTP/1.1\r\nHost: x\r\n"))},
		{"a language that there is not", "200, closed", says(0, bare("GET /v1/models/"+models.Default+"/schema?language=xx HTTP/1.1\r\nHost: x\r\n"))},
		{"1,000 requests at once on one connection", strings.Repeat("200, ", 1000) + "200, closed", says(0, strings.Repeat(get+"\r\n", 1000)+get+end)},
		{"good and bad requests at once on one connection", "200, 422 bad-syntax, 404, 200, 400 text, closed", says(0,
			get+"\r\n"+head(length(1))+"{"+"GET /x HTTP/1.1\r\nHost: x\r\n\r\n"+head(length(len(small)))+small+"nonsense\r\n\r\n"+get+"\r\n")},
	}
}

// bodies are wrong documents, or large ones.
func bodies() []try {
	first := "anchoring-owner"
	answers := func(s string) string { return strings.Replace(small, "}}", `},"answers":{`+s+`}}`, 1) }
	fill := func(begin, unit, end string) string {
		return begin + strings.TrimSuffix(strings.Repeat(unit+",", (maxBody-len(begin)-len(end))/(len(unit)+1)), ",") + end
	}
	evidence := strings.Replace(small, "}}", `},"evidence":{"`, 1)
	numbered := func(format string) string {
		var b strings.Builder
		for i := 0; b.Len() < maxBody-200; i++ {
			fmt.Fprintf(&b, format, i)
		}
		return strings.TrimSuffix(b.String(), ",")
	}
	return []try{
		{"nothing", "422 bad-syntax, closed", scores("")},
		{"100,000 lists in each other", "422 too-deep, closed", scores(strings.Repeat("[", 100_000))},
		{"40,000 objects in each other", "422 too-deep, closed", scores(strings.Repeat(`{"a":`, 40_000))},
		{"a number of 200,000 digits", "422 wrong-type, closed", scores(answers(`"` + first + `":` + strings.Repeat("9", 200_000)))},
		{"1e999999999", "422 wrong-type, closed", scores(answers(`"` + first + `":1e999999999`))},
		{"a string of 250,000 characters", "422 unknown-option, closed", scores(answers(`"` + first + `":"` + strings.Repeat("s", 250_000) + `"`))},
		{"a key of 250,000 characters", "422 too-long, closed", scores(answers(`"` + strings.Repeat("k", 250_000) + `":1`))},
		{"a key twice", "422 duplicate-key, closed", scores(answers(`"` + first + `":"reviewed","` + first + `":"reviewed"`))},
		{"a key 30,000 times", "422 too-many duplicate-key, closed", scores(fill(answers("")[:len(answers(""))-2], `"q":1`, "}}"))},
		{"bytes that are not UTF-8", "422 unknown-option bad-utf8, closed", scores(answers(`"` + first + `":"` + "\xff" + `"`))},
		{"250,000 bytes that are not UTF-8", "422 too-many bad-utf8, closed", scores(answers(`"` + first + `":"` + strings.Repeat("\xff", 250_000) + `"`))},
		{"a lone surrogate", "422 unknown-option bad-utf8, closed", scores(answers(`"` + first + `":"\ud800"`))},
		{"a byte order mark", "422 bad-syntax, closed", scores("\xEF\xBB\xBF" + small)},
		{"UTF-16", "422 bad-syntax, closed", scores("\xFF\xFE{\x00}\x00")},
		{"two documents", "422 bad-syntax, closed", scores(small + small)},
		{"10,000 answers to questions that there are not", "422 too-many unknown-question, closed", scores(answers(numbered(`"question-%d":1,`)))},
		{"50,000 mistakes below a key of 4,000 characters", "422 too-many wrong-type, closed", scores(fill(evidence+strings.Repeat("k", 4000)+`":[`, "1", "]}}"))},
		{"20,000 unknown fields below a key of 4,000 characters", "422 too-many unknown-field, closed", scores(fill(evidence+strings.Repeat("~", 4000)+`":[`, `{"a":1}`, "]}}"))},
		{"NUL as an escape in a key", "422 unknown-question, closed", scores(answers(`"\u0000":1`))},
		{"__proto__", "422 wrong-type, closed", scores(answers(`"__proto__":{}`))},
		{"an assessment of the largest size: 8,000 documents of evidence", "200, closed", scores(fill(evidence+first+`":[`, `{"title":"t","url":"http://a"}`, "]}}"))},
		{"an assessment of the largest size: 15,000 attributes", "200, closed", scores(strings.Replace(small, "}}", `},"subject":{"attributes":{`+numbered(`"a%d":"",`)+"}}}", 1))},
		{"an assessment of the largest size: white space", "200, closed", scores(small + strings.Repeat(" ", maxBody-len(small)))},
		{"a byte more", "413, closed", scores(small + strings.Repeat(" ", maxBody-len(small)+1))},
	}
}

// slow are those who take their time.
func slow() []try {
	letters := func(s string) []string { return strings.Split(s, "") }
	return []try{
		{"a connection, and nothing", "closed", says(0, "")},
		{"a header that stops", "closed", says(0, get)},
		{"a header, a byte every 0.4 s", "400 text, closed", says(400*time.Millisecond, letters(get+"\r\n")...)},
		{"a field every 0.1 s, without end", "closed", says(100*time.Millisecond, append([]string{get}, strings.Split(strings.Repeat("A: b\r\n ", 200), " ")...)...)},
		{"a body that stops", "408, closed", says(0, head(length(100))+"{")},
		{"a body, a byte every 0.2 s", "408, closed", says(200*time.Millisecond, append([]string{head(length(len(small)))}, letters(small)...)...)},
		{"a chunk that stops", "408, closed", says(0, head("Transfer-Encoding: chunked")+"ff\r\n{")},
		{"a body, a byte every 0.01 s", "200, closed when idle", says(10*time.Millisecond, append([]string{head(length(len(small)))}, letters(small)...)...)},
		{"requests a second apart, then nothing", "200, 200, 200, closed when idle", says(time.Second, get+"\r\n", get+"\r\n", get+"\r\n")},
		{"answers of 70 KB that nobody reads", "closed", unread},
	}
}

// unread asks and asks, and reads nothing until the server has given up.
func unread(a *attack) string {
	c := a.dial()
	defer c.Close()
	c.SetReadBuffer(4096)
	c.SetWriteDeadline(time.Now().Add(2 * time.Minute))
	for {
		if _, err := io.WriteString(c, strings.Repeat("GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n", 20)); os.IsTimeout(err) {
			return "kept open"
		} else if err != nil {
			return "closed"
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// own are mistakes of the service.
func own() []try {
	return []try{
		{"a panic before the answer", "500, closed when idle", says(0, "GET /panic HTTP/1.1\r\nHost: x\r\n\r\n")},
		{"a panic in the answer", "200 cut short, closed", says(0, "GET /panic/half HTTP/1.1\r\nHost: x\r\n\r\n")},
	}
}

// crowd attacks n times at once. What each gets is counted.
func (a *attack) crowd(n int, do func(i int) string) string {
	var mu sync.Mutex
	counts := map[string]int{}
	parallel(n, func(i int) {
		got := do(i)
		mu.Lock()
		counts[got]++
		mu.Unlock()
	})
	var said []string
	for _, got := range slices.Sorted(maps.Keys(counts)) {
		said = append(said, fmt.Sprintf("%d × %s", counts[got], got))
	}
	return strings.Join(said, "; ")
}

// gone begins a request, and leaves in the middle of it, or of the answer.
func (a *attack) gone(i int) string {
	c := a.dial()
	defer c.Close()
	long := small + strings.Repeat(" ", 200_000)
	switch i % 5 {
	case 0: // no request at all
	case 1:
		io.WriteString(c, get)
	case 2:
		io.WriteString(c, head(length(len(long)))+long[:i*37%len(long)])
	case 3: // all of it, and does not wait
		io.WriteString(c, head(length(len(long)))+long)
	case 4: // a reset in the answer
		io.WriteString(c, head(length(len(small)))+small)
		c.Read(make([]byte, 10))
		c.SetLinger(0)
	}
	return "gone"
}

func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: attacks the service for half a minute")
	}
	times := 1
	if os.Getenv("SOAK") == "full" {
		times = 10
	}
	a := begin(t)
	var sent, results [][]byte
	s, err := newService(slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	for _, name := range models.Assessments(models.Default) {
		data, err := models.Assessment(models.Default, name)
		require.NoError(t, err)
		var result maturity.Result
		require.NoError(t, s.scorers[models.Default].ScoreJSON(&result, data))
		sent, results = append(sent, data), append(results, result.AppendJSON(nil))
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	var good sync.WaitGroup
	for i := range 4 {
		good.Add(1)
		go func() { defer good.Done(); a.behave(ctx, sent, results, i%2 == 0) }()
	}
	var quietly state
	a.phase("nothing else", state{Goroutines: 100}, 64, func() { time.Sleep(time.Second); quietly = a.state() })
	for range times {
		a.rows = nil
		a.phase("wrong and slow requests", quietly, 128, func() { a.try(slices.Concat(requests(), slow(), own())) })
		a.phase("wrong and large bodies", quietly, 128, func() {
			for few := range slices.Chunk(bodies(), 4) {
				a.try(few)
			}
		})
		for _, c := range a.crowds(times) {
			a.phase(c.tried, quietly, 384, func() { a.try([]try{c}) })
		}
	}
	log := a.log.text()
	assert.Contains(t, log, `level=ERROR msg=panic pattern="GET /panic" value="on purpose" stack=`)
	assert.Contains(t, log, `pattern="GET /panic" status=500`)
	assert.Contains(t, log, "status=499", "those who went")
	a.stop(stop, &good)
	a.table()
}

// crowds are many at once. On a busy machine some of them are too slow to be heard out, as a client may be; but those who want
// a score ask again, and get it.
func (a *attack) crowds(times int) []try {
	bad := slices.Concat(requests(), bodies(), slow()[:8])
	wrong := strings.Replace(small, "}}", `},"answers":{`+strings.TrimSuffix(strings.Repeat(`"q":1,`, maxBody/6-20), ",")+"}}", 1)
	tooSlow := func(got string) bool {
		return slices.Contains([]string{"closed", "408, closed", "503, closed"}, got) || strings.HasSuffix(got, "cut short, closed")
	}
	until := func(document string) string { // there is an answer to the document
		for {
			if got := scores(document)(a); !tooSlow(got) {
				return got
			}
			time.Sleep(time.Second / 4)
		}
	}
	return []try{
		{"1,000 connections at once, with all of the above", "1000 × as above, or told to come again, or cut off for being too slow", func(a *attack) string {
			return a.crowd(1000, func(i int) string {
				c := bad[i%len(bad)]
				if got := c.do(a); got != c.want && !tooSlow(got) {
					return c.tried + ": " + got
				}
				return "as above, or told to come again, or cut off for being too slow"
			})
		}},
		{"1,000 connections at once, each with a good request", "1000 × 200, closed", func(a *attack) string {
			return a.crowd(1000, func(int) string { return until(small) })
		}},
		{"1,000 headers of 1,300 fields that do not end", "1000 × closed", func(a *attack) string {
			var fields strings.Builder
			for i := range 1300 {
				fmt.Fprintf(&fields, "%x:\r\n", i+256)
			}
			return a.crowd(1000, func(int) string { return says(0, get+fields.String())(a) })
		}},
		{"500 bodies that stop after 15 KB, and 500 that stop after 255 KB", "1000 × told to come again, or cut off for being too slow", func(a *attack) string {
			return a.crowd(1000, func(i int) string {
				got := says(0, head(length(maxBody))+small+strings.Repeat(" ", []int{15, 255}[i%2]<<10))(a)
				if tooSlow(got) {
					return "told to come again, or cut off for being too slow"
				}
				return got
			})
		}},
		{"50 bodies of the largest size, wrong as often as there is room", fmt.Sprintf("%d × 422 too-many duplicate-key, closed", 50*times), func(a *attack) string {
			return a.crowd(50*times, func(int) string { return until(wrong) })
		}},
		{"5,000 requests that are given up midway", "no goroutine is left", func(a *attack) string {
			a.crowd(200, func(i int) string {
				for j := range 25*times - 1 {
					a.gone(i + 7*j)
				}
				return a.gone(i)
			})
			return "no goroutine is left" // or the phase fails
		}},
		{"200 connections with 100 schemas each that nobody reads", "no goroutine is left", func(a *attack) string {
			a.crowd(200, func(int) string {
				c := a.dial()
				defer c.Close()
				c.SetReadBuffer(4096)
				io.WriteString(c, strings.Repeat("GET /v1/models/"+models.Default+"/schema HTTP/1.1\r\nHost: x\r\n\r\n", 100))
				time.Sleep(time.Second)
				return "left"
			})
			return "no goroutine is left"
		}},
		{"4,000 connections that send a byte, more than are let in", "4000 × cut off", func(a *attack) string {
			return a.crowd(4000, func(int) string {
				if got := says(0, "G")(a); got != "400 text, closed" && got != "closed" {
					return got
				}
				return "cut off"
			})
		}},
	}
}

// stop ends the good clients, and then the service while requests are under way. These are answered; then nobody listens any more.
func (a *attack) stop(stop func(), good *sync.WaitGroup) {
	stop()
	good.Wait()
	const n = 100
	got := make(chan string, n)
	ready := make(chan *net.TCPConn, n)
	for range n {
		go func() {
			c := a.dial()
			io.WriteString(c, head(length(len(small)))+small[:20])
			ready <- c
		}()
	}
	var waiting []*net.TCPConn
	for range n {
		waiting = append(waiting, <-ready)
	}
	time.Sleep(time.Second / 2) // so that the server has begun to read them
	require.NoError(a, a.command.Process.Signal(syscall.SIGTERM))
	require.Eventually(a, func() bool {
		c, err := net.Dial("tcp", a.addr)
		if err == nil {
			c.Close()
		}
		return err != nil
	}, 5*time.Second, 10*time.Millisecond)
	for _, c := range waiting {
		go func() {
			defer c.Close()
			io.WriteString(c, small[20:])
			got <- a.hear(c, false)
		}()
	}
	for range n {
		assert.Equal(a, "200, closed", <-got)
	}
	a.rows = append(a.rows, row{"SIGTERM while 100 bodies are under way", "100 × 200, closed; new connections are refused; it ends by itself"})
	err := a.command.Wait()
	assert.NoError(a, err, "a data race is exit status 66")
	assert.NotContains(a, a.log.text(), "DATA RACE")
	assert.Empty(a, a.failures, "good requests")
	a.Logf("the process had at most %d MB", a.command.ProcessState.SysUsage().(*syscall.Rusage).Maxrss>>10)
}

// table holds the table in HOSTILE.md current.
func (a *attack) table() {
	var b strings.Builder
	b.WriteString("\n| tried | came back |\n|---|---|\n")
	for _, r := range a.rows {
		got := r.got
		if many := strings.Count(got, "200, "); many > 10 {
			got = fmt.Sprintf("%d × 200, closed", many)
		}
		fmt.Fprintf(&b, "| %s | %s |\n", strings.ReplaceAll(r.tried, "|", `\|`), got)
	}
	const file, mark = "HOSTILE.md", "<!-- by go test ./examples/service -run Hostile -update -->\n"
	data, err := os.ReadFile(file)
	require.NoError(a, err)
	text, _, found := strings.Cut(string(data), mark)
	require.True(a, found)
	want := text + mark + b.String()
	if *update {
		require.NoError(a, os.WriteFile(file, []byte(want), 0o666))
	} else if !a.Failed() {
		assert.Equal(a, want, string(data), "HOSTILE.md: write it anew with -update")
	}
}
