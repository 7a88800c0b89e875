package descent_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every relative link of the documents leads to a file.
func TestLinks(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)\s#:]+)(#[^)\s]*)?\)`)
	fence := regexp.MustCompile("(?s)\n```.*?\n```")
	for _, pattern := range []string{"README*.md", "CONTRIBUTING.md", "docs/*.md"} {
		documents, _ := filepath.Glob(pattern)
		if len(documents) == 0 {
			t.Errorf("no document is called %s", pattern)
		}
		for _, name := range documents {
			for _, m := range link.FindAllStringSubmatch(fence.ReplaceAllString(read(t, name), ""), -1) {
				target := strings.ReplaceAll(m[1], "%20", " ")
				if _, err := os.Stat(filepath.Join(filepath.Dir(name), target)); err != nil {
					t.Errorf("%s links to %s: %v", name, target, err)
				}
			}
		}
	}
}
