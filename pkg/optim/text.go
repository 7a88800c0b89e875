package optim

// extra is a part of String that stands there only when it matters.
type extra struct {
	text  string
	shown bool
}

// extras returns the parts that are shown, each after a comma.
func extras(parts ...extra) string {
	s := ""
	for _, p := range parts {
		if p.shown {
			s += ", " + p.text
		}
	}
	return s
}
