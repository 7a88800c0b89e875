// Package lang picks the Korean or the English text of a message, by the folder
// of the notebook.
package lang

import (
	"os"
	"path/filepath"
)

// Lang is the language of figures and messages, "ko" or "en"; if it is empty,
// the folder decides.
var Lang string

// Korean reports whether the language is Korean: Lang is "ko", or Lang is empty and
// the working folder is named ko, as the kernel's is in a Korean lesson.
func Korean() bool {
	if Lang != "" {
		return Lang == "ko"
	}
	dir, err := os.Getwd()
	return err == nil && filepath.Base(dir) == "ko"
}

// Pick returns ko or en, the text in the language of the course.
func Pick(ko, en string) string {
	if Korean() {
		return ko
	}
	return en
}
