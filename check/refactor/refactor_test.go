package refactor_test

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/check/refactor"
	"github.com/etamil-lang/etamil/check/refactor/cases"
	format "github.com/etamil-lang/etamil/fmt"
	"github.com/etamil-lang/etamil/syntax"
)

// Each testdata/*.txtar is named for a rule and holds programs with selections, each followed by what the rule makes of it, or
// by why it refuses; package cases describes the form. go test ./check/refactor -run Fixtures -update writes the answers.
// That a program does the same before and after is tested in cmd/etamil, which can run it.
var update = flag.Bool("update", false, "write the answers")

// situation is a checked program with a selection.
type situation struct {
	*cases.Program
	t     testing.TB
	src   string
	files map[string]string
}

// at checks a program and asks nothing yet.
func at(t testing.TB, src string, span syntax.Span, files map[string]string) *situation {
	t.Helper()
	s := &situation{cases.Open(src, files), t, src, files}
	s.Request.Span = span
	return s
}

// action finds an action by its ID.
func (s *situation) action(id string) (refactor.Action, bool) {
	list := refactor.Actions(s.Request)
	i := slices.IndexFunc(list, func(a refactor.Action) bool { return a.ID == id })
	if i < 0 {
		return refactor.Action{}, false
	}
	return list[i], true
}

// answer is what a rule makes of the program: the texts that it changes, or why it changes none.
func (s *situation) answer(id string) map[string]string {
	a, ok := s.action(id)
	switch {
	case !ok:
		return map[string]string{cases.Entry: "none\n"}
	case a.Disabled != refactor.Text{}:
		if a.Disabled.Tamil == "" || a.Disabled.English == "" {
			s.t.Error("the reason is not told in both languages")
		}
		return map[string]string{cases.Entry: "disabled: " + a.Disabled.English + "\n"}
	}
	if a.Title.Tamil == "" || a.Title.English == "" || a.Kind == "" {
		s.t.Errorf("the action has no title in both languages, or no kind: %+v", a.Title)
	}
	after := s.After(a.Edits())
	s.holds(after, a)
	maps.DeleteFunc(after, func(name, text string) bool { return name != cases.Entry && text == s.files[name] })
	return after
}

// holds tells whether the texts afterwards are laid out, and have no finding that the program had not.
func (s *situation) holds(after map[string]string, a refactor.Action) {
	s.t.Helper()
	for name, result := range after {
		if laid, err := format.Source(name, []byte(s.Texts[name]), format.Options{}); err != nil || string(laid) != s.Texts[name] {
			s.t.Logf("%s of the fixture is not laid out: %v\n%s", name, err, laid)
			continue
		}
		if laid, err := format.Source(name, []byte(result), format.Options{}); err != nil {
			s.t.Errorf("%s cannot be laid out: %v\n%s", name, err, result)
		} else if string(laid) != result {
			s.t.Errorf("%s is not laid out; it would be\n%s", name, laid)
		}
	}
	imported := maps.Clone(after)
	delete(imported, cases.Entry)
	had, have := codes(s.Found), codes(cases.Open(after[cases.Entry], imported).Found)
	for _, d := range a.Cures {
		had[d.Code]--
	}
	for code, n := range have {
		if n > had[code] {
			s.t.Errorf("%s is found %d times, before it was %d:\n%v", code, n, had[code], after)
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
	rules, err := cases.Read("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rules {
		t.Run(r.ID, func(t *testing.T) {
			t.Parallel()
			for _, c := range r.Cases {
				t.Run(c.Name, func(t *testing.T) {
					src, span := c.Source()
					got := at(t, src, span, r.Files).answer(r.ID)
					if !*update && !maps.Equal(got, c.After) {
						t.Errorf("got\n%s\nwant\n%s", got, c.After)
					}
					c.After = got
				})
			}
			if *update {
				if err := r.Write(); err != nil {
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
