package mlp

import "golang.org/x/sys/cpu"

// otherProducts returns products that this processor could use.
func otherProducts() map[string]gemmFunc {
	if cpu.X86.HasAVX {
		return map[string]gemmFunc{"AVX": gemm256}
	}
	return nil
}
