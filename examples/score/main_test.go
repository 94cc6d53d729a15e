package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity/models"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares with a file in testdata, or writes it; in files, lines end alike.
func golden(t *testing.T, name, got string) {
	t.Helper()
	got = strings.ReplaceAll(got, "\r\n", "\n")
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o777))
		require.NoError(t, os.WriteFile(path, []byte(got), 0o666))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(want), got, "%s: look at the difference, then run the test with -update", path)
}

// score runs the program in an environment without a language.
func score(stdin string, args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = run(args, strings.NewReader(stdin), &out, &errs, func(string) string { return "" })
	return code, out.String(), errs.String()
}

func file(t testing.TB, name, data string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(data), 0o666))
	return path
}

func TestGolden(t *testing.T) {
	check := func(name string, args ...string) {
		t.Helper()
		code, out, errs := score("", args...)
		assert.Zero(t, code)
		assert.Empty(t, errs)
		golden(t, name, out)
	}
	check("example-en.txt")
	check("example-nb.txt", "--lang", "nb")
	check("example-nb.md", "-format=markdown", "-lang=nb")
	check("example-en.csv", "--format", "csv")
	check("example.json", "--format", "json")
	check("sensitivity-en.txt", "--sensitivity")
	check("sensitivity-nb.txt", "--sensitivity", "--lang", "nb")
	check("leverage-nn.txt", "--leverage", "--lang", "nn")
	check("help.txt", "--help")
	check("plan-en.txt", "--target", "managed", "--lang", "en")
	check("plan-nb.txt", "--target", "governance=managed,people=managed", "--lang", "nb")
	check("budget.json", "--budget", "5", "--format", "json")
}

func TestPlans(t *testing.T) {
	check := func(code int, says string, args ...string) {
		t.Helper()
		got, out, errs := score("", args...)
		assert.Equal(t, code, got)
		assert.Contains(t, out+errs, says)
	}
	check(0, "The target costs 14, which is more than the budget.\n", "--target", "managed", "--budget", "12.4", "--lang", "en")
	model := file(t, "gated.json", `{"id": "m", "version": "1.0.0", "levels": [{"id": "low"}, {"id": "high", "require": {"question": "q", "is": 1}}], "children": [
		{"id": "q", "answer": {"type": "scale", "min": 1, "max": 3}}]}`)
	code, out, errs := score(`{"model": {"id": "m"}, "answers": {"q": 2}}`, "--model", model, "--assessment", "-", "--target", "high", "--lang", "en")
	assert.Zero(t, code, errs)
	assert.Equal(t, "The target cannot be reached. In the way:\n- q: answer is 1\n", out)
	check(2, `/target/0/node: The model has no node "x". (unknown-node)`, "--target", "x=managed")
	check(2, `/target/0/level: The node has no level "best" on its ladder. (unknown-level)`, "--target", "best")
	check(2, `/budget: "ten" is no decimal`, "--budget", "ten")
	check(2, "a plan is text or json, not csv", "--target", "managed", "--format", "csv")
}

func TestListAndAdvice(t *testing.T) {
	check := func(says string, args ...string) {
		t.Helper()
		code, out, errs := score("", args...)
		assert.Zero(t, code)
		assert.Empty(t, errs)
		assert.Contains(t, out, says)
	}
	check("digital-modenhet-kommune 0.2.0  Digital modnad i kommunen\n    examples: bjorkevang-2024, bjorkevang-2026, complete, ", "--list", "--lang", "nn")
	check("team-check 0.1.0  Team check\n    examples: example, quiet\n", "--list")
	check("There is no advice on this model.\n", "--lint")
	check("m.json: /ladders/unused: ", "--lint", "--model", file(t, "m.json", strings.Replace(tiny, "{", `{"ladders": {"unused": [{"id": "low"}]}, `, 1)))
	check("Forankring i leiinga", "--explain", "anchoring", "--lang", "nn")
}

func TestExplanationAsJSON(t *testing.T) {
	code, out, _ := score("", "--explain", "anchoring", "--format", "json")
	assert.Zero(t, code)
	var e struct{ Node, Level string }
	require.NoError(t, json.Unmarshal([]byte(out), &e))
	assert.Equal(t, "anchoring", e.Node)
	assert.Equal(t, "initial", e.Level)
}

