package mlp

import (
	"fmt"
	"slices"
)

// Spread is the mean and the range of a measurement over seeds.
type Spread struct{ Mean, Min, Max float64 }

// Across returns the spread of each column of rows, the result of Seeds: row i
// holds the measurements of one seed. It panics if rows is empty or a row is
// shorter than the first.
func Across(rows [][]float64) []Spread {
	spread := make([]Spread, len(rows[0]))
	column := make([]float64, len(rows))
	for j := range spread {
		sum := 0.0
		for i, row := range rows {
			column[i] = row[j]
			sum += row[j]
		}
		spread[j] = Spread{Mean: sum / float64(len(rows)), Min: slices.Min(column), Max: slices.Max(column)}
	}
	return spread
}

// Format implements fmt.Formatter: %.2f prints "4.54 [1.11, 10.00]", the mean
// and the range, and so does every verb of a float64.
func (s Spread) Format(f fmt.State, verb rune) {
	d := fmt.FormatString(f, verb)
	fmt.Fprintf(f, d+" ["+d+", "+d+"]", s.Mean, s.Min, s.Max)
}
