package index

import (
	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/syntax/words"
)

// occurrence is the nth name of a statement with what it means. Members are looked for by their types where members is
// set, and are Keys otherwise.
func (ix *Index) occurrence(n int32, i int, members bool) Occurrence {
	it := &ix.items[n]
	one := &it.names[i]
	o := Occurrence{File: it.file, Span: it.span(one.start, one.end), Quoted: one.quoted, Access: one.access}
	switch one.role {
	case roleName:
		o.Symbol = ix.variable(n, one)
	case roleCallee:
		ix.callee(n, one, &o)
	case roleShape:
		o.Symbol = ix.shapeName(n, one)
	case roleFunc:
		o.Symbol = Symbol{Kind: Function, Name: one.text}
	case roleField:
		o.Symbol = Symbol{Kind: Field, Name: one.text, Of: one.of}
	case roleMethod:
		o.Symbol = Symbol{Kind: Method, Name: one.text, Of: one.of}
	case roleHandle:
		o.Symbol = Symbol{Kind: Handle, Name: one.text}
	case roleTable:
		o.Symbol = Symbol{Kind: Table, Name: one.text}
	case roleFuncText:
		o.Symbol = namedFunction(ix, one.text)
	case roleShapeText:
		if len(ix.shape[one.text]) > 0 {
			o.Symbol = Symbol{Kind: Shape, Name: one.text}
		}
	case roleShapeKey:
		o.Symbol = ix.member(one.of, one.text)
	case roleMember, roleKey, roleText:
		o.Symbol = Symbol{Kind: Key, Name: one.text}
		if members {
			ix.members(it, one, &o)
		}
	}
	return o
}

// namedFunction is the function or builtin that a text names.
func namedFunction(ix *Index, text string) Symbol {
	one := &name{text: text, role: roleName}
	if w := words.Lookup(text); w != nil && w.Builtin {
		one.of = w.ID
	}
	if s := ix.called(one); s.Kind != Shape {
		return s
	}
	return Symbol{}
}

// variable is what a name means that is read, called or written.
func (ix *Index) variable(n int32, one *name) Symbol {
	it := &ix.items[n]
	for s := one.scope; s > 0; s = it.scopes[s].outer {
		sc := &it.scopes[s]
		l := sc.local(one.text)
		if l == nil || l.kind == TypeParam {
			if sc.kind == scopeFunc {
				break
			}
			continue
		}
		if l.kind == Field {
			return Symbol{Kind: Field, Name: one.text, Of: sc.of}
		}
		if outer, ok := ix.outside(n, s, l, one); ok {
			return outer
		}
		return Symbol{Kind: l.kind, Name: one.text, Of: sc.of, item: n, scope: s}
	}
	if g := ix.top(n, one.text); g.Kind != None {
		return g
	}
	return unknown(one)
}

// outside is what a local name is the same as because it is not surely set: what it means outside the scope.
func (ix *Index) outside(n, s int32, l *local, one *name) (Symbol, bool) {
	if l.own {
		return Symbol{}, false
	}
	if sc := &ix.items[n].scopes[s]; sc.kind == scopeLambda && sc.outer > 0 {
		outer := *one
		outer.scope = sc.outer
		g := ix.variable(n, &outer)
		return g, g.Kind != None && g.Kind != Builtin && g.Kind != Server
	}
	g := ix.top(n, one.text)
	return g, g.Kind != None
}

// callee is what a call reaches: a variable that holds a function, else the function, the builtin or the shape of the
// name. Where the variable's type leaves it open it may be both.
func (ix *Index) callee(n int32, one *name, o *Occurrence) {
	o.Symbol = ix.variable(n, one)
	switch o.Symbol.Kind {
	case Variable, Parameter, Loop:
	default:
		return
	}
	named := ix.called(one)
	if named.Kind == None || ix.info == nil {
		return
	}
	t, ok := ix.info.TypeOf(o.File, o.Span) // known where the variable may hold a function
	switch {
	case !ok:
		o.Symbol = named
	case t.Kind() != check.Function:
		o.Also = []Symbol{named}
	}
}

