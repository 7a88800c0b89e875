package exercise

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"time"

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
	sick   string   // the letter of what it suffers from
	cures  []Recipe // some that heal, each with one change
	epochs int      // of batches of 100
	healed float64
	unlike []mistake[func() string] // wrong diagnoses of which the general hint is not true
	wrong  []wrongCure
}

// wrongCure is a repair of what is sick that does not heal.
type wrongCure struct {
	recipe Recipe
	ko, en string
}

// part is where a recipe can be changed.
type part int

const (
	activation part = 1 << iota
	initial
	optimizer
	other
)

// diagnosis is one of the choices of lesson 11.
type diagnosis struct {
	hint   mistake[func() string] // what speaks against it
	treats part                   // the changes that cure it
	ko, en string                 // what to say of other changes
}

var diagnoses = []diagnosis{
	{letter("a", "‘다른 뉴런’의 수를 보세요. 은닉층의 뉴런은 서로 다릅니다.",
		"Look at the number of distinct neurons: those of the hidden layers differ."),
		initial,
		"뉴런이 모두 같으면 어떤 옵티마이저나 활성화 함수로도 갈라지지 않습니다. 뉴런을 똑같이 만든 것은 초깃값입니다.",
		"Where all neurons are alike, no optimizer and no activation function parts them. It is the initial weights that made them so."},
	{letter("b", "은닉층의 σ를 건강한 신경망과 견주세요. 몇 배로 크지 않습니다.",
		"Compare σ of the hidden layers with that of the healthy network: it is not several times as large."),
		initial,
		"학습률을 줄이거나 다른 것을 바꾸어도 처음의 신호는 그대로 큽니다. 신호를 키운 것은 초깃값입니다.",
		"A lower learning rate, or another change, leaves the signal as large as it is at first. It is the initial weights that make it so."},
	{letter("c", "은닉층의 σ를 층끼리 견주세요. 몇 분의 1로 줄지 않습니다.",
		"Compare σ among the hidden layers: it does not fall to a fraction."),
		initial,
		"신호가 닿지 않으면 어떤 옵티마이저도 배우지 못합니다. 신호를 줄인 것은 초깃값입니다.",
		"Where no signal arrives, no optimizer learns. It is the initial weights that shrink it."},
	{letter("d", "은닉층의 ∂L/∂z를 층끼리 견주세요. 아래층이 위층의 몇 분의 1로 줄지 않습니다.",
		"Compare ∂L/∂z among the hidden layers: that of the lower ones is not a fraction of that of the upper ones."),
		activation | initial,
		"옵티마이저를 바꾸어도 기울기는 층마다 그대로 줄어듭니다. 활성화 함수나 초깃값을 보세요.",
		"With another optimizer the gradient still falls from layer to layer. Look at the activation function, or at the initial weights."},
	{letter("e", "1에폭 뒤의 r을 건강한 신경망과 견주세요. 몇 배로 크지 않습니다.",
		"Compare r after 1 epoch with that of the healthy network: it is not several times as large."),
		optimizer,
		"신호는 건강합니다. 스텝의 크기를 정하는 것은 옵티마이저입니다.",
		"The signal is healthy. It is the optimizer that sets the size of the steps."},
	{letter("f", "1에폭 뒤의 r을 건강한 신경망과 견주세요. 몇 분의 1로 작지 않습니다.",
		"Compare r after 1 epoch with that of the healthy network: it is not a fraction of it."),
		optimizer,
		"신호는 건강합니다. 스텝의 크기를 정하는 것은 옵티마이저입니다.",
		"The signal is healthy. It is the optimizer that sets the size of the steps."},
	{letter("g", "1에폭 뒤의 눈금이 이미 건강하지 않습니다. 그것부터 설명해야 합니다.",
		"The gauges are not healthy even after 1 epoch. Explain that first."),
		optimizer,
		"신호는 건강합니다. 스텝을 줄여 가는 것은 옵티마이저입니다.",
		"The signal is healthy. It is the optimizer that makes the steps shrink."},
}

