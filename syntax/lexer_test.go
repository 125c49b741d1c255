package syntax

import (
	"strings"
	"testing"
)

// kindsText lists the kinds and texts of tokens.
func kindsText(tokens []Token) string {
	var out []string
	for _, t := range tokens {
		if !t.EOF() {
			out = append(out, kindNames[t.Type]+":"+t.Value)
		}
	}
	return strings.Join(out, " ")
}

func codesText(faults []Fault) string {
	var out []string
	for _, f := range faults {
		out = append(out, f.Code)
	}
	return strings.Join(out, " ")
}

func TestLex(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, src, tokens, codes string }{
		{"nothing", "", "", ""},
		{"spaces and comments", " \t\f\n// அ = 1;\n//", "", ""},
		{"longest match", "வரியை வரி எண்ணி எண்", "Ident:வரியை Word:வரி Ident:எண்ணி KwNumber:எண்", ""},
		{"three scripts", "எனில் eZil _if _print accu", "KwIf:எனில் KwIf:eZil KwIf:_if KwPrint:_print KwPrint:accu", ""},
		{"case matters", "eNil Accu", "Ident:eNil Ident:Accu", ""},
		{"Tamil digits are letters", "௧௨ a௧ 1௧", "Ident:௧௨ Ident:a௧ Number:1 Ident:௧", ""},
		{"a vowel sign starts a name", "ா = 1;", "Ident:ா Assign:= Number:1 Semi:;", ""},
		{"names end in a pulli or a sign", "க் கௌ ஸ்ரீ க்ஷ", "Ident:க் Ident:கௌ Ident:ஸ்ரீ Ident:க்ஷ", ""},
		{"numbers", "1 1.50 18% .5 5. 1e5 1_000", "Number:1 Number:1.50 Percent:18% Dot:. Number:5 Number:5 Dot:. Number:1 Ident:e5 Number:1 Ident:_000", ""},
		{"percent needs its number", "20 % 5.0%", "Number:20 Invalid:% Percent:5.0%", "E0010"},
		{"symbols", "= == != < <= > >= + - * / & ? : , ; . ..", "Assign:= Eq:== Ne:!= Lt:< Le:<= Gt:> Ge:>= Plus:+ Minus:- Star:* Slash:/ Amp:& Quest:? Colon:: Comma:, Semi:; Dot:. Spread:..", ""},
		{"no block comment", "/* a */", "Slash:/ Star:* Ident:a Star:* Slash:/", ""},
		{"text", `"க்ஷ 👍🏽 𝒳" "a\"b\\" ""`, `Text:"க்ஷ 👍🏽 𝒳" Text:"a\"b\\" Text:""`, ""},
		{"text over lines", "\"a\nb\" & x", "Text:\"a\nb\" Amp:& Ident:x", ""},
		{"text over lines before a word", "\"a\nb\" மற்றும் x", "Text:\"a\nb\" KwAnd:மற்றும் Ident:x", ""},
		{"open text", "x = \"a;\ny = \"b\";", "Ident:x Assign:= BadText:\"a; Ident:y Assign:= Text:\"b\" Semi:;", "E0005"},
		{"open text at the end", "\"a", "BadText:\"a", "E0005"},
		{"backslash at a line's end", "\"a\\\nb\";", "Text:\"a\\\nb\" Semi:;", "E0022"},
		{"lone carriage return", "a\rb", "Ident:a Invalid:\r Ident:b", "E0007"},
		{"joiner", "க\u200dஷ", "Ident:க Invalid:\u200d Ident:ஷ", "E0008"},
		{"no-break space", "a\u00a0b", "Ident:a Invalid:\u00a0 Ident:b", "E0009"},
		{"emoji and astral letters", "👍🏽 𝒳", "Invalid:👍🏽 Invalid:𝒳", "E0006 E0006"},
		{"accents", "é", "Invalid:é", "E0006"},
		{"stray characters", "@ ^ ~", "Invalid:@ Invalid:^ Invalid:~", "E0006 E0006 E0006"},
		{"signs of logic", "!a || b | c", "Invalid:! Ident:a Invalid:|| Ident:b Invalid:| Ident:c", "E0034 E0034 E0034"},
		{"other comments", "# கௌ 👍🏽 'x\nஅ", "Invalid:# கௌ 👍🏽 'x Ident:அ", "E0033"},
		{"other quotes", "'கௌ 👍🏽' “a b” ‘𝒳’ `x`", "Invalid:'கௌ 👍🏽' Invalid:“a b” Invalid:‘𝒳’ Invalid:`x`", "E0032 E0032 E0032 E0032"},
		{"other quotes left open", "'a\nb ”", "Invalid:' Ident:a Ident:b Invalid:”", "E0032 E0032"},
		{"other quotes around quotes", `'a"'`, `Invalid:'a"'`, "E0032"},
		{"nul", "a\x00", "Ident:a Invalid:\x00", "E0016"},
		{"danda is no letter", "क।", "Ident:क Invalid:।", "E0011 E0006"},
		{"whole foreign word", "परीक्षा", "Word:परीक्षा", "W0001"},
		{"mixed script", "சொ\u0cb2்", "Ident:சொ\u0cb2்", "E0011"},
		{"mixed script that can be read", "அச்சु", "KwPrint:அச்சु", "W0001"},
		{"decomposed keyword", "ச\u0bc6\u0bbeல்", "Ident:ச\u0bc6\u0bbeல்", "W0002"},
		{"largest number", "79228162514264337593543950335 79228162514264337593543950335.49", "Number:79228162514264337593543950335 Number:79228162514264337593543950335.49", ""},
		{"too large", "79228162514264337593543950336", "Number:79228162514264337593543950336", "E0012"},
		{"too large by rounding", "79228162514264337593543950335.5", "Number:79228162514264337593543950335.5", "E0012"},
		{"leading zeros", "000000000000000000000000000000000000012", "Number:000000000000000000000000000000000000012", ""},
		{"other spelling of a keyword", "பணி தரம் சரம்", "Word:பணி Word:தரம் Word:சரம்", ""},
		{"reserved", "வரிசை உடல் col", "KwReserved:வரிசை KwReserved:உடல் KwString:col", ""},
	} {
		tokens, faults := Lex(c.src)
		checkTokens(t, c.src, tokens)
		if got := kindsText(tokens); got != c.tokens {
			t.Errorf("%s: %q\n got %s\nwant %s", c.name, c.src, got, c.tokens)
		}
		if got := codesText(faults); got != c.codes {
			t.Errorf("%s: %q: faults %q, want %q", c.name, c.src, got, c.codes)
		}
	}
}

