package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const tutorial = "../../docs/tutorial.md"

var blocks = regexp.MustCompile("(?ms)^```(json|diff|console)\n(.*?)^```$")

// TestTutorial does what a reader does: saves the files, makes the changes, runs the commands. What they print is
// what stands below them.
func TestTutorial(t *testing.T) {
	data, err := os.ReadFile(tutorial)
	require.NoError(t, err)
	page, changed := string(data), ""
	home, err := os.Getwd()
	require.NoError(t, err)
	t.Chdir(t.TempDir())
	at, count := 0, map[string]int{}
	for _, m := range blocks.FindAllStringSubmatchIndex(page, -1) {
		kind, text := page[m[2]:m[3]], page[m[4]:m[5]]
		changed += page[at:m[4]]
		at = m[5]
		count[kind]++
		switch kind {
		case "json": // its name stands before it
			names := regexp.MustCompile("`(\\w+\\.json)`").FindAllStringSubmatch(page[:m[0]], -1)
			require.NoError(t, os.WriteFile(names[len(names)-1][1], []byte(text), 0o666))
		case "diff":
			patch(t, "sharing.json", text)
		case "console":
			text = session(text)
		}
		changed += text
	}
	changed += page[at:]
	if *update {
		t.Chdir(home)
		require.NoError(t, os.WriteFile(tutorial, []byte(changed), 0o666))
		page = changed
	}
	assert.Equal(t, page, changed, "look at the difference, then run the test with -update")
	assert.Greater(t, min(count["json"], count["diff"], count["console"]), 3)
}

// patch changes lines of a file: those with a minus for those with a plus.
func patch(t *testing.T, name, diff string) {
	var before, after strings.Builder
	for _, line := range strings.SplitAfter(diff, "\n") {
		switch {
		case strings.HasPrefix(line, "-"):
			before.WriteString(line[1:])
		case strings.HasPrefix(line, "+"):
			after.WriteString(line[1:])
		}
	}
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	require.Equal(t, 1, strings.Count(string(data), before.String()), "%s", diff)
	require.NoError(t, os.WriteFile(name, []byte(strings.Replace(string(data), before.String(), after.String(), 1)), 0o666))
}

// session runs the commands of a block and writes each with what it prints, errors last.
func session(text string) string {
	var b strings.Builder
	for _, line := range strings.Split(text, "\n") {
		if args, ok := strings.CutPrefix(line, "$ go run ./examples/score "); ok {
			_, out, errs := score("", strings.Fields(args)...)
			b.WriteString(line + "\n" + out + errs)
		}
	}
	return b.String()
}

func TestNew(t *testing.T) {
	code, out, errs := score("", "--new")
	assert.Zero(t, code)
	assert.Empty(t, errs)
	m, err := maturity.Parse([]byte(out), nil)
	require.NoError(t, err)
	assert.Empty(t, m.Lint(nil))
	_, err = maturity.Compile(m, nil)
	assert.NoError(t, err)
	assert.Less(t, strings.Count(out, "\n"), 60)
}
