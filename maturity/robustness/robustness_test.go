package robustness

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestSplitMix: the published algorithm, from a published seed.
func TestSplitMix(t *testing.T) {
	for i, want := range []uint64{6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821} {
		assert.Equal(t, want, stream(1234567).at(i))
	}
}

func TestPick(t *testing.T) {
	v := around(10, 3)
	assert.Equal(t, int64(7), v.pick(0))
	assert.Equal(t, int64(13), v.pick(1<<53-1))
	assert.Equal(t, int64(10), v.pick(1<<52))
	counts := map[int64]int{}
	for i := range 70_000 {
		counts[v.pick(stream(5).at(i)>>11)]++
	}
	for x := int64(7); x <= 13; x++ {
		assert.InDelta(t, 10_000, counts[x], 400)
	}
}

// TestIshigami holds the estimators against the function that everybody uses for it (Ishigami and Homma 1990;
// a = 7, b = 0.1), whose indices are known.
func TestIshigami(t *testing.T) {
	ishigami := func(x []float64) float64 {
		at := func(i int) float64 { return math.Pi * (2*x[i] - 1) }
		return math.Sin(at(0)) + 7*math.Pow(math.Sin(at(1)), 2) + 0.1*math.Pow(at(2), 4)*math.Sin(at(0))
	}
	got := Sobol(ishigami, 3, 200_000, 1)
	for i, want := range []Index{{First: 0.3139, Total: 0.5576}, {First: 0.4424, Total: 0.4424}, {First: 0, Total: 0.2437}} {
		assert.InDelta(t, want.First, got[i].First, 0.01)
		assert.InDelta(t, want.Total, got[i].Total, 0.005)
		assert.InDelta(t, want.First, got[i].First, 4*got[i].FirstError)
		assert.InDelta(t, want.Total, got[i].Total, 4*got[i].TotalError)
	}
	calls := 0
	Sobol(func([]float64) float64 { calls++; return 0 }, 3, 100, 1)
	assert.Equal(t, 500, calls)
}

// TestSobolErrors: over many seeds the standard errors say how the estimates spread.
func TestSobolErrors(t *testing.T) {
	const seeds = 300
	var first, total [seeds]float64
	stated := Index{}
	for i := range seeds {
		index := Sobol(func(x []float64) float64 { return x[0] + 2*x[1] + x[0]*x[1] }, 2, 500, uint64(i))[0]
		first[i], total[i] = index.First, index.Total
		stated.FirstError += index.FirstError / seeds
		stated.TotalError += index.TotalError / seeds
	}
	deviation := func(list [seeds]float64) float64 {
		mean, sum := meanOf(list[:]), 0.0
		for _, x := range list {
			sum += (x - mean) * (x - mean)
		}
		return math.Sqrt(sum / (seeds - 1))
	}
	assert.InEpsilon(t, deviation(first), stated.FirstError, 0.25)
	assert.InEpsilon(t, deviation(total), stated.TotalError, 0.25)
}

func TestSobolOfNothing(t *testing.T) {
	assert.Empty(t, Sobol(func([]float64) float64 { return 1 }, 0, 10, 1))
	assert.Equal(t, []Index{{}, {}}, Sobol(func([]float64) float64 { return 0.1 }, 2, 10, 1))
	assert.Equal(t, []Index{{}}, Sobol(func(x []float64) float64 { return x[0] }, 1, 0, 1))
	only := Sobol(func(x []float64) float64 { return x[1] }, 2, 1000, 1)
	assert.Equal(t, Index{}, only[0])
	assert.InDelta(t, 1, only[1].Total, 0.1)
}

// TestEqualAnswersNeverFlip: with all answers at a threshold every mean is exactly there, whatever the weights.
func TestEqualAnswersNeverFlip(t *testing.T) {
	for _, points := range []string{"0.1", "0.7", "1.1", "3", "0.333333333"} {
		text := `{"id": "m", "version": "1.0.0", "levels": [{"id": "low"}, {"id": "high", "from": ` + points + `}], "children": [`
		answers := map[string]any{}
		for g := range 3 {
			text += `{"id": "g` + strconv.Itoa(g) + `", "children": [`
			for q := range 3 {
				id := "q" + strconv.Itoa(3*g+q)
				text += `{"id": "` + id + `", "weight": 0.` + strconv.Itoa(q+1) + `, "answer": {"type": "choice", "options": [{"value": "x", "points": ` + points + `}, {"value": "y", "points": 9}]}},`
				answers[id] = "x"
			}
			text = strings.TrimSuffix(text, ",") + `]},`
		}
		m, err := maturity.Parse([]byte(strings.TrimSuffix(text, ",")+"]}"), nil)
		require.NoError(t, err)
		s := maturity.MustCompile(m, nil)
		r, err := Sensitivity(s, &maturity.Assessment{Model: s.Ref(), Answers: answers}, &Options{Draws: 20_000, Weights: 0.9})
		require.NoError(t, err)
		assert.Equal(t, []Share{{"low", 0, 0}, {"high", 20_000, 1}}, r.Levels)
		assert.Equal(t, r.Spread.Min, r.Spread.Max)
		for _, w := range r.Weights {
			assert.Equal(t, Index{}, w.Index)
		}
	}
}

