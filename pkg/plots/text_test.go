package plots

import (
	"testing"

	"descent/pkg/surface"
)

func TestFigureWithAnyText(t *testing.T) {
	all := "🎉 뷁 \u0302\u0301 각 ％\x00\xff √"
	f := Trajectory(surface.Ravine, wandering(3)).Title(all).X(all).Y(all).HLine(1, all).Look(all)
	if _, err := f.PNG(); err != nil {
		t.Error(err)
	}
}
