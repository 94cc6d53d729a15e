package maturity

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// This file holds the models, the assessments and the clock of the benchmarks, and those benchmarks that
// need what is inside the package. Names begin with Bench where bench_test.go uses them too.

// BenchOptions are the options of every generated question; the one at index i has i points.
var BenchOptions = [...]string{"none", "started", "partly", "managed", "optimised"}

// BenchFrom are the thresholds of every ladder above its first level.
var BenchFrom = [...]string{"0.8", "1.6", "2.4", "3.2"}

// BenchModel makes a model of three levels: a root of dimensions, each of practices, each of questions.
// Every group is a mean with whole weights from 1 to 3 and a ladder of five levels.
func BenchModel(dimensions, practices, questions int) *Model {
	m := &Model{Version: "1.0.0", Language: "en"}
	var options []*Option
	for i, value := range BenchOptions {
		options = append(options, &Option{Value: value, Points: Decimal(fmt.Sprint(i))})
	}
	ladder := []*Level{{ID: "first"}}
	for i, from := range BenchFrom {
		ladder = append(ladder, &Level{ID: [...]string{"second", "third", "fourth", "fifth"}[i], From: Decimal(from)})
	}
	m.OptionSets = map[string][]*Option{"grades": options}
	m.Ladders = map[string][]*Level{"five": ladder}
	m.Node = Node{ID: "bench", Levels: Ladder{Use: "five"}}
	at := 0
	weight := func() Decimal {
		at++
		return Decimal(fmt.Sprint(1 + at*at%7%3))
	}
	for d := range dimensions {
		dimension := &Node{ID: fmt.Sprintf("dimension-%d", d+1), Weight: weight(), Levels: Ladder{Use: "five"}}
		for p := range practices {
			practice := &Node{ID: fmt.Sprintf("practice-%d-%d", d+1, p+1), Weight: weight(), Levels: Ladder{Use: "five"}}
			for q := range questions {
				practice.Children = append(practice.Children, &Node{ID: fmt.Sprintf("question-%d-%d-%d", d+1, p+1, q+1),
					Weight: weight(), Answer: &Answer{Type: Choice, Use: "grades"}})
			}
			dimension.Children = append(dimension.Children, practice)
		}
		m.Children = append(m.Children, dimension)
	}
	return m
}

// BenchRow draws the options that answer the questions of one assessment, in document order; -1 leaves
// one out, which happens to one in ten where some are to be missing. Each subject has a mean of its own,
// so that the groups spread over all levels.
func BenchRow(random *rand.Rand, questions int, missing bool) []int8 {
	row := make([]int8, questions)
	mean := random.Float64() * 4
	for i := range row {
		if row[i] = int8(min(max(math.Round(mean+random.NormFloat64()*1.2), 0), 4)); missing && random.IntN(10) == 0 {
			row[i] = -1
		}
	}
	return row
}

// BenchRows draws many rows, always the same ones.
func BenchRows(s *Scorer, rows int, missing bool) [][]int8 {
	random := rand.New(rand.NewPCG(1, 2))
	drawn := make([][]int8, rows)
	for i := range drawn {
		drawn[i] = BenchRow(random, len(s.questions), missing)
	}
	return drawn
}

// BenchDocument writes a row as the JSON of an assessment.
func BenchDocument(s *Scorer, row []int8) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, `{"model":{"id":%q,"version":%q},"subject":{"id":"4204"},"date":"2026-11-23","answers":{`, s.ref.ID, s.ref.Version)
	comma := ""
	for i, option := range row {
		if option >= 0 {
			fmt.Fprintf(&b, "%s%q:%q", comma, s.nodes[s.questions[i].node].ID, BenchOptions[option])
			comma = ","
		}
	}
	b.WriteString("}}")
	return []byte(b.String())
}

// BenchPool makes assessments of rows by reading them from JSON, as a server would get them, so that no
// string is shared with the model or with another assessment.
func BenchPool(tb testing.TB, s *Scorer, rows [][]int8) []*Assessment {
	pool := make([]*Assessment, len(rows))
	for i, row := range rows {
		a, err := s.ParseAssessment(BenchDocument(s, row))
		if err != nil {
			tb.Fatal(err)
		}
		pool[i] = a
	}
	return pool
}

// A BenchSide is one side of a comparison: a pass over many rows.
type BenchSide struct {
	Name string
	Pass func()
	Rows int // how many rows a pass goes over, where it is not all
}

