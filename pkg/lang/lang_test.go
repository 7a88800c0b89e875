package lang_test

import (
	"os"
	"path/filepath"
	"testing"

	"descent/pkg/lang"
)

func TestLang(t *testing.T) {
	defer func() { lang.Lang = "" }()
	for _, c := range []struct{ folder, set, want string }{
		{"ko", "", "안녕"},
		{"en", "", "hello"},
		{"elsewhere", "", "hello"},
		{"en", "ko", "안녕"},
		{"ko", "en", "hello"},
	} {
		dir := filepath.Join(t.TempDir(), c.folder)
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		t.Chdir(dir)
		lang.Lang = c.set
		if got := lang.Pick("안녕", "hello"); got != c.want {
			t.Errorf("in folder %s with Lang %q: %q, want %q", c.folder, c.set, got, c.want)
		}
	}
}
