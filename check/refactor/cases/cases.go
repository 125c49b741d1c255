package cases

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
)

// Entry is the name of a case's program; its other files are imported.
const Entry = "main.qmz"

// Rule holds the cases of one rule of package refactor: a file of its testdata.
type Rule struct {
	ID    string
	Files map[string]string // what the cases import, by path
	Cases []*Case
	name  string // of the file
}

// Case is a program with a selection, and what the rule makes of it.
type Case struct {
	Name   string
	Marked string // the program, with ⟦ and ⟧ around the selection or ‸ at the cursor
	// After are the texts that the rule changes, by path, all of them whole; what it answers instead of edits is in that
	// of Entry: "none\n", or "disabled: " and the reason.
	After map[string]string
	// Prints is what the program was meant to print, of one that cannot run before it is cured; nil for the others.
	Prints *string
	// Asks are requests of a program with routes: METHOD PATH BEFORE AFTER, with the status before and after.
	Asks []string
}

// Read reads all rules of a folder, in the order of their names. A file NAME.txtar holds the cases of the rule NAME: a
// section CASE is a program, CASE@ its entry afterwards and CASE@PATH an imported file afterwards, CASE! what it was meant to
// print, CASE? what is asked of its routes. A section with a folder in its name is a file that all of them may import.
func Read(dir string) ([]*Rule, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.txtar"))
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("no cases in %s: %w", dir, err)
	}
	var list []*Rule
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			return nil, fmt.Errorf("cases: %w", err)
		}
		list = append(list, read(name, archive))
	}
	return list, nil
}

func read(name string, archive *txtar.Archive) *Rule {
	r := &Rule{ID: strings.TrimSuffix(filepath.Base(name), ".txtar"), Files: map[string]string{}, name: name}
	of := func(name string) *Case {
		i := slices.IndexFunc(r.Cases, func(c *Case) bool { return c.Name == name })
		if i < 0 {
			i = len(r.Cases)
			r.Cases = append(r.Cases, &Case{Name: name, After: map[string]string{}})
		}
		return r.Cases[i]
	}
	for _, f := range archive.Files {
		text := string(f.Data)
		key, path, after := strings.Cut(f.Name, "@")
		switch {
		case after:
			of(key).After[cmp.Or(path, Entry)] = text
		case strings.HasSuffix(key, "!"):
			of(strings.TrimSuffix(key, "!")).Prints = &text
		case strings.HasSuffix(key, "?"):
			of(strings.TrimSuffix(key, "?")).Asks = strings.Split(strings.TrimSuffix(text, "\n"), "\n")
		case strings.Contains(key, "/"):
			r.Files[key] = text
		default:
			of(key).Marked = text
		}
	}
	return r
}

// Write writes a rule's cases back, with what After says now.
func (r *Rule) Write() error {
	archive := &txtar.Archive{}
	add := func(name, text string) {
		archive.Files = append(archive.Files, txtar.File{Name: name, Data: []byte(text)})
	}
	for _, path := range sorted(r.Files) {
		add(path, r.Files[path])
	}
	for _, c := range r.Cases {
		add(c.Name, c.Marked)
		for _, path := range sorted(c.After) {
			if path == Entry {
				add(c.Name+"@", c.After[path])
			} else {
				add(c.Name+"@"+path, c.After[path])
			}
		}
		if c.Prints != nil {
			add(c.Name+"!", *c.Prints)
		}
		if c.Asks != nil {
			add(c.Name+"?", strings.Join(c.Asks, "\n")+"\n")
		}
	}
	return os.WriteFile(r.name, txtar.Format(archive), 0o600) //nolint:wrapcheck // it names the file
}

func sorted(m map[string]string) []string {
	var list []string
	for key := range m {
		list = append(list, key)
	}
	slices.Sort(list)
	return list
}

// Changes tells whether the rule changes the program at all.
func (c *Case) Changes() bool {
	answer := c.After[Entry]
	return answer != "" && answer != "none\n" && !strings.HasPrefix(answer, "disabled: ")
}

// Source is the program without the marks, and the selection in it.
func (c *Case) Source() (string, syntax.Span) {
	if a, b, ok := strings.Cut(c.Marked, "‸"); ok {
		return a + b, syntax.Span{Start: len(a), End: len(a)}
	}
	a, rest, ok := strings.Cut(c.Marked, "⟦")
	if !ok {
		return c.Marked, syntax.Span{}
	}
	sel, b, _ := strings.Cut(rest, "⟧")
	return a + sel + b, syntax.Span{Start: len(a), End: len(a) + len(sel)}
}

// Apply makes those edits of a text that are for the file of a name. They have to be in order.
func Apply(name, text string, edits []diag.Edit) string {
	var out strings.Builder
	end := 0
	for _, e := range edits {
		if e.File == name {
			out.WriteString(text[end:e.Span.Start] + e.Text)
			end = e.Span.End
		}
	}
	return out.String() + text[end:]
}
