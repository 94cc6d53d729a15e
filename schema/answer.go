package schema

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/modenhet/modenhet/maturity"
)

// answers is the schema of the answers to questions.
func (w *writer) answers(questions []*question) object {
	var properties object
	for _, q := range questions {
		properties.add(q.ID, w.answer(q))
	}
	o := w.closed(properties)
	if w.RefuseHidden {
		if rules := w.hidden(); rules != nil {
			o.add("allOf", rules)
		}
	}
	return o
}

// answer is the schema of the answer to one question.
func (w *writer) answer(q *question) object {
	var o object
	if w.Profile == Form {
		o.addText("title", w.title(q))
		o.addText("description", w.text(q.Description))
	} else {
		o.addText("description", w.about(q))
	}
	switch q.Answer.Type {
	case maturity.Choice:
		choice := w.choice(q)
		if w.Profile == LLM {
			choice = object{{"anyOf", list{choice, object{{"type", "null"}}}}}
		}
		return append(o, choice...)
	case maturity.Checklist:
		o.add("type", w.kind("array"))
		o.add("items", w.choice(q))
		if w.Profile != LLM {
			o.add("uniqueItems", true)
			o = append(o, w.exclusive(q)...)
		}
	case maturity.YesNo:
		o.add("type", w.kind("boolean"))
	case maturity.ScaleType, maturity.Number:
		if q.Answer.Type == maturity.ScaleType || q.Answer.Integer {
			o.add("type", w.kind("integer"))
		} else {
			o.add("type", w.kind("number"))
		}
		if w.Profile != LLM {
			o = append(o, w.bounds(q)...)
		}
	case maturity.FreeText:
		o.add("type", w.kind("string"))
		if n := q.Answer.MaxLength; n > 0 && w.Profile != LLM {
			o.add("maxLength", n)
		}
	}
	return o
}

// kind is a type, or null where all must be given.
func (w *writer) kind(name string) any {
	if w.Profile == LLM {
		return []string{name, "null"}
	}
	return name
}

// choice is the schema of one option: in place, or by the name of an option set.
func (w *writer) choice(q *question) object {
	if use := q.Answer.Use; use != "" && !w.inline() {
		return reference(setName(use))
	}
	return w.options(q.options)
}

// setName is where an option set stands in $defs. The prefix keeps it apart from other definitions.
func setName(set string) string { return "options-" + set }

func (w *writer) options(options []*maturity.Option) object {
	o := object{{"type", "string"}}
	if w.Profile == Form {
		branches := make([]object, len(options))
		for i, option := range options {
			branches[i].add("const", option.Value)
			branches[i].addText("title", w.text(option.Title))
			branches[i].addText("description", w.text(option.Description))
		}
		o.add("oneOf", branches)
		return o
	}
	values := make([]string, len(options))
	for i, option := range options {
		values[i] = option.Value
	}
	o.add("enum", values)
	return o
}

// exclusive says that an option which stands alone has no other beside it.
func (w *writer) exclusive(q *question) object {
	var alone, others []string
	for _, option := range q.options {
		if option.Exclusive {
			alone = append(alone, option.Value)
		} else {
			others = append(others, option.Value)
		}
	}
	switch {
	case alone == nil:
		return nil
	case w.Profile != OpenAPI30:
		return object{{"not", object{{"contains", object{{"enum", alone}}}, {"minItems", 2}}}}
	case others == nil:
		return object{{"maxItems", 1}}
	}
	return object{{"anyOf", list{object{{"items", object{{"enum", others}}}}, object{{"maxItems", 1}}}}}
}

// bounds are the ends of a range. Where a question has none, those of every decimal are left.
func (w *writer) bounds(q *question) object {
	var o object
	for _, end := range []struct {
		given       maturity.Decimal
		bound, past string
		limit       raw
	}{{q.Answer.Min, "minimum", "exclusiveMinimum", "-1000000000"}, {q.Answer.Max, "maximum", "exclusiveMaximum", "1000000000"}} {
		switch {
		case end.given != "":
			o.add(end.bound, raw(end.given.String()))
		case w.Profile == OpenAPI30:
			o = append(o, member{end.bound, end.limit}, member{end.past, true})
		default:
			o.add(end.past, end.limit)
		}
	}
	return o
}

