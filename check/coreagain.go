package check

import (
	"maps"
	"slices"
	"strings"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
)

// core finds the core language's errors, leaving out the functions that had none and have the same declarations around
// them.
func (s *Session) core(w *world) []diag.Diagnostic {
	if w.env != s.env {
		s.env = w.env
		clear(s.clean)
	}
	isFunc := func(i int) bool {
		_, ok := w.items[i].stmt.(*syntax.FuncDecl)
		return ok
	}
	return core(w.prog, &hints{
		flat: func(i int) bool {
			sum := w.items[i].sum
			return sum.shapes == 0 && (sum.funcs == 0 || sum.funcs == 1 && isFunc(i))
		},
		clean: func(i int) bool { return isFunc(i) && s.clean[w.items[i].text] },
		found: func(i, errors int) {
			if isFunc(i) && errors == 0 && w.items[i].sum.funcs == 1 {
				s.clean[w.items[i].text] = true
			}
		},
	})
}

// environment is all that a core check of a function depends on besides its own text: the heads of functions, the shapes,
// the names of the top level.
func (w *world) environment() string {
	var b strings.Builder
	for _, it := range w.items {
		f, ok := it.stmt.(*syntax.FuncDecl)
		switch {
		case it.sum.funcs == 1 && ok && f.Sig != nil:
			b.WriteString(it.text[:min(max(f.Sig.Span().End-it.tree, 0), len(it.text))])
		case it.sum.funcs > 0 || it.sum.shapes > 0:
			b.WriteString(it.text)
		}
		b.WriteByte(0)
	}
	list := func(sign byte, names []string) {
		b.WriteByte(sign)
		for _, name := range names {
			b.WriteString(name)
			b.WriteByte(0)
		}
	}
	list('g', slices.Sorted(maps.Keys(w.globals)))
	list('m', slices.Sorted(maps.Keys(w.mocked)))
	list('e', slices.Sorted(maps.Keys(w.escaped)))
	for _, name := range slices.Sorted(maps.Keys(w.consts)) {
		list('c', []string{name, w.consts[name]})
	}
	for _, name := range slices.Sorted(maps.Keys(w.tables)) {
		list('t', append([]string{name}, w.tables[name]...))
	}
	if w.library {
		list('l', nil)
	}
	return b.String()
}
