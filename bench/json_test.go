package bench

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/modenhet/modenhet/maturity"
)

// BenchmarkJSONText compares JSON in to JSON out with what the tokenizer of the coming encoding/json (v2)
// takes to read the same input, and the same input and output; like the engine's, it refuses duplicate keys
// and bad UTF-8.
func BenchmarkJSONText(b *testing.B) {
	m, _ := newModel()
	s := maturity.MustCompile(m, nil)
	rows := newRows(b, s, 1024)
	result, buffer := new(maturity.Result), []byte(nil)
	score := func(i int) {
		ok(b, s.ScoreJSON(result, rows[i].json))
		buffer = result.AppendJSON(buffer[:0])
	}
	outputs := make([][]byte, len(rows))
	for i := range rows {
		score(i)
		outputs[i] = bytes.Clone(buffer)
	}
	reader, decoder := new(bytes.Reader), new(jsontext.Decoder)
	read := func(data []byte) {
		reader.Reset(data)
		decoder.Reset(reader)
		for {
			if _, err := decoder.ReadToken(); err != nil {
				if !errors.Is(err, io.EOF) {
					b.Fatal(err)
				}
				return
			}
		}
	}
	compare(b, len(rows),
		side{"engine", score},
		side{"jsontext(in)", func(i int) { read(rows[i].json) }},
		side{"jsontext(in+out)", func(i int) { read(rows[i].json); read(outputs[i]) }})
}
