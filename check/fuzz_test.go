package check

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/etamil-lang/etamil/syntax/module"
)

// Whatever a text holds, also half a program, the check answers, with places inside the text, and a session that saw
// another text before answers the same.
func checkAnything(t *testing.T, s *Session, src string) {
	t.Helper()
	p, _ := module.Load(context.Background(), module.FS(fstest.MapFS{}), module.Entry{Name: "a.qmz", HasText: true, Text: []byte(src)})
	list := Program(context.Background(), p, Options{})
	for _, d := range list {
		if d.Span.Start < 0 || d.Span.End < d.Span.Start || d.Span.End > len(p.Files[0].Src) {
			t.Errorf("%q: %s at %v", src, d.Code, d.Span)
		}
	}
	if s == nil {
		return
	}
	if got, want := shownAll(s.Check(context.Background(), p, Options{})), shownAll(list); !slices.Equal(got, want) {
		t.Errorf("%q: the session answers\n%s\na check from scratch\n%s", src, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Programs that end anywhere.
func TestHalfPrograms(t *testing.T) {
	t.Parallel()
	s := NewSession()
	for _, ex := range examples(t) {
		for name, f := range ex.files {
			if !strings.Contains(name, "kadai/") {
				continue
			}
			src := string(f.Data)
			for at := 0; at < len(src); at += 293 {
				checkAnything(t, s, src[:at])
				checkAnything(t, nil, src[at:])
			}
		}
	}
	for _, c := range conformanceCases(t) {
		if len(c.Source) > 400 {
			continue
		}
		checkAnything(t, nil, c.Source)
		checkAnything(t, nil, c.Source[:len(c.Source)/2])
		checkAnything(t, nil, c.Source[len(c.Source)/3:])
	}
}

func FuzzProgram(f *testing.F) {
	for _, src := range []string{
		"செயல் f(", "வடிவம் S { எண் a விதி (a > 1) } அச்சு S{a: 1}.b;", "x = [1][", "வழி பெறு, \"/𝒳\" { பதில் 200", "முயல் { x = f()?; } பிழை(பி) { அச்சு பி.",
		"(x", "ஒவ்வொரு எ இல் [1] { x.y[0] = எ; }", "தளம்_வினா \"SELECT a, b FROM t WHERE x = ?\", [1], ப; அச்சு ப[0].c;", "செயல் g(a) { திரும்பு g([a]); } அச்சு g(1);",
		"ceyal f(a) { muyal { qirumpu a?; } iRuqiyil { accu 1; } } f(cari(1));", "அ.ஆ.இ = 5; f(1)(2).g { x: 1 };", "பணி_உருவாக்கு \"அ\" { 1; }; S = வடிவம்;",
	} {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) { checkAnything(t, nil, src) })
}
