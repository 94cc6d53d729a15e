package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
)

const maxBytes = 8 << 20 // of a document, or of a line

// errDocument says that a document is bad, and that it has been told why.
var errDocument = errors.New("")

// loadModel finds the model by its id, or else as a file.
func (c *command) loadModel() (*maturity.Model, error) {
	ids := models.IDs()
	if slices.Contains(ids, c.model) {
		return models.Load(c.model)
	}
	f, err := os.Open(c.model)
	if errors.Is(err, fs.ErrNotExist) && filepath.Ext(c.model) != ".json" {
		return nil, fmt.Errorf("there is no model %q, and no such file either%s", c.model, near(c.model, ids))
	}
	if err != nil {
		return nil, fmt.Errorf("the model cannot be read: %w", err)
	}
	defer f.Close()
	data, err := c.readAll(c.model, bufio.NewReader(f))
	if err != nil {
		return nil, err
	}
	m, err := maturity.Parse(data, nil)
	return m, c.tell(c.model, err)
}

// openAssessment finds the answers: standard input, an example of the model, or a file.
func (c *command) openAssessment(m *maturity.Model) (io.ReadCloser, error) {
	examples := models.Assessments(m.ID)
	if c.assessment == "-" {
		return io.NopCloser(c.stdin), nil
	}
	if slices.Contains(examples, c.assessment) {
		data, err := models.Assessment(m.ID, c.assessment)
		return io.NopCloser(bytes.NewReader(data)), err
	}
	f, err := os.Open(c.assessment)
	if err != nil {
		return nil, fmt.Errorf("the assessment cannot be read: %w%s", err, near(c.assessment, examples))
	}
	return f, nil
}

// score reads one assessment and prints its report, or many.
func (c *command) score(s *maturity.Scorer) error {
	file, err := c.openAssessment(s.Model())
	if err != nil {
		return err
	}
	defer file.Close()
	in := bufio.NewReaderSize(file, 1<<20)
	ext := strings.ToLower(filepath.Ext(c.assessment))
	many := ext == ".ndjson" || ext == ".jsonl" || c.assessment == "-" && several(in)
	if c.assessment == "-" {
		c.assessment = "stdin"
	}
	switch {
	case many && (c.explain != "" || c.sensitivity || c.leverage || c.target+c.budget != "" || c.format != "" && c.format != "json"):
		return errors.New("many assessments give results as JSON lines only: leave out --format and what is for one alone")
	case many:
		return c.scoreLines(s, in)
	}
	data, err := c.readAll(c.assessment, in)
	if err != nil {
		return err
	}
	a, err := s.ParseAssessment(data)
	if err != nil {
		return c.tell(c.assessment, err)
	}
	r, err := s.Score(a)
	switch {
	case err != nil:
		return c.tell(c.assessment, err)
	case c.explain != "":
		return c.explainNode(s, a, r)
	case c.sensitivity || c.leverage:
		return c.doubt(s, a)
	case c.target+c.budget != "":
		return c.planned(s, a)
	}
	return c.print(s, a, r)
}

func (c *command) explainNode(s *maturity.Scorer, a *maturity.Assessment, r *maturity.Result) error {
	if _, ok := r.Node(c.explain); !ok {
		var ids []string
		for i := range r.Nodes {
			ids = append(ids, r.Nodes[i].ID)
		}
		return fmt.Errorf("the model has no node %q%s", c.explain, near(c.explain, ids))
	}
	e, err := s.Explain(a, c.explain)
	switch {
	case err != nil:
		return c.tell(c.assessment, err)
	case c.format == "json":
		return json.NewEncoder(c.out).Encode(e)
	case c.format == "" || c.format == "text":
		_, err = c.out.WriteString(e.Text(c.lang))
		return err
	}
	return fmt.Errorf("an explanation is text or json, not %s", c.format)
}

// skipMark passes over a byte order mark.
func skipMark(in *bufio.Reader) {
	if start, _ := in.Peek(3); string(start) == "\xEF\xBB\xBF" {
		in.Discard(3)
	}
}

// readAll reads a document that is not too large.
func (c *command) readAll(name string, in *bufio.Reader) ([]byte, error) {
	skipMark(in)
	data, err := io.ReadAll(io.LimitReader(in, maxBytes+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s cannot be read: %w", name, err)
	case len(data) > maxBytes:
		return nil, c.tell(name, tooLarge("document"))
	}
	return data, nil
}

func tooLarge(what string) error {
	text := fmt.Sprintf("The %s has more than %d bytes, which is as much as is read.", what, maxBytes)
	return &maturity.InvalidError{Issues: []*maturity.Issue{{Code: maturity.TooLarge, Message: text}}}
}

// tell prints every issue of a document with its place.
func (c *command) tell(name string, err error) error {
	var invalid *maturity.InvalidError
	if !errors.As(err, &invalid) {
		return err
	}
	for _, issue := range invalid.Issues {
		fmt.Fprintln(c.stderr, place(name, issue))
	}
	return errDocument
}

// place writes an issue as file:line:column: path: sentence (code).
func place(name string, issue *maturity.Issue) string {
	if issue.Line > 0 {
		name = fmt.Sprintf("%s:%d:%d", name, issue.Line, issue.Column)
	}
	if issue.Path != "" { // its keys may hold anything
		name += ": " + strings.Trim(strconv.QuoteToGraphic(issue.Path), `"`)
	}
	return fmt.Sprintf("%s: %s (%s)", name, issue.Message, issue.Code)
}

// near names the word that is most like one that is not known, if there is one.
func near(word string, known []string) string {
	if len(known) > 0 {
		best := slices.MinFunc(known, func(a, b string) int { return distance(word, a) - distance(word, b) })
		if distance(word, best) <= max(2, len(word)/3) {
			return "; did you mean " + best + "?"
		}
	}
	return ""
}

// distance is the number of letters to add, drop or change to make one word the other (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := corner
			if a[i] != b[j] {
				change++
			}
			corner = row[j+1]
			row[j+1] = min(change, row[j]+1, corner+1)
		}
	}
	return row[len(b)]
}
