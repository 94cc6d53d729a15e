package maturity

import "math"

// This file works a filter out, and reads levels from it.

// run works everything out, with weights in billionths.
func (f *filter) run(units []int64) {
	f.turn++
	f.doubt = false
	for i, units := range units {
		f.weights[i] = float64(units)
	}
	for i := range f.steps {
		s := &f.steps[i]
		kids := f.kids[s.first:s.last]
		var value, within, size float64
		switch s.op {
		case Mean:
			value, within, size = f.mean(s)
		case Sum:
			for _, k := range kids {
				w := f.weights[k.weight] / decimalUnit
				value += float64(w * f.value[k.at])
				within += float64(w * f.within[k.at])
				size += float64(w * f.size[k.at])
			}
			value, size = value+s.a, (size+math.Abs(s.a))*wider
			within = float64(within*wider) + float64(float64(len(kids)+4)*ulp*size)
		case Min, Max:
			value = f.value[kids[0].at]
			for _, k := range kids {
				if s.op == Min {
					value = min(value, f.value[k.at])
				} else {
					value = max(value, f.value[k.at])
				}
				within, size = max(within, f.within[k.at]), max(size, f.size[k.at])
			}
		case rounds:
			at := kids[0].at
			low, high := s.round(f.value[at], f.within[at])
			if low != high || math.Abs(low) > maxFloat/2 {
				f.doubt = true
			}
			value = low / s.a
			within, size = floatError(value), math.Abs(value)
		default:
			at := kids[0].at
			value = s.a + float64(s.b*f.value[at])
			size = (math.Abs(s.a) + float64(math.Abs(s.b)*f.size[at])) * wider
			within = float64(math.Abs(s.b)*f.within[at]*wider) + float64(4*ulp*size)
		}
		f.value[s.at], f.within[s.at], f.size[s.at] = value, within, size
	}
}

// round rounds the ends of what a number may be. A tie lies between two results, and so never gives one.
func (s *filterStep) round(x, within float64) (low, high float64) {
	x = float64(x * s.a)
	within = float64(within*s.a*wider) + float64(4*ulp*(math.Abs(x)+1))
	switch s.mode {
	case Floor:
		return math.Floor(x - within), math.Floor(x + within)
	case Ceiling:
		return math.Ceil(x - within), math.Ceil(x + within)
	case Truncate:
		return math.Trunc(x - within), math.Trunc(x + within)
	default:
		return math.Floor(x - within + 0.5), math.Floor(x + within + 0.5)
	}
}

// mean is Σ w·x / Σ w. Of n terms the sums have relative errors of n + 1 and n roundings, and the quotient of
// one, so that the whole is within (n + 1)·2^-52 of the largest x, and what these are off.
func (f *filter) mean(s *filterStep) (value, within, size float64) {
	sum, total := 0.0, 0.0
	for _, k := range f.kids[s.first:s.inner] {
		w := f.weights[k.weight]
		sum += float64(w * f.value[k.at])
		total += w
		size = max(size, f.size[k.at])
	}
	within = floatError(size)
	for _, k := range f.kids[s.inner:s.last] {
		w := f.weights[k.weight]
		sum += float64(w * f.value[k.at])
		total += w
		size, within = max(size, f.size[k.at]), max(within, f.within[k.at])
	}
	return sum / total, float64(within*wider) + float64(float64(s.last-s.first+4)*ulp*size), size * wider
}

// mark takes the threshold of a level over.
func (f *filter) mark(v *Variation, node, level int32) {
	l := &v.w.s.nodes[node].levels[level]
	f.marks[node][level] = markOf(v, node, l.threshold, l.ofRatio)
}

// markOf is what a value must come to for a number or a ratio; NaN where that depends on weights.
func markOf(v *Variation, node int32, number rat, ofRatio bool) float64 {
	if !ofRatio {
		return number.float()
	}
	s := v.w.span(node)
	if v.outer(node) || s.min.equal(s.max) {
		return math.NaN()
	}
	return s.at(number).float()
}

// above tells whether a value is above a number, as far as that is not in doubt.
func (f *filter) above(at int32, mark float64) truth {
	d, doubt := f.value[at]-mark, 2*(f.within[at]+floatError(mark))
	return truth{d > doubt, !(d < -doubt)} // in doubt for NaN
}

func sure(is bool) truth { return truth{is, is} }

// level is the level that a node has reached, and whether that is sure.
func (f *filter) level(v *Variation, node int32) (level int16, known bool) {
	l := &f.levels[node]
	if l.turn != f.turn {
		level, known = f.findLevel(v, node)
		*l = filterLevel{f.turn, level, known}
	}
	return l.level, l.sure
}

func (f *filter) findLevel(v *Variation, node int32) (level int16, known bool) {
	level = -1
	if f.at[node] < 0 {
		return level, true
	}
	n := &v.w.s.nodes[node]
	for j := range n.levels {
		l := &n.levels[j]
		over := sure(true)
		switch {
		case l.threshold.d == 0:
		case !f.varies[node] && !(l.ofRatio && v.outer(node)):
			over = sure(v.w.overThreshold(node, l))
		default:
			over = f.above(f.at[node], f.marks[node][j])
		}
		if over.may && l.require != nil {
			gate := f.holds(v, l.require, node)
			over = truth{over.must && gate.must, over.may && gate.may}
		}
		switch {
		case !over.may:
			return level, true
		case !over.must:
			return level, false
		}
		level = int16(j)
	}
	return level, true
}

// holds works out what a level requires.
func (f *filter) holds(v *Variation, c *condition, of int32) truth {
	t := truth{c.op == allOf, c.op == allOf}
	switch {
	case c.op == allOf || c.op == anyOf:
		for i := range c.parts {
			p := f.holds(v, &c.parts[i], of)
			if c.op == allOf {
				t = truth{t.must && p.must, t.may && p.may}
			} else {
				t = truth{t.must || p.must, t.may || p.may}
			}
		}
		return t
	case c.op == notOf:
		return f.holds(v, &c.parts[0], of).not()
	case c.op == measures && c.of == ofLevel:
		level, known := f.level(v, c.node)
		return truth{known && level >= c.level, level >= c.level || !known}
	case c.op == measures && c.of != ofCompleteness && f.at[c.node] >= 0 && (f.varies[c.node] || c.of == ofRatio && v.outer(c.node)):
		return f.measured(v, c)
	}
	complete := v.w.cells[of].completeness()
	return v.w.holds(c, asIs, nil, &complete)
}

// measured tests a value or a ratio that depends on weights.
func (f *filter) measured(v *Variation, c *condition) truth {
	t := sure(true)
	for i := range c.tests {
		p := f.above(f.at[c.node], markOf(v, c.node, c.tests[i].with, c.of == ofRatio))
		switch c.tests[i].op {
		case "atMost", "lessThan":
			p = p.not()
		case "equals":
			p = truth{false, p.may && !p.must}
		}
		t = truth{t.must && p.must, t.may && p.may}
	}
	return t
}
