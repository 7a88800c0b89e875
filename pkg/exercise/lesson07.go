package exercise

import "slices"

type countColumns = func(w []float64, in, out int) int

// DistinctNeurons checks a student's count of the distinct columns of a
// matrix w of in rows and out columns, row after row.
func DistinctNeurons(student any) { check(distinctNeurons, student) }

var distinctNeurons = problem[countColumns]{
	input: "in = 3, out = 6, w = [1 1 1 4 4 2  2 3 2 0 0 5  3 2 3 4 4 -1]; in = 2, out = 3, w = [5 5 5  0 0 0]; " +
		"in = 2, out = 5, w = [1 2 1 2 1  3 4 3 4 5]; in = 3, out = 7, w = [2 0 2 3 0 1 11  -1 0 -1 0 1 12 2  0 0 0 -1 -2 0 0]; " +
		"in = 2, out = 3, w = [3 1 4  5 2 7]",
	apply: func(f countColumns) []float64 {
		return []float64{
			float64(f([]float64{1, 1, 1, 4, 4, 2, 2, 3, 2, 0, 0, 5, 3, 2, 3, 4, 4, -1}, 3, 6)),
			float64(f([]float64{5, 5, 5, 0, 0, 0}, 2, 3)),
			float64(f([]float64{1, 2, 1, 2, 1, 3, 4, 3, 4, 5}, 2, 5)),
			// Of columns 1 to 4 the sums Σ(i+1)·w are all 0, of columns 2 and 5 also those with weights 4, 2, 1.
			float64(f([]float64{2, 0, 2, 3, 0, 1, 11, -1, 0, -1, 0, 1, 12, 2, 0, 0, 0, -1, -2, 0, 0}, 3, 7)),
			// All of column 2 is smaller than column 1, all of column 3 larger.
			float64(f([]float64{3, 1, 4, 5, 2, 7}, 2, 3)),
		}
	},
	right: func(w []float64, in, out int) int { return kinds(column(w, in, out)) },
	mistakes: []mistake[countColumns]{
		{func(w []float64, in, out int) int { return kinds(row(w, in)) },
			"w를 다른 순서로 읽었습니다. 입력 i에서 뉴런 j로 가는 가중치는 w[i*out+j]입니다.",
			"w is read in another order. The weight from input i to neuron j is w[i*out+j]."},
		{func(w []float64, in, out int) int { return kinds(row(w, out)) },
			"서로 다른 행(입력)의 수입니다. 뉴런은 열입니다.",
			"This is the number of distinct rows, the inputs. Neurons are columns."},
		{func(w []float64, in, out int) int { return kinds(row(w, 1)) },
			"서로 다른 값을 셌습니다. 열을 통째로 견주세요.",
			"These are the distinct values. Compare whole columns."},
		{func(w []float64, in, out int) int { return kinds(column(w[:out], 1, out)) },
			"첫 행만 견주었습니다. 모든 입력의 가중치가 같아야 같은 뉴런입니다.",
			"Only the first row is compared. Neurons are equal if the weights from all inputs are."},
		{func(w []float64, in, out int) int { return kinds(column(w[(in-1)*out:], 1, out)) },
			"마지막 행만 견주었습니다. 앞 행의 결과를 덮어쓰지 말고 same = same && …로 모으세요.",
			"Only the last row is compared. Do not overwrite what the rows before it gave: same = same && …."},
		{func(w []float64, in, out int) int { return classes(column(w, in, out), anyEqual) },
			"한 행만 같아도 같은 열로 보았습니다. ‘또는’(||)이 아니라 ‘그리고’(&&)로 모으세요.",
			"Columns count as equal where a single row agrees. Gather with “and” (&&), not with “or” (||)."},
		{func([]float64, int, int) int { return 1 },
			"언제나 1이 나옵니다. 모든 열이 같다고 판정됩니다. 열 j를 열 k와 견주고 있나요? same을 true에서 시작해 ||로 모으면 늘 true이므로 &&로 모으세요.",
			"This is always 1: all columns count as equal. Is column j compared with column k? If same starts as true and is gathered with ||, it stays true: gather with &&."},
		{func(_ []float64, _, out int) int { return out },
			"쌍둥이를 하나도 찾지 못했습니다. w[i*out+j]를 w[i*out+k]와 견주고 있나요? twin을 false에서 시작해 &&로 모으면 늘 false이므로 ||로 모으세요.",
			"No twin is ever found. Is w[i*out+j] compared with w[i*out+k]? If twin starts as false and is gathered with &&, it stays false: gather with ||."},
		{func([]float64, int, int) int { return 0 },
			"언제나 0이 나옵니다. 같은 열이 앞에 없을 때 하나를 더하세요.",
			"This is always 0. Add one where no column before is equal."},
		{func(w []float64, in, out int) int {
			sums := make([][]float64, out)
			for j, c := range column(w, in, out) {
				sums[j] = []float64{0}
				for _, x := range c {
					sums[j][0] += x
				}
			}
			return kinds(sums)
		},
			"열의 합이 같다고 같은 열은 아닙니다. 값을 하나씩 견주세요.",
			"Columns with the same sum need not be equal. Compare value by value."},
		{func(w []float64, in, out int) int {
			n, columns := 1, column(w, in, out)
			for j := 1; j < out; j++ {
				if !slices.Equal(columns[j], columns[0]) {
					n++
				}
			}
			return n
		},
			"첫 열하고만 견주었습니다. 앞에 있는 모든 열과 견주세요.",
			"Each column is compared with the first only. Compare it with all columns before it."},
		{func(w []float64, in, out int) int {
			n, columns := 1, column(w, in, out)
			for j := 1; j < out; j++ {
				if !slices.Equal(columns[j], columns[j-1]) {
					n++
				}
			}
			return n
		},
			"바로 앞의 열만 결과에 남습니다. 같은 열이 떨어져 있을 수도 있습니다. 앞 열의 결과를 덮어쓰지 마세요: twin = twin || same.",
			"Only the comparison with the column right before counts, but equal columns may be apart. Do not overwrite the others: twin = twin || same."},
		{func(w []float64, in, out int) int {
			n, columns := 0, column(w, in, out)
			for j := range columns {
				twins := 0
				for k := range columns {
					if slices.Equal(columns[j], columns[k]) {
						twins++
					}
				}
				if twins == 1 {
					n++
				}
			}
			return n
		},
			"쌍둥이가 없는 열만 셌습니다. 같은 열끼리는 하나로 세어야 합니다.",
			"Only columns without a twin are counted. Twins count as one."},
		{func(w []float64, in, out int) int { return kinds(column(w, in, out)) - 1 },
			"하나 모자랍니다. 첫 열도 셉니다.",
			"One short: the first column counts as well."},
		{func(w []float64, in, out int) int { return out - kinds(column(w, in, out)) },
			"앞에 같은 열이 있는 열을 셌습니다. 같은 열이 앞에 없을 때 하나를 더하세요.",
			"These are the columns that have an equal before them. Add one where there is none."},
	},
}

