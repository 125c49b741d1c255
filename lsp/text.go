package lsp

import (
	"unicode"
	"unicode/utf8"
)

func firstRune(s string) (rune, int) { return utf8.DecodeRuneInString(s) }

func lastRune(s string) (rune, int) { return utf8.DecodeLastRuneInString(s) }

// isWord tells the runes that words of texts and comments are made of; joiners are letters of Indic text.
func isWord(r rune) bool {
	return r == '_' || r == '\u200c' || r == '\u200d' || unicode.In(r, unicode.L, unicode.M, unicode.N)
}
