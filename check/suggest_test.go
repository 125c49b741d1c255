package check

import (
	"testing"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
)

func TestSuggest(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		src, code, marked string
		args              []string
		edit, want        string
	}{
		{"கொடி = 5; அச்சு கொடீ;", "E0330", "கொடீ", []string{"கொடீ"}, "கொடீ", "கொடி"},
		{"செயல் கூட்டு_(அ) { } கூட்டு(1);", "E0331", "கூட்டு(1)", []string{"கூட்டு"}, "கூட்டு", "கூட்டு_"},
		{"அச்சு நீலம்(\"👍🏽\");", "E0331", "நீலம்(\"👍🏽\")", []string{"நீலம்"}, "நீலம்", "நீளம்"},
		{"accu nIlam(1);", "E0331", "nIlam(1)", []string{"nIlam"}, "nIlam", "nILam"},
		{"அச்சு மெய்ய;", "E0330", "மெய்ய", []string{"மெய்ய"}, "மெய்ய", "மெய்"},
		{"அச்சு true;", "E0330", "true", []string{"true"}, "true", "மெய்"},
		{"print(\"𝒳\");", "E0331", "print(\"𝒳\")", []string{"print"}, "print", "அச்சு"},
		{"அ = ௧௨;", "E0330", "௧௨", []string{"௧௨"}, "௧௨", "12"},
		{"அச்சு ப.பெயற்;", "E0305", "ப.பெயற்", []string{"பெயற்", "பெயர், வயது"}, "பெயற்", "பெயர்"},
		{"அச்சு ப[\"வயசு\"];", "E0305", "ப[\"வயசு\"]", []string{"வயசு", "பெயர், வயது"}, "வயசு", "வயது"},
		{"ஒவ்வொரு உறுப்பு இல் [1] { அச்சு உருப்பு; }", "E0330", "உருப்பு", []string{"உருப்பு"}, "உருப்பு", "உறுப்பு"},
	} {
		p := load(t, c.src)
		d := Suggest(p, diag.New(c.code, "a.qmz", spanOf(t, c.src, c.marked), c.args...))
		if len(d.Fixes) != 1 {
			t.Errorf("%s: %d fixes", c.src, len(d.Fixes))
			continue
		}
		e := d.Fixes[0].Edits[0]
		if got := c.src[e.Span.Start:e.Span.End]; got != c.edit || e.Text != c.want {
			t.Errorf("%s: %q becomes %q, want %q and %q", c.src, got, e.Text, c.edit, c.want)
		}
	}
}

// Where nothing is near, or the place is not the name's, nothing is suggested.
func TestSuggestNothing(t *testing.T) {
	t.Parallel()
	p := load(t, "கொடி = 5; அச்சு வேறு_ஒன்று;")
	for _, d := range []diag.Diagnostic{
		diag.New("E0330", "a.qmz", spanOf(t, p.Files[0].Src, "வேறு_ஒன்று"), "வேறு_ஒன்று"),
		diag.New("E0330", "a.qmz", syntax.Span{Start: 0, End: 3}, "கொடீ"),
		diag.New("E0330", "a.qmz", spanOf(t, p.Files[0].Src, "கொடி"), "கொடி"),
		diag.New("E0330", "b.qmz", syntax.Span{Start: 0, End: 3}, "கொடீ"),
		diag.New("E0302", "a.qmz", syntax.Span{}, "கொடீ"),
		diag.New("E0330", "a.qmz", syntax.Span{}),
	} {
		if got := Suggest(p, d); len(got.Fixes) != 0 {
			t.Errorf("%v: %v", d, got.Fixes)
		}
	}
	if got := Suggest(nil, diag.New("E0330", "", syntax.Span{}, "x")); len(got.Fixes) != 0 {
		t.Error("a suggestion without a program")
	}
}

func TestTypeSuggestion(t *testing.T) {
	t.Parallel()
	p := load(t, "என் வயது = 5;")
	list := Core(p)
	if len(list) != 1 || list[0].Code != CodeUnknownType || len(list[0].Fixes) != 1 || list[0].Fixes[0].Edits[0].Text != "எண்" {
		t.Errorf("%v", list)
	}
}

// spanOf is the last place of a text in the source.
func spanOf(t *testing.T, src, text string) syntax.Span {
	t.Helper()
	for at := len(src) - len(text); at >= 0; at-- {
		if src[at:at+len(text)] == text {
			return syntax.Span{Start: at, End: at + len(text)}
		}
	}
	t.Fatalf("no %q in %q", text, src)
	return syntax.Span{}
}
