package check

import (
	"strings"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
)

// This file holds the warnings about imports.

// link is an import: the file that it most likely names, or -1.
type link struct {
	imp *syntax.ImportStmt
	at  syntax.Span
	to  int
}

// imports reports an imported file of which nothing is used and which does nothing by itself, and imports in a circle.
func (c *crossLint) imports(uses map[string]usage) {
	links := c.w.links()
	if links == nil {
		return
	}
	circle := circles(links)
	files := c.w.contents()
	for i, list := range links {
		f := c.w.prog.Files[i]
		for _, l := range list {
			switch {
			case l.to >= 0 && circle[l.to] == circle[i]:
				c.found = append(c.found, finding{i, diag.New(CodeImportCircle, f.Name, l.at, l.imp.Path.Value)})
			case l.to > 0 && len(links[l.to]) == 0 && files[l.to].idle(l.to, uses):
				c.found = append(c.found, finding{i, diag.New(CodeUnusedImport, f.Name, l.at, l.imp.Path.Value)})
			}
		}
	}
}

// content is what a file declares, and whether it does anything by itself.
type content struct {
	names []string
	acts  bool
}

func (w *world) contents() []content {
	files := make([]content, len(w.prog.Files))
	for _, it := range w.items {
		f := &files[it.file]
		f.acts = f.acts || it.sum.acts
		for _, l := range it.sum.declared {
			f.names = append(f.names, l.name)
		}
	}
	return files
}

// idle tells a file that declares something, of which no other file uses anything, and that does nothing.
func (f *content) idle(file int, uses map[string]usage) bool {
	for _, name := range f.names {
		if uses[name].outside(file) {
			return false
		}
	}
	return !f.acts && len(f.names) > 0
}

// links are the imports of each file, nil where there are none at all. A file is found by the end of the path; one that
// several files may be is none.
func (w *world) links() [][]link {
	var list [][]link
	ends := map[string]int{}
	for i, f := range w.prog.Files {
		for n, s := range f.Stmts {
			imp, ok := s.(*syntax.ImportStmt)
			if !ok || imp.Path == nil {
				continue
			}
			if list == nil {
				list, ends = make([][]link, len(w.prog.Files)), w.pathEnds()
			}
			to, found := ends[strings.TrimLeft(strings.ReplaceAll(imp.Path.Value, "../", ""), "./")]
			if !found {
				to = -1
			}
			list[i] = append(list[i], link{imp, imp.Path.Span().Shift(f.Base(n)), to})
		}
	}
	return list
}

// pathEnds are the files by every end of their paths, -1 where several files have it.
func (w *world) pathEnds() map[string]int {
	ends := map[string]int{}
	for i, f := range w.prog.Files {
		for end, more := f.Name, true; more; _, end, more = strings.Cut(end, "/") {
			if other, twice := ends[end]; twice && other != i {
				ends[end] = -1
			} else {
				ends[end] = i
			}
		}
	}
	return ends
}

// circles gives files that import each other in a circle the same number, and all others numbers of their own.
func circles(links [][]link) []int {
	t := &importWalk{links: links, index: make([]int, len(links)), low: make([]int, len(links)), circle: make([]int, len(links))}
	for i := range links {
		if t.index[i] == 0 {
			t.visit(i)
		}
	}
	return t.circle
}

// importWalk is Tarjan's search for circles, over files.
type importWalk struct {
	links              [][]link
	index, low, circle []int
	stack              []int
	next               int
}

func (t *importWalk) visit(i int) {
	t.next++
	t.index[i], t.low[i], t.circle[i] = t.next, t.next, -1
	t.stack = append(t.stack, i)
	for _, l := range t.links[i] {
		switch {
		case l.to < 0:
		case t.index[l.to] == 0:
			t.visit(l.to)
			t.low[i] = min(t.low[i], t.low[l.to])
		case t.circle[l.to] < 0: // on the stack
			t.low[i] = min(t.low[i], t.index[l.to])
		}
	}
	if t.low[i] != t.index[i] {
		return
	}
	for {
		last := t.stack[len(t.stack)-1]
		t.stack = t.stack[:len(t.stack)-1]
		t.circle[last] = i
		if last == i {
			return
		}
	}
}
