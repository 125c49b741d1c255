package words

import "sync"

// index finds words by spelling and by ID.
type index struct {
	all     []*Word
	byID    map[string]*Word
	spelled map[string][]*Word // primary first
	keyword map[string]*Word   // the 545 keyword spellings only
}

// vocabulary is built on first use, so that a program that needs no words pays nothing.
var vocabulary = sync.OnceValue(func() *index {
	ix := &index{
		all:     make([]*Word, len(table)),
		byID:    make(map[string]*Word, len(table)),
		spelled: make(map[string][]*Word, numSpellings),
		keyword: make(map[string]*Word, numKeywordSpellings),
	}
	lists := make([]*Word, 0, numSpellings) // one backing array for the one-word lists
	for i := range table {
		w := &table[i]
		ix.all[i] = w
		ix.byID[w.ID] = w
		for _, list := range [...][]string{w.Tamil, w.Roman, w.English} {
			for _, s := range list {
				lists = append(lists, w)
				ix.spelled[s] = lists[len(lists)-1 : len(lists) : len(lists)]
			}
		}
		if w.IsKeyword() {
			ix.addKeyword(w)
		}
	}
	for _, o := range overloads {
		ix.spelled[o.spelling] = []*Word{ix.byID[o.first], ix.byID[o.second]}
	}
	return ix
})

// addKeyword enters the spellings under which a keyword is one: all but those of Also.
func (ix *index) addKeyword(w *Word) {
	for _, list := range [...][]string{w.Tamil[:len(w.Tamil)-len(w.Also)], w.Roman, w.English} {
		for _, s := range list {
			ix.keyword[s] = w
		}
	}
}

// overload is a spelling that names two words.
type overload struct{ spelling, first, second string }

// Lookup finds the word of a spelling, in any of the three scripts and by exact code points, or nil. A spelling that
// names two words (services.md rule 25) answers the primary one: விகல்_குறி is திரள்_இணைப்பு (rule 9: with a
// block), நிலை_குறி is the reserved keyword; see Lookups. An "also accepted" spelling of a keyword is found too, but is no
// keyword: a lexer asks Keyword first.
func Lookup(spelling string) *Word {
	if ws := vocabulary().spelled[spelling]; len(ws) > 0 {
		return ws[0]
	}
	return nil
}

// Lookups finds every word of a spelling, the primary one first; nil when there is none. The answer must not be
// changed.
func Lookups(spelling string) []*Word { return vocabulary().spelled[spelling] }

// Keyword finds the keyword of one of the 545 keyword spellings, or nil. Other accepted spellings of keywords (பணி for
// செயல், தரம் for வடிவம், வேண்டிய for கோரிக்கை …) are names unless the grammar finds them in place; Lookup finds those.
func Keyword(spelling string) *Word { return vocabulary().keyword[spelling] }

// ByID finds the word of an ID, or nil.
func ByID(id string) *Word { return vocabulary().byID[id] }

// All lists every word in the order of the vocabulary: keywords, builtins, service words. The answer must not be
// changed.
func All() []*Word { return vocabulary().all }
