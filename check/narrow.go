package check

import "github.com/etamil-lang/etamil/syntax"

// maxSplits bounds how many conditions of which one decided are followed at once: each doubles the work.
const maxSplits = 3

// narrow makes the variables what they must be where e has turned out true, or false.
func (r *run) narrow(e syntax.Expr, yes bool) {
	switch e := e.(type) {
	case *syntax.ParenExpr:
		if e.X != nil {
			r.narrow(e.X, yes)
		}
	case *syntax.UnaryExpr:
		if e.Op.Type == syntax.KwNot && e.X != nil {
			r.narrow(e.X, !yes)
		}
	case *syntax.BinaryExpr:
		r.narrowBinary(e, yes)
	case *syntax.NameExpr, *syntax.FieldExpr:
		if yes {
			r.refine(e, func(t *ty) *ty { return t.keep(func(a *ty) bool { return a.k != tNil }) })
		}
	case *syntax.CallExpr:
		r.narrowCall(e, yes)
	}
}

func (r *run) narrowBinary(e *syntax.BinaryExpr, yes bool) {
	switch e.Op.Type {
	case syntax.KwAnd, syntax.KwOr:
		if (e.Op.Type == syntax.KwAnd) == yes {
			r.narrow(e.X, yes)
			r.narrow(e.Y, yes)
			return
		}
		if r.splits >= maxSplits {
			return
		}
		r.splits++
		defer func() { r.splits-- }()
		// One of the two decided.
		first := r.branch(func() { r.narrow(e.X, yes) })
		second := r.branch(func() {
			r.narrow(e.X, !yes)
			r.narrow(e.Y, yes)
		})
		r.set(r.joined([]state{first, second}))
	case syntax.Eq, syntax.Ne:
		equal := (e.Op.Type == syntax.Eq) == yes
		if !r.narrowEqual(e.X, e.Y, equal) {
			r.narrowEqual(e.Y, e.X, equal)
		}
	}
}

// narrowEqual learns from x == literal and from வகை(x) == "…".
func (r *run) narrowEqual(x, y syntax.Expr, equal bool) bool {
	switch lit := unparen(y).(type) {
	case *syntax.ConstLit:
		if lit.Tok.Type == syntax.KwNull {
			r.refine(x, func(t *ty) *ty { return ofKind(t, tNil, nilT, equal) })
			return true
		}
		if equal {
			r.refine(x, func(t *ty) *ty { return ofKind(t, tBool, boolT, true) })
		}
		return true
	case *syntax.NumberLit:
		if equal {
			r.refine(x, func(t *ty) *ty { return ofKind(t, tNumber, numberT, true) })
		}
		return true
	case *syntax.TextLit:
		if call := r.isCall(x, "typeof"); call != nil {
			r.narrowKind(call.Args[0], lit.Value, equal)
			return true
		}
		if equal {
			r.refine(x, func(t *ty) *ty { return ofKind(t, tText, inputT, true) })
		}
		return true
	}
	return false
}

// ofKind keeps, or drops, the alternatives of a kind; what nothing is known of becomes fresh.
func ofKind(t *ty, k tkind, fresh *ty, yes bool) *ty {
	if t.k == tUnknown {
		if yes {
			return fresh
		}
		return t
	}
	return t.keep(func(a *ty) bool { return (a.k == k) == yes || a.k == tUnknown })
}

var kindTypes = map[tkind]*ty{
	tNumber: numberT, tText: inputT, tBool: boolT, tArray: anyArr, tRecord: anyRec, tResult: anyRes, tNil: nilT, tFunc: anyFnT,
	tShapeName: shapeT,
}

func (r *run) narrowKind(x syntax.Expr, name string, yes bool) {
	if k, ok := kindNames[name]; ok {
		r.refine(x, func(t *ty) *ty { return ofKind(t, k, kindTypes[k], yes) })
		return
	}
	if r.w.shapeDecls[name] == nil || !yes {
		return
	}
	r.refine(x, func(t *ty) *ty {
		if t.k == tUnknown {
			return shapedOf(name, nil)
		}
		kept := t.keep(func(a *ty) bool { return a.k == tShaped && a.name == name || a.k == tUnknown })
		if kept == neverT {
			return unknownT
		}
		return kept
	})
}

// narrowCall learns from சரியா(x), தவறா(x) and புலம்_உள்ளதா(x, "f").
func (r *run) narrowCall(e *syntax.CallExpr, yes bool) {
	if call := r.isCall(e, "isOk"); call != nil {
		r.refine(call.Args[0], func(t *ty) *ty { return resultPart(t, yes, true) })
		return
	}
	if call := r.isCall(e, "isErr"); call != nil {
		r.refine(call.Args[0], func(t *ty) *ty { return resultPart(t, yes, false) })
		return
	}
	call := r.isCall(e, "hasField")
	if call == nil || len(call.Args) != 2 || !yes {
		return
	}
	if key, ok := literalKey(call.Args[1]); ok {
		r.refine(call.Args[0], func(t *ty) *ty { return havingField(t, key) })
	}
}