// The sizes of the layers: 64 pixels, 2 or 5 hidden layers, 10 digits.
var (
	three = []int{64, 50, 50, 10}
	five  = []int{64, 50, 50, 50, 50, 50, 10}
)

// Patients is how many networks Heal knows: 1, 2, …, Patients.
const Patients = 10

var patients = [Patients]patient{
	{
		broken: recipe(three, mlp.ReLU, weightinit.NewZeros(), by(*optim.NewSGD(0.1))), sick: "a",
		cures:  []Recipe{recipe(three, mlp.ReLU, weightinit.NewHe(), by(*optim.NewSGD(0.1)))},
		epochs: 20, healed: 0.8,
		unlike: []mistake[func() string]{
			letter("c", "신호가 0인 것은 맞습니다. 그런데 층마다 줄어든 것이 아니라 첫 은닉층부터 0입니다. ‘다른 뉴런’의 수를 보세요.",
				"The signal is 0, but it does not fall from layer to layer: it is 0 in the first hidden layer. Look at the number of distinct neurons."),
			letter("d", "기울기가 0인 것은 맞습니다. 그런데 신호도 0입니다. ‘다른 뉴런’의 수를 보세요.",
				"The gradient is 0, but so is the signal. Look at the number of distinct neurons."),
			letter("e", "r은 0/0이라 NaN입니다. 스텝보다 먼저 ‘다른 뉴런’의 수를 보세요.",
				"r is NaN, 0/0. Before the steps look at the number of distinct neurons."),
			letter("f", "r은 0/0이라 NaN입니다. 기울기가 0이면 학습률을 키워도 움직이지 않습니다. ‘다른 뉴런’의 수를 보세요.",
				"r is NaN, 0/0. Where the gradient is 0 no learning rate moves the weights. Look at the number of distinct neurons."),
		},
		wrong: []wrongCure{
			{recipe(three, mlp.ReLU, weightinit.NewConstant(0.1), by(*optim.NewSGD(0.1))),
				"0이 아니어도 모두 같은 값이면 뉴런은 여전히 하나뿐입니다.",
				"Not 0, but all alike: that is still a single neuron."},
		},
	},
	{
		broken: recipe(three, mlp.ReLU, weightinit.NewNormal(0, 2), by(*optim.NewSGD(0.1))), sick: "b",
		cures:  []Recipe{recipe(three, mlp.ReLU, weightinit.NewHe(), by(*optim.NewSGD(0.1)))},
		epochs: 20, healed: 0.8,
		unlike: []mistake[func() string]{
			letter("c", "2층의 σ가 1층보다 작은 것은 뉴런이 죽었기 때문입니다. 두 층의 σ를 건강한 신경망과 견주고, 처음 손실을 보세요.",
				"σ is lower in layer 2 because neurons died. Compare σ of both layers with that of the healthy network, and look at the first loss."),
		},
	},
	{
		broken: recipe(five, mlp.ReLU, weightinit.NewNormal(0, 1), by(*optim.NewSGD(0.1))), sick: "b",
		cures:  []Recipe{recipe(five, mlp.ReLU, weightinit.NewHe(), by(*optim.NewSGD(0.1)))},
		epochs: 20, healed: 0.8,
		unlike: []mistake[func() string]{
			letter("e", "r은 훈련하기 전이라 0입니다. 훈련하기 전의 눈금에도 병이 보입니다. 층마다 σ가 어떻게 되나요?",
				"r is 0, from before training. The fault shows in the gauges before training: what becomes of σ from layer to layer?"),
			letter("f", "r은 훈련하기 전이라 0입니다. 훈련하기 전의 눈금에도 병이 보입니다. 층마다 σ가 어떻게 되나요?",
				"r is 0, from before training. The fault shows in the gauges before training: what becomes of σ from layer to layer?"),
		},
	},
	{
		broken: recipe(five, mlp.ReLU, weightinit.NewNormal(0, 0.01), by(*optim.NewSGD(0.1))), sick: "c",
		cures:  []Recipe{recipe(five, mlp.ReLU, weightinit.NewHe(), by(*optim.NewSGD(0.1)))},
		epochs: 20, healed: 0.8,
		unlike: []mistake[func() string]{
			letter("d", "기울기도 줄어들지만 신호가 먼저 사라집니다. σ를 층끼리 견주세요.",
				"The gradient falls as well, but the signal is lost before. Compare σ among the layers."),
			letter("f", "r이 작은 것은 맞습니다. 그런데 스텝이 작은 까닭은 신호와 기울기가 거의 0이기 때문입니다.",
				"r is small, but the reason is that signal and gradient are close to 0."),
		},
	},
	{
		broken: recipe(three, mlp.ReLU, weightinit.NewHe(), by(*optim.NewMomentum(1))), sick: "e",
		cures:  []Recipe{recipe(three, mlp.ReLU, weightinit.NewHe(), by(*optim.NewMomentum(0.1)))},
		epochs: 20, healed: 0.8,
		unlike: []mistake[func() string]{
			letter("g", "나중에 r이 줄어드는 것은 뉴런이 죽었기 때문입니다. 1에폭 뒤의 r을 건강한 신경망과 견주세요.",
				"If r falls later, it is because neurons died. Compare r after 1 epoch with that of the healthy network."),
		},
		wrong: []wrongCure{
			{recipe(three, mlp.ReLU, weightinit.NewHe(), by(optim.Momentum{LR: 1, Alpha: 0.5})),
				"α를 0.5로 줄이면 빠르기 η/(1−α)는 10에서 2가 됩니다. 이 신경망에는 아직 너무 빠릅니다.",
				"With α = 0.5 the speed η/(1−α) falls from 10 to 2. That is still too fast for this network."},
		},
	},
	{
		broken: recipe(three, mlp.ReLU, weightinit.NewHe(), by(*optim.NewAdaGrad(0.001))), sick: "g",
		cures: []Recipe{
			recipe(three, mlp.ReLU, weightinit.NewHe(), by(*optim.NewRMSProp(0.001))),
			recipe(three, mlp.ReLU, weightinit.NewHe(), by(*optim.NewAdaGrad(0.03))),
		},
		epochs: 20, healed: 0.8,
		unlike: []mistake[func() string]{
			letter("f", "처음의 r만으로는 설명되지 않습니다. 둘째 표의 신경망은 옵티마이저만 Adam(η=0.0003)으로 바꾼 것인데, 1에폭 뒤의 r이 비슷해도 배웁니다.",
				"r at the start does not explain it. The network of the second table has only another optimizer, Adam(η=0.0003): r after 1 epoch is similar, and it learns."),
		},
	},
	{
		broken: recipe(three, mlp.ReLU, weightinit.NewHe(), by(optim.Adam{LR: 0.001, Beta1: 0.9, Beta2: 0.999, Eps: 1})), sick: "f",
		cures: []Recipe{
			recipe(three, mlp.ReLU, weightinit.NewHe(), by(*optim.NewAdam(0.001))),
			recipe(three, mlp.ReLU, weightinit.NewHe(), by(optim.Adam{LR: 1, Beta1: 0.9, Beta2: 0.999, Eps: 1})),
		},
		epochs: 20, healed: 0.8,
	},
	{
		broken: recipe(three, mlp.ReLU, weightinit.NewHe(), by(*optim.NewAdamAsWritten(0.001))), sick: "f",
		cures: []Recipe{
			recipe(three, mlp.ReLU, weightinit.NewHe(), by(*optim.NewAdam(0.001))),
			recipe(three, mlp.ReLU, weightinit.NewHe(), by(*optim.NewAdamAsWritten(0.01))),
		},
		epochs: 5, healed: 0.6,
	},
	{
		broken: recipe(three, mlp.ReLU, weightinit.NewHe(), by(optim.AdamAsWritten{LR: 0.001, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8, Overwrite: true})), sick: "g",
		cures: []Recipe{
			recipe(three, mlp.ReLU, weightinit.NewHe(), by(*optim.NewAdam(0.001))),
			recipe(three, mlp.ReLU, weightinit.NewHe(), by(*optim.NewAdamAsWritten(0.001))),
		},
		epochs: 20, healed: 0.8,
		unlike: []mistake[func() string]{
			letter("f", "처음 몇 스텝은 움직였습니다. 1에폭 뒤의 r이 거의 0인 것은 그사이에 줄었기 때문입니다.",
				"The first few steps did move. r is close to 0 after 1 epoch because it fell in the meantime."),
		},
	},
	{
		broken: recipe(five, mlp.Sigmoid, weightinit.NewXavier(), by(*optim.NewSGD(0.1))), sick: "d",
		cures:  []Recipe{recipe(five, mlp.Tanh, weightinit.NewXavier(), by(*optim.NewSGD(0.1)))},
		epochs: 20, healed: 0.8,
		unlike: []mistake[func() string]{
			letter("f", "출력층의 r은 건강합니다. 아래층의 r이 작은 까닭은 ∂L/∂z에 있습니다.",
				"r of the output layer is healthy. The reason for a small r in the lower layers is in ∂L/∂z."),
		},
		wrong: []wrongCure{
			{recipe(five, mlp.Sigmoid, weightinit.NewHe(), by(*optim.NewSGD(0.1))),
				"초깃값을 조금 키워도 시그모이드의 기울기는 층마다 3분의 1쯤으로 줄어듭니다. 활성화 함수를 보세요.",
				"With somewhat larger initial weights sigmoid's gradient still falls to about a third a layer. Look at the activation function."},
		},
	},
}

