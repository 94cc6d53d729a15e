package cohort

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"

	"github.com/modenhet/modenhet/maturity"
)

// sketchFormat names the JSON form of a sketch. A form that reads differently gets another number.
const sketchFormat = "modenhet-sketch/1"

type sketchJSON struct {
	Format string            `json:"format"`
	Model  maturity.ModelRef `json:"model"`
	Count  int64             `json:"count"` // assessments
	Nodes  []nodeJSON        `json:"nodes"` // document order, as in a result
}

type nodeJSON struct {
	ID      string      `json:"id"`
	Count   int64       `json:"count"`            // assessments with a value
	Levels  []levelJSON `json:"levels,omitempty"` // of the ladder, lowest first
	Sum     string      `json:"sum"`              // of the values: a whole number, p and a power of two
	Squares string      `json:"squares"`          // of the squares of the values
	Width   float64     `json:"width"`            // of the bins; 0 where the values are exact
	Values  []valueJSON `json:"values"`           // rising
}

type levelJSON struct {
	ID    string `json:"id"`
	Count int64  `json:"count"`
}

type valueJSON struct {
	Value float64 `json:"value"`
	Count int64   `json:"count"`
}

// MarshalJSON returns the sketch in its versioned form. Sketches of the same assessments have the same bytes.
func (k *Sketch) MarshalJSON() ([]byte, error) {
	out := sketchJSON{Format: sketchFormat, Model: k.model, Count: k.count, Nodes: make([]nodeJSON, len(k.nodes))}
	for i := range k.nodes {
		n := &k.nodes[i]
		sums := n.values.sums()
		node := nodeJSON{ID: n.id, Count: n.count, Sum: sums.values.text(), Squares: sums.squares.text(), Width: n.values.width,
			Values: make([]valueJSON, len(n.values.bins))}
		for j, id := range n.levelIDs {
			node.Levels = append(node.Levels, levelJSON{id, n.levels[j]})
		}
		for j, b := range n.values.bins {
			node.Values[j] = valueJSON{b.value, b.n}
		}
		out.Nodes[i] = node
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads a sketch, which may come from anybody. The error is a *maturity.InvalidError.
func (k *Sketch) UnmarshalJSON(data []byte) error {
	var in sketchJSON
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&in); err != nil {
		return invalid(maturity.BadSyntax, "", "this is not the JSON of a sketch: "+err.Error())
	}
	if in.Format != sketchFormat {
		return invalid(maturity.BadValue, "/format", "the form of a sketch must be "+sketchFormat+", not "+strconv.Quote(in.Format))
	}
	if in.Model.ID == "" && in.Count == 0 && len(in.Nodes) == 0 {
		*k = Sketch{}
		return nil
	}
	if in.Model.ID == "" || in.Model.Digest == "" {
		return invalid(maturity.MissingField, "/model", "a sketch needs the id and the digest of its model")
	}
	if in.Count < 0 {
		return invalid(maturity.OutOfRange, "/count", "a count is 0 or more")
	}
	read := Sketch{model: in.Model, count: in.Count, nodes: make([]nodeSketch, len(in.Nodes))}
	seen := map[string]bool{}
	for i := range in.Nodes {
		path := "/nodes/" + strconv.Itoa(i)
		if seen[in.Nodes[i].ID] || in.Nodes[i].ID == "" {
			return invalid(maturity.DuplicateID, path+"/id", "every node of a sketch needs an id of its own")
		}
		seen[in.Nodes[i].ID] = true
		if wrong := read.nodes[i].read(&in.Nodes[i], in.Count); wrong != "" {
			return invalid(maturity.BadValue, path+wrong, "this does not fit the rest of the sketch: take it as its writer gave it")
		}
	}
	*k = read
	return nil
}

// read takes a node, and returns where it contradicts itself.
func (n *nodeSketch) read(in *nodeJSON, all int64) string {
	n.id, n.count = in.ID, in.Count
	if in.Count < 0 || in.Count > all {
		return "/count"
	}
	left := in.Count
	for _, level := range in.Levels {
		if level.Count < 0 || level.Count > left {
			return "/levels"
		}
		left -= level.Count
		n.levelIDs, n.levels = append(n.levelIDs, level.ID), append(n.levels, level.Count)
	}
	kept := new(sums)
	if !kept.values.parse(in.Sum) {
		return "/sum"
	}
	if !kept.squares.parse(in.Squares) {
		return "/squares"
	}
	fraction, _ := math.Frexp(in.Width)
	if n.values.width = in.Width; in.Width != 0 && fraction != 0.5 {
		return "/width"
	}
	if left = in.Count; len(in.Values) > MaxBins {
		return "/values"
	}
	for i, v := range in.Values {
		if v.Count < 1 || v.Count > left || floor(v.Value, in.Width) != v.Value || i > 0 && in.Values[i-1].Value >= v.Value {
			return "/values"
		}
		left -= v.Count
		n.values.bins = append(n.values.bins, bin{v.Value + 0, v.Count})
	}
	if left != 0 {
		return "/values"
	}
	if in.Width != 0 {
		n.values.kept = kept
	} else if sums := n.values.sums(); sums.values.text() != in.Sum || sums.squares.text() != in.Squares {
		return "/sum"
	}
	return ""
}
