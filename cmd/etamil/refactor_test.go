package main

import (
	"context"
	"maps"
	"math/rand/v2"
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

// TestRefactorFixtures runs what package refactor's fixtures make of programs: it prints what the programs printed before.
// Only cures of what fails may change that.
func TestRefactorFixtures(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("../../check/refactor/testdata/*.txtar")
	if err != nil || len(names) < 50 {
		t.Fatal(len(names), err)
	}
	compared := 0
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		rule := strings.TrimSuffix(path.Base(filepath.ToSlash(name)), ".txtar")
		texts, imports := map[string]string{}, map[string]string{}
		for _, f := range archive.Files {
			if strings.Contains(f.Name, "/") {
				imports[f.Name] = string(f.Data)
			} else {
				texts[f.Name] = string(f.Data)
			}
		}
		worked := 0
		for _, key := range slices.Sorted(maps.Keys(texts)) {
			after, ok := texts[key+"@"]
			if !ok || after == "none\n" || strings.HasPrefix(after, "disabled: ") {
				continue
			}
			worked++
			src := strings.NewReplacer("⟦", "", "⟧", "", "‸", "").Replace(texts[key])
			before, change := conformanceCase{Source: src, Files: imports}, conformanceCase{Source: after, Files: imports}
			out, stage, message := before.run(t, before.lay(t))
			if stage != "" {
				if !strings.Contains(string(archive.Comment), "cures\n") {
					t.Errorf("%s/%s: the program does not run: %s: %s", rule, key, stage, message)
				}
				continue
			}
			got, stage, message := change.run(t, change.lay(t))
			if compared++; got != out || stage != "" {
				t.Errorf("%s/%s: printed\n%s\nand %q (%s), before\n%s", rule, key, got, stage, message, out)
			}
		}
		if worked == 0 {
			t.Errorf("%s: no fixture shows that it does anything", rule)
		}
	}
	t.Logf("%d programs of %d rules print what they printed", compared, len(names))
}

// TestRefactorKeepsPrograms takes random actions at random places of the conformance suite's programs.
func TestRefactorKeepsPrograms(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(6, 25)) //nolint:gosec // it has to be the same every time
	taken := map[string]int{}
	all := readCases(t)
	for _, subject := range slices.Sorted(maps.Keys(all)) {
		for _, c := range all[subject] {
			if c.Error != nil || strings.Contains(c.Source, "\r") || strings.Contains(c.Source, "இருப்பிடம்") || strings.Contains(c.Source, "f(255)") {
				continue // it prints its own lines, or makes as many calls as there may be
			}
			s := refactored(t, c)
			for range 5 {
				a, ok := s.random(rnd, taken)
				if !ok || a.ID == "wrap-try" && strings.Contains(c.Source, "முயல்") {
					continue // an error that a caller caught is caught earlier then
				}
				changed := c
				changed.Source = s.apply(a.Edits())
				taken[a.ID]++
				if diff := c.difference(changed.run(t, changed.lay(t))); diff != "" {
					t.Errorf("%s: %s at %v makes\n%s\n%s", c.Name, a.ID, s.req.Span, changed.Source, diff)
				}
			}
		}
	}
	t.Log(taken)
	if len(taken) < 20 {
		t.Errorf("only %d sorts of actions were met: %v", len(taken), taken)
	}
}

// often is how often an action is taken: there is hardly a place at which words cannot be spelt otherwise.
const often = 60

// refactoredCase is a case that is checked once and asked at many places.
type refactoredCase struct {
	req  refactor.Request
	src  string
	toks []syntax.Token
}

func refactored(t *testing.T, c conformanceCase) *refactoredCase {
	t.Helper()
	fsys := fstest.MapFS{entryFile: {Data: []byte(c.Source)}}
	for name, text := range c.Files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	source := module.FS(fsys)
	prog, faults := module.Load(context.Background(), source, module.Entry{Path: entryFile})
	var found []diag.Diagnostic
	for _, f := range faults {
		found = append(found, diag.FromLoad(f))
	}
	session := check.NewSession()
	found = append(found, session.Check(context.Background(), prog, check.Options{})...)
	found = slices.DeleteFunc(found, func(d diag.Diagnostic) bool { return d.File != prog.Files[0].Name })
	return &refactoredCase{
		req: refactor.Request{
			Names: index.NewBuilder().Build(prog, session.Info()), Info: session.Info(), Found: found,
			Imports: format.NewImporter(source).Beside(context.Background(), "."),
		},
		src: prog.Files[0].Src, toks: prog.Files[0].AllTokens(),
	}
}

// keeps tells whether an action promises that the program does the same.
func keeps(a refactor.Action) bool {
	switch a.ID {
	case "fix", "fix-same", "fix-all", "declare-variable", "declare-function":
		return false
	}
	return a.Disabled == refactor.Text{} && a.Confirm == refactor.Text{}
}

// random is an action at a random selection from token to token, of those there the one that was taken least.
func (s *refactoredCase) random(rnd *rand.Rand, taken map[string]int) (refactor.Action, bool) {
	for range 4 {
		i := rnd.IntN(len(s.toks))
		j := min(i+rnd.IntN(12), len(s.toks)-1)
		s.req.Span = syntax.Span{Start: s.toks[i].Pos.Offset, End: s.toks[j].Pos.Offset + len(s.toks[j].Value)}
		if rnd.IntN(2) == 0 {
			s.req.Span.End = s.req.Span.Start
		}
		list := slices.DeleteFunc(refactor.Actions(s.req), func(a refactor.Action) bool { return !keeps(a) || taken[a.ID] >= often })
		if len(list) > 0 {
			return slices.MinFunc(list, func(a, b refactor.Action) int { return taken[a.ID] - taken[b.ID] }), true
		}
	}
	return refactor.Action{}, false
}

func (s *refactoredCase) apply(edits []diag.Edit) string {
	var out strings.Builder
	end := 0
	for _, e := range edits {
		out.WriteString(s.src[end:e.Span.Start] + e.Text)
		end = e.Span.End
	}
	return out.String() + s.src[end:]
}
