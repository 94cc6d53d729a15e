//go:build !js

package maturity_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// inYourProgram is the Go example of README.md, so that it compiles and runs.
func inYourProgram(document []byte) error {
	model, err := models.Load("digital-modenhet-kommune") // or maturity.Parse(your JSON, nil)
	if err != nil {
		return err
	}
	scorer, err := maturity.Compile(model, nil) // once; safe for concurrent use
	if err != nil {
		return err
	}
	assessment, err := scorer.ParseAssessment(document) // everything that is wrong, at once
	if err != nil {
		return err
	}
	result, err := scorer.Score(assessment)
	if err != nil {
		return err
	}
	root := result.Root()
	fmt.Println(root.Value, root.Level, root.Range, root.Blockers)
	return nil
}

func TestReadme(t *testing.T) {
	document, err := models.Assessment(models.Default, "example")
	require.NoError(t, err)
	require.NoError(t, inYourProgram(document))

	blocks := fences(t, "../README.md")
	source, err := os.ReadFile("readme_test.go")
	require.NoError(t, err)
	flat := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	require.Len(t, blocks["go"], 1)
	assert.Contains(t, flat(string(source)), flat(blocks["go"][0]), "the Go example of the README is not the one that is compiled here")

	require.Len(t, blocks["json"], 2, "a model, and an assessment of it")
	s := compile(t, []byte(blocks["json"][0]))
	assert.Empty(t, s.Model().Lint(nil), "the model of the README is a good example")
	a, err := s.ParseAssessment([]byte(blocks["json"][1]))
	require.NoError(t, err)
	r, err := s.Score(a)
	require.NoError(t, err)
	assert.Equal(t, 0.9, r.Root().Value)
	assert.Equal(t, "safe", r.Root().Level)
}

// fences reads the fenced blocks of a Markdown file by their language.
func fences(t *testing.T, path string) map[string][]string {
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	blocks := map[string][]string{}
	for i, part := range strings.Split("\n"+string(data), "\n```") {
		if i%2 == 1 {
			language, body, _ := strings.Cut(part, "\n")
			blocks[language] = append(blocks[language], body)
		}
	}
	return blocks
}
