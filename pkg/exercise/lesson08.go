package exercise

import (
	"math"
	"slices"
)

// fill is an initializer that takes two parameters of a distribution and a
// source of random numbers.
type fill = func(w []float64, a, b float64, draw func() float64)

// filled applies an initializer with the parameters a and b to as many weights,
// 9 at first, as there are numbers that draw gives in turn. Sorted, since the
// order in which they are drawn is free.
func filled(f fill, a, b float64, drawn ...float64) []float64 {
	w, next := slices.Repeat([]float64{9}, len(drawn)), 0
	f(w, a, b, func() float64 {
		next++
		return drawn[(next-1)%len(drawn)]
	})
	slices.Sort(w)
	return w
}

// eachDrawn computes each weight from a number u of its own.
func eachDrawn(weight func(a, b, u float64) float64) fill {
	return func(w []float64, a, b float64, draw func() float64) {
		for i := range w {
			w[i] = weight(a, b, draw())
		}
	}
}

// UniformFill checks a student's initializer, which fills w from U(low, high)
// with the random numbers from 0 to 1 that draw gives.
func UniformFill(student any) { check(uniformFilled, student) }

var uniformFilled = problem[fill]{
	input: "low = -1, high = 3, draw() = 0.125, 0.5, 0.875; low = 2, high = 2.5, draw() = 0.25, 0.375, 0.5, 0.625, 0.75",
	apply: func(f fill) []float64 {
		// symmetric about ½, so that high − (high−low)·u is right as well
		return append(filled(f, -1, 3, 0.125, 0.5, 0.875), filled(f, 2, 2.5, 0.25, 0.375, 0.5, 0.625, 0.75)...)
	},
	right: eachDrawn(func(low, high, u float64) float64 { return low + (high-low)*u }),
	mistakes: []mistake[fill]{
		{func(w []float64, low, high float64, draw func() float64) {
			u := draw()
			for i := range w {
				w[i] = low + (high-low)*u
			}
		},
			"모든 가중치가 같습니다. draw()를 반복문 안에서 불러 가중치마다 새로 뽑으세요.",
			"All weights are equal. Call draw() inside the loop, once for each weight."},
		{eachDrawn(func(low, high, u float64) float64 { return high * u }),
			"0부터 high까지만 나옵니다. 폭 high−low를 곱하고 low를 더하세요.",
			"This gives 0 to high only. Multiply by the width high−low and add low."},
		{eachDrawn(func(low, high, u float64) float64 { return (high - low) * u }),
			"폭은 맞지만 0에서 시작합니다. low를 더하세요.",
			"The width is right, but it starts at 0. Add low."},
		{eachDrawn(func(low, high, u float64) float64 { return low + high*u }),
			"low부터 low+high까지 나옵니다. 곱하는 것은 폭 high−low입니다.",
			"This gives low to low+high. The factor is the width, high−low."},
		{eachDrawn(func(low, high, u float64) float64 { return high * (2*u - 1) }),
			"−high부터 high까지 나옵니다. low가 늘 −high인 것은 아닙니다: low + (high−low)·u.",
			"This gives −high to high. low need not be −high: low + (high−low)·u."},
		{func([]float64, float64, float64, func() float64) {},
			"w가 그대로입니다. w[i]에 써 넣어야 합니다. for _, x := range w의 x는 복사본입니다.",
			"w has not changed. Write to w[i]: in for _, x := range w, x is a copy."},
		{func(w []float64, low, high float64, draw func() float64) {
			for i := range w {
				w[i] += low + (high-low)*draw()
			}
		},
			"w에 있던 값에 더했습니다. +=가 아니라 =로 써 넣으세요.",
			"This adds to what w held before. Store with =, not with +=."},
		{eachDrawn(func(low, high, u float64) float64 { return (low + high) * u }),
			"0부터 low+high까지 나옵니다. 폭은 high−low이고, low를 더해야 합니다.",
			"This gives 0 to low+high. The width is high−low, and low has to be added."},
		{eachDrawn(func(low, high, u float64) float64 { return low + (high+low)*u }),
			"폭은 high+low가 아니라 high−low입니다.",
			"The width is high−low, not high+low."},
		{eachDrawn(func(low, high, u float64) float64 { return low - (high-low)*u }),
			"low에서 아래로 갔습니다. 폭을 더하세요: low + (high−low)·u.",
			"This goes down from low. Add the width: low + (high−low)·u."},
		{eachDrawn(func(_, _, u float64) float64 { return u }),
			"U(0, 1)입니다. 폭 high−low를 곱하고 low를 더하세요.",
			"This is U(0, 1). Multiply by the width high−low and add low."},
		{func(w []float64, low, high float64, draw func() float64) { w[0] = low + (high-low)*draw() },
			"첫 번째 가중치만 채워졌습니다. 모든 i에 써 넣으세요.",
			"Only the first weight is filled. Write to every i."},
	},
}

