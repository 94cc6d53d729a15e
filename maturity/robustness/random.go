package robustness

import "math/bits"

// Random numbers by place: each is SplitMix64 (Steele, Lea and Flood, Fast splittable pseudorandom number
// generators, OOPSLA 2014) at a position of a stream, so that a draw can be made again without those before
// it. This must never change: a seed is a promise.

const golden = 0x9E3779B97F4A7C15

// A stream is one independent sequence of numbers of a seed.
type stream uint64

// The streams of a study.
const (
	ofWeights = iota
	ofSobolA
	ofSobolB
	ofThresholds
	ofErrors
	ofSteps
)

func newStream(seed uint64, number int) stream {
	return stream(mix(mix(seed+golden) + uint64(number)*golden))
}

// at is 64 random bits.
func (s stream) at(i int) uint64 { return mix(uint64(s) + (uint64(i)+1)*golden) }

// unit is uniform in [0, 1), in steps of 2^-53.
func (s stream) unit(i int) float64 { return float64(s.at(i)>>11) / (1 << 53) }

func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// An interval is whole numbers from low on, one for each unit of width.
type interval struct {
	low   int64
	width uint64
}

// around is everything that is within far of a number.
func around(x, far int64) interval { return interval{x - far, uint64(2*far) + 1} }

// pick maps 53 random bits onto an interval, each number alike as nearly as these can.
func (v interval) pick(bits53 uint64) int64 {
	high, _ := bits.Mul64(bits53<<11, v.width)
	return v.low + int64(high)
}
