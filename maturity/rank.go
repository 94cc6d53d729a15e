package maturity

import "math"

// This file finds ranks, for tables, of two aggregates that are no sums: the stage reached, and the value of a
// geometric mean between two points where rounding changes. For the first, whole numbers are enough. For the second,
// logarithms are: where they leave a doubt, the pipeline is asked, and so the outcome is exact.

// rankStages makes tables of weights. A rank tells the stage reached, and the last that counts, which is the range.
func (t *laneStep) rankStages() int {
	top, total := 0, int64(0)
	for i := range t.kids {
		k := &t.kids[i]
		words, most := make([]uint64, len(k.items)), int64(0)
		for j := range k.items {
			if it := &k.items[j]; it.counts {
				top, most = max(top, it.stage), it.weight
				if words[j] = uint64(it.weight); it.met {
					words[j] += uint64(it.weight) << 32
				}
			}
		}
		if total += most; total >= 1<<31 {
			return 0
		}
		k.setCount(words)
	}
	if top > 200 {
		return 0
	}
	t.top = uint32(top)
	return (top + 1) * (top + 1)
}

func (k *laneKid) setCount(words []uint64) {
	if k.count == nil {
		k.count = make([]laneTable64, 1)
	}
	k.count[0].set(k.codes, words)
}

// stages finds the stages reached. Until the end, a rank has them in its lowest byte, and the last that counts in the
// next.
func (l *lanes) stages(step *laneStep) {
	rest, counts := l.rest[:l.n], l.counts[:l.n]
	clear(rest)
	const stopped = 1 << 16
	need := step.n.rule.need
	for v := range step.stages {
		clear(counts)
		var four lanesOf4[uint64]
		stage := uint32(0)
		for j := range step.kids {
			if k := &step.kids[j]; k.stage == v {
				stage = uint32(l.w.s.kids[k.at].stage)
				addTable(l, k, &k.count[0], &four, counts)
			}
		}
		four.rest(counts)
		for i, x := range counts {
			weight, reached, stop := int64(x&(1<<32-1)), rest[i]&0xFF, rest[i]&stopped
			switch {
			case weight == 0:
				continue
			case stop != 0:
			case stage > reached+1 && step.n.rule.failEmpty:
				stop = stopped
			case int64(x>>32)*need.d >= weight*need.n:
				reached = stage
			default:
				reached, stop = stage-1, stopped
			}
			rest[i] = reached | stage<<8 | stop
		}
	}
	for i, x := range rest {
		if rest[i] = x&0xFF*(step.top+1) + x>>8&0xFF; x == 0 {
			rest[i] = ^uint32(0) // nothing counts
		}
	}
}

// rankLogs makes tables of logarithms and weights. A rank is a value times the unit of rounding, without what is after
// the point, where modes that round to the nearest add a half; it counts from what the lowest value has.
func (t *laneStep) rankLogs() int {
	if t.n.Round == nil {
		return 0
	}
	unit := float64(powersOfTen[t.n.Round.Digits])
	low, high := math.Inf(1), math.Inf(-1)
	for i := range t.kids {
		k := &t.kids[i]
		logs, weights := make([]float64, len(k.items)), make([]uint64, len(k.items))
		for j := range k.items {
			if it := &k.items[j]; it.counts {
				x := it.x.float()
				low, high = min(low, x), max(high, x)
				logs[j], weights[j] = float64(it.weight)*math.Log(x), uint64(it.weight)
			}
		}
		k.logs.set(k.codes, logs)
		k.setCount(weights)
	}
	t.lowest = math.Floor(low*unit) - 1
	if count := high*unit - t.lowest + 3; count > 0 && count < maxTable {
		return int(count)
	}
	return 0
}

// logMeans finds the ranks of geometric means.
func (l *lanes) logMeans(step *laneStep) {
	rest, weights, logs := l.rest[:l.n], l.counts[:l.n], l.logs[:l.n]
	clear(weights)
	clear(logs)
	var four lanesOf4[uint64]
	var fourLogs lanesOf4[float64]
	for j := range step.kids {
		k := &step.kids[j]
		addTable(l, k, &k.count[0], &four, weights)
		addTable(l, k, &k.logs, &fourLogs, logs)
	}
	four.rest(weights)
	fourLogs.rest(logs)
	unit, half := float64(powersOfTen[step.n.Round.Digits]), 0.0
	switch step.n.Round.Mode {
	case Floor, Ceiling, Truncate:
	default:
		half = 0.5
	}
	for i, sum := range logs {
		x := float64(math.Exp(sum/float64(weights[i]))*unit) + half
		whole := math.Floor(x)
		doubt := 1e-9 * (x + 1) // far more than all roundings
		if rest[i] = uint32(whole - step.lowest); weights[i] == 0 || !(x-whole > doubt && whole+1-x > doubt) {
			rest[i] = ^uint32(0)
		}
	}
}
