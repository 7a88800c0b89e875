package exercise

import (
	"math"
	"slices"
)

type rmspropStep = func(w, h, grad []float64, lr, rho, eps float64)

// RMSProp checks a student's update h ← ρh + (1−ρ)·grad², w ← w − η·grad/(√h +
// ε), written in place.
func RMSProp(student any) { check(rmsprop, student) }

var rmsprop = problem[rmspropStep]{
	input: "w = [1 -2], h = [0 0], η = 0.5, ρ = 0.8, ε = 0.1, grad = [1 -4] → [3 2] → [-2 0.5]; " +
		"w = [3 -1 0.5], h = [4 0.25 9], η = 0.2, ρ = 0.3, ε = 0.01, grad = [-1 6 2]",
	apply: func(f rmspropStep) []float64 {
		w, h := []float64{1, -2}, []float64{0, 0}
		for _, grad := range [][]float64{{1, -4}, {3, 2}, {-2, 0.5}} {
			f(w, h, grad, 0.5, 0.8, 0.1)
		}
		w2, h2 := []float64{3, -1, 0.5}, []float64{4, 0.25, 9}
		f(w2, h2, []float64{-1, 6, 2}, 0.2, 0.3, 0.01)
		return slices.Concat(w, h, w2, h2)
	},
	right: rmspropRight,
	mistakes: []mistake[rmspropStep]{
		{func(w, h, grad []float64, lr, _, eps float64) { adaGrad.right(w, h, grad, lr, eps) },
			"제곱을 그냥 더했습니다. 그것은 AdaGrad의 h입니다. ρ와 1−ρ를 곱하세요.",
			"The squares are summed: that is AdaGrad's h. Multiply by ρ and by 1−ρ."},
		{func(w, h, grad []float64, lr, rho, eps float64) {
			averageSquares(h, grad, rho, 1)
			scaledStep(w, h, grad, lr, eps)
		},
			"기울기의 제곱에 (1−ρ)를 곱하지 않았습니다. 그러면 h가 평균의 1/(1−ρ)배가 됩니다.",
			"The squared gradient is not multiplied by (1−ρ). Then h is 1/(1−ρ) times the average."},
		{func(w, h, grad []float64, lr, rho, eps float64) {
			averageSquares(h, grad, 1-rho, rho)
			scaledStep(w, h, grad, lr, eps)
		},
			"ρ와 1−ρ의 자리가 바뀌었습니다. ρ는 지난 h에 곱합니다.",
			"ρ and 1−ρ have changed places. ρ multiplies the old h."},
		{func(w, h, grad []float64, lr, rho, eps float64) {
			averageSquares(h, grad, rho, 1-rho)
			for i := range w {
				w[i] -= lr * grad[i] / math.Sqrt(h[i]+eps)
			}
		},
			"ε을 루트 안에서 더했습니다. Keras와 optax는 그렇게 하지만 문서의 식은 √h + ε입니다.",
			"ε is added inside the root. Keras and optax do so, but the document's formula has √h + ε."},
		{func(w, h, grad []float64, lr, rho, eps float64) {
			averageSquares(h, grad, rho, 1-rho)
			for i := range w {
				w[i] -= lr * grad[i] / (h[i] + eps)
			}
		},
			"제곱근을 씌우지 않았습니다. √h로 나누어야 갱신량의 단위가 맞습니다.",
			"The square root is missing. Only √h has the unit of the gradient."},
		{func(w, h, grad []float64, lr, rho, eps float64) {
			scaledStep(w, h, grad, lr, eps)
			averageSquares(h, grad, rho, 1-rho)
		},
			"고치기 전의 h로 나누었습니다. h를 먼저 고치세요.",
			"This divides by the old h. Update h first."},
		{func(w, h, grad []float64, lr, rho, eps float64) {
			averageSquares(h, grad, rho, 1-rho)
			scaledStep(w, h, grad, -lr, eps)
		},
			"기울기를 더했습니다. 빼야 내려갑니다.",
			"The gradient is added. Subtract it to go down."},
		{func(w, h, grad []float64, lr, rho, _ float64) {
			averageSquares(h, grad, rho, 1-rho)
			scaledStep(w, h, grad, lr, 0)
		},
			"ε이 없습니다. 기울기가 0뿐이면 0/0이 됩니다.",
			"ε is missing. With gradients of 0 only, this is 0/0."},
		{func(w, h, grad []float64, lr, rho, eps float64) { rmspropRight(w, slices.Clone(h), grad, lr, rho, eps) },
			"계산한 h를 저장하지 않아 다음 스텝에 남지 않습니다. h[i]에 써 넣으세요. for _, x := range h의 x는 복사본입니다.",
			"The new h is not stored, so the next step knows nothing of it. Write to h[i]: in for _, x := range h, x is a copy."},
		{func(w, h, grad []float64, lr, rho, eps float64) {
			for i := range h {
				h[i] = rho*h[i] + (1-rho)*math.Abs(grad[i])
			}
			scaledStep(w, h, grad, lr, eps)
		},
			"기울기를 제곱하지 않고 크기를 평균했습니다.",
			"This averages the size of the gradient, not its square."},
		{func(w, h, grad []float64, lr, rho, eps float64) {
			averageSquares(h, grad, rho, 1-rho)
			for i := range w {
				w[i] -= lr / (math.Sqrt(h[i]) + eps)
			}
		},
			"실효 학습률만 뺐습니다. 기울기를 곱하세요.",
			"This subtracts the effective learning rate alone. Multiply it by the gradient."},
		{func(w, h, grad []float64, lr, rho, eps float64) { averageSquares(h, grad, rho, 1-rho) },
			"h만 바뀌고 w는 그대로입니다. w[i]에 써 넣으세요. for _, x := range w의 x는 복사본입니다.",
			"Only h has changed, w has not. Write to w[i]: in for _, x := range w, x is a copy."},
		{func(_, _, _ []float64, _, _, _ float64) {},
			"w도 h도 그대로입니다. h[i]와 w[i]에 써 넣으세요. for _, x := range w의 x는 복사본입니다.",
			"Neither w nor h has changed. Write to h[i] and w[i]: in for _, x := range w, x is a copy."},
		{func(w, h, grad []float64, lr, rho, eps float64) {
			clear(w)
			rmspropRight(w, h, grad, lr, rho, eps)
		},
			"오른쪽에 W가 빠졌습니다. 지금 있는 자리에서 빼야 합니다: w[i] -= ….",
			"W is missing on the right. Subtract from where you are: w[i] -= …."},
		{func(w, h, grad []float64, lr, rho, _ float64) { rmspropRight(w, h, grad, lr, rho, 1e-7) },
			"ε을 1e-7로 정해 썼습니다. 책의 코드가 그렇습니다. 여기서는 받은 eps를 쓰세요.",
			"ε is fixed at 1e-7, as in the book's code. Use the eps that is given."},
		{func(w, h, grad []float64, lr, rho, _ float64) { rmspropRight(w, h, grad, lr, rho, 1e-8) },
			"ε을 1e-8로 정해 썼습니다. 여기서는 받은 eps를 쓰세요.",
			"ε is fixed at 1e-8. Use the eps that is given."},
		{func(w, h, grad []float64, lr, rho, eps float64) {
			averageSquares(h, grad, rho, 1-rho)
			for i, g := range grad {
				w[i] -= lr*g/math.Sqrt(h[i]) + eps
			}
		},
			"괄호가 없어 ε이 나눗셈 밖에 있습니다: lr*g/(math.Sqrt(h[i])+eps).",
			"Without parentheses ε is outside the quotient: lr*g/(math.Sqrt(h[i])+eps)."},
		{func(w, h, grad []float64, lr, rho, eps float64) {
			averageSquares(h, grad, rho, 1-rho)
			for i, g := range grad {
				w[i] = w[i] - lr*g/math.Sqrt(h[i]) + eps
			}
		},
			"괄호가 없어 ε을 w에 더하게 됩니다. 분모를 묶으세요: (math.Sqrt(h[i]) + eps).",
			"Without parentheses ε is added to w. Put them around the denominator: (math.Sqrt(h[i]) + eps)."},
		{func(w, h, grad []float64, lr, rho, eps float64) {
			averageSquares(h, grad, rho, 1-rho)
			for i := range grad {
				grad[i] *= grad[i]
			}
			scaledStep(w, h, grad, lr, eps)
		},
			"w를 고칠 때도 기울기의 제곱을 썼습니다. grad[i]를 제곱으로 덮어쓰지 마세요.",
			"The change of w uses the squared gradient, too. Do not overwrite grad[i] with its square."},
		{func(w, h, grad []float64, lr, rho, eps float64) {
			averageSquares(h, grad, rho, rho)
			scaledStep(w, h, grad, lr, eps)
		},
			"기울기의 제곱에도 ρ를 곱했습니다. 거기에는 1−ρ를 곱합니다.",
			"ρ multiplies the squared gradient as well. Its factor is 1−ρ."},
		{func(w, h, grad []float64, lr, rho, eps float64) {
			averageSquares(h, grad, 1, 1-rho)
			scaledStep(w, h, grad, lr, eps)
		},
			"지난 h에 ρ를 곱하지 않았습니다.",
			"The old h is not multiplied by ρ."},
		{func(w, h, grad []float64, lr, rho, eps float64) {
			averageSquares(h, grad, 0, 1-rho)
			scaledStep(w, h, grad, lr, eps)
		},
			"지난 h가 남지 않았습니다. ρ h를 더하세요.",
			"Nothing of the old h is left. Add ρh."},
		{func(w, h, grad []float64, lr, rho, eps float64) {
			for i, g := range grad {
				h[i] = rho*h[i] + (1-rho)*g
			}
			scaledStep(w, h, grad, lr, eps)
		},
			"h에 기울기를 그대로 넣었습니다. 제곱을 넣으세요. 음수의 제곱근은 NaN입니다.",
			"The gradient itself goes into h. Put in its square: the root of a negative number is NaN."},
		{func(w, h, grad []float64, lr, rho, eps float64) {
			rmspropRight(w[:1], h[:1], grad[:1], lr, rho, eps)
		},
			"첫 번째 성분만 바뀌었습니다. 모든 i에 대해 갱신하세요.",
			"Only the first component has changed. Update every i."},
		{func(w, h, grad []float64, lr, rho, eps float64) {
			averageSquares(h, grad, rho, 1-rho)
			scaledStep(w, h, grad, 1, eps)
		},
			"학습률 η를 곱하지 않았습니다.",
			"The learning rate η is missing."},
		{func(w, h, grad []float64, lr, rho, eps float64) {
			averageSquares(h, grad, rho, 1-rho)
			scaledStep(w, h, grad, lr/math.Sqrt(1-rho), eps)
		},
			"학습률을 √(1−ρ)로 나누었습니다. 첫 스텝이 길어지는 것은 h가 0에서 시작한 결과이고, 식에 따로 쓰지 않습니다.",
			"The learning rate is divided by √(1−ρ). The long first step comes from h starting at 0; the formula does not have it."},
	},
}

