package exercise

import "math"

type normStep = func(w, grad []float64, h, lr float64) float64

// AdaGradNorm checks a student's AdaGrad with one h for all coordinates:
// h ← h + ‖grad‖², w ← w − η·grad/(√h + 1e-7), w in place and h returned.
func AdaGradNorm(student any) { check(adaGradNorm, student) }

var adaGradNorm = problem[normStep]{
	input: "w = [1 -2], h = 0, η = 0.5, grad = [1 -4] → [3 2]",
	apply: func(f normStep) []float64 {
		w, h := []float64{1, -2}, 0.0
		for _, grad := range [][]float64{{1, -4}, {3, 2}} {
			h = f(w, grad, h, 0.5)
		}
		return append(w, h)
	},
	right: normWith(plus, math.Sqrt, -1),
	mistakes: []mistake[normStep]{
		{normWith(plus, math.Sqrt, 1),
			"기울기 쪽으로 갔습니다. w에서 빼야 합니다.",
			"This goes along the gradient. It has to be subtracted from w."},
		{normWith(func(_, square float64) float64 { return square }, math.Sqrt, -1),
			"지난 h가 남지 않았습니다. h에 더하세요: h += g*g.",
			"Nothing of the old h is left. Add to it: h += g*g."},
		{normWith(plus, func(h float64) float64 { return h }, -1),
			"제곱근이 빠졌습니다. √h로 나눕니다.",
			"The root is missing. Divide by √h."},
		{normWith(func(h, square float64) float64 { return h + math.Sqrt(square) }, math.Sqrt, -1),
			"기울기의 길이를 더했습니다. 길이의 제곱을 더하세요.",
			"This adds the length of the gradient. Add the square of the length."},
		{normWith(func(h, square float64) float64 { return h + square/2 }, math.Sqrt, -1),
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
			for i, g := range grad {
				w[i] -= lr * g / (math.Sqrt(h+g*g) + 1e-7)
			}
			return h + grad[0]*grad[0] + grad[1]*grad[1]
		},
			"좌표마다 자기 제곱만으로 나누었습니다. 모든 좌표가 같은 √h로 나뉘어야 합니다.",
			"Each coordinate is divided by its own square only. All must be divided by the same √h."},
		{func(w, grad []float64, h, lr float64) float64 {
			normWith(plus, math.Sqrt, -1)(w, grad, h, lr)
			return h
		},
			"새 h를 돌려주지 않아 다음 스텝이 0에서 다시 시작합니다. 더한 h를 return하세요.",
			"The new h is not returned, so the next step starts from 0 again. Return the h with what was added."},
		{func(_, grad []float64, h, _ float64) float64 { return h + grad[0]*grad[0] + grad[1]*grad[1] },
			"h만 바뀌고 w는 그대로입니다.", "Only h has changed, w has not."},
		{func(w, grad []float64, h, _ float64) float64 {
			return normWith(plus, math.Sqrt, -1)(w, grad, h, 1)
		},
			"학습률 η를 곱하지 않았습니다.", "The learning rate η is missing."},
	},
}

// normWith makes a step of h ← add(h, ‖grad‖²), w ← w + sign·η·grad/(root(h) + 1e-7).
func normWith(add func(h, square float64) float64, root func(float64) float64, sign float64) normStep {
	return func(w, grad []float64, h, lr float64) float64 {
		square := 0.0
		for _, g := range grad {
			square += g * g
		}
		h = add(h, square)
		axpy(w, sign*lr/(root(h)+1e-7), grad)
		return h
	}
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
