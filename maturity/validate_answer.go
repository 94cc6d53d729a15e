package maturity

import "strconv"

// This file checks what a question asks, and how its answers become points.

func (v *validator) answer(a *Answer, path string) {
	oneOf(v, a.Type, path, "type", Choice, Checklist, YesNo, ScaleType, Number, FreeText)
	fields := []has{{"cap", a.Cap != ""}, {"integer", a.Integer || a.explicit&integerFalse != 0}, {"linear", a.Linear != nil}, {"max", a.Max != ""},
		{"maxLength", a.MaxLength != 0}, {"min", a.Min != ""}, {"options", a.Options != nil}, {"points", a.Points != nil},
		{"reverse", a.Reverse || a.explicit&reverseFalse != 0}, {"steps", a.Steps != nil}, {"unit", a.Unit != nil}, {"use", a.Use != ""}}
	allow := func(names ...string) {
		for i, f := range fields {
			fields[i].there = f.there && indexOf(names, f.name) < 0
		}
		v.misplaced(path, "another type of answer than "+string(a.Type), fields...)
	}
	switch a.Type {
	case "":
		v.missing(path, "type", "write choice, checklist, yesno, scale, number or text.")
	case Choice:
		allow("options", "use")
		v.choices(a, path)
	case Checklist:
		allow("options", "use", "cap")
		v.decimal(a.Cap, path, "cap")
		v.choices(a, path)
	case YesNo:
		allow("points")
		if a.Points != nil {
			v.decimal(a.Points.Yes, pointer(path, "points"), "yes")
			v.decimal(a.Points.No, pointer(path, "points"), "no")
		}
	case ScaleType:
		allow("min", "max", "reverse")
		low, ok1 := v.whole(a.Min, path, "min")
		high, ok2 := v.whole(a.Max, path, "max")
		if ok1 && ok2 && low >= high {
			v.add(OutOfRange, path, "", "The scale has no length: max must be above min.")
		} else if ok1 && ok2 && (high-low)/decimalUnit >= int64(v.opts.MaxOptions) {
			v.add(TooMany, path, "", "The scale has more than "+strconv.Itoa(v.opts.MaxOptions)+" steps: use a number in its place.")
		}
	case Number:
		allow("min", "max", "integer", "unit", "steps", "linear")
		v.number(a, path)
	case FreeText:
		allow("maxLength")
		if a.MaxLength < 0 {
			v.add(OutOfRange, path, "maxLength", "This must be 1 or more.")
		}
	}
}

func (v *validator) whole(d Decimal, path, field string) (units int64, ok bool) {
	units, ok = v.needDecimal(d, path, field)
	if ok && units%decimalUnit != 0 {
		v.add(NotAnInteger, path, field, "This must be a whole number.")
	}
	return units, ok
}

func (v *validator) choices(a *Answer, path string) {
	switch {
	case a.Use != "" && a.Options != nil:
		v.add(BadValue, path, "", "Give the options in place or by name, not both.")
	case a.Use != "":
		set, ok := v.m.OptionSets[a.Use]
		if !ok {
			v.add(UnknownOptionSet, path, "use", "The model has no option set "+quote(a.Use)+": add it to optionSets, or mend the name.")
		}
		for _, o := range set {
			if o != nil && o.Exclusive && a.Type == Choice {
				v.add(BadValue, path, "use", "The option "+quote(o.Value)+" of this set is exclusive, which only a checklist can have.")
			}
		}
	case a.Options == nil:
		v.missing(path, "options", "list the options, or name an option set with use.")
	default:
		v.options(a.Options, pointer(path, "options"), a.Type == Checklist)
	}
}

func (v *validator) options(options []*Option, path string, checklist bool) {
	if len(options) == 0 {
		v.add(Empty, path, "", "There are no options to choose from: add some.")
	}
	if v.tooMany(len(options), path, "options") {
		return
	}
	seen := map[string]bool{}
	for i, o := range options {
		at := pointerIndex(path, i)
		if o == nil {
			v.add(BadValue, at, "", "This option is empty: give it a value.")
			continue
		}
		if o.Value == "" {
			v.missing(at, "value", "give the option a value.")
		} else if seen[o.Value] {
			v.add(DuplicateID, at, "value", "The option "+quote(o.Value)+" comes twice.")
		}
		seen[o.Value] = true
		v.text(o.Title, at, "title")
		v.text(o.Description, at, "description")
		v.decimal(o.Points, at, "points")
		if o.Exclusive && !checklist {
			v.add(UnknownField, at, "exclusive", "Only an option of a checklist can be exclusive: remove it here.")
		}
	}
}

func (v *validator) number(a *Answer, path string) {
	low, ok1 := v.decimal(a.Min, path, "min")
	high, ok2 := v.decimal(a.Max, path, "max")
	if ok1 && ok2 && low > high {
		v.add(OutOfRange, path, "", "No number is in this range: max is below min.")
	}
	v.text(a.Unit, path, "unit")
	switch {
	case a.Steps != nil && a.Linear != nil:
		v.add(BadValue, path, "", "A number has steps or linear, not both.")
	case a.Linear != nil:
		at := pointer(path, "linear")
		from, ok1 := v.needDecimal(a.Linear.From, at, "from")
		to, ok2 := v.needDecimal(a.Linear.To, at, "to")
		if ok1 && ok2 && from == to {
			v.add(OutOfRange, at, "", "The line has no length: give from and to different values.")
		}
		if len(a.Linear.Points) != 2 {
			v.add(BadValue, at, "points", "Give two points: those at from, and those at to.")
		}
		for i, d := range a.Linear.Points {
			v.needDecimal(d, pointer(at, "points"), strconv.Itoa(i))
		}
	case a.Steps == nil:
		v.missing(path, "steps", "say how the number becomes points, by steps or linear.")
	case len(a.Steps) == 0:
		v.add(Empty, path, "steps", "There are no steps: add some.")
	case !v.tooMany(len(a.Steps), pointer(path, "steps"), "steps"):
		last, any := int64(0), false
		for i, s := range a.Steps {
			at := pointerIndex(pointer(path, "steps"), i)
			from, ok := v.needDecimal(s.From, at, "from")
			v.needDecimal(s.Points, at, "points")
			if ok && any && from <= last {
				v.add(StepOrder, at, "", "A step must begin above the one before: list the steps from the lowest to the highest.")
			}
			last, any = from, ok
		}
	}
}
