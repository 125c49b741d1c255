package assist

import (
	"path"
	"strings"

	"github.com/etamil-lang/etamil/syntax"
)

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
		at := clusterEnd(f.Src, f.Stmts[last].Span().End+f.Base(last))
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
	have := c.importedPaths()
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
