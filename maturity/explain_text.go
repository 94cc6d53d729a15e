package maturity

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Text returns the explanation as readable lines, in nb, nn or en (any other language reads as en); titles
// are looked up as Text.In does. Numbers are exact: a fraction stands with its decimals beside it.
func (e *Explanation) Text(language string) string {
	t := explainer{e: e, language: language, words: explainEnglish, model: e.s.model.Language}
	switch primary, _, _ := strings.Cut(language, "-"); primary {
	case "nb", "no":
		t.words, t.comma = explainBokmal, true
	case "nn":
		t.words, t.comma = explainNynorsk, true
	}
	t.heading()
	t.inputs()
	t.pipeline()
	t.levels()
	t.answers()
	return t.b.String()
}

// explainWords are the words of an explanation in one language.
type explainWords struct {
	status                                                                                                      [len(statuses)]string
	aggregate                                                                                                   [len(aggregates)]string
	noValue, level, noLevel, byThreshold, rangeFrom, rangeTo, canEnd, of, ratios, weight, stage, met, unmet     string
	never, hidden, left, takesAway, lowest, highest, start, aggregated, adjust, notApplied, ratio, scale, round string
	levels, reached, notReached, requirement, answers, adds, ifBest, base                                       string
}

// ofStatus says why there is no value.
func (w *explainWords) ofStatus(s Status) string { return w.status[slices.Index(statuses[:], s)] }

var explainEnglish = explainWords{
	status: [...]string{missing: "not answered", statusNotApplicable: "not applicable", hidden: "hidden", unscored: "never scored"},
	aggregate: [...]string{"weighted mean", "sum", "lowest", "highest", "median",
		"product", "geometric mean", "share that is met", "highest stage reached"},
	noValue: "no value", level: "level", noLevel: "no level", byThreshold: "by thresholds alone", rangeFrom: "from", rangeTo: "to",
	canEnd: "may end", of: "of", ratios: "reads ratios", weight: "weight", stage: "stage", met: "met", unmet: "not met",
	never: "never counts", hidden: "hidden, leaves", left: "leaves", takesAway: "takes the value away", lowest: "counts as its lowest",
	highest: "counts as its highest", start: "Start, all at their lowest", aggregated: "Aggregated", adjust: "Adjusted",
	notApplied: "does not apply", ratio: "ratio", scale: "Scaled", round: "Rounded", levels: "Levels",
	reached: "reached", notReached: "not reached", requirement: "its requirement fails", answers: "Answers", adds: "adds",
	ifBest: "at its best", base: "With every answer at its worst",
}

var explainBokmal = explainWords{
	status: [...]string{missing: "ikke besvart", statusNotApplicable: "ikke aktuelt", hidden: "skjult", unscored: "gir aldri poeng"},
	aggregate: [...]string{"vektet gjennomsnitt", "sum", "laveste", "høyeste", "median",
		"produkt", "geometrisk gjennomsnitt", "andel som er oppfylt", "høyeste trinn som er nådd"},
	noValue: "ingen verdi", level: "nivå", noLevel: "ikke noe nivå", byThreshold: "etter poengene alene", rangeFrom: "fra", rangeTo: "til",
	canEnd: "kan ende", of: "av", ratios: "leser andeler", weight: "vekt", stage: "trinn", met: "oppfylt", unmet: "ikke oppfylt",
	never: "teller aldri", hidden: "skjult, går ut", left: "går ut", takesAway: "tar verdien bort", lowest: "teller som lavest",
	highest: "teller som høyest", start: "Start, alle på sitt laveste", aggregated: "Samlet", adjust: "Justert",
	notApplied: "gjelder ikke", ratio: "andel", scale: "Skalert", round: "Avrundet", levels: "Nivåer",
	reached: "nådd", notReached: "ikke nådd", requirement: "kravet er ikke oppfylt", answers: "Svar", adds: "gir",
	ifBest: "på sitt beste", base: "Med alle svar på sitt dårligste",
}

