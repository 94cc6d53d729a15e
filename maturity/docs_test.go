package maturity_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const referencePage = "../docs/reference.md"

func onceIsEnough(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("the pages are the same everywhere: they are read outside js/wasm")
	}
}

// TestReferenceDocuments reads every json block of the reference. A model must compile, and the linter has
// no advice; an assessment must score by the model above it; a result must be the one of the assessment above it.
func TestReferenceDocuments(t *testing.T) {
	onceIsEnough(t)
	blocks := regexp.MustCompile("(?ms)^```json\n(.*?)^```$").FindAllStringSubmatch(string(readFile(t, referencePage)), -1)
	require.NotEmpty(t, blocks)
	found := map[string]int{}
	var scorer *maturity.Scorer
	var result *maturity.Result
	for _, block := range blocks {
		text := block[1]
		var fields map[string]json.RawMessage
		require.NoError(t, json.Unmarshal([]byte(text), &fields), text)
		switch {
		case fields["children"] != nil:
			found["model"]++
			m, err := maturity.Parse([]byte(text), nil)
			require.NoError(t, err, text)
			assert.Empty(t, m.Lint(nil), text)
			scorer, err = maturity.Compile(m, nil)
			require.NoError(t, err, text)
		case fields["nodes"] != nil:
			found["result"]++
			require.NotNil(t, result, "a result without an assessment above it: %s", text)
			assert.JSONEq(t, string(result.AppendJSON(nil)), text)
		case fields["model"] != nil:
			found["assessment"]++
			a, err := scorer.ParseAssessment([]byte(text))
			require.NoError(t, err, text)
			result, err = scorer.Score(a)
			require.NoError(t, err, text)
		default:
			assert.Fail(t, "neither model, assessment nor result: mark a fragment as jsonc", text)
		}
	}
	for _, kind := range []string{"model", "assessment", "result"} {
		assert.Positive(t, found[kind], "the reference shows no %s", kind)
	}
}

// TestReferenceCodes holds the tables of codes in the reference against the codes in the source: all of
// them, in the same order, each once.
func TestReferenceCodes(t *testing.T) {
	onceIsEnough(t)
	var declared []string
	for _, name := range []string{"issue.go", "lint.go"} {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			if kind, ok := spec.Type.(*ast.Ident); ok && kind.Name == "Code" {
				for _, value := range spec.Values {
					code, err := strconv.Unquote(value.(*ast.BasicLit).Value)
					require.NoError(t, err)
					declared = append(declared, code)
				}
			}
			return true
		})
	}
	require.NotEmpty(t, declared)
	_, section, ok := strings.Cut(string(readFile(t, referencePage)), "\n## Issue codes\n")
	require.True(t, ok)
	section, _, _ = strings.Cut(section, "\n## ")
	var documented []string
	for _, row := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\| .+ \\| .+ \\|$").FindAllStringSubmatch(section, -1) {
		documented = append(documented, row[1])
	}
	assert.Equal(t, declared, documented)
}

// TestDocsLinks follows the links of the pages to files beside them, and to headings.
func TestDocsLinks(t *testing.T) {
	onceIsEnough(t)
	link := regexp.MustCompile(`\]\(([^)\s]+)\)`)
	for _, page := range []string{referencePage, "../docs/schemas.md", "../RATIONALE.md", "../CONTRIBUTING.md"} {
		for _, match := range link.FindAllStringSubmatch(string(readFile(t, page)), -1) {
			path, anchor, _ := strings.Cut(match[1], "#")
			if strings.Contains(path, ":") {
				continue // another site
			}
			target := page
			if path != "" {
				target = filepath.Join(filepath.Dir(page), path)
			}
			if _, err := os.Stat(target); !assert.NoError(t, err, "%s: %s", page, match[1]) || anchor == "" {
				continue
			}
			assert.True(t, slices.Contains(anchors(string(readFile(t, target))), anchor), "%s: no heading for %s", page, match[1])
		}
	}
}

// anchors are the names of the headings of a page, as GitHub makes them. No page has a heading twice.
func anchors(page string) (names []string) {
	for _, heading := range regexp.MustCompile(`(?m)^#+ (.+)$`).FindAllStringSubmatch(page, -1) {
		name := regexp.MustCompile(`[^\pL\pN _-]`).ReplaceAllString(strings.ToLower(heading[1]), "")
		names = append(names, strings.ReplaceAll(name, " ", "-"))
	}
	return names
}
