package report_test

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/modenhet/modenhet/maturity/report"
	"github.com/stretchr/testify/assert"
)

// The picture of the README is the real report of the example.
func TestPicture(t *testing.T) {
	s, a, r := example(t, "example")
	got := picture("$ go run ./examples/score --steps 3", text(t, s, a, r, &report.Options{Language: "en", Color: true, Steps: 3}), "The report of an example: overall level 2 Emerging")
	assert.Less(t, len(got), 60_000)
	golden(t, "../../docs/report.svg", got)
}

const (
	column, line, margin = 8.4, 19.0, 24.0
	looks                = `<style>text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre}` +
		`.b{font-weight:bold}.f{fill:#59636e}.u{fill:#106eab}.a{fill:#9a5b00}.l{fill:#83c3e6}.t{fill:#d5dbe1}.o{fill:#fff;stroke:#59636e;stroke-width:1.5}</style>`
)

// A run is some text in one look.
type run struct{ class, text string }

var runs = regexp.MustCompile(`\x1b\[([0-9;]+)m(.*?)\x1b\[0m|[^\x1b]+`)

// picture draws a text with colours as a terminal would show it: words as text, blocks and marks as shapes.
func picture(command, text, name string) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	columns := 0
	for _, l := range lines {
		columns = max(columns, report.Width(regexp.MustCompile(`\x1b\[[0-9;]*m`).ReplaceAllString(l, "")))
	}
	wide, high := float64(columns)*column+2*margin, float64(len(lines)+2)*line+2*margin
	b := &strings.Builder{}
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" width="%.0f" height="%.0f" role="img" aria-label="%s" fill="#1b2127">%s`+"\n",
		wide, high, wide, high, html.EscapeString(name), looks)
	fmt.Fprintf(b, `<rect x=".5" y=".5" width="%.0f" height="%.0f" rx="10" fill="#fff" stroke="#c8d0d8"/>`+"\n", wide-1, high-1)
	draw(b, 0, 0, run{"f", command})
	for i, l := range lines {
		at := 0
		for _, m := range runs.FindAllStringSubmatch(l, -1) {
			part := run{map[string]string{"1": "b", "2": "f", "38;5;32": "u", "38;5;136": "a"}[m[1]], m[2]}
			if m[1] == "" {
				part.text = m[0]
			}
			draw(b, at, i+2, part)
			at += report.Width(part.text)
		}
	}
	return b.String() + "</svg>\n"
}

var pieces = regexp.MustCompile(`█*[▏▎▍▌▋▊▉]|█+|▒+|·{2,}|━+|─+|[●◐○▲]|[^█▏▎▍▌▋▊▉▒━─●◐○▲ ]+(?: [^█▏▎▍▌▋▊▉▒━─●◐○▲ ]+)*`)

// draw draws a run at a column and a line.
func draw(b *strings.Builder, at, row int, r run) {
	for _, span := range pieces.FindAllStringIndex(r.text, -1) {
		s := r.text[span[0]:span[1]]
		x, y := margin+float64(at+report.Width(r.text[:span[0]]))*column, margin+float64(row)*line
		long := float64(report.Width(s)) * column
		bar := func(class string, top, height float64) {
			fmt.Fprintf(b, `<rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%.1f"/>`+"\n", class, x, y+top, long, height)
		}
		first, last := []rune(s)[0], []rune(s)[len([]rune(s))-1]
		if part := strings.IndexRune("▏▎▍▌▋▊▉", last); part >= 0 {
			long -= column * float64(7-part/len("▏")) / 8
			first = '█'
		}
		cx, cy := x+column/2, y+line/2
		switch first {
		case '█':
			bar("u", 3.5, line-7)
		case '▒':
			bar("l", 3.5, line-7)
		case '·':
			bar("t", line/2-1, 2)
		case '━':
			bar("u", line/2-1, 2)
		case '─':
			bar("t", line/2-1, 2)
		case '●', '◐', '○':
			class := "o"
			if first == '●' {
				class = r.class
			}
			fmt.Fprintf(b, `<circle class="%s" cx="%.1f" cy="%.1f" r="4.5"/>`+"\n", class, cx, cy)
			if first == '◐' {
				fmt.Fprintf(b, `<path class="a" d="M%.1f %.1fa4.5 4.5 0 0 0 0 9z"/>`+"\n", cx, cy-4.5)
			}
		case '▲':
			fmt.Fprintf(b, `<path class="u" d="M%.1f %.1fl4.5 8h-9z"/>`+"\n", cx, cy-5)
		default:
			fmt.Fprintf(b, `<text class="%s" x="%.1f" y="%.1f" textLength="%.1f">%s</text>`+"\n", r.class, x, y+13.5, long, html.EscapeString(s))
		}
	}
}
