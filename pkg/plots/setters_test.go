package plots_test

import (
	"bytes"
	"math"
	"reflect"
	"testing"
	"time"

	"descent/pkg/plots"
	"descent/pkg/surface"
)

// A wrong value is withdrawn by the next call of the same setter, of every one.
func TestLastCallCounts(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	type calls struct {
		make         func() picture
		wrong, right []any // arguments
	}
	curves := func() picture { return plots.Curves(row(1, 2, 3)) }
	heat := func() picture { return plots.Map("z", []float64{1, 2}, []float64{1}, [][]float64{{1, 2}}) }
	bars := func() picture { return plots.Histograms(sample(1, 2, 3)) }
	motion := func() picture { return plots.Trajectory(surface.Ravine, sgd(0.1, 2)).Animate() }
	player := func() picture { return plots.Trajectory(surface.Ravine, sgd(0.1, 3)).Play() }
	shares := func() picture { return plots.PlayHistograms("a", 0, 1, normals, layers, epochs) }
	all := map[string][]calls{
		"Figure.XRange": {{curves, []any{2.0, 1.0}, []any{0.0, 2.0}}, {curves, []any{nan, 1.0}, []any{0.0, 2.0}}},
		"Figure.YRange": {{curves, []any{2.0, 2.0}, []any{0.0, 2.0}}, {curves, []any{0.0, inf}, []any{0.0, 2.0}}},
		"Figure.ZRange": {{heat, []any{2.0, 1.0}, []any{0.0, 2.0}}},
		"Figure.Bins":   {{bars, []any{1}, []any{20}}, {bars, []any{0}, []any{20}}, {bars, []any{201}, []any{2}}},
		"Figure.Scale":  {{curves, []any{9.0}, []any{1.0}}, {curves, []any{0.0}, []any{1.0}}, {curves, []any{nan}, []any{1.0}}},
		"Motion.Pace":   {{motion, []any{time.Duration(0)}, []any{time.Second}}},
		"Motion.Hold":   {{motion, []any{time.Hour}, []any{time.Second}}},
		"Motion.Loops":  {{motion, []any{-1}, []any{2}}},
		"Player.Still":  {{player, []any{(*plots.Figure)(nil)}, []any{plots.Field(surface.Ravine)}}, {player, []any{plots.Curves()}, []any{plots.Field(surface.Ravine)}}},
		"Player.Saturated": {{shares, []any{0.5, 2.0}, []any{0.1, 0.9}}, {shares, []any{nan, 0.9}, []any{0.1, 0.9}},
			{shares, []any{0.9, 0.1}, []any{0.1, 0.9}}},
	}
	// these add, or have no value that is wrong for a figure that has them
	others := map[string]bool{"Figure.Title": true, "Figure.X": true, "Figure.Y": true, "Figure.HLine": true, "Figure.VLine": true, "Figure.Line": true, "Figure.LogX": true, "Figure.LogY": true,
		"Figure.Quartiles": true, "Figure.StepArrows": true, "Figure.Velocity": true, "Figure.Look": true, "Motion.Look": true, "Player.Look": true}
	file := func(p picture) []byte {
		var b []byte
		switch p := p.(type) {
		case *plots.Figure:
			b, _ = p.PNG()
		case *plots.Motion:
			b, _ = p.PNG()
		case *plots.Player:
			b, _ = p.Vega()
		}
		return b
	}
	for _, kind := range []reflect.Type{reflect.TypeFor[*plots.Figure](), reflect.TypeFor[*plots.Motion](), reflect.TypeFor[*plots.Player]()} {
		for _, m := range setters(kind) {
			name := kind.Elem().Name() + "." + m.Name
			if len(all[name]) == 0 && !others[name] {
				t.Errorf("%s is in none of the lists", name)
			}
			for _, c := range all[name] {
				call := func(p picture, args []any) picture {
					in := []reflect.Value{reflect.ValueOf(p)}
					for _, a := range args {
						in = append(in, reflect.ValueOf(a))
					}
					return m.Func.Call(in)[0].Interface().(picture)
				}
				if err := drawn(call(c.make(), c.wrong)); err == nil {
					t.Errorf("%s%v: no error", name, c.wrong)
				}
				both := call(call(c.make(), c.wrong), c.right)
				want := call(c.make(), c.right)
				if err := drawn(both); err != nil || !bytes.Equal(file(both), file(want)) || both.Caption() != want.Caption() {
					t.Errorf("%s%v, then %v: error %v, want the figure of the second call alone", name, c.wrong, c.right, err)
				}
			}
		}
	}
}
