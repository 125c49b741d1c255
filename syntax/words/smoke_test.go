package words_test

import (
	"testing"

	"github.com/etamil-lang/etamil/syntax/words"
)

func TestLookupByEveryScript(t *testing.T) {
	t.Parallel()
	for spelling, id := range map[string]string{
		"எனில்": "If", "eZil": "If", "_if": "If", "நீளம்": "length", "nILam": "length", "_length": "length",
		"கேச்_பெறு": "cacheGet", "தேக்கம்_பெறு": "cacheGet", "விகல்_குறி": "poolWith", "நிலை_குறி": "StatusCode",
		"பணி": "Function", "ஒன்றிணை": "join", "_join": "Join", "paDil": "Response", "வெளியெண": "veLiyeNa_",
	} {
		w := words.Lookup(spelling)
		if w == nil || w.ID != id || words.ByID(id) != w {
			t.Errorf("Lookup(%q) = %v, want %s", spelling, w, id)
		}
	}
	if w := words.Lookup("𝒳"); w != nil {
		t.Errorf("Lookup of a stray letter = %v", w)
	}
}
