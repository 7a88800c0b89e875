package mlp

// Timed calls run with the seeds 1 to n and returns the mean training time in
// seconds up to each evaluation, and the losses of each seed in a row. Unlike
// Seeds it runs one after the other: side by side they would slow each other.
//
// It panics if n < 1, or if the runs differ in length.
func Timed(n int, run func(seed uint64) *Run) (seconds []float64, loss [][]float64) {
	var times [][]float64
	for seed := range uint64(n) {
		r := run(seed + 1)
		times, loss = append(times, r.Seconds), append(loss, r.Loss)
	}
	for _, s := range Across(times) {
		seconds = append(seconds, s.Mean)
	}
	return seconds, loss
}
