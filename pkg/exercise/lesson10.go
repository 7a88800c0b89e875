package exercise

import "math"

type fillStep = func(w, z []float64, fanIn, fanOut int)

// HeWeights checks a student's initial weights of He, made from standard
// normal numbers.
func HeWeights(student any) { check(heWeights, student) }

var heWeights = problem[fillStep]{
	input: "z = [1 -2 0.5], fanIn = 8, fanOut = 3",
	apply: func(f fillStep) []float64 {
		w := make([]float64, 3)
		f(w, []float64{1, -2, 0.5}, 8, 3)
		return w
	},
	right: func(w, z []float64, fanIn, fanOut int) { axpy(w, math.Sqrt(2/float64(fanIn)), z) },
	mistakes: []mistake[fillStep]{
		{func(w, z []float64, fanIn, fanOut int) { axpy(w, 2/float64(fanIn), z) },
			"분산을 곱했습니다. 곱하는 것은 표준편차, 곧 분산의 제곱근입니다.",
			"This multiplies by the variance. Multiply by the standard deviation, its square root."},
		{func(w, z []float64, fanIn, fanOut int) { axpy(w, math.Sqrt(1/float64(fanIn)), z) },
			"LeCun 초깃값입니다. ReLU가 버리는 절반을 메우는 2가 빠졌습니다.",
			"These are LeCun's. The 2 that makes up for the half which ReLU drops is missing."},
		{func(w, z []float64, fanIn, fanOut int) { axpy(w, math.Sqrt(2/float64(fanIn+fanOut)), z) },
			"Xavier 초깃값입니다. He는 입력 수만 씁니다.",
			"These are Xavier's. He uses the fan-in alone."},
		{func(w, z []float64, fanIn, fanOut int) { axpy(w, math.Sqrt(2/float64(fanOut)), z) },
			"출력 수로 나누었습니다. 앞으로 가는 신호를 지키려면 입력 수로 나눕니다.",
			"This divides by the fan-out. To keep the signal on its way up, divide by the fan-in."},
		{func(w, z []float64, fanIn, fanOut int) {},
			"w가 모두 0입니다. 정수끼리 나누면 2/fanIn이 0이 됩니다. 2/float64(fanIn)으로 쓰고 w[i]에 써 넣으세요.",
			"w is all 0. Between integers 2/fanIn is 0: write 2/float64(fanIn), and store into w[i]."},
		{func(w, z []float64, fanIn, fanOut int) { axpy(w, math.Sqrt(2)/float64(fanIn), z) },
			"제곱근이 2에만 씌워졌습니다: √(2/n).",
			"The root covers only the 2: √(2/n)."},
		{func(w, z []float64, fanIn, fanOut int) {
			for i := range w {
				w[i] = math.Sqrt(2 / float64(fanIn))
			}
		},
			"w가 모두 같은 값입니다. 난수 z[i]를 곱하세요.",
			"All of w is the same. Multiply by the random z[i]."},
	},
}

// LayersToThousandth checks from which layer on Xavier's ReLU layers have less
// than a thousandth of the input's mean square.
func LayersToThousandth(student any) { check(layersToThousandth, student) }

var layersToThousandth = whole(10,
	number(math.Log(1000)/math.Log(2), "계산은 맞습니다. 층은 정수이므로 올림하세요.",
		"Right so far. A layer is a whole number: round up."),
	number(9, "2⁹ = 512라서 아직 모자랍니다. 한 층 더 가야 합니다.", "2⁹ = 512 is not enough. It takes one more layer."),
	number(20, "제곱의 평균이 한 층에 절반이 됩니다. RMS라면 √2분의 1이라서 20층입니다.",
		"The mean square is halved by each layer. 20 is for the RMS, which falls by √2."),
	number(3, "한 층에 10분의 1이 아니라 2분의 1이 됩니다.", "Each layer halves it; it does not fall to a tenth."),
	number(500, "줄어드는 양이 아니라 비율이 일정합니다: 2의 −L제곱.", "The factor is constant, not the difference: 2 to the power −L."))

// LeakyFactor checks n·Var(w) for a leaky ReLU of slope 1/2.
func LeakyFactor(student any) { check(leakyFactor, student) }

var leakyFactor = answer(1.6,
	number(2, "ReLU의 값입니다. 음수 쪽도 절반의 크기로 남습니다.", "This is for ReLU. Here the negative side stays, at half its size."),
	number(2/1.5, "기울기 1/2이 아니라 그 제곱 1/4이 제곱의 평균에 들어갑니다.",
		"It is not the slope 1/2 that enters the mean square, but its square, 1/4."),
	number(1.25/2, "이것은 한 층의 배율입니다. 배율이 1이 되게 하는 n·Var(w)는 그 역수입니다.",
		"This is the factor of a layer. What makes it 1 is the inverse."),
	number(1.25, "음수와 양수는 절반씩입니다: ½(1 + ¼).", "Positive and negative have one half each: ½(1 + ¼)."),
	number(1, "선형 층의 값입니다.", "This is for linear layers."),
	number(4, "음수 쪽만 센 것 같습니다. 양수 절반은 그대로 남습니다.", "This leaves out the positive half, which stays as it is."))

// HeBound checks the bound of He's uniform distribution for a fan-in of 24.
func HeBound(student any) { check(heBound, student) }

var heBound = answer(0.5,
	number(math.Sqrt(2.0/24), "표준편차입니다. 균일분포의 분산은 a²/3이므로 √3배가 더 필요합니다.",
		"This is the standard deviation. The variance of the uniform distribution is a²/3: it takes √3 more."),
	number(0.25, "제곱근을 씌우지 않았습니다: a² = 6/24.", "The root is missing: a² = 6/24."),
	number(math.Sqrt(3.0/24), "2가 빠졌습니다. 이것은 LeCun의 범위입니다.", "The 2 is missing: this is LeCun's bound."),
	number(math.Sqrt(12*2.0/24), "U(−a, a)의 폭은 2a입니다. 분산은 (2a)²/12 = a²/3입니다.",
		"The width of U(−a, a) is 2a. Its variance is (2a)²/12 = a²/3."),
	number(2.0/24, "분산입니다. a²/3이 이 값이 되는 a를 구하세요.", "This is the variance. Find the a for which a²/3 has this value."))