// resultPart is a type after சரியா (ok) or தவறா said yes or no.
func resultPart(t *ty, yes, ok bool) *ty {
	if t.k == tUnknown {
		if !yes {
			return t
		}
		return anyRes
	}
	out := neverT
	t.each(func(a *ty) {
		switch {
		case a.k == tUnknown:
			out = unknownT
		case a.k != tResult:
			if !yes {
				out = join(out, a)
			}
		case yes == ok:
			out = join(out, resultOf(a.elem, neverT))
		default:
			out = join(out, resultOf(neverT, a.err))
		}
	})
	return out
}

func havingField(t *ty, key string) *ty {
	if t.k == tUnknown {
		return t
	}
	out := neverT
	t.each(func(a *ty) {
		if a.k == tRecord {
			if f := a.field(key); f != nil {
				a = a.withField(key, f.t)
			} else if a.open {
				a = a.withField(key, a.elem)
			} else { // it has not: this is never reached
				a = a.withField(key, unknownT)
			}
		}
		out = join(out, a)
	})
	return out
}

// refine replaces the type of a variable, or of a field of one, where e is such a path.
func (r *run) refine(e syntax.Expr, f func(*ty) *ty) {
	switch e := unparen(e).(type) {
	case *syntax.NameExpr:
		t := r.held(e.Text)
		if t.k == tUnset {
			if g := r.outside(e.Text); g != nil && r.local != nil {
				t = g.set()
			}
		}
		if t.k == tUnset || t.k == tNever {
			return
		}
		if got := f(t.set()); got != t {
			r.env.set(e.Text, got)
		}
	case *syntax.FieldExpr:
		if e.Name != nil && e.X != nil {
			r.refineField(e.X, e.Name.Text, f)
		}
	case *syntax.IndexExpr:
		if key, ok := literalKey(e.Index); ok && e.X != nil {
			r.refineField(e.X, key, f)
		}
	}
}

func (r *run) refineField(x syntax.Expr, name string, f func(*ty) *ty) {
	r.refine(x, func(t *ty) *ty {
		if t.k != tRecord {
			return t
		}
		old := lookupField(t, name)
		if old == nil || t.field(name) == nil && !t.open {
			return t
		}
		got := f(old)
		if got == old {
			return t
		}
		return t.withField(name, got)
	})
}

// constant tells what a condition always is: literals alone, so that a check of an argument is never called needless.
func (r *run) constant(e syntax.Expr) (value, known bool) {
	switch e := e.(type) {
	case *syntax.ParenExpr:
		if e.X != nil {
			return r.constant(e.X)
		}
	case *syntax.ConstLit:
		return e.Tok.Type == syntax.KwTrue, true
	case *syntax.NumberLit:
		n, ok := literalNumber(e)
		return n != 0, ok
	case *syntax.TextLit:
		return e.Value != "", true
	case *syntax.UnaryExpr:
		if e.Op.Type == syntax.KwNot && e.X != nil {
			v, ok := r.constant(e.X)
			return !v, ok
		}
	case *syntax.BinaryExpr:
		return r.constantBinary(e)
	}
	return false, false
}

func (r *run) constantBinary(e *syntax.BinaryExpr) (value, known bool) {
	switch e.Op.Type {
	case syntax.KwAnd, syntax.KwOr:
		or := e.Op.Type == syntax.KwOr
		x, okX := r.constant(e.X)
		if okX && x == or {
			return or, true
		}
		y, okY := r.constant(e.Y)
		if okX && okY {
			return y, true
		}
		if okY && y == or {
			return or, true
		}
		return false, false
	}
	x, okX := literalNumber(e.X)
	y, okY := literalNumber(e.Y)
	if !okX || !okY {
		return false, false
	}
	switch e.Op.Type {
	case syntax.Eq:
		return x == y, true
	case syntax.Ne:
		return x != y, true
	case syntax.Lt:
		return x < y, true
	case syntax.Le:
		return x <= y, true
	case syntax.Gt:
		return x > y, true
	case syntax.Ge:
		return x >= y, true
	}
	return false, false
}

// condition infers a condition and warns of one that never changes. (மெய்) சுற்று is how an endless loop is written, and is
// not asked here.
func (r *run) condition(e syntax.Expr) {
	if e == nil {
		return
	}
	t := r.expr(e)
	if v, ok := r.constant(e); ok {
		tamil, english := "பொய்", "false"
		if v {
			tamil, english = "மெய்", "true"
		}
		r.warnAt(e, CodeConstant, tamil, english)
		return
	}
	if t.only(tFunc, tHandle, tShapeName) {
		r.hintAt(e, CodeConstant, "மெய்", "true")
	} else if t.only(tNil) {
		r.hintAt(e, CodeConstant, "பொய்", "false")
	}
}
