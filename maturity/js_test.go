//go:build !js

package maturity_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/internal/needs"
	"github.com/stretchr/testify/require"
)

// TestWebAssembly runs the facts of this package under js/wasm in Node, where they must give the same
// bytes.
func TestWebAssembly(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: builds and runs the package for js/wasm")
	}
	node := needs.Program(t, "node")
	binary := filepath.Join(t.TempDir(), "maturity.test")
	build := exec.Command("go", "test", "-c", "-o", binary, ".")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	output, err := build.CombinedOutput()
	require.NoError(t, err, string(output))

	root, err := exec.Command("go", "env", "GOROOT").Output()
	require.NoError(t, err)
	script := filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec_node.js")
	run := exec.Command(node, script, binary, "-test.run", "Conformance|Invalid|Exact|Round|Roots|Float|Canonical|Numbers|SHA|Hostile", "-test.v")
	run.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir()} // wasm_exec allows few bytes of environment
	output, err = run.CombinedOutput()
	require.NoError(t, err, string(output))
	require.Contains(t, string(output), "--- PASS: TestConformance")
	require.NotContains(t, string(output), "--- SKIP")
}
