package cohort

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// threeNodes is a model with a ladder, a number whose values are many, and a yesno.
const threeNodes = `{"id": "m", "version": "1.0.0", "levels": [{"id": "low"}, {"id": "high", "from": 0.5}], "children": [
  {"id": "many", "answer": {"type": "number", "min": -1000, "max": 1000, "linear": {"from": -1000, "to": 1000, "points": [-1000, 1000]}}},
  {"id": "two", "answer": {"type": "yesno"}}]}`

func scorer(t testing.TB, model string) *maturity.Scorer {
	t.Helper()
	s, err := maturity.CompileJSON([]byte(model), nil)
	require.NoError(t, err)
	return s
}

// An outcome is what somebody got: values by node, NaN for none, and levels.
type outcome struct {
	values []float64
	levels []int
}

func (o outcome) Value(i int) (float64, bool) { return o.values[i], !math.IsNaN(o.values[i]) }
func (o outcome) Level(i int) int             { return o.levels[i] }

// randomOutcome has values of very different sizes, or few different ones.
func randomOutcome(r *rand.Rand, wild bool) outcome {
	x := float64(r.IntN(5)) / 4
	if wild {
		x = math.Ldexp(r.Float64()-0.5, r.IntN(40)-20)
	}
	o := outcome{[]float64{x, x * 3, float64(r.IntN(2))}, []int{r.IntN(3) - 1, -1, -1}}
	if r.IntN(9) == 0 {
		o.values[0], o.levels[0] = math.NaN(), -1
	}
	return o
}

func text(t testing.TB, k any) string {
	t.Helper()
	data, err := json.Marshal(k)
	require.NoError(t, err)
	return string(data)
}

// TestMergeLaws splits outcomes at random, puts the parts together in two random orders and shapes, and wants
// the bytes of a sketch that saw all of them one after the other.
func TestMergeLaws(t *testing.T) {
	s := scorer(t, threeNodes)
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 8))
		wild := seed%3 > 0
		n := []int{3, 60, 1000, 1500, 4000}[seed%5]
		whole := NewSketch(s)
		outcomes := make([]outcome, n)
		for i := range outcomes {
			outcomes[i] = randomOutcome(r, wild)
			whole.Add(outcomes[i])
		}
		want := text(t, whole)
		for range 2 {
			parts := make([]*Sketch, 1+r.IntN(12))
			for i := range parts {
				parts[i] = NewSketch(s)
			}
			for _, i := range r.Perm(n) {
				parts[r.IntN(len(parts))].Add(outcomes[i])
			}
			for len(parts) > 1 { // merge two at random, through JSON
				i := r.IntN(len(parts) - 1)
				var read Sketch
				require.NoError(t, json.Unmarshal([]byte(text(t, parts[i+1])), &read))
				require.NoError(t, parts[i].Merge(&read))
				parts = slices.Delete(parts, i+1, i+2)
			}
			require.Equal(t, want, text(t, parts[0]), "seed %d", seed)
		}
		exact := n <= MaxBins || !wild
		assert.Equal(t, exact, whole.nodes[1].values.width == 0, "seed %d", seed)
	}
}

// TestSketchIsExact holds the sums against fractions, and the bins against the values.
func TestSketchIsExact(t *testing.T) {
	s := scorer(t, threeNodes)
	r := rand.New(rand.NewPCG(1, 1))
	k, total, squares := NewSketch(s), new(big.Rat), new(big.Rat)
	var values []float64
	for range 3000 {
		x := math.Ldexp(r.Float64()-0.5, r.IntN(1800)-900)
		if r.IntN(2) == 0 {
			x = math.Ldexp(r.Float64()-0.5, 3)
		}
		k.Add(outcome{[]float64{x, x, 1}, []int{1, -1, -1}})
		values = append(values, x)
		exact := new(big.Rat).SetFloat64(x)
		total.Add(total, exact)
		squares.Add(squares, exact.Mul(exact, exact))
	}
	n := &k.nodes[1]
	assert.Zero(t, total.Cmp(n.values.sums().values.rat()))
	assert.Zero(t, squares.Cmp(n.values.sums().squares.rat()))
	slices.Sort(values)
	require.LessOrEqual(t, len(n.values.bins), MaxBins)
	for i, x := range values {
		assert.LessOrEqual(t, math.Abs(n.values.at(int64(i))-x), n.values.width/2)
	}
	assert.LessOrEqual(t, n.values.width, math.Ldexp(1, 900))
}

func TestSumLaziness(t *testing.T) {
	var a, b sum
	a.add(3, 1)
	a.adds = sumLazy - 1
	a.add(-1e300, 1) // takes the carries
	b.add(1e300, 1)
	b.adds = sumLazy - 1
	a.merge(&b)
	assert.Equal(t, "3p0", a.text())
	a.add(math.SmallestNonzeroFloat64, math.MaxInt64)
	b = sum{}
	b.addSquare(math.MaxFloat64, math.MaxInt64)
	b.addSquare(math.SmallestNonzeroFloat64, 2)
	for _, s := range []*sum{&a, &b, {}} {
		var read sum
		require.True(t, read.parse(s.text()))
		assert.Equal(t, s.text(), read.text())
	}
}

func TestFloor(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for range 20000 {
		x := math.Float64frombits(r.Uint64())
		if math.IsNaN(x) || math.IsInf(x, 0) {
			continue
		}
		width := math.Ldexp(1, r.IntN(2098)-1074)
		if r.IntN(2) == 0 {
			x = math.Ldexp(r.Float64()-0.5, r.IntN(20))
			width = math.Ldexp(1, r.IntN(40)-30)
		}
		got := new(big.Rat).SetFloat64(floor(x, width))
		exact, w := new(big.Rat).SetFloat64(x), new(big.Rat).SetFloat64(width)
		q := new(big.Rat).Quo(exact, w)
		whole := new(big.Int).Div(q.Num(), q.Denom()) // towards −∞, as the denominator is positive
		want := w.Mul(w, new(big.Rat).SetInt(whole))
		require.Zero(t, want.Cmp(got), "%g by %g", x, width)
	}
}

