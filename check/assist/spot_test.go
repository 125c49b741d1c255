package assist

import (
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/syntax"
)

var situationNames = [...]string{
	inNothing: "nothing", inName: "name", inText: "text", inStatement: "statement", inExpr: "value", inOperator: "operator",
	inMember: "member", inType: "type", inResult: "result", inKey: "key", inField: "field", inCondWord: "condition",
	inEach: "each", inMethod: "method", inDriver: "driver", inImport: "import", inAsync: "async",
}

// caret takes the marker | out of a source.
func caret(t *testing.T, src string) (string, int) {
	t.Helper()
	at := strings.Index(src, "|")
	if at < 0 || strings.Count(src, "|") != 1 {
		t.Fatalf("want one caret: %s", src)
	}
	return src[:at] + src[at+1:], at
}

func TestSituations(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		`|`: "statement",
		`அச்சு "𝒳👍🏽"; செ|`:    "statement",
		`அச்சு |`:             "value",
		`அச்சு "𝒳"; // செ|`:   "nothing",
		`// 𝒳 செ|`:            "nothing",
		`அச்சு "// 𝒳 செ|";`:   "text",
		`அச்சு "𝒳 செ|`:        "text",
		"அச்சு \"𝒳\n|":        "nothing",
		`அச்சு "𝒳"|;`:         "operator",
		`அ = |`:               "value",
		`அ = 5|`:              "nothing",
		`அ = 5 |`:             "operator",
		`அ = "𝒳" & |`:         "value",
		`அ = ப.|`:             "member",
		`அ = ப.பெ|;`:          "member",
		`அ = ப[0].|`:          "member",
		`(அ > 1) |`:           "condition",
		`(அ > 1) எனில் { |`:   "statement",
		`(அ > 1) எனில் { } |`: "statement",
		`(அ > 1) எனில் { } இன்றேல் { |`: "statement",
		`(|`:             "value",
		`செயல் |`:        "name",
		`செயல் கூட்டு(|`: "type",
		`செயல் கூட்டு(எண் |`:                     "name",
		`செயல் கூட்டு(எண் அ, |`:                  "type",
		`செயல் கூட்டு(அ: |`:                      "type",
		`செயல் கூட்டு(எண் அ) |`:                  "result",
		`செயல் கூட்டு(எண் அ) எண் { |`:            "statement",
		`செயல் கூட்டு(எண் அ) எண் { திரும்பு |`:   "value",
		`அ = செயல்(ப) { |`:                       "statement",
		`வடிவம் |`:                               "name",
		`வடிவம் வடி { |`:                         "field",
		`வடிவம் வடி { எண் |`:                     "name",
		`வடிவம் வடி { எண் அ, |`:                  "field",
		`வடிவம் வடி { எண் அ |`:                   "operator",
		`வடிவம் வடி { அ: |`:                      "type",
		`வடிவம் வடி { செயல் பரப்பு(இது) எண் { |`: "statement",
		`ப = வடி{|`:                 "key",
		`ப = வடி{அ: |`:              "value",
		`ப = வடி{அ: 1, |`:           "key",
		`ப = {|`:                    "key",
		`ப = {"𝒳": 1, |`:            "key",
		`அச்சு [1, |`:               "value",
		`கூட்டு(1, |`:               "value",
		`ஒவ்வொரு |`:                 "name",
		`ஒவ்வொரு அ |`:               "each",
		`ஒவ்வொரு அ இல் |`:           "value",
		`ஒவ்வொரு அ இல் ப { |`:       "statement",
		`வழி |`:                     "method",
		`வழி பெறு, "/𝒳" { |`:        "statement",
		`வழி பெறு, "/|`:             "text",
		`இறக்கு |`:                  "import",
		`இறக்கு "|";`:               "text",
		`தளம்_இணை |`:                "driver",
		`நிலை |`:                    "type",
		`நிலை எண் |`:                "name",
		`எண் |`:                     "name",
		`எண் அ = |`:                 "value",
		`பின்னணி |`:                 "async",
		`முயல் { |`:                 "statement",
		`முயல் { } |`:               "statement",
		`முயல் { } பிழை (பி) { |`:   "statement",
		`மெட்ரிக்_எண் |`:            "value",
		`பூட்டு_பிடி(பூ) { |`:       "statement",
		`கேச் = கேச்_உருவாக்கு { |`: "key",
		`அச்சு நீளம்(|`:             "value",
		`ceyal |`:                   "name",
		`(a > 1) |`:                 "condition",
		`ovvoru a il |`:             "value",
		`ceyal f(|`:                 "type",
		`அ = செயல்(ப) { திரும்பு ப; }; |`:         "statement",
		`அச்சு கோரிக்கை.|`:                        "member",
		`சோதனை "𝒳" { |`:                           "statement",
		`தடம் "𝒳" { |`:                            "statement",
		`(அ மற்றும் |`:                            "value",
		`இயக்கு = வடி{அ: 1}; இயக்கு.|`:            "member",
		`(3) மீள்முயல் { |`:                       "statement",
		"செயல் அ( { \n அச்சு |":                   "value",
		`}}} அச்சு |`:                             "value",
		`உள்ளிடு |`:                               "value",
		`பதில் 200, |`:                            "value",
		"முதல் = 1;\n\nமு|\n\nசெயல் இரண்டு() { }": "statement",
	} {
		src, at := caret(t, src)
		sp := spotOf(syntax.Parse("𝒳.qmz", []byte(src)), at)
		if got := situationNames[sp.is]; got != want {
			t.Errorf("%s: %s, want %s", src[:at]+"|"+src[at:], got, want)
		}
	}
}

// TestWords holds what a completion replaces: whole words, whole letters.
func TestWords(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		"அச்சு 𝒳 செய|ல்;":     "செய/ல்",
		"அச்சு செ|":           "செ/",
		"அச்சு க்|ஷ;":         "க்/ஷ",
		"அச்சு ச|ெயல்;":       "செ/யல்",
		"அச்சு 👍🏽|;":          "/",
		"அச்சு \U0001F44D|🏽;": "/",
		"அ = 12ab|c":          "ab/c",
		"அ = |":               "/",
		"_fu|":                "_fu/",
		"அ.|பெயர்":            "/பெயர்",
		"ஆ|\r\n":              "ஆ/",
		// A sign without a letter is no word, and the caret stays before it.
		"அ = [|ா;":  "/",
		"ப)|ி = 1;": "/",
	} {
		src, at := caret(t, src)
		sp := spotOf(syntax.Parse("x", []byte(src)), at)
		if got := sp.typed + "/" + sp.src[sp.at:max(sp.at, sp.word.End)]; got != want {
			t.Errorf("%q at %d: %q, want %q", src, at, got, want)
		}
		if sp.word.Start > at || sp.word.End < at {
			t.Errorf("%q at %d: the word is elsewhere: %v", src, at, sp.word)
		}
	}
}
