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
	on := func(os, arch, dir string, never []string, ours ...string) {
		context := build.Default
		context.GOOS, context.GOARCH, context.CgoEnabled = os, arch, false
		p, err := context.ImportDir(dir, 0)
		require.NoError(t, err)
		for _, path := range p.Imports {
			assert.NotContains(t, never, path, "%s on %s", dir, os)
			if strings.Contains(path, ".") {
				assert.Contains(t, ours, path, "%s on %s", dir, os)
			}
		}
	}
	check := func(dir string, never []string, ours ...string) {
		on("linux", "amd64", dir, never, ours...)
		on("js", "wasm", dir, never, ours...)
	}
	const maturity = "github.com/modenhet/modenhet/maturity"
	check(".", never)
	check("models", nil, maturity)
	check("report", nil, maturity)
	check("robustness", []string{"math/rand", "math/rand/v2", "time", "os", "net"}, maturity)
	figures := []string{"os", "net", "net/http", "time", "log", "fmt", "reflect", "regexp", "syscall/js", "unsafe"}
	check("cohort", figures, maturity, maturity+"/cohort/agreement")
	check("versions", figures, maturity)
	check("cohort/agreement", figures)
	on("js", "wasm", "../wasm", []string{"encoding/json", "reflect", "syscall/js", "net", "net/http"}, maturity, "github.com/hack-pad/safejs")
	check("../schema", []string{"net", "net/http", "os", "time"}, maturity, "github.com/modenhet/modenhet/schema/internal/pattern")
	check("roadmap", []string{"fmt", "os", "net", "time", "math/rand", "math/rand/v2", "log", "regexp", "unsafe"}, maturity)
}
