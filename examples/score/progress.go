package main

import (
	"fmt"
	"io"
	"time"
)

// A progress shows on one line of a terminal how far a long run is. The zero progress shows nothing.
type progress struct {
	to           io.Writer
	start, shown time.Time
	every        time.Duration // default a second
	visible      bool
}

func (p *progress) show(total, bad int) {
	if p.to == nil {
		return
	}
	now, every := time.Now(), p.every
	if every == 0 {
		every = time.Second
	}
	if p.start.IsZero() {
		p.start, p.shown = now, now
	}
	if now.Sub(p.shown) < every {
		return
	}
	p.shown, p.visible = now, true
	fmt.Fprintf(p.to, "\r\x1b[K%d lines scored, %.0f a second, %d bad", total, float64(total)/now.Sub(p.start).Seconds(), bad)
}

// clear takes the line away.
func (p *progress) clear() {
	if p.visible {
		fmt.Fprint(p.to, "\r\x1b[K")
	}
}
