package cohort

import (
	"cmp"
	"math/big"
	"slices"
	"strconv"

	"github.com/modenhet/modenhet/maturity"
)

// answers are what several people said to each question of a model, with its points. The questions that were
// hidden from somebody who answered them all the same are among them.
type answers struct {
	s         *maturity.Scorer
	model     *maturity.Model
	nodes     map[string]*maturity.Node
	questions []*maturity.Node // in the order of Scorer.Questions
	labels    []string         // of the respondents, or the subjects
	all       []*maturity.Assessment
	points    []*maturity.Result // of each assessment: the root of a bare model, and its questions
}

// readAnswers checks the assessments, and works out their points. For these it uses a model of the questions alone,
// without conditions and policies, so that every answer counts. With oneSubject, they must be of one.
func readAnswers(s *maturity.Scorer, all []*maturity.Assessment, oneSubject bool) (*answers, error) {
	m := s.Model()
	by := map[string]*maturity.Node{} // without references
	bare := &maturity.Model{Version: "1.0.0", OptionSets: m.OptionSets, Node: maturity.Node{ID: m.ID}}
	for _, n := range m.Nodes() {
		if n.Ref == "" {
			by[n.ID] = n
		}
	}
	out := &answers{s: s, model: m, nodes: by, all: all}
	for _, id := range s.Questions() {
		out.questions = append(out.questions, by[id])
		bare.Children = append(bare.Children, &maturity.Node{ID: id, Answer: by[id].Answer})
	}
	scorer, err := maturity.Compile(bare, &maturity.Options{MaxNodes: 1 << 30, MaxOptions: 1 << 30, MaxText: 1 << 30})
	if err != nil {
		return nil, err
	}
	var issues issueList
	labels := map[string]int{}
	if len(all) == 0 {
		return nil, invalid(maturity.Empty, "", "there are no assessments: give one or more")
	}
	for i, a := range all {
		if a == nil {
			issues.add(i, errNone)
			continue
		}
		if err := s.Check(a); err != nil {
			issues.add(i, err)
			continue
		}
		label := cmp.Or(a.Respondent, "#"+strconv.Itoa(i+1))
		if !oneSubject {
			label = labelOf(a.Subject, i)
		}
		if _, twice := labels[label]; twice && oneSubject {
			issues.add(i, invalid(maturity.DuplicateID, "/respondent", "the respondent "+strconv.Quote(label)+" is also that of assessment "+
				strconv.Itoa(labels[label])+": keep one"))
		}
		labels[label] = i
		if id, first := subjectID(a), subjectID(all[0]); oneSubject && id != first {
			issues.add(i, invalid(maturity.BadValue, "/subject/id", "this is about the subject "+strconv.Quote(id)+
				", and the first about "+strconv.Quote(first)+": take those of one subject"))
		}
		r, err := scorer.Score(&maturity.Assessment{Model: maturity.ModelRef{ID: m.ID}, Answers: a.Answers})
		if err != nil {
			issues.add(i, err)
		}
		out.labels, out.points = append(out.labels, label), append(out.points, r)
	}
	return out, issues.error()
}

func labelOf(s *maturity.Subject, i int) string {
	if s == nil {
		s = new(maturity.Subject)
	}
	return cmp.Or(s.ID, s.Name, "#"+strconv.Itoa(i+1))
}

func subjectID(a *maturity.Assessment) string {
	if a == nil || a.Subject == nil {
		return ""
	}
	return cmp.Or(a.Subject.ID, a.Subject.Name)
}

// A given is one answer with its place in the order of answers: by points, and of equal points by the place of
// the option in its list, no before yes, or the number.
type given struct {
	who    int
	value  any
	points float64
	place  *big.Rat
	weight int64
}

func (g given) compare(o given) int {
	return cmp.Or(cmp.Compare(g.points, o.points), g.place.Cmp(o.place))
}

// given lists the answers to question i, lowest first, and equal numbers as they are spelt, so that the order of
// respondents is nothing; of a checklist and a text in the order of respondents.
func (a *answers) given(i int, weights []int64) (list []given) {
	q := a.questions[i]
	for who, assessment := range a.all {
		if value, ok := assessment.Answers[q.ID]; ok {
			list = append(list, given{who, value, a.points[who].Nodes[1+i].Value, a.place(q.Answer, value), weights[who]})
		}
	}
	switch q.Answer.Type {
	case maturity.Checklist, maturity.FreeText:
	case maturity.ScaleType, maturity.Number:
		slices.SortStableFunc(list, func(x, y given) int {
			if c := x.compare(y); c != 0 {
				return c
			}
			return cmp.Compare(spelling(x.value), spelling(y.value))
		})
	default:
		slices.SortStableFunc(list, given.compare)
	}
	return list
}

func (a *answers) place(q *maturity.Answer, value any) *big.Rat {
	switch value := value.(type) {
	case string:
		options := a.options(q)
		return whole(int64(slices.IndexFunc(options, func(o *maturity.Option) bool { return o.Value == value })))
	case bool:
		if value {
			return whole(1)
		}
	case []string, []any:
		return new(big.Rat)
	default:
		return number(value)
	}
	return new(big.Rat)
}

func (a *answers) options(q *maturity.Answer) []*maturity.Option {
	if q.Use != "" {
		return a.model.OptionSets[q.Use]
	}
	return q.Options
}

// number is an answer to a scale or a number that has been checked.
func number(value any) *big.Rat { return exact(spelling(value)) }

// spelling is a number as it was given.
func spelling(value any) string {
	switch value := value.(type) {
	case int:
		return strconv.Itoa(value)
	case int64:
		return strconv.FormatInt(value, 10)
	case float64:
		return strconv.FormatFloat(value, 'g', -1, 64)
	case interface{ String() string }: // json.Number
		return value.String()
	}
	return ""
}

// exact reads a decimal of a model or an assessment, and 0 where there is none.
func exact(text string) *big.Rat {
	x, ok := new(big.Rat).SetString(text)
	if !ok {
		return new(big.Rat)
	}
	return x
}

// chosen are the options of a checklist's answer.
func chosen(value any) (options []string) {
	switch value := value.(type) {
	case []string:
		return value
	case []any:
		for _, option := range value {
			if text, ok := option.(string); ok {
				options = append(options, text)
			}
		}
	}
	return options
}
