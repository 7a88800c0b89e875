//go:build !amd64

package mlp

func fastVectors() vectors { return plainVectors }
