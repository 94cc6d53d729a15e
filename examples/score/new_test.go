package main

import (
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNew(t *testing.T) {
	code, out, errs := score("", "--new")
	assert.Zero(t, code)
	assert.Empty(t, errs)
	m, err := maturity.Parse([]byte(out), nil)
	require.NoError(t, err)
	assert.Empty(t, m.Lint(nil))
	_, err = maturity.Compile(m, nil)
	assert.NoError(t, err)
	assert.Less(t, strings.Count(out, "\n"), 60)
}