func recipe(sizes []int, act mlp.Activation, init weightinit.Initializer, opt func() optim.Optimizer) Recipe {
	return func() (mlp.Config, optim.Optimizer) { return mlp.Config{Sizes: sizes, Act: act, Init: init}, opt() }
}

// by makes optimizers that start like o.
func by[O any, P interface {
	*O
	optim.Optimizer
}](o O) func() optim.Optimizer {
	return func() optim.Optimizer {
		fresh := o
		return P(&fresh)
	}
}

// change is one difference between a recipe and the patient's, with what it is now.
type change struct {
	part   part
	ko, en string
}

func changed(p part, name string, now any) change {
	s := fmt.Sprintf("%s = %v", name, now)
	return change{p, s, s}
}

// changes returns what a cure changes.
func changes(cure, broken Recipe) (all []change) {
	cfg, opt := cure()
	was, old := broken()
	for _, c := range []struct {
		changed bool
		change
	}{
		{!reflect.DeepEqual(cfg.Act, was.Act), changed(activation, "Act", cfg.Act)},
		{!reflect.DeepEqual(cfg.Init, was.Init), changed(initial, "Init", cfg.Init)},
		{cfg.L2 != was.L2, changed(other, "L2", cfg.L2)},
		{cfg.Headless != was.Headless, changed(other, "Headless", cfg.Headless)},
	} {
		if c.changed {
			all = append(all, c.change)
		}
	}
	return append(all, settings(opt, old)...)
}

