//go:build !js

package cohort_test

import (
	"flag"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const page = "../../docs/cohort.md"

var update = flag.Bool("update", false, "write the examples of the page anew")

// TestPage holds the examples of the page to those of the package, which run.
func TestPage(t *testing.T) {
	source, err := os.ReadFile("example_test.go")
	require.NoError(t, err)
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "example_test.go", source, parser.ParseComments)
	require.NoError(t, err)
	text, err := os.ReadFile(page)
	require.NoError(t, err)
	want := string(text)
	for _, example := range doc.Examples(file) {
		body := example.Code.(*ast.BlockStmt)
		code := string(source[files.Position(body.Lbrace).Offset+1 : files.Position(body.Rbrace).Offset])
		code, _, _ = strings.Cut(code, "\t// Output:")
		code = strings.TrimSpace(strings.ReplaceAll("\n"+code, "\n\t", "\n"))
		marked := "<!-- Example" + example.Name + " -->\n"
		block := regexp.MustCompile(regexp.QuoteMeta(marked) + "(?s)(\n```go\n.*?\n```\n\n```text\n.*?```\n)?")
		require.Len(t, block.FindAllString(want, -1), 1, example.Name)
		want = block.ReplaceAllLiteralString(want, marked+"\n```go\n"+code+"\n```\n\n```text\n"+example.Output+"```\n")
	}
	if *update {
		require.NoError(t, os.WriteFile(page, []byte(want), 0o644))
		return
	}
	assert.Equal(t, want, string(text), "look at the difference, then run the test with -update")

	headings := map[string]bool{}
	for _, heading := range regexp.MustCompile(`(?m)^#+ (.+)$`).FindAllStringSubmatch(want, -1) {
		name := regexp.MustCompile(`[^\pL\pN _-]`).ReplaceAllString(strings.ToLower(heading[1]), "")
		headings["#"+strings.ReplaceAll(name, " ", "-")] = true
	}
	links := regexp.MustCompile(`\]\(([^)\s]+)\)`).FindAllStringSubmatch(want, -1)
	require.NotEmpty(t, links)
	for _, link := range links {
		if !strings.HasPrefix(link[1], "#") {
			_, err := os.Stat(filepath.Join(filepath.Dir(page), link[1]))
			assert.NoError(t, err)
		} else {
			assert.True(t, headings[link[1]], link[1])
		}
	}
}