var explainNynorsk = explainWords{
	status: [...]string{missing: "ikkje svart på", statusNotApplicable: "ikkje aktuelt", hidden: "skjult", unscored: "gir aldri poeng"},
	aggregate: [...]string{"vekta gjennomsnitt", "sum", "lågaste", "høgaste", "median",
		"produkt", "geometrisk gjennomsnitt", "del som er oppfylt", "høgaste trinn som er nådd"},
	noValue: "ingen verdi", level: "nivå", noLevel: "ikkje noko nivå", byThreshold: "etter poenga åleine", rangeFrom: "frå", rangeTo: "til",
	canEnd: "kan ende", of: "av", ratios: "les delar", weight: "vekt", stage: "trinn", met: "oppfylt", unmet: "ikkje oppfylt",
	never: "tel aldri", hidden: "skjult, går ut", left: "går ut", takesAway: "tek verdien bort", lowest: "tel som lågast",
	highest: "tel som høgast", start: "Start, alle på sitt lågaste", aggregated: "Samla", adjust: "Justert",
	notApplied: "gjeld ikkje", ratio: "del", scale: "Skalert", round: "Avrunda", levels: "Nivå",
	reached: "nådd", notReached: "ikkje nådd", requirement: "kravet er ikkje oppfylt", answers: "Svar", adds: "gir",
	ifBest: "på sitt beste", base: "Med alle svar på sitt dårlegaste",
}

// An explainer writes one explanation.
type explainer struct {
	e        *Explanation
	b        strings.Builder
	words    explainWords
	language string
	model    string
	comma    bool
}

func (t *explainer) line(parts ...string) {
	for _, part := range parts {
		t.b.WriteString(part)
	}
	t.b.WriteByte('\n')
}

// number shows a number: 2.5, or 7/3 (2.3333).
func (t *explainer) number(x *Exact) string {
	if x == nil {
		return t.words.noValue
	}
	s := x.Exact
	if strings.ContainsAny(s, "/≈") {
		near := strconv.FormatFloat(x.Value, 'f', 4, 64)
		if len(s) > 24 || strings.HasPrefix(s, "≈") {
			s = "≈ " + near
		} else {
			s += " (" + near + ")"
		}
	}
	if t.comma {
		s = strings.ReplaceAll(s, ".", ",")
	}
	return s
}

func (t *explainer) decimal(s string) string {
	if t.comma {
		return strings.ReplaceAll(s, ".", ",")
	}
	return s
}

func (t *explainer) signed(x *Exact) string {
	if s := t.number(x); x.Value < 0 {
		return s
	} else {
		return "+" + s
	}
}

// name is a title in the language asked for, on one line, or the id.
func (t *explainer) name(title Text, id string) string {
	s := strings.Join(strings.Fields(strings.Map(printable, title.In(t.language, t.model))), " ")
	if s == "" {
		return id
	}
	return s
}

func printable(r rune) rune {
	if r < ' ' || r >= 0x7F && r < 0xA0 {
		return ' '
	}
	return r
}

func (t *explainer) levelName(id string) string {
	n := &t.e.s.nodes[t.e.s.index[t.e.Node]]
	for i, l := range n.place.levels {
		if l.ID == id {
			return strconv.Itoa(i+1) + " " + t.name(l.Title, id)
		}
	}
	return t.words.noLevel
}

func (t *explainer) heading() {
	e, w := t.e, &t.words
	t.line(t.name(e.Title, e.Node), " (", e.Node, ")")
	switch {
	case e.Value == nil:
		t.line("  ", w.noValue, ": ", w.ofStatus(e.Status))
	default:
		t.line("  ", t.number(e.Value), " (", w.rangeFrom, " ", t.number(e.Min), " ", w.rangeTo, " ", t.number(e.Max), ")")
	}
	if e.Levels != nil {
		s := w.level + " " + t.levelName(e.Level)
		if e.LevelByThreshold != e.Level {
			s += "; " + w.byThreshold + ": " + t.levelName(e.LevelByThreshold)
		}
		t.line("  ", s)
	}
	if r := e.Range; r != nil && r.Low != r.High {
		s := w.canEnd + " " + w.rangeFrom + " " + t.decimal(strconv.FormatFloat(r.Low, 'f', 2, 64)) + " " + w.rangeTo + " " + t.decimal(strconv.FormatFloat(r.High, 'f', 2, 64))
		if r.LevelLow != r.LevelHigh {
			s += ", " + w.level + " " + t.levelName(r.LevelLow) + " – " + t.levelName(r.LevelHigh)
		}
		t.line("  ", s)
	}
}

