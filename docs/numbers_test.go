//go:build unix

package docs

import (
	"encoding/json"
	"fmt"
	"go/constant"
	"go/token"
	"go/types"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/cohort"
	"github.com/modenhet/modenhet/maturity/report"
	"github.com/modenhet/modenhet/maturity/roadmap"
	"github.com/modenhet/modenhet/maturity/robustness"
	"github.com/modenhet/modenhet/maturity/versions"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var numberRow = regexp.MustCompile("(?m)^\\| .* \\| `([^`]+)` \\| (\\S+) \\| `(\\S+)` \\|$")

// numbers compares the tables of numbers that were worked out by hand with what the engine gives for the last assessment,
// or for the assessments of the last table of answers.
func (p *page) numbers(text string) {
	rows := numberRow.FindAllStringSubmatch(text, -1)
	if strings.Contains(text, "| number | worked out | is | where |") {
		assert.NotEmpty(p, rows, text)
	}
	for _, row := range rows {
		sum := p.calculate(row[1])
		shown, err := strconv.ParseFloat(row[2], 64)
		require.NoError(p, err, row[0])
		assert.InDelta(p, sum, shown, 0.00005, row[0])
		verb, path, _ := strings.Cut(row[3], ".")
		if name, rest, ok := strings.Cut(verb, "["); ok {
			verb, path = name, "["+strings.Join([]string{rest, path}, ".")
		}
		data, err := json.Marshal(p.verb(verb))
		require.NoError(p, err)
		var v any
		require.NoError(p, json.Unmarshal(data, &v))
		got := fmt.Sprint(p.at(v, path, row[3]))
		number, err := strconv.ParseFloat(got, 64)
		require.NoError(p, err, "%s: %s", row[3], got)
		assert.InDelta(p, sum, number, 1e-8, row[0])
	}
}

// calculate works out arithmetic, in which numbers are fractions and √ is of what stands in brackets.
func (p *page) calculate(formula string) float64 {
	for root := strings.Index(formula, "√("); root >= 0; root = strings.Index(formula, "√(") {
		end, depth := root+len("√("), 1
		for ; depth > 0; end++ {
			switch formula[end] {
			case '(':
				depth++
			case ')':
				depth--
			}
		}
		inner := p.calculate(formula[root+len("√(") : end-1])
		formula = formula[:root] + strconv.FormatFloat(math.Sqrt(inner), 'f', 17, 64) + formula[end:]
	}
	formula = regexp.MustCompile(`\d+(\.\d+)?`).ReplaceAllStringFunc(formula, func(n string) string {
		if !strings.Contains(n, ".") {
			n += ".0" // no division of whole numbers
		}
		return n
	})
	v, err := types.Eval(token.NewFileSet(), nil, token.NoPos, strings.ReplaceAll(formula, "×", "*"))
	require.NoError(p, err, formula)
	f, _ := constant.Float64Val(constant.ToFloat(v.Value))
	return f
}

// at follows a path such as nodes[place].value: fields, and items of lists by place or by what names them.
func (p *page) at(v any, path, whole string) any {
	for _, m := range regexp.MustCompile(`\[([^\]]+)\]|[^.\[\]]+`).FindAllStringSubmatch(path, -1) {
		switch list := v.(type) {
		case map[string]any:
			require.Contains(p, list, m[0], whole)
			v = list[m[0]]
		case []any:
			i, err := strconv.Atoi(m[1])
			for j := 0; err != nil && j < len(list); j++ {
				for _, name := range []string{"id", "node", "question", "level"} {
					if list[j].(map[string]any)[name] == m[1] {
						i, err = j, nil
					}
				}
			}
			require.NoError(p, err, whole)
			require.Less(p, i, len(list), whole)
			v = list[i]
		default:
			require.Fail(p, "no such field", whole)
		}
	}
	return v
}

// verb is what a function of the packages gives.
func (p *page) verb(name string) (v any) {
	a, _ := p.state["assessment"].(*maturity.Assessment)
	group, _ := p.state["group"].([]*maturity.Assessment)
	target := &roadmap.Options{Target: []roadmap.Goal{{Level: "safe"}}}
	open := &cohort.Options{Unsuppressed: true}
	var err error
	switch name {
	case "result":
		v = p.result
	case "explanation":
		v, err = p.model.Explain(a, p.model.Ref().ID)
	case "next":
		v, err = report.Next(p.model, a, 10)
	case "gaps":
		v, err = roadmap.Gaps(p.model, a, target)
	case "plan":
		v, err = roadmap.Cheapest(p.model, a, target)
	case "sensitivity":
		v, err = robustness.Sensitivity(p.model, a, nil)
	case "change":
		v, err = versions.Compare(a, group[0], p.model, p.model)
	case "agreement":
		for i, a := range group {
			a.Respondent = strconv.Itoa(i)
		}
		v, err = cohort.Agree(p.model, group)
	case "figures", "percentiles":
		g, problem := cohort.NewGroup(p.model, group, open)
		require.NoError(p, problem)
		if v = g.Figures(); name == "percentiles" {
			v, err = g.Sketch().Percentiles(p.model, p.result, open)
		}
	default:
		require.Fail(p, "no such verb", name)
	}
	require.NoError(p, err, name)
	return v
}