// Contextual words are words only in their places.
func TestContextualWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ src, kind, word string }{
		{"முயல் { }", "KwTry", "முயல்"},
		{"x = முயல் { }", "Word", "முயல்"},
		{"முயல் = 1;", "Word", "முயல்"},
		{"முயல் { } பிழை { }", "KwCatch", "பிழை"},
		{"முயல் { } பிழை(e) { }", "KwCatch", "பிழை"},
		{"முயல் { {a: 1}; } பிழை(e) { }", "KwCatch", "பிழை"},
		{"{ } பிழை(e) { }", "Word", "பிழை"},
		{"முயல் { } பிழை = 1;", "Word", "பிழை"},
		{"முயல் { } பிழை(1) { }", "Word", "பிழை"},
		{"முயல் { } இறுதியில் { }", "KwFinally", "இறுதியில்"},
		{"முயல் { } பிழை { } இறுதியில் { }", "KwFinally", "இறுதியில்"},
		{"{ } இறுதியில் { }", "Word", "இறுதியில்"},
		{"(3) மீள்முயல் { }", "KwRetry", "மீள்முயல்"},
		{"மீள்முயல் { }", "Word", "மீள்முயல்"},
		{"(3) காலவரம்பு { }", "KwTimeout", "காலவரம்பு"},
		{"காலவரம்பு(3);", "Word", "காலவரம்பு"},
		{"பின்னணி செயல் f() { }", "KwAsync", "பின்னணி"},
		{"பின்னணி = 1;", "Word", "பின்னணி"},
		{"ஒத்திசையா ceyal f() { }", "KwAsync", "ஒத்திசையா"},
		{"_try { } _catch { }", "KwCatch", "_catch"},
	} {
		tokens, _ := Lex(c.src)
		found := false
		for _, tok := range tokens {
			if tok.Value == c.word {
				found = true
				if kindNames[tok.Type] != c.kind {
					t.Errorf("%s: %s is %s, want %s", c.src, c.word, kindNames[tok.Type], c.kind)
				}
			}
		}
		if !found {
			t.Errorf("%s: no token %s", c.src, c.word)
		}
	}
}

func TestEveryOddWordIsReported(t *testing.T) {
	t.Parallel()
	_, faults := Lex("அச்சु 1; அச்சु 2; அச்சु 3;")
	if len(faults) != 3 || faults[2].Fix != "அச்சு" || !faults[2].HasFix {
		t.Errorf("%v", faults)
	}
}

func TestForeignWordSuggestsTamil(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{"सोदनै": "சோதனை", "క్షక": "க்ஷக", "आदि": "ஆதி"} {
		_, faults := Lex(src)
		if len(faults) != 1 || faults[0].Code != CodeForeign || faults[0].Args[1] != want {
			t.Errorf("%s: %v, want %s", src, faults, want)
		}
	}
}

func TestDecodeText(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`வணக்கம்`: "வணக்கம்", `a\nb\tc\rd`: "a\nb\tc\rd", `\"\\`: `"\`, `\q\u0b95`: `\q\u0b95`, `👍🏽\n𝒳`: "👍🏽\n𝒳", `\`: `\`,
	} {
		if got := decodeText(body); got != want {
			t.Errorf("%q: got %q, want %q", body, got, want)
		}
	}
}

// Errors stay visible behind any number of warnings.
func TestWarningsDoNotHideErrors(t *testing.T) {
	t.Parallel()
	for _, many := range []string{"அச்சु 1; ", "; ", "எண் அச்சு 1; "} {
		f := Parse("w", []byte(strings.Repeat(many, 2*MaxFaults)+"அ = @;"))
		if !f.HasErrors() || len(f.Faults) != MaxFaults {
			t.Errorf("%s: %d faults, error %v", many, len(f.Faults), f.HasErrors())
		}
		f = Parse("w", []byte(strings.Repeat(many, 2*MaxFaults)+"அ = ;"))
		if !f.HasErrors() {
			t.Errorf("%s: the parser's error is lost", many)
		}
	}
}
