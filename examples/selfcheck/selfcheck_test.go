//go:build !js

package main

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/modenhet/modenhet/internal/needs"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// temp is where the site lies.
var temp string

func TestMain(m *testing.M) {
	var err error
	if temp, err = os.MkdirTemp("", "selfcheck"); err != nil {
		panic(err)
	}
	code := m.Run()
	os.RemoveAll(temp)
	os.Exit(code)
}

// built makes the site, once.
var built = sync.OnceValue(func() error { return write(context.Background(), temp, "") })

func TestSite(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: builds the site")
	}
	require.NoError(t, built())
	worker, err := os.ReadFile(filepath.Join(temp, "sw.js"))
	require.NoError(t, err)
	for _, name := range []string{"index.html", "page.js", "modenhet/check.js", "modenhet/modenhet.wasm", "modenhet/models/digital-modenhet-kommune.json"} {
		_, err := os.Stat(filepath.Join(temp, filepath.FromSlash(name)))
		assert.NoError(t, err)
		if name != "index.html" { // kept as ./
			assert.Contains(t, string(worker), `"`+name+`"`)
		}
	}
	page, err := os.ReadFile(filepath.Join(temp, "index.html"))
	require.NoError(t, err)
	assert.Contains(t, string(page), `<link rel="modulepreload" href="modenhet/check/answers.js">`)
	assert.NotContains(t, string(page), "theme.css")
	assert.Contains(t, string(head(map[string][]byte{"theme.css": nil})), `href="theme.css"`)
	handler, err := handler(temp)
	require.NoError(t, err)
	server := httptest.NewServer(handler)
	defer server.Close()
	for path, kind := range map[string]string{"/": "text/html; charset=utf-8", "/sw.js": "text/javascript; charset=utf-8", "/modenhet/modenhet.wasm": "application/wasm"} {
		response, err := http.Get(server.URL + path)
		require.NoError(t, err)
		response.Body.Close()
		assert.Equal(t, http.StatusOK, response.StatusCode)
		assert.Equal(t, kind, response.Header.Get("Content-Type"))
		assert.Contains(t, response.Header.Get("Content-Security-Policy"), "default-src 'self'")
	}
}

func TestPortTaken(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer listener.Close()
	assert.ErrorContains(t, serve(context.Background(), temp, listener.Addr().String()), "another port: --addr localhost:0")
}

// TestPage runs the journeys of test/*.test.mjs in headless Chromium.
func TestPage(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: builds the site and runs a browser")
	}
	node, chromium, pdftotext := needs.Program(t, "node"), needs.Program(t, "chromium"), needs.Program(t, "pdftotext")
	modules := needs.Modules(t, "wasm/js/test")
	require.NoError(t, built())
	mux := http.NewServeMux()
	handler, err := handler(temp)
	require.NoError(t, err)
	mux.Handle("/", handler)
	mux.Handle("/under/kommunen/", http.StripPrefix("/under/kommunen", handler))
	server := httptest.NewServer(mux)
	defer server.Close()
	command := exec.Command(node, "--test", "--test-concurrency=2", "--test-reporter=spec", filepath.Join("test", "page.test.mjs"), filepath.Join("test", "robust.test.mjs"), filepath.Join("test", "others.test.mjs"))
	command.Env = append(os.Environ(), "ORIGIN="+server.URL, "CHROMIUM="+chromium, "PDFTOTEXT="+pdftotext, "MODULES="+modules)
	output, err := command.CombinedOutput()
	t.Logf("%s", output)
	require.NoError(t, err)
}
