package check

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax/module"
	"github.com/etamil-lang/etamil/syntax/words"
)

// conformanceCase is a case of testdata/conformance.
type conformanceCase struct {
	Name   string            `json:"name"`
	Source string            `json:"source"`
	Error  *string           `json:"error"`
	Files  map[string]string `json:"files"`
}

func conformanceCases(t testing.TB) map[string]conformanceCase {
	t.Helper()
	files, err := filepath.Glob("../testdata/conformance/*.jsonl")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	all := map[string]conformanceCase{}
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		in := bufio.NewScanner(f)
		in.Buffer(nil, 1<<24)
		for n := 1; in.Scan(); n++ {
			var c conformanceCase
			if err := json.Unmarshal(in.Bytes(), &c); err != nil {
				t.Fatal(err)
			}
			all[fmt.Sprintf("%s:%d", filepath.Base(name), n)] = c
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func (c conformanceCase) load() (*module.Program, []module.Fault) {
	fsys := fstest.MapFS{}
	for name, text := range c.Files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return module.Load(context.Background(), module.FS(fsys), module.Entry{Name: "main.qmz", HasText: true, Text: []byte(c.Source)})
}

// What runs without an error gives no error; what has a type error gives one.
func TestSilentOnWhatWorks(t *testing.T) {
	t.Parallel()
	cases := conformanceCases(t)
	if len(cases) < 1251 {
		t.Fatalf("only %d cases", len(cases))
	}
	caught, failing := 0, 0
	for at, c := range cases {
		p, faults := c.load()
		if module.HasErrors(faults) {
			continue
		}
		found := errorsOf(Program(context.Background(), p, Options{}))
		switch {
		case c.Error == nil && len(found) > 0:
			t.Errorf("%s: %s\n  %s", at, c.Source, strings.Join(found, "\n  "))
		case c.Error != nil && *c.Error == "type" && len(found) == 0:
			t.Errorf("%s has a type error, and the check is silent: %s", at, c.Source)
		case c.Error != nil && *c.Error == "run":
			failing++
			if len(found) > 0 {
				caught++
			}
		}
	}
	t.Logf("of %d programs that fail when they run, the check sees %d", failing, caught)
	if caught*100 < failing*45 {
		t.Errorf("the check sees only %d of %d programs that fail", caught, failing)
	}
}

func errorsOf(list []diag.Diagnostic) []string {
	var out []string
	for _, d := range list {
		if d.IsError() {
			out = append(out, fmt.Sprintf("%s:%d-%d %s %s", d.File, d.Span.Start, d.Span.End, d.Code, d.Message(diag.English)))
		}
	}
	return out
}

// programs are the examples, the programs of the language's pages and the benchmarks; the entry of each.
func programs(t testing.TB) []string {
	t.Helper()
	var list []string
	for _, pattern := range []string{
		"../docs/examples/*/main.qmz", "../docs/examples/kadai/kYyoppam.qmz", "../docs/examples/*.qmz", "../bench/programs/*.qmz",
		"../../shared/acceptance/canonical/*.qmz", "../../shared/acceptance/seed/*.qmz",
	} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, files...)
	}
	if len(list) < 12 {
		t.Fatalf("only %d programs", len(list))
	}
	return list
}

func loadFile(name string) (*module.Program, []module.Fault) {
	dir := filepath.Dir(filepath.Dir(name)) // an example may import from the folder beside its own
	path, err := filepath.Rel(dir, name)
	if err != nil {
		return &module.Program{}, []module.Fault{{File: name}}
	}
	return module.Load(context.Background(), module.FS(os.DirFS(dir)), module.Entry{Path: filepath.ToSlash(path)})
}

func TestPrograms(t *testing.T) {
	t.Parallel()
	var total Stats
	for _, name := range programs(t) {
		p, faults := loadFile(name)
		if module.HasErrors(faults) {
			t.Errorf("%s: %v", name, faults)
			continue
		}
		var s Stats
		list := Program(context.Background(), p, Options{Stats: &s})
		for _, d := range list {
			src := p.Source(d.File)
			line := 1 + strings.Count(src[:d.Span.Start], "\n")
			text := fmt.Sprintf("%s %s:%d: %s %s", name, d.File, line, d.Code, d.Message(diag.English))
			if d.IsError() && !strings.Contains(name, "/seed/") {
				t.Error(text)
			} else if strings.Contains(name, "docs/examples") {
				t.Error(text)
			} else {
				t.Log(text)
			}
		}
		if strings.Contains(name, "docs/examples") {
			total.Expressions += s.Expressions
			total.Known += s.Known
			t.Logf("%s: %d of %d", name, s.Known, s.Expressions)
		}
	}
	if total.Known*100 < total.Expressions*90 {
		t.Errorf("of the %d expressions of the examples only %d have a known type", total.Expressions, total.Known)
	}
}

// The example of every word of the vocabulary gives no error.
func TestExamplesOfWords(t *testing.T) {
	t.Parallel()
	n := 0
	for _, w := range words.All() {
		if w.Example == "" {
			continue
		}
		p, faults := module.Load(context.Background(), module.FS(fstest.MapFS{}), module.Entry{Name: "a.qmz", HasText: true, Text: []byte(w.Example)})
		if module.HasErrors(faults) {
			continue
		}
		n++
		for _, e := range errorsOf(Program(context.Background(), p, Options{})) {
			t.Errorf("%s: %s\n  %s", w.ID, w.Example, e)
		}
	}
	if n < 240 {
		t.Errorf("only %d examples", n)
	}
}
