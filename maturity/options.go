package maturity

// Options adjust how documents are read and compiled. A nil *Options, and every zero field, means the
// default. The limits keep a hostile document from using much memory or time.
type Options struct {
	// AnyVersion accepts an assessment made with another version, or another digest, of the model. Each
	// becomes a warning in the result.
	AnyVersion bool `json:"anyVersion,omitempty"`

	MaxBytes   int `json:"maxBytes,omitempty"`   // bytes of a document; default 8,388,608, at most 2^30
	MaxDepth   int `json:"maxDepth,omitempty"`   // nesting of a document, in JSON objects and lists; default 200
	MaxNodes   int `json:"maxNodes,omitempty"`   // nodes of a model, references and conditions included; default 20,000
	MaxOptions int `json:"maxOptions,omitempty"` // options of a question, steps, or levels of a ladder; default 1,000
	MaxText    int `json:"maxText,omitempty"`    // characters of one text; default 20,000
	MaxIssues  int `json:"maxIssues,omitempty"`  // issues reported about one document; default 1,000
}

// ParseOptions reads options from JSON, strictly. The error is an *InvalidError with every issue.
func ParseOptions(data []byte) (*Options, error) {
	o := new(Options)
	c, _ := read(data, nil, o)
	if err := c.err(); err != nil {
		return nil, err
	}
	return o, nil
}

func (o *Options) fields(f *fields) {
	var explicit explicitFalse
	f.field("anyVersion", flag{&o.AnyVersion, &explicit, 1})
	f.field("maxBytes", (*limitInt)(&o.MaxBytes))
	f.field("maxDepth", (*limitInt)(&o.MaxDepth))
	f.field("maxNodes", (*limitInt)(&o.MaxNodes))
	f.field("maxOptions", (*limitInt)(&o.MaxOptions))
	f.field("maxText", (*limitInt)(&o.MaxText))
	f.field("maxIssues", (*limitInt)(&o.MaxIssues))
}

// filled is the options with every default in its place.
func (o *Options) filled() Options {
	var limits Options
	if o != nil {
		limits = *o
	}
	for _, l := range []struct {
		p        *int
		standard int
	}{{&limits.MaxBytes, 8 << 20}, {&limits.MaxDepth, 200}, {&limits.MaxNodes, 20_000}, {&limits.MaxOptions, 1000},
		{&limits.MaxText, 20_000}, {&limits.MaxIssues, 1000}} {
		if *l.p <= 0 {
			*l.p = l.standard
		}
	}
	return limits
}

// report is an empty report, with room for paths of 256 bytes on average.
func (o *Options) report() *report {
	limit := o.filled().MaxIssues
	return &report{limit: limit, room: min(limit, 1<<20) * 256}
}
