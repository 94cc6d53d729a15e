package roadmap

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/modenhet/modenhet/maturity"
)

// This file says which answers a plan may give, and what each costs.
//
// A cost counts options passed. A choice, a yesno and a scale go up, or down, their list one option at a time.
// Every option that a checklist gains or loses is a step; an exclusive one gives way at no cost. A number has
// as many options as it has steps; one with a line is raised in tenths of it. A question without an answer
// stands at its lowest, and may also stay without. One that is not applicable stays so.

// A question is what a plan may do with a question of the model.
type question struct {
	id         string
	node       int
	kind       maturity.AnswerType
	options    []*maturity.Option
	candidates []candidate // in the order of cost; the first is today's answer, unless it was decided otherwise
	today      candidate
	full       span           // of the points, whatever is answered
	read       []string       // options of a checklist that conditions read
	decided    []string       // of a checklist, where its answer is decided
	ranks      map[string]int // of options, as they are written in Options; of a checklist none
}

// A candidate is one answer that a plan may give.
type candidate struct {
	answer any      // nil: none, or not applicable
	state  state    //
	points *big.Rat // of an answer
	rank   int      // its place among the options, for prerequisites
	cost   *big.Rat // before costs have their unit
	units  int64    // the cost in units of problem.unit
	same   bool     // it is today's answer
}

type state uint8

const (
	answered state = iota
	missing
	notApplicable
)

var (
	zero = new(big.Rat)
	one  = big.NewRat(1, 1)
)

// number is a decimal that is known to be one, or the standard where none is given.
func number(d maturity.Decimal, standard *big.Rat) *big.Rat {
	if d == "" {
		return standard
	}
	x, ok := new(big.Rat).SetString(d.String())
	if !ok {
		return standard
	}
	return x
}

// decimal writes a number that is a decimal; of another, its first nine digits after the point, rounded.
func decimal(x *big.Rat) maturity.Decimal {
	return maturity.Decimal(strings.TrimSuffix(strings.TrimRight(x.FloatString(9), "0"), "."))
}

// text is an answer as an option is written in Options.
func text(answer any) string {
	switch v := answer.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	}
	if x, ok := numeric(answer); ok {
		return decimal(x).String()
	}
	return ""
}

// numeric is an answer to a scale or a number.
func numeric(answer any) (*big.Rat, bool) {
	switch v := answer.(type) {
	case interface{ String() string }: // maturity.Decimal, json.Number
		return new(big.Rat).SetString(v.String())
	case int:
		return big.NewRat(int64(v), 1), true
	case int64:
		return big.NewRat(v, 1), true
	case float64:
		return new(big.Rat).SetString(strconv.FormatFloat(v, 'f', -1, 64))
	}
	return nil, false
}

// list is an answer to a checklist.
func list(answer any) []string {
	switch v := answer.(type) {
	case []string:
		return v
	case []any:
		values := make([]string, len(v))
		for i := range v {
			values[i], _ = v[i].(string)
		}
		return values
	}
	return nil
}

// prices are what the steps of a question cost: by option, else its effort.
type prices struct {
	effort *big.Rat
	own    map[string]maturity.Decimal
}

func (p prices) of(option string) *big.Rat { return number(p.own[option], p.effort) }

// walk is the cost of going along a list from one place to another: of every option passed, and of the last.
func (p prices) walk(names []string, from, to int) *big.Rat {
	sum := new(big.Rat)
	for i := from; i != to; {
		if i < to {
			i++
		} else {
			i--
		}
		if i >= 0 && i < len(names) {
			sum.Add(sum, p.of(names[i]))
		}
	}
	return sum
}

// ladder makes the candidates of an answer that is one of a list.
func (q *question) ladder(answers []any, points []*big.Rat, now any, prices prices) {
	names := make([]string, len(answers))
	base := 0
	q.ranks = map[string]int{}
	for i, a := range answers {
		names[i] = text(a)
		q.ranks[names[i]] = i
		if points[i].Cmp(points[base]) < 0 {
			base = i
		}
	}
	if now != nil {
		base = slices.Index(names, text(now))
	}
	for i, a := range answers {
		q.candidates = append(q.candidates, candidate{answer: a, points: points[i], rank: i, cost: prices.walk(names, base, i),
			same: now != nil && i == base})
	}
	q.full = spanOf(points)
}

