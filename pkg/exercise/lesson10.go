package exercise

import (
	"math"
	"slices"
)

type fillStep = func(w, z []float64, fanIn, fanOut int)

// HeWeights checks a student's initial weights of He, made from standard
// normal numbers.
func HeWeights(student any) { check(heWeights, student) }

var heWeights = problem[fillStep]{
	input: "fanIn = 4, fanOut = 2, z = [1 -2 0.5 3 -1 2 0.25 -0.75]; fanIn = 3, fanOut = 5, z = [1 -1 2 -2 3 -3 0.5 4 -4 5 -5 6 -6 7 1.5]",
	apply: func(f fillStep) []float64 {
		w, v := slices.Repeat([]float64{9}, 8), slices.Repeat([]float64{9}, 15)
		f(w, []float64{1, -2, 0.5, 3, -1, 2, 0.25, -0.75}, 4, 2)
		f(v, []float64{1, -1, 2, -2, 3, -3, 0.5, 4, -4, 5, -5, 6, -6, 7, 1.5}, 3, 5)
		return append(w, v...)
	},
	right: fromNormal(heStd),
	mistakes: []mistake[fillStep]{
		{fromNormal(func(_ int, fanIn, _ float64) float64 { return 2 / fanIn }),
			"분산을 곱했습니다. 곱하는 것은 표준편차, 곧 분산의 제곱근입니다.",
			"This multiplies by the variance. Multiply by the standard deviation, its square root."},
		{fromNormal(func(_ int, fanIn, _ float64) float64 { return math.Sqrt(1 / fanIn) }),
			"LeCun 초깃값입니다. ReLU가 버리는 절반을 메우는 2가 빠졌습니다.",
			"These are LeCun's. The 2 that makes up for the half which ReLU drops is missing."},
		{fromNormal(func(_ int, fanIn, fanOut float64) float64 { return math.Sqrt(2 / (fanIn + fanOut)) }),
			"Xavier 초깃값입니다. He는 입력 수만 씁니다.",
			"These are Xavier's. He uses the fan-in alone."},
		{fromNormal(func(_ int, _, fanOut float64) float64 { return math.Sqrt(2 / fanOut) }),
			"출력 수로 나누었습니다. 앞으로 가는 신호를 지키려면 입력 수로 나눕니다.",
			"This divides by the fan-out. To keep the signal on its way up, divide by the fan-in."},
		{fromNormal(func(n int, _, _ float64) float64 { return math.Sqrt(2 / float64(n)) }),
			"가중치의 수 len(w)로 나누었습니다. 뉴런 하나로 들어오는 입력의 수 fanIn으로 나눕니다.",
			"This divides by the number of weights, len(w). Divide by the number of inputs of a neuron, fanIn."},
		{fromNormal(func(int, float64, float64) float64 { return 0 }),
			"w가 모두 0이 되었습니다. 정수끼리 나누면 2/fanIn이 0이 됩니다. 2/float64(fanIn)으로 쓰세요.",
			"w is all 0. Between integers 2/fanIn is 0: write 2/float64(fanIn)."},
		{func(w, z []float64, fanIn, fanOut int) {},
			"w가 그대로입니다. w[i]에 써 넣어야 합니다. for _, x := range w의 x는 복사본입니다.",
			"w has not changed. Write to w[i]: in for _, x := range w, x is a copy."},
		{func(w, z []float64, fanIn, fanOut int) { axpy(w, heStd(len(w), float64(fanIn), float64(fanOut)), z) },
			"w에 있던 값에 더했습니다. +=가 아니라 =로 써 넣으세요.",
			"This adds to what w held before. Store with =, not with +=."},
		{func(w, z []float64, fanIn, fanOut int) { fromNormal(heStd)(w[:fanIn], z, fanIn, fanOut) },
			"앞의 fanIn개만 채워졌습니다. 가중치는 모두 fanIn·fanOut개입니다.",
			"Only the first fanIn weights are filled. There are fanIn·fanOut in all."},
		{func(w, z []float64, fanIn, fanOut int) { fromNormal(heStd)(w[:fanOut], z, fanIn, fanOut) },
			"앞의 fanOut개만 채워졌습니다. 가중치는 모두 fanIn·fanOut개입니다.",
			"Only the first fanOut weights are filled. There are fanIn·fanOut in all."},
		{fromNormal(func(_ int, fanIn, _ float64) float64 { return math.Sqrt2 / fanIn }),
			"제곱근이 2에만 씌워졌습니다: √(2/n).",
			"The root covers only the 2: √(2/n)."},
		{fromNormal(func(_ int, fanIn, _ float64) float64 { return 2 / math.Sqrt(fanIn) }),
			"제곱근이 n에만 씌워졌습니다: √(2/n).",
			"The root covers only the n: √(2/n)."},
		{fromNormal(func(_ int, fanIn, _ float64) float64 { return math.Sqrt(fanIn / 2) }),
			"거꾸로 나누었습니다: √(2/n).",
			"The quotient is upside down: √(2/n)."},
		{fromNormal(func(_ int, fanIn, _ float64) float64 { return math.Sqrt(6 / fanIn) }),
			"균일분포의 경계 √(6/n)을 곱했습니다. 정규분포의 표준편차는 √(2/n)입니다.",
			"This multiplies by the bound of the uniform distribution, √(6/n). The standard deviation is √(2/n)."},
		{fromNormal(func(int, float64, float64) float64 { return 1 }),
			"z를 그대로 옮겼습니다. 표준편차 √(2/n)을 곱하세요.",
			"This copies z. Multiply by the standard deviation, √(2/n)."},
		{func(w, z []float64, fanIn, _ int) {
			for i := range w {
				w[i] = math.Sqrt(2 / float64(fanIn))
			}
		},
			"w가 모두 같은 값입니다. 난수 z[i]를 곱하세요.",
			"All of w is the same. Multiply by the random z[i]."},
		{func(w, z []float64, fanIn, _ int) {
			for i := range w {
				w[i] = math.Sqrt(2/float64(fanIn)) + z[i]
			}
		},
			"표준편차를 더했습니다. 난수 z[i]에 곱하세요.",
			"This adds the standard deviation. Multiply the random z[i] by it."},
	},
}

