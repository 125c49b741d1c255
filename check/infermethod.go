package check

import (
	"strconv"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// callField infers x.name(…) and S.name(…).
func (r *run) callField(fn *syntax.FieldExpr, e *syntax.CallExpr) *ty {
	if fn.X == nil {
		r.args(e)
		return unknownT
	}
	if fn.Word != nil && fn.Word.Shape == words.ShapeMethodBlock && e.Block != nil {
		r.maybeExpr(fn.X)
		r.args(e)
		return r.nested(func() { r.valueBlock(e.Block) })
	}
	x := r.maybeExpr(fn.X)
	got := r.args(e)
	r.block(e.Block)
	if fn.Name == nil || fn.Name.Text == "" || !x.known() {
		return unknownT
	}
	name := fn.Name.Text
	r.recordMember(fn.Name, x, name)
	if x.k == tUnion {
		return r.callUnion(x, fn, name, got)
	}
	switch x.k {
	case tShapeName:
		return r.callStatic(x, fn, e, got)
	case tShaped:
		return r.callMethod(x, fn, e, got)
	case tRecord:
		if f := lookupField(x, name); f != nil {
			return r.callValue(fn.Name, f, name, e, got)
		}
		r.noField(fn.Name, x, name)
		return unknownT
	case tHandle:
		if t := r.handleCall(x, fn, e, got); t != nil {
			return t
		}
		return unknownT
	}
	r.errorAt(fn.Name, CodeNoMethods, x.phrase(), name)
	return unknownT
}

// callUnion infers a method call on a value of several kinds: it fails only where none of them has the method.
func (r *run) callUnion(x *ty, fn *syntax.FieldExpr, name string, got []*ty) *ty {
	out, bad := neverT, true
	x.each(func(a *ty) {
		switch a.k {
		case tShaped:
			if sh := r.w.shapes[a.name]; sh != nil && sh.methods[name] != nil {
				r.ask(depShape, a.name)
				out, bad = join(out, r.answer(sh.methods[name])), false
				return
			}
			out, bad = unknownT, false
		case tRecord, tHandle, tShapeName, tUnknown, tNever:
			out, bad = unknownT, false
		}
	})
	if bad {
		r.errorAt(fn.Name, CodeNoMethods, x.phrase(), name)
		return unknownT
	}
	return out
}

func (r *run) callStatic(x *ty, fn *syntax.FieldExpr, e *syntax.CallExpr, got []*ty) *ty {
	sh := r.w.shapes[x.name]
	if sh == nil {
		return unknownT
	}
	m := sh.methods[fn.Name.Text]
	if m == nil {
		r.noMethod(sh, fn.Name)
		return unknownT
	}
	r.arity(fn.Name, sh.name+"."+fn.Name.Text, sh, len(m.params), got)
	r.declaredArgs(fn.Name, sh.name+"."+fn.Name.Text, m.params, e.Args, got)
	return r.answer(m)
}

func (r *run) callMethod(x *ty, fn *syntax.FieldExpr, e *syntax.CallExpr, got []*ty) *ty {
	r.ask(depShape, x.name)
	sh := r.w.shapes[x.name]
	if sh == nil {
		return unknownT
	}
	name := fn.Name.Text
	m := sh.methods[name]
	switch {
	case m != nil && m.self:
		r.arity(fn.Name, name, sh, len(m.params)-1, got)
		r.declaredArgs(fn.Name, name, m.params[1:], e.Args, got)
		return r.answer(m)
	case m != nil && sh.field(name) == nil:
		r.errorAt(fn.Name, CodeNoSelfMethod, sh.name, name).note(noteRef{code: diag.NoteShape, arg: sh.name, shape: sh.name})
		return unknownT
	}
	if f := sh.field(name); f != nil {
		return r.callValue(fn.Name, f, name, e, got)
	}
	r.noMethod(sh, fn.Name)
	return unknownT
}

func (r *run) arity(at syntax.Node, name string, sh *shapeInfo, want int, got []*ty) {
	if len(got) != want {
		r.errorAt(at, CodeArguments, name, strconv.Itoa(want), strconv.Itoa(len(got))).
			note(noteRef{code: diag.NoteShape, arg: sh.name, shape: sh.name})
	}
}

func (r *run) noMethod(sh *shapeInfo, name *syntax.Name) {
	r.errorAt(name, CodeLacksMethod, sh.name, name.Text, listOr(sh.order)).
		note(noteRef{code: diag.NoteShape, arg: sh.name, shape: sh.name}).near(guess{wrong: name.Text, among: sh.order})
}

// handleCall infers the methods of a borrowed connection.
func (r *run) handleCall(x *ty, fn *syntax.FieldExpr, e *syntax.CallExpr, got []*ty) *ty {
	if x.name != "connection" || fn.Word == nil {
		return nil
	}
	var params syntax.Expr
	if len(e.Args) > 1 {
		params = e.Args[1]
	}
	switch fn.Word.ID {
	case "query", "execute":
		if n := len(got); n < 1 || n > 2 {
			r.errorAt(fn.Name, CodeArguments, fn.Name.Text, "1–2", strconv.Itoa(n))
			return unknownT
		}
		t := textT
		if len(got) > 1 {
			t = got[1]
		}
		rows := r.sql(e.Args[0], params, t)
		if fn.Word.ID == "query" {
			return arrayOf(rows, -1)
		}
		return numberT
	}
	return nil
}
