// Package typeset turns strings into outlines of one font, so that PNG, SVG and
// PDF show the same letters whatever fonts the reader has.
package typeset

import (
	_ "embed"
	"math"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"
	"gonum.org/v1/plot/vg"
)

//go:embed fonts/NotoSansKR-subset.ttf
var fontFile string

// parsedFont is read when the first figure is drawn, not when the package is
// linked into a cell.
var parsedFont = sync.OnceValue(func() *sfnt.Font {
	f, err := sfnt.Parse([]byte(fontFile))
	if err != nil {
		panic("plots: the embedded font is broken: " + err.Error())
	}
	return f
})

// Glyphs are loaded at 1000 units per em, the font's own grid.
const em = 1000

var ppem = fixed.I(em)

// Typesetter turns strings into outlines. What the font lacks it composes:
// sub- and superscripts (β₁, wₜ, 10⁻²) from the plain characters, m̂, v̂ and x̄
// from a letter and a mark above it, √h with a bar as long as its term. readable
// says what becomes of the other characters that the font lacks.
type Typesetter struct {
	font    *sfnt.Font
	buf     sfnt.Buffer
	glyphs  map[rune]*glyph
	lacking []rune // what is drawn as a box
}

type glyph struct {
	index   sfnt.GlyphIndex
	outline sfnt.Segments
	shift   float64 // moves the outline to the right, em/1000
	advance float64
	center  float64 // of the ink
	top     float64 // of the ink above the baseline
}

// New returns a typesetter, which remembers the outlines of its characters.
func New() *Typesetter {
	return &Typesetter{font: parsedFont(), glyphs: map[rune]*glyph{}}
}

const (
	subscripts, lowered   = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥ", "0123456789+−=()aeoxhklmnpstijruv"
	superscripts, raised  = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿᵗᵀ", "0123456789+−=()intT"
	combining, marksAbove = "\u0302\u0303\u0304", "^~−"
)

// unknown stands for a character that cannot be written.
const unknown = '□'

// readable writes s with characters that the font has and those that set
// composes: Hangul in one piece (NFC), ŷ as y and a mark, ％ and ㎏ as % and kg;
// what is not seen is left out, and a box stands for the rest.
func (ts *Typesetter) readable(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) {
		return s
	}
	var b strings.Builder
	for _, r := range norm.NFC.String(s) {
		switch {
		case r == '‖': // in the font a hair's breadth
			b.WriteString("||")
		case r == 'ㆍ':
			b.WriteRune('·')
		case ts.has(r):
			b.WriteRune(r)
		case unicode.IsSpace(r):
			b.WriteRune(' ')
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.M):
		default:
			b.WriteString(ts.apart(r))
		}
	}
	return b.String()
}

// apart is r as the letters and marks that Unicode takes it apart into, or a box.
func (ts *Typesetter) apart(r rune) string {
	var letters []rune
	for _, part := range norm.NFKD.String(string(r)) {
		switch {
		case ts.has(part):
			letters = append(letters, part)
		case !unicode.Is(unicode.M, part):
			ts.lacking = append(ts.lacking, r)
			return string(unknown)
		}
	}
	return string(letters)
}

// has reports whether set can write r.
func (ts *Typesetter) has(r rune) bool {
	if strings.ContainsRune(combining+subscripts+superscripts, r) {
		return true
	}
	i, err := ts.font.GlyphIndex(&ts.buf, r)
	return err == nil && i != 0
}

// plain returns the character of to that stands where r stands in from.
func plain(r rune, from, to string) (rune, bool) {
	i := strings.IndexRune(from, r)
	if i < 0 {
		return r, false
	}
	return []rune(to)[utf8.RuneCountInString(from[:i])], true
}

