package bench

import (
	"fmt"
	"go/format"
	"go/scanner"
	"go/token"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// piece is a token of a cell's source, or a line that is a command of GoNB.
type piece struct {
	key  string // equal where two pieces agree: strings agree whatever they say
	text string
	gap  string // blanks and comments between it and the next piece
}

// pieces takes a source apart; joined with the leading gap they are the source.
func pieces(source string) (lead string, all []piece) {
	at, lines := 0, strings.SplitAfter(source, "\n")
	add := func(from, to int, key string) {
		if gap := source[at:from]; len(all) == 0 {
			lead += gap
		} else {
			all[len(all)-1].gap += gap
		}
		all = append(all, piece{key: key, text: source[from:to]})
		at = to
	}
	goCode := func(from, to int) {
		src := []byte(source[from:to])
		file := token.NewFileSet().AddFile("", -1, len(src))
		var s scanner.Scanner
		s.Init(file, src, func(token.Position, string) {}, 0)
		for {
			pos, tok, lit := s.Scan()
			start := from + file.Offset(pos)
			switch {
			case tok == token.EOF:
				return
			case tok == token.SEMICOLON && lit != ";": // of a line's end: nothing is written
				add(start, start, ";")
			case tok == token.STRING:
				add(start, start+len(lit), `""`)
			case lit != "":
				add(start, start+len(lit), lit)
			default:
				add(start, start+len(tok.String()), tok.String())
			}
		}
	}
	from, to := 0, 0
	for _, l := range lines {
		if command(l) {
			goCode(from, to)
			add(to, to+len(strings.TrimSuffix(l, "\n")), l)
			from = to + len(l)
		}
		to += len(l)
	}
	goCode(from, to)
	if len(all) == 0 {
		return source, nil
	}
	all[len(all)-1].gap += source[at:]
	return lead, all
}

// carried is the source of a cell after the code of another was carried over.
type carried struct {
	source  string
	foreign []string // comments and strings that came in the other language
	lost    []string // comments and strings whose place is gone
}

// carry returns the code of from with the comments and strings of to wherever
// the tokens around them agree. Equal code is left as it is.
func carry(from, to string) carried {
	if slices.Equal(goTokens(from), goTokens(to)) {
		return carried{source: to}
	}
	c := merge(from, to, true)
	if !slices.Equal(goTokens(c.source), goTokens(formattedCode(from))) { // a comment came to stand where it breaks the code
		c = merge(from, to, false)
	}
	return c
}

// merge does the work of carry, with or without the comments of to.
func merge(from, to string, comments bool) carried {
	fromLead, a := pieces(from)
	toLead, b := pieces(to)
	match := align(a, b)
	used := map[string]int{} // of the words of to
	var c carried
	use := func(theirs string) string {
		for _, w := range words(theirs) {
			used[w]++
		}
		return theirs
	}
	bring := func(ours string) string {
		for _, w := range words(ours) {
			if speaks(w) {
				c.foreign = append(c.foreign, w)
			}
		}
		return ours
	}
	// half decides between the two languages' side of a gap.
	half := func(ours, theirs string, agree bool) string {
		if comments && agree && len(words(theirs)) > 0 {
			return use(theirs)
		}
		return bring(ours)
	}
	theirLead := func(j int) string { // the comment above piece j
		if j < 0 {
			return ""
		} else if j == 0 {
			return toLead
		}
		_, below := split(b[j-1].gap)
		return below
	}
	var out strings.Builder
	open := false // a comment that only a line's end closes
	write := func(s string, gap bool) {
		if s == "" {
			return
		}
		if open && !strings.HasPrefix(s, "\n") {
			out.WriteByte('\n')
		}
		out.WriteString(s)
		open = gap && strings.Contains(s[strings.LastIndexByte(s, '\n')+1:], "//")
	}
	first := -1
	if len(match) > 0 {
		first = match[0]
	}
	write(half(fromLead, theirLead(first), first >= 0), true)
	for i, p := range a {
		j, next := match[i], -1
		if i+1 < len(a) {
			next = match[i+1]
		}
		switch {
		case p.key != `""`:
			write(p.text, false)
		case j >= 0:
			write(use(b[j].text), false)
			if verbs(p.text) != verbs(b[j].text) {
				c.foreign = append(c.foreign, b[j].text+" has other verbs than "+p.text)
			}
		default:
			write(bring(p.text), false)
		}
		beside, below := split(p.gap)
		theirs := ""
		if j >= 0 {
			theirs, _ = split(b[j].gap)
		}
		write(half(beside, theirs, j >= 0), true)
		write(half(below, theirLead(next), next >= 0), true)
	}
	for _, w := range words(to) {
		if used[w]--; used[w] < 0 && speaks(w) {
			c.lost = append(c.lost, w)
		}
	}
	c.source = out.String()
	if !strings.HasSuffix(from, "\n") {
		c.source = strings.TrimRight(c.source, "\n")
	}
	c.source = formattedCode(c.source)
	return c
}

// split parts a gap at its first line end: what stands beside the piece before
// it, and what stands above the next.
func split(gap string) (beside, below string) {
	if i := strings.IndexByte(gap, '\n'); i >= 0 {
		return gap[:i], gap[i:]
	}
	return gap, ""
}

// words returns the comments and strings of a source.
func words(source string) (all []string) {
	scan(source, func(_ int, tok token.Token, lit string) {
		if tok == token.STRING || tok == token.COMMENT {
			all = append(all, lit)
		}
	})
	return all
}

var (
	verbRE = regexp.MustCompile(`%[-+# 0]*[\d.*]*[a-zA-Z%]`)
	pathRE = regexp.MustCompile(`^"[\w.-]+(/[\w.-]+)+"$`)
)

// verbs returns the verbs of a format, in order.
func verbs(format string) string { return fmt.Sprint(verbRE.FindAllString(format, -1)) }

// speaks reports whether a comment or string holds words to translate: more
// than verbs, names and import paths.
func speaks(w string) bool {
	if hangul(w) {
		return true
	}
	if pathRE.MatchString(w) {
		return false
	}
	letters := strings.FieldsFunc(verbRE.ReplaceAllString(w, " "), func(r rune) bool { return !unicode.IsLetter(r) })
	return slices.ContainsFunc(letters, func(s string) bool { return len([]rune(s)) > 1 })
}

// align returns for each piece of a the piece of b that it agrees with, or -1:
// first whole lines, then what is left between them.
func align(a, b []piece) []int {
	as, bs := lineStarts(a), lineStarts(b)
	match := make([]int, len(a))
	i, j := 0, 0
	between := func(iEnd, jEnd int) {
		for k, m := range common(keysOf(a[i:iEnd]), keysOf(b[j:jEnd])) {
			if match[i+k] = -1; m >= 0 {
				match[i+k] = j + m
			}
		}
	}
	for k, m := range common(lineKeys(a, as), lineKeys(b, bs)) {
		if m < 0 {
			continue
		}
		between(as[k], bs[m])
		for i, j = as[k], bs[m]; i < as[k+1]; i, j = i+1, j+1 {
			match[i] = j
		}
	}
	between(len(a), len(b))
	return match
}

// lineStarts returns where lines begin among the pieces, and the end.
func lineStarts(p []piece) []int {
	starts := []int{0}
	for i := range p {
		if i+1 == len(p) || strings.Contains(p[i].gap, "\n") {
			starts = append(starts, i+1)
		}
	}
	return starts
}

func lineKeys(p []piece, starts []int) (all []string) {
	for k := range starts[1:] {
		all = append(all, strings.Join(keysOf(p[starts[k]:starts[k+1]]), " "))
	}
	return all
}

func keysOf(p []piece) (all []string) {
	for _, x := range p {
		all = append(all, x.key)
	}
	return all
}

// common returns for each of a the one of b that it is equal to in a longest
// common subsequence, or -1.
func common(a, b []string) []int {
	length := make([][]int, len(a)+1)
	for i := range length {
		length[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	match := make([]int, len(a))
	for i, j := 0, 0; i < len(a); i++ {
		match[i] = -1
		for k := j; k < len(b) && length[i][k] == length[i][j]; k++ {
			if a[i] == b[k] {
				match[i], j = k, k+1
				break
			}
		}
	}
	return match
}

// formattedCode returns the cell's source as gofmt writes it; parts that are
// no Go stay.
func formattedCode(source string) string {
	var out, part []string
	for _, l := range append(strings.Split(source, "\n"), "%") {
		if !command(l) {
			part = append(part, l)
			continue
		}
		src := strings.Join(part, "\n")
		if formatted, err := format.Source([]byte(src)); err == nil {
			src = string(formatted)
		}
		if len(part) > 0 {
			out = append(out, src)
		}
		out, part = append(out, l), nil
	}
	return strings.Join(out[:len(out)-1], "\n")
}
