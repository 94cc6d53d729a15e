package cohort

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The tests of this file play somebody who knows the figures, the model, the number of subjects and the rules of
// suppression. They make every group of a size, and put those together whose figures are the same to the byte, so
// that nobody can tell them apart. If all groups of such a class have the same number of subjects with some
// answers, and that number is small, the figures have given it away.

const few = 3 // the minimum in these tests: with a lower one, more groups can be tried

// more is how many subjects more a soak test tries.
func more(subjects int64) int64 {
	if os.Getenv("SOAK") == "full" {
		return subjects
	}
	return 0
}

// compositions visits all ways to put n subjects into cells.
func compositions(n int64, cells int, visit func([]int64)) {
	counts := make([]int64, cells)
	var fill func(int, int64)
	fill = func(i int, left int64) {
		if i == cells-1 {
			counts[i] = left
			visit(counts)
			return
		}
		for counts[i] = 0; counts[i] <= left; counts[i]++ {
			fill(i+1, left-counts[i])
		}
	}
	fill(0, n)
}

// givenAway finds a set of cells that have the same small total in all tables of a class.
func givenAway(class [][]int64) (set int, found bool) {
	total := func(cells []int64) (sum int64) {
		for i, n := range cells {
			if set>>i&1 == 1 {
				sum += n
			}
		}
		return sum
	}
	for set = 1; set < 1<<len(class[0])-1; set++ { // but not all: how many answered is no secret
		first := total(class[0])
		if 0 < first && first < few && !slices.ContainsFunc(class, func(cells []int64) bool { return total(cells) != first }) {
			return set, true
		}
	}
	return 0, false
}

func checkClasses(t *testing.T, classes map[string][][]int64, about string) {
	t.Helper()
	leaks := 0
	for figures, class := range classes {
		if set, found := givenAway(class); found {
			if leaks++; leaks == 1 {
				t.Log(about, class, set, figures)
			}
		}
	}
	assert.Zero(t, leaks, "of %d classes: %s", len(classes), about)
}

func published(t *testing.T, k *Sketch, s *maturity.Scorer) string {
	f, err := k.Figures(s, &Options{Minimum: few})
	require.NoError(t, err)
	data, err := json.Marshal(f)
	require.NoError(t, err)
	return string(data)
}

// TestLevelCounts reconstructs tables of levels.
func TestLevelCounts(t *testing.T) {
	for cells := 2; cells <= 6; cells++ {
		for n := int64(few); n <= 14; n++ {
			classes := map[string][][]int64{}
			compositions(n, cells, func(counts []int64) {
				shown, from := "", 0
				for _, to := range bands(counts, few) {
					together := int64(0)
					for _, count := range counts[from:to] {
						together += count
					}
					shown, from = fmt.Sprint(shown, " ", to, ":", together), to
				}
				classes[shown] = append(classes[shown], slices.Clone(counts))
			})
			checkClasses(t, classes, fmt.Sprint(cells, " cells, ", n, " subjects"))
		}
	}
}

// TestAnswerCounts reconstructs the answers to one question, below a group with levels that has no other.
func TestAnswerCounts(t *testing.T) {
	for _, c := range []struct {
		points string
		most   int64 // subjects
	}{{"0 1", 16 + more(14)}, {"0 1 2", 9 + more(7)}, {"0 1 3", 9 + more(6)}, {"1 2 3 4", 7 + more(5)}, {"1 2 3 4 5", 6 + more(3)}} {
		points := strings.Fields(c.points)
		var options, levels []string
		for i, p := range points {
			options = append(options, fmt.Sprintf(`{"value": "o%d", "points": %s}`, i, p))
			levels = append(levels, fmt.Sprintf(`{"id": "l%d", "from": %s}`, i, p))
		}
		s := scorer(t, fmt.Sprintf(`{"id": "m", "version": "1.0.0", "levels": [%s], "children": [{"id": "q", "answer": {"type": "choice",
			"options": [%s]}}]}`, strings.Join(levels, ","), strings.Join(options, ",")))
		for n := int64(few); n <= c.most; n++ {
			classes := map[string][][]int64{}
			compositions(n, len(points), func(counts []int64) {
				k := NewSketch(s)
				for i, count := range counts {
					var x float64
					_, err := fmt.Sscan(points[i], &x)
					require.NoError(t, err)
					for range count {
						k.Add(outcome{[]float64{x, x}, []int{i, -1}})
					}
				}
				figures := published(t, k, s)
				classes[figures] = append(classes[figures], slices.Clone(counts))
			})
			checkClasses(t, classes, fmt.Sprint("points ", c.points, ", ", n, " subjects"))
		}
	}
}

