package exercise

import "math"

// NormalFill checks a student's initializer, which fills w from a normal
// distribution with the standard normal numbers that draw gives.
func NormalFill(student any) { check(normalFilled, student) }

var normalFilled = problem[fill]{
	input: "mean = 2, std = 3, draw() = -1.5, 0, 1.5; mean = -1, std = 0.5, draw() = -2, -1, 0, 1, 2",
	apply: func(f fill) []float64 {
		// symmetric about 0, so that mean − std·g is right as well
		return append(filled(f, 2, 3, -1.5, 0, 1.5), filled(f, -1, 0.5, -2, -1, 0, 1, 2)...)
	},
	right: eachDrawn(func(mean, std, u float64) float64 { return mean + std*u }),
	mistakes: []mistake[fill]{
		{func(w []float64, mean, std float64, draw func() float64) {
			g := draw()
			for i := range w {
				w[i] = mean + std*g
			}
		},
			"모든 가중치가 같습니다. draw()를 반복문 안에서 불러 가중치마다 새로 뽑으세요.",
			"All weights are equal. Call draw() inside the loop, once for each weight."},
		{eachDrawn(func(mean, std, u float64) float64 { return mean + std*std*u }),
			"분산 std²을 곱했습니다. 곱하는 것은 표준편차입니다.",
			"This multiplies by the variance std². The factor is the standard deviation."},
		{eachDrawn(func(mean, std, u float64) float64 { return mean + math.Sqrt(std)*u }),
			"std의 제곱근을 곱했습니다. std는 이미 표준편차입니다.",
			"This multiplies by the root of std, which is the standard deviation already."},
		{eachDrawn(func(mean, std, u float64) float64 { return std * u }),
			"평균 mean을 더하지 않았습니다.",
			"The mean is missing: add it."},
		{eachDrawn(func(mean, std, u float64) float64 { return std * (mean + u) }),
			"평균에도 std를 곱했습니다. mean은 곱한 다음에 더하세요.",
			"The mean is multiplied by std, too. Add it after multiplying."},
		{eachDrawn(func(mean, std, u float64) float64 { return (u - mean) / std }),
			"거꾸로입니다. 이것은 값을 평균 0, 표준편차 1로 맞추는 정규화입니다.",
			"This is the inverse: normalization, which gives mean 0 and standard deviation 1."},
		{eachDrawn(func(_, _, u float64) float64 { return u }),
			"표준정규분포 그대로입니다. std를 곱하고 mean을 더하세요.",
			"This is the standard normal distribution. Multiply by std and add mean."},
		{func([]float64, float64, float64, func() float64) {},
			"w가 그대로입니다. w[i]에 써 넣어야 합니다. for _, x := range w의 x는 복사본입니다.",
			"w has not changed. Write to w[i]: in for _, x := range w, x is a copy."},
		{func(w []float64, mean, std float64, draw func() float64) {
			for i := range w {
				w[i] += mean + std*draw()
			}
		},
			"w에 있던 값에 더했습니다. +=가 아니라 =로 써 넣으세요.",
			"This adds to what w held before. Store with =, not with +=."},
		{eachDrawn(func(mean, _, u float64) float64 { return mean + u }),
			"표준편차 std를 곱하지 않았습니다.",
			"The standard deviation std is missing."},
		{eachDrawn(func(mean, std, u float64) float64 { return std*u - mean }),
			"mean을 뺐습니다. 더하세요.",
			"This subtracts the mean. Add it."},
		{eachDrawn(func(mean, std, u float64) float64 { return mean + u/std }),
			"std로 나누었습니다. 곱하세요.",
			"This divides by std. Multiply by it."},
		{func(w []float64, mean, std float64, draw func() float64) { w[0] = mean + std*draw() },
			"첫 번째 가중치만 채워졌습니다. 모든 i에 써 넣으세요.",
			"Only the first weight is filled. Write to every i."},
	},
}

// FactorOfFrozen checks the factor of one layer with 225 neurons and σ_w = 0.5
// where 4 % of the neurons have σ′ = 1/4 and the others 0.
func FactorOfFrozen(student any) { check(factorOfFrozen, student) }

