package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/require"
)

// FuzzLines: every line of a stream that holds anything gives one line of JSON, in order: the result that the same
// document gives alone, or an error with the number of the line.
func FuzzLines(f *testing.F) {
	model := `{"id":"m","version":"1.0.0","children":[{"id":"q","answer":{"type":"yesno"}},{"id":"s","answer":{"type":"scale","min":1,"max":5}},
		{"id":"n","answer":{"type":"number","linear":{"from":0,"to":9,"points":[0,1]}}},{"id":"t","answer":{"type":"text"}}]}`
	s, err := maturity.CompileJSON([]byte(model), nil)
	require.NoError(f, err)
	good := `{"model":{"id":"m"},"answers":{"q":true,"s":4,"n":1.5,"t":"x"}}`
	for _, stream := range []string{"", "\n", good, good + "\n" + good, good + "\r\n\r\n{}\r\n" + good + "\r\n", "\ufeff" + good + "\nnull\n[]\n" + good,
		"{\n}\n", good + "\n{\"model\":\n" + good, "\xff\n" + good, good + good, " \t" + good + " \n\x00\n", `{"a":1}` + "\n" + `{"a":1,"a":2}`} {
		f.Add(stream)
	}
	f.Fuzz(func(t *testing.T, stream string) {
		var out, errs bytes.Buffer
		c := &command{out: bufio.NewWriter(&out), stderr: &errs, assessment: "stdin"}
		several(bufio.NewReaderSize(strings.NewReader(stream), 1<<12))
		err := c.scoreLines(s, bufio.NewReaderSize(strings.NewReader(stream), 1<<12))
		require.NoError(t, c.out.Flush())
		got := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
		bad, answered := 0, 0
		for i, line := range strings.Split(strings.TrimPrefix(stream, "\ufeff"), "\n") {
			if line = string(bytes.TrimSpace([]byte(line))); line == "" {
				continue
			}
			require.Less(t, answered, len(got))
			text := got[answered]
			answered++
			a, parseErr := s.ParseAssessment([]byte(line))
			if parseErr == nil {
				want, err := s.Score(a)
				require.NoError(t, err)
				require.Equal(t, string(want.AppendJSON(nil)), text)
				continue
			}
			bad++
			var failed struct {
				Line  int
				Error struct{ Issues []maturity.Issue }
			}
			require.NoError(t, json.Unmarshal([]byte(text), &failed), text)
			require.Equal(t, i+1, failed.Line)
			require.NotEmpty(t, failed.Error.Issues)
			for _, issue := range failed.Error.Issues {
				require.True(t, issue.Line == 0 || issue.Line == i+1, text)
			}
		}
		require.Equal(t, bad > 0, err != nil)
		require.True(t, err == nil || err == errDocument)
		if answered == 0 {
			require.Empty(t, out.String())
		} else {
			require.Len(t, got, answered)
		}
	})
}
