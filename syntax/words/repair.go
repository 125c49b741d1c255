package words

import (
	"strings"
	"unicode"
)

// IsForeign tells whether r is a letter, sign or digit of an Indic script other than Tamil. The dandas । and ॥ are
// punctuation and are not.
func IsForeign(r rune) bool {
	if r < 0x0900 || r > 0x0DFF || r >= 0x0B80 && r <= 0x0BFF {
		return false
	}
	return unicode.In(r, unicode.Letter, unicode.Mark, unicode.Nd)
}

// HasForeign tells whether a spelling holds a letter of an Indic script other than Tamil.
func HasForeign(spelling string) bool { return strings.IndexFunc(spelling, IsForeign) >= 0 }

const (
	signU  = 'ு'
	pulli  = '்'
	letYa  = 'ய'
	nasal  = 0x0902 // Devanagari anusvara
	digit0 = 0x0966 // Devanagari zero
)

// Repair replaces the single letters of other scripts that look like Tamil ones by their Tamil twins (services.md,
// "Reading what the user wrote"). It is for words that Lookup does not know as they stand. Mixed tells that
// the spelling held such letters and that the answer is all Tamil; otherwise the spelling comes back unchanged.
func Repair(spelling string) (repaired string, mixed bool) {
	if !HasForeign(spelling) {
		return spelling, false
	}
	var b strings.Builder
	b.Grow(len(spelling))
	last := rune(0)
	for _, r := range spelling {
		t, keep := twin(r, last)
		if !keep {
			continue
		}
		if IsForeign(t) {
			return spelling, false
		}
		b.WriteRune(t)
		last = t
	}
	return b.String(), true
}

// twin answers the Tamil letter for r after the letter last; keep is false where r is dropped.
func twin(r, last rune) (t rune, keep bool) {
	switch r {
	case 0x0941, 0x09C1, 0x0C41:
		return signU, true
	case 0x094D, 0x09CD, 0x0D4D:
		return pulli, true
	case 0x092F:
		return letYa, true
	case nasal:
		return r, last != signU
	case digit0:
		return r, false
	}
	return r, true
}

// Resolve looks a spelling up as "Reading what the user wrote" asks: the whole word first, then its repair. Name is the
// spelling to go on with, mixed tells that it holds letters of other scripts; w is nil when the word is a plain name, or,
// with mixed true and HasForeign(name), unreadable.
func Resolve(spelling string) (w *Word, name string, mixed bool) {
	mixed = HasForeign(spelling)
	if w = Lookup(spelling); w != nil || !mixed {
		return w, spelling, mixed
	}
	name, _ = Repair(spelling)
	return Lookup(name), name, true
}
