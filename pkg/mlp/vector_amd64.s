#include "textflag.h"

// Number i of a vectorTable; each fills 32 bytes.
#define NUM(i) (32*i)(BX)

// EXP replaces Y0 by its exponential, the operations of exp in the same order.
// It uses Y1 to Y8.
#define EXP \
	VMOVUPD  NUM(0), Y1          \ // x between −745.2 and 709.8; NaN stays
	VMINPD   Y0, Y1, Y0          \
	VMOVUPD  NUM(1), Y1          \
	VMAXPD   Y0, Y1, Y0          \
	VMULPD   NUM(2), Y0, Y1      \ // k = ⌊x·log₂e + ½⌋
	VADDPD   NUM(3), Y1, Y1      \
	VROUNDPD $9, Y1, Y1          \
	VMULPD   NUM(4), Y1, Y2      \ // r = (x − k·ln2Hi) − k·ln2Lo
	VSUBPD   Y2, Y0, Y0          \
	VMULPD   NUM(5), Y1, Y2      \
	VSUBPD   Y2, Y0, Y0          \
	VMULPD   Y0, Y0, Y2          \ // r²
	VMULPD   NUM(17), Y0, Y3     \ // top = p89 + r²·pab
	VADDPD   NUM(16), Y3, Y3     \
	VMULPD   Y2, Y3, Y3          \
	VMULPD   NUM(15), Y0, Y4     \
	VADDPD   NUM(14), Y4, Y4     \
	VADDPD   Y3, Y4, Y3          \
	VMULPD   NUM(13), Y0, Y4     \ // mid = p45 + r²·p67
	VADDPD   NUM(12), Y4, Y4     \
	VMULPD   Y2, Y4, Y4          \
	VMULPD   NUM(11), Y0, Y5     \
	VADDPD   NUM(10), Y5, Y5     \
	VADDPD   Y4, Y5, Y4          \
	VMULPD   NUM(9), Y0, Y5      \ // low = p01 + r²·p23
	VADDPD   NUM(8), Y5, Y5      \
	VMULPD   Y2, Y5, Y5          \
	VMULPD   NUM(7), Y0, Y6      \
	VADDPD   NUM(3), Y6, Y6      \
	VADDPD   Y5, Y6, Y5          \
	VMULPD   Y2, Y2, Y6          \ // r⁴
	VMULPD   Y6, Y3, Y3          \ // q = low + r⁴·(mid + r⁴·top)
	VADDPD   Y3, Y4, Y3          \
	VMULPD   Y6, Y3, Y3          \
	VADDPD   Y3, Y5, Y3          \
	VMULPD   Y2, Y3, Y3          \ // e = 1 + (r + r²·q)
	VADDPD   Y3, Y0, Y0          \
	VADDPD   NUM(6), Y0, Y0      \
	VMULPD   NUM(3), Y1, Y2      \ // h = ⌊k/2⌋
	VROUNDPD $9, Y2, Y2          \
	VSUBPD   Y2, Y1, Y1          \
	VADDPD   NUM(18), Y2, Y2     \ // e·2ʰ·2ᵏ⁻ʰ
	VPSLLQ   $52, Y2, Y2         \
	VADDPD   NUM(18), Y1, Y1     \
	VPSLLQ   $52, Y1, Y1         \
	VMULPD   Y2, Y0, Y0          \
	VMULPD   Y1, Y0, Y0

#define START \
	MOVQ dst+0(FP), DI \
	MOVQ src+8(FP), SI \
	MOVQ n+16(FP), CX \
	MOVQ numbers+24(FP), BX

#define NEXT \
	VMOVUPD Y0, (DI) \
	ADDQ    $32, SI \
	ADDQ    $32, DI \
	SUBQ    $4, CX \
	JNZ     loop \
	VZEROUPPER \
	RET

// func exp256(dst, src *float64, n int, numbers *vectorTable)
TEXT ·exp256(SB), NOSPLIT, $0-32
	START
loop:
	VMOVUPD (SI), Y0
	EXP
	NEXT

// func sigmoid256(dst, src *float64, n int, numbers *vectorTable)
TEXT ·sigmoid256(SB), NOSPLIT, $0-32
	START
loop:
	VMOVUPD (SI), Y0
	VXORPD  NUM(19), Y0, Y0 // −z
	EXP
	VADDPD  NUM(6), Y0, Y0  // 1/(1 + e⁻ᶻ)
	VMOVUPD NUM(6), Y1
	VDIVPD  Y0, Y1, Y0
	NEXT

#define HORNER(i) \
	VMULPD Y10, Y11, Y11 \
	VADDPD NUM(i), Y11, Y11

// func tanh256(dst, src *float64, n int, numbers *vectorTable)
TEXT ·tanh256(SB), NOSPLIT, $0-32
	START
loop:
	VMOVUPD (SI), Y9
	VMOVUPD NUM(19), Y12
	VANDNPD Y9, Y12, Y13      // |x|
	VADDPD  Y13, Y13, Y0
	EXP
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
	NEXT

// func relu256(dst, src *float64, n int, numbers *vectorTable)
TEXT ·relu256(SB), NOSPLIT, $0-32
	START
	VXORPD Y1, Y1, Y1
loop:
	VMOVUPD (SI), Y0
	VMAXPD  Y0, Y1, Y0 // NaN stays
	VADDPD  Y1, Y0, Y0 // −0 becomes 0
	NEXT

// func reluBack256(dst, src *float64, n int, numbers *vectorTable)
TEXT ·reluBack256(SB), NOSPLIT, $0-32
	START
	VXORPD Y1, Y1, Y1
loop:
	VMOVUPD (SI), Y0
	VCMPPD  $2, Y1, Y0, Y0 // where z ≤ 0
	VANDNPD (DI), Y0, Y0
	NEXT
