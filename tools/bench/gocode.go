package bench

import (
	"go/scanner"
	"go/token"
	"slices"
	"strings"
)

// A cell's source is Go with lines of GoNB's own: %% opens main, other lines
// that begin with % or ! are commands.
func command(line string) bool { return strings.HasPrefix(line, "%") || strings.HasPrefix(line, "!") }

// scan calls f for each token of the cell's Go; commands are left out.
func scan(source string, f func(line int, tok token.Token, lit string)) {
	lines := strings.Split(source, "\n")
	for i, l := range lines {
		if command(l) {
			lines[i] = ""
		}
	}
	src := []byte(strings.Join(lines, "\n"))
	file := token.NewFileSet().AddFile("", -1, len(src))
	var s scanner.Scanner
	s.Init(file, src, func(token.Position, string) {}, scanner.ScanComments)
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			return
		}
		f(file.Line(pos), tok, lit)
	}
}

// goTokens returns the cell's tokens without comments, strings emptied, and
// its commands as they are.
func goTokens(source string) (tokens []string) {
	for _, l := range strings.Split(source, "\n") {
		if command(l) {
			tokens = append(tokens, l)
		}
	}
	scan(source, func(_ int, tok token.Token, lit string) {
		switch {
		case tok == token.COMMENT:
		case tok == token.STRING:
			tokens = append(tokens, `""`)
		case tok == token.SEMICOLON && lit == "\n":
			tokens = append(tokens, ";")
		case lit != "":
			tokens = append(tokens, lit)
		default:
			tokens = append(tokens, tok.String())
		}
	})
	return tokens
}

// unformatted returns the first line of the cell that gofmt would change, 0 if
// none or if the cell is no Go.
func unformatted(source string) int {
	want := strings.Split(formattedCode(source), "\n")
	for i, l := range strings.Split(source, "\n") {
		if i >= len(want) || l != want[i] {
			return i + 1
		}
	}
	return 0
}

// declarations returns what a cell leaves for later ones: its Go above %%.
func declarations(source string) string {
	above, _, _ := strings.Cut("\n"+source, "\n%%")
	lines := strings.Split(above, "\n")
	return strings.TrimSpace(strings.Join(slices.DeleteFunc(lines, command), "\n"))
}
