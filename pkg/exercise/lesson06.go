package exercise

import (
	"math"
	"slices"
)

type normStep = func(w, grad []float64, h, lr float64) float64

// AdaGradNorm checks a student's AdaGrad with one h for all coordinates:
// h ← h + ‖grad‖², w ← w − η·grad/(√h + 1e-7), w in place and h returned.
func AdaGradNorm(student any) { check(adaGradNorm, student) }

// The first gradient is so small that ε shows.
var adaGradNorm = problem[normStep]{
	input: "w = [1 -2], h = 0, η = 0.5, grad = [3e-8 -4e-8] → [1 -4] → [3 2]; w = [0.5 3 -1], h = 2, η = 0.2, grad = [2 -1 3]",
	apply: func(f normStep) []float64 {
		w, h := []float64{1, -2}, 0.0
		for _, grad := range [][]float64{{3e-8, -4e-8}, {1, -4}, {3, 2}} {
			h = f(w, grad, h, 0.5)
		}
		v := []float64{0.5, 3, -1}
		return slices.Concat(w, []float64{h}, v, []float64{f(v, []float64{2, -1, 3}, 2, 0.2)})
	},
	right: adaGradNormRight,
	mistakes: []mistake[normStep]{
		{normWith(plus, rootPlus(1e-7), 1),
			"기울기 쪽으로 갔습니다. w에서 빼야 합니다.",
			"This goes along the gradient. It has to be subtracted from w."},
		{normWith(func(_, square float64) float64 { return square }, rootPlus(1e-7), -1),
			"지난 h가 남지 않았습니다. h에 더하세요: h += g*g.",
			"Nothing of the old h is left. Add to it: h += g*g."},
		{normWith(plus, func(h float64) float64 { return h + 1e-7 }, -1),
			"제곱근이 빠졌습니다. √h로 나눕니다.",
			"The root is missing. Divide by √h."},
		{normWith(plus, math.Sqrt, -1),
			"분모에 ε이 없습니다. 기울기가 줄곧 0이면 0/0이 됩니다.",
			"ε is missing. A gradient of 0 from the start would give 0/0."},
		{normWith(plus, func(h float64) float64 { return math.Sqrt(h + 1e-7) }, -1),
			"ε이 제곱근 안에 있습니다. √h를 구한 다음 더하세요.",
			"ε stands inside the root. Add it to √h."},
		{normWith(plus, rootPlus(1e-8), -1),
			"ε이 1e-8입니다. 이 문제에서는 1e-7입니다.",
			"ε is 1e-8. In this exercise it is 1e-7."},
		{normWith(func(h, square float64) float64 { return h + math.Sqrt(square) }, rootPlus(1e-7), -1),
			"기울기의 길이를 더했습니다. 길이의 제곱을 더하세요.",
			"This adds the length of the gradient. Add the square of the length."},
		{func(w, grad []float64, h, lr float64) float64 {
			mean := func(h, square float64) float64 { return h + square/float64(len(w)) }
			return normWith(mean, rootPlus(1e-7), -1)(w, grad, h, lr)
		},
			"제곱의 평균을 더했습니다. 이 식에서는 나누지 않고 모두 더합니다.",
			"This adds the mean of the squares. The formula adds them all, undivided."},
		{func(w, grad []float64, h, lr float64) float64 {
			for i, g := range grad {
				h += g * g
				w[i] -= lr * g / (math.Sqrt(h) + 1e-7)
			}
			return h
		},
			"첫 좌표를 고칠 때 h가 아직 다 더해지지 않았습니다. 반복문을 둘로 나누세요.",
			"When the first coordinate changes, h is not yet complete. Use two loops."},
		{func(w, grad []float64, h, lr float64) float64 {
			after := h
			for i, g := range grad {
				after += g * g
				w[i] -= lr * g / (math.Sqrt(h+g*g) + 1e-7)
			}
			return after
		},
			"좌표마다 자기 제곱만으로 나누었습니다. 모든 좌표가 같은 √h로 나뉘어야 합니다.",
			"Each coordinate is divided by its own square only. All must be divided by the same √h."},
		{func(w, grad []float64, h, lr float64) float64 {
			after := adaGradNormRight(slices.Clone(w), grad, h, lr)
			axpy(w, -lr/(math.Sqrt(h)+1e-7), grad)
			return after
		},
			"기울기를 더하기 전의 h로 나누었습니다. h를 먼저 고친 다음 w를 고치세요.",
			"This divides by h as it was before. Change h first, then w."},
		{func(w, grad []float64, h, lr float64) float64 {
			adaGradNormRight(w, grad, h, lr)
			return h
		},
			"새 h를 돌려주지 않아 다음 스텝이 0에서 다시 시작합니다. 더한 h를 return하세요.",
			"The new h is not returned, so the next step starts from 0 again. Return the h with what was added."},
		{func(w, grad []float64, h, lr float64) float64 {
			return math.Sqrt(adaGradNormRight(w, grad, h, lr))
		},
			"√h를 돌려주었습니다. 다음 스텝이 더해 갈 h를 return하세요.",
			"This returns √h. Return h itself: the next step adds to it."},
		{func(w, grad []float64, h, lr float64) float64 { return adaGradNormRight(slices.Clone(w), grad, h, lr) },
			"h만 바뀌고 w는 그대로입니다. w[i]에 써 넣으세요. for _, x := range w의 x는 복사본입니다.",
			"Only h has changed, w has not. Write to w[i]: in for _, x := range w, x is a copy."},
		{func(_, _ []float64, h, _ float64) float64 { return h },
			"w도 h도 그대로입니다. h에 더하고 w[i]에 써 넣으세요. for _, x := range w의 x는 복사본입니다.",
			"Neither w nor h has changed. Add to h, and write to w[i]: in for _, x := range w, x is a copy."},
		{func(_, _ []float64, _, _ float64) float64 { return 0 },
			"w는 그대로이고 0을 돌려주었습니다. 더한 h를 return하고 w[i]에 써 넣으세요.",
			"w has not changed, and 0 is returned. Return h with what was added, and write to w[i]."},
		{func(w, grad []float64, h, _ float64) float64 { return adaGradNormRight(w, grad, h, 1) },
			"학습률 η를 곱하지 않았습니다.", "The learning rate η is missing."},
		{func(w, grad []float64, h, lr float64) float64 {
			h = adaGradNormRight(w, grad, h, lr)
			for i, g := range grad {
				w[i] = -lr * g / (math.Sqrt(h) + 1e-7)
			}
			return h
		},
			"오른쪽에 W가 빠졌습니다. 지금 있는 자리에서 빼야 합니다: w[i] -= ….",
			"W is missing on the right. Subtract from where you are: w[i] -= …."},
		{func(w, grad []float64, h, lr float64) float64 {
			h = adaGradNormRight(slices.Clone(w), grad, h, lr)
			for i, g := range grad {
				w[i] -= lr*g/math.Sqrt(h) + 1e-7
			}
			return h
		},
			"ε이 분모 밖에 있습니다. 분모를 괄호로 묶으세요: / (math.Sqrt(h) + 1e-7).",
			"ε is outside the denominator. Put it in parentheses: / (math.Sqrt(h) + 1e-7)."},
		{func(w, grad []float64, h, lr float64) float64 {
			for i := range grad {
				grad[i] *= grad[i]
				h += grad[i]
			}
			axpy(w, -lr/(math.Sqrt(h)+1e-7), grad)
			return h
		},
			"grad를 제곱으로 덮어썼습니다. w를 고칠 때는 제곱하지 않은 기울기가 필요합니다.",
			"grad is overwritten with its squares. The change of w needs the gradient itself."},
		{func(w, grad []float64, h, lr float64) float64 {
			h = adaGradNormRight(slices.Clone(w), grad, h, lr)
			axpy(w[:1], -lr/(math.Sqrt(h)+1e-7), grad)
			return h
		},
			"첫 좌표만 바뀌었습니다. 모든 i에 대해 갱신하세요.",
			"Only the first coordinate has changed. Update every i."},
	},
}

