package diag

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// CellWidth is how many terminal cells a text takes in most terminals (tmux, xterm, VTE, screen, alacritty, measured
// for Tamil): non-spacing marks and format characters take none, spacing vowel signs one, wide characters two. Terminals
// that draw one cell per cluster (kitty) need another function in Options.Width.
func CellWidth(text string) int {
	n := 0
	for _, r := range text {
		n += runeCells(r)
	}
	return n
}

func runeCells(r rune) int {
	if r < 0x300 {
		return 1
	}
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// printable makes text safe to show on one line: control characters become their pictures, and characters that reorder
// or split a line are spelt out, so that no program can draw on the reader's terminal.
func printable(text string) string {
	if strings.IndexFunc(text, hidden) < 0 {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		b.WriteString(visible(r))
	}
	return b.String()
}

// hidden tells whether a character may not be printed as it is.
func hidden(r rune) bool {
	switch {
	case r < 0x20 || r >= 0x7f && r < 0xa0 || r == utf8.RuneError:
		return true
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x2028, r == 0x2029, r == 0x200e, r == 0x200f, r == 0x61c:
		return true
	}
	return false
}

func visible(r rune) string {
	switch {
	case !hidden(r):
		return string(r)
	case r < 0x20:
		return string(0x2400 + r)
	case r == 0x7f:
		return "␡"
	case r < 0xa0 || r == utf8.RuneError:
		return "\uFFFD"
	default:
		return fmt.Sprintf("‹U+%04X›", r)
	}
}
