package assist

import (
	"strings"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/ezuqqu"
	"github.com/etamil-lang/etamil/syntax/words"
)

// scriptSample is how much of a file is read to tell its script, in bytes before and behind a place.
const scriptSample = 4 << 10

// scriptOf tells the script that the keywords around a word are written in, Tamil where there are none. The word itself,
// which is being typed, says nothing.
func scriptOf(f *syntax.File, word syntax.Span) Script {
	var votes [English + 1]int
	vote(&votes, f.Src[max(0, word.Start-scriptSample):word.Start])
	vote(&votes, f.Src[word.End:min(len(f.Src), word.End+scriptSample)])
	best := Tamil
	for s := Roman; s <= English; s++ {
		if votes[s] > votes[best] {
			best = s
		}
	}
	return best
}

// vote counts the reserved words of each script.
func vote(votes *[English + 1]int, src string) {
	for len(src) > 0 {
		r, n := decode(src)
		if !inWord(r) {
			src = skipQuiet(src, n)
			continue
		}
		end := 0
		for end < len(src) {
			r, n := decode(src[end:])
			if !inWord(r) {
				break
			}
			end += n
		}
		if w := words.Keyword(src[:end]); w != nil && w.Class == words.Reserved {
			votes[scriptOfWord(src[:end])]++
		}
		src = src[end:]
	}
}

// skipQuiet steps over a character, and over the whole of a comment that starts there.
func skipQuiet(src string, n int) string {
	if strings.HasPrefix(src, "//") {
		if i := strings.IndexByte(src, '\n'); i >= 0 {
			return src[i:]
		}
		return ""
	}
	return src[n:]
}

func scriptOfWord(s string) Script {
	switch {
	case s[0] == '_':
		return English
	case s[0] < 0x80:
		return Roman
	}
	return Tamil
}

// spell is the canonical spelling of a word in a script; one that has no English spelling is romanised.
func spell(w *words.Word, s Script) string {
	switch {
	case s == English && len(w.English) > 0:
		return w.English[0]
	case s != Tamil && len(w.Roman) > 0:
		return w.Roman[0]
	case len(w.Tamil) > 0:
		return w.Tamil[0]
	}
	return w.ID
}

// written writes a Tamil text in a script: placeholders and new names.
func written(s string, script Script) string {
	if script == Tamil {
		return s
	}
	return ezuqqu.FromTamil(s)
}
