package versions

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/modenhet/modenhet/maturity"
)

// A Difference is all that changed from one version of a model to another.
type Difference struct {
	From   maturity.ModelRef `json:"from"`
	To     maturity.ModelRef `json:"to"`
	Effect Effect            `json:"effect"` // the greatest of the changes

	// Changes come in the document order of the later version; what was removed comes last, in that of the
	// earlier. Another notation of the same model is no change.
	Changes []Change `json:"changes"`

	// Affected are the nodes of both versions of which something can differ, in the document order of the
	// later. Of a node that is not listed, every assessment that was carried over has the same outcome.
	Affected []Affected `json:"affected"`
}

// An Effect says what a change can do to the results of an assessment that was carried over.
type Effect string

// The effects, from the smallest.
const (
	NoEffect  Effect = "none"   // every result is the same
	TextsOnly Effect = "texts"  // values and levels are the same; what people read, or programs besides scoring, is not
	ValuesToo Effect = "values" // a value, level, range or status can differ
)

func (e Effect) rank() int {
	switch e {
	case ValuesToo:
		return 2
	case TextsOnly:
		return 1
	}
	return 0
}

// A Kind is a kind of change.
type Kind string

// The kinds of change.
const (
	Added      Kind = "added"
	Removed    Kind = "removed"
	Renamed    Kind = "renamed"    // it has another id, or value
	Moved      Kind = "moved"      // it stands in another group, or elsewhere among its sisters
	Reworded   Kind = "reworded"   // a text, or what scoring does not read
	Reweighted Kind = "reweighted" // its weight
	Rescored   Kind = "rescored"   // how it is scored: points, rules, thresholds, policies, conditions
)

// A Change is one change of a model, of one of its nodes, or of an option, a level or a reference there.
type Change struct {
	Kind   Kind   `json:"kind"`
	Node   string `json:"node,omitempty"`   // today's id; of what was removed, the earlier; none for the model's header
	Was    string `json:"was,omitempty"`    // the earlier id, where it was another
	Option string `json:"option,omitempty"` // the value of an option
	Level  string `json:"level,omitempty"`  // the id of a level
	Ref    string `json:"ref,omitempty"`    // what a reference in the node leads to
	Field  string `json:"field,omitempty"`  // its name in a document
	Before any    `json:"before,omitempty"`
	After  any    `json:"after,omitempty"` // of a node that was removed because it became one with another, that one's id
	Effect Effect `json:"effect"`
}

// An Affected is a node of which something can differ.
type Affected struct {
	Node   string `json:"node"`
	Was    string `json:"was,omitempty"` // its earlier id, where it was another
	Effect Effect `json:"effect"`
}

// Diff says what changed from one version of a model to a later one, and which results can change by it. The
// later version's Replaces say what has another id today. The error is an *InvalidError with every issue of
// both, under /from and /to.
func Diff(from, to *maturity.Model) (*Difference, error) {
	var problems problems
	problems.add("/from", from.Validate(nil))
	problems.add("/to", to.Validate(nil))
	if err := problems.err(); err != nil {
		return nil, err
	}
	return newDiffer(treeOf(from), treeOf(to)).diff(), nil
}

// A differ compares two versions.
type differ struct {
	*pairs
	old, new shaper
	d        *Difference
	texts    map[string]bool // today's ids of nodes of which texts changed
}

func newDiffer(from, to *tree) *differ {
	d := &differ{pairs: pair(from, to), texts: map[string]bool{}}
	shared := &shapes{numbers: map[string]int{}}
	d.new = shaper{shared, to, func(id, option string) string { return id + "/" + option }, nil, map[*place]int{}}
	d.old = shaper{shared, from, func(id, option string) string {
		today, value, gone := d.option(id, option)
		if gone || d.was[today] != id || d.sources[today] > 1 {
			return "earlier " + id + "/" + option
		}
		return today + "/" + value
	}, d.pairs, map[*place]int{}}
	return d
}

