package versions_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/require"
)

// schemes are the models of the conformance data: those of published schemes, and random ones with every rule.
func schemes(t *testing.T) []*maturity.Model {
	t.Helper()
	paths, err := filepath.Glob("../testdata/conformance/*/model.json")
	require.NoError(t, err)
	deeper, err := filepath.Glob("../testdata/conformance/*/*/model.json")
	require.NoError(t, err)
	var models []*maturity.Model
	for _, path := range append(paths, deeper...) {
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		m, err := maturity.Parse(data, nil)
		require.NoError(t, err)
		models = append(models, m)
	}
	random, err := os.ReadFile("../testdata/conformance/random.ndjson")
	require.NoError(t, err)
	for line := range bytes.Lines(random) {
		var c struct{ Model *maturity.Model }
		require.NoError(t, json.Unmarshal(line, &c))
		models = append(models, c.Model)
	}
	require.Greater(t, len(models), 100)
	return models
}

func compile(t *testing.T, m *maturity.Model) *maturity.Scorer {
	t.Helper()
	s, err := maturity.Compile(m, nil)
	require.NoError(t, err)
	return s
}

func parse(t *testing.T, model string) *maturity.Model {
	t.Helper()
	m, err := maturity.Parse([]byte(model), nil)
	require.NoError(t, err, model)
	return m
}

func optionsOf(m *maturity.Model, a *maturity.Answer) []*maturity.Option {
	if a.Use != "" {
		return m.OptionSets[a.Use]
	}
	return a.Options
}

// answer draws an answer to a question.
func answer(r *rand.Rand, m *maturity.Model, a *maturity.Answer) any {
	options := optionsOf(m, a)
	switch a.Type {
	case maturity.Choice:
		return options[r.IntN(len(options))].Value
	case maturity.Checklist:
		list := []string{}
		for _, o := range options {
			if o.Exclusive && len(list) == 0 && r.IntN(4) == 0 {
				return []string{o.Value}
			} else if !o.Exclusive && r.IntN(2) == 0 {
				list = append(list, o.Value)
			}
		}
		return list
	case maturity.YesNo:
		return r.IntN(2) == 0
	case maturity.FreeText:
		return "x"
	}
	low, high := 0, 100
	if a.Min != "" {
		low = int(a.Min.Float64())
	}
	if a.Max != "" {
		high = int(a.Max.Float64())
	}
	return low + r.IntN(high-low+1)
}

// assessment answers about nine questions of ten, and says of some that they are not applicable.
func assessment(r *rand.Rand, s *maturity.Scorer) *maturity.Assessment {
	a := &maturity.Assessment{Model: s.Ref(), Answers: map[string]any{}, NotApplicable: map[string]string{},
		Comments: map[string]string{}, Evidence: map[string][]maturity.Evidence{}}
	for _, n := range s.Model().Nodes() {
		if n.Answer == nil {
			continue
		}
		switch r.IntN(20) {
		case 0:
		case 1:
			a.NotApplicable[n.ID] = "why " + n.ID
			if s.Check(a) != nil { // forbidden here
				delete(a.NotApplicable, n.ID)
			}
		default:
			a.Answers[n.ID] = answer(r, s.Model(), n.Answer)
		}
		if r.IntN(5) == 0 {
			a.Comments[n.ID] = "on " + n.ID
			a.Evidence[n.ID] = []maturity.Evidence{{Title: n.ID}}
		}
	}
	return a
}

// mutate makes a later version of a model by one change in each of a few places.
func mutate(t *testing.T, r *rand.Rand, m *maturity.Model) *maturity.Model {
	t.Helper()
	text, err := json.Marshal(m)
	require.NoError(t, err)
	for {
		next := new(maturity.Model)
		require.NoError(t, json.Unmarshal(text, next))
		next.Version, next.Replaces = "9.0.0", map[string]string{}
		var nodes []*maturity.Node
		for _, n := range next.Nodes() {
			nodes = append(nodes, n)
		}
		for range 1 + r.IntN(3) {
			change(r, next, nodes[r.IntN(len(nodes))])
		}
		if next.Validate(nil) == nil {
			return next
		}
	}
}

func change(r *rand.Rand, m *maturity.Model, n *maturity.Node) {
	pick := func() int { return r.IntN(max(len(n.Children), 1)) }
	switch r.IntN(18) {
	case 0:
		n.Title = maturity.T(fmt.Sprint("title ", r.IntN(9)))
	case 1:
		n.Weight = maturity.Decimal(fmt.Sprint(r.IntN(4)))
	case 2:
		for _, c := range n.Children { // twice all weights: the same shares
			if c.Weight == "" {
				c.Weight = "1"
			}
			c.Weight = maturity.Decimal(fmt.Sprint(2 * c.Weight.Float64()))
		}
	case 3:
		if len(n.Children) > 0 {
			n.Aggregate = []maturity.Aggregate{maturity.Mean, maturity.Min, maturity.Max, maturity.Median}[r.IntN(4)]
		}
	case 4:
		n.Missing = maturity.Lowest
	case 5:
		n.NotApplicable = maturity.Highest
	case 6:
		if n.Answer != nil && n.Answer.Options != nil {
			n.Answer.Options[r.IntN(len(n.Answer.Options))].Points = maturity.Decimal(fmt.Sprint(r.IntN(3)))
		}
	case 7:
		if len(n.Children) > 1 {
			n.Children = append(n.Children[1:], n.Children[0])
		}
	case 8:
		if len(n.Children) > 1 {
			i := pick()
			n.Children = append(n.Children[:i:i], n.Children[i+1:]...)
		}
	case 9:
		if len(n.Children) > 0 {
			n.Children = append(n.Children, &maturity.Node{ID: fmt.Sprint("new-", r.IntN(1000)), Answer: &maturity.Answer{Type: maturity.YesNo}})
		}
	case 10:
		if n.ID != "" && n != &m.Node {
			id := fmt.Sprint("renamed-", r.IntN(1000))
			m.Replaces[n.ID] = id
			n.ID = id
		}
	case 11:
		if n.Answer != nil && n.Answer.Options != nil && n.ID != "" {
			o := n.Answer.Options[r.IntN(len(n.Answer.Options))]
			m.Replaces[n.ID+"/"+o.Value] = n.ID + "/today"
			o.Value = "today"
		}
	case 16, 17: // an answer became another, of a question with another id
		if n.Answer != nil && n.ID != "" && (n.Answer.Type == maturity.YesNo || n.Answer.Type == maturity.ScaleType) {
			id := fmt.Sprint("recoded-", r.IntN(1000))
			was, today := "true", "false"
			if n.Answer.Type == maturity.ScaleType {
				was, today = n.Answer.Max.String()+".0", n.Answer.Min.String()
			}
			m.Replaces[n.ID], m.Replaces[n.ID+"/"+was] = id, id+"/"+today
			n.ID = id
		}
	case 12:
		if n.Round != nil {
			n.Round.Digits++
		} else if len(n.Children) > 0 {
			n.Round = &maturity.Rounding{Digits: 1}
		}
	case 14:
		n.When = nil
	case 15: // two questions become one
		for _, other := range m.Children {
			if n.Answer != nil && other.Answer != nil && other.ID != n.ID && n.ID != "" {
				m.Replaces[n.ID] = other.ID
				n.ID = "gone"
				return
			}
		}
	case 13:
		if n.Answer != nil && len(n.Answer.Options) > 2 {
			n.Answer.Options = n.Answer.Options[1:]
		}
	}
}
