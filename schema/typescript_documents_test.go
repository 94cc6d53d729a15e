package schema_test

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/schema"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var updateTypes = flag.Bool("update-types", false, "write documents.d.ts anew")

// TestDocumentTypes generates the types from the Go types and their comments, and compares them with the files that are
// committed: the one here, and the one of the JavaScript package.
func TestDocumentTypes(t *testing.T) {
	g := newGenerator(t)
	text := g.documents()
	files := []string{"documents.d.ts", filepath.Join("..", "wasm", "js", "documents.d.ts")}
	for _, file := range files {
		if *updateTypes {
			require.NoError(t, os.WriteFile(file, []byte(text), 0o666))
		}
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.True(t, text == string(data), "go test ./schema -run DocumentTypes -update-types writes %s anew", file)
	}
	if !*updateTypes {
		assert.Equal(t, text, string(schema.DocumentTypes()))
	}
	analyses := filepath.Join("..", "wasm", "js", "analyses.d.ts")
	text = g.module(analysesHead, analysesOf)
	if *updateTypes {
		require.NoError(t, os.WriteFile(analyses, []byte(text), 0o666))
	}
	data, err := os.ReadFile(analyses)
	require.NoError(t, err)
	assert.True(t, text == string(data), "go test ./schema -run DocumentTypes -update-types writes %s anew", analyses)
	assert.Empty(t, slices.Sorted(maps.Keys(g.unused)), "what the tables say of fields that are not there")
}

// A declaration is one exported type: what of a Go type it is made of.
type declaration struct {
	name     string
	doc      string // default: the first sentence of the Go type's comment
	text     string // the type itself, where there is nothing to reflect
	of       any    // a value of the Go type
	extends  string
	fields   string        // names in JSON of the fields; default: all
	required string        // fields too, and they must be there though they have omitempty
	is       string        // the value of the field type
	variants []declaration // the type is one of these
}

const common = "title description weight stage when missing notApplicable tags"

// documents lists the declarations, in the order in which somebody reads them.
var documents = []declaration{
	{name: "Decimal", doc: "A decimal: `0.1` is one tenth exactly. At most 9 digits after the point, below 10⁹.", text: "number | string"},
	{name: "Text", doc: "One string in the model's language, or one for each language: `{ nb: 'Ledelse', en: 'Leadership' }`.", text: "string | { [language: string]: string }"},
	{name: "Model", of: maturity.Model{}, extends: "Group"},
	{name: "Node", text: "Group | Question | Reference", doc: "A group has children, a question has an answer, and a reference has the id of another node."},
	{name: "Group", doc: "Its children give it a value and a level.", of: maturity.Node{}, required: "id children",
		fields: common + " advice effort read aggregate base met need emptyStage adjust scale round display levels"},
	{name: "Question", doc: "What is asked.", of: maturity.Node{}, required: "id answer", fields: common + " advice effort display"},
	{name: "Reference", doc: "Another node's outcome, read in a second place.", of: maturity.Node{}, required: "ref", fields: common + " points"},
	{name: "Policy", of: maturity.Policy("")},
	{name: "Reading", of: maturity.Reading("")},
	{name: "Aggregate", of: maturity.Aggregate("")},
	{name: "StageRule", of: maturity.StageRule("")},
	{name: "Adjustment", of: maturity.Adjustment{}},
	{name: "Scale", of: maturity.Scale{}},
	{name: "Rounding", of: maturity.Rounding{}},
	{name: "RoundingMode", of: maturity.RoundingMode("")},
	{name: "Display", of: maturity.Display{}},
	{name: "Level", of: maturity.Level{}},
	{name: "AnswerRule", doc: "What is answered to a question, and how it becomes points.", of: maturity.Answer{}, variants: []declaration{
		{is: "choice", fields: "options use"},
		{is: "checklist", fields: "options use cap"},
		{is: "yesno", fields: "points"},
		{is: "scale", required: "min max", fields: "reverse"},
		{is: "number", fields: "min max integer unit", required: "steps"},
		{is: "number", fields: "min max integer unit", required: "linear"},
		{is: "text", fields: "maxLength"}}},
	{name: "Option", of: maturity.Option{}},
	{name: "YesNoPoints", of: maturity.YesNoPoints{}},
	{name: "Step", of: maturity.Step{}},
	{name: "LinearPoints", of: maturity.LinearPoints{}},
	{name: "Condition", doc: "What must hold. A test of a node without `node` is about the group, or the child, where it stands.", of: maturity.Condition{}, variants: []declaration{
		{required: "all"}, {required: "any"}, {required: "not"},
		{required: "question is"}, {required: "question in"}, {required: "question includes"}, {required: "question answered"},
		{fields: "node value ratio completeness level"}}},
	{name: "Comparison", of: maturity.Comparison{}},
	{name: "LevelTest", of: maturity.LevelTest{}},
	{name: "Answer", doc: "By the type of the question: a choice and a text are a string, a checklist a list, a yesno a boolean.", text: "string | readonly string[] | boolean | number"},
	{name: "Assessment", of: maturity.Assessment{}},
	{name: "ModelRef", of: maturity.ModelRef{}},
	{name: "Subject", of: maturity.Subject{}},
	{name: "Evidence", of: maturity.Evidence{}},
	{name: "Result", of: maturity.Result{}},
	{name: "Kind", of: maturity.Kind("")},
	{name: "Status", of: maturity.Status("")},
	{name: "NodeResult", of: maturity.NodeResult{}},
	{name: "Completeness", of: maturity.Completeness{}},
	{name: "Range", of: maturity.Range{}},
	{name: "Blocker", of: maturity.Blocker{}},
	{name: "Issue", of: maturity.Issue{}},
	{name: "Exact", doc: "An exact number: a decimal, or a fraction such as `7/3`; where it begins with ≈, it is only near.", of: maturity.Exact{}},
	{name: "Explanation", doc: "How one node came to its outcome. `start` and the contributions of the inputs add up to `aggregated`, and\n`base` and the contributions of the answers to `value`, exactly.", of: maturity.Explanation{}},
	{name: "Input", of: maturity.Input{}},
	{name: "Reason", of: maturity.Reason("")},
	{name: "Adjusted", of: maturity.Adjusted{}},
	{name: "Scaled", of: maturity.Scaled{}},
	{name: "RoundedValue", of: maturity.RoundedValue{}},
	{name: "LevelTrace", of: maturity.LevelTrace{}},
	{name: "AnswerPart", of: maturity.AnswerPart{}},
}