// same tells whether a node of today comes out as its counterpart does, whatever is answered.
func (d *differ) same(p *place) bool {
	old := d.earlier(p)
	return old != nil && d.old.node(old) == d.new.node(p)
}

// earlier is the counterpart of a node of today, or nil.
func (d *differ) earlier(p *place) *place {
	if was, ok := d.was[p.ID]; ok && p.Ref == "" {
		return d.from.ids[was]
	}
	return nil
}

func (d *differ) diff() *Difference {
	d.d = &Difference{From: refOf(d.from.m), To: refOf(d.to.m), Effect: NoEffect, Changes: []Change{}, Affected: []Affected{}}
	d.compare(Change{}, header, d.from.places[0], d.to.places[0], NoEffect)
	for _, p := range d.to.places {
		if p.Ref == "" {
			d.node(p)
		}
	}
	for _, p := range d.from.places {
		today, ok := d.now[p.ID]
		if p.Ref == "" && (!ok || d.was[today] != p.ID) {
			effect := unlessText(p)
			if ok && !d.same(d.to.ids[today]) { // it became one with another
				effect = ValuesToo
			}
			d.add(Change{Kind: Removed, Node: p.ID, Before: p.Title, After: today, Effect: effect})
		}
	}
	for _, p := range d.to.places {
		old := d.earlier(p)
		if old == nil {
			continue
		}
		a := Affected{Node: p.ID, Was: other(old.ID, p.ID), Effect: NoEffect}
		if !d.same(p) {
			a.Effect = ValuesToo
		} else if d.texts[p.ID] {
			a.Effect = TextsOnly
		}
		if a.Effect != NoEffect {
			d.d.Affected = append(d.d.Affected, a)
		}
	}
	return d.d
}

func refOf(m *maturity.Model) maturity.ModelRef {
	return maturity.ModelRef{ID: m.ID, Version: m.Version, Digest: m.Digest()}
}

func other(was, is string) string {
	if was == is {
		return ""
	}
	return was
}

func unlessText(p *place) Effect {
	if p.Answer != nil && p.Answer.Type == maturity.FreeText {
		return TextsOnly
	}
	return ValuesToo
}

func (d *differ) add(c Change) {
	c.Before, c.After = orNone(c.Before), orNone(c.After)
	d.d.Changes = append(d.d.Changes, c)
	if c.Effect.rank() > d.d.Effect.rank() {
		d.d.Effect = c.Effect
	}
	if c.Effect == TextsOnly {
		d.texts[c.Node] = true
	}
}

// orNone makes nothing of what is empty.
func orNone(v any) any {
	switch text, _ := json.Marshal(v); string(text) {
	case "null", `""`, "{}", "[]":
		return nil
	}
	return v
}

// node lists the changes of a node of today.
func (d *differ) node(p *place) {
	old := d.earlier(p)
	if old == nil {
		effect := unlessText(p)
		if p.parent == nil { // a view changes no result that there was
			effect = NoEffect
		}
		d.add(Change{Kind: Added, Node: p.ID, After: p.Title, Effect: effect})
		return
	}
	at := Change{Node: p.ID, Was: other(old.ID, p.ID)}
	if at.Was != "" {
		c := at
		c.Kind, c.Field, c.Before, c.After, c.Effect = Renamed, "id", old.ID, p.ID, TextsOnly
		d.add(c)
	}
	// What a field of this node can change is what comes of the node, or of the group around it.
	effect := NoEffect
	if !d.same(p) || p.parent != nil && !d.same(p.parent) {
		effect = ValuesToo
	}
	d.moved(at, old, p, effect)
	d.compare(at, nodeFields, old, p, effect)
	switch {
	case p.Answer == nil:
		d.levels(at, old, p, effect)
		d.references(at, old, p, effect)
	default:
		d.compare(at, answerFields, old, p, effect)
		d.options(at, old, p, effect)
	}
}

