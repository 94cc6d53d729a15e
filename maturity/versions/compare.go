package versions

import (
	"math/big"
	"strings"

	"github.com/modenhet/modenhet/maturity"
)

// A Comparison is what became of a subject from one assessment to a later one.
type Comparison struct {
	From        maturity.ModelRef `json:"from"`
	To          maturity.ModelRef `json:"to"`
	EarlierDate string            `json:"earlierDate,omitempty"`
	LaterDate   string            `json:"laterDate,omitempty"`

	// Migration is the earlier assessment as one of the later version; nil where both have the same model.
	Migration *Migration `json:"migration,omitempty"`

	Nodes   []NodeChange   `json:"nodes"`   // of the later version, in document order
	Gone    []GoneNode     `json:"gone"`    // nodes of the earlier version without a counterpart
	Answers []AnswerChange `json:"answers"` // all that differ, in document order of the later version
}

// A NodeChange is what became of one node. With both values on one basis,
//
//	Later − Earlier = ByModel + Change, and Change is the sum of the parts,
//
// exactly. Between years of one model ByModel is 0 and left out.
type NodeChange struct {
	Node     string        `json:"node"`
	Was      string        `json:"was,omitempty"` // its id in the earlier version, where it was another
	Kind     maturity.Kind `json:"kind"`
	Basis    Basis         `json:"basis"`
	Earlier  *Outcome      `json:"earlier,omitempty"`  // the earlier answers, scored by the earlier version
	Restated *Outcome      `json:"restated,omitempty"` // the same, scored by the later; left out where that is the same
	Later    *Outcome      `json:"later"`

	// Change is the later value less the restated one: what the answers did. ByModel is the restated value less
	// the earlier one: what the new version did; it is left out where the two have different ranges of values.
	Change  *maturity.Exact `json:"change,omitempty"`
	ByModel *maturity.Exact `json:"byModel,omitempty"`

	// Parts say how much of Change each changed answer explains; those that explain nothing are left out.
	Split Split        `json:"split,omitempty"`
	Parts []ChangePart `json:"parts,omitempty"`
}

// A Basis says whether two results of a node can be compared.
type Basis string

// The bases.
const (
	Same     Basis = "same"     // both versions give it the same outcome for the same answers
	Restated Basis = "restated" // its rules changed: compare the later with the restated, which has all its answers
	Partial  Basis = "partial"  // its rules changed, and the restated lacks answers: new questions, or dropped ones
	New      Basis = "new"      // the earlier version had no such node; restated is what its answers give here
)

// An Outcome is the outcome of a node.
type Outcome struct {
	Value *maturity.Exact `json:"value,omitempty"` // none where it has no value
	Level string          `json:"level,omitempty"`
}

// A Split says how parts were found.
type Split string

// The splits.
const (
	// Unique: the node is made of means and sums, and the same questions count in both years, so that each
	// answer's part does not depend on the others.
	Unique Split = "unique"
	// Averaged: an answer's part is what changing it does, averaged over orders of changing all: up to 32
	// rotations of document order, evenly spread, each forwards and backwards. With up to three answers these
	// are all orders, and parts are Shapley values; so they are wherever answers act in pairs at most. Answers
	// that act alike get alike where up to 32 changed.
	Averaged Split = "averaged"
)

// A ChangePart is how much of a node's change one answer explains.
type ChangePart struct {
	Question string          `json:"question"`
	Change   *maturity.Exact `json:"change"`
}

// A GoneNode is a node of the earlier version that the later has not.
type GoneNode struct {
	Node    string        `json:"node"`
	Kind    maturity.Kind `json:"kind"`
	Earlier *Outcome      `json:"earlier"`
}

// An AnswerChange is an answer that differs. Before is that of the restated assessment.
type AnswerChange struct {
	Question    string `json:"question"`
	Before      any    `json:"before,omitempty"`
	BeforeState State  `json:"beforeState"`
	After       any    `json:"after,omitempty"`
	AfterState  State  `json:"afterState"`
	New         bool   `json:"new,omitempty"`     // the earlier version did not ask
	Dropped     bool   `json:"dropped,omitempty"` // it was answered in the earlier version, and could not be carried over
}

