package cohort

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/cohort/agreement"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// hundred is a model of 4 dimensions, 5 practices each and 5 questions each, with levels everywhere.
func hundred() string {
	var dimensions []string
	for d := range 4 {
		var practices []string
		for p := range 5 {
			var questions []string
			for q := range 5 {
				questions = append(questions, fmt.Sprintf(`{"id": "q%d.%d.%d", "weight": %d, "answer": {"type": "choice", "use": "five"}}`, d, p, q, 1+(d+p+q)%3))
			}
			practices = append(practices, fmt.Sprintf(`{"id": "p%d.%d", "levels": "steps", "children": [%s]}`, d, p, strings.Join(questions, ",")))
		}
		dimensions = append(dimensions, fmt.Sprintf(`{"id": "d%d", "weight": 0.%d, "levels": "steps", "children": [%s]}`, d, d+1, strings.Join(practices, ",")))
	}
	return `{"id": "hundred", "version": "1.0.0", "levels": "steps",
		"ladders": {"steps": [{"id": "l1"}, {"id": "l2", "from": 1.8}, {"id": "l3", "from": 2.6}, {"id": "l4", "from": 3.4}, {"id": "l5", "from": 4.2}]},
		"optionSets": {"five": [{"value": "a", "points": 1}, {"value": "b", "points": 2}, {"value": "c", "points": 3}, {"value": "d", "points": 4}, {"value": "e", "points": 5}]},
		"children": [` + strings.Join(dimensions, ",") + `]}`
}

// documents are n assessments with some answers missing.
func documents(s *maturity.Scorer, n int, r *rand.Rand) [][]byte {
	out := make([][]byte, n)
	for i := range out {
		a := &maturity.Assessment{Model: maturity.ModelRef{ID: s.Model().ID}, Answers: map[string]any{},
			Subject: &maturity.Subject{ID: fmt.Sprintf("%04d", i), Attributes: map[string]string{"inhabitants": fmt.Sprint(500 + r.IntN(100000))}}}
		strength := r.IntN(4)
		for _, q := range s.Questions() {
			if r.IntN(12) > 0 {
				a.Answers[q] = string("abcde"[min(4, strength+r.IntN(3)*r.IntN(2))])
			}
		}
		out[i], _ = json.Marshal(a)
	}
	return out
}

func parsed(t testing.TB, documents [][]byte) (list []*maturity.Assessment) {
	for _, d := range documents {
		a, err := maturity.ParseAssessment(d, nil)
		require.NoError(t, err)
		list = append(list, a)
	}
	return list
}

// all shows every figure.
var all = &Options{Unsuppressed: true}

// TestFigures holds the figures against plain formulas over the values.
func TestFigures(t *testing.T) {
	s := scorer(t, hundred())
	docs := documents(s, 40, rand.New(rand.NewPCG(1, 4)))
	assessments := parsed(t, docs)
	g, err := NewGroup(s, assessments, all)
	require.NoError(t, err)
	f := g.Figures()
	require.Len(t, f.Nodes, 125)
	for i, node := range f.Nodes {
		var values []float64
		levels := map[string]int{}
		for _, a := range assessments {
			r, err := s.Score(a)
			require.NoError(t, err)
			if n := r.Nodes[i]; n.Status == maturity.Scored {
				values = append(values, n.Value)
				levels[n.Level]++
			}
		}
		slices.Sort(values)
		n := float64(len(values))
		mean, squares := 0.0, 0.0
		for _, x := range values {
			mean += x / n
		}
		for _, x := range values {
			squares += (x - mean) * (x - mean)
		}
		quantile := func(p float64) float64 {
			h := (n - 1) * p
			low := int(h)
			return values[low] + (h-float64(low))*(values[min(low+1, len(values)-1)]-values[low])
		}
		assert.Equal(t, n, node.Count.Value)
		for _, c := range []struct {
			want float64
			got  Statistic
		}{{mean, node.Mean}, {math.Sqrt(squares / (n - 1)), node.Deviation}, {values[0], node.Min}, {quantile(0.25), node.LowerQuartile},
			{quantile(0.5), node.Median}, {quantile(0.75), node.UpperQuartile}, {values[len(values)-1], node.Max}} {
			assert.Equal(t, Defined, c.got.Status)
			assert.InDelta(t, c.want, c.got.Value, 1e-12, node.ID)
		}
		for _, level := range node.Levels {
			assert.Equal(t, level.From, level.To)
			assert.Equal(t, levels[level.From], level.Count, node.ID)
		}
		assert.Zero(t, node.Blur)
	}
	assert.Len(t, f.Nodes[0].Levels, 6)

	// Other ways to the same bytes: from text, in another order, in parts.
	want, err := json.Marshal(f)
	require.NoError(t, err)
	r := rand.New(rand.NewPCG(2, 4))
	r.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
	g, err = ParseGroup(s, docs, all)
	require.NoError(t, err)
	got, err := json.Marshal(g.Figures())
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got))
	row, err := s.Row()
	require.NoError(t, err)
	k, answers := NewSketch(s), make([]int16, 100)
	for _, a := range assessments {
		for i, q := range s.Questions() {
			if answers[i] = maturity.NoAnswer; a.Answers[q] != nil {
				answers[i] = int16(a.Answers[q].(string)[0] - 'a')
			}
		}
		require.NoError(t, row.Score(answers))
		k.Add(row)
	}
	f, err = k.Figures(s, all)
	require.NoError(t, err)
	got, err = json.Marshal(f)
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got))
}

