package optim_test

import (
	"math"
	"slices"
	"testing"

	"descent/pkg/optim"
)

// Two steps of the document's five from w = 2 with the gradients 3 and −1,
// on paper.
func TestByHand(t *testing.T) {
	for name, c := range map[string]struct {
		opt  optim.Optimizer
		want [2]float64
	}{
		// 2 − 0.1·3 = 1.7;  1.7 + 0.1·1 = 1.8
		"SGD": {optim.NewSGD(0.1), [2]float64{1.7, 1.8}},

		// v = −0.1·3 = −0.3, w = 1.7;  v = 0.9·(−0.3) + 0.1·1 = −0.17, w = 1.53
		"Momentum": {optim.NewMomentum(0.1), [2]float64{1.7, 1.53}},

		// h = 9, w = 2 − 0.1·3/(3 + 1e-7);  h = 10, w = that + 0.1/(√10 + 1e-7)
		"AdaGrad": {optim.NewAdaGrad(0.1), [2]float64{1.900000003333333, 1.931622778935017}},

		// h = 0.01·9 = 0.09, √h = 0.3, w = 2 − 0.1·3/0.3 = 1;
		// h = 0.99·0.09 + 0.01·1 = 0.0991, w = 1 + 0.1/√0.0991
		"RMSProp, ε = 0": {&optim.RMSProp{LR: 0.1, Rho: 0.99}, [2]float64{1, 1.317660468994898}},

		// m = 0.3, m̂ = 3, v = 0.009, v̂ = 9, w = 2 − 0.1·3/3 = 1.9;
		// m = 0.27 − 0.1 = 0.17, m̂ = 0.17/0.19, v = 0.008991 + 0.001 = 0.009991,
		// v̂ = 0.009991/0.001999, w = 1.9 − 0.1·(17/19)/√(9991/1999)
		"Adam, ε = 0": {&optim.Adam{LR: 0.1, Beta1: 0.9, Beta2: 0.999}, [2]float64{1.9, 1.859978142804557}},

		// η_1 = 0.1·√0.001/0.1 = √0.001, w = 2 − √0.001·m̂/√v̂ = 2 − √0.001;
		// η_2 = 0.1·√0.001999/0.19, w = that − η_2·(17/19)/√(9991/1999)
		"Adam as written, ε = 0": {&optim.AdamAsWritten{LR: 0.1, Beta1: 0.9, Beta2: 0.999}, [2]float64{1.968377223398316, 1.958959411021562}},

		// ĥ = 9, ĝ = 3, u = √(9 − 9) + 1, w = 2 − 0.1·3; with 1/(1−ρ²) = 16/7
		// ĥ = 1.9375·16/7, ĝ = 0.3125·16/7, w = 1.7 + 0.1/(√(ĥ − ĝ²) + 1)
		"RMSProp, centered and corrected": {&optim.RMSProp{LR: 0.1, Rho: 0.75, Eps: 1, Centered: true, Correct: true}, [2]float64{1.7, 1.7335628288278722}},

		// v = −0.1·3/√(9 + 7) = −0.075;  v = −0.075 + 0.1/√(1 + 7)
		"RMSProp, α = 1": {&optim.RMSProp{LR: 0.1, EpsRoot: 7, Alpha: 1}, [2]float64{1.925, 1.8853553390593273}},

		// Δ = min(0.1, 0.08), w = 2 − 0.08; the sign changes: Δ halves, W stays
		"Rprop above Max": {&optim.Rprop{LR: 0.1, EtaMinus: 0.5, EtaPlus: 1.2, Max: 0.08}, [2]float64{1.92, 1.92}},

		// v stays 9 as it is g², w = 2 − 0.1·3/(3 + 1);  v = 9 − 1, w = 1.925 + 0.1/(√8 + 1)
		"Yogi, β = 0": {&optim.Yogi{LR: 0.1, Eps: 1, Initial: 9}, [2]float64{1.925, 1.9511203874963743}},
	} {
		w := []float64{2}
		for i, g := range []float64{3, -1} {
			if err := c.opt.Step(w, []float64{g}); err != nil {
				t.Fatal(err)
			}
			if !(math.Abs(w[0]-c.want[i]) <= 1e-14) {
				t.Errorf("%s, step %d: w is %.15f, on paper %.15f", name, i+1, w[0], c.want[i])
			}
		}
	}
}

