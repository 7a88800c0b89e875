package plots_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"descent/pkg/digits"
	"descent/pkg/lang"
	"descent/pkg/mlp"
	"descent/pkg/optim"
	"descent/pkg/optim/schedule"
	"descent/pkg/plots"
	"descent/pkg/surface"
	"descent/pkg/weightinit"
)

// gallery lists the figures in the order of the page; the function of x is
// figureX.
var gallery = []entry[*plots.Figure]{
	{"trajectory", "경로", "Trajectory", figureTrajectory},
	{"trajectories", "한 그림에 여러 경로", "Several runs in one figure", figureTrajectories},
	{"methods", "긴 경로 여러 개", "Many long paths", figureMethods},
	{"long", "확대한 긴 경로", "A long path, zoomed in", figureLong},
	{"velocity", "속도 화살표", "Velocity arrows", figureVelocity},
	{"step_arrows", "스텝 화살표", "Step arrows", figureStep_arrows},
	{"comparison", "책의 네 칸 비교", "The book's comparison", figureComparison},
	{"field", "기울기 벡터장", "Gradient field", figureField},
	{"inside", "옵티마이저의 속: m, v, h", "Inside a method: m, v, h", figureInside},
	{"rates", "실효 학습률", "Effective learning rates", figureRates},
	{"schedules", "학습률 스케줄", "Schedules", figureSchedules},
	{"map", "수렴 지도", "Convergence map", figureMap},
	{"batches", "시드의 띠가 있는 곡선", "Curves with bands of seeds", figureBatches},
	{"quartiles", "사분위수의 띠", "Bands of quartiles", figureQuartiles},
	{"runs", "일찍 끝난 실행이 있는 곡선", "Curves with runs that ended early", figureRuns},
	{"noise", "잰 점과 이론", "Measured points and theory", figureNoise},
	{"bars", "막대 비교", "Bars", figureBars},
	{"bars_log", "로그 축의 비교", "Comparison on a logarithmic axis", figureBars_log},
	{"activations", "층별 활성화 값", "Activations by layer", figureActivations},
	{"activations_relu", "ReLU의 활성화 값", "Activations of ReLU", figureActivations_relu},
	{"histogram_grid", "초깃값 × 활성화 함수", "Initializers × activation functions", figureHistogram_grid},
	{"evolution", "학습하는 동안의 활성화 값", "Activations while a net is trained", figureEvolution},
	{"gradients", "층별 기울기", "Gradients by layer", figureGradients},
	{"weights", "층별 가중치", "Weights by layer", figureWeights},
	{"by_layer", "층에 따른 기울기", "Gradients from layer to layer", figureBy_layer},
	{"gradient_norms", "스텝에 따른 층별 기울기", "Gradients of the layers over steps", figureGradient_norms},
	{"update_ratios", "가중치 대비 갱신 비율", "Update-to-weight ratios", figureUpdate_ratios},
	{"weight_map", "가중치 히트맵", "Weight heat map", figureWeight_map},
	{"digits_shown", "손글씨 숫자", "Digits", figureDigits_shown},
	{"predictions", "예측", "Predictions", figurePredictions},
	{"confusion", "혼동 행렬", "Confusion matrix", figureConfusion},
	{"loss_slice", "한 방향의 손실", "The loss along a line", figureLoss_slice},
	{"loss_plane", "두 방향의 손실", "The loss over a plane", figureLoss_plane},
}

// galleryMotions lists those that move, which come next.
var galleryMotions = []entry[*plots.Motion]{
	{"motion", "움직이는 경로", "A path that moves", figureMotion},
	{"motion_activations", "움직이는 히스토그램", "Histograms that move", figureMotion_activations},
}

// galleryPlayers lists those with sliders, which come last.
var galleryPlayers = []entry[*plots.Player]{
	{"play", "스텝을 고르는 슬라이더", "A slider over the steps", figurePlay},
	{"play_runs", "하이퍼파라미터를 고르는 슬라이더", "Sliders over hyperparameters", figurePlay_runs},
	{"play_activations", "층과 에폭을 고르는 슬라이더", "Sliders over layers and epochs", figurePlay_activations},
}

