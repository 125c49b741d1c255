package index_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

var kindLetters = map[index.Kind]string{
	index.Variable: "v", index.Parameter: "p", index.Loop: "l", index.Function: "f", index.Shape: "s", index.Field: "m", index.Method: "M",
	index.TypeParam: "T", index.Key: "k", index.Builtin: "b", index.Server: "r", index.Import: "i", index.Route: "R", index.Event: "e",
	index.None: "?", index.Handle: "h", index.Table: "t",
}

func shown(list []index.Symbol) string {
	var parts []string
	for _, s := range list {
		of := ""
		if s.Of != "" {
			of = s.Of + "/"
		}
		parts = append(parts, kindLetters[s.Kind]+":"+of+s.Name)
	}
	return strings.Join(parts, " ")
}

func TestVisible(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ src, want string }{
		{`x = 1; | "👍🏽"; செயல் f(a) { b = 1; }`, "f:f v:x"},
		{`x = 1; செயல் f(a) { b = 1; | c = 2; } வடிவம் வ { எண் ப; }`, "v:f/b p:f/a f:f v:x s:வ"},
		{`செயல் f(a) { | }`, "p:f/a f:f"},
		{`செயல் f(a) { b = 1; g = செயல்(c) { d = 1; | }; }`, "p:f/c v:f/d p:f/a v:f/b v:f/g f:f"},
		{`செயல் f(a) { ஒவ்வொரு b இல் a { | } }`, "p:f/a l:f/b f:f"},
		{`செயல் f(a) { b = 1; அச்சு |`, "p:f/a v:f/b f:f"},
		{`செயல் f(a) { b = 1; செயல் g(c) { | } }`, "p:g/c f:f f:g"},
		{`வடிவம் வ[T] { T ப; செயல் செ(இது, q) { | } }`, "p:வ.செ/q p:வ.செ/இது T:வ/T s:வ"},
		{`வடிவம் வ { எண் ப விதி (|ப > 0); }`, "m:வ/ப s:வ"},
		{`வழி பெறு, "/a" { x = 1; y = 2; | } வழி பெறு, "/b" { z = 2; } செயல் f() { அச்சு y; }`, "f:f v:x v:y"},
		{`x = 1; செயல் f(x) { | }`, "p:f/x f:f"},
		{`f = 5; செயல் f(x) { | }`, "p:f/x v:f f:f"},
	} {
		ix := build(t, strings.Replace(c.src, "|", "", 1))
		got := shown(ix.Visible(0, strings.Index(c.src, "|")))
		if sorted(got) != sorted(c.want) {
			t.Errorf("%s: %s, want %s", c.src, got, c.want)
		}
	}
}

func sorted(s string) string {
	list := strings.Fields(s)
	slices.Sort(list)
	return strings.Join(list, " ")
}

// Several files are one program; a place is found in each of them, and names by their order.
func TestFiles(t *testing.T) {
	t.Parallel()
	ix := build(t, `இறக்கு "f1.qmz"; "𝒳"; அச்சு கூட்டு(1, 2) & தொகை; தொகை = 5;`, `தொகை = 1; செயல் கூட்டு(a, b) { திரும்பு a + b + தொகை; }`)
	at, ok := ix.At(0, strings.Index(ix.Program().Files[0].Src, "தொகை"))
	if !ok || at.Symbol.Kind != index.Variable {
		t.Fatalf("%+v", at)
	}
	list := ix.Occurrences(at.Symbol)
	if got, want := marked(ix, 1, list), `«தொகை»w = 1; செயல் கூட்டு(a, b) { திரும்பு a + b + «தொகை»r; }`; got != want {
		t.Error(got)
	}
	if got, want := marked(ix, 0, list), `இறக்கு "f1.qmz"; "𝒳"; அச்சு கூட்டு(1, 2) & «தொகை»r; «தொகை»w = 5;`; got != want {
		t.Error(got)
	}
	if d := ix.Decls(at.Symbol); len(d) != 1 || d[0].File != 1 || d[0].Span.Start != 0 {
		t.Errorf("declared at %+v", d)
	}
	fn, _ := ix.At(0, strings.Index(ix.Program().Files[0].Src, "கூட்டு"))
	if d := ix.Decls(fn.Symbol); len(d) != 1 || d[0].File != 1 || d[0].Access != index.Declare {
		t.Errorf("the function is declared at %+v", d)
	}
}

