package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestCurrent: the committed schemas are what the Go types give today.
func TestCurrent(t *testing.T) {
	t.Chdir("../..")
	files, err := generate()
	require.NoError(t, err)
	require.Len(t, files, 4)
	for name, data := range files {
		committed, err := os.ReadFile(filepath.Join("schema", name))
		require.NoError(t, err)
		assert.Equal(t, string(committed), string(data), "%s: run go generate ./schema, and look at the diff", name)
	}
}
