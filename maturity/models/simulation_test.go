package models_test

import (
	"fmt"
	"html"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A population of municipalities that are not, but could be. Everything is whole numbers and a fixed seed, so
// that the figure is the same on every platform. Abilities are thousandths of a step of a question.
const population = 2000

// sizes are classes of inhabitants: their share of the population in per cent, what their ability is on average,
// and how many of a hundred are in a partnership.
var sizes = []struct{ share, ability, partnership int }{
	{49, 1300, 65}, {32, 1700, 55}, {13, 2100, 45}, {6, 2600, 25},
}

// ease is how much easier than others practices and questions are, for what surveys say (docs/flagship.md).
var ease = map[string]int{
	"strategy": 350, "benefits-realisation": -500, "competence": -200, "processes": -150, "technical-debt": -200,
	"shared-solutions-national": 1100, "anchoring-owner": 500, "improvement-funding": 200, "collaboration-services": -200,
}

// A draw is chance in whole numbers.
type draw struct{ *rand.Rand }

// about is a number around 0, in a bell of three throws, mostly within spread.
func (d draw) about(spread int) int {
	return (d.IntN(2*spread+1) + d.IntN(2*spread+1) + d.IntN(2*spread+1) - 3*spread) * 2 / 3
}

func (d draw) chance(per, of int) bool { return d.IntN(of) < per }

// municipality answers every question that it is asked, but those few that do not apply.
func (d draw) municipality(m *maturity.Model) *maturity.Assessment {
	a := &maturity.Assessment{Model: maturity.ModelRef{ID: m.ID}, Answers: map[string]any{}, NotApplicable: map[string]string{}}
	size, at := sizes[0], d.IntN(100)
	for _, s := range sizes {
		if size = s; at < s.share {
			break
		}
		at -= s.share
	}
	joint := d.chance(size.partnership, 100)
	a.Answers["context-partnership"] = joint
	whole := size.ability + d.about(1000)
	for _, dimension := range m.Children[1:] {
		here := whole + d.about(1000)
		if joint && (dimension.ID == "capability" || dimension.ID == "technology") { // access to others' people and systems
			here += 250
		}
		for _, practice := range dimension.Children {
			ability := here + d.about(400) + ease[practice.ID]
			for _, q := range practice.Children {
				switch {
				case q.When != nil && !joint:
				case q.NotApplicable != maturity.Forbid && d.chance(1, 100):
					a.NotApplicable[q.ID] = "it does not apply"
				default:
					a.Answers[q.ID] = d.answer(q, min(4000, max(0, ability+d.about(500)+ease[q.ID])))
				}
			}
		}
	}
	return a
}

// answer answers a question with an ability from 0 to 4000.
func (d draw) answer(q *maturity.Node, ability int) any {
	switch a := q.Answer; a.Type {
	case maturity.YesNo:
		return d.chance(ability, 4000)
	case maturity.Number:
		return ability / 40
	case maturity.Choice:
		return a.Options[(ability+500)/1000].Value
	default:
		ticked := []string{}
		for _, o := range a.Options[1:] {
			if d.chance(ability, 4000) {
				ticked = append(ticked, o.Value)
			}
		}
		if len(ticked) == 0 {
			ticked = append(ticked, a.Options[0].Value)
		}
		return ticked
	}
}

// A tally is what the population shows.
type tally struct {
	levels, byThreshold [5]int
	gates               []string // in the order of the levels
	binds               map[string]int
	decides             map[string]int // municipalities whose level the question alone can change
}

func simulate(t *testing.T, s *maturity.Scorer) tally {
	m := s.Model()
	list, _ := questions(m)
	out := tally{gates: []string{"established: anchoring", "managed: anchoring", "managed: benefits-realisation", "transforming: every dimension"},
		binds: map[string]int{}, decides: map[string]int{}}
	level := map[string]int{}
	for i, l := range m.Levels.Levels {
		level[l.ID] = i
	}
	chance := draw{rand.New(rand.NewPCG(2019, 2025))}
	for range population {
		session, err := s.Session(chance.municipality(m))
		require.NoError(t, err)
		r, err := session.Result()
		require.NoError(t, err)
		root := *r.Root()
		out.levels[level[root.Level]]++
		out.byThreshold[level[root.LevelByThreshold]]++
		held := map[string]bool{} // two dimensions hold back once
		for _, b := range root.Blockers {
			if b.Reads == "level" && level[root.LevelByThreshold] > level[root.Level] {
				gate := b.Level + ": " + b.Node
				if b.Level == "transforming" {
					gate = "transforming: every dimension"
				}
				if !held[gate] {
					out.binds[gate]++
				}
				held[gate] = true
			}
		}
		answers := session.Assessment().Answers
		for _, q := range list {
			given, ok := answers[q.ID]
			if !ok || q.ID == "context-partnership" {
				continue
			}
			changes := false
			for _, top := range []bool{false, true} {
				require.NoError(t, session.Set(q.ID, extreme(q, top)))
				changes = changes || session.LevelAt(0) != level[root.Level]
			}
			require.NoError(t, session.Set(q.ID, given))
			if changes {
				out.decides[q.ID]++
			}
		}
	}
	return out
}

// leverage is by how much each question can raise the whole, from its worst answer to its best, with every question
// answered: without a partnership, or with one for the questions about it.
func leverage(t *testing.T, s *maturity.Scorer) map[string]float64 {
	list, _ := questions(s.Model())
	session, err := s.Session(example(t, s, "complete"))
	require.NoError(t, err)
	points := map[string]float64{}
	for _, q := range list[1:] {
		require.NoError(t, session.Set("context-partnership", q.When != nil))
		var values [2]float64
		for i, top := range []bool{false, true} {
			require.NoError(t, session.Set(q.ID, extreme(q, top)))
			values[i], _ = session.Value(models.Default)
		}
		points[q.ID] = values[1] - values[0]
	}
	return points
}

func TestLeverage(t *testing.T) {
	for question, points := range leverage(t, load(t, models.Default)) {
		assert.GreaterOrEqual(t, points, 0.05, "%s: no question without influence", question)
		assert.LessOrEqual(t, points, 0.16, "%s: none with too much", question)
	}
}

func TestSimulation(t *testing.T) {
	s := load(t, models.Default)
	list, _ := questions(s.Model())
	out := simulate(t, s)

	for i, n := range out.levels {
		assert.Greater(t, n, population/100, "level %d: the population spreads over all", i+1)
	}
	for gate := range out.binds {
		assert.Contains(t, out.gates, gate)
	}
	for _, gate := range out.gates {
		assert.Greater(t, out.binds[gate], 0, "%s binds sometimes", gate)
		assert.Less(t, out.binds[gate], population/5, "%s does not decide everything", gate)
	}
	for _, q := range list[1:] {
		assert.Greater(t, out.decides[q.ID], 0, q.ID)
		assert.Less(t, out.decides[q.ID], population/3, q.ID)
	}
	generated(t, page, "levels", spread(s.Model(), out))
	generated(t, page, "influence", influence(list[1:], out, leverage(t, s)))
	generated(t, "../../docs/flagship.svg", "", figure(s.Model(), list[1:], out))
}

// tenths writes a share of the population in per cent, rounded in whole numbers.
func tenths(n int) string {
	permille := (2000*n + population) / (2 * population)
	return fmt.Sprintf("%d.%d", permille/10, permille%10)
}

// spread says the upper half of the figure in words.
func spread(m *maturity.Model, out tally) string {
	b := &strings.Builder{}
	b.WriteString("| level | per cent | by points alone | held back by the gate of the level above |\n|---|---|---|---|\n")
	for i, l := range m.Levels.Levels {
		var held []string
		for _, gate := range out.gates {
			if level, node, _ := strings.Cut(gate, ": "); i+1 < len(m.Levels.Levels) && level == m.Levels.Levels[i+1].ID {
				held = append(held, node+" "+tenths(out.binds[gate]))
			}
		}
		fmt.Fprintf(b, "| %d %s | %s | %s | %s |\n", i+1, l.Title["en"], tenths(out.levels[i]), tenths(out.byThreshold[i]), strings.Join(held, ", "))
	}
	return b.String()
}

// influence is a table of what each question can do, in document order.
func influence(list []*maturity.Node, out tally, points map[string]float64) string {
	b := &strings.Builder{}
	b.WriteString("| question | answer | effort | points | decides |\n|---|---|---|---|---|\n")
	for _, q := range list {
		fmt.Fprintf(b, "| `%s` | %s | %s | %.3f | %s %% |\n", q.ID, q.Answer.Type, q.Effort, points[q.ID], tenths(out.decides[q.ID]))
	}
	return b.String()
}

// figure draws three charts: levels with and without gates, how often each gate binds, which questions decide.
func figure(m *maturity.Model, list []*maturity.Node, out tally) string {
	b := &strings.Builder{}
	text := func(x, y int, class, s string) {
		fmt.Fprintf(b, `<text x="%d" y="%d" class="%s">%s</text>`+"\n", x, y, class, html.EscapeString(s))
	}
	bar := func(x, y, width, height int, class string) {
		fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" class="%s"/>`+"\n", x, y, max(width, 1), height, class)
	}
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 760" width="760" height="760" role="img" aria-labelledby="t">
<title id="t">Simulation: levels of 2000 invented municipalities, how often each gate binds, and the twelve questions that decide most often</title>
<style>text{font:14px system-ui,sans-serif;fill:#1b2127}.h{font-weight:600;font-size:16px}.q{fill:#59636e}.e{text-anchor:end}.a{fill:#106eab}.p{fill:#d0edfa;stroke:#106eab}</style>
<rect x=".5" y=".5" width="759" height="759" rx="10" fill="#fff" stroke="#c8d0d8"/>
`)
	row := 40
	heading := func(s, note string) {
		text(24, row, "h", s)
		text(24, row+20, "q", note)
		row += 44
	}
	const left, scale = 270, 8 // where bars begin; pixels for a per cent
	heading("Levels", "Per cent of the municipalities. Dark: the level. Light: by points alone, without gates.")
	for i, l := range m.Levels.Levels {
		text(left-12, row+14, "e", fmt.Sprintf("%d %s", i+1, l.Title["en"]))
		for k, n := range []int{out.levels[i], out.byThreshold[i]} {
			bar(left, row+11*k, (2*n*100*scale+population)/(2*population), 10, []string{"a", "p"}[k])
		}
		text(left+(100*scale*max(out.levels[i], out.byThreshold[i]))/population+8, row+15, "q", tenths(out.levels[i])+" · "+tenths(out.byThreshold[i]))
		row += 32
	}
	row += 30
	titles := map[string]string{"every dimension": "every dimension"}
	for _, n := range m.Nodes() {
		titles[n.ID] = n.Title["en"]
	}
	rows := func(name, note string, n, wide int) {
		text(left-12, row+13, "e", name)
		bar(left, row+2, (n*100*wide+population/2)/population, 14, "a")
		text(left+(n*100*wide)/population+8, row+14, "q", note)
		row += 22
	}
	heading("Gates", "Per cent whose points reach a level that the gate holds back.")
	for _, gate := range out.gates {
		level, node, _ := strings.Cut(gate, ": ")
		at := slices.IndexFunc(m.Levels.Levels, func(l *maturity.Level) bool { return l.ID == level })
		rows(fmt.Sprintf("level %d: %s", at+1, titles[node]), tenths(out.binds[gate]), out.binds[gate], 3*scale)
	}
	row += 30
	heading("Questions", "Per cent whose level would change with this answer alone at its best or its worst.")
	most := slices.Clone(list)
	slices.SortStableFunc(most, func(x, y *maturity.Node) int { return out.decides[y.ID] - out.decides[x.ID] })
	for _, q := range most[:12] {
		rows(q.ID, tenths(out.decides[q.ID]), out.decides[q.ID], 14)
	}
	return b.String() + "</svg>\n"
}
