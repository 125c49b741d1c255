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

// callWord infers a call of a word of the vocabulary.
func (r *run) callWord(fn *syntax.NameExpr, word *words.Word, e *syntax.CallExpr, got []*ty) *ty {
	if ws := words.Lookups(fn.Tok.Value); len(ws) > 1 && e.Block == nil { // services.md rule 9
		word = ws[1]
	}
	r.wordArgs(fn, fn.Text, word, e.Args, got, e.Block != nil)
	r.ask(depFunc, fn.Text)
	s := signatures()[word.ID]
	out := s.result
	if e.Block != nil {
		out = r.wordBlock(word, e.Block, out)
	}
	switch word.ID {
	case "DBQuery", "tryQuery", "tryExecute":
		return r.sqlCall(word.ID, e, got, out)
	}
	return r.wordResult(word.ID, e, got, out)
}

// wordBlock infers the block of a word and answers what the call answers.
func (r *run) wordBlock(word *words.Word, b *syntax.Block, out *ty) *ty {
	switch word.ID {
	case "taskCreate":
		t := r.nested(func() { r.fn.result = join(r.fn.result, r.valueBlock(b)) })
		return handleOf("task", taskResult(t))
	case "breakerRun", "assertError":
		r.caught++
		r.catch++
		var v *ty
		st := r.branch(func() { v = r.valueBlock(b) })
		r.caught--
		r.catch--
		r.meet(st, state{vars: map[string]*ty{}})
		if word.ID == "breakerRun" {
			return resultOf(v, errorT())
		}
		return out
	case "cacheGet":
		st := r.branch(func() { r.valueBlock(b) })
		r.meet(st, state{vars: map[string]*ty{}})
		return unknownT
	}
	if word.Runs == words.RunsLater {
		return r.nested(func() { r.valueBlock(b) })
	}
	return r.valueBlock(b)
}

// wordArgs reports wrong counts and kinds of a word's arguments.
func (r *run) wordArgs(at syntax.Node, spelling string, word *words.Word, args []syntax.Expr, got []*ty, block bool) {
	name := syntax.Node(at)
	if s, ok := at.(*syntax.WordStmt); ok {
		name = wordNode{s}
	}
	n, low, high := len(got), word.MinArgs(), word.MaxArgs()
	if word.Shape == words.ShapeMethodBlock || word.IsKeyword() && !word.Builtin && word.Shape != words.ShapeCall {
		return
	}
	if n < low || high >= 0 && n > high {
		r.errorAt(name, CodeArguments, spelling, countText(low, high), strconv.Itoa(n))
		return
	}
	s := signatures()[word.ID]
	for i := range min(n, len(s.params), len(args)) {
		r.wordArg(spelling, word, i, s, args[i], got[i])
	}
}

func (r *run) wordArg(spelling string, word *words.Word, i int, s *wordSig, arg syntax.Expr, got *ty) {
	want := s.params[i]
	if !got.known() || arg == nil {
		return
	}
	if text, ok := unparen(arg).(*syntax.TextLit); ok && want == dateT && !plausibleDate(text.Value) {
		r.errorAt(arg, CodeDate, strconv.Quote(text.Value))
		return
	}
	if !want.known() {
		return
	}
	ok := false
	got.each(func(g *ty) {
		want.each(func(d *ty) {
			ok = ok || g.k == d.k && (d.k != tHandle || d.name == g.name) || d.k == tRecord && g.k == tShaped ||
				g.k == tUnknown || d.k == tHandle && d.name == "redis" && g.k == tResult || d.k == tHandle && d.name == "task" && g.k == tHandle && g.name == "task"
		})
		ok = ok || g.k == tNil && word.Params[i].Optional
	})
	switch {
	case ok:
		r.wordElems(spelling, word, i, want, arg, got)
	case word.ID == "await":
		r.errorAt(arg, CodeWait, got.phrase())
	case s.strict[i]:
		r.errorAt(arg, CodeArgumentKind, spelling, strconv.Itoa(i+1), want.phrase(), got.phrase())
	case want == dateT && got.only(tBool, tNil, tArray, tRecord, tNumber):
		r.errorAt(arg, CodeDate, got.phrase())
	case want.only(tNumber):
		r.operand(arg, got, spelling)
	}
}

// wordElems holds the items of an array against the items that a word wants: tasks, channels.
func (r *run) wordElems(spelling string, word *words.Word, i int, want *ty, arg syntax.Expr, got *ty) {
	if want.k != tArray || got.k != tArray || want.elem.k != tHandle || !got.elem.known() {
		return
	}
	if got.elem.may(tHandle) {
		return
	}
	if word.ID == "taskAll" || word.ID == "taskRace" {
		r.errorAt(arg, CodeWait, got.elem.phrase())
		return
	}
	r.errorAt(arg, CodeArgumentKind, spelling, strconv.Itoa(i+1), want.elem.phrase(), got.elem.phrase())
}

