package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// spellingCodes are what is said of a name as it is spelt, which another name changes, and what is not said of something
// unused where something used has the same name.
var spellingCodes = map[string]bool{
	check.CodeShadows: true, check.CodeBothScripts: true, check.CodeDecomposed: true, check.CodeShapeVariable: true, check.CodeFieldMethod: true,
	check.CodeDigitName: true, check.CodeUnusedParam: true, check.CodeNeverRead: true, syntax.WarnDecomposed: true,
}

// judged loads and checks a laid program.
func judged(t *testing.T, dir string) (*index.Index, []string) {
	t.Helper()
	ctx := context.Background()
	prog, faults := module.Load(ctx, files(), module.Entry{Path: filepath.ToSlash(filepath.Join(dir, entryFile))})
	codes := []string{}
	for _, f := range faults {
		if !spellingCodes[f.Code] {
			codes = append(codes, f.Code)
		}
	}
	s := check.NewSession()
	for _, d := range s.Check(ctx, prog, check.Options{}) {
		if !spellingCodes[d.Code] {
			codes = append(codes, d.Code)
		}
	}
	slices.Sort(codes)
	return index.NewBuilder().Build(prog, s.Info()), codes
}

// renamableIn is one occurrence of each name of a program that a rename takes for sure.
func renamableIn(ix *index.Index) []index.Occurrence {
	var list []index.Occurrence
	for n := range ix.Program().Files {
		ix.Names(n, func(o index.Occurrence) bool {
			switch o.Symbol.Kind {
			case index.Variable, index.Parameter, index.Loop, index.Function, index.Shape, index.Field, index.Method, index.TypeParam:
				if !slices.ContainsFunc(list, func(other index.Occurrence) bool { return other.Symbol == o.Symbol }) {
					list = append(list, o)
				}
			}
			return true
		})
	}
	return list
}

// renamedMark ends the new names, so that it can be taken out of what programs print of their names.
const renamedMark = "_௵"

// TestRenameRuns proves renames: a program of which a name was renamed by the language server is judged as before, and
// prints what it printed, but for the name. One name of each conformance case is taken, another kind each time.
func TestRenameRuns(t *testing.T) {
	t.Parallel()
	e := startEditor(t)
	done, refused := 0, 0
	subjects := readCases(t)
	for _, subject := range slices.Sorted(maps.Keys(subjects)) {
		for n, c := range subjects[subject] {
			if c.stage() != "" {
				continue
			}
			switch ok, why := c.renameOne(t, e, n); {
			case ok:
				done++
			case why != "":
				refused++
				t.Logf("%s: %s", c.Name, why)
			}
		}
	}
	if done < 300 || refused > done/10 {
		t.Errorf("%d renames, %d refused", done, refused)
	}
}

// textsOf are the texts of a program's files by path; false where one has \r\n or a byte order mark, which package lsp tests.
func textsOf(t *testing.T, prog *module.Program) (map[string]string, bool) {
	t.Helper()
	texts := map[string]string{}
	for i, path := range prog.Paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if texts[path] = string(raw); len(raw) != len(prog.Files[i].Src) {
			return nil, false
		}
	}
	return texts, true
}