// Set appends the outline of s, with its baseline starting at (x, y), to path
// and returns the width of s. A nil path only measures.
func (ts *Typesetter) Set(path *vg.Path, s string, x, y, size float64) float64 {
	unit := size / em
	s = ts.readable(s)
	pen := 0.0 // em/1000
	var last *glyph
	lastAt := 0.0
	skip := 0
	for i, r := range s {
		if i < skip {
			continue
		}
		scale, rise := 1.0, 0.0
		if r == '√' {
			under, n := radicand(s[i+len("√"):])
			skip, last = i+len("√")+n, nil
			pen += ts.root(path, under, x+pen*unit, y, size) / unit
			continue
		}
		if mark, ok := plain(r, combining, marksAbove); ok && last == nil {
			r = mark
		} else if ok {
			m := ts.glyph(mark)
			const shrink = 0.7
			at := lastAt + last.center - shrink*m.center
			ts.draw(path, m, x+at*unit, y-(last.top+60-shrink*bottom(m))*unit, shrink*unit)
			continue
		}
		if low, ok := plain(r, subscripts, lowered); ok {
			r, scale, rise = low, 0.7, -150
		} else if high, ok := plain(r, superscripts, raised); ok {
			r, scale, rise = high, 0.7, 330
		}
		g := ts.glyph(r)
		if last != nil && scale == 1 {
			if k, err := ts.font.Kern(&ts.buf, last.index, g.index, ppem, font.HintingNone); err == nil {
				pen += float64(k) / 64
			}
		}
		ts.draw(path, g, x+pen*unit, y-rise*unit, scale*unit)
		last, lastAt = g, pen
		if scale != 1 {
			last = nil
		}
		pen += g.advance * scale
	}
	return pen * unit
}

// radicand returns what stands under the root at the start of s, and how many
// bytes of s that is: a bracketed term without its brackets, or a character with
// its marks and indices.
func radicand(s string) (under string, n int) {
	if strings.HasPrefix(s, "(") {
		depth := 0
		for i, r := range s {
			switch r {
			case '(':
				depth++
			case ')':
				depth--
			}
			if depth == 0 {
				return s[1:i], i + 1
			}
		}
	}
	for i, r := range s {
		if i > 0 && !strings.ContainsRune(combining+subscripts+superscripts, r) {
			return s[:i], i
		}
	}
	return s, len(s)
}

// root draws √ with its bar over the term and returns the width of both.
func (ts *Typesetter) root(path *vg.Path, under string, x, y, size float64) float64 {
	const sign, side, half = 400.0, 60.0, 32.0
	unit := size / em
	w := ts.Set(path, under, x+sign*unit, y, size) / unit
	if path != nil {
		high := 880.0
		if strings.ContainsAny(under, combining) || strings.ContainsAny(under, superscripts) {
			high = 990
		}
		stroke := [][2]float64{{30, 360}, {120, 400}, {240, -60}, {370, high}, {sign + w + side, high}}
		for i := 1; i < len(stroke); i++ {
			a, b := stroke[i-1], stroke[i]
			dx, dy := b[0]-a[0], b[1]-a[1]
			n := math.Hypot(dx, dy) / half
			dx, dy = dx/n, dy/n
			for j, corner := range [][2]float64{{a[0] - dy - dx, a[1] + dx - dy}, {b[0] - dy + dx, b[1] + dx + dy},
				{b[0] + dy + dx, b[1] - dx + dy}, {a[0] + dy - dx, a[1] - dx - dy}} {
				p := vg.Point{X: vg.Length(x + corner[0]*unit), Y: vg.Length(y - corner[1]*unit)}
				if j == 0 {
					path.Move(p)
				} else {
					path.Line(p)
				}
			}
			path.Close()
		}
	}
	return (sign + w + 2*side) * unit
}

// Width returns the width of s.
func (ts *Typesetter) Width(s string, size float64) float64 { return ts.Set(nil, s, 0, 0, size) }