func rmspropRight(w, h, grad []float64, lr, rho, eps float64) {
	averageSquares(h, grad, rho, 1-rho)
	scaledStep(w, h, grad, lr, eps)
}

// averageSquares makes h into a·h + b·grad².
func averageSquares(h, grad []float64, a, b float64) {
	for i := range h {
		h[i] = a*h[i] + b*grad[i]*grad[i]
	}
}

// scaledStep subtracts lr·grad/(√h + eps) from w.
func scaledStep(w, h, grad []float64, lr, eps float64) {
	for i := range w {
		w[i] -= lr * grad[i] / (math.Sqrt(h[i]) + eps)
	}
}

// FirstStepOfRMSProp checks the length of the first step with η = 0.03 and ρ =
// 0.96 where the gradient is −4.
func FirstStepOfRMSProp(student any) { check(firstStepOfRMSProp, student) }

var firstStepOfRMSProp = answer(0.15,
	number(-0.15, "크기는 맞습니다. 문제는 길이를 물으므로 양수로 쓰세요.",
		"The size is right. The question asks for a length: a positive number."),
	number(0.03, "AdaGrad의 첫 스텝입니다. RMSProp의 첫 h는 (1−ρ)g²입니다.",
		"This is the first step of AdaGrad. The first h of RMSProp is (1−ρ)g²."),
	number(0.12, "SGD의 첫 스텝 ηg입니다. √h로 나누세요.", "This is the first step of SGD, ηg. Divide by √h."),
	number(0.6, "기울기 4는 약분되어 사라집니다: ηg/√((1−ρ)g²).", "The gradient 4 cancels: ηg/√((1−ρ)g²)."),
	number(0.03/0.04, "1−ρ가 아니라 그 제곱근으로 나눕니다.", "Divide by the root of 1−ρ, not by 1−ρ."),
	number(0.006, "√(1−ρ)를 곱했습니다. 나누세요.", "This multiplies by √(1−ρ). Divide by it."),
	number(0.03/math.Sqrt(0.96), "√ρ로 나누었습니다. 첫 기울기에 곱해지는 것은 1−ρ입니다.",
		"This divides by √ρ. What multiplies the first gradient is 1−ρ."))

