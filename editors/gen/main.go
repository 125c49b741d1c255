package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// root is editors/, seen from editors/gen.
const root = ".."

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "editors/gen:", err)
		os.Exit(1)
	}
}

func run() error {
	files, err := Files()
	if err != nil {
		return err
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(root, name), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// Files makes every generated file, by its path below editors/.
func Files() (map[string][]byte, error) {
	l := sort()
	grammar, err := textMate(l)
	if err != nil {
		return nil, err
	}
	return map[string][]byte{
		"vscode/syntaxes/etamil.tmLanguage.json": grammar,
		"vim/syntax/etamil.vim":                  vim(l),
		"emacs/etamil-words.el":                  emacs(l),
		"sublime/eTamil.sublime-syntax":          sublime(l),
		"kate/etamil.xml":                        kate(l),
	}, nil
}
