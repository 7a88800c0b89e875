package plots

import (
	"fmt"

	"descent/pkg/lang"
	"descent/pkg/optim"
)

// Schedules draws each schedule for its first n updates, n ≥ 1. One that reacts
// to a loss, as Plateau does, is drawn as it stands.
func Schedules(n int, schedules ...optim.Schedule) *Figure {
	c := &chart{kind: "Schedules"}
	f := (&Figure{content: c}).X(lang.Pick("갱신 횟수 i", "Update i")).Y(lang.Pick("학습률", "Learning rate"))
	const most = 1_000_000
	if n < 1 || n > most {
		c.wrong = fmt.Errorf("plots: Schedules: n is %d, allowed is 1 to %d", n, most)
		return f
	}
	for k, s := range schedules {
		if s == nil {
			c.wrong = fmt.Errorf("plots: Schedules: schedule %d is nil", k)
			return f
		}
		if err := s.Validate(); err != nil {
			c.wrong = fmt.Errorf("plots: Schedules: %w", err)
			return f
		}
		row := make([]float64, n)
		for i := range row {
			row[i] = s.At(i)
		}
		c.series = append(c.series, Series{Name: s.String(), Y: [][]float64{row}})
	}
	return f
}
