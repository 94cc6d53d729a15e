package schema

import (
	"net/url"
	"strconv"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/schema/internal/pattern"
)

// For returns the schema of the assessments of a model. The error is a *maturity.InvalidError: with what is
// wrong with the model, or with the options. It has the code TooMany where the profile is LLM and the questions do
// not go into one schema, so that Parts makes several, and TooLarge where the profile repeats option sets and these
// make more than 64 MB.
func For(m *maturity.Model, opts *Options) ([]byte, error) {
	parts, err := Parts(m, opts)
	if err != nil {
		return nil, err
	}
	if len(parts) > 1 {
		return nil, invalid(maturity.TooMany, "", "The questions have more options than one schema for a language model may: use Parts.")
	}
	return parts[0], nil
}

// Parts is For where one schema may not be enough. For the profile LLM, each part asks some of the questions,
// in document order, with at most 1,000 options together. All other profiles have one part.
func Parts(m *maturity.Model, opts *Options) ([][]byte, error) {
	m, o, err := checked(m, opts)
	if err != nil {
		return nil, err
	}
	w := &writer{newSurvey(m, o.Language), o, m.Digest()}
	size := 0
	if w.inline() {
		size = w.repeated()
	}
	chunks := w.split()
	parts := make([][]byte, len(chunks))
	for i, questions := range chunks {
		if size > maxSize {
			return nil, invalid(maturity.TooLarge, "/profile", "With its option sets where they are used, the schema would have more than 64 MB: use the profile strict.")
		}
		part := ""
		if len(chunks) > 1 {
			part = "&part=" + strconv.Itoa(i+1)
		}
		parts[i] = appendJSON(make([]byte, 0, 4096+512*len(questions)), w.document(questions, part))
		size += len(parts[i])
	}
	return parts, nil
}

// A writer makes the schemas of a model.
type writer struct {
	*survey
	Options
	digest string
}

// document is the schema of an assessment, or of answers.
func (w *writer) document(questions []*question, part string) object {
	var o object
	if !w.inline() {
		o.add("$schema", "https://json-schema.org/draft/2020-12/schema")
		o.add("$id", w.id()+part)
	}
	o.addText("title", w.text(w.Title))
	o.addText("description", paragraph(w.text(w.Model.Description), w.conditions(questions)))
	if w.Answers {
		o = append(o, w.answers(questions)...)
	} else {
		o = append(o, w.assessment(questions)...)
	}
	if defs := w.defs(questions); len(defs) > 0 {
		o.add("$defs", defs)
	}
	return o
}

// inline tells whether there are no $defs to refer to.
func (w *writer) inline() bool { return w.Profile == OpenAPI || w.Profile == OpenAPI30 }

// maxSize is how many bytes a schema may have in a profile that repeats option sets: in place, or in each part.
// It keeps a small model, of one long option set and many questions, from making a huge schema.
const maxSize = 64_000_000

// repeated is how many bytes the values and titles of option sets take, in place.
func (w *writer) repeated() int {
	bytes := map[string]int{}
	for _, name := range w.sets {
		for _, option := range w.OptionSets[name] {
			bytes[name] += 2*len(option.Value) + len(w.text(option.Title))
		}
	}
	sum := 0
	for _, q := range w.questions {
		sum += bytes[q.Answer.Use]
	}
	return sum
}

// id names the schema by the model's id, version and digest, and by the options that shape it.
func (w *writer) id() string {
	of := "/assessment.json"
	if w.Answers {
		of = "/answers.json"
	}
	id := Base + "models/" + w.Model.ID + "/" + w.Version + "/" + w.digest + of + "?profile=" + string(w.Profile)
	if w.language != "" {
		id += "&language=" + url.QueryEscape(w.language)
	}
	if w.AnyVersion {
		id += "&anyVersion=true"
	}
	if w.RefuseHidden && w.Profile != Form {
		id += "&refuseHidden=true"
	}
	return id
}

