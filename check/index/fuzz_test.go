package index_test

import (
	"context"
	"testing"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/index"
)

// FuzzIndex asks everything of programs that may be anything: nothing panics, names stand in their files in order, and what
// stands at a place is among its own occurrences.
func FuzzIndex(f *testing.F) {
	for _, src := range []string{
		"", "x", "செயல் f(a) { திரும்பு a.", "வடிவம் வ[T] { T ப விதி (ப > 0); செயல் செ(இது) { இது.ப = 1; } } x = வ{ப: 1}; x.செ(); x[\"ப\"]",
		"f = செயல்(a) { b = a; திரும்பு செயல்() { b = b; திரும்பு a; }; }; f(1)(2);", "ஒவ்வொரு x இல் [1] { x = x & \"𝒳\"; } பிழை (e) {", "வழி பெறு, \"/:அ\", [\"auth\"] { பதில் 200, param_அ; }",
		"முயல் { x.y.z = 1; } பிழை (e) { அச்சு e; } இறுதியில் { f(", "இறக்கு \"a\"; செயல் செயல்", "வகை(x) == \"வ\"; போலி_இடு(\"f\", f); S{..x, a: }", "தளம்_இணை சீகுலைட், \":memory:\", கடை; தளம்_வினா \"SELECT 1\", [], x, கடை;",
		"f f f; f.f(f); f{f: f}; f[f](f) { f };", "\xff\x00x = 👍🏽; 𑿀",
	} {
		f.Add(src, 3)
	}
	f.Fuzz(func(t *testing.T, src string, at int) {
		p, _ := program{Source: src}.load()
		s := check.NewSession()
		s.Check(context.Background(), p, check.Options{})
		in := s.Info()
		ix := index.NewBuilder().Build(p, in)
		text := p.Files[0].Src
		last := 0
		ix.Names(0, func(o index.Occurrence) bool {
			if o.Span.Start < last || o.Span.End > len(text) || o.Span.Start >= o.Span.End {
				t.Errorf("a name at %v after %d", o.Span, last)
			}
			last = o.Span.Start
			return true
		})
		at = max(at, -at) % (len(text) + 1)
		ix.Visible(0, at)
		index.Outline(p.Files[0])
		in.Vars(0, at)
		if v, ok := in.TypeBefore(0, at); ok {
			v.Fields()
			v.Methods()
			v.Words()
			v.Call()
			_ = v.String()
		}
		o, ok := ix.At(0, at)
		if !ok || o.Symbol.Kind == index.None {
			return
		}
		own := false
		for _, other := range ix.Occurrences(o.Symbol) {
			own = own || other.Span == o.Span
		}
		if !own {
			t.Errorf("%+v is not among its own occurrences", o)
		}
		ix.Decls(o.Symbol)
		ix.Linked(o.Symbol)
		ix.Doubtful(o.Symbol)
		ix.CallsTo(o.Symbol)
		ix.CallsFrom(o.Symbol)
		ix.Type(o.Symbol)
		ix.Signature(o.Symbol)
		ix.Enclosing(0, at)
	})
}
