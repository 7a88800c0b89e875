package exercise

import (
	"math"
	"slices"
)

type sgdStep = func(w, grad []float64, lr float64)

// SGD checks a student's update w ← w − η·grad, written in place.
func SGD(student any) { check(sgd, student) }

var sgd = problem[sgdStep]{
	input: "w = [1 -2 0.5], grad = [0.25 0 -4], η = 0.3; w = [4 -1 3 0.5], grad = [-2 3 0.5 1], η = 0.05",
	apply: func(f sgdStep) []float64 {
		w, w2 := []float64{1, -2, 0.5}, []float64{4, -1, 3, 0.5}
		f(w, []float64{0.25, 0, -4}, 0.3)
		f(w2, []float64{-2, 3, 0.5, 1}, 0.05)
		return slices.Concat(w, w2)
	},
	right: func(w, grad []float64, lr float64) { axpy(w, -lr, grad) },
	mistakes: []mistake[sgdStep]{
		{func(w, grad []float64, lr float64) { axpy(w, lr, grad) },
			"기울기를 더했습니다. 기울기는 손실이 커지는 쪽을 가리키므로 빼야 내려갑니다.",
			"The gradient is added. It points to where the loss grows: subtract it to go down."},
		{func(w, grad []float64, _ float64) { axpy(w, -1, grad) },
			"학습률 η를 곱하지 않았습니다.",
			"The learning rate η is missing."},
		{func([]float64, []float64, float64) {},
			"w가 그대로입니다. w[i]에 써 넣어야 합니다. for _, x := range w의 x는 복사본입니다.",
			"w has not changed. Write to w[i]: in for _, x := range w, x is a copy."},
		{func(w, grad []float64, lr float64) { axpy(w[:1], -lr, grad[:1]) },
			"첫 번째 성분만 바뀌었습니다. 모든 i에 대해 갱신하세요.",
			"Only the first component has changed. Update every i."},
		{func(w, grad []float64, lr float64) {
			for i := range w {
				w[i] = -lr * grad[i]
			}
		},
			"오른쪽에 W가 빠졌습니다. 지금 있는 자리에서 빼야 합니다: W ← W − η ∂L/∂W.",
			"W is missing on the right. Subtract from where you are: W ← W − η ∂L/∂W."},
		{func(w, grad []float64, lr float64) {
			for i := range w {
				w[i] -= lr * w[i]
			}
		},
			"기울기가 아니라 w를 빼고 있습니다. grad[i]를 쓰세요.",
			"This subtracts w, not the gradient. Use grad[i]."},
		{func(w, grad []float64, lr float64) { axpy(w[:len(w)-1], -lr, grad) },
			"마지막 성분이 그대로입니다. 번호는 len(w)-1까지입니다: i < len(w).",
			"The last component has not changed. Indices go up to len(w)-1: i < len(w)."},
		{func(w, grad []float64, lr float64) { axpy(w, -1/lr, grad) },
			"학습률 η로 나누었습니다. 곱하세요.",
			"This divides by the learning rate η. Multiply by it."},
		{func(w, grad []float64, lr float64) {
			for i := range w {
				w[i] -= lr
			}
		},
			"학습률만 뺐습니다. 기울기 grad[i]를 곱하세요.",
			"This subtracts the learning rate alone. Multiply it by the gradient, grad[i]."},
		{func(w, grad []float64, lr float64) {
			for i := range w {
				w[i] = lr * grad[i]
			}
		},
			"w에 η ∂L/∂W만 남았습니다. 지금 있는 w에서 빼세요: w[i] -= ….",
			"All that is left in w is η ∂L/∂W. Subtract it from the w that is there: w[i] -= …."},
	},
}

// axpy adds a·x to y.
func axpy(y []float64, a float64, x []float64) {
	for i := range y {
		y[i] += a * x[i]
	}
}

// LargestRate checks the bound of the learning rate for f(x, y) = 3x² + y²/2.
func LargestRate(student any) { check(largestRate, student) }