func figureComparison() *plots.Figure {
	run := func(opt optim.Optimizer) *optim.Path {
		return optim.Minimize(opt, surface.Ravine, []float64{-7, 2}, 30)
	}
	return plots.Trajectories(surface.Ravine,
		run(optim.NewSGD(0.95)), run(optim.NewMomentum(0.1)),
		run(optim.NewAdaGrad(1.5)), run(optim.NewAdam(0.3))).
		Look(lang.Pick("모양과 마지막 f를 함께 보세요.", "Compare the shapes, then the final values of f."))
}

func figureActivations() *plots.Figure {
	x := make([]float64, 1000*100)
	weightinit.NewNormal(0, 1).Fill(x, 100, 1000, rand.NewPCG(1, 0))
	net := mlp.New(mlp.Config{Sizes: []int{100, 100, 100, 100, 100, 100}, Act: mlp.Sigmoid,
		Init: weightinit.NewNormal(0, 1), Headless: true, Seed: 1})
	return plots.Activations(net.Observe(x)).
		Title(lang.Pick("시그모이드, 가중치의 표준편차 1", "Sigmoid, weights with standard deviation 1")).
		Look(lang.Pick("값이 0과 1에 몰립니다.", "Values pile up at 0 and 1."))
}

func figureActivations_relu() *plots.Figure {
	x := make([]float64, 1000*100)
	weightinit.NewNormal(0, 1).Fill(x, 100, 1000, rand.NewPCG(1, 0))
	net := mlp.New(mlp.Config{Sizes: []int{100, 100, 100, 100, 100, 100}, Act: mlp.ReLU,
		Init: weightinit.NewXavier(), Headless: true, Seed: 1})
	return plots.Activations(net.Observe(x)).Title(lang.Pick("ReLU, Xavier 초깃값", "ReLU, Xavier initialization"))
}

func figureGradients() *plots.Figure {
	net := mlp.New(mlp.Config{Sizes: []int{64, 100, 100, 100, 100, 10}, Act: mlp.Sigmoid,
		Init: weightinit.NewNormal(0, 0.01), Seed: 1})
	trace := net.Observe(digits.Test().X)
	trace.Gradient(digits.Test().Labels)
	return plots.Gradients(trace).
		Title(lang.Pick("시그모이드, 가중치의 표준편차 0.01", "Sigmoid, weights with standard deviation 0.01"))
}

func figureWeights() *plots.Figure {
	net := mlp.New(mlp.Config{Sizes: []int{64, 100, 30, 10}, Act: mlp.ReLU,
		Init: weightinit.NewHe(), Seed: 1})
	return plots.Weights(net.Observe(digits.Test().X)).Title(lang.Pick("He 초깃값", "He initialization"))
}

func figureInside() *plots.Figure {
	path := optim.Minimize(optim.NewAdam(0.3), surface.Ravine, []float64{-7, 2}, 60)
	return plots.Inside(path)
}

func figureRates() *plots.Figure {
	run := func(opt optim.Optimizer) *optim.Path {
		return optim.Minimize(opt, surface.Ravine, []float64{-7, 2}, 100)
	}
	return plots.Rates(run(optim.NewAdaGrad(1.5)), run(optim.NewRMSProp(0.1))).
		Look(lang.Pick("AdaGrad의 실효 학습률은 줄기만 합니다.", "That of AdaGrad only falls."))
}

func figureSchedules() *plots.Figure {
	return plots.Schedules(1000,
		schedule.Cosine{From: 0.1, To: 0, T: 1000},
		schedule.Steps{From: 0.1, Gamma: 0.5, T: 250},
		schedule.Exponential{From: 0.1, Gamma: 0.5, T: 250},
		schedule.NewOneCycle(0.1, 1000))
}

func figureBy_layer() *plots.Figure {
	series := func(init weightinit.Initializer) plots.Series {
		return plots.Series{Name: fmt.Sprint(init),
			Y: mlp.Seeds(5, func(seed uint64) []float64 {
				net := mlp.New(mlp.Config{Sizes: []int{64, 100, 100, 100, 100, 10},
					Act: mlp.Tanh, Init: init, Seed: seed})
				trace := net.Observe(digits.Test().X)
				trace.Gradient(digits.Test().Labels)
				var rms []float64
				for _, l := range trace.Layers {
					rms = append(rms, mlp.RMS(l.Delta))
				}
				return rms
			})}
	}
	return plots.ByLayer(series(weightinit.NewNormal(0, 0.01)),
		series(weightinit.NewXavier()), series(weightinit.NewNormal(0, 1))).
		Y(lang.Pick("∂L/∂z의 RMS", "RMS of ∂L/∂z"))
}

