package cohort

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/internal/random"
	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/require"
)

// FuzzGroup: a group of documents, some of them bad, is refused for the bad ones alone, or gives figures that do not
// depend on its order or parts and that rest on as many as they should; what is made of respondents is an assessment,
// the same in any order, and of copies their own answers.
func FuzzGroup(f *testing.F) {
	for seed, drawn := range random.Seeds(5) {
		f.Add(seed, drawn)
	}
	f.Fuzz(func(t *testing.T, seed uint64, drawn []byte) {
		r := random.Draw(seed, drawn, 11)
		model := random.Model(r)
		s, err := maturity.CompileJSON(model, nil)
		require.NoError(t, err)
		var docs [][]byte
		bad := map[int]bool{}
		for i := range 1 + r.IntN(9) {
			tree := random.Decode(random.Assessment(r, model)).(map[string]any)
			tree["subject"] = map[string]any{"id": fmt.Sprint("s", i), "attributes": map[string]any{"size": []string{"1", "2.5", "1000", "0"}[r.IntN(4)]}}
			if r.IntN(20) == 0 {
				random.Mutate(r, tree)
			}
			docs = append(docs, random.Encode(tree))
			if a, err := s.ParseAssessment(docs[i]); err != nil {
				bad[i] = true
			} else if _, err := s.Score(a); err != nil {
				bad[i] = true
			}
		}
		opts := &Options{Minimum: 2 + r.IntN(3), Unsuppressed: r.IntN(2) == 0}
		g, err := ParseGroup(s, docs, opts)
		if err != nil {
			refusesBad(t, err, bad)
			return
		}
		require.Empty(t, bad)
		figures := g.Figures()
		want := text(t, figures)
		for i, n := range figures.Nodes {
			for _, x := range []Statistic{n.Count, n.Mean, n.Min, n.Median, n.Max} {
				require.True(t, x.Status != Defined || opts.Unsuppressed || n.Status == NoValues || n.Count.Value >= float64(opts.Minimum), "%+v", n)
			}
			if opts.Unsuppressed && n.Mean.Status == Defined {
				require.True(t, n.Min.Value <= n.Mean.Value && n.Mean.Value <= n.Max.Value && n.Min.Value <= n.Median.Value && n.Median.Value <= n.Max.Value, "%+v", n)
				require.Equal(t, n.Count.Value, float64(g.sketch.nodes[i].count), n.ID)
			}
		}
		cut := r.IntN(len(docs) + 1)
		first, err := ParseGroup(s, docs[:cut], opts)
		require.NoError(t, err)
		second, err := ParseGroup(s, docs[cut:], opts)
		require.NoError(t, err)
		merged := second.Sketch()
		require.NoError(t, merged.Merge(first.Sketch()))
		require.Equal(t, text(t, g.Sketch()), text(t, merged))
		r.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
		list := parsed(t, docs)
		other, err := NewGroup(s, list, opts)
		require.NoError(t, err)
		require.Equal(t, want, text(t, other.Figures()))
		if !slices.ContainsFunc(g.labels, func(label string) bool { return strings.HasPrefix(label, "#") }) { // without a subject: called by its number
			require.Equal(t, text(t, g.Pairs(1)), text(t, other.Pairs(1)))
		}
		require.Equal(t, text(t, g.Means()), text(t, other.Means()))
		if _, _, err := other.Pool(nil); err != nil {
			require.ErrorIs(t, err, maturity.AnswerRequired)
		}
		respond(t, r, s, list)
	})
}

// refusesBad checks that an error is about the bad documents, all of them, or that their subjects are not distinct.
func refusesBad(t *testing.T, err error, bad map[int]bool) {
	var invalid *maturity.InvalidError
	require.ErrorAs(t, err, &invalid)
	named := map[int]bool{}
	for _, issue := range invalid.Issues {
		var i int
		_, scanErr := fmt.Sscanf(strings.ReplaceAll(issue.Path, "/", " "), "%d", &i)
		require.NoError(t, scanErr, issue.Path)
		require.True(t, bad[i] || issue.Code == maturity.DuplicateID, "%+v", issue)
		named[i] = true
	}
	for i := range bad {
		require.True(t, named[i], "nothing is said of document %d: %v", i, err)
	}
}

// respond takes assessments as those of one subject.
func respond(t *testing.T, r *rand.Rand, s *maturity.Scorer, list []*maturity.Assessment) {
	for i, a := range list {
		a.Subject, a.Respondent = nil, fmt.Sprint("r", i)
	}
	opts := &CombineOptions{By: []How{"", Median, Mean, Mode, Lowest}[r.IntN(5)]}
	a, err := Combine(s, list, opts)
	require.NoError(t, err)
	require.NoError(t, s.Check(a))
	agreed, err := Agree(s, list)
	require.NoError(t, err)
	text(t, agreed)
	if _, err := CombineScores(s, list, opts); err != nil {
		require.True(t, errors.Is(err, maturity.AnswerRequired), "%v", err)
	}
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	b, err := Combine(s, list, opts)
	require.NoError(t, err)
	require.Equal(t, text(t, a.Answers), text(t, b.Answers))
	twin := *list[0]
	twin.Respondent = "twin"
	c, err := Combine(s, []*maturity.Assessment{list[0], &twin}, opts)
	require.NoError(t, err)
	for _, n := range s.Model().Nodes() {
		if n.Answer != nil && n.Answer.Type != maturity.FreeText && n.Answer.Type != maturity.Checklist {
			x, _ := json.Marshal(list[0].Answers[n.ID])
			y, _ := json.Marshal(c.Answers[n.ID])
			require.Equal(t, string(x), string(y), "%s %s", opts.By, n.ID)
		}
	}
}
