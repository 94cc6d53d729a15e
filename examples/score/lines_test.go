package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/modenhet/modenhet/maturity/models"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Results come as soon as their lines have, not when a buffer is full.
func TestLinesAreAnsweredAtOnce(t *testing.T) {
	model := file(t, "m.json", tiny)
	in, send := io.Pipe()
	receive, out := io.Pipe()
	code := make(chan int)
	go func() {
		c := run([]string{"--model", model, "--assessment", "-"}, in, out, io.Discard, os.Getenv)
		out.Close()
		code <- c
	}()
	lines := bufio.NewScanner(receive)
	_, err := io.WriteString(send, good+"\n"+good+"\n")
	require.NoError(t, err)
	for i := range 10 {
		require.True(t, lines.Scan())
		if i > 0 {
			_, err := io.WriteString(send, good+"\n")
			require.NoError(t, err)
		}
	}
	send.Close()
	for lines.Scan() {
	}
	assert.Zero(t, <-code)
}

func TestProgress(t *testing.T) {
	var shown strings.Builder
	p := progress{to: &shown, every: time.Nanosecond}
	p.show(0, 0)
	time.Sleep(time.Millisecond)
	p.show(1200, 3)
	assert.Regexp(t, "^\r\x1b\\[K1200 lines scored, [0-9]+ a second, 3 bad$", shown.String())
	p.clear()
	assert.True(t, strings.HasSuffix(shown.String(), "\r\x1b[K"))
	shown.Reset()
	p = progress{to: &shown}
	p.show(1, 0)
	p.show(2, 0)
	p.clear()
	(&progress{}).show(1, 1)
	assert.Empty(t, shown.String(), "a short run shows nothing")
}

// BenchmarkLines compares scoring lines with reading only their tokens, by encoding/json on one core.
func BenchmarkLines(b *testing.B) {
	document, err := models.Assessment(models.Default, "example")
	require.NoError(b, err)
	var line bytes.Buffer
	require.NoError(b, json.Compact(&line, document))
	text := strings.Repeat(line.String()+"\n", 5000)
	path := file(b, "many.ndjson", text)
	var scored, read time.Duration
	for b.Loop() {
		start := time.Now()
		if run([]string{"--assessment", path}, nil, io.Discard, io.Discard, os.Getenv) != 0 {
			b.Fatal("a line is refused")
		}
		scored += time.Since(start)
		start = time.Now()
		for decoder := json.NewDecoder(strings.NewReader(text)); ; {
			if _, err := decoder.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
		read += time.Since(start)
	}
	b.ReportMetric(float64(len(text))*float64(b.N)/scored.Seconds()/1e6, "scored-MB/s")
	b.ReportMetric(float64(len(text))*float64(b.N)/read.Seconds()/1e6, "tokens-MB/s")
	b.ReportMetric(read.Seconds()/scored.Seconds(), "speed-of-tokenizing")
}
