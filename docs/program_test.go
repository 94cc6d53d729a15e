//go:build unix

package docs

import (
	"fmt"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/stretchr/testify/require"
)

// inYourProgram is the Go example of README.md.
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

func TestInYourProgram(t *testing.T) {
	document, err := models.Assessment(models.Default, "example")
	require.NoError(t, err)
	require.NoError(t, inYourProgram(document))
}
