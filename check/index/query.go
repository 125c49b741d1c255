package index

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"github.com/etamil-lang/etamil/syntax"
)

// At finds the name at an offset, or that ends there. Its Symbol is None where the name means nothing that is known.
func (ix *Index) At(file, offset int) (Occurrence, bool) {
	n := ix.itemAt(file, offset)
	if n < 0 {
		return Occurrence{}, false
	}
	it := &ix.items[n]
	i, ok := it.at(int32(offset - it.start))
	if !ok {
		return Occurrence{}, false
	}
	return ix.occurrence(n, i, true), true
}

// Names answers all names of a file in order. What stands behind dots is not looked up by its type: members are Keys, with
// Call as the Access where they are called.
func (ix *Index) Names(file int, f func(Occurrence) bool) {
	if file < 0 || file >= len(ix.files) {
		return
	}
	for _, n := range ix.files[file] {
		for i := range ix.items[n].names {
			if !f(ix.occurrence(n, i, false)) {
				return
			}
		}
	}
}

// NamesIn answers those of the names of a file that stand inside a span.
func (ix *Index) NamesIn(file int, span syntax.Span, f func(Occurrence) bool) {
	if file < 0 || file >= len(ix.files) {
		return
	}
	list := ix.files[file]
	first := sort.Search(len(list), func(i int) bool { return ix.items[list[i]].end > span.Start })
	for _, n := range list[first:] {
		it := &ix.items[n]
		if it.start >= span.End {
			return
		}
		for i := range it.names {
			if o := ix.occurrence(n, i, false); o.Span.Start >= span.Start && o.Span.End <= span.End && !f(o) {
				return
			}
		}
	}
}

// Occurrences are all places where a symbol stands, by file and place. Of a member they are those where the type of the
// value before the dot is known to have it; Doubtful are the rest. Of a Key they are all that may be no shape's.
func (ix *Index) Occurrences(s Symbol) []Occurrence {
	var list []Occurrence
	ix.each(s, func(o Occurrence) {
		if o.Is(s) {
			list = append(list, o)
		}
	})
	return list
}

// Doubtful are the places where a name may be the given member of a shape, and nothing is known of the value before it.
func (ix *Index) Doubtful(s Symbol) []Occurrence {
	if s.Kind != Field && s.Kind != Method {
		return nil
	}
	var list []Occurrence
	for n := range ix.items {
		it := &ix.items[n]
		for i := range it.names {
			one := &it.names[i]
			if one.role != roleMember && one.role != roleText || one.text != s.Name {
				continue
			}
			o := ix.occurrence(int32(n), i, false)
			if ix.info != nil {
				if _, _, known := ix.info.MemberOf(it.file, o.Span); known {
					continue
				}
			}
			list = append(list, o)
		}
	}
	return ix.sorted(list)
}

// each visits the names that could be a symbol.
func (ix *Index) each(s Symbol, f func(Occurrence)) {
	if s.Kind == None {
		return
	}
	members := s.Kind == Field || s.Kind == Method || s.Kind == Key
	var found []Occurrence
	visit := func(n int32) {
		it := &ix.items[n]
		for i := range it.names {
			one := &it.names[i]
			if one.text == s.Name || s.Kind == Builtin && one.of == s.Name {
				found = append(found, ix.occurrence(n, i, members))
			}
		}
	}
	if s.Local() {
		visit(s.item)
	} else {
		for n := range ix.items {
			visit(int32(n))
		}
	}
	for _, o := range ix.sorted(found) {
		f(o)
	}
}

func (ix *Index) sorted(list []Occurrence) []Occurrence {
	slices.SortStableFunc(list, func(a, b Occurrence) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Span.Start, b.Span.Start))
	})
	return list
}

// Decls are the places that declare a symbol: its declarations, else the first write of a variable in the order in which
// the program runs. A Builtin has none.
func (ix *Index) Decls(s Symbol) []Occurrence {
	if s.Kind == Builtin || s.Kind == Server || s.Kind == None {
		return nil
	}
	var declared, written []Occurrence
	for _, o := range ix.Occurrences(s) {
		switch o.Access {
		case Declare:
			declared = append(declared, o)
		case Write:
			written = append(written, o)
		}
	}
	if len(declared) > 0 || len(written) == 0 {
		return declared
	}
	first := slices.MinFunc(written, func(a, b Occurrence) int {
		return cmp.Compare(ix.order(a), ix.order(b))
	})
	return []Occurrence{first}
}

