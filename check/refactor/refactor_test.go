package refactor_test

import (
	"context"
	"flag"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/check/refactor"
	format "github.com/etamil-lang/etamil/fmt"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// Each testdata/*.txtar is named for a rule and holds programs in which ⟦ and ⟧ mark the selection, or ‸ the cursor, each
// followed by what the rule makes of it, NAME@, or by why it refuses. Files with a folder in their names are imported.
// go test ./check/refactor -run Fixtures -update writes the answers. That a program does the same before and after is
// tested in cmd/etamil, which can run it.
var update = flag.Bool("update", false, "write the answers")

// situation is a checked program with a selection.
type situation struct {
	t     testing.TB
	files map[string]string
	src   string
	req   refactor.Request
	prog  *module.Program
	found []diag.Diagnostic
	// allowed are codes that the result may have: a new function's parameters are not used yet.
	allowed []string
}

// marked takes the marks out of a text.
func marked(text string) (string, syntax.Span) {
	if a, b, ok := strings.Cut(text, "‸"); ok {
		return a + b, syntax.Span{Start: len(a), End: len(a)}
	}
	a, rest, _ := strings.Cut(text, "⟦")
	sel, b, _ := strings.Cut(rest, "⟧")
	return a + sel + b, syntax.Span{Start: len(a), End: len(a) + len(sel)}
}

// at checks a program and asks nothing yet.
func at(t testing.TB, src string, span syntax.Span, files map[string]string) *situation {
	t.Helper()
	fsys := fstest.MapFS{"main.qmz": {Data: []byte(src)}}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	source := module.FS(fsys)
	prog, faults := module.Load(context.Background(), source, module.Entry{Path: "main.qmz"})
	s := &situation{t: t, files: files, src: src, prog: prog}
	for _, f := range faults {
		s.found = append(s.found, diag.FromLoad(f))
	}
	session := check.NewSession()
	if !module.HasErrors(faults) {
		s.found = append(s.found, session.Check(context.Background(), prog, check.Options{})...)
	}
	s.found, _ = diag.Silence(slices.DeleteFunc(s.found, func(d diag.Diagnostic) bool { return d.File != "main.qmz" }), prog.Files[0], true)
	s.req = refactor.Request{
		Names: index.NewBuilder().Build(prog, session.Info()), Info: session.Info(), Span: span, Found: s.found,
		Imports: format.NewImporter(source).Beside(context.Background(), "."),
	}
	return s
}

// apply makes the edits of the entry file.
func apply(src string, edits []diag.Edit) string {
	var out strings.Builder
	end := 0
	for _, e := range edits {
		out.WriteString(src[end:e.Span.Start] + e.Text)
		end = e.Span.End
	}
	return out.String() + src[end:]
}

// action finds an action by its ID.
func (s *situation) action(id string) (refactor.Action, bool) {
	list := refactor.Actions(s.req)
	i := slices.IndexFunc(list, func(a refactor.Action) bool { return a.ID == id })
	if i < 0 {
		return refactor.Action{}, false
	}
	return list[i], true
}

// answer is what a rule makes of the program.
func (s *situation) answer(id string) string {
	a, ok := s.action(id)
	switch {
	case !ok:
		return "none\n"
	case a.Disabled != refactor.Text{}:
		if a.Disabled.Tamil == "" || a.Disabled.English == "" {
			s.t.Error("the reason is not told in both languages")
		}
		return "disabled: " + a.Disabled.English + "\n"
	}
	if a.Title.Tamil == "" || a.Title.English == "" || a.Kind == "" {
		s.t.Errorf("the action has no title in both languages, or no kind: %+v", a.Title)
	}
	result := apply(s.src, a.Edits())
	s.holds(result, a)
	return result
}

// holds tells whether a result is laid out and has no finding that the program had not.
func (s *situation) holds(result string, a refactor.Action) {
	s.t.Helper()
	if laid, err := format.Source("main.qmz", []byte(s.src), format.Options{}); err == nil && string(laid) == s.src {
		laid, err := format.Source("main.qmz", []byte(result), format.Options{})
		if err != nil {
			s.t.Errorf("the result cannot be laid out: %v\n%s", err, result)
		} else if string(laid) != result {
			s.t.Errorf("the result is not laid out; it would be\n%s", laid)
		}
	} else {
		s.t.Logf("the fixture is not laid out: %v\n%s", err, laid)
	}
	had, have := codes(s.found), codes(at(s.t, result, syntax.Span{}, s.files).found)
	for _, d := range a.Cures {
		had[d.Code]--
	}
	for code, n := range have {
		if n > had[code] && !slices.Contains(s.allowed, code) {
			s.t.Errorf("%s is found %d times, before it was %d:\n%s", code, n, had[code], result)
		}
	}
}

func codes(list []diag.Diagnostic) map[string]int {
	n := map[string]int{}
	for _, d := range list {
		n[d.Code]++
	}
	return n
}

func TestFixtures(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		id := strings.TrimSuffix(path.Base(filepath.ToSlash(name)), ".txtar")
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var allowed []string
			if _, list, ok := strings.Cut(string(archive.Comment), "allowed: "); ok {
				list, _, _ = strings.Cut(list, "\n")
				allowed = strings.Fields(list)
			}
			files := map[string]string{}
			want := map[string]string{}
			var order []string
			for _, f := range archive.Files {
				switch {
				case strings.Contains(f.Name, "/"):
					files[f.Name] = string(f.Data)
				case strings.HasSuffix(f.Name, "@"):
					want[f.Name] = string(f.Data)
				default:
					order = append(order, f.Name)
				}
			}
			texts := map[string]string{}
			for _, f := range archive.Files {
				texts[f.Name] = string(f.Data)
			}
			fresh := &txtar.Archive{Comment: archive.Comment}
			for _, key := range slices.Sorted(maps.Keys(files)) {
				fresh.Files = append(fresh.Files, txtar.File{Name: key, Data: []byte(files[key])})
			}
			for _, key := range order {
				t.Run(key, func(t *testing.T) {
					src, span := marked(texts[key])
					s := at(t, src, span, files)
					s.allowed = allowed
					got := s.answer(id)
					fresh.Files = append(fresh.Files, txtar.File{Name: key, Data: []byte(texts[key])}, txtar.File{Name: key + "@", Data: []byte(got)})
					if !*update && got != want[key+"@"] {
						t.Errorf("got\n%s\nwant\n%s", got, want[key+"@"])
					}
				})
			}
			if *update {
				if err := os.WriteFile(name, txtar.Format(fresh), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// TestDocumented holds docs/code-actions.md to the fixtures: each has its row.
func TestDocumented(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/code-actions.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]bool{}
	for line := range strings.Lines(string(page)) {
		if cells := strings.Split(line, "|"); len(cells) == 5 {
			for i, part := range strings.Split(cells[1], "`") {
				if i%2 == 1 && !strings.Contains(part, ".") && part != "quickfix" && part != "source" {
					rows[part] = true
				}
			}
		}
	}
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		id := strings.TrimSuffix(filepath.Base(name), ".txtar")
		if !rows[id] {
			t.Errorf("%s has no row", id)
		}
		delete(rows, id)
	}
	for id := range rows {
		t.Errorf("%s has no fixture", id)
	}
}
