// Score reads a maturity model and the answers of one assessment, or of many, and prints what comes of them.
// Run it without arguments to see the report of an example.
//
// The exit code is 0 if everything is fine, 1 if a document is bad (one line of many as well), and 2 if the
// command line is: a flag, a name, or a file that cannot be read or written.
package main

import (
	"bufio"
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/modenhet/modenhet/maturity/report"
)

const help = `Score reads a maturity model and an assessment, and prints a report.

Usage: score [flags]

  --model FILE|ID      the model: the id of an embedded one (see --list), or a file
                       (default digital-modenhet-kommune)
  --assessment FILE    the answers: a file, - for standard input, or the name of one of the
                       model's examples (default example)
  --format FORMAT      text, markdown, csv or json (default text)
  --lang LANGUAGE      nb, nn or en (default: from LC_ALL, LC_MESSAGES or LANG, else en)
  --steps N            show N next steps in the report (default 5)
  --target LEVEL       plan the cheapest way to a level of the whole, or NODE=LEVEL, or several
                       with commas between; as text or json
  --budget COST        plan what gives most for a cost; with --target, the most that the way may cost
  --explain NODE       say how one node came to its outcome, as text or json
  --sensitivity        how often each level comes out under other weights, as text or json
  --leverage           what each answer could change, as text or json
  --lint               give advice on the model
  --new                write a small model to begin with (docs/tutorial.md goes on from there)
  --list               list the embedded models and their examples
  --any-version        accept answers given to another version of the model
  --help               show this

Many assessments, one JSON object a line, give one JSON result a line, in the same order and whatever
the size of the input. A file is read so if its name ends in .ndjson or .jsonl, standard input if its
first line is a whole object and more follow. For a bad line the result is
{"line": N, "error": {"issues": [...]}}, and the rest goes on. Empty lines are passed over. All cores
score; if standard error is a terminal, and the results go elsewhere, a long run says how far it is.

Examples:
  score --lang nb
  score --model my-model.json --assessment answers.json --format markdown > report.md
  cat answers/*.ndjson | score --assessment - > results.ndjson
  score --explain anchoring
  score --new > my-model.json
  score --target managed
  score --budget 10 --format json

Exit codes: 0 fine, 1 a document is bad (or one of its lines), 2 the command line is.
`

//go:embed template.json
var template string

// A command is one run of the program.
type command struct {
	model, assessment, format, lang, explain string
	lint, list, template, anyVersion         bool
	sensitivity, leverage                    bool
	target, budget                           string
	steps                                    int

	stdin    io.Reader
	out      *bufio.Writer
	stderr   io.Writer
	color    bool
	progress progress
}

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Getenv)) }

func run(args []string, stdin io.Reader, stdout, stderr io.Writer, env func(string) string) int {
	c := &command{stdin: stdin, out: bufio.NewWriterSize(stdout, 64<<10), stderr: stderr, color: isTerminal(stdout) && env("NO_COLOR") == "" && env("TERM") != "dumb"}
	if isTerminal(stderr) && !isTerminal(stdout) && env("TERM") != "dumb" {
		c.progress.to = stderr
	}
	flags := flag.NewFlagSet("score", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&c.model, "model", models.Default, "")
	flags.StringVar(&c.assessment, "assessment", "example", "")
	flags.StringVar(&c.format, "format", "", "")
	flags.StringVar(&c.lang, "lang", language(env), "")
	flags.StringVar(&c.explain, "explain", "", "")
	flags.BoolVar(&c.sensitivity, "sensitivity", false, "")
	flags.BoolVar(&c.leverage, "leverage", false, "")
	flags.StringVar(&c.target, "target", "", "")
	flags.StringVar(&c.budget, "budget", "", "")
	flags.BoolVar(&c.lint, "lint", false, "")
	flags.BoolVar(&c.list, "list", false, "")
	flags.BoolVar(&c.template, "new", false, "")
	flags.BoolVar(&c.anyVersion, "any-version", false, "")
	flags.IntVar(&c.steps, "steps", 5, "")

	err := flags.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		_, err = c.out.WriteString(help)
	case err == nil && flags.NArg() > 0:
		err = fmt.Errorf("what is %q? Files are named with --model and --assessment", flags.Arg(0))
	case err == nil:
		err = c.run()
	}
	if flushed := c.out.Flush(); flushed != nil {
		err = fmt.Errorf("the output cannot be written: %w", flushed)
	}
	switch {
	case err == nil:
		return 0
	case err == errDocument:
		return 1
	}
	fmt.Fprintf(stderr, "score: %v\nscore --help shows what there is.\n", err)
	return 2
}

func (c *command) run() error {
	formats := []string{"", "text", "markdown", "csv", "json"}
	switch {
	case !slices.Contains(formats, c.format):
		return fmt.Errorf("the format %q is none of %s", c.format, strings.Join(formats[1:], ", "))
	case !slices.Contains([]string{"nb", "nn", "en"}, c.lang):
		return fmt.Errorf("the language %q is none of nb, nn, en", c.lang)
	case c.template:
		_, err := c.out.WriteString(template)
		return err
	case c.list:
		for _, id := range models.IDs() {
			m, err := models.Load(id)
			if err != nil {
				return err
			}
			fmt.Fprintf(c.out, "%s %s  %s\n    examples: %s\n", id, m.Version, m.Title.In(c.lang, m.Language), strings.Join(models.Assessments(id), ", "))
		}
		return nil
	}
	m, err := c.loadModel()
	switch {
	case err != nil:
		return err
	case c.lint:
		issues := m.Lint(nil) // advice is no fault
		for _, issue := range issues {
			fmt.Fprintln(c.out, place(c.model, issue))
		}
		if len(issues) == 0 {
			fmt.Fprintln(c.out, "There is no advice on this model.")
		}
		return nil
	}
	s, err := maturity.Compile(m, &maturity.Options{AnyVersion: c.anyVersion, MaxBytes: maxBytes})
	if err != nil {
		return c.tell(c.model, err)
	}
	return c.score(s)
}

// print writes one result in the format asked for.
func (c *command) print(s *maturity.Scorer, a *maturity.Assessment, r *maturity.Result) error {
	opts := &report.Options{Language: c.lang, Color: c.color, Steps: c.steps}
	if c.steps == 0 {
		opts.Steps = -1
	}
	switch c.format {
	case "markdown":
		return report.Markdown(c.out, s, a, r, opts)
	case "csv":
		return report.CSV(c.out, s, r, opts)
	case "json":
		_, err := c.out.Write(append(r.AppendJSON(nil), '\n'))
		return err
	}
	return report.Text(c.out, s, a, r, opts)
}

// language is the one of the environment, if it is one of ours.
func language(env func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		switch tag, _, _ := strings.Cut(strings.ReplaceAll(env(name), ".", "_"), "_"); tag {
		case "":
			continue
		case "nb", "no":
			return "nb"
		case "nn":
			return "nn"
		}
		return "en"
	}
	return "en"
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
