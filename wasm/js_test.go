//go:build !js

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/internal/needs"
	"github.com/stretchr/testify/require"
)

// TestWebAssembly runs the tests of the bridge under js/wasm in Node.
func TestWebAssembly(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: builds the package's tests for js/wasm")
	}
	node := needs.Program(t, "node")
	binary := filepath.Join(t.TempDir(), "wasm.test")
	build := exec.Command("go", "test", "-c", "-o", binary, ".")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	output, err := build.CombinedOutput()
	require.NoError(t, err, string(output))
	root, err := exec.Command("go", "env", "GOROOT").Output()
	require.NoError(t, err)
	run := exec.Command(node, filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec_node.js"), binary, "-test.v")
	run.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir()} // wasm_exec allows few bytes of environment
	output, err = run.CombinedOutput()
	require.NoError(t, err, string(output))
	require.Contains(t, string(output), "--- PASS: TestVerbsOfASession")
}
