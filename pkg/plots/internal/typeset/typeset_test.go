package typeset

import (
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
)

// What the font lacks is written otherwise, or as a box; nothing that is seen
// goes missing.
func TestReadable(t *testing.T) {
	for _, c := range []struct{ s, want string }{
		{"plain, a=1", "plain, a=1"},
		{"\u1100\u1167\u11bc\u1109\u1161 \u1112\u1161\u1100\u1161\u11bc\u1107\u1165\u11b8", "경사 하강법"},
		{"최솟값 30％ ＝ １，０００￦", "최솟값 30% = 1,000₩"},
		{"₩1,000 ① ⑳ Ⅳ ※ 20℃ 《책》 〜", "₩1,000 ① ⑳ Ⅳ ※ 20℃ 《책》 〜"},
		{"경사ㆍ하강", "경사·하강"},
		{"5㎏ ½ ﬁt 𝑥", "5kg ½ fit x"},
		{"ŷ ĝ ẑ ȳ", "y\u0302 g\u0302 z\u0302 y\u0304"},
		{"m̂ₜ x̄ w̃ √(v̂+ε) 10⁻⁸", "m̂ₜ x̄ w̃ √(v̂+ε) 10⁻⁸"},
		{"e\u0301 é č Ω", "é é c Ω"},
		{"‖W‖", "||W||"},
		{"a\nb\tc\u3000d\u2003e", "a b c d e"},
		{"a\u200bb\u200d\ufe0f\ufeff\x07c", "abc"},
		{"party 🎉", "party □"},
		{"뷁 漢 \xff", "□ □ □"},
	} {
		ts := New()
		got := ts.readable(c.s)
		if got != c.want {
			t.Errorf("%q is written as %q, want %q", c.s, got, c.want)
		}
		if again := ts.readable(got); again != got {
			t.Errorf("%q is written as %q at the second time", got, again)
		}
		for _, r := range got {
			if !ts.has(r) {
				t.Errorf("%q is written as %q, but the font has no %q", c.s, got, r)
			}
		}
	}
}

// Each string that figures can write has all its glyphs: those of the sources of
// package plots, and the formulas of the course.
func TestGlyphs(t *testing.T) {
	texts := []string{
		"η α β β₁ β₂ ρ ε λ κ μ σ θ Δ Σ Π Ω", "m̂ₜ v̂ₜ ĝ x̄ w̃ ŷ", "η/√h √(v̂+ε) 1/√(1−ρ) √(6/(nᵢₙ+nₒᵤₜ))", "∂L/∂W ∇f ‖g‖² ∑ ∏ ∫ ∞ ∝ ∈",
		"≤ ≥ ≈ ≠ ≡ ± − × ÷ · ⊙ → ← ↑ ↓ ⇒ °′″ … ‘’ “”", "10⁻³⁰⁸ 2×10⁺⁵ xⁿ Wᵀ eⁱᵗ", "σ′(z) = σ(1−σ)", "경사 하강법, 확률적 경사 하강법(SGD)",
		"최솟값 갱신량 관성계수 초깃값 헤세 행렬 뉴런 ㄱ ㅏ 뷁 햏"[:len("최솟값 갱신량 관성계수 초깃값 헤세 행렬 뉴런 ㄱ ㅏ")],
	}
	files, err := os.ReadDir("../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !strings.HasSuffix(file.Name(), ".go") || strings.HasSuffix(file.Name(), "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), "../../"+file.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				s, err := strconv.Unquote(lit.Value)
				if err != nil {
					t.Fatal(err)
				}
				if s != combining && s != "\n" && !strings.Contains(s, "\x00") {
					texts = append(texts, s)
				}
			}
			return true
		})
	}
	for _, s := range texts {
		ts := New()
		ts.Set(new(vg.Path), strings.NewReplacer("\n", "", "\t", "").Replace(s), 0, 0, 12)
		if len(ts.lacking) > 0 {
			t.Errorf("%q has no glyph for %q", s, ts.lacking)
		}
	}
	// and all of KS X 1001 between its first and last syllable that matter
	// most: the font has 2,350 of them
	n := 0
	ts := New()
	for r := '가'; r <= '힣'; r++ {
		if i, err := ts.font.GlyphIndex(&ts.buf, r); err == nil && i != 0 {
			n++
		}
	}
	if n != 2350 {
		t.Errorf("the font has %d syllables, want the 2,350 of KS X 1001", n)
	}
}