// small is a model with one practice of levels, for facts that can be checked by hand.
const small = `{"id": "small", "version": "1.0.0", "children": [{"id": "practice",
	"levels": [{"id": "low"}, {"id": "mid", "from": 2}, {"id": "high", "from": 4}],
	"children": [{"id": "a", "answer": {"type": "scale", "min": 1, "max": 5}}, {"id": "b", "answer": {"type": "scale", "min": 1, "max": 5}}]}]}`

// members are assessments of small by the answers to a and b; 0 is none.
func members(answers map[string][2]int) (list []*maturity.Assessment) {
	ids := []string{}
	for id := range answers {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		a := &maturity.Assessment{Model: maturity.ModelRef{ID: "small"}, Subject: &maturity.Subject{ID: id}, Answers: map[string]any{}}
		for i, x := range answers[id] {
			if x > 0 {
				a.Answers[string(rune('a'+i))] = x
			}
		}
		list = append(list, a)
	}
	return list
}

func TestPartners(t *testing.T) {
	s := scorer(t, small)
	g, err := NewGroup(s, members(map[string][2]int{"Arendal": {5, 5}, "Birkenes": {1, 2}, "Evje": {3, 3}, "Grimstad": {4, 4}, "Lillesand": {1, 1}, "Vegårshei": {0, 0}}), all)
	require.NoError(t, err)

	gaps, err := g.Gaps("high")
	require.NoError(t, err)
	number := func(x float64) Statistic { return Statistic{Value: x, Status: Defined} }
	assert.Equal(t, []Gap{{"practice", "high", number(5), number(3), []string{"Birkenes", "Evje", "Lillesand"}}}, gaps)
	gaps, err = g.Gaps("low")
	require.NoError(t, err)
	assert.Empty(t, gaps)
	_, err = g.Gaps("none")
	assert.ErrorIs(t, err, maturity.UnknownLevel)

	assert.Equal(t, []Pair{
		{"practice", "Arendal", "Lillesand", 5, 1, "high", "low", 2},
		{"practice", "Grimstad", "Birkenes", 4, 1.5, "high", "low", 2},
	}, g.Pairs(0))
	assert.Empty(t, g.Pairs(3))

	r, err := s.Score(members(map[string][2]int{"Evje": {3, 3}})[0])
	require.NoError(t, err)
	percentiles, err := g.Sketch().Percentiles(s, r, all)
	require.NoError(t, err)
	assert.Equal(t, Percentile{"practice", number(50)}, percentiles[1]) // 2 of 5 below, itself half
	r, err = s.Score(members(map[string][2]int{"Oslo": {5, 5}})[0])
	require.NoError(t, err)
	percentiles, err = g.Sketch().Percentiles(s, r, all)
	require.NoError(t, err)
	assert.Equal(t, number(90), percentiles[1].Percentile) // 4 of 5 below, one equal
	r, err = s.Score(members(map[string][2]int{"Bykle": {0, 0}})[0])
	require.NoError(t, err)
	percentiles, err = g.Sketch().Percentiles(s, r, all)
	require.NoError(t, err)
	assert.Equal(t, NoValues, percentiles[1].Percentile.Status)
}

// TestPairsOnce checks of random groups that nobody is in two pairs of a practice, and that the strong are stronger.
func TestPairsOnce(t *testing.T) {
	s := scorer(t, small)
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 5))
		answers := map[string][2]int{}
		for i := range 2 + r.IntN(9) {
			answers[fmt.Sprint(i)] = [2]int{1 + r.IntN(5), 1 + r.IntN(2)}
		}
		g, err := NewGroup(s, members(answers), all)
		require.NoError(t, err)
		seen := map[string]bool{}
		for _, p := range g.Pairs(1) {
			assert.False(t, seen[p.Strong] || seen[p.Weak], "%v", g.Pairs(1))
			seen[p.Strong], seen[p.Weak] = true, true
			assert.Greater(t, p.StrongValue, p.WeakValue)
		}
	}
}

