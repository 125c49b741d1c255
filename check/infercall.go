package check

import (
	"strconv"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// call infers a call with its arguments and its block.
func (r *run) call(e *syntax.CallExpr) *ty {
	switch fn := e.Fn.(type) {
	case *syntax.NameExpr:
		return r.callName(fn, e)
	case *syntax.FieldExpr:
		return r.callField(fn, e)
	}
	f := r.maybeExpr(e.Fn)
	got := r.args(e)
	return r.callValue(e.Fn, f, "", e, got)
}

func (r *run) args(e *syntax.CallExpr) []*ty {
	got := make([]*ty, len(e.Args))
	for i, a := range e.Args {
		got[i] = r.maybeExpr(a)
	}
	return got
}

// callName infers NAME(…): a variable that holds a function wins, then the function of that name, a builtin, a shape.
func (r *run) callName(fn *syntax.NameExpr, e *syntax.CallExpr) *ty {
	got := r.args(e)
	name := fn.Text
	held := r.held(name)
	if held.k == tUnset && r.local[name] {
		if g := r.outside(name); g != nil {
			held = g
		}
	}
	held = held.set()
	variable := held.k != tNever
	if variable && (held.k == tUnknown || held.may(tFunc)) {
		r.recordName(&fn.Name, held)
		if held.only(tFunc) {
			return r.callValue(fn, held, name, e, got)
		}
		r.block(e.Block)
		return unknownT
	}
	r.ask(depFunc, name)
	if f := r.w.funcs[name]; f != nil {
		r.block(e.Block)
		return r.callFunc(fn, f, e, got)
	}
	if r.w.mocked[name] {
		r.block(e.Block)
		return unknownT
	}
	if fn.Word != nil && isWord(fn.Word) && fn.Word.Shape != words.ShapeName {
		return r.callWord(fn, fn.Word, e, got)
	}
	if sh := r.w.shapes[name]; sh != nil {
		r.ask(depShape, name)
		r.recordConversion(name, e.Args)
		return resultOf(shapedOf(name, nil), textOrErrorT)
	}
	r.block(e.Block)
	if variable {
		r.errorAt(fn, CodeNotCallable, held.phrase())
		return unknownT
	}
	if r.global(fn) == nil {
		r.undefined(fn, name, true)
	}
	return unknownT
}

var textOrErrorT = unknownT

// callFunc infers a call of a named function.
func (r *run) callFunc(at syntax.Node, f *funcInfo, e *syntax.CallExpr, got []*ty) *ty {
	r.ask(depFunc, f.name)
	if r.w.mocked[f.name] {
		return unknownT
	}
	r.passes(f.name, got)
	if len(got) != len(f.params) {
		r.errorAt(at, CodeArguments, f.name, strconv.Itoa(len(f.params)), strconv.Itoa(len(got))).
			note(noteRef{code: diag.NoteMethod, arg: f.name, fn: f.name})
	} else {
		r.declaredArgs(at, f.name, f.params, e.Args, got)
	}
	return r.answer(f)
}

// passes notes what a call passes to a function.
func (r *run) passes(name string, got []*ty) {
	known := r.out.calls[name]
	for len(known) < len(got) {
		known = append(known, neverT)
	}
	for i, t := range got {
		known[i] = join(known[i], t)
	}
	r.out.calls[name] = known
}

// declaredArgs holds arguments against declared parameters: a shape is asked for when the program runs, everything else is
// taken as it comes, and only worth a warning.
func (r *run) declaredArgs(at syntax.Node, name string, params []paramInfo, args []syntax.Expr, got []*ty) {
	for i := range min(len(params), len(args), len(got)) {
		d, g := params[i].declared, got[i]
		if d == nil || !d.known() || !g.known() {
			continue
		}
		if d.k == tShaped {
			if !g.may(tShaped) || g.k == tShaped && g.name != d.name {
				r.errorAt(args[i], CodeShapeArgument, name, params[i].name, d.name, g.phrase())
			}
			continue
		}
		if !fits(d, g) {
			if f := r.warnAt(args[i], CodeUnlikeArgument, name, params[i].name, d.phrase(), g.phrase()); f != nil {
				start, _ := r.at(at.Span())
				f.callee = &start
			}
		}
	}
}

// callValue infers a call of a function value.
func (r *run) callValue(at syntax.Node, f *ty, name string, e *syntax.CallExpr, got []*ty) *ty {
	r.block(e.Block)
	if !f.known() {
		return unknownT
	}
	if !f.may(tFunc, tUnknown) {
		r.errorAt(at, CodeNotCallable, f.phrase())
		return unknownT
	}
	if f.k != tFunc {
		return unknownT
	}
	n := len(got)
	if f.fn.min >= 0 && (n < f.fn.min || f.fn.max >= 0 && n > f.fn.max) {
		if name == "" {
			name = "செயல்"
		}
		r.errorAt(at, CodeArguments, name, countText(f.fn.min, f.fn.max), strconv.Itoa(n))
	}
	if f.fn.word != "" {
		return r.wordResult(f.fn.word, nil, got, f.fn.result)
	}
	return f.fn.result
}

// countText says how many arguments a function takes: "2", "1–3", "1+".
func countText(low, high int) string {
	switch {
	case high < 0:
		return strconv.Itoa(low) + "+"
	case low == high:
		return strconv.Itoa(low)
	}
	return strconv.Itoa(low) + "–" + strconv.Itoa(high)
}