var adaGradNormRight = normWith(plus, rootPlus(1e-7), -1)

// normWith makes a step of h ← add(h, ‖grad‖²), w ← w + sign·η·grad/denominator(h).
func normWith(add func(h, square float64) float64, denominator func(h float64) float64, sign float64) normStep {
	return func(w, grad []float64, h, lr float64) float64 {
		square := 0.0
		for _, g := range grad {
			square += g * g
		}
		h = add(h, square)
		axpy(w, sign*lr/denominator(h), grad)
		return h
	}
}

// rootPlus makes the denominator √h + ε.
func rootPlus(eps float64) func(h float64) float64 {
	return func(h float64) float64 { return math.Sqrt(h) + eps }
}

func plus(a, b float64) float64 { return a + b }

// SamePathWhenScaled checks the answer to "which methods walk the same path when the
// loss is multiplied by 10": a letter.
func SamePathWhenScaled(student any) { check(samePathWhenScaled, student) }

var samePathWhenScaled = choice("b",
	letter("a", "SGD와 모멘텀의 갱신량에는 기울기가 그대로 들어 있으므로 10배가 됩니다. 회전과 헷갈리지 않았나요?",
		"The gradient itself is in the updates of SGD and Momentum: they become 10 times as long. Is this a mix-up with rotation?"),
	letter("c", "SGD의 갱신량은 −ηg입니다. g가 10배이면 어떻게 될까요?", "The update of SGD is −ηg. What if g is 10 times as large?"),
	letter("d", "AdaGrad에서 g가 10배이면 √h도 10배입니다. 나누면 어떻게 될까요?",
		"In AdaGrad, if g is 10 times as large, so is √h. And the quotient?"))

