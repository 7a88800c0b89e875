package weightinit

import (
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

var inf, nan = math.Inf(1), math.NaN()

// law is what an initializer must draw from at the fans of 50 and 30: N(mean,
// std²) cut at low and high, or, if std is 0, the uniform distribution between
// them.
type law struct{ mean, std, low, high float64 }

func normalLaw(mean, variance float64) law {
	return law{mean, math.Sqrt(variance), -inf, inf}
}

func uniformLaw(variance float64) law {
	limit := math.Sqrt(3 * variance)
	return law{0, 0, -limit, limit}
}

// truncatedLaw is cut at two standard deviations and has the given variance.
func truncatedLaw(variance float64) law {
	p := math.Erf(math.Sqrt2) // that |z| < 2
	std := math.Sqrt(variance / (1 - 4*density(2)/p))
	return law{0, std, -2 * std, 2 * std}
}

// laws holds every initializer that draws each weight for itself, by the
// expression that the README has for it.
var laws = map[string]struct {
	init Initializer
	law  law
}{
	"NewUniform(-0.05, 0.05)":         {NewUniform(-0.05, 0.05), law{0, 0, -0.05, 0.05}},
	"NewUniform(0, 0.05)":             {NewUniform(0, 0.05), law{0, 0, 0, 0.05}},
	"NewNormal(0, 0.01)":              {NewNormal(0, 0.01), normalLaw(0, 1e-4)},
	"NewNormal(-2, 0.3)":              {NewNormal(-2, 0.3), normalLaw(-2, 0.09)},
	"NewTruncatedNormal(0, 1, -2, 2)": {NewTruncatedNormal(0, 1, -2, 2), law{0, 1, -2, 2}},
	// one-sided, far from the mean, and the narrow bounds that are drawn otherwise
	"NewTruncatedNormal(1, 0.5, 0.3, inf)": {NewTruncatedNormal(1, 0.5, 0.3, inf), law{1, 0.5, 0.3, inf}},
	"NewTruncatedNormal(0, 1, 2, 4.6)":     {NewTruncatedNormal(0, 1, 2, 4.6), law{0, 1, 2, 4.6}},
	"NewTruncatedNormal(0, 1, 2, 4.4)":     {NewTruncatedNormal(0, 1, 2, 4.4), law{0, 1, 2, 4.4}},
	"NewTruncatedNormal(1, 2, -2, -1)":     {NewTruncatedNormal(1, 2, -2, -1), law{1, 2, -2, -1}},
	"NewTruncatedNormal(1, 2, 0, 3)":       {NewTruncatedNormal(1, 2, 0, 3), law{1, 2, 0, 3}},

	"NewTwoSigma(0, 0.05)":                 {NewTwoSigma(0, 0.05), law{0, 0.05, -0.1, 0.1}},
	"NewTwoSigmaCorrected(0, 0.2)":         {NewTwoSigmaCorrected(0, 0.2), truncatedLaw(0.04)},
	"NewXavier()":                          {NewXavier(), normalLaw(0, 2.0/80)},
	"NewXavierUniform()":                   {NewXavierUniform(), uniformLaw(2.0 / 80)},
	"Xavier{Gain: 1, Dist: TruncatedDist}": {Xavier{Gain: 1, Dist: TruncatedDist}, truncatedLaw(2.0 / 80)},
	"Xavier{Gain: GainTanh}":               {Xavier{Gain: GainTanh}, normalLaw(0, 25.0/9*2/80)},
	"NewHe()":                              {NewHe(), normalLaw(0, 2.0/50)},
	"NewHeUniform()":                       {NewHeUniform(), uniformLaw(2.0 / 50)},
	"He{Dist: TruncatedDist}":              {He{Dist: TruncatedDist}, truncatedLaw(2.0 / 50)},
	"He{Mode: FanOut}":                     {He{Mode: FanOut}, normalLaw(0, 2.0/30)},
	"He{Slope: 0.2}":                       {He{Slope: 0.2}, normalLaw(0, 2/1.04/50)},
	"He{Mode: FanAvg}":                     {He{Mode: FanAvg}, normalLaw(0, 2.0/40)},
	"NewLeCun()":                           {NewLeCun(), normalLaw(0, 1.0/50)},
	"NewLeCunUniform()":                    {NewLeCunUniform(), uniformLaw(1.0 / 50)},
	"LeCun{Dist: TruncatedDist}":           {LeCun{Dist: TruncatedDist}, truncatedLaw(1.0 / 50)},
	"NewVarianceScaling(0.5, FanGeoAvg, UniformDist)": {NewVarianceScaling(0.5, FanGeoAvg, UniformDist), uniformLaw(0.5 / math.Sqrt(1500))},
	"NewVarianceScaling(3, FanOut, NormalDist)":       {NewVarianceScaling(3, FanOut, NormalDist), normalLaw(0, 0.1)},
	"NewVarianceScaling(1e-300, FanAvg, UniformDist)": {NewVarianceScaling(1e-300, FanAvg, UniformDist), uniformLaw(1e-300 / 40)},
	"NewVarianceScaling(1e300, FanIn, TruncatedDist)": {NewVarianceScaling(1e300, FanIn, TruncatedDist), truncatedLaw(1e300 / 50)},
	"NewTorchLinear()": {NewTorchLinear(), uniformLaw(1.0 / 150)},
	"NewKerasDense()":  {NewKerasDense(), uniformLaw(2.0 / 80)},
	"NewFlaxDense()":   {NewFlaxDense(), truncatedLaw(1.0 / 50)},
}

func density(z float64) float64 { return math.Exp(-z*z/2) / math.Sqrt(2*math.Pi) }

func normalCDF(z float64) float64 { return math.Erfc(-z/math.Sqrt2) / 2 }

// moments returns the mean and the standard deviation of the weights.
func (l law) moments() (mean, std float64) {
	if l.std == 0 {
		return (l.low + l.high) / 2, (l.high - l.low) / math.Sqrt(12)
	}
	a, b := (l.low-l.mean)/l.std, (l.high-l.mean)/l.std
	edge := func(z float64) float64 { // z·φ(z)
		if math.IsInf(z, 0) {
			return 0
		}
		return z * density(z)
	}
	p := normalCDF(b) - normalCDF(a)
	m := (density(a) - density(b)) / p
	return l.mean + l.std*m, l.std * math.Sqrt(1+(edge(a)-edge(b))/p-m*m)
}

func (l law) cdf(w float64) float64 {
	if l.std == 0 {
		return (w - l.low) / (l.high - l.low)
	}
	phi := func(w float64) float64 { return normalCDF((w - l.mean) / l.std) }
	return (phi(w) - phi(l.low)) / (phi(l.high) - phi(l.low))
}

// Mean, variance and the correlation of neighbors lie within 4.5 standard
// errors (by chance beyond them once in 147,000), the largest distance of the
// empirical distribution function from the exact one is below the
// Kolmogorov–Smirnov bound for p = 10⁻⁵, and the weights come as near to the
// bounds as they must, but not beyond.
func TestDistributions(t *testing.T) {
	const n = 50_000
	root := 4.5 / math.Sqrt(n)
	for name, c := range laws {
		mean, std := c.law.moments()
		own := fnv.New64a() // numbers of its own for each law
		own.Write([]byte(name))
		for seed := range uint64(3) {
			w := make([]float64, n)
			c.init.Fill(w, 50, 30, rand.NewPCG(seed, own.Sum64()))
			var m1, m2, m4, neighbors float64
			for i, x := range w {
				z := (x - mean) / std
				m1 += z / n
				m2 += z * z / n
				m4 += z * z * z * z / n
				neighbors += z * (w[(i+1)%n] - mean) / std / n
			}
			if math.Abs(m1) > root {
				t.Errorf("%s, seed %d: the mean is %v standard deviations off", name, seed, m1)
			}
			if math.Abs(m2-1) > root*math.Sqrt(m4-m2*m2) {
				t.Errorf("%s, seed %d: the variance is %v times what it must be", name, seed, m2)
			}
			if math.Abs(neighbors) > root {
				t.Errorf("%s, seed %d: neighbors are correlated by %v", name, seed, neighbors)
			}
			slices.Sort(w)
			distance := 0.0
			for i, x := range w {
				p := c.law.cdf(x)
				distance = max(distance, p-float64(i)/n, float64(i+1)/n-p)
			}
			if bound := 2.47 / math.Sqrt(n); distance > bound {
				t.Errorf("%s, seed %d: Kolmogorov–Smirnov distance %v, allowed %v", name, seed, distance, bound)
			}
			if w[0] < c.law.low || w[n-1] > c.law.high {
				t.Errorf("%s, seed %d: weights from %v to %v, allowed are %v to %v", name, seed, w[0], w[n-1], c.law.low, c.law.high)
			}
			if c.law.cdf(w[0]) > 20.0/n || c.law.cdf(w[n-1]) < 1-20.0/n {
				t.Errorf("%s, seed %d: weights from %v to %v only", name, seed, w[0], w[n-1])
			}
		}
	}
}

// script is a source that gives the given uniform numbers, one after the other.
type script []float64

func (s *script) Uint64() uint64 {
	u := (*s)[0]
	*s = append((*s)[1:], u)
	return uint64(u*(1<<53)) << 11
}

// With a source whose numbers are known, a weight tells the standard deviation
// or the limit of its distribution to 15 digits.
func TestExactScale(t *testing.T) {
	for name, c := range laws {
		w := make([]float64, 2)
		if c.law.std == 0 {
			c.init.Fill(w, 50, 30, &script{0, 1 - 0x1p-53})
			if !near(w[0], c.law.low) || !near(w[1], c.law.high) {
				t.Errorf("%s: weights from %v to %v, want %v to %v", name, w[0], w[1], c.law.low, c.law.high)
			}
		} else if c.law.high-c.law.low > 3*c.law.std {
			// u = 0.5 and v = √(2/e)/2 make z = √(2/e)
			c.init.Fill(w, 50, 30, &script{0.5, 0.75})
			if want := c.law.mean + c.law.std*math.Sqrt(2/math.E); !near(w[0], want) {
				t.Errorf("%s: the weight at z = √(2/e) is %v, want %v", name, w[0], want)
			}
		}
	}
	type scaled interface {
		Std(fanIn, fanOut int) float64
	}
	n := 0
	for name, c := range laws {
		if s, ok := c.init.(scaled); ok {
			n++
			if _, std := c.law.moments(); !near(s.Std(50, 30), std) {
				t.Errorf("%s: Std is %v, want %v", name, s.Std(50, 30), std)
			}
		}
	}
	if n != 20 {
		t.Errorf("%d initializers have Std", n)
	}
}

func near(x, want float64) bool { return math.Abs(x-want) <= 4e-15*math.Abs(want) }

// The weights that testdata/golden.py computes from the definitions, bit for
// bit.
func TestGolden(t *testing.T) {
	for _, c := range []struct {
		init   Initializer
		s1, s2 uint64
		want   []float64
	}{
		{NewNormal(0, 1), 1, 2, []float64{0x1.bb73992a899c6p-1, 0x1.2e1f151c129b9p+1, -0x1.072366d9109f7p+0, -0x1.639b50609ff76p-3}},
		{NewNormal(-2, 0.3), 1, 2, []float64{-0x1.bd7b75d338289p+0, -0x1.4aba2688c1a2ap+0, -0x1.277882a08f4b2p+1, -0x1.06aae981cfccap+1}},
		{NewHe(), 3, 4, []float64{0x1.242501f5fea7dp-4, 0x1.165d412516d5fp-2, 0x1.c690b5b7de1a5p-5, 0x1.20fe22213719bp-7}},
		{NewLeCun(), 3, 4, []float64{0x1.9d27a102cc8cap-5, 0x1.89aaa1ee8dacap-3, 0x1.416d1a957de77p-5, 0x1.98b2894bd7252p-8}},
		{Xavier{Gain: GainTanh}, 3, 4, []float64{0x1.80ef2b892f3f0p-4, 0x1.6ec6f2757fee9p-2, 0x1.2b789e7a54572p-4, 0x1.7cc8050fa0a6ep-7}},
		{NewTorchLinear(), 3, 4, []float64{0x1.ba0800c13fe5ap-4, 0x1.e0295c9727c46p-4, -0x1.415fae3757950p-7, 0x1.0188bf5db0d30p-5}},
		{NewFlaxDense(), 3, 4, []float64{0x1.d5b1a2ee9854bp-5, 0x1.bf89e8e17cd0dp-3, 0x1.6d6997bd45b80p-5, 0x1.d0a06371393fdp-8}},
		{NewUniform(-0.1, 0.7), 1, 2, []float64{0x1.07ef6f3d57e4bp-1, 0x1.9295a55ce4c60p-2, 0x1.0e1a09a1e84c0p-1, 0x1.1316016123913p-1}},
		{NewTruncatedNormal(1, 0.5, 0.3, 9), 1, 2, []float64{0x1.6edce64aa2672p+0, 0x1.170f8a8e094dcp+1, 0x1.f1b9324ddec12p-2, 0x1.d38c95f3ec011p-1}},
		{NewTruncatedNormal(1, 2, 1.5, 4), 1, 2, []float64{0x1.b6330ee7ecaabp+1, 0x1.bb0457867d7b6p+1, 0x1.5ff8c56053440p+1, 0x1.d4fdd7fa6391ap+0}},
	} {
		w := make([]float64, 4)
		c.init.Fill(w, 50, 30, rand.NewPCG(c.s1, c.s2))
		if !slices.Equal(w, c.want) {
			t.Errorf("%v: %x, want %x", c.init, w, c.want)
		}
	}
}

// 60,000 weights of each kind have the same bits on every machine.
func TestBits(t *testing.T) {
	for _, c := range []struct {
		init Initializer
		want uint64
	}{
		{NewUniform(-0.1, 0.7), 0xda59ca24c02c6347},
		{NewNormal(-2, 0.3), 0xf86a5f56fb64ab60},
		{NewTruncatedNormal(1, 0.5, 0.3, 9), 0x2823f17a395b3c17},
		{NewTruncatedNormal(1, 2, 1.5, 4), 0x593f9a506af7ba69},
		{NewTwoSigmaCorrected(0, 0.7), 0x3795ca967ab82220},
		{Xavier{Gain: GainTanh}, 0x2a49a68382755829},
		{NewHe(), 0x66d000a9b43b13f8},
		{He{Slope: 0.01, Mode: FanGeoAvg, Dist: UniformDist}, 0x72466ad2d8f896e6},
		{NewLeCunUniform(), 0xaef37469ec2d129c},
		{NewFlaxDense(), 0x96647cb213e0e46b},
		{NewOrthogonal(GainReLU), 0xa729c8221fa10905},
		{NewSparse(0.9, 0.01), 0xdcf7d350a275d4ef},
	} {
		h := fnv.New64a()
		src := rand.NewPCG(5, 6)
		w := make([]float64, 60*50)
		for range 10 {
			for _, fans := range [][2]int{{60, 50}, {50, 60}} {
				c.init.Fill(w, fans[0], fans[1], src)
				for _, x := range w {
					bits := math.Float64bits(x)
					for s := 0; s < 64; s += 8 {
						h.Write([]byte{byte(bits >> s)})
					}
				}
			}
		}
		if got := h.Sum64(); got != c.want {
			t.Errorf("%v: the weights have hash %#x, on other machines %#x", c.init, got, c.want)
		}
	}
}

func TestConstants(t *testing.T) {
	for _, c := range []struct {
		init Initializer
		want float64
	}{{NewZeros(), 0}, {NewConstant(0.1), 0.1}, {NewConstant(-3), -3}, {NewUniform(0.25, 0.25), 0.25}, {NewNormal(0.5, 0), 0.5}} {
		w := []float64{1, -2, 3}
		c.init.Fill(w, 3, 1, rand.NewPCG(1, 1))
		if !slices.Equal(w, []float64{c.want, c.want, c.want}) {
			t.Errorf("%v: weights %v", c.init, w)
		}
	}
	for _, init := range []Initializer{NewZeros(), NewConstant(0.1), NewIdentity(1)} {
		init.Fill(make([]float64, 3), 3, 1, nil) // no need of a source
	}
}

// Two calls draw together what one call draws.
func TestFillGoesOn(t *testing.T) {
	for name, c := range laws {
		whole, parts := make([]float64, 100), make([]float64, 100)
		c.init.Fill(whole, 50, 30, rand.NewPCG(7, 7))
		src := rand.New(rand.NewPCG(7, 7)) // a *rand.Rand is a source, too
		c.init.Fill(parts[:33], 50, 30, src)
		c.init.Fill(parts[33:], 50, 30, src)
		if !slices.Equal(whole, parts) {
			t.Errorf("%s: two calls differ from one", name)
		}
	}
}

func TestSources(t *testing.T) {
	a, b := make([]float64, 3), make([]float64, 3)
	NewHe().Fill(a, 3, 1, rand.NewChaCha8([32]byte{1}))
	NewHe().Fill(b, 3, 1, rand.NewChaCha8([32]byte{2}))
	if slices.Equal(a, b) || a[0] == a[1] {
		t.Errorf("ChaCha8 gives %v and %v", a, b)
	}
}

func TestFields(t *testing.T) {
	for _, c := range []struct {
		init  Initializer
		field string
	}{
		{NewConstant(nan), "Constant.Value is NaN, allowed is a finite number"},
		{NewConstant(inf), "Constant.Value is +Inf"},
		{NewUniform(nan, 1), "Uniform.Low is NaN"},
		{NewUniform(-inf, 1), "Uniform.Low is -Inf"},
		{NewUniform(1, 0.5), "Uniform.High is 0.5, allowed is a finite number ≥ Low = 1"},
		{NewUniform(1, nan), "Uniform.High is NaN"},
		{NewUniform(1, inf), "Uniform.High is +Inf"},
		{NewUniform(-1e308, 1e308), "Uniform.High is 1e+308"},
		{NewNormal(nan, 1), "Normal.Mean is NaN"},
		{NewNormal(-inf, 1), "Normal.Mean is -Inf"},
		{NewNormal(0, -0.1), "Normal.Std is -0.1, allowed is a finite number ≥ 0"},
		{NewNormal(0, inf), "Normal.Std is +Inf"},
		{NewNormal(0, nan), "Normal.Std is NaN"},
		{NewTruncatedNormal(0, 0, -1, 1), "TruncatedNormal.Std is 0, allowed is a finite number > 0"},
		{NewTruncatedNormal(0, nan, -1, 1), "TruncatedNormal.Std is NaN"},
		{NewTruncatedNormal(0, inf, -1, 1), "TruncatedNormal.Std is +Inf"},
		{NewTruncatedNormal(0, 1, nan, 1), "TruncatedNormal.Low is NaN"},
		{NewTruncatedNormal(0, 1, 1, 1), "TruncatedNormal.High is 1, allowed is a number > Low = 1"},
		{NewTruncatedNormal(0, 1, -inf, -inf), "TruncatedNormal.High is -Inf"},
		{NewTruncatedNormal(0, 1, inf, inf), "TruncatedNormal.High is +Inf"},
		{NewTruncatedNormal(0, 1, -1, nan), "TruncatedNormal.High is NaN"},
		{NewTruncatedNormal(nan, 1, -1, 1), "TruncatedNormal.Mean is NaN"},
		{NewTruncatedNormal(-inf, 1, -inf, 1), "TruncatedNormal.Mean is -Inf"},
		{NewTruncatedNormal(3.5, 1, -1, 1), "TruncatedNormal.Mean is 3.5, allowed is a finite number at most 2·Std = 2 outside of [-1, 1]"},
		{NewTruncatedNormal(-3.5, 1, -1, 1), "TruncatedNormal.Mean is -3.5"},
		{NewTwoSigma(1, -1), "TruncatedNormal.Std is -1"},
		{NewTwoSigma(1e20, 1), "TruncatedNormal.High is 1e+20"},
		{VarianceScaling{}, "VarianceScaling.Scale is 0, allowed is a number from 1e-300 to 1e300"},
		{NewVarianceScaling(nan, FanIn, NormalDist), "VarianceScaling.Scale is NaN"},
		{NewVarianceScaling(inf, FanIn, NormalDist), "VarianceScaling.Scale is +Inf"},
		{NewVarianceScaling(1, 4, NormalDist), "VarianceScaling.Mode is 4, allowed is FanIn, FanOut, FanAvg or FanGeoAvg"},
		{NewVarianceScaling(1, -1, NormalDist), "VarianceScaling.Mode is -1"},
		{NewVarianceScaling(1, FanIn, 3), "VarianceScaling.Dist is 3, allowed is NormalDist, UniformDist or TruncatedDist"},
		{NewVarianceScaling(1, FanIn, -1), "VarianceScaling.Dist is -1"},
		{He{Slope: nan}, "He.Slope is NaN, allowed is a number from -1e100 to 1e100"},
		{He{Slope: -2e100}, "He.Slope is -2e+100"},
		{He{Slope: inf}, "He.Slope is +Inf"},
		{He{Mode: 5}, "He.Mode is 5"},
		{He{Dist: 5}, "He.Dist is 5"},
		{Xavier{}, "Xavier.Gain is 0, allowed is a number from 1e-100 to 1e100"},
		{Xavier{Gain: -1}, "Xavier.Gain is -1"},
		{Xavier{Gain: nan}, "Xavier.Gain is NaN"},
		{Xavier{Gain: 2e100}, "Xavier.Gain is 2e+100"},
		{Xavier{Gain: 1, Dist: 3}, "Xavier.Dist is 3"},
		{LeCun{Dist: -1}, "LeCun.Dist is -1"},
		{NewOrthogonal(0), "Orthogonal.Gain is 0"},
		{NewOrthogonal(nan), "Orthogonal.Gain is NaN"},
		{NewSparse(-0.1, 1), "Sparse.Sparsity is -0.1, allowed is a number from 0 to 1"},
		{NewSparse(1.5, 1), "Sparse.Sparsity is 1.5"},
		{NewSparse(nan, 1), "Sparse.Sparsity is NaN"},
		{NewSparse(0.5, -1), "Sparse.Std is -1, allowed is a finite number ≥ 0"},
		{NewSparse(0.5, inf), "Sparse.Std is +Inf"},
		{NewIdentity(0), "Identity.Gain is 0"},
		{NewIdentity(inf), "Identity.Gain is +Inf"},
	} {
		err := c.init.Validate()
		var field *FieldError
		if !errors.As(err, &field) || !strings.HasPrefix(err.Error(), "weightinit: "+c.field) {
			t.Errorf("%v: error %v, want a FieldError: %s", c.init, err, c.field)
			continue
		}
		if !strings.HasPrefix(c.field, field.Type+"."+field.Field+" is ") {
			t.Errorf("%v: the error names %s.%s", c.init, field.Type, field.Field)
		}
		mustPanic(t, err.Error(), func() { c.init.Fill([]float64{1}, 1, 1, rand.NewPCG(1, 1)) })
		if s, ok := c.init.(interface{ Std(in, out int) float64 }); ok {
			mustPanic(t, err.Error(), func() { s.Std(1, 1) })
		}
	}
	// the ends of what is allowed make finite weights
	for _, init := range []Initializer{
		Xavier{Gain: 1e-100}, Xavier{Gain: 1e100, Dist: UniformDist}, He{Slope: 1e100, Dist: TruncatedDist}, He{Slope: -1e100},
		NewVarianceScaling(1e-300, FanGeoAvg, NormalDist), NewVarianceScaling(1e300, FanGeoAvg, UniformDist),
		NewOrthogonal(1e-100), NewOrthogonal(1e100), NewSparse(0, 1), NewTruncatedNormal(0, 1, -inf, inf), NewTruncatedNormal(3, 1, -1, 1),
	} {
		for _, n := range []int{1, 4} {
			w := make([]float64, n*n)
			init.Fill(w, n, n, rand.NewPCG(1, 1))
			for _, x := range w {
				if x == 0 || math.IsNaN(x) || math.IsInf(x, 0) {
					t.Errorf("%v: weight %v", init, x)
				}
			}
		}
	}
}

func TestFans(t *testing.T) {
	all := []Initializer{NewZeros(), NewConstant(1), NewOrthogonal(1), NewSparse(0.5, 1), NewIdentity(1)}
	for _, c := range laws {
		all = append(all, c.init)
	}
	for _, init := range all {
		if err := init.Validate(); err != nil {
			t.Errorf("%v: %v", init, err)
		}
		mustPanic(t, "weightinit: fanIn is 0 and fanOut 3", func() { init.Fill(nil, 0, 3, rand.NewPCG(1, 1)) })
		mustPanic(t, "weightinit: fanIn is 3 and fanOut -1", func() { init.Fill(nil, 3, -1, rand.NewPCG(1, 1)) })
	}
	mustPanic(t, "weightinit: fanIn is 0 and fanOut 3", func() { NewHe().Std(0, 3) })
}

func TestStrings(t *testing.T) {
	for want, init := range map[string]Initializer{
		"Zeros":                        NewZeros(),
		"Constant(value=0.1)":          NewConstant(0.1),
		"Uniform(low=-0.05, high=0.1)": NewUniform(-0.05, 0.1),
		"Normal(mean=0, std=0.01)":     NewNormal(0, 0.01),
		"TruncatedNormal(mean=0, std=0.5, low=-1, high=1)": NewTwoSigma(0, 0.5),
		"VarianceScaling(scale=2, fan avg, truncated)":     NewVarianceScaling(2, FanAvg, TruncatedDist),
		"VarianceScaling(scale=0, 7, 9)":                   NewVarianceScaling(0, 7, 9),
		"He":                                               NewHe(),
		"He(uniform)":                                      NewHeUniform(),
		"He(slope=0.01, fan out, truncated)":               He{Slope: 0.01, Mode: FanOut, Dist: TruncatedDist},
		"He(fan geo avg)":                                  He{Mode: FanGeoAvg},
		"Xavier":                                           NewXavier(),
		"Xavier(uniform)":                                  NewXavierUniform(),
		"Xavier(gain=0.75, truncated)":                     Xavier{Gain: GainSELU, Dist: TruncatedDist},
		"LeCun":                                            NewLeCun(),
		"LeCun(uniform)":                                   NewLeCunUniform(),
		"Orthogonal(gain=1)":                               NewOrthogonal(1),
		"Sparse(sparsity=0.9, std=0.01)":                   NewSparse(0.9, 0.01),
		"Identity(gain=2)":                                 NewIdentity(2),
		"He(slope=2.23606797749979, uniform)":              NewTorchLinear(),
	} {
		if init.String() != want {
			t.Errorf("%q, want %q", init.String(), want)
		}
	}
}

func mustPanic(t *testing.T, want string, call func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if r := fmt.Sprint(recover()); !strings.HasPrefix(r, want) {
			t.Errorf("panic %q, want %q", r, want)
		}
	}()
	call()
}