// fromNormal makes initial weights z·std, where std sees the number of weights
// and the fans.
func fromNormal(std func(n int, fanIn, fanOut float64) float64) fillStep {
	return func(w, z []float64, fanIn, fanOut int) {
		s := std(len(w), float64(fanIn), float64(fanOut))
		for i := range w {
			w[i] = s * z[i]
		}
	}
}

func heStd(_ int, fanIn, _ float64) float64 { return math.Sqrt(2 / fanIn) }

// LayersToThousandth checks from which layer on Xavier's ReLU layers have less
// than a thousandth of the input's mean square.
func LayersToThousandth(student any) { check(layersToThousandth, student) }

var layersToThousandth = whole(10,
	number(math.Log(1000)/math.Log(2), "계산은 맞습니다. 층은 정수이므로 올림하세요.",
		"Right so far. A layer is a whole number: round up."),
	number(9, "2⁹ = 512라서 아직 모자랍니다. 한 층 더 가야 합니다.", "2⁹ = 512 is not enough. It takes one more layer."),
	number(20, "제곱의 평균이 한 층에 절반이 됩니다. RMS라면 √2분의 1이라서 20층입니다.",
		"The mean square is halved by each layer. 20 is for the RMS, which falls by √2."),
	number(7, "e로 셈했습니다. 한 층에 절반이 되므로 2의 거듭제곱입니다.", "This counts in powers of e. Each layer halves it: powers of 2."),
	number(math.Inf(1), "ln 0이 되었습니다. Go에서 정수끼리의 1/1000은 0입니다. 0.001로 쓰세요.",
		"This has ln 0: in Go, 1/1000 between integers is 0. Write 0.001."),
	number(3, "한 층에 10분의 1이 아니라 2분의 1이 됩니다.", "Each layer halves it; it does not fall to a tenth."),
	number(500, "줄어드는 양이 아니라 비율이 일정합니다: 2의 −L제곱.", "The factor is constant, not the difference: 2 to the power −L."))

// LeakyFactor checks n·Var(w) for a leaky ReLU of slope 1/2.
func LeakyFactor(student any) { check(leakyFactor, student) }

var leakyFactor = answer(1.6,
	number(2, "ReLU의 값입니다. 음수 쪽도 절반의 크기로 남습니다. Go에서 정수끼리의 1/4은 0이므로 0.25로 쓰세요.",
		"This is for ReLU. Here the negative side stays, at half its size. In Go, 1/4 between integers is 0: write 0.25."),
	number(0.8, "음수와 양수가 절반씩이라는 ½이 빠졌습니다: ½(1 + ¼)의 역수입니다.",
		"The half that is positive or negative is missing: it is the inverse of ½(1 + ¼)."),
	number(8, "양수인 절반이 빠졌습니다. 그쪽은 그대로 남습니다: ½(1 + ¼).", "The positive half is missing. It stays as it is: ½(1 + ¼)."),
	number(2/1.5, "기울기 1/2이 아니라 그 제곱 1/4이 제곱의 평균에 들어갑니다.",
		"It is not the slope 1/2 that enters the mean square, but its square, 1/4."),
	number(1.25/2, "이것은 한 층의 배율입니다. 배율이 1이 되게 하는 n·Var(w)는 그 역수입니다.",
		"This is the factor of a layer. What makes it 1 is the inverse."),
	number(1.25, "음수와 양수는 절반씩입니다: ½(1 + ¼).", "Positive and negative have one half each: ½(1 + ¼)."),
	number(1, "선형 층의 값입니다.", "This is for linear layers."),
	number(4, "음수 쪽의 1/4만 뒤집었습니다. 양수와 음수의 평균 ½(1 + ¼)을 뒤집으세요.",
		"This is the inverse of 1/4, the negative side. Take the inverse of the mean of both sides, ½(1 + ¼)."))

// HeBound checks the bound of He's uniform distribution for a fan-in of 24.
func HeBound(student any) { check(heBound, student) }

var heBound = answer(0.5,
	number(math.Sqrt(2.0/24), "표준편차입니다. 균일분포의 분산은 a²/3이므로 √3배가 더 필요합니다.",
		"This is the standard deviation. The variance of the uniform distribution is a²/3: it takes √3 more."),
	number(0.25, "제곱근을 씌우지 않았습니다: a² = 6/24.", "The root is missing: a² = 6/24."),
	number(1.0/6, "표준편차를 √3으로 나누었습니다. a는 표준편차의 √3배입니다.",
		"This divides the standard deviation by √3. a is √3 times as large."),
	number(math.Sqrt(3.0/24), "2가 빠졌습니다. 이것은 LeCun의 범위입니다.", "The 2 is missing: this is LeCun's bound."),
	number(math.Sqrt(12*2.0/24), "U(−a, a)의 폭은 2a입니다. 분산은 (2a)²/12 = a²/3입니다.",
		"The width of U(−a, a) is 2a. Its variance is (2a)²/12 = a²/3."),
	number(2.0/24, "분산입니다. a²/3이 이 값이 되는 a를 구하세요.", "This is the variance. Find the a for which a²/3 has this value."))
