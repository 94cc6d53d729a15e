package schema_test

import "github.com/modenhet/modenhet/internal/random"

// Mutations are those of package random.
var (
	decodeTree  = random.Decode
	encodeTree  = random.Encode
	mutate      = random.Mutate
	mutateModel = random.MutateModel
	numbers     = random.Numbers
	dates       = random.Dates
	urls        = random.URLs
)

// Of the numbers, those of closeNumbers are no float64, and those that are tooExact have more than 9 digits after
// the point.
var (
	tooExact     = []string{"0.1234567891", "1.0000000000", "1e-10"}
	closeNumbers = []string{"999999999.999999999"}
)
