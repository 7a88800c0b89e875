package weightinit

import (
	"math"
	"testing"
)

// log agrees with the logarithm of package math to 4 units in the last place,
// from the smallest number that uniform leaves up to 1.
func TestLog(t *testing.T) {
	x := []float64{1, 1 - 0x1p-53, 0x1p-53, 0.5, 0.5 + 0x1p-53, math.Sqrt2 / 2, math.Nextafter(math.Sqrt2/2, 0), math.Nextafter(math.Sqrt2/2, 1)}
	for i := range 100_000 {
		x = append(x, float64(i+1)/100_000, 1/float64(i*i+2))
	}
	for _, x := range x {
		if got, want := log(x), math.Log(x); math.Abs(got-want) > 0x1p-50*math.Abs(want) {
			t.Errorf("log(%v) = %v, want %v", x, got, want)
		}
	}
}
