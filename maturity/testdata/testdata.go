// Package testdata holds the facts that every front end is held to, for programs that find no files where they
// run. It is not part of the library.
package testdata

import "embed"

// Files are the folders conformance and invalid.
//
//go:embed conformance/*.ndjson conformance/*/*.json conformance/*/*.ndjson invalid/*.json
var Files embed.FS
