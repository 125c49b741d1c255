package assist

import (
	"path"
	"strings"

	"github.com/etamil-lang/etamil/syntax"
)

// Export is a name that another file of the workspace declares at its top level.
type Export struct {
	Name string
	// Kind is KindFunction, KindShape or KindVariable.
	Kind Kind
	// Params are a function's parameters.
	Params []string
	// Path is what இறக்கு must say to get it, File where it is for people.
	Path, File string
}

// Exports are the names of a workspace, prepared for being found; immutable.
type Exports struct {
	list  []Export
	forms []*Form
}

// NewExports prepares names. Making it is the expensive part: it is kept until a file of the workspace declares something
// else.
func NewExports(list []Export) *Exports {
	e := &Exports{list: list, forms: make([]*Form, len(list))}
	for i := range list {
		e.forms[i] = FormOf(list[i].Name)
	}
	return e
}

// imports offers names of other files together with the edit that imports them. One letter is too little to ask for them.
func (c *completion) imports() {
	if c.o.Exports == nil || len(c.pattern.sounds[0]) < 2 {
		return
	}
	for i, form := range c.o.Exports.forms {
		rank, cost := c.pattern.Match(form)
		x := &c.o.Exports.list[i]
		if rank > Loose || c.seen[x.Name] || x.Path == "" {
			continue
		}
		c.seen[x.Name] = true
		c.add(x.Name, x.Kind, rank, cost, groupImport, func(it *Item) {
			it.Description = x.File
			if it.Description == "" {
				it.Description = x.Path
			}
			if x.Kind == KindFunction {
				it.Detail = "(" + strings.Join(x.Params, ", ") + ")"
				c.fillCall(it, x.Params)
			}
			it.Edits = []Edit{importEdit(c.file, x.Path, c.script)}
		})
	}
}

// importEdit is the edit that imports a path: behind the last import, else before the first statement.
func importEdit(f *syntax.File, path string, script Script) Edit {
	line := render("{Import} ", script) + quoted(path) + ";"
	last := -1
	for i, s := range f.Stmts {
		if _, ok := s.(*syntax.ImportStmt); !ok {
			break
		}
		last = i
	}
	if last >= 0 {
		at := f.Stmts[last].Span().End + f.Base(last)
		return Edit{Span: syntax.Span{Start: at, End: at}, Text: "\n" + line}
	}
	at := headerEnd(f.Src)
	return Edit{Span: syntax.Span{Start: at, End: at}, Text: line + "\n"}
}

// headerEnd is where a file's head of comments ends: behind the first empty line after it, or at the start when a
// statement follows at once, whose documentation it is.
func headerEnd(src string) int {
	at := 0
	for strings.HasPrefix(src[at:], "//") {
		n := strings.IndexByte(src[at:], '\n')
		if n < 0 {
			return 0
		}
		at += n + 1
	}
	if at > 0 && strings.HasPrefix(src[at:], "\n") {
		return at + 1
	}
	return 0
}

// importPaths offers the files that இறக்கு may name; quotes tells that the quotes are still to be written.
func (c *completion) importPaths(quotes bool) {
	have := map[string]bool{}
	for _, s := range c.file.Stmts {
		if im, ok := s.(*syntax.ImportStmt); ok && im.Path != nil && im.Path.Value != c.typed {
			have[im.Path.Value] = true
		}
	}
	for _, p := range c.o.Imports {
		if have[p] {
			continue
		}
		rank, cost := c.pattern.Match(c.a.forms.of(p))
		if rank > Inner {
			if rank, cost = c.pattern.Match(c.a.forms.of(strings.TrimSuffix(path.Base(p), path.Ext(p)))); rank == NoMatch {
				continue
			}
		}
		c.add(p, KindFile, rank, cost, groupFirst, func(it *Item) {
			it.Text = strings.Trim(quoted(p), `"`)
			if quotes {
				it.Text = quoted(p) + ";"
				if c.next.Type == syntax.Semi {
					it.Text = quoted(p)
				}
			}
		})
	}
}
