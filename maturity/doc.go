// Package maturity scores assessments against maturity models: documents in, results out.
//
// A model says what is asked, and how answers become scores and levels; it is data, so that one engine
// scores every scheme. An assessment holds the answers of one subject at one time. A result holds every
// score, level, range and reason.
//
//	model.json -> Parse -> *Model -> Validate, Lint
//	                          `-> Compile -> *Scorer (frozen; safe for concurrent use)
//	assessment.json -> ParseAssessment -> *Assessment -+-> Score   -> Result -> JSON
//	                                                   +-> Explain -> Explanation
//	                                                   +-> Session -> live scores
//	                                                   +-> roadmap, robustness, cohort, versions, report
//
// Everything that can fail because of the model fails in Compile; Score meets only facts about the answers.
//
// # One pipeline
//
// Every group of a model works the same way: its children have values; policies say what a child without
// one counts as; an aggregate makes one value of them; adjustments change it; a scale maps it onto a new
// range; it is rounded; and a ladder of levels reads it. Each stage is a file:
//
//	question.go   answers to points          aggregate.go  the operators
//	evaluate.go   the pipeline               condition.go  when, require, met
//	level.go      levels, and blocker.go     range.go      what can still become
//	session.go    only what changed          explain.go    the pipeline as a trace
//	row.go        answers as numbers         exact.go      the arithmetic, on natural.go
//	batch.go      columns of them: wide.go for means, lanes.go for the rest
//	variation.go  other weights, with a quick view in filter.go
//
// # Exactness
//
// Decimals are exact, and so is all arithmetic on them: a mean that is exactly 3 reaches level 3, whatever
// the weights. Numbers become float64 once, at the end, each the nearest to the exact value. The same
// documents give the same bytes on every platform, WebAssembly included.
//
// # Errors
//
// What is wrong with a document is an *InvalidError: every issue at once, each with a stable Code, a JSON
// Pointer, a line and column where the document was text, and a sentence that says what to do. A code is
// an error itself: errors.Is(err, maturity.DuplicateID). Doubts that do not stop scoring are the warnings
// of a result. Nothing panics but MustCompile; Options limit what a hostile document can cost.
//
// # Compatibility
//
// The module follows semantic versioning. A document that was valid stays valid, and its scores stay what
// they were, within a major version. Codes may be retired, but are never reused. Results may get further
// fields; messages may be reworded.
package maturity
