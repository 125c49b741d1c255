package index_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/syntax/module"
)

// functions are n functions of ten lines, each of which calls the one before; prefix keeps their names apart.
func functions(prefix string, n int) string {
	var b strings.Builder
	for i := range n {
		prev := "அளவு"
		if i > 0 {
			prev = fmt.Sprintf("%s_%d(அளவு, பெயர்).தொகை", prefix, i-1)
		}
		fmt.Fprintf(&b, `
// %[1]s: கணக்கு %[2]d 𝒳
செயல் %[1]s_%[2]d(எண் அளவு, சொல் பெயர்) {
    விடை_ = {"தொகை": அளவு * வீதம்_, "பெயர்": பெயர், "முன்": %[3]s};
    ஒவ்வொரு எ இல் எண்கள் {
        (எ > அளவு மற்றும் விடை_.தொகை != 0) எனில் { விடை_.தொகை = விடை_.தொகை + எ; }
        இன்றேல் { விடை_.பெயர் = விடை_.பெயர் & "𝒳"; }
    }
    திரும்பு விடை_;
}
`, prefix, i, prev)
	}
	return b.String()
}

const head = "எண்கள் = [1, 2, 3];\nவீதம்_ = 18%;\n"

func load(t testing.TB, fsys fstest.MapFS) *module.Program {
	t.Helper()
	p, faults := module.Load(context.Background(), module.FS(fsys), module.Entry{Path: "a.qmz"})
	if module.HasErrors(faults) {
		t.Fatal(faults[0])
	}
	return p
}

// long is one file of 10 n lines, many n files of a hundred lines each; changed tells the same with one more statement in
// one function.
func long(t testing.TB, n int, changed bool) *module.Program {
	src := head + functions("கணக்கு", n)
	if changed {
		at := fmt.Sprintf("கணக்கு_%d(எண் அளவு, சொல் பெயர்) {", n/2)
		src = strings.Replace(src, at, at+" அச்சு அளவு;", 1)
	}
	return load(t, fstest.MapFS{"a.qmz": {Data: []byte(src)}})
}

func many(t testing.TB, n int, changed bool) *module.Program {
	fsys := fstest.MapFS{}
	var entry strings.Builder
	entry.WriteString(head)
	for i := range n {
		src := functions(fmt.Sprintf("க%d", i), 10)
		if i == n/2 && changed {
			src = strings.Replace(src, "_5(எண் அளவு, சொல் பெயர்) {", "_5(எண் அளவு, சொல் பெயர்) { அச்சு அளவு;", 1)
		}
		fsys[fmt.Sprintf("m/f%d.qmz", i)] = &fstest.MapFile{Data: []byte(src)}
		fmt.Fprintf(&entry, "இறக்கு \"m/f%d.qmz\";\n", i)
	}
	for i := range n {
		fmt.Fprintf(&entry, "அச்சு க%d_9(1, \"𝒳\");\n", i)
	}
	fsys["a.qmz"] = &fstest.MapFile{Data: []byte(entry.String())}
	return load(t, fsys)
}

// BenchmarkEdit is what an editor waits for after a key: the check of the program with one changed function, and its index.
func BenchmarkEdit(b *testing.B) {
	for _, c := range []struct {
		name string
		make func(testing.TB, int, bool) *module.Program
		n    int
	}{{"lines=1000", long, 100}, {"lines=10000", long, 1000}, {"files=1000", many, 1000}} {
		programs := []*module.Program{c.make(b, c.n, false), c.make(b, c.n, true)}
		for _, step := range []string{"check", "index"} {
			b.Run(step+"/"+c.name, func(b *testing.B) {
				s, build := check.NewSession(), index.NewBuilder()
				for _, p := range programs {
					s.Check(context.Background(), p, check.Options{})
					build.Build(p, s.Info())
				}
				info := s.Info()
				b.ReportAllocs()
				for i := 0; b.Loop(); i++ {
					if step == "check" {
						s.Check(context.Background(), programs[i%2], check.Options{})
					} else {
						build.Build(programs[i%2], info)
					}
				}
			})
		}
	}
}

// BenchmarkCold is the first check of a program, and its first index.
func BenchmarkCold(b *testing.B) {
	p := many(b, 1000, false)
	b.Run("check", func(b *testing.B) {
		for b.Loop() {
			check.NewSession().Check(context.Background(), p, check.Options{})
		}
	})
	b.Run("index", func(b *testing.B) {
		for b.Loop() {
			index.NewBuilder().Build(p, nil)
		}
	})
}

// BenchmarkQuery is what requests ask of a program of 10,000 lines.
func BenchmarkQuery(b *testing.B) {
	p := long(b, 1000, false)
	s := check.NewSession()
	s.Check(context.Background(), p, check.Options{})
	in := s.Info()
	ix := index.NewBuilder().Build(p, in)
	src := p.Files[0].Src
	at := strings.Index(src, "கணக்கு_500(அளவு, பெயர்).தொகை")
	end := at + len("கணக்கு_500(அளவு, பெயர்)")
	fn, _ := ix.At(0, at)
	global, _ := ix.At(0, strings.Index(src, "எண்கள்"))
	for _, q := range []struct {
		name string
		ask  func()
	}{
		{"at", func() { ix.At(0, at) }},
		{"function", func() { ix.Occurrences(fn.Symbol) }},
		{"global", func() { ix.Occurrences(global.Symbol) }},
		{"visible", func() { ix.Visible(0, end) }},
		{"names", func() { ix.Names(0, func(index.Occurrence) bool { return true }) }},
		{"type", func() { in.TypeBefore(0, end) }},
		{"vars", func() { in.Vars(0, end) }},
		{"key", func() { ix.Occurrences(index.Symbol{Kind: index.Key, Name: "தொகை"}) }},
		{"outline", func() { index.Outline(p.Files[0]) }},
	} {
		b.Run(q.name, func(b *testing.B) {
			q.ask()
			b.ReportAllocs()
			for b.Loop() {
				q.ask()
			}
		})
	}
}