func TestSuppressedPartners(t *testing.T) {
	s := scorer(t, hundred())
	g, err := ParseGroup(s, documents(s, 30, rand.New(rand.NewPCG(3, 4))), nil)
	require.NoError(t, err)
	assert.Empty(t, g.Pairs(1))
	gaps, err := g.Gaps("l3")
	require.NoError(t, err)
	require.NotEmpty(t, gaps)
	figures := g.Figures()
	for _, gap := range gaps {
		assert.Empty(t, gap.Members)
		i, _ := s.Index(gap.ID)
		below, starts := 0, false
		for _, band := range figures.Nodes[i].Levels {
			if starts = starts || band.From == "l3"; !starts {
				below += band.Count
			}
			assert.GreaterOrEqual(t, band.Count, 5)
		}
		if assert.Equal(t, starts, gap.Below.Status == Defined) && starts {
			assert.Equal(t, float64(below), gap.Below.Value)
		}
	}
	root := figures.Nodes[0]
	assert.Equal(t, Defined, root.Mean.Status)
	assert.Equal(t, Defined, root.LowerQuartile.Status)
	assert.Equal(t, Suppressed, root.Min.Status)
	assert.Equal(t, 0.05, root.Step)
	assert.InDelta(t, math.Round(root.Mean.Value/0.05), root.Mean.Value/0.05, 1e-9)

	few, err := ParseGroup(s, documents(s, 4, rand.New(rand.NewPCG(3, 4))), nil)
	require.NoError(t, err)
	for _, n := range few.Figures().Nodes {
		assert.Equal(t, Suppressed, n.Mean.Status)
		assert.Equal(t, Suppressed, n.Count.Status)
		assert.Empty(t, n.Levels)
	}
}

// TestHiddenSums looks whether the sum of a hidden node follows from those that are shown. A reference puts a
// question into a second equation.
func TestHiddenSums(t *testing.T) {
	question := func(id string) string {
		return fmt.Sprintf(`{"id": "%s", "answer": {"type": "number", "linear": {"from": 0, "to": 9, "points": [0, 9]}}}`, id)
	}
	group := func(id string, children ...string) string {
		return fmt.Sprintf(`{"id": "%s", "children": [%s]}`, id, strings.Join(children, ","))
	}
	s := scorer(t, fmt.Sprintf(`{"id": "m", "version": "1.0.0", "children": [%s, %s, %s], "views": [%s]}`,
		group("g1", question("a"), question("b")), group("g2", question("c")), group("g3", question("d"), question("e"), question("f")),
		group("v", `{"ref": "g1", "weight": 2}`, `{"ref": "g2"}`)))
	check := func(counts map[string]int64, want string) {
		t.Helper()
		k := NewSketch(s)
		for i := range k.nodes {
			n := &k.nodes[i]
			count, ok := counts[n.id]
			if !ok {
				count = 30
			}
			for j := range count {
				n.add(float64(j%3), -1) // so that every value has enough
			}
		}
		k.count = 30
		hidden := []string{}
		for i, h := range k.cover(s, 5).hidden {
			if h {
				hidden = append(hidden, k.nodes[i].id)
			}
		}
		assert.Equal(t, want, strings.Join(hidden, " "))
	}
	check(nil, "")
	check(map[string]int64{"a": 3}, "a b")           // the questions of a group together
	check(map[string]int64{"c": 3}, "g1 a b g2 c v") // g2 is c; for g1, its questions; m = g1+g2+g3 and v = 2·g1+g2 would give both
	check(map[string]int64{"g3": 3}, "g1 a b g2 c g3 d e f")
	check(map[string]int64{"a": 0, "b": 0}, "") // nobody answered: nothing to hide
	check(map[string]int64{"d": 4, "e": 0}, "d f")
}

