package doc

import (
	"fmt"
	"strings"
	"testing"
)

// render lays a document out, with tabs of two.
func render(width int, build func(b *Builder)) string {
	var b Builder
	build(&b)
	out := Output{Width: width, Tab: 2, Marks: make([]int32, 8)}
	b.Render(&out)
	return string(out.Text)
}

// call is f(a, b) with breaks.
func call(b *Builder, name string, args ...string) {
	b.Begin()
	b.Text(name+"(", len(name)+1)
	b.Indent()
	for i, a := range args {
		if i == 0 {
			b.Soft()
		} else {
			b.Text(",", 1)
			b.Line()
		}
		b.Text(a, len(a))
	}
	b.Dedent()
	b.Soft()
	b.Text(")", 1)
	b.End()
}

func TestRender(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		width int
		build func(b *Builder)
		want  string
	}{
		{"flat", 20, func(b *Builder) { call(b, "f", "aa", "bb") }, "f(aa, bb)"},
		{"exactly", 9, func(b *Builder) { call(b, "f", "aa", "bb") }, "f(aa, bb)"},
		{"broken", 8, func(b *Builder) { call(b, "f", "aa", "bb") }, "f(\n  aa,\n  bb\n)"},
		{"what follows counts", 9, func(b *Builder) { call(b, "f", "aa", "bb"); b.Text(";", 1) }, "f(\n  aa,\n  bb\n);"},
		{"up to the next break", 9, func(b *Builder) { call(b, "f", "aa", "bb"); b.Line(); b.Text("long long", 9) }, "f(aa, bb) long long"},
		{"inner fits", 12, func(b *Builder) {
			b.Begin()
			b.Text("[", 1)
			b.Indent()
			b.Soft()
			call(b, "f", "a", "b")
			b.Text(",", 1)
			b.Line()
			call(b, "g", "cccc", "dddd")
			b.Dedent()
			b.Soft()
			b.Text("]", 1)
			b.End()
		}, "[\n  f(a, b),\n  g(\n    cccc,\n    dddd\n  )\n]"},
		{"hard breaks all around", 80, func(b *Builder) {
			b.Begin()
			b.Text("{", 1)
			b.Indent()
			b.Line()
			call(b, "f", "a")
			b.Hard(1)
			b.Text("x", 1)
			b.Dedent()
			b.Line()
			b.Text("}", 1)
			b.End()
		}, "{\n  f(a)\n\n  x\n}"},
		{"fill", 9, func(b *Builder) {
			b.ForceIndent()
			for i := range 6 {
				if i > 0 {
					b.Fill()
				}
				b.Text("aaa", 3)
			}
			b.Dedent()
		}, "aaa aaa\n  aaa aaa\n  aaa aaa"},
		{"suffix waits for the end of the line", 80, func(b *Builder) {
			b.Text("a", 1)
			b.Suffix("// c")
			b.Text(";", 1)
			b.Hard(0)
			b.Text("b", 1)
		}, "a; // c\nb"},
		{"suffix at the end", 80, func(b *Builder) { b.Text("a", 1); b.Suffix("// c") }, "a // c"},
		{"many lines of text", 8, func(b *Builder) {
			b.Begin()
			b.Text("f(", 2)
			b.Indent()
			b.Soft()
			b.Lines("\"x\nlong long\"", 2, 10)
			b.Dedent()
			b.Soft()
			b.Text(")", 1)
			b.End()
			call(b, "g", "a")
		}, "f(\"x\nlong long\")g(\n  a\n)"},
		{"raw", 80, func(b *Builder) {
			b.Begin()
			b.Text("a", 1)
			b.Suffix("// c")
			b.Raw("\n\n   b", 4)
			b.Soft()
			b.Text("c", 1)
			b.End()
		}, "a // c\n\n   b\nc"},
		{"empty line in a broken group", 3, func(b *Builder) {
			b.Begin()
			b.Text("aa", 2)
			b.EmptyLine(true)
			b.Text("bb", 2)
			b.EmptyLine(false)
			b.Text("c", 1)
			b.End()
		}, "aa\n\nbb\n\nc"},
		{"deep indentation", 2, func(b *Builder) {
			for range 40 {
				b.ForceIndent()
			}
			b.Hard(0)
			b.Text("x", 1)
		}, "\n" + strings.Repeat(" ", 80) + "x"},
	}
	for _, tt := range tests {
		if got := render(tt.width, tt.build); got != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.name, got, tt.want)
		}
	}
}

// TestMarks are where the caller asked.
func TestMarks(t *testing.T) {
	t.Parallel()
	var b Builder
	out := Output{Width: 80, Tab: 4, Marks: make([]int32, 2)}
	b.Text("ab", 2)
	b.Mark(0)
	b.Suffix("//")
	b.Hard(0)
	b.Mark(1)
	b.Text("c", 1)
	b.Render(&out)
	if out.Marks[0] != 2 || out.Marks[1] != 6 || len(out.Suffixes) != 1 || out.Suffixes[0] != (Suffix{3, 2, 0}) {
		t.Errorf("%v %v", out.Marks, out.Suffixes)
	}
	b.Reset()
	b.Text("d", 1)
	b.Render(&out)
	if string(out.Text) != "ab //\ncd" {
		t.Errorf("%q", out.Text)
	}
}

// TestLinear doubles nested documents: the work grows with them and no faster.
func TestLinear(t *testing.T) {
	steps := func(n int) float64 {
		return testing.AllocsPerRun(1, func() {
			got := render(40, func(b *Builder) {
				for range n {
					b.Begin()
					b.Text("(", 1)
					b.Indent()
					b.Soft()
				}
				for range n {
					b.Dedent()
					b.Soft()
					b.Text(")", 1)
					b.End()
				}
			})
			if len(got) < 2*n {
				t.Error("too short")
			}
		})
	}
	if a, b := steps(100), steps(200); b > 2*a+20 {
		t.Errorf("%v allocations, then %v", a, b)
	}
}

func ExampleBuilder() {
	var b Builder
	call(&b, "f", "x", "y")
	out := Output{Width: 80, Tab: 4}
	b.Render(&out)
	fmt.Println(string(out.Text))
	// Output: f(x, y)
}
