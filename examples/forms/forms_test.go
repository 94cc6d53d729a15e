package main

import (
	"context"
	"encoding/json"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/modenhet/modenhet/internal/needs"
	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/modenhet/modenhet/schema"
	"github.com/stretchr/testify/require"
)

// TestPage runs the journeys of test/page.test.mjs in headless Chromium. SCREENSHOT=FILE makes a picture, for README.md.
func TestPage(t *testing.T) {
	node := modules(t)
	chromium, drivers := needs.Program(t, "chromium"), needs.Modules(t, "wasm/js/test")
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
	needs.Modules(t, "examples/forms")
	return needs.Program(t, "node")
}
