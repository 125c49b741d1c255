package diag

import (
	"slices"
	"testing"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

func TestFromLoad(t *testing.T) {
	t.Parallel()
	d := FromLoad(module.Fault{
		Fault:   syntax.Fault{Code: module.SameFunction, Span: syntax.Span{Start: 3, End: 6}, Args: []string{"கௌ", "a.qmz", "b.qmz"}},
		File:    "b.qmz",
		Index:   2,
		Related: []module.Place{{File: "a.qmz", Span: syntax.Span{Start: 1, End: 2}}},
	})
	if d.Code != module.SameFunction || d.File != "b.qmz" || !d.IsError() || d.Span.Start != 3 {
		t.Errorf("%+v", d)
	}
	if len(d.Related) != 1 || d.Related[0].Code != NoteOther || !slices.Equal(d.Related[0].Args, []string{"கௌ"}) || d.Related[0].File != "a.qmz" {
		t.Errorf("related %+v", d.Related)
	}
	want := "two imported files define the function 'கௌ': a.qmz and b.qmz"
	if got := d.Message(English); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestFixes(t *testing.T) {
	t.Parallel()
	at, empty := syntax.Span{Start: 1, End: 4}, syntax.Span{Start: 4, End: 4}
	for _, c := range []struct {
		fix  Fix
		want string
	}{
		{Replace("a", at, "மூ"), "write 'மூ'"},
		{Replace("a", at, ""), "remove what is marked"},
		{Replace("a", empty, ";"), "add ';' here"},
	} {
		if got := Message(c.fix.Code, English, c.fix.Args...); got != c.want || len(c.fix.Edits) != 1 {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestSeverity(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{"E0001": "error", "W0001": "warning", "N0001": "note", "": "error"} {
		d := New(code, "", syntax.Span{})
		if got := d.Severity.String(); got != want || d.IsError() != (want == "error") {
			t.Errorf("%q is a %s, want %s", code, got, want)
		}
	}
}

func TestHelp(t *testing.T) {
	t.Parallel()
	if got, want := Help("E0331", English, "𝒳"), "check the spelling, or define it: செயல் 𝒳(…) { … }"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := Help("E0308", Both); got != "மாற்று(…) கொண்டு புதிய சொல்லை ஆக்கவும்  (make a new text, as with மாற்று(…) (_replace))" {
		t.Errorf("%q", got)
	}
	if got := Help("E0304", Both) + Help("E9999", Both); got != "" {
		t.Errorf("%q where there is no help", got)
	}
}
