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
		v := h
		for i := range 64 {
			s1 := bits.RotateLeft32(v[4], -6) ^ bits.RotateLeft32(v[4], -11) ^ bits.RotateLeft32(v[4], -25)
			t1 := v[7] + s1 + (v[4]&v[5] ^ ^v[4]&v[6]) + k[i] + w[i]
			s0 := bits.RotateLeft32(v[0], -2) ^ bits.RotateLeft32(v[0], -13) ^ bits.RotateLeft32(v[0], -22)
			t2 := s0 + (v[0]&v[1] ^ v[0]&v[2] ^ v[1]&v[2])
			v = [8]uint32{t1 + t2, v[0], v[1], v[2], v[3] + t1, v[4], v[5], v[6]}
		}
		for i := range h {
			h[i] += v[i]
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
		// try^3 against p·2^96: (hi·2^64 + lo)·try
		top, middle := bits.Mul64(hi, try)
		carry, _ := bits.Mul64(lo, try)
		middle, over := bits.Add64(middle, carry, 0)
		top += over
		if top<<32|middle>>32 < p && top>>32 == 0 {
			r = try
		}
	}
	return uint32(r)
}
