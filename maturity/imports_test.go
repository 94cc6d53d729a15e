//go:build !js

package maturity_test

import (
	"go/build"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestWalls holds each package to what it may import (RATIONALE.md).
func TestWalls(t *testing.T) {
	never := []string{"encoding/json", "os", "net", "net/http", "time", "math/rand", "math/rand/v2", "log", "fmt", "reflect",
		"regexp", "syscall/js", "unsafe"}
	check := func(dir string, never []string, ours ...string) {
		for _, tags := range []struct{ os, arch string }{{"linux", "amd64"}, {"js", "wasm"}} {
			context := build.Default
			context.GOOS, context.GOARCH, context.CgoEnabled = tags.os, tags.arch, false
			p, err := context.ImportDir(dir, 0)
			require.NoError(t, err)
			for _, path := range p.Imports {
				assert.NotContains(t, never, path, "%s on %s", dir, tags.os)
				if strings.Contains(path, ".") {
					assert.Contains(t, ours, path, "%s on %s", dir, tags.os)
				}
			}
		}
	}
	const maturity = "github.com/modenhet/modenhet/maturity"
	check(".", never)
	check("models", nil, maturity)
	check("report", nil, maturity)
	figures := []string{"os", "net", "net/http", "time", "log", "fmt", "reflect", "regexp", "syscall/js", "unsafe"}
	check("cohort", figures, maturity, maturity+"/cohort/agreement")
	check("versions", figures, maturity)
	check("cohort/agreement", figures)
	check("../wasm", []string{"encoding/json", "reflect", "syscall/js", "net", "net/http"}, maturity, "github.com/hack-pad/safejs")
}
