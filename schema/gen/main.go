// Gen writes the schemas of the documents: reflected from the Go types of package maturity, with what
// reflection cannot know added by hand. Run it in the root of the module: go run ./schema/gen.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
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
	describe(title, s)
	for name, def := range s.Definitions {
		def.Description = sentence(def.Description)
		describe(name, def)
	}
	return s
}

// describe turns comments into descriptions: those of words, or the comment without the types of answers and
// aggregates that it begins with.
func describe(name string, s *jsonschema.Schema) {
	for p := s.Properties.Oldest(); p != nil; p = p.Next() {
		p.Value.Description = sentence(kinds.ReplaceAllString(p.Value.Description, ""))
		if better, ok := words[name+"."+p.Key]; ok {
			p.Value.Description = better
		}
	}
}

var kinds = regexp.MustCompile(`^(choice|checklist|yesno|scale|number|text|sum|share|staged)(, (checklist|staged))?: `)

// words say what comments say to readers of Go alone.
var words = map[string]string{
	"Node.id":               "Unique in the model.",
	"Node.children":         "What the group is made of.",
	"Node.answer":           "What is answered, and how it becomes points.",
	"Node.ref":              "Id of the node whose outcome is read here.",
	"Node.advice":           "What to do next: one text or a list.",
	"Node.points":           "Option value to points, in this place; for a choice.",
	"Adjustment.set":        "The value becomes this; null takes it away.",
	"Answer.options":        "What there is to choose from.",
	"Answer.use":            "Name of an option set, in place of options.",
	"Answer.min":            "The lowest answer allowed.",
	"Answer.max":            "The highest answer allowed.",
	"Answer.steps":          "Points from one number to the next; in place of linear.",
	"Answer.linear":         "Points along a line; in place of steps.",
	"Option.exclusive":      "It stands alone; in a checklist.",
	"LinearPoints.points":   "Those at from, and those at to.",
	"Condition.is":          "An answer: a string, true or false, or a number.",
	"Evidence.url":          "Begins with http://, https:// or mailto:.",
	"ModelRef.digest":       "The digest of the model: sha256: and 64 hexadecimal digits.",
	"Blocker.hasLevel":      "The level reached, where a level is read.",
	"Blocker.anyOf":         "Blockers with the same number are alternatives, of which one is enough.",
	"Blocker.alternative":   "The alternative that the blocker belongs to; such an alternative takes all blockers that share it.",
	"Blocker.level":         "The level that is held back.",
	"NodeResult.range":      "What the node can still get; left out where it cannot get a value.",
	"Issue.line":            "From 1; left out where the document was not text.",
	"Assessment.comments":   "Comments by question id.",
	"Assessment.evidence":   "Documents by question id.",
	"Assessment.answers":    "Answers by question id.",
	"Assessment.date":       "A day: YYYY-MM-DD.",
	"Model.replaces":        "From ids, or question/answer, of earlier versions to today's.",
	"Model.deprecated":      "Why not to use the model any more, and what to use instead.",
	"Result.nodes":          "In document order: the root first, views last.",
	"Subject.attributes":    "Anything more, by name.",
	"Assessment.respondent": "Who answered.",
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
