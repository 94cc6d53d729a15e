package maturity

// Parse reads a model from JSON, strictly, and checks it as Validate does. The error is an *InvalidError
// with every issue, each with its JSON Pointer, line and column.
func Parse(data []byte, opts *Options) (*Model, error) {
	m := new(Model)
	c, ok := read(data, opts, m.fields)
	if ok {
		v := validator{report: opts.report(), opts: opts}
		v.model(m)
		c.merge(v.issues)
	}
	if err := c.err(); err != nil {
		return nil, err
	}
	return m, nil
}

// ParseAssessment reads an assessment from JSON, strictly. It does not know the model: Scorer.Check says
// whether the answers fit it, and Scorer.ParseAssessment does both at once. The error is an *InvalidError.
func ParseAssessment(data []byte, opts *Options) (*Assessment, error) {
	a := new(Assessment)
	c, ok := read(data, opts, a.fields)
	if ok {
		r := opts.report()
		a.check(r)
		c.merge(r.issues)
	}
	if err := c.err(); err != nil {
		return nil, err
	}
	return a, nil
}

// read lays a document out and reads its root. It is false if the document is no JSON.
func read(data []byte, opts *Options, visit func(*fields)) (*codec, bool) {
	c := &codec{doc: new(document)}
	ok := readDocument(c.doc, string(data), opts.report(), opts)
	if ok {
		c.readObject(0, visit)
		ok = c.doc.tokens[0].kind == objectKind
	}
	return c, ok
}

// merge adds the issues of a check to those of the reading, less those that only follow from a field that
// could not be read.
func (c *codec) merge(issues []*Issue) {
	for _, issue := range issues {
		if issue.Code != BadUTF8 && !c.bad[issue.Path] && !(issue.field != "" && c.bad[pointer(issue.Path, issue.field)]) && !c.follows(issue) {
			if c.doc.full() {
				break
			}
			c.doc.issues = append(c.doc.issues, issue)
		}
	}
}

// follows tells whether an issue about an object as a whole follows from a bad field of it.
func (c *codec) follows(issue *Issue) bool {
	if issue.Code != BadNode && issue.Code != BadCondition && issue.Code != Empty {
		return false
	}
	for path := range c.bad {
		if hasPrefix(path, issue.Path+"/") {
			if _, _, deeper := cut(path[len(issue.Path)+1:], '/'); !deeper {
				return true
			}
		}
	}
	return false
}

func (c *codec) err() error {
	c.doc.locate(c.doc.issues)
	return c.doc.err()
}

// MarshalJSON returns the model as JSON, as it was read or written.
func (m *Model) MarshalJSON() ([]byte, error) { return write(m.fields), nil }

// UnmarshalJSON reads a model as Parse does.
func (m *Model) UnmarshalJSON(data []byte) error {
	parsed, err := Parse(data, nil)
	if err == nil {
		*m = *parsed
	}
	return err
}

// MarshalJSON returns the assessment as JSON.
func (a *Assessment) MarshalJSON() ([]byte, error) { return write(a.fields), nil }

// UnmarshalJSON reads an assessment as ParseAssessment does.
func (a *Assessment) UnmarshalJSON(data []byte) error {
	parsed, err := ParseAssessment(data, nil)
	if err == nil {
		*a = *parsed
	}
	return err
}

// MarshalJSON returns the decimal as it was written: a number, or a string.
func (d Decimal) MarshalJSON() ([]byte, error) {
	if d == "" {
		return []byte("null"), nil
	}
	return []byte(d), nil
}

// UnmarshalJSON takes a number, a string or null as it is written; Validate says whether it is a decimal.
func (d *Decimal) UnmarshalJSON(data []byte) error {
	if *d = Decimal(data); *d == "null" {
		*d = ""
	}
	return nil
}

// MarshalJSON returns the text as a string, or as an object from language to string.
func (t Text) MarshalJSON() ([]byte, error) {
	f := fields{codec: new(codec)}
	f.writeText(t)
	return f.out, nil
}

// MarshalJSON returns the ladder as its name, or as a list of levels.
func (l Ladder) MarshalJSON() ([]byte, error) {
	f := fields{codec: new(codec)}
	l.write(&f)
	return f.out, nil
}

func write(visit func(*fields)) []byte {
	f := fields{codec: new(codec)}
	f.writeObject(visit)
	return f.out
}

