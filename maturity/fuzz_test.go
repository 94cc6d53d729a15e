package maturity_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/internal/random"
	"github.com/modenhet/modenhet/maturity"
	"github.com/stretchr/testify/require"
)

// Fuzz targets of documents and of scoring; docs/fuzzing.md lists those of all packages.

// addDrawn adds seeds of a target that draws its documents.
func addDrawn(f *testing.F) {
	for seed, drawn := range random.Seeds(1) {
		f.Add(seed, drawn)
	}
	f.Add(uint64(1<<40), []byte(nil))
}

// FuzzScore: the engine gives what the reference gives, every range contains every completion, explanations add up,
// documents are written as they were read, and neither order, nor a common factor of weights, nor better answers
// where all rises do what they should not.
func FuzzScore(f *testing.F) {
	addDrawn(f)
	fuzzDrawn(f, equalsReference, rangeContains, explanationAddsUp, orderIsNothing, factorIsNothing, risingRises)
}

// FuzzLive: a Session after changes, a Variation, a Row and a Batch all give what Score gives from nothing.
func FuzzLive(f *testing.F) {
	addDrawn(f)
	fuzzDrawn(f, sessionEqualsScore, variationEqualsRecompiled, rowEqualsScore, batchEqualsScore, batchEqualsRow)
}

func fuzzDrawn(f *testing.F, properties ...property) {
	f.Fuzz(func(t *testing.T, seed uint64, drawn []byte) {
		r := random.Draw(seed, drawn, 0)
		model := []func(*rand.Rand) []byte{random.Model, random.Model, random.Model, genMeans, genChoices}[r.IntN(5)](r)
		odd := r.IntN(4) == 0
		if odd {
			tree := random.Decode(model)
			for range 1 + r.IntN(3) {
				random.MutateModel(r, tree)
			}
			model = random.Encode(tree)
		}
		s, err := maturity.CompileJSON(model, nil)
		if odd && err != nil {
			standIn(t, err, model)
			return
		}
		if errors.Is(err, maturity.Cycle) {
			return // genMeans gives some
		}
		require.NoError(t, err, "%s", model)
		assessment := random.Assessment(r, model)
		for _, p := range properties {
			p(t, r, "a drawn model", model, s, assessment)
		}
		if !odd { // a mutated model may say what is written in another way, or not at all
			roundTrips(t, r, "a drawn model", model, s, assessment)
		}
	})
}

// genChoices gives a model of means of choices, whose points rise and fall unevenly and need sums of any width.
func genChoices(r *rand.Rand) []byte {
	scale := []int{1, 1, 20, 3000, 400_000}[r.IntN(5)]
	var groups []string
	for g := range 1 + r.IntN(4) {
		var questions []string
		for q := range 1 + r.IntN(6) {
			var options []string
			for o := range 1 + r.IntN(6) {
				options = append(options, fmt.Sprintf(`{"value":"o%d","points":%d.%d}`, o, (r.IntN(9)-3)*scale, r.IntN(10)))
			}
			questions = append(questions, fmt.Sprintf(`{"id":"q%d-%d","weight":%d,"answer":{"type":"choice","options":[%s]}}`, g, q, 1+r.IntN(4), strings.Join(options, ",")))
		}
		groups = append(groups, fmt.Sprintf(`{"id":"g%d","weight":%d,"levels":[{"id":"a","from":-1},{"id":"b","from":%d}],"children":[%s]}`, g, 1+r.IntN(3), scale, strings.Join(questions, ",")))
	}
	return []byte(fmt.Sprintf(`{"id":"m","version":"1.0.0","children":[%s,{"id":"alone","answer":{"type":"scale","min":-2,"max":200}}]}`, strings.Join(groups, ",")))
}

