package syntax

import (
	"strings"
	"unicode/utf8"
)

// quotes are the quotation marks that are none here, each with the marks that may close it.
var quotes = map[rune]string{
	'\'': "'", '`': "`'", '‘': "’‘", '’': "’", '“': "”“", '”': "”", '„': "“”", '«': "»", '»': "»",
}

// quoteReach is how far the end of text between other quotation marks is looked for, in bytes.
const quoteReach = 1 << 10

// habit reads what other languages or word processors write: other quotation marks, comments after #, and the signs of
// logic. It answers false for any other character.
func (l *tokenizer) habit(r rune, end int) bool {
	switch {
	case quotes[r] != "":
		l.otherQuote(r, end)
	case r == '#':
		end = l.lineEnd()
		l.mend(CodeComment, l.pos, l.pos+1, "//", "#")
		l.emit(Invalid, end)
	case r == '|':
		if strings.HasPrefix(l.src[end:], "|") {
			end++
		}
		l.mend(CodeOperator, l.pos, end, l.spaced("அல்லது", end), l.src[l.pos:end], "அல்லது")
		l.emit(Invalid, end)
	case r == '!':
		l.mend(CodeOperator, l.pos, end, l.spaced("இல்லை", end), "!", "இல்லை")
		l.emit(Invalid, end)
	default:
		return false
	}
	return true
}

// otherQuote takes text between other quotation marks whole, so that its words are not read as a program.
func (l *tokenizer) otherQuote(r rune, end int) {
	mark := l.src[l.pos:end]
	if l.marks >= maxTextScans {
		l.fault(CodeQuote, l.pos, end, mark)
		l.emit(Invalid, end)
		return
	}
	reach := l.src[end:min(len(l.src), end+quoteReach)]
	if i := strings.IndexByte(reach, '\n'); i >= 0 {
		reach = reach[:i]
	}
	l.reach = max(l.reach, end+len(reach))
	if n := strings.IndexAny(reach, quotes[r]); n >= 0 {
		body := l.src[end : end+n]
		_, size := utf8.DecodeRuneInString(l.src[end+n:])
		end += n + size
		if !strings.ContainsAny(body, `"\`) {
			l.mend(CodeQuote, l.pos, end, `"`+body+`"`, mark)
			l.emit(Invalid, end)
			return
		}
	}
	l.marks++
	l.fault(CodeQuote, l.pos, end, mark)
	l.emit(Invalid, end)
}

// spaced keeps a word that replaces the sign at l.pos apart from what stands beside it.
func (l *tokenizer) spaced(word string, end int) string {
	if l.pos > 0 && !strings.ContainsRune(" \t\n(", rune(l.src[l.pos-1])) {
		word = " " + word
	}
	if end < len(l.src) && !strings.ContainsRune(" \t\n", rune(l.src[end])) {
		word += " "
	}
	return word
}

// lineEnd is where the line at l.pos ends.
func (l *tokenizer) lineEnd() int {
	if n := strings.IndexByte(l.src[l.pos:], '\n'); n >= 0 {
		return l.pos + n
	}
	return len(l.src)
}
