#include "textflag.h"

// The tiles below multiply and add in two instructions: the product is rounded
// before it is added, as in plain Go.

// func tile512(c, a *float64, row, col int, b *float64, n, k, rows int, mask uint64)
TEXT ·tile512(SB), NOSPLIT, $0-72
	MOVQ c+0(FP), DI
	MOVQ a+8(FP), AX
	MOVQ row+16(FP), R8
	MOVQ col+24(FP), DX
	MOVQ b+32(FP), BX
	MOVQ n+40(FP), SI
	MOVQ k+48(FP), CX
	MOVQ rows+56(FP), R12
	MOVQ mask+64(FP), R13
	KMOVW R13, K1
	SHRQ $8, R13
	KMOVW R13, K2
	SHLQ $3, R8
	SHLQ $3, DX
	SHLQ $3, SI
	LEAQ (R8)(R8*2), R9  // 3 rows of A
	LEAQ (R8)(R8*4), R10 // 5 rows
	LEAQ (R9)(R8*4), R11 // 7 rows

#define LOAD(lo, hi) \
	VMOVUPD.Z (R13), K1, lo \
	VMOVUPD.Z 64(R13), K2, hi \
	ADDQ      SI, R13
#define STORE(lo, hi) \
	VMOVUPD lo, K1, (R13) \
	VMOVUPD hi, K2, 64(R13) \
	ADDQ    SI, R13
// ROW adds the product of an element of A and two vectors of B to a row of C.
#define ROW(a, lo, hi) \
	VMULPD.BCST a, Z16, Z18 \
	VMULPD.BCST a, Z17, Z19 \
	VADDPD      Z18, lo, lo \
	VADDPD      Z19, hi, hi

	MOVQ DI, R13
	LOAD(Z0, Z1)
	CMPQ R12, $2
	JLT  loop
	LOAD(Z2, Z3)
	CMPQ R12, $4
	JLT  loop
	LOAD(Z4, Z5)
	LOAD(Z6, Z7)
	CMPQ R12, $8
	JLT  loop
	LOAD(Z8, Z9)
	LOAD(Z10, Z11)
	LOAD(Z12, Z13)
	LOAD(Z14, Z15)

loop:
	VMOVUPD.Z (BX), K1, Z16
	VMOVUPD.Z 64(BX), K2, Z17
	ROW((AX), Z0, Z1)
	CMPQ R12, $2
	JLT  next
	ROW((AX)(R8*1), Z2, Z3)
	CMPQ R12, $4
	JLT  next
	ROW((AX)(R8*2), Z4, Z5)
	ROW((AX)(R9*1), Z6, Z7)
	CMPQ R12, $8
	JLT  next
	ROW((AX)(R8*4), Z8, Z9)
	ROW((AX)(R10*1), Z10, Z11)
	ROW((AX)(R9*2), Z12, Z13)
	ROW((AX)(R11*1), Z14, Z15)
next:
	ADDQ DX, AX
	ADDQ SI, BX
	DECQ CX
	JNZ  loop

	MOVQ DI, R13
	STORE(Z0, Z1)
	CMPQ R12, $2
	JLT  done
	STORE(Z2, Z3)
	CMPQ R12, $4
	JLT  done
	STORE(Z4, Z5)
	STORE(Z6, Z7)
	CMPQ R12, $8
	JLT  done
	STORE(Z8, Z9)
	STORE(Z10, Z11)
	STORE(Z12, Z13)
	STORE(Z14, Z15)
done:
	VZEROUPPER
	RET

#undef LOAD
#undef STORE
#undef ROW

#define LOAD(lo, hi) \
	VMASKMOVPD (R13), Y12, lo \
	VMASKMOVPD 32(R13), Y13, hi \
	ADDQ       SI, R13
#define STORE(lo, hi) \
	VMASKMOVPD lo, Y12, (R13) \
	VMASKMOVPD hi, Y13, 32(R13) \
	ADDQ       SI, R13
#define ROW(a, lo, hi) \
	VBROADCASTSD a, Y14 \
	VMULPD       Y12, Y14, Y15 \
	VMULPD       Y13, Y14, Y14 \
	VADDPD       Y15, lo, lo \
	VADDPD       Y14, hi, hi

// func tile256(c, a *float64, row, col int, b *float64, n, k, rows int, mask *int64)
TEXT ·tile256(SB), NOSPLIT, $0-72
	MOVQ c+0(FP), DI
	MOVQ a+8(FP), AX
	MOVQ row+16(FP), R8
	MOVQ col+24(FP), DX
	MOVQ b+32(FP), BX
	MOVQ n+40(FP), SI
	MOVQ k+48(FP), CX
	MOVQ rows+56(FP), R12
	MOVQ mask+64(FP), R11
	VMOVUPD (R11), Y12
	VMOVUPD 32(R11), Y13
	SHLQ $3, R8
	SHLQ $3, DX
	SHLQ $3, SI
	LEAQ (R8)(R8*2), R9  // 3 rows of A
	LEAQ (R8)(R8*4), R10 // 5 rows

	MOVQ DI, R13
	LOAD(Y0, Y1)
	CMPQ R12, $2
	JLT  loop
	LOAD(Y2, Y3)
	CMPQ R12, $4
	JLT  loop
	LOAD(Y4, Y5)
	LOAD(Y6, Y7)
	CMPQ R12, $6
	JLT  loop
	LOAD(Y8, Y9)
	LOAD(Y10, Y11)

loop:
	VMOVUPD (R11), Y14
	VMOVUPD 32(R11), Y15
	VMASKMOVPD (BX), Y14, Y12
	VMASKMOVPD 32(BX), Y15, Y13
	ROW((AX), Y0, Y1)
	CMPQ R12, $2
	JLT  next
	ROW((AX)(R8*1), Y2, Y3)
	CMPQ R12, $4
	JLT  next
	ROW((AX)(R8*2), Y4, Y5)
	ROW((AX)(R9*1), Y6, Y7)
	CMPQ R12, $6
	JLT  next
	ROW((AX)(R8*4), Y8, Y9)
	ROW((AX)(R10*1), Y10, Y11)
next:
	ADDQ DX, AX
	ADDQ SI, BX
	DECQ CX
	JNZ  loop

	VMOVUPD (R11), Y12
	VMOVUPD 32(R11), Y13
	MOVQ DI, R13
	STORE(Y0, Y1)
	CMPQ R12, $2
	JLT  done
	STORE(Y2, Y3)
	CMPQ R12, $4
	JLT  done
	STORE(Y4, Y5)
	STORE(Y6, Y7)
	CMPQ R12, $6
	JLT  done
	STORE(Y8, Y9)
	STORE(Y10, Y11)
done:
	VZEROUPPER
	RET
