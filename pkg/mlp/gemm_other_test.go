//go:build !amd64

package mlp

func otherProducts() map[string]gemmFunc { return nil }

func otherVectors() vectors { return plainVectors }
