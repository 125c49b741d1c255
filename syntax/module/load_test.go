package module

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/etamil-lang/etamil/syntax"
)

// files makes a file system of name and text pairs.
func files(pairs ...string) fstest.MapFS {
	m := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return m
}

// order writes the texts of a program's statements, each with its file's name.
func order(p *Program) string {
	var b strings.Builder
	for _, it := range p.Items {
		f, s := p.Files[it.File], it.Stmt.Span()
		fmt.Fprintf(&b, "%s: %s\n", f.Name, f.Src[s.Start:s.End])
	}
	return b.String()
}

// report writes the faults.
func report(faults []Fault) string {
	var b strings.Builder
	for _, f := range faults {
		fmt.Fprintf(&b, "%s %s %d-%d %q\n", f.Code, f.File, f.Span.Start, f.Span.End, f.Args)
	}
	return b.String()
}

func TestOrder(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		fsys  fstest.MapFS
		roots []string
		want  string
	}{
		{"no import", files("a.qmz", "அச்சு 1;"), nil, "a.qmz: அச்சு 1;\n"},
		{
			"spliced in place, depth first",
			files("a.qmz", "அச்சு 1;\nஇறக்கு \"b.qmz\";\nஅச்சு 4;", "b.qmz", "அச்சு 2;\niRakku \"c.qmz\";", "c.qmz", "accu 3;"),
			nil, "a.qmz: அச்சு 1;\nb.qmz: அச்சு 2;\nc.qmz: accu 3;\na.qmz: அச்சு 4;\n",
		},
		{
			"each file once, however it is named",
			files("a.qmz", "இறக்கு \"l/b.qmz\";\nஇறக்கு \"l/../l/b.qmz\";\nஇறக்கு \"./l/b.qmz\";", "l/b.qmz", "அச்சு 1;"),
			nil, "l/b.qmz: அச்சு 1;\n",
		},
		{
			"a cycle yields nothing the second time",
			files("a.qmz", "இறக்கு \"b.qmz\"; அச்சு 1;", "b.qmz", "இறக்கு \"a.qmz\"; இறக்கு \"b.qmz\"; அச்சு 2;"),
			nil, "b.qmz: அச்சு 2;\na.qmz: அச்சு 1;\n",
		},
		{
			"beside the importer before the roots, the roots in order",
			files("a.qmz", "இறக்கு \"l/b.qmz\";", "l/b.qmz", "இறக்கு \"c.qmz\"; இறக்கு \"d.qmz\";",
				"l/c.qmz", "அச்சு 1;", "r1/c.qmz", "அச்சு 2;", "r2/d.qmz", "அச்சு 3;", "r3/d.qmz", "அச்சு 4;", "c.qmz", "அச்சு 5;"),
			[]string{"", "r1", "r2", "r3"},
			"l/c.qmz: அச்சு 1;\nr2/d.qmz: அச்சு 3;\n",
		},
		{
			"a folder hides nothing",
			files("a.qmz", "இறக்கு \"b\";", "b/x.qmz", "", "r/b", "அச்சு 1;"),
			[]string{"r"},
			"r/b: அச்சு 1;\n",
		},
		{
			"names in Tamil and astral letters",
			files("a.qmz", "இறக்கு \"நூலகம்/கௌ👍🏽𝒳.qmz\";", "நூலகம்/கௌ👍🏽𝒳.qmz", "அச்சு \"𝒳\";"),
			nil, "நூலகம்/கௌ👍🏽𝒳.qmz: அச்சு \"𝒳\";\n",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p, faults := Load(context.Background(), FS(c.fsys), Entry{Path: "a.qmz"}, c.roots...)
			if got := order(p); got != c.want {
				t.Errorf("order:\n%swant:\n%s", got, c.want)
			}
			if len(faults) > 0 || HasErrors(faults) {
				t.Errorf("faults:\n%s", report(faults))
			}
			if len(p.Files) != len(p.Paths) || p.Files[0].Name != "a.qmz" || p.Source("a.qmz") != string(c.fsys["a.qmz"].Data) {
				t.Errorf("files %d, paths %q", len(p.Files), p.Paths)
			}
		})
	}
}

func TestNestedImportIsLeftAlone(t *testing.T) {
	t.Parallel()
	p, faults := Load(context.Background(), FS(files("a.qmz", "(பொய்) எனில் { இறக்கு \"இல்லை.qmz\"; }")), Entry{Path: "a.qmz"})
	if len(faults) != 0 || len(p.Items) != 1 || len(p.Files) != 1 {
		t.Errorf("%d items, faults:\n%s", len(p.Items), report(faults))
	}
}

// denied is a file system in which some files cannot be read.
type denied struct{ fstest.MapFS }

func (d denied) Open(name string) (fs.File, error) {
	switch name {
	case "secret.qmz":
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	case "broken.qmz":
		return nil, &fs.PathError{Op: "open", Path: name, Err: fmt.Errorf("disk on fire")}
	}
	return d.MapFS.Open(name)
}

