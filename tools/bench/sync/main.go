// Sync carries the code cells of a lesson from one language's notebook to the
// other's; `make sync LESSON=03 FROM=ko` runs it.
package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"descent/tools/bench"
)

func main() {
	keep := filepath.Join(".descent", "sync", time.Now().Format("20060102-150405"))
	err := bench.Sync("notebooks", os.Getenv("LESSON"), cmp.Or(os.Getenv("FROM"), "ko"), keep, os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "sync:", err)
		os.Exit(1)
	}
}
