package random

import (
	"iter"
	"math/rand/v2"
)

// Seeds are some seeds and bytes for a fuzz target that draws; another stream gives others.
func Seeds(stream uint64) iter.Seq2[uint64, []byte] {
	return func(yield func(uint64, []byte) bool) {
		r := rand.New(rand.NewPCG(7, stream))
		for seed := range uint64(12) {
			drawn := make([]byte, 64<<(seed%4))
			for i := range drawn {
				drawn[i] = byte(r.Uint32())
			}
			if !yield(seed, drawn) {
				return
			}
		}
	}
}

// Draw is what a fuzz target draws from, for its seed and bytes.
func Draw(seed uint64, drawn []byte, stream uint64) *rand.Rand {
	return rand.New(Choices(drawn[:min(len(drawn), 4096)], seed, stream))
}

// Choices is a source for fuzzing: it draws from the bytes of a fuzzer, one a draw, and when these are used up from
// seeds. So bytes that are changed, repeated or cut change what is made of them, and the same bytes give the same.
func Choices(data []byte, seed1, seed2 uint64) rand.Source {
	return &choices{data, rand.NewPCG(seed1, seed2)}
}

type choices struct {
	data []byte
	rest *rand.PCG
}

// Uint64 puts the byte where rand.Rand looks: the high bits decide most, of a fraction those below the highest 11, of
// a power of two the lowest. The bits between depend on nothing but the byte.
func (c *choices) Uint64() uint64 {
	if len(c.data) == 0 {
		return c.rest.Uint64()
	}
	b := uint64(c.data[0])
	c.data = c.data[1:]
	const looks = 0xff<<56 | 0xff<<45 | 0xff
	return b*0x9e3779b97f4a7c15&^looks | b<<56 | b<<45 | b
}