// A batch of any bytes gives the values and errors of a row, one assessment after the other.
func batchEqualsRow(t *testing.T, r *rand.Rand, name string, model []byte, s *maturity.Scorer, _ []byte) {
	b, err := s.Batch()
	if err != nil {
		return // a checklist or a number
	}
	row, err := s.Row()
	require.NoError(t, err)
	n, options := 1+r.IntN(20), make([]int16, len(s.Questions()))
	columns := make([][]uint8, len(options))
	for q := range columns {
		columns[q] = make([]uint8, n)
		for i := range columns[q] {
			if columns[q][i] = uint8(r.IntN(3)); r.IntN(8) == 0 {
				columns[q][i] = uint8(r.IntN(256))
			}
		}
	}
	require.NoError(t, b.Score(columns))
	errs := b.Errors()
	for i := range n {
		for q := range columns {
			if options[q] = int16(columns[q][i]); options[q] > 253 {
				options[q] -= 256
			}
		}
		if err := row.Score(options); err != nil {
			require.NotEmpty(t, errs, "%s: %v", name, options)
			require.Equal(t, &maturity.RowError{Row: i, Err: err}, errs[0], name)
			errs = errs[1:]
			continue
		}
		for _, node := range s.Model().Nodes() {
			at, ok := s.Index(node.ID)
			if node.Answer != nil || !ok {
				continue // a question, or a reference
			}
			want, scored := row.Value(at)
			got, has := b.Value(at, i)
			require.Equal(t, []any{scored, want, row.Level(at)}, []any{has, got, b.Level(at, i)}, "%s: %s, %v\n%s", name, node.ID, options, model)
		}
	}
	require.Empty(t, errs, name)
}

// Scores do not depend on the order of children. Whether a model is valid may: where a condition would read ahead, there is
// none.
func orderIsNothing(t *testing.T, r *rand.Rand, name string, model []byte, s *maturity.Scorer, assessment []byte) {
	tree := random.Decode(model).(map[string]any)
	eachGroup(tree, func(group map[string]any) {
		children := group["children"].([]any)
		r.Shuffle(len(children), func(i, j int) { children[i], children[j] = children[j], children[i] })
	})
	shuffled, err := maturity.CompileJSON(random.Encode(tree), nil)
	if errors.Is(err, maturity.ReadsAhead) {
		unconditional := random.Decode(model).(map[string]any)
		for _, tree := range []any{tree, unconditional} {
			for _, spot := range random.Spots(tree) {
				if spot.Key == "when" && spot.Of["id"] != nil {
					spot.Drop()
				}
			}
		}
		s, model = compile(t, random.Encode(unconditional)), random.Encode(unconditional)
		shuffled, err = maturity.CompileJSON(random.Encode(tree), nil)
	}
	require.NoError(t, err, name)
	sameNodes(t, s, shuffled, assessment, func() string { return fmt.Sprintf("%s in another order\n%s\n%s", name, model, random.Encode(tree)) })
}

// Scores do not depend on a factor that the weights of all children of a group have in common, but for sums.
func factorIsNothing(t *testing.T, r *rand.Rand, name string, model []byte, s *maturity.Scorer, assessment []byte) {
	tree := random.Decode(model).(map[string]any)
	eachGroup(tree, func(group map[string]any) {
		if group["aggregate"] == "sum" || group["aggregate"] == "geometric" && r.IntN(3) > 0 {
			return // of a geometric mean weights are whole numbers, and their sum is bounded
		}
		factor := []int64{2, 3, 7, 1000}[r.IntN(4)]
		if group["aggregate"] == "geometric" {
			factor = 2
		}
		for _, c := range group["children"].([]any) {
			child := c.(map[string]any)
			if child["weight"] == nil {
				child["weight"] = "1"
			}
			child["weight"] = decimal(factor * billionths(t, maturity.Decimal(fmt.Sprint(child["weight"]))))
			if group["aggregate"] == "geometric" {
				child["weight"], _, _ = strings.Cut(child["weight"].(string), ".")
			}
		}
	})
	heavier, err := maturity.CompileJSON(random.Encode(tree), nil)
	if errors.Is(err, maturity.BadGeometric) || errors.Is(err, maturity.BadDecimal) {
		return // more than a weight can be
	}
	require.NoError(t, err, name)
	sameNodes(t, s, heavier, assessment, func() string { return fmt.Sprintf("%s with other weights\n%s\n%s", name, model, random.Encode(tree)) })
}

func eachGroup(tree map[string]any, do func(group map[string]any)) {
	if tree["children"] != nil {
		do(tree)
	}
	for _, list := range []string{"children", "views"} {
		nodes, _ := tree[list].([]any)
		for _, n := range nodes {
			eachGroup(n.(map[string]any), do)
		}
	}
}

