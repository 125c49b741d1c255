package vm

import (
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

func (g *gen) block(b *syntax.Block) {
	for _, s := range b.Stmts {
		g.stmt(s)
	}
}

// stmt lowers one statement and gives its temporaries back.
func (g *gen) stmt(s syntax.Stmt) {
	old := g.at(s)
	g.tmp = g.floor
	switch s := s.(type) {
	case *syntax.FuncDecl, *syntax.ShapeDecl, *syntax.RouteStmt, *syntax.EveryStmt:
		// Declared before the program runs; nothing happens in place (semantics.md 2, services.md rule 11).
	case *syntax.AssignStmt:
		g.assign(s)
	case *syntax.VarDecl:
		g.declare(s)
	case *syntax.ExprStmt:
		if laterCall(s) == nil {
			g.exprStmt(s)
		}
	case *syntax.PrintStmt:
		g.emit(opPrint, g.raw(s.X), 0, 0, 0)
	case *syntax.ReturnStmt:
		g.returnStmt(s)
	case *syntax.Block:
		g.block(s)
	case *syntax.ImportStmt:
		if s.Path != nil {
			g.fault(CodeNestedImport)
		}
	default:
		g.control(s)
	}
	g.span = old
	g.tmp = g.floor
}

func (g *gen) control(s syntax.Stmt) {
	switch s := s.(type) {
	case *syntax.IfStmt:
		g.ifStmt(s)
	case *syntax.WhileStmt:
		g.whileStmt(s)
	case *syntax.EachStmt:
		g.eachStmt(s)
	case *syntax.BreakStmt:
		g.leave(true)
	case *syntax.ContinueStmt:
		g.leave(false)
	case *syntax.TryStmt:
		g.tryStmt(s)
	case *syntax.RetryStmt:
		g.retryStmt(s)
	case *syntax.TimeoutStmt:
		g.timeoutStmt(s)
	case *syntax.WordStmt:
		g.wordStmt(s)
	default:
		g.hostStmt(s)
	}
}

func (g *gen) declare(s *syntax.VarDecl) {
	r := g.variable(s.Name.Text)
	if s.Init == nil {
		g.loadK(r, value.FromInt(0))
	} else {
		g.into(s.Init, r)
	}
	g.setVar(r)
}

// exprStmt: a bare NAME; stores the number 0 (grammar.md 4.5); anything else is evaluated for its effect.
func (g *gen) exprStmt(s *syntax.ExprStmt) {
	if x, ok := s.X.(*syntax.NameExpr); ok {
		r := g.variable(x.Text)
		g.loadK(r, value.FromInt(0))
		g.setVar(r)
		return
	}
	g.value(s.X, g.temp())
}

func (g *gen) returnStmt(s *syntax.ReturnStmt) {
	if g.p == g.c.prog.main {
		g.fault(CodeReturnOutside)
		return
	}
	if s.Value == nil {
		g.leaveBody(-1)
		return
	}
	g.leaveBody(g.result(s.Value))
}

// result evaluates what a function answers. A local that no caller can see any more is moved out; everything else is
// owned by the caller.
func (g *gen) result(x syntax.Expr) int {
	if n, ok := x.(*syntax.NameExpr); ok && !g.sc.global && len(g.exits) == 0 {
		if r := g.variable(n.Text); r >= len(g.sc.params)+len(g.sc.caps) && g.set[r] {
			return r
		}
	}
	t := g.temp()
	g.into(x, t)
	return t
}

func (g *gen) ifStmt(s *syntax.IfStmt) {
	no := g.cond(s.Cond, false)
	g.tmp = g.floor
	mark := g.mark()
	g.block(s.Then)
	if s.Else == nil {
		g.patch(no)
		g.back(mark)
		return
	}
	end := []int{g.emit(opJump, 0, 0, 0, 0)}
	g.patch(no)
	then := g.back(mark)
	g.stmt(s.Else)
	other := map[int]bool{}
	for _, v := range g.back(mark) {
		other[v] = true
	}
	for _, v := range then {
		if other[v] {
			g.setVar(v)
		}
	}
	g.patch(end)
}

func (g *gen) whileStmt(s *syntax.WhileStmt) {
	mark := g.mark()
	entry := g.emit(opJump, 0, 0, 0, 0)
	top := g.here()
	l := g.enter()
	g.block(s.Body)
	g.loops = g.loops[:len(g.loops)-1]
	g.back(mark)
	g.patch([]int{entry})
	g.patch(l.continues)
	g.tmp = g.floor
	g.patchTo(g.cond(s.Cond, true), top)
	g.patch(l.breaks)
}

func (g *gen) enter() *loop {
	l := &loop{exits: len(g.exits), fins: g.fins}
	g.loops = append(g.loops, l)
	return l
}

// eachStmt walks a snapshot of the collection (semantics.md 2). A variable that the body may change is shared, so that
// the change copies.
func (g *gen) eachStmt(s *syntax.EachStmt) {
	it := g.temps(2)
	if n := baseName(s.In); n != nil && !changes(s.Body, n.Text) {
		g.value(s.In, it)
	} else {
		g.into(s.In, it)
	}
	g.emit(opEach, it, it, 0, 0)
	floor := g.floor
	g.floor = it + 2
	mark := g.mark()
	top := g.here()
	r := g.variable(s.Var.Text)
	next := g.emit(opNext, it, r, 0, 0)
	g.setVar(r)
	l := g.enter()
	g.block(s.Body)
	g.loops = g.loops[:len(g.loops)-1]
	g.patch(l.continues)
	g.emit(opLoop, 0, 0, 0, top)
	g.patch([]int{next})
	g.patch(l.breaks)
	g.back(mark)
	g.floor = floor
}

// changes tells whether a block may assign the variable or a part of it.
func changes(b *syntax.Block, name string) bool {
	found := false
	syntax.Walk(b, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.AssignStmt:
			if x := baseName(n.Target); x != nil && x.Text == name {
				found = true
			}
		case *syntax.LambdaExpr, *syntax.FuncDecl:
			return false
		}
		return !found
	})
	return found
}

