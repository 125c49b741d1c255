package words

import (
	"slices"
	"sync"
)

// overload is a spelling that names two words.
type overload struct{ spelling, first, second string }

// spelled is what a spelling means.
type spelled struct {
	word    *Word // the primary word
	keyword bool  // one of the 545 keyword spellings
}

// index finds words by spelling and by ID.
type index struct {
	all     []*Word
	byID    map[string]*Word
	spelled map[string]spelled
	shared  map[string][]*Word // the overloads
}

// vocabulary is built on first use, so that a program that needs no words pays nothing.
var vocabulary = sync.OnceValue(build)

func build() *index {
	ix := &index{
		all:     make([]*Word, len(table)),
		byID:    make(map[string]*Word, len(table)),
		spelled: make(map[string]spelled, numSpellings),
		shared:  make(map[string][]*Word, len(overloads)),
	}
	for i := range table {
		ix.add(i, &table[i])
	}
	for _, o := range overloads {
		first, second := ix.byID[o.first], ix.byID[o.second]
		ix.spelled[o.spelling] = spelled{first, first.IsKeyword() && !slices.Contains(first.Also, o.spelling)}
		ix.shared[o.spelling] = []*Word{first, second}
	}
	return ix
}

func (ix *index) add(i int, w *Word) {
	ix.all[i] = w
	ix.byID[w.ID] = w
	own := w.Tamil[:len(w.Tamil)-len(w.Also)] // what Also holds is never a keyword
	for _, list := range [...][]string{own, w.Roman, w.English} {
		for _, s := range list {
			ix.spelled[s] = spelled{w, w.IsKeyword()}
		}
	}
	for _, s := range w.Also {
		ix.spelled[s] = spelled{w, false}
	}
}

// Lookup finds the word of a spelling, in any of the three scripts and by exact code points, or nil. A spelling that
// names two words (services.md rule 25) answers the primary one: விகல்_குறி is திரள்_இணைப்பு (rule 9: with a
// block), நிலை_குறி is the reserved keyword; see Lookups. An "also accepted" spelling of a keyword is found too, but
// is no keyword: a lexer asks Keyword first.
func Lookup(spelling string) *Word { return vocabulary().spelled[spelling].word }

// Lookups finds every word of a spelling, the primary one first; nil when there is none. Only the overloads have two.
func Lookups(spelling string) []*Word {
	ix := vocabulary()
	if ws := ix.shared[spelling]; ws != nil {
		return []*Word{ws[0], ws[1]}
	}
	if w := ix.spelled[spelling].word; w != nil {
		return []*Word{w}
	}
	return nil
}

// Keyword finds the keyword of one of the 545 keyword spellings, or nil. Other accepted spellings of keywords (பணி for
// செயல், தரம் for வடிவம், வேண்டிய for கோரிக்கை …) are names unless the grammar finds them in place; Lookup finds
// those.
func Keyword(spelling string) *Word {
	if s := vocabulary().spelled[spelling]; s.keyword {
		return s.word
	}
	return nil
}

// ByID finds the word of an ID, or nil.
func ByID(id string) *Word { return vocabulary().byID[id] }

// All lists every word in the order of the vocabulary: keywords, builtins, service words. The answer must not be
// changed.
func All() []*Word { return vocabulary().all }

// Preferred answers the spelling that the tools recommend in place of an old or garbled one: the canonical one of the
// same script. It answers the spelling itself when that is canonical, is shared by two words, or names no word.
func Preferred(spelling string) string {
	ix := vocabulary()
	w := ix.spelled[spelling].word
	if w == nil || ix.shared[spelling] != nil {
		return spelling
	}
	for _, list := range [...][]string{w.Tamil, w.Roman, w.English} {
		for _, s := range list {
			if s == spelling {
				return list[0]
			}
		}
	}
	return spelling
}
