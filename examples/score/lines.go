package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strconv"

	"github.com/modenhet/modenhet/maturity"
)

// several tells whether a stream holds a document in each line: the first is a whole object, and more follow. It
// reads no further than it must, so that lines are answered while others are yet to come.
func several(in *bufio.Reader) bool {
	skipMark(in)
	var end error
	for {
		head, _ := in.Peek(in.Buffered())
		line, rest, _ := bytes.Cut(bytes.TrimLeft(head, " \t\r\n"), []byte("\n"))
		line, rest = bytes.TrimSpace(line), bytes.TrimSpace(rest)
		if len(rest) > 0 || end != nil || len(head) == in.Size() {
			whole := bytes.HasPrefix(line, []byte("{")) && bytes.HasSuffix(line, []byte("}"))
			return whole && len(rest) > 0 && (rest[0] == '{' || json.Valid(line))
		}
		_, end = in.Peek(len(head) + 1)
	}
}

// A chunk is a run of whole lines, scored by one goroutine.
type chunk struct {
	first      int // number of the first line
	data       []byte
	ends       []int // of the lines in data
	out        []byte
	bad, total int
	done       chan struct{}
}

const chunkBytes = 256 << 10 // and one line more, which may be as long as maxBytes

// scoreLines scores an assessment in each line, and writes a result or an error for each, in the same order. All
// cores score; at most two chunks a core are held at a time.
func (c *command) scoreLines(s *maturity.Scorer, in *bufio.Reader) error {
	skipMark(in)
	workers := runtime.GOMAXPROCS(0)
	work, ordered := make(chan *chunk, workers), make(chan *chunk, workers)
	free := make(chan *chunk, 2*workers)
	for range cap(free) {
		free <- &chunk{done: make(chan struct{}, 1)}
	}
	for range workers {
		go func() {
			var r maturity.Result
			for k := range work {
				k.score(s, &r)
				k.done <- struct{}{}
			}
		}()
	}
	var end error
	stop := make(chan struct{})
	go func() {
		defer close(ordered)
		defer close(work)
		for line := 1; end == nil; {
			select {
			case k := <-free:
				line, end = k.read(in, line)
				ordered <- k
				work <- k
			case <-stop:
				return
			}
		}
	}()
	bad, total := 0, 0
	var failed error // to write; the rest is taken off, so that everything comes to an end
	for k := range ordered {
		<-k.done
		if bad, total = bad+k.bad, total+k.total; failed == nil {
			c.progress.show(total, bad)
			if _, failed = c.out.Write(k.out); failed == nil && len(ordered) == 0 { // who waits for what was sent so far gets it
				failed = c.out.Flush()
			}
			if failed != nil {
				close(stop)
			}
		}
		free <- k
	}
	c.progress.clear()
	switch {
	case failed != nil:
		return failed
	case end != io.EOF:
		return fmt.Errorf("%s cannot be read: %w", c.assessment, end)
	case bad > 0:
		fmt.Fprintf(c.stderr, "%s: %d of %d lines could not be scored; their results say why.\n", c.assessment, bad, total)
		return errDocument
	}
	return nil
}

// read fills a chunk with lines, as many as there are at once, and returns the number of the next line.
func (k *chunk) read(in *bufio.Reader, line int) (next int, err error) {
	k.first, k.data, k.ends = line, k.data[:0], k.ends[:0]
	for err == nil && len(k.data) < chunkBytes && (len(k.ends) == 0 || in.Buffered() > 0) {
		k.data, err = readLine(k.data, in)
		k.ends = append(k.ends, len(k.data))
	}
	return line + len(k.ends), err
}

// score scores the lines of a chunk.
func (k *chunk) score(s *maturity.Scorer, r *maturity.Result) {
	k.out, k.bad, k.total = k.out[:0], 0, 0
	start := 0
	for i, end := range k.ends {
		text := bytes.TrimSpace(k.data[start:end])
		if start = end; len(text) == 0 {
			continue
		}
		k.total++
		if err := scoreLine(s, text, r); err != nil {
			k.bad++
			k.out = appendError(k.out, k.first+i, err)
		} else {
			k.out = r.AppendJSON(k.out)
		}
		k.out = append(k.out, '\n')
	}
}

// readLine appends the next line, of which it keeps no more than one byte too many.
func readLine(data []byte, in *bufio.Reader) ([]byte, error) {
	most := len(data) + maxBytes + 1
	for {
		part, err := in.ReadSlice('\n')
		data = append(data, part[:min(len(part), most-len(data))]...)
		if err != bufio.ErrBufferFull {
			return data, err
		}
	}
}

func scoreLine(s *maturity.Scorer, line []byte, r *maturity.Result) error {
	if len(line) > maxBytes {
		return tooLarge("line")
	}
	return s.ScoreJSON(r, line)
}

// appendError appends what is wrong with a line; the issues' line is that of the stream.
func appendError(b []byte, number int, err error) []byte {
	var invalid *maturity.InvalidError
	errors.As(err, &invalid) // the engine gives no other
	for _, issue := range invalid.Issues {
		if issue.Line > 0 {
			issue.Line = number
		}
	}
	issues, _ := json.Marshal(invalid)
	b = strconv.AppendInt(append(b, `{"line":`...), int64(number), 10)
	return append(append(append(b, `,"error":`...), issues...), '}')
}
