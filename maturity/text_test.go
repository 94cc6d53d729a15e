package maturity_test

import (
	"encoding/json"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A text is a string where it has no language, and an object of one or more languages elsewhere.
func TestTextAsJSON(t *testing.T) {
	for want, text := range map[string]maturity.Text{`"Ledelse"`: maturity.T("Ledelse"), `{"nb":"Ledelse"}`: {"nb": "Ledelse"}, `{"en":"Leadership","nb":"Ledelse"}`: {"nb": "Ledelse", "en": "Leadership"}} {
		got, err := json.Marshal(text)
		require.NoError(t, err)
		assert.Equal(t, want, string(got))
	}
}

func TestTextLookup(t *testing.T) {
	check := func(text maturity.Text, language, model, want string) {
		assert.Equal(t, want, text.In(language, model), "%v in %s, model in %s", text, language, model)
	}
	both := maturity.Text{"nb": "Ledelse", "en": "Leadership"}
	check(both, "en", "nb", "Leadership")
	check(both, "en-GB", "nb", "Leadership")
	check(both, "nn-NO", "en", "Ledelse")
	check(both, "no", "en", "Ledelse")
	check(both, "fr", "nb", "Ledelse")
	check(both, "fr", "de", "Leadership")
	check(both, "", "nb", "Ledelse")
	plain := maturity.T("Ledelse")
	check(plain, "nb", "nb", "Ledelse")
	check(plain, "nn", "nb", "Ledelse")
	check(plain, "en", "nb", "Ledelse")
	check(plain, "en", "", "Ledelse")
	check(maturity.Text{"": "Ledelse", "nn": "Leiing"}, "nn", "nb", "Leiing")
	check(maturity.Text{"": "Ledelse", "nn": "Leiing"}, "nb", "nb", "Ledelse")
	check(maturity.Text{"sv": "Ledning", "de": "Führung"}, "en", "fr", "Führung")
	check(nil, "en", "nb", "")
}
