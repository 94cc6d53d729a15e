package maturity

import (
	"strconv"
	"unicode/utf8"
)

// Validate says what must hold of a model and does not. The error is nil or an *InvalidError with every
// issue, each with its JSON Pointer. Compile validates as well; so does Parse, which also knows the lines.
func (m *Model) Validate(opts *Options) error {
	v := newValidator(opts)
	v.model(m)
	return v.err()
}

// A validator checks a model and keeps what Compile needs to know about it.
type validator struct {
	*report
	opts   Options // filled
	m      *Model
	places []*place // every node and reference, in document order
	ids    map[string]*place
	count  int      // nodes, references and conditions so far
	order  []vertex // everything to work out, each after what it needs
	paths  bool     // edges says where it found them
	scorer *Scorer
}

func newValidator(opts *Options) *validator {
	return &validator{report: opts.report(), opts: opts.filled(), ids: map[string]*place{}}
}

// A place is a node where it stands in the model.
type place struct {
	*Node
	path   string
	index  int // in document order
	parent *place
	target *place // of a reference
	kids   []*place
	levels []*Level
	slot   int32 // of its visibility; -1 where it is never hidden
	node   int32 // of the compiled node, if it is no reference
}

// slotOf is the slot of a place, or of none.
func slotOf(p *place) int32 {
	if p == nil {
		return -1
	}
	return p.slot
}

func (v *validator) missing(path, field, message string) {
	v.add(MissingField, path, "", "The field "+quote(field)+" is missing: "+message).field = field
}

// model checks everything, in three rounds: each part alone, then what refers to what, then, if all is
// well so far, what only the compiled program shows.
func (v *validator) model(m *Model) {
	v.m = m
	v.header()
	v.walk(&m.Node, "", nil)
	for i, view := range m.Views {
		path := pointerIndex("/views", i)
		if view == nil || view.Ref != "" || view.Answer != nil {
			v.add(BadNode, path, "", "A view must be a group: give it children.")
		}
		if view != nil {
			v.walk(view, path, nil)
		}
	}
	for _, p := range v.places {
		v.links(p)
	}
	for _, name := range sortedKeys(m.Ladders) {
		v.requirements(m.Ladders[name], pointer("/ladders", name), nil)
	}
	for _, from := range sortedKeys(m.Replaces) {
		id, answer, is := cut(m.Replaces[from], '/')
		if p := v.ids[id]; p == nil || is && !v.takes(p, answer) {
			v.add(UnknownNode, pointer("/replaces", from), "", "The model has no "+quote(m.Replaces[from])+": name a node of this version, or question/answer, which is an option, true, false, or a number.")
		}
	}
	if len(v.issues) == 0 {
		v.cycles()
	}
	if len(v.issues) == 0 {
		v.scorer = build(v)
		v.compiled()
	}
}

func (v *validator) header() {
	m := v.m
	if m.ID == "" {
		v.missing("", "id", "give the model an id.")
	}
	if m.Version == "" {
		v.missing("", "version", "give the model a semantic version such as 1.0.0.")
	} else if !validVersion(m.Version) {
		v.add(BadVersion, "/version", "", quote(m.Version)+" is not a semantic version: write it like 1.0.0 or 1.0.0-beta.1.")
	}
	if m.Language != "" && !validLanguage(m.Language) {
		v.add(BadLanguage, "/language", "", quote(m.Language)+" is not a BCP 47 language tag: write it like nb or en-GB.")
	}
	v.text(m.Deprecated, "", "deprecated")
	for _, name := range sortedKeys(m.OptionSets) {
		v.options(m.OptionSets[name], pointer("/optionSets", name), true)
	}
	for _, name := range sortedKeys(m.Ladders) {
		v.ladder(m.Ladders[name], pointer("/ladders", name))
	}
}

// validVersion tells whether s is a version as semver.org 2.0.0 writes it.
func validVersion(s string) bool {
	s, build, hasBuild := cut(s, '+')
	s, pre, hasPre := cut(s, '-')
	ok := (!hasBuild || validIdentifiers(build, false)) && (!hasPre || validIdentifiers(pre, true))
	for i := range 3 {
		n, more := "", false
		n, s, more = cut(s, '.')
		ok = ok && more == (i < 2) && n != "" && digitsEnd(n, 0) == len(n) && (n[0] != '0' || n == "0")
	}
	return ok
}

