package report

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/modenhet/modenhet/maturity"
)

// A phrase is one of the report's own words in en, nb and nn.
type phrase [3]string

var (
	overall     = phrase{"Overall level", "Samlet nivå", "Samla nivå"}
	score       = phrase{"Score", "Poeng", "Poeng"}
	onScale     = phrase{"%s on a scale from %s to %s", "%s på en skala fra %s til %s", "%s på ein skala frå %s til %s"}
	enoughFor   = phrase{"%s. Your score is enough for level %s.", "%s. Poengene holder til nivå %s.", "%s. Poenga held til nivå %s."}
	soFar       = phrase{"So far", "Foreløpig", "Førebels"}
	mayEndLevel = phrase{"may end at level %s (%s)", "kan ende på nivå %s (%s)", "kan ende på nivå %s (%s)"}
	mayEnd      = phrase{"may end at %s", "kan ende på %s", "kan ende på %s"}
	canEnd      = phrase{"May end at", "Kan ende på", "Kan ende på"}
	answered    = phrase{"Answered", "Besvart", "Svara på"}
	numberOf    = phrase{"%d of %d", "%d av %d", "%d av %d"}
	doNotApply  = phrase{"%d not applicable", "%d ikke aktuelt", "%d ikkje aktuelt"}
	areMissing  = phrase{"%d missing", "%d mangler", "%d manglar"}
	youAreHere  = phrase{"you are here", "dere er her", "de er her"}
	enoughHere  = phrase{"your score is enough", "poengene holder hit", "poenga held hit"}
	byArea      = phrase{"Scores by area", "Poeng per område", "Poeng per område"}
	area        = phrase{"Area", "Område", "Område"}
	levelWord   = phrase{"Level", "Nivå", "Nivå"}
	depends     = phrase{"▒ depends on the missing answers", "▒ avhenger av svarene som mangler", "▒ kjem an på svara som manglar"}
	notAnswered = phrase{"Not answered", "Ikke besvart", "Ikkje svara på"}
	notRelevant = phrase{"Not applicable", "Ikke aktuelt", "Ikkje aktuelt"}
	andMore     = phrase{"and %d more", "og %d til", "og %d til"}
	notes       = phrase{"Notes", "Merknader", "Merknader"}

	holdsBack   = phrase{"What holds you back", "Dette holder dere igjen", "Dette held dykk att"}
	requires    = phrase{"What remains for %s:", "Dette gjenstår til %s:", "Dette står att til %s:"}
	oneIsEnough = phrase{"One of these is enough:", "Ett av disse er nok:", "Eitt av desse er nok:"}
	atTop       = phrase{"The highest level is reached.", "Det høyeste nivået er nådd.", "Det høgaste nivået er nådd."}
	wholeScore  = phrase{"The overall score", "Den samlede poengsummen", "Den samla poengsummen"}
	scoreFor    = phrase{"The score for %s", "Poengsummen for %s", "Poengsummen for %s"}
	ratioFor    = phrase{"The share of points reached in %s", "Andelen av poengene i %s", "Andelen av poenga i %s"}
	answersFor  = phrase{"The share of questions answered in %s", "Andelen besvarte spørsmål i %s", "Andelen spørsmål som er svara på i %s"}
	mustBe      = phrase{"%s must be %s; it is %s.", "%s må være %s, og er %s.", "%s må vere %s, og er %s."}
	mustBeNone  = phrase{"%s must be %s; it is not known yet.", "%s må være %s, og er ikke kjent ennå.", "%s må vere %s, og er ikkje kjend enno."}
	mustReach   = phrase{"%s must be at %s or higher; it is at %s.", "%s må være på %s eller høyere, og er på %s.", "%s må vere på %s eller høgare, og er på %s."}
	mustStay    = phrase{"%s must be below %s; it is at %s.", "%s må være under %s, og er på %s.", "%s må vere under %s, og er på %s."}
	atLevel     = phrase{"level %s", "nivå %s", "nivå %s"}
	noLevel     = phrase{"no level yet", "ikke noe nivå ennå", "ikkje noko nivå enno"}
	mustAnswer  = phrase{"“%s” must be answered with %s.", "«%s» må være besvart med %s.", "«%s» må vere svara på med %s."}
	mustDiffer  = phrase{"“%s” must be answered with something other than %s.", "«%s» må være besvart med noe annet enn %s.", "«%s» må vere svara på med noko anna enn %s."}
	mustHave    = phrase{"The answer to “%s” must include %s.", "Svaret på «%s» må omfatte %s.", "Svaret på «%s» må omfatte %s."}
	mustLack    = phrase{"The answer to “%s” must not include %s.", "Svaret på «%s» må ikke omfatte %s.", "Svaret på «%s» må ikkje omfatte %s."}
	mustBeGiven = phrase{"“%s” must be answered.", "«%s» må være besvart.", "«%s» må vere svara på."}
	mustBeOpen  = phrase{"“%s” must not be answered.", "«%s» må ikke være besvart.", "«%s» må ikkje vere svara på."}
	quoted      = phrase{"“%s”", "«%s»", "«%s»"}
	or          = phrase{" or ", " eller ", " eller "}

	nextSteps  = phrase{"Next steps", "Neste steg", "Neste steg"}
	mostGain   = phrase{"One answer, one step up. Most gain for the effort first.", "Ett svar, ett trinn opp. Mest gevinst for innsatsen først.", "Eitt svar, eitt trinn opp. Mest gevinst for innsatsen først."}
	noSteps    = phrase{"No single answer raises the overall score on its own.", "Ingen av svarene løfter den samlede poengsummen alene.", "Ingen av svara løftar den samla poengsummen åleine."}
	question   = phrase{"Question", "Spørsmål", "Spørsmål"}
	now        = phrase{"Now", "Nå", "No"}
	next       = phrase{"Next", "Neste", "Neste"}
	advice     = phrase{"Advice", "Råd", "Råd"}
	gain       = phrase{"Gain", "Gevinst", "Gevinst"}
	effort     = phrase{"Effort", "Innsats", "Innsats"}
	givesLevel = phrase{"gives %s", "gir %s", "gir %s"}
	chosen     = phrase{"%d of %d chosen", "%d av %d valgt", "%d av %d valde"}
	also       = phrase{"also “%s”", "også «%s»", "også «%s»"}
	instead    = phrase{"“%s” in place of what is chosen", "«%s» i stedet for det som er valgt", "«%s» i staden for det som er valt"}
	yes        = phrase{"Yes", "Ja", "Ja"}
	no         = phrase{"No", "Nei", "Nei"}

	answerHidden = phrase{"The answer to “%s” does not count, because other answers hide the question.", "Svaret på «%s» teller ikke, fordi andre svar skjuler spørsmålet.", "Svaret på «%s» tel ikkje, fordi andre svar skjuler spørsmålet."}
	otherVersion = phrase{"The assessment was made with version %s of the model, and is scored with %s.", "Egenvurderingen ble gjort med versjon %s av modellen, og er regnet ut med %s.", "Eigenvurderinga vart gjord med versjon %s av modellen, og er rekna ut med %s."}
	otherDigest  = phrase{"The model has changed since the assessment was made.", "Modellen er endret etter at egenvurderingen ble gjort.", "Modellen er endra etter at eigenvurderinga vart gjord."}

	months = phrase{"January February March April May June July August September October November December",
		"januar februar mars april mai juni juli august september oktober november desember",
		"januar februar mars april mai juni juli august september oktober november desember"}
	dated = phrase{"%d %s %s", "%d. %s %s", "%d. %s %s"}
)

