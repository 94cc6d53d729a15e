package maturity_test

import (
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/assert"
)

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
