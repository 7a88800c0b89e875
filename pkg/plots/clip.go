package plots

import "math"

// clip cuts the segment from a to b to the box; ok is false when nothing of it
// is inside.
func clip(a, b [2]float64, lo, hi [2]float64) (p, q [2]float64, ok bool) {
	t0, t1 := 0.0, 1.0
	p, q = a, b
	for i := range 2 {
		// halves, because the differences of 1e308 overflow
		d := b[i]/2 - a[i]/2
		if d == 0 {
			if a[i] < lo[i] || a[i] > hi[i] {
				return p, q, false
			}
			continue
		}
		near, far := lo[i], hi[i]
		if d < 0 {
			near, far = far, near
		}
		at := func(t float64, edge float64) [2]float64 {
			c := [2]float64{a[0]*(1-t) + b[0]*t, a[1]*(1-t) + b[1]*t}
			c[i] = edge // exactly
			return c
		}
		if t := (near/2 - a[i]/2) / d; t > t0 {
			t0, p = t, at(t, near)
		}
		if t := (far/2 - a[i]/2) / d; t < t1 {
			t1, q = t, at(t, far)
		}
	}
	for i := range 2 { // what rounding left outside
		p[i], q[i] = min(max(p[i], lo[i]), hi[i]), min(max(q[i], lo[i]), hi[i])
	}
	return p, q, t0 <= t1
}

// clipped returns the parts of a line of pixels that lie in the box.
func clipped(pts []point, box rect) [][]point {
	var parts [][]point
	var part []point
	lo, hi := [2]float64{box.x0, box.y0}, [2]float64{box.x1, box.y1}
	for i := 1; i < len(pts); i++ {
		a, b := pts[i-1], pts[i]
		p, q, ok := clip([2]float64{a.x, a.y}, [2]float64{b.x, b.y}, lo, hi)
		if !ok {
			continue
		}
		from, to := point{p[0], p[1]}, point{q[0], q[1]}
		if len(part) == 0 || part[len(part)-1] != from {
			if len(part) > 1 {
				parts = append(parts, part)
			}
			part = []point{from}
		}
		part = append(part, to)
	}
	if len(part) > 1 {
		parts = append(parts, part)
	}
	return parts
}

// clipArea cuts a polygon of pixels to the box (Sutherland and Hodgman).
func clipArea(pts []point, box rect) []point {
	atY := func(y float64) func(a, b point) point {
		return func(a, b point) point { return point{a.x + (y-a.y)/(b.y-a.y)*(b.x-a.x), y} }
	}
	pts = clipColumn(pts, box.x0, box.x1)
	pts = cut(pts, func(p point) bool { return p.y >= box.y0 }, atY(box.y0))
	return cut(pts, func(p point) bool { return p.y <= box.y1 }, atY(box.y1))
}

// clipColumn cuts a polygon to what lies between x0 and x1.
func clipColumn(pts []point, x0, x1 float64) []point {
	atX := func(x float64) func(a, b point) point {
		return func(a, b point) point { return point{x, a.y + (x-a.x)/(b.x-a.x)*(b.y-a.y)} }
	}
	pts = cut(pts, func(p point) bool { return p.x >= x0 }, atX(x0))
	return cut(pts, func(p point) bool { return p.x <= x1 }, atX(x1))
}

// cut leaves of a polygon what is inside of one edge.
func cut(pts []point, inside func(point) bool, cross func(a, b point) point) []point {
	var out []point
	for i, b := range pts {
		a := pts[(i+len(pts)-1)%len(pts)]
		if inside(a) != inside(b) {
			out = append(out, cross(a, b))
		}
		if inside(b) {
			out = append(out, b)
		}
	}
	return out
}

// thinned drops what no eye sees: points a quarter of a pixel and less from the
// last one kept, and of a stretch within half a pixel's width all but the first,
// the highest, the lowest and the last.
func thinned(pts []point) []point {
	var out []point
	keep := func(p point) {
		if n := len(out); n == 0 || math.Abs(p.x-out[n-1].x)+math.Abs(p.y-out[n-1].y) > 0.25 {
			out = append(out, p)
		}
	}
	for from := 0; from < len(pts); {
		to, low, high := from+1, from, from
		for to < len(pts) && math.Floor(2*pts[to].x) == math.Floor(2*pts[from].x) {
			if pts[to].y < pts[low].y {
				low = to
			}
			if pts[to].y > pts[high].y {
				high = to
			}
			to++
		}
		keep(pts[from])
		keep(pts[min(low, high)])
		keep(pts[max(low, high)])
		keep(pts[to-1])
		from = to
	}
	return out
}