// order is where a place comes in the order of the program.
func (ix *Index) order(o Occurrence) int32 { return ix.itemAt(o.File, o.Span.Start) }

// Linked are a member and all that cannot be told apart from it, because one place may mean either: a field of several
// shapes that a parameter may hold. A rename has to take all of them or none.
func (ix *Index) Linked(s Symbol) []Symbol {
	list := []Symbol{s}
	for i := 0; i < len(list); i++ {
		for _, o := range ix.Occurrences(list[i]) {
			for _, other := range append([]Symbol{o.Symbol}, o.Also...) {
				if !slices.Contains(list, other) {
					list = append(list, other)
				}
			}
		}
	}
	return list
}

// Visible are the names of the program that are in scope at an offset, the innermost first and by name within a scope: of
// a function those that stand before the offset, then everything of the top level. Builtins are not among them.
func (ix *Index) Visible(file, offset int) []Symbol {
	var list []Symbol
	seen := map[string]bool{}
	add := func(s Symbol) {
		if key := s.Name + "\x00" + string(rune('0'+s.Kind)); s.Kind != None && !seen[s.Name] && !seen[key] {
			seen[key] = true
			list = append(list, s)
		}
	}
	n, at := ix.scopeAt(file, offset)
	if n >= 0 {
		it := &ix.items[n]
		for s := it.scopeAt(at); s > 0; s = it.scopes[s].outer {
			for _, s := range ix.locals(n, s, at) {
				add(s)
				seen[s.Name] = true
			}
			if it.scopes[s].kind == scopeFunc && (it.scopes[s].outer == 0 || it.scopes[it.scopes[s].outer].kind != scopeShape) {
				break
			}
		}
	}
	start := len(list)
	for text := range ix.vars {
		if !ix.private(text) {
			add(ix.global(text))
		} else if n >= 0 && slices.Contains(ix.vars[text], n) {
			add(ix.top(n, text))
		}
	}
	for text := range ix.funcs {
		add(Symbol{Kind: Function, Name: text})
	}
	for text := range ix.shape {
		add(Symbol{Kind: Shape, Name: text})
	}
	slices.SortFunc(list[start:], bySpelling)
	return list
}

func bySpelling(a, b Symbol) int {
	return cmp.Or(strings.Compare(a.Name, b.Name), cmp.Compare(a.Kind, b.Kind))
}

// locals are the names of one scope that stand before an offset.
func (ix *Index) locals(n, s int32, at int32) []Symbol {
	sc := &ix.items[n].scopes[s]
	var list []Symbol
	for _, l := range sc.locals {
		if l.kind != Parameter && l.at >= at {
			continue
		}
		one := Symbol{Kind: l.kind, Name: l.name, Of: sc.of, item: n, scope: s}
		if l.kind == Field {
			one = Symbol{Kind: Field, Name: l.name, Of: sc.of}
		}
		list = append(list, one)
	}
	return list
}

// scopeAt finds the statement whose scopes count at an offset: the one around it, or the one before it that was never
// closed.
func (ix *Index) scopeAt(file, offset int) (int32, int32) {
	n := ix.before(file, offset)
	if n < 0 {
		return -1, 0
	}
	it := &ix.items[n]
	if offset <= it.end {
		return n, int32(offset - it.start)
	}
	if unclosed(it.stmt) {
		return n, int32(it.end - it.start)
	}
	return -1, 0
}

// unclosed tells a statement whose last block has no closing brace.
func unclosed(s syntax.Stmt) bool {
	open := false
	end := s.Span().End
	syntax.Walk(s, func(n syntax.Node) bool {
		if b, ok := n.(*syntax.Block); ok && b.Close.Type == 0 && b.Span().End == end {
			open = true
		}
		return !open && n.Span().End == end
	})
	return open
}
