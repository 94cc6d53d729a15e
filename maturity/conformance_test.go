package maturity_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/require"
)

func TestSharedConformance(t *testing.T) {
	var dirs []string
	filepath.WalkDir("../../shared/conformance", func(p string, d os.DirEntry, err error) error {
		if err == nil && d.Name() == "model.json" {
			dirs = append(dirs, filepath.Dir(p))
		}
		return nil
	})
	require.NotEmpty(t, dirs)
	total, bad := 0, 0
	for _, dir := range dirs {
		data, _ := os.ReadFile(dir + "/model.json")
		m, err := maturity.Parse(data, nil)
		if err != nil {
			t.Errorf("%s: %v", dir, err)
			continue
		}
		s, err := maturity.Compile(m, nil)
		require.NoError(t, err)
		as, _ := os.ReadFile(dir + "/assessments.ndjson")
		ex, _ := os.ReadFile(dir + "/expected.ndjson")
		al, el := lines(as), lines(ex)
		r := new(maturity.Result)
		for i := range al {
			total++
			var e struct {
				Case      string
				Tolerance float64
				Error     bool
				Nodes     map[string]map[string]any
			}
			require.NoError(t, json.Unmarshal(el[i], &e))
			a, err := s.ParseAssessment(al[i])
			if err == nil {
				err = s.ScoreInto(r, a)
			}
			if e.Error != (err != nil) {
				t.Errorf("%s %s: error %v", dir, e.Case, err)
				bad++
				continue
			}
			for id, want := range e.Nodes {
				n, ok := r.Node(id)
				require.True(t, ok)
				for k, v := range want {
					ok := true
					var got any
					switch k {
					case "value", "ratio":
						f := n.Value
						if k == "ratio" {
							f = n.Ratio
						}
						got = f
						if v == nil {
							ok = n.Status != maturity.Scored
						} else {
							ok = n.Status == maturity.Scored && math.Abs(f-v.(float64)) <= e.Tolerance
						}
					case "level":
						got, ok = n.Level, n.Level == v || v == nil && n.Level == ""
					case "levelByThreshold":
						got, ok = n.LevelByThreshold, n.LevelByThreshold == v || v == nil && n.LevelByThreshold == ""
					case "status":
						got, ok = n.Status, string(n.Status) == v
					}
					if !ok {
						bad++
						if bad < 40 {
							t.Errorf("%s %s: %s %s = %v, want %v", dir, e.Case, id, k, got, v)
						}
					}
				}
			}
		}
	}
	t.Logf("%d cases in %d folders, %d mismatches", total, len(dirs), bad)
}

func lines(b []byte) [][]byte {
	var out [][]byte
	sc := bufio.NewScanner(bytes.NewReader(b))
	sc.Buffer(nil, 1<<24)
	for sc.Scan() {
		if len(sc.Bytes()) > 0 {
			out = append(out, bytes.Clone(sc.Bytes()))
		}
	}
	return out
}
