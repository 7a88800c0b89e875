package plots

import (
	"strconv"
	"strings"

	"descent/pkg/lang"
)

// count writes n with what it counts, as in 30스텝, 시드 5개, 1 step, 30 steps; ko
// holds # where the number stands.
func count(n int, ko, en string) string {
	digits := group(strconv.Itoa(n))
	if lang.Korean() {
		return strings.Replace(ko, "#", digits, 1)
	}
	if n != 1 {
		en += "s"
	}
	return digits + " " + en
}

// capital is the reverse of uncapital.
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
