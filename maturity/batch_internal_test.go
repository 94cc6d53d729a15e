package maturity

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/internal/random"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every way of a batch gives what a row gives, to the last bit: tables of all sizes, numbers, and what is left to
// the pipeline, on random models; up to and beyond the end of a block; with bytes that are no answers.
func TestBatchEqualsRow(t *testing.T) {
	count := uint64(300)
	if testing.Short() {
		count = 60
	}
	ways := map[string]int{}
	for seed := range count {
		r := rand.New(rand.NewPCG(seed, 7))
		document := random.ModelOfOptions(r)
		m, err := Parse(document, nil)
		require.NoError(t, err)
		s, err := Compile(m, nil)
		require.NoError(t, err)
		b, err := s.Batch()
		require.NoError(t, err)
		if b.lanes != nil {
			b.lanes.most = []int{maxTable, maxTable, 1000, 100, 8}[r.IntN(5)]
		}
		batchEqualsRow(t, r, fmt.Sprintf("seed %d\n%s", seed, document), s, b, ways)
	}
	for _, way := range []string{"codes", "numbers", "pipeline", "row"} {
		assert.Greater(t, ways[way], 10, way)
	}
}

// So it is on the models of the benchmark, with tables as large as they may be, and with small ones.
func TestBatchOfManyEqualsRow(t *testing.T) {
	ways := map[string]int{}
	for k, c := range benchBatches() {
		for _, most := range []int{maxTable, 300} {
			if c.slow {
				continue
			}
			s := MustCompile(c.model, nil)
			b, err := s.Batch()
			require.NoError(t, err)
			require.NotNil(t, b.lanes, c.name)
			b.lanes.most = most
			batchEqualsRow(t, rand.New(rand.NewPCG(uint64(most), uint64(k))), c.name, s, b, ways)
			assert.False(t, b.lanes.dead, c.name)
		}
	}
	for _, way := range []string{"codes", "numbers", "crossed", "pipeline", "wide"} {
		assert.Greater(t, ways[way], 10, way)
	}
}

func batchEqualsRow(t *testing.T, r *rand.Rand, name string, s *Scorer, b *Batch, ways map[string]int) {
	for turn := range 3 {
		n := 1 + r.IntN(60)
		if turn == 1 && r.IntN(20) == 0 {
			n = laneBlock - 2 + r.IntN(30)
		}
		columnsEqualRow(t, fmt.Sprintf("turn %d of %s", turn, name), s, b, drawColumns(r, s, n), ways)
	}
}

func columnsEqualRow(t *testing.T, name string, s *Scorer, b *Batch, columns [][]uint8, ways map[string]int) {
	row, err := s.Row()
	require.NoError(t, err)
	options, n := make([]int16, len(s.questions)), len(columns[0])
	require.NoError(t, b.Score(columns))
	errs := b.Errors()
	for i := range n {
		for q := range columns {
			if options[q] = int16(columns[q][i]); columns[q][i] > maxByteOption {
				options[q] = int16(int8(columns[q][i]))
			}
		}
		if err := row.Score(options); err != nil {
			require.NotEmpty(t, errs, name)
			require.Equal(t, &RowError{Row: i, Err: err}, errs[0], name)
			errs = errs[1:]
			continue
		}
		for g := range s.nodes {
			want, wantHas, level := 0.0, false, -1 // of a question
			if s.nodes[g].question < 0 {
				want, wantHas = row.Value(g)
				level = row.Level(g)
			}
			got, has := b.Value(g, i)
			if want != got || wantHas != has || level != b.Level(g, i) {
				t.Fatalf("%s: node %s of %d in %d: %v %v, level %d; by batch %v %v, level %d: %v", name,
					s.nodes[g].ID, i, n, want, wantHas, level, got, has, b.Level(g, i), options)
			}
			if b.state[i] == byLanes && b.place[g] >= 0 {
				ln := &b.lanes.nodes[g]
				switch den := ln.dens[i/laneBlock]; {
				case den < 0:
					ways["pipeline"]++
				case den > 0 && ln.step.crossed:
					ways["crossed"]++
				case den > 0:
					ways["numbers"]++
				default:
					ways["codes"]++
				}
			}
		}
		switch b.state[i] {
		case byWide:
			ways["wide"]++
		case byRow:
			ways["row"]++
		}
	}
	require.Empty(t, errs, name)
	for _, place := range [][2]int{{-1, 0}, {len(s.nodes), 0}, {0, -1}, {0, n}} {
		_, has := b.Value(place[0], place[1])
		require.False(t, has, name)
		require.Equal(t, -1, b.Level(place[0], place[1]), name)
	}
}

