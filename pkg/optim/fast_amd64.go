package optim

func chooseKernels() kernels {
	if !hasAVX() {
		return plainKernels
	}
	return kernels{
		sgd:      withRest(sgdAVX, sgdLoop),
		momentum: withRest(momentumAVX, momentumLoop),
		adagrad:  withRest(adaptiveAVX, adagradLoop), // with c, a1 and b1 = 1
		rmsprop:  withRest(adaptiveAVX, rmspropLoop),
		adam:     withRest(adamAVX, adamLoop),
		within: func(x []float64, largest float64) bool {
			n := len(x) &^ 3
			return withinAVX(x[:n], largest) && withinLoop(x[n:], largest)
		},
	}
}

// withRest returns the kernel that leaves to plain what is no multiple of 4.
func withRest(avx, plain kernel) kernel {
	return func(w, grad, s1, s2 []float64, u update) {
		all := len(grad)
		n := all &^ 3
		if n > 0 {
			avx(w[:n], grad[:n], cut(s1, 0, n), cut(s2, 0, n), u)
		}
		plain(w[n:], grad[n:], cut(s1, n, all), cut(s2, n, all), u)
	}
}

// The kernels in vector registers, for lengths that are multiples of 4.
//
//go:noescape
func sgdAVX(w, grad, _, _ []float64, u update)

//go:noescape
func momentumAVX(w, grad, v, _ []float64, u update)

//go:noescape
func adaptiveAVX(w, grad, h, _ []float64, u update)

//go:noescape
func adamAVX(w, grad, m, v []float64, u update)

//go:noescape
func withinAVX(x []float64, largest float64) bool

// hasAVX reports whether the processor has AVX and the system supports it.
func hasAVX() bool