// StepsToDouble checks after how many steps without gradient the effective
// learning rate is at least doubled, with ρ = 0.95.
func StepsToDouble(student any) { check(stepsToDouble, student) }

var stepsToDouble = whole(28,
	number(math.Log(4)/-math.Log(0.95), "나눗셈까지는 맞습니다. 스텝은 정수이므로 math.Ceil로 올림하세요.",
		"Right so far. A step is a whole number: round up with math.Ceil."),
	number(math.Inf(1), "ln 0이 되었습니다. Go에서 정수끼리의 1/4은 0입니다. 0.25로 쓰세요.",
		"This has ln 0: in Go, 1/4 between integers is 0. Write 0.25."),
	number(27, "27스텝 뒤에는 아직 2배에 조금 못 미칩니다. 나눗셈의 결과를 올림하세요.",
		"After 27 steps it is a little less than doubled. Round the quotient up."),
	number(14, "h가 절반이 되는 스텝입니다. 학습률은 1/√h이므로 h는 4분의 1이 되어야 합니다.",
		"This is where h has halved. The rate goes with 1/√h, so h must fall to a quarter."),
	number(math.Log(2)/-math.Log(0.95), "h가 절반이 되는 스텝입니다. 학습률은 1/√h이므로 h는 4분의 1이 되어야 합니다. 그리고 올림하세요.",
		"This is where h has halved. The rate goes with 1/√h, so h must fall to a quarter. Then round up."),
	number(20, "창 길이 1/(1−ρ)입니다. ρ의 k제곱이 4분의 1보다 작아지는 k를 찾으세요.",
		"This is the window 1/(1−ρ). Find the k at which ρ to the power k falls below a quarter."),
	number(7, "h에 스텝마다 ρ²이 아니라 ρ를 곱합니다.", "Each step multiplies h by ρ, not by ρ²."))