// assessment is the schema of an assessment.
func (w *writer) assessment(questions []*question) object {
	var notApplicable, comments, evidence object
	evidenceList := reference("evidence")
	if w.inline() {
		evidenceList = evidenceSchema
	}
	for _, q := range questions {
		if !q.forbid {
			notApplicable.add(q.ID, w.remark(q))
		}
		comments.add(q.ID, w.remark(q))
		evidence.add(q.ID, evidenceList)
	}
	if w.Profile == LLM {
		o := object{{"model", w.modelRef()}, {"answers", w.answers(questions)}}
		if notApplicable != nil {
			o.add("notApplicable", w.closed(notApplicable))
		}
		return w.closed(o)
	}
	attributes := object{{"type", "object"}, {"additionalProperties", anyString}}
	o := w.closed(object{
		{"$schema", someString},
		{"model", w.modelRef()},
		{"subject", w.closed(object{{"id", anyString}, {"name", anyString}, {"attributes", attributes}})},
		{"respondent", anyString},
		{"date", w.date()},
		{"answers", w.answers(questions)},
		{"notApplicable", w.closed(notApplicable)},
		{"comments", w.closed(comments)},
		{"evidence", w.closed(evidence)},
	}, "model")
	if w.Profile != Form {
		if rules := w.notBoth(questions); rules != nil {
			o.add("allOf", rules)
		}
	}
	return o
}

// closed is an object that has no other members. A language model must give all of them.
func (w *writer) closed(properties object, required ...string) object {
	o := object{{"type", "object"}, {"properties", properties}, {"additionalProperties", false}}
	if w.Profile == LLM {
		required = nil
		for _, p := range properties {
			required = append(required, p.key)
		}
	}
	if required != nil {
		o.add("required", required)
	}
	return o
}

var (
	anyString  = object{{"type", "string"}}
	someString = object{{"type", "string"}, {"minLength", 1}}
)

var evidenceSchema = object{{"type", "array"}, {"items", object{
	{"type", "object"},
	{"properties", object{{"title", anyString}, {"url", object{{"type", "string"}, {"pattern", pattern.URL}}}}},
	{"additionalProperties", false},
}}}

// reference refers to a definition.
func reference(name string) object { return object{{"$ref", "#/$defs/" + escape(name)}} }

func (w *writer) modelRef() object {
	if w.AnyVersion && w.Profile != LLM { // a language model would have to make them up
		return w.closed(object{{"id", w.constant(w.Model.ID)}, {"version", someString}, {"digest", someString}}, "id")
	}
	return w.closed(object{{"id", w.constant(w.Model.ID)}, {"version", w.constant(w.Version)}, {"digest", w.constant(w.digest)}}, "id")
}

// constant is the one string that may stand there. A form fills it in.
func (w *writer) constant(s string) object {
	switch w.Profile {
	case Form:
		return object{{"type", "string"}, {"const", s}, {"default", s}}
	case Strict, OpenAPI:
		return object{{"type", "string"}, {"const", s}}
	}
	return object{{"type", "string"}, {"enum", []string{s}}}
}

// date has a format only where nobody who reads the schema is upset by a format.
func (w *writer) date() object {
	o := object{{"type", "string"}, {"pattern", pattern.Date}}
	if w.Profile != Strict {
		o.add("format", "date")
	}
	return o
}

// remark is a string about a question.
func (w *writer) remark(q *question) object {
	o := object{{"type", "string"}}
	switch w.Profile {
	case Form:
		o.addText("title", w.text(q.Title))
	case LLM:
		return object{{"type", []string{"string", "null"}}}
	}
	return o
}

// notBoth refuses a question that is answered and not applicable.
func (w *writer) notBoth(questions []*question) list {
	var rules list
	for _, q := range questions {
		if !q.forbid {
			has := object{{"type", "object"}, {"properties", object{{q.ID, object{}}}}, {"required", []string{q.ID}}}
			rules = append(rules, object{{"not", object{
				{"properties", object{{"answers", has}, {"notApplicable", has}}},
				{"required", []string{"answers", "notApplicable"}}}}})
		}
	}
	return rules
}