func TestCalls(t *testing.T) {
	t.Parallel()
	ix := build(t, `செயல் a() { திரும்பு b() + b(); } செயல் b() { திரும்பு 1; } செயல் c() { x = b; திரும்பு செயல்() { திரும்பு a(); }; }
வடிவம் வ { எண் ப; செயல் செ(இது) { திரும்பு a(); } } v = வ{ப: 1}; v.செ(); அச்சு a() & "𝒳"; வழி பெறு, "/" { பதில் 200, b(); }`)
	show := func(list []index.CallSite) string {
		var parts []string
		for _, c := range list {
			parts = append(parts, c.From.Name+">"+c.To.Name)
		}
		return strings.Join(parts, " ")
	}
	for _, c := range []struct{ got, want string }{
		{show(ix.CallsTo(index.Symbol{Kind: index.Function, Name: "b"})), "a>b a>b c>b >b"},
		{show(ix.CallsTo(index.Symbol{Kind: index.Function, Name: "a"})), "c>a செ>a >a"},
		{show(ix.CallsTo(index.Symbol{Kind: index.Method, Name: "செ", Of: "வ"})), ">செ"},
		{show(ix.CallsFrom(index.Symbol{Kind: index.Function, Name: "a"})), "a>b a>b"},
		{show(ix.CallsFrom(index.Symbol{Kind: index.Function, Name: "c"})), "c>b c>a"},
		{show(ix.CallsFrom(index.Symbol{Kind: index.Method, Name: "செ", Of: "வ"})), "செ>a"},
		{shown(ix.Functions()), "f:a f:b f:c"},
		{shown(ix.Shapes()), "s:வ"},
		{fmt.Sprint(ix.Routes()[0].Method, ix.Routes()[0].Path), "HttpGet/"},
	} {
		if c.got != c.want {
			t.Errorf("%s, want %s", c.got, c.want)
		}
	}
}

func TestOutline(t *testing.T) {
	t.Parallel()
	src := `இறக்கு "x.qmz";
வடிவம் ஆள் { சொல் பெயர்; எண் வயது; செயல் வாழ்(இது) { திரும்பு 1; } }
செயல் f(எண் a) சொல் { செயல் g() { } திரும்பு "𝒳"; }
எண் x = 1; x = 2; y = 3;
வழி பெறு, "/அ" { பதில் 200, 1; }
இடைவெளி 5 { அச்சு 1; }
(x > 1) எனில் { செயல் h() { } }
`
	var show func([]index.Entry) string
	f := syntax.Parse("a.qmz", []byte(src))
	show = func(list []index.Entry) string {
		var parts []string
		for _, e := range list {
			if !strings.Contains(src[e.Whole.Start:e.Whole.End], src[e.At.Start:e.At.End]) {
				t.Errorf("%s stands at %v of %v", e.Name, e.At, e.Whole)
			}
			one := kindLetters[e.Kind] + ":" + e.Name
			if e.Detail != "" {
				one += "=" + strings.ReplaceAll(e.Detail, " ", "_")
			}
			if len(e.Children) > 0 {
				one += "[" + show(e.Children) + "]"
			}
			parts = append(parts, one)
		}
		return strings.Join(parts, " ")
	}
	want := "i:x.qmz s:ஆள்[m:பெயர்=சொல் m:வயது=எண் M:வாழ்=(இது)] f:f=(எண்_a)_சொல்[f:g=()] v:x=எண் v:y R:/அ=பெறு e:5=இடைவெளி f:h=()"
	if got := show(index.Outline(f)); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if f := syntax.Parse("a.qmz", []byte(`செயல் f( { வடிவம் { செயல் இறக்கு; வழி`)); len(index.Outline(f)) > 3 {
		t.Error("broken code has much to show")
	}
}

