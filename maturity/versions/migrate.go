package versions

import (
	"errors"
	"slices"

	"github.com/modenhet/modenhet/maturity"
)

// A Migration is an assessment of an earlier version of a model as one of a later version.
type Migration struct {
	Assessment *maturity.Assessment `json:"assessment"`

	// Renamed and Dropped come in the document order of the earlier version. All that is in neither list was
	// carried over as it was.
	Renamed []Renaming `json:"renamed"`
	Dropped []Drop     `json:"dropped"`

	// Open are the scored questions of the later version that have no answer by this and are not said to be
	// not applicable, in document order.
	Open []string `json:"open"`
}

// A Part is a part of an assessment.
type Part string

// The parts that can be renamed or dropped.
const (
	AnswerPart        Part = "answer"
	NotApplicablePart Part = "notApplicable"
	CommentPart       Part = "comment"
	EvidencePart      Part = "evidence"
	SchemaPart        Part = "$schema"
)

// A Renaming is a part that was carried over under another name.
type Renaming struct {
	Part     Part   `json:"part"`
	Question string `json:"question"`      // of the earlier version
	To       string `json:"to"`            // of the later
	Was      any    `json:"was,omitempty"` // the answer, where it has another value today
	Value    any    `json:"value,omitempty"`
}

// A Drop is a part that could not be carried over, with all that it held.
type Drop struct {
	Part     Part   `json:"part"`
	Question string `json:"question,omitempty"` // of the earlier version
	To       string `json:"to,omitempty"`       // the question that it would have gone to
	Value    any    `json:"value"`
	Reason   Reason `json:"reason"`
	Message  string `json:"message"`
}

// A Reason says why a part was dropped: one of those here, or the code of the issue that the later version
// has with it, such as unknown-option or out-of-range.
type Reason string

// The reasons of dropping, besides codes.
const (
	Gone     Reason = "gone"     // the question, or the option, has no counterpart
	Conflict Reason = "conflict" // another answer took its place
	Address  Reason = "address"  // the $schema is that of the earlier version
)