// drawColumns draws n assessments, some with gaps, with questions that do not apply, or with bytes that are no answers.
func drawColumns(r *rand.Rand, s *Scorer, n int) [][]uint8 {
	columns := make([][]uint8, len(s.questions))
	missing, not, wrong := []float64{0, 0, 0.1, 0.5, 1}[r.IntN(5)], []float64{0, 0, 0.1, 0.5, 1}[r.IntN(5)], []float64{0, 0, 0.002}[r.IntN(3)]
	for q := range columns {
		columns[q] = make([]uint8, n)
		for i := range columns[q] {
			points := len(s.questions[q].points)
			switch {
			case r.Float64() < wrong:
				columns[q][i] = uint8(r.IntN(256))
			case points == 0 || r.Float64() < missing:
				columns[q][i] = 256 + NoAnswer
			case r.Float64() < not && !s.questions[q].forbid:
				columns[q][i] = 256 + NoApply
			default:
				columns[q][i] = uint8(r.IntN(points))
			}
		}
	}
	return columns
}

// Once every outcome has been met, a batch takes no memory, and where no group is left to the pipeline, tables and sums
// tell them all.
func TestBatchTakesNoMemory(t *testing.T) {
	const unworked = -7
	told := 0 // models
	for _, c := range benchBatches() {
		if c.slow {
			continue
		}
		s := MustCompile(c.model, nil)
		b, err := s.Batch()
		require.NoError(t, err)
		columns := make([][]uint8, len(s.questions))
		for q := range columns {
			columns[q] = make([]uint8, 300)
			for i := range columns[q] {
				if columns[q][i] = uint8((i/3 + i/7*q) % 5); (i+q)%11 == 0 {
					columns[q][i] = 256 + NoAnswer
				}
			}
		}
		for range 3 { // where children become numbers, that is from the second block on
			require.NoError(t, b.Score(columns))
		}
		for _, g := range b.groups {
			b.lanes.w.cells[g].root = unworked
		}
		assert.Zero(t, testing.AllocsPerRun(5, func() { _ = b.Score(columns) }), c.name)
		if !b.lanes.loose {
			told++
			for _, g := range b.groups {
				assert.EqualValues(t, unworked, b.lanes.w.cells[g].root, "%s: %s", c.name, s.nodes[g].ID)
			}
		}
		for q := range columns {
			columns[q][0] = 256 + NoAnswer
			columns[q][1] = 256 + NoApply
		}
		require.NoError(t, b.Score(columns))
		assert.NotContains(t, b.state, uint8(byRow), c.name)
	}
	assert.Equal(t, 19, told)
}

