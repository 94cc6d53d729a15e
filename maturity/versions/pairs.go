package versions

import (
	"maps"
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
	}
	return true
}

// Pairs say what became of the nodes and options of one version in a later one.
type pairs struct {
	from, to *tree
	now      map[string]string // earlier id: today's, of all that has a counterpart
	was      map[string]string // today's id: the earlier; of several the one that kept its id, or else the first
	sources  map[string]int    // today's question: how many earlier ones can answer it
}

func pair(from, to *tree) *pairs {
	p := &pairs{from: from, to: to, now: map[string]string{}, was: map[string]string{}, sources: map[string]int{}}
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

// replaced is what the later model says about an id, or a question/option, of the earlier.
func (p *pairs) replaced(name string) (string, bool) {
	today, ok := p.to.m.Replaces[name]
	if !ok || p.from.has(today) && p.to.has(name) && today != name {
		return "", false
	}
	return today, true
}

// option is today's question and option of an earlier one; none is true where there is no such question. An
// option that Replaces brings to a question, and to none of its options, keeps its value.
func (p *pairs) option(question, option string) (id, value string, none bool) {
	id, is := "", false
	if today, ok := p.replaced(question + "/" + option); ok {
		if id, value, is = strings.Cut(today, "/"); !is {
			value = option
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
		for _, name := range slices.Sorted(maps.Keys(p.to.m.Replaces)) {
			if id, value, is := strings.Cut(name, "/"); is && id == q.ID {
				list = append(list, value)
			}
		}
	}
	return list
}
