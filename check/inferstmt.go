package check

import (
	"strconv"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

func (r *run) stmt(s syntax.Stmt) {
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
	r.assign(s.Name.Text, got)
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

func (r *run) assignStmt(s *syntax.AssignStmt) {
	got := neverT
	if x, ok := s.Target.(*syntax.NameExpr); ok {
		if s.Value != nil {
			got = r.expr(s.Value)
		}
		r.assign(x.Text, got)
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
	r.assign(b.Text, r.stored(s.Target, old, got))
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
	r.assign(x.Text, numberT)
}

func (r *run) returnStmt(s *syntax.ReturnStmt) {
	t := nilT
	if s.Value != nil {
		t = r.expr(s.Value)
		r.fn.returns = append(r.fn.returns, returned{s.Value, t})
	}
	switch {
	case r.fins > 0:
		r.errorAt(s, CodeLeaveFinally, s.Kw.Value)
	case r.fn.main:
		r.errorAt(s, CodeReturnOutside)
	}
	r.fn.result = join(r.fn.result, t)
	r.dead = true
}

func (r *run) leave(s syntax.Node, isBreak bool) {
	if len(r.loops) == 0 {
		return
	}
	l := r.loops[len(r.loops)-1]
	if r.fins > l.fins {
		word := "தொடர்"
		if isBreak {
			word = "நிறுத்து"
		}
		r.errorAt(s, CodeLeaveFinally, word)
	}
	st := state{r.env.since(l.base), r.dead}
	if isBreak {
		l.breaks = append(l.breaks, st)
	} else {
		l.continues = append(l.continues, st)
	}
	r.dead = true
}

func (r *run) ifStmt(s *syntax.IfStmt) {
	var ends []state
	base := r.env
	r.env = &env{up: base} // what is known where no condition held so far
	for {
		r.condition(s.Cond)
		always, known := r.constant(s.Cond)
		then := r.branch(func() {
			r.narrow(s.Cond, true)
			if known && !always {
				r.dead = true
				return
			}
			r.block(s.Then)
		})
		ends = append(ends, r.since(base, then))
		r.narrow(s.Cond, false)
		if known && always {
			r.dead = true
		}
		next, chained := s.Else.(*syntax.IfStmt)
		if chained && !r.dead {
			s = next
			continue
		}
		if b, ok := s.Else.(*syntax.Block); ok && !r.dead {
			r.block(b)
		}
		break
	}
	ends = append(ends, state{r.env.since(base), r.dead})
	r.env, r.dead = base, false
	r.meet(ends...)
}

// since is a branch's end as what changed after base.
func (r *run) since(base *env, s state) state {
	vars := r.env.since(base)
	for name, t := range s.vars {
		vars[name] = t
	}
	return state{vars, s.dead}
}

func (r *run) whileStmt(s *syntax.WhileStmt) {
	always, known := r.constant(s.Cond)
	r.loop(s.Body, nil, false, func() state {
		r.maybeExpr(s.Cond)
		exit := r.branch(func() {
			r.narrow(s.Cond, false)
			if known && always {
				r.dead = true
			}
		})
		exit = r.since(r.loops[len(r.loops)-1].base, exit)
		r.narrow(s.Cond, true)
		if known && !always {
			r.dead = true
		} else {
			r.block(s.Body)
		}
		return exit
	})
	if known && !always {
		r.hintAt(s.Cond, CodeConstant, "பொய்", "false")
	}
}

func (r *run) eachStmt(s *syntax.EachStmt) {
	over := unknownT
	if s.In != nil {
		over = r.expr(s.In)
	}
	elem, once, never := r.iterated(s.In, over)
	if never {
		return
	}
	r.loop(s.Body, s.Var, once, func() state {
		exit := state{vars: map[string]*ty{}}
		exit.vars = r.env.since(r.loops[len(r.loops)-1].base)
		if s.Var != nil && s.Var.Text != "" {
			r.assign(s.Var.Text, elem)
		}
		r.block(s.Body)
		return exit
	})
}

// iterated is what ஒவ்வொரு gives of a collection; once tells that there is an item for sure, never that there is none.
func (r *run) iterated(in syntax.Expr, over *ty) (elem *ty, once, never bool) {
	if !over.known() {
		return unknownT, false, false
	}
	elem = neverT
	bad := true
	over.each(func(a *ty) {
		switch a.k {
		case tArray:
			elem = join(elem, a.elem)
			bad = false
		case tRecord, tShaped:
			elem = join(elem, textT)
			bad = false
		case tText:
			elem = join(elem, a)
			bad = false
		case tHandle:
			if a.name == "channel" {
				elem = join(elem, unknownT)
				bad = false
			}
		case tUnknown, tNever:
			elem, bad = unknownT, false
		}
	})
	if bad && in != nil {
		r.errorAt(in, CodeNotIterable, over.phrase())
		return unknownT, false, false
	}
	if over.k == tArray {
		once, never = over.n > 0, over.n == 0
	}
	return elem, once, never
}

func (r *run) tryStmt(s *syntax.TryStmt) {
	base := r.env
	frame := map[string]*ty{}
	catches := s.Catch != nil
	if catches {
		r.caught++
		r.catch++
	}
	r.tries = append(r.tries, frame)
	body := r.branch(func() { r.block(s.Body) })
	r.tries = r.tries[:len(r.tries)-1]
	if catches {
		r.caught--
		r.catch--
	}
	ends := []state{body}
	if catches {
		ends = append(ends, r.branch(func() {
			for name, t := range frame {
				r.env.set(name, join(r.held(name), t))
			}
			if s.Var != nil && s.Var.Text != "" {
				r.assign(s.Var.Text, errorT())
			}
			r.block(s.Catch)
		}))
	}
	r.env, r.dead = base, false
	r.meet(ends...)
	if s.Finally == nil {
		return
	}
	dead := r.dead
	r.dead = false
	st := r.branch(func() {
		if dead {
			for name, t := range frame {
				r.env.set(name, join(r.held(name), t))
			}
		}
		r.fins++
		r.block(s.Finally)
		r.fins--
	})
	r.set(st.vars)
	r.dead = dead || st.dead
}

// wordStmt infers a statement of the vocabulary.
func (r *run) wordStmt(s *syntax.WordStmt) {
	if s.Body != nil && s.Word != nil && s.Word.Runs == words.RunsLater && s.Word.ID != "taskCreate" {
		r.nested(func() { r.laterStmt(s) })
		return
	}
	got := make([]*ty, len(s.Args))
	for i, a := range s.Args {
		got[i] = r.maybeExpr(a)
	}
	if s.Word != nil {
		r.wordArgs(s, s.Tok.Value, s.Word, s.Args, got, s.Body != nil)
		r.wordRules(s, s.Word, s.Args)
	}
	if s.Body == nil {
		return
	}
	if s.Word != nil && s.Word.ID == "taskCreate" {
		t := r.nested(func() { r.fn.result = join(r.fn.result, r.valueBlock(s.Body)) })
		r.unseen(s, t)
		return
	}
	r.block(s.Body)
}

// laterStmt infers a declaration whose block runs later.
func (r *run) laterStmt(s syntax.Stmt) {
	switch s := s.(type) {
	case *syntax.RouteStmt:
		r.maybeExpr(s.Path)
		r.maybeExpr(s.Guards)
		r.block(s.Body)
		r.routeRules(s)
	case *syntax.EveryStmt:
		r.maybeExpr(s.Seconds)
		if s.Seconds != nil {
			if _, ok := unparen(s.Seconds).(*syntax.NumberLit); !ok {
				r.errorAt(s.Seconds, CodeNotLiteral, s.Kw.Value)
			}
		}
		r.block(s.Body)
	case *syntax.WordStmt:
		got := make([]*ty, len(s.Args))
		for i, a := range s.Args {
			got[i] = r.maybeExpr(a)
		}
		if s.Word != nil {
			r.wordArgs(s, s.Tok.Value, s.Word, s.Args, got, true)
		}
		r.valueBlock(s.Body)
	case *syntax.ExprStmt:
		call := s.X.(*syntax.CallExpr)
		for _, a := range call.Args {
			r.maybeExpr(a)
		}
		r.valueBlock(call.Block)
	}
}

func unparen(e syntax.Expr) syntax.Expr {
	for {
		p, ok := e.(*syntax.ParenExpr)
		if !ok || p.X == nil {
			return e
		}
		e = p.X
	}
}

func (r *run) service(s syntax.Stmt) {
	switch s := s.(type) {
	case *syntax.InputStmt:
		if x, ok := s.Target.(*syntax.NameExpr); ok {
			r.assign(x.Text, inputT)
		} else {
			r.maybeExpr(s.Target)
		}
	case *syntax.FileStmt:
		r.fileStmt(s)
	case *syntax.RespondStmt:
		r.respond(s)
	case *syntax.JSONStmt:
		if t := r.maybeExpr(s.Body); t.known() && !t.may(tText) {
			r.errorAt(s.Body, CodeJSONText, t.phrase())
		}
		r.maybeExpr(s.Status)
		r.statusRange(s.Status)
	case *syntax.ConnectStmt:
		r.maybeExpr(s.DSN)
	case *syntax.QueryStmt:
		r.maybeExpr(s.SQL)
		rows := r.sql(s.SQL, s.Params, r.maybeExpr(s.Params))
		if s.Into != nil {
			r.assign(s.Into.Text, arrayOf(rows, -1))
		}
	case *syntax.ExecStmt:
		r.maybeExpr(s.SQL)
		r.sql(s.SQL, s.Params, r.maybeExpr(s.Params))
	case *syntax.TableStmt:
		for _, a := range s.Args {
			r.maybeExpr(a)
		}
	case *syntax.ServerStmt:
		for _, a := range s.Args {
			r.maybeExpr(a)
		}
	}
}

func (r *run) fileStmt(s *syntax.FileStmt) {
	r.maybeExpr(s.Path)
	if s.Kw.Type != syntax.KwFileOpen {
		r.maybeExpr(s.Arg)
	}
	if s.Into == nil {
		return
	}
	if s.Kw.Type == syntax.KwReadCSV {
		r.assign(s.Into.Text, numberT)
	} else {
		r.assign(s.Into.Text, inputT)
	}
}

func (r *run) respond(s *syntax.RespondStmt) {
	r.maybeExpr(s.Status)
	r.maybeExpr(s.Body)
	r.maybeExpr(s.Headers)
	r.statusRange(s.Status)
	r.headers(s.Headers)
	for _, name := range []string{"response_status", "response_body", "response_headers"} {
		joinAt(r.out.writes, name, unknownT)
	}
}

// statusRange reports a literal status that no HTTP response can have.
func (r *run) statusRange(e syntax.Expr) {
	if r.inGRPC() {
		return
	}
	n, ok := literalNumber(e)
	if ok && (n < 100 || n > 599 || n != float64(int(n))) {
		r.errorAt(e, CodeStatus, strconv.FormatFloat(n, 'f', -1, 64))
	}
}

func (r *run) inGRPC() bool {
	s, ok := r.u.stmt.(*syntax.RouteStmt)
	if !ok { // a function may be called from any route
		return r.u.kind != unitLater
	}
	w := words.Lookup(s.Method.Value)
	return w != nil && w.ID == "grpc"
}

// literalNumber is the value of a number literal, also with a minus.
func literalNumber(e syntax.Expr) (float64, bool) {
	switch e := e.(type) {
	case *syntax.NumberLit:
		n, err := strconv.ParseFloat(e.Text, 64)
		if e.Percent {
			n /= 100
		}
		return n, err == nil
	case *syntax.ParenExpr:
		return literalNumber(e.X)
	case *syntax.UnaryExpr:
		if e.Op.Type == syntax.Minus {
			n, ok := literalNumber(e.X)
			return -n, ok
		}
	}
	return 0, false
}

// headers reports header fields of a literal record that cannot be sent.
func (r *run) headers(e syntax.Expr) {
	if e == nil {
		return
	}
	rec, ok := unparen(e).(*syntax.RecordLit)
	if !ok {
		return
	}
	for _, f := range rec.Fields {
		if f.Key == nil {
			continue
		}
		if !headerName(f.Key.Text) {
			r.errorAt(f.Key, CodeHeaderName, f.Key.Text)
		}
		if t, ok := f.Value.(*syntax.TextLit); ok && !headerValue(t.Value) {
			r.errorAt(f.Value, CodeHeaderValue, f.Key.Text)
		}
	}
}

func headerName(s string) bool {
	for i := range len(s) {
		b := s[i]
		switch {
		case b|0x20 >= 'a' && b|0x20 <= 'z', b >= '0' && b <= '9':
		default:
			if b >= 0x80 || !tokenSign[b] {
				return false
			}
		}
	}
	return s != ""
}

// tokenSign are the signs that RFC 9110 allows in a header's name.
var tokenSign = func() (s [128]bool) {
	for _, b := range "!#$%&'*+-.^_`|~" {
		s[b] = true
	}
	return s
}()

func headerValue(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' && s[i] != '\t' || s[i] == 0x7f {
			return false
		}
	}
	return true
}

// rules infers the constraints of a shape's fields.
func (r *run) rules(sh *shapeInfo) {
	r.ask(depShape, sh.name)
	r.fn = &fnCtx{result: neverT, failing: neverT}
	r.local = map[string]bool{}
	r.params = sh.params
	for _, f := range sh.fields {
		r.local[f.name] = true
	}
	for _, f := range sh.decl.Fields {
		if f.Rule == nil {
			continue
		}
		r.env = &env{}
		for _, g := range sh.fields {
			r.env.set(g.name, g.t)
		}
		r.expr(f.Rule)
		if impossible(f.Rule) {
			name := ""
			if f.Name != nil {
				name = f.Name.Text
			}
			r.errorAt(f.Rule, CodeNeverHolds, sh.name, name)
		}
	}
}
