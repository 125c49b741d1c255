package assist

import "testing"

// TestSoundsAlike holds that what people type for a word sounds like the word.
func TestSoundsAlike(t *testing.T) {
	t.Parallel()
	for word, typed := range map[string][]string{
		"செயல்":    {"ceyal", "seyal", "cheyal", "Seyal", "செயள்", "செய்யல்", "ஸெயல்", "CEYAL"},
		"வழி":      {"vazi", "vazhi", "vali", "Vazhi", "wazhi", "வளி", "வலி"},
		"அச்சு":    {"accu", "achu", "acchu", "assu"},
		"சுற்று":   {"cuRRu", "sutru", "chutru", "suttru", "surru", "சுற்றூ"},
		"இன்றேல்":  {"iZREl", "inrel", "indrel", "indrael", "இந்றேல்"},
		"திரும்பு": {"qirumpu", "thirumbu", "tirumbu", "thirumpu"},
		"நீளம்":    {"nILam", "neelam", "nilam", "niilam", "நிளம்"},
		"வடிவம்":   {"vativam", "vadivam", "Vadivam"},
		"இணை":      {"iNY", "inai", "innai"},
		"பங்கு":    {"pawku", "pangu", "panku"},
		"அஞ்சல்":   {"aWcal", "anjal", "anchal"},
		"பொருள்":   {"poruL", "porul", "பெ\u0bbeருள்"},
		"கௌ":       {"kV", "kau", "கெ\u0bd7"},
		"தளம்_இணை": {"qaLam_iNY", "thalam_inai", "dhalaminai"},
		"முயல்":    {"muyal", "moyal"},
		"𝒳செயல்":   {"𝒳seyal"},
	} {
		want := Sound(word)
		for _, s := range typed {
			if got := patternOf(s); got.sounds[0] != want && got.sounds[1] != want {
				t.Errorf("%s: %q sounds %q, %s sounds %q", word, s, got.sounds, word, want)
			}
		}
	}
}

// TestSoundsApart holds that the fold keeps apart what nobody mixes up.
func TestSoundsApart(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{{"செயல்", "முயல்"}, {"வழி", "வடி"}, {"எண்", "ஏழு"}, {"மெய்", "பொய்"}, {"அணி", "ஆதி"}, {"𝒳", "👍🏽"}} {
		if Sound(pair[0]) == Sound(pair[1]) {
			t.Errorf("%s and %s both sound %q", pair[0], pair[1], Sound(pair[0]))
		}
	}
}
