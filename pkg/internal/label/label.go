// Package label makes the names of methods and schedules, in which a setting
// stands only where it matters.
package label

// If returns the text if it is to be shown.
func If(shown bool, text string) string {
	if shown {
		return text
	}
	return ""
}

// Join returns the parts that are not empty, each after a comma.
func Join(parts ...string) string {
	s := ""
	for _, p := range parts {
		if p != "" {
			s += ", " + p
		}
	}
	return s
}
