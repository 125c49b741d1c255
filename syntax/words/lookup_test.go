package words_test

import (
	"testing"

	"github.com/etamil-lang/etamil/syntax/words"
)

func TestLookupByEveryScript(t *testing.T) {
	t.Parallel()
	for spelling, id := range map[string]string{
		"எனில்": "If", "eZil": "If", "_if": "If", "நீளம்": "length", "nILam": "length", "_length": "length",
		"கேச்_பெறு": "cacheGet", "தேக்கம்_பெறு": "cacheGet", "kEc_peRu": "cacheGet", "பணி": "Function",
		"தரம்": "Shape", "சரம்": "StringType", "வேண்டிய": "Request", "உறவு_தொடர்பு": "DBConnect",
		"ஒன்றிணை": "join", "_join": "Join", "_joinText": "join", "paDil": "Response", "மறை": "Encrypt",
		"வெளியெண": "veLiyeNa_", "இணைப்பு": "connection", "குறி": "connection", "நிறுத்து": "break", "qotar": "continue",
	} {
		w := words.Lookup(spelling)
		if w == nil || w.ID != id || words.ByID(id) != w {
			t.Errorf("Lookup(%q) = %+v, want %s", spelling, w, id)
		}
	}
}

func TestLookupOfNoWord(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"", "𝒳", "👍🏽", "ஆதி", "_IF", "EZIL", "எனி", "எனில", "\u0baa\u0bc6\u0bbeருள்", " எனில்", "\xff",
	} {
		if w := words.Lookup(s); w != nil || words.Lookups(s) != nil || words.Keyword(s) != nil || words.ByID(s) != nil {
			t.Errorf("Lookup(%q) = %+v", s, w)
		}
		if got := words.Preferred(s); got != s {
			t.Errorf("Preferred(%q) = %q", s, got)
		}
	}
}

// TestOverloads holds services.md rule 25: the only spellings with two words, primary first.
func TestOverloads(t *testing.T) {
	t.Parallel()
	want := map[string][2]string{
		"விகல்_குறி": {"poolWith", "DBQuery"}, "நிலை_குறி": {"StatusCode", "nilYk_kuRi"},
	}
	for _, w := range words.All() {
		for _, s := range w.Tamil {
			list := words.Lookups(s)
			ids, shared := want[s]
			switch {
			case !shared && (len(list) != 1 || list[0] != w):
				t.Errorf("Lookups(%q) = %v", s, list)
			case shared && (len(list) != 2 || list[0].ID != ids[0] || list[1].ID != ids[1] || words.Lookup(s) != list[0]):
				t.Errorf("Lookups(%q) = %v, want %v", s, list, ids)
			}
		}
	}
	if w := words.Keyword("நிலை_குறி"); w == nil || w.ID != "StatusCode" {
		t.Errorf("நிலை_குறி must stay a keyword, found %v", w)
	}
}

func TestKeywordTakesNoOtherSpelling(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"பணி", "தரம்", "சரம்", "வேண்டிய", "பணர_வெளிப்பாடு", "விகல்_குறி", "நெட்வர்க்_மூடு", "நீளம்"} {
		if w := words.Keyword(s); w != nil {
			t.Errorf("Keyword(%q) = %s: the name must stay free", s, w.ID)
		}
	}
}

func TestPreferred(t *testing.T) {
	t.Parallel()
	for old, want := range map[string]string{
		"தேக்கம்_பெறு": "கேச்_பெறு", "paDil": "paqil", "பதில்": "பதில்", "_response": "_response", "vazhi": "vazi",
		"परीक्षा": "சோதனை", "விகல்_குறி": "விகல்_குறி", "நிலை_குறி": "நிலை_குறி", "eZil": "eZil",
	} {
		if got := words.Preferred(old); got != want {
			t.Errorf("Preferred(%q) = %q, want %q", old, got, want)
		}
	}
}

func BenchmarkLookup(b *testing.B) {
	for b.Loop() {
		words.Lookup("எனில்")
		words.Lookup("பயனர்கள்")
	}
}
