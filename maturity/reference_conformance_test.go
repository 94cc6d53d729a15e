package maturity_test

// The reference implementation against the published and the random cases.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"
)

func TestReferenceConformance(t *testing.T) {
	const root = "../../shared/conformance"
	if _, err := os.Stat(root); err != nil {
		t.Skip("the conformance cases are not beside this repository")
	}
	cases := 0
	err := filepath.WalkDir(root, func(path string, _ os.DirEntry, err error) error {
		if err == nil && filepath.Base(path) == "expected.ndjson" {
			cases += refConformance(t, filepath.Dir(path))
		}
		return err
	})
	if err != nil || cases == 0 {
		t.Fatalf("%d cases read from %s: %v", cases, root, err)
	}
	t.Logf("%d cases", cases)
}

func refConformance(t *testing.T, dir string) int {
	model, err := os.ReadFile(filepath.Join(dir, "model.json"))
	if err != nil {
		t.Fatal(err)
	}
	assessments, expected := refLines(t, dir, "assessments.ndjson"), refLines(t, dir, "expected.ndjson")
	if len(assessments) != len(expected) {
		t.Fatalf("%s: %d assessments, %d expected results", dir, len(assessments), len(expected))
	}
	for i, line := range expected {
		want := refCase{}
		if err := json.Unmarshal(line, &want); err != nil {
			t.Fatal(err)
		}
		_, nodes, err := refScore(model, assessments[i])
		if (err != nil) != want.Error {
			t.Errorf("%s: %s: error is %v", dir, want.Case, err)
		}
		for id, fields := range want.Nodes {
			for _, message := range refMismatches(nodes[id], fields, want.Tolerance) {
				t.Errorf("%s: %s: %s: %s", dir, want.Case, id, message)
			}
		}
	}
	return len(expected)
}

type refCase struct {
	Case      string
	Error     bool
	Tolerance float64
	Nodes     map[string]map[string]any
}

func refLines(t *testing.T, dir, name string) [][]byte {
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Split(bytes.TrimSpace(data), []byte("\n"))
}

func refMismatches(n *refNode, want map[string]any, tolerance float64) (messages []string) {
	for field, w := range want {
		var got any
		switch field {
		case "value", "ratio":
			if f, ok := refFloat(n, field); ok {
				got = f
				if w, ok := w.(float64); ok && math.Abs(f-w) <= tolerance {
					got = w
				}
			}
		case "status":
			got = n.Status
		case "level":
			got = n.Level
		case "levelByThreshold":
			got = n.LevelByThreshold
		}
		if got != w {
			messages = append(messages, fmt.Sprintf("%s is %v, want %v", field, got, w))
		}
	}
	return messages
}
