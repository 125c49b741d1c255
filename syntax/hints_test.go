package syntax

import (
	"strings"
	"testing"
)

// The slips and habits that the parser recognises: the faults of each program, what they mark and what cures them.
func TestHints(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ src, want string }{
		{"அச்சு \"👍🏽\"\nஅச்சு 2;", `E0028 "" fix ";"`},
		{"accu 𝒳_", `E0006 "𝒳"; E0028 "" fix ";"`},
		{"accu கௌ", `E0028 "" fix ";"`},
		{"அ = 1 ஆ = 2;", `E0028 "" fix ";"`},
		{"அச்சி \"வணக்கம்\";", `E0029 "அச்சி" fix "அச்சு"`},
		{"acchu \"x\";", `E0029 "acchu" fix "accu"`},
		{"Accu \"x\";", `E0029 "Accu" fix "accu"`},
		{"_prnt \"x\";", `E0029 "_prnt" fix "_print"`},
		{"செயல்பாடு கூட்டு(அ) { திரும்பு அ; }", `E0029 "செயல்பாடு" fix "செயல்"`},
		{"செயல் f() { திரும்ப 5; }", `E0029 "திரும்ப" fix "திரும்பு"`},
		{"ஒவ்வோரு x இல் [1] { அச்சு x; }", `E0029 "ஒவ்வோரு" fix "ஒவ்வொரு"`},
		{"(1 > 0) என்றால் { அச்சு 1; }", `E0029 "என்றால்" fix "எனில்"`},
		{"(எ < 3) சுற்றி { எ = எ + 1; }", `E0029 "சுற்றி" fix "சுற்று"`},
		{"(a < 3) cuRru { a = a + 1; }", `E0029 "cuRru" fix "cuRRu"`},
		{"while அ < 3 { அ = 1; }", `E0029 "while"`},
		{"for (i = 0; i < 3; i = 2) { }", `E0029 "for"; E0030 "=" fix "=="; E0001 ")"`},
		{"(அ = 1) எனில் { அச்சு 1; }", `E0030 "=" fix "=="`},
		{"f(கௌ = 1);", `E0030 "=" fix "=="`},
		{"செயல் f(எண் அ = 5) { }", `E0004 "="`},
		{"எனில் (அ > 0) { அச்சு 1; }", `E0031 "எனில்"`},
		{"அ > 0 eZil { accu 1; }", `E0031 "eZil"`},
		{"சுற்று (1 > 0) { அச்சு 1; }", `E0031 "சுற்று"`},
		{"அச்சு 'கௌ';", `E0032 "'கௌ'" fix "\"கௌ\""`},
		{"அச்சு “👍🏽” & x;", `E0032 "“👍🏽”" fix "\"👍🏽\""`},
		{"# குறிப்பு; 'அ\nஅச்சு 1;", `E0033 "#" fix "//"`},
		{"/* குறிப்பு */\nஅச்சு 1;", `E0033 "/*"`},
		{"(அ && ஆ) எனில் { }", `E0034 "&&" fix "மற்றும்"`},
		{"(!அ||ஆ) எனில் { }", `E0034 "!" fix "இல்லை "; E0034 "||" fix " அல்லது "`},
		{"அ++;", `E0034 "++"`},
		{"அ--;", `E0034 "--"`},
		{"அ += 2;", `E0034 "+="`},
		{"(அ === 2) எனில் { }", `E0034 "===" fix "=="`},
		{"அச்சு 1_000;", `E0035 "1_000"`},
		{"அச்சு 1e5;", `E0035 "1e5"`},
		{"அச்சு .5;", `E0035 ".5"`},
		{"அச்சு \"மொத்தம்\" தொகை;", `E0036 "தொகை"`},
		{"இன்றேல் { அச்சு 1; }", `E0037 "இன்றேல்"`},
		{"கூட்டு 5;", `E0038 "5"`},
		{"அச்சு \"open;\nஅச்சு 2;", `E0005 "\"open;"`},
		{"அச்சு (👍🏽கௌ, 2);", `E0039 "("; E0006 "👍🏽"`},
		{"x = (\"𝒳\", 2) + [1, , 2];", `E0039 "("; E0001 ","`},
	} {
		f := Parse("hint", []byte(c.src))
		checkFile(t, f)
		if got := hintsText(f); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.src, got, c.want)
		}
	}
}

// What the hints are about is also good eTamil elsewhere.
func TestHintsLeaveProgramsAlone(t *testing.T) {
	t.Parallel()
	for _, src := range []string{
		"print = 1; அச்சு print - -2;", "for(1);", "if = {என்றால்: 2};", "அச்சி x;", "அச்சு 1 & \"'#|!“\"; // 'x' # |",
	} {
		if f := Parse("good", []byte(src)); len(f.Faults) > 0 {
			t.Errorf("%s: %s", src, hintsText(f))
		}
	}
}

func hintsText(f *File) string {
	var out []string
	for _, fault := range f.Faults {
		text := fault.Code + " \"" + strings.ReplaceAll(f.Text(fault.Span), `"`, `\"`) + "\""
		if fault.HasFix {
			text += " fix \"" + strings.ReplaceAll(fault.Fix, `"`, `\"`) + "\""
		}
		out = append(out, text)
	}
	return strings.Join(out, "; ")
}

// A brace that is missing at the end of the file: the fault points to the block that was left open.
func TestMissingBrace(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ src, line string }{
		{"செயல் f(x) {\n    (x > 1) எனில் {\n        அச்சு \"👍🏽\";\n    திரும்பு 1;\n}\nஅச்சு f(2);\n", "    (x > 1) எனில் {"},
		{"ceyal f(x) {\n\tovvoru a il x {\n\t\taccu a;\n\t}\n", "ceyal f(x) {"},
		{"செயல் f() {\n    அச்சு 1;\n", "செயல் f() {"},
		{"(x) எனில் { அச்சு {அ: 1}; \n  (ஆ) எனில் {\n  அச்சு 2;\n}\n", "  (ஆ) எனில் {"},
		{"செயல் f() { அச்சு 1; }\n(x) சுற்று {\n  வடிவம் S {\n  எண் அ\n} \n\n", "  வடிவம் S {"},
	} {
		f := Parse("brace", []byte(c.src))
		if codesText(f.Faults) != CodeUnclosed {
			t.Errorf("%s: %s", c.src, hintsText(f))
			continue
		}
		if got := f.LineText(f.Faults[0].Opener.Start); got != c.line || f.Text(f.Faults[0].Opener) != "{" {
			t.Errorf("%s: opened in %q, want %q", c.src, got, c.line)
		}
	}
}
