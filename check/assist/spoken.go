package assist

import (
	"strings"

	"github.com/etamil-lang/etamil/syntax/ezuqqu"
)

// Spoken writes a Tamil word in the Latin letters by which people commonly spell what they hear: எழுத்து is ezhuthu.
func Spoken(word string) string {
	roman := ezuqqu.FromTamil(word)
	var b strings.Builder
	for i := range len(roman) {
		b.WriteString(spokenLetter(roman, i))
	}
	return b.String()
}

// spokenLetter is one letter of ezuqqu as it is heard between its neighbours: க ச ட த ப are soft between vowels and behind
// their nasals, and a doubled letter is written once where it stands for several.
func spokenLetter(s string, i int) string {
	c := s[i]
	before, after := byte(0), byte(0)
	if i > 0 {
		before = s[i-1]
	}
	if i+1 < len(s) {
		after = s[i+1]
	}
	soft := strings.IndexByte("wWNnmZ", before) >= 0 && before != 0 || vowel(before) && vowel(after)
	switch c {
	case 'k':
		if soft {
			return "g"
		}
	case 'c':
		switch {
		case after == 'c':
			return ""
		case before == 'c':
			return "ch"
		case before == 'W':
			return "j"
		}
		return "s"
	case 't':
		if soft {
			return "d"
		}
	case 'q':
		switch {
		case after == 'q':
			return ""
		case before == 'q', before == 0, before == '_':
			return "th"
		case soft:
			return "dh"
		}
		return "th"
	case 'p':
		if soft {
			return "b"
		}
	case 'R':
		switch {
		case after == 'R':
			return "t"
		case before == 'Z':
			return "dr"
		}
		return "r"
	}
	if c < 0x80 && spokenLetters[c] != "" {
		return spokenLetters[c]
	}
	return s[i : i+1]
}

func vowel(c byte) bool { return c != 0 && strings.IndexByte("aAiIuUeEYoOV", c) >= 0 }

// spokenLetters are the letters that are written the same everywhere.
var spokenLetters = [128]string{
	'A': "aa", 'I': "ee", 'U': "oo", 'E': "ae", 'O': "o", 'Y': "ai", 'V': "au", 'w': "n", 'W': "n", 'N': "n", 'Z': "n",
	'L': "l", 'z': "zh", 'S': "sh", 'H': "h", 'x': "ksh",
}
