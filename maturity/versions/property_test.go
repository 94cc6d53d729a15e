package versions_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/versions"
	"github.com/stretchr/testify/require"
)

// each holds a property on random later versions of every scheme; more of them with SOAK=full.
func each(t *testing.T, n uint64, hold func(t *testing.T, r *rand.Rand, from, to *maturity.Scorer)) {
	if os.Getenv("SOAK") == "full" {
		n *= 50
	}
	for i, m := range schemes(t) {
		from := compile(t, m)
		for seed := range n {
			r := rand.New(rand.NewPCG(seed, uint64(i)))
			to := compile(t, mutate(t, r, m))
			t.Run(fmt.Sprintf("%s-%d", m.ID, seed), func(t *testing.T) { hold(t, r, from, to) })
		}
	}
}

// What Diff does not list as affected has one outcome in both versions, for any answers.
func TestDiffMissesNothing(t *testing.T) {
	unaffected := 0
	each(t, 4, func(t *testing.T, r *rand.Rand, from, to *maturity.Scorer) {
		unaffected += missesNothing(t, r, from, to)
	})
	require.Greater(t, unaffected, 1000)
}

func missesNothing(t *testing.T, r *rand.Rand, from, to *maturity.Scorer) (unaffected int) {
	d, err := versions.Diff(from.Model(), to.Model())
	require.NoError(t, err)
	affected := map[string]bool{}
	for _, a := range d.Affected {
		affected[a.Node] = a.Effect == versions.ValuesToo
		require.True(t, a.Effect != versions.ValuesToo || d.Effect == versions.ValuesToo, "%s: %+v", a.Node, d.Changes)
	}
	was := map[string]string{}
	for old, today := range to.Model().Replaces {
		was[today] = old
	}
	for range 4 {
		a := assessment(r, from)
		m, err := versions.Migrate(a, from, to)
		require.NoError(t, err)
		before, err1 := from.Score(a)
		after, err2 := to.Score(m.Assessment)
		if err1 != nil || err2 != nil {
			continue
		}
		for _, n := range after.Nodes {
			id := n.ID
			if was[id] != "" {
				id = was[id]
			}
			if old, ok := before.Node(id); ok && !affected[n.ID] && old.Kind == n.Kind {
				unaffected++
				require.Equal(t, []any{old.Value, old.Level, old.Status, old.Min, old.Max, old.Completeness},
					[]any{n.Value, n.Level, n.Status, n.Min, n.Max, n.Completeness}, "%s: %+v", n.ID, d.Changes)
			}
		}
	}
	return unaffected
}

// Everything in an assessment is in the migrated one, under its name or the new one, or is listed as dropped; so it is
// where the earlier version is not at hand.
func TestMigrateLosesNothing(t *testing.T) { each(t, 4, losesNothing) }

func losesNothing(t *testing.T, r *rand.Rand, from, to *maturity.Scorer) {
	a := assessment(r, from)
	for _, known := range []*maturity.Scorer{from, nil} {
		m, err := versions.Migrate(a, known, to)
		require.NoError(t, err)
		require.NoError(t, to.Check(m.Assessment))
		nothingLost(t, a, m)
	}
}

func nothingLost(t *testing.T, a *maturity.Assessment, m *versions.Migration) {
	listed := map[string]bool{}
	for _, x := range m.Renamed {
		listed[string(x.Part)+" "+x.Question] = true
	}
	for _, x := range m.Dropped {
		listed[string(x.Part)+" "+x.Question] = true
	}
	for _, d := range m.Dropped {
		listed[fmt.Sprint(d.Part, " ", d.Question, " ", d.Value)] = true
	}
	for _, x := range m.Renamed {
		listed[fmt.Sprint(x.Part, " ", x.Question, " ", x.Was)] = true
	}
	for id, value := range a.Answers {
		options, _ := value.([]string)
		now, _ := m.Assessment.Answers[id].([]string)
		for _, option := range options { // each of them, and not only the list
			require.True(t, slices.Contains(now, option) || listed["answer "+id+" "+option] || listed["answer "+id+" "+fmt.Sprint(options)] ||
				slices.ContainsFunc(m.Renamed, func(x versions.Renaming) bool { return x.Question == id && x.Was == nil }), "%s %v: %#v of %+v", id, value, m.Assessment.Answers[id], m)
		}
		joined := options != nil && slices.ContainsFunc(m.Renamed, func(x versions.Renaming) bool { return x.To == id && x.Question != id }) // and all options are there
		require.True(t, joined || listed["answer "+id] || fmt.Sprint(m.Assessment.Answers[id]) == fmt.Sprint(value), "%s: %v is %#v of %+v", id, value, m.Assessment.Answers[id], m)
	}
	for id, reason := range a.NotApplicable {
		require.True(t, listed["notApplicable "+id] || m.Assessment.NotApplicable[id] == reason, id)
	}
	for id, comment := range a.Comments {
		require.True(t, listed["comment "+id] || strings.Contains(m.Assessment.Comments[id], comment), id)
	}
	for id, evidence := range a.Evidence {
		for _, e := range evidence {
			require.True(t, listed["evidence "+id] || slices.Contains(m.Assessment.Evidence[id], e), id)
		}
	}
}

func rat(t *testing.T, x *maturity.Exact) *big.Rat {
	t.Helper()
	r, ok := new(big.Rat).SetString(x.Exact)
	if !ok { // near a root
		r = new(big.Rat).SetFloat64(x.Value)
	}
	return r
}