// TestAnswersBelowGroup reconstructs the answers to each question of a group from the figures of all of them
// and of the group.
func TestAnswersBelowGroup(t *testing.T) {
	for _, c := range []struct {
		options []int // of each question; points are 0, 1 and so on
		weights []float64
		most    int64 // subjects
		missing bool  // questions may be left out
	}{
		{[]int{2, 2}, []float64{1, 1}, 9 + more(8), false}, {[]int{2, 2}, []float64{1, 2}, 9 + more(8), false},
		{[]int{2, 3}, []float64{1, 1}, 7 + more(4), false}, {[]int{2, 2, 2}, []float64{1, 1, 1}, 6 + more(3), false},
		{[]int{3, 3}, []float64{1, 1}, 4 + more(3), false}, {[]int{3, 3}, []float64{1, 2}, 4 + more(3), false},
		{[]int{3, 4}, []float64{2, 3}, 3 + more(2), false}, {[]int{4, 4}, []float64{1, 1}, 3 + more(1), false},
		{[]int{2, 2, 2, 2}, []float64{1, 1, 2, 1}, 3 + more(2), false},
		{[]int{2, 2}, []float64{1, 1}, 5 + more(3), true}, {[]int{2, 2}, []float64{1, 2}, 5 + more(3), true}, {[]int{2, 3}, []float64{1, 1}, 3 + more(2), true},
	} {
		var questions []string
		joint, none := 1, 0 // combinations of answers; and what counts as one more option of each
		if c.missing {
			none = 1
		}
		for i, options := range c.options {
			questions = append(questions, fmt.Sprintf(`{"id": "q%d", "weight": %v, "answer": {"type": "scale", "min": 0, "max": %d}}`, i, c.weights[i], options-1))
			joint *= options + none
		}
		s := scorer(t, fmt.Sprintf(`{"id": "m", "version": "1.0.0", "levels": [{"id": "a"}, {"id": "b", "from": 0.5}], "children": [%s]}`,
			strings.Join(questions, ",")))
		answer := func(combination, question int) int {
			for _, options := range c.options[:question] {
				combination /= options + none
			}
			return combination % (c.options[question] + none)
		}
		for n := int64(few); n <= c.most; n++ {
			classes, varied := map[string][][]int64{}, map[string]bool{}
			compositions(n, joint, func(counts []int64) {
				k := NewSketch(s)
				for i, count := range counts {
					o := outcome{[]float64{0}, []int{0}}
					weight := 0.0
					for q, options := range c.options {
						x := float64(answer(i, q))
						if o.levels = append(o.levels, -1); int(x) == options { // left out
							o.values = append(o.values, math.NaN())
							continue
						}
						o.values = append(o.values, x)
						o.values[0] += c.weights[q] * x
						weight += c.weights[q]
					}
					if o.values[0] /= weight; o.values[0] >= 0.5 {
						o.levels[0] = 1
					}
					for range count {
						k.Add(o)
					}
				}
				figures := published(t, k, s)
				varied[figures] = varied[figures] || len(k.nodes[0].values.bins) > 1
				classes[figures] = append(classes[figures], slices.Clone(counts))
			})
			for q, options := range c.options {
				one := map[string][][]int64{}
				for figures, class := range classes {
					if c.missing && !varied[figures] {
						continue // all have one value, and are known to have it
					}
					for _, counts := range class {
						cells := make([]int64, options+1)
						for i, count := range counts {
							cells[answer(i, q)] += count
						}
						one[figures] = append(one[figures], cells[:options])
					}
				}
				checkClasses(t, one, fmt.Sprint("question ", q, " of ", c, ", ", n, " subjects"))
			}
		}
	}
}
