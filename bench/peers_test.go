package bench

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types/ref"
	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"
	"github.com/modenhet/modenhet/maturity"
)

// weightedMean is the text of Σ w·x / Σ w, spelt out; both languages read it.
func weightedMean(n int, weight func(int) int, x func(int) string) string {
	terms, total := make([]string, n), 0
	for i := range n {
		if terms[i] = x(i); weight(i) != 1 {
			terms[i] = fmt.Sprintf("%d.0*%s", weight(i), x(i))
		}
		total += weight(i)
	}
	return fmt.Sprintf("(%s)/%d.0", strings.Join(terms, "+"), total)
}

func (w *weights) practice(p int) string {
	return weightedMean(five, func(q int) int { return w.questions[p*five+q] }, func(q int) string { return fmt.Sprintf("a[%d]", p*five+q) })
}

// root is the whole nested mean as one expression over the list a.
func (w *weights) root() string {
	return weightedMean(dimensions, func(d int) int { return w.dimensions[d] }, func(d int) string {
		return weightedMean(five, func(p int) int { return w.practices[d*five+p] }, func(p int) string { return w.practice(d*five + p) })
	})
}

// levelOf is the text of the level of x, from 0.
func levelOf(x string) string {
	text := ""
	for level := len(thresholds); level > 0; level-- {
		text += fmt.Sprintf("%s >= %v ? %d : ", x, thresholds[level-1], level)
	}
	return "(" + text + "0)"
}

// all is an expr program of the values of all 25 groups, practices first, root last, and then of their levels.
func (w *weights) allExpr() string {
	var text strings.Builder
	var values, levels []string
	name := func(name, mean string) {
		fmt.Fprintf(&text, "let %s = %s; ", name, mean)
		values, levels = append(values, name), append(levels, levelOf(name))
	}
	for p := range practices {
		name(fmt.Sprintf("p%d", p), w.practice(p))
	}
	for d := range dimensions {
		name(fmt.Sprintf("d%d", d), weightedMean(five, func(p int) int { return w.practices[d*five+p] }, func(p int) string { return fmt.Sprintf("p%d", d*five+p) }))
	}
	name("r", weightedMean(dimensions, func(d int) int { return w.dimensions[d] }, func(d int) string { return fmt.Sprintf("d%d", d) }))
	return text.String() + "[" + strings.Join(append(values, levels...), ", ") + "]"
}

// allCEL are three CEL programs, each over the list that the one before gives, of the values of the
// practices, the dimensions and the root, and one of the levels of such a list. CEL has no variables but
// cel.bind, and 25 of those inside each other are slower.
func (w *weights) allCEL() (stages [3]string, level string) {
	list := func(n int, mean func(int) string) string {
		means := make([]string, n)
		for i := range means {
			means[i] = mean(i)
		}
		return "[" + strings.Join(means, ", ") + "]"
	}
	stages[0] = list(practices, w.practice)
	stages[1] = list(dimensions, func(d int) string {
		return weightedMean(five, func(p int) int { return w.practices[d*five+p] }, func(p int) string { return fmt.Sprintf("a[%d]", d*five+p) })
	})
	stages[2] = list(1, func(int) string {
		return weightedMean(dimensions, func(d int) int { return w.dimensions[d] }, func(d int) string { return fmt.Sprintf("a[%d]", d) })
	})
	return stages, "a.map(x, " + levelOf("x") + ")"
}

// exprEnv is what an expr program sees.
type exprEnv struct {
	A []float64 `expr:"a"`
	W []float64 `expr:"w"` // weights of the questions, for the program that loops
}

func compileExpr(tb testing.TB, text string) *vm.Program {
	return must[*vm.Program](tb)(expr.Compile(text, expr.Env(exprEnv{})))
}

// celInput is what a CEL program sees: one name.
type celInput struct{ list any }

func (v *celInput) ResolveName(name string) (any, bool) { return v.list, name == "a" }
func (v *celInput) Parent() cel.Activation              { return nil }

