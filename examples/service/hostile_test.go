//go:build unix

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"regexp"
	"runtime"
	"runtime/metrics"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the table of HOSTILE.md anew")

// patience is how the service under attack is started: as main does, but less patient, so that the test ends soon.
var patience = limits{connections: 2048, header: 3 * time.Second, read: 5 * time.Second, write: 12 * time.Second, idle: 3 * time.Second, grace: 25 * time.Second}

// TestMain is the test, or the service that it attacks: a process of its own, which can be measured and stopped.
func TestMain(m *testing.M) {
	if os.Getenv("UNDER_ATTACK") == "" {
		os.Exit(m.Run())
	}
	ctx, _ := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	s, err := newService(slog.New(slog.NewTextHandler(os.Stderr, nil)))
	if err == nil {
		s.mux.HandleFunc("GET /panic", func(http.ResponseWriter, *http.Request) { panic("on purpose") })
		s.mux.HandleFunc("GET /panic/half", func(w http.ResponseWriter, _ *http.Request) {
			io.WriteString(w, "half of it")
			http.NewResponseController(w).Flush()
			panic("on purpose")
		})
		s.mux.HandleFunc("GET /state", measured())
		err = run(ctx, s, "localhost:0", patience)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// A state is what the service under attack says of itself.
type state struct {
	Goroutines int
	Heap, Peak uint64 // bytes of live and dead objects: after a collection, and the most since the last question
}

func measured() http.HandlerFunc {
	var peak atomic.Uint64
	heap := func() uint64 {
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		metrics.Read(sample)
		return sample[0].Value.Uint64()
	}
	go func() {
		for range time.Tick(2 * time.Millisecond) {
			peak.Store(max(peak.Load(), heap()))
		}
	}()
	return func(w http.ResponseWriter, r *http.Request) {
		runtime.GC()
		json.NewEncoder(w).Encode(state{runtime.NumGoroutine(), heap(), peak.Swap(0)})
	}
}

// An attack is the service in a process, clients that behave all the time, and what the others got.
type attack struct {
	*testing.T
	addr, url string
	command   *exec.Cmd
	log       *log

	mu       sync.Mutex
	times    []time.Duration // of good requests
	failures []string
	rows     []row
}

type row struct{ tried, got string }

// A log can be read while it is written.
type log struct {
	mu   sync.Mutex
	data []byte
}

func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.data = append(l.data, p...)
	return len(p), nil
}

func (l *log) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return string(l.data)
}

func begin(t *testing.T) *attack {
	a := &attack{T: t, log: new(log)}
	a.command = exec.Command(os.Args[0])
	a.command.Env = append(os.Environ(), "UNDER_ATTACK=1")
	a.command.Stderr = a.log
	require.NoError(t, a.command.Start())
	t.Cleanup(func() { a.command.Process.Kill() })
	found := regexp.MustCompile(`url=http://([^/]+)/`)
	require.Eventually(t, func() bool {
		if m := found.FindStringSubmatch(a.log.text()); m != nil {
			a.addr, a.url = m[1], "http://"+m[1]
		}
		return a.addr != ""
	}, 60*time.Second, 10*time.Millisecond)
	return a
}

// behave asks for scores until the context ends, over one connection or over a new one each time. Every answer must be that of
// the engine, to the byte.
func (a *attack) behave(ctx context.Context, documents, results [][]byte, fresh bool) {
	client := &http.Client{Timeout: time.Minute, Transport: &http.Transport{DisableKeepAlives: fresh}}
	defer client.CloseIdleConnections()
	for i := 0; ctx.Err() == nil; i = (i + 1) % len(documents) {
		start := time.Now()
		response, err := client.Post(a.url+scorePath, "application/json", bytes.NewReader(documents[i]))
		var got []byte
		status := 0
		if err == nil {
			status = response.StatusCode
			got, err = io.ReadAll(response.Body)
			response.Body.Close()
		}
		a.mu.Lock()
		a.times = append(a.times, time.Since(start))
		if err != nil || status != http.StatusOK || !bytes.Equal(got, results[i]) {
			a.failures = append(a.failures, fmt.Sprintf("status %d, error %v: %.200s", status, err, got))
		}
		a.mu.Unlock()
		time.Sleep(5 * time.Millisecond)
	}
}

// phase runs attacks, reports what the good clients and the memory made of them, and waits until nothing of them is left.
func (a *attack) phase(name string, before state, limit uint64, do func()) {
	a.mu.Lock()
	a.times = nil
	a.mu.Unlock()
	a.state()
	start := time.Now()
	do()
	took := time.Since(start)
	after := a.state()
	a.mu.Lock()
	slices.Sort(a.times)
	n := len(a.times)
	require.Positive(a, n, "good requests during "+name)
	a.Logf("%-22s %5.1f s, %5d good requests: median %v, 99th percentile %v, longest %v; heap at most %d MB", name, took.Seconds(), n,
		a.times[n/2].Round(time.Millisecond/10), a.times[n*99/100].Round(time.Millisecond/10), a.times[n-1].Round(time.Millisecond), after.Peak>>20)
	a.mu.Unlock()
	assert.Less(a, after.Peak, limit<<20, name)
	assert.Eventually(a, func() bool { return a.state().Goroutines <= before.Goroutines+8 }, 30*time.Second, 100*time.Millisecond, "goroutines are left after "+name)
}

