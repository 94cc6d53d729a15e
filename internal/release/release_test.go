package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write THIRD_PARTY.md anew; with REQUIRE_ALL=1")

// Which licences may come in. What only builds and tests is not handed on, so its terms may ask for more.
var (
	handedOn = []string{"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT"}
	atWork   = append(handedOn, "0BSD", "CC0-1.0", "MPL-2.0", "PSF-2.0", "Python-2.0")
)

// TestReproducible makes an archive and its bill of materials in two folders.
func TestReproducible(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: compiles a command twice")
	}
	t.Chdir("../..")
	elsewhere := filepath.Join(t.TempDir(), "a copy", "of the sources")
	for _, dir := range []string{"maturity", "examples/score"} {
		require.NoError(t, os.CopyFS(filepath.Join(elsewhere, dir), os.DirFS(dir)))
	}
	for _, name := range []string{"go.mod", "go.sum", "LICENSE"} {
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(elsewhere, name), data, 0o666))
	}
	made := func() map[string]string {
		out := t.TempDir()
		require.NoError(t, command(out, t.TempDir(), "v1.2.3", "linux/arm64"))
		require.NoError(t, sums(out))
		files := map[string]string{}
		entries, err := os.ReadDir(out)
		require.NoError(t, err)
		for _, entry := range entries {
			data, err := os.ReadFile(filepath.Join(out, entry.Name()))
			require.NoError(t, err)
			files[entry.Name()] = string(data)
		}
		return files
	}
	here := made()
	t.Chdir(elsewhere)
	there := made()
	assert.Equal(t, []string{"SHA256SUMS", "modenhet-score-v1.2.3-linux-arm64.cdx.json", "modenhet-score-v1.2.3-linux-arm64.tar.gz"}, slices.Sorted(maps.Keys(here)))
	assert.Equal(t, here["SHA256SUMS"], there["SHA256SUMS"])
	assert.True(t, maps.Equal(here, there))
	assert.Error(t, release(t.TempDir(), "1.2.3"))
}

// TestBill reads the bill of materials of the npm package, in which everything has a licence that may be handed on.
func TestBill(t *testing.T) {
	t.Chdir("../..")
	data, err := sbom("modenhet", "v1.2.3", "js/wasm", []string{"GOOS=js", "GOARCH=wasm", "GOFLAGS=-tags=analysis"}, vendored, "./wasm")
	require.NoError(t, err)
	var bill struct{ Components []component }
	require.NoError(t, json.Unmarshal(data, &bill))
	var names []string
	for _, c := range bill.Components {
		names = append(names, c.Name)
		require.Len(t, c.Licenses, 1, c.Name)
		for licence := range strings.SplitSeq(c.Licenses[0].Expression, " AND ") {
			assert.Contains(t, handedOn, licence, c.Name)
		}
	}
	assert.Equal(t, []string{"std", "github.com/hack-pad/safejs", "@digdir/designsystemet-css"}, names)
	style, err := os.ReadFile("wasm/js/check/designsystemet.js")
	require.NoError(t, err)
	assert.Contains(t, string(style), bill.Components[2].Version, "the vendored copy is of another version than the lock")
}

