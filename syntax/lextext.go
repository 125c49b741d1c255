package syntax

import (
	"strings"
	"unicode/utf8"

	"github.com/etamil-lang/etamil/syntax/words"
)

// number reads digits, a fraction and a percent sign that follows at once. The sign, an exponent and digit groups are
// no part of a number.
func (l *tokenizer) number() {
	src, i := l.src, l.pos
	for i < len(src) && isDigit(src[i]) {
		i++
	}
	whole := src[l.pos:i]
	fraction := ""
	if i+1 < len(src) && src[i] == '.' && isDigit(src[i+1]) {
		j := i + 1
		for i = j; i < len(src) && isDigit(src[i]); {
			i++
		}
		fraction = src[j:i]
	}
	if tooLarge(whole, fraction) {
		l.fault(CodeNumberRange, l.pos, i, clip(src[l.pos:i]))
	}
	if i < len(src) && src[i] == '%' {
		l.emit(Percent, i+1)
		return
	}
	l.emit(Number, i)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// clip shortens source text for a message.
func clip(s string) string {
	const most = 40
	if len(s) > most {
		return s[:most] + "…"
	}
	return s
}

// largest is 2^96 - 1.
const largest = "79228162514264337593543950335"

// tooLarge tells whether a number's rounded whole part needs more than 96 bits.
func tooLarge(whole, fraction string) bool {
	whole = strings.TrimLeft(whole, "0")
	switch {
	case len(whole) != len(largest):
		return len(whole) > len(largest)
	case whole != largest:
		return whole > largest
	}
	return fraction != "" && fraction[0] >= '5'
}

// text reads quoted text. It may hold line breaks, but then only what can follow text may follow it: an open quote
// would turn the rest of the file inside out otherwise (design/parser.md c).
func (l *tokenizer) text() {
	end, state := l.scanText()
	if state == textOpen {
		l.fault(CodeOpenText, l.pos, end)
		l.unbalanced()
		l.emit(BadText, end)
		return
	}
	if state == textBadEscape {
		at := l.pos + strings.Index(l.src[l.pos:end], "\\\n")
		l.fault(CodeEscape, at, at+1)
	}
	body := l.src[l.pos:end]
	l.emit(Text, end)
	if n := strings.Count(body, "\n"); n > 0 {
		l.line += n
		l.column = end - (len(body) - strings.LastIndexByte(body, '\n') - 1)
	}
}

// textState is how a scan for the end of quoted text ended.
type textState uint8

const (
	textDone textState = iota
	textBadEscape
	textOpen // no end: the text stops at its first line break
)

// scanText finds the end of the text at l.pos.
func (l *tokenizer) scanText() (int, textState) {
	src, lineEnd, state, i := l.src, -1, textDone, l.pos+1
	for ; i < len(src); i++ {
		switch src[i] {
		case '"':
			if lineEnd < 0 || l.follows(i+1) {
				return i + 1, state
			}
			l.scans++
			return l.unended(lineEnd, i)
		case '\\':
			if i+1 < len(src) && src[i+1] != '\n' {
				i++
			} else {
				state = textBadEscape
			}
		case '\n':
			if lineEnd < 0 {
				lineEnd = i
			}
			if l.scans >= maxTextScans {
				return l.unended(lineEnd, i)
			}
		}
		if lineEnd >= 0 && i-lineEnd > TextHorizon {
			break
		}
	}
	l.scans++
	if lineEnd < 0 {
		lineEnd = len(src)
	}
	return l.unended(lineEnd, i)
}

// unended notes how far the end of a text was looked for that stops at its line's end.
func (l *tokenizer) unended(lineEnd, looked int) (int, textState) {
	l.reach = max(l.reach, looked)
	return lineEnd, textOpen
}

// follows tells whether what stands at i can follow quoted text.
func (l *tokenizer) follows(i int) bool {
	src := l.src
	for i < len(src) && (src[i] == ' ' || src[i] == '\t' || src[i] == '\n') {
		i++
	}
	l.reach = max(l.reach, i)
	if i >= len(src) || strings.IndexByte(",;)]}:&+-*/=!<>?.{[", src[i]) >= 0 {
		return true
	}
	j := i
	for j < len(src) && (src[j] < utf8.RuneSelf && asciiWord[src[j]] != 0 || src[j] >= utf8.RuneSelf) {
		j++
	}
	l.reach = max(l.reach, j)
	w := words.Keyword(src[i:j])
	if w == nil {
		return false
	}
	switch kindOfToken[w.Token] {
	case KwAnd, KwOr, KwWhere, KwFrom, KwIn:
		return true
	}
	return false
}

// decodeText answers the value of quoted text: \n \t \r \" and \\ are decoded, any other backslash stays.
func decodeText(body string) string {
	i := strings.IndexByte(body, '\\')
	if i < 0 {
		return body
	}
	var b strings.Builder
	b.Grow(len(body))
	b.WriteString(body[:i])
	for ; i < len(body); i++ {
		c := body[i]
		if c == '\\' && i+1 < len(body) {
			i++
			switch body[i] {
			case 'n':
				b.WriteByte('\n')
			case 't':
				b.WriteByte('\t')
			case 'r':
				b.WriteByte('\r')
			case '"', '\\':
				b.WriteByte(body[i])
			default:
				b.WriteByte('\\')
				b.WriteByte(body[i])
			}
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

// textValue is the value of a Text or BadText token.
func textValue(t *Token) string {
	body := t.Value[1:]
	if t.Type == Text {
		body = body[:len(body)-1]
	}
	return decodeText(body)
}