// moved says whether a node stands in another group, and whether its children stand in another order.
func (d *differ) moved(at Change, old, p *place, effect Effect) {
	c := at
	switch {
	case (old.parent == nil) != (p.parent == nil):
		c.Kind, c.Effect = Moved, effect
		d.add(c)
	case p.parent != nil && d.earlier(p.parent) != old.parent:
		c.Kind, c.Before, c.After, c.Effect = Moved, old.parent.ID, p.parent.ID, effect
		d.add(c)
	}
	var before, after []string // children that stand here in both, by today's ids
	for _, kid := range old.kids {
		if now := d.to.ids[d.now[kid.ID]]; kid.Ref == "" && now != nil && now.parent == p && d.earlier(now) == kid {
			before = append(before, now.ID)
		}
	}
	for _, kid := range p.kids {
		if was := d.earlier(kid); was != nil && was.parent == old {
			after = append(after, kid.ID)
		}
	}
	at.Field = "children"
	d.values(at, TextsOnly, []valued{{Moved, "children", before, after}})
}

// compare lists the fields that differ. Rule changes have an effect; texts have their own.
func (d *differ) compare(at Change, fields []field, old, p *place, effect Effect) {
	for _, f := range fields {
		before, after := f.of(d.from, old), f.of(d.to, p)
		if sameJSON(before, after) {
			continue
		}
		c := at
		c.Kind, c.Field, c.Before, c.After, c.Effect = f.kind, f.name, before, after, effect
		switch {
		case f.kind == Reworded:
			c.Effect = TextsOnly
		case p == d.to.places[0] && (f.name == "missing" || f.name == "notApplicable") && d.viewDiffers():
			c.Effect = ValuesToo
		}
		d.add(c)
	}
}

// viewDiffers tells whether a view comes out otherwise, as it may by a policy of the model, which is that of views too.
func (d *differ) viewDiffers() bool {
	return slices.ContainsFunc(d.to.places, func(p *place) bool { return p.parent == nil && d.earlier(p) != nil && !d.same(p) })
}

// sameJSON compares as JSON, whatever the notation of numbers.
func sameJSON(a, b any) bool {
	before, _ := json.Marshal(a)
	after, _ := json.Marshal(b)
	return bytes.Equal(before, after) || bytes.Equal(plainJSON(before), plainJSON(after))
}

func plainJSON(text []byte) []byte {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var plain any
	if decoder.Decode(&plain) != nil {
		return text
	}
	text, _ = json.Marshal(plainNumbers(plain))
	return text
}

func plainNumbers(v any) any {
	switch v := v.(type) {
	case json.Number:
		return number(maturity.Decimal(v), "")
	case []any:
		for i := range v {
			v[i] = plainNumbers(v[i])
		}
	case map[string]any:
		for key := range v {
			v[key] = plainNumbers(v[key])
		}
	}
	return v
}

// options compares the options of a choice or a checklist, and lists which other answers became others.
func (d *differ) options(at Change, old, p *place, effect Effect) {
	if t := old.Answer.Type; t != maturity.Choice && t != maturity.Checklist {
		for _, r := range d.recoded(old) {
			c := at
			c.Kind, c.Field, c.Before, c.After, c.Effect = Renamed, "value", r.was, r.today, effect
			if r.id != p.ID {
				c.After = r.id + "/" + r.today
			}
			d.add(c)
		}
	}
	earlier := map[string]*maturity.Option{} // by today's value
	kept := map[string]bool{}
	for _, o := range d.from.options(old.Answer) {
		if id, value, gone := d.option(old.ID, o.Value); !gone && id == p.ID {
			if was, taken := earlier[value]; !taken || was.Value != value {
				earlier[value] = o
			}
		}
	}
	for _, o := range d.to.options(p.Answer) {
		c, was := at, earlier[o.Value]
		c.Option = o.Value
		if was == nil {
			c.Kind, c.After, c.Effect = Added, o.Title, effect
			d.add(c)
			continue
		}
		kept[was.Value] = true
		if was.Value != o.Value {
			c.Kind, c.Field, c.Before, c.After, c.Effect = Renamed, "value", was.Value, o.Value, TextsOnly
			d.add(c)
		}
		d.values(c, effect, []valued{{Reworded, "title", was.Title, o.Title}, {Reworded, "description", was.Description, o.Description},
			{Rescored, "points", number(was.Points, "0"), number(o.Points, "0")}, {Rescored, "exclusive", was.Exclusive, o.Exclusive}})
	}
	for _, o := range d.from.options(old.Answer) {
		if !kept[o.Value] {
			c := at
			c.Kind, c.Option, c.Before, c.Effect = Removed, o.Value, o.Title, effect
			d.add(c)
		}
	}
}

