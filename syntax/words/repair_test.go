package words_test

import (
	"path/filepath"
	"regexp"
	"testing"

	"golang.org/x/text/unicode/norm"

	"github.com/etamil-lang/etamil/syntax/words"
)

func TestRepair(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in, out string
		mixed   bool
	}{
		{"சேனல்_உருவாக்க\u0941", "சேனல்_உருவாக்கு", true},
		{"உருவாக்க\u09C1", "உருவாக்கு", true},
		{"உருவாக்க\u0C41", "உருவாக்கு", true},
		{"முதல\u094D_தொடங்கு", "முதல்_தொடங்கு", true},
		{"முதல\u09CD", "முதல்", true},
		{"முதல\u0D4D", "முதல்", true},
		{"முன்பதிகமு\u0902_உருவாக்கு", "முன்பதிகமு_உருவாக்கு", true},
		{"முன்பதிகம\u0941\u0902", "முன்பதிகமு", true},
		{"கேச்_நிர்ண\u092F", "கேச்_நிர்ணய", true},
		{"பணர\u0966_வெளிப்பாடு", "பணர_வெளிப்பாடு", true},
		{"கமலம்", "கமலம்", false},
		{"vaNakkam_👍🏽𝒳", "vaNakkam_👍🏽𝒳", false},
		{"", "", false},
		{"க\u0902", "க\u0902", false}, // the nasal sign is dropped after ு only
		{"परीक्षा", "परीक्षा", false},
		{"வி\u0995ல்", "வி\u0995ல்", false}, // Bengali ka has no twin here
	} {
		out, mixed := words.Repair(c.in)
		if out != c.out || mixed != c.mixed {
			t.Errorf("Repair(%q) = %q, %v, want %q, %v", c.in, out, mixed, c.out, c.mixed)
		}
	}
}

func TestHasForeign(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{
		"": false, "வணக்கம்": false, "vaNakkam": false, "👍🏽": false, "𝒳": false, "é": false, "௧௨": false,
		"क": true, "க\u0941": true, "\u0966": true, "ক_a": true, "తె": true, "ಕ": true, "മ": true, "ග": true,
		"।": false, "॥": false, "\u200C": false,
	} {
		if got := words.HasForeign(s); got != want {
			t.Errorf("HasForeign(%q) = %v", s, got)
		}
	}
}

// seedWords is what each word of the user's programs that holds letters of other scripts must mean (services.md).
var seedWords = map[string]struct{ id, name string }{
	"சேனல்_உருவாக்க\u0941":                        {"channelCreate", "சேனல்_உருவாக்கு"},
	"விகல்_உருவாக்க\u0941":                        {"poolCreate", "விகல்_உருவாக்கு"},
	"முன்பதிகமு\u0902":                            {"", "முன்பதிகமு"},
	"முன்பதிகமு\u0902_உருவாக்கு":                  {"depsCreate", "முன்பதிகமு_உருவாக்கு"},
	"கேச்_உருவாக்க\u0941":                         {"cacheCreate", "கேச்_உருவாக்கு"},
	"கேச்_நிர்ண\u092F":                            {"cacheSet", "கேச்_நிர்ணய"},
	"পণ_বন":                                       {"paNa_pana", ""},
	"সিগন্যাল_SIGTERM":                            {"cYkY_SIGTERM", ""},
	"வி\u0995\u0932\u0D4D_மூட\u09C1":              {"poolClose", ""},
	"নেটव\u0930\u09CD\u0915\u094D_\u09AEூட\u0C41": {"StopServer", ""},
	"परीक्षा":                                     {"test", ""},
	"प्रतिक्रिया":                                 {"vitY", ""},
	"क्याप्ति_प्रेषण":                             {"testRequest", ""},
	"परीक्षा_सामन्स":                              {"assertEqual", ""},
	"स्थिति":                                      {"nilYk_kuRi", ""},
	"परीक्षा_चलाओ":                                {"runTests", ""},
	"விகல\u094D_குறி":                             {"poolWith", "விகல்_குறி"},
	"பணர\u0966_வெளிப்பாடு":                        {"PathParam", "பணர_வெளிப்பாடு"},
	"முதல\u094D_தொடங்கு":                          {"appStart", "முதல்_தொடங்கு"},
}

// TestSeedWords reads the user's own programs, letter for letter: each word in them with letters of other scripts
// resolves to what services.md says.
func TestSeedWords(t *testing.T) {
	t.Parallel()
	word := regexp.MustCompile(`[A-Za-z_\x{0900}-\x{0DFF}][A-Za-z0-9_\x{0900}-\x{0DFF}]*`)
	files, err := filepath.Glob("testdata/seed/*.qmz")
	if err != nil || len(files) != 16 {
		t.Fatalf("%d seed files, want 16 (%v)", len(files), err)
	}
	seen := map[string]bool{}
	for _, file := range files {
		for _, s := range word.FindAllString(read(t, file), -1) {
			if !words.HasForeign(s) {
				continue
			}
			seen[s] = true
			want, listed := seedWords[s]
			if !listed {
				t.Errorf("%s: %q is not listed", file, s)
				continue
			}
			if want.name == "" {
				want.name = s
			}
			w, name, mixed := words.Resolve(s)
			id := ""
			if w != nil {
				id = w.ID
			}
			if id != want.id || name != want.name || !mixed {
				t.Errorf("%s: Resolve(%q) = %q, %q, %v, want %q, %q", file, s, id, name, mixed, want.id, want.name)
			}
		}
	}
	if len(seen) != len(seedWords) {
		t.Errorf("the seed files hold %d such words, %d are listed", len(seen), len(seedWords))
	}
}

func TestResolveOfOrdinaryWords(t *testing.T) {
	t.Parallel()
	if w, name, mixed := words.Resolve("eZil"); w == nil || w.ID != "If" || name != "eZil" || mixed {
		t.Errorf("Resolve(eZil) = %v, %q, %v", w, name, mixed)
	}
	if w, name, mixed := words.Resolve("ஆதி"); w != nil || name != "ஆதி" || mixed {
		t.Errorf("Resolve(ஆதி) = %v, %q, %v", w, name, mixed)
	}
	if w, name, mixed := words.Resolve("नमस्ते"); w != nil || !words.HasForeign(name) || !mixed {
		t.Errorf("Resolve(नमस्ते) = %v, %q, %v", w, name, mixed)
	}
}

// FuzzRepair holds that a repair leaves no foreign letter, changes nothing else, and is done in one step.
func FuzzRepair(f *testing.F) {
	for s := range seedWords {
		f.Add(s)
	}
	f.Add("வணக்கம்")
	f.Add("x\xff\u0941")
	f.Fuzz(func(t *testing.T, s string) {
		out, mixed := words.Repair(s)
		switch {
		case mixed && words.HasForeign(out):
			t.Fatalf("Repair(%q) = %q is foreign still", s, out)
		case mixed && !words.HasForeign(s), !mixed && out != s:
			t.Fatalf("Repair(%q) = %q, %v", s, out, mixed)
		}
		if again, more := words.Repair(out); mixed && (more || again != out) {
			t.Fatalf("Repair(%q) repairs once more to %q", out, again)
		}
		if w, name, _ := words.Resolve(s); w != nil && norm.NFC.IsNormalString(s) && len(words.Lookups(name)) == 0 {
			t.Fatalf("Resolve(%q) = %s under a name that is no spelling: %q", s, w.ID, name)
		}
	})
}
