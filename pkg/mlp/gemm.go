package mlp

// gemm adds the product of two matrices to a third:
//
//	C ← C + A·B    A is m×k, B is k×n, C is m×n
//
// B and C lie row by row; element (i, l) of A is a[i*row+l*col], so that A may
// be transposed. All products of the package are made here.
//
// Each element of C is summed over l = 0, 1, …, k−1 in that order and rounded
// after each operation. So the result does not depend on the processor, on m,
// on n or on how the rows are cut into chunks, and equal columns of B give
// equal columns of C, bit for bit.
func gemm(c, a []float64, row, col int, b []float64, m, n, k int) {
	if m == 0 || n == 0 || k == 0 {
		return
	}
	// bounds for all that follows
	_, _, _ = c[m*n-1], a[(m-1)*row+(k-1)*col], b[k*n-1]
	product(c, a, row, col, b, m, n, k)
}

// product is the fastest that this processor has.
var product = fastest()

type gemmFunc func(c, a []float64, row, col int, b []float64, m, n, k int)

// gemmGo is gemm in plain Go.
func gemmGo(c, a []float64, row, col int, b []float64, m, n, k int) {
	i := 0
	for ; i+4 <= m; i += 4 {
		j := 0
		for ; j+2 <= n; j += 2 {
			gemm4x2(c[i*n+j:], a[i*row:], row, col, b[j:], n, k)
		}
		if j < n {
			for r := i; r < i+4; r++ {
				s := c[r*n+j]
				for l := range k {
					s += float64(a[r*row+l*col] * b[l*n+j])
				}
				c[r*n+j] = s
			}
		}
	}
	for ; i < m; i++ {
		ci := c[i*n : (i+1)*n]
		for l := range k {
			x := a[i*row+l*col]
			for j, b := range b[l*n : (l+1)*n] {
				ci[j] += float64(x * b)
			}
		}
	}
}

// gemm4x2 is gemm for a tile of 4 rows and 2 columns of C, kept in registers.
func gemm4x2(c, a []float64, row, col int, b []float64, n, k int) {
	c0, c1, c2, c3 := c[:2], c[n:n+2], c[2*n:2*n+2], c[3*n:3*n+2]
	s00, s01, s10, s11 := c0[0], c0[1], c1[0], c1[1]
	s20, s21, s30, s31 := c2[0], c2[1], c3[0], c3[1]
	p, q := 0, 0
	for range k {
		b0, b1 := b[q], b[q+1]
		x := a[p]
		s00 += float64(x * b0)
		s01 += float64(x * b1)
		x = a[p+row]
		s10 += float64(x * b0)
		s11 += float64(x * b1)
		x = a[p+2*row]
		s20 += float64(x * b0)
		s21 += float64(x * b1)
		x = a[p+3*row]
		s30 += float64(x * b0)
		s31 += float64(x * b1)
		p += col
		q += n
	}
	c0[0], c0[1], c1[0], c1[1] = s00, s01, s10, s11
	c2[0], c2[1], c3[0], c3[1] = s20, s21, s30, s31
}
