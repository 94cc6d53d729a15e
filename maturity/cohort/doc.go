// Package cohort looks at many assessments of one model: respondents of one subject, and groups of subjects.
//
//	[]*Assessment of one subject  -> Combine, CombineScores, Agree
//	[]*Assessment of many         -> NewGroup -> Figures, Gaps, Pairs, Means, Pool, Intervals
//	outcomes, one after the other -> Sketch   -> Merge, Figures, Percentiles, JSON
//
// Every figure has its definition beside it, and docs/cohort.md says which one answers which question. A
// figure that is not defined, or not shown, has a status that says why, and never a 0, a 1 or a NaN.
//
// # Same bytes
//
// Counts are whole numbers, and sums of scores are exact: a mean is rounded once, when it is shown. So the
// order of subjects, and the order in which sketches are merged, change nothing. Random resampling has a seed
// and a generator of a published definition (PCG). The same input gives the same bytes on every platform.
//
// # Errors
//
// What is wrong with the documents is a *maturity.InvalidError: every issue at once, with a JSON Pointer into
// the list of assessments, such as /3/answers/q1.
package cohort