func TestCommandLine(t *testing.T) {
	check := func(says string, args ...string) {
		t.Helper()
		code, out, errs := score("{}\n{}\n", args...)
		assert.Equal(t, 2, code, args)
		assert.Empty(t, out)
		assert.Contains(t, errs, says)
	}
	check("flag provided but not defined: -x", "-x")
	check(`invalid value "many" for flag -steps`, "--steps", "many")
	check(`what is "answers.json"? Files are named with --model and --assessment`, "answers.json")
	check(`the format "pdf" is none of text, markdown, csv, json`, "--format", "pdf")
	check(`the language "sv" is none of nb, nn, en`, "--lang", "sv")
	check(`there is no model "digital-modenhet-komune", and no such file either; did you mean digital-modenhet-kommune?`, "--model", "digital-modenhet-komune")
	check(`there is no model "x", and no such file either`, "--model", "x")
	check("the model cannot be read: ", "--model", "missing.json")
	check("the model cannot be read: ", "--model", t.TempDir()+"/missing.json")
	check("the assessment cannot be read: ", "--assessment", "missing.json")
	check("the assessment cannot be read: ", "--assessment", "exampel")
	check("did you mean example?", "--assessment", "exampel")
	check(`the model has no node "anchorng"; did you mean anchoring?`, "--explain", "anchorng")
	check("--sensitivity and --leverage give text or json, not csv", "--sensitivity", "--format", "csv")
	check("an explanation is text or json, not csv", "--explain", "anchoring", "--format", "csv")
	check("the assessment cannot be read: open example: ", "--model", file(t, "m.json", tiny))
	check("many assessments give results as JSON lines only", "--assessment", "-", "--format", "text")
	check("many assessments give results as JSON lines only", "--assessment", "-", "--explain", "q")
	check("many assessments give results as JSON lines only", "--assessment", "-", "--sensitivity")
}

const tiny = `{"id": "m", "version": "1.0.0", "children": [{"id": "q", "answer": {"type": "yesno"}}, {"id": "q2", "missing": "error", "answer": {"type": "yesno"}}]}`

func TestBadDocuments(t *testing.T) {
	check := func(stdin, says string, args ...string) {
		t.Helper()
		code, out, errs := score(stdin, args...)
		assert.Equal(t, 1, code)
		assert.Empty(t, out)
		assert.Equal(t, says, errs)
	}
	model := file(t, "m.json", "{\n  \"id\": \"m\", \"x\": 1,\n  \"version\": \"one\"}")
	_, _, errs := score("", "--model", model)
	assert.Contains(t, errs, model+":2:")
	assert.Contains(t, errs, model+":3:")
	model = file(t, "m.json", tiny)
	check("", "stdin:1:1: The document ends too early: a value is missing. (bad-syntax)\n", "--model", model, "--assessment", "-")
	check("{\"model\": {\"id\": \"m\"},\n \"answers\": {\"q\": 1, \"z\\u001b\": 2}}",
		"stdin:2:19: /answers/q: The answer must be true or false, not a number. (wrong-type)\n"+
			"stdin:2:33: /answers/z\\x1b: The model has no question \"z\\x1b\": remove it, or mend its id. (unknown-question)\n", "--model", model, "--assessment", "-")
	check(`{"model": {"id": "m"}}`, "stdin: /answers/q2: The question \"q2\" must be answered. (answer-required)\n", "--model", model, "--assessment", "-")
	check(`{"model": {"id": "m", "version": "0.9.0"}, "answers": {"q": true, "q2": true}}`,
		"stdin:1:34: /model/version: This is an assessment of version \"0.9.0\", and the model has version \"1.0.0\": migrate it, or allow any version. (other-version)\n",
		"--model", model, "--assessment", "-")
	check(strings.Repeat(" ", maxBytes+1), "stdin: The document has more than 8388608 bytes, which is as much as is read. (too-large)\n", "--model", model, "--assessment", "-")
	model = file(t, "m.json", strings.Repeat(" ", maxBytes+1))
	check("", model+": The document has more than 8388608 bytes, which is as much as is read. (too-large)\n", "--model", model)
}

func TestAnyVersion(t *testing.T) {
	model := file(t, "m.json", tiny)
	code, out, _ := score(`{"model": {"id": "m", "version": "0.9.0"}, "answers": {"q": true, "q2": true}}`, "--model", model, "--assessment", "-", "--any-version")
	assert.Zero(t, code)
	assert.Contains(t, out, "The assessment was made with version 0.9.0 of the model")
}

const good = `{"model": {"id": "m"}, "answers": {"q": true, "q2": false}}`

