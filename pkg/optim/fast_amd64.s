#include "textflag.h"

// The kernels of fast.go, four parameters a turn, in the order of their loops
// in Go and not fused: each product is rounded before it is added. AX counts
// the bytes done.

#define ARGUMENTS \
	MOVQ w_base+0(FP), DI     \
	MOVQ grad_base+24(FP), SI \
	MOVQ grad_len+32(FP), CX  \
	XORL AX, AX               \
	SHLQ $3, CX               \
	JEQ  done

#define NEXT \
	ADDQ $32, AX \
	CMPQ AX, CX  \
	JNE  loop

#define W (DI)(AX*1)
#define GRAD (SI)(AX*1)
#define S1 (DX)(AX*1)
#define S2 (R8)(AX*1)

#define UPDATE \
	VBROADCASTSD u_rate+96(FP), Y0    \
	VBROADCASTSD u_c+104(FP), Y1       \
	VBROADCASTSD u_epsRoot+112(FP), Y2 \
	VBROADCASTSD u_eps+120(FP), Y3

// MOVE does W ← w − rate·m / (√(c·v + epsRoot) + eps).
#define MOVE(w, m, v) \
	VMULPD  v, Y1, v \
	VADDPD  Y2, v, v \
	VSQRTPD v, v     \
	VADDPD  Y3, v, v \
	VMULPD  m, Y0, m \
	VDIVPD  v, m, m  \
	VSUBPD  m, w, w  \
	VMOVUPD w, W

// func sgdAVX(w, grad, _, _ []float64, u update)
TEXT ·sgdAVX(SB), NOSPLIT, $0-168
	ARGUMENTS
	VBROADCASTSD u_rate+96(FP), Y0

loop:
	VMULPD  GRAD, Y0, Y1
	VMOVUPD W, Y2
	VSUBPD  Y1, Y2, Y2
	VMOVUPD Y2, W
	NEXT

done:
	VZEROUPPER
	RET

// func momentumAVX(w, grad, v, _ []float64, u update)
TEXT ·momentumAVX(SB), NOSPLIT, $0-168
	MOVQ v_base+48(FP), DX
	ARGUMENTS
	VBROADCASTSD u_rate+96(FP), Y0
	VBROADCASTSD u_a1+136(FP), Y1
	VBROADCASTSD u_b1+144(FP), Y2

loop:
	VMULPD  GRAD, Y0, Y3
	VMULPD  S1, Y1, Y4
	VSUBPD  Y3, Y4, Y4
	VMOVUPD Y4, S1
	VMULPD  Y4, Y2, Y4
	VADDPD  W, Y4, Y4
	VMOVUPD Y4, W
	NEXT

done:
	VZEROUPPER
	RET

// func adaptiveAVX(w, grad, h, _ []float64, u update)
TEXT ·adaptiveAVX(SB), NOSPLIT, $0-168
	MOVQ h_base+48(FP), DX
	ARGUMENTS
	UPDATE
	VBROADCASTSD u_a1+136(FP), Y4
	VBROADCASTSD u_b1+144(FP), Y5

loop:
	VMOVUPD GRAD, Y6
	VMULPD  Y6, Y6, Y7
	VMULPD  Y7, Y5, Y7
	VMULPD  S1, Y4, Y8
	VADDPD  Y7, Y8, Y8
	VMOVUPD Y8, S1
	VMOVUPD W, Y9
	MOVE(Y9, Y6, Y8)
	NEXT

done:
	VZEROUPPER
	RET

// func adamAVX(w, grad, m, v []float64, u update)
TEXT ·adamAVX(SB), NOSPLIT, $0-168
	MOVQ m_base+48(FP), DX
	MOVQ v_base+72(FP), R8
	ARGUMENTS
	UPDATE
	VBROADCASTSD u_keep+128(FP), Y4
	VBROADCASTSD u_a1+136(FP), Y5
	VBROADCASTSD u_b1+144(FP), Y6
	VBROADCASTSD u_a2+152(FP), Y7
	VBROADCASTSD u_b2+160(FP), Y8

loop:
	VMOVUPD GRAD, Y9
	VMULPD  Y9, Y6, Y10
	VMULPD  S1, Y5, Y11
	VADDPD  Y10, Y11, Y11
	VMOVUPD Y11, S1
	VMULPD  Y9, Y9, Y9
	VMULPD  Y9, Y8, Y9
	VMULPD  S2, Y7, Y10
	VADDPD  Y9, Y10, Y10
	VMOVUPD Y10, S2
	VMULPD  W, Y4, Y12
	MOVE(Y12, Y11, Y10)
	NEXT

done:
	VZEROUPPER
	RET

DATA magnitude<>+0(SB)/8, $0x7fffffffffffffff
GLOBL magnitude<>(SB), RODATA|NOPTR, $8

// func withinAVX(x []float64, largest float64) bool
TEXT ·withinAVX(SB), NOSPLIT, $0-33
	MOVQ x_base+0(FP), SI
	MOVQ x_len+8(FP), CX
	VBROADCASTSD magnitude<>+0(SB), Y0
	VBROADCASTSD largest+24(FP), Y1
	VXORPD Y2, Y2, Y2
	XORL AX, AX
	SHLQ $3, CX
	JEQ  done

loop:
	VANDPD GRAD, Y0, Y3
	VCMPPD $6, Y1, Y3, Y3 // not |x| ≤ largest
	VORPD  Y3, Y2, Y2
	NEXT

done:
	VMOVMSKPD Y2, AX
	TESTL     AX, AX
	SETEQ     ret+32(FP)
	VZEROUPPER
	RET

// func hasAVX() bool
TEXT ·hasAVX(SB), NOSPLIT, $0-1
	MOVB  $0, ret+0(FP)
	MOVL  $1, AX
	XORL  CX, CX
	CPUID
	ANDL  $(1<<27 | 1<<28), CX // OSXSAVE and AVX
	CMPL  CX, $(1<<27 | 1<<28)
	JNE   no
	XORL  CX, CX
	XGETBV
	ANDL  $6, AX               // the system saves XMM and YMM
	CMPL  AX, $6
	SETEQ ret+0(FP)

no:
	RET
