//go:build !js

// Package access tests who can use the self-check, apart from the other tests of it, since axe takes minutes on a slow machine.
package access

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/modenhet/modenhet/internal/needs"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestAccess runs access.test.mjs in headless Chromium, on what the command serves.
func TestAccess(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: builds the site and runs a browser")
	}
	node, chromium, modules := needs.Program(t, "node"), needs.Program(t, "chromium"), needs.Modules(t, "wasm/js/test")
	program := filepath.Join(t.TempDir(), "selfcheck")
	output, err := exec.Command("go", "build", "-o", program, "..").CombinedOutput()
	require.NoError(t, err, string(output))
	serve := exec.Command(program, "--addr", "localhost:0")
	says, err := serve.StdoutPipe()
	require.NoError(t, err)
	serve.Stderr = os.Stderr
	require.NoError(t, serve.Start())
	defer func() {
		assert.NoError(t, serve.Process.Signal(os.Interrupt))
		assert.NoError(t, serve.Wait())
	}()
	line, err := bufio.NewReader(says).ReadString('\n')
	require.NoError(t, err)
	origin := regexp.MustCompile(`http://[^/ ]+`).FindString(line)
	require.NotEmpty(t, origin, line)

	command := exec.Command(node, "--test", "--test-reporter=spec", "access.test.mjs")
	command.Env = append(os.Environ(), "ORIGIN="+origin, "CHROMIUM="+chromium, "MODULES="+modules)
	output, err = command.CombinedOutput()
	t.Logf("%s", output)
	require.NoError(t, err)
}