// A field that several shapes may have is linked to all of them; one behind a value of which nothing is known is doubtful.
func TestLinkedAndDoubtful(t *testing.T) {
	t.Parallel()
	src := `வடிவம் அ { எண் ப; } வடிவம் ஆ { எண் ப; } வடிவம் இ { எண் ப; }
செயல் f(x) { திரும்பு x.ப; } f(அ{ப: 1}); f(ஆ{ப: 1}); அச்சு இ{ப: 1}.ப & "𝒳"; செயல் _g(y) { திரும்பு y.ப; } செயல் _h(z) { திரும்பு z["ப"]; }`
	ix := build(t, src)
	a := index.Symbol{Kind: index.Field, Name: "ப", Of: "அ"}
	if got := shown(ix.Linked(a)); got != "m:அ/ப m:ஆ/ப" {
		t.Error(got)
	}
	if got := shown(ix.Linked(index.Symbol{Kind: index.Field, Name: "ப", Of: "இ"})); got != "m:இ/ப" {
		t.Error(got)
	}
	list := ix.Doubtful(a)
	if len(list) != 2 || src[list[0].Span.Start-2:list[0].Span.End] != "y.ப" || src[list[1].Span.Start-2:list[1].Span.End] != `z["ப"` {
		t.Errorf("%+v", list)
	}
}

// Names answers every name once and in order, each at its place.
func TestNames(t *testing.T) {
	t.Parallel()
	ix := build(t, `x = "𝒳"; செயல் f(a) { திரும்பு a.ப & x & நீளம்(query_params) & இல்லாத; } f({ப: 1});`)
	var list []index.Symbol
	ix.Names(0, func(o index.Occurrence) bool {
		if got := ix.Program().Files[0].Src[o.Span.Start:o.Span.End]; o.Symbol.Kind != index.Builtin && o.Symbol.Kind != index.None && got != o.Symbol.Name {
			t.Errorf("%s stands at the place of %s", got, o.Symbol.Name)
		}
		list = append(list, o.Symbol)
		return true
	})
	if got, want := shown(list), "v:x f:f p:f/a p:f/a k:ப v:x b:length r:query_params ?: f:f k:ப"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}

// A change in one of many files infers that function and those that depend on it, in whatever file they are.
func TestFilesRechecked(t *testing.T) {
	t.Parallel()
	s := check.NewSession()
	for i, want := range []int{1002, 1, 1} {
		s.Check(context.Background(), many(t, 100, i == 1), check.Options{})
		if w := s.Work(); w.Inferred > want || w.Units != 1001 || i > 0 && w.Files != 1 {
			t.Errorf("version %d: %+v, want at most %d inferred", i, w, want)
		}
	}
}

// Only statements with a new text are read again.
func TestReuse(t *testing.T) {
	t.Parallel()
	b := index.NewBuilder()
	for i, want := range []int{1102, 1, 1} {
		p := many(t, 100, i == 1)
		if b.Build(p, nil); b.Read() != want {
			t.Errorf("version %d read %d statements, want %d", i, b.Read(), want)
		}
	}
}

// An edit of one function of 10,000 lines costs a bounded share of what the first index does.
func TestEditAllocations(t *testing.T) {
	b := index.NewBuilder()
	p := long(t, 1000, false)
	q := long(t, 1000, true)
	first := testing.AllocsPerRun(1, func() { index.NewBuilder().Build(p, nil) })
	b.Build(p, nil)
	i := 0
	again := testing.AllocsPerRun(4, func() {
		b.Build([]*module.Program{q, p}[i%2], nil)
		i++
	})
	if again > first/10 {
		t.Errorf("%v allocations for an edit, %v at first", again, first)
	}
}

// An Index is used by many goroutines, also while the next is made.
func TestShared(t *testing.T) {
	t.Parallel()
	s, b := check.NewSession(), index.NewBuilder()
	var wait sync.WaitGroup
	for i := range 3 {
		p := many(t, 3, i == 1)
		s.Check(context.Background(), p, check.Options{})
		ix := b.Build(p, s.Info())
		for range 3 {
			wait.Go(func() {
				for f, file := range p.Files {
					for at := 0; at < len(file.Src); at += 7 {
						if o, ok := ix.At(f, at); ok && at%5 == 0 {
							ix.Occurrences(o.Symbol)
						}
					}
				}
			})
		}
	}
	wait.Wait()
}

