#include "textflag.h"

// The tiles below multiply and add in two instructions: the product is rounded
// before it is added, as in plain Go.

// BEGIN loads the arguments. AX walks along A, BX along B, DI stays at C, R12
// is the number of rows; R8 to R11 are 1, 3, 5 and 7 rows of A in bytes.
#define BEGIN \
	MOVQ c+0(FP), DI \
	MOVQ a+8(FP), AX \
	MOVQ row+16(FP), R8 \
	MOVQ col+24(FP), DX \
	MOVQ b+32(FP), BX \
	MOVQ n+40(FP), SI \
	MOVQ k+48(FP), CX \
	MOVQ rows+56(FP), R12 \
	MOVQ mask+64(FP), R13 \
	SHLQ $3, R8 \
	SHLQ $3, DX \
	SHLQ $3, SI \
	LEAQ (R8)(R8*2), R9 \
	LEAQ (R8)(R8*4), R10 \
	LEAQ (R9)(R8*4), R11

// SKIP jumps where the tile has fewer rows.
#define SKIP(n, label) \
	CMPQ R12, $n \
	JLT  label

// LOOP8 keeps up to eight rows of C in registers, two for each row, while k rows
// of B pass.
#define LOOP8(LOADB, LOAD, ROW, STORE, loop, next, done) \
	MOVQ DI, R13 \
	LOAD(Z0, Z8) \
	SKIP(2, loop) \
	LOAD(Z1, Z9) \
	SKIP(4, loop) \
	LOAD(Z2, Z10) \
	LOAD(Z3, Z11) \
	SKIP(8, loop) \
	LOAD(Z4, Z12) \
	LOAD(Z5, Z13) \
	LOAD(Z6, Z14) \
	LOAD(Z7, Z15) \
loop: \
	LOADB \
	ROW((AX), Z0, Z8) \
	SKIP(2, next) \
	ROW((AX)(R8*1), Z1, Z9) \
	SKIP(4, next) \
	ROW((AX)(R8*2), Z2, Z10) \
	ROW((AX)(R9*1), Z3, Z11) \
	SKIP(8, next) \
	ROW((AX)(R8*4), Z4, Z12) \
	ROW((AX)(R10*1), Z5, Z13) \
	ROW((AX)(R9*2), Z6, Z14) \
	ROW((AX)(R11*1), Z7, Z15) \
next: \
	ADDQ DX, AX \
	ADDQ SI, BX \
	DECQ CX \
	JNZ  loop \
	MOVQ DI, R13 \
	STORE(Z0, Z8) \
	SKIP(2, done) \
	STORE(Z1, Z9) \
	SKIP(4, done) \
	STORE(Z2, Z10) \
	STORE(Z3, Z11) \
	SKIP(8, done) \
	STORE(Z4, Z12) \
	STORE(Z5, Z13) \
	STORE(Z6, Z14) \
	STORE(Z7, Z15) \
done: \
	VZEROUPPER \
	RET

#define LOAD1(lo, hi) \
	VMOVUPD.Z (R13), K1, lo \
	ADDQ      SI, R13
#define LOAD2(lo, hi) \
	VMOVUPD.Z 64(R13), K2, hi \
	LOAD1(lo, hi)
#define LOADB1 \
	VMOVUPD.Z (BX), K1, Z16
#define LOADB2 \
	VMOVUPD.Z 64(BX), K2, Z17 \
	LOADB1
#define ROW1(a, lo, hi) \
	VMULPD.BCST a, Z16, Z18 \
	VADDPD      Z18, lo, lo
#define ROW2(a, lo, hi) \
	VMULPD.BCST a, Z17, Z19 \
	VADDPD      Z19, hi, hi \
	ROW1(a, lo, hi)
#define STORE1(lo, hi) \
	VMOVUPD lo, K1, (R13) \
	ADDQ    SI, R13
#define STORE2(lo, hi) \
	VMOVUPD hi, K2, 64(R13) \
	STORE1(lo, hi)

// func tile512(c, a *float64, row, col int, b *float64, n, k, rows int, mask uint64)
TEXT ·tile512(SB), NOSPLIT, $0-72
	BEGIN
	KMOVW R13, K1
	SHRQ  $8, R13
	KMOVW R13, K2
	JZ    narrow
	LOOP8(LOADB2, LOAD2, ROW2, STORE2, loop2, next2, done2)

narrow:
	LOOP8(LOADB1, LOAD1, ROW1, STORE1, loop1, next1, done1)

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

// func tile256(c, a *float64, row, col int, b *float64, n, k, rows int, mask *int64)
TEXT ·tile256(SB), NOSPLIT, $0-72
	BEGIN
	MOVQ    R13, R11
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