func near(x *maturity.Exact) bool { _, ok := new(big.Rat).SetString(x.Exact); return !ok }

// The parts of a change add up to it, and the change and what the model did to the difference, exactly.
func TestComparisonsAddUp(t *testing.T) {
	parts := 0
	each(t, 3, func(t *testing.T, r *rand.Rand, from, to *maturity.Scorer) { parts += addsUp(t, r, from, to) })
	require.Greater(t, parts, 1000)
}

func addsUp(t *testing.T, r *rand.Rand, from, to *maturity.Scorer) (parts int) {
	a, b := assessment(r, from), assessment(r, to)
	for id := range b.Answers { // most stay as they were
		if value, ok := a.Answers[id]; ok && r.IntN(3) > 0 {
			old := b.Answers[id]
			if b.Answers[id] = value; to.Check(b) != nil {
				b.Answers[id] = old
			}
		}
	}
	c, err := versions.Compare(a, b, from, to)
	if err != nil {
		return 0 // a policy asks for answers
	}
	for _, n := range c.Nodes {
		if n.Change == nil || near(n.Change) {
			continue
		}
		sum := new(big.Rat)
		for _, part := range n.Parts {
			parts++
			sum.Add(sum, rat(t, part.Change))
		}
		require.Zero(t, sum.Cmp(rat(t, n.Change)), "%s: %s is not %s", n.Node, sum, n.Change.Exact)
		if n.ByModel != nil {
			sum.Add(sum, rat(t, n.ByModel))
		}
		if n.ByModel == nil && n.Basis != versions.Same {
			continue
		}
		sum.Sub(sum, new(big.Rat).Sub(rat(t, n.Later.Value), rat(t, n.Earlier.Value)))
		if n.ByModel != nil && near(n.ByModel) {
			off, _ := sum.Float64()
			require.InDelta(t, 0, off, 1e-12, n.Node)
		} else {
			require.Zero(t, sum.Sign(), "%s: off by %s", n.Node, sum)
		}
	}
	return parts
}

// With few answers, parts are Shapley values, which are worked out here over all orders.
func TestPartsAreShapleyValues(t *testing.T) {
	compared := 0
	for i, m := range schemes(t) {
		s := compile(t, m)
		for seed := range uint64(6) {
			r := rand.New(rand.NewPCG(seed, uint64(i)))
			a := assessment(r, s)
			b := *a
			b.Answers = map[string]any{}
			var answered []string
			for _, id := range s.Questions() {
				if value, ok := a.Answers[id]; ok {
					b.Answers[id] = value
					answered = append(answered, id)
				}
			}
			var changed []string
			for range 3 {
				id := answered[r.IntN(len(answered))]
				for _, n := range m.Nodes() {
					if n.ID == id && n.Answer.Type != maturity.FreeText {
						b.Answers[id] = answer(r, m, n.Answer)
					}
				}
			}
			for _, id := range answered {
				if fmt.Sprint(a.Answers[id]) != fmt.Sprint(b.Answers[id]) {
					changed = append(changed, id)
				}
			}
			c, err := versions.Compare(a, &b, s, s)
			if err != nil {
				continue
			}
			values := subsets(t, s, a, &b, len(c.Nodes), changed)
			for number, n := range c.Nodes {
				if n.Change == nil || near(n.Change) {
					continue
				}
				want := shapley(values, number, changed)
				if want == nil {
					continue // without a value on the way
				}
				for _, part := range n.Parts {
					require.Zero(t, want[part.Question].Cmp(rat(t, part.Change)), "%s of %s in %s: want %s, got %s", part.Question, n.Node, m.ID,
						want[part.Question], part.Change.Exact)
					want[part.Question].SetInt64(0)
					compared++
				}
				for id, left := range want {
					require.Zero(t, left.Sign(), "%s of %s", id, n.Node)
				}
			}
		}
	}
	require.Greater(t, compared, 300)
}

// subsets are the values of all nodes with every subset of the changes.
func subsets(t *testing.T, s *maturity.Scorer, a, b *maturity.Assessment, nodes int, changed []string) [][]*big.Rat {
	values := make([][]*big.Rat, 1<<len(changed))
	for set := range values {
		session, err := s.Session(a)
		require.NoError(t, err)
		for i, id := range changed {
			if set>>i&1 == 1 {
				require.NoError(t, session.Set(id, b.Answers[id]))
			}
		}
		for node := range nodes {
			if x, ok := session.ExactAt(node); ok {
				values[set] = append(values[set], rat(t, &x))
			} else {
				values[set] = append(values[set], nil)
			}
		}
	}
	return values
}

// shapley averages over all orders; nil where a value is missing on the way.
func shapley(values [][]*big.Rat, node int, changed []string) map[string]*big.Rat {
	for _, list := range values {
		if list[node] == nil {
			return nil
		}
	}
	parts := map[string]*big.Rat{}
	var orders func(set, left int, weight *big.Rat)
	for _, id := range changed {
		parts[id] = new(big.Rat)
	}
	orders = func(set, left int, weight *big.Rat) {
		for i, id := range changed {
			if set>>i&1 == 0 {
				share := new(big.Rat).Quo(weight, big.NewRat(int64(left), 1))
				step := new(big.Rat).Sub(values[set|1<<i][node], values[set][node])
				parts[id].Add(parts[id], step.Mul(step, share))
				orders(set|1<<i, left-1, share)
			}
		}
	}
	orders(0, len(changed), big.NewRat(1, 1))
	return parts
}