var largestRate = answer(1.0/3,
	number(1.0/6, "1/λ는 진동이 시작되는 값입니다. 발산은 그 두 배에서 시작됩니다.",
		"1/λ is where oscillation starts. Divergence starts at twice that."),
	number(2, "작은 쪽 곡률로 계산했습니다. 곡률이 가장 큰 방향이 경계를 정합니다.",
		"This uses the smaller curvature. The direction of the largest curvature sets the bound."),
	number(2.0/3, "λ는 계수 3이 아니라 두 번 미분한 값 6입니다.",
		"λ is not the coefficient 3 but the second derivative, 6."),
	number(4, "λ는 계수 1/2이 아니라 두 번 미분한 값이고, 두 방향 가운데 큰 쪽을 씁니다.",
		"λ is not the coefficient 1/2 but a second derivative, and the larger of the two."),
	number(2.0/7, "두 곡률을 더했습니다. 두 방향 가운데 곡률이 큰 쪽만 씁니다.",
		"This adds the two curvatures. Take only the larger one."),
	number(3, "뒤집혔습니다: λ/2가 아니라 2/λ입니다.", "Upside down: it is 2/λ, not λ/2."),
	number(1, "앞에서 본 골짜기의 경계입니다. 이번 곡면의 곡률로 다시 계산하세요.",
		"This is the bound of the ravine above. Compute it from the curvatures of this surface."))

// StepsToTenth checks how many steps shrink x to a tenth on the ravine with
// η = 0.5.
func StepsToTenth(student any) { check(stepsToTenth, student) }

var stepsToTenth = whole(45,
	number(math.Log(0.1)/math.Log(0.95), "나눗셈까지는 맞습니다. 스텝은 정수이므로 math.Ceil로 올림하세요.",
		"Right so far. A step is a whole number: round up with math.Ceil."),
	number(math.Inf(1), "ln 0이 되었습니다. Go에서 정수끼리의 1/10은 0입니다. 0.1로 쓰세요.",
		"This has ln 0: in Go, 1/10 between integers is 0. Write 0.1."),
	number(44, "44스텝 뒤에는 아직 10분의 1보다 조금 큽니다. 나눗셈의 결과를 올림하세요.",
		"After 44 steps it is still a little above a tenth. Round the quotient up."),
	number(4, "한 스텝에 x는 절반이 아니라 (1−ηλ)배가 됩니다. x 방향의 λ를 넣어 보세요.",
		"A step multiplies x by (1−ηλ), not by one half. Put in the λ of the x direction."),
	number(1, "η = 0.5는 y 방향에서 한 스텝에 최소점에 닿는 값입니다. x 방향의 곡률은 그 20분의 1입니다.",
		"η = 0.5 reaches the minimum in one step along y. Along x the curvature is 20 times smaller."),
	number(91, "곡률로 1/20을 쓴 것 같습니다. x²/20을 두 번 미분하면 1/10입니다.",
		"This looks like curvature 1/20. The second derivative of x²/20 is 1/10."),
	number(18, "x는 한 스텝에 일정한 양이 아니라 일정한 비율로 줄어듭니다: 0.95^t.",
		"x does not fall by the same amount in each step but by the same factor: 0.95^t."),
	number(22, "η를 1로 놓고 계산한 것 같습니다. 문제의 η는 0.5입니다.", "This looks like η = 1. In the exercise η is 0.5."))

// MeanGradient checks the gradient of a mini-batch, made from those of its
// samples.
func MeanGradient(student any) { check(meanGradient, student) }

