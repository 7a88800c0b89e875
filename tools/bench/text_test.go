package bench

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestNumbers(t *testing.T) {
	for _, tc := range []struct {
		in   string
		want []string // text=value±half/digits
	}{
		{"1,797개와 30스텝", []string{"1,797=1797±0.5/4", "30=30±0.5/1"}},
		{"−0.50에서 12.5%로, 0.9~0.99", []string{"−0.50=-0.5±0.005/2", "12.5%=12.5±0.05/3", "0.9=0.9±0.05/1", "0.99=0.99±0.005/2"}},
		{`$-7 - 0.1 \cdot (-0.7)$, $12{,}345$`, []string{"−7=-7±0.5/1", "0.1=0.1±0.05/1", "−0.7=-0.7±0.05/1", "12,345=12345±0.5/5"}},
		{"1e-08, 3.2×10⁻⁵, 10^{-12}", []string{"1e-08=1e-08±5e-09/1", "3.2e-5=3.2e-05±5e-07/2", "1e-12=1e-12±5e-13/1"}},
		{"C01, float64, x2, 6.1.2, ex1-stub, v0.11.5", nil},
		{"5-10, 64-50-10", []string{"5=5±0.5/1", "10=10±0.5/1", "64=64±0.5/2", "50=50±0.5/1", "10=10±0.5/1"}},
		{"0.0075와 100", []string{"0.0075=0.0075±5e-05/2", "100=100±0.5/1"}},
	} {
		var got []string
		for _, n := range numbers(tc.in) {
			got = append(got, fmt.Sprintf("%s=%.12g±%.3g/%d", n.text, n.value, n.half, n.digits))
		}
		if !slices.Equal(got, tc.want) {
			t.Errorf("numbers(%q)\n got %q\nwant %q", tc.in, got, tc.want)
		}
	}
}

func TestNumberAmong(t *testing.T) {
	for _, tc := range []struct {
		text, printed string
		want          bool
	}{
		{"4597", "4596.588", true},
		{"4597.0", "4596.588", false},
		{"0.1022", "0.10220513", true},
		{"0.1023", "0.10220513", false},
		{"0.928", "0.9", false},
		{"34.9%", "0.3487", true},
		{"34.9", "0.3487", false},
		{"−0.5", "0.5", false},
		{"0.5", "-0.5", true},
		{"1,797", "1797 images", true},
		{"8.7×10⁻⁷", "8.71e-07", true},
		{"2.5", "2.45", true}, // half a unit away
	} {
		if got := numbers(tc.text)[0].among(numbers(tc.printed)); got != tc.want {
			t.Errorf("%s among %s = %v, want %v", tc.text, tc.printed, got, tc.want)
		}
	}
}

func TestGoTokens(t *testing.T) {
	for _, tc := range []struct {
		a, b string
		same bool
	}{
		{"%%\nfmt.Println(\"안녕\") // 인사", "%%\nfmt.Println(\"hello\")\n", true},
		{"x := 1", "x := 2", false},
		{"x := 'a'", "x := 'b'", false},
		{"%%\nf()", "f()", false},
		{"%env A=1\nf()", "%env A=2\nf()", false},
		{"a + b", "a - b", false},
	} {
		if got := slices.Equal(goTokens(tc.a), goTokens(tc.b)); got != tc.same {
			t.Errorf("%q and %q equal: %v, want %v", tc.a, tc.b, got, tc.same)
		}
	}
}

func TestDeclarations(t *testing.T) {
	for source, want := range map[string]string{
		"func f() {}":                           "func f() {}",
		"%%\nf()":                               "",
		"%env A=1\nfunc f() {}\n\n%% -v\nf()\n": "func f() {}",
		"var x = 5 % 3":                         "var x = 5 % 3",
	} {
		if got := declarations(source); got != want {
			t.Errorf("declarations(%q) = %q, want %q", source, got, want)
		}
	}
}

func TestWidth(t *testing.T) {
	for s, want := range map[string]int{"abc": 3, "손실 η": 6, "\tx": 5, "√(1−β²)": 7, "…": 1} {
		if got := width(s); got != want {
			t.Errorf("width(%q) = %d, want %d", s, got, want)
		}
	}
}

// Each pattern of lint.txt finds its slip; a page of good sentences has none.
func TestLintPatterns(t *testing.T) {
	c := &Course{Dir: repo + "/notebooks"}
	if err := c.readLint(); err != nil {
		t.Fatal(err)
	}
	slips := strings.Split(strings.TrimSpace(`
초기값을 정합니다
최소값에 닿습니다
극대값입니다
고유값이 큽니다
기대값을 셉니다
결과값을 봅니다
그래디언트를 구합니다
경사하강법입니다
손실함수입니다
활성화함수를 지납니다
활성화값이 몰립니다
미니 배치를 씁니다
10에포크 뒤입니다
하이퍼 파라미터입니다
파라미터를 갱신합니다
학습율을 낮춥니다
관성 계수입니다
지수 이동 평균입니다
적응형 학습률입니다
균등분포에서 뽑습니다
가우시안 분포입니다
표준 편차입니다
헤시안의 고윳값입니다
과적합입니다
가중치 감쇠를 씁니다
m은 0 쪽으로 편향되어 시작합니다
테스트 데이터로 잽니다
데이터 셋을 나눕니다
크로스 엔트로피입니다
오차 역전파를 합니다
순방향 전파를 합니다
경사 소실이 생깁니다
지역 최솟값에 머뭅니다
노이즈가 줄어듭니다
웜업을 합니다
렐루를 씁니다
그림에서 보여집니다
η은 작습니다
Adam는 빠릅니다
빠르다 — 느리다`), "\n")
	if len(slips) != len(c.Lint) {
		t.Fatalf("%d slips for %d patterns", len(slips), len(c.Lint))
	}
	for i, s := range slips {
		if hits := c.lint(s, "ko"); !strings.Contains(strings.Join(hits, "\n"), c.Lint[i].use) {
			t.Errorf("%q: want the hint %q, got %q", s, c.Lint[i].use, hits)
		}
	}
	for _, good := range strings.Split(strings.TrimSpace(`
학습률(learning rate) η를 0.1로 두면 손실 함수의 값이 30스텝 뒤에 줄어듭니다.
경사 하강법은 기울기의 반대쪽으로 갑니다. $\eta$는 학습률이고 $\epsilon$은 작은 수입니다.
미니배치의 기울기 잡음은 배치 크기 B에 반비례합니다.
SGD는 빠르고 Adam은 느립니다. 매개변수를 갱신하고 초깃값을 0으로 둡니다.
하이퍼파라미터는 훈련 데이터가 아니라 검증 데이터로 고릅니다.
최댓값은 3.6이고 0.95와 다릅니다.
> “손실함수의 최솟값에 이를 때까지” (문서 C04)
위 문장의 손실함수는 원문 그대로입니다. <!-- lint:ok -->
`+"`초기값`은 코드입니다."), "\n") {
		if hits := c.lint(good, "ko"); len(hits) > 0 {
			t.Errorf("%q: %q", good, hits)
		}
	}
}