func TestWeights(t *testing.T) {
	s := scorer(t, small)
	list := members(map[string][2]int{"A": {5, 5}, "B": {1, 1}, "C": {3, 3}})
	for i, inhabitants := range []string{"100.5", "301.5", "0"} {
		list[i].Subject.Attributes = map[string]string{"inhabitants": inhabitants}
	}
	g, err := NewGroup(s, list, &Options{Unsuppressed: true, Weight: "inhabitants"})
	require.NoError(t, err)
	assert.Equal(t, NodeScore{"practice", Statistic{Value: 2, Status: Defined}}, g.Means()[1])
	assert.Equal(t, 3.0, g.Figures().Nodes[1].Mean.Value, "figures count heads")
	pooled, r, err := g.Pool(nil)
	require.NoError(t, err)
	assert.Equal(t, map[string]any{"a": 1, "b": 1}, pooled.Answers)
	assert.Equal(t, 1.0, r.Nodes[1].Value)
	pooled, _, err = g.Pool(&CombineOptions{By: Mean})
	require.NoError(t, err)
	assert.Equal(t, map[string]any{"a": maturity.Decimal("2"), "b": maturity.Decimal("2")}, pooled.Answers)

	g, err = NewGroup(s, list, &Options{Minimum: 2, Weight: "inhabitants"})
	require.NoError(t, err)
	assert.Equal(t, Suppressed, g.Means()[1].Value.Status, "three quarters are one member's")
	_, _, err = g.Pool(&CombineOptions{By: Lowest})
	assert.ErrorIs(t, err, maturity.BadValue)
	pooled, _, err = g.Pool(nil)
	require.NoError(t, err)
	assert.Empty(t, pooled.Answers, "fewer than twice the minimum")

	var many []*maturity.Assessment // one city among small members
	for i := range 12 {
		weight, answer := "1", 1
		if i == 0 {
			weight, answer = "100", 3
		}
		many = append(many, &maturity.Assessment{Model: s.Ref(), Subject: &maturity.Subject{ID: strconv.Itoa(i), Attributes: map[string]string{"inhabitants": weight}},
			Answers: map[string]any{"a": answer, "b": answer}})
	}
	g, err = NewGroup(s, many, &Options{Minimum: 2, Weight: "inhabitants"})
	require.NoError(t, err)
	pooled, _, err = g.Pool(nil)
	require.NoError(t, err)
	assert.Empty(t, pooled.Answers, "all answers would be the city's")
	for i, a := range many {
		if a.Subject.Attributes["inhabitants"] = "0"; i < 2 {
			a.Subject.Attributes["inhabitants"] = "1"
		}
	}
	g, err = NewGroup(s, many, &Options{Minimum: 5, Weight: "inhabitants"})
	require.NoError(t, err)
	assert.Equal(t, Suppressed, g.Means()[1].Value.Status, "two have a weight")
	nobody := []*maturity.Assessment{
		{Model: s.Ref(), Subject: &maturity.Subject{ID: "x", Attributes: map[string]string{"inhabitants": "0"}}, NotApplicable: map[string]string{"a": "no"}},
		{Model: s.Ref(), Subject: &maturity.Subject{ID: "y", Attributes: map[string]string{"inhabitants": "1"}}}}
	g, err = NewGroup(s, nobody, &Options{Unsuppressed: true, Weight: "inhabitants"})
	require.NoError(t, err)
	pooled, _, err = g.Pool(nil)
	require.NoError(t, err)
	assert.Equal(t, map[string]string{"a": ""}, pooled.NotApplicable)

	for value, code := range map[string]maturity.Code{"": maturity.BadDecimal, "-1": maturity.BadDecimal, "1e5": maturity.BadDecimal, "1/2": maturity.BadDecimal,
		"1234567890123456789": maturity.BadDecimal, "1.2.3": maturity.BadDecimal, ".": maturity.BadDecimal} {
		list[1].Subject.Attributes["inhabitants"] = value
		_, err = NewGroup(s, list, &Options{Weight: "inhabitants"})
		require.ErrorIs(t, err, code, value)
		assert.Equal(t, "/1/subject/attributes/inhabitants", err.(*maturity.InvalidError).Issues[0].Path)
	}
	_, err = NewGroup(s, list, &Options{Weight: "a/b"})
	require.ErrorIs(t, err, maturity.MissingField)
	assert.Equal(t, "/0/subject/attributes/a~1b", err.(*maturity.InvalidError).Issues[0].Path)
	list[0].Subject, list[1].Subject.Attributes["inhabitants"] = nil, "0"
	_, err = NewGroup(s, list, &Options{Weight: "inhabitants"})
	assert.ErrorIs(t, err, maturity.MissingField)
	_, err = NewGroup(s, list[1:], &Options{Weight: "inhabitants"})
	assert.ErrorIs(t, err, maturity.OutOfRange, "all weights are 0")
}

