// Package bench holds the lessons to what the course promises: notebooks run
// and give their stored outputs, the two languages say the same, every claim
// is measured, every number in the text was printed.
//
// Each check takes the course and returns problems; the tests expect none of
// the lessons, and the named one of a lesson broken on purpose.
package bench