// called is what a call of a name reaches that no variable holds.
func (ix *Index) called(one *name) Symbol {
	switch {
	case len(ix.funcs[one.text]) > 0:
		return Symbol{Kind: Function, Name: one.text}
	case one.of != "":
		return Symbol{Kind: Builtin, Name: one.of}
	case len(ix.shape[one.text]) > 0:
		return Symbol{Kind: Shape, Name: one.text}
	}
	return Symbol{}
}

// global is what a name of the top level means, None where the program declares none. In a program with routes the server's
// names are the server's, also where a route sets them. A variable and a function of one
// name are one symbol where the variable may hold a function.
func (ix *Index) global(text string) Symbol {
	if ix.serves && check.IsServerName(text) {
		return Symbol{Kind: Server, Name: text}
	}
	isVar, isFunc := len(ix.vars[text]) > 0, len(ix.funcs[text]) > 0
	switch {
	case isFunc && (!isVar || ix.mayBeFunction(text)):
		return Symbol{Kind: Function, Name: text}
	case isVar:
		return Symbol{Kind: Variable, Name: text}
	case len(ix.shape[text]) > 0:
		return Symbol{Kind: Shape, Name: text}
	}
	return Symbol{}
}

// mayBeFunction tells whether a variable of the top level may hold a function, so that it and the function of its name
// cannot be told apart.
func (ix *Index) mayBeFunction(text string) bool {
	if ix.info == nil {
		return true
	}
	t, ok := ix.info.Global(text)
	if !ok || !t.Known() {
		return true
	}
	for _, a := range t.Alternatives() {
		if k := a.Kind(); k == check.Function || k == check.Unknown {
			return true
		}
	}
	return false
}

// unknown is a name that the program does not declare: the vocabulary's, the server's, or nobody's.
func unknown(one *name) Symbol {
	switch {
	case one.of != "":
		return Symbol{Kind: Builtin, Name: one.of}
	case check.IsServerName(one.text):
		return Symbol{Kind: Server, Name: one.text}
	}
	return Symbol{}
}

// shapeName is a shape or a type parameter.
func (ix *Index) shapeName(n int32, one *name) Symbol {
	it := &ix.items[n]
	for s := one.scope; s > 0; s = it.scopes[s].outer {
		if l := it.scopes[s].local(one.text); l != nil && l.kind == TypeParam {
			return Symbol{Kind: TypeParam, Name: one.text, Of: it.scopes[s].of, item: n, scope: s}
		}
	}
	if len(ix.shape[one.text]) > 0 || one.access == Declare {
		return Symbol{Kind: Shape, Name: one.text}
	}
	return Symbol{}
}

// member is a field or method of a shape by its name; a Key where the shape has none.
func (ix *Index) member(shape, text string) Symbol {
	for _, n := range ix.shape[shape] {
		for i := range ix.items[n].names {
			one := &ix.items[n].names[i]
			if one.of != shape || one.text != text {
				continue
			}
			switch one.role {
			case roleField:
				return Symbol{Kind: Field, Name: text, Of: shape}
			case roleMethod:
				return Symbol{Kind: Method, Name: text, Of: shape}
			}
		}
	}
	return Symbol{Kind: Key, Name: text}
}

// members finds the shapes whose member stands at a place.
func (ix *Index) members(it *item, one *name, o *Occurrence) {
	if ix.info == nil {
		return
	}
	shapes, other, known := ix.info.MemberOf(it.file, o.Span)
	if !known {
		return
	}
	var list []Symbol
	for _, s := range shapes {
		list = append(list, ix.member(s, one.text))
	}
	if other {
		list = append(list, Symbol{Kind: Key, Name: one.text})
	}
	if len(list) > 0 {
		o.Symbol, o.Also = list[0], list[1:]
	}
}
