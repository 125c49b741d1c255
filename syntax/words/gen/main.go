package main

import (
	"fmt"
	"os"
)

// Both files, seen from syntax/words.
const (
	source = "vocabulary.txt"
	target = "table_gen.go"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "words/gen:", err)
		os.Exit(1)
	}
}

func run() error {
	src, err := os.ReadFile(source)
	if err != nil {
		return err
	}
	out, err := Generate(string(src))
	if err != nil {
		return fmt.Errorf("%s: %w", source, err)
	}
	return os.WriteFile(target, out, 0o644)
}