// BenchCompare times two or more sides in turns, so that a busy machine slows all of them alike, and reports
// the median time of a row and, of the first side to each other, the median ratio. One iteration of the
// benchmark is one pass of every side.
func BenchCompare(b *testing.B, rows int, sides ...BenchSide) {
	times := make([][]float64, len(sides))
	for _, side := range sides {
		side.Pass() // once before the clock runs
	}
	turn := 0
	for b.Loop() {
		for k := range sides {
			k = (k + turn) % len(sides)
			start := time.Now()
			sides[k].Pass()
			took := float64(time.Since(start))
			if sides[k].Rows > 0 {
				times[k] = append(times[k], took/float64(sides[k].Rows))
			} else {
				times[k] = append(times[k], took/float64(rows))
			}
		}
		turn++
	}
	b.ReportMetric(0, "ns/op")
	for k, side := range sides {
		b.ReportMetric(benchMedian(times[k]), side.Name+"-ns/row")
		if k > 0 {
			ratios := make([]float64, len(times[k]))
			for i := range ratios {
				ratios[i] = times[0][i] / times[k][i]
			}
			b.ReportMetric(benchMedian(ratios), sides[0].Name+"/"+side.Name)
		}
	}
}

func benchMedian(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return (sorted[len(sorted)/2] + sorted[(len(sorted)-1)/2]) / 2
}

// A benchSums is the model of 4×5×5 questions as a developer would write it by hand: the sums over
// resolved options, and nothing else.
type benchSums struct {
	dimensions [4]float64
	practices  [20]float64
	questions  [100]float64
}

type benchSum struct {
	value float64
	level int8 // -1: no value
}

type benchSumsResult struct {
	root       benchSum
	dimensions [4]benchSum
	practices  [20]benchSum
	questions  [100]float64 // NaN: no value
}

const benchMissing = math.MaxUint8

func newBenchSums(s *Scorer) *benchSums {
	m := new(benchSums)
	for i, d := range s.model.Children {
		m.dimensions[i] = d.Weight.Float64()
		for j, p := range d.Children {
			m.practices[i*5+j] = p.Weight.Float64()
			for k, q := range p.Children {
				m.questions[i*25+j*5+k] = q.Weight.Float64()
			}
		}
	}
	return m
}

func benchMean(sum, total float64) benchSum {
	if total == 0 {
		return benchSum{level: -1}
	}
	n := benchSum{value: sum / total}
	switch {
	case n.value >= 3.2:
		n.level = 4
	case n.value >= 2.4:
		n.level = 3
	case n.value >= 1.6:
		n.level = 2
	case n.value >= 0.8:
		n.level = 1
	}
	return n
}

func (m *benchSums) score(r *benchSumsResult, options []uint8) {
	question, practice := 0, 0
	rootSum, rootTotal := 0.0, 0.0
	for d := range r.dimensions {
		dimensionSum, dimensionTotal := 0.0, 0.0
		for range 5 {
			sum, total := 0.0, 0.0
			for range 5 {
				if option := options[question]; option != benchMissing {
					points := float64(option)
					r.questions[question] = points
					sum += m.questions[question] * points
					total += m.questions[question]
				} else {
					r.questions[question] = math.NaN()
				}
				question++
			}
			n := benchMean(sum, total)
			if r.practices[practice] = n; n.level >= 0 {
				dimensionSum += m.practices[practice] * n.value
				dimensionTotal += m.practices[practice]
			}
			practice++
		}
		n := benchMean(dimensionSum, dimensionTotal)
		if r.dimensions[d] = n; n.level >= 0 {
			rootSum += m.dimensions[d] * n.value
			rootTotal += m.dimensions[d]
		}
	}
	r.root = benchMean(rootSum, rootTotal)
}

// sameAs compares with what a workspace worked out.
func (r *benchSumsResult) sameAs(tb testing.TB, w *workspace) {
	tb.Helper()
	same := func(i int32, value float64, has bool) {
		c := &w.cells[i]
		if has != (c.status == scored) || has && math.Abs(value-c.value.float()) > 1e-9 {
			tb.Fatalf("%s: %v by hand, %v by the engine", w.s.nodes[i].ID, value, c.value)
		}
	}
	group := func(i int32, n benchSum) {
		same(i, n.value, n.level >= 0)
		if math.Abs(math.Remainder(n.value, 0.8)) > 1e-9 && int16(n.level) != w.cells[i].level {
			tb.Fatalf("%s: level %d by hand, %d by the engine", w.s.nodes[i].ID, n.level, w.cells[i].level)
		}
	}
	i := int32(0)
	next := func() int32 { i++; return i - 1 }
	group(next(), r.root)
	for d := range 4 {
		group(next(), r.dimensions[d])
		for p := range 5 {
			group(next(), r.practices[d*5+p])
			for q := range 5 {
				value := r.questions[d*25+p*5+q]
				same(next(), value, !math.IsNaN(value))
			}
		}
	}
}

