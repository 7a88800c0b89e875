package optim

// orthogonalize replaces the matrix x by a nearly orthogonal one with the same
// singular vectors: x/(‖x‖ + ε), or x/max(‖x‖, ε) with Floor, then o.Iterations
// times
//
//	A = XXᵀ    X ← aX + (bA + cA²)X
func (o *Muon) orthogonalize(s Shape, x []float64) {
	n, m := s.Rows, s.Cols
	if n > m {
		// XᵀX is the smaller product
		transpose(o.y, x, n, m)
		copy(x, o.y)
		n, m = m, n
	}
	length := norm(x) + o.Eps
	if o.Floor {
		length = max(norm(x), o.Eps)
	}
	scale := 1 / length
	for i := range x {
		if isFinite(scale) {
			x[i] *= scale
		} else {
			x[i] /= length
		}
	}
	if len(o.a) < n*n {
		o.a, o.b = make([]float64, n*n), make([]float64, n*n)
	}
	a, b, y := o.a[:n*n], o.b[:n*n], o.y[:n*m]
	for range o.Iterations {
		// A = XXᵀ
		for i := range n {
			for j := range n {
				a[i*n+j] = dot(x[i*m:(i+1)*m], x[j*m:(j+1)*m])
			}
		}
		// B = bA + cA², A is symmetric
		for i := range n {
			for j := range n {
				square := dot(a[i*n:(i+1)*n], a[j*n:(j+1)*n])
				b[i*n+j] = float64(o.Coefficients[1]*a[i*n+j]) + float64(o.Coefficients[2]*square)
			}
		}
		// X ← aX + BX
		for i := range n {
			row := y[i*m : (i+1)*m]
			for j := range row {
				row[j] = o.Coefficients[0] * x[i*m+j]
			}
			for k := range n {
				f := b[i*n+k]
				for j, x := range x[k*m : (k+1)*m] {
					row[j] += float64(f * x)
				}
			}
		}
		copy(x, y)
	}
	if s.Rows > s.Cols {
		transpose(y, x, n, m)
		copy(x, y)
	}
}

// transpose stores the transpose of the n×m matrix x in y.
func transpose(y, x []float64, n, m int) {
	for i := range n {
		for j := range m {
			y[j*n+i] = x[i*m+j]
		}
	}
}

func dot(x, y []float64) float64 {
	sum := 0.0
	for i, x := range x {
		sum += float64(x * y[i])
	}
	return sum
}
