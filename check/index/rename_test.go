package index_test

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/syntax/module"
)

// program is a case of testdata/conformance.
type program struct {
	Name   string            `json:"name"`
	Source string            `json:"source"`
	Files  map[string]string `json:"files"`
}

func programs(t testing.TB) []program {
	t.Helper()
	names, err := filepath.Glob("../../testdata/conformance/*.jsonl")
	if err != nil || len(names) < 20 {
		t.Fatalf("%d files, %v", len(names), err)
	}
	var all []program
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		in := bufio.NewScanner(f)
		in.Buffer(nil, 1<<24)
		for in.Scan() {
			var p program
			if err := json.Unmarshal(in.Bytes(), &p); err != nil {
				t.Fatal(err)
			}
			all = append(all, p)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func (p program) load() (*module.Program, bool) {
	fsys := fstest.MapFS{"main.qmz": {Data: []byte(p.Source)}}
	for name, text := range p.Files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	prog, faults := module.Load(context.Background(), module.FS(fsys), module.Entry{Path: "main.qmz"})
	return prog, !module.HasErrors(faults)
}

// renamed gives all that cannot be told apart from a symbol another name.
func renamed(ix *index.Index, s index.Symbol, to string) program {
	texts := map[int]string{}
	var list []index.Occurrence
	seen := map[[2]int]bool{}
	for _, one := range ix.Linked(s) {
		for _, o := range ix.Occurrences(one) {
			if key := [2]int{o.File, o.Span.Start}; !seen[key] {
				seen[key] = true
				list = append(list, o)
			}
		}
	}
	slices.SortFunc(list, func(a, b index.Occurrence) int { return b.Span.Start - a.Span.Start })
	prog := ix.Program()
	for i, f := range prog.Files {
		texts[i] = f.Src
	}
	for _, o := range list {
		text := to
		if o.Quoted {
			text = `"` + to + `"`
		}
		texts[o.File] = texts[o.File][:o.Span.Start] + text + texts[o.File][o.Span.End:]
	}
	p := program{Source: texts[0], Files: map[string]string{}}
	for i := 1; i < len(prog.Files); i++ {
		p.Files[prog.Paths[i]] = texts[i]
	}
	return p
}

// renamable are the symbols of a program that a rename could take.
func renamable(ix *index.Index) []index.Symbol {
	var list []index.Symbol
	for i := range ix.Program().Files {
		ix.Names(i, func(o index.Occurrence) bool {
			switch o.Symbol.Kind {
			case index.None, index.Builtin, index.Server, index.Key, index.Handle, index.Table:
			default:
				if !slices.Contains(list, o.Symbol) {
					list = append(list, o.Symbol)
				}
			}
			return true
		})
	}
	return list
}

// spelling are the codes of what is said of a name itself, or of two things of one name.
var spelling = map[string]bool{
	check.CodeShadows: true, check.CodeBothScripts: true, check.CodeDecomposed: true, check.CodeShapeVariable: true, check.CodeFieldMethod: true,
}

func codes(p *module.Program) []string {
	var list []string
	for _, d := range check.Program(context.Background(), p, check.Options{}) {
		if !spelling[d.Code] {
			list = append(list, d.Code)
		}
	}
	slices.Sort(list)
	return list
}

// A symbol with another name is still one symbol, and the program means what it did: the same is said of it.
func TestRename(t *testing.T) {
	t.Parallel()
	done := 0
	for n, c := range programs(t) {
		p, ok := c.load()
		if !ok {
			continue
		}
		s := check.NewSession()
		s.Check(context.Background(), p, check.Options{})
		ix := index.NewBuilder().Build(p, s.Info())
		list := renamable(ix)
		if len(list) == 0 {
			continue
		}
		sym := list[n%len(list)]
		if sym.Name == "இது" || sym.Name == "iqu" || strings.HasPrefix(sym.Name, "_") {
			continue
		}
		after := renamed(ix, sym, "புதிய_பெயர்")
		q, ok := after.load()
		if !ok {
			t.Errorf("%s: %v renamed does not parse:\n%s", c.Name, sym, after.Source)
			continue
		}
		done++
		if got, want := codes(q), codes(p); !slices.Equal(got, want) {
			t.Errorf("%s: %+v renamed: %v, before %v:\n%s", c.Name, sym, got, want, after.Source)
		}
	}
	if done < 200 {
		t.Errorf("only %d renames", done)
	}
}
