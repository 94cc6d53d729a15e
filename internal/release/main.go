// Release makes the files of a release: the command examples/score for several platforms, the npm package, a
// software bill of materials (CycloneDX) of each, and SHA256SUMS. The same sources, Go and npm give the same
// bytes, wherever and whenever they are made.
//
//	go run ./internal/release [--out DIR] VERSION
package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// platforms for which the command is compiled.
var platforms = []string{"linux/amd64", "linux/arm64", "darwin/arm64", "windows/amd64"}

func main() {
	out := flag.String("out", filepath.Join("dist", "release"), "folder for the files")
	flag.Parse()
	if err := release(*out, flag.Arg(0)); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

func release(out, version string) error {
	if !regexp.MustCompile(`^v\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$`).MatchString(version) {
		return fmt.Errorf("the version is %q: give one such as v0.1.0", version)
	}
	temp, err := os.MkdirTemp("", "modenhet")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	if err := errors.Join(os.RemoveAll(out), os.MkdirAll(out, 0o777)); err != nil {
		return err
	}
	for _, platform := range platforms {
		if err := command(out, temp, version, platform); err != nil {
			return err
		}
	}
	if err := npm(out, temp, version); err != nil {
		return err
	}
	return sums(out)
}

// command compiles examples/score, and packs it with its licences.
func command(out, temp, version, platform string) error {
	system, processor, _ := strings.Cut(platform, "/")
	env := []string{"GOOS=" + system, "GOARCH=" + processor, "CGO_ENABLED=0", "GOFLAGS=", "GOAMD64="}
	name := "modenhet-score-" + version + "-" + system + "-" + processor
	binary := "modenhet-score"
	if system == "windows" {
		binary += ".exe"
	}
	path := filepath.Join(temp, name)
	if _, err := run(env, "go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid=", "-o", path, "./examples/score"); err != nil {
		return err
	}
	bom, err := sbom("modenhet-score", version, platform, env, nil, "./examples/score")
	if err != nil {
		return err
	}
	files := []file{{binary, path, 0o755}, {"LICENSE", "LICENSE", 0o644}, {"LICENSE-models", filepath.Join("maturity", "models", "LICENSE"), 0o644}}
	goroot, err := run(nil, "go", "env", "GOROOT")
	if err != nil {
		return err
	}
	files = append(files, file{"LICENSE-go", filepath.Join(goroot, "LICENSE"), 0o644})
	packed, err := pack(name, files)
	if err != nil {
		return err
	}
	return errors.Join(os.WriteFile(filepath.Join(out, name+".tar.gz"), packed, 0o666), os.WriteFile(filepath.Join(out, name+".cdx.json"), bom, 0o666))
}

// npm makes the JavaScript package.
func npm(out, temp, version string) error {
	if _, err := run(nil, "go", "run", "./wasm/build", "--out", filepath.Join(temp, "npm")); err != nil {
		return err
	}
	name := "modenhet-" + version[1:]
	data, err := os.ReadFile(filepath.Join(temp, "npm", name+".tgz"))
	if err != nil {
		return fmt.Errorf("wasm/js/package.json is of another version: %w", err)
	}
	bom, err := sbom("modenhet", version, "js/wasm", []string{"GOOS=js", "GOARCH=wasm", "GOFLAGS=-tags=analysis"}, vendored, "./wasm")
	if err != nil {
		return err
	}
	return errors.Join(os.WriteFile(filepath.Join(out, name+".tgz"), data, 0o666), os.WriteFile(filepath.Join(out, name+".cdx.json"), bom, 0o666))
}

// A file goes into an archive.
type file struct {
	name, path string
	mode       int64
}

// pack makes an archive whose bytes depend on its files alone: no time, no owner.
func pack(folder string, files []file) ([]byte, error) {
	var packed bytes.Buffer
	zipped, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	archive := tar.NewWriter(zipped)
	for _, f := range files {
		data, err := os.ReadFile(f.path)
		if err != nil {
			return nil, err
		}
		header := &tar.Header{Name: folder + "/" + f.name, Mode: f.mode, Size: int64(len(data)), Format: tar.FormatUSTAR}
		if err := archive.WriteHeader(header); err != nil {
			return nil, err
		}
		if _, err := archive.Write(data); err != nil {
			return nil, err
		}
	}
	err := errors.Join(archive.Close(), zipped.Close())
	return packed.Bytes(), err
}

// sums writes SHA256SUMS, as sha256sum --check reads it.
func sums(out string) error {
	entries, err := os.ReadDir(out)
	if err != nil {
		return err
	}
	var lines strings.Builder
	for _, entry := range entries {
		data, err := os.ReadFile(filepath.Join(out, entry.Name()))
		if err != nil {
			return err
		}
		fmt.Fprintf(&lines, "%x  %s\n", sha256.Sum256(data), entry.Name())
	}
	fmt.Print(lines.String())
	return os.WriteFile(filepath.Join(out, "SHA256SUMS"), []byte(lines.String()), 0o666)
}

// run runs a command in the root of the module, and returns what it prints, less the line's end.
func run(env []string, name string, args ...string) (string, error) {
	command := exec.Command(name, args...)
	command.Env = slices.Concat(os.Environ(), env)
	output, err := command.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return "", fmt.Errorf("%s: %w\n%s", strings.Join(command.Args, " "), err, exit.Stderr)
	}
	return strings.TrimSpace(string(output)), err
}
