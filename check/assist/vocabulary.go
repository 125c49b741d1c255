package assist

import (
	"strings"
	"sync"
	"unicode"

	"github.com/etamil-lang/etamil/syntax/words"
)

// entry is a word of the vocabulary, prepared for being found.
type entry struct {
	word  *words.Word
	forms []*Form // every spelling of every script
	// foreign are what newcomers write for it in everyday Tamil.
	foreign []*Form
	senses  []meaning
}

// meaning is an English word in small letters, or the later parts of one.
type meaning struct {
	text  string
	whole bool
}

// vocabulary has an entry for every word, in the vocabulary's order.
var vocabulary = sync.OnceValue(func() []*entry {
	byWord := map[*words.Word]*entry{}
	all := make([]*entry, 0, len(words.All()))
	for _, w := range words.All() {
		e := &entry{word: w}
		for _, list := range [...][]string{w.Tamil, w.Roman, w.English} {
			for _, s := range list {
				e.forms = append(e.forms, FormOf(s))
			}
		}
		for _, s := range append(w.English[:len(w.English):len(w.English)], w.ID) {
			e.addSense(s)
		}
		byWord[w] = e
		all = append(all, e)
	}
	for foreign, spelling := range words.Insteads() {
		e := byWord[words.Lookup(spelling)]
		if foreign[0] < 0x80 {
			e.addSense(foreign)
			continue
		}
		e.foreign = append(e.foreign, FormOf(foreign))
	}
	return all
})

// addSense adds an English word and the later parts of its camel case.
func (e *entry) addSense(s string) {
	s = strings.TrimLeft(s, "_")
	for i, r := range s {
		if i == 0 || unicode.IsUpper(r) && !unicode.IsUpper(rune(s[i-1])) {
			e.senses = append(e.senses, meaning{strings.ToLower(s[i:]), i == 0})
		}
	}
}

// match tells how what was typed fits the word in any script, and which of its spellings it fits best; nil where only
// the sense fits.
func (e *entry) match(p *Pattern) (Rank, int, *Form) {
	best, cost := NoMatch, 0
	var fit *Form
	for _, f := range e.forms {
		r, c := p.Match(f)
		if r > Prefix && f.Text[0] == '_' {
			continue // English does not sound like Tamil
		}
		if r < best || r == best && c < cost {
			best, cost, fit = r, c, f
		}
	}
	for _, f := range e.foreign {
		r, c := p.Match(f)
		if r <= Romanised {
			r = Sense
		}
		if r <= Loose && r < best {
			best, cost, fit = r, c, nil
		}
	}
	if best > Meant {
		if r, c := p.sense(e.senses); r < best {
			best, cost, fit = r, c, nil
		}
	}
	return best, cost, fit
}