func (m *Model) fields(f *fields) {
	f.string("$schema", &m.Schema)
	f.string("id", &m.ID)
	f.string("version", &m.Version)
	f.string("language", &m.Language)
	f.free("license", &m.License)
	f.free("source", &m.Source)
	listOf(f, "authors", &m.Authors, f.readString, func(s *string) { f.out = appendString(f.out, *s) })
	f.text("deprecated", &m.Deprecated)
	f.strings("replaces", &m.Replaces)
	lists(f, "optionSets", &m.OptionSets, (*Option).fields)
	lists(f, "ladders", &m.Ladders, (*Level).fields)
	m.Node.body(f)
	objects(f, "views", &m.Views, (*Node).fields)
}

func (n *Node) fields(f *fields) {
	f.string("id", &n.ID)
	n.body(f)
}

func (n *Node) body(f *fields) {
	f.string("ref", &n.Ref)
	f.text("title", &n.Title)
	f.text("description", &n.Description)
	f.strings("tags", &n.Tags)
	f.decimal("weight", &n.Weight)
	f.integer("stage", &n.Stage, false)
	object(f, "when", &n.When, (*Condition).fields)
	stringField(f, "missing", &n.Missing)
	stringField(f, "notApplicable", &n.NotApplicable)
	n.advice(f)
	f.decimal("effort", &n.Effort)
	stringField(f, "read", &n.Read)
	stringField(f, "aggregate", &n.Aggregate)
	f.decimal("base", &n.Base)
	object(f, "met", &n.Met, (*Condition).fields)
	f.decimal("need", &n.Need)
	stringField(f, "emptyStage", &n.EmptyStage)
	structs(f, "adjust", &n.Adjust, (*Adjustment).fields)
	object(f, "scale", &n.Scale, (*Scale).fields)
	object(f, "round", &n.Round, (*Rounding).fields)
	object(f, "display", &n.Display, (*Display).fields)
	n.Levels.field(f)
	object(f, "answer", &n.Answer, (*Answer).fields)
	dictOf(f, "points", &n.Points, f.readDecimal, func(d Decimal) { f.out = append(f.out, d...) })
	objects(f, "children", &n.Children, (*Node).fields)
}

func (n *Node) advice(f *fields) {
	f.field("advice", n.Advice != nil, func(at int) {
		if n.adviceAlone = f.doc.tokens[at].kind != arrayKind; n.adviceAlone {
			n.Advice = []Text{f.readText(at)}
		} else {
			n.Advice = readList(f.codec, at, f.readText)
		}
	}, func() {
		if n.adviceAlone && len(n.Advice) == 1 {
			f.writeText(n.Advice[0])
		} else {
			f.writeList(len(n.Advice), func(i int) { f.writeText(n.Advice[i]) })
		}
	})
}

func (l *Ladder) field(f *fields) {
	f.field("levels", !l.IsZero(), func(at int) {
		if f.doc.tokens[at].kind == stringKind {
			l.Use = f.doc.text(at)
		} else {
			l.Levels = readList(f.codec, at, func(at int) *Level { return readOne(f.codec, at, (*Level).fields) })
		}
	}, func() { l.write(f) })
}

func (l *Ladder) write(f *fields) {
	if l.Use != "" {
		f.out = appendString(f.out, l.Use)
		return
	}
	f.writeList(len(l.Levels), func(i int) { f.writeObject(func(o *fields) { l.Levels[i].fields(o) }) })
}

func (l *Level) fields(f *fields) {
	f.string("id", &l.ID)
	f.text("title", &l.Title)
	f.text("description", &l.Description)
	f.decimal("from", &l.From)
	f.decimal("above", &l.Above)
	stringField(f, "of", &l.Of)
	object(f, "require", &l.Require, (*Condition).fields)
}

func (c *Comparison) fields(f *fields) {
	f.decimal("atLeast", &c.AtLeast)
	f.decimal("moreThan", &c.MoreThan)
	f.decimal("atMost", &c.AtMost)
	f.decimal("lessThan", &c.LessThan)
	f.decimal("equals", &c.Equals)
}

func (l *LevelTest) fields(f *fields) { f.string("atLeast", &l.AtLeast) }

