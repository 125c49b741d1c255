package check

import (
	"bytes"
	"context"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// edit is one change of a text.
type edit struct {
	span syntax.Span
	text string
	what string
}

// mutations are the semantic mistakes that could be made in a file: a field, an argument, a count, an operand or a
// result changed. All of them parse.
func mutations(f *syntax.File, r *rand.Rand) []edit {
	var out []edit
	add := func(what string, s syntax.Span, text string) { out = append(out, edit{s, text, what}) }
	fields := map[string]bool{}
	syntax.Walk(f, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.FieldExpr:
			if n.Name != nil && n.Name.Tok.Type != syntax.Text && !fields[n.Name.Text] {
				s := n.Name.Span()
				add("field", s, n.Name.Text+"ு_")
			}
		case *syntax.CallExpr:
			mutateCall(n, f, add)
		case *syntax.BinaryExpr:
			switch n.Op.Type {
			case syntax.Plus, syntax.Minus, syntax.Star, syntax.Slash:
				add("operand", n.Y.Span(), []string{`"உரை"`, `[1]`, `இன்மை`}[r.IntN(3)])
			case syntax.Lt, syntax.Le, syntax.Gt, syntax.Ge:
				add("operand", n.Y.Span(), []string{`மெய்`, `[]`, `{}`}[r.IntN(3)])
			case syntax.Eq, syntax.Ne:
				if _, ok := n.Y.(*syntax.NumberLit); ok {
					add("operand", n.Y.Span(), `"உரை"`)
				}
			}
		case *syntax.ReturnStmt:
			if _, ok := n.Value.(*syntax.CallExpr); ok {
				add("result", n.Value.Span(), `[5]`)
			}
		case *syntax.NameExpr:
			if n.Word == nil {
				add("name", n.Span(), n.Text+"ு_")
			}
		}
		return true
	})
	return out
}

func mutateCall(n *syntax.CallExpr, f *syntax.File, add func(string, syntax.Span, string)) {
	if n.Open.Type == 0 || n.Close.Type == 0 || n.Tail || n.Block != nil {
		return
	}
	end := syntax.Span{Start: n.Close.Pos.Offset, End: n.Close.Pos.Offset}
	if len(n.Args) == 0 {
		add("arity", end, "1")
		return
	}
	add("arity", end, ", 1, 2, 3")
	first := n.Args[0].Span()
	if len(n.Args) > 1 {
		add("arity", syntax.Span{Start: first.Start, End: n.Args[1].Span().Start}, "")
	}
	w := wordOf(n)
	if w == nil || len(w.Params) == 0 {
		return
	}
	if sig := signatures()[w.ID]; sig != nil && (sig.strict[0] || sig.params[0].only(tNumber)) {
		add("argument", first, "செயல்() { }")
	}
}

// example is a program of docs/examples with all its files.
type example struct {
	entry string
	files fstest.MapFS
}

func examples(t testing.TB) []example {
	t.Helper()
	root := "../docs/examples"
	files := fstest.MapFS{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".qmz") {
			return err
		}
		text, err := os.ReadFile(path)
		rel, _ := filepath.Rel(root, path)
		files[filepath.ToSlash(rel)] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var list []example
	for name := range files {
		if strings.HasSuffix(name, "/main.qmz") {
			list = append(list, example{name, files})
		}
	}
	if len(list) == 0 {
		t.Fatal("no examples")
	}
	slices.SortFunc(list, func(a, b example) int { return strings.Compare(a.entry, b.entry) })
	return list
}

func (e example) load(files fstest.MapFS) (*module.Program, []module.Fault) {
	return module.Load(context.Background(), module.FS(files), module.Entry{Path: e.entry})
}

