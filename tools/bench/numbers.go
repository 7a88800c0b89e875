package bench

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/token"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// number is one that stands in a text.
type number struct {
	text     string
	value    float64
	half     float64 // half a unit of the last digit written
	digits   int     // significant ones; the zeros that end an integer do not count
	negative bool    // written with a minus sign
	percent  bool
}

// Sourced is a number that no cell prints, with where it comes from.
type Sourced struct {
	Lesson string
	Number string
	Source string
}

// readNumbers reads numbers.json, which may be missing.
func (c *Course) readNumbers() error {
	b, err := os.ReadFile(filepath.Join(c.Dir, "numbers.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = json.Unmarshal(b, &c.Numbers)
	}
	for _, s := range c.Numbers {
		if len(numbers(s.Number)) != 1 || s.Lesson == "" || s.Source == "" {
			err = fmt.Errorf("numbers.json: lesson %q, number %q, source %q: all three are needed", s.Lesson, s.Number, s.Source)
		}
	}
	return err
}

var (
	tenRE     = regexp.MustCompile(`(?:(\d)\s*(?:×|\\times|\\cdot)\s*)?\b10(?:\^\{?([-−]?\d+)\}?|([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))`)
	sectionRE = regexp.MustCompile(`\d+(\.\d+){2,}`)
	numberRE  = regexp.MustCompile(`(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(e[-+]?\d+)?(\s*\\?%)?`)
	plain     = strings.NewReplacer("⁻", "-", "−", "-", "⁰", "0", "¹", "1", "²", "2", "³", "3", "⁴", "4",
		"⁵", "5", "⁶", "6", "⁷", "7", "⁸", "8", "⁹", "9")
)

// numbers returns those in s: 1,797, −0.5, 12%, 1e-08, 3×10⁻⁵, 10^{-12}. Digits
// that belong to a name (C01, float64) or count sections (6.1.2) are none.
func numbers(s string) (found []number) {
	s = strings.ReplaceAll(s, "{,}", ",")
	s = tenRE.ReplaceAllStringFunc(s, func(m string) string {
		g := tenRE.FindStringSubmatch(m)
		return or(g[1], "1") + "e" + plain.Replace(g[2]+g[3])
	})
	s = sectionRE.ReplaceAllString(s, "")
	for _, at := range numberRE.FindAllStringSubmatchIndex(s, -1) {
		before := []rune(s[:at[0]])
		if named(before) {
			continue
		}
		group := func(i int) string {
			if at[2*i] < 0 {
				return ""
			}
			return s[at[2*i]:at[2*i+1]]
		}
		whole, fraction, exponent := group(1), group(2), group(3)
		value, err := strconv.ParseFloat(strings.ReplaceAll(whole, ",", "")+fraction+exponent, 64)
		if err != nil {
			continue
		}
		power, _ := strconv.Atoi(strings.TrimPrefix(exponent, "e"))
		n := number{
			text:     s[at[0]:at[1]],
			value:    value,
			half:     0.5 * math.Pow10(power-max(0, len(fraction)-1)),
			digits:   significant(strings.ReplaceAll(whole, ",", ""), fraction),
			negative: minus(before),
			percent:  group(4) != "",
		}
		if n.negative {
			n.text, n.value = "−"+n.text, -n.value
		}
		found = append(found, n)
	}
	return found
}

func or(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

// named reports whether the digits that follow belong to a name.
func named(before []rune) bool {
	if len(before) == 0 {
		return false
	}
	r := before[len(before)-1]
	return r == '_' || r == '.' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
}

// minus reports whether the number that follows has a sign, not an operator
// or a hyphen, before it.
func minus(before []rune) bool {
	n := len(before)
	if n == 0 || before[n-1] != '-' && before[n-1] != '−' {
		return false
	}
	return n == 1 || strings.ContainsRune(" \t\n([{=,:~|$*", before[n-2])
}

func significant(whole, fraction string) int {
	if fraction == "" {
		return len(strings.TrimRight(strings.TrimLeft(whole, "0"), "0"))
	}
	return len(strings.TrimLeft(whole+fraction[1:], "0"))
}

// among reports whether n is one of the printed numbers, rounded at the digits
// that n has. A number without a sign may stand for a negative one ("falls by
// 0.5"), a percentage for a share.
func (n number) among(printed []number) bool {
	for _, p := range printed {
		if n.near(p.value) || n.percent && n.near(100*p.value) {
			return true
		}
	}
	return false
}

func (n number) near(x float64) bool {
	if !n.negative {
		x = math.Abs(x)
	}
	return math.Abs(n.value-x) <= n.half*(1+1e-9)
}

// sourceNumbers returns the numbers that the code of a cell sets: literals, but
// not what stands in strings and comments.
func sourceNumbers(c *Cell) []number { return numbersIn(c, token.INT, token.FLOAT) }

// typedNumbers returns those in the strings of a code cell.
func typedNumbers(c *Cell) []number { return numbersIn(c, token.STRING) }

func numbersIn(c *Cell, kinds ...token.Token) (found []number) {
	if !c.code() {
		return nil
	}
	scan(string(c.Source), func(_ int, tok token.Token, lit string) {
		if slices.Contains(kinds, tok) {
			found = append(found, numbers(strings.ReplaceAll(lit, "_", ""))...)
		}
	})
	return found
}

// shownNumbers returns the numbers in what a cell shows: printed text, tables,
// captions and the words that stand for a figure; but not those that its
// strings only repeat.
func shownNumbers(c *Cell) (found []number) {
	typed := map[string]bool{}
	for _, n := range typedNumbers(c) {
		typed[n.text] = true
	}
	for _, o := range c.Outputs {
		for _, n := range numbers(string(o.Text) + "\n" + o.data("text/markdown") + "\n" + o.data("text/plain")) {
			if !typed[n.text] {
				found = append(found, n)
			}
		}
	}
	return found
}
