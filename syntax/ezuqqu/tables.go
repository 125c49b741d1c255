package ezuqqu

const pulli = '்'

// vowel is one vowel: its letter, its sign after a consonant (0 for அ, which every bare consonant has, and for ஃ, which
// has none) and its ASCII letter.
type vowel struct {
	letter, sign rune
	ascii        byte
}

var vowels = [...]vowel{
	{'அ', 0, 'a'},
	{'ஆ', 'ா', 'A'},
	{'இ', 'ி', 'i'},
	{'ஈ', 'ீ', 'I'},
	{'உ', 'ு', 'u'},
	{'ஊ', 'ூ', 'U'},
	{'எ', 'ெ', 'e'},
	{'ஏ', 'ே', 'E'},
	{'ஐ', 'ை', 'Y'},
	{'ஒ', 'ொ', 'o'},
	{'ஓ', 'ோ', 'O'},
	{'ஔ', 'ௌ', 'V'},
	{'ஃ', 0, 'h'},
}

// consonant is one consonant and its ASCII letter.
type consonant struct {
	letter rune
	ascii  byte
}

var consonants = [...]consonant{
	{'க', 'k'},
	{'ங', 'w'},
	{'ச', 'c'},
	{'ஞ', 'W'},
	{'ட', 't'},
	{'ண', 'N'},
	{'த', 'q'},
	{'ந', 'n'},
	{'ப', 'p'},
	{'ம', 'm'},
	{'ய', 'y'},
	{'ர', 'r'},
	{'ல', 'l'},
	{'வ', 'v'},
	{'ழ', 'z'},
	{'ள', 'L'},
	{'ற', 'R'},
	{'ன', 'Z'},
	{'ஜ', 'j'},
	{'ஷ', 'S'},
	{'ஸ', 's'},
	{'ஹ', 'H'},
}

// ksha is the one letter of the scheme that is more than one code point in Tamil.
const (
	ksha      = "க்ஷ"
	kshaASCII = 'x'
)

// asciiOf finds a Tamil consonant's ASCII letter, or 0.
func asciiOf(r rune) byte {
	for _, c := range consonants {
		if c.letter == r {
			return c.ascii
		}
	}
	return 0
}

// tamilOf finds an ASCII letter's consonant, or "".
func tamilOf(b byte) string {
	if b == kshaASCII {
		return ksha
	}
	for _, c := range consonants {
		if c.ascii == b {
			return string(c.letter)
		}
	}
	return ""
}

// vowelOfLetter and vowelOfSign find a Tamil vowel's ASCII letter, or 0.
func vowelOfLetter(r rune) byte {
	for _, v := range vowels {
		if v.letter == r {
			return v.ascii
		}
	}
	return 0
}

func vowelOfSign(r rune) byte {
	for _, v := range vowels {
		if v.sign == r && v.sign != 0 {
			return v.ascii
		}
	}
	return 0
}

// vowelOf finds an ASCII letter's vowel; ok is false when it is none.
func vowelOf(b byte) (v vowel, ok bool) {
	for _, v := range vowels {
		if v.ascii == b {
			return v, true
		}
	}
	return vowel{}, false
}
