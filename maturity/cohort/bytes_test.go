package cohort

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestBytes holds the bytes of everything to one digest, on every platform on which the tests run.
func TestBytes(t *testing.T) {
	s := scorer(t, hundred())
	r := rand.New(rand.NewPCG(10, 10))
	docs := documents(s, 60, r)
	hash := sha256.New()
	take := func(x any, err error) {
		t.Helper()
		require.NoError(t, err)
		data, err := json.Marshal(x)
		require.NoError(t, err)
		hash.Write(data)
	}
	for _, opts := range []*Options{nil, all, {Unsuppressed: true, Weight: "inhabitants"}, {Minimum: 3, Weight: "inhabitants"}} {
		g, err := NewGroup(s, parsed(t, docs), opts)
		take(g.Figures(), err)
		take(g.Means(), nil)
		take(g.Pairs(1), nil)
		take(g.Intervals(&BootstrapOptions{Seed: 1, Resamples: 200}))
		gaps, err := g.Gaps("l3")
		take(gaps, err)
		pooled, result, err := g.Pool(nil)
		take(pooled, err)
		take(result, nil)
		take(g.Sketch().Percentiles(s, result, opts))
		take(g.Sketch(), nil)
	}
	team := parsed(t, docs[:7])
	for _, a := range team {
		a.Subject = nil
	}
	take(Agree(s, team))
	for _, how := range []How{Median, Mean, Mode, Lowest} {
		take(Combine(s, team, &CombineOptions{By: how}))
		take(CombineScores(s, team, &CombineOptions{By: how}))
	}
	wild := NewSketch(scorer(t, threeNodes))
	for range 5000 {
		wild.Add(randomOutcome(r, true))
	}
	take(wild, nil)
	take(wild.Figures(scorer(t, threeNodes), all))
	assert.Equal(t, "8133f455ed786f4370f690d82d6fd3cea910a5c6ea493f08012868105f4f4e43", hex.EncodeToString(hash.Sum(nil)))
}