// One step of the methods that look at tensors, on paper.
func TestTensorsByHand(t *testing.T) {
	inf := math.Inf(1)
	for name, c := range map[string]struct {
		opt           optim.Optimizer
		w, grad, want []float64
	}{
		// g² + ε1 = (0.03, 0.11; 0.27, 0.51), R = (0.07, 0.39), C = (0.15, 0.31);
		// mean(R) = 0.23 → 0.25, V = R Cᵀ/0.25, V₀₀ = 0.042 → 0.25²
		"Adafactor below its floor": {&optim.Adafactor{LR: 1, Power: 0.8, Eps1: 0.02, Clip: inf, Floor: 0.25, Constant: true, Absolute: true, Shapes: []optim.Shape{{Rows: 2, Cols: 2}}},
			[]float64{0, 0, 0, 0}, []float64{0.1, 0.3, 0.5, 0.7}, []float64{-0.4, -1.0182663499531959, -1.033622788243404, -1.0065952899503388}},
		// r = 0.5·5/(10 + 0.5·5 + 1), g + λW = (9.5, −4)
		"LARS with the paper's norm": {&optim.LARS{LR: 1, Trust: 0.5, Decay: 0.5, Eps: 1, PaperNorm: true}, []float64{3, 4}, []float64{8, -6}, []float64{1.2407407407407407, 4.7407407407407405}},
		"LARS from 0":                {&optim.LARS{LR: 0.5, Trust: 0.001}, []float64{0, 0}, []float64{3, 4}, []float64{-1.5, -2}},
		"LARS without gradient":      {&optim.LARS{LR: 0.5, Trust: 0.001}, []float64{3, 4}, []float64{0, 0}, []float64{3, 4}},
		// r = 0.5·1/5;  r = 0.5·5/1
		"LARS, ‖W‖ = 1": {&optim.LARS{LR: 1, Trust: 0.5}, []float64{1, 0}, []float64{3, 4}, []float64{0.7, -0.4}},
		"LARS, ‖g‖ = 1": {&optim.LARS{LR: 1, Trust: 0.5}, []float64{3, 4}, []float64{0, -1}, []float64{3, 6.5}},
		// g/(√(9 + 7) + 1) = ±0.6, r = (0.9, −0.2), W − 0.1·5/√0.85·r
		"LAMB with ε in the root": {&optim.LAMB{LR: 0.1, Eps: 1, EpsRoot: 7, Decay: 0.1}, []float64{3, 4}, []float64{3, -3}, []float64{2.5119064699080234, 4.108465228909328}},
		// r = (3/4, 4/5)
		"LAMB from 0":           {&optim.LAMB{LR: 0.5, Eps: 1}, []float64{0, 0}, []float64{3, 4}, []float64{-0.375, -0.4}},
		"LAMB without gradient": {&optim.LAMB{LR: 0.5, Eps: 1}, []float64{3, 4}, []float64{0, 0}, []float64{3, 4}},
		"LAMB, ‖W‖ = 1":         {&optim.LAMB{LR: 0.5, Eps: 1}, []float64{1, 0}, []float64{3, 4}, []float64{0.658029435559335, -0.36476860207004264}},
		"LAMB, ‖r‖ = 1":         {&optim.LAMB{LR: 0.5}, []float64{5}, []float64{3}, []float64{2.5}},
	} {
		if err := c.opt.Step(c.w, c.grad); err != nil {
			t.Fatal(err)
		}
		if distance(c.w, c.want) > 1e-14 {
			t.Errorf("%s: w is %v, on paper %v", name, c.w, c.want)
		}
	}
}

// s of Muon for a matrix 3×2 and 2×3, stored [out, in] and [in, out].
func TestMuonScale(t *testing.T) {
	step := func(rows, cols int, scale optim.MuonScale, inOut bool) float64 {
		opt := optim.NewMuon(1, optim.Shape{Rows: rows, Cols: cols})
		opt.Scale, opt.InOut = scale, inOut
		w := make([]float64, 6)
		if err := opt.Step(w, []float64{1, -2, 0.5, 3, 1, -1}); err != nil {
			t.Fatal(err)
		}
		return w[0]
	}
	for _, c := range []struct {
		scale      optim.MuonScale
		tall, wide float64 // out 3, in 2; out 2, in 3
	}{
		{optim.ScaleOriginal, math.Sqrt(1.5), 1},
		{optim.ScaleRMS, 0.2 * math.Sqrt(3), 0.2 * math.Sqrt(3)},
		{optim.ScaleSpectral, math.Sqrt(1.5), math.Sqrt(2.0 / 3)},
	} {
		for _, inOut := range []bool{false, true} {
			tall, wide := c.tall, c.wide
			if inOut {
				tall, wide = wide, tall
			}
			if got := step(3, 2, c.scale, inOut) / step(3, 2, optim.ScaleNone, inOut); !near(got, tall, 1e-14) {
				t.Errorf("scale %d of 3×2, InOut %v: %v, want %v", c.scale, inOut, got, tall)
			}
			if got := step(2, 3, c.scale, inOut) / step(2, 3, optim.ScaleNone, inOut); !near(got, wide, 1e-14) {
				t.Errorf("scale %d of 2×3, InOut %v: %v, want %v", c.scale, inOut, got, wide)
			}
		}
	}
}