// settings returns what differs between two optimizers: each wrapper, the
// method, and of the same method each field, of another one the learning rate.
func settings(opt, old optim.Optimizer) (all []change) {
	for {
		wrapper, ok := opt.(interface{ Unwrap() optim.Optimizer })
		if !ok {
			break
		}
		kind := fmt.Sprintf("%T", opt)
		all = append(all, change{optimizer, kind, kind})
		opt = wrapper.Unwrap()
	}
	v, was := reflect.Indirect(reflect.ValueOf(opt)), reflect.Indirect(reflect.ValueOf(old))
	other := v.Type() != was.Type()
	if other {
		all = append(all, change{optimizer, "옵티마이저의 종류 = " + v.Type().Name(), "the kind of optimizer = " + v.Type().Name()})
	}
	for i := range was.NumField() {
		field := was.Type().Field(i)
		if !field.IsExported() || other && field.Name != "LR" || v.Kind() != reflect.Struct {
			continue
		}
		if x := v.FieldByName(field.Name); x.IsValid() && !reflect.DeepEqual(x.Interface(), was.Field(i).Interface()) {
			all = append(all, changed(optimizer, field.Name, x.Interface()))
		}
	}
	return all
}

// Heal judges the student's repair of network n. First the diagnosis, one of
// the letters a to g of the lesson; then the cure, which may change one thing
// of the patient's recipe, and where the diagnosis has it: activation function,
// initial weights, the method of the optimizer, or one of its hyperparameters.
// It is trained on the digits with three seeds and heals if the accuracy on the
// test data is high enough for each.
func Heal(n int, diagnosis, cure any) {
	if n < 1 || n > Patients {
		panic(fmt.Sprintf("exercise: Heal: network %d, allowed are 1 to %d", n, Patients))
	}
	p := patients[n-1]
	letter, ok := diagnosis.(func() string)
	if !ok {
		otherType(letter, diagnosis)
		return
	}
	recipe, ok := cure.(Recipe)
	if !ok {
		otherType(recipe, cure)
		return
	}
	if letter == nil || recipe == nil {
		say("✘", "함수가 nil입니다.", "The function is nil.")
		return
	}
	guard(healLimit, func() verdict {
		if v, ok := p.diagnose(letter()); !ok {
			return v
		}
		return p.judge(recipe)
	})
}