func TestFaults(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, entry string
		fsys        fstest.MapFS
		want        []string // code, file and part of the arguments
	}{
		{"no entry", "இல்லை.qmz", files(), []string{`E0201 இல்லை.qmz 0-0 ["இல்லை.qmz"]`}},
		{"entry is a folder", "l", files("l/a.qmz", ""), []string{`E0203 l 0-0 ["l"]`}},
		{"entry without permission", "secret.qmz", files(), []string{`E0204 secret.qmz 0-0 ["secret.qmz"]`}},
		{"entry that breaks", "broken.qmz", files(), []string{`E0205 broken.qmz 0-0 ["broken.qmz" "disk on fire"]`}},
		{
			"missing import at the path's place", "a.qmz", files("a.qmz", "அச்சு 1;\nஇறக்கு \"l/கை.qmz\";\nஅச்சு 2;"),
			[]string{`E0202 a.qmz 38-52 ["l/கை.qmz" "., /usr/share/etamil"]`},
		},
		{"import without permission", "a.qmz", files("a.qmz", "இறக்கு \"secret.qmz\";"), []string{`E0204 a.qmz 19-31 ["secret.qmz"]`}},
		{"empty import", "a.qmz", files("a.qmz", "இறக்கு \"\";"), []string{`E0210 a.qmz 19-21 []`}},
		{"import that is no name", "a.qmz", files("a.qmz", "இறக்கு \"../../x\";"), []string{`E0202 a.qmz 19-28`}},
		{
			"a syntax error in an import carries the import's file", "a.qmz", files("a.qmz", "இறக்கு \"b.qmz\";", "b.qmz", "அச்சு ;"),
			[]string{`E0`, ` b.qmz `},
		},
		{
			"one function in two imports", "a.qmz",
			files("a.qmz", "இறக்கு \"b.qmz\"; இறக்கு \"c.qmz\";", "b.qmz", "செயல் கூட்டு_() {}", "c.qmz", "செயல் x() {} செயல் கூட்டு_() {}"),
			[]string{`E0206 c.qmz`, `["கூட்டு_" "b.qmz" "c.qmz"]`},
		},
		{"not UTF-8", "a.qmz", files("a.qmz", "அச்சு \xff;"), []string{"E0015 a.qmz"}},
		{"too large", "a.qmz", files("a.qmz", strings.Repeat("//////\n", 4<<20/7+2)), []string{"E0014 a.qmz"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p, faults := Load(context.Background(), FS(denied{c.fsys}), Entry{Path: c.entry}, ".", "/usr/share/etamil")
			got := report(faults)
			if len(faults) == 0 || !HasErrors(faults) {
				t.Fatal("no error")
			}
			for _, want := range c.want {
				if !strings.Contains(got, want) {
					t.Errorf("faults:\n%swant %s", got, want)
				}
			}
			if len(p.Files) == 0 || p.Files[0] == nil {
				t.Error("the program has no entry file")
			}
		})
	}
}

func TestSameFunctionIsAllowed(t *testing.T) {
	t.Parallel()
	for name, fsys := range map[string]fstest.MapFS{
		"in the entry":       files("a.qmz", "செயல் f() {} இறக்கு \"b.qmz\"; செயல் f() {}", "b.qmz", "செயல் f() {}"),
		"twice in one file":  files("a.qmz", "இறக்கு \"b.qmz\";", "b.qmz", "செயல் f() {} செயல் f() {}"),
		"in another's block": files("a.qmz", "இறக்கு \"b.qmz\"; இறக்கு \"c.qmz\";", "b.qmz", "செயல் f() {}", "c.qmz", "செயல் g() { செயல் f() {} }"),
	} {
		if _, faults := Load(context.Background(), FS(fsys), Entry{Path: "a.qmz"}); len(faults) > 0 {
			t.Errorf("%s: %s", name, report(faults))
		}
	}
}

func TestTextEntry(t *testing.T) {
	t.Parallel()
	src := FS(files("l/b.qmz", "அச்சு 1;", "b.qmz", "அச்சு 2;", "a.qmz", "அச்சு 3;"))
	for _, c := range []struct {
		e    Entry
		want string
	}{
		{Entry{Name: "<stdin>", HasText: true, Text: []byte("இறக்கு \"b.qmz\"; அச்சு 0;"), Dir: "l"}, "l/b.qmz: அச்சு 1;\n<stdin>: அச்சு 0;\n"},
		{Entry{Name: "<stdin>", HasText: true, Text: []byte("இறக்கு \"b.qmz\";")}, "b.qmz: அச்சு 2;\n"},
		{Entry{Name: "<stdin>", HasText: true}, ""},
		{Entry{Path: "a.qmz", HasText: true, Text: []byte("இறக்கு \"a.qmz\"; அச்சு 9;")}, "a.qmz: அச்சு 9;\n"},
		{Entry{Path: "a.qmz", Name: "கொ.qmz"}, "கொ.qmz: அச்சு 3;\n"},
	} {
		p, faults := Load(context.Background(), src, c.e)
		if got := order(p); got != c.want || len(faults) > 0 {
			t.Errorf("%+v: order:\n%sfaults:\n%s", c.e, got, report(faults))
		}
	}
}