// m of Lion after two steps: 0.5·3 = 1.5, 0.5·1.5 − 0.5·1 = 0.25.
func TestLionMean(t *testing.T) {
	opt := &optim.Lion{LR: 0.1, Beta1: 0.9, Beta2: 0.5}
	w := []float64{2}
	for _, g := range []float64{3, -1} {
		if err := opt.Step(w, []float64{g}); err != nil {
			t.Fatal(err)
		}
	}
	if m := opt.State().Vector("m"); m[0] != 0.25 {
		t.Errorf("m is %v, want 0.25", m[0])
	}
}

// With β2 = 0.75 the limit of ρ_t is 7, and rounding lets ρ_t reach it: it does
// not exceed a threshold of 7, so no step is divided by √v̂.
func TestRAdamMustExceedItsThreshold(t *testing.T) {
	opt := &optim.RAdam{LR: 0.5, Beta2: 0.75, Threshold: 7}
	w := []float64{0}
	for k := 1; k <= 200; k++ {
		before := w[0]
		if err := opt.Step(w, []float64{3}); err != nil {
			t.Fatal(err)
		}
		if w[0]-before != -1.5 {
			t.Fatalf("step %d is %v, want −0.5·3", k, w[0]-before)
		}
	}
}

// h − ḡ² of a constant gradient falls below 0 by rounding: the root of 0 is
// taken. The plain method keeps neither ḡ nor v.
func TestRMSPropCentered(t *testing.T) {
	opt := &optim.RMSProp{LR: 0.1, Rho: 0.5, Eps: 1, Centered: true}
	w := []float64{0}
	for k := 1; k <= 100; k++ {
		if err := opt.Step(w, []float64{0.7}); err != nil || math.IsNaN(w[0]) {
			t.Fatalf("step %d: w is %v, %v", k, w[0], err)
		}
	}
	if g := opt.State().Vector("g"); !near(g[0], 0.7, 1e-14) {
		t.Errorf("ḡ is %v, want 0.7", g[0])
	}
	plain := optim.NewRMSProp(0.1)
	if err := plain.Step(w, []float64{1}); err != nil || plain.State().Vector("g") != nil || plain.State().Vector("v") != nil {
		t.Errorf("plain RMSProp keeps g %v, v %v, %v", plain.State().Vector("g"), plain.State().Vector("v"), err)
	}
}

// optax factors a matrix whose smaller side is 128 or more.
func TestPresetOfAdafactorFactorsLargeMatrices(t *testing.T) {
	opt, err := optim.Preset("optax.adafactor", 1, optim.Shape{Rows: 127, Cols: 200}, optim.Shape{Rows: 128, Cols: 200}, optim.Shape{Rows: 200, Cols: 127}, optim.Shape{Rows: 129, Cols: 128})
	if err != nil {
		t.Fatal(err)
	}
	want := []optim.Shape{{Rows: 127 * 200, Cols: 1}, {Rows: 128, Cols: 200}, {Rows: 200 * 127, Cols: 1}, {Rows: 129, Cols: 128}}
	if got := opt.(*optim.Adafactor).Shapes; !slices.Equal(got, want) {
		t.Errorf("the shapes are %v, want %v", got, want)
	}
}

// PyTorch's Muon divides a momentum of norm below ε by ε.
func TestMuonOfASmallGradient(t *testing.T) {
	opt, err := optim.Preset("torch.optim.Muon", 0.1, optim.Shape{Rows: 2, Cols: 3})
	if err != nil {
		t.Fatal(err)
	}
	w := []float64{0.5, -1, 2, 1.5, -0.5, 1}
	if err := opt.Step(w, []float64{1e-10, 2e-10, 3e-10, 4e-10, 5e-10, -6e-10}); err != nil {
		t.Fatal(err)
	}
	if want := 0.490269993709715; !near(w[0], want, 1e-14) {
		t.Errorf("w[0] = %v, want %v", w[0], want)
	}
}
