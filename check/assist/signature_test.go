package assist

import (
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/check/diag"
)

// signatures are a place |, and the label that is wanted with its active parameter in [ ]; "" is none.
var signatures = []struct{ src, want string }{
	{library + `"𝒳"; அச்சு கூட்டு(|`, "கூட்டு([அ: எண்], ஆ: எண்): எண்"},
	{library + `"𝒳"; அச்சு கூட்டு(1, |`, "கூட்டு(அ: எண், [ஆ: எண்]): எண்"},
	{library + `"𝒳"; அச்சு கூட்டு(1, |);`, "கூட்டு(அ: எண், [ஆ: எண்]): எண்"},
	{library + `"𝒳"; கூட்டு(நீளம்("a, b"), |);`, "கூட்டு(அ: எண், [ஆ: எண்]): எண்"},
	{library + `"𝒳"; கூட்டு(நீளம்(|`, "நீளம்([மதிப்பு: அணி|பொருள்|சொல்]): எண்"},
	{library + `"𝒳"; கூட்டு(1 + (2|), 3);`, "கூட்டு([அ: எண்], ஆ: எண்): எண்"},
	{library + `"𝒳"; கூட்டு(1, 2, |`, "கூட்டு(அ: எண், ஆ: எண்): எண்"},
	{library + `"𝒳"; கூட்டு(1, 2)|;`, ""},
	{library + `"𝒳"; அச்சு ஒருவர்.வாழ்த்து(|`, "ஆள்.வாழ்த்து([முன்: சொல்]): சொல்"},
	{library + `"𝒳"; அச்சு ஆள்.வாழ்த்து(ஒருவர், |`, "ஆள்.வாழ்த்து(இது, [முன்: சொல்]): சொல்"},
	{library + `செயல் f(x) { "𝒳"; x.வாழ்த்து(|`, "ஆள்.வாழ்த்து([முன்: சொல்]): சொல்"},
	{library + `"𝒳"; ப = ஆள்(|);`, "ஆள்([பொருள்])"},
	{library + "வேறு = கூட்டு;\n" + `"𝒳"; அச்சு வேறு(1, |);`, "கூட்டு(அ: எண், [ஆ]): எண்"},
	{`"𝒳"; மெட்ரிக்_எண் |`, "மெட்ரிக்_எண் [பெயர்: சொல்], எண்: எண், [குறிகள்: பொருள்]"},
	{`மெட்ரிக்_எண் "𝒳", |`, "மெட்ரிக்_எண் பெயர்: சொல், [எண்: எண்], [குறிகள்: பொருள்]"},
	{`மெட்ரிக்_எண் "𝒳, |`, "மெட்ரிக்_எண் [பெயர்: சொல்], எண்: எண், [குறிகள்: பொருள்]"},
	{`தளம்_வினா "𝒳", [|`, "தளம்_வினா வினா: சொல், [[அளவுருக்கள்: அணி]], மாறி: பெயர்"},
	{`தளம்_வினா("𝒳", |`, "தளம்_வினா(வினா: சொல், [[அளவுருக்கள்: அணி]]): அணி<பொருள்>"},
	{`"𝒳"; பதில் 200, |`, "பதில் நிலைக்_குறி: எண், [உடலுரை: ஏதும்], [தலைப்புகள்: பொருள்]"},
	{`"𝒳"; வழி பெறு, "|" {}`, "வழி முறை: பெயர், [பாதை: சொல்], [காவல்: அணி<சொல்>]"},
	{`"𝒳"; வழி பெறு, "/" { | }`, ""},
	{`// 𝒳 நீளம்(|`, ""},
	{`"𝒳"; (நீளம்("") > |`, ""},
	{`"𝒳"; |`, ""},
	{`accu "𝒳"; accu nILam(|`, "nILam([மதிப்பு: அணி|பொருள்|சொல்]): எண்"},
	{library + `"𝒳"; அச்சு கூட்டு(செயல்(க) { திரும்பு |`, ""},
}

func TestSignature(t *testing.T) {
	t.Parallel()
	for _, c := range signatures {
		got := New().Signature(indexed(placeOf(t, c.src)), Options{Lang: diag.Tamil})
		if len(got.List) == 0 {
			if c.want != "" {
				t.Errorf("%s: none, want %s", c.src, c.want)
			}
			continue
		}
		s := got.List[got.Active]
		label := s.Label
		if s.Active >= 0 && s.Active < len(s.Params) {
			p := s.Params[s.Active]
			label = label[:p.Start] + "[" + label[p.Start:p.End] + "]" + label[p.End:]
		}
		if label != c.want {
			t.Errorf("%s: %s, want %s", c.src, label, c.want)
		}
		for i, p := range s.Params {
			if p.Start < 0 || p.End > len(s.Label) || p.Start >= p.End || i >= len(s.Docs) {
				t.Errorf("%s: parameter %d at %v of %q", c.src, i, p, s.Label)
			}
		}
	}
}

// TestSignatureDocs holds that a signature brings the comment above its function, and a word its help in both languages.
func TestSignatureDocs(t *testing.T) {
	t.Parallel()
	own := New().Signature(indexed(placeOf(t, library+`"𝒳"; கூட்டு(|`)), Options{})
	if doc := own.List[0].Doc.Plain(); !strings.Contains(doc, "இரண்டு எண்களைக்") {
		t.Errorf("function: %q", doc)
	}
	word := New().Signature(indexed(placeOf(t, `"𝒳"; நீளம்(|`)), Options{})
	if doc := word.List[0].Doc.Plain(); strings.Count(doc, "\n\n") != 1 {
		t.Errorf("word: %q", doc)
	}
}