func TestLines(t *testing.T) {
	model := file(t, "m.json", tiny)
	_, result, _ := score(good, "--model", model, "--assessment", "-", "--format", "json")
	require.True(t, strings.HasSuffix(result, "\n"))
	huge := `{"model": {"id": "m"}, "comments": {"q": "` + strings.Repeat("x", maxBytes) + `"}}`
	tooLong := `{"line":2,"error":{"issues":[{"code":"too-large","path":"","message":"The line has more than 8388608 bytes, which is as much as is read."}]}}` + "\n"
	wrong := `{"line":2,"error":{"issues":[{"code":"wrong-type","path":"/answers/q","line":2,"column":41,"message":"The answer must be true or false, not a number."}]}}` + "\n"
	syntax := `{"line":2,"error":{"issues":[{"code":"bad-syntax","path":"","line":2,"column":1,"message":"A JSON value is expected here: an object, a list, a string, a number, true, false or null."}]}}` + "\n"
	required := `{"line":2,"error":{"issues":[{"code":"answer-required","path":"/answers/q2","message":"The question \"q2\" must be answered."}]}}` + "\n"
	bad := strings.Replace(good, "true", "1", 1)

	check := func(code int, stdin, want string) {
		t.Helper()
		for _, name := range []string{"-", file(t, "many.ndjson", stdin), file(t, "many.JSONL", stdin)} {
			got, out, errs := score(stdin, "--model", model, "--assessment", name)
			assert.Equal(t, code, got)
			assert.True(t, want == out, "%.300s", out)
			assert.Equal(t, code == 0, errs == "")
		}
	}
	check(0, good+"\n"+good+"\n", result+result)
	check(0, good+"\r\n\r\n \n"+good, result+result)
	check(0, "\xEF\xBB\xBF"+good+"\n"+good+"\n", result+result)
	check(0, strings.Repeat(good+"\n", 2000), strings.Repeat(result, 2000))
	check(1, good+"\n"+bad+"\n"+good, result+wrong+result)
	check(1, good+"\noops\n"+good, result+syntax+result)
	check(1, good+"\n"+`{"model": {"id": "m"}}`+"\n"+good, result+required+result)
	check(1, good+"\n"+huge+"\n"+good, result+tooLong+result)
	check(1, good+"\n"+huge, result+tooLong)

	code, out, errs := score("", "--model", model, "--assessment", file(t, "empty.ndjson", ""))
	assert.Zero(t, code)
	assert.Empty(t, out+errs)
	_, _, errs = score(good+"\noops\n", "--model", model, "--assessment", "-")
	assert.Equal(t, "stdin: 1 of 2 lines could not be scored; their results say why.\n", errs)
	code, out, _ = score(strings.ReplaceAll(good, ",", ",\n")+"\n\n", "--model", model, "--assessment", "-", "--format", "json")
	assert.Zero(t, code)
	assert.Equal(t, result, out, "one document over several lines is one document")
}

func TestLinesTakeLittleMemory(t *testing.T) {
	model := file(t, "m.json", tiny)
	allocations := func(n int) float64 {
		path := file(t, "many.ndjson", strings.Repeat(good+"\n", n))
		return testing.AllocsPerRun(5, func() { score("", "--model", model, "--assessment", path) })
	}
	few, many := allocations(100), allocations(1100)
	assert.Less(t, (many-few)/1000, 40.0, "allocations a line")
}

func TestLanguageOfTheEnvironment(t *testing.T) {
	check := func(want string, pairs ...string) {
		t.Helper()
		assert.Equal(t, want, language(func(name string) string {
			for i := 0; i < len(pairs); i += 2 {
				if pairs[i] == name {
					return pairs[i+1]
				}
			}
			return ""
		}))
	}
	check("en")
	check("nb", "LANG", "nb_NO.UTF-8")
	check("nb", "LANG", "no_NO")
	check("nn", "LC_ALL", "nn_NO", "LANG", "en_GB")
	check("en", "LC_ALL", "C", "LANG", "nb_NO")
	check("nn", "LC_MESSAGES", "nn", "LANG", "nb")
}

func TestModelsAreFoundByID(t *testing.T) {
	for _, id := range models.IDs() {
		code, out, errs := score("", "--model", id)
		assert.Zero(t, code, errs)
		assert.NotEmpty(t, out)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, os.ErrClosed }
func (broken) Read([]byte) (int, error)  { return 0, os.ErrClosed }

func TestBrokenPipes(t *testing.T) {
	var errs bytes.Buffer
	assert.Equal(t, 2, run(nil, broken{}, broken{}, &errs, os.Getenv))
	assert.Contains(t, errs.String(), "the output cannot be written")
	errs.Reset()
	assert.Equal(t, 2, run([]string{"--assessment", "-"}, broken{}, &errs, &errs, os.Getenv))
	assert.Contains(t, errs.String(), "stdin cannot be read")
}
