package mlp

import (
	"math"

	"golang.org/x/sys/cpu"
)

func fastVectors() vectors {
	if !cpu.X86.HasAVX2 {
		return plainVectors
	}
	v := vectors256()
	if cpu.X86.HasAVX512F {
		v.exp = inRegisters(8, exp512, plainVectors.exp)
		v.sigmoid = inRegisters(8, sigmoid512, plainVectors.sigmoid)
	}
	return v
}

func vectors256() vectors {
	return vectors{
		exp:      inRegisters(4, exp256, plainVectors.exp),
		sigmoid:  inRegisters(4, sigmoid256, plainVectors.sigmoid),
		tanh:     inRegisters(4, tanh256, plainVectors.tanh),
		relu:     inRegisters(4, relu256, plainVectors.relu),
		reluBack: inRegisters(4, reluBack256, plainVectors.reluBack),
	}
}

// inRegisters leaves the numbers that do not fill a register to the plain twin.
func inRegisters(width int, fast func(dst, src *float64, n int, numbers *vectorTable), plain func(dst, src []float64)) func(dst, src []float64) {
	return func(dst, src []float64) {
		dst = dst[:len(src)]
		n := len(src) / width * width
		if n > 0 {
			fast(&dst[0], &src[0], n, &numbers)
		}
		plain(dst[n:], src[n:])
	}
}

// vectorTable holds numbers, each eight times to fill a register.
type vectorTable [32][8]float64

// numbers are those that the functions below use.
var numbers = func() (t vectorTable) {
	for i, x := range append([]float64{
		709.8, -745.2, log2e, 0.5, ln2Hi, ln2Lo,
		1, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5040, 1.0 / 40320, 1.0 / 362880,
		1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800,
		1<<52 + 1023, // added to a whole number k it leaves k + 1023 in the last bits
		math.Copysign(0, -1), 2, small,
	}, tanhSeries[:]...) {
		t[i] = [8]float64{x, x, x, x, x, x, x, x}
	}
	return t
}()

// The functions below take n numbers from src and store theirs in dst; n > 0 is
// a multiple of 8 for those in AVX-512 registers, of 4 for the others.

//go:noescape
func exp256(dst, src *float64, n int, numbers *vectorTable)

//go:noescape
func exp512(dst, src *float64, n int, numbers *vectorTable)

//go:noescape
func sigmoid256(dst, src *float64, n int, numbers *vectorTable)

//go:noescape
func sigmoid512(dst, src *float64, n int, numbers *vectorTable)

//go:noescape
func tanh256(dst, src *float64, n int, numbers *vectorTable)

//go:noescape
func relu256(dst, src *float64, n int, numbers *vectorTable)

//go:noescape
func reluBack256(dst, src *float64, n int, numbers *vectorTable)
