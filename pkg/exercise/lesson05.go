package exercise

import (
	"math"
	"slices"
)

type adamStep = func(w, m, v, grad []float64, lr float64, t int)

// Adam checks a student's update with m̂ and v̂, β1 = 0.9, β2 = 0.999, ε = 1e-8,
// written in place. t counts from 1.
func Adam(student any) { check(adam, student) }

// The third gradient is so small that the place of ε shows.
var adam = problem[adamStep]{
	input: "w = [1 -2 0.5], m = v = [0 0 0], η = 0.5, grad = [1 -4 3e-8] → [3 2 -1e-8] → [-2 0.5 2e-8]; " +
		"w = [3 -1], m = [0.5 -2], v = [4 0.25], η = 0.2, t = 3, grad = [-1 6]",
	apply: func(f adamStep) []float64 {
		w, m, v := []float64{1, -2, 0.5}, make([]float64, 3), make([]float64, 3)
		for i, grad := range [][]float64{{1, -4, 3e-8}, {3, 2, -1e-8}, {-2, 0.5, 2e-8}} {
			f(w, m, v, grad, 0.5, i+1)
		}
		w2, m2, v2 := []float64{3, -1}, []float64{0.5, -2}, []float64{4, 0.25}
		f(w2, m2, v2, []float64{-1, 6}, 0.2, 3)
		return slices.Concat(w, m, v, w2, m2, v2)
	},
	right: adamRight,
	mistakes: []mistake[adamStep]{
		{moments(func(m, v, c1, c2 float64) float64 {
			return math.Sqrt(c2) / c1 * m / c1 / (math.Sqrt(v/c2) + 1e-8)
		}),
			"보정을 두 번 했습니다. m̂, v̂를 쓰면 η는 그대로 둡니다.",
			"The bias is corrected twice. With m̂ and v̂, leave η as it is."},
		{moments(func(m, v, c1, c2 float64) float64 { return math.Sqrt(c2) / c1 * m / (math.Sqrt(v) + 1e-8) }),
			"η를 고치는 형태입니다. 이것도 Adam이지만 ε이 더 크게 듭니다. 이 문제는 m̂, v̂를 쓰는 형태입니다.",
			"This rescales η. It is Adam, too, but ε weighs more. This exercise asks for the form with m̂ and v̂."},
		{moments(func(m, v, _, _ float64) float64 { return m / (math.Sqrt(v) + 1e-8) }),
			"편향 보정이 없습니다. m을 1−β1^t로, v를 1−β2^t로 나누세요.",
			"The bias correction is missing. Divide m by 1−β1^t and v by 1−β2^t."},
		{moments(func(m, v, c1, _ float64) float64 { return m / c1 / (math.Sqrt(v) + 1e-8) }),
			"v를 보정하지 않았습니다. 1−β2^t로 나누세요.", "v is not corrected. Divide it by 1−β2^t."},
		{moments(func(m, v, _, c2 float64) float64 { return m / (math.Sqrt(v/c2) + 1e-8) }),
			"m을 보정하지 않았습니다. 1−β1^t로 나누세요.", "m is not corrected. Divide it by 1−β1^t."},
		{moments(func(m, v, c1, c2 float64) float64 { return m / c2 / (math.Sqrt(v/c1) + 1e-8) }),
			"보정이 서로 바뀌었습니다. m은 1−β1^t로, v는 1−β2^t로 나눕니다.",
			"The corrections are swapped. m is divided by 1−β1^t, v by 1−β2^t."},
		{moments(func(m, v, c1, c2 float64) float64 { return m / c1 / math.Sqrt(v/c2+1e-8) }),
			"ε이 제곱근 안에 있습니다. √v̂를 구한 다음 더하세요.", "ε stands inside the root. Add it to √v̂."},
		{moments(func(m, v, c1, c2 float64) float64 { return m / c1 / math.Sqrt(v/c2) }),
			"분모에 ε이 없습니다. 기울기가 줄곧 0이면 0/0이 됩니다.", "ε is missing. A gradient of 0 from the start would give 0/0."},
		{moments(func(m, v, c1, c2 float64) float64 { return m / c1 / (v/c2 + 1e-8) }),
			"v̂의 제곱근으로 나누어야 합니다.", "Divide by the square root of v̂."},
		{moments(func(m, _, c1, _ float64) float64 { return m / c1 }),
			"v̂로 나누지 않았습니다. 이대로는 기울기의 평균으로 가는 모멘텀입니다.",
			"Nothing is divided by √v̂: this is momentum with an average of the gradient."},
		{moments(func(m, v, c1, c2 float64) float64 { return -m / c1 / (math.Sqrt(v/c2) + 1e-8) }),
			"더했습니다. 기울기의 반대쪽으로 가려면 빼야 합니다.", "The update is added. Subtract it to go down."},
		{moments(func(m, v, c1, c2 float64) float64 { return m / c1 / (math.Sqrt(v/c2) + 1e-8) / 0.5 }),
			"학습률 η를 곱하지 않았습니다.", "The learning rate η is missing."},
		{func(w, m, v, grad []float64, lr float64, t int) { adamRight(w, m, v, grad, lr, t-1) },
			"거듭제곱에 t−1을 썼습니다. 첫 스텝에서 1−β^0 = 0으로 나누게 됩니다. t는 1부터입니다.",
			"The powers use t−1, so the first step divides by 1−β^0 = 0. t counts from 1."},
		{func(w, m, v, grad []float64, lr float64, _ int) { adamRight(w, m, v, grad, lr, 1) },
			"보정에 t가 없습니다. 1−β가 아니라 1−β^t로 나눕니다: math.Pow(0.9, float64(t)).",
			"The correction does not depend on t. Divide by 1−β^t, not by 1−β: math.Pow(0.9, float64(t))."},
		{func(w, m, v, grad []float64, lr float64, t int) { adamRight(w, m, v, grad, lr, t+1) },
			"거듭제곱에 t+1을 썼습니다. t는 이미 1부터입니다.",
			"The powers use t+1. t counts from 1 already."},
		{averages(0.999, 0.1, 0.9, 0.1, 2), "β1과 β2가 바뀌었습니다. m에 0.9, v에 0.999입니다.",
			"β1 and β2 are swapped: 0.9 belongs to m, 0.999 to v."},
		{averages(0.9, 1, 0.999, 1, 2), "새 기울기에 (1−β)를 곱하지 않았습니다. 평균이 아니라 합이 됩니다.",
			"The new gradient lacks its factor (1−β): this is a sum, not an average."},
		{averages(0.9, 0.1, 0.999, 0.001, 1), "v에는 기울기의 제곱이 들어갑니다: g*g.", "v takes the square of the gradient: g*g."},
		{averages(0, 0.1, 0, 0.001, 2), "지난 m과 v가 남지 않았습니다. m[i]에 0.9를, v[i]에 0.999를 곱해 더하세요.",
			"Nothing of the old m and v is left. Add 0.9 times m[i], and 0.999 times v[i]."},
		{func(w, m, v, grad []float64, lr float64, t int) {
			adamRight(w, m, v, grad, lr, t)
			for i := range m {
				m[i], v[i] = m[i]/(1-math.Pow(0.9, float64(t))), v[i]/(1-math.Pow(0.999, float64(t)))
			}
		},
			"m̂, v̂를 m, v에 다시 넣었습니다. 보정한 값은 이번 스텝에만 쓰고 m, v는 그대로 남겨야 합니다.",
			"m̂ and v̂ are stored in m and v. Use them in this step only, and leave m and v as they are."},
		{func(w, m, v, grad []float64, lr float64, t int) {
			adamRight(w, append([]float64{}, m...), append([]float64{}, v...), grad, lr, t)
		},
			"m과 v가 그대로입니다. m[i], v[i]에 써 넣으세요.", "m and v have not changed. Write to m[i] and v[i]."},
		{func(_, m, v, grad []float64, lr float64, t int) {
			adamRight(make([]float64, len(m)), m, v, grad, lr, t)
		},
			"m, v만 바뀌고 w는 그대로입니다. w[i]에 써 넣으세요. for _, x := range w의 x는 복사본입니다.",
			"m and v have changed, w has not. Write to w[i]: in for _, x := range w, x is a copy."},
		{func(_, _, _, _ []float64, _ float64, _ int) {},
			"w, m, v가 모두 그대로입니다. m[i], v[i], w[i]에 써 넣으세요. for _, x := range w의 x는 복사본입니다.",
			"w, m, and v have not changed. Write to m[i], v[i], and w[i]: in for _, x := range w, x is a copy."},
		{func(w, m, v, grad []float64, lr float64, t int) {
			clear(w)
			adamRight(w, m, v, grad, lr, t)
		},
			"오른쪽에 W가 빠졌습니다. 지금 있는 자리에서 빼야 합니다: w[i] -= ….",
			"W is missing on the right. Subtract from where you are: w[i] -= …."},
		{moments(func(m, v, c1, c2 float64) float64 { return m / c1 / (math.Sqrt(v/c2) + 1e-7) }),
			"ε이 1e-7입니다. 책의 코드와 Keras의 값입니다. 이 문제에서는 1e-8입니다.",
			"ε is 1e-7, as in the book's code and in Keras. In this exercise it is 1e-8."},
		{func(w, m, v, grad []float64, lr float64, t int) {
			moments(func(m, v, c1, c2 float64) float64 { return m/c1/math.Sqrt(v/c2) + 1e-8/lr })(w, m, v, grad, lr, t)
		},
			"괄호가 없어 ε이 나눗셈 밖에 있습니다. 분모를 묶으세요: / (math.Sqrt(v[i]/c2) + 1e-8).",
			"Without parentheses ε is outside the quotient. Put them around the denominator: / (math.Sqrt(v[i]/c2) + 1e-8)."},
		{func(w, m, v, grad []float64, lr float64, t int) {
			moments(func(m, v, c1, c2 float64) float64 { return m/c1/math.Sqrt(v/c2) - 1e-8/lr })(w, m, v, grad, lr, t)
		},
			"괄호가 없어 ε을 w에 더하게 됩니다. 분모를 묶으세요: (math.Sqrt(v[i]/c2) + 1e-8).",
			"Without parentheses ε is added to w. Put them around the denominator: (math.Sqrt(v[i]/c2) + 1e-8)."},
		{func(w, m, v, grad []float64, lr float64, t int) {
			for i, g := range grad {
				adamRight(make([]float64, 1), m[i:i+1], v[i:i+1], grad[i:i+1], lr, t)
				w[i] -= lr * g / (1 - math.Pow(0.9, float64(t))) / (math.Sqrt(v[i]/(1-math.Pow(0.999, float64(t)))) + 1e-8)
			}
		},
			"m이 아니라 기울기를 나누었습니다. w는 m̂만큼 갑니다.",
			"This divides the gradient, not m. The step of w goes with m̂."},
		{func(w, m, v, grad []float64, lr float64, t int) {
			for i, g := range grad {
				w[i] -= lr * m[i] / (1 - math.Pow(0.9, float64(t))) / (math.Sqrt(v[i]/(1-math.Pow(0.999, float64(t)))) + 1e-8)
				m[i], v[i] = 0.9*m[i]+0.1*g, 0.999*v[i]+0.001*g*g
			}
		},
			"고치기 전의 m과 v로 w를 고쳤습니다. m과 v를 먼저 고치세요.",
			"w changes with m and v as they were before. Update m and v first."},
		{moments(func(m, v, c1, c2 float64) float64 { return m * c1 / (math.Sqrt(v*c2) + 1e-8) }),
			"1−β^t을 곱했습니다. 나누세요.", "This multiplies by 1−β^t. Divide by it."},
		{func(w, m, v, grad []float64, lr float64, t int) {
			adamRight(w[:1], m[:1], v[:1], grad[:1], lr, t)
		},
			"첫 번째 성분만 바뀌었습니다. 모든 i에 대해 갱신하세요.",
			"Only the first component has changed. Update every i."},
	},
}