// LossOfCycle checks the loss at which RMSProp with η = 0.1 ends on f(x) = 2x².
func LossOfCycle(student any) { check(lossOfCycle, student) }

var lossOfCycle = answer(0.005,
	number(0.05, "이것은 최소점에서 떨어진 거리 η/2입니다. 그 자리의 f를 계산하세요.",
		"This is the distance from the minimum, η/2. Compute f there."),
	number(0.02, "거리는 η가 아니라 η/2입니다. 한 스텝의 길이가 η입니다.", "The distance is η/2, not η. The step is as long as η."),
	number(0.0025, "λ는 계수 2가 아니라 두 번 미분한 값 4입니다.", "λ is not the coefficient 2 but the second derivative, 4."),
	number(0.01, "λ(η/2)²까지입니다. f = λx²/2이므로 2로 나누세요.", "This is λ(η/2)². As f = λx²/2, divide by 2."),
	number(0.5, "이것은 발산 경계 2/λ입니다. 문제는 손실을 묻습니다.", "This is the bound 2/λ. The question is about the loss."))

// EpsilonToRest checks the ε above which RMSProp with η = 0.1 comes to rest in
// the minimum of f(x) = 2x².
func EpsilonToRest(student any) { check(epsilonToRest, student) }

var epsilonToRest = answer(0.2,
	number(0.1, "λ는 계수 2가 아니라 두 번 미분한 값 4입니다.", "λ is not the coefficient 2 but the second derivative, 4."),
	number(0.05, "λ가 빠졌거나, 곱할 λ로 나누었습니다. η/ε < 2/λ를 ε에 대해 푸세요.",
		"λ is missing, or it divides where it should multiply. Solve η/ε < 2/λ for ε."),
	number(0.4, "SGD의 경계는 1/λ가 아니라 2/λ입니다.", "The bound of SGD is 2/λ, not 1/λ."),
	number(0.5, "이것은 2/λ입니다. η/ε이 이보다 작아야 합니다.", "This is 2/λ. η/ε has to be smaller."),
	number(0.025, "η/λ까지입니다. η/ε < 2/λ를 ε에 대해 푸세요.", "This is η/λ. Solve η/ε < 2/λ for ε."))
