package optim

import (
	"fmt"
	"math"
	"slices"

	"descent/pkg/internal/count"
)

// Rule decides after each point whether a run of MinimizeWith ends: it returns
// the reason, and "" to go on.
type Rule func(p *Path) string

// GradientBelow ends a run where no component of the gradient is larger than
// tol in size.
func GradientBelow(tol float64) Rule {
	return func(p *Path) string {
		largest := 0.0
		for _, g := range p.Grad[len(p.Grad)-1] {
			largest = max(largest, math.Abs(g))
		}
		if largest <= tol {
			return fmt.Sprintf("the gradient is at most %v", tol)
		}
		return ""
	}
}

// LossBelow ends a run where the loss is at most tol.
func LossBelow(tol float64) Rule {
	return func(p *Path) string {
		if p.Final() <= tol {
			return fmt.Sprintf("the loss is at most %v", tol)
		}
		return ""
	}
}

// Stalled ends a run whose smallest loss of the last n steps is not below the
// smallest before them by more than tol. It panics if n < 1.
func Stalled(n int, tol float64) Rule {
	if n < 1 {
		panic(fmt.Sprintf("optim: n of Stalled is %d, allowed is 1 or more", n))
	}
	return func(p *Path) string {
		split := len(p.Loss) - n
		if split < 1 {
			return ""
		}
		// with tol ≥ 0 the smallest of all losses is below before − tol only if
		// one of the last n is
		lowest := p.lowest()
		before, after := lowest[split-1], lowest[len(lowest)-1]
		if tol < 0 {
			after = slices.Min(p.Loss[split:])
		}
		if after < before-tol {
			return ""
		}
		return fmt.Sprintf("the loss has not fallen by more than %v in %s", tol, count.Of(n, "step"))
	}
}
