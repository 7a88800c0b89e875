#include "textflag.h"

// Number i of a vectorTable; each fills 32 bytes.
#define NUM(i) (32*i)(BX)

// EXP replaces A by its exponential, with the operations of exp in the same
// order.
#define EXP(A, B, C, D, E, F, G) \
	VMOVUPD  NUM(0), B          \ // x between −745.2 and 709.8; NaN stays
	VMINPD   A, B, A          \
	VMOVUPD  NUM(1), B          \
	VMAXPD   A, B, A          \
	VMULPD   NUM(2), A, B      \ // k = ⌊x·log₂e + ½⌋
	VADDPD   NUM(3), B, B      \
	VROUNDPD $9, B, B          \
	VMULPD   NUM(4), B, C      \ // r = (x − k·ln2Hi) − k·ln2Lo
	VSUBPD   C, A, A          \
	VMULPD   NUM(5), B, C      \
	VSUBPD   C, A, A          \
	VMULPD   A, A, C          \ // r²
	VMULPD   NUM(17), A, D     \ // top = p89 + r²·pab
	VADDPD   NUM(16), D, D     \
	VMULPD   C, D, D          \
	VMULPD   NUM(15), A, E     \
	VADDPD   NUM(14), E, E     \
	VADDPD   D, E, D          \
	VMULPD   NUM(13), A, E     \ // mid = p45 + r²·p67
	VADDPD   NUM(12), E, E     \
	VMULPD   C, E, E          \
	VMULPD   NUM(11), A, F     \
	VADDPD   NUM(10), F, F     \
	VADDPD   E, F, E          \
	VMULPD   NUM(9), A, F      \ // low = p01 + r²·p23
	VADDPD   NUM(8), F, F      \
	VMULPD   C, F, F          \
	VMULPD   NUM(7), A, G      \
	VADDPD   NUM(3), G, G      \
	VADDPD   F, G, F          \
	VMULPD   C, C, G          \ // r⁴
	VMULPD   G, D, D          \ // q = low + r⁴·(mid + r⁴·top)
	VADDPD   D, E, D          \
	VMULPD   G, D, D          \
	VADDPD   D, F, D          \
	VMULPD   C, D, D          \ // e = 1 + (r + r²·q)
	VADDPD   D, A, A          \
	VADDPD   NUM(6), A, A      \
	VMULPD   NUM(3), B, C      \ // h = ⌊k/2⌋
	VROUNDPD $9, C, C          \
	VSUBPD   C, B, B          \
	VADDPD   NUM(18), C, C     \ // e·2ʰ·2ᵏ⁻ʰ
	VPSLLQ   $52, C, C         \
	VADDPD   NUM(18), B, B     \
	VPSLLQ   $52, B, B         \
	VMULPD   C, A, A          \
	VMULPD   B, A, A

#define START \
	MOVQ dst+0(FP), DI \
	MOVQ src+8(FP), SI \
	MOVQ n+16(FP), CX \
	MOVQ numbers+24(FP), BX

#define NEXT(A) \
	VMOVUPD A, (DI) \
	ADDQ    $32, SI \
	ADDQ    $32, DI \
	SUBQ    $4, CX \
	JNZ     loop \
	VZEROUPPER \
	RET

#define SIGMOID(A, B, C, D, E, F, G) \
	VPXOR   NUM(19), A, A                 \ // 1/(1 + e⁻ᶻ)
	EXP(A, B, C, D, E, F, G)              \
	VADDPD  NUM(6), A, A                  \
	VMOVUPD NUM(6), B                     \
	VDIVPD  A, B, A

// func expAVX(dst, src *float64, n int, numbers *vectorTable)
TEXT ·expAVX(SB), NOSPLIT, $0-32
	START
loop:
	VMOVUPD (SI), Y0
	EXP(Y0, Y1, Y2, Y3, Y4, Y5, Y6)
	NEXT(Y0)

// func sigmoidAVX(dst, src *float64, n int, numbers *vectorTable)
TEXT ·sigmoidAVX(SB), NOSPLIT, $0-32
	START
loop:
	VMOVUPD (SI), Y0
	SIGMOID(Y0, Y1, Y2, Y3, Y4, Y5, Y6)
	NEXT(Y0)

#define HORNER(i) \
	VMULPD Y10, Y11, Y11 \
	VADDPD NUM(i), Y11, Y11

// func tanhAVX(dst, src *float64, n int, numbers *vectorTable)
TEXT ·tanhAVX(SB), NOSPLIT, $0-32
	START
loop:
	VMOVUPD (SI), Y9
	VMOVUPD NUM(19), Y12
	VANDNPD Y9, Y12, Y13      // |x|
	VADDPD  Y13, Y13, Y0
	EXP(Y0, Y1, Y2, Y3, Y4, Y5, Y6)
	VADDPD  NUM(6), Y0, Y0    // 1 − 2/(e²ˣ + 1)
	VMOVUPD NUM(20), Y1
	VDIVPD  Y0, Y1, Y0
	VMOVUPD NUM(6), Y1
	VSUBPD  Y0, Y1, Y0
	VANDPD  Y9, Y12, Y1       // with the sign of x
	VANDNPD Y0, Y12, Y0
	VORPD   Y1, Y0, Y0
	VMULPD  Y9, Y9, Y10       // x + x·(s·p), s = x²
	VMOVUPD NUM(22), Y11
	HORNER(23)
	HORNER(24)
	HORNER(25)
	HORNER(26)
	HORNER(27)
	HORNER(28)
	HORNER(29)
	HORNER(30)
	HORNER(31)
	VMULPD  Y10, Y11, Y11
	VMULPD  Y9, Y11, Y11
	VADDPD  Y9, Y11, Y11
	VCMPPD  $1, NUM(21), Y13, Y13 // where |x| < ¼
	VBLENDVPD Y13, Y11, Y0, Y0
	NEXT(Y0)

// func reluAVX(dst, src *float64, n int, numbers *vectorTable)
TEXT ·reluAVX(SB), NOSPLIT, $0-32
	START
	VXORPD Y1, Y1, Y1
loop:
	VMOVUPD (SI), Y0
	VMAXPD  Y0, Y1, Y0 // NaN stays
	VADDPD  Y1, Y0, Y0 // −0 becomes 0
	NEXT(Y0)

// func reluBackAVX(dst, src *float64, n int, numbers *vectorTable)
TEXT ·reluBackAVX(SB), NOSPLIT, $0-32
	START
	VXORPD Y1, Y1, Y1
loop:
	VMOVUPD (SI), Y0
	VCMPPD  $2, Y1, Y0, Y0 // where z ≤ 0
	VANDNPD (DI), Y0, Y0
	NEXT(Y0)
