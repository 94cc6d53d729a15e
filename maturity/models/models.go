// Package models holds maturity models that come with the library, and example assessments of them. The
// texts of the models are licensed as each model's license field says (see LICENSE beside this file).
//
// The documents are compiled into the program; each is read only when asked for.
package models

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/modenhet/modenhet/maturity"
)

// Default is the id of the flagship model: the digital maturity of Norwegian municipalities.
const Default = "digital-modenhet-kommune"

//go:embed */model.json */assessments/*.json
var files embed.FS

// IDs returns the ids of the models, in alphabetical order.
func IDs() []string { return names(".", "") }

// JSON returns a model as its document. The error wraps fs.ErrNotExist if there is no such model.
func JSON(id string) ([]byte, error) {
	data, err := files.ReadFile(path.Join(id, "model.json"))
	if err != nil {
		return nil, fmt.Errorf("there is no model %q, only %s: %w", id, strings.Join(IDs(), ", "), fs.ErrNotExist)
	}
	return data, nil
}

// Load returns a model. The error wraps fs.ErrNotExist if there is no such model.
func Load(id string) (*maturity.Model, error) {
	data, err := JSON(id)
	if err != nil {
		return nil, err
	}
	return maturity.Parse(data, nil)
}

// Assessments returns the names of a model's example assessments, in alphabetical order.
func Assessments(id string) []string { return names(path.Join(id, "assessments"), ".json") }

// Assessment returns an example assessment of a model as its document. The error wraps fs.ErrNotExist if
// there is no such example.
func Assessment(id, name string) ([]byte, error) {
	data, err := files.ReadFile(path.Join(id, "assessments", name+".json"))
	if err != nil {
		return nil, fmt.Errorf("the model %q has no example %q, only %s: %w", id, name, strings.Join(Assessments(id), ", "), fs.ErrNotExist)
	}
	return data, nil
}

func names(dir, suffix string) []string {
	var names []string
	entries, _ := files.ReadDir(dir)
	for _, entry := range entries {
		if name, ok := strings.CutSuffix(entry.Name(), suffix); ok {
			names = append(names, name)
		}
	}
	return names
}
