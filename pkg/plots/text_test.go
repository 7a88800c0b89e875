package plots

import (
	"testing"

	"gonum.org/v1/plot/vg"

	"descent/pkg/surface"
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
		ts := newTypesetter()
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

// A figure with any text is drawn, and a text is as wide as what is drawn.
func TestUnknownCharactersAreDrawn(t *testing.T) {
	ts := newTypesetter()
	for s, like := range map[string]string{"🎉": "□", "뷁": "□", "\u0302": "^", "각": "각", "％": "%", "a\u200bb": "ab"} {
		var path, want vg.Path
		w := ts.set(&path, s, 0, 0, textSize)
		if v := ts.set(&want, like, 0, 0, textSize); w != v || w == 0 || len(path) != len(want) {
			t.Errorf("%q is %v wide with %d corners, %q %v with %d", s, w, len(path), like, v, len(want))
		}
	}
	all := "🎉 뷁 \u0302\u0301 각 ％\x00\xff √"
	f := Trajectory(surface.Ravine, wandering(3)).Title(all).X(all).Y(all).HLine(1, all).Look(all)
	if _, err := f.PNG(); err != nil {
		t.Error(err)
	}
}
