// Command gen writes table_gen.go from vocabulary.txt. Run it in syntax/words, as `go generate` does.
package main

import (
	"fmt"
	"os"

	"github.com/etamil-lang/etamil/syntax/words/gen/table"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "words/gen:", err)
		os.Exit(1)
	}
}

func run() error {
	src, err := os.ReadFile("vocabulary.txt")
	if err != nil {
		return err
	}
	out, err := table.Generate(string(src))
	if err != nil {
		return fmt.Errorf("vocabulary.txt: %w", err)
	}
	return os.WriteFile("table_gen.go", out, 0o644)
}
