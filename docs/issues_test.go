//go:build unix

package docs

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var codeHeading = regexp.MustCompile("(?m)^### `([a-z0-9-]+)`$")

// cure shows a code: the document of the lines with a minus has it, alone, and that of the lines with a plus has no issue. The
// block of text below is the issue.
func (p *page) cure(kind, text string) {
	opts := new(maturity.Options)
	if limit := regexp.MustCompile("`(\\{[^`]*\\})`").FindStringSubmatch(p.before); limit != nil {
		var err error
		opts, err = maturity.ParseOptions([]byte(limit[1]))
		require.NoError(p, err)
	}
	bad, cured := sides(text)
	issues := p.issues(kind, bad, opts)
	if assert.Len(p, issues, 1, "%s: %s", p.code, text) {
		assert.Equal(p, p.code, string(issues[0].Code), text)
		p.output = issues[0].Error() + "\n"
	}
	assert.Empty(p, p.issues(kind, cured, opts), "%s: %s", p.code, cured)
}

// issues is all that can be said about a document: errors, warnings or, of a valid model, the linter's advice.
func (p *page) issues(kind, text string, opts *maturity.Options) []*maturity.Issue {
	err := func() error {
		if kind != "assessment" {
			m, err := maturity.Parse([]byte(text), opts)
			if err == nil && kind == "lint" {
				return &maturity.InvalidError{Issues: m.Lint(opts)}
			}
			return err
		}
		a, err := p.model.ParseAssessment([]byte(text))
		if err != nil {
			return err
		}
		r, err := p.model.Score(a)
		if err != nil {
			return err
		}
		return &maturity.InvalidError{Issues: r.Warnings}
	}()
	var wrong *maturity.InvalidError
	if err == nil || !assert.ErrorAs(p, err, &wrong) {
		return nil
	}
	return wrong.Issues
}

// TestCodes holds docs/issues.md against the codes of the source: each has a heading of its own, with an example, and no
// other has one.
func TestCodes(t *testing.T) {
	declared := map[string]bool{}
	require.NoError(t, walk(func(path string, _ fs.DirEntry) error {
		switch {
		case filepath.Ext(path) == ".go" && !strings.HasSuffix(path, "_test.go"):
			file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, path), nil, parser.SkipObjectResolution)
			ast.Inspect(file, func(n ast.Node) bool {
				var values []ast.Expr
				switch n := n.(type) {
				case *ast.ValueSpec: // const BadID Code = "bad-id"
					if named(n.Type) {
						values = n.Values
					}
				case *ast.CallExpr: // Code("bad-id")
					if named(n.Fun) {
						values = n.Args
					}
				}
				for _, v := range values {
					if literal, ok := v.(*ast.BasicLit); ok && literal.Kind == token.STRING {
						code, unquoted := strconv.Unquote(literal.Value)
						declared[code] = unquoted == nil
					}
				}
				return true
			})
			return err
		case filepath.Ext(path) == ".js" && strings.HasPrefix(path, "wasm/js/") && !strings.Contains(path, "/test/") && !strings.Contains(path, "/measure/"):
			for _, m := range regexp.MustCompile(`(?:fault\(|code: )'([a-z0-9-]+)'`).FindAllStringSubmatch(read(t, path), -1) {
				declared[m[1]] = true
			}
		}
		return nil
	}))
	require.Greater(t, len(declared), 50)
	page := read(t, "docs/issues.md")
	documented := map[string]bool{}
	parts := codeHeading.Split(page, -1)[1:]
	for i, m := range codeHeading.FindAllStringSubmatch(page, -1) {
		assert.False(t, documented[m[1]], "%s twice", m[1])
		documented[m[1]] = true
		assert.Contains(t, parts[i], "Cure: ", m[1])
		if !strings.Contains(parts[i], "```") { // the tests of wasm/js give these, by means that a page has not
			assert.Contains(t, []string{"version-mismatch", "bug", "stopped"}, m[1], "no example")
		}
	}
	assert.Equal(t, declared, documented)
}

// named tells whether an expression is Code or maturity.Code.
func named(e ast.Expr) bool {
	if selector, ok := e.(*ast.SelectorExpr); ok {
		e = selector.Sel
	}
	name, ok := e.(*ast.Ident)
	return ok && name.Name == "Code"
}
