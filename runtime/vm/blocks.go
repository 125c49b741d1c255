package vm

import (
	"strconv"

	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// This file lowers the blocks of words: those that run now, in the scope around them, and those of tasks, which are function
// values (services.md rule 11).

// leaveOf is the key in Natives of what ends the block of a word that runs now. It gets what the word itself answered.
func leaveOf(id string) string { return id + ".leave" }

// retryNext is the key in Natives of what decides whether a மீள்முயல் goes on. It gets what "retry" answered and the error record.
const retryNext = "retry.next"

// callBlock lowers a call with a block.
func (g *gen) callBlock(x *syntax.CallExpr, dst int) {
	w := calleeWord(x)
	if body := taskBlock(x); body != nil {
		g.startTask(calleeName(x), x.Args, body, dst)
		return
	}
	if w == nil || w.Runs != words.RunsNow || g.c.native(leaveOf(w.ID), calleeName(x)) < 0 {
		g.fault(CodeNotBuilt, calleeName(x))
		return
	}
	if g.c.native(w.ID+failOf, calleeName(x)) >= 0 {
		g.catchingBlock(w.ID, x, dst)
		return
	}
	token := g.token(x)
	g.native(w.ID, calleeName(x), x.Args, token)
	g.guarded(false, func() { g.blockValue(x.Block, dst) }, func(*finally) {
		g.emitN(opNative, token, token, 1, g.c.native(leaveOf(w.ID), calleeName(x)))
	})
}

// token is where a block's word puts what it answers: a variable when it is lent to the block under a name.
func (g *gen) token(x *syntax.CallExpr) int {
	name, lent := g.c.an.lent[x]
	if !lent {
		return g.temp()
	}
	r := g.variable(name)
	g.setVar(r)
	return r
}

// blockValue lowers a block whose last statement, if it is an expression, is its value. A bare NAME; there is read.
func (g *gen) blockValue(b *syntax.Block, dst int) {
	for i, s := range b.Stmts {
		if x, ok := s.(*syntax.ExprStmt); ok && i == len(b.Stmts)-1 && laterCall(x) == nil {
			old := g.at(s)
			g.tmp = g.floor
			g.into(x.X, dst)
			g.tmp, g.span = g.floor, old
			return
		}
		g.stmt(s)
	}
	g.emit(opLoadK, dst, 0, 0, g.constant(nothing))
}

// startTask lowers பணி_உருவாக்கு: the block is a function value of its own.
func (g *gen) startTask(spelling string, args []syntax.Expr, body *syntax.Block, dst int) {
	i := g.c.native(taskWord, spelling)
	if i < 0 {
		g.fault(CodeNotBuilt, spelling)
		return
	}
	if len(args) > 1 {
		g.fault(CodeArity, spelling, "0–1", strconv.Itoa(len(args)))
		return
	}
	base := g.temps(1 + len(args))
	inner := g.closure(body, "பணி", base)
	inner.body(&syntax.Signature{}, body, func() {
		r := inner.temp()
		inner.floor = inner.tmp
		inner.blockValue(body, r)
		inner.emit(opReturn, r, 0, 0, 0)
	})
	g.args(args, base+1, true)
	g.emitN(opNative, dst, base, 1+len(args), i)
}

// background makes p, which every call of a பின்னணி செயல் reaches, start a task of the function itself, whose Proto it answers.
func (c *compiler) background(f *syntax.FuncDecl, p *Proto) *Proto {
	sc := newScope(nil, false)
	sc.params = f.Sig.Params
	sc.number()
	g := c.newGen(p, sc)
	g.file = p.file
	g.span = syntax.Span{Start: f.Span().Start, End: f.Name.Span().End}
	inner := &Proto{name: p.name, params: p.params, file: p.file}
	c.addProto(inner)
	i := c.native("async", "பின்னணி")
	if i < 0 {
		// Called in the foreground it would answer something else than a task, and nobody would be told.
		g.fault(CodeNotBuilt, "பின்னணி")
	} else {
		base := g.temps(1 + p.params)
		g.loadK(base, inner.fn)
		for n := range p.params {
			g.emit(opMoveS, base+1+n, n, 0, 0)
		}
		g.emitN(opNative, base, base, 1+p.params, i)
		g.emit(opReturn, base, 0, 0, 0)
	}
	g.finish()
	return inner
}

// timeoutStmt lowers காலவரம்பு.
func (g *gen) timeoutStmt(s *syntax.TimeoutStmt) {
	ms := g.temp()
	g.value(s.Millis, ms)
	g.emit(opLimit, ms, 0, 0, 0)
	g.guarded(false, func() { g.block(s.Body) }, func(f *finally) { g.emit(opUnlimit, f.val, 0, 0, 0) })
}

// retryStmt lowers மீள்முயல்: what fails in the block is caught, and either the block runs again or the error goes on.
func (g *gen) retryStmt(s *syntax.RetryStmt) {
	next := g.c.native(retryNext, "மீள்முயல்")
	if next < 0 {
		g.fault(CodeNotBuilt, "மீள்முயல்")
		return
	}
	state, failed, row := g.temp(), g.temp(), g.temps(2)
	g.native("retry", "மீள்முயல்", present(s.Times, s.Options), state)
	floor := g.floor
	g.floor = g.tmp
	mark := g.mark()
	from := g.here()
	g.tries++
	g.block(s.Body)
	g.tries--
	to := g.here()
	g.back(mark)
	end := []int{g.emit(opJump, 0, 0, 0, 0)}
	g.protect(from, to, failed, false, true)
	g.emit(opMove, row, state, 0, 0)
	g.emit(opMove, row+1, failed, 0, 0)
	g.emit(opCatch, row+1, 0, 0, 0)
	g.emitN(opNative, row, row, 2, next)
	g.emit(opJumpT, row, 0, 0, from)
	g.emit(opRethrow, failed, 0, 0, 0)
	g.patch(end)
	g.floor = floor
}

// The keys in Natives of a word whose block's failures are its answer, as துண்டிப்பான்_இயக்கு: what its word answers goes with
// the block's value to the first and with the error record to the second. A தவறு goes to the second at once, and the block does not run.
const (
	valueOf = ".value"
	failOf  = ".fail"
)

// catchingBlock lowers a call whose block's failures are its answer (services.md rule 12).
func (g *gen) catchingBlock(id string, x *syntax.CallExpr, dst int) {
	spelling := calleeName(x)
	token := g.temp()
	g.native(id, spelling, x.Args, token)
	refused := []int{g.emit(opJumpF, token, 0, 0, 0)}
	g.guarded(false, func() { g.attempt(id, x, token, dst) }, func(f *finally) {
		row := g.temps(2)
		g.emit(opMove, row, token, 0, 0)
		g.emit(opMove, row+1, f.kind, 0, 0)
		g.emitN(opNative, row, row, 2, g.c.native(leaveOf(id), spelling))
	})
	end := []int{g.emit(opJump, 0, 0, 0, 0)}
	g.patch(refused)
	row := g.temps(2)
	g.emit(opMove, row, token, 0, 0)
	g.emit(opMove, row+1, token, 0, 0)
	g.emitN(opNative, dst, row, 2, g.c.native(id+failOf, spelling))
	g.patch(end)
}

func (g *gen) attempt(id string, x *syntax.CallExpr, token, dst int) {
	spelling := calleeName(x)
	failed, row := g.temp(), g.temps(2)
	floor := g.floor
	g.floor = g.tmp
	mark := g.mark()
	from := g.here()
	g.tries++
	g.blockValue(x.Block, row+1)
	g.tries--
	to := g.here()
	g.back(mark)
	g.emit(opMove, row, token, 0, 0)
	g.emitN(opNative, dst, row, 2, g.c.native(id+valueOf, spelling))
	end := []int{g.emit(opJump, 0, 0, 0, 0)}
	g.protect(from, to, failed, false, true)
	g.emit(opMove, row, token, 0, 0)
	g.emit(opMove, row+1, failed, 0, 0)
	g.emit(opCatch, row+1, 0, 0, 0)
	g.emitN(opNative, dst, row, 2, g.c.native(id+failOf, spelling))
	g.patch(end)
	g.floor = floor
}

// Stopped tells a word's ".leave", of its second argument, whether the block was stopped: an error goes on that nothing in the
// program can catch there.
func Stopped(way value.Value) bool { return way.Same(value.FromInt(exitRethrow)) }