// marks are the numbers that a plan may give: those of a question's own costs, or its steps, or the tenths of
// its line, and what conditions ask for; in order.
func (q *question) marks(a *maturity.Answer, own map[string]maturity.Decimal, asked []*big.Rat) []*big.Rat {
	marks := asked
	switch {
	case len(own) > 0:
		for name := range own { // sorted below
			if x, ok := new(big.Rat).SetString(name); ok {
				marks = append(marks, x)
			}
		}
	case a.Linear != nil:
		from, to := number(a.Linear.From, zero), number(a.Linear.To, zero)
		tenth := new(big.Rat).Quo(new(big.Rat).Sub(to, from), big.NewRat(10, 1))
		for i := range int64(11) {
			marks = append(marks, new(big.Rat).Add(from, new(big.Rat).Mul(tenth, big.NewRat(i, 1))))
		}
	default:
		for _, s := range a.Steps {
			marks = append(marks, number(s.From, zero))
		}
	}
	if a.Min != "" {
		marks = append(marks, number(a.Min, zero))
	}
	var fit []*big.Rat
	for _, x := range marks {
		if a.Integer && !x.IsInt() {
			x = new(big.Rat).SetInt(ceil(x))
		} else if !a.Integer { // a number has at most 9 digits after the point
			x = new(big.Rat).Quo(new(big.Rat).SetInt(ceil(new(big.Rat).Mul(x, billion))), billion)
		}
		if a.Max != "" && x.Cmp(number(a.Max, zero)) > 0 {
			x = number(a.Max, zero)
			if a.Integer && !x.IsInt() {
				x = new(big.Rat).SetInt(new(big.Int).Sub(ceil(x), big.NewInt(1)))
			}
		}
		if a.Min != "" && x.Cmp(number(a.Min, zero)) < 0 {
			continue
		}
		fit = append(fit, x)
	}
	slices.SortFunc(fit, (*big.Rat).Cmp)
	return slices.CompactFunc(fit, func(x, y *big.Rat) bool { return x.Cmp(y) == 0 })
}

var billion = big.NewRat(1_000_000_000, 1)

// ceil is the least whole number at x or above.
func ceil(x *big.Rat) *big.Int {
	q, r := new(big.Int).DivMod(x.Num(), x.Denom(), new(big.Int))
	if r.Sign() > 0 {
		q.Add(q, big.NewInt(1))
	}
	return q
}

// numberPoints are the points of a number.
func numberPoints(a *maturity.Answer, x *big.Rat) *big.Rat {
	if l := a.Linear; l != nil {
		from, to := number(l.From, zero), number(l.To, zero)
		part := new(big.Rat).Quo(new(big.Rat).Sub(x, from), new(big.Rat).Sub(to, from))
		if part.Sign() < 0 {
			part = zero
		} else if part.Cmp(one) > 0 {
			part = one
		}
		low, high := number(l.Points[0], zero), number(l.Points[1], zero)
		return new(big.Rat).Add(low, new(big.Rat).Mul(part, new(big.Rat).Sub(high, low)))
	}
	points := number(a.Steps[0].Points, zero)
	for _, s := range a.Steps {
		if number(s.From, zero).Cmp(x) <= 0 {
			points = number(s.Points, zero)
		}
	}
	return points
}

// numbers makes the candidates of a number.
func (q *question) numbers(a *maturity.Answer, now any, prices prices, asked []*big.Rat) {
	marks := q.marks(a, prices.own, asked)
	points := make([]*big.Rat, len(marks))
	names := make([]string, len(marks))
	for i, x := range marks {
		points[i], names[i] = numberPoints(a, x), decimal(x).String()
	}
	falls := len(marks) > 0 && points[0].Cmp(points[len(points)-1]) > 0
	place := func(x *big.Rat) int { // marks reached, less one; of a number that runs downwards from the other end
		n := 0
		for _, mark := range marks {
			if c := mark.Cmp(x); c == 0 || (c > 0) == falls {
				n++
			}
		}
		return n - 1
	}
	if falls {
		slices.Reverse(names)
	}
	q.ranks = map[string]int{}
	for _, x := range marks {
		q.ranks[decimal(x).String()] = place(x)
	}
	base := 0
	if now != nil {
		x, _ := numeric(now)
		base = place(x)
		q.candidates = append(q.candidates, candidate{answer: now, points: numberPoints(a, x), rank: base, cost: zero, same: true})
	}
	for i, x := range marks {
		if now != nil && text(now) == decimal(x).String() {
			continue
		}
		r := place(x)
		q.candidates = append(q.candidates, candidate{answer: decimal(x), points: points[i], rank: r, cost: prices.walk(names, base, r)})
	}
	if l := a.Linear; l != nil {
		q.full = spanOf([]*big.Rat{number(l.Points[0], zero), number(l.Points[1], zero)})
		return
	}
	for _, s := range a.Steps {
		q.full = q.full.with(number(s.Points, zero))
	}
}

// A tick is a set of options of a checklist, on the way to the candidates.
type tick struct {
	chosen []bool
	cost   *big.Rat
	sum    *big.Rat
	read   string // which of the options that conditions read are chosen
	today  bool   // as it is today
	wanted bool   // as it was decided, so far
}

// maxSets is how many sets of options are kept on the way for what conditions read of them. Where there are
// more, those go that cost more than others and give no more.
const maxSets = 4096