// MeanOfPreactivation checks the mean of z for 50 activations of 0.4 and
// weights from U(0, 0.06).
func MeanOfPreactivation(student any) { check(meanOfPreactivation, student) }

var meanOfPreactivation = answer(0.6,
	number(1.2, "U(0, 0.06)의 평균은 0.06이 아니라 그 절반입니다.",
		"The mean of U(0, 0.06) is not 0.06 but half of it."),
	number(1.5, "입력의 값 0.4를 곱하지 않았습니다.", "The value of the inputs, 0.4, is missing."),
	number(0.012, "입력 하나의 몫입니다. 입력은 50개입니다.", "This is the share of one input. There are 50."),
	number(3, "입력의 값 0.4를 곱하지 않았고, 평균은 0.06의 절반입니다.",
		"The value of the inputs, 0.4, is missing, and the mean is half of 0.06."),
	number(1/(1+math.Exp(-0.6)), "이것은 그다음의 활성화 값 σ(z)입니다. 문제는 z의 평균입니다.",
		"This is the activation σ(z) that follows. The question is about the mean of z."),
	number(0, "이 가중치의 평균은 0이 아닙니다. U(0, 0.06)은 양수뿐입니다.",
		"The mean of these weights is not 0: U(0, 0.06) has positive numbers only."),
	number(20, "가중치의 평균을 곱하지 않았습니다.", "The mean of the weights is missing."),
	number(50*0.4*0.06/math.Sqrt(12), "표준편차를 썼습니다. 평균은 (a+b)/2입니다.",
		"This uses the standard deviation. The mean is (a+b)/2."))

// XavierBound checks Xavier's bound for 64 inputs and 32 outputs.
func XavierBound(student any) { check(xavierBound, student) }

var xavierBound = answer(0.25,
	number(math.Sqrt(6.0/64), "입력 수만 썼습니다. 입력 수와 출력 수를 더하세요.",
		"This uses the inputs only. Add inputs and outputs."),
	number(math.Sqrt(6.0/32), "출력 수만 썼습니다. 입력 수와 출력 수를 더하세요.",
		"This uses the outputs only. Add inputs and outputs."),
	number(math.Sqrt(2.0/96), "이것은 표준편차입니다. 경계는 그 √3배입니다.",
		"This is the standard deviation. The bound is √3 times that."),
	number(math.Sqrt(3.0/96), "두 수의 합이 아니라 평균으로 나눌 때 3입니다. 합으로 나누면 6입니다.",
		"3 belongs to the mean of both numbers. Over their sum it is 6."),
	number(6.0/96, "제곱근을 빠뜨렸습니다.", "The square root is missing."),
	number(math.Sqrt(6.0/(64*32)), "입력 수와 출력 수를 곱했습니다. 더하세요.",
		"This multiplies inputs and outputs. Add them."),
	number(0.5, "−r부터 r까지의 폭 2r입니다. 문제는 r입니다.",
		"This is the width 2r from −r to r. The question is about r."),
	number(1, "시그모이드를 위한 4배의 경계입니다. 문제는 tanh입니다.",
		"This is four times the bound, for the sigmoid. The question is about tanh."))