func TestOverlay(t *testing.T) {
	t.Parallel()
	base := FS(files("a.qmz", "இறக்கு \"l/b.qmz\"; இறக்கு \"new.qmz\";", "l/b.qmz", "அச்சு 1;"))
	src := Overlay(base, map[string][]byte{"l/b.qmz": []byte("அச்சு \"கௌ\";"), "new.qmz": []byte("அச்சு 3;")})
	p, faults := Load(context.Background(), src, Entry{Path: "./a.qmz"})
	if got, want := order(p), "l/b.qmz: அச்சு \"கௌ\";\nnew.qmz: அச்சு 3;\n"; got != want || len(faults) > 0 {
		t.Errorf("order:\n%sfaults:\n%s", got, report(faults))
	}
	f, err := src.Open("new.qmz")
	if err != nil {
		t.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil || info.Name() != "new.qmz" || info.Size() != int64(len("அச்சு 3;")) || info.IsDir() || info.Mode().Perm() != 0o444 || !info.ModTime().IsZero() || info.Sys() != nil {
		t.Errorf("info %+v, %v", info, err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
}

// Symbolic links lead to one file, and a circle of them to none.
func TestLinks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range map[string]string{"a.qmz": "இறக்கு \"b.qmz\"; இறக்கு \"c.qmz\"; இறக்கு \"d/b.qmz\";", "b.qmz": "அச்சு 1;"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for from, to := range map[string]string{"c.qmz": "b.qmz", "d": ".", "loop": "loop"} {
		if err := os.Symlink(to, filepath.Join(dir, from)); err != nil {
			t.Fatal(err)
		}
	}
	src := FS(os.DirFS(dir))
	p, faults := Load(context.Background(), src, Entry{Path: "a.qmz"})
	if got := order(p); got != "b.qmz: அச்சு 1;\n" || len(faults) > 0 {
		t.Errorf("order:\n%sfaults:\n%s", got, report(faults))
	}
	if id, err := src.Canonical("loop"); err == nil {
		t.Errorf("a circle of links resolves to %q", id)
	}
	funcs := Funcs{OpenFile: func(p string) (fs.File, error) { return os.Open(p) }, CanonicalPath: filepath.EvalSymlinks}
	p, faults = Load(context.Background(), funcs, Entry{Path: filepath.ToSlash(dir) + "/a.qmz"})
	if len(p.Items) != 1 || len(p.Files) != 2 || len(faults) > 0 {
		t.Errorf("through functions: %d items of %d files, faults:\n%s", len(p.Items), len(p.Files), report(faults))
	}
	if _, faults = Load(context.Background(), funcs, Entry{Path: filepath.ToSlash(dir) + "/b.qmz/x.qmz"}); len(faults) != 1 || faults[0].Code != NoEntry {
		t.Errorf("a file as a folder: %s", report(faults))
	}
}

func TestStops(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	p, faults := Load(ctx, FS(files("a.qmz", "அச்சு 1; இறக்கு \"b.qmz\";", "b.qmz", "")), Entry{Path: "a.qmz"})
	if len(faults) != 1 || faults[0].Code != Stopped || len(p.Items) != 1 {
		t.Errorf("%d items, faults:\n%s", len(p.Items), report(faults))
	}
}

func TestTooManyFiles(t *testing.T) {
	t.Parallel()
	fsys := fstest.MapFS{}
	for i := range MaxFiles + 1 {
		fsys[fmt.Sprintf("%d.qmz", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "இறக்கு \"%d.qmz\";", i+1)}
	}
	p, faults := Load(context.Background(), FS(fsys), Entry{Path: "0.qmz"})
	if len(p.Files) != MaxFiles || len(faults) != 1 || faults[0].Code != TooMany {
		t.Errorf("%d files, faults:\n%s", len(p.Files), report(faults))
	}
}

// FuzzLoad holds the loader to: no panic, every fault inside its file, every item of a file that there is.
func FuzzLoad(f *testing.F) {
	f.Add("இறக்கு \"b.qmz\"; அச்சு 1;", "இறக்கு \"a.qmz\";", "b.qmz")
	f.Add("iRakku \"கௌ\";", "செயல் f() {}", "கௌ")
	f.Add("இறக்கு \"../👍🏽\";", "\xff", "../𝒳")
	f.Fuzz(func(t *testing.T, entry, other, name string) {
		src := Overlay(FS(files("a.qmz", entry)), map[string][]byte{name: []byte(other)})
		p, faults := Load(context.Background(), src, Entry{Path: "a.qmz"}, "r", "/")
		for _, ft := range faults {
			if n := len(p.Files[ft.Index].Src); ft.Span.Start < 0 || ft.Span.End > n || ft.Span.Start > ft.Span.End {
				t.Fatalf("%s at %d-%d of %d bytes", ft.Code, ft.Span.Start, ft.Span.End, n)
			}
		}
		for _, it := range p.Items {
			if s := it.Stmt.Span(); s.End > len(p.Files[it.File].Src) {
				t.Fatal("an item outside its file")
			}
			if _, ok := it.Stmt.(*syntax.ImportStmt); ok {
				t.Fatal("a top-level import was left")
			}
		}
	})
}