func validIdentifiers(s string, strictNumbers bool) bool {
	for more := true; more; {
		var id string
		id, s, more = cut(s, '.')
		if id == "" || strictNumbers && len(id) > 1 && id[0] == '0' && digitsEnd(id, 0) == len(id) {
			return false
		}
		for _, c := range []byte(id) {
			if !isAlphanumeric(c) && c != '-' {
				return false
			}
		}
	}
	return true
}

func isAlphanumeric(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
}

func validID(s string) bool {
	if s == "" || len(s) > 64 || !isAlphanumeric(s[0]) {
		return false
	}
	for _, c := range []byte(s) {
		if !isAlphanumeric(c) && c != '.' && c != '_' && c != '-' {
			return false
		}
	}
	return true
}

func validUTF8(s string) bool {
	for i, r := range s {
		if r == utf8.RuneError && !hasPrefix(s[i:], "\uFFFD") {
			return false
		}
	}
	return true
}

func (v *validator) text(t Text, path, key string) {
	if t == nil {
		return
	}
	path = within(path, key)
	for _, tag := range t.Languages() {
		at := path
		if tag != "" {
			if at = pointer(path, tag); !validLanguage(tag) {
				v.add(BadLanguage, at, "", quote(tag)+" is not a BCP 47 language tag: write it like nb or en-GB.")
			}
		}
		if n := utf8.RuneCountInString(t[tag]); n > v.opts.MaxText {
			v.add(TooLong, at, "", "This text has "+strconv.Itoa(n)+" characters; at most "+strconv.Itoa(v.opts.MaxText)+" are allowed.")
		}
		if !validUTF8(t[tag]) {
			v.add(BadUTF8, at, "", "This text is not UTF-8.")
		}
	}
	if len(t) == 0 {
		v.add(Empty, path, "", "This text has no language: fill it in, or leave the field out.")
	}
}

// decimal checks a number that may be left out.
func (v *validator) decimal(d Decimal, path, field string) (units int64, ok bool) {
	if d == "" {
		return 0, false
	}
	units, ok = d.units()
	if !ok {
		v.add(BadDecimal, path, field, badDecimal(d))
	}
	return units, ok
}

// needDecimal checks a number that must be there.
func (v *validator) needDecimal(d Decimal, path, field string) (units int64, ok bool) {
	if d == "" {
		v.missing(path, field, "give a number.")
	}
	return v.decimal(d, path, field)
}

// oneOf checks a word against the words that are allowed; the empty word means the default.
func oneOf[S ~string](v *validator, word S, path, field string, allowed ...S) {
	if word == "" {
		return
	}
	words := make([]string, len(allowed))
	for i, w := range allowed {
		if w == word {
			return
		}
		words[i] = string(w)
	}
	v.add(BadValue, path, field, quote(string(word))+" is not known here: write "+list(words)+".")
}

// more counts nodes and conditions, and is false past the limit.
func (v *validator) more(path string) bool {
	v.count++
	if v.count == v.opts.MaxNodes+1 {
		v.add(TooMany, path, "", "The model has more than "+strconv.Itoa(v.opts.MaxNodes)+" nodes and conditions.")
	}
	return v.count <= v.opts.MaxNodes
}

// walk checks a node by itself, and its children.
func (v *validator) walk(n *Node, path string, parent *place) {
	if n == nil {
		v.add(BadNode, path, "", "This node is empty: make it a group, a question or a reference.")
		return
	}
	if !v.more(path) {
		return
	}
	p := &place{Node: n, path: path, index: len(v.places), parent: parent, slot: -1}
	v.places = append(v.places, p)
	if parent != nil {
		parent.kids = append(parent.kids, p)
	}
	v.common(p)
	kinds := 0
	for _, is := range []bool{n.Children != nil, n.Answer != nil, n.Ref != ""} {
		if is {
			kinds++
		}
	}
	switch {
	case kinds != 1:
		v.add(BadNode, path, "", "A node has exactly one of children (a group), answer (a question) and ref (a reference).")
	case path == "" && n.Children == nil:
		v.add(BadNode, path, "", "The root of a model must be a group: give it children.")
	}
	if n.Ref != "" {
		v.reference(p)
	} else {
		v.identity(p)
	}
	if n.Answer != nil {
		v.answer(n.Answer, pointer(path, "answer"))
	}
	if n.Children != nil {
		v.group(p)
	} else {
		v.misplaced(path, "a group", has{"adjust", n.Adjust != nil}, has{"aggregate", n.Aggregate != ""}, has{"base", n.Base != ""}, has{"emptyStage", n.EmptyStage != ""}, has{"levels", !n.Levels.IsZero()}, has{"met", n.Met != nil}, has{"need", n.Need != ""}, has{"read", n.Read != ""}, has{"round", n.Round != nil}, has{"scale", n.Scale != nil})
	}
	for i, child := range n.Children {
		v.walk(child, pointerIndex(pointer(path, "children"), i), p)
	}
}

