package check

import (
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// maybeExpr infers an expression that may be missing.
func (r *run) maybeExpr(e syntax.Expr) *ty {
	if e == nil {
		return neverT
	}
	return r.expr(e)
}

// expr infers an expression and reports what is wrong in it.
func (r *run) expr(e syntax.Expr) *ty {
	t := r.infer1(e)
	if r.rec != nil {
		r.rec.typ(r, e, t)
	}
	r.out.exprs++
	if t.known() {
		r.out.knownExp++
	}
	return t
}

func (r *run) infer1(e syntax.Expr) *ty {
	switch e := e.(type) {
	case *syntax.NameExpr:
		return r.name(e)
	case *syntax.NumberLit:
		return numberT
	case *syntax.TextLit:
		return textT
	case *syntax.ConstLit:
		if e.Tok.Type == syntax.KwNull {
			return nilT
		}
		return boolT
	case *syntax.ParenExpr:
		return r.maybeExpr(e.X)
	case *syntax.ArrayLit:
		elem := neverT
		for _, x := range e.Items {
			elem = join(elem, r.maybeExpr(x))
		}
		return arrayOf(elem, len(e.Items))
	case *syntax.RecordLit:
		return r.record(e)
	case *syntax.LambdaExpr:
		return r.lambda(e)
	case *syntax.UnaryExpr:
		return r.unary(e)
	case *syntax.BinaryExpr:
		return r.binary(e)
	case *syntax.CompareChain:
		return r.chain(e)
	case *syntax.CallExpr:
		return r.call(e)
	case *syntax.IndexExpr:
		return r.index(e)
	case *syntax.FieldExpr:
		return r.fieldExpr(e)
	case *syntax.TryExpr:
		return r.question(e)
	case *syntax.FaultyExpr:
		return r.maybeExpr(e.X)
	}
	return unknownT
}

// name infers a name that is read: a variable of the function, what stands outside it, a function, a builtin, a shape.
func (r *run) name(e *syntax.NameExpr) *ty {
	t := r.env.get(e.Text)
	if t == nil {
		t = r.held(e.Text)
	}
	if t.k != tUnset {
		set := t.set()
		if set != t && r.local[e.Text] { // until the function sets it, the name is the global's
			if g := r.outside(e.Text); g != nil {
				set = join(set, g.set())
			}
		}
		if set != t { // it is set from here on, or the read would have failed
			r.env.set(e.Text, set)
		}
		return set
	}
	if r.local != nil && r.local[e.Text] {
		if g := r.outside(e.Text); g != nil {
			return g.set()
		}
	}
	if t := r.global(e); t != nil {
		return t
	}
	r.undefined(e, e.Text, false)
	return unknownT
}

// global is what a name means that is no variable, or nil.
func (r *run) global(e *syntax.NameExpr) *ty {
	if t := r.function(e.Text); t != nil {
		return t
	}
	if r.w.shapes[e.Text] != nil {
		r.ask(depShape, e.Text)
		return &ty{k: tShapeName, name: e.Text}
	}
	if t := serverName(e.Text); t != nil {
		return t
	}
	r.ask(depFunc, e.Text)
	r.ask(depShape, e.Text)
	if e.Word == nil || !isWord(e.Word) {
		return nil
	}
	s := signatures()[e.Word.ID]
	if e.Word.Shape == words.ShapeBuilder && e.Word.MinArgs() == 0 { // it needs no brackets where it is given nothing
		return s.result
	}
	if e.Word.Shape == words.ShapeName || e.Word.ID == "Request" {
		if e.Word.ID == "Request" && r.u.kind == unitLater {
			return requestT()
		}
		return s.result
	}
	return funcOf(e.Text, fnType{min: e.Word.MinArgs(), max: e.Word.MaxArgs(), result: s.result, word: e.Word.ID})
}

// function is a named function as a value, or nil.
func (r *run) function(name string) *ty {
	r.ask(depFunc, name)
	f := r.w.funcs[name]
	if f == nil {
		return nil
	}
	n := len(f.params)
	return funcOf(name, fnType{min: n, max: n, result: r.answer(f), task: f.task})
}

// answer is what a call of a function answers.
func (r *run) answer(f *funcInfo) *ty {
	if r.w.mocked[f.name] && f.u.kind == unitFunc {
		return unknownT
	}
	t := r.ask(depResult, f.u.key)
	if f.task {
		return handleOf("task", taskResult(t))
	}
	if t.k == tUnknown && f.result != nil {
		return f.result
	}
	return t
}

// taskResult is the முடிவு of a task that answers t (services.md rule 16).
func taskResult(t *ty) *ty {
	ok, err := neverT, errorT()
	if t.k == tUnknown {
		return anyRes
	}
	t.each(func(a *ty) {
		if a.k == tResult {
			ok, err = join(ok, a.elem), join(err, a.err)
		} else {
			ok = join(ok, a)
		}
	})
	return resultOf(ok, err)
}

func (r *run) record(e *syntax.RecordLit) *ty {
	if e.Shape != nil {
		return r.shapeLit(e)
	}
	fields := make([]rfield, 0, len(e.Fields))
	for _, f := range e.Fields {
		t := r.maybeExpr(f.Value)
		if f.Key != nil {
			fields = append(fields, rfield{name: f.Key.Text, t: t})
		}
	}
	if e.Spread == nil {
		return recordOf(fields, false, nil)
	}
	s := r.expr(e.Spread)
	if s.k != tRecord {
		return recordOf(fields, true, unknownT)
	}
	fields = append(fields, s.rec...)
	return recordOf(fields, s.open, s.elem)
}

func (r *run) shapeLit(e *syntax.RecordLit) *ty {
	r.ask(depShape, e.Shape.Text)
	sh := r.w.shapes[e.Shape.Text]
	var args []*ty
	if sh != nil && len(sh.params) > 0 {
		args = make([]*ty, len(sh.params))
		for i := range args {
			args[i] = neverT
		}
	}
	for _, f := range e.Fields {
		t := r.maybeExpr(f.Value)
		if sh == nil || f.Key == nil {
			continue
		}
		r.recordUse(f.Key, sh.name, f.Key.Text)
		r.literalField(sh, f, t)
		if i, ok := sh.param(f.Key.Text); ok {
			args[i] = join(args[i], t)
		}
	}
	if e.Spread != nil {
		s := r.expr(e.Spread)
		if sh != nil && s.known() && !s.may(tShaped) {
			r.errorAt(e.Spread, CodeSpreadShape, sh.name, s.phrase())
		}
		args = nil
	}
	if sh == nil {
		return unknownT
	}
	for i := range args {
		if args[i] == neverT {
			args[i] = unknownT
		}
	}
	return shapedOf(sh.name, args)
}

// literalField reports a field's value that the shape refuses at run time.
func (r *run) literalField(sh *shapeInfo, f *syntax.RecordField, t *ty) {
	want := sh.field(f.Key.Text)
	if want == nil || !want.known() || !t.known() || fitsField(want, t) {
		return
	}
	if said := r.errorAt(f.Value, CodeFieldKind, sh.name, f.Key.Text, want.phrase(), t.phrase()); said != nil {
		key, _ := r.at(f.Key.Span())
		said.callee = &key // the core may have said it of the field
	}
}

// fitsField tells whether a value may stand in a field, which is checked when the program runs.
func fitsField(want, got *ty) bool {
	ok := false
	got.each(func(g *ty) {
		want.each(func(d *ty) {
			ok = ok || g.k == tNil || g.k == d.k && (d.k != tShaped || d.name == g.name) || d.k == tRecord && g.k == tShaped
		})
	})
	return ok
}

// param is the type parameter that a field is declared with.
func (sh *shapeInfo) param(field string) (int, bool) {
	for _, f := range sh.decl.Fields {
		if f.Name != nil && f.Name.Text == field && f.Type != nil && f.Type.Name != nil && f.Type.Kind == syntax.TypeShape {
			i, ok := sh.params[f.Type.Name.Text]
			return i, ok
		}
	}
	return 0, false
}

// lambda infers a function value. It holds copies of the locals around it; at the top level it reads globals live.
func (r *run) lambda(e *syntax.LambdaExpr) *ty {
	if e.Body == nil {
		return anyFnT
	}
	outerEnv, outerLocal, outerOuter := r.env, r.local, r.outer
	loops, tries, fins, catch, caught, dead := r.loops, r.tries, r.fins, r.catch, r.caught, r.dead
	vars, local, params := r.lambdaVars(e)
	if outerLocal != nil { // inside a function: captured copies
		captured := &env{vars: map[string]*ty{}}
		for name := range outerLocal {
			captured.vars[name] = r.held(name)
		}
		if outerOuter != nil {
			captured.up = outerOuter
		}
		r.outer = captured
	}
	r.env, r.local = &env{vars: vars}, local
	r.loops, r.tries, r.fins, r.catch, r.caught, r.dead = nil, nil, 0, 0, 0, false
	result := r.body(e.Body, e.Implicit)
	if e.Sig != nil && result.k == tUnknown {
		if t := r.w.declaredTy(e.Sig.Result, r.params); t != nil {
			result = t
		}
	}
	r.env, r.local, r.outer = outerEnv, outerLocal, outerOuter
	r.loops, r.tries, r.fins, r.catch, r.caught, r.dead = loops, tries, fins, catch, caught, dead
	return funcOf("", fnType{min: len(params), max: len(params), result: result, params: params})
}

// lambdaVars are what the parameters of a function value hold, all its variables, and its parameters in order.
func (r *run) lambdaVars(e *syntax.LambdaExpr) (vars map[string]*ty, local map[string]bool, params []paramInfo) {
	vars, local = map[string]*ty{}, map[string]bool{}
	assigned(e.Body, local)
	if e.Sig == nil {
		return vars, local, nil
	}
	for _, p := range e.Sig.Params {
		t := r.w.declaredTy(p.Type, r.params)
		params = append(params, paramInfo{declared: t})
		if p.Name == nil {
			continue
		}
		params[len(params)-1].name = p.Name.Text
		if t == nil {
			t = unknownT
		}
		if vars[p.Name.Text] == nil {
			vars[p.Name.Text] = t
		}
		r.recordName(p.Name, t)
		local[p.Name.Text] = true
	}
	return vars, local, params
}

func (r *run) unary(e *syntax.UnaryExpr) *ty {
	t := r.maybeExpr(e.X)
	if e.Op.Type == syntax.Minus {
		r.operand(e.X, t, "-")
		return numberT
	}
	return boolT
}

func (r *run) binary(e *syntax.BinaryExpr) *ty {
	switch e.Op.Type {
	case syntax.KwAnd, syntax.KwOr:
		r.maybeExpr(e.X)
		v, known := r.constant(e.X)
		idle := known && v == (e.Op.Type == syntax.KwOr) // the second is never asked
		r.branch(func() {
			r.narrow(e.X, e.Op.Type == syntax.KwAnd)
			if idle {
				r.mute++
				defer func() { r.mute-- }()
			}
			r.maybeExpr(e.Y)
		})
		return boolT
	}
	x, y := r.maybeExpr(e.X), r.maybeExpr(e.Y)
	switch e.Op.Type {
	case syntax.Amp:
		return textT
	case syntax.Plus, syntax.Minus, syntax.Star, syntax.Slash:
		r.operand(e.X, x, e.Op.Value)
		r.operand(e.Y, y, e.Op.Value)
		if e.Op.Type == syntax.Slash {
			if n, ok := literalNumber(e.Y); ok && n == 0 {
				r.warnAt(e.Y, CodeDivideZero)
			}
		}
		return numberT
	}
	r.compared(e, e.Op, e.X, e.Y, x, y)
	return boolT
}

func (r *run) chain(e *syntax.CompareChain) *ty {
	got := make([]*ty, len(e.Operands))
	for i, x := range e.Operands {
		got[i] = r.maybeExpr(x)
	}
	for i, op := range e.Ops {
		r.compared(e, op, e.Operands[i], e.Operands[i+1], got[i], got[i+1])
	}
	return boolT
}

// question infers X?.
func (r *run) question(e *syntax.TryExpr) *ty {
	t := r.maybeExpr(e.X)
	if !t.known() {
		if r.catch == 0 && t.k == tUnknown {
			r.fn.failing = join(r.fn.failing, unknownT)
		}
		return unknownT
	}
	ok, err, any := neverT, neverT, false
	t.each(func(a *ty) {
		switch a.k {
		case tResult:
			ok, err, any = join(ok, a.elem), join(err, a.err), true
		case tUnknown, tNever:
			ok, err, any = unknownT, unknownT, true
		}
	})
	if !any {
		r.errorAt(e, CodeNotResult, t.phrase())
		return unknownT
	}
	if r.catch == 0 {
		r.fn.failing = join(r.fn.failing, err)
	}
	return ok
}
