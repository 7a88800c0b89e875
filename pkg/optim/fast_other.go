//go:build !amd64

package optim

func chooseKernels() kernels { return plainKernels }
