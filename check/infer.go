package check

import "github.com/etamil-lang/etamil/syntax"

// run is the inference of one unit in one round.
type run struct {
	w     *world
	u     *unit
	round int
	item  int // which of the unit's statements is being inferred

	env    *env
	local  map[string]bool // names that are variables of the function; nil at the top level
	outer  *env            // of a lambda: what the function around it holds
	params map[string]int  // type parameters in force
	dead   bool
	loops  []*loopCtx
	tries  []map[string]*ty
	fins   int // how many இறுதியில் are open
	splits int // see maxSplits
	mute   int // inside one of several alternatives nothing is reported
	caught int // how many blocks around catch what fails
	catch  int // how many of them catch a ?
	fn     *fnCtx

	rec  *recorder // what is written down for an editor, or nil
	out  *outputs
	deps map[depKey]int // where in the outputs each question is
	seen map[findingKey]bool
}

// fnCtx is the function whose திரும்பு it is.
type fnCtx struct {
	result  *ty
	main    bool // the prelude has none
	later   bool
	failing *ty // what ? lets through
	returns []returned
}

// returned is what one திரும்பு answers.
type returned struct {
	at syntax.Expr
	t  *ty
}

func newRun(w *world, u *unit, round int) *run {
	return &run{
		w: w, u: u, round: round, env: &env{},
		out:  &outputs{result: neverT, calls: map[string][]*ty{}, writes: map[string]*ty{}},
		deps: map[depKey]int{}, seen: map[findingKey]bool{},
	}
}

// infer infers the unit.
func (r *run) infer() *outputs {
	switch u := r.u; u.kind {
	case unitMain:
		r.fn = &fnCtx{result: neverT, main: true, failing: neverT}
		for i, it := range u.items {
			if r.w.stopped != nil && r.w.stopped() {
				break
			}
			r.item = i
			if r.dead {
				r.warnAt(it.stmt, CodeUnreachable)
				if r.rec == nil {
					break
				}
				r.unreached(func() { r.stmt(it.stmt) })
				continue
			}
			r.stmt(it.stmt)
		}
	case unitFunc, unitMethod:
		r.named(u)
	case unitLater:
		r.fn = &fnCtx{result: neverT, later: true, failing: neverT}
		r.laterStmt(u.stmt)
	case unitRules:
		r.rules(u.shape)
	}
	return r.out
}

// named infers a named function or method.
func (r *run) named(u *unit) {
	if u.shape != nil {
		r.params = u.shape.params
		r.ask(depShape, u.shape.name)
	}
	info := r.w.infoOf(u)
	r.local = u.names(info)
	for i, p := range info.params {
		if p.name == "" || r.env.get(p.name) != nil {
			continue
		}
		if i == 0 && u.shape != nil && info.self {
			r.env.set(p.name, shapedOf(u.shape.name, nil))
		} else {
			r.env.set(p.name, r.paramType(info, i))
		}
		r.recordName(u.decl.Sig.Params[i].Name, p.meant(r.env.get(p.name)))
	}
	r.out.result = r.body(u.decl.Body, false)
	if r.out.result.k == tUnknown && info.result != nil {
		r.out.result = info.result
	}
}

// names are the variables of a function.
func (u *unit) names(info *funcInfo) map[string]bool {
	if u.locals == nil {
		u.locals = map[string]bool{}
		assigned(u.decl.Body, u.locals)
		for _, p := range info.params {
			if p.name != "" {
				u.locals[p.name] = true
			}
		}
	}
	return u.locals
}

// infoOf finds what callers know of the unit's function.
func (w *world) infoOf(u *unit) *funcInfo {
	if u.shape != nil {
		if m := u.shape.methods[u.name]; m != nil && m.u == u {
			return m
		}
	} else if f := w.funcs[u.name]; f != nil && f.u == u {
		return f
	}
	return w.info(u, u.decl, nil)
}

// paramType is what a parameter may hold: what its declaration says, narrowed to what the calls pass where all calls are
// known.
func (r *run) paramType(info *funcInfo, i int) *ty {
	declared := info.params[i].declared
	if declared == nil {
		declared = unknownT
	}
	if r.u.kind != unitFunc || i > maxParams {
		return declared
	}
	passed := r.ask(depParam, string(rune('0'+i)))
	switch {
	case passed == nil || !passed.known():
		return declared
	case declared.k == tUnknown:
		return passed
	case declared.k == tShaped:
		return declared
	}
	return passed
}