// A valued is a field of something that is no node, before and after.
type valued struct {
	kind          Kind
	field         string
	before, after any
}

func (d *differ) values(at Change, effect Effect, list []valued) {
	for _, v := range list {
		if sameJSON(v.before, v.after) {
			continue
		}
		c := at
		c.Kind, c.Field, c.Before, c.After, c.Effect = v.kind, v.field, v.before, v.after, effect
		if v.kind == Reworded {
			c.Effect = TextsOnly
		}
		d.add(c)
	}
}

// levels compares the ladders of a group.
func (d *differ) levels(at Change, old, p *place, effect Effect) {
	earlier := map[string]*maturity.Level{}
	var before, after []string
	for _, l := range d.from.levels(old.Node) {
		earlier[l.ID] = l
	}
	for _, l := range d.to.levels(p.Node) {
		c, was := at, earlier[l.ID]
		c.Level = l.ID
		if was == nil {
			c.Kind, c.After, c.Effect = Added, l.Title, effect
			d.add(c)
			continue
		}
		after = append(after, l.ID)
		delete(earlier, l.ID)
		d.values(c, effect, []valued{{Reworded, "title", was.Title, l.Title}, {Reworded, "description", was.Description, l.Description},
			{Rescored, "from", number(was.From, ""), number(l.From, "")}, {Rescored, "above", number(was.Above, ""), number(l.Above, "")},
			{Rescored, "of", or(was.Of, maturity.ReadValue), or(l.Of, maturity.ReadValue)}, {Rescored, "require", was.Require, l.Require}})
	}
	for _, l := range d.from.levels(old.Node) {
		if earlier[l.ID] == nil {
			before = append(before, l.ID)
			continue
		}
		c := at
		c.Kind, c.Level, c.Before, c.Effect = Removed, l.ID, l.Title, effect
		d.add(c)
	}
	d.values(at, effect, []valued{{Moved, "levels", before, after}})
}

// references compares what a group reads in a second place.
func (d *differ) references(at Change, old, p *place, effect Effect) {
	type key struct {
		target string // today's id
		nth    int
	}
	earlier, count := map[key]*place{}, map[string]int{}
	for _, kid := range old.kids {
		if kid.Ref != "" {
			target := d.now[kid.Ref]
			if target == "" || d.was[target] != kid.Ref {
				target = " " + kid.Ref // gone
			}
			earlier[key{target, count[target]}] = kid
			count[target]++
		}
	}
	clear(count)
	kept := map[*place]bool{}
	for _, kid := range p.kids {
		if kid.Ref == "" {
			continue
		}
		c, was := at, earlier[key{kid.Ref, count[kid.Ref]}]
		c.Ref = kid.Ref
		count[kid.Ref]++
		if was == nil {
			c.Kind, c.Effect = Added, effect
			d.add(c)
			continue
		}
		kept[was] = true
		d.compare(c, nodeFields, was, kid, effect)
		d.values(c, effect, []valued{{Rescored, "points", was.Points, kid.Points}})
	}
	for _, kid := range old.kids {
		if kid.Ref != "" && !kept[kid] {
			c := at
			c.Kind, c.Ref, c.Effect = Removed, kid.Ref, effect
			d.add(c)
		}
	}
}
