package models_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const page = "../../docs/flagship.md"

// questions returns the questions of a model in document order, by id too.
func questions(m *maturity.Model) (list []*maturity.Node, byID map[string]*maturity.Node) {
	byID = map[string]*maturity.Node{}
	for _, n := range m.Nodes() {
		if n.Answer != nil {
			list, byID[n.ID] = append(list, n), n
		}
	}
	return list, byID
}

// The examples. The values were worked out apart from the engine, as fractions.
func TestFlagshipExamples(t *testing.T) {
	s := load(t, models.Default)
	seen := 0
	check := func(name, level, byThreshold string, value, low, high float64) {
		seen++
		r, err := s.Score(example(t, s, name))
		require.NoError(t, err)
		root := r.Root()
		assert.Equal(t, []string{level, byThreshold}, []string{root.Level, root.LevelByThreshold}, name)
		assert.Equal(t, value, root.Value, name)
		assert.InDelta(t, low, root.Range.Low, 5e-4, name)
		assert.InDelta(t, high, root.Range.High, 5e-4, name)
	}
	check("bjorkevang-2024", "emerging", "emerging", 1089937.0/514800, 1089937.0/514800, 1089937.0/514800)
	check("bjorkevang-2026", "managed", "managed", 200753.0/57200, 200753.0/57200, 200753.0/57200)
	check("complete", "managed", "managed", 134153.0/34320, 134153.0/34320, 134153.0/34320)
	check("elvestrand", "managed", "transforming", 5939.0/1320, 5939.0/1320, 5939.0/1320)
	check("example", "emerging", "established", 75451.0/25740, 2.6701, 3.2545)
	check("furudal", "emerging", "emerging", 139741.0/57200, 139741.0/57200, 139741.0/57200)
	check("havnesund", "emerging", "established", 564133.0/171600, 564133.0/171600, 564133.0/171600)
	check("kvitbrekka", "established", "established", 253.0/96, 1.3118, 4.2568)
	check("lyngskjer", "emerging", "emerging", 315439.0/171600, 315439.0/171600, 315439.0/171600)
	check("myrgard", "initial", "initial", 1.0/1, 1.0/1, 1.0/1)
	check("sjoborg", "established", "managed", 695641.0/171600, 695641.0/171600, 695641.0/171600)
	check("solvag", "transforming", "transforming", 217.0/44, 217.0/44, 217.0/44)
	check("steinvoll-fagmiljoet", "established", "established", 433.0/150, 433.0/150, 433.0/150)
	check("steinvoll-ledelsen", "managed", "managed", 55899.0/14300, 55899.0/14300, 55899.0/14300)
	check("storhei", "established", "established", 126167.0/42900, 126167.0/42900, 126167.0/42900)
	check("tindelv", "established", "established", 42203.0/14300, 42203.0/14300, 42203.0/14300)
	assert.Len(t, models.Assessments(models.Default), seen)
}

// Between them the municipalities choose every option.
func TestExamplesCoverEveryOption(t *testing.T) {
	s := load(t, models.Default)
	chosen := map[string]bool{}
	list, _ := questions(s.Model())
	for _, name := range models.Assessments(models.Default) {
		a := example(t, s, name)
		for _, q := range list {
			values, _ := a.Answers[q.ID].([]string)
			if value, ok := a.Answers[q.ID].(string); ok {
				values = []string{value}
			}
			for _, value := range values {
				chosen[q.ID+"/"+value] = true
			}
		}
	}
	for _, q := range list[1:] {
		for _, o := range q.Answer.Options {
			assert.True(t, chosen[q.ID+"/"+o.Value], "nobody chose %s of %s", o.Value, q.ID)
		}
	}
}

