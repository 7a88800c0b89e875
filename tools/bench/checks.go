package bench

// checks are those that need no kernel.
var checks = []struct {
	name string
	find func(*Course) []problem
}{
	{"Pairs", checkPairs},
	{"Shape", checkShape},
	{"Formulas", checkFormulas},
	{"Claims", checkClaims},
	{"Numbers", checkNumbers},
	{"Language", checkLanguage},
	{"Links", checkLinks},
	{"Exercises", checkExercises},
}
