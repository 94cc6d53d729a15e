package main

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/modenhet/modenhet/internal/needs"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write testdata/sums.txt anew, from this machine")

const golden = "testdata/sums.txt"

// TestPlatforms compiles the program for each platform, runs it there, and wants the same bytes everywhere. What
// the processor of this machine does not run, an emulator does. In Chromium it is run by wasm/js/test.
func TestPlatforms(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: compiles for seven platforms")
	}
	if *update {
		sums, err := exec.Command("go", "run", ".").Output()
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(golden, sums, 0o666))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	root, err := exec.Command("go", "env", "GOROOT").Output()
	require.NoError(t, err)
	goroot := strings.TrimSpace(string(root))

	node := filepath.Join(goroot, "lib", "wasm", "wasm_exec_node.js")
	for _, p := range []struct {
		name, target string
		by           []string // what runs the program where this machine does not
	}{
		{"amd64", "linux/amd64 GOAMD64=v1", []string{"qemu-x86_64"}},
		{"amd64v3", "linux/amd64 GOAMD64=v3", []string{"qemu-x86_64"}},
		// The threads of QEMU before version 8 share one table of thread-local storage on i386, and the end of a
		// signal handler reads it again. So Go may not interrupt goroutines by signals.
		{"386", "linux/386 GODEBUG=asyncpreemptoff=1", []string{"qemu-i386"}},
		{"arm64", "linux/arm64", []string{"qemu-aarch64"}},
		{"s390x", "linux/s390x", []string{"qemu-s390x"}}, // big-endian
		{"js", "js/wasm", []string{"node", node}},
		{"wasip1", "wasip1/wasm", []string{"node", "--no-warnings", "wasip1.mjs"}},
	} {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel() // an emulator keeps one processor busy
			target, settings, _ := strings.Cut(p.target, " ")
			goos, goarch, _ := strings.Cut(target, "/")
			program := filepath.Join(t.TempDir(), "program")
			build := exec.Command("go", "build", "-o", program, ".")
			build.Env = append(append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=", "GOOS="+goos, "GOARCH="+goarch), strings.Fields(settings)...)
			output, err := build.CombinedOutput()
			require.NoError(t, err, string(output))

			sums := func(command ...string) (string, error) {
				run := exec.Command(command[0], command[1:]...)
				run.Env = append(strings.Fields(settings), "PATH="+os.Getenv("PATH")) // js takes few bytes of environment
				got, err := run.Output()
				if exit := new(exec.ExitError); errors.As(err, &exit) {
					if strings.Contains(string(exit.Stderr), "v3 microarchitecture") {
						t.Skip("the processor of this machine cannot run what GOAMD64=v3 compiles to")
					}
					t.Logf("%s", exit.Stderr)
				}
				return string(got), err
			}
			got, err := "", error(syscall.ENOEXEC)
			if goos == runtime.GOOS {
				got, err = sums(program)
			}
			if errors.Is(err, syscall.ENOEXEC) {
				got, err = sums(append(append([]string{needs.Program(t, p.by[0])}, p.by[1:]...), program)...)
			}
			require.NoError(t, err)
			assert.Equal(t, string(want), got)
		})
	}
}
