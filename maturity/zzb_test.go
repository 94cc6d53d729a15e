package maturity

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime/pprof"
	"testing"
	"time"
)

func TestZZB(t *testing.T) {
	only := os.Getenv("ONLY")
	for _, c := range benchBatches() {
		if only != "" && c.name != only {
			continue
		}
		s := MustCompile(c.model, nil)
		const blocks, n = 16, 4096
		columns := make([][][]uint8, blocks)
		random := rand.New(rand.NewPCG(1, 2))
		var all [][]uint8
		for block := range columns {
			columns[block] = make([][]uint8, len(s.questions))
			data := make([]uint8, n*len(s.questions))
			all = append(all, data)
			for q := range s.questions {
				columns[block][q] = data[q*n : q*n+n]
			}
		}
		for i := range blocks * n {
			for q, option := range BenchRow(random, len(s.questions), c.missing) {
				o := uint8(option)
				if option >= 0 {
					o = min(o, uint8(len(s.questions[q].points)-1))
				}
				columns[i/n][q][i%n] = o
			}
		}
		b, _ := s.Batch()
		sum, levels := 0.0, [8]int{}
		var first time.Duration
		start := time.Now()
		for k := range blocks {
			b.Score(columns[k])
			if k == 0 {
				first = time.Since(start)
			}
		}
		warm := time.Since(start)
		best, bestAsk, bestBlock := time.Hour, time.Hour, time.Hour
		if only != "" {
			f, _ := os.Create("/tmp/b.prof")
			pprof.StartCPUProfile(f)
		}
		for time.Since(start) < 1500*time.Millisecond {
			whole := time.Now()
			for k := range blocks {
				from := time.Now()
				b.Score(columns[k])
				best = min(best, time.Since(from))
				from = time.Now()
				for i := range n {
					v, _ := b.Value(0, i)
					sum += v
					levels[b.Level(0, i)+1]++
				}
				bestAsk = min(bestAsk, time.Since(from))
			}
			bestBlock = min(bestBlock, time.Since(whole)/blocks)
		}
		read, total := time.Hour, uint64(0)
		for range 4 {
			for _, d := range all {
				from := time.Now()
				for ; len(d) >= 32; d = d[32:] {
					total += word(d) + word(d[8:]) + word(d[16:]) + word(d[24:])
				}
				read = min(read, time.Since(from))
			}
		}
		levels[0] += int(total & 1)
		pprof.StopCPUProfile()
		rows, lanes := 0, 0
		for _, st := range b.state {
			switch st {
			case byRow:
				rows++
			case byLanes:
				lanes++
			}
		}
		codes, tables := 0, 0
		if b.lanes != nil {
			for i := range b.lanes.steps {
				st := &b.lanes.steps[i]
				tables += len(st.table)
				if st.n != nil {
					codes = max(codes, len(b.lanes.nodes[st.node].cells))
				}
			}
		}
		fmt.Printf("%-24s read %4.2f score %6.1f ask %5.1f total-pass %6.1f ns/row; first block %v, all 64 %v; lanes %d rows %d of last 4096, most codes %d, tables %d\n", c.name, float64(read)/n, float64(best)/n, float64(bestAsk)/n, float64(bestBlock)/n, first, warm, lanes, rows, codes, tables)
	}
}
