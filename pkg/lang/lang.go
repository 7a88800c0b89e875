// Package lang knows in which language the course speaks: that of the
// notebook's folder.
package lang

import (
	"os"
	"path/filepath"
)

// Lang is the language of figures and messages, "ko" or "en". Set, it
// overrides that of the folder.
var Lang string

// Korean reports whether to speak Korean: Lang is "ko", or Lang is empty and
// the working folder is named ko, as the kernel's is in a Korean lesson.
func Korean() bool {
	if Lang != "" {
		return Lang == "ko"
	}
	dir, err := os.Getwd()
	return err == nil && filepath.Base(dir) == "ko"
}

// Pick returns ko or en, whichever the course speaks.
func Pick(ko, en string) string {
	if Korean() {
		return ko
	}
	return en
}
