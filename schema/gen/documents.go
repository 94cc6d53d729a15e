package main

import (
	"github.com/invopop/jsonschema"
	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/schema/internal/pattern"
)

func restrictAssessment(s *jsonschema.Schema) {
	set(s, "$schema", nonEmpty())
	set(s, "date", match(pattern.Date), "2026-11-23")
	answer := anyOf(str(), &jsonschema.Schema{Type: "boolean"}, &jsonschema.Schema{Type: "number"}, listOf(str(), 0))
	answer.Description = "A choice and a text are a string, a checklist a list of option values, a yesno true or false, a scale and a number a number."
	set(s, "notApplicable", described(&jsonschema.Schema{Type: "object", AdditionalProperties: str()}, "Why a question does not apply, by question id."))
	set(s, "answers", &jsonschema.Schema{Type: "object", AdditionalProperties: answer})
	restrictRef(s.Definitions["ModelRef"])
	set(s.Definitions["Evidence"], "url", match(pattern.URL), "https://example.org/plan")
	s.Examples = []any{map[string]any{"model": map[string]any{"id": "backup", "version": "1.0.0"}, "date": "2026-11-23", "answers": map[string]any{"tested": true}}}
}

func restrictRef(modelRef *jsonschema.Schema) {
	for _, name := range []string{"id", "version", "digest"} {
		set(modelRef, name, nonEmpty())
	}
}

func describeResult(s *jsonschema.Schema) {
	restrictRef(s.Definitions["ModelRef"])
	node := s.Definitions["NodeResult"]
	node.Description = "The outcome of one node. A field without a value is left out."
	node.Required = []string{"id", "kind", "status", "completeness"}
	set(node, "id", match(pattern.ID))
	for _, name := range []string{"answered", "notApplicable", "missing", "asked"} {
		set(s.Definitions["Completeness"], name, &jsonschema.Schema{Type: "integer", Minimum: "0"})
	}
	blocker := s.Definitions["Blocker"]
	blocker.Required = []string{"level", "reads", "test", "want"}
	set(blocker, "node", described(str(), "The node that is read; for a threshold it is the group itself."))
	set(blocker, "reads", described(oneOf("value", "ratio", "completeness", "level", "answer"), "What is read."))
	set(blocker, "test", described(oneOf("atLeast", "moreThan", "atMost", "lessThan", "equals", "is", "includes", "answered"), "How it is tested."))
	set(blocker, "has", described(&jsonschema.Schema{Type: "number"}, "The number now."))
	for _, name := range []string{"anyOf", "alternative"} {
		set(blocker, name, &jsonschema.Schema{Type: "integer", Minimum: "1"})
	}
	describeIssue(s)
}

func describeIssue(s *jsonschema.Schema) {
	issue := s.Definitions["Issue"]
	set(issue, "code", nonEmpty(), maturity.WrongType, maturity.OutOfRange)
	set(issue, "path", match(pattern.Pointer), "/answers/q1")
	for _, name := range []string{"line", "column"} {
		set(issue, name, &jsonschema.Schema{Type: "integer", Minimum: "1"})
	}
}
