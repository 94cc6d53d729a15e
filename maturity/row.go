package maturity

import (
	"errors"
	"sync"
)

// A Row scores assessments whose answers are numbers of options, for programs that score very many: no
// names, no documents, no memory. It gives the values and levels of all nodes; for ranges, blockers and
// reasons, score an Assessment. Get one from Scorer.Row. It is used by one goroutine at a time.
type Row struct {
	w      *workspace
	linear *linear // nil where the model has none
	sums   []int64 // by node: the value times its denominator, while direct
	direct bool    // the last row was scored by the linear program
}

// NoAnswer and NoApply stand in a row for a question without an answer, and for one that is not applicable.
const (
	NoAnswer = -1
	NoApply  = -2
)

// ErrRow says that a row is not one of the model.
var ErrRow = errors.New("maturity: not a row of this model")

// Row returns a Row of the model. The error says that the model has a checklist or a number, whose answers
// are no numbers of options.
func (s *Scorer) Row() (*Row, error) {
	for i := range s.questions {
		if k := s.questions[i].kind; k == Checklist || k == Number {
			return nil, errors.New("maturity: the question " + quote(s.asked[i]) + " is a " + string(k) + ", which a row cannot hold")
		}
	}
	w := newWorkspace(s)
	w.brief = true
	s.rows.once.Do(func() { s.rows.linear = s.linearise() })
	return &Row{w: w, linear: s.rows.linear, sums: make([]int64, len(s.nodes))}, nil
}

// Questions returns the ids of the questions, in document order, which is that of a row.
func (s *Scorer) Questions() []string { return append([]string(nil), s.asked...) }

// Index returns the place of a node among the nodes of a result, and false if there is none.
func (s *Scorer) Index(node string) (int, bool) {
	i, ok := s.index[node]
	return int(i), ok
}

// Score scores one row: for each question the number of the option from 0 (a choice), 0 or 1 for no or yes
// (a yesno), the number less the lowest (a scale), NoAnswer or NoApply. For a text it must be NoAnswer. The
// error is ErrRow, or an *InvalidError with the questions missing under the policy error.
func (r *Row) Score(options []int16) error {
	if len(options) != len(r.w.answers) {
		return ErrRow
	}
	if r.direct = r.linear != nil && r.linear.score(r.sums, options); r.direct {
		return nil
	}
	return r.run(options)
}

// run scores a row by the pipeline.
func (r *Row) run(options []int16) error {
	w := r.w
	for i, o := range options {
		q := &w.s.questions[i]
		switch {
		case o == NoAnswer:
			w.answers[i] = answer{option: -1}
		case o == NoApply && !q.forbid:
			w.answers[i] = answer{option: -1, state: notApplicable}
		case o >= 0 && int(o) < len(q.points):
			w.answers[i] = answer{option: int32(o), state: answered, units: q.min + int64(o)*decimalUnit}
		default:
			return ErrRow
		}
	}
	if w.run(); w.failed {
		return w.required()
	}
	return nil
}

// Value returns the value of the node with an index, and false if it has none.
func (r *Row) Value(node int) (float64, bool) {
	w := r.w
	if r.direct {
		return float64(r.sums[node]) / float64(r.linear.parts[node].denominator), true
	}
	c := &w.cells[node]
	if c.status != scored {
		return 0, false
	}
	return valueFloat(c.value, c.root), true
}

// Level returns the number of the level, from 0, that the node with an index has reached, and -1 for none.
func (r *Row) Level(node int) int {
	if !r.direct {
		return int(r.w.cells[node].level)
	}
	return r.linear.parts[node].level(r.sums[node])
}

// A rowProgram is the linear program of a model, made when it is first asked for: programs that have no use
// for a Row need not hold the code.
type rowProgram struct {
	once   sync.Once
	linear *linear // nil where the model has none
}