// moments makes an Adam whose w falls by η times step(m, v, 1−β1^t, 1−β2^t).
func moments(step func(m, v, c1, c2 float64) float64) adamStep {
	return func(w, m, v, grad []float64, lr float64, t int) {
		c1, c2 := 1-math.Pow(0.9, float64(t)), 1-math.Pow(0.999, float64(t))
		for i, g := range grad {
			m[i] = 0.9*m[i] + 0.1*g
			v[i] = 0.999*v[i] + 0.001*g*g
			w[i] -= lr * step(m[i], v[i], c1, c2)
		}
	}
}

var adamRight = moments(func(m, v, c1, c2 float64) float64 { return m / c1 / (math.Sqrt(v/c2) + 1e-8) })

// averages makes an Adam with m ← b1·m + a1·g, v ← b2·v + a2·g^power.
func averages(b1, a1, b2, a2, power float64) adamStep {
	return func(w, m, v, grad []float64, lr float64, t int) {
		c1, c2 := 1-math.Pow(b1, float64(t)), 1-math.Pow(b2, float64(t))
		for i, g := range grad {
			m[i] = b1*m[i] + a1*g
			v[i] = b2*v[i] + a2*math.Pow(g, power)
			w[i] -= lr * m[i] / c1 / (math.Sqrt(v[i]/c2) + 1e-8)
		}
	}
}

