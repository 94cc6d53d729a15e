package maturity

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestExtremes: no answer to a question gives more points than the best, or fewer than the worst, and both
// are answers. All answers are tried; to a number, those at every half.
func TestExtremes(t *testing.T) {
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 9))
		half := func() string { return formatUnits(int64(r.IntN(21)-10) * decimalUnit / 2) }
		points := func() string { return formatUnits(int64(r.IntN(9)-4) * decimalUnit / 4) }
		var answer string
		var answers []any
		switch seed % 5 {
		case 0, 1:
			answer = `"type":"number"`
			if r.IntN(2) == 0 {
				answer += `,"integer":true`
			}
			if r.IntN(2) == 0 {
				answer += `,"min":` + half()
			}
			if r.IntN(2) == 0 {
				answer += `,"max":` + half()
			}
			if r.IntN(2) == 0 {
				answer += `,"linear":{"from":` + half() + `,"to":` + half() + `,"points":[` + points() + `,` + points() + `]}`
			} else {
				var steps []string
				for from := -8; len(steps) == 0 || from < 9 && len(steps) < 4; from += 1 + r.IntN(6) {
					steps = append(steps, `{"from":`+formatUnits(int64(from)*decimalUnit/2)+`,"points":`+points()+`}`)
				}
				answer += `,"steps":[` + strings.Join(steps, ",") + `]`
			}
			for units := -12; units <= 12; units++ {
				answers = append(answers, Decimal(formatUnits(int64(units)*decimalUnit/2)))
			}
		case 2:
			low := r.IntN(5) - 2
			answer = fmt.Sprintf(`"type":"scale","min":%d,"max":%d,"reverse":%t`, low, low+1+r.IntN(4), r.IntN(2) == 0)
			for n := low; n < low+6; n++ {
				answers = append(answers, n)
			}
		case 3:
			answer = `"type":"yesno","points":{"yes":` + points() + `,"no":` + points() + `}`
			answers = []any{true, false}
		default:
			kind, exclusive := "choice", ""
			if r.IntN(3) > 0 {
				kind = "checklist"
			}
			var options []string
			for i := range 1 + r.IntN(4) {
				if exclusive = ""; kind == "checklist" && r.IntN(3) == 0 {
					exclusive = `,"exclusive":true`
				}
				options = append(options, fmt.Sprintf(`{"value":"%c","points":%s%s}`, 'a'+i, points(), exclusive))
			}
			answer = `"type":"` + kind + `","options":[` + strings.Join(options, ",") + `]`
			if kind == "choice" {
				answers = []any{"a", "b", "c", "d"}
				break
			}
			if r.IntN(2) == 0 {
				answer += `,"cap":` + points()
			}
			for set := range 16 {
				list := []string{}
				for i := range 4 {
					if set>>i&1 == 1 {
						list = append(list, string(rune('a'+i)))
					}
				}
				answers = append(answers, list)
			}
		}
		s, err := CompileJSON([]byte(`{"id":"m","version":"1.0.0","children":[{"id":"q","answer":{`+answer+`}}]}`), nil)
		if err != nil {
			require.ErrorIs(t, err, OutOfRange, answer) // max below min, or a line of no length
			continue
		}
		value := func(answer any) (float64, bool) {
			result, err := s.Score(&Assessment{Model: s.Ref(), Answers: map[string]any{"q": answer}})
			if err != nil {
				return 0, false
			}
			return result.Root().Value, true
		}
		q := &s.questions[0]
		best, worst := q.extreme(true), q.extreme(false)
		any := false
		for _, a := range answers {
			if x, ok := value(a); ok {
				any = true
				assert.LessOrEqual(t, x, best.value.float(), "%v to %s", a, answer)
				assert.GreaterOrEqual(t, x, worst.value.float(), "%v to %s", a, answer)
			}
		}
		for _, e := range []resolved{best, worst} {
			for o, p := range q.points { // nothing is chosen that changes nothing, and the first of equals
				chosen := e.chosen != nil && e.chosen[o] && !q.only[o] && p.sign() == 0
				before := q.kind != Number && q.kind != Checklist && o < int(e.option) && p.equal(e.value)
				assert.False(t, chosen || before, "option %d of %s", o, answer)
			}
			x, ok := value(q.answerOf(e))
			if any || q.kind != Number {
				require.True(t, ok, "%v to %s", q.answerOf(e), answer)
				assert.Equal(t, e.value.float(), x, "%v to %s", q.answerOf(e), answer)
				session, err := s.Session(nil)
				require.NoError(t, err)
				session.put(0, e)
				now, ok := session.Value("m")
				assert.True(t, ok && now == x, "%v to %s", q.answerOf(e), answer)
			}
		}
	}
}