// sameNodes holds the outcomes of all nodes in two models against each other, but for their blockers, whose order is
// that of the document.
func sameNodes(t *testing.T, s, other *maturity.Scorer, assessment []byte, name func() string) {
	a, err := s.ParseAssessment(assessment)
	require.NoError(t, err)
	b, err := other.ParseAssessment(assessment)
	require.NoError(t, err)
	want, wantErr := s.Score(a)
	got, gotErr := other.Score(b)
	if wantErr != nil || gotErr != nil {
		require.True(t, errors.Is(wantErr, maturity.AnswerRequired) && errors.Is(gotErr, maturity.AnswerRequired), "%v, %v: %s", wantErr, gotErr, name())
		return
	}
	require.Len(t, got.Nodes, len(want.Nodes))
	for _, w := range want.Nodes {
		g, ok := got.Node(w.ID)
		require.True(t, ok)
		x, y := w, *g
		x.Blockers, y.Blockers = nil, nil
		if a, b := text(t, x), text(t, y); a != b {
			require.Equal(t, a, b, name())
		}
	}
}

func text(t *testing.T, v any) string {
	data, err := json.Marshal(v)
	require.NoError(t, err)
	return string(data)
}

// In a rising model an answer that is worth more never lowers a value, a ratio or a level. A model rises if nothing is
// hidden by a condition, no adjustment depends on one, sets, or multiplies by less than 0, conditions of levels and of
// met ask for at least or for more, no scale falls, and no reference gives an answer other points. Others are made so.
func risingRises(t *testing.T, r *rand.Rand, name string, model []byte, _ *maturity.Scorer, assessment []byte) {
	tree := random.Decode(model).(map[string]any)
	rise(tree)
	for _, ladder := range entries(tree["ladders"]) {
		riseLevels(ladder)
	}
	model = random.Encode(tree)
	s, err := maturity.CompileJSON(model, nil)
	require.NoError(t, err, "%s\n%s", name, model)
	a, err := s.ParseAssessment(random.Completion(r, model, assessment))
	require.NoError(t, err)
	session, err := s.Session(a)
	require.NoError(t, err)
	rank := func(node, level string) int {
		for i, l := range levelsOf(s.Model(), node) {
			if l.ID == level {
				return i
			}
		}
		return -1
	}
	other, err := s.ParseAssessment(random.Completion(r, model, fmt.Appendf(nil, `{"model":{"id":"%s"},"answers":{},"notApplicable":{}}`, s.Model().ID)))
	require.NoError(t, err)
	for _, id := range s.Questions() {
		old, answered := a.Answers[id]
		if !answered {
			continue
		}
		at, _ := s.Index(id)
		before := outcome(t, session)
		require.NoError(t, session.Set(id, other.Answers[id]))
		after := outcome(t, session)
		if before == nil || after == nil || after[at].Value < before[at].Value {
			require.NoError(t, session.Set(id, old))
			continue
		}
		for i, was := range before {
			now := after[i]
			if now.Status != was.Status || now.Value < was.Value || now.Ratio < was.Ratio || rank(now.ID, now.Level) < rank(now.ID, was.Level) {
				require.Fail(t, "it fell", "%s: %s from %v to %v takes %s from %v (%v) %q to %v (%v) %q\n%s\n%s", name, id, old, other.Answers[id],
					was.ID, was.Value, was.Ratio, was.Level, now.Value, now.Ratio, now.Level, model, text(t, session.Assessment()))
			}
		}
	}
}

// outcome is nil where an answer is missing under the policy error.
func outcome(t *testing.T, session *maturity.Session) []maturity.NodeResult {
	r, err := session.Result()
	if err != nil {
		require.ErrorIs(t, err, maturity.AnswerRequired)
		return nil
	}
	return append([]maturity.NodeResult(nil), r.Nodes...)
}

func rise(n map[string]any) {
	delete(n, "when")
	delete(n, "met")
	if n["ref"] != nil {
		delete(n, "points")
	}
	var steps []any
	for _, a := range entries(n["adjust"]) {
		step := a.(map[string]any)
		if _, set := step["set"]; !set && step["when"] == nil && !strings.HasPrefix(fmt.Sprint(step["multiply"]), "-") {
			steps = append(steps, step)
		}
	}
	if delete(n, "adjust"); steps != nil {
		n["adjust"] = steps
	}
	if scale, ok := n["scale"].(map[string]any); ok && number(scale["min"]) > number(scale["max"]) {
		scale["min"], scale["max"] = scale["max"], scale["min"]
	}
	riseLevels(n["levels"])
	for _, list := range []string{"children", "views"} {
		for _, child := range entries(n[list]) {
			rise(child.(map[string]any))
		}
	}
}