// Whatever is left of a program, every name has its place in its file, and nothing panics.
func TestBroken(t *testing.T) {
	t.Parallel()
	cut := 0
	for n, c := range programs(t) {
		if n%7 != 0 || c.Source == "" {
			continue
		}
		c.Source = c.Source[:(n*31)%len(c.Source)]
		p, _ := c.load()
		s := check.NewSession()
		s.Check(context.Background(), p, check.Options{})
		ix := index.NewBuilder().Build(p, s.Info())
		for f, file := range p.Files {
			last := 0
			ix.Names(f, func(o index.Occurrence) bool {
				if o.Span.Start < last || o.Span.End > len(file.Src) || o.Span.Start > o.Span.End {
					t.Errorf("%s: a name at %v after %d", c.Name, o.Span, last)
				}
				last = o.Span.Start
				cut++
				if at, ok := ix.At(f, o.Span.Start); ok && at.Symbol.Kind != index.None && !slices.ContainsFunc(ix.Occurrences(at.Symbol), func(x index.Occurrence) bool { return x.Span == at.Span }) {
					t.Errorf("%s: %+v is not among its own occurrences", c.Name, at)
				}
				return true
			})
			ix.Visible(f, len(file.Src))
			index.Outline(file)
		}
	}
	if cut < 1000 {
		t.Errorf("only %d names", cut)
	}
}

func TestSymbolTypes(t *testing.T) {
	t.Parallel()
	src := `x = 1; x = "𝒳"; f = செயல்(a) { திரும்பு a; }; வடிவம் வ { எண் ப; செயல் செ(இது) சொல் { திரும்பு "a"; } } செயல் g(எண் b) { c = [b]; திரும்பு c; } அச்சு வ{ப: 1}.ப;`
	ix := build(t, src)
	for name, want := range map[string]string{"x =": "number | text", "f =": "function", "ப;": "number", "b)": "number", "c;": "array<number>"} {
		o, ok := ix.At(0, strings.Index(src, name))
		if got := ix.Type(o.Symbol).String(); !ok || got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	for name, want := range map[string]int{"f =": 1, "செ(": 1, "g(": 1} {
		o, _ := ix.At(0, strings.Index(src, name))
		if s := ix.Signature(o.Symbol); s == nil || len(s.Params) != want {
			t.Errorf("%s: %+v", name, s)
		}
	}
	if o, _ := ix.At(0, 0); ix.Signature(o.Symbol) != nil {
		t.Error("x is called")
	}
}

func TestClashes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		src, to string
		want    int
	}{
		{`|x = 1; y = "𝒳"; அச்சு y;`, "y", 2},
		{`|x = 1; செயல் f(y) { திரும்பு y; }`, "y", 0},
		{`|x = 1; செயல் f(y) { திரும்பு y + x; }`, "y", 2},
		{`செயல் f(|x) { திரும்பு x; } y = 1;`, "y", 0},
		{`செயல் f(|x) { திரும்பு x + y; } y = 1;`, "y", 1},
		{`செயல் |f() { திரும்பு நீளம்("a"); }`, "நீளம்", 1},
		{`செயல் |f() { } வடிவம் வ { எண் ப; }`, "வ", 1},
		{`வடிவம் வ { எண் |ப; எண் ம; செயல் க(இது) { } }`, "ம", 1},
		{`வடிவம் வ { எண் |ப; எண் ம; செயல் க(இது) { } }`, "க", 1},
		{`வடிவம் வ { எண் |ப விதி (ப > ம); } ம = 1;`, "ம", 1},
		{`வடிவம் வ { எண் |ப; } ம = 1;`, "ம", 0},
		{`வழி பெறு, "/a" { |x = 1; } வழி பெறு, "/b" { y = 2; }`, "y", 0},
	} {
		ix := build(t, strings.Replace(c.src, "|", "", 1))
		o, _ := ix.At(0, strings.Index(c.src, "|"))
		if got := ix.Clashes(o.Symbol, c.to); len(got) != c.want {
			t.Errorf("%s to %s: %+v, want %d", c.src, c.to, got, c.want)
		}
	}
}
