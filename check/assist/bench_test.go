package assist

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// longProgram has functions of ten lines each, and a caret | in the last one.
func longProgram(lines int, caret string) string {
	var b strings.Builder
	b.WriteString("// 𝒳👍🏽\nவடிவம் ஆள் { சொல் பெயர், எண் வயது }\n")
	for i := range lines / 10 {
		fmt.Fprintf(&b, "// கூட்டு%d இரண்டைக் கூட்டும்.\nசெயல் கூட்டு%d(எண் முதல்%d, எண் அடுத்து) எண் {\n    விடை = முதல்%d + அடுத்து;\n    (விடை > 10) எனில் {\n        அச்சு \"பெரியது\";\n    }\n", i, i, i, i)
		if i == lines/10-1 {
			b.WriteString("    " + caret + "\n")
		}
		fmt.Fprintf(&b, "    திரும்பு விடை;\n}\nமொத்தம்%d = கூட்டு%d(%d, 2);\n\n", i, i, i)
	}
	return b.String()
}

func longPlace(b *testing.B, lines int, caret string) Place {
	b.Helper()
	src := longProgram(lines, caret)
	at := strings.Index(src, "|")
	p, _ := module.Load(b.Context(), module.FS(fstest.MapFS{}), module.Entry{Name: "a.qmz", HasText: true, Text: []byte(src[:at] + src[at+1:])})
	s := check.NewSession()
	s.Check(b.Context(), p, check.Options{})
	return Place{Program: p, Info: s.Info(), Index: index.NewBuilder().Build(p, s.Info()), Offset: at}
}

func BenchmarkComplete(b *testing.B) {
	for _, lines := range []int{1000, 10_000, 50_000} {
		for name, caret := range map[string]string{"latin": "அச்சு kut|;", "empty": "அச்சு |;", "member": "ஆ = ஆள்{பெயர்: \"𝒳\", வயது: 1}; அச்சு ஆ.|;"} {
			p := longPlace(b, lines, caret)
			a := New()
			b.Run(fmt.Sprintf("%d/%s", lines, name), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if len(a.Complete(b.Context(), p, Options{}).Items) == 0 {
						b.Fatal("nothing")
					}
				}
			})
		}
	}
}

func BenchmarkHover(b *testing.B) {
	p := longPlace(b, 10_000, "அச்சு கூட்|டு5(1, 2);")
	a := New()
	b.ReportAllocs()
	for b.Loop() {
		if _, _, ok := a.Hover(p, Options{}); !ok {
			b.Fatal("nothing")
		}
	}
}

func BenchmarkSignature(b *testing.B) {
	p := longPlace(b, 10_000, "அச்சு கூட்டு5(1, |);")
	a := New()
	b.ReportAllocs()
	for b.Loop() {
		if len(a.Signature(p, Options{}).List) == 0 {
			b.Fatal("nothing")
		}
	}
}

// BenchmarkMatch matches what is typed against 10,000 names that are known.
func BenchmarkMatch(b *testing.B) {
	forms := make([]*Form, 10_000)
	for i := range forms {
		forms[i] = FormOf(fmt.Sprintf("வருவாய்_கணக்கு%d", i))
	}
	for _, typed := range []string{"varu", "kanakku", "வறுவாய்", "varvay"} {
		b.Run(typed, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				p := patternOf(typed)
				n := 0
				for _, f := range forms {
					if r, _ := p.Match(f); r != NoMatch {
						n++
					}
				}
				if n == 0 {
					b.Fatal("nothing")
				}
			}
		})
	}
}

// TestWorkIsBounded holds that a completion's allocations follow what fits, not what the program has: ten times the program
// may cost at most three times.
func TestWorkIsBounded(t *testing.T) {
	count := func(lines int) float64 {
		src := longProgram(lines, "அச்சு kutt|;")
		at := strings.Index(src, "|")
		p := Place{Program: &module.Program{Files: []*syntax.File{syntax.Parse("a.qmz", []byte(src[:at]+src[at+1:]))}}, Offset: at}
		a := New()
		a.Complete(context.Background(), p, Options{})
		return testing.AllocsPerRun(5, func() { a.Complete(context.Background(), p, Options{}) })
	}
	small, large := count(4000), count(40_000)
	if large > 3*small {
		t.Errorf("%.0f allocations for 4,000 lines, %.0f for 40,000", small, large)
	}
}
