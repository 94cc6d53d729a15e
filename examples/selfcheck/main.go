// Selfcheck makes the page on which a municipality checks its own digital maturity, and serves it on this machine.
// Nothing that is answered leaves the browser.
//
//	go run ./examples/selfcheck                  serves it and prints its address
//	go run ./examples/selfcheck --out DIR        writes it as files, for any web server
//	go run ./examples/selfcheck --theme FILE     in the colours of a theme of Designsystemet
package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

//go:embed site
var site embed.FS

func main() {
	out := flag.String("out", "", "write the site to this folder, and serve nothing")
	addr := flag.String("addr", "localhost:8080", "address to serve on; port 0 takes any")
	theme := flag.String("theme", "", "a style sheet with a theme of Designsystemet, for the page's colours and font")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *out, *addr, *theme); err != nil {
		fmt.Fprintln(os.Stderr, "selfcheck:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out, addr, theme string) error {
	dir := out
	if dir == "" {
		temp, err := os.MkdirTemp("", "selfcheck")
		if err != nil {
			return err
		}
		defer os.RemoveAll(temp)
		dir = temp
	}
	fmt.Fprintln(os.Stderr, "Building; the first time takes about a minute.")
	if err := write(ctx, dir, theme); err != nil {
		return err
	}
	if out != "" {
		fmt.Println("The site is in", out)
		return nil
	}
	return serve(ctx, dir, addr)
}

// write makes the site: the JavaScript package, the page around it, and the list of all files by which the service
// worker keeps them.
func write(ctx context.Context, dir, theme string) error {
	temp, err := os.MkdirTemp("", "modenhet")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	build := exec.CommandContext(ctx, "go", "run", "github.com/modenhet/modenhet/wasm/build", "--out", temp, "--pack=false")
	if output, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("the package cannot be built: %w\n%s", err, output)
	}
	files := map[string][]byte{}
	page, err := fs.Sub(site, "site")
	if err != nil {
		return err
	}
	if err := collect(files, page, ""); err != nil {
		return err
	}
	if err := collect(files, os.DirFS(filepath.Join(temp, "package")), "modenhet/"); err != nil {
		return err
	}
	if theme != "" {
		if files["theme.css"], err = os.ReadFile(theme); err != nil {
			return err
		}
	}
	about, err := list(files)
	if err != nil {
		return err
	}
	files["index.html"] = bytes.Replace(files["index.html"], []byte("<!-- modules and theme: main.go -->\n"), head(files), 1)
	files["sw.js"] = append(about, files["sw.js"]...)
	for name, data := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(path, data, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// collect reads the files below a folder.
func collect(files map[string][]byte, from fs.FS, prefix string) error {
	return fs.WalkDir(from, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		files[prefix+path], err = fs.ReadFile(from, path)
		return err
	})
}

// head has the page fetch its modules at once, not each when another asks for it, and its theme.
func head(files map[string][]byte) []byte {
	var links []byte
	for _, name := range slices.Sorted(maps.Keys(files)) {
		switch dir, base := filepath.Split(name); {
		case name == "theme.css":
			links = append(links, `<link rel="stylesheet" href="theme.css">`+"\n"...)
		case dir == "modenhet/check/" && strings.HasSuffix(base, ".js"),
			dir == "modenhet/" && slices.Contains([]string{"analysis.js", "check.js", "core.js", "index.js", "runtime.js"}, base):
			links = fmt.Appendf(links, "<link rel=\"modulepreload\" href=%q>\n", name)
		}
	}
	return links
}

// list is the beginning of the service worker: the files that the page needs, and a version that is another when any
// of them is.
func list(files map[string][]byte) ([]byte, error) {
	hash := sha256.New()
	names := []string{"./"}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(hash, "%s %d\n", name, len(files[name]))
		hash.Write(files[name])
		switch filepath.Ext(name) {
		case ".js", ".css", ".wasm", ".json", ".svg", ".webmanifest":
			if name != "sw.js" && name != "modenhet/package.json" {
				names = append(names, name)
			}
		}
	}
	about, err := json.Marshal(map[string]any{"version": "modenhet-" + hex.EncodeToString(hash.Sum(nil)[:8]), "files": names})
	if err != nil {
		return nil, err
	}
	return append(append([]byte("const site = "), about...), ";\n\n"...), nil
}

// serve serves a folder until the context ends.
func serve(ctx context.Context, dir, addr string) error {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("%w (another port: --addr localhost:0)", err)
	}
	site, err := handler(dir)
	if err != nil {
		return err
	}
	server := newServer(site)
	context.AfterFunc(ctx, func() { server.Close() })
	fmt.Printf("The self-check is at http://%s/ (Ctrl+C ends it)\n", listener.Addr())
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// newServer lets a client take a while for four megabytes, and not for ever.
func newServer(site http.Handler) *http.Server {
	return &http.Server{
		Handler:           site,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      5 * time.Minute,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    8 << 10,
	}
}

// kinds of files; tables of some systems lack or change these.
var kinds = map[string]string{
	".css":         "text/css; charset=utf-8",
	".html":        "text/html; charset=utf-8",
	".js":          "text/javascript; charset=utf-8",
	".json":        "application/json",
	".svg":         "image/svg+xml",
	".wasm":        "application/wasm",
	".webmanifest": "application/manifest+json",
}

// A form of a file is what is sent of it: the file as it is, or compressed.
type form struct {
	data []byte
	etag string
}

func formOf(data []byte) form {
	sum := sha256.Sum256(data)
	return form{data, `"` + hex.EncodeToString(sum[:8]) + `"`}
}

// handler serves the files of a folder, as they are now, and nothing else. It is as strict as the page allows, and compresses
// where that is taken: the engine is four megabytes.
func handler(dir string) (http.Handler, error) {
	files := map[string][]byte{}
	if err := collect(files, os.DirFS(dir), "/"); err != nil {
		return nil, err
	}
	plain, zipped := map[string]form{}, map[string]form{}
	for name, data := range files {
		var b bytes.Buffer
		z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // the level is one
		z.Write(data)                                         // a buffer takes all
		z.Close()
		plain[name], zipped[name] = formOf(data), formOf(b.Bytes())
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; require-trusted-types-for 'script'; trusted-types modenhet modenhet-page; frame-ancestors 'self'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-cache")
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			h.Set("Allow", "GET, HEAD")
			http.Error(w, "405 method not allowed", http.StatusMethodNotAllowed)
			return
		}
		name := r.URL.Path
		if strings.HasSuffix(name, "/") {
			name += "index.html"
		}
		file, ok := plain[name]
		if !ok {
			http.NotFound(w, r)
			return
		}
		h.Set("Vary", "Accept-Encoding")
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			file = zipped[name]
			h.Set("Content-Encoding", "gzip")
		}
		h.Set("Content-Type", kinds[filepath.Ext(name)])
		if h.Get("Content-Type") == "" {
			h.Set("Content-Type", "text/plain; charset=utf-8")
		}
		h.Set("ETag", file.etag)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(file.data))
	}), nil
}