var factorOfFrozen = answer(0.375,
	number(0.075, "σ′의 평균으로 셈했습니다. 법칙에는 제곱의 평균의 제곱근(RMS)이 들어갑니다.",
		"This uses the mean of σ′. The law has the root of the mean square (RMS)."),
	number(1.875, "모든 뉴런이 σ′ = 1/4일 때의 값입니다. 96%는 0입니다.",
		"This is for σ′ = 1/4 in all neurons. 96% of them have 0."),
	number(0.05, "σ′의 RMS까지는 맞습니다. σ_w√n을 곱하세요.", "The RMS of σ′ is right so far. Multiply by σ_w√n."),
	number(0.025, "√n을 곱하지 않았습니다.", "√n is missing."),
	number(0.75, "σ_w를 곱하지 않았습니다.", "σ_w is missing."),
	number(5.625, "n을 곱했습니다. 곱하는 것은 √n입니다.", "This multiplies by n. The factor is √n."),
	number(0.140625, "제곱의 배율입니다. 제곱근을 구하세요.", "This is the factor of the squares. Take the root."),
	number(1.5, "σ′ = 1/4을 1로 두었습니다.", "This takes σ′ as 1, not as 1/4."))

// LayersToVanish checks after how many layers with a factor of 0.25 less than a
// thousandth is left.
func LayersToVanish(student any) { check(layersToVanish, student) }

var layersToVanish = whole(5,
	number(math.Log(0.001)/math.Log(0.25), "나눗셈까지는 맞습니다. 층은 정수이므로 math.Ceil로 올림하세요.",
		"Right so far. Layers are whole numbers: round up with math.Ceil."),
	number(4, "네 층 뒤에는 256분의 1이 남습니다. 나눗셈의 결과를 올림하세요.",
		"After four layers 1/256 is left. Round the quotient up."),
	number(math.Inf(1), "ln 0이 되었습니다. Go에서 정수끼리의 1/1000은 0입니다. 0.001로 쓰세요.",
		"This has ln 0: in Go, 1/1000 between integers is 0. Write 0.001."),
	number(250, "일정한 양이 아니라 일정한 비율로 줄어듭니다: 0.25^k.",
		"It does not fall by the same amount but by the same factor: 0.25^k."),
	number(25, "0.75배로 셈했습니다. 한 층에 남는 것이 0.25입니다.",
		"This uses a factor of 0.75. What a layer leaves is 0.25."),
	number(10, "한 층에 절반으로 셈했습니다. 한 층에 0.25배입니다.", "This halves in each layer. The factor is 0.25."),
	number(2, "한 층에 40분의 1(σ_w = 0.01)로 셈했습니다. 여기서는 0.25배입니다.",
		"This takes a fortieth a layer, that of σ_w = 0.01. Here the factor is 0.25."))

// StdForOne checks which σ_w makes the factor 1 in sigmoid layers of 64 neurons
// with z close to 0.
func StdForOne(student any) { check(stdForOne, student) }

var stdForOne = answer(0.5,
	number(0.125, "σ′ = 1/4을 빠뜨렸습니다. tanh라면 맞는 값입니다.",
		"σ′ = 1/4 is missing. For tanh this would be right."),
	number(0.0625, "n으로 나누었습니다. √n으로 나누세요.", "This divides by n. Divide by √n."),
	number(2, "뒤집혔습니다: σ_w√n/4 = 1을 σ_w에 대해 푸세요.", "Upside down: solve σ_w√n/4 = 1 for σ_w."),
	number(0.03125, "4로 나누었습니다. σ′이 1/4이므로 4를 곱해야 메워집니다.",
		"This divides by 4. σ′ is 1/4, so it takes a factor 4 to make up for it."),
	number(0.25, "분산입니다. 제곱근을 구하세요.", "This is the variance. Take the root."),
	number(32, "√n을 곱했습니다. 4/√n입니다.", "This multiplies by √n. It is 4/√n."),
	number(0.4, "n=100의 값입니다. 이번 층은 64개입니다.", "That is for n = 100. These layers have 64."))

// Normalization checks what normalization is.
func Normalization(student any) { check(normalization, student) }

var normalization = choice("b",
	letter("a", "그것은 정규분포(normal distribution) 초깃값입니다. 이름만 비슷합니다.",
		"That is the normal distribution of initial weights. Only the names are alike."),
	letter("c", "그것은 규제(regularization), 예를 들면 가중치 감소입니다.",
		"That is regularization, such as weight decay."))
