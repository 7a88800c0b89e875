package mlp_test

import (
	"fmt"

	"descent/pkg/mlp"
)

func ExampleAcross() {
	rows := mlp.Seeds(3, func(seed uint64) []float64 { return []float64{float64(seed), 10 / float64(seed*seed)} })
	for _, spread := range mlp.Across(rows) {
		fmt.Printf("%.2f\n", spread)
	}
	// Output:
	// 2.00 [1.00, 3.00]
	// 4.54 [1.11, 10.00]
}
