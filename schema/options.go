package schema

import (
	"slices"
	"strconv"

	"github.com/modenhet/modenhet/maturity"
)

// Options say which schema of a model For gives. A nil *Options, and every zero field, means the default.
type Options struct {
	// Profile says for whom the schema is. Default Form.
	Profile Profile `json:"profile,omitempty"`

	// Language is the BCP 47 tag of titles and descriptions. Default: the model's language. Where a text
	// lacks it, maturity.Text.In chooses another.
	Language string `json:"language,omitempty"`

	// Answers asks for the schema of the member answers of an assessment, alone.
	Answers bool `json:"answers,omitempty"`

	// RefuseHidden makes an answer to a hidden question invalid, as far as JSON Schema can tell that the
	// question is hidden. (The engine keeps such an answer and warns.) The profile Form always does; LLM and
	// OpenAPI30 cannot.
	RefuseHidden bool `json:"refuseHidden,omitempty"`

	// AnyVersion allows an assessment made with another version, or another digest, of the model, as
	// maturity.Options does. A language model would have to make them up, so LLM keeps to the model's.
	AnyVersion bool `json:"anyVersion,omitempty"`
}

// A Profile is a kind of reader of a schema; no one schema suits all.
type Profile string

// The profiles.
const (
	Form      Profile = "form"      // options are a oneOf of const and title, which form libraries label
	Strict    Profile = "strict"    // options are an enum, for validators and code generators; valid is what the engine accepts
	LLM       Profile = "llm"       // structured output of language models: all required, nullable, few keywords
	OpenAPI   Profile = "openapi"   // Strict without $schema, $id, $defs and $ref: a component of OpenAPI 3.1
	OpenAPI30 Profile = "openapi30" // the same in the older dialect of OpenAPI 3.0
)

// Profiles returns the profiles.
func Profiles() []Profile { return []Profile{Form, Strict, LLM, OpenAPI, OpenAPI30} }

// filled is the options with every default in its place.
func (o *Options) filled() (Options, error) {
	var f Options
	if o != nil {
		f = *o
	}
	if f.Profile == "" {
		f.Profile = Form
	}
	if !slices.Contains(Profiles(), f.Profile) {
		return f, invalid(maturity.BadValue, "/profile", "There is no profile "+strconv.Quote(string(f.Profile))+": use form, strict, llm, openapi or openapi30.")
	}
	if f.RefuseHidden && (f.Profile == LLM || f.Profile == OpenAPI30) {
		return f, invalid(maturity.BadValue, "/refuseHidden", "The profile "+string(f.Profile)+" has no means to refuse answers to hidden questions: leave this out, or use another profile.")
	}
	f.RefuseHidden = f.RefuseHidden || f.Profile == Form
	return f, nil
}

// checked is what every verb begins with: a model that is one, and the options with their defaults.
func checked(m *maturity.Model, opts *Options) (*maturity.Model, Options, error) {
	o, err := opts.filled()
	if err != nil {
		return nil, o, err
	}
	if m == nil {
		m = new(maturity.Model) // Validate says what is missing
	}
	return m, o, m.Validate(nil)
}

func invalid(code maturity.Code, path, message string) error {
	return &maturity.InvalidError{Issues: []*maturity.Issue{{Code: code, Path: path, Message: message}}}
}
