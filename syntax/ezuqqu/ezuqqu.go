package ezuqqu

import (
	"strings"
	"unicode/utf8"
)

// FromTamil romanises the Tamil letters of s: consonant with pulli → its letter, with a vowel sign → letter and vowel,
// bare → letter and "a"; க்ஷ is tried before க. Everything else, invalid UTF-8 included, stays.
func FromTamil(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		letter := asciiOf(r)
		if strings.HasPrefix(s, ksha) {
			letter, n = kshaASCII, len(ksha)
		}
		switch v := vowelOfLetter(r); {
		case letter != 0:
			b.WriteByte(letter)
			n += vowelAfter(&b, s[n:])
		case v != 0:
			b.WriteByte(v)
		default:
			b.WriteString(s[:n])
		}
		s = s[n:]
	}
	return b.String()
}

// vowelAfter writes the vowel of a consonant that rest follows, and answers how many bytes of rest belong to it.
func vowelAfter(b *strings.Builder, rest string) int {
	r, n := utf8.DecodeRuneInString(rest)
	if r == pulli {
		return n
	}
	if v := vowelOfSign(r); v != 0 {
		b.WriteByte(v)
		return n
	}
	b.WriteByte('a')
	return 0
}

// ToTamil reads romanised text: a consonant followed by "a" is bare, by another vowel takes its sign, else takes a
// pulli; a vowel that follows no consonant is a vowel letter; h is ஃ. Everything else stays.
func ToTamil(s string) string {
	var b strings.Builder
	b.Grow(3 * len(s))
	for i := 0; i < len(s); i++ {
		c := tamilOf(s[i])
		if c == "" {
			writeVowelOrByte(&b, s[i])
			continue
		}
		b.WriteString(c)
		var v vowel
		if i+1 < len(s) {
			v, _ = vowelOf(s[i+1])
		}
		switch {
		case v.ascii == 'a':
			i++
		case v.sign != 0:
			b.WriteRune(v.sign)
			i++
		default:
			b.WriteRune(pulli)
		}
	}
	return b.String()
}

// writeVowelOrByte writes a vowel letter for its ASCII letter, and any other byte unchanged.
func writeVowelOrByte(b *strings.Builder, c byte) {
	if v, ok := vowelOf(c); ok {
		b.WriteRune(v.letter)
		return
	}
	b.WriteByte(c)
}