// Migrate makes an assessment of the later version of one of the earlier. Answers, what is not applicable,
// comments and evidence go where the later version's Replaces says, or else where the id is the same; nothing
// is guessed, and nothing is lost without being listed. Where several answers meet in one question, that of the
// question which kept its id stays, or else the first in document order; options that meet in a checklist are
// put together, and so are comments and evidence.
//
// An answer that is carried over may mean something else today: Diff says which questions were reworded or
// rescored. The error is an *InvalidError: with what from finds wrong with the assessment, or OtherModel where
// neither id nor Replaces says that the models are versions of one.
//
// From may be nil, where the earlier version is not at hand: then the answers say what kinds of questions it
// had. Entries of Replaces whose left side the later model has too are passed over. The error is then with
// what to finds wrong besides answers, such as a date.
func Migrate(a *maturity.Assessment, from, to *maturity.Scorer) (*Migration, error) {
	id, earlier, later := a.Model.ID, (*tree)(nil), treeOf(to.Model())
	if from != nil {
		if err := from.Check(a); err != nil {
			return nil, err
		}
		id, earlier = from.Ref().ID, treeOf(from.Model())
	} else {
		earlier = treeOf(asked(a, later))
	}
	if id != to.Ref().ID && later.m.Replaces[id] != to.Ref().ID {
		return nil, otherModel(id, to.Ref().ID)
	}
	m := newMigrator(pair(earlier, later), to).migrate(a)
	if from == nil {
		if err := to.Check(m.Assessment); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func otherModel(from, to string) error {
	return &maturity.InvalidError{Issues: []*maturity.Issue{{Code: maturity.OtherModel, Path: "/model/id", Message: "This is an assessment of \"" + from +
		"\", and the later model is \"" + to + "\": choose a version of one model, or name the earlier id in replaces."}}}
}

// A migrator carries one assessment over.
type migrator struct {
	*pairs
	to      *maturity.Scorer
	session *maturity.Session // what fits the later version so far
	m       *Migration
	sources map[string]string // today's question: the earlier one that answered it
	answers map[string]any    // today's
}

func newMigrator(p *pairs, to *maturity.Scorer) *migrator {
	session, _ := to.Session(nil) // of nothing: it cannot fail
	return &migrator{p, to, session, &Migration{Renamed: []Renaming{}, Dropped: []Drop{}, Open: []string{}}, map[string]string{}, map[string]any{}}
}

func (m *migrator) migrate(a *maturity.Assessment) *Migration {
	var questions []*place
	for _, p := range m.from.places {
		if p.Answer != nil {
			questions = append(questions, p)
		}
	}
	for _, kept := range []bool{true, false} { // those that keep their id go first where several meet
		for _, p := range questions {
			if _, to, _ := m.targets(p); (len(to) == 1 && to[0] == p.ID) == kept {
				m.question(p, a)
			}
		}
	}
	out := m.session.Assessment()
	out.Subject, out.Respondent, out.Date = a.Subject, a.Respondent, a.Date
	out.Model = m.to.Ref()
	for _, p := range questions {
		m.notes(p, a, out)
	}
	if a.Schema != "" {
		m.drop(Drop{Part: SchemaPart, Value: a.Schema, Reason: Address, Message: "The $schema was that of the earlier version: give that of the later."})
	}
	m.m.Assessment = out
	order := func(id string) int {
		if p := m.from.ids[id]; p != nil {
			return p.index
		}
		return len(m.from.places)
	}
	slices.SortStableFunc(m.m.Renamed, func(x, y Renaming) int { return order(x.Question) - order(y.Question) })
	slices.SortStableFunc(m.m.Dropped, func(x, y Drop) int { return order(x.Question) - order(y.Question) })
	for _, p := range m.pairs.to.places {
		_, answered := out.Answers[p.ID]
		_, not := out.NotApplicable[p.ID]
		if p.Answer != nil && p.Answer.Type != maturity.FreeText && !answered && !not {
			m.m.Open = append(m.m.Open, p.ID)
		}
	}
	return m.m
}

func (m *migrator) drop(d Drop) { m.m.Dropped = append(m.m.Dropped, d) }

// question carries an answer, or that there is none, over.
func (m *migrator) question(p *place, a *maturity.Assessment) {
	if value, ok := a.Answers[p.ID]; ok {
		if list, is := stringList(value); is && p.Answer.Type == maturity.Checklist {
			m.checklist(p, value, list)
			return
		}
		m.answer(p, value, answerText(value))
	}
	reason, not := a.NotApplicable[p.ID]
	if !not {
		return
	}
	_, targets, _ := m.targets(p)
	if len(targets) == 0 {
		m.drop(Drop{Part: NotApplicablePart, Question: p.ID, Value: reason, Reason: Gone, Message: gone(p.ID)})
	}
	for _, to := range targets {
		if m.taken(NotApplicablePart, p, to, reason) {
			continue
		}
		if err := m.session.NotApplicable(to, reason); err != nil {
			delete(m.sources, to)
			m.refused(NotApplicablePart, p.ID, to, reason, err)
			continue
		}
		m.carried(NotApplicablePart, p.ID, to, nil, nil)
	}
}

func gone(name string) string { return "The later version has nothing for " + name + "." }

// taken drops what comes to a question that something else came to first.
func (m *migrator) taken(part Part, p *place, to string, value any) bool {
	first, taken := m.sources[to]
	if taken && first != p.ID {
		m.drop(Drop{Part: part, Question: p.ID, To: to, Value: value, Reason: Conflict, Message: "The question " + to + " is answered by what was said to " + first + "."})
		return true
	}
	m.sources[to] = p.ID
	return false
}

func (m *migrator) refused(part Part, question, to string, value any, err error) {
	var invalid *maturity.InvalidError
	errors.As(err, &invalid) // the engine gives no other
	m.drop(Drop{Part: part, Question: question, To: to, Value: value, Reason: Reason(invalid.Issues[0].Code), Message: invalid.Issues[0].Message})
}

func (m *migrator) carried(part Part, question, to string, was, value any) {
	if question != to || was != nil {
		m.m.Renamed = append(m.m.Renamed, Renaming{part, question, to, was, value})
	}
}

// answer carries one answer that is no list over.
func (m *migrator) answer(p *place, value any, text string) {
	to, option, none := m.option(p.ID, text)
	if none {
		m.drop(Drop{Part: AnswerPart, Question: p.ID, Value: value, Reason: Gone, Message: gone(p.ID + "/" + text)})
		return
	}
	today := m.today(to, option, text, value)
	if m.pairs.to.ids[to].Answer.Type == maturity.Checklist && p.Answer.Type != maturity.Checklist {
		m.join(p, value, to, []chosen{{value, option}})
		return
	}
	before, there := m.answers[to]
	same := there && answerText(before) == answerText(today)
	switch {
	case same && m.sources[to] != p.ID:
		m.carried(AnswerPart, p.ID, to, nil, nil) // both say the same
		return
	case there && !same && m.sources[to] == p.ID:
		m.drop(Drop{Part: AnswerPart, Question: p.ID, To: to, Value: value, Reason: Conflict,
			Message: "The question " + to + " takes one answer, and another option of " + p.ID + " came first."})
		return
	}
	if m.taken(AnswerPart, p, to, value) {
		return
	}
	if err := m.session.Set(to, today); err != nil {
		if !there {
			delete(m.sources, to)
		}
		m.refused(AnswerPart, p.ID, to, value, err)
		return
	}
	m.answers[to] = today
	if answerText(today) == text && p.Answer.Type != maturity.Checklist {
		m.carried(AnswerPart, p.ID, to, nil, nil)
		return
	}
	m.carried(AnswerPart, p.ID, to, value, today) // an option of a list that is the whole answer now, too
}

// today is an answer as the later question takes it: what Replaces names, or the answer itself.
func (m *migrator) today(to, option, text string, value any) any {
	_, isText := value.(string)
	switch t := m.pairs.to.ids[to].Answer.Type; {
	case option == text && !isText:
		return value
	case t == maturity.YesNo && (option == "true" || option == "false"):
		return option == "true"
	case t == maturity.ScaleType || t == maturity.Number:
		return maturity.Decimal(option)
	}
	return option
}

// A chosen is an option of a checklist, or an answer that became one.
type chosen struct {
	was   any
	today string
}

// checklist carries the options of a checklist over, each where it belongs.
func (m *migrator) checklist(p *place, value any, list []string) {
	parts, order := map[string][]chosen{}, []string{}
	into := func(to string, options ...chosen) {
		if _, there := parts[to]; !there {
			order = append(order, to)
		}
		parts[to] = append(parts[to], options...)
	}
	for _, option := range list {
		to, today, none := m.option(p.ID, option)
		switch {
		case none:
			m.drop(Drop{Part: AnswerPart, Question: p.ID, Value: option, Reason: Gone, Message: gone(p.ID + "/" + option)})
		case m.pairs.to.ids[to].Answer.Type == maturity.Checklist:
			into(to, chosen{option, today})
		default:
			m.answer(p, option, option)
		}
	}
	if len(list) == 0 { // nothing of it is an answer too
		if to, ok := m.now[p.ID]; ok && m.pairs.to.ids[to].Answer.Type == maturity.Checklist {
			into(to)
		} else {
			m.drop(Drop{Part: AnswerPart, Question: p.ID, Value: value, Reason: Gone, Message: gone(p.ID)})
		}
	}
	for _, to := range order {
		m.join(p, value, to, parts[to])
	}
}

// join puts options into a checklist, one after the other, so that those which fit stay.
func (m *migrator) join(p *place, value any, to string, options []chosen) {
	before, there := m.answers[to].([]string)
	if !there && m.taken(AnswerPart, p, to, value) { // it is not applicable
		return
	}
	list := append([]string{}, before...)
	for _, o := range options {
		if slices.Contains(list, o.today) {
			continue
		}
		longer := append(slices.Clone(list), o.today)
		if err := m.session.Set(to, longer); err != nil {
			m.refused(AnswerPart, p.ID, to, o.was, err)
			continue
		}
		list = longer
	}
	if len(list) == 0 && len(options) > 0 { // all were refused
		delete(m.sources, to)
		return
	}
	if len(list) == 0 && m.session.Set(to, []string{}) != nil {
		return
	}
	m.answers[to] = list
	if old, is := stringList(value); !is || !slices.Equal(old, list) {
		m.carried(AnswerPart, p.ID, to, value, list)
		return
	}
	m.carried(AnswerPart, p.ID, to, nil, nil)
}

// notes carries comments and evidence to every question that an earlier one became.
func (m *migrator) notes(p *place, a, out *maturity.Assessment) {
	_, targets, _ := m.targets(p)
	if comment, ok := a.Comments[p.ID]; ok {
		if len(targets) == 0 {
			m.drop(Drop{Part: CommentPart, Question: p.ID, Value: comment, Reason: Gone, Message: gone(p.ID)})
		}
		for _, to := range targets {
			if out.Comments == nil {
				out.Comments = map[string]string{}
			}
			if before := out.Comments[to]; before != "" && comment != before {
				out.Comments[to] = before + "\n\n" + comment
			} else {
				out.Comments[to] = comment
			}
			m.carried(CommentPart, p.ID, to, nil, nil)
		}
	}
	if evidence, ok := a.Evidence[p.ID]; ok {
		if len(targets) == 0 {
			m.drop(Drop{Part: EvidencePart, Question: p.ID, Value: evidence, Reason: Gone, Message: gone(p.ID)})
		}
		for _, to := range targets {
			if out.Evidence == nil {
				out.Evidence = map[string][]maturity.Evidence{}
			}
			out.Evidence[to] = append(slices.Clip(out.Evidence[to]), evidence...)
			m.carried(EvidencePart, p.ID, to, nil, nil)
		}
	}
}

// stringList is the answer to a checklist.
func stringList(value any) ([]string, bool) {
	switch v := value.(type) {
	case []string:
		return v, true
	case []any:
		list := make([]string, len(v))
		for i := range v {
			list[i], _ = v[i].(string)
		}
		return list, true
	}
	return nil, false
}
