package report

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"github.com/modenhet/modenhet/maturity"
)

var columns = []string{"id", "kind", "title", "value", "min", "max", "ratio", "display", "level", "level_by_threshold",
	"status", "low", "high", "level_low", "level_high", "answered", "not_applicable", "missing", "asked"}

// CSV writes one row for each node, as RFC 4180 says, under a row of names. Numbers have a decimal point; what
// a node has not is empty. A text that a spreadsheet would take for a formula begins with an apostrophe. The
// title is in the options' language.
func CSV(w io.Writer, s *maturity.Scorer, r *maturity.Result, opts *Options) error {
	if r == nil || r.Model != s.Ref() {
		return errOther
	}
	m, language := s.Model(), ""
	if opts != nil {
		language = opts.Language
	}
	p, places := speak(language, m.Language), index(m)
	out := csv.NewWriter(w)
	out.UseCRLF = true
	out.Write(columns)
	float := func(x float64, has bool) string {
		if !has {
			return ""
		}
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	for i := range r.Nodes {
		n, ends := &r.Nodes[i], maturity.Range{}
		if n.Range != nil {
			ends = *n.Range
		}
		title, has, done := n.ID, n.Status == maturity.Scored, n.Completeness
		if at := places[n.ID]; at != nil {
			title = p.title(at.Title, n.ID)
		}
		out.Write([]string{cell(n.ID), string(n.Kind), cell(title), float(n.Value, has), float(n.Min, n.Status != maturity.Unscored),
			float(n.Max, n.Status != maturity.Unscored), float(n.Ratio, has), float(n.Display, has && n.HasDisplay), cell(n.Level),
			cell(n.LevelByThreshold), string(n.Status), float(ends.Low, n.Range != nil), float(ends.High, n.Range != nil),
			cell(ends.LevelLow), cell(ends.LevelHigh), strconv.Itoa(done.Answered), strconv.Itoa(done.NotApplicable),
			strconv.Itoa(done.Missing), strconv.Itoa(done.Asked)})
	}
	out.Flush()
	return out.Error()
}

// cell keeps a text from becoming a formula.
func cell(s string) string {
	for _, sign := range []string{"=", "+", "-", "@", "＝", "＋", "－", "＠"} {
		if strings.HasPrefix(s, sign) {
			return "'" + s
		}
	}
	return s
}