// renameOne renames the nth name of a case. Why says why the server did not.
func (c conformanceCase) renameOne(t *testing.T, e *editor, n int) (ok bool, why string) {
	t.Helper()
	dir, err := filepath.EvalSymlinks(c.lay(t))
	if err != nil {
		t.Fatal(err)
	}
	ix, before := judged(t, dir)
	list := renamableIn(ix)
	if len(list) == 0 {
		return false, ""
	}
	o := list[n%len(list)]
	prog := ix.Program()
	texts, plain := textsOf(t, prog)
	if !plain {
		return false, ""
	}
	for path, text := range texts {
		e.open(path, text)
		defer e.close(path)
	}
	path := prog.Paths[o.File]
	name := strings.Trim(texts[path][o.Span.Start:o.Span.End], `"`)
	raw, failed := e.call("textDocument/rename", e.at(path, texts[path], o.Span.Start+1, fmt.Sprintf(`,"newName":%q`, name+renamedMark)))
	if failed != "" {
		return false, fmt.Sprintf("%s (%d): %s", name, o.Symbol.Kind, failed)
	}
	edits := e.changes(raw, texts)
	if len(edits) == 0 {
		t.Errorf("%s: nothing changed for %s", c.Name, name)
	}
	fresh := c.lay(t) // a run may leave files
	for path, list := range edits {
		if slices.ContainsFunc(list, func(c textChange) bool { return c.confirm }) {
			return false, ""
		}
		if err := os.WriteFile(filepath.Join(fresh, strings.TrimPrefix(path, dir)), []byte(changed(t, texts[path], list)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c.same(t, dir, fresh, name)
	if _, codes := judged(t, fresh); !slices.Equal(codes, before) {
		t.Errorf("%s: with %s renamed it is found %v, before %v\n%s", c.Name, name, codes, before, c.Source)
	}
	return true, ""
}

// same holds that a program prints after a rename what it printed before, but for the name.
func (c conformanceCase) same(t *testing.T, dir, fresh, name string) {
	t.Helper()
	stdout, stage, message := c.run(t, dir)
	after, afterStage, afterMessage := c.run(t, fresh)
	if strings.ReplaceAll(after, renamedMark, "") != stdout || afterStage != stage {
		t.Errorf("%s: with %s renamed it prints\n%s%s %s\nbefore\n%s%s %s\n%s", c.Name, name, after, afterStage, afterMessage, stdout, stage, message, c.Source)
	}
}

// TestRenameToTakenNames proves that a rename to a name that the program has is refused, or changes nothing of what the program
// prints: two functions may have variables of one name.
func TestRenameToTakenNames(t *testing.T) {
	t.Parallel()
	e := startEditor(t)
	done, refused := 0, 0
	subjects := readCases(t)
	for _, subject := range slices.Sorted(maps.Keys(subjects)) {
		for n, c := range subjects[subject] {
			if c.stage() != "" {
				continue
			}
			switch made, asked := c.renameTaken(t, e, n); {
			case made:
				done++
			case asked:
				refused++
			}
		}
	}
	t.Log(done, "renames,", refused, "refused")
	if done < 20 || refused < 100 {
		t.Errorf("%d renames, %d refused", done, refused)
	}
}

// renameTaken gives one name of a case the spelling of another one.
func (c conformanceCase) renameTaken(t *testing.T, e *editor, n int) (made, asked bool) {
	t.Helper()
	dir, err := filepath.EvalSymlinks(c.lay(t))
	if err != nil {
		t.Fatal(err)
	}
	ix, _ := judged(t, dir)
	var list []index.Occurrence // of what no program prints the names of
	for _, o := range renamableIn(ix) {
		if k := o.Symbol.Kind; k == index.Variable || k == index.Parameter || k == index.Loop {
			list = append(list, o)
		}
	}
	all := renamableIn(ix)
	texts, plain := textsOf(t, ix.Program())
	if len(list) == 0 || len(all) < 2 || !plain {
		return false, false
	}
	o, to := list[n%len(list)], all[(n/7)%len(all)].Symbol.Name
	if to == o.Symbol.Name {
		return false, false
	}
	for path, text := range texts {
		e.open(path, text)
		defer e.close(path)
	}
	path := ix.Program().Paths[o.File]
	raw, failed := e.call("textDocument/rename", e.at(path, texts[path], o.Span.Start+1, fmt.Sprintf(`,"newName":%q`, to)))
	if failed != "" {
		return false, true
	}
	fresh := c.lay(t)
	for path, list := range e.changes(raw, texts) {
		if err := os.WriteFile(filepath.Join(fresh, strings.TrimPrefix(path, dir)), []byte(changed(t, texts[path], list)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c.same(t, dir, fresh, o.Symbol.Name+" → "+to)
	return true, true
}

// TestMovedFilesRun proves that imports follow files: of each conformance case with several files one is moved into a folder
// of its own, the server's edits are made, and the program prints what it printed.
func TestMovedFilesRun(t *testing.T) {
	t.Parallel()
	e := startEditor(t)
	done := 0
	for _, cases := range readCases(t) {
		for n, c := range cases {
			names := slices.DeleteFunc(slices.Sorted(maps.Keys(c.Files)), func(name string) bool { return filepath.Ext(name) != ".qmz" })
			if c.stage() != "" || len(names) == 0 {
				continue
			}
			done++
			c.moveOne(t, e, names[n%len(names)])
		}
	}
	if done < 3 {
		t.Errorf("%d moves", done)
	}
}

func (c conformanceCase) moveOne(t *testing.T, e *editor, name string) {
	t.Helper()
	dir, err := filepath.EvalSymlinks(c.lay(t))
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{filepath.Join(dir, entryFile): c.Source}
	for name, text := range c.Files {
		texts[filepath.Join(dir, name)] = text
	}
	for path, text := range texts {
		e.open(path, text)
		defer e.close(path)
	}
	stdout, stage, _ := c.run(t, dir)
	from, to := filepath.Join(dir, name), filepath.Join(dir, "புதிய 𝒳", filepath.Base(name))
	raw, failed := e.call("workspace/willRenameFiles", fmt.Sprintf(`{"files":[{"oldUri":%q,"newUri":%q}]}`, fileURI(from), fileURI(to)))
	if failed != "" {
		t.Fatal(failed)
	}
	edits := map[string][]textChange{}
	if string(raw) != "null" {
		edits = e.changes(raw, texts)
	}
	for path, list := range edits {
		if err := os.WriteFile(path, []byte(changed(t, texts[path], list)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
	if after, afterStage, message := c.run(t, dir); after != stdout || afterStage != stage {
		t.Errorf("%s: with %s moved it prints\n%s%s %s\nbefore\n%s%s\nedits %v", c.Name, name, after, afterStage, message, stdout, stage, edits)
	}
}
