package syntax

import (
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/etamil-lang/etamil/syntax/words"
)

// tamilFor maps the consonants that Tamil does not write to the ones it does, by their place in an Indic block.
var tamilFor = map[rune]rune{
	0x16: 0x15, 0x17: 0x15, 0x18: 0x15, 0x1B: 0x1A, 0x1D: 0x1C, 0x20: 0x1F, 0x21: 0x1F, 0x22: 0x1F,
	0x25: 0x24, 0x26: 0x24, 0x27: 0x24, 0x2B: 0x2A, 0x2C: 0x2A, 0x2D: 0x2A,
	0x0B: 0x07, 0x0C: 0x07, 0x43: 0x41, 0x44: 0x42, 0x45: 0x46, 0x49: 0x4A, 0x0D: 0x0E, 0x11: 0x12, 0x01: 0x2E, 0x02: 0x2E,
}

// nearestTamil spells a foreign word with Tamil letters (the Indic blocks of Unicode run in parallel) and answers the
// word of the vocabulary that is closest to it, or the spelling itself where none is close.
func nearestTamil(w string) string {
	var b strings.Builder
	for _, r := range w {
		if !words.IsForeign(r) {
			b.WriteRune(r)
			continue
		}
		place := r & 0x7F
		if t, ok := tamilFor[place]; ok {
			place = t
		}
		b.WriteRune(0x0B80 + place)
	}
	spelt := norm.NFC.String(b.String())
	folded := fold(spelt)
	best, least := spelt, len(folded)/4+1
	for _, v := range words.All() {
		if len(v.Tamil) == 0 {
			continue
		}
		if d := distance(folded, fold(v.Tamil[0]), least); d < least {
			best, least = v.Tamil[0], d
		}
	}
	return best
}

// fold makes one letter of those that other scripts do not tell apart.
func fold(word string) []rune {
	out := []rune(word)
	for i, r := range out {
		switch r {
		case 'ஸ', 'ஷ', 'ஶ':
			out[i] = 'ச'
		case 'ந', 'ண':
			out[i] = 'ன'
		case 'ள', 'ழ':
			out[i] = 'ல'
		case 'ற':
			out[i] = 'ர'
		}
	}
	return out
}

// distance counts the single letters to change between a and b, and stops counting at limit.
func distance(a, b []rune, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, ra := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, rb := range b {
			cost := diagonal
			if ra != rb {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