// A weight that is too large for a float64 is refused before it is drawn.
func TestNoWeightOverflows(t *testing.T) {
	for _, c := range []struct {
		init Initializer
		want string
	}{
		{NewTwoSigma(0, 1e308), "weightinit: TruncatedNormal.Std is 1e+308, allowed is a number with which 0 ± 13·Std is finite"},
		{NewTwoSigmaCorrected(0, 1e308), "weightinit: TruncatedNormal.Std is 1.1368472343385565e+308, allowed is a number with which 0 ± 13·Std is finite"},
		{NewTruncatedNormal(0, 1e308, 0, inf), "weightinit: TruncatedNormal.Std is 1e+308, allowed is a number with which 0 ± 13·Std is finite"},
		{NewNormal(1e308, 1e307), "weightinit: Normal.Std is 1e+307, allowed is a number with which 1e+308 ± 13·Std is finite"},
		{NewSparse(0.5, 1e308), "weightinit: Sparse.Std is 1e+308, allowed is a number with which 0 ± 13·Std is finite"},
	} {
		if err := c.init.Validate(); err == nil || err.Error() != c.want {
			t.Errorf("%v: error %v, want %s", c.init, err, c.want)
		}
	}
	for _, init := range []Initializer{NewNormal(0, 1e307), NewTwoSigma(0, 1e307), NewTwoSigma(0, 8e307), NewTruncatedNormal(0, 1e308, -1, 1), NewSparse(0, 1e307), NewUniform(-8e307, 8e307)} {
		w := make([]float64, 10_000)
		init.Fill(w, 100, 100, rand.NewPCG(1, 2))
		for i, w := range w {
			if !finite(w) {
				t.Fatalf("%v: weight %d is %v", init, i, w)
			}
		}
	}
}

// Without a source there is nothing to draw from.
func TestNilSource(t *testing.T) {
	for _, init := range []Initializer{NewNormal(0, 1), NewUniform(0, 1), NewTwoSigma(0, 1), NewOrthogonal(1), NewSparse(0.5, 1), NewHe(), NewXavier(), NewLeCun()} {
		mustPanic(t, "weightinit: the source of ", func() { init.Fill(make([]float64, 4), 2, 2, nil) })
	}
	for _, init := range []Initializer{NewZeros(), NewConstant(1), NewIdentity(1)} {
		init.Fill(make([]float64, 4), 2, 2, nil)
	}
}
