package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/modenhet/modenhet/maturity"
)

// several tells whether a stream holds a document in each line: the first is a whole object, and more follow.
func several(in *bufio.Reader) bool {
	skipMark(in)
	head, _ := in.Peek(in.Size())
	line, rest, _ := bytes.Cut(bytes.TrimSpace(head), []byte("\n"))
	line, rest = bytes.TrimSpace(line), bytes.TrimSpace(rest)
	whole := bytes.HasPrefix(line, []byte("{")) && bytes.HasSuffix(line, []byte("}"))
	return whole && len(rest) > 0 && (rest[0] == '{' || json.Valid(line))
}

// scoreLines scores an assessment in each line, and writes a result or an error for each.
func (c *command) scoreLines(s *maturity.Scorer, in *bufio.Reader) error {
	skipMark(in)
	var line, out []byte
	var r maturity.Result
	bad, total := 0, 0
	var end error
	for number := 1; end == nil; number++ {
		line, end = readLine(line[:0], in)
		text := bytes.TrimSpace(line)
		if len(text) == 0 {
			continue
		}
		err := scoreLine(s, text, &r)
		if total++; err != nil {
			bad++
			out = appendError(out[:0], number, err)
		} else {
			out = r.AppendJSON(out[:0])
		}
		if _, err := c.out.Write(append(out, '\n')); err != nil {
			return err
		}
	}
	switch {
	case end != io.EOF:
		return fmt.Errorf("%s cannot be read: %w", c.assessment, end)
	case bad > 0:
		fmt.Fprintf(c.stderr, "%s: %d of %d lines could not be scored; their results say why.\n", c.assessment, bad, total)
		return errDocument
	}
	return nil
}

// readLine appends the next line, of which it keeps no more than one byte too many.
func readLine(line []byte, in *bufio.Reader) ([]byte, error) {
	for {
		part, err := in.ReadSlice('\n')
		line = append(line, part[:min(len(part), maxBytes+1-len(line))]...)
		if err != bufio.ErrBufferFull {
			return line, err
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
