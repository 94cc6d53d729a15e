package maturity

import "math/bits"

// maxBits bounds the denominators of exact values, so that no model makes scoring slow. A model of 300
// questions with weights in hundredths needs about a thousand bits.
const maxBits = 1 << 16

// size estimates, for a node whose children are done, how many bits the denominator of its value can take.
func (b *builder) size(n *node) int {
	if n.question >= 0 {
		q := &b.questions[n.question]
		size := 0
		for _, p := range q.points {
			size = max(size, bitLen(p.d))
		}
		if q.line != nil {
			size = bitLen(q.line.to-q.line.from) + bitLen(q.line.a.d) + bitLen(q.line.b.d)
		}
		return size
	}
	sum, top, weights := 0, 0, int64(0)
	stamp := n.first + 1 // of this group alone
	for j := n.first; j < n.last; j++ {
		k := &b.kids[j]
		if k.never {
			continue
		}
		weights = min(weights+k.weight, maxSmall)
		size := b.nodes[k.node].bits
		for _, p := range k.points {
			size = max(size, bitLen(p.d))
		}
		if n.ratio {
			size += k.full.bits()
		}
		top = max(top, size)
		switch {
		case n.rule.op == Geometric:
			sum += size * int(min(k.weight, maxGeometricWeight))
		case n.rule.op == Product || b.stamps[k.node] != stamp:
			sum += size
		}
		b.stamps[k.node] = stamp
		sum = min(sum, 4*maxBits)
	}
	size := sum + bitLen(weights)
	switch n.rule.op {
	case Sum:
		size += 2 * bitLen(decimalUnit)
	case Min, Max:
		size = top
	case Median:
		size = 2*top + 1
	case Share, Staged:
		size = bitLen(weights)
	case Geometric, Product:
		size = sum
	}
	size += len(n.Adjust) * bitLen(decimalUnit)
	if n.Scale != nil {
		size += n.raw.bits() + 2*bitLen(decimalUnit)
	}
	if n.Round != nil {
		size = bitLen(decimalUnit)
	}
	return min(size, 4*maxBits)
}

// bits is what dividing by the length of a range, (value − min) / (max − min), can add to a denominator.
func (s span) bits() int {
	size := 0
	for _, x := range [...]rat{s.min, s.max} {
		if x.big != nil {
			size += x.big.n.bitLen() + x.big.d.bitLen()
		} else {
			size += bitLen(x.n) + bitLen(x.d)
		}
	}
	return size
}

func bitLen(n int64) int { return bits.Len64(abs(n)) }
