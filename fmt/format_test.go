package format

import (
	"errors"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/syntax"
)

func formatted(t *testing.T, src string, opt Options) string {
	t.Helper()
	out, err := Source("t.qmz", []byte(src), opt)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// TestBytes keeps the byte order mark and the line ends: those that prevail outside quoted text, each one's own inside.
func TestBytes(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, src, want string }{
		{"mark", "\ufeffஅச்சு  1;", "\ufeffஅச்சு 1;\n"},
		{"crlf", "அச்சு  1;\r\nஅச்சு 2;\r\n", "அச்சு 1;\r\nஅச்சு 2;\r\n"},
		{"mostly lf", "அச்சு  1;\r\nஅச்சு 2;\nஅச்சு 3;\n", "அச்சு 1;\nஅச்சு 2;\nஅச்சு 3;\n"},
		{"crlf, quoted lf", "அ = \"𝒳\nஆ\"  ;\r\nஅச்சு 2;\r\n", "அ = \"𝒳\nஆ\";\r\nஅச்சு 2;\r\n"},
		{"lf, quoted crlf", "அ = \"𝒳\r\nஆ\"  ;\nஅச்சு 2;\n", "அ = \"𝒳\r\nஆ\";\nஅச்சு 2;\n"},
		{"crlf, quoted cr crlf", "அ = \"𝒳\r\r\nஆ\"  ;\r\nஅச்சு 2;\r\n", "அ = \"𝒳\r\r\nஆ\";\r\nஅச்சு 2;\r\n"},
		{"both", "\ufeffaccu  \"கி\r\n\" ;// x \r\n", "\ufeffaccu \"கி\r\n\"; // x\r\n"},
	}
	for _, tt := range tests {
		if got := formatted(t, tt.src, Options{}); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestSyntaxError(t *testing.T) {
	t.Parallel()
	for _, src := range []string{"அச்சு (1;", "accu \"", "{", "அச்சு 1", strings.Repeat("x", syntax.MaxFileSize+1)} {
		out, err := Source("t.qmz", []byte(src), Options{})
		var broken *SyntaxError
		if !errors.As(err, &broken) || out != nil || !broken.File.HasErrors() || !strings.Contains(err.Error(), "t.qmz: syntax error E") {
			t.Errorf("%.20q: %q, %v", src, out, err)
		}
	}
}

// TestVerify proves that every kind of loss is found.
func TestVerify(t *testing.T) {
	t.Parallel()
	const src = "// முதல்\nஅச்சு 1 + 2; // இரண்டு\nf(2);\n"
	tests := []struct{ text, want string }{
		{src, ""},
		{"// முதல்\nஅச்சு 1+2; // இரண்டு\nf(2);", ""},
		{"// முதல்\nஅச்சு 1 - 2; // இரண்டு\nf(2);\n", `token "+" became "-"`},
		{"// முதல்\naccu 1 + 2; // இரண்டு\nf(2);\n", `token "அச்சு" became "accu"`},
		{"// முதல்\nஅச்சு 1 + 2;\nf(2);\n", "the comments before"},
		{"// முதல்\nஅச்சு 1 + 2; // இரண்டூ\nf(2);\n", "the comments before"},
		{"// இரண்டு\nஅச்சு 1 + 2; // முதல்\nf(2);\n", "the comments before"},
		{"// முதல்\nஅச்சு 1 + 2; // இரண்டு\n", `token "f" became ""`},
		{src + "அச்சு 1;", `token "" became`},
		{"// முதல்\nஅச்சு 1 + 2 // இரண்டு\nf(2);\n", "syntax error"},
	}
	f := syntax.Parse("t.qmz", []byte(src))
	for _, tt := range tests {
		err := new(verifier).verify(f, []byte(tt.text), sameToken)
		var loss *LossError
		if tt.want == "" && err != nil || tt.want != "" && (!errors.As(err, &loss) || !strings.Contains(loss.What, tt.want)) {
			t.Errorf("%q: %v, want %s", tt.text, err, tt.want)
		}
	}
}

// TestDiffers proves that the comparison of trees looks at kinds and places.
func TestDiffers(t *testing.T) {
	t.Parallel()
	a := syntax.Parse("a", []byte("அச்சு (1 + 2) * 3; f(1);"))
	for src, same := range map[string]bool{
		"அச்சு (1 + 2)\n*3; f(1);": true, "அச்சு (1 * 2) + 3; f(1);": true, "அச்சு 1 + (2 * 3); f(1);": false, "அச்சு (1 + 2) * 3; f[1];": false,
		"அச்சு (1 + 2) * 3;": false, "அச்சு (1 + 2) * 3; f(1); g(2);": false,
	} {
		if at := new(verifier).differs(a, syntax.Parse("b", []byte(src))); at < 0 != same {
			t.Errorf("%s: %d", src, at)
		}
	}
}

// TestWidth counts what people see.
func TestWidth(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]int{
		"": 0, "abc": 3, "கி": 1, "எனில்": 3, "ஒவ்வொரு": 4, "kி": 1, "ா": 1, "க்ஷ": 2, "ஸ்ரீ": 2, "𝒳": 1, "👍🏽கி": 2, "é": 1, "௧௨": 2, "கௌ": 1,
	} {
		if got := width(s); got != want {
			t.Errorf("%q: %d, want %d", s, got, want)
		}
		if got := clusters(s); got != want {
			t.Errorf("clusters of %q: %d, want %d", s, got, want)
		}
	}
}

// TestDeep lays out programs near the limits of the parser.
func TestDeep(t *testing.T) {
	t.Parallel()
	for _, src := range []string{
		"அ = " + strings.Repeat("(", 190) + "1" + strings.Repeat(")", 190) + ";",
		"அ = " + strings.Repeat("[", 190) + strings.Repeat("]", 190) + ";",
		"அ = " + strings.Repeat("1 + ", 900) + "1;",
		"அ = ப" + strings.Repeat(".க(1)", 450) + ";",
		strings.Repeat("(1) எனில் { ", 60) + "அச்சு 1;" + strings.Repeat(" }", 60),
		"அ = [" + strings.Repeat("\"கி\", ", 50000) + "1];",
		strings.Repeat("// குறிப்பு\n", 50000),
	} {
		if !hold(t, "deep", []byte(src), Options{}) {
			t.Errorf("%.30s…: no program", src)
		}
	}
}

// TestRange lays out some lines only.
func TestRange(t *testing.T) {
	t.Parallel()
	const src = "அ  =  1;\nf( 1,\n2 );\n\n\n\nஆ  =  2;"
	tests := []struct {
		r    Range
		want string
	}{
		{Range{1, 1}, "அ = 1;\nf( 1,\n2 );\n\n\n\nஆ  =  2;"},
		{Range{2, 3}, "அ  =  1;\nf(1, 2);\n\n\n\nஆ  =  2;"},
		{Range{3, 3}, "அ  =  1;\nf( 1,\n2);\n\n\n\nஆ  =  2;"},
		{Range{3, 7}, "அ  =  1;\nf( 1,\n2);\n\nஆ = 2;\n"},
		{Range{1, 99}, "அ = 1;\nf(1, 2);\n\nஆ = 2;\n"},
		{Range{50, 99}, src},
	}
	for _, tt := range tests {
		if got := formatted(t, src, Options{Lines: tt.r}); got != tt.want {
			t.Errorf("%v: got\n%s\nwant\n%s", tt.r, got, tt.want)
		}
	}
}