// A State says what was said to a question.
type State string

// The states.
const (
	Answered      State = "answered"
	NotApplicable State = "notApplicable"
	Missing       State = "missing"
)

// Compare says what became of every node from an earlier assessment to a later one, and how much of it each
// answer explains. From is the scorer of the earlier, to that of the later; they are one where the model is the
// same. The work is at most 2^22 changes of one answer; where that is spent, further nodes have no split. The
// error is an *InvalidError, with what is wrong with the earlier assessment under /earlier and with the later
// under /later.
func Compare(earlier, later *maturity.Assessment, from, to *maturity.Scorer) (*Comparison, error) {
	var problems problems
	before, err := from.Score(earlier)
	problems.add("/earlier", err)
	after, err := to.Score(later)
	problems.add("/later", err)
	if err := problems.err(); err != nil {
		return nil, err
	}
	c := &Comparison{From: from.Ref(), To: to.Ref(), EarlierDate: earlier.Date, LaterDate: later.Date,
		Nodes: []NodeChange{}, Gone: []GoneNode{}, Answers: []AnswerChange{}}
	restated := earlier
	if from.Ref() != to.Ref() {
		if c.Migration, err = Migrate(earlier, from, to); err != nil {
			problems.add("/earlier", err)
			return nil, problems.err()
		}
		restated = c.Migration.Assessment
	}
	d := newDiffer(treeOf(from.Model()), treeOf(to.Model()))
	k := &comparer{differ: d, Comparison: c, before: before, after: after, needs: map[*place][]int{}, linears: map[*place]bool{}}
	k.answers(restated, later)
	k.nodes(outcomes(from, earlier), outcomes(to, restated), outcomes(to, later))
	k.split(to, restated)
	return c, nil
}

// outcomes are those of all nodes, by number.
func outcomes(s *maturity.Scorer, a *maturity.Assessment) []*Outcome {
	var list []*Outcome
	copied := *a
	copied.Model = s.Ref()
	session, err := s.Session(&copied)
	if err != nil {
		return nil // it was checked
	}
	t := treeOf(s.Model())
	for _, p := range t.places {
		if p.Ref != "" {
			continue
		}
		o := &Outcome{Value: exactAt(session, len(list))}
		if level := session.LevelAt(len(list)); level >= 0 {
			o.Level = t.levels(p.Node)[level].ID
		}
		list = append(list, o)
	}
	return list
}

// A comparer makes a Comparison.
type comparer struct {
	*differ
	*Comparison
	before, after *maturity.Result
	asked         []*place         // questions of the later version, in order
	numbers       map[string]int   // of questions
	changed       []bool           // by question
	steady        []bool           // by question: both years answered, or both did not in the same way
	unknown       []bool           // by question: the earlier answer is not known, or not all of it
	needs         map[*place][]int // known results of questions
	linears       map[*place]bool  // known results of linear
	states        [2][]given       // by question: the restated, and the later
}

// A given is what was said to a question.
type given struct {
	state State
	value any
}

func said(a *maturity.Assessment, id string) given {
	if value, ok := a.Answers[id]; ok {
		return given{Answered, value}
	}
	if reason, ok := a.NotApplicable[id]; ok {
		return given{NotApplicable, reason}
	}
	return given{state: Missing}
}

// answers lists the answers that differ.
func (k *comparer) answers(restated, later *maturity.Assessment) {
	k.numbers = map[string]int{}
	lost := map[string]bool{}
	if k.Migration != nil {
		for _, drop := range k.Migration.Dropped {
			if drop.Part == AnswerPart || drop.Part == NotApplicablePart {
				lost[drop.Question], lost[" "+drop.To] = true, true
			}
		}
	}
	dropped := func(p *place) bool { return lost[" "+p.ID] || k.was[p.ID] != "" && lost[k.was[p.ID]] }
	for _, p := range k.pairs.to.places {
		if p.Answer == nil {
			continue
		}
		x, y := said(restated, p.ID), said(later, p.ID)
		differ := x.state != y.state || x.state == Answered && answerText(x.value) != answerText(y.value)
		isNew := k.sources[p.ID] == 0
		k.numbers[p.ID] = len(k.asked)
		k.asked = append(k.asked, p)
		k.changed = append(k.changed, differ)
		k.steady = append(k.steady, x.state == y.state)
		k.unknown = append(k.unknown, isNew || dropped(p))
		k.states[0], k.states[1] = append(k.states[0], x), append(k.states[1], y)
		if !differ {
			continue
		}
		c := AnswerChange{Question: p.ID, BeforeState: x.state, AfterState: y.state, New: isNew, Dropped: dropped(p)}
		if x.state == Answered {
			c.Before = x.value
		}
		if y.state == Answered {
			c.After = y.value
		}
		k.Answers = append(k.Answers, c)
	}
}

