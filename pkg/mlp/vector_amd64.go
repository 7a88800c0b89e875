package mlp

import (
	"math"

	"golang.org/x/sys/cpu"
)

func fastVectors() vectors {
	if !cpu.X86.HasAVX2 {
		return plainVectors
	}
	return vectors{
		exp:      inRegisters(expAVX, plainVectors.exp),
		sigmoid:  inRegisters(sigmoidAVX, plainVectors.sigmoid),
		tanh:     inRegisters(tanhAVX, plainVectors.tanh),
		relu:     inRegisters(reluAVX, plainVectors.relu),
		reluBack: inRegisters(reluBackAVX, plainVectors.reluBack),
	}
}

// inRegisters leaves the numbers that do not fill a register of four to the
// plain twin.
func inRegisters(fast func(dst, src *float64, n int, numbers *vectorTable), plain func(dst, src []float64)) func(dst, src []float64) {
	return func(dst, src []float64) {
		dst = dst[:len(src)]
		n := len(src) / 4 * 4
		if n > 0 {
			fast(&dst[0], &src[0], n, &numbers)
		}
		plain(dst[n:], src[n:])
	}
}

// vectorTable holds numbers, each four times to fill a register.
type vectorTable [32][4]float64

// numbers are those that the functions below use.
var numbers = func() (t vectorTable) {
	for i, x := range append([]float64{
		709.8, -745.2, log2e, 0.5, ln2Hi, ln2Lo,
		1, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5040, 1.0 / 40320, 1.0 / 362880,
		1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800,
		1<<52 + 1023, // added to a whole number k it leaves k + 1023 in the last bits
		math.Copysign(0, -1), 2, small,
	}, tanhSeries[:]...) {
		t[i] = [4]float64{x, x, x, x}
	}
	return t
}()

// The functions below take n numbers from src and store theirs in dst; n > 0 is
// a multiple of 4.

//go:noescape
func expAVX(dst, src *float64, n int, numbers *vectorTable)

//go:noescape
func sigmoidAVX(dst, src *float64, n int, numbers *vectorTable)

//go:noescape
func tanhAVX(dst, src *float64, n int, numbers *vectorTable)

//go:noescape
func reluAVX(dst, src *float64, n int, numbers *vectorTable)

//go:noescape
func reluBackAVX(dst, src *float64, n int, numbers *vectorTable)
