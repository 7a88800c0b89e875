package plots

import (
	"fmt"
	"math"

	"descent/pkg/lang"
	"descent/pkg/mlp"
)

// ByLayer draws each series over the layers of a network, as markers joined by
// lines on a logarithmic axis: what a signal or a gradient gains or loses from
// layer to layer. The axis is not logarithmic where a series has no value above 0.
// The first number of a row belongs to layer 1, unless X says otherwise.
func ByLayer(series ...Series) *Figure {
	c := &chart{points: true, joined: true, kind: "ByLayer"}
	for _, s := range series {
		if s.X == nil && len(s.Y) > 0 {
			for i := range s.Y[0] {
				s.X = append(s.X, float64(i+1))
			}
		}
		c.series = append(c.series, s)
	}
	f := (&Figure{content: c}).X(lang.Pick("층", "Layer"))
	f.y.log = positive(c.series)
	return f
}

// GradientNorms draws the root mean square of ∂L/∂z in each layer over the steps
// of a training run, which must have recorded it (TrainConfig.Probe).
func GradientNorms(run *mlp.Run) *Figure {
	return layerCurves("GradientNorms", run, 0, func(m mlp.Measures) float64 { return m.Delta }).
		Y(lang.Pick("∂L/∂z의 RMS", "RMS of ∂L/∂z"))
}

// UpdateRatios draws ‖ΔW‖/‖W‖, the size of an update beside that of the weights,
// for each layer over the steps of a training run, which must have recorded it
// (TrainConfig.Probe). The line at 10⁻³ is a rule of thumb: far above, weights
// are thrown about; far below, they stand still.
func UpdateRatios(run *mlp.Run) *Figure {
	f := layerCurves("UpdateRatios", run, 1, func(m mlp.Measures) float64 { return m.Update }).
		Y(lang.Pick("가중치 대비 갱신 비율 ‖ΔW‖/‖W‖", "Update-to-weight ratio ‖ΔW‖/‖W‖"))
	f.hlines = []refLine{{at: 1e-3, label: "10⁻³ (0.001)", own: true}}
	return f
}

const maxLines = 6

// layerCurves draws a measure of each layer from the evaluation from on.
func layerCurves(kind string, run *mlp.Run, from int, measure func(mlp.Measures) float64) *Figure {
	c := &chart{kind: kind}
	f := (&Figure{content: c}).LogY().X(lang.Pick("스텝", "Step"))
	switch {
	case run == nil:
		c.wrong = fmt.Errorf("plots: %s: the run is nil", kind)
		return f
	case len(run.Layers) == 0:
		c.wrong = fmt.Errorf("plots: %s: the run has recorded no layers, set TrainConfig.Probe", kind)
		return f
	case len(run.Layers) <= from:
		c.wrong = fmt.Errorf("plots: %s needs %s or more, the run has %d", kind, plural(from+1, "evaluation"), len(run.Layers))
		return f
	case len(run.Step) != len(run.Layers):
		c.wrong = fmt.Errorf("plots: %s: the run has %s, but layers of %d", kind, plural(len(run.Step), "step"), len(run.Layers))
		return f
	}
	n := len(run.Layers[0])
	for i, layers := range run.Layers {
		if len(layers) != n || n == 0 {
			c.wrong = fmt.Errorf("plots: %s: the run has %s at evaluation %d, allowed is one number of them, 1 or more", kind, plural(len(layers), "layer"), i)
			return f
		}
	}
	for _, l := range evenly(n, maxLines) {
		s := Series{Name: layerName(l), Y: [][]float64{nil}}
		some := false
		for i := from; i < len(run.Layers); i++ {
			v := measure(run.Layers[i][l])
			some = some || v > 0 && !math.IsInf(v, 0)
			s.X, s.Y[0] = append(s.X, float64(run.Step[i])), append(s.Y[0], v)
		}
		if !some {
			c.notes = append(c.notes, fmt.Sprintf(lang.Pick("%s: 0보다 큰 값이 없어 그리지 않음.", "%s: no value above 0, not drawn."), s.Name))
			continue
		}
		c.series = append(c.series, s)
	}
	if len(c.series) == 0 {
		c.wrong = fmt.Errorf("plots: %s: no layer has a value above 0, the first is %v", kind, measure(run.Layers[from][0]))
	}
	if n > maxLines {
		c.notes = append(c.notes, fmt.Sprintf(lang.Pick("%d층 가운데 고르게 고른 %d층.", "%[2]d of %[1]d layers are shown, evenly spaced."), n, maxLines))
	}
	if method := pretty(run.Method); method != "" {
		c.notes = append(c.notes, method+".")
	}
	if run.Err != nil {
		c.notes = append(c.notes, fmt.Sprintf(lang.Pick("%d스텝 뒤에 멈춤.", "It stops after step %d."), run.Step[len(run.Step)-1]))
	}
	return f
}
