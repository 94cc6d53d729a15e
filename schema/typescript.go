package schema

import (
	"bytes"
	_ "embed"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/modenhet/modenhet/maturity"
)

//go:embed documents.d.ts
var documentTypes []byte

// DocumentTypes returns the TypeScript types of the documents, whatever their model is: model, assessment, result, issue
// and explanation. They are those of the npm package modenhet.
func DocumentTypes() []byte { return bytes.Clone(documentTypes) }

// AnswerTypes returns a TypeScript module with the types of one model's assessments: the ids of its questions and the
// values of its options are literal types, so that the compiler finds what is misspelt. Titles, in opts.Language,
// become comments; with opts.AnyVersion any version and digest will do. It exports Answers, Assessment, QuestionId,
// NodeId and LevelId, and imports nothing.
//
// What a compiler cannot know is left to the engine: the range of a number, an option chosen twice, an answer to a
// hidden question.
//
// The error is that of For.
func AnswerTypes(m *maturity.Model, opts *Options) ([]byte, error) {
	m, o, err := checked(m, opts)
	if err != nil {
		return nil, err
	}
	w := &typeWriter{survey: newSurvey(m, o.Language)}
	var nodes, questions, forbidden, levels []string
	for _, node := range m.Nodes() {
		if node.Ref == "" {
			nodes = append(nodes, node.ID)
		}
		for _, level := range ladder(m, node) {
			levels = append(levels, level.ID)
		}
	}
	w.line("// Types of the assessments of %s %s, generated from the model.", m.ID, m.Version)
	w.line("")
	w.comment("", w.text(m.Title))
	w.line("export interface Answers {")
	for _, q := range w.questions {
		questions = append(questions, q.ID)
		if q.forbid {
			forbidden = append(forbidden, q.ID)
		}
		w.question(q)
	}
	w.line("}")
	w.line("")
	w.line("export type QuestionId =%s;", union(questions))
	w.line("")
	w.comment("", "The nodes of a result, in its order.")
	w.line("export type NodeId =%s;", union(nodes))
	w.line("")
	w.comment("", "The levels of all nodes.")
	w.line("export type LevelId =%s;", union(levels))
	w.line("")
	applies := "QuestionId"
	if len(forbidden) > 0 {
		applies = "Exclude<QuestionId," + union(forbidden) + "\n>"
	}
	version, digest := literal(m.Version), literal(m.Digest())
	if o.AnyVersion {
		version, digest = "string", "string"
	}
	w.b.WriteString(`/** What one respondent answered about one subject at one time. */
export interface Assessment {
  $schema?: string;
  model: { id: ` + literal(m.ID) + `; version?: ` + version + `; digest?: ` + digest + ` };
  subject?: { id?: string; name?: string; attributes?: { [name: string]: string } };
  respondent?: string;
  /** ` + "`2026-11-23`" + ` */
  date?: string;
  answers?: Answers;
  /** Question to the reason. */
  notApplicable?: { [question in ` + applies + `]?: string };
  comments?: { [question in QuestionId]?: string };
  evidence?: { [question in QuestionId]?: readonly { title?: string; url?: string }[] };
}
`)
	return []byte(w.b.String()), nil
}

type typeWriter struct {
	*survey
	b strings.Builder
}

func (w *typeWriter) line(format string, args ...any) { fmt.Fprintf(&w.b, format+"\n", args...) }

// comment writes the lines that say something as one comment.
func (w *typeWriter) comment(indent string, lines ...string) {
	text := strings.TrimSpace(strings.Join(lines, "\n"))
	text = strings.ReplaceAll(text, "*/", "*\u200b/")
	if text == "" {
		return
	}
	split := lineBreaks.Split(text, -1)
	if len(split) == 1 {
		w.line("%s/** %s */", indent, text)
		return
	}
	w.line("%s/**", indent)
	for _, line := range split {
		w.line("%s", strings.TrimRight(indent+" * "+line, " "))
	}
	w.line("%s */", indent)
}

// lineBreaks are all that TypeScript takes for the end of a line.
var lineBreaks = regexp.MustCompile("\r\n|[\n\r\u2028\u2029]")

// question writes one property of Answers. It may be left out, and is never null.
func (w *typeWriter) question(q *question) {
	a := q.Answer
	lines := []string{w.text(q.Title), ""}
	var values string
	switch a.Type {
	case maturity.Choice, maturity.Checklist:
		var together, alone []string
		for _, option := range q.options {
			if title := w.text(option.Title); title != "" {
				lines = append(lines, "- `"+option.Value+"`: "+title)
			}
			if option.Exclusive && a.Type == maturity.Checklist {
				alone = append(alone, option.Value)
			} else {
				together = append(together, option.Value)
			}
		}
		values = union(together)
		if a.Type == maturity.Checklist {
			values = " readonly (" + strings.TrimSpace(values) + ")[]"
			for _, value := range alone {
				values += " | readonly [" + literal(value) + "]"
			}
		}
	case maturity.YesNo:
		values = " boolean"
	case maturity.ScaleType:
		lines = append(lines, "From "+a.Min.String()+" to "+a.Max.String()+".")
		values = scaleValues(a)
	case maturity.Number:
		lines = append(lines, w.numbers(a))
		values = " number"
	default: // a text
		values = " string"
	}
	w.comment("  ", lines...)
	w.line("  %s?:%s;", property(q.ID), values)
}

// scaleValues spells the values of a short scale out.
func scaleValues(a *maturity.Answer) string {
	low, high := a.Min.Float64(), a.Max.Float64()
	if high-low > 100 || math.Trunc(low) != low {
		return " number"
	}
	var values []string
	for v := int64(low); v <= int64(high); v++ {
		values = append(values, strconv.FormatInt(v, 10))
	}
	return " " + strings.Join(values, " | ")
}

// numbers says which numbers are allowed.
func (w *typeWriter) numbers(a *maturity.Answer) string {
	kind := "A number"
	if a.Integer {
		kind = "A whole number"
	}
	if a.Min != "" {
		kind += " from " + a.Min.String()
	}
	if a.Max != "" {
		kind += " to " + a.Max.String()
	}
	if unit := w.text(a.Unit); unit != "" {
		kind += ", in " + unit
	}
	return kind + "."
}

// union is a type of these strings, each once; a long one has a line for each.
func union(values []string) string {
	seen := map[string]bool{}
	var once []string
	length := 0
	for _, value := range values {
		if !seen[value] {
			seen[value] = true
			once = append(once, literal(value))
			length += len(value) + 5
		}
	}
	switch {
	case len(once) == 0:
		return " never"
	case length > 80:
		return "\n  | " + strings.Join(once, "\n  | ")
	}
	return " " + strings.Join(once, " | ")
}

// literal is a string of TypeScript.
func literal(s string) string {
	var b strings.Builder
	b.WriteByte('\'')
	for _, r := range s {
		switch {
		case r == '\'' || r == '\\':
			b.WriteString("\\" + string(r))
		case r < ' ' || r == '\u2028' || r == '\u2029' || r == 0x7f:
			fmt.Fprintf(&b, "\\u%04x", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String() + "'"
}

// property is a key of an interface, quoted where it must be.
func property(id string) string {
	if identifier.MatchString(id) {
		return id
	}
	return literal(id)
}

var identifier = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*$`)

// ladder is that of a group, in place or by name.
func ladder(m *maturity.Model, n *maturity.Node) []*maturity.Level {
	if n.Levels.Use != "" {
		return m.Ladders[n.Levels.Use]
	}
	return n.Levels.Levels
}