// healLimit is how long Heal may train.
var healLimit = 30 * time.Second

// diagnose reports whether the letter is right; if not, the verdict says why.
func (p patient) diagnose(given string) (v verdict, ok bool) {
	if given == p.sick {
		return verdict{}, true
	}
	hints := slices.Clone(p.unlike)
	for _, d := range diagnoses {
		hints = append(hints, d.hint)
	}
	for _, h := range hints {
		if given == h.f() {
			return verdict{"✘", fmt.Sprintf("진단 %s는 맞지 않습니다. %s", given, h.ko),
				fmt.Sprintf("Diagnosis %s does not fit. %s", given, h.en)}, false
		}
	}
	return verdict{"✘", fmt.Sprintf("진단이 %q입니다. 보기의 글자 하나를 소문자로 돌려주세요. 예: return \"a\"", given),
		fmt.Sprintf("The diagnosis is %q. Return one small letter of the choices, as in return \"a\".", given)}, false
}

// judge judges a cure, the diagnosis being right: what it changes, then what
// becomes of it.
func (p patient) judge(cure Recipe) verdict {
	if v, ok := p.trainable(cure); !ok {
		return v
	}
	d := diagnoses[slices.IndexFunc(diagnoses, func(d diagnosis) bool { return d.hint.f() == p.sick })]
	made := changes(cure, p.broken)
	switch {
	case len(made) == 0:
		return verdict{"…", "진단이 맞았습니다. 이제 환자 셀에서 한 곳만 고치고 그 셀을 실행하세요. 그 셀에 빨간 상자가 나왔다면 그 오류부터 고치세요.",
			"The diagnosis is right. Now change one thing in the patient's cell and run that cell. If it shows a red box, fix that error first."}
	case len(made) > 1:
		var ko, en []string
		for _, c := range made {
			ko, en = append(ko, c.ko), append(en, c.en)
		}
		return verdict{"✘",
			fmt.Sprintf("진단은 맞았지만 여러 곳을 고쳤습니다: %s. 한 곳만 고쳐야 무엇이 들었는지 알 수 있습니다.", strings.Join(ko, ", ")),
			fmt.Sprintf("The diagnosis is right, but the cure changes more than one thing: %s. Change one, to know what helped.", strings.Join(en, ", "))}
	case made[0].part&d.treats == 0:
		return verdict{"✘", fmt.Sprintf("진단은 맞았지만 고친 곳(%s)이 다릅니다. %s", made[0].ko, d.ko),
			fmt.Sprintf("The diagnosis is right, but the change is elsewhere (%s). %s", made[0].en, d.en)}
	}
	worst, err := p.accuracy(cure, 3)
	if worst >= p.healed {
		return verdict{"✔", fmt.Sprintf("나았습니다(고친 곳: %s). 시험 데이터 정확도 %.3f(시드 3개 가운데 가장 낮은 값).", made[0].ko, worst),
			fmt.Sprintf("Healed (changed: %s). Accuracy on the test data %.3f (the lowest of 3 seeds).", made[0].en, worst)}
	}
	ko, en := "고친 곳은 맞습니다. 눈금을 다시 읽고 값을 바꾸어 보세요.", "The place is right. Read the gauges again and try another value."
	for _, w := range p.wrong {
		if len(changes(cure, w.recipe)) == 0 {
			ko, en = w.ko, w.en
		}
	}
	if err != nil {
		return verdict{"✘", fmt.Sprintf("아직 아픕니다. 훈련이 중간에 멈췄습니다: %v. %s", err, ko),
			fmt.Sprintf("Still sick. The training ended early: %v. %s", err, en)}
	}
	return verdict{"✘", fmt.Sprintf("아직 아픕니다. 시험 데이터 정확도 %.3f, %.1f 이상이어야 합니다. %s", worst, p.healed, ko),
		fmt.Sprintf("Still sick. Accuracy on the test data %.3f, needed is %.1f or more. %s", worst, p.healed, en)}
}

