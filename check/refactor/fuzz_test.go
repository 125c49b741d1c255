package refactor_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/check/refactor"
	"github.com/etamil-lang/etamil/check/refactor/cases"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/position"
)

// sources are programs to start from: those of the fixtures and of the conformance suite.
func sources(t testing.TB) (list []string) {
	t.Helper()
	rules, err := cases.Read("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rules {
		for _, c := range r.Cases {
			list = append(list, c.Marked, c.After[cases.Entry])
		}
	}
	names, err := filepath.Glob("../../testdata/conformance/*.jsonl")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		in := bufio.NewScanner(f)
		in.Buffer(nil, 1<<24)
		for n := 0; in.Scan() && n < 40; n++ {
			var c struct{ Source string }
			if err := json.Unmarshal(in.Bytes(), &c); err != nil {
				t.Fatal(err)
			}
			list = append(list, c.Source)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return list
}

// FuzzActions asks at any range of any text. All edits are in order, inside the text, apart from each other, and at the
// edges of letters; a text that could be read can be read afterwards.
func FuzzActions(f *testing.F) {
	for i, src := range sources(f) {
		plain, span := (&cases.Case{Marked: src}).Source()
		if span == (syntax.Span{}) {
			span = syntax.Span{Start: len(plain) * (i % 7) / 7, End: len(plain) * (i%7 + i%3) / 9}
		}
		f.Add(plain, span.Start, span.End)
		f.Add(plain[:len(plain)*2/3], span.Start, span.End) // a broken one
	}
	f.Fuzz(func(t *testing.T, src string, start, end int) {
		if len(src) > 4000 {
			return
		}
		s := at(t, src, syntax.Span{Start: start, End: end}, nil)
		text := s.Request.Names.Program().Files[0].Src
		whole := !s.Request.Names.Program().Files[0].HasErrors()
		for _, a := range refactor.Actions(s.Request) {
			edits := a.Edits()
			if a.Disabled != (refactor.Text{}) && edits != nil {
				t.Errorf("%s is disabled and has edits", a.ID)
			}
			given := strings.HasPrefix(a.ID, "fix") // what check proposes is tested there
			upto := 0
			for i, e := range edits {
				switch {
				case e.File != cases.Entry || e.Span.Start < upto || e.Span.End < e.Span.Start || e.Span.End > len(text):
					t.Fatalf("%s: edit %d of %v is out of place", a.ID, i, edits)
				case !given && (!edge(text, e.Span.Start) || !edge(text, e.Span.End)):
					t.Errorf("%s: %v parts a letter", a.ID, e)
				}
				upto = e.Span.End
			}
			if result := cases.Apply(cases.Entry, text, edits); whole && !given && syntax.Parse(cases.Entry, []byte(result)).HasErrors() {
				t.Errorf("%s at %v: the result cannot be read:\n%s", a.ID, s.Request.Span, result)
			}
		}
	})
}

// edge tells whether an offset is between two letters, or at the edge of a token: a sign may stand where no letter does.
func edge(text string, off int) bool {
	m := position.NewMap(text)
	line, col := m.Clusters(off)
	if m.OffsetClusters(line, col) == off {
		return true
	}
	toks, _ := syntax.Lex(text)
	for i := range toks {
		if toks[i].Pos.Offset == off || toks[i].Pos.Offset+len(toks[i].Value) == off {
			return true
		}
	}
	return false
}
