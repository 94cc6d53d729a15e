// Build makes the JavaScript package: it compiles the engine to WebAssembly, puts it beside the sources of wasm/js
// with what it needs of the Go tool chain, and packs all of it. The same sources and the same Go give the same
// bytes, wherever they lie.
//
//	go run ./wasm/build [--out DIR] [--pack=false]
package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/modenhet/modenhet/maturity/models"
)

func main() {
	out := flag.String("out", filepath.Join("dist", "npm"), "folder for the package")
	pack := flag.Bool("pack", true, "run npm pack")
	flag.Parse()
	if err := build(*out, *pack); err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
}

func build(out string, pack bool) error {
	root, err := run("", nil, "go", "list", "-m", "-f", "{{.Dir}}")
	if err != nil {
		return err
	}
	goroot, err := run("", nil, "go", "env", "GOROOT")
	if err != nil {
		return err
	}
	dir := filepath.Join(out, "package")
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	for _, sub := range []string{"models", "check"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o777); err != nil {
			return err
		}
	}
	p := packer{dir: dir, root: root, goroot: goroot}
	for _, step := range []func() error{p.sources, p.models, p.runtime, p.engine, p.analysis, p.licences} {
		if err := step(); err != nil {
			return err
		}
	}
	files := []string{filepath.Join(dir, "modenhet.wasm"), filepath.Join(dir, "analysis.wasm"), filepath.Join(dir, "core.js"), filepath.Join(dir, "runtime.js")}
	if pack {
		text, err := run(dir, nil, "npm", "pack", "--silent", "--pack-destination", "..")
		if err != nil {
			return fmt.Errorf("%w (npm comes with Node.js; --pack=false leaves the package as a folder)", err)
		}
		files = append(files, filepath.Join(out, text))
	}
	return describe(files)
}

// A packer fills the folder of the package.
type packer struct{ dir, root, goroot, version string }

func (p *packer) write(name string, data []byte) error {
	return os.WriteFile(filepath.Join(p.dir, name), data, 0o666)
}

func (p *packer) copy(from, name string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return p.write(name, data)
}

// sources copies what is written by hand.
func (p *packer) sources() error {
	from := filepath.Join(p.root, "wasm", "js")
	for _, pattern := range []string{"*.js", "check/*.js", "*.d.ts", "package.json", "README.md"} {
		names, err := fs.Glob(os.DirFS(from), pattern)
		if err != nil {
			return err
		}
		for _, name := range names {
			if err := p.copy(filepath.Join(from, name), name); err != nil {
				return err
			}
		}
	}
	data, err := os.ReadFile(filepath.Join(from, "package.json"))
	if err != nil {
		return err
	}
	var about struct{ Version string }
	if err := json.Unmarshal(data, &about); err != nil {
		return err
	}
	p.version = about.Version
	return nil
}

// licences copies the terms of everything that is in the package: this project's, Go's, and those of modules
// that are compiled in, which the compiler has fetched by now.
func (p *packer) licences() error {
	safejs, err := run(p.root, nil, "go", "list", "-m", "-f", "{{.Dir}}", "github.com/hack-pad/safejs")
	if err != nil {
		return err
	}
	return errors.Join(
		p.copy(filepath.Join(p.root, "LICENSE"), "LICENSE"),
		p.copy(filepath.Join(p.root, "maturity", "models", "LICENSE"), "LICENSE-models"),
		p.copy(filepath.Join(p.goroot, "LICENSE"), "LICENSE-go"),
		p.copy(filepath.Join(safejs, "LICENSE"), "LICENSE-safejs"),
		p.copy(filepath.Join(p.root, "wasm", "js", "check", "LICENSE-designsystemet"), "LICENSE-designsystemet"))
}

// models writes the embedded models, each a file that is loaded only when asked for.
func (p *packer) models() error {
	for _, id := range models.IDs() {
		data, err := models.JSON(id)
		if err != nil {
			return err
		}
		var compact bytes.Buffer
		if err := json.Compact(&compact, data); err != nil {
			return err
		}
		if err := p.write(filepath.Join("models", id+".json"), compact.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// runtime wraps the JavaScript half of Go's runtime, from the tool chain that compiles the engine. It sees the
// object that it is handed in place of the global one, so that it adds nothing to a page.
func (p *packer) runtime() error {
	support, err := os.ReadFile(filepath.Join(p.goroot, "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return err
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "// Made by wasm/build.\n\nexport const version = '%s';\n\nexport const models = {\n", p.version)
	for _, id := range models.IDs() {
		fmt.Fprintf(&b, "  '%s': () => new URL('./models/%s.json', import.meta.url),\n", id, id)
	}
	b.WriteString("};\n\nexport const titles = {\n")
	for _, id := range models.IDs() {
		m, err := models.Load(id)
		if err != nil {
			return err
		}
		title, err := json.Marshal(m.Title)
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "  '%s': %s,\n", id, title)
	}
	b.WriteString("};\n\nexport function goRuntime(globalThis) {\nconst { fs } = globalThis;\n")
	b.Write(support)
	b.WriteString("\nreturn globalThis.Go;\n}\n")
	return p.write("runtime.js", b.Bytes())
}

// engine compiles the module that pages wait for. Without inlining it is a tenth smaller (RATIONALE.md).
func (p *packer) engine() error { return p.compile("modenhet.wasm", "-gcflags=all=-l") }

// analysis compiles the module of the worker.
func (p *packer) analysis() error { return p.compile("analysis.wasm", "-tags=analysis") }

func (p *packer) compile(name string, flags ...string) error {
	path, err := filepath.Abs(filepath.Join(p.dir, name))
	if err != nil {
		return err
	}
	args := append([]string{"build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid= -X main.version=" + p.version, "-o", path}, flags...)
	_, err = run(p.root, []string{"GOOS=js", "GOARCH=wasm", "GOFLAGS="}, "go", append(args, "./wasm")...)
	return err
}

// run runs a command and returns its output, less the line's end.
func run(dir string, env []string, name string, args ...string) (string, error) {
	command := exec.Command(name, args...)
	command.Dir, command.Env = dir, append(os.Environ(), env...)
	output, err := command.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return "", fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, exit.Stderr)
	}
	return strings.TrimSpace(string(output)), err
}

// describe prints the sizes and the hashes of files: SHA-256 to compare, and SHA-384 as pages write it
// (subresource integrity).
func describe(files []string) error {
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var zipped bytes.Buffer
		z, _ := gzip.NewWriterLevel(&zipped, gzip.BestCompression)
		if _, err := z.Write(data); err != nil {
			return err
		}
		if err := z.Close(); err != nil {
			return err
		}
		sum := sha256.Sum256(data)
		fmt.Printf("%s  %d bytes, %d with gzip\n  sha256 %s\n", path, len(data), zipped.Len(), hex.EncodeToString(sum[:]))
		if slices.Contains([]string{".js", ".wasm"}, filepath.Ext(path)) {
			wide := sha512.Sum384(data)
			fmt.Printf("  integrity sha384-%s\n", base64.StdEncoding.EncodeToString(wide[:]))
		}
	}
	return nil
}
