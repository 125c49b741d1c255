package assist

import (
	"strings"
	"unicode/utf8"

	"github.com/etamil-lang/etamil/syntax/ezuqqu"
)

// commonLatin has what people write in Latin letters for what ezuqqu writes with one, the longest first.
var commonLatin = strings.NewReplacer(
	"nth", "nq", "ndh", "nq", "nj", "Wc", "ng", "wk", "ntr", "ZR", "ndr", "ZR", "tr", "RR",
	"zh", "z", "th", "q", "dh", "q", "ch", "c", "sh", "S",
	"aa", "A", "ee", "I", "ii", "I", "oo", "U", "uu", "U", "ae", "E", "oa", "O", "ai", "Y", "au", "V",
	"b", "p", "d", "t", "g", "k", "f", "p", "h", "H", "w", "v", "x", "ks",
)

// tamilNames are the Tamil names that Latin letters may mean: as people commonly write, where that differs, and as ezuqqu
// reads them.
func tamilNames(typed string) []string {
	if typed == "" || strings.HasPrefix(typed, "_") || strings.IndexFunc(typed, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0 {
		return nil
	}
	strict := ezuqqu.ToTamil(typed)
	common := ezuqqu.ToTamil(nasals(commonLatin.Replace(strings.ToLower(typed[:1]) + typed[1:])))
	list := make([]string, 0, 2)
	for _, name := range [...]string{common, strict} {
		whole := strings.IndexFunc(name, func(r rune) bool { return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' }) < 0
		if whole && name != typed && canStart(name) && (len(list) == 0 || list[0] != name) {
			list = append(list, name)
		}
	}
	return list
}

// canStart tells a name that could be a Tamil word's: none starts with a consonant that has no vowel.
func canStart(name string) bool {
	_, n := decode(name)
	r, _ := decode(name[n:])
	return r != pulli
}

// nasals writes n as ன where it neither starts a word nor stands before த, and a lone s as ச.
func nasals(s string) string {
	b := []byte(s)
	for i := range b {
		switch {
		case b[i] == 's':
			b[i] = 'c'
		case b[i] == 'n' && i > 0 && b[i-1] != '_' && (i+1 >= len(b) || b[i+1] != 'q'):
			b[i] = 'Z'
		}
	}
	return string(b)
}
