package check

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax/module"
)

// longProgram has about ten lines for each of n functions; each calls the one before.
func longProgram(n int) string {
	var b strings.Builder
	b.WriteString("எண்கள் = [1, 2, 3];\nவீதம்_ = 18%;\n")
	for i := range n {
		prev := "நீளம்(எண்கள்)"
		if i > 0 {
			prev = fmt.Sprintf("கணக்கு_%d(அளவு, பெயர்)", i-1)
		}
		if i%20 == 0 {
			prev = "நீளம்(எண்கள்)"
		}
		fmt.Fprintf(&b, `
செயல் கணக்கு_%d(எண் அளவு, சொல் பெயர்) {
    விடை_ = {"தொகை": அளவு * வீதம்_, "பெயர்": பெயர், "முன்": %s};
    ஒவ்வொரு எ இல் எண்கள் {
        (எ > அளவு மற்றும் விடை_.தொகை != 0) எனில் { விடை_.தொகை = விடை_.தொகை + எ; }
        இன்றேல் { விடை_.பெயர் = விடை_.பெயர் & "𝒳"; }
    }
    திரும்பு விடை_;
}
`, i, prev)
	}
	fmt.Fprintf(&b, "\nஅச்சு கணக்கு_%d(5, \"அ\").தொகை;\n", n-1)
	return b.String()
}

func loadText(t testing.TB, src string) *module.Program {
	t.Helper()
	p, faults := module.Load(context.Background(), module.FS(fstest.MapFS{}), module.Entry{Name: "a.qmz", HasText: true, Text: []byte(src)})
	if module.HasErrors(faults) {
		t.Fatal(faults[0])
	}
	return p
}

func shownAll(list []diag.Diagnostic) []string {
	out := make([]string, len(list))
	for i, d := range list {
		out[i] = fmt.Sprintf("%s:%d-%d %s %d %q %v %v", d.File, d.Span.Start, d.Span.End, d.Code, d.Severity, d.Args, d.Related, d.Fixes)
	}
	return out
}

// A change of one declaration infers that one alone, and what depends on it where what it answers has changed.
func TestWork(t *testing.T) {
	t.Parallel()
	src := longProgram(200)
	s := NewSession()
	s.Check(context.Background(), loadText(t, src), Options{})
	if w := s.Work(); w.Inferred != w.Units || w.Units != 201 {
		t.Errorf("the first check inferred %+v", w)
	}
	for _, c := range []struct {
		what, old, new string
		low, high      int
	}{
		{"nothing", "", "", 0, 0},
		{"a comment outside", "\nசெயல் கணக்கு_50(", "\n// 👍🏽\nசெயல் கணக்கு_50(", 0, 0},
		{"a body", "கணக்கு_100(எண் அளவு, சொல் பெயர்) {", "கணக்கு_100(எண் அளவு, சொல் பெயர்) { அச்சு 1;", 1, 1},
		{"an answer", "செயல் கணக்கு_157(எண் அளவு, சொல் பெயர்) {", "செயல் கணக்கு_157(எண் அளவு, சொல் பெயர்) { (அளவு > 99) எனில் { திரும்பு 5; }", 2, 25},
		{"a global", "வீதம்_ = 18%", "வீதம்_ = \"x\"", 201, 201},
	} {
		changed := src
		if c.old != "" {
			if !strings.Contains(src, c.old) {
				t.Fatalf("%s: nothing to change", c.what)
			}
			changed = strings.Replace(src, c.old, c.new, 1)
		}
		p := loadText(t, changed)
		got := shownAll(s.Check(context.Background(), p, Options{}))
		if w := s.Work(); w.Inferred < c.low || w.Inferred > c.high {
			t.Errorf("a change of %s inferred %d units, want %d to %d", c.what, w.Inferred, c.low, c.high)
		}
		if want := shownAll(Program(context.Background(), p, Options{})); !slices.Equal(got, want) {
			t.Errorf("after a change of %s the session answers %v, a check from scratch %v", c.what, got, want)
		}
		src = changed
	}
}

// Whatever is edited, a session answers what a check from scratch does.
func TestSessionIsExact(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 9))
	for _, ex := range examples(t) {
		s := NewSession()
		files := fstest.MapFS{}
		for name, f := range ex.files {
			files[name] = &fstest.MapFile{Data: f.Data}
		}
		for range 40 {
			p, _ := ex.load(files)
			got := shownAll(s.Check(context.Background(), p, Options{}))
			if want := shownAll(Program(context.Background(), p, Options{})); !slices.Equal(got, want) {
				t.Fatalf("%s: the session answers\n%s\na check from scratch\n%s", ex.entry, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			at := r.IntN(len(p.Files))
			list := mutations(p.Files[at], r)
			if len(list) == 0 {
				continue
			}
			e := list[r.IntN(len(list))]
			src := p.Files[at].Src
			if r.IntN(3) == 0 { // back to what it was
				files[p.Paths[at]] = ex.files[p.Paths[at]]
				continue
			}
			files[p.Paths[at]] = &fstest.MapFile{Data: []byte(src[:e.span.Start] + e.text + src[e.span.End:])}
		}
	}
}

func TestCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	p := loadText(t, longProgram(400)+"எண் அ = \"x\";")
	start := time.Now()
	list := Program(ctx, p, Options{})
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("a cancelled check took %v", took)
	}
	if len(list) != 1 || list[0].Code != CodeInit {
		t.Errorf("a cancelled check answers %v", list)
	}
}

