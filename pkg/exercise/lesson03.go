package exercise

import (
	"math"
	"slices"
)

type adaGradStep = func(w, h, grad []float64, lr, eps float64)

// AdaGrad checks a student's update h ← h + grad², w ← w − η·grad/(√h + ε),
// written in place.
func AdaGrad(student any) { check(adaGrad, student) }

var adaGrad = problem[adaGradStep]{
	input: "w = [1 -2], h = [0 0], η = 0.5, ε = 0.5, grad = [3 -4] → [1 2] → [-2 0.5]; " +
		"w = [3 -1 0.5], h = [4 0.25 9], η = 0.2, ε = 0.01, grad = [-1 6 2]",
	apply: func(f adaGradStep) []float64 {
		w, h := []float64{1, -2}, []float64{0, 0}
		for _, grad := range [][]float64{{3, -4}, {1, 2}, {-2, 0.5}} {
			f(w, h, grad, 0.5, 0.5)
		}
		w2, h2 := []float64{3, -1, 0.5}, []float64{4, 0.25, 9}
		f(w2, h2, []float64{-1, 6, 2}, 0.2, 0.01)
		return slices.Concat(w, h, w2, h2)
	},
	right: scaledBy(-1, byRoot),
	mistakes: []mistake[adaGradStep]{
		{func(w, h, grad []float64, lr, eps float64) {
			clear(w)
			scaledBy(-1, byRoot)(w, h, grad, lr, eps)
		},
			"지난 w가 남지 않았습니다. 문서의 식처럼 W가 빠졌습니다. =이 아니라 -=를 쓰세요.",
			"Nothing of the old w is left: W is missing, as in the document's formula. Write -=, not =."},
		{func(w, h, grad []float64, lr, eps float64) {
			clear(w)
			scaledBy(-1, byRoot)(w, h, grad, lr, 0)
		},
			"문서의 식 그대로입니다. W도 ε도 없습니다. 지금 있는 w에서 빼고, 분모는 √h + ε으로 쓰세요.",
			"This is the document's formula as it stands, without W and without ε. Subtract from the w that is there, and divide by √h + ε."},
		{func(w, h, grad []float64, lr, eps float64) {
			clear(w)
			scaledBy(1, byRoot)(w, h, grad, lr, eps)
		},
			"지난 w가 남지 않았고 부호도 반대입니다. w[i] -= …로 쓰세요.",
			"Nothing of the old w is left, and the sign is reversed. Write w[i] -= …."},
		{fixedEps(1e-7), "ε을 1e-7로 정해 썼습니다. 책의 코드가 그렇습니다. 여기서는 받은 eps를 쓰세요.",
			"ε is fixed at 1e-7, as in the book's code. Use the eps that is given."},
		{fixedEps(1e-8), "ε을 1e-8로 정해 썼습니다. 여기서는 받은 eps를 쓰세요.", "ε is fixed at 1e-8. Use the eps that is given."},
		{scaledBy(-1, func(h, eps float64) float64 { return 1 / math.Sqrt(h+eps) }),
			"ε이 제곱근 안에 있습니다. Keras와 optax의 형태입니다. 이 수업에서는 제곱근 밖에 둡니다: √h + ε.",
			"ε is inside the root, as in Keras and optax. In this lesson it is outside: √h + ε."},
		{scaledBy(-1, func(h, eps float64) float64 { return 1 / (h + eps) }),
			"제곱근이 없습니다. h가 아니라 √h로 나눕니다.",
			"The root is missing. Divide by √h, not by h."},
		{scaledBy(-1, func(h, eps float64) float64 { return 1 / math.Sqrt(h) }),
			"ε이 없습니다. 기울기가 처음부터 0이면 0/0이 됩니다.",
			"ε is missing. A gradient that is 0 from the start gives 0/0."},
		{scaledBy(1, byRoot),
			"기울기를 더했습니다. 기울기의 반대쪽으로 가야 합니다.",
			"The gradient is added. The step has to go against it."},
		{func(w, h, grad []float64, lr, eps float64) {
			clear(h)
			scaledBy(-1, byRoot)(w, h, grad, lr, eps)
		},
			"제곱이 쌓이지 않았습니다. h[i] = 가 아니라 h[i] += 입니다.",
			"The squares do not add up. It is h[i] +=, not h[i] =."},
		{func(w, h, grad []float64, lr, eps float64) {
			for i, g := range grad {
				w[i] -= lr * g / (math.Sqrt(h[i]) + eps)
				h[i] += g * g
			}
		},
			"지난 h로 나누었습니다. h를 먼저 고치고 그 h로 나누세요.",
			"This divides by the old h. Update h first, then divide by that h."},
		{func(w, h, grad []float64, lr, eps float64) {
			for i, g := range grad {
				h[i] += g
				w[i] -= lr * g / (math.Sqrt(math.Abs(h[i])) + eps)
			}
		},
			"h에 기울기를 그대로 더했습니다. 제곱을 더하세요.",
			"The gradient itself is added to h. Add its square."},
		{func(w, h, grad []float64, lr, eps float64) {
			for i, g := range grad {
				h[i] += g
				w[i] -= lr * g / (math.Sqrt(h[i]) + eps)
			}
		},
			"h에 기울기를 그대로 더해 제곱근이 NaN이 되었습니다. 제곱을 더하세요.",
			"The gradient itself is added to h, and the root is NaN. Add its square."},
		{func(w, h, grad []float64, lr, eps float64) {
			scaledBy(-1, byRoot)(w, slices.Clone(h), grad, lr, eps)
		},
			"계산한 h를 저장하지 않아 다음 스텝에 남지 않습니다. h[i]에 써 넣으세요. for _, x := range h의 x는 복사본입니다.",
			"The new h is not stored, so the next step knows nothing of it. Write to h[i]: in for _, x := range h, x is a copy."},
		{scaledBy(0, byRoot),
			"h만 바뀌고 w는 그대로입니다. w[i]에 써 넣으세요. for _, x := range w의 x는 복사본입니다.",
			"Only h has changed, w has not. Write to w[i]: in for _, x := range w, x is a copy."},
		{func(_, _, _ []float64, _, _ float64) {},
			"w도 h도 그대로입니다. h[i]와 w[i]에 써 넣으세요. for _, x := range w의 x는 복사본입니다.",
			"Neither w nor h has changed. Write to h[i] and w[i]: in for _, x := range w, x is a copy."},
		{func(w, h, grad []float64, lr, eps float64) {
			scaledBy(-1, byRoot)(w, h, grad, 1, eps)
		},
			"학습률 η를 곱하지 않았습니다.", "The learning rate η is missing."},
		{func(w, h, grad []float64, lr, eps float64) {
			for i, g := range grad {
				h[i] += g * g
				w[i] -= lr / (math.Sqrt(h[i]) + eps)
			}
		},
			"실효 학습률에 기울기를 곱하지 않았습니다.", "The effective learning rate is not multiplied by the gradient."},
		{func(w, h, grad []float64, lr, eps float64) {
			for i, g := range grad {
				h[i] += g * g
				w[i] -= lr*g/math.Sqrt(h[i]) + eps
			}
		},
			"괄호가 없어 ε이 나눗셈 밖에 있습니다: lr*g/(math.Sqrt(h)+eps).",
			"Without parentheses ε is outside the quotient: lr*g/(math.Sqrt(h)+eps)."},
		{func(w, h, grad []float64, lr, eps float64) {
			for i, g := range grad {
				h[i] += g * g
				w[i] = w[i] - lr*g/math.Sqrt(h[i]) + eps
			}
		},
			"괄호가 없어 ε을 w에 더하게 됩니다. 분모를 묶으세요: (math.Sqrt(h[i]) + eps).",
			"Without parentheses ε is added to w. Put them around the denominator: (math.Sqrt(h[i]) + eps)."},
		{func(w, h, grad []float64, lr, eps float64) {
			for i := range grad {
				grad[i] *= grad[i]
				h[i] += grad[i]
				w[i] -= lr * grad[i] * byRoot(h[i], eps)
			}
		},
			"w를 고칠 때도 기울기의 제곱을 썼습니다. grad[i]를 제곱으로 덮어쓰지 말고 h[i]에만 grad[i]*grad[i]를 더하세요.",
			"The change of w uses the squared gradient, too. Do not overwrite grad[i] with its square: add grad[i]*grad[i] to h[i] alone."},
		{func(w, h, grad []float64, lr, eps float64) {
			for i, g := range grad {
				h[i] += g * g
				h[i] = math.Sqrt(h[i])
				w[i] -= lr * g / (h[i] + eps)
			}
		},
			"h에 √h를 써 넣었습니다. 제곱근은 나눌 때만 쓰고, h에는 제곱의 합을 남기세요.",
			"√h is stored in h. Take the root for the division alone, and leave the sum of squares in h."},
		{func(w, h, grad []float64, lr, eps float64) {
			scaledBy(-1, byRoot)(w[:1], h[:1], grad[:1], lr, eps)
		},
			"첫 번째 성분만 바뀌었습니다. 모든 i에 대해 갱신하세요.",
			"Only the first component has changed. Update every i."},
	},
}