// misplaced reports fields that belong elsewhere.
func (v *validator) misplaced(path, where string, fields ...has) {
	for _, f := range fields {
		if f.there {
			v.add(UnknownField, path, f.name, "The field "+quote(f.name)+" belongs to "+where+": remove it here.")
		}
	}
}

// A has is a field, and whether it is there. Lists of them are in the order of the names.
type has struct {
	name  string
	there bool
}

func (v *validator) identity(p *place) {
	switch {
	case p.ID == "" && p.path == "":
		// header has said so
	case p.ID == "":
		v.missing(p.path, "id", "give the node an id.")
	case !validID(p.ID):
		v.add(BadID, p.path, "id", quote(p.ID)+" is not an id: use 1 to 64 letters, digits, dots, underscores and hyphens, beginning with a letter or digit.")
	case v.ids[p.ID] != nil:
		v.add(DuplicateID, p.path, "id", "The id "+quote(p.ID)+" is taken: give this node another.")
	default:
		v.ids[p.ID] = p
	}
	if p.Points != nil {
		v.misplaced(p.path, "a reference", has{"points", true})
	}
}

// common checks what every node may have.
func (v *validator) common(p *place) {
	v.text(p.Title, p.path, "title")
	v.text(p.Description, p.path, "description")
	for i, advice := range p.Advice {
		at := pointer(p.path, "advice")
		if !p.adviceAlone {
			at = pointerIndex(at, i)
		}
		v.text(advice, at, "")
	}
	v.notNegative(p.Weight, p.path, "weight")
	v.notNegative(p.Effort, p.path, "effort")
	if p.Stage < 0 || p.Stage > 1_000_000 {
		v.add(OutOfRange, p.path, "stage", "A stage is a whole number from 1 to 1,000,000.")
	}
	oneOf(v, p.Missing, p.path, "missing", Exclude, Lowest, Highest, None, Fail)
	oneOf(v, p.NotApplicable, p.path, "notApplicable", Exclude, Lowest, Highest, None, Forbid)
	if p.Display != nil {
		v.digits(p.Display.Digits, pointer(p.path, "display"))
	}
	v.condition(p.When, p.path, "when", ownNothing)
}

func (v *validator) notNegative(d Decimal, path, field string) {
	if units, ok := v.decimal(d, path, field); ok && units < 0 {
		v.add(OutOfRange, path, field, "This must not be negative.")
	}
}

func (v *validator) digits(n int, path string) {
	if n < 0 || n > decimalDigits {
		v.add(OutOfRange, path, "digits", "Give 0 to 9 digits after the point.")
	}
}

func (v *validator) reference(p *place) {
	v.misplaced(p.path, "a group or a question", has{"advice", p.Advice != nil}, has{"display", p.Display != nil}, has{"effort", p.Effort != ""}, has{"id", p.ID != ""})
	for _, value := range sortedKeys(p.Points) {
		v.decimal(p.Points[value], pointer(pointer(p.path, "points"), value), "")
	}
}