// Indices and exponents stand lower and higher than the letter, marks above it.
func TestTypesetting(t *testing.T) {
	extent := func(s string) (top, bottom float64) {
		var path vg.Path
		New().Set(&path, s, 0, 0, 100)
		top, bottom = math.Inf(1), math.Inf(-1)
		for _, c := range path {
			if c.Type != vg.CloseComp {
				top, bottom = min(top, float64(c.Pos.Y)), max(bottom, float64(c.Pos.Y))
			}
		}
		return top, bottom
	}
	plainTop, plainBottom := extent("x0")
	if _, bottom := extent("x₀"); bottom <= plainBottom+5 {
		t.Errorf("the index of x₀ ends at %v, that of x0 at %v", bottom, plainBottom)
	}
	if top, _ := extent("x⁰"); top >= plainTop-5 {
		t.Errorf("the exponent of x⁰ starts at %v, that of x0 at %v", top, plainTop)
	}
	ts := New()
	for composed, plain := range map[string]string{"m̂": "m", "ŷ": "y", "x̄": "x"} {
		if ts.Width(composed, 12) != ts.Width(plain, 12) {
			t.Errorf("%s is as wide as %v, %s as %v", composed, ts.Width(composed, 12), plain, ts.Width(plain, 12))
		}
		high, _ := extent(composed)
		if low, _ := extent(plain); high >= low-8 {
			t.Errorf("%s reaches up to %v, %s to %v", composed, high, plain, low)
		}
	}
	if w := ts.Width("√(1−ρ)", 12) - ts.Width("1−ρ", 12); w < 3 || w > 9 {
		t.Errorf("the root adds %v to the width", w)
	}
	if ts.Width("a", 12) != 12.0/1000*ts.glyph('a').advance {
		t.Error("the width of a is not its advance")
	}
	for s, want := range map[string]string{"h": "h|", "v̂ₜ+ε": "v̂ₜ|+ε", "(1−ρ) x": "1−ρ| x", "(6/(n+m)) x": "6/(n+m)| x", "(a": "(|a", "((a)": "(|(a)", "": "|"} {
		under, n := radicand(s)
		if got := under + "|" + s[n:]; got != want {
			t.Errorf("radicand(%q) = %q, want %q", s, got, want)
		}
	}
	if len(ts.lacking) > 0 {
		t.Errorf("no glyph for %q", ts.lacking)
	}
	got := ts.Wrap("하나 둘 셋 넷", 12, ts.Width("하나 둘", 12))
	if !slices.Equal(got, []string{"하나 둘", "셋 넷"}) {
		t.Errorf("wrapped into %q", got)
	}
}

// No line ends before or behind an equals sign.
func TestWrapKeepsEquations(t *testing.T) {
	ts := New()
	for _, line := range ts.Wrap("final f = 0.5, a = 1 and b = 2", 12, 40) {
		if strings.HasPrefix(line, "=") || strings.HasSuffix(line, "=") {
			t.Errorf("line %q", line)
		}
	}
	if a, b := ts.Width("‖W‖", 10), ts.Width("||W||", 10); a != b {
		t.Errorf("‖W‖ is %v wide, want %v", a, b)
	}
}

// A text is as wide as what is drawn.
func TestUnknownCharactersAreDrawn(t *testing.T) {
	ts := New()
	for s, like := range map[string]string{"🎉": "□", "뷁": "□", "\u0302": "^", "각": "각", "％": "%", "a\u200bb": "ab"} {
		var path, want vg.Path
		w := ts.Set(&path, s, 0, 0, 12)
		if v := ts.Set(&want, like, 0, 0, 12); w != v || w == 0 || len(path) != len(want) {
			t.Errorf("%q is %v wide with %d corners, %q %v with %d", s, w, len(path), like, v, len(want))
		}
	}
}
