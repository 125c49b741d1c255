package index

import (
	"maps"
	"slices"

	"github.com/etamil-lang/etamil/syntax"
)

// reader reads a statement. It goes through a statement as it runs, so that it knows of each variable of a function whether
// it is surely set before it is read.
type reader struct {
	f     *fragment
	start int
	scope int32
	block syntax.Span // the innermost block around the place
	value bool        // the block's last statement is its value

	locals []map[string]*candidate // of each scope
}

// candidate is a name that a function mentions, and may declare.
type candidate struct {
	local
	seen  bool
	block syntax.Span // of the first write, while own
}

// freeze gives the scopes what they declare.
func (r *reader) freeze() {
	for i, all := range r.locals {
		var list []local
		for _, name := range slices.Sorted(maps.Keys(all)) {
			if c := all[name]; c.kind != None {
				c.name = name
				list = append(list, c.local)
			}
		}
		r.f.scopes[i].locals = slices.Clip(list)
	}
}

func (r *reader) walk(n syntax.Node) { syntax.Walk(n, r.visit) }

func (r *reader) expr(list ...syntax.Expr) {
	for _, e := range list {
		if e != nil {
			r.walk(e)
		}
	}
}

func (r *reader) place(s syntax.Span) span {
	return span{int32(s.Start - r.start), int32(s.End - r.start)}
}

// add notes a name.
func (r *reader) add(n *syntax.Name, role role, access Access) *name {
	if n == nil || n.Text == "" || n.Tok.Type == 0 {
		return nil
	}
	at := r.place(n.Span())
	r.f.names = append(r.f.names, name{
		start: at.start, end: at.end, scope: r.scope, role: role, access: access, quoted: n.Tok.Type == syntax.Text, text: n.Text,
	})
	return &r.f.names[len(r.f.names)-1]
}

// open starts a scope, which f fills.
func (r *reader) open(kind scopeKind, of string, at syntax.Span, f func()) {
	place := r.place(at)
	r.f.scopes = append(r.f.scopes, scope{
		kind: kind, outer: r.scope, start: place.start, end: place.end, of: of,
	})
	r.locals = append(r.locals, map[string]*candidate{})
	outer, block, value := r.scope, r.block, r.value
	r.scope, r.block, r.value = int32(len(r.f.scopes)-1), at, false
	f()
	r.scope, r.block, r.value = outer, block, value
}

// mention follows the variables of functions: first tells that here is a write of the whole, by which a variable is set in
// the rest of the block.
func (r *reader) mention(text string, first bool) {
	for s := r.scope; s > 0; s = r.f.scopes[s].outer {
		sc := &r.f.scopes[s]
		if sc.kind != scopeFunc && sc.kind != scopeLambda {
			return
		}
		l := r.locals[s][text]
		if l == nil {
			l = &candidate{}
			r.locals[s][text] = l
		}
		switch {
		case l.kind == Parameter:
			return
		case !l.seen:
			l.seen, l.own, l.block = true, first && s == r.scope, r.block
		case l.own:
			l.own = r.block.Start >= l.block.Start && r.block.End <= l.block.End
		}
		if sc.kind == scopeFunc || l.own {
			return
		}
	}
}

// write notes that a name becomes a variable of the scope.
func (r *reader) write(n *syntax.Name, kind Kind, access Access, whole bool) {
	one := r.add(n, roleName, access)
	if one == nil {
		return
	}
	if r.scope == 0 {
		r.f.vars = append(r.f.vars, n.Text)
		return
	}
	r.mention(n.Text, whole)
	l := r.locals[r.scope][n.Text]
	if l != nil && l.kind == None {
		l.kind, l.at = kind, one.start
	}
}

func (r *reader) param(n *syntax.Name) {
	one := r.add(n, roleName, Declare)
	if one == nil {
		return
	}
	locals := r.locals[r.scope]
	if locals[n.Text] == nil {
		locals[n.Text] = &candidate{local: local{kind: Parameter, at: one.start, own: true}, seen: true}
	}
}

func (r *reader) read(n *syntax.NameExpr, role role, access Access) {
	one := r.add(&n.Name, role, access)
	if one == nil {
		return
	}
	if n.Word != nil {
		one.of = n.Word.ID
	}
	if role == roleName {
		r.mention(n.Text, false)
	}
}

func (r *reader) function(name string, sig *syntax.Signature, body *syntax.Block, at syntax.Span, kind scopeKind, implicit bool) {
	r.open(kind, name, at, func() {
		if sig != nil && !implicit {
			for _, p := range sig.Params {
				r.typ(p.Type)
				r.param(p.Name)
			}
			r.typ(sig.Result)
		}
		if body != nil {
			r.value = implicit
			r.stmts(body)
		}
	})
}

// stmts goes through a block. The last statement may be the block's value.
func (r *reader) stmts(b *syntax.Block) {
	outer, value := r.block, r.value
	r.block = b.Span()
	for i, s := range b.Stmts {
		r.value = false
		if x, ok := s.(*syntax.ExprStmt); ok && value && i == len(b.Stmts)-1 {
			r.expr(x.X)
			continue
		}
		r.walk(s)
	}
	r.block, r.value = outer, value
}

func (r *reader) valueBlock(b *syntax.Block) {
	if b != nil {
		r.value = true
		r.stmts(b)
		r.value = false
	}
}

func (r *reader) typ(t *syntax.Type) {
	if t == nil {
		return
	}
	if t.Kind == syntax.TypeShape {
		r.add(t.Name, roleShape, Read)
	}
	for _, a := range t.Args {
		r.typ(a)
	}
}

func (r *reader) shape(n *syntax.ShapeDecl) {
	of := ""
	if one := r.add(n.Name, roleShape, Declare); one != nil {
		of = n.Name.Text
		r.f.shapes = append(r.f.shapes, of)
	}
	r.open(scopeShape, of, n.Span(), func() {
		locals := r.locals[r.scope]
		for _, p := range n.TypeParams {
			if one := r.add(p, roleShape, Declare); one != nil && locals[p.Text] == nil {
				locals[p.Text] = &candidate{local: local{kind: TypeParam, at: one.start, own: true}}
			}
		}
		for _, f := range n.Fields {
			r.field(n, f, of)
		}
		for _, m := range n.Methods {
			text := ""
			if one := r.add(m.Name, roleMethod, Declare); one != nil {
				one.of = of
				text = one.text
			}
			next := len(r.f.scopes)
			r.function(of+"."+text, m.Sig, m.Body, m.Span(), scopeFunc, false)
			r.f.scopes[next].shape, r.f.scopes[next].method = of, text
		}
	})
}

func (r *reader) field(n *syntax.ShapeDecl, f *syntax.FieldDecl, of string) {
	r.typ(f.Type)
	if one := r.add(f.Name, roleField, Declare); one != nil {
		one.of = of
	}
	if f.Rule == nil {
		return
	}
	r.open(scopeRule, of, f.Span(), func() {
		for _, g := range n.Fields {
			if g.Name != nil {
				r.locals[r.scope][g.Name.Text] = &candidate{local: local{kind: Field, own: true}}
			}
		}
		r.walk(f.Rule)
	})
}
