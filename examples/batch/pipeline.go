package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/cohort"
)

func init() { // Beam finds functions by name on the machines that run them
	register.DoFn3x1[context.Context, Block, func([]byte), error](&scoreFn{})
	register.DoFn2x1[context.Context, []byte, error](&figuresFn{})
	register.Emitter1[[]byte]()
	register.Function2x2(mergeSketches)
	beam.RegisterType(reflect.TypeFor[Block]())
}

// A Block is a range of bytes of a file; its lines are those that begin in it. Beam takes about 4 µs for an
// element whatever it holds, so that an element holds hundreds of assessments.
type Block struct {
	Input    string
	From, To int64
	Number   int
}

// split divides a file into blocks.
func split(ctx context.Context, input string, size int64) ([]Block, error) {
	fs, err := filesystem.New(ctx, input)
	if err != nil {
		return nil, err
	}
	defer fs.Close()
	total, err := fs.Size(ctx, input)
	if err != nil {
		return nil, err
	}
	blocks := []Block{}
	for from := int64(0); from < total || from == 0; from += size {
		blocks = append(blocks, Block{input, from, min(from+size, total), len(blocks)})
	}
	return blocks, nil
}

// A scoreFn scores a block, writes what belongs to it, and passes on its sketch: results are large, and need not
// go through the runner. A block that is scored again writes the same bytes.
type scoreFn struct {
	Model   []byte
	Output  string
	Results bool
	scorer  *maturity.Scorer
	result  maturity.Result
}

func (f *scoreFn) Setup() (err error) {
	f.scorer, err = maturity.CompileJSON(f.Model, nil)
	return err
}

// A dead line, with where it begins in the input and why it has no result. Bytes that are no UTF-8 are replaced in Line;
// Offset finds them.
type dead struct {
	Offset int64           `json:"offset"`
	Line   string          `json:"line"`
	Error  json.RawMessage `json:"error"`
}

func (f *scoreFn) ProcessElement(ctx context.Context, b Block, sketch func([]byte)) error {
	sum := cohort.NewSketch(f.scorer)
	var results, letters []byte
	err := lines(ctx, b, func(offset int64, line []byte) error {
		if offset == 0 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		if err := f.scorer.ScoreJSON(&f.result, line); err != nil {
			var invalid *maturity.InvalidError
			errors.As(err, &invalid) // the engine gives no other
			letter, err := json.Marshal(dead{offset, string(line), invalid.AppendJSON(nil)})
			letters = append(append(letters, letter...), '\n')
			return err
		}
		if f.Results {
			results = append(f.result.AppendJSON(results), '\n')
		}
		return sum.AddResult(&f.result)
	})
	if err == nil && len(results) > 0 {
		err = write(ctx, f.Output, fmt.Sprintf("results-%06d.ndjson", b.Number), results)
	}
	if err == nil && len(letters) > 0 {
		err = write(ctx, f.Output, fmt.Sprintf("dead-%06d.ndjson", b.Number), letters)
	}
	if err != nil {
		return err
	}
	text, err := json.Marshal(sum)
	sketch(text)
	return err
}

// lines yields the lines that begin in a block, without those that are empty.
func lines(ctx context.Context, b Block, yield func(offset int64, line []byte) error) error {
	fs, err := filesystem.New(ctx, b.Input)
	if err != nil {
		return err
	}
	defer fs.Close()
	file, err := fs.OpenRead(ctx, b.Input)
	if err != nil {
		return err
	}
	defer file.Close()
	at := max(b.From-1, 0) // a line that begins at From has its predecessor's end there
	if seeker, ok := file.(io.Seeker); ok {
		_, err = seeker.Seek(at, io.SeekStart)
	} else {
		_, err = io.CopyN(io.Discard, file, at)
	}
	if err != nil {
		return err
	}
	in := bufio.NewReaderSize(file, 1<<16)
	for first := b.From > 0; at < b.To || first; first = false {
		line, err := in.ReadBytes('\n')
		if text := bytes.TrimSpace(line); !first && len(text) > 0 {
			if err := yield(at, text); err != nil {
				return err
			}
		}
		if at += int64(len(line)); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
	return nil
}

// mergeSketches puts two sketches together. Their order does not matter.
func mergeSketches(a, b []byte) ([]byte, error) {
	if len(a) == 0 || len(b) == 0 {
		return append(a, b...), nil
	}
	x, y := new(cohort.Sketch), new(cohort.Sketch)
	if err := errors.Join(json.Unmarshal(a, x), json.Unmarshal(b, y)); err != nil {
		return nil, err
	}
	if err := x.Merge(y); err != nil {
		return nil, err
	}
	return json.Marshal(x)
}

// A figuresFn writes what is known of the whole group.
type figuresFn struct {
	Model  []byte
	Output string
}

func (f *figuresFn) ProcessElement(ctx context.Context, sketch []byte) error {
	s, err := maturity.CompileJSON(f.Model, nil)
	if err != nil {
		return err
	}
	k := new(cohort.Sketch)
	if err := json.Unmarshal(sketch, k); err != nil {
		return err
	}
	figures, err := k.Figures(s, nil)
	if err != nil {
		return err
	}
	text, err := json.Marshal(figures)
	return errors.Join(err, write(ctx, f.Output, "sketch.json", sketch), write(ctx, f.Output, "figures.json", text))
}

func write(ctx context.Context, folder, name string, data []byte) error {
	name = folder + "/" + name
	fs, err := filesystem.New(ctx, name)
	if err != nil {
		return err
	}
	defer fs.Close()
	out, err := fs.OpenWrite(ctx, name)
	if err != nil {
		return err
	}
	_, err = out.Write(data)
	return errors.Join(err, out.Close())
}