// types are those of fields that are something else in JSON than in Go. One that ends in a question mark is left out
// where there is none, though its tag does not say so.
var types = map[string]string{
	"roadmap.Step.to":         "Answer",
	"versions.Drop.value":     "unknown",
	"versions.Change.before":  "unknown",
	"versions.Change.after":   "unknown",
	"versions.Renaming.value": "unknown",
	"Node.missing":            "Exclude<Policy, 'forbid'>",
	"Node.notApplicable":      "Exclude<Policy, 'error'>",
	"Node.advice":             "Text | Text[]",
	"Node.levels":             "Level[] | string",
	"Model.views":             "Group[]",
	"Issue.code":              "string", // later versions have more
	"Blocker.reads":           "'value' | 'ratio' | 'completeness' | 'level' | 'answer'",
	"Blocker.test":            "'atLeast' | 'moreThan' | 'atMost' | 'lessThan' | 'equals' | 'is' | 'includes' | 'answered'",
	"Adjusted.action":         "'set' | 'add' | 'multiply' | 'atMost' | 'atLeast'",
	"Adjustment.set":          "Decimal | null",
	"LinearPoints.points":     "[Decimal, Decimal]",
	"Result.model":            "Required<ModelRef>",
	"Input.policy":            "Policy",
	"NodeResult.value":        "number?",
	"NodeResult.min":          "number?",
	"NodeResult.max":          "number?",
	"NodeResult.ratio":        "number?",
	"NodeResult.display":      "number?",
	"Blocker.has":             "number?",
}

// comments are those of fields about which a reader of JSON has something else to know, or something more.
var comments = map[string]string{
	"Adjusted.action":     "",
	"Adjusted.amount":     "A decimal, or the word null.",
	"Adjustment.set":      "`null` takes the value away.",
	"Answer.use":          "The name of one of the model's option sets, in place of `options`.",
	"Answer.cap":          "The sum of points is cut to this.",
	"Answer.points":       "Default 1 and 0.",
	"Answer.reverse":      "Points are min + max − the number.",
	"Answer.integer":      "Whole numbers only.",
	"Answer.unit":         "Shown beside the number.",
	"Answer.maxLength":    "In characters.",
	"Answer.min":          "",
	"Answer.max":          "",
	"Answer.options":      "",
	"Answer.steps":        "",
	"Assessment.answers":  "Question id to answer.",
	"AnswerPart.gain":     "What that adds to the value.",
	"Assessment.$schema":  "Address of a JSON Schema, for editors.",
	"Blocker.alternative": "Those that also have one number here belong together.",
	"Blocker.anyOf":       "Blockers with one number here are alternatives, of which one is enough.",
	"Blocker.has":         "What is read now.",
	"Blocker.node":        "The node that is read; for a threshold it is the group itself.",
	"Blocker.question":    "The question whose answer is read, where no node is.",
	"Blocker.reads":       "",
	"Blocker.test":        "",
	"Condition.is":        "An answer.",
	"Explanation.base":    "The value that the node would have with every given answer at its worst.",
	"Input.met":           "In a share or staged group.",
	"Issue.code":          "Stable: codes are never reused.",
	"Issue.line":          "From 1, where the document was text.",
	"LinearPoints.points": "",
	"Model.$schema":       "Address of a JSON Schema, for editors; not part of the digest.",
	"Node.children":       "In document order.",
	"Node.id":             "Unique in the model.",
	"Node.levels":         "A ladder in place, or the name of one of the model's.",
	"Node.advice":         "What to do next.",
	"Node.display":        "How a value is shown. Default: as the group around it.",
	"NodeResult.value":    "The float64 nearest to the exact value; only where the status is `scored`.",
	"NodeResult.ratio":    "(value − min) / (max − min), from 0 to 1; 1 where min = max.",
	"NodeResult.range":    "What it can still become.",
	"Option.exclusive":    "In a checklist: it stands alone.",
}

