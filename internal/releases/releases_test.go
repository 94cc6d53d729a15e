// Package releases holds today's library to what earlier releases promised: the documents that they read are
// still read, and score the same. What they were is in testdata/releases, a folder for each release.
package releases

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/cohort"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/modenhet/modenhet/maturity/testdata"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var freeze = flag.String("freeze", "", "write testdata/releases/`VERSION`: documents and results of a release, as they are now")

const folder = "../../testdata/releases"

// frozen are the examples whose documents and whole results are kept, by model.
var frozen = map[string][]string{
	models.Default:   {"complete", "example"},
	"team-check":     {"example", "quiet"},
	"service-launch": {"example", "no-statement"},
}

// TestReleases reads the documents of every release, and compares scores.
func TestReleases(t *testing.T) {
	if *freeze != "" {
		write(t, filepath.Join(folder, *freeze))
	}
	releases, err := filepath.Glob(folder + "/v*")
	require.NoError(t, err)
	require.NotEmpty(t, releases)
	for _, release := range releases {
		t.Run(filepath.Base(release), func(t *testing.T) {
			documents, err := filepath.Glob(release + "/*/model.json")
			require.NoError(t, err)
			require.NotEmpty(t, documents)
			for _, path := range documents {
				s, err := maturity.CompileJSON(readFile(t, path), nil)
				require.NoError(t, err, path)
				results, err := filepath.Glob(filepath.Dir(path) + "/*.result.json")
				require.NoError(t, err)
				require.NotEmpty(t, results)
				for _, path := range results {
					a, err := s.ParseAssessment(readFile(t, strings.Replace(path, ".result.json", ".json", 1)))
					require.NoError(t, err, path)
					r, err := s.Score(a)
					require.NoError(t, err, path)
					for _, difference := range missing("", decode[any](t, readFile(t, path)), decode[any](t, r.AppendJSON(nil))) {
						t.Errorf("%s: %s", path, difference)
					}
				}
			}
			then := decode[map[string]scheme](t, readFile(t, release+"/schemes.json"))
			today := schemes(t, then)
			for name, want := range then {
				assert.Equal(t, want, today[name], name)
			}
			s, err := maturity.CompileJSON(readFile(t, filepath.Join(release, models.Default, "model.json")), nil)
			require.NoError(t, err)
			var sketch cohort.Sketch
			require.NoError(t, json.Unmarshal(readFile(t, release+"/sketch.json"), &sketch))
			figures, err := sketch.Figures(s, nil)
			require.NoError(t, err)
			data, err := json.Marshal(figures)
			require.NoError(t, err)
			assert.Empty(t, missing("", decode[any](t, readFile(t, release+"/figures.json")), decode[any](t, data)))
		})
	}
}

// missing lists what was said then and is not said now. What is new does not count, nor how a message is worded.
func missing(at string, then, now any) (list []string) {
	switch then := then.(type) {
	case map[string]any:
		now, _ := now.(map[string]any)
		for key, value := range then {
			if other, ok := now[key]; !ok {
				list = append(list, at+"/"+key+" is gone")
			} else if key != "message" {
				list = append(list, missing(at+"/"+key, value, other)...)
			}
		}
	case []any:
		now, _ := now.([]any)
		if len(now) != len(then) {
			return []string{fmt.Sprintf("%s has %d items, not %d", at, len(now), len(then))}
		}
		for i := range then {
			list = append(list, missing(fmt.Sprintf("%s/%d", at, i), then[i], now[i])...)
		}
	default:
		if then != now {
			list = append(list, fmt.Sprintf("%s is %v, not %v", at, now, then))
		}
	}
	return list
}

func TestMissing(t *testing.T) {
	then := decode[any](t, []byte(`{"a":[{"b":1,"message":"x"}],"c":null}`))
	assert.Empty(t, missing("", then, decode[any](t, []byte(`{"a":[{"b":1,"message":"y","d":2}],"c":null}`))))
	assert.Equal(t, []string{"/a/0/b is 2, not 1"}, missing("", then, decode[any](t, []byte(`{"a":[{"b":2,"message":"y"}],"c":null}`))))
	assert.Equal(t, []string{"/a has 0 items, not 1"}, missing("", then, decode[any](t, []byte(`{"a":[],"c":null}`))))
	assert.Equal(t, []string{"/c is gone"}, missing("", then, decode[any](t, []byte(`{"a":[{"b":1,"message":"x"}]}`))))
}

// A scheme is a model of the conformance data, and the hash of what its cases came to.
type scheme struct {
	Digest  string `json:"digest"`
	Cases   int    `json:"cases"`
	Results string `json:"results"`
}

