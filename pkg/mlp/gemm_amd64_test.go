package mlp

import "golang.org/x/sys/cpu"

// otherProducts returns products that this processor could use.
func otherProducts() map[string]gemmFunc {
	if cpu.X86.HasAVX {
		return map[string]gemmFunc{"AVX": gemm256}
	}
	return nil
}

// otherVectors returns functions that this processor could use.
func otherVectors() vectors {
	if cpu.X86.HasAVX2 {
		return vectors256()
	}
	return plainVectors
}