// BenchmarkCore compares the arithmetic alone: a Row, and workspace.run over resolved answers (which also
// keeps statuses, completeness and ranges), with a hand-written function over option indexes.
func BenchmarkCore(b *testing.B) {
	s := MustCompile(BenchModel(4, 5, 5), nil)
	for _, missing := range []bool{false, true} {
		b.Run(benchName(missing), func(b *testing.B) {
			rows := BenchRows(s, 4096, missing)
			w, m, r := newWorkspace(s), newBenchSums(s), new(benchSumsResult)
			resolved := make([][]answer, len(rows))
			options := make([][]uint8, len(rows))
			numbers := make([][]int16, len(rows))
			r16, err := s.Row()
			if err != nil {
				b.Fatal(err)
			}
			for i, row := range rows {
				resolved[i] = make([]answer, len(row))
				options[i] = make([]uint8, len(row))
				numbers[i] = make([]int16, len(row))
				for j, option := range row {
					resolved[i][j], options[i][j], numbers[i][j] = answer{option: -1}, benchMissing, NoAnswer
					if option >= 0 {
						resolved[i][j] = answer{state: answered, option: int32(option)}
						options[i][j], numbers[i][j] = uint8(option), int16(option)
					}
				}
				w.answers = resolved[i]
				w.run()
				m.score(r, options[i])
				r.sameAs(b, w)
			}
			hand := BenchSide{Name: "hand", Pass: func() {
				for _, o := range options {
					m.score(r, o)
				}
			}}
			b.Run("row", func(b *testing.B) {
				groups, outcome := benchGroups(s), make([]benchSum, len(s.nodes))
				score := func(o []int16) { // a Row works values and levels out when asked, so ask for all
					if r16.Score(o) != nil {
						b.Fatal("a row is refused")
					}
					for _, at := range groups {
						value, _ := r16.Value(at)
						outcome[at] = benchSum{value, int8(r16.Level(at))}
					}
				}
				for i, o := range numbers {
					score(o)
					w.answers = resolved[i]
					w.run()
					for _, at := range groups {
						c := &w.cells[at]
						if n := outcome[at]; c.status == scored && n.value != c.value.float() || int16(n.level) != c.level {
							b.Fatalf("%s: %v by row, %v and level %d by run", s.nodes[at].ID, n, c.value, c.level)
						}
					}
				}
				BenchCompare(b, len(rows), BenchSide{Name: "row", Pass: func() {
					for _, o := range numbers {
						score(o)
					}
				}}, hand)
			})
			b.Run("run", func(b *testing.B) {
				BenchCompare(b, len(rows), BenchSide{Name: "run", Pass: func() {
					for _, answers := range resolved {
						w.answers = answers
						w.run()
					}
				}}, hand)
			})
		})
	}
}

// BenchmarkBatch compares scoring a block of columns with reading as many bytes, word by word, by a loop that
// only adds them up. Both sides go round the same 105 MB, which are more than the caches hold, half a round apart. A pass is one
// block, short enough that a busy machine seldom breaks in. The value and the level of the root are asked for in
// every assessment, those of the other groups are not. Most outcomes that lanes
// keep were met before the clock runs.
func BenchmarkBatch(b *testing.B) {
	const blocks, n, questions = 256, 4096, 100
	drawn := map[bool][]byte{}
	for _, c := range benchBatches() {
		b.Run(c.name, func(b *testing.B) {
			s := MustCompile(c.model, nil)
			data := drawn[c.missing]
			if data == nil {
				data = make([]byte, blocks*n*questions)
				random := rand.New(rand.NewPCG(1, 2))
				for i := range blocks * n {
					for q, option := range BenchRow(random, questions, c.missing) {
						data[(i/n*questions+q)*n+i%n] = uint8(option)
					}
				}
				drawn[c.missing] = data
			}
			columns := make([][][]uint8, blocks)
			for block := range columns {
				for q := range questions {
					at := (block*questions + q) * n
					columns[block] = append(columns[block], data[at:at+n])
				}
			}
			batch, err := s.Batch()
			if err != nil {
				b.Fatal(err)
			}
			sum, levels, total := 0.0, [8]int{}, uint64(0)
			score := func(columns [][]uint8) {
				if err := batch.Score(columns); err != nil {
					b.Fatal(err)
				}
				for i := range n {
					value, _ := batch.Value(0, i)
					sum += value
					levels[batch.Level(0, i)+1]++
				}
			}
			for _, block := range columns[:blocks/4] { // most that is kept of outcomes is there
				if score(block); c.slow {
					break
				}
			}
			if allocs := testing.AllocsPerRun(10, func() { score(columns[1]) }); allocs != 0 && !c.slow {
				b.Errorf("%v allocations in %d assessments", allocs, n)
			}
			at := 0
			BenchCompare(b, n, BenchSide{Name: "batch", Pass: func() {
				at = (at + 1) % blocks
				score(columns[at])
			}}, BenchSide{Name: "read", Pass: func() {
				far := (at + blocks/2) % blocks * n * questions // long out of the caches
				for d := data[far : far+n*questions]; len(d) >= 32; d = d[32:] {
					total += word(d) + word(d[8:]) + word(d[16:]) + word(d[24:])
				}
			}})
		})
	}
}

