package assist

import (
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/check/index"
)

func indexed(p Place) Place {
	p.Index = index.NewBuilder().Build(p.Program, p.Info)
	return p
}

const library = `// 𝒳 மக்களின் விவரம்
வடிவம் ஆள் {
    சொல் பெயர், // 👍🏽 முழுப் பெயர்
    எண் வயது,
    செயல் வாழ்த்து(இது, சொல் முன்) சொல் { திரும்பு முன் & இது.பெயர்; }
}

// கூட்டு இரண்டு எண்களைக் கூட்டும்.
// ------------
// 𝒳 எடுத்துக்காட்டு: கூட்டு(1, 2)
செயல் கூட்டு(எண் அ, ஆ) { திரும்பு அ + ஆ; }
நிலை உச்சம் = 100; // மிக அதிகம்
ஒருவர் = ஆள்{பெயர்: "மதி", வயது: கூட்டு(1, 2)};
`

// hovers are a place |, and what the explanation must hold, each between quotes; "-" before what it must not hold.
var hovers = []struct {
	src  string
	want []string
}{
	{library + `"𝒳"; அச்சு கூட்|டு(1, 2);`, []string{"செயல் கூட்டு(அ: எண், ஆ: எண்): எண்", "kUttu (koottu)", "இரண்டு எண்களைக் கூட்டும்", "எடுத்துக்காட்டு", "வரி 11", "------"}},
	{library + `"𝒳"; ப = ஆ|ள்{};`, []string{"வடிவம் ஆள் {", "பெயர்: சொல்", "செயல் வாழ்த்து(இது, முன்: சொல்): சொல்", "மக்களின் விவரம்"}},
	{library + `"𝒳"; அச்சு ஒருவர்.பெ|யர்;`, []string{"ஆள்.பெயர்: சொல்", "👍🏽 முழுப் பெயர்", "வரி 3"}},
	{library + `"𝒳"; அச்சு ஒருவர்.வாழ்|த்து("");`, []string{"செயல் ஆள்.வாழ்த்து(இது, முன்: சொல்): சொல்"}},
	{library + `"𝒳"; அச்சு ஒரு|வர்;`, []string{"ஒருவர்: ஆள்", "மாறி", "வடிவம் ஆள் {", "வயது: எண்", "oruvar"}},
	{library + `"𝒳"; அச்சு உச்ச|ம்;`, []string{"உச்சம்: எண்", "நிலை உச்சம் = 100; // மிக அதிகம்", "வரி 12"}},
	{library + `செயல் f(எண் க) { "𝒳"; திரும்பு க|; }`, []string{"க: எண்", "அளவுரு"}},
	{`"𝒳"; அச்சு நீ|ளம்("");`, []string{"நீளம்(மதிப்பு: அணி|பொருள்|சொல்): எண்", "நீளம் · nILam (neelam) · _length", "உள்ளமைந்த செயல்"}},
	{`"𝒳"; அச்சு nI|Lam("");`, []string{"நீளம் · nILam"}},
	{`"𝒳"; அச்|சு 1;`, []string{"அச்சு · accu (achu) · _print", "ஒதுக்கிய சொல்"}},
	{`"𝒳"; (மெய்) எனி|ல் {}`, []string{"எனில் · eZil (enil) · _if"}},
	{`"𝒳"; அச்சு 18|%;`, []string{"18% = 0.18"}},
	{`"𝒳"; அச்சு 12345|67.50;`, []string{"1234567.50 = 12,34,567.50"}},
	{`"𝒳"; அச்சு 0.5|%;`, []string{"0.5% = 0.005"}},
	{`"𝒳"; அச்சு "வணக்|கம் 👍🏽\n";`, []string{"8 எழுத்துகள்"}},
	{`"𝒳"; வ|ழி பெறு, "/ஆள்/:எண்", ["auth"] { பதில் 200, 1; }`, []string{"GET /ஆள்/:எண்", "param_எண்", "auth"}},
	{`வழி பதி, "/ஆள்/:எண்|" { பதில் 200, "𝒳"; }`, []string{"POST /ஆள்/:எண்"}},
	{"வழி பதி, \"/𝒳\" { பதில் 200, query_par|ams; }", []string{"query_params", "வழங்கி தரும் மாறி"}},
	{"ப = {பெயர்: \"𝒳\"};\nஅச்சு ப.பெ|யர்;", []string{"பெயர்: சொல்"}},
	{"தளம்_செய் \"CREATE TABLE மக்கள் (பெயர் TEXT, வயது INTEGER)\", [];\n\"𝒳\"; தளம்_வினா \"SELECT * FROM மக்|கள் WHERE வயது > ?\", [1], அ;", []string{"மக்கள் (பெயர், வயது)", "அளவுருக்கள்: 1"}},
	{"நீளம் = \"𝒳\"; அச்சு நீள|ம்;", []string{"நீளம்: சொல்", "மாறி"}},
}

func TestHover(t *testing.T) {
	t.Parallel()
	for _, c := range hovers {
		p := indexed(placeOf(t, c.src))
		text, at, ok := New().Hover(p, Options{Lang: diag.Tamil})
		if !ok {
			t.Errorf("%s: nothing to tell", c.src)
			continue
		}
		src := p.Program.Files[0].Src
		if at.Start > p.Offset || at.End < p.Offset || at.Start >= at.End || at.End > len(src) {
			t.Errorf("%s: stands at %v, asked at %d", c.src, at, p.Offset)
		}
		plain := text.Plain()
		for _, w := range c.want {
			if has := strings.Contains(plain, w); has == (w == "------") {
				t.Errorf("%s: %q in\n%s", c.src, w, plain)
			}
		}
		if english, _, _ := New().Hover(p, Options{Lang: diag.English}); english.Plain() == "" {
			t.Errorf("%s: nothing in English", c.src)
		}
	}
}

func TestNoHover(t *testing.T) {
	t.Parallel()
	for _, src := range []string{"|", "// 𝒳 அச்|சு", `அச்சு "𝒳" |;`, "அச்சு (|1);\n\n|"[:len("அச்சு (|")] + " 1);"} {
		if text, _, ok := New().Hover(indexed(placeOf(t, src)), Options{}); ok {
			t.Errorf("%s: %s", src, text.Plain())
		}
	}
}

// TestText holds both renderings of an explanation.
func TestText(t *testing.T) {
	t.Parallel()
	var x Text
	x.code("அ = \"```\";")
	x.both(diag.Both, "தளம்_இணை <𝒳>", "a *b*")
	if got, want := x.Plain(), "அ = \"```\";\n\nதளம்_இணை <𝒳>\n\na *b*"; got != want {
		t.Errorf("plain: %q", got)
	}
	if got, want := x.Markdown(), "````etamil\nஅ = \"```\";\n````\n\nதளம்\\_இணை \\<𝒳\\>\n\na \\*b\\*"; got != want {
		t.Errorf("markdown: %q", got)
	}
}

// TestSpoken holds how words are said in common Latin letters.
func TestSpoken(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]string{
		"எழுத்து": "ezhuthu", "செயல்": "seyal", "அச்சு": "achu", "நீளம்": "neelam", "பங்கு": "pangu", "அஞ்சல்": "anjal",
		"வெற்றி": "vetri", "இன்றேல்": "indrael", "வடிவம்": "vadivam", "தளம்_இணை": "thalam_inai", "பந்து": "pandhu", "𝒳": "𝒳",
		"மகன்": "magan", "கௌரி": "kauri", "ஜஷஸஹ": "jashasaha",
	} {
		if got := Spoken(word); got != want {
			t.Errorf("%s is said %q, want %q", word, got, want)
		}
	}
}