func figureGradient_norms() *plots.Figure {
	net := mlp.New(mlp.Config{Sizes: []int{64, 50, 50, 50, 10}, Act: mlp.Sigmoid,
		Init: weightinit.NewXavier(), Seed: 1})
	return plots.GradientNorms(mlp.Train(net, optim.NewSGD(1), digits.Train(),
		mlp.TrainConfig{Batch: 100, Epochs: 20, Seed: 1, Probe: digits.Test()}))
}

func figureUpdate_ratios() *plots.Figure {
	net := mlp.New(mlp.Config{Sizes: []int{64, 50, 50, 10}, Act: mlp.ReLU,
		Init: weightinit.NewHe(), Seed: 1})
	return plots.UpdateRatios(mlp.Train(net, optim.NewSGD(0.1), digits.Train(),
		mlp.TrainConfig{Batch: 100, Epochs: 25, Seed: 1, Probe: digits.Test()}))
}

func figureQuartiles() *plots.Figure {
	accuracy := func(name string, opt func() optim.Optimizer) plots.Series {
		return plots.Series{Name: name, Y: mlp.Seeds(7, func(seed uint64) []float64 {
			net := mlp.New(mlp.Config{Sizes: []int{64, 30, 10}, Act: mlp.ReLU,
				Init: weightinit.NewHe(), Seed: seed})
			return mlp.Train(net, opt(), digits.Train(),
				mlp.TrainConfig{Batch: 50, Epochs: 8, Seed: seed, Test: digits.Test()}).Accuracy
		})}
	}
	return plots.Curves(
		accuracy("SGD", func() optim.Optimizer { return optim.NewSGD(0.1) }),
		accuracy("Adam", func() optim.Optimizer { return optim.NewAdam(0.003) })).
		Quartiles().X(lang.Pick("에폭", "Epoch")).Y(lang.Pick("시험 데이터 정확도", "Accuracy on test data"))
}

func figureMap() *plots.Figure {
	var alpha, eta []float64
	var loss [][]float64
	for i := range 40 {
		alpha = append(alpha, float64(i)/40)
		eta = append(eta, 0.06*float64(i+1))
	}
	for _, lr := range eta {
		var row []float64
		for _, a := range alpha {
			path := optim.Minimize(&optim.Momentum{LR: lr, Alpha: a},
				surface.Ravine, []float64{-7, 2}, 100)
			if path.Err != nil || path.Final() > path.Loss[0] {
				row = append(row, math.Inf(1))
				continue
			}
			row = append(row, path.Final())
		}
		loss = append(loss, row)
	}
	return plots.Map(lang.Pick("100스텝 뒤의 손실", "Loss after 100 steps"), alpha, eta, loss).
		X(lang.Pick("관성계수 α", "Momentum coefficient α")).Y(lang.Pick("학습률 η", "Learning rate η")).
		ZRange(1e-12, 10).
		Line("2(1+α)/λ", func(a float64) float64 { return 2 * (1 + a) / 2 })
}

func figureWeight_map() *plots.Figure {
	net := mlp.New(mlp.Config{Sizes: []int{64, 20, 10}, Act: mlp.Tanh,
		Init: weightinit.NewConstant(0.1), Seed: 1})
	mlp.Train(net, optim.NewSGD(0.5), digits.Train(),
		mlp.TrainConfig{Batch: 100, Epochs: 5, Seed: 1})
	return plots.WeightMap(net.Observe(digits.Test().X).Layers[0]).
		Title(lang.Pick("0.1에서 시작한 1층의 가중치, 5에폭 뒤", "Weights of layer 1 that started at 0.1, after 5 epochs"))
}

func figurePredictions() *plots.Figure {
	net := mlp.New(mlp.Config{Sizes: []int{64, 10}, Seed: 1})
	mlp.Train(net, optim.NewSGD(0.1), digits.Train(),
		mlp.TrainConfig{Batch: 20, Epochs: 2, Seed: 1})
	var images [][]float64
	test := digits.Test()
	for i := range 30 {
		images = append(images, test.Row(i))
	}
	return plots.Predictions(images, test.Labels[:30], net.Predict(test)[:30])
}

func figureConfusion() *plots.Figure {
	net := mlp.New(mlp.Config{Sizes: []int{64, 30, 10}, Act: mlp.ReLU,
		Init: weightinit.NewHe(), Seed: 1})
	mlp.Train(net, optim.NewSGD(0.1), digits.Train(),
		mlp.TrainConfig{Batch: 20, Epochs: 5, Seed: 1})
	return plots.Confusion(digits.Test().Labels, net.Predict(digits.Test()), 10)
}