// BiasedMean checks m₅, uncorrected, for a constant gradient of 2 and β1 = 0.9.
func BiasedMean(student any) { check(biasedMean, student) }

var biasedMean = answer(2*(1-math.Pow(0.9, 5)),
	number(2, "이것은 보정한 m̂입니다. 보정하지 않은 값을 물었습니다.", "This is the corrected m̂. The question asks for m."),
	number(1-math.Pow(0.9, 5), "기울기 1일 때의 값입니다. 2를 곱하세요.", "This is for a gradient of 1. Multiply by 2."),
	number(2*math.Pow(0.9, 5), "이것은 아직 모자란 몫입니다. 1에서 0.9^5을 빼세요.", "This is the part that is missing. Subtract 0.9^5 from 1."),
	number(2*(1-math.Pow(0.9, 4)), "스텝은 다섯 번입니다: 0.9^5.", "There are five steps: 0.9^5."),
	number(0.2, "첫 스텝 뒤의 m₁입니다.", "This is m₁, after the first step."),
	number(20*(1-math.Pow(0.9, 5)), "02의 속도처럼 (1−β1) 없이 더했습니다. m은 평균이므로 (1−β1)을 곱합니다.",
		"This sums without (1−β1), like the velocity of lesson 02. m is an average."),
	number(2*(1-0.9*5), "0.9^5는 0.9를 다섯 번 곱한 수입니다: math.Pow(0.9, 5).", "0.9^5 is a power, not a product: math.Pow(0.9, 5)."))