// Assessments without gaps go by the wide program, and others by lanes where they are not few; after those, for a
// while, all by lanes.
func TestBatchWays(t *testing.T) {
	s := MustCompile(BenchModel(1, 2, 3), nil)
	b, err := s.Batch()
	require.NoError(t, err)
	columns := make([][]uint8, len(s.questions))
	ways := func(gaps int) (found [4]int) {
		for q := range columns {
			columns[q] = make([]uint8, 20)
		}
		for i := range gaps {
			columns[i%6][i*2] = 256 + NoAnswer
		}
		columnsEqualRow(t, "ways", s, b, columns, map[string]int{})
		for _, way := range b.state {
			found[way]++
		}
		return found
	}
	assert.Equal(t, [4]int{byWide: 12, byRow: few}, ways(few))
	assert.Equal(t, [4]int{byWide: 20}, ways(0))
	assert.Equal(t, [4]int{byWide: 11, byLanes: few + 1}, ways(few+1))
	for range 32 {
		assert.Equal(t, [4]int{byLanes: 20}, ways(0))
	}
	assert.Equal(t, [4]int{byWide: 20}, ways(0))
}

// Of a question of any length, lanes take each byte that is an answer, and only those.
func TestBatchOfLongQuestions(t *testing.T) {
	for _, options := range []int{2, 3, 125, 126, 127, 128, 252, 253, 254} {
		for _, policy := range []string{"exclude", "forbid"} {
			s, err := CompileJSON(fmt.Appendf(nil, `{"id":"m","version":"1.0.0","notApplicable":%q,"aggregate":"max","children":[
				{"id":"q","answer":{"type":"scale","min":0,"max":%d}},{"id":"r","answer":{"type":"yesno"}}]}`, policy, options-1), nil)
			require.NoError(t, err)
			b, err := s.Batch()
			require.NoError(t, err)
			for _, n := range []int{257, 128} { // every byte, and those without the highest bit alone
				columns := [][]uint8{make([]uint8, n), make([]uint8, n)}
				for i := range columns[0] {
					columns[0][i] = uint8(i)
				}
				name := fmt.Sprintf("%d options, %s", options, policy)
				columnsEqualRow(t, name, s, b, columns, map[string]int{})
				require.Equal(t, options < 254, b.lanes != nil, name)
				for i, way := range b.state {
					if b.lanes != nil && way != refused {
						assert.EqualValues(t, byLanes, way, "%s: %d", name, i)
					}
				}
			}
		}
	}
}

// A group that comes to more outcomes than there are codes goes by rows from then on.
func TestBatchOfManyOutcomes(t *testing.T) {
	s, err := CompileJSON([]byte(`{"id":"m","version":"1.0.0","aggregate":"sum","base":1,"children":[
		{"id":"q","answer":{"type":"scale","min":0,"max":129}},{"id":"r","weight":130,"answer":{"type":"scale","min":0,"max":129}}]}`), nil)
	require.NoError(t, err)
	b, err := s.Batch()
	require.NoError(t, err)
	columns := [][]uint8{make([]uint8, 130*130), make([]uint8, 130*130)}
	for i := range columns[0] {
		columns[0][i], columns[1][i] = uint8(i%130), uint8(i/130)
	}
	for range 2 {
		ways := map[string]int{}
		columnsEqualRow(t, "many", s, b, columns, ways)
		assert.Equal(t, map[string]int{"codes": maxCodes - 1, "row": 130*130 - maxCodes + 1}, ways)
		assert.Len(t, b.lanes.nodes[0].cells, maxCodes)
	}
}

