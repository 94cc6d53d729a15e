package main

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/internal/needs"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// serve is the service, as it is served.
func serve(t *testing.T) (*service, string) {
	s, err := newService(slog.New(slog.NewTextHandler(io.Discard, nil)))
	require.NoError(t, err)
	server := httptest.NewUnstartedServer(s)
	server.Config = newServer(s, usual)
	server.Start()
	t.Cleanup(server.Close)
	return s, server.URL
}

// modules finds Node and what npm ci brings.
func modules(t *testing.T) (node, dir string) {
	if testing.Short() {
		t.Skip("-short: runs Node")
	}
	return needs.Program(t, "node"), needs.Modules(t, "examples/service/test")
}

// documents writes what the service says of itself into files.
func documents(t *testing.T, url, dir string) (files []string) {
	for _, name := range []string{"openapi.json", "openapi-3.0.json"} {
		response, err := http.Get(url + "/" + name)
		require.NoError(t, err)
		data, err := io.ReadAll(response.Body)
		require.NoError(t, err)
		response.Body.Close()
		file := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(file, data, 0o666))
		files = append(files, file)
	}
	return files
}

// TestOpenAPI lints both documents; and to know that the linter looks, one without a schema that it refers to, and one
// of 3.0 with what only 3.1 has.
func TestOpenAPI(t *testing.T) {
	node, _ := modules(t)
	_, url := serve(t)
	files := documents(t, url, t.TempDir())
	output, err := exec.Command(node, append([]string{filepath.Join("test", "lint.mjs")}, files...)...).CombinedOutput()
	assert.NoError(t, err, string(output))

	var document map[string]any
	data, err := os.ReadFile(files[0])
	require.NoError(t, err)
	for i, break_ := range []func(){
		func() { delete(document["components"].(map[string]any)["schemas"].(map[string]any), "Range") },
		func() { document["openapi"] = "3.0.3" },
	} {
		require.NoError(t, json.Unmarshal(data, &document))
		break_()
		broken, err := json.Marshal(document)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(files[0], broken, 0o666))
		output, err = exec.Command(node, filepath.Join("test", "lint.mjs"), files[0]).CombinedOutput()
		assert.Error(t, err, i)
		assert.Contains(t, string(output), ": error: ")
	}
}

// TestGeneratedClient makes a client of the OpenAPI document, has TypeScript check test/client.ts, and runs it.
func TestGeneratedClient(t *testing.T) {
	node, npm := modules(t)
	_, url := serve(t)
	dir := t.TempDir()
	run := func(args ...string) {
		command := exec.Command(node, args...)
		command.Env = append(os.Environ(), "SERVICE="+url)
		output, err := command.CombinedOutput()
		require.NoError(t, err, strings.Join(args, " ")+"\n"+string(output))
	}
	require.NoError(t, os.Symlink(npm, filepath.Join(dir, "node_modules")))
	client, err := os.ReadFile(filepath.Join("test", "client.ts"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "client.ts"), client, 0o666))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "package.json"), []byte(`{"type": "module"}`), 0o666))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "tsconfig.json"), []byte(`{"compilerOptions": {"strict": true, "target": "esnext", "lib": ["esnext", "dom"],
	  "module": "nodenext", "rewriteRelativeImportExtensions": true, "noUncheckedIndexedAccess": true, "skipLibCheck": true, "types": []}, "files": ["client.ts", "process.d.ts"]}`), 0o666))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "process.d.ts"), []byte("declare const process: { env: Record<string, string | undefined> };\ndeclare module 'node:assert/strict';\n"), 0o666))
	file := documents(t, url, dir)[0]
	run(filepath.Join(npm, "openapi-typescript", "bin", "cli.js"), file, "-o", filepath.Join(dir, "openapi.ts"))
	run(filepath.Join(npm, "typescript", "bin", "tsc"), "-p", dir)
	run(filepath.Join(dir, "client.js"))
}