func (a *attack) state() (s state) {
	response, err := http.Get(a.url + "/state")
	require.NoError(a, err)
	defer response.Body.Close()
	require.NoError(a, json.NewDecoder(response.Body).Decode(&s))
	return s
}

// A try is an attack, and what must come back.
type try struct {
	tried, want string
	do          func(a *attack) string
}

// try makes attacks at the same time.
func (a *attack) try(cases []try) {
	got := make([]string, len(cases))
	parallel(len(cases), func(i int) { got[i] = cases[i].do(a) })
	for i, c := range cases {
		assert.Equal(a, c.want, got[i], c.tried)
		a.rows = append(a.rows, row{c.tried, got[i]})
	}
}

func parallel(n int, do func(i int)) {
	var all sync.WaitGroup
	for i := range n {
		all.Add(1)
		go func() { defer all.Done(); do(i) }()
	}
	all.Wait()
}

func (a *attack) dial() *net.TCPConn {
	for range 100 {
		c, err := net.DialTimeout("tcp", a.addr, 10*time.Second)
		if err == nil {
			return c.(*net.TCPConn)
		}
		time.Sleep(10 * time.Millisecond) // the queue is full
	}
	panic("no connection")
}

// says sends bytes, part by part with a pause between, and tells all that comes back until the server closes.
func says(pause time.Duration, parts ...string) func(a *attack) string {
	return func(a *attack) string {
		c := a.dial()
		defer c.Close()
		go func() {
			for _, part := range parts {
				if _, err := io.WriteString(c, part); err != nil {
					return
				}
				time.Sleep(pause)
			}
		}()
		return a.hear(c, strings.HasPrefix(parts[0], "HEAD "))
	}
}

// hear reads answers until the server closes. One that net/http makes itself, before there is a request, is "text".
func (a *attack) hear(c net.Conn, head bool) string {
	c.SetReadDeadline(time.Now().Add(time.Minute))
	var got []string
	last, method := "closed", "POST"
	if head {
		method = "HEAD"
	}
	for r := bufio.NewReader(c); ; {
		if _, err := r.Peek(1); err != nil {
			if errors.Is(err, os.ErrDeadlineExceeded) {
				last = "kept open"
			}
			return strings.Join(append(got, last), ", ")
		}
		response, err := http.ReadResponse(r, &http.Request{Method: method})
		if err != nil {
			return fmt.Sprintf("%v, not HTTP: %v", got, err)
		}
		body, err := io.ReadAll(response.Body)
		if err != nil {
			got = append(got, fmt.Sprintf("%d cut short", response.StatusCode))
			continue
		}
		said := fmt.Sprint(response.StatusCode)
		switch kind := response.Header.Get("Content-Type"); {
		case response.StatusCode == http.StatusContinue:
			got = append(got, said)
			continue
		case kind == "application/problem+json":
			var p problem
			if !head {
				assert.NoError(a, json.Unmarshal(body, &p), "%s", body)
				assert.Equal(a, response.StatusCode, p.Status)
			}
			for _, issue := range p.Issues {
				if code := " " + string(issue.Code); !strings.Contains(said, code) {
					said += code
				}
			}
			fallthrough
		case response.StatusCode < 400 && response.StatusCode != http.StatusOK || strings.Contains(kind, "json"):
			assert.Equal(a, "nosniff", response.Header.Get("X-Content-Type-Options"), said)
			assert.Contains(a, []string{"no-store", "no-cache"}, response.Header.Get("Cache-Control"), said)
		case kind != "":
			said += " text"
		}
		if location := response.Header.Get("Location"); location != "" {
			said += " " + location
		}
		got, last = append(got, said), "closed when idle"
		if response.Close {
			last = "closed"
		}
	}
}

const small = `{"model":{"id":"digital-modenhet-kommune"}}`

// head is a request to score, with more fields and without its body.
func head(fields ...string) string {
	return "POST " + scorePath + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + strings.Join(append(fields, "", ""), "\r\n")
}

func length(n int) string { return fmt.Sprintf("Content-Length: %d", n) }

// scores sends a document, whole.
func scores(document string) func(a *attack) string {
	return says(0, head(length(len(document)), "Connection: close")+document)
}

// chunks sends a body in chunks.
func chunks(body string) string {
	var b strings.Builder
	for len(body) > 0 {
		n := min(len(body), 10_000)
		fmt.Fprintf(&b, "%x\r\n%s\r\n", n, body[:n])
		body = body[n:]
	}
	return b.String() + "0\r\n\r\n"
}
