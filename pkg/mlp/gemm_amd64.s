#include "textflag.h"

// The tile below multiplies and adds in two instructions: the product is rounded
// before it is added, as in plain Go.

// SKIP jumps where the tile has fewer rows.
#define SKIP(n, label) \
	CMPQ R12, $n \
	JLT  label

#define LOAD(lo, hi) \
	VMASKMOVPD (R13), Y14, lo \
	VMASKMOVPD 32(R13), Y15, hi \
	ADDQ       SI, R13
#define ROW(a, lo, hi) \
	VBROADCASTSD a, Y14 \
	VMULPD       Y12, Y14, Y15 \
	VMULPD       Y13, Y14, Y14 \
	VADDPD       Y15, lo, lo \
	VADDPD       Y14, hi, hi
#define STORE(lo, hi) \
	VMASKMOVPD lo, Y14, (R13) \
	VMASKMOVPD hi, Y15, 32(R13) \
	ADDQ       SI, R13

// AX walks along A, BX along B, DI stays at C, R12 is the number of rows; R8,
// R9 and R10 are 1, 3 and 5 rows of A in bytes. Twelve registers keep six rows
// of C while k rows of B pass.
//
// func tile(c, a *float64, row, col int, b *float64, n, k, rows int, mask *int64)
TEXT ·tile(SB), NOSPLIT, $0-72
	MOVQ c+0(FP), DI
	MOVQ a+8(FP), AX
	MOVQ row+16(FP), R8
	MOVQ col+24(FP), DX
	MOVQ b+32(FP), BX
	MOVQ n+40(FP), SI
	MOVQ k+48(FP), CX
	MOVQ rows+56(FP), R12
	MOVQ mask+64(FP), R11
	SHLQ $3, R8
	SHLQ $3, DX
	SHLQ $3, SI
	LEAQ (R8)(R8*2), R9
	LEAQ (R8)(R8*4), R10

	VMOVUPD (R11), Y14
	VMOVUPD 32(R11), Y15
	MOVQ    DI, R13
	LOAD(Y0, Y1)
	SKIP(2, loop)
	LOAD(Y2, Y3)
	SKIP(4, loop)
	LOAD(Y4, Y5)
	LOAD(Y6, Y7)
	SKIP(6, loop)
	LOAD(Y8, Y9)
	LOAD(Y10, Y11)

loop:
	VMOVUPD    (R11), Y14
	VMOVUPD    32(R11), Y15
	VMASKMOVPD (BX), Y14, Y12
	VMASKMOVPD 32(BX), Y15, Y13
	ROW((AX), Y0, Y1)
	SKIP(2, next)
	ROW((AX)(R8*1), Y2, Y3)
	SKIP(4, next)
	ROW((AX)(R8*2), Y4, Y5)
	ROW((AX)(R9*1), Y6, Y7)
	SKIP(6, next)
	ROW((AX)(R8*4), Y8, Y9)
	ROW((AX)(R10*1), Y10, Y11)

next:
	ADDQ DX, AX
	ADDQ SI, BX
	DECQ CX
	JNZ  loop

	VMOVUPD (R11), Y14
	VMOVUPD 32(R11), Y15
	MOVQ    DI, R13
	STORE(Y0, Y1)
	SKIP(2, done)
	STORE(Y2, Y3)
	SKIP(4, done)
	STORE(Y4, Y5)
	STORE(Y6, Y7)
	SKIP(6, done)
	STORE(Y8, Y9)
	STORE(Y10, Y11)

done:
	VZEROUPPER
	RET
