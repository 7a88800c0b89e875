package weightinit

import (
	"math"
	"math/rand/v2"
	"testing"
)

const depth = 50

// sizes sends a random input of mean square 1 through 50 layers of n units with
// fresh weights, and returns the mean square q of the activations after each.
func sizes(init Initializer, act func(float64) float64, n int, src rand.Source) (q [depth]float64) {
	a, z, w := make([]float64, n), make([]float64, n), make([]float64, n*n)
	NewNormal(0, 1).Fill(a, n, n, src)
	sum := 0.0
	for _, x := range a {
		sum += x * x / float64(n)
	}
	for i := range a {
		a[i] /= math.Sqrt(sum)
	}
	for l := range q {
		init.Fill(w, n, n, src)
		clear(z)
		for i, x := range a {
			for j := range z {
				z[j] += x * w[i*n+j]
			}
		}
		for j := range z {
			a[j] = act(z[j])
			q[l] += a[j] * a[j] / float64(n)
		}
	}
	return q
}

func relu(z float64) float64 { return max(z, 0) }

func linear(z float64) float64 { return z }

// Given the activations of a layer, the pre-activations of the next are
// independent and normal with variance n·V·q. So q grows in each layer by an
// independent factor, which is a mean over n units:
//
//	factor = n·V·mean(act(g)²), g ~ N(0, 1), for activations with act(c·z) = c·act(z)
//	ln factor has the mean ln m − v/(2n) and the variance v/n, to O(1/n²),
//	m = n·V·E[act(g)²], v = Var[act(g)²]/E[act(g)²]²
//
// ReLU: E = 1/2, E[act⁴] = 3/2, v = 5. No activation: v = 2. Leaky ReLU with
// slope s: v = 6(1 + s⁴)/(1 + s²)² − 1. After L layers ln q is normal around
// L·(ln m − v/(2n)) with the variance L·v/n. With He and ReLU the mean of q over
// all nets stays at 1, but in one net of 100 units and 50 layers ln q has the
// standard deviation 1.6, a factor of 5. An orthogonal matrix keeps the sum of
// z², so without activation q stays exactly, and with ReLU only the share of
// the positive half varies: v = n·E[Σu⁴] = 3.
//
// The band is 4.5 standard errors of the mean over the nets, and of the
// variance 4.5·√(2/nets).
func TestVarianceByDepth(t *testing.T) {
	const nets = 24
	const s = 0.2
	leaky := func(z float64) float64 { return max(z, s*z) }
	for i, c := range []struct {
		name string
		init Initializer
		act  func(float64) float64
		n    int
		m, v float64
	}{
		{"He, ReLU", NewHe(), relu, 100, 1, 5},
		{"He(slope=0.2), leaky ReLU", He{Slope: s}, leaky, 100, 1, 6*(1+s*s*s*s)/((1+s*s)*(1+s*s)) - 1},
		{"Xavier, ReLU", NewXavier(), relu, 100, 1.0 / 2, 5},
		{"nn.Linear, ReLU", NewTorchLinear(), relu, 100, 1.0 / 6, 5},
		{"LeCun(truncated), no activation", NewFlaxDense(), linear, 100, 1, 2},
		{"Orthogonal, ReLU", NewOrthogonal(GainReLU), relu, 40, 1, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var sum, sq [depth]float64
			for seed := range uint64(nets) {
				for l, q := range sizes(c.init, c.act, c.n, rand.NewPCG(seed, uint64(i))) {
					sum[l] += math.Log(q)
					sq[l] += math.Log(q) * math.Log(q)
				}
			}
			for _, L := range []int{1, 2, 5, 10, 25, 50} {
				mean := sum[L-1] / nets
				variance := (sq[L-1] - sum[L-1]*mean) / (nets - 1)
				wantMean := float64(L) * (math.Log(c.m) - c.v/2/float64(c.n))
				wantVariance := float64(L) * c.v / float64(c.n)
				if math.Abs(mean-wantMean) > 4.5*math.Sqrt(wantVariance/nets) {
					t.Errorf("layer %d: ln q is %.3f, want %.3f ± %.3f", L, mean, wantMean, 4.5*math.Sqrt(wantVariance/nets))
				}
				if band := 4.5 * math.Sqrt(2.0/nets); L >= 10 && math.Abs(variance/wantVariance-1) > band {
					t.Errorf("layer %d: the variance of ln q is %.3f, want %.3f ± %.0f%%", L, variance, wantVariance, 100*band)
				}
				if L == depth {
					t.Logf("ln q after 50 layers %.2f, derived %.2f ± %.2f; variance %.2f, derived %.2f",
						mean, wantMean, 4.5*math.Sqrt(wantVariance/nets), variance, wantVariance)
				}
			}
		})
	}
	for l, q := range sizes(NewOrthogonal(1), linear, 100, rand.NewPCG(1, 8)) {
		if math.Abs(q-1) > 1e-12 {
			t.Errorf("Orthogonal, no activation, layer %d: q is %v, want 1", l+1, q)
		}
	}
}

// Through tanh the mean square falls, but slowly. In very wide layers of Xavier
// q ← E[tanh²(√q·g)] = q − 2q² + …, which leads to 1/(2L). In layers of n units
// q varies from net to net: layer l adds 2/n to Var[ln q], of which (l/L)² is
// left after L layers, as d ln q/d ln q = 1 − 2q from one to the next. In all
// Var[ln q] = 2L/(3n). As E[q²] > E[q]², the mean falls faster, to q/(1 + L/(3n)).
// The band is 4.5 standard errors and 3% for what the derivation leaves out.
func TestVarianceByDepthOfTanh(t *testing.T) {
	const n, nets = 100, 32
	var sum [depth]float64
	for seed := range uint64(nets) {
		for l, q := range sizes(NewXavier(), math.Tanh, n, rand.NewPCG(seed, 9)) {
			sum[l] += q / nets
		}
	}
	q := 1.0
	for l := range depth {
		next, weight := 0.0, 0.0
		for g := -8.0; g <= 8; g += 1.0 / 64 {
			next += density(g) * math.Pow(math.Tanh(math.Sqrt(q)*g), 2)
			weight += density(g)
		}
		q = next / weight
		L := float64(l + 1)
		want := q / (1 + L/(3*n))
		band := want * (4.5*math.Sqrt(2*L/(3*n)/nets) + 0.03)
		if math.Abs(sum[l]-want) > band {
			t.Errorf("Xavier, tanh, layer %d: the mean square is %.4f, want %.4f ± %.4f", l+1, sum[l], want, band)
		}
		if l+1 == depth {
			t.Logf("Xavier, tanh: mean square after 50 layers %.4f, derived %.4f ± %.4f, in wide layers %.4f ≈ 1/(2L) = %.4f", sum[l], want, band, q, 1/(2*L))
		}
	}
}