// schemes scores the conformance data: the cases that there were then, or all of them. What is hashed are scores, so
// that results may get further fields.
func schemes(t *testing.T, then map[string]scheme) map[string]scheme {
	all := map[string]scheme{}
	add := func(name string, document []byte, cases [][]byte) {
		s, err := maturity.CompileJSON(document, nil)
		require.NoError(t, err, name)
		if was, ok := then[name]; ok {
			cases = cases[:min(was.Cases, len(cases))]
		}
		hash := sha256.New()
		for _, c := range cases {
			a, err := s.ParseAssessment(decode[struct{ Assessment json.RawMessage }](t, c).Assessment)
			if err != nil {
				fmt.Fprintln(hash, "invalid")
				continue
			}
			r, err := s.Score(a)
			if err != nil {
				fmt.Fprintln(hash, "no score")
				continue
			}
			for _, n := range r.Nodes {
				c, span := n.Completeness, maturity.Range{}
				if n.Range != nil {
					span = *n.Range
				}
				fmt.Fprintln(hash, n.ID, n.Status, n.Value, n.Min, n.Max, n.Ratio, n.Level, n.LevelByThreshold,
					n.Range != nil, span.Low, span.High, span.LevelLow, span.LevelHigh, c.Answered, c.NotApplicable, c.Missing, c.Asked)
			}
		}
		all[name] = scheme{s.Ref().Digest, len(cases), hex.EncodeToString(hash.Sum(nil))}
	}
	lines := func(name string) [][]byte {
		data, err := testdata.Files.ReadFile("conformance/" + name)
		require.NoError(t, err)
		var list [][]byte
		for line := range strings.SplitSeq(strings.TrimSpace(string(data)), "\n") {
			list = append(list, []byte(line))
		}
		return list
	}
	entries, err := testdata.Files.ReadDir("conformance")
	require.NoError(t, err)
	for _, e := range entries {
		if e.IsDir() {
			document, err := testdata.Files.ReadFile("conformance/" + e.Name() + "/model.json")
			require.NoError(t, err)
			add(e.Name(), document, lines(e.Name()+"/cases.ndjson"))
			continue
		}
		for _, line := range lines(e.Name()) {
			in := decode[struct {
				Name  string
				Model json.RawMessage
				Cases []json.RawMessage
			}](t, line)
			var cases [][]byte
			for _, c := range in.Cases {
				cases = append(cases, c)
			}
			add(strings.TrimSuffix(e.Name(), ".ndjson")+"-"+in.Name, in.Model, cases)
		}
	}
	return all
}

// write makes the folder of a release.
func write(t *testing.T, release string) {
	put := func(name string, data []byte) {
		path := filepath.Join(release, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o777))
		require.NoError(t, os.WriteFile(path, data, 0o666))
	}
	for id, names := range frozen {
		document, err := models.JSON(id)
		require.NoError(t, err)
		put(id+"/model.json", document)
		s, err := maturity.CompileJSON(document, nil)
		require.NoError(t, err)
		for _, name := range names {
			document, err := models.Assessment(id, name)
			require.NoError(t, err)
			put(id+"/"+name+".json", document)
			a, err := s.ParseAssessment(document)
			require.NoError(t, err)
			r, err := s.Score(a)
			require.NoError(t, err)
			put(id+"/"+name+".result.json", r.AppendJSON(nil))
		}
		if id == models.Default {
			k := cohort.NewSketch(s)
			for _, name := range models.Assessments(id) {
				document, err := models.Assessment(id, name)
				require.NoError(t, err)
				r := new(maturity.Result)
				require.NoError(t, s.ScoreJSON(r, document))
				require.NoError(t, k.AddResult(r))
			}
			figures, err := k.Figures(s, nil)
			require.NoError(t, err)
			for name, value := range map[string]any{"sketch.json": k, "figures.json": figures} {
				data, err := json.Marshal(value)
				require.NoError(t, err)
				put(name, data)
			}
		}
	}
	data, err := json.MarshalIndent(schemes(t, nil), "", " ")
	require.NoError(t, err)
	put("schemes.json", append(data, '\n'))
}

func readFile(t *testing.T, path string) []byte {
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	return data
}

func decode[T any](t *testing.T, data []byte) (v T) {
	require.NoError(t, json.Unmarshal(data, &v))
	return v
}

// TestChangelog: every part says first what became of scores.
func TestChangelog(t *testing.T) {
	parts := strings.Split(string(readFile(t, "../../CHANGELOG.md")), "\n## ")[1:]
	require.NotEmpty(t, parts)
	for _, part := range parts {
		title, text, _ := strings.Cut(part, "\n")
		assert.True(t, strings.HasPrefix(strings.TrimSpace(text), "Scores: "), "%s does not begin with what became of scores", title)
	}
}