// title is a question's title, with the unit of a number.
func (w *writer) title(q *question) string {
	title, unit := w.text(q.Title), w.text(q.Answer.Unit)
	if title != "" && unit != "" {
		return title + " (" + unit + ")"
	}
	return title + unit
}

// about says in one text what a form shows as title, description and labels.
func (w *writer) about(q *question) string {
	lines := []string{w.title(q), w.text(q.Description)}
	if q.Answer.Use == "" || w.inline() {
		lines = append(lines, w.labels(q.options))
	}
	if w.Profile == LLM {
		lines = append(lines, limits(q)...)
	}
	return paragraph(lines...)
}

// paragraph joins the lines that are not empty.
func paragraph(lines ...string) string {
	return strings.Join(slices.DeleteFunc(lines, func(line string) bool { return line == "" }), "\n")
}

// labels are the titles of options, one a line.
func (w *writer) labels(options []*maturity.Option) string {
	var lines []string
	for _, option := range options {
		if title := w.text(option.Title); title != "" {
			lines = append(lines, option.Value+": "+title)
		}
	}
	return strings.Join(lines, "\n")
}

// limits tells a language model what the keywords that it does not know would say.
func limits(q *question) []string {
	var lines []string
	low, high := q.Answer.Min.String(), q.Answer.Max.String()
	switch {
	case low != "" && high != "":
		lines = append(lines, "From "+low+" to "+high+".")
	case low != "":
		lines = append(lines, "At least "+low+".")
	case high != "":
		lines = append(lines, "At most "+high+".")
	}
	if n := q.Answer.MaxLength; n > 0 {
		lines = append(lines, "At most "+strconv.Itoa(n)+" characters.")
	}
	for _, option := range q.options {
		if option.Exclusive {
			lines = append(lines, "The option "+option.Value+" stands alone.")
		}
	}
	return append(lines, "null if the answer is not known.")
}

// conditions tells a language model which questions are asked only where a condition holds.
func (w *writer) conditions(questions []*question) string {
	if w.Profile != LLM {
		return ""
	}
	here := map[*question]bool{}
	for _, q := range questions {
		here[q] = true
	}
	var lines []string
	for _, r := range w.rules {
		var ids []string
		for _, q := range r.questions {
			if here[q] {
				ids = append(ids, q.ID)
			}
		}
		if ids == nil {
			continue
		}
		if when, err := json.Marshal(r.when); err == nil {
			lines = append(lines, "Only asked where "+string(when)+": "+strings.Join(ids, ", ")+".")
		}
	}
	return strings.Join(lines, "\n")
}

// defs are the definitions that the schemas of questions refer to.
func (w *writer) defs(questions []*question) object {
	var defs object
	if w.inline() {
		return nil
	}
	for _, name := range w.sets {
		if slices.ContainsFunc(questions, func(q *question) bool { return q.Answer.Use == name }) {
			set := w.options(w.OptionSets[name])
			if w.Profile != Form {
				set.addText("description", w.labels(w.OptionSets[name]))
			}
			defs.add(setName(name), set)
		}
	}
	if !w.Answers && w.Profile != LLM {
		defs.add("evidence", evidenceSchema)
	}
	return defs
}

// escape writes a key for a JSON Pointer in a URI fragment.
func escape(key string) string {
	return url.PathEscape(strings.ReplaceAll(strings.ReplaceAll(key, "~", "~0"), "/", "~1"))
}

// llmOptions is how many enum values structured output takes in one schema.
const llmOptions = 1000

// split divides the questions into parts.
func (w *writer) split() [][]*question {
	if w.Profile != LLM {
		return [][]*question{w.questions}
	}
	parts, from, options := [][]*question{}, 0, 0
	for i, q := range w.questions {
		if options += len(q.options); options > llmOptions {
			parts = append(parts, w.questions[from:i])
			from, options = i, len(q.options)
		}
	}
	return append(parts, w.questions[from:])
}