// comparisons say what a number must be; the second of two is what the first is where it must not hold.
var comparisons = map[string][2]phrase{
	"atLeast":  {{"at least %s", "minst %s", "minst %s"}, {"less than %s", "mindre enn %s", "mindre enn %s"}},
	"moreThan": {{"more than %s", "mer enn %s", "meir enn %s"}, {"at most %s", "høyst %s", "høgst %s"}},
	"atMost":   {{"at most %s", "høyst %s", "høgst %s"}, {"more than %s", "mer enn %s", "meir enn %s"}},
	"lessThan": {{"less than %s", "mindre enn %s", "mindre enn %s"}, {"at least %s", "minst %s", "minst %s"}},
	"equals":   {{"exactly %s", "nøyaktig %s", "nøyaktig %s"}, {"other than %s", "noe annet enn %s", "noko anna enn %s"}},
}

// A speaker says things in one language.
type speaker struct {
	language string // of the model's texts
	model    string // the model's own language
	words    int    // of a phrase
}

func speak(language, model string) speaker {
	if language == "" {
		language = model
	}
	p := speaker{language: language, model: model}
	switch primary, _, _ := strings.Cut(language, "-"); primary {
	case "nb", "no":
		p.words = 1
	case "nn":
		p.words = 2
	}
	return p
}

func (p speaker) say(f phrase, args ...any) string {
	if len(args) == 0 {
		return f[p.words]
	}
	return fmt.Sprintf(f[p.words], args...)
}

// title is a text on one line and safe to print, or the id where there is none.
func (p speaker) title(t maturity.Text, id string) string {
	if s := clean(t.In(p.language, p.model)); s != "" {
		return s
	}
	return id
}

// number shows a number with some digits after the point; with -1 in the shortest way, two digits at most.
func (p speaker) number(x float64, digits int) string {
	s := strconv.FormatFloat(round(x, max(digits, 0)), 'f', max(digits, 0), 64)
	if digits < 0 {
		s = strconv.FormatFloat(round(x, 2), 'f', -1, 64)
	}
	return p.decimal(s)
}

// decimal gives a number the language's decimal sign.
func (p speaker) decimal(s string) string {
	if p.words > 0 {
		return strings.Replace(s, ".", ",", 1)
	}
	return s
}

func (p speaker) percent(x float64, digits int) string {
	return p.withUnit(p.number(round(x*100, 9), digits), "%")
}

func (p speaker) withUnit(number, unit string) string {
	if unit == "%" && p.words == 0 || unit == "" {
		return number + unit
	}
	return number + " " + unit
}

// date is a date as people write it.
func (p speaker) date(s string) string {
	if len(s) != 10 {
		return clean(s)
	}
	month, _ := strconv.Atoi(s[5:7])
	day, err := strconv.Atoi(s[8:])
	if err != nil || month < 1 || month > 12 {
		return clean(s)
	}
	return p.say(dated, day, strings.Fields(p.say(months))[month-1], s[:4])
}
