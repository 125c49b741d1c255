package refactor_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/check/refactor"
	"github.com/etamil-lang/etamil/syntax"
)

// large is a program of about n lines.
func large(n int) string {
	var b strings.Builder
	for i := range n / 10 {
		fmt.Fprintf(&b, "செயல் மொத்தம்_%d(விலை, அளவு_) {\n    வரி = 18%%;\n    கூட்டு = 0;\n    ஒவ்வொரு ப இல் [1, 2, 3] {\n        கூட்டு = கூட்டு + ப;\n    }\n"+
			"    திரும்பு விலை * அளவு_ * (1 + வரி) + கூட்டு;\n}\nஅச்சு மொத்தம்_%d(%d, 2);\n\n", i, i, i)
	}
	return b.String()
}

// BenchmarkActions is what a server pays for each move of the cursor, and for the edits of one action.
func BenchmarkActions(b *testing.B) {
	for _, n := range []int{1000, 10_000} {
		src := large(n)
		start := strings.Index(src[len(src)/2:], "விலை * ") + len(src)/2
		for name, span := range map[string]syntax.Span{
			"cursor": {Start: start, End: start}, "selection": {Start: start, End: start + len("விலை * அளவு_ * (1 + வரி)")},
		} {
			s := at(b, src, span, nil)
			s.Request.Wants = func(kind string) bool { return !strings.HasPrefix(kind, refactor.SourceKind) } // as an editor asks by itself
			b.Run(fmt.Sprintf("%d/%s", n, name), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					refactor.Actions(s.Request)
				}
			})
		}
		s := at(b, src, syntax.Span{Start: start, End: start + len("விலை * அளவு_ * (1 + வரி)")}, nil)
		a, ok := s.action("extract-function")
		if !ok {
			b.Fatal("no action")
		}
		b.Run(fmt.Sprintf("%d/edits", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				a.Edits()
			}
		})
	}
}
