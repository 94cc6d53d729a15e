package robustness

import (
	"encoding/json"
	"os"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestDocs runs the worked example of docs/robustness.md.
func TestDocs(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("the page is the same everywhere")
	}
	const path = "../../docs/robustness.md"
	page := string(readFile(t, path))
	blocks := regexp.MustCompile("(?ms)^```json\n(.*?)^```$").FindAllStringSubmatch(page, -1)
	require.Len(t, blocks, 5)
	m, err := maturity.Parse([]byte(blocks[0][1]), nil)
	require.NoError(t, err)
	s := maturity.MustCompile(m, nil)
	a, err := s.ParseAssessment([]byte(blocks[1][1]))
	require.NoError(t, err)
	var o Options
	require.NoError(t, json.Unmarshal([]byte(blocks[2][1]), &o))
	r, err := Sensitivity(s, a, &o)
	require.NoError(t, err)
	levers, err := Leverage(s, a, nil)
	require.NoError(t, err)
	if *update {
		page = strings.Replace(page, blocks[3][1], compact(t, r), 1)
		page = strings.Replace(page, blocks[4][1], compact(t, levers), 1)
		page = regexp.MustCompile("(?m)^> .*$").ReplaceAllLiteralString(page, "> "+r.Sentence(m, "en"))
		require.NoError(t, os.WriteFile(path, []byte(page), 0o666))
		return
	}
	assert.JSONEq(t, blocks[3][1], compact(t, r))
	assert.JSONEq(t, blocks[4][1], compact(t, levers))
	assert.Contains(t, page, "> "+r.Sentence(m, "en")+"\n")
}

// compact is JSON with what has no objects in it on one line.
func compact(t *testing.T, v any) string {
	data, err := json.MarshalIndent(v, "", "  ")
	require.NoError(t, err)
	return regexp.MustCompile(`[\[{]\n[^\[\]{}]*\n *[\]}]`).ReplaceAllStringFunc(string(data), func(s string) string {
		return regexp.MustCompile(`\n *`).ReplaceAllString(s, " ")
	}) + "\n"
}