// meant is what people are told that a parameter holds. A call that passes what the declaration excludes is told of where it
// stands, and does not change what the function takes.
func (p *paramInfo) meant(t *ty) *ty {
	if t == p.declared || p.declared == nil || !p.declared.known() {
		return t
	}
	if fitting := t.keep(func(a *ty) bool { return fits(p.declared, a) }); fitting != neverT {
		return fitting
	}
	return p.declared
}

// maxParams is how many parameters of a function are followed to its calls.
const maxParams = 50

// body infers a function's statements and answers what the function answers.
func (r *run) body(b *syntax.Block, implicit bool) *ty {
	outer := r.fn
	r.fn = &fnCtx{result: neverT, failing: neverT}
	fall := nilT
	if implicit {
		fall = r.valueBlock(b)
	} else {
		r.block(b)
	}
	r.mixed(r.fn.returns)
	out := r.fn.result
	if !r.dead {
		out = join(out, fall)
	}
	if r.fn.failing != neverT {
		out = join(out, resultOf(neverT, r.fn.failing))
	}
	r.fn = outer
	return out
}

// mixed warns of a function that answers results in one place and something else in another: ? fails on the latter.
func (r *run) mixed(list []returned) {
	some := false
	for _, x := range list {
		some = some || x.t.only(tResult)
	}
	if !some {
		return
	}
	for _, x := range list {
		if x.t.known() && !x.t.may(tResult, tUnknown, tNil) {
			r.warnAt(x.at, CodeMixedReturn, x.t.phrase())
		}
	}
}

// stmts infers statements in a row. What stands behind a திரும்பு is not reached, and said once.
func (r *run) stmts(list []syntax.Stmt) {
	for i, s := range list {
		if r.dead {
			if _, ok := s.(*syntax.FuncDecl); !ok {
				r.warnAt(s, CodeUnreachable)
			}
			r.unreachedRest(list[i:])
			return
		}
		r.stmt(s)
	}
}

func (r *run) block(b *syntax.Block) {
	if b != nil {
		r.lookInto(b)
		r.stmts(b.Stmts)
		r.lookBehind(b)
	}
}

// valueBlock infers a block whose last statement is its value.
func (r *run) valueBlock(b *syntax.Block) *ty {
	if b == nil || len(b.Stmts) == 0 {
		return nilT
	}
	last := len(b.Stmts) - 1
	x, ok := b.Stmts[last].(*syntax.ExprStmt)
	if !ok {
		r.block(b)
		return nilT
	}
	r.lookInto(b)
	r.stmts(b.Stmts[:last])
	if r.dead {
		r.warnAt(x, CodeUnreachable)
		r.unreached(func() { r.stmt(x) })
		return neverT
	}
	r.look(x.Span())
	t := r.expr(x.X)
	r.lookBehind(b)
	return t
}

// held is what a name holds where the walk is, unset where it holds nothing; it asks no further.
func (r *run) held(name string) *ty {
	if t := r.env.get(name); t != nil {
		return t
	}
	if r.local == nil && r.fn != nil && r.fn.later || r.local != nil && !r.local[name] {
		if t := r.outside(name); t != nil {
			return t
		}
	}
	return unsetT
}

// outside is what a name means outside the function: a captured variable, a global. nil when it is no variable.
func (r *run) outside(name string) *ty {
	if r.outer != nil {
		if t := r.outer.get(name); t != nil {
			if t.k == tUnset {
				return nilT // an unbound name is captured as இன்மை
			}
			return t.set()
		}
	}
	kind := byte(depGlobal)
	if r.local == nil {
		kind = depBefore
	}
	return r.ask(kind, name)
}

// assign stores a value in a variable.
func (r *run) assign(n *syntax.Name, t *ty) {
	r.recordName(n, t)
	name := n.Text
	r.env.set(name, t)
	r.noteChange(name, t)
	if r.local == nil {
		joinAt(r.out.writes, name, t)
	}
}
