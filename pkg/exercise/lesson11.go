package exercise

import (
	"fmt"
	"math"
	"slices"

	"descent/pkg/digits"
	"descent/pkg/mlp"
	"descent/pkg/optim"
	"descent/pkg/weightinit"
)

// Recipe is how a network of lesson 11 is made and trained: a config without
// seed, and a fresh optimizer.
type Recipe = func() (mlp.Config, optim.Optimizer)

// patient is a network that does not train, and what counts as healed.
type patient struct {
	broken Recipe
	cure   Recipe // one of those that heal
	epochs int    // of batches of 100
	healed float64
	wrong  []wrongCure
}

// wrongCure is a repair that comes to mind first and does not heal.
type wrongCure struct {
	recipe Recipe
	ko, en string
}

// The sizes of the layers: 64 pixels, 2, 5 or 20 hidden layers, 10 digits.
var (
	three  = []int{64, 50, 50, 10}
	five   = []int{64, 50, 50, 50, 50, 50, 10}
	twenty = append(append([]int{64}, slices.Repeat([]int{50}, 20)...), 10)
)

// Patients is how many networks Heal knows: 1, 2, …, Patients.
const Patients = 10

var patients = [Patients]patient{
	{
		broken: recipe(three, mlp.ReLU, weightinit.NewZeros(), bySGD(0.1)),
		cure:   recipe(three, mlp.ReLU, weightinit.NewHe(), bySGD(0.1)),
		epochs: 20, healed: 0.8,
		wrong: []wrongCure{
			{recipe(three, mlp.ReLU, weightinit.NewZeros(), byAdam(0.001)),
				"옵티마이저를 바꾸어도 기울기가 0이면 움직이지 않습니다. 모든 뉴런이 똑같은 까닭을 찾으세요.",
				"Another optimizer does not help where the gradient is 0. Look for the reason why all neurons are alike."},
			{recipe(three, mlp.ReLU, weightinit.NewConstant(0.1), bySGD(0.1)),
				"0이 아니어도 모두 같은 값이면 뉴런은 여전히 하나뿐입니다.",
				"Not 0, but all alike: that is still a single neuron."},
		},
	},
	{
		broken: recipe(three, mlp.ReLU, weightinit.NewNormal(0, 2), bySGD(0.1)),
		cure:   recipe(three, mlp.ReLU, weightinit.NewHe(), bySGD(0.1)),
		epochs: 20, healed: 0.8,
	},
	{
		broken: recipe(five, mlp.ReLU, weightinit.NewNormal(0, 1), bySGD(0.1)),
		cure:   recipe(five, mlp.ReLU, weightinit.NewHe(), bySGD(0.1)),
		epochs: 20, healed: 0.8,
		wrong: []wrongCure{slower(0.01), slower(0.001), slower(0.0001)},
	},
	{
		broken: recipe(twenty, mlp.ReLU, weightinit.NewNormal(0, 0.01), bySGD(0.1)),
		cure:   recipe(twenty, mlp.ReLU, weightinit.NewHe(), byAdam(0.001)),
		epochs: 20, healed: 0.8,
		wrong: []wrongCure{
			{recipe(twenty, mlp.ReLU, weightinit.NewHe(), bySGD(0.1)),
				"신호는 살아났지만 SGD의 학습률 하나로는 20층을 움직이기 어렵습니다. 옵티마이저도 바꾸어 보세요.",
				"The signal is alive, but with SGD one learning rate hardly moves 20 layers. Change the optimizer as well."},
			{recipe(twenty, mlp.ReLU, weightinit.NewNormal(0, 0.01), byAdam(0.001)),
				"Adam도 0에 가까운 신호에서는 배우지 못합니다. 층을 지날 때마다 신호가 얼마나 줄어드는지 보세요.",
				"Adam cannot learn either from a signal near 0. See how much of it each layer loses."},
		},
	},
	{
		broken: recipe(three, mlp.ReLU, weightinit.NewHe(), func() optim.Optimizer { return optim.NewMomentum(1) }),
		cure:   recipe(three, mlp.ReLU, weightinit.NewHe(), func() optim.Optimizer { return optim.NewMomentum(0.1) }),
		epochs: 20, healed: 0.8,
		wrong: []wrongCure{
			{recipe(three, mlp.ReLU, weightinit.NewHe(), func() optim.Optimizer { return &optim.Momentum{LR: 1, Alpha: 0.5} }),
				"α를 0.5로 줄이면 빠르기 η/(1−α)는 10에서 2가 됩니다. 이 신경망에는 아직 너무 빠릅니다.",
				"With α = 0.5 the speed η/(1−α) falls from 10 to 2. That is still too fast for this network."},
		},
	},
	{
		broken: recipe(three, mlp.ReLU, weightinit.NewHe(), func() optim.Optimizer { return optim.NewAdaGrad(0.001) }),
		cure:   recipe(three, mlp.ReLU, weightinit.NewHe(), func() optim.Optimizer { return optim.NewRMSProp(0.001) }),
		epochs: 20, healed: 0.8,
	},
	{
		broken: recipe(three, mlp.ReLU, weightinit.NewHe(), largeEps),
		cure:   recipe(three, mlp.ReLU, weightinit.NewHe(), byAdam(0.001)),
		epochs: 20, healed: 0.8,
	},
	{
		broken: recipe(three, mlp.ReLU, weightinit.NewHe(), func() optim.Optimizer { return optim.NewAdamAsWritten(0.001) }),
		cure:   recipe(three, mlp.ReLU, weightinit.NewHe(), byAdam(0.001)),
		epochs: 5, healed: 0.6,
	},
	{
		broken: recipe(three, mlp.ReLU, weightinit.NewHe(), overwritten),
		cure:   recipe(three, mlp.ReLU, weightinit.NewHe(), byAdam(0.001)),
		epochs: 20, healed: 0.8,
	},
	{
		broken: recipe(five, mlp.Sigmoid, weightinit.NewXavier(), bySGD(0.1)),
		cure:   recipe(five, mlp.Tanh, weightinit.NewXavier(), bySGD(0.1)),
		epochs: 20, healed: 0.8,
		wrong: []wrongCure{
			{recipe(five, mlp.Sigmoid, weightinit.NewHe(), bySGD(0.1)),
				"초깃값을 조금 키워도 시그모이드의 기울기는 층마다 3분의 1쯤으로 줄어듭니다. 활성화 함수를 보세요.",
				"With somewhat larger initial weights sigmoid's gradient still falls to about a third a layer. Look at the activation function."},
		},
	},
}

