package maturity

// This file finds the levels that a value reaches.

// from gives a level a threshold in billionths.
func (l *level) from(units int64) {
	l.threshold = fromUnits(units)
	l.small = fits32(l.threshold.n)
}

// level finds the levels that a group with a value reaches.
func (w *workspace) level(i int32) {
	n := &w.s.nodes[i]
	c := &w.cells[i]
	small := c.root == 1 && c.value.big == nil && fits32(c.value.n) && fits32(c.value.d)
	bare, gated := true, true
	for j := range n.levels {
		l := &n.levels[j]
		if small && l.small && !l.ofRatio {
			over := c.value.n*l.threshold.d - l.threshold.n*c.value.d
			bare = bare && (over > 0 || over == 0 && !l.above)
		} else {
			bare = bare && w.overThreshold(i, l)
		}
		if !bare {
			break
		}
		c.bare = int16(j)
		if gated = gated && (l.require == nil || w.gateHolds(l, i)); gated {
			c.level = int16(j)
		}
	}
}

func (w *workspace) gateHolds(l *level, i int32) bool {
	complete := w.cells[i].completeness()
	return w.holds(l.require, asIs, nil, &complete).must
}

func (w *workspace) overThreshold(i int32, l *level) bool {
	if l.threshold.d == 0 { // none
		return true
	}
	c := &w.cells[i]
	order := 0
	if l.ofRatio {
		order = w.span(i).ratio(c.value).cmp(l.threshold)
	} else {
		order = cmpValue(c.value, c.root, l.threshold)
	}
	return order > 0 || order == 0 && !l.above
}