// Of 300 mistakes made in the examples, at least four in five are reported.
func TestMutations(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 4))
	type site struct {
		ex   example
		file string
		e    edit
	}
	byKind := map[string][]site{}
	for _, ex := range examples(t) {
		p, _ := ex.load(ex.files)
		for i, f := range p.Files {
			for _, e := range mutations(f, r) {
				byKind[e.what] = append(byKind[e.what], site{ex, p.Paths[i], e})
			}
		}
	}
	tried, reported := 0, 0
	kinds := []string{"field", "argument", "arity", "operand", "result"}
	count := map[string][2]int{}
	for tried < 300 {
		kind := kinds[tried%len(kinds)]
		if len(byKind[kind]) == 0 {
			kind = "arity"
		}
		s := byKind[kind][r.IntN(len(byKind[kind]))]
		src := strings.TrimPrefix(string(s.ex.files[s.file].Data), "\ufeff")
		files := fstest.MapFS{}
		for name, f := range s.ex.files {
			files[name] = f
		}
		changed := src[:s.e.span.Start] + s.e.text + src[s.e.span.End:]
		files[s.file] = &fstest.MapFile{Data: []byte(changed)}
		p, faults := s.ex.load(files)
		if module.HasErrors(faults) {
			t.Errorf("%s: the mutation %q does not parse", s.file, s.e.text)
		}
		tried++
		c := count[kind]
		c[0]++
		if len(Program(context.Background(), p, Options{})) > 0 {
			reported++
			c[1]++
		} else if testing.Verbose() {
			line := bytes.Count([]byte(src[:s.e.span.Start]), []byte("\n"))
			t.Logf("silent: %s %s:%d: %q for %q", kind, s.file, line+1, s.e.text, src[s.e.span.Start:s.e.span.End])
		}
		count[kind] = c
	}
	t.Logf("%d of %d reported: %v", reported, tried, count)
	if reported*100 < tried*80 {
		t.Errorf("only %d of %d mutations are reported", reported, tried)
	}
}

// A finding's fix puts the program right.
func TestFixes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ src, want string }{
		{"வருவாய் = 5; அச்சு varuvay;", "வருவாய் = 5; அச்சு வருவாய்;"},
		{"varuvAy = 5; accu வருவாய்;", "varuvAy = 5; accu varuvAy;"},
		{"அச்சு 𝒳_;", ""},
		{"அச்சு \"👍🏽\"; அச்சு நீலம்(\"அ\");", "அச்சு \"👍🏽\"; அச்சு நீளம்(\"அ\");"},
		{"பட்டியல் = [1]; ஒவ்வொரு ப இல் பட்டியள் { அச்சு ப; } அச்சு பட்டியல்;", "பட்டியல் = [1]; ஒவ்வொரு ப இல் பட்டியல் { அச்சு ப; } அச்சு பட்டியல்;"},
		{"x = {பெயர்: 1}; அச்சு x.peyar;", "x = {பெயர்: 1}; அச்சு x.பெயர்;"},
		{"x = {பெயர்: 1}; அச்சு x[\"பெயர\"];", "x = {பெயர்: 1}; அச்சு x[\"பெயர்\"];"},
		{"அ = 1; அச்சு \"மொ: \" & அ + 2;", "அ = 1; அச்சு \"மொ: \" & (அ + 2);"},
		{"அச்சு length(\"a\");", "அச்சு நீளம்(\"a\");"},
		{"அச்சு ௧௨;", "அச்சு 12;"},
		{"x = 1; அச்சு வகை(x) == \"a numbre\";", "x = 1; அச்சு வகை(x) == \"a number\";"},
	} {
		p, faults := module.Load(context.Background(), module.FS(fstest.MapFS{}), module.Entry{Name: "a.qmz", HasText: true, Text: []byte(c.src)})
		if module.HasErrors(faults) {
			continue
		}
		got := ""
		for _, d := range Program(context.Background(), p, Options{}) {
			if len(d.Fixes) > 0 && got == "" {
				got = applied(c.src, d.Fixes[0])
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.src, got, c.want)
		}
	}
}

func applied(src string, f diag.Fix) string {
	for _, e := range f.Edits {
		src = src[:e.Span.Start] + e.Text + src[e.Span.End:]
	}
	return src
}
