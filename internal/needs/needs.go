// Package needs finds what a test runs besides Go: programs, and packages from npm. Where one is missing, the test skips
// with a line that says what to install; with REQUIRE_ALL set, as in CI, it fails.
package needs

import (
	"cmp"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// packages are those of Debian, where a program has another name.
var packages = map[string]string{
	"chromium":     "chromium, or give the path of Chrome in CHROMIUM",
	"node":         "nodejs",
	"pdftotext":    "poppler-utils",
	"qemu-aarch64": "qemu-user-static",
	"qemu-i386":    "qemu-user-static",
	"qemu-s390x":   "qemu-user-static",
	"qemu-x86_64":  "qemu-user-static",
}

// Program is the path of a program. CHROMIUM may name another browser.
func Program(t testing.TB, name string) string {
	t.Helper()
	file := name
	if name == "chromium" {
		file = cmp.Or(os.Getenv("CHROMIUM"), name)
	}
	path, err := exec.LookPath(file)
	if err != nil {
		path, err = exec.LookPath(file + "-static") // as Debian calls those of QEMU
	}
	That(t, err == nil, "install "+cmp.Or(packages[name], name))
	return path
}

// Modules is the path of what npm brings to a folder, which is given from the root of this module: wasm/js/test.
func Modules(t testing.TB, folder string) string {
	t.Helper()
	root, err := os.Getwd()
	for err == nil && filepath.Dir(root) != root {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		root = filepath.Dir(root)
	}
	path := filepath.Join(root, filepath.FromSlash(folder), "node_modules")
	_, err = os.Stat(path)
	That(t, err == nil, "run npm ci in "+folder)
	return path
}

// That goes on with the test where something is there.
func That(t testing.TB, there bool, cure string) {
	t.Helper()
	switch {
	case there:
	case os.Getenv("REQUIRE_ALL") != "":
		t.Fatal("Something is missing: " + cure)
	default:
		t.Skip("Something is missing: " + cure)
	}
}
