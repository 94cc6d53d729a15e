// Platforms does everything that the library does with one corpus of documents, and prints the SHA-256 of what
// came out: one line for each part, so that a difference can be found, and last one over all. The lines are the
// same wherever it runs: TestPlatforms holds them against testdata/sums.txt. It reads no file, clock or
// environment.
//
//	go run ./internal/platforms [PART]
//
// With the name of a part it prints what that part came to, to be compared with diff.
package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/modenhet/modenhet/maturity/testdata"
)

func main() {
	c := load()
	if len(os.Args) > 1 {
		for _, p := range parts {
			if p.name == os.Args[1] {
				p.print(c, os.Stdout)
			}
		}
		return
	}
	all := sha256.New()
	for _, p := range parts {
		sum := sha256.New()
		p.print(c, sum)
		fmt.Printf("%x %s\n", sum.Sum(nil), p.name)
		fmt.Fprintf(all, "%x", sum.Sum(nil))
	}
	fmt.Printf("%x all\n", all.Sum(nil))
}

// A part is one of the things that the library does.
type part struct {
	name  string
	write func(*corpus, *output)
}

func (p *part) print(c *corpus, to io.Writer) {
	buffer := bufio.NewWriter(to)
	p.write(c, &output{buffer})
	buffer.Flush()
}

// A corpus is what is read: the models of the library with their examples first, then those of the conformance
// data with their cases.
type corpus struct {
	own, schemes []*scheme
}

// A scheme is a model and assessments of it.
type scheme struct {
	name        string
	document    []byte
	scorer      *maturity.Scorer
	documents   [][]byte
	assessments []*maturity.Assessment // those that are valid
}

func load() *corpus {
	c := new(corpus)
	for _, id := range models.IDs() {
		s := &scheme{name: id, document: must(models.JSON(id))}
		for _, name := range models.Assessments(id) {
			s.documents = append(s.documents, must(models.Assessment(id, name)))
		}
		c.own = append(c.own, s)
	}
	names := must(fs.Glob(testdata.Files, "conformance/*/model.json"))
	for _, name := range names {
		s := &scheme{name: path.Base(path.Dir(name)), document: must(testdata.Files.ReadFile(name))}
		for _, line := range lines(path.Join(path.Dir(name), "cases.ndjson")) {
			s.documents = append(s.documents, decode[struct{ Assessment json.RawMessage }](line).Assessment)
		}
		c.schemes = append(c.schemes, s)
	}
	for _, name := range []string{"random", "ties"} {
		for _, line := range lines("conformance/" + name + ".ndjson") {
			in := decode[struct {
				Name  string
				Model json.RawMessage
				Cases []struct{ Assessment json.RawMessage }
			}](line)
			s := &scheme{name: name + "-" + in.Name, document: in.Model}
			for _, each := range in.Cases {
				s.documents = append(s.documents, each.Assessment)
			}
			c.schemes = append(c.schemes, s)
		}
	}
	for _, s := range c.all() {
		s.scorer = must(maturity.CompileJSON(s.document, nil))
		for _, document := range s.documents {
			if a, err := s.scorer.ParseAssessment(document); err == nil {
				s.assessments = append(s.assessments, a)
			}
		}
	}
	return c
}

func (c *corpus) all() []*scheme { return append(c.own[:len(c.own):len(c.own)], c.schemes...) }

// some are those of the library, those that others published, and each sixth of the random and the tied ones.
func (c *corpus) some() (list []*scheme) {
	for i, s := range c.all() {
		if i%6 == 0 || !strings.HasPrefix(s.name, "random-") && !strings.HasPrefix(s.name, "ties-") {
			list = append(list, s)
		}
	}
	return list
}

// flagship is the model that is asked everything.
func (c *corpus) flagship() *scheme {
	for _, s := range c.own {
		if s.name == models.Default {
			return s
		}
	}
	panic("there is no flagship")
}

// subjects are the assessments of a scheme, the first of each subject.
func (s *scheme) subjects() (list []*maturity.Assessment) {
	seen := map[string]bool{}
	for _, a := range s.assessments {
		if a.Subject != nil && !seen[a.Subject.ID] {
			seen[a.Subject.ID] = true
			list = append(list, a)
		}
	}
	return list
}

// An output takes what a part came to, a line each.
type output struct{ w *bufio.Writer }

// add writes a value as JSON, or else what is wrong.
func (o *output) add(value any, err error) {
	var invalid *maturity.InvalidError
	switch {
	case errors.As(err, &invalid):
		value = invalid
	case err != nil:
		value = err.Error()
	}
	o.text(must(json.Marshal(value)))
}

func (o *output) text(text []byte) { o.w.Write(append(text, '\n')) }

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func lines(name string) [][]byte {
	return bytes.Split(bytes.TrimSpace(must(testdata.Files.ReadFile(name))), []byte("\n"))
}

func decode[T any](data []byte) (v T) {
	if err := json.Unmarshal(data, &v); err != nil {
		panic(err)
	}
	return v
}
