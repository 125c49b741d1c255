package assist

import (
	"strings"
	"unicode/utf8"
)

// Sound writes a word as it roughly sounds, so that the spellings that Tamil speakers mix up become equal: ழ ள ல, ண ந ன
// ங ஞ, ற ர, long and short vowels, இ and எ, உ and ஒ, doubled letters, and the Latin letters by which people write all of
// these (ceyal, seyal, cheyal). Latin letters are read as ezuqqu; what is neither Tamil nor Latin stays.
func Sound(word string) string { return string(appendSound(nil, word, true)) }

// inherent marks the vowel that a Tamil consonant has until a sign or pulli says otherwise.
const inherent = 'a'

// appendSound appends the sound of a word to what was heard so far. Strict reads Latin letters as ezuqqu does; otherwise w is வ, and case says
// nothing.
func appendSound(b []byte, word string, strict bool) []byte {
	for len(word) > 0 {
		r, n := utf8.DecodeRuneInString(word)
		switch {
		case r < utf8.RuneSelf:
			b = addLatin(b, byte(r), strict)
		case r >= tamilFirst && r <= tamilLast:
			b, n = addTamil(b, r, word)
		default:
			b = append(b, word[:n]...)
		}
		word = word[n:]
	}
	return b
}

const (
	tamilFirst, tamilLast = 0x0B80, 0x0BFF
	pulli                 = 0x0BCD
	lengthMark            = 0x0BD7
)

// addTamil adds the letter that word starts with, with its vowel, and answers how many bytes it took.
func addTamil(b []byte, r rune, word string) ([]byte, int) {
	n := utf8.RuneLen(r)
	if c := consonantSounds[r-tamilFirst]; c != 0 {
		if c != silent {
			b = add(b, c)
		}
		sign, size := utf8.DecodeRuneInString(word[n:])
		if sign == pulli {
			return b, n + size
		}
		if v := signSound(sign); v != "" {
			return addVowel(b, v, sign, word, n+size)
		}
		return add(b, inherent), n
	}
	if v := vowelSounds[r-tamilFirst]; v != "" {
		return addVowel(b, v, r, word, n)
	}
	if r == pulli || r == lengthMark {
		return b, n
	}
	return append(b, word[:n]...), n
}

// addVowel adds a vowel's sound; a sign that is typed in two parts is one vowel.
func addVowel(b []byte, v string, sign rune, word string, n int) ([]byte, int) {
	if next, size := utf8.DecodeRuneInString(word[n:]); sign == 'ெ' || sign == 'ே' {
		switch next {
		case 'ா':
			v, n = "u", n+size
		case lengthMark:
			v, n = "av", n+size
		}
	}
	for i := range len(v) {
		b = add(b, v[i])
	}
	return b, n
}

func signSound(r rune) string {
	if r < 'ா' || r > 'ௌ' {
		return ""
	}
	return vowelSounds[r-tamilFirst]
}

// add appends one sound: never the same twice in a row, and tr as the r that ற்ற and ன்ற are heard as.
func add(b []byte, c byte) []byte {
	last := len(b) - 1
	if last >= 0 {
		if b[last] == c {
			return b
		}
		if c == 'r' && b[last] == 't' && last > 0 {
			b = b[:last]
			if b[last-1] == c {
				return b
			}
		}
	}
	return append(b, c)
}

// addLatin adds a Latin letter's sound.
func addLatin(b []byte, c byte, strict bool) []byte {
	if !strict && c >= 'A' && c <= 'Z' {
		c |= 0x20
	}
	if c == 'w' && !strict {
		c = 'v'
	}
	if last := len(b) - 1; last >= 0 && b[last] == 'a' {
		switch c { // ai is ஐ, au is ஔ
		case 'i':
			return append(b, 'y')
		case 'u':
			return append(b, 'v')
		case 'e': // ae is ஏ
			return add(b[:last], 'i')
		}
	}
	if c == 'n' && len(b) == 1 && b[0] == 'k' { // gnayiru is ஞாயிறு
		b = b[:0]
	}
	for _, s := range []byte(latinSounds[c]) {
		b = add(b, s)
	}
	return b
}

const silent = 1

var consonantSounds = func() (t [tamilLast - tamilFirst + 1]byte) {
	for letters, sound := range map[string]byte{
		"க": 'k', "ஙஞணநன": 'n', "சஜஷஶஸ": 's', "டத": 't', "ப": 'p', "ம": 'm', "ய": 'y', "ரற": 'r', "லழள": 'l', "வ": 'v',
		"ஹ": silent,
	} {
		for _, r := range letters {
			t[r-tamilFirst] = sound
		}
	}
	return t
}()

var vowelSounds = func() (t [tamilLast - tamilFirst + 1]string) {
	for letters, sound := range map[string]string{
		"அஆா": "a", "இஈஎஏிீெே": "i", "உஊஒஓுூொோ": "u", "ஐை": "ay", "ஔௌ": "av",
	} {
		for _, r := range letters {
			t[r-tamilFirst] = sound
		}
	}
	return t
}()

// latinSounds has every ASCII letter's sound, ezuqqu's capitals included; h only breathes on what stands before it.
var latinSounds = func() (t [utf8.RuneSelf]string) {
	for c := range byte(utf8.RuneSelf) {
		t[c] = strings.ToLower(string(rune(c)))
	}
	for letters, sound := range map[string]string{
		"kgKG": "k", "wWnNZ": "n", "cCsSjJ": "s", "tTdDqQ": "t", "pPbBfF": "p", "rR": "r", "lLz": "l", "v": "v",
		"aA": "a", "iIeE": "i", "uUoO": "u", "Y": "ay", "V": "av", "xX": "ks", "hH_": "", "M": "m",
	} {
		for i := range len(letters) {
			t[letters[i]] = sound
		}
	}
	return t
}()
