package maturity

// An Assessment is what one respondent answered about one subject at one time. It is plain data: read one
// with ParseAssessment or Scorer.ParseAssessment, or write one as a Go value.
type Assessment struct {
	Schema     string   `json:"$schema,omitempty"` // address of a JSON Schema, for editors
	Model      ModelRef `json:"model"`
	Subject    *Subject `json:"subject,omitempty"`
	Respondent string   `json:"respondent,omitempty"`
	Date       string   `json:"date,omitempty"` // YYYY-MM-DD

	// Answers by question id. A choice and a text are a string; a checklist is a []string (or []any of
	// strings); a yesno is a bool; a scale and a number are a Decimal, an int, an int64 or a float64
	// (which stands for the shortest decimal that reads back as it).
	Answers map[string]any `json:"answers,omitempty"`

	NotApplicable map[string]string     `json:"notApplicable,omitempty"` // question id to the reason
	Comments      map[string]string     `json:"comments,omitempty"`      // question id to a comment
	Evidence      map[string][]Evidence `json:"evidence,omitempty"`      // question id to documents
}

// A ModelRef names a model.
type ModelRef struct {
	ID      string `json:"id"`
	Version string `json:"version,omitempty"`
	Digest  string `json:"digest,omitempty"` // "sha256:" and 64 hexadecimal digits
}

// A Subject is who or what is assessed.
type Subject struct {
	ID         string            `json:"id,omitempty"`
	Name       string            `json:"name,omitempty"`
	Attributes map[string]string `json:"attributes,omitempty"`
}

// Evidence is a document that an answer rests on.
type Evidence struct {
	Title string `json:"title,omitempty"`
	URL   string `json:"url,omitempty"` // http, https or mailto
}
