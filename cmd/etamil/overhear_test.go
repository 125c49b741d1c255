package main

import (
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/reload"
	"github.com/etamil-lang/etamil/syntax/module"
)

// TestOverhear takes faults apart for pages: in the middle of a line, at its end, over several lines, and at the file's end.
func TestOverhear(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]reload.Problem{
		"அச்சு 1;\n\tகௌ = 𝒳(👍🏽;":     {Line: 2, Before: "\tகௌ = ", Marked: "𝒳", After: "(👍🏽;"},
		"அச்சு \"அ;\nஅச்சு 1;":       {Line: 1, Before: "அச்சு ", Marked: "\"அ;"},
		"அச்சு (1":                   {Line: 1, Before: "அச்சு (1"},
		"எண் வயது = \"பத்து\"; // ௧": {Line: 1, Before: "எண் ", Marked: "வயது", After: " = \"பத்து\"; // ௧"},
	} {
		file := write(t, src)
		var errs strings.Builder
		a := &app{stderr: &errs, stdout: &errs, lang: diag.Both}
		heard, told := a.overheard()
		if _, err := heard.load(t.Context(), file, false); err == nil {
			t.Errorf("%s: nothing is wrong", src)
		}
		all := told()
		if len(all) == 0 || !strings.HasPrefix(all[0].Head, "✗ ") || !strings.Contains(errs.String(), all[0].Head) {
			t.Fatalf("%s: %+v\n%s", src, all, errs.String())
		}
		got := all[0]
		if got.Head, got.Help = "", ""; got != want {
			t.Errorf("%s: %+v, not %+v", src, got, want)
		}
		heard.overhear.hear(&module.Program{}, []diag.Diagnostic{{}}, diag.Both)
		if len(told()) != len(all) {
			t.Error("it still listens")
		}
	}
}
