package check

import (
	"slices"
	"strings"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
)

// crossLint holds the findings that need the whole program: what nothing uses, names of both scripts, routes.
type crossLint struct {
	w     *world
	found []finding
}

func (c *crossLint) add(it *item, l local, fix, code string, args ...string) {
	span := syntax.Span{Start: it.start + l.start, End: it.start + l.end}
	name := c.w.prog.Files[it.file].Name
	d := diag.New(code, name, span, args...)
	if fix != "" {
		d.Fixes = append(d.Fixes, diag.Replace(name, span, fix))
	}
	c.found = append(c.found, finding{it.file, d})
}

// lint answers the warnings about the program as a whole.
func (w *world) lint() []finding {
	c := &crossLint{w: w}
	uses := w.uses()
	c.names()
	c.globals(uses)
	c.functions(uses)
	c.routes()
	c.imports(uses)
	return c.found
}

// usage is how often a name is read, and where it is used at all.
type usage struct {
	reads int32
	file  int32 // the only file that uses it, counted from 1; several for more
}

const several = -1

func (u usage) in(file int) usage {
	switch u.file {
	case 0:
		u.file = int32(file) + 1
	case int32(file) + 1:
	default:
		u.file = several
	}
	return u
}

// outside tells whether a file other than the given one uses the name.
func (u usage) outside(file int) bool { return u.file != 0 && u.file != int32(file)+1 }

func (w *world) uses() map[string]usage {
	uses := make(map[string]usage, len(w.items))
	for _, it := range w.items {
		for _, m := range it.sum.reads {
			u := uses[m.name].in(it.file)
			u.reads += int32(m.n)
			uses[m.name] = u
		}
		for _, list := range [][]string{it.sum.fields, it.sum.mocks} {
			for _, name := range list {
				uses[name] = uses[name].in(it.file)
			}
		}
	}
	return uses
}

// names reports odd spellings, once for each name.
func (c *crossLint) names() {
	first := &firsts{at: make(map[string]int32, len(c.w.items))}
	shadow := map[string]bool{}
	for _, it := range c.w.items {
		for _, l := range it.sum.declared {
			if l.kind != nameFunc && l.kind != nameShape && l.kind != nameField && c.w.shapes[l.name] != nil && !shadow[l.name] {
				shadow[l.name] = true
				c.add(it, l, "", CodeShapeVariable, l.name)
			}
			if first.note(it, l) && l.odd != nil {
				c.add(it, l, l.odd.fix, l.odd.code, l.odd.args...)
			}
		}
	}
	first.scripts(func(p placed, code string, args ...string) {
		span := syntax.Span{Start: p.start, End: p.end}
		c.found = append(c.found, finding{p.file, diag.New(code, c.w.prog.Files[p.file].Name, span, args...)})
	})
}

// globals reports variables of the top level that nothing reads. A response's variables are read by the server.
func (c *crossLint) globals(uses map[string]usage) {
	seen := map[string]bool{}
	for _, it := range c.w.items {
		for _, l := range it.sum.writes {
			name := l.name
			if seen[name] || uses[name].reads > 0 || quiet(name) || l.kind == nameLoop || serverName(name) != nil {
				continue
			}
			seen[name] = true
			if l.kind == nameTyped {
				c.add(it, l, "", CodeUnusedVar, name)
			} else {
				c.add(it, l, "", CodeNeverRead, name)
			}
		}
	}
}

// functions reports functions that nothing uses, and those that a later one of the same name hides.
func (c *crossLint) functions(uses map[string]usage) {
	w := c.w
	for _, u := range w.units {
		if u.kind != unitFunc || u.decl.Name == nil {
			continue
		}
		it := u.items[0]
		s := u.decl.Name.Span()
		l := local{name: u.name, start: s.Start - it.tree, end: s.End - it.tree}
		if f := w.funcs[u.name]; f.u != u {
			if f.u.items[0].file == it.file {
				c.add(it, l, "", CodeHidden, u.name)
			}
			continue
		}
		if !w.library && !quiet(u.name) && int(uses[u.name].reads) == it.sum.own(u.name) {
			c.add(it, l, "", CodeUnusedFunc, u.name)
		}
	}
}

// own is how often a function's own statement mentions it; a statement with several functions is not told apart.
func (s *summary) own(name string) int {
	if s.funcs > 1 {
		return 0
	}
	i, found := slices.BinarySearchFunc(s.reads, name, func(m mention, name string) int { return strings.Compare(m.name, name) })
	if !found {
		return 0
	}
	return s.reads[i].n
}

// reachable are the statements whose code may run: the prelude, later blocks, and the functions that they mention.
func (w *world) reachable() map[*item]bool {
	reach := map[*item]bool{}
	var todo []*item
	add := func(it *item) {
		if !reach[it] {
			reach[it] = true
			todo = append(todo, it)
		}
	}
	for _, u := range w.units {
		if u.kind == unitMain || u.kind == unitLater || w.library {
			for _, it := range u.items {
				add(it)
			}
		}
	}
	for name := range w.mocked {
		if f := w.funcs[name]; f != nil {
			add(f.u.items[0])
		}
	}
	for len(todo) > 0 {
		it := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, m := range it.sum.reads {
			if f := w.funcs[m.name]; f != nil {
				add(f.u.items[0])
			}
			if s := w.shapes[m.name]; s != nil {
				add(s.it)
			}
		}
		for _, name := range it.sum.fields {
			for _, m := range w.methods[name] {
				add(m.u.items[0])
			}
		}
	}
	return reach
}