// fixedEps makes an AdaGrad that does not use the eps it is given.
func fixedEps(eps float64) adaGradStep {
	return func(w, h, grad []float64, lr, _ float64) { scaledBy(-1, byRoot)(w, h, grad, lr, eps) }
}

func byRoot(h, eps float64) float64 { return 1 / (math.Sqrt(h) + eps) }

// scaledBy returns h ← h + grad², w ← w + sign·η·grad·scale(h, ε).
func scaledBy(sign float64, scale func(h, eps float64) float64) adaGradStep {
	return func(w, h, grad []float64, lr, eps float64) {
		for i, g := range grad {
			h[i] += g * g
			w[i] += sign * lr * g * scale(h[i], eps)
		}
	}
}

// DistanceOfAdaGrad checks how far AdaGrad with η = 0.2 goes in 4 steps down a
// slope of 3.
func DistanceOfAdaGrad(student any) { check(distanceOfAdaGrad, student) }

var distanceOfAdaGrad = answer(0.2*(1+1/math.Sqrt(2)+1/math.Sqrt(3)+0.5),
	number(-0.2*(1+1/math.Sqrt(2)+1/math.Sqrt(3)+0.5), "기울기가 −3이므로 +쪽으로 내려갑니다. 거리는 양수로 쓰세요.",
		"The gradient is −3, so the way down is towards +. Give the distance as a positive number."),
	number(0.6*(1+1/math.Sqrt(2)+1/math.Sqrt(3)+0.5), "기울기 3은 √h에서 지워집니다. 3을 곱하지 마세요.",
		"The gradient 3 cancels against √h. Do not multiply by it."),
	number(0.8, "스텝이 모두 η이거나, 스텝이 많을 때의 어림 2η√T입니다. t번째 스텝 η/√t를 네 번 더하세요.",
		"This takes every step as η, or 2η√T, a rough value for many steps. Add the four steps η/√t."),
	number(2.4, "SGD의 거리입니다. AdaGrad는 √h로 나눕니다.", "This is how far SGD gets. AdaGrad divides by √h."),
	number(0.1, "네 번째 스텝만입니다. 네 스텝을 모두 더하세요.", "This is the fourth step alone. Add all four."),
	number(0.2*(1+1.0/2+1.0/3+1.0/4), "h로 나누었습니다. √h로 나누면 t번째 스텝은 η/t가 아니라 η/√t입니다.",
		"This divides by h. With √h, step t is η/√t, not η/t."),
	number(0.2*(1+1/math.Sqrt(2)+1/math.Sqrt(3)), "세 스텝만 더했습니다.", "These are only three steps."))

