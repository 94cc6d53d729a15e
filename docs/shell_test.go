//go:build unix

package docs

import (
	"bufio"
	"errors"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/modenhet/modenhet/internal/needs"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// notRun says why commands are not run here. Of those that begin so, what they name must be there; see exists.
var notRun = map[string]string{
	"npm ci":                              "needs the network; CI runs it",
	"npm install":                         "needs the network; what it would install is linked from schema/test",
	"go run ./examples/selfcheck --theme": "needs what npx makes; a test of examples/selfcheck has a theme",
	"npx @digdir":                         "needs the network; a test of examples/selfcheck gives a theme of its own",
	"go get github.com":                   "needs the network",
	"go test ./":                          "is what runs this",
	"go test -run":                        "CI runs it",
	"cd bench && go test":                 "CI runs it",
	"make measure":                        "takes minutes",
	"make fuzz":                           "CI runs it",
	"make soak":                           "takes hours",
	"make mutants":                        "takes hours",
	"go run ./internal/mutants":           "takes minutes",
	".ci/corpus":                          "takes minutes",
	"cd examples/batch && go run":         "a module of its own; its tests run it",
	"go run ./wasm/build":                 "go test ./wasm runs it",
	"go run ../examples/forms":            "as the next",
	"go run ./examples/forms":             "go test ./examples/forms runs it; needs npm ci",
}

// servers serve until they are interrupted, and say where.
var servers = regexp.MustCompile(`^go run (\.|\./examples/(selfcheck|service))$`)

// served counts how often a server was asked for: it is started once, and again where something asks it.
var served = map[string]int{}

// commands are the lines of a block less comments, with continued lines in one.
func commands(text string) (list []string) {
	text = strings.ReplaceAll(text, "\\\n", " ")
	for _, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(" "+line, " # ")
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// shell runs commands; all must succeed. A server runs until the end of the page, or the next server.
func (p *page) shell(text string) {
	for _, command := range commands(text) {
		if reason := skipped(command); reason != "" {
			p.exists(command)
			continue
		}
		if servers.MatchString(command) {
			if served[command]++; served[command] == 1 || strings.Contains(read(p.T, p.path), "curl ") {
				p.serve(command)
			}
			continue
		}
		out, err := p.run(command)
		assert.NoError(p, err, "%s\n%s", command, out)
		p.output += out
	}
}

// console runs the commands behind $ and gives what they print. The text may leave out parts of it: …
func (p *page) console(text string) string {
	want := ""
	for _, part := range regexp.MustCompile(`(?m)^\$ `).Split(text, -1)[1:] {
		command, printed, _ := strings.Cut(part, "\n")
		out, _ := p.run(command)
		if out != "" && !strings.HasSuffix(out, "\n") {
			out += "\n" // where the prompt would stand
		}
		if regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(printed), "…", ".*") + "$").MatchString(out) {
			out = printed
		}
		want += "$ " + command + "\n" + out
	}
	return want
}

func skipped(command string) string {
	for prefix, reason := range notRun {
		if strings.HasPrefix(command, prefix) {
			return reason
		}
	}
	return ""
}

// exists looks for the files and packages that a command names which is not run.
func (p *page) exists(command string) {
	for _, m := range regexp.MustCompile(`(?:--prefix (?:\.\./)?|\./)([\w/]+)`).FindAllStringSubmatch(command, -1) {
		_, err := os.Stat(filepath.Join(root, m[1]))
		assert.NoError(p, err, command)
	}
	if target, ok := strings.CutPrefix(command, "make "); ok {
		target, _, _ = strings.Cut(target, " ")
		assert.Contains(p, read(p.T, "Makefile"), "\n"+target+":")
	}
}

// copied is the repository in a folder of its own, where pages may write.
func (p *page) start() {
	if p.home != "" {
		return
	}
	if testing.Short() {
		p.Skip("-short: runs commands in a copy of the repository")
	}
	needs.Program(p, "bash")
	needs.Program(p, "curl")
	p.home = filepath.Join(p.TempDir(), "modenhet")
	require.NoError(p, walk(func(path string, _ fs.DirEntry) error {
		data, err := os.ReadFile(filepath.Join(root, path))
		if err != nil {
			return err
		}
		target := filepath.Join(p.home, path)
		return errors.Join(os.MkdirAll(filepath.Dir(target), 0o777), os.WriteFile(target, data, 0o666))
	}))
	p.state["dir"] = p.home
	modules, err := filepath.Abs(filepath.Join(root, "schema", "test", "node_modules"))
	require.NoError(p, err)
	if _, err := os.Stat(modules); err == nil { // where npm install would put ajv
		require.NoError(p, os.Symlink(modules, filepath.Join(p.home, "node_modules")))
	}
}

// save writes a file as the reader is told to.
func (p *page) save(name, text string) {
	p.start()
	name = filepath.Join(p.state["dir"].(string), name)
	require.NoError(p, os.WriteFile(name, []byte(text), 0o666))
	p.saved = append(p.saved, name)
}

// patch changes lines of a file that was saved: those with a minus for those with a plus.
func (p *page) patch(text string) {
	before, after := sides(text)
	for _, name := range p.saved {
		data, err := os.ReadFile(name)
		require.NoError(p, err)
		if strings.Count(string(data), before) == 1 {
			require.NoError(p, os.WriteFile(name, []byte(strings.Replace(string(data), before, after, 1)), 0o666))
			return
		}
	}
	assert.Fail(p, "no file has these lines, once", text)
}

// sides are the two texts of a diff: what is there without the lines that begin with +, and without those with -.
func sides(diff string) (before, after string) {
	for _, line := range strings.SplitAfter(diff, "\n") {
		if line == "" {
			continue
		}
		if line[0] != '+' {
			before += line[1:]
		}
		if line[0] != '-' {
			after += line[1:]
		}
	}
	return before, after
}