// TestThirdParty holds THIRD_PARTY.md to what the modules are made of, and all licences to those that may come in.
// Modules of the tools, the benchmarks and the pipeline are looked at only with REQUIRE_ALL, as they must be fetched.
func TestThirdParty(t *testing.T) {
	t.Chdir("../..")
	var page strings.Builder
	page.WriteString("# What others made\n\n`go test ./internal/release` holds these lists to what is used, and every licence to those that may come in. " +
		"`REQUIRE_ALL=1 go test ./internal/release -run ThirdParty -update` writes them anew. Versions are in go.mod, tools.mod and package-lock.json, and in the bill of materials of each release.\n")
	whole := os.Getenv("REQUIRE_ALL") != "" || *update
	for _, part := range []struct {
		title, dir string
		args       []string
		allowed    []string
		fetch      bool
	}{
		{"In programs that import the library, and in the commands", ".", []string{"./maturity/...", "./schema", "./examples/score", "./examples/selfcheck", "./examples/service"}, handedOn, false},
		{"In the npm package", ".", []string{"-tags=analysis", "./wasm"}, handedOn, false},
		{"To generate and to test", ".", []string{"-test", "./..."}, atWork, false},
		{"Tools", ".", []string{"-modfile=tools.mod", "tool"}, atWork, true},
		{"In `bench`", "bench", []string{"-test", "./..."}, atWork, true},
		{"In `examples/batch`", "examples/batch", []string{"-test", "./..."}, handedOn, true},
	} {
		fmt.Fprintf(&page, "\n## %s\n\n", part.title)
		if part.fetch && !whole {
			continue
		}
		env := []string{"GOFLAGS="}
		if strings.Contains(part.title, "npm") {
			env = append(env, "GOOS=js", "GOARCH=wasm")
		}
		list, err := run(env, "go", slices.Concat([]string{"-C", part.dir, "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Dir}}{{end}}{{end}}"}, part.args)...)
		require.NoError(t, err)
		lines := slices.Compact(slices.Sorted(strings.SplitSeq(list, "\n")))
		table := ""
		for _, line := range lines {
			name, dir, _ := strings.Cut(line, " ")
			if name == "" || name == "github.com/modenhet/modenhet" {
				continue
			}
			licence, err := licenceOf(dir)
			require.NoError(t, err)
			for one := range strings.SplitSeq(licence, " AND ") {
				assert.Contains(t, part.allowed, one, "%s: its licence may not come in (%s)", name, part.title)
			}
			table += "| " + name + " | " + licence + " |\n"
		}
		if strings.Contains(part.title, "npm") {
			for _, name := range vendored {
				p, err := locked("wasm/js/test", name)
				require.NoError(t, err)
				assert.Contains(t, part.allowed, p.License, name)
				table += "| " + name + " (npm), in part | " + p.License + " |\n"
			}
			table += "| Go's JavaScript runtime | BSD-3-Clause |\n"
		}
		if table == "" {
			page.WriteString("Nothing but Go's standard library (BSD-3-Clause).\n")
			continue
		}
		page.WriteString("| module | licence |\n|---|---|\n" + table)
	}
	page.WriteString("\n## Packages of npm, to test\n\n| folder | packages by licence |\n|---|---|\n")
	for _, dir := range []string{"wasm/js/test", "schema/test", "examples/service/test", "examples/forms"} {
		l, err := readLock(dir)
		require.NoError(t, err)
		count := map[string]int{}
		for name, p := range l.Packages {
			if name == "" {
				continue
			}
			count[p.License]++
			either := strings.Split(strings.Trim(p.License, "()"), " OR ")
			assert.True(t, slices.ContainsFunc(either, func(one string) bool { return slices.Contains(atWork, one) }), "%s: %s has the licence %q", dir, name, p.License)
		}
		require.NotEmpty(t, count, dir)
		fmt.Fprintf(&page, "| `%s` |", dir)
		for i, licence := range slices.Sorted(maps.Keys(count)) {
			if i > 0 {
				page.WriteString(",")
			}
			fmt.Fprintf(&page, " %s %d", licence, count[licence])
		}
		page.WriteString(" |\n")
	}
	if *update {
		require.NoError(t, os.WriteFile("THIRD_PARTY.md", []byte(page.String()), 0o666))
	}
	data, err := os.ReadFile("THIRD_PARTY.md")
	require.NoError(t, err)
	want := string(data)
	if !whole {
		want = regexp.MustCompile("(?s)(## (?:Tools|In `bench`|In `examples/batch`)\n\n).*?\n(\n|$)").ReplaceAllString(want, "$1$2")
	}
	assert.Equal(t, want, page.String(), "look at what is new, and write THIRD_PARTY.md anew")
}

// TestLicences knows the licences of texts.
func TestLicences(t *testing.T) {
	for name, want := range map[string][]string{"LICENSE": {"Apache-2.0"}, "wasm/js/check/LICENSE-designsystemet": {"MIT"}} {
		data, err := os.ReadFile("../../" + name)
		require.NoError(t, err)
		assert.Equal(t, want, licences(string(data)), name)
	}
	assert.Equal(t, []string{"GPL"}, licences("GNU GENERAL PUBLIC LICENSE\nVersion 3"))
	assert.Empty(t, licences("All rights reserved."))
	_, err := licenceOf(t.TempDir())
	assert.Error(t, err)
}

// TestWorkflows: actions are pinned to commits, tokens are not left in the clone, and rights are asked for where they
// are used.
func TestWorkflows(t *testing.T) {
	paths, err := filepath.Glob("../../.github/workflows/*.yml")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	pinned := regexp.MustCompile(`^[\w-]+/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$`)
	for _, path := range paths {
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		text := string(data)
		assert.Contains(t, text, "\npermissions:\n  contents: read\n", path)
		for _, m := range regexp.MustCompile(`uses: (.*)`).FindAllStringSubmatch(text, -1) {
			assert.Regexp(t, pinned, m[1], path)
		}
		assert.Equal(t, strings.Count(text, "actions/checkout@"), strings.Count(text, "persist-credentials: false"), path)
	}
}

// TestSecurity: the tests that SECURITY.md names exist, and every promise in its tables names one.
func TestSecurity(t *testing.T) {
	data, err := os.ReadFile("../../SECURITY.md")
	require.NoError(t, err)
	_, promises, _ := strings.Cut(string(data), "## What is promised")
	promises, _, _ = strings.Cut(promises, "## What is not promised")
	link := regexp.MustCompile(`\[(Test\w+|Fuzz\w+|"[^"]+")\]\(([^)]+)\)`)
	rows := 0
	for line := range strings.SplitSeq(promises, "\n") {
		named := link.FindAllStringSubmatch(line, -1)
		if strings.HasPrefix(line, "| ") && !strings.HasPrefix(line, "| a hostile … |") && !strings.HasPrefix(line, "| promise |") {
			rows++
			assert.NotEmpty(t, named, line)
		}
		for _, m := range named {
			file, err := os.ReadFile("../../" + m[2])
			require.NoError(t, err, line)
			want := "func " + m[1] + "("
			if m[1][0] == '"' {
				want = strings.Trim(m[1], `"`)
			}
			assert.Contains(t, string(file), want, line)
		}
	}
	assert.Greater(t, rows, 20)
}