func number(decimal any) float64 { return maturity.Decimal(fmt.Sprint(decimal)).Float64() }

func riseLevels(levels any) {
	for _, l := range entries(levels) {
		if c, ok := l.(map[string]any)["require"].(map[string]any); ok {
			riseCondition(c)
		}
	}
}

// riseCondition turns the tests of a condition up.
func riseCondition(c map[string]any) {
	for _, list := range []string{"all", "any"} {
		for _, part := range entries(c[list]) {
			riseCondition(part.(map[string]any))
		}
	}
	if not, ok := c["not"]; ok {
		delete(c, "not")
		c["all"] = []any{not}
		riseCondition(not.(map[string]any))
	}
	for _, test := range []string{"is", "in", "includes"} {
		if c[test] != nil {
			delete(c, test)
			c["answered"] = true
		}
	}
	for _, what := range []string{"value", "ratio", "completeness"} {
		tests, _ := c[what].(map[string]any)
		for was, now := range map[string]string{"lessThan": "moreThan", "atMost": "atLeast", "equals": "atLeast"} {
			if x := tests[was]; x != nil {
				delete(tests, was)
				tests[now] = x
			}
		}
	}
}

// entries are the items of a list, or the values of an object.
func entries(v any) (all []any) {
	switch v := v.(type) {
	case []any:
		return v
	case map[string]any:
		for _, item := range v {
			all = append(all, item)
		}
	}
	return all
}

// FuzzModel: a model is refused with issues that stand in it, or is written as it was read, and scores as the
// reference does.
func FuzzModel(f *testing.F) {
	for _, path := range testdata(f, "invalid/*model*.json", "conformance/*/model.json") {
		f.Add(readSeed(f, path))
	}
	for seed := range uint64(20) {
		f.Add(random.Model(rand.New(rand.NewPCG(seed, 42))))
	}
	f.Fuzz(func(t *testing.T, model []byte) {
		m, err := maturity.Parse(model, nil)
		s, again := maturity.CompileJSON(model, nil)
		require.Equal(t, err, again)
		if err != nil {
			standIn(t, err, model)
			return
		}
		maturity.AppendIssues(nil, m.Lint(nil))
		written, err := json.Marshal(m)
		require.NoError(t, err)
		second, err := maturity.Parse(written, nil)
		require.NoError(t, err, "%s", written)
		require.Equal(t, m.Digest(), second.Digest())
		require.Equal(t, string(written), text(t, second))
		require.Equal(t, s.Ref().Digest, m.Digest())
		if len(model) > 20_000 {
			return // the reference is slow
		}
		r := rand.New(rand.NewPCG(uint64(len(model)), 3))
		for range 2 {
			equalsReference(t, r, "a model", model, s, random.Assessment(r, model))
		}
	})
}

// standIn checks that every issue has a code, a sentence and a place, which is one of the document.
func standIn(t *testing.T, err error, document []byte) {
	var invalid *maturity.InvalidError
	require.ErrorAs(t, err, &invalid)
	require.NotEmpty(t, invalid.Issues)
	lines := bytes.Count(document, []byte("\n")) + 1
	var tree any
	valid := json.Unmarshal(document, &tree) == nil
	for _, issue := range invalid.Issues {
		require.NotEmpty(t, issue.Code)
		require.Regexp(t, `^[^a-z].*\.\)?$`, issue.Message, "a sentence")
		require.True(t, issue.Line >= 1 && issue.Line <= lines && issue.Column >= 1, "%+v", issue)
		if valid && !errors.Is(err, maturity.DuplicateKey) && !errors.Is(err, maturity.BadUTF8) {
			require.True(t, points(tree, issue.Path), "%s is no place of %s", issue.Path, document)
		}
	}
}

// What lies in a value that could not be read is not spoken of.
func TestNothingFollowsFromWhatIsUnreadable(t *testing.T) {
	_, err := maturity.Parse([]byte(`{"id":"m","version":"1.0.0","levels":[{"id":"a"},{"id":"b","require":{"node":"g","level":"a"}}],
		"children":[{"id":"g","levels":[{"id":"a"}],"children":[{"id":"q","answer":{"type":"yesno"}}]}]}`), nil)
	require.EqualError(t, err, "1:90 /levels/1/require/level: This must be an object, not a string. (wrong-type)")
}

