package robustness

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/modenhet/modenhet/maturity"
)

// A phrase is in en, nb and nn.
type phrase [3]string

var (
	levelIn   = phrase{"Level “%s” in %s.", "Nivået «%s» i %s.", "Nivået «%s» i %s."}
	noLevelIn = phrase{"No level in %s.", "Ikke noe nivå i %s.", "Ikkje noko nivå i %s."}
	valueIn   = phrase{"A score from %s to %s in at least %s.", "Poeng fra %s til %s i minst %s.", "Poeng frå %s til %s i minst %s."}
	noScore   = phrase{"There is no score to test.", "Det er ingen poengsum å prøve.", "Det er ingen poengsum å prøve."}
	nothing   = phrase{"There is nothing to vary: no other weights can change this score.", "Det er ingenting å variere: Ingen andre vekter kan endre poengsummen.", "Det er ingenting å variere: Ingen andre vekter kan endre poengsummen."}

	ofAll  = phrase{"%s of %s %s", "%s av %s %s", "%s av %s %s"}
	inAll  = phrase{"all %s %s", "alle %s %s", "alle %s %s"}
	inNone = phrase{"none of %s %s", "ingen av %s %s", "ingen av %s %s"}
	more   = phrase{"more than 99 %", "mer enn 99 %", "meir enn 99 %"}
	less   = phrase{"less than 1 %", "mindre enn 1 %", "mindre enn 1 %"}

	reweightings = phrase{"re-weightings", "omvektinger", "omvektingar"}
	trials       = phrase{"trials", "forsøk", "forsøk"}
	weightsBy    = phrase{"each weight up to %s % higher or lower", "hver vekt inntil %s % høyere eller lavere", "kvar vekt inntil %s % høgare eller lågare"}
	thresholdsBy = phrase{"each threshold up to %s % of the way to the next", "hver terskel inntil %s % av veien til den neste", "kvar terskel inntil %s % av vegen til den neste"}
	answersBy    = phrase{"each answer one step off with probability %s %", "hvert svar ett trinn feil med sannsynlighet %s %", "kvart svar eitt trinn feil med sannsyn %s %"}
)

// Sentence says in English (any language but these), bokmål (nb, no) or nynorsk (nn) how often the present
// level came out, such as: Level “Managed” in 91 % of 10,000 re-weightings (each weight up to 25 % higher or
// lower). Where the group has no ladder it gives the middle nine tenths of the values. Per cents are rounded
// half-up, but “all” is said only of all draws, and “none” of none. The model is the one that was studied.
func (r *Result) Sentence(m *maturity.Model, language string) string {
	p := speaker(0)
	switch primary, _, _ := strings.Cut(language, "-"); primary {
	case "nb", "no":
		p = 1
	case "nn":
		p = 2
	}
	draws, o := r.Draws, r.Options
	what := trials
	if r.Varied == (Varied{Weights: r.Varied.Weights}) {
		what = reweightings
	}
	text := ""
	switch {
	case r.Varied == Varied{} || draws == 0:
		return nothing[p]
	case len(r.Levels) > 0 && r.Level != "":
		title := r.Level
		for _, l := range ladderOf(m, o.Group) {
			if t := l.Title.In(language, m.Language); l.ID == r.Level && t != "" {
				title = t
			}
		}
		text = p.say(levelIn, title, p.often(r.count(r.Level), draws, what))
	case len(r.Levels) > 0 && r.Value != nil:
		text = p.say(noLevelIn, p.often(r.count(""), draws, what))
	case r.Spread != nil:
		low, high := math.Floor(round(r.Spread.P05*100))/100, math.Ceil(round(r.Spread.P95*100))/100
		text = p.say(valueIn, p.number(low), p.number(high), p.often((draws-r.Unscored)*9/10, draws, what))
	default:
		return noScore[p]
	}
	var how []string
	for _, by := range []struct {
		is    bool
		words phrase
		share float64
	}{{r.Varied.Weights > 0, weightsBy, o.Weights}, {r.Varied.Thresholds > 0, thresholdsBy, o.Thresholds}, {r.Varied.Answers > 0, answersBy, o.Answers}} {
		if by.is {
			how = append(how, p.percents(strings.Replace(by.words[p], "%s", p.number(by.share*100), 1)))
		}
	}
	return text[:len(text)-1] + " (" + strings.Join(how, "; ") + ")."
}

func (r *Result) count(level string) int {
	for _, l := range r.Levels {
		if l.Level == level {
			return l.Draws
		}
	}
	return 0
}

// A speaker is the number of a language in a phrase.
type speaker int

func (p speaker) say(f phrase, args ...any) string { return fmt.Sprintf(f[p], args...) }

// often is 91 % of 10,000 re-weightings.
func (p speaker) often(n, of int, what phrase) string {
	total, plural := p.thousands(of), what[p]
	switch percent := (200*n + of) / (2 * of); {
	case n == of:
		return p.say(inAll, total, plural)
	case n == 0:
		return p.say(inNone, total, plural)
	case percent == 100:
		return p.say(ofAll, p.percents(more[p]), total, plural)
	case percent == 0:
		return p.say(ofAll, p.percents(less[p]), total, plural)
	default:
		return p.say(ofAll, p.percents(strconv.Itoa(percent)+" %"), total, plural)
	}
}

// percents keeps a number and its sign on one line; in English there is no space.
func (p speaker) percents(s string) string {
	if p == 0 {
		return strings.ReplaceAll(s, " %", "%")
	}
	return strings.ReplaceAll(s, " %", "\u00A0%")
}

// thousands writes 10,000 or 10 000.
func (p speaker) thousands(n int) string {
	s, comma := strconv.Itoa(n), ","
	if p > 0 {
		comma = "\u00A0"
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + comma + s[i:]
	}
	return s
}

func (p speaker) number(x float64) string {
	s := strconv.FormatFloat(round(x), 'f', -1, 64)
	if p > 0 {
		return strings.Replace(s, ".", ",", 1)
	}
	return s
}
