package check

import "github.com/etamil-lang/etamil/syntax"

func (r *run) assignStmt(s *syntax.AssignStmt) {
	got := neverT
	if x, ok := s.Target.(*syntax.NameExpr); ok {
		if s.Value != nil {
			got = r.expr(s.Value)
		}
		r.assign(&x.Name, got)
		return
	}
	b := base(s.Target)
	if b == nil {
		r.maybeExpr(s.Value)
		return
	}
	old := r.base(b)
	r.targetParts(s.Target)
	if s.Value != nil {
		got = r.expr(s.Value)
	}
	r.assign(b, r.stored(s.Target, old, got))
}

// base is what the variable holds of which a part is changed.
func (r *run) base(n *syntax.Name) *ty {
	t := r.held(n.Text)
	if t.k == tUnset && r.local != nil {
		if g := r.outside(n.Text); g != nil {
			t = g.set()
		}
	}
	if t.k == tUnset {
		r.undefined(n, n.Text, false)
		return unknownT
	}
	return t.set()
}

// targetParts infers the indexes of a target.
func (r *run) targetParts(e syntax.Expr) {
	switch x := e.(type) {
	case *syntax.IndexExpr:
		r.targetParts(x.X)
		r.maybeExpr(x.Index)
	case *syntax.FieldExpr:
		r.targetParts(x.X)
	case *syntax.ParenExpr:
		r.targetParts(x.X)
	}
}

// stored is the type of the variable after its part got a value.
func (r *run) stored(target syntax.Expr, old, v *ty) *ty {
	path, ok := partPath(target)
	if !ok {
		return unknownT
	}
	return r.setPart(path, old, v)
}

// part is one step of a target: a field, or an element.
type part struct {
	at    syntax.Node
	field string
	index syntax.Expr // nil of a field
}

func partPath(e syntax.Expr) ([]part, bool) {
	switch x := e.(type) {
	case *syntax.NameExpr:
		return nil, true
	case *syntax.ParenExpr:
		return partPath(x.X)
	case *syntax.FieldExpr:
		path, ok := partPath(x.X)
		if x.Name == nil {
			return nil, false
		}
		return append(path, part{at: x.Name, field: x.Name.Text}), ok
	case *syntax.IndexExpr:
		path, ok := partPath(x.X)
		if x.Index == nil {
			return nil, false
		}
		if key, is := literalKey(x.Index); is {
			return append(path, part{at: x.Index, field: key, index: x.Index}), ok
		}
		return append(path, part{at: x.Index, index: x.Index}), ok
	}
	return nil, false
}

// literalKey is the field that a literal index names.
func literalKey(e syntax.Expr) (string, bool) {
	switch e := e.(type) {
	case *syntax.TextLit:
		return e.Value, true
	case *syntax.ParenExpr:
		return literalKey(e.X)
	}
	return "", false
}

// setPart is a type after a value was stored in its part at path.
func (r *run) setPart(path []part, t, v *ty) *ty {
	if len(path) == 0 {
		return v
	}
	if !t.known() {
		return t
	}
	p := path[0]
	if p.field != "" {
		r.recordMember(p.at, t, p.field)
	}
	out, bad := neverT, 0
	if t.k == tUnion { // what fails in one alternative may be right in another
		r.mute++
		defer func() { r.mute-- }()
	}
	t.each(func(a *ty) {
		got, ok := r.setOne(p, path[1:], a, v)
		if !ok {
			bad++
			return
		}
		out = join(out, got)
	})
	if out == neverT && bad > 0 {
		r.partless(p, t)
		return unknownT
	}
	return out
}

// partless reports a target that has no such part, whichever of its kinds it is of.
func (r *run) partless(p part, t *ty) {
	if t.k == tUnion {
		r.mute--
		defer func() { r.mute++ }()
	}
	switch {
	case t.only(tText):
		r.errorAt(p.at, CodeTextPart)
	case p.index == nil:
		r.errorAt(p.at, CodeNoFields, p.field, t.phrase())
	default:
		r.errorAt(p.at, CodeNoParts, t.phrase())
	}
}

func (r *run) setOne(p part, rest []part, a, v *ty) (*ty, bool) {
	named := p.index == nil || p.field != ""
	switch a.k {
	case tArray:
		if p.index == nil {
			return nil, false
		}
		r.indexRange(p.at, p.index, a)
		inner := r.setPart(rest, a.elem, v)
		if len(rest) == 0 {
			inner = v
		}
		return arrayOf(join(a.elem, inner), a.n), true
	case tRecord:
		if !named {
			if len(rest) > 0 {
				return a.withSome(r.setPart(rest, a.values(), v)), true
			}
			return a.withSome(v), true
		}
		if len(rest) == 0 {
			return a.withField(p.field, v), true
		}
		return a.withField(p.field, r.setPart(rest, r.fieldOf(a, p.at, p.field), v)), true
	case tShaped:
		if named {
			ft := r.fieldOf(a, p.at, p.field)
			if len(rest) > 0 {
				r.setPart(rest, ft, v)
			}
		}
		return a, true
	case tUnknown, tNever:
		return a, true
	}
	return nil, false
}
