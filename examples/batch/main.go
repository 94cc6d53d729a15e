// Batch scores NDJSON files of any size with an Apache Beam pipeline: in this process by default, and with the
// flags of Beam on a cluster (--runner=flink, spark or dataflow, and --endpoint).
//
//	go run . --model ID|FILE --input answers.ndjson --output folder
//
// In the folder it writes results-N.ndjson for each block of the input, in order; dead-N.ndjson with every line
// that could not be scored, where it begins, and why; sketch.json, which merges with those of other groups; and
// figures.json, in which small groups are suppressed. Give it an empty folder: files of an earlier run with other
// blocks, or with lines that were mended since, stay.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"slices"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/local"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"
	"github.com/modenhet/modenhet/maturity/models"
)

func main() {
	model := flag.String("model", models.Default, "id of an embedded model, or a file")
	input := flag.String("input", "", "a file with an assessment in each line")
	output := flag.String("output", "", "an address to write to, such as a folder")
	results := flag.Bool("results", true, "write a result for every assessment")
	block := flag.Int64("block", 1<<20, "bytes that are scored at a time")
	flag.Parse()
	beam.Init()
	data, err := readModel(*model)
	if err == nil && (*input == "" || *output == "") {
		err = fmt.Errorf("say what to read with --input, and where to write with --output")
	}
	if err == nil && *block < 1 {
		err = fmt.Errorf("--block is 1 or more, not %d", *block)
	}
	if err == nil {
		err = run(context.Background(), data, *input, *output, *block, *results)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "batch:", err)
		os.Exit(1)
	}
}

func readModel(name string) ([]byte, error) {
	if !slices.Contains(models.IDs(), name) {
		return os.ReadFile(name)
	}
	m, err := models.Load(name)
	if err != nil {
		return nil, err
	}
	return m.MarshalJSON()
}

// run builds the pipeline and waits for its end.
func run(ctx context.Context, model []byte, input, output string, block int64, results bool) error {
	blocks, err := split(ctx, input, block)
	if err != nil {
		return err
	}
	p := beam.NewPipeline()
	s := p.Root()
	shuffled := beam.Reshuffle(s, beam.CreateList(s, blocks)) // so that workers share them
	sketches := beam.ParDo(s, &scoreFn{Model: model, Output: output, Results: results}, shuffled)
	beam.ParDo0(s, &figuresFn{Model: model, Output: output}, beam.Combine(s, mergeSketches, sketches))
	return beamx.Run(ctx, p)
}