func figureMethods() *plots.Figure {
	run := func(opt optim.Optimizer) *optim.Path {
		return optim.Minimize(opt, surface.Ravine, []float64{-7, 2}, 300)
	}
	return plots.Trajectory(surface.Ravine, run(optim.NewSGD(0.95)), run(optim.NewMomentum(0.05)),
		run(optim.NewNesterov(0.05)), run(optim.NewAdaGrad(1)),
		run(optim.NewRMSProp(0.03)), run(optim.NewAdam(0.1))).
		XRange(-8, 4).YRange(-2.5, 2.5)
}

func figureVelocity() *plots.Figure {
	path := optim.Minimize(optim.NewMomentum(0.1), surface.Ravine, []float64{-7, 2}, 30)
	return plots.Trajectory(surface.Ravine, path).Velocity()
}

func figureStep_arrows() *plots.Figure {
	path := optim.Minimize(optim.NewAdam(0.5), surface.Himmelblau, []float64{-0.5, -4.5}, 40)
	return plots.Trajectory(surface.Himmelblau, path).StepArrows().XRange(-5, 0).YRange(-5, -1)
}

func figureBars() *plots.Figure {
	accuracy := func(opt func() optim.Optimizer) plots.Sample {
		s := plots.Sample{Name: opt().String()}
		for seed := range uint64(5) {
			net := mlp.New(mlp.Config{Sizes: []int{64, 30, 10}, Act: mlp.ReLU,
				Init: weightinit.NewHe(), Seed: seed})
			mlp.Train(net, opt(), digits.Train(),
				mlp.TrainConfig{Batch: 50, Epochs: 3, Seed: seed})
			s.Values = append(s.Values, net.Accuracy(digits.Test()))
		}
		return s
	}
	return plots.Bars(
		accuracy(func() optim.Optimizer { return optim.NewSGD(0.1) }),
		accuracy(func() optim.Optimizer { return optim.NewMomentum(0.01) }),
		accuracy(func() optim.Optimizer { return optim.NewAdaGrad(0.03) }),
		accuracy(func() optim.Optimizer { return optim.NewRMSProp(0.003) }),
		accuracy(func() optim.Optimizer { return optim.NewAdam(0.003) })).
		X(lang.Pick("시험 데이터 정확도", "Accuracy on test data")).VLine(0.1, lang.Pick("무작위", "chance"))
}

func figureBars_log() *plots.Figure {
	var all []plots.Sample
	for _, init := range []weightinit.Initializer{weightinit.NewNormal(0, 0.01),
		weightinit.NewXavier(), weightinit.NewHe(), weightinit.NewNormal(0, 1)} {
		s := plots.Sample{Name: init.String()}
		for seed := range uint64(10) {
			net := mlp.New(mlp.Config{Sizes: []int{64, 50, 50, 50, 10}, Act: mlp.ReLU,
				Init: init, Seed: seed})
			s.Values = append(s.Values, net.Observe(digits.Test().X).Measures()[2].Std)
		}
		all = append(all, s)
	}
	return plots.Bars(all...).LogX().X(lang.Pick("3층 활성화 값의 표준편차", "Standard deviation of the activations of layer 3"))
}

func figureLoss_slice() *plots.Figure {
	net := mlp.New(mlp.Config{Sizes: []int{64, 30, 10}, Act: mlp.ReLU,
		Init: weightinit.NewHe(), Seed: 1})
	mlp.Train(net, optim.NewSGD(0.1), digits.Train(),
		mlp.TrainConfig{Batch: 50, Epochs: 10, Seed: 1})
	return plots.LossSlice(net, digits.Test(), 1, 2, 3).LogY()
}

func figureLoss_plane() *plots.Figure {
	net := mlp.New(mlp.Config{Sizes: []int{64, 30, 10}, Act: mlp.ReLU,
		Init: weightinit.NewHe(), Seed: 1})
	mlp.Train(net, optim.NewSGD(0.1), digits.Train(),
		mlp.TrainConfig{Batch: 50, Epochs: 10, Seed: 1})
	return plots.LossPlane(net, digits.Test(), 1, 2)
}