// A generator knows what reflection does not: comments, and the constants of a type.
type generator struct {
	strings.Builder
	comments  map[string]string   // by type, and by type and field in Go
	constants map[string][]string // by type, their values as Go writes them
	declared  map[reflect.Type]string
	unused    map[string]bool
}

func newGenerator(t *testing.T) *generator {
	g := &generator{comments: map[string]string{}, constants: map[string][]string{}, declared: map[reflect.Type]string{}, unused: map[string]bool{}}
	for _, dir := range []string{"", "roadmap", "robustness", "versions", "cohort", "cohort/agreement"} {
		files, err := filepath.Glob(filepath.Join("..", "maturity", filepath.FromSlash(dir), "*.go"))
		require.NoError(t, err)
		for _, file := range files {
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
			require.NoError(t, err)
			for _, d := range parsed.Decls {
				if d, ok := d.(*ast.GenDecl); ok {
					for _, spec := range d.Specs {
						g.read(within(path.Base(dir)), d, spec)
					}
				}
			}
		}
	}
	for _, table := range []map[string]string{types, comments} {
		for key := range table {
			g.unused[key] = true
		}
	}
	return g
}

// within is what the names of a package's types begin with; those of maturity stand alone.
func within(dir string) string {
	if dir == "." || dir == "maturity" {
		return ""
	}
	return dir + "."
}

func nameOf(t reflect.Type) string { return within(path.Base(t.PkgPath())) + t.Name() }

func (g *generator) read(prefix string, d *ast.GenDecl, spec ast.Spec) {
	switch spec := spec.(type) {
	case *ast.ValueSpec:
		if of, ok := spec.Type.(*ast.Ident); ok && d.Tok == token.CONST && spec.Names[0].IsExported() {
			if value, ok := spec.Values[0].(*ast.BasicLit); ok && value.Kind == token.STRING {
				g.constants[prefix+of.Name] = append(g.constants[prefix+of.Name], strings.Trim(value.Value, `"`))
			}
		}
	case *ast.TypeSpec:
		g.comments[prefix+spec.Name.Name] = d.Doc.Text()
		if of, ok := spec.Type.(*ast.StructType); ok {
			for _, field := range of.Fields.List {
				for _, name := range field.Names {
					comment := field.Comment.Text()
					if comment == "" && prefix != "" {
						comment = field.Doc.Text()
					}
					g.comments[prefix+spec.Name.Name+"."+name.Name] = comment
				}
			}
		}
	}
}

func (g *generator) documents() string {
	return g.module(`// The documents of Modenhet: model, assessment, result, and the reasons of a score. What every field means in
// full is in docs/reference.md of the repository.
//
// Generated from the Go types by go test ./schema -run DocumentTypes -update-types.
`, documents)
}

