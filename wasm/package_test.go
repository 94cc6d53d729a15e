//go:build !js

package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/modenhet/modenhet/internal/needs"
	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The JavaScript package is tested as users get it: packed, and unpacked again. Its tests are in js/test; each
// is run here in Node, and itself runs Chromium.

// temp is where everything lies that is built here.
var temp string

func TestMain(m *testing.M) {
	var err error
	if temp, err = os.MkdirTemp("", "modenhet"); err != nil {
		panic(err)
	}
	code := m.Run()
	os.RemoveAll(temp)
	os.Exit(code)
}

func run(dir, name string, args ...string) error {
	command := exec.Command(name, args...)
	command.Dir = dir
	if output, err := command.CombinedOutput(); err != nil {
		return errors.New(strings.Join(command.Args, " ") + ": " + err.Error() + "\n" + string(output))
	}
	return nil
}

// pack builds the package from the sources in root, once, and returns where it was packed.
func pack(root, name string) (string, error) {
	out := filepath.Join(temp, name)
	about, err := os.ReadFile(filepath.Join(root, "wasm", "js", "package.json"))
	if err != nil {
		return "", err
	}
	var manifest struct{ Version string }
	if err := json.Unmarshal(about, &manifest); err != nil {
		return "", err
	}
	packageVersion = manifest.Version
	return filepath.Join(out, "modenhet-"+packageVersion+".tgz"), run(root, "go", "run", "./wasm/build", "--out", out)
}

var packageVersion string

var packed = sync.OnceValues(func() (string, error) { return pack("..", "out") })

// unpacked is the folder of the package, as npm install leaves it.
var unpacked = sync.OnceValues(func() (string, error) {
	file, err := packed()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(temp, "node_modules", "modenhet")
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return "", err
	}
	return dir, run("", "tar", "-xzf", file, "-C", dir, "--strip-components=1")
})

// TestJavaScript runs the tests in js/test.
func TestJavaScript(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: builds the JavaScript package")
	}
	needs.Program(t, "npm")
	needs.Program(t, "tar")
	needs.Modules(t, "wasm/js/test")
	node, chromium := needs.Program(t, "node"), needs.Program(t, "chromium")
	dir, err := unpacked()
	require.NoError(t, err)
	issues := filepath.Join(temp, "issues.json")
	writeIssues(t, issues)
	calls := filepath.Join(temp, "analyses.json")
	writeAnalyses(t, calls)
	panics := filepath.Join(temp, "panics.wasm")
	build := exec.Command("go", "build", "-trimpath", "-tags", "panics", "-gcflags=all=-l", "-ldflags=-s -w -X main.version="+packageVersion, "-o", panics, ".")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	output, err := build.CombinedOutput()
	require.NoError(t, err, string(output))
	platforms := filepath.Join(temp, "platforms.wasm")
	build = exec.Command("go", "build", "-o", platforms, "../internal/platforms")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	output, err = build.CombinedOutput()
	require.NoError(t, err, string(output))
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	require.NoError(t, err)

	files, err := filepath.Glob(filepath.Join("js", "test", "*.test.js"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".test.js"), func(t *testing.T) {
			t.Parallel() // each is one thread for the most part
			command := exec.Command(node, "--test", "--test-reporter=spec", file)
			command.Env = append(os.Environ(), "MODENHET="+dir, "CHROMIUM="+chromium, "ISSUES="+issues, "ANALYSES="+calls, "PANICS="+panics,
				"PLATFORMS="+platforms, "GOROOT="+strings.TrimSpace(string(goroot)))
			output, err := command.CombinedOutput()
			t.Logf("%s", output)
			require.NoError(t, err)
		})
	}
}

// writeIssues writes what the engine, compiled for this machine, finds in the invalid documents.
func writeIssues(t *testing.T, path string) {
	type document struct {
		File   string          `json:"file"`
		Kind   string          `json:"kind"`
		Issues json.RawMessage `json:"issues"`
	}
	invalid := filepath.Join("..", "maturity", "testdata", "invalid")
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(invalid, name))
		require.NoError(t, err)
		return data
	}
	var documents []document
	require.NoError(t, json.Unmarshal(read("index.json"), &documents))
	m, err := maturity.Parse(read("valid-model.json"), nil)
	require.NoError(t, err)
	s, err := maturity.Compile(m, nil)
	require.NoError(t, err)
	for i, d := range documents {
		if d.Kind == "model" {
			_, err = maturity.Parse(read(d.File), nil)
		} else {
			_, err = s.ParseAssessment(read(d.File))
		}
		var wrong *maturity.InvalidError
		require.ErrorAs(t, err, &wrong, d.File)
		documents[i].Issues, err = json.Marshal(wrong.Issues)
		require.NoError(t, err)
	}
	data, err := json.Marshal(documents)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, data, 0o666))
}

// TestReproducible builds the package from a copy of the sources that lies elsewhere. To copy is also to read,
// so go test knows all that the tests of this file depend on.
func TestReproducible(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: builds the JavaScript package")
	}
	needs.Program(t, "npm")
	copied := filepath.Join(temp, "a copy", "of the sources")
	require.NoError(t, filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (slices.Contains([]string{"dist", "node_modules"}, entry.Name()) || strings.HasPrefix(entry.Name(), ".") && path != "..") {
			return fs.SkipDir
		}
		if !entry.Type().IsRegular() {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		to := filepath.Join(copied, strings.TrimPrefix(path, ".."))
		return errors.Join(os.MkdirAll(filepath.Dir(to), 0o777), os.WriteFile(to, data, 0o666))
	}))
	there, err := pack(copied, "copy")
	require.NoError(t, err)
	here, err := packed()
	require.NoError(t, err)
	want, err := os.ReadFile(here)
	require.NoError(t, err)
	got, err := os.ReadFile(there)
	require.NoError(t, err)
	assert.True(t, string(want) == string(got), "%s and %s differ", here, there)
}