// Each claim that the model is built on is measured by the questions that the page names, and no question
// claims more. Questions that only a partnership gets are no claim's only measure.
func TestEveryClaimIsMeasured(t *testing.T) {
	_, byID := questions(load(t, models.Default).Model())
	tagged, listed := map[string][]string{}, map[string][]string{}
	for id, n := range byID {
		for _, claim := range strings.Fields(n.Tags["seed"]) {
			tagged[claim] = append(tagged[claim], id)
		}
	}
	for _, row := range regexp.MustCompile(`(?m)^\| (C\d+) \|.*\| ([^|]*) \|$`).FindAllStringSubmatch(read(t, page), -1) {
		for _, id := range strings.Split(row[2], ", ") {
			id = strings.Trim(id, "`")
			require.NotNil(t, byID[id], "%s names %s", row[1], id)
			listed[row[1]] = append(listed[row[1]], id)
		}
		assert.True(t, slices.ContainsFunc(listed[row[1]], func(id string) bool { return byID[id].When == nil }), row[1])
	}
	require.Len(t, listed, 37)
	for claim, ids := range listed {
		assert.ElementsMatch(t, tagged[claim], ids, claim)
	}
	assert.Len(t, tagged, len(listed))
}

// Four dimensions of five practices, two or three questions each, none of them bare.
func TestFlagshipStructure(t *testing.T) {
	m := load(t, models.Default).Model()
	kinds := map[maturity.AnswerType]int{}
	for _, dimension := range m.Children {
		if dimension.Weight == "0" {
			continue
		}
		assert.Len(t, dimension.Children, 5, dimension.ID)
		for _, practice := range dimension.Children {
			require.Len(t, practice.Advice, 4, "%s: from each level to the one above", practice.ID)
			for _, advice := range practice.Advice {
				for language, takes := range map[string]string{"nb": "Det trengs ", "nn": "Det trengst ", "en": "It takes "} {
					assert.Contains(t, advice[language], takes, "%s: what it takes", practice.ID)
				}
			}
			assert.Contains(t, []int{2, 3}, len(practice.Children), practice.ID)
			for _, q := range practice.Children {
				kinds[q.Answer.Type]++
				assert.Len(t, q.Advice, 1, q.ID)
				effort := q.Effort.Float64()
				assert.True(t, effort >= 1 && effort <= 6, "%s: effort in weeks of one person", q.ID)
				if q.Answer.Type == maturity.Choice {
					require.Len(t, q.Answer.Options, 5, q.ID)
					for i, o := range q.Answer.Options {
						assert.Equal(t, float64(i), o.Points.Float64(), q.ID)
						assert.True(t, i == 0 || o.Description != nil, "%s: what %s takes", q.ID, o.Value)
					}
				}
				if q.Answer.Type == maturity.Checklist {
					assert.True(t, q.Answer.Options[0].Exclusive, "%s: that there is none can be said", q.ID)
				}
			}
		}
	}
	assert.Len(t, m.Children, 5)
	assert.Equal(t, map[maturity.AnswerType]int{maturity.Choice: 27, maturity.Checklist: 12, maturity.Number: 5, maturity.YesNo: 1}, kinds)
}

// How long a first answer takes: what is read, and a moment to choose. English words a minute are the mean of
// silent reading of non-fiction (Brysbaert, 2019); a language that says the same in fewer words is read as fast.
const (
	wordsAMinute    = 238.0
	secondsToChoose = 6.0
)

func TestTime(t *testing.T) {
	m := load(t, models.Default).Model()
	words := func(language string, list ...maturity.Text) (n int) {
		for _, text := range list {
			n += len(strings.Fields(text[language]))
		}
		return n
	}
	read := map[string]int{}
	asked := 0
	for path, n := range m.Nodes() {
		dimension := strings.Count(path, "/") == 2 && n.Weight != "0"
		if n.Answer != nil {
			asked++
		}
		for _, language := range []string{"en", "nb", "nn"} {
			if dimension { // its page begins with its first practice
				read[language] += words(language, n.Title)
				continue
			}
			read[language] += words(language, n.Title, n.Description)
			if n.Answer != nil {
				for _, o := range n.Answer.Options {
					read[language] += words(language, o.Title, o.Description)
				}
			}
		}
	}
	minutes := float64(read["en"])/wordsAMinute + float64(asked)*secondsToChoose/60
	assert.LessOrEqual(t, minutes, 25.0)
	generated(t, page, "time", fmt.Sprintf("There are %d words to read in bokmål, %d in nynorsk and %d in English, for %d questions, the three for partnerships included: %.1f minutes.\n",
		read["nb"], read["nn"], read["en"], asked, minutes))
}

