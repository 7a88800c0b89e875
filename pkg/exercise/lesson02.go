package exercise

import (
	"math"
	"slices"
)

type momentumStep = func(w, v, grad []float64, lr, alpha float64)

// Momentum checks a student's update v ← αv − η·grad, w ← w + v, written in
// place.
func Momentum(student any) { check(momentum, student) }

var momentum = problem[momentumStep]{
	input: "w = [1 -2], v = [0 0], η = 0.5, α = 0.8, grad = [1 -4] → [3 2] → [-2 0.5]; " +
		"w = [3 0.5 -1], v = [0.2 -1 4], η = 0.1, α = 0.3, grad = [2 -3 0.7]",
	apply: func(f momentumStep) []float64 {
		w, v := []float64{1, -2}, []float64{0, 0}
		for _, grad := range [][]float64{{1, -4}, {3, 2}, {-2, 0.5}} {
			f(w, v, grad, 0.5, 0.8)
		}
		w2, v2 := []float64{3, 0.5, -1}, []float64{0.2, -1, 4}
		f(w2, v2, []float64{2, -3, 0.7}, 0.1, 0.3)
		return slices.Concat(w, v, w2, v2)
	},
	right: func(w, v, grad []float64, lr, alpha float64) {
		glide(v, grad, alpha, -lr)
		axpy(w, 1, v)
	},
	mistakes: []mistake[momentumStep]{
		{func(w, v, grad []float64, lr, alpha float64) {
			glide(v, grad, alpha, lr)
			axpy(w, 1, v)
		},
			"기울기를 더했습니다. 속도는 기울기의 반대쪽으로 커져야 합니다: αv − η ∂L/∂W.",
			"The gradient is added. The velocity has to grow against it: αv − η ∂L/∂W."},
		{func(w, v, grad []float64, lr, alpha float64) {
			axpy(w, 1, v)
			glide(v, grad, alpha, -lr)
		},
			"갱신하기 전의 속도를 w에 더했습니다. v를 먼저 고치고 그 v를 더하세요.",
			"The old velocity is added to w. Update v first, then add that v."},
		{func(w, v, grad []float64, lr, alpha float64) {
			glide(v, grad, alpha, -lr*(1-alpha))
			axpy(w, 1, v)
		},
			"기울기에 (1−α)를 곱했습니다. 지수이동평균의 형태입니다. 문서의 식에는 (1−α)가 없습니다.",
			"The gradient is multiplied by (1−α), as in an exponential moving average. The document's formula has no (1−α)."},
		{func(w, v, grad []float64, lr, alpha float64) {
			glide(v, grad, 0, -lr)
			axpy(w, 1, v)
		},
			"지난 속도가 남지 않았습니다. 이대로는 SGD입니다. αv를 더하세요.",
			"Nothing of the old velocity is left: this is SGD. Add αv."},
		{func(w, v, grad []float64, lr, alpha float64) {
			axpy(w, alpha, v)
			axpy(w, -lr, grad)
		},
			"계산한 속도를 v에 다시 넣지 않아 다음 스텝에 남지 않습니다. v[i]에 써 넣으세요. for _, x := range v의 x는 복사본입니다.",
			"The velocity is not stored in v, so the next step knows nothing of it. Write to v[i]: in for _, x := range v, x is a copy."},
		{func(w, v, grad []float64, lr, alpha float64) {
			glide(v, grad, 1, -lr)
			axpy(w, 1, v)
		},
			"지난 속도에 α를 곱하지 않았습니다. 마찰이 없는 공이 됩니다.",
			"The old velocity is not multiplied by α. This is a ball without friction."},
		{func(w, v, grad []float64, lr, alpha float64) {
			glide(v, grad, alpha, lr)
			axpy(w, -1, v)
		},
			"w는 맞지만 v의 부호가 반대입니다. 문서의 식에서는 빼기가 v 안에 있습니다.",
			"w is right, but v has the opposite sign. In the document's formula the minus is inside v."},
		{func(w, v, grad []float64, lr, alpha float64) {
			glide(v, grad, alpha, 1)
			axpy(w, -lr, v)
		},
			"w는 맞습니다. PyTorch의 형태입니다. 문서의 식에서는 η와 빼기가 v 안에 있습니다.",
			"w is right: this is PyTorch's form. In the document's formula η and the minus are inside v."},
		{func(w, v, grad []float64, lr, alpha float64) {
			glide(v, grad, alpha, -lr)
			axpy(w, -1, v)
		},
			"속도를 뺐습니다. v 안에 이미 빼기가 있으므로 w에는 더합니다: W ← W + v.",
			"The velocity is subtracted. The minus is in v already, so w adds it: W ← W + v."},
		{func(w, v, grad []float64, lr, alpha float64) { glide(v, grad, alpha, -lr) },
			"v만 바뀌고 w는 그대로입니다. W ← W + v가 남았습니다.",
			"Only v has changed, w has not. What is left is W ← W + v."},
		{func(w, v, grad []float64, lr, alpha float64) {
			glide(v, grad, alpha, -1)
			axpy(w, 1, v)
		},
			"학습률 η를 곱하지 않았습니다.",
			"The learning rate η is missing."},
		{func(_, _, _ []float64, _, _ float64) {},
			"w도 v도 그대로입니다. v[i]와 w[i]에 써 넣으세요. for _, x := range w의 x는 복사본입니다.",
			"Neither w nor v has changed. Write to v[i] and w[i]: in for _, x := range w, x is a copy."},
		{func(w, _, grad []float64, lr, _ float64) { axpy(w, -lr, grad) },
			"SGD입니다. v를 쓰지 않았습니다.",
			"This is SGD: v is not used."},
		{func(w, v, grad []float64, lr, alpha float64) {
			glide(v, grad, alpha, -lr)
			copy(w, v)
		},
			"w에 속도만 남았습니다. 지금 있는 w에 더하세요: w[i] += v[i].",
			"All that is left in w is the velocity. Add it to the w that is there: w[i] += v[i]."},
		{func(w, v, grad []float64, lr, alpha float64) {
			glide(v, grad, alpha, -lr)
			axpy(w, alpha, v)
			axpy(w, -lr, grad)
		},
			"w에 v가 아니라 αv − η ∂L/∂W를 더했습니다. Nesterov의 형태입니다. v를 고친 다음에는 w += v뿐입니다.",
			"w gets αv − η ∂L/∂W in place of v: this is Nesterov's form. Once v is updated, it is w += v alone."},
		{func(w, v, grad []float64, lr, alpha float64) {
			glide(v, grad, alpha, -alpha*lr)
			axpy(w, 1, v)
		},
			"η ∂L/∂W에도 α를 곱했습니다. α는 지난 v에만 곱합니다.",
			"α multiplies η ∂L/∂W as well. It belongs to the old v alone."},
		{func(w, v, grad []float64, lr, alpha float64) {
			for i := range v {
				v[i] = alpha*w[i] - lr*grad[i]
				w[i] += v[i]
			}
		},
			"α를 w에 곱했습니다. 지난 속도 v[i]에 곱하세요.",
			"α multiplies w. It belongs to the old velocity, v[i]."},
		{func(w, v, grad []float64, lr, alpha float64) {
			glide(v, grad, 1-alpha, -lr)
			axpy(w, 1, v)
		},
			"지난 속도에 1−α를 곱했습니다. 남는 몫은 α입니다.",
			"The old velocity is multiplied by 1−α. The share that stays is α."},
		{func(w, v, grad []float64, lr, alpha float64) {
			for i := range v {
				v[i] += alpha*v[i] - lr*grad[i]
				w[i] += v[i]
			}
		},
			"v[i] +=로 써서 지난 속도가 1+α배 남습니다. v[i] = αv − η ∂L/∂W입니다.",
			"With v[i] += the old velocity stays 1+α times. It is v[i] = αv − η ∂L/∂W."},
		{func(w, v, grad []float64, lr, alpha float64) {
			glide(v[:1], grad, alpha, -lr)
			axpy(w[:1], 1, v)
		},
			"첫 번째 성분만 바뀌었습니다. 모든 i에 대해 갱신하세요.",
			"Only the first component has changed. Update every i."},
	},
}