// BoundOfGradient checks σ_w√n/4 for 300 neurons and weights from
// U(−0.16, 0.16).
func BoundOfGradient(student any) { check(boundOfGradient, student) }

var boundOfGradient = answer(0.4,
	number(1.6, "σ′의 최댓값 1/4을 곱하지 않았습니다.", "The largest σ′, 1/4, is missing."),
	number(0.04*math.Sqrt(300), "0.16은 표준편차가 아닙니다. U(−r, r)의 표준편차는 r/√3입니다.",
		"0.16 is not the standard deviation. That of U(−r, r) is r/√3."),
	number(0.16*math.Sqrt(300), "0.16은 표준편차가 아니고(r/√3), σ′의 최댓값 1/4도 빠졌습니다.",
		"0.16 is not the standard deviation (r/√3), and the largest σ′, 1/4, is missing."),
	number(0.04/math.Sqrt(3), "입력 수의 제곱근 √n을 곱하지 않았습니다.", "The root of the number of inputs, √n, is missing."),
	number(12/math.Sqrt(3), "n이 아니라 √n입니다. 평균이 0인 항 n개의 합은 √n배로 커집니다.",
		"It is √n, not n: a sum of n terms with mean 0 grows by √n."),
	number(0.64, "분산으로 계산했습니다. 제곱근 σ_w√n을 쓰세요.",
		"This uses the variance. Take the root, σ_w√n."),
	number(0.8, "폭 0.32를 √3으로 나누었습니다. √12로 나누거나 절반 0.16을 √3으로 나누세요.",
		"This divides the width 0.32 by √3. Divide it by √12, or the half width 0.16 by √3."),
	number(0.16, "배율의 제곱입니다. 제곱근을 구하세요.", "This is the square of the factor. Take the root."),
	number(0.0256, "네 층의 배율입니다. 한 층의 배율을 쓰세요.", "This is for four layers. Give the factor of one."))

// MostEvenWidth checks the r with which U(−r, r) makes sigmoids the most even
// in layers of 48 neurons.
func MostEvenWidth(student any) { check(mostEvenWidth, student) }

var mostEvenWidth = answer(math.Pi/4,
	number(math.Pi*math.Sqrt(3.0/100), "n=100의 값입니다. 이번 층은 48개입니다.",
		"This is the value for n = 100. These layers have 48."),
	number(math.Sqrt(6.0/96), "Xavier의 경계입니다. tanh에 맞춘 것입니다.",
		"This is Xavier's bound, made for tanh."),
	number(math.Sqrt(6.0/96)*4, "4배의 Xavier입니다. 가깝지만, 가장 고른 것은 π√(3/n)입니다.",
		"This is four times Xavier. It is near, but the most even is π√(3/n)."),
	number(math.Pi*3/48, "제곱근을 빠뜨렸습니다: π√(3/n).", "The square root is missing: π√(3/n)."),
	number(math.Pi*math.Sqrt(48.0/3), "나눗셈을 거꾸로 했습니다. n이 크면 r는 작아집니다.",
		"The quotient is upside down. With a larger n, r is smaller."),
	number(math.Pi/math.Sqrt(3)/math.Sqrt(48), "이것은 앞 층의 E[x²]을 1로 둔 표준편차입니다. E[x²] = 1/3이고, r는 표준편차의 √3배입니다.",
		"This is a standard deviation, with E[x²] = 1. E[x²] is 1/3, and r is √3 times the standard deviation."),
	number(math.Pi/math.Sqrt(48), "거의 맞습니다. √3을 빠뜨렸습니다: 표준편차 π/√n의 √3배가 r입니다.",
		"Nearly: a factor √3 is missing. r is √3 times the standard deviation π/√n."))
