package cohort

import (
	"math"
	"slices"
	"strconv"

	"github.com/modenhet/modenhet/maturity"
)

// A Sketch summarises the outcomes of any number of assessments of one model: for each node how many have a
// value, how many are at each level, the exact sums of the values and of their squares, and the values
// themselves with their counts. Of a node with more than MaxBins different values it keeps bins; what they
// blur is said in the figures.
//
// Sketches merge: groups can be summarised where their answers are, and put together elsewhere. Merging is
// associative and commutative to the byte, and a sketch says the same whatever the order of its assessments.
// It holds no answers, names or texts. But it is not suppressed: one of a small group shows the unnamed
// scores of that group. What may be published are its Figures.
//
// Get one from NewSketch or from JSON; the zero Sketch is empty, of no model, and takes the model of the first
// that it merges. It is used by one goroutine at a time.
type Sketch struct {
	model maturity.ModelRef
	count int64
	nodes []nodeSketch
}

type nodeSketch struct {
	id       string
	levelIDs []string
	levels   []int64 // assessments at each level
	count    int64   // assessments with a value
	values   histogram
}

// NewSketch returns an empty sketch of a model.
func NewSketch(s *maturity.Scorer) *Sketch {
	k := &Sketch{model: s.Ref()}
	m := s.Model()
	for _, n := range m.Nodes() {
		if n.Ref == "" {
			ids := levelIDs(m, n)
			k.nodes = append(k.nodes, nodeSketch{id: n.ID, levelIDs: ids, levels: make([]int64, len(ids))})
		}
	}
	return k
}

func levelIDs(m *maturity.Model, n *maturity.Node) []string {
	levels := n.Levels.Levels
	if n.Levels.Use != "" {
		levels = m.Ladders[n.Levels.Use]
	}
	ids := make([]string, len(levels))
	for i, level := range levels {
		ids[i] = level.ID
	}
	return ids
}

// Outcomes are the values and levels of one assessment by the number of the node, as Scorer.Index counts
// them. A *maturity.Row is one.
type Outcomes interface {
	Value(node int) (float64, bool) // false if it has none
	Level(node int) int             // from 0, and -1 for none
}

// Model names the model; it is zero for the zero Sketch.
func (k *Sketch) Model() maturity.ModelRef { return k.model }

// Count returns the number of assessments.
func (k *Sketch) Count() int { return int(k.count) }

// Add takes the outcomes of one assessment of the model of a sketch that NewSketch made. A value that is not
// finite is none.
func (k *Sketch) Add(o Outcomes) {
	k.count++
	for i := range k.nodes {
		if x, ok := o.Value(i); ok {
			k.nodes[i].add(x, o.Level(i))
		}
	}
}

// AddResult takes the result of one assessment. The error is an *maturity.InvalidError with OtherModel or
// OtherDigest; nothing has then changed.
func (k *Sketch) AddResult(r *maturity.Result) error {
	if err := sameModel(k.model, r.Model); err != nil {
		return err
	}
	if len(r.Nodes) != len(k.nodes) {
		return otherNodes()
	}
	k.count++
	for i := range k.nodes {
		if n := &r.Nodes[i]; n.Status == maturity.Scored {
			k.nodes[i].add(n.Value, k.nodes[i].level(n.Level))
		}
	}
	return nil
}

func (n *nodeSketch) level(id string) int {
	for i, level := range n.levelIDs {
		if level == id {
			return i
		}
	}
	return -1
}

func (n *nodeSketch) add(x float64, level int) {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return
	}
	x += 0 // never −0
	n.count++
	if level >= 0 && level < len(n.levels) {
		n.levels[level]++
	}
	n.values.add(x)
}

// Merge adds all of another sketch, which stays as it is. The error is an *maturity.InvalidError with
// OtherModel, OtherDigest, or BadValue where a sketch from elsewhere lies about its model; nothing has then
// changed.
func (k *Sketch) Merge(o *Sketch) error {
	if o.model == (maturity.ModelRef{}) {
		return nil
	}
	if k.model == (maturity.ModelRef{}) {
		*k = *o.Clone()
		return nil
	}
	if err := sameModel(k.model, o.model); err != nil {
		return err
	}
	same := len(k.nodes) == len(o.nodes)
	for i := 0; same && i < len(k.nodes); i++ {
		same = k.nodes[i].id == o.nodes[i].id && slices.Equal(k.nodes[i].levelIDs, o.nodes[i].levelIDs)
	}
	if !same {
		return otherNodes()
	}
	k.count += o.count
	for i := range k.nodes {
		n, other := &k.nodes[i], &o.nodes[i]
		n.count += other.count
		for j, count := range other.levels {
			n.levels[j] += count
		}
		n.values.merge(&other.values)
	}
	return nil
}

// Clone returns a copy that shares nothing with k.
func (k *Sketch) Clone() *Sketch {
	c := *k
	c.nodes = slices.Clone(k.nodes)
	for i := range c.nodes {
		n := &c.nodes[i]
		n.levels = slices.Clone(n.levels)
		n.values.bins = slices.Clone(n.values.bins)
		if n.values.kept != nil {
			kept := *n.values.kept
			n.values.kept = &kept
		}
	}
	return &c
}

// otherNodes is about a sketch that does not come from a NewSketch of the model that it names.
func otherNodes() error {
	return invalid(maturity.BadValue, "/nodes", "the nodes or levels are not those of the model with this digest")
}

// sameModel says whether two names are of one model, down to the digest.
func sameModel(want, got maturity.ModelRef) error {
	switch {
	case want.ID != got.ID:
		return invalid(maturity.OtherModel, "/model/id", "this is of the model "+strconv.Quote(got.ID)+", not "+strconv.Quote(want.ID))
	case want.Digest != got.Digest:
		return invalid(maturity.OtherDigest, "/model/digest",
			"this is of another text of the model, with digest "+got.Digest+", not "+want.Digest+": score all with one model")
	}
	return nil
}