var meanGradient = problem[func([][]float64) []float64]{
	input: "grads = [[1 2] [4 -4] [5 9]]; grads = [[2 -1 0.5 4] [5 6 -2.5 2]]",
	apply: func(f func([][]float64) []float64) []float64 {
		return append(f([][]float64{{1, 2}, {4, -4}, {5, 9}}), f([][]float64{{2, -1, 0.5, 4}, {5, 6, -2.5, 2}})...)
	},
	right: func(g [][]float64) []float64 { return scaled(g, 1/float64(len(g))) },
	mistakes: []mistake[func([][]float64) []float64]{
		{func(g [][]float64) []float64 { return scaled(g, 1) },
			"합을 돌려주었습니다. 샘플 수로 나누지 않으면 배치 크기를 바꿀 때마다 η도 바꾸어야 합니다.",
			"This is the sum. Without dividing by the number of samples, η has to change with the batch size."},
		{func(g [][]float64) []float64 { return scaled(g, 1/float64(len(g[0]))) },
			"매개변수의 수로 나누었습니다. 샘플 수 len(grads)로 나누세요.",
			"This divides by the number of parameters. Divide by the number of samples, len(grads)."},
		{func(g [][]float64) []float64 { return scaled(g[len(g)-1:], 1/float64(len(g))) },
			"마지막 샘플만 더해졌습니다. g[i] = …가 아니라 g[i] += …로 쌓으세요.",
			"Only the last sample is in the sum. Write g[i] += … in place of g[i] = …."},
		{func(g [][]float64) []float64 { return g[len(g)-1] },
			"마지막 샘플의 기울기만 남았습니다. =가 아니라 +=로 더하세요.",
			"Only the last sample's gradient is left. Add with += in place of =."},
		{func(g [][]float64) []float64 { return scaled(g[:1], 1/float64(len(g))) },
			"첫 샘플만 더하고 돌아왔습니다. return은 반복문이 끝난 다음에 쓰세요.",
			"It returns with the first sample alone. Put return after the loop."},
		{func(g [][]float64) []float64 { return g[0] },
			"첫 샘플의 기울기입니다. 모든 샘플을 더하고 샘플 수로 나누세요.",
			"This is the gradient of the first sample. Add all samples, and divide by how many there are."},
		{func(g [][]float64) []float64 { return scaled(append(g[:1:1], g...), 1/float64(len(g))) },
			"첫 샘플이 두 번 더해졌습니다. 0으로 채워진 새 슬라이스에서 시작하세요: make([]float64, len(grads[0])).",
			"The first sample is added twice. Begin with a new slice of zeros: make([]float64, len(grads[0]))."},
		{func(g [][]float64) []float64 { return scaled(g, 1/float64(len(g)*len(g[0]))) },
			"모든 수의 개수로 나누었습니다. 샘플 수 len(grads)로만 나누세요.",
			"This divides by how many numbers there are in all. Divide by the number of samples alone, len(grads)."},
		{func(g [][]float64) []float64 { return scaled(g, 1/float64(len(g)-1)) },
			"샘플 수보다 하나 적은 수로 나누었습니다. len(grads)로 나누세요.",
			"This divides by one less than the number of samples. Divide by len(grads)."},
		{func(g [][]float64) []float64 {
			means := make([]float64, len(g))
			for k, sample := range g {
				means[k] = sum(sample) / float64(len(sample))
			}
			return means
		},
			"샘플마다 성분의 평균을 구했습니다. 성분마다 샘플의 평균을 구하세요.",
			"This is the mean over the components of each sample. Take the mean over the samples, component by component."},
		{func(g [][]float64) []float64 { return scaled(g, 0) },
			"결과가 모두 0입니다. g[i] += …로 쌓으세요. for _, x := range g의 x는 복사본이고, 정수끼리의 1/len(grads)는 0입니다.",
			"The result is all 0. Add with g[i] += …: in for _, x := range g, x is a copy. And between integers, 1/len(grads) is 0."},
		{func([][]float64) []float64 { return nil },
			"빈 슬라이스가 나왔습니다. make([]float64, len(grads[0]))로 만든 것을 채워서 돌려주세요.",
			"The slice is empty. Fill one that make([]float64, len(grads[0])) gives, and return it."},
	},
}

// scaled returns a times the sum of the rows.
func scaled(rows [][]float64, a float64) []float64 {
	s := make([]float64, len(rows[0]))
	for _, r := range rows {
		axpy(s, a, r)
	}
	return s
}

// NoiseOfBatch checks what four times the batch size does to the standard
// deviation of the gradient noise: the factor.
func NoiseOfBatch(student any) { check(noiseOfBatch, student) }

var noiseOfBatch = answer(0.5,
	number(0.25, "4분의 1이 되는 것은 분산입니다. 표준편차는 그 제곱근입니다.",
		"It is the variance that becomes a quarter. The standard deviation is its square root."),
	number(4, "방향이 반대이고, 4배는 배치 크기의 배율입니다. 분산은 1/B에 비례하고, 표준편차는 그 제곱근입니다.",
		"It is the other way round, and 4 is the factor of the batch size. The variance goes with 1/B, and the standard deviation is its root."),
	number(0.0625, "분산이 4분의 1이 되면 표준편차는 그 제곱이 아니라 제곱근입니다.",
		"If the variance becomes a quarter, the standard deviation is its root, not its square."),
	number(1, "배치가 크면 잡음이 줄어듭니다. 배치 크기에 따른 기울기 잡음의 그림을 다시 보세요.",
		"A larger batch has less noise. Look again at the figure of the gradient noise against the batch size."),
	number(2, "방향이 반대입니다. 배치가 크면 잡음이 줄어듭니다.",
		"It is the other way round. A larger batch has less noise."))
