package maturity

import (
	"fmt"
	"math/rand/v2"
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
	row, err := s.Row()
	require.NoError(t, err)
	options := make([]int16, len(s.questions))
	for turn := range 3 {
		n := 1 + r.IntN(60)
		if turn == 1 && r.IntN(20) == 0 {
			n = laneBlock - 2 + r.IntN(30)
		}
		columns := drawColumns(r, s, n)
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
			for _, g := range b.groups {
				want, wantHas := row.Value(int(g))
				got, has := b.Value(int(g), i)
				if want != got || wantHas != has || row.Level(int(g)) != b.Level(int(g), i) {
					t.Fatalf("%s: node %s of %d in %d, turn %d: %v %v, level %d; by batch %v %v, level %d: %v", name,
						s.nodes[g].ID, i, n, turn, want, wantHas, row.Level(int(g)), got, has, b.Level(int(g), i), options)
				}
				if b.state[i] == byLanes {
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
	}
}

// drawColumns draws n assessments, some with gaps, with questions that do not apply, or with bytes that are no answers.
func drawColumns(r *rand.Rand, s *Scorer, n int) [][]uint8 {
	columns := make([][]uint8, len(s.questions))
	missing, not, wrong := []float64{0, 0, 0.1, 0.5}[r.IntN(4)], []float64{0, 0, 0.1, 0.5}[r.IntN(4)], []float64{0, 0, 0.002}[r.IntN(3)]
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

// Once every outcome has been met, a batch takes no memory.
func TestBatchTakesNoMemory(t *testing.T) {
	for _, c := range benchBatches() {
		if c.slow {
			continue
		}
		s := MustCompile(c.model, nil)
		b, err := s.Batch()
		require.NoError(t, err)
		columns := drawColumns(rand.New(rand.NewPCG(3, 3)), s, 300)
		for range 2 { // where children become numbers, that is from the second block on
			require.NoError(t, b.Score(columns))
		}
		assert.Zero(t, testing.AllocsPerRun(5, func() { _ = b.Score(columns) }), c.name)
	}
}
