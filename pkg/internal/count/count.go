// Package count writes a number with what it counts, for error messages.
package count

import "fmt"

// Of returns n and the noun in the right form, as in "1 row" and "2 rows".
func Of(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
