// Package versions follows a model, and the subjects that it is asked of, through the years.
//
//	Diff     what changed from one version of a model to the next, and which results can change by it
//	Migrate  an assessment of the earlier version as one of the later, with a list of what could not come along
//	Compare  two assessments of one subject: the change of every node, and how much of it each answer explains
//
// Versions are joined by ids. A node, an option or a level keeps its id as long as it means the same; where
// an id had to change, the later model says so in Replaces, from "old-id" or "old-id/answer" to today's
// "id" or "id/answer". An entry of which both versions have both sides speaks of a still earlier version, and
// is passed over. An answer is an option, true, false, or a number, as in "id/true" and "id/2.5".
//
// All verbs are pure: they change nothing that they are given, and the same input gives the same bytes.
package versions
