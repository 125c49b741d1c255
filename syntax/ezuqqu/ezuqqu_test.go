package ezuqqu_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/etamil-lang/etamil/syntax/ezuqqu"
	"github.com/etamil-lang/etamil/syntax/words"
)

func TestBothWays(t *testing.T) {
	t.Parallel()
	for tamil, roman := range map[string]string{
		"": "",
		"அஆஇஈஉஊஎஏஐஒஓஔஃ":  "aAiIuUeEYoOVh",
		"க்ங்ச்ஞ்ட்ண்":   "kwcWtN",
		"கங சஞட":         "kawa caWata",
		"கௌ கொ கோ கை":    "kV ko kO kY",
		"வணக்கம்":        "vaNakkam",
		"எழுத்து":        "ezuqqu",
		"க்ஷ்மி லக்ஷ்மி": "xmi laxmi",
		"பக்ஷி":          "paxi",
		"ஜஷஸஹ":           "jaSasaHa",
		"தளம்_இணை":       "qaLam_iNY",
		"சுருக்கம்_256":  "curukkam_256",
		"𝒳 👍🏽 _1":        "𝒳 👍🏽 _1",
		"ஸ்ரீ":           "srI",
		"அஃது":           "ahqu",
	} {
		if got := ezuqqu.FromTamil(tamil); got != roman {
			t.Errorf("FromTamil(%q) = %q, want %q", tamil, got, roman)
		}
		if got := ezuqqu.ToTamil(roman); got != tamil {
			t.Errorf("ToTamil(%q) = %q, want %q", roman, got, tamil)
		}
	}
}

// TestLosses holds the losses that the package comment names.
func TestLosses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ tamil, roman, back string }{
		{"க்அ", "ka", "க"},                                                  // a vowel letter after pulli
		{"pdf_ஆக்கு", "pdf_Akku", "ப்df_ஆக்கு"},                             // ASCII in a Tamil word
		{"\u0baa\u0bc6\u0bbeருள்", "pe\u0bberuL", "\u0baa\u0bc6\u0bbeருள்"}, // a sign in two parts stays in two parts
		{"ஶ௧ௐ", "ஶ௧ௐ", "ஶ௧ௐ"},                                               // not in the scheme
		{"ாக", "ாka", "ாக"},                                                 // a sign on nothing
	} {
		got := ezuqqu.FromTamil(c.tamil)
		if got != c.roman {
			t.Errorf("FromTamil(%q) = %q, want %q", c.tamil, got, c.roman)
		}
		if back := ezuqqu.ToTamil(got); back != c.back {
			t.Errorf("ToTamil(%q) = %q, want %q", got, back, c.back)
		}
	}
	if got := ezuqqu.ToTamil("kSi"); got != "க்ஷி" || ezuqqu.FromTamil(got) != "xi" {
		t.Errorf("ToTamil(kSi) = %q", got)
	}
}

// legacy lists the 19 romanised keyword spellings that are older than the scheme: they are mapped by table.
var legacy = map[string]string{
	"soqqu": "Asset", "matippIDu": "Valuation", "toqai": "Amount", "parivarttaZai": "Transaction",
	"kataZ_qIrppu": "Amortization", "matippuyarvu": "Appreciation", "mUlataZam": "Capital",
	"varumAZ_aRikkY": "IncomeStatement", "varumAZ_vari": "IncomeTax", "toguippu": "Collection",
	"taZik_vicY": "PrimaryKey", "iraqi_pulli": "Endpoint", "vazhi": "Route", "paDil": "Response", "talYppu": "Header",
	"uqal": "Body", "pAtY_aLavuru": "PathParam", "talY": "HttpHead", "vazawki_toqotawku": "StartServer",
}

// lossy lists the words whose romanised spelling does not read back: ASCII in the word, or a vowel letter after pulli
// (எக்ஸ்எம்எல்).
var lossy = map[string]bool{"cYkY_SIGTERM": true, "xmlParse": true, "xmlStringify": true}

func TestVocabularyFollowsTheScheme(t *testing.T) {
	t.Parallel()
	seen := 0
	for _, w := range words.All() {
		if got := ezuqqu.FromTamil(w.Tamil[0]); got != w.Roman[0] {
			t.Errorf("%s: FromTamil(%q) = %q, the table says %q", w.ID, w.Tamil[0], got, w.Roman[0])
		}
		if got := ezuqqu.ToTamil(w.Roman[0]); got != w.Tamil[0] && !lossy[w.ID] {
			t.Errorf("%s: ToTamil(%q) = %q, want %q", w.ID, w.Roman[0], got, w.Tamil[0])
		}
		for _, s := range w.Roman[1:] {
			if legacy[s] != w.ID {
				t.Errorf("%s: %q is no listed legacy spelling", w.ID, s)
			}
			seen++
		}
	}
	if seen != len(legacy) || seen != 19 {
		t.Errorf("%d legacy spellings of %d listed, want 19", seen, len(legacy))
	}
}

// FuzzRoundTrip holds that romanising is stable: what FromTamil wrote, read and written again, is the same.
func FuzzRoundTrip(f *testing.F) {
	for _, s := range []string{"வணக்கம்", "vaNakkam", "பக்ஷி_1", "க்அ", "கௌ👍🏽", "\xffக", "kSa", "x", "ாா"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		roman := ezuqqu.FromTamil(s)
		if utf8.ValidString(s) && !utf8.ValidString(roman) {
			t.Fatalf("FromTamil(%q) is not UTF-8: %q", s, roman)
		}
		if strings.Contains(roman, "kS") || strings.ContainsFunc(roman, isTamil) {
			return // the losses that the package comment names
		}
		if back := ezuqqu.FromTamil(ezuqqu.ToTamil(roman)); back != roman {
			t.Fatalf("%q romanises to %q, which comes back as %q", s, roman, back)
		}
	})
}

func isTamil(r rune) bool { return r >= 0x0B80 && r <= 0x0BFF }

func BenchmarkFromTamil(b *testing.B) {
	for b.Loop() {
		ezuqqu.FromTamil("வழங்கி_தொடங்கு")
	}
}