// Sums of the wide program take the narrowest lanes that hold them, and points that rise evenly no steps.
func TestWideLanes(t *testing.T) {
	question := func(id string, points ...int) string {
		var options []string
		for i, p := range points {
			options = append(options, fmt.Sprintf(`{"value":"%d","points":%d}`, i, p))
		}
		return `{"id":"` + id + `","answer":{"type":"choice","options":[` + strings.Join(options, ",") + `]}}`
	}
	scale := func(min, max int) string {
		return fmt.Sprintf(`{"id":"s","answer":{"type":"scale","min":%d,"max":%d}}`, min, max)
	}
	group := func(id string, weight int, children string) string {
		return fmt.Sprintf(`{"id":%q,"weight":%d,"children":[%s]}`, id, weight, children)
	}
	for _, c := range []struct {
		children string
		widths   []int // of groups
		steps    int   // of the first
	}{
		{question("a", 0, 255), []int{1}, 0},
		{question("a", 0, 256), []int{2}, 0},
		{question("a", -32768, 32767), []int{2}, 0},
		{question("a", -32768, 32768), []int{8}, 0},
		{question("a", 7), []int{1}, 0},
		{question("a", 3, 5, 7), []int{1}, 0},
		{question("a", 3, 5, 5, 9), []int{1}, 2},
		{question("a", 9, 5, 4, 9) + "," + question("b", 0, 300), []int{2}, 3},
		{scale(1, 128), []int{1}, 0},
		{scale(1, 129), []int{8}, 0},
		{group("g", 3, question("a", 0, 1)) + "," + group("h", 2, question("b", -400, 1, 400)), []int{4, 1, 2}, 0},
		{group("g", 65537, question("a", -32768, 32767)), []int{4, 2}, 0},
		{group("g", 65537, question("a", -32768, 32767)) + "," + group("h", 1, question("b", 0, 1)), []int{8, 2, 1}, 0},
		{group("g", 1, scale(-3, 3)) + "," + question("b", -2, 5), []int{8, 1}, 0},
		{group("g", 1, scale(-3, 3)+","+group("h", 1, question("a", 1, 2))+","+group("i", 1, question("b", -400, 400))), []int{8, 8, 1, 2}, 0},
		{group("g", 1, group("h", 1, question("a", 1, 2))+","+group("i", 3, question("b", -400, 400))) + "," + question("c", -1, 1), []int{8, 4, 1, 2}, 0},
	} {
		model := `{"id":"m","version":"1.0.0","children":[` + c.children + `]}`
		s, err := CompileJSON([]byte(model), nil)
		require.NoError(t, err)
		b, err := s.Batch()
		require.NoError(t, err)
		require.NotNil(t, b.wide, model)
		var widths []int
		for _, sum := range b.wide.sums {
			widths = append(widths, sum.width)
		}
		assert.Equal(t, c.widths, widths, model)
		if terms := b.wide.sums[0].terms; terms != nil {
			assert.Len(t, terms[0].steps, c.steps, model)
		}
		r, ways := rand.New(rand.NewPCG(1, 1)), map[string]int{}
		columns := make([][]uint8, len(s.questions)) // of several blocks, without gaps
		for q := range columns {
			for range 2*laneBlock + 9 {
				columns[q] = append(columns[q], uint8(r.IntN(len(s.questions[q].points))))
			}
		}
		columnsEqualRow(t, model, s, b, columns, ways)
		assert.Equal(t, 2*laneBlock+9, ways["wide"], model)
		batchEqualsRow(t, r, model, s, b, ways)
	}
}

// Every byte in every place of a group, alone and eight at a time, is scored as by a row, or is no answer.
func TestBatchOfEveryByte(t *testing.T) {
	for _, questions := range []int{1, 5, 6} {
		for _, points := range [][]string{{"0", "1", "2"}, {"-2", "-1", "3"}, {"500", "200"}, {"500000", "200"}} {
			m := BenchModel(1, 2, questions)
			for i, o := range m.OptionSets["grades"][:len(points)] {
				o.Points = Decimal(points[i])
			}
			m.OptionSets["grades"] = m.OptionSets["grades"][:len(points)]
			s := MustCompile(m, nil)
			b, err := s.Batch()
			require.NoError(t, err)
			columns := make([][]uint8, 2*questions)
			for k := range 2 * questions {
				for q := range columns {
					columns[q] = make([]uint8, 2048+3)
					for i := range columns[q] {
						if columns[q][i] = uint8((i + i/256*q) % len(points)); q == k%questions && (k >= questions || i%8 == i/8%8) {
							columns[q][i] = uint8(i / 8)
						}
					}
				}
				b.spared = 0
				columnsEqualRow(t, fmt.Sprintf("%d questions of %v", questions, points), s, b, columns, map[string]int{})
			}
		}
	}
}