// points says whether a JSON Pointer leads to a value, or to a member that an object lacks.
func points(tree any, pointer string) bool {
	if pointer == "" {
		return true
	}
	tokens := strings.Split(pointer, "/")[1:]
	for i, token := range tokens {
		token = strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")
		switch v := tree.(type) {
		case map[string]any:
			value, ok := v[token]
			if !ok {
				return i == len(tokens)-1
			}
			tree = value
		case []any:
			var at int
			if _, err := fmt.Sscan(token, &at); err != nil || at < 0 || at >= len(v) {
				return false
			}
			tree = v[at]
		default:
			return false
		}
	}
	return true
}

// FuzzAssessment: an assessment is refused with issues that stand in it, or is written as it was read, and every way to
// score it gives the same bytes; so does the reference.
func FuzzAssessment(f *testing.F) {
	var documents [][]byte
	var scorers []*maturity.Scorer
	add := func(model []byte, assessments ...[]byte) {
		s, err := maturity.CompileJSON(model, nil)
		require.NoError(f, err)
		documents, scorers = append(documents, model), append(scorers, s)
		for _, a := range assessments {
			f.Add(uint8(len(scorers)-1), a)
		}
	}
	var small [][]byte
	for _, path := range testdata(f, "invalid/*assessment*.json") {
		small = append(small, readSeed(f, path))
	}
	add(readSeed(f, "testdata/invalid/valid-model.json"), small...)
	for _, path := range testdata(f, "conformance/*/model.json") {
		var cases [][]byte
		for i, line := range bytes.Split(readSeed(f, filepath.Join(filepath.Dir(path), "cases.ndjson")), []byte("\n")) {
			var c schemeCase
			if i < 2 && json.Unmarshal(line, &c) == nil {
				cases = append(cases, c.Assessment)
			}
		}
		add(readSeed(f, path), cases...)
	}
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 43))
		model := random.Model(r)
		add(model, random.Assessment(r, model))
	}
	f.Fuzz(func(t *testing.T, which uint8, document []byte) {
		model, s := documents[int(which)%len(scorers)], scorers[int(which)%len(scorers)]
		a, err := s.ParseAssessment(document)
		var into maturity.Result
		intoErr := s.ScoreJSON(&into, document)
		if err != nil {
			require.Equal(t, err, intoErr)
			standIn(t, err, document)
			return
		}
		alone, err := maturity.ParseAssessment(document, nil)
		require.NoError(t, err)
		require.Equal(t, a, alone)
		require.NoError(t, s.Check(a))
		written := text(t, a)
		again, err := s.ParseAssessment([]byte(written))
		require.NoError(t, err, written)
		require.Equal(t, written, text(t, again))
		result, err := s.Score(a)
		require.Equal(t, err, intoErr)
		session, sessionErr := s.Session(again)
		require.NoError(t, sessionErr)
		live, liveErr := session.Result()
		require.Equal(t, err, liveErr)
		if err == nil {
			want := string(result.AppendJSON(nil))
			require.Equal(t, want, string(into.AppendJSON(nil)))
			require.Equal(t, want, string(live.AppendJSON(nil)))
			require.True(t, json.Valid([]byte(want)))
		}
		equalsReference(t, nil, "an assessment", model, s, document)
	})
}

// conditionModel has a place for a condition, and what conditions may read.
const conditionModel = `{"id":"m","version":"1.0.0","children":[
{"id":"a","answer":{"type":"choice","options":[{"value":"o0","points":0},{"value":"o1","points":2},{"value":"o2","points":5}]}},
{"id":"b","answer":{"type":"checklist","options":[{"value":"o0","points":1},{"value":"o1","points":2},{"value":"o2","exclusive":true}]}},
{"id":"c","answer":{"type":"yesno"}},
{"id":"d","answer":{"type":"scale","min":-3,"max":3},"when":{"question":"c","answered":true}},
{"id":"e","answer":{"type":"number","min":-10,"max":100,"linear":{"from":0,"to":50,"points":[0,5]}}},
{"id":"f","answer":{"type":"text","maxLength":100}},
{"id":"g","aggregate":"geometric","levels":[{"id":"L1"},{"id":"L2","from":1}],"children":[{"ref":"a"},{"ref":"e","weight":2}]},
{"id":"h","levels":[{"id":"L1"},{"id":"L2","from":1.5},{"id":"L3","of":"ratio","above":0.5}],"scale":{"min":5,"max":0},"round":{"digits":1},
 "children":[{"ref":"d"},{"ref":"g2"}]},
{"id":"g2","aggregate":"sum","notApplicable":"lowest","children":[{"id":"x","answer":{"type":"yesno"}},{"id":"y","answer":{"type":"yesno"}}]},
PLACE]}`

