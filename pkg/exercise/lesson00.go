package exercise

// WhatStays checks the answer to "what of a cell is still there in the next
// one": a letter.
func WhatStays(student any) { check(whatStays, student) }

var whatStays = choice("b",
	letter("a", "값은 남지 않습니다. 셀마다 새 프로그램이 돌기 때문입니다. 선언한 변수는 남지만 처음 값으로 돌아갑니다.",
		"Values do not stay: each cell runs as a fresh program. A declared variable is there again, with its first value."),
	letter("c", "아무것도 남지 않는 것은 아닙니다. 함수나 변수의 선언은 다음 셀에서도 쓸 수 있습니다.",
		"Not everything is lost: declarations of functions and variables can be used in the next cell."))

// Mean checks a function that computes the mean of a slice.
func Mean(student any) { check(mean, student) }

var mean = problem[func([]float64) float64]{
	input: "v = [2 3 7]; v = [4 -1.5 0.5 7 8.5]",
	apply: func(f func([]float64) float64) []float64 {
		return []float64{f([]float64{2, 3, 7}), f([]float64{4, -1.5, 0.5, 7, 8.5})}
	},
	right: func(v []float64) float64 { return sum(v) / float64(len(v)) },
	mistakes: []mistake[func([]float64) float64]{
		{sum, "합까지는 맞습니다. 개수로 나누는 일이 남았습니다.",
			"The sum is right. What is left is to divide by how many there are."},
		{func(v []float64) float64 { return float64(len(v)-1) / 2 },
			"for i := range v에서 i는 0, 1, 2로 커지는 번호입니다. 값은 v[i]에 있습니다.",
			"In for i := range v, i is the index 0, 1, 2. The value is v[i]."},
		{func(v []float64) float64 { return float64(len(v)*(len(v)-1)) / 2 },
			"번호의 합입니다. for i := range v에서 i는 번호이고 값은 v[i]에 있습니다. 그리고 개수로 나누세요.",
			"This is the sum of the indices. In for i := range v, i is the index and v[i] the value. Then divide by how many there are."},
		{func(v []float64) float64 { return v[len(v)-1] / float64(len(v)) },
			"더한 값을 이어 가지 않고 매번 새로 썼습니다. =가 아니라 +=를 쓰세요.",
			"The sum is overwritten each time. Use += in place of =."},
		{func(v []float64) float64 { return v[len(v)-1] },
			"마지막 값만 남았습니다. =가 아니라 +=로 더하고, 개수로 나누세요.",
			"Only the last value is left. Add with +=, not =, and divide by how many there are."},
		{func(v []float64) float64 { return v[0] / float64(len(v)) },
			"첫 번째 값만 더하고 돌아왔습니다. return은 반복문이 끝난 다음에 쓰세요.",
			"It returns with the first value alone. Put return after the loop."},
		{func(v []float64) float64 { return v[0] },
			"첫 번째 값만 돌려주었습니다. return은 반복문이 끝난 다음에 쓰고, 개수로 나누세요.",
			"It returns the first value alone. Put return after the loop, and divide by how many there are."},
		{func(v []float64) float64 { return sum(v[1:]) / float64(len(v)) },
			"첫 번째 값이 빠졌습니다. 번호는 1이 아니라 0부터입니다.",
			"The first value is missing. Indices start from 0, not from 1."},
		{func(v []float64) float64 { return sum(v[:len(v)-1]) / float64(len(v)) },
			"마지막 값이 빠졌습니다. 번호는 len(v)-1까지입니다: i < len(v).",
			"The last value is missing. Indices go up to len(v)-1: i < len(v)."},
		{func(v []float64) float64 { return sum(v) / float64(len(v)-1) },
			"개수보다 하나 적은 수로 나누었습니다. len(v)로 나누세요.",
			"This divides by one less than there are. Divide by len(v)."},
		{func(v []float64) float64 { return float64(int(sumOfWhole(v)) / len(v)) },
			"소수점 아래가 사라졌습니다. sum := 0은 정수입니다. sum := 0.0으로 시작하고 float64(len(v))로 나누세요.",
			"The decimals are lost. sum := 0 makes an integer: begin with sum := 0.0 and divide by float64(len(v))."},
		{func(v []float64) float64 { return sumOfWhole(v) / float64(len(v)) },
			"값의 소수점 아래가 사라졌습니다. sum := 0은 정수입니다. sum := 0.0으로 시작하면 int(x)가 필요 없습니다.",
			"The values have lost their decimals. sum := 0 makes an integer. With sum := 0.0 no int(x) is needed."},
		{func(v []float64) float64 { return float64(len(v)) },
			"개수를 돌려주었습니다. 값의 합을 개수로 나누세요.",
			"This is how many there are. Divide the sum of the values by it."},
		{func([]float64) float64 { return 0 },
			"0이 나왔습니다. 반복문에서 값을 더하고, 그 합을 개수로 나누어 돌려주세요.",
			"It returns 0. Add the values in a loop, and return their sum divided by how many there are."},
	},
}