// command is one line of shell, in the folder where the last one ended. All copies share what Go has built.
func (p *page) command(line string) *exec.Cmd {
	if p.port != "" {
		line = strings.ReplaceAll(line, "localhost:8080", "localhost:"+p.port)
	}
	c := exec.Command("bash", "-c", line+"\ncode=$?; pwd > \"$PAGE_DIR\"; exit $code")
	c.Dir = p.state["dir"].(string)
	c.Env = append(os.Environ(), "GOFLAGS=-trimpath", "LC_ALL=C.UTF-8", "LANG=", "NO_COLOR=1", "PAGE_DIR="+filepath.Join(filepath.Dir(p.home), "dir"))
	return c
}

// run gives what a command prints, errors last.
func (p *page) run(line string) (string, error) {
	p.start()
	if strings.HasPrefix(line, "node ") {
		needs.Program(p, "node")
		_, err := os.Stat(filepath.Join(p.home, "node_modules"))
		needs.That(p, err == nil, "run npm ci in schema/test")
	}
	c := p.command(line)
	var out, errs strings.Builder
	c.Stdout, c.Stderr = &out, &errs
	err := c.Run()
	if dir, missing := os.ReadFile(filepath.Join(filepath.Dir(p.home), "dir")); missing == nil {
		p.state["dir"] = strings.TrimSpace(string(dir))
	}
	return out.String() + regexp.MustCompile(`(?m)^(go: downloading .*|exit status \d+)\n`).ReplaceAllString(errs.String(), ""), err
}

// serve starts a server on a port of its own, and waits until it says where it is.
func (p *page) serve(line string) {
	p.start()
	l, err := net.Listen("tcp", "localhost:0")
	require.NoError(p, err)
	_, port, _ := net.SplitHostPort(l.Addr().String())
	require.NoError(p, l.Close())
	c := p.command("exec " + line + " --addr localhost:" + port)
	p.port = port
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	r, w, err := os.Pipe()
	require.NoError(p, err)
	c.Stdout, c.Stderr = w, w
	require.NoError(p, c.Start())
	w.Close()
	up := make(chan string, 1)
	var said strings.Builder
	var wait sync.WaitGroup
	wait.Add(1)
	go func() {
		defer wait.Done()
		for lines := bufio.NewScanner(r); lines.Scan(); {
			said.WriteString(lines.Text() + "\n")
			if strings.Contains(lines.Text(), ":"+port) {
				up <- lines.Text()
			}
		}
		close(up)
	}()
	select {
	case _, ok := <-up:
		assert.True(p, ok, "%s ended", line)
	case <-time.After(5 * time.Minute):
		assert.Fail(p, "no address", line)
	}
	p.Cleanup(func() {
		assert.NoError(p, syscall.Kill(-c.Process.Pid, syscall.SIGINT)) // the group: go run, and the program
		c.Wait()                                                        // go run ends with the signal
		wait.Wait()
		r.Close()
		assert.NotContains(p, said.String(), "panic")
	})
}

// An example is a function of the tests of the repository, or an Example with what it prints.
type example struct{ body, output string }

// examples reads all Go files, once.
var examples = sync.OnceValues(func() (list []example, err error) {
	files := token.NewFileSet()
	return list, walk(func(path string, _ fs.DirEntry) error {
		if filepath.Ext(path) != ".go" || strings.Contains(path, "testdata/") {
			return nil
		}
		source, err := os.ReadFile(filepath.Join(root, path))
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(files, path, source, parser.ParseComments)
		if err != nil {
			return err
		}
		text := func(n ast.Node) string {
			return string(source[files.Position(n.Pos()).Offset:files.Position(n.End()).Offset])
		}
		for _, e := range doc.Examples(file) {
			list = append(list, example{flat(text(e.Code)), e.Output})
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Body != nil && !strings.HasPrefix(f.Name.Name, "Example") {
				list = append(list, example{body: flat(text(f))})
			}
		}
		return nil
	})
})

// golang is Go that compiles: a program that was saved, which a command runs, or what stands in a function of the
// repository. What that prints is the block of text below.
func (p *page) golang(text string) {
	if strings.Contains(text, "\npackage ") || strings.HasPrefix(text, "package ") {
		assert.Equal(p, ".go", filepath.Ext(p.saved[len(p.saved)-1]), "tell the reader how to save it")
		return
	}
	list, err := examples()
	require.NoError(p, err)
	for _, e := range list {
		if strings.Contains(e.body, flat(text)) {
			p.output = e.output
			return
		}
	}
	assert.Fail(p, "this stands in no function of the repository, so nothing compiles it", text)
}

// printed is what the block before printed, or what an Example of the repository prints.
func (p *page) printed(text string) string {
	if p.output != "" {
		return p.output
	}
	list, err := examples()
	require.NoError(p, err)
	for _, e := range list {
		if strings.TrimSpace(e.output) == strings.TrimSpace(text) {
			return text
		}
	}
	assert.Fail(p, "no example of the repository prints this", text)
	return text
}

// TestNotRun: what is not run stands somewhere. Take lines out of the list when the pages no longer have them.
func TestNotRun(t *testing.T) {
	used := map[string]bool{}
	for _, path := range pages(t) {
		for _, m := range block.FindAllStringSubmatch(read(t, path), -1) {
			if m[1] == "sh" {
				for _, command := range commands(m[2]) {
					for prefix := range notRun {
						used[prefix] = used[prefix] || strings.HasPrefix(command, prefix)
					}
				}
			}
		}
	}
	for prefix := range notRun {
		assert.True(t, used[prefix], prefix)
	}
}