// plausibleDate tells a text that may be a date: YYYY-MM-DD with month and day in range.
func plausibleDate(s string) bool {
	var parts [3]int
	at, digits := 0, 0
	for _, c := range s {
		switch {
		case c >= '0' && c <= '9':
			parts[at] = min(parts[at]*10+int(c-'0'), 1_000_000)
			digits++
		case c == '-' && at < 2 && digits > 0:
			at, digits = at+1, 0
		case c == ' ' || c == 'T':
			return true // the run knows better
		default:
			return false
		}
	}
	return at == 2 && digits > 0 && parts[1] >= 1 && parts[1] <= 12 && parts[2] >= 1 && parts[2] <= 31
}

// wordNode is the word of a statement, without its arguments.
type wordNode struct{ s *syntax.WordStmt }

// Span is the place of the word.
func (n wordNode) Span() syntax.Span {
	at := n.s.Tok.Pos.Offset
	return syntax.Span{Start: at, End: at + len(n.s.Tok.Value)}
}

// wordResult is what a word answers for what it is given.
func (r *run) wordResult(id string, e *syntax.CallExpr, got []*ty, out *ty) *ty {
	arg := func(i int) *ty {
		if i < len(got) {
			return got[i]
		}
		return neverT
	}
	switch id {
	case "append":
		return appended(arg(0), arg(1))
	case "sort", "sortByField":
		if t := arg(0); t.k == tArray {
			return t
		}
	case "ok":
		return resultOf(arg(0), neverT)
	case "err":
		return resultOf(neverT, arg(0))
	case "unwrap":
		return inside(arg(0), func(t *ty) *ty { return t.elem })
	case "unwrapErr":
		return inside(arg(0), func(t *ty) *ty { return t.err })
	case "unwrapOr":
		return join(inside(arg(0), func(t *ty) *ty { return t.elem }), arg(1))
	case "fieldOr":
		return r.fieldOr(e, arg(0), arg(2))
	case "env":
		if len(got) > 1 {
			return join(inputT, arg(1))
		}
	case "await":
		return awaited(arg(0))
	case "taskAll":
		if t := arg(0); t.k == tArray {
			return arrayOf(awaited(t.elem), t.n)
		}
	case "taskRace":
		if t := arg(0); t.k == tArray {
			return awaited(t.elem)
		}
	case "newError":
		if len(got) == 3 {
			return errorT().withField("விவரம்", arg(2))
		}
		return errorT().withField("விவரம்", recordOf(nil, false, nil))
	case "configCreate":
		return configured(arg(0))
	case "depsCreate":
		if t := arg(0); t.k == tRecord {
			return t
		}
	case "validate":
		return resultOf(arg(0), errorT().withField("விவரம்", anyRec))
	case "validateShape":
		if t := arg(1); t.k == tShapeName {
			return resultOf(shapedOf(t.name, nil), arrayOf(errorT(), -1))
		}
	case "exit":
		r.dead = true
		return neverT
	}
	return out
}

func appended(list, item *ty) *ty {
	switch list.k {
	case tArray:
		n := -1
		if list.n >= 0 && list.n < 64 {
			n = list.n + 1
		}
		return arrayOf(join(list.elem, item), n)
	case tUnion:
		out := neverT
		list.each(func(a *ty) {
			if a.k == tArray {
				out = join(out, appended(a, item))
			}
		})
		if out != neverT {
			return out
		}
	}
	return anyArr
}

// inside is the part of a result, or of the results among several kinds.
func inside(t *ty, part func(*ty) *ty) *ty {
	if !t.known() {
		return unknownT
	}
	out, any := neverT, false
	t.each(func(a *ty) {
		switch a.k {
		case tResult:
			out, any = join(out, part(a)), true
		case tUnknown:
			out, any = unknownT, true
		}
	})
	if !any {
		return unknownT
	}
	return out
}

func (r *run) fieldOr(e *syntax.CallExpr, rec, or *ty) *ty {
	if e == nil || len(e.Args) != 3 || rec.k != tRecord {
		if rec.k == tUnion {
			rec = rec.keep(func(a *ty) bool { return a.k == tRecord })
		}
		if rec.k != tRecord {
			return unknownT
		}
	}
	key, literal := literalKey(e.Args[1])
	if !literal {
		return join(rec.values(), or)
	}
	if f := rec.field(key); f != nil {
		if f.opt {
			return join(f.t, or)
		}
		return f.t
	}
	if rec.open {
		return join(rec.elem, or)
	}
	return or
}

// awaited is the முடிவு of a task, or of waiting for a time.
func awaited(t *ty) *ty {
	if !t.known() {
		return anyRes
	}
	out := neverT
	t.each(func(a *ty) {
		switch {
		case a.k == tHandle && a.name == "task" && a.elem != nil:
			out = join(out, a.elem)
		case a.k == tNumber:
			out = join(out, resultOf(nilT, neverT))
		default:
			out = join(out, anyRes)
		}
	})
	return out
}

// configured is the configuration made of a record: the environment may replace what stands in it, with text.
func configured(t *ty) *ty {
	switch t.k {
	case tRecord:
		fields := make([]rfield, len(t.rec))
		for i, f := range t.rec {
			fields[i] = rfield{f.name, configured(f.t), f.opt}
		}
		return recordOf(fields, true, unknownT)
	case tNumber, tText, tBool, tNil:
		return join(t, inputT)
	}
	return t
}
