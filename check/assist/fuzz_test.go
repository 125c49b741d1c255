package assist

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// checked is a place in a text that may be anything.
func checked(src []byte, offset int) Place {
	p, _ := module.Load(context.Background(), module.FS(fstest.MapFS{}), module.Entry{Name: "𝒳.qmz", HasText: true, Text: src})
	s := check.NewSession()
	s.Check(context.Background(), p, check.Options{})
	return Place{Program: p, Info: s.Info(), Index: index.NewBuilder().Build(p, s.Info()), Offset: offset}
}

// edges are the offsets between the letters of a text, read line by line as positions are.
func edges(src string) map[int]bool {
	at, from := map[int]bool{0: true}, 0
	for line := range strings.Lines(src) {
		for it := graphemes.FromString(line); it.Next(); {
			at[from+it.End()] = true
		}
		from += len(line)
	}
	return at
}

// askAll asks everything of a place and holds what every answer must be.
func askAll(t *testing.T, p Place) {
	t.Helper()
	a, ctx, src := New(), context.Background(), p.Program.Files[0].Src
	edge := edges(src)
	inside := func(what string, s syntax.Span) {
		if s.Start < 0 || s.End > len(src) || s.Start > s.End || !edge[s.Start] || !edge[s.End] {
			t.Fatalf("%s at %v does not stand between letters of %d bytes: %q at %d", what, s, len(src), src, p.Offset)
		}
	}
	list := a.Complete(ctx, p, workspace)
	if len(list.Items) > MaxItems {
		t.Fatalf("%d items", len(list.Items))
	}
	for _, it := range list.Items {
		inside(it.Label, it.Insert)
		inside(it.Label, it.Replace)
		if it.Insert.Start != it.Replace.Start || it.Insert.End > it.Replace.End || it.Label == "" || !utf8.ValidString(it.Text) && utf8.ValidString(src) {
			t.Fatalf("%+v in %q at %d", it, src, p.Offset)
		}
		for _, e := range it.Edits {
			inside("edit of "+it.Label, e.Span)
			if e.Span.Start < it.Replace.End && it.Replace.Start < e.Span.End {
				t.Fatalf("edits overlap: %+v in %q at %d", it, src, p.Offset)
			}
		}
		a.Explain(p, it.Ref, Options{}).Markdown()
	}
	if text, at, ok := a.Hover(p, Options{}); ok {
		if at.Start < 0 || at.End > len(src) || at.Start >= at.End || text.Empty() {
			t.Fatalf("hover at %v in %q", at, src)
		}
	}
	for _, s := range a.Signature(p, Options{}).List {
		for _, param := range s.Params {
			if param.Start < 0 || param.End > len(s.Label) || param.Start > param.End {
				t.Fatalf("parameter at %v of %q", param, s.Label)
			}
		}
	}
}

func FuzzAsk(f *testing.F) {
	for _, c := range completions {
		at := strings.Index(c.src, "|")
		f.Add([]byte(c.src[:at]+c.src[at+1:]), at)
	}
	for _, c := range signatures {
		at := strings.Index(c.src, "|")
		f.Add([]byte(c.src[:at]+c.src[at+1:]), at)
	}
	f.Add([]byte("அ\xff.\xe0\xae"), 4)
	f.Add([]byte("க\u0bcd\u200d.𝒳👍🏽\r\nx.\"\\"), 9)
	f.Fuzz(func(t *testing.T, src []byte, at int) {
		if len(src) > 4096 {
			return
		}
		askAll(t, checked(src, at))
	})
}

// TestBrokenCode asks at every kind of place of programs that are cut off, have parts taken out, or brackets put in.
func TestBrokenCode(t *testing.T) {
	t.Parallel()
	names, _ := filepath.Glob("../testdata/full/*.qmz")
	if len(names) < 3 {
		t.Fatal("no programs")
	}
	r := rand.New(rand.NewPCG(1, 2))
	parts := []string{"{", "}", "(", ")", "\"", ".", ";", " ", "செ", "𝒳", "//", "[", "\\", "\n", "👍🏽", "்", ","}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		src := string(text[:min(len(text), 3000)])
		for range 12 {
			at := r.IntN(len(src) + 1)
			broken := src[:at]
			switch r.IntN(3) {
			case 0:
				broken += parts[r.IntN(len(parts))] + src[at:]
			case 1:
				broken += src[min(len(src), at+r.IntN(40)):]
			}
			askAll(t, checked([]byte(broken), min(at+r.IntN(3), len(broken))))
		}
	}
}