// ScaledLoss checks what 1000·f in place of f does to the path of AdaGrad
// without ε.
func ScaledLoss(student any) { check(scaledLoss, student) }

var scaledLoss = choice("c",
	letter("a", "SGD라면 그렇습니다. AdaGrad의 첫 스텝은 기울기가 얼마든 ±η입니다.",
		"That is what SGD would do. The first step of AdaGrad is ±η whatever the gradient."),
	letter("b", "√h만 보았습니다. 나누어지는 기울기도 1000배입니다.",
		"This looks only at √h. The gradient that it divides is 1000 times as large, too."))

// FirstStepFrom checks the first update of AdaGrad with η = 1 for a gradient of
// 0.3, when h starts at 0.1.
func FirstStepFrom(student any) { check(firstStepFrom, student) }

var firstStepFrom = answer(0.3/math.Sqrt(0.19),
	number(-0.3/math.Sqrt(0.19), "방향까지 맞습니다. 문제는 크기를 물으므로 양수로 쓰세요.",
		"Right, with its direction. The question asks for the size: a positive number."),
	number(1, "h가 0에서 시작할 때의 값입니다. 여기서는 0.1에서 시작합니다.",
		"This is for an h that starts at 0. Here it starts at 0.1."),
	number(0.3/math.Sqrt(0.1), "첫 기울기의 제곱을 h에 더하지 않았습니다.", "The square of the first gradient has not been added to h."),
	number(0.3/(math.Sqrt(0.1)+0.3), "제곱근을 따로 취했습니다. 먼저 더하고 그다음 제곱근을 취하세요.",
		"The roots are taken one by one. Add first, then take the root."),
	number(0.3/math.Sqrt(0.4), "h에 기울기를 그대로 더했습니다. 제곱을 더하세요.", "The gradient itself is added to h. Add its square."),
	number(0.3/0.19, "제곱근이 없습니다. √h로 나누세요.", "The root is missing. Divide by √h."),
	number(1/math.Sqrt(0.19), "실효 학습률입니다. 기울기 0.3을 곱하세요.", "This is the effective learning rate. Multiply by the gradient, 0.3."))

// StepWithoutW checks where the document's formula, which lacks W, takes x = 8
// in one step on (x − 5)² with η = 0.5.
func StepWithoutW(student any) { check(stepWithoutW, student) }

var stepWithoutW = answer(-0.5,
	number(7.5, "바른 식의 답입니다. 문서의 식에서는 지난 x인 8이 사라집니다.",
		"This is the answer of the right formula. In the document's, the old x, 8, is gone."),
	number(0.5, "부호를 보세요. 기울기가 6으로 양수이므로 −η g/√h는 음수입니다.",
		"Look at the sign. The gradient, 6, is positive, so −η g/√h is negative."),
	number(8.5, "기울기를 더했고 W도 남아 있습니다. 문서의 식은 −η g/√h뿐입니다.",
		"The gradient is added, and W is still there. The document's formula is −η g/√h alone."),
	number(4.5, "0이 아니라 5를 기준으로 셌습니다. 문서의 식은 최소점을 모릅니다.",
		"This counts from 5, not from 0. The document's formula does not know the minimum."),
	number(-3, "√h로 나누지 않았습니다. h는 36이고 √h는 6입니다.", "This does not divide by √h: h is 36, √h is 6."),
	number(-0.5/6, "h로 나누었습니다. √h = 6으로 나누세요.", "This divides by h. Divide by √h = 6."))