func TestMergeRefuses(t *testing.T) {
	s := scorer(t, threeNodes)
	k := NewSketch(s)
	other := scorer(t, `{"id": "n", "version": "1.0.0", "children": [{"id": "q", "answer": {"type": "yesno"}}]}`)
	changed := scorer(t, `{"id": "m", "version": "1.0.0", "children": [{"id": "q", "answer": {"type": "yesno"}}]}`)
	assert.ErrorIs(t, k.Merge(NewSketch(other)), maturity.OtherModel)
	assert.ErrorIs(t, k.Merge(NewSketch(changed)), maturity.OtherDigest)
	liar := NewSketch(changed)
	liar.model = k.model
	assert.ErrorIs(t, k.Merge(liar), maturity.BadValue)
	r, err := other.Score(&maturity.Assessment{Model: maturity.ModelRef{ID: "n"}})
	require.NoError(t, err)
	assert.ErrorIs(t, k.AddResult(r), maturity.OtherModel)
	assert.Equal(t, text(t, NewSketch(s)), text(t, k), "a refused merge changes nothing")

	var zero Sketch
	require.NoError(t, zero.Merge(&Sketch{}))
	assert.JSONEq(t, text(t, &Sketch{}), text(t, &zero))
	require.NoError(t, zero.Merge(k))
	require.NoError(t, zero.Merge(&Sketch{}))
	assert.Equal(t, text(t, k), text(t, &zero))
	var read Sketch
	require.NoError(t, json.Unmarshal([]byte(text(t, &Sketch{})), &read))
}

// TestHostileSketch takes a sketch that is right and makes one thing wrong.
func TestHostileSketch(t *testing.T) {
	node := `{"id":"q","count":3,"levels":[{"id":"a","count":2}],"sum":"5p0","squares":"9p0","width":0,"values":[{"value":1,"count":1},{"value":2,"count":2}]}`
	whole := func(node string) string {
		return fmt.Sprintf(`{"format":"modenhet-sketch/1","model":{"id":"m","digest":"d"},"count":3,"nodes":[%s]}`, node)
	}
	var k Sketch
	require.NoError(t, json.Unmarshal([]byte(whole(node)), &k))
	for _, change := range [][2]string{
		{`"count":3,"l`, `"count":4,"l`}, {`"count":3,"l`, `"count":2,"l`}, {`"count":3,"l`, `"count":-1,"l`},
		{`"a","count":2`, `"a","count":4`}, {`"a","count":2`, `"a","count":-1`},
		{`"5p0"`, `"4p0"`}, {`"5p0"`, `"10p-1"`}, {`"5p0"`, `"5"`}, {`"5p0"`, `"5p99999"`}, {`"5p0"`, `"xp0"`}, {`"9p0"`, `"-9p0"`},
		{`"width":0`, `"width":0.3`}, {`"width":0`, `"width":-1`}, {`"width":0`, `"width":2`},
		{`"value":1`, `"value":2`}, {`"value":1`, `"value":3`}, {`"value":1,"count":1`, `"value":1,"count":0`},
		{`"value":1,"count":1`, `"value":1,"count":9223372036854775807`}, {`"width"`, `"wide"`}, {`"id":"q"`, `"id":""`},
	} {
		bad := whole(strings.Replace(node, change[0], change[1], 1))
		var invalid *maturity.InvalidError
		assert.ErrorAs(t, json.Unmarshal([]byte(bad), &k), &invalid, bad)
	}
	for _, bad := range []string{`{}`, `{"format":"modenhet-sketch/2"}`, whole(node + "," + node),
		`{"format":"modenhet-sketch/1","model":{"id":"m"},"count":1}`, `{"format":"modenhet-sketch/1","model":{"id":"m","digest":"d"},"count":-1}`} {
		var invalid *maturity.InvalidError
		assert.ErrorAs(t, json.Unmarshal([]byte(bad), &k), &invalid, bad)
	}
	assert.Equal(t, 3, k.Count(), "what is refused changes nothing")
}

// FuzzSketch: what is accepted is written back to the byte, merges, and gives figures that JSON can hold.
func FuzzSketch(f *testing.F) {
	r := rand.New(rand.NewPCG(3, 3))
	s := scorer(f, threeNodes)
	for _, n := range []int{0, 3, 1100} {
		k := NewSketch(s)
		for range n {
			k.Add(randomOutcome(r, true))
		}
		f.Add([]byte(text(f, k)))
	}
	f.Add([]byte(`{"format":"modenhet-sketch/1","model":{"id":"m","digest":"d"},"count":3,"nodes":[{"id":"q","count":2,"sum":"1p900","squares":"-1p9","width":4,"values":[{"value":-4,"count":2}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var k, again, twice Sketch
		if json.Unmarshal(data, &k) != nil {
			return
		}
		written := text(t, &k)
		require.NoError(t, json.Unmarshal([]byte(written), &again))
		require.Equal(t, written, text(t, &again))
		require.NoError(t, twice.Merge(&k))
		require.NoError(t, twice.Merge(&again))
		text(t, &twice)
		for i := range k.nodes {
			_, err := json.Marshal(k.nodes[i].figures(&cover{0, make([]bool, len(k.nodes)), slices.Repeat([]*big.Rat{new(big.Rat)}, len(k.nodes))}, i))
			require.NoError(t, err)
		}
	})
}