func compileCEL(tb testing.TB, text string) cel.Program {
	tb.Helper()
	env := must[*cel.Env](tb)(cel.NewEnv(cel.Variable("a", cel.ListType(cel.DoubleType))))
	ast, issues := env.Compile(text)
	ok(tb, issues.Err())
	return must[cel.Program](tb)(env.Program(ast, cel.EvalOptions(cel.OptOptimize)))
}

func near(tb testing.TB, what string, got, want float64) {
	tb.Helper()
	if math.Abs(got-want) > 1e-9 {
		tb.Fatalf("%s: %v, the engine has %v", what, got, want)
	}
}

var floats = reflect.TypeFor[[]float64]()

// BenchmarkPeers compares Row.Score, which gives the value of every node from an array of answers, with
// programs that give the root's value alone from the same array; and ScoreInto, which starts from answers by
// name and gives ranges, levels and blockers as well.
func BenchmarkPeers(b *testing.B) {
	m, w := newModel()
	s := maturity.MustCompile(m, nil)
	rows := newRows(b, s, 4096)
	result, machine, want := new(maturity.Result), vm.VM{}, 0.0
	env := &exprEnv{}
	for _, weight := range w.questions {
		env.W = append(env.W, float64(weight))
	}
	flat := compileExpr(b, w.root())
	loops := compileExpr(b, w.loops())
	program := compileCEL(b, w.root())
	input, root := &celInput{}, 0.0
	run := func(program *vm.Program) func(int) {
		return func(i int) {
			env.A = rows[i].points
			value, err := machine.Run(program, env)
			ok(b, err)
			root = value.(float64)
		}
	}
	row := must[*maturity.Row](b)(s.Row())
	sides := []side{
		{"row", func(i int) {
			ok(b, row.Score(rows[i].options))
			root, _ = row.Value(0)
		}},
		{"score", func(i int) {
			ok(b, s.ScoreInto(result, rows[i].assessment))
			root = result.Root().Value
		}},
		{"expr", run(flat)},
		{"expr-loops", run(loops)},
		{"cel", func(i int) {
			input.list = rows[i].list
			value, _, err := program.Eval(input)
			ok(b, err)
			root = value.Value().(float64)
		}},
	}
	for i := range rows {
		for k := range sides {
			sides[k].do(i)
			if k == 0 {
				want = root
			}
			near(b, sides[k].name, root, want)
		}
	}
	compare(b, len(rows), sides...)
}

// loops is the nested mean as expr programs are usually written: sums over parts of lists, with a closure.
func (w *weights) loops() string {
	total := func(p int) (sum int) {
		for _, weight := range w.questions[p*five : p*five+five] {
			sum += weight
		}
		return sum
	}
	return weightedMean(dimensions, func(d int) int { return w.dimensions[d] }, func(d int) string {
		return weightedMean(five, func(p int) int { return w.practices[d*five+p] }, func(p int) string {
			p += d * five
			return fmt.Sprintf("(sum(%d..%d, w[#]*a[#])/%d.0)", p*five, p*five+five-1, total(p))
		})
	})
}

