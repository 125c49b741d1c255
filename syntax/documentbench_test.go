package syntax

import (
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// linesOf is a program of so many lines in functions of ten, short enough that 100,000 lines are no more than a file may be.
func linesOf(lines int) string {
	var b strings.Builder
	for i := 0; i < lines; i += 10 {
		fmt.Fprintf(&b, "// கணக்கு %d\nceyal f%d(eN a, eN b) eN {\n  eN c = a + b * 2;\n  (c > 10) eZil {\n    accu \"அ\" & c;\n", i, i)
		fmt.Fprintf(&b, "  } inREl {\n    c = f%d(c, 1);\n  }\n  tirumpu c;\n}\n", max(0, i-10))
	}
	return b.String()
}

// typing is a place in the body of one of a program's functions where somebody types.
func typing(r *rand.Rand, text string) int {
	at := r.IntN(len(text) - 200)
	return at + strings.Index(text[at:], "* 2;") + len("* 2")
}

func TestTypingParsesOneStatement(t *testing.T) {
	t.Parallel()
	d := NewDocument("x.qmz", linesOf(10_000))
	r := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		at := typing(r, d.Text())
		for i, c := range " + க" {
			next := d.Edit(at+i, at+i, string(c))
			if s := next.Stats(); s.Declarations != 1 || s.Bytes > 2000 {
				t.Fatalf("%q at %d: %+v", c, at+i, s)
			}
			d = next
		}
	}
	same(t, d)
	at := typing(r, d.Text())
	whole := d.Edit(0, len(d.Text()), d.Text()[:at]+" + 𝒳"+d.Text()[at:])
	if s := whole.Stats(); s.Declarations != 1 {
		t.Errorf("a whole text with one change: %+v", s)
	}
	same(t, whole)
}

// What is typed at the top and left open changes nothing further down.
func TestOpenAtTheTopStaysLocal(t *testing.T) {
	t.Parallel()
	d := NewDocument("x.qmz", linesOf(3000))
	few := func(what string, d *Document) {
		t.Helper()
		if s := d.Stats(); s.Declarations > 3 || s.Bytes > 10_000 {
			t.Errorf("%s: %+v", what, s)
		}
	}
	at := strings.Index(d.Text(), "* 2;") + len("* 2;")
	for _, put := range []string{"{", "(", "[", "\"", "f(", "\"அ\" & \"", "f({\"அ\": \"", "முயல் {"} {
		open := d.Edit(at, at, put)
		few(put, open)
		same(t, open)
		below := strings.LastIndex(open.Text(), "* 2;")
		few("typing below "+put, open.Edit(below, below, "1"))
		few("taking away "+put, open.Edit(at, at+len(put), ""))
	}
}

// Any number of goroutines read one document and edit it, each for itself.
func TestDocumentsAreShared(t *testing.T) {
	t.Parallel()
	d := NewDocument("x.qmz", linesOf(200))
	want := len(d.File().Stmts)
	var wait sync.WaitGroup
	for n := range 8 {
		wait.Go(func() {
			r := rand.New(rand.NewPCG(uint64(n), 3))
			mine := d.Edit(0, 0, "")
			for range 20 {
				mine = mine.Edit(randomEdit(r, mine.Text()))
				if got := d.File(); len(got.Stmts) != want || len(got.AllTokens()) < want || d.ToText(d.ToSource(9)) != 9 {
					t.Error("an edit of another document changed this one")
				}
				_ = mine.File().AllTokens()
				if err := Dump(io.Discard, mine.File()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	same(t, d)
}

func BenchmarkDocumentEdit(b *testing.B) {
	for _, lines := range []int{1000, 10_000, 100_000} {
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			d := NewDocument("x.qmz", linesOf(lines))
			r := rand.New(rand.NewPCG(1, 2))
			var took []time.Duration
			b.ReportAllocs()
			for b.Loop() {
				at := typing(r, d.Text())
				start := time.Now()
				e := d.Edit(at, at, "1")
				e.File()
				took = append(took, time.Since(start))
				d = e.Edit(at, at+1, "")
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds()), "p95-µs")
		})
	}
}

func BenchmarkDocumentNew(b *testing.B) {
	text := linesOf(10_000)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		NewDocument("x.qmz", text).File()
	}
}

func BenchmarkDocumentParse(b *testing.B) {
	text := []byte(linesOf(10_000))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Parse("x.qmz", text)
	}
}
