package optim

func chooseKernels() kernels {
	if !hasAVX() {
		return plainKernels
	}
	return kernels{
		sgd:      withRest(sgdAVX, sgdGo),
		momentum: withRest(momentumAVX, momentumGo),
		adaptive: withRest(adaptiveAVX, adaptiveGo),
		adam:     withRest(adamAVX, adamGo),
		within: func(x []float64, largest float64) bool {
			n := len(x) &^ 3
			return withinAVX(x[:n], largest) && withinGo(x[n:], largest)
		},
	}
}

// withRest returns the kernel that leaves to plain what is no multiple of 4.
func withRest(avx, plain kernel) kernel {
	return func(w, grad, s1, s2 []float64, k *numbers) {
		all := len(grad)
		n := all &^ 3
		avx(w[:n], grad[:n], cut(s1, 0, n), cut(s2, 0, n), k)
		plain(w[n:], grad[n:], cut(s1, n, all), cut(s2, n, all), k)
	}
}

// The kernels in vector registers, for lengths that are multiples of 4.
//
//go:noescape
func sgdAVX(w, grad, _, _ []float64, k *numbers)

//go:noescape
func momentumAVX(w, grad, v, _ []float64, k *numbers)

//go:noescape
func adaptiveAVX(w, grad, h, _ []float64, k *numbers)

//go:noescape
func adamAVX(w, grad, m, v []float64, k *numbers)

//go:noescape
func withinAVX(x []float64, largest float64) bool

// hasAVX reports whether the processor has AVX and the system supports it.
func hasAVX() bool
