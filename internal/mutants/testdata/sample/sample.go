// Package sample has every token that is exchanged, in the places where they stand in real code.
package sample

import (
	"fmt"
	"strings"
)

type small uint8

const limit = 3 + 4

type pair struct {
	a, b int
	next *pair
}

// Run works with all of it and tells what came out, or that it panicked.
func Run() (out string) {
	defer func() {
		if p := recover(); p != nil {
			out = fmt.Sprint("panic: ", p)
		}
	}()
	var b strings.Builder
	say := func(v ...any) { fmt.Fprintln(&b, v...) }
	p := &pair{a: 7, b: -3}
	say(p.a+p.b, p.a-p.b, p.a*p.b, p.a/p.b, p.a%p.b, -p.a, "text"+"s"+fmt.Sprint(p.a))
	say(p.a < 7, p.a <= 7, p.a > 7, p.a >= 7, p.a == 7, p.a != 7, p.next == nil, p.next != nil && p.next.a > 0)
	say(p.a > 0 && p.b > 0 || p.next == nil, !(p.a < limit) || p.b == -3, 2.5*float64(p.a) < 20)
	var u uint64 = 0xF0
	s, table := small(200), [1 + 1]int64{1 << 4, -5}
	say(u&0x3C, u|0x0C, u^0xFF, u&^0x30, u<<3, u>>2, 1<<s>>190, s+100, s-201, table[0]-table[1], ^u)
	x, list := 10, map[string]int{"k": 4}
	x += 3
	x -= 1
	x *= 4
	x /= 3
	u &= 0xFE
	u |= 3
	u ^= 0x11
	u &^= 0x80
	u <<= 2
	u >>= 1
	list["k"] += x
	b.WriteString("a" + "b")
	name := "n"
	name += fmt.Sprint(x)
	say(x, u, list["k"], name)
	count := 0
outer:
	for i := 0; i < 6 && count < 100; i++ {
		for j := 5; j > 0; j-- {
			if count++; count > 100 {
				return b.String()
			}
			if (i+j)%4 == 0 {
				continue
			}
			if i*j == 6 {
				continue outer
			}
			if i > 3 && j < 3 {
				break
			}
			say(i, j, count)
		}
	}
	return b.String()
}
