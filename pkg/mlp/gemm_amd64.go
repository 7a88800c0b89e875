package mlp

import "golang.org/x/sys/cpu"

func fastest() gemmFunc {
	if cpu.X86.HasAVX {
		return gemmAVX
	}
	return gemmGo
}

// depth is how many products are summed before the next tile: so many rows of
// B stay in the cache.
const depth = 256

// gemmAVX is gemm with eight columns at a time in two vector registers.
func gemmAVX(c, a []float64, row, col int, b []float64, m, n, k int) {
	for l := 0; l < k; l += depth {
		kl := min(depth, k-l)
		for j := 0; j < n; j += 8 {
			mask := &masks[8-min(8, n-j)]
			for i, rows := 0, 0; i < m; i += rows {
				rows = [...]int{1, 2, 2, 4, 4, 6}[min(6, m-i)-1]
				tile(&c[i*n+j], &a[i*row+l*col], row, col, &b[l*n+j], n, kl, rows, mask)
			}
		}
	}
}

// masks[8-w:] selects the first w of 8 columns.
var masks = [16]int64{-1, -1, -1, -1, -1, -1, -1, -1}

// tile adds to rows (6, 4, 2 or 1) rows of C and up to eight columns, those of
// mask, the product of as many rows of A and k rows of B. Rows of C and B lie n
// numbers apart.
//
//go:noescape
func tile(c, a *float64, row, col int, b *float64, n, k, rows int, mask *int64)
