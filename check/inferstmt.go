package check

import "github.com/etamil-lang/etamil/syntax"

func (r *run) stmt(s syntax.Stmt) {
	if r.rec != nil {
		r.look(s.Span())
	}
	switch s := s.(type) {
	case *syntax.VarDecl:
		r.varDecl(s)
	case *syntax.AssignStmt:
		r.assignStmt(s)
	case *syntax.ExprStmt:
		r.exprStmt(s)
	case *syntax.PrintStmt:
		r.maybeExpr(s.X)
	case *syntax.ReturnStmt:
		r.returnStmt(s)
	case *syntax.Block:
		r.block(s)
	case *syntax.BadStmt:
		if s.Partial != nil {
			r.stmt(s.Partial)
		}
	case *syntax.ImportStmt:
		if s.Path != nil {
			r.errorAt(s, CodeNestedImport)
		}
	case *syntax.BreakStmt:
		r.leave(s, true)
	case *syntax.ContinueStmt:
		r.leave(s, false)
	default:
		r.control(s)
	}
}

func (r *run) control(s syntax.Stmt) {
	switch s := s.(type) {
	case *syntax.IfStmt:
		r.ifStmt(s)
	case *syntax.WhileStmt:
		r.whileStmt(s)
	case *syntax.EachStmt:
		r.eachStmt(s)
	case *syntax.TryStmt:
		r.tryStmt(s)
	case *syntax.RetryStmt:
		r.maybeExpr(s.Times)
		r.maybeExpr(s.Options)
		r.options(methodText(retryWord), retryWord, s.Options)
		r.catch++
		st := r.branch(func() { r.block(s.Body) })
		r.catch--
		r.meet(st)
	case *syntax.TimeoutStmt:
		r.maybeExpr(s.Millis)
		r.block(s.Body)
	case *syntax.WordStmt:
		r.wordStmt(s)
	case *syntax.RouteStmt, *syntax.EveryStmt:
		r.nested(func() { r.laterStmt(s) })
	default:
		r.service(s)
	}
}

// nested infers a later block that stands inside another statement, in a copy of the variables.
func (r *run) nested(f func()) *ty {
	outer, loops, tries, catch, caught, fins := r.fn, r.loops, r.tries, r.catch, r.caught, r.fins
	r.fn = &fnCtx{result: neverT, later: true, failing: neverT}
	r.loops, r.tries, r.catch, r.caught, r.fins = nil, nil, 0, 0, 0
	fall := nilT
	st := r.branch(f)
	out := r.fn.result
	if !st.dead {
		out = join(out, fall)
	}
	if r.fn.failing != neverT {
		out = join(out, resultOf(neverT, r.fn.failing))
	}
	r.fn, r.loops, r.tries, r.catch, r.caught, r.fins = outer, loops, tries, catch, caught, fins
	return out
}

func (r *run) varDecl(s *syntax.VarDecl) {
	declared := r.w.declaredTy(s.Type, r.params)
	got := numberT
	if s.Init != nil {
		got = r.expr(s.Init)
	}
	if s.Name == nil || s.Name.Text == "" {
		return
	}
	if declared != nil && s.Init != nil {
		if !got.known() {
			got = declared
		} else if !fits(declared, got) {
			r.warnAt(s.Name, CodeUnlike, s.Name.Text, declared.phrase(), got.phrase())
		}
	}
	r.assign(s.Name, got)
}

// fits tells whether a value may be of the declared type.
func fits(declared, got *ty) bool {
	ok := !got.known() || !declared.known()
	got.each(func(g *ty) {
		declared.each(func(d *ty) {
			same := d.k == g.k && (d.k != tShaped || d.name == g.name)
			ok = ok || same || g.k == tNil || g.k == tUnset || d.k == tRecord && g.k == tShaped || g.name == "input" && d.k == tNumber
		})
	})
	return ok
}

func (r *run) exprStmt(s *syntax.ExprStmt) {
	if isLater(s) {
		r.nested(func() { r.laterStmt(s) })
		return
	}
	x, ok := s.X.(*syntax.NameExpr)
	if !ok {
		t := r.expr(s.X)
		r.ignored(s, t)
		return
	}
	r.warnAt(s, CodeZeroed, x.Text)
	r.assign(&x.Name, numberT)
}
