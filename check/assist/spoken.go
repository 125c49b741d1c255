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
	switch {
	case (c == 'c' || c == 'q') && after == c:
		return ""
	case c == 'c' && before == 'c':
		return "ch"
	case c == 'c' && before == 'W':
		return "j"
	case c == 'R' && after == 'R':
		return "t"
	case c == 'R' && before == 'Z':
		return "dr"
	case soft && c < 0x80 && softLetters[c] != "":
		return softLetters[c]
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
	'L': "l", 'z': "zh", 'S': "sh", 'H': "h", 'x': "ksh", 'c': "s", 'q': "th", 'R': "r",
}

// softLetters are the hard consonants between vowels and behind their nasals.
var softLetters = [128]string{'k': "g", 't': "d", 'q': "dh", 'p': "b"}
