// Forms serves a page with a form that JSON Forms makes of a model's schemas, and that is scored as it is filled in. The
// page is in src; what is here makes its files: the schemas, the JavaScript package, and the bundle.
//
//	npm ci --prefix examples/forms                brings the form library
//	go run ./examples/forms                       serves the page and prints its address
//	go run ./examples/forms --model my-id         of another embedded model
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"time"

	"github.com/modenhet/modenhet/maturity/models"
	"github.com/modenhet/modenhet/schema"
)

const module = "github.com/modenhet/modenhet"

func main() {
	addr := flag.String("addr", "localhost:8080", "address to serve on; port 0 takes any")
	model := flag.String("model", models.Default, "id of an embedded model")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *model, *addr); err != nil {
		fmt.Fprintln(os.Stderr, "forms:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, model, addr string) error {
	dir, err := os.MkdirTemp("", "forms")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fmt.Fprintln(os.Stderr, "Building; the first time takes about a minute.")
	if err := build(ctx, model, dir); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("%w (another port: --addr localhost:0)", err)
	}
	server := &http.Server{Handler: handler(dir), ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() { server.Close() })
	fmt.Printf("The form is at http://%s/ (Ctrl+C ends it)\n", listener.Addr())
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// build writes the files of the page.
func build(ctx context.Context, model, dir string) error {
	for _, language := range []string{"nb", "nn", "en"} {
		data, err := form(model, language)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, "form-"+language+".json"), data, 0o666); err != nil {
			return err
		}
	}
	if _, err := output(ctx, "go", "run", module+"/wasm/build", "--out", dir, "--pack=false"); err != nil {
		return err
	}
	if err := os.Rename(filepath.Join(dir, "package"), filepath.Join(dir, "modenhet")); err != nil {
		return err
	}
	source, err := output(ctx, "go", "list", "-f", "{{.Dir}}", module+"/examples/forms")
	if err != nil {
		return err
	}
	source = strings.TrimSpace(source)
	if _, err := os.Stat(filepath.Join(source, "node_modules")); err != nil {
		return errors.New("the form library is missing: run npm ci in examples/forms")
	}
	_, err = output(ctx, "node", filepath.Join(source, "bundle.mjs"), dir)
	return err
}

// form is what the page needs to know of a model: the schema of its answers, and the UI schema.
func form(id, language string) ([]byte, error) {
	m, err := models.Load(id)
	if err != nil {
		return nil, err
	}
	opts := &schema.Options{Profile: schema.Form, Answers: true, Language: language}
	answers, err := schema.For(m, opts)
	if err != nil {
		return nil, err
	}
	ui, err := schema.JSONForms(m, opts)
	if err != nil {
		return nil, err
	}
	return json.Marshal(map[string]any{"model": id, "schema": json.RawMessage(answers), "uischema": json.RawMessage(ui)})
}

func output(ctx context.Context, name string, args ...string) (string, error) {
	command := exec.CommandContext(ctx, name, args...)
	text, err := command.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", strings.Join(command.Args, " "), err, text)
	}
	return string(text), nil
}

// handler serves the files. JSON Forms compiles the conditions of rules, which takes unsafe-eval; the engine does not.
func handler(dir string) http.Handler {
	files := http.FileServer(http.Dir(dir))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'self'; img-src data:; script-src 'self' 'wasm-unsafe-eval' 'unsafe-eval'")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "no-cache")
		files.ServeHTTP(w, r)
	})
}
