package maturity

// Parse reads a model from JSON, strictly, and checks it as Validate does. The error is an *InvalidError
// with every issue, each with its JSON Pointer, line and column.
func Parse(data []byte, opts *Options) (*Model, error) {
	v, err := readModel(data, opts)
	if err != nil {
		return nil, err
	}
	return v.m, nil
}

// CompileJSON is Parse and Compile in one, for programs that start quickly: the model is checked once.
func CompileJSON(data []byte, opts *Options) (*Scorer, error) {
	v, err := readModel(data, opts)
	if err != nil {
		return nil, err
	}
	return v.finished(), nil
}

func readModel(data []byte, opts *Options) (*validator, error) {
	m, v := new(Model), newValidator(opts)
	c, ok := read(data, opts, m)
	if ok {
		v.model(m)
		c.merge(v.issues)
	}
	return v, c.err()
}

// ParseAssessment reads an assessment from JSON, strictly. It does not know the model: Scorer.Check says
// whether the answers fit it, and Scorer.ParseAssessment does both at once. The error is an *InvalidError.
func ParseAssessment(data []byte, opts *Options) (*Assessment, error) {
	a := new(Assessment)
	c, ok := read(data, opts, a)
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
func read(data []byte, opts *Options, r record) (*codec, bool) {
	c := &codec{doc: new(document)}
	return c, c.readDocument(data, opts, r)
}

func (c *codec) readDocument(data []byte, opts *Options, r record) bool {
	ok := readDocument(c.doc, string(data), opts.report(), opts)
	if ok {
		c.readRecord(0, r)
		ok = c.doc.tokens[0].kind == objectKind
	}
	return ok
}

// merge adds the issues of a check to those of the reading, less those that only follow from a field that
// could not be read.
func (c *codec) merge(issues []*Issue) {
	for _, issue := range issues {
		if issue.Code != BadUTF8 && !c.spoilt(within(issue.Path, issue.field)) && !c.follows(issue) {
			if c.doc.full() {
				break
			}
			c.doc.issues = append(c.doc.issues, issue)
		}
	}
}

// spoilt tells whether a value, or one around it, could not be read.
func (c *codec) spoilt(path string) bool {
	for end := len(path); end > 0; end-- {
		if (end == len(path) || path[end] == '/') && c.bad[path[:end]] {
			return true
		}
	}
	return false
}

// follows tells whether an issue about an object as a whole follows from a bad field of it.
func (c *codec) follows(issue *Issue) bool {
	whole := issue.Code == BadNode || issue.Code == BadCondition || issue.Code == Empty
	if !whole && (issue.Code != BadValue || issue.field != "") {
		return false
	}
	for path := range c.bad {
		if hasPrefix(path, issue.Path+"/") {
			field, _, deeper := cut(path[len(issue.Path)+1:], '/')
			if !deeper && (whole || digitsEnd(field, 0) == 0) { // of a list only an item is bad, not how many there are
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
func (m *Model) MarshalJSON() ([]byte, error) { return write(m), nil }

// UnmarshalJSON reads a model as Parse does.
func (m *Model) UnmarshalJSON(data []byte) error {
	parsed, err := Parse(data, nil)
	if err == nil {
		*m = *parsed
	}
	return err
}

// MarshalJSON returns the assessment as JSON.
func (a *Assessment) MarshalJSON() ([]byte, error) { return write(a), nil }

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
	return write(&t), nil
}

// MarshalJSON returns the ladder as its name, or as a list of levels.
func (l Ladder) MarshalJSON() ([]byte, error) {
	return write(&l), nil
}

func write(p any) []byte {
	c := new(codec)
	c.write(p)
	return c.out
}

func (m *Model) fields(f *fields) {
	f.field("$schema", &m.Schema)
	f.field("id", &m.ID)
	f.field("version", &m.Version)
	f.field("language", &m.Language)
	f.field("license", (*freeString)(&m.License))
	f.field("source", (*freeString)(&m.Source))
	f.field("authors", &m.Authors)
	f.field("deprecated", &m.Deprecated)
	f.field("replaces", &m.Replaces)
	f.field("optionSets", &m.OptionSets)
	f.field("ladders", &m.Ladders)
	m.Node.body(f)
	f.field("views", &m.Views)
}

func (n *Node) fields(f *fields) {
	f.field("id", &n.ID)
	n.body(f)
}

func (n *Node) body(f *fields) {
	f.field("ref", &n.Ref)
	f.field("title", &n.Title)
	f.field("description", &n.Description)
	f.field("tags", &n.Tags)
	f.field("weight", &n.Weight)
	f.field("stage", &n.Stage)
	f.field("when", &n.When)
	f.field("missing", (*string)(&n.Missing))
	f.field("notApplicable", (*string)(&n.NotApplicable))
	f.field("advice", (*advice)(n))
	f.field("effort", &n.Effort)
	f.field("read", (*string)(&n.Read))
	f.field("aggregate", (*string)(&n.Aggregate))
	f.field("base", &n.Base)
	f.field("met", &n.Met)
	f.field("need", &n.Need)
	f.field("emptyStage", (*string)(&n.EmptyStage))
	f.field("adjust", &n.Adjust)
	f.field("scale", &n.Scale)
	f.field("round", &n.Round)
	f.field("display", &n.Display)
	f.field("levels", &n.Levels)
	f.field("answer", &n.Answer)
	f.field("points", &n.Points)
	f.field("children", &n.Children)
}

func (l *Level) fields(f *fields) {
	f.field("id", &l.ID)
	f.field("title", &l.Title)
	f.field("description", &l.Description)
	f.field("from", &l.From)
	f.field("above", &l.Above)
	f.field("of", (*string)(&l.Of))
	f.field("require", &l.Require)
}

func (c *Comparison) fields(f *fields) {
	f.field("atLeast", &c.AtLeast)
	f.field("moreThan", &c.MoreThan)
	f.field("atMost", &c.AtMost)
	f.field("lessThan", &c.LessThan)
	f.field("equals", &c.Equals)
}

func (l *LevelTest) fields(f *fields) { f.field("atLeast", &l.AtLeast) }

func (c *Condition) fields(f *fields) {
	f.field("all", &c.All)
	f.field("any", &c.Any)
	f.field("not", &c.Not)
	f.field("question", &c.Question)
	f.field("is", &c.Is)
	f.field("in", &c.In)
	f.field("includes", &c.Includes)
	f.field("answered", &c.Answered)
	f.field("node", &c.Node)
	f.field("value", &c.Value)
	f.field("ratio", &c.Ratio)
	f.field("completeness", &c.Completeness)
	f.field("level", &c.Level)
}

func (a *Adjustment) fields(f *fields) {
	f.field("when", &a.When)
	f.field("set", (*setDecimal)(&a.Set))
	f.field("add", &a.Add)
	f.field("multiply", &a.Multiply)
	f.field("atMost", &a.AtMost)
	f.field("atLeast", &a.AtLeast)
}

func (s *Scale) fields(f *fields) {
	f.field("min", &s.Min)
	f.field("max", &s.Max)
}

func (r *Rounding) fields(f *fields) {
	f.field("digits", (*requiredInt)(&r.Digits))
	f.field("mode", (*string)(&r.Mode))
}

func (d *Display) fields(f *fields) { f.field("digits", (*requiredInt)(&d.Digits)) }

func (a *Answer) fields(f *fields) {
	f.field("type", (*string)(&a.Type))
	f.field("use", &a.Use)
	f.field("options", &a.Options)
	f.field("cap", &a.Cap)
	f.field("points", &a.Points)
	f.field("min", &a.Min)
	f.field("max", &a.Max)
	f.field("reverse", flag{&a.Reverse, &a.explicit, reverseFalse})
	f.field("integer", flag{&a.Integer, &a.explicit, integerFalse})
	f.field("unit", &a.Unit)
	f.field("steps", &a.Steps)
	f.field("linear", &a.Linear)
	f.field("maxLength", &a.MaxLength)
}

func (o *Option) fields(f *fields) {
	f.field("value", &o.Value)
	f.field("title", &o.Title)
	f.field("description", &o.Description)
	f.field("points", &o.Points)
	f.field("exclusive", flag{&o.Exclusive, &o.explicit, 1})
}

func (p *YesNoPoints) fields(f *fields) {
	f.field("yes", &p.Yes)
	f.field("no", &p.No)
}

func (s *Step) fields(f *fields) {
	f.field("from", &s.From)
	f.field("points", &s.Points)
}

func (l *LinearPoints) fields(f *fields) {
	f.field("from", &l.From)
	f.field("to", &l.To)
	f.field("points", &l.Points)
}

func (a *Assessment) fields(f *fields) {
	f.field("$schema", &a.Schema)
	f.field("model", &a.Model)
	f.field("subject", &a.Subject)
	f.field("respondent", (*freeString)(&a.Respondent))
	f.field("date", &a.Date)
	f.field("answers", &a.Answers)
	f.field("notApplicable", &a.NotApplicable)
	f.field("comments", &a.Comments)
	f.field("evidence", &a.Evidence)
}

func (r *ModelRef) fields(f *fields) {
	f.field("id", &r.ID)
	f.field("version", &r.Version)
	f.field("digest", &r.Digest)
}

func (s *Subject) fields(f *fields) {
	f.field("id", (*freeString)(&s.ID))
	f.field("name", (*freeString)(&s.Name))
	f.field("attributes", &s.Attributes)
}

func (e *Evidence) fields(f *fields) {
	f.field("title", (*freeString)(&e.Title))
	f.field("url", &e.URL)
}