// stopAfter is a context that ends after it was asked n times.
type stopAfter struct {
	context.Context
	n atomic.Int64
}

func (c *stopAfter) Err() error {
	if c.n.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

// However late a check is stopped, the next one of the session is right.
func TestStopped(t *testing.T) {
	t.Parallel()
	src := longProgram(40) + strings.Repeat("வீதம்_ = வீதம்_ + நீளம்(எண்கள்);\n", 40) + "எண் அ = \"x\";\n"
	s := NewSession()
	for n := range 60 {
		src = strings.Replace(src, "திரும்பு விடை_;", "திரும்பு விடை_ ;", 1)
		p := loadText(t, src)
		ctx := &stopAfter{Context: context.Background()}
		ctx.n.Store(int64(n * 7))
		list := s.Check(ctx, p, Options{})
		if ctx.n.Load() < 0 && (s.Info() != nil || !slices.Equal(shownAll(list), shownAll(Core(p)))) {
			t.Fatalf("stopped after %d: %v", n, list)
		}
		if n%10 == 9 {
			if got, want := shownAll(s.Check(context.Background(), p, Options{})), shownAll(Program(context.Background(), p, Options{})); !slices.Equal(got, want) {
				t.Fatalf("after a stop: %v, want %v", got, want)
			}
		}
	}
}

// One key in 10,000 lines costs a small share of what the first check does.
func TestRecheckAllocations(t *testing.T) {
	src := longProgram(1000)
	other := strings.Replace(src, "கணக்கு_500(எண் அளவு, சொல் பெயர்) {", "கணக்கு_500(எண் அளவு, சொல் பெயர்) { அச்சு அளவு;", 1)
	programs := []*module.Program{loadText(t, other), loadText(t, src)}
	s := NewSession()
	first := testing.AllocsPerRun(1, func() { NewSession().Check(context.Background(), programs[1], Options{}) })
	s.Check(context.Background(), programs[1], Options{})
	i := 0
	again := testing.AllocsPerRun(6, func() {
		s.Check(context.Background(), programs[i%2], Options{})
		i++
		if w := s.Work(); w.Inferred != 1 || w.Read != 1 {
			t.Fatalf("one change: %+v", w)
		}
	})
	if again*15 > first {
		t.Errorf("%v allocations after one change, %v at first", again, first)
	}
}

// A check of one changed declaration in a file of 10,000 lines takes a fraction of a check from scratch.
func TestRecheckTime(t *testing.T) {
	src := longProgram(1100)
	if n := strings.Count(src, "\n"); n < 9_900 {
		t.Fatalf("only %d lines", n)
	}
	other := strings.Replace(src, "கணக்கு_500(எண் அளவு, சொல் பெயர்) {", "கணக்கு_500(எண் அளவு, சொல் பெயர்) { அச்சு அளவு;", 1)
	programs := []*module.Program{loadText(t, src), loadText(t, other)}
	s := NewSession()
	whole, again := time.Hour, time.Hour
	for i := range 24 {
		start := time.Now()
		s.Check(context.Background(), programs[i%2], Options{})
		if took := time.Since(start); i > 0 {
			again = min(again, took)
			if s.Work().Inferred != 1 {
				t.Fatalf("a check of one change inferred %d units", s.Work().Inferred)
			}
		}
		if i%8 == 0 {
			start = time.Now()
			Program(context.Background(), programs[0], Options{})
			whole = min(whole, time.Since(start))
		}
	}
	t.Logf("from scratch %v, after one change %v", whole, again)
	if again > 5*time.Millisecond && again*6 > whole {
		t.Errorf("a check after one change takes %v, from scratch %v", again, whole)
	}
}

func TestStats(t *testing.T) {
	t.Parallel()
	var s Stats
	Program(context.Background(), loadText(t, "x = 1; அச்சு x + 2; அச்சு ஜேசான்_படி(\"1\")?; அச்சு சேவை_பெறு(\"a\");"), Options{Stats: &s})
	if s.Expressions != 9 || s.Known != 8 {
		t.Errorf("%+v", s)
	}
}

func BenchmarkCheck(b *testing.B) {
	for _, n := range []int{100, 1000} {
		p := loadText(b, longProgram(n))
		b.Run(fmt.Sprintf("lines=%d", strings.Count(p.Files[0].Src, "\n")), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Program(context.Background(), p, Options{})
			}
		})
	}
}

// BenchmarkRecheck changes one declaration of a file of 10,000 lines, again and again.
func BenchmarkRecheck(b *testing.B) {
	src := longProgram(1000)
	other := strings.Replace(src, "கணக்கு_500(எண் அளவு, சொல் பெயர்) {", "கணக்கு_500(எண் அளவு, சொல் பெயர்) { அச்சு அளவு;", 1)
	programs := []*module.Program{loadText(b, src), loadText(b, other)}
	s := NewSession()
	s.Check(context.Background(), programs[0], Options{})
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		i++
		s.Check(context.Background(), programs[i%2], Options{})
	}
}

func BenchmarkCore(b *testing.B) {
	p := loadText(b, longProgram(1000))
	for b.Loop() {
		Core(p)
	}
}
