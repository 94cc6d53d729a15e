package maturity

import "math/bits"

// smallSHA256 is SHA-256 (FIPS 180-4) in few bytes: crypto/sha256 would add 39 KB to the WebAssembly
// binary. It hashes models only, so its speed does not matter; a test holds it against crypto/sha256.
func smallSHA256(data []byte) (sum [32]byte) {
	h, k := sha256Constants()
	message := append(append([]byte{}, data...), 0x80)
	for len(message)%64 != 56 {
		message = append(message, 0)
	}
	for shift := 56; shift >= 0; shift -= 8 {
		message = append(message, byte(uint64(len(data))*8>>shift))
	}
	var w [64]uint32
	for ; len(message) > 0; message = message[64:] {
		for i := range 16 {
			for _, c := range message[4*i : 4*i+4] {
				w[i] = w[i]<<8 | uint32(c)
			}
		}
		for i := 16; i < 64; i++ {
			a, b := w[i-15], w[i-2]
			s0 := bits.RotateLeft32(a, -7) ^ bits.RotateLeft32(a, -18) ^ a>>3
			s1 := bits.RotateLeft32(b, -17) ^ bits.RotateLeft32(b, -19) ^ b>>10
			w[i] = w[i-16] + s0 + w[i-7] + s1
		}
		a, b, c, d, e, f, g, z := h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7]
		for i := range 64 {
			s1 := bits.RotateLeft32(e, -6) ^ bits.RotateLeft32(e, -11) ^ bits.RotateLeft32(e, -25)
			t1 := z + s1 + (e&f ^ ^e&g) + k[i] + w[i]
			s0 := bits.RotateLeft32(a, -2) ^ bits.RotateLeft32(a, -13) ^ bits.RotateLeft32(a, -22)
			t2 := s0 + (a&b ^ a&c ^ b&c)
			a, b, c, d, e, f, g, z = t1+t2, a, b, c, d+t1, e, f, g
		}
		for i, x := range [8]uint32{a, b, c, d, e, f, g, z} {
			h[i] += x
		}
	}
	for i, word := range h {
		for j := range 4 {
			sum[4*i+j] = byte(word >> (24 - 8*j))
		}
	}
	return sum
}

// sha256Constants are the first 32 bits of the fractions of the square roots of the first 8 primes, and of
// the cube roots of the first 64, worked out in whole numbers.
func sha256Constants() (h [8]uint32, k [64]uint32) {
	n := 0
	for p := uint64(2); n < 64; p++ {
		prime := true
		for d := uint64(2); d*d <= p; d++ {
			prime = prime && p%d != 0
		}
		if !prime {
			continue
		}
		if n < 8 {
			h[n] = fractionOfRoot(p, 2)
		}
		k[n] = fractionOfRoot(p, 3)
		n++
	}
	return h, k
}

// fractionOfRoot finds the largest r with r^power ≤ p·2^(32·power), bit by bit, and keeps its 32 lowest bits.
func fractionOfRoot(p uint64, power int) uint32 {
	r := uint64(0)
	for bit := uint64(1) << 36; bit > 0; bit >>= 1 {
		try := r | bit
		hi, lo := bits.Mul64(try, try) // try^2, at most 74 bits
		if power == 2 {
			if hi < p {
				r = try
			}
			continue
		}
		// try^3 against p·2^96: (hi·2^64 + lo)·try, at most 111 bits
		if carry, _ := bits.Mul64(lo, try); (hi*try+carry)>>32 < p {
			r = try
		}
	}
	return uint32(r)
}
