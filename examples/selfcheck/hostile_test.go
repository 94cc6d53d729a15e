//go:build !js

package main

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestHostile asks the page's server for what it should not give, in ways that it should not be asked.
func TestHostile(t *testing.T) {
	above := t.TempDir()
	dir := filepath.Join(above, "site")
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "modenhet"), 0o777))
	engine := strings.Repeat("engine", 100_000)
	for name, data := range map[string]string{"secret": "secret", "site/index.html": "page", "site/page.js": "script", "site/modenhet/modenhet.wasm": engine} {
		require.NoError(t, os.WriteFile(filepath.Join(above, name), []byte(data), 0o666))
	}
	site, err := handler(dir)
	require.NoError(t, err)
	require.NoError(t, os.Symlink(filepath.Join(above, "secret"), filepath.Join(dir, "later.html")))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	server := newServer(site)
	for _, d := range []*time.Duration{&server.ReadHeaderTimeout, &server.ReadTimeout, &server.WriteTimeout, &server.IdleTimeout} {
		assert.Positive(t, *d)
	}
	server.ReadHeaderTimeout, server.IdleTimeout = time.Second, time.Second
	go server.Serve(listener)
	defer server.Close()

	// says sends a request, and gives the status, and what of the header is asked for, of each answer, until the server closes.
	says := func(raw string, fields ...string) (said []string, body string) {
		c, err := net.Dial("tcp", listener.Addr().String())
		require.NoError(t, err)
		defer c.Close()
		go io.WriteString(c, raw)
		c.SetReadDeadline(time.Now().Add(30 * time.Second))
		for r := bufio.NewReader(c); ; {
			response, err := http.ReadResponse(r, &http.Request{Method: strings.Fields(raw)[0]})
			if err != nil {
				require.NotErrorIs(t, err, os.ErrDeadlineExceeded, "the connection stays open")
				return said, body
			}
			data, err := io.ReadAll(response.Body)
			require.NoError(t, err)
			body += string(data)
			line := response.Status[:3]
			for _, field := range fields {
				line += " " + response.Header.Get(field)
			}
			said = append(said, line)
		}
	}
	get := func(path string) string {
		return "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
	}
	with := func(field string) string {
		return strings.Replace(get("/modenhet/modenhet.wasm"), "Host", field+"\r\nHost", 1)
	}
	tag, whole := says(get("/modenhet/modenhet.wasm"), "ETag")
	require.Equal(t, engine, whole)
	etag := strings.Fields(tag[0])[1]

	var all sync.WaitGroup
	check := func(raw, want string, fields ...string) {
		all.Add(1)
		go func() {
			defer all.Done()
			said, body := says(raw, fields...)
			assert.Equal(t, want, strings.Join(said, ", "), "%.100q", raw)
			assert.NotContains(t, body, "secret")
		}()
	}
	check(get("/"), "200 text/html; charset=utf-8 nosniff no-cache Accept-Encoding", "Content-Type", "X-Content-Type-Options", "Cache-Control", "Vary")
	check(get("/page.js"), "200 text/javascript; charset=utf-8", "Content-Type")
	for _, path := range []string{"/../secret", "/modenhet/../../secret", "/%2e%2e/secret", "/..%2fsecret", `/..\secret`, "//../secret", "/./../secret", "/later.html",
		"/modenhet", "/modenhet/", "/sw.js/", "/page.js/..", "/PAGE.JS", "/page.js%00.html", "/con", "/index.html/index.html", "/" + strings.Repeat("a", 5000)} {
		check(get(path), "404 nosniff", "X-Content-Type-Options")
	}
	check(get("http://evil.example/secret"), "404")
	check(get("/"+strings.Repeat("a", 1<<20)), "431")
	check(strings.Replace(get("/"), "Host", strings.Repeat("a: b\r\n", 10_000)+"Host", 1), "431")
	for _, method := range []string{"POST", "PUT", "DELETE", "TRACE", "OPTIONS", "PROPFIND", "BREW"} {
		check(method+get("/")[3:], "405 GET, HEAD", "Allow")
	}
	check("HEAD"+get("/modenhet/modenhet.wasm")[3:], "200 600000", "Content-Length")
	check(with("Range: bytes=0-9"), "206 bytes 0-9/600000", "Content-Range")
	check(with("Range: bytes=-5"), "206 bytes 599995-599999/600000", "Content-Range")
	check(with("Range: bytes=600000-"), "416 bytes */600000", "Content-Range")
	check(with("Range: bytes=9-0"), "416")
	check(with("Range: bytes=0-"+strings.Repeat(",0-", 1000)), "200 ", "Content-Range")
	check(with("Range: bytes=0-9\r\nAccept-Encoding: gzip"), "206 gzip 10", "Content-Encoding", "Content-Length")
	check(with("Range: bytes=0-9\r\nIf-Range: \"other\""), "200 600000", "Content-Length")
	check(with("If-None-Match: "+etag), "304")
	check(with("If-None-Match: *"), "304")
	check(with("If-None-Match: "+etag+"\r\nAccept-Encoding: gzip"), "200 gzip", "Content-Encoding") // another form, another tag
	check(with("If-Match: \"other\""), "412")
	check("nonsense\r\n\r\n", "400")
	check("\x16\x03\x01\x02\x00\r\n\r\n", "400")
	check(get("/%zz"), "400")
	check("GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: x\r\n\r\n", "501")
	check("GET / HTTP/1.1\r\nHost: x\r\n", "") // a header that stops
	check("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "200")
	check(strings.Repeat("GET / HTTP/1.1\r\nHost: x\r\n\r\n", 3), "200, 200, 200")
	for range 500 {
		check("GET /page.js HTTP/1.1\r\nHost: x\r\n", "")
	}
	all.Wait()
}
