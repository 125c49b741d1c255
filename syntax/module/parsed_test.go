package module

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/etamil-lang/etamil/syntax"
)

// editor is a source that keeps the files that it has parsed.
type editor struct {
	Source
	parsed map[string]*syntax.File
	opened []string
}

func (e *editor) Open(name string) (fs.File, error) {
	e.opened = append(e.opened, name)
	return e.Source.Open(name)
}

func (e *editor) Parsed(path string) (*syntax.File, bool) {
	f, ok := e.parsed[path]
	return f, ok
}

func (e *editor) keep(p *Program) {
	for i, f := range p.Files {
		e.parsed[p.Paths[i]] = f
	}
}

// Loading a program again after an edit reads and parses nothing but the file that is new to the source.
func TestParsedFilesAreTakenAsTheyAre(t *testing.T) {
	t.Parallel()
	fsys := fstest.MapFS{}
	var main strings.Builder
	for i := range 1000 {
		fsys[fmt.Sprintf("l/%d.qmz", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "செயல் f%d() எண் { திரும்பு %d; }", i, i)}
		fmt.Fprintf(&main, "இறக்கு \"l/%d.qmz\";\n", i)
	}
	fsys["main.qmz"] = &fstest.MapFile{Data: []byte(main.String())}
	e := &editor{Source: FS(fsys), parsed: map[string]*syntax.File{}}
	first, faults := Load(context.Background(), e, Entry{Path: "main.qmz"})
	if len(faults) > 0 || len(e.opened) != 1001 || len(first.Items) != 1000 {
		t.Fatalf("%d files opened, %d items, faults:\n%s", len(e.opened), len(first.Items), report(faults))
	}
	e.keep(first)
	e.opened = nil
	doc := syntax.NewDocument("l/7.qmz", string(fsys["l/7.qmz"].Data)).Edit(0, 0, "\n// 👍🏽\n")
	e.parsed["l/7.qmz"] = doc.File()
	delete(e.parsed, "l/8.qmz")
	again, faults := Load(context.Background(), e, Entry{Path: "main.qmz"})
	if len(faults) > 0 || strings.Join(e.opened, " ") != "l/8.qmz" || len(again.Files) != 1001 {
		t.Fatalf("opened %q, %d files, faults:\n%s", e.opened, len(again.Files), report(faults))
	}
	for i, f := range again.Files {
		if name := again.Paths[i]; (f == first.Files[i]) != (name != "l/7.qmz" && name != "l/8.qmz") {
			t.Errorf("%s: the same file: %v", name, f == first.Files[i])
		}
	}
}

// The places of a program's faults are those in the files' sources, also where a file's statements were parsed apart.
func TestPlacesOfDocuments(t *testing.T) {
	t.Parallel()
	text := "இறக்கு \"அ.qmz\";\nஇறக்கு \"இல்லை.qmz\";\nசெயல் f() { திரும்பு 1; }\n"
	fsys := files("அ.qmz", text, "ஆ.qmz", "செயல் f() { திரும்பு 2; }")
	whole, want := Load(context.Background(), FS(fsys), Entry{Text: []byte("இறக்கு \"ஆ.qmz\"; இறக்கு \"அ.qmz\";"), HasText: true})
	doc := syntax.NewDocument("அ.qmz", text[len("இறக்கு \"அ.qmz\";\n"):]).Edit(0, 0, "இறக்கு \"அ.qmz\";\n")
	e := &editor{Source: FS(fsys), parsed: map[string]*syntax.File{"அ.qmz": doc.File()}}
	over := Overlay(e, map[string][]byte{"ஆ.qmz": fsys["ஆ.qmz"].Data})
	apart, got := Load(context.Background(), over, Entry{Text: []byte("இறக்கு \"ஆ.qmz\"; இறக்கு \"அ.qmz\";"), HasText: true})
	if report(got) != report(want) || len(want) != 2 {
		t.Errorf("faults:\n%swant:\n%s", report(got), report(want))
	}
	for i, it := range apart.Items {
		w := whole.Items[i]
		if it.Stmt.Span().Shift(it.Base) != w.Stmt.Span().Shift(w.Base) {
			t.Errorf("item %d stands at %v + %d, want %v", i, it.Stmt.Span(), it.Base, w.Stmt.Span())
		}
	}
	if apart.Items[1].Base == 0 {
		t.Error("the item of the document has no base: this test tests nothing")
	}
}
