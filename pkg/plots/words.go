package plots

import (
	"fmt"
	"strconv"
	"strings"

	"descent/pkg/lang"
)

// count writes n with what it counts, as in 30스텝, 시드 5개, 1 step, 30 steps; ko
// holds # where the number stands.
func count(n int, ko, en string) string {
	if lang.Korean() {
		return strings.Replace(ko, "#", group(strconv.Itoa(n)), 1)
	}
	return plural(n, en)
}

// plural writes n with a noun in the right form, as in 1 step, 30 steps.
func plural(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return group(strconv.Itoa(n)) + " " + noun
}

// panes writes m × n with a noun in the right form, as in 1×1 cell, 2×3 cells.
func panes(m, n int, noun string) string {
	if m*n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d×%d %s", m, n, noun)
}

// rightOf says how many of n predictions are right.
func rightOf(right, n int) string {
	r := group(strconv.Itoa(right))
	return lang.Pick(fmt.Sprintf("예측 %s개 가운데 %s개 맞음", group(strconv.Itoa(n)), r), fmt.Sprintf("of %s %s %s right", plural(n, "prediction"), r, are(right)))
}

// are is the verb for n things.
func are(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// unnamed stands in lists for what has no name.
func unnamed() string { return lang.Pick("이름 없음", "unnamed") }

// capital makes the first letter upper-case.
func capital(s string) string {
	if len(s) > 1 && s[1] >= 'a' && s[1] <= 'z' {
		return strings.ToUpper(s[:1]) + s[1:]
	}
	return s
}

// uncapital makes the first letter small, but not that of a name such as B or
// SGD.
func uncapital(s string) string {
	if len(s) > 1 && s[1] >= 'a' && s[1] <= 'z' {
		return strings.ToLower(s[:1]) + s[1:]
	}
	return s
}