// trainable reports whether the cure can be trained and compared; if not, the
// verdict says why.
func (p patient) trainable(cure Recipe) (v verdict, ok bool) {
	cfg, opt := cure()
	if was, _ := p.broken(); !slices.Equal(cfg.Sizes, was.Sizes) {
		return verdict{"✘", fmt.Sprintf("층의 크기는 그대로 두세요: %d.", was.Sizes),
			fmt.Sprintf("Leave the sizes of the layers as they are: %d.", was.Sizes)}, false
	}
	if err := cfg.Validate(); err != nil {
		return verdict{"✘", err.Error(), err.Error()}, false
	}
	at := reflect.ValueOf(opt)
	if !at.IsValid() || at.Kind() == reflect.Pointer && at.IsNil() {
		return verdict{"✘", "옵티마이저가 nil입니다.", "The optimizer is nil."}, false
	}
	if checked, ok := opt.(interface{ Validate() error }); ok {
		if err := checked.Validate(); err != nil {
			return verdict{"✘", err.Error(), err.Error()}, false
		}
	}
	if _, again := cure(); at.Kind() == reflect.Pointer && again == opt {
		return verdict{"✘", "부를 때마다 같은 옵티마이저가 나옵니다. 함수 안에서 새로 만드세요.",
			"Each call returns the same optimizer. Make a new one inside the function."}, false
	}
	return verdict{}, true
}

// accuracy returns the lowest accuracy of so many seeds. A run that ends early
// counts as 0, and err says why.
func (p patient) accuracy(f Recipe, seeds int) (worst float64, err error) {
	type result struct {
		accuracy float64
		err      error
	}
	worst = math.Inf(1)
	for _, r := range mlp.Seeds(seeds, func(seed uint64) result {
		cfg, opt := f()
		cfg.Seed = seed
		net := mlp.New(cfg)
		if err := mlp.Train(net, opt, digits.Train(), mlp.TrainConfig{Batch: 100, Epochs: p.epochs, Seed: seed}).Err; err != nil {
			return result{0, err}
		}
		return result{net.Accuracy(digits.Test()), nil}
	}) {
		worst = min(worst, r.accuracy)
		if err == nil {
			err = r.err
		}
	}
	return worst, err
}
