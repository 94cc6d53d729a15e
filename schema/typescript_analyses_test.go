package schema_test

import (
	"github.com/modenhet/modenhet/maturity/cohort"
	"github.com/modenhet/modenhet/maturity/cohort/agreement"
	"github.com/modenhet/modenhet/maturity/roadmap"
	"github.com/modenhet/modenhet/maturity/robustness"
	"github.com/modenhet/modenhet/maturity/versions"
)

const analysesHead = `// What the analyses of Modenhet take and give: plans, how far to trust a score, comparisons, groups.
//
// Generated from the Go types by go test ./schema -run DocumentTypes -update-types.

import type { Answer, Assessment, Blocker, Decimal, Exact, Kind, ModelRef, Subject } from './documents.js';
`

// analysesOf lists the declarations of wasm/js/analyses.d.ts.
var analysesOf = []declaration{
	{name: "PlanOptions", of: roadmap.Options{}},
	{name: "Goal", of: roadmap.Goal{}},
	{name: "Prerequisite", of: roadmap.Prerequisite{}},
	{name: "Gap", of: roadmap.Gap{}},
	{name: "Plan", of: roadmap.Plan{}},
	{name: "PlanStatus", of: roadmap.Status("")},
	{name: "PlanOutcome", of: roadmap.Outcome{}},
	{name: "PlanStep", of: roadmap.Step{}},
	{name: "PlanReason", of: roadmap.Reason{}},
	{name: "PlanReasonKind", of: roadmap.ReasonKind("")},
	{name: "Reached", of: roadmap.Reached{}},
	{name: "Frontier", of: roadmap.Frontier{}},
	{name: "Point", of: roadmap.Point{}},

	{name: "LeverageOptions", of: robustness.LeverageOptions{}},
	{name: "Lever", of: robustness.Lever{}},
	{name: "LeverOutcome", of: robustness.Outcome{}},
	{name: "SensitivityOptions", of: robustness.Options{}},
	{name: "Sensitivity", of: robustness.Result{}},
	{name: "Varied", of: robustness.Varied{}},
	{name: "Share", of: robustness.Share{}},
	{name: "Spread", of: robustness.Spread{}},
	{name: "WeightIndex", of: robustness.WeightIndex{}},

	{name: "AssessmentComparison", of: versions.Comparison{}},
	{name: "NodeChange", of: versions.NodeChange{}},
	{name: "Basis", of: versions.Basis("")},
	{name: "Split", of: versions.Split("")},
	{name: "NodeOutcome", of: versions.Outcome{}},
	{name: "ChangePart", of: versions.ChangePart{}},
	{name: "GoneNode", of: versions.GoneNode{}},
	{name: "AnswerChange", of: versions.AnswerChange{}},
	{name: "AnswerState", of: versions.State("")},
	{name: "Migration", of: versions.Migration{}},
	{name: "Renaming", of: versions.Renaming{}},
	{name: "Drop", of: versions.Drop{}},
	{name: "Part", of: versions.Part("")},
	{name: "DropReason", of: versions.Reason("")},
	{name: "Difference", of: versions.Difference{}},
	{name: "Change", of: versions.Change{}},
	{name: "ChangeKind", of: versions.Kind("")},
	{name: "Affected", of: versions.Affected{}},
	{name: "Effect", of: versions.Effect("")},

	{name: "GroupOptions", of: cohort.Options{}},
	{name: "Statistic", of: agreement.Statistic{}, doc: "A figure, or why there is none: `value` is there where `status` is `defined`.", text: "{ value?: number; status: FigureStatus; units?: number }"},
	{name: "FigureStatus", of: agreement.Status(""), doc: "Why there is no figure.", text: "'defined' | 'suppressed' | 'no-values' | (string & {})"},
	{name: "Figures", of: cohort.Figures{}},
	{name: "NodeFigures", of: cohort.NodeFigures{}},
	{name: "LevelCount", of: cohort.LevelCount{}},
	{name: "Pair", of: cohort.Pair{}},
	{name: "GroupGap", of: cohort.Gap{}},
	{name: "Percentile", of: cohort.Percentile{}},
	{name: "CombineOptions", of: cohort.CombineOptions{}},
	{name: "How", of: cohort.How("")},
	{name: "Agreement", of: cohort.Agreement{}},
	{name: "QuestionAgreement", of: cohort.QuestionAgreement{}},
	{name: "GroupAgreement", of: cohort.GroupAgreement{}},
	{name: "ICC", of: agreement.ICC{}},
	{name: "Kappa", of: agreement.Kappa{}},
	{name: "Reliability", of: agreement.Reliability{}},
}