type benchBatch struct {
	name    string
	model   *Model
	missing bool
	slow    bool // it is beyond what lanes hold
}

// benchBatches are models of 100 questions.
func benchBatches() (list []benchBatch) {
	slow := false
	add := func(name string, missing bool, change func(m *Model, n *Node)) {
		m := BenchModel(4, 5, 5)
		for _, n := range m.Nodes() {
			change(m, n)
		}
		list = append(list, benchBatch{name, m, missing, slow})
	}
	groups := func(change func(n *Node)) func(m *Model, n *Node) {
		return func(_ *Model, n *Node) {
			if n.Children != nil {
				change(n)
			}
		}
	}
	add("means", false, func(*Model, *Node) {})
	add("means/uneven-points", false, func(m *Model, _ *Node) {
		m.OptionSets["grades"][1].Points, m.OptionSets["grades"][2].Points = "0.25", "0.5"
	})
	add("means/missing=10%", true, func(*Model, *Node) {})
	add("lowest", false, groups(func(n *Node) { n.Aggregate = Min }))
	add("median", true, groups(func(n *Node) { n.Aggregate = Median }))
	add("sums/rounded", true, groups(func(n *Node) { n.Aggregate, n.Round, n.Levels = Sum, &Rounding{Digits: 1}, Ladder{} }))
	add("shares", false, groups(func(n *Node) { n.Aggregate, n.Levels = Share, Ladder{} }))
	add("hidden", true, func(_ *Model, n *Node) {
		if len(n.ID) > 10 && n.ID[len(n.ID)-2:] == "-5" && n.Answer != nil {
			n.When = &Condition{Question: n.ID[:len(n.ID)-1] + "4", In: []any{"managed", "optimised"}}
		}
	})
	add("gates", true, groups(func(n *Node) {
		if n.ID != "bench" && n.Children[0].Answer == nil {
			levels := []*Level{{ID: "first"}, {ID: "second", From: "2", Require: &Condition{Node: n.Children[0].ID, Value: &Comparison{AtLeast: "2"}}}}
			n.Levels = Ladder{Levels: levels}
		}
	}))
	add("staged", true, groups(func(n *Node) {
		n.Aggregate, n.Levels = Staged, Ladder{}
		for i, c := range n.Children {
			c.Stage = 1 + i/2
		}
	}))
	add("sums/ratio-levels", true, groups(func(n *Node) {
		n.Aggregate, n.Levels = Sum, Ladder{Levels: []*Level{{ID: "first"}, {ID: "second", From: "0.5", Of: ReadRatio}, {ID: "third", Above: "0.8", Of: ReadRatio}}}
	}))
	add("adjusted", true, groups(func(n *Node) {
		n.Adjust = []Adjustment{{When: &Condition{Value: &Comparison{LessThan: "1"}}, Multiply: "0.5"}, {AtMost: "3"}}
	}))
	add("scaled/rounded", true, groups(func(n *Node) {
		n.Read, n.Scale, n.Round = ReadRatio, &Scale{Min: "0", Max: "10"}, &Rounding{Digits: 1}
	}))
	add("lowest-counts", true, func(m *Model, _ *Node) { m.Missing = Lowest })
	add("none-counts", true, func(m *Model, _ *Node) { m.Missing = None })
	flat := func(name string, dimensions, questions int, change func(n *Node)) {
		m := BenchModel(dimensions, 1, questions)
		for _, d := range m.Children {
			d.Children = d.Children[0].Children
		}
		for _, n := range m.Nodes() {
			if n.Children != nil {
				change(n)
			}
		}
		list = append(list, benchBatch{name, m, true, slow})
	}
	flat("flat/means", 4, 25, func(*Node) {})
	flat("flat/one-mean", 1, 100, func(*Node) {})
	flat("flat/medians", 4, 25, func(n *Node) { n.Aggregate = Median })
	flat("flat/lowest", 4, 25, func(n *Node) { n.Aggregate = Min })
	flat("flat/sums", 4, 25, func(n *Node) {
		n.Aggregate, n.Levels = Sum, Ladder{Levels: []*Level{{ID: "first"}, {ID: "second", From: "0.5", Of: ReadRatio}}}
	})
	flat("flat/staged", 4, 25, func(n *Node) {
		n.Aggregate, n.Need, n.Levels = Staged, "0.5", Ladder{}
		for i, c := range n.Children {
			c.Stage = 1 + i/7
		}
	})
	add("geometric/rounded", true, func(m *Model, n *Node) {
		if m.OptionSets["grades"][0].Points = "1"; n.Children != nil {
			n.Aggregate, n.Round = Geometric, &Rounding{Digits: 1}
		}
	})
	slow = true
	add("geometric", true, func(m *Model, n *Node) {
		if m.OptionSets["grades"][0].Points = "1"; n.Children != nil {
			if n.Aggregate = Geometric; n.ID != "bench" {
				n.Round = &Rounding{Digits: 1}
			}
		}
	})
	add("products", true, groups(func(n *Node) { n.Aggregate, n.Read = Product, ReadRatio }))
	return list
}

