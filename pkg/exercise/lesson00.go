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
	input: "v = [1 2 6]",
	apply: func(f func([]float64) float64) []float64 { return []float64{f([]float64{1, 2, 6})} },
	right: func(v []float64) float64 { return sum(v) / float64(len(v)) },
	mistakes: []mistake[func([]float64) float64]{
		{sum, "합까지는 맞습니다. 개수로 나누는 일이 남았습니다.",
			"The sum is right. What is left is to divide by how many there are."},
		{func(v []float64) float64 { return 3 / float64(len(v)) },
			"for i := range v에서 i는 0, 1, 2로 커지는 번호입니다. 값은 v[i]에 있습니다.",
			"In for i := range v, i is the index 0, 1, 2. The value is v[i]."},
		{func(v []float64) float64 { return v[len(v)-1] / float64(len(v)) },
			"더한 값을 이어 가지 않고 매번 새로 썼습니다. =가 아니라 +=를 쓰세요.",
			"The sum is overwritten each time. Use += in place of =."},
	},
}

func sum(v []float64) float64 {
	s := 0.0
	for _, x := range v {
		s += x
	}
	return s
}

// Gradient checks the gradient of f(x, y) = x² + 3y² + xy.
func Gradient(student any) { check(gradient, student) }

var gradient = problem[func(x, y float64) (float64, float64)]{
	input: "(x, y) = (-7, 2)",
	apply: func(f func(x, y float64) (float64, float64)) []float64 {
		dx, dy := f(-7, 2)
		return []float64{dx, dy}
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
	},
}