func (v *validator) group(p *place) {
	n, path := p.Node, p.path
	if len(n.Children) == 0 {
		v.add(Empty, path, "children", "A group must have children: add some, or remove the group.")
	}
	oneOf(v, n.Read, path, "read", ReadValue, ReadRatio)
	oneOf(v, n.Aggregate, path, "aggregate", aggregates[:]...)
	if n.Aggregate != Sum {
		v.misplaced(path, "a group with aggregate sum", has{"base", n.Base != ""})
	}
	v.decimal(n.Base, path, "base")
	if n.Aggregate != Staged {
		v.misplaced(path, "a group with aggregate staged", has{"emptyStage", n.EmptyStage != ""}, has{"need", n.Need != ""})
	}
	if units, ok := v.decimal(n.Need, path, "need"); ok && (units <= 0 || units > decimalUnit) {
		v.add(OutOfRange, path, "need", "The share needed must be above 0 and at most 1.")
	}
	oneOf(v, n.EmptyStage, path, "emptyStage", PassStage, FailStage)
	if n.Met != nil {
		if n.Aggregate != Share && n.Aggregate != Staged {
			v.misplaced(path, "a group with aggregate share or staged", has{"met", true})
		}
		v.condition(n.Met, path, "met", ownChild)
	}
	for i := range n.Adjust {
		v.adjustment(&n.Adjust[i], pointerIndex(pointer(path, "adjust"), i))
	}
	if n.Scale != nil {
		at := pointer(path, "scale")
		low, ok1 := v.needDecimal(n.Scale.Min, at, "min")
		high, ok2 := v.needDecimal(n.Scale.Max, at, "max")
		if ok1 && ok2 && low == high {
			v.add(OutOfRange, at, "", "The scale has no length: give min and max different values.")
		}
	}
	if n.Round != nil {
		at := pointer(path, "round")
		v.digits(n.Round.Digits, at)
		oneOf(v, n.Round.Mode, at, "mode", HalfUp, HalfAway, HalfEven, Floor, Ceiling, Truncate)
	}
	if n.Levels.Use != "" && n.Levels.Levels != nil {
		v.add(BadValue, path, "levels", "Give a ladder by name or in place, not both.")
	}
	if n.Levels.Use != "" {
		levels, ok := v.m.Ladders[n.Levels.Use]
		if !ok {
			v.add(UnknownLadder, path, "levels", "The model has no ladder "+quote(n.Levels.Use)+": add it to ladders, or mend the name.")
		}
		p.levels = levels
	} else if n.Levels.Levels != nil {
		p.levels = n.Levels.Levels
		v.ladder(p.levels, pointer(path, "levels"))
	}
}

func (v *validator) adjustment(a *Adjustment, path string) {
	v.condition(a.When, path, "when", ownValue)
	actions := 0
	for _, action := range []struct {
		field string
		d     Decimal
	}{{"set", a.Set}, {"add", a.Add}, {"multiply", a.Multiply}, {"atMost", a.AtMost}, {"atLeast", a.AtLeast}} {
		if action.d == "" {
			continue
		}
		actions++
		if action.field != "set" || action.d != NoValue {
			v.decimal(action.d, path, action.field)
		}
	}
	if actions != 1 {
		v.add(BadValue, path, "", "An adjustment has exactly one of set, add, multiply, atMost and atLeast.")
	}
}

func (v *validator) ladder(levels []*Level, path string) {
	if len(levels) == 0 {
		v.add(Empty, path, "", "A ladder must have levels: add some, or leave it out.")
	}
	if v.tooMany(len(levels), path, "levels") {
		return
	}
	seen := map[string]bool{}
	type mark struct {
		units int64
		above bool
	}
	var last [2]*mark // by value, and by ratio
	for i, l := range levels {
		at := pointerIndex(path, i)
		if l == nil {
			v.add(BadValue, at, "", "This level is empty: give it an id.")
			continue
		}
		switch {
		case l.ID == "":
			v.missing(at, "id", "give the level an id.")
		case !validID(l.ID):
			v.add(BadID, at, "id", quote(l.ID)+" is not an id: use 1 to 64 letters, digits, dots, underscores and hyphens, beginning with a letter or digit.")
		case seen[l.ID]:
			v.add(DuplicateID, at, "id", "The level "+quote(l.ID)+" comes twice in this ladder.")
		}
		seen[l.ID] = true
		v.text(l.Title, at, "title")
		v.text(l.Description, at, "description")
		oneOf(v, l.Of, at, "of", ReadValue, ReadRatio)
		v.condition(l.Require, at, "require", ownNothing)
		from, hasFrom := v.decimal(l.From, at, "from")
		above, hasAbove := v.decimal(l.Above, at, "above")
		of := 0
		if l.Of == ReadRatio {
			of = 1
		}
		now, before := &mark{from, false}, last[of]
		if hasAbove {
			now = &mark{above, true}
		}
		switch {
		case l.From != "" && l.Above != "":
			v.add(BadValue, at, "", "A level has from or above, not both.")
		case hasFrom || hasAbove:
			if before != nil && (now.units < before.units || now.units == before.units && before.above && !now.above) {
				v.add(LadderOrder, at, "", "The threshold is lower than that of a level below: list the levels from the lowest to the highest.")
			}
			last[of] = now
		case l.From == "" && l.Above == "" && l.Require == nil && i > 0:
			v.missing(at, "from", "only the first level may have no threshold and no requirement.")
		case l.Of != "" && l.From == "" && l.Above == "":
			v.add(UnknownField, at, "of", "There is no threshold for of to speak of: add from or above, or remove of.")
		}
	}
}

