package check

import (
	"strconv"
	"strings"

	"github.com/etamil-lang/etamil/check/diag"
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
	for _, f := range s.rec {
		fields = append(fields, f)
	}
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
	r.errorAt(f.Value, CodeFieldKind, sh.name, f.Key.Text, want.phrase(), t.phrase())
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
	n := 0
	var vars = map[string]*ty{}
	local := map[string]bool{}
	assigned(e.Body, local)
	if e.Sig != nil {
		n = len(e.Sig.Params)
		for _, p := range e.Sig.Params {
			if p.Name == nil {
				continue
			}
			t := r.w.declaredTy(p.Type, r.params)
			if t == nil {
				t = unknownT
			}
			if vars[p.Name.Text] == nil {
				vars[p.Name.Text] = t
			}
			local[p.Name.Text] = true
		}
	}
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
	return funcOf("", fnType{min: n, max: n, result: result})
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

// operand warns of an operand of arithmetic that is no number and counts as 0, or as whatever its text says.
func (r *run) operand(e syntax.Expr, t *ty, op string) {
	if e == nil || !t.known() {
		return
	}
	odd := t.all(func(a *ty) bool {
		switch a.k {
		case tNil, tArray, tRecord, tShaped, tFunc, tResult, tHandle, tShapeName:
			return true
		case tText:
			return a.name != "input"
		}
		return false
	})
	if b, joined := e.(*syntax.BinaryExpr); joined && b.Op.Type == syntax.Amp {
		return // that has a warning of its own
	}
	if odd {
		r.warnAt(e, CodeArithmetic, op, t.phrase())
	}
}

// compared warns of comparisons whose answer is always the same because of the kinds of their operands.
func (r *run) compared(at syntax.Node, op syntax.Token, x, y syntax.Expr, a, b *ty) {
	if !a.known() || !b.known() {
		return
	}
	switch op.Type {
	case syntax.Eq, syntax.Ne:
		if r.typeNames(op, x, y) || r.typeNames(op, y, x) {
			return
		}
		meets := false
		a.each(func(s *ty) { b.each(func(t *ty) { meets = meets || s.k == t.k || s.k == tUnknown || t.k == tUnknown }) })
		if meets {
			return
		}
		_, litX := unparen(x).(*syntax.ConstLit)
		_, litY := unparen(y).(*syntax.ConstLit)
		switch {
		case a.only(tText) && b.only(tNumber), a.only(tNumber) && b.only(tText):
			r.warnAt(at, CodeTextNumber, op.Value)
		case litX || litY || a.may(tNil) || b.may(tNil):
			r.hintAt(at, CodeNeverEqual, a.phrase(), b.phrase())
		default:
			r.warnAt(at, CodeNeverEqual, a.phrase(), b.phrase())
		}
	case syntax.Lt, syntax.Le, syntax.Gt, syntax.Ge:
		for _, one := range []struct {
			e syntax.Expr
			t *ty
		}{{x, a}, {y, b}} {
			if one.t.all(func(t *ty) bool { return t.k != tNumber && t.k != tText && t.k != tUnknown }) {
				r.warnAt(one.e, CodeOrder, op.Value, one.t.phrase())
				return
			}
		}
	}
}

// kindNames are what வகை answers, but for shapes and handles.
var kindNames = map[string]tkind{
	"a number": tNumber, "a string": tText, "a boolean": tBool, "an array": tArray, "a record": tRecord, "a result": tResult,
	"nil": tNil, "a function": tFunc, "a shape": tShapeName,
}

// typeNames reports வகை(x) == "…" with a text that வகை never answers.
func (r *run) typeNames(op syntax.Token, x, y syntax.Expr) bool {
	text, ok := unparen(y).(*syntax.TextLit)
	if !ok || !r.isTypeOf(x) {
		return false
	}
	if _, known := kindNames[text.Value]; known || r.w.shapeDecls[text.Value] != nil || handleKind(text.Value) {
		return true
	}
	list := []string{"a number", "a string", "a boolean", "an array", "a record", "a result", "nil", "a function"}
	r.warnAt(text, CodeKindText, text.Value, strings.Join(list, ", ")).near(guess{wrong: text.Value, among: list, quote: true})
	return true
}

func quoted(s string) string {
	if s == "" {
		return ""
	}
	return strconv.Quote(s)
}

// handleKind tells a name that வகை may answer for a handle: a Tamil word.
func handleKind(s string) bool {
	for _, h := range handleNames {
		if h.tamil == s {
			return true
		}
	}
	return false
}

// isTypeOf tells a call of the builtin வகை.
func (r *run) isTypeOf(e syntax.Expr) bool {
	return r.isCall(e, "typeof") != nil
}

// isCall is a call of a builtin word that the program has not taken for itself, or nil.
func (r *run) isCall(e syntax.Expr, id string) *syntax.CallExpr {
	call, ok := unparen(e).(*syntax.CallExpr)
	if !ok || call.Block != nil {
		return nil
	}
	fn, ok := call.Fn.(*syntax.NameExpr)
	if !ok || fn.Word == nil || fn.Word.ID != id || len(call.Args) == 0 {
		return nil
	}
	if r.w.funcs[fn.Text] != nil || r.w.globals[fn.Text] || r.local[fn.Text] || r.w.mocked[fn.Text] {
		return nil
	}
	return call
}

func (r *run) index(e *syntax.IndexExpr) *ty {
	base := r.maybeExpr(e.X)
	r.maybeExpr(e.Index)
	if !base.known() || e.Index == nil {
		return unknownT
	}
	key, literal := literalKey(e.Index)
	if n, ok := unparen(e.Index).(*syntax.NumberLit); ok && !literal && !n.Percent && !strings.Contains(n.Text, ".") {
		key, literal = n.Text, true
	}
	out, bad := neverT, true
	if base.k == tUnion {
		r.mute++
		defer func() { r.mute-- }()
	}
	base.each(func(a *ty) {
		switch a.k {
		case tArray:
			out, bad = join(out, a.elem), false
		case tText:
			out, bad = join(out, textT), false
		case tRecord:
			bad = false
			if !literal {
				out = join(out, a.values())
			} else if f := a.field(key); f != nil {
				out = join(out, f.t)
			} else if a.open {
				out = join(out, a.elem)
			} else if base.k != tUnion {
				r.noField(e.Index, a, key)
				out = unknownT
			}
		case tShaped:
			bad, out = false, r.shapedIndex(e, a, key, literal, out)
		case tUnknown, tNever:
			out, bad = unknownT, false
		}
	})
	if bad {
		r.unmuted(base, func() { r.errorAt(e.X, CodeNotIndexable, base.phrase()) })
		return unknownT
	}
	if base.k == tArray || base.k == tText {
		r.indexRange(e.Index, e.Index, base)
	}
	return out
}

func (r *run) shapedIndex(e *syntax.IndexExpr, a *ty, key string, literal bool, out *ty) *ty {
	if !literal {
		return unknownT
	}
	return join(out, r.fieldOf(a, e.Index, key))
}

// indexRange reports a literal index that no array or text has.
func (r *run) indexRange(at syntax.Node, index syntax.Expr, base *ty) {
	n, ok := literalNumber(index)
	switch {
	case !ok:
	case n < 0 || n != float64(int(n)):
		r.errorAt(at, CodeIndexRange, strconv.FormatFloat(n, 'f', -1, 64), placesText(base))
	case base.k == tArray && base.n >= 0 && int(n) >= base.n:
		r.errorAt(at, CodeIndexRange, strconv.Itoa(int(n)), placesText(base))
	}
}

// unmuted reports what holds for all alternatives of a type.
func (r *run) unmuted(t *ty, f func()) {
	if t.k == tUnion {
		r.mute--
		defer func() { r.mute++ }()
	}
	f()
}

// placesText says which places an array or a text has.
func placesText(t *ty) string {
	switch {
	case t.k != tArray || t.n < 0 || t.n > 3:
		return "0, 1, 2 …"
	case t.n == 0:
		return "–"
	}
	return [...]string{"0", "0, 1", "0, 1, 2"}[t.n-1]
}

func (r *run) fieldExpr(e *syntax.FieldExpr) *ty {
	base := r.maybeExpr(e.X)
	if e.Name == nil || e.Name.Text == "" || !base.known() {
		return unknownT
	}
	out, bad := neverT, true
	name := e.Name.Text
	if base.k == tUnion {
		r.mute++
		defer func() { r.mute-- }()
	}
	base.each(func(a *ty) {
		switch a.k {
		case tRecord:
			bad = false
			if f := lookupField(a, name); f != nil {
				out = join(out, f)
			} else if base.k != tUnion {
				r.noField(e.Name, a, name)
				out = unknownT
			}
		case tShaped:
			bad = false
			out = join(out, r.fieldOf(a, e.Name, name))
		case tUnknown, tNever:
			out, bad = unknownT, false
		}
	})
	if bad {
		r.unmuted(base, func() { r.errorAt(e.Name, CodeNoFields, name, base.phrase()) })
		return unknownT
	}
	if out == neverT {
		return unknownT
	}
	return out
}

// lookupField is a field's type, unknown fields of an open record included; nil when the record has none. A response's
// status has several spellings.
func lookupField(t *ty, name string) *ty {
	if f := t.field(name); f != nil {
		return f.t
	}
	if w := words.Lookup(name); w != nil || name == "நிலை" {
		if name == "நிலை" || name == "நிலை_குறி" || w.ID == "nilYk_kuRi" {
			if f := t.field("நிலைக்_குறி"); f != nil && t.field("உடலுரை") != nil {
				return f.t
			}
		}
	}
	if t.open {
		return t.elem
	}
	return nil
}

// fieldOf is the type of a field of a record or a value of a shape; a field that is not there is reported.
func (r *run) fieldOf(a *ty, at syntax.Node, name string) *ty {
	if a.k == tRecord {
		if f := lookupField(a, name); f != nil {
			return f
		}
		r.noField(at, a, name)
		return unknownT
	}
	r.ask(depShape, a.name)
	sh := r.w.shapes[a.name]
	if sh == nil {
		return unknownT
	}
	if t := sh.field(name); t != nil {
		if i, ok := sh.param(name); ok && i < len(a.args) {
			return a.args[i]
		}
		return t
	}
	if sh.methods[name] != nil {
		r.errorAt(at, CodeReadMethod, sh.name, name).note(noteRef{code: diag.NoteShape, arg: sh.name, shape: sh.name})
		return unknownT
	}
	r.errorAt(at, CodeShapeLacks, sh.name, name, listOr(sh.names())).
		note(noteRef{code: diag.NoteShape, arg: sh.name, shape: sh.name}).near(guess{wrong: name, among: sh.names()})
	return unknownT
}

// noField reports a field that a record surely has not.
func (r *run) noField(at syntax.Node, a *ty, name string) {
	names := make([]string, len(a.rec))
	for i, f := range a.rec {
		names[i] = f.name
	}
	_, quotes := at.(*syntax.TextLit)
	shown := names
	if len(shown) > 20 {
		shown = append(shown[:20:20], "…")
	}
	r.errorAt(at, CodeLacksField, name, listOr(shown)).near(guess{wrong: name, among: names, quote: quotes})
}

func listOr(list []string) string {
	if len(list) == 0 {
		return "–"
	}
	return strings.Join(list, ", ")
}

func joinNames(list []string) string { return strings.Join(list, "\x00") }

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