// leave is நிறுத்து or தொடர் in the innermost loop.
func (g *gen) leave(isBreak bool) {
	if len(g.loops) == 0 {
		g.fault(CodeReturnOutside)
		return
	}
	l := g.loops[len(g.loops)-1]
	if l.fins != g.fins {
		g.fault(CodeLeaveFinally)
		return
	}
	if len(g.exits) > l.exits {
		g.exits[len(g.exits)-1].exit(g, exitLoop, isBreak)
		return
	}
	pc := g.emit(opJump, 0, 0, 0, 0)
	if isBreak {
		l.breaks = append(l.breaks, pc)
	} else {
		l.continues = append(l.continues, pc)
	}
}

// wordStmt is a service word as a statement. A declaration whose block runs later is inert in place.
func (g *gen) wordStmt(s *syntax.WordStmt) {
	if s.Body != nil && s.Word.ID == taskWord {
		g.startTask(s.Tok.Value, s.Args, s.Body, g.temp())
		return
	}
	if s.Body != nil && s.Word.Runs == words.RunsLater {
		return
	}
	if s.Body == nil {
		g.native(s.Word.ID, s.Tok.Value, s.Args, g.temp())
		return
	}
	leave := g.c.native(leaveOf(s.Word.ID), s.Tok.Value)
	if leave < 0 {
		g.fault(CodeNotBuilt, s.Tok.Value)
		return
	}
	g.guardedBlock(s, leave)
}

// guardedBlock lowers a statement whose block runs now. What ends it gets what the word answered, and how the block was left (Stopped).
func (g *gen) guardedBlock(s *syntax.WordStmt, leave int) {
	token := g.temp()
	g.native(s.Word.ID, s.Tok.Value, s.Args, token)
	g.guarded(false, func() { g.block(s.Body) }, func(f *finally) {
		row := g.temps(2)
		g.emit(opMove, row, token, 0, 0)
		g.emit(opMove, row+1, f.kind, 0, 0)
		g.emitN(opNative, row, row, 2, leave)
	})
}