// AlongTheRavine checks how far along the ravine turned by 30° the step
// (1.5, −1.5) goes.
func AlongTheRavine(student any) { check(alongTheRavine, student) }

var alongTheRavine = answer(1.5*(math.Cos(math.Pi/6)-math.Sin(math.Pi/6)),
	number(1.5*(math.Cos(30)-math.Sin(30)), "식은 맞습니다. Go의 각도는 라디안이므로 30이 아니라 math.Pi/6을 넣으세요.",
		"The expression is right. Go takes radians: math.Pi/6, not 30."),
	number(1.5*(math.Cos(math.Pi/6)+math.Sin(math.Pi/6)), "가로지르는 쪽의 길이입니다. 갱신량의 둘째 좌표는 −1.5입니다.",
		"This is the length across. The second coordinate of the update is −1.5."),
	number(1.5*(math.Sin(math.Pi/6)-math.Cos(math.Pi/6)), "부호가 거꾸로입니다. 갱신량 (1.5, −1.5)와 (cos 30°, sin 30°)를 좌표끼리 곱해 더하세요.",
		"The sign is reversed. Multiply (1.5, −1.5) and (cos 30°, sin 30°) coordinate by coordinate and add."),
	number(1.5*math.Cos(math.Pi/6), "둘째 좌표의 몫 −1.5 sin 30°가 빠졌습니다.", "The share of the second coordinate, −1.5 sin 30°, is missing."),
	number(1.5, "돌리지 않은 골짜기의 값입니다.", "This is for the ravine that is not turned."),
	number(0, "45° 돌린 골짜기의 값입니다. 30°에서는 두 몫이 지워지지 않습니다.",
		"This is for a ravine turned by 45°. At 30° the two shares do not cancel."),
	number(1.5*math.Sqrt2, "갱신량 전체의 길이입니다. 골짜기를 따라가는 몫만 구하세요.",
		"This is the length of the whole update. Only the share along the ravine is asked for."),
	number(-1.5*math.Sin(math.Pi/6), "첫째 좌표의 몫 1.5 cos 30°가 빠졌습니다.", "The share of the first coordinate, 1.5 cos 30°, is missing."),
	number(math.Cos(math.Pi/6)-math.Sin(math.Pi/6), "η = 1.5를 곱하지 않았습니다.", "The factor η = 1.5 is missing."))

// SameBudget checks how many learning rates SGD must be given where Adam had
// 6 × 3 × 2 settings.
func SameBudget(student any) { check(sameBudget, student) }

var sameBudget = whole(36,
	number(6, "η의 후보 수만 같습니다. Adam은 조합마다 한 번씩 더 고를 기회가 있었습니다.",
		"Only the number of η is the same. Adam had a further chance with every combination."),
	number(11, "더하지 말고 곱하세요. 모든 조합을 훈련했습니다.", "Multiply, do not add: every combination was trained."),
	number(180, "훈련 횟수입니다. SGD도 후보마다 시드 5개를 쓰므로 5로 나누세요.",
		"This is the number of trainings. SGD uses 5 seeds for each candidate, too: divide by 5."),
	number(7.2, "시드는 두 쪽이 같으므로 나눌 필요가 없습니다.", "The seeds are the same on both sides: no need to divide by them."),
	number(30, "시드 수를 곱했습니다. 시드는 두 쪽이 같고, β₁과 β₂의 조합이 빠졌습니다.",
		"This multiplies by the seeds, which are the same on both sides. The combinations with β₁ and β₂ are missing."),
	number(18, "β₂의 두 값이 빠졌습니다.", "The two values of β₂ are missing."),
	number(12, "β₁의 세 값이 빠졌습니다.", "The three values of β₁ are missing."))

// PairedLosses checks what may be said of two methods with five paired losses:
// a letter.
func PairedLosses(student any) { check(pairedLosses, student) }

var pairedLosses = choice("b",
	letter("a", "짝이 없는 비교라면 그렇게 말합니다. 여기서는 시드가 같으므로 시드마다 빼 보세요.",
		"So one would say without pairs. Here the seeds are the same: subtract seed by seed."),
	letter("c", "이 표는 한 문제, 한 설정, 시드 5개의 것입니다. 다른 문제까지 말할 수는 없습니다.",
		"The table is of one problem, one setting, and 5 seeds. It says nothing of other problems."))