// tooMany reports a list that is longer than the limit.
func (v *validator) tooMany(n int, path, what string) bool {
	limit := v.opts.MaxOptions
	if n > limit {
		v.add(TooMany, path, "", "There are "+strconv.Itoa(n)+" "+what+"; at most "+strconv.Itoa(limit)+" are allowed.")
	}
	return n > limit
}

// An own says what a condition tests that names neither a question nor a node.
type own uint8

const (
	ownNothing own = iota
	ownValue       // adjust: the value so far
	ownChild       // met: the child
)

// condition checks the form of a condition; what it refers to is checked by reads.
func (v *validator) condition(c *Condition, path, key string, own own) {
	if c == nil {
		return
	}
	if path = within(path, key); !v.more(path) {
		return
	}
	forms, tests := 0, 0
	for _, is := range []bool{c.All != nil, c.Any != nil, c.Not != nil, c.Question != "", c.Node != "",
		c.Question == "" && c.Node == "" && (c.Value != nil || c.Ratio != nil || c.Completeness != nil || c.Level != nil)} {
		if is {
			forms++
		}
	}
	for _, is := range []bool{c.Is != nil, c.In != nil, c.Includes != "", c.Answered != nil} {
		if is {
			tests++
		}
	}
	outcome := c.Value != nil || c.Ratio != nil || c.Completeness != nil || c.Level != nil
	switch {
	case forms != 1:
		v.add(BadCondition, path, "", "A condition is exactly one of all, any, not, a test of a question and a test of a node.")
	case c.Question != "" && (tests != 1 || outcome):
		v.add(BadCondition, path, "", "A test of a question has exactly one of is, in, includes and answered.")
	case c.Question == "" && tests > 0:
		v.add(BadCondition, path, "", "The tests is, in, includes and answered need a question: add it.")
	case c.Node != "" && !outcome:
		v.add(BadCondition, path, "", "A test of a node has value, ratio, completeness or level.")
	case c.Question == "" && c.Node == "" && outcome && (own == ownNothing || own == ownValue && c.Level != nil):
		v.add(BadCondition, path, "", "This condition does not say which node it tests: add node. (Only in adjust may it be left out, to test the value, ratio or completeness so far, and in met, to test the child.)")
	case c.In != nil && len(c.In) == 0:
		v.add(Empty, path, "in", "There is no answer in this list: add one.")
	}
	for _, part := range []struct {
		name string
		list []*Condition
	}{{"all", c.All}, {"any", c.Any}} {
		at := pointer(path, part.name)
		if part.list != nil && len(part.list) == 0 {
			v.add(Empty, at, "", "There is no condition in this list: add one.")
		}
		for i, child := range part.list {
			if child == nil {
				v.add(BadCondition, pointerIndex(at, i), "", "This condition is empty.")
			}
			v.condition(child, pointerIndex(at, i), "", own)
		}
	}
	v.condition(c.Not, path, "not", own)
	v.comparison(c.Value, path, "value")
	v.comparison(c.Ratio, path, "ratio")
	v.comparison(c.Completeness, path, "completeness")
}

func (v *validator) comparison(c *Comparison, path, key string) {
	if c == nil {
		return
	}
	path = within(path, key)
	if *c == (Comparison{}) {
		v.add(Empty, path, "", "This comparison says nothing: add atLeast, moreThan, atMost, lessThan or equals.")
	}
	v.decimal(c.AtLeast, path, "atLeast")
	v.decimal(c.MoreThan, path, "moreThan")
	v.decimal(c.AtMost, path, "atMost")
	v.decimal(c.LessThan, path, "lessThan")
	v.decimal(c.Equals, path, "equals")
}
