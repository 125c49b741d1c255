package vm

import (
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/syntax"
)

// Ways to go on after an இறுதியில்: the number is held in a register while it runs.
const (
	exitNormal  = 0
	exitRethrow = 1
	exitReturn  = 2
	exitLoop    = 3 // நிறுத்து
	exitNext    = 4 // தொடர்
)

// finally is an இறுதியில் that jumps out of the protected code go through.
type finally struct {
	kind, val int // registers: how to go on, and the value or fault that waits
	jumps     []int
	used      [5]bool
}

// exit leaves through the இறுதியில்; the way is taken up again behind it.
func (f *finally) exit(g *gen, kind int, isBreak bool) {
	if kind == exitLoop && !isBreak {
		kind = exitNext
	}
	f.used[kind] = true
	g.loadK(f.kind, value.FromInt(int64(kind)))
	f.jumps = append(f.jumps, g.emit(opJump, 0, 0, 0, 0))
}

// leaveBody returns r from the body (nothing when r < 0), through every இறுதியில் on the way.
func (g *gen) leaveBody(r int) {
	if g.fins > 0 {
		g.fault(CodeLeaveFinally)
		return
	}
	if len(g.exits) > 0 {
		f := g.exits[len(g.exits)-1]
		if r < 0 {
			g.loadK(f.val, value.Nil)
		} else if r != f.val {
			g.emit(opMove, f.val, r, 0, 0)
		}
		f.exit(g, exitReturn, false)
		return
	}
	if r < 0 {
		g.emit(opReturnNil, 0, 0, 0, 0)
		return
	}
	g.emit(opReturn, r, 0, 0, 0)
}

// tryStmt lowers முயல். Faults are found through the function's handler table, so that a முயல் costs nothing while
// nothing fails.
func (g *gen) tryStmt(s *syntax.TryStmt) {
	if s.Finally == nil {
		g.tryCatch(s)
		return
	}
	g.guarded(true, func() { g.tryCatch(s) }, func(*finally) { g.finallyBody(s.Finally) })
}

// guarded lowers a body and what is done on every way out of it. own tells that this is the program's own, an இறுதியில்.
func (g *gen) guarded(own bool, body func(), leave func(f *finally)) {
	f := &finally{kind: g.temp(), val: g.temp()}
	floor := g.floor
	g.floor = g.tmp
	g.exits = append(g.exits, f)
	mark := g.mark()
	from := g.here()
	body()
	to := g.here()
	g.exits = g.exits[:len(g.exits)-1]
	g.back(mark)
	g.loadK(f.kind, value.FromInt(exitNormal))
	normal := g.emit(opJump, 0, 0, 0, 0)
	g.protect(from, to, f.val, true, own)
	g.loadK(f.kind, value.FromInt(exitRethrow))
	g.patch([]int{normal})
	g.patch(f.jumps)
	leave(f)
	g.resume(f)
	g.floor = floor
}

// protect makes the code that follows the handler of the instructions from…to.
func (g *gen) protect(from, to, reg int, final, own bool) {
	if from == to {
		return
	}
	g.p.trys = append(g.p.trys, handler{int32(from), int32(to), int32(g.here()), uint16(reg * scale), final, own})
}

func (g *gen) tryCatch(s *syntax.TryStmt) {
	if s.Catch == nil {
		g.block(s.Body)
		return
	}
	e := g.temp()
	floor := g.floor
	g.floor = g.tmp
	mark := g.mark()
	from := g.here()
	g.tries++
	g.block(s.Body)
	g.tries--
	to := g.here()
	done := g.back(mark)
	end := []int{g.emit(opJump, 0, 0, 0, 0)}
	g.protect(from, to, e, false, true)
	g.emit(opCatch, e, 0, 0, 0)
	if s.Var != nil {
		r := g.variable(s.Var.Text)
		g.emit(opMove, r, e, 0, 0)
		g.setVar(r)
	}
	g.block(s.Catch)
	caught := map[int]bool{}
	for _, v := range g.back(mark) {
		caught[v] = true
	}
	for _, v := range done {
		if caught[v] {
			g.setVar(v)
		}
	}
	g.patch(end)
	g.floor = floor
}

// finallyBody lowers the block itself. Nothing may leave it but a fault, and what it fails with replaces what waits.
func (g *gen) finallyBody(b *syntax.Block) {
	tries := g.tries
	g.fins++
	g.block(b)
	g.fins--
	g.tries = tries
}

// resume takes up the way that led into the இறுதியில்.
func (g *gen) resume(f *finally) {
	t := g.temp()
	on := func(kind int, leave func()) {
		g.loadK(t, value.FromInt(int64(kind)))
		skip := g.emit(opJumpNEq, f.kind, t, 0, 0)
		leave()
		g.patch([]int{skip})
	}
	on(exitRethrow, func() { g.emit(opRethrow, f.val, 0, 0, 0) })
	if f.used[exitReturn] {
		on(exitReturn, func() { g.leaveBody(f.val) })
	}
	if f.used[exitLoop] {
		on(exitLoop, func() { g.leave(true) })
	}
	if f.used[exitNext] {
		on(exitNext, func() { g.leave(false) })
	}
}

// quest lowers X?. A failure goes to the nearest catcher that stands around it in the same body; without one it leaves
// the function as its result, and outside every function it is an error (services.md rule 12).
func (g *gen) quest(x *syntax.TryExpr, dst int) {
	r := g.raw(x.X)
	q := g.emit(opQuest, dst, r, 0, 0)
	if g.tries > 0 || g.sc.global || g.fins > 0 {
		g.emit(opRaise, r, 0, 0, 0)
	} else {
		g.leaveBody(r)
	}
	g.patch([]int{q})
}
