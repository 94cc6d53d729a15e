package maturity

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/modenhet/modenhet/internal/random"
)

func TestZZ(t *testing.T) {
	from, _ := strconv.Atoi(os.Getenv("FROM"))
	secs, _ := strconv.Atoi(os.Getenv("SECS"))
	if secs == 0 {
		secs = 10
	}
	end := time.Now().Add(time.Duration(secs) * time.Second)
	lanes, models, dead, odd, no, sums := 0, 0, 0, 0, 0, 0
	for seed := uint64(from); time.Now().Before(end); seed++ {
		r := rand.New(rand.NewPCG(seed, 77))
		doc := random.ModelOfOptions(r)
		m, err := Parse(doc, nil)
		if err != nil {
			t.Fatal(err)
		}
		s, err := Compile(m, nil)
		if err != nil {
			t.Fatal(err)
		}
		b, err := s.Batch()
		if err != nil {
			t.Fatal(err)
		}
		row, _ := s.Row()
		if b.lanes != nil {
			b.lanes.most = []int{maxTable, maxTable, 2000, 200, 40, 8}[r.IntN(6)]
		}
		models++
		if b.lanes == nil {
			no++
		}
		for turn := range 3 {
			n := []int{r.IntN(40), 505 + r.IntN(20), 1000 + r.IntN(100)}[r.IntN(3)]
			columns := make([][]uint8, len(s.questions))
			gap, na, bad := []float64{0, .1, .5}[r.IntN(3)], []float64{0, .1, .5}[r.IntN(3)], []float64{0, 0, .001}[r.IntN(3)]
			for q := range columns {
				columns[q] = make([]uint8, n)
				for i := range n {
					p := len(s.questions[q].points)
					switch {
					case r.Float64() < bad:
						columns[q][i] = uint8(r.IntN(256))
					case p == 0 || r.Float64() < gap:
						columns[q][i] = 255
					case r.Float64() < na && !s.questions[q].forbid:
						columns[q][i] = 254
					default:
						columns[q][i] = uint8(r.IntN(p))
					}
				}
			}
			if err := b.Score(columns); err != nil {
				t.Fatal(err)
			}
			errs := b.Errors()
			options := make([]int16, len(columns))
			for i := range n {
				for q := range columns {
					options[q] = int16(columns[q][i])
					if columns[q][i] >= 254 {
						options[q] = int16(int8(columns[q][i]))
					}
				}
				if err := row.Score(options); err != nil {
					if len(errs) == 0 || errs[0].Row != i || errs[0].Err.Error() != err.Error() {
						t.Fatalf("seed %d turn %d row %d: %v, %v\n%s", seed, turn, i, err, errs, doc)
					}
					errs = errs[1:]
					continue
				}
				if b.state[i] == byLanes {
					lanes++
				} else {
					odd++
				}
				for _, g := range b.groups {
					v, ok := row.Value(int(g))
					lv := row.Level(int(g))
					v2, ok2 := b.Value(int(g), i)
					lv2 := b.Level(int(g), i)
					if v != v2 || ok != ok2 || lv != lv2 {
						t.Fatalf("seed %d turn %d n %d row %d node %s: %v %v %d, batch %v %v %d state %d\n%v\n%s", seed, turn, n, i, s.nodes[g].ID, v, ok, lv, v2, ok2, lv2, b.state[i], options, doc)
					}
				}
			}
			if len(errs) > 0 {
				t.Fatal(seed, errs)
			}
		}
		if b.lanes != nil && b.lanes.dead {
			dead++
		}
		if b.lanes != nil {
			for i := range b.lanes.steps {
				if b.lanes.steps[i].sums {
					sums++
				}
			}
		}
	}
	fmt.Println("models", models, "no", no, "dead", dead, "sums", sums, "lanes", lanes, "rows", odd)
}
