package diag

import (
	"fmt"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/syntax"
)

func TestIgnores(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ src, want string }{
		{"அச்சு 1;; // etamil:ignore W0004 காரணம்", "W0004@0"},
		{"accu 1;; //etamil:ignore\tW0004,E0601", "W0004@0 E0601@0"},
		{"// etamil:ignore W0004\n\n  // வேறு குறிப்பு\nஅச்சு \"👍🏽\";;", "W0004@3"},
		{"அச்சு \"// etamil:ignore W0004\";", ""},
		{"அச்சு \"கௌ\n// etamil:ignore W0004\n\"; // etamil:ignore W0101", "W0101@2"},
		{"// etamil:ignored W0004", ""},
		{"// etamil:ignore", ""},
		{"// etamil:ignore காரணம் W0004", ""},
		{"// etamil:ignore W12 WX W0004", "W12@0"},
		{"/ etamil:ignore W0004", ""},
		{"𝒳 = 1; // பின் // etamil:ignore W0004", ""},
		{"\"முடியாதது // etamil:ignore W0004", ""},
	} {
		var got []string
		f := syntax.Parse("a.qmz", []byte(c.src))
		for _, g := range Ignores(f) {
			got = append(got, fmt.Sprintf("%s@%d", g.Code, g.Line))
			if f.Text(g.Span) != g.Code {
				t.Errorf("%q: the span of %s holds %q", c.src, g.Code, f.Text(g.Span))
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%q ignores %q, want %q", c.src, s, c.want)
		}
	}
}

func TestSilence(t *testing.T) {
	t.Parallel()
	f := syntax.Parse("a.qmz", []byte("அச்சு 1;; // etamil:ignore W0004 W0101 E0106 W9999\nஅச்சு 2;;"))
	at := func(code string, off int) Diagnostic {
		return New(code, "a.qmz", syntax.Span{Start: off, End: off + 1}, "x")
	}
	last := len(f.Src) - 1
	list := []Diagnostic{at("W0004", 18), at("E0106", 0), at("W0004", last)}
	for checked, want := range map[bool]string{true: "E0106 W0004 W0501 W0503 W0502", false: "E0106 W0004 W0503 W0502"} {
		rest, n := Silence(list, f, checked)
		var codes []string
		for _, d := range rest {
			codes = append(codes, d.Code)
		}
		if got := strings.Join(codes, " "); n != 1 || got != want {
			t.Errorf("checked %v: %d silenced, left %s, want %s", checked, n, got, want)
		}
	}
	if list[0].Code != "W0004" || len(list) != 3 {
		t.Error("the list was changed")
	}
}

func TestRules(t *testing.T) {
	t.Parallel()
	r := Rules{"W0004": LevelError, "W0101": LevelOff, "E0601": LevelWarn, "E0106": LevelOff}
	for code, want := range map[string]string{"W0004": "error", "W0101": "", "E0601": "warning", "E0106": "error", "W0001": "warning"} {
		d, ok := r.Apply(New(code, "", syntax.Span{}))
		if got := map[bool]string{true: d.Severity.String()}[ok]; got != want {
			t.Errorf("%s becomes %q, want %q", code, got, want)
		}
	}
	for s, want := range map[string]Level{"off": LevelOff, "warn": LevelWarn, "error": LevelError} {
		if got, ok := ParseLevel(s); !ok || got != want {
			t.Errorf("ParseLevel(%q) = %v, %v", s, got, ok)
		}
	}
	for _, s := range []string{"", "Off", "default"} {
		if _, ok := ParseLevel(s); ok {
			t.Errorf("ParseLevel takes %q", s)
		}
	}
	for code, want := range map[string]bool{"E0001": true, "E0131": true, "E0132": false, "E0202": true, "E0303": false, "E0502": true, "E0601": false, "W0001": false, "E1": false, "": false} {
		if Stops(code) != want {
			t.Errorf("Stops(%q) is %v", code, !want)
		}
	}
}