func TestBadGroups(t *testing.T) {
	s := scorer(t, small)
	list := members(map[string][2]int{"A": {5, 5}, "B": {1, 9}})
	list = append(list, nil, members(map[string][2]int{"A": {1, 1}})[0])
	_, err := NewGroup(s, list, nil)
	require.Error(t, err)
	var paths []string
	for _, issue := range err.(*maturity.InvalidError).Issues {
		paths = append(paths, issue.Path+" "+string(issue.Code))
	}
	assert.Equal(t, []string{"/1/answers/b out-of-range", "/2 empty", "/3/subject duplicate-id"}, paths)
	_, err = ParseGroup(s, [][]byte{[]byte("{")}, nil)
	require.ErrorIs(t, err, maturity.BadSyntax)
	assert.Equal(t, "/0", err.(*maturity.InvalidError).Issues[0].Path)

	empty, err := NewGroup(s, nil, all)
	require.NoError(t, err)
	assert.Equal(t, NoValues, empty.Figures().Nodes[0].Mean.Status)
	assert.Equal(t, NoValues, empty.Means()[0].Value.Status)
	intervals, err := empty.Intervals(nil)
	require.NoError(t, err)
	assert.Equal(t, NoValues, intervals.Nodes[0].Mean.Low.Status)
	_, _, err = empty.Pool(nil)
	assert.Error(t, err)

	other := scorer(t, hundred())
	_, err = empty.Sketch().Figures(other, nil)
	assert.ErrorIs(t, err, maturity.OtherModel)
	r, err := other.Score(&maturity.Assessment{Model: maturity.ModelRef{ID: "hundred"}})
	require.NoError(t, err)
	_, err = empty.Sketch().Percentiles(s, r, nil)
	assert.ErrorIs(t, err, maturity.OtherModel)
}

func TestIntervals(t *testing.T) {
	s := scorer(t, small)
	r := rand.New(rand.NewPCG(6, 6))
	answers := map[string][2]int{}
	for i := range 40 {
		answers[fmt.Sprintf("%02d", i)] = [2]int{1 + r.IntN(5), r.IntN(6)}
	}
	g, err := NewGroup(s, members(answers), all)
	require.NoError(t, err)
	i, err := g.Intervals(&BootstrapOptions{Seed: 7})
	require.NoError(t, err)
	f := g.Figures()
	for j, n := range i.Nodes {
		// The mean is near normal here: the interval is that of the textbook, to a tenth of its width.
		half := 1.96 * f.Nodes[j].Deviation.Value / math.Sqrt(f.Nodes[j].Count.Value)
		assert.InDelta(t, f.Nodes[j].Mean.Value-half, n.Mean.Low.Value, half/5, n.ID)
		assert.InDelta(t, f.Nodes[j].Mean.Value+half, n.Mean.High.Value, half/5, n.ID)
		assert.LessOrEqual(t, n.Median.Low.Value, f.Nodes[j].Median.Value)
		assert.GreaterOrEqual(t, n.Median.High.Value, f.Nodes[j].Median.Value)
	}
	again, err := g.Intervals(&BootstrapOptions{Seed: 7})
	require.NoError(t, err)
	assert.Equal(t, i, again)
	again, err = g.Intervals(&BootstrapOptions{Seed: 8})
	require.NoError(t, err)
	assert.NotEqual(t, i.Nodes, again.Nodes)

	g, err = NewGroup(s, members(answers), nil)
	require.NoError(t, err)
	rounded, err := g.Intervals(&BootstrapOptions{Seed: 7})
	require.NoError(t, err)
	assert.LessOrEqual(t, rounded.Nodes[1].Mean.Low.Value, i.Nodes[1].Mean.Low.Value)
	assert.GreaterOrEqual(t, rounded.Nodes[1].Mean.High.Value, i.Nodes[1].Mean.High.Value)
	assert.Equal(t, math.Round(rounded.Nodes[1].Mean.High.Value/0.05)*0.05, rounded.Nodes[1].Mean.High.Value)
	assert.Equal(t, Suppressed, rounded.Nodes[2].Median.Low.Status, "a question of five answers")

	for _, o := range []*BootstrapOptions{{Resamples: 99}, {Resamples: 100_001}, {Level: 1}, {Level: -0.5}, {Level: math.NaN()}} {
		_, err := g.Intervals(o)
		assert.ErrorIs(t, err, maturity.OutOfRange, "%v", o)
	}
	alone, err := NewGroup(s, members(map[string][2]int{"A": {1, 0}}), all)
	require.NoError(t, err)
	i, err = alone.Intervals(nil)
	require.NoError(t, err)
	assert.Equal(t, agreement.TooFewUnits, i.Nodes[0].Mean.Low.Status)
	assert.Equal(t, NoValues, i.Nodes[3].Mean.Low.Status)
}