func (c *Condition) fields(f *fields) {
	objects(f, "all", &c.All, (*Condition).fields)
	objects(f, "any", &c.Any, (*Condition).fields)
	object(f, "not", &c.Not, (*Condition).fields)
	f.string("question", &c.Question)
	f.any("is", &c.Is)
	listOf(f, "in", &c.In, f.readAny, func(v *any) { f.out = appendAnswer(f.out, *v) })
	f.string("includes", &c.Includes)
	f.boolPointer("answered", &c.Answered)
	f.string("node", &c.Node)
	object(f, "value", &c.Value, (*Comparison).fields)
	object(f, "ratio", &c.Ratio, (*Comparison).fields)
	object(f, "completeness", &c.Completeness, (*Comparison).fields)
	object(f, "level", &c.Level, (*LevelTest).fields)
}

func (a *Adjustment) fields(f *fields) {
	object(f, "when", &a.When, (*Condition).fields)
	f.setDecimal("set", &a.Set)
	f.decimal("add", &a.Add)
	f.decimal("multiply", &a.Multiply)
	f.decimal("atMost", &a.AtMost)
	f.decimal("atLeast", &a.AtLeast)
}

func (s *Scale) fields(f *fields) {
	f.decimal("min", &s.Min)
	f.decimal("max", &s.Max)
}

func (r *Rounding) fields(f *fields) {
	f.integer("digits", &r.Digits, true)
	stringField(f, "mode", &r.Mode)
}

func (d *Display) fields(f *fields) { f.integer("digits", &d.Digits, true) }

func (a *Answer) fields(f *fields) {
	stringField(f, "type", &a.Type)
	f.string("use", &a.Use)
	objects(f, "options", &a.Options, (*Option).fields)
	f.decimal("cap", &a.Cap)
	object(f, "points", &a.Points, (*YesNoPoints).fields)
	f.decimal("min", &a.Min)
	f.decimal("max", &a.Max)
	f.boolean("reverse", &a.Reverse, &a.explicit, 1)
	f.boolean("integer", &a.Integer, &a.explicit, 2)
	f.text("unit", &a.Unit)
	structs(f, "steps", &a.Steps, (*Step).fields)
	object(f, "linear", &a.Linear, (*LinearPoints).fields)
	f.integer("maxLength", &a.MaxLength, false)
}

func (o *Option) fields(f *fields) {
	f.string("value", &o.Value)
	f.text("title", &o.Title)
	f.text("description", &o.Description)
	f.decimal("points", &o.Points)
	f.boolean("exclusive", &o.Exclusive, &o.explicit, 1)
}

func (p *YesNoPoints) fields(f *fields) {
	f.decimal("yes", &p.Yes)
	f.decimal("no", &p.No)
}

func (s *Step) fields(f *fields) {
	f.decimal("from", &s.From)
	f.decimal("points", &s.Points)
}

func (l *LinearPoints) fields(f *fields) {
	f.decimal("from", &l.From)
	f.decimal("to", &l.To)
	listOf(f, "points", &l.Points, f.readDecimal, func(d *Decimal) { f.out = append(f.out, *d...) })
}

func (a *Assessment) fields(f *fields) {
	f.string("$schema", &a.Schema)
	f.field("model", a.Model != ModelRef{}, func(at int) { f.readObject(at, a.Model.fields) },
		func() { f.writeObject(a.Model.fields) })
	object(f, "subject", &a.Subject, (*Subject).fields)
	f.free("respondent", &a.Respondent)
	f.string("date", &a.Date)
	dictOf(f, "answers", &a.Answers, f.readAny, func(v any) { f.out = appendAnswer(f.out, v) })
	f.strings("notApplicable", &a.NotApplicable)
	f.strings("comments", &a.Comments)
	dictOf(f, "evidence", &a.Evidence,
		func(at int) []Evidence {
			return readList(f.codec, at, func(at int) Evidence { return *readOne(f.codec, at, (*Evidence).fields) })
		},
		func(v []Evidence) {
			f.writeList(len(v), func(i int) { f.writeObject(func(o *fields) { v[i].fields(o) }) })
		})
}

func (r *ModelRef) fields(f *fields) {
	f.string("id", &r.ID)
	f.string("version", &r.Version)
	f.string("digest", &r.Digest)
}

func (s *Subject) fields(f *fields) {
	f.free("id", &s.ID)
	f.free("name", &s.Name)
	f.strings("attributes", &s.Attributes)
}

func (e *Evidence) fields(f *fields) {
	f.free("title", &e.Title)
	f.string("url", &e.URL)
}
