package index

import (
	"slices"

	"github.com/etamil-lang/etamil/syntax"
)

// CallSite is a call from one function to another.
type CallSite struct {
	// From and To are functions or methods; From is None for calls from the top level and from routes, whose place At tells.
	From, To Symbol
	// At is where the called name stands. As is Call, or Read where the function is used as a value.
	At Occurrence
}

// CallsTo are the places that call a function or method, or use it as a value.
func (ix *Index) CallsTo(s Symbol) []CallSite {
	var list []CallSite
	for _, o := range ix.Occurrences(s) {
		if o.Access == Call || o.Access == Read {
			from, _, _ := ix.Enclosing(o.File, o.Span.Start)
			list = append(list, CallSite{from, s, o})
		}
	}
	return list
}

// CallsFrom are the calls of the program's functions and methods inside a function or method, by place.
func (ix *Index) CallsFrom(s Symbol) []CallSite {
	var list []CallSite
	for _, d := range ix.Decls(s) {
		if s.Kind != Function && s.Kind != Method || d.Access != Declare {
			continue
		}
		n := ix.itemAt(d.File, d.Span.Start)
		it := &ix.items[n]
		sc := it.scopeAt(int32(d.Span.Start - it.start))
		for i := range it.names {
			one := &it.names[i]
			if one.access != Call && one.access != Read || one.start < it.scopes[sc].start || one.end > it.scopes[sc].end {
				continue
			}
			o := ix.occurrence(n, i, true)
			if from, _, _ := ix.Enclosing(o.File, o.Span.Start); from != s {
				continue
			}
			for _, to := range append([]Symbol{o.Symbol}, o.Also...) {
				if to.Kind == Function || to.Kind == Method {
					list = append(list, CallSite{s, to, o})
				}
			}
		}
	}
	return list
}

// Enclosing finds the named function or method around an offset, None at the top level, with the place of its whole
// declaration.
func (ix *Index) Enclosing(file, offset int) (Symbol, syntax.Span, bool) {
	n, at := ix.scopeAt(file, offset)
	if n < 0 {
		return Symbol{}, syntax.Span{}, false
	}
	it := &ix.items[n]
	for s := it.scopeAt(at); s > 0; s = it.scopes[s].outer {
		sc := &it.scopes[s]
		if sc.kind != scopeFunc || sc.of == "" {
			continue
		}
		whole := it.span(sc.start, sc.end)
		if sc.method != "" {
			return Symbol{Kind: Method, Name: sc.method, Of: sc.shape}, whole, true
		}
		return Symbol{Kind: Function, Name: sc.of}, whole, true
	}
	return Symbol{}, syntax.Span{}, false
}

// RouteInfo is a வழி of the program.
type RouteInfo struct {
	// Method is the ID of the method's word, as HttpGet, or what was written where it is none; Path is "" where it is no
	// text.
	Method, Path string
	Guards       []string
	File         int
	// At is the place of the path, Whole that of the statement.
	At, Whole syntax.Span
}

// Routes are the program's routes in their order.
func (ix *Index) Routes() []RouteInfo {
	var list []RouteInfo
	for n := range ix.items {
		it := &ix.items[n]
		for _, r := range it.routes {
			list = append(list, RouteInfo{
				Method: r.method, Path: r.path, Guards: slices.Clone(r.guards), File: it.file,
				At: it.span(r.at.start, r.at.end), Whole: it.span(r.whole.start, r.whole.end),
			})
		}
	}
	return list
}

// Shapes are the shapes of the program, by name.
func (ix *Index) Shapes() []Symbol { return named(Shape, ix.shape) }

// Functions are the named functions of the program, by name; a variable of the same name that may hold a function is one
// of them.
func (ix *Index) Functions() []Symbol { return named(Function, ix.funcs) }

func named(k Kind, of map[string][]int32) []Symbol {
	list := make([]Symbol, 0, len(of))
	for text := range of {
		list = append(list, Symbol{Kind: k, Name: text})
	}
	slices.SortFunc(list, bySpelling)
	return list
}