func figureHistogram_grid() *plots.Figure {
	x := make([]float64, 200*100)
	weightinit.NewNormal(0, 1).Fill(x, 100, 200, rand.NewPCG(1, 0))
	inits := []weightinit.Initializer{weightinit.NewNormal(0, 0.01), weightinit.NewXavier(),
		weightinit.NewHe(), weightinit.NewNormal(0, 1)}
	acts := []mlp.Activation{mlp.Sigmoid, mlp.Tanh, mlp.ReLU}
	var rows, columns []string
	values := make([][][]float64, len(inits))
	for r, init := range inits {
		rows = append(rows, init.String())
		for _, act := range acts {
			net := mlp.New(mlp.Config{Sizes: []int{100, 100, 100, 100, 100, 100}, Act: act,
				Init: init, Headless: true, Seed: 1})
			values[r] = append(values[r], net.Observe(x).Layers[4].A)
		}
	}
	for _, act := range acts {
		columns = append(columns, act.String())
	}
	return plots.HistogramGrid(rows, columns, values).
		Title(lang.Pick("5층의 활성화 값", "Activations of layer 5"))
}

func figureEvolution() *plots.Figure {
	net := mlp.New(mlp.Config{Sizes: []int{64, 50, 50, 10}, Act: mlp.Sigmoid,
		Init: weightinit.NewNormal(0, 0.05), Seed: 1})
	opt, trace := optim.NewAdam(0.02), net.Observe(digits.Test().X)
	grad := make([]float64, len(net.Params()))
	batch := digits.NewSampler(digits.Train().Len(), 100, 1)
	var steps []int
	var counts [][][]int
	for t := range 121 {
		if t%4 == 0 {
			trace.Observe(digits.Test().X)
			var now [][]int
			for _, c := range trace.Histograms(20, 0, 1)[:2] {
				now = append(now, slices.Clone(c))
			}
			steps, counts = append(steps, t), append(counts, now)
		}
		net.Gradient(grad, digits.Train(), batch.Next())
		opt.Step(net.Params(), grad)
	}
	return plots.Evolution(steps, 0, 1, counts)
}

func figureTrajectory() *plots.Figure {
	path := optim.Minimize(optim.NewSGD(0.95), surface.Ravine, []float64{-7, 2}, 30)
	return plots.Trajectory(surface.Ravine, path).
		Look(lang.Pick("세로 방향의 지그재그를 보세요.", "Watch the zigzag across the valley."))
}

func figureTrajectories() *plots.Figure {
	var paths []*optim.Path
	for _, lr := range []float64{0.1, 0.5, 0.95, 1.05} {
		paths = append(paths, optim.Minimize(optim.NewSGD(lr),
			surface.Ravine, []float64{-7, 2}, 30))
	}
	return plots.Trajectory(surface.Ravine, paths...)
}

func figureLong() *plots.Figure {
	path := optim.Minimize(optim.NewSGD(0.99), surface.Ravine, []float64{-7, 2}, 3000)
	return plots.Trajectory(surface.Ravine, path).XRange(-8, 2).YRange(-2.5, 2.5)
}

func figureField() *plots.Figure {
	return plots.Field(surface.Ravine)
}

func figureBatches() *plots.Figure {
	var all []plots.Series
	for _, batch := range []int{1, 10, 100} {
		all = append(all, plots.Series{Name: fmt.Sprint("B=", batch),
			Y: mlp.Seeds(5, func(seed uint64) []float64 {
				net := mlp.New(mlp.Config{Sizes: []int{64, 10}})
				return mlp.Train(net, optim.NewSGD(0.1), digits.Train(),
					mlp.TrainConfig{Batch: batch, Steps: 60, Every: 1, Seed: seed}).Loss
			})})
	}
	return plots.Curves(all...).HLine(math.Log(10), "ln 10")
}

func figureNoise() *plots.Figure {
	net := mlp.New(mlp.Config{Sizes: []int{64, 10}})
	noise := mlp.GradientNoise(net, digits.All(),
		mlp.NoiseConfig{Batches: []int{1, 4, 16, 64, 256}, Draws: 100, Seed: 1})
	measured := plots.Series{Name: lang.Pick("잰 값", "measured"), Y: [][]float64{noise.MeanSq}}
	for _, b := range noise.Batch {
		measured.X = append(measured.X, float64(b))
	}
	return plots.Points(measured).LogX().LogY().X(lang.Pick("배치 크기 B", "Batch size B")).
		Y(lang.Pick("기울기 잡음 E‖ĝ − g‖²", "Gradient noise E‖ĝ − g‖²")).
		Line("tr Σ/B", func(b float64) float64 { return noise.Trace / b })
}