// module writes declarations; those of the documents may be named in all.
func (g *generator) module(head string, declarations []declaration) string {
	g.Reset()
	g.WriteString(head)
	for _, d := range slices.Concat(documents, declarations) {
		if d.of != nil && d.name != "Group" && d.name != "Question" && d.name != "Reference" {
			g.declared[reflect.TypeOf(d.of)] = d.name
		}
	}
	g.declared[reflect.TypeOf(maturity.Node{})] = "Node"
	for _, d := range declarations {
		g.WriteString("\n")
		doc := d.doc
		if doc == "" {
			of := reflect.TypeOf(d.of)
			doc, _, _ = strings.Cut(strings.ReplaceAll(g.comments[nameOf(of)], "\n", " "), ". ")
			if of.Kind() == reflect.Struct {
				doc = g.inJSON(of, doc)
			}
		}
		g.comment("", doc)
		switch {
		case d.text != "":
			fmt.Fprintf(g, "export type %s = %s;\n", d.name, d.text)
		case d.variants != nil:
			fmt.Fprintf(g, "export type %s =", d.name)
			for _, v := range d.variants {
				v.of = d.of
				g.WriteString("\n  | {\n")
				if v.is != "" {
					fmt.Fprintf(g, "      type: '%s';\n", v.is)
				}
				g.fields("      ", &v)
				g.WriteString("    }")
			}
			g.WriteString(";\n")
		case reflect.TypeOf(d.of).Kind() == reflect.String:
			fmt.Fprintf(g, "export type %s = '%s';\n", d.name, strings.Join(g.constants[nameOf(reflect.TypeOf(d.of))], "' | '"))
		default:
			fmt.Fprintf(g, "export interface %s", d.name)
			if d.extends != "" {
				fmt.Fprintf(g, " extends %s", d.extends)
			}
			g.WriteString(" {\n")
			g.fields("  ", &d)
			g.WriteString("}\n")
		}
	}
	return g.String()
}

// fields writes the properties of an interface, in the order of the Go type.
func (g *generator) fields(indent string, d *declaration) {
	of := reflect.TypeOf(d.of)
	required, wanted := strings.Fields(d.required), strings.Fields(d.fields)
	for i := range of.NumField() {
		field := of.Field(i)
		if field.Anonymous && d.extends == "" {
			g.fields(indent, &declaration{of: reflect.Zero(field.Type).Interface()})
			continue
		}
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		all := d.fields == "" && d.required == ""
		if name == "" || name == "-" || !all && !slices.Contains(required, name) && !slices.Contains(wanted, name) {
			continue
		}
		key := nameOf(of) + "." + name
		delete(g.unused, key)
		comment, ok := comments[key]
		if !ok {
			comment = g.inJSON(of, g.comments[nameOf(of)+"."+field.Name])
		}
		g.comment(indent, comment)
		text, optional := strings.CutSuffix(types[key], "?")
		if text == "" {
			text = g.typeOf(field.Type)
		}
		if kind := field.Type.Kind(); within(path.Base(of.PkgPath())) != "" && options == "" && (kind == reflect.Pointer || kind == reflect.Interface) && types[key] == "" {
			text += " | null"
		}
		if optional = optional || options != "" && !slices.Contains(required, name); optional {
			name += "?"
		}
		fmt.Fprintf(g, "%s%s: %s;\n", indent, name, text)
	}
}

func (g *generator) typeOf(t reflect.Type) string {
	if name, ok := g.declared[t]; ok {
		return name
	}
	switch t.Kind() {
	case reflect.Pointer:
		return g.typeOf(t.Elem())
	case reflect.Slice:
		return g.typeOf(t.Elem()) + "[]"
	case reflect.Map:
		if t == reflect.TypeOf(maturity.Text{}) {
			return "Text"
		}
		return "{ [name: string]: " + g.typeOf(t.Elem()) + " }"
	case reflect.Interface:
		return "Answer"
	case reflect.Bool:
		return "boolean"
	case reflect.Int, reflect.Uint64, reflect.Float64:
		return "number"
	case reflect.String:
		switch {
		case t == reflect.TypeOf(maturity.Decimal("")):
			return "Decimal"
		case t.Name() == "string":
			return "string"
		}
	}
	panic("no type for " + t.String())
}

func (g *generator) comment(indent, text string) {
	if text = strings.TrimSpace(text); text == "" {
		return
	}
	if !strings.HasSuffix(text, ".") {
		text += "."
	}
	if strings.Contains(text, "\n") {
		text = "\n" + indent + " * " + strings.ReplaceAll(text, "\n", "\n"+indent+" * ") + "\n" + indent
	} else {
		text = " " + text
	}
	fmt.Fprintf(g, "%s/**%s */\n", indent, text)
}

// inJSON makes a sentence of a comment, with the names that its fields have in JSON.
func (g *generator) inJSON(of reflect.Type, comment string) string {
	comment = goNames.ReplaceAllStringFunc(strings.TrimSpace(comment), func(name string) string {
		if field, ok := of.FieldByName(name); ok && name != of.Name() {
			name, _, _ = strings.Cut(field.Tag.Get("json"), ",")
			return "`" + name + "`"
		}
		return name
	})
	if comment == "" || comment[0] < 'a' || comment[0] > 'z' || strings.HasPrefix(comment, "http") {
		return comment
	}
	return strings.ToUpper(comment[:1]) + comment[1:]
}

var goNames = regexp.MustCompile(`\b[A-Z][A-Za-z]+`)