// column returns the columns of a matrix.
func column(w []float64, in, out int) [][]float64 {
	columns := make([][]float64, out)
	for j := range columns {
		for i := range in {
			columns[j] = append(columns[j], w[i*out+j])
		}
	}
	return columns
}

// row cuts w into rows of n numbers.
func row(w []float64, n int) (rows [][]float64) {
	for ; len(w) >= n; w = w[n:] {
		rows = append(rows, w[:n])
	}
	return rows
}

// kinds counts vectors that differ.
func kinds(vectors [][]float64) int { return classes(vectors, slices.Equal[[]float64]) }

// classes counts the vectors that have none before them which equal says is the same.
func classes(vectors [][]float64, equal func(a, b []float64) bool) (n int) {
	for j := range vectors {
		twin := false
		for k := range j {
			twin = twin || equal(vectors[j], vectors[k])
		}
		if !twin {
			n++
		}
	}
	return n
}

func anyEqual(a, b []float64) bool {
	for i := range a {
		if a[i] == b[i] {
			return true
		}
	}
	return false
}

// FirstGradient checks at which step the second of five matrices first has a
// gradient, with sigmoid and zeros.
func FirstGradient(student any) { check(firstGradient, student) }

var firstGradient = whole(4,
	number(2, "앞에서부터 세었습니다. 기울기는 마지막 층부터 옵니다.",
		"This counts from the input. Gradients arrive from the last layer on."),
	number(5, "첫째 행렬 W1이 움직이는 스텝입니다. 문제는 둘째 행렬입니다.",
		"This is the step of the first matrix, W1. The question is about the second."),
	number(3, "행렬은 다섯입니다. 수가 여섯 개이므로 그 사이가 다섯입니다.",
		"There are five matrices: six numbers have five gaps between them."),
	number(0, "스텝은 1부터 셉니다. 첫 스텝에 기울기가 있는 것은 마지막 행렬뿐입니다.",
		"Steps count from 1, and at the first only the last matrix has a gradient."),
	number(1, "1스텝에 움직이는 것은 마지막 행렬뿐입니다. 나머지는 다음 층의 가중치가 0이라 δ가 0입니다.",
		"At step 1 only the last matrix moves. For the others the weights of the next layer are 0, and so is δ."))

// GradientOfZeros checks the gradient of a weight from a hidden neuron to the
// output of the label, with sigmoid, zeros and ten classes.
func GradientOfZeros(student any) { check(gradientOfZeros, student) }