// glide makes v into a·v + b·grad.
func glide(v, grad []float64, a, b float64) {
	for i := range v {
		v[i] = a*v[i] + b*grad[i]
	}
}

// TerminalVelocity checks the size of the terminal velocity on a slope of 3
// with η = 0.02 and α = 0.95.
func TerminalVelocity(student any) { check(terminalVelocity, student) }

var terminalVelocity = answer(1.2,
	number(-1.2, "방향까지 맞습니다. 문제는 크기를 물으므로 양수로 쓰세요.",
		"Right, with its direction. The question asks for the size: a positive number."),
	number(0.06, "이것은 첫 스텝의 속도 ηg입니다. 임펄스 응답의 합 1/(1−α)를 곱하세요.",
		"This is the velocity of the first step, ηg. Multiply by the sum of the impulse response, 1/(1−α)."),
	number(0.4, "기울기 1일 때의 값입니다. 기울기 3을 곱하세요.", "This is for a gradient of 1. Multiply by the gradient, 3."),
	number(0.02*3/0.95, "1−α로 나누어야 합니다. α로 나누었습니다.", "Divide by 1−α. This divides by α."),
	number(1/(1-0.95), "1/(1−α)뿐입니다. η와 기울기 3을 곱하세요.", "This is 1/(1−α) alone. Multiply by η and the gradient, 3."),
	number(3/(1-0.95), "학습률 η를 곱하지 않았습니다.", "The learning rate η is missing."),
	number(0.02*3*(1-0.95), "1−α를 곱했습니다. 나누세요.", "This multiplies by 1−α. Divide by it."),
	number(0.02*3/(1+0.95), "1+α는 부호가 스텝마다 바뀌는 기울기일 때입니다. 여기서는 일정합니다.",
		"1+α is for a gradient whose sign changes at each step. Here it is constant."))

