//go:build unix

// Package docs has no code. Its tests do what the pages of the repository say: every block of code is compiled, run or
// read, every link is followed, and every name of the code is looked up.
package docs

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the output of blocks anew")

const root = ".."

// A page is a Markdown file while its blocks are gone through, from the first to the last.
type page struct {
	*testing.T
	path   string   // from the root of the repository, with slashes
	before string   // the text before this block, from the end of the block before it
	code   string   // the last heading that is a code
	home   string   // where its commands run: a copy of the repository, "" until one is needed
	saved  []string // the files that were saved, the last one last
	port   string   // of the server that was started last

	model  *maturity.Scorer // of the last model
	result *maturity.Result // of the last assessment
	output string           // what the block before printed
	state  map[string]any   // of the blocks of analyses
}

// TestPages goes through all pages. With -update it writes what their blocks give.
func TestPages(t *testing.T) {
	for _, path := range pages(t) {
		t.Run(path, func(t *testing.T) {
			text := read(t, path)
			p := &page{T: t, path: path, state: map[string]any{}}
			want, at := "", 0
			for _, m := range block.FindAllStringSubmatchIndex(text, -1) {
				p.before = text[at:m[0]]
				p.tables(p.before)
				for _, heading := range codeHeading.FindAllStringSubmatch(p.before, -1) {
					p.code = heading[1]
				}
				info, body := text[m[2]:m[3]], text[m[4]:m[5]]
				is := p.block(info, body)
				if want += text[at:m[4]] + is; !*update {
					assert.Equal(t, is, body, "look at the difference, then run the test with -update")
				}
				at = m[5]
			}
			p.tables(text[at:])
			want += text[at:]
			assert.NotContains(t, block.ReplaceAllString(text, ""), "```", "a block that is not closed, or does not begin its line")
			if *update && want != text {
				require.NoError(t, os.WriteFile(filepath.Join(root, path), []byte(want), 0o666))
			}
		})
	}
}

// A block has an info string, which says what it is, and lines.
var block = regexp.MustCompile("(?ms)^```([^\n`]*)\n(.*?)^```$")

// block does what a block says, and returns what should stand there.
func (p *page) block(info, text string) string {
	kind, rest, _ := strings.Cut(info, " ")
	defer func() {
		if kind != "go" && kind != "diff" {
			p.output = ""
		}
	}()
	if name := p.saveAs(); name != "" {
		p.save(name, text)
	}
	switch {
	case kind == "json":
		return p.document(rest, text)
	case kind == "jsonc":
		p.fragment(rest, text)
	case kind == "go":
		p.golang(text)
	case kind == "text":
		return p.printed(text)
	case kind == "sh":
		p.shell(text)
	case kind == "console":
		return p.console(text)
	case kind == "diff" && rest == "":
		p.patch(text)
	case kind == "diff":
		p.cure(rest, text)
	case kind == "ts":
		p.types(text)
	case kind == "http":
		p.headers(text)
	case kind == "js" && rest == "program":
		assert.NotEmpty(p, p.saved, "tell the reader how to save it")
	case (kind == "js" && (rest == "" || rest == "error")) || (kind == "html" && rest == ""):
		// wasm/js/test/docs.test.js runs these in Node and in Chromium.
	default:
		assert.Fail(p, "a block of a kind that no test knows", "```%s", info)
	}
	return text
}

// saveAs is the file that the sentence before a block tells the reader to save it as.
func (p *page) saveAs() string {
	paragraphs := strings.Split(strings.TrimSpace(p.before), "\n\n")
	sentence := paragraphs[len(paragraphs)-1]
	if i := strings.LastIndex(strings.ToLower(sentence), "save"); i >= 0 {
		if name := regexp.MustCompile("`([\\w./-]+\\.\\w+)`").FindStringSubmatch(sentence[i:]); name != nil {
			return name[1]
		}
	}
	return ""
}

// pages lists the Markdown files of the repository.
func pages(t *testing.T) (paths []string) {
	err := walk(func(path string, entry fs.DirEntry) error {
		if filepath.Ext(path) == ".md" {
			paths = append(paths, path)
		}
		return nil
	})
	require.NoError(t, err)
	require.Greater(t, len(paths), 10)
	return paths
}

// walk visits all files of the repository but those that are installed or built.
func walk(visit func(path string, entry fs.DirEntry) error) error {
	return fs.WalkDir(os.DirFS(root), ".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case slices.Contains([]string{"node_modules", ".git", "dist"}, entry.Name()):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil // a link in a worktree
		case entry.IsDir():
			return nil
		}
		return visit(path, entry)
	})
}

func read(t *testing.T, path string) string {
	data, err := os.ReadFile(filepath.Join(root, path))
	require.NoError(t, err)
	return string(data)
}

// flat is a text without differences of white space.
func flat(s string) string { return strings.Join(strings.Fields(s), " ") }
