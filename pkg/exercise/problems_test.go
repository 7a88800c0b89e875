package exercise

import (
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"os"
	"strings"
	"testing"
)

// problems tries each problem of the package.
var problems = map[string]func(*testing.T){
	"WhatStays": byLetter(WhatStays, whatStays, "abc"),
	"Mean":      trial[func([]float64) float64]{Mean, mean, meanForms, nil}.code,
	"Gradient":  trial[func(x, y float64) (float64, float64)]{Gradient, gradient, gradientForms, nil}.code,

	"SGD":          trial[sgdStep]{SGD, sgd, sgdForms, nil}.code,
	"LargestRate":  byNumber(LargestRate, largestRate, 2.0/6, 0.333, 0.3333),
	"StepsToTenth": byNumber(StepsToTenth, stepsToTenth, math.Ceil(math.Log(0.1)/math.Log(0.95)), math.Ceil(math.Log10(0.1)/math.Log10(1-0.5*0.1))),
	"MeanGradient": trial[func([][]float64) []float64]{MeanGradient, meanGradient, meanGradientForms, nil}.code,
	"NoiseOfBatch": byNumber(NoiseOfBatch, noiseOfBatch, 1.0/2, 1/math.Sqrt(4), math.Pow(4, -0.5)),

	"Momentum":         trial[momentumStep]{Momentum, momentum, momentumForms, nil}.code,
	"TerminalVelocity": byNumber(TerminalVelocity, terminalVelocity, 0.02*3/(1-0.95), 0.06*20),
	"StepsToRest":      byNumber(StepsToRest, stepsToRest, math.Ceil(math.Log(0.01)/math.Log(0.9)), math.Floor(math.Log(100)/-math.Log(0.9))+1),
	"RateOfEMA":        byNumber(RateOfEMA, rateOfEMA, 0.1/(1-0.9), 0.1*10, 1),
	"BoundOfMomentum":  byNumber(BoundOfMomentum, boundOfMomentum, 2*(1+0.8)/6, 1.8/3, 0.333*1.8),

	"AdaGrad":           trial[adaGradStep]{AdaGrad, adaGrad, adaGradForms, nil}.code,
	"DistanceOfAdaGrad": byNumber(DistanceOfAdaGrad, distanceOfAdaGrad, 0.2+0.2/math.Sqrt2+0.2/math.Sqrt(3)+0.1, 0.2+0.141+0.115+0.1, 0.557),
	"ScaledLoss":        byLetter(ScaledLoss, scaledLoss, "abc"),
	"FirstStepFrom":     byNumber(FirstStepFrom, firstStepFrom, 0.3/math.Sqrt(0.1+0.09), 0.688, 0.3/0.436),
	"StepWithoutW":      byNumber(StepWithoutW, stepWithoutW, -0.5*6/math.Sqrt(36), -0.5),

	"RMSProp":            trial[rmspropStep]{RMSProp, rmsprop, rmspropForms, nil}.code,
	"FirstStepOfRMSProp": byNumber(FirstStepOfRMSProp, firstStepOfRMSProp, 0.03/0.2, 0.03*4/math.Sqrt(0.04*16)),
	"StepsToDouble":      byNumber(StepsToDouble, stepsToDouble, math.Ceil(math.Log(0.25)/math.Log(0.95)), math.Ceil(27.03)),
	"LossOfCycle":        byNumber(LossOfCycle, lossOfCycle, 2*0.05*0.05, 4*0.1*0.1/8),
	"EpsilonToRest":      byNumber(EpsilonToRest, epsilonToRest, 0.1*4/2, 0.1/0.5),

	"Adam":                 trial[adamStep]{Adam, adam, adamForms, nil}.code,
	"BiasedMean":           byNumber(BiasedMean, biasedMean, 0.2*(1+0.9+0.81+0.729+0.6561), 0.819, 2*0.4095),
	"FirstStepUncorrected": byNumber(FirstStepUncorrected, firstStepUncorrected, 0.5/math.Sqrt(0.01), 0.5/0.1),
	"HealedStep":           byNumber(HealedStep, healedStep, math.Ceil(math.Log(0.36)/math.Log(0.999)), math.Ceil(1021.1)),
	"BoundOfAdam":          byNumber(BoundOfAdam, boundOfAdam, 1/math.Sqrt(1-0.81/0.99), 2.345, 2.3452),

	"AdaGradNorm":        trial[normStep]{AdaGradNorm, adaGradNorm, adaGradNormForms, adaGradNormWrong}.code,
	"SamePathWhenScaled": byLetter(SamePathWhenScaled, samePathWhenScaled, "abcd"),
	"AlongTheRavine":     byNumber(AlongTheRavine, alongTheRavine, 1.5*math.Cos(math.Pi/6)-0.75, 0.549, 0.55, 1.5*0.366),
	"SameBudget":         byNumber(SameBudget, sameBudget, 6*3*2, 180/5),
	"PairedLosses":       byLetter(PairedLosses, pairedLosses, "abc"),

	"DistinctNeurons": trial[countColumns]{DistinctNeurons, distinctNeurons, distinctForms, distinctWrong}.code,
	"FirstGradient":   byNumber(FirstGradient, firstGradient, 4, 5-1),
	"GradientOfZeros": byNumber(GradientOfZeros, gradientOfZeros, 0.5*(0.1-1), -0.9/2, 0.5*0.1-0.5),
	"RateOfOneNeuron": byNumber(RateOfOneNeuron, rateOfOneNeuron, 20*0.3, 0.3*20),
	"StartOfTwins":    byLetter(StartOfTwins, startOfTwins, "abcd"),

	"UniformFill":         trial[fill]{UniformFill, uniformFilled, uniformForms, fillWrong}.code,
	"MeanOfPreactivation": byNumber(MeanOfPreactivation, meanOfPreactivation, 50*0.03*0.4, 50*0.4*(0+0.06)/2),
	"XavierBound":         byNumber(XavierBound, xavierBound, math.Sqrt(6)/math.Sqrt(96), math.Sqrt(3)*math.Sqrt(2.0/96), 1.732*0.1443),
	"BoundOfGradient":     byNumber(BoundOfGradient, boundOfGradient, 0.0924*17.32/4, 0.09238*17.32/4, 0.16/1.7320508*17.3205/4),
	"MostEvenWidth":       byNumber(MostEvenWidth, mostEvenWidth, math.Pi/4, 0.785, 0.7854, 3.14159*0.25, 3.14/4),

	"NormalFill":     trial[fill]{NormalFill, normalFilled, normalForms, fillWrong}.code,
	"FactorOfFrozen": byNumber(FactorOfFrozen, factorOfFrozen, 0.5*15*0.05, 0.5*math.Sqrt(225)*math.Sqrt(0.0025)),
	"LayersToVanish": byNumber(LayersToVanish, layersToVanish, math.Ceil(math.Log(0.001)/math.Log(0.25)), math.Ceil(4.98)),
	"StdForOne":      byNumber(StdForOne, stdForOne, 4/math.Sqrt(64), math.Sqrt(16.0/64)),
	"Normalization":  byLetter(Normalization, normalization, "abc"),

	"HeWeights":          trial[fillStep]{HeWeights, heWeights, heForms, heWrong}.code,
	"LayersToThousandth": byNumber(LayersToThousandth, layersToThousandth, math.Ceil(math.Log2(1000)), math.Ceil(math.Log(0.001)/math.Log(0.5))),
	"LeakyFactor":        byNumber(LeakyFactor, leakyFactor, 2/1.25, 1/(0.5+0.125)),
	"HeBound":            byNumber(HeBound, heBound, math.Sqrt(3)*math.Sqrt(2.0/24), 1.732*0.2887, math.Sqrt(3*2.0/24)),
}

func TestProblems(t *testing.T) {
	checks := exportedChecks(t)
	for _, name := range checks {
		if try := problems[name]; try != nil {
			t.Run(name, try)
		} else {
			t.Errorf("%s is not among the problems that are tried", name)
		}
	}
	if len(problems) != len(checks) {
		t.Errorf("%d problems are tried, the package has %d", len(problems), len(checks))
	}
}

// exportedChecks returns the names of the exported functions that judge an
// answer of any type with check.
func exportedChecks(t *testing.T) (names []string) {
	t.Helper()
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !strings.HasSuffix(file.Name(), ".go") || strings.HasSuffix(file.Name(), "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range tree.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || !f.Name.IsExported() {
				continue
			}
			ast.Inspect(f, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					if callee, ok := call.Fun.(*ast.Ident); ok && callee.Name == "check" {
						names = append(names, f.Name.Name)
					}
				}
				return true
			})
		}
	}
	return names
}