func (t *explainer) inputs() {
	e, w := t.e, &t.words
	if e.Aggregate == "" {
		return
	}
	s := w.aggregate[slices.Index(aggregates[:], e.Aggregate)]
	if e.Read == ReadRatio {
		s += ", " + w.ratios
	}
	t.line("", capital(s), ":")
	width := 0
	for _, in := range e.Inputs {
		width = max(width, min(utf8.RuneCountInString(t.name(in.Title, in.Node)), 44))
	}
	for _, in := range e.Inputs {
		parts := []string{"  ", pad(t.name(in.Title, in.Node), width), "  ", w.weight, " ", t.decimal(in.Weight)}
		if e.Aggregate == Staged {
			parts = append(parts, ", ", w.stage, " ", strconv.Itoa(in.Stage))
		}
		switch in.Reason {
		case Never:
			parts = append(parts, ": ", w.never)
		case IsHidden:
			parts = append(parts, ": ", w.hidden)
		case ByPolicy:
			parts = append(parts, ": ", w.ofStatus(in.Status), ", ", map[Policy]string{Exclude: w.left, Forbid: w.left,
				Lowest: w.lowest, Highest: w.highest, None: w.takesAway, Fail: w.takesAway}[in.Policy])
		}
		if in.Counts {
			switch {
			case in.Met != nil && *in.Met:
				parts = append(parts, ": ", t.number(in.Value), ", ", w.met)
			case in.Met != nil:
				parts = append(parts, ": ", t.number(in.Value), ", ", w.unmet)
			default:
				parts = append(parts, ": ", t.number(in.Read))
			}
			if in.Contribution != nil {
				parts = append(parts, "  ", w.adds, " ", t.signed(in.Contribution))
			}
		}
		t.line(parts...)
	}
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// pad fills or cuts a name to a width in characters.
func pad(s string, width int) string {
	n := utf8.RuneCountInString(s)
	if n > width {
		return string([]rune(s)[:width-1]) + "…"
	}
	return s + strings.Repeat(" ", width-n)
}

func (t *explainer) pipeline() {
	e, w := t.e, &t.words
	if e.Start != nil {
		t.line(w.start, ": ", t.number(e.Start))
	}
	if e.Aggregated != nil {
		t.line(w.aggregated, ": ", t.number(e.Aggregated))
	}
	for _, a := range e.Adjustments {
		does := w.notApplied
		if a.Applied {
			does = t.number(a.Before) + " → " + t.number(a.After)
		}
		t.line(w.adjust, " (", a.Action, " ", t.decimal(a.Amount), "): ", does)
	}
	if s := e.Scaled; s != nil {
		t.line(w.scale, ": ", w.ratio, " ", t.number(s.Ratio), " ", w.of, " ", t.decimal(s.Min.String()), "–", t.decimal(s.Max.String()), " = ", t.number(s.After))
	}
	if r := e.Rounded; r != nil {
		t.line(w.round, " (", strconv.Itoa(r.Digits), ", ", string(r.Mode), "): ", t.number(r.Before), " → ", t.number(r.After))
	}
}

func (t *explainer) levels() {
	w := &t.words
	if t.e.Levels != nil {
		t.line(w.levels, ":")
	}
	for _, l := range t.e.Levels {
		s := w.reached
		if !l.Reached {
			s = w.notReached
		}
		if l.Threshold != "" {
			sign := " (≥ "
			if l.Above {
				sign = " (> "
			}
			s += sign + t.decimal(l.Threshold) + ")"
		}
		if !l.Required {
			s += ", " + w.requirement
		}
		t.line("  ", t.levelName(l.ID), ": ", s)
	}
}

func (t *explainer) answers() {
	e, w := t.e, &t.words
	if len(e.Answers) == 0 {
		return
	}
	t.line(w.answers, ":")
	if e.Base != nil {
		t.line("  ", w.base, ": ", t.number(e.Base))
	}
	for _, a := range e.Answers {
		s := w.ofStatus(a.Status)
		if a.Contribution != nil {
			s = w.adds + " " + t.signed(a.Contribution)
		}
		if a.Gain != nil && a.Gain.Value != 0 {
			s += "; " + w.ifBest + ": " + t.number(a.IfBest)
			if a.LevelIfBest != "" && a.LevelIfBest != e.Level {
				s += ", " + w.level + " " + t.levelName(a.LevelIfBest)
			}
		}
		t.line("  ", t.name(a.Title, a.Question), ": ", s)
	}
}