// FirstStepUncorrected checks the first step of Adam without correction over
// η, with β1 = 0.5 and β2 = 0.99.
func FirstStepUncorrected(student any) { check(firstStepUncorrected, student) }

var firstStepUncorrected = answer(5,
	number(1, "보정했을 때의 값입니다. 보정을 빼먹으면 m₁ = (1−β1)g, v₁ = (1−β2)g²입니다.",
		"This is with the correction. Without it m₁ = (1−β1)g and v₁ = (1−β2)g²."),
	number(50, "v₁의 제곱근으로 나눕니다.", "Divide by the square root of v₁."),
	number(0.2, "거꾸로 나누었습니다.", "This is the quotient upside down."),
	number(0.5/math.Sqrt(0.99), "v₁에는 β2가 아니라 1−β2가 곱해집니다.", "v₁ has the factor 1−β2, not β2."),
	number(0.1/math.Sqrt(0.001), "기본값의 답입니다. β1 = 0.5, β2 = 0.99로 다시 계산하세요.",
		"This is for the defaults. Compute it with β1 = 0.5 and β2 = 0.99."),
	number(0.5/0.99, "m₁의 1−β1과 v₁의 √(1−β2)가 필요합니다.", "It takes the 1−β1 of m₁ and the √(1−β2) of v₁."),
	number(0.5, "m₁만 보았습니다. √v₁ = √(1−β2)·|g|로 나누세요.", "This is m₁ alone. Divide by √v₁ = √(1−β2)·|g|."))

// HealedStep checks from which step on √(1−0.999^t) is 0.8 or more.
func HealedStep(student any) { check(healedStep, student) }

var healedStep = whole(1022,
	number(math.Log(0.36)/math.Log(0.999), "나눗셈까지는 맞습니다. 스텝은 정수이므로 math.Ceil로 올림하세요.",
		"Right so far. A step is a whole number: round up with math.Ceil."),
	number(1021, "1021번째는 아직 0.8에 조금 못 미칩니다. 올림하세요.", "At step 1021 it is still a little below 0.8. Round up."),
	number(1609, "1−0.999^t가 아니라 그 제곱근이 0.8입니다. 0.8을 제곱하고 시작하세요.",
		"It is the root of 1−0.999^t that is 0.8. Begin by squaring 0.8."),
	number(224, "0.999^t가 0.8이 아니라 √(1−0.999^t)가 0.8입니다.", "It is √(1−0.999^t) that is 0.8, not 0.999^t."),
	number(447, "0.999^t는 0.64가 아니라 1−0.64입니다.", "0.999^t is 1−0.64, not 0.64."),
	number(10, "β1이 아니라 β2로 계산합니다.", "Compute with β2, not with β1."))

// BoundOfAdam checks the bound of a step over η with β1 = 0.9 and β2 = 0.99.
func BoundOfAdam(student any) { check(boundOfAdam, student) }

var boundOfAdam = answer(0.1/math.Sqrt(1-0.99)/math.Sqrt(1-0.81/0.99),
	number(1, "논문의 상한입니다. 뒤의 인수 1/√(1−β1²/β2)를 곱하세요.", "This is the paper's bound. Multiply by the other factor, 1/√(1−β1²/β2)."),
	number(0.1/math.Sqrt(0.001)/math.Sqrt(1-0.81/0.999), "β2 = 0.999일 때의 값입니다.", "This is for β2 = 0.999."),
	number(1/(1-0.81/0.99), "뒤의 인수에 제곱근이 빠졌습니다.", "The root of the second factor is missing."),
	number(1/math.Sqrt(1-0.9/0.99), "β1을 제곱하세요.", "Square β1."),
	number(math.Sqrt(1-0.81/0.99), "뒤의 인수는 곱하지 않고 나눕니다.", "Divide by the second root, do not multiply."),
	number(10/math.Sqrt(1-0.81/0.99), "앞의 분모는 1−β2가 아니라 그 제곱근입니다.", "The first denominator is the root of 1−β2."))
