package versions

import (
	"maps"
	"math/big"
	"slices"
	"strings"

	"github.com/modenhet/modenhet/maturity"
)

// A place is a node, or a reference, where it stands in a model.
type place struct {
	*maturity.Node
	parent *place
	index  int // in document order
	kids   []*place
}

// A tree is a model with its places.
type tree struct {
	m      *maturity.Model
	places []*place // document order
	ids    map[string]*place
}

func treeOf(m *maturity.Model) *tree {
	t := &tree{m: m, ids: map[string]*place{}}
	t.add(&m.Node, nil)
	for _, view := range m.Views {
		t.add(view, nil)
	}
	return t
}

func (t *tree) add(n *maturity.Node, parent *place) {
	p := &place{Node: n, parent: parent, index: len(t.places)}
	t.places = append(t.places, p)
	if parent != nil {
		parent.kids = append(parent.kids, p)
	}
	if n.Ref == "" {
		t.ids[n.ID] = p
	}
	for _, child := range n.Children {
		t.add(child, p)
	}
}

// options are those of a choice or a checklist.
func (t *tree) options(a *maturity.Answer) []*maturity.Option {
	if a.Use != "" {
		return t.m.OptionSets[a.Use]
	}
	return a.Options
}

func (t *tree) levels(n *maturity.Node) []*maturity.Level {
	if n.Levels.Use != "" {
		return t.m.Ladders[n.Levels.Use]
	}
	return n.Levels.Levels
}

// has tells whether there is such a node, or such an option of a question.
func (t *tree) has(name string) bool {
	id, option, is := strings.Cut(name, "/")
	p := t.ids[id]
	if p == nil || !is {
		return p != nil
	}
	if p.Answer == nil {
		return false
	}
	switch p.Answer.Type {
	case maturity.Choice, maturity.Checklist:
		for _, o := range t.options(p.Answer) {
			if o.Value == option {
				return true
			}
		}
		return false
	case maturity.YesNo:
		return option == "true" || option == "false"
	case maturity.FreeText:
		return true
	}
	x, is := new(big.Rat).SetString(option)
	outside := func(limit maturity.Decimal, side int) bool {
		return limit != "" && x.Cmp(rational(number(limit, ""))) == side
	}
	return is && !outside(p.Answer.Min, -1) && !outside(p.Answer.Max, 1) && (x.IsInt() || p.Answer.Type == maturity.Number && !p.Answer.Integer)
}

// plain writes a number that stands behind the stroke as answerText does.
func (t *tree) plain(name string) string {
	id, text, is := strings.Cut(name, "/")
	if p := t.ids[id]; is && p != nil && p.Answer != nil && (p.Answer.Type == maturity.ScaleType || p.Answer.Type == maturity.Number) {
		return id + "/" + answerText(maturity.Decimal(text))
	}
	return name
}

// Pairs say what became of the nodes and options of one version in a later one.
type pairs struct {
	from, to *tree
	replaces map[string]string // of the later model, with numbers of the earlier in one notation
	now      map[string]string // earlier id: today's, of all that has a counterpart
	was      map[string]string // today's id: the earlier; of several the one that kept its id, or else the first
	sources  map[string]int    // today's question: how many earlier ones can answer it
}

func pair(from, to *tree) *pairs {
	p := &pairs{from: from, to: to, replaces: map[string]string{}, now: map[string]string{}, was: map[string]string{}, sources: map[string]int{}}
	for _, name := range slices.Sorted(maps.Keys(to.m.Replaces)) {
		p.replaces[from.plain(name)] = to.m.Replaces[name]
	}
	for _, old := range from.places {
		if old.Ref != "" {
			continue
		}
		id, ok := p.replaced(old.ID)
		id, _, _ = strings.Cut(id, "/")
		if !ok {
			id = old.ID
			if old.index == 0 {
				id = to.m.ID
			}
		}
		if n := to.ids[id]; n != nil && (n.Answer == nil) == (old.Answer == nil) {
			p.now[old.ID] = id
			if was, taken := p.was[id]; !taken || was != id && old.ID == id {
				p.was[id] = old.ID
			}
		}
	}
	for _, old := range from.places {
		if old.Answer == nil {
			continue
		}
		_, targets, _ := p.targets(old)
		for _, id := range targets {
			p.sources[id]++
		}
	}
	return p
}

// replaced is what the later model says about an id, or a question/answer, of the earlier.
func (p *pairs) replaced(name string) (string, bool) {
	today, ok := p.replaces[name]
	if !ok || p.from.has(today) && p.to.has(name) && today != name {
		return "", false
	}
	return today, true
}

// option is today's question and option of an earlier one; none is true where there is no such question. An
// option that Replaces brings to a question, and to no answer of it, keeps its value, or is the yes of a yes or no question.
func (p *pairs) option(question, option string) (id, value string, none bool) {
	id, is := "", false
	if today, ok := p.replaced(question + "/" + option); ok {
		if id, value, is = strings.Cut(today, "/"); !is {
			value = option
			if q := p.to.ids[id]; q != nil && q.Answer != nil && q.Answer.Type == maturity.YesNo && p.from.ids[question].Answer.Type != maturity.YesNo {
				value = "true" // it was chosen
			}
		}
	} else if today, ok := p.replaced(question); ok && strings.Contains(today, "/") { // a yes that became an option
		if id, value, _ = strings.Cut(today, "/"); option != "true" {
			return id, option, true
		}
	} else {
		id, value = p.now[question], option
	}
	target := p.to.ids[id]
	return id, value, target == nil || target.Answer == nil
}

// targets are the questions that an earlier one became: the one of its name, and those that its options name.
func (p *pairs) targets(q *place) (main string, all []string, ok bool) {
	if main, ok = p.now[q.ID]; ok {
		all = append(all, main)
	}
	for _, value := range p.choices(q) {
		if id, _, gone := p.option(q.ID, value); !gone && !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	return main, all, ok
}

// choices are the answers that can stand behind a stroke in Replaces.
func (p *pairs) choices(q *place) []string {
	var list []string
	switch q.Answer.Type {
	case maturity.Choice, maturity.Checklist:
		for _, o := range p.from.options(q.Answer) {
			list = append(list, o.Value)
		}
	case maturity.YesNo:
		list = []string{"true", "false"}
	default:
		for _, name := range slices.Sorted(maps.Keys(p.replaces)) {
			if id, value, is := strings.Cut(name, "/"); is && id == q.ID {
				list = append(list, value)
			}
		}
	}
	return list
}

// A recoding is an answer that Replaces made another of today, or one to another question.
type recoding struct{ was, id, today string }

// recoded are the answers to an earlier question that did not stay what they were.
func (p *pairs) recoded(q *place) []recoding {
	var list []recoding
	for _, value := range p.choices(q) {
		if id, today, none := p.option(q.ID, value); !none && (id != p.now[q.ID] || today != value) {
			list = append(list, recoding{value, id, today})
		}
	}
	return list
}
