package versions

import (
	"maps"
	"slices"

	"github.com/modenhet/modenhet/maturity"
)

// asked is a model of the questions that an assessment speaks of, for want of the version that it was made with: those
// that the later version asks, and those that it does not know, each of the kind that its answer has.
func asked(a *maturity.Assessment, to *tree) *maturity.Model {
	m := &maturity.Model{Version: a.Model.Version, OptionSets: to.m.OptionSets, Node: maturity.Node{ID: a.Model.ID}}
	unknown := map[string]bool{}
	for _, ids := range [][]string{slices.Collect(maps.Keys(a.Answers)), slices.Collect(maps.Keys(a.NotApplicable)),
		slices.Collect(maps.Keys(a.Comments)), slices.Collect(maps.Keys(a.Evidence))} {
		for _, id := range ids {
			unknown[id] = true
		}
	}
	add := func(id string, today *maturity.Answer) {
		delete(unknown, id)
		m.Children = append(m.Children, &maturity.Node{ID: id, Answer: kindGiven(a.Answers[id], today, to)})
	}
	for _, p := range to.places {
		if p.Answer != nil {
			add(p.ID, p.Answer)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(unknown)) {
		add(id, &maturity.Answer{Type: maturity.FreeText})
	}
	return m
}

// kindGiven is the kind of a question by its answer, and that of today where there is none or it is an option of it.
func kindGiven(value any, today *maturity.Answer, to *tree) *maturity.Answer {
	switch v := value.(type) {
	case nil:
		return today
	case bool:
		return &maturity.Answer{Type: maturity.YesNo}
	case string:
		is := func(o *maturity.Option) bool { return o.Value == v }
		if today.Type == maturity.Choice && slices.ContainsFunc(to.options(today), is) {
			return today
		}
		return &maturity.Answer{Type: maturity.FreeText}
	}
	if list, is := stringList(value); is {
		kind := &maturity.Answer{Type: maturity.Checklist}
		for _, option := range list {
			kind.Options = append(kind.Options, &maturity.Option{Value: option})
		}
		return kind
	}
	return &maturity.Answer{Type: maturity.Number}
}