// FuzzCondition: a condition in each place that takes one is refused with issues that stand in it, or works as in the
// reference, live too, and within the ranges that were promised.
func FuzzCondition(f *testing.F) {
	places := []string{
		`{"id":"z","when":HERE,"answer":{"type":"yesno"}}`,
		`{"id":"z","levels":[{"id":"M1"},{"id":"M2","require":HERE},{"id":"M3","from":0.5}],"children":[{"id":"zz","answer":{"type":"yesno"}}]}`,
		`{"id":"z","adjust":[{"when":HERE,"add":2},{"atMost":4}],"levels":[{"id":"M1"},{"id":"M2","from":3}],"children":[{"ref":"a"},{"ref":"e"}]}`,
		`{"id":"z","aggregate":"share","met":HERE,"children":[{"ref":"a"},{"ref":"h"},{"ref":"d"}]}`,
		`{"id":"z","aggregate":"staged","need":0.5,"met":HERE,"children":[{"ref":"h","stage":1},{"ref":"e","stage":2}]}`,
	}
	for i, c := range []string{
		`{"question":"a","is":"o1"}`, `{"question":"a","in":["o0","o2"]}`, `{"question":"b","includes":"o1"}`, `{"question":"c","is":true}`,
		`{"question":"d","is":-3}`, `{"question":"e","is":"12.50"}`, `{"question":"e","in":[1,1e1,"0.5"]}`, `{"question":"f","answered":false}`,
		`{"node":"g","value":{"atLeast":1.5}}`, `{"node":"g","level":{"atLeast":"L2"}}`, `{"node":"h","ratio":{"lessThan":"0.25"}}`,
		`{"node":"h","completeness":{"equals":1}}`, `{"node":"h","level":{"atLeast":"L3"}}`, `{"node":"g2","value":{"moreThan":0,"atMost":1}}`,
		`{"value":{"atLeast":2}}`, `{"ratio":{"equals":0.5}}`, `{"level":{"atLeast":"L2"}}`, `{"completeness":{"lessThan":1}}`,
		`{"all":[{"question":"c","is":true},{"not":{"question":"a","is":"o2"}}]}`, `{"any":[{"node":"m","value":{"atLeast":1}},{"value":{"lessThan":3}}]}`,
		`{"not":{"any":[{"question":"x","answered":true},{"node":"z","value":{"atLeast":1}}]}}`, `{"question":"zz","is":false}`, `{}`, `{"all":[]}`,
	} {
		for place := range places {
			f.Add(uint8(place), uint64(i), c)
		}
	}
	f.Fuzz(func(t *testing.T, place uint8, seed uint64, condition string) {
		node := strings.Replace(places[int(place)%len(places)], "HERE", condition, 1)
		model := []byte(strings.Replace(conditionModel, "PLACE", node, 1))
		s, err := maturity.CompileJSON(model, nil)
		if err != nil {
			standIn(t, err, model)
			return
		}
		if len(s.Questions()) > 20 || len(s.Model().Children) > 10 {
			return // the condition was more than one
		}
		r := rand.New(rand.NewPCG(seed, 44))
		for range 2 {
			a := random.Assessment(r, model)
			for _, p := range []property{equalsReference, rangeContains, sessionEqualsScore, roundTrips} {
				p(t, r, condition, model, s, a)
			}
		}
	})
}

// testdata lists seeds, and fails where there are none.
func testdata(f *testing.F, patterns ...string) (paths []string) {
	for _, pattern := range patterns {
		found, err := filepath.Glob("testdata/" + pattern)
		require.NoError(f, err)
		require.NotEmpty(f, found, pattern)
		paths = append(paths, found...)
	}
	return paths
}

func readSeed(f *testing.F, path string) []byte {
	data, err := os.ReadFile(path)
	require.NoError(f, err)
	return data
}