// checklist makes the candidates of a checklist: of all sets of options those that cost less or give more
// than others, for each choice of the options that conditions read.
func (q *question) checklist(a *maturity.Answer, now any, prices prices, lower bool) {
	today := list(now)
	start := tick{make([]bool, len(q.options)), new(big.Rat), new(big.Rat), "", true, q.decided != nil}
	alone := -1 // the exclusive option chosen today
	for i, o := range q.options {
		switch chosen := slices.Contains(today, o.Value); {
		case chosen && o.Exclusive:
			alone = i
		case chosen:
			start.chosen[i] = true
			start.sum.Add(start.sum, number(o.Points, zero))
		}
	}
	sets := []tick{start}
	for i, o := range q.options {
		points := number(o.Points, zero)
		if o.Exclusive || start.chosen[i] && !lower && points.Sign() >= 0 || !start.chosen[i] && !lower && points.Sign() < 0 && !slices.Contains(q.read, o.Value) {
			continue
		}
		stays := slices.Contains(q.decided, o.Value) == start.chosen[i]
		var more []tick
		for _, s := range sets {
			other := tick{slices.Clone(s.chosen), new(big.Rat).Add(s.cost, prices.of(o.Value)), new(big.Rat), s.read, false, s.wanted && !stays}
			other.chosen[i] = !s.chosen[i]
			if other.chosen[i] {
				other.sum.Add(s.sum, points)
			} else {
				other.sum.Sub(s.sum, points)
			}
			if slices.Contains(q.read, o.Value) {
				other.read += " " + strconv.Itoa(i)
			}
			more = append(more, other)
		}
		for j := range sets {
			sets[j].wanted = sets[j].wanted && stays
		}
		if sets = undominated(append(sets, more...), lower); len(sets) > maxSets {
			for i := range sets {
				sets[i].read = ""
			}
			sets = undominated(sets, false)
		}
	}
	limit := func(x *big.Rat) *big.Rat {
		if a.Cap != "" && x.Cmp(number(a.Cap, zero)) > 0 {
			return number(a.Cap, zero)
		}
		return x
	}
	add := func(chosen []bool, cost, sum *big.Rat, same bool) {
		values, rank := []string{}, 0
		for i, o := range q.options {
			if chosen[i] {
				values, rank = append(values, o.Value), rank+1
			}
		}
		q.candidates = append(q.candidates, candidate{answer: values, points: limit(sum), rank: rank, cost: cost, same: same})
	}
	if now != nil && alone >= 0 {
		chosen := make([]bool, len(q.options))
		chosen[alone] = true
		add(chosen, zero, number(q.options[alone].Points, zero), true)
	}
	for _, s := range sets {
		add(s.chosen, s.cost, s.sum, now != nil && alone < 0 && s.today)
	}
	for i, o := range q.options {
		if !o.Exclusive || i == alone {
			continue
		}
		chosen, cost := make([]bool, len(q.options)), new(big.Rat).Set(prices.of(o.Value))
		chosen[i] = true
		for j := range start.chosen {
			if start.chosen[j] {
				cost.Add(cost, prices.of(q.options[j].Value))
			}
		}
		add(chosen, cost, number(o.Points, zero), false)
	}
	low, high := new(big.Rat), new(big.Rat)
	for _, o := range q.options {
		if points := number(o.Points, zero); !o.Exclusive && points.Sign() < 0 {
			low.Add(low, points)
		} else if !o.Exclusive {
			high.Add(high, points)
		}
	}
	q.full = span{low, high}
	for _, o := range q.options {
		if o.Exclusive {
			q.full = q.full.with(number(o.Points, zero))
		}
	}
	q.full = span{limit(q.full.min), limit(q.full.max)}
}

// undominated drops sets that cost as much as another or more and give no more; where answers may also get
// lower, only those that cost and give the same.
func undominated(sets []tick, lower bool) []tick {
	slices.SortStableFunc(sets, func(x, y tick) int {
		if x.read != y.read {
			if x.read < y.read {
				return -1
			}
			return 1
		}
		if c := x.cost.Cmp(y.cost); c != 0 {
			return c
		}
		return y.sum.Cmp(x.sum)
	})
	kept := sets[:0]
	for _, s := range sets {
		if len(kept) > 0 {
			last := kept[len(kept)-1]
			if c := s.sum.Cmp(last.sum); !s.today && !s.wanted && last.read == s.read && (c == 0 && last.cost.Cmp(s.cost) == 0 || !lower && c <= 0) {
				continue
			}
		}
		kept = append(kept, s)
	}
	return kept
}

// settle puts the candidates in the order of their costs, today's answer first, and drops those that lower it.
func (q *question) settle(now any, lower bool) {
	if now == nil {
		q.candidates = append(q.candidates, candidate{state: missing, rank: -1, cost: zero, same: true})
	}
	for _, c := range q.candidates {
		if c.same {
			q.today = c
		}
	}
	slices.SortStableFunc(q.candidates, func(x, y candidate) int {
		switch c := x.cost.Cmp(y.cost); {
		case x.same != y.same && x.same:
			return -1
		case x.same != y.same:
			return 1
		default:
			return c
		}
	})
	if !lower && q.today.state == answered {
		q.candidates = slices.DeleteFunc(q.candidates, func(c candidate) bool { return c.points.Cmp(q.today.points) < 0 })
	}
}