// flagship is the embedded model and an example of it.
func flagship(t testing.TB) (*maturity.Scorer, *maturity.Assessment) {
	t.Helper()
	m, err := models.Load(models.Default)
	require.NoError(t, err)
	s := maturity.MustCompile(m, nil)
	data, err := models.Assessment(models.Default, "complete")
	require.NoError(t, err)
	a, err := s.ParseAssessment(data)
	require.NoError(t, err)
	return s, a
}

// TestSameBytes: the same seed gives the same bytes on every platform. The hash was made on linux/amd64.
func TestSameBytes(t *testing.T) {
	s, a := flagship(t)
	hash := sha256.New()
	add := func(v any, err error) {
		require.NoError(t, err)
		data, err := json.Marshal(v)
		require.NoError(t, err)
		hash.Write(data)
	}
	add(Sensitivity(s, a, &Options{Draws: 2000, Seed: 1, Indices: 100}))
	add(Sensitivity(s, a, &Options{Draws: 200, Seed: 2, Indices: 10, Thresholds: 0.3, Answers: 0.05}))
	add(Leverage(s, a, nil))
	for _, p := range Pairs(t) {
		s, a := p.Scorer, p.Assessment
		add(Sensitivity(s, a, &Options{Draws: 50, Seed: 3, Weights: 0.5, Indices: 10}))
		add(Leverage(s, a, nil))
	}
	got := hex.EncodeToString(hash.Sum(nil)) + "\n"
	if *update {
		require.NoError(t, os.WriteFile("testdata/sha256.txt", []byte(got), 0o666))
	}
	assert.Equal(t, string(readFile(t, "testdata/sha256.txt")), got)
}

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	return data
}

// TestSlices: a study in slices gives the same.
func TestSlices(t *testing.T) {
	s, a := flagship(t)
	opts := &Options{Draws: 500, Indices: 20, Answers: 0.02}
	want, err := Sensitivity(s, a, opts)
	require.NoError(t, err)
	y, err := NewStudy(s, a, opts)
	require.NoError(t, err)
	for done, total := y.Progress(); done < total; done, total = y.Progress() {
		y.Step(77)
		after, _ := y.Progress()
		require.Greater(t, after, done)
	}
	y.Step(77)
	assert.Equal(t, want, y.Result())
}

func TestBadOptions(t *testing.T) {
	s, a := flagship(t)
	_, err := Sensitivity(s, a, &Options{Draws: -1, Weights: 1, Thresholds: 0.6, Answers: 2, Indices: 1e6, Seed: 1 << 53})
	var invalid *maturity.InvalidError
	require.ErrorAs(t, err, &invalid)
	assert.Len(t, invalid.Issues, 6)
	_, err = Sensitivity(s, a, &Options{Weights: math.NaN()})
	assert.ErrorIs(t, err, maturity.OutOfRange)
	_, err = Sensitivity(s, a, &Options{Group: "nobody"})
	assert.ErrorIs(t, err, maturity.UnknownNode)
	_, err = Leverage(s, a, &LeverageOptions{Group: "nobody"})
	assert.ErrorIs(t, err, maturity.UnknownNode)
	_, err = Leverage(s, &maturity.Assessment{}, nil)
	assert.ErrorIs(t, err, maturity.MissingField)
}

// TestAnswersEqualScoring: draws with wrong answers and other weights count what scoring the wrong answers
// gives. TestSensitivityEqualsScoring has the weights; TestCandidates the steps.
func TestAnswersEqualScoring(t *testing.T) {
	const draws, seed = 60, 9
	wrong, moved := 0, 0
	for _, p := range Pairs(t) {
		s, a := p.Scorer, p.Assessment
		o := &Options{Draws: draws, Seed: seed, Weights: -1, Answers: 0.2}
		result, err := Sensitivity(s, a, o)
		require.NoError(t, err)
		y, err := NewStudy(s, a, o)
		require.NoError(t, err)
		counts := map[string]int{}
		for i := range draws {
			b := *a
			b.Answers = map[string]any{}
			for id, answer := range a.Answers {
				b.Answers[id] = answer
			}
			for j, q := range y.questions {
				at := i*len(y.questions) + j
				if float64(newStream(seed, ofErrors).at(at)>>11)/(1<<53) < 0.2 {
					step := newStream(seed, ofSteps).at(at) >> 11
					b.Answers[q.id] = q.steps[step*uint64(len(q.steps))>>53]
					wrong++
				}
			}
			r, err := s.Score(&b)
			require.NoError(t, err)
			if r.Root().Status == maturity.Scored {
				counts[r.Root().Level]++
			}
		}
		for _, l := range result.Levels {
			require.Equal(t, counts[l.Level], l.Draws, "%s", p.Model)
			if l.Draws > 0 && l.Draws < draws {
				moved++
			}
		}
	}
	assert.Greater(t, wrong, 1000)
	assert.Greater(t, moved, 20)
}