func sum(v []float64) float64 {
	s := 0.0
	for _, x := range v {
		s += x
	}
	return s
}

// sumOfWhole sums the values without their decimals.
func sumOfWhole(v []float64) float64 {
	s := 0
	for _, x := range v {
		s += int(x)
	}
	return float64(s)
}

// Gradient checks the gradient of f(x, y) = x² + 3y² + xy.
func Gradient(student any) { check(gradient, student) }

var gradient = problem[func(x, y float64) (float64, float64)]{
	input: "(x, y) = (-7, 2); (x, y) = (3, -0.5)",
	apply: func(f func(x, y float64) (float64, float64)) []float64 {
		dx, dy := f(-7, 2)
		ex, ey := f(3, -0.5)
		return []float64{dx, dy, ex, ey}
	},
	right: func(x, y float64) (float64, float64) { return 2*x + y, 6*y + x },
	mistakes: []mistake[func(x, y float64) (float64, float64)]{
		{func(x, y float64) (float64, float64) { return 6*y + x, 2*x + y },
			"두 성분의 순서가 바뀌었습니다. x로 편미분한 값이 먼저입니다.",
			"The two components are swapped. The partial derivative with respect to x comes first."},
		{func(x, y float64) (float64, float64) { return -2*x - y, -6*y - x },
			"부호가 반대입니다. 기울기는 함숫값이 가장 빨리 커지는 쪽을 가리킵니다.",
			"The sign is reversed. The gradient points to where f grows fastest."},
		{func(x, y float64) (float64, float64) { return 2 * x, 6 * y },
			"항 xy가 빠졌습니다. x로 편미분하면 y, y로 편미분하면 x가 남습니다.",
			"The term xy is missing. With respect to x it leaves y, with respect to y it leaves x."},
		{func(x, y float64) (float64, float64) { return 2*x + x, 6*y + y },
			"xy를 x로 편미분하면 x가 아니라 y입니다.",
			"With respect to x, the term xy leaves y, not x."},
		{func(x, y float64) (float64, float64) { return x + y, 3*y + x },
			"x²을 미분하면 x가 아니라 2x입니다. 3y²도 마찬가지입니다.",
			"The derivative of x² is 2x, not x. The same goes for 3y²."},
		{func(x, y float64) (float64, float64) { return x / 10, 2 * y },
			"앞에서 본 곡면 x²/20 + y²의 기울기입니다. 이번에는 x² + 3y² + xy입니다.",
			"This is the gradient of the earlier surface x²/20 + y². Now it is x² + 3y² + xy."},
		{func(x, y float64) (float64, float64) { return 2 * x, 6*y + x },
			"둘째 성분은 맞습니다. 첫째 성분에서 항 xy가 빠졌습니다. x로 편미분하면 y가 남습니다.",
			"The second component is right. The first lacks the term xy: with respect to x it leaves y."},
		{func(x, y float64) (float64, float64) { return 2*x + y, 6 * y },
			"첫째 성분은 맞습니다. 둘째 성분에서 항 xy가 빠졌습니다. y로 편미분하면 x가 남습니다.",
			"The first component is right. The second lacks the term xy: with respect to y it leaves x."},
		{func(x, y float64) (float64, float64) { return 2*x + 1, 6*y + 1 },
			"xy를 x로 편미분하면 1이 아니라 y입니다. y는 상수처럼 그대로 남습니다.",
			"With respect to x, the term xy leaves y, not 1: y stays, like a constant."},
		{func(x, y float64) (float64, float64) { return 2*x + y, 3*y + x },
			"첫째 성분은 맞습니다. 3y²을 미분하면 3y가 아니라 6y입니다.",
			"The first component is right. The derivative of 3y² is 6y, not 3y."},
		{func(x, y float64) (float64, float64) { return 2*x + y, 2*y + x },
			"첫째 성분은 맞습니다. 3y²을 미분할 때 계수 3이 빠졌습니다.",
			"The first component is right. In the derivative of 3y² the coefficient 3 is missing."},
		{func(x, y float64) (float64, float64) { return 2*x + y, 0 },
			"첫째 성분은 맞습니다. y로 편미분한 값 dy가 남았습니다.",
			"The first component is right. What is left is dy, the partial derivative with respect to y."},
		{func(_, _ float64) (float64, float64) { return 0, 0 },
			"두 성분이 모두 0입니다. 편미분한 식을 return 뒤에 쓰세요: return dx의 식, dy의 식.",
			"Both components are 0. Write the two partial derivatives behind return, separated by a comma."},
	},
}