// BenchmarkPeersAllGroups is BenchmarkPeers with programs that give the value and the level of all 25 groups.
// ScoreInto still gives more: ranges, blockers, completeness, and the same for the questions.
func BenchmarkPeersAllGroups(b *testing.B) {
	m, w := newModel()
	s := maturity.MustCompile(m, nil)
	rows := newRows(b, s, 4096)
	result, machine, env := new(maturity.Result), vm.VM{}, &exprEnv{}
	all := compileExpr(b, w.allExpr())
	texts, levelText := w.allCEL()
	var stages [3]cel.Program
	for i, text := range texts {
		stages[i] = compileCEL(b, text)
	}
	levelsOf := compileCEL(b, levelText)
	input := &celInput{}
	var fromExpr []any
	var values, levels [3]ref.Val
	eval := func(program cel.Program) ref.Val {
		value, _, err := program.Eval(input)
		ok(b, err)
		return value
	}
	row := must[*maturity.Row](b)(s.Row())
	outcome := make([]float64, 2*len(groups())) // the values and levels of the groups, as the programs give them
	indexes := make([]int, len(groups()))
	for g, id := range groups() {
		indexes[g], _ = s.Index(id)
	}
	sides := []side{
		{"row", func(i int) {
			ok(b, row.Score(rows[i].options))
			for g, at := range indexes {
				outcome[2*g], _ = row.Value(at)
				outcome[2*g+1] = float64(row.Level(at))
			}
		}},
		{"score", func(i int) { ok(b, s.ScoreInto(result, rows[i].assessment)) }},
		{"expr", func(i int) {
			env.A = rows[i].points
			value, err := machine.Run(all, env)
			ok(b, err)
			fromExpr = value.([]any)
		}},
		{"cel", func(i int) {
			input.list = rows[i].list
			for i, stage := range stages {
				values[i] = eval(stage)
				input.list = values[i]
				levels[i] = eval(levelsOf)
			}
		}},
	}
	for i := range rows {
		for k := range sides {
			sides[k].do(i)
		}
		var byCEL, levelsByCEL []float64
		for i := range values {
			byCEL = append(byCEL, must[any](b)(values[i].ConvertToNative(floats)).([]float64)...)
			for _, level := range must[any](b)(levels[i].ConvertToNative(reflect.TypeFor[[]int]())).([]int) {
				levelsByCEL = append(levelsByCEL, float64(level))
			}
		}
		for g, id := range groups() {
			n, _ := result.Node(id)
			near(b, "row "+id, outcome[2*g], n.Value)
			if level := fmt.Sprintf("level-%v", outcome[2*g+1]); level != n.Level {
				b.Fatalf("row %s: %s, the engine has %s", id, level, n.Level)
			}
			near(b, "expr "+id, fromExpr[g].(float64), n.Value)
			near(b, "cel "+id, byCEL[g], n.Value)
			if math.Abs(math.Remainder(n.Value, 0.8)) > 1e-9 { // at a threshold, sums of floats may miss it
				var level float64
				fmt.Sscanf(n.Level, "level-%f", &level)
				near(b, "expr level "+id, float64(fromExpr[len(groups())+g].(int)), level)
				near(b, "cel level "+id, levelsByCEL[g], level)
			}
		}
	}
	compare(b, len(rows), sides...)
}

// BenchmarkPeersOneChange compares changing one answer, which a session works out by what depends on it,
// with programs that give the root's value alone; they have no choice but to do all of it again.
func BenchmarkPeersOneChange(b *testing.B) {
	m, w := newModel()
	s := maturity.MustCompile(m, nil)
	first := newRows(b, s, 1)[0]
	session := must[*maturity.Session](b)(s.Session(first.assessment))
	points := slices.Clone(first.points)
	random := rand.New(rand.NewPCG(3, 4))
	type change struct {
		at       int
		question string
		option   int
		value    any
	}
	changes := make([]change, 1<<14)
	for i := range changes {
		at, option := random.IntN(questions), random.IntN(len(options))
		changes[i] = change{at, fmt.Sprintf("question-%d", at+1), option, options[option]}
	}
	machine, env := vm.VM{}, &exprEnv{A: points}
	flat, program := compileExpr(b, w.root()), compileCEL(b, w.root())
	input, root := &celInput{points}, 0.0
	sides := []side{
		{"session", func(i int) {
			c := &changes[i]
			ok(b, session.Set(c.question, c.value))
			root, _ = session.Value("bench")
		}},
		{"expr", func(i int) {
			c := &changes[i]
			points[c.at] = float64(c.option)
			value, err := machine.Run(flat, env)
			ok(b, err)
			root = value.(float64)
		}},
		{"cel", func(i int) {
			c := &changes[i]
			points[c.at] = float64(c.option)
			value, _, err := program.Eval(input)
			ok(b, err)
			root = value.Value().(float64)
		}},
	}
	for i := range changes {
		sides[0].do(i)
		want := root
		for _, side := range sides[1:] {
			side.do(i)
			near(b, side.name, root, want)
		}
	}
	compare(b, len(changes), sides...)
}

// groups are the ids of the groups, practices first, root last.
func groups() []string {
	var ids []string
	for p := range practices {
		ids = append(ids, fmt.Sprintf("practice-%d", p+1))
	}
	for d := range dimensions {
		ids = append(ids, fmt.Sprintf("dimension-%d", d+1))
	}
	return append(ids, "bench")
}