// Plain language, as LIX measures it (Björnsson, 1968): words a sentence, and the per cent of words of more than six
// letters. Below 40 is easy. Compounds make Norwegian look harder than it is.
func TestReadability(t *testing.T) {
	words, long, sentences := map[string]int{}, map[string]int{}, map[string]int{}
	ends := regexp.MustCompile(`[.?:](?:\s|$)`)
	texts(load(t, models.Default).Model(), func(_, _ string, text maturity.Text) {
		for language, written := range text {
			for _, word := range regexp.MustCompile(`[\pL\d-]+`).FindAllString(written, -1) {
				words[language]++
				if len([]rune(word)) > 6 {
					long[language]++
				}
			}
			sentences[language] += max(1, len(ends.FindAllString(written, -1)))
		}
	})
	lix := func(language string) int { // rounded, in whole numbers
		w, s := words[language], sentences[language]
		return (2*(w*w+100*long[language]*s) + w*s) / (2 * w * s)
	}
	for _, language := range []string{"nb", "nn", "en"} {
		assert.Less(t, lix(language), 36, language)
	}
	generated(t, page, "readability", fmt.Sprintf("LIX is %d in bokmål, %d in nynorsk and %d in English.\n", lix("nb"), lix("nn"), lix("en")))
}

// Each gate holds its level back by itself, whatever the points say.
func TestFlagshipGates(t *testing.T) {
	s := load(t, models.Default)
	list, _ := questions(s.Model())
	session, err := s.Session(example(t, s, "complete"))
	require.NoError(t, err)
	set := func(top bool, prefix string) {
		for _, q := range list {
			if strings.HasPrefix(q.ID, prefix) && q.ID != "context-partnership" {
				require.NoError(t, session.Set(q.ID, extreme(q, top)), q.ID)
			}
		}
	}
	level := func() (string, string) {
		r, err := session.Result()
		require.NoError(t, err)
		return r.Root().Level, r.Root().LevelByThreshold
	}
	check := func(prefix, held string) {
		set(true, "")
		reached, _ := level()
		require.Equal(t, "transforming", reached, "with every answer at its best")
		set(false, prefix)
		reached, byPoints := level()
		assert.Equal(t, held, reached, "with %s at its worst", prefix)
		assert.NotEqual(t, held, byPoints, "%s: the points alone would not hold it back", prefix)
	}
	check("anchoring-", "emerging")
	check("benefits-", "established")
	set(true, "")
	for _, practice := range []string{"willingness-", "user-focus-", "collaboration-"} {
		set(false, practice)
	}
	reached, byPoints := level()
	assert.Equal(t, "managed", reached, "with one dimension below managed")
	assert.Equal(t, "transforming", byPoints)
}

// extreme is the best answer to a question of the flagship, or the worst.
func extreme(q *maturity.Node, top bool) any {
	switch a := q.Answer; a.Type {
	case maturity.YesNo:
		return top
	case maturity.Number:
		if top {
			return a.Max
		}
		return a.Min
	case maturity.Choice:
		if top {
			return a.Options[len(a.Options)-1].Value
		}
		return a.Options[0].Value
	default: // the first option stands alone: there is none
		if !top {
			return []string{a.Options[0].Value}
		}
		var all []string
		for _, o := range a.Options[1:] {
			all = append(all, o.Value)
		}
		return all
	}
}
