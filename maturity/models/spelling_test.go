package models_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/internal/needs"
	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every word of the models and their examples is in a dictionary, those of Debian, or in our own list of terms
// (testdata/words-*.txt), where no word is idle.
func TestSpelling(t *testing.T) {
	command := needs.Program(t, "hunspell")
	for language, dictionary := range map[string]string{"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"} {
		text := strings.Join(written(t, language), "\n")
		check := exec.Command(command, "-i", "utf-8", "-d", dictionary, "-l")
		check.Stdin = strings.NewReader(text)
		output, err := check.Output()
		needs.That(t, err == nil, "install hunspell-no and hunspell-en-gb: there is no dictionary "+dictionary)
		path := filepath.Join("testdata", "words-"+language+".txt")
		found := strings.Fields(string(output))
		slices.Sort(found)
		found = slices.Compact(found)
		if *update {
			require.NoError(t, os.WriteFile(path, []byte(strings.Join(found, "\n")+"\n"), 0o666))
		}
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		ours := strings.Fields(string(data))
		assert.True(t, slices.IsSorted(ours), path)
		for _, word := range found {
			assert.Contains(t, ours, word, "%s: misspelt, or else a term for %s", language, path)
		}
		for _, word := range ours {
			assert.True(t, strings.Contains(text, word), "%s: nothing uses %s any more", path, word)
		}
	}
}

// written is all that the models and their examples say in a language.
func written(t *testing.T, language string) (list []string) {
	for _, id := range models.IDs() {
		s := load(t, id)
		texts(s.Model(), func(_, _ string, text maturity.Text) { list = append(list, text[language]) })
		for _, name := range models.Assessments(id) {
			if nynorsk := name == "kvitbrekka"; language == "en" || nynorsk != (language == "nn") {
				continue
			}
			a := example(t, s, name)
			list = append(list, a.Respondent)
			for _, reasons := range []map[string]string{a.Comments, a.NotApplicable} {
				for _, text := range reasons {
					list = append(list, text)
				}
			}
		}
	}
	return list
}
