package module

import (
	"slices"
	"strings"
	"sync"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// Imports are the paths that the imports of a text name, in order, as they are written. Only a text that has the word is
// parsed: parse is called for it, or not at all.
func Imports(text string, parse func() *syntax.File) (paths []string) {
	if !slices.ContainsFunc(importWords(), func(w string) bool { return strings.Contains(text, w) }) {
		return nil
	}
	for _, s := range parse().Stmts {
		if imp, ok := s.(*syntax.ImportStmt); ok && imp.Path != nil {
			paths = append(paths, imp.Path.Value)
		}
	}
	return paths
}

// importWords are all spellings of இறக்கு.
var importWords = sync.OnceValue(func() []string {
	w := words.Lookup("இறக்கு")
	return slices.Concat(w.Tamil, w.Roman, w.English, w.Also)
})
