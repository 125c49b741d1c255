package check

import (
	"slices"

	"github.com/etamil-lang/etamil/syntax"
)

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

type depKey struct {
	kind byte
	name string
}

// What a unit may ask of the rest of the program.
const (
	depResult = 'r' // what a function answers
	depFunc   = 'f' // a function's parameters
	depGlobal = 'g' // what a global may hold
	depBefore = 'b' // what the prelude leaves in a global
	depParam  = 'p' // what the calls pass to the unit itself
	depShape  = 's' // a shape's declaration
	depConst  = 'c' // the text of a fixed name
	depTables = 't' // the columns of a table
	depText   = 'x' // a function's whole text
)

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
			r.item = i
			if r.dead {
				r.warnAt(it.stmt, CodeUnreachable)
				break
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
			continue
		}
		r.env.set(p.name, r.paramType(info, i))
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

// maxParams is how many parameters of a function are followed to its calls.
const maxParams = 50

// ask looks something up in the rest of the program and notes that the unit depends on it.
func (r *run) ask(kind byte, name string) *ty {
	t, text := r.w.ask(kind, name, r.u, r.round)
	key := depKey{kind, name}
	if i, asked := r.deps[key]; asked {
		r.out.deps[i].t = t
	} else {
		r.deps[key] = len(r.out.deps)
		r.out.deps = append(r.out.deps, dep{kind, name, t, text})
	}
	return t
}

// ask answers a question of a unit in a round: a type, a text that tells whether the answer is still the same, or both.
func (w *world) ask(kind byte, name string, u *unit, round int) (*ty, string) {
	switch kind {
	case depResult:
		if t := w.result[round][name]; t != nil {
			return t, ""
		}
		return unknownT, ""
	case depFunc:
		if f := w.funcs[name]; f != nil {
			return nil, f.print
		}
		if w.mocked[name] {
			return nil, "m"
		}
		return nil, ""
	case depGlobal:
		if !w.globals[name] {
			return nil, ""
		}
		return w.lastRound(w.global, name, round), "v"
	case depBefore:
		if !w.globals[name] {
			return nil, ""
		}
		if t := w.lastRound(w.before, name, round); t != neverT {
			return t, "v"
		}
		return unsetT, "v"
	case depParam:
		return w.passed(u, int(name[0]-'0'), round), ""
	case depShape:
		if s := w.shapes[name]; s != nil {
			return nil, s.it.text
		}
		return nil, ""
	case depConst:
		return nil, w.consts[name]
	case depTables:
		return nil, joinNames(w.tables[name])
	case depText:
		if f := w.funcs[name]; f != nil {
			return nil, f.u.items[0].text
		}
	}
	return nil, ""
}

func (w *world) lastRound(table [rounds]map[string]*ty, name string, round int) *ty {
	if round == 0 {
		return unknownT
	}
	if t := table[round-1][name]; t != nil {
		return t
	}
	return neverT
}

// passed is what all calls of a function pass for a parameter, nil where not all calls are known.
func (w *world) passed(u *unit, i, round int) *ty {
	if round == 0 || u.kind != unitFunc || w.library || w.escaped[u.name] || w.mocked[u.name] || w.funcs[u.name] == nil || w.funcs[u.name].u != u {
		return nil
	}
	args := w.params[round-1][u.name]
	if i >= len(args) {
		return nil
	}
	return args[i]
}

// body infers a function's statements and answers what the function answers.
func (r *run) body(b *syntax.Block, implicit bool) *ty {
	outer := r.fn
	r.fn = &fnCtx{result: neverT, failing: neverT}
	fall := nilT
	if implicit {
		fall = r.valueBlock(b)
	} else {
		r.stmts(b.Stmts)
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
	for _, s := range list {
		if r.dead {
			if _, ok := s.(*syntax.FuncDecl); !ok {
				r.warnAt(s, CodeUnreachable)
			}
			return
		}
		r.stmt(s)
	}
}

func (r *run) block(b *syntax.Block) {
	if b != nil {
		r.stmts(b.Stmts)
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
		r.stmts(b.Stmts)
		return nilT
	}
	r.stmts(b.Stmts[:last])
	if r.dead {
		r.warnAt(x, CodeUnreachable)
		return neverT
	}
	return r.expr(x.X)
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
func (r *run) assign(name string, t *ty) {
	r.env.set(name, t)
	r.noteChange(name, t)
	if r.local == nil {
		joinAt(r.out.writes, name, t)
	}
}

// remark is something to say about a unit, with places counted from the start of one of its statements.
type remark struct {
	code       string
	warn       bool // an error that would be caught: a warning
	hint       bool // what the first round says counts, not the last
	item       int
	start, end int
	args       []string
	notes      []noteRef
	fix        *fixRef
	guess      *guess
	callee     *int // of an argument: where the called name starts
}

// guess is what a fix is found from: a name and those that it may have meant. It is only made where the finding is shown.
type guess struct {
	wrong string
	among []string
	names bool // among names of the program and words besides
	call  bool
	quote bool
}

// noteRef is a related place: in the same unit, or the declaration of a function or shape.
type noteRef struct {
	code, arg  string
	fn, shape  string
	item       int
	start, end int
}

type fixRef struct {
	start, end int
	text       string
}

type findingKey struct {
	code             string
	item, start, end int
}

// mark and reset take back what a round of a loop said that has to be inferred again.
type mark struct{ found, exprs, known int }

func (r *run) mark() mark { return mark{len(r.out.found), r.out.exprs, r.out.knownExp} }

func (r *run) reset(m mark) {
	for _, f := range r.out.found[m.found:] {
		delete(r.seen, findingKey{f.code, f.item, f.start, f.end})
	}
	r.out.found = slices.Clip(r.out.found[:m.found])
	r.out.exprs, r.out.knownExp = m.exprs, m.known
}

// at is the place of a node in its statement.
func (r *run) at(s syntax.Span) (int, int) {
	start := r.u.items[r.item].start
	return s.Start - start, s.End - start
}

// errorAt reports what fails when it is reached. What the last round says counts.
func (r *run) errorAt(n syntax.Node, code string, args ...string) *remark {
	return r.report(n.Span(), code, r.caught > 0, false, args)
}

// warnAt reports a warning; what the last round says counts.
func (r *run) warnAt(n syntax.Node, code string, args ...string) *remark {
	return r.report(n.Span(), code, false, false, args)
}

// hintAt reports a warning that rests on types: of the first round, in which nothing is assumed of the calls, so that a
// function's checks of its own arguments are never called needless.
func (r *run) hintAt(n syntax.Node, code string, args ...string) *remark {
	return r.report(n.Span(), code, false, true, args)
}

func (r *run) report(s syntax.Span, code string, warn, hint bool, args []string) *remark {
	start, end := r.at(s)
	key := findingKey{code, r.item, start, end}
	if r.mute > 0 || r.seen[key] || start < 0 {
		return nil
	}
	r.seen[key] = true
	r.out.found = append(r.out.found, remark{code: code, warn: warn, hint: hint, item: r.item, start: start, end: end, args: args})
	return &r.out.found[len(r.out.found)-1]
}

// replace adds the fix that writes text where the finding is.
func (f *remark) replace(text string) *remark {
	if f != nil && text != "" {
		f.fix = &fixRef{f.start, f.end, text}
	}
	return f
}

// near adds the fix that writes the nearest of some names.
func (f *remark) near(g guess) *remark {
	if f != nil {
		f.guess = &g
	}
	return f
}

func (f *remark) note(n noteRef) *remark {
	if f != nil {
		f.notes = append(f.notes, n)
	}
	return f
}
