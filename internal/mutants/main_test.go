package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestSwitchesAreMutants builds a small package with all its mutants behind switches, and beside it one package
// for each of some mutants: switched on, each does what its package does, and all others do not compile. With
// ALL_MUTANTS=1 these are all.
func TestSwitchesAreMutants(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds many packages")
	}
	dir := t.TempDir()
	write := func(name, text string) {
		path := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	}
	write("go.mod", "module sample\n\ngo 1.24\n")
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "all"), 0o755))
	list, err := rewrite("testdata/sample", filepath.Join(dir, "all"), func(string) bool { return true })
	require.NoError(t, err)
	write("all/on.go", "package sample\n\nfunc On(n int) { mutantOn = n }\n")
	source, err := os.ReadFile("testdata/sample/sample.go")
	require.NoError(t, err)
	alone := func(m *mutant) string {
		return string(source[:m.Offset]) + m.To + string(source[m.Offset+len(m.From):])
	}
	imports, runs := "", ""
	built, dead := 0, 0
	for n, m := range list {
		switch {
		case n%5 > 0 && os.Getenv("ALL_MUTANTS") == "":
		case m.Dead:
			dead++
			write(fmt.Sprintf("dead%d/sample.go", n), alone(m))
		case m.Built:
			built++
			write(fmt.Sprintf("m%d/sample.go", n), alone(m))
			imports += fmt.Sprintf("\tm%d \"sample/m%d\"\n", n, n)
			runs += fmt.Sprintf("\tcompare(%d, m%d.Run())\n", n, n)
		}
	}
	write("main.go", "package main\n\nimport (\n\t\"fmt\"\n\tsample \"sample/all\"\n"+imports+")\n\nfunc compare(n int, want string) {\n\tsample.On(n)\n"+
		"\tif got := sample.Run(); got != want {\n\t\tfmt.Printf(\"mutant %d: %q, and alone %q\\n\", n, got, want)\n\t}\n}\n\nfunc main() {\n"+runs+"}\n")
	run := func(args ...string) (string, error) {
		cmd := exec.Command("go", args...)
		cmd.Dir = dir
		text, err := cmd.CombinedOutput()
		return string(text), err
	}
	text, err := run("run", ".")
	require.NoError(t, err, text)
	assert.Empty(t, text)
	text, err = run("vet", "./...")
	assert.Error(t, err)
	for n, m := range list {
		if _, err := os.Stat(filepath.Join(dir, fmt.Sprint("dead", n))); err == nil && m.From != m.To {
			assert.Contains(t, text, fmt.Sprintf("dead%d/sample.go", n), "%s compiles", m)
		}
	}
	assert.Greater(t, built, 15)
	assert.Positive(t, dead)
}
