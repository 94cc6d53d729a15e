package maturity_test

// The reference implementation against random documents.

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/internal/random"
)

// TestReferenceRandom scores random documents: nothing panics, only the policy "error" fails, and what
// a node comes to fits its status.
func TestReferenceRandom(t *testing.T) {
	models := 5000
	if testing.Short() {
		models = 200
	}
	const shards = 8
	for shard := range shards {
		t.Run(strconv.Itoa(shard), func(t *testing.T) {
			t.Parallel()
			for seed := shard; seed < models; seed += shards {
				r := rand.New(rand.NewPCG(uint64(seed), 1))
				model := random.Model(r)
				assessment := random.Assessment(r, model)
				genCheck(t, seed, model, assessment)
				genCheck(t, seed, model, random.Completion(r, model, assessment))
			}
		})
	}
}

// TestGenerateAgain: the same source gives the same bytes.
func TestGenerateAgain(t *testing.T) {
	generate := func(seed uint64) string {
		r := rand.New(rand.NewPCG(seed, 2))
		model := random.Model(r)
		assessment := random.Assessment(r, model)
		return string(model) + string(assessment) + string(random.Completion(r, model, assessment))
	}
	for seed := range uint64(100) {
		if once, again := generate(seed), generate(seed); once != again {
			t.Fatalf("seed %d gives two documents", seed)
		}
	}
}

func genCheck(t *testing.T, seed int, model, assessment []byte) {
	defer func() {
		if p := recover(); p != nil {
			t.Fatalf("seed %d: %v\n%s\n%s", seed, p, model, assessment)
		}
	}()
	order, nodes, err := refScore(model, assessment)
	if err != nil {
		if !strings.Contains(string(model), `"error"`) {
			t.Fatalf("seed %d: %v\n%s\n%s", seed, err, model, assessment)
		}
		return
	}
	for _, id := range order {
		n := nodes[id]
		if (n.Value != nil) != (n.Status == "scored") || n.Value == nil && n.Level != "" {
			t.Fatalf("seed %d: %s is %+v\n%s\n%s", seed, id, n, model, assessment)
		}
		if n.Min != nil && n.Min.Cmp(n.Max) > 0 {
			t.Fatalf("seed %d: the range of %s is %v to %v\n%s", seed, id, n.Min, n.Max, model)
		}
	}
}