var gradientOfZeros = answer(-0.45,
	number(0.45, "부호가 반대입니다. 정답의 δ는 확률 빼기 1이므로 음수입니다.",
		"The other sign: for the label, δ is the probability minus 1, below 0."),
	number(-0.9, "δ까지는 맞습니다. 은닉 뉴런의 활성화 값 σ(0)을 곱하세요.",
		"δ is right so far. Multiply by the activation of the hidden neuron, σ(0)."),
	number(0.9, "δ의 크기는 맞습니다. 부호와, 은닉 뉴런의 활성화 값 σ(0)이 남았습니다.",
		"The size of δ is right. What is left is its sign, and the activation σ(0) of the hidden neuron."),
	number(0.05, "정답이 아닌 출력으로 가는 가중치의 기울기입니다. 정답에서는 확률에서 1을 뺍니다.",
		"This is for a weight to an output that is not the label. For the label, subtract 1 from the probability."),
	number(-0.05, "정답이 아닌 출력의 값에 부호를 바꾼 것입니다. 정답의 δ는 1/10 − 1입니다.",
		"This is the value for other outputs, with the sign changed. For the label, δ is 1/10 − 1."),
	number(-0.5, "확률 1/10이 빠졌습니다. δ는 −1이 아니라 1/10 − 1입니다. Go에서 정수끼리의 1/10은 0이므로 0.1로 쓰세요.",
		"The probability 1/10 is missing: δ is not −1 but 1/10 − 1. In Go, 1/10 between integers is 0: write 0.1."),
	number(0, "0이 되는 것은 은닉층으로 들어가는 가중치의 기울기입니다. 출력으로 가는 가중치에는 σ(0) = 0.5가 곱해집니다. Go에서 정수끼리의 1/2은 0이므로 0.5로 쓰세요.",
		"It is the weights into the hidden layer whose gradient is 0. Those to the output have the factor σ(0) = 0.5. In Go, 1/2 between integers is 0: write 0.5."),
	number(-22.5, "은닉 뉴런 50개의 것을 더했습니다. 가중치 하나의 기울기를 물었습니다.",
		"This is the sum over 50 hidden neurons. The question is about one weight."),
	number(-0.225, "f′(0) = 0.25는 은닉층의 δ에 들어갑니다. 출력으로 가는 가중치의 기울기는 aδ입니다.",
		"f′(0) = 0.25 belongs to the δ of the hidden layer. The gradient of a weight to the output is aδ."),
	number(-0.1125, "f′(0) = 0.25는 은닉층의 δ에 들어갑니다. 출력으로 가는 가중치의 기울기는 aδ입니다. a와 f′(0)을 모두 곱했습니다.",
		"f′(0) = 0.25 belongs to the δ of the hidden layer. This multiplies by both a and f′(0); the gradient is aδ."))

// RateOfOneNeuron checks the learning rate of W2 with which one neuron learns
// as twenty equal ones do with η = 0.3.
func RateOfOneNeuron(student any) { check(rateOfOneNeuron, student) }

var rateOfOneNeuron = answer(6,
	number(0.3/20, "이것은 W1과 b1의 학습률 η/n입니다. W2에는 n을 곱합니다.",
		"This is η/n, the learning rate of W1 and b1. For W2 multiply by n."),
	number(0.3, "이것은 b2의 학습률입니다. W2는 나가는 가중치 n개의 합이므로 갱신량도 n배입니다.",
		"This is the learning rate of b2. W2 is the sum of n outgoing weights, and so is its update."),
	number(15, "본문의 n = 50으로 계산했습니다. 이번에는 20입니다.", "This is with the n = 50 of the text. Here n is 20."),
	number(20, "학습률 η = 0.3을 곱하지 않았습니다.", "The learning rate η = 0.3 is missing."),
	number(0.006, "본문의 n = 50으로, 그것도 나누었습니다. n = 20을 곱하세요.", "This divides, and by the n = 50 of the text. Multiply by n = 20."),
	number(120, "n을 두 번 곱했습니다. 갱신량은 n배입니다.", "This multiplies by n twice. The update is n times as large."),
	number(3, "출력 수 10을 곱했습니다. 곱하는 것은 은닉 뉴런의 수입니다.", "This multiplies by 10, the number of outputs. The factor is the number of hidden neurons."))

// StartOfTwins checks which start leaves one distinct neuron.
func StartOfTwins(student any) { check(startOfTwins, student) }

var startOfTwins = choice("c",
	letter("a", "나가는 가중치 W2가 뉴런마다 다르므로 δ가 다릅니다. 첫 스텝에 갈라집니다.",
		"The outgoing weights W2 differ between the neurons, so their δ do. They part at the first step."),
	letter("b", "들어오는 가중치 W1이 뉴런마다 다르므로 처음부터 다른 뉴런입니다.",
		"The incoming weights W1 differ between the neurons: they are not equal even at the start."),
	letter("d", "이 신경망에서는 아주 작은 차이도 커집니다. 늦을 뿐입니다.", "In this network even so small a difference grows. It only takes longer."))
