//go:build unix

package docs

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestLinks follows the links of all pages to files of the repository, and to headings.
func TestLinks(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)\s]+)\)`)
	count := 0
	for _, path := range pages(t) {
		text := block.ReplaceAllString(read(t, path), "")
		names := anchors(text)
		for i, name := range names {
			assert.NotContains(t, names[:i], name, "%s has a heading twice", path)
		}
		for _, match := range link.FindAllStringSubmatch(text, -1) {
			to, anchor, _ := strings.Cut(match[1], "#")
			if strings.Contains(to, ":") {
				continue // another site
			}
			count++
			target := path
			if to != "" {
				target = filepath.Join(filepath.Dir(path), to)
			}
			if _, err := os.Stat(filepath.Join(root, target)); assert.NoError(t, err, "%s: %s", path, match[1]) && anchor != "" {
				assert.Contains(t, anchors(block.ReplaceAllString(read(t, target), "")), anchor, "%s: no heading for %s", path, match[1])
			}
		}
	}
	assert.Greater(t, count, 50)
}

// anchors are the names of the headings of a page, as GitHub makes them.
func anchors(page string) (names []string) {
	for _, heading := range regexp.MustCompile(`(?m)^#+ (.+)$`).FindAllStringSubmatch(page, -1) {
		name := regexp.MustCompile(`[^\pL\pN _-]`).ReplaceAllString(strings.ToLower(heading[1]), "")
		names = append(names, strings.ReplaceAll(name, " ", "-"))
	}
	return names
}

// TestReadFromIndex: from docs/README.md one comes to every page of docs.
func TestIndex(t *testing.T) {
	index := read(t, "docs/README.md")
	for _, path := range pages(t) {
		if name, ok := strings.CutPrefix(path, "docs/"); ok && name != "README.md" {
			assert.Contains(t, index, "]("+name+")")
		}
	}
}

// TestNames looks up what pages name in code spans: identifiers of Go, flags of commands, files and folders.
func TestNames(t *testing.T) {
	identifiers, all := exported(t)
	flags := declaredFlags(t)
	tops, err := os.ReadDir(root)
	require.NoError(t, err)
	found := map[string]int{}
	span := regexp.MustCompile("`([^`\n]+)`")
	qualified := regexp.MustCompile(`^([a-z]+)\.([A-Z]\w*)(?:\.([A-Z]\w*))?(?:\(|$)`)
	bare := regexp.MustCompile(`^[A-Z][a-z]+(?:[A-Z][a-z]+)*(?:\.[A-Z]\w*)?$`)
	file := regexp.MustCompile(`^[\w.-]+(?:/[\w.*-]+)+$`)
	flagName := regexp.MustCompile(`(?:^|\s)--([a-z][a-z-]+)`)
	for _, path := range pages(t) {
		if path == "CHANGELOG.md" {
			continue // speaks of what was, too
		}
		for _, m := range span.FindAllStringSubmatch(block.ReplaceAllString(read(t, path), ""), -1) {
			name := m[1]
			if q := qualified.FindStringSubmatch(name); q != nil && identifiers[q[1]] != nil {
				found["identifier"]++
				assert.True(t, identifiers[q[1]][q[2]], "%s: %s", path, name)
			} else if bare.MatchString(name) && !slices.Contains(elsewhere, name) {
				found["bare"]++
				for _, part := range strings.Split(name, ".") {
					assert.True(t, all[part], "%s: %s", path, name)
				}
			}
			if top, _, _ := strings.Cut(name, "/"); file.MatchString(name) && slices.ContainsFunc(tops, func(e os.DirEntry) bool { return e.Name() == top }) {
				found["file"]++
				matches, err := filepath.Glob(filepath.Join(root, name))
				assert.NoError(t, err)
				assert.NotEmpty(t, matches, "%s: %s", path, name)
			}
			for _, f := range flagName.FindAllStringSubmatch(name, -1) {
				if !slices.Contains(flagsElsewhere, f[1]) {
					found["flag"]++
					assert.True(t, flags[f[1]], "%s: %s", path, name)
				}
			}
		}
	}
	for _, kind := range []string{"identifier", "bare", "file", "flag"} {
		assert.Positive(t, found[kind], kind)
	}
}

// exported are the names that packages export, by package, and all of them with methods and fields.
func exported(t *testing.T) (byPackage map[string]map[string]bool, all map[string]bool) {
	byPackage, all = map[string]map[string]bool{}, map[string]bool{}
	files := token.NewFileSet()
	require.NoError(t, walk(func(path string, _ fs.DirEntry) error {
		if filepath.Ext(path) != ".go" {
			return nil
		}
		file, err := parser.ParseFile(files, filepath.Join(root, path), nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		names := byPackage[file.Name.Name]
		if names == nil && file.Name.Name != "main" {
			names = map[string]bool{}
			byPackage[file.Name.Name] = names
		}
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if all[d.Name.Name] = true; d.Recv == nil && names != nil {
					names[d.Name.Name] = true
				}
			case *ast.GenDecl:
				for _, s := range d.Specs {
					switch s := s.(type) {
					case *ast.TypeSpec:
						all[s.Name.Name] = true
						if names != nil {
							names[s.Name.Name] = true
						}
						ast.Inspect(s.Type, func(n ast.Node) bool {
							if f, ok := n.(*ast.Field); ok {
								for _, name := range f.Names {
									all[name.Name] = true
								}
							}
							return true
						})
					case *ast.ValueSpec:
						for _, name := range s.Names {
							if all[name.Name] = true; names != nil {
								names[name.Name] = true
							}
						}
					}
				}
			}
		}
		return nil
	}))
	return byPackage, all
}

// declaredFlags are those of the programs of the repository and of their tests.
func declaredFlags(t *testing.T) map[string]bool {
	names := map[string]bool{"help": true}
	require.NoError(t, walk(func(path string, _ fs.DirEntry) error {
		if filepath.Ext(path) == ".go" {
			for _, m := range regexp.MustCompile(`(?:flag|flags)\.\w+\((?:&[\w.]+, )?"([a-z-]+)"`).FindAllStringSubmatch(read(t, path), -1) {
				names[m[1]] = true
			}
		}
		return nil
	}))
	return names
}

// Names of others, which begin like ours.
var (
	elsewhere      = []string{"Analysis", "Category", "ConnState", "Contains", "Equal", "Example", "Go", "Kystnett", "LimitListener", "MaturityError", "NoError", "WebAssembly.Module"}
	flagsElsewhere = []string{"endpoint", "prefix", "project", "region", "repo", "runner", "staging"}
)
