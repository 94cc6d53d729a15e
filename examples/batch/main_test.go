package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/testing/ptest"
	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/cohort"
	"github.com/modenhet/modenhet/maturity/models"
)

func TestMain(m *testing.M) { ptest.Main(m) }

// generate writes n assessments, every thousandth of them poisoned.
func generate(t *testing.T, s *maturity.Scorer, n int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "answers.ndjson")
	f, err := os.Create(path)
	must(t, err)
	r := rand.New(rand.NewPCG(1, 2))
	options := map[string][]string{}
	for _, node := range s.Model().Nodes() {
		if a := node.Answer; a != nil && a.Type == maturity.Choice {
			list := a.Options
			if a.Use != "" {
				list = s.Model().OptionSets[a.Use]
			}
			for _, o := range list {
				options[node.ID] = append(options[node.ID], o.Value)
			}
		}
	}
	var line bytes.Buffer
	for i := range n {
		line.Reset()
		fmt.Fprintf(&line, `{"model":{"id":%q},"subject":{"id":"%d"},"answers":{`, s.Ref().ID, i)
		comma := ""
		for _, id := range s.Questions() {
			if list := options[id]; list != nil && r.IntN(10) > 0 {
				fmt.Fprintf(&line, "%s%q:%q", comma, id, list[r.IntN(len(list))])
				comma = ","
			}
		}
		if line.WriteString("}}"); i%1000 == 999 {
			line.Truncate(line.Len() / 2)
		}
		line.WriteByte('\n')
		_, err := f.Write(line.Bytes())
		must(t, err)
	}
	must(t, f.Close())
	return path
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// The pipeline gives the figures, the results and the errors of scoring one line after the other, to the byte.
func TestPipelineEqualsOneMachine(t *testing.T) {
	n, results := 20_000, true
	if os.Getenv("SOAK") == "full" {
		n, results = 1_000_000, false // which would be some 30 GB
	}
	model, err := readModel(models.Default)
	must(t, err)
	s, err := maturity.CompileJSON(model, nil)
	must(t, err)
	input, output := generate(t, s, n), t.TempDir()
	start := time.Now()
	must(t, run(context.Background(), model, input, output, 1<<20, results))
	pipeline := time.Since(start)

	start = time.Now()
	sketch, r := cohort.NewSketch(s), new(maturity.Result)
	var want, poisoned bytes.Buffer
	data, err := os.ReadFile(input)
	must(t, err)
	bad := 0
	for line := range bytes.Lines(data) {
		if err := s.ScoreJSON(r, bytes.TrimSpace(line)); err != nil {
			bad++
			poisoned.Write(line)
		} else {
			must(t, sketch.AddResult(r))
			if results {
				want.Write(append(r.AppendJSON(nil), '\n'))
			}
		}
	}
	t.Logf("%d assessments, %d MB: %v by the pipeline, %v one after the other", n, len(data)>>20, pipeline.Round(time.Millisecond), time.Since(start).Round(time.Millisecond))
	if bad != n/1000 {
		t.Fatalf("%d bad lines", bad)
	}
	figures, err := sketch.Figures(s, nil)
	must(t, err)
	same(t, output, "figures.json", figures)
	same(t, output, "sketch.json", sketch)
	if got := concatenated(t, output, "results-*"); !bytes.Equal(got, want.Bytes()) {
		t.Errorf("%d bytes of results, want %d", len(got), want.Len())
	}
	letters := 0
	var again bytes.Buffer
	for line := range bytes.Lines(concatenated(t, output, "dead-*")) {
		var d dead
		must(t, json.Unmarshal(line, &d))
		if !bytes.HasPrefix(data[d.Offset:], []byte(d.Line)) || !bytes.Contains(d.Error, []byte(`"bad-syntax"`)) {
			t.Errorf("a dead letter says %s", line)
		}
		letters++
		again.WriteString(d.Line + "\n")
	}
	if letters != bad || again.String() != poisoned.String() {
		t.Errorf("%d dead letters, want %d", letters, bad)
	}
}

func same(t *testing.T, folder, name string, want any) {
	t.Helper()
	got, err := os.ReadFile(filepath.Join(folder, name))
	must(t, err)
	text, err := json.Marshal(want)
	must(t, err)
	if !bytes.Equal(got, text) {
		t.Errorf("%s differs from that of one machine", name)
	}
}

func concatenated(t *testing.T, folder, pattern string) (all []byte) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, pattern))
	must(t, err)
	for _, name := range names {
		data, err := os.ReadFile(name)
		must(t, err)
		all = append(all, data...)
	}
	return all
}

// The program takes what Beam's runners on clusters ask for.
func TestFlagsOfOtherRunners(t *testing.T) {
	for _, name := range []string{"runner", "endpoint", "environment_type", "environment_config", "parallelism", "job_name", "project", "region", "staging_location", "temp_location"} {
		if flag.Lookup(name) == nil {
			t.Errorf("there is no flag --%s", name)
		}
	}
	// The runners are there, and each says what it lacks. (Prism leaves its endpoint in the flag.)
	must(t, flag.Set("endpoint", ""))
	for runner, lack := range map[string]string{"dataflow": "project", "flink": "endpoint", "spark": "endpoint", "universal": "endpoint"} {
		p, s := beam.NewPipelineWithRoot()
		beam.Create(s, 1)
		if _, err := beam.Run(context.Background(), runner, p); err == nil || !strings.Contains(err.Error(), lack) {
			t.Errorf("%s says: %v", runner, err)
		}
	}
}