// A linear program scores models of plain groups when every question is answered: then a group's value is a
// whole number over a denominator that is known beforehand, and a level is reached from a whole number on.
type linear struct {
	parts  []linearPart // by node
	groups []int32      // in order
	kids   []linearKid
	points [][]int64 // by question and option, times the node's denominator
	nodes  []int32   // by question
}

type linearPart struct {
	denominator int64
	first, last int32
	marks       []int64 // by level: the least sum that reaches it, and those below
}

// level is the number of the level that a sum reaches, and -1 for none. Which one is as good as random: so no
// branches.
func (p *linearPart) level(sum int64) int {
	level := len(p.marks) - 1
	for _, mark := range p.marks {
		level += int((sum - mark) >> 63)
	}
	return level
}

type linearKid struct {
	node  int32
	times int64 // weight, and what brings the child's sum to the common denominator
}

// linearise makes the linear program, or nil where a group is not plain or a number not small.
func (s *Scorer) linearise() *linear {
	l := &linear{parts: make([]linearPart, len(s.nodes)), kids: make([]linearKid, len(s.kids))}
	for i := range s.questions {
		q := &s.questions[i]
		if !s.hot[i].steady {
			return nil
		}
		d, numbers := q.points[0].d, make([]int64, len(q.points)) // d is that of all, and at most 10^9
		for o, p := range q.points {
			if !fits32(p.n) {
				return nil
			}
			numbers[o] = p.n
		}
		l.points, l.nodes = append(l.points, numbers), append(l.nodes, q.node)
		l.parts[q.node].denominator = d
	}
	for i := range s.steps {
		if node := s.steps[i].node; node >= 0 && s.nodes[node].question < 0 {
			if !s.linearGroup(l, node) {
				return nil
			}
			l.groups = append(l.groups, node)
		}
	}
	return l
}

func (s *Scorer) linearGroup(l *linear, node int32) bool {
	n, p := &s.nodes[node], &l.parts[node]
	if !n.plain {
		return false
	}
	common, total, ok := int64(1), int64(0), true
	for _, k := range s.kids[n.first:n.last] {
		if common, ok = lcm(common, l.parts[k.node].denominator); !ok {
			return false
		}
		total += k.weight
	}
	if p.denominator, ok = mul(common, total); !ok || p.denominator > maxFloat {
		return false
	}
	p.first, p.last = n.first, n.last
	for j := n.first; j < n.last; j++ {
		k := &s.kids[j]
		l.kids[j] = linearKid{k.node, k.weight * (common / l.parts[k.node].denominator)}
	}
	bound := greater(n.full.max, rat{d: 1}.sub(n.full.min)).mul(whole(p.denominator))
	if bound.cmp(whole(maxFloat)) > 0 {
		return false
	}
	for j := range n.levels {
		v := &n.levels[j]
		if v.require != nil {
			return false
		}
		mark := -int64(maxSmall)
		if v.threshold.d != 0 {
			threshold := v.threshold
			if v.ofRatio {
				if n.full.min.equal(n.full.max) {
					return false
				}
				threshold = n.full.min.add(threshold.mul(n.full.max.sub(n.full.min)))
			}
			least := threshold.mul(whole(p.denominator))
			up := least.round(0, Ceiling)
			if v.above && up.equal(least) {
				up = up.add(whole(1))
			}
			if up.big != nil {
				return false
			}
			mark = up.n
		}
		if len(p.marks) > 0 {
			mark = max(mark, p.marks[len(p.marks)-1])
		}
		p.marks = append(p.marks, mark)
	}
	return true
}

// score is false where a question has no answer.
func (l *linear) score(sums []int64, options []int16) bool {
	for i, o := range options {
		points := l.points[i]
		if uint(o) >= uint(len(points)) {
			return false
		}
		sums[l.nodes[i]] = points[o]
	}
	for _, node := range l.groups {
		p := &l.parts[node]
		sum := int64(0)
		for _, k := range l.kids[p.first:p.last] {
			sum += k.times * sums[k.node]
		}
		sums[node] = sum
	}
	return true
}