// nodes compares the outcomes of every node.
func (k *comparer) nodes(earlier, restated, later []*Outcome) {
	number := 0
	for _, p := range k.pairs.to.places {
		if p.Ref != "" {
			continue
		}
		c := NodeChange{Node: p.ID, Kind: kindOf(p), Basis: New, Restated: restated[number], Later: later[number]}
		if old := k.earlier(p); old != nil {
			c.Was = other(old.ID, p.ID)
			c.Earlier = earlier[k.number(k.from, old)]
			switch {
			case k.same(p):
				c.Basis, c.Restated = Same, nil
			case k.known(p):
				c.Basis = Restated
			default:
				c.Basis = Partial
			}
		}
		base := c.Restated
		if base == nil {
			base = c.Earlier
		}
		c.Change = minus(c.Later.Value, base.Value)
		if c.Restated != nil && c.Earlier != nil && k.sameRange(c.Was, p.ID) {
			c.ByModel = minus(c.Restated.Value, c.Earlier.Value)
		}
		k.Nodes = append(k.Nodes, c)
		number++
	}
	number = 0
	for _, p := range k.from.places {
		if p.Ref != "" {
			continue
		}
		if today, ok := k.now[p.ID]; !ok || k.was[today] != p.ID {
			k.Gone = append(k.Gone, GoneNode{p.ID, kindOf(p), earlier[number]})
		}
		number++
	}
}

func kindOf(p *place) maturity.Kind {
	if p.Answer != nil {
		return maturity.QuestionNode
	}
	return maturity.GroupNode
}

// number is a node's place among those of a result.
func (k *comparer) number(t *tree, p *place) int {
	number := 0
	for _, q := range t.places[:p.index] {
		if q.Ref == "" {
			number++
		}
	}
	return number
}

// known tells whether the restated assessment has all earlier answers that a node needs.
func (k *comparer) known(p *place) bool {
	for _, q := range k.questions(p) {
		if k.unknown[q] {
			return false
		}
	}
	return true
}

// sameRange tells whether a node's values lie in the same range in both versions.
func (k *comparer) sameRange(was, id string) bool {
	if was == "" {
		was = id
	}
	x, _ := k.before.Node(was)
	y, _ := k.after.Node(id)
	return x != nil && y != nil && x.HasRange && y.HasRange && x.Min == y.Min && x.Max == y.Max
}

func minus(x, y *maturity.Exact) *maturity.Exact {
	if x == nil || y == nil {
		return nil
	}
	return exact(new(big.Rat).Sub(rationalOf(x), rationalOf(y)), isNear(x) || isNear(y))
}

// isNear tells whether a number is no fraction.
func isNear(x *maturity.Exact) bool { return strings.HasPrefix(x.Exact, "≈") }

// rationalOf is a number as a fraction; of a root, the float64 nearest to it.
func rationalOf(x *maturity.Exact) *big.Rat {
	if isNear(x) {
		return new(big.Rat).SetFloat64(x.Value)
	}
	return rational(x.Exact)
}

// exact writes a fraction as the engine does: a decimal where it has one of at most 9 digits.
func exact(x *big.Rat, near bool) *maturity.Exact {
	value, _ := x.Float64()
	text := x.RatString()
	if near {
		text = "≈" + floatText(value)
	} else if new(big.Int).Rem(big.NewInt(1_000_000_000), x.Denom()).Sign() == 0 && !x.IsInt() {
		text = strings.TrimRight(x.FloatString(9), "0")
	}
	return &maturity.Exact{Exact: text, Value: value}
}
