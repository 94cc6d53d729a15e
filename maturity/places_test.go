package maturity_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every issue has the place of what it is about: pointer, line and column, in document order.
func TestPlaces(t *testing.T) {
	check := func(document string, want ...string) {
		t.Helper()
		_, err := maturity.Parse([]byte(document), nil)
		var invalid *maturity.InvalidError
		require.ErrorAs(t, err, &invalid)
		var got []string
		for _, issue := range invalid.Issues {
			got = append(got, fmt.Sprintf("%d:%d %s %s", issue.Line, issue.Column, issue.Path, issue.Code))
		}
		assert.Equal(t, want, got, document)
	}
	check(`{"id":"m","version":"1.0.0",
 "children":[{"id":"q","answer":{"type":"yesno"}},
  {"id":"r","answer":{"type":"yesno","type":"text"}},{"id":"r","answer":{"type":"yesno"},"weight":-1}],
 "id":"n"}`, "3:38 /children/1/answer/type duplicate-key", "3:60 /children/2/id duplicate-id", "3:99 /children/2/weight out-of-range", "4:2 /id duplicate-key")
	check("{\"id\":\"m\",\"version\":\"1.0.0\",\"children\":[{\"id\":\"q\",\"title\":\"\xff\",\"answer\":{\"type\":\"yesno\"}}],\n\"x\xff\":1,\"title\":{\"nb\":\"a\",\"en\":\"b\\ud800\"}}",
		"1:60 /children/0/title bad-utf8", "2:1 /x\xff unknown-field", "2:3 /x\xff bad-utf8", "2:33 /title/en bad-utf8")
	check(`{"id":"m","version":"1.0.0","title":{"nb":"a",
  "":"b"},"children":[{"id":"q","answer":{"type":"yesno"}}]}`, "2:6 /title/ bad-language")
	check(`{"id":"m","version":"1","children":[{"id":"q","advice":["a",{"nb":"b"},{"x":"c"}],"answer":{"type":"yesno"}}]}`, "1:21 /version bad-version", "1:77 /children/0/advice/2/x bad-language")
}

// A long circle is told by its ends.
func TestLongCycle(t *testing.T) {
	circle := func(n int) string {
		list := make([]string, n)
		for i := range list {
			list[i] = fmt.Sprintf(`{"id":"g%d","children":[{"ref":"g%d"}]}`, i, (i+1)%n)
		}
		_, err := maturity.Parse([]byte(`{"id":"m","version":"1.0.0","children":[{"id":"q","answer":{"type":"yesno"}}],"views":[`+strings.Join(list, ",")+`]}`), nil)
		require.ErrorIs(t, err, maturity.Cycle)
		_, message, _ := strings.Cut(err.Error(), "itself: ")
		message, _, _ = strings.Cut(message, ". ")
		return message
	}
	assert.Equal(t, "g0 → g1 → g0", circle(2))
	assert.Equal(t, "g0 → g0", circle(1))
	assert.Equal(t, 20, len(strings.Split(circle(19), " → ")))
	assert.NotContains(t, circle(19), "…")
	assert.Equal(t, "g0 → g1 → g2 → g3 → g4 → g5 → g6 → g7 → g8 → g9 → … → g12 → g13 → g14 → g15 → g16 → g17 → g18 → g19 → g0", circle(20))
	assert.Equal(t, "g0 → g1 → g2 → g3 → g4 → g5 → g6 → g7 → g8 → g9 → … → g92 → g93 → g94 → g95 → g96 → g97 → g98 → g99 → g0", circle(100))
}
