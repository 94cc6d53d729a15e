// Gen writes the schemas of the documents: reflected from the Go types of package maturity, with what
// reflection cannot know added by hand. Run it in the root of the module: go run ./schema/gen.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/invopop/jsonschema"
	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/schema"
)

func main() {
	files, err := generate()
	for name, data := range files {
		if err == nil {
			err = os.WriteFile(filepath.Join("schema", name), data, 0o644)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// generate returns the files by their names. The working folder must be the root of the module, for the
// comments of the source.
func generate() (map[string][]byte, error) {
	comments := new(jsonschema.Reflector)
	if err := comments.AddGoComments("github.com/modenhet/modenhet", "./maturity", jsonschema.WithFullComment()); err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for name, build := range map[string]func(*jsonschema.Reflector) *jsonschema.Schema{
		"model.schema.json": modelSchema, "assessment.schema.json": assessmentSchema,
		"result.schema.json": resultSchema, "issues.schema.json": issuesSchema,
	} {
		s := build(&jsonschema.Reflector{Anonymous: true, ExpandedStruct: true, Mapper: mapped, CommentMap: comments.CommentMap})
		data, err := json.MarshalIndent(s, "", "  ")
		if err != nil {
			return nil, err
		}
		for escaped, char := range map[string]string{`\u003c`: "<", `\u003e`: ">", `\u0026`: "&"} {
			data = bytes.ReplaceAll(data, []byte(escaped), []byte(char)) // the patterns must stay readable
		}
		files[name] = append(data, '\n')
	}
	return files, nil
}

// reflected is the schema of a type, with descriptions as sentences, and its head.
func reflected(r *jsonschema.Reflector, v any, id, title, description string) *jsonschema.Schema {
	s := r.Reflect(v)
	s.ID, s.Title, s.Description = jsonschema.ID(id), title, description
	sentences(s)
	for _, def := range s.Definitions {
		def.Description = sentence(def.Description)
		sentences(def)
	}
	return s
}

func sentences(s *jsonschema.Schema) {
	for p := s.Properties.Oldest(); p != nil; p = p.Next() {
		p.Value.Description = sentence(p.Value.Description)
	}
}

// sentence writes a comment as a sentence, on one line.
func sentence(s string) string {
	if s = strings.Join(strings.Fields(s), " "); s == "" {
		return ""
	}
	s = strings.ToUpper(s[:1]) + s[1:]
	if !strings.HasSuffix(s, ".") {
		s += "."
	}
	return s
}

func modelSchema(r *jsonschema.Reflector) *jsonschema.Schema {
	s := reflected(r, maturity.Model{}, schema.ModelID, "Model",
		"What is asked, and how answers become scores and levels: a group, the root of a tree, with a header.")
	splitNodes(s)
	splitAnswers(s)
	splitConditions(s)
	restrictModel(s)
	return s
}

func assessmentSchema(r *jsonschema.Reflector) *jsonschema.Schema {
	s := reflected(r, maturity.Assessment{}, schema.AssessmentID, "Assessment",
		"What one respondent answered about one subject at one time.")
	restrictAssessment(s)
	return s
}

func resultSchema(r *jsonschema.Reflector) *jsonschema.Schema {
	r.AllowAdditionalProperties = true
	s := reflected(r, maturity.Result{}, schema.ResultID, "Result",
		"Every score, level, range and reason that comes of one assessment.")
	describeResult(s)
	return s
}

func issuesSchema(r *jsonschema.Reflector) *jsonschema.Schema {
	r.AllowAdditionalProperties = true
	s := reflected(r, maturity.InvalidError{}, schema.IssuesID, "Issues",
		"Everything that is wrong with a document, in document order.")
	describeIssue(s)
	return s
}
