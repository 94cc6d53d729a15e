package maturity_test

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write golden files anew")

// A scheme is a model with cases whose outcome others published, or two exact programs agree on: see
// testdata/conformance/SOURCE.md.
type scheme struct {
	Name  string
	Model json.RawMessage
	Cases []schemeCase
}

type schemeCase struct {
	Case       string
	Assessment json.RawMessage
	Tolerance  float64
	Error      bool
	Nodes      map[string]map[string]any
}

// schemes reads every scheme of testdata and, where the cases stand beside the repository, those too.
func schemes(t *testing.T) []scheme {
	var all []scheme
	models, err := filepath.Glob("testdata/conformance/*/model.json")
	require.NoError(t, err)
	for _, path := range models {
		s := scheme{Name: filepath.Base(filepath.Dir(path)), Model: readFile(t, path)}
		for _, line := range readLines(t, filepath.Join(filepath.Dir(path), "cases.ndjson")) {
			s.Cases = append(s.Cases, decode[schemeCase](t, line))
		}
		all = append(all, s)
	}
	for _, name := range []string{"random", "ties"} {
		for _, line := range readLines(t, "testdata/conformance/"+name+".ndjson") {
			s := decode[scheme](t, line)
			s.Name = name + "-" + s.Name
			all = append(all, s)
		}
	}
	require.Greater(t, len(all), 150, "the conformance cases are missing")
	return all
}

func readFile(t *testing.T, path string) []byte {
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	return data
}

func readLines(t *testing.T, path string) [][]byte {
	var lines [][]byte
	scanner := bufio.NewScanner(bytes.NewReader(readFile(t, path)))
	scanner.Buffer(nil, 1<<24)
	for scanner.Scan() {
		lines = append(lines, bytes.Clone(scanner.Bytes()))
	}
	require.NoError(t, scanner.Err())
	require.NotEmpty(t, lines, path)
	return lines
}

func decode[T any](t *testing.T, data []byte) (v T) {
	require.NoError(t, json.Unmarshal(data, &v))
	return v
}

func compile(t *testing.T, model []byte) *maturity.Scorer {
	m, err := maturity.Parse(model, nil)
	require.NoError(t, err)
	s, err := maturity.Compile(m, nil)
	require.NoError(t, err)
	return s
}

// TestConformance scores every case by the engine and by the reference. All results together are also held
// against one hash, which is the same on every platform.
func TestConformance(t *testing.T) {
	cases, facts := 0, 0
	hash := sha256.New()
	for _, scheme := range schemes(t) {
		s := compile(t, scheme.Model)
		result := new(maturity.Result)
		for _, c := range scheme.Cases {
			cases++
			name := scheme.Name + ", " + c.Case
			a, err := s.ParseAssessment(c.Assessment)
			if err == nil {
				err = s.ScoreInto(result, a)
			}
			if c.Error {
				assert.Error(t, err, name)
				continue
			}
			require.NoError(t, err, name)
			var reference map[string]*refNode
			if runtime.GOOS != "js" { // once is enough: it is the engine that must be the same everywhere
				_, reference, err = refScore(scheme.Model, c.Assessment)
				require.NoError(t, err, name)
			}
			hash.Write(result.AppendJSON(nil))
			for id, want := range c.Nodes {
				n, ok := result.Node(id)
				require.True(t, ok, "%s: no node %s", name, id)
				for field, value := range want {
					facts++
					if message := mismatch(n, reference[id], field, value, c.Tolerance); message != "" {
						t.Errorf("%s: %s: %s", name, id, message)
					}
				}
			}
		}
	}
	t.Logf("%d cases, %d facts", cases, facts)

	const golden = "testdata/conformance/results.sha256"
	sum := hex.EncodeToString(hash.Sum(nil)) + "\n"
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(sum), 0o644))
	}
	assert.Equal(t, string(readFile(t, golden)), sum, "the bytes of the results changed: look at why, and run with -update")
}

// mismatch compares one expected field with the engine's node and with the reference's.
func mismatch(n *maturity.NodeResult, ref *refNode, field string, want any, tolerance float64) string {
	say := func(who string, got any) string {
		text, _ := json.Marshal([]any{field, want, got})
		return who + " [field, want, got] " + string(text)
	}
	near := func(got float64, has bool) bool {
		return want == nil && !has || want != nil && has && math.Abs(got-want.(float64)) <= tolerance
	}
	text, _ := want.(string)
	number := func(value float64, has bool) string {
		if !near(value, has) {
			return say("engine", value)
		}
		if ref != nil {
			if f, ok := refFloat(ref, field); !near(f, ok) {
				return say("reference", f)
			}
		}
		return ""
	}
	words := func(got string, reference func() string) string {
		if got != text {
			return say("engine", got)
		}
		if ref != nil && reference() != text {
			return say("reference", reference())
		}
		return ""
	}
	switch scored := n.Status == maturity.Scored; field {
	case "value":
		return number(n.Value, scored)
	case "ratio":
		return number(n.Ratio, scored)
	case "level":
		return words(n.Level, func() string { return ref.Level })
	case "levelByThreshold":
		return words(n.LevelByThreshold, func() string { return ref.LevelByThreshold })
	case "status":
		return words(string(n.Status), func() string { return ref.Status })
	}
	return "no such field as " + field
}

// TestInvalidDocuments reads documents with one flaw each, and finds it where it is.
func TestInvalidDocuments(t *testing.T) {
	index := decode[[]struct{ File, Kind, Flaw, At string }](t, readFile(t, "testdata/invalid/index.json"))
	require.NotEmpty(t, index)
	s := compile(t, readFile(t, "testdata/invalid/valid-model.json"))
	_, err := s.ParseAssessment(readFile(t, "testdata/invalid/valid-assessment.json"))
	require.NoError(t, err)
	for _, c := range index {
		data := readFile(t, "testdata/invalid/"+c.File)
		if c.Kind == "model" {
			_, err = maturity.Parse(data, nil)
		} else {
			_, err = s.ParseAssessment(data)
		}
		var invalid *maturity.InvalidError
		if !assert.ErrorAs(t, err, &invalid, "%s (%s) is accepted", c.File, c.Flaw) {
			continue
		}
		found := false
		for _, issue := range invalid.Issues {
			// The object itself, or the field in it, is as good.
			found = found || issue.Path == c.At || parent(issue.Path) == c.At || issue.Path == parent(c.At) || strings.HasPrefix(issue.Path, c.At+"/")
			assert.NotEmpty(t, issue.Message)
			assert.Positive(t, issue.Line)
		}
		assert.True(t, found, "%s (%s): expected at %q, found\n%v", c.File, c.Flaw, c.At, err)
	}
}

func parent(path string) string { return path[:max(0, strings.LastIndexByte(path, '/'))] }
