package mlp

import "golang.org/x/sys/cpu"

func fastest() gemmFunc {
	if cpu.X86.HasAVX {
		return gemmAVX
	}
	return gemmGo
}

// gemmAVX is gemm with eight columns at a time in two vector registers. It
// multiplies and adds in two roundings, as gemmGo does.
func gemmAVX(c, a []float64, row, col int, b []float64, m, n, k int) {
	for j := 0; j < n; j += 8 {
		mask := &masks[8-min(8, n-j)]
		for i := 0; i < m; i += 4 {
			// a tile with fewer rows repeats its last
			i1, i2, i3 := min(i+1, m-1), min(i+2, m-1), min(i+3, m-1)
			tile4x8(&c[i*n+j], &c[i1*n+j], &c[i2*n+j], &c[i3*n+j],
				&a[i*row], &a[i1*row], &a[i2*row], &a[i3*row], col,
				&b[j], n, k, mask)
		}
	}
}

// masks[8-w:] selects the first w of 8 columns.
var masks = [16]int64{-1, -1, -1, -1, -1, -1, -1, -1}

// tile4x8 adds to four rows of C of up to eight columns, those that mask
// selects, the product of four rows of A and k rows of B. Elements of a row of
// A lie col numbers apart, rows of B n numbers.
//
//go:noescape
func tile4x8(c0, c1, c2, c3, a0, a1, a2, a3 *float64, col int, b *float64, n, k int, mask *int64)