// benchGroups are the indexes of the groups.
func benchGroups(s *Scorer) (groups []int) {
	for i := range s.nodes {
		if s.nodes[i].question < 0 {
			groups = append(groups, i)
		}
	}
	return groups
}

func benchName(missing bool) string {
	if missing {
		return "missing=10%"
	}
	return "complete"
}

// BenchmarkJSON compares JSON in to JSON out with what reading alone takes: the engine's own tokenizer, and
// that of encoding/json, over the input, and over the input and the output.
func BenchmarkJSON(b *testing.B) {
	s := MustCompile(BenchModel(4, 5, 5), nil)
	rows := BenchRows(s, 1024, false)
	in, out := make([][]byte, len(rows)), make([][]byte, len(rows))
	inText, outText := make([]string, len(rows)), make([]string, len(rows))
	r, buffer := new(Result), []byte(nil)
	score := func(data []byte) {
		if err := s.ScoreJSON(r, data); err != nil {
			b.Fatal(err)
		}
		buffer = r.AppendJSON(buffer[:0])
	}
	bytesIn, bytesOut := 0, 0
	for i, row := range rows {
		in[i] = BenchDocument(s, row)
		score(in[i])
		out[i] = slices.Clone(buffer)
		inText[i], outText[i] = string(in[i]), string(out[i])
		bytesIn, bytesOut = bytesIn+len(in[i]), bytesOut+len(out[i])
	}
	d, none := new(document), (*Options)(nil)
	own := func(src string) {
		if r := none.report(); !readDocument(d, src, r, none) || len(r.issues) > 0 {
			b.Fatal("no JSON")
		}
	}
	standard := func(data []byte) {
		decoder := json.NewDecoder(strings.NewReader(string(data)))
		for {
			if _, err := decoder.Token(); err != nil {
				if !errors.Is(err, io.EOF) {
					b.Fatal(err)
				}
				return
			}
		}
	}
	BenchCompare(b, len(rows),
		BenchSide{Name: "engine", Pass: func() {
			for _, data := range in {
				score(data)
			}
		}},
		BenchSide{Name: "own(in)", Pass: func() {
			for _, src := range inText {
				own(src)
			}
		}},
		BenchSide{Name: "own(in+out)", Pass: func() {
			for i := range inText {
				own(inText[i])
				own(outText[i])
			}
		}},
		BenchSide{Name: "std(in)", Pass: func() {
			for _, data := range in {
				standard(data)
			}
		}},
		BenchSide{Name: "std(in+out)", Pass: func() {
			for i := range in {
				standard(in[i])
				standard(out[i])
			}
		}})
	b.ReportMetric(float64(bytesIn)/float64(len(rows)), "B-in")
	b.ReportMetric(float64(bytesOut)/float64(len(rows)), "B-out")
}

// BenchmarkDocument is JSON in to JSON out alone, for comparing platforms (wasm/js/measure).
func BenchmarkDocument(b *testing.B) {
	s := MustCompile(BenchModel(4, 5, 5), nil)
	var in [][]byte
	for _, row := range BenchRows(s, 1024, false) {
		in = append(in, BenchDocument(s, row))
	}
	r, buffer := new(Result), []byte(nil)
	for i := 0; b.Loop(); i++ {
		if err := s.ScoreJSON(r, in[i%len(in)]); err != nil {
			b.Fatal(err)
		}
		buffer = r.AppendJSON(buffer[:0])
	}
}
