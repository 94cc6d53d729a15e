// Package schema gives JSON Schemas (draft 2020-12) of everything that goes into the engine and comes out of
// it, for editors, forms, validators and code generators.
//
// Model, Assessment, Result and Issues return the schemas of the documents; they are reflected from the Go
// types of package maturity, and compiled in. For makes the schema of the assessments of one model, with its
// questions and options, for one of the Profiles.
//
// A schema helps to write a document; it does not replace the check of the engine, which sees more, tells
// better what is wrong, and is faster. What only the engine sees is listed in docs/schemas.md.
//
// The same model gives the same bytes. The $id of a schema is a name: nothing is ever fetched from there.
// Inputs are closed: an unknown member is an error. Results are open: they may get further members within a
// major version.
package schema

import (
	"bytes"
	_ "embed"
)

//go:generate go -C .. run ./schema/gen

// The $id of the schemas of documents. The 1 is the major version of the module: within it, what was valid
// stays valid.
const (
	Base         = "https://modenhet.github.io/schema/v1/"
	ModelID      = Base + "model.json"
	AssessmentID = Base + "assessment.json"
	ResultID     = Base + "result.json"
	IssuesID     = Base + "issues.json"
)

//go:embed model.schema.json
var model []byte

//go:embed assessment.schema.json
var assessment []byte

//go:embed result.schema.json
var result []byte

//go:embed issues.schema.json
var issues []byte

// Model returns the schema of models.
func Model() []byte { return bytes.Clone(model) }

// Assessment returns the schema of assessments, whatever their model is.
func Assessment() []byte { return bytes.Clone(assessment) }

// Result returns the schema of results.
func Result() []byte { return bytes.Clone(result) }

// Issues returns the schema of a list of issues in an object, {"issues": […]}, as a maturity.InvalidError is
// in JSON.
func Issues() []byte { return bytes.Clone(issues) }
