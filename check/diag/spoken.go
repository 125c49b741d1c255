package diag

import (
	"strings"
	"unicode/utf8"
)

// spoken answers the arguments as one language says them: what an argument holds in both languages is parted. The result
// of a builtin and the message of a caught error read "Tamil  (English)"; before the run, symbols and types read
// "ஒரு பெயர் (a name)" and "எண் (eN, a number)"; a word is followed by its romanised spelling alone, "எனில் (eZil)".
func (e *Entry) spoken(lang Lang, args []string) []string {
	out := make([]string, len(args))
	for i, arg := range args {
		out[i] = half(lang, arg)
		if e.Kind == "" && strings.Contains(out[i], ")") {
			parts := strings.Split(out[i], " / ")
			for j, part := range parts {
				parts[j] = symbolIn(lang, part)
			}
			out[i] = strings.Join(parts, " / ")
		}
	}
	return out
}

// half is one language's part of "Tamil  (English)", also where it is wrapped: தவறு(Tamil  (English)).
func half(lang Lang, text string) string {
	tamil, english, ok := strings.Cut(text, "  (")
	if !ok || !isTamil(tamil) || !strings.HasSuffix(english, ")") || strings.Contains(english, "  (") {
		return text
	}
	if lang == Tamil {
		return tamil
	}
	return strings.TrimSuffix(english, ")")
}

// symbolIn is one language's part of a symbol or of a type.
func symbolIn(lang Lang, symbol string) string {
	tamil, inside, ok := strings.Cut(symbol, " (")
	if !ok || !isTamil(tamil) || !strings.HasSuffix(inside, ")") {
		return symbol
	}
	inside = strings.TrimSuffix(inside, ")")
	roman, _, isType := strings.Cut(inside, ", ")
	switch {
	case isType && lang == Tamil:
		return tamil + " (" + roman + ")"
	case isType || !strings.Contains(inside, " "):
		return symbol // a word of the language is shown in both scripts
	case lang == Tamil:
		return tamil
	}
	return inside
}

// isTamil tells whether text starts with a Tamil letter, or with a mark before one.
func isTamil(text string) bool {
	r, size := utf8.DecodeRuneInString(text)
	if r == '"' || r == '\'' {
		return strings.ContainsFunc(text[size:], isTamilLetter)
	}
	return isTamilLetter(r)
}

func isTamilLetter(r rune) bool { return r >= 0x0B80 && r <= 0x0BFF }