// StepsToRest checks after how many steps with α = 0.9 less than 1 % of the
// velocity is left.
func StepsToRest(student any) { check(stepsToRest, student) }

var stepsToRest = whole(44,
	number(math.Log(0.01)/math.Log(0.9), "나눗셈까지는 맞습니다. 스텝은 정수이므로 math.Ceil로 올림하세요.",
		"Right so far. A step is a whole number: round up with math.Ceil."),
	number(math.Inf(1), "ln 0이 되었습니다. Go에서 정수끼리의 1/100은 0입니다. 0.01로 쓰세요.",
		"This has ln 0: in Go, 1/100 between integers is 0. Write 0.01."),
	number(43, "43스텝 뒤에는 아직 1%보다 조금 많이 남습니다. 나눗셈의 결과를 올림하세요.",
		"After 43 steps a little more than 1% is left. Round the quotient up."),
	number(22, "10%보다 작아지는 스텝입니다. 문제는 1%입니다.", "This is where it falls below 10%. The question is about 1%."),
	number(10, "1/(1−α)스텝이 지나도 3분의 1 남짓 남습니다. α^k = 0.01을 푸세요.",
		"After 1/(1−α) steps more than a third is left. Solve α^k = 0.01."),
	number(99, "속도는 한 스텝에 일정한 양이 아니라 일정한 비율로 줄어듭니다: α^k.",
		"The velocity does not fall by the same amount in each step but by the same factor: α^k."),
	number(2, "지난 속도의 90%가 남는다는 뜻입니다. 10%가 남는 것이 아닙니다.",
		"90% of the velocity stays in each step, not 10%."))

// RateOfEMA checks the learning rate with which an average of gradients walks
// the path of Momentum with η = 0.1 and α = 0.9.
func RateOfEMA(student any) { check(rateOfEMA, student) }

var rateOfEMA = answer(1,
	number(0.1, "그러면 갱신량이 10분의 1이 됩니다. m에는 이미 (1−α)가 곱해져 있습니다.",
		"Then the update is a tenth of it: (1−α) is already in m."),
	number(0.01, "(1−α)를 곱하지 말고 나누세요.", "Divide by (1−α), do not multiply."),
	number(0.09, "α가 아니라 1−α의 문제입니다: η′(1−α) = η.", "It is about 1−α, not about α: η′(1−α) = η."),
	number(0.1/0.9, "α로 나누었습니다. 기울기에 곱해지는 것은 1−α입니다.", "This divides by α. What multiplies the gradient is 1−α."),
	number(10, "1/(1−α)까지는 맞습니다. η = 0.1을 곱하세요.", "1/(1−α) is right so far. Multiply by η = 0.1."))

// BoundOfMomentum checks the bound of the learning rate for f(x, y) = 3x² +
// y²/2 with α = 0.8.
func BoundOfMomentum(student any) { check(boundOfMomentum, student) }

var boundOfMomentum = answer(0.6,
	number(1.0/3, "SGD의 경계입니다. 모멘텀에는 (1+α)가 곱해집니다.", "This is the bound of SGD. Momentum has the factor (1+α)."),
	number(3.6, "작은 쪽 곡률로 계산했습니다. 곡률이 가장 큰 방향이 경계를 정합니다.",
		"This uses the smaller curvature. The direction of the largest curvature sets the bound."),
	number(1.2, "λ는 계수 3이 아니라 두 번 미분한 값 6입니다.", "λ is not the coefficient 3 but the second derivative, 6."),
	number(2.0/3, "SGD의 경계이고, λ로 계수 3을 썼습니다. λ는 두 번 미분한 값 6입니다.",
		"This is the bound of SGD, with the coefficient 3 for λ. λ is the second derivative, 6."),
	number(0.4/6, "1−α를 곱했습니다. 곱하는 것은 1+α입니다.", "This multiplies by 1−α. The factor is 1+α."),
	number(1.6/6, "α를 곱했습니다. 곱하는 것은 1+α입니다.", "This multiplies by α. The factor is 1+α."),
	number(0.3, "2를 빠뜨렸습니다: 2(1+α)/λ.", "The factor 2 is missing: 2(1+α)/λ."),
	number(2/(6*0.2), "1−α로 나누었습니다. 그것은 빠르기이고, 경계는 2(1+α)/λ입니다.",
		"This divides by 1−α. That gives the speed; the bound is 2(1+α)/λ."),
	number(1.8, "골짜기의 λ로 계산했습니다. 이번 곡면의 곡률로 다시 계산하세요.",
		"This uses the λ of the ravine. Compute it from the curvatures of this surface."))