func (ts *Typesetter) glyph(r rune) *glyph {
	if g, ok := ts.glyphs[r]; ok {
		return g
	}
	broken := func(err error) {
		if err != nil {
			panic("plots: the embedded font is broken: " + err.Error())
		}
	}
	i, err := ts.font.GlyphIndex(&ts.buf, r)
	broken(err)
	segs, err := ts.font.LoadGlyph(&ts.buf, i, ppem, nil)
	broken(err)
	g := &glyph{index: i, outline: append(sfnt.Segments(nil), segs...)}
	bounds := g.outline.Bounds()
	left, right := float64(bounds.Min.X)/64, float64(bounds.Max.X)/64
	advance, err := ts.font.GlyphAdvance(&ts.buf, i, ppem, font.HintingNone)
	broken(err)
	g.advance = float64(advance) / 64
	g.top = -float64(bounds.Min.Y) / 64
	if fullWidth := g.advance == em && r < '\u3000'; fullWidth {
		// mathematical signs as wide as a Hangul syllable look lost between
		// Latin letters
		const side = 60
		g.shift, g.advance = side-left, right-left+2*side
	}
	g.center = (left+right)/2 + g.shift
	ts.glyphs[r] = g
	return g
}

// bottom is the lower edge of the ink above the baseline.
func bottom(g *glyph) float64 { return -float64(g.outline.Bounds().Max.Y) / 64 }

func (ts *Typesetter) draw(path *vg.Path, g *glyph, x, y, scale float64) {
	if path == nil {
		return
	}
	at := func(p fixed.Point26_6) vg.Point {
		return vg.Point{
			X: vg.Length(x + (float64(p.X)/64+g.shift)*scale),
			Y: vg.Length(y + float64(p.Y)/64*scale),
		}
	}
	for i, s := range g.outline {
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			if i > 0 {
				path.Close()
			}
			path.Move(at(s.Args[0]))
		case sfnt.SegmentOpLineTo:
			path.Line(at(s.Args[0]))
		case sfnt.SegmentOpQuadTo:
			path.QuadTo(at(s.Args[0]), at(s.Args[1]))
		case sfnt.SegmentOpCubeTo:
			path.CubeTo(at(s.Args[0]), at(s.Args[1]), at(s.Args[2]))
		}
	}
	if len(g.outline) > 0 {
		path.Close()
	}
}

// Together binds an equals sign to both its sides, where a line must not end.
var Together = strings.NewReplacer(" = ", "\u00a0=\u00a0")

// Wrap breaks s at spaces into lines that are at most width wide; a word that
// alone is wider is broken after a bracket or a comma, or where it must.
func (ts *Typesetter) Wrap(s string, size, width float64) []string {
	var lines []string
	line := ""
	for _, word := range strings.FieldsFunc(Together.Replace(ts.readable(s)), func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }) {
		word = strings.ReplaceAll(word, "\u00a0", " ")
		longer := strings.TrimSpace(line + " " + word)
		if line != "" && ts.Width(longer, size) > width {
			lines = append(lines, line)
			longer = word
		}
		for ts.Width(longer, size) > width {
			n := ts.breakAt(longer, size, width)
			if n == len(longer) {
				break
			}
			lines, longer = append(lines, longer[:n]), longer[n:]
		}
		line = longer
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// breakAt returns how many bytes of s stay on a line, one character at least.
func (ts *Typesetter) breakAt(s string, size, width float64) int {
	fits, good := 0, 0
	for i, r := range s {
		end := i + utf8.RuneLen(r)
		if strings.ContainsRune(combining+subscripts+superscripts, r) && fits == i {
			fits = end // stays with its letter
			continue
		}
		if fits > 0 && ts.Width(s[:end], size) > width {
			break
		}
		if fits = end; r == '(' || r == ',' {
			good = end
		}
	}
	if good > 0 {
		return good
	}
	return fits
}

// Widest is the width of the widest line.
func (ts *Typesetter) Widest(lines []string, size float64) float64 {
	w := 0.0
	for _, line := range lines {
		w = max(w, ts.Width(line, size))
	}
	return w
}
