package maturity_test

import (
	"encoding/json"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestEvidenceAddresses: a page may make a link of an address that was accepted.
func TestEvidenceAddresses(t *testing.T) {
	s := compile(t, []byte(`{"id":"m","version":"1.0.0","children":[{"id":"q","answer":{"type":"yesno"}}]}`))
	check := func(address string) error {
		text, err := json.Marshal(address)
		require.NoError(t, err)
		_, err = s.ParseAssessment([]byte(`{"model":{"id":"m"},"evidence":{"q":[{"url":` + string(text) + `}]}}`))
		return err
	}
	for _, address := range []string{"https://example.org/a?b=c#d", "HTTP://example.org", "mailto:someone@example.org"} {
		assert.NoError(t, check(address), address)
	}
	for _, address := range []string{"javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "data:text/html,x", "vbscript:x",
		"file:///etc/passwd", "blob:https://example.org/x", "//example.org", "/path", "x", "https:", "https://", "https://a b", "https://a\"onclick=", "https://a\n", "mailto:"} {
		assert.ErrorIs(t, check(address), maturity.BadURL, address)
	}
}