func figureDigits_shown() *plots.Figure {
	test := digits.Test()
	var images [][]float64
	for i := range 20 {
		images = append(images, test.Row(i))
	}
	return plots.Digits(images, test.Labels[:20])
}

func figureMotion() *plots.Motion {
	path := optim.Minimize(optim.NewMomentum(0.1), surface.Ravine, []float64{-7, 2}, 30)
	return plots.Trajectory(surface.Ravine, path).Animate().
		Look(lang.Pick("골짜기를 넘나드는 관성을 보세요.", "Watch it swing across the valley."))
}

func figureMotion_activations() *plots.Motion {
	net := mlp.New(mlp.Config{Sizes: []int{64, 50, 50, 50, 10}, Act: mlp.Sigmoid,
		Init: weightinit.NewNormal(0, 0.05), Seed: 1})
	opt := optim.NewAdam(0.02)
	var frames []*plots.Figure
	for epoch := range 13 {
		frames = append(frames, plots.Activations(net.Observe(digits.Test().X)).YRange(0, 55).
			Title(fmt.Sprintf(lang.Pick("시그모이드, %d에폭", "Sigmoid, epoch %d"), epoch)))
		mlp.Train(net, opt, digits.Train(),
			mlp.TrainConfig{Batch: 100, Epochs: 1, Seed: uint64(epoch)})
	}
	return plots.Animation(frames...)
}

func figurePlay() *plots.Player {
	path := optim.Minimize(optim.NewAdam(0.3), surface.Ravine, []float64{-7, 2}, 30)
	return plots.Trajectory(surface.Ravine, path).Play().
		Look(lang.Pick("m과 v가 어떻게 바뀌는지 보세요.", "Watch m and v change."))
}

func figurePlay_runs() *plots.Player {
	run := func(values ...float64) *optim.Path {
		opt := &optim.Momentum{LR: values[0], Alpha: values[1]}
		return optim.Minimize(opt, surface.Ravine, []float64{-7, 2}, 30)
	}
	return plots.PlayRuns(surface.Ravine, run,
		plots.Slider{Name: "η", Values: []float64{0.02, 0.05, 0.1, 0.2, 0.5}, Start: 2},
		plots.Slider{Name: "α", Values: []float64{0, 0.3, 0.6, 0.9}, Start: 3})
}

func figurePlay_activations() *plots.Player {
	net := mlp.New(mlp.Config{Sizes: []int{64, 50, 50, 50, 10}, Act: mlp.Sigmoid,
		Init: weightinit.NewNormal(0, 0.05), Seed: 1})
	opt := optim.NewAdam(0.02)
	var traces []*mlp.Trace
	var epochs []float64
	for epoch := range 13 {
		traces = append(traces, net.Observe(digits.Test().X))
		epochs = append(epochs, float64(epoch))
		mlp.Train(net, opt, digits.Train(),
			mlp.TrainConfig{Batch: 100, Epochs: 1, Seed: uint64(epoch)})
	}
	values := func(at ...float64) []float64 { return traces[int(at[1])].Layers[int(at[0])-1].A }
	return plots.PlayHistograms(lang.Pick("활성화 값", "Activation"), 0, 1, values,
		plots.Slider{Name: lang.Pick("층", "Layer"), Values: []float64{1, 2, 3}, Start: 2},
		plots.Slider{Name: lang.Pick("에폭", "Epoch"), Values: epochs, Start: 12}).
		Saturated(0.05, 0.95)
}

func figureRuns() *plots.Figure {
	series := func(lr float64) plots.Series {
		var runs []*mlp.Run
		for seed := range uint64(5) {
			net := mlp.New(mlp.Config{Sizes: []int{64, 50, 50, 50, 10}, Act: mlp.LeakyReLU(0.1),
				Init: weightinit.NewHe(), Seed: seed})
			runs = append(runs, mlp.Train(net, optim.NewSGD(lr), digits.Train(),
				mlp.TrainConfig{Batch: 100, Steps: 60, Every: 2, Seed: seed}))
		}
		return plots.Runs(fmt.Sprint("η=", lr), runs...)
	}
	return plots.Curves(series(0.1), series(0.7), series(1)).Quartiles().YRange(0, 5)
}
