#include "textflag.h"

// ROW adds a·(b, b′) to the two vectors of a row of C. Not fused: the product
// is rounded before it is added.
#define ROW(a, lo, hi) \
	VBROADCASTSD (a), Y10   \
	VMULPD       Y8, Y10, Y11 \
	VMULPD       Y9, Y10, Y12 \
	VADDPD       Y11, lo, lo \
	VADDPD       Y12, hi, hi

// func tile4x8(c0, c1, c2, c3, a0, a1, a2, a3 *float64, col int, b *float64, n, k int, mask *int64)
TEXT ·tile4x8(SB), NOSPLIT, $0-104
	MOVQ mask+96(FP), AX
	VMOVUPD (AX), Y14
	VMOVUPD 32(AX), Y15

	MOVQ c0+0(FP), AX
	VMASKMOVPD (AX), Y14, Y0
	VMASKMOVPD 32(AX), Y15, Y1
	MOVQ c1+8(FP), AX
	VMASKMOVPD (AX), Y14, Y2
	VMASKMOVPD 32(AX), Y15, Y3
	MOVQ c2+16(FP), AX
	VMASKMOVPD (AX), Y14, Y4
	VMASKMOVPD 32(AX), Y15, Y5
	MOVQ c3+24(FP), AX
	VMASKMOVPD (AX), Y14, Y6
	VMASKMOVPD 32(AX), Y15, Y7

	MOVQ a0+32(FP), R8
	MOVQ a1+40(FP), R9
	MOVQ a2+48(FP), R10
	MOVQ a3+56(FP), R11
	MOVQ col+64(FP), DX
	SHLQ $3, DX
	MOVQ b+72(FP), BX
	MOVQ n+80(FP), SI
	SHLQ $3, SI
	MOVQ k+88(FP), CX

loop:
	VMASKMOVPD (BX), Y14, Y8
	VMASKMOVPD 32(BX), Y15, Y9
	ROW(R8, Y0, Y1)
	ROW(R9, Y2, Y3)
	ROW(R10, Y4, Y5)
	ROW(R11, Y6, Y7)
	ADDQ DX, R8
	ADDQ DX, R9
	ADDQ DX, R10
	ADDQ DX, R11
	ADDQ SI, BX
	DECQ CX
	JNZ  loop

	MOVQ c0+0(FP), AX
	VMASKMOVPD Y0, Y14, (AX)
	VMASKMOVPD Y1, Y15, 32(AX)
	MOVQ c1+8(FP), AX
	VMASKMOVPD Y2, Y14, (AX)
	VMASKMOVPD Y3, Y15, 32(AX)
	MOVQ c2+16(FP), AX
	VMASKMOVPD Y4, Y14, (AX)
	VMASKMOVPD Y5, Y15, 32(AX)
	MOVQ c3+24(FP), AX
	VMASKMOVPD Y6, Y14, (AX)
	VMASKMOVPD Y7, Y15, 32(AX)
	VZEROUPPER
	RET
