package main

import (
	"context"
	"encoding/json"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/modenhet/modenhet/schema"
	"github.com/stretchr/testify/require"
)

// TestPage runs the journeys of test/page.test.mjs in headless Chromium. SCREENSHOT=FILE makes a picture, for README.md.
func TestPage(t *testing.T) {
	node := modules(t)
	chromium := os.Getenv("CHROMIUM")
	if chromium == "" {
		chromium = "chromium"
	}
	chromium, err := exec.LookPath(chromium)
	if err != nil {
		missing(t, "install chromium, or give the path of Chrome in CHROMIUM")
	}
	drivers, err := filepath.Abs(filepath.Join("..", "..", "wasm", "js", "test", "node_modules"))
	require.NoError(t, err)
	if _, err := os.Stat(drivers); err != nil {
		missing(t, "run npm ci in wasm/js/test")
	}
	dir := t.TempDir()
	require.NoError(t, build(context.Background(), models.Default, dir))
	server := httptest.NewServer(handler(dir))
	defer server.Close()
	script(t, node, "page.test.mjs", "ORIGIN="+server.URL, "CHROMIUM="+chromium, "MODULES="+drivers)
}

// TestRJSF gives the schemas to another form library.
func TestRJSF(t *testing.T) {
	node := modules(t)
	m, err := models.Load(models.Default)
	require.NoError(t, err)
	opts := &schema.Options{Answers: true, Language: "en"}
	answers, err := schema.For(m, opts)
	require.NoError(t, err)
	ui, err := schema.RJSF(m, opts)
	require.NoError(t, err)
	example, err := models.Assessment(models.Default, "complete")
	require.NoError(t, err)
	a, err := maturity.ParseAssessment(example, nil)
	require.NoError(t, err)
	data, err := json.Marshal(map[string]any{"schema": json.RawMessage(answers), "uiSchema": json.RawMessage(ui), "answers": a.Answers})
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "rjsf.json")
	require.NoError(t, os.WriteFile(file, data, 0o666))
	script(t, node, "rjsf.test.mjs", "RJSF="+file)
}

// script runs the tests of a file.
func script(t *testing.T, node, name string, env ...string) {
	command := exec.Command(node, "--test", "--test-reporter=spec", filepath.Join("test", name))
	command.Env = append(os.Environ(), env...)
	output, err := command.CombinedOutput()
	t.Logf("%s", output)
	require.NoError(t, err)
}

// modules finds Node and what npm ci brings.
func modules(t *testing.T) (node string) {
	if testing.Short() {
		t.Skip("-short: runs Node")
	}
	node, err := exec.LookPath("node")
	if err != nil {
		missing(t, "install nodejs")
	}
	if _, err := os.Stat("node_modules"); err != nil {
		missing(t, "run npm ci in examples/forms")
	}
	return node
}

func missing(t *testing.T, install string) {
	if os.Getenv("REQUIRE_ALL") != "" {
		t.Fatal("Something is missing: " + install)
	}
	t.Skip("Something is missing: " + install)
}