func recipe(sizes []int, act mlp.Activation, init weightinit.Initializer, opt func() optim.Optimizer) Recipe {
	return func() (mlp.Config, optim.Optimizer) { return mlp.Config{Sizes: sizes, Act: act, Init: init}, opt() }
}

func bySGD(lr float64) func() optim.Optimizer {
	return func() optim.Optimizer { return optim.NewSGD(lr) }
}

func byAdam(lr float64) func() optim.Optimizer {
	return func() optim.Optimizer { return optim.NewAdam(lr) }
}

// slower is network 3 with a lower learning rate, the remedy for NaN that one
// hears first.
func slower(lr float64) wrongCure {
	return wrongCure{recipe(five, mlp.ReLU, weightinit.NewNormal(0, 1), bySGD(lr)),
		"학습률을 줄여도 층마다 커지는 신호는 그대로입니다. 초깃값을 보세요.",
		"A lower learning rate does not stop the signal from growing in each layer. Look at the initial weights."}
}

func largeEps() optim.Optimizer {
	o := optim.NewAdam(0.001)
	o.Eps = 1
	return o
}

func overwritten() optim.Optimizer {
	o := optim.NewAdamAsWritten(0.001)
	o.Overwrite = true
	return o
}

// Heal trains the student's repair of network n on the digits, with three
// seeds, and tells whether its accuracy on the test data is high enough for
// each. The sizes of the layers are not to be changed.
func Heal(n int, student any) {
	if n < 1 || n > Patients {
		panic(fmt.Sprintf("exercise: Heal: network %d, allowed are 1 to %d", n, Patients))
	}
	f, ok := student.(Recipe)
	if !ok {
		otherType(Recipe(nil), student)
		return
	}
	p := patients[n-1]
	cfg, _ := f()
	if want, _ := p.broken(); !slices.Equal(cfg.Sizes, want.Sizes) {
		say("✘", fmt.Sprintf("층의 크기는 그대로 두세요: %d.", want.Sizes), fmt.Sprintf("Leave the sizes of the layers as they are: %d.", want.Sizes))
		return
	}
	if err := cfg.Validate(); err != nil {
		say("✘", err.Error(), err.Error())
		return
	}
	worst := p.accuracy(f)
	switch {
	case worst >= p.healed:
		say("✔", fmt.Sprintf("나았습니다. 시험 데이터 정확도 %.3f(시드 3개 가운데 가장 낮은 값).", worst),
			fmt.Sprintf("Healed. Accuracy on the test data %.3f (the lowest of 3 seeds).", worst))
	case name(f) == name(p.broken):
		say("…", fmt.Sprintf("아직 고치지 않았습니다. 시험 데이터 정확도 %.3f, %.1f 이상이어야 합니다.", worst, p.healed),
			fmt.Sprintf("Not repaired yet. Accuracy on the test data %.3f, needed is %.1f or more.", worst, p.healed))
	default:
		ko, en := "증상을 다시 살펴보세요.", "Look at the symptoms again."
		for _, w := range p.wrong {
			if name(f) == name(w.recipe) {
				ko, en = w.ko, w.en
			}
		}
		say("✘", fmt.Sprintf("아직 아픕니다. 시험 데이터 정확도 %.3f. %s", worst, ko),
			fmt.Sprintf("Still sick. Accuracy on the test data %.3f. %s", worst, en))
	}
}

// accuracy returns the lowest accuracy of three seeds; a run that leaves the
// finite numbers counts as 0.
func (p patient) accuracy(f Recipe) float64 {
	worst := math.Inf(1)
	for _, a := range mlp.Seeds(3, func(seed uint64) float64 {
		cfg, opt := f()
		cfg.Seed = seed
		net := mlp.New(cfg)
		if mlp.Train(net, opt, digits.Train(), mlp.TrainConfig{Batch: 100, Epochs: p.epochs, Seed: seed}).Err != nil {
			return 0
		}
		return net.Accuracy(digits.Test())
	}) {
		worst = min(worst, a)
	}
	return worst
}

// name tells recipes apart: activation function, initial weights, optimizer.
func name(f Recipe) string {
	cfg, opt := f()
	return fmt.Sprint(cfg.Act, " ", cfg.Init, " ", opt)
}
